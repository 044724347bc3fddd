"""Every rule of figures.yaml reads its own example; every unit of the grammar is in the list of units."""

from __future__ import annotations

import re

import pytest

from guanlian.loaders.figures import predicates, quantities, reports, subjects
from guanlian.loaders.figures.grammar import tables
from guanlian.loaders.figures.periods import Clock
from guanlian.loaders.figures.quantity_rules import forms
from guanlian.ontology import authorities


@pytest.mark.parametrize("rule", tables()["naming"], ids=lambda r: r["rule"])
def test_naming(rule: dict[str, str]) -> None:
    assert re.search(rule["pattern"], rule["example"])
    found = quantities.scan(rule["example"], 0, len(rule["example"]), Clock(2022, 2022))
    assert not found.quantities
    assert not found.unread


@pytest.mark.parametrize("rule", tables()["baselines"], ids=lambda r: r["example"])
def test_baselines(rule: dict[str, str]) -> None:
    assert re.search(rule["pattern"], rule["example"])
    assert predicates.baseline(rule["example"])[0]


@pytest.mark.parametrize("rule", tables()["flow"], ids=lambda r: r["flow"])
def test_flow(rule: dict[str, str]) -> None:
    assert subjects.flow(rule["example"]) == rule["flow"]


def test_units_have_one_meaning() -> None:
    printed = [form for group in tables()["units"].values() for entry in group.values() for form in forms(entry)]
    assert len(printed) == len(set(printed))


def test_every_unit_is_in_the_list_of_units() -> None:
    known = {form for unit in authorities.units() for form in (unit.symbol, *unit.labels)}
    assert [unit for group in tables()["units"].values() for unit in group if unit not in known] == []


@pytest.mark.parametrize("rule", tables()["no_result"], ids=lambda r: r["rule"])
def test_what_is_no_result(rule: dict[str, str]) -> None:
    words = rule["example"]
    found = quantities.scan(words, 0, len(words), Clock(2022, 2022)).quantities
    assert found
    assert reports.results(words, 0, len(words), found, [], True) == []
