"""Numbers of items as printed: 十七, 17, １７, ⑰ → 17."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


def ordinal(printed: str) -> int:
    """Value of an item number; ValueError if it is none.

    >>> [ordinal(s) for s in ("四十三", "十", "一百零二", "17", "⑤")]
    [43, 10, 102, 17, 5]
    """
    if printed.isdecimal():
        return int(printed)
    if len(printed) == 1 and "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    total, current = 0, 0
    for char in printed:
        if char == "十":
            total, current = total + (current or 1) * 10, 0
        elif char == "百":
            total, current = total + (current or 1) * 100, 0
        elif char in _DIGITS:
            current = current * 10 + _DIGITS[char] if current and "十" not in printed and "百" not in printed else _DIGITS[char]
        else:
            raise ValueError(f"not an item number: {printed!r}")
    return total + current
