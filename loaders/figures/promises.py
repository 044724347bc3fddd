"""Targets of a plan: numbers and dates that its items promise, in sentences, labels, clauses and cells of a task table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from guanlian.loaders.facts import Figure
from guanlian.loaders.figures import periods, quantities, records
from guanlian.loaders.figures.grammar import tables
from guanlian.loaders.figures.periods import Clock, When
from guanlian.loaders.figures.sentences import segment
from guanlian.loaders.figures.statements import Draft, State
from guanlian.loaders.text import Passage, Text

_UNDATED = re.compile("年[底末内]|[上下]半年|季度|月底前")
_SENTENCE = re.compile(r"[^。\n]+")
_LABEL = re.compile(r"(?:完成|实施|办结|计划)?(?:时限|时间|期限|时间节点|进度安排)(?:要求)?[:：]\s*$")
_SERVICE = re.compile(r"提前(?:至少|不少于|不低于)?$|(?:每[周日月天]|抵港前|到港前|运抵前|航行前)[^，。；]{0,7}$")
_CIRCLE = re.compile(r"[^，。；、\d]{0,8}圈")
"""What stands within so many minutes: 15分钟便民生活圈."""
_VALID = re.compile(r"(?:有效期|试行期|施行|实施期限)[^，。；]{0,4}$|(?:执行|保留|延长|延续)(?:至|到)$")
_EACH = re.compile(r"[每次]$|每月$|每年$|次月$")
_BY = re.compile(r"(?:到|至|力争|时限|时间|期限|于)[:：为]?$")
_DO = re.compile(
    r"(?:底|末)?(?:全面|基本|全部|正式)?(?:完成|建成|实现|达到|投入|(?:[开完竣]工|开[园学业]|通车|投[用运产])(?!的|后|以来))|[，,]?力争"
)
_HEAD = re.compile(r"(?:^|[，,：:（(；])\s*(?:力争|确保|争取|计划)?(?:到|至|在|于|截至|截止)?$")
_OF = re.compile("(?:人民币)?的[^，。；]{2}")
_KIND = re.compile("(?![并且及和与或])[\u4e00-\u9fff]{2,10}")
_ACCOUNT = re.compile(r"书面报")
_CLOSING = re.compile(r"报(?:送|告|国务院|[省市县区我])")
_ONGOING = re.compile(r"全年|长期|持续|常年|每|适时|同[左上]")
_OWNERS = re.compile(r"牵头|负责|配合|参与|主办|协办|责任|落实单位")
_DONE_WHAT = re.compile(r"(?:全部|基本|全面)?(?:完成|启动|实施|落实|办结|建成|推进)?[）)]*$")
_STATED = re.compile(r"(?:19|20)\d\d|今年|明年|本年|去年|上年")
_COMMA = re.compile("[、，]")
_DONE_BY = re.compile("(?:全部|基本|全面|正式)?(?:完成|建成|投入|开工|竣工|通车|投用|启用|上线|出台|印发)(?=[^，；])")
_HOPES = re.compile("力争|确保|争取")
_BUILT = re.compile(r"(?:建成|竣工|交付|投用|成立|注册|登记|出厂|取得|参加|获得|领取|立项)[^，。；\d]{0,10}的")
"""What tells of which things a promise speaks: 改造2000年底前建成的小区."""
_COMMAS = re.compile("[，,；]")
_CUT = re.compile("[，,：:]")
_BEFORE_WHAT = re.compile(r"^(?:实现|力争|全面|完成|，)+|[“”\"]")
_NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、]|第[一二三四五六七八九十]{1,3}[章条])")
_HEADED = re.compile("^[（(]?[一二三四五六七八九十]{0,2}[)）]?[^，。；：:]{0,12}[：:]")
"""What heads a goal: 目标任务：2022年底前，…."""
_LEADS = " 　力争确保到至在于截止，"
_NUMERIC = re.compile(r"(?:[\d./]{4,10}\s*[-—–~～至]+\s*)?(20\d\d)[./-](\d{1,2})(?:[./-](\d{1,2}))?(?:日|底)?(?:之?前)?")
"""2024.6, 2024/6/30, 2024.3-2024.10 alone in a cell."""
_CLOSED = re.compile(r"(?:左右|以上)?\s*(?:[。；，、）)\t\n]|$)")
_SPANS = frozenset({"岁", "年", "月", "个月", "日", "天", "小时", "分钟", "秒", "工作日", "周"})
_SERVED = frozenset({"小时", "分钟", "工作日", "天", "日"})
_SERVED_BY = re.compile("办结|办理完毕|审结|完成|答复|回复")
_WORDS = " ，,：:。；）)（("


class Cell(NamedTuple):
    """A cell of a task table that says by when its item is to be done."""

    measure: str
    start: int
    end: int


@lru_cache(maxsize=1)
def rules() -> dict[str, re.Pattern[str]]:
    """The words that promise, and those that tell."""
    return {k: re.compile(tables()[k]) for k in ("promise", "promised_after", "traits", "done", "intends")}


def read(
    text: Text, passage: Passage, clock: Clock, kind: str, title: str, cells: Sequence[Cell], figures: list[Figure]
) -> None:
    """Appends the targets of a passage (and what it tells as done) to ``figures``."""
    first, held = len(figures), list[When]()
    for m in _SENTENCE.finditer(text.folded, passage.start, passage.end):
        if passage.measure or _NUMBERED.match(text.folded, m.start(), m.end()):
            held = []  # the goals of a preamble are for the year that opens them
        held = _sentence(text, passage, m.span(), clock, kind, title, cells, figures, first, held)
    _by_row(text, cells, clock, figures, first)
    for cell in cells:
        _cell(text, passage, cell, clock, title, figures)


def _sentence(
    text: Text, passage: Passage, span: tuple[int, int], clock: Clock, kind: str, title: str, cells: Sequence[Cell],
    figures: list[Figure], first: int, held: list[When],
) -> list[When]:  # fmt: skip
    """Reads one sentence, after one that was ``held`` by a deadline at its head; what holds the next."""
    folded = text.folded
    found = quantities.scan(folded, *span, clock)
    if not found.quantities and not found.times and not _UNDATED.search(folded, *span):
        return held
    state = State(persist=False, this=clock.this, year=clock.this)
    for start, end, inside, dated in records.filled(folded, *span, found, True):
        if any(c.start <= start < c.end for c in cells) or not (inside or dated or _UNDATED.search(folded, start, end)):
            continue
        inside = [q for q in inside if not q.bare]
        times = _own_year(folded, records.times(folded, start, end, dated, clock), clock)
        due = [w for w in times if _is_deadline(folded, w, start, end, clock)]
        label = _LABEL.search(folded, max(start, due[-1].start - 12), due[-1].start) if due else None
        if label is not None:
            _label(text, passage, (label.start(), due[-1]), title, first, figures)
            continue
        timeless = bool(passage.measure) and kind in ("plan", "measures") and all(w.role == "base" for w in times)
        done = _done(folded, start, end, due, kind == "table" or timeless)
        if not done and kind == "interpretation":
            continue
        before = len(state.drafts)
        for w in due:
            w.role = "deadline"
        segment(folded, start, end, inside, times, state)
        drafts = state.drafts[before:]
        if timeless and not done and any(d.baseline == "yoy" for d in drafts):
            drafts = [replace(d, doubts=(*d.doubts, "status")) for d in drafts]  # 时间缩短至0.5天，同比压缩37.5% may be reached
        if done or _past(folded, times, due, drafts, start, clock):
            held = [] if times else held
            figures.extend(records.figure(text, passage, d, None) for d in drafts)
            continue
        told = [d for d in drafts if _of_a_past_year(folded, d, times, due, start, clock)]
        figures.extend(records.figure(text, passage, d, None) for d in told)
        drafts = [d for d in drafts if d not in told]
        later = [w for w in times if w not in due and _ahead(folded, w, start, clock)]
        if start == span[0] and (due or later) and not _HEADED.sub("", folded[start : min(w.start for w in (*due, *later))]).strip(_LEADS):
            held = [min((*due, *later), key=lambda w: w.start)]
        elif not due and not later:
            later = held  # 到2025年，…；吞吐量突破500万标箱
        promised = [d for d in drafts if _promised(folded, d, [*due, *later]) or (passage.measure or due or later) and _tasked(folded, d)]
        promised = [d for d in promised if not _attribute(folded, d, promised)]
        _targets(text, passage, (start, end), due, later, promised, title, figures)
    return held


def _done(folded: str, start: int, end: int, due: list[When], tasked: bool) -> bool:
    """Whether a sentence tells what was done: 累计 or 同比 behind a deadline, or 同比 in what is ``tasked``, only measures what is promised."""
    for word in rules()["done"].finditer(folded, start, end):
        if tasked and word[0] in ("同比", "环比"):
            continue
        if word[0] not in ("累计", "共有", "同比", "环比") or not any(w.start < word.start() for w in due):
            return True
    return False


def _own_year(folded: str, times: list[When], clock: Clock) -> list[When]:
    """6月底前 without a year: of the deadline before it in the sentence, if that is earlier in the year, else of the paper."""
    last: When | None = None
    for w in times:
        stated = _STATED.match(folded, w.start, w.start + 4)
        if w.role == "deadline" and not stated and w.last and last is not None and w.last <= last.last:
            w.last, w.year = f"{clock.this}{w.last[4:]}", clock.this
        if w.role == "deadline" and w.last:
            last = w
    return times


def _label(text: Text, passage: Passage, label: tuple[int, When], title: str, first: int, figures: list[Figure]) -> None:
    """完成时限：2022年12月 dates every promise of its item, and is a promise of the item by itself."""
    due = records.day(label[1])
    for i in range(first, len(figures)):
        if figures[i].status == "planned" and not figures[i].deadline:
            figures[i] = replace(figures[i], deadline=due)
    lines = (m[0].strip(_WORDS + "\u3000\n") for m in _SENTENCE.finditer(text.folded, passage.start, passage.end))
    what = title or next((line for line in lines if line), "")[:60]
    figures.append(records.promise(passage, what, due, records.trimmed(text, label[0], label[1].end)))


def _cell(text: Text, passage: Passage, cell: Cell, clock: Clock, title: str, figures: list[Figure]) -> None:
    """2022年12月底 in the column of time limits: the row's promise; 6月底前开工，12月底前完成 are two."""
    for due in _days(text.folded, cell, clock):
        figures.append(records.promise(passage, title, due, records.trimmed(text, cell.start, cell.end)))


