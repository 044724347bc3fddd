"""The tests of pairs against scipy, against drawing by brute force, and on planted data."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, hypergeom  # type: ignore[import-untyped,unused-ignore]

from guanlian.graph.projection import graph_of, links, pairs
from guanlian.graph.significance import adjusted, disparity, validated


def rows_of(owned: dict[tuple[str, str], str]) -> list[dict[str, str]]:
    """Rows of the owners table from measure → agencies, one letter each."""
    return [
        {"document": d, "measure": m, "title": "", "agency": a, "role": "joint", "basis": "stated", "via": ""}
        for (d, m), agencies in owned.items()
        for a in agencies
    ]


OWNED = st.dictionaries(
    st.tuples(st.sampled_from(["甲", "乙"]), st.sampled_from(["1", "2", "3", "4"])),
    st.sets(st.sampled_from("abcd"), min_size=1).map(lambda s: "".join(sorted(s))),
    min_size=1,
)


def by_drawing(owned: dict[tuple[str, str], str], a: str, b: str) -> float:
    """Brute force: every way to hand b its measures, document by document; share with as many in common."""
    chances: Counter[int] = Counter({0: 1})
    observed = 0
    for document in sorted({d for d, _ in owned}):
        held = [agencies for (d, _), agencies in sorted(owned.items()) if d == document]
        n, m = sum(a in x for x in held), sum(b in x for x in held)
        observed += sum(a in x and b in x for x in held)
        drawn = Counter(len(set(range(n)) & set(hand)) for hand in combinations(range(len(held)), m))
        sums: Counter[int] = Counter()
        for (x, p), (y, q) in product(chances.items(), drawn.items()):
            sums[x + y] += p * q
        chances = sums
    return sum(c for x, c in chances.items() if x >= observed) / sum(chances.values())


@given(OWNED)
@settings(max_examples=60)
def test_p_against_drawing(owned: dict[tuple[str, str], str]) -> None:
    found = links(rows_of(owned))
    projected = pairs(found)
    result = validated(found, projected)
    for a, b, p in zip(projected.a, projected.b, result.p, strict=True):
        assert p == pytest.approx(by_drawing(owned, found.agencies[a], found.agencies[b]))


@given(OWNED)
@settings(max_examples=40)
def test_every_pair_in_a_common_document_is_a_test(owned: dict[tuple[str, str], str]) -> None:
    found = links(rows_of(owned))
    seen = {a: {d for (d, _), names in owned.items() if a in names} for a in "abcd"}
    expected = sum(bool(seen[a] & seen[b]) for a, b in combinations("abcd", 2))
    assert validated(found, pairs(found)).tests == expected


def test_two_documents_naming_both_are_no_tie() -> None:
    """Pooled, the pair would look tied; within each document it shares exactly what it must."""
    always = {("甲", str(i)): "ab" for i in range(5)}
    found = links(rows_of({**always, **{("乙", str(i)): "cd" for i in range(30)}}))
    projected = pairs(found)
    assert validated(found, projected).p.tolist() == [1.0, 1.0]
    assert hypergeom.sf(4, 35, 5, 5) < 1e-5


def test_far_tail_keeps_its_digits() -> None:
    """Two agencies sharing 40 of 40 measures in each of two documents of 80: p is the product of two tails."""
    owned = {(d, str(i)): "ab" if i < 40 else "c" for d in "甲乙" for i in range(80)}
    found = links(rows_of(owned))
    one = hypergeom.pmf(40, 80, 40, 40)
    assert validated(found, pairs(found)).p[0] == pytest.approx(one * one, rel=1e-6)
    assert 0 < one * one < 1e-40


@given(st.lists(st.floats(0, 1), max_size=12), st.integers(0, 30))
def test_adjusted_against_scipy(p: list[float], unmet: int) -> None:
    if p:
        padded = false_discovery_control(np.array(p + [1.0] * unmet))[: len(p)]
        assert adjusted(np.array(p), len(p) + unmet) == pytest.approx(padded)
    else:
        assert len(adjusted(np.array([]), unmet)) == 0


def test_planted_pair_is_found_and_no_other() -> None:
    """40 units own 300 measures at random, three each; two of them share 25 more."""
    random = np.random.default_rng(7)
    names = [chr(0x4E00 + i) for i in range(40)]
    owned = {("甲", str(i)): "".join(random.choice(names, 3, replace=False)) for i in range(300)}
    for i in range(25):
        owned["甲", str(i)] = "".join(sorted(set(owned["甲", str(i)]) | {names[3], names[9]}))
    found = links(rows_of(owned))
    projected = pairs(found)
    good = np.flatnonzero(validated(found, projected).q < 0.01)
    assert [(found.agencies[projected.a[i]], found.agencies[projected.b[i]]) for i in good] == [(names[3], names[9])]


@given(OWNED)
@settings(max_examples=40)
def test_disparity_against_the_formula(owned: dict[tuple[str, str], str]) -> None:
    projected = pairs(links(rows_of(owned)))
    graph: nx.Graph[str] = graph_of(projected)
    levels = disparity(projected, projected.newman)
    for (a, b, data), level in zip(graph.edges(data=True), levels, strict=True):
        weight, ends = data["weight_newman"], []
        for end in (a, b):
            k, s = graph.degree(end), graph.degree(end, weight="weight_newman")
            ends.append((1 - weight / s) ** (k - 1) if k > 1 else 1.0)
        assert level == pytest.approx(min(ends), abs=1e-12)
