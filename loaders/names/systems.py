"""Branches of the systems that are run from the centre (tax, banks, regulators, power, telecommunications): printed forms and full names."""

from __future__ import annotations

import re
from functools import lru_cache

from guanlian.loaders.names.ownbranches import seats_branch
from guanlian.loaders.names.regions import is_province, plain
from guanlian.loaders.names.seats import Seat, places, places_called, seat_of
from guanlian.ontology import authorities

_PARENT_FIRST = re.compile(
    r"^国家税务总局(?=.{2,12}税务局$)|^中华人民共和国(?=.{2,10}(?:海关|海事局|边防检查总?站)$)|^中国(?=人民银行.{2,12}(?:分行|支行|营业管理部|总部)$)"
)
"""The system's name before a branch's own, which authority files leave out."""
_SHORT = (
    (re.compile(r"^人行(?=.{2,})"), "人民银行"),
    (re.compile(r"^外(?:汇(?:管理)?|管)局(?=.{2,10}(?:分局|支局)$)"), "国家外汇管理局"),
    (re.compile(r"(?<=人民银行)(.{2,6})营管部$"), r"\1营业管理部"),
    (re.compile(r"(?<=人民银行)(.{2,6})中支$"), r"\1中心支行"),
    (
        re.compile(
            r"^(?:国铁|铁路|中国铁路)?(北京|上海|广州|成都|沈阳|哈尔滨|郑州|武汉|西安|济南|南昌|南宁|昆明|兰州|乌鲁木齐|太原|呼和浩特)(?:铁路)?局集团(?:有限)?(?:公司)?"
        ),
        r"中国铁路\1局集团有限公司",
    ),
    (re.compile(r"^农发行(?=.{2,})"), "中国农业发展银行"),
    (re.compile(r"^(.{2,6}?)市?(?<!出入境)检验检疫局$"), r"\1出入境检验检疫局"),
    (re.compile(r"^(?:国家)?金融监管总局(?=.{2,10}(?:分局|监管局)$)"), "国家金融监督管理总局"),
    (re.compile(r"(?<=^国家金融监督管理总局)(.{2,8}?)(?:监管)?分局$"), r"\1监管分局"),
)
"""Short forms of systems before the seat of a branch, and what they stand for."""
_FULL = (
    (re.compile(r"^(?!国家税务总局)(?=.*(?<!国家)(?<!地方)税务局$)"), "国家税务总局"),
    (re.compile(r"^(?=人民银行.{2,12}(?:分行|支行|营业管理部|总部)$)"), "中国"),
    (re.compile(r"^(?=进出口银行.{2,8}分行$)"), "中国"),
    (re.compile(r"^(?!中国|国家)(.{2,8})银保监(分?局)$"), r"中国银行保险监督管理委员会\1监管\2"),
    (re.compile(r"^(?!中国|国家)(.{2,6})证监局$"), r"中国证券监督管理委员会\1监管局"),
    (re.compile(r"^(?!中国|国家)(.{2,8})(?<!银)保监(分?局)$"), r"中国保险监督管理委员会\1监管\2"),
    (re.compile(r"^(?!中国|国家)(.{2,8})银监(分?局)$"), r"中国银行业监督管理委员会\1监管\2"),
    (re.compile(r"^(?!中国|国家)(.{2,8})金融监管(分?局)$"), r"国家金融监督管理总局\1监管\2"),
    (re.compile(r"^(?!国家)(.{2,4})外汇管理部$"), r"国家外汇管理局\1外汇管理部"),
    (re.compile(r"^(?!中国|国家)(.{2,6})民航(?:安全)?监管局$"), r"中国民用航空\1安全监督管理局"),
    (re.compile(r"^(?:中国)?民航(.{2,6}?)(?:安全)?监(?:督管理|管)局$"), r"中国民用航空\1安全监督管理局"),
)
"""What a branch's own name is put behind in full."""


@lru_cache(maxsize=1 << 14)
def unfolded(name: str) -> str:
    """A printed name as authority files look it up: without its system's name ahead, short forms spelled out.

    >>> unfolded("国家税务总局昆明市税务局"), unfolded("人行昆明中心支行"), unfolded("农发行周口市分行")
    ('昆明市税务局', '人民银行昆明中心支行', '中国农业发展银行周口市分行')
    """
    name = _PARENT_FIRST.sub("", name)
    for short, full in _SHORT:
        name = short.sub(full, name)
    return name


@lru_cache(maxsize=1 << 14)
def in_full(canonical: str) -> str:
    """The full name of a branch, behind its system's.

    >>> in_full("昆明市税务局"), in_full("人民银行昆明中心支行"), in_full("河南银保监局"), in_full("昆明市财政局")
    ('国家税务总局昆明市税务局', '中国人民银行昆明中心支行', '中国银行保险监督管理委员会河南监管局', '昆明市财政局')
    >>> in_full("人民银行襄阳中心支行")
    '中国人民银行襄阳市中心支行'
    """
    for own, full in _FULL:
        canonical = own.sub(full, canonical)
    bank = _CITY_BRANCH.fullmatch(canonical)
    if bank and not seats_branch(bank[1]) and any(place.level == "city" for place in places_called(bank[1], "市")):
        return f"中国人民银行{bank[1]}市中心支行"
    if branch := _COUNTY_BRANCH.fullmatch(canonical):  # those of cities are 中心支行
        county = next((place for place in places_called(branch[1], "市县区") if place.level == "district"), None)
        return f"中国人民银行{county.name}支行" if county else canonical
    return canonical


