"""Paths, neighbours and names on a made-up plan, against networkx, and through a store."""

from __future__ import annotations

import random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanlian.graph.quads import quads
from guanlian.graph.store import Store
from guanlian.graph.things import KINDS, RELATIONS, AmbiguousName, Node, Tables, UnknownName, find, things
from guanlian.graph.trace import SLACK, Path, load, trace
from guanlian.loaders.facts import (
    AgencyName,
    DocumentInfo,
    Evidence,
    FactSheet,
    ModeMention,
    PortMention,
    Provision,
    Responsibility,
)
from guanlian.ontology.terms import iri

Rows = list[dict[str, str]]


def rows(columns: str, *lines: str) -> Rows:
    """Rows of a table, cells parted by |."""
    names = columns.split()
    return [dict(zip(names, line.split("|"), strict=True)) for line in lines]


def town() -> dict[str, Rows]:
    """Tables of two papers of a made-up city: a plan of four items and its explanation."""
    return {
        "documents": rows(
            "document source title number issuer issued kind based_on measures",
            "plan|plan.txt|临江市便利通关方案|临府〔2024〕3号|临江市人民政府|2024|plan||4",
            "talk|talk.txt|临江市便利通关方案解读||临江市人民政府|2024|interpretation|临府〔2024〕3号|0",
        ),
        "measures": rows(
            "document measure parent title section kind clause_state",
            "plan|1||推广提前申报||measure|stated",
            "plan|2||优化查验||measure|stated",
            "plan|10||建设智慧口岸||measure|stated",
            "plan|11||优化查验||measure|absent",
        ),
        "interpretations": rows("document measure of_document of_measure", "talk|1|plan|1"),
        "owners": rows(
            "document measure title agency role basis via quote",
            "plan|1|推广提前申报|临江海关|lead|stated||临江海关牵头",
            "plan|1|推广提前申报|临江市商务局|participant|stated||市商务局参与",
            "plan|2|优化查验|临江市商务局|lead|stated||市商务局牵头",
            "plan|2|优化查验|临江海事局|participant|group|各成员单位|各成员单位配合",
            "plan|10|建设智慧口岸|临江海事局|lead|stated||临江海事局负责",
            "plan|11|优化查验|临江市财政局|lead|issuer||临江市财政局",
        ),
        "modes": rows(
            "document measure mode family stance quote",
            "plan|1|提前申报|申报|promotes|推广提前申报",
            "plan|10|两步申报|申报|mentions|不同于两步申报",
        ),
        "stackings": rows("document measure mode with_mode quote", "plan|1|提前申报|两步申报|两者可叠加"),
        "ports": rows("document measure port kind locode quote", "plan|10|江北口岸|river||在江北口岸"),
        "platforms": rows("document measure platform quote", "plan|10|江北口岸|江北口岸平台"),
        "outcomes": rows(
            "document measure indicator value value_to unit direction bound period_end quote",
            "plan|2|查验时间|40||%|down||2023-12|查验时间压缩40%",
        ),
        "targets": rows("document measure indicator value value_to unit bound deadline quote"),
        "groups": rows("document group agency post lead", "plan|便利通关工作组|临江海关|组长单位|yes"),
    }


ALIASES = [("agency", "临江海关", "临关"), ("agency", "临江海事局", "海事"), ("agency", "临江市商务局", "海事")]


@pytest.fixture
def graph() -> nx.MultiGraph[Node]:
    return things(town(), ALIASES)


def read(path: Path) -> str:
    """A path in words."""
    return path.hops[0].source.label + "".join(f" {h.said[0].zh}→ {h.target.label}" for h in path.hops)


def test_path_with_evidence(graph: nx.MultiGraph[Node]) -> None:
    found = trace(graph, "临江海关", "提前申报")
    assert read(found.paths[0]) == "临江海关 牵头→ 1 推广提前申报 推行模式→ 提前申报"
    first = found.paths[0].hops[0].said[0]
    assert (first.document, first.item, first.quote, first.en) == ("plan", "1", "临江海关牵头", "leads")
    back = trace(graph, "提前申报", "临江海关").paths[0]
    assert [h.said[0].zh for h in back.hops] == ["被推行于", "牵头单位"]


