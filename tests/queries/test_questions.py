"""Every table and question, on our store and on rdflib, about three invented papers."""

from __future__ import annotations

import re

import pytest

from guanlian.graph.store import Store
from guanlian.queries import catalogue
from tests.queries.city import COMMERCE, CUSTOMS, HARBOUR, OFFICE, graphs

COLUMNS = {
    "documents": "document source title number issuer issued kind based_on measures",
    "measures": "document measure parent title section kind clause_state",
    "interpretations": "document measure of_document of_measure",
    "owners": "document measure title agency role basis via quote doubts",
    "coowners": "agency partner measures we_lead they_lead joint both_participate",
    "modes": "document measure mode family stance quote",
    "stackings": "document measure mode with_mode quote",
    "ports": "document measure port kind locode quote",
    "platforms": "document measure platform quote",
    "targets": "document measure indicator value value_to unit bound deadline quote doubts",
    "outcomes": "document measure section indicator flow kind value value_to unit direction bound baseline from_value "
    "period_start period_end quote since doubts",
    "unread": "document measure what text",
}
GIVEN = {"agency": "市口岸办", "mode": "两步申报", "port": "静海港"}


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.memory(graphs())


def rows(store: Store, name: str, **given: str) -> list[dict[str, str]]:
    columns, found = catalogue.run(name, store, given)
    return [dict(zip(columns, row, strict=True)) for row in found]


def required(name: str) -> dict[str, str]:
    return {p.name: GIVEN[p.name] for p in catalogue.get(name).parameters if p.required}


def test_tables_have_the_columns_that_scripts_rely_on() -> None:
    assert {name: " ".join(catalogue.get(name).columns) for name in catalogue.TABLES} == COLUMNS


@pytest.mark.parametrize("name", catalogue.names())
def test_our_store_and_rdflib_answer_alike(name: str, store: Store) -> None:
    import rdflib

    dataset = rdflib.Dataset()
    dataset.parse(data="".join(graphs().values()), format="nquads")
    ours = catalogue.run(name, store, required(name))
    theirs = catalogue.run(name, dataset, required(name))
    assert ours[0] == theirs[0] == catalogue.get(name).columns
    assert sorted(ours[1]) == sorted(theirs[1])
    assert ours[1] or name in ("solo-lead", "renames")


@pytest.mark.parametrize("name", catalogue.names())
def test_a_plain_rdflib_graph_will_do(name: str, store: Store) -> None:
    import rdflib

    graph = rdflib.Graph().parse(data=store.dump("ttl"), format="turtle")
    assert sorted(catalogue.run(name, graph, required(name))[1]) == sorted(
        catalogue.run(name, store, required(name))[1]
    )


@pytest.mark.parametrize("name", catalogue.names())
def test_every_question_stands_on_its_own(name: str) -> None:
    """The file without its conditional lines is SPARQL as it is, or needs a parameter and says so."""
    question = catalogue.get(name)
    assert re.search("[\u4e00-\u9fff]", question.title_zh) and question.title_en
    assert all(
        re.search("[\u4e00-\u9fff]", p.text_zh) and p.text_en.isascii() or "文" in p.text_en
        for p in question.parameters
    )
    if required(name):
        with pytest.raises(catalogue.QuestionError, match=next(iter(required(name)))):
            catalogue.bind(question, {})
    else:
        from rdflib.plugins.sparql.parser import parseQuery

        parseQuery(question.text)


def test_documents(store: Store) -> None:
    plan = rows(store, "documents")[2]
    assert plan["number"] == "静府口〔2020〕1号" and plan["issuer"] == OFFICE and plan["issued"] == "2020-03-05"
    assert plan["based_on"] == "国发〔2018〕37号; 粤府函〔2019〕1号" and plan["measures"] == "4"
    assert [d["measures"] for d in rows(store, "documents")] == ["2", "0", "4"]


