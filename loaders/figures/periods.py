"""Periods and deadlines of official prose, as calendar dates."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from guanlian.loaders.figures.grammar import tables

SEP = r"\s?(?:[-—―–－~～]{1,2}|起?[至到]|截[至止])\s?"
_Y = r"(?:19|20)\d\d"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "首": 1}
_SMALL = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "十一": 11, "十二": 12}
_FROM_THIS = {"去年": -1, "上年": -1, "明年": 1}
_YEARS = ("今年", "本年", "当年", "去年", "上年", "明年", "同年")
_WORDED = (*_YEARS, "全年", "当月", "本月", "上月")


class Clock(NamedTuple):
    """What unnamed times mean: 今年 is ``this``; 10月 is in ``year``; 当月 is ``month`` (0: unknown).

    ``issued`` is the month of issue: a later month without a year was in the year before (12 where the text promises).
    """

    this: int
    year: int
    month: int = 0
    issued: int = 12


@dataclass(slots=True)
class When:
    """A stretch of text that names a time.

    ``first`` and ``last`` are ISO dates, a month or a day exact (``""`` where the text is open).
    ``role``: ``span``; ``open`` (2020年以来: it only starts); ``now`` (目前); ``base`` (较2017年: something is
    compared with it); ``deadline`` (its last day is ``last``); ``parts`` holds the single years of a range of years, or
    the quarters of 三、四季度, as first and last month.
    """

    start: int
    end: int
    first: str
    last: str
    role: str
    year: int
    parts: tuple[tuple[str, str], ...] = ()

    def recalls(self, this: int) -> bool:
        """Whether this is a day of an earlier year, or a year to come: not the time of a report."""
        past = self.first == self.last and len(self.last) == 10 and self.year < this
        return self.role == "span" and (past or 0 < this < self.year)


def last_day(year: int, month: int) -> str:
    """The last day of a month.

    >>> last_day(2020, 2)
    '2020-02-29'
    """
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    quarter = r"[一二三四1-4]"
    tail = re.compile(
        rf"(?P<m1>1[0-2]|0?[1-9])\s?(?:月份?)?(?:{SEP}|一)(?:(?P<y2>{_Y})\s?年\s?)?(?P<m2>1[0-2]|0?[1-9])\s?月(?!\d+[日号])(?:份)?"
        rf"|(?P<dm>1[0-2]|0?[1-9])\s?月\s?(?P<d1>3[01]|[12]\d|0?[1-9])(?:\s?[日号](?:\d{{1,2}}[时点](?![间长段])(?:\d{{1,2}}分)?)?|(?={SEP}(?:(?:{_Y}\s?年\s?)?\d{{1,2}}\s?月\s?)?\d{{1,2}}\s?[日号]))"
        rf"(?:{SEP}(?:(?P<dy2>{_Y})\s?年\s?)?(?:(?P<dm2>1[0-2]|0?[1-9])\s?月\s?)?(?P<d2>3[01]|[12]\d|0?[1-9])\s?[日号])?"
        rf"|(?P<m>1[0-2]|0?[1-9])\s?月(?:份|底|末|初|上旬|中旬|下旬)?(?!度|均)"
        rf"|(?:前|头)\s?(?P<n>1[0-2]|[1-9]|十[一二]?|[一二两三四五六七八九])\s?个?月份?"
        rf"|[首前](?P<qf>[二两三])季度?|第(?P<qs>[一二三四])季(?=[，、末底进出全海口贸货])"
        rf"|(?P<q1>{quarter}){SEP}(?P<q2>{quarter})季度"
        rf"|(?P<ql>{quarter}(?:、{quarter})+(?:[、和及]{quarter})?)季度"
        rf"|(?:(?P<qn>前)|第)?(?P<qa>{quarter}|首)\s?(?:个)?(?:季度)?(?:[、和及](?:第)?(?P<qb>{quarter}))?季度?(?<=季度|首季)(?:末|底)?"
        rf"|(?P<half>[上下])半年(?!度)"
        rf"|(?P<feast>“?五一”?|“十一”|国庆节?|元旦|春节)(?=之?前(?![后夕]))"
        rf"|(?:年)?(?P<part>底|末|初|中|内)(?=[前之，。,；]|以前|以来|止|，|建|实|完|达|基|全|力|$)|年?底|年(?P<whole>内|末)"
    )
    year = re.compile(rf"(?P<y>{_Y})(?:(?:\s?年度?)?{SEP}(?P<to>{_Y})\s?年(?P<tail>底|末)?|\s?年(?:度(?!以来)|全年)?|(?=(?:[、和](?:19|20)\d\d)+\s?年))")
    words = re.compile(
        r"(?:截[至止](?:到)?(?:目前|现在|当前)|目前|如今|现阶段|至今|迄今(?:为止)?|(?:新冠肺炎)?疫情(?:防控)?期间)"
        r"|(?:今年|去年|上年|明年|本年|当年|同年)(?!度)|[上下]半年|(?:前|第)?[一二三四首](?:个)?(?:[、和及][一二三四])*季度|[首前][二两三]季|第[一二三四]季(?=[，、末底进出全海口贸货])|首季|[一二三]至[二三四]季度"
        r"|(?<![\d一二两三四五六七八九十几多每去今明本当同上])年(?:底|末|初以来|中(?=[之以]?前)|内(?!外|陆|容|销))|(?:“?五一”?|“十一”|国庆节?|元旦|春节)(?=之?前(?![后夕]))|(?:“?五一”?|“十一”|国庆|元旦|春节|双节)(?:[、和“”]|劳动|国庆|中秋|节)*(?:假期|期间|长假|黄金周|小长假)|“?春运”?(?=期间|[，的])|(?<!提)前(?:[一二两三四五六七八九]|十[一二]?)(?:个月|月(?!台))|全年(?!目标|任务|计划|指标)|当月|本月|上月"
        r"|“?十([二三四五六])五”?(期间|时期|末)?"
    )
    return year, tail, words


_HOLIDAY = re.compile("(?:的|[“”、]|中秋节?|国庆节?|春节|元旦|清明节?|端午节?|五一|十一|劳动节|双节|暑期|暑假|寒假){1,6}(?:国际)?(?:假期|期间|长假|黄金周|小长假|假日|假)|的?“?春运”?(?!首日|第|前|启动|开始|拉开)(?:期间)?")
_HOLIDAY_MONTHS = {"五一": 5, "劳动": 5, "国庆": 10, "十一": 10, "元旦": 1}
_STILL = re.compile("[^，。；]{0,4}(?:力争|预计|计划|目标|有望|确保|争取|[将可])")
_FORE = re.compile("[底末]?[之以]?前")
_HINT = re.compile("[截目如现至迄新疫今去上明本当同下前第一二三四首年全“十国元春五](?:[至止前阶运今冠情年半季月个、和及至底末初中内当一二三四五六七八九十首庆旦节]|(?<=[前“十]))")
_AFTER = re.compile(
    r"(?P<since>以来|至今|迄今|来(?=[，。]))|(?P<before>(?<=底)前(?!后)|(?:之|以)?前(?![一二三四五六七八九十两\d]|来|往|端|后|述|列|置|期|沿|海|瞻|三|湾)|之?内(?!外|陆|贸|地|河|销|容|部|蒙))"
    r"|(?P<from>起|开始|之?后|以后)|(?P<of>)"
)
_WITH = ("与", "同", "和", "跟", "较", "比")
_COMPARED = re.compile("[^，。；]{0,8}(?:[（(][^）)，。；]{0,20}[）)])?(?:相比|比较|相较|同比|对比)")
_YEAR_BEGAN = re.compile("年初(?:以来)?[至到]$")
_OF_YEAR = re.compile("(?:同期|全年)?的")
_TOLD_FROM = re.compile(r"的|[约近超]?\d")
_BEGUN = "(?<![年月日])(?:开通|通车|开行|开业|开办|运行|运营|启动|启用|投用|上线|实施|实行|推行|试点|试行|成立|挂牌|落地)[至到]"
AS_OF = re.compile(f"截|{_BEGUN}")
"""What begins a period that ends on the day of a count: 截至2021年10月, 开通至2023年9月底."""
_AHEAD = re.compile(rf"(?P<asof>截至|截止到?|截止至|{_BEGUN})\s?$|(?P<base>[较比继]|(?:相比|对比)于?|在)\s?$|(?P<since>自从?|由|从)\s?$|(?P<by>到|至|力争|于|在)$|(?P<each>每|次|逐)$|(?P<out>恢复[到至]|相当于|达到?|[为是])\s?$|(?P<since2>创)$")


def _years(first: int, last: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"{y}-01", f"{y}-12") for y in range(first, last + 1))


def resolve(text: str, at: int, end: int, clock: Clock) -> When | None:
    """The period that starts at ``at`` (a digit of a date, or a word such as 今年), or None.

    >>> w = resolve("2021年1—10月，", 0, 11, Clock(2020, 2020))
    >>> w.first, w.last, w.role
    ('2021-01', '2021-10', 'span')
    >>> resolve("较2017年压缩", 1, 8, Clock(2021, 2021)).role
    'base'
    """
    found = _read(text, at, end, clock)
    if found is None:
        return None
    if found.year < 1000:  # a month of a year that the text never names
        compared = text.startswith(("同期", "同月", "同季"), found.end) or text.startswith(("较", "比"), found.start - 1)
        return When(found.start, found.end, "", "", "base" if compared else "now", clock.year)
    return _role(text, found, end, clock.this)


def _read(text: str, at: int, end: int, clock: Clock) -> When | None:
    year_pattern, tail, _ = _patterns()
    match = year_pattern.match(text, at, end)
    start, named = at, clock.year
    if match:
        named, at = int(match["y"]), match.end()
        at += at < end and text[at] == " "
        if match["to"]:
            to = int(match["to"])
            if not named < to < named + 60:
                return None
            return When(start, at, f"{named}-01", f"{to}-12", "span", to, _years(named, to))
    elif text[at : at + 2] in _WORDED:
        word = text[at : at + 2]
        at += 2
        if word == "上月":  # the month before that of issue, where that is known
            month = f"{clock.this - (clock.issued == 1)}-{(clock.issued + 10) % 12 + 1:02d}"
            return When(start, at, month, month, "span", int(month[:4])) if clock.this and clock.issued < 12 else None
        if word in ("当月", "本月"):
            month = f"{clock.year}-{clock.month:02d}"
            return When(start, at, month, month, "span", clock.year) if clock.month else None
        named = clock.this + _FROM_THIS.get(word, 0) if word not in ("同年", "当年", "全年") else clock.year
        if word == "全年" and named == clock.this and clock.issued < 7 and not _STILL.match(text, at):
            named -= 1  # a whole year that is over at the day of issue
        at += 2 * text.startswith("全年", at)
        at += at < end and text[at] == " "
    else:
        if text[at - 1 : at] in ("前", "头") and text[max(0, at - 2) : at - 1] not in tuple("提以之目"):
            at -= 1
            start = at
        if (word := text[at - 2 : at]) in _YEARS:
            start, named = at - 2, clock.year if word == "同年" else clock.this + _FROM_THIS.get(word, 0)
        elif text[at - 1 : at] == "年" and (before := year_pattern.match(text, max(0, at - 5), end)):
            start, named = before.start(), int(before["y"])
    rest = tail.match(text, at, end)
    if rest is None or rest.end() == at:
        stated = match is not None or text[start : start + 2] in _WORDED
        holiday = _HOLIDAY.match(text, at, end)
        if holiday and (stated or clock.this >= 1000) and (days := _holiday(holiday[0], named if stated else clock.this, 12 if stated else clock.issued)):
            return When(start, holiday.end(), *days, "span", int(days[1][:4]))
        if stated and holiday:
            return When(start, at, "", "", "now", named)  # the days of 今年中秋节假期 are not told
        return When(start, at, f"{named}-01", f"{named}-12", "span", named) if stated and at > start else None
    stated = match is not None or text[start : start + 2] in _WORDED
    when = _tail(rest, start, named, stated)
    future = when is not None and match is None and named == clock.this >= 1000 and not (rest["part"] or rest["whole"])
    future = future and when is not None and int(when.last[5:7]) > clock.issued
    if future and not _FORE.match(text, rest.end()):
        when = _tail(rest, start, named - 1, stated)  # nothing is reported of a time after the day of issue
    return when


def _tail(m: re.Match[str], start: int, year: int, stated: bool) -> When | None:
    """Months, days, quarters and halves of a year."""
    g = m.groupdict()

    def span(a: int, b: int, to: int = year) -> When | None:
        if not (1 <= a <= 12 and 1 <= b <= 12) or (to, b) < (year, a):
            return None
        return When(start, m.end(), f"{year}-{a:02d}", f"{to}-{b:02d}", "span", to)

    if g["m1"]:
        return span(int(g["m1"]), int(g["m2"]), int(g["y2"] or year))
    if g["dm"]:
        a, b = int(g["dm"]), int(g["dm2"] or g["dm"])
        first = f"{year}-{a:02d}-{int(g['d1']):02d}"
        to = int(g["dy2"] or year)
        return When(start, m.end(), first, f"{to}-{b:02d}-{int(g['d2']):02d}" if g["d2"] else first, "span", to)
    if g["m"]:
        return span(int(g["m"]), int(g["m"]))
    if g["n"]:
        return span(1, int(g["n"]) if g["n"].isdigit() else _SMALL[g["n"]])
    if g["qf"]:
        return span(1, 3 * int(_SMALL[g["qf"]]))
    if g["qs"]:
        return span(3 * _QUARTERS[g["qs"]] - 2, 3 * _QUARTERS[g["qs"]])
    if g["q1"]:
        a, b = _QUARTERS[g["q1"]], _QUARTERS[g["q2"]]
        return _quartered(span(3 * a - 2, 3 * b), range(a, b + 1))
    if g["ql"]:
        each = [_QUARTERS[c] for c in re.findall(r"[一二三四1-4]", g["ql"])]
        return _quartered(span(3 * each[0] - 2, 3 * each[-1]), each)
    if g["qa"]:
        a, b = _QUARTERS[g["qa"]], _QUARTERS[g["qb"] or g["qa"]]
        return _quartered(span(1 if g["qn"] else 3 * a - 2, 3 * b), (a, b) if g["qb"] else ())
    if g["half"]:
        return span(1, 6) if g["half"] == "上" else span(7, 12)
    if g["feast"]:
        day = _eve(g["feast"].strip("“”"), year, stated)
        return When(start, m.end(), day, day, "span", int(day[:4])) if day else None
    if not stated and m[0][0] != "年":
        return None
    if g["whole"]:
        return span(1, 12) if g["whole"] == "内" else span(12, 12)
    if g["part"] == "初" and m.string.startswith("以来", m.end()):
        return span(1, 12)
    if g["part"] == "中" and _FORE.match(m.string, m.end()):
        return span(6, 6)
    return span(1, 12) if g["part"] in ("中", "内") else span(1, 1) if g["part"] == "初" else span(12, 12)


def _holiday(words: str, year: int, latest: int) -> tuple[str, str] | None:
    """First and last month of a holiday, days of the forty days' travel rush (春运); None where its days differ from year to year.

    It was in the year before where it begins after month ``latest``.

    >>> _holiday("国庆假期", 2024, 12), _holiday("“五一”假期", 2024, 2), _holiday("春节假期", 2025, 12), _holiday("中秋假期", 2024, 12)
    (('2024-10', '2024-10'), ('2023-05', '2023-05'), ('2025-01', '2025-02'), None)
    >>> _holiday("春运", 2023, 12)
    ('2023-01-07', '2023-02-15')
    """
    if month := next((month for name, month in _HOLIDAY_MONTHS.items() if name in words), 0):
        day = f"{year - (month > latest)}-{month:02d}"
        return day, day
    new_year = tables()["spring_festivals"].get(year) if re.search("春[节运]", words) else None
    if new_year is None:
        return None
    if "春运" in words:
        return str(new_year - timedelta(days=15)), str(new_year + timedelta(days=24))
    return str(new_year - timedelta(days=1))[:7], str(new_year + timedelta(days=6))[:7]


def _eve(feast: str, year: int, stated: bool) -> str:
    """The last day before a feast, as an ISO date; ``""`` for a Spring Festival of a year that is not told or not listed.

    >>> _eve("国庆节", 2024, False), _eve("春节", 2024, True), _eve("元旦", 2025, True)
    ('2024-09-30', '2024-02-09', '2024-12-31')
    """
    if feast == "春节":
        new_year = tables()["spring_festivals"].get(year) if stated else None
        return str(new_year - timedelta(days=1)) if new_year else ""
    if feast == "元旦":
        return f"{year - stated}-12-31"
    return f"{year}-04-30" if feast == "五一" else f"{year}-09-30"


def _quartered(w: When | None, quarters: Iterable[int]) -> When | None:
    """A time with the single quarters that it was told as."""
    if w is not None:
        w.parts = tuple((f"{w.year}-{3 * q - 2:02d}", f"{w.year}-{3 * q:02d}") for q in quarters)
    return w


def _role(text: str, w: When, end: int, this: int) -> When:
    """What the words around a period make of it; widens it over 截至, 以来, 底前."""
    ahead = _AHEAD.search(text, max(0, w.start - 4), w.start)
    after = _AFTER.match(text, w.end, end)
    kind = after.lastgroup if after else None
    if len(w.last) == 10 and _YEAR_BEGAN.search(text, max(0, w.start - 6), w.start):
        w.start, w.first = text.rfind("年初", 0, w.start), f"{w.year}-01"  # 年初至3月14日
    bracketed = text[w.start - 1 : w.start] in ("（", "(") and text.endswith("同期", 0, w.start - 1)  # 较去年春节同期（1月31日至2月6日）
    if bracketed or (ahead and ahead["out"] and _OF_YEAR.match(text, w.end)) or text.startswith(("同期", "同月"), w.end) or (text[w.start - 1 : w.start] in _WITH and _COMPARED.match(text, w.end, end)) or (ahead and ahead["since"] and _TOLD_FROM.match(text, w.end)) or ahead and ahead["base"] and (ahead["base"] != "在" or text.startswith(("基础", "水平", "的基"), w.end)):
        w.role = "base"
    elif ahead and ahead["each"]:
        w.role = "each"
    elif kind == "before" and after is not None:
        w.role, w.end = "deadline", after.end()
        w.last = w.last if len(w.last) == 10 else last_day(int(w.last[:4]), int(w.last[5:7]))
    elif kind == "since" and ahead and ahead["since2"]:
        w.role = "base"  # 创2022年12月以来新高
    elif kind == "since" or (ahead and ahead["since"] and not (len(w.last) == 10 and w.first != w.last)):  # 自12月3日至次年12月2日
        if after is not None and after["since"]:
            w.end = after.end()
        w.role = "open"
        if w.first[5:] == "01" and w.last[5:] == "12" and w.first[:4] == w.last[:4] == str(this):
            w.role = "span"  # 今年以来 is the year so far
        elif ahead and ahead["since"]:
            w.start = ahead.start()
    elif kind == "from" and after is not None:
        w.role, w.end = "open", after.end()
    elif ahead and ahead["asof"]:
        w.start, w.first = ahead.start(), w.last
        if text.endswith(("今年", "本年"), 0, w.start):
            w.start, w.first = w.start - 2, f"{w.last[:4]}-01"  # 今年截至3月5日
    return w


def times(text: str, start: int, end: int, clock: Clock) -> list[When]:
    """Times that are written without a digit in ``text[start:end]``: 今年以来, 上半年, 目前, 年底前."""
    found: list[When] = []
    words = _patterns()[2]
    at = start
    while (hit := _HINT.search(text, at, end)) is not None:
        m = words.match(text, hit.start(), end)
        if m is None or m.end() == hit.start():
            at = hit.start() + 1
            continue
        at, word = m.end(), m[0]
        if m[1]:
            found.append(_plan_years(m))
            if text[max(0, m.start() - 1) : m.start()] in ("比", "较"):
                found[-1].role = "base"
        elif word[0] in "截目如现至迄疫新":
            found.append(When(m.start(), m.end(), "", "", "now", clock.year))
        elif (w := resolve(text, m.start(), end, clock)) is not None:
            found.append(w)
            at = max(at, w.end)
    return found


def _plan_years(m: re.Match[str]) -> When:
    """十四五期间: the five years of a five-year plan (the eleventh began in 2006)."""
    first = 2006 + 5 * "一二三四五六".index(m[1])
    last = first + 4
    if m[2] == "末":
        return When(m.start(), m.end(), f"{last}-12", f"{last}-12", "span", last)
    return When(m.start(), m.end(), f"{first}-01", f"{last}-12", "span", last)
