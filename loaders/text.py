"""Characters of a document with a map back to the source they came from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from guanlian.loaders.facts import Evidence
from guanlian.loaders.folding import fold


class Map(Protocol):
    """Index in the source of each character."""

    def __getitem__(self, at: int, /) -> int: ...


@dataclass
class Origin:
    """A map made of runs: stretches whose characters follow each other in the source as they do here.

    >>> origin = Origin()
    >>> origin.run(10, 3), origin.run(20, 2)
    (None, None)
    >>> [origin[i] for i in range(5)]
    [10, 11, 12, 20, 21]
    """

    size: int = 0
    _starts: list[int] = field(default_factory=list)
    _shifts: list[int] = field(default_factory=list)

    def run(self, source: int, size: int) -> None:
        """Adds ``size`` characters that stand at ``source`` and behind it."""
        if size > 0:
            if not self._shifts or self._shifts[-1] != source - self.size:
                self._starts.append(self.size)
                self._shifts.append(source - self.size)
            self.size += size

    def __getitem__(self, at: int) -> int:
        if not 0 <= at < self.size:
            raise IndexError(at)
        return at + self._shifts[bisect_right(self._starts, at) - 1]


@dataclass(frozen=True)
class Text:
    """A document's characters, as printed and as repaired.

    ``source`` is what facts point into; ``clean`` is what the readers read (no debris, no hard
    breaks inside a sentence); ``origin[i]`` is the index in ``source`` of ``clean[i]``.
    """

    source: str
    clean: str
    origin: Map

    @cached_property
    def folded(self) -> str:
        """``clean`` in simplified characters and plain width, character by character."""
        return fold(self.clean)

    def evidence(self, start: int, end: int) -> Evidence:
        r"""Evidence for ``clean[start:end]``: the exact words of the source.

        >>> Text("a\n b", "ab", [0, 3]).evidence(0, 2)
        Evidence(start=0, end=4, quote='a\n b')
        """
        first, last = self.origin[start], self.origin[end - 1] + 1
        return Evidence(first, last, self.source[first:last])


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of ``clean`` that belongs to one item (``measure`` may be ``""``: outside any item).

    ``section``: ``effect`` (results part), ``practice``, ``background`` or ``body``;
    ``heading`` marks an item's title. Passages are in reading order and do not overlap.
    """

    measure: str
    section: str
    start: int
    end: int
    heading: bool = False
