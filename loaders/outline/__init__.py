"""Text → numbered items in their sections, and the passages that belong to each.

A government paper numbers its parts in styles that nest (一、 → （一） → 1. → （1）); which
style carries the measures differs from paper to paper. It is the style whose items end in
responsibility clauses or, where there are none, the one with most items.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from guanlian.loaders.outline.numbering import CJK, ORDER, Node, lines_of, tree
from guanlian.loaders.text import Passage, Text

_CLOSING = re.compile(
    r"\n\s*(?=各(?:地区|地|部门|有关|相关|单位|区|市|县|成员)[^。]{0,20}?(?:要|应|须|请)|本(?:通知|方案|措施|意见|办法|计划|清单)(?:自|由|的|印发|有效)|以上(?:措施|政策|任务)"
    r"|[\u4e00-\u9fff]{2,12}要会同|（?此件|附件下载|联系(?:人|电话|方式)|特此通知|抄送)"
)
_GENERAL = re.compile(r"总体要求|总体目标|工作目标|主要目标|指导思想|基本原则|工作原则|总体思路|工作组织|(?<!强)(?<!强化)(?<!全)组织领导|组织机构|总则|附则")
_WRONG = re.compile(r"\s*(?:存在的?|主要)?问题(?:描述|表现)?\s*[:：]?\s*")
_MENDED = re.compile(r"(?:整改|改进|解决)(?:措施|举措|要求)\s*[:：]\s*([^。；，;,.\n]{2,60})")
_ASSURANCE = re.compile(r"保障措施|组织保障|组织实施|工作要求|有关要求|保障机制|实施保障|强化保障|工作保障")


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


def outline(text: Text, has_clause: Callable[[int, int], bool], interprets: str = "") -> Outline:
    """Items and passages of a document.

    ``has_clause(start, end)`` says whether a stretch of ``clean`` holds a responsibility clause.
    ``interprets`` is the title of the document that this one explains, or ``""``.
    """
    stop = _reprint(text, interprets) if interprets else len(text.clean)
    nodes = tree(text, stop)
    measures = _measure_nodes(nodes, lambda node: has_clause(node.start, min(node.own_end, _end(text, node))), interpretation=bool(interprets))
    return _plan(text, nodes, measures, "interpretation" if interprets else "measure", stop)


def title_end(text: str, start: int, end: int) -> int:
    """Where an item's title ends: at its first full stop, or with its line."""
    line_end = text.find("\n", start, end)
    line_end = end if line_end < 0 else line_end
    depth = 0
    for mark in _TITLE_MARK.finditer(text, start, line_end):
        i, char = mark.start(), mark[0]
        depth += (char in "“《「『（(【〔［") - (char in "”》」』）)】〕］")
        if char in "。！？" and depth <= 0:
            return i
        if char in "：:" and depth <= 0 and i - start <= 30 and i > start:
            return i
        if char in "（(〔［【" and depth == 1 and i > start and _CLAUSE_AHEAD.match(text, i, line_end):
            return i
    return line_end


def named_by(text: Text, item: Item, start: int) -> Item:
    """The item under the words from a position on, as far as their first stop: its own heading only says who."""
    stop = _STOP.search(text.clean, start, item.end)
    words = clean_title(text.clean[start : stop.start() if stop else item.end])
    return replace(item, title=words) if words else item


_STOP = re.compile(r"[。；;\n]")
_TITLE_MARK = re.compile(r"[“《「『（(【〔［”》」』）)】〕］。！？：:]")
_CLAUSE_AHEAD = re.compile(r"[（(〔［【][^）)〕］】]{0,60}(?:牵头|负责|责任单位|配合|参与)")


def clean_title(words: str) -> str:
    """A title without stray white space and stops."""
    return " ".join(words.split()).strip(" 　*、，,:：。；;")


def _measure_nodes(nodes: list[Node], has_clause: Callable[[Node], bool], *, interpretation: bool) -> list[Node]:
    """The items that say what shall be done."""
    if interpretation and (articles := [n for n in nodes if n.style == "article"]):
        return articles
    bearing = _bearing(nodes, has_clause)
    if bearing:
        style = _bearing_style(nodes, bearing)
        restarts = style not in _continuous(nodes)
        speaking = _speaking(nodes, bearing)
        return [n for n in nodes if _is_measure(n, style, bearing, restarts=restarts) or id(n) in bearing and n.style in speaking]
    ranked = Counter(n.style for n in nodes if not _general(n))
    leaf = [s for s in ("article", "decimal", "arab", "paren_cjk", "cjk", "paren_arab") if ranked.get(s, 0) >= 1]
    if not leaf:
        return []
    style = max(leaf, key=lambda s: (ranked[s], -ORDER[s]))
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


