"""Who does what a case tells: labels, brackets, chapters, and the units that its parts name as acting."""

from __future__ import annotations

import pytest

from guanlian.loaders.reader import read

SECOND = "案例二 粮食直取\n【做法】船到即卸。\n【成效】快2天。\n"


def owners(case: str, title: str = "案例一 水果快检") -> set[tuple[str, str, str]]:
    printed = f"温州市口岸改革创新案例汇编\n温州市人民政府口岸办公室\n{title}\n{case}\n{SECOND}"
    found = read(printed.encode(), "cases.txt").responsibilities
    return {(r.measure, r.agency, r.role) for r in found if r.basis == "stated"}


@pytest.mark.parametrize(
    ("name", "case", "expected"),
    [
        ("who submits it", "申报单位：温州海关\n【做法】细。\n【成效】快。", {("1", "温州海关", "implementer")}),
        ("who leads, who takes part", "牵头单位：温州海关  配合单位：温州海事局\n【做法】细。\n【成效】快。", {("1", "温州海关", "lead"), ("1", "温州海事局", "participant")}),
        ("labels in brackets", "【牵头部门】温州海关 【参与部门】温州海事局、温州市商务局\n【做法】细。\n【成效】快。", {("1", "温州海关", "lead"), ("1", "温州海事局", "participant"), ("1", "温州市商务局", "participant")}),
        ("who answers, told by signs", "责任单位：温州海关（牵头）、温州海事局\n【做法】温州市商务局设立专窗。\n【成效】快。", {("1", "温州海关", "lead"), ("1", "温州海事局", "participant")}),
        ("a company may submit one", "【报送单位】温州港集团有限公司\n【做法】细。\n【成效】快。", {("1", "温州港集团有限公司", "implementer")}),
        ("who recommends it does nothing", "推荐单位：温州市商务局\n【做法】细。\n【成效】快。", set()),
        ("a label outweighs what is told", "实施单位：温州海关\n【背景】温州市商务局开展调研。\n【做法】细。\n【成效】快。", {("1", "温州海关", "implementer")}),
        ("who is told to act", "【背景】温州海关针对堵点先行先试。\n【做法】细。\n【成效】快。", {("1", "温州海关", "implementer")}),
        ("the lower unit, not its superior", "【背景】杭州海关所属温州海关先行先试。\n【做法】细。\n【成效】快。", {("1", "温州海关", "implementer")}),
        ("a list of units", "【背景】温州海关、温州海事局和温州市商务局联合攻关。\n【做法】细。\n【成效】快。", {("1", u, "implementer") for u in ("温州海关", "温州海事局", "温州市商务局")}),
        ("a company in the list is a partner", "【背景】温州海关、温州港集团有限公司联合攻关。\n【做法】细。\n【成效】快。", {("1", "温州海关", "implementer"), ("1", "温州港集团有限公司", "partner")}),
        ("whom one acts with is a partner", "【背景】温州海关会同温州市商务局、温州海事局推出改革。\n【做法】细。\n【成效】快。", {("1", "温州海关", "implementer"), ("1", "温州市商务局", "partner"), ("1", "温州海事局", "partner")}),
        ("who gains acts not", "【背景】企业向温州海关申报，手续繁。\n【做法】细。\n【成效】温州海关辖区企业受益。", set()),
        ("results count last", "【做法】（一）甲。温州海事局设立专窗。\n（二）乙。细。\n【成效】温州海关验放5批。", {("1", "温州海事局", "implementer"), ("1.1", "温州海事局", "implementer")}),
        ("a practice has doers of its own", "【背景】温州海关先行先试。\n【做法】（一）甲。温州海事局设立专窗。\n（二）乙。温州海关设立专线。\n【成效】快。", {("1", "温州海关", "implementer"), ("1.1", "温州海事局", "implementer")}),
        ("a company that builds is a partner", "【背景】温州海关先行先试。\n【做法】（一）甲。温州港集团有限公司投资建设查验库。\n（二）乙。细。\n【成效】快。", {("1", "温州海关", "implementer"), ("1", "温州港集团有限公司", "partner")}),
        ("the customs of another region is a partner", "【背景】慢。\n【做法】（一）甲。温州海关、上海海关联合实施。\n（二）乙。细。\n【成效】快。", {("1", "温州海关", "implementer"), ("1.1", "温州海关", "implementer"), ("1", "上海海关", "partner")}),
        ("who helps the customs is a partner", "【背景】温州海关先行先试。\n【做法】（一）甲。温州市商务局协助海关核实产能。\n（二）乙。细。\n【成效】快。", {("1", "温州海关", "implementer"), ("1", "温州市商务局", "partner")}),
        ("whom a firm has to deal with is no partner", "【背景】温州海关先行先试，以往企业要与温州港集团有限公司、船公司共同签单。\n【做法】细。\n【成效】快。", {("1", "温州海关", "implementer")}),
        ("departments named in short", "【背景】温州海关先行先试。\n【做法】会同海事、边检对船舶联合登临。\n【成效】快。", {("1", "温州海关", "implementer"), ("1", "海事部门", "partner"), ("1", "边检部门", "partner")}),
        ("a customs house named after a district", "【做法】瓯海海关开设专窗。\n【成效】快。", {("1", "瓯海海关", "implementer")}),
        ("an office that leads does it, those it acts with are partners", "【背景】慢。\n【做法】温州市口岸办牵头，联合温州海关、温州海事局和温州港集团有限公司成立专班。\n【成效】快。", {("1", "温州市人民政府口岸办公室", "implementer"), ("1", "温州海关", "partner"), ("1", "温州海事局", "partner"), ("1", "温州港集团有限公司", "partner")}),
        ("and so are those behind it", "【背景】由温州市口岸办牵头，温州海关、温州海事局共同推进。\n【做法】细。\n【成效】快。", {("1", "温州市人民政府口岸办公室", "implementer"), ("1", "温州海关", "partner"), ("1", "温州海事局", "partner")}),
        ("whom one moves to act is a partner", "【背景】温州海关先行先试。\n【做法】协调温州港集团有限公司预留舱位。\n【成效】快。", {("1", "温州海关", "implementer"), ("1", "温州港集团有限公司", "partner")}),
        ("a name that begins like a word for with", "【做法】同江海关试点新规。\n【成效】快。", {("1", "同江海关", "implementer")}),
        ("whom a system is joined with does not act", "【做法】（一）甲。平台与温州海关、温州市税务局对接数据。\n（二）乙。温州海事局设立专窗。\n【成效】快。", {("1", "温州海事局", "implementer"), ("1.2", "温州海事局", "implementer"), ("1", "温州海关", "partner"), ("1", "国家税务总局温州市税务局", "partner")}),
        ("a customs house no file knows", "【做法】（一）甲。青石岭海关对基地实施监管。\n（二）乙。细。\n【成效】青石岭海关验放5批。", {("1", "青石岭海关", "implementer"), ("1.1", "青石岭海关", "implementer")}),
        ("a company that carries a case out", "【背景】示范工程由温州港集团有限公司联合温州陆港有限公司实施。\n【做法】细。\n【成效】快。", {("1", "温州港集团有限公司", "implementer"), ("1", "温州陆港有限公司", "partner")}),
        ("the central bank is no company", "【做法】（一）甲。人民银行温州市中心支行指导银行搭建平台。\n（二）乙。细。\n【成效】快。", {("1", "中国人民银行温州市中心支行", "implementer"), ("1.1", "中国人民银行温州市中心支行", "implementer")}),
    ],
    ids=lambda v: v if isinstance(v, str) and "【" not in v else "",
)  # fmt: skip
def test_doers_of_a_case(name: str, case: str, expected: set[tuple[str, str, str]]) -> None:
    assert owners(case) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("案例一 水果快检（温州海关）", {("1", "温州海关", "implementer")}),
        ("案例一 水果快检（温州海关、温州市蓝湾街区经营中心）", {("1", "温州海关", "implementer"), ("1", "温州市蓝湾街区经营中心", "implementer")}),
        ("案例一 水果快检（温州市商务局（口岸办）、温州海关）", {("1", "温州市商务局", "implementer"), ("1", "温州海关", "implementer")}),
        ("案例一 水果快检（试行）", set()),
        ("案例一 水果快检（宁波片区）", {("1", "宁波片区", "implementer")}),
        ("案例一 温州海关推行水果快检", {("1", "温州海关", "implementer")}),
        ("一、温州海关\n案例一 水果快检", {("1", "温州海关", "implementer"), ("2", "温州海关", "implementer")}),
        ("一、提速类\n案例一 水果快检", set()),
    ],
)
def test_doers_named_by_title_or_chapter(title: str, expected: set[tuple[str, str, str]]) -> None:
    assert owners("【做法】细。\n【成效】快。", title) == expected


