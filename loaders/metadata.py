"""What a document says of itself: title, 文号, issuer, date, kind, basis, seat."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from guanlian.loaders.names import Resolver, trim
from guanlian.loaders.seats import Seat, mentioned, place_at, seat_of
from guanlian.loaders.text import Text
from guanlian.ontology import authorities
from guanlian.ontology.authorities import Place

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}(?:〔|\[|［|【|（|\()\s*(?:19|20)\d{2}\s*(?:〕|\]|］|】|）|\))\s*(?:第\s*)?\d{1,5}\s*号")
_GENRE = r"(?:方案|措施|计划|规划|意见|通知|办法|规定|细则|案例(?:集|汇编|选编)?|解读|若干|清单|要点|公告|分工|条例|通告|决定|纲要|行动|举措|事项|安排|指引|指南|规程|制度|机制|快报|公报|情况|报告|通报|问答|分工表|任务表|台账|动态|简报|综述|新闻|\d+\s*条)"
_TITLE_END = re.compile(rf".*{_GENRE}(?:（[^）]{{1,20}}）|\([^)]{{1,20}}\))?(?:政策解读|解读)?$")
_ISSUE = re.compile(r"(.{2,40}?)(?:关于)?(?:印发|发布|转发|下发)(.*)")
_DATE = re.compile(r"((?:19|20)\d{2}|[二〇○零一二三四五六七八九]{4})\s*[年./-]\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*[月./-]\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?")
_DATE_ALONE = re.compile(rf"{_DATE.pattern}(?:印发)?")
_DATED = re.compile(rf"[（(]?{_DATE.pattern}(?:(?P<issue>印发)|(?:发布)?[)）]?$)")
_OWN_NUMBER = re.compile(rf"\s*(?:文\s*号|发文字号|文件编号)?\s*[:：]?\s*[（(]?\s*({_NUMBER.pattern})\s*[)）]?(?:\s+签发人.*)?\s*")
_NUMBER_YEAR = re.compile(r"[〔\[［【（(]\s*(?:19|20)\d{2}\s*[〕\]］】）)]\s*(?:第\s*)?\d")
_NUMBER_OFFICE = 14
"""Characters of the longest office sign in a 文号."""
_YEAR = re.compile(r"(?<![\d较比])((?:19|20)\d{2})\s*年")
_ISSUER_LINE = re.compile(r"(?:发文(?:机关|单位)|发布(?:机关|机构|单位)|信息来源|文章来源|来源|文章转载自|制定机关|印发机关|成文单位|供稿单位?)\s*[:：]\s*([^\s。，|>]{3,40})")
_DATE_LINE = re.compile(r"(?:发布(?:时间|日期)|成文日期|印发日期|日期|发文日期|时间|发文时间|生成日期)\s*[:：]\s*(.{6,24})")
_FIELD = re.compile(
    r"[\[【]?\s*(?P<name>索\s*引\s*号|(?:发文|发布|印发|制定)(?:机关|机构|单位|部门)|(?:成文|发文|印发|发布|生成)(?:日期|时间)|标\s*题|名\s*称|发文字号|发布文号|文\s*号|文件编号"
    r"|主题分类|公开方式|组配分类|联合发文单位|实施日期|废止日期|有效性|公文种类|主\s*题\s*词|体裁分类|信息来源|来源)\s*(?:[\]】]\s*[:：]?|[:：])[ \t\u3000]*"
    r"(?P<value>[^\n]*?)(?=[ \t\u3000]{1,}[\[【]?(?:索\s*引|公开方式|组配分类|成文|发文|发布|文\s*号|标\s*题|主题|有效|来源|名\s*称)[^\n]{0,6}[\]】:：]|\n|$)"
)
_IMPRINT = re.compile(
    r"[（(]\s*(" + _NUMBER.pattern + r")[，,、\s]+((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*([\u4e00-\u9fff]{3,30}?)(?:印发|公布|发布|发文)\s*[)）]"
)
_FIRST_CASE = re.compile(r"(?:典型)?案例[一1](?!\d)")
_ALIAS = re.compile(r"[（(]\s*(?:以下|下)?(?:统)?简称\s*[:：]?\s*[“\"「]?([\u4e00-\u9fffA-Za-z]{2,14})[”\"」]?\s*[)）]")
_NATIONAL = re.compile(r"^(?:国务院|中华人民共和国|中共中央|中央|国家|全国|海关总署|财政部|商务部|交通运输部|工业和信息化部|公安部|农业农村部|教育部|民政部|文化和旅游部|生态环境部|自然资源部|住房城乡建设部|人力资源社会保障部|水利部|科技部|中国民用航空局|市场监管总局|税务总局)")


@dataclass(frozen=True, slots=True)
class Heading:
    """The document's own account of itself; ``interprets`` is the title of the paper it explains."""

    title: str
    number: str
    issuer: str
    issued: str
    kind: str
    based_on: tuple[str, ...]
    seat: Seat
    aliases: dict[str, str]
    interprets: str


