"""Who issued a paper and which government's it is: by its head, its signature, its 文号, or the places it speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from guanlian.loaders.heads.datelines import DATE, DATE_ALONE, iso
from guanlian.loaders.heads.titles import DATED_LINE, NUMBER, TITLE_END
from guanlian.loaders.names import Resolver
from guanlian.loaders.names.printed import trim
from guanlian.loaders.names.regions import ZONE, is_province, is_region
from guanlian.loaders.names.seats import CORPS, Seat, is_division, mentioned, place_at, place_near, seat_of
from guanlian.ontology import authorities
from guanlian.ontology.authorities import Place

_ISSUER_LINE = re.compile(r"(?:发文(?:机关|单位)|发布(?:机关|机构|单位)|信息来源|文章来源|来源|文章转载自|制定机关|印发机关|成文单位|供稿单位?|填报单位|填表单位|编制单位|制表单位)\s*[:：]\s*([^\s。，|>]{3,40})")
IMPRINT = re.compile(
    r"[（(]\s*(" + NUMBER.pattern + r")[，,、\s]+((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*([\u4e00-\u9fff]{3,30}?)(?:印发|公布|发布|发文)\s*[)）]"
)
NATIONAL = re.compile(r"^(?:国务院|中华人民共和国|中共中央|中央|国家|全国|海关总署|财政部|商务部|交通运输部|工业和信息化部|公安部|农业农村部|教育部|民政部|文化和旅游部|生态环境部|自然资源部|住房城乡建设部|人力资源社会保障部|水利部|科技部|中国民用航空局|市场监管总局|税务总局)")


def seat_of_paper(title: str, number: str, head: list[str], folded: str) -> Seat:
    """The government whose paper it is: by its title, its red head, its 文号, its signature."""
    if NATIONAL.match(title) or any(NATIONAL.match(line) for line in head[:2]):
        return Seat()
    told = [said[1] for line in head[:4] if (said := _PUBLISHED.match(line))]
    for words in (title, *told, *head[:6]):
        if NUMBER.fullmatch(words) or words is not title and words not in told and _PROSE.search(words):
            continue
        words = _BEFORE_PLACE.sub("", _ANNEX.sub("", words).lstrip("《")).removeprefix("中共")
        if own := _DIVISION.match(words):
            return Seat(f"{CORPS}{own['name']}", (CORPS,))
        found = place_at(words)
        if found and found[0].level != "country":
            place, length = found
            inner = re.match(r"(?:市)?([\u4e00-\u9fff]{2,6}?(?:区|县|旗))(?=人民政府|关于|政府|推进|促进|优化|进一步|加快|\d{4})", words[length:])
            deeper = place_at(words[length:].removeprefix("市"))
            if deeper and place.name in seat_of(deeper[0].name).above and (place.name.endswith(("省", "自治区")) or deeper[0].name.endswith("区")):
                return seat_of(deeper[0].name)
            if inner and not inner[1].startswith(("自治", "跨境", "口岸")):
                return Seat(inner[1], (place.name, *seat_of(place.name).above))
            if (zone := _OF_ITS_COMMITTEE.match(words)) and not is_division(zone[1]):
                return Seat(zone[1], (place.name, *seat_of(place.name).above))
            return seat_of(place.name)
    for words in (title, *head[:6]):
        county = None if _PROSE.search(words) else _COUNTY.match(_BEFORE_PLACE.sub("", words).removeprefix("中共"))
        if county and is_region(county[1]) and not ZONE.search(county[1]):
            return Seat(county[1])
    for words in head[:6]:
        zone = re.match(r"([\u4e00-\u9fff]{2,8}?(?:新区|实验区|开发区|合作区|示范区|高新区|经开区|试验区))(?:管委会|管理委员会|党工委|关于|促进)", words)
        if zone:
            return Seat(zone[1])
    for named in (_AREA_OF_A_ZONE.search(title), _OF_A_ZONE.search(title), _OUR_CASE.search(folded[:3000])):
        found = place_at(named[1]) if named else None
        if named and found and found[1] == len(named[1]) and found[0].level != "country":
            return seat_of(found[0].name)
    if number:
        for place in authorities.places():
            if place.level != "country" and any(number.startswith(a) for a in place.abbreviations):
                return seat_of(place.name)
    return Seat()
_OF_ITS_COMMITTEE = re.compile(r"([\u4e00-\u9fff]{2,14}?(?:新区|实验区|试验区|开发区|合作区|示范区|高新区|经开区|保税区|保税港区|综保区|园区|度假区))(?:管理委员会|管委会|党工委)(?:办公室)?(?:关于|$)")
"""A zone named after its city, whose committee issues a paper: 某市经济技术开发区管理委员会办公室关于…."""
_DIVISION = re.compile(rf"(?:{CORPS})?(?P<name>第[一二三四五六七八九十]{{1,3}}师(?:[\u4e00-\u9fff]{{2,4}}?市)?)")
"""A division of the production corps with the city it is one with: 第八师石河子市."""
_OF_A_ZONE = re.compile(r"中国[（(]([\u4e00-\u9fff]{2,4})[)）]")
"""A zone that bears its place in brackets: 中国（某省）自由贸易试验区."""
_AREA_OF_A_ZONE = re.compile(r"自由贸易试验区([\u4e00-\u9fff]{2,4})片区")
"""An area of such a zone, which is named after its city: 中国（某省）自由贸易试验区某市片区."""
_OUR_CASE = re.compile(r"结合(?:我[省市区县州])?([\u4e00-\u9fff]{2,8}?)实际")
"""What a preamble adapts a paper from above to."""
_COUNTY = re.compile(r"([\u4e00-\u9fff]{1,7}?(?:自治县|县|市|旗|区))(?=人民政府|委办|委、|政府|关于|\d{4}年|[\u4e00-\u9fff]{2,20}(?:方案|计划|意见|要点|措施)$)")
"""A county or district that no file knows, opening a heading."""
_PROSE = re.compile(r"[。；]|[：:]$")
"""What a line of prose or a salutation holds, and a heading does not."""
_PUBLISHED = re.compile(r"(?:日前|近日|近期|最近|刚刚|今天|今日|昨天|昨日|\d{1,2}月\d{1,2}日)[，,]?\s*([\u4e00-\u9fff]{2,30}?)(?:正式|联合)?(?:印发|出台|发布|公布|下发|制定)了?(?:通知|(?:关于)?《)")
"""What a site says ahead of a paper: 日前，某市印发《…》。"""
_BEFORE_PLACE = re.compile(r"^(?:关于)?(?:印发|转发)?(?:加快|推进|促进|进一步|支持|推动|深化|落实|优化)+(?=[\u4e00-\u9fff]{2,4}(?:省|市|州|区|县))")
_ANNEX = re.compile(r"^(?:附(?:件|表)?\s*\d*\s*[:：]\s*)?(?:(?:19|20)\d{2}\s*年度?)?")
"""What stands before the place in a heading: the number of an annex, the year of a plan."""
_OURS = re.compile(r"我(?P<own>市|省|区|县|州|自治区)|全(?P<whole>市|省|区|县|州|自治区)|[（、，：\n\t](?P<unit>市|省|区|县|州|自治区)(?:委|交通|人民政府|政府|发展改革|发改|财政|商务|公安|人力资源|人社|教育)")


def spoken_seat(folded: str) -> Seat | None:
    """The city or province that a paper without a heading of its own calls ours (我市) and speaks of far more than of others."""
    kinds = Counter(m[m.lastgroup or 0] for m in _OURS.finditer(folded))
    if kinds.total() < 3:
        return None
    level = {"市": "city", "州": "city", "省": "province", "自治区": "province"}.get(kinds.most_common(1)[0][0], "district")
    spoken = Counter(name for place in mentioned(folded) if (name := _seated(place, level)))
    found = spoken.most_common(1)
    if not found or found[0][1] < 3 or found[0][1] < 0.6 * spoken.total():
        return None
    return replace(seat_of(found[0][0]), presumed=True)


def titled_seat(title: str) -> Seat | None:
    """The one place that a title names anywhere: 政策汇编（2023）- 上海."""
    named = {place.name for place in mentioned(title) if place.level != "country"}
    return replace(seat_of(named.pop()), presumed=True) if len(named) == 1 else None


def _seated(place: Place, level: str) -> str:
    """The place, or the city or province that it lies in right below."""
    inner = {"province": "city", "city": "district"}.get(level)
    return place.name if place.level == level else place.parent if place.level == inner else ""


def seat_of_issuer(issuer: str) -> Seat | None:
    found = place_at(issuer)
    if found and found[0].level != "country":
        inner = place_near(issuer[found[1] :], (found[0].name,))
        return seat_of(inner[0].name if inner and inner[0].parent == found[0].name else found[0].name)
    agency = next((a for a in authorities.agencies() if issuer and a.name == issuer), None)
    if agency and agency.jurisdiction not in ("", "中国"):
        return seat_of(agency.jurisdiction)
    return None
_SIGN = re.compile(r"(?P<place>[\u4e00-\u9fff]{1,4}?)(?P<organ>政办|府办|政|府)(?:发|函|字|规|电)?[〔\[（(]")


def issuer_of_number(number: str, seat: Seat) -> str:
    """The government, or its office, whose sign a 文号 bears; ``""`` for the sign of another organ.

    >>> issuer_of_number("晋政办发〔2022〕35号", seat_of("山西省")), issuer_of_number("池政〔2017〕101号", seat_of("池州市"))
    ('山西省人民政府办公厅', '池州市人民政府')
    >>> issuer_of_number("津商岸服〔2025〕4号", seat_of("天津市")), issuer_of_number("国办发〔2020〕43号", Seat())
    ('', '国务院办公厅')
    """
    if central := re.match(r"国(办)?[发函][明电]*[〔\[（(]", number):
        return "国务院办公厅" if central[1] else "国务院"
    sign = _SIGN.match(number)
    if sign is None or not seat.full or sign["place"][0] not in seat.full and sign["place"] not in _abbreviations(seat.name):
        return ""
    office = "办公厅" if is_province(seat.name) else "办公室"
    return f"{seat.full}人民政府{office if sign['organ'].endswith('办') else ''}"


def _abbreviations(place: str) -> tuple[str, ...]:
    return next((p.abbreviations for p in authorities.places() if p.name == place), ())


_SIGNER = re.compile(r"[\u4e00-\u9fff（）()、\s“”]{3,120}")
_BEHIND_PROSE = re.compile(rf"。(?P<name>[\u4e00-\u9fff]{{3,30}}?){DATE.pattern}[（(]此件[\u4e00-\u9fff]{{2,8}}[)）]$")
"""A signature that was run together with the last paragraph."""
_DATED_ENDS = frozenset("日）)一二三四五六七八九十")
"""What a line with a date ends with, if not with a digit."""
_SEALED = re.compile(r"[（(](?:代章|盖章|公章|印章|章)[)）]$")


def signature(lines: list[str], resolver: Resolver) -> tuple[tuple[str, ...], str]:
    """Who sign, in printed order, and the date below; a name may be broken over two lines."""
    for i, line in enumerate(lines):
        if (behind := _BEHIND_PROSE.search(line)) and (found := _named(behind["name"], resolver)):
            return found, iso(behind, 2)
        ends = line[-1:] in _DATED_ENDS or line[-1:].isdecimal()
        glued = DATED_LINE.fullmatch(line) if ends and (i > 3 or line.endswith(("）", ")"))) else None  # a press report's head is no signature
        if glued and len(glued["name"].strip()) >= 3 and (found := _named(glued["name"], resolver)):
            return found, iso(glued, 2)
        if not (line[-1:] in ("日", "发") or line[:1].isdecimal()) or not (date := DATE_ALONE.fullmatch(line)):
            continue
        above = [_SEALED.sub("", x) for x in reversed(lines[max(0, i - 48) : i]) if x][:24]
        signers: tuple[str, ...] = ()
        while above and _SIGNER.fullmatch(above[0]) and (found := _named(above[0], resolver)):
            name = above.pop(0)
            if above and _first_half(above[0], name):
                found = _named(above.pop(0) + name, resolver) or found
            signers = (*found, *signers)
        if signers:
            return tuple(dict.fromkeys(signers)), iso(date)
    return (), ""


def _named(words: str, resolver: Resolver) -> tuple[str, ...]:
    """The units of an issuer's line, in printed order."""
    if _TOLD.search(words):
        return ()
    words = _AHEAD.sub("", words).strip()
    several = [w for w in re.split(r"[\s\u3000；;、，,]+", words) if w]
    units = [resolver.resolve(w) if len(w) >= 3 else None for w in several] if len(several) > 1 else [None]
    if None in units:
        units = [resolver.resolve(words)]
    return tuple(dict.fromkeys(unit.canonical for unit in units if unit and not unit.collective))


