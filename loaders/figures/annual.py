"""Deadlines that only a paper's title tells: what a plan of one year counts on making is for that year."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from guanlian.loaders.facts import Figure

_YEAR = re.compile(r"(?<![\d—–\-~～至到])((?:19|20)\d\d)年度?(?!\s*[—–\-~～至到]|以来|版|第)")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PLAN = re.compile(r"要点|任务|计划|安排|清单|分工|分解|台账|方案|行动|实事|目标|重点|措施")
_OF_ITS_YEAR = re.compile(r"政府工作报告|[\u4e00-\u9fff]{3,}[^青每近来去一二三四五六七八九十百两几多]年[”》]?(?:活动|行动)?(?:实施|工作)?(?:方案|计划|措施)|(?<![三五两多几])年度(?:工作)?(?:要点|计划|任务)")
_GOALS = re.compile(r"政府工作报告|实事|民生|目标")
"""A paper that shares out the goals of a year: all its figures are to be reached in it."""
_STANDING = frozenset(("小时", "分钟", "秒", "天", "日", "工作日", "个工作日", "个月", "月", "周", "次", "人"))
"""Units of standards of service, which hold beyond the year; a rate to be reached is the year's."""


def year_of(title: str, issued: str = "") -> str:
    """The one year that a plan is for, ``""`` for another paper or a plan of several years.

    A paper that shares out the work report of a government, or declares a year of something, and names no year is for
    that of its issue.

    >>> year_of("某市2024年优化营商环境工作要点"), year_of("某市三年行动方案（2024—2026年）"), year_of("某市2024年统计公报")
    ('2024', '', '')
    >>> year_of("关于落实《政府工作报告》重点工作分工的意见", "2024-03-20"), year_of("“营商环境提升年”行动方案", "2024")
    ('2024', '2024')
    """
    years = set(_YEAR.findall(title))
    if not years and _OF_ITS_YEAR.search(title):
        years.add(issued[:4])
    return years.pop() if len(years) == 1 and _PLAN.search(title) else ""


def first_year(title: str) -> str:
    """The year in which a plan of several begins, as its title tells (三年行动方案（2024—2026年）): what 今年 means in a paper without a date."""
    years = _ANY_YEAR.findall(title)
    return min(years) if years and _PLAN.search(title) else ""


def dated(figures: Iterable[Figure], title: str, issued: str, ongoing: Collection[str] = ()) -> tuple[Figure, ...]:
    """Targets of a plan of one year with its last day where they say none; ``doubts`` tells that the day was inferred.

    ``ongoing``: items that go on (长期), whose targets are due on no day.
    """
    year, goals = year_of(title, issued), bool(_GOALS.search(title))
    return tuple(
        replace(f, deadline=f"{year}-12-31", doubts=(*f.doubts, "deadline"))
        if year and f.measure not in ongoing and f.status == "planned" and not f.deadline and f.value is not None and (goals or f.kind == "change" or f.unit not in _STANDING)
        else f
        for f in figures
    )
