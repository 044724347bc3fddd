"""Casebooks: cases with their background, practice and results parts, and the practices as items."""

from __future__ import annotations

import re

from guanlian.loaders.numerals import ordinal
from guanlian.loaders.outline import CJK, STYLES, Item, Outline, clean_title, lines_of, title_end
from guanlian.loaders.text import Passage, Text

_CASE = re.compile(rf"\s*[【\[]?(?:(?:典型|优秀|创新|实践)?案例|第(?=[^例]{{1,4}}例)|例(?=\s*[\d一二三四五六七八九十]))\s*([{CJK}]{{1,4}}|\d{{1,3}})(?:例)?[】\]]?\s*[:：、.．]?\s*(.*)")
_PARTS = (
    ("background", re.compile(r"(?:实施|改革|项目|案例|工作|创新)?(?:背景|改革事项|改革内容|存在问题|背景目的|基本情况|概况|简介)(?:及目的|与目的|和目的|目的)?")),
    ("practice", re.compile(r"(?:主要|具体|创新|经验|改革|工作|特色)*(?:做法|举措|措施|内容|做法和经验|经验做法)")),
    ("effect", re.compile(r"(?:实施|主要|工作|取得的?|改革|应用|创新|推广|实践|实际)*(?:成效|效果|成果|成绩)(?:情况)?")),
    ("body", re.compile(r"(?:经验启示|启示|下一步(?:工作)?(?:打算|计划|安排)?|推广价值)")),
)
_ONE_IS = re.compile(rf"(?:^|(?<=[。；：:;\n]))\s*([{CJK}]{{1,3}})是(?!否)")


def _part(line: str) -> tuple[str, int] | None:
    """Which part of a case a line opens, and where in the line its words begin (behind 主要做法：)."""
    words = line.lstrip()
    at = len(line) - len(words)
    for _, pattern in STYLES:
        match = pattern.match(words)
        if match:
            at += match.end()
            words = words[match.end() :]
            break
    heading = re.match(r"[【\[〔]?([\u4e00-\u9fff]{2,12})[】\]〕]?\s*(?:[:：]|$)", words)
    if heading is None:
        return None
    name = next((name for name, pattern in _PARTS if pattern.fullmatch(heading[1])), None)
    return (name, at + heading.end()) if name else None


def is_casebook(folded: str) -> bool:
    """Whether a text tells numbered cases (at least two lines that open one)."""
    cases = sum(1 for _, _, line in lines_of(folded) if _opens_case(line))
    return cases >= 2 or (cases == 1 and sum(1 for _, _, line in lines_of(folded) if _part(line)) >= 2)


def _opens_case(line: str) -> bool:
    """Whether a line opens a case; one that ends in dots and a page number stands in a table of contents."""
    return bool(_CASE.fullmatch(line)) and len(line.strip()) < 60 and not re.search(r"(?:…|\.{3}|·{3})[….·\s]*\d*\s*$", line)


def outline(text: Text) -> Outline:
    """Cases with their background, practice and results parts, and the practices as items."""
    lines = [(s, e, line) for s, e, line in lines_of(text.folded)]
    starts = [i for i, (_, _, line) in enumerate(lines) if _opens_case(line)]
    items: list[Item] = []
    passages: list[Passage] = []
    if lines and starts and lines[starts[0]][0] > 0:
        passages.append(Passage("", "body", 0, lines[starts[0]][0]))
    for position, first in enumerate(starts):
        last = starts[position + 1] if position + 1 < len(starts) else len(lines)
        _one_case(text, lines[first:last], items, passages)
    return Outline(tuple(items), tuple(passages), (), (), "casebook")


def _one_case(text: Text, lines: list[tuple[int, int, str]], items: list[Item], passages: list[Passage]) -> None:
    match = _CASE.fullmatch(lines[0][2])
    assert match is not None
    identity = str(ordinal(match[1]))
    parts = [(i, *p) for i, (_, _, line) in enumerate(lines[1:], 1) if (p := _part(line))]
    head = lines[1 : parts[0][0]] if parts else lines[1:3]
    titled = [(s, e) for s, e, line in head if line.strip()]
    words = [text.clean[s:e].strip() for s, e in titled]
    if match[2].strip():
        words.insert(0, text.clean[lines[0][0] + match.start(2) : lines[0][1]].strip())
    end = lines[-1][1]
    end = len(text.clean[:end].rstrip())
    start = lines[0][0]
    span = (titled[0][0], titled[-1][1]) if titled else (start, lines[0][1])
    title = clean_title("".join(words))
    items.append(Item(identity, "", "case", match[0].strip(), title, span, "", start, end, (span[1], end)))
    passages.append(Passage(identity, "background", start, span[1], heading=True))
    if not parts:
        passages.append(Passage(identity, "body", span[1], max(end, span[1])))
    for k, (index, part, behind) in enumerate(parts):
        from_ = lines[index][0] + behind
        to = lines[parts[k + 1][0]][0] if k + 1 < len(parts) else end
        passages.append(Passage(identity, part, lines[index][0], from_, heading=True))
        if to <= from_:
            continue
        if part == "practice":
            _practices(text, identity, from_, to, lines[index][2][:behind].strip(" :："), items, passages)
        else:
            passages.append(Passage(identity, part, from_, to))


def _practices(text: Text, case: str, start: int, end: int, part: str, items: list[Item], passages: list[Passage]) -> None:
    """（一）… items of the practice part or, where it has none, 一是…二是…."""
    marks: list[tuple[int, int, str]] = []
    for style in ("paren_cjk", "paren_arab", "arab"):
        pattern = dict(STYLES)[style]
        for s, _, line in lines_of(text.folded[start:end]):
            stripped = line.lstrip()
            match = pattern.match(stripped)
            if match:
                at = start + s + len(line) - len(stripped)
                marks.append((at, at + match.end(), match[0].strip()))
    marks.sort()
    if not marks:
        for found in _ONE_IS.finditer(text.folded, start, end):
            marks.append((found.start(1), found.end(), found[0].strip()))
        if len(marks) < 2:
            marks = []
    name = re.sub(r"^\S{1,4}[、.．]\s*", "", part).strip() or "主要做法"
    if not marks:
        passages.append(Passage(case, "practice", start, end))
        return
    if marks[0][0] > start:
        passages.append(Passage(case, "practice", start, marks[0][0]))
    for k, (at, title_from, printed) in enumerate(marks, 1):
        to = marks[k][0] if k < len(marks) else end
        to = len(text.clean[:to].rstrip())
        cut = title_end(text.clean, title_from, to)
        identity = f"{case}.{k}"
        title = clean_title(text.clean[title_from:cut])
        items.append(Item(identity, case, "practice", printed, title, (title_from, cut), name, at, to, (cut, to)))
        passages.append(Passage(identity, "practice", at, cut, heading=True))
        if to > cut:
            passages.append(Passage(identity, "practice", cut, to))