def _bearing(nodes: list[Node], has_clause: Callable[[Node], bool]) -> set[int]:
    """Nodes that a clause of their own stands in.

    A clause behind the last of several sub-points that have none is their parent's (a whole section's
    only where others have one, too); one that stands between a heading and items numbered through the paper governs those items.
    """
    continuous = _continuous(nodes)
    own = {id(n) for n in nodes if n.style not in ("chapter", "part") and has_clause(n) and not (_assurance(n) and _ITSELF.search(n.title))}

    def last_only(node: Node) -> bool:
        return [c for c in node.children if id(c) in own] == node.children[-1:]

    closed = Counter(n.style for n in nodes if id(n) in own or len(n.children) > 1 and last_only(n))
    for node in nodes:
        children = node.children
        if not children:
            continue
        inner = children[0].style
        several, trails = len(children) > 1, last_only(node)
        trailing = trails and several and _only_list(nodes, inner)
        if inner in continuous and node.style != inner and not trailing:
            if not (_only_list(nodes, inner) and _among_items(nodes, node, own)):
                own.discard(id(node))
        elif trails and several and id(node) not in own and (closed[node.style] > 1 or node.style not in ("cjk", "part", "chapter")):
            own.discard(id(children[-1]))
            own.add(id(node))
        elif trails and not several and id(node) not in own and inner not in continuous:
            lone = [n for n in nodes if n.style == node.style and n is not node and id(n) in own]
            if lone:
                own.discard(id(children[-1]))
                own.add(id(node))
    return own


def _among_items(nodes: list[Node], node: Node, own: set[int]) -> bool:
    """Whether most of the others numbered like a node are items without parts: the one with parts is an item, too."""
    others = [n for n in nodes if n is not node and n.style == node.style]
    return 2 * sum(id(n) in own and not n.children for n in others) > len(others) > 0


def _speaking(nodes: list[Node], bearing: set[int]) -> frozenset[str]:
    """Styles whose items say something and who does it before they list measures with clauses of their own (具体举措)."""
    holders = [n for n in nodes if id(n) in bearing and any(id(c) in bearing for c in n.children)]
    spoken = Counter(n.style for n in holders if _SPOKEN.search(n.title))
    return frozenset(style for style, count in spoken.items() if 2 * count > sum(n.style == style for n in holders))


_ITSELF = re.compile("要?会同[^。（(〔［【]{2,16}(?:对本|本)[\u4e00-\u9fff]{2,6}(?:落实|实施|执行|贯彻|推进)|对[^。（(〔［【]{2,12}(?:落实|实施|执行|推进)情况")
"""What a paper's closing part says of the paper itself: 省商务厅要会同有关部门加强对本方案落实情况的跟踪."""
_SPOKEN = re.compile(r"[^。（(〔［【]+。[^。]{6,}。?[（(〔［【]|[^。（(〔［【]*，[^。（(〔［【]{6,}。[（(〔［【]")
"""A sentence behind the title and ahead of the clause, or in the place of a title."""


def _only_list(nodes: list[Node], style: str) -> bool:
    """Whether all items of a style stand under one heading."""
    return len({id(n.parent) for n in nodes if n.style == style}) == 1


def _bearing_style(nodes: list[Node], bearing: set[int]) -> str:
    counts = Counter(n.style for n in nodes if id(n) in bearing)
    return max(counts, key=lambda s: (counts[s], ORDER[s]))


def _is_measure(node: Node, style: str, bearing: set[int], *, restarts: bool) -> bool:
    """Whether a node is an item: it bears a clause itself, or stands beside those that do."""
    above = any(id(a) in bearing and (a.style == style or ORDER[a.style] >= ORDER[style]) and not _split(a, bearing) for a in node.chain())
    below = any(id(c) in bearing for c in _below(node))
    if above:
        return False
    if id(node) in bearing and not (node.style == "article" and _formal(node)):
        return not (below and node.style != style and ORDER[node.style] < ORDER[style])
    if node.style != style or below:
        return False
    if node.style == "article":
        return not _formal(node)
    return not (_general(node) or (restarts and _assurance(node)))


