"""The projection against networkx's own and against counting by hand."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from networkx.algorithms import bipartite as nxb
from scipy import sparse  # type: ignore[import-untyped,unused-ignore]

from guanlian.graph.projection import (
    ROLE_PAIRS,
    STATED,
    STRENGTH,
    bipartite,
    coownership,
    graph_of,
    links,
    measure_node,
    pairs,
    rollup,
    table,
)
from guanlian.graph.quads import quads
from guanlian.graph.store import Store
from guanlian.loaders.facts import ROLES, AgencyName, DocumentInfo, Evidence, FactSheet, Provision, Responsibility
from guanlian.ontology.terms import iri


def row(document: str, measure: str, agency: str, role: str, basis: str = "stated", via: str = "") -> dict[str, str]:
    """One row of the owners table."""
    words = f"{agency}·{role}"
    known = {"document": document, "measure": measure, "title": f"第{measure}项", "agency": agency}
    return {**known, "role": role, "basis": basis, "via": via, "quote": words}


# A small plan of a made-up city: one lead, helpers, a shared duty, a group, a presumed owner.
PLAN = [
    row("a", "1", "临江市商务局", "lead"),
    row("a", "1", "临江海关", "participant"),
    row("a", "1", "临江海事局", "participant"),
    row("a", "2", "临江海关", "lead"),
    row("a", "2", "临江市商务局", "participant"),
    row("a", "3", "临江市商务局", "joint"),
    row("a", "3", "临江海关", "joint"),
    row("a", "4", "临江海事局", "lead"),
    row("a", "5", "临江市商务局", "lead"),
    row("a", "5", "临江市财政局", "participant", "group", "各成员单位"),
    row("b", "1", "临江海关", "implementer", "issuer"),
    row("b", "", "临江海关", "lead"),
]

ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["甲", "乙"]),
        st.sampled_from(["1", "2", "3", "10"]),
        st.sampled_from(["局一", "局二", "局三", "局四", "局五"]),
        st.sampled_from(ROLES),
        st.sampled_from(["stated", "stated", "group", "issuer"]),
    ),
    max_size=40,
)


def strongest(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """By hand: measure node → agency → strongest role."""
    owners: dict[str, dict[str, str]] = {}
    for r in rows:
        if r["basis"] in STATED and r["measure"]:
            mine = owners.setdefault(measure_node(r["document"], r["measure"]), {})
            mine[r["agency"]] = min(mine.get(r["agency"], r["role"]), r["role"], key=STRENGTH.index)
    return owners


def role_pair(a: str, b: str) -> str:
    """By hand: which of ROLE_PAIRS two roles make."""
    if "lead" in (a, b):
        return "lead_lead" if a == b else "a_leads" if a == "lead" else "b_leads"
    if a == b and a in ("joint", "participant"):
        return {"joint": "joint", "participant": "both_participate"}[a]
    return "carry_out" if {a, b} <= {"implementer", "partner"} else "mixed"


def test_plan_counts() -> None:
    graph = coownership(PLAN)
    edge = graph.edges["临江市商务局", "临江海关"]
    assert (edge["a"], edge["b"]) == ("临江市商务局", "临江海关")
    assert (edge["measures"], edge["a_leads"], edge["b_leads"], edge["joint"]) == (3, 1, 1, 1)
    assert edge["weight_newman"] == pytest.approx(1 / 2 + 1 + 1)
    assert graph.edges["临江海关", "临江海事局"]["both_participate"] == 1
    assert not graph.has_edge("临江海事局", "临江市财政局")


def test_presumed_owner_is_left_out_unless_asked_for() -> None:
    assert ("b", "1") not in links(PLAN).measures
    assert ("b", "1") in links(PLAN, bases=("stated", "group", "issuer")).measures
    assert "临江市财政局" not in links(PLAN, bases=("stated",)).agencies


def test_rows_outside_any_item_are_no_measure() -> None:
    assert all(measure for _, measure in links(PLAN, bases=("stated", "group", "issuer")).measures)
    assert not bipartite(PLAN).has_node(measure_node("b", ""))


def test_unknown_role_is_named() -> None:
    with pytest.raises(ValueError, match=r"'chief' of '临江海关' in a 1"):
        links([row("a", "1", "临江海关", "chief")])


def test_nothing_in_nothing_out() -> None:
    assert len(pairs(links([])).a) == 0
    assert len(coownership([])) == len(bipartite([])) == 0


def test_a_body_worked_with_is_no_co_owner() -> None:
    rows = [row("a", "1", "临江海关", "implementer"), row("a", "1", "临江港务集团", "partner")]
    assert list(coownership(rows)) == ["临江海关"]
    assert coownership(rows, roles=ROLES).has_edge("临江海关", "临江港务集团")


@given(ROWS)
@settings(max_examples=60)
def test_against_networkx(rows: list[dict[str, str]]) -> None:
    two_mode = nx.Graph(bipartite(rows))
    agencies = [node for node in two_mode if two_mode.nodes[node]["kind"] == "agency"]
    assume(agencies)
    counted = nxb.weighted_projected_graph(two_mode, agencies)
    newman = nxb.collaboration_weighted_projected_graph(two_mode, agencies)
    ours = coownership(rows, roles=ROLES)
    assert list(ours) == sorted(agencies)
    assert {frozenset(e) for e in ours.edges} == {frozenset(e) for e in counted.edges}
    for a, b, data in ours.edges(data=True):
        assert data["measures"] == data["weight"] == counted.edges[a, b]["weight"]
        assert data["weight_newman"] == pytest.approx(newman.edges[a, b]["weight"])


@given(ROWS)
@settings(max_examples=60)
def test_role_pairs_against_counting(rows: list[dict[str, str]]) -> None:
    expected: Counter[tuple[str, str, str]] = Counter()
    for owners in strongest(rows).values():
        for a, b in combinations(sorted(owners), 2):
            expected[a, b, role_pair(owners[a], owners[b])] += 1
    graph = coownership(rows, roles=ROLES)
    found = {(d["a"], d["b"], kind): d[kind] for _, _, d in graph.edges(data=True) for kind in ROLE_PAIRS if d[kind]}
    assert found == dict(expected)
    assert all(sum(d[kind] for kind in ROLE_PAIRS) == d["measures"] for _, _, d in graph.edges(data=True))


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_row_order_changes_nothing(rows: list[dict[str, str]], random: object) -> None:
    mixed = sorted(rows, key=lambda _: random.random())  # type: ignore[attr-defined]
    one, two = coownership(rows, roles=ROLES), coownership(mixed, roles=ROLES)
    assert (list(one.nodes(data=True)), list(one.edges(data=True))) == (
        list(two.nodes(data=True)),
        list(two.edges(data=True)),
    )
    assert list(bipartite(rows).edges(keys=True)) == list(bipartite(mixed).edges(keys=True))


@given(ROWS)
@settings(max_examples=30)
def test_newman_strength_is_the_number_of_shared_measures(rows: list[dict[str, str]]) -> None:
    """Newman's weights of an agency add up to the measures it does not own alone."""
    owners = strongest(rows)
    for agency, strength in coownership(rows, roles=ROLES).degree(weight="weight_newman"):
        assert strength == pytest.approx(sum(agency in names and len(names) > 1 for names in owners.values()))


