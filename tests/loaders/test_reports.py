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
from guanlian.loaders import figures, predicates, quantities, reader, sheet
from guanlian.loaders.facts import Figure
from guanlian.loaders.grammar import tables
from guanlian.loaders.periods import Clock
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
    ],
)
def test_the_period_of_the_last_figure(words: str, expected: str) -> None:
    assert period(read(words)[-1]) == expected


def test_a_whole_year_told_early_in_the_next_one_is_the_year_before() -> None:
    assert period(read("全年进出口900亿元。", "2024-01-18")[0]) == "2023-01/2023-12"
    assert [(f.status, f.deadline) for f in read("全年力争吞吐量突破900万吨。", "2024-03-18")] == [("planned", "2024-12-31")]


@settings(max_examples=120, deadline=None)
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
    told = {row[columns.index("value")]: (row[columns.index("period_start")], row[columns.index("period_end")]) for row in rows}
    assert told == {"120": ("", ""), "30": ("2023-01", "2023-06")}  # the table's periods have both ends


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
    printed = {form: unit for group in tables()["units"].values() for unit, entry in group.items() for form in entry["forms"]}
    named = [form for unit in authorities.units() for form in dict.fromkeys(unit.labels)]
    assert len(named) == len(set(named))
    assert [(form, unit) for form, unit in printed.items() if quads.unit_symbol(unit) != unit] == []
    assert [(form, unit) for form, unit in printed.items() if form in named and quads.unit_symbol(form) != unit] == []


@settings(max_examples=150, deadline=None)
@given(st.decimals("0.1", "99.9", places=1), st.sampled_from(["+", "-", "－"]), st.sampled_from(["（同比{}）", "(环比{})", "，增速为{}"]))
def test_a_signed_rate_is_read_back(value: Any, sign: str, form: str) -> None:
    found = read("进出口30亿元" + form.format(f"{sign}{value}%") + "。")
    assert [(f.kind, f.value, f.direction) for f in found[1:]] == [("change", float(value), "up" if sign == "+" else "down")]


@settings(max_examples=150, deadline=None)
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
