"""Branches of the state's own systems that a local paper calls by the system's name: 人民银行, 外汇局, 银保监分局, 调查队."""

from __future__ import annotations

import re

from guanlian.loaders.names.regions import is_province, plain
from guanlian.loaders.names.seats import Seat, places

_BANK = re.compile(r"(?P<level>[省市区县])?(?:中国)?(?:人民银行|人行)(?:(?:中心)?支行|中支|分行)?")
_EXCHANGE = re.compile(r"(?P<level>[市区县])?(?:国家)?外(?:汇(?:管理)?|管)局")
_REGULATOR = re.compile(r"(?P<level>市)?(?P<of>银保监|银监|保监|金融监管)分局")
_SURVEY = re.compile(r"(?P<level>[省市区县])?(?:国家)?(?:统计局)?调查(?P<head>总)?队")
_REGULATORS = {"银保监": "中国银行保险监督管理委员会", "银监": "中国银行业监督管理委员会", "保监": "中国保险监督管理委员会", "金融监管": "国家金融监督管理总局"}
_REFORM = "2023-08-18"
"""When the branches of 1999 and of the counties gave way to one in each province and city."""
_BRANCHES = {
    "北京": "营业管理部", "天津": "天津分行", "上海": "上海总部", "重庆": "重庆营业管理部", "辽宁": "沈阳分行", "江苏": "南京分行", "山东": "济南分行", "湖北": "武汉分行",
    "广东": "广州分行", "四川": "成都分行", "陕西": "西安分行", "河北": "石家庄中心支行", "山西": "太原中心支行", "内蒙古": "呼和浩特中心支行", "吉林": "长春中心支行",
    "黑龙江": "哈尔滨中心支行", "浙江": "杭州中心支行", "安徽": "合肥中心支行", "福建": "福州中心支行", "江西": "南昌中心支行", "河南": "郑州中心支行", "湖南": "长沙中心支行",
    "广西": "南宁中心支行", "海南": "海口中心支行", "贵州": "贵阳中心支行", "云南": "昆明中心支行", "西藏": "拉萨中心支行", "甘肃": "兰州中心支行", "青海": "西宁中心支行",
    "宁夏": "银川中心支行", "新疆": "乌鲁木齐中心支行",
}  # fmt: skip
"""The bank's branch for each province from 1999 to 2023."""


def own_branch(name: str, seat: Seat, issued: str) -> str:
    """The branch that a local paper means by its system's name; ``""`` for another name, and in a paper of the state.

    >>> from guanlian.loaders.names.seats import seat_of
    >>> [own_branch("人民银行", seat_of(place), "2021") for place in ("江苏省", "长沙市", "泸州市", "昆山市")]
    ['中国人民银行南京分行', '中国人民银行长沙中心支行', '中国人民银行泸州市中心支行', '中国人民银行昆山市支行']
    >>> own_branch("市人行", seat_of("泸州市"), "2024-03-01"), own_branch("外汇局", seat_of("泸州市"), "2021")
    ('中国人民银行泸州市分行', '国家外汇管理局泸州市中心支局')
    >>> [own_branch("人民银行", seat_of(place), "2024-03-01") for place in ("昆山市", "德清县", "长沙市")]
    ['中国人民银行苏州市分行', '中国人民银行湖州市分行', '中国人民银行湖南省分行']
    >>> own_branch("银保监分局", seat_of("泸州市"), "2021"), own_branch("市调查队", seat_of("泸州市"), "2021")
    ('中国银行保险监督管理委员会泸州监管分局', '国家统计局泸州调查队')
    """
    if not seat.name:
        return ""
    for form, named in ((_BANK, _bank), (_EXCHANGE, _exchange), (_REGULATOR, _regulator), (_SURVEY, _survey)):
        if match := form.fullmatch(name):
            own = seat.levels.get(match["level"], "") if match["level"] else seat.full
            return named(match, own, seat, issued) if own else ""
    return ""


def seats_branch(city: str) -> bool:
    """Whether the bank's branch for a province or several sits in a city: such a branch bears no 市 in its name.

    >>> seats_branch("长沙"), seats_branch("泸州")
    (True, False)
    """
    return any(branch.startswith(city) for branch in _BRANCHES.values())


def _bank(_: re.Match[str], own: str, seat: Seat, issued: str) -> str:
    today = issued >= _REFORM
    if not (today or is_province(own) or _city(own)) and own.endswith(("县", "市", "区", "旗")) and not own.endswith("新区"):
        return f"中国人民银行{own}支行"
    homes = (own, *seat.above)  # counties have had no branch of their own since
    city = "" if is_province(own) else next(filter(_city, homes), "")
    if city and not seats_branch(plain(city)):
        return f"中国人民银行{city}{'分行' if today else '中心支行'}"
    province = next(filter(is_province, homes), "")
    branch = _BRANCHES.get(plain(province), "")
    if today and province and plain(province) != "上海":
        branch = f"{province}分行"
    return f"中国人民银行{branch}" if branch else ""


def _exchange(_: re.Match[str], own: str, __: Seat, issued: str) -> str:
    if is_province(own):
        return f"国家外汇管理局{plain(own)}外汇管理部" if own in ("北京市", "重庆市") and issued < _REFORM else f"国家外汇管理局{own}分局"
    if not _city(own) or seats_branch(plain(own)):
        return ""
    return f"国家外汇管理局{own}{'分局' if issued >= _REFORM else '中心支局'}"


def _regulator(match: re.Match[str], own: str, _: Seat, __: str) -> str:
    return f"{_REGULATORS[match['of']]}{plain(own)}监管分局" if _city(own) else ""


def _survey(match: re.Match[str], own: str, _: Seat, __: str) -> str:
    if is_province(own):
        return f"国家统计局{plain(own)}调查总队"
    return "" if match["head"] else f"国家统计局{re.sub('[市县区旗]$', '', own)}调查队"


def _city(name: str) -> bool:
    place = places().get(name)
    return place is not None and place.name == name and place.level == "city"