@given(ROWS, st.integers(1, 9))
@settings(max_examples=40)
def test_pairs_against_the_sparse_product(rows: list[dict[str, str]], block: int) -> None:
    """A·Aᵀ in scipy, and the same answer however the measures are cut into blocks."""
    found = links(rows)
    owners, projected = found.owners(), pairs(found, block=block)
    shape = (len(owners.agencies), len(owners.measures))
    matrix = sparse.csr_array((np.ones(len(owners.agency)), (owners.agency, owners.measure)), shape=shape)
    product = np.triu((matrix @ matrix.T).toarray(), 1)
    ours = np.zeros_like(product)
    ours[projected.a, projected.b] = projected.measures
    assert (ours == product).all()
    assert projected.newman == pytest.approx(pairs(found).newman)


def test_bipartite_keeps_several_roles_apart() -> None:
    graph = bipartite([*PLAN, row("a", "1", "临江海关", "participant", "group", "各成员单位")])
    node = measure_node("a", "1")
    assert sorted(d["via"] for d in graph.get_edge_data("临江海关", node).values()) == ["", "各成员单位"]
    assert graph.nodes[node] == {"bipartite": 1, "kind": "measure", "document": "a", "measure": "1", "title": "第1项"}
    assert graph.nodes["临江海关"]["bipartite"] == 0
    assert nxb.is_bipartite(graph)
    quotes = {d["quote"] for _, _, d in graph.edges(data=True)}
    assert "临江海关·participant" in quotes


