"""A text under reading: its words, passages and known names, and where clauses and sentences end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from guanlian.loaders.facts import Evidence
from guanlian.loaders.mentions.asides import asides
from guanlian.loaders.mentions.lexicon import Hit, find
from guanlian.loaders.text import Passage, Text

SENTENCE_STOPS = "。；！？;!?\n"
CLAUSE_STOPS = SENTENCE_STOPS + "，,：:"


@lru_cache(maxsize=8)
def _table(stops: str) -> npt.NDArray[np.bool_]:
    """For each character of the basic plane whether it is among the stops."""
    table = np.zeros(0x10000, dtype=np.bool_)
    table[[ord(stop) for stop in stops]] = True
    return table


@dataclass(frozen=True)
class Spans:
    """Stretches of text in reading order, not overlapping, that can be asked what they cover."""

    hits: tuple[Hit, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [hit.start for hit in self.hits]

    def between(self, start: int, end: int) -> list[Hit]:
        """Hits that start in a stretch."""
        return list(self.hits[bisect_left(self._starts, start) : bisect_left(self._starts, end)])

    def at(self, spot: int) -> Hit | None:
        """The hit that covers a position."""
        place = bisect_right(self._starts, spot) - 1
        return self.hits[place] if place >= 0 and spot < self.hits[place].end else None

    def touching(self, start: int, end: int) -> list[Hit]:
        """Hits that share a character with a stretch."""
        place = max(0, bisect_right(self._starts, start) - 1)
        return [hit for hit in self.hits[place : bisect_left(self._starts, end)] if hit.end > start]


@dataclass(frozen=True)
class Page:
    """A text with its passages and the kind of document it is."""

    text: Text
    passages: Sequence[Passage]
    kind: str

    @cached_property
    def folded(self) -> str:
        return self.text.folded

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """Known names inside passages, in reading order."""
        kept: list[Hit] = []
        passages, place = self.passages, 0
        for hit in find(self.folded):
            while place < len(passages) and passages[place].end <= hit.start:
                place += 1
            if place < len(passages) and passages[place].start <= hit.start:
                kept.append(hit)
        return tuple(kept)

    @cached_property
    def asides(self) -> tuple[tuple[int, int], ...]:
        """Stretches that list bodies, in order."""
        return asides(self.folded)

    def of(self, *kinds: str) -> Spans:
        """Hits of some kinds."""
        if kinds not in self._of:
            self._of[kinds] = Spans(tuple(hit for hit in self.hits if hit.kind in kinds))
        return self._of[kinds]

    @cached_property
    def _of(self) -> dict[tuple[str, ...], Spans]:
        return {}

    @cached_property
    def _starts(self) -> list[int]:
        return [passage.start for passage in self.passages]

    @cached_property
    def _codes(self) -> npt.NDArray[np.uint32]:
        """Code of every character; those beyond the basic plane, none of them a stop, are one."""
        codes: npt.NDArray[np.uint32] = np.frombuffer(self.folded.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        return codes.clip(max=0xFFFF)

    @cached_property
    def _stops(self) -> dict[str, list[int]]:
        """Places of the stops asked for so far."""
        return {}

    def passage(self, at: int) -> Passage | None:
        """The passage that holds a position."""
        place = bisect_right(self._starts, at) - 1
        if place < 0 or at >= self.passages[place].end:
            return None
        return self.passages[place]

    def around(self, at: int, stops: str, limit: int = 400) -> tuple[int, int]:
        """Bounds of the stretch without stops that holds a position, kept inside its passage."""
        passage = self.passage(at)
        first, last = (passage.start, passage.end) if passage else (0, len(self.folded))
        floor, ceiling = min(at, max(first, at - limit)), max(at, min(last, at + limit))
        marks = self._stops.get(stops)
        if marks is None:
            marks = self._stops[stops] = np.flatnonzero(_table(stops)[self._codes]).tolist()
        place = bisect_left(marks, at)
        start = marks[place - 1] + 1 if place else 0
        end = marks[place] if place < len(marks) else ceiling
        return max(start, floor), min(end, ceiling)

    def sentence(self, at: int) -> tuple[int, int]:
        return self.around(at, SENTENCE_STOPS)

    def clause(self, at: int) -> tuple[int, int]:
        return self.around(at, CLAUSE_STOPS, 120)

    def evidence(self, start: int, end: int) -> Evidence:
        return self.text.evidence(start, end)
