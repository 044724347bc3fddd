"""Exports: what is written is read back, whatever the text, and the same bytes come out each time."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset
from rdflib.compare import isomorphic

from guanlian.ontology.terms import iri
from guanlian.outputs.exports import NETWORKS, RDF, network, rdf, sanitised

TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/guanlian/agency/苏州海关> skos:prefLabel "苏州海关"@zh-hans ; skos:note [ skos:example "一\\"\\n二" ] .
<https://w3id.org/guanlian/document/d%2F1> skos:note "甲\\t乙", 3 .
"""
GRAPH = ox.NamedNode(iri("document", "苏府〔2030〕1号"))


def quads(*graphs: ox.NamedNode) -> str:
    """The Turtle above in each of the graphs; blank nodes get other names each time."""
    triples = list(ox.parse(TURTLE, format=ox.RdfFormat.TURTLE))
    found = [ox.Quad(q.subject, q.predicate, q.object, graph) for graph in graphs or (GRAPH,) for q in triples]
    return "".join(f"{quad} .\n" for quad in found)


def people() -> nx.MultiDiGraph[Any]:
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.add_node("苏州海关", kind="agency", aliases=["苏关"], note=None, size=2)
    graph.add_edge("苏州海关", "苏#1", key="lead", role="lead", quote="苏州海关\x0b牵头 <&>")
    graph.add_edge("苏州海关", "苏#1", key="joint", role="joint", weight=1.5)
    return graph


@pytest.mark.parametrize(("form", "parser"), [("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld")])
def test_a_dataset_is_read_back_whole_by_another_library(form: str, parser: str) -> None:
    wanted, read = Dataset(), Dataset()
    wanted.parse(data=quads(), format="nquads")
    read.parse(data=rdf(quads(), form).decode(), format=parser)
    one, other = wanted.graph(GRAPH.value), read.graph(GRAPH.value)
    assert len(one) == 5 and isomorphic(one, other)


def test_turtle_merges_the_graphs() -> None:
    twice = quads(GRAPH, ox.NamedNode(iri("graph", "ports")))
    read = list(ox.parse(rdf(twice, "ttl"), format=ox.RdfFormat.TURTLE))
    assert len(read) == 5


@pytest.mark.parametrize("form", RDF)
def test_order_and_hash_seed_leave_no_trace_in_rdf(form: str) -> None:
    program = (
        "import sys; from tests.outputs.test_exports import quads; from guanlian.outputs.exports import rdf;"
        f"sys.stdout.buffer.write(rdf(chr(10).join(quads().splitlines()[::-1]), {form!r}))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}
    here = Path(__file__).parents[2]
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment, cwd=here, check=True)
    assert other.stdout == rdf(quads(), form)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="no such RDF format: n3"):
        rdf("", "n3")
    with pytest.raises(ValueError, match="no such network format: dot"):
        network(nx.Graph(), "dot")


@pytest.mark.parametrize("form", NETWORKS)
def test_a_network_gives_the_same_bytes_each_time(form: str) -> None:
    backwards: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    backwards.add_nodes_from(reversed(list(people().nodes(data=True))))
    for a, b, key, attributes in reversed(list(people().edges(keys=True, data=True))):
        backwards.add_edge(a, b, key=key, **attributes)
    assert network(people(), form) == network(backwards, form)


def test_graphml_and_gexf_are_read_back_with_parallel_edges_and_bad_characters_shown() -> None:
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        back = read(io.BytesIO(network(people(), form)[form]))
        assert back.number_of_edges("苏州海关", "苏#1") == 2
        quotes = {data.get("quote") for *_, data in back.edges(data=True)}
        assert "苏州海关\N{REPLACEMENT CHARACTER}牵头 <&>" in quotes
        assert back.nodes["苏州海关"]["aliases"] == '["苏关"]' and "note" not in back.nodes["苏州海关"]


def test_the_csv_pair_has_the_headings_gephi_wants() -> None:
    files = network(people(), "csv")
    nodes = list(csv.DictReader(io.StringIO(files["nodes.csv"].decode())))
    edges = list(csv.DictReader(io.StringIO(files["edges.csv"].decode())))
    assert {"Id", "Label"} <= nodes[0].keys() and {"Source", "Target", "Type", "Weight"} <= edges[0].keys()
    assert sorted(e["Weight"] for e in edges) == ["1", "1.5"] and edges[0]["Type"] == "Directed"


@given(st.dictionaries(st.text(), st.text() | st.none() | st.lists(st.integers()) | st.floats(allow_nan=False)))
def test_any_attribute_can_be_written(attributes: dict[str, Any]) -> None:
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_node("a", **{f"x{k}": v for k, v in attributes.items()})
    for form in NETWORKS:
        assert network(graph, form)


def test_names_that_would_meet_in_writing_are_an_error() -> None:
    graph: nx.Graph[Any] = nx.Graph([("a\x01", "b"), ("a\x02", "b")])
    with pytest.raises(ValueError, match="two nodes become one"):
        sanitised(graph)
