"""The views of the explorer: which things and lines each shows, their sizes and places; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from guanlian.outputs.explorer_data import ROLES, ExplorerData, Fact
from guanlian.outputs.explorer_groups import OPENED, WHOLE
from guanlian.outputs.layout import layout, parallel_offsets

Ints = NDArray[np.int64]

OWNERS = ("lead", "participant", "joint", "implementer")  # a partner owns nothing
PAIRS = ("leads", "both", "joint", "peers", "mixed")
"""How two owners of a measure stand to each other."""

_LINEAGE = ("contains", "part", "explains", "based_on", "issued")
_LED = (OWNERS.index("lead"), OWNERS.index("participant"))


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a view in columns: ``start`` and ``end`` number things, ``kind`` numbers ``kinds``,
    and each line has ``many`` of the ``facts``, one line after the other (for co-ownership two
    facts after another, one of each unit)."""

    kinds: tuple[str, ...]
    start: Ints
    end: Ints
    kind: Ints
    many: Ints
    facts: Ints

    def chosen(self, keep: NDArray[np.bool_]) -> Lines:
        """Those of the lines that are kept."""
        facts = self.facts[np.repeat(keep, self.many)]
        return Lines(self.kinds, self.start[keep], self.end[keep], self.kind[keep], self.many[keep], facts)

    def of(self, *kinds: str) -> NDArray[np.bool_]:
        """Which lines are of these kinds."""
        wanted = [number for number, kind in enumerate(self.kinds) if kind in kinds]
        return np.isin(self.kind, wanted)


class View(NamedTuple):
    """``things`` are numbers in rising order; ``chosen`` says which lines of the whole graph these
    are, where they are some of those."""

    name: str
    things: Ints
    lines: Lines
    chosen: Ints | None = None


def views(explorer: ExplorerData) -> list[View]:
    """The views of the page, the start view first."""
    things = explorer.things
    units = np.array([n for n, thing in enumerate(things) if thing.kind == "agency"], dtype=np.int64)
    every = _lines(explorer.facts)
    named, placed, owned = every.of("mode"), every.of("port"), every.of(*ROLES)
    topics, places = every.start[named], every.start[placed]
    choose = {
        "um": owned,
        "modes": every.of("mode", "stacked", "defines") | (every.of("port", "outcome") & np.isin(every.start, topics)),
        "ports": placed | (owned & np.isin(every.start, places)),
        "lineage": every.of(*_LINEAGE),
    }
    found = [View("coown", units, _co_ownership(explorer.facts))]
    for name, keep in choose.items():
        lines = every.chosen(keep)
        ends = np.unique(np.concatenate([lines.start, lines.end]))
        found.append(View(name, ends, lines, np.flatnonzero(keep)))
    return [*found, View("whole", np.arange(len(things)), every)]


def drawn(view: View) -> dict[str, dict[str, list[Any]]]:
    """A view's nodes and lines in columns, with sizes, places and bends; a view of some lines of the
    whole graph names them. The page itself lays out what is opened of a view of more than
    :data:`WHOLE` things."""
    things, lines = view.things, view.lines
    ends = np.searchsorted(things, np.concatenate([lines.start, lines.end]))
    pairs = ends.reshape(2, -1).T
    weights = np.sqrt(lines.many / 2) if view.name == "coown" else np.ones(len(pairs))
    degree = np.bincount(ends, weights=np.tile(weights, 2), minlength=len(things))
    large = len(things) > WHOLE
    # The more there is to see, the farther away one stands: larger nodes keep their shape.
    small = min(16.0, 6 + (OPENED if large else len(things)) ** 0.5 / 2.2)
    sizes = small + 17 * np.sqrt(degree / (degree.max(initial=0.0) or 1.0))
    nodes: dict[str, list[Any]] = {"id": things.tolist(), "size": np.round(sizes, 1).tolist()}
    if not large:
        places = layout(len(things), pairs, weights)
        nodes |= {"x": [x for x, _ in places], "y": [y for _, y in places]}
    bends = parallel_offsets(pairs)
    bent = [rank for rank, bend in enumerate(bends) if bend]
    edges: dict[str, list[Any]] = {"bent": bent, "bend": [bends[rank] for rank in bent]}
    if view.chosen is not None:
        return {"nodes": nodes, "edges": edges | {"chosen": view.chosen.tolist()}}
    columns = {name: getattr(lines, name).tolist() for name in ("start", "end", "kind", "many", "facts")}
    return {"nodes": nodes, "edges": edges | columns | {"kinds": list(lines.kinds)}}


