"""Ownership becomes a network: the agency–measure graph and its one-mode co-ownership projection.

Everything here takes rows of the ``owners`` table (mappings with the string columns document,
measure, title, agency, role, basis, via, quote), so it is pure; :func:`table` fetches such rows.

    links(rows)        integer arrays, the source of truth
    pairs(links)       every pair of agencies that share a measure, counted: A·Aᵀ on arrays
    coownership(rows)  the same as a networkx graph for people to look at
    bipartite(rows)    agencies and measures, one edge per role, with the evidence
    rollup(rows, measures)   a case and its practices count as one measure

Conventions, the same in every function:

* A *measure* is (document, measure). Rows outside any item (empty ``measure``) are no measure
  and are left out.
* Rows with basis ``issuer`` (the document names nobody) are left out unless ``bases`` says
  otherwise: a presumed owner is never mixed with a stated one.
* An agency with several roles in one measure counts there once, by its strongest role:
  lead, joint, implementer, participant, partner. An ``implementer`` (a case's own doer) owns its
  measure like the rest; pairs of them are counted as ``carry_out``. A ``partner`` (the outside
  body it is done with) owns nothing and is left out unless ``roles`` asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from guanlian.loaders.facts import ROLES
from guanlian.queries import catalogue

if TYPE_CHECKING:
    import rdflib

    Source = catalogue.Engine | rdflib.Graph

Row = Mapping[str, str]
Ints = NDArray[np.int64]

STATED = ("stated", "group")
"""Bases that a document itself gives; the default selection."""

OWNING = tuple(role for role in ROLES if role != "partner")
"""Roles that own a measure; a body it is only done with does not."""
STRENGTH = ("lead", "joint", "implementer", "participant", "partner")
"""Roles from the strongest to the weakest: which one counts when an agency has several."""

ROLE_PAIRS = ("lead_lead", "a_leads", "b_leads", "joint", "both_participate", "carry_out", "mixed")
"""The ways two agencies share a measure; their counts add up to ``measures``.

