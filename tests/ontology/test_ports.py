"""The ports on file: crossings by road, rail and water, airports, and the names they share."""

from __future__ import annotations

import pytest

from guanlian.ontology import authorities

PORTS = {port.name: port for port in authorities.ports()}
BY_LABEL = {label: port for port in authorities.ports() for label in port.labels}


@pytest.mark.parametrize(
    ("label", "name", "kind", "place"),
    [
        ("珲春口岸", "珲春口岸", "land", "延边朝鲜族自治州"),
        ("珲春公路口岸", "珲春公路口岸", "land", "延边朝鲜族自治州"),
        ("珲春铁路口岸", "珲春铁路口岸", "rail", "延边朝鲜族自治州"),
        ("丹东铁路口岸", "丹东铁路口岸", "rail", "丹东市"),
        ("樟木公路口岸", "樟木口岸", "land", "日喀则市"),
        ("抚远水运口岸", "抚远口岸", "river", "佳木斯市"),
        ("云龙机场", "泸州云龙机场", "air", "泸州市"),
        ("芜宣机场", "芜湖宣州机场", "air", "芜湖市"),
        ("荣成龙眼港", "龙眼港", "sea", "威海市"),
        ("金井港区", "平潭港金井港区", "sea", "福州市"),
        ("白洋港", "三峡枢纽白洋港", "river", "宜昌市"),
    ],
)
def test_a_printed_name_is_that_port(label: str, name: str, kind: str, place: str) -> None:
    port = BY_LABEL[label]
    assert (port.name, port.kind, port.place) == (name, kind, place)


def test_a_crossing_with_a_railway_has_a_port_for_the_road_and_one_for_both() -> None:
    for name in (name for name, port in PORTS.items() if port.kind == "rail" and name.endswith("铁路口岸")):
        crossing = PORTS.get(name.removesuffix("铁路口岸") + "口岸")
        if crossing and crossing.kind == "land":
            road = PORTS[name.removesuffix("铁路口岸") + "公路口岸"]
            assert (road.kind, road.place) == ("land", crossing.place)


def test_a_name_by_road_water_or_air_is_of_that_kind() -> None:
    kinds = {
        "公路口岸": {"land"},
        "水运口岸": {"sea", "river"},
        "航空口岸": {"air"},
        "铁路口岸": {"rail"},
        "机场": {"air"},
    }
    wrong = [
        (label, port.kind)
        for label, port in BY_LABEL.items()
        for ending, wanted in kinds.items()
        if label.endswith(ending) and port.kind not in wanted
    ]
    assert wrong == []


def test_every_port_has_its_traditional_form_and_no_two_one_code() -> None:
    assert [name for name, port in PORTS.items() if not port.traditional] == []
    codes = [port.locode for port in PORTS.values() if port.locode]
    assert len(codes) == len(set(codes))
    assert all(len(code) == 5 and code[:2].isupper() for code in codes)
