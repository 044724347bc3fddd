"""Which numbered lines are measures, and what their numbers are."""

from __future__ import annotations

import re

import pytest

from guanlian.loaders.cases import casebook
from guanlian.loaders.outline import Outline, outline
from guanlian.loaders.outline.numerals import ordinal
from guanlian.loaders.repair import repair


def read(printed: str, interprets: str = "") -> Outline:
    text = repair(printed)

    def has_clause(start: int, end: int) -> bool:
        return bool(re.search(r"[（(][^（）]{2,60}(?:牵头|负责)[^（）]{0,30}[）)]", text.clean[start:end]))

    return outline(text, has_clause, interprets)


def items(printed: str) -> list[tuple[str, str]]:
    return [(i.id, i.title) for i in read(printed).items]


@pytest.mark.parametrize(
    ("name", "printed", "expected"),
    [
        ("numbers run through the sections", "一、甲\n1. 子。细。（市商务局牵头）\n2. 丑。细。（市商务局牵头）\n二、乙\n3. 寅。细。（市商务局牵头）", [("1", "子"), ("2", "丑"), ("3", "寅")]),
        ("numbers restart in each section", "一、甲\n1. 子。（市商务局牵头）\n2. 丑。（市商务局牵头）\n二、乙\n1. 寅。（市商务局牵头）", [("1.1", "子"), ("1.2", "丑"), ("2.1", "寅")]),
        ("decimal numbers are kept", "1 总述\n1.1 子任务。（市商务局牵头）\n1.2 丑任务。（市商务局牵头）", [("1.1", "子任务"), ("1.2", "丑任务")]),
        ("sub-points of an item are none", "（一）子。\n1. 甲一。\n2. 甲二。（市商务局牵头）\n（二）丑。\n1. 乙一。\n2. 乙二。（市商务局牵头）", [("1", "子"), ("2", "丑")]),
        ("sub-tasks with clauses of their own are items", "（一）子\n1. 甲一。（市商务局牵头）\n2. 甲二。（市商务局牵头）\n（二）丑。（市商务局牵头）", [("1.1", "甲一"), ("1.2", "甲二"), ("2", "丑")]),
        ("aims and assurances are no measures", "一、总体要求\n（一）指导思想。坚持。\n二、任务\n（二）子。（市商务局牵头）\n（三）丑。（市商务局牵头）", [("2", "子"), ("3", "丑")]),
        ("一是 二是 are no items", "1. 子。一是甲；二是乙。（市商务局牵头）\n2. 丑。（市商务局牵头）", [("1", "子"), ("2", "丑")]),
        ("a decimal value opens no item", "1. 子。（市商务局牵头）\n3.5亿元专项资金及时拨付。\n2. 丑。（市商务局牵头）", [("1", "子"), ("2", "丑")]),
        ("articles", "第一条 为规范经营，制定本办法。\n第二条 支持企业。（市商务局负责）\n第三条 加强监管。（市商务局负责）", [("2", "支持企业"), ("3", "加强监管")]),
        ("a title may begin with a number", "1. 子。（市商务局牵头）\n2.360度评价体系。细。（市商务局牵头）", [("1", "子"), ("2", "360度评价体系")]),
        ("a decimal that does not count on opens no item", "1. 子。（市商务局牵头）\n8.5倍以上。\n2. 丑。（市商务局牵头）", [("1", "子"), ("2", "丑")]),
        ("an amount is no title though it counts on", "1. 子。（市商务局牵头）\n2.5亿元资金到位。\n2. 丑。（市商务局牵头）", [("1", "子"), ("2", "丑")]),
        ("numbers of both levels side by side", "一、甲\n（一）子。（市商务局牵头）\n（二）丑。\n1. 细一。（市商务局牵头）\n2. 细二。（市商务局牵头）", [("1", "子"), ("2.1", "细一"), ("2.2", "细二")]),
        ("numbers of the lower level alone", "一、甲\n（一）组\n1. 细一。（市商务局牵头）\n2. 细二。（市商务局牵头）\n（二）组\n3. 细三。（市商务局牵头）", [("1", "细一"), ("2", "细二"), ("3", "细三")]),
        ("an item that says something before its steps is one beside them", "一、甲\n（一）子。先说一句做什么。（市商务局牵头）\n1. 细一。（市商务局牵头）\n2. 细二。（市商务局牵头）\n（二）丑。再说一句做什么。（市商务局牵头）\n1. 细三。（市商务局牵头）", [("1", "子"), ("1.1", "细一"), ("1.2", "细二"), ("2", "丑"), ("2.1", "细三")]),
        ("the one item that has steps is an item beside those that have none", "一、甲\n1. 子事。（市商务局牵头）\n（1）细一。（市商务局牵头）\n（2）细二。（市财政局牵头）\n2. 丑事。（市商务局牵头）\n3. 寅事。（市商务局牵头）", [("1", "子事"), ("1.1", "细一"), ("1.2", "细二"), ("2", "丑事"), ("3", "寅事")]),
        ("it may say so in the place of a title", "一、甲\n（一）推进子事，进一步办好丑事。（市商务局牵头）\n具体措施：\n1.细一。（市商务局牵头）\n2.细二。（市商务局牵头）\n二、乙\n（二）推进寅事，进一步办好卯事。（市商务局牵头）\n具体措施：\n1.细三。（市商务局牵头）", [("1", "推进子事，进一步办好丑事"), ("1.1", "细一"), ("1.2", "细二"), ("2", "推进寅事，进一步办好卯事"), ("2.1", "细三")]),
        ("a chapter that is an item does not number those that run through the paper", "一、总体要求\n（一）思路。\n二、甲\n（二）子。（市商务局牵头）\n三、乙\n（三）丑。（市商务局牵头）\n（四）寅。（市商务局牵头）\n四、督促落实\n市商务局要会同有关部门督导，各区人民政府要制定方案。", [("2", "子"), ("3", "丑"), ("4", "寅")]),
        ("the closing words of a paper make no item of their section", "一、甲\n（一）子。（市商务局牵头）\n二、乙\n（二）丑。（市商务局牵头）\n三、组织实施\n各地区要抓好落实。（市商务局牵头）", [("1", "子"), ("2", "丑")]),
        ("nor does what a closing part says of the paper itself", "一、甲\n（一）子。（市商务局牵头）\n（二）丑。（市商务局牵头）\n二、组织实施\n（一）强化检查。市商务局要会同有关部门加强对本方案落实情况的跟踪。", [("1", "子"), ("2", "丑")]),
        ("a title may begin with a year", "1. 子。（市商务局牵头）\n2.2022年底前建成。（市商务局牵头）", [("1", "子"), ("2", "2022年底前建成")]),
        ("the first title, too, may begin with a year", "1.2022年底前建成。（市商务局牵头）\n2.2023年底前投用。（市商务局牵头）", [("1", "2022年底前建成"), ("2", "2023年底前投用")]),
        ("a small stop and a full one behind a number", "1﹒子。（市商务局牵头）\n2。丑。（市商务局牵头）", [("1", "子"), ("2", "丑")]),
        ("a stop behind a number that slipped or was lost", "1.子。（市商务局牵头）\n2，丑事。（市商务局牵头）\n3寅事办好。（市商务局牵头）", [("1", "子"), ("2", "丑事"), ("3", "寅事办好")]),
        ("an amount that counts on opens no item", "1.子。（市商务局牵头）\n2个项目开工。（市商务局牵头）", [("1", "子")]),
        ("the annexes of a notice are no items", "附件：1.任务分解；\n2.估算表。（略）\n某年某月\n附件1\n一、甲\n1.子。（市商务局牵头）\n2.丑。（市商务局牵头）", [("1", "子"), ("2", "丑")]),
        ("without clauses the commonest leaf is the measure", "（一）甲。\n1. 子。\n2. 丑。\n（二）乙。\n3. 寅。", [("1", "子"), ("2", "丑"), ("3", "寅")]),
    ],
    ids=lambda v: v if isinstance(v, str) and " " in v and len(v) < 60 else "",
)  # fmt: skip
def test_items(name: str, printed: str, expected: list[tuple[str, str]]) -> None:
    assert items(printed) == expected


