"""Numbers with their units and bounds in official Chinese: 近5万条, 3至5个工作日, 约7成, 超百亿元."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from guanlian.loaders.figures import periods
from guanlian.loaders.figures.hannumbers import from_special, from_words
from guanlian.loaders.figures.periods import Clock, When
from guanlian.loaders.figures.quantity import Quantity, bounded, sign
from guanlian.loaders.figures.quantity_rules import rules


class Scan(NamedTuple):
    """What stands in a stretch: quantities, times with a digit, and numbers that are neither and name nothing."""

    quantities: list[Quantity]
    times: list[When]
    unread: list[tuple[int, int]]


def scan(text: str, start: int, end: int, clock: Clock) -> Scan:
    """Every quantity and dated time of ``text[start:end]`` (folded text), left to right.

    ``clock`` says what 今年 and a month without a year mean.
    """
    r = rules()
    out = Scan([], [], [])
    search, pos = r.anchor.search, start
    while (hit := search(text, pos, end)) is not None:
        at = hit.start()
        if "0" <= text[at] <= "9":
            pos, clock = _digits(text, at, end, clock, out)
        else:
            floor = out.quantities[-1].end if out.quantities else start
            pos = _words(text, at, floor, end, out)
    _share_units(text, out.quantities)
    return out


_EACH = re.compile("(?:均价|价格|单价|平均)(?:为|是|达)?每(吨|千克|公斤|立方米|桶|辆|台|平方米|克拉)$")
_CALENDAR = re.compile(r"[^，。；\n]{0,15}?[年月季]")
_THIS_YEAR = re.compile("[今本]年")
_DATED = frozenset("年月季、个和及 -—―－–~～至到.一")
_ORDINAL = ("前", "头", "首", "第")
_NAMED = frozenset("×xX*＊+＋✕✖出进-－—号版.强周:：比/ 时晚、位名天日小家")
_NUMBERED_YEAR = re.compile(r"\.(?:19|20)\d\d\s?年")
_JOINERS = ("、", "和", "及", "与", "，")


def _digits(text: str, at: int, end: int, clock: Clock, out: Scan) -> tuple[int, Clock]:
    """One number in digits; where to go on, and the clock from there."""
    stop = at + 1
    while stop < end and text[stop] in "0123456789":
        stop += 1
    follow = text[stop] if stop < end else ""
    if follow == "." and stop - at < 3 and _NUMBERED_YEAR.match(text, stop, end):
        return stop + 1, clock  # 1.2022年工作安排
    if follow == "月" and out.times and _THIS_YEAR.search(text, out.times[-1].end, at):
        clock = Clock(clock.this, clock.this, clock.month, clock.issued)
    dated = follow in _DATED and stop - at < 5 and not (follow == "个" and text[at - 1 : at] not in _ORDINAL) and _CALENDAR.match(text, stop, end)
    if dated and out.times and out.times[-1].recalls(clock.this) and "。" in text[out.times[-1].end : at]:
        clock = Clock(clock.this, clock.this, clock.month, clock.issued)
    when = periods.resolve(text, at, end, clock) if dated else None
    if when is not None and when.end > at:
        out.times.append(when)
        if when.role in ("span", "deadline") and when.last and (clock.this or when.role == "deadline"):
            clock = Clock(clock.this, when.year, int(when.last[5:7]), clock.issued)
        return when.end, clock
    maybe_name = follow in _NAMED or follow.isascii() or stop - at > 4 or text[at:stop] in ("24", "365", "7", "110", "119", "120")
    return _number_at(text, at, end, out, maybe_name), clock


def _number_at(text: str, at: int, end: int, out: Scan, maybe_name: bool) -> int:
    r = rules()
    if maybe_name and (part := _PART_OF.match(text, at, end)) and int(part[1]) < int(part[2]):
        start, bound = bounded(text, at, max(0, at - 6))
        value = round(100 * int(part[1]) / int(part[2]), 1)
        out.quantities.append(Quantity(start, at, part.end(), value, None, "%", bound))
        return part.end()
    m = r.digits.match(text, at, end)
    assert m is not None
    if maybe_name and (name := r.naming.match(text, at, end)) and not _counts(m, name):
        return name.end()
    previous = text[at - 1] if at else "\n"
    ahead = text[max(0, at - 12) : at]
    if (previous in "第〔〕（(前续隔除双:：\n" or previous.isascii() or previous == "－") and r.named.search(ahead):
        return max(m.end(), at + 1) if m["u"] is None else m.end("n")
    if (previous == "“" and text.startswith("”", m.end())) or (not m["u"] and r.named_bare.search(ahead)):
        return max(m.end(), at + 1)
    if m["u"] == "天" and ahead.endswith(("假期", "长假", "黄金周")):
        return m.end("u")  # 假期7天
    if m["u"] == "日" and _is_day(text, m, ahead):
        return m.end("u")
    if m["u"] in ("年", "个") and _OF_PEOPLE.match(text, m.end()):
        return m.end()
    quantity = _from_digits(text, m, ahead)
    if quantity is not None and previous in _SIGNS and quantity.unit in ("%", "百分点", "‰") and _SIGNED.search(ahead):
        quantity.start, quantity.kind, quantity.direction = at - 1, "change", _SIGNS[previous]
    if quantity is None:
        out.unread.append((at, m.end("n")))
        return m.end("n")
    _keep(text, quantity, out)
    return quantity.end


_OF_PEOPLE = re.compile("(?:行动|攻坚|专项|规划|计划|滚动)|的?老?(?:司机|师傅|员工|职工|关员|党员|[工党驾教]龄|经验|夜班|白班|通宵|昼夜)")
_DAYS_LONG = re.compile(r"(?:[由从至到为需约近超过仅只均足满每]|缩短|压缩|减少|压减|延长|推迟|[用耗]时|时[限长间]|节省|提前|最[长短多]|不[少多]于)了?(?:原来的?|平均)?$")
_DAYS_AFTER = re.compile("[缩压减变/]|降|的?(?:时限|时间)")
_PLAIN_NUMBER = re.compile(r"[\d.－—-]+")


def _is_day(text: str, m: re.Match[str], ahead: str) -> bool:
    """13日发布 names a day of the month; 由20日压缩至10日, 15日内 count days."""
    if m["n2"] or m["b"] or m["m"] or not 1 <= float(m["n"].replace(",", "")) <= 31:
        return False
    return not (_DAYS_LONG.search(ahead) or _DAYS_AFTER.match(text, m.end("u")))


def _counts(m: re.Match[str], name: re.Match[str]) -> bool:
    """Whether what looks like a name counts something after all: 12000小时, 2000TEU, 400—500家."""
    if not m["u"] or m.end() < name.end():
        return False
    return m["u"].isascii() or _PLAIN_NUMBER.fullmatch(name[0]) is not None


_SIGNS = {"+": "up", "-": "down", "－": "down", "−": "down"}
_SIGNED = re.compile(r"(?:[比为达是与及和（(、，：:\s]|增长|增速|增幅)[+\-－−]$")
_PART_OF = re.compile(r"(\d)/(\d)(?![\d年月/])")
_OUT_OF = re.compile(r"[由从自][^，。；]{0,10}$")


def _from_digits(text: str, m: re.Match[str], ahead: str) -> Quantity | None:
    r = rules()
    printed, first, vague, second, half, unit1, printed2, scaled2, unit, per, suffix = m.groups()
    at, end = m.start(), m.end()
    if printed2 and (not unit or (unit1 and (r.units[unit1] != r.units[unit] or _OUT_OF.search(ahead)))):
        # a range needs one unit; 由24小时至4小时 is no range
        end, unit, printed2, suffix = m.end("u1"), unit1, None, None
        if not unit1:
            end, unit = max(m.end("n"), m.end("s"), m.end("m"), m.end("s1")), None
    scale = (r.scales[first] if first else 1.0) * (r.scales[second] if second else 1.0)
    value = _number(printed, scale) + (0.5 if half else 0.0)
    value_to = None
    if printed2:
        scale2 = r.scales[scaled2] if scaled2 else 1.0
        value_to = _number(printed2, scale2)
        if scale == 1.0 and scale2 > 1.0:
            value = _number(printed, scale2)
        if value_to <= value:
            value_to = None
    bound, core = (">" if vague else ""), at
    found = r.bound.search(ahead, max(0, len(ahead) - 7)) if ahead and ahead[-1] in r.bound_ends else None
    if found and found[0] != "上":  # 上万家, but 万吨级以上142个
        at -= len(ahead) - found.start()
        bound = bound or sign(found[0])
    name = r.units[unit] if unit else ""
    if name == "个" and ahead.endswith(("标箱", "标准箱")):
        name = "标箱"  # 发运标箱2.3万个
    if name == "成":
        name, value, value_to = "%", value * 10, value_to * 10 if value_to else None
    if suffix:
        if suffix == "内" and r.dimension.get(name) != "time":
            end -= 1
        else:
            bound = r.after[suffix]
    if name == "倍" and not suffix and text.startswith("多", end) and not text.startswith(("多式", "多边"), end):
        bound, end = ">", end + 1
    if not per and r.dimension.get(name) == "money" and (each := _EACH.search(text, max(0, at - 8), at)):
        name = f"{name}/{each[1]}"  # 每立方米946.2元
    elif per and end >= m.end("per"):
        name = f"{name}/{r.units.get(per, per)}"
    bare = not name and scale == 1.0 and not bound
    if bare and not text.startswith(_JOINERS, end):
        return None
    return Quantity(at, core, end, value, value_to, name, bound, scale=scale, bare=bare)


def _number(printed: str, scale: float) -> float:
    """Exact in decimal, so that 4781.4亿 is 478140000000.

    >>> _number("4,781.4", 1e8)
    478140000000.0
    """
    printed = printed.replace(",", "")
    return float(printed) if scale == 1.0 else float(Decimal(printed) * int(scale))


_LAPSED = re.compile("多?(?:以?来|(?:以|之)?前(?!期|后|[一二三四\\d])|[间里]|累计)(?![自源])")
_PARTS = frozenset("成分半一二三四五六七八九位十百千")


def _words(text: str, at: int, floor: int, end: int, out: Scan) -> int:
    """One number in Chinese characters; where to go on."""
    r = rules()
    quantity = None
    head, second = text[at], text[at + 1 : at + 2]
    special = r.special.match(text, at, end) if second in _PARTS or head in "半过减翻双近两" else None
    if special:
        quantity = from_special(text, special, floor)
    elif head == "零":
        m = r.nought.match(text, at, end)
        if m is None and text[at - 1 : at] == "为" and (fault := r.without.search(text, max(floor, at - 10), at)):
            quantity = Quantity(fault.start(), at, at + 1, 0.0, None, "", "", kind="level")  # 投诉为零
        slogan = text[at - 1 : at] in tuple("“‘\"'归为从一") and not _KEPT.search(text, max(floor, at - 8), at)
        if m and not slogan:
            quantity = Quantity(at, at, m.end(), 0.0, None, "", "", kind="level")
    elif head == "一" and text.startswith(("上", "下"), max(floor, at - 1)):
        return at + 1  # 与上一次高峰相比
    elif head == "一" and text.endswith("未发生", floor, at):
        quantity = Quantity(at - 3, at, at + 2, 0.0, None, second, "", kind="level")  # 未发生一起事故
    if quantity is None:
        m = r.words.match(text, at, end)
        quantity = from_words(text, m, floor) if m else None
    if quantity is None:
        return at + 1
    _keep(text, quantity, out)
    return quantity.end


_KEPT = re.compile("(?:实现|保持|做到|达到|取得)了?[“‘]$")
_CAMPAIGN = re.compile("[\u4e00-\u9fff]{0,6}(?:行动|攻坚|会战|竞赛|整治|冲刺|提升)")


def _keep(text: str, q: Quantity, out: Scan) -> None:
    """近三年, 三年内, 三年来, 经过三年 are times without dates; everything else is a quantity."""
    if q.unit == "天" and _CAMPAIGN.match(text, q.end) and text.startswith("百", q.core):
        return  # 百日攻坚行动
    if q.unit in ("年", "个月") and text.startswith("用", q.start - 1) and text.startswith("时间", q.end):
        return  # 用一年左右时间
    lapse = q.unit in ("年", "个月") and (_LAPSED.match(text, q.end) or text.endswith(("经过", "历经", "经历"), max(0, q.start - 2), q.start))
    if lapse or (q.unit == "年" and (text.startswith("近", q.start) or (q.bound == "<=" and text[q.end - 1] == "内"))):
        out.times.append(When(q.start, q.end, "", "", "base" if text[q.start - 1] in "较比" else "now", 0))
    else:
        out.quantities.append(q)


_SMALLER = {("天", "小时"): 24, ("小时", "分钟"): 60, ("分钟", "秒"): 60}
_LISTED = ("、", "和", "及", "与", "以及", "，", "、和")


def _share_units(text: str, found: list[Quantity]) -> None:
    """16.85、0.72小时: a bare number takes the unit, and the scale, of the list it stands in."""
    for i in range(len(found) - 2, -1, -1):
        q, after = found[i], found[i + 1]
        if q.end == after.core and (factor := _SMALLER.get((q.unit, after.unit))):
            after.start, after.core, after.value = q.start, q.core, q.value * factor + after.value  # 1小时10分钟 is 70分钟
            after.bound, after.weak = q.bound or after.bound, False
            del found[i]
            continue
        if q.unit == "个" and after.unit != "个" and text[q.end : after.start] in _LISTED and "个" in text[after.core : after.end]:
            q.unit = after.unit  # 13.1个、11.6个百分点
        if (q.bare or (not q.unit and q.scale > 1)) and after.unit and text[q.end : after.start].strip() in _LISTED:
            q.unit = after.unit
            if q.bare and after.scale > 1:
                q.value, q.scale = _number(repr(q.value), after.scale), after.scale
            q.bare = False
