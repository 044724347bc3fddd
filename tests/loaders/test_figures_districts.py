"""Figures as customs districts print them: long lists, numerals, names with numbers, and times told far before.

The sentences are ours, in the genre; places and numbers are invented.
"""

from __future__ import annotations

from array import array

import pytest

from guanlian.loaders import figures, reader
from guanlian.loaders.facts import Figure
from guanlian.loaders.figures import quantities
from guanlian.loaders.figures.periods import Clock
from guanlian.loaders.text import Passage, Text


def read(words: str, issued: str = "2023-11-20") -> tuple[Figure, ...]:
    """The figures of a report without items, none of its numbers unread."""
    text = Text(words, words, array("l", range(len(words))))
    found, unread = figures.read(text, [Passage("", "body", 0, len(words))], issued, "news")
    assert unread == ()
    return found


def period(f: Figure) -> str:
    return f"{f.period_start}/{f.period_end}"


Row = tuple[str, str, float]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "甲、乙、丙、丁、戊五市进出口占比近6成，进出口均超百亿元，分别进出口458亿元、280亿元、132亿元、128和118亿元，分别增长7%、6% 、5%、4%和3%。",
            [
                ("甲、乙、丙、丁、戊五市进出口占比", "share", 60), ("进出口值", "level", 1e10),
                ("甲进出口值", "level", 458e8), ("乙进出口值", "level", 280e8), ("丙进出口值", "level", 132e8),
                ("丁进出口值", "level", 128e8), ("戊进出口值", "level", 118e8),
                ("甲进出口值", "change", 7), ("乙进出口值", "change", 6), ("丙进出口值", "change", 5),
                ("丁进出口值", "change", 4), ("戊进出口值", "change", 3),
            ],
        ),
        ("东盟、日本、巴西是前三大伙伴，全市对上述国家（地区）分别进出口12.5亿、8亿和6.3亿元。", [("东盟进出口值", "level", 12.5e8), ("日本进出口值", "level", 8e8), ("巴西进出口值", "level", 6.3e8)]),
        ("甲市、乙市进出口增速均高于30%，分别达到43%、32%。", [("甲市、乙市进出口", "change", 30), ("甲市进出口", "change", 43), ("乙市进出口", "change", 32)]),
        ("服装、玩具居前，占比分别为41%和22%。", [("服装占比", "share", 41), ("玩具占比", "share", 22)]),
        ("货车和茶叶表现亮眼，分别为295辆、8万吨。", [("货车辆数", "level", 295), ("茶叶重量", "level", 8e4)]),
        ("出口增长、进口下降，分别超140亿元、68亿元。", [("出口值", "level", 140e8), ("进口值", "level", 68e8)]),
        ("甲机场综保区、乙港区企业参与率分别达100%和60%。", [("甲机场综保区企业参与率", "share", 100), ("乙港区企业参与率", "share", 60)]),
        ("全省进口集成电路、机床分别增长97%、2.6倍。", [("全省进口集成电路", "change", 97), ("全省进口机床", "change", 2.6)]),
        ("9条班列共开行287列、货值24亿元，同比分别增长23%、44%。", [("班列数", "level", 9), ("班列开行列数", "level", 287), ("班列开行货值", "level", 24e8), ("班列开行列数", "change", 23), ("班列开行货值", "change", 44)]),
        ("进口矿砂78吨，货值79万元，与上年同期相比分别增长13%和54%；出口布匹57吨，货值13万元，同比分别增长5%和42%。", [
            ("进口矿砂重量", "level", 78), ("进口矿砂货值", "level", 79e4), ("进口矿砂重量", "change", 13), ("进口矿砂货值", "change", 54),
            ("出口布匹重量", "level", 57), ("出口布匹货值", "level", 13e4), ("出口布匹重量", "change", 5), ("出口布匹货值", "change", 42),
        ]),
        ("其中煤炭、矿砂分别进口68万吨、40万吨，同比变化分别为增长34%、下降9%。", [("煤炭进口重量", "level", 68e4), ("矿砂进口重量", "level", 40e4), ("煤炭进口重量", "change", 34), ("矿砂进口重量", "change", 9)]),
        ("对东盟、欧盟出口分别为19亿元和6亿元，一降一升，降幅7%、增幅3%。", [("对东盟出口值", "level", 19e8), ("对欧盟出口值", "level", 6e8), ("对东盟出口值", "change", 7), ("对欧盟出口值", "change", 3)]),
        ("茶叶、人参、枸杞分别出口13亿元、2亿元、1亿元，前二者分别减少16%、7%。", [("茶叶出口值", "level", 13e8), ("人参出口值", "level", 2e8), ("枸杞出口值", "level", 1e8), ("茶叶出口值", "change", 16), ("人参出口值", "change", 7)]),
        ("前三大伙伴依次为甲国、乙国和丙国，进出口值分别为7亿元、3亿元、2亿元。", [("甲国进出口值", "level", 7e8), ("乙国进出口值", "level", 3e8), ("丙国进出口值", "level", 2e8)]),
        ("费用进口降至232美元，出口降至265美元，分别较上一年减少7美元和4美元。", [("费用进口值", "level", 232), ("出口值", "level", 265), ("费用进口值", "change", 7), ("出口值", "change", 4)]),
        ("某口岸进、出口整体通关时间分别为32小时和1小时，比2022年全年平均水平缩短4%和11%。", [("某口岸进口整体通关时间", "level", 32), ("某口岸出口整体通关时间", "level", 1), ("某口岸进口整体通关时间", "change", 4), ("某口岸出口整体通关时间", "change", 11)]),
        ("进出口17亿元，同比降幅由3月的19%收窄到8%。", [("进出口值", "level", 17e8), ("进出口值", "change", 8)]),
        ("出口量最大的是钢材，80吨，增幅最大的是茶叶，5吨。", [("钢材出口量", "level", 80), ("茶叶重量", "level", 5)]),
        ("前5月进出口20亿元，其中，甲市增幅最高，达28%。", [("进出口值", "level", 20e8), ("甲市", "change", 28)]),
        ("可压缩50%的运输时间和30%的物流成本。", [("运输时间", "change", 50), ("物流成本", "change", 30)]),
        ("年进出口值超亿元的5家，比上年多1家。", [("年进出口值超亿元家数", "level", 5), ("年进出口值超亿元家数", "change", 1)]),
    ],
)  # fmt: skip
def test_each_number_of_a_list_finds_its_own(words: str, expected: list[Row]) -> None:
    assert [(f.indicator, f.kind, f.value) for f in read(words)] == expected


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("十二万九千人次", 129000, "人次"),
        ("一万零五百辆次", 10500, "辆次"),
        ("缩短至廿三秒", 23, "秒"),
        ("达百分之卅三", 33, "%"),
        ("1209.0亿元", 1209e8, "元"),
        ("2.0个百分点", 2, "百分点"),
        ("超亿元", 1e8, "元"),
        ("标箱1.5万个", 15000, "标箱"),
        ("半天到一天", 0.5, "天"),
    ],
)
def test_forms_of_numbers(words: str, value: float, unit: str) -> None:
    (q,) = quantities.scan(words, 0, len(words), Clock(2023, 2023)).quantities
    assert (q.value, q.unit) == (value, unit)


