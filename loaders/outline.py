"""Text → numbered items in their sections, and the passages that belong to each.

A government paper numbers its parts in styles that nest (一、 → （一） → 1. → （1）); which
style carries the measures differs from paper to paper. It is the style whose items end in
responsibility clauses or, where there are none, the one with most items.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from guanlian.loaders.numerals import ordinal
from guanlian.loaders.text import Passage, Text

_CJK = "一二三四五六七八九十百零〇"
STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第([{_CJK}\d]{{1,5}})部分[:：、\s]*")),
    ("chapter", re.compile(rf"第([{_CJK}\d]{{1,5}})[章节][:：、\s]*")),
    ("article", re.compile(rf"第\s*([{_CJK}\d]{{1,5}})\s*条[:：、\s]*")),
    ("cjk", re.compile(rf"([{_CJK}]{{1,4}})\s*[、．.]\s*")),
    ("paren_cjk", re.compile(rf"[（(]\s*([{_CJK}]{{1,4}})\s*[)）]\s*[、.．]?\s*")),
    ("arab", re.compile(r"(\d{1,3})\s*(?:\\?[.．、]|\s(?=\D))(?!\d)\s*")),
    ("paren_arab", re.compile(r"[（(]\s*(\d{1,3})\s*[)）]\s*[、.．]?\s*")),
    ("circled", re.compile(r"([①-⑳])\s*")),
)
"""Numbering styles, outermost first (GB/T 9704: 一、 （一） 1. （1）)."""
_ORDER = {style: i for i, (style, _) in enumerate(STYLES)}

_CASE = re.compile(rf"\s*[【\[]?(?:典型|优秀|创新)?案例\s*([{_CJK}]{{1,4}}|\d{{1,3}})[】\]]?\s*[:：、.．]?\s*(.*)")
_PARTS = (
    ("background", re.compile(r"(?:实施|改革|项目|案例|工作)?(?:背景|背景目的|基本情况|概况|简介)(?:及目的|与目的|和目的|目的)?")),
    ("practice", re.compile(r"(?:主要|具体|创新|经验|改革|工作|特色)*(?:做法|举措|措施|内容|做法和经验|经验做法)")),
    ("effect", re.compile(r"(?:实施|主要|工作|取得的?|改革|应用|创新|推广|实践)*(?:成效|效果|成果|成绩)(?:情况)?")),
    ("body", re.compile(r"(?:经验启示|启示|下一步(?:工作)?(?:打算|计划|安排)?|推广价值)")),
)
_ONE_IS = re.compile(rf"(?:^|(?<=[。；：:;\n]))\s*([{_CJK}]{{1,3}})是(?!否)")
_APPENDIX = re.compile(r"\s*附\s*(?:件|表|录)?\s*\d*\s*[:：]?\s*$|\s*附\s*(?:件|表|录)\s*\d*\s*[:：].*|\s*附[:：].*")
_GENERAL = re.compile(r"总体要求|总体目标|工作目标|主要目标|指导思想|基本原则|工作原则|总体思路|工作组织|组织领导|组织机构|总则|附则")
_ASSURANCE = re.compile(r"保障措施|组织保障|组织实施|工作要求|有关要求|保障机制|实施保障|强化保障|工作保障")


@dataclass
class Node:
    """A numbered line and what stands under it; offsets into ``clean``."""

    style: str
    number: int
    printed: str
    start: int
    title_start: int
    line_end: int
    title: str
    end: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def own_end(self) -> int:
        """Where the node's own words end and its first numbered child begins."""
        return self.children[0].start if self.children else self.end

    def chain(self) -> Iterator[Node]:
        """The nodes above this one, nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the document as a reader would cite it."""

    id: str
    parent: str
    kind: str
    number: str
    title: str
    title_span: tuple[int, int]
    section: str
    start: int
    end: int
    body: tuple[int, int]


@dataclass(frozen=True)
class Outline:
    """Items in reading order, section headings, and every passage with its section."""

    items: tuple[Item, ...]
    passages: tuple[Passage, ...]
    headings: tuple[tuple[str, int, int], ...]
    sections: tuple[tuple[str, int, int, tuple[str, ...]], ...]
    kind: str


