"""Branches of a city's bureau in its districts: 区公安分局 of 官渡区 is 昆明市公安局官渡分局."""

from __future__ import annotations

import re
from typing import NamedTuple

from guanlian.loaders.names.seats import Seat, lies_in, place_at

_FIELD = (
    "(?P<field>公安|生态环境|环境保护|环保|自然资源和规划|规划和自然资源|自然资源与规划|规划与自然资源|自然资源|规划资源|自规|资规|规自|规资|国土资源|国土|城乡规划|规划)"
)
"""What a city's bureau keeps in its own hand, with a branch in each district, when it has branches at all."""
_BEHIND = re.compile(rf"(?:(?P<own>[区县市旗州]|本[区县])|(?P<where>(?!公安|生态|环境|环保|自然|规划|国土)[\u4e00-\u9fff]{{2,6}}?))?{_FIELD}局?分局")
_AHEAD = re.compile(rf"(?P<city>[市州盟]|[\u4e00-\u9fff]{{2,8}}?[市州盟])?{_FIELD}局?(?P<where>(?!分局|[和与])[\u4e00-\u9fff]{{2,7}})分局")


class Branch(NamedTuple):
    """A branch: the city, the bureau's short name there, and the words for the district as branches bear them."""

    city: str
    bureau: str
    district: str


def branch(name: str, seat: Seat) -> Branch | None:
    """What a name with 分局 is a branch of, in the papers of ``seat``; None where the seat does not tell the city or the district.

    >>> kunming = Seat("官渡区", ("昆明市", "云南省"))
    >>> branch("区公安分局", kunming), branch("市自规局官渡分局", kunming)
    (Branch(city='昆明市', bureau='公安局', district='官渡'), Branch(city='昆明市', bureau='自规局', district='官渡'))
    """
    if not name.endswith("分局") or not (match := _BEHIND.fullmatch(name) or _AHEAD.fullmatch(name)):
        return None
    inside, city = _city(seat)
    if not city:
        return None
    groups = match.groupdict()
    if groups.get("city") and len(groups["city"]) > 1 and groups["city"] != city:
        return None  # another city's, whose bureau bears a name of its own
    where = groups["where"]
    if not where:
        if not inside or groups.get("own") not in (None, seat.name[-1], f"本{seat.name[-1]}"):
            return None
        where = seat.name
    elif (place := place_at(where)) and place[1] == len(where) and place[0].level != "district":
        return None  # 昆明公安分局 of the railway police
    return Branch(city, groups["field"] + "局", _short(where))


def _city(seat: Seat) -> tuple[bool, str]:
    """Whether the seat lies in a city, and that city; ``""`` for a province's seat."""
    inside = seat.name.endswith(("区", "县", "旗")) or (bool(seat.above) and not seat.above[0].endswith(("省", "自治区")))
    city = (seat.above[0] if seat.above else "") if inside else seat.name
    return inside, city if city.endswith(("市", "州", "盟")) else ""


def ecology_bureau(name: str, seat: Seat) -> str:
    """Full name of the city's ecology bureau for a district, which is named after the district alone; ``""`` for another name.

    Since the reform of 2019 these are the city's: 福州市福清生态环境局.

    >>> ecology_bureau("福清生态环境局", Seat("福清市", ("福州市", "福建省"))), ecology_bureau("福州生态环境局", Seat("福州市", ("福建省",)))
    ('福州市福清生态环境局', '')
    """
    match = re.fullmatch(r"([\u4e00-\u9fff]{2,4})(?<![区县市旗])生态环境局", name)
    city = _city(seat)[1] if match else ""
    return city + name if match and any(lies_in(match[1] + kind, city) for kind in "区县市旗") else ""


def _short(district: str) -> str:
    """官渡 of 官渡区; a zone, or what would be one character (沛县), stays whole."""
    plain = re.sub(r"(?<=浦东|滨海)新区$|(?<![新发贸技作验范港务税园开])[区县旗市]$", "", district)
    return plain if len(plain) > 1 else district
