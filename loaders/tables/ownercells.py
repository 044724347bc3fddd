"""The cells of a task table that name units → a clause: what their column, their own words and signs say of each unit."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from guanlian.loaders.clauses.parts import Part, parts_of, patterns, without_duty
from guanlian.loaders.clauses.roles import Clause, clause_of
from guanlian.loaders.names import Resolver
from guanlian.loaders.names.namelists import Piece, pieces


class OwnerCell(NamedTuple):
    """An owner cell of a table: the kind of its column, its span, and what is in doubt about it.

    ``main``: 责任单位 in a table that has 配合单位 and no 牵头单位; ``stray``: in no column. ``doubt``: ``role`` where another column
    may hold it as well, ``above`` where it was taken over for an empty cell below it, else ``""``.
    """

    kind: str
    start: int
    end: int
    doubt: str = ""


_MARKED = re.compile(r"(?P<mark>[※★☆▲△●◆◎＊*#＃])[^。；\n]{0,12}?(?:为|是|系|表示|代表)[^。；，\n]{0,4}(?:牵头|主办|主责)")
_SPACE = re.compile(r"(?<=\S)\s+(?=\S)")
_LEADS = re.compile(r"(?<=牵头|主办)、")
_SIGN = re.compile(
    r"[（(](?P<verb>(?:(?:共同|联合|分别|各自)(?:牵头|主办|负责|配合)|(?:分别|共同|按(?:照)?(?:各自)?(?:职责)?(?:分工)?)+(?:负责|牵头|落实|推进|配合)?))[)）](?P<more>.?)"
)
"""A bracket that says of all the names before it what one behind a single name says of that: A、B（共同牵头）."""
_MORE_IN_SIGN = re.compile(r"[（(](?P<role>牵头|主办|配合|协办|参与)[，,、；;][^（()）]{1,30}[)）]|[（(](?:第一责任|主要责任|牵头责任|主责|主体责任)(?:单位|部门)?[)）]")
"""A bracket that says a name's role in more words: A（牵头，负责建设）、B."""
_NO_NAME = re.compile(r"[（(](?:具体|主要|重点)?负责[^（()）]{2,30}[)）]|(?:^|(?<=[\s、，；;。]))\d{1,2}[.．、](?=[\u4e00-\u9fff])|[①-⑳]|<br\s*/?>")
"""What a unit is charged with, and the number before it in a list: A（负责校舍）; 1.A 2.B."""
_ETC = re.compile(r"等(?:[\u4e00-\u9fff]{0,8}(?:部门|单位|方面|地区|机构))?[。；;]?\s*$")
_BEFORE_SPACE = re.compile(r"[^、，,；;/／]*$")
_REST = re.compile(
    r"[（(].*|(?:委?员)?会|办公[室厅]|办|[督巡]查室|研究室|(?:集团)?(?:有限)?公司|总?站|中心|(?:人民)?政府|管委会"
)
"""What goes on with a name that its line broke off: 市政府 办公室."""
_BRANCH = re.compile(r"[\u4e00-\u9fff]{1,4}(?:支队|大队|分局)")
_GOVERNMENT = re.compile(r"(?:[省市县区州]|自治[区州县])(?:人民)?政府")
_BEHIND_SPACE = re.compile(r"[^、，,；;/／\s]+")


def lead_mark(text: str) -> str:
    """The sign that a note gives to the units that lead (标※的为牵头单位), or ''."""
    match = _MARKED.search(text)
    return match["mark"] if match else ""


def cells(text: str, parts: list[OwnerCell], resolver: Resolver, *, first: bool = False, mark: str = "") -> Clause | None:
    """Owners in the cells of a task table."""
    listed: list[Part] = []
    lost = tuple(Piece(text[c.start : c.end], c.start, c.end) for c in parts if c.kind == "stray")
    parts = [cell for cell in parts if cell.kind != "stray"]
    if lost and not parts:
        return Clause(lost[0].start, lost[-1].end, (), lost)
    for kind, a, b, _ in parts:
        if kind == "main":
            kind = "joint" if first or mark else "lead"
        text = _listed(text, a, b, resolver, mark)
        listed += _parts(text, kind, a, b, mark)
    if not listed:
        return None
    start, end = min(cell.start for cell in parts), max(cell.end for cell in parts)
    clause = clause_of(text.replace(mark, " ") if mark else text, start, end, listed, resolver, first)
    doubted = tuple(replace(o, doubts=_doubts(o.piece, parts)) for o in clause.owners)
    clause = replace(clause, owners=doubted, unread=(*clause.unread, *lost))
    return clause if clause.owners or clause.unread else None


def _doubts(piece: Piece, parts: list[OwnerCell]) -> tuple[str, ...]:
    """What is in doubt about the cell that a name stands in."""
    return tuple(dict.fromkeys(c.doubt for c in parts if c.doubt and c.start <= piece.start < c.end))


def _listed(text: str, start: int, end: int, resolver: Resolver, mark: str) -> str:
    """The text with list marks for the white space that ends a unit's name in a cell: there each name may have its line."""
    stretch = _NO_NAME.sub(lambda m: "、" * len(m[0]), _LEADS.sub("，", text[start:end]))
    stretch = _MORE_IN_SIGN.sub(lambda m: f"（{m['role'] or '牵头'}）".ljust(len(m[0]), "、"), stretch)
    for space in _SPACE.finditer(stretch):
        before = _BEFORE_SPACE.search(stretch, 0, space.start())
        behind = _BEHIND_SPACE.match(stretch, space.end())
        left, right = (m[0].strip(mark) if m else "" for m in (before, behind))
        sign = "，" if patterns()["verb_end"].search(left) else "、" if _parted(left, right, resolver) else " "
        stretch = stretch[: space.start()] + sign + stretch[space.start() + 1 :]
    stretch = _SIGN.sub(lambda m: f" {m['verb']}，{m['more']}" if m["more"] else f"  {m['verb']}", stretch)
    return text if stretch == text[start:end] else text[:start] + stretch + text[end:]


def _parted(left: str, right: str, resolver: Resolver) -> bool:
    """Whether white space parts two names rather than breaks one: what stands before or behind it is a unit by itself."""
    if _REST.fullmatch(right) or _GOVERNMENT.fullmatch(left) and right[:1] not in "市省县区州各":
        return False
    if left.endswith("局") and _BRANCH.fullmatch(right):
        return False
    known = resolver.resolve(right)
    return resolver.resolve(left) is not None or known is not None and known.rule != "form"


def _parts(text: str, kind: str, start: int, end: int, mark: str) -> list[Part]:
    """What governs the names of a cell: its own verbs, labels and signs, else the head of its column."""
    verbs = patterns()
    own = kind in ("lead", "participant") and (stop := without_duty(text, start, end)) < end and not verbs["verb"].search(text, start, stop)
    if own:
        return [Part(kind, start, stop)]
    if verbs["verb"].search(text, start, end) or verbs["verb_end"].search(text[start:end].rstrip("。；; ")) or verbs["label"].search(text, start, end):
        return parts_of(text, start, end)
    if mark and mark in text[start:end]:
        return [Part("lead" if mark in p.words else kind, p.start, p.end) for p in pieces(text, start, end)]
    if kind != "participant" and (joined := verbs["with"].search(text, start, end)) and joined.start() > start:
        return [Part("lead", start, joined.start()), Part("participant", joined.end(), end)]
    return [Part(kind, start, end, plural=bool(_ETC.search(text, start, end)))]
