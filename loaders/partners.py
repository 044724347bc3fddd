"""Bodies that a paper without responsibility clauses says something is done with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guanlian.loaders.namelists import pieces
from guanlian.loaders.names import Resolver

_LIST = r"[\u4e00-\u9fff（）、“”]{2,40}?"
_WORK = r"联系|配合|协作|合作|沟通|联动|对接|协同|磋商|共同|共建|联合|签订|签署|交流|衔接|协商|横向联系|互认"
_JOINT = (
    re.compile(rf"(?:联合|会同|携手|联手|主动协调|主动对接|积极对接|对接)(?P<names>{_LIST}(?:等(?:有关|相关)?(?:部门|单位)|部门|单位|海关|局|委|办|公司|集团|政府|署|中心|管委会))(?=[\u4e00-\u9fff，。、])"),
    re.compile(rf"(?:与|和|同(?!时|步|样|意|一|比|期|类|等))(?P<names>{_LIST})(?:的)?(?:等(?:部门|单位)?)?(?:(?:建立|开展|加强|深化|保持)[^，。]{{0,10}}?)?(?:{_WORK})"),
    re.compile(rf"海关与(?P<names>{_LIST}(?:部门|单位))(?:的)?"),
)
_FUNCTION = re.compile(r"(?:地方)?(?:口岸|交通|商务|海事|边检|公安|交警|税务|外汇|铁路|民航|邮政|市场监管|市监|检验检疫|农业农村|卫生健康|发展改革|财政|港务)")


@dataclass(frozen=True, slots=True)
class Partner:
    """A body worked with: its name as the paper knows it, and where it is named."""

    name: str
    rule: str
    provisional: bool
    start: int
    end: int


def partners(folded: str, start: int, end: int, resolver: Resolver) -> list[Partner]:
    """Bodies that a stretch names as worked with, each once."""
    found: dict[str, Partner] = {}
    for pattern in _JOINT:
        for match in pattern.finditer(folded, start, end):
            plural = "等" in match["names"] or folded[match.end("names") : match.end("names") + 1] == "等"
            for piece in pieces(folded, match.start("names"), match.end("names")):
                if partner := _partner(piece.words, piece.start, piece.end, plural, resolver):
                    found.setdefault(partner.name, partner)
    return sorted(found.values(), key=lambda p: p.start)


def _partner(words: str, start: int, end: int, plural: bool, resolver: Resolver) -> Partner | None:
    plain = re.sub(r"等?(?:有关|相关)?(?:部门|单位)?$", "", words) if plural else words
    if _FUNCTION.fullmatch(plain):
        return Partner(plain + "部门", "function", True, start, end)
    if _FUNCTION.fullmatch(re.sub(r"部门$", "", words)):
        return Partner(words, "function", True, start, end)
    unit = resolver.resolve(words)
    if unit is None or len(words) < 3 or (unit.provisional and unit.rule == "form" and not re.search(r"(?:公司|集团|海关|局|委员会)$", words)):
        return None
    return Partner(unit.canonical, unit.rule, unit.provisional, start, end)