@pytest.mark.parametrize(
    "words",
    [
        "片区挂牌10周年。", "港区建有10万吨级泊位，25万吨矿石码头投产。", "这一成绩令人鼓舞。", "满载矿砂的20168次班列驶出车站。",
        "某国对我加征10%关税。", "口岸年设计过货能力60万吨。", "打赢“查验耗时砍掉三分之一”攻坚战。", "口岸经过6年发展。",
    ],
)  # fmt: skip
def test_numbers_that_are_no_figures(words: str) -> None:
    assert read(words) == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("钢材出口80吨，增长-6.60%。", [("level", ""), ("change", "down")]),
        ("拉低全省出口增速2个百分点。", [("change", "down")]),
        ("平均每箱物品节约验放耗时3天以上。", [("change", "down")]),
        ("出口额连续保持20%以上的高增长。", [("change", "up")]),
        ("查验证书精简至常规船舶的1/3。", [("share", "down")]),
        ("完成国际运输起降160架次。", [("level", "")]),
        ("进出口、出口、进口增幅依次高出全省水平8.7个、4.1个和2.6个百分点。", [("change", "up")] * 3),
        ("增幅高于全国4个百分点、高于全省7个百分点。", [("change", "up")] * 2),
    ],
)
def test_kinds_and_directions(words: str, expected: list[tuple[str, str]]) -> None:
    assert [(f.kind, f.direction) for f in read(words)] == expected