_COUNTY_BRANCH = re.compile(r"中国人民银行([\u4e00-\u9fff]{2,4}?)支行")
_CITY_BRANCH = re.compile(r"中国人民银行([\u4e00-\u9fff]{2,6}?)(?<!市)中心支行")
_CITY = r"([\u4e00-\u9fff]{2,4}?)?市?"
_COMPANIES = (
    (re.compile(rf"(?:中国)?移动(?:通信集团)?(?:(?:有限|股份)?公司)?{_CITY}(?:分)?公司|{_CITY}移动(?:通信)?(?:分)?公司"), "中国移动通信集团{province}有限公司{city}分公司"),
    (re.compile(rf"(?:中国)?电信(?:股份有限公司|集团公司|公司)?{_CITY}(?:分)?公司|{_CITY}电信(?:分)?公司"), "中国电信股份有限公司{city}分公司"),
    (re.compile(rf"(?:中国)?联(?:合网络)?通(?:信)?(?:有限公司|公司)?{_CITY}(?:分)?公司|{_CITY}联通(?:分)?公司"), "中国联合网络通信有限公司{city}市分公司"),
    (re.compile(rf"(?:中国)?铁塔(?:股份有限公司|公司)?{_CITY}(?:分)?公司|{_CITY}铁塔(?:分)?公司"), "中国铁塔股份有限公司{city}市分公司"),
    (re.compile(rf"(?:国网|国家电网)?{_CITY}(?:供电|电力)(?:分)?公司|(?:南方电网)?{_CITY}供电局"), "{grid}"),
)
"""Companies of the centre with a branch in every city, by their registered names."""
_SOUTH = ("广东", "广西", "云南", "贵州", "海南")
_BRANCHES = ("江苏省", "河北省", "湖南省", "江西省")
"""Where a city's power company bears the name 供电分公司."""
_JIBEI = ("唐山", "张家口", "秦皇岛", "承德", "廊坊")


def company_branch(name: str, seat: Seat) -> str:
    """Registered name of a state company's branch in the city of the paper, or in a city of its province; ``""`` for another name.

    >>> from guanlian.loaders.names.seats import seat_of
    >>> company_branch("移动公司", seat_of("岳阳市")), company_branch("国网黑河供电公司", seat_of("黑河市"))
    ('中国移动通信集团湖南有限公司岳阳分公司', '国网黑龙江省电力有限公司黑河供电公司')
    >>> company_branch("联通公司", seat_of("湖南省")), company_branch("燃气公司", seat_of("岳阳市"))
    ('', '')
    """
    for pattern, full in _COMPANIES if name.endswith(("公司", "供电局")) else ():
        if match := pattern.fullmatch(name):
            printed = next((words for words in match.groups() if words), "")
            city = next(places_called(printed, "市"), None) if printed else places().get(seat.name)
            if city is None or city.level != "city" or not city.name.endswith("市") or city.parent not in seat.homes:
                return ""
            short, province = plain(city.name), plain(city.parent)
            return full.format(city=short, province=province, grid=_grid(short, province, city.parent))
    return ""


def _grid(city: str, province: str, full: str) -> str:
    if province in _SOUTH:
        return f"{province}电网有限责任公司{city}供电局"
    own = "冀北" if city in _JIBEI else full if full.endswith("省") else province
    company = next((a.name for a in authorities.agencies() if re.fullmatch(rf"国网{own}电力(?:有限)?公司", a.name)), "")
    return f"{company}{city}供电{'分' if own in _BRANCHES else ''}公司" if company else ""


_RAILWAYS = {
    "北京": "北京天津河北", "太原": "山西", "沈阳": "辽宁吉林", "哈尔滨": "黑龙江", "上海": "上海江苏浙江安徽", "南昌": "福建江西", "济南": "山东", "郑州": "河南",
    "武汉": "湖北", "广州": "湖南广东海南", "南宁": "广西", "成都": "四川重庆贵州", "昆明": "云南", "西安": "陕西", "兰州": "甘肃宁夏", "乌鲁木齐": "新疆",
}  # fmt: skip
"""Railway bureaus and the provinces whose lines they run, where one bureau runs nearly all."""
_DEPOT = re.compile(r"(?:(?:中国|国家)?铁路)?(?P<at>[\u4e00-\u9fff]{2,4})(?:铁路)?(?P<kind>车务段|工务段|货运中心)")
_REFORM = "2017-11-15"
"""When the eighteen railway bureaus became companies."""
_BUREAU = re.compile(rf"({'|'.join(_RAILWAYS)})铁路局")


def railway(name: str, seat: Seat, issued: str) -> str:
    """Full name of a railway bureau since its reform, or of one of its depots in a province; ``""`` for another name.

    >>> from guanlian.loaders.names.seats import seat_of
    >>> railway("九江车务段", seat_of("九江市"), ""), railway("上海铁路局", seat_of("上海市"), "2020-03-01")
    ('中国铁路南昌局集团有限公司九江车务段', '中国铁路上海局集团有限公司')
    """
    if (bureau := _BUREAU.fullmatch(name)) and issued >= _REFORM:
        return f"中国铁路{bureau[1]}局集团有限公司"
    depot = _DEPOT.fullmatch(name)
    place = next(places_called(depot["at"], "市县"), None) if depot else None
    if depot is None or place is None or issued and issued < _REFORM:
        return ""
    province = next((name for name in seat_of(place.name).homes if is_province(name)), "")
    run = next((bureau for bureau, provinces in _RAILWAYS.items() if plain(province) and plain(province) in provinces), "")
    return f"中国铁路{run}局集团有限公司{depot['at']}{depot['kind']}" if run and province in seat.homes else ""
