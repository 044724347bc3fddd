"""The members of lists of ports, which share one ending or a word that sums them up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from guanlian.loaders.mentions.lexicon import CLOSING, OPENING, lookup
from guanlian.loaders.mentions.page import Page
from guanlian.loaders.mentions.portforms import AREA_WORDS, LONGEST, Found, kind_here, made, run_start, unit_after
from guanlian.loaders.mentions.portnames import (
    BORDER_PORTS,
    ENDS,
    VERBS,
    authority,
    choice,
    endings_of,
    generic,
    has_ending,
    last_level,
    place_at,
    placed,
    places,
    places_in,
    proper,
)

_CROSSING = re.compile("(公路|铁路|航空|水运|陆路)(?:口岸)?")
_CROSSINGS = re.compile(rf"{_CROSSING.pattern}(?:[、和与及](?:公路|铁路|航空|水运)(?:口岸)?)+(?<=口岸)")
_AREA = re.compile(rf"{AREA_WORDS}港区")
_AREAS = re.compile(rf"港[\u4e00-\u9fff]{{1,6}}?港区(?P<more>(?:[、和及与]{_AREA.pattern})+)")
_JOIN = "、/／"
_ETC = re.compile(r"等(?:(?![设建开布打增辟])[\u4e00-\u9fff]){0,8}$")
_UNIT = re.compile(r"(?:集团|公司|[局委厅办院署]|政府|海关|总站|支队|机关|单位|协会|企业)$")
_CLAUSE_BREAKS = "。；！？;!?\n，,：:"


def crossings(page: Page) -> Iterator[Found]:
    """The crossings of one place by their kinds: 二连浩特公路、铁路口岸; 满洲里公路口岸、铁路口岸."""
    folded = page.folded
    for kinds in _CROSSINGS.finditer(folded):
        begin = run_start(folded, max(0, kinds.start() - LONGEST), kinds.start())
        window = folded[begin : kinds.start()]
        place = next((at for at, name in places_in(window) if at + len(name) == len(window)), None)
        if place is None or page.passage(kinds.start()) is None:
            continue
        for kind in _CROSSING.finditer(folded, kinds.start(), kinds.end()):
            ending = kind[1] + "口岸"
            first = kind.start() == kinds.start()
            start = begin + place if first else kind.start()
            found = made(page, start, kind.end(), window[place:] + ending, ending)
            yield found if first else replace(found, listed=True)


def areas(page: Page) -> Iterator[Found]:
    """The further areas of a port in a list: 黄骅港综合港区、散货港区."""
    for listed in _AREAS.finditer(page.folded):
        whole = page.of("port").at(listed.start())
        if whole is None or whole.end != listed.start() + 1:
            continue
        for area in _AREA.finditer(page.folded, *listed.span("more")):
            name = page.folded[whole.start : whole.end] + area[0]
            yield replace(made(page, area.start(), area.end(), name, "港区"), listed=True)


def sharing(page: Page, anchor: re.Match[str], start: int, floor: int) -> Iterator[Found]:
    """The earlier members of 皇岗、沙头角口岸: each shares the ending that only the last one prints."""
    folded, ending = page.folded, anchor.group()
    while start - 2 > floor and (folded[start - 1] in _JOIN or folded[start - 1] in "和与及"):
        end = start - 1
        begin = run_start(folded, max(floor, end - LONGEST), end)
        first = _shared_name(folded[begin:end], ending)
        if first is None or has_ending(folded[begin:end]) or _UNIT.search(folded[begin:end]):
            return
        name = folded[begin + first : end]
        known = authority(name, endings_of(ending))
        start = begin + first
        yield Found(
            known or name + ("口岸" if ending in BORDER_PORTS else ending),
            kind_here(page, start, known, name, ending),
            start,
            anchor.end(),
            listed=True,
        )
        if first:
            return


def _shared_name(window: str, ending: str) -> int | None:
    """Where in the window a list member begins that is a port once the shared ending is added."""
    for at in range(max(0, len(window) - 8), len(window) - 1):
        if lookup(window[at:] + ending, "port"):
            return at
    tail = max(0, len(window) - 8)
    for at, place in places_in(window[tail:]):
        if tail + at + len(place) == len(window):
            wanted = ("district",) if ending in (*BORDER_PORTS, "口岸") else ("city", "district", "province")
            return tail + at if places()[place] in wanted else None
    return 0 if ENDS[ending] != "zone" and place_at(window, 0) and proper(window, ending) else None


def etc_list(page: Page, anchor: re.Match[str], floor: int) -> Iterator[Found]:
    """The members of 甲、乙、丙等沿江港口码头."""
    folded, ending = page.folded, anchor.group()
    first = max(floor, anchor.start() - 10)
    etc = _ETC.search(folded, first, anchor.start()) if "等" in folded[first : anchor.start()] else None
    if etc is None:
        return
    begin = page.around(etc.start(), _CLAUSE_BREAKS, 160)[0]
    members = list(_members(folded, begin, etc.start()))
    if len(members) < 2 or sum(_member_known(name, ending) for _, _, name in members) * 2 < len(members):
        return
    endings = ("", ending, "港", "码头") if not ENDS[ending] else ("", ending)
    for start, end, name in members:
        if generic().fullmatch(name) or len(name) > 12 or unit_after().search(name):
            continue
        known = authority(name, endings)
        if not known and ending == "口岸" and placed(name) and last_level(name) != "district":
            continue
        full = name if has_ending(name) else name + {"港口码头": "港", "港口": "港"}.get(ending, ending)
        yield Found(known or full, kind_here(page, start, known, full, ending), start, end)


def _members(folded: str, begin: int, end: int) -> Iterator[tuple[int, int, str]]:
    for i, part in enumerate(re.finditer(r"[^、和与及/／“”‘’\s]+", folded[begin:end])):
        start, name = begin + part.start(), part.group()
        if i == 0 or folded[start - 1] in OPENING + CLOSING:
            verb = max((m.end() for m in choice(*VERBS).finditer(name)), default=0)
            place = next((at for at, _ in places_in(name) if at >= verb), verb)
            cut = verb if place == verb + 1 and not choice("locatives").fullmatch(name, verb, place) else place  # 秀山东 is not in 山东
            start, name = start + cut, name[cut:]
        if len(name) > 1:
            yield start, start + len(name), name


def _member_known(name: str, ending: str) -> bool:
    return bool(place_at(name, 0) or authority(name, ("", ending, "港", "码头")))