@pytest.mark.parametrize(
    ("words", "indicator", "value", "base"),
    [
        ("250项申请材料减少到19项。", "申请材料项数", 19, 250),
        ("99个章变成了1个章。", "章数量", 1, 99),
        ("放行时间从过去的一周，减至24小时。", "放行时间", 24, 168),
        ("货运量从首月的4.1万吨，迅速提升至40万吨以上。", "货运量", 4e5, 41000),
        ("贸易伙伴由2020年的181个发展至2023年的197个。", "贸易伙伴数量", 197, 181),
    ],
)
def test_what_a_value_comes_from(words: str, indicator: str, value: float, base: float) -> None:
    (f,) = read(words)
    assert (f.indicator, f.value, f.from_value) == (indicator, value, base)


@pytest.mark.parametrize(
    ("words", "issued", "expected"),
    [
        ("1—4月，进出口90亿元。具体来看，4月单月，进出口30亿元。", "2023-05-12", "2023-04/2023-04"),
        ("5月份，验放货物9万吨。1至5月累计，验放货物40万吨。", "2023-06-12", "2023-01/2023-05"),
        ("1—4月，进出口90亿元。自2020年3月以来，货值节节攀升。手机出口3亿元。", "2023-05-12", "2023-01/2023-04"),
        ("【当月】11月，进出口3亿元。\n【累计】今年1—11月，进出口28亿元。\n硅铁出口2亿元。", "2023-12-14", "2023-01/2023-11"),
        ("自2021年12月3日至2023年12月2日，验放货物9万吨。", "2023-12-08", "2021-12-03/2023-12-02"),
        ("5年来，验放旅客9万人次。", "2023-11-20", "/"),
        ("2023年，验放旅客9万人次。三年来，推出成果200项。", "2023-11-20", "/"),
        ("2023年1—7月，进出口9亿元。如今，单日客流12万人次。", "2023-11-20", "/"),
        ("2020年8月，口岸启用。当年，验放旅客9万人次。", "2023-11-20", "2020-01/2020-12"),
        ("本报某地4月2日讯（记者 某某）一季度，监管货物4万标箱。", "2024-04-02", "2024-01/2024-03"),
        ("全区今年一季度进出口23亿元。\n同期，监管货物5万吨。", "2025-04-22", "2025-01/2025-03"),
        ("2023年1—7月，完成全年目标任务的14%。", "2023-11-20", "2023-01/2023-07"),
        ("2022年，吞吐量9万吨。每年有两万艘以上船舶经过。", "2023-01-20", "/"),
        ("前八月，完成吞吐量9万吨。", "2023-09-20", "2023-01/2023-08"),
        ("2023年1—10月，进出口9亿元。茶叶全年累计出口2亿元。", "2023-11-20", "2023-01/2023-12"),
        ("今年春节期间，验放旅客9万人次，较2020年春节期间增长3%。", "2023-02-18", "2023-01/2023-01"),
        ("今年中秋假期，验放旅客9万人次。", "2023-10-18", "/"),  # which days is not told
        ("记者3日获悉，“五一”假期验放旅客9万人次。", "2024-05-06", "2024-05/2024-05"),
        ("国庆假期，验放旅客9万人次。", "2025-01-06", "2024-10/2024-10"),
        ("2025年春运期间，进出港船舶9万艘次。", "2025-03-01", "2025-01-14/2025-02-22"),
        ("据3月份快报统计，完成吞吐量9万吨。", "2013-04", "2013-03/2013-03"),
        ("截至8月2日11时，验放旅客9万人次。", "2025-08-02", "2025-08-02/2025-08-02"),
        ("2023年验放旅客9万人次。全年人员数量已达到2019年的95%。", "2024-01-08", "2023-01/2023-12"),
        ("今年出口汽车107万辆，比去年提前两个月突破100万辆。", "2024-11-26", "2024-01/2024-12"),
    ],
)
def test_periods(words: str, issued: str, expected: str) -> None:
    assert period(read(words, issued)[-1]) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2018年至2022年，进出口63亿元。今年前10个月，进出口12亿元。", "/"),  # 今年 is none of those that are over
        ("2022年1—3月，进出口63亿元。今年上半年，进出口120亿元。", "2022-01/2022-06"),
        ("2023年1月8日恢复客运以来，口岸繁忙。今年上半年，验放旅客30人次。11月，验放旅客9人次。", "/"),
        ("22.06.2018 14:18\n记者从海关获悉，今年前5月，进出口166亿元。", "2018-01/2018-05"),
        ("前三季度，进出口22亿元。2023年前三季度，出口34亿元。", "2023-01/2023-09"),
    ],
)
def test_this_year_without_a_day_of_issue(words: str, expected: str) -> None:
    assert period(read(words, "")[-1]) == expected


