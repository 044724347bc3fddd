"""Words of the pages for terms that the graph holds in short: roles, states, kinds, how sure a fact is."""

from __future__ import annotations

TERMS = {
    "role": {
        "lead": ("牵头", "leads"),
        "participant": ("参与", "takes part"),
        "joint": ("按职责分工", "jointly"),
        "implementer": ("实施", "carries out"),
        "partner": ("协作", "partner"),
    },
    "basis": {
        "stated": ("原文写明", "stated"),
        "group": ("经集体展开", "by group"),
        "issuer": ("推定为印发单位", "by issuer"),
    },
    "state": {
        "absent": ("未写责任单位", "names no owner"),
        "unread": ("有条款但未能读懂", "clause not understood"),
    },
    "stance": {
        "uses": ("采用", "uses"),
        "promotes": ("推行", "promotes"),
        "mentions": ("提及", "mentions"),
    },
    "doubt": {
        "baseline": ("基期存疑", "baseline in doubt"),
        "period": ("期间存疑", "period in doubt"),
        "subject": ("主体存疑", "subject in doubt"),
    },
    "class": {
        "Document": ("文件", "Paper"),
        "Measure": ("措施", "Measure"),
        "Case": ("案例", "Case"),
        "Practice": ("做法", "Practice"),
        "Interpretation": ("解读", "Interpretation"),
        "Agency": ("单位", "Unit"),
        "WorkingGroup": ("工作组", "Working group"),
        "ClearanceMode": ("通关模式", "Clearance mode"),
        "Port": ("口岸", "Port"),
        "Platform": ("平台", "Platform"),
        "Place": ("地方", "Place"),
        "Unit": ("计量单位", "Unit of measure"),
        "Indicator": ("指标", "Indicator"),
        "Outcome": ("成效", "Result"),
        "Target": ("目标", "Target"),
        "Responsibility": ("责任", "Responsibility"),
    },
    "kind": {
        "land": ("陆路", "land"), "sea": ("海港", "sea"), "river": ("内河", "river"), "air": ("空港", "air"),
        "rail": ("铁路", "rail"), "post": ("邮运", "post"), "zone": ("特殊监管区域", "zone"),
        "plan": ("方案", "plan"), "measures": ("措施文件", "measures"), "interpretation": ("解读", "interpretation"),
        "casebook": ("案例集", "casebook"), "table": ("任务表", "table"), "news": ("新闻", "news"),
        "notice": ("通知", "notice"), "customs": ("海关", "customs"),
    },
}  # fmt: skip
"""Families of terms, each term in Chinese and English."""

_ALL = {term: said for family in TERMS.values() for term, said in family.items()}


def words(term: str, lang: str) -> str:
    """A term in a language; itself where it is none of ours.

    >>> words("lead", "zh"), words("深圳海关", "en")
    ('牵头', '深圳海关')
    """
    said = _ALL.get(term)
    return said[lang == "en"] if said else term