def ongoing(folded: str, cell: Cell) -> bool:
    """Whether a cell of time limits says that its item goes on: 长期, 每月; what is for 全年 ends with it."""
    return bool(_ONGOING.match(folded, cell.start, cell.end)) and not folded.startswith("全年", cell.start)


def _days(folded: str, cell: Cell, clock: Clock) -> list[str]:
    """The days that a cell of time limits sets, in order; none for what goes on (长期, 每月)."""
    if _ONGOING.match(folded, cell.start, cell.end):
        return []
    if numeric := _NUMERIC.fullmatch(folded, cell.start, cell.end):
        year, month, day = (int(part) if part else 0 for part in numeric.groups())
        last = periods.last_day(year, month) if 1 <= month <= 12 else ""
        return [f"{last[:8]}{day:02d}" if day else last] if last and day <= int(last[8:]) else []
    found = quantities.scan(folded, cell.start, cell.end, clock)
    dated = [w for w in records.times(folded, cell.start, cell.end, found.times, clock) if w.last and w.role in ("span", "deadline", "open")]
    limits = [w for w in dated if w.role == "deadline"]
    return list(dict.fromkeys(records.day(w) for w in (limits if len(limits) > 1 else dated[-1:])))


def _by_row(text: Text, cells: Sequence[Cell], clock: Clock, figures: list[Figure], first: int) -> None:
    """A number promised in a row of a table without a day of its own is due when the row is."""
    for cell in cells:
        days = _days(text.folded, cell, clock)
        if not days:
            continue
        line = text.folded.rfind("\n", 0, cell.start) + 1, text.folded.find("\n", cell.end)
        row = text.evidence(line[0], line[1] if line[1] > 0 else len(text.folded)) if len(cells) > 1 else None
        for i, figure in enumerate(figures[first:], first):
            if figure.status == "planned" and not figure.deadline and (row is None or row.start <= figure.evidence.start < row.end):
                figures[i] = replace(figure, deadline=days[-1])


