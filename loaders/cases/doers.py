"""Who does what a case tells: the most specific unit that the text itself names as its doer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from guanlian.loaders.cases.partners import UNIT
from guanlian.loaders.names import Resolved, Resolver
from guanlian.loaders.names.namelists import pieces
from guanlian.loaders.names.printed import unit_like
from guanlian.loaders.names.seats import place_at, places_called, seat_of
from guanlian.loaders.outline import Item
from guanlian.loaders.outline.numbering import lines_of, number_of
from guanlian.loaders.text import Passage
from guanlian.ontology import authorities

_CN = r"[\u4e00-\u9fff]"
_CUSTOMS = rf"(?:(?!会同|联合|协同|协调|组织|推动|厅|政府|委员会|公司|集团|(?<!邮)局|办[会联协与和]){_CN}){{2,12}}?海关"
_FORMS = re.compile(
    rf"海关总署{_CN}{{2,10}}?（{_CN}{{2,4}}）"
    rf"|{_CN}{{2,6}}海关驻{_CN}{{2,6}}?办事处"
    rf"|国家税务总局{_CN}{{2,12}}?税务局|(?:中国)?人民银行{_CN}{{2,10}}?(?:分行|支行|营业管理部)"
    rf"|{_CUSTOMS}"
    rf"|{_CN}{{2,6}}?(?:边检|出入境边防检查)总站{_CN}{{2,6}}?(?:边检|边防检查)站"
    rf"|(?:(?!会同|联合|协同|局会){_CN}){{2,8}}?(?:海事局|边检总站|边检站|出入境边防检查(?:总)?站|税务局)"
    rf"|{_CN}{{2,4}}办(?=[依积关以共创深立为])|(?:(?<=由)|(?<![\u4e00-\u9fff])){_CN}{{2,8}}办(?=牵头|会同|联合)"
    rf"|(?:(?<![\u4e00-\u9fffA-Za-z0-9”）])|(?<=[^自理缘]由)|(?<=[局关委办厅站司团][和及]))(?!会同|联合|协同|协调|{_CUSTOMS}){UNIT}(?=[\u4e00-\u9fff（、])"
)
_RUN = re.compile(r"[\u4e00-\u9fff（）]{3,}")
_ENDING = re.compile("海关|局|委(?!托)|办(?![理法])|厅|院|署|站|支行|分行|银行|公司|集团|中心|政府|营业管理部|协会|大学")
"""One of these ends a name of every form, and no name goes beyond a run of ideographs."""
_DOING = "申报|牵头|实施|报送|责任|主办|承办|上报|供稿|提供|选送|创建|完成|执行|改革|试点|组织|主责|经办|推进|创新"
_BESIDE = "参与|配合|协作|合作|协同|支持|协办|联合|共建"
_LABEL = rf"(?:案例|主要|组织|联合|项目|共同)?(?:{_DOING}|{_BESIDE})(?:单位|部门|主体|机构|海关)(?:[（(][^（）()]{{1,6}}[)）])?"
_LABELLED = re.compile(
    rf"(?:^|(?<=[\n 　\t（(【\[；;，。]))(?P<label>{_LABEL})\s*(?:[】\]]\s*[:：]?|[:：\t|｜])\s*(?P<names>[^\n。；;]*?)(?=[\s；;，,]+[【\[]?(?:{_LABEL})|[)）】\]](?:\n|$)|[。；;\n]|$)"
)
"""A line that says who submits or carries out a case, or who takes part: 申报单位：…, 【牵头单位】…."""
_COMPANY = re.compile(r"(?:公司|集团|银行|分行|支行|大学|学院|协会|商会|港务局|码头)(?:[\u4e00-\u9fff]{1,8}站)?$")
_GIVES = re.compile(r"(?:在[^，。；]{2,14}?)?(?:共同|牵头|负责|投资|出资|率先|同步|联合)?(?:投资|建设|开辟|研发|开发|推出|上线|出具|提供|签发|配备|搭建|承担|参与|预留|设立|改造|开通|投入|升级|实施|发布|建立|布设|推动|优化)|为企业")
_CARRIES = re.compile(r"牵头|联合[^。；]{2,80}?(?:实施|承担|建设)|(?:负责|组织|具体)?(?:实施|承担)")
"""What a company does that carries out the whole of a case: 由甲公司联合乙公司实施."""
_HELPS = re.compile(r"(?:积极|主动|全力)?(?:协助|配合|支持)[^，。；]{0,8}(?:海关|口岸|边检|海事|我[关局办])")
_GENERIC = re.compile(
    r"^(?:.*(?:口岸|属地|主管|隶属|直属|现场|目的地|窗口|各|当地|两地|一线|受油地|供油地|申报地|接受申报的|全国|中国|境内|地方|相关|有关|其他|多地|该|国|内地|入境地|进境地|出境地|所在地|智慧|数字|科技|绿色|法治|清廉|现代化|由|凭|经|向|和|与|在|至|从|对))海关$|^(?:香港|澳门|粤港澳|港澳|深港|欧盟|外国|境外)海关$"
)
_OBJECT_BEFORE = re.compile(r"(?:向|与|和|到|经|报|对|由[^，。]{0,12}向|致信|联系|联合|会同|协调|对接|通过|取得)$")
_WITH = re.compile(r"\s*(?:与|向|和|同|对|联合|会同|协调|对接|配合|商|经与|通过|依托)")
_THANKED = re.compile(rf"(?:致信|致函|致电|感谢|致谢|点赞|锦旗[^，。]{{0,6}}(?:给|至|到))\s*({_CN}{{2,8}}?海关)")
_NATURAL = re.compile(r"^(?:地|以|为|对|将|把|坚持|积极|主动|充分|立足|结合|依托|发挥|推动|推进|创新|探索|大力|全面|持续|深入|不断|着力|践行|紧扣|关|在|率先|针对|聚焦|综合|支持|启动|优化|成立|建立|推出|围绕|统筹|多措并举|实施|开展|利用|负责|运用|打造|牵头|先行|通过|借助|强化|加强|提供|始终|认真|切实|优先|于|采取|制定|共同|派|下沉|自|引入|办|研发|合并|发布|使用|上线|开通|设立|出台|印发|完成|组织|简化|压缩|配备|编制|签署|签订|授权|委托|指定|公布|允许|推行|扩大|拓展|健全|修订|构建|搭建|整合|归集|打通|接入|引导|鼓励|帮助|指导|协助|承接|受理|核发|签发|向科技|海|（|，|\d)")


@dataclass(frozen=True, slots=True)
class Doer:
    """A unit named as the doer (or as its ``partner``), with the place of its name in ``clean``."""

    unit: Resolved
    start: int
    end: int
    role: str = "implementer"


@lru_cache(maxsize=1)
def _subordinates() -> frozenset[str]:
    """Units that stand under another unit of their system, by the authority file."""
    return frozenset(a.name for a in authorities.agencies() if a.parent and a.parent not in ("海关总署", "国务院", "") and a.name not in _districts())


def of_case(folded: str, case: Item, passages: list[Passage], resolver: Resolver, chapter: Doer | None = None) -> list[Doer]:
    """Doers of a case: those a label names (申报单位：…), else the brackets behind its title, else its chapter, else what is told.

    ``passages`` are the case's own and those of its practices; ``chapter`` is the unit whose chapter it stands in.
    """
    labelled = _labelled(folded, case.start, case.end, resolver)
    if any(d.role == "implementer" for d in labelled):
        return labelled
    found = _bracketed(folded, *case.title_span, resolver) or ([chapter] if chapter else [])
    areas = [d for d in found if d.unit.canonical.endswith("片区")]  # an area of a zone acts through whom the case names
    if not found or areas == found:
        background, *others = (_within(passages, section) for section in ("background", "practice", "body", "effect"))
        found = _told(folded, [*background, case.title_span, *chain(*others)], resolver) or areas
    return [*found, *labelled]


def of_chapter(folded: str, start: int, end: int, resolver: Resolver) -> Doer | None:
    """The unit that the numbered heading right before a case names: 二、北仑海关."""
    a, _, line = next(reversed([line for line in lines_of(folded[start:end]) if line[2].strip()]), (0, 0, ""))
    _, _, size = number_of(line.lstrip())
    at = start + a + len(line) - len(line.lstrip()) + size
    words = line.lstrip()[size:].strip()
    unit = resolver.resolve(words) if size and unit_like(words) else None
    return Doer(unit, at, at + len(words)) if unit and not unit.collective and _known(unit, words) else None


def told_before(found: list[Doer], passages: list[Passage]) -> set[str]:
    """The doers of a case that are named elsewhere than in its practices."""
    practices = _within(passages, "practice")
    return {d.unit.canonical for d in found if not any(a <= d.start < b for a, b in practices)}


def _within(passages: list[Passage], section: str) -> list[tuple[int, int]]:
    return [(p.start, p.end) for p in passages if p.section == section]


def of_practice(folded: str, start: int, end: int, resolver: Resolver) -> list[Doer]:
    """Doers that a practice itself names, and the companies it says carry a part of it."""
    return _specific(folded, _named(folded, start, end, resolver, contributors=True))


def _told(folded: str, stretches: list[tuple[int, int]], resolver: Resolver) -> list[Doer]:
    """Doers named in the first stretch that names any; where nobody is said to act, who is thanked for it."""
    others: list[Doer] = []
    for start, end in stretches:
        named = _specific(folded, _named(folded, start, end, resolver))
        if any(d.role == "implementer" for d in named):
            return named
        others = others or [replace(d, role="implementer") for d in named if not _company(d.unit.canonical)][:1]
    if others:
        return others  # no unit of the paper's own has a part in it
    for start, end in stretches:
        for match in _THANKED.finditer(folded, start, end):
            unit = resolver.resolve(match[1])
            if unit and not unit.collective:
                return [Doer(unit, match.start(1), match.end(1))]
    return []


def _labelled(folded: str, start: int, end: int, resolver: Resolver) -> list[Doer]:
    """Units behind a label: those that submit or carry out a case do it, those that take part are partners."""
    found: dict[str, Doer] = {}
    for match in _LABELLED.finditer(folded, start, end):
        beside = re.search(rf"(?:{_BESIDE})", match["label"]) and not re.search(rf"(?:{_DOING})", match["label"])
        for piece in pieces(folded, match.start("names"), match.end("names")):
            unit = resolver.resolve(piece.words)
            if unit and not unit.collective and unit_like(piece.words):
                found.setdefault(unit.canonical, Doer(unit, piece.start, piece.end, "partner" if beside else "implementer"))
    return list(found.values())


def _bracketed(folded: str, start: int, end: int, resolver: Resolver) -> list[Doer]:
    """Units in brackets at the end of a title: ……（北仑海关）."""
    match = re.search(r"[（(]((?:[^（）()\n]|[（(][^（）()\n]{1,12}[)）]){3,60})[)）]\s*$", folded[start:end])
    listed = pieces(folded, start + match.start(1), start + match.end(1)) if match else []
    units = [(resolver.resolve(piece.words), piece) for piece in listed]
    sure = [bool(u and _known(u, p.words)) for u, p in units]
    formed = [bool(u and unit_like(p.words)) for u, p in units]
    named = all(sure) or any(sure) and all(formed)  # beside a known unit a name of a unit's form is one
    return [Doer(u, p.start, p.end) for u, p in units if u and not u.collective] if named else []


def _known(unit: Resolved, words: str) -> bool:
    """Whether a unit is more than a form that its name has: a listed one, or one named after a place (柯桥海关 after 柯桥区)."""
    name = words.strip()
    if not unit.provisional or unit.rule == "system-seat" or unit.canonical.startswith(("中国人民银行", "国家税务总局")):
        return True
    seat = re.fullmatch(rf"({_CN}{{2,4}})海关", name)
    if seat and any(places_called(seat[1], "区县市")):
        return True
    return place_at(name) is not None and not re.fullmatch(rf"{_CN}{{2,4}}办", name)


def _named(folded: str, start: int, end: int, resolver: Resolver, *, contributors: bool = False) -> list[Doer]:
    """Units that stand where the one who acts stands; companies only if they give something to the work."""
    found: list[Doer] = []
    beside = led = -1  # where a list of those it is done with stands, and where the sentence ends that says who leads
    for match in _formed(folded, start, end):
        if _WITH.match(match[0]) and match[0].strip()[:2] not in ("和平", "同江", "对外") and match[0].strip() not in _labels():
            continue
        a, b = _tighten(folded, match.start(), match.end(), resolver)
        words = folded[a:b]
        link = folded[found[-1].end : a] if found else ""
        if folded[beside:a] in _JOINED and beside >= 0:
            beside = b  # 联合甲、乙和丙
            continue
        if _TOGETHER.search(folded, max(start, a - 4), a):
            beside = b
        if _GENERIC.match(words):
            continue
        if _OBJECT_BEFORE.search(folded[max(start, a - 8) : a]) and link not in ("和", "及"):
            beside = b  # 平台与甲、乙对接
            continue
        unit = resolver.resolve(words)
        if unit is None or unit.collective:
            continue
        joined = link in (*_JOINED, "隶属", "所属", "下属", "下辖")
        if not _known(unit, words) and not joined and not _own(folded, a, b) and not folded[max(0, a - 2) : a].endswith(("隶属", "所属", "下属")):
            continue
        if not joined and not _subject(folded, a, b, start, end):
            continue
        helps = bool(_HELPS.match(folded, b, end))
        gives = contributors and (helps or _GIVES.match(folded, b, end) or folded[a - 1 : a] == "由")
        carries = bool(_CARRIES.match(folded, b, end)) and folded[a - 1 : a] in "由。，；\n 　"
        if _company(unit.canonical) and not joined and not gives and not carries:
            continue
        if unit.canonical not in [d.unit.canonical for d in found]:
            beside_it = helps or a < led or (_outside(unit, resolver) and not carries)
            found.append(Doer(unit, a, b, "partner" if beside_it else "implementer"))
        if folded.startswith("牵头", b):
            led = folded.find("。", b, end) if "。" in folded[b:end] else end  # 甲牵头，乙、丙共同推进
    return found


def _own(folded: str, a: int, b: int) -> bool:
    """Whether a customs house that no file knows opens a sentence as its subject and is named elsewhere, too."""
    name = folded[a:b]
    return name.endswith("海关") and folded[a - 1 : a] in "。；\n" and bool(_NATURAL.match(folded[b : b + 12])) and folded.count(name) > 1


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    """Names of units on file: 同安海关 does not begin with 同."""
    return frozenset(label for unit in authorities.agencies() for label in unit.labels)


_JOINED = ("、", "和", "及", "与")
_TOGETHER = re.compile("(?:联合|会同|协同|携手)$")


def _formed(folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Words of the form of a unit's name: a form is tried at each character, so only where a name can end."""
    for run in _RUN.finditer(folded, start, end):
        if _ENDING.search(folded, *run.span()):
            yield from _FORMS.finditer(folded, run.start(), min(run.end() + 1, end))


