"""Finds named ports, terminals, airports, stations and zones: those on file, and those known by their form alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from guanlian.loaders.facts import PortMention
from guanlian.loaders.mentions.lexicon import OPENING, Hit, lookup, words
from guanlian.loaders.mentions.page import Page, Spans
from guanlian.loaders.mentions.portforms import AREA_WORDS, LONGEST, ZONE_TYPE, Found, made, run_start, unit_after
from guanlian.loaders.mentions.portlists import areas, crossings, etc_list, sharing
from guanlian.loaders.mentions.portnames import (
    AIR_PORTS,
    ANCHOR,
    BORDER_PORTS,
    ENDS,
    NAME,
    NO_ENDS,
    VERBS,
    choice,
    common_inside,
    kinds,
    names_part,
    place_at,
    placed,
    places,
    places_in,
    proper,
    vague,
)

_PARTS = ("港区", "码头", "作业区", "客运站", "中心站", "港码头", "货运站")
"""What a part of a port is called: 烟台港 has its 芝罘湾港区."""
_SITE = re.compile("(?:进境|进口)[\u4e00-\u9fff]{2,8}?指定(?:监管(?:场地|场所|作业场所)|口岸)")
_HARBOUR = re.compile("港|码头|泊位|航道|锚地|岸线")
# After 港 these make another word of it (港澳, 港口, 港务).
_NOT_AFTER = {
    "港": "澳口币股商人资铁珠深元务航湾城警府籍式方企陆台型",
    "港口": "岸",
    "站": "式点群长台内位",
    "口岸": "办",
    "机场": "群",
    "港区": "域块",
}
_SAILING = re.compile("航(?:线|班|次|道|程)")
_DONE = "集抵到离进出入疏靠驻供转返停归滞压候移换"
"""Before 港 these make a verb of it: 集港, 抵港, 离港."""
_AREA = re.compile(r"[、和及]?(?P<name>(?!各|等|相关|有关|[、和及])[\u4e00-\u9fff]{2,6}?)片区(?!管委|管理委|管理局|外)")


def ports(page: Page) -> tuple[PortMention, ...]:
    """Ports named in a text, once for each item, with the first words that name them."""
    found = _longest(page, [*_known(page), *_by_form(page), *crossings(page), *areas(page), *_sites(page)])
    rows: dict[tuple[str, str], PortMention] = {}
    for port in found:
        passage = page.passage(port.start)
        if passage is None or _aside(page, port.start):
            continue
        if (passage.measure, port.name) not in rows:
            words_here = page.evidence(port.start, port.end)
            rows[passage.measure, port.name] = PortMention(passage.measure, port.name, port.kind, words_here)
    return tuple(rows.values())


def _longest(page: Page, found: list[Found]) -> list[Found]:
    """In reading order, without a port whose name only begins or ends a longer one: 烟台港芝罘湾港区."""
    kept: list[Found] = []
    for port in sorted(found, key=lambda port: (port.start, -port.end)):
        last = kept[-1] if kept else None
        if last and not last.listed and port.end <= last.end and (port.start, port.end) != (last.start, last.end):
            continue
        whole = last and last.end == port.start and page.folded.endswith(("港", "港区"), 0, last.end)
        if whole and page.folded[port.start : port.end].endswith(_PARTS):
            port = replace(port, start=kept.pop().start)  # 宁波舟山港梅山港区 names the part, not the whole
        kept.append(port)
    return sorted(kept, key=lambda port: (port.start, port.end))


def _aside(page: Page, at: int) -> bool:
    """Whether a position is where bodies are listed and no word of place leads up to it."""
    spans = page.asides
    place = bisect_right(spans, (at, len(page.folded)))
    inside = any(start <= at < end for start, end in spans[max(0, place - 3) : place])
    return inside and page.folded[at - 1 : at] not in tuple("在经从至到")


def _known(page: Page) -> Iterator[Found]:
    for hit in page.hits:
        if (
            hit.kind == "port"
            and _stands(page.folded, hit.label, hit.end)
            and not (page.folded[hit.start - 2 : hit.start] == "港口" and _ends_in_place(page.folded, hit.start - 2))
        ):
            yield from _areas(page, hit) or [Found(hit.name, kinds()[hit.name], hit.start, hit.end)]


def _areas(page: Page, hit: Hit) -> list[Found]:
    """The areas of a free trade zone that stand behind its name: 云南自贸试验区昆明片区、德宏片区."""
    found: list[Found] = []
    if hit.name.endswith("试验区"):
        at = hit.end
        while (area := _AREA.match(page.folded, at)) and (found or area.start("name") == at):
            start = hit.start if not found else area.start("name")
            found.append(Found(f"{hit.name}{area['name']}片区", "zone", start, area.end(), listed=bool(found)))
            at = area.end()
    return found


def _ends_in_place(folded: str, end: int) -> bool:
    """Whether a place stands right before: 山东港口青岛港 is a company of the group 山东港口."""
    return any(folded[end - size : end] in places() for size in (2, 3, 4) if end >= size)


def _stands(folded: str, label: str, end: int) -> bool:
    """Whether what follows leaves the name a port's: no unit (皇岗口岸办), no longer word (深圳港务)."""
    after = folded[end : end + 20]
    if unit_after().match(after):
        return False
    if label.endswith("港") and after.startswith("口岸"):
        return True
    if label.endswith("港") and _SAILING.match(after):
        return True
    return not after or after[0] not in _never_after(label)


