"""Figures know the modes and ports that their own words name, and a question can ask by them."""

from __future__ import annotations

from guanlian.graph.quads import quads
from guanlian.graph.store import Store
from guanlian.loaders import reader, sheet
from guanlian.loaders.facts import FactSheet
from guanlian.queries import catalogue

NEWS = """厦门海关：港口通关提速

发布时间：2022-07-20　来源：厦门海关

上半年，厦门海关推广“提前申报”“船边直提”。进口“提前申报”率达65.2%，比2019年提高20个百分点。进口整体通关时间30小时。
海沧港、东渡港集装箱吞吐量分别为120万标箱、80万标箱。
"""


def read() -> FactSheet:
    return reader.read(NEWS.encode(), "news.txt")


def test_a_figure_names_what_its_words_name() -> None:
    found = {(f.value, f.unit): f.about for f in read().figures}
    assert found[65.2, "%"] == found[20, "百分点"] == ("mode:提前申报",)
    assert found[30, "小时"] == ()
    assert [[one for one in found[value, "标箱"] if one.startswith("port:")] for value in (1200000, 800000)] == [["port:海沧港"], ["port:东渡港"]]


def test_the_sheet_keeps_it() -> None:
    assert sheet.loads(sheet.dumps(read())) == sheet.normal(read())


def test_outcomes_of_a_mode() -> None:
    from guanlian.ontology import authorities
    from guanlian.ontology.terms import iri

    graphs = {iri("document", read().document.key): quads(read())}
    store = Store.memory(graphs)
    values = {name: _values(store, mode=name) for name in ("提前申报", "船边直提", "两步申报")}
    assert authorities.modes()
    assert {"65.2", "20", "30"} <= values["提前申报"]  # what names no mode goes by the modes of its measure
    assert "65.2" not in values["船边直提"]
    assert "30" in values["船边直提"]
    assert values["两步申报"] == set()
    assert _values(store, port="海沧港") >= {"1200000"}
    assert "800000" not in _values(store, port="海沧港")


def _values(store: Store, **given: str) -> set[str]:
    columns, rows = catalogue.run("outcomes", store, given)
    return {row[columns.index("value")] for row in rows}