_TOLD = re.compile("现将|网站|公众号|(?:发布|印发|公布|出台|召开|获悉)了?")
"""What tells of a unit, and is no part of its name."""
_AHEAD = re.compile(r"^(?:[\d\s:：/.\-?]|(?<=\d)[年月日])+(?=[\u4e00-\u9fff])")
"""What a site printed ahead of the name: when it put the paper up, a row of marks."""


@dataclass(frozen=True, slots=True)
class Front:
    """What tells the issuer: title, the lines of the head, what the head states, imprint, and the folded text."""

    title: str
    head: list[str]
    stated: str
    imprint: re.Match[str] | None
    folded: str
    resolver: Resolver


def issuers_of(front: Front, signers: tuple[str, ...]) -> tuple[str, ...]:
    """Full names of the issuers: those that the surest reader finds; who signs goes before what only the title suggests.

    A joint paper has those who sign it, in the order in which they do.
    """
    resolver = front.resolver
    short: tuple[str, ...] = ()
    for reader in _STATING:
        for words in reader(front):
            found = _named(words, resolver)
            if found and not (_NOWHERE.match(found[0]) and not resolver.seat.name):
                return tuple(dict.fromkeys((*signers, *found))) if found[0] in signers else found
            short = short or found
    if signers or short:
        return signers or short
    for reader in _SUGGESTING:
        for words in reader(front):
            if found := _named(words.split("所属")[0], resolver):
                return tuple(name.removesuffix("办公室") if name.endswith("海关办公室") else name for name in found)
    return ()