def superior(folded: str) -> str:
    """The customs district that a paper without an issuer is plainly about: what 机场海关 means hangs on it."""
    direct = {a.name for a in authorities.agencies() if a.parent == "海关总署"}
    counts = Counter(m[0] for m in re.finditer(rf"{_CN}{{2,4}}海关", folded) if m[0] in direct)
    found = counts.most_common(1)
    return found[0][0] if found and found[0][1] >= 5 and found[0][1] >= 0.7 * counts.total() else ""


def _tighten(folded: str, a: int, b: int, resolver: Resolver) -> tuple[int, int]:
    """Drops what is no part of the name before it: 隶属, 支持, 广州海关隶属…."""
    lead = re.match(r"\s*(?:[^，。]{0,12}?(?<![自理缘事])由|经(?!开|济))?\s*", folded[a:b])
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
        if words[shift] in "与和向同对" and words[shift:] not in _labels():
            continue
        unit = resolver.resolve(words[shift:])
        if unit and (unit.rule in ("authority", "authority-local", "document-alias") or (unit.rule == "system-seat" and place_at(words[shift:]))):
            return a + shift, b
    return a, b


def _subject(folded: str, a: int, b: int, start: int, end: int) -> bool:
    """Whether the unit stands where the one who acts stands."""
    after = folded[b : min(end, b + 12)]
    before = folded[max(start, a - 6) : a]
    if re.match(r"辖区|辖内|所辖|官网|名义", after):
        return False
    if re.match(r"(?:隶属|下属|所属|下辖)", after):
        return True
    if re.search(r"(?<![自理缘事])由$", before):
        return True
    if re.match(r"(?:关区|辖区|监管区|监管|手续|通关|报关|系统|信息|数据|作业场|办理|验核|统计|总署|官员|关员|查验|技术中心|公告)", after) and not re.search(r"(?:[，。；：\n]|^|隶属|属地)$", before):
        return False
    return bool(_NATURAL.match(after) or re.match(r"[、和]", after) or re.search(r"(?:[，。；：\n】\]]|^)\s*$", before))


