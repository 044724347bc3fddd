"""Doubtful facts come the gravest first, each with the words around it; what a person vouched for does not come."""

from __future__ import annotations

from dataclasses import replace

from guanlian.loaders import reader
from guanlian.loaders.facts import Evidence, FactSheet, Unread
from guanlian.loaders.repair import repair
from guanlian.loaders.review.decisions import Review
from guanlian.loaders.review.doubts import KINDS, doubts, in_order
from tests.conftest import MEASURES, PLAN

TEXT = PLAN.replace("市交通运输局参与", "海湾先导区管委会参与")


def sheet() -> FactSheet:
    made = reader.read(TEXT.encode(), "南京.txt")
    at = TEXT.index("建设口岸服务热线")
    figures = tuple(replace(f, doubts=("baseline",)) for f in made.figures)
    return replace(made, figures=figures, unread=(Unread("3", "clause", Evidence(at, at + 4, TEXT[at : at + 4])),))


def test_the_gravest_come_first_with_the_words_around() -> None:
    found = doubts(sheet(), source=repair(TEXT).source)
    assert [d.kind for d in found] == ["clause", "provisional", "figure"]
    clause, unit, figure = found
    assert (clause.item, clause.quote) == ("3", "建设口岸") and clause.before.endswith("3. ")
    assert clause.after.startswith("服务热线。（市商务局负责）")
    assert unit.what.startswith("海湾先导区管") and unit.quote == "海湾先导区管委会"
    assert unit.before.endswith("市商务局、")
    assert "60%" in figure.what and figure.en.endswith("baseline") and "基期" in figure.zh


def test_a_presumed_owner_and_a_supplied_title_are_doubts() -> None:
    made = reader.read(MEASURES.encode(), "宁波.txt")
    (issuer,) = [d for d in doubts(made) if d.kind == "issuer"]
    assert issuer.what.startswith("宁波海关 (2: 1, 2)")
    untitled = replace(made, document=replace(made.document, title="[宁波]"))
    assert [d.kind for d in doubts(untitled)][-1] == "title"


def test_what_a_person_vouched_for_is_left_out() -> None:
    made = sheet()
    vouched = {*made.unread, *made.figures, *(a for a in made.agencies if a.provisional)}
    assert doubts(made, reviews=[Review(fact) for fact in vouched]) == []


def test_another_edition_of_the_text_shows_no_wrong_words() -> None:
    found = doubts(sheet(), source="前言" + TEXT)
    assert all(not d.before and not d.after for d in found)


def test_documents_are_told_in_one_order() -> None:
    both = [*doubts(sheet()), *doubts(reader.read(MEASURES.encode(), "宁波.txt"))]
    assert in_order(both) == in_order(both[::-1])
    assert [KINDS.index(d.kind) for d in in_order(both)] == sorted(KINDS.index(d.kind) for d in both)


def test_owners_of_a_table_that_rest_on_a_guess_are_told_once_for_each_item() -> None:
    head = "南京市2031年任务分工表\n序号\t任务\t责任单位\n"
    made = reader.read(f"{head}1\t建校舍\t市教育局、市财政局\n2\t修球场\t\n".encode(), "a.txt")
    assert [(r.measure, r.agency, r.doubts) for r in made.responsibilities] == [
        ("1", "南京市教育局", ()), ("1", "南京市财政局", ()), ("2", "南京市教育局", ("above",)), ("2", "南京市财政局", ("above",)),
    ]  # fmt: skip
    (owner,) = doubts(made)
    assert (owner.kind, owner.item, owner.what) == ("owner", "2", "南京市教育局 joint、南京市财政局 joint")
    assert "上一行" in owner.zh and "above" in owner.en
    vouched = [Review(r) for r in made.responsibilities if r.doubts]
    assert doubts(made, reviews=vouched) == []
