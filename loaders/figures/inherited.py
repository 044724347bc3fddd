"""What a figure takes over from the words before it: flow, period, base of comparison, and the name of what is measured."""

from __future__ import annotations

import re

from guanlian.loaders.figures import predicates, subjects
from guanlian.loaders.figures.grammar import final
from guanlian.loaders.figures.periods import When
from guanlian.loaders.figures.predicates import Predicate
from guanlian.loaders.figures.quantity import Quantity, dimension
from guanlian.loaders.figures.statements import Container, Draft, Group, Shared, State, span

REACH = 200
"""No subject is longer; a table flattened into one line must not cost its square."""
_LONGEST = 60
"""Nor has a list of a sentence more figures."""
_SAVED = {"time": "时间", "money": "费用"}
_OTHER_WAY = {f"{a}口{c}": f"{b}口{c}" for a, b in ("进出", "出进") for c in "额值量"}
_PORTIONS = ("比重", "占比", "比例", "份额")
_FASTER = re.compile("[快慢高低优]于|超过|领先|[高低]出(?!口)")
_EACH = re.compile("每[^，。；年月日天]{1,4}|单[票箱柜船车]")
_LAST_YEAR = re.compile("[去上]年")
_FOREMOST = re.compile("(?:分?[位排]?列|名列|位居|排名|居)(?:全[国省市区州县]|我[省市区])?(?:前[列茅\\d一二两三四五六七八九十]*[位名]?|首位)$")
_CUT = re.compile("[，,：:]")
_SUMS = re.compile("共|有|达|为|了|等|达到|实现|新增|的$")
_JOINS = re.compile("[、和及与]")
_ENDS = re.compile("[两二三四五六七八九十]+(?:大|个|[市省州县区国地港类家项种者])|等|均|都|是|为|高于|低于|[超达近约占]|表现|保持|继续|实现|增长|下降")
_EACH_OF = re.compile("[，,]分别(?:为|达到?)?")
_OBJECT = re.compile("的[^，。；]{2,10}[、和及与]")
_TOLD_RATE = re.compile("([^，,。；：\\d]{0,16}?)的?(增速|增幅|涨幅|升幅|降幅|跌幅)(?:最[高快大]|[居列]|位[居列]|领先|较[快高大]|突出|明显)[^，。；\\d]{0,8}[，,](?:高?达到?|为)?(?:了|约|近|超)?$")
_RATE = re.compile("增速|增幅|涨幅|降幅")
_CERTIFIED = re.compile("签[发证].{0,12}原产地|原产地(?:证|声明)|签证金额")
_INBOUND = re.compile("先放后检|征免税")
_ROSE = re.compile("(?:增长|上升|下降|回落)$")
APART = re.compile("[，、；,和及与]")
"""What parts two figures; in 9条班列共开行287列 nothing does, and the second alone is told of."""
_PAIR = re.compile("[前后][二两]者")
_BOTH = re.compile("一[增减升降涨跌]一[增减升降涨跌]")
_OF_YEAR_IN_BRACKETS = re.compile(r"[较比]\s?(\d{4})\s?年(?:同期|全年)?[（(]$")
_EQUALS = re.compile("(?:分别|依次)?(?:[为是]|包括)")
_TRADE_HEAD = re.compile("(?:外贸)?(?:进出口|进口|出口|贸易)(?:总?[值额量]|货值)")
_YEARLY = re.compile("每年[^，。；]{0,6}$")
_MOST = re.compile("([^，,。；]{2,12}?)最[大高多快]的是([^，,。；]{2,14})$")
_MEANS = ("项", "条", "个", "种")
_QUOTED = re.compile("“[^”]*”")
_SIDE = re.compile("(?:进口|出口)(?:(?:商品|产品|货物)?方面|(?:主要)?(?:商品|产品|货物)(?:中|方面))(?=[，,：:])")
_TRADE = re.compile("进出口|进口|出口|外贸|出境|入境|进境")
_POINTS = re.compile("(?:对|自|向|从|[^，。；]{0,8})(?:上述|这些?|以上)[^，。；、]{0,8}$")
_ADDS = re.compile("年均|[两二三四五]年平均|[拉带]动|拉高|拉低|贡献|高于|低于|快于|慢于|超过(?!\\s?\\d)|领先|高出|低出")
RECORD = re.compile("(?:也|再次?|又|双双)*(?:创|刷新|突破)[^，。；]{0,16}(?:新高|[纪记]录|高峰|大关)")
_THEN = re.compile(r"^(?:\d{1,2}月份?|[当本]月)的?")
_MONTH = re.compile("(1[0-2]|[1-9])月份?")
_RATIOS = ("%", "倍", "百分点")
_WIDENED = re.compile("(?:增加?|扩大|扩展|拓展|增长|发展)[至到]|覆盖|通达|连通")
_KINDS = ("个", "条", "种", "类", "家", "项")
_SAVES = re.compile("节省|节约|省[下去]|少缴|下调|成本|收费")
_QUICKEST = re.compile("最快|最短|仅需|只需|全程")
_EASES = re.compile("压减|压缩|缩短|精简")
_TRADED = re.compile("增速|增幅|进出口|[进出]口[值额量]|吞吐量|货运量|客流")
_EASED = re.compile("成本|费|时间|时长|用时|周期|效率|率")
_STOCK = re.compile("(?:拥有|现有|设有|建有)[^，。；]{0,12}$")


