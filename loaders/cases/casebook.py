"""Casebooks: cases with their background, practice and results parts, and the practices as items."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from guanlian.loaders.cases.caseparts import Part, part_of, parts
from guanlian.loaders.cases.practices import marks
from guanlian.loaders.outline import Item, Outline, clean_title, title_end
from guanlian.loaders.outline.numbering import CJK, ORDER, STYLES, lines_of, number_of
from guanlian.loaders.outline.numerals import ordinal
from guanlian.loaders.text import Passage, Text

_COUNT = rf"(?:[{CJK}]{{1,4}}|\d{{1,3}})"
_CASE = re.compile(
    rf"\s*(?:[◆●■▲★]\s*)?[【\[（(〔]?(?:(?:典型|优秀|创新|实践|改革|示范|特色|精选|入选|最佳|便利化)*(?:案例|最佳实践)|[Nn][Oo]\.|TOP|第(?=[^例]{{1,4}}例)|例(?=\s*[\d{CJK}]))"
    rf"\s*(?:之|[Nn][Oo]\.?)?\s*[（(]?\s*(?P<number>{_COUNT})(?!是|中|的|为|余|多|个|篇|则|项|件|种|类|起|家|批|次|年|月|[-—~～至]\s*\d)\s*[)）]?(?:例)?"
    r"\s*[】\]）)〕]?\s*[:：、.．|｜—-]*\s*(?P<title>.*)"
)
"""A line that says it opens a case: 案例一, 【案例1】…, 典型案例（3）：…, 最佳实践一."""
_FIELD = re.compile(r"\s*[【\[]?(?:(?:典型|优秀|创新|实践|改革)?案例|项目|经验|成果|(?:创新|改革)?举措|(?:改革)?事项)(?:名称|题目|标题)[】\]]?\s*[:：]?\s*(?P<title>.*)")
_TITLED = re.compile(r"案例|最佳实践|创新(?:实践|举措|做法|成果|经验)|典型(?:经验|做法|举措)|经验做法|实践选编|改革(?:试点)?经验")
_PLURAL = re.compile(r"(?:案例|最佳实践|经验做法)(?:[（(]第[^）)]{1,4}[批期辑][）)]|汇编|选编|选集|精选|集|选)|[十\d](?:大|个|项|佳)[^。，]{0,16}案例|案例[^。，]{0,6}(?:汇编|选编)")
_CALL = re.compile(r"通知|征集|申报|评选|遴选|函")
_CHAPTER = re.compile(rf"\s*(?:第[{CJK}\d]{{1,3}}(?:部分|章|篇|编|节|批)|(?:[{CJK}]{{1,3}}[、.]|[（(][{CJK}]{{1,3}}[)）])).{{0,30}}")
_LABEL = re.compile(r"\s*[（(【\[]?[\u4e00-\u9fff]{2,6}(?:单位|部门|主体|机构|海关)\s*[】\]]?\s*[:：]|\s*【[\u4e00-\u9fff]{2,6}(?:单位|部门|主体|机构)】|\s*(?:联系人|来源|时间|日期|关键词|摘要)\s*[:：]")
_CONTENTS = re.compile(r"(?:…|\.{3}|·{3})[….·\s]*\d*\s*$")
_HEAD_LINES = 12
_INTRODUCTION = 10
"""Lines of an introduction between a case's heading and its first part."""
_TITLE_WIDTH = 60


@dataclass(frozen=True, slots=True)
class _Opening:
    """A line that opens a case: its index, its number (0 without), its style, and where in it the title begins."""

    line: int
    number: int
    style: str
    title: int


Lines = list[tuple[int, int, str]]


def is_casebook(folded: str) -> bool:
    """Whether a text tells cases: marked as such, or title after title each with its background, practice, results."""
    return bool(_openings(folded))


def outline(text: Text) -> Outline:
    """Cases with their background, practice and results parts, and the practices as items."""
    lines = list(lines_of(text.folded))
    openings = _openings(text.folded)
    items: list[Item] = []
    passages: list[Passage] = []
    if openings and lines[openings[0].line][0] > 0:
        passages.append(Passage("", "body", 0, lines[openings[0].line][0]))
    for k, (opening, identity) in enumerate(zip(openings, _identities(openings), strict=True)):
        last = openings[k + 1].line if k + 1 < len(openings) else len(lines)
        _one_case(text, identity, opening, lines[opening.line : last], (items, passages))
    return Outline(tuple(items), tuple(passages), (), (), "casebook")


