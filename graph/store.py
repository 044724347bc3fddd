"""Where the quads live and are questioned: Oxigraph on disk or in memory, or a SPARQL 1.1 endpoint by URL."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

import pyoxigraph as ox

from guanlian.graph import publish
from guanlian.queries import guard
from guanlian.queries.catalogue import Table

if TYPE_CHECKING:
    import rdflib

RESULTS = {
    "srj": ox.QueryResultsFormat.JSON,
    "srx": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
"""Formats of answers to SELECT and ASK."""

TRIPLES = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""Formats of answers to CONSTRUCT and DESCRIBE, and of dumps as one graph."""

_QUADS = {"nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMERIC = frozenset(_XSD + name for name in (
    "integer", "decimal", "float", "double", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
    "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
))  # fmt: skip

Solutions = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean


class StoreError(Exception):
    """A store that is missing, unreadable, not writable or out of reach; says which and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} | {en}")
        self.zh, self.en = zh, en


class FormatError(StoreError):
    """A query whose kind of answer is not written in the format asked for; says which formats it is written in."""


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer as strings: ``kind`` is select, ask (one cell, true or false) or graph (subject, predicate, object).

    ``numbers`` are the columns of anybody's SELECT that hold numeric literals and nothing else.
    """

    kind: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    numbers: frozenset[str] = frozenset()


class _Engine(Protocol):
    """What a place for quads can do; :class:`_Local` and ``remote.Endpoint`` are the two."""

    def ask(
        self, sparql: str, union: bool = True, default: Sequence[str] = (), named: Sequence[str] = ()
    ) -> Solutions: ...

    def update(self, sparql: str) -> None: ...

    def load(self, nquads: Iterable[str]) -> None: ...

    def graphs(self) -> list[str]: ...

    def quads(self) -> Iterable[ox.Quad]: ...


