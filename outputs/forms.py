"""What the page of a question is made of: choices for its parameters, links of its cells, its answer as a file."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from guanlian.outputs import tables
from guanlian.outputs.search import CLASSES, Index
from guanlian.queries import catalogue

_FREQUENT = (
    "owners", "coowners", "agency-card", "mode-card", "port-card", "stackings",
    "outcomes", "targets", "no-clause", "no-deadline", "no-outcome", "most-shared",
)  # fmt: skip
_COLUMNS = {
    "document": ("document",),
    "of_document": ("document",),
    "agency": ("agency", "group"),
    "partner": ("agency", "group"),
    "issuer": ("agency",),
    "via": ("group",),
    "group": ("group",),
    "mode": ("mode",),
    "with_mode": ("mode",),
    "port": ("port",),
    "platform": ("platform",),
}
"""Columns of the questions whose cells name things that have a page, and the kinds to look in."""


def questions() -> list[catalogue.Question]:
    """Every question of the library."""
    return [catalogue.get(name) for name in catalogue.names()]


def frequent() -> list[catalogue.Question]:
    """What port offices, brokers and researchers ask first."""
    return [catalogue.get(name) for name in _FREQUENT]


def choices(index: Index | None, parameter: catalogue.Parameter) -> list[str]:
    """What a parameter may be told, as far as it is known now."""
    if parameter.values:
        return list(parameter.values)
    if index is None:
        return []
    kind = {"with": "agency"}.get(parameter.name, parameter.name)
    return index.known(kind)[:500] if kind in CLASSES and kind != "measure" else []


def link(index: Index | None, row: Mapping[str, str], column: str) -> str:
    """Page of what a cell of an answer names, ``""`` for none."""
    cell = row[column]
    if not cell or index is None:
        return ""
    if column in ("measure", "of_measure"):
        home = index.page(row.get(column.replace("measure", "document"), ""), "document")
        return f"{home}/{quote(cell, safe='')}" if home else ""
    return index.page(cell, *_COLUMNS[column]) if column in _COLUMNS else ""


def file(name: str, form: str, found: Mapping[str, Any]) -> Response:
    """An answer as a file: csv, json or xlsx."""
    kinds = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
    kinds["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    if form == "xlsx":
        body = tables.xlsx([(name, found["columns"], found["rows"])])
    else:
        out = io.StringIO()
        tables.write(found["columns"], found["rows"], form, out)
        body = out.getvalue().encode("utf-8", "replace")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-cache"}
    return Response(body, headers=headers, media_type=kinds[form])
