"""What a printed name is made of: what leads it in and trails it, and how names of units end."""

from __future__ import annotations

import re
from functools import lru_cache

from guanlian.loaders.words import words

_NOTE = re.compile(r"（(?:含|包括|不含|不包括|注：|下同|以下同)[^（）]*）$")
"""A remark behind a name: 各区政府（含高新区管委会，下同）."""
_TASK_FORCE = re.compile(r"^(?:[\u4e00-\u9fff]{0,6}[省市区县州]|国家|国务院|自治区)[\u4e00-\u9fff“”]{2,24}(?:(?:领导|协调|推进|工作)小组|推进组|联席会议|指挥部)(?:办公室)?$")
"""A task force, which is named after its task: 省推进“一带一路”建设工作领导小组办公室."""
_ROUND = str.maketrans("()〔〕［］【】[]", "（）（）（）（）（）")


def bare(name: str) -> str:
    """A name without white space and quotes, its brackets round."""
    return re.sub(r"[\s“”\"'‘’《》]", "", name).translate(_ROUND)


@lru_cache(maxsize=1)
def patterns() -> dict[str, re.Pattern[str]]:
    """The word lists of names as patterns: ends, systems, collectives, what leads in and what trails."""
    w = words()
    ends = "|".join(sorted(map(re.escape, w["agency_ends"]), key=len, reverse=True))
    systems = "|".join(sorted(map(re.escape, w["system_ends"]), key=len, reverse=True))
    return {
        "ends": re.compile(rf".*(?:{ends})$"),
        "system": re.compile(rf"(?:.{{0,8}})?(?:{systems})$"),
        "collective": re.compile("|".join(w["collectives"])),
        "never": re.compile("|".join(w["never_names"])),
        "lead_in": re.compile("^(?:" + "|".join(w["name_lead_ins"]) + ")"),
        "tail": re.compile("(?:" + "|".join(w["name_tails"]) + ")$"),
        "prefix": re.compile(r"(师市|开发区|经开区|高新区|园区|保税区|自治区|自治州|地区(?=.{2})|行署|新区|省|市(?!场|政(?:[局处]|公用|园林|工程|设施|养护|管理)|民(?:活动|服务|之家|广场|热线))|区(?!域)|县|州|盟|旗)(?=.)"),
    }


@lru_cache(maxsize=4096)
def trim(printed: str) -> str:
    """A name without white space, quotes, lead-ins (由, 以及) and tails (等部门).

    >>> trim("由 市商务 局 等部门")
    '市商务局'
    """
    name = _NOTE.sub("", bare(printed))
    previous = ""
    while name != previous:
        previous = name
        name = patterns()["lead_in"].sub("", name)
        name = patterns()["tail"].sub("", name)
        name = name.strip("、，,；;。:： ")
    return name


@lru_cache(maxsize=1 << 14)
def no_name(name: str) -> bool:
    """Whether words belong to a clause rather than to a name."""
    return patterns()["never"].search(name) is not None and not _TASK_FORCE.search(name)


@lru_cache(maxsize=1 << 14)
def unit_like(words_: str) -> bool:
    """Whether words end as the name of a unit does, or name a kind of units."""
    return bool(patterns()["ends"].fullmatch(words_)) or kind_of_units(words_)


@lru_cache(maxsize=1 << 14)
def kind_of_units(words_: str) -> bool:
    """Whether words name a kind of units (有关部门) rather than one."""
    return bool(patterns()["collective"].fullmatch(words_))
