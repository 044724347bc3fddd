"""Where an agency stands in the co-ownership network, and who clusters with whom.

Every function takes the graph that :func:`guanlian.graph.projection.graph_of` makes (nodes in
the order of names), copes with isolated agencies and several components, and gives the same
answer for the same input on every run, hash seed and row order.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
from scipy.sparse import csgraph  # type: ignore[import-untyped,unused-ignore]

if TYPE_CHECKING:
    CoGraph = nx.Graph[str]

WEIGHT = "weight_newman"
"""Ties are weighed by Newman's 1/(k−1), so one clause with many owners does not drown the rest."""

WORK = 5_000_000
"""Node × edge steps that exact betweenness may take (a few seconds); beyond, pivots are sampled."""

SOURCES = {
    "degree": "Freeman 1978, Social Networks 1:215",
    "betweenness": "Freeman 1977, Sociometry 40:35; Brandes 2001, J. Math. Sociology 25:163",
    "closeness": "Wasserman & Faust 1994, Social Network Analysis, p. 200 (several components)",
    "pagerank": "Brin & Page 1998, Computer Networks 30:107",
    "eigenvector": "Bonacich 1987, Am. J. Sociology 92:1170",
    "clustering": "Watts & Strogatz 1998, Nature 393:440",
    "communities": "Blondel, Guillaume, Lambiotte & Lefebvre 2008, J. Stat. Mech. P10008",
    "modularity": "Newman & Girvan 2004, Phys. Rev. E 69, 026113",
}


@dataclass(frozen=True, slots=True)
class Position:
    """Centralities of one agency.

    ``degree`` share of the others it owns something with; ``betweenness`` share of the shortest
    paths (in hops) between others that pass it; ``closeness`` 0…1, scaled by the share of
    agencies it can reach; ``pagerank`` on Newman's weights, adds up to 1; ``eigenvector`` on the
    same weights within the largest component (None outside it: it is undefined across
    components); ``clustering`` share of its partners' pairs that are partners themselves.
    """

    degree: float
    betweenness: float
    closeness: float
    pagerank: float
    eigenvector: float | None
    clustering: float


def numbered(graph: CoGraph) -> nx.Graph[int]:
    """The graph with whole numbers for nodes: sets of them iterate alike under every hash seed."""
    at = {name: index for index, name in enumerate(graph)}
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(at)))
    plain.add_weighted_edges_from(((at[a], at[b], d[WEIGHT]) for a, b, d in graph.edges(data=True)), weight=WEIGHT)
    return plain


def pivots(graph: CoGraph) -> int | None:
    """Number of pivots betweenness is estimated from, or None when it is exact (Brandes & Pich 2007)."""
    nodes, edges = len(graph), graph.number_of_edges()
    return None if nodes * edges <= WORK else min(nodes, max(50, WORK // edges))


def positions(graph: CoGraph, seed: int = 0) -> dict[str, Position]:
    """All centralities of every agency (see :class:`Position`)."""
    plain = numbered(graph)
    names = list(graph)
    sample = pivots(graph)
    degree = nx.degree_centrality(plain)
    between = nx.betweenness_centrality(plain, k=sample, seed=seed)
    close = closeness(graph)
    rank = nx.pagerank(plain, weight=WEIGHT, tol=1e-12, max_iter=1000)
    eigen = eigenvector(graph)
    cluster: Any = nx.clustering(plain)
    return {
        name: Position(degree[i], between[i], close[name], rank[i], eigen.get(name), float(cluster[i]))
        for i, name in enumerate(names)
    }


def closeness(graph: CoGraph, block: int = 512) -> dict[str, float]:
    """Closeness in hops, Wasserman and Faust's form: (r/(n−1))·(r/Σd) with r agencies in reach."""
    names = list(graph)
    n = len(names)
    if n < 2 or graph.number_of_edges() == 0:
        return dict.fromkeys(names, 0.0)
    matrix = nx.to_scipy_sparse_array(graph, nodelist=names, weight=None, format="csr")
    found: list[float] = []
    for start in range(0, n, block):
        chosen = np.arange(start, min(start + block, n))
        hops = csgraph.dijkstra(matrix, directed=False, unweighted=True, indices=chosen)
        near = np.isfinite(hops)
        reach = near.sum(axis=1) - 1
        total = np.where(near, hops, 0.0).sum(axis=1)
        found.extend((reach / (n - 1)) * reach / np.maximum(total, 1.0))
    return {name: float(value) for name, value in zip(names, found, strict=True)}


def largest_component(graph: CoGraph) -> list[str]:
    """Agencies of the largest component in the order of names; of equal ones, the first by name."""
    parts = [sorted(part) for part in nx.connected_components(graph)]
    return min(parts, key=lambda part: (-len(part), part), default=[])


def eigenvector(graph: CoGraph) -> dict[str, float]:
    """Leading eigenvector of the weighted largest component, of unit length; empty if no two agencies meet."""
    inside = largest_component(graph)
    if len(inside) < 2:
        return {}
    matrix = nx.to_scipy_sparse_array(graph, nodelist=inside, weight=WEIGHT, dtype=np.dtype(float), format="csr")
    if len(inside) <= 500:
        vector = np.linalg.eigh(matrix.toarray())[1][:, -1]
    else:
        from scipy.sparse.linalg import eigsh  # type: ignore[import-untyped,unused-ignore]

        vector = eigsh(matrix, k=1, which="LA", v0=np.ones(len(inside)))[1][:, 0]
    return {name: float(value) for name, value in zip(inside, np.abs(vector), strict=True)}


@dataclass(frozen=True, slots=True)
class Community:
    """A circle of agencies: number from 1 (the largest), label (its member with the largest weight inside), members."""

    number: int
    label: str
    members: tuple[str, ...]


def communities(graph: CoGraph, seed: int = 0, runs: int = 10) -> tuple[tuple[Community, ...], float]:
    """Louvain communities of two agencies and more, and the modularity of the whole partition.

    The best of ``runs`` seeded runs by modularity on Newman's weights. Isolated agencies belong to
    no community. Method: Blondel et al. 2008; modularity: Newman & Girvan 2004.
    """
    if graph.number_of_edges() == 0:
        return (), 0.0
    plain = numbered(graph)
    best: list[list[int]] = []
    score = -1.0
    for run in range(runs if len(graph) <= 2000 else 1):
        parts = [sorted(p) for p in nx.community.louvain_communities(plain, weight=WEIGHT, seed=seed + run)]
        parts.sort()
        quality = float(nx.community.modularity(plain, map(set, parts), weight=WEIGHT))
        if quality > score + 1e-12:
            best, score = parts, quality
    names = list(graph)
    groups = [tuple(names[i] for i in part) for part in best if len(part) > 1]
    groups.sort(key=lambda part: (-len(part), part))
    return tuple(Community(i, _label(graph, part), part) for i, part in enumerate(groups, 1)), score


def _label(graph: CoGraph, members: tuple[str, ...]) -> str:
    """The member whose ties inside weigh most; of equal ones, the first by name."""
    inside = set(members)
    weights = {
        name: sum(data[WEIGHT] for other, data in graph[name].items() if other in inside and other != name)
        for name in members
    }
    return min(members, key=lambda name: (-round(weights[name], 9), name))


def top(values: dict[str, float], count: int) -> list[tuple[str, float]]:
    """The largest ``count`` values above zero; ties (to nine decimals) in the order of names."""
    ranked = sorted((-round(value, 9), name) for name, value in values.items() if round(value, 9) > 0)
    return [(name, values[name]) for _, name in islice(ranked, count)]