def heading(text: Text) -> Heading:
    """Metadata of a document; ``""`` stands for what it does not say."""
    folded = text.folded
    lines = [line.strip() for line in folded.split("\n")]
    opening = takewhile(lambda line: not _FIRST_CASE.match(line), lines[:80])
    head = [line for line in opening if line]
    fields = _fields("\n".join(head[:30]))
    head = [line for line in head if not _FIELD.match(line) and not re.search(r"当前位置|首页\s*[>＞]|www\.|字号[:：]", line)] or head
    title_line = _title(head)
    imprint = _IMPRINT.search("\n".join(head[:6]))
    number, based_on = _numbers(folded, text.clean, imprint, fields.get("number", ""))
    seat = _seat(title_line, number, head, folded)
    issuer = _issuer(title_line, head, lines, seat, folded, imprint, fields.get("issuer", ""))
    if not seat.name and not _NATIONAL.match(issuer):
        seat = _issuer_seat(issuer) or ((not issuer and not _NATIONAL.search(number)) and _spoken_seat(folded)) or Seat()
    interprets = _interprets(title_line, folded)
    title = _printed(text, title_line)
    return Heading(
        title,
        number,
        issuer,
        _field_date(fields) or (_iso(imprint, 2) if imprint else "") or _issued(head, lines, title_line) or _number_year(number),
        _kind(title_line, interprets),
        based_on,
        seat,
        _aliases(folded, seat, issuer),
        interprets,
    )


def key(info: tuple[str, str, str, str], text: Text) -> str:
    """Stable key of a document: of what it says, not of where it lies.

    ``info`` is number, issuer, title, issued. White space and debris do not count.
    """
    digest = hashlib.sha256(re.sub(r"\s+", "", text.clean).encode("utf-8", "surrogatepass")).hexdigest()
    return hashlib.sha256(json.dumps([*info, digest], ensure_ascii=False).encode()).hexdigest()[:12]


def _printed(text: Text, folded_line: str) -> str:
    """The title as printed, for a title found in folded text."""
    at = text.folded.find(folded_line) if folded_line else -1
    return re.sub(r"\s+", " ", text.clean[at : at + len(folded_line)]).strip("《》 ") if at >= 0 else folded_line


def _title(head: list[str]) -> str:
    """The line that names the paper; an annexed plan's own title before that of its covering notice."""
    candidates = []
    for i, line in enumerate(head[:40]):
        joined = line
        if i + 1 < len(head) and _half(line, head[i + 1]):
            joined = line + head[i + 1]
        for words in dict.fromkeys((line, joined)):
            if 6 <= len(words) <= 90 and not re.search(r"[。；]$|[:：]$", words) and _TITLE_END.fullmatch(words) and not _skip(words):
                candidates.append((i, words))
    notice = next((w for _, w in candidates if re.search(r"(?:印发|发布|转发|下发).*的?通知$", w)), "")
    if notice:
        inner = re.search(r"(?:印发|发布|转发|下发|公布)(?:了|实施)?《(.{6,70}?)》(?!的?(?:若干|实施|具体|任务|行动)?[^的]{2,20}(?:方案|措施|意见))", notice)
        wanted = inner[1] if inner else re.sub(r"的?通知$", "", _ISSUE.sub(r"\2", notice)).strip("《》")
        bare = re.sub(r"[\W_]", "", wanted)
        own = next((w for _, w in candidates if re.sub(r"[\W_]", "", w).endswith(bare) and w != notice), "")
        return own or wanted
    if candidates:
        best = [w for _, w in candidates if not w.endswith("通知")] or [w for _, w in candidates]
        longest = best[0]
        for words in best[1:3]:
            if longest in words:
                longest = words
        return longest
    first = [line for line in head[:6] if 8 <= len(line) <= 60 and not re.search(r"[。；：:，]$", line) and not _skip(line) and "。" not in line]
    return first[0] if first and not re.match(r"(?:案例|[一二三]、)", first[0]) else ""