def _is_deadline(folded: str, w: When, start: int, end: int, clock: Clock) -> bool:
    """2020年底前, 到2025年, 2022年12月完成: a day by which something is promised."""
    ahead, after = folded[max(start, w.start - 10) : w.start], folded[w.end : min(end, w.end + 6)]
    if not w.last or w.role in ("base", "each") or _EACH.search(ahead) or _VALID.search(ahead):
        return False
    if _ACCOUNT.search(folded, w.end, min(end, w.end + 30)):
        return False
    if w.role == "deadline":
        return not (0 < int(w.last[:4]) < clock.this and _BUILT.match(folded, w.end, end))
    later = int(w.last[:4]) >= clock.this
    return bool(later and w.role == "span" and (_BY.search(ahead[-6:]) or _DO.match(after)))


def _ahead(folded: str, w: When, start: int, clock: Clock) -> bool:
    """A time still to come at the head of a clause: 2021年底，…压缩50%以上; 年内…扩大至30家."""
    return w.role == "span" and bool(w.last) and int(w.last[:4]) >= clock.this > 0 and bool(_HEAD.search(folded[start : w.start]))


def _past(folded: str, times: list[When], due: list[When], drafts: list[Draft], start: int, clock: Clock) -> bool:
    """Whether the clause tells of a year before the paper's: 2020年，应用率达到80%."""
    told = [w for w in times if w.role == "span" and w.last and int(w.last[:4]) < clock.this]
    first = min((d.q.start for d in drafts), default=0)
    return bool(told) and not due and len(told) == len(times) and told[0].start < first and bool(_HEAD.search(folded[start : told[0].start]))


