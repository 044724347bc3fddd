"""A port as words of a page name it: its span, its name on file or as printed, its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from guanlian.loaders.mentions.lexicon import bare, lookup, words
from guanlian.loaders.mentions.page import Page
from guanlian.loaders.mentions.portnames import AIR_PORTS, BORDER_PORTS, ENDS, RUN, authority, inland, kinds

_RIVER = re.compile(r"内河|珠江|西江|北江|长江|沿江|河港|干流|支线|驳船")
ZONE_TYPE = re.compile("[（(][AB]型[)）]")
"""What an official name adds to 保税物流中心."""
AREA_WORDS = "(?:(?:[东西南北中内外大小]部?){1,2}|综合|通用|散货|集装箱|煤炭|矿石|油品|液体化工|化工|邮轮|客运)"
"""Words of kind that name a 港区 right behind its port: 烟台港西港区."""
LONGEST = 16
"""Characters of a name at the most."""


@dataclass(frozen=True, slots=True)
class Found:
    """A port in the text: name, kind, span; ``listed`` where a list lends it an ending printed further on."""

    name: str
    kind: str
    start: int
    end: int
    listed: bool = False


def made(page: Page, start: int, end: int, name: str, ending: str) -> Found:
    """The port that words of a page name, under its name on file if it has one."""
    if ending in AIR_PORTS:
        name = name.removesuffix(ending) + "机场"
    if ending in BORDER_PORTS:
        name = name.removesuffix(ending) + "口岸"
    known = authority(name) or authority(name.replace("市", "", 1)) or authority(ZONE_TYPE.sub("", name))
    return Found(known or bare(name), kind_here(page, start, known, name, ending), start, end)


def kind_here(page: Page, at: int, known: str, name: str, ending: str) -> str:
    """Kind of a port: the one on file, what its ending says, that of the port it is part of, or the water near it."""
    if kind := kinds().get(known) or ENDS[ending]:
        return kind
    for whole in (name[: mark.end()] for mark in re.finditer("港", name[:-1])):
        if of_whole := lookup(whole, "port"):
            return kinds()[of_whole]
    first, last = page.sentence(at)
    return "river" if inland(name) or _RIVER.search(page.folded, first, last) else "sea"


def run_start(folded: str, floor: int, end: int) -> int:
    """Where the unbroken run of letters that ends at a position starts, not before ``floor``."""
    run = RUN.search(folded, floor, end)
    return run.start() if run else end


@lru_cache(maxsize=1)
def unit_after() -> re.Pattern[str]:
    """What right behind the name of a port makes it part of the name of a unit."""
    return re.compile("|".join(words()["unit_after_patterns"]))
