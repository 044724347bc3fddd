"""The compiled tables of quantities: numbers, units, scales, bounds, and numbers that name things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import permutations
from typing import Any, NamedTuple

from guanlian.loaders.figures.grammar import any_of, tables
from guanlian.loaders.figures.periods import SEP

_N = r"(?:\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?)"
_C = "零〇一二两三四五六七八九十百千廿卅"


class Rules(NamedTuple):
    units: dict[str, str]
    dimension: dict[str, str]
    seconds: dict[str, float]
    scales: dict[str, float]
    before: dict[str, str]
    after: dict[str, str]
    digits: re.Pattern[str]
    words: re.Pattern[str]
    bound: re.Pattern[str]
    anchor: re.Pattern[str]
    naming: re.Pattern[str]
    named: re.Pattern[str]
    named_bare: re.Pattern[str]
    bound_ends: frozenset[str]
    nought: re.Pattern[str]
    without: re.Pattern[str]
    special: re.Pattern[str]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The compiled tables of quantities."""
    t = tables()
    units, dimension, seconds = {}, {}, {}
    for name, group in t["units"].items():
        for unit, entry in group.items():
            dimension[unit] = name
            if "seconds" in entry:
                seconds[unit] = float(entry["seconds"])
            units.update(dict.fromkeys(forms(entry), unit))
    units.update(dict.fromkeys(t["bare_nouns"], "个"))
    before = {w: sign for sign, words in t["bounds"]["before"].items() for w in words}
    after = {w: sign for sign, words in t["bounds"]["after"].items() for w in words}
    scales = {w: float(v) for w, v in t["scales"].items()}
    unit = f"(?!{any_of(t['not_units'])}){any_of(units)}"
    scale = f"(?!千[克米瓦伏]|百分|兆(?!元|[美港]元)){any_of(scales)}"  # 兆 is 万亿 only on pages from Taiwan, of money
    digits = re.compile(
        rf"(?P<n>{_N})\s?(?P<s>(?:{scale})?)(?P<m>[多余]?)(?P<s1>(?:{scale})?)(?P<half>个半)?"
        rf"(?:\s?(?P<u1>{unit})?{SEP}(?P<n2>{_N})(?!\d|\.\d|[年月])\s?(?P<s2>(?:{scale})?)[多余]?)?"
        rf"\s?(?P<u>{unit})?(?:(?<=[元吨秒时钟件票箱人次批例个张台床])(?:/|／|每)(?P<per>[百千万]?{unit}))?(?P<b>{any_of(after)})?"
    )
    words = re.compile(
        rf"(?:(?P<n>[{_C}]+(?:[万亿][{_C}]+)*(?:点[{_C}]+)?)|(?=[万亿]))(?P<m>[多余]?)(?P<s>(?:万亿|亿|万)?)(?P<m2>[多余]?)(?P<half>个半)?"
        rf"(?:(?P<u1>{unit})?(?:到|至|[-—－～~]{{1,2}})(?P<n2>[{_C}]+)(?P<s2>(?:万亿|亿|万)?))?(?P<u>{unit})(?P<b>{any_of(after)})?"
    )
    firsts = "".join(sorted({form[0] for form in units}))
    leads = "".join(sorted(_leads(t, before)))
    faults = "".join(sorted({w[0] for w in t["zero_nouns"]}))
    anchor = re.compile(
        rf"[0-9{_C}半翻万亿过近减双](?:(?<=[0-9])|[{_C}万亿多余分成半番倍数点位了近]|(?<=[{re.escape(leads)}].)[{re.escape(firsts)}]|(?<=零)[{faults}]|(?<=未发生一)[起例件宗]|(?<=半)(?:天|小时)[到至]|(?:年|个月)(?:以?来|[间里])|(?<=为零)(?=[，。；、]|$)|(?<=[百千十]).|(?<=[等在持逾上]万)[{firsts}余多])"
    )
    bound = re.compile(rf"(?:(?<![最附靠邻新将])近|(?<![节制条签预集合公违续履邀])约|(?![近约]){any_of(before)}|约[为合占])(?:了|为|达到|达|到|过|有)?\s?$")
    names = "|".join(f"(?:{_uncaptured(r['pattern'])})" for r in t["naming"])
    return Rules(
        units, dimension, seconds, scales, before, after, digits, words, bound, anchor, re.compile(names),
        re.compile(t["naming_before"]), re.compile(t["naming_before_bare"]),
        frozenset({w[-1] for w in before} | set("了为到达过有 ")), re.compile("零" + any_of(t["zero_nouns"])),
        re.compile(rf"(?<={any_of(t['zero_nouns'])})(?:数|量|率)?(?:均|持续|保持|始终|继续|依然)?为$"), _special(),
    )  # fmt: skip