def test_measures_are_counted_as_people_count(store: Store) -> None:
    found = [(m["measure"], m["kind"], m["clause_state"], m["parent"]) for m in rows(store, "measures")]
    assert found == [
        ("5", "case", "stated", ""),
        ("5.1", "practice", "absent", "5"),
        ("1", "measure", "stated", ""),
        ("2", "measure", "stated", ""),
        ("10", "measure", "absent", ""),
        ("11", "measure", "unread", ""),
    ]


def test_an_explanation_finds_its_paper_in_either_script(store: Store) -> None:
    found = [(i["measure"], i["of_document"], i["of_measure"]) for i in rows(store, "interpretations")]
    assert found == [("1", "jinghai-plan", "1"), ("2", "静海市联网办法", "7")]


def test_owners_keep_stated_group_and_issuer_apart(store: Store) -> None:
    found = {(o["measure"], o["agency"], o["role"], o["basis"], o["via"]) for o in rows(store, "owners")}
    assert found == {
        ("1", CUSTOMS, "lead", "stated", ""),
        ("1", OFFICE, "participant", "stated", ""),
        ("1", COMMERCE, "participant", "stated", ""),
        ("2", OFFICE, "joint", "stated", ""),
        ("2", CUSTOMS, "joint", "stated", ""),
        ("2", COMMERCE, "participant", "group", "各成员单位"),
        ("10", OFFICE, "joint", "issuer", ""),
        ("5", CUSTOMS, "implementer", "stated", ""),
        ("5", HARBOUR, "partner", "stated", ""),
    }
    assert {(o["measure"], o["agency"]): o["doubts"] for o in rows(store, "owners") if o["doubts"]} == {("2", COMMERCE): "above; role"}


def test_figures_tell_what_was_guessed_of_them(store: Store) -> None:
    assert [row["doubts"] for name in ("outcomes", "targets") for row in rows(store, name) if row["doubts"]] == ["baseline; period"]


def test_owners_with_a_partner_by_alias(store: Store) -> None:
    found = [
        (o["measure"], o["agency"], o["role"]) for o in rows(store, "owners", agency=CUSTOMS, **{"with": "市口岸办"})
    ]
    assert sorted(found) == [
        ("1", OFFICE, "participant"), ("1", CUSTOMS, "lead"), ("2", OFFICE, "joint"), ("2", CUSTOMS, "joint"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "measures"),
    [
        ({"role": "lead"}, {"1"}),
        ({"measure": "2"}, {"2"}),
        ({"document": "静府口〔2020〕1号"}, {"1", "2", "10"}),
        ({"document": "cases.txt"}, {"5"}),
        ({"mode": "两步申报"}, {"2", "5"}),
        ({"port": "静海港"}, {"2", "5"}),
        ({"mode": "两步申报", "port": "静海港", "document": "jinghai-plan"}, {"2"}),
        ({"agency": "市口岸办", "role": "joint"}, {"2", "10"}),
        ({"with": "市商务局"}, {"1", "2"}),
        ({"agency": "无此单位"}, set()),
    ],
)
def test_owners_narrowed(store: Store, given: dict[str, str], measures: set[str]) -> None:
    assert {o["measure"] for o in rows(store, "owners", **given)} == measures


def test_coowners_count_each_shared_measure_once(store: Store) -> None:
    found = {tuple(row) for row in catalogue.run("coowners", store)[1]}
    assert found == {
        (OFFICE, COMMERCE, "2", "0", "0", "0", "1"),
        (COMMERCE, OFFICE, "2", "0", "0", "0", "1"),
        (OFFICE, CUSTOMS, "2", "0", "1", "1", "0"),
        (CUSTOMS, OFFICE, "2", "1", "0", "1", "0"),
        (COMMERCE, CUSTOMS, "2", "0", "1", "0", "0"),
        (CUSTOMS, COMMERCE, "2", "1", "0", "0", "0"),
    }
    assert {row["agency"] for row in rows(store, "coowners", agency="市口岸办")} == {OFFICE}


