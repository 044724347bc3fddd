"""A number read from text, with its unit, its dimension and its bound."""

from __future__ import annotations

from dataclasses import dataclass

from guanlian.loaders.figures.quantity_rules import rules


@dataclass(slots=True)
class Quantity:
    """A number in text: ``text[start:end]`` with its bound words; ``core`` is where its digits begin.

    ``value`` is scaled out of 万 and 亿; ``value_to`` closes a range. ``unit`` is the canonical printed unit, ``""``
    for none. ``weak`` marks a small Chinese numeral (两个) that is a figure only if its context says so; ``kind`` is set
    where the form itself decides (两位数增长, 减半).
    """

    start: int
    core: int
    end: int
    value: float
    value_to: float | None
    unit: str
    bound: str
    weak: bool = False
    kind: str = ""
    direction: str = ""
    scale: float = 1.0
    bare: bool = False


def bounded(text: str, at: int, floor: int) -> tuple[int, str]:
    """Where the bound words before a number start, and their sign."""
    ahead = text[max(floor, at - 6) : at]
    found = rules().bound.search(ahead) if ahead and ahead[-1] in rules().bound_ends else None
    return (at - len(ahead) + found.start(), sign(found[0])) if found else (at, "")


def sign(words: str) -> str:
    before = rules().before
    words = words.strip()
    while words and words not in before:
        words = words[:-1]
    return before.get(words, "")


def duration(unit: str) -> float:
    """Seconds in a unit of time, 0 for any other unit."""
    return rules().seconds.get(unit, 0.0)


def dimension(unit: str) -> str:
    """time, money, ratio, weight, space, energy, count, or ``""``."""
    return rules().dimension.get(unit, "")