def _half(line: str, following: str) -> bool:
    """Whether a title goes on in the next line."""
    return 4 <= len(line) <= 40 and 4 <= len(following) <= 40 and not (
        re.search(r"[。，；：:]", line + following) or _DATE.search(line) or _skip(line) or _TITLE_END.fullmatch(line)
    )


def _skip(words: str) -> bool:
    return bool(
        re.match(r"^(?:\(|（|附[件表录]|案例|\d+[.、]|[一二三四五六七八九十]+[、.]|第.{1,4}条|各|根据|为|按照|http|携手|欢迎|新闻中心|\[|【海关政策】|来源|日期)", words)
        or _NUMBER.fullmatch(words)
        or words.endswith("文件")
    )


def _fields(head: str) -> dict[str, str]:
    """The information block that government sites print above a paper: issuer, number, date."""
    found: dict[str, str] = {}
    for match in _FIELD.finditer(head):
        name, value = re.sub(r"\s", "", match["name"]), match["value"].strip()
        kind = "number" if "号" in name and "索引" not in name else "issuer" if re.search(r"机关|机构|单位|部门", name) and "联合" not in name else ""
        kind = kind or ("issued" if re.search(r"成文|发文", name) else "published" if re.search(r"发布|印发|生成", name) else "")
        if kind and value:
            found.setdefault(kind, value)
    return found


def _numbers(folded: str, clean: str, imprint: re.Match[str] | None, stated: str) -> tuple[str, tuple[str, ...]]:
    """The paper's own 文号 stands on a line of its own (or in its imprint); those behind 《》 are its basis."""
    own = own_key = re.sub(r"\s+", "", stated) if _NUMBER.fullmatch(stated) else ""
    if imprint:
        own = own_key = re.sub(r"\s+", "", imprint[1])
    at = 0
    for line in folded.split("\n", 90)[:90]:
        match = _OWN_NUMBER.fullmatch(line) if "号" in line else None
        if match and not own:
            own_key = re.sub(r"\s+", "", match[1])
            own = re.sub(r"\s+", "", clean[at + match.start(1) : at + match.end(1)])
        at += len(line) + 1
    based: list[str] = []
    for match in _sign_numbers(folded):
        words = re.sub(r"\s+", "", match[0])
        words = re.sub(r"^(?:根据|按照|依据|以及|落实|贯彻|和|及|与|经|由)+(?=[\u4e00-\u9fff]{2,})", "", words)
        before = folded[max(0, match.start() - 2) : match.start()]
        if words != own_key and ("》" in before or "（" in before or "(" in before or "〔" not in before) and words not in based:
            based.append(words)
    return own, tuple(based)


def _sign_numbers(folded: str) -> Iterator[re.Match[str]]:
    """Every 文号, found from its bracketed year: few brackets hold one, and any word may open one."""
    at = 0
    for year in _NUMBER_YEAR.finditer(folded):
        match = _NUMBER.search(folded, max(at, year.start() - _NUMBER_OFFICE), year.end() + 8)
        if match:
            at = match.end()
            yield match


def _seat(title: str, number: str, head: list[str], folded: str) -> Seat:
    """The government whose paper it is: by its title, its red head, its 文号, its signature."""
    if _NATIONAL.match(title) or any(_NATIONAL.match(line) for line in head[:2]):
        return Seat()
    for words in (title, *head[:6]):
        if _NUMBER.fullmatch(words):
            continue
        found = place_at(_ANNEX.sub("", words).lstrip("《"))
        if found and found[0].level != "country":
            place, length = found
            inner = re.match(r"(?:市)?([\u4e00-\u9fff]{2,6}?(?:区|县|旗))(?=人民政府|关于|政府|推进|促进|优化|进一步|加快|\d{4})", words[length:])
            if place.name.endswith(("省", "自治区")):
                deeper = place_at(words[length:])
                if deeper and deeper[0].parent == place.name:
                    return seat_of(deeper[0].name)
            if inner and not inner[1].startswith(("自治", "跨境", "口岸")):
                return Seat(inner[1], (place.name, *seat_of(place.name).above))
            return seat_of(place.name)
    for words in head[:6]:
        zone = re.match(r"([\u4e00-\u9fff]{2,8}?(?:新区|实验区|开发区|合作区|示范区|高新区|经开区|试验区))(?:管委会|管理委员会|党工委|关于|促进)", words)
        if zone:
            return Seat(zone[1])
    if number:
        for place in authorities.places():
            if place.level != "country" and any(number.startswith(a) for a in place.abbreviations):
                return seat_of(place.name)
    return Seat()


