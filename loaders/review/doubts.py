"""What a person should look at first in a fact sheet: doubtful facts, each with the words around it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from guanlian.loaders.facts import Evidence, FactSheet, Figure
from guanlian.loaders.review.decisions import Review

KINDS = ("again", "clause", "name", "unread", "owner", "provisional", "figure", "issuer", "title", "rejected")
"""Kinds of doubt, the gravest first: a decision about an earlier edition whose words have changed, an unread
responsibility clause, an unread name in one, other words that were not understood, owners of a table with a guess
in them, a unit known by its form only, a figure with a guess in it, an issuer taken for the owner, a title that the text does not have; and,
no doubt any more, what a person rejected."""

_WHY = {
    "again": ("前一版的审校决定，字句已变，请重新审校", "decided in an earlier edition, the words have changed: review again"),
    "clause": ("责任条款没有读懂", "a responsibility clause that was not understood"),
    "name": ("条款里有名称没有读懂", "a name in a clause that was not understood"),
    "unread": ("这些文字没有读懂", "words that were not understood"),
    "owner": ("责任单位含推断", "owners with a guess in them"),
    "provisional": ("单位名称出于推定：仅凭字形识别，或属地未署明", "a presumed name: known by its form alone, or its seat is not stated"),
    "figure": ("数字含推断", "a figure with a guess in it"),
    "issuer": ("文件没有写责任单位，推定为发文单位", "the document names nobody: its issuer is presumed the owner"),
    "title": ("原文没有题名，代拟", "the text has no title: this one is supplied"),
    "rejected": ("经人审校，不成立", "rejected by a person"),
}
_WHAT = {"clause": "责任条款 clause", "name": "名称 name", "figure": "数字 figure", "period": "时间 period"}
_GUESSES = {
    "baseline": ("基期", "baseline"),
    "period": ("时段", "period"),
    "subject": ("指标", "what it measures"),
    "deadline": ("期限（按题名的年份）", "deadline (by the year of the title)"),
    "flow": ("进出口（按案例的标题）", "flow (by the title of the case)"),
    "status": ("目标，也可能是已取得的成效", "a target, or a result that was reached"),
    "role": ("角色（这一格也可能属于另一栏）", "role (the cell may stand in another column as well)"),
    "above": ("空格按与上一行合并处理", "an empty cell, taken for merged with the one above"),
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


def doubts(sheet: FactSheet, *, reviews: Collection[Review] = (), source: str = "") -> list[Doubt]:
    """Doubtful facts of a sheet, the gravest first, then as the document has them.

    ``reviews`` is what a person decided: facts vouched for are left out, rejected ones come last.
    ``source`` is the document's own text (``Text.source``), from which the words around are taken.
    """
    vouched = {review.fact for review in reviews if not review.rejected}
    found = [
        doubt
        for part in (_unread, _owners, _provisional, _figures, _issuer, _title)
        for doubt in part(sheet, vouched)
    ]  # fmt: skip
    found += [_rejected(sheet, review) for review in reviews if review.rejected]
    return in_order(shown(doubt, source) for doubt in found)


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


def _owners(sheet: FactSheet, reviewed: Collection[Any]) -> Iterator[Doubt]:
    """One doubt for the owners of an item that rest on the same guess."""
    rows = [row for row in sheet.responsibilities if row.doubts and row not in reviewed]
    for guess, measure in dict.fromkeys((guess, row.measure) for row in rows for guess in row.doubts):
        found = [row for row in rows if row.measure == measure and guess in row.doubts]
        what = "、".join(dict.fromkeys(said(row) for row in found))
        yield _guessed(_doubt(sheet, measure, "owner", what, _within(found[0].evidence, found[0].mention)), (guess,))


def _guessed(doubt: Doubt, guesses: tuple[str, ...]) -> Doubt:
    """The doubt with what was guessed."""
    named = [_GUESSES.get(guess, (guess, guess)) for guess in guesses]
    zh, en = "、".join(n[0] for n in named), ", ".join(n[1] for n in named)
    return replace(doubt, zh=f"{doubt.zh}：{zh}", en=f"{doubt.en}: {en}")


def _within(evidence: Evidence, words: str) -> Evidence:
    """The place of some words in their clause; the whole clause where they are not in it as they stand."""
    at = evidence.quote.find(words)
    return Evidence(evidence.start + at, evidence.start + at + len(words), words) if words and at >= 0 else evidence


def _figures(sheet: FactSheet, reviewed: Collection[Any]) -> Iterator[Doubt]:
    for row in sheet.figures:
        if row.doubts and row not in reviewed:
            yield _guessed(_doubt(sheet, row.measure, "figure", _figure(row), row.evidence), row.doubts)


def _figure(row: Figure) -> str:
    value = "" if row.value is None else f"{row.value:g}"
    parts = [row.indicator, f"{row.bound}{value}{row.unit}", row.baseline, row.period_end or row.deadline]
    return " ".join(part for part in parts if part)


def _issuer(sheet: FactSheet, reviewed: Collection[Any]) -> Iterator[Doubt]:
    """One doubt for all the items of a document: they stand or fall together."""
    rows = [r for r in sheet.responsibilities if r.basis == "issuer" and r not in reviewed]
    if rows:
        names = "、".join(dict.fromkeys(r.agency for r in rows))
        items = [*dict.fromkeys(r.measure for r in rows)]
        shown = ", ".join(items[:8]) + (" …" if len(items) > 8 else "")
        yield _doubt(sheet, rows[0].measure, "issuer", f"{names} ({len(items)}: {shown})", rows[0].evidence)


def _title(sheet: FactSheet, reviewed: Collection[Any]) -> Iterator[Doubt]:
    title = sheet.document.title
    if sheet.document not in reviewed and (not title or (title.startswith("[") and title.endswith("]"))):
        yield _doubt(sheet, "", "title", title or "—", Evidence(0, 0, ""))


def _rejected(sheet: FactSheet, review: Review) -> Doubt:
    """A rejection, for whoever wonders why a fact is missing."""
    fact = review.fact
    made = _doubt(sheet, getattr(fact, "measure", ""), "rejected", said(fact), getattr(fact, "evidence", Evidence(0, 0, "")))
    return replace(made, zh=f"{made.zh}：{review.note}", en=f"{made.en}: {review.note}") if review.note else made


def again(sheet: FactSheet, review: Review, item: str, words: Evidence, source: str) -> Doubt:
    """A decision made in the sheet ``source`` of an earlier edition, whose words have changed in this one."""
    fact = review.fact
    at = getattr(fact, "measure", "")
    made = _doubt(sheet, item, "again", _decision(review), words)
    note = [review.note] * bool(review.note)
    zh = "，".join([source + f" 第 {at} 项" * bool(at), *note])
    en = ", ".join([source + f" item {at}" * bool(at), *note])
    return replace(made, zh=f"{made.zh}（{zh}）", en=f"{made.en} ({en})")


def to_carry(sheet: FactSheet, review: Review) -> Doubt:
    """A decision of an earlier edition that would hold here and is not in the sheet yet."""
    fact = review.fact
    words = getattr(fact, "evidence", Evidence(0, 0, ""))
    made = _doubt(sheet, getattr(fact, "measure", ""), "again", _decision(review), words)
    zh, en = "前一版的审校决定，字句未变：再提取一次即沿用", "decided in an earlier edition, the words are the same: extract again"
    return replace(made, zh=zh, en=en)


def _decision(review: Review) -> str:
    return f"{said(review.fact)} {'✗' if review.rejected else '✓'}"


def said(fact: Any) -> str:
    """A fact in short, as a line of a table."""
    if isinstance(fact, Figure):
        return _figure(fact)
    names = ("agency", "role", "canonical", "printed", "name", "mode", "with_mode", "port", "platform", "what", "title", "issuer")
    return " ".join(getattr(fact, name) for name in names if getattr(fact, name, ""))


def _doubt(sheet: FactSheet, item: str, kind: str, what: str, words: Evidence) -> Doubt:
    zh, en = _WHY[kind]
    return Doubt(sheet.document.source, item, kind, what, zh, en, words.quote, words.start, words.end)


def shown(doubt: Doubt, source: str) -> Doubt:
    """The doubt with the words around it, if they are where it says (a sheet may be of another edition)."""
    if not source or source[doubt.start : doubt.end] != doubt.quote:
        return doubt
    before = source[max(0, doubt.start - AROUND) : doubt.start]
    return replace(doubt, before=before, after=source[doubt.end : doubt.end + AROUND])
