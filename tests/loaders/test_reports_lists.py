"""Reports of customs districts: lists of things, times of announcements, bases told in passing, figures without sentences."""

from __future__ import annotations

import pytest

from guanlian.loaders import reader
from guanlian.loaders.facts import Figure


def read(words: str, head: str = "2023年11月20日\n某某海关数据\n") -> tuple[Figure, ...]:
    return reader.read((head + words + "\n").encode(), "a.txt").figures


def told(words: str) -> list[tuple[str, float | None]]:
    return [(f.indicator, f.value) for f in read(words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # a list has as many things as values, even where a name holds a joining word
        ("服装、玩具和乐器及配件、家具则分别增长1倍、8%、6%和7%。", [("服装", 1), ("玩具", 8), ("乐器及配件", 6), ("家具", 7)]),
        ("原油、液化气、煤及煤粉进口均价分别上涨6%、7%、8%。", [("原油进口均价", 6), ("液化气进口均价", 7), ("煤及煤粉进口均价", 8)]),
        # the same things, told of another quantity right behind
        ("生铁和铝锭产量分别下降3%和5%，出口分别下降6%和2%。", [("生铁产量", 3), ("铝锭产量", 5), ("生铁出口", 6), ("铝锭出口", 2)]),
        ("原油、铜矿进口均价分别上涨6%、7%；进口量分别减少1%、2%。", [("原油进口均价", 6), ("铜矿进口均价", 7), ("原油进口量", 1), ("铜矿进口量", 2)]),
        # names in quotation marks side by side; loads of ships; figures told beside a share
        ("全省“提前申报”“两步申报”应用率分别达到68.7%、31.4%。", [("全省提前申报应用率", 68.7), ("两步申报应用率", 31.4)]),
        ("监管进口粮食126船、748吨，同比分别增长9.6%、14.2%。", [("监管进口粮食船数", 126), ("监管进口粮食重量", 748), ("监管进口粮食船数", 9.6), ("监管进口粮食重量", 14.2)]),
        ("班列开行4639列，占总量的六成，货运总量410吨，同比分别增长8%、3%。", [("班列开行列数", 4639), ("班列开行占总量的比例", 60), ("货运总量", 410), ("班列开行列数", 8), ("货运总量", 3)]),
        # two flows, each with its own verb, are no step from one to the other
        ("成本进口降至327美元、出口降至266美元，比2017年分别下降28%和41%。", [("成本进口值", 327), ("成本出口值", 266), ("成本进口值", 28), ("成本出口值", 41)]),
        ("通关实现零退单、零投诉，索赔零发生。", [("通关退单数", 0), ("投诉数", 0), ("索赔发生数", 0)]),
        # a clause that only ranks them stands between
        ("甲市、乙市、丙市进出口总值居全省前3位，分别为6亿元、5亿元和3亿元。", [("甲市进出口总值", 6e8), ("乙市进出口总值", 5e8), ("丙市进出口总值", 3e8)]),
        ("新增航运企业63家，新增运力52万吨，分别比上年增长46%、12%。", [("航运企业", 63), ("运力", 52e4), ("航运企业", 46), ("运力", 12)]),
        # nought of a fault, also as a slogan that was kept
        ("全年未发生一起水上事故，实现“零投诉、零超时”。", [("水上事故起数", 0), ("投诉数", 0), ("超时数", 0)]),
        # two partners named are no import and export
        ("对第二、第三大贸易伙伴欧盟、美国分别进出口16亿、13亿元。", [("对欧盟进出口值", 16e8), ("对美国进出口值", 13e8)]),
        ("进出口整体通关时间分别为30小时和1小时。", [("进口整体通关时间", 30), ("出口整体通关时间", 1)]),
    ],
)  # fmt: skip
def test_whose_each_value_of_a_list_is(words: str, expected: list[tuple[str, float]]) -> None:
    assert told(words) == expected


