"""Every rule of the clause grammar, on words of our own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from guanlian.loaders import clauses, scopes
from guanlian.loaders.names import Resolver
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
    assert clauses.first_leads("责任单位中列第一位的为牵头单位，下同")
    assert not clauses.first_leads("牵头单位负责统筹")


@pytest.mark.parametrize(
    ("text", "reach", "span"),
    [
        ("以下第1至4项任务均由市教育局牵头，市公安局配合。", "以下", (1, 4)),
        ("（本部分由市教育局牵头，市公安局配合）", "本部分", (0, 0)),
        ("以上各项任务由市教育局负责", "以上", (0, 0)),
    ],
)
def test_a_rule_stated_once_knows_its_reach(text: str, reach: str, span: tuple[int, int]) -> None:
    (scope,) = scopes.scopes(text, NANJING)
    assert (scope.reach, (scope.first, scope.last)) == (reach, span)
    assert scope.clause.owners[0].unit.canonical == "南京市教育局"


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
