"""The indicator of a figure: a noun phrase that a reader understands standing alone, and its flow."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from guanlian.loaders.figures.grammar import any_of, final, tables


class _Rules(NamedTuple):
    flow: re.Pattern[str]
    flows: dict[str, str]
    both_ways: re.Pattern[str]
    lead: re.Pattern[str]
    tail: re.Pattern[str]
    agency: re.Pattern[str]
    bare: frozenset[str]
    counted: dict[str, str]


@lru_cache(maxsize=1)
def rules() -> _Rules:
    """The compiled tables of subjects."""
    t = tables()
    pattern = "|".join(f"(?P<{r['flow']}>{r['pattern']})" for r in t["flow"])
    return _Rules(
        re.compile(f"(?:{pattern})(?!岸|商品交易会|国(?![外际产]))"),
        {r["flow"]: r["flow"] for r in t["flow"]},
        re.compile(t["both_ways"]),
        re.compile(t["lead_ins"]),
        _tails(t),
        re.compile(t["agency_lead"]),
        frozenset(t["bare_heads"]),
        t["counted"],
    )


def _tails(t: dict[str, Any]) -> re.Pattern[str]:
    """The tail words, written backwards: 能 is one, but 产能 is not cut."""
    ends = t["not_tails"]
    guarded = [f"{word[::-1]}(?![{before}])" for word, before in ends.items()]
    return re.compile(f"(?:{any_of(w[::-1] for w in [*t['tail_words'], ' ', '　', '的'] if w not in ends)}|{'|'.join(guarded)})+")


def flow(left: str, right: str = "") -> str:
    """import, export, both or ``""``: the last flow named before a quantity, else the first after it.

    >>> flow("通过该模式出口货物达"), flow("达", "进口车厘子"), flow("外贸进出口总值")
    ('export', 'import', 'both')
    """
    named = any(word in left for word in ("口", "境", "直", "新三", "出海"))
    last = final(rules().flow.finditer(left)) if named else None
    if last and last[0] in _QUAYSIDE and all(word in left for word in _QUAYSIDE):
        return ""  # one import mode, one export mode
    found = last or (rules().flow.search(right) if right else None)
    if not last and found and found[0] in _QUAYSIDE:
        return ""
    return (found.lastgroup or "") if found else ""


@lru_cache(maxsize=1 << 12)
def tidy(words: str) -> str:
    """A subject without the words that measure nothing at its ends, quotation marks and leading agencies.

    >>> tidy("广州海关进出口整体通关时间分别为")
    '进出口整体通关时间'
    """
    r = rules()
    if _MARKS.search(words):
        words = _QUOTES.sub("", _ASIDE.sub("", words).replace("”“", "、"))  # “甲”“乙”应用率
    if m := r.lead.match(words):
        words = words[m.end() :]
    if m := r.tail.match(words[::-1]):
        words = words[: len(words) - m.end()]
    if "继" in words:
        words = _AGAIN.sub("", words)
    while words and (m := r.agency.match(words)):
        words = words[m.end() :]
        if m := r.lead.match(words):
            words = words[m.end() :]
    if "共" in words or "累计" in words or "现有" in words:
        words = _TOGETHER.sub("", words)
    if " " in words or "仅" in words:
        words = _SPACED.sub("", words)
    words = words.strip(" 　*，、：:；的")
    return words if words.endswith(("惠及", "涉及", "普及")) else words.rstrip("和与及")


_PAIRS = ("前二者", "前两者", "后二者", "后两者")
_QUAYSIDE = ("船边直提", "抵港直装")
_FLOWS = {"进口": "进口", "出口": "出口", "进口方面": "进口", "出口方面": "出口", "其中进口": "进口", "其中出口": "出口"}
_QUOTES = re.compile("[“”\"'‘’]")
_MARKS = re.compile("[“”\"'‘’（(]")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]?")
_AGAIN = re.compile(r"继[^，。；]{1,12}?后$")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|仅(?=用时|需)")
_TOGETHER = re.compile(r"(?<=[市省区县州关岸])[共现]有|(?:共计|累计|共)(?=保障|监管|办理|开行|审批|审核|受理|接收|验放|查验|签发|出口|进口|申报|备案|完成|发送|运送|寄出|加工|检验|检疫|征收|减免|开展)")


def is_bare(subject: str) -> bool:
    """Whether a subject leans on the one before it: nothing, a bare head such as 货值, a bare flow, or a share of something."""
    return not subject or subject in _PAIRS or subject in rules().bare or subject in _FLOWS or subject.startswith(("占", "相当于")) or subject.endswith(_ADJECTIVES)


_QUANTITY_NOUNS = (
    "值", "额", "量", "数", "费", "费用", "成本", "时间", "时长", "时效", "用时", "耗时", "停时", "均价", "单价", "峰值", "时限", "周期", "面积",
    "率", "比例", "比重", "占比", "度", "效率", "收入", "税款", "资金", "次数", "规模", "水平", "箱次", "票次", "单次", "件次", "车次", "人次",
    "批次", "艘次", "架次", "人数", "货重", "重量",
)  # fmt: skip
_TOLD_BEHIND = re.compile(r"(?![共以之前后内外]|同比|环比|按[年月季])[\u4e00-\u9fff]{2,10}")
_DOES = re.compile(r"(?!共)[\u4e00-\u9fff]{2,10}")
_PART = re.compile("(?:仅|只)?(?:相当于|为|占)")
_MARK = re.compile("[，。；：、（(“]")
_RATIO_NOUNS = ("率", "比例", "比重", "占比", "度", "份额", "百分比")
_TRADE = ("进出口", "进口", "出口", "贸易", "外贸")
_AND = re.compile("、|和(?!谐)|及(?!时)|(?<!参)与(?!会)|以及")
_PLAIN_AND = re.compile("、|和|及|(?<!参)与|以及")
_JOINER = re.compile("[、和及与]")
_HEAD = re.compile(
    "(?:的[^的]{2,}|进出口(?:总?值|总额)?|进口(?:值|额|量)?|出口(?:值|额|量)?|总值|货值|货运量|吞吐量|应用率|申报率|通关时间|整体通关时间|占比|(?:进口|出口)?(?:均价|单价)|[产销]量)$"
)
_TRADES = re.compile("[^进出]{0,20}(?:进口|出口)(?!总|货[值物]|整体|通关|申报|平均|的|[^进出]?$)(?=[^进出]{2})")
_TOWARDS = re.compile("(?:对|自|向|从)(?=[^对自向从])")
_ROUND = re.compile("(?:大关|台阶|关口|(?:季度|月度|年度)?(?:历史)?新高|[共合累总]计|逾|近|超过?|约|达到?)$")
_HOLDS = re.compile("却?占(?:到|了|据)?$")
_MONEY_NOUNS = ("税款", "费", "费用", "成本", "收入", "资金", "值", "额")
_THINGS = frozenset(["个", "家", "名", "位", "人", "户", "项", "种", "类", "款", "条", "座", "处", "所", "场"])
_NOUN_STOP = re.compile(
    r"节省|节约|减少|降低|减免|缩短|压缩|受益|受惠|获[评批得]|开通|接入|加入|签[订约]|入驻|采用|同比|环比|按[年月季](?=[微略]?[上下增减升跌])|实现|开展|参与|入选|完成|启动|复制|享受|办理|通过|受理|获得|取得|使用|应用|建立|提供|进行|达|占|为|在|已|被|将|并|共|从|由|至|中(?=[，名])|前来|纳入|的同时|上线|落户|投入|合计|[，。；：、（）(“\s]"
)
_ADJECTIVES = ("以上", "以下", "级")
_PERIODIC = re.compile("日均|月均|周均|人均|户均|单日|年均")


def says_nothing(indicator: str) -> bool:
    """Whether an indicator only says what is counted in, not what: 重量, 用时.

    >>> [says_nothing(words) for words in ("重量", "用时", "", "货物重量占比", "放行时间")]
    [True, True, True, False, False]
    """
    return not indicator.strip("数比例值量") or indicator in rules().counted.values()


@lru_cache(maxsize=1 << 10)
def counted(right: str) -> str:
    """The noun that a quantity counts, read after it.

    >>> counted("企业参与改革试点"), counted("的物流时间，")
    ('企业', '物流时间')
    """
    if not right or right[0] in "，。；：、）":
        return ""
    right = _QUOTES.sub("", right[:28]).removeprefix("的")
    m = _NOUN_STOP.search(right)
    return _ROUND.sub("", right[: m.start()] if m else right[:16]).rstrip("及和与")


def turned(topic: str, subject: str) -> str:
    """What a flow by itself says after a topic of the other flow, else both in a row.

    >>> turned("进口整体通关时间", "出口"), turned("办理备案", "变更")
    ('出口整体通关时间', '办理备案变更')
    """
    way = _FLOWS.get(subject, "")
    other = {"进口": "出口", "出口": "进口"}.get(way, "")
    if other and other in topic and "进出口" not in topic:
        return topic.replace(other, way, 1)
    return topic + subject


def name(subject: str, unit: str, kind: str, right: str, topic: str, noun: str | None = None) -> str:
    """The indicator: subject and what the unit counts; ``topic`` completes a bare subject.

    ``right`` is the text after the quantity, ``noun`` what is counted in it, where that is known already.

    >>> name("审批特殊物品", "票", "level", "", ""), name("出口", "元", "level", "", "")
    ('审批特殊物品票数', '出口值')
    >>> name("", "家", "level", "企业参与改革试点", ""), name("企业", "%", "change", "人力资源", "")
    ('参与改革试点的企业数', '人力资源')
    """
    if noun is None:
        noun = counted(right)
    if kind == "change":
        grows = subject in ("增速", "增幅", "降幅")
        leans = is_bare(subject) and subject not in _FLOWS and topic not in subject and (grows or not topic.endswith(_QUANTITY_NOUNS))
        return noun or (topic + subject if leans else subject)
    words = _FLOWS.get(subject, subject)
    rest = _ROUND.sub("", _QUOTES.sub("", right.strip("，。；：、 ")).removeprefix("的").removeprefix(noun))
    if not words and not noun and kind == "level" and _TOLD_BEHIND.fullmatch(rest):
        return _measured(rest, unit, False)
    if subject in _FLOWS and "进出口" in topic and unit.endswith("元"):
        words = topic.replace("进出口", words, 1)
    elif subject in _FLOWS and topic.endswith(_QUANTITY_NOUNS) and not noun:
        words = turned(topic, subject) if turned(topic, subject) != topic + subject else words
    elif topic and not noun and subject.endswith(_ADJECTIVES):
        words = subject + topic  # 其中万吨级以上88个
    elif is_bare(subject) and subject not in _FLOWS and topic and topic not in subject and not noun and not (subject and subject[0] not in "占相" and subject != "比重" and topic.endswith(_QUANTITY_NOUNS)):
        words = topic + subject
    if kind == "share":
        return _share(words, unit, right)
    if noun and not words.endswith(_QUANTITY_NOUNS) and noun not in words:
        if not words and _DOES.fullmatch(rest):
            noun = f"{rest}的{noun}"
        return _measured(words + noun, unit, bool(noun))
    return _measured(words, unit, False)


def _share(words: str, unit: str, right: str) -> str:
    """The name of a ratio: 出国检验成本的四分之一, 100%网上受理."""
    if unit == "倍":
        return words + "的倍数" if "相当于" in words else words
    if words.endswith(("占比", "比重")):
        return words
    if held := _HOLDS.search(words):
        return words[: held.start()] + "占比"
    if "占" in words or "为" in words or words.startswith("相当于") or "相当于" in words:
        return _PART.sub(lambda m: "占" if "占" in m[0] else "相当于", words, count=1) + "的比例"
    after = _MARK.split(right, maxsplit=1)[0].removeprefix("的")
    if not words.endswith(_RATIO_NOUNS) and 2 <= len(after) <= (8 if words else 14):
        words += after
    return words if words.endswith(_RATIO_NOUNS) else words + "比例"


def _measured(words: str, unit: str, noun: bool) -> str:
    unit = unit.split("/", maxsplit=1)[0]
    money = unit.endswith(("元", "英镑", "卢布"))
    if words.endswith(_QUANTITY_NOUNS) and (money or not words.endswith(_MONEY_NOUNS)):
        return words
    if money and words.endswith(_TRADE):
        return words + "值"
    plain = rules().counted.get(unit)
    if noun and unit in _THINGS:
        return words + "数"
    if plain == "箱量" and words.endswith("箱"):
        return words + "数量"  # 发运标箱10868个
    return words + (plain or (unit + "数" if unit else "数"))


def periodic(left: str) -> str:
    """日均, 月均 … said of a quantity, which the indicator keeps.

    >>> periodic("，日均")
    '日均'
    """
    m = _PERIODIC.search(left) if "均" in left or "单日" in left else None
    return m[0] if m else ""


_PLACES = re.compile("(?:机场|口岸|港域|港区|关区)(?=.)")


def _place_head(parts: list[str]) -> re.Match[str] | None:
    """What parts share that end with places: 钦州港域、北海港域货物吞吐量 share 货物吞吐量; of 首都、白云机场客流 also 机场."""
    found = final(_PLACES.finditer(parts[-1]))
    if found is None:
        return None
    kept = all(p.endswith(("区", "港", "机场", "口岸", "港域")) for p in parts[:-1])
    return re.compile(".+").search(parts[-1], found.end() if kept else found.start())


_WHICHES = re.compile("第[一二三四五六七八九十](?:、第[一二三四五六七八九十])+[\u4e00-\u9fff]{0,6}?(?:伙伴|市场|来源地|目的地|国|地)(?=[\u4e00-\u9fff])")
"""How things rank that are named next: 第二、第三大贸易伙伴欧盟、美国."""


def _parted(subject: str, count: int, every: re.Pattern[str] = _AND) -> list[str]:
    """The parts of a list: at every joining word, or at fewer of them where only so there are as many as values (甲、乙、丙及丙粉)."""
    ways = (every, *_FEWER)
    found = ([part for part in way.split(subject) if part] for way in ways)
    return next((parts for parts in found if len(parts) == count), [part for part in every.split(subject) if part])


def thing(subject: str) -> str:
    """What a quantity is of: its subject without the noun of the quantity.

    >>> thing("金属镁产量"), thing("原油进口均价"), thing("出口")
    ('金属镁', '原油', '')
    """
    return _OF_THING.sub("", subject)


_OF_THING = re.compile("(?:进出口|进口|出口)?(?:总[值额量]|[值额量]|均价|单价|数量|货量|产量|销量|价格)?$")
_FEWER = tuple(map(re.compile, ("、|和(?!谐)", "、|及(?!时)", "、|(?<!参)与(?!会)", "、|以及", "、", "和(?!谐)", "以及|及(?!时)")))


def split(subject: str, count: int) -> list[str] | None:
    """The ``count`` subjects of a distribution, or None when the text does not give as many.

    >>> split("吊机闲置时间、堆场空置率", 2)
    ['吊机闲置时间', '堆场空置率']
    >>> split("进出口整体通关时间", 2)
    ['进口整体通关时间', '出口整体通关时间']
    >>> split("对东盟、欧盟、美国进出口", 3)
    ['对东盟进出口', '对欧盟进出口', '对美国进出口']
    >>> split("对东盟和共建国家和地区进出口", 2)
    ['对东盟进出口', '对共建国家和地区进出口']
    """
    if "国家和地区" in subject:  # is one phrase
        whole = split(subject.replace("国家和地区", "国家地区"), count)
        return [part.replace("国家地区", "国家和地区") for part in whole] if whole else None
    ways = rules().both_ways.search(subject)
    parts = _parted(subject, count)
    named = subject.partition("分别")
    if count == 2 and ways and not (named[1] and ways.start() > len(named[0]) and _JOINER.search(named[0])) and (len(parts) != 2 or _JOINER.search(ways[0])):
        pair = ("进口", "出口") if "口" in ways[0] else ("进境", "出境") if ways[0][0] == "进" else ("出境", "入境")
        if ways[0].startswith("出口"):
            pair = ("出口", "进口")
        return [subject[: ways.start()] + word + subject[ways.end() :] for word in pair]
    if len(parts) != count and "分别" not in subject:
        return None
    if "分别" in subject:
        listed, _, shared = named
        parts = [p + shared for p in _parted(_WHICHES.sub("", listed), count, _PLAIN_AND)]
        if len(parts) != count:
            return None
    head = _place_head(parts) or _HEAD.search(parts[-1])
    if head and head.start() > 0:
        parts = [p if p.endswith(head[0]) or (head[0][0] == "的" and "的" in p) or flow(p) or p.endswith(_QUANTITY_NOUNS) else p + head[0] for p in parts]
    verb = _TRADES.match(parts[0])
    if verb and not any(flow(p) for p in parts[1:]):
        parts = [parts[0], *(verb[0] + p for p in parts[1:])]  # 进口集成电路、机床分别增长…
    lead = _TOWARDS.match(parts[0])
    if lead:
        parts = [p if p.startswith(lead[0]) else lead[0] + p for p in parts]
    return parts

