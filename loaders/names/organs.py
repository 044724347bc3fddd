"""Full names of a seat's organs: departments, courts, mass organisations, offices of the party."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from guanlian.loaders.names.regions import ZONE
from guanlian.loaders.names.seats import place_at
from guanlian.loaders.words import words


def official_name(seat: str, department: str) -> str:
    """A department of the seat's government, or of its party committee (委…)."""
    if department.startswith("委"):
        return f"中共{seat}{department}"
    if department == "仲裁委员会":
        return re.sub(r"市$", "", seat) + department  # 芜湖仲裁委员会: no organ of the government
    if ZONE.search(seat):
        department = department.removeprefix("人民政府")
    if re.search(r"区(?:管理委员会|管委会|管理局)$", department):  # zones are named after the city without 市
        return re.sub(r"^.*(?<=第)[一二三四五六七八九十]{1,3}师|市(?:[\u4e00-\u9fff]+区)?$", "", seat) + department
    return seat + department


def organisation(seat: str, rest: str, issued: str = "") -> str:
    """Mass organisations and offices of the party, whose full names put the seat elsewhere; ``""`` for another body.

    >>> organisation("深圳市", "团市委"), organisation("甘肃省", "编办", "2016-07-22")
    ('共青团深圳市委员会', '甘肃省机构编制委员会办公室')
    """
    if not seat or not _any_organisation().fullmatch(rest):
        return ""
    named = next(names for short, names in _organisations() if short.fullmatch(rest))
    full = next((earlier for until, earlier in named.before if issued and issued < until), named.now)
    return full.replace("{seat}", seat).replace("{level}", "区" if seat.endswith("自治区") else seat[-1])


class _Names(NamedTuple):
    """Full name of today, and those that held until a month."""

    now: str
    before: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def _any_organisation() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{short.pattern})" for short, _ in _organisations()))


@lru_cache(maxsize=1)
def _organisations() -> tuple[tuple[re.Pattern[str], _Names], ...]:
    found = []
    for short, now, *before in (entry.split(" → ") for entry in words()["organisations"]):
        found.append((re.compile(short), _Names(now, tuple((until, full) for until, full in (past.split("前 ") for past in before)))))
    return tuple(found)


def court(seat: str) -> str:
    """What the court of a seat is called behind its name."""
    found = place_at(seat)
    place = found[0] if found and found[1] == len(seat) else None
    if place is not None and place.level == "province":
        return "高级人民法院"
    county = place is not None and place.level == "district"
    return "中级人民法院" if seat.endswith(("市", "州", "盟", "地区")) and not county else "人民法院"
