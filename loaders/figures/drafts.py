"""Quantities of one sentence become figures: groups, distribution, and what a clause inherits."""

from __future__ import annotations

import re
from bisect import bisect_right

from guanlian.loaders.figures import predicates, subjects
from guanlian.loaders.figures.grammar import final
from guanlian.loaders.figures.inherited import APART, REACH, Context
from guanlian.loaders.figures.predicates import Predicate
from guanlian.loaders.figures.quantity import Quantity, dimension
from guanlian.loaders.figures.statements import Container, Draft, Group, Shared, converted, plain, plainly

_JOINT = re.compile(r"\s*(?:、|和|及|与|以及|、和|或)?\s*")
_FROM = re.compile(r"(?:由|从|原来|原先|原本|原需|以往|此前|过去|改革前|之前|最初|以前)[^，。；]{0,12}$")
_JUST_FROM = re.compile(r"(?:由|从)(?:原来|原先|原本|以往|过去|此前|改革前|最初)?的?(?:平均|最多|最长|近|约)?$")
_TURNS = re.compile(r"[^，。；]{0,8}(?:变|改|压缩|缩|减|降|升|提|延|精简)[^，。；]{0,3}(?:至|到|为|成)")
_THAN = re.compile(r"(?:比|较|在)[^，。；]{0,12}$")
_FAULT = re.compile(r"个?(?:台阶|档次|等级|层次|新台阶|新|一体|口子|窗口办|门|行动|攻坚|规划|计划|滚动)")
_RANKED = re.compile(r"[^，。；]{0,12}中(?:名列|位居|位列|排名|居|列)")
_BASIS = re.compile("[与较比同]")
_BASED = re.compile(r"[与较比同][^，。；]{0,12}相比|^(?:与|较|比(?![例重])|同(?![类期]))|(?:与|较|(?<!占)比|同)$")
_OUT_OF = re.compile(r"(?:由|从|原来|原先|原本)[^由从]*$")
_TAKES = re.compile("(?:仅|只)需要?$|(?:用时|耗时)(?:仅|只)?$")
_OF_THEN = re.compile(r"[较比]\s?\d{4}\s?年(?:全年)?的(?:约|近)?$")
_TO = re.compile("[，,]?[^，。；]{0,8}[至到]")
_BECAME = re.compile("(?:变|改|合并|整合)[^，。；]{0,3}$")
_GOES_ON = re.compile("[，,](?:现在?|目前|如今|已|迅速|快速|逐步|大幅|进一步)*(?:压缩|缩短|缩减|减少?|降低?|下降|提升|提高|增加?|增长|扩大|上升|变|改)(?:至|到|为|成)")
_BOTH_BASES = re.compile("同比[、和及与]环比|环比[、和及与]同比")
_COMES_TO = re.compile("(?:左右|以上)?[\u4e00-\u9fff]{1,4}(?:至|到|为|成)(?:了|平均|最快|目前的?|现在的?|如今的?|仅|近|超过|约|20\\d\\d年的)*")
_WHICH = re.compile("(?:以上|以下|以内)?(?:人民币)?的[\u4e00-\u9fff]{2,8}(?:由|从|有|达|共|仅|减|增|$)")
_TASKS = re.compile("(?:重点|改革|创新)?(?:任务|措施|举措|事项|指标)(?:中)?[，,]?(?:目前)?(?:已|全部)?(?:完成|落地|落实|办结|实施)(?:了|见效)?")
_COSTS = ("时间", "费", "费用", "成本", "约")
_FLAT_FIRST = re.compile("分别(?:基本)?持平[、和及与]")
_FLAT_LAST = re.compile("[、和及与](?:基本)?持平")
_SET = re.compile(r"在[^，。；]{0,40}$")


