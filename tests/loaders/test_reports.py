"""Figures of reports: open starts, periods in brackets, signed rates, units, what clauses take over, and their names.

The sentences are ours, in the genre of customs districts, port offices and statistics notices.
"""

from __future__ import annotations

from array import array
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanlian.graph import quads
from guanlian.graph.store import Store
from guanlian.loaders import figures, reader, sheet
from guanlian.loaders.facts import Figure
from guanlian.loaders.figures import predicates, quantities
from guanlian.loaders.figures.grammar import tables
from guanlian.loaders.figures.periods import Clock
from guanlian.loaders.figures.quantity_rules import forms
from guanlian.loaders.text import Passage, Text
from guanlian.ontology import authorities
from guanlian.ontology.terms import iri
from guanlian.queries import catalogue


def read(words: str, issued: str = "2023-11-20", section: str = "body") -> tuple[Figure, ...]:
    """The figures of a report without items."""
    text = Text(words, words, array("l", range(len(words))))
    found, unread = figures.read(text, [Passage("", section, 0, len(words))], issued, "news")
    assert unread == ()
    return found


def period(f: Figure) -> str:
    return f"{f.period_start}/{f.period_end}"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("自2021年5月1日起，共办理退税120笔。", "2021-05-01/"),
        ("2020年3月试点以来，累计验放车辆3万辆次。", "2020-03/"),
        ("2019年以来，惠及企业45家。", "2019-01/"),
        ("2023年以来，惠及企业45家。", "2023-01/2023-12"),
        ("政策实施以来，惠及企业45家。", "/"),
        ("自2021年6月8日开通至2023年6月7日，共监管货物90万吨。", "2021-06-08/2023-06-07"),
        ("截至10月31日，今年累计开行班列800列。", "2023-01-01/2023-10-31"),
        ("国庆假期（10月1日至6日），口岸验放旅客20万人次。", "2023-10-01/2023-10-06"),
        ("区内2022年全年进出口300亿元，货物总重40万吨。", "2022-01/2022-12"),
        ("全市2022年全年进出口300亿元，货物总重40万吨。", "2022-01/2022-12"),
        ("9月铜材进口20万吨、累计150万吨。", "2023-01/2023-09"),
        ("出口创2021年8月以来新高。10月，出口30亿元。", "2023-10/2023-10"),
        ("10月，港口完成吞吐量10亿吨。1—10月，累计完成90亿吨。\n船舶在泊时间14.2小时。", "2023-10/2023-10"),
        ("前9个月，出口30亿元。\n人工查验率降低12.5个百分点。", "/"),
        ("自2021年5月起，办理退税20笔。上半年，备案30家。", "2023-01/2023-06"),
        ("去年边贸额首次突破1亿美元。\n一季度，出口通关时间1.5小时。", "2023-01/2023-03"),
        ("某地1月24日电 2022年，全国口岸查验平稳，全年查办案件40起。", "2022-01/2022-12"),
        ("2023年1―5月，出口30亿元。", "2023-01/2023-05"),
        ("进出口由2013年的7亿元增长到2022年的20亿元。前三季度，进出口9亿元。", "2023-01/2023-09"),
        ("今年中秋节假期，口岸验放旅客20万人次。", "/"),
    ],
)
def test_the_period_of_the_last_figure(words: str, expected: str) -> None:
    assert period(read(words)[-1]) == expected


def test_a_whole_year_told_early_in_the_next_one_is_the_year_before() -> None:
    assert period(read("全年进出口900亿元。", "2024-01-18")[0]) == "2023-01/2023-12"
    assert [(f.status, f.deadline) for f in read("全年力争吞吐量突破900万吨。", "2024-03-18")] == [("planned", "2024-12-31")]


