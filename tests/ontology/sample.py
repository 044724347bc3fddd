"""A sheet about a made-up city that uses every kind of fact, so that every term of the vocabulary is written."""

from guanlian.loaders.facts import (
    AgencyName,
    DocumentInfo,
    Evidence,
    FactSheet,
    Figure,
    Group,
    Member,
    ModeDefinition,
    ModeMention,
    PlatformMention,
    PortMention,
    Provision,
    Responsibility,
    Stacking,
    Unread,
)

OFFICE = "临江市人民政府口岸办公室"
TEAM = "临江市通关便利化工作组"


def at(start: int, quote: str) -> Evidence:
    """Words and where they stand."""
    return Evidence(start, start + len(quote), quote)


def figure(start: int, status: str, **changes: object) -> Figure:
    """A figure with every field filled, but for the changes."""
    fields: dict[str, object] = {
        "measure": "2", "section": "effect", "status": status, "indicator": "通关时间", "flow": "import",
        "kind": "change", "value": 3.0, "value_to": 4.0, "unit": "小时", "direction": "down", "bound": "<=",
        "baseline": "before", "from_value": 8.0, "from_value_to": 9.0, "period_start": "2021-01",
        "period_end": "2021-10", "deadline": "", "evidence": at(start, "由8至9小时压缩3至4小时以内"),
        "doubts": ("period",),
    }  # fmt: skip
    return Figure(**{**fields, **changes})  # type: ignore[arg-type]


def sheet() -> FactSheet:
    """Facts of every kind; the graph made of them is sound."""
    provisions = (
        Provision("1", "", "measure", "1", "推广提前申报", "通关", 0, 90, "stated"),
        Provision("2", "", "case", "案例二", "两步申报提速", "通关", 100, 190, "absent"),
        Provision("2.1", "2", "practice", "一是", "先行放行", "通关", 110, 150, "unread"),
        Provision("3", "", "interpretation", "3", "关于提前申报", "", 200, 250, "", "临江市便利通关措施", "1"),
    )
    roles = ("lead", "participant", "joint", "implementer", "partner")
    stated = tuple(
        Responsibility("1", OFFICE, role, "stated", "", "市口岸办", at(10 + n, "市口岸办"))
        for n, role in enumerate(roles)
    )
    others = (
        Responsibility("1", "临江海关", "joint", "group", TEAM, "各成员单位", at(30, "各成员单位")),
        Responsibility("2", OFFICE, "lead", "issuer", "", "", at(100, "临江市口岸办")),
    )
    return FactSheet(
        DocumentInfo(
            "linjiang-2021", "linjiang.txt", "0" * 64, "临江市便利通关措施", "临府口〔2021〕1号", OFFICE, "2021-11-05",
            "measures", ("国办发〔2020〕1号",), "临江市",
        ),
        provisions,
        stated + others,
        (AgencyName(OFFICE, "市口岸办", "seat", False), AgencyName("临江海关", "临江海关", "form", True)),
        (Group(TEAM, OFFICE, (Member("临江海关", "成员"),), at(40, "工作组")),),
        (ModeMention("1", "提前申报", "promotes", at(50, "提前申报")),),
        (Stacking("1", "提前申报", "两步申报", at(60, "提前申报叠加两步申报")),),
        (ModeDefinition("1", "提前申报", at(70, "货物到港前即可申报")),),
        (PortMention("1", "临江港", "river", at(80, "临江港")),),
        (PlatformMention("1", "国际贸易单一窗口", at(85, "单一窗口")),),
        (
            figure(120, "reported"),
            figure(140, "planned", deadline="2022-12-31"),
            figure(160, "reported", kind="level", value=0.0, value_to=None, unit="", indicator="投诉"),
            figure(180, "planned", value=None, value_to=None, unit="", deadline="2022-06-30"),
        ),
        (Unread("2.1", "clause", at(145, "由有关方面负责")),),
    )  # fmt: skip
