"""Names nobody listed are proposed with their evidence; known names, slogans and sentences are not."""

from __future__ import annotations

import pyoxigraph
import pytest

from guanlian.loaders import reader
from guanlian.loaders.repair import repair
from guanlian.loaders.review import proposals
from guanlian.loaders.review.suggest import Candidate, Sighting, gather, sightings
from guanlian.ontology.terms import expand, iri

PLAN = """汕头市跨境贸易便利化行动方案
汕府办〔2031〕12号

一、优化监管
1.推广“提前申报”和“云端陪验”等通关模式，叠加“两步申报”。（汕头海关牵头，市数据要素局、海湾开发区管委会参与）
2.深化“放管服”改革，实施“云端陪验”监管，上线“汕货出海”综合服务平台。（汕头海关负责）
3.探索“即抵即卸即检”，在汕头溪涌港区先行。为企业提供“解决问题”的办法。（市数据要素局负责）
4.推行进境水果分段核验模式。（汕头海关负责）
"""
OTHER = """潮州市口岸提效若干措施
潮府〔2031〕3号
一、推广“云端陪驗”查验模式。（潮州海关负责）
"""


def found(*texts: str, **more: object) -> list[Candidate]:
    rows: list[Sighting] = []
    for at, text in enumerate(texts):
        name = f"{at}.txt"
        rows += sightings(reader.read(text.encode(), name), repair(text))
    return gather(rows, **more)  # type: ignore[arg-type]


def names(candidates: list[Candidate], kind: str) -> list[str]:
    return [c.name for c in candidates if c.kind == kind]


def test_what_recurs_comes_first_with_its_company_and_evidence() -> None:
    first = found(PLAN, OTHER)[0]
    assert (first.kind, first.name, first.documents, first.mentions) == ("mode", "云端陪验", 2, 3)
    assert dict(first.company)["两步申报"] == 1 and first.hint == "inspection"
    assert [(s.document, s.item) for s in first.evidence] == [("0.txt", "1"), ("1.txt", "1"), ("0.txt", "2")]
    assert all("云端陪" in s.quote for s in first.evidence)
    assert first.printed == ("云端陪驗",)


def test_known_names_slogans_and_sentences_are_left_out() -> None:
    modes = names(found(PLAN), "mode")
    assert set(modes) == {"云端陪验", "即抵即卸即检", "进境水果分段核验"}


def test_units_platforms_and_ports_known_by_their_form_are_proposed() -> None:
    candidates = found(PLAN)
    assert set(names(candidates, "agency")) == {"汕头市数据要素局", "汕头海湾开发区管理委员会"}
    assert any("汕货出海" in name for name in names(candidates, "platform"))
    assert "汕头溪涌港区" in names(candidates, "port")
    office = next(c for c in candidates if c.name == "汕头市数据要素局")
    assert office.mentions == 2 and ("汕头海关", 1) in office.company and office.printed == ("市数据要素局",)


def test_kinds_and_how_many_documents() -> None:
    assert {c.kind for c in found(PLAN, kinds=["port"])} == {"port"}
    assert names(found(PLAN, OTHER, least=2), "mode") == ["云端陪验"]


def test_a_sheet_alone_gives_everything_but_modes() -> None:
    kinds = {c.kind for c in gather(sightings(reader.read(PLAN.encode(), "a.txt")))}
    assert kinds == {"agency", "port", "platform"}


def test_the_turtle_parses_and_says_what_the_authority_files_say() -> None:
    text = proposals.turtle(found(PLAN, OTHER))
    triples = list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE))
    mode = pyoxigraph.NamedNode(iri("mode", "云端陪验"))
    said = {(q.predicate.value, q.object.value) for q in triples if q.subject == mode}
    assert (expand("skos:broader"), iri("family", "inspection")) in said
    assert (expand("skos:prefLabel"), "雲端陪驗") in said
    assert (expand("gl:place"), iri("place", "汕头市")) in {(q.predicate.value, q.object.value) for q in triples}
    assert "# 2 documents, 3 mentions" in text and "0.txt 1:" in text


@pytest.mark.parametrize("odd", ['a"b\\c', "x\ny> <z", "甲 ;乙 .", "𠮷\u2028丙", "p>"])
def test_no_name_breaks_out_of_its_line(odd: str) -> None:
    sight = Sighting("mode", odd, odd, "d\r\n<evil> a <x> .", "1", "w\n<evil> a <x> .", 0, "noun")
    text = proposals.turtle(gather([sight]))
    triples = list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE))
    assert {q.subject.value for q in triples} == {iri("mode", odd)}
    assert odd in {q.object.value for q in triples if isinstance(q.object, pyoxigraph.Literal)}


def test_the_same_documents_in_another_order_give_the_same_proposals() -> None:
    one = [s for n, t in (("a", PLAN), ("b", OTHER)) for s in sightings(reader.read(t.encode(), n), repair(t))]
    assert proposals.turtle(gather(one)) == proposals.turtle(gather(one[::-1]))