@settings(max_examples=120)
@given(st.integers(2001, 2022), st.integers(1, 12), st.sampled_from(["自{}起，", "自{}以来，", "{}以来，", "从{}起，"]))
def test_an_open_start_is_read_back(year: int, month: int, form: str) -> None:
    found = read(form.format(f"{year}年{month}月") + "共签发证书50份。")
    assert [period(f) for f in found] == [f"{year}-{month:02d}/"]


NOTICE = "黄石海关：帮扶企业见成效\n\n发布时间：2023-08-18　来源：黄石海关\n\n自2021年5月起，黄石海关办理退税120笔。上半年，办理备案30家。\n"


def test_an_open_start_goes_through_sheet_and_graph() -> None:
    read_sheet = reader.read(NOTICE.encode(), "notice.txt")
    assert sheet.loads(sheet.dumps(read_sheet)) == sheet.normal(read_sheet)
    lines = quads.quads(read_sheet)
    assert lines.count("ns#periodStart>") == 2
    assert lines.count("ns#periodEnd>") == 1
    store = Store.memory({iri("document", read_sheet.document.key): lines})
    columns, rows = catalogue.run("outcomes", store, {})
    asked = [columns.index(name) for name in ("value", "period_start", "period_end", "since")]
    told = {tuple(row[i] for i in asked) for row in rows}
    assert told == {("120", "", "", "2021-05"), ("30", "2023-01", "2023-06", "")}  # the table's periods have both ends


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("甲港、乙港吞吐量依次为842万吨、603万吨，增幅分别为9.4%、-7.7%。", [("", 842e4), ("", 603e4), ("up", 9.4), ("down", 7.7)]),
        ("完成吞吐量600万标箱(同比+4.6%)。", [("", 6e6), ("up", 4.6)]),
        ("增速提升至6.8%。", [("up", 6.8)]),
        ("单箱成本下降了1500元，接近两成。", [("down", 1500), ("down", 20)]),
        ("申报率40%，抽检率20%，分别较6月份提高13.1个、11.6个百分点。", [("up", 13.1), ("up", 11.6)]),
        ("每车水果少压两天，多装3柜。", [("down", 2), ("up", 3)]),
        ("班列由年初的98列加密至132列。", [("up", 132)]),
        ("新增备案企业412家，同比增长15.7%。", [("up", 412), ("up", 15.7)]),
        ("每票节约堆存时间3天、堆存费用约1200元。", [("down", 3), ("down", 1200)]),
        ("税款900亿元，其中关税86亿元、环节税937亿元，同比分别增长3.2%和下降2.5%。", [("", 86e8), ("", 937e8), ("up", 3.2), ("down", 2.5)]),
        ("进出口值占比高达52.4%。", [("", 52.4)]),
        ("税收入库40亿元，比上年减收2亿元。", [("", 4e9), ("down", 2e8)]),
    ],
)
def test_directions(words: str, expected: list[tuple[str, float]]) -> None:
    assert [(f.direction, f.value) for f in read(words)][-len(expected) :] == expected


@pytest.mark.parametrize(
    "words", ["海关总署13日发布消息。", "面对百年未有之大变局。", "完成“双过半”任务。", "局长17日在会上说。", "力争用一年时间形成经验。"]
)
def test_what_is_no_figure(words: str) -> None:
    assert read(words) == ()


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("审批时限由20日压缩至10日。", 10, "天"), ("旅客投诉为零。", 0, ""), ("通关时间四十一点六小时。", 41.6, "小时"),
        ("截获有害生物87种次。", 87, "种次"), ("系统审图1000余幅。", 1000, "幅"), ("在手订单1200万载重吨。", 12e6, "载重吨"),
        ("查获毒品37公斤。", 37, "千克"), ("货运周转量50亿吨公里。", 5e9, "吨公里"),
    ],
)  # fmt: skip
def test_units(words: str, value: float, unit: str) -> None:
    assert [(f.value, f.unit) for f in read(words)] == [(value, unit)]