_NOWHERE = re.compile(r"[省市区县州盟旗](?:人民政府|政府|委|[\u4e00-\u9fff]{1,8}[局厅办])")
"""A unit of a government that is not named."""


def _fields(front: Front) -> Iterator[str]:
    """The imprint behind the title, and the field 发布机构."""
    if front.imprint:
        yield front.imprint[5]
    yield front.stated


def _red_head(front: Front) -> Iterator[str]:
    """某某文件, and a name on one line with the 文号 or with those who sign with it."""
    yield from (passed[1] for line in front.head[:6] if (passed := _PASSED_ON.match(line)))
    yield from (line[:-2] for line in front.head[:8] if line.endswith("文件"))
    for line in front.head[:4]:
        first, *others = line.split() or [""]
        if any(NUMBER.fullmatch(word) for word in others):
            yield first
    for line in front.head[:6]:
        several = [w for w in re.split(r"[\s\u3000]+", line) if w]
        if len(several) > 1 and all(len(w) >= 3 for w in several):
            yield line


def _titles(front: Front) -> Iterator[str]:
    """The unit before 关于 in the title of a notice."""
    yield from (together[1] for line in front.head[:6] if (together := _PRESS_ISSUERS.match(line)))
    for above, line in pairwise(["", *front.head[:20]]):
        if together := _TOGETHER.match(line):
            yield together[1]
        if _ABOUT.match(line) or TITLE_END.fullmatch(line):
            whole = re.match(r"(.{3,40}?)关于", line)
            if whole:
                yield (above if _first_half(above, whole[1]) else "") + whole[1]
    if len(front.head) > 1 and (front.head[1] == front.title or re.match(r"(?:关于|印发|转发|发布)", front.head[1])):
        yield front.head[0]


