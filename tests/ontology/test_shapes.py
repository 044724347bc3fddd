"""The shapes: a sound sheet passes, and each fault is named in Chinese and English."""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, Literal, URIRef

from guanlian.graph.quads import quads
from guanlian.loaders.sheet import loads
from guanlian.ontology import authorities
from guanlian.ontology.terms import PREFIXES, expand, iri

SHEET = Path(__file__).with_name("linjiang.sheet.yaml")
"""Facts of every kind about a made-up city."""

KEY = "linjiang-2021"
MEASURE = URIRef(iri("document", KEY, "1"))
EXPLANATION = URIRef(iri("document", KEY, "3"))


def term(curie: str) -> URIRef:
    return URIRef(expand(curie))


@lru_cache(maxsize=1)
def shapes() -> Graph:
    return Graph().parse(data=authorities.turtle(authorities.SHAPES), format="turtle")


def sample() -> Graph:
    """The sample sheet as one graph."""
    lines = {
        line.replace(f" <{iri('document', KEY)}> .\n", " .\n")
        for line in quads(loads(SHEET.read_text(encoding="utf-8"), SHEET.name)).splitlines(keepends=True)
    }
    return Graph().parse(data="".join(sorted(lines)), format="nt")


def messages(graph: Graph, severity: str = "sh:Violation") -> set[str]:
    """English messages of one severity; every one must have a Chinese twin."""
    _, report, _ = validate(graph, shacl_graph=shapes(), advanced=False)
    assert isinstance(report, Graph)
    found = set()
    for result in report.subjects(term("rdf:type"), term("sh:ValidationResult")):
        texts = {m.language: str(m) for m in report.objects(result, term("sh:resultMessage")) if isinstance(m, Literal)}
        assert {"zh-hans", "en"} <= set(texts), texts
        if (result, term("sh:resultSeverity"), term(severity)) in report:
            found.add(texts["en"])
    return found


def one(graph: Graph, path: str) -> URIRef:
    """First thing that has a property, in order of IRIs."""
    return min(s for s in graph.subjects(term(path), None) if isinstance(s, URIRef))


def drop(path: str, subject: URIRef | None = None) -> Callable[[Graph], None]:
    """A fault: one thing loses a property."""

    def change(graph: Graph) -> None:
        graph.remove((subject or one(graph, path), term(path), None))

    return change


def add(path: str, value: Literal | URIRef, subject: URIRef | None = None) -> Callable[[Graph], None]:
    """A fault: one thing that has a property gets a second value."""

    def change(graph: Graph) -> None:
        graph.add((subject or one(graph, path), term(path), value))

    return change


def untype_figure(graph: Graph) -> None:
    graph.remove((one(graph, "gl:value"), term("rdf:type"), None))


def both_types(graph: Graph) -> None:
    for kind in ("gl:Outcome", "gl:Target"):
        graph.add((one(graph, "gl:value"), term("rdf:type"), term(kind)))


def clear_owners(graph: Graph) -> None:
    graph.remove((MEASURE, term("gl:responsibility"), None))


def mode_mention(graph: Graph) -> URIRef:
    return min(n for n in graph.objects(None, term("gl:mention")) if (n, term("gl:mode"), None) in graph)  # type: ignore[type-var, return-value]


FAULTS = {
    "no document": (drop("dcterms:isPartOf", MEASURE), "The item belongs to no document, or to more than one."),
    "no number": (drop("dcterms:identifier", MEASURE), "The item has no number, or more than one."),
    "no clause state": (
        drop("gl:clauseState", MEASURE), "A measure must say whether its owners are stated, absent or unread."
    ),
    "two clause states": (
        add("gl:clauseState", Literal("unread"), MEASURE),
        "A measure must say whether its owners are stated, absent or unread.",
    ),
    "stated, but nobody": (
        clear_owners, "Clause state and owners disagree: stated needs an owner, absent allows none that is stated."
    ),
    "absent, but somebody": (
        add("gl:ledBy", URIRef(iri("agency", "临江海关")), URIRef(iri("document", KEY, "2"))),
        "Clause state and owners disagree: stated needs an owner, absent allows none that is stated.",
    ),
    "no agency": (drop("gl:agency"), "The responsibility names no agency."),
    "no role": (
        drop("gl:role"), "A responsibility needs exactly one role: lead, participant, joint, implementer or partner."
    ),
    "no basis": (drop("gl:basis"), "A responsibility needs exactly one basis: stated, by group or by issuer."),
    "no group": (drop("gl:via"), "A role given by a group does not say which group."),
    "no unit": (drop("gl:unit"), "The figure has no unit."),
    "no status": (untype_figure, "A figure must be either an outcome reported or a target planned."),
    "two statuses": (both_types, "A figure must be either an outcome reported or a target planned."),
    "nothing interpreted": (
        drop("gl:interpretsTitle", EXPLANATION), "The interpretation does not say which document it explains."
    ),
    "no words": (drop("oa:exact"), "The evidence has no words, or more than one quotation."),
    "no start": (drop("oa:start"), "The evidence has no start or no end."),
    "no end": (drop("oa:end"), "The evidence has no start or no end."),
    "start after end": (
        lambda g: g.set((one(g, "oa:start"), term("oa:start"), Literal(9999))),
        "The evidence has a start that is not before its end.",
    ),
    "no stance": (lambda g: drop("gl:stance", mode_mention(g))(g), "A mode is mentioned without a stance."),
    "no evidence": (lambda g: drop("gl:evidence", mode_mention(g))(g), "The mention has no evidence."),
    "mention of nothing": (drop("gl:port"), "A mention must point to exactly one mode, port or platform."),
    "stacked with itself": (
        lambda g: g.set((one(g, "gl:withMode"), term("gl:withMode"), g.value(one(g, "gl:withMode"), term("gl:mode")))),
        "A stacking needs a mode, and no mode is stacked with itself.",
    ),
    "kind of port": (drop("gl:kind", URIRef(iri("port", "临江港"))), "The kind of the port is missing or unknown."),
}  # fmt: skip


def test_a_sound_sheet_passes() -> None:
    assert messages(sample()) == set()


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_each_fault_is_named(fault: str) -> None:
    change, message = FAULTS[fault]
    graph = sample()
    before = set(graph)
    change(graph)
    assert set(graph) != before
    assert message in messages(graph)


def test_a_number_without_a_unit_is_only_warned_of() -> None:
    graph = sample()
    (nought,) = graph.subjects(term("gl:kind"), Literal("level"))
    graph.set((nought, term("gl:value"), Literal(Decimal(20000))))
    assert messages(graph) == set()
    assert messages(graph, "sh:Warning") == {"The number has no unit."}


def test_the_authority_files_pass() -> None:
    graph = Graph()
    for _, path in authorities.files():
        if path.stem in ("modes", "ports", "platforms"):
            graph.parse(data=authorities.turtle(path), format="turtle")
    assert messages(graph) == set()


def test_shapes_use_only_known_prefixes() -> None:
    known = set(PREFIXES.values())
    used = {str(p).rsplit("#", 1)[0] + "#" for p in shapes().predicates() if "#" in str(p)}
    assert used <= known
