"""What a person decided about facts: one decision replaces one fact, a rejected fact is none and takes along what rests on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from guanlian.loaders import reader
from guanlian.loaders.facts import Evidence, FactSheet, Unread
from guanlian.loaders.review.decisions import LISTS, Review, survive, without
from guanlian.loaders.sheet import Decided, decided, dumps, loads
from guanlian.loaders.sheetcheck import SheetError
from tests.conftest import PLAN

TEXT = PLAN.replace("市交通运输局参与", "海湾先导区管委会参与") + (
    "4. 推广两步申报，进口、出口通关时间分别压缩30%、30%。（由市口岸委员会工作组成员单位负责）\n"
    "5. 在龙潭港区推广提前申报。（市商务局牵头，市财政局配合）\n"
)
SHEET: FactSheet = reader.read(TEXT.encode(), "南京.txt")
Pick = Callable[[FactSheet], list[Any]]


def of(name: str, **said: Any) -> Pick:
    """Facts of a list that say this."""

    def pick(sheet: FactSheet) -> list[Any]:
        return [row for row in getattr(sheet, name) if all(getattr(row, k) == v for k, v in said.items())]

    return pick


def rejected(pick: Pick) -> list[Review]:
    found = [Review(fact, "不成立", rejected=True) for fact in pick(SHEET)]
    assert found
    return found


REJECTIONS: list[Pick] = [
    of("responsibilities", measure="1", agency="南京市商务局"),
    of("responsibilities", measure="3"),
    of("figures", measure="1"),
    of("modes", measure="5"),
    of("ports", measure="5"),
    of("agencies", printed="海湾先导区管委会"),
]


@pytest.mark.parametrize("pick", REJECTIONS)
def test_a_rejected_fact_is_out_and_stays_written_with_its_words(pick: Pick) -> None:
    reviews = rejected(pick)
    left = survive(SHEET, reviews)
    assert not pick(left) and survive(left, reviews) == left
    text = dumps(left, reviews=reviews)
    assert text.count("rejected: true") == len(reviews) + 2, "each once, and the two lines that explain it"
    again = decided(text)
    assert again.sheet == left and set(again.reviews) == set(reviews)
    assert dumps(again.sheet, reviews=again.reviews) == text


def test_what_rests_on_a_rejected_fact_goes_with_it() -> None:
    alone = survive(SHEET, rejected(of("responsibilities", measure="3")))
    assert {p.id: p.clause_state for p in alone.provisions}["3"] == "absent"
    (name,) = of("agencies", printed="海湾先导区管委会")(SHEET)
    unit = name.canonical
    assert of("responsibilities", agency=unit)(SHEET)
    nameless = survive(SHEET, [Review(name, rejected=True)])
    assert not of("responsibilities", agency=unit)(nameless) and not of("agencies", canonical=unit)(nameless)
    only = of("responsibilities", agency=unit)(SHEET)
    assert not of("agencies", canonical=unit)(survive(SHEET, [Review(row, rejected=True) for row in only]))


def test_a_unit_put_in_the_place_of_another_leaves_no_stray_name() -> None:
    (owner,) = of("responsibilities", measure="1", mention="海湾先导区管委会")(SHEET)
    mended = survive(SHEET, [Review(replace(owner, agency="南京海湾管理局"))])
    assert not of("agencies", printed="海湾先导区管委会")(mended) and of("agencies", printed="市财政局")(mended)
    (name,) = of("agencies", printed="海湾先导区管委会")(SHEET)
    assert name in survive(SHEET, [Review(replace(owner, agency="南京海湾管理局")), Review(name)]).agencies


def test_no_clause_is_unread_where_a_person_says_there_is_none() -> None:
    at = TEXT.index("公开口岸收费目录")
    words = Unread("2", "clause", Evidence(at, at + 4, TEXT[at : at + 4]))
    unread = replace(
        SHEET,
        provisions=tuple(replace(p, clause_state="unread") if p.id == "2" else p for p in SHEET.provisions),
        responsibilities=tuple(r for r in SHEET.responsibilities if r.measure != "2"),
        unread=(words,),
    )
    settled = without(unread, [words])
    assert not settled.unread and {p.id: p.clause_state for p in settled.provisions}["2"] == "absent"


def test_a_rejection_holds_for_a_later_reading_of_the_same_words_and_for_no_other() -> None:
    (lead,) = of("responsibilities", measure="5", role="lead")(SHEET)
    later = replace(SHEET, responsibilities=tuple(replace(r, mention="由" + r.mention) for r in SHEET.responsibilities))
    assert lead not in later.responsibilities
    left = without(later, [lead]).responsibilities
    assert len(left) == len(SHEET.responsibilities) - 1
    assert [r.agency for r in left if r.measure == "5"] == ["南京市财政局"]
    assert without(SHEET, [replace(lead, role="joint")]) == SHEET, "another claim"
    assert without(SHEET, [replace(lead, evidence=Evidence(0, 1, "一"))]) == SHEET, "other words"


def test_a_rejection_carried_out_once_takes_nothing_more_the_next_time() -> None:
    (lead,) = of("responsibilities", measure="5", role="lead")(SHEET)
    twin = replace(lead, basis="group", via="专班")
    twice = replace(SHEET, responsibilities=(*SHEET.responsibilities, twin))
    left = survive(twice, [Review(lead, rejected=True)])
    assert twin not in left.responsibilities, "it says the same on the same words"
    assert survive(left, [Review(lead, rejected=True)]) == left
    marks = [Review(lead, rejected=True), Review(twin)]
    chosen = survive(twice, marks)
    assert twin in chosen.responsibilities and lead not in chosen.responsibilities
    assert survive(chosen, marks) == chosen


def test_of_two_figures_on_the_same_words_the_other_one_stays() -> None:
    (first,) = of("figures", measure="1")(SHEET)
    both = replace(SHEET, figures=(replace(first, flow="import"), replace(first, flow="export")))
    mended = replace(both.figures[0], value=61.0)
    assert survive(both, [Review(mended)]).figures == (mended, both.figures[1])
    assert without(both, [both.figures[1]]).figures == both.figures[:1]


def test_an_owner_a_person_added_answers_an_unread_clause_of_the_file() -> None:
    text = dumps(SHEET).replace("clause_state: stated", "clause_state: unread", 1)
    line = "- {agency: 南京海关, role: lead, mention: 南京海关}"
    assert line in text
    assert loads(text.replace(line, line.replace("}", ", reviewed: true}"), 1)).provisions[0].clause_state == "stated"


def test_nothing_is_both_reviewed_and_rejected() -> None:
    text = dumps(SHEET, reviews=[Review(SHEET.modes[0])])
    with pytest.raises(SheetError, match=r"item 1: modes\[0\].*either reviewed or rejected"):
        loads(text.replace("reviewed: true}", "reviewed: true, rejected: true}"), "x")


def test_earlier_editions_are_read_as_written() -> None:
    text = dumps(SHEET, earlier=["宁政办发〔2019〕1号", "旧.sheet.yaml"])
    assert decided(text) == Decided(loads(text), (), ("宁政办发〔2019〕1号", "旧.sheet.yaml"))


def test_every_kind_of_fact_can_be_decided_about() -> None:
    lists = {name for name in FactSheet.__slots__ if name not in ("document", "provisions", "notes")}
    assert set(LISTS.values()) == lists
