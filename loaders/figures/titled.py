"""What the title of a case says of its results: which way the goods go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from guanlian.loaders.facts import Figure
from guanlian.loaders.figures.subjects import rules

_NOT_OF_GOODS = re.compile("船舶|艇|船员|车辆|旅客|人员|退货|申报单|口岸出口")
"""Such a title is of what carries goods, of people, or of goods that come back."""
_STANDING = frozenset({"家", "个", "亩", "平方米", "公顷", "艘", "项", "条", "座", "人", "名", "辆次", "艘次"})
"""Units of what stays where it is, or of what carries goods."""


def directed(figures: Iterable[Figure], titles: Mapping[str, str]) -> tuple[Figure, ...]:
    """Results that name no flow with the one that their case's title names (进口冷链食品…); ``doubts`` tells that it was inferred.

    ``titles``: the title of every case by its id.
    """
    ways = {case: way for case, title in titles.items() if (way := _way(title))}
    return tuple(_turned(f, ways.get(f.measure.split(".")[0], "")) for f in figures)


def _way(title: str) -> str:
    """``import`` or ``export``, where a title names one of them alone.

    >>> [_way(t) for t in ("进口粮食“靠港即检”", "出口预包装食品便利化", "跨境电商进出口通关", "国际航行船舶进境申报")]
    ['import', 'export', '', '']
    """
    ways = {m.lastgroup for m in rules().flow.finditer(title)}
    return (ways.pop() or "") if len(ways) == 1 and not ways & {"both"} and not _NOT_OF_GOODS.search(title) else ""


def _turned(f: Figure, way: str) -> Figure:
    if not way or f.flow or f.section != "effect" or f.status != "reported" or f.unit in _STANDING:
        return f
    return replace(f, flow=way, doubts=(*f.doubts, "flow"))
