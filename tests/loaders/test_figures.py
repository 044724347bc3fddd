"""Figures of sentences written for these tests, in the genre of customs districts' reports and plans."""

from __future__ import annotations

import time
from array import array
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanlian.loaders import figures
from guanlian.loaders.facts import Figure, Unread
from guanlian.loaders.reader import read as read_paper
from guanlian.loaders.text import Passage, Text

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def read(
    words: str, kind: str = "casebook", section: str = "effect", issued: str = "2022-12-20", titles: dict[str, str] | None = None
) -> tuple[tuple[Figure, ...], tuple[Unread, ...]]:
    """The figures of one passage."""
    text = Text(words, words, array("l", range(len(words))))
    return figures.read(text, [Passage("1", section, 0, len(words))], issued, kind, titles)


def short(f: Figure) -> tuple[Any, ...]:
    """What a test looks at."""
    return (f.indicator, f.flow, f.kind, f.value, f.unit, f.direction, f.bound, f.baseline, f.from_value, f"{f.period_start}/{f.period_end}".strip("/"))


Y = "2022-01/2022-12"
CASES: list[tuple[str, list[tuple[Any, ...]]]] = [
    (
        "2022年，进口、出口通关时间分别为28.6小时、0.8小时，较2017年分别压缩75.2%和94.3%。",
        [
            ("进口通关时间", "import", "level", 28.6, "小时", "", "", "", None, Y),
            ("出口通关时间", "export", "level", 0.8, "小时", "", "", "", None, Y),
            ("进口通关时间", "import", "change", 75.2, "%", "down", "", "2017", None, Y),
            ("出口通关时间", "export", "change", 94.3, "%", "down", "", "2017", None, Y),
        ],
    ),
    (
        "中欧班列开行1080列，发送货物11.2万标箱，货值达260亿元，同比分别增长12%、15.6%和20.1%。",
        [
            ("中欧班列开行列数", "", "level", 1080, "列", "", "", "", None, ""),
            ("发送货物箱量", "", "level", 112000, "标箱", "", "", "", None, ""),
            ("发送货物货值", "", "level", 26000000000, "元", "", "", "", None, ""),
            ("中欧班列开行列数", "", "change", 12, "%", "up", "", "yoy", None, ""),
            ("发送货物箱量", "", "change", 15.6, "%", "up", "", "yoy", None, ""),
            ("发送货物货值", "", "change", 20.1, "%", "up", "", "yoy", None, ""),
        ],
    ),
    (
        "对东盟、欧盟、美国分别进出口120.5亿元、98.3亿元、75.1亿元，分别增长5.2%、下降3.1%、增长12.8%。",
        [
            ("对东盟进出口值", "both", "level", 12050000000, "元", "", "", "", None, ""),
            ("对欧盟进出口值", "both", "level", 9830000000, "元", "", "", "", None, ""),
            ("对美国进出口值", "both", "level", 7510000000, "元", "", "", "", None, ""),
            ("对东盟进出口值", "both", "change", 5.2, "%", "up", "", "", None, ""),
            ("对欧盟进出口值", "both", "change", 3.1, "%", "down", "", "", None, ""),
            ("对美国进出口值", "both", "change", 12.8, "%", "up", "", "", None, ""),
        ],
    ),
    ("通关时间由原来的2至3天缩短至半天。", [("通关时间", "", "level", 0.5, "天", "down", "", "before", 2, "")]),
    ("检疫审批时限由20个工作日压缩到10个工作日以内。", [("检疫审批时限", "", "level", 10, "工作日", "down", "<=", "before", 20, "")]),
    ("企业取证用时从3至4天缩短至1个小时。", [("企业取证用时", "", "level", 1, "小时", "down", "", "before", 72, "")]),
    ("与送样至外地检测用时2个月相比，本地检测时间不超过5天。", [("本地检测时间", "", "level", 5, "天", "", "<=", "before", 60, "")]),
    ("查验效率约提高10倍。", [("查验效率", "", "change", 10, "倍", "up", "~", "", None, "")]),
    ("每年为企业节省仓储成本近500万元。", [("仓储成本", "", "change", 5000000, "元", "down", "<", "", None, "")]),
    ("减少了企业到窗口递交、到现场领取的两个中间环节。", [("中间环节", "", "change", 2, "个", "down", "", "", None, "")]),
    ("节约50%人力资源。", [("人力资源", "", "change", 50, "%", "down", "", "", None, "")]),
    ("新增通往郑州、西安的货运航线6条。", [("通往郑州、西安的货运航线", "", "change", 6, "条", "up", "", "", None, "")]),
    ("查验率降至1.5%，下降0.8个百分点。", [
        ("查验率", "", "share", 1.5, "%", "down", "", "", None, ""),
        ("查验率", "", "change", 0.8, "百分点", "down", "", "", None, ""),
    ]),
    ("民营企业进出口增速比全省高2.3个百分点。", [("民营企业进出口增速", "both", "change", 2.3, "百分点", "up", "", "全省", None, "")]),
    ("平均办理时长3.2个工作日，比法定时限缩短7个工作日。", [
        ("平均办理时长", "", "level", 3.2, "工作日", "", "", "", None, ""),
        ("平均办理时长", "", "change", 7, "工作日", "down", "", "statutory", None, ""),
    ]),
    ("出口货值88.5亿元（12.6亿美元），占全省出口总值三成以上。", [
        ("出口货值", "export", "level", 8850000000, "元", "", "", "", None, ""),
        ("出口货值", "export", "level", 1260000000, "美元", "", "", "", None, ""),
        ("出口货值占全省出口总值的比例", "export", "share", 30, "%", "", ">=", "", None, ""),
    ]),
    ("办理备案120宗、变更56宗、注销9宗。", [
        ("办理备案宗数", "", "level", 120, "宗", "", "", "", None, ""),
        ("办理备案变更宗数", "", "level", 56, "宗", "", "", "", None, ""),
        ("办理备案注销宗数", "", "level", 9, "宗", "", "", "", None, ""),
    ]),
    ("做到服务质量零投诉、窗口评价满意率100％。".replace("％", "%"), [
        ("服务质量投诉数", "", "level", 0, "", "", "", "", None, ""),
        ("窗口评价满意率", "", "share", 100, "%", "", "", "", None, ""),
    ]),
    ("2020年以来，改革红利释放。2022年1—9月，共审批样品541票，货值约8.3亿美元，比去年同期增长约28.1%。", [
        ("审批样品票数", "", "level", 541, "票", "", "", "", None, "2022-01/2022-09"),
        ("审批样品货值", "", "level", 830000000, "美元", "", "~", "", None, "2022-01/2022-09"),
        ("审批样品货值", "", "change", 28.1, "%", "up", "~", "yoy", None, "2022-01/2022-09"),
    ]),
    ("自2020年2月试运行以来，办理手续1934宗。", [("办理手续宗数", "", "level", 1934, "宗", "", "", "", None, "2020-02")]),
    ("2020年、2021年分别进口粮食120万吨、150万吨。", [
        ("进口粮食重量", "import", "level", 1200000, "吨", "", "", "", None, "2020-01/2020-12"),
        ("进口粮食重量", "import", "level", 1500000, "吨", "", "", "", None, "2021-01/2021-12"),
    ]),
    ("出口额同比翻一番。", [("出口额", "export", "change", 1, "倍", "up", "", "yoy", None, "")]),
    ("企业检验成本仅为异地检验成本的四分之一。", [("企业检验成本相当于异地检验成本的比例", "", "share", 25, "%", "", "", "", None, "")]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), CASES, ids=[c[0][:18] for c in CASES])
