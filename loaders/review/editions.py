"""Editions of one document: which sheets are of one, and where a decision about one stands in another.

Items are matched by their words, not by their numbers; what a person decided about a fact holds where
the fact's own words stand in the matching item again. Similarity is that of :mod:`difflib` (Ratcliff and
Obershelp 1988: twice the matching characters by all characters).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import Any

from guanlian.loaders import facts
from guanlian.loaders.facts import DocumentInfo, Evidence, FactSheet
from guanlian.loaders.folding import fold
from guanlian.loaders.names.printed import trim
from guanlian.loaders.repair import repair
from guanlian.loaders.review.decisions import LISTS, Review, alike
from guanlian.loaders.text import Text

NOWHERE = Evidence(0, 0, "")
NEAR = 0.8
"""Two items whose titles are at least so similar are one, reworded at most."""
ALIKE = 0.5
"""Two items whose words are at least so similar are one that has changed: its decisions are to be looked at again."""

_MARKS = frozenset(" \t\r\n\f\v\u3000\u00a0（）()〔〕［］[]【】「」『』《》〈〉“”‘’\"'、，,；;：:。*")
_OPENERS, _CLOSERS = frozenset("（(〔［[【"), frozenset("）)〕］]】")
_VERSION = r"(?:19|20)?\d{0,2}\s*年?.{0,6}(?:版|稿|本|修订|修正|修改|更新|试行|暂行|草案|全文|附件\d{0,2})"
_EDITION = re.compile(
    rf"[（(〔\[【]{_VERSION}[)）〕\]】]|^附件\s*\d{{0,2}}\s*[:：.、]?\s*|新修订的?|修订后的"
    r"|(?:(?:修订|修正|更新|征求意见|送审|报批|审议|讨论|正式|最终)[版稿]|修正案)$"
)
_NOTICE = re.compile(r"^.{0,40}?关于(?:重新|修订|调整)?(?:印发|发布|公布|转发)(.+?)的?通知$")


# --- which sheets ---------------------------------------------------------------------------------


def is_edition(document: DocumentInfo, other: DocumentInfo, named: Collection[str] = ()) -> bool:
    """Whether ``other`` is an earlier edition of ``document``, or the same one from another source.

    It is where a person ``named`` it (by key, 文号, title or file name); where both have one 文号, or
    one issuer and one title but for words of edition (but bulletins have one title every month);
    never where it is known to be the later one.
    """
    if not {other.key, other.number, other.title, other.source}.isdisjoint(named):
        return True
    size = min(len(document.issued), len(other.issued))
    if other.issued[:size] > document.issued[:size]:
        return False
    titles = bare_title(document.title), bare_title(other.title)
    if document.number and document.number == other.number:
        return not all(titles) or _ratio(*titles) >= ALIKE  # annexes of one notice have its 文号 too
    issuers = document.issuer, other.issuer
    return document.kind != "news" and bool(titles[0]) and titles[0] == titles[1] and (issuers[0] == issuers[1] or not all(issuers))


@lru_cache(maxsize=4096)
def bare_title(title: str) -> str:
    """A title without marks and words of edition; ``""`` for one that was supplied.

    >>> bare_title("关于印发《甲市优化口岸措施（2024年修订）》的通知") == bare_title("附件1：甲市优化口岸措施（征求意见稿）")
    True
    >>> bare_title("甲市优化口岸工作方案（2021—2023年）")
    '甲市优化口岸工作方案2021—2023年'
    """
    if title.startswith("[") and title.endswith("]"):
        return ""
    folded = fold(title)
    notice = _NOTICE.match(folded)
    return bare(_EDITION.sub("", (notice[1] if notice else folded).strip("《》 ")))


@lru_cache(maxsize=4096)
def bare(words: str) -> str:
    r"""Words without printing accidents, brackets, quotes, list marks and white space, in simplified characters.

    >>> bare("（市商务局、市\u200b财政局\n\n— 2 —\n\n参與）")
    '市商务局市财政局参与'
    """
    folded = repair(words).folded.strip() or fold(words)  # what looks like a page number may be a figure: 1/3
    return "".join(c for c in folded if c not in _MARKS)


# --- which items ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Match:
    """The item of another edition that an item is, and whether its title is near enough the same."""

    item: str
    near: bool


def counterparts(old: FactSheet, new: FactSheet) -> dict[str, Match]:
    """The item of ``new`` for each item of ``old`` that has one, each at most once, the most similar first."""
    before, after = _words(old), _words(new)
    found: dict[str, Match] = {"": Match("", True)}
    for item in before:  # most have not changed: those need no comparing
        if item in after and before[item] == after[item]:
            found[item] = Match(item, True)
    taken = {match.item for match in found.values()}
    scores = [
        (*score, one, other)
        for one in before.keys() - found.keys()
        for other in after.keys() - taken
        if (score := _similarity(before[one], after[other]))[0] >= ALIKE
    ]
    order = {item: at for at, item in enumerate(after)}
    for near, _, one, other in sorted(scores, key=lambda s: (-s[0], -s[1], s[2] != s[3], order[s[3]], s[2])):
        if one not in found and other not in taken:
            found[one] = Match(other, near >= NEAR)
            taken.add(other)
    return found


def _words(sheet: FactSheet) -> dict[str, tuple[str, str]]:
    """Title and quoted words of each item."""
    quotes: dict[str, dict[str, None]] = {item.id: {} for item in sheet.provisions}
    for name in LISTS.values():
        for row in getattr(sheet, name):
            if getattr(row, "measure", ""):
                quotes[row.measure][bare(row.evidence.quote)] = None
    return {item.id: (bare(item.title), "".join(sorted(quotes[item.id]))) for item in sheet.provisions}


def _similarity(one: tuple[str, str], other: tuple[str, str]) -> tuple[float, float]:
    """How near two items are by title, and by all their words; words alone never make two titles near."""
    if not (any(one) and any(other)):
        return 0.0, 0.0
    whole = _ratio(one[0] + one[1], other[0] + other[1])
    if not (one[0] and other[0]):
        return whole, whole
    title = _ratio(one[0], other[0])
    return (title if title >= NEAR else max(title, min(whole, NEAR - 0.01))), whole


def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


# --- which words ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Edition:
    """A document to carry decisions to: what was recognised in it, and its own words where they are at hand."""

    sheet: FactSheet
    text: Text | None = None
    items: Mapping[str, facts.Provision] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", {item.id: item for item in self.sheet.provisions})

    @cached_property
    def _kept(self) -> list[int]:
        """Indexes in ``text.clean`` of the characters that are no marks."""
        assert self.text
        return [at for at, c in enumerate(self.text.folded) if c not in _MARKS]

    @cached_property
    def _bare(self) -> str:
        assert self.text
        folded = self.text.folded
        return "".join(folded[at] for at in self._kept)

    def places(self, quote: str) -> Iterator[Evidence]:
        """Where these words stand, marks and white space aside; without the text, where a fact quotes them."""
        wanted = bare(quote)
        if not wanted:
            return
        if self.text is None:
            for name in LISTS.values():
                for row in getattr(self.sheet, name):
                    if hasattr(row, "evidence") and bare(row.evidence.quote) == wanted:
                        yield row.evidence
            return
        at = self._bare.find(wanted)
        while at >= 0:
            yield self._evidence(self._kept[at], self._kept[at + len(wanted) - 1] + 1, quote)
            at = self._bare.find(wanted, at + 1)

    def _evidence(self, start: int, end: int, quote: str) -> Evidence:
        """Evidence for words of ``clean``, with the brackets round them that the quote has."""
        assert self.text
        clean = self.text.clean
        if quote[0] in _OPENERS and start and clean[start - 1] in _OPENERS:
            start -= 1
        if quote[-1] in _CLOSERS and clean[end : end + 1] and clean[end] in _CLOSERS:
            end += 1
        return self.text.evidence(start, end)


def place(fact: Any, old: facts.Provision | None, item: str, edition: Edition) -> Any | None:
    """The fact with its item and words in this edition; None where its words do not stand there as they did."""
    if isinstance(fact, facts.AgencyName):
        return fact if _is_printed(fact, edition) else None
    words: Evidence = fact.evidence
    new = edition.items.get(item)
    spots = [spot for spot in edition.places(words.quote) if _whole(words.quote, spot.quote)]
    wanted = float(words.start)
    if old and new and old.start <= words.start < old.end:
        spots = [spot for spot in spots if new.start <= spot.start < new.end]
        wanted = new.start + (words.start - old.start) / (old.end - old.start) * (new.end - new.start)
    elif old and new:  # a clause for a whole section, a rule said once for all
        wanted = new.start + float(words.start - old.start)
    elif not isinstance(fact, facts.Group):
        spots = [spot for spot in spots if not any(i.start <= spot.start < i.end for i in edition.items.values())]
    if not spots:
        return None
    placed = replace(fact, evidence=min(spots, key=lambda spot: abs(spot.start - wanted)))
    return replace(placed, measure=item) if hasattr(fact, "measure") else placed


def _whole(quote: str, found: str) -> bool:
    """Whether a clause in brackets is one here too, not the beginning of a longer one."""
    opened = quote[0] not in _OPENERS or found[0] in _OPENERS
    return opened and (quote[-1] not in _CLOSERS or found[-1] in _CLOSERS)


def _is_printed(name: facts.AgencyName, edition: Edition) -> bool:
    printed = trim(fold(name.printed))
    if any(trim(fold(row.printed)) == printed for row in edition.sheet.agencies):
        return True
    return edition.text is not None and bool(printed) and next(edition.places(printed), None) is not None


# --- decisions ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A decision that does not hold in an edition as it stands.

    ``review`` is as it was; ``item`` is the item of the new edition to look at again, and ``words`` its
    words there; where ``item`` is None, nothing in this edition is the decision's item.
    """

    review: Review
    item: str | None = None
    words: Evidence = NOWHERE


