"""What a clause says of a quantity: a level, a share or a change; which way; against what."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from guanlian.loaders.figures.grammar import any_of, final, tables
from guanlian.loaders.figures.quantity import Quantity, dimension


class Predicate(NamedTuple):
    """Kind and direction of a figure; ``subject`` is the text that names what is measured.

    ``reached`` marks a value arrived at (压缩至4小时); ``bound`` a bound said before the verb (约提高10倍).
    """

    kind: str
    direction: str
    subject: str
    reached: bool = False
    bound: str = ""


class _Rules(NamedTuple):
    verbs: re.Pattern[str]
    direction: dict[str, str]
    plain: re.Pattern[str]
    nominal: re.Pattern[str]
    reached: re.Pattern[str]
    compared: re.Pattern[str]
    way: dict[str, str]
    after: re.Pattern[str]
    lessened: re.Pattern[str]
    amounts: frozenset[str]
    activity: re.Pattern[str]
    becomes: re.Pattern[str]
    baselines: tuple[tuple[str, re.Pattern[str]], ...]


_FILL = (
    r"(?:了|约|近|超|大约|达到|达|高达|多达|长达|将近|至少|平均|分别|均|各|在|逾|可达|最高|最多|最低|整体|总计|共计|共|累计|合计|只|仅|就|也|已|都|是|可|能|又|"
    r"每年|每票|每家|每单|每箱|每次|每标箱|每批|：|、|和|\s)*"
)
_FILLED = re.compile(_FILL + "$")
_COMPARISON = re.compile("[比较于]")
_PORTION = re.compile("率|比例|占比|比重")
_ARRIVED = re.compile("(?:达到|达|至|到|为|在)[^，]{0,3}$")
_CLAUSAL = re.compile("(?:后|以来|(?<![耗用工])时|为|至|到|由|从)$|[：:]|使|让|后[^续台端方勤]")
_BASES = re.compile("[比较与同按前原于]|基础|水平|[由从]\\s?[\\d去上]|过去|以往|传统|往常|高出|领先|超过|恢复|[为是当到]\\s?(?:[去上]|\\d)")
"""What every comparison has: most clauses have none."""
_GROWN = ("增加", "增长", "激增", "猛增", "攀升", "上升")
_CAME_TO = re.compile("(?:高|多)?达到?(?:了|约|近|超)?")
_BESIDE = re.compile("同比|环比|按[年月季]|[比较]")
_LESS = re.compile("[少多早晚]")
_LOST = {"time": "时间", "money": "费用"}
_THAN = re.compile("(?:(?P<up>高于|快于|高出|领先|优于)|低于|慢于)[^，。；]*$")
EXCEEDS = re.compile("[，,、]?(?:分别|均|也|且|明显|大幅)*(?:增速|增幅|降幅)?(?:分别|均|也|明显)*(?:(?P<up>高于|快于|高出|领先|优于|超过)|低于|慢于)[^，。；\\d]{2,20}$")
_PART = re.compile("占(?:全部|同期|所有|其)?$")
_MORE = re.compile("(?:进一步|持续|逐步|逐月|明显|继续|再次?|又|大幅|小幅|均|已|也)+$")
_NOMINAL = {"增速", "增幅", "涨幅", "升幅", "减幅", "降幅", "跌幅", "压缩率", "压缩比"}
_TIMES_OF = re.compile("[，,]?\\s*(?:分别)?[是为]([^，。；占比较]{2,14})的")
_PORTION_OF = re.compile("(?:至|到|为)[^，。；\\d]{2,12}的")
_BESIDE_RATE = re.compile("[比较][^，。；]{2,16}?(?:增速|增幅|涨幅|降幅|水平)([高低快慢])(?:出|了)?$")
_PULLED = re.compile("拉低|拖累")
_RATE_NOUN = re.compile("增速|增幅|涨幅|升幅|降幅|跌幅")
_EARLY_SHARE = re.compile("(?:大?约|近|超)(?=占)")
_PART_OF = re.compile("[，,]?\\s*(不到|不足|不及|超过)([^占比较的，]{2,12})的")
_EARLY = {"不到": "<", "不足": "<", "不及": "<", "超过": ">", "约": "~", "大约": "~", "近": "<", "超": ">", "至少": ">=", "最多": "<="}


@lru_cache(maxsize=1)
def rules() -> _Rules:
    """The compiled tables of predicates."""
    t = tables()
    verbs, compared = t["verbs"], t["compared"]
    direction = {w: way for way, words in verbs.items() for w in words}
    way = {w: d for d, words in compared.items() for w in words}
    after = {w: d for d, words in t["after"].items() for w in words}
    return _Rules(
        re.compile(rf"{any_of(direction)}(?<!附加)(?<!叠加)(?<!起降)(?<!升降)(?!值税|加值|值服务|申报(?!时间)|效果|至今|到货|信)"),
        direction,
        re.compile(_FILL),
        re.compile(rf"(?:速度|幅度|率|幅|量|额)?(?:分别|均)?(?:为|达到|达|约为)?{_FILL}"),
        re.compile(rf"(?:了|幅度)?{any_of(t['reached'])}(?:最快|最短|仅|仅需|只需|目前的?|现在的?|如今的?|现行的?|最低|最长|每(?:票|单|箱|标箱|小时|分钟|天|日|月|年|次|批))?{_FILL}"),
        re.compile(rf"(?:(?<!占)比|[较于]|高|低|快)[^，。；]*?(?P<word>{any_of(way)})(?!达)(?:出|了|于)?(?P<rest>[^，。；]{{0,10}}?){_FILL}$"),
        way | after,
        re.compile(rf"(?:以上|左右|以内)?的?(?:年均|平均|高速|快速|大幅|较快|正|高|较高|中高速|逆势|同比|环比)?(?P<word>{any_of(after)})"),
        re.compile(rf"(?<![不减至更很许最缺较大众繁尽清及趁提])(?:{_doings(t['lessened'])}){_FILL}$"),
        frozenset(t["amounts"]),
        re.compile(t["activity"]),
        re.compile(rf"({any_of(direction)}|变|改|并|合并|整合)(?:了|幅度)?{any_of(t['reached'])}[^，。；]{{0,8}}$"),
        tuple((r["name"], re.compile(r["pattern"])) for r in t["baselines"]),
    )


def _doings(groups: dict[str, dict[str, list[str]]]) -> str:
    """A pattern for 少压, 多装: ``up`` or ``down``, and the verb as ``doing``."""
    ways = ("|".join(f"{word}{any_of(verbs)}" for word, verbs in words.items()) for words in groups.values())
    return "|".join(f"(?P<{way}>{pattern})" for way, pattern in zip(groups, ways, strict=True))


def lessened(left: str, unit: str) -> Predicate | None:
    """A change that is told with a verb right before its number.

    >>> lessened("每车水果少压", "天")[:3], lessened("至少用", "天")
    (('change', 'down', '每车水果压的时间'), None)
    """
    m = rules().lessened.search(left) if _LESS.search(left) else None
    if m is None:
        return None
    way = m.lastgroup or ""
    return Predicate("change", way, f"{left[: m.start()]}{m[way][1:]}的{_LOST.get(dimension(unit), unit + '数')}")


def predicate(left: str, right: str, q: Quantity) -> Predicate:
    """What ``left`` (before the quantity) and ``right`` (after it), in one clause, say of it."""
    r = rules()
    ratio = dimension(q.unit) == "ratio"
    if not ratio and (less := lessened(left, q.unit)) is not None:
        return less
    if q.unit == "百分点" and (than := EXCEEDS.search(left)):  # 增长13%，高出全国整体增速3个百分点
        return Predicate("change", "up" if than["up"] else "down", left[: than.start()])
    if q.unit == "百分点" and (beside := _BESIDE_RATE.search(left)):  # 比全国平均增速低1.3个百分点
        return Predicate("change", "up" if beside[1] in "高快" else "down", left[: beside.start()])
    if q.unit == "百分点" and _PULLED.search(left):  # 拉低全省增速2个百分点
        return Predicate("change", "down", left)
    last = final(r.verbs.finditer(left))
    found = _by_verb(left, right, q, last, ratio) if last else None
    if found is not None:
        return found
    if q.kind:
        ahead = r.after.match(right)
        way = q.direction or (r.way[ahead["word"]] if ahead else (r.direction[last[0]] if last else ""))
        return Predicate(q.kind, way, left)
    compared = r.compared.search(left) if _COMPARISON.search(left) else None
    if compared and not (ratio and q.unit == "%" and _PORTION.search(compared["rest"])):
        way = r.way[compared["word"].removesuffix("了")]
        if dimension(q.unit) == "time" and compared["word"][0] in "快慢":
            way = "down" if compared["word"][0] == "快" else "up"  # faster is less time
        return Predicate("change", way, left[: compared.start()])
    if ratio and (ahead := r.after.match(right)):
        return Predicate("change", r.way[ahead["word"]], left)
    if q.unit == "百分点":
        than = _THAN.search(left)
        return Predicate("change", "" if than is None else "up" if than["up"] else "down", left)
    if ratio and (part := _PART_OF.fullmatch(left)):  # 不到常规企业的四分之一
        return Predicate("share", "", f"相当于{part[2]}的", False, _EARLY[part[1]])
    if q.unit == "倍" and (part := _TIMES_OF.fullmatch(left)):  # 是开通首月的12.5倍
        return Predicate("share", "", f"相当于{part[1]}的")
    if ratio and (early := _EARLY_SHARE.search(left)):  # 约占全市出口的八成
        return Predicate("share", "", left[: early.start()] + left[early.end() :], False, _EARLY[early[0]])
    return Predicate("share" if ratio else "level", "", left)


def _by_verb(left: str, right: str, q: Quantity, verb: re.Match[str], ratio: bool) -> Predicate | None:
    """The last verb of rise or fall before a quantity, if it governs it."""
    r = rules()
    word, tail, before = verb[0], left[verb.end() :], left[: verb.start()]
    way = r.direction[word]
    early = _EARLY.get(before[-2:], _EARLY.get(before[-1:], ""))
    if word == "减至" and r.plain.fullmatch(tail):
        return Predicate("share" if ratio else "level", way, before, True)
    if word in _NOMINAL and r.nominal.fullmatch(tail):
        return Predicate("change", way, before, False, early)
    rated = _MORE.sub("", before)
    if ratio and rated[-2:] in _NOMINAL and r.reached.fullmatch(tail):
        return Predicate("change", r.direction[rated[-2:]], rated[:-2])  # 增速进一步提升至6.8%
    if r.reached.fullmatch(tail) and word not in ("提前", "翻"):
        kind = "change" if q.unit == "百分点" else "share" if ratio else "level"
        return Predicate(kind, way, before, True)
    if not ratio and word in _GROWN and _CAME_TO.fullmatch(tail) and not _BESIDE.search(before):
        return Predicate("level", way, before, True)  # 进口大幅增加达5亿美元
    if word == "提前":
        if dimension(q.unit) == "time" and r.plain.fullmatch(tail):
            return Predicate("change", way, before, False, early)
        return None
    if r.nominal.fullmatch(tail):
        return Predicate("change", way, before, False, early)
    what = _FILLED.sub("", tail)
    if _COMPARISON.search(tail) or len(what) > 32 or r.activity.search(what) or what.startswith(("和", "、", "的", "，")) or "率达" in tail:
        return None
    if ratio:
        if tail.endswith("的") and _PART.search(before):
            return None  # 占新增总数的96%
        if q.unit == "%" and _PORTION_OF.fullmatch(tail):
            return Predicate("share", way, before, True)
        reached = _ARRIVED.search(tail)
        return None if reached or what.startswith("占") else Predicate("change", way, what or before, False, early)
    if word in r.amounts and _is_object(what):
        return Predicate("change", way, what.removeprefix("了").rstrip("的"), False, early)
    return None


def rate(words: str) -> Predicate | None:
    """What a rate of growth that came to another says: 降幅 is one of a fall.

    >>> rate("进出口降幅由")[:3]
    ('change', 'down', '进出口')
    """
    m = _RATE_NOUN.search(words)
    return Predicate("change", rules().direction[m[0]], words[: m.start()], True) if m else None


def _is_object(words: str) -> bool:
    """A noun phrase, as far as its end shows: no word of becoming, no second predicate."""
    return not _CLAUSAL.search(words)


def becomes(words: str) -> str:
    """The direction of a change that leads from one value to another, ``""`` if the words tell none.

    >>> becomes("缩短至受理之日起"), becomes("的材料减少到"), becomes("，办理")
    ('down', 'down', '')
    """
    m = rules().becomes.search(words)
    return rules().direction.get(m[1], "down") if m else ""


@lru_cache(maxsize=1 << 10)
def baseline(words: str) -> tuple[str, int, int]:
    """What a change is measured against, and where the text says so (0, 0 if it does not).

    >>> baseline("较2017年压缩")[0], baseline("同比增长")[0], baseline("比法定时效短")[0]
    ('2017', 'yoy', 'statutory')
    """
    if not _BASES.search(words):
        return "", 0, 0
    for name, pattern in rules().baselines:
        m = pattern.search(words)
        if m:
            value = m[1].strip("的“”、 ").replace("”", "") if name == "{1}" else name
            return value, m.start(), m.end() if name != "{1}" or value.isdigit() else m.end(1)
    return "", 0, 0