def test_every_hop_has_evidence(graph: nx.MultiGraph[Node]) -> None:
    found = trace(graph, "platform:江北口岸", "临关", max_paths=9)
    assert found.paths
    for path in found.paths:
        for hop in path.hops:
            assert hop.said
            assert all(said.document and said.quote for said in hop.said)


def test_two_roles_stand_on_one_hop(graph: nx.MultiGraph[Node]) -> None:
    tables = town()
    tables["owners"] += rows(
        "document measure title agency role basis via quote",
        "plan|1|推广提前申报|临江海关|participant|group|各成员单位|各成员单位配合",
    )
    hop = trace(things(tables), "临江海关", "提前申报").paths[0].hops[0]
    assert {(said.relation, said.detail) for said in hop.said} == {("lead", ""), ("participant", "各成员单位")}


def test_a_shared_measure_is_nearer_than_a_shared_paper(graph: nx.MultiGraph[Node]) -> None:
    found = trace(graph, "临江海关", "临江海事局")
    assert found.paths[0].length == 4
    assert [hop.target.kind for hop in found.paths[0].hops] == ["measure", "agency", "measure", "agency"]


def test_around(graph: nx.MultiGraph[Node]) -> None:
    found = trace(graph, "plan#1")
    assert found.end is None and not found.paths
    said = {(a.zh, hop.target.label) for a in found.around for hop in a.hops}
    assert ("牵头单位", "临江海关") in said
    assert ("推行模式", "提前申报") in said
    assert ("载于", "临江市便利通关方案") in said
    assert ("解读见", "临江市便利通关方案解读 1") in said
    assert all(s.relation == a.relation for a in found.around for hop in a.hops for s in hop.said)


def test_stacked_modes_read_alike_from_both(graph: nx.MultiGraph[Node]) -> None:
    for one, other in (("提前申报", "两步申报"), ("两步申报", "提前申报")):
        group = next(a for a in trace(graph, one).around if a.relation == "stacked")
        assert [hop.target.label for hop in group.hops] == [other]


def test_presumed_owners_are_no_tie(graph: nx.MultiGraph[Node]) -> None:
    assert ("agency", "临江市财政局") not in graph


@pytest.mark.parametrize(
    ("name", "node"),
    [
        ("临关", ("agency", "临江海关")),
        (" 临江 海关 ", ("agency", "临江海关")),
        ("臨江海關", ("agency", "临江海关")),
        ("单位：临江海关", ("agency", "临江海关")),
        ("port:江北口岸", ("port", "江北口岸")),
        ("平台：江北口岸", ("platform", "江北口岸")),
        ("《临江市便利通关方案》", ("document", "plan")),
        ("临府〔2024〕3号", ("document", "plan")),
        ("临府〔2024〕3号#10", ("measure", "plan", "10")),
        ("建设智慧口岸", ("measure", "plan", "10")),
        ("10 建设智慧口岸", ("measure", "plan", "10")),
        ("查验时间", ("outcome", "plan", "2", "查验时间 ↓40% 2023-12")),
    ],
)
def test_names(graph: nx.MultiGraph[Node], name: str, node: Node) -> None:
    assert find(graph, name) == node


def test_ambiguous_names_say_what_to_type(graph: nx.MultiGraph[Node]) -> None:
    for name in ("江北口岸", "优化查验", "海事"):
        with pytest.raises(AmbiguousName) as error:
            trace(graph, name)
        assert len(error.value.choices) == 2
        assert len({find(graph, choice) for choice in error.value.choices}) == 2
        assert name in error.value.zh and error.value.choices[0] in error.value.en


def test_unknown_names_get_suggestions(graph: nx.MultiGraph[Node]) -> None:
    with pytest.raises(UnknownName) as error:
        trace(graph, "临江海官")
    assert "临江海关" in error.value.choices
    with pytest.raises(UnknownName) as error:
        trace(graph, "临江海关", "智慧口岸")
    assert error.value.choices[0] == "建设智慧口岸"
    with pytest.raises(UnknownName) as error:
        trace(graph, "port:临江海关")
    assert "临江海关" not in error.value.choices
    with pytest.raises(UnknownName):
        trace(graph, "")