@lru_cache(maxsize=1024)
def _never_after(label: str) -> str:
    """Characters that make another word of what a label ends with."""
    return "".join(no for tail, no in _NOT_AFTER.items() if label.endswith(tail))


def _by_form(page: Page) -> Iterator[Found]:
    """Ports no file knows, and the members of lists that share one ending."""
    folded, taken = page.folded, page.of("port", "agency")
    for anchor in ANCHOR.finditer(folded):
        ending, at, end = anchor.group(), anchor.start(), anchor.end()
        if ending in NO_ENDS or (ending == "港" and folded[at - 1 : at] in tuple(_DONE)):
            continue
        passage, over = page.passage(at), taken.at(at)
        if passage is None or (over and (over.kind == "agency" or over.end > end)) or not _stands(folded, ending, end):
            continue
        if (part := _part_in_brackets(page, anchor, taken)) is not None:
            yield part
            continue
        if over and ending == "港区" and over.end == at + 1:
            yield Found(over.name, kinds()[over.name], over.start, end)  # 马村港 is on file, 马村港区 printed
            continue
        listed = list(etc_list(page, anchor, passage.start))
        start = over.start if over else _start(page, anchor, passage.start, taken)
        if listed:
            yield from listed
        elif start is not None:
            if not over:
                end = kind.end() if (kind := ZONE_TYPE.match(folded, end)) else end
                yield made(page, start, end, folded[start:end], ending)
            yield from sharing(page, anchor, start, passage.start)


def _part_in_brackets(page: Page, anchor: re.Match[str], taken: Spans) -> Found | None:
    """厦门港（漳州港区）: the part of a port that brackets right behind its name give."""
    folded = page.folded
    if folded[anchor.end() : anchor.end() + 1] not in ("）", ")") or not anchor.group().endswith(_PARTS):
        return None
    bracket = max(folded.rfind(mark, max(0, anchor.start() - LONGEST), anchor.start()) for mark in "（(")
    whole = taken.at(bracket - 1) if bracket > 0 else None
    part = folded[bracket + 1 : anchor.start()]
    if whole is None or whole.kind != "port" or folded[bracket - 1] != "港" or not names_part(part):
        return None
    own = part + anchor.group()
    name = own if lookup(own, "port") else folded[whole.start : whole.end] + own
    return made(page, whole.start, anchor.end() + 1, name, anchor.group())


def _sites(page: Page) -> Iterator[Found]:
    """The yards designated for a kind of goods at a place: 东兴进境水果指定监管场地."""
    for site in _SITE.finditer(page.folded):
        begin = run_start(page.folded, max(0, site.start() - LONGEST), site.start())
        window = page.folded[begin : site.start()]
        for at, place in places_in(window):
            rest = window[at + len(place) :]
            if len(rest) <= 6 and not choice(*VERBS).search(rest) and places()[place] in ("city", "district"):
                yield Found(window[at:] + site[0], "zone", begin + at, site.end(), listed=True)  # the port it lies in is named, too
                break


def _start(page: Page, anchor: re.Match[str], floor: int, taken: Spans) -> int | None:
    """Where the name before an ending starts; a port right before it is the whole that it is part of."""
    before = taken.between(max(floor, anchor.start() - LONGEST), anchor.start())
    if not before:
        return _name_start(page.folded, anchor, floor)
    whole = before[-1]
    middle = page.folded[whole.end : anchor.start()]
    if whole.kind == "port" and page.folded.endswith(("港", "港区"), 0, whole.end):
        zone = not middle and ENDS[anchor.group()] == "zone"
        named = anchor.group().endswith(_PARTS) and names_part(middle)
        if zone or named or (anchor.group() == "港区" and re.fullmatch(AREA_WORDS, middle)):
            return whole.start
    return _name_start(page.folded, anchor, whole.end)


