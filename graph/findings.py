"""What the co-ownership network says: figures per agency and pair, and findings in words, each with its source.

    analyse_store(store) or analyse(owner_rows, measure_rows) -> Analysis
        .agencies     AgencyFigures per agency, most measures first
        .pairs        PairFigures per pair that shares a measure, most shared first
        .communities  circles of agencies (Louvain)
        .coverage     how many measures state who owns them; below 80 % the findings say so
        .findings     Finding records: zh and en sentence, value, n, formula, source

``dataclasses.asdict`` of a record is a table row. Nothing is computed on a network too small to
bear it: the figure is None, and a finding named ``too_few`` says what is missing. Which rows
count is the convention of :mod:`guanlian.graph.projection`; a practice counts with its case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from guanlian.graph import centrality, sentences
from guanlian.graph.centrality import Community, Position, positions
from guanlian.graph.projection import OWNING, STATED, Links, Pairs, Row, graph_of, links, pairs, rollup, table
from guanlian.graph.sentences import Finding
from guanlian.graph.significance import disparity, validated
from guanlian.loaders.facts import ROLES

if TYPE_CHECKING:
    from guanlian.graph.projection import Source

MIN_AGENCIES = 5
"""Agencies with a partner below which positions and circles are not computed (our convention)."""

MIN_MEASURES = 10
"""Measures with owners below which no pair is tested: no p-value could mean anything (our convention)."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Measures by clause state; practices are not counted apart from their case."""

    measures: int
    stated: int
    absent: int
    unread: int

    @property
    def share(self) -> float:
        """Share of measures whose document states who owns them, 0…1."""
        return self.stated / self.measures if self.measures else 0.0


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """One agency. The five role counts add up to ``measures``: each counts by the strongest role.

    ``lead_share`` led/measures; ``partners`` agencies it shares a measure with; ``shared`` the
    weighted degree, shared measures summed over partners; ``strength`` the same with Newman's
    weights, which is the number of measures it does not own alone. ``position`` is None when the
    network is too small, ``community`` 0 when it is in none.
    """

    agency: str
    measures: int
    led: int
    joint: int
    participated: int
    implemented: int
    partnered: int
    lead_share: float
    partners: int
    shared: int
    strength: float
    position: Position | None
    community: int