def _identities(openings: list[_Opening]) -> list[str]:
    """Numbers as printed; where they start again with each chapter, or there are none, the count of the case."""
    numbers = [o.number for o in openings]
    counted = all(n > 0 for n in numbers) and all(a < b for a, b in pairwise(numbers))
    return [str(n if counted else k) for k, n in enumerate(numbers, 1)]


@lru_cache(maxsize=1)
def _openings(folded: str) -> list[_Opening]:
    """The lines that open the cases of a text; none where it is no casebook."""
    lines = list(lines_of(folded))
    marked = _without_contents([o for i, (_, _, line) in enumerate(lines) if (o := _marked(i, line))], lines)
    if marked and ((len(marked) >= 2 and marked[0].style != "field") or sum(1 for _, _, line in lines if part_of(line)) >= 2):
        return marked
    found = _by_parts(folded, lines)
    return found or _by_title(lines)


def _marked(index: int, line: str) -> _Opening | None:
    """The opening of a line that calls itself a case; one that ends in dots and a page number stands in a table of contents."""
    match = _FIELD.fullmatch(line) or _CASE.fullmatch(line)
    if match is None or len(line.strip()) >= 100 or _CONTENTS.search(line) or line.rstrip().endswith("。"):
        return None
    if match.re is _FIELD:
        return _Opening(index, 0, "field", match.start("title")) if match["title"].strip() else None
    return _Opening(index, ordinal(match["number"]), "case", match.start("title"))


def _without_contents(marked: list[_Opening], lines: Lines) -> list[_Opening]:
    """Openings without those of a table of contents: nothing is told there, and the same numbers come again."""
    if any(o.style == "case" for o in marked):
        marked = [o for o in marked if o.style == "case"]
    kept = []
    for k, opening in enumerate(marked):
        end = marked[k + 1].line if k + 1 < len(marked) else len(lines)
        told = [line for _, _, line in lines[opening.line + 1 : end] if line.strip() and not _CHAPTER.fullmatch(line)]
        again = any(o.number == opening.number and _alike(lines, o, opening) for o in marked[k + 1 :])
        if not (again and not any(part_of(line) or line.rstrip().endswith("。") for line in told)):
            kept.append(opening)
    return kept


def _alike(lines: Lines, one: _Opening, other: _Opening) -> bool:
    """Whether two openings bear the same title, or one of them none."""
    a, b = (re.sub(r"[\s\d]+", "", lines[o.line][2][o.title :]) for o in (one, other))
    return not a or not b or a[:8] == b[:8]


def _by_parts(folded: str, lines: Lines) -> list[_Opening]:
    """Cases of no mark: the headings above which a background, a practice, results begin anew."""
    cycles = _cycles(folded, lines)
    whole = [{p.kind for _, p in cycle if p.kind != "body"} for cycle in cycles]
    head = [line for _, _, line in lines if line.strip()][:_HEAD_LINES]
    titled = bool(_TITLED.search("\n".join(head)))
    least = 1 if "案例" in "".join(head[:3]) and not _CALL.search("".join(head[:3])) and len(whole) == 1 and len(whole[0]) >= 3 else 2
    if sum(1 for kinds in whole if "both" in kinds or len(kinds) >= (2 if titled else 3)) < least:
        return []
    headed = [(o, cycle[0][0]) for cycle in cycles if (o := _heading_above(lines, *cycle[0]))]
    found = [o for o, _ in headed]
    styles = Counter(o.style for o in found)
    if set(styles) == {""}:
        return [_no_longer(lines, headed), *found[1:]]
    style = max((s for s in styles if s), key=lambda s: styles[s], default="")
    return (_counted_on(lines, style) if style else []) or found


