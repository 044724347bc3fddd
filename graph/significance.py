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
    expected = np.zeros(len(projected.a))
    common, where = np.zeros(len(projected.a), dtype=np.int64), np.zeros(len(projected.a), dtype=np.int64)
    for document, size in enumerate(sizes):
        n, m = counts[projected.a, document], counts[projected.b, document]
        both = (n > 0) & (m > 0)
        expected += n * m / size
        common += both
        where[both] = document
    one = np.flatnonzero(common == 1)
    home, target = where[one], projected.measures
    p = np.zeros(len(projected.a))
    p[one] = _tail(target[one], sizes[home], counts[projected.a[one], home], counts[projected.b[one], home])
    # Pairs of like size together: a wide table for the few that share much, a narrow one for the many.
    bucket = np.where(common > 1, np.frexp(target)[1], 0)
    for power in np.unique(bucket[bucket > 0]):
        chosen = np.flatnonzero(bucket == power)
        p[chosen] = _tail_of_sums(counts[projected.a[chosen]], counts[projected.b[chosen]], sizes, target[chosen])
    p = np.clip(p, 0.0, 1.0)
    return Validation(expected, p, adjusted(p, tests), tests, len(found.measures))


def _tail(target: Ints, size: Ints, n: Ints, m: Ints) -> Floats:
    """P(X ≥ target), X hypergeometric; each distinct case is computed once."""
    cases, place = np.unique(np.stack([target, size, n, m]), axis=1, return_inverse=True)
    tails = hypergeom.sf(cases[0] - 1, cases[1], cases[2], cases[3])
    return np.asarray(tails, dtype=np.float64)[place.ravel()]


def _tail_of_sums(a: Ints, b: Ints, sizes: Ints, target: Ints) -> Floats:
    """P(sum over documents ≥ target) by convolution; a and b are measures owned (pairs × documents).

    ``below[i, k]`` is the chance that pair i shares k measures so far, for k < target[i]; what
    reaches the target moves to the tail. Only positive terms are added, so small tails keep
    their digits.
    """
    width = int(target.max())
    tail, below = np.zeros(len(target)), np.zeros((len(target), width))
    below[:, 0] = 1.0
    for document, size in enumerate(sizes):
        both = np.flatnonzero((a[:, document] > 0) & (b[:, document] > 0))
        chance = _chances(int(size), a[both, document], b[both, document])
        reach = chance.shape[1]
        full = np.zeros((len(both), width + reach - 1))
        for k in range(reach):
            full[:, k : k + width] += below[both] * chance[:, k : k + 1]
        over = np.arange(full.shape[1])[np.newaxis, :] >= target[both, np.newaxis]
        tail[both] += np.where(over, full, 0.0).sum(axis=1)
        below[both] = np.where(over, 0.0, full)[:, :width]
    return tail


def _chances(size: int, n: Ints, m: Ints) -> Floats:
    """P(X = k) for k from 0 to the most possible, per pair; each distinct (n, m) is computed once."""
    cases, place = np.unique(np.stack([n, m]), axis=1, return_inverse=True)
    reach = np.arange(int(np.minimum(n, m).max(initial=0)) + 1)
    table = hypergeom.pmf(reach[np.newaxis, :], size, cases[0][:, np.newaxis], cases[1][:, np.newaxis])
    return np.asarray(table, dtype=np.float64)[place.ravel()]


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