def test_a_unit_has_one_name_in_grammar_and_graph() -> None:
    printed = {form: unit for group in tables()["units"].values() for unit, entry in group.items() for form in forms(entry)}
    named = [form for unit in authorities.units() for form in dict.fromkeys(unit.labels)]
    assert len(named) == len(set(named))
    assert [(form, unit) for form, unit in printed.items() if quads.unit_symbol(unit) != unit] == []
    assert [(form, unit) for form, unit in printed.items() if form in named and quads.unit_symbol(form) != unit] == []


@settings(max_examples=150)
@given(st.decimals("0.1", "99.9", places=1), st.sampled_from(["+", "-", "－"]), st.sampled_from(["（同比{}）", "(环比{})", "，增速为{}"]))
def test_a_signed_rate_is_read_back(value: Any, sign: str, form: str) -> None:
    found = read("进出口30亿元" + form.format(f"{sign}{value}%") + "。")
    assert [(f.kind, f.value, f.direction) for f in found[1:]] == [("change", float(value), "up" if sign == "+" else "down")]


@settings(max_examples=150)
@given(st.integers(2, 90), st.sampled_from([(way, word + verb) for way, words in tables()["lessened"].items() for word, verbs in words.items() for verb in verbs]))
def test_more_or_less_of_a_doing_is_read_back(value: int, doing: tuple[str, str]) -> None:
    (q,) = quantities.scan(f"平均{doing[1]}{value}天", 0, 20, Clock(2022, 2022)).quantities
    told = predicates.lessened(f"平均{doing[1]}", q.unit)
    assert told is not None
    assert (told.kind, told.direction) == ("change", doing[0])


@pytest.mark.parametrize(
    ("words", "flows"),
    [
        ("出口集装箱船31艘、94亿元，液货船62艘、88亿元。", ["export"] * 4),
        ("进口原油2亿吨，增长5%；天然气4208万吨，增长35%。", ["import"] * 4),
        ("原油进口30万吨，均价每吨4216元。", ["import"] * 2),
        ("“船边直提”“抵港直装”试点航线58条。", [""]),
        ("三十余家企业受益于“船边直提”。", [""]),
        ("帮助企业在进口国享受关税减让1亿元。", [""]),
    ],
)
def test_flows(words: str, flows: list[str]) -> None:
    assert [f.flow for f in read(words)] == flows


