"""Characters of a document with a map back to the source they came from."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import cached_property

from guanlian.loaders.facts import Evidence


@dataclass(frozen=True)
class Text:
    """A document's characters, as printed and as repaired.

    ``source`` is what facts point into; ``clean`` is what the readers read (no debris, no hard
    breaks inside a sentence); ``origin[i]`` is the index in ``source`` of ``clean[i]``.
    """

    source: str
    clean: str
    origin: array[int]

    @cached_property
    def folded(self) -> str:
        """``clean`` in simplified characters and plain width, character by character."""
        from guanlian.loaders.repair import fold

        return fold(self.clean)

    def evidence(self, start: int, end: int) -> Evidence:
        r"""Evidence for ``clean[start:end]``: the exact words of the source.

        >>> Text("a\n b", "ab", array("l", [0, 3])).evidence(0, 2)
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
