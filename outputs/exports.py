"""The graph and its networks as files other programs read; the same input gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import takewhile
from typing import Any

import networkx as nx
import pyoxigraph as ox

from guanlian.ontology.terms import PREFIXES, base

RDF = ("ttl", "trig", "nq", "jsonld")
NETWORKS = ("graphml", "gexf", "csv")

THINGS = ("agency", "document", "graph", "group", "mode", "platform", "port", "unit")
"""Kinds of things whose IRIs are written with a prefix."""

_FORMATS = {"ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
# What XML 1.0 cannot hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def rdf(nquads: str, form: str) -> bytes:
    """N-Quads text as one of :data:`RDF`, UTF-8, sorted; Turtle, which has no graphs, merges them.

    Blank nodes are named by RDFC-1.0, so no name depends on the run. Raises ``ValueError`` for another format.
    """
    if form not in RDF:
        raise ValueError(f"no such RDF format: {form}")
    dataset = ox.Dataset(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    held = sorted(dataset, key=str)
    if form == "nq":
        return "".join(f"{quad} .\n" for quad in held).encode()
    if form == "ttl":
        triples = sorted({str(quad.triple): quad.triple for quad in held}.items())
        return _serialize([triple for _, triple in triples], form)
    held.sort(key=lambda quad: (str(quad.graph_name), str(quad)))
    return _serialize(held, form)


def _serialize(statements: list[ox.Quad] | list[ox.Triple], form: str) -> bytes:
    written = ox.serialize(statements, format=_FORMATS[form], prefixes=dict(_prefixes())) or b""
    # The library declares the prefixes in an order that changes from run to run.
    lines = written.splitlines(keepends=True)
    declared = sum(1 for _ in takewhile(lambda line: line.startswith(b"@prefix "), lines))
    return b"".join([*sorted(lines[:declared]), *lines[declared:]]).rstrip(b"\n") + b"\n"


def _prefixes() -> Iterable[tuple[str, str]]:
    """Those of the vocabulary, and one for each kind of thing; none is the start of another."""
    yield from PREFIXES.items()
    for kind in THINGS:
        yield kind, f"{base()}{kind}/"


def network(graph: nx.Graph[Any], form: str) -> dict[str, bytes]:
    """The network as files by name ending: ``graphml`` or ``gexf`` one, ``csv`` a pair.

    The pair, ``nodes.csv`` and ``edges.csv``, has the headings that Gephi looks for. Attributes
    that are None are left out; other values than numbers, truth values and text are written as
    JSON; characters that XML cannot hold become U+FFFD. Raises ``ValueError`` for another format.
    """
    writers: Mapping[str, Callable[[nx.Graph[Any]], dict[str, bytes]]] = {
        "graphml": _graphml,
        "gexf": _gexf,
        "csv": _gephi,
    }
    if form not in writers:
        raise ValueError(f"no such network format: {form}")
    return writers[form](sanitised(graph))


def sanitised(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    """A copy in sorted order whose names and attributes every writer can take."""
    clean = type(graph)()
    clean.graph.update(_attributes(graph.graph))
    for node, attributes in sorted(graph.nodes(data=True), key=lambda entry: str(entry[0])):
        name = _text(str(node))
        if name in clean:
            raise ValueError(f"two nodes become one in writing: {name!r}")
        clean.add_node(name, **{"label": name, **_attributes(attributes)})
    edges = [(_text(str(a)), _text(str(b)), _attributes(attributes)) for a, b, attributes in graph.edges(data=True)]
    for a, b, attributes in sorted(edges, key=lambda edge: (edge[0], edge[1], json.dumps(edge[2], sort_keys=True))):
        clean.add_edge(a, b, **attributes)
    return clean


def _attributes(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {_text(str(k)): _plain(v) for k, v in sorted(attributes.items()) if v is not None}


def _plain(value: Any) -> str | int | float | bool:
    if isinstance(value, bool | int | float):
        return value
    if hasattr(value, "item"):  # a numpy scalar
        return _plain(value.item())
    return _text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=sorted))


def _text(value: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", value)


def _graphml(graph: nx.Graph[Any]) -> dict[str, bytes]:
    held = io.BytesIO()
    nx.write_graphml_xml(graph, held, named_key_ids=True)
    return {"graphml": held.getvalue() + b"\n"}


def _gexf(graph: nx.Graph[Any]) -> dict[str, bytes]:
    held = io.BytesIO()
    nx.write_gexf(graph, held)
    # The writer stamps the day it ran.
    stamped = re.sub(rb' lastmodifieddate="[^"]*"', b"", held.getvalue())
    return {"gexf": stamped + b"\n"}


def _gephi(graph: nx.Graph[Any]) -> dict[str, bytes]:
    nodes = [{"Id": n, "Label": a.get("label", n), **_besides(a, "label")} for n, a in graph.nodes(data=True)]
    kind = "Directed" if graph.is_directed() else "Undirected"
    edges = [
        {"Source": a, "Target": b, "Type": kind, "Weight": e.get("weight", 1), **_besides(e, "weight")}
        for a, b, e in graph.edges(data=True)
    ]
    return {
        "nodes.csv": _csv(nodes, ("Id", "Label")),
        "edges.csv": _csv(edges, ("Source", "Target", "Type", "Weight")),
    }


def _besides(attributes: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {k: v for k, v in attributes.items() if k != name}


def _csv(rows: list[dict[str, Any]], first: tuple[str, ...]) -> bytes:
    rest = sorted({key for row in rows for key in row} - set(first))
    out = io.StringIO()
    writer = csv.DictWriter(out, [*first, *rest], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
