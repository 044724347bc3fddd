"""Fixed positions for a network's nodes, computed before the page is made: same input, same places.

Each connected component is arranged by itself (pivot distances first, then springs), the
components are packed like boxes, and nodes without a line stand in rows below them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import scipy.fft
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, triu
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

Points = NDArray[np.float64]
Ints = NDArray[np.int64]

SPACING = 95.0
"""Typical distance between neighbouring nodes, in canvas pixels at zoom 1."""

_EXACT = 300  # above this many nodes, repulsion goes over a grid: n² pairs would cost more
_PIVOTS = 16
_ASPECT = 1.35  # width over height of the part of a screen a picture gets


def layout(
    count: int,
    edges: Sequence[tuple[int, int]] | Ints,
    weights: Sequence[float] | Points | None = None,
    *,
    spacing: float = SPACING,
) -> list[tuple[int, int]]:
    """Positions of ``count`` nodes, in whole pixels around the origin.

    ``edges`` are pairs of node numbers (direction, loops and repeats do not matter);
    ``weights`` pull harder the larger they are. Raises ValueError for a node out of range.

    >>> layout(2, [(0, 1)]) == layout(2, [(1, 0)])
    True
    >>> layout(0, [])
    []
    """
    if count == 0:
        return []
    graph = _graph(count, edges, weights)
    parts, membership = connected_components(graph, directed=False)
    order = np.argsort(membership, kind="stable")
    groups = np.split(order, np.cumsum(np.bincount(membership, minlength=parts))[:-1])
    alone = [int(g[0]) for g in groups if len(g) == 1]
    together = sorted((g for g in groups if len(g) > 1), key=lambda g: (-len(g), int(g[0])))
    places = np.zeros((count, 2))
    blocks = [_arrange(csr_array(graph[g][:, g])) * spacing for g in together]
    for nodes, block in zip(together, _pack(blocks, spacing), strict=True):
        places[nodes] = block
    drawn = np.concatenate(together) if together else np.zeros(0, dtype=np.int64)
    if together:
        places[drawn] -= (places[drawn].max(axis=0) + places[drawn].min(axis=0)) / 2
    if alone:
        width, height = np.ptp(places[drawn], axis=0) if together else (0.0, 0.0)
        rows = _rows(len(alone), float(width), float(height), spacing)
        places[alone] = rows + [0.0, float(height) / 2 + 1.5 * spacing]
    places[:, 1] -= (places[:, 1].max() + places[:, 1].min()) / 2
    return [(int(x), int(y)) for x, y in np.rint(places)]


def parallel_offsets(pairs: Sequence[tuple[int, int]] | Ints, step: float = 0.22) -> list[float]:
    """How far each line bends so that lines between the same two nodes stay apart.

    Signed roundness: positive bends clockwise seen from the line's own start, 0 is straight.

    >>> parallel_offsets([(1, 2), (3, 4), (2, 1)])
    [-0.11, 0.0, -0.11]
    """
    ends = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    low, high = ends.min(axis=1), ends.max(axis=1)
    order = np.lexsort((high, low))  # stable: lines keep their order within a pair
    new = np.append(True, (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0))[: len(ends)]
    run = np.cumsum(new) - 1
    at = np.flatnonzero(new)
    rank = np.arange(len(ends)) - at[run]
    bends = np.zeros(len(ends))
    bends[order] = (rank - (np.bincount(run)[run] - 1) / 2) * step
    bends = np.where(ends[:, 0] <= ends[:, 1], bends, -bends)
    return [float(bend) for bend in np.round(bends, 3) + 0.0]


def _graph(count: int, edges: Sequence[tuple[int, int]] | Ints, weights: Sequence[float] | Points | None) -> csr_array:
    """Symmetric weights, loops dropped, the mean weight of a line 1."""
    pairs = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    values = np.ones(len(pairs)) if weights is None else np.asarray(weights, dtype=np.float64)
    if len(pairs) and (pairs.min() < 0 or pairs.max() >= count):
        raise ValueError(f"an edge names a node outside 0..{count - 1}")
    keep = pairs[:, 0] != pairs[:, 1]
    start, end, values = pairs[keep, 0], pairs[keep, 1], values[keep]
    both = coo_array(
        (np.concatenate([values, values]), (np.concatenate([start, end]), np.concatenate([end, start]))),
        shape=(count, count),
    )
    graph = csr_array(both.tocsr())
    graph.sum_duplicates()
    if graph.nnz:
        graph.data = graph.data / graph.data.mean()
    return graph


def _arrange(graph: csr_array) -> Points:
    """One connected component, about one node per unit of area."""
    count = graph.shape[0]
    if count == 2:
        return np.array([[0.0, 0.0], [1.4, 0.0]])
    places = _springs(graph, _pivot_mds(graph))
    places = _turn(places)
    nearest = float(cKDTree(places).query(places, k=2)[0][:, 1].mean())
    wide, tall = np.ptp(places, axis=0)
    room = count * 1.25 + 40  # small pictures have room for names
    places = places * min(1 / max(nearest, 1e-9), float(np.sqrt(room / max(wide * max(tall, wide / 3), 1e-9))))
    places = _unstack(places)
    return cast(Points, places - places.min(axis=0))


def _pivot_mds(graph: csr_array) -> Points:
    """A first picture from distances to a few pivots (Brandes and Pich, Eigensolver methods
    for progressive multidimensional scaling of large data, 2006)."""
    count = graph.shape[0]
    hops = csr_array((np.ones_like(graph.data), graph.indices, graph.indptr), shape=graph.shape)
    pivots: list[int] = [int(np.argmax(np.diff(graph.indptr)))]
    rows: list[Points] = []
    closest = np.full(count, np.inf)
    while True:
        rows.append(cast(Points, dijkstra(hops, directed=False, unweighted=True, indices=pivots[-1])))
        closest = np.minimum(closest, rows[-1])
        if len(pivots) == min(_PIVOTS, count) or closest.max() == 0:
            break
        pivots.append(int(np.argmax(closest)))
    squared = np.stack(rows, axis=1) ** 2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean()
    axes = np.linalg.eigh(centred.T @ centred)[1][:, -2:][:, ::-1]
    # The sign of an eigenvector is free: fix it, or another machine mirrors the picture.
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), range(axes.shape[1])] < 0, -1.0, 1.0)
    places = centred @ axes
    places = np.column_stack([places, np.zeros((count, 2 - places.shape[1]))])
    jitter = np.random.default_rng(7).normal(size=(count, 2))
    return cast(Points, places / max(float(np.abs(places).max()), 1e-9) * np.sqrt(count) + 0.3 * jitter)


def _springs(graph: csr_array, places: Points) -> Points:
    """Lines pull, all nodes push, steps shrink (Fruchterman and Reingold 1991)."""
    count = graph.shape[0]
    links = coo_array(triu(graph, k=1))
    one, other, pull = links.row, links.col, np.sqrt(links.data)
    mass = np.sqrt(np.diff(graph.indptr).astype(np.float64))
    mass /= mass.mean()
    push = _push_exact if count <= _EXACT else _Grid(64 if count < 3000 else 128).push
    steps = 90 if count <= _EXACT else 45
    heat = 0.6 * np.sqrt(count)
    for step in range(steps):
        move = push(places, mass) * mass[:, None]
        across, down = (axis.take(other) - axis.take(one) for axis in np.ascontiguousarray(places.T))
        force = pull * np.sqrt(across * across + down * down)
        for axis, delta in enumerate((across * force, down * force)):
            move[:, axis] += np.bincount(one, delta, count) - np.bincount(other, delta, count)
        move -= 0.06 * (places - places.mean(axis=0)) * mass[:, None]
        length = np.hypot(move[:, 0], move[:, 1])
        limit = heat * (1 - step / steps) ** 1.5 * 0.3 + 0.01
        places = places + move * (np.minimum(length, limit) / np.maximum(length, 1e-9))[:, None]
    return places


def _push_exact(places: Points, mass: Points) -> Points:
    """Each node pushed away by all others, mass over distance, by every pair."""
    squares = (places**2).sum(axis=1)
    near = squares[:, None] + squares[None, :] - 2 * places @ places.T
    strength = mass[None, :] / np.maximum(near, 1e-3)
    return cast(Points, places * strength.sum(axis=1)[:, None] - strength @ places)


class _Grid:
    """The same push for many nodes: masses spread on a grid, convolved by Fourier transform
    (the idea of Linderman et al., Nature Methods 16, 2019), so a step costs n + G² log G."""

    def __init__(self, cells: int) -> None:
        self.cells = cells
        steps = np.minimum(np.arange(2 * cells), 2 * cells - np.arange(2 * cells)).astype(np.float64)
        kernel = 1.0 / (steps[:, None] ** 2 + steps[None, :] ** 2 + 0.3)
        self.kernel = scipy.fft.rfft2(kernel.astype(np.float32))  # single precision is enough, and half the work

    def push(self, places: Points, mass: Points) -> Points:
        cells = self.cells
        low = places.min(axis=0)
        size = float(np.ptp(places, axis=0).max()) * 1.0001 / (cells - 1) + 1e-12
        scaled = (places - low) / size
        corner = scaled.astype(np.int64)
        part = scaled - corner
        at, share = [], []
        for right in (0, 1):
            for down in (0, 1):
                at.append((corner[:, 0] + right) * cells + corner[:, 1] + down)
                share.append(np.abs(1 - right - part[:, 0]) * np.abs(1 - down - part[:, 1]))
        where, weight = np.concatenate(at), np.concatenate(share)
        fields = []
        for value in (mass, mass * scaled[:, 0], mass * scaled[:, 1]):
            field = np.bincount(where, weights=weight * np.tile(value, 4), minlength=cells * cells)
            fields.append(field.reshape(cells, cells))
        spread = scipy.fft.rfft2(np.stack(fields).astype(np.float32), s=(2 * cells, 2 * cells)) * self.kernel
        whole = scipy.fft.irfft2(spread, s=(2 * cells, 2 * cells))[:, :cells, :cells].reshape(3, -1)
        felt = [(row[where] * weight).reshape(4, -1).sum(axis=0) for row in whole]
        return cast(Points, (scaled * felt[0][:, None] - np.column_stack(felt[1:])) / size)


def _turn(places: Points) -> Points:
    """Long side across: screens are wide."""
    centred = places - places.mean(axis=0)
    axes = np.linalg.eigh(centred.T @ centred)[1][:, ::-1]
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    return cast(Points, centred @ axes)


def _unstack(places: Points, least: float = 0.6, rounds: int = 30) -> Points:
    """Nodes closer than ``least`` are pushed apart until none is, or the rounds are over."""
    for _ in range(rounds):
        pairs = cKDTree(places).query_pairs(least, output_type="ndarray")
        if not len(pairs):
            break
        delta = places[pairs[:, 1]] - places[pairs[:, 0]]
        length = np.hypot(delta[:, 0], delta[:, 1])
        same = length < 1e-9
        delta[same] = [1.0, 0.0]
        length[same] = 1.0
        shift = delta * ((least * 1.02 - np.where(same, 0.0, length)) / length / 2)[:, None]
        for axis in (0, 1):
            places[:, axis] += np.bincount(pairs[:, 1], weights=shift[:, axis], minlength=len(places))
            places[:, axis] -= np.bincount(pairs[:, 0], weights=shift[:, axis], minlength=len(places))
    return places


def _pack(blocks: list[Points], gap: float) -> list[Points]:
    """Boxes side by side on the lowest free stretch of a skyline as wide as a screen."""
    if not blocks:
        return []
    boxes = [np.ceil((np.ptp(b, axis=0) + 1.3 * gap) / gap).astype(np.int64) for b in blocks]
    area = sum(int(w) * int(h) for w, h in boxes)
    wide = max(int(np.ceil(np.sqrt(area * _ASPECT))), max(int(w) for w, _ in boxes))
    skyline: Ints = np.zeros(wide, dtype=np.int64)
    packed = []
    for block, (width, height) in zip(blocks, boxes, strict=True):
        tops = np.lib.stride_tricks.sliding_window_view(skyline, int(width)).max(axis=1)
        left = int(np.argmin(tops))
        top = int(tops[left])
        skyline[left : left + int(width)] = top + int(height)
        packed.append(block - block.min(axis=0) + [left * gap, top * gap])
    return packed


def _rows(count: int, width: float, height: float, gap: float) -> Points:
    """Nodes without a line, in rows below a picture of this size, so many across that the
    whole fits a screen best."""
    across = np.arange(1, count + 1)
    tall = height + np.ceil(count / across) * gap
    best = int(across[np.argmin(np.maximum(np.maximum(width, across * gap) / _ASPECT, tall))])
    numbers: NDArray[Any] = np.arange(count)
    return np.column_stack([(numbers % best - (min(best, count) - 1) / 2) * gap, numbers // best * gap])
