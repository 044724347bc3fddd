"""What readers of results and of plans share: the parts of a passage, and the records made of drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guanlian.loaders.facts import Evidence, Figure
from guanlian.loaders.figures import periods, quantities
from guanlian.loaders.figures.periods import Clock, When
from guanlian.loaders.figures.quantity import Quantity
from guanlian.loaders.figures.statements import Draft
from guanlian.loaders.text import Passage, Text

_STOP = re.compile(r"[。！？!?；;\n\t]")
_TITLED = re.compile("《[^》\n]*》")
_FULL_STOP = re.compile(r"[。\n]")
_TILL = re.compile(r"[^，。；、\d]{0,12}(?:至|到|截至|截止)")
_LONGEST = 120


def segments(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences, cut at ； too, that hold anything."""
    out, at = [], start
    for m in _STOP.finditer(folded, start, end):
        if m.start() > at:
            out.append((at, m.start()))
        at = m.end()
    if end > at:
        out.append((at, end))
    return out


def times(folded: str, start: int, end: int, dated: list[When], clock: Clock) -> list[When]:
    """Dated and worded times of a stretch in order, none inside another."""
    if "《" in folded[start:end]:
        titles = [m.span() for m in _TITLED.finditer(folded, start, end)]
        dated = [w for w in dated if not any(a < w.start < b for a, b in titles)]  # 《某规划（2021—2035年）》
    worded: list[When] = []
    stated = [known for known in dated if known.role == "span" and known.last]
    for k, known in enumerate(stated):  # each of them says what year a word behind it means, the first also those before it
        clock = Clock(clock.this, known.year, int(known.last[5:7]), clock.issued)
        till = stated[k + 1].start if k + 1 < len(stated) else end
        worded += periods.times(folded, known.start if k else start, till, clock)
    if not stated:
        worded = periods.times(folded, start, end, clock)
    if not worded:
        return _joined(folded, dated)
    out: list[When] = []
    for w in sorted([*((d.start, 0, d) for d in dated), *((w.start, 1, w) for w in worded)], key=lambda x: x[:2]):
        if not out or w[0] >= out[-1].end:
            out.append(w[2])
        elif not w[1]:
            out[-1] = w[2]  # digits know more than the word before them
    return _joined(folded, out)


def _joined(folded: str, times: list[When]) -> list[When]:
    """自2021年12月3日开通至2024年12月2日 is one time."""
    for i in range(len(times) - 1, 0, -1):
        a, b = times[i - 1], times[i]
        if a.role == "open" and b.role == "span" and a.first <= b.first and _TILL.fullmatch(folded, a.end, b.start):
            times[i - 1 : i + 1] = [When(a.start, b.end, a.first, b.last, "span", b.year)]
    return times


def filled(
    folded: str, start: int, stop: int, found: quantities.Scan, every: bool = False
) -> Iterator[tuple[int, int, list[Quantity], list[When]]]:
    """The segments that hold a quantity or a time (or all), with both."""
    i, j, numbers, dated = 0, 0, found.quantities, found.times
    for at, end in segments(folded, start, stop):
        first, second = i, j
        while i < len(numbers) and numbers[i].start < end:
            i += 1
        while j < len(dated) and dated[j].start < end:
            j += 1
        if every or i > first or j > second:
            yield at, end, numbers[first:i], dated[second:j]


def day(w: When) -> str:
    """The last day of a time."""
    return w.last if len(w.last) == 10 else periods.last_day(int(w.last[:4]), int(w.last[5:7]))


def promise(passage: Passage, what: str, due: str, evidence: Evidence) -> Figure:
    """The record of a promise that is only a date."""
    return Figure(
        passage.measure, passage.section, "planned", what, "", "level", None, None, "", "", "", "",
        None, None, "", "", due, evidence,
    )  # fmt: skip


def figure(text: Text, passage: Passage, d: Draft, deadline: str | None) -> Figure:
    """The record of a draft; a deadline (or ``""``) makes it a planned one."""
    q, planned = d.q, deadline is not None
    return Figure(
        passage.measure, passage.section, "planned" if planned else "reported", d.indicator, d.flow, d.kind,
        q.value, q.value_to, q.unit, d.direction, d.bound, d.baseline, d.from_[0], d.from_[1],
        "" if planned else d.first, "" if planned else d.last, deadline or "", _quote(text, passage, d), d.doubts,
    )  # fmt: skip


def _quote(text: Text, passage: Passage, d: Draft) -> Evidence:
    start, end = max(passage.start, d.box.start), max(d.box.end, d.q.end)
    if passage.start <= d.since < start and end - d.since <= _LONGEST and not _FULL_STOP.search(text.folded, d.since, start):
        start = d.since  # 同比增长28% says of what only with the clause before it
    elif end - start > _LONGEST:
        start, end = max(start, d.q.start - 80), min(end, d.q.end + 30)
    return trimmed(text, start, end)


def around(text: Text, passage: Passage, start: int, end: int) -> Evidence:
    """A number with the words around it, up to the commas."""
    folded = text.folded
    first, last = max(passage.start, start - 60), min(passage.end, end + 60)
    left = max(max(folded.rfind(c, first, start) for c in "，。；\n") + 1, first)
    stops = [i for c in "，。；\n" if (i := folded.find(c, end, last)) >= 0]
    return trimmed(text, left, min(stops, default=last))


def trimmed(text: Text, start: int, end: int) -> Evidence:
    """Evidence without white space at its ends."""
    while start < end - 1 and text.clean[start].isspace():
        start += 1
    while end > start + 1 and text.clean[end - 1].isspace():
        end -= 1
    return text.evidence(start, end)
