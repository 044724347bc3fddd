"""Clauses that govern other items than their own, and clauses that point to another item's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guanlian.loaders.clauses.parts import Part, parts_of
from guanlian.loaders.clauses.roles import Clause, Owner, clause_of
from guanlian.loaders.names import COLLECTIVE, Resolved, Resolver
from guanlian.loaders.names.namelists import Piece


@dataclass(frozen=True, slots=True)
class Scope:
    """A clause that governs other items than the one it stands in; 0 means from the first, to the last."""

    start: int
    end: int
    reach: str
    first: int
    last: int
    clause: Clause


_SCOPE = re.compile(
    r"(?:^|(?<=\n))\s*[（(〔［【]?\s*"
    r"(?P<reach>(?:本|该)(?:部分|章|节|条|项|类|方面)|以[上下]|上述|下列|前述|(?=第\s*\d{1,3}\s*(?:项|条)?\s*[-—–~～至到]\s*第?\d))"
    r"(?:\s*第?\s*(?P<a>\d{1,3})\s*(?:[-—–~～至到、])\s*第?(?P<b>\d{1,3})\s*(?:项|条|款)?)?"
    r"(?:各项|各条|全部|所有|各|的|重点|工作|任务|措施|事项|条款|内容|部分|项)*(?:均|统一|都|全部)*\s*(?:由|[:：]|的?(?=(?:责任|牵头)(?:单位|部门)))"
    r"(?P<body>[^\n]{2,200})"
)


def scopes(text: str, resolver: Resolver) -> list[Scope]:
    """Rules stated once for several items: 以下第1至4项任务均由…; 本部分由…."""
    found = []
    for match in _SCOPE.finditer(text):
        a, b = match.start("body"), match.end("body")
        b = a + len(text[a:b].rstrip(" 　。；;）)〕］】"))
        clause = clause_of(text, a, b, parts_of(text, a, b), resolver, False)
        if clause.owners:
            first, last = (int(match["a"]), int(match["b"])) if match["a"] else (0, 0)
            found.append(Scope(match.start(), match.end(), match["reach"], first, last, clause))
    return found


_EVERYWHERE = re.compile(
    r"(?P<reach>以[上下]|上述|下列|前述|本(?:部分|章|节|项|条))?(?:各项|各|所有|具体|全部)?(?:(?:工作|任务|措施|事项|政策|举措|条款|内容){1,2})?(?:，|,)?均(?:需|须|由|需要|请|涉及)"
    r"(?P<names>(?:[^。；;\n（(]|[（(][^（()）\n]{1,40}[)）]){2,60}?)(?P<verb>推进|(?:负责|共同|抓好|组织|贯彻|推进|认真|分别|具体|统筹){0,2}落实|配合|参与|参加|负责|组织实施|实施|执行)?"
    r"(?:，|,)?(?:以下)?不再(?:单独|一一|逐一|逐项|重复|另行)?(?:列出|列明|列入|注明|标注|做?分工|列)(?:，下同|,下同)?"
)


def everywhere(text: str, resolver: Resolver) -> list[Scope]:
    """Units said once to belong to every clause (以下各项工作均需各市政府落实，不再列出): they stand beside the others there."""
    found = []
    for match in _everywhere(text):
        start, end = match.span("names")
        kind = "participant" if match["verb"] in ("配合", "参与", "参加") else "joint"
        clause = clause_of(text, start, end, [Part(kind, start, end)], resolver, False)
        if match["names"] in ("地方", "各地"):
            unit = Resolved(match["names"], COLLECTIVE)
            clause = Clause(start, end, (Owner(unit, kind, Piece(match["names"], start, end)),), ())
        if clause.owners and not clause.unread:
            found.append(Scope(match.start(), match.end(), match["reach"] or "", 0, 0, clause))
    return found


def _everywhere(text: str) -> Iterator[re.Match[str]]:
    """Such rules, found from the words 不再 behind them."""
    at, done = text.find("不再"), 0
    while at >= 0:
        if match := _EVERYWHERE.search(text, max(done, at - 70), at + 20):
            yield match
            done = match.end()
        at = text.find("不再", at + 2)


def without(text: str, scopes: list[Scope]) -> str:
    """The text with commas for the words of rules that hold for every clause: the clause around them is read without them."""
    for scope in scopes:
        text = text[: scope.start] + "，" * (scope.end - scope.start) + text[scope.end :]
    return text


_SAME = re.compile(r"(?:责任|牵头|配合|负责)(?:单位|部门)\s*[:：]?\s*同(?:(?P<above>上|前)(?:一?项)?|第\s*(?P<number>\d{1,3})\s*[项条])")


def same_as(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    """A clause that points to another item (责任单位同上, 同第2项): its span and that item's number, '' for the one above."""
    match = _SAME.search(text, start, end)
    return (match.start(), match.end(), match["number"] or "") if match else None
