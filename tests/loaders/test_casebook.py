"""Casebooks in the styles that offices print them: which lines open a case, its parts, and its practices."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanlian.loaders.cases import casebook
from guanlian.loaders.cases.caseparts import kind_of_part, part_of
from guanlian.loaders.cases.practices import marks
from guanlian.loaders.repair import repair

TOLD = "{0}背景{1}\n等候时间长。\n{0}主要做法{1}\n（一）甲法。细。\n（二）乙法。细。\n{0}成效{1}\n缩短3天。\n"


def cases(printed: str) -> list[tuple[str, str]]:
    text = repair(printed)
    return [(i.id, i.title) for i in casebook.outline(text).items] if casebook.is_casebook(text.folded) else []


def told(first: str, second: str, opening: str = "", closing: str = "") -> str:
    return f"泰州口岸改革创新案例\n{first}\n{TOLD.format(opening, closing)}\n{second}\n{TOLD.format(opening, closing)}"


BOTH = [("1", "水果快检"), ("1.1", "甲法"), ("1.2", "乙法"), ("2", "粮食直取"), ("2.1", "甲法"), ("2.2", "乙法")]


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("案例一 on a line of its own", told("案例一\n水果快检", "案例二\n粮食直取")),
        ("案例1：", told("案例1：水果快检", "案例2：粮食直取")),
        ("【案例1】", told("【案例1】水果快检", "【案例2】粮食直取")),
        ("典型案例之一", told("典型案例之一\n水果快检", "典型案例之二\n粮食直取")),
        ("案例（一）", told("改革案例（一） 水果快检", "改革案例（二） 粮食直取")),
        ("案例01 |", told("案例01 | 水果快检", "案例02 | 粮食直取")),
        ("最佳实践一", told("最佳实践一：水果快检", "最佳实践二：粮食直取")),
        ("案例名称", told("案例名称：水果快检", "案例名称：粮食直取", closing="：")),
        ("一、 titles", told("一、水果快检", "二、粮食直取", "【", "】")),
        ("1. titles", told("1. 水果快检", "2. 粮食直取")),
        ("（一） titles in groups that count again", told("一、提速类\n（一）水果快检", "二、降费类\n（一）粮食直取", "◆")),
        ("bare titles", told("\n水果快检\n", "粮食直取\n")),
        ("markdown headings", told("## 水果快检", "## 粮食直取", "### ")),
        ("a label between title and parts", told("一、水果快检\n申报单位：泰州海关", "二、粮食直取\n申报单位：泰州海关")),
        ("numbers that start again in the next chapter", told("第一章 提速\n案例一 水果快检", "第二章 降费\n案例一 粮食直取")),
        ("a table of contents without page numbers", told("目录\n案例一 水果快检\n案例二 粮食直取\n案例一 水果快检", "案例二 粮食直取")),
    ],
    ids=lambda v: v if "\n" not in v else "",
)
def test_cases_however_they_are_headed(name: str, printed: str) -> None:
    assert cases(printed) == BOTH


@pytest.mark.parametrize(
    ("practices", "titles"),
    [
        ("（一）甲法。细。\n1.小项。\n2.小项。\n（二）乙法。细。", ["甲法", "乙法"]),
        ("1. 甲法。细。\n（1）小项。\n（2）小项。\n2. 乙法。细。", ["甲法", "乙法"]),
        ("（1）甲法。细。\n（二）乙法。细。", ["甲法", "乙法"]),
        ("一是甲法。细。二是乙法。细。", ["甲法", "乙法"]),
        ("选取两家试点：\n一是甲法；\n二是乙法。", ["甲法", "乙法"]),
        ("1.甲法。细。2.乙法。细。", ["甲法", "乙法"]),
        ("①甲法。细。\n②乙法。细。", ["甲法", "乙法"]),
        ("第一，甲法。细。\n第二，乙法。细。", ["甲法", "乙法"]),
        ("做法一：甲法。细。\n做法二：乙法。细。", ["甲法", "乙法"]),
        ("- **甲法。** 细。\n- **乙法。** 细。", ["甲法", "乙法"]),
        ("改由线上办理，2.5小时办结。", []),
    ],
)
def test_practices_however_they_are_listed(practices: str, titles: list[str]) -> None:
    printed = f"泰州口岸改革案例\n案例一 水果快检\n【背景】慢。\n【做法】{practices}\n【成效】快3天。\n案例二 粮食直取\n【做法】细。\n【成效】好。"
    assert [title for i, title in cases(printed) if i.startswith("1.")] == titles


def test_parts_within_a_line_end_the_title_and_each_other() -> None:
    printed = "案例一：水果快检\n背景：慢。做法：快检。成效：缩短3天。\n案例二：粮食直取\n【做法】直取。【成效】缩短2天。"
    text = repair(printed)
    plan = casebook.outline(text)
    assert [i.title for i in plan.items] == ["水果快检", "粮食直取"]
    assert [(p.section, text.clean[p.start : p.end].strip()) for p in plan.passages if not p.heading and p.measure == "1"] == [
        ("background", "慢。"),
        ("practice", "快检。"),
        ("effect", "缩短3天。"),
    ]


def test_cases_of_a_collection_that_has_no_parts() -> None:
    assert cases("泰州典型案例选编\n一、水果快检\n海关设专窗，缩短3天。\n二、粮食直取\n船到即卸。") == [("1", "水果快检"), ("2", "粮食直取")]


def test_a_paper_of_one_case() -> None:
    assert cases("泰州市典型案例（第5期）\n水果快检\n【背景】慢。\n【做法】1.甲法。细。2.乙法。细。\n【成效】快3天。") == BOTH[:3]


def test_an_introduction_may_stand_below_the_title() -> None:
    first = TOLD.format("（一）", "").replace("（一）甲法", "1.甲法").replace("（二）乙法", "2.乙法")
    assert cases(f"泰州典型案例汇编\n一、水果快检\n近年来水果进口增长很快，各方期待更快通关。\n{first}\n二、粮食直取\n{first}") == BOTH


@pytest.mark.parametrize(
    "printed",
    [
        "泰州市实施方案\n一、背景\n慢。\n二、主要措施\n（一）甲。\n三、预期\n好。",
        "泰州市工作总结\n一、主要做法\n（一）甲。\n（二）乙。\n二、取得成效\n好。\n三、存在问题\n少。\n四、下一步打算\n改。",
        "关于征集典型案例的通知\n案例包括：\n一、背景\n写明起因。\n二、主要做法\n写明内容。\n三、成效\n写明效果。",
        "关于征集典型案例的通知\n一、征集范围\n全市。\n二、报送要求\n每单位2个。",
        "泰州发布案例3个。\n案例10余个已推广。",
    ],
)
def test_what_is_no_casebook(printed: str) -> None:
    assert not cases(printed)


def test_results_and_what_follows_are_no_practices() -> None:
    printed = told("一、水果快检", "二、粮食直取") + "创新亮点\n1.首创。\n2.领先。\n下一步\n1.推广。\n2.完善。"
    assert cases(printed) == BOTH


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("改革背景", "background"), ("存在问题", "background"), ("主要做法", "practice"), ("创新举措", "practice"), ("应用成效", "effect"),
        ("做法和成效", "both"), ("创新点", "body"), ("推广价值", "body"), ("下一步工作打算", "body"), ("优化通关流程", ""), ("海关", ""),
    ],
)  # fmt: skip
def test_what_a_part_is_called(name: str, kind: str) -> None:
    assert kind_of_part(name) == kind


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("【背 景】港口拥堵", "背景"), ("二、主要做法", "主要做法"), ("（三）取得成效：", "取得成效"), ("◆改革成效", "改革成效"), ("1.背景。货物集中", "背景"),
        ("背景说明很重要", ""), ("做法是好的。", ""), ("成效。2023年", ""),
    ],
)  # fmt: skip
def test_which_lines_open_a_part(line: str, name: str) -> None:
    part = part_of(line)
    assert (part.name if part else "") == name


@settings(max_examples=80)
@given(st.text(alphabet="一二三四（）【】12.、。：\n ◆案例背景做法成效是第名称目录海关", max_size=120))
def test_items_lie_in_the_text_and_have_names_of_their_own(words: str) -> None:
    text = repair(words)
    plan = casebook.outline(text)
    ids = [i.id for i in plan.items]
    assert len(ids) == len(set(ids))
    assert all(0 <= i.start <= i.title_span[0] <= i.title_span[1] <= len(text.clean) for i in plan.items)
    ends = [p for p in plan.passages if p.end > p.start]
    assert all(a.end <= b.start for a, b in pairwise(ends))
    assert all(m.start < m.end for m in marks(text.folded, 0, len(text.folded)))


def test_the_last_paragraphs_of_a_case_without_headings_tell_its_results() -> None:
    told = "海关推出：一是推行预约。企业线上预约。二是开设专窗。即到即办。\n2021年1—9月，验放水果11.3万吨，同比增长26%。\n"
    printed = f"温州市创新案例汇编\n案例一：水果快检\n码头距市区68公里，企业嫌慢。\n{told}案例二：粮食直取\n企业嫌贵。\n{told}"
    plan = casebook.outline(repair(printed))
    clean = repair(printed).clean
    effect = [(p.measure, clean[p.start : p.end].strip()[:8]) for p in plan.passages if p.section == "effect"]
    assert effect == [("1", "2021年1—9"), ("2", "2021年1—9")]
    assert [i.title for i in plan.items if i.kind == "practice"] == ["推行预约", "开设专窗"] * 2


def test_a_case_that_counts_nothing_at_its_end_has_no_results() -> None:
    printed = "温州市创新案例汇编\n案例一：水果快检\n企业嫌慢。\n推行预约，线上办理。\n案例二：粮食直取\n企业嫌贵。\n开设专窗，即到即办。\n"
    assert not [p for p in casebook.outline(repair(printed)).passages if p.section == "effect"]