``lead_lead`` both lead; ``a_leads``/``b_leads`` one leads and the other does not (a is the
agency whose name sorts first); ``joint`` both by division of duties; ``both_participate``;
``carry_out`` implementers and partners of a case; ``mixed`` the rest (joint with participant).
"""


def table(store: Source, name: str) -> list[dict[str, str]]:
    """All rows of a named table of a store, or of any rdflib graph that holds the same facts."""
    columns, rows = catalogue.run(name, store)
    return [dict(zip(columns, row, strict=True)) for row in rows]


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Who owns what, as arrays of equal length, one entry per (agency, measure, role).

    ``agency`` indexes ``agencies`` (sorted names), ``measure`` indexes ``measures`` (sorted
    (document, measure) pairs), ``role`` indexes :data:`guanlian.loaders.facts.ROLES`. Entries
    are distinct and sorted by measure, agency, role.
    """

    agencies: tuple[str, ...]
    measures: tuple[tuple[str, str], ...]
    agency: Ints
    measure: Ints
    role: Ints

    def owners(self) -> Links:
        """One entry per (agency, measure): the strongest role only."""
        if not len(self.role):
            return self
        rank = np.array([STRENGTH.index(role) for role in ROLES])[self.role]
        new = np.ones(len(rank), dtype=bool)
        new[1:] = (np.diff(self.agency) != 0) | (np.diff(self.measure) != 0)
        first = np.flatnonzero(new)
        strongest = np.array([ROLES.index(role) for role in STRENGTH])[np.minimum.reduceat(rank, first)]
        return Links(self.agencies, self.measures, self.agency[first], self.measure[first], strongest)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of agencies that share a measure, as arrays of equal length sorted by name.

    ``a[i] < b[i]`` index ``agencies``. ``measures`` counts distinct shared measures, ``newman``
    is the sum over them of 1/(k−1) with k owners (Newman 2001, Phys. Rev. E 64, 016132, eq. 2).
    ``roles`` splits ``measures`` by :data:`ROLE_PAIRS`.
    """

    agencies: tuple[str, ...]
    a: Ints
    b: Ints
    measures: Ints
    newman: NDArray[np.float64]
    roles: Mapping[str, Ints]


def _kept(rows: Iterable[Row], bases: Collection[str], roles: Collection[str]) -> Iterator[Row]:
    for row in rows:
        if row["role"] not in ROLES:
            raise ValueError(
                f"owners: unknown role {row['role']!r} of {row['agency']!r} in {row['document']} {row['measure']}"
            )
        if row["measure"] and row["basis"] in bases and row["role"] in roles:
            yield row


def links(rows: Iterable[Row], *, bases: Collection[str] = STATED, roles: Collection[str] = OWNING) -> Links:
    """Integer arrays of who owns what (see :class:`Links`); the row order does not matter.

    Raises ValueError for a role outside :data:`guanlian.loaders.facts.ROLES`.

    >>> row = {"document": "d", "measure": "1", "agency": "甲局", "role": "lead", "basis": "stated"}
    >>> links([row, {**row, "agency": "乙局", "role": "participant"}]).agencies
    ('乙局', '甲局')
    """
    number = {role: index for index, role in enumerate(ROLES)}
    found = {(r["agency"], (r["document"], r["measure"]), number[r["role"]]) for r in _kept(rows, bases, roles)}
    agencies = tuple(sorted({agency for agency, _, _ in found}))
    measures = tuple(sorted({measure for _, measure, _ in found}))
    agency_at = {name: index for index, name in enumerate(agencies)}
    measure_at = {key: index for index, key in enumerate(measures)}
    flat = np.array([(measure_at[m], agency_at[a], r) for a, m, r in found], dtype=np.int64).reshape(-1, 3)
    flat = flat[np.lexsort((flat[:, 2], flat[:, 1], flat[:, 0]))]
    return Links(agencies, measures, flat[:, 1].copy(), flat[:, 0].copy(), flat[:, 2].copy())


def pairs(found: Links, *, block: int = 1 << 20) -> Pairs:
    """Project agencies onto each other: the entries of A·Aᵀ above its diagonal, split by role pair.

    Every meeting of two agencies in a measure is listed once and summed by pair, at most about
    ``block`` meetings at a time; measured, this gives all counts for less than the sparse product
    takes for the first. Weights: Newman, "Scientific collaboration networks. II", Phys. Rev. E 64,
    016132 (2001).
    """
    owners = found.owners()
    size = np.bincount(owners.measure, minlength=len(owners.measures))
    start = np.concatenate([[0], np.cumsum(size)])
    meetings = np.concatenate([[0], np.cumsum(size * (size - 1) // 2)])
    targets = np.arange(0, meetings[-1] + 2 * block, block)
    cuts = np.unique(np.minimum(np.searchsorted(meetings, targets), len(size)))
    parts = [_met(owners, size, start, low, high) for low, high in pairwise(cuts.tolist())]
    keys, counts = _summed(
        np.concatenate([k for k, _ in parts] or [_NONE]), np.concatenate([c for _, c in parts] or [_EMPTY])
    )
    n = max(len(owners.agencies), 1)
    split = counts[:, :-1].astype(np.int64)
    roles = {kind: split[:, index].copy() for index, kind in enumerate(ROLE_PAIRS)}
    return Pairs(owners.agencies, keys // n, keys % n, split.sum(axis=1), counts[:, -1].copy(), roles)


def _role_pair_codes() -> Ints:
    """Index into ROLE_PAIRS for the roles of a pair's first and second agency."""
    codes = np.full((len(ROLES), len(ROLES)), ROLE_PAIRS.index("mixed"))
    at = {role: index for index, role in enumerate(ROLES)}
    codes[at["lead"], :], codes[:, at["lead"]] = ROLE_PAIRS.index("a_leads"), ROLE_PAIRS.index("b_leads")
    codes[at["lead"], at["lead"]] = ROLE_PAIRS.index("lead_lead")
    codes[at["joint"], at["joint"]] = ROLE_PAIRS.index("joint")
    codes[at["participant"], at["participant"]] = ROLE_PAIRS.index("both_participate")
    doers = [at["implementer"], at["partner"]]
    codes[np.ix_(doers, doers)] = ROLE_PAIRS.index("carry_out")
    return codes


_CODES = _role_pair_codes()
_NONE, _EMPTY = np.zeros(0, dtype=np.int64), np.zeros((0, len(ROLE_PAIRS) + 1))


def _met(owners: Links, size: Ints, start: Ints, low: int, high: int) -> tuple[Ints, NDArray[np.float64]]:
    """Pairs that meet in measures low … high-1: key a·n+b, and columns of counts by role pair and Newman's weight."""
    room = start[owners.measure[start[low] : start[high]] + 1] - 1 - np.arange(start[low], start[high])
    one, ahead, firsts, seconds = np.flatnonzero(room > 0), 1, [_NONE], [_NONE]
    while len(one):  # partners one place ahead, then two, …: agencies are sorted within a measure
        firsts.append(one + start[low])
        seconds.append(one + start[low] + ahead)
        ahead += 1
        one = one[room[one] >= ahead]
    a, b = np.concatenate(firsts), np.concatenate(seconds)
    keys, place = np.unique(owners.agency[a] * len(owners.agencies) + owners.agency[b], return_inverse=True)
    kinds = place * len(ROLE_PAIRS) + _CODES[owners.role[a], owners.role[b]]
    split = np.bincount(kinds, minlength=len(ROLE_PAIRS) * len(keys)).reshape(-1, len(ROLE_PAIRS))
    newman = np.bincount(place, weights=1.0 / (size[owners.measure[a]] - 1), minlength=len(keys))
    return keys, np.column_stack([split, newman])


