"""Whole small papers: clause lines that close sections, rules in a column's head, items that are one sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest

from guanlian.loaders.facts import FactSheet
from guanlian.loaders.reader import read

HEAD = "邵阳市人民政府办公室关于印发邵阳市养老服务提升方案的通知\n\n邵阳市养老服务提升方案\n\n"


def owners(sheet: FactSheet) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in sheet.responsibilities:
        found.setdefault(row.measure, []).append((row.agency, row.role))
    return found


CLOSED = """一、完善设施
（一）新建社区食堂。每年新建十处。
（二）改造敬老院。加装电梯和扶手。
责任单位：市民政局、市财政局
二、建强队伍
（三）培训护理员。分批轮训。
（四）提高补贴标准。
责任单位：市人力资源和社会保障局、市教育局
"""


def test_a_clause_line_that_closes_every_section_is_all_its_items() -> None:
    found = owners(read((HEAD + CLOSED).encode(), "a.txt"))
    assert found["1"] == found["2"] == [("邵阳市民政局", "joint"), ("邵阳市财政局", "joint")]
    assert found["3"] == found["4"]
    assert ("邵阳市教育局", "joint") in found["4"]


def test_where_one_section_differs_the_line_is_the_last_items() -> None:
    text = CLOSED.replace("每年新建十处。", "每年新建十处。（市住房城乡建设局负责）")
    found = owners(read((HEAD + text).encode(), "a.txt"))
    assert found["1"] == [("邵阳市住房和城乡建设局", "lead")]
    assert "3" not in found
    assert len(found["4"]) == 2


LED = """一、完善设施
牵头部门：市民政局
1. 新建社区食堂。每年新建十处。（责任部门：市财政局、市民政局）
2. 改造敬老院。加装电梯。
二、建强队伍
牵头部门：市教育局
3. 培训护理员。分批轮训。（市卫生健康委牵头，市财政局配合）
"""


def test_who_leads_a_section_leads_its_items_beside_the_units_they_name() -> None:
    found = owners(read((HEAD + LED).encode(), "a.txt"))
    assert found["1"] == [("邵阳市民政局", "lead"), ("邵阳市财政局", "participant")]
    assert found["2"] == [("邵阳市民政局", "lead")]
    assert found["3"] == [("邵阳市卫生健康委员会", "lead"), ("邵阳市财政局", "participant")]  # its own lead stands


STEPS = """一、优化服务
（一）简化审批流程。推进减材料、减环节，方便群众办事。（市民政局牵头，市财政局配合）
具体举措：
1. 编制清单。（市司法局负责）
2. 公布指南。（市教育局负责）
（二）加强监管。完善规则，公开结果。（市公安局负责）
具体举措：
1. 建立台账。（市水利局负责）
"""


def test_an_item_keeps_its_own_clause_above_the_clauses_of_its_steps() -> None:
    sheet = read((HEAD + STEPS).encode(), "a.txt")
    found = owners(sheet)
    assert found["1"] == [("邵阳市民政局", "lead"), ("邵阳市财政局", "participant")]
    assert found["1.1"] == [("邵阳市司法局", "lead")]
    assert found["2"] == [("邵阳市公安局", "lead")]
    assert {p.id: p.parent for p in sheet.provisions} == {"1": "", "1.1": "1", "1.2": "1", "2": "", "2.1": "2"}
    spans = sorted((p.start, p.end) for p in sheet.provisions)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(spans))


def test_the_head_of_a_column_says_that_the_first_leads() -> None:
    rows = [
        "邵阳市养老服务重点任务分工表,,,",
        "序号,责任单位（列首位的为牵头单位）,任务,时限",
        "1,市民政局、市财政局,新建社区食堂,2025年底前",
        "2,市教育局、市人力资源和社会保障局,培训护理员,2025年6月底前",
    ]
    found = owners(read("\n".join(rows).encode(), "a.csv"))
    assert found["1"] == [("邵阳市民政局", "lead"), ("邵阳市财政局", "participant")]
    assert found["2"][0] == ("邵阳市教育局", "lead")


@pytest.mark.parametrize(
    ("sentence", "value", "deadline"),
    [
        ("新建社区食堂，到2026年底达到120处。", 120.0, "2026-12-31"),
        ("推进居家养老，到2025年累计改造家庭8000户。", 8000.0, "2025-12-31"),
        ("扩大助餐范围，2025年底前服务人次同比增长10%以上。", 10.0, "2025-12-31"),
    ],
)
def test_an_item_that_is_one_sentence_promises_in_its_title(sentence: str, value: float, deadline: str) -> None:
    text = f"{HEAD}1.{sentence}（市民政局负责）\n2.培训护理员。分批轮训。（市教育局负责）\n"
    (figure,) = read(text.encode(), "a.txt").figures
    assert (figure.status, figure.value, figure.deadline) == ("planned", value, deadline)


def test_the_clause_of_the_last_item_is_not_its_whole_sections() -> None:
    text = "定西市人才工作方案\n定政办发〔2031〕2号\n\n一、主要任务\n1.引进人才50名。（某某师专、某某大学定西校区）\n2.改造公寓，加快建设。（市民政局、市财政局）\n"
    made = read(text.encode(), "a.txt")
    assert {r.measure for r in made.responsibilities} == {"2"}
    assert {p.id: p.clause_state for p in made.provisions} == {"1": "absent", "2": "stated"}