def forms(entry: Mapping[str, Any]) -> Iterable[str]:
    """How a unit of the table is printed."""
    return entry["forms"] if "forms" in entry else _joint(entry["joint"])


def _joint(kinds: str) -> Iterator[str]:
    """How papers print one unit for several kinds of vehicles, in any order.

    >>> forms = set(_joint("列辆架"))
    >>> {"列辆架次", "辆/列次", "架（列、辆）次", "辆（列/架）次", "列（辆架次）"} <= forms
    True
    """
    for size in range(2, len(kinds) + 1):
        for first, *others in permutations(kinds, size):
            rest = [mark.join(others) for mark in ("", "、", "/")]
            yield from (f"{first}{rest[0]}次", f"{first}/{rest[2]}次")
            yield from (form for more in dict.fromkeys(rest) for form in (f"{first}（{more}）次", f"{first}（{more}次）"))


def _leads(t: dict[str, Any], before: dict[str, str]) -> frozenset[str]:
    """Characters that may stand right before a small Chinese numeral that is a figure: 一个 alone counts nothing."""
    verbs = [w for words in t["verbs"].values() for w in words]
    verbs += [w for group in t["lessened"].values() for words in group.values() for w in words]
    return frozenset({w[-1] for w in [*verbs, *t["reached"], *before]} | set("的由从来先需仅时用均了约近平"))


def _uncaptured(pattern: str) -> str:
    """A rule's own group, renumbered by name so that several rules can stand in one pattern."""
    return re.sub(r"\((?!\?)", "(?P<sep>", pattern, count=1).replace("\\1", "(?P=sep)")


def _special() -> re.Pattern[str]:
    number = "[一二两三四五六七八九十百廿卅]+"
    return re.compile(
        rf"(?P<den>{number}|百|千|万)分之(?P<num>{number}(?:点{number})?|\d+(?:\.\d+)?)(?:(?:到|至)(?P<den2>{number})分之(?P<num2>{number}))?(?P<nb>以上|左右|以下)?"
        r"|(?P<half>(?<!另)一半|(?<!双)(?<!时间)(?<!任务)过半数?(?!个)|近半数?(?![年天月个小])|半数(?!据)|减半(?=[，。；、的]|$))(?P<hb>以上|左右|以下)?"
        r"|半个?(?P<hu>小时|天|工作日|月)(?P<one>[到至]一个?(?P=hu))?"
        r"|翻(?:了)?(?P<fb>近)?(?P<times>[一两二三四])?(?P<fan>番|倍)(?!新|译)"
        r"|(?P<two>[两双]位数)(?:(?=的?(?:增长|增速|增幅|提升|上升|下降|降幅|以上))|(?<=[速幅长][达为].位数)|(?<=[速幅长]达到.位数))"
        rf"|(?P<ten>[一二两三四五六七八九](?:[一二三四五六七八九])?)成(?P<ten5>半|[一二三四五六七八九](?=以上|左右|以下|多|[，。；、）)]|$))?(?P<tb>以上|左右|以下|多)?"
        r"(?![立功为员果本熟长交效都品分套全绩就因的不语色型组规堂片(](?<!成的))"
    )
