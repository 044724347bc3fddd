"""The shapes pass what is sound and name, in people's words, what is not."""

from __future__ import annotations

import dataclasses

import pytest

from guanlian.graph.quads import quads
from guanlian.graph.shapes import report
from guanlian.graph.store import Store
from guanlian.loaders.facts import FactSheet
from tests.queries.city import graphs, plan

GL = "<https://w3id.org/guanlian/ns#"


def without(predicate: str, sheet: FactSheet | None = None) -> str:
    return "".join(line for line in quads(sheet or plan()).splitlines(keepends=True) if f" {predicate} " not in line)


def test_sound_graphs_conform_whatever_holds_them() -> None:
    import rdflib

    store = Store.memory(graphs())
    dataset = rdflib.Dataset()
    dataset.parse(data=store.dump(), format="nquads")
    graph = rdflib.Graph().parse(data=store.dump("ttl"), format="turtle")
    for source in (store, store.dump(), dataset, graph):
        assert report(source) == []


@pytest.mark.parametrize(
    ("predicate", "item"),
    [
        ("<http://purl.org/dc/terms/isPartOf>", "1"),
        (f"{GL}agency>", "1"),
        (f"{GL}role>", "1"),
        (f"{GL}basis>", "1"),
        (f"{GL}evidence>", "1"),
        (f"{GL}unit>", "1"),
        (f"{GL}clauseState>", "1"),
        ("<http://www.w3.org/ns/oa#exact>", "1"),
    ],
)
def test_what_is_missing_is_named_with_its_place(predicate: str, item: str) -> None:
    found = report(without(predicate))
    assert found
    first = next(finding for finding in found if finding.item == item)
    assert first.source == "plan.txt" and first.document == "jinghai-plan" and first.severity == "violation"
    assert first.line("zh").startswith("plan.txt 第1条：") and first.line("en").startswith("plan.txt item 1: ")
    assert first.zh != first.en


def test_a_figure_must_say_whether_it_is_reported_or_planned() -> None:
    text = "".join(line for line in quads(plan()).splitlines(keepends=True) if f"{GL}Target>" not in line)
    assert any("figure" in finding.focus for finding in report(text))


def test_a_wrong_word_is_shown() -> None:
    sheet = dataclasses.replace(plan(), document=dataclasses.replace(plan().document, kind="随笔"))
    found = report(quads(sheet))
    assert [(finding.item, finding.value) for finding in found] == [("", "随笔")]
    assert "随笔" in found[0].line()