def _of_a_past_year(folded: str, d: Draft, times: list[When], due: list[When], start: int, clock: Clock) -> bool:
    """Whether a number stands behind a year before the paper's that heads a part of the clause: …，2023年减免35亿元，惠及1万家，2024年目标40亿元."""
    before = [w for w in times if w.start < d.q.start and w.role != "base"]
    w = before[-1] if before else None
    if w is None or w in due or w.role != "span" or not 0 < int(w.last[:4] or 0) < clock.this:
        return False
    return bool(_HEAD.search(folded[start : w.start]))


def _promised(folded: str, d: Draft, dates: list[When]) -> bool:
    """Whether a number of a plan is promised, not a rule or a name."""
    left, right = folded[d.box.start : d.q.core], folded[d.q.core : d.box.end]
    if _SERVICE.search(left[-10:]) or _CIRCLE.match(right, d.q.end - d.q.core):
        return False
    if d.kind == "change" or d.from_[0] is not None:
        return True
    if rules()["promised_after"].search(right):
        return True
    if any(d.box.start <= w.start < d.q.start for w in dates) and d.q.unit:
        return True  # 2023年底前培训8万人次
    return bool(rules()["promise"].search(left)) and (bool(dates) or d.kind == "share" or bool(d.q.bound) or d.q.unit != "")


def _tasked(folded: str, d: Draft) -> bool:
    """Whether a number closes a clause of a measure (改造危桥40座), or sets a time for a service (3个工作日内回复)."""
    if d.kind not in ("level", "share") or not d.q.unit:
        return False
    if d.q.unit in _SPANS:
        return d.q.unit in _SERVED and (d.q.bound == "<=" or bool(_SERVED_BY.match(folded, d.q.end)))
    if not _CLOSED.match(folded, d.q.end) or folded[d.q.start - 1 : d.q.start] in ("（", "("):
        return False  # 破除不合理限制（4项）
    return not rules()["traits"].search(folded, d.box.start, d.q.core)


