"""Every table of a store as rows people can pass on: what the explorer, the networks and traces start from."""

from __future__ import annotations

from guanlian.queries import catalogue

Rows = list[dict[str, str]]

MORE = ("groups", "agencies", "definitions", "names")
"""Questions besides the tables of a build that tell what things are called and how they belong together."""


def rows(store: catalogue.Engine, name: str) -> Rows:
    """Rows of a named question, each by column name."""
    columns, found = catalogue.run(name, store)
    return [dict(zip(columns, row, strict=True)) for row in found]


def gather(store: catalogue.Engine) -> dict[str, Rows]:
    """Rows of all tables by table name, and of :data:`MORE`."""
    return {name: rows(store, name) for name in (*catalogue.TABLES, *MORE)}


def explorer(store: catalogue.Engine, lang: str = "zh") -> str:
    """The explorer of a store as one HTML page."""
    from guanlian.outputs.explorer import data, render

    return render(data(gather(store)), lang=lang)
