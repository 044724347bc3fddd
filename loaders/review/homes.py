"""Where decisions about a document stand in another reading of the same document, by other rules or with more at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from guanlian.loaders.facts import DocumentInfo, Evidence, FactSheet, Provision
from guanlian.loaders.review.decisions import Review
from guanlian.loaders.review.editions import Edition, Match, counterparts, place
from guanlian.loaders.review.frames import headed, is_nowhere


def lacks_a_place(reviews: Iterable[Review]) -> bool:
    """Whether a person gave words of which nobody has said yet where they stand."""
    return any(is_nowhere(_words(review.fact)) for review in reviews)


def at_home(reviews: Iterable[Review], old: FactSheet, edition: Edition) -> list[Review]:
    """Decisions about a document for another reading of the same text: each finds a place, at worst its old one."""
    reviews = list(reviews)
    moved = old.document.sha256 != edition.sheet.document.sha256
    matches = counterparts(old, edition.sheet)
    given = {r.fact.id: r.fact for r in reviews if isinstance(r.fact, Provision)}
    if not moved:  # what a person says of an item is about the one with its number
        matches = {item: match for item, match in matches.items() if item not in given}
    items = {item.id: item for item in old.provisions}
    spans = dict(edition.items)  # of all items, those that a person added too
    for item in given.values():
        now = _item(item, matches, moved, edition)
        spans[now.id] = now
    kept = []
    for review in reviews:
        fact = review.fact
        if isinstance(fact, DocumentInfo):
            fact = headed(edition.sheet.document, fact)
        elif isinstance(fact, Provision):
            fact = spans[matches[fact.id].item if fact.id in matches else fact.id]
        elif hasattr(fact, "measure"):
            at = matches[fact.measure].item if fact.measure in matches else fact.measure
            at = at if at in spans else ""
            placed = place(fact, items.get(fact.measure), at, edition) if moved and not is_nowhere(fact.evidence) else None
            fact = placed or replace(fact, measure=at)
            if is_nowhere(fact.evidence):
                fact = replace(fact, evidence=_found(fact.evidence.quote, spans.get(at), edition))
        elif moved:
            fact = place(fact, None, "", edition) or fact
        kept.append(replace(review, fact=fact))
    return kept


def _item(item: Provision, matches: dict[str, Match], moved: bool, edition: Edition) -> Provision:
    """The item that a person gave, with the span that the reading or its title gives it."""
    now = replace(item, id=matches[item.id].item) if item.id in matches else item
    read = edition.items.get(now.id)
    if read:
        return replace(now, start=read.start, end=read.end)
    if edition.text is None or not (moved or is_nowhere(_words(item))):
        return now
    title = _found(item.title, None, edition)
    if is_nowhere(title):
        return replace(now, start=0, end=0)
    around = [i.end for i in edition.items.values() if i.start <= title.start < i.end]
    behind = [i.start for i in edition.items.values() if i.start > title.start]
    return replace(now, start=title.start, end=max(title.end, min([*around, *behind], default=len(edition.text.source))))


def _found(words: str, item: Provision | None, edition: Edition) -> Evidence:
    """Where the words stand: within the item if they do, else behind its beginning or, failing that, anywhere."""
    start, end = (item.start, item.end) if item else (0, 0)
    spots = list(edition.places(words)) if edition.text else []
    order = sorted(spots, key=lambda spot: (not start <= spot.start < end, spot.start < start, spot.start))
    return order[0] if order else Evidence(0, 0, words)


def _words(fact: Any) -> Evidence:
    if isinstance(fact, Provision):
        return Evidence(fact.start, fact.end, "")
    return getattr(fact, "evidence", Evidence(0, 1, ""))
