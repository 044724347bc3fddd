"""The vocabulary says what the graph uses, no more and no less, in three languages; every Turtle file parses."""

import re
from pathlib import Path

import pyoxigraph
import pytest

from guanlian.graph.quads import quads
from guanlian.loaders.review.decisions import Review
from guanlian.loaders.sheet import loads
from guanlian.ontology import authorities
from guanlian.ontology.terms import GL, base, expand, iri

SHEET = Path(__file__).with_name("linjiang.sheet.yaml")
"""Facts of every kind about a made-up city."""

ABSTRACT = {"gl:Provision", "gl:Figure", "gl:Evidence"}
"""Wider classes that nothing is typed with directly."""

TAGS = {"zh-hans", "zh-hant", "en"}
FILES = sorted(authorities.FOLDER.glob("*.ttl"))
Triple = tuple[str, str, pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal]


def triples(path: Path) -> list[Triple]:
    parsed = pyoxigraph.parse(authorities.turtle(path), format=pyoxigraph.RdfFormat.TURTLE)
    return [(str(q.subject.value), q.predicate.value, q.object) for q in parsed]


def terms(triples: list[Triple]) -> set[str]:
    """Every gl: term that stands anywhere in triples, as a prefixed name."""
    found = set()
    for subject, predicate, thing in triples:
        for node in (subject, predicate, thing.value if isinstance(thing, pyoxigraph.NamedNode) else ""):
            if node.startswith(GL):
                found.add("gl:" + node[len(GL) :])
    return found


def defined() -> set[str]:
    own = triples(authorities.FOLDER / "guanlian.ttl") + triples(authorities.FOLDER / "roles.ttl")
    return {"gl:" + s[len(GL) :] for s, p, _ in own if s.startswith(GL) and p == expand("rdf:type")}


def written() -> set[str]:
    """Terms in the graph of a sheet with every kind of fact, one of them reviewed."""
    sheet = loads(SHEET.read_text(encoding="utf-8"), SHEET.name)
    lines = quads(sheet, [Review(sheet.document, "见版记")])
    return {"gl:" + name for name in re.findall(rf"<{re.escape(GL)}([^>]+)>", lines)}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_file_parses_and_keeps_to_lower_case_tags(path: Path) -> None:
    languages = {o.language for _, _, o in triples(path) if isinstance(o, pyoxigraph.Literal)}
    assert languages - {None} <= TAGS


def test_files_are_all_graphs_but_the_shapes() -> None:
    found = dict(authorities.files())
    assert set(found.values()) == {p for p in FILES if p.stem != "shapes"}
    assert found[iri("graph", "ontology")].name == "guanlian.ttl"
    assert iri("graph", "modes") in found


def test_every_term_that_is_used_is_defined() -> None:
    used = written().union(*(terms(triples(path)) for path in FILES if path.stem != "guanlian"))
    assert used - defined() == set()


def test_questions_ask_for_defined_terms_only() -> None:
    folder = authorities.FOLDER.parent / "queries"
    asked = {name for path in folder.glob("*.rq") for name in re.findall(r"\bgl:\w+", path.read_text(encoding="utf-8"))}
    assert asked
    assert asked - defined() == set()


def test_every_term_that_is_defined_is_used() -> None:
    used = written().union(*(terms(triples(p)) for p in FILES if p.stem not in ("guanlian", "shapes", "roles")))
    assert defined() - used - ABSTRACT == {"gl:Role", "gl:Basis"}


def test_every_term_has_three_labels_and_a_comment() -> None:
    data = triples(authorities.FOLDER / "guanlian.ttl")
    for term in {s for s, _, _ in data if s.startswith(GL)}:
        said = [(p, o.language) for s, p, o in data if s == term and isinstance(o, pyoxigraph.Literal)]
        assert sorted(lang or "" for p, lang in said if p == expand("rdfs:label")) == sorted(TAGS), term
        assert (expand("rdfs:comment"), "en") in said, term


def test_authority_concepts_have_labels_in_both_scripts() -> None:
    data = triples(authorities.FOLDER / "modes.ttl") + triples(authorities.FOLDER / "roles.ttl")
    for thing in {s for s, p, _ in data if p == expand("skos:inScheme")}:
        tags = [o.language for s, p, o in data if (s, p) == (thing, expand("skos:prefLabel"))]  # type: ignore[union-attr]
        assert sorted(tags) == sorted(TAGS), thing  # type: ignore[type-var]


def test_things_have_the_iris_that_terms_makes() -> None:
    for stem, kind in [("modes", "mode"), ("ports", "port"), ("platforms", "platform"), ("agencies", "agency"), ("zones", "agency"),
                       ("companies", "agency"), ("places", "place"), ("units", "unit"), ("indicators", "indicator")]:  # fmt: skip
        for subject, predicate, thing in triples(authorities.FOLDER / f"{stem}.ttl"):
            label = predicate == expand("skos:prefLabel") and isinstance(thing, pyoxigraph.Literal)
            if label and thing.language == "zh-hans" and f"/{kind}/" in subject:  # type: ignore[union-attr]
                assert subject == iri(kind, thing.value)


def test_links_between_authority_files_hold() -> None:
    data = [t for path in FILES if path.stem != "shapes" for t in triples(path)]
    subjects = {s for s, _, _ in data}
    objects = {o.value for _, _, o in data if isinstance(o, pyoxigraph.NamedNode) and o.value.startswith(base())}
    assert {o for o in objects if not o.startswith(GL)} - subjects == set()


def test_another_base_reaches_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUANLIAN_BASE", "https://example.org/kg")
    subjects = {s for s, _, _ in triples(authorities.FOLDER / "roles.ttl")}
    assert "https://example.org/kg/scheme/roles" in subjects
    assert expand("gl:lead") in subjects