@pytest.mark.parametrize(
    ("words", "baselines"),
    [
        ("货值29亿元、货运量3万吨，较2019年同比分别增长164%、75%。", ["", "", "2019", "2019"]),
        ("验放旅客9万人次，较2020年春节期间增长3%。", ["", "2020"]),
        ("出口26亿元，同比增长34%，较2019年同期增长41%；进口20亿元，增长46%。", ["", "yoy", "2019", "", "yoy"]),
        ("发运列数环比增加6列，增长13%。", ["mom", "mom"]),
    ],
)
def test_baselines(words: str, baselines: list[str]) -> None:
    assert [f.baseline for f in read(words)] == baselines


def test_last_year_is_what_is_compared_with_even_where_no_year_is_known() -> None:
    assert [f.baseline for f in read("进出口98亿元，比去年同期下降5%。其中，出口5亿元，较去年同期增长3%。", "")] == ["", "yoy", "", "yoy"]


@pytest.mark.parametrize(
    ("words", "flows"),
    [
        ("签发原产地证书4553份，签证金额17亿元，货值2亿元。", ["export"] * 3),
        ("推出“进口原油先放后检”等45项监管模式。", [""]),
        ("出口88亿元，仅次于1月份的89亿元，同比增长10%。", ["export"] * 3),
        ("出口5亿元。加工贸易进出口依然是重头戏，占比近六成。", ["export", "both"]),
        ("在商品出口方面，货车和茶叶表现亮眼，分别为295辆、8万吨。", ["export"] * 2),
        ("进出口增长71%，高于全国38个百分点。其中，出口增长210%，高出全国156个百分点。", ["both", "both", "export", "export"]),
        ("出口量最大的是钢材，80吨，增长3%。", ["export"] * 2),
        ("进出口、出口、进口值保持20%以上的高增长。", ["both"]),
        ("高新技术产品出口12亿元，增长49%，占11.5%，比重提升2.0个百分点。", ["export"] * 4),
    ],
)
def test_flows(words: str, flows: list[str]) -> None:
    assert [f.flow for f in read(words)] == flows


@pytest.mark.parametrize(
    ("words", "planned"),
    [
        ("为确保供应，海关深化改革，压缩等待时间20%。", [False]),
        ("累计开行607列，全年计划开行650列以上。", [False, True]),
        ("海关计划二季度再推动2个码头加入。", [True]),
        ("争取全年货运量突破20万标箱。", [True]),
        ("明年全球经济增速将放缓至2.4%。", [True]),
    ],
)
def test_what_is_only_planned(words: str, planned: list[bool]) -> None:
    assert [f.status == "planned" for f in read(words, "2023-04-20")] == planned


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("出口5亿元，增长1倍多。", ["", ">"]),
        ("甲市、乙市进出口分别超14亿元、6亿元。", [">", ">"]),
    ],
)
def test_bounds(words: str, bounds: list[str]) -> None:
    assert [f.bound for f in read(words)] == bounds


def test_a_report_with_half_width_stops_is_read_the_same() -> None:
    words = "某海关一季度监管班列\n\n2023-04-18\n\n一季度,某海关监管班列175列,货重11万吨,同比分别增长69.23%、36.72%。\n"
    found = reader.read(words.encode(), "a.txt").figures
    assert [(f.value, f.kind, period(f)) for f in found] == [
        (175, "level", "2023-01/2023-03"), (110000, "level", "2023-01/2023-03"),
        (69.23, "change", "2023-01/2023-03"), (36.72, "change", "2023-01/2023-03"),
    ]  # fmt: skip
