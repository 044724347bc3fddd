"""Groups for pictures too large to draw whole: units that work together, and what hangs on them; pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from guanlian.outputs.explorer_data import ROLES, ExplorerData

WHOLE = 2000
"""A view of at most so many nodes is drawn whole; a larger one begins with its groups."""

OPENED = 300
"""A group of at most so many nodes is drawn when it is opened; a larger one has groups of its own."""

_STRONGEST = 5  # ties of a unit that say where it belongs
_NAMES = 3  # things that name a group
_TIES = {"lead": 4, "implementer": 3, "joint": 2}  # a measure goes where it is led


class Group(NamedTuple):
    """``parent`` numbers another group or is -1; ``names`` are its best known things, ``first`` and
    ``last`` the first and last item where it is a stretch of one document."""

    parent: int
    names: tuple[int, ...]
    first: int = -1
    last: int = -1


def groups(explorer: ExplorerData) -> tuple[list[Group], list[int]]:
    """Groups, parents first, and the innermost group of every thing.

    Units are grouped over the measures they share by Louvain's method (Blondel et al., J. Stat.
    Mech. 2008, P10008; networkx, fixed seed); all else goes with most of what it is tied to, and
    what is tied to no unit with its document. Groups of more than :data:`OPENED` things are split
    by document, then by stretches of a document.
    """
    owner = _circles(explorer)
    _spread(explorer, owner)
    members: dict[int, list[int]] = defaultdict(list)
    for number, thing in enumerate(explorer.things):
        document = number if thing.kind == "document" else thing.document
        members[owner.get(number, -1 - document)].append(number)
    degree = Counter(end for fact in explorer.facts for end in (fact.subject, fact.object))
    found: list[Group] = []
    home = [0] * len(explorer.things)
    for _, inside in sorted(_joined(members).items(), key=lambda pair: (-len(pair[1]), pair[1])):
        top = len(found)
        found.append(Group(-1, _named(explorer, inside, degree)))
        parts = [inside] if len(inside) <= OPENED else _split(explorer, inside)
        for part in parts:
            if len(parts) > 1:
                found.append(_part(explorer, top, part, degree))
            for number in part:
                home[number] = len(found) - 1
    return found, home


def _circles(explorer: ExplorerData) -> dict[int, int]:
    """Units that share measures, each with the number of its circle."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from(_ties(explorer))
    if not graph:
        return {}
    found = nx.community.louvain_communities(graph, weight="weight", seed=1)
    return {unit: rank for rank, circle in enumerate(sorted(found, key=min)) for unit in circle}


def _ties(explorer: ExplorerData) -> list[tuple[int, int, int]]:
    """Two units and how many measures they share, of each unit its strongest ties: the many weak
    ones only cost time."""
    rows = {(fact.subject, fact.object) for fact in explorer.facts if fact.relation in ROLES}
    if not rows:
        return []
    measures, units = np.array(sorted(rows), dtype=np.int64).T
    size = len(explorer.things)
    owned = csr_array((np.ones(len(units), dtype=np.int64), (measures, units)), shape=(size, size))
    shared = csr_array(owned.T @ owned).tocoo()
    differ = shared.row != shared.col
    one, other, weight = shared.row[differ], shared.col[differ], shared.data[differ]
    order = np.lexsort((other, -weight, one))
    run = np.bincount(one, minlength=size)
    rank = np.arange(len(one)) - np.repeat(np.cumsum(run) - run, run)
    best = order[rank < _STRONGEST]
    kept = np.column_stack([np.minimum(one, other), np.maximum(one, other), weight])[best]
    return [(a, b, n) for a, b, n in np.unique(kept, axis=0).tolist()]


def _spread(explorer: ExplorerData, owner: dict[int, int]) -> None:
    """Circles spread from units to measures, then to what hangs on those, step by step."""
    open_facts = [f for f in explorer.facts if f.relation not in ("based_on", "stacked")]
    while open_facts:
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        later = []
        for fact in open_facts:
            ends = (fact.subject in owner, fact.object in owner)
            if ends == (True, False):
                votes[fact.object][owner[fact.subject]] += 1
            elif ends == (False, True):
                votes[fact.subject][owner[fact.object]] += _TIES.get(fact.relation, 1)
            elif ends == (False, False):
                later.append(fact)
        if not votes:
            return
        for number, count in votes.items():
            owner[number] = min(count, key=lambda circle: (-count[circle], circle))
        open_facts = later


def _joined(members: Mapping[int, list[int]]) -> dict[int, list[int]]:
    """Without groups too small to be worth a bubble: those become one, of what stands alone."""
    joined: dict[int, list[int]] = {}
    rest = []
    for key, inside in sorted(members.items()):
        if len(inside) < 4:
            rest += inside
        else:
            joined[key] = inside
    if rest:
        joined[-len(members) - max(map(abs, members))] = sorted(rest)
    return joined


def _split(explorer: ExplorerData, inside: Iterable[int]) -> list[list[int]]:
    """By document in reading order, small neighbours together, long documents in stretches."""
    order: dict[int, list[int]] = defaultdict(list)
    for number in sorted(inside):
        thing = explorer.things[number]
        order[number if thing.kind == "document" else thing.document].append(number)
    parts: list[list[int]] = [[]]
    for document in sorted(order):
        these = order[document]
        for start in range(0, len(these), OPENED):
            piece = these[start : start + OPENED]
            # What stands in no document (units, modes) is a part of its own.
            if parts[-1] and (len(parts[-1]) + len(piece) > OPENED or -1 in (document, _paper(explorer, parts[-1][0]))):
                parts.append([])
            parts[-1] += piece
    return parts


def _paper(explorer: ExplorerData, number: int) -> int:
    return number if explorer.things[number].kind == "document" else explorer.things[number].document


def _part(explorer: ExplorerData, parent: int, part: Sequence[int], degree: Mapping[int, int]) -> Group:
    """Named by its document and its stretch of items; by documents where there are several."""
    papers = list(dict.fromkeys(_paper(explorer, number) for number in part))
    if papers == [-1]:
        return Group(parent, _named(explorer, part, degree))
    items = [n for n in part if explorer.things[n].item]
    single = len(papers) == 1 and bool(items)
    return Group(parent, tuple(papers[:_NAMES]), *((items[0], items[-1]) if single else ()))


def _named(explorer: ExplorerData, inside: Iterable[int], degree: Mapping[int, int]) -> tuple[int, ...]:
    """Its units with most facts; without units, its documents, then whatever it has."""
    rank = {"agency": 0, "document": 1}
    order = sorted(inside, key=lambda n: (rank.get(explorer.things[n].kind, 2), -degree.get(n, 0), n))
    return tuple(order[:_NAMES])
