"""Figures of a document: outcomes that its results parts report, targets that its measures promise.

The grammar is figures.yaml (words and short rules, an example each); :mod:`quantities` reads
numbers, :mod:`periods` dates, :mod:`predicates` what is said of a number, :mod:`subjects` what is
measured, :mod:`sentences` and :mod:`drafts` put a sentence together. This module walks a document and writes records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from guanlian.loaders import periods, quantities
from guanlian.loaders.facts import Evidence, Figure, Unread
from guanlian.loaders.grammar import tables
from guanlian.loaders.periods import Clock, When
from guanlian.loaders.quantities import Quantity
from guanlian.loaders.sentences import segment
from guanlian.loaders.statements import Draft, State
from guanlian.loaders.text import Passage, Text

_STOP = re.compile(r"[。！？!?；;\n]")
_YEAR = re.compile(r"(?:19|20)\d\d(?=\s?年(?!底?前))")
_UNDATED = re.compile("年[底末内]|[上下]半年|季度|月底前")
_FULL_STOP = re.compile(r"[。\n]")
_TITLE = re.compile(r"\s*[^。；\n]{1,60}(?=\n)(?<![，、：。；])")
_LABEL = re.compile(r"[\s（(【\[]*(?:完成|实施|办结|计划)?(?:时限|时间|期限|时间节点|进度安排)(?:要求)?[:：]")
_PLANS = ("plan", "measures", "measure", "table", "interpretation")
_TOLD = re.compile(r"已|共|累计|达|超|近|实现|完成|压缩|缩短|降至|减至|由|从|目前|截至|惠及|办理|受理|节省|下降|增")
_SERVICE = re.compile(r"提前|每[周日月天]|抵港前|到港前|运抵前|航行前")
_LONGEST = 120


def read(text: Text, passages: Sequence[Passage], issued: str, kind: str) -> tuple[tuple[Figure, ...], tuple[Unread, ...]]:
    """Every figure of the passages, and the numbers of results parts that were not understood.

    ``issued`` is the document's ISO date as far as known (``""``: the latest year it names is taken).
    ``kind``: plan and measures give targets; anything else gives outcomes.
    """
    clock = _clock(text.folded, issued)
    figures: list[Figure] = []
    unread: list[Unread] = []
    for passage in passages:
        if passage.heading or passage.end <= passage.start:
            continue
        if kind in _PLANS:
            _promises(text, passage, clock, kind, figures)
        else:
            _results(text, passage, clock, figures, unread)
    return tuple(figures), tuple(unread)


def _clock(folded: str, issued: str) -> Clock:
    """今年 is the year of issue, or else the latest full year the text states."""
    if re.match(r"\d{4}", issued):
        this = int(issued[:4])
    else:
        named = (int(m[0]) for m in _YEAR.finditer(folded) if folded[m.start() - 1 : m.start()] not in tuple("到至0123456789"))
        this = max(named, default=0)
    month = int(issued[5:7]) if re.match(r"\d{4}-\d\d", issued) else 12
    return Clock(this, this, 0, month)


def _segments(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences, cut at ； too, that hold anything."""
    out, at = [], start
    for m in _STOP.finditer(folded, start, end):
        if m.start() > at:
            out.append((at, m.start()))
        at = m.end()
    if end > at:
        out.append((at, end))
    return out


def _times(folded: str, start: int, end: int, dated: list[When], clock: Clock) -> list[When]:
    """Dated and worded times of a stretch in order, none inside another."""
    year = dated[0].year if dated and dated[0].role == "span" else clock.year
    worded = periods.times(folded, start, end, clock._replace(year=year))
    if not worded:
        return dated
    out: list[When] = []
    for w in sorted([*((d.start, 0, d) for d in dated), *((w.start, 1, w) for w in worded)], key=lambda x: x[:2]):
        if not out or w[0] >= out[-1].end:
            out.append(w[2])
        elif not w[1]:
            out[-1] = w[2]  # digits know more than the word before them
    return out


