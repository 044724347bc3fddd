"""No query reads a file, reaches the network or changes a store; a secret file and a listener watch."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from guanlian.graph.store import Store, StoreError
from guanlian.queries import guard
from guanlian.queries.guard import QueryError, RefusedQuery
from tests.queries.city import graphs

SECRET = "口令是芝麻开门"


class Listener:
    """Counts who connects to a port of this machine."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        self.visits = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                visitor, _ = self.socket.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.socket.close()


@pytest.fixture
def secret(tmp_path: Path) -> str:
    path = tmp_path / "secret.ttl"
    path.write_text(f'<urn:a> <urn:b> "{SECRET}" .\n', encoding="utf-8")
    return path.as_uri()


REFUSED = [
    "SELECT * FROM <{file}> WHERE {{ ?s ?p ?o }}",
    "SELECT * FROM <{url}> WHERE {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{file}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * from named <{url}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "ASK FROM <{file}> {{ ?s ?p ?o }}",
    "CONSTRUCT {{ ?s ?p ?o }} FROM <{file}> WHERE {{ ?s ?p ?o }}",
    "DESCRIBE <urn:a> FROM <{file}>",
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?u {{ <{url}> }} SERVICE ?u {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }} }}",
    "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{url}> {{ ?a ?b ?c }} }} }}",
    "SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ SERVICE SILENT <{url}> {{ ?a ?b ?c }} }} }}",
    "SELECT * {{ OPTIONAL {{ SERVICE <{url}> {{ ?a ?b ?c }} }} }}",
    "SELECT * {{ {{ ?s ?p ?o }} UNION {{ SERVICE <{url}> {{ ?a ?b ?c }} }} }}",
    "SELECT * {{ ?s ?p ?o MINUS {{ SERVICE <{url}> {{ ?s ?b ?c }} }} }}",
    "SELECT * {{ BIND(EXISTS {{ SERVICE <{url}> {{ ?a ?b ?c }} }} AS ?x) }}",
    "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u005Cu0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\U00000053ervice <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ # comment \r SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ # comment \\u000A SERVICE <{url}> {{ ?s ?p ?o }}\n }}",
    "LOAD <{file}>",
    "LOAD <{url}>",
    "LOAD SILENT <{url}> INTO GRAPH <urn:g>",
    "INSERT DATA {{ <urn:a> <urn:b> <urn:c> }}",
    "DELETE WHERE {{ ?s ?p ?o }}",
    "PREFIX a: <urn:a> INSERT {{ ?s a:b ?o }} WHERE {{ ?s ?p ?o }}",
    "CLEAR ALL",
    "DROP GRAPH <urn:g>",
    "WITH <urn:g> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
]


@pytest.mark.parametrize("pattern", REFUSED)
def test_refused_before_anything_is_touched(pattern: str, secret: str, listener: Listener) -> None:
    store = Store.memory(graphs())
    before = store.dump()
    with pytest.raises(RefusedQuery) as caught:
        store.query(pattern.format(file=secret, url=listener.url))
    assert SECRET not in str(caught.value)
    with pytest.raises(RefusedQuery):
        store.dataset().query(pattern.format(file=secret, url=listener.url))
    assert listener.visits == 0 and store.dump() == before


def test_the_watch_would_see_something(listener: Listener) -> None:
    """The listener is real: what the guard keeps out does reach it without the guard."""
    with pytest.raises(StoreError):
        Store.memory().select(f"SELECT * {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}")
    assert listener.visits > 0


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE <http://x/> { } FROM <file:///etc/passwd>" }',
        "SELECT ?service ?from { ?service ?from ?load }",
        "PREFIX service: <urn:s> SELECT * { ?s service:load ?o . ?o service:from service:service }",
        "SELECT * { ?s <urn:service/from#load> ?o } # SERVICE <http://x/> FROM LOAD",
        "ASK { GRAPH ?g { ?s ?p '''a # b ' SERVICE''' } }",
        "DESCRIBE <urn:a>",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
    ],
)
def test_harmless_queries_are_let_in(query: str) -> None:
    Store.memory(graphs()).query(query)


def test_from_may_name_a_graph_that_is_here() -> None:
    store = Store.memory(graphs())
    here, other = store.graphs()[:2]
    counted = store.query(f"SELECT (COUNT(*) AS ?n) FROM <{here}> {{ ?s ?p ?o }}").rows
    assert counted == [(str(graphs()[here].count("\n")),)]
    assert len(store.query(f"SELECT DISTINCT ?g FROM NAMED <{other}> {{ GRAPH ?g {{ ?s ?p ?o }} }}").rows) == 1


def test_an_error_says_where() -> None:
    with pytest.raises(QueryError) as caught:
        guard.check("SELECT *\nWHERE { ?s ?p }")
    assert (caught.value.line, caught.value.column) != (0, 0)
    assert f"line {caught.value.line}" in str(caught.value) and "行" in caught.value.zh


@pytest.mark.parametrize("query", ["", "   ", "hello", "SELECT", "\\ud800", "SELECT * { ?s ?p \\U00110000 }", "\udc00"])
def test_what_is_no_query_is_no_query(query: str) -> None:
    with pytest.raises(QueryError):
        guard.check(query)


@pytest.mark.parametrize("query", ["SELECT * {" + "{" * 2000 + "}" * 2000 + "}", "x" * (guard.LONGEST + 1)])
def test_monsters_are_turned_away(query: str) -> None:
    with pytest.raises((QueryError, RefusedQuery)):
        guard.check(query)


def test_what_runs_is_what_was_read() -> None:
    assert guard.check("SELECT * { ?s ?p '\\u4e2d' } # \\u0053ERVICE") == "SELECT * { ?s ?p '中' }  "
