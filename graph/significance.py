"""Which shared measures are more than chance, and which ties matter: two published tests on arrays.

``validated`` asks of every pair of agencies whether it shares more measures than two agencies as
busy as these would by chance; ``disparity`` asks of every tie whether it stands out among the
ties of either end. Both work on the arrays of :class:`guanlian.graph.projection.Pairs`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped,unused-ignore]
from scipy.stats import hypergeom  # type: ignore[import-untyped,unused-ignore]

from guanlian.graph.projection import Ints, Links, Pairs

Floats = NDArray[np.float64]

VALIDATED = (
    "Tumminello, Miccichè, Lillo, Piilo & Mantegna 2011, PLoS ONE 6(3) e17994; Benjamini & Hochberg 1995, JRSS B 57:289"
)
DISPARITY = "Serrano, Boguñá & Vespignani 2009, PNAS 106(16):6483"


@dataclass(frozen=True, slots=True, eq=False)
class Validation:
    """Per pair, aligned with :class:`Pairs`: measures expected by chance, p, and q after correction.

    ``tests`` is the number of pairs tested: all that stand in a common document, met or not.
    ``measures`` is the number of measures the draw is made from.
    """

    expected: Floats
    p: Floats
    q: Floats
    tests: int
    measures: int


def per_document(owners: Links) -> tuple[Ints, Ints]:
    """Measures of each agency in each document (agencies × documents), and measures per document."""
    names = sorted({document for document, _ in owners.measures})
    at = {name: index for index, name in enumerate(names)}
    home = np.array([at[document] for document, _ in owners.measures], dtype=np.int64)
    counts = np.zeros((len(owners.agencies), len(names)), dtype=np.int64)
    np.add.at(counts, (owners.agency, home[owners.measure]), 1)
    return counts, np.bincount(home, minlength=len(names))


def validated(found: Links, projected: Pairs) -> Validation:
    """Hypergeometric test of every pair, drawn within each document, corrected for the number of pairs.

    Null: in a document of N measures with owners, of which a owns n and b owns m, the shared number
    is hypergeometric(N, n, m); over several documents it is the sum of independent such draws, so
    two agencies do not look tied merely because the same papers name both. Exact, by convolution;
    with one document it is the statistically validated network of Tumminello et al. (2011).
    q: Benjamini–Hochberg (1995) over all pairs that stand in a common document. The test takes
    measures as alike: a group expanded into its members makes all of them meet, so read it with
    the basis in mind (``bases=("stated",)`` leaves groups out).
    """
    counts, sizes = per_document(found.owners())
    present = sparse.csr_array((counts > 0).astype(np.int64))
    tests = int(sparse.triu(present @ present.T, k=1).nnz)
    expected, common = np.zeros(len(projected.a)), np.zeros(len(projected.a), dtype=np.int64)
    for document, size in enumerate(sizes):
        n, m = counts[projected.a, document], counts[projected.b, document]
        expected += n * m / size
        common += (n > 0) & (m > 0)
    p = np.zeros(len(projected.a))
    for chosen, tail in ((common == 1, _tail_in_one), (common > 1, _tail_in_several)):
        p[chosen] = tail(counts[projected.a[chosen]], counts[projected.b[chosen]], sizes, projected.measures[chosen])
    p = np.clip(p, 0.0, 1.0)
    return Validation(expected, p, adjusted(p, tests), tests, len(found.measures))


def _tail_in_one(a: Ints, b: Ints, sizes: Ints, target: Ints) -> Floats:
    """Chance of at least ``target`` shared measures; every pair has just one document in common."""
    where = np.argmax((a > 0) & (b > 0), axis=1)
    rows = np.arange(len(target))
    return np.asarray(hypergeom.sf(target - 1, sizes[where], a[rows, where], b[rows, where]), dtype=np.float64)


def _tail_in_several(a: Ints, b: Ints, sizes: Ints, target: Ints) -> Floats:
    """Chance of at least ``target`` shared measures over all documents, by convolution."""
    tail, below = np.zeros(len(target)), np.zeros((len(target), int(target.max(initial=0))))
    below[:, :1] = 1.0
    for document, size in enumerate(sizes):
        n, m = a[:, document], b[:, document]
        both = np.flatnonzero((n > 0) & (m > 0))
        gain, below[both] = _draw(below[both], target[both], int(size), n[both], m[both])
        tail[both] += gain
    return tail


def _draw(below: Floats, target: Ints, size: int, n: Ints, m: Ints) -> tuple[Floats, Floats]:
    """Add one document's draw: probability newly at or over ``target``, and the distribution still below it.

    ``below[i, k]`` is the probability that pair i shares k measures so far, for k < target[i].
    Only positive terms are added, so small tails keep their digits.
    """
    width = below.shape[1]
    reach = np.arange(max(width, int(np.minimum(n, m).max(initial=0))) + 1)
    chance = hypergeom.pmf(reach[np.newaxis, :], size, n[:, np.newaxis], m[:, np.newaxis])
    tail = np.cumsum(chance[:, ::-1], axis=1)[:, ::-1]
    gain, after = np.zeros(len(target)), np.zeros_like(below)
    rows = np.arange(len(target))
    for k in range(width):
        short = np.maximum(target - k, 0)
        gain += below[:, k] * np.where(short > 0, tail[rows, short], 0.0)
        after[:, k:] += below[:, k : k + 1] * chance[:, : width - k]
    after[np.arange(width)[np.newaxis, :] >= target[:, np.newaxis]] = 0.0
    return gain, after


def adjusted(p: Floats, tests: int) -> Floats:
    """Benjamini–Hochberg q-values of the smallest of ``tests`` p-values (the others count as 1).

    >>> adjusted(np.array([0.01, 0.02]), 4).tolist()
    [0.04, 0.04]
    """
    order = np.argsort(p, kind="stable")
    scaled = p[order] * tests / np.arange(1, len(p) + 1)
    lowest = np.minimum.accumulate(scaled[::-1])[::-1]
    q = np.empty(len(p))
    q[order] = np.minimum(lowest, 1.0)
    return q


def disparity(projected: Pairs, weight: Floats) -> Floats:
    """Disparity filter: for every pair the smaller of the two ends' α = (1 − w/s)^(k−1).

    w is the tie's weight, s and k the strength and degree of the end (Serrano, Boguñá &
    Vespignani 2009). A tie is in the backbone when α is below the chosen level; an end with a
    single tie says nothing about it (α = 1).
    """
    n = len(projected.agencies)
    ends = np.concatenate([projected.a, projected.b])
    degree = np.bincount(ends, minlength=n)
    strength = np.bincount(ends, weights=np.concatenate([weight, weight]), minlength=n)

    def level(end: Ints) -> Floats:
        share = np.minimum(weight / strength[end], 1.0)
        return np.where(degree[end] > 1, np.power(1.0 - share, degree[end] - 1), 1.0)

    return np.minimum(level(projected.a), level(projected.b))
