"""Who does what a case tells: the most specific unit that the text itself names as its doer."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from guanlian.loaders.names import Resolved, Resolver
from guanlian.loaders.seats import place_at
from guanlian.ontology import authorities

_CN = r"[\u4e00-\u9fff]"
_FORMS = re.compile(
    rf"海关总署{_CN}{{2,10}}?（{_CN}{{2,4}}）"
    rf"|{_CN}{{2,6}}海关驻{_CN}{{2,6}}?办事处"
    rf"|{_CN}{{2,8}}?海关"
    rf"|{_CN}{{2,8}}?(?:海事局|边检总站|边检站|出入境边防检查(?:总)?站|税务局)"
    rf"|{_CN}{{2,4}}办(?=[依积关以共创深立为])"
    rf"|(?:(?<=[，。；：:\n“、])|(?<=\n ))\s*{_CN}{{2,16}}?(?:局|委|办|厅|院|公司|集团|管委会|中心|政府|总站|支行|分行)(?=[\u4e00-\u9fff（、])"
)
_GENERIC = re.compile(
    r"^(?:.*(?:口岸|属地|主管|隶属|直属|现场|目的地|窗口|各|当地|两地|一线|受油地|供油地|申报地|接受申报的|全国|中国|境内|地方|相关|有关|其他|多地|该|国|内地|入境地|进境地|出境地|所在地|由|凭|经|向|和|与|在|至|从|对))海关$|^(?:香港|澳门|粤港澳|港澳|深港|欧盟|外国|境外)海关$"
)
_OBJECT_BEFORE = re.compile(r"(?:向|与|和|到|经|报|对|由[^，。]{0,12}向|致信|联系|联合|会同|协调|对接|通过|取得)$")
_WITH = re.compile(r"\s*(?:与|向|和|同|对|联合|会同|协调|对接|配合|商|经与|通过|依托)")
_THANKED = re.compile(rf"(?:致信|致函|致电|感谢|致谢|点赞|锦旗[^，。]{{0,6}}(?:给|至|到))\s*({_CN}{{2,8}}?海关)")
_NATURAL = re.compile(r"^(?:地|以|为|对|将|把|坚持|积极|主动|充分|立足|结合|依托|发挥|推动|推进|创新|探索|大力|全面|持续|深入|不断|着力|践行|紧扣|关|在|率先|针对|聚焦|综合|支持|启动|优化|成立|建立|推出|围绕|统筹|多措并举|实施|开展|利用|负责|运用|打造|牵头|先行|通过|借助|强化|加强|提供|始终|认真|切实|优先|于|采取|制定|共同|派|下沉|自|引入|办|研发|合并|发布|使用|上线|开通|设立|出台|印发|完成|组织|简化|压缩|配备|编制|签署|签订|授权|委托|指定|公布|允许|推行|扩大|拓展|健全|修订|构建|搭建|整合|归集|打通|接入|引导|鼓励|帮助|指导|协助|承接|受理|核发|签发|向科技|海|（|，|\d)")


@dataclass(frozen=True, slots=True)
class Doer:
    """A unit named as the doer, with the place of its name in ``clean``."""

    unit: Resolved
    start: int
    end: int


@lru_cache(maxsize=1)
def _subordinates() -> frozenset[str]:
    """Units that stand under another unit of their system, by the authority file."""
    direct = {a.name for a in authorities.agencies() if a.parent == "海关总署" and re.fullmatch(rf"{_CN}{{2,4}}海关", a.name)}
    return frozenset(a.name for a in authorities.agencies() if a.parent and a.parent not in ("海关总署", "国务院", "") and a.name not in direct)


def doers(folded: str, stretches: list[tuple[int, int]], resolver: Resolver) -> list[Doer]:
    """Doers named in the first stretch that names any (background before results before practice)."""
    for start, end in stretches:
        named = _named(folded, start, end, resolver)
        if named:
            return _specific(folded, named)
    for start, end in stretches:  # nobody is said to act, but somebody is thanked for it
        for match in _THANKED.finditer(folded, start, end):
            unit = resolver.resolve(match[1])
            if unit and not unit.collective:
                return [Doer(unit, match.start(1), match.end(1))]
    return []


def _named(folded: str, start: int, end: int, resolver: Resolver) -> list[Doer]:
    found: list[Doer] = []
    for match in _FORMS.finditer(folded, start, end):
        if _WITH.match(match[0]) and match[0].strip()[:2] not in ("和平", "同江", "对外"):
            continue
        a, b = _tighten(folded, match.start(), match.end(), resolver)
        words = folded[a:b]
        if _GENERIC.match(words) or _OBJECT_BEFORE.search(folded[max(start, a - 8) : a]):
            continue
        unit = resolver.resolve(words)
        if unit is None or unit.collective:
            continue
        known = not unit.provisional or unit.rule == "system-seat" or place_at(words.strip()) is not None
        joined = bool(found) and found[-1].end == a - 1 and folded[a - 1] in "、和及与"
        if not known and not joined and not folded[max(0, a - 2) : a].endswith(("隶属", "所属", "下属")):
            continue
        if not _subject(folded, a, b, end):
            continue
        if unit.canonical not in [d.unit.canonical for d in found]:
            found.append(Doer(unit, a, b))
    return found


def superior(folded: str) -> str:
    """The customs district that a paper without an issuer is plainly about: what 机场海关 means hangs on it."""
    direct = {a.name for a in authorities.agencies() if a.parent == "海关总署"}
    counts = Counter(m[0] for m in re.finditer(rf"{_CN}{{2,4}}海关", folded) if m[0] in direct)
    found = counts.most_common(1)
    return found[0][0] if found and found[0][1] >= 5 and found[0][1] >= 0.7 * counts.total() else ""


def _tighten(folded: str, a: int, b: int, resolver: Resolver) -> tuple[int, int]:
    """Drops what is no part of the name before it: 隶属, 支持, 广州海关隶属…."""
    lead = re.match(r"\s*(?:由|经(?!开|济)|并由|再由)?\s*", folded[a:b])
    a += lead.end() if lead else 0
    words = folded[a:b]
    whole = resolver.resolve(words)
    if whole and not whole.provisional and not re.search(r"隶属|下属|所属|下辖", words):
        return a, b
    cut = max((words.rfind(m) + len(m) for m in ("隶属", "下属", "所属", "下辖", "和", "、", "，") if m in words[:-2]), default=0)
    if cut:
        a += cut
        words = folded[a:b]
    for shift in range(len(words) - 3):
        unit = resolver.resolve(words[shift:])
        if unit and (unit.rule in ("authority", "authority-local", "document-alias") or (unit.rule == "system-seat" and place_at(words[shift:]))):
            return a + shift, b
    return a, b


def _subject(folded: str, a: int, b: int, end: int) -> bool:
    """Whether the unit stands where the one who acts stands."""
    after = folded[b : min(end, b + 12)]
    before = folded[max(0, a - 6) : a]
    if re.match(r"(?:隶属|下属|所属|下辖)", after):
        return True
    if re.search(r"(?:^|[，。；：、])由$", before):
        return True
    if re.match(r"(?:关区|辖区|监管区|监管|手续|通关|报关|系统|信息|数据|作业场|办理|验核|统计|总署|官员|关员|查验|技术中心|公告)", after) and not re.search(r"(?:[，。；：\n]|^|隶属|属地)$", before):
        return False
    return bool(_NATURAL.match(after) or re.match(r"[、和]", after) or re.search(r"(?:[，。；：\n]|^)\s*$", before))


def _specific(folded: str, named: list[Doer]) -> list[Doer]:
    """The most specific: those whose superior is also named drop the superior."""
    under = set()
    for doer in named:
        after = folded[doer.end : doer.end + 4]
        if re.match(r"隶属|下属|所属", after):
            under.add(doer.unit.canonical)
    lower = [d for d in named if d.unit.canonical in _subordinates() or re.search(r"(?:隶属|所属|下属)(?:[\u4e00-\u9fff]{2,8}海关、)*$", folded[max(0, d.start - 14) : d.start])]
    if lower:
        first = lower[0]
        return [d for d in lower if d is first or re.fullmatch(r"[、和及与]", folded[lower[lower.index(d) - 1].end : d.start])]
    remaining = [d for d in named if d.unit.canonical not in under]
    return remaining[:1]