def lines_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and words of every line."""
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line), line
        start += len(line) + 1


def outline(text: Text, has_clause: Callable[[int, int], bool], interprets: str = "") -> Outline:
    """Items and passages of a document.

    ``has_clause(start, end)`` says whether a stretch of ``clean`` holds a responsibility clause.
    ``interprets`` is the title of the document that this one explains, or ``""``.
    """
    if len([1 for _, _, line in lines_of(text.folded) if _CASE.fullmatch(line) and len(line.strip()) < 60]) >= 2:
        return _casebook(text)
    stop = _reprint(text, interprets) if interprets else len(text.clean)
    roots, nodes = _tree(text, stop)
    measures = _measure_nodes(nodes, has_clause, interpretation=bool(interprets))
    return _plan(text, nodes, measures, "interpretation" if interprets else "measure", stop)


def title_end(text: str, start: int, end: int) -> int:
    """Where an item's title ends: at its first full stop, or with its line."""
    line_end = text.find("\n", start, end)
    line_end = end if line_end < 0 else line_end
    depth = 0
    for i in range(start, line_end):
        char = text[i]
        depth += (char in "“《「『（(【〔［") - (char in "”》」』）)】〕］")
        if char in "。！？" and depth <= 0:
            return i
        if char in "：:" and depth <= 0 and i - start <= 30 and i > start:
            return i
        if char in "（(〔［【" and depth == 1 and i > start and re.match(r".{0,60}(?:牵头|负责|责任单位|配合|参与)", text[i:line_end]):
            return i
    return line_end


