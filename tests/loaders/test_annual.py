"""What a plan of one year counts on making has its last day as deadline, marked as inferred."""

from __future__ import annotations

import pytest

from guanlian.loaders.reader import read

PLAN = "{title}\n\n一、任务\n1. 建设粮仓。新建粮仓12万吨，新建道路30公里。（市商务局牵头，市财政局配合）\n2. 提升服务。办结率达到95%以上，3个工作日内答复，6月底前培训200家企业。（市财政局负责）\n"


def targets(title: str) -> dict[float | None, tuple[str, bool]]:
    sheet = read(PLAN.format(title=title).encode(), "a.txt")
    return {f.value: (f.deadline, "deadline" in f.doubts) for f in sheet.figures if f.status == "planned"}


def test_amounts_to_be_made_are_for_the_year_of_the_title() -> None:
    found = targets("绵阳市2024年粮食安全工作要点")
    assert found[120000.0] == found[30.0] == ("2024-12-31", True)
    assert found[200.0] == ("2024-06-30", False)  # its own words go before
    assert found[95.0] == ("2024-12-31", True)  # a rate is to be reached in it
    assert found[3.0] == ("", False)  # a standard of service holds beyond the year


def test_a_rate_of_growth_is_for_the_year_of_the_title() -> None:
    sheet = read("绵阳市2024年经济工作要点\n\n1. 稳增长。地区生产总值增长6%左右。（市统计局牵头，市财政局配合）\n".encode(), "a.txt")
    assert [(f.value, f.kind, f.deadline, "deadline" in f.doubts) for f in sheet.figures] == [(6.0, "change", "2024-12-31", True)]


@pytest.mark.parametrize("title", ["绵阳市2024年政府工作报告任务分解方案", "绵阳市2024年民生实事责任分解", "绵阳市2024年工作目标"])
def test_all_goals_that_a_paper_shares_out_are_for_its_year(title: str) -> None:
    assert targets(title)[95.0] == ("2024-12-31", True)


@pytest.mark.parametrize("title", ["绵阳市粮食安全三年行动方案（2024—2026年）", "绵阳市粮食安全工作要点", "绵阳市2024年对2023年任务的安排"])
def test_no_other_title_tells_a_deadline(title: str) -> None:
    assert targets(title)[120000.0] == ("", False)


@pytest.mark.parametrize(
    ("title", "due"),
    [
        ("绵阳市人民政府关于落实《政府工作报告》重点工作分工的意见\n绵府发〔2024〕3号", "2024-12-31"),
        ("绵阳市“粮食仓储提升年”行动方案\n绵府发〔2024〕3号", "2024-12-31"),
        ("绵阳市粮食仓储三年行动方案\n绵府发〔2024〕3号", ""),
        ("绵阳市百亿青年行动方案\n绵府发〔2024〕3号", ""),
    ],
)
def test_a_work_report_and_a_year_of_something_are_for_the_year_of_issue(title: str, due: str) -> None:
    assert targets(title)[120000.0] == (due, bool(due))


ITEMS = """绵阳市2024年政府工作报告任务分解

一、主要目标
1.地区生产总值增长6.5%左右。
牵头单位：市发展改革委
2.新建公共停车泊位3000个。
牵头单位：市住房城乡建设委
3.改造老旧小区120个，打造15分钟便民生活圈。
进展情况：全市开工110个。
牵头单位：市住房城乡建设委
4.提速口岸通关，通关时间压缩20%。
加快单证电子化，进口整体通关时间压缩20%。
牵头单位：市口岸办
"""


def test_the_sentence_that_is_an_items_heading_promises_too_and_once() -> None:
    found = [(f.measure, f.status, f.indicator, f.value, f.deadline) for f in read(ITEMS.encode(), "a.txt").figures]
    assert [row for row in found if row[1] == "planned"] == [
        ("1", "planned", "地区生产总值", 6.5, "2024-12-31"),
        ("2", "planned", "新建公共停车泊位数量", 3000.0, "2024-12-31"),
        ("3", "planned", "改造老旧小区数量", 120.0, "2024-12-31"),
        ("4", "planned", "进口整体通关时间", 20.0, "2024-12-31"),
    ]
    assert [row[2:4] for row in found if row[1] == "reported"] == [("全市开工数量", 110.0)]


GOALS = """绵阳市粮食仓储三年行动方案（2031—2033年）

一、主要目标
到2033年，仓储体系基本建成。粮仓容量达到90万吨，损耗率降至1%以下；培育企业5家。
（一）基本原则。坚持政府引导，培育企业8家。

二、主要任务
1.改造旧仓（2项）。2031年任务：一是改造旧仓3座；二是对已完成编制的规划进行评估，评估率达到50%。在已建成仓库基础上，新建粮仓2座。
（牵头单位：市商务局）
"""


def test_goals_hold_for_the_year_that_opens_them() -> None:
    found = [(f.measure, f.status, f.value, f.deadline) for f in read(GOALS.encode(), "a.txt").figures]
    assert found == [
        ("", "planned", None, "2033-12-31"),
        ("", "planned", 900000.0, "2033-12-31"),
        ("", "planned", 1.0, "2033-12-31"),
        ("", "planned", 5.0, "2033-12-31"),
        ("", "planned", 8.0, ""),
        ("1", "planned", 3.0, "2031-12-31"),
        ("1", "planned", 50.0, "2031-12-31"),
        ("1", "planned", 2.0, ""),
    ]


def test_what_goes_on_is_due_on_no_day_and_what_is_for_the_year_at_its_end() -> None:
    head = "绵阳市2024年重点任务清单\n序号\t任务\t牵头单位\t完成时限\n"
    rows = "1\t单箱成本下降100元\t市商务局\t长期\n2\t年接卸8万箱\t市商务局\t全年\n"
    found = {f.value: f.deadline for f in read((head + rows).encode(), "a.txt").figures if f.value}
    assert found == {100.0: "", 80000.0: "2024-12-31"}
