"""Periods and deadlines read as calendar dates."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanlian.loaders.figures import periods, quantities
from guanlian.loaders.figures.periods import Clock, When

CLOCK = Clock(2022, 2022)


def read(words: str, clock: Clock = CLOCK) -> list[When]:
    """Every time of a sentence."""
    dated = quantities.scan(words, 0, len(words), clock).times
    worded = [w for w in periods.times(words, 0, len(words), clock) if not any(d.start < w.end and w.start < d.end for d in dated)]
    return sorted([*dated, *worded], key=lambda w: w.start)


@pytest.mark.parametrize(
    ("words", "first", "last", "role"),
    [
        ("2021年1—10月，", "2021-01", "2021-10", "span"),
        ("2021年1月至10月，", "2021-01", "2021-10", "span"),
        ("今年1-9月份，", "2022-01", "2022-09", "span"),
        ("2020年7月至2021年6月，", "2020-07", "2021-06", "span"),
        ("2021年9月8日至10月31日，", "2021-09-08", "2021-10-31", "span"),
        ("今年前三季度，", "2022-01", "2022-09", "span"),
        ("2021年前10个月，", "2021-01", "2021-10", "span"),
        ("今年2、3季度", "2022-04", "2022-09", "span"),
        ("上半年，", "2022-01", "2022-06", "span"),
        ("去年四季度，", "2021-10", "2021-12", "span"),
        ("2021年，", "2021-01", "2021-12", "span"),
        ("去年全年", "2021-01", "2021-12", "span"),
        ("10月，", "2022-10", "2022-10", "span"),
        ("截至2021年10月，", "2021-10", "2021-10", "span"),
        ("系统上线至2021年10月底，", "2021-10", "2021-10", "span"),
        ("截至2021年底，", "2021-12", "2021-12", "span"),
        ("今年以来，", "2022-01", "2022-12", "span"),
        ("2022年以来，", "2022-01", "2022-12", "span"),
        ("2020年以来，", "2020-01", "2020-12", "open"),
        ("自2020年2月以来，", "2020-02", "2020-02", "open"),
        ("2018—2020年，", "2018-01", "2020-12", "span"),
        ("“十四五”期间，", "2021-01", "2025-12", "span"),
        ("较2017年压缩", "2017-01", "2017-12", "base"),
        ("截至目前，", "", "", "now"),
        ("2019年二季度前", "2019-04", "2019-06-30", "deadline"),
        ("2020年底前", "2020-12", "2020-12-31", "deadline"),
        ("2020年12月31日前", "2020-12-31", "2020-12-31", "deadline"),
        ("2021年6月底之前", "2021-06", "2021-06-30", "deadline"),
        ("年底前", "2022-12", "2022-12-31", "deadline"),
        ("2020年2月前", "2020-02", "2020-02-29", "deadline"),
        ("今年国庆节前", "2022-09-30", "2022-09-30", "deadline"),
        ("“五一”前", "2022-04-30", "2022-04-30", "deadline"),
        ("2023年元旦前", "2022-12-31", "2022-12-31", "deadline"),
        ("2023年春节前", "2023-01-21", "2023-01-21", "deadline"),
        ("2023年中前", "2023-06", "2023-06-30", "deadline"),
        ("年中前", "2022-06", "2022-06-30", "deadline"),
        ("年初以来，", "2022-01", "2022-12", "span"),
    ],
)
def test_printed_forms(words: str, first: str, last: str, role: str) -> None:
    found = read(words)
    assert [(w.first, w.last, w.role) for w in found] == [(first, last, role)]


def test_a_month_after_the_month_of_issue_was_last_year() -> None:
    assert read("12月，", Clock(2022, 2022, 0, 1))[0].first == "2021-12"
    assert read("12月底前，", Clock(2022, 2022, 0, 1))[0].last == "2022-12-31"


def test_a_month_takes_the_year_stated_before_it() -> None:
    assert [w.first for w in read("2020年3月，A；10月，B")] == ["2020-03", "2020-10"]


@pytest.mark.parametrize("words", ["提前10天", "3个月", "年均", "前10家", "第一季", "24小时", "月均", "2个半小时", "年度计划", "春节前后", "国庆前夕", "4个季度"])
def test_durations_are_no_dates(words: str) -> None:
    assert [w for w in read(words) if w.role == "span" and w.first] == []


@settings(max_examples=300)
@given(st.integers(1990, 2060), st.integers(1, 12), st.integers(0, 11), st.sampled_from(["—", "-", "至", "月至", "～"]), st.sampled_from(["", "份"]))
def test_round_trip_of_months(year: int, month: int, more: int, between: str, tail: str) -> None:
    to = min(12, month + more)
    printed = f"{year}年{month}月{tail}" if to == month else f"{year}年{month}{between}{to}月{tail}"
    found = read(printed + "，")
    assert [(w.first, w.last) for w in found] == [(f"{year}-{month:02d}", f"{year}-{to:02d}")]


@settings(max_examples=200)
@given(st.integers(1990, 2060), st.sampled_from([("一季度", 3), ("第二季度", 6), ("三季度", 9), ("四季度末", 12), ("上半年", 6), ("底", 12), ("8月", 8), ("8月底", 8)]), st.sampled_from(["前", "之前", "以前"]))
def test_round_trip_of_deadlines(year: int, part: tuple[str, int], before: str) -> None:
    found = read(f"{year}年{part[0]}{before}完成")
    assert [(w.role, w.last) for w in found] == [("deadline", periods.last_day(year, part[1]))]
