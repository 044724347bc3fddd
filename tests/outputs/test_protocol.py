"""SPARQL 1.1 Protocol over real connections, after the working group's list of protocol tests, and the service description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from guanlian.graph.store import Store
from guanlian.outputs.wire import Limits
from tests.outputs.serving import Live, served

ONE, TWO, THREE = (f"urn:graph:{name}" for name in ("one", "two", "three"))
FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}
UPDATE = {"content-type": "application/sparql-update"}
SELECT = "SELECT ?s { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
CLEAR = "CLEAR ALL"

Pairs = list[tuple[str, str | int | float | bool | None]]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    place = tmp_path_factory.mktemp("protocol") / "store"
    store = Store.open(place, read_only=False)
    store.bulk({graph: f"<urn:thing:{graph[-3:]}> <urn:in> <{graph}> <{graph}> .\n" for graph in (ONE, TWO, THREE)})
    store.close()
    with served(place, Limits()) as server:
        yield server


def holds(*graphs: str, named: bool = False) -> str:
    """ASK whether exactly these graphs are the default graph, or the named ones."""
    pattern = "GRAPH ?g { ?s <urn:in> ?o }" if named else "?s <urn:in> ?o"
    inside = " ".join(pattern.replace("?o", f"<{g}>").replace("?s", f"?s{n}").replace("?g", f"?g{n}") + " ." for n, g in enumerate(graphs))  # fmt: skip
    return f"ASK {{ {inside} FILTER NOT EXISTS {{ {pattern} FILTER(?o NOT IN ({', '.join(f'<{g}>' for g in graphs)})) }} }}"


@pytest.mark.parametrize("query", [SELECT, "ASK { ?s ?p ?o }", CONSTRUCT, f"DESCRIBE <{ONE}>"])
def test_get_form_and_direct_post_give_one_answer(live: Live, query: str) -> None:
    got = live.client.get("/sparql", params={"query": query})
    form = live.client.post("/sparql", data={"query": query})
    direct = live.client.post("/sparql", content=query.encode(), headers=DIRECT)
    in_charset = {"content-type": "application/sparql-query; charset=UTF-8"}
    with_charset = live.client.post("/sparql", content=query.encode(), headers=in_charset)
    assert got.status_code == 200
    assert got.content == form.content == direct.content == with_charset.content
    assert got.headers["content-type"] == form.headers["content-type"] == direct.headers["content-type"]
    assert live.client.head("/sparql", params={"query": query}).headers["content-type"] == got.headers["content-type"]


FULL = (
    f"ASK {{ ?a <urn:in> <{THREE}> GRAPH ?g {{ ?s <urn:in> <{ONE}> }} GRAPH ?h {{ ?t <urn:in> <{TWO}> }} "
    f"FILTER NOT EXISTS {{ ?b <urn:in> <{ONE}> }} FILTER NOT EXISTS {{ GRAPH ?i {{ ?c <urn:in> <{THREE}> }} }} }}"
)
"""Whether graph three is the default graph, one and two the named ones."""


@pytest.mark.parametrize(
    ("query", "graphs", "true"),
    [
        (holds(ONE, TWO, THREE), [], True),
        (holds(ONE, TWO, THREE, named=True), [], True),
        (holds(ONE), [("default-graph-uri", ONE)], True),
        (holds(ONE, TWO), [("default-graph-uri", ONE), ("default-graph-uri", TWO)], True),
        (holds(ONE, TWO), [("default-graph-uri", ONE)], False),
        ("ASK { GRAPH ?g { ?s ?p ?o } }", [("default-graph-uri", ONE)], False),
        (holds(ONE, named=True), [("named-graph-uri", ONE)], True),
        (holds(ONE, TWO, named=True), [("named-graph-uri", ONE), ("named-graph-uri", TWO)], True),
        ("ASK { ?s ?p ?o }", [("named-graph-uri", ONE)], False),
        (FULL, [("default-graph-uri", THREE), ("named-graph-uri", ONE), ("named-graph-uri", TWO)], True),
        (holds(TWO).replace("ASK {", f"ASK FROM <{ONE}> {{"), [("default-graph-uri", TWO)], True),
        (holds(ONE).replace("ASK {", f"ASK FROM <{ONE}> {{"), [], True),
    ],
)
@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_the_data_set_is_what_the_request_says(live: Live, way: str, query: str, graphs: Pairs, true: bool) -> None:
    address = str(httpx.QueryParams(graphs))
    if way == "get":
        answer = live.client.get("/sparql", params=[("query", query), *graphs])
    elif way == "form":
        answer = live.client.post("/sparql", content=str(httpx.QueryParams([("query", query), *graphs])), headers=FORM)
    else:
        answer = live.client.post(f"/sparql?{address}", content=query, headers=DIRECT)
    assert answer.status_code == 200, answer.text
    assert answer.json()["boolean"] is true


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        (SELECT, "", "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "application/xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "text/turtle, text/csv;q=0.3, application/sparql-results+xml;q=0.7", "application/sparql-results+xml"),
        (SELECT, "image/png, */*;q=0.1", "application/sparql-results+json"),
        (SELECT, "text/html, text/csv;q=0.5", "text/csv; charset=utf-8"),
        ("ASK {}", "text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("ASK {}", "application/sparql-results+json", "application/sparql-results+json"),
        (CONSTRUCT, "", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json;q=0.9, text/turtle;q=0.8", "application/ld+json"),
        (f"DESCRIBE <{ONE}>", "text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_the_answer_comes_in_the_best_format_that_fits_the_query(
    live: Live, query: str, accept: str, kind: str
) -> None:
    answer = live.client.post("/sparql", data={"query": query}, headers={"accept": accept})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == kind and "Accept" in answer.headers["vary"]
    assert _size(answer) == (3 if query in (SELECT, CONSTRUCT) else 1 if query == "ASK {}" else 0)


def _size(answer: httpx.Response) -> int:
    """Rows, triples, or 1 for a truth value, as a reader of its format finds them."""
    name = answer.headers["content-type"].partition(";")[0]
    rdf = ox.RdfFormat.from_media_type(name)
    if rdf:
        return len(list(ox.parse(answer.content, format=rdf)))
    if name in ("text/csv", "text/tab-separated-values"):
        return len(answer.text.strip().splitlines()) - 1
    results = ox.QueryResultsFormat.from_media_type(name)
    assert results
    found = ox.parse_query_results(answer.content, format=results)
    return len(list(found)) if isinstance(found, ox.QuerySolutions) else 1


BAD: list[tuple[str, int, str, dict[str, Any]]] = [
    ("a method other than GET and POST", 405, "PUT", {"content": SELECT, "headers": DIRECT}),
    ("a method other than GET and POST, deleting", 405, "DELETE", {}),
    ("several queries in the address", 400, "GET", {"params": [("query", "ASK {}"), ("query", SELECT)]}),
    ("several queries in a form", 400, "POST", {"content": "query=ASK%7B%7D&query=ASK%7B%7D", "headers": FORM}),
    ("one in the address, one in the body", 400, "POST", {"params": {"query": "ASK {}"}, "content": "ASK {}", "headers": DIRECT}),
    ("a form of a wrong media type", 415, "POST", {"content": "query=ASK%7B%7D", "headers": {"content-type": "text/plain"}}),
    ("a form of no media type", 415, "POST", {"content": b"query=ASK%7B%7D"}),
    ("a query of a wrong media type", 415, "POST", {"content": "ASK {}", "headers": {"content-type": "text/plain"}}),
    ("a query of no media type", 415, "POST", {"content": b"ASK {}"}),
    ("a query in another encoding", 415, "POST", {"content": "ASK {}".encode("utf-16"), "headers": {"content-type": "application/sparql-query; charset=UTF-16"}}),
    ("a query that is not UTF-8", 400, "POST", {"content": b"ASK {} # \xff", "headers": DIRECT}),
    ("a form that is not UTF-8", 400, "POST", {"content": b"query=ASK%7B%7D%ff", "headers": FORM}),
    ("a query that is not SPARQL", 400, "GET", {"params": {"query": "SELECT * WHERE {"}}),
    ("an empty query", 400, "GET", {"params": {"query": ""}}),
    ("no query, only its graphs", 400, "GET", {"params": {"default-graph-uri": ONE}}),
    ("a form without a query", 400, "POST", {"data": {"x": "y"}}),
    ("an empty body", 400, "POST", {"content": b"", "headers": DIRECT}),
    ("a graph that the store does not hold", 403, "GET", {"params": {"query": "ASK {}", "default-graph-uri": "urn:none"}}),
    ("a named graph that the store does not hold", 403, "GET", {"params": {"query": "ASK {}", "named-graph-uri": "http://127.0.0.1:9/"}}),
    ("graphs of an update beside a query", 400, "GET", {"params": {"query": "ASK {}", "using-graph-uri": ONE}}),
    ("no format that we write", 406, "GET", {"params": {"query": "ASK {}"}, "headers": {"accept": "image/png"}}),
    ("a graph's format for rows", 406, "GET", {"params": {"query": SELECT}, "headers": {"accept": "text/turtle"}}),
    ("a rows' format for a graph", 406, "GET", {"params": {"query": CONSTRUCT}, "headers": {"accept": "text/csv"}}),
    ("an unknown format parameter", 400, "GET", {"params": {"query": "ASK {}", "format": "exe"}}),
    ("an update by form", 403, "POST", {"data": {"update": CLEAR}}),
    ("an update by POST", 403, "POST", {"content": CLEAR, "headers": UPDATE}),
    ("an update by GET", 403, "GET", {"params": {"update": CLEAR}}),
    ("several updates", 403, "POST", {"content": "update=CLEAR+ALL&update=CLEAR+ALL", "headers": FORM}),
    ("an update as a query", 403, "POST", {"content": "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "headers": DIRECT}),
    ("an update of a wrong media type", 415, "POST", {"content": CLEAR, "headers": {"content-type": "text/plain"}}),
]  # fmt: skip


@pytest.mark.parametrize(("status", "method", "how"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_request_is_told_so(live: Live, status: int, method: str, how: dict[str, Any]) -> None:
    answer = live.client.request(method, "/sparql", **how)
    assert answer.status_code == status, answer.text
    assert answer.text.strip() and "Traceback" not in answer.text
    assert live.ask(holds(ONE, TWO, THREE)).json()["boolean"] is True


@pytest.mark.parametrize(
    "accept", ["", "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_asked_nothing_it_describes_itself(live: Live, accept: str) -> None:
    answer = live.client.get("/sparql", headers={"accept": accept})
    form = ox.RdfFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
    assert form
    sd = "http://www.w3.org/ns/sparql-service-description#"
    said = {(quad.predicate.value, quad.object.value) for quad in ox.parse(answer.content, format=form)}
    assert (sd + "endpoint", live.url + "/sparql") in said and (sd + "supportedLanguage", sd + "SPARQL11Query") in said
    assert (sd + "feature", sd + "UnionDefaultGraph") in said
    offered = {value.rpartition("/")[2] for name, value in said if name == sd + "resultFormat"}
    assert offered >= {
        "SPARQL_Results_JSON",
        "SPARQL_Results_XML",
        "SPARQL_Results_CSV",
        "SPARQL_Results_TSV",
        "Turtle",
    }
    assert live.client.get("/sparql", headers={"accept": "image/png"}).status_code == 406