def test_practices_count_with_their_case() -> None:
    rows = [row("c", m, agency, "implementer") for m in ("5", "5.1", "5.2") for agency in ("甲海关", "乙海关")]
    told = [
        {"document": "c", "measure": "5", "parent": "", "kind": "case", "title": "案例五"},
        {"document": "c", "measure": "5.1", "parent": "5", "kind": "practice", "title": "做法一"},
        {"document": "c", "measure": "5.2", "parent": "5", "kind": "practice", "title": "做法二"},
    ]
    rolled = rollup(rows, told)
    assert {(r["measure"], r["title"]) for r in rolled if r["measure"] != "5"} == set()
    edge = coownership(rolled).edges["甲海关", "乙海关"]
    assert (edge["measures"], edge["carry_out"]) == (1, 1)


def test_numbering_by_section_is_not_a_practice() -> None:
    told = [{"document": "p", "measure": "3.2", "parent": "", "kind": "measure", "title": "举措"}]
    assert rollup([row("p", "3.2", "甲局", "lead")], told)[0]["measure"] == "3.2"


def test_graph_of_chosen_pairs_keeps_every_agency() -> None:
    projected = pairs(links(PLAN))
    graph = graph_of(projected, projected.measures >= 2)
    assert graph.number_of_edges() == 1
    assert len(graph) == len(projected.agencies)


def test_owners_takes_the_strongest_role() -> None:
    found = links([row("a", "1", "甲局", "participant"), row("a", "1", "甲局", "lead"), row("a", "1", "乙局", "joint")])
    owners = found.owners()
    assert [ROLES[r] for r in owners.role[np.argsort(owners.agency)]] == ["joint", "lead"]
    assert len(found.role) == 3


def stored(rows: list[dict[str, str]]) -> Store:
    """The rows as facts of fact sheets in a store."""
    graphs = {}
    for document in sorted({r["document"] for r in rows}):
        mine = [r for r in rows if r["document"] == document]
        info = DocumentInfo(document, f"{document}.txt", "0" * 64, "某方案", "", "", "2024", "plan", (), "临江市")
        items = sorted({r["measure"] for r in mine if r["measure"]})
        found = [Provision(i, "", "measure", i, f"第{i}项", "", 0, 9, "stated") for i in items]
        claims = [
            Responsibility(
                r["measure"], r["agency"], r["role"], r["basis"], r["via"], r["agency"], Evidence(n, n + 9, r["quote"])
            )
            for n, r in enumerate(mine)
        ]
        names = tuple(AgencyName(a, a, "as printed", False) for a in sorted({r["agency"] for r in mine}))
        sheet = FactSheet(info, provisions=tuple(found), responsibilities=tuple(claims), agencies=names)
        graphs[iri("document", document)] = quads(sheet)
    return Store.memory(graphs)


def test_a_store_gives_the_same_network() -> None:
    rows = table(stored(PLAN), "owners")
    assert nx.utils.graphs_equal(coownership(rows), coownership(PLAN))


def test_the_coowners_question_agrees() -> None:
    """SPARQL, written by other hands, counts the same measures and the same leads."""
    store = stored(PLAN)
    asked = {(r["agency"], r["partner"]): r for r in table(store, "coowners")}
    graph = coownership(PLAN)
    assert len(asked) == 2 * graph.number_of_edges()
    for _, _, edge in graph.edges(data=True):
        row = asked[edge["a"], edge["b"]]
        told = [int(row[name]) for name in ("measures", "we_lead", "they_lead", "both_participate")]
        assert told == [edge[name] for name in ("measures", "a_leads", "b_leads", "both_participate")]
        assert int(row["joint"]) == edge["joint"] + edge["lead_lead"]
