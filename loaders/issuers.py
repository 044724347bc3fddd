"""Who issued a paper and which government's it is: by its head, its signature, its 文号, or the places it speaks of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from guanlian.loaders.datelines import DATE, DATE_ALONE, iso
from guanlian.loaders.names import Resolver, trim
from guanlian.loaders.regions import ZONE, is_region
from guanlian.loaders.seats import Seat, mentioned, place_at, seat_of
from guanlian.loaders.titles import NUMBER, TITLE_END
from guanlian.ontology import authorities
from guanlian.ontology.authorities import Place

_ISSUER_LINE = re.compile(r"(?:发文(?:机关|单位)|发布(?:机关|机构|单位)|信息来源|文章来源|来源|文章转载自|制定机关|印发机关|成文单位|供稿单位?)\s*[:：]\s*([^\s。，|>]{3,40})")
IMPRINT = re.compile(
    r"[（(]\s*(" + NUMBER.pattern + r")[，,、\s]+((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*([\u4e00-\u9fff]{3,30}?)(?:印发|公布|发布|发文)\s*[)）]"
)
NATIONAL = re.compile(r"^(?:国务院|中华人民共和国|中共中央|中央|国家|全国|海关总署|财政部|商务部|交通运输部|工业和信息化部|公安部|农业农村部|教育部|民政部|文化和旅游部|生态环境部|自然资源部|住房城乡建设部|人力资源社会保障部|水利部|科技部|中国民用航空局|市场监管总局|税务总局)")


def seat_of_paper(title: str, number: str, head: list[str], folded: str) -> Seat:
    """The government whose paper it is: by its title, its red head, its 文号, its signature."""
    if NATIONAL.match(title) or any(NATIONAL.match(line) for line in head[:2]):
        return Seat()
    for words in (title, *head[:6]):
        if NUMBER.fullmatch(words) or words is not title and _PROSE.search(words):
            continue
        words = _ANNEX.sub("", words).lstrip("《").removeprefix("中共")
        found = place_at(words)
        if found and found[0].level != "country":
            place, length = found
            inner = re.match(r"(?:市)?([\u4e00-\u9fff]{2,6}?(?:区|县|旗))(?=人民政府|关于|政府|推进|促进|优化|进一步|加快|\d{4})", words[length:])
            deeper = place_at(words[length:].removeprefix("市"))
            if deeper and deeper[0].parent == place.name and (place.name.endswith(("省", "自治区")) or deeper[0].name.endswith("区")):
                return seat_of(deeper[0].name)
            if inner and not inner[1].startswith(("自治", "跨境", "口岸")):
                return Seat(inner[1], (place.name, *seat_of(place.name).above))
            return seat_of(place.name)
    for words in (title, *head[:6]):
        county = None if _PROSE.search(words) else _COUNTY.match(words.removeprefix("中共"))
        if county and is_region(county[1]) and not ZONE.search(county[1]):
            return Seat(county[1])
    for words in head[:6]:
        zone = re.match(r"([\u4e00-\u9fff]{2,8}?(?:新区|实验区|开发区|合作区|示范区|高新区|经开区|试验区))(?:管委会|管理委员会|党工委|关于|促进)", words)
        if zone:
            return Seat(zone[1])
    if number:
        for place in authorities.places():
            if place.level != "country" and any(number.startswith(a) for a in place.abbreviations):
                return seat_of(place.name)
    return Seat()
_COUNTY = re.compile(r"([\u4e00-\u9fff]{1,7}?(?:自治县|县|市|旗|区))(?=人民政府|委办|委、|政府|关于|\d{4}年|[\u4e00-\u9fff]{2,20}(?:方案|计划|意见|要点|措施)$)")
"""A county or district that no file knows, opening a heading."""
_PROSE = re.compile(r"[。；]|[：:]$")
"""What a line of prose or a salutation holds, and a heading does not."""
_ANNEX = re.compile(r"^附(?:件|表)?\s*\d*\s*[:：]\s*")
_OURS = re.compile(r"我(?P<own>市|省|区|县|自治区)|全(?P<whole>市|省|区|县|自治区)|[（、，：\n\t](?P<unit>市|省|区|县|自治区)(?:委|政府|发展改革|发改|财政|商务|公安|人力资源|人社|教育)")


def spoken_seat(folded: str) -> Seat | None:
    """The city or province that a paper without a heading of its own calls ours (我市) and speaks of far more than of others."""
    kinds = Counter(m[m.lastgroup or 0] for m in _OURS.finditer(folded))
    if kinds.total() < 3:
        return None
    level = {"市": "city", "省": "province", "自治区": "province"}.get(kinds.most_common(1)[0][0], "district")
    spoken = Counter(name for place in mentioned(folded) if (name := _seated(place, level)))
    found = spoken.most_common(1)
    if not found or found[0][1] < 3 or found[0][1] < 0.6 * spoken.total():
        return None
    return replace(seat_of(found[0][0]), presumed=True)


def _seated(place: Place, level: str) -> str:
    """The place, or for a province the one that its city lies in."""
    return place.name if place.level == level else place.parent if level == "province" and place.level == "city" else ""


def seat_of_issuer(issuer: str) -> Seat | None:
    found = place_at(issuer)
    if found and found[0].level != "country":
        return seat_of(found[0].name)
    agency = next((a for a in authorities.agencies() if issuer and a.name == issuer), None)
    if agency and agency.jurisdiction not in ("", "中国"):
        return seat_of(agency.jurisdiction)
    return None
_SIGNER = re.compile(r"[\u4e00-\u9fff（）()、\s“”]{3,40}")
_SEALED = re.compile(r"[（(](?:代章|盖章|公章|印章|章)[)）]$")


def signature(lines: list[str], resolver: Resolver) -> tuple[str, str]:
    """Who signs and the date below: the first of those that sign together; a name may be broken over two lines."""
    for i, line in enumerate(lines):
        if not (line[-1:] in ("日", "发") or line[:1].isdecimal()) or not (date := DATE_ALONE.fullmatch(line)):
            continue
        signers = [_SEALED.sub("", x) for x in reversed(lines[max(0, i - 24) : i]) if x][:12]
        signer = ""
        while signers and _SIGNER.fullmatch(signers[0]) and (found := _named(signers[0], resolver)):
            name = signers.pop(0)
            if signers and _first_half(signers[0], name):
                found = _named(signers.pop(0) + name, resolver) or found
            signer = found
        if signer:
            return signer, iso(date)
    return "", ""


def _named(words: str, resolver: Resolver) -> str:
    """The unit of an issuer's line, or the first of several: a joint paper is kept by the unit that signs first."""
    several = [w for w in re.split(r"[\s\u3000；;、，,]+", words.strip()) if w]
    if len(several) > 1 and all(len(w) >= 3 and resolver.resolve(w) for w in several):
        words = several[0]
    found = resolver.resolve(words)
    return found.canonical if found and not found.collective else ""


