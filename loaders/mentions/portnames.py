"""Judges whether words are the proper name of a port, and where a place stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from guanlian.loaders.mentions.lexicon import lookup, words
from guanlian.ontology import authorities

# What a port's name ends with, and the kind it shows ("" where the words around must tell).
ENDS = {
    "口岸": "land", "水运口岸": "sea", "公路口岸": "land", "铁路口岸": "rail", "航空口岸": "air", "空港口岸": "air",
    "机场航空口岸": "air", "边境口岸": "land", "陆路口岸": "land", "无水港": "land", "国际货场": "land", "铁路货场": "rail",
    "铁路物流港": "rail", "国际铁路物流港": "rail", "作业区": "",
    "港": "", "港区": "", "港口": "", "码头": "", "港口码头": "", "港码头": "", "客运港": "", "国际陆港": "rail",
    "陆港": "rail", "铁路港": "rail", "国际铁路港": "rail", "邮轮港": "sea", "国际邮轮港": "sea", "邮轮母港": "sea",
    "国际邮轮母港": "sea", "铁路中心站": "rail", "集装箱中心站": "rail", "铁路集装箱中心站": "rail",
    "航空邮件处理中心": "post", "航空邮件交换站": "post", "航空邮件中心": "post",
    "机场": "air", "国际机场": "air", "机场口岸": "air", "站": "rail", "火车站": "rail", "中心站": "rail", "铁路站": "rail",
    "综合保税区": "zone", "综保区": "zone", "保税港区": "zone", "保税区": "zone", "保税物流园区": "zone", "保税物流中心": "zone",
    "自贸区": "zone", "自贸试验区": "zone", "自由贸易试验区": "zone", "自贸港": "zone", "自由贸易港": "zone", "出口加工区": "zone",
    "跨境工业区": "zone", "空港经济区": "zone", "国际邮件互换局": "post", "邮件互换局": "post", "邮件处理中心": "post",
    "国际邮件交换站": "post", "国际邮件处理中心": "post", "国际快件监管中心": "post", "国际邮件快件监管中心": "post",
    "公路港": "land", "铁路物流中心": "rail", "铁路物流基地": "rail", "多式联运中心": "zone", "锚地": "sea",
    "互市贸易区": "land", "边民互市贸易区": "land", "互市贸易点": "land", "边民互市贸易点": "land", "互市点": "land", "互市区": "land",
}  # fmt: skip
NO_ENDS = ("内陆港", "旱港", "门户港", "枢纽港", "喂给港", "母港", "避风港", "亿吨港")
"""Kinds of port, named after no place."""
AIR_PORTS = ("航空口岸", "空港口岸", "机场口岸", "机场航空口岸")
"""Endings that make a port of entry of an airport; the airport goes by its own name."""
BORDER_PORTS = ("边境口岸", "陆路口岸")
"""Endings that say what kind of crossing it is; the crossing goes by its name and 口岸."""
_COAST = ("辽宁", "河北", "天津", "山东", "江苏", "上海", "浙江", "福建", "广东", "广西", "海南", "香港", "澳门", "台湾")  # fmt: skip
ANCHOR = re.compile("|".join(sorted(map(re.escape, (*ENDS, *NO_ENDS)), key=lambda end: (-len(end), end))))
NAME = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffffA-Za-z0-9]+")
RUN = re.compile(NAME.pattern + "$")


@lru_cache(maxsize=1)
def places() -> dict[str, str]:
    """Level of every place by each of its names; what a customs house is named after counts as a district."""
    named = {
        label.removesuffix("海关") for unit in authorities.agencies() for label in unit.labels if label.endswith("海关")
    }
    places = {name: "district" for name in named if 2 <= len(name) <= 5 and not ANCHOR.search(name)}
    return places | {label: place.level for place in authorities.places() for label in place.labels if len(label) > 1}


def inland(name: str) -> bool:
    """Whether a name begins with a place of a province that has no coast."""
    return place_at(name, 0) in _inland_places()


@lru_cache(maxsize=1)
def _inland_places() -> frozenset[str]:
    by_name = {place.name: place for place in authorities.places()}
    labels: list[str] = []
    for place in by_name.values():
        above = place
        while above.level not in ("province", "country"):
            above = by_name[above.parent]
        if above.level == "province" and not above.name.startswith(_COAST):
            labels += place.labels
    return frozenset(labels)


VERBS = ("particles", "port_verbs")
"""Lists of words that are no part of a port's name."""


