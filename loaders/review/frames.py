"""What a person decided about the head of a document, or about an item: one that was read wrongly, or not at all.

The facts of an item that a person added may stand nowhere: ``Evidence(0, 0, quote)`` has words whose place is
not known. They get their place when the document is at hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from guanlian.loaders.facts import DocumentInfo, Evidence, FactSheet, Provision, Responsibility


def is_nowhere(words: Evidence) -> bool:
    """Whether nobody has said yet where these words stand."""
    return words.end == 0


def headed(document: DocumentInfo, head: DocumentInfo) -> DocumentInfo:
    """The document with the head that a person gave it."""
    return replace(head, key=document.key, source=document.source, sha256=document.sha256)


def with_head(sheet: FactSheet, head: DocumentInfo, kept: Collection[Any]) -> FactSheet:
    """The sheet under another head: who was presumed to own an item because he issued the document is another too."""
    made = replace(sheet, document=headed(sheet.document, head))
    return replace(made, responsibilities=tuple(_presumed(made, kept)))


def _presumed(sheet: FactSheet, kept: Collection[Any]) -> Iterator[Responsibility]:
    items = set[str]()
    for row in sheet.responsibilities:
        if row.basis != "issuer" or row in kept or not sheet.document.issuers:
            yield row
        elif row.measure not in items:
            items.add(row.measure)
            yield from (replace(row, agency=name) for name in sheet.document.issuers)


def with_items(sheet: FactSheet, given: Iterable[Provision]) -> FactSheet:
    """The sheet with each given item in the place of the one with its number, or where its text stands."""
    items = list(sheet.provisions)
    for item in given:
        known = {other.id for other in items} - {item.id}
        item = replace(item, clause_state=_state(item, sheet), parent=item.parent if item.parent in known else "")
        at = next((at for at, other in enumerate(items) if other.id == item.id), None)
        if at is not None:
            items[at] = item
        else:
            behind = (at for at, other in enumerate(items) if item.end and other.start > item.start)
            items.insert(next(behind, len(items)), item)
    return replace(sheet, provisions=tuple(items))


def _state(item: Provision, sheet: FactSheet) -> str:
    if item.kind == "interpretation":
        return ""
    if any(row.measure == item.id and row.basis != "issuer" for row in sheet.responsibilities):
        return "stated"
    unread = any(row.measure == item.id and row.what == "clause" for row in sheet.unread)
    return "unread" if unread else "absent"