def _sources(front: Front) -> Iterator[str]:
    """来源：某某海关, at the head or the foot; or a section of it."""
    for part in (front.folded[:3000], front.folded[-800:]):
        if (match := _ISSUER_LINE.search(part)) and not _PRESS.search(match[1]):
            yield match[1]
            if section := _SECTION_OF.fullmatch(match[1]):
                yield section[1]


def _dated_lines(front: Front) -> Iterator[str]:
    """A unit, or a section of it, on one line with the date."""
    for line in front.head[:4]:
        if line != front.title and (dated := _WITH_DATE.fullmatch(line)):
            yield dated["name"]
            if section := _SECTION_OF.fullmatch(dated["name"]):
                yield section[1]
        if edited := _EDITED.fullmatch(line):
            yield edited[1]


def _headlines(front: Front) -> Iterator[str]:
    """The unit whose name opens a headline or a part of it: 深圳海关2022年…措施; …创新高 福州海关多举措…."""
    for line in (front.title, *front.head[:4]):
        for part in line.lstrip("# ").split():
            bare = trim(part)
            for end in range(min(len(bare), 24), 3, -1):
                if not _UNIT_END.search(bare[:end]) and not re.match(r"办[：:]", bare[end - 1 : end + 1]):
                    continue
                found = front.resolver.resolve(bare[:end])
                if found and found.rule != "form" and (_DOES.match(bare[end:]) or found.rule.startswith("authority")):
                    yield bare[:end]


