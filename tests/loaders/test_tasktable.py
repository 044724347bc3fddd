"""Rows of a task table → items with the units of their cells."""

from __future__ import annotations

import pytest

from guanlian.loaders import tasktable
from guanlian.loaders.names import Resolver
from guanlian.loaders.parts import LISTS
from guanlian.loaders.reader import read
from guanlian.loaders.repair import repair
from guanlian.loaders.seats import seat_of

XIANGYANG = Resolver(seat_of("襄阳市"), "襄阳市人民政府")


def owners(cells: list[tuple[str, str]], *, first: int = 0) -> list[str]:
    """Roles and units of cells, each a kind of column and its words."""
    text, spans = "", []
    for kind, words in cells:
        spans.append((kind, len(text), len(text) + len(words)))
        text += words + "\t"
    clause = tasktable.cells(text, spans, XIANGYANG, first=first)
    return [f"{o.role} {o.unit.canonical}" for o in clause.owners] if clause else []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([("lead", "市教育局"), ("participant", "市财政局、市公安局")], ["lead 襄阳市教育局", "participant 襄阳市财政局", "participant 襄阳市公安局"]),
        ([("lead", "市教育局、市体育局按职责分工负责"), ("participant", "市财政局")], ["lead 襄阳市教育局", "lead 襄阳市体育局", "participant 襄阳市财政局"]),
        ([("joint", "市教育局、市体育局按职责分工负责")], ["joint 襄阳市教育局", "joint 襄阳市体育局"]),
        ([("joint", "市教育局牵头，市财政局配合")], ["lead 襄阳市教育局", "participant 襄阳市财政局"]),
        ([("joint", "市教育局")], ["lead 襄阳市教育局"]),
        ([("joint", "市教育局 市财政局")], ["joint 襄阳市教育局", "joint 襄阳市财政局"]),
        ([("joint", "市教育局（牵头）、市财政局")], ["lead 襄阳市教育局", "participant 襄阳市财政局"]),
        ([("participant", "各县（市、区）人民政府（含开发区管委会，下同）")], ["participant 各县（市、区）人民政府"]),
        ([("joint", "见说明")], []),
        ([], []),
    ],
)
def test_cells(cells: list[tuple[str, str]], expected: list[str]) -> None:
    assert owners(cells) == expected


def test_the_first_of_a_cell_leads_where_the_paper_says_so() -> None:
    assert owners([("joint", "市教育局、市财政局")], first=LISTS) == ["lead 襄阳市教育局", "participant 襄阳市财政局"]
    assert owners([("lead", "市教育局"), ("joint", "市财政局")], first=LISTS) == ["lead 襄阳市教育局", "participant 襄阳市财政局"]


TABLE = "序号\t工作任务\t牵头单位\t配合单位\t完成时限\n1\t建校舍。选址。\t市教育局\t市财政局\t2024年底\n2\t修球场\t\t市公安局\t\n一、保障\n3\t添器材\t市体育局\t/\t长期\n"


def test_rows_number_title_and_cells_merged_downward() -> None:
    tasks = tasktable.tasks(repair(TABLE))
    assert [(t.item.id, t.item.title) for t in tasks] == [("1", "建校舍"), ("2", "修球场"), ("3", "添器材")]
    found = read(("襄阳市学校建设任务分工表\n" + TABLE).encode(), "a.txt")
    assert [f"{r.measure} {r.role} {r.agency}" for r in found.responsibilities] == [
        "1 lead 襄阳市教育局", "1 participant 襄阳市财政局",
        "2 lead 襄阳市教育局", "2 participant 襄阳市公安局",
        "3 lead 襄阳市体育局",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "甲\t乙\n丙\t丁", "序号\t姓名\t电话\n1\t甲\t乙", "工作任务\t完成时限\n建校舍\t2024年"])
def test_a_table_without_owners_is_no_task_table(text: str) -> None:
    assert tasktable.tasks(repair(text)) == []