def issuer_of(
    title: str, head: list[str], signer: str, seat: Seat, folded: str, imprint: re.Match[str] | None, stated: str
) -> str:
    """Full name of the issuer."""
    resolver = Resolver(seat)

    def named(words: str) -> str:
        return _named(words, resolver)

    if imprint and (found := named(imprint[5])):
        return found
    if stated and (found := named(stated)):
        return found
    for line in head[:8]:
        if line.endswith("文件") and (found := named(line[:-2])):
            return found
    for line in head[:4]:
        first, *others = line.split()
        if any(NUMBER.fullmatch(word) for word in others) and (found := named(first)):
            return found
    for line in head[:6]:
        several = [w for w in re.split(r"[\s\u3000]+", line) if w]
        if len(several) > 1 and all(len(w) >= 3 for w in several) and (found := named(line)):
            return found
    for line in head[:6]:
        if (together := _PRESS_ISSUERS.match(line)) and (found := named(together[1])):
            return found
    for above, line in pairwise(["", *head[:20]]):
        if (together := _TOGETHER.match(line)) and (found := named(together[1])):
            return found
        match = re.match(r"(.{3,40}?)(?:办公室|办公厅)?关于(?:印发|发布|转发|下发|推动|进一步|加快|促进|优化|支持|深化|做好|开展|加强|全面|持续|建立|推进|实施|完善|深入)", line)
        if match or TITLE_END.fullmatch(line):
            whole = re.match(r"(.{3,40}?)关于", line)
            if whole and (found := named((above if _first_half(above, whole[1]) else "") + whole[1])):
                return found
    goes_on = len(head) > 1 and (head[1] == title or re.match(r"(?:关于|印发|转发|发布)", head[1]))
    if goes_on and (found := named(head[0])):
        return found
    for source in (folded[:3000], folded[-800:]):
        match = _ISSUER_LINE.search(source)
        if match and (found := named(match[1])):
            return found
    if signer:
        return signer
    for line in head[:4]:
        dated = re.fullmatch(r"[（(]?(?:" + DATE.pattern + r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\s+)?([\u4e00-\u9fff]{4,30}?)(?:\s+(?:19|20)\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日)?)?[)）]?", line)
        if dated and line != title and (found := named(dated[4])):
            return found
    for words in (title, *head[:4]):
        if found := _leading_agency(words, resolver):
            return found
    made = re.search(r"(?:，|。|,)\s*([\u4e00-\u9fff]{3,16}?)(?:研究)?(?:制定|出台|印发)(?:了|以下|本|如下)", folded[:1500])
    return named(made[1]) if made else ""
_PRESS_ISSUERS = re.compile(r"([\u4e00-\u9fff]{4,30}?)(?:[\s、][\u4e00-\u9fff\s、]{4,60})?(?:联合)?(?:印发|发布|出台|公布)《")
_TOGETHER = re.compile(r"(.{3,30}?)等\s*[\d一二三四五六七八九十]+\s*(?:个)?(?:部门|单位|部委)(?:联合)?(?:关于)?(?:印发|发布|出台|制定)")


def _first_half(above: str, below: str) -> bool:
    """Whether an issuer's name was begun in the line above: there stands its place, and no end of a sentence."""
    whole = 4 <= len(above) <= 40 and not re.search(r"[。；：:，号]$|文件$", above)
    return whole and place_at(below) is None and not NATIONAL.match(below) and place_at(above) is not None and not TITLE_END.fullmatch(above)


def _leading_agency(words: str, resolver: Resolver) -> str:
    """The unit whose name opens a title: 深圳海关2022年…措施."""
    bare = trim(words)
    for end in range(min(len(bare), 24), 3, -1):
        if re.search(r"(?:海关|局|委|厅|办公室|委员会|人民政府|总署|边检总站|管委会|部)$", bare[:end]):
            follows = bare[end:]
            if re.match(r"\d{4}|关于|促进|优化|推进|支持|加强|持续|进一步|深化|出台|发布|多措|稳|全面|坚持|贯彻|落实|服务|护航|打造|实施|助力|今年|上半年|前|印发", follows):
                found = resolver.resolve(bare[:end])
                if found and not found.collective:
                    return found.canonical
            elif (found := resolver.resolve(bare[:end])) and found.rule.startswith("authority") and end > 3:
                return found.canonical
    return ""