def test_figures_keep_their_digits_and_their_number(store: Store) -> None:
    found = [
        (o["flow"], o["value"], o["value_to"], o["from_value"], o["period_start"]) for o in rows(store, "outcomes")
    ]
    assert found == [
        ("", "4", "", "24", ""), ("export", "16.85", "20", "10.5", "2020-01"), ("import", "16.85", "", "", "2020-01"),
    ]  # fmt: skip
    assert [(t["value"], t["bound"], t["deadline"]) for t in rows(store, "targets")] == [("33.3", ">=", "2020-12-31")]


def test_facts_outside_any_item_have_an_empty_measure(store: Store) -> None:
    assert [p["measure"] for p in rows(store, "platforms")] == ["", "2"]


def test_cards(store: Store) -> None:
    mode = {(f["facet"], f["value"], f["detail"]) for f in rows(store, "mode-card", mode="两步申报")}
    assert ("agency", CUSTOMS, "implementer") in mode and ("port", "静海港", "sea") in mode
    assert ("stacked", "提前申报", "") in mode and ("outcome", "通关时间", "4小时") in mode
    unit = {(f["facet"], f["value"], f["detail"]) for f in rows(store, "agency-card", agency="市口岸办")}
    assert {("alias", "市口岸办", ""), ("co-owner", CUSTOMS, "2"), ("group", "各成员单位", "组长")} <= unit
    port = {(f["facet"], f["value"]) for f in rows(store, "port-card", port="静海港")}
    assert {("measure", "优化码头作业"), ("mode", "两步申报"), ("agency", HARBOUR)} <= port


def test_what_an_analyst_looks_for(store: Store) -> None:
    assert [m["measure"] for m in rows(store, "no-clause")] == ["10", "11"]
    assert [m["measure"] for m in rows(store, "no-deadline")] == ["2", "10", "11"]
    assert [m["measure"] for m in rows(store, "no-outcome")] == ["1", "10", "11"]
    assert [m["owners"] for m in rows(store, "most-shared")] == ["3", "3", "2"]
    assert [m["mode"] for m in rows(store, "modes-without-case")] == ["提前申报"]
    assert [(g["agency"], g["post"], g["lead"]) for g in rows(store, "groups")] == [
        (OFFICE, "组长", "yes"), (COMMERCE, "成员", ""), (CUSTOMS, "", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value", ['x" } UNION { ?a ?b ?c } #', "\\", "a\nb", '"""', "$with@labels", "\u0000", "\ud800"]
)
def test_a_parameter_is_a_value_whatever_it_holds(store: Store, value: str) -> None:
    assert catalogue.run("owners", store, {"agency": value, "document": value, "measure": value})[1] == []
    with pytest.raises(catalogue.QuestionError, match="lead participant joint implementer partner"):
        catalogue.run("owners", store, {"role": value})


def test_unknown_names_are_told_with_the_nearest() -> None:
    with pytest.raises(catalogue.QuestionError, match="owners"):
        catalogue.get("owner")
    with pytest.raises(catalogue.QuestionError, match="agency"):
        catalogue.bind(catalogue.get("owners"), {"unit": "x"})


def test_same_label_in_two_places_gives_both() -> None:
    from dataclasses import replace

    from guanlian.graph.quads import quads
    from guanlian.loaders.facts import AgencyName, Responsibility
    from guanlian.ontology.terms import iri
    from tests.queries.city import LED, plan

    other = "临港市人民政府口岸办公室"
    sheet = replace(
        plan(),
        document=replace(plan().document, key="lingang"),
        agencies=(AgencyName(other, "市口岸办", "short form in a jurisdiction", False),),
        responsibilities=(Responsibility("1", other, "lead", "stated", "", "市口岸办", LED),),
    )
    store = Store.memory(graphs() | {iri("document", "lingang"): quads(sheet)})
    assert {o["agency"] for o in rows(store, "owners", agency="市口岸办")} == {OFFICE, other}