def _company(name: str) -> bool:
    """Whether a unit is a company or a school; the central bank's branches are offices of the state."""
    return "人民银行" not in name and _COMPANY.search(name) is not None


def _outside(unit: Resolved, resolver: Resolver) -> bool:
    """Whether a unit is a body outside: a company, the customs district of another region, another system than the customs' own paper."""
    if _company(unit.canonical):
        return True
    if unit.canonical in _districts():
        place = place_at(unit.canonical)
        return bool(place and resolver.seat.name and not {*resolver.seat.homes} & {*seat_of(place[0].name).homes})
    other = re.search(r"(?:局|委员会|政府|办公室|站|院|中心|厅|部|署|法院)$", unit.canonical)
    return bool(other) and resolver.issuer.endswith("海关") and "海关" not in unit.canonical


@lru_cache(maxsize=1)
def _districts() -> frozenset[str]:
    """Customs districts, which stand right under the administration of customs."""
    return frozenset(a.name for a in authorities.agencies() if a.parent == "海关总署" and re.fullmatch(rf"{_CN}{{2,4}}海关", a.name))


def _specific(folded: str, named: list[Doer]) -> list[Doer]:
    """The most specific unit with those it is listed with, and the bodies outside; a superior named beside it is dropped."""
    under = {d.unit.canonical for d in named if re.match(r"隶属|下属|所属|下辖", folded[d.end : d.end + 4])}
    inside = [d for d in named if d.role == "implementer" and d.unit.canonical not in under]
    lower = [d for d in inside if d.unit.canonical in _subordinates() or re.search(r"(?:隶属|所属|下属)(?:[\u4e00-\u9fff]{2,8}海关、)*$", folded[max(0, d.start - 14) : d.start])]
    if not inside:
        return [d for d in named if d.role == "partner"]
    anchor = (lower or inside)[0]
    at = named.index(anchor)
    first = last = at
    while first > 0 and _listed(folded, named[first - 1], named[first]):
        first -= 1
    while last + 1 < len(named) and _listed(folded, named[last], named[last + 1]):
        last += 1
    listed = [d for d in named[first : last + 1] if d.unit.canonical not in under]
    return [*listed, *(d for d in named if d.role == "partner" and d not in listed)]


def _listed(folded: str, one: Doer, other: Doer) -> bool:
    """Whether two units stand in one list (、 和 及); whom one acts 与 is no member of it."""
    return folded[one.end : other.start] in ("、", "和", "及")
