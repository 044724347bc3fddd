"""The government whose paper it is, those above it, and the places whose names open a unit's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from guanlian.ontology import authorities

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


CORPS = "新疆生产建设兵团"
"""Which governs divisions, and cities that are one with a division."""
_ZONE = re.compile(r"(?:新区|实验区|开发区|合作区|示范区|高新区|经开区|港区|试验区|管理区|保税区|综保区|园区|度假区)$")


def _zone_kinds(zone: str) -> tuple[str, ...]:
    """What the papers of a zone call it for short.

    >>> _zone_kinds("天津经济技术开发区"), _zone_kinds("西安高新技术产业开发区"), _zone_kinds("两江新区")
    (('开发区', '经开区'), ('开发区', '高新区'), ('新区',))
    """
    kind = _ZONE.search(zone)
    more = "经开区" if re.search("经济(?:技术)?开发区$", zone) else "高新区" if zone.endswith("高新技术产业开发区") else ""
    return tuple(filter(None, (kind[0] if kind else "", more)))


@lru_cache(maxsize=256)
def _levels(named: str, above: tuple[str, ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    full = [named, *above] if named else []
    for i, name in enumerate(full):
        if _ZONE.search(name):
            named_after = i + 1 < len(full) and not name.startswith(full[i + 1][:2])
            own = full[i + 1] + name if named_after else name
            found |= {short: own for short in ("区", *_zone_kinds(name)) if short not in found}
            continue
        for kind in ("自治区", "省", "市", "自治州", "州", "地区", "盟", "区", "县", "旗", "特别行政区"):
            if name.endswith(kind):
                own = "".join(reversed(full[i : i + 2])) if kind == "区" and i + 1 < len(full) else name  # a county is named by itself
                found.setdefault(kind, own)
                break
    if "师" in named and "市" in found:
        found.setdefault("师市", found["市"])
    if "自治区" in found:
        found.setdefault("区", found["自治区"])
    if "自治州" in found:
        found.setdefault("州", found["自治州"])
    return found


@dataclass(frozen=True)
class Seat:
    """The government whose paper it is, and those above it: 南山区 in 深圳市 in 广东省."""

    name: str = ""
    above: tuple[str, ...] = ()
    presumed: bool = False
    """Whether only the places the text speaks of show it: names completed by it are provisional."""

    @property
    def levels(self) -> Mapping[str, str]:
        """Prefix as printed (省, 市, 自治区, 区 …) → full name of the seat it stands for."""
        return _levels(self.name, self.above)

    @property
    def homes(self) -> tuple[str, ...]:
        """The seat and what it lies in, nearest first."""
        return (self.name, *self.above)

    @property
    def zone(self) -> bool:
        """Whether it is a development zone, whose committee has bureaus of its own."""
        return bool(_ZONE.search(self.name)) and not is_division(self.name)

    @property
    def county(self) -> bool:
        """Whether towns lie right below it: a county, a district, a city that lies in a city.

        >>> [seat_of(name).county for name in ("桐庐县", "昆山市", "渝中区", "南京市", "广西壮族自治区")]
        [True, True, True, False, False]
        """
        return len(self.above) > 1 or bool(re.search(r"(?:县|旗|(?<!自治)(?<!行政)区)$", self.name))

    @property
    def full(self) -> str:
        """Full name for composing a unit's name."""
        return next(iter(self.levels.values()), self.name)


@lru_cache(maxsize=1)
def places() -> Mapping[str, authorities.Place]:
    """Every form of at least two characters → its place, the highest level first."""
    found: dict[str, authorities.Place] = {}
    rank = {"country": 0, "province": 1, "city": 2, "district": 3}
    for place in sorted(authorities.places(), key=lambda p: rank.get(p.level, 9)):
        for label in (place.name, *place.labels):
            if len(label) >= 2:
                found.setdefault(label, place)
    return found


_PEOPLE = "(?:柯尔克孜|维吾尔|哈萨克|达斡尔|塔吉克|鄂温克|鄂伦春|蒙古|朝鲜|土家|哈尼|傈僳|仡佬|拉祜|东乡|纳西|景颇|仫佬|布朗|撒拉|毛南|布依|锡伯|阿昌|普米|保安|裕固|独龙|[汉满回藏苗彝壮侗瑶白傣黎畲羌土水佤怒京各])族?"
_AUTONOMOUS = re.compile(rf"(.{{2,5}}?)(?:{_PEOPLE})+自治([县旗])")
"""An autonomous county: its own name, the peoples it is named after, 自治县 or 自治旗."""


def _short_of_autonomous(county: str) -> str:
    """What papers call an autonomous county for short; ``""`` for any other name.

    >>> _short_of_autonomous("漾濞彝族自治县"), _short_of_autonomous("昌乐县")
    ('漾濞县', '')
    """
    match = _AUTONOMOUS.fullmatch(county)
    return match[1] + match[2] if match else ""


@lru_cache(maxsize=1)
def _openings() -> tuple[Mapping[str, authorities.Place], Mapping[str, tuple[int, ...]]]:
    """Names that open the name of a unit, and for their first two characters how long they are, the longest first.

    To the places come the other counties and districts of the country by their full names, if no other
    division has the name and it is no common word (城区, 矿区); 漾濞县 is 漾濞彝族自治县.
    """
    shared = Counter(place.name for place in authorities.divisions())
    named = {p.name: p for p in authorities.divisions() if shared[p.name] == 1 and len(p.name) + (p.name[-1] != "区") > 2}
    named = {short: p for p in named.values() if (short := _short_of_autonomous(p.name)) and short not in shared} | named | dict(places())
    sizes: dict[str, set[int]] = {}
    for name in named:
        sizes.setdefault(name[:2], set()).add(len(name))
    return named, {head: tuple(sorted(found, reverse=True)) for head, found in sizes.items()}


