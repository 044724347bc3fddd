"""Answers on their way out: rows in the format asked for, to a file, a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from guanlian import console
from guanlian.console import USAGE, Problem, say

if TYPE_CHECKING:
    from guanlian.graph.store import Store

Table = tuple[Sequence[str], Sequence[Sequence[str]]]

ROWS = ("table", "csv", "tsv", "json", "xlsx", "md")
"""Formats of rows; a SELECT can also be had as ``srj``, a CONSTRUCT only as ``ttl``."""


def show(table: Table, form: str, path: Path | None, numbers: Collection[str] | None = None) -> None:
    """Prints a table in the format asked for; says on standard error when it is empty.

    ``numbers`` are the columns that a spreadsheet takes for numbers; by default those of our own tables.
    """
    from guanlian.outputs import tables as writers

    columns, rows = table
    form = form or console.usual(path)
    if form == "xlsx":
        counted = writers.QUANTITIES if numbers is None else numbers
        console.put(writers.xlsx([("guanlian", columns, rows)], counted), path)
    elif form in writers.TEXT_FORMATS:
        with console.output(path) as out:
            writers.write(columns, rows, form, out)
    else:
        raise Problem(
            USAGE, f"没有格式 {form}；可用：{' '.join(ROWS)}", f"no format {form!r}; use one of {' '.join(ROWS)}"
        )
    if not rows:
        say("没有结果", "no rows")


def free(store: Store, sparql: str, form: str, path: Path | None) -> None:
    """Answers anybody's SPARQL: guarded, and in a standard format where one is asked for."""
    if form in ("srj", "ttl"):
        console.put(store.answer(sparql, form), path, binary=False)
        return
    answer = store.query(sparql)
    show((answer.columns, answer.rows), form, path, answer.numbers)
