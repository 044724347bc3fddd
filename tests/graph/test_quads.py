"""Any sheet becomes sorted, unique N-Quads that an engine reads back line for line."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanlian.graph.quads import cited_key, decimal, quads, title_keys
from guanlian.loaders import facts
from guanlian.loaders.facts import DocumentInfo, Evidence, FactSheet, Figure, Group, Member, Provision, Responsibility
from guanlian.loaders.review.decisions import LISTS, Review
from guanlian.ontology.terms import expand, iri
from tests.queries.city import CUSTOMS, LED, OFFICE, casebook, explanation, plan, sheets

TEXT = st.text(
    st.sampled_from("海关口岸局“”〔〕 \n\t\\\"'<>{}|^`#/%&?=,.;\x00\x07\x7f\x85\u2028\ufeff\ufffe𠮷e\u0301")
    | st.characters(codec="utf-8"),
    max_size=6,
)
NAME = TEXT.filter(bool)
CHOICES: dict[str, tuple[str, ...]] = {
    "role": facts.ROLES, "basis": facts.BASES, "clause_state": (*facts.CLAUSE_STATES, ""), "stance": facts.STANCES,
    "status": facts.FIGURE_STATUSES, "section": (*facts.FIGURE_SECTIONS, ""),
}  # fmt: skip
EVIDENCE = st.builds(Evidence, st.integers(0, 9**9), st.integers(0, 9**9), TEXT)
NUMBER = st.none() | st.floats(allow_nan=False, allow_infinity=False, width=64)
DATE = st.sampled_from(["", "2021", "2021-10", "2021-10-31", "2021-13", "2021-02-30", "0000", "十月"])


def records(kind: Any) -> Any:
    """Strategy for a record of the facts, by the names and types of its fields."""
    return st.builds(kind, **{field.name: cells(kind, field) for field in dataclasses.fields(kind)})


def cells(kind: Any, field: Any) -> Any:
    if kind is Provision and field.name == "kind":
        return st.sampled_from(facts.PROVISION_KINDS)
    if field.name in CHOICES:
        return st.sampled_from(CHOICES[field.name])
    by_type = {"Evidence": EVIDENCE, "int": st.integers(0, 9**9), "bool": st.booleans(), "float | None": NUMBER}
    by_type |= {"tuple[str, ...]": st.lists(TEXT, max_size=2).map(tuple)}
    if field.type in by_type:
        return by_type[field.type]
    if field.name in ("period_start", "period_end", "deadline", "issued"):
        return DATE
    needed = ("key", "id", "agency", "canonical", "printed", "mode", "with_mode", "port", "platform", "name", "what")
    return NAME if field.name in needed else TEXT


def several(kind: Any) -> Any:
    return st.lists(records(kind), max_size=2).map(tuple)


GROUPS = st.lists(
    st.builds(Group, NAME, TEXT, st.lists(st.builds(Member, NAME, TEXT), max_size=2).map(tuple), EVIDENCE), max_size=2
)
SHEETS = st.builds(
    FactSheet,
    records(DocumentInfo),
    *(several(kind) for kind in (Provision, Responsibility, facts.AgencyName)),
    GROUPS.map(tuple),
    *(
        several(kind)
        for kind in (
            facts.ModeMention, facts.Stacking, facts.ModeDefinition, facts.PortMention, facts.PlatformMention, Figure,
            facts.Unread,
        )
    ),
)  # fmt: skip


@given(SHEETS)
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_any_sheet_is_read_back_line_for_line(sheet: FactSheet) -> None:
    text = quads(sheet)
    lines = text.split("\n")[:-1]
    assert lines == sorted(set(lines))
    found = list(ox.parse(text.encode("utf-8"), format=ox.RdfFormat.N_QUADS))
    assert len(set(found)) == len(lines)
    assert sorted(f"{quad} ." for quad in found) == lines  # the form a canonical writer gives
    assert {quad.graph_name.value for quad in found} == {iri("document", sheet.document.key)}
    assert not any(isinstance(term, ox.BlankNode) for quad in found for term in (quad.subject, quad.object))


def test_order_of_facts_does_not_matter() -> None:
    for sheet in sheets():
        turned = {f.name: getattr(sheet, f.name)[::-1] for f in dataclasses.fields(sheet) if f.name != "document"}
        assert quads(dataclasses.replace(sheet, **turned)) == quads(sheet)


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_same_bytes_on_any_machine(seed: str) -> None:
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]);"
        "from tests.queries.city import sheets; from guanlian.graph.quads import quads;"
        "sys.stdout.buffer.write(''.join(map(quads, sheets())).encode('utf-8'))"
    )
    root = str(__import__("pathlib").Path(__file__).parents[2])
    env = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Pacific/Auckland", "PYTHONUTF8": "0"}
    made = subprocess.run([sys.executable, "-c", script, root], env=env, capture_output=True, check=True, cwd=root)
    assert made.stdout == "".join(map(quads, sheets())).encode("utf-8")


def triples(sheet: FactSheet, predicate: str) -> set[tuple[str, str]]:
    found = ox.parse(quads(sheet).encode("utf-8"), format=ox.RdfFormat.N_QUADS)
    return {(str(q.subject), str(q.object)) for q in found if q.predicate.value == expand(predicate)}


def test_the_presumed_owner_is_never_a_stated_one() -> None:
    presumed = f"<{iri('document', 'jinghai-plan', '10')}>"
    for predicate in ("gl:ownedBy", "gl:ledBy", "gl:jointlyOwnedBy"):
        assert presumed not in {subject for subject, _ in triples(plan(), predicate)}
    assert presumed in {subject for subject, _ in triples(plan(), "gl:responsibility")}


def test_owners_of_one_clause_share_one_node_and_one_evidence() -> None:
    assert len([s for s, _ in triples(plan(), "gl:agency")]) == 7
    assert len(triples(plan(), "gl:responsibility")) == 5
    assert len([o for s, o in triples(plan(), "oa:exact") if o == f'"{LED.quote}"']) == 1


def test_figures_on_the_same_words_stay_two() -> None:
    assert len(triples(plan(), "gl:figure")) == 3
    twice = dataclasses.replace(plan(), figures=plan().figures * 2)
    assert quads(twice) == quads(plan())


def test_a_figure_must_be_a_number() -> None:
    bad = dataclasses.replace(plan().figures[0], value=float("nan"))
    with pytest.raises(ValueError, match="not a finite number"):
        quads(dataclasses.replace(plan(), figures=(bad,)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (1.5e20, "150000000000000000000"),
        (-2.50, "-2.5"),
        (100.0, "100"),
        (0.0, "0"),
    ],
)
def test_decimals_are_canonical(value: float, text: str) -> None:
    assert decimal(value) == text


EVERY = [plan().document, *plan().provisions, *(fact for name in LISTS.values() for fact in getattr(plan(), name))]


@pytest.mark.parametrize("fact", EVERY, ids=lambda fact: type(fact).__name__)
def test_what_a_person_vouched_for_is_marked_on_its_own_node(fact: Any) -> None:
    lines = [line for line in quads(plan(), [Review(fact, "会商确定")]).splitlines() if expand("gl:reviewed") in line]
    assert len(lines) == 1 and '"true"^^' in lines[0]
    node = lines[0].split()[0]
    told = quads(plan(), [Review(fact, "会商确定")])
    assert f'{node} <{expand("gl:note")}> "会商确定"' in told
    if isinstance(fact, Responsibility):  # those beside it in the clause are not vouched for
        assert told.count(f"{node} <{expand('gl:agency')}>") == 1 and f"/{expand('gl:role')}" not in node
    assert expand("gl:reviewed") not in quads(plan()) + quads(plan(), [Review(fact, rejected=True)])


def test_words_of_unknown_place_have_no_place_in_the_graph() -> None:
    facts_ = [Responsibility("1", CUSTOMS, "lead", "stated", "", "", Evidence(0, 0, words)) for words in ("甲 乙", "丙")]
    sheet = dataclasses.replace(plan(), responsibilities=tuple(facts_))
    told = quads(sheet, [Review(fact) for fact in facts_])
    assert "#:~:text=%E7%94%B2%20%E4%B9%99>" in told and "char=0,0" not in told
    assert told.count(f"<{expand('gl:responsibility')}>") == 2


def test_spare_with_quads() -> None:
    """At most 45 quads an item, evidence included, for a plan whose every measure names eight units."""
    units = [f"静海市第{n}局" for n in range(8)]
    owners, items = [], []
    for n in range(1, 41):
        clause = Evidence(n * 400, n * 400 + 60, f"第{n}条（{'、'.join(units)}）")
        items.append(
            Provision(str(n), "", "measure", str(n), f"第{n}项", "一、通关", n * 400 - 300, n * 400 + 60, "stated")
        )
        roles = ["lead", *["participant"] * 7]
        owners += [Responsibility(str(n), u, r, "stated", "", u, clause) for u, r in zip(units, roles, strict=True)]
    sheet = FactSheet(plan().document, tuple(items), tuple(owners))
    assert quads(sheet).count("\n") <= 45 * 40


def test_a_surrogate_cannot_get_in() -> None:
    sheet = dataclasses.replace(plan(), document=dataclasses.replace(plan().document, title="静\ud83d海", key="\udc00"))
    assert "\ufffd" in quads(sheet)
    quads(sheet).encode("utf-8")


def test_titles_meet_across_wrappings_and_scripts() -> None:
    wrapped = title_keys(plan().document.title)
    assert cited_key("《靜海市便利通關若干措施》（图解）的政策解读") != ""
    for cited in (
        "《静海市便利通关若干措施》",
        "静海市便利通關若干措施",
        "《静海市便利通关若干措施》政策解读",
        plan().document.title,
    ):
        assert cited_key(cited) in wrapped
    assert cited_key("静海市联网办法") not in wrapped
    assert title_keys("") == () and cited_key("") == "" and cited_key("解读") == ""


def test_an_explanation_does_not_pass_for_what_it_explains() -> None:
    key = cited_key("《静海市便利通关若干措施》")
    assert key not in title_keys(explanation().document.title)


def test_a_group_is_its_own_documents() -> None:
    assert {s for s, _ in triples(plan(), "org:hasMember")} == {f"<{iri('group', 'jinghai-plan', '各成员单位')}>"}
    assert f"<{iri('agency', OFFICE)}>" in {o for _, o in triples(plan(), "gl:groupLead")}
    assert {o for _, o in triples(casebook(), "gl:implementedBy")} == {f"<{iri('agency', CUSTOMS)}>"}