@pytest.mark.parametrize(
    ("words", "baseline"),
    [
        ("关区企业800家，比上年末增加34家。", "上年末"), ("申报率70%，比1月份提高8个百分点。", "1月份"), ("费用降至293美元，比“十三五”末下降6%。", "十三五末"),
        ("吞吐量38万人次，恢复到2019年同期的98%。", "2019"), ("占比44%，较上年全年提高5个百分点。", "上年全年"), ("时间较改革前平均缩短5天。", "before"), ("通关时间比一次申报缩短5.2小时。", "一次申报"),
        ("订单较认证前增加25%。", "before"), ("报关单由1362票减少到587票，降幅达56.9%。", ""),
    ],
)  # fmt: skip
def test_baselines(words: str, baseline: str) -> None:
    assert read(words)[-1].baseline == baseline


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("产能利用率达80%。", ["产能利用率"]),
        ("预约通关3000票。", ["预约通关票数"]),
        ("某港域、北海港域货物吞吐量分别为1.8亿吨、4187万吨。", ["某港域货物吞吐量", "北海港域货物吞吐量"]),
        ("加工贸易、保税物流分别进出口68亿元、80亿元，前者下降8%，后者增长12%。", ["加工贸易进出口值", "保税物流进出口值"] * 2),
        ("泊位194个，其中万吨级以上88个。", ["泊位数量", "万吨级以上泊位数量"]),
        ("已有9个内陆港开通“海铁直运”业务。", ["开通海铁直运业务的内陆港数"]),
        ("新模式使企业退货成本下降15%。", ["退货成本"]),
        ("企业平均查验率为0.78%，不到常规企业的四分之一。", ["企业平均查验率", "企业平均查验率相当于常规企业的比例"]),
        ("零售进口额12亿元，出口额68亿元。", ["零售进口额", "零售出口额"]),
        ("新增AEO企业5家，总数达到31家。", ["AEO企业", "AEO企业总数"]),
        ("沈阳市、营口市进出口分别为90亿元、30亿元，沈阳增长2%。", ["沈阳市进出口值", "营口市进出口值", "沈阳市进出口值"]),
        ("最大月运量51万吨，是开通首月的12.5倍。", ["最大月运量", "最大月运量相当于开通首月的倍数"]),
        ("手机销售增长较快，较去年假期增长35.9%。", ["手机销售"]),
        ("电动汽车出口占17.6%，比重提升5.4个百分点。", ["电动汽车出口占比"] * 2),
        ("超100小时的报关单由1362票减少到587票。", ["超100小时的报关单票数"]),
    ],
)
def test_an_indicator_is_understood_standing_alone(words: str, names: list[str]) -> None:
    assert [f.indicator for f in read(words)] == names


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("11月20日，一列满载45个集装箱的中欧班列驶出口岸，今年该口岸开行班列900列，同比增长3%。", [900, 3]),
        ("6月3日清晨7时，9辆满载榴莲的货车驶入口岸，货值合计1300万元。", []),
        ("这批货物货值300万元。今年累计验放水果80批。", [80]),
        ("今年以来，从口岸驶出的班列达900列。", [900]),
        ("海关推出便利措施，口岸实行“早7晚10”延时通关，日均增加3小时。", [3]),
        ("“双11”期间验放包裹50万件。", [500000]),
        ("其中8月178.4亿元。", [178.4e8]),
        ("除4种特殊情形外，其余38种单证全部联网核查。", [38]),
        ("整改方案（16条）印发后，20项任务已完成15项。", [15]),
        ("对其他14个成员国进出口30亿元。", [3e9]),
    ],
)
def test_what_a_report_counts(words: str, values: list[float]) -> None:
    assert [f.value for f in read(words)] == values


@pytest.mark.parametrize(
    ("words", "planned"),
    [
        ("口岸费用下调10%，预计全年为企业减负2000万元。", [False, True]),
        ("建成后，通行能力将由每日12列提升至20列。", [True]),
        ("将通关时间由2天压缩至1天。", [False]),
        ("《计划草案》提出，全年进出口总值增长7%以上。", [True]),
        ("应用率要稳定在65%以上。", [True]),
        ("2025年口岸过货量达到1亿吨以上。", [True]),
        ("海关今年验放900列，力争全年突破1000列。", [False, True]),
    ],
)
def test_what_is_still_to_come(words: str, planned: list[bool]) -> None:
    assert [f.status == "planned" for f in read(words)] == planned


