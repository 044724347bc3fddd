"""Fact sheets: whatever is written is read again the same, and a broken sheet says where."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guanlian.loaders.facts import (
    BASES,
    CLAUSE_STATES,
    FIGURE_KINDS,
    FIGURE_SECTIONS,
    FIGURE_STATUSES,
    PROVISION_KINDS,
    ROLES,
    STANCES,
    AgencyName,
    DocumentInfo,
    Evidence,
    FactSheet,
    Figure,
    Group,
    Member,
    ModeDefinition,
    ModeMention,
    PlatformMention,
    PortMention,
    Provision,
    Responsibility,
    Stacking,
    Unread,
)
from guanlian.loaders.review.decisions import LISTS, Review, survive
from guanlian.loaders.sheet import Decided, decided, dumps, loads, normal
from guanlian.loaders.sheetcheck import SheetError, schema

CLAUSE = "市商务局牵头，宁波海关、宁波海事局按职责分工负责"


def sheet() -> FactSheet:
    """A small sheet of our own about a port."""
    clause = Evidence(90, 90 + len(CLAUSE), CLAUSE)
    long = "“两步申报”是指企业先凭提单作概要申报提离货物、其后在规定时间内补充完整申报的通关方式，" * 2
    return FactSheet(
        document=DocumentInfo(
            "ningbo-2021", "宁波.txt", "0" * 64, "宁波市提升口岸效率措施", "甬口岸〔2021〕3号",
            "宁波市人民政府口岸办公室", "2021-03-05", "measures", ("国发〔2018〕37号",), "宁波市",
        ),
        provisions=(
            Provision("1", "", "measure", "1", "推广两步申报", "一、通关", 20, 140, "stated"),
            Provision("2", "", "measure", "2", "免费服务", "一、通关", 140, 200, "absent"),
        ),
        responsibilities=(
            Responsibility("1", "宁波市商务局", "lead", "stated", "", "市商务局", clause),
            Responsibility("1", "宁波海关", "joint", "stated", "", "宁波海关", clause),
            Responsibility("1", "宁波海事局", "joint", "group", "成员单位", "宁波海事局", clause, ("above",)),
        ),
        agencies=(AgencyName("宁波市商务局", "市商务局", "seat", False), AgencyName("某某中心", "某某中心", "form", True)),
        groups=(Group("工作组", "宁波市商务局", (Member("宁波海关", "成员"), Member("宁波海事局", "")), Evidence(5, 8, "工作组")),),
        modes=(
            ModeMention("", "提前申报", "mentions", Evidence(3, 7, "提前申报")),
            ModeMention("1", "两步申报", "promotes", Evidence(30, 34, "两步申报")),
        ),
        stackings=(Stacking("1", "两步申报", "提前申报", Evidence(30, 42, "两步申报”叠加“提前申报")),),
        definitions=(ModeDefinition("1", "两步申报", Evidence(40, 40 + len(long), long)),),
        ports=(PortMention("2", "宁波舟山港", "sea", Evidence(150, 155, "宁波舟山港")),),
        platforms=(PlatformMention("2", "甬e通", Evidence(160, 163, "甬e通")),),
        figures=(
            Figure("2", "body", "planned", "整体通关时间", "", "change", 0.0, None, "%", "down", ">=", "2017",
                   None, None, "", "", "2021-12-31", Evidence(170, 175, "50%以上"), ("period",)),
            Figure("2", "body", "planned", "费用", "import", "level", 12.5, 1e16, "元", "", "", "",
                   20.0, None, "", "", "", Evidence(180, 183, "a\nb")),
        ),
        unread=(Unread("2", "figure", Evidence(190, 192, "若干")),),
        notes=("一条说明",),
    )  # fmt: skip


def test_a_sheet_is_read_as_written() -> None:
    assert loads(dumps(sheet())) == sheet()


def test_a_reviewer_sees_an_item_with_its_facts_and_a_clause_once() -> None:
    text = dumps(sheet())
    assert text.count(CLAUSE) == 1
    first, second = text.index("id: '1'"), text.index("id: '2'")
    assert first < text.index(CLAUSE) < text.index("stance: promotes") < second < text.index("宁波舟山港")
    assert "  - {agency: 宁波市商务局, role: lead, mention: 市商务局}" in text
    assert "at: [30, 34]" in text
    assert max(len(line) for line in text.splitlines()) < 260


def test_spare_cuts_long_quotes_and_their_spans_but_no_clause() -> None:
    spare = loads(dumps(sheet(), spare=True))
    (definition,) = spare.definitions
    assert definition.evidence.quote == sheet().definitions[0].evidence.quote[:24]
    assert definition.evidence.end - definition.evidence.start == 24
    assert spare.responsibilities == sheet().responsibilities
    assert loads(dumps(spare, spare=True)) == spare
    marks = [Review(sheet().definitions[0]), Review(sheet().ports[0], rejected=True)]
    assert decided(dumps(sheet(), spare=True, reviews=marks)).reviews == (Review(definition), marks[1])


def test_a_correction_survives() -> None:
    corrected = replace(sheet().modes[1], stance="uses")
    changed = replace(sheet(), modes=(sheet().modes[0], corrected))
    kept = (Review(changed.responsibilities[0], ""), Review(corrected, "第1条已在实施"))
    text = dumps(changed, reviews=kept)
    assert decided(text) == Decided(changed, kept)
    assert decided(dumps(sheet())) == Decided(sheet())


def test_facts_come_in_the_order_of_the_items() -> None:
    mixed = replace(sheet(), modes=sheet().modes[::-1])
    assert loads(dumps(mixed)) == normal(mixed) == sheet()
    stray = replace(sheet(), ports=(PortMention("9", "北仑港区", "sea", Evidence(0, 4, "北仑港区")),))
    with pytest.raises(SheetError, match=r"ningbo-2021: 条目 item 9: ports"):
        dumps(stray)


BROKEN = [
    ("role: lead", "role: leader", r"x\.sheet\.yaml: 条目 item 1: clauses\[0\]\.owners\[0\]\.role: 'leader' is not one of lead"),
    ("stance: promotes", "stance: promote", r"item 1: modes\[0\]\.stance: 'promote' is not one of uses"),
    ("at: [30, 34]", "at: [30, 20]", r"item 1: modes\[0\]\.at: .*ends \(20\) before it starts \(30\)"),
    ("at: [30, 34]", "at: [30, 35]", r"item 1: modes\[0\]\.at: .*holds 5 characters, the quote 4"),
    ("span: [140, 200]", "span: [140, 100]", r"item 2: span: .*before it starts"),
    ("unit: 元", "unit: 3", r"item 2: figures\[1\]\.unit: 3 is not text"),
    ("unit: 元", "units: 元", r"item 2: figures\[1\]: .*'units' was unexpected"),
    ("  number: '2'", "  parent: '7'", r"item 2: parent: .*no item '7'"),
    ("id: '2'", "id: '1'", r"item 1: id: .*two items"),
    ("id: '2'", "id: 2", r"item 2: id: 2 is not text"),
    ("id: '2'\n", "id: '2'\n  id: '3'\n", r"line \d+: .*duplicate key 'id'"),
    ("agency: 宁波海关, role", "agency: '', role", r"clauses\[0\]\.owners\[1\]\.agency"),
    ("notes: [一条说明]", "notes: [&a 一条说明, *a]", r"line \d+: .*alias"),
    ("notes: [一条说明]", "notes: &a [*a]", r"line \d+: .*alias"),
    ("notes: [一条说明]", "notes: !!python/name:os.system", r"line \d+: .*python"),
    ("notes: [一条说明]", "notes: [", r"line \d+"),
    ("sheet: 1", "sheet: 2", r"x\.sheet\.yaml: sheet: 2"),
    ("kind: measures", "kind: plans", r"x\.sheet\.yaml: document\.kind: 'plans' is not one of plan, measures"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), BROKEN)
def test_a_broken_sheet_says_file_item_and_field(old: str, new: str, message: str) -> None:
    text = dumps(sheet())
    assert old in text
    with pytest.raises(SheetError, match=message):
        loads(text.replace(old, new), "x.sheet.yaml")


@pytest.mark.parametrize("text", ["", "[]", "42", "sheet: 1", "a: [1", "\0", "[" * 3000, "? [a]\n: b", "{a: &x 1}"])
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(SheetError, match=r"^x"):
        loads(text, "x")


def test_dates_without_quotes_stay_text() -> None:
    assert loads(dumps(sheet()).replace("'2021-03-05'", "2021-03-05")) == sheet()


def test_the_schema_is_a_schema() -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(schema())


words = st.text(max_size=12)
some = st.text(min_size=1, max_size=80)
number = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))
evidence = st.builds(lambda start, quote: Evidence(start, start + len(quote), quote), st.integers(0, 10**6), some)


def pick(*choices: str) -> st.SearchStrategy[str]:
    return st.sampled_from(choices)


def rows(record: Any, ids: list[str], /, **parts: Any) -> Any:
    return st.lists(st.builds(record, measure=st.sampled_from(ids), evidence=evidence, **parts), max_size=3).map(tuple)


@st.composite
def sheets(draw: st.DrawFn) -> FactSheet:
    ids = draw(st.lists(some, max_size=3, unique=True))
    items = tuple(
        draw(
            st.builds(
                Provision,
                st.just(one),
                st.sampled_from(["", *ids]),
                pick(*PROVISION_KINDS),
                words,
                words,
                words,
                st.integers(0, 99),
                st.integers(99, 10**6),
                pick("", *CLAUSE_STATES),
                words,
                words,
            )
        )
        for one in ids
    )
    where = ["", *ids]
    member = st.builds(Member, some, words)
    return FactSheet(
        document=draw(
            st.builds(
                DocumentInfo, some, some, words, words, words, words, pick("", "2020", "2020-02", "2020-02-03"),
                pick("plan", "news"), st.lists(some, max_size=2).map(tuple), words,
            )
        ),
        provisions=items,
        responsibilities=draw(
            rows(Responsibility, where, agency=some, role=pick(*ROLES), basis=pick(*BASES), via=words, mention=words)
        ),
        agencies=draw(st.lists(st.builds(AgencyName, some, words, words, st.booleans()), max_size=2).map(tuple)),
        groups=draw(
            st.lists(st.builds(Group, some, words, st.lists(member, max_size=2).map(tuple), evidence), max_size=2).map(tuple)
        ),
        modes=draw(rows(ModeMention, where, mode=some, stance=pick(*STANCES))),
        stackings=draw(rows(Stacking, where, mode=some, with_mode=some)),
        definitions=draw(rows(ModeDefinition, where, mode=some)),
        ports=draw(rows(PortMention, where, port=some, kind=pick("land", "zone"))),
        platforms=draw(rows(PlatformMention, where, platform=some)),
        figures=draw(
            rows(
                Figure, where, section=pick(*FIGURE_SECTIONS), status=pick(*FIGURE_STATUSES), indicator=words,
                flow=pick("", "both"), kind=pick(*FIGURE_KINDS), value=number, value_to=number, unit=words,
                direction=pick("", "up"), bound=pick("", ">=", "~"), baseline=words, from_value=number,
                from_value_to=number, period_start=words, period_end=words, deadline=words,
                doubts=st.lists(some, max_size=2).map(tuple),
            )
        ),
        unread=draw(rows(Unread, where, what=some)),
        notes=draw(st.lists(words, max_size=2).map(tuple)),
    )  # fmt: skip


@settings(max_examples=50, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(sheets())
def test_any_sheet_is_read_as_written(any_sheet: FactSheet) -> None:
    assert loads(dumps(any_sheet)) == normal(any_sheet)
    spare = loads(dumps(any_sheet, spare=True))
    assert len(spare.modes) == len(any_sheet.modes)
    assert all(len(row.evidence.quote) <= 60 for row in spare.figures)


@settings(max_examples=50, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(sheets(), st.data())
def test_whatever_a_person_decides_is_read_as_written(any_sheet: FactSheet, data: st.DataObject) -> None:
    every = {fact: None for name in LISTS.values() for fact in getattr(any_sheet, name)}
    chosen = data.draw(st.lists(st.sampled_from([*every]), unique=True, max_size=4)) if every else []
    marks = [Review(fact, data.draw(words), data.draw(st.booleans())) for fact in chosen]
    left = survive(any_sheet, marks)
    again = decided(dumps(left, reviews=marks, earlier=["甲"]))
    assert again.sheet == normal(left) and set(again.reviews) == set(marks) and again.earlier == ("甲",)
    assert survive(left, marks) == left
    for mark in marks:
        assert not mark.rejected or mark.fact not in getattr(left, LISTS[type(mark.fact)])


@settings(max_examples=150)
@given(st.text(alphabet="ab:-[]{}&*!|>'\"#\n ,?%@`1", max_size=60))
def test_no_text_does_worse_than_a_sheet_error(text: str) -> None:
    with pytest.raises(SheetError):
        loads(text, "x")
