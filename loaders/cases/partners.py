"""Bodies that a paper without responsibility clauses says something is done with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guanlian.loaders.names import Resolver
from guanlian.loaders.names.namelists import pieces

UNIT = (
    r"(?:[\u4e00-\u9fff]|（[\u4e00-\u9fff]{2,6}）){2,26}?(?:(?<!税务总)局(?!集团|股份|有限)|委(?!员|托|会)|委员会|(?<=[岸流贸府改融侨台网商航])办(?![公事理法结好妥证完件齐学税])|办公室|厅|院|署|公司(?![\u4e00-\u9fff]{1,10}(?:分公司|站))|集团(?!有限|股份|公司)"
    r"|公司[\u4e00-\u9fff]{2,6}?站|管委会|中心(?!支行|仓|园|城|区)|政府(?!口岸|办|采购)|总站|检查站|引航站|支行|分行|银行(?![\u4e00-\u9fff]{1,8}(?:分行|支行|营业)|股份)|协会|大学(?!院|生))"
)
"""A printed name that ends as the name of a unit does, and does not go on (局集团, 委员会)."""
_LIST = r"[\u4e00-\u9fff（）、“”]{2,60}?"
_END = r"(?:等(?:有关|相关)?(?:部门|单位)|部门|单位|海关(?!总署)|(?<!税务总)局(?!集团|股份|有限)|委(?!员|托)|委员会|(?<=[岸流贸府改融侨台网商航])办(?![公事理法结好妥证完件齐学税])|办公室|公司(?![\u4e00-\u9fff]{1,10}(?:分公司|站))|集团(?!有限|股份|公司)|政府|署(?!名)|中心(?!支行|仓|园|城|区)|管委会|银行(?![\u4e00-\u9fff]{1,8}(?:分行|支行|营业)|股份)|分行|支行|总站|检查站|大学|研究院|协会)"
_WORK = r"联系|配合|协作|合作|沟通|联动|对接|协同|磋商|共同|共建|联合|签订|签署|交流|衔接|协商|横向联系|互认|共享|直连|互通|互联|联网|组建|共用"
_FIELD = r"(?:地方)?(?:口岸|交通|商务|海事|边检|公安|交警|税务|外汇|铁路|民航|邮政|市场监管|市监|检验检疫|农业农村|卫生健康|发展改革|财政|港务)"
_NAMES = rf"{_LIST}{_END}(?:(?:、|和|以及|及|与){_LIST}{_END})*"
_JOINT = (
    re.compile(rf"(?:联合|会同|携手|联手|主动协调|主动对接|积极对接|对接)(?P<names>{_NAMES})(?=[\u4e00-\u9fff，。、])"),
    re.compile(rf"(?:与|和|同(?!时|步|样|意|一|比|期|类|等))(?<![须需要].)(?P<names>{_LIST})(?:的)?(?:等(?:部门|单位)?)?(?:系统)?(?:(?:建立|开展|加强|深化|保持)[^，。]{{0,10}}?)?(?:{_WORK})"),
    re.compile(rf"(?:联合|会同|携手)(?P<names>(?:{_FIELD}|海关)(?:(?:、|和|及){_FIELD}|、海关)*)(?=[对在开实建共推签])"),
    re.compile(rf"海关与(?P<names>{_LIST}(?:部门|单位))(?:的)?"),
    re.compile(rf"与(?P<names>{_NAMES})(?:建立|开展|签|搭建|打造|推出|研究|探索|实现)"),
)
_MOVED = re.compile(rf"(?:协调|推动)(?P<names>{_NAMES})(?=[\u4e00-\u9fff])")
"""A body that is brought to act: 协调铁路公司预留舱位. It must be a known one or a company, for anything may be moved."""
_FUNCTION = re.compile(_FIELD)
_SENTENCE = re.compile(r"[在的为将把被]|进行|扩大|压缩|数据|货物|船舶|企业|流程|业务|要求|情况")


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
    for pattern in (*_JOINT, _MOVED):
        for match in pattern.finditer(folded, start, end):
            plural = "等" in match["names"] or folded[match.end("names") : match.end("names") + 1] == "等"
            for piece in pieces(folded, match.start("names"), match.end("names")):
                partner = _partner(piece.words, piece.start, piece.end, plural, resolver)
                if partner and (pattern is not _MOVED or not partner.provisional or re.search(r"(?:公司|集团|银行)$", partner.name)):
                    found.setdefault(partner.name, partner)
    shorter = {a for a in found for b in found if a != b and b.endswith(a) and found[a].provisional}  # 市场监管部门 beside 地方市场监管部门
    return sorted((p for name, p in found.items() if name not in shorter), key=lambda p: p.start)


def _partner(words: str, start: int, end: int, plural: bool, resolver: Resolver) -> Partner | None:
    plain = re.sub(r"等?(?:有关|相关)?(?:部门|单位)?$", "", words) if plural else words
    if _FUNCTION.fullmatch(plain):
        return Partner(plain + "部门", "function", True, start, end)
    if _FUNCTION.fullmatch(re.sub(r"部门$", "", words)):
        return Partner(words, "function", True, start, end)
    unit = resolver.resolve(words)
    if unit is None or len(words) < 3 or re.fullmatch(r".{1,2}公司", words) or (resolver.issuer.endswith("海关") and unit.canonical.startswith(resolver.issuer)):
        return None
    if unit.provisional and (_SENTENCE.search(words) or (unit.rule == "form" and not re.search(rf"{_END}$", words))):
        return None
    return Partner(unit.canonical, unit.rule, unit.provisional, start, end)
