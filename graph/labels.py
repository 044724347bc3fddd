"""Figures in a few signs, and names as they are compared; light, since every page needs them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation


def figure_label(row: Mapping[str, str]) -> str:
    """A figure in a few signs: indicator, direction, bound, value with unit, deadline or period.

    >>> figure_label({"indicator": "通关时间", "direction": "down", "bound": ">=", "value": "40.0", "unit": "%"})
    '通关时间 ↓≥40%'
    >>> figure_label({"indicator": "开通新航线", "value": "", "deadline": "2020-12-31"})
    '开通新航线 2020-12-31'
    >>> figure_label({"indicator": "惠及企业", "value": "268", "unit": "家", "period_start": "2020-03"})
    '惠及企业 268家 2020-03–'
    """
    arrow = {"up": "↑", "down": "↓"}.get(row.get("direction", ""), "")
    bound = {">=": "≥", "<=": "≤", "~": "≈"}.get(row.get("bound", ""), row.get("bound", ""))
    values = [_plain(row[name]) for name in ("value", "value_to") if row.get(name)]
    value = f"{arrow}{bound}{'–'.join(values)}{row.get('unit', '')}" if values else ""
    since = row.get("period_start") or row.get("since", "")
    when = row.get("deadline") or row.get("period_end") or (f"{since}–" if since else "")
    return " ".join(part for part in (row.get("indicator", ""), value, when) if part)


def _plain(number: str) -> str:
    try:
        return format(Decimal(number).normalize(), "f")
    except InvalidOperation:
        return number


def fold(name: str) -> str:
    """A name without what spelling may vary: width, case, spaces, quotes, brackets of titles.

    >>> fold("《临江市　ＡＢＣ 计划》")
    '临江市abc计划'
    """
    return re.sub(r"[\s“”\"'‘’「」『』《》〈〉]", "", unicodedata.normalize("NFKC", name)).casefold()
