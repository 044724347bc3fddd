"""A SPARQL 1.1 endpoint over HTTP, in the standard library: questions, and updates in one request."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

_JSON = "application/sparql-results+json"
_ACCEPT = f"{_JSON}, application/n-triples;q=0.9, text/turtle;q=0.8"
_IS_GRAPH = re.compile(r"^\s*(?:(?:PREFIX|BASE)\s[^>]*>\s*)*(?:CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)


Solutions = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean


class Endpoint:
    """One endpoint. Failures are OSError with the address and the server's own words."""

    def __init__(self, url: str, update: str = "", timeout: float = 60.0) -> None:
        self.url, self.timeout = url, timeout
        self.update_url = update or re.sub(r"/query/?$", "/update", url)
        self._dataset: list[tuple[str, str]] | None = None

    def ask(self, sparql: str, union: bool = True, default: Sequence[str] = (), named: Sequence[str] = ()) -> Solutions:
        """Answer to a query; with ``union`` all named graphs are one default graph, whatever the server's is.

        Otherwise ``default`` and ``named`` are the data set, or what the query itself says.
        """
        if default or named:
            chosen = [*(("default-graph-uri", g) for g in default), *(("named-graph-uri", g) for g in named)]
            return self._post_query(sparql, chosen)
        if union and self._dataset is None:
            self._dataset = self._scope()
        return self._post_query(sparql, self._dataset or [] if union else [])

    def update(self, sparql: str) -> None:
        """One update request, which a conforming server carries out whole or not at all."""
        self._dataset = None
        self._send(self.update_url, sparql.encode("utf-8"), "application/sparql-update", "*/*")

    def load(self, nquads: Iterable[str]) -> None:
        """One request a graph."""
        for text in nquads:
            lines = [line.rpartition(" <") for line in text.split("\n") if line]
            bodies: dict[str, list[str]] = {}
            for triple, _, tail in lines:
                bodies.setdefault(tail[: -len("> .")], []).append(triple + " .")
            for graph, body in bodies.items():
                self.update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{chr(10).join(body)}\n}} }}")

    def graphs(self) -> list[str]:
        """IRIs of the named graphs."""
        found = self._post_query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", [])
        assert isinstance(found, ox.QuerySolutions)
        return [row["g"].value for row in found if isinstance(row["g"], ox.NamedNode)]

    def quads(self) -> Iterable[ox.Quad]:
        """Every quad of the named graphs."""
        found = self._post_query("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }", [])
        assert isinstance(found, ox.QuerySolutions)
        return [ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in found]

    def _scope(self) -> list[tuple[str, str]]:
        """Parameters that make the named graphs the default graph; none where the server's default holds them."""
        missing = "ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
        if not self._post_query(missing, []):
            return []
        names = sorted(self.graphs())
        return [*(("default-graph-uri", g) for g in names), *(("named-graph-uri", g) for g in names)]

    def _post_query(self, sparql: str, dataset: list[tuple[str, str]]) -> Solutions:
        accept = "application/n-triples, text/turtle;q=0.8" if _IS_GRAPH.match(sparql) else _ACCEPT
        body, kind = sparql.encode("utf-8"), "application/sparql-query"
        if dataset:
            body = urllib.parse.urlencode([("query", sparql), *dataset]).encode("ascii")
            kind = "application/x-www-form-urlencoded"
        answer, form = self._send(self.url, body, kind, accept)
        if "json" in form:
            try:
                return ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON)
            except SyntaxError as error:
                raise OSError(f"{self.url}: broken answer: {error}") from error
        return _as_triples(answer, form, self.url)

    def _send(self, url: str, body: bytes, kind: str, accept: str) -> tuple[bytes, str]:
        headers = {"Content-Type": kind, "Accept": accept, "User-Agent": "guanlian"}
        request = urllib.request.Request(url, body, headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                return response.read(), response.headers.get_content_type()
        except urllib.error.HTTPError as error:
            said = error.read(300).decode("utf-8", "replace").strip()
            raise OSError(f"{url}: HTTP {error.code} {error.reason}: {said}") from error
        except urllib.error.URLError as error:
            raise OSError(f"{url}: {error.reason}") from error


def _as_triples(answer: bytes, form: str, url: str) -> ox.QueryTriples:
    formats = {"text/turtle": ox.RdfFormat.TURTLE, "application/n-triples": ox.RdfFormat.N_TRIPLES}
    if form not in formats:
        raise OSError(f"{url}: an answer of type {form}, which is not SPARQL's; is this a SPARQL endpoint?")
    holder = ox.Store()
    holder.load(answer, format=formats[form])
    found = holder.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(found, ox.QueryTriples)
    return found
