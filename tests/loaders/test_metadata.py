"""What a paper says of itself, in the layouts it comes in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guanlian.loaders.clauses.groups import groups, members_of
from guanlian.loaders.heads import metadata
from guanlian.loaders.names import Resolver
from guanlian.loaders.names.seats import seat_of
from guanlian.loaders.repair import repair

NOTICE = "南京市人民政府办公厅文件\n\n宁政办发〔2023〕41号\n\n南京市人民政府办公厅关于印发《南京市促进便利化实施方案》的通知\n\n各区人民政府：\n根据《江苏省方案》（苏政办发〔2023〕19号）要求，现印发。\n\n南京市人民政府办公厅\n2023年6月12日\n\n南京市促进便利化实施方案\n一、甲。"
BLOCK = "索引号：0001\n发文机关：国务院办公厅\n成文日期：2022年09月07日\n标　　题：国务院办公厅关于降低交易成本的意见\n发文字号：国办发〔2022〕30号\n发布日期：2022年09月15日\n\n国务院办公厅关于降低\n交易成本的意见\n一、甲。"
IMPRINT = "成都市铁路港高质量发展行动方案\n（成办发〔2021〕73号  2021年11月9日成都市人民政府办公厅印发）\n一、甲。"
JOINT = "上海市口岸服务办公室　上海海关　上海市商务委员会\n关于印发《上海市改革若干措施》的通知\n沪口岸〔2022〕3号\n2022年1月20日\n一、甲。"
ACROSS = "重庆市人民政府办公厅\n关于印发重庆市教育提质实施方案的通知\n渝府办发〔2023〕87号\n二〇二三年十月十九日\n一、甲。"
CUSTOMS = "大连海关2024年优化口岸营商环境十条措施\n1. 甲。"

TAGGED = "【民生实事】绵阳市民生工作领导小组办公室关于2024年实施47项民生实事的通知\n县、市、区人民政府：\n一、甲。"
AHEAD = "绵府办发〔2009〕15号 绵阳市人民政府办公室关于印发2009年招商引资工作任务安排意见的通知\n市级各部门：\n一、甲。"
RUN_ON = "关于印发绵阳市老旧小区改造任务分工的通知\n绵府发〔2023〕14号 发布日期：2023-03-27\n各县：\n一、甲。"
SPACED = "绵阳市关于印发改革工作任务分工的通知\n绵政 [2020] 20号\n各县：\n一、甲。"


@pytest.mark.parametrize(
    ("printed", "title", "number", "issuer", "issued", "kind", "seat"),
    [
        (TAGGED, "绵阳市民生工作领导小组办公室关于2024年实施47项民生实事的通知", "", "绵阳市民生工作领导小组办公室", "2024", "notice", "绵阳市"),
        (AHEAD, "2009年招商引资工作任务安排意见", "绵府办发〔2009〕15号", "绵阳市人民政府办公室", "2009", "plan", "绵阳市"),
        (RUN_ON, "绵阳市老旧小区改造任务分工", "绵府发〔2023〕14号", "绵阳市人民政府", "2023-03-27", "plan", "绵阳市"),
        (SPACED, "改革工作任务分工", "绵政[2020]20号", "绵阳市人民政府", "2020", "plan", "绵阳市"),
        (NOTICE, "南京市促进便利化实施方案", "宁政办发〔2023〕41号", "南京市人民政府办公厅", "2023-06-12", "plan", "南京市"),
        (BLOCK, "国务院办公厅关于降低交易成本的意见", "国办发〔2022〕30号", "国务院办公厅", "2022-09-07", "measures", ""),
        (IMPRINT, "成都市铁路港高质量发展行动方案", "成办发〔2021〕73号", "成都市人民政府办公厅", "2021-11-09", "plan", "成都市"),
        (JOINT, "上海市改革若干措施", "沪口岸〔2022〕3号", "上海市口岸服务办公室", "2022-01-20", "measures", "上海市"),
        (ACROSS, "重庆市教育提质实施方案", "渝府办发〔2023〕87号", "重庆市人民政府办公厅", "2023-10-19", "plan", "重庆市"),
        (CUSTOMS, "大连海关2024年优化口岸营商环境十条措施", "", "大连海关", "2024", "measures", "大连市"),
    ],
    ids=["tag", "number ahead", "number with a date", "number with a space", "notice", "information block", "imprint", "joint", "issuer on its own line", "customs"],
)
def test_heading(printed: str, title: str, number: str, issuer: str, issued: str, kind: str, seat: str) -> None:
    head = metadata.heading(repair(printed))
    assert (head.title, head.number, head.issuer, head.issued, head.kind, head.seat.full) == (title, number, issuer, issued, kind, seat)


def test_the_basis_is_kept_apart_from_the_own_number() -> None:
    assert metadata.heading(repair(NOTICE)).based_on == ("苏政办发〔2023〕19号",)


def test_a_paper_that_says_nothing_of_itself_gets_nothing_invented() -> None:
    head = metadata.heading(repair("案例一\n甲\n一、背景\n某。\n案例二\n乙\n一、背景\n某。"))
    assert (head.title, head.number, head.issuer, head.issued) == ("", "", "", "")


MEMBERS = "成立以分管副市长为组长，市政府副秘书长和市商务局、南京海关负责同志为副组长，市财政局、交通运输局等部门负责同志为成员的南京市便利化工作组，办公室设在市商务局。\n收费督查小组牵头单位为市市场监管局，负责检查。"
LIST = "南京市便利化工作组成员名单\n组 长：\t甲某某\t副市长\n副 组 长：\t乙某某\t南京海关副关长\n\t丙某某\t市商务局局长\n成 员：\t丁某某\t市财政局副局长\n\t戊某某\t南京海事局副局长"

POSTS = "成立南京市便利化工作组（以下简称工作组）。\n组  长：市政府分管副市长\n副组长：市政府副秘书长\n        市商务局局长\n成  员：南京海关、市财政局、南京海事局分管负责同志。\n工作组办公室设在市教育局，负责日常工作。"


@pytest.mark.parametrize(
    ("printed", "units"),
    [
        (POSTS, ["南京市商务局", "南京海关", "南京市财政局", "南京海事局"]),
        (MEMBERS, ["南京市商务局", "南京海关", "南京市财政局", "南京市交通运输局"]),
        (LIST, ["南京海关", "南京市商务局", "南京市财政局", "南京海事局"]),
    ],
    ids=["posts", "sentence", "list"],
)
def test_a_group_keeps_units_and_posts_and_no_person(printed: str, units: list[str]) -> None:
    found = groups(repair(printed), Resolver(seat_of("南京市")))
    group = members_of("各成员单位", found)
    assert group is not None and group.name == "南京市便利化工作组"
    assert [m.agency for m in group.members] == units
    assert not any("某某" in f"{m.agency}{m.post}" for m in group.members)


def test_a_sub_group_with_its_lead() -> None:
    found = {g.name: g.lead for g in groups(repair(MEMBERS), Resolver(seat_of("南京市")))}
    assert found["收费督查小组"] == "南京市市场监督管理局"


FOLDER = Path(__file__).resolve().parent.parent / "documents"


@pytest.mark.parametrize("name", sorted(p.stem for p in FOLDER.glob("6*.txt")))
def test_what_a_whole_paper_says_of_itself(name: str) -> None:
    """Title, number, issuer and date as annotated by reading; an empty string where the paper is silent."""
    row = json.loads((FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").split("\n", 1)[0])
    head = metadata.heading(repair((FOLDER / f"{name}.txt").read_text(encoding="utf-8")))
    assert (head.title, head.number, head.issuer, head.issued) == (row["title"], row["number"], row["issuer"], row["issued"])


SEVERAL = "江苏省商务厅 南京海关 国家税务总局江苏省税务局\n关于印发江苏省便利通关若干措施的通知\n苏商贸〔2031〕6号\n一、推广提前申报。\n二、公开口岸收费目录。\n"


@pytest.mark.parametrize(
    ("printed", "issuers"),
    [
        (JOINT, ("上海市口岸服务办公室", "上海海关", "上海市商务委员会")),
        (SEVERAL, ("江苏省商务厅", "南京海关", "国家税务总局江苏省税务局")),
        ("商务部等三部门关于加快口岸发展的意见\n各省：\n一、甲。\n商务部\n海关总署\n交通运输部\n2031年3月5日\n", ("商务部", "海关总署", "交通运输部")),
        ("江苏省商务厅等三部门关于促进外贸的通知\n一、甲。\n江苏省商务厅　江苏省财政厅\n南京海关\n2031年3月5日\n", ("江苏省商务厅", "江苏省财政厅", "南京海关")),
        ("重庆市人民政府办公厅 四川省人民政府办公厅\n关于印发川渝口岸合作方案的通知\n一、甲。\n", ("重庆市人民政府办公厅", "四川省人民政府办公厅")),
        # the lead signs first, though its title, broken over lines, shows the last
        ("江苏省商务厅江苏省财政\n厅\n江苏省水利厅关于印发《江苏省某某方案》的通知\n一、甲。\n江苏省商务厅\n江苏省财政厅\n江苏省水利厅\n2031年3月5日\n", ("江苏省商务厅", "江苏省财政厅", "江苏省水利厅")),
        # who signs another paper that lies inside does not issue this one
        ("南京市人民政府办公厅关于转发市商务局口岸方案的通知\n一、甲。\n附件\n一、乙。\n南京市商务局\n南京市财政局\n2031年3月5日\n", ("南京市人民政府办公厅",)),
    ],
)  # fmt: skip
def test_a_joint_paper_has_all_who_issue_it(printed: str, issuers: tuple[str, ...]) -> None:
    assert metadata.heading(repair(printed)).issuers == issuers


@pytest.mark.parametrize(
    ("source", "issuer"),
    [("新华社", "苏州海关"), ("苏州市融媒体中心", "苏州海关"), ("南京海关", "南京海关"), ("市信息中心", "苏州海关")],
)
def test_the_press_issues_no_paper(source: str, issuer: str) -> None:
    printed = f"苏州口岸通关时间再压缩\n来源：{source}\n2031年6月1日，记者从苏州海关获悉，整体通关时间为28.5小时。\n"
    assert metadata.heading(repair(printed)).issuer == issuer


@pytest.mark.parametrize(
    ("head", "issuer", "issued"),
    [
        ("黑龙江省制度创新案例\n（第三批）\n\n黑龙江省自由贸易试验区工作推进组办公室\n2031年9月30日", "黑龙江省自由贸易试验区工作推进组办公室", "2031-09-30"),
        ("绵阳市通关案例\n\n绵阳市商务局　编\n二〇三一年十二月", "绵阳市商务局", "2031-12"),
        ("陕西省第二批案例\n\n（中国（陕西）自由贸易试验区工作办公室  2031年6月18日）", "中国（陕西）自由贸易试验区工作办公室", "2031-06-18"),
    ],
)
def test_who_made_a_casebook_stands_below_its_title(head: str, issuer: str, issued: str) -> None:
    found = metadata.heading(repair(f"{head}\n\n案例一\n甲\n\n一、主要做法\n（一）甲。细。\n二、实施成效\n快2天。\n"))
    assert (found.issuer, found.issued) == (issuer, issued)
