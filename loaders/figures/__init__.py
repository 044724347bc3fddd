"""Figures of a document: outcomes that its results parts report, targets that its measures promise.

The grammar is figures.yaml (words and short rules, an example each); :mod:`quantities` reads
numbers, :mod:`periods` dates, :mod:`predicates` what is said of a number, :mod:`subjects` what is
measured, :mod:`sentences` and :mod:`drafts` put a sentence together, :mod:`promises` reads what a plan promises and
:mod:`reports` tells what of a report is no result.
This module walks a document and reads its results.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from guanlian.loaders.facts import Figure, Unread
from guanlian.loaders.figures import promises, quantities, records, reports
from guanlian.loaders.figures.periods import Clock, When
from guanlian.loaders.figures.promises import Cell, ongoing
from guanlian.loaders.figures.quantity import Quantity
from guanlian.loaders.figures.sentences import move_on, segment
from guanlian.loaders.figures.statements import Draft, State
from guanlian.loaders.text import Passage, Text

_ANOTHER_WAY = re.compile("(?:一九|二[〇○零0])[〇○零0一二三四五六七八九]{2}(?=年)|依次(?=[为是达增降下减提上缩压])")
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = re.compile(r"(?:19|20)\d\d(?=\s?年(?!底?前(?![一二三四两\d]))|\s?[-—–~～至]\s?20\d\d\s?年)")
_THIS_YEAR = re.compile("[今本]年(?!度)")
_PART_OF_YEAR = re.compile(r"\d{4}\s?年\s?(?:1?\d\s?(?:月|[-—–~～至到])|[前首第上下][一二三四两\d半季]|[一二三四]季)")
_SINCE = re.compile("自从?$|从$")
_DAY_FIRST = re.compile(r"(?<![\d.])(?:3[01]|[12]\d|0?[1-9])\.(1[0-2]|0?[1-9])\.((?:19|20)\d\d)(?![\d.])")
_HEAD = 400
_BEFORE_YEAR = tuple("到至较比与同在-—–~～0123456789")
_AS_OF = re.compile("截[至止]到?$|[自从][^，。；]{4,24}[至到]$")
_AIMED = re.compile("(?:力争|争取|计划|设计|规划|预计|目标|拟|提出|将[于在])[^。；]{0,8}$")
_AIMS = re.compile(r"\d{4}年[^，。；\d]{0,16}(?:力争|争取|将|计划|有望|预计|目标)")
_EVENT = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日[^，。；、]{0,12}(?:开通|开行|通车|启用|成立|设立|获批|揭牌|投用|投入|生效|签署|封关|验收|复航|恢复|重启|运营)")
_LINES = re.compile(r"(?:[ \t\u3000]*[^。；！？\n]{0,80}\n)+")
_ENDS = re.compile(r"[，、：；][ \t\u3000]*\n")
_BULLET = re.compile(r"(?:^|(?<=\n))[ \t\u3000]*[-•·●▪■◆○*][ \t\u3000]+")
_HEADLINE = re.compile(r"(?:^|(?<=\n))[^。；，！？\n]{4,40}(?=\n)")
_PLANS = ("plan", "measures", "measure", "table", "interpretation")
_TOLD = re.compile(r"已|共|累计|达|超|近|实现|完成|压缩|缩短|降至|减至|由|从|目前|截至|惠及|办理|受理|节省|下降|增")


def read(
    text: Text,
    passages: Sequence[Passage],
    issued: str,
    kind: str,
    titles: Mapping[str, str] | None = None,
    cells: Sequence[Cell] = (),
) -> tuple[tuple[Figure, ...], tuple[Unread, ...]]:
    """Every figure of the passages, and the numbers of results parts that were not understood.

    ``issued`` is the document's ISO date as far as known (``""``: the latest year it names is taken).
    ``kind``: plan and measures give targets; anything else gives outcomes. ``titles`` names the items,
    ``cells`` are the time limits of a task table.
    """
    if _ANOTHER_WAY.search(text.clean):  # 二〇二四年 is read as 2024年, 依次为 as 分别为, which are as long
        text = replace(text, clean=_ANOTHER_WAY.sub(lambda m: "分别" if m[0] == "依次" else m[0].translate(_HAN_DIGITS), text.clean))
    clock = _clock(text.folded, issued, kind)
    figures: list[Figure] = []
    unread: list[Unread] = []
    body: State | None = None
    title = ("", 0)  # the item whose heading was read last, and its first figure
    for passage in passages:
        told = not passage.heading or (kind in _PLANS and (passage.measure or "，" in text.folded[passage.start : passage.end]))  # a sentence is its own title
        if not told or passage.end <= passage.start:
            continue
        if kind in _PLANS and passage.section != "effect":
            own = [c for c in cells if passage.start <= c.start < passage.end]
            first = len(figures)
            promises.read(text, passage, clock, kind, (titles or {}).get(passage.measure, ""), own, figures)
            if passage.heading:
                title = passage.measure, first
            elif title[0] == passage.measure:
                figures[title[1] : first] = _not_again(figures[title[1] : first], figures[first:])
        else:
            state = body if body is not None and passage.section == "body" else _state(text.folded, passage, clock)
            body = state if passage.section == "body" else body
            _results(text, passage, Clock(clock.this, state.year, clock.month, clock.issued), state, figures, unread)
    return tuple(figures), tuple(unread)


def _clock(folded: str, issued: str, kind: str) -> Clock:
    """今年 is the year of issue, or else the latest year the text states (a comparison with a year states none).

    A report that says 今年 may name whole years that are over: there only a month or a quarter of a year tells which it is.
    """
    day = _DAY_FIRST.search(folded, 0, _HEAD) if not issued and kind not in _PLANS else None
    issued = f"{day[2]}-{int(day[1]):02d}" if day else issued
    if re.match(r"\d{4}", issued):
        this = int(issued[:4])
    else:
        vague = kind not in _PLANS and _THIS_YEAR.search(folded) is not None
        stated = (m for m in _YEAR.finditer(folded) if not vague or (_PART_OF_YEAR.match(folded, m.start()) and not _SINCE.search(folded, max(0, m.start() - 4), m.start())))
        this = max((int(m[0]) for m in stated if _states(folded, m.start(), kind)), default=0)
    known = kind not in _PLANS and re.match(r"\d{4}-\d\d", issued)
    return Clock(this, this, 0, int(issued[5:7]) if known else 12)


def _states(folded: str, at: int, kind: str) -> bool:
    """Whether a year tells the time of a report: not of what it compares, hopes for, or recalls (于2018年10月24日开通)."""
    ahead = folded[max(0, at - 30) : at]
    if ahead.endswith(_BEFORE_YEAR) and (kind in _PLANS or not _AS_OF.search(ahead)):
        return False
    return kind in _PLANS or not (_AIMED.search(ahead) or _AIMS.match(folded, at) or _EVENT.match(folded, at))


def _state(folded: str, passage: Passage, clock: Clock) -> State:
    body = passage.section == "body"
    return State(persist=body, this=clock.this, year=clock.this, foretold=body and folded.find("同比", passage.start, passage.end) >= 0)


def _opening(folded: str, passage: Passage) -> int:
    """Where the prose of a text begins: its title and what stands around it are no figures."""
    lines = None if passage.start else _LINES.match(folded, 0, passage.end)
    if lines is None:
        return 0
    if lines.end() == passage.end and (listed := _BULLET.search(lines[0])):
        return listed.start()  # a page of points without a stop
    run_on = _ENDS.search(lines[0])
    return run_on.start() if run_on else lines.end()


def _results(text: Text, passage: Passage, clock: Clock, state: State, figures: list[Figure], unread: list[Unread]) -> None:
    folded = text.folded
    found = quantities.scan(folded, passage.start, passage.end, clock)
    if not found.quantities and not found.unread:
        return
    body = passage.section == "body"
    ledger = body or passage.section == "effect"
    held: reports.Promise | None = None
    opening, at, first, known = _opening(folded, passage), passage.start, len(figures), len(state.unread)
    for start, end, inside, dated in records.filled(folded, passage.start, passage.end, found):
        if (not inside and not state.persist) or end <= opening:
            continue
        move_on(folded[at:start], state)
        held = held if "\n" not in folded[at:start] else None
        at, before = end, len(state.drafts)
        times = records.times(folded, start, end, dated, Clock(clock.this, state.year, state.month, clock.issued))
        noticed = body and reports.marked(folded, start, end)
        if body and inside:
            inside = reports.results(folded, start, end, inside, times, noticed)
        loose = [q for q in inside if q.bare]
        segment(folded, start, end, [q for q in inside if not q.bare] if loose else inside, times, state)
        state.year = next((int(w.last[:4]) for w in reversed(times) if _tells_year(folded, w, clock.this)), clock.this if body and times and all(w.recalls(clock.this) for w in times) else state.year)
        state.year = state.year if clock.this else 0  # years that only recall something say nothing of 11月
        state.month = next((int(w.last[5:7]) for w in reversed(times) if w.role == "span" and w.last and not w.parts), state.month)
        drafts = state.drafts[before:]
        if not ledger:
            drafts = [d for d in drafts if _told(folded, d)]
        due: list[str | None] = [None] * len(drafts)
        if body:
            promised = reports.promise(folded, start, end, times, clock, held)
            held = promised if promised.start < end else None
            due = reports.deadlines(folded, drafts, promised, noticed)
        figures.extend(records.figure(text, passage, d, by) for d, by in zip(drafts, due, strict=True))
        state.unread.extend((q.start, q.end) for q in loose)
    if body:
        _drop_headlines(text, passage, figures, first)
    if ledger:
        spans = sorted(s for s in {*found.unread, *state.unread[known:]} if s[0] >= opening)
        unread.extend(Unread(passage.measure, "figure", records.around(text, passage, a, b)) for a, b in spans)


def _tells_year(folded: str, w: When, this: int) -> bool:
    """Whether a period says what year a month behind its sentence is of: not a day recalled, 去年, or the end of a comparison (增长到2022年的)."""
    told = w.role == "span" and w.last and not w.recalls(this)
    return bool(told) and not folded.startswith(("去年", "上年"), w.start) and folded[w.start - 1 : w.start] not in ("到", "至")


def _drop_headlines(text: Text, passage: Passage, figures: list[Figure], first: int) -> None:
    """A headline that its first sentence repeats counts once."""
    made = figures[first:]
    lines = [m.span() for m in _HEADLINE.finditer(text.folded, passage.start, passage.end)] if made else []
    spans = [(e.start, e.end) for e in (text.evidence(a, b) for a, b in lines if b < passage.end)]
    if not spans:
        return
    above = {i for i, f in enumerate(made) if any(a <= f.evidence.start and f.evidence.end <= b for a, b in spans)}
    told = {_said(f) for i, f in enumerate(made) if i not in above}
    figures[first:] = [f for i, f in enumerate(made) if i not in above or _said(f) not in told]


def _not_again(titled: Sequence[Figure], told: Sequence[Figure]) -> list[Figure]:
    """The promises of an item's heading that its words do not make again."""
    again = {(*_said(f), due) for f in told for due in ("", f.deadline)}
    return [f for f in titled if (*_said(f), f.deadline) not in again]


def _said(f: Figure) -> tuple[object, ...]:
    return f.kind, f.value, f.value_to, f.unit, f.direction


def _told(folded: str, d: Draft) -> bool:
    """Outside a results part a bare count in a description of the rules is no result."""
    return d.kind != "level" or d.from_[0] is not None or bool(_TOLD.search(folded, d.box.start, d.q.start + 1))


__all__ = ["Cell", "Quantity", "ongoing", "read"]