def test_sentences(words: str, expected: list[tuple[Any, ...]]) -> None:
    found, unread = read(words)
    assert [short(f) for f in found] == expected
    assert unread == ()
    assert all(f.status == "reported" and f.section == "effect" for f in found)


NEWS = "上半年，南京关区进出口总值1.2万亿元，同比增长5.3%。其中，出口8000.5亿元，增长6%；进口3999.5亿元，下降1.2%。6月当月，进口整体通关时间为32.5小时，环比压缩5%。"


def test_a_statistics_notice_inherits_period_and_base() -> None:
    found, unread = read(NEWS, "news", "body", "2022-07-20")
    assert unread == ()
    rows = [(f.indicator, f.flow, f.value, f.direction, f.baseline, f.period_start, f.period_end, f.doubts) for f in found]
    half, june = ("2022-01", "2022-06"), ("2022-06", "2022-06")
    assert rows == [
        ("进出口总值", "both", 1.2e12, "", "", *half, ()),
        ("进出口总值", "both", 5.3, "up", "yoy", *half, ()),
        ("出口总值", "export", 800050000000, "", "", *half, ()),
        ("出口总值", "export", 6, "up", "yoy", *half, ("baseline",)),
        ("进口总值", "import", 399950000000, "", "", *half, ()),
        ("进口总值", "import", 1.2, "down", "yoy", *half, ("baseline",)),
        ("进口整体通关时间", "import", 32.5, "", "", *june, ()),
        ("进口整体通关时间", "import", 5, "down", "mom", *june, ()),
    ]


