"""What figures are about: the clearance modes and ports that their own words name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from guanlian.loaders.facts import Figure, ModeMention, PortMention
from guanlian.loaders.folding import fold
from guanlian.loaders.mentions import lexicon


def linked(figures: Sequence[Figure], modes: Sequence[ModeMention], ports: Sequence[PortMention]) -> tuple[Figure, ...]:
    """The figures with ``about``: modes and ports of the document whose names stand in a figure's quote or indicator.

    An indicator that names some of a kind goes before its quote, which may name what its neighbours are about.
    ``modes`` and ``ports`` are what the document was found to name; a name that was not taken there is not taken here.
    """
    if not figures or not (modes or ports):
        return tuple(figures)
    known = {f"mode:{m.mode}" for m in modes} | {f"port:{p.port}" for p in ports}
    lines = fold("\n".join(words.replace("\n", "") for f in figures for words in (f.indicator, f.evidence.quote))).split("\n")
    named = _named(lines, known)
    printed = {(fold(p.evidence.quote), f"port:{p.port}") for p in ports}
    for line, here in zip(lines, named, strict=True):
        here.update(said for words, said in printed if words in line)
    out = []
    for f, indicator, quote in zip(figures, named[::2], named[1::2], strict=True):
        told = {said.partition(":")[0] for said in indicator}
        here = indicator | {said for said in quote if said.partition(":")[0] not in told}
        out.append(replace(f, about=tuple(sorted(here))) if here else f)
    return tuple(out)


def _named(lines: list[str], known: set[str]) -> list[set[str]]:
    """Of each line the known names in it."""
    named: list[set[str]] = [set() for _ in lines]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for hit in lexicon.find("\n".join(lines)):
        at = bisect_right(starts, hit.start) - 1
        said = f"{hit.kind}:{hit.name}"
        if said in known and hit.end <= starts[at] + len(lines[at]):
            named[at].add(said)
    return named
