"""Figures and findings against networkx, against counting, and on networks too small to speak of."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import asdict

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanlian.graph import centrality
from guanlian.graph.findings import MIN_AGENCIES, MIN_MEASURES, Analysis, analyse, analyse_store, cover
from guanlian.graph.projection import coownership
from guanlian.graph.quads import quads
from guanlian.graph.store import Store
from guanlian.loaders.facts import ROLES, AgencyName, DocumentInfo, Evidence, FactSheet, Provision, Responsibility
from guanlian.ontology.terms import iri


def row(document: str, measure: str, agency: str, role: str, basis: str = "stated") -> dict[str, str]:
    """One row of the owners table."""
    known = {"document": document, "measure": measure, "title": "", "agency": agency}
    return {**known, "role": role, "basis": basis, "via": "", "quote": ""}


def measure(document: str, number: str, state: str, kind: str = "measure", parent: str = "") -> dict[str, str]:
    """One row of the measures table."""
    known = {"document": document, "measure": number, "parent": parent, "title": "", "section": ""}
    return {**known, "kind": kind, "clause_state": state}


def town(measures: int = 40, seed: int = 1) -> list[dict[str, str]]:
    """A made-up plan: two circles of six units, joined by one unit that works in both; one that works alone."""
    random = np.random.default_rng(seed)
    rows = [row("p", "0", "临江市档案局", "lead")]
    for number in range(1, measures + 1):
        names = [f"{'东' if number % 2 else '西'}{i}局" for i in range(6)]
        chosen = [names[i] for i in random.permutation(6)[:3]]
        rows += [row("p", str(number), name, "participant") for name in chosen[1:]]
        rows.append(row("p", str(number), chosen[0], "lead"))
        if number % 10 < 2:
            rows.append(row("p", str(number), "临江市口岸办公室", "participant"))
    return rows


GRAPHS = st.lists(
    st.builds(row, st.just("p"), st.sampled_from("123456"), st.sampled_from("甲乙丙丁戊己庚"), st.sampled_from(ROLES)),
    min_size=1,
    max_size=25,
)


def named(analysis: Analysis, name: str) -> list[tuple[str, ...]]:
    """Whom the findings of one name are about."""
    return [finding.about for finding in analysis.findings if finding.name == name]


def test_agency_figures_add_up() -> None:
    for a in analyse(town()).agencies:
        assert a.led + a.joint + a.participated + a.implemented + a.partnered == a.measures
        assert a.lead_share == a.led / a.measures


def test_leaders_only_participants_and_pairs() -> None:
    rows = [row("p", str(i), "临江海关", "lead") for i in range(6)]
    rows += [row("p", str(i), "临江市商务局", "participant") for i in range(4)]
    rows += [row("p", "9", "临江市商务局", "joint"), row("p", "8", "临江海事局", "participant")]
    analysis = analyse(rows)
    assert named(analysis, "leaders") == [("临江海关",)]
    assert named(analysis, "only_participants") == [("临江海事局",)]
    assert named(analysis, "pairs_most") == [("临江市商务局", "临江海关")]
    assert named(analysis, "leads_whom") == [("临江海关", "临江市商务局")]
    pair = analysis.pairs[0]
    assert (pair.measures, pair.a_leads, pair.b_leads) == (4, 0, 4)
    words = next(f for f in analysis.findings if f.name == "leaders")
    assert words.zh == "临江海关牵头 6 项举措，占其承担的 6 项的 100%。"


def test_circles_bridge_and_outsider() -> None:
    analysis = analyse(town())
    by_name = {a.agency: a for a in analysis.agencies}
    assert [len(c.members) for c in analysis.communities] in ([7, 6], [6, 7])
    assert by_name["临江市档案局"].community == 0
    assert named(analysis, "bridges")[0] == ("临江市口岸办公室",)
    alone = by_name["临江市档案局"].position
    assert alone is not None and (alone.degree, alone.betweenness, alone.closeness) == (0, 0, 0)
    assert alone.eigenvector is None


@given(GRAPHS)
@settings(max_examples=40)
def test_centralities_against_networkx(rows: list[dict[str, str]]) -> None:
    graph = coownership(rows, roles=ROLES)
    close: dict[str, float] = nx.closeness_centrality(graph)
    assert centrality.closeness(graph) == pytest.approx(close)
    inside = centrality.largest_component(graph)
    found = centrality.eigenvector(graph)
    if len(inside) > 2:
        weighted = nx.eigenvector_centrality_numpy(graph.subgraph(inside), weight="weight_newman")
        assert found == pytest.approx({name: abs(value) for name, value in weighted.items()}, abs=1e-6)
    for place in centrality.positions(graph).values():
        assert all(0 <= value <= 1 + 1e-9 for value in asdict(place).values() if value is not None)
    assert sum(p.pagerank for p in centrality.positions(graph).values()) == pytest.approx(1)


@given(GRAPHS)
@settings(max_examples=40)
def test_communities_divide_those_who_meet(rows: list[dict[str, str]]) -> None:
    graph = coownership(rows)
    circles, modularity = centrality.communities(graph)
    members = [name for circle in circles for name in circle.members]
    assert sorted(members) == sorted(name for name in graph if graph.degree(name))
    assert [circle.number for circle in circles] == list(range(1, len(circles) + 1))
    assert all(circle.label in circle.members for circle in circles)
    assert -0.5 <= modularity <= 1


@given(GRAPHS)
@settings(max_examples=30)
def test_every_network_is_answered(rows: list[dict[str, str]]) -> None:
    analysis = analyse(rows, [measure("p", "1", "stated")])
    met = sum(a.partners > 0 for a in analysis.agencies)
    assert (analysis.modularity is not None) == (met >= MIN_AGENCIES)
    assert all(p.q is None for p in analysis.pairs) == (analysis.measures < MIN_MEASURES or not analysis.pairs)
    for finding in analysis.findings:
        assert finding.zh.endswith("。") and finding.en.endswith(".") and finding.formula and finding.source


def test_nothing_to_analyse() -> None:
    analysis = analyse([], [])
    assert not analysis.agencies and not analysis.pairs and not analysis.communities
    assert [f.name for f in analysis.findings] == ["too_few", "too_few"]
    assert all(f.warning for f in analysis.findings)


def test_coverage_counts_a_case_once_and_warns() -> None:
    told = [measure("p", "1", "stated"), measure("p", "2", "absent"), measure("c", "5", "unread", "case")]
    told.append(measure("c", "5.1", "stated", "practice", "5"))
    coverage = cover(told)
    assert (coverage.measures, coverage.stated, coverage.absent, coverage.unread) == (3, 1, 1, 1)
    names = [f.name for f in analyse(town(), told).findings]
    assert names[:2] == ["coverage", "low_coverage"]
    assert "low_coverage" not in [f.name for f in analyse(town(), told[:1]).findings]
    assert "coverage" not in [f.name for f in analyse(town()).findings]


def test_presumed_owners_are_not_analysed() -> None:
    rows = [row("p", str(i), "临江海关", "lead", "issuer") for i in range(20)]
    assert analyse(rows).agencies == ()
    assert len(analyse(rows, bases=("issuer",)).agencies) == 1


def test_planted_pair_is_validated() -> None:
    rows = town(120)
    rows += [row("p", str(i), name, "joint") for i in range(1, 30) for name in ("新港海关", "新港边检站")]
    first = next(f for f in analyse(rows).findings if f.name == "validated_pairs")
    assert first.about == ("新港海关", "新港边检站")
    assert first.value < 1e-10


def test_large_networks_are_sampled_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(centrality, "WORK", 10)
    bridge = next(f for f in analyse(town()).findings if f.name == "bridges")
    assert "pivots" in bridge.formula and "抽样" in bridge.zh


def test_same_answer_under_any_hash_seed() -> None:
    code = (
        f"import importlib.util as u; s = u.spec_from_file_location('t', {__file__!r}); m = u.module_from_spec(s);"
        "s.loader.exec_module(m); print(m.analyse(m.town()))"
    )
    seen = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        seen.add(run.stdout)
    assert len(seen) == 1


def test_a_store_is_analysed() -> None:
    info = DocumentInfo("p", "p.txt", "0" * 64, "临江市方案", "", "", "2024", "plan", (), "临江市")
    items = (
        Provision("1", "", "measure", "1", "一", "", 0, 9, "stated"),
        Provision("2", "", "measure", "2", "二", "", 9, 18, "absent"),
    )
    owners = (Responsibility("1", "临江海关", "lead", "stated", "", "海关", Evidence(0, 4, "海关牵头")),)
    names = (AgencyName("临江海关", "海关", "as printed", False),)
    sheet = FactSheet(info, provisions=items, responsibilities=owners, agencies=names)
    analysis = analyse_store(Store.memory({iri("document", "p"): quads(sheet)}), top=3)
    assert [(a.agency, a.led) for a in analysis.agencies] == [("临江海关", 1)]
    assert analysis.coverage is not None and analysis.coverage.share == 0.5