_ANNEX = re.compile(r"^附(?:件|表)?\s*\d*\s*[:：]\s*")
_OURS = re.compile(r"我(?P<own>市|省|区|县|自治区)|全(?P<whole>市|省|区|县|自治区)|[（、，：\n\t](?P<unit>市|省|区|县|自治区)(?:委|政府|发展改革|发改|财政|商务|公安|人力资源|人社|教育)")


def _spoken_seat(folded: str) -> Seat | None:
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


def _issuer_seat(issuer: str) -> Seat | None:
    found = place_at(issuer)
    if found and found[0].level != "country":
        return seat_of(found[0].name)
    agency = next((a for a in authorities.agencies() if issuer and a.name == issuer), None)
    if agency and agency.jurisdiction not in ("", "中国"):
        return seat_of(agency.jurisdiction)
    return None


def _issuer(
    title: str, head: list[str], lines: list[str], seat: Seat, folded: str, imprint: re.Match[str] | None, stated: str
) -> str:
    """Full name of the issuer."""
    resolver = Resolver(seat)

    def named(words: str) -> str:
        several = [w for w in re.split(r"[\s\u3000；;、，,]+", words.strip()) if w]
        if len(several) > 1 and all(len(w) >= 3 and resolver.resolve(w) for w in several):
            words = several[0]  # a joint paper is kept by the unit that signs first
        found = resolver.resolve(words)
        return found.canonical if found and not found.collective else ""

    if imprint and (found := named(imprint[5])):
        return found
    if stated and (found := named(stated)):
        return found
    for line in head[:8]:
        if line.endswith("文件") and (found := named(line[:-2])):
            return found
    for line in head[:6]:
        several = [w for w in re.split(r"[\s\u3000]+", line) if w]
        if len(several) > 1 and all(len(w) >= 3 for w in several) and (found := named(line)):
            return found
    for line in head[:20]:
        match = re.match(r"(.{3,40}?)(?:办公室|办公厅)?关于(?:印发|发布|转发|下发|推动|进一步|加快|促进|优化|支持|深化|做好|开展|加强|全面|持续|建立|推进|实施|完善|深入)", line)
        if match:
            whole = re.match(r"(.{3,40}?)关于", line)
            if whole and (found := named(whole[1])):
                return found
    goes_on = len(head) > 1 and (head[1] == title or re.match(r"(?:关于|印发|转发|发布)", head[1]))
    if goes_on and (found := named(head[0])):
        return found
    for source in (folded[:3000], folded[-800:]):
        match = _ISSUER_LINE.search(source)
        if match and (found := named(match[1])):
            return found
    for i, line in enumerate(lines):
        if line[-1:] in ("日", "发") and _DATE_ALONE.fullmatch(line) or line[:1].isdecimal() and _DATE_ALONE.fullmatch(line):
            before = next((x for x in reversed(lines[:i]) if x), "")
            if 3 <= len(before) <= 40 and (found := named(before)):
                return found
    for line in head[:4]:
        dated = re.fullmatch(r"[（(]?(?:" + _DATE.pattern + r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\s+)?([\u4e00-\u9fff]{4,30}?)(?:\s+(?:19|20)\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日)?)?[)）]?", line)
        if dated and line != title and (found := named(dated[4])):
            return found
    for words in (title, *head[:4]):
        if found := _leading_agency(words, resolver):
            return found
    made = re.search(r"(?:，|。|,)\s*([\u4e00-\u9fff]{3,16}?)(?:研究)?(?:制定|出台|印发)(?:了|以下|本|如下)", folded[:1500])
    return named(made[1]) if made else ""


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


