"""Sentences into clauses: where a period governs, what is only a comparison, what goes to a clause's reader."""

from __future__ import annotations

import re

from guanlian.loaders.figures import subjects
from guanlian.loaders.figures.drafts import Clause
from guanlian.loaders.figures.grammar import any_of
from guanlian.loaders.figures.inherited import REACH, RECORD
from guanlian.loaders.figures.periods import AS_OF, When
from guanlian.loaders.figures.quantity import Quantity
from guanlian.loaders.figures.statements import Container, Group, State, span

_SPLIT = re.compile(r"[，,：:（）()]")
_OPEN_END = re.compile(r"(?:以来|(?<!前)后|起|开始)$")
_COMPARES = re.compile(r"^(?:与|同|和|跟|较|比|相比)[^，。；]*(?:相比较?|比较|相较)$")
_FAR = 400
_FULL_STOP = re.compile(r"[。！？!?\n]")
_SINCE = re.compile(r"以来(?<![年月初日\d]..)")
_NAMED = re.compile(r"(?:假期|期间|长假|黄金周|春运|时段|阶段|节|周)[（(]$")
_PLACE = re.compile("(?:[区关市省县州盟旗港][内域区]|[\u4e00-\u9fff]{1,6}[区关市省县州盟旗港]|[\u4e00-\u9fff]{2,12}(?:口岸|机场|海关|港区|综合保税区))")
_COUNTED = re.compile("(?:份|快报|海关|初步|最新)*的?(?:统计|数据|快报)(?:数据)?(?:显示|表明)?")
"""What a figure of that time rests on: 据3月份快报统计，…."""
_FEAST = re.compile("(?:“[^”]{1,6}”|国庆|中秋|春节|元旦|清明|端午|五一|暑期|双节|、)*(?:假期|期间|长假|小长假|黄金周|假日|当天|当日)?")
_DOES = re.compile(any_of(["推行", "推广", "推出", "创新", "实施", "实行", "试行", "优化", "开辟", "建立", "设立", "开展", "启用", "落实", "深化", "探索", "升级", "打造"]))
_AGENT = re.compile("(?:海关|口岸办?|港|[局委站]|办事处|集团|公司|政府|平台)[^，。；]{0,10}$")
_ALSO_THEN = re.compile(r"\s*同期")
_MEANS_TO = re.compile(r"\s*为[^，。；]{2,16}，")
_CONTINUES = re.compile(r"\s*(?:其中|同比|环比|同期|分别|进口|出口|占)")
_COMPARED = re.compile("同比|环比|同期|[较比][去上]年")
_LISTED = re.compile(r"\s*(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,2}[是、]|[①-⑨◆●■]|(?:其|第)[一二三四五六七八九]，)")


def move_on(gap: str, state: State) -> None:
    """Ends periods that held for a sentence or a paragraph; ``gap`` is what stands between two parts of sentences."""
    state.joined = "；" in gap or ";" in gap
    if "\n" in gap:
        state.above = True
    line, stop = "\n" in gap, _FULL_STOP.search(gap) is not None
    if line or stop:
        state.based = None
    if (stop and state.scope == "sentence") or (line and state.scope == "paragraph"):
        state.head, state.scope, state.asof = state.lead, "", False
    elif line and state.persist and state.lead and state.head and (_within(state.head, state.lead) or _within(state.lead, state.head)):
        state.head = state.lead
    if stop or line:
        state.joined = False


