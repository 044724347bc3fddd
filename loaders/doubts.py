"""What a person should look at first in a fact sheet: doubtful facts, each with the words around it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from guanlian.loaders.facts import Evidence, FactSheet, Figure

KINDS = ("clause", "name", "unread", "provisional", "figure", "issuer", "title")
"""Kinds of doubt, the gravest first: an unread responsibility clause, an unread name in one, other words that
were not understood, a unit known by its form only, a figure with a guess in it, an issuer taken for the
owner, a title that the text does not have."""

_WHY = {
    "clause": ("责任条款没有读懂", "a responsibility clause that was not understood"),
    "name": ("条款里有名称没有读懂", "a name in a clause that was not understood"),
    "unread": ("这些文字没有读懂", "words that were not understood"),
    "provisional": ("单位不在权威文件中，仅凭字形识别", "a unit no authority file knows, recognised by its form"),
    "figure": ("数字含推断", "a figure with a guess in it"),
    "issuer": ("文件没有写责任单位，推定为发文单位", "the document names nobody: its issuer is presumed the owner"),
    "title": ("原文没有题名，代拟", "the text has no title: this one is supplied"),
}
_WHAT = {"clause": "责任条款 clause", "name": "名称 name", "figure": "数字 figure", "period": "时间 period"}
_GUESSES = {
    "baseline": ("基期", "baseline"),
    "period": ("时段", "period"),
    "subject": ("指标", "what it measures"),
}
AROUND = 80
"""Characters of the source shown on either side."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A fact to check. ``what`` is the fact in short; ``zh`` and ``en`` say why it is doubtful.

    ``start`` and ``end`` are characters of the source, of which ``quote`` is the stretch; ``before``
    and ``after`` are the words around it, where the source is at hand.
    """

    document: str
    item: str
    kind: str
    what: str
    zh: str
    en: str
    quote: str
    start: int
    end: int
    before: str = ""
    after: str = ""


def doubts(sheet: FactSheet, *, reviewed: Collection[Any] = (), source: str = "") -> list[Doubt]:
    """Doubtful facts of a sheet, the gravest first, then as the document has them.

    ``reviewed`` are facts that a person has vouched for: they are left out. ``source`` is the
    document's own text (``Text.source``), from which the words around are taken.
    """
    found = [
        doubt
        for part in (_unread, _provisional, _figures, _issuer, _title)
        for doubt in part(sheet, set(reviewed))
    ]  # fmt: skip
    found = [_shown(doubt, source) for doubt in found]
    return in_order(found)


def in_order(found: Iterable[Doubt]) -> list[Doubt]:
    """Doubts of any number of documents, the gravest first."""
    return sorted(found, key=lambda d: (KINDS.index(d.kind), d.document, d.start, d.what))


def _unread(sheet: FactSheet, reviewed: Collection[Any]) -> Iterator[Doubt]:
    for row in sheet.unread:
        if row not in reviewed:
            kind = row.what if row.what in ("clause", "name") else "unread"
            yield _doubt(sheet, row.measure, kind, _WHAT.get(row.what, row.what), row.evidence)


def _provisional(sheet: FactSheet, reviewed: Collection[Any]) -> Iterator[Doubt]:
    """Each provisional unit once, where the document first names it in a clause."""
    vouched = {row.canonical for row in sheet.agencies if row in reviewed}
    for name in dict.fromkeys(row.canonical for row in sheet.agencies if row.provisional):
        if name in vouched:
            continue
        first = next((r for r in sheet.responsibilities if r.agency == name and r.basis != "issuer"), None)
        if first is None:
            place = next((g for g in sheet.groups if name in {m.agency for m in g.members}), None)
            evidence = place.evidence if place else Evidence(0, 0, "")
            yield _doubt(sheet, "", "provisional", name, evidence)
        elif first not in reviewed:
            yield _doubt(sheet, first.measure, "provisional", name, _within(first.evidence, first.mention))


def _within(evidence: Evidence, words: str) -> Evidence:
    """The place of some words in their clause; the whole clause where they are not in it as they stand."""
    at = evidence.quote.find(words)
    return Evidence(evidence.start + at, evidence.start + at + len(words), words) if words and at >= 0 else evidence


def _figures(sheet: FactSheet, reviewed: Collection[Any]) -> Iterator[Doubt]:
    for row in sheet.figures:
        if row.doubts and row not in reviewed:
            made = _doubt(sheet, row.measure, "figure", _figure(row), row.evidence)
            named = [_GUESSES.get(guess, (guess, guess)) for guess in row.doubts]
            zh, en = "、".join(n[0] for n in named), ", ".join(n[1] for n in named)
            yield replace(made, zh=f"{made.zh}：{zh}", en=f"{made.en}: {en}")


def _figure(row: Figure) -> str:
    value = "" if row.value is None else f"{row.value:g}"
    parts = [row.indicator, f"{row.bound}{value}{row.unit}", row.baseline, row.period_end or row.deadline]
    return " ".join(part for part in parts if part)


def _issuer(sheet: FactSheet, reviewed: Collection[Any]) -> Iterator[Doubt]:
    """One doubt for all the items of a document: they stand or fall together."""
    rows = [r for r in sheet.responsibilities if r.basis == "issuer" and r not in reviewed]
    if rows:
        items = ", ".join(r.measure for r in rows[:8]) + (" …" if len(rows) > 8 else "")
        yield _doubt(sheet, rows[0].measure, "issuer", f"{rows[0].agency} ({len(rows)}: {items})", rows[0].evidence)


def _title(sheet: FactSheet, reviewed: Collection[Any]) -> Iterator[Doubt]:
    title = sheet.document.title
    if not title or (title.startswith("[") and title.endswith("]")):
        yield _doubt(sheet, "", "title", title or "—", Evidence(0, 0, ""))


def _doubt(sheet: FactSheet, item: str, kind: str, what: str, words: Evidence) -> Doubt:
    zh, en = _WHY[kind]
    return Doubt(sheet.document.source, item, kind, what, zh, en, words.quote, words.start, words.end)


def _shown(doubt: Doubt, source: str) -> Doubt:
    """The doubt with the words around it, if they are where it says (a sheet may be of another edition)."""
    if not source or source[doubt.start : doubt.end] != doubt.quote:
        return doubt
    before = source[max(0, doubt.start - AROUND) : doubt.start]
    return replace(doubt, before=before, after=source[doubt.end : doubt.end + AROUND])
