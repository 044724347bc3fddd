"""What a plan of one year counts on making has its last day as deadline, marked as inferred."""

from __future__ import annotations

import pytest

from guanlian.loaders.reader import read

PLAN = "{title}\n\n一、任务\n1. 建设粮仓。新建粮仓12万吨，新建道路30公里。（市商务局牵头，市财政局配合）\n2. 提升服务。办结率达到95%以上，6月底前培训200家企业。（市财政局负责）\n"


def targets(title: str) -> dict[float | None, tuple[str, bool]]:
    sheet = read(PLAN.format(title=title).encode(), "a.txt")
    return {f.value: (f.deadline, "deadline" in f.doubts) for f in sheet.figures if f.status == "planned"}


def test_amounts_to_be_made_are_for_the_year_of_the_title() -> None:
    found = targets("绵阳市2024年粮食安全工作要点")
    assert found[120000.0] == found[30.0] == ("2024-12-31", True)
    assert found[200.0] == ("2024-06-30", False)  # its own words go before
    assert found[95.0] == ("", False)  # a rate holds beyond the year


def test_a_rate_of_growth_is_for_the_year_of_the_title() -> None:
    sheet = read("绵阳市2024年经济工作要点\n\n1. 稳增长。地区生产总值增长6%左右。（市统计局牵头，市财政局配合）\n".encode(), "a.txt")
    assert [(f.value, f.kind, f.deadline, "deadline" in f.doubts) for f in sheet.figures] == [(6.0, "change", "2024-12-31", True)]


@pytest.mark.parametrize("title", ["绵阳市2024年政府工作报告任务分解方案", "绵阳市2024年民生实事责任分解", "绵阳市2024年工作目标"])
def test_all_goals_that_a_paper_shares_out_are_for_its_year(title: str) -> None:
    assert targets(title)[95.0] == ("2024-12-31", True)


@pytest.mark.parametrize("title", ["绵阳市粮食安全三年行动方案（2024—2026年）", "绵阳市粮食安全工作要点", "绵阳市2024年对2023年任务的安排"])
def test_no_other_title_tells_a_deadline(title: str) -> None:
    assert targets(title)[120000.0] == ("", False)
