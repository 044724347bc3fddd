"""Every table of a store as rows people can pass on: what the explorer, the networks and traces start from."""

from __future__ import annotations

from functools import cache

from guanlian.queries import catalogue

Rows = list[dict[str, str]]

MORE = ("groups", "agencies", "definitions", "names")
"""Questions besides the tables of a build that tell what things are called and how they belong together."""


def rows(store: catalogue.Engine, name: str) -> Rows:
    """Rows of a named question, each by column name."""
    columns, found = catalogue.run(name, store)
    return [dict(zip(columns, row, strict=True)) for row in found]


def gather(store: catalogue.Engine) -> dict[str, Rows]:
    """Rows of all tables by table name, and of :data:`MORE`; units without a stated seat get that of their name."""
    tables = {name: rows(store, name) for name in (*catalogue.TABLES, *MORE)}
    for row in tables["agencies"]:
        row["jurisdiction"] = row["jurisdiction"] or seat(row["agency"])
    return tables


def seat(agency: str) -> str:
    """The province or city a unit's full name begins with, ``""`` for none.

    >>> seat("宁波市商务局"), seat("海关总署")
    ('宁波市', '')
    """
    return max((name for name in _seats() if agency.startswith(name)), key=len, default="")


@cache
def _seats() -> frozenset[str]:
    from guanlian.ontology.authorities import places

    return frozenset(place.name for place in places() if place.level in ("province", "city"))


def explorer(store: catalogue.Engine, lang: str = "zh") -> str:
    """The explorer of a store as one HTML page."""
    from guanlian.outputs.explorer import data, render

    return render(data(gather(store)), lang=lang)