def _cycles(folded: str, lines: Lines) -> list[list[tuple[int, Part]]]:
    """Parts, each with the index of its line, cut where a heading stands before a kind that was there already."""
    starts = [a for a, _, _ in lines]
    cycles: list[list[tuple[int, Part]]] = []
    line = 0
    for part in parts(folded, 0, len(folded)):
        while line + 1 < len(starts) and starts[line + 1] <= part.start:
            line += 1
        seen = {p.kind for _, p in cycles[-1]} - {"body"} if cycles else set()
        begins = bool(seen) and (part.kind in seen or (part.kind == "background" and seen & {"practice", "effect", "both"}))
        if not cycles or (begins and folded[starts[line] : part.start].strip(" \t◆●■▲【[") == "" and _heading_above(lines, line, part)):
            cycles.append([])
        cycles[-1].append((line, part))
    return cycles


def _title_like(line: str, least: int = 4) -> bool:
    """Whether a line may be a heading: short, and no sentence."""
    words = line.strip()
    return least <= len(words) <= _TITLE_WIDTH and words[-1] not in "。；;，,、：:" and not _LABEL.match(line) and part_of(line) is None


def _heading_above(lines: Lines, index: int, part: Part) -> _Opening | None:
    """The heading right above the line of a part; labels (申报单位：…) and, below a number, an introduction may stand between."""
    i = index - 1
    while i >= 0 and (not lines[i][2].strip() or _LABEL.match(lines[i][2])):
        i -= 1
    last = i
    while i >= 0 and last - i < 6 and (_title_like(lines[i][2]) or not lines[i][2].strip()):
        if numbered := _numbered(lines, i):
            return numbered
        i -= 1
    if last >= 0 and _title_like(lines[last][2]):
        first = last
        while first > 0 and _title_like(lines[first - 1][2]) and last - first < 2:
            first -= 1
        return _Opening(first, 0, "", 0)
    for i in range(last, max(-1, last - _INTRODUCTION), -1):
        numbered = _numbered(lines, i)
        if numbered and ORDER[numbered.style] < ORDER.get(part.style, ORDER["paren_arab"]):
            return numbered
        if part_of(lines[i][2]):
            break
    return None


def _no_longer(lines: Lines, headed: list[tuple[_Opening, int]]) -> _Opening:
    """The first case's heading, of no more lines than the others': above it stands the title of the paper."""
    told = [[i for i in range(o.line, part) if _title_like(lines[i][2])] for o, part in headed]
    most = max((len(own) for own in told[1:]), default=1)
    return _Opening(told[0][-most:][0], 0, "", 0)


def _counted_on(lines: Lines, style: str) -> list[_Opening]:
    """Every heading of a style, but for the table of contents, if they count up, anew only under a heading further out."""
    everyone = [o for i in range(len(lines)) if (o := _numbered(lines, i)) and o.style == style]
    everyone = [o for k, o in enumerate(everyone) if not any(o.number == p.number and _alike(lines, o, p) for p in everyone[k + 1 :])]
    outer = [i for i in range(len(lines)) if (o := _numbered(lines, i)) and ORDER[o.style] < ORDER[style]]
    for before, after in pairwise(everyone):
        again = after.number == 1 and any(before.line < i < after.line for i in outer)
        if after.number != before.number + 1 and not again:
            return []
    return everyone


def _numbered(lines: Lines, index: int) -> _Opening | None:
    """The numbered heading that a line is."""
    line = lines[index][2]
    if not _title_like(line) or _CONTENTS.search(line):
        return None
    style, number, size = number_of(line.lstrip())
    return _Opening(index, number, style, len(line) - len(line.lstrip()) + size) if style else None


def _by_title(lines: Lines) -> list[_Opening]:
    """Cases of a paper that calls itself a collection of them and has no parts: its outermost numbered headings."""
    head = [line for _, _, line in lines if line.strip()][:_HEAD_LINES]
    if not any(_PLURAL.search(line) and "通知" not in line for line in head[:4]) or any(part_of(line) for _, _, line in lines):
        return []
    numbered = [ORDER[o.style] for i in range(len(lines)) if (o := _numbered(lines, i))]
    found = _counted_on(lines, STYLES[min(numbered)][0]) if numbered else []
    return found if len(found) >= 2 else []


