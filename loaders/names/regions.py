"""Regions as owners: which words name one, its full name, and what governs it."""

from __future__ import annotations

import re

from guanlian.loaders.names.seats import is_division, lies_in, place_at, place_near
from guanlian.ontology.authorities import Place

ZONE = re.compile(r"(?:高新|经开|开发|新|园|合作|示范|实验|试验|保税|综保|港|片)区$")
_DISTRICT = re.compile(r"(?:浦东新|滨海新|(?<![新发贸技作验范港务税园]))区$")
"""A district, which is named behind its city in full; a zone is not."""
_FORM = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[市县旗区镇乡盟]|地区|街道)")
_KIND = re.compile(
    r"^(?:[各全本我外某有相其部试示重贫多该此跨属]|农产|产粮|主产)"
    r"|[社校]区$|^(?:中心城|主城|城|库|景|社|小|校|林|牧|矿|辖|老|山|灾|厂|服务|生活|功能|口岸|自治|经济特|特|大湾|湾|设区|县级|地级|直辖|都|超|上|试点|示范|大|强|街|农|郊|边境|沿海|内陆|民族|(?:产业|工业|物流|科技|农业|开发)?园|产业集聚)(?:市|县|区|镇|乡|旗)$"
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
    official = place.name.endswith("区") and lies_in(place.name, place.parent)
    inner = place.level == "district" and place.parent.endswith("市") and (official or _DISTRICT.search(place.name))
    return place.parent + place.name if inner else place.name


def full_name(words: str, seat: str) -> str:
    """Full name of a region: a district of the seat's city behind it.

    >>> full_name("金台区", "宝鸡市"), full_name("歙县", "黄山市"), full_name("黄山市徽州区", "安徽省"), full_name("通州区", "南通市")
    ('宝鸡市金台区', '歙县', '黄山市徽州区', '南通市通州区')
    """
    found = place_near(words, (seat,))
    if found is not None and found[1] == len(words):
        return in_full(found[0])
    outside = found is not None and found[0].level in ("province", "city") and found[1] < len(words) - 1
    inner = words.endswith("区") and seat.endswith("市") and not words.endswith("地区") and not outside
    town = words.endswith(("镇", "乡", "街道")) and not outside
    return seat + words if inner or town else words


def governing(region: str, seat: str = "") -> str:
    """What governs a region of that full name: a government, a prefecture's office (行政公署), a zone's committee.

    >>> governing("喀什地区"), governing("黄山市徽州区"), governing("昌乐经开区"), governing("昆山市玉山镇")
    ('喀什地区行政公署', '黄山市徽州区人民政府', '昌乐经济开发区管理委员会', '昆山市玉山镇人民政府')
    """
    if ZONE.search(region) and not is_division(region):
        return committee(region + "管委会", seat)
    return region + ("行政公署" if region.endswith(("地区", "盟")) else "办事处" if region.endswith("街道") else "人民政府")


_COMMITTEE = re.compile(
    r"(?:(?!国家级|省级|市级|开发区|功能)[\u4e00-\u9fff]{2,16}|(?=综合?保税?区|边境经济合作区))(?:[新园港片景岛]区|管理区|开发区|经开区|高新区|合作区|示范区|试验区|实验区|保税区|综保区|度假区|风景区|贸易区|商务区|先行区|产业园|岛)(?:管委会?|管理委员会|管理局|管理处|管理办公室)"
    r"|(?P<own>(?!示范|先导|功能|起步|先行|核心|[有相]关|各|合作|实验|试验|保税)[\u4e00-\u9fff]{2,3}(?<![社地])区)(?:管委会|管理委员会)"
)


_NAMELESS = re.compile("(?:经济|高新|工业|循环经济|产业)[\u4e00-\u9fff]{0,6}区")
"""A zone without a name of its own, which in a county's paper is the county's."""


def is_zone_body(words: str) -> bool:
    """Whether words name what governs one zone: 西永综保区管委会."""
    return bool(_COMMITTEE.fullmatch(words))


def committee(name: str, seat: str = "") -> str:
    """管委会 in full; a zone that does not say its city is named behind the city of the paper.

    >>> committee("西永综保区管委会", "重庆市"), committee("厦门火炬高新区管委会", "厦门市"), committee("金普新区管委会")
    ('重庆西永综合保税区管理委员会', '厦门火炬高新技术产业开发区管理委员会', '金普新区管理委员会')
    >>> committee("西城区管委会", "漯河市")  # an area run like a district
    '漯河市西城区管理委员会'
    >>> committee("经济开发区管委会", "灵璧县"), committee("经济开发区管委会", "歙县")
    ('灵璧经济开发区管理委员会', '歙县经济开发区管理委员会')
    >>> committee("营口市综保区管理办公室")
    '营口综合保税区管理办公室'
    """
    if name.endswith("自贸片区管委会"):
        return name
    zone = _COMMITTEE.fullmatch(name) if seat.endswith("市") or (seat.endswith("县") and _NAMELESS.match(name)) else None
    city = "" if zone is None else seat if zone["own"] or len(seat) < 3 else seat[:-1]
    own = re.match(r"[\u4e00-\u9fff]*(?=经开区)", name)
    place = place_at(own[0]) if own else None
    lesser = own and own[0] and not (place and place[0].level in ("city", "province") and place[1] == len(own[0]))
    for short, full in (("经开区", "经济开发区" if lesser else "经济技术开发区"), ("高新区", "高新技术产业开发区"), ("综保区", "综合保税区")):
        name = re.sub(rf"{short}(?=管委会?$|管理委员会$|管理局$|管理处$|管理办公室$)", full, name)
    name = re.sub("市(?=综合保税区管)", "", name)
    known = place_near(name, (seat,))
    if city and (known is None or ZONE.search(known[0].name)) and not name.startswith(("中国", "国家", "各")) and city not in name:
        name = city + name
    return re.sub(r"管委会?$", "管理委员会", name)


_FREE_TRADE = re.compile(
    r"(?:中国)?[（(]?(?P<place>[\u4e00-\u9fff]{2,3}?)?[省市]?[)）]?(?:自由贸易试验|自贸试验|自由贸易|自贸)(?P<zone>区(?!$))?(?P<area>[\u4e00-\u9fff]{0,8}?)(?P<part>片区)?"
    r"(?:管委会?|管理委员会)"
)


_AREA = re.compile(r"([\u4e00-\u9fff]{2,3})片区(?:管委会?|管理委员会)")
_WITH_ZONES = frozenset(("广东", "福建", "辽宁", "浙江", "河南", "湖北", "四川", "陕西", "山东", "江苏", "河北", "云南", "广西", "黑龙江", "湖南", "安徽", "新疆"))
"""Provinces whose free trade zones have areas named after cities (plans of the State Council, 2013–2023)."""


def free_trade_zone(name: str, above: tuple[str, ...]) -> str:
    """Full name of a free trade zone's committee or of one of its areas, ``""`` for another name.

    ``above`` is the seat of the paper and what it lies in, which name the zone where the words do not.

    >>> free_trade_zone("山东自贸试验区青岛片区管委会", ()), free_trade_zone("厦门自贸片区管委会", ("厦门市", "福建省"))
    ('中国（山东）自由贸易试验区青岛片区管理委员会', '中国（福建）自由贸易试验区厦门片区管理委员会')
    >>> free_trade_zone("苏州片区管委会", ()), free_trade_zone("贵阳片区管委会", ())
    ('中国（江苏）自由贸易试验区苏州片区管理委员会', '')
    >>> free_trade_zone("自贸试验区川南临港片区管委会", ("泸州市", "四川省")), free_trade_zone("高新区管委会", ("泸州市",))
    ('中国（四川）自由贸易试验区川南临港片区管理委员会', '')
    """
    if (area_of := _AREA.fullmatch(name)) and (there := place_at(area_of[1])) and there[0].level == "city" and there[1] == len(area_of[1]):
        home = plain(there[0].parent)
        return f"中国（{home}）自由贸易试验区{area_of[1]}片区管理委员会" if home in _WITH_ZONES else ""
    match = _FREE_TRADE.fullmatch(name) if "贸" in name else None
    if match is None:
        return ""
    place = place_at(match["place"]) if match["place"] else None
    if match["place"] and place is None:
        return ""
    area = match["area"]
    own = place[0] if place and place[0].level != "province" else None  # 厦门自贸片区: the zone is its province's
    there = place_at(area) if area else None
    home = there[0].parent if there and there[0].level == "city" and there[1] == len(area) else next((a for a in above if is_province(a)), "")
    province = own.parent if own else place[0].name if place else home
    if not province or not (match["part"] or (match["zone"] and not area and place)):
        return ""
    if match["part"] and not area:
        area = plain(own.name if own else above[0] if not is_province(above[0]) else "")
        if not area:
            return ""
    zone = f"中国（{plain(province)}）自由贸易试验区"
    return f"{zone}{area}片区管理委员会" if match["part"] else f"{zone}管理委员会"


def is_province(name: str) -> bool:
    """Whether a full name is a province's."""
    found = place_at(name)
    return found is not None and found[0].name == name and found[0].level == "province"


def plain(place: str) -> str:
    """A place as zones and companies are named after it: 福建, 广西, 厦门."""
    return re.sub(r"(?:壮族|回族|维吾尔)?自治区$|[省市]$", "", place)
