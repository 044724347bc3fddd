"""Every rule of the clause grammar, on words of our own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from guanlian.loaders import clauses
from guanlian.loaders.names import Resolver
from guanlian.loaders.reader import read
from guanlian.loaders.repair import fold
from guanlian.loaders.seats import seat_of

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "clauses.yaml").read_text(encoding="utf-8"))
NANJING = Resolver(seat_of("南京市"), "南京市人民政府办公厅")


def found(text: str) -> list[clauses.Clause]:
    return clauses.find(fold(text), 0, len(text), NANJING)


@pytest.mark.parametrize("case", CASES, ids=[c["rule"] for c in CASES])
def test_clause(case: dict[str, Any]) -> None:
    read = found(case["text"])
    assert [f"{o.role} {o.unit.canonical}" for c in read for o in c.owners] == case["owners"]
    assert [p.words for c in read for p in c.unread] == case.get("unread", [])
    assert any(c.none for c in read) == case.get("none", False)


def test_the_first_of_a_list_leads_where_the_paper_says_so() -> None:
    text = "（市教育局、市公安局、市民政局）"
    read = clauses.find(text, 0, len(text), NANJING, first=True)
    assert [o.role for o in read[0].owners] == ["lead", "participant", "participant"]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("责任单位中列第一位的为牵头单位，下同", True),
        ("1.甲。（市教育局、市财政局，列第一位的为牵头单位，下同）", True),
        ("1.甲。（市教育局、市财政局〔排在首位的为牵头单位，下同〕、市公安局）", True),
        ("1.甲。（市教育局、市财政局，列第一位的为牵头单位）", False),
        ("1.甲。（市教育局、市财政局）", False),
        ("牵头单位负责统筹", False),
        ("营商环境评价排名第一位", False),
    ],
)
def test_where_a_paper_says_that_the_first_leads(text: str, known: bool) -> None:
    assert (clauses.first_leads(text) >= 0) is known


FIRST = "泰州市人民政府关于印发某方案的通知\n\n{ahead}1.甲事。细。（市教育局、市财政局）\n2.乙事。细。（市公安局、市司法局{here}）\n3.丙事。细。（市水务局、市体育局）\n4.丁事。细。（市民政局、市商务局按职责分工负责）"


@pytest.mark.parametrize(
    ("ahead", "here", "led"),
    [
        ("各项任务责任单位列第一位的为牵头单位。\n", "", ["1", "2", "3"]),
        ("", "，列第一位的为牵头单位，下同", ["2", "3"]),
        ("", "，列第一位的为牵头单位，以下同", ["2", "3"]),
        ("", "〔列第一位的为牵头单位，下同〕", ["2", "3"]),
        ("", "，列第一位的为牵头单位", ["2"]),
        ("", "，列第一位者牵头", ["2"]),
        ("", "〔列第一位的为牵头单位〕", ["2"]),
        ("", "", []),
    ],
)
def test_such_a_rule_holds_from_where_it_is_said(ahead: str, here: str, led: list[str]) -> None:
    found = read(FIRST.format(ahead=ahead, here=here).encode(), "a.txt")
    assert [r.measure for r in found.responsibilities if r.role == "lead"] == led
    assert len(found.responsibilities) == 8 and not found.unread
    assert {r.role for r in found.responsibilities if r.measure == "4"} == {"joint"}  # 按职责分工负责 says its own


UNITS = ["市教育局", "市公安局", "市民政局", "南京海关", "省财政厅", "各区人民政府", "市委宣传部", "江苏海事局"]


@given(st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True), st.lists(st.sampled_from(UNITS), max_size=4, unique=True))
def test_written_and_read_back(leads: list[str], helpers: list[str]) -> None:
    helpers = [h for h in helpers if h not in leads]
    text = f"（{'、'.join(leads)}牵头{('，' + '、'.join(helpers) + '参与') if helpers else ''}）"
    (clause,) = found(text)
    assert [o.role for o in clause.owners] == ["lead"] * len(leads) + ["participant"] * len(helpers)
    assert [text[o.piece.start : o.piece.end] for o in clause.owners] == leads + helpers
    assert not clause.unread


@settings(max_examples=300)
@given(st.text(alphabet="（）()〔〕、，；：。市省局委办牵头配合负责参与责任单位海关各等由会同 \n20年", max_size=80))
def test_nothing_makes_it_raise_or_point_outside(text: str) -> None:
    for clause in found(text):
        assert 0 <= clause.start < clause.end <= len(text)
        for piece in [*(o.piece for o in clause.owners), *clause.unread]:
            assert clause.start <= piece.start < piece.end <= clause.end
