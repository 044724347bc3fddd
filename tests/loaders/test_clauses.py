"""Every rule of the clause grammar, on words of our own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from guanlian.loaders import clauses
from guanlian.loaders.clauses.roles import Clause
from guanlian.loaders.folding import fold
from guanlian.loaders.names import Resolver
from guanlian.loaders.names.seats import seat_of
from guanlian.loaders.reader import read

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "clauses.yaml").read_text(encoding="utf-8"))
NANJING = Resolver(seat_of("南京市"), "南京市人民政府办公厅")


def found(text: str) -> list[Clause]:
    return clauses.find(fold(text), 0, len(text), NANJING)


@pytest.mark.parametrize("case", CASES, ids=[c["rule"] for c in CASES])
def test_clause(case: dict[str, Any]) -> None:
    read = found(case["text"])
    assert [f"{o.role} {o.unit.canonical}" for c in read for o in c.owners] == case["owners"]
    assert [p.words for c in read for p in c.unread] == case.get("unread", [])
    assert any(c.none for c in read) == case.get("none", False)


def test_the_first_of_a_list_leads_where_the_paper_says_so() -> None:
    text = "（市教育局、市公安局、市民政局）"
    read = clauses.find(text, 0, len(text), NANJING, first=True)
    assert [o.role for o in read[0].owners] == ["lead", "participant", "participant"]


@pytest.mark.parametrize(
    ("seat", "issuer", "text", "owners"),
    [
        ("", "国务院", "（各省、自治区、直辖市人民政府，财政部负责）", ["joint 各省、自治区、直辖市人民政府", "joint 财政部"]),
        ("", "交通运输部", "（铁路局、民航局、部运输服务司负责）", ["joint 国家铁路局", "joint 中国民用航空局", "joint 交通运输部运输服务司"]),
        ("", "民政部办公厅", "（养老服务司牵头，国家税务总局配合）", ["lead 民政部养老服务司", "participant 国家税务总局"]),
        ("新疆维吾尔自治区", "", "（喀什地区、和田地区行署负责）", ["joint 喀什地区行政公署", "joint 和田地区行政公署"]),
        ("新疆维吾尔自治区", "", "（各地（州、市）人民政府、行政公署落实）", ["lead 各地（州、市）人民政府、行政公署"]),
        ("内蒙古自治区", "", "（自治区农牧厅牵头，各盟行政公署、市人民政府配合）", ["lead 内蒙古自治区农牧厅", "participant 各盟行政公署、市人民政府"]),
        ("云南省", "", "（大理市、景洪市人民政府负责）", ["joint 大理市人民政府", "joint 景洪市人民政府"]),
        ("云南省", "", "（各边境州（市）、县人民政府负责）", ["lead 各边境州（市）、县人民政府"]),
        ("安徽省", "", "（黄山市徽州区、歙县、黟县人民政府）", ["joint 黄山市徽州区人民政府", "joint 歙县人民政府", "joint 黟县人民政府"]),
        ("重庆市", "", "（两江新区、万州区人民政府负责）", ["joint 重庆两江新区管理委员会", "joint 重庆市万州区人民政府"]),
        ("荆州市", "", "（荆州区、沙市区、江陵县政府，市教育局）", ["joint 荆州市荆州区人民政府", "joint 荆州市沙市区人民政府", "joint 江陵县人民政府", "joint 荆州市教育局"]),
        ("雷山县", "", "（责任单位：县教育局、望丰乡、西江镇）", ["joint 雷山县教育局", "joint 雷山县望丰乡人民政府", "joint 雷山县西江镇人民政府"]),
        ("内蒙古自治区", "", "（自治区农牧厅牵头，有关盟行政公署、市人民政府配合）", ["lead 内蒙古自治区农牧厅", "participant 有关盟行政公署、市人民政府"]),
        ("浙江省", "", "（省财政厅和试点地区等，省制造业发展〔数字经济〕领导小组成员单位按职责分工负责）", ["joint 浙江省财政厅", "joint 试点地区", "joint 省制造业发展〔数字经济〕领导小组成员单位"]),
        # a zone stands for the committee that runs it
        ("赣州市", "", "（赣州经开区、蓉江新区、综保区、各园区）", ["joint 赣州经济技术开发区管理委员会", "joint 赣州蓉江新区管理委员会", "joint 赣州综合保税区管理委员会", "joint 各园区"]),
        ("岳阳市", "", "（市教育局牵头，屈原管理区、南湖新区管委会参与）", ["lead 岳阳市教育局", "participant 岳阳屈原管理区管理委员会", "participant 岳阳南湖新区管理委员会"]),
        ("安吉县", "", "（安吉经济开发区负责）", ["lead 安吉经济开发区管理委员会"]),
        ("佛山市", "", "（市教育局牵头，各电信运营商、各援藏工作队参与）", ["lead 佛山市教育局", "participant 各电信运营商", "participant 各援藏工作队"]),
        ("宁夏回族自治区", "", "（自治区党委网信办牵头，自治区党委编办参与）", ["lead 中共宁夏回族自治区委员会网络安全和信息化委员会办公室", "participant 中共宁夏回族自治区委员会机构编制委员会办公室"]),
        ("昆山市", "", "（市教育局牵头，各区镇配合）", ["lead 昆山市教育局", "participant 各区镇"]),
        ("无锡市", "", "（市教育局，各市（县）区政府、无锡经开区管委会）", ["joint 无锡市教育局", "joint 各市（县）区政府", "joint 无锡经济技术开发区管理委员会"]),
    ],
)  # fmt: skip
def test_a_clause_in_the_paper_of_another_seat(seat: str, issuer: str, text: str, owners: list[str]) -> None:
    (clause,) = clauses.find(text, 0, len(text), Resolver(seat_of(seat), issuer))
    assert [f"{o.role} {o.unit.canonical}" for o in clause.owners] == owners
    assert not clause.unread


@pytest.mark.parametrize("seat", ["广西壮族自治区", "江苏省", "南京市"])
def test_a_town_of_nowhere_is_no_government_but_stays_in_sight(seat: str) -> None:
    text = "（责任单位：商务局、梅花镇）"
    (clause,) = clauses.find(text, 0, len(text), Resolver(seat_of(seat)))
    assert len(clause.owners) == 1 and [piece.words for piece in clause.unread] == ["梅花镇"]


@pytest.mark.parametrize(
    ("seat", "words", "government"),
    [
        ("江苏省", "徐州市", "徐州市人民政府"),
        ("江苏省", "泗洪县", "泗洪县人民政府"),
        ("江苏省", "徐州市云龙区", "徐州市云龙区人民政府"),
        ("南京市", "玄武区", "南京市玄武区人民政府"),
        ("内蒙古自治区", "兴安盟", "兴安盟行政公署"),
        ("内蒙古自治区", "扎鲁特旗", "扎鲁特旗人民政府"),
    ],
)
def test_a_place_whose_government_is_said_later_for_all(seat: str, words: str, government: str) -> None:
    text = f"（教育部牵头，{words}、泗阳县人民政府参与）"
    (clause,) = clauses.find(text, 0, len(text), Resolver(seat_of(seat)))
    assert [o.unit.canonical for o in clause.owners] == ["教育部", government, "泗阳县人民政府"]


@pytest.mark.parametrize(
    "words",
    ["中心城区", "主城区", "库区", "景区", "社区", "小区", "校区", "林区", "牧区", "矿区", "辖区", "全市", "我市", "本市", "城市", "县级市", "设区市", "试点县", "示范县", "贫困县", "有关区", "其他区", "自治区", "超市", "园区", "产业园区", "工业园区"],
)
def test_a_kind_of_place_has_no_government(words: str) -> None:
    text = f"（教育部牵头，{words}、泗阳县人民政府参与）"
    for clause in clauses.find(text, 0, len(text), Resolver(seat_of("江苏省"))):
        assert not [o for o in clause.owners if words in o.unit.canonical and not o.unit.collective]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("责任单位中列第一位的为牵头单位，下同", True),
        ("各项任务列为首位的责任单位为牵头单位，其余为参与单位", True),
        ("责任单位中，第一家为牵头单位", True),
        ("首个责任单位为牵头单位", True),
        ("各责任单位中牵头单位列首位，其他为配合单位", True),
        ("市教育局为牵头单位，其余为配合单位", False),
        ("1.甲。（市教育局、市财政局，列第一位的为牵头单位，下同）", True),
        ("1.甲。（市教育局、市财政局〔排在首位的为牵头单位，下同〕、市公安局）", True),
        ("制定本方案。（各项任务责任单位中，排在首位的为牵头单位，其余为配合单位。）\n1.甲。（市教育局、市财政局）", True),
        ("（下列任务责任单位列第一位的为牵头单位；各项任务均需各区落实，不再列出）\n1.甲。（市教育局、市财政局）", True),
        ("1.甲。（市教育局、市财政局，列第一位的为牵头单位）", False),
        ("1.甲。（市教育局、市财政局）", False),
        ("牵头单位负责统筹", False),
        ("营商环境评价排名第一位", False),
    ],
)
def test_where_a_paper_says_that_the_first_leads(text: str, known: bool) -> None:
    assert (clauses.first_leads(text) is not None) is known


FIRST = "泰州市人民政府关于印发某方案的通知\n\n{ahead}1.甲事。细。（市教育局、市财政局）\n2.乙事。细。（市公安局、市司法局{here}）\n3.丙事。细。（市水务局、市体育局）\n4.丁事。细。（市民政局、市商务局按职责分工负责）"


@pytest.mark.parametrize(
    ("ahead", "here", "led"),
    [
        ("各项任务责任单位列第一位的为牵头单位。\n", "", ["1", "2", "3", "4"]),
        ("", "，列第一位的为牵头单位，下同", ["2", "3", "4"]),
        ("", "，列第一位的为牵头单位，以下同", ["2", "3", "4"]),
        ("", "〔列第一位的为牵头单位，下同〕", ["2", "3", "4"]),
        ("", "，列第一位的为牵头单位", ["2"]),
        ("", "，列第一位者牵头", ["2"]),
        ("", "〔列第一位的为牵头单位〕", ["2"]),
        ("", "", []),
    ],
)
def test_such_a_rule_holds_from_where_it_is_said(ahead: str, here: str, led: list[str]) -> None:
    found = read(FIRST.format(ahead=ahead, here=here).encode(), "a.txt")
    assert [r.measure for r in found.responsibilities if r.role == "lead"] == led
    assert len(found.responsibilities) == 8 and not found.unread


def test_such_a_rule_in_a_note_below_holds_for_all() -> None:
    found = read((FIRST.format(ahead="", here="") + "\n\n注：责任单位列第一位的为牵头单位。").encode(), "a.txt")
    assert [r.measure for r in found.responsibilities if r.role == "lead"] == ["1", "2", "3", "4"]
    found = read((FIRST.format(ahead="", here="") + "\n\n各责任单位（排在第一位的为牵头单位）要压实责任。").encode(), "a.txt")
    assert {r.measure for r in found.responsibilities if r.role == "lead"} == {"1", "2", "3", "4"}
    table = "泰州市任务分工表\n序号\t任务\t责任单位\n1\t甲\t市教育局、市财政局\n2\t乙\t市公安局、市司法局\n注：责任单位中排在第一位的为牵头单位。"
    assert [r.role for r in read(table.encode(), "a.txt").responsibilities] == ["lead", "participant"] * 2


@pytest.mark.parametrize(
    ("text", "unread"),
    [("做好衔接。（市教育局、某某小伙伴、市财政局）", ["某某小伙伴"]), ("做好衔接。（市教育局牵头，某某小伙伴配合）", ["某某小伙伴"])],
)
def test_one_name_not_understood_loses_none_of_the_others_and_is_reported(text: str, unread: list[str]) -> None:
    (clause,) = found(text)
    assert clause.owners and [p.words for p in clause.unread] == unread


UNITS = ["市教育局", "市公安局", "市民政局", "南京海关", "省财政厅", "各区人民政府", "市委宣传部", "江苏海事局"]


@given(st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True), st.lists(st.sampled_from(UNITS), max_size=4, unique=True))
def test_written_and_read_back(leads: list[str], helpers: list[str]) -> None:
    helpers = [h for h in helpers if h not in leads]
    text = f"（{'、'.join(leads)}牵头{('，' + '、'.join(helpers) + '参与') if helpers else ''}）"
    (clause,) = found(text)
    assert [o.role for o in clause.owners] == ["lead"] * len(leads) + ["participant"] * len(helpers)
    assert [text[o.piece.start : o.piece.end] for o in clause.owners] == leads + helpers
    assert not clause.unread


@settings(max_examples=300)
@given(st.text(alphabet="（）()〔〕、，；：。市省局委办牵头配合负责参与责任单位海关各等由会同 \n20年", max_size=80))
def test_nothing_makes_it_raise_or_point_outside(text: str) -> None:
    for clause in found(text):
        assert 0 <= clause.start < clause.end <= len(text)
        for piece in [*(o.piece for o in clause.owners), *clause.unread]:
            assert clause.start <= piece.start < piece.end <= clause.end


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("房屋工地由市城乡建设委负责，公路工地由市交通运输局负责。", ["lead 南京市城乡建设委员会", "lead 南京市交通运输局"]),
        ("检查由市教育局、市公安局分别负责。", ["joint 南京市教育局", "joint 南京市公安局"]),
        ("具体由市教育局牵头推进。", ["lead 南京市教育局"]),
        ("项目由企业自主负责。", []),
        ("实行由法定代表人负责制。", []),
        ("关于完善课程的问题，由市教育局会同市体育局、市财政局等部门研究提出落实意见。", ["lead 南京市教育局", "participant 南京市体育局", "participant 南京市财政局"]),
        ("关于完善课程的问题，由市教育局会同市体育局等部门负责落实。", ["lead 南京市教育局", "participant 南京市体育局"]),
        ("由南京海关会同市商务局与苏州海关、扬州海关加强联系。", ["lead 南京海关", "participant 南京市商务局"]),
        ("关于场地不足的问题，由市体育局研究提出落实意见。", ["lead 南京市体育局"]),
        ("收费标准由市教育局公布。", []),
        ("由企业会同有关机构自行检测。", []),
        ("市教育局负责课程设置。", ["lead 南京市教育局"]),
        ("市教育局、市体育局负责课程设置；市财政局负责经费保障。", ["joint 南京市教育局", "joint 南京市体育局", "lead 南京市财政局"]),
        ("市公安局、市财政局协同市教育局负责校园周边的秩序。", ["participant 南京市公安局", "participant 南京市财政局", "lead 南京市教育局"]),
        ("市教育局：负责课程设置。", ["lead 南京市教育局"]),
        ("市教育局负责人要亲自过问。", []),
        ("某某小伙伴负责场地。", []),
        ("改善场地。市教育局负责课程设置。", []),
        ("市教育局为本项工作的牵头责任单位，负责拟定方案。市体育局、市财政局为协办单位，要互相配合。", ["lead 南京市教育局", "participant 南京市体育局", "participant 南京市财政局"]),
        ("列第一位的为牵头单位。", []),
        ("完善课程，由市教育局牵头制定，市体育局、市财政局配合。", ["lead 南京市教育局", "participant 南京市体育局", "participant 南京市财政局"]),
        ("完善课程。由市教育局牵头，会同市体育局制定方案，分步实施。", ["lead 南京市教育局", "participant 南京市体育局"]),
        ("完善课程，请市教育局牵头会同市体育局抓好落实。", ["lead 南京市教育局", "participant 南京市体育局"]),
        ("完善课程，市教育局牵头，市体育局按职责分工负责，分步实施。", ["lead 南京市教育局", "participant 南京市体育局"]),
        ("完善课程，由市教育局牵头，加强与有关学校配合。", ["lead 南京市教育局"]),
        ("本市教育局牵头单位名录另行公布。", []),
        ("由市政府统一组织，各部门配合。", []),
        ("市教育局：负责课程设置。市体育局配合。", ["lead 南京市教育局", "participant 南京市体育局"]),
        ("建立由市教育局牵头、市体育局等部门参与的联席会议制度。", []),
        ("健全市教育局牵头、各部门配合的工作机制。", []),
        ("对由市教育局负责审批的项目，压缩时限。", []),
        ("取消由市教育局承担的审批事项。", []),
    ],
)
def test_who_is_charged_in_the_running_words_of_an_item(text: str, owners: list[str]) -> None:
    found = clauses.find(text, 0, len(text), NANJING, in_prose=True)
    assert [f"{o.role} {o.unit.canonical}" for c in found for o in c.owners] == owners


DIVIDED = "泰州市人民政府办公室关于印发某分工的通知\n\n一、{heading}\n1.甲事。\n2.乙事。\n二、市体育局负责的事项（1项）\n3.丙事。\n"


@pytest.mark.parametrize(
    ("heading", "owners"),
    [
        ("市教育局牵头工作（2项）", ["lead 泰州市教育局"]),
        ("由市教育局牵头负责的重点任务", ["lead 泰州市教育局"]),
        ("市教育局、市财政局负责落实的工作", ["joint 泰州市教育局", "joint 泰州市财政局"]),
        ("牵头工作机制", []),
        ("教育工作", []),
    ],
)
def test_a_heading_names_who_answers_for_all_below_it(heading: str, owners: list[str]) -> None:
    found = read(DIVIDED.format(heading=heading).encode(), "a.txt")
    for measure in ("1", "2"):
        assert [f"{r.role} {r.agency}" for r in found.responsibilities if r.measure == measure and r.basis == "stated"] == owners
    assert [f"{r.role} {r.agency}" for r in found.responsibilities if r.measure == "3"] == ["lead 泰州市体育局"]
