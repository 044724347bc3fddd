"""Regions as owners: which words name one, its full name, and what governs it."""

from __future__ import annotations

import re

from guanlian.loaders.seats import place_at
from guanlian.ontology.authorities import Place

ZONE = re.compile(r"(?:高新|经开|开发|新|园|合作|示范|实验|试验|保税|综保|港|片)区$")
_DISTRICT = re.compile(r"(?<![新发贸技作验范港务税园])区$")
"""A district, which is named behind its city in full; a zone is not."""
_FORM = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[市县旗区镇乡盟]|地区|街道)")
_KIND = re.compile(
    r"^(?:[各全本我外某有相其部试示重贫多该此跨属]|农产|产粮|主产)"
    r"|^(?:中心城|主城|城|库|景|社|小|校|林|牧|矿|辖|老|山|灾|厂|服务|生活|功能|口岸|自治|经济特|特|大湾|湾|设区|县级|地级|直辖|都|超|上|试点|示范|大|强|街|农|郊|边境|沿海|内陆|民族)(?:市|县|区|镇|乡|旗)$"
)
"""Words that name a kind of regions: 试点县, 中心城区, 各市."""


def is_region(words: str) -> bool:
    """Whether words name a region: a place on file, or by form and no kind of regions.

    >>> [is_region(words) for words in ("金台区", "歙县", "试点县", "中心城区", "教育局")]
    [True, True, False, False, False]
    """
    found = place_at(words)
    if found is not None and found[1] == len(words) and found[0].level in ("city", "district"):
        return True
    return bool(_FORM.fullmatch(words)) and not _KIND.search(words)


def in_full(place: Place) -> str:
    """A place as units are named after it: a district behind its city (广州市越秀区), others by themselves."""
    inner = place.level == "district" and place.parent.endswith("市") and _DISTRICT.search(place.name)
    return place.parent + place.name if inner else place.name


def full_name(words: str, seat: str) -> str:
    """Full name of a region: a district of the seat's city behind it.

    >>> full_name("金台区", "宝鸡市"), full_name("歙县", "黄山市"), full_name("黄山市徽州区", "安徽省")
    ('宝鸡市金台区', '歙县', '黄山市徽州区')
    """
    found = place_at(words)
    if found is not None and found[1] == len(words):
        return in_full(found[0])
    outside = found is not None and found[0].level in ("province", "city") and found[1] < len(words) - 1
    inner = words.endswith("区") and seat.endswith("市") and not words.endswith("地区") and not outside
    town = words.endswith(("镇", "乡", "街道")) and not outside
    return seat + words if inner or town else words


def governing(region: str) -> str:
    """What governs a region of that full name: a government, a prefecture's office (行政公署), a zone's committee.

    >>> governing("喀什地区"), governing("黄山市徽州区"), governing("万盛经开区"), governing("昆山市玉山镇")
    ('喀什地区行政公署', '黄山市徽州区人民政府', '万盛经济技术开发区管理委员会', '昆山市玉山镇人民政府')
    """
    if ZONE.search(region) and not re.search(r"(?:浦东|滨海)新区$", region):
        return committee(region + "管委会")
    return region + ("行政公署" if region.endswith(("地区", "盟")) else "办事处" if region.endswith("街道") else "人民政府")


def committee(name: str) -> str:
    """管委会 in full."""
    if name.endswith("自贸片区管委会"):
        return name
    for short, full in (("经开区", "经济技术开发区"), ("高新区", "高新技术产业开发区"), ("综保区", "综合保税区")):
        name = re.sub(rf"{short}(?=管委会?$|管理委员会$|管理局$)", full, name)
    return re.sub(r"管委会?$", "管理委员会", name)
