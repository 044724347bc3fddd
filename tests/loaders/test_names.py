"""A name in a jurisdiction: completed by the paper's own seat, never merged across two."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guanlian.loaders.heads.issuers import seat_of_paper
from guanlian.loaders.names import Resolver
from guanlian.loaders.names.printed import trim
from guanlian.loaders.names.seats import seat_of
from guanlian.ontology import authorities

CASES: list[tuple[str, str, str | None]] = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("seat", "printed", "canonical"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES])
def test_name(seat: str, printed: str, canonical: str | None) -> None:
    found = Resolver(seat_of(seat)).resolve(printed)
    assert (found.canonical if found else None) == canonical
    if found:
        assert found.rule


@pytest.mark.parametrize(
    ("printed", "issued", "canonical"),
    [
        ("省编办", "2016-05-03", "湖北省机构编制委员会办公室"),
        ("省编办", "2021-05-03", "中共湖北省委机构编制委员会办公室"),
        ("省编办", "", "中共湖北省委机构编制委员会办公室"),
        ("省委网信办", "2017", "中共湖北省委网络安全和信息化领导小组办公室"),
        ("省委网信办", "2020", "中共湖北省委网络安全和信息化委员会办公室"),
    ],
)
def test_an_office_of_the_party_is_named_as_its_time_knew_it(printed: str, issued: str, canonical: str) -> None:
    found = Resolver(seat_of("湖北省"), issued=issued).resolve(printed)
    assert found and found.canonical == canonical


@pytest.mark.parametrize(("issued", "canonical"), [("2016-05-03", "上海铁路局"), ("2019-05-03", "中国铁路上海局集团有限公司"), ("", "上海铁路局")])
def test_a_railway_bureau_is_a_company_since_its_reform(issued: str, canonical: str) -> None:
    found = Resolver(seat_of("上海市"), issued=issued).resolve("上海铁路局")
    assert found and found.canonical == canonical


@pytest.mark.parametrize("printed", ["移动公司", "国网衡阳供电公司", "梅园新村街道"])
def test_a_registered_name_found_by_rule_is_provisional(printed: str) -> None:
    found = Resolver(seat_of("南京市玄武区" if "街道" in printed else "衡阳市")).resolve(printed)
    assert found and found.provisional


@pytest.mark.parametrize("short", ["市商务局", "商务局", "市发改委", "市口岸办", "市税务局", "市人社局"])
def test_two_cities_never_share_a_unit(short: str) -> None:
    names = {seat: Resolver(seat_of(seat)).resolve(short) for seat in ("南京市", "苏州市", "大连市")}
    assert len({n.canonical for n in names.values() if n}) == 3


def test_a_unit_that_no_authority_knows_is_provisional() -> None:
    found = Resolver(seat_of("唐山市")).resolve("唐山某某专用码头有限公司")
    assert found and found.provisional


def test_a_short_form_of_the_paper_itself_means_what_the_paper_says() -> None:
    found = Resolver(seat_of("佛山市"), "", {"三山办": "佛山海关驻三水办事处"}).resolve("三山办")
    assert found and found.canonical == "佛山海关驻三水办事处" and found.rule == "document-alias"


@pytest.mark.parametrize(
    ("issuer", "printed", "canonical"),
    [
        ("民政部", "养老服务司", "民政部养老服务司"),
        ("国家体育总局", "规划司", "国家体育总局规划司"),
        ("国家发展和改革委员会", "价格司", "国家发展和改革委员会价格司"),
        ("民政部", "上海市民政局", "上海市民政局"),
        ("国务院", "养老服务司", None),
    ],
)
def test_a_ministry_names_its_own_bureaus_without_itself(issuer: str, printed: str, canonical: str | None) -> None:
    found = Resolver(seat_of(""), issuer).resolve(printed)
    assert (found.canonical if found else None) == canonical


@pytest.mark.parametrize(
    ("printed", "provisional"), [("市教育局", True), ("教育局", True), ("省财政厅", True), ("长沙市财政局", False), ("财政部", False), ("各区", False)]
)
def test_what_a_presumed_seat_completes_is_provisional(printed: str, provisional: bool) -> None:
    found = Resolver(replace(seat_of("徐州市"), presumed=True)).resolve(printed)
    assert found and found.provisional is provisional
    assert (found.rule == "presumed-seat") is provisional


@given(st.text(max_size=40))
def test_any_words_can_be_asked_for(words: str) -> None:
    Resolver(seat_of("厦门市")).resolve(words)
    assert trim(trim(words)) == trim(words)


def test_every_district_of_the_country_has_a_government_and_departments_in_a_paper_of_its_city() -> None:
    seats = {place.parent: Resolver(seat_of(place.parent)) for place in authorities.divisions()}
    for place in authorities.divisions():
        for unit in ("政府", "财政局"):
            found = seats[place.parent].resolve(place.name + unit)
            assert found is not None and place.name in found.canonical, (place, unit)
            assert seats[place.parent].resolve(f"由{place.name}{unit}") == found


@pytest.mark.parametrize(
    ("head", "printed", "canonical"),
    [
        ("合肥经济技术开发区管理委员会办公室关于印发任务分工的通知", "商务局", "合肥经济技术开发区商务局"),
        ("合肥经济技术开发区管理委员会办公室关于印发任务分工的通知", "企业服务局", "合肥经济技术开发区企业服务局"),
        ("合肥经济技术开发区管理委员会办公室关于印发任务分工的通知", "经开区税务局", "国家税务总局合肥经济技术开发区税务局"),
        ("合肥经济技术开发区管理委员会办公室关于印发任务分工的通知", "市商务局", "合肥市商务局"),
        ("合肥市人民政府办公室关于印发任务分工的通知", "合肥经开区管委会", "合肥经济技术开发区管理委员会"),
        ("天津市滨海新区人民政府关于印发任务分工的通知", "区商务局", "天津市滨海新区商务局"),
        ("第七师胡杨河市2031年重点任务分解表", "师市商务局", "新疆生产建设兵团第七师胡杨河市商务局"),
        ("第七师胡杨河市2031年重点任务分解表", "经开区管委会", "胡杨河经济技术开发区管理委员会"),
        ("第七师胡杨河市2031年重点任务分解表", "各团场（镇）", "各团场（镇）"),
    ],
)
def test_whose_bureaus_a_zone_and_a_division_name(head: str, printed: str, canonical: str) -> None:
    found = Resolver(seat_of_paper(head, "", [head], "")).resolve(printed)
    assert found is not None and found.canonical == canonical
