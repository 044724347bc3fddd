"""The store: in memory, on disk, behind HTTP; what is put in comes out, and mistakes are told."""

from __future__ import annotations

import http.server
import io
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from guanlian.graph.store import Store, StoreError, from_turtle
from guanlian.ontology.terms import iri
from guanlian.queries import catalogue
from guanlian.queries.guard import RefusedQuery
from tests.queries.city import graphs

PLAN = iri("document", "jinghai-plan")
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


class Endpoint(http.server.BaseHTTPRequestHandler):
    """A small SPARQL 1.1 endpoint around an Oxigraph store, as strict about default graphs as Fuseki is."""

    store: ox.Store
    seen: list[tuple[str, str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
        kind = self.headers["Content-Type"]
        self.seen.append((self.path, kind))
        try:
            self.respond(200, *self.answer(body, kind))
        except SyntaxError as error:
            self.respond(400, str(error).encode("utf-8"), "text/plain")

    def answer(self, body: str, kind: str) -> tuple[bytes, str]:
        if kind == "application/sparql-update":
            self.store.update(body)
            return b"", "text/plain"
        fields = urllib.parse.parse_qs(body) if "form" in kind else {"query": [body]}
        sets = {word: [ox.NamedNode(g) for g in fields.get(f"{word}-graph-uri", [])] for word in ("default", "named")}
        chosen = {"default_graph": sets["default"], "named_graphs": sets["named"]} if any(sets.values()) else {}
        found = self.store.query(fields["query"][0], **chosen)  # type: ignore[arg-type]
        if isinstance(found, ox.QueryTriples):
            return found.serialize(format=ox.RdfFormat.N_TRIPLES) or b"", "application/n-triples"
        return found.serialize(format=ox.QueryResultsFormat.JSON) or b"", "application/sparql-results+json"

    def respond(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None: ...


@pytest.fixture
def endpoint() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    seen: list[tuple[str, str]] = []
    handler = type("Handler", (Endpoint,), {"store": ox.Store(), "seen": seen})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/query", seen
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["memory", "disk", "remote"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "memory":
        made = Store.memory()
    elif request.param == "disk":
        made = Store.open(tmp_path / "store", read_only=False)
    else:
        made = Store.open(request.getfixturevalue("endpoint")[0], read_only=False)
    made.bulk(graphs())
    return made


def test_what_is_put_in_comes_out(store: Store) -> None:
    assert store.graphs() == sorted(graphs())
    assert store.dump("nq") == "".join(sorted("".join(graphs().values()).splitlines(keepends=True)))


def test_every_question_is_answered_alike_everywhere(store: Store) -> None:
    given = {"agency": "市口岸办", "mode": "两步申报", "port": "静海港"}
    memory = Store.memory(graphs())
    for name in catalogue.names():
        needed = {p.name: given[p.name] for p in catalogue.get(name).parameters if p.required}
        assert catalogue.run(name, store, needed) == catalogue.run(name, memory, needed), name


def test_all_graphs_are_one_default_graph(store: Store) -> None:
    asked = store.query("SELECT (COUNT(DISTINCT ?m) AS ?n) { ?m a <https://w3id.org/guanlian/ns#Measure> }")
    assert (asked.kind, asked.columns, asked.rows) == ("select", ("n",), [("4",)])
    assert store.query("ASK { ?s ?p '推行提前申报'@zh }").rows == [("true",)]
    found = store.query(
        f"CONSTRUCT {{ ?s <urn:p> ?o }} WHERE {{ GRAPH <{PLAN}> {{ ?s <http://purl.org/dc/terms/source> ?o }} }}"
    )
    assert (found.kind, found.rows) == ("graph", [(PLAN, "urn:p", "plan.txt")])


def test_graphs_named_beside_a_query_are_all_it_sees(store: Store) -> None:
    def count(pattern: str, default: list[str], named: list[str]) -> str:
        out = io.BytesIO()
        assert store.write(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", out, ("ttl", "csv"), default, named) == "csv"
        return out.getvalue().decode().split()[1]

    plan = str(graphs()[PLAN].count("\n"))
    assert count("?s ?p ?o", [PLAN], []) == count("GRAPH ?g { ?s ?p ?o }", [], [PLAN]) == plan
    assert count("?s ?p ?o", [], [PLAN]) == count("GRAPH ?g { ?s ?p ?o }", [PLAN], []) == "0"
    assert int(count("?s ?p ?o", [], [])) > int(plan)
    with pytest.raises(RefusedQuery, match="urn:none"):
        count("?s ?p ?o", [PLAN], ["urn:none"])


def test_a_graph_is_replaced_whole_and_alone(store: Store) -> None:
    new = f'<{PLAN}> <http://purl.org/dc/terms/source> "新\\n\\"plan\\"\\u0007.txt" <{PLAN}> .\n'
    store.replace(PLAN, new)
    assert store.dump().count(f" <{PLAN}> .\n") == 1 and new in store.dump()
    store.replace(PLAN, graphs()[PLAN])
    assert store.dump("nq") == "".join(sorted("".join(graphs().values()).splitlines(keepends=True)))
    store.remove(PLAN)
    assert PLAN not in store.graphs() and len(store.graphs()) == 2
    store.remove(PLAN)


def test_a_remote_graph_is_replaced_in_one_request(endpoint: tuple[str, list[tuple[str, str]]]) -> None:
    url, seen = endpoint
    store = Store.open(url, read_only=False)
    store.replace(PLAN, graphs()[PLAN])
    assert seen == [("/update", "application/sparql-update")]


@pytest.mark.parametrize("nquads", ["<urn:a> <urn:b> <urn:c> .\n", f'<urn:a> <urn:b> "x" <{PLAN}x> .\n', "rubbish\n"])
def test_lines_of_another_graph_are_refused(store: Store, nquads: str) -> None:
    before = store.dump()
    with pytest.raises(StoreError, match="line 1"):
        store.replace(PLAN, nquads)
    with pytest.raises(StoreError, match="line 1"):
        store.bulk({PLAN: nquads})
    assert store.dump() == before


def test_broken_quads_change_nothing(store: Store) -> None:
    before = store.dump()
    with pytest.raises(StoreError):
        store.replace(PLAN, f'<urn:a> <urn:b "x" <{PLAN}> .\n')
    with pytest.raises(StoreError):
        store.bulk({"urn:new": '<urn:a> <urn:b "x" <urn:new> .\n'})
    assert store.dump() == before


def test_read_only_is_read_only(tmp_path: Path) -> None:
    writer = Store.open(tmp_path / "store", read_only=False)
    writer.bulk(graphs())
    writer.close()
    reader = Store.open(tmp_path)  # the folder that holds store/ will do
    assert reader.query(COUNT).rows == [(str(sum(t.count("\n") for t in graphs().values())),)]
    with pytest.raises(StoreError, match="read-only"):
        reader.replace(PLAN, "")
    with pytest.raises(StoreError, match="read-only"):
        reader.remove(PLAN)
    with pytest.raises(StoreError, match="read-only"):
        reader.bulk(graphs())


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(StoreError, match="guanlian build") as caught:
            Store.open(place)
        assert "先运行" in caught.value.zh
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "CURRENT").write_text("rubbish", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot open"):
        Store.open(tmp_path)


def test_an_endpoint_that_is_none(endpoint: tuple[str, list[tuple[str, str]]]) -> None:
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9/query"):
        Store.open("http://127.0.0.1:9/query").query("ASK { ?s ?p ?o }")
    handler = type("Page", (Endpoint,), {"answer": lambda *_: (b"<html>", "text/html"), "seen": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with pytest.raises(StoreError, match="SPARQL endpoint"):
        Store.open(f"http://127.0.0.1:{server.server_port}/").query("ASK { ?s ?p ?o }")
    server.shutdown()
    server.server_close()


def test_the_rdflib_view_sees_everything_and_changes_nothing() -> None:
    import rdflib

    view = Store.memory(graphs()).dataset()
    assert len(list(view.quads((None, None, None, None)))) == sum(t.count("\n") for t in graphs().values())
    assert {str(g.identifier) for g in view.graphs() if len(g)} >= set(graphs())
    found = view.query(
        "SELECT ?t { ?d a <https://w3id.org/guanlian/ns#Document> ; <http://purl.org/dc/terms/title> ?t }"
    )
    assert len(list(found)) == 3 and rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS is False
    with pytest.raises(RefusedQuery):
        view.update("CLEAR ALL")


@pytest.mark.parametrize("form", ["nq", "trig", "jsonld", "ttl", "nt", "rdf"])
def test_dumps_are_the_same_every_time_and_rdflib_reads_them(form: str) -> None:
    import rdflib

    text = Store.memory(graphs()).dump(form)
    assert text == Store.memory(dict(reversed(graphs().items()))).dump(form)
    name = {"nq": "nquads", "jsonld": "json-ld", "ttl": "turtle", "rdf": "xml"}.get(form, form)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=text, format=name)
    wanted = {line.rpartition(" <")[0] for t in graphs().values() for line in t.splitlines()}
    assert len({(s, p, o) for s, p, o, _ in dataset.quads((None, None, None, None))}) == len(wanted)


def test_standard_answers() -> None:
    store = Store.memory(graphs())
    assert "静海海关" in store.answer("SELECT ?l { ?a <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }").decode()
    assert store.answer("ASK { ?s ?p ?o }", "srx").startswith(b"<?xml")
    assert store.answer("SELECT ?s { ?s ?p '推行提前申报'@zh }", "csv") == f"s\r\n{PLAN}/1\r\n".encode()
    assert b"urn:p" in store.answer("CONSTRUCT { ?s <urn:p> ?o } WHERE { ?s ?p ?o }", "ttl")
    with pytest.raises(StoreError, match="ttl"):
        store.answer("DESCRIBE ?s { ?s ?p ?o }", "csv")
    with pytest.raises(StoreError, match="srj"):
        store.answer("ASK { ?s ?p ?o }", "ttl")
    with pytest.raises(StoreError, match="no format"):
        store.dump("doc")


def test_turtle_becomes_quads_with_stable_blank_nodes() -> None:
    one = from_turtle("urn:g", "@prefix : <urn:> . :a :b [ :c 1 ] , [ :c 2 ] .")
    other = from_turtle("urn:g", "@prefix : <urn:> . :a :b _:y , _:x . _:x :c 1 . _:y :c 2 .")
    assert one == other and one.count("\n") == 4
    with pytest.raises(StoreError, match="urn:g"):
        from_turtle("urn:g", ":a :b :c .")
