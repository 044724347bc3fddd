"""A unit's own offices, which its papers call by their short names: 运输服务司 in 交通运输部's, 法规处 in a customs house's."""

from __future__ import annotations

import re

_MINISTRY = re.compile(r".*(?:部|委员会|总局|署)$|(?:国家|中国)[\u4e00-\u9fff]{2,12}局$")
_BUREAU = re.compile(r"机关党委|(?!国家|中国|全国)[\u4e00-\u9fff]{2,12}(?:中心|检定所|监察所|研究所|检验所)|[\u4e00-\u9fff]{2,12}司|办公厅|(?![省市区县州各]|国家|中国|全国|有关|相关|.{0,6}(?:有关|相关))[\u4e00-\u9fff]{2,8}局")
_LINE = ("海关", "海事局", "总站", "署", "监管局", "税务局", "检验检疫局")
_ZONE = ("管理局", "管理委员会", "街道办事处", "镇人民政府", "乡人民政府")
_DEPARTMENT = ("局", "委员会", "厅", "办公室")
_SECTION = re.compile(r"(?![省市区县州各])[\u4e00-\u9fff]{2,8}[科股]")
_NOT_BARE = r"(?![省市区县州各]|.{2,6}(?:市|县|(?<![园片港税])区)[^民])"
"""A name that says its seat is no office's short name."""
_OFFICE = re.compile(_NOT_BARE + r"(?:[\u4e00-\u9fff]{1,10}(?:(?<!办事)处|科|室|分中心|采购中心|数据中心|保障中心)|技术中心|机关党委)")
_ZONE_OFFICE = re.compile(_NOT_BARE + r"[\u4e00-\u9fff]{1,10}(?:(?<!办事)处|科|室|分中心|技术中心|办公室|执法队|服务中心|所)")


def office_of(issuer: str, name: str, *, seated: bool) -> str:
    """Full name of an office of the unit whose paper it is, ``""`` when the name is none.

    ``seated`` says that the paper is a local government's: there a bare 局 is its department.

    >>> office_of("交通运输部", "运输服务司", seated=False), office_of("国家体育总局", "体育总局群体司", seated=False)
    ('交通运输部运输服务司', '国家体育总局群体司')
    """
    ministry = issuer.removesuffix("办公厅")
    if not seated and _MINISTRY.fullmatch(ministry) and _BUREAU.fullmatch(name):
        short = ministry.removeprefix("国家")
        name = name.removeprefix("部") if ministry.endswith("部") else name
        return ministry + (name.removeprefix(short))
    if seated and issuer.endswith(_DEPARTMENT) and _SECTION.fullmatch(name):
        return issuer + name
    if issuer.endswith(_ZONE) and _ZONE_OFFICE.fullmatch(name) or issuer.endswith(_LINE) and _OFFICE.fullmatch(name):
        return issuer + name
    return ""
