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
        "deadline": ("期限按题名年份推定", "deadline by the year of the title"),
        "flow": ("进出口按案例标题推定", "flow by the title of the case"),
        "status": ("目标或成效存疑", "target or result in doubt"),
        "role": ("角色存疑", "role in doubt"),
        "above": ("空格按上一行推定", "empty cell taken for merged"),
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


_HEADS = {
    "document": "文件", "source": "出处", "title": "标题", "number": "文号", "issuer": "印发单位", "issued": "日期",
    "kind": "种类", "based_on": "依据", "measures": "措施数", "measure": "条目", "parent": "所属条目", "section": "部分",
    "clause_state": "责任条款", "of_document": "所解读的文件", "of_measure": "所解读的条目", "agency": "单位", "role": "角色",
    "basis": "认定依据", "via": "经由", "quote": "原文", "partner": "共同承担者", "we_lead": "我方牵头", "they_lead": "对方牵头",
    "joint": "分工负责", "both_participate": "同为参与", "mode": "通关模式", "family": "类别", "stance": "态度",
    "with_mode": "叠加的模式", "port": "口岸", "locode": "代码", "platform": "平台", "indicator": "指标", "value": "数值",
    "value_to": "至", "unit": "计量单位", "bound": "界限", "deadline": "期限", "flow": "进出口", "direction": "升降",
    "baseline": "基期", "from_value": "原值", "period_start": "起", "period_end": "止", "since": "自何时起", "what": "什么没读懂", "text": "文字",
    "provisional": "名称待核", "leads": "牵头数", "aliases": "别名", "jurisdiction": "辖区", "system": "系统", "facet": "方面",
    "detail": "详情", "group": "工作组", "post": "职务", "lead": "牵头单位", "owners": "承担单位数", "class": "类别",
    "name": "名称", "alias": "别名", "before": "之前", "after": "之后", "date": "日期", "doubts": "推断之处",
}  # fmt: skip


def head(column: str, lang: str) -> str:
    """What a page calls a column of a table.

    >>> head("we_lead", "zh"), head("we_lead", "en")
    ('我方牵头', 'we lead')
    """
    return column.replace("_", " ") if lang == "en" else _HEADS.get(column, column)


def words(term: str, lang: str) -> str:
    """A term in a language; itself where it is none of ours.

    >>> words("lead", "zh"), words("深圳海关", "en")
    ('牵头', '深圳海关')
    """
    said = _ALL.get(term)
    return said[lang == "en"] if said else term