def test_a_promise_among_results_is_planned() -> None:
    found, _ = read("力争到2025年，整体通关时间压缩至20小时以内。", "news", "body", "2022-07-20")
    assert [(f.status, f.value, f.bound, f.deadline) for f in found] == [("planned", 20, "<=", "2025-12-31")]


@pytest.mark.parametrize(
    ("words", "lost"),
    [("A、B、C的票数分别为3票、5票。", 2), ("监管货物100票、50吨、8亿元，同比分别增长5%、7%。", 2), ("累计签发证书2000份、3000份。", 2), ("共有35魑货物。", 1)],
)
def test_a_distribution_that_does_not_fit_is_unread_and_never_guessed(words: str, lost: int) -> None:
    _, unread = read(words)
    assert len(unread) == lost
    assert {u.what for u in unread} == {"figure"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2019年二季度前实现全市港口企业公开时限。", [("2019-06-30", None, "")]),
        ("2020年底前主要业务应用率达到100%。", [("2020-12-31", 100, "%")]),
        ("到2023年底，进口、出口整体通关时间较2017年分别压缩50%和80%以上。", [("2023-12-31", 50, "%"), ("2023-12-31", 80, "%")]),
        ("2021年6月底前推广新模式，应用率达到30%以上；12月底前实现全覆盖。", [("2021-06-30", 30, "%"), ("2021-12-31", None, "")]),
        ("推动新增20项功能，年内完成。", [("2021-12-31", 20, "项")]),
        ("培育5家以上服务企业，建设3个海外仓。（完成时限：2022年12月）", [("2022-12-31", 5, "家"), ("2022-12-31", 3, "个"), ("2022-12-31", None, "")]),
        ("受理申请后3个工作日内办结。", [("", 3, "工作日")]),
        ("每月底前报送进展，每季度通报。公布12345热线，落实24小时通关、提前48小时申报。", []),
        ("按照国办发〔2020〕24号要求，在5个口岸试行。", []),
    ],
)  # fmt: skip
def test_targets(words: str, expected: list[tuple[str, float | None, str]]) -> None:
    found, _ = read(words, "plan", "body", "2021-03-20")
    assert [(f.deadline, f.value, f.unit) for f in found] == expected
    assert all(f.status == "planned" for f in found)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("到2025年，货运量达到1.2亿吨；吞吐量突破500万标箱。", [("2025-12-31", 12e7, "吨", "货运量"), ("2025-12-31", 5e6, "标箱", "吞吐量")]),
        ("2021年底，口岸通关时间较2017年压缩60%以上。", [("2021-12-31", 60, "%", "口岸通关时间")]),
        ("年内联系企业扩大至40家。", [("2021-12-31", 40, "家", "联系企业家数")]),
        ("2021年水产品抽检合格率达97%以上。", [("2021-12-31", 97, "%", "水产品抽检合格率")]),
        ("到2025年泊位达到12个。", [("2025-12-31", 12, "个", "泊位数量")]),
        ("6月底前培训报关员3000人次。", [("2021-06-30", 3000, "人次", "培训报关员人次")]),
        ("2023年底前提前申报比例达到40%。", [("2023-12-31", 40, "%", "提前申报比例")]),
        ("2025年底前海外仓面积达到20万平方米。", [("2025-12-31", 200000, "平方米", "海外仓面积")]),
        ("力争三年内建成8个中心，2024年完成3个。", [("", 8, "个", ""), ("2024-12-31", 3, "个", "")]),
        ("培育6家左右年销售超百亿元的市场。", [("", 6, "家", "")]),
        ("建设年吞吐量超90万标箱的码头2个。", [("", 2, "个", "码头数量")]),
        ("本办法自印发之日起施行，有效期至2026年12月31日。", []),
        ("各区于2021年12月20日前将落实情况书面报市口岸办。", []),
        ("2022年3月底前制定方案，6月底前印发实施；2021年9月底前完成摸底。", [("2022-03-31", None, "", "制定方案"), ("2022-06-30", None, "", "印发实施"), ("2021-09-30", None, "", "摸底")]),
        ("（市商务局牵头，某海关配合，2022年底前完成）", [("2022-12-31", None, "", "建设冷链中心")]),
        ("（责任单位：市商务局，完成时限：2022年三季度）", [("2022-09-30", None, "", "建设冷链中心")]),
        ("进口时间2021年控制在40小时以内、出口控制在2小时以内。", [("2021-12-31", 40, "小时", "进口时间"), ("2021-12-31", 2, "小时", "出口时间")]),
    ],
)  # fmt: skip
def test_dates_of_promises(words: str, expected: list[tuple[str, float | None, str, str]]) -> None:
    found, _ = read(words, "plan", "body", "2021-03-20", {"1": "建设冷链中心"})
    assert [(f.deadline, f.value, f.unit) for f in found] == [e[:3] for e in expected]
    assert all(name in ("", f.indicator) for f, (*_, name) in zip(found, expected, strict=True))
    assert all(f.status == "planned" for f in found)