class Context:
    """A clause in its sentence, and what was said before it."""

    __slots__ = ("based", "brackets", "clause", "dated", "lead", "sentence", "state", "text")

    def __init__(
        self, text: str, sentence: int, clause: Container, brackets: list[Container], dated: list[When], state: State, lead: str
    ) -> None:
        self.text, self.sentence, self.clause, self.brackets = text, sentence, clause, brackets
        self.dated, self.state, self.lead, self.based = dated, state, lead, False

    def base(
        self, q: Quantity, p: Predicate, compared: str, subject: str, which: str, ante: Draft | None, last: str
    ) -> tuple[str, tuple[str, ...]]:
        """What a figure is compared with, its own words or those before it, and what of that is doubtful."""
        month = _MONTH.fullmatch(compared) if compared and last else None
        if month and int(month[1]) % 12 + 1 == int(last[5:7]):
            return "mom", ()  # 11月…，较10月份增加
        if compared.isdigit() and last[:4] == str(int(compared) + 1) and re.search(rf"{compared}\s?年[^，。；]{{0,8}}同[期比]", self.text[self.clause.start : q.start]):
            return "yoy", ()  # 2023年…，较2022年同期
        if p.kind != "change" or compared:
            return compared, ()
        if ante is not None and ante.kind == "change" and ante.baseline == "mom" and ante.q.end + 12 > q.start:
            return "mom", ()  # 环比增加6列，增长13%
        if again := self.again(q, p, ante):
            return again, ()
        alike = self.state.same and ante is not None and ante.kind == "level" and ante.q.unit == q.unit
        if (q.unit in _RATIOS or alike) and self.same_base(q, subject, which, ante):
            return "yoy", ("baseline",)
        return "", ()

    def listed(self, count: int, left: str) -> list[str] | None:
        """A、B两项指标，（…，）分别为x、y: the subjects that a clause before lists, with the words behind 分别."""
        head, _, shared = left.partition("分别")
        head, shared = subjects.tidy(head), subjects.tidy(shared)
        if not (subjects.is_bare(head) or _TRADE_HEAD.fullmatch(head) or (shared and _POINTS.search(head))):
            return None
        shared = shared or head
        before = self.text[max(self.sentence, self.clause.start - REACH) : self.clause.start].rstrip("，,：: ")
        for piece in reversed(_CUT.split(_FOREMOST.sub("", before))):
            last = final(_JOINS.finditer(piece))
            if last and (equals := _EQUALS.search(piece, 0, last.start())):
                piece, last = piece[equals.end() :], final(_JOINS.finditer(piece[equals.end() :]))
            end = _ENDS.search(piece, last.end() + 1) if last else None
            names = subjects.split(subjects.tidy(piece[: end.start()] if end else piece), count)
            if names and not any(c.isdigit() for name in names for c in name):
                names = [_ROSE.sub("", name) for name in names]
                return [name if name.endswith(shared) else name + shared for name in names]
        return None

    def alike(self, count: int, subject: str) -> list[str] | None:
        """甲、乙产量分别下降a、b，出口分别下降c、d: the things of the list right before, told of another quantity."""
        last = self.state.drafts[-count:]
        if not subject or subjects.thing(subject) or len(last) < count or any(d.box != last[0].box for d in last):
            return None
        if last[0].q.start < self.sentence and not self.state.joined:
            return None
        things = [subjects.thing(d.subject) for d in last]
        return [thing + subject for thing in things] if all(things) and len({*things}) == count else None

    def sums_up(self, group: Group) -> bool:
        """A和B两种模式, A与B2种模式: the number only counts what was just listed."""
        q = group.items[0]
        if not 2 <= q.value <= 4 or len(group.items) > 1 or q.bound or q.unit not in ("种", "类", "个", "项", "方面"):
            return False
        words = _CUT.split(self.text[group.left_from : q.start])[-1]
        listed = _JOINS.split(words)
        return len(listed) == q.value and len(listed[-1]) >= 2 and not _SUMS.search(listed[-1])

    def around(self, q: Quantity) -> str:
        """The words of the clause about a quantity."""
        return self.text[max(self.clause.start, q.start - REACH) : min(self.clause.end, q.end + REACH)]

    def again(self, q: Quantity, p: Predicate, ante: Draft | None) -> str:
        """进口较2017年压缩71%，出口1.4小时，压缩95%: the other flow is compared with the same year."""
        if self.state.rest.isdigit() and q.unit in ("%", "倍") and ante is not None and ante.kind != "change":
            return self.state.rest
        based = self.state.based if all(d.baseline != "yoy" for d in self.state.drafts[-4:]) else None
        other = ante is not None and ante.kind != "change" and ante.flow in ("import", "export")
        return based[0] if based and other and based[1:] == (q.unit, p.direction) else ""

    def same_base(self, q: Quantity, subject: str, which: str, ante: Draft | None) -> bool:
        """Whether 增长6% goes by the 同比 said before it: 同比（下同）, or a notice that says 同比 anywhere."""
        state = self.state
        if ante is not None and ante.from_[0] is not None:  # 由1362票减少到587票，降幅达56.9%
            return bool(_LAST_YEAR.search(self.text, ante.box.start, ante.q.start))
        words = self.around(q)
        if _ADDS.search(words) or _SAVES.search(words) or (ante is None and _EASES.search(words)):
            return False
        last = state.drafts[-1] if state.drafts else None
        if last is not None and last.baseline == "yoy" and subjects.is_bare(subject) and self.clause.start - last.q.end < 3:
            return True  # 批次同比增长25%，货值下降3%
        if state.foretold and ante is not None and ante.kind == "level" and ante.last and dimension(ante.q.unit) in ("money", "weight", "count"):
            return True
        return state.yoy and (state.same or (state.persist and (subjects.is_bare(subject) or bool(which))))

    @staticmethod
    def indicator(q: Quantity, s: Shared, subject: str, noun: str, ante: Draft | None, topic: str) -> str:
        if q.value == 0 and not q.unit:
            return f"{subject}{noun}数"
        change = s.p.kind == "change"
        if change and (told := predicates.rules().after.match(noun)):
            noun = noun[told.end() :]  # 两位数增长
        if s.p.kind != "level" and ante is not None and ante.kind == "share" and subject in _PORTIONS:
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
        if group.items[0].unit in _MEANS and "“" in left:
            left, right = _QUOTED.sub("", left), ""  # “进口原油先放后检”等45项模式
        if than := _FASTER.search(left):
            left = left[: than.start()]  # 进口增速快于出口5个百分点
        which = subjects.flow(left, right[:24])
        if which:
            return which
        if ante is not None and leans and ante.q.start < self.sentence and (own := self._own_words()):
            return subjects.flow(own)
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
        if _CERTIFIED.search(left):
            return "export"  # what a customs house signs in its reports is for goods going out
        if not amount and _INBOUND.search(left):
            return "import"
        side = final(_SIDE.finditer(self.text, max(self.sentence, self.clause.start - REACH), self.clause.start))
        return subjects.flow(side[0]) if side else ""

    def _own_words(self) -> str:
        """The clauses without figures between the last figure, told in a sentence before, and this one, if they speak of trade."""
        first = max(self.sentence, self.clause.start - REACH)
        at = max(self.text.rfind("。", first, self.clause.start), self.text.rfind("\n", first, self.clause.start), first - 1) + 1
        words = self.text[at : self.clause.start]
        return words if _TRADE.search(words) else ""

    def antecedents(self, count: int) -> list[Draft] | None:
        """The ``count`` figures before that a list of rates goes by."""
        here = [d for d in self.state.run[-_LONGEST:] if d.q.start >= self.sentence]
        pair = _PAIR.search(self.text, self.clause.start, min(self.clause.end, self.clause.start + REACH))
        if pair and count == 2 and len(here) > 2:
            return here[:2] if pair[0][0] == "前" else here[-2:]
        levels = [d for d in here if d.kind == "level"]
        told = [a for a, b in zip(here, [*here[1:], None], strict=False) if b is None or APART.search(self.text, a.q.end, b.q.start)]
        amounts = [d for d in self.state.drafts[-_LONGEST:] if d.q.start >= self.sentence and dimension(d.q.unit) != "ratio"]  # 新增63家, 新增52万吨
        return next((rows for rows in (self.state.rows, self.state.run, self.state.part, here, told, levels, amounts) if len(rows) == count), None)

    def _elided(self, left: str, group: Group) -> str:
        """出口集装箱船31艘，液货船62艘; 进口原油2亿吨；天然气4208万吨: the goods of a list share the verb of its first."""
        state, unit, act = self.state, group.items[0].unit, predicates.rules().activity
        if state.joined:
            alike = dimension(unit) == "ratio" or unit in {d.q.unit for d in state.drafts[-4:]}
            return self._named() if alike and (not act.search(left) or act.fullmatch(subjects.tidy(left))) else ""
        run = state.run[:_LONGEST]
        first = next((d for d in run if len(d.subject) > 2 and d.subject.startswith(("进口", "出口"))), None)
        if first is None or act.search(left):
            return ""
        return first.flow if unit in {d.q.unit for d in run if d.flow == first.flow} else ""

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
        alike = (d for d in reversed(self.state.run[-_LONGEST:]) if d.subject.startswith(subject) and d.subject != subject)
        return next((d for d in alike if (kind == "change" and dimension(q.unit) == "ratio") or d.q.unit == q.unit), None)

    def told_before(self, group: Group, level: bool) -> str:
        """手机销售增长较快，较去年增长35.9%: what a clause without numbers said to rise is what rose, or set a record."""
        end = self.clause.start - 1
        start = max(self.text.rfind(c, self.sentence, end) for c in "，,；：") + 1 or self.sentence
        last = self.state.drafts[-1] if self.state.drafts else None
        if group.box != self.clause or end - start < 4 or _BOTH.search(self.text, start, end) or (last is not None and last.q.end > start):
            return ""
        most = _MOST.search(self.text, start, end) if level else None
        if most:  # 进口量最大的是铁矿石，2亿吨
            return most[2] + subjects.tidy(_RATE.sub("", most[1]))
        verb = (RECORD if level else predicates.rules().verbs).search(self.text, start, end)
        return subjects.tidy(_THEN.sub("", self.text[start : verb.start()])) if verb else ""

    def saved(self, group: Group) -> str:
        """The direction of the saving right before in the same clause."""
        last = self.state.drafts[-1] if self.state.drafts else None
        return last.direction if last is not None and last.box == group.box and last.kind == "change" and last.q.end == group.left_from else ""

    def goes_on(self, group: Group) -> bool:
        """平均下降了1500元，接近两成; 增速均超30%，分别为35%、42%: a ratio by itself right behind a change says the same change."""
        last = self.state.drafts[-1] if self.state.drafts else None
        if last is None or last.kind != "change":
            return False
        gap = self.text[last.q.end : group.items[0].start]
        return gap in ("，", ",", "、") or (_EACH_OF.fullmatch(gap) is not None and bool(_RATE.search(self.text, last.box.start, last.q.start)))

    def shared(self, group: Group) -> bool:
        """减少30%的申报项目、40%的通关时间: the verb of the first rate holds for the second."""
        last = self.state.drafts[-1] if self.state.drafts else None
        joined = last is not None and last.kind == "change" and dimension(last.q.unit) == "ratio" and last.q.end == group.left_from
        return joined and _OBJECT.fullmatch(self.text, group.left_from, group.items[0].start) is not None

    def rate_before(self, group: Group) -> Predicate | None:
        """其中，甲市增速最快，达28.5%: the clause before a rate says that it is one of growth."""
        told = _TOLD_RATE.search(self.text, max(self.sentence, self.clause.start - REACH), group.items[0].start)
        return predicates.Predicate("change", predicates.rules().direction[told[2]], told[1]) if told else None

    def grown(self, q: Quantity) -> Draft | None:
        """新增备案企业412家，同比增长15.7%: a rate right behind an amount that grew is the rate of that amount."""
        last = self.state.drafts[-1] if self.state.drafts else None
        if last is not None and (last.kind, last.q.unit, q.unit) == ("change", "%", "百分点") and predicates.EXCEEDS.search(self.text, last.q.end, q.start):
            return last if last.q.start >= self.sentence and not self.state.run else None
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

    def timeless(self, q: Quantity, left: str, compared: str) -> bool:
        """人工查验率降低12.5个百分点, 每车少压两天 in a paragraph that names no time: what a reform does, not a figure of the year above."""
        if compared and (compared not in ("before", "statutory") or not self.state.carried):
            return False
        own = any(w.start < q.start and w.role in ("span", "open", "now") for w in self.dated)
        lasting = dimension(q.unit) in ("ratio", "time") or _EACH.search(left)
        eased = compared or self.state.above or (self.state.practice and _EASED.search(self.around(q)))
        return bool(eased) and not own and bool(lasting) and not _ADDS.search(left) and not _TRADED.search(left)

    def _eased(self, q: Quantity, p: Predicate, left: str) -> bool:
        """成本降至293美元, 最快仅需24小时: what it has come to, in a sentence of a report that names no time."""
        if p.kind != "level" or not (self.state.carried and self.state.persist) or dimension(q.unit) not in ("time", "money"):
            return False
        return (p.reached and p.direction == "down") or bool(_QUICKEST.search(left))

    def _stock(self, q: Quantity, p: Predicate, left: str) -> bool:
        """拥有350条航线, 品类扩大到200余种: no figures of the year that a sentence before them named."""
        if not self.state.carried:
            return False
        return ("有" in left and _STOCK.search(left) is not None) or (p.kind == "level" and q.unit in _KINDS and _WIDENED.search(left) is not None)

    def period(self, group: Group, ante: Draft | None, p: Predicate, left: str) -> tuple[str, str]:
        state = self.state
        if then := _OF_YEAR_IN_BRACKETS.search(self.text, max(0, group.box.start - 12), group.box.start):
            return f"{then[1]}-01", f"{then[1]}-12"  # 较2017年（106.71小时）
        if self._stock(group.items[0], p, left):
            state.head, state.scope = ("", ""), "sentence"
        for w in reversed(self.dated):
            if ante is not None and ante.q.start > w.start:
                break
            if w.start < group.items[0].start and w.role in ("span", "open", "now"):
                return span(w)
        if "年均" in left and state.years and state.head:
            return state.head  # 2022年至2024年分别为…，年均增长28.5%
        if ante is not None and not self.based:
            if state.head and not state.carried and ante.q.start < self.sentence:
                return state.head  # 9月当月，出口2亿元 after a sentence of the third quarter
            return ante.first, ante.last
        each = p.kind == "change" and _EACH.search(left) and (state.asof or not state.persist)
        if p.kind == "level" and state.carried and state.persist and _YEARLY.search(left):
            return "", ""  # 每年有2万艘船经过 is so in any year
        if (self.based and state.carried) or self._eased(group.items[0], p, left) or (each and (state.asof or state.carried)):
            return "", ""  # 由3天压缩至1天 is no figure of the year that a sentence before it named
        if state.single and state.carried and state.head == state.lead and dimension(group.items[0].unit) == "time":
            return state.single  # amounts add up over the months so far, times are those of the month
        return state.head or ("", "")