def carry(
    reviews: Iterable[Review], old: FactSheet, edition: Edition, own: Iterable[Review] = ()
) -> tuple[list[Review], list[Unplaced]]:
    """Decisions about ``old`` that hold in this edition, in its places; and those that do not.

    A decision of its ``own`` on the same matter comes before one about another edition.
    """
    matches = counterparts(old, edition.sheet)
    items = {item.id: item for item in old.provisions}
    kept: list[Review] = []
    left: list[Unplaced] = []
    known = {item: match.item for item, match in matches.items()}
    for review in unanswered(reviews, own, known):
        if isinstance(review.fact, DocumentInfo | facts.Provision):
            left += _of_its_edition(review, matches, edition)
            continue
        fact, item = review.fact, getattr(review.fact, "measure", "")
        match = matches.get(item)
        placed = place(fact, items.get(item), match.item, edition) if match and match.near else None
        if placed and not _changed(placed, edition):
            kept.append(replace(review, fact=placed))
        elif match is None or (words := _to_look_at(review, match.item, edition)) is None:
            left.append(Unplaced(review))
        else:
            left.append(Unplaced(review, match.item, words))
    return kept, left


def _of_its_edition(review: Review, matches: Mapping[str, Match], edition: Edition) -> list[Unplaced]:
    """A head is that of one edition; so is an item, but where this one has it by the same title nothing is lost."""
    if isinstance(review.fact, DocumentInfo) or review.fact.id not in matches:
        return [Unplaced(review)]
    item = matches[review.fact.id].item
    return [] if bare(edition.items[item].title) == bare(review.fact.title) else [Unplaced(review, item)]