def _clean_title(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip(" 　*、，,:：。；;")


def _tree(text: Text, stop: int) -> tuple[list[Node], list[Node]]:
    """Numbered lines nested by the order in which their styles open."""
    roots: list[Node] = []
    nodes: list[Node] = []
    stack: list[Node] = []
    folded = text.folded[:stop]
    end_of_items = stop
    for start, end, line in lines_of(folded):
        stripped = line.lstrip()
        if not stripped:
            continue
        if _APPENDIX.fullmatch(line) and nodes:
            for node in stack:
                node.end = node.end or start
            stack = []
            end_of_items = start
            continue
        node = _numbered(stripped, start + len(line) - len(stripped), end)
        if node is None:
            continue
        node.start = start + len(line) - len(stripped)
        while stack and (stack[-1].style == node.style or node.style in [a.style for a in stack[-1].chain()]):
            stack.pop().end = start
        node.parent = stack[-1] if stack else None
        (node.parent.children if node.parent else roots).append(node)
        stack.append(node)
        nodes.append(node)
        end_of_items = stop
    for node in nodes:
        node.end = node.end or end_of_items
    return roots, nodes


def _numbered(stripped: str, offset: int, line_end: int) -> Node | None:
    for style, pattern in STYLES:
        match = pattern.match(stripped)
        if match and (match.end() < len(stripped) or style in ("chapter", "part")):
            if style == "arab" and re.match(r"\d{1,3}\s+(?:年|月|日|个|家|%|万|条|项)", stripped):
                return None
            return Node(style, ordinal(match[1]), stripped[: match.end()].strip(), offset, offset + match.end(), line_end, stripped[match.end() :])
    return None


def _measure_nodes(nodes: list[Node], has_clause: Callable[[int, int], bool], *, interpretation: bool) -> list[Node]:
    """The items that say what shall be done."""
    if interpretation and (articles := [n for n in nodes if n.style == "article"]):
        return articles
    bearing = _bearing(nodes, has_clause)
    if bearing:
        style = _bearing_style(nodes, bearing)
        restarts = style not in _continuous(nodes)
        return [n for n in nodes if _is_measure(n, style, bearing, restarts=restarts)]
    ranked = Counter(n.style for n in nodes if not _general(n))
    leaf = [s for s in ("article", "arab", "paren_cjk", "cjk", "paren_arab") if ranked.get(s, 0) >= 1]
    if not leaf:
        return []
    style = max(leaf, key=lambda s: (ranked[s], -_ORDER[s]))
    if style in ("arab", "paren_arab") and ranked.get("paren_cjk", 0) >= 3:
        holders = [n for n in nodes if n.style == "paren_cjk"]
        if sum(1 for n in holders if n.children) < 0.5 * len(holders):
            style = "paren_cjk"
    return [n for n in nodes if n.style == style and not _general(n)]


def _continuous(nodes: list[Node]) -> frozenset[str]:
    """Styles whose numbering runs through the paper instead of restarting under each heading."""
    found = set()
    for style in {n.style for n in nodes}:
        numbers = [n.number for n in nodes if n.style == style]
        if sum(1 for n in numbers if n == 1) <= 1 and len(numbers) >= 2:
            found.add(style)
    return frozenset(found)


def _bearing(nodes: list[Node], has_clause: Callable[[int, int], bool]) -> set[int]:
    """Nodes that a clause of their own stands in.

    A clause behind the last of several sub-points that have none is their parent's; one that
    stands between a heading and items numbered through the paper governs those items.
    """
    continuous = _continuous(nodes)
    own = {id(n) for n in nodes if n.style not in ("chapter", "part") and has_clause(n.start, n.own_end)}
    for node in nodes:
        children = node.children
        if not children:
            continue
        inner = children[0].style
        with_clause = [c for c in children if id(c) in own]
        if inner in continuous and node.style != inner:
            own.discard(id(node))
        elif with_clause == children[-1:] and len(children) > 1 and id(node) not in own:
            own.discard(id(children[-1]))
            own.add(id(node))
        elif with_clause == children[-1:] and len(children) == 1 and id(node) not in own and inner not in continuous:
            lone = [n for n in nodes if n.style == node.style and n is not node and id(n) in own]
            if lone:
                own.discard(id(children[-1]))
                own.add(id(node))
    return own


def _bearing_style(nodes: list[Node], bearing: set[int]) -> str:
    counts = Counter(n.style for n in nodes if id(n) in bearing)
    return max(counts, key=lambda s: (counts[s], _ORDER[s]))


def _is_measure(node: Node, style: str, bearing: set[int], *, restarts: bool) -> bool:
    """Whether a node is an item: it bears a clause itself, or stands beside those that do."""
    above = any(id(a) in bearing and (a.style == style or _ORDER[a.style] >= _ORDER[style]) and not _split(a, bearing) for a in node.chain())
    below = any(id(c) in bearing for c in _below(node))
    if above:
        return False
    if id(node) in bearing:
        return not (below and node.style != style and _ORDER[node.style] < _ORDER[style])
    if node.style != style or below:
        return False
    return node.style == "article" or not (_general(node) or (restarts and _assurance(node)))


def _split(node: Node, bearing: set[int]) -> bool:
    """Whether the clause of a node stands only in its children, each with its own."""
    return sum(1 for c in node.children if id(c) in bearing) >= 2


def _below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _below(child)


def _general(node: Node) -> bool:
    """Whether a node stands in a part that states aims and principles rather than measures."""
    return any(_GENERAL.search(n.title[:20]) for n in (node, *node.chain()))


def _assurance(node: Node) -> bool:
    """Whether a node stands in the closing part on how the paper itself is carried out."""
    return any(_ASSURANCE.search(n.title[:20]) for n in (node, *node.chain()))


def _plan(text: Text, nodes: list[Node], measures: list[Node], kind: str, stop: int) -> Outline:
    ids = _ids(measures)
    items: list[Item] = []
    passages: list[Passage] = []
    position = 0
    for node, identity in zip(measures, ids, strict=True):
        cut = title_end(text.clean, node.title_start, node.end)
        title = _clean_title(text.clean[node.title_start : cut])
        section = next((text.clean[a.start : title_end(text.clean, a.title_start, a.line_end)].strip() for a in node.chain()), "")
        end = len(text.clean[: node.end].rstrip())
        end = max(end, node.title_start + 1)
        items.append(Item(identity, "", kind, node.printed, title, (node.title_start, cut), section, node.start, end, (cut, end)))
        if node.start > position:
            passages.append(Passage("", "body", position, node.start))
        passages.append(Passage(identity, "body", node.start, cut, heading=True))
        if end > cut:
            passages.append(Passage(identity, "body", cut, end))
        position = max(position, end)
    if position < stop:
        passages.append(Passage("", "body", position, stop))
    headings = tuple(
        (text.clean[n.start : title_end(text.clean, n.title_start, n.line_end)].strip(), n.start, n.own_end)
        for n in nodes
        if n not in measures
    )
    chosen = {id(n): i for n, i in zip(measures, ids, strict=True)}
    sections = tuple(
        (text.clean[n.start : n.line_end].strip(), n.start, n.own_end, tuple(chosen[id(c)] for c in _below(n) if id(c) in chosen))
        for n in nodes
        if id(n) not in chosen and any(id(c) in chosen for c in _below(n))
    )
    return Outline(tuple(items), tuple(passages), headings, sections, "")


def _ids(measures: list[Node]) -> list[str]:
    """The item's own number, or section and item where the numbering restarts."""
    numbers = [n.number for n in measures]
    styles = {n.style for n in measures}
    restarts = len(styles) > 1 or any(b <= a and b == 1 for a, b in zip(numbers, numbers[1:], strict=False))
    ids: list[str] = []
    seen: Counter[str] = Counter()
    for node in measures:
        chain = [node.number, *(a.number for a in node.chain())] if restarts else [node.number]
        depth = 1
        if restarts and len(chain) > 1:
            depth = 2
            while depth < len(chain) and _clash(measures, node, depth):
                depth += 1
        identity = ".".join(str(n) for n in reversed(chain[:depth]))
        seen[identity] += 1
        ids.append(identity if seen[identity] == 1 else f"{identity}-{seen[identity]}")
    return ids


def _clash(measures: list[Node], node: Node, depth: int) -> bool:
    def path(n: Node) -> tuple[int, ...]:
        return (n.number, *(a.number for a in n.chain()))[:depth]

    return sum(1 for n in measures if path(n) == path(node)) > 1


def _reprint(text: Text, interprets: str) -> int:
    """Where the interpreted document is printed again below its interpretation, if it is."""
    key = _bare(interprets)
    seen_item = False
    for start, _, line in lines_of(text.folded):
        seen_item = seen_item or bool(re.match(rf"\s*第\s*[{_CJK}\d]+\s*条", line))
        if seen_item and _bare(line) == key:
            return start
    return len(text.clean)


def _bare(words: str) -> str:
    return re.sub(r"[\W_]+", "", words)


def _part(line: str) -> str | None:
    """Which part of a case a heading line opens."""
    words = line.strip()
    for _, pattern in STYLES:
        match = pattern.match(words)
        if match:
            words = words[match.end() :]
            break
    words = words.strip(" ：:。")
    return next((name for name, pattern in _PARTS if pattern.fullmatch(words)), None)


def _casebook(text: Text) -> Outline:
    """Cases with their background, practice and results parts, and the practices as items."""
    lines = [(s, e, line) for s, e, line in lines_of(text.folded)]
    starts = [i for i, (_, _, line) in enumerate(lines) if _CASE.fullmatch(line) and len(line.strip()) < 60]
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
    parts = [(i, p) for i, (_, _, line) in enumerate(lines[1:], 1) if len(line) < 24 and (p := _part(line))]
    head = lines[1 : parts[0][0]] if parts else lines[1:3]
    titled = [(s, e) for s, e, line in head if line.strip()]
    words = [text.clean[s:e].strip() for s, e in titled]
    if match[2].strip():
        words.insert(0, text.clean[lines[0][0] + match.start(2) : lines[0][1]].strip())
    end = lines[-1][1]
    end = len(text.clean[:end].rstrip())
    start = lines[0][0]
    span = (titled[0][0], titled[-1][1]) if titled else (start, lines[0][1])
    title = _clean_title("".join(words))
    items.append(Item(identity, "", "case", match[0].strip(), title, span, "", start, end, (span[1], end)))
    passages.append(Passage(identity, "background", start, span[1], heading=True))
    if not parts:
        passages.append(Passage(identity, "body", span[1], max(end, span[1])))
    for k, (index, part) in enumerate(parts):
        from_ = lines[index][1]
        to = lines[parts[k + 1][0]][0] if k + 1 < len(parts) else end
        passages.append(Passage(identity, part, lines[index][0], from_, heading=True))
        if to <= from_:
            continue
        if part == "practice":
            _practices(text, identity, from_, to, lines[index][2].strip(), items, passages)
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
        title = _clean_title(text.clean[title_from:cut])
        items.append(Item(identity, case, "practice", printed, title, (title_from, cut), name, at, to, (cut, to)))
        passages.append(Passage(identity, "practice", at, cut, heading=True))
        if to > cut:
            passages.append(Passage(identity, "practice", cut, to))