def _formal(node: Node) -> bool:
    """Whether an article only frames the rest: purpose, scope, terms, interpretation, entry into force."""
    return bool(re.search(r"制定本|适用本|本[\u4e00-\u9fff]{2,4}所称|本[\u4e00-\u9fff]{2,4}由[^。]{2,30}负责解释|起(?:施行|实施|执行)|有效期", node.title[:120]))


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
    ids = _ids(measures, nodes)
    chosen = {id(n): i for n, i in zip(measures, ids, strict=True)}
    items: list[Item] = []
    passages: list[Passage] = []
    position = 0
    for node, identity in zip(measures, ids, strict=True):
        cut = title_end(text.clean, node.title_start, node.end)
        if _WRONG.fullmatch(text.folded, node.title_start, cut) and (mended := _MENDED.search(text.folded, cut, node.end)):
            title = clean_title(text.clean[slice(*mended.span(1))])  # (一)问题：…。整改措施：…
        else:
            title = clean_title(text.clean[node.title_start : cut])
        section = next((text.clean[a.start : title_end(text.clean, a.title_start, a.line_end)].strip() for a in node.chain()), "")
        end = max(_end(text, node), node.title_start + 1)
        if inner := next((c for c in _below(node) if id(c) in chosen), None):
            end = len(text.clean[: inner.start].rstrip())
        above = next((chosen[id(a)] for a in node.chain() if id(a) in chosen), "")
        items.append(Item(identity, above, kind, node.printed, title, (node.title_start, cut), section, node.start, end, (cut, end)))
        if node.start > position:
            passages.append(Passage("", "body", position, node.start))
        passages.append(Passage(identity, "body", node.title_start, cut, heading=True))
        if end > cut:
            passages.append(Passage(identity, "body", cut, end))
        position = max(position, end)
    if position < stop:
        passages.append(Passage("", "body", position, stop))
    headings = tuple(
        (text.clean[n.start : title_end(text.clean, n.title_start, n.line_end)].strip(), n.start, n.own_end)
        for n in nodes
        if id(n) not in chosen
    )
    sections = tuple(
        (text.clean[n.start : n.line_end].strip(), n.start, n.own_end, tuple(chosen[id(c)] for c in _below(n) if id(c) in chosen))
        for n in nodes
        if id(n) not in chosen and any(id(c) in chosen for c in _below(n))
    )
    return Outline(tuple(items), tuple(passages), headings, sections, "")


def _end(text: Text, node: Node) -> int:
    """Where an item's words end: before a closing paragraph that speaks of the whole paper."""
    closing = (m.end() for m in _CLOSING.finditer(text.folded, node.line_end, node.end))
    end = next((at for at in closing if not any(c.start <= at < c.end for c in node.children)), node.end)
    return node.start + len(text.clean[node.start : end].rstrip())


def _ids(measures: list[Node], nodes: list[Node]) -> list[str]:
    """The item's own number; where its numbering restarts, behind the numbers of what it stands in."""
    held = {id(n) for measure in measures for n in (measure, *measure.chain())}
    kept = {(id(n.parent), n.style) for n in nodes if id(n) in held}
    firsts = Counter(n.style for n in nodes if n.number == 1 and (id(n.parent), n.style) in kept)  # parts without items restart nothing
    beside = {(id(n.parent), n.style) for n in measures}  # where a style's numbers are items themselves
    above: dict[str, set[int]] = {}
    for node in measures:
        above.setdefault(node.style, set()).add(id(node.parent))
    through = {style for style, holders in above.items() if len(holders) > 1 and firsts[style] < 2}  # (四) under 二、, (八) under 三、
    ids: list[str] = []
    seen: Counter[str] = Counter()
    for node in measures:
        if node.style == "decimal":
            identity = re.sub(r"[^\d.]", "", node.printed.replace("．", "."))
        else:
            chain = [node.number]
            at = node
            while at.parent is not None and (firsts[at.style] > 1 or (at is node and at.style not in through and (id(at.parent.parent), at.parent.style) in beside)):
                at = at.parent
                chain.append(at.number)
            identity = ".".join(str(n) for n in reversed(chain))
        seen[identity] += 1
        ids.append(identity if seen[identity] == 1 else f"{identity}-{seen[identity]}")
    return ids


def _reprint(text: Text, interprets: str) -> int:
    """Where the interpreted document is printed again below its interpretation, if it is."""
    key = _bare(interprets)
    seen_item = False
    for start, _, line in lines_of(text.folded):
        seen_item = seen_item or bool(re.match(rf"\s*第\s*[{CJK}\d]+\s*条", line))
        if seen_item and _bare(line) == key:
            return start
    return len(text.clean)


def _bare(words: str) -> str:
    return re.sub(r"[\W_]+", "", words)