class Clause(Context):
    """One clause with numbers."""

    __slots__ = ()

    def read(self, found: list[Quantity], compare: Group | None) -> Group | None:
        """Groups the quantities, takes 由… and 比… values off, and makes drafts of the rest; gives what the next clause starts from."""
        kept = [q for q in found if not q.weak or self._counts(q)]
        kept = [q for q, after in zip(kept, [*kept[1:], None], strict=False) if after is None or not self._attribute(q, after)]
        groups = self._groups(kept)
        held = compare._replace(box=self.clause) if compare else None
        for i, group in enumerate(groups):
            after = groups[i + 1] if i + 1 < len(groups) else None
            if after is not None and held is None and self._is_base(group, after):
                held = group
                continue
            if after is None and held is None and self._leads_on(group):
                return group
            if held is None and self._only_from(group):
                self.state.unread.extend((q.start, q.end) for q in group.items)
            elif not self.sums_up(group):
                self._draft(group, held)
            held = None
        return None

    def _leads_on(self, group: Group) -> bool:
        """从最初的4万吨，迅速提升至40万吨: what a clause ends with is where the next one starts from."""
        left = self.text[max(group.left_from, group.items[0].start - 24) : group.items[0].start]
        end = group.items[-1].end
        return end == self.clause.end and bool(_FROM.search(left)) and bool(_GOES_ON.match(self.text, end))

    def _attribute(self, q: Quantity, after: Quantity) -> bool:
        """超100小时的报关单由1362票减少到587票: the first number only tells which ones the others count."""
        gap = self.text[q.end : after.start]
        if q.unit == after.unit and _TASKS.fullmatch(gap):
            return True  # 23项任务已完成15项
        if q.unit == "个" and after.unit != "个" and self.text.startswith(("其他", "其余"), q.start - 2):
            return True  # 对其他14个成员国进出口3216亿元
        if gap in ("的", "以上的") and dimension(q.unit) == "money" and dimension(after.unit) == "count":
            return True  # 年进出口值超亿元的5家
        named = _WHICH.match(gap) if q.unit and (q.bound or q.unit != after.unit) else None
        return named is not None and dimension(q.unit) in ("time", "money") and dimension(after.unit) == "count" and not q.weak

    def _counts(self, q: Quantity) -> bool:
        """Whether a small Chinese numeral is a figure here: 减少了…的两个环节, 压缩至一天."""
        left = self.text[self.clause.start : q.start]
        right = self.text[q.end : q.end + 6]
        if _FAULT.match(right):
            return False
        if predicates.lessened(left, q.unit) is not None:
            return True
        r = predicates.rules()
        last = final(r.verbs.finditer(left))
        if _TAKES.search(left) and dimension(q.unit) == "time":
            return True
        if last is None:
            return bool(_FROM.search(left)) and dimension(q.unit) in ("time", "count") and bool(_TO.match(right))
        tail = left[last.end() :]
        if r.reached.fullmatch(tail):
            return True
        if q.value == 1 and dimension(q.unit) != "time" and last[0] not in ("减少", "压缩", "压减", "精简", "节省", "节约"):
            return False
        if r.plain.fullmatch(tail):
            return True
        return last[0] in r.amounts and tail.endswith(("的", "等")) and len(tail) < 32 and not r.activity.search(tail)

    def _only_from(self, group: Group) -> bool:
        """由3天变为即时办结: a value that something came from, and what it came to is no number."""
        left = self.text[max(group.left_from, group.items[0].start - 12) : group.items[0].start]
        return bool(_JUST_FROM.search(left)) and bool(_TURNS.match(self.text, group.items[-1].end, group.right_to))

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
                if self._joins(previous, q) and (q.value or q.unit):
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
        if predicates.EXCEEDS.search(gap):
            return False  # 高于全国2个百分点、高于全省3个百分点
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
        rate = dimension(a.unit) != "ratio" and dimension(b.unit) == "ratio"  # 较2017年的122小时压缩69.6%
        if dimension(a.unit) != dimension(b.unit) and not rate:
            return False
        gap = plain(self.text[group.items[-1].end : b.start])
        if len(gap) > 24:
            return False
        p = predicates.predicate(gap, "", b)
        left = self.text[group.left_from : a.start]
        if rate:
            return p.kind == "change" and left.endswith("的") and bool(_THAN.search(left.rstrip("的"))) and not subjects.tidy(p.subject)
        came = bool(_FROM.search(left)) or (a.unit == b.unit and not rate and not APART.search(gap))  # 250项材料减少到19项
        if p.reached:
            return came or (len(subjects.tidy(p.subject)) <= 3 and not gap.startswith("、"))  # 进口降至3元、出口降至2元
        if came and (predicates.becomes(gap) or _COMES_TO.fullmatch(gap)):
            return True
        return p.kind == "change" and bool(_THAN.search(left)) and not subjects.tidy(p.subject)

    def _left(self, group: Group) -> str:
        """The words before a group, without times and brackets."""
        at, end = group.left_from, group.items[0].start
        at = max(at, end - REACH)
        if at == group.left_from > group.box.start and (mark := self.text.find("、", at, end)) > at and self.text.find("）", at, end) < 0:
            at = mark  # 20多个国家和地区、30多个城市
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
        if p.kind == "level" and left.startswith("、") and left.endswith(_COSTS) and (saved := self.saved(group)):
            p = p._replace(kind="change", direction=saved)  # 节约堆存时间3天、堆存费用1200元
        if base is not None and base.box == group.box and (p.reached or (way := self._way(left, base, first))):
            stated = self._left(base) or _BECAME.sub("", p.subject)
            p = p._replace(kind=plainly(first), direction=p.direction if p.reached else way, reached=True, subject=stated)
            if first.unit == "%" and (rate := predicates.rate(stated)):
                p = rate  # 降幅由19%收窄到8%
            left = stated
        if p.kind == "share" and (self.shared(group) if right else self.goes_on(group)):
            p = Predicate("change", self.state.drafts[-1].direction, "")
        elif p.kind == "share" and first.unit == "%" and (rate := self.rate_before(group)):
            p = rate
        if "中" in right and _SET.search(left) and _RANKED.match(right):
            return  # 在18个城市中名列前茅: the field, not a result
        needed = p.kind == "change" or base is not None or left.endswith("的")
        compared, at, to = predicates.baseline(self.lead + left) if needed else ("", 0, 0)
        if base is not None and not compared and p.kind == "change":
            compared = predicates.baseline("比" + self.text[base.left_from : base.items[0].start] + "时限")[0]
        if len(group.items) > 1 and first.bound and "分别" in left:
            for q in group.items[1:]:
                q.bound = q.bound or first.bound  # 分别超1400亿元、680亿元
        if compared and "下同" in self.text[self.clause.start : self.clause.end]:
            lastyear = compared == str(self.state.this - 1) and f"{compared}年同期" in self.text[self.clause.start : self.clause.end]
            self.state.rest = "" if lastyear else compared
        subject = self._subject(p, left, at - len(self.lead), to - len(self.lead))
        if not subject and (p.kind == "change" or (p.kind == "level" and first.start - self.clause.start < 2)):
            subject = self.told_before(group, p.kind == "level")
        whole = p.kind == "change" and (left.startswith(p.subject) or left.endswith("的"))
        shared = Shared(p, subject, left, right, compared, whole)
        self.based = base is not None and not (compared in ("yoy", "mom") or compared.isdigit())
        rows = self._rows(group, shared)
        if rows is None:
            self.state.unread.extend((q.start, q.end) for q in group.items)
            return
        if base is not None:
            for row, value in zip(rows, base.items if len(base.items) == len(rows) else base.items * len(rows), strict=False):
                if dimension(value.unit) == dimension(row.q.unit):
                    row.from_ = converted(value, row.q.unit)
                if row.kind != "change":
                    row.baseline = compared or "before"
        self.state.drafts.extend(rows)
        if p.kind != "level" or not _OF_THEN.search(left):
            self._remember(rows)

    @staticmethod
    def _way(left: str, base: Group, q: Quantity) -> str:
        """The direction of a change that leads from one value to another; of any other verb (加密至) the values tell it."""
        told = predicates.becomes(left)
        if told or not _COMES_TO.fullmatch(left.strip().removesuffix("的").strip()):
            return told
        return "up" if (converted(base.items[0], q.unit)[0] or 0) < q.value else "down"

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
        if self.text.startswith("其中", self.clause.start) and not (state.part and state.part[-1].q.start >= self.clause.start):
            state.part = []
        aside = rows[0].box != self.clause and state.level is not None
        state.run.extend(rows)
        state.part.extend(rows)
        state.rows = rows if len(rows) > 1 else state.rows
        if not aside or rows[-1].kind == "share":
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
        return "" if words in ("水平", "数值", "规模", "数量", "变化", "变动") or words.startswith("次于") else words

    def _rows(self, group: Group, s: Shared) -> list[Draft] | None:
        """One draft for each quantity of the group, each with its own subject; None when the text does not say whose each is."""
        items = group.items
        one = len(items) == 1 or any(q.unit != items[0].unit for q in items) and s.p.kind != "change"
        if one and len(items) > 1 and "分别" in s.left and subjects.is_bare(s.subject) and (earlier := self.listed(len(items), s.left)):
            return [self._one(q, group, s, part) for q, part in zip(items, earlier, strict=True)]
        if one:
            beside = self._beside_unchanged(group) if s.p.kind == "change" and not s.subject and "分别" in s.left else None
            return [self._one(q, group, s, s.subject, beside[0] if beside else None) for q in items]
        if s.p.kind == "change" and not s.subject and not any(len(w.parts) == len(items) for w in self.dated):
            return self._from_antecedents(group, s)
        parts = subjects.split(s.subject, len(items)) if s.subject else None
        if parts:
            rows = [self._one(q, group, s, part) for q, part in zip(items, parts, strict=True)]
            if s.p.kind == "change":
                self._turns(group, rows)
            return rows
        years = self._parts(items)
        if len(years) == len(items):
            rows = [self._one(q, group, s, s.subject) for q in items]
            for row, (first, last) in zip(rows, years, strict=True):
                row.first, row.last = first, last
            return rows
        if s.p.kind == "change" and (antecedents := self.antecedents(len(items))) and subjects.is_bare(s.subject):
            return self._from_antecedents(group, s) if antecedents else None
        if "分别" in s.left and subjects.is_bare(s.subject) and (antecedents := self.antecedents(len(items))):
            # 分别是去年同期的1.5倍和2.1倍, 金额分别为5亿元、3亿元
            return [self._one(q, group, s, s.subject, ante) for q, ante in zip(items, antecedents, strict=True)]
        if (not s.subject or "分别" in s.left) and (earlier := self.listed(len(items), s.left) or self.alike(len(items), s.subject)):
            return [self._one(q, group, s, part) for q, part in zip(items, earlier, strict=True)]
        return None

    def _parts(self, items: list[Quantity]) -> tuple[tuple[str, str], ...]:
        """The periods that a list is told for: 2018—2020年, 三、四季度, 2020年、2021年."""
        before = [w for w in self.dated if w.role == "span" and w.end <= items[0].start]
        if len(before) == len(items) and "分别" in self.text[self.clause.start : items[0].start]:
            return tuple((w.first, w.last) for w in before)
        return next((w.parts for w in before if w.parts), self.state.years)

    def _from_antecedents(self, group: Group, s: Shared) -> list[Draft] | None:
        """同比分别增长a、b after two levels: each belongs to its own; or 同比、环比分别 for one."""
        bases = _BOTH_BASES.search(self.text, max(self.sentence, self.clause.start - 16), group.items[0].start)
        if bases and len(group.items) == 2:
            rows = [self._one(q, group, s, s.subject) for q in group.items]
            names = ("yoy", "mom") if bases[0][0] == "同" else ("mom", "yoy")
            for row, name in zip(rows, names, strict=True):
                row.baseline = name
            return rows
        before = self._beside_unchanged(group) or self.antecedents(len(group.items))
        if before is None and (level := self.state.level) is not None and "分别" in s.left:
            parts = subjects.split(level.subject, len(group.items))
            if parts:  # 集成电路、平板电脑出口均超400亿元，分别增长6%、下降3.9%
                rows = [self._one(q, group, s, part, level) for q, part in zip(group.items, parts, strict=True)]
                self._turns(group, rows)
                return rows
        if before is None:
            earlier = None if self.state.run else self.listed(len(group.items), s.left)
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
        before = self.antecedents(len(group.items) + 1) if first or last else None
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
        if subject.startswith(("前者", "后者")) and len(self.state.run) > 1:
            ante, subject = (self.state.run[-2] if subject[0] == "前" else self.state.run[-1]), subject[2:]
        subject = self.other_way(subject)
        if p.kind == "change" and not subject and ante is None:
            ante = self.grown(q)
        if (said := self.echo(subject, q, p.kind)) is not None:
            ante, subject = said, ""
        listed = s.left[:1] in ("、", "和", "及") and len(subject) <= 3 and (dimension(q.unit) == "count" or subjects.is_bare(subject))
        leans = subjects.is_bare(subject) or listed
        noun = self.text[q.end : group.right_to] if q is group.items[-1] else s.right if p.kind == "level" else ""
        if q.value == 0 and not q.unit:
            noun = self.text[q.core + 1 : q.end]
        counts = p.kind == "level" and not subject and subjects.counted(noun)
        ante = ante or ((self.counted_with(q) if subject in ("总数", "总量") else state.level) if leans and not counts else None)
        amount = p.kind == "change" and dimension(q.unit) != "ratio"
        which = self.flow(subject if subject != s.subject or not s.left else s.left, noun, group, ante, leans, amount)
        first, last = self.period(group, ante if leans else None, p, s.left)
        if leans and first == last and len(first) == 7 and "累计" in s.left:
            first = f"{first[:4]}-01"  # 8月进口38万吨、累计329万吨
        compared = s.baseline if p.kind == "change" or (s.left.endswith("的") and (s.baseline == "yoy" or s.baseline.isdigit())) else ""
        if compared.isdigit() and p.kind == "level" and not p.reached and _OF_THEN.search(s.left):
            first, last, compared = f"{compared}-01", f"{compared}-12", ""  # 较2012年的8319家
        compared, doubts = self.base(q, p, compared, subject, which, ante, last)
        if p.kind == "change" and ante is None and self.timeless(q, s.left, compared):
            first = last = ""
        topic = ante.topic if ante and (subject or not listed or not subjects.counted(noun)) else ""
        indicator = self.indicator(q, s, subjects.turned(topic, subject) if listed and subject else subject, noun, ante, topic)
        if subjects.says_nothing(indicator):
            doubts += ("subject",)
        leads = bool(subject) and not leans and s.left.startswith(p.subject)
        return Draft(
            q, group.box, p.kind, q.direction or p.direction, q.bound or p.bound, subject, indicator,
            (topic or subject) if leans else subject + (subjects.counted(noun) if counts else ""), which, compared, first, last, doubts=doubts, leads=leads,
            since=ante.since if ante is not None and leans else group.box.start,
        )  # fmt: skip
