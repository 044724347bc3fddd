"""When a paper was issued: which of its dates says so, and how exactly."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanlian.loaders.heads.datelines import DATE, field_date, iso, issued, year_of_number


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2024年3月1日", "2024-03-01"),
        ("二〇二四年三月十一日", "2024-03-11"),
        ("二○二四年十二月三十一日", "2024-12-31"),
        ("2024-3-1", "2024-03-01"),
        ("2024.03.01", "2024-03-01"),
        ("2024年13月1日", "2024"),
    ],
)
def test_a_date_in_every_script(printed: str, day: str) -> None:
    found = DATE.search(printed)
    assert found is not None and iso(found) == day


@given(st.dates(min_value=date(1949, 10, 1), max_value=date(2099, 12, 31)))
def test_a_date_is_read_back(day: date) -> None:
    found = DATE.search(f"{day.year}年{day.month}月{day.day}日")
    assert found is not None and iso(found) == day.isoformat()


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        (["甲方案", "2024年3月1日"], [], "2024-03-01"),
        (["甲方案", "（2024年3月1日）"], [], "2024-03-01"),
        (["甲方案", "发布日期：2024-03-01"], [], "2024-03-01"),
        (["甲方案"], ["一、乙。", "某某局", "2024年3月1日"], "2024-03-01"),
        (["甲口岸通关提速", "22.06.2018  14:18"], [], "2018-06-22"),
        (["甲口岸通关提速", "2022年9月8日来源：某某网"], [], "2022-09-08"),
        (["甲口岸通关提速", "2020年4月25日17:38  来源：某某日报"], [], "2020-04-25"),
        (["2025-12-18 甲口岸今日启用。", "乙。"], [], "2025-12-18"),
        (["甲政策汇编（2023）"], ["一、乙。"], "2023"),
        (["甲方案"], ["一、2024年3月1日前完成。"], ""),
        (["2024年甲工作要点"], ["一、乙。"], "2024"),
        (["甲方案"], ["较2019年增长。"], ""),
        (["甲口岸通关提速"], ["新华社青岛5月3日电　2024年前4个月，乙海关验放丙物资。"], "2024-05-03"),
        (["甲口岸通关提速"], ["本报青岛5月3日电　截至2024年5月2日，甲口岸验放丙物资9吨。这是1956年两国开办联运业务以来首次。"], "2024-05-03"),
        (["甲口岸通关提速"], ["新华社青岛5月3日电　自2015年6月1日开通以来，甲口岸验放丙物资。"], ""),  # the year of an event
        (["甲口岸通关提速"], ["乙海关讯　2024年5月3日，记者从乙海关获悉，验放丙物资。"], "2024-05-03"),
        (["甲口岸通关提速", "某某网 2024年5月3日讯"], [], "2024-05-03"),
    ],
)
def test_issued(head: list[str], body: list[str], day: str) -> None:
    assert issued(head, [*head, *body], head[0]) == day


@pytest.mark.parametrize(("number", "year"), [("泰政发〔2024〕3号", "2024"), ("", ""), ("第3号", "")])
def test_the_year_of_a_number(number: str, year: str) -> None:
    assert year_of_number(number) == year


@pytest.mark.parametrize(("fields", "day"), [({"issued": "2024年3月1日"}, "2024-03-01"), ({"issued": "不详"}, ""), ({}, "")])
def test_the_date_of_an_information_block(fields: dict[str, str], day: str) -> None:
    assert field_date(fields) == day