def _name_start(folded: str, anchor: re.Match[str], floor: int) -> int | None:
    """Where the proper name before an ending starts, or None where there is none."""
    end = anchor.start()
    floor = max(floor, end - LONGEST)
    start = run_start(folded, floor, end)
    window = folded[start:end]
    if len(window) < 2:
        return None
    if anchor.group() in ("港口", "港口码头"):
        return None  # a city's harbour at large, unless a list says otherwise
    if anchor.group() == "作业区" and not _HARBOUR.search(folded, max(0, start - 60), end + 60):
        return None  # a yard of no port
    if anchor.group() == "港" and any(window[-size:] + "港" in places() for size in (1, 2, 3)):
        return None  # 香港, 连云港: the place itself
    if anchor.group() in AIR_PORTS:
        for at in range(len(window) - 1):
            if lookup(window[at:] + "机场", "port"):
                return start + at
    clipped = start == floor and start > 0 and bool(NAME.match(folded[start - 1]))
    for at, place in places_in(window):
        if _place_leads(folded, window[at:], place, anchor):
            return start + at
    return _unknown_start(folded, anchor, start, clipped)


def _unknown_start(folded: str, anchor: re.Match[str], start: int, clipped: bool) -> int | None:
    """Where a name that no file knows starts: after a word of place, in quotation marks or as a member of a list."""
    window, ending = folded[start : anchor.start()], anchor.group()
    cut = max((m.end() for m in choice("locatives").finditer(window)), default=0)
    if len(ending) > 2 or ending == "港区":  # a long ending says so much that a verb may lead, too: 提升芦潮港铁路中心站
        cut = max([cut, *(m.end() for m in choice(*VERBS).finditer(window))])
    led = cut > 0 or (not clipped and start > 0 and folded[start - 1] in OPENING + "、")
    name = window[cut:]
    if (
        placed(name)
        or not led
        or not proper(name, ending)
        or (_weak(ending) and not _alone(folded, anchor.end()))
        or not _enough(folded, anchor, name)
    ):
        return None
    return start + cut


def _place_leads(folded: str, name: str, place: str, anchor: re.Match[str]) -> bool:
    """Whether a name that begins with a place is a port's: 青岛前湾 + 港, and not 广东 + 口岸 or 深圳海运 + 口岸."""
    rest, level, ending = name, "", anchor.group()
    while step := place_at(rest, 0):
        rest, level = rest[len(step) :], places()[step]
        rest = rest.removeprefix("市") if level in ("city", "district") and len(rest) > 1 else rest
    if level == "country" and not rest:
        return False
    if not _enough(folded, anchor, name):
        return False
    if ending == "码头" and level == "district" and rest in words()["type_parts"]:
        return True  # 永嘉集装箱码头
    if rest:
        wordy = ENDS[ending] in ("land", "sea", "rail", "") and common_inside(rest)
        return len(rest) <= 6 and not choice(*VERBS).search(rest) and not vague(rest) and not wordy
    if ending in (*BORDER_PORTS, "口岸", "码头", "水运口岸", "保税区"):
        return level == "district"
    if ENDS[ending] in ("zone", "post"):
        return True
    return level in ("city", "district") or (ending.endswith("机场") and place != "中国")


def _weak(ending: str) -> bool:
    """Whether an ending says so little that a name no file knows must stand at the end of its phrase."""
    return ending != "港区" and (len(ending) < 3 or ENDS[ending] == "zone")


def _alone(folded: str, end: int) -> bool:
    """Whether a short ending stands at the end of its phrase, as a name would."""
    after = folded[end : end + 2]
    return (
        not after
        or not NAME.match(after[0])
        or after[0] in "等为的和与及至到在以开作经是进出入运装卸停靠驶增建改转扩全智升完（("
        or after in ("出口", "进口", "中转")
    )


def _enough(folded: str, anchor: re.Match[str], name: str) -> bool:
    """A station needs a word of the railway near it; other stations are not on the railway."""
    if not anchor.group().endswith("站") or anchor.group() == "国际邮件交换站":
        return True
    near = folded[max(0, anchor.start() - 40) : anchor.end() + 40]
    return name[-1] not in "货车场网点检查工作务监管油电岗" and any(word in near for word in words()["rail_words"])
