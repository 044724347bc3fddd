"""Renames and mergers: sourced, linked, followed one way at a time, and asked for in questions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guanlian.build import build
from guanlian.graph.store import Store
from guanlian.ontology import authorities
from guanlian.ontology.changes import changes, predecessors, successors
from guanlian.queries import catalogue

OLD = """深圳市优化口岸服务工作方案
深府办函〔2018〕7号
2018年5月8日

一、推进无纸化。（市经贸信息委牵头，市交通运输委、深圳海关参与）
"""
NEW = """深圳市优化口岸服务若干措施
深府办函〔2021〕9号
2021年5月8日

一、提升港口服务。（市商务局牵头，深圳海关参与）
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("changes")
    (folder / "old.txt").write_text(OLD, encoding="utf-8")
    (folder / "new.txt").write_text(NEW, encoding="utf-8")
    build([folder / "old.txt", folder / "new.txt"], folder / "out")
    return Store.open(folder / "out")


def test_every_change_says_when_and_by_which_decision() -> None:
    assert len(changes()) > 30
    for change in changes():
        assert change.before and change.after and change.source
        assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", change.date)
        assert not set(change.before) & set(change.after)
        assert change.date[:4] in ("2013", "2017", "2018", "2019", "2023")


def test_names_are_those_that_reading_gives() -> None:
    """A unit in a change is one that papers can name: known, or made of a place and a department."""
    from guanlian.loaders.names import Resolver
    from guanlian.loaders.names.seats import seat_of

    known = {agency.name for agency in authorities.agencies()}
    for name in {name for change in changes() for name in (*change.before, *change.after)} - known:
        if name.startswith(("深圳市", "广州市", "广东省")):
            found = Resolver(seat_of(name[:3])).resolve(name)
            assert found is not None and found.canonical == name, name


def test_a_unit_is_followed_one_way_and_never_to_its_siblings() -> None:
    assert successors("中国保险监督管理委员会") == ("中国银行保险监督管理委员会", "国家金融监督管理总局")
    assert set(predecessors("国家金融监督管理总局")) == {
        "中国银行保险监督管理委员会", "中国银行业监督管理委员会", "中国保险监督管理委员会",
    }  # fmt: skip
    assert "深圳市工业和信息化局" not in (*predecessors("深圳市商务局"), *successors("深圳市商务局"))
    assert successors("海关总署") == () and predecessors("无此单位") == ()


def test_the_question_tells_before_after_date_and_source(store: Store) -> None:
    columns, rows = catalogue.run("renames", store)
    assert columns == ("before", "after", "date", "source")
    assert ("环境保护部", "生态环境部", "2018-03-17") in {row[:3] for row in rows}
    assert len(rows) == sum(len(change.before) * len(change.after) for change in changes())
    mine = catalogue.run("renames", store, {"agency": "深圳市商务局"})[1]
    assert [row[:3] for row in mine] == [
        ("深圳市经济贸易和信息化委员会", "深圳市商务局", "2019"),
        ("深圳市经济贸易和信息化委员会", "深圳市工业和信息化局", "2019"),
    ], "the whole event is told"


def test_owners_are_found_across_time_only_when_asked(store: Store) -> None:
    def agencies(**given: str) -> set[tuple[str, str]]:
        return {(row[2], row[3]) for row in catalogue.run("owners", store, given)[1]}

    now = {("提升港口服务", "深圳市商务局")}
    assert agencies(agency="深圳市商务局") == now
    both = now | {("推进无纸化", "深圳市经济贸易和信息化委员会")}
    assert agencies(agency="深圳市商务局", across="yes") == both
    assert agencies(agency="深圳市经济贸易和信息化委员会", across="yes") == both
    assert agencies(agency="深圳海关", across="yes") == agencies(agency="深圳海关")
    shared = agencies(agency="深圳海关", **{"with": "深圳市商务局", "across": "yes"})
    assert {title for title, _ in shared} == {"提升港口服务", "推进无纸化"}
    assert {agency for _, agency in shared} == {"深圳海关", "深圳市商务局", "深圳市经济贸易和信息化委员会"}


def test_the_file_is_a_graph_of_its_own() -> None:
    assert any(Path(path).name == "changes.ttl" for _, path in authorities.files())
