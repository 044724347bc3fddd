"""When a paper was issued: the dates that stand in its head and under its signature."""

from __future__ import annotations

import re

DATE = re.compile(r"((?:19|20)\d{2}|[二〇○零一二三四五六七八九]{4})\s*[年./-]\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*[月./-]\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?")
DATE_ALONE = re.compile(rf"{DATE.pattern}(?:印发)?")
_DATED = re.compile(rf"[（(]?{DATE.pattern}(?:(?P<issue>印发)|(?:发布)?[)）]?$)")
_ITEM = re.compile(r"。|^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|(?:完成|牵头|责任|配合)[\u4e00-\u9fff]{2}[:：])")
"""A line of the paper's own items or labels, which is no heading."""
_HAN_MONTH = re.compile("[二〇○零一二三四五六七八九]{4}年(?:十[一二]?|[一二三四五六七八九])月")
_PRINTED = re.compile(rf"\s{DATE.pattern}\s*印发$")
"""The version record at a paper's foot (GB/T 9704): who printed it and when."""
_PUT_UP = re.compile(DATE.pattern + r"(?=\s|\d{1,2}:\d{2}|[·|]|来源)")
"""When a site put a text up, ahead of where it is from: 2022年9月8日来源：…."""
_DAY_FIRST = re.compile(r"(\d{2})\.(\d{2})\.((?:19|20)\d{2})(?:\s|$)")
_ISO_AHEAD = re.compile(r"((?:19|20)\d{2})-(\d{2})-(\d{2})\s")
_YEAR = re.compile(r"(?<![\d较比—–\-~～至到])((?:19|20)\d{2})\s*年")
_DATE_LINE = re.compile(r"(?:发布(?:时间|日期)|成文日期|印发日期|日期|发文日期|时间|发文时间|生成日期)\s*[:：]\s*(.{6,24})")


def issued(head: list[str], lines: list[str], title: str) -> str:
    """ISO date, as exact as the paper gives it."""
    for i, line in enumerate(lines[:90]):
        dated = _DATED.match(line)
        if dated and (dated["issue"] or i > 0):
            return iso(dated)
    for line in [*lines[:60], *lines[-15:]]:
        match = _DATE_LINE.search(line)
        if match and (found := DATE.search(match[1])):
            return iso(found)
    for line in lines[-20:]:
        if dated := _DATED.match(line):
            return iso(dated)
    for line in head[:4]:
        if found := _DAY_FIRST.match(line):
            return f"{found[3]}-{found[2]}-{found[1]}"
        if found := _ISO_AHEAD.match(line):
            return iso(found)
    head = [line for line in head if not _ITEM.search(line)]
    for line in head[:4]:
        if found := re.search(r"\s" + DATE.pattern + r"[)）]?$", line):
            return iso(found)
        if _HAN_MONTH.fullmatch(line) and (found := DATE.fullmatch(f"{line}一日")):
            return iso(found)[:7]
        match = re.search(r"((?:19|20)\d{2})年(\d{1,2})月$", line) if "\t" not in line and len(line) <= 40 else None
        if match and 1 <= int(match[2]) <= 12:
            return f"{match[1]}-{int(match[2]):02d}"
        if found := _PUT_UP.match(line):
            return iso(found)
    for line in lines[:8]:  # 来源：某海关 2023-09-12 09:15 浏览次数：1
        if "。" not in line and (found := re.search(r"\s" + DATE.pattern + r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?(?:\s|$)", line)):
            return iso(found)
    if told := _press_date(lines):
        return told
    for line in lines[-12:]:
        if found := _PRINTED.search(line):
            return iso(found)
    for words in (title, *head[:5]):
        match = _YEAR.search(words) or _IN_BRACKETS.search(words)
        if match:
            return match[1]
    return ""


_IN_BRACKETS = re.compile(r"（((?:19|20)\d{2})(?:年版?|版)?）$")
"""The year of an edition at the end of a title."""


def _press_date(lines: list[str]) -> str:
    """The date of a press report: of its dateline (新华社海口2月25日电), or ahead of what a journalist was told."""
    for line in [line for line in lines if line][:6]:
        if found := _TOLD.search(line[:60]):
            return iso(found)
        if wire := _WIRE.match(line):
            counted = {m[1] for m in _AS_OF.finditer(line) if (int(m[2]), int(m[3])) <= (int(wire[1]), int(wire[2]))}
            years = counted or {m[1] for m in _YEAR.finditer(line) if not _EVENT.match(line, m.start() - 1)}
            return f"{years.pop()}-{int(wire[1]):02d}-{int(wire[2]):02d}" if len(years) == 1 else ""
    return ""


_TOLD = re.compile(DATE.pattern + r"(?:\s*讯|\s*电|[，,]\s*(?:记者|本报|笔者|从|据))")
_EVENT = re.compile(r"[自于从至到截].|.{5}年?(?:\d{1,2}月\d{1,2}日|[^，。；]{0,24}以来|底|初|末)")
"""A year that some past event is dated by."""
_AS_OF = re.compile(r"截[至止]到?((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日")
"""The day of a count, which a report of the same year tells."""
_WIRE = re.compile(r"(?:[\u4e00-\u9fff]{2,8}[（(]?)?[\u4e00-\u9fff]{2,10}(\d{1,2})月(\d{1,2})日(?:电|讯)")


def field_date(fields: dict[str, str]) -> str:
    match = DATE.search(fields.get("issued", ""))
    return iso(match) if match else ""


def year_of_number(number: str) -> str:
    """The year that a 文号 bears, where the paper gives no date."""
    match = re.search(r"(?:19|20)\d{2}", number)
    return match[0] if match else ""


def iso(match: re.Match[str], at: int = 1) -> str:
    from guanlian.loaders.outline.numerals import ordinal

    year = match[at]
    if not year.isdecimal():
        year = "".join(str("〇一二三四五六七八九".index(c.replace("○", "〇").replace("零", "〇"))) for c in year)
    month, day = (int(g) if g.isdecimal() else ordinal(g) for g in (match[at + 1], match[at + 2]))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return year
    return f"{year}-{month:02d}-{day:02d}"