def test_a_plan_tells_of_a_year_before_its_own() -> None:
    found, _ = read("2020年，全市口岸验放旅客2.1亿人次。", "plan", "body", "2021-03-20")
    assert [(f.status, f.value, f.period_end) for f in found] == [("reported", 210000000, "2020-12")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("码头可靠泊10万吨级船舶，2022年完成吞吐量702万标箱，增长16.8%。", [(7020000.0, "reported", ""), (16.8, "reported", "")]),
        ("2023年减免税款35.6亿元，惠及企业1.2万家次，2024年目标40亿元。", [(3.56e9, "reported", ""), (12000.0, "reported", ""), (4e9, "planned", "")]),
        ("放行时间缩短至0.5天，同比压缩37.5%。", [(0.5, "planned", "status"), (37.5, "planned", "status")]),
        ("2024年放行时间缩短至0.5天，同比压缩37.5%。", [(0.5, "reported", ""), (37.5, "reported", "")]),
    ],
)
def test_a_plan_keeps_what_was_reached_from_what_it_promises(words: str, expected: list[tuple[float, str, str]]) -> None:
    paper = f"绵阳市口岸工作方案\n绵府办发〔2024〕7号\n2024年6月1日\n\n一、提升效率。{words}（市商务局负责）\n"
    found = read_paper(paper.encode(), "a.txt").figures
    assert [(f.value, f.status, "、".join(f.doubts)) for f in found] == expected


def test_a_number_of_which_nobody_says_what_it_measures_is_in_doubt() -> None:
    paper = "绵阳市口岸工作方案\n2024年6月1日\n\n一、提升货量。到2025年达到6000万吨。（市商务局负责）\n"
    assert [(f.indicator, f.doubts) for f in read_paper(paper.encode(), "a.txt").figures] == [("重量", ("subject",))]


def test_the_time_limits_of_a_table() -> None:
    rows = "1\t优化流程\t市商务局\t2021年6月底\n2\t建设平台\t市交通局\t持续推进\n3\t降低费用\t市财政局\t9月底前\n"
    text = Text(rows, rows, array("l", range(len(rows))))
    cells, passages, at = [], [], 0
    for number, line in enumerate(rows.splitlines(), 1):
        cells.append(figures.Cell(str(number), at + line.rindex("\t") + 1, at + len(line)))
        passages.append(Passage(str(number), "body", at, at + len(line)))
        at += len(line) + 1
    found, _ = figures.read(text, passages, "2021-03-20", "table", {"1": "优化流程", "2": "建设平台", "3": "降低费用"}, cells)
    assert [(f.measure, f.indicator, f.value, f.deadline, f.evidence.quote) for f in found] == [
        ("1", "优化流程", None, "2021-06-30", "2021年6月底"),
        ("3", "降低费用", None, "2021-09-30", "9月底前"),
    ]


REPORT = """某海关：上半年福州市进出口1000亿元
浏览次数：123　附件：1.2022年情况表.xlsx

2022年，福州市进出口4000亿元，增长7.6%。
一是一般贸易进出口3000亿元，占75%；国有企业进出口500亿元，增长1.2倍。
二是四季度出口增长3.1%。
三是对东盟进出口900亿元。全年签发证书12万份。
12月份，进口整体通关时间30小时，比2017年压缩71.2%；出口1.4小时，压缩95.6%。
截至12月底，惠及企业210家，每票节省费用约300元。查验时间由3天缩短至1天。
12月当月进出口350亿元。民营企业进出口2500亿元。
"""