def test_two_values_that_two_others_came_from() -> None:
    found = read("某口岸进出口整体通关时间由2017年的130小时和21小时，压缩至2022年的35小时和0.7小时。")
    assert [(f.flow, f.kind, f.value, f.from_value, f.baseline, f.period_end) for f in found] == [
        ("import", "level", 35, 130, "2017", "2022-12"),
        ("export", "level", 0.7, 21, "2017", "2022-12"),
    ]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("4月15日，某某海关发布我省今年一季度外贸数据：进出口总值788亿元。", "2023-01", "2023-03"),
        ("7月17日，某边检总站公布上半年数据，该站查验出入境人员7300万人次。", "2023-01", "2023-06"),
        ("4月15日，某某海关验放货物7批。", "2023-04-15", "2023-04-15"),
        ("年初至3月14日，开行班列924列。", "2023-01", "2023-03-14"),
        ("今年截至3月14日，开行班列924列。", "2023-01", "2023-03-14"),
        ("项目运行至2023年7月，处理货物9吨。", "2023-07", "2023-07"),
        ("9月1日截至10月22日，出口苹果966批次。", "2023-09-01", "2023-10-22"),
        ("上月，进出口总值156亿元。", "2023-10", "2023-10"),
        ("1一5月累计通行车辆28万辆次。", "2023-01", "2023-05"),
    ],
)
def test_the_time_of_a_report_is_not_that_of_its_announcement(words: str, start: str, end: str) -> None:
    assert [(f.period_start, f.period_end) for f in read(words)] == [(start, end)]


def test_a_year_that_is_only_compared_with_dates_nothing() -> None:
    found = read("2018年1—4月，货运量达到1074万吨，与2017年同比增长14%。贸易额346亿元，同比增长8%。")
    assert [(f.baseline, f.period_start, f.period_end) for f in found] == [
        ("", "2018-01", "2018-04"), ("yoy", "2018-01", "2018-04"), ("", "2018-01", "2018-04"), ("yoy", "2018-01", "2018-04"),
    ]  # fmt: skip


def test_a_year_a_text_only_begins_with_is_not_its_own() -> None:
    found = read("出口均价自2009年6月份起上扬。今年4月份出口8.3万吨。", head="某某海关数据\n")
    assert [(f.period_start, f.period_end) for f in found] == [("", "")]


def test_what_another_year_is_compared_with_is_of_that_year() -> None:
    found = read("2021年有实绩的企业11010家，较2012年的8319家，十年增加三成多。")
    assert [(f.kind, f.value, f.period_end) for f in found] == [("level", 11010, "2021-12"), ("level", 8319, "2012-12"), ("change", 30, "2021-12")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2023年一季度，占比9%，较2022年同期提升2个百分点。", "yoy"),
        ("2023年一季度，占比9%，较2019年同期提升2个百分点。", "2019"),
        ("春节期间（1月21日至27日），查验287人次，较去年春节同期（1月31日至2月6日）增长120%。", "yoy"),
        ("前7个月，进出口2亿元，与2022年同期相比（下同）增长17%。其中，进口1亿元，增长25%。", "yoy"),
        ("3月，箱量增速较1月至2月放慢2个百分点。", "1月至2月"),
    ],
)
def test_what_a_change_is_compared_with(words: str, expected: str) -> None:
    assert [f.baseline for f in read(words)][-1] == expected


@pytest.mark.parametrize(
    ("words", "kind", "direction"),
    [
        ("今年进口也大幅增加达4.9亿美元。", "level", "up"),
        ("今年进口同比增加达4.9亿美元。", "change", "up"),
        ("今年进口增长达4.9%。", "change", "up"),
        ("今年进口增速放缓3个百分点。", "change", "down"),
        ("申报数据项简化24%。", "change", "down"),
        ("申报差错率低于万分之一。", "share", ""),
    ],
)
def test_what_a_verb_says_of_a_number(words: str, kind: str, direction: str) -> None:
    assert [(f.kind, f.direction) for f in read(words)] == [(kind, direction)]


@pytest.mark.parametrize(
    ("words", "flow"),
    [
        ("今年进口增速快于出口5个百分点。", "import"),
        ("在某省出口商品中，机电产品350亿元。", "export"),
    ],
)
def test_which_way_a_figure_is_told_of(words: str, flow: str) -> None:
    assert [f.flow for f in read(words)] == [flow]


@pytest.mark.parametrize(
    "words",
    [
        "144小时过境免签政策受到欢迎。",
        "推出24小时直接过境免办边检手续。",
        "开展危险品综合治理百日专项行动。",
        "口岸开通至20日11时，秩序平稳。",
        "23日至26日期间，口岸秩序平稳。",
        "全省前100家企业表现突出。",
        "通关顺畅 [2]。",
        "依照 GB/T 50180 验收。",
    ],
)
def test_what_counts_nothing(words: str) -> None:
    made = reader.read(("2023年11月20日\n某某海关数据\n" + words + "\n").encode(), "a.txt")
    assert made.figures == () and made.unread == ()


