"""What a person decided about facts of a sheet: one stands as it is written, another is none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from guanlian.loaders import facts
from guanlian.loaders.facts import FactSheet
from guanlian.loaders.folding import fold
from guanlian.loaders.names.printed import trim
from guanlian.loaders.review.frames import is_nowhere, with_head, with_items


@dataclass(frozen=True, slots=True)
class Review:
    """A person's word that a fact stands as it is written or, where ``rejected``, that it is no fact; and why.

    ``fact`` may be a document's head (DocumentInfo) or an item (Provision) as well; those are never rejected.
    """

    fact: Any
    note: str = ""
    rejected: bool = False


def known_by(fact: Any) -> Any:
    """What a mark is known by: the fact itself; of an item its number and of a head nothing, whatever they say by now."""
    if isinstance(fact, facts.Provision):
        return "item", fact.id
    return "head" if isinstance(fact, facts.DocumentInfo) else fact


LISTS: Mapping[type[Any], str] = {
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
"""Where a sheet keeps facts of each kind."""

# Besides standing on the same words, two facts are about the same thing when they agree in one of these.
_SAME: Mapping[type[Any], tuple[str, ...]] = {
    facts.Responsibility: ("mention", "agency"),
    facts.Figure: ("value", "indicator"),
    facts.Stacking: ("mode", "with_mode"),
    facts.Group: ("name",),
}
# On the same words, two facts say the same when they agree in all of these.
_SAID: Mapping[type[Any], tuple[str, ...]] = {
    facts.Responsibility: ("agency", "role"),
    facts.AgencyName: ("canonical", "printed"),
    facts.Group: ("name",),
    facts.ModeMention: ("mode",),
    facts.Stacking: ("mode", "with_mode"),
    facts.ModeDefinition: ("mode",),
    facts.PortMention: ("port",),
    facts.PlatformMention: ("platform",),
    facts.Figure: ("indicator", "flow", "value", "value_to", "unit"),
    facts.Unread: ("what",),
}


def survive(fresh: FactSheet, reviews: Iterable[Review]) -> FactSheet:
    """The fresh sheet with every reviewed fact in the place of the one recognised on the same words.

    A reviewed fact that nothing corresponds to is added; a rejected one is left out. An item whose
    owners a person gave is no longer unread; a name that nothing uses any more goes. The head and the
    items that a person gave are as he gave them.
    """
    reviews = list(reviews)
    if not reviews:
        return fresh
    kept = [review.fact for review in reviews if not review.rejected]
    names = _used(fresh)
    for head in (fact for fact in kept if isinstance(fact, facts.DocumentInfo)):
        fresh = with_head(fresh, head, kept)
    sheet = without(fresh, [review.fact for review in reviews if review.rejected], kept)
    lists: dict[str, Any] = {
        name: _replaced(getattr(sheet, name), [fact for fact in kept if type(fact) is kind])
        for kind, name in LISTS.items()
    }
    answered = {fact.measure for fact in kept if isinstance(fact, facts.Responsibility) and fact.basis != "issuer"}
    lists["unread"] = tuple(u for u in lists["unread"] if not (u.what == "clause" and u.measure in answered))
    provisions = tuple(
        replace(item, clause_state="stated") if item.id in answered and item.clause_state else item
        for item in sheet.provisions
    )
    made = replace(sheet, provisions=provisions, **lists)
    gone = names - _used(made)
    made = replace(made, agencies=tuple(row for row in made.agencies if row.canonical not in gone or row in kept))
    return with_items(made, [fact for fact in kept if isinstance(fact, facts.Provision)])


def _replaced(rows: tuple[Any, ...], given: Iterable[Any]) -> tuple[Any, ...]:
    """The rows with each given fact in the place of the one row it corresponds to best, or behind them."""
    made, taken = list(rows), {at for at, row in enumerate(rows) if row in given}
    for fact in given:
        if fact in made:
            continue
        places = [at for at, row in enumerate(rows) if at not in taken and corresponds(fact, row)]
        if places:
            best = max(places, key=lambda at: _agreement(fact, rows[at]))
            made[best] = fact
            taken.add(best)
        else:
            made.append(fact)
    return tuple(made)


def _agreement(fact: Any, other: Any) -> int:
    return sum(getattr(fact, field.name) == getattr(other, field.name) for field in fields(fact))


def corresponds(fact: Any, other: Any) -> bool:
    """Whether two facts of one kind are about the same thing, though they may say different things of it."""
    if isinstance(fact, facts.AgencyName):
        return bool(fact.printed == other.printed)
    same = _SAME.get(type(fact), ())
    return _on_the_same_words(fact, other) and (not same or any(getattr(fact, n) == getattr(other, n) for n in same))


def alike(fact: Any, other: Any) -> bool:
    """Whether two facts of one kind, of whatever words, speak of the same unit, mode, port, figure …"""
    if isinstance(fact, facts.DocumentInfo | facts.Provision):
        return isinstance(fact, facts.DocumentInfo) or bool(fact.id == other.id)
    names = _SAME.get(type(fact), _SAID[type(fact)])
    return any(getattr(fact, name) == getattr(other, name) for name in names)


def _on_the_same_words(fact: Any, other: Any) -> bool:
    if getattr(fact, "measure", "") != getattr(other, "measure", ""):
        return False
    if is_nowhere(fact.evidence) or is_nowhere(other.evidence):
        return fact.evidence.quote in other.evidence.quote or other.evidence.quote in fact.evidence.quote
    return bool(fact.evidence.start < other.evidence.end and other.evidence.start < fact.evidence.end)


# --- facts that are none --------------------------------------------------------------------------


def without(sheet: FactSheet, rejected: Collection[Any], kept: Collection[Any] = ()) -> FactSheet:
    """The sheet without the rejected facts and what rests on them alone.

    What says the same on the same words goes with a rejected fact, unless it is one of ``kept``: what
    was rejected stays out however a later reading words it, and rejecting once more changes nothing.
    A rejected name takes along the responsibilities it was read for, a rejected group those of its
    members. An item that is left without owners has none; names that nothing uses any more go too.
    """
    if not rejected:
        return sheet
    lists = {name: getattr(sheet, name) for name in LISTS.values()}
    for fact in rejected:
        name = LISTS[type(fact)]
        lists[name] = tuple(row for row in lists[name] if row in kept or not _says_the_same(fact, row))
    names = {fact.canonical: fact for fact in rejected if isinstance(fact, facts.AgencyName)}
    groups = {fact.name for fact in rejected if isinstance(fact, facts.Group)}
    known = {row.canonical for row in lists["agencies"]}
    lists["responsibilities"] = tuple(
        row for row in lists["responsibilities"] if row.via not in groups and not _is_no_unit(row, names, known)
    )
    lists["groups"] = tuple(_members(group, names.keys() - known) for group in lists["groups"])
    left = replace(sheet, **lists)
    return _settled(sheet, left)


def _says_the_same(fact: Any, row: Any) -> bool:
    same = all(getattr(row, name) == getattr(fact, name) for name in _SAID[type(fact)])
    return same and (isinstance(fact, facts.AgencyName) or _on_the_same_words(fact, row))


def _is_no_unit(row: facts.Responsibility, names: Mapping[str, facts.AgencyName], known: Collection[str]) -> bool:
    name = names.get(row.agency)
    return name is not None and (row.agency not in known or trim(fold(row.mention)) == trim(fold(name.printed)))


def _members(group: facts.Group, gone: Collection[str]) -> facts.Group:
    if not gone:
        return group
    members = tuple(member for member in group.members if member.agency not in gone)
    return replace(group, members=members, lead="" if group.lead in gone else group.lead)


def _settled(before: FactSheet, after: FactSheet) -> FactSheet:
    """The sheet after facts were taken out of it: items say what clause they have, no name stands unused."""
    owned = {row.measure for row in after.responsibilities if row.basis != "issuer"}
    unread = {row.measure for row in after.unread if row.what == "clause"}
    touched = _touched(before, after)
    provisions = tuple(
        replace(item, clause_state="unread" if item.id in unread else "absent")
        if item.id in touched and item.clause_state and item.id not in owned
        else item
        for item in after.provisions
    )
    gone = _used(before) - _used(after)
    names = tuple(row for row in after.agencies if row.canonical not in gone)
    return replace(after, provisions=provisions, agencies=names)


def _touched(before: FactSheet, after: FactSheet) -> set[str]:
    """Items that lost an owner or an unread clause."""
    lost = {*before.responsibilities} - {*after.responsibilities}
    unread = {row for row in {*before.unread} - {*after.unread} if row.what == "clause"}
    return {row.measure for row in lost | unread}


def _used(sheet: FactSheet) -> set[str]:
    """Units that own something, sit in a group or issue the document."""
    groups = {name for group in sheet.groups for name in (group.lead, *(m.agency for m in group.members))}
    return {row.agency for row in sheet.responsibilities} | groups | {*sheet.document.issuers}


def dropped(sheet: FactSheet, owners: Collection[facts.Responsibility]) -> FactSheet:
    """The sheet without these very owners, settled as after a rejection."""
    left = tuple(row for row in sheet.responsibilities if row not in owners)
    return _settled(sheet, replace(sheet, responsibilities=left))
