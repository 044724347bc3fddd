"""How two things hang together: paths between them, every hop with the words it rests on.

    trace(store_or_graph, "深圳海关", "提前申报")  -> Trace with .paths
    trace(store_or_graph, "提前申报")              -> Trace with .around, neighbours grouped by relation

Names are those people see, or aliases, optionally after their kind (``port:…``); a name that
means nothing or several things raises :class:`guanlian.graph.things.NameProblem`, whose ``zh``,
``en`` and ``choices`` say what to type instead. To ask many questions build the graph once:
``graph = load(store)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import networkx as nx

from guanlian.graph.projection import table
from guanlian.graph.things import RELATIONS, TABLES, Node, find, things
from guanlian.queries import catalogue

if TYPE_CHECKING:
    from guanlian.graph.projection import Source

SLACK = 2
"""How much longer than the shortest a path may be and still be worth showing."""


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A thing as people see it: kind (a key of :data:`guanlian.graph.things.KINDS`), label, unique name."""

    kind: str
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """One statement that ties two things, read in the direction of the hop, with its evidence.

    ``item`` is ``""`` for what stands outside any item; ``detail`` the group (via) or post.
    """

    relation: str
    zh: str
    en: str
    document: str
    item: str
    quote: str
    detail: str


@dataclass(frozen=True, slots=True)
class Hop:
    """A step between two things, with everything that is said of them (one statement at least)."""

    source: Thing
    target: Thing
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """Hops from the first thing to the last; ``length`` as :class:`guanlian.graph.things.Relation` counts."""

    hops: tuple[Hop, ...]
    length: int


@dataclass(frozen=True, slots=True)
class Around:
    """Neighbours by one relation."""

    relation: str
    zh: str
    en: str
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer: ``paths`` between ``start`` and ``end`` (``more``: there are others), or what is ``around``."""

    start: Thing
    end: Thing | None
    paths: tuple[Path, ...]
    more: bool
    around: tuple[Around, ...]


_ALIASES = """#+ title: 各事物的别名
#+ columns: kind name alias
PREFIX gl: <https://w3id.org/guanlian/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?kind (STR(?proper) AS ?name) (STR(?other) AS ?alias) WHERE {
  VALUES (?class ?kind) {
    (gl:Agency "agency") (gl:ClearanceMode "mode") (gl:Port "port") (gl:Platform "platform")
  }
  ?thing a ?class ; skos:prefLabel ?proper ; skos:prefLabel|skos:altLabel ?other .
  FILTER(LANG(?proper) = "zh-hans" && STR(?other) != STR(?proper))
}
"""


def load(store: Source) -> nx.MultiGraph[Node]:
    """Graph of things of a whole store, with the aliases it knows."""
    known = catalogue.names()
    rows = {name: table(store, name) for name in TABLES if name in known}
    aliases = catalogue.run(catalogue.read("aliases", _ALIASES), store)[1]
    return things(rows, [(kind, name, alias) for kind, name, alias in aliases])


def trace(source: Source | nx.MultiGraph[Node], start: str, end: str | None = None, max_paths: int = 5) -> Trace:
    """Paths between two things, the shortest first, or one thing's neighbours.

    Paths are simple (Yen 1971, Management Science 17:712, as networkx has it); only those at most
    :data:`SLACK` longer than the shortest are given. Two things without a path have no paths.
    Raises :class:`guanlian.graph.things.NameProblem` for names, ValueError for ``max_paths`` < 1.
    """
    if max_paths < 1:
        raise ValueError("max_paths must be 1 or more")
    graph = source if isinstance(source, nx.MultiGraph) else load(source)
    first = find(graph, start)
    if end is None:
        return Trace(_thing(graph, first), None, (), False, _around(graph, first))
    last = find(graph, end)
    found = list(islice(_paths(graph, first, last), max_paths + 1))
    return Trace(_thing(graph, first), _thing(graph, last), tuple(found[:max_paths]), len(found) > max_paths, ())


def _thing(graph: nx.MultiGraph[Node], node: Node) -> Thing:
    data = graph.nodes[node]
    return Thing(data["kind"], data["label"], data["name"])


def _skeleton(graph: nx.MultiGraph[Node]) -> nx.Graph[Node]:
    """One edge between any two things, as long as the shortest of their relations."""
    plain: nx.Graph[Node] = nx.Graph()
    plain.add_nodes_from(graph)
    for a, b, data in graph.edges(data=True):
        length = RELATIONS[data["relation"]].length
        if not plain.has_edge(a, b) or plain.edges[a, b]["length"] > length:
            plain.add_edge(a, b, length=length)
    return plain


def _paths(graph: nx.MultiGraph[Node], first: Node, last: Node) -> Iterator[Path]:
    plain = _skeleton(graph)
    shortest = None
    if first == last or not nx.has_path(plain, first, last):
        return
    for nodes in nx.shortest_simple_paths(plain, first, last, weight="length"):
        steps = list(pairwise(nodes))
        length = sum(plain.edges[a, b]["length"] for a, b in steps)
        shortest = length if shortest is None else shortest
        if length > shortest + SLACK:
            return
        yield Path(tuple(_hop(graph, a, b) for a, b in steps), length)


def _hop(graph: nx.MultiGraph[Node], a: Node, b: Node, relation: str = "") -> Hop:
    """All that ties a to b, or only what one relation says."""
    said = []
    for data in graph.get_edge_data(a, b).values():
        if relation in ("", _reading(data, a)[0]):
            name, zh, en = _reading(data, a)
            said.append(Said(name.rstrip("<"), zh, en, data["document"], data["item"], data["quote"], data["detail"]))
    return Hop(_thing(graph, a), _thing(graph, b), tuple(said))


def _reading(data: dict[str, Any], origin: Node) -> tuple[str, str, str]:
    """Relation (with ``<`` when read backwards) and its words as read from ``origin``."""
    relation = RELATIONS[data["relation"]]
    if data["source"] == origin or relation.zh == relation.back_zh:
        return data["relation"], relation.zh, relation.en
    return data["relation"] + "<", relation.back_zh, relation.back_en


def _around(graph: nx.MultiGraph[Node], node: Node) -> tuple[Around, ...]:
    """Neighbours grouped by relation and direction, in the order of RELATIONS, then of the graph."""
    groups: dict[tuple[str, str, str], list[Node]] = {}
    for other in graph.adj[node]:
        for reading in dict.fromkeys(_reading(data, node) for data in graph.get_edge_data(node, other).values()):
            groups.setdefault(reading, []).append(other)
    order = list(RELATIONS)
    ranked = sorted(groups, key=lambda reading: (order.index(reading[0].rstrip("<")), reading[0]))
    return tuple(
        Around(name.rstrip("<"), zh, en, tuple(_hop(graph, node, other, name) for other in groups[name, zh, en]))
        for name, zh, en in ranked
    )
