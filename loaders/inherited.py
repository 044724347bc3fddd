"""What a figure takes over from the words before it: flow, period, base of comparison, and the name of what is measured."""

from __future__ import annotations

import re

from guanlian.loaders import predicates, subjects
from guanlian.loaders.periods import When
from guanlian.loaders.predicates import Predicate
from guanlian.loaders.quantities import Quantity, dimension
from guanlian.loaders.statements import Container, Draft, Group, Shared, State, span

REACH = 200
"""No subject is longer; a table flattened into one line must not cost its square."""
_SAVED = {"time": "时间", "money": "费用"}
_OTHER_WAY = {f"{a}口{c}": f"{b}口{c}" for a, b in ("进出", "出进") for c in "额值量"}
_PORTIONS = ("比重", "占比", "比例", "份额")
_EACH = re.compile("每[^，。；年月日天]{1,4}|单[票箱柜船车]")
_LAST_YEAR = re.compile("[去上]年")
_ADDS = re.compile("年均|[两二三四五]年平均|[拉带]动|拉高|拉低|贡献|高于|低于|快于|慢于|超过|领先|高出|低出")
_STOCK = re.compile("(?:拥有|现有|设有|建有)[^，。；]{0,12}$")


class Context:
    """A clause in its sentence, and what was said before it."""

    __slots__ = ("based", "brackets", "clause", "dated", "lead", "sentence", "state", "text")

    def __init__(
        self, text: str, sentence: int, clause: Container, brackets: list[Container], dated: list[When], state: State, lead: str
    ) -> None:
        self.text, self.sentence, self.clause, self.brackets = text, sentence, clause, brackets
        self.dated, self.state, self.lead, self.based = dated, state, lead, False

    def again(self, q: Quantity, p: Predicate, ante: Draft | None) -> str:
        """进口较2017年压缩71%，出口1.4小时，压缩95%: the other flow is compared with the same year."""
        based = self.state.based
        other = ante is not None and ante.kind != "change" and ante.flow in ("import", "export")
        return based[0] if based and other and based[1:] == (q.unit, p.direction) else ""

    def same_base(self, subject: str, which: str, ante: Draft | None) -> bool:
        """Whether 增长6% goes by the 同比 said before it: 同比（下同）, or a notice that said 同比 once."""
        state = self.state
        if ante is not None and ante.from_[0] is not None:  # 由1362票减少到587票，降幅达56.9%
            return bool(_LAST_YEAR.search(self.text, ante.box.start, ante.q.start))
        if _ADDS.search(self.text, self.clause.start, self.clause.end):
            return False
        return state.yoy and (state.same or (state.persist and (subjects.is_bare(subject) or bool(which))))

    @staticmethod
    def indicator(q: Quantity, s: Shared, subject: str, noun: str, ante: Draft | None, topic: str) -> str:
        if q.value == 0 and not q.unit:
            return f"{subject}{noun}数"
        change = s.p.kind == "change"
        if change and (told := predicates.rules().after.match(noun)):
            noun = noun[told.end() :]  # 两位数增长
        if change and ante is not None and ante.kind == "share" and subject in _PORTIONS:
            return ante.indicator
        if change and ante is not None and len(subject) == 2 and subject == ante.indicator[-2:]:
            return ante.indicator  # 大豆进口1226万吨，环比进口减少165万吨
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

    def flow(self, left: str, right: str, group: Group, ante: Draft | None, leans: bool, amount: bool) -> str:
        which = subjects.flow(left, right[:24])
        if which:
            return which
        if ante is not None and (leans or "其中" in self.text[self.clause.start : self.clause.start + 6]):
            return ante.flow
        if self.text.startswith("其中", self.clause.start) and self.state.level is not None:
            return self.state.level.flow
        if amount and self.state.joined:
            return ""  # ；每箱节省500元 is no longer about the import before it
        if self.state.persist and (told := self._elided(left, group)):
            return told
        if not self.state.persist or (leans and ante is None):
            return self._named()
        return ""

    def _elided(self, left: str, group: Group) -> str:
        """出口集装箱船31艘，液货船62艘; 进口原油2亿吨；天然气4208万吨: the goods of a list share the verb of its first."""
        state, unit, act = self.state, group.items[0].unit, predicates.rules().activity
        if state.joined:
            alike = dimension(unit) == "ratio" or unit in {d.q.unit for d in state.drafts[-4:]}
            return self._named() if alike and (not act.search(left) or act.fullmatch(subjects.tidy(left))) else ""
        first = next((d for d in state.run if len(d.subject) > 2 and d.subject.startswith(("进口", "出口"))), None)
        if first is None or act.search(left):
            return ""
        return first.flow if unit in {d.q.unit for d in state.run if d.flow == first.flow} else ""

    def _named(self) -> str:
        """The one flow that the sentence named before this clause."""
        first = max(0, self.sentence - 3 * REACH)
        at = max(self.text.rfind("。", first, self.sentence), self.text.rfind("\n", first, self.sentence), first - 1) + 1
        at = max(at, self.clause.start - 3 * REACH)
        named = {m.lastgroup for m in subjects.rules().flow.finditer(self.text, at, self.clause.start)}
        return next(iter(named)) or "" if len(named) == 1 else ""

    def echo(self, subject: str, q: Quantity, kind: str) -> Draft | None:
        """沈阳市、营口市分别为90亿元、30亿元，沈阳增长2%: what an earlier figure of the sentence is about, said in short."""
        if not self.state.run or len(subject) < 2 or subjects.is_bare(subject):
            return None
        alike = (d for d in reversed(self.state.run) if d.subject.startswith(subject) and d.subject != subject)
        return next((d for d in alike if (kind == "change" and dimension(q.unit) == "ratio") or d.q.unit == q.unit), None)

    def told_before(self, group: Group) -> str:
        """手机销售增长较快，较去年增长35.9%: what a clause without numbers said to rise is what rose."""
        end = self.clause.start - 1
        start = max(self.text.rfind(c, self.sentence, end) for c in "，,；：") + 1 or self.sentence
        last = self.state.drafts[-1] if self.state.drafts else None
        if group.box != self.clause or end - start < 4 or (last is not None and last.q.end > start):
            return ""
        verb = predicates.rules().verbs.search(self.text, start, end)
        return subjects.tidy(self.text[start : verb.start()]) if verb else ""

    def saved(self, group: Group) -> str:
        """The direction of the saving right before in the same clause."""
        last = self.state.drafts[-1] if self.state.drafts else None
        return last.direction if last is not None and last.box == group.box and last.kind == "change" and last.q.end == group.left_from else ""

    def goes_on(self, group: Group) -> bool:
        """平均下降了1500元，接近两成: a ratio by itself right behind a change says the same change."""
        last = self.state.drafts[-1] if self.state.drafts else None
        return last is not None and last.kind == "change" and self.text[last.q.end : group.items[0].start] in ("，", ",", "、")

    def grown(self, q: Quantity) -> Draft | None:
        """新增备案企业412家，同比增长15.7%: a rate right behind an amount that grew is the rate of that amount."""
        last = self.state.drafts[-1] if self.state.drafts else None
        if last is None or last.kind != "change" or dimension(q.unit) != "ratio" or dimension(last.q.unit) in ("ratio", "time"):
            return None
        return last if last.subject and q.start - last.q.end < 12 and not subjects.is_bare(last.subject) else None

    def other_way(self, subject: str) -> str:
        """零售进口额12亿元，出口额68亿元: the other flow of what was told before."""
        other = _OTHER_WAY.get(subject, "")
        level = self.state.level
        if level is None or not other or not level.subject.endswith(other) or level.subject == other:
            return subject
        return level.subject.removesuffix(other) + subject

    def counted_with(self, q: Quantity) -> Draft | None:
        """新增企业5家，总数达到31家: the figure with the same unit right before a total."""
        return next((d for d in reversed(self.state.drafts[-3:]) if d.q.unit == q.unit), None)

    def timeless(self, q: Quantity, left: str) -> bool:
        """人工查验率降低12.5个百分点, 每车少压两天 in a paragraph that names no time: what a reform does, not a figure of the year above."""
        own = any(w.start < q.start and w.role in ("span", "open", "now") for w in self.dated)
        lasting = dimension(q.unit) in ("ratio", "time") or _EACH.search(left)
        return self.state.above and not own and bool(lasting) and not _ADDS.search(left)

    def period(self, group: Group, ante: Draft | None, p: Predicate, left: str) -> tuple[str, str]:
        state = self.state
        if state.carried and "有" in left and _STOCK.search(left):
            state.head, state.scope = ("", ""), "sentence"  # 拥有350条航线 is no figure of the year that a sentence before it named
        for w in reversed(self.dated):
            if ante is not None and ante.q.start > w.start:
                break
            if w.start < group.items[0].start and w.role in ("span", "open", "now"):
                return span(w)
        if ante is not None and not self.based:
            return ante.first, ante.last
        each = p.kind == "change" and _EACH.search(left) and (state.asof or not state.persist)
        if (self.based and state.carried) or (each and (state.asof or state.carried)):
            return "", ""  # 由3天压缩至1天 is no figure of the year that a sentence before it named
        return state.head or ("", "")
