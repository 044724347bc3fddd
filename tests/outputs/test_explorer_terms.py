"""Whatever short term the data may hold, the explorer has a Chinese and an English word for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH

from guanlian.loaders import sheet
from guanlian.ontology import authorities
from guanlian.ontology.terms import GL
from guanlian.outputs import explorer
from guanlian.outputs.explorer_data import ABOUT, CLASSES, ROLES, ExplorerData, Thing
from guanlian.outputs.explorer_terms import COLUMNS, terms
from guanlian.outputs.explorer_views import PAIRS

from .reading import VIEWS

SHEETS = Path(sheet.__file__).with_name("sheet.schema.json")
UNSEEN = {"status", "parent"}
"""Columns that the explorer shows in no words."""


def schema_values(node: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every value that a fact sheet may hold in a column with a fixed list."""
    if isinstance(node, dict):
        for value in node.get("enum", ()):
            yield name, value
        for key, below in node.items():
            yield from schema_values(below, key if key not in ("items", "anyOf", "oneOf") else name)
    elif isinstance(node, list):
        for below in node:
            yield from schema_values(below, name)


def shape_values() -> Iterator[tuple[str, str]]:
    """Every literal that the shapes allow in a list."""
    graph = Graph().parse(authorities.SHAPES, format="turtle")
    for shape, values in graph.subject_objects(SH["in"]):
        path = graph.value(shape, SH.path)
        if isinstance(path, URIRef) and path.startswith(GL):
            column = re.sub("([A-Z])", lambda m: "_" + m[1].lower(), path.removeprefix(GL))
            literals = [str(value) for value in Collection(graph, values) if not isinstance(value, URIRef)]
            yield from ((column, value) for value in literals)


def authority_values() -> Iterator[tuple[str, str]]:
    yield from (("system", agency.system) for agency in authorities.agencies())
    yield from (("family", mode.family) for mode in authorities.modes())
    yield from (("kind", port.kind) for port in authorities.ports())
    yield from (("role", role) for role in ("lead", "participant", "joint", "implementer", "partner"))
    yield from (("baseline", name) for name in ("yoy", "mom", "before", "statutory"))


def held() -> set[tuple[str, str]]:
    schema = json.loads(SHEETS.read_text(encoding="utf-8"))
    found = {*schema_values(schema), *shape_values(), *authority_values()}
    return {(column, value) for column, value in found if value and column not in UNSEEN}


def test_every_value_has_words_in_both_languages() -> None:
    values = held()
    assert {"system", "family", "kind", "clause_state", "stance", "basis", "role", "flow", "section"} <= dict(
        values
    ).keys()
    missing = sorted((column, value) for column, value in values if value not in COLUMNS.get(column, {}))
    assert missing == []
    for column, said in COLUMNS.items():
        for value, (chinese, english) in said.items():
            assert re.search("[\u4e00-\u9fff]", chinese) and re.fullmatch(r"[A-Za-z -]+", english), (column, value)


def test_places_and_units_that_are_shown_have_english_names() -> None:
    places = [place.name for place in authorities.places() if place.level in ("country", "province", "city")]
    units = [unit.symbol for unit in authorities.units()]
    things = [Thing(f"agency/{n}", "agency", n, about={"jurisdiction": n}) for n in places]
    things += [Thing(f"outcome/{n}", "outcome", n, about={"unit": n}) for n in units]
    said = terms(ExplorerData(tuple(things), ()))
    assert said["jurisdiction"].keys() == set(places)
    assert [u for u in units if u not in said["unit"]] == []
    assert terms(ExplorerData((), ()))["jurisdiction"] == {}


FOLDER = Path(explorer.__file__).parent


def interface() -> dict[str, str]:
    """Entries of the table of words, with their texts."""
    script = (FOLDER / "explorer_words.js").read_text(encoding="utf-8")
    table = script[script.index("const WORDS = {") : script.index("\n};")]
    return dict(re.findall(r"^  (\w+): (.*?)(?=^  \w+: |\Z)", table, re.MULTILINE | re.DOTALL))


def test_the_interface_has_every_word_in_both_languages() -> None:
    for key, text in interface().items():
        texts = re.findall(r'"((?:[^"\\]|\\.)*)"', text)
        assert texts and len(texts) % 2 == 0, key
        chinese = [said for said in texts[::2] if not re.search("[\u4e00-\u9fff]", said) and "PNG" not in said]
        assert chinese == [] and not any(re.search("[\u4e00-\u9fff]", said) for said in texts[1::2]), key


def test_no_word_is_missing_and_none_left_over() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("explorer*.js"))
    template = (FOLDER / "explorer.html").read_text(encoding="utf-8")
    asked = {*re.findall(r'\b(?:t|called)\(\s*"(\w+)"', scripts), *re.findall(r'data-(?:t|a|p|tip)="(\w+)"', template)}
    known = set(interface())
    assert asked - known == set()
    assert {word for word in known - asked if not re.search(rf'"{word}"|WORDS\.{word}\b', scripts)} == set()


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("class", CLASSES),
        ("about_of", {"aliases", "parent", *(column for columns in ABOUT.values() for column in columns)}),
        ("view", VIEWS),
        ("about", VIEWS),
        ("rel", {*ROLES, *PAIRS, "mode", "stacked", "defines", "port", "platform", "contains", "explains", "issued"}),
    ],
)
def test_whatever_the_data_holds_has_a_name(group: str, names: Iterable[str]) -> None:
    said = set(re.findall(r"^    (\w+): \[", interface()[group], re.MULTILINE))
    assert set(names) - said == set()