def test_a_page_of_points_without_a_stop_is_read() -> None:
    page = "口岸刷新纪录\n某网·2025-08-11 16:46\n口岸客运\n- 8月份日均通关旅客达1.2万人次 [2]\n- 通关效率提升25% [2]\n"
    assert [(f.value, f.unit) for f in reader.read(page.encode(), "a.txt").figures] == [(12000, "人次"), (25, "%")]


PLAN = """南京市服务提升工作方案
宁政办发〔2031〕7号
一、提升服务
1.{}（市商务局负责）
2.办好实事。（市商务局负责）
"""


@pytest.mark.parametrize(
    ("words", "due"),
    [
        # a deadline whose own clause is done says nothing of the next
        ("2031年6月底前完成线路改造，新建站点100个。", ["", "2031-06-30"]),
        ("2031年6月底前，新建站点100个，培训5人次。", ["2031-06-30"] * 2),
        ("2031年6月底前建成站点100个，培训5人次。", ["2031-06-30"] * 2),
        ("2031年6月底前完成线路改造，力争新建站点100个。", ["2031-06-30"]),
        # nor do years of what is to be mended, and of papers that are named
        ("改造2000年底前建成的小区，新增车位300个。", [""]),
        ("编制《某规划（2021—2035年）》，新增车位300个。", [""]),
    ],
)
def test_the_day_by_which_a_number_is_promised(words: str, due: list[str]) -> None:
    made = reader.read(PLAN.format(words).encode(), "a.txt")
    assert [f.deadline for f in made.figures] == due


def test_a_unit_for_each_thousand() -> None:
    (found,) = reader.read(PLAN.format("检测量达到1.5批次/千人。").encode(), "a.txt").figures
    assert (found.value, found.unit) == (1.5, "批次/千人")


def test_a_price_for_each() -> None:
    (found, change) = read("进口均价为每立方米946.2元，同比下跌2.8%。")
    assert (found.indicator, found.value, found.unit, change.indicator) == ("进口均价", 946.2, "元/立方米", "进口均价")


def test_a_rate_beside_that_of_others() -> None:
    assert [(f.value, f.direction) for f in read("出口增长9%，比全国平均增速低1.3个百分点。")] == [(9, "up"), (1.3, "down")]


def test_a_fraction_of_ten_thousand() -> None:
    assert [(f.value, f.unit, f.bound) for f in read("申报差错率低于万分之一。")] == [(0.01, "%", "<")]


def test_goods_named_in_letters_have_figures() -> None:
    assert [(f.value, f.unit) for f in read("进口LNG 68万吨。")] == [(680_000, "吨")]


def test_units_of_several_conveyances() -> None:
    found = read("查验交通运输工具27.1万架（艘、列、辆）次。车辆28.1万辆/列/架次。")
    assert [(f.value, f.unit) for f in found] == [(271000, "列辆架次"), (281000, "列辆架次")]


def test_the_days_in_brackets_behind_a_comparison_date_nothing() -> None:
    found = read("春节期间（1月21日至27日），查验287人次，较去年春节同期（1月31日至2月6日）增长120%。")
    assert {(f.indicator, f.period_start, f.period_end) for f in found} == {("查验人次", "2023-01-21", "2023-01-27")}


def test_a_value_in_brackets_behind_a_year_is_that_years() -> None:
    found = read("2022年12月，全省进口整体通关时间为24小时，较2017年（106小时）压缩77%。")
    assert [(f.value, f.period_end, f.baseline) for f in found] == [(24, "2022-12", ""), (106, "2017-12", ""), (77, "2022-12", "2017")]


@pytest.mark.parametrize("byline", ["某某海关  发布时间：2023-11-14", "来源：某某日报 2023-11-14 09:30"])
def test_a_date_that_ends_a_byline_does_not_run_on_into_the_text(byline: str) -> None:
    found = read("1—10月，全省进出口总值75亿元。", head=f"1至10月外贸情况\n{byline}\n")
    assert [(f.period_start, f.period_end) for f in found] == [("2023-01", "2023-10")]
