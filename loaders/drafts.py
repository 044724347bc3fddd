"""Quantities of one sentence become figures: groups, distribution, and what a clause inherits."""

from __future__ import annotations

import re
from bisect import bisect_right

from guanlian.loaders import predicates, subjects
from guanlian.loaders.grammar import final
from guanlian.loaders.periods import When
from guanlian.loaders.predicates import Predicate
from guanlian.loaders.quantities import Quantity, dimension
from guanlian.loaders.statements import Container, Draft, Group, Shared, State, converted, plain, plainly, span

_REACH = 200
"""No subject is longer; a table flattened into one line must not cost its square."""
_SAVED = {"time": "时间", "money": "费用"}
_JOINT = re.compile(r"\s*(?:、|和|及|与|以及|、和|或)?\s*")
_FROM = re.compile(r"(?:由|从|原来|原先|原本|原需|以往|此前|过去|改革前|之前|最初|以前)[^，。；]{0,12}$")
_JUST_FROM = re.compile(r"(?:由|从)(?:原来|原先|原本|以往|过去|此前|改革前|最初)?的?(?:平均|最多|最长|近|约)?$")
_TURNS = re.compile(r"[^，。；]{0,8}(?:变|改|压缩|缩|减|降|升|提|延|精简)[^，。；]{0,3}(?:至|到|为|成)")
_THAN = re.compile(r"(?:比|较|在)[^，。；]{0,12}$")
_FAULT = re.compile(r"个?(?:台阶|档次|等级|层次|新台阶|新|一体|口子|窗口办|门)")
_RANKED = re.compile(r"[^，。；]{0,12}中(?:名列|位居|位列|排名|居|列)")
_BASIS = re.compile("[与较比同]")
_BASED = re.compile(r"[与较比同][^，。；]{0,12}相比|^(?:与|较|比|同)|(?:与|较|(?<!占)比|同)$")
_OUT_OF = re.compile(r"(?:由|从|原来|原先|原本)[^由从]*$")
_EACH = re.compile("每[^，。；年月日天]{1,4}|单[票箱柜船车]")
_FLAT_FIRST = re.compile("分别(?:基本)?持平[、和及与]")
_FLAT_LAST = re.compile("[、和及与](?:基本)?持平")
_SET = re.compile(r"在[^，。；]{0,40}$")