def test_another_system_does_a_case_of_the_customs_only_where_no_customs_does() -> None:
    printed = "温州海关改革创新案例\n案例一 水果快检\n【做法】温州市商务局设立专窗。\n【成效】快。\n案例二 粮食直取\n【做法】（一）甲。温州海关设立专线。\n（二）乙。温州市商务局开展宣讲。\n【成效】快。"
    found = {(r.measure, r.agency, r.role) for r in read(printed.encode(), "cases.txt").responsibilities}
    assert found >= {("1", "温州市商务局", "implementer"), ("2", "温州海关", "implementer"), ("2", "温州市商务局", "partner")}
    assert ("2.2", "温州市商务局", "implementer") not in found


@pytest.mark.parametrize(
    "unit",
    [
        "温州海关", "海关总署", "上海海关驻浦东机场办事处", "温州海事局", "温州边检站", "温州出入境边防检查站", "国家税务总局温州市税务局",
        "温州市商务局", "温州市发展改革委", "温州市口岸办", "浙江省商务厅", "温州市人民政府", "温州市中级人民法院", "温州综合保税区管委会",
        "温州市行政审批中心", "温州市研究院",
    ],
)  # fmt: skip
def test_a_unit_of_every_form_is_told(unit: str) -> None:
    printed = f"温州市口岸改革创新案例汇编\n温州市人民政府口岸办公室\n案例一 水果快检\n【背景】{unit}先行先试。\n【做法】细。\n【成效】快。\n{SECOND}"
    found = read(printed.encode(), "cases.txt").responsibilities
    assert [(r.measure, r.mention, r.role) for r in found if r.basis == "stated"] == [("1", unit, "implementer")]
