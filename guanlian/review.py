"""What a person corrected in a fact sheet survives the next extraction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from guanlian.loaders import facts
from guanlian.loaders.facts import FactSheet
from guanlian.loaders.sheet import Review

_LISTS: dict[type[Any], str] = {
    facts.Responsibility: "responsibilities",
    facts.AgencyName: "agencies",
    facts.Group: "groups",
    facts.ModeMention: "modes",
    facts.Stacking: "stackings",
    facts.ModeDefinition: "definitions",
    facts.PortMention: "ports",
    facts.PlatformMention: "platforms",
    facts.Figure: "figures",
    facts.Unread: "unread",
}
# Besides standing on the same words, two facts are about the same thing when they agree in one of these.
_SAME: dict[type[Any], tuple[str, ...]] = {
    facts.Responsibility: ("mention", "agency"),
    facts.Figure: ("value", "indicator"),
    facts.Stacking: ("mode", "with_mode"),
    facts.Group: ("name",),
}


def survive(fresh: FactSheet, reviews: Iterable[Review]) -> FactSheet:
    """The fresh sheet with every reviewed fact in the place of what was recognised on the same words.

    A reviewed fact that nothing corresponds to is added. An item whose owners a person gave is no
    longer unread.
    """
    lists: dict[str, list[Any]] = {name: list(getattr(fresh, name)) for name in _LISTS.values()}
    answered = set()
    known = {item.id for item in fresh.provisions} | {""}
    for review in reviews:
        fact = review.fact
        if getattr(fact, "measure", "") not in known:
            continue  # the item is gone from the document
        rows = lists[_LISTS[type(fact)]]
        places = [at for at, other in enumerate(rows) if corresponds(fact, other)]
        at = places[0] if places else len(rows)
        lists[_LISTS[type(fact)]] = [*rows[:at], fact, *(row for i, row in enumerate(rows[at:], at) if i not in places)]
        if isinstance(fact, facts.Responsibility) and fact.basis != "issuer":
            answered.add(fact.measure)
    lists["unread"] = [u for u in lists["unread"] if not (u.what == "clause" and u.measure in answered)]
    provisions = tuple(
        replace(item, clause_state="stated") if item.id in answered and item.clause_state else item
        for item in fresh.provisions
    )
    changed: dict[str, Any] = {name: tuple(rows) for name, rows in lists.items()}
    return replace(fresh, provisions=provisions, **changed)


def corresponds(fact: Any, other: Any) -> bool:
    """Whether two facts of one kind are about the same thing, though they may say different things of it."""
    if isinstance(fact, facts.AgencyName):
        return bool(fact.printed == other.printed)
    if getattr(fact, "measure", "") != getattr(other, "measure", ""):
        return False
    if fact.evidence.end <= other.evidence.start or other.evidence.end <= fact.evidence.start:
        return False
    same = _SAME.get(type(fact), ())
    return not same or any(getattr(fact, name) == getattr(other, name) for name in same)