def _summed(keys: Ints, counts: NDArray[np.float64]) -> tuple[Ints, NDArray[np.float64]]:
    """Rows with the same key added up, sorted by key."""
    order = np.argsort(keys, kind="stable")
    unique, first = np.unique(keys[order], return_index=True)
    return unique, np.add.reduceat(counts[order], first, axis=0) if len(first) else counts


def graph_of(projected: Pairs, keep: NDArray[np.bool_] | None = None) -> nx.Graph[str]:
    """Co-ownership graph of all agencies with the pairs that ``keep`` marks (default: all).

    Nodes and edges come in the order of names. Edge attributes: ``a``, ``b`` (the two names in
    order, since an undirected edge has none), ``measures`` and ``weight`` (the same count),
    ``weight_newman``, and the counts of :data:`ROLE_PAIRS`.
    """
    graph: nx.Graph[str] = nx.Graph()
    names = projected.agencies
    graph.add_nodes_from(names, bipartite=0, kind="agency")
    chosen = range(len(projected.a)) if keep is None else np.flatnonzero(keep)
    for index in chosen:
        a, b, count = names[projected.a[index]], names[projected.b[index]], int(projected.measures[index])
        split = {name: int(counts[index]) for name, counts in projected.roles.items()}
        newman = float(projected.newman[index])
        graph.add_edge(a, b, a=a, b=b, measures=count, weight=count, weight_newman=newman, **split)
    return graph


def coownership(
    rows: Iterable[Row], *, bases: Collection[str] = STATED, roles: Collection[str] = OWNING
) -> nx.Graph[str]:
    """One-mode projection: agencies, joined where they own a measure together (see :func:`graph_of`).

    Agencies that share nothing are there as isolated nodes.
    """
    return graph_of(pairs(links(rows, bases=bases, roles=roles)))


def measure_node(document: str, measure: str) -> str:
    """Name of a measure's node: agencies are nodes by their own name, measures by this.

    >>> measure_node("某发〔2024〕1号", "17")
    '某发〔2024〕1号#17'
    """
    return f"{document}#{measure}"


def bipartite(
    rows: Iterable[Row], *, bases: Collection[str] = STATED, roles: Collection[str] = ROLES
) -> nx.MultiDiGraph[str]:
    """Agency → measure, one edge per role; parallel edges keep several roles apart.

    Nodes carry ``bipartite`` (0 agency, 1 measure, as networkx has it), ``kind`` and, for
    measures, ``document``, ``measure``, ``title``. Edges are keyed ``role/basis/via`` and carry
    ``role``, ``basis``, ``via``, ``quote``, ``document``. Sorted by name; agencies first.
    """
    kept = sorted(_kept(rows, bases, roles), key=_row_key)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(sorted({row["agency"] for row in kept}), bipartite=0, kind="agency")
    for row in kept:
        node = measure_node(row["document"], row["measure"])
        what = {"document": row["document"], "measure": row["measure"], "title": row.get("title", "")}
        graph.add_node(node, bipartite=1, kind="measure", **what)
    for row in kept:
        told = {name: row.get(name, "") for name in ("role", "basis", "via", "quote", "document")}
        key = "/".join((row["role"], row["basis"], told["via"]))
        if not graph.has_edge(row["agency"], measure_node(row["document"], row["measure"]), key):
            graph.add_edge(row["agency"], measure_node(row["document"], row["measure"]), key, **told)
    return graph


def _row_key(row: Row) -> tuple[str, ...]:
    names = ("document", "measure", "agency", "role", "basis", "via", "quote")
    return tuple(row.get(name, "") for name in names)


def rollup(rows: Iterable[Row], measures: Iterable[Row]) -> list[dict[str, str]]:
    """Ownership rows with every practice replaced by the case it belongs to.

    ``measures`` are rows of the measures table. A case of five practices that one unit carries
    out with another is one thing shared, not six; without this step cases would outweigh plans.
    """
    kinds = list(measures)
    parent = {(m["document"], m["measure"]): m["parent"] for m in kinds if m["kind"] == "practice" and m["parent"]}
    title = {(m["document"], m["measure"]): m["title"] for m in kinds}
    rolled = []
    for row in rows:
        case = parent.get((row["document"], row["measure"]))
        if case is None:
            rolled.append(dict(row))
        else:
            rolled.append({**row, "measure": case, "title": title.get((row["document"], case), "")})
    return rolled
