"""Finds clearance modes, the stance a text takes to them, which it stacks and what it says they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product

from guanlian.loaders.facts import ModeDefinition, ModeMention, Stacking
from guanlian.loaders.mentions.lexicon import CLOSING, OPENING, Hit, find, words
from guanlian.loaders.mentions.page import SENTENCE_STOPS, Page, Spans

_RANK = {"mentions": 0, "promotes": 1, "uses": 1}
_STRONGEST = max(_RANK.values())
_STACK = re.compile(r"叠加")
_REPLACED = re.compile(r"[”’]?(?:通关|申报|监管)?(?:模式|方式)?(?:改为|变为|转为|转变为|调整为|升级为)")
_PILOT = re.compile(r"[^，。；\n]{0,20}试点")
_PLANS = ("plan", "measures", "notice", "table", "interpretation")


def mode_hits(page: Page) -> tuple[Hit, ...]:
    """Hits of modes that the words around let stand; a list that shares an ending gives each member."""
    return tuple(part for hit in page.hits if hit.kind == "mode" and _stands(page, hit) for part in _parts(page, hit))


def mentions(page: Page, hits: Sequence[Hit]) -> tuple[ModeMention, ...]:
    """One row for each item and mode: its first evidence of the strongest stance."""
    rows: dict[tuple[str, str], ModeMention] = {}
    for hit in hits:
        passage = page.passage(hit.start)
        if passage is None:
            continue
        old = rows.get((passage.measure, hit.name))
        if old and _RANK[old.stance] == _STRONGEST:
            continue
        row = ModeMention(passage.measure, hit.name, stance(page, hit), page.evidence(hit.start, hit.end))
        if old is None or _RANK[row.stance] > _RANK[old.stance]:
            rows[row.measure, row.mode] = row
    return tuple(rows.values())


def stance(page: Page, hit: Hit) -> str:
    """``mentions`` for contrast or background; else ``promotes`` or ``uses`` by document and nearest verb."""
    start, end = page.clause(hit.start)
    before = page.folded[start : hit.start].rstrip(OPENING + " ")
    after = page.folded[hit.end : end].lstrip(CLOSING + " ")
    if _contrasted(before, after) or any(pattern.search(before) for pattern in _patterns("background_patterns")):
        return "mentions"
    if page.kind in _PLANS:
        return "promotes" if _planned(page, hit, before) else "uses"
    promotes = _last(before, "promote_verbs")
    others = promotes >= 0 and _others(before, promotes)
    return "promotes" if others and promotes > _last(before, "use_verbs") else "uses"


def _planned(page: Page, hit: Hit, before: str) -> bool:
    """Whether a plan promotes a mode: its title names it, or a verb of promotion governs it, or no verb does."""
    passage = page.passage(hit.start)
    if (passage and passage.heading) or _PILOT.match(page.folded, hit.end):
        return True
    promotes = _last(before, "promote_verbs")
    if page.kind == "interpretation":
        return promotes > _last(before, "use_verbs")
    return promotes >= 0 or _last(before, "use_verbs") < 0


def stackings(page: Page, hits: Sequence[Hit]) -> tuple[Stacking, ...]:
    """Modes that a clause with 叠加 ties: what stands before it with what follows, else each to each."""
    rows: dict[tuple[str, frozenset[str]], Stacking] = {}
    spans = Spans(tuple(hits))
    for stack in _STACK.finditer(page.folded):
        passage = page.passage(stack.start())
        if passage is None:
            continue
        for one, other in _stacked(page, stack, spans):
            if one.name == other.name:
                continue
            start = min(one.start, other.start, stack.start())
            end = max(one.end, other.end, stack.end())
            row = Stacking(passage.measure, one.name, other.name, page.evidence(start, end))
            rows.setdefault((row.measure, frozenset((row.mode, row.with_mode))), row)
    return tuple(rows.values())


def definitions(page: Page, hits: Sequence[Hit]) -> tuple[ModeDefinition, ...]:
    """The first sentence of each item that says what a mode is."""
    rows: dict[tuple[str, str], ModeDefinition] = {}
    for hit in hits:
        passage = page.passage(hit.start)
        if passage is None or (passage.measure, hit.name) in rows:
            continue
        span = _defining(page, hit)
        if span:
            rows[passage.measure, hit.name] = ModeDefinition(passage.measure, hit.name, page.evidence(*span))
    return tuple(rows.values())


# --- which hits stand -------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _choice(name: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words()[name]), key=lambda word: (-len(word), word))))


@lru_cache(maxsize=16)
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in words()[name])


def _stands(page: Page, hit: Hit) -> bool:
    after = page.folded[hit.end : hit.end + 14]
    if any(pattern.match(after) for pattern in _patterns("object_patterns")) and not _quoted(page, hit):
        return False
    if (matter := _pairs("matter_words").get(hit.label)) and not matter.search(_item(page, hit)):
        return False
    if (thing := _pairs("thing_words").get(hit.label)) and thing.match(after):
        return False
    if len(hit.label) > 2 and hit.label not in words()["ordinary_modes"]:
        return True
    if re.match(r"[”’]?服务(?!模式)", after):
        return _quoted(page, hit)  # 提供“一站式”通关服务 is no mode of clearance
    if after[:1] in tuple(OPENING) and any(other.start in (hit.end, hit.end + 1) for other in _neighbours(page, hit)):
        return True  # 属地查检“绿色通道”: the name of a second mode follows in quotation marks
    if _quoted(page, hit) or _choice("mode_nouns").match(after.lstrip(CLOSING)) or _listed_mode(page, hit):
        return True
    before = page.folded[max(page.clause(hit.start)[0], hit.start - 4) : hit.start].rstrip(OPENING)
    return before.endswith("传统") or before.removesuffix("了").endswith(words()["adoption_verbs"])


_LIST_OF_MODES = re.compile(r"(?:、[^，。；、]{1,16})*(?:[等和与及][^，。；、]{0,10})?(?:业态|模式|方式)")


def _listed_mode(page: Page, hit: Hit) -> bool:
    """Whether a list that ends in such a noun has the hit for a member: 跨境电商、市场采购、海外仓等新业态."""
    joined = "、" in (page.folded[hit.start - 1 : hit.start], page.folded[hit.end : hit.end + 1])
    return joined and bool(_LIST_OF_MODES.match(page.folded, hit.end, page.clause(hit.start)[1]))


@lru_cache(maxsize=2)
def _pairs(name: str) -> dict[str, re.Pattern[str]]:
    """A list of ``label=pattern``."""
    return {label: re.compile(rest) for label, _, rest in (pair.partition("=") for pair in words()[name])}


def _item(page: Page, hit: Hit) -> str:
    """Words of the whole item that holds a hit, its title and its text."""
    here = page.passage(hit.start)
    parts = (one for one in page.passages if here and one.measure == here.measure)
    return "\n".join(page.folded[one.start : one.end] for one in parts)


def _neighbours(page: Page, hit: Hit) -> list[Hit]:
    return page.of("mode").between(hit.end, hit.end + 2)


def _quoted(page: Page, hit: Hit) -> bool:
    folded = page.folded
    if hit.start and folded[hit.start - 1] in OPENING and folded[hit.end : hit.end + 1] in tuple(CLOSING):
        return True
    return folded[hit.start] in OPENING and folded[hit.end - 1] in CLOSING


def _parts(page: Page, hit: Hit) -> Iterator[Hit]:
    """The hit, and the other modes that its label lists: 财务公司、融资担保公司担保 names two."""
    yield hit
    words_here = page.folded[hit.start : hit.end]
    if "、" in words_here:
        offset = hit.start + words_here.rindex("、") + 1
        for part in find(page.folded[offset : hit.end]):
            if part.kind == "mode" and part.name != hit.name and offset + part.end == hit.end:
                yield Hit("mode", part.name, part.label, offset + part.start, hit.end)


# --- stance -----------------------------------------------------------------------------------


def _contrasted(before: str, after: str) -> bool:
    """较甲模式, 与甲模式相比, 在传统甲的基础上, 替代甲; not 以甲替代乙, which sets aside 乙."""
    tail = _QUOTES.sub("", before)
    for words_before in dict.fromkeys((tail, _LISTED.sub("", tail) if tail.endswith("、") else tail)):
        if _set_aside().search(words_before, max(0, len(words_before) - _CONTRAST_SIZE)):
            return not _BY_CONTRAST.search(words_before)
    if _THAN.match(tail):
        return True
    if _FROM.search(tail) and _REPLACED.match(after):
        return True
    if not _WITH.search(tail):
        return False
    return bool(_choice("contrast_after").match(_OWN_NOUN.sub("", _QUOTES.sub("", after), count=1)))


_CONTRAST_SIZE = 24
_QUOTES = re.compile(r"[“”‘’]")
_LISTED = re.compile(r"(?:[\u4e00-\u9fff]{2,8}、)+$")
_BY_CONTRAST = re.compile(r"^[^，。]{0,6}相比.*(?:采用|使用)$")
_THAN = re.compile(r"(?:较|相较于?|对?比|相比于?|不同于|区别于|有别于)[^，]{0,8}$")
_FROM = re.compile(r"由[^，]{0,8}$")
_WITH = re.compile(r"[与和同跟比][^，]{0,10}$")
_OWN_NOUN = re.compile(r"^(?:[^，。；]{0,6}?(?:模式|方式|做法|制度|改革))?")


@lru_cache(maxsize=1)
def _set_aside() -> re.Pattern[str]:
    """Words that end right before a mode and set it aside as the old way."""
    return re.compile(rf"(?:^|[^比可不])(?:{_choice('contrast_before').pattern})(?:采用|实行|使用|单一)?$")


def _last(before: str, name: str) -> int:
    """Where the last word of a list ends in the words before a hit, -1 for nowhere."""
    return max((match.end() for match in _choice(name).finditer(before)), default=-1)


def _others(before: str, at: int) -> bool:
    """Whether the verb that ends there bids others do it, or puts it off to come."""
    return bool(re.search(r"(?:引导|鼓励|辅导|宣传|宣贯|推介|倡导|争取|拟|筹划|谋划|探索|研究)$", before[:at])) or bool(
        re.search(r"(?:引导|鼓励|宣传|宣贯|加强)[^，。]{0,12}$", before)
    )


# --- stacking ---------------------------------------------------------------------------------


def _stacked(page: Page, stack: re.Match[str], hits: Spans) -> Iterator[tuple[Hit, Hit]]:
    first, last = page.clause(stack.start())
    sentence = page.sentence(stack.start())[0]
    before, after = hits.between(first, stack.start()), hits.between(stack.end(), last)
    near, rest = _listed(page, after, stack.end(), 14)
    if near and not before and first == stack.start():
        before = _previous(page, hits, sentence, first)
    if near and before:
        yield from product(_tail(page, before), near)
    elif near and rest and re.search(r"的[^，。]{1,12}(?:占|中)", page.folded[near[-1].end : rest[0].start]):
        yield from product(near, rest[:1])
    elif near:
        yield from combinations(near, 2)
    elif not after:
        yield from combinations(_tail(page, before), 2)


def _previous(page: Page, hits: Spans, sentence: int, clause: int) -> list[Hit]:
    """Modes of the clause before, when a clause opens with 叠加 and its own subject is left out."""
    if clause - 2 <= sentence:
        return []
    start = page.clause(clause - 2)[0]
    return hits.between(max(start, sentence), clause)


def _listed(page: Page, hits: list[Hit], at: int, reach: int) -> tuple[list[Hit], list[Hit]]:
    """Hits that form one list from a position on, and the rest."""
    for place, hit in enumerate(hits):
        gap = page.folded[at : hit.start]
        joined = len(gap) <= reach if place == 0 else bool(_joined(gap))
        if not joined:
            return hits[:place], hits[place:]
        at = hit.end
    return hits, []


def _joined(gap: str) -> bool:
    return len(gap) <= 12 and bool(re.search(r"[、和与及“”]", gap)) and not re.search(r"的|占|[，。；]", gap)


def _tail(page: Page, hits: list[Hit]) -> list[Hit]:
    """The last hits before a position that form one list."""
    kept = hits[-1:]
    for hit in reversed(hits[:-1]):
        gap = page.folded[hit.end : kept[0].start]
        if not (_joined(gap) or gap.strip(OPENING + CLOSING) == ""):
            break
        kept.insert(0, hit)
    return kept


# --- definitions ------------------------------------------------------------------------------

_CALLED = r"[”’]?(?:这一|这种|的)?(?:通关|监管|申报|作业|业务|物流|审核|服务|管理)?(?:模式|方式|制度|机制|改革|措施)?"
_IS = re.compile(
    rf"{_CALLED}(?:[，,：:]?(?:主要)?是?指(?!导|引|定|标)(?:的是)?|是(?:以|将|对|由|把|海关|企业|一种|在)|[，,：:]即(?![可将日时刻使便]))"
)
_NUMBERED = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第?[一二三四五六七八九十]+(?:是|、))\s*[“‘]?")
_UNDER = re.compile(rf"{_CALLED}下[，,]")
_MAY = re.compile(rf"{_CALLED}(?:，|,)?(?:企业)?可(?:以)?(?:实现|将|在|凭|先)|{_CALLED}[，,]可(?:以)?(?:将|在|凭|先)")
_BY_FIRM = re.compile(r"(?:^|[，,：:])企业(?:应用|采用|适用|使用|选择|运用)?[“‘]?$")
_BY_FIRM_AFTER = re.compile(rf"{_CALLED}后?[，,]可|[”’]?(?:报关单|申报)?后[，,]海关")
_DUTY = re.compile(r"可(?:以)?|应当?|须|由|即|凭|第一步|向海关|后[，,]")


def _defining(page: Page, hit: Hit) -> tuple[int, int] | None:
    """Span of the sentence that says what the mode is, if this hit opens one."""
    explains = page.kind == "interpretation" or _practice(page, hit)
    if not explains and not _IS.match(page.folded, hit.end):
        return None
    start, end = page.sentence(hit.start)
    before = page.folded[start : hit.start].strip(OPENING + " \u3000")
    after = page.folded[hit.end : end]
    before = _NUMBERED.sub("", before)
    if _IS.match(after) and len(before) <= 6:
        return _trim(page, start, end)
    if explains and not before and (_UNDER.match(after) or _MAY.match(after)):
        return _trim(page, start, end)
    if explains and _BY_FIRM.search(page.folded[start : hit.start].strip()) and _BY_FIRM_AFTER.match(after):
        return _trim(page, start, end)
    return _titled(page, hit, before, after, end) if explains else None


def _practice(page: Page, hit: Hit) -> bool:
    passage = page.passage(hit.start)
    return passage is not None and passage.section == "practice"


def _titled(page: Page, hit: Hit, before: str, after: str, end: int) -> tuple[int, int] | None:
    """The first sentence under a practice's title that is the mode's own name (进口货物“船边直提”)."""
    title = len(before) <= 6 and not re.search(r"[，、]", before) and re.fullmatch(rf"{_CALLED}", after)
    if not title:
        return None
    if _choice("adoption_verbs").search(before):
        return None
    start = end
    while start < len(page.folded) and page.folded[start] in SENTENCE_STOPS + " \u3000":
        start += 1
    here, there = page.passage(hit.start), page.passage(start)
    if there is None or here is None or here.measure != there.measure:
        return None
    first, last = page.sentence(start)
    while page.folded[last : last + 1] in ("；", ";"):
        last = page.sentence(last + 1)[1]
    return _trim(page, first, last) if _DUTY.search(page.folded, first, last) else None


def _trim(page: Page, start: int, end: int) -> tuple[int, int]:
    while start < end and page.folded[start] in " \u3000\t":
        start += 1
    if start and page.folded[start - 1] in OPENING:
        start -= 1
    return start, end
