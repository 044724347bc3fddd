"""Checks the graphs of documents against the SHACL shapes and says what is wrong in the reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pyoxigraph as ox

from guanlian.graph.store import Store
from guanlian.ontology.terms import base, expand, iri

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that a shape does not allow.

    ``document`` is the key and ``source`` the file of the document it stands in (``""`` for a thing that several
    share), ``item`` the number of the item (``""`` for the document itself), ``focus`` the IRI of what is wrong,
    ``path`` the property, ``value`` what it holds. ``severity``: violation, warning, info.
    """

    document: str
    source: str
    item: str
    severity: str
    zh: str
    en: str
    focus: str
    path: str
    value: str

    def line(self, lang: str = "zh") -> str:
        """One line for people: file, item, what is wrong, and the thing it is about."""
        if lang == "zh":
            where = (self.source or self.document or "共有") + (f" 第{self.item}条" if self.item else "")
            return f"{where}：{self.zh}" + (f"（{self.value}）" if self.value else "")
        where = (self.source or self.document or "shared") + (f" item {self.item}" if self.item else "")
        return f"{where}: {self.en}" + (f" ({self.value})" if self.value else "")


def report(source: Store | rdflib.Graph | str) -> list[Finding]:
    """What the shapes say of all document graphs in a store, an rdflib Graph or Dataset, or N-Quads text, sorted.

    Of the authority files only what the documents refer to is looked at. An empty list means it conforms.
    """
    import pyshacl
    import rdflib

    quads = list(_quads(source))
    data = _graph(_relevant(quads))
    shapes, classes = _shipped("shapes.ttl"), _shipped("guanlian.ttl")
    for triple in classes.triples((None, rdflib.RDFS.subClassOf, None)):  # all that the shapes need to know of it
        data.add(triple)
    conforms, results, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    if conforms:
        return []
    places = _Places(quads)
    return sorted(set(_findings(results, places)))


def _quads(source: Any) -> Iterator[ox.Quad]:
    if isinstance(source, Store):
        yield from source.quads()
    elif isinstance(source, str):
        yield from ox.parse(source.encode("utf-8"), format=ox.RdfFormat.N_QUADS)
    else:
        import rdflib

        form = "nquads" if isinstance(source, rdflib.Dataset) else "nt"
        text = source.serialize(format=form, encoding="utf-8")
        yield from ox.parse(text, format=ox.RdfFormat.N_QUADS if form == "nquads" else ox.RdfFormat.N_TRIPLES)


def _relevant(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Quads of documents, and those of authority files about things that the documents point to."""
    shipped = iri("graph") + "/"
    background: list[ox.Quad] = []
    named: set[str] = set()
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(shipped):
            background.append(quad)
        else:
            if isinstance(quad.object, ox.NamedNode):
                named.add(quad.object.value)
            yield quad
    yield from (quad for quad in background if isinstance(quad.subject, ox.NamedNode) and quad.subject.value in named)


def _graph(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph()
    nodes: dict[Any, Any] = {}

    def node(term: Any) -> Any:
        if term not in nodes:
            if isinstance(term, ox.NamedNode):
                nodes[term] = rdflib.URIRef(term.value)
            elif isinstance(term, ox.Literal):
                datatype = None if term.language else rdflib.URIRef(term.datatype.value)
                plain = datatype is None or term.datatype.value.endswith("#string")
                nodes[term] = rdflib.Literal(term.value, lang=term.language, datatype=None if plain else datatype)
            else:
                nodes[term] = rdflib.BNode(term.value)
        return nodes[term]

    for quad in quads:
        graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    return graph


def _shipped(name: str) -> rdflib.Graph:
    import rdflib

    text = (resources.files("guanlian.ontology") / name).read_text(encoding="utf-8")
    return rdflib.Graph().parse(data=text, format="turtle", publicID=base())


class _Places:
    """Finds the document and item in which an IRI stands."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.sources: dict[str, str] = {}
        self.evidence: dict[str, str] = {}
        source, evidence = expand("dcterms:source"), expand("gl:evidence")
        for quad in quads:
            if quad.predicate.value == source and isinstance(quad.subject, ox.NamedNode):
                self.sources[quad.subject.value] = str(getattr(quad.object, "value", ""))
            elif quad.predicate.value == evidence and isinstance(quad.object, ox.NamedNode):
                self.evidence.setdefault(quad.object.value, str(getattr(quad.subject, "value", "")))

    def of(self, focus: str) -> tuple[str, str, str]:
        """Document key, source file, item number; each ``""`` when there is none."""
        focus = self.evidence.get(focus, focus)
        match = re.match(re.escape(base()) + r"(?:document|group)/([^/#]*)(?:/([^/#]*))?", focus)
        if match is None:
            return "", "", ""
        key, item = unquote(match[1]), unquote(match[2] or "")
        return key, self.sources.get(iri("document", key), ""), item if focus.startswith(iri("document") + "/") else ""


def _findings(results: Any, places: _Places) -> Iterator[Finding]:
    import rdflib

    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    for result in results.subjects(rdflib.RDF.type, sh.ValidationResult):
        focus = str(results.value(result, sh.focusNode) or "")
        told = {message.language or "": str(message) for message in results.objects(result, sh.resultMessage)}
        path, value = results.value(result, sh.resultPath), results.value(result, sh.value)
        en = told.get("en") or next(iter(told.values()), "does not fit its shape")
        severity = str(results.value(result, sh.resultSeverity) or "").rpartition("#")[2].lower()
        document, source, item = places.of(focus)
        yield Finding(
            document,
            source,
            item,
            severity or "violation",
            told.get("zh-hans", en),
            en,
            focus,
            str(path) if isinstance(path, rdflib.URIRef) else "",
            "" if value is None or isinstance(value, rdflib.BNode) or str(value) == focus else str(value),
        )