def test_no_path_and_the_same_thing(graph: nx.MultiGraph[Node]) -> None:
    graph.add_node(("port", "远港"), kind="port", label="远港", name="远港")
    assert trace(graph, "远港", "临江海关").paths == ()
    assert trace(graph, "临关", "临江海关").paths == ()
    with pytest.raises(ValueError, match="max_paths"):
        trace(graph, "临关", "远港", max_paths=0)


def test_more_is_told(graph: nx.MultiGraph[Node]) -> None:
    whole = trace(graph, "临江海关", "两步申报", max_paths=50)
    assert not whole.more and len(whole.paths) > 1
    cut = trace(graph, "临江海关", "两步申报", max_paths=1)
    assert cut.more and cut.paths == whole.paths[:1]


@given(st.integers(0, 10_000))
@settings(max_examples=20)
def test_row_order_changes_nothing(seed: int) -> None:
    tables = town()
    for table in tables.values():
        random.Random(seed).shuffle(table)
    one, two = things(town(), ALIASES), things(tables, ALIASES)
    assert list(one.nodes(data=True)) == list(two.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(two.edges(keys=True, data=True))


@given(
    st.lists(
        st.tuples(st.sampled_from("甲乙丙丁"), st.sampled_from("123"), st.sampled_from(["lead", "participant"])),
        min_size=1,
        max_size=9,
    )
)
@settings(max_examples=40)
def test_paths_against_networkx(owned: list[tuple[str, str, str]]) -> None:
    """All simple paths by brute force, cut at the same length, give the same paths."""
    tables: Tables = {
        "owners": [
            {
                "document": "d",
                "measure": m,
                "title": "",
                "agency": a,
                "role": r,
                "basis": "stated",
                "via": "",
                "quote": r,
            }
            for a, m, r in owned
        ]
    }
    graph = things(tables)
    names = sorted({a for a, _, _ in owned})
    plain = nx.Graph(graph)
    cost = {frozenset((a, b)): RELATIONS[d["relation"]].length for a, b, d in graph.edges(data=True)}
    every = {
        tuple(graph.nodes[n]["label"] for n in nodes): sum(cost[frozenset(x)] for x in nx.utils.pairwise(nodes))
        for nodes in nx.all_simple_paths(plain, ("agency", names[0]), ("agency", names[-1]))
        if len(nodes) > 1
    }
    expected = sorted(length for length in every.values() if length <= min(every.values()) + SLACK)
    found = trace(graph, names[0], names[-1], max_paths=500)
    assert [path.length for path in found.paths] == expected
    for path in found.paths:
        labels = (path.hops[0].source.label, *(hop.target.label for hop in path.hops))
        assert every[labels] == path.length


def test_every_kind_and_relation_has_both_languages() -> None:
    assert all(zh and kind.isascii() for kind, zh in KINDS.items())
    assert all(all(r[:4]) and r.length > 0 for r in RELATIONS.values())


def sheet() -> FactSheet:
    """A sheet of one made-up paper."""
    info = DocumentInfo(
        "plan", "plan.txt", "0" * 64, "临江市便利通关方案", "", "临江市人民政府", "2024", "plan", (), "临江市"
    )
    words = Evidence(0, 5, "临江海关牵头")
    return FactSheet(
        info,
        provisions=(Provision("1", "", "measure", "1", "推广提前申报", "", 0, 20, "stated"),),
        responsibilities=(Responsibility("1", "临江海关", "lead", "stated", "", "海关", words),),
        agencies=(AgencyName("临江海关", "临关", "alias", False),),
        modes=(ModeMention("1", "提前申报", "promotes", Evidence(6, 10, "提前申报")),),
        ports=(PortMention("1", "江北口岸", "river", Evidence(11, 15, "江北口岸")),),
    )


def test_through_a_store() -> None:
    store = Store.memory({iri("document", "plan"): quads(sheet())})
    path = trace(store, "临关", "江北口岸").paths[0]
    assert read(path) == "临江海关 牵头→ 1 推广提前申报 涉及口岸→ 江北口岸"
    assert [said.quote for hop in path.hops for said in hop.said] == ["临江海关牵头", "江北口岸"]
    graph = load(store)
    assert find(graph, "提前申报") == ("mode", "提前申报")
    assert {a.relation for a in trace(graph, "plan#1").around} == {"lead", "promotes", "port", "stands_in"}