def _lines(facts: Sequence[Fact]) -> Lines:
    """One line per two things and relation, however many facts say so, in the order of their first facts."""
    kinds = tuple(dict.fromkeys(fact.relation for fact in facts))
    number = {kind: n for n, kind in enumerate(kinds)}
    rows = [(f.subject, f.object, number[f.relation]) for f in facts]
    ends = np.array(rows, dtype=np.int64).reshape(-1, 3)
    kept = np.flatnonzero(ends[:, 0] != ends[:, 1])
    lines = _gathered(kinds, ends[kept], kept)
    first = lines.facts[np.cumsum(lines.many) - lines.many]
    return _sorted(lines, np.argsort(first))


def _gathered(kinds: tuple[str, ...], keys: Ints, facts: Ints) -> Lines:
    """A line for each different row of ``keys`` (start, end, kind), in their order; ``facts`` has a
    row (or a number) for each row of ``keys``."""
    order = np.lexsort((keys[:, 2], keys[:, 1], keys[:, 0]))
    keys, facts = keys[order], facts[order]
    new = np.append(True, (keys[1:] != keys[:-1]).any(axis=1))[: len(keys)]
    at = np.flatnonzero(new)
    many = np.diff(np.append(at, len(keys))) * (facts.shape[1] if facts.ndim > 1 else 1)
    return Lines(kinds, keys[at, 0], keys[at, 1], keys[at, 2], many, facts.reshape(-1))


def _sorted(lines: Lines, order: Ints) -> Lines:
    begin = (np.cumsum(lines.many) - lines.many)[order]
    many = lines.many[order]
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    facts = lines.facts[np.repeat(begin, many) + within]
    return Lines(lines.kinds, lines.start[order], lines.end[order], lines.kind[order], many, facts)


def _co_ownership(facts: Sequence[Fact]) -> Lines:
    """Units that own measures together: a line per two units and pair of roles."""
    role = {name: n for n, name in enumerate(OWNERS)}
    rows = [(f.subject, f.object, role[f.relation], n) for n, f in enumerate(facts) if f.relation in role]
    owners = np.array(rows, dtype=np.int64).reshape(-1, 4)
    owners = owners[np.argsort(owners[:, 0], kind="stable")]
    first, second = _pairs(np.unique(owners[:, 0], return_counts=True)[1])
    differ = owners[first, 1] != owners[second, 1]
    one, other = owners[first[differ]], owners[second[differ]]
    swap = (one[:, 1] > other[:, 1])[:, None]
    one, other = np.where(swap, other, one), np.where(swap, one, other)
    kind = _stand(one[:, 2], other[:, 2])
    # A line that says who leads runs from leader to participant.
    turn = ((kind == PAIRS.index("leads")) & (one[:, 2] != _LED[0]))[:, None]
    one, other = np.where(turn, other, one), np.where(turn, one, other)
    return _gathered(PAIRS, np.column_stack([one[:, 1], other[:, 1], kind]), np.column_stack([one[:, 3], other[:, 3]]))


def _stand(one: Ints, other: Ints) -> Ints:
    """The number in :data:`PAIRS` of two roles."""
    leads = (np.minimum(one, other) == _LED[0]) & (np.maximum(one, other) == _LED[1])
    alike = np.full(len(one), PAIRS.index("peers"))
    for role, kind in (("joint", "joint"), ("participant", "both")):
        alike[one == OWNERS.index(role)] = PAIRS.index(kind)
    return np.where(leads, PAIRS.index("leads"), np.where(one == other, alike, PAIRS.index("mixed")))


def _pairs(counts: Ints) -> tuple[Ints, Ints]:
    """Rows of every two members of runs of so many rows, run after run: the earlier rows, the later rows."""
    run = np.repeat(counts, counts)
    begin = np.repeat(np.cumsum(counts) - counts, counts)
    rank = np.arange(len(run)) - begin
    later = run - rank - 1
    first = np.repeat(np.arange(len(run)), later)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later)
    return first, second