def test_what_follows_the_appendix_mark_is_no_part_of_the_last_item() -> None:
    plan = read("1. 子。甲。\n2. 丑。乙。\n附件：成员名单\n组长：某某")
    assert plan.items[-1].end == len("1. 子。甲。\n2. 丑。乙。")


def test_an_interpretation_is_read_to_where_the_paper_is_printed_again() -> None:
    text = "甲措施解读\n第1条 子\n解读：丑。\n第2条 寅\n解读：卯。\n甲措施\n1. 子。\n2. 寅。"
    assert [i.id for i in read(text, "甲措施").items] == ["1", "2"]


CASES = "目录\n案例一 甲……1\n案例二 乙……2\n案例一\n甲\n副题\n一、实施背景\n某海关。\n二、主要做法\n（一）子。细。\n（二）丑。细。\n三、实施成效\n压缩50%。\n案例二 乙\n【背景】\n某。\n【主要做法】\n一是寅。二是卯。\n【实施成效】\n好。"


def test_cases_their_parts_and_their_practices() -> None:
    text = repair(CASES)
    assert casebook.is_casebook(text.folded)
    plan = casebook.outline(text)
    assert [(i.id, i.kind, i.title) for i in plan.items] == [
        ("1", "case", "甲副题"),
        ("1.1", "practice", "子"),
        ("1.2", "practice", "丑"),
        ("2", "case", "乙"),
        ("2.1", "practice", "寅"),
        ("2.2", "practice", "卯"),
    ]
    sections = {(p.measure, p.section) for p in plan.passages if not p.heading}
    assert {("1", "background"), ("1.1", "practice"), ("1", "effect"), ("2", "effect")} <= sections


@pytest.mark.parametrize(("printed", "value"), [("四十三", 43), ("十", 10), ("二十", 20), ("一百零二", 102), ("17", 17), ("⑤", 5)])
def test_ordinal(printed: str, value: int) -> None:
    assert ordinal(printed) == value
