"""The projection's and the tests' cost as ratios to networkx and plain loops, measured in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any, TypeVar

import networkx as nx
import numpy as np
import pytest
from networkx.algorithms import bipartite as nxb
from scipy import sparse  # type: ignore[import-untyped,unused-ignore]

from guanlian.graph.projection import Links, pairs
from guanlian.graph.significance import disparity
from guanlian.loaders.facts import ROLES

T = TypeVar("T")


def zipf(measures: int, agencies: int = 400, seed: int = 3) -> Links:
    """Random ownership with Zipf popularity: one lead and about three participants a measure."""
    random = np.random.default_rng(seed)
    popularity = 1.0 / np.arange(1, agencies + 1)
    size = 1 + random.poisson(3.0, measures)
    measure = np.repeat(np.arange(measures), size)
    agency = random.choice(agencies, len(measure), p=popularity / popularity.sum())
    first = np.r_[True, measure[1:] != measure[:-1]]
    role = np.where(first, ROLES.index("lead"), ROLES.index("participant"))
    entries = np.unique(np.stack([measure, agency, role], axis=1), axis=0)
    names = tuple(f"单位{i:04}" for i in range(agencies))
    keys = tuple(("某方案", str(i)) for i in range(measures))
    return Links(names, keys, entries[:, 1], entries[:, 0], entries[:, 2])


def two_mode(found: Links) -> nx.Graph[Any]:
    """The same ownership as a networkx graph: agencies by name, measures by key."""
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_nodes_from(found.agencies)
    graph.add_nodes_from(found.measures)
    graph.add_edges_from(
        (found.agencies[a], found.measures[m]) for a, m in zip(found.agency, found.measure, strict=True)
    )
    return graph


def cpu(work: Callable[[], T], runs: int = 3) -> tuple[float, T]:
    """Median CPU seconds of some runs, and the result."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        result = work()
        taken.append(time.process_time() - start)
    return statistics.median(taken), result


def test_projection_against_networkx(benchmark: Any) -> None:
    """All weights by role pair, for a small part of what networkx takes for the plain count."""
    found = zipf(2000)
    graph = two_mode(found)
    theirs, projected = cpu(lambda: nxb.weighted_projected_graph(graph, found.agencies), runs=1)
    ours = benchmark.pedantic(lambda: pairs(found), rounds=5, warmup_rounds=1)
    spent, _ = cpu(lambda: pairs(found), runs=5)
    benchmark.extra_info.update(networkx_cpu_s=theirs, ours_cpu_s=spent, ratio=theirs / spent)
    weights = {
        frozenset((ours.agencies[a], ours.agencies[b])): int(count)
        for a, b, count in zip(ours.a, ours.b, ours.measures, strict=True)
    }
    assert weights == {frozenset((a, b)): data["weight"] for a, b, data in projected.edges(data=True)}
    assert theirs / spent >= 20


def test_projection_against_the_bare_product(benchmark: Any) -> None:
    """Counts, role pairs and Newman's weights for about what scipy's A·Aᵀ costs, its upper part taken."""
    found = zipf(20_000)
    owners = found.owners()
    shape = (len(owners.agencies), len(owners.measures))
    ones = np.ones(len(owners.agency), dtype=np.int64)

    def bare() -> Any:
        matrix = sparse.csr_array((ones, (owners.agency, owners.measure)), shape=shape)
        return sparse.triu(matrix @ matrix.T, k=1, format="coo")

    limit, product = cpu(bare, runs=5)
    ours = benchmark.pedantic(lambda: pairs(found), rounds=3, warmup_rounds=1)
    spent, _ = cpu(lambda: pairs(found), runs=5)
    benchmark.extra_info.update(scipy_cpu_s=limit, ours_cpu_s=spent, ratio=spent / limit)
    assert (len(ours.a), ours.measures.sum()) == (product.nnz, product.data.sum())
    assert spent / limit <= 4


def test_disparity_against_a_loop(benchmark: Any) -> None:
    """The filter on arrays against the textbook loop over a networkx graph; the same levels."""
    projected = pairs(zipf(2000))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from(
        (int(a), int(b), float(w)) for a, b, w in zip(projected.a, projected.b, projected.newman, strict=True)
    )

    def loop() -> list[float]:
        levels = []
        for a, b, data in graph.edges(data=True):
            ends = []
            for end in (a, b):
                k, s = graph.degree(end), graph.degree(end, weight="weight")
                ends.append((1 - data["weight"] / s) ** (k - 1) if k > 1 else 1.0)
            levels.append(min(ends))
        return levels

    theirs, expected = cpu(loop, runs=1)
    levels = benchmark.pedantic(lambda: disparity(projected, projected.newman), rounds=5, warmup_rounds=1)
    spent, _ = cpu(lambda: disparity(projected, projected.newman), runs=5)
    benchmark.extra_info.update(loop_cpu_s=theirs, ours_cpu_s=spent, ratio=theirs / spent)
    assert np.sort(levels) == pytest.approx(np.sort(expected), abs=1e-12)
    assert theirs / spent >= 50
