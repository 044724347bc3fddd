"""What the reader of a sentence hands from clause to clause: groups of quantities, drafts of figures, the walk's state."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from guanlian.loaders.figures.periods import When
from guanlian.loaders.figures.predicates import Predicate
from guanlian.loaders.figures.quantity import Quantity, dimension, duration

_ASIDE = re.compile(r"[（(][^（）()]*[）)]")


class Container(NamedTuple):
    """A clause, or the words in a pair of brackets inside one."""

    start: int
    end: int


@dataclass(slots=True)
class Draft:
    """A figure on its way: what is said, and what a later clause may inherit from it."""

    q: Quantity
    box: Container
    kind: str
    direction: str
    bound: str
    subject: str
    indicator: str
    topic: str
    flow: str
    baseline: str
    first: str
    last: str
    from_: tuple[float | None, float | None] = (None, None)
    doubts: tuple[str, ...] = ()
    leads: bool = True
    since: int = -1


@dataclass(slots=True)
class State:
    """What the walk of a passage carries on: the period at its head and the figures so far.

    ``head`` is the period that governs, ``lead`` the wide one that a narrower ``head`` gives way to at the end of its
    ``scope`` (``sentence``, ``paragraph``; ``""``: until another is stated). ``carried`` says that ``head`` was stated
    before this part of a sentence, ``above`` in a paragraph before, ``practice`` that this sentence
    tells of a practice and names no time, ``asof`` that it is a 截至. ``year`` is the last year the text stated.
    ``month`` is the last month it stated.
    ``same`` says 下同, ``rest`` of which base, ``foretold`` that the text says 同比 somewhere.
    ``single`` is the month that came before the months so far. ``based`` is the year, unit and direction of the last comparison with a year.
    """

    persist: bool
    this: int
    head: tuple[str, str] | None = None
    lead: tuple[str, str] | None = None
    scope: str = ""
    single: tuple[str, str] | None = None
    carried: bool = False
    above: bool = False
    practice: bool = False
    asof: bool = False
    listed: bool = False
    joined: bool = False
    year: int = 0
    month: int = 0
    based: tuple[str, str, str] | None = None
    years: tuple[tuple[str, str], ...] = ()
    level: Draft | None = None
    run: list[Draft] = field(default_factory=list)
    part: list[Draft] = field(default_factory=list)
    rows: list[Draft] = field(default_factory=list)
    yoy: bool = False
    same: bool = False
    rest: str = ""
    foretold: bool = False
    drafts: list[Draft] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)


class Group(NamedTuple):
    """Quantities that share what stands before them: a list, or one quantity."""

    items: list[Quantity]
    box: Container
    left_from: int
    right_to: int


def span(w: When) -> tuple[str, str]:
    """First and last month or day of a period; 2020年以来 has no last one, 目前 neither.

    >>> span(When(0, 7, "2020-01", "2020-12", "open", 2020))
    ('2020-01', '')
    """
    return (w.first, w.last if w.role == "span" else "") if w.role in ("span", "open") else ("", "")


class Shared(NamedTuple):
    """What the quantities of a group have in common."""

    p: Predicate
    subject: str
    left: str
    right: str
    baseline: str
    whole: bool = False


def plainly(q: Quantity) -> str:
    """The kind of a value that was reached."""
    return "change" if q.unit == "百分点" else "share" if dimension(q.unit) == "ratio" else "level"


def plain(words: str) -> str:
    """Words without bracketed asides."""
    return _ASIDE.sub("", words) if "（" in words or "(" in words else words


def converted(base: Quantity, unit: str) -> tuple[float | None, float | None]:
    """A base value in the unit of the value it is compared with: 3至4天 in 小时 is 72, 96."""
    have, want = duration(base.unit), duration(unit)
    factor = have / want if have and want and base.unit != unit else 1.0
    return round(base.value * factor, 4), None if base.value_to is None else round(base.value_to * factor, 4)

