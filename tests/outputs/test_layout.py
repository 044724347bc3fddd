"""Places of nodes: always the same, apart, and shaped like a screen."""

from __future__ import annotations

import random
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from guanlian.outputs.layout import SPACING, layout, parallel_offsets


def graph(count: int, seed: int = 1) -> list[tuple[int, int]]:
    rng = random.Random(seed)
    return [
        (rng.randrange(count // 5), count // 5 + i) for i in range(count - count // 5 - 3) for _ in range(1 + i % 3)
    ]


@pytest.mark.parametrize("count", [40, 400, 1500])
def test_same_input_same_places_and_none_shared(count: int) -> None:
    edges = graph(count)
    places = layout(count, edges)
    assert places == layout(count, edges)
    apart = cKDTree(np.array(places)).query(np.array(places), k=2)[0][:, 1]
    assert apart.min() > SPACING / 5 and float(np.median(apart)) > SPACING / 2


def test_isolates_do_not_push_the_picture_away() -> None:
    edges = graph(300)
    extent = np.ptp(np.array(layout(303, edges)), axis=0)
    with_many = np.ptp(np.array(layout(500, edges)), axis=0)
    assert with_many.max() < 1.6 * extent.max()
    assert 0.5 < with_many[0] / with_many[1] < 3


def test_a_thousand_nodes_take_about_a_second() -> None:
    start = time.perf_counter()
    layout(1000, graph(1000))
    assert time.perf_counter() - start < 5  # 0.6 s on a quiet machine


def test_an_edge_outside_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        layout(2, [(0, 2)])


@settings(max_examples=40)
@given(
    st.integers(1, 12).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=30))
    )
)
def test_any_small_graph_has_a_place_for_every_node(case: tuple[int, list[tuple[int, int]]]) -> None:
    count, edges = case
    places = layout(count, edges)
    assert len(places) == len(set(places)) == count
    assert layout(count, [(b, a) for a, b in edges]) == places


def test_lines_between_the_same_two_bend_apart() -> None:
    pairs = [(0, 1), (1, 0), (0, 1), (2, 3)]
    # Seen from the smaller end, whichever way the line runs, all bends differ.
    seen = [bend if a < b else -bend for (a, b), bend in zip(pairs, parallel_offsets(pairs), strict=True)]
    assert len(set(seen[:3])) == 3 and seen[3] == 0