class Clause:
    """One clause with numbers."""

    __slots__ = ("based", "brackets", "clause", "dated", "lead", "sentence", "state", "text")

    def __init__(
        self, text: str, sentence: int, clause: Container, brackets: list[Container], dated: list[When], state: State, lead: str
    ) -> None:
        self.text, self.sentence, self.clause, self.brackets = text, sentence, clause, brackets
        self.dated, self.state, self.lead, self.based = dated, state, lead, False

    def read(self, found: list[Quantity], compare: Quantity | None) -> None:
        """Groups the quantities, takes 由… and 比… values off, and makes drafts of the rest."""
        kept = [q for q in found if not q.weak or self._counts(q)]
        groups = self._groups(kept)
        held: Group | None = Group([compare], self.clause, 0, 0) if compare else None
        for i, group in enumerate(groups):
            after = groups[i + 1] if i + 1 < len(groups) else None
            if after is not None and held is None and self._is_base(group, after):
                held = group
                continue
            if held is None and self._only_from(group):
                self.state.unread.extend((q.start, q.end) for q in group.items)
            elif not self._sums_up(group):
                self._draft(group, held)
            held = None

    def _counts(self, q: Quantity) -> bool:
        """Whether a small Chinese numeral is a figure here: 减少了…的两个环节, 压缩至一天."""
        left = self.text[self.clause.start : q.start]
        right = self.text[q.end : q.end + 6]
        if _FAULT.match(right):
            return False
        r = predicates.rules()
        last = final(r.verbs.finditer(left))
        if re.search(r"(?:仅|只)需要?$|(?:用时|耗时)(?:仅|只)?$", left) and dimension(q.unit) == "time":
            return True
        if last is None:
            return bool(_FROM.search(left)) and dimension(q.unit) in ("time", "count") and bool(re.match(r"[^，。；]{0,8}[至到]", right))
        tail = left[last.end() :]
        if r.reached.fullmatch(tail):
            return True
        if q.value == 1 and dimension(q.unit) != "time" and last[0] not in ("减少", "压缩", "压减", "精简", "节省", "节约"):
            return False
        if r.plain.fullmatch(tail):
            return True
        return last[0] in r.amounts and tail.endswith("的") and len(tail) < 32 and not r.activity.search(tail)

    def _only_from(self, group: Group) -> bool:
        """由3天变为即时办结: a value that something came from, and what it came to is no number."""
        left = self.text[max(group.left_from, group.items[0].start - 12) : group.items[0].start]
        return bool(_JUST_FROM.search(left)) and bool(_TURNS.match(self.text, group.items[-1].end, group.right_to))

    def _sums_up(self, group: Group) -> bool:
        """A和B两种模式, A与B2种模式: the number only counts what was just listed."""
        q = group.items[0]
        if not 2 <= q.value <= 4 or len(group.items) > 1 or q.bound or q.unit not in ("种", "类", "个", "项", "方面"):
            return False
        words = re.split("[，：:]", self.text[group.left_from : q.start])[-1]
        listed = re.split("、|和|及|与", words)
        return len(listed) == q.value and len(listed[-1]) >= 2 and not re.search("共|有|达|为|了|等|达到|实现|新增|的$", listed[-1])

    def _box(self, q: Quantity) -> Container:
        at = bisect_right(self.brackets, (q.start, 1 << 60)) - 1
        return self.brackets[at] if at >= 0 and q.start < self.brackets[at].end else self.clause

    def _groups(self, found: list[Quantity]) -> list[Group]:
        """Neighbours joined by 、 or 和 (or a verb after 、: 增长5%、下降3%) are one group."""
        if len(found) == 1:
            box = self._box(found[0]) if self.brackets else self.clause
            return [Group(found, box, box.start, box.end)]
        lists: list[tuple[list[Quantity], Container]] = []
        for q in found:
            box = self._box(q)
            if lists and lists[-1][1] == box:
                previous = lists[-1][0][-1]
                if self._joins(previous, q):
                    lists[-1][0].append(q)
                    continue
            lists.append(([q], box))
        ends: dict[Container, int] = {}
        lefts = []
        for items, box in lists:
            lefts.append(ends.get(box, box.start))
            ends[box] = items[-1].end
        starts: dict[Container, int] = {}
        out = []
        for (items, box), left in zip(reversed(lists), reversed(lefts), strict=True):
            out.append(Group(items, box, left, starts.get(box, box.end)))
            starts[box] = items[0].start
        return out[::-1]

    def _joins(self, a: Quantity, b: Quantity) -> bool:
        gap = self.text[a.end : b.start]
        if not gap and self.text.startswith(("突破", "冲破"), b.start):
            return False  # 提前12天突破500万标箱
        if _JOINT.fullmatch(gap):
            return bool(gap.strip()) or dimension(a.unit) == dimension(b.unit) == "count" or a.unit != b.unit
        if len(gap) < 10 and gap[0] in "、和及与" and dimension(a.unit) == dimension(b.unit) == "ratio":
            p = predicates.predicate(gap.lstrip("、和及与"), "", b)
            return p.kind == "change" and not subjects.tidy(p.subject)
        return False

    def _is_base(self, group: Group, after: Group) -> bool:
        """由24小时压缩至4小时, 比规定的20个工作日缩短10个工作日: the first value is what the second is compared with."""
        if group.box != after.box or len(group.items) != len(after.items):
            return False
        a, b = group.items[0], after.items[0]
        if dimension(a.unit) != dimension(b.unit):
            return False
        gap = plain(self.text[group.items[-1].end : b.start])
        if len(gap) > 24:
            return False
        p = predicates.predicate(gap, "", b)
        left = self.text[group.left_from : a.start]
        if p.reached:
            return bool(_FROM.search(left)) or len(subjects.tidy(p.subject)) <= 3
        if _FROM.search(left) and predicates.becomes(gap):
            return True
        return p.kind == "change" and bool(_THAN.search(left)) and not subjects.tidy(p.subject)

    def _left(self, group: Group) -> str:
        """The words before a group, without times and brackets."""
        at, end = group.left_from, group.items[0].start
        at = max(at, end - _REACH)
        out = ""
        for w in self.dated:
            if w.role != "base" and at <= w.start and w.end <= end:
                out += self.text[at : w.start] + " "
                at = w.end
        return plain(out + self.text[at:end] if out else self.text[at:end])

    def _draft(self, group: Group, base: Group | None) -> None:
        first = group.items[0]
        left, right = self._left(group), self.text[group.items[-1].end : group.right_to]
        p = predicates.predicate(left, plain(right), first)
        if base is not None and base.box == group.box and (p.reached or (way := predicates.becomes(left))):
            stated = self._left(base)
            p = p._replace(kind=plainly(first), direction=p.direction if p.reached else way, reached=True, subject=stated)
            left = stated
        if "中" in right and _SET.search(left) and _RANKED.match(right):
            return  # 在18个城市中名列前茅: the field, not a result
        needed = p.kind == "change" or base is not None or left.endswith("的")
        compared, at, to = predicates.baseline(self.lead + left) if needed else ("", 0, 0)
        if base is not None and not compared and p.kind == "change":
            compared = predicates.baseline("比" + self.text[base.left_from : base.items[0].start] + "时限")[0]
        subject = self._subject(p, left, at - len(self.lead), to - len(self.lead))
        whole = p.kind == "change" and (left.startswith(p.subject) or left.endswith("的"))
        shared = Shared(p, subject, left, right, compared, whole)
        self.based = base is not None
        rows = self._rows(group, shared)
        if rows is None:
            self.state.unread.extend((q.start, q.end) for q in group.items)
            return
        if base is not None:
            for row, value in zip(rows, base.items if len(base.items) == len(rows) else base.items * len(rows), strict=False):
                row.from_ = converted(value, row.q.unit)
                if row.kind != "change":
                    row.baseline = compared or "before"
        self.state.drafts.extend(rows)
        self._remember(rows)

    def _remember(self, rows: list[Draft]) -> None:
        state = self.state
        if rows[0].kind == "change":
            state.yoy = state.yoy or rows[0].baseline == "yoy"
            state.based = (rows[-1].baseline, rows[-1].q.unit, rows[-1].direction) if rows[-1].baseline.isdigit() else None
            if state.level is None or rows[-1].leads:
                state.level = rows[-1]
            return
        if state.drafts[: -len(rows)] and state.drafts[-len(rows) - 1].kind == "change":
            state.run, state.part = [], []
        if self.text.startswith("其中", self.clause.start):
            state.part = []
        state.run.extend(rows)
        state.part.extend(rows)
        state.rows = rows if len(rows) > 1 else state.rows
        state.level = rows[-1]

    def _subject(self, p: Predicate, left: str, at: int, to: int) -> str:
        words = p.subject
        if p.reached and (start := _OUT_OF.search(words)) and start.start():
            words = words[: start.start()]
        if to > 0 and left.startswith(words):
            words = words[: max(0, at)] + words[to:]
        elif to > 0:
            found = left.find(words)
            if 0 <= found <= at:
                words = words[: at - found] + words[to - found :]
        if _BASIS.search(words):
            words = _BASED.sub("", words)
        words = subjects.tidy(words)
        return "" if words in ("水平", "数值", "增速", "增幅", "规模", "数量") else words

    def _rows(self, group: Group, s: Shared) -> list[Draft] | None:
        """One draft for each quantity of the group, each with its own subject; None when the text does not say whose each is."""
        items = group.items
        one = len(items) == 1 or any(q.unit != items[0].unit for q in items) and s.p.kind != "change"
        if one:
            return [self._one(q, group, s, s.subject) for q in items]
        if s.p.kind == "change" and not s.subject:
            return self._from_antecedents(group, s)
        parts = subjects.split(s.subject, len(items)) if s.subject else None
        if parts:
            return [self._one(q, group, s, part) for q, part in zip(items, parts, strict=True)]
        years = self._parts(items)
        if len(years) == len(items):
            rows = [self._one(q, group, s, s.subject) for q in items]
            for row, (first, last) in zip(rows, years, strict=True):
                row.first, row.last = first, last
            return rows
        if s.p.kind == "change" and (antecedents := self._antecedents(len(items))) and subjects.is_bare(s.subject):
            return self._from_antecedents(group, s) if antecedents else None
        if not s.subject and "分别" in s.left and self._antecedents(len(items)):
            return self._from_antecedents(group, s)  # 分别是去年同期的1.5倍和2.1倍
        if not s.subject and (earlier := self._earlier_subject(len(items))):
            return [self._one(q, group, s, part) for q, part in zip(items, earlier, strict=True)]
        return None

    def _parts(self, items: list[Quantity]) -> tuple[tuple[str, str], ...]:
        """The periods that a list is told for: 2018—2020年, 三、四季度, 2020年、2021年."""
        before = [w for w in self.dated if w.role == "span" and w.end <= items[0].start]
        if len(before) == len(items) and "分别" in self.text[self.clause.start : items[0].start]:
            return tuple((w.first, w.last) for w in before)
        return next((w.parts for w in before if w.parts), self.state.years)

    def _earlier_subject(self, count: int) -> list[str] | None:
        """A、B两项指标，分别为x、y: the subjects stand in the clause before."""
        before = self.text[max(self.sentence, self.clause.start - _REACH) : self.clause.start].rstrip("，,：: ")
        return subjects.split(subjects.tidy(re.split("[，,：:]", before)[-1]), count) if before else None

    def _antecedents(self, count: int) -> list[Draft] | None:
        for rows in (self.state.rows, self.state.run, self.state.part):
            if len(rows) == count:
                return rows
        return None

    def _from_antecedents(self, group: Group, s: Shared) -> list[Draft] | None:
        """同比分别增长a、b after two levels: each belongs to its own; or 同比、环比分别 for one."""
        bases = re.search(r"同比(?:、|和|及|与)环比|环比(?:、|和|及|与)同比", s.left)
        if bases and len(group.items) == 2:
            rows = [self._one(q, group, s, s.subject) for q in group.items]
            names = ("yoy", "mom") if bases[0][0] == "同" else ("mom", "yoy")
            for row, name in zip(rows, names, strict=True):
                row.baseline = name
            return rows
        before = self._beside_unchanged(group) or self._antecedents(len(group.items))
        if before is None:
            earlier = None if self.state.run else self._earlier_subject(len(group.items))
            return [self._one(q, group, s, part) for q, part in zip(group.items, earlier, strict=True)] if earlier else None
        rows = []
        for q, ante in zip(group.items, before, strict=True):
            row = self._one(q, group, s, "", ante)
            rows.append(row)
        if len(group.items) > 1:
            self._turns(group, rows)
        return rows

    def _beside_unchanged(self, group: Group) -> list[Draft] | None:
        """分别增长8.1%、下降4.4%、持平 after three levels: the one that stayed the same has no number."""
        first = _FLAT_FIRST.search(self.text[group.left_from : group.items[0].start])
        last = _FLAT_LAST.match(self.text, group.items[-1].end, group.right_to)
        before = self._antecedents(len(group.items) + 1) if first or last else None
        return before and (before[1:] if first else before[:-1])

    def _turns(self, group: Group, rows: list[Draft]) -> None:
        """增长5%、下降3%: a verb inside the list turns the direction from there."""
        for a, b, row in zip(group.items, group.items[1:], rows[1:], strict=False):
            gap = self.text[a.end : b.start].lstrip("、和及与")
            if gap:
                row.direction = predicates.predicate(gap, "", b).direction or row.direction

    def _one(self, q: Quantity, group: Group, s: Shared, subject: str, ante: Draft | None = None) -> Draft:
        """One draft: what it is about, and what it inherits from the figure before it."""
        p, state = s.p, self.state
        listed = s.left[:1] in ("、", "和", "及") and len(subject) <= 3
        leans = subjects.is_bare(subject) or listed
        noun = self.text[q.end : group.right_to] if q is group.items[-1] else s.right if p.kind == "level" else ""
        if q.value == 0 and not q.unit:
            noun = self.text[q.core + 1 : q.end]
        counts = p.kind == "level" and not subject and subjects.counted(noun)
        ante = ante or (state.level if leans and not counts else None)
        amount = p.kind == "change" and dimension(q.unit) != "ratio"
        which = self._flow(subject if subject != s.subject else s.left, noun, group, ante, leans, amount)
        first, last = self._period(group, ante if leans else None, p, s.left)
        compared = s.baseline if p.kind == "change" or (s.baseline == "yoy" and s.left.endswith("的")) else ""
        doubts: tuple[str, ...] = ()
        if p.kind == "change" and not compared and (again := self._again(q, p, ante)):
            compared = again
        if p.kind == "change" and not compared and q.unit in ("%", "倍") and self._same_base(subject, which):
            compared, doubts = "yoy", ("baseline",)
        topic = ante.topic if ante and (subject or not listed) else ""
        indicator = self._indicator(q, s, subjects.turned(topic, subject) if listed and subject else subject, noun, ante, topic)
        if not indicator.strip("数比例值量"):
            doubts += ("subject",)
        leads = bool(subject) and not leans and s.left.startswith(p.subject)
        return Draft(
            q, group.box, p.kind, p.direction, q.bound or p.bound, subject, indicator,
            (topic or subject) if leans else subject, which, compared, first, last, doubts=doubts, leads=leads,
            since=ante.since if ante is not None and leans else group.box.start,
        )  # fmt: skip

    def _again(self, q: Quantity, p: Predicate, ante: Draft | None) -> str:
        """进口较2017年压缩71%，出口1.4小时，压缩95%: the other flow is compared with the same year."""
        based = self.state.based
        other = ante is not None and ante.kind != "change" and ante.flow in ("import", "export")
        return based[0] if based and other and based[1:] == (q.unit, p.direction) else ""

    def _same_base(self, subject: str, which: str) -> bool:
        """Whether 增长6% goes by the 同比 said before it: 同比（下同）, or a notice that said 同比 once."""
        state = self.state
        return state.yoy and (state.persist or state.same) and (not subject or bool(which))

    @staticmethod
    def _indicator(q: Quantity, s: Shared, subject: str, noun: str, ante: Draft | None, topic: str) -> str:
        if q.value == 0 and not q.unit:
            return f"{subject}{noun}数"
        change = s.p.kind == "change"
        if change and s.p.subject and not s.left.startswith(s.p.subject):
            topic = ""  # the object of a verb of saving stands alone
        if change and not s.whole:
            noun = ""
        things = subjects.counted(noun)
        if change and not subject and ante is not None and not things:
            size, other = dimension(q.unit), dimension(ante.q.unit)
            if size in _SAVED and size != other and ante.kind != "share":
                return _SAVED[size]
            return ante.indicator
        words = subjects.name(subject, q.unit, s.p.kind, noun, topic, things)
        often = subjects.periodic(s.left)
        return often + words if often and often not in words else words

    def _flow(self, left: str, right: str, group: Group, ante: Draft | None, leans: bool, amount: bool) -> str:
        which = subjects.flow(left, right[:24])
        if which:
            return which
        if ante is not None and (leans or "其中" in self.text[self.clause.start : self.clause.start + 6]):
            return ante.flow
        if self.text.startswith("其中", self.clause.start) and self.state.level is not None:
            return self.state.level.flow
        if amount and self.state.joined:
            return ""  # ；每箱节省500元 is no longer about the import before it
        if not self.state.persist or (leans and ante is None):
            first = max(0, self.sentence - 3 * _REACH)
            at = max(self.text.rfind("。", first, self.sentence), self.text.rfind("\n", first, self.sentence), first - 1) + 1
            at = max(at, self.clause.start - 3 * _REACH)
            named = {m.lastgroup for m in subjects.rules().flow.finditer(self.text, at, self.clause.start)}
            return next(iter(named)) or "" if len(named) == 1 else ""
        return ""

    def _period(self, group: Group, ante: Draft | None, p: Predicate, left: str) -> tuple[str, str]:
        state = self.state
        for w in reversed(self.dated):
            if w.start < group.items[0].start and w.role in ("span", "open", "now"):
                return span(w, state.this)
        if ante is not None and not self.based:
            return ante.first, ante.last
        each = p.kind == "change" and _EACH.search(left) and (state.asof or not state.persist)
        if (self.based and state.carried) or (each and (state.asof or state.carried)):
            return "", ""  # 由3天压缩至1天 is no figure of the year that a sentence before it named
        return state.head or ("", "")
