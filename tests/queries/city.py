"""Three sheets about an invented port city, built in code: a plan, its explanation, a casebook."""

from __future__ import annotations

from guanlian.graph.quads import quads
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
from guanlian.ontology.terms import iri

CUSTOMS, OFFICE, COMMERCE, HARBOUR = "静海海关", "静海市人民政府口岸办公室", "静海市商务局", "静海港务集团"
LED = Evidence(100, 121, "（静海海关牵头，市口岸办、市商务局参与）")
SHARED = Evidence(250, 268, "（市口岸办、静海海关按职责分工负责）")


def plan() -> FactSheet:
    """Four measures: led, shared, without a clause, with a clause nobody understood."""
    title = "静海市口岸办关于印发《静海市便利通关若干措施》的通知"
    based = ("国发〔2018〕37号", "粤府函〔2019〕1号")
    info = (
        "jinghai-plan",
        "plan.txt",
        "0" * 64,
        title,
        "静府口〔2020〕1号",
        OFFICE,
        "2020-03-05",
        "plan",
        based,
        "静海市",
    )
    return FactSheet(
        DocumentInfo(*info),
        (
            Provision("1", "", "measure", "一", "推行提前申报", "一、通关", 10, 200, "stated"),
            Provision("2", "", "measure", "二", "优化码头作业", "一、通关", 200, 300, "stated"),
            Provision("10", "", "measure", "十", "公开收费", "二、服务", 300, 400, "absent"),
            Provision("11", "", "measure", "十一", "加强协作", "二、服务", 400, 450, "unread"),
        ),
        (
            Responsibility("1", CUSTOMS, "lead", "stated", "", CUSTOMS, LED),
            Responsibility("1", OFFICE, "participant", "stated", "", "市口岸办", LED),
            Responsibility("1", COMMERCE, "participant", "stated", "", "市商务局", LED),
            Responsibility("2", OFFICE, "joint", "stated", "", "市口岸办", SHARED),
            Responsibility("2", CUSTOMS, "joint", "stated", "", CUSTOMS, SHARED),
            Responsibility("2", COMMERCE, "participant", "group", "各成员单位", "各成员单位", SHARED, ("above", "role")),
            Responsibility("10", OFFICE, "joint", "issuer", "", "", Evidence(0, 6, "静海市口岸办")),
        ),
        (
            AgencyName(CUSTOMS, CUSTOMS, "printed in full", False),
            AgencyName(OFFICE, "市口岸办", "short form in a jurisdiction", False),
            AgencyName(COMMERCE, "市商务局", "jurisdiction", True),
        ),
        (
            Group(
                "各成员单位",
                OFFICE,
                (Member(OFFICE, "组长"), Member(COMMERCE, "成员"), Member(CUSTOMS, "")),
                Evidence(500, 505, "各成员单位"),
            ),
        ),
        (
            ModeMention("1", "提前申报", "promotes", Evidence(20, 24, "提前申报")),
            ModeMention("2", "两步申报", "uses", Evidence(210, 214, "两步申报")),
        ),
        (Stacking("1", "提前申报", "两步申报", Evidence(30, 44, "“提前申报”叠加“两步申报”")),),
        (ModeDefinition("1", "提前申报", Evidence(50, 57, "货到之前先报关")),),
        (PortMention("2", "静海港", "sea", Evidence(220, 223, "静海港")),),
        (
            PlatformMention("2", "单一窗口", Evidence(230, 234, "单一窗口")),
            PlatformMention("", "单一窗口", Evidence(5, 9, "单一窗口")),
        ),
        (
            figure("1", "planned", "通关时间", 33.3, "%", kind="change", direction="down", bound=">=", baseline="2017",
                   deadline="2020-12-31", at=Evidence(140, 151, "2020年底前压三分之一")),
            figure("2", "reported", "集装箱量", 16.850000000000001, "标箱", flow="export", value_to=20.0, from_value=10.5,
                   baseline="yoy", period=("2020-01", "2020-10"), at=Evidence(260, 269, "16.85标箱")),
            figure("2", "reported", "集装箱量", 16.85, "标箱", flow="import", baseline="yoy", doubts=("period", "baseline"),
                   period=("2020-01", "2020-10"), at=Evidence(260, 269, "16.85标箱")),
        ),
        (Unread("11", "clause", Evidence(440, 447, "（各方一起办）")),),
    )  # fmt: skip


def explanation() -> FactSheet:
    """One item explains the plan's first measure, cited in the other script; one explains a paper not loaded."""
    title = "静海市便利通关若干措施政策解读"
    info = (
        "jinghai-explained",
        "explained.txt",
        "1" * 64,
        title,
        "",
        "某网站",
        "2020-04",
        "interpretation",
        (),
        "静海市",
    )
    return FactSheet(
        DocumentInfo(*info),
        (
            Provision(
                "1", "", "interpretation", "1", "什么是提前申报", "", 0, 40, "", "《静海市便利通關若干措施》", "1"
            ),
            Provision("2", "", "interpretation", "2", "什么是联网", "", 40, 80, "", "静海市联网办法", "7"),
        ),
        definitions=(ModeDefinition("1", "提前申报", Evidence(3, 9, "船到之前申报")),),
    )


def casebook() -> FactSheet:
    """One case with a practice, a doer and its partner."""
    info = ("jinghai-cases", "cases.txt", "2" * 64, "静海口岸案例汇编", "", OFFICE, "2021", "casebook", (), "静海市")
    partner = Responsibility("5", HARBOUR, "partner", "stated", "", HARBOUR, Evidence(14, 20, HARBOUR))
    return FactSheet(
        DocumentInfo(*info),
        (
            Provision("5", "", "case", "案例五", "“先放后检”", "", 0, 300, "stated"),
            Provision("5.1", "5", "practice", "一是", "简化作业", "", 50, 100, "absent"),
        ),
        (Responsibility("5", CUSTOMS, "implementer", "stated", "", CUSTOMS, Evidence(8, 12, CUSTOMS)), partner),
        modes=(ModeMention("5.1", "两步申报", "uses", Evidence(60, 64, "两步申报")),),
        ports=(PortMention("5.1", "静海港", "sea", Evidence(70, 73, "静海港")),),
        figures=(
            figure(
                "5",
                "reported",
                "通关时间",
                4,
                "小时",
                bound="<=",
                from_value=24,
                at=Evidence(200, 211, "由24小时压缩至4小时"),
            ),
        ),
    )


def figure(
    measure: str, status: str, indicator: str, value: float, unit: str, *, at: Evidence, kind: str = "level",
    flow: str = "", direction: str = "", bound: str = "", baseline: str = "", value_to: float | None = None,
    from_value: float | None = None, period: tuple[str, str] = ("", ""), deadline: str = "", doubts: tuple[str, ...] = (),
) -> Figure:  # fmt: skip
    """A figure of which only what matters need be said."""
    return Figure(
        measure, "effect", status, indicator, flow, kind, value, value_to, unit, direction, bound, baseline,
        from_value, None, *period, deadline, at, doubts,
    )  # fmt: skip


def sheets() -> tuple[FactSheet, ...]:
    """All three."""
    return plan(), explanation(), casebook()


def graphs() -> dict[str, str]:
    """Graph IRI → N-Quads of all three."""
    return {iri("document", sheet.document.key): quads(sheet) for sheet in sheets()}