def _attribute(folded: str, d: Draft, others: list[Draft]) -> bool:
    """10家出口超千亿元的市场, 5000万元以上项目1200个: what another number counts is told by this one."""
    if d.kind != "level":
        return False
    if d.q.unit == "岁" and _KIND.match(folded, d.q.end):
        return True  # 65岁以上老年人
    beside = [o for o in others if o is not d and o.box == d.box and o.q.start >= d.q.end]
    counted = [o for o in beside if _KIND.fullmatch(folded, d.q.end, o.q.start) and not _OF.match(folded, o.q.end, o.box.end)]
    if counted and d.q.bound and folded[d.q.core - 1] not in "至到达为":
        return True
    if not _OF.match(folded, d.q.end, d.box.end):
        return False
    ends = [(min(o.q.end, d.q.end), max(o.q.start, d.q.start)) for o in others if o is not d and o.box == d.box and o.kind == "level"]
    return any(not _COMMA.search(folded, a, b) for a, b in ends)


def _targets(
    text: Text, passage: Passage, span: tuple[int, int], due: list[When], later: list[When], drafts: list[Draft], title: str,
    figures: list[Figure],
) -> None:  # fmt: skip
    """A promised number takes the deadline before it; a deadline that no number took is a target by itself."""
    taken: set[int] = set()
    for d in drafts:
        w = _governs(text.folded, d, due, later, drafts)
        if w is not None:
            taken.add(w.start)
        figures.append(records.figure(text, passage, d, records.day(w) if w is not None else ""))
    for i, w in enumerate(due):
        if w.start not in taken:
            to = due[i + 1].start if i + 1 < len(due) else span[1]
            if passage.measure or not _CLOSING.search(text.folded, w.end, to):
                figures.append(_dated(text, passage, span[0], to, w, title))


def _governs(folded: str, d: Draft, due: list[When], later: list[When], drafts: list[Draft]) -> When | None:
    """The deadline of a number: the last before it, else one after it that no other number follows."""
    dates = sorted([*due, *later], key=lambda w: w.start)
    before = [w for w in dates if w.start < d.q.start]
    if before:
        return before[-1] if not _spent(folded, before[-1], d, drafts) else None
    after = [w for w in due if not any(o.q.start > w.start for o in drafts)]
    return after[-1] if after else None


def _spent(folded: str, w: When, d: Draft, drafts: list[Draft]) -> bool:
    """6月底前完成改造，新建站点100个: the deadline is that of its own clause, which promises no number."""
    stop = _COMMAS.search(folded, w.end, d.box.start)
    if stop is None or d.kind != "level" or not _DONE_BY.match(folded, w.end) or _HOPES.search(folded, d.box.start, d.q.start):
        return False
    return not any(w.start < o.q.start < stop.start() for o in drafts)


def _dated(text: Text, passage: Passage, start: int, end: int, w: When, title: str) -> Figure:
    """A promise that is only a date: what is promised stands after it, or before it at the end of a sentence, or is the item."""
    folded = text.folded
    what = folded[w.end : end].strip(_WORDS)
    at = start
    for m in _CUT.finditer(folded, start, w.start):
        at = m.end()
    if len(what) < 4 or _DONE_WHAT.fullmatch(what):
        what = folded[start : w.start].strip(_WORDS) or what
        if title and (len(what) < 4 or _OWNERS.search(what)):
            return records.promise(passage, title, records.day(w), records.trimmed(text, at, end))
        at = start
    what = _BEFORE_WHAT.sub("", what)
    return records.promise(passage, what[:60] or title, records.day(w), records.trimmed(text, at, end))


__all__ = ["Cell", "ongoing", "read", "rules"]
