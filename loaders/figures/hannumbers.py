"""Numbers written in Chinese characters: 三千五百, 三四天, 约七成, 四分之一, 翻一番."""

from __future__ import annotations

import re
from functools import lru_cache

from guanlian.loaders.figures.quantity import Quantity, bounded
from guanlian.loaders.figures.quantity_rules import rules

_DIGIT = {c: float(i) for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2.0, "百": 100.0, "千": 1000.0, "〇": 0.0}


@lru_cache(maxsize=512)
def chinese(numeral: str) -> float | None:
    """The value of a Chinese numeral, None if it is none.

    >>> chinese("三千五百"), chinese("百"), chinese("两"), chinese("十二")
    (3500.0, 100.0, 2.0, 12.0)
    """
    if numeral in _DIGIT:
        return _DIGIT[numeral]
    import cn2an

    numeral = numeral.replace("廿", "二十").replace("卅", "三十")
    try:
        return float(cn2an.cn2an(("一" if numeral[0] in "百千万" else "") + numeral, "smart"))
    except ValueError:
        return None


def from_special(text: str, m: re.Match[str], floor: int) -> Quantity | None:
    """Fractions, halves, tenths, doublings and 两位数."""
    start, bound = bounded(text, m.start(), floor)
    end, kind, direction, unit, value_to = m.end(), "", "", "%", None
    if m["hu"]:
        unit = "个月" if m["hu"] == "月" else m["hu"]
        return Quantity(start, m.start(), end, 0.5, 1.0 if m["one"] else None, unit, bound, weak=not (bound or m["one"]))
    if m["den"]:
        value, value_to = _fraction(m["den"], m["num"]), None
        if m["den2"]:
            value_to = _fraction(m["den2"], m["num2"])
        if m["den"] == "千":
            value, unit = value * 10, "‰"
    elif m["half"]:
        value = 50.0
        bound = {"过": ">", "近": "<"}.get(m["half"][0], bound)
        if m["half"] == "减半":
            kind, direction = "change", "down"
    elif m["fan"]:
        number = {None: 1, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4}[m["times"]]
        value = float(2**number - 1) if m["fan"] == "番" else float(number)
        unit, kind, direction, bound = "倍", "change", "up", "<" if m["fb"] else bound
    elif m["two"]:
        value, value_to, kind = 10.0, 99.0, "change"
    else:
        digits = [_DIGIT[c] for c in m["ten"]]
        if len(digits) == 2 and digits[1] != digits[0] + 1:
            return None
        value = digits[0] * 10 + {None: 0.0, "半": 5.0}.get(m["ten5"], _DIGIT.get(m["ten5"], 0.0))
        value_to = digits[1] * 10 if len(digits) == 2 else None
    after = m["hb"] or m["tb"] or m["nb"] or ""
    bound = {"以上": ">=", "左右": "~", "以下": "<=", "多": ">"}.get(after, bound)
    return Quantity(start, m.start(), end, value, value_to, unit, bound, kind=kind, direction=direction)


def _fraction(denominator: str, numerator: str) -> float:
    """A fraction as per cent, to one place (三分之一 is 33.3), those of thousands to four.

    >>> _fraction("三", "一"), _fraction("百", "二十"), _fraction("四", "一")
    (33.3, 20.0, 25.0)
    """
    below = chinese(denominator)
    above = float(numerator) if numerator[0].isdigit() else chinese(numerator)
    return round(100 * above / below, 1 if below < 1000 else 4) if below and above is not None else 0.0


def from_words(text: str, m: re.Match[str], floor: int) -> Quantity | None:
    """十余家, 超百亿元, 三至五天, 两个 (weak)."""
    r = rules()
    g = m.groupdict()
    if m.start() and text[m.start() - 1] in "第数几每“十百千万亿点":
        return None
    value, value_to = chinese(g["n"] or "一"), None
    if (g["n"] in ("百", "千") and g["u"] == "年") or g["u"] == "成" or (g["u"] == "日" and text[m.start() - 1] == "月"):
        return None  # 百年未有之大变局; 这一成绩; 二月二十三日
    if g["n"] == "一" and g["u"] in ("年", "周", "个月") and text[m.start() - 1] in "上前":
        return None  # 较上一年
    if g["n"] is None and not rules().bound.search(text[max(floor, m.start() - 2) : m.start()]):
        return None
    if value is None and len(g["n"]) == 2 and g["n"][0] in _DIGIT and g["n"][1] in _DIGIT:
        value, value_to = _DIGIT[g["n"][0]], _DIGIT[g["n"][1]]  # 三四天
        if value_to != value + 1:
            return None
    if value is None:
        return None
    unit = r.units[g["u"]]
    scale = r.scales.get(g["s"] or "", 1.0)
    if g["n2"]:
        value_to = chinese(g["n2"])
        if g["u1"] and r.units[g["u1"]] != unit:
            return None
        scale = r.scales.get(g["s2"] or "", scale)
    start, bound = bounded(text, m.start(), floor)
    vague = bool(g["m"] or g["m2"])
    end = m.end()
    if g["b"] == "内" and r.dimension.get(unit) != "time":
        end -= 1
    elif g["b"]:
        bound = r.after[g["b"]]
    weak = not (len(g["n"] or "") > 2 or vague or bound or scale > 1 or value >= 100 or r.dimension[unit] == "ratio")
    total = (value + (0.5 if g["half"] else 0)) * scale
    to = value_to * scale if value_to is not None else None
    return Quantity(start, m.start(), end, total, to, unit, ">" if vague else bound, weak=weak, scale=scale)
