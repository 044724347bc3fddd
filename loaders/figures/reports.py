"""Which numbers of a report are results, and which are only promised: words and rules are section 6 of figures.yaml."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from guanlian.loaders.figures import promises, records
from guanlian.loaders.figures.grammar import any_of, tables
from guanlian.loaders.figures.periods import Clock, When
from guanlian.loaders.figures.quantity import Quantity
from guanlian.loaders.figures.statements import Draft

_OUTLOOK = re.compile(r"\s*(?:下半年|下一?阶段|下一步|明年|今后)?(?:工作)?(?:打算|安排|计划|思路)[：:]")
_TILL = re.compile(r"(?:^|[，。；：、\n\s]|力争|争取|计划|规划|提出)[到至]$")
_LINE = 1000
_REACH = 60
"""How far before a sentence its line, and before a number its rule, may begin; a table flattened into one line must not cost its square."""


class _Rules(NamedTuple):
    alone: re.Pattern[str]
    any: re.Pattern[str]
    heads: re.Pattern[str]
    both: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    consignment: re.Pattern[str]
    summed: re.Pattern[str]
    foreseen: re.Pattern[str]
    hopes: re.Pattern[str]


@lru_cache(maxsize=1)
def rules() -> _Rules:
    """The compiled rules of reports; ``any`` tells whether a sentence has a word of any of them, ``heads`` one before a number."""
    t = tables()
    headed = [r for r in t["no_result"] if "words" in r]
    heads = any_of(w for r in headed for w in r["words"])
    return _Rules(
        re.compile("|".join(r["after"] for r in t["no_result"] if "words" not in r)),
        re.compile("|".join([heads, t["consignment"], t["foreseen"]])),
        re.compile(heads),
        tuple((re.compile(f"{any_of(r['words'])}{r['gap']}$"), re.compile(r["after"])) for r in headed),
        *(re.compile(t[k]) for k in ("consignment", "summed", "foreseen", "hopes")),
    )


def marked(folded: str, start: int, end: int) -> bool:
    """Whether a sentence has any word that a rule looks for; most have none."""
    return rules().any.search(folded, start, end) is not None


def results(folded: str, start: int, end: int, inside: list[Quantity], times: list[When], noticed: bool) -> list[Quantity]:
    """The quantities of a sentence without those that are no results: sizes, goals recalled, the consignment of the opening.

    ``noticed`` as in :func:`marked`.
    """
    r = rules()
    inside = [q for q in inside if not r.alone.match(folded, q.end, end)]
    if not noticed:
        return inside
    first = last = end
    load = r.consignment.search(folded, start, end)
    if load and not r.summed.search(folded, start, load.start()) and all(w.first == w.last and len(w.last) == 10 for w in times if w.start < load.start()):
        first = max(start, *(folded.rfind(c, start, load.start()) + 1 for c in "，："))
        summed = r.summed.search(folded, load.end(), end)
        last = summed.start() if summed else end
    headed = r.heads.search(folded, start, end) is not None
    return [q for q in inside if not (first <= q.start < last or (headed and _headed(folded, start, end, q)))]


def _headed(folded: str, start: int, end: int, q: Quantity) -> bool:
    first = max(start, q.start - _REACH)
    return any(before.search(folded, first, q.start) and after.match(folded, q.end, end) for before, after in rules().both)


class Promise(NamedTuple):
    """The deadlines of a promise told among results, and from where on the text is one (its end: nowhere)."""

    by: list[When]
    start: int


def promise(folded: str, start: int, end: int, times: list[When], clock: Clock, before: Promise | None) -> Promise:
    """What a sentence promises (力争到2025年…), or what one ``before`` it in its paragraph does."""
    if _OUTLOOK.match(folded, folded.rfind("\n", max(0, start - _LINE), start) + 1, end):
        return Promise([w for w in times if w.role == "deadline"], start)
    done = promises.rules()["done"].search(folded, start, end) is not None
    issued = f"{clock.this}-{clock.issued:02d}"
    later = [w for w in times if w.role == "deadline" or (w.last and clock.this and int(w.last[:4]) > clock.this) or (not done and _goal(folded, w, clock, issued))]
    by = [w for w in times if w in later or (w.role == "span" and w.last[:7] >= issued)]
    intends = promises.rules()["intends"].search(folded, start, end)
    if intends and (later or rules().hopes.search(folded, start, end)):
        return Promise(by, min([intends.start(), *(w.start for w in later)]))
    ahead = next((w.start for w in later if w.role == "span"), end)
    if ahead == end and before and not done and (not times or by):
        return Promise(by or before.by, start - 1)
    return Promise(by, ahead)


def _goal(folded: str, w: When, clock: Clock, issued: str) -> bool:
    """到2025年 at the head of a clause, of a year to come as far as one knows: 到今年底, or any year in a paper without a date."""
    if w.role != "span" or not w.last or not _TILL.search(folded, max(0, w.start - 6), w.start):
        return False
    return not clock.this or w.last[:7] >= issued


def deadlines(folded: str, drafts: list[Draft], promised: Promise, noticed: bool) -> list[str | None]:
    """For each figure of a sentence the day by which it is promised (``""``: no day is told), None for what is reported."""
    by, first = promised
    return [_due(d, by) if d.q.start > first or (noticed and _foreseen(folded, d)) else None for d in drafts]


def _foreseen(folded: str, d: Draft) -> bool:
    """Whether the clause of a number says that it is still to come: 预计日均出入境货车1700辆次."""
    return rules().foreseen.search(folded, max(d.box.start, d.q.start - _REACH), min(d.box.end, d.q.end + _REACH)) is not None


def _due(d: Draft, by: list[When]) -> str:
    """The deadline of a promised number: the last one before it, else the first."""
    ahead = [w for w in by if w.start < d.q.start]
    return records.day(ahead[-1] if ahead else by[0]) if by else ""