def test_periods_of_a_report() -> None:
    found, unread = read(REPORT, "news", "body", "2023-01-18")
    assert unread == ()
    year, fourth, month = "2022-01/2022-12", "2022-10/2022-12", "2022-12/2022-12"
    assert [(f.value, f.unit, f"{f.period_start}/{f.period_end}".strip("/")) for f in found] == [
        (4e11, "元", year), (7.6, "%", year), (3e11, "元", year), (75, "%", year), (5e10, "元", year), (1.2, "倍", year),
        (3.1, "%", fourth), (9e10, "元", year), (120000, "份", year), (30, "小时", month), (71.2, "%", month), (1.4, "小时", month),
        (95.6, "%", month), (210, "家", month), (300, "元", ""), (1, "天", ""), (3.5e10, "元", month), (2.5e11, "元", year),
    ]  # fmt: skip
    assert [(f.indicator, f.flow, f.baseline) for f in found if f.value == 95.6] == [("出口整体通关时间", "export", "2017")]


@pytest.mark.parametrize(
    ("words", "issued", "period"),
    [
        ("前10个月，出口5亿元。", "2023-01-18", "2022-10"), ("四季度出口5亿元。", "2022-01-21", "2021-12"), ("8月，出口5亿元。", "2023-09-12", "2023-08"),
        ("今年前三季度，出口5亿元。", "2022-10-18", "2022-09"), ("较2019年增长。1—8月，出口5亿元。", "", ""), ("2021年，进口1亿元。四季度，出口5亿元。", "2022-01-21", "2021-12"),
    ],
)  # fmt: skip
def test_no_period_after_the_day_of_issue(words: str, issued: str, period: str) -> None:
    found, _ = read(words, "news", "body", issued)
    assert found[-1].period_end == period


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("为企业减少资金占用5亿多元。", ("资金占用", "change", 5e8, "元", "down", ">")),
        ("占全省外贸总值的六成五以上。", ("占全省外贸总值的比例", "share", 65, "%", "", ">=")),
        ("吞吐量下降三成五。", ("吞吐量", "change", 35, "%", "down", "")),
        ("查验率较二季度降低4.2个百分点。", ("查验率", "change", 4.2, "百分点", "down", "")),
        ("受台风影响吞吐量下降两成。", ("吞吐量", "change", 20, "%", "down", "")),
    ],
)
def test_single_figures(words: str, expected: tuple[Any, ...]) -> None:
    (f,), _ = read(words)
    assert (f.indicator, f.kind, f.value, f.unit, f.direction, f.bound) == expected


def test_a_rank_over_years_is_no_figure() -> None:
    found, unread = read("园区进出口500亿元，连续5年居全国首位。")
    assert [f.unit for f in found] == ["元"]
    assert unread == ()


def test_a_month_of_no_known_year_raises_nothing() -> None:
    for words in ("1月", "1月底前", "三季度前", "1—3月，出口5吨。"):
        for kind in ("plan", "news", "casebook"):
            read(words, kind, "body", "")


def test_what_a_plan_tells_as_done_is_reported() -> None:
    found, _ = read("截至2019年底，已建成5个智慧卡口。", "plan", "body", "2021-03-20")
    assert [(f.status, f.value, f.period_end) for f in found] == [("reported", 5, "2019-12")]


def test_headings_give_nothing() -> None:
    words = "压缩通关时间50%"
    text = Text(words, words, array("l", range(len(words))))
    assert figures.read(text, [Passage("1", "effect", 0, len(words), heading=True)], "2022", "casebook") == ((), ())


def test_evidence_is_exact_text_of_the_source() -> None:
    source = "共监管[x]船舶 31\n艘次。"
    kept = [i for i, c in enumerate(source) if c not in "[x] \n"]
    text = Text(source, "".join(source[i] for i in kept), array("l", kept))
    (found,), _ = figures.read(text, [Passage("1", "effect", 0, len(kept))], "2022", "casebook")
    assert found.evidence.quote == "共监管[x]船舶 31\n艘次"
    assert source[found.evidence.start : found.evidence.end] == found.evidence.quote