@pytest.mark.parametrize(
    ("words", "issued", "expected"),
    [
        ("从季度看，三季度出口5亿元，连续4个季度增长。9月当月，出口2亿元。", "2023-10-22", "2023-09/2023-09"),
        ("大桥于2018年10月24日开通。今年前11个月，货值30亿元。", "", "/"),
        ("2024年1—8月，监管货物8万吨。园区设计2030年吞吐量300万吨。前8月，货值20亿元。", "", "2024-01/2024-08"),
        ("自2021年12月3日开通至2024年12月2日，验放货物9万吨。今年1至11月，验放4万吨。", "", "2024-01/2024-11"),
        ("自1月7日复航以来，截至5月31日共运送旅客5万人次。", "2023-06-12", "2023-01-07/2023-05-31"),
        ("2024年“五一”假期（5月1日至5日），验放旅客5万人次。", "2024-05-06", "2024-05-01/2024-05-05"),
        ("11月1日至11日“双11”期间，验放包裹50万件。", "2023-11-13", "2023-11-01/2023-11-11"),
        ("前8月，占全国的比重由去年同期的24%升至25%。", "2023-09-17", "2023-01/2023-08"),
        ("5月份，出口整体通关时间2小时，与2017年相比压缩90%。单一窗口当月业务量9万票。", "2023-06-12", "2023-05/2023-05"),
        ("上半年，办理12笔。\n黄石海关推行“批次检验”模式，验放货物9万吨，占全部货物的两成。", "2023-07-20", "/"),
        ("上半年，进出口30亿元。海关创新监管模式，企业物流成本平均降低15%。", "2023-07-20", "/"),
        ("上半年，监管货物9万吨。品类已扩大到200余种。", "2023-07-20", "/"),
        ("上半年，监管货物9万吨。单箱合规成本降至245美元。", "2023-07-20", "/"),
        ("前9个月，进出口30亿元。试点以来累计办理退货9万件。", "2023-10-20", "/"),
        ("9月份某港的吞吐量再创历史新高，超过146万标箱。", "2023-10-20", "2023-09/2023-09"),
        ("2020年至2022年，过货量分别为1万吨、2万吨、3万吨，年均增长20%。", "2023-01-20", "2020-01/2022-12"),
        ("从年初以来，开行班列662列。", "2023-10-20", "2023-01/2023-12"),
    ],
)
def test_periods_of_reports(words: str, issued: str, expected: str) -> None:
    assert period(read(words, issued)[-1]) == expected


def test_the_quarters_of_a_range_are_told_apart() -> None:
    found = read("一至四季度进出口值分别为1亿元、2亿元、3亿元和4亿元。一至四季度增速分别为5%、6%、7%、8%。", "2023-01-20")
    quarters = ["2022-01/2022-03", "2022-04/2022-06", "2022-07/2022-09", "2022-10/2022-12"]
    assert [period(f) for f in found] == quarters * 2


@pytest.mark.parametrize(
    ("words", "baselines"),
    [
        ("11月，进口整体通关时间37小时，较10月份压缩2.3小时，较2017年基期（下同）的122小时压缩69.6%；出口1.3小时，压缩98%。", ["", "mom", "2017", "", "2017"]),
        ("5月份，进口、出口整体通关时间分别为26小时、0.8小时，较上月分别缩短0.7小时、持平。", ["", "", "mom"]),
        ("企业3.9万家，比去年同期（下同）增长3%。其中，民营企业2万家，增加300多家。", ["", "yoy", "", "yoy"]),
        ("出口水果9万吨，增长11%。其中，榴莲3万吨，同比增长38%。", ["", "", "", "yoy"]),
        ("上半年，出口水果9万吨，增长11%。其中，榴莲3万吨，同比增长38%。", ["", "yoy", "", "yoy"]),
        ("出口同比增长3%，查验环节为企业压减成本10%。", ["yoy", ""]),
        ("9月份进出口值40亿元，同比、环比双双下滑，降幅分别为4%、1%。", ["", "yoy", "mom"]),
        ("进出口30亿元，同比增长13%，高出同期全国外贸整体增速3个百分点。", ["", "yoy", "同期全国外贸整体增速"]),
    ],
)
def test_what_reports_compare_with(words: str, baselines: list[str]) -> None:
    assert [f.baseline for f in read(words)] == baselines


def test_a_time_of_hours_and_minutes_is_one_value() -> None:
    (f,) = read("停留时间由1.5小时压减到1小时10分钟左右。")
    assert (f.value, f.unit, f.from_value, f.bound) == (70, "分钟", 90, "~")


def test_a_heading_in_brackets_hides_no_period() -> None:
    head = "西宁海关11月快报\n\n西宁海关 2021年12月14日\n\n"
    found = reader.read((head + "【当月】11月，验放货物300票。\n").encode(), "a.txt").figures
    assert [(f.value, f.period_start, f.period_end) for f in found] == [(300.0, "2021-11", "2021-11")]


