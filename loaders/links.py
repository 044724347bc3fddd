"""What figures are about: the clearance modes and ports that their own words name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from guanlian.loaders import lexicon
from guanlian.loaders.facts import Figure, ModeMention, PortMention
from guanlian.loaders.repair import fold


def linked(figures: Sequence[Figure], modes: Sequence[ModeMention], ports: Sequence[PortMention]) -> tuple[Figure, ...]:
    """The figures with ``about``: modes and ports of the document whose names stand in a figure's quote or indicator.

    ``modes`` and ``ports`` are what the document was found to name; a name that was not taken there is not taken here.
    """
    if not figures or not (modes or ports):
        return tuple(figures)
    known = {f"mode:{m.mode}" for m in modes} | {f"port:{p.port}" for p in ports}
    words = fold("\n".join(f"{f.evidence.quote} {f.indicator}".replace("\n", "") for f in figures))
    lines = words.split("\n")
    named: list[set[str]] = [set() for _ in figures]
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    for hit in lexicon.find(words):
        if (said := f"{hit.kind}:{hit.name}") in known and hit.end <= starts[at := bisect_right(starts, hit.start) - 1] + len(lines[at]):
            named[at].add(said)
    printed = {(fold(p.evidence.quote), f"port:{p.port}") for p in ports}
    for line, said_here in zip(lines, named, strict=True):
        said_here.update(said for quote, said in printed if quote in line)
    return tuple(replace(f, about=tuple(sorted(here))) if here else f for f, here in zip(figures, named, strict=True))