@dataclass(frozen=True, slots=True)
class PairFigures:
    """Two agencies (``agency`` sorts before ``partner``) that share measures.

    Role counts as in :data:`guanlian.graph.projection.ROLE_PAIRS`. ``expected`` shared measures
    by chance, ``p`` and ``q`` of the hypergeometric test (None: too few measures), ``alpha`` of
    the disparity filter; ``validated``: q below the level; ``backbone``: alpha below it.
    """

    agency: str
    partner: str
    measures: int
    newman: float
    lead_lead: int
    a_leads: int
    b_leads: int
    joint: int
    both_participate: int
    carry_out: int
    mixed: int
    expected: float | None
    p: float | None
    q: float | None
    alpha: float
    validated: bool
    backbone: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything ``guanlian analyse`` prints. ``modularity`` is None where no circles were looked for."""

    agencies: tuple[AgencyFigures, ...]
    pairs: tuple[PairFigures, ...]
    communities: tuple[Community, ...]
    modularity: float | None
    coverage: Coverage | None
    measures: int
    findings: tuple[Finding, ...]


def analyse(
    rows: Iterable[Row],
    measures: Iterable[Row] | None = None,
    *,
    bases: Collection[str] = STATED,
    roles: Collection[str] = OWNING,
    level: float = 0.05,
    seed: int = 0,
    top: int = 5,
) -> Analysis:
    """Analyse co-ownership.

    ``rows`` are rows of the owners table, ``measures`` rows of the measures table (for coverage
    and for practices, which count with their case). ``level`` is the significance level of both
    tests, ``seed`` that of Louvain and of sampled betweenness, ``top`` how many a finding names.
    """
    known = None if measures is None else list(measures)
    found = links(rollup(rows, known or ()), bases=bases, roles=roles)
    projected = pairs(found)
    graph = graph_of(projected)
    met = sum(1 for name in graph if graph.degree(name))
    enough = met >= MIN_AGENCIES
    places = positions(graph, seed) if enough else {}
    circles, modularity = centrality.communities(graph, seed) if enough else ((), None)
    agencies = _agencies(found, graph, places, circles)
    tied = _pairs(found, projected, level)
    coverage = None if known is None else cover(known)
    words = _findings(agencies, tied, top)
    words += _test_findings(tied, len(found.measures), level, top)
    words += _network_findings(graph, agencies, circles, modularity, top)
    if not enough:
        words.append(sentences.too_few_agencies(met, MIN_AGENCIES))
    first = [] if coverage is None else sentences.coverage(coverage.stated, coverage.measures)
    return Analysis(agencies, tied, circles, modularity, coverage, len(found.measures), (*first, *words))


def analyse_store(store: Source, **options: Any) -> Analysis:
    """:func:`analyse` of everything in a store (or an rdflib graph of the same facts), with its options."""
    return analyse(table(store, "owners"), table(store, "measures"), **options)


def cover(measures: Iterable[Row]) -> Coverage:
    """Clause states of rows of the measures table, practices left out."""
    states = Counter(row["clause_state"] for row in measures if row["kind"] != "practice")
    return Coverage(states.total(), states["stated"], states["absent"], states["unread"])


def _agencies(
    found: Links, graph: nx.Graph[str], places: Mapping[str, Position], circles: Iterable[Community]
) -> tuple[AgencyFigures, ...]:
    owners = found.owners()
    counts = np.zeros((len(owners.agencies), len(ROLES)), dtype=np.int64)
    np.add.at(counts, (owners.agency, owners.role), 1)
    home = {name: circle.number for circle in circles for name in circle.members}
    listed = []
    for name, row in zip(owners.agencies, counts.tolist(), strict=True):
        by, ties = dict(zip(ROLES, row, strict=True)), graph[name].values()
        listed.append(
            AgencyFigures(
                agency=name,
                measures=sum(row),
                led=by["lead"],
                joint=by["joint"],
                participated=by["participant"],
                implemented=by["implementer"],
                partnered=by["partner"],
                lead_share=by["lead"] / sum(row),
                partners=len(ties),
                shared=sum(tie["measures"] for tie in ties),
                strength=round(sum(tie["weight_newman"] for tie in ties), 9),
                position=places.get(name),
                community=home.get(name, 0),
            )
        )
    return tuple(sorted(listed, key=lambda a: (-a.measures, -a.led, a.agency)))


def _pairs(found: Links, projected: Pairs, level: float) -> tuple[PairFigures, ...]:
    tested = validated(found, projected) if len(found.measures) >= MIN_MEASURES else None
    alpha = disparity(projected, projected.newman)
    names, listed = projected.agencies, []
    for i in range(len(projected.a)):
        split = {kind: int(counts[i]) for kind, counts in projected.roles.items()}
        listed.append(
            PairFigures(
                agency=names[projected.a[i]],
                partner=names[projected.b[i]],
                measures=int(projected.measures[i]),
                newman=float(projected.newman[i]),
                expected=float(tested.expected[i]) if tested else None,
                p=float(tested.p[i]) if tested else None,
                q=float(tested.q[i]) if tested else None,
                alpha=float(alpha[i]),
                validated=bool(tested and tested.q[i] < level),
                backbone=bool(alpha[i] < level),
                **split,
            )
        )
    return tuple(sorted(listed, key=lambda p: (-p.measures, -round(p.newman, 9), p.agency, p.partner)))


def _findings(agencies: tuple[AgencyFigures, ...], tied: tuple[PairFigures, ...], top: int) -> list[Finding]:
    """Who leads, who only takes part, who shares most, who leads whom."""
    leaders = sorted((a for a in agencies if a.led), key=lambda a: (-a.led, -a.lead_share, a.agency))
    words = [sentences.leader(a.agency, a.led, a.measures) for a in leaders[:top]]
    only = [a for a in agencies if a.participated == a.measures]
    if only:
        words.append(sentences.only_participants([(a.agency, a.measures) for a in only[:top]], len(only)))
    words += [sentences.share_most(p.agency, p.partner, p.measures, p.a_leads, p.b_leads) for p in tied[:top]]
    led = [(p.a_leads, p.agency, p.partner, p.measures) for p in tied]
    led += [(p.b_leads, p.partner, p.agency, p.measures) for p in tied]
    for count, leader, helper, shared in sorted(led, key=lambda x: (-x[0], x[1:3]))[:top]:
        if count:
            words.append(sentences.leads_whom(leader, helper, count, shared))
    return words


def _network_findings(
    graph: nx.Graph[str],
    agencies: tuple[AgencyFigures, ...],
    circles: tuple[Community, ...],
    modularity: float | None,
    top: int,
) -> list[Finding]:
    """Hubs, bridges, circles, clustering; nothing where the network is too small."""
    if modularity is None:
        return []
    words = [sentences.network(len(graph), graph.number_of_edges(), nx.number_connected_components(graph))]
    strength = {a.agency: a.strength for a in agencies}
    partners = {a.agency: a.partners for a in agencies}
    hubs = centrality.top(strength, top)
    words += [sentences.hub(name, value, partners[name], len(graph)) for name, value in hubs]
    between = {a.agency: a.position.betweenness for a in agencies if a.position}
    pivots = centrality.pivots(graph)
    words += [sentences.bridge(name, value, len(graph), pivots) for name, value in centrality.top(between, top)]
    if len(circles) > 1:
        largest = [(c.label, len(c.members)) for c in circles[:top]]
        words.append(sentences.circles(largest, len(circles), modularity))
    words.append(sentences.clustering(float(nx.transitivity(graph)), len(graph)))
    return words


def _test_findings(tied: tuple[PairFigures, ...], measures: int, level: float, top: int) -> list[Finding]:
    """Pairs that share more than chance, or why they could not be looked for."""
    if measures < MIN_MEASURES:
        return [sentences.too_few_measures(measures, MIN_MEASURES)]
    good = sorted((p for p in tied if p.validated), key=lambda p: (p.q, p.p, p.agency, p.partner))
    words = [sentences.validated_count(len(good), len(tied), level, measures)] if tied else []
    for p in good[:top]:
        if p.expected is not None and p.q is not None:
            words.append(sentences.validated(p.agency, p.partner, p.measures, p.expected, p.q, measures))
    return words