def test_the_year_of_an_event_is_not_this_year() -> None:
    text = "珲春口岸忙\n\n记者从长春海关获悉，2023年1月8日恢复客运以来，口岸繁忙。今年上半年，验放旅客300人次。\n"
    found = reader.read(text.encode(), "a.txt").figures
    assert [(f.value, f.period_start, f.period_end) for f in found] == [(300.0, "", "")]


PROMISED = [
    # a goal holds on through its paragraph, until something is told as done
    ("到2025年，建成泊位26个；吞吐能力达2500万吨。集装箱达15万标箱。", ["2025-12-31"] * 3),
    ("到今年底，网上可办率不低于90%；到明年底，全程网办率达到80%。", ["2023-12-31", "2024-12-31"]),
    ("方案提出，到2025年，培育企业5家以上。截至目前，已培育企业3家。", ["2025-12-31", None]),
    ("到2025年，培育企业5家。\n今年1—10月，出口30亿元。", ["2025-12-31", None]),
    ("今年，全省将淘汰落后产能92万吨、建设堆场3万平方米。", ["2023-12-31"] * 2),
]


@pytest.mark.parametrize(("words", "due"), PROMISED)
def test_a_goal_in_a_report_is_planned_as_far_as_it_holds(words: str, due: list[str | None]) -> None:
    assert [f.deadline if f.status == "planned" else None for f in read(words)] == due


def test_a_goal_in_a_paper_without_a_date_is_planned() -> None:
    assert [(f.status, f.deadline) for f in read("根据方案，到2025年，推出线路50条。接待旅客7300万人次。", issued="")] == [("planned", "2025-12-31")] * 2


@pytest.mark.parametrize(
    "words",
    [
        "进出口增幅位居全省前3位。",
        "口岸实现时间过半、任务过半。",
        "实行7天24小时工作制，设立“365天×24小时”服务专线。",
        "全市进出口呈现6个方面的特点。",
        "记者从15日召开的会议上获悉，口岸运行平稳。",
        "1.优化流程。\n2、压实责任。\n　　3．强化保障。",
        "恢复因地震关闭近半年的口岸。",
    ],
)
def test_what_is_no_figure_of_a_report(words: str) -> None:
    assert read(words) == ()


def test_shares_and_rates_with_another_change_beside_them() -> None:
    assert [(f.value, f.kind, f.direction) for f in read("备案企业700家，占新增总数的96%。")][1:] == [(96, "share", "")]
    assert [(f.value, f.kind, f.direction) for f in read("三季度出口增幅进一步扩大到25.7%。")] == [(25.7, "change", "up")]
    assert [(f.value, f.value_to, f.kind) for f in read("民营企业进出口增速达两位数。")] == [(10, 99, "change")]


def test_units_of_several_conveyances_and_of_pages_from_elsewhere() -> None:
    found = read("交通工具76.9万列辆架次，车辆2.5万辆（列）次。累计进出口2.58兆元。")
    assert [(f.value, f.unit) for f in found] == [(769000, "列辆架次"), (25000, "列辆架次"), (2.58e12, "元")]


PAPER = """遂安市市场监管规划实施方案
遂政发〔2024〕6号
各镇人民政府：
《遂安市市场监管规划实施方案》已经市人民政府同意，现印发给你们，请认真贯彻执行。
2024年3月14日
为提升监管效能，制定本方案。
到2025年，开办企业时间压缩到1个工作日内；抽检合格率达到90%以上。
"""


def test_a_plan_without_items_promises() -> None:
    made = reader.read(PAPER.encode(), "a.txt")
    assert made.document.kind == "plan"
    assert [(f.status, f.value, f.deadline) for f in made.figures] == [("planned", 1, "2025-12-31"), ("planned", 90, "2025-12-31")]
    told = reader.read(PAPER.replace("制定本方案", "市政府出台方案").replace("现印发给你们，请认真贯彻执行", "即日起施行").encode(), "a.txt")
    assert told.document.kind == "notice"