@lru_cache(maxsize=2)
def choice(*lists: str) -> re.Pattern[str]:
    """One of the words of some lists, the longest first."""
    listed = [word for name in lists for word in words()[name]]
    return re.compile("|".join(sorted(listed, key=lambda word: (-len(word.split("(")[0]), word))))


@lru_cache(maxsize=1)
def generic() -> re.Pattern[str]:
    parts = sorted(words()["generic_parts"], key=lambda word: (-len(word), word))
    return re.compile("(?:" + "|".join(map(re.escape, parts)) + r"|\d)+")


def place_at(name: str, at: int) -> str:
    """The longest place that a name holds at a position."""
    for size in _sizes().get(name[at : at + 1], ()):
        if (words_ := name[at : at + size]) in places():
            return words_
    return ""


def places_in(name: str) -> Iterator[tuple[int, str]]:
    """Every position of a name at which a place stands, with the longest place there."""
    openings = _openings()
    for at in range(len(name) - 1):
        if name[at : at + 2] in openings and (place := place_at(name, at)):
            yield at, place


@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    """The first two characters of every place."""
    return frozenset(name[:2] for name in places())


@lru_cache(maxsize=1)
def _sizes() -> dict[str, tuple[int, ...]]:
    """Lengths of the places that begin with a character, the longest first; a name cut short is no match."""
    sizes: dict[str, set[int]] = {}
    for name in places():
        sizes.setdefault(name[0], set()).add(len(name))
    return {first: tuple(sorted(many, reverse=True)) for first, many in sizes.items()}


def placed(name: str) -> bool:
    """Whether a name is that of a place, or of one place in another, and says no more."""
    while step := place_at(name, 0):
        name = name[len(step) :]
    return not name


def last_level(name: str) -> str:
    """Level of the last place in a name made of places."""
    level = ""
    while step := place_at(name, 0):
        name, level = name[len(step) :], places()[step]
    return level


def proper(name: str, ending: str) -> bool:
    if not 2 <= len(name) <= 6 or name.isascii() or name[0] in "第市省县" or name[-1] in "区园心":
        return False
    if choice(*VERBS).search(name):
        return False
    kind = generic().match(name)  # 西部, 陆地; but 大铲湾
    return not vague(name) and not common_inside(name) and not (ending.startswith("港") and kind and (kind.end() > 1 or name[0] not in "大小新渔"))


def common_inside(name: str) -> bool:
    """Whether a name holds a common word of two characters that is no word of its kind."""
    parts, kinds = words()["generic_parts"], words()["type_parts"]
    pairs = {name[at : at + 2] for at in range(len(name) - 1)}
    return any(pair in parts and pair not in kinds for pair in pairs)


def vague(name: str) -> bool:
    """Whether a name is made of common words, or ends in one that is no kind of port."""
    if generic().fullmatch(name):
        return True
    return len(name) > 2 and name[-2:] not in words()["type_parts"] and bool(generic().fullmatch(name[-2:]))


def names_part(middle: str) -> bool:
    """Whether words between a port and an ending name a part of it, and not what is done there."""
    if not 2 <= len(middle) <= 10 or not NAME.fullmatch(middle) or (generic().fullmatch(middle) and middle not in places()):
        return False
    return not (choice(*VERBS).search(middle) or choice("locatives").search(middle))


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """Kind of every port on file, by its name."""
    return {port.name: port.kind for port in authorities.ports()}


def authority(name: str, endings: tuple[str, ...] = ("",)) -> str:
    """The name on file of a printed name, tried with endings and without the places before it."""
    tails = [name]
    while place := place_at(tails[-1], 0):
        tails.append(tails[-1][len(place) :])
    for tail in tails:
        for ending in endings:
            if len(tail) > 1 and (found := lookup(tail + ending, "port")):
                return found
    return ""


def endings_of(ending: str) -> tuple[str, ...]:
    """What a member of a list may be called on file, given the ending that the last one prints."""
    if ending in BORDER_PORTS:
        return (ending, "口岸")
    return (ending,) if ENDS[ending] else (ending, "港", "码头", "口岸")


def has_ending(name: str) -> bool:
    """Whether a name that is no place's brings an ending of its own."""
    return name not in places() and any(name.endswith(ending) for ending in ENDS)
