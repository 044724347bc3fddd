"""The SPARQL endpoint over real connections: the protocol, the guard, and limits that hold."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from guanlian.graph import publish
from guanlian.outputs.wire import Limits
from tests.outputs.serving import Live, alive, served

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SMALL = Limits(seconds=1.5, rows=1000, size=2 << 20, queries=1, patience=4, waiting=3)
PATIENCE = 15.0  # seconds: tells a server that hangs from a machine that is busy


@contextmanager
def within(seconds: float) -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < seconds


@pytest.fixture(scope="module")
def live(built: Path) -> Iterator[Live]:
    with served(built, Limits()) as server:
        yield server


@pytest.fixture(scope="module")
def small(built: Path) -> Iterator[Live]:
    with served(built, SMALL) as server:
        yield server


def test_an_error_says_where(live: Live) -> None:
    text = live.client.get("/sparql?query=SELECT%20*%20%7B%20%3Fs%20", headers={"accept-language": "en"}).text
    assert "line 1" in text


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """An address on loopback, and whatever connects to it."""
    calls: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                calls.append(b"connected")
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/secret", calls
        time.sleep(0.2)
        stop.set()
        thread.join()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ \\u0053ERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
        "SELECT * {{ BIND(<{url}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
        "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        "SELECT * FROM <{file}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "LOAD <{url}>",
        "LOAD <{file}> INTO GRAPH <urn:x>",
        "CLEAR ALL",
        "DELETE WHERE {{ ?s ?p ?o }}",
    ],
)
def test_nothing_is_fetched_and_nothing_changed(
    live: Live, listener: tuple[str, list[bytes]], tmp_path: Path, query: str
) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text('<urn:s> <urn:p> "the secret" .', encoding="utf-8")
    url, calls = listener
    answer = live.ask(query.format(url=url, file=secret.as_uri()))
    assert answer.status_code == 403 and "secret" not in answer.text.replace(url, "").replace(secret.as_uri(), "")
    for name in ("default-graph-uri", "named-graph-uri"):
        assert live.ask("SELECT * { ?s ?p ?o }", **{name: url}).status_code == 403
    time.sleep(0.15)
    assert calls == []


def test_a_runaway_query_ends_and_the_next_is_answered(small: Live) -> None:
    with within(SMALL.seconds + PATIENCE):
        assert small.ask(CROSS).status_code == 504
    with within(PATIENCE):
        assert small.ask("ASK { ?s ?p ?o }").json()["boolean"] is True
    assert small.pool.busy == 0


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?a (<a:p>|!<a:q>)* ?b . ?b (<a:p>|!<a:q>)* ?c . ?c ?d ?e }",
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a",
        "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    ],
)
def test_other_bombs_end_too(small: Live, query: str) -> None:
    with within(SMALL.seconds + PATIENCE):
        assert small.ask(query).status_code in (422, 500, 504)
    with within(PATIENCE):
        assert small.ask("ASK {}").status_code == 200


def test_an_answer_that_is_too_long_is_refused_whole(small: Live) -> None:
    for accept in (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ):
        rows = "SELECT ?s { ?s ?p ?o } LIMIT %d"
        assert small.ask(rows % 1000, accept).status_code == 200
        answer = small.ask(rows % 1001, accept)
        assert answer.status_code == 422 and "LIMIT" in answer.text
    assert small.ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "application/n-triples").status_code == 422
    assert small.ask("SELECT * { ?a ?b ?c . ?d ?e ?f }").status_code == 422


def test_a_query_that_is_too_long_is_refused(live: Live) -> None:
    long = "SELECT * { ?s ?p ?o } #" + "x" * 10_000_000
    assert live.ask(long).status_code == 413
    sent = live.client.post("/sparql", content=long.encode(), headers={"content-type": "application/sparql-query"})
    assert sent.status_code == 413
    assert live.ask("SELECT * { ?s ?p ?o } #" + "x" * 200_000).status_code == 403
    assert live.ask("ASK {}").status_code == 200


def test_when_too_many_ask_some_are_told_to_wait_and_pages_still_come(small: Live) -> None:
    statuses: list[int] = []

    def hog() -> None:
        statuses.append(
            httpx.post(f"{small.url}/sparql", data={"query": CROSS}, timeout=60, trust_env=False).status_code
        )

    threads = [threading.Thread(target=hog) for _ in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    assert small.client.get("/questions/documents.json").status_code == 200
    for thread in threads:
        thread.join()
    assert set(statuses) == {503, 504} and statuses.count(503) >= 4
    assert small.ask("ASK {}").status_code == 200


def test_a_client_that_leaves_frees_its_process(live: Live) -> None:
    body = ("query=" + CROSS.replace(" ", "+")).encode()
    with socket.create_connection(("127.0.0.1", int(live.url.rpartition(":")[2]))) as client:
        head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        client.sendall(head.encode() + body)
        assert _until(lambda: live.pool.busy == 1)
        working = live.pool.processes[-1]
    assert _until(lambda: live.pool.busy == 0 and not alive(working))


def _until(true: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def test_processes_killed_from_outside_are_replaced(live: Live) -> None:
    for pid in live.pool.processes:
        os.kill(pid, signal.SIGKILL)
    assert _until(lambda: live.ask("ASK {}").status_code == 200)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_a_query_that_eats_memory_dies_alone(built: Path) -> None:
    with served(built, Limits(memory=400 << 20, seconds=30)) as server:
        answer = server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c")
        assert answer.status_code == 500 and "内存" in answer.text
        assert server.ask("ASK {}").status_code == 200


def test_slow_clients_keep_nobody_waiting(live: Live) -> None:
    port = int(live.url.rpartition(":")[2])
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(50)]
    try:
        for number, client in enumerate(slow):
            client.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n" + b"\r\nq" * (number % 2)
            )
        with within(PATIENCE):
            assert live.ask("ASK {}").status_code == 200
    finally:
        for client in slow:
            client.close()
    assert live.pool.busy == 0


def test_readers_see_the_old_build_or_the_new_one(built: Path, tmp_path: Path) -> None:
    place = tmp_path / "out"
    old = publish.resolve(built, "store")

    def publish_with(label: str) -> None:
        def fill(folder: Path) -> None:
            shutil.copytree(old, folder / "store")
            store = ox.Store(str(folder / "store"))
            name = ox.NamedNode(f"https://w3id.org/guanlian/agency/{label}")
            graph = ox.NamedNode("https://w3id.org/guanlian/document/new")
            store.add(
                ox.Quad(
                    name,
                    ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
                    ox.NamedNode("https://w3id.org/guanlian/ns#Agency"),
                    graph,
                )
            )
            store.add(
                ox.Quad(
                    name,
                    ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
                    ox.Literal(label, language="zh-hans"),
                    graph,
                )
            )
            store.flush()

        publish.publish(place, fill)

    publish_with("甲局")
    with served(place, Limits()) as server:
        assert (
            server.client.get("/agency/甲局").status_code == 200
            and server.client.get("/agency/乙局").status_code == 404
        )
        for label in ("乙局", "丙局", "丁局"):
            publish_with(label)
            assert server.client.get(f"/agency/{label}").status_code == 200
            assert server.client.get("/agency/甲局").status_code == 404
            assert [
                hit["label"] for hit in server.client.get("/search.json", params={"q": label}).json()["results"]
            ] == [label]
