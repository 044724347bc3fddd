"""Rows become a terminal table, CSV, TSV, JSON, Markdown or a spreadsheet.

Two promises pull apart, so each writer keeps one. *Exact*: what ``guanlian tables`` writes is the
store's own text, cell for cell (RFC 4180). *Safe to open*: what a person asks for as CSV, TSV or
XLSX may land in a spreadsheet, so a cell that one would run as a formula gets a leading ``'``
(OWASP ASVS 5.0, 1.2.10); plain numbers stay as they are.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TextIO

from guanlian.queries import catalogue

Row = Sequence[str]

TEXT_FORMATS = ("table", "csv", "tsv", "json", "md")
"""Formats of :func:`write`; ``xlsx`` is bytes, see :func:`xlsx`."""

XLSX_CELL = 32_767
"""Characters a spreadsheet cell can hold."""

QUANTITIES = frozenset((
    "value", "value_to", "from_value", "measures", "owners", "leads", "we_lead", "they_lead", "joint", "both_participate",
    "documents", "mentions", "led", "participated", "implemented", "partnered", "lead_share", "partners", "shared", "strength",
    "newman", "lead_lead", "a_leads", "b_leads", "carry_out", "mixed", "expected", "p", "q", "alpha",
    "degree", "betweenness", "closeness", "pagerank", "eigenvector", "clustering",
))  # fmt: skip
"""Columns of our own tables that hold numbers. Keys, item numbers, 文号 and dates are names, whatever they look like."""

_FORMULA = tuple("=+-@\t\r\0＝＋－＠")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_CONTROL = {c: "\N{REPLACEMENT CHARACTER}" for c in (*range(0x20), *range(0x7F, 0xA0)) if c not in (0x09, 0x0A)}
_MARKDOWN = re.compile(r"([\\`*_\[\]|~])")


def guarded(cell: str) -> str:
    """The cell with a leading ``'`` where a spreadsheet would take it for a formula.

    >>> guarded("=1+1"), guarded("-1.5"), guarded("- 深圳海关"), guarded("")
    ("'=1+1", '-1.5', "'- 深圳海关", '')
    """
    return "'" + cell if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def printable(cell: str) -> str:
    r"""The cell without characters that steer a terminal or break XML.

    >>> printable("a\x1b[31mb")
    'a�[31mb'
    """
    return cell.translate(_CONTROL)


def write(columns: Row, rows: Iterable[Row], form: str, out: TextIO) -> None:
    """Write rows as one of :data:`TEXT_FORMATS`.

    Raises ``ValueError`` for another format.
    """
    if form == "json":
        _write_json(columns, rows, out)
    elif form == "table":
        _write_table(columns, rows, out)
    elif form == "md":
        _write_markdown(columns, rows, out)
    elif form in ("csv", "tsv"):
        safe = ([guarded(cell) for cell in row] for row in rows)
        write_csv(columns, safe, out, delimiter="," if form == "csv" else "\t")
    else:
        raise ValueError(f"no such format: {form}")


def write_csv(columns: Row, rows: Iterable[Row], out: TextIO, *, delimiter: str = ",") -> None:
    """Write exact CSV: header, then rows, lines ended by a line feed.

    >>> import sys
    >>> write_csv(["a", "b"], [["1", "x,y"], ["2", ""]], sys.stdout)
    a,b
    1,"x,y"
    2,
    """
    plain = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    # Before Python 3.13 the writer leaves a lone carriage return unquoted, and readers break the row there.
    quoted = csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    plain.writerow(columns)
    for row in rows:
        (quoted if any("\r" in cell for cell in row) else plain).writerow(row)


def _write_json(columns: Row, rows: Iterable[Row], out: TextIO) -> None:
    lines = (json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) for row in rows)
    out.write("[")
    out.writelines((",\n " if number else "\n ") + line for number, line in enumerate(lines))
    out.write("\n]\n")


def _write_markdown(columns: Row, rows: Iterable[Row], out: TextIO) -> None:
    def cell(text: str) -> str:
        text = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return re.sub(r"\s*\n\s*", "<br>", _MARKDOWN.sub(r"\\\1", text)).replace("\t", " ")

    out.write("| " + " | ".join(map(cell, columns)) + " |\n|" + " --- |" * len(columns) + "\n")
    out.writelines("| " + " | ".join(map(cell, row)) + " |\n" for row in rows)


def _write_table(columns: Row, rows: Iterable[Row], out: TextIO) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    # A pipe has no width: nothing is wrapped there.
    Console(file=out, width=None if out.isatty() else 1_000_000, highlight=False).print(table)


def xlsx(sheets: Iterable[tuple[str, Row, Iterable[Row]]], numbers: Collection[str] = QUANTITIES) -> bytes:
    """A workbook, one sheet for each (name, columns, rows): header frozen, filters on, every cell text.

    Only in the columns ``numbers`` a number is written as one. Same rows, same bytes.
    """
    from datetime import datetime

    from xlsxwriter import Workbook

    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(held, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        bold = book.add_format({"bold": True})
        for name, columns, rows in sheets:
            _fill(book.add_worksheet(name[:31]), columns, rows, bold, numbers)
    return held.getvalue()


def _fill(sheet, columns, rows, bold, numbers) -> None:  # type: ignore[no-untyped-def]  # xlsxwriter ships no types
    widths = [_width(c) for c in columns]
    # The value of a card's facet is a name or a title; that of a figure stands beside its unit.
    counted = [c in numbers and not (c == "value" and "facet" in columns) for c in columns]
    sheet.write_row(0, 0, columns, bold)
    last = 0
    for last, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            widths[at] = max(widths[at], _width(cell))
            if counted[at] and _is_quantity(cell):
                sheet.write_number(last, at, float(cell))
            elif cell:
                sheet.write_string(last, at, printable(guarded(cell))[:XLSX_CELL])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, max(0, len(columns) - 1))
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # a key or an item number is meant to be text
    for at, width in enumerate(widths):
        sheet.set_column(at, at, min(60, width + 2))


def _is_quantity(cell: str) -> bool:
    """Whether a spreadsheet can hold the cell as a number without loss: no leading zero, fifteen digits, finite."""
    plain = _NUMBER.fullmatch(cell) and not re.match(r"[+-]?0\d", cell) and len(cell) <= 15
    return bool(plain) and math.isfinite(float(cell))


def _width(cell: str) -> int:
    """Columns a cell takes: wide characters count two."""
    first = cell.partition("\n")[0][:60]
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in first)


def dump(store: catalogue.Engine, folder: Path) -> list[Path]:
    """Write every table of a build as exact CSV into ``folder``; returns the files in the order of the tables."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in catalogue.TABLES:
        columns, rows = catalogue.run(name, store)
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            write_csv(columns, rows, out)
        written.append(path)
    return written


def workbook(store: catalogue.Engine) -> bytes:
    """Every table of a build as one XLSX workbook, safe to open."""
    return xlsx((name, *catalogue.run(name, store)) for name in catalogue.TABLES)