@settings(max_examples=250)
@given(st.text(alphabet="0123456789.,%万亿约近超成倍至到、和年月前底个小时天元票家（）：；，。增长压缩同比较由从进出口分别为其中达“”共零半", max_size=80), st.sampled_from(["plan", "news", "casebook", "interpretation"]))
def test_nothing_hangs_or_raises(words: str, kind: str) -> None:
    for section in ("effect", "body", "practice"):
        found, unread = read(words, kind, section)
        for evidence in [*(f.evidence for f in found), *(u.evidence for u in unread)]:
            assert words[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("piece", ["1吨", "1吨、", "增长1%，", "比", "由1天", "（1吨）", "1,", "2021年1月，", "高于全国", "同比", "分别为1、2吨，", "近", "1.2万 3.4\t", "其他1个1吨", "提前1天", "按1吨计，", "方案1项", "海关推行1项；"])
@pytest.mark.parametrize("kind", ["casebook", "news"])
def test_a_flattened_table_does_not_cost_its_square(piece: str, kind: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        read(piece * times, kind, "body" if kind == "news" else "effect")
        return time.process_time() - start

    read(piece)
    assert seconds(4000) < 40 * seconds(400) + 1.0


@settings(max_examples=200)
@given(
    st.decimals("0.1", "99.9", places=1), st.sampled_from([("增长", "up"), ("下降", "down"), ("提升", "up"), ("压缩", "down"), ("减少", "down")]),
    st.sampled_from([("同比", "yoy"), ("环比", "mom"), ("较2019年", "2019"), ("比去年同期", "yoy"), ("", "")]), st.sampled_from([("约", "~"), ("近", "<"), ("超", ">"), ("", "")]),
)  # fmt: skip
def test_changes_round_trip(value: Any, verb: tuple[str, str], base: tuple[str, str], bound: tuple[str, str]) -> None:
    found, unread = read(f"2022年1—6月，青岛口岸货物吞吐量{base[0]}{verb[0]}{bound[0]}{value}%。")
    assert unread == ()
    assert [(f.kind, f.value, f.direction, f.baseline, f.bound, f.period_start, f.period_end) for f in found] == [
        ("change", float(value), verb[1], base[1], bound[1], "2022-01", "2022-06")
    ]


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the annotated documents are not beside the repository (../shared)")
def test_every_number_of_the_results_parts_is_accounted_for() -> None:
    """The casebook's results parts leave no number unread."""
    from guanlian.loaders import reader

    path = next((SHARED / "corpus").glob("004_*.txt"))
    sheet = reader.read(path.read_bytes(), path.name)
    assert [u for u in sheet.unread if u.what == "figure"] == []
    assert len([f for f in sheet.figures if f.section == "effect"]) > 140


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("二〇二三年首三季，口岸货车通关20.5万架次，按年上升3.1%。", [(205000, "架次", "", "", "2023-01/2023-09"), (3.1, "%", "up", "yoy", "2023-01/2023-09")]),
        ("办理业务30宗，货值2亿元，分别是去年同期的1.2倍和3倍。", [(30, "宗", "", "", ""), (2e8, "元", "", "", ""), (1.2, "倍", "", "yoy", ""), (3, "倍", "", "yoy", "")]),
        ("申报应用率达50%，高于全国平均水平4个百分点。", [(50, "%", "", "", ""), (4, "百分点", "up", "全国平均水平", "")]),
        ("关员已经守了4个通宵，采访了跑船9年的老师傅。", []),
    ],
)  # fmt: skip
def test_bulletins(words: str, values: list[tuple[Any, ...]]) -> None:
    found, _ = read(words, "news", "body", "2023-12-20")
    assert [(f.value, f.unit, f.direction, f.baseline, f"{f.period_start}/{f.period_end}".strip("/")) for f in found] == values


def test_lists_after_分别_with_one_that_stayed_the_same() -> None:
    found, unread = read("10月，完成矿石200万吨，煤炭90万吨，原油80万吨，同比分别增长6.1%、下降2.4%、持平。", "news", "body")
    assert unread == ()
    assert [(f.value, f.direction) for f in found[3:]] == [(6.1, "up"), (2.4, "down")]


def test_what_is_to_come_in_a_report_is_planned() -> None:
    found, _ = read("共验放货物80票。\n下半年打算：一是优化流程。二是扩大试点，应用率提高到70%以上。", "news", "body")
    assert [f.status == "planned" for f in found] == [False, True]