def _results(text: Text, passage: Passage, clock: Clock, figures: list[Figure], unread: list[Unread]) -> None:
    folded = text.folded
    found = quantities.scan(folded, passage.start, passage.end, clock)
    if not found.quantities and not found.unread:
        return
    ledger = passage.section in ("effect", "body")
    title = _TITLE.match(folded) if not passage.start else None
    opening = title.end() if title else 0
    state = State(persist=passage.section == "body", this=clock.this)
    for start, end, inside, dated in _filled(folded, passage, found):
        if (not inside and not state.persist) or end <= opening:
            continue
        before = len(state.drafts)
        loose = [q for q in inside if q.bare]
        times = _times(folded, start, end, dated, clock)
        segment(folded, start, end, [q for q in inside if not q.bare] if loose else inside, times, state)
        drafts = state.drafts[before:]
        if not ledger:
            drafts = [d for d in drafts if _told(folded, d)]
        promised = _intended(folded, start, end, times, clock) if passage.section == "body" else None
        figures.extend(_figure(text, passage, d, promised) for d in drafts)
        state.unread.extend((q.start, q.end) for q in loose)
    if ledger:
        spans = sorted(s for s in {*found.unread, *state.unread} if s[0] >= opening)
        unread.extend(Unread(passage.measure, "figure", _around(text, passage, a, b)) for a, b in spans)


def _filled(folded: str, passage: Passage, found: quantities.Scan, every: bool = False) -> Iterator[tuple[int, int, list[Quantity], list[When]]]:
    """The segments that hold a quantity or a time (or all), with both."""
    i, j, numbers, dated = 0, 0, found.quantities, found.times
    for start, end in _segments(folded, passage.start, passage.end):
        first, second = i, j
        while i < len(numbers) and numbers[i].start < end:
            i += 1
        while j < len(dated) and dated[j].start < end:
            j += 1
        if every or i > first or j > second:
            yield start, end, numbers[first:i], dated[second:j]


def _told(folded: str, d: Draft) -> bool:
    """Outside a results part a bare count in a description of the rules is no result."""
    return d.kind != "level" or d.from_[0] is not None or bool(_TOLD.search(folded, d.box.start, d.q.start + 1))


@lru_cache(maxsize=1)
def _plan_rules() -> dict[str, re.Pattern[str]]:
    return {k: re.compile(tables()[k]) for k in ("promise", "promised_after", "done", "intends")}


def _intended(folded: str, start: int, end: int, times: list[When], clock: Clock) -> str | None:
    """The deadline of a promise told among results (力争到2025年…), ``""`` for one without a date, None for no promise."""
    if not _plan_rules()["intends"].search(folded, start, end):
        return None
    by = [w for w in times if w.role == "deadline" or (w.last and int(w.last[:4]) > clock.this)]
    if by:
        return _day(by[0])
    return "" if re.search("力争|下一步|确保", folded[start:end]) else None


def _day(w: When) -> str:
    return w.last if len(w.last) == 10 else periods.last_day(int(w.last[:4]), int(w.last[5:7]))


def _promises(text: Text, passage: Passage, clock: Clock, kind: str, figures: list[Figure]) -> None:
    """Targets of a plan: promised numbers and dates."""
    folded = text.folded
    found = quantities.scan(folded, passage.start, passage.end, clock)
    rules = _plan_rules()
    first = len(figures)
    state = State(persist=False, this=clock.this)
    if not found.quantities and not found.times and not _UNDATED.search(folded, passage.start, passage.end):
        return
    for start, end, inside, dated in _filled(folded, passage, found, True):
        if not inside and not dated and not _UNDATED.search(folded, start, end):
            continue
        inside = [q for q in inside if not q.bare]
        times = _times(folded, start, end, dated, clock)
        due = [w for w in times if _is_deadline(folded, w, start, end, clock)]
        if due and _LABEL.match(folded, start, end):
            _label(text, passage, _day(due[-1]), first, figures)
            continue
        done = rules["done"].search(folded, start, end)
        if not done and kind == "interpretation":
            continue
        before = len(state.drafts)
        for w in due:
            w.role = "deadline"
        segment(folded, start, end, inside, times, state)
        drafts = state.drafts[before:]
        if done:
            figures.extend(_figure(text, passage, d, None) for d in drafts)
            continue
        _targets(text, passage, (start, end), due, [d for d in drafts if _promised(folded, d, bool(due))], figures)