def _issued(head: list[str], lines: list[str], title: str) -> str:
    """ISO date, as exact as the paper gives it."""
    for i, line in enumerate(lines[:90]):
        dated = _DATED.match(line)
        if dated and (dated["issue"] or i > 0):
            return _iso(dated)
    for line in [*lines[:60], *lines[-15:]]:
        match = _DATE_LINE.search(line)
        if match and (found := _DATE.search(match[1])):
            return _iso(found)
    for line in lines[-20:]:
        if dated := _DATED.match(line):
            return _iso(dated)
    for line in head[:4]:
        if found := re.search(r"\s" + _DATE.pattern + r"[)）]?$", line):
            return _iso(found)
        match = re.search(r"((?:19|20)\d{2})年(\d{1,2})月$", line) if "\t" not in line and len(line) <= 40 else None
        if match and 1 <= int(match[2]) <= 12:
            return f"{match[1]}-{int(match[2]):02d}"
        if found := re.match(_DATE.pattern + r"\s", line):
            return _iso(found)
    for line in lines[:8]:  # 来源：某海关 2023-09-12 09:15 浏览次数：1
        if "。" not in line and (found := re.search(r"\s" + _DATE.pattern + r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?(?:\s|$)", line)):
            return _iso(found)
    for words in (title, *head[:5]):
        match = _YEAR.search(words)
        if match:
            return match[1]
    return ""


def _field_date(fields: dict[str, str]) -> str:
    match = _DATE.search(fields.get("issued", ""))
    return _iso(match) if match else ""


def _number_year(number: str) -> str:
    """The year that a 文号 bears, where the paper gives no date."""
    match = re.search(r"(?:19|20)\d{2}", number)
    return match[0] if match else ""


def _iso(match: re.Match[str], at: int = 1) -> str:
    from guanlian.loaders.numerals import ordinal

    year = match[at]
    if not year.isdecimal():
        year = "".join(str("〇一二三四五六七八九".index(c.replace("○", "〇").replace("零", "〇"))) for c in year)
    month, day = (int(g) if g.isdecimal() else ordinal(g) for g in (match[at + 1], match[at + 2]))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return year
    return f"{year}-{month:02d}-{day:02d}"


def _kind(title: str, interprets: str) -> str:
    if interprets or "解读" in title:
        return "interpretation"
    for kind, pattern in (
        ("casebook", r"案例"),
        ("table", r"分工表|任务表|台账|任务清单"),
        ("plan", r"方案|计划|规划|要点|分工|行动|安排|任务"),
        ("measures", r"措施|意见|办法|规定|条|举措|清单|细则|事项"),
        ("notice", r"通知|公告|通告|通报"),
    ):
        if re.search(pattern, title):
            return kind
    return "news"


def _interprets(title: str, folded: str) -> str:
    """Title of the paper that this one explains, or ''."""
    if "解读" not in title:
        return ""
    inner = re.search(r"《(.{4,70}?)》", title)
    if inner:
        return inner[1]
    match = re.search(r"(?:掌握|解读|理解|落实)[^。]{0,12}《(.{4,70}?)》", folded[:2000])
    if match:
        return match[1]
    return re.sub(r"(?:的)?(?:政策)?解读$", "", re.sub(r"^.{0,12}】", "", title))


def _aliases(folded: str, seat: Seat, issuer: str) -> dict[str, str]:
    """The paper's own short forms of units (以下简称…), each with the name before it."""
    resolver = Resolver(seat, issuer)
    found: dict[str, str] = {}
    for match in _ALIAS.finditer(folded):
        before = folded[max(0, match.start() - 40) : match.start()]
        inside = max(before.rfind(stop) for stop in "，。、；：“”") + 1
        for start in range(inside, len(before) - 3):
            words = before[start:]
            if "\u4e00" <= words[0] <= "\u9fff":
                unit = resolver.resolve(words)
                if unit and not unit.collective and not unit.rule.startswith("form"):
                    found[match[1]] = words
                    break
        else:
            tail = re.search(r"([\u4e00-\u9fff（）]{4,30}?(?:局|委|办|海关|办事处|公司|集团|中心|委员会|办公室|总站))$", before)
            if tail and resolver.resolve(tail[1]):
                found[match[1]] = tail[1]
    return found
