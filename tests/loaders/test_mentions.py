"""Modes, ports and platforms in sentences of our own, about many cities."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanlian.loaders.mentions import Mentions, read
from guanlian.loaders.mentions.lexicon import bare, find, squeeze
from guanlian.loaders.repair import repair
from guanlian.loaders.text import Passage, Text


def parsed(words: str, kind: str = "measures", section: str = "body") -> Mentions:
    text = repair(words)
    return read(text, [Passage("1", section, 0, len(text.clean))], kind)


def stances(words: str, kind: str = "measures") -> dict[str, str]:
    return {row.mode: row.stance for row in parsed(words, kind).modes}


def names(words: str) -> list[str]:
    return [row.port for row in parsed(words).ports]


MODES = [
    ("在宁波舟山港推广“两步申报”“提前申报”。", {"两步申报": "promotes", "提前申报": "promotes"}),
    ("積極推進“兩步 申報”及匯總徵稅。", {"两步申报": "promotes", "汇总征税": "promotes"}),
    ("与传统转关模式相比，“船边直提”更省时。", {"转关": "mentions", "船边直提": "promotes"}),
    ("较运抵申报模式压缩两成。", {"运抵申报": "mentions"}),
    ("以“一车一证”模式替代“一马一证”模式。", {"一车一证": "uses", "一马一证": "mentions"}),
    ("不再采用汇总征税。", {"汇总征税": "mentions"}),
    ("由“转关”改为“一体化通关”。", {"转关": "mentions", "全国通关一体化": "promotes"}),
    ("随着两段准入改革的不断深入，企业受益。", {"两段准入": "mentions"}),
    ("按照顺势监管原则设置通道。", {"顺势监管": "uses"}),
    ("鼓励企业采用“先声明,后验证”。", {"先声明，后验证": "promotes"}),
    ("推进关税保证保险、企业集团财务公司、融资担保公司担保试点。",
     {"关税保证保险": "promotes", "企业集团财务公司担保": "promotes", "融资担保公司担保": "promotes"}),
    ("推广第三方检验结果采信。", {"第三方采信": "promotes"}),
    ("实施“船边直提”和“抵港直装”试点。", {"船边直提": "promotes", "抵港直装": "promotes"}),
    # everyday words of the trade are no modes by themselves
    ("航空公司恢复直航，直航航班增多，企业缴纳保证金，办理报关、转关手续。", {}),
    ("开展转关运输，推广“直装”，试点直提模式。", {"转关": "promotes", "抵港直装": "promotes", "船边直提": "promotes"}),
    ("鼓励养殖场提前申报出口计划。", {}),
    ("为企业提供“一站式”通关服务。", {}),
    ("车道实行“一站式”通关模式。", {"一站式通关": "uses"}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), MODES)
def test_modes_and_what_the_text_makes_of_them(words: str, expected: dict[str, str]) -> None:
    assert stances(words) == expected


def test_a_case_uses_what_a_plan_promotes() -> None:
    words = "青岛海关全面推广“先放后检”，引导企业选择“两步申报”。"
    assert stances(words, "plan") == {"先放后检": "promotes", "两步申报": "promotes"}
    assert stances(words, "casebook") == {"先放后检": "uses", "两步申报": "promotes"}


def test_the_strongest_stance_of_an_item_is_kept_once() -> None:
    (row,) = parsed("与提前申报相比耗时更长。天津海关应用提前申报，提前申报比例提高。", "casebook").modes
    assert (row.stance, row.evidence.start) == ("uses", 18)


STACKINGS = [
    ("推动“船边直提”叠加“提前申报”。", {("船边直提", "提前申报")}),
    ("在“两步申报”基础上叠加汇总征税、关税保证保险。", {("两步申报", "汇总征税"), ("两步申报", "关税保证保险")}),
    ("企业可叠加使用“两步申报”“汇总征税”。", {("两步申报", "汇总征税")}),
    ("将“提前申报”与“抵港直装”叠加运用。", {("提前申报", "抵港直装")}),
    ("叠加使用“提前申报”的报关单占“两步申报”报关单的六成。", {("提前申报", "两步申报")}),
    ("叠加自贸试验区政策与保税政策。", set()),
    ("推广“两步申报”。叠加税收优惠。", set()),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), STACKINGS)
def test_stacked_modes(words: str, expected: set[tuple[str, str]]) -> None:
    assert {(row.mode, row.with_mode) for row in parsed(words).stackings} == expected


DEFINITIONS = [
    ("“先期机检”是指海关在企业申报前先行机检。随后放行。", "measures", ["“先期机检”是指海关在企业申报前先行机检"]),
    ("“附条件提离”，即企业在检查完成前提离货物。", "notice", ["“附条件提离”，即企业在检查完成前提离货物"]),
    ("企业采用“汇总征税”模式后，可在次月集中缴税。", "interpretation", ["企业采用“汇总征税”模式后，可在次月集中缴税"]),
    ("“两段准入”模式下，货物可先行提离。", "interpretation", ["“两段准入”模式下，货物可先行提离"]),
    ("“两段准入”模式下，货物可先行提离。", "plan", []),
    ("推广“两步申报”模式，提升效率。", "interpretation", []),
    ("“提前申报”应用率达到六成。", "interpretation", []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "kind", "expected"), DEFINITIONS)
def test_what_a_text_says_a_mode_is(words: str, kind: str, expected: list[str]) -> None:
    assert [row.evidence.quote for row in parsed(words, kind).definitions] == expected


def test_a_practice_titled_by_a_mode_defines_it() -> None:
    words = "（一）两步申报。企业可先概要申报提离货物；其后补充完整申报。应用率升至三成。"
    assert [row.evidence.quote for row in parsed(words, "casebook", "practice").definitions] == [
        "企业可先概要申报提离货物；其后补充完整申报"
    ]


PORTS = [
    ("支持宁波舟山港与青岛港、大连港合作。", ["宁波舟山港", "青岛港", "大连港"]),
    ("加快霍尔果斯、阿拉山口口岸扩能改造。", ["霍尔果斯口岸", "阿拉山口口岸"]),
    ("经满洲里、二连浩特、霍尔果斯铁路口岸出入境。", ["满洲里铁路口岸", "二连浩特铁路口岸", "霍尔果斯铁路口岸"]),
    ("经珲春、丹东等口岸出境。", ["珲春口岸", "丹东口岸"]),
    ("在义乌国际邮件互换局、天津滨海机场增设专区。", ["义乌国际邮件互换局", "天津滨海国际机场"]),
    ("依托天津东疆综合保税区、重庆西永综保区和洋浦保税港区。", ["天津东疆综合保税区", "重庆西永综合保税区", "洋浦保税港区"]),
    ("珠海、中山、江门等港口码头参与。", ["珠海港", "中山港", "江门港"]),
    ("广州、深圳、珠海机场联动。", ["广州白云国际机场", "深圳机场", "珠海金湾机场"]),
    ("滿洲裏口岸客運恢復。", ["满洲里口岸"]),
    # by form alone: no file knows these
    ("货物从青石岭口岸进境。", ["青石岭口岸"]),
    ("从青石岭、满洲里口岸出境。", ["满洲里口岸"]),
    ("开行经重庆白石驿站出境的中欧班列。", ["重庆白石驿站"]),
    ("推进青岛董家口南作业港区建设。", ["青岛董家口南作业港区"]),
    # parts of ports, crossings of one place by their kinds, other works of ports
    ("推进烟台港西港区、北海港铁山港区和锦州港笔架山港区建设。", ["烟台港西港区", "铁山港", "锦州港笔架山港区"]),
    ("优化满洲里公路口岸、铁路口岸通关，扩大绥芬河公路、铁路口岸功能。", ["满洲里公路口岸", "满洲里铁路口岸", "绥芬河公路口岸", "绥芬河铁路口岸"]),
    ("建设黄骅港煤炭港区、散货港区，推进渔澫港区开放。", ["黄骅港煤炭港区", "黄骅港散货港区", "渔澫港区"]),
    ("在金塘港区大浦口集装箱码头试点，推进海润码头智能化改造。", ["金塘港区大浦口集装箱码头", "海润码头"]),
    ("加快白浪港区、黑石港区查验设施建设，加密常熟集装箱码头支线。", ["白浪港区", "黑石港区", "常熟集装箱码头"]),
    ("支持首次进口药品和生物制品口岸建设，将产品纳入综合保税区目录，推进西安陆港型枢纽。", []),
    ("扩建凭祥进境水果指定监管场地，申报进境粮食指定监管场地。", ["凭祥进境水果指定监管场地"]),
    ("支持漳浦保税物流中心（B型）和龙邦互市点发展。", ["漳浦保税物流中心（B型）", "龙邦互市点"]),
    ("加快石井港建设，推进菊江作业区、云山作业区码头建设。", ["石井港", "菊江作业区", "云山作业区"]),
    ("做法已推广至大连、烟台等港口，与俄方马哈林诺口岸建立联系。", ["大连港", "烟台港", "马哈林诺口岸"]),
    ("开放青石锚地、查验锚地，改造危险品作业区。", ["青石锚地"]),
    ("争取申建水运口岸，依托“智行口岸”平台，发挥国际陆港作用。", []),
    # kinds of port, agencies, companies, places and other words
    ("提升各口岸、海运口岸、一线口岸效率，备用口岸、陆路口岸、内河港口和支线港同步推进。", []),
    ("皇岗海关、天津新港海关、罗湖出入境边防检查站协同，皇岗口岸办牵头。", []),
    ("盐田港集团、青岛港务局、深圳港口协会参与。", []),
    ("粤港澳大湾区、供港蔬菜、抵港货物、离港班轮，香港与连云港、张家港往来。", []),
    ("深圳口岸、广东口岸、全国口岸进出口增长。", []),
    ("货站、检查站、工作站、加油站同步升级，“一站式”办理。", []),
    ("打造国际枢纽港、世界一流强港，海港、空港、陆港联动。", []),
    ("公示口岸收费清单，督促口岸经营单位整改，滞留口岸时间缩短。", []),
    ("推广“第六港区”模式，在东疆片区、临海片区、钟楼街保税物流中心调研。", []),
    ("在综合保税区内开展业务，推动宁波、青岛发展。", []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), PORTS)
def test_ports_by_name_and_by_form(words: str, expected: list[str]) -> None:
    assert names(words) == expected


def test_a_list_shares_its_ending_and_each_port_its_words() -> None:
    rows = parsed("加快霍尔果斯、阿拉山口口岸扩能改造。").ports
    assert [(row.kind, row.evidence.quote) for row in rows] == [
        ("land", "霍尔果斯、阿拉山口口岸"),
        ("land", "阿拉山口口岸"),
    ]


PORT_KINDS = [
    ("建设遂宁港。", "river"),  # a place of a province without a coast
    ("货物到达鹿屿港。", "sea"),
    ("沿江开行驳船，停靠鹿屿港。", "river"),
    ("在扬州港江都港区作业。", "river"),  # the kind of the port it is part of
    ("在湛江港霞山港区作业。", "sea"),
    ("支持德阳国际铁路物流港集货。", "rail"),
    ("加快青岩机场航空口岸建设。", "air"),
]


@pytest.mark.parametrize(("words", "kind"), PORT_KINDS)
def test_the_kind_of_a_port_no_file_knows(words: str, kind: str) -> None:
    assert [row.kind for row in parsed(words).ports] == [kind]


PLATFORMS = [
    ("通过国际贸易“单一窗口”办理。", ["国际贸易单一窗口"]),
    ("“甬e通”APP和“鲁通关”小程序上线，关注微信公众号“港城通关”。", ["甬e通", "鲁通关", "港城通关"]),
    ("启用“丝路快线”监管服务平台。", ["丝路快线监管服务平台"]),
    ("开发口岸拥堵预警监测系统。", ["口岸拥堵预警监测系统"]),
    ("重庆航空物流公共服务平台投入运营。", ["重庆航空物流公共服务平台"]),
    ("搭建信息化平台，升级海关系统，利用一体化网上办事平台，建设“一站式”服务平台。", []),
    ("已对接国内主流电商平台。", []),
    ("加强系统性研究，配备高清车底探测系统。", []),
    ("拨打12360热线，不是热线123605。", ["海关12360服务热线"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), PLATFORMS)
def test_named_platforms(words: str, expected: list[str]) -> None:
    assert [row.platform for row in parsed(words).platforms] == expected


def test_each_item_has_its_own_rows_and_words_outside_items_none() -> None:
    words = "推广两步申报。推广两步申报。推广两步申报。"
    text = repair(words)
    rows = read(text, [Passage("1", "body", 0, 7), Passage("1.1", "practice", 7, 14)], "plan").modes
    assert [(row.measure, row.evidence.start) for row in rows] == [("1", 2), ("1.1", 9)]
    assert read(text, [], "plan") == Mentions()


def test_evidence_is_the_printed_words() -> None:
    (row,) = parsed("推進“關企 e 视[bookmark: _Toc1]通”应用。").modes
    assert row.evidence.quote == "關企 e 视[bookmark: _Toc1]通"


def test_names_are_compared_without_quotes_spaces_and_comma_style() -> None:
    assert squeeze("先声明， 后验证") == squeeze("“先声明、后验证”")
    assert bare("“关企 e 视通”") == "关企e视通"
    assert [(hit.name, hit.start, hit.end) for hit in find("用“两步 申报”") if hit.kind == "mode"] == [
        ("两步申报", 2, 7)
    ]


pieces = st.sampled_from(
    ["两步申报", "提前申报", "“", "”", "‘", "叠加", "、", "，", "。", "；", "\n", "口岸", "港", "码头", "机场", "站", "等", "港口码头", "满洲里", "青岛", "宁波", "香港", "综合保税区", "平台", "系统", "小程序", "单一窗口", "是指", "模式", "下", "与", "较", "相比", "传统", "替代", "随着", "的", "铁路", "12360", "热线", "公众号", "[bookmark:_x]", "**", "(", "）", "\u3000", "😀", "�", "口岸办", "直提", "海关", "e", "A"]
)  # fmt: skip


@settings(max_examples=200)
@given(
    st.one_of(st.lists(pieces, max_size=40).map("".join), st.text(max_size=60)),
    st.sampled_from(["plan", "casebook", "interpretation"]),
)
def test_no_text_breaks_the_reader_and_every_quote_is_exact(words: str, kind: str) -> None:
    text = repair(words)
    half = len(text.clean) // 2
    found = read(text, [Passage("1", "practice", 0, half), Passage("2", "body", half, len(text.clean))], kind)
    for rows in (found.modes, found.stackings, found.definitions, found.ports, found.platforms):
        for row in rows:
            assert row.measure in ("1", "2")
            assert text.source[row.evidence.start : row.evidence.end] == row.evidence.quote != ""


def test_the_same_text_gives_the_same_rows() -> None:
    words = "在霍尔果斯口岸叠加“两步申报”“汇总征税”，上线“甬e通”平台。"
    text = Text(words, words, repair(words).origin)
    passages = [Passage("1", "body", 0, len(words))]
    assert read(text, passages, "plan") == read(text, passages, "plan")
