"""A real server on loopback for tests, in a thread of its own."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
import uvicorn

from guanlian.graph.store import Store
from guanlian.ontology.terms import GL, PREFIXES, iri
from guanlian.outputs.pool import Pool
from guanlian.outputs.server import application
from guanlian.outputs.wire import Limits

EVIL = "<script>document.title='evil'</script>\"'><img src=x onerror=alert(1)>\u202e{{7*7}}"


@dataclass
class Live:
    """A server on a port of its own."""

    url: str
    pool: Pool
    client: httpx.Client

    def ask(self, query: str, accept: str = "*/*", **more: str) -> httpx.Response:
        return self.client.post("/sparql", data={"query": query, **more}, headers={"accept": accept})


@contextmanager
def served(place: Path, limits: Limits | None = None, vendor: Path = Path("nowhere")) -> Iterator[Live]:
    """The application over a store, with real connections; no process of it is left afterwards."""
    app = application(place, limits=limits, vendor=vendor)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(
            uvicorn.Config(app, http="h11", ws="none", log_level="error", lifespan="on", timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
                indexed(client)
                yield Live(url, app.state.pool, client)
        finally:
            server.should_exit = True
            thread.join(20)
    assert not any(alive(pid) for pid in app.state.pool.processes)


def indexed(client: httpx.Client, seconds: float = 60) -> None:
    """Waits until the search knows everything."""
    end = time.monotonic() + seconds
    while not client.get("/search.json").json()["ready"]:
        assert time.monotonic() < end, "the index was not made"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    """Whether a process is there."""
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def attack(place: Path) -> Path:
    """A store in which every text is an attack on the page that shows it."""
    paper, item, unit = iri("document", "evil"), iri("document", "evil", EVIL), iri("agency", EVIL)
    fact, words = iri("document", "evil", "1", "lead"), paper + "#char=0,9"
    name, title, exact = (PREFIXES[p] + n for p, n in (("skos", "prefLabel"), ("dcterms", "title"), ("oa", "exact")))
    kind, key, within = PREFIXES["rdf"] + "type", PREFIXES["dcterms"] + "identifier", PREFIXES["dcterms"] + "isPartOf"
    text = ox.Literal(EVIL)
    triples: list[tuple[str, str, str | ox.Literal]] = [
        (paper, kind, GL + "Document"), (paper, key, ox.Literal("evil")), (paper, title, text), (paper, GL + "number", text),
        (item, kind, GL + "Measure"), (item, within, paper), (item, key, text), (item, title, text),
        (item, GL + "responsibility", fact), (item, GL + "passage", words), (item, GL + "section", text),
        (fact, GL + "agency", unit), (fact, GL + "role", GL + "lead"), (fact, GL + "basis", GL + "stated"),
        (fact, GL + "evidence", words), (words, exact, text), (unit, kind, GL + "Agency"),
        (unit, name, ox.Literal(EVIL, language="zh-hans")), (unit, PREFIXES["skos"] + "altLabel", ox.Literal("x" * 10_000)),
    ]  # fmt: skip
    lines = (
        ox.Triple(ox.NamedNode(s), ox.NamedNode(p), ox.NamedNode(o) if isinstance(o, str) else o) for s, p, o in triples
    )
    store = Store.open(place, read_only=False)
    store.bulk({paper: "".join(f"{line} <{paper}> .\n" for line in lines)})
    store.close()
    return place
