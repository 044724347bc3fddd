"""What the explorer calls the short terms of its columns, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from guanlian.ontology import authorities
from guanlian.outputs.explorer_data import ExplorerData
from guanlian.outputs.words import TERMS

Said = Mapping[str, tuple[str, str]]

_KINDS = {
    "measure": ("措施", "measure"),
    "case": ("案例", "case"),
    "practice": ("做法", "practice"),
    "named": ("仅被提及", "only named"),
    "level": ("数量", "quantity"),
    "share": ("占比", "share"),
    "change": ("变化", "change"),
}

COLUMNS: Mapping[str, Said] = {
    "role": TERMS["role"],
    "basis": TERMS["basis"],
    "stance": TERMS["stance"],
    "doubts": TERMS["doubt"],
    "kind": TERMS["kind"] | _KINDS,
    "clause_state": TERMS["state"] | {"stated": ("写明责任单位", "names its owners")},
    "family": {
        "declaration": ("申报", "declaration"),
        "inspection": ("查验", "inspection"),
        "release": ("放行", "release"),
        "tax": ("税收", "duties and taxes"),
        "logistics": ("物流", "logistics"),
        "compliance": ("企业管理与合规", "compliance"),
    },
    "system": {
        "customs": ("海关", "customs"),
        "border": ("出入境边防检查", "border inspection"),
        "maritime": ("海事", "maritime safety"),
        "port": ("口岸管理", "port administration"),
        "tax": ("税务", "taxation"),
        "bank": ("人民银行", "central bank"),
        "forex": ("外汇管理", "foreign exchange"),
        "finance": ("财政金融", "finance"),
        "market": ("市场监管", "market regulation"),
        "trade": ("商务贸易", "trade"),
        "rail": ("铁路", "railways"),
        "air": ("民航", "civil aviation"),
        "post": ("邮政", "postal service"),
        "justice": ("司法", "justice"),
        "ministry": ("国家部委", "central ministries"),
        "government": ("人民政府", "government"),
        "local": ("地方部门", "local departments"),
        "party": ("党的机构", "party bodies"),
        "mass": ("群团组织", "mass organisations"),
        "company": ("企业", "companies"),
    },
    "section": {
        "effect": ("成效", "results"),
        "practice": ("做法", "practice"),
        "background": ("背景", "background"),
        "body": ("正文", "body"),
    },
    "flow": {
        "import": ("进口", "import"),
        "export": ("出口", "export"),
        "both": ("进出口", "import and export"),
    },
    "direction": {"up": ("上升", "up"), "down": ("下降", "down")},
    "bound": {
        ">": ("超过", "more than"),
        ">=": ("不低于", "at least"),
        "<": ("接近", "nearly"),
        "<=": ("不超过", "at most"),
        "~": ("约", "about"),
    },
    "baseline": {
        "yoy": ("同比", "year on year"),
        "mom": ("环比", "month on month"),
        "before": ("此前", "before"),
        "statutory": ("法定时限", "statutory limit"),
    },
}
"""Values by column, each in Chinese and English."""


def terms(explorer: ExplorerData) -> dict[str, Said]:
    """:data:`COLUMNS`, and the places, units of measure and doubts that the explorer shows."""
    shown = {column: {thing.about.get(column, "") for thing in explorer.things} for column in ("jurisdiction", "unit")}
    named: dict[str, dict[str, tuple[str, str]]] = {column: {} for column in shown}
    for column, known in (("jurisdiction", authorities.places()), ("unit", authorities.units())):
        for entry in known:
            if entry.english and entry.name in shown[column]:
                named[column].setdefault(entry.name, (entry.name, entry.english))
    several = {fact.doubts: _doubts(fact.doubts) for fact in explorer.facts if fact.doubts}
    return {**COLUMNS, **named, "doubts": {**COLUMNS["doubts"], **several}}


def _doubts(cell: str) -> tuple[str, str]:
    """What a cell of doubts says.

    >>> _doubts("baseline; subject")
    ('基期存疑、主体存疑', 'baseline in doubt, subject in doubt')
    """
    said = [TERMS["doubt"].get(doubt, (doubt, doubt)) for doubt in cell.split("; ")]
    return "、".join(zh for zh, _ in said), ", ".join(en for _, en in said)