def _label(text: Text, passage: Passage, day: str, first: int, figures: list[Figure]) -> None:
    """完成时限：2022年12月 dates every promise of its item, or is the item's promise by itself."""
    for i in range(first, len(figures)):
        if figures[i].status == "planned" and not figures[i].deadline:
            figures[i] = replace(figures[i], deadline=day)
    if len(figures) == first:
        stop = _STOP.search(text.folded, passage.start, passage.end)
        end = stop.start() if stop and stop.start() > passage.start else passage.end
        what = text.folded[passage.start : end].strip()[:60]
        figures.append(_promise(passage, what, day, _trimmed(text, passage.start, end)))


def _is_deadline(folded: str, w: When, start: int, end: int, clock: Clock) -> bool:
    """2020年底前, 到2025年, 2022年12月完成: a day by which something is promised."""
    if not w.last or w.role in ("base", "each") or re.search(r"[每次]$|每月$|每年$|次月$", folded[max(start, w.start - 2) : w.start]):
        return False
    if w.role == "deadline":
        return True
    ahead, after = folded[max(start, w.start - 6) : w.start], folded[w.end : min(end, w.end + 6)]
    later = int(w.last[:4]) >= clock.this
    by = re.search(r"(?:到|至|力争|时限|时间|期限|于)[:：为]?$", ahead)
    return bool(later and w.role == "span" and (by or re.match(r"(?:底|末)?(?:全面|基本)?(?:完成|建成|实现|达到|投入)|[，,]?力争", after)))


def _promised(folded: str, d: Draft, dated: bool) -> bool:
    """Whether a number of a plan is promised, not a rule or a name."""
    rules = _plan_rules()
    left, right = folded[d.box.start : d.q.core], folded[d.q.core : d.box.end]
    if _SERVICE.search(left[-8:]):
        return False
    if d.kind == "change" or d.from_[0] is not None:
        return True
    if rules["promised_after"].search(right):
        return True
    return bool(rules["promise"].search(left)) and (dated or d.kind == "share" or bool(d.q.bound) or d.q.unit != "")


def _targets(
    text: Text, passage: Passage, span: tuple[int, int], due: list[When], drafts: list[Draft], figures: list[Figure]
) -> None:
    """A promised number takes the deadline before it; a deadline that no number took is a target by itself."""
    taken: set[int] = set()
    for d in drafts:
        before = [w for w in due if w.start < d.q.start] or due
        deadline = _day(before[-1]) if before else ""
        taken.update(w.start for w in before[-1:])
        figures.append(_figure(text, passage, d, deadline))
    for i, w in enumerate(due):
        if w.start not in taken:
            to = due[i + 1].start if i + 1 < len(due) else span[1]
            figures.append(_dated(text, passage, span[0], to, w))


def _dated(text: Text, passage: Passage, start: int, end: int, w: When) -> Figure:
    """A promise that is only a date: what is promised stands after it, or before it at the end of a sentence."""
    folded = text.folded
    what = folded[w.end : end].strip(" ，,：:。")
    at = start
    for m in re.finditer(r"[，,：:]", folded[start : w.start]):
        at = start + m.end()
    if len(what) < 4:
        what, at = folded[start : w.start].strip(" ，,：:。"), start
    what = re.sub(r"^(?:实现|力争|全面|完成|，)+|[“”\"]", "", what)
    return _promise(passage, what[:60], _day(w), _trimmed(text, at, end))


def _promise(passage: Passage, what: str, day: str, evidence: Evidence) -> Figure:
    return Figure(
        passage.measure, passage.section, "planned", what, "", "level", None, None, "", "", "", "",
        None, None, "", "", day, evidence,
    )  # fmt: skip


def _figure(text: Text, passage: Passage, d: Draft, deadline: str | None) -> Figure:
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
    return _trimmed(text, start, end)


def _around(text: Text, passage: Passage, start: int, end: int) -> Evidence:
    """A number with the words around it, up to the commas."""
    folded = text.folded
    first, last = max(passage.start, start - 60), min(passage.end, end + 60)
    left = max(max(folded.rfind(c, first, start) for c in "，。；\n") + 1, first)
    stops = [i for c in "，。；\n" if (i := folded.find(c, end, last)) >= 0]
    return _trimmed(text, left, min(stops, default=last))


def _trimmed(text: Text, start: int, end: int) -> Evidence:
    while start < end - 1 and text.clean[start].isspace():
        start += 1
    while end > start + 1 and text.clean[end - 1].isspace():
        end -= 1
    return text.evidence(start, end)


__all__ = ["Quantity", "read"]