def unanswered(
    reviews: Iterable[Review], own: Iterable[Review], items: Mapping[str, str] | None = None
) -> list[Review]:
    """The reviews that no decision of the edition itself answers; each of its ``own`` answers one.

    ``items`` gives the edition's item for each item of the reviews; without it they have the same.
    """
    left, mine = list(reviews), list(own)
    for answers in (_says_the_same, alike):
        for review in list(left):
            item = getattr(review.fact, "measure", "")
            item = items.get(item) if items is not None else item
            found = next((o for o in mine if _is_of(o.fact, review.fact, item) and answers(o.fact, review.fact)), None)
            if found:
                mine.remove(found)
                left.remove(review)
    return left


def _is_of(own: Any, fact: Any, item: str | None) -> bool:
    return type(own) is type(fact) and getattr(own, "measure", item) == item


def _says_the_same(fact: Any, other: Any) -> bool:
    """Whether two facts differ in their places at most."""
    where = {name: getattr(other, name) for name in ("measure", "evidence") if hasattr(other, name)}
    return bool(replace(fact, **where) == other)


def _changed(fact: Any, edition: Edition) -> bool:
    """Whether the clause that a responsibility was read from says more or less now."""
    if not isinstance(fact, facts.Responsibility):
        return False
    clauses = {row.evidence for row in edition.sheet.responsibilities if row.measure == fact.measure}
    clauses |= {row.evidence for row in edition.sheet.unread if row.measure == fact.measure and row.what == "clause"}
    words = fact.evidence
    meant = {c for c in clauses if c.start < words.end and words.start < c.end}
    return bool(meant) and all(bare(c.quote) != bare(words.quote) for c in meant)


def _to_look_at(review: Review, item: str, edition: Edition) -> Evidence | None:
    """The words to look at again: the most similar of facts of its kind in the item, else the item's first.

    None where there is nothing to look at: a name that is not printed, a rejected fact that is not read.
    """
    fact = review.fact
    if isinstance(fact, facts.AgencyName):
        return None
    rows = [row for row in getattr(edition.sheet, LISTS[type(fact)]) if getattr(row, "measure", item) == item]
    if review.rejected:
        rows = [row for row in rows if alike(row, fact)]
    if rows:
        quotes: list[Evidence] = [row.evidence for row in rows]
        return max(quotes, key=lambda words: _ratio(bare(words.quote), bare(fact.evidence.quote)))
    if review.rejected:
        return None
    found = edition.items.get(item)
    if found is None or edition.text is None:
        return NOWHERE
    end = min(found.end, found.start + 40)
    return Evidence(found.start, end, edition.text.source[found.start : end])