def _one_case(text: Text, identity: str, opening: _Opening, lines: Lines, into: tuple[list[Item], list[Passage]]) -> None:
    """Adds a case, its passages and its practices."""
    items, passages = into
    first = lines[0]
    start, end = first[0], _closing(lines)
    end = len(text.clean[:end].rstrip())
    found = parts(text.folded, first[1], end)
    head = [line for line in lines[1:] if line[0] < (found[0].start if found else end) and line[2].strip()]
    titled = _titled(first, opening, head, parted=bool(found))
    title = clean_title("".join(text.clean[a:b].strip() for a, b in titled))
    span = (titled[0][0], titled[-1][1]) if titled else (start, first[1])
    printed = text.clean[start : start + opening.title].strip() if opening.style not in ("", "field") else identity
    items.append(Item(identity, "", "case", printed, title, span, "", start, end, (span[1], end)))
    passages.append(Passage(identity, "background", start, span[1], heading=True))
    to = found[0].start if found else end
    if text.clean[span[1] : to].strip():
        if found:
            passages.append(Passage(identity, "background", span[1], to))
        else:
            told = _results(text.folded, span[1], to)
            _practices(text, identity, Part("practice" if told < to else "body", "", span[1], span[1]), told, items, passages)
            if told < to:
                passages.append(Passage(identity, "effect", told, to))
    for k, part in enumerate(found):
        to = found[k + 1].start if k + 1 < len(found) else end
        passages.append(Passage(identity, "effect" if part.kind == "both" else part.kind, part.start, part.end, heading=True))
        if to > part.end:
            if part.kind in ("practice", "both"):
                _practices(text, identity, part, to, items, passages)
            else:
                passages.append(Passage(identity, part.kind, part.end, to))


_TELLS = re.compile(r"改革后|[实运][施行](?:以来|后)|截至|累计|目前|同比|[缩降减提升增压][短低少高长加幅至到为了]|节[省约]|达到?|率[为均]|[约超逾近]\d")
_POINT = re.compile(r"[一二三四五六七八九]是|^\s*[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．](?!\d)")


def _results(folded: str, start: int, end: int) -> int:
    """Where the last paragraphs of a case without headings tell its results: numbers, and no points of a practice; ``end`` if none do."""
    told = end
    paragraphs = [(start + a, line) for a, _, line in lines_of(folded[start:end]) if line.strip()]
    for at, line in reversed(paragraphs[1:]):
        if _POINT.search(line) or not re.search(r"\d", line) or not _TELLS.search(line):
            break
        told = at
    return told


def _titled(first: tuple[int, int, str], opening: _Opening, head: Lines, *, parted: bool) -> list[tuple[int, int]]:
    """Where a case's title stands: behind its number, and on the lines below that are no sentence and no label."""
    found = [(first[0] + opening.title, first[1])] if first[2][opening.title :].strip() else []
    for a, b, line in head[: 3 if parted else 2 - len(found)]:
        if match := _FIELD.fullmatch(line):
            return [*found, (a + match.start("title"), b)]
        if _LABEL.match(line) or (found and not _title_like(line, 1)):
            break
        found.append((a, b))
    return found


def _closing(lines: Lines) -> int:
    """Where a case ends: before the headings of the next chapter, which stand at its foot."""
    last = len(lines)
    while last > 1 and (not lines[last - 1][2].strip() or (_CHAPTER.fullmatch(lines[last - 1][2]) and _title_like(lines[last - 1][2]))):
        last -= 1
    return lines[last - 1][1]


def _practices(text: Text, case: str, part: Part, end: int, items: list[Item], passages: list[Passage]) -> None:
    """The items of the practice part, and its passages."""
    section = "practice" if part.kind == "practice" else "effect" if part.kind == "both" else "body"
    found = marks(text.folded, part.end, end, inner=part.style, run_on=part.kind != "body")
    if not found:
        passages.append(Passage(case, section, part.end, end))
        return
    if text.clean[part.end : found[0].start].strip():
        passages.append(Passage(case, section, part.end, found[0].start))
    for k, mark in enumerate(found, 1):
        to = found[k].start if k < len(found) else end
        to = len(text.clean[:to].rstrip())
        cut = title_end(text.clean, mark.end, to)
        identity = f"{case}.{k}"
        title = clean_title(text.clean[mark.end : cut])
        items.append(Item(identity, case, "practice", text.clean[mark.start : mark.end].strip(), title, (mark.end, cut), part.name, mark.start, to, (cut, to)))
        passages.append(Passage(identity, section, mark.start, cut, heading=True))
        if to > cut:
            passages.append(Passage(identity, section, cut, to))