def place_at(text: str) -> tuple[authorities.Place, int] | None:
    """The place whose name opens ``text``, and how many characters it takes.

    >>> place_at("深圳市商务局")[0].name, place_at("深圳海关")[1], place_at("昌乐县教育局")[0].parent
    ('深圳市', 2, '潍坊市')
    """
    named, sizes = _openings()
    for size in sizes.get(text[:2], ()):
        if len(name := text[:size]) == size and name in named:
            return named[name], size
    return None


def places_called(short: str, kinds: str) -> Iterator[authorities.Place]:
    """The places that are called by a short name, by the kinds of places asked for.

    >>> [place.name for place in places_called("昆山", "区县市")], list(places_called("教育", "区县市"))
    (['昆山市'], [])
    """
    for kind in kinds:
        found = place_at(short + kind)
        if found and found[1] == len(short) + 1:
            yield found[0]


@lru_cache(maxsize=1)
def _within() -> Mapping[tuple[str, str], authorities.Place]:
    return {(p.name, p.parent): p for p in authorities.divisions()}


def lies_in(district: str, city: str) -> bool:
    """Whether a city has a district or county of that full name; other cities may have one, too.

    >>> lies_in("鼓楼区", "南京市"), lies_in("鼓楼区", "苏州市")
    (True, False)
    """
    return (district, city) in _within()


def _opening(text: str) -> Iterator[tuple[int, list[authorities.Place]]]:
    """The districts of all cities whose names open ``text``, namesakes together, with how long the name is."""
    for size in range(2, 8):
        if text[size - 1 : size] in _DIVISION_ENDS and (same := _namesakes().get(text[:size])):
            yield size, same


def district_at(text: str, homes: Collection[str]) -> int:
    """How long the name of a district of one of the ``homes`` is that opens ``text``; 0 for none.

    >>> district_at("向阳区政府", ("佳木斯市",)), district_at("和县政府", ("和县", "马鞍山市")), district_at("和县政府", ("滁州市",))
    (3, 2, 0)
    """
    return next((size for size, same in _opening(text) if any(place.parent in homes for place in same)), 0)


def place_near(text: str, homes: Collection[str]) -> tuple[authorities.Place, int] | None:
    """The place whose name opens ``text``; of namesakes the district of one of the ``homes``, or the one that lies in their province.

    A city's paper that says only 西城区 does not mean another city's: no place, if the city has no such district on file.

    >>> [place_near("通州区教育局", (city,))[0].parent for city in ("南通市", "江苏省", "北京市", "")]
    ['南通市', '南通市', '北京市', '北京市']
    >>> place_near("西城区管委会", ("漯河市", "河南省"))
    """
    known = place_at(text)
    if known and known[0].parent in homes:
        return known
    for size, same in _opening(text):
        own = [place for place in same if place.parent in homes] or [place for place in same if _province(place) in homes]
        if len(own) == 1:
            return own[0], size
    if known and known[0].name == text[: known[1]] and known[0].level == "district" and _ELSEWHERE.search(known[0].name) and _local(homes):
        return None
    return known


_ELSEWHERE = re.compile("(?<!新)区$")


def _local(homes: Collection[str]) -> bool:
    """Whether a paper is a city's or one below it, not a province's or the state's."""
    seat = next(iter(homes), "")
    place = places().get(seat)
    return bool(seat) and (place is None or place.level in ("city", "district") or place.level == "province" and seat.endswith("市"))


def _province(district: authorities.Place) -> str:
    city = places().get(district.parent)
    return city.parent if city else ""


@lru_cache(maxsize=1)
def _namesakes() -> Mapping[str, list[authorities.Place]]:
    found: dict[str, list[authorities.Place]] = {}
    for place in _within().values():
        found.setdefault(place.name, []).append(place)
    return found


_DIVISION_ENDS = frozenset("区县市旗")


def is_division(words: str) -> bool:
    """Whether words are a district or county, by itself or behind its city.

    >>> is_division("黄石市黄石港区"), is_division("沈北新区"), is_division("昆山高新区")
    (True, True, False)
    """
    for size in range(2, 8):
        name, city = words[-size:], words[:-size]
        if name in _namesakes() and (not city or (name, city) in _within()):
            return True
    return False


def is_place(words: str) -> bool:
    """Whether words are the name of a place and no more."""
    return words in _openings()[0]


def mentioned(text: str) -> Iterator[authorities.Place]:
    """Places that a text names, one for each mention, leftmost and longest."""
    automaton, labels = _automaton()
    return (_openings()[0][labels[which]] for which, _, _ in automaton.find_matches_as_indexes(text))


@lru_cache(maxsize=1)
def _automaton() -> tuple[AhoCorasick, list[str]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    labels = sorted(_openings()[0])
    return AhoCorasick(labels, matchkind=MatchKind.LeftmostLongest), labels


def seat_of(place_name: str) -> Seat:
    """A seat from a full or short place name, with the governments above it.

    >>> seat_of("深圳市").levels["省"]
    '广东省'
    """
    place = _openings()[0].get(place_name)
    if place is None:
        inner = place_at(place_name)
        if inner and inner[1] < len(place_name) and place_name[-1] in "区县旗市":
            outer = seat_of(inner[0].name)
            return Seat(place_name[inner[1] :], (outer.name, *outer.above))
        return Seat(place_name)
    above: list[str] = []
    parent = place.parent
    while parent and parent in places() and places()[parent].level != "country":
        above.append(parent)
        parent = places()[parent].parent
    return Seat(place.name, tuple(above))