class Store:
    """Named graphs and their questions. Made by :meth:`open` and :meth:`memory`."""

    def __init__(self, engine: _Engine, name: str, read_only: bool) -> None:
        self._engine: _Engine = engine
        self.name, self.read_only = name, read_only

    @classmethod
    def memory(cls, graphs: Mapping[str, str] | None = None) -> Store:
        """An empty store in memory, or one that holds ``graphs`` (IRI → N-Quads)."""
        store = cls(_Local(ox.Store()), "memory", False)
        if graphs:
            store.bulk(graphs)
        return store

    @classmethod
    def open(cls, place: str | Path, read_only: bool = True, update: str = "") -> Store:
        """The store in a folder (a store, or the output folder of a build) or at an http(s) URL.

        ``update`` is the address of a remote store's updates, when it is neither the same nor the one that ends
        in ``/update`` where ``place`` ends in ``/query``. A local store opened to write is made when missing.
        """
        if str(place).startswith(("http://", "https://")):
            from guanlian.graph.remote import Endpoint

            return cls(Endpoint(str(place), update), str(place), read_only)
        path = publish.resolve(Path(place), "store")
        if read_only and not (path / "CURRENT").is_file():
            raise StoreError(
                f"{place} 里没有库；先运行 guanlian build", f"no store in {place}; run guanlian build first"
            )
        try:
            inner = ox.Store.read_only(str(path)) if read_only else ox.Store(str(path))
        except (OSError, RuntimeError) as error:
            raise StoreError(f"打不开 {path}：{error}", f"cannot open {path}: {error}") from error
        return cls(_Local(inner), str(path), read_only)

    def bulk(self, graphs: Mapping[str, str]) -> None:
        """Adds whole graphs, each given as N-Quads text that names no other graph. All or nothing when local."""
        for graph, nquads in graphs.items():
            _triples(graph, nquads)
        with self._changing():
            self._engine.load(graphs.values())

    def replace(self, graph: str, nquads: str) -> None:
        """Puts a graph in the place of the one of that name, in one transaction (one request when remote)."""
        body = "\n".join(_triples(graph, nquads))
        with self._changing():
            self._engine.update(f"DROP SILENT GRAPH <{graph}>;\nINSERT DATA {{ GRAPH <{graph}> {{\n{body}\n}} }}")

    def remove(self, graph: str) -> None:
        """Drops a graph; one that is not there is no error."""
        with self._changing():
            self._engine.update(f"DROP SILENT GRAPH <{graph}>")

    def close(self) -> None:
        """Lets go of the files; on Windows a folder cannot be renamed before."""
        self._engine = _Local(ox.Store())

    def graphs(self) -> list[str]:
        """IRIs of the named graphs, sorted."""
        return sorted(self._engine.graphs())

    def quads(self) -> Iterable[ox.Quad]:
        """Every quad, in no order."""
        return self._engine.quads()

    def query(self, sparql: str) -> Rows:
        """Answers anybody's query, let in by :func:`guanlian.queries.guard.check`; all graphs are one default graph.

        Raises guard.QueryError, guard.RefusedQuery, StoreError.
        """
        with self._answering():
            return _rows(self._asked(sparql))

    def answer(self, sparql: str, form: str = "srj") -> bytes:
        """As :meth:`query`, in a standard format: srj, srx, csv, tsv for SELECT and ASK; ttl, nt, rdf, jsonld for graphs."""
        sink = io.BytesIO()
        self.write(sparql, sink, (form,))
        return sink.getvalue()

    def write(
        self, sparql: str, sink: IO[bytes], forms: Sequence[str], default: Sequence[str] = (), named: Sequence[str] = ()
    ) -> str:
        """As :meth:`answer`, row by row into ``sink``, in the first of ``forms`` that fits the kind of query; says which.

        ``default`` and ``named`` are graphs that make up the data set in the place of everything (SPARQL 1.1
        Protocol, 2.1.4). Whatever ``sink`` raises ends the query. Raises FormatError besides what :meth:`query` does.
        """
        with self._answering():
            found = self._asked(sparql, default, named)
            known = TRIPLES if isinstance(found, ox.QueryTriples) else RESULTS
            form = next((form for form in forms if form in known), "")
            if not form:
                fits = ", ".join(known)
                raise FormatError(f"这种查询的格式只能是 {fits}", f"the format of this kind of query is one of {fits}")
            if isinstance(found, ox.QueryTriples):
                ox.serialize(found, sink, format=TRIPLES[form], prefixes=_prefixes())
            else:
                found.serialize(sink, RESULTS[form])
        return form

    def select(self, sparql: str) -> Table:
        """Columns and rows of a question of our own: not guarded, for :mod:`guanlian.queries.catalogue`."""
        with self._answering():
            found = self._engine.ask(sparql)
            assert isinstance(found, ox.QuerySolutions)
            return tuple(v.value for v in found.variables), [tuple(map(_cell, solution)) for solution in found]

    def dataset(self) -> rdflib.Dataset:
        """An rdflib view of a local store: reads triple by triple, questions go through the guard."""
        if not isinstance(self._engine, _Local):
            raise StoreError("远程库没有 rdflib 视图；请先导出", "a remote store has no rdflib view; export it first")
        from guanlian.graph.view import view

        return view(self._engine.store)

    def dump(self, form: str = "nq") -> str:
        """Everything in the store, sorted: nq, trig or jsonld with its graphs; ttl, nt or rdf as one graph."""
        if form not in _QUADS and form not in TRIPLES:
            known = ", ".join([*_QUADS, *TRIPLES])
            raise StoreError(f"没有格式 {form}；可用：{known}", f"no format {form!r}; use one of {known}")
        found = sorted(self._engine.quads(), key=str)
        if form == "nq":
            return "".join(f"{quad} .\n" for quad in found)
        prefixes = _prefixes()
        if form in _QUADS:
            return (ox.serialize(found, format=_QUADS[form], prefixes=prefixes) or b"").decode("utf-8")
        triples = sorted({quad.triple for quad in found}, key=str)
        return (ox.serialize(triples, format=TRIPLES[form], prefixes=prefixes) or b"").decode("utf-8")

    def _asked(self, sparql: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> Solutions:
        """What a query names in FROM is its default graph, unless graphs are named beside it."""
        chosen = {*default, *named}
        held = self.graphs() if chosen or "from" in sparql.lower() else []  # the list of graphs costs a scan
        if strange := sorted(chosen.difference(held)):
            raise guard.RefusedQuery(f"本库没有图 {strange[0]}", f"this store holds no graph {strange[0]}")
        plain = guard.check(sparql, held)
        return self._engine.ask(plain, not chosen and not guard.has_from(plain), default, named)

    @contextlib.contextmanager
    def _answering(self) -> Iterator[None]:
        """Engines answer row by row, so that a failure may come late."""
        try:
            yield
        except (guard.QueryError, guard.RefusedQuery, StoreError):
            raise
        except SyntaxError as error:
            raise guard.QueryError(f"查询读不懂：{error}", f"cannot read the query: {error}") from error
        except (OSError, ValueError, RuntimeError) as error:
            raise StoreError(f"{self.name} 无法回答：{error}", f"{self.name} cannot answer: {error}") from error

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        if self.read_only:
            raise StoreError(f"{self.name} 以只读方式打开", f"{self.name} is open read-only")
        try:
            yield
        except (OSError, SyntaxError, ValueError) as error:
            raise StoreError(f"{self.name} 未能写入：{error}", f"cannot write to {self.name}: {error}") from error


class _Local:
    """A store of pyoxigraph's, on disk or in memory."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def ask(self, sparql: str, union: bool = True, default: Sequence[str] = (), named: Sequence[str] = ()) -> Solutions:
        if not default and not named:
            return self.store.query(sparql, use_default_graph_as_union=union)
        whole: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(name) for name in default]
        parts: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(name) for name in named]
        return self.store.query(sparql, default_graph=whole, named_graphs=parts)

    def update(self, sparql: str) -> None:
        self.store.update(sparql)

    def load(self, nquads: Iterable[str]) -> None:
        self.store.bulk_load("".join(nquads).encode("utf-8"), format=ox.RdfFormat.N_QUADS)
        self.store.flush()

    def graphs(self) -> list[str]:
        return [graph.value for graph in self.store.named_graphs() if isinstance(graph, ox.NamedNode)]

    def quads(self) -> Iterable[ox.Quad]:
        return self.store


def from_turtle(graph: str, text: str) -> str:
    """N-Quads of a Turtle text in the graph of that name, sorted, blank nodes under canonical names."""
    name = ox.NamedNode(graph)
    try:
        triples = [quad.triple for quad in ox.parse(text.encode("utf-8"), format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise StoreError(f"{graph} 的 Turtle 有错：{error}", f"the Turtle of {graph} is broken: {error}") from error
    lines = {f"{triple} {name} .\n" for triple in triples}
    if any("_:" in line for line in lines):
        dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        lines = {f"{quad} .\n" for quad in dataset}
    return "".join(sorted(lines))


def _triples(graph: str, nquads: str) -> list[str]:
    """The lines of a graph as N-Triples; StoreError for a line that belongs to another graph."""
    tail = f" <{graph}> ."
    lines = [line for line in nquads.split("\n") if line]
    for number, line in enumerate(lines, 1):
        if not line.endswith(tail):
            raise StoreError(f"第 {number} 行不在图 {graph} 中", f"line {number} is not in graph {graph}")
    return [line[: -len(tail)] + " ." for line in lines]


def _rows(found: Solutions) -> Rows:
    if isinstance(found, ox.QueryBoolean):
        return Rows("ask", ("answer",), [("true" if found else "false",)])
    if isinstance(found, ox.QueryTriples):
        triples = [tuple(map(_cell, (t.subject, t.predicate, t.object))) for t in found]
        return Rows("graph", ("subject", "predicate", "object"), sorted(triples))
    columns = tuple(variable.value for variable in found.variables)
    solutions = [tuple(solution) for solution in found]
    kinds = ({_is_number(term) for term in terms if term is not None} for terms in zip(*solutions, strict=True))
    numbers = frozenset(column for column, kind in zip(columns, kinds, strict=False) if kind == {True})
    return Rows("select", columns, [tuple(map(_cell, solution)) for solution in solutions], numbers)


def _is_number(term: Any) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value in _NUMERIC


def _cell(term: Any) -> str:
    return "" if term is None else getattr(term, "value", None) or ("" if isinstance(term, ox.Literal) else str(term))


def _prefixes() -> dict[str, str]:
    from guanlian.ontology.terms import PREFIXES

    return dict(PREFIXES)