def _within(inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    return bool(inner[0] and outer[0]) and inner != outer and outer[0][:7] <= inner[0][:7] and inner[1][:7] <= outer[1][:7]


def _scope(text: str, w: When, lead: tuple[str, str] | None) -> str:
    """How far a period holds: a day or 截至… for its sentence, a month for its paragraph."""
    if w.role == "now" or AS_OF.match(text, w.start):
        return "sentence"
    if lead is None and w.role == "span" and (w.first != w.last or len(w.last) == 7):
        return ""  # the days of a holiday are the time of its report
    if w.role == "open":
        return "sentence" if lead is not None else "paragraph"
    if w.first[:7] != w.last[:7]:
        return ""
    return "sentence" if len(w.last) == 10 else "paragraph"


def segment(text: str, start: int, end: int, found: list[Quantity], times: list[When], state: State) -> None:
    """Reads ``text[start:end]`` (one sentence, or a part of it up to ；) into ``state``."""
    continues, listed = _CONTINUES.match(text, start, end), _LISTED.match(text, start, end)
    if state.persist:
        _practice(text, start, end, found, times, state)
    state.carried = (state.carried or not state.joined) if state.persist else state.joined and not continues
    if not state.persist:
        _reset(bool(continues), bool(listed), bool(_COMPARED.search(text, start, end)), state)
    if not continues:
        state.run, state.rows, state.part = [], [], []
        if listed or not state.persist:
            state.level = None
    if continues and continues[0].strip() in ("其中", "同期"):
        state.part = []
    state.same = state.same or "下同" in text[start:end]
    if state.persist and state.head in (None, ("", "")) and state.drafts and _ALSO_THEN.match(text, start, end):
        state.head, state.scope = (state.drafts[-1].first, state.drafts[-1].last), "paragraph"
    lead = ""
    compare: Group | None = None
    i = j = 0
    for number, (clause, brackets) in enumerate(_clauses(text, start, end, found)):
        first, second = i, j
        while i < len(found) and found[i].start < clause.end:
            i += 1
        while j < len(times) and times[j].start < clause.end:
            j += 1
        inside, dated = found[first:i], times[second:j]
        if not dated and _SINCE.search(text, clause.start, inside[0].start if inside else clause.end):
            state.head, state.scope = ("", ""), "sentence"  # 政策落地以来，…: from a day that is not named
        if dated:
            _set_head(text, clause, dated, not number, first, bool(inside), state)
        words = text[clause.start : clause.end]
        if words[:1] in "与同和跟较比相" and words and _COMPARES.match(words.strip()):
            lead, compare = words, Group(inside, clause, 0, 0) if len(inside) == 1 else None
            continue
        if inside:
            walk = Clause(text, start, clause, brackets, dated, state, lead)
            lead, compare = "", walk.read(inside, compare)


def _practice(text: str, start: int, end: int, found: list[Quantity], times: list[When], state: State) -> None:
    """海关推行…模式，通关时间缩短两成: what a practice brings is no figure of the period told above; nor is its whole paragraph one."""
    sentence = max(text.rfind(c, max(0, start - _FAR), start) for c in "。\n") + 1
    state.practice = state.practice and sentence < start
    if state.practice or not found or _ALSO_THEN.match(text, start, end) or any(w.role in ("span", "open", "now") for w in times):
        return
    first = max(sentence, found[0].start - REACH)
    state.practice = _MEANS_TO.match(text, sentence, found[0].start) is not None or any(
        _AGENT.search(text, max(first, m.start() - 16), m.start()) for m in _DOES.finditer(text, first, found[0].start)
    )
    if state.practice and not text[text.rfind("\n", max(0, start - _FAR), start) + 1 : sentence].strip() and state.above:
        state.head, state.scope = ("", ""), "paragraph"


def _reset(continues: bool, listed: bool, compared: bool, state: State) -> None:
    """In a results part a period holds up to ；, behind it for what is compared with a year ago, and for the list it opens."""
    if listed:
        state.listed, state.head = True, state.lead
    elif not continues and not (state.joined and compared and not state.asof):
        state.head = None
        if not state.listed:
            state.lead = None


def _clauses(text: str, start: int, end: int, found: list[Quantity]) -> list[tuple[Container, list[Container]]]:
    """Clauses at commas and colons, each with its brackets."""
    marks = list(_SPLIT.finditer(text, start, end))
    if found and "," in text[start:end]:
        grouped = [q for q in found if "," in text[q.start : q.end]]  # 1,234
        marks = [m for m in marks if not any(q.start < m.start() < q.end for q in grouped)]
    words = text[start:end]
    nested = words.count("（") + words.count("(") == words.count("）") + words.count(")")
    out: list[tuple[Container, list[Container]]] = []
    at, depth, opened, brackets = start, 0, start, []
    for m in marks:
        if m[0] in "（(":
            depth, opened = depth + 1, m.end() if not depth else opened
        elif m[0] in "）)":
            depth = max(0, depth - 1)
            if not depth:
                brackets.append(Container(opened, m.start()))
        elif not (depth and nested):
            out.append((Container(at, m.start()), brackets))
            at, brackets = m.end(), []
    out.append((Container(at, end), brackets))
    return out


_ANNOUNCED = re.compile("(?:发布|公布|通报|介绍|解读|召开|举行|举办|披露|公开)了?(?:我|全)?[省市区州县关国]?$")
"""What a report says before the time that it is about: the day told ahead of it is that of the announcement."""
_BRACKETED = re.compile(r"[\s\u3000]*(?:[【\[〔〖][^】\]〕〗]{1,10}[】\]〕〗]|[^，。；：（(]{0,24}?(?:(?<=[\d日])电|讯)(?:[（(][^）)]{0,40}[）)])?)")
"""A heading or a dateline before the first words of a paragraph: 【当月】11月，…; 本报武汉3月1日讯（记者…）一季度，…."""


def _set_head(text: str, clause: Container, dated: list[When], first: bool, told: int, numbered: bool, state: State) -> None:
    """A period that stands alone before a comma governs what follows; one at the head of a sentence does too.

    ``told`` numbers of the sentence stand before this clause.
    """
    heading = _BRACKETED.match(text[clause.start : clause.end])
    begin = clause.start + (heading.end() if heading else 0)
    times = [w for w in dated if w.role in ("span", "open", "now") and w.start >= begin]
    if not times:
        return
    w = next((w for w in times[1:] if text[w.end : w.end + 1] in ("）", ")") and _NAMED.search(text, max(clause.start, w.start - 12), w.start)), times[0])
    if state.asof and state.head and w.role == "span" and (w.first, w.last) == (f"{state.head[1][:4]}-01", f"{state.head[1][:4]}-12"):
        w.first, w.last = f"{w.first}-01" if len(state.head[1]) == 10 else w.first, state.head[1]  # 截至5月27日，今年开行班列3173列
        state.head = (w.first, w.last)
    named = _NAMED.search(text, max(clause.start, w.start - 12), w.start) if text[w.end : w.end + 1] in ("）", ")") else None
    as_of = AS_OF.match(text, w.start)
    begun = as_of is not None and as_of[0] != "截"  # 项目运行至2024年7月，
    before, after = "" if named or begun else text[begin : w.start].strip(" 　在自从于至截止到，据“「『"), text[w.end + bool(named) : clause.end].strip()
    if w.role == "span" and state.head and state.head[0] and not state.head[1] and not state.carried and as_of:
        w.first = state.head[0]  # 自1月7日复航以来，截至5月31日
    value = span(w)
    before = subjects.tidy(before)
    if not before and (after in ("", "期间", "份", "，", "止", "当月", "单月", "全月", "累计", "末", "来", "以来") or _FEAST.fullmatch(after) or _COUNTED.fullmatch(after)):
        state.years = w.parts
    elif not numbered and _OPEN_END.search(text[clause.start : clause.end]):
        value = (w.first, "")
    elif before and numbered and state.persist and w.role == "span" and (first or state.head in (None, ("", ""))) and _PLACE.fullmatch(before):
        state.head, state.scope = value, "sentence"  # 区内2013年全年进出口204亿美元，货值246亿美元
        return
    elif not told and not before and not numbered and state.persist and w.role == "span" and RECORD.search(text, w.end, clause.end):
        state.head, state.scope, state.carried, state.above = value, "sentence", False, False
        return
    elif before and not numbered and state.persist and w.role == "span" and w.first != w.last and _ANNOUNCED.search(before):
        pass  # 4月15日，海关发布一季度外贸数据：…
    elif before or not numbered or not (first or state.persist):
        return
    state.head, state.scope, state.carried, state.above = value, _scope(text, w, state.lead), False, False
    state.asof = as_of is not None
    if numbered and w.role == "span" and (state.scope == "paragraph" or (told and "累计" in text[w.end : clause.end])):
        state.scope = "sentence"  # 11月当月进出口28亿元 is one aside
    lead = state.lead
    summed = lead is not None and lead[0] == lead[1] == value[1]  # 11月…; 1—11月…: such a report is about the months so far
    if not state.scope and not state.listed and not (lead and (_within(value, lead) or (_within(lead, value) and not summed))):
        state.single = lead if summed else None
        state.lead = value