def _reporters(front: Front) -> Iterator[str]:
    """Whom a report was told by, or who made the paper, by its first words."""
    opening = front.folded[:1500]
    yield from (found[1] for found in _TOLD_BY.finditer(opening))
    if made := re.search(r"(?:，|。|,)\s*([\u4e00-\u9fff]{3,16}?)(?:研究)?(?:制定|出台|印发)(?:了|以下|本|如下)", opening):
        yield made[1]


_STATING: tuple[Callable[[Front], Iterator[str]], ...] = (_fields, _red_head, _titles, _sources)
_SUGGESTING: tuple[Callable[[Front], Iterator[str]], ...] = (_dated_lines, _headlines, _reporters)
"""Readers of a paper's head, the surest first."""
_ABOUT = re.compile(
    r"(.{3,40}?)(?:办公室|办公厅)?关于(?:印发|发布|转发|下发|推动|进一步|加快|促进|优化|支持|深化|做好|开展|加强|全面|持续|建立|推进|实施|完善|深入)"
)
_PASSED_ON = re.compile(r"([\u4e00-\u9fff]{3,20}?)(?:批转|转发)(?=[\u4e00-\u9fff]{3})")
"""Who passes on what others drew up is who issues it."""
_SECTION_OF = re.compile(r"(.{3,}?[局委厅署关])[\u4e00-\u9fff]{2,8}[处科室]")
_EDITED = re.compile(r"([\u4e00-\u9fff（）]{4,36}?)\s*(?:编|编印|编制|编写)")
"""Who edited a casebook, below its title."""
_WITH_DATE = re.compile(
    r"[（(]?(?:" + DATE.pattern + r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\s+)?(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff（）]{3,35}?)(?:\s+(?:19|20)\d{2}[年-](?:\d{1,2}[月-])?(?:\d{1,2}日?)?)?[)）]?"
)
_UNIT_END = re.compile(r"(?:海关|局|委|厅|办公室|委员会|人民政府|总署|边检总站|管委会|部)$")
_DOES = re.compile(
    r"\d{4}|[：:]|关于|促进|优化|推进|支持|加强|持续|进一步|深化|出台|发布|多[措举]|稳|全面|坚持|贯彻|落实|服务|护航|打造|实施|助力|今年|上半年|前|印发|监管|通报"
)
_TOLD_BY = re.compile(r"记者\d{0,2}日?从([\u4e00-\u9fff]{2,12}?(?:海关|商务厅|商务局|商务委|口岸办|口岸物流办|统计局))(?:获悉|了解到|了解)")
_PRESS = re.compile(r"新华社|通讯社|(?:媒体|新闻|信息|传媒|网络)中心|广播电视|广电|电视台")
"""Who puts a paper up and issues none."""
_PRESS_ISSUERS = re.compile(r"([\u4e00-\u9fff]{4,30}?)(?:[\s、][\u4e00-\u9fff\s、]{4,60})?(?:联合)?(?:印发|发布|出台|公布)《")
_TOGETHER = re.compile(r"(.{3,30}?)等\s*[\d一二三四五六七八九十]+\s*(?:个)?(?:部门|单位|部委)(?:联合)?(?:关于)?(?:印发|发布|出台|制定)")


def _first_half(above: str, below: str) -> bool:
    """Whether an issuer's name was begun in the line above: there stands its place, and no end of a sentence."""
    whole = 4 <= len(above) <= 40 and not re.search(r"[。；：:，号]$|文件$", above)
    return whole and place_at(below) is None and not NATIONAL.match(below) and place_at(above) is not None and not TITLE_END.fullmatch(above)
