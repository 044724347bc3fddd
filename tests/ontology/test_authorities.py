"""The authority files: names, printed forms, links, and no form that two things claim."""

import csv
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from guanlian.ontology import authorities
from guanlian.ontology.authorities import Entry

VOCABULARY = Path(__file__).parents[2] / "../shared/vocabulary/modes.csv"

ALL: dict[str, tuple[Entry, ...]] = {
    "modes": authorities.modes(),
    "ports": authorities.ports(),
    "platforms": authorities.platforms(),
    "units": authorities.units(),
    "agencies": authorities.agencies(),
    "places": authorities.places(),
    "indicators": authorities.indicators(),
    "roles": authorities.roles(),
}


def claims(entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, set[str]]:
    """Forms that more than one name claims."""
    found = defaultdict(set)
    for name, labels in entries:
        for label in labels:
            found[label].add(name)
    return {label: names for label, names in found.items() if len(names) > 1}


@pytest.mark.parametrize("kind", sorted(ALL))
def test_no_printed_form_means_two_things(kind: str) -> None:
    assert claims((e.name, e.labels) for e in ALL[kind]) == {}


def test_no_form_of_a_department_means_two_names_at_one_level() -> None:
    """A form may mean one thing in most cities and another elsewhere; the narrower level then goes first."""
    for level in ("province", "city", "district", "any"):
        for within in {d.within for d in authorities.departments()}:
            assert claims((d.name, d.labels) for d in authorities.departments() if (d.level, d.within) == (level, within)) == {}


def test_a_local_form_means_one_thing_in_one_place() -> None:
    """Under one parent body a form may recur in several cities; the paper's own place then decides."""
    agencies, ports = authorities.agencies(), authorities.ports()
    assert claims((a.name, [(a.jurisdiction, label) for label in a.local]) for a in agencies) == {}  # type: ignore[misc]
    assert claims((p.name, [(p.place, label) for label in p.local]) for p in ports) == {}  # type: ignore[misc]


def test_ports_are_no_cities_and_no_agencies() -> None:
    ports = {label for port in authorities.ports() for label in port.labels}
    assert ports & {label for place in authorities.places() for label in place.labels} == set()
    assert ports & {label for agency in authorities.agencies() for label in agency.labels} == set()


@pytest.mark.parametrize("kind", sorted(ALL))
def test_the_name_is_its_first_form(kind: str) -> None:
    assert [e.name for e in ALL[kind]] == [e.labels[0] for e in ALL[kind]]
    assert all(label == label.strip() and label for e in ALL[kind] for label in e.labels)


def test_how_many() -> None:
    places = authorities.places()
    assert sum(p.level == "province" for p in places) == 34
    assert sum(p.level == "city" and p.parent != "中国" for p in places) >= 333
    customs = [a for a in authorities.agencies() if a.system == "customs"]
    seats = [a for a in customs if a.parent == "海关总署" and a.name.endswith("海关")]
    assert len(seats) == 42
    assert len(customs) > 400
    assert sum(p.kind == "air" for p in authorities.ports()) >= 60
    assert {p.kind for p in authorities.ports()} == {"land", "sea", "river", "air", "rail", "post", "zone"}
    assert len(authorities.departments()) > 200


def test_modes_are_those_agreed_on() -> None:
    if not VOCABULARY.exists():
        pytest.skip("the agreed list ../shared/vocabulary/modes.csv is not on this machine")
    with VOCABULARY.open(encoding="utf-8-sig", newline="") as lines:
        rows = {row["mode"]: row for row in csv.DictReader(lines)}
    modes = {mode.name: mode for mode in authorities.modes()}
    assert set(modes) == set(rows)
    for name, row in rows.items():
        assert modes[name].family == row["family"]
        assert modes[name].core == (row["core"] == "yes")
        assert {alias for alias in row["aliases"].split("|") if alias} - set(modes[name].labels) == set(), name
        assert modes[name].definition not in ("", row["definition_en"])


def test_names_of_other_records_exist() -> None:
    agencies = {a.name for a in authorities.agencies()}
    places = {p.name for p in authorities.places()}
    assert {a.parent for a in authorities.agencies()} - agencies <= {""}
    assert {a.jurisdiction for a in authorities.agencies()} - places <= {""}
    assert {p.customs for p in authorities.ports()} - agencies <= {""}
    assert {p.place for p in authorities.ports()} <= places
    assert {p.parent for p in places_below()} <= places


def places_below() -> list[authorities.Place]:
    return [p for p in authorities.places() if p.level != "country"]


def test_districts_are_where_the_statistical_codes_put_them() -> None:
    """All but the zones, which are no divisions, and the one district that a county-level city manages."""
    listed = {(p.name, p.parent) for p in authorities.divisions()}
    own = {(p.name, p.parent) for p in authorities.places() if p.level == "district"} - listed
    zones = {name for name, _ in own if name.endswith(("新区", "园区", "合作区", "开发区", "高新区"))}
    assert {name for name, _ in own} - zones == {"扎赉诺尔区"}
    assert len(zones) == 12


def test_divisions_are_those_of_both_lists() -> None:
    found = authorities.divisions()
    assert len(found) == len({(p.name, p.parent) for p in found}) > 3100
    assert {p.parent for p in found if p.name == "鼓楼区"} == {"南京市", "徐州市", "福州市", "开封市"}
    assert {"偃师市", "偃师区", "上虞市", "上虞区"} <= {p.name for p in found}  # named so in papers of their time
    above = {p.name for p in authorities.places()} | {"山南地区", "吐鲁番地区", "哈密地区", "昌都地区", "日喀则地区", "那曲地区", "林芝地区", "莱芜市"}
    assert {p.parent for p in found} <= above


def test_short_forms_depend_on_place_or_parent() -> None:
    airport = [a for a in authorities.agencies() if "机场海关" in a.local]
    assert {(a.name, a.parent) for a in airport} == {("广州白云机场海关", "广州海关"), ("深圳宝安机场海关", "深圳海关")}
    national = next(a for a in authorities.agencies() if a.name == "国家发展和改革委员会")
    assert "国家发展改革委" in national.labels
    assert "发展改革委" in national.local
    assert national.jurisdiction == "中国"


def test_rows_of_a_department_go_by_level() -> None:
    found = {label: (d.name, d.level) for d in authorities.departments() if not d.within for label in d.labels}
    assert found["发改委"] == ("发展和改革委员会", "any")
    assert found["市监局"] == found["市场监管局"] == ("市场监督管理局", "any")
    assert found["工信厅"] == ("工业和信息化厅", "province")
    assert found["口岸办"] == ("人民政府口岸办公室", "any")


def test_traditional_forms_and_codes_are_there() -> None:
    advance = next(m for m in authorities.modes() if m.name == "提前申报")
    assert advance.traditional == "提前申報"
    assert "提前申報" in advance.labels
    hours = next(u for u in authorities.units() if u.symbol == "小时")
    assert (hours.code, hours.english) == ("HUR", "hour")
    shekou = next(p for p in authorities.ports() if p.name == "蛇口港")
    assert (shekou.kind, shekou.locode, shekou.place, shekou.customs) == ("sea", "CNSHK", "深圳市", "蛇口海关")


def test_files_are_read_only_when_asked_for() -> None:
    code = "import guanlian.ontology.authorities as a; a.units(); print(a.agencies.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
