"""Who issued a paper and which government's it is: what shows it, and what only looks as if."""

from __future__ import annotations

import pytest

from guanlian.loaders.heads import metadata
from guanlian.loaders.heads.issuers import seat_of_issuer, seat_of_paper, signature, spoken_seat, titled_seat
from guanlian.loaders.names import Resolver
from guanlian.loaders.names.seats import seat_of
from guanlian.loaders.reader import read
from guanlian.loaders.repair import repair

YANGZHOU = Resolver(seat_of("扬州市"))


@pytest.mark.parametrize(
    ("lines", "signer", "date"),
    [
        (["甲。", "扬州市教育局", "2024年3月1日"], "扬州市教育局", "2024-03-01"),
        (["甲。", "扬州市教育局", "", "二〇二四年三月十一日"], "扬州市教育局", "2024-03-11"),
        (["甲。", "日照市教育局", "2024年3月1日"], "日照市教育局", "2024-03-01"),  # its first sign ends no date
        (["甲。", "扬州市教育局（代章）", "2024年3月1日"], "扬州市教育局", "2024-03-01"),
        (["甲。", "扬州市教育局　扬州市财政局", "2024年3月1日"], "扬州市教育局、扬州市财政局", "2024-03-01"),
        (["甲。", "扬州市教育局", "扬州市财政局", "扬州市审计局", "2024年3月1日"], "扬州市教育局、扬州市财政局、扬州市审计局", "2024-03-01"),
        (["甲。", "扬州市教育局 扬州市财政局", "扬州市审计局", "2024年3月1日"], "扬州市教育局、扬州市财政局、扬州市审计局", "2024-03-01"),
        (["甲。", "扬州市住房和城乡", "建设局", "2024年3月1日"], "扬州市住房和城乡建设局", "2024-03-01"),
        (["甲。", "乙。", "丙。", "丁。", "扬州市教育局 2024年3月1日 （此件公开发布）"], "扬州市教育局", "2024-03-01"),
        (["甲。要落实到位。扬州市教育局2024年3月1日（此件公开发布）"], "扬州市教育局", "2024-03-01"),
        (["扬州多举措服务企业", "扬州市教育局 2024年3月1日", "甲。"], "", ""),  # the dateline of a press report
        (["甲。", "联系人：扬州市教育局", "2024年3月1日"], "", ""),
        (["甲。", "由扬州市教育局负责。", "2024年3月1日"], "", ""),
        (["甲。", "各区人民政府", "2024年3月1日"], "", ""),
        (["扬州市教育局", "甲。", "2024年3月1日"], "", ""),
        (["甲。", "扬州市教育局", "2024年3月1日起施行"], "", ""),
    ],
)
def test_a_signature_is_a_unit_right_above_a_date(lines: list[str], signer: str, date: str) -> None:
    signers, signed = signature(lines, YANGZHOU)
    assert ("、".join(signers), signed) == (signer, date)


@pytest.mark.parametrize(
    ("spoken", "seat"),
    [
        ("我市加快建设。徐州市走在前列。全市推进，徐州市、徐州市。我市。", "徐州市"),
        ("我省加快发展。合肥市、芜湖市、安庆市、合肥市。全省。我省。", "安徽省"),
        ("1.甲。（市教育局牵头，市财政局、市公安局参与）\n2.乙。（市发展改革委牵头，市财政局参与）徐州市、徐州市、徐州市", "徐州市"),
        ("我市、全市、我市。铜山区、沛县、睢宁县、丰县。", "徐州市"),
        ("全州。我州、我州。漾濞彝族自治县、鹤庆县、洱源县、剑川县。", "大理白族自治州"),
        ("我市、我市、我市。徐州市、常州市、徐州市、常州市、徐州市、常州市。", ""),  # two alike often
        ("我市。徐州市、徐州市、徐州市、徐州市。", ""),  # hardly ever called ours
        ("我市、我市、我市。徐州市。", ""),  # hardly ever named
        ("徐州市、徐州市、徐州市、徐州市。他市、外市、该市。", ""),
        ("我市、我市、我市。", ""),
    ],
)
def test_the_place_a_paper_calls_ours_is_only_presumed(spoken: str, seat: str) -> None:
    found = spoken_seat(spoken)
    assert (found.name if found else "") == seat
    assert found is None or found.presumed


@pytest.mark.parametrize(
    ("title", "number", "head", "seat"),
    [
        ("泰州市养老服务方案", "", [], "泰州市"),
        ("养老服务方案", "苏政办发〔2024〕3号", [], "江苏省"),
        ("养老服务方案", "", ["泰州市人民政府办公室文件"], "泰州市"),
        ("养老服务方案", "", [], ""),
        ("沙洋县养老服务方案", "", [], "沙洋县"),
        ("沙洋县人民政府关于养老服务的意见", "沙政发〔2020〕3号", [], "沙洋县"),
        ("中共泰州市委办公室关于养老服务的意见", "", [], "泰州市"),
        ("加快泰州市养老服务发展的意见", "", [], "泰州市"),
        ("养老服务方案", "", ["日前，江苏泰州市印发《养老服务方案》。"], "泰州市"),
        ("养老服务方案", "", ["近日，泰州市民政局出台《养老服务方案》。"], "泰州市"),
        ("养老服务方案", "", ["日前，记者走进养老院。"], ""),
        ("中国（陕西）自由贸易试验区提升方案", "", [], "陕西省"),
        ("国务院关于养老服务的意见", "", ["泰州市转发"], ""),
        ("关于养老服务的意见", "民发〔2024〕3号", ["民政部文件"], ""),
    ],
)
def test_the_seat_a_heading_shows(title: str, number: str, head: list[str], seat: str) -> None:
    assert seat_of_paper(title, number, head, "").name == seat


def test_what_a_preamble_adapts_to_is_the_seat() -> None:
    assert seat_of_paper("养老服务方案", "", [], "根据省里部署，结合泰州实际，制定本方案。").name == "泰州市"
    assert not seat_of_paper("养老服务方案", "", [], "根据省里部署，结合工作实际，制定本方案。").name


def test_the_one_place_of_a_title_is_only_presumed() -> None:
    found = titled_seat("养老政策汇编（2024）- 泰州")
    assert found and found.presumed and found.name == "泰州市"
    assert titled_seat("养老政策汇编（2024）") is None and titled_seat("泰州与扬州合作方案") is None


@pytest.mark.parametrize(("issuer", "seat"), [("泰州市教育局", "泰州市"), ("大连海关", "大连市"), ("民政部", ""), ("", "")])
def test_the_seat_an_issuer_has(issuer: str, seat: str) -> None:
    found = seat_of_issuer(issuer)
    assert (found.name if found else "") == seat


BODY = "\n1.甲事。细。（市教育局牵头）"


@pytest.mark.parametrize(
    ("printed", "issuer", "number", "issued"),
    [
        ("水利部等五部门关于印发某方案的通知\n\n水办〔2024〕3号" + BODY, "水利部", "水办〔2024〕3号", "2024"),
        ("泰州市教育局等7个部门联合印发《泰州市某方案》" + BODY, "泰州市教育局", "", ""),
        ("市场监管总局　公安部\n关于印发某专项行动方案的通知" + BODY, "国家市场监督管理总局", "", ""),
        ("泰州市住房和城乡\n建设局关于印发某方案的通知" + BODY, "泰州市住房和城乡建设局", "", ""),
        ("关于促进养老服务的意见（泰政规〔2021〕8号）" + BODY + "\n\n泰州市人民政府\n2021年5月6日", "泰州市人民政府", "泰政规〔2021〕8号", "2021-05-06"),
        ("关于促进养老服务的方案" + BODY + "\n\n泰州市民政局　泰州市财政局\n2021年5月6日", "泰州市民政局", "", "2021-05-06"),
        ("中共泰州市委办公室　泰州市人民政府办公室\n印发《关于养老服务的实施方案》的通知" + BODY, "中共泰州市委办公室", "", ""),
        ("中共泰州市委民政工作部等四部门关于印发某方案的通知" + BODY, "中共泰州市委民政工作部", "", ""),
        ("中共泰州市委、泰州市人民政府关于加强养老服务的实施意见\n（2023年5月6日）" + BODY, "中共泰州市委员会", "", "2023-05-06"),
        ("泰州市人民政府关于养老服务的意见\n泰政发〔2024〕3号 2024-05-06" + BODY, "泰州市人民政府", "泰政发〔2024〕3号", "2024-05-06"),
        ("泰州市人民政府关于养老服务的意见 泰政发〔2024〕3号 2024-5-6" + BODY, "泰州市人民政府", "泰政发〔2024〕3号", "2024-05-06"),
        ("泰政发〔2024〕3号《泰州市人民政府关于养老服务的意见》" + BODY, "泰州市人民政府", "泰政发〔2024〕3号", "2024"),
        ("泰州市人民政府关于印发养老服务方案的通知（泰政发〔2024〕3号）各区人民政府：" + BODY, "泰州市人民政府", "泰政发〔2024〕3号", "2024"),
        ("泰州市养老服务方案\n苏政办发〔2024〕3号" + BODY, "", "苏政办发〔2024〕3号", "2024"),
        ("江苏省养老服务方案\n苏政办发〔2024〕3号" + BODY, "江苏省人民政府办公厅", "苏政办发〔2024〕3号", "2024"),
        ("泰州市人民政府关于养老服务的意见（泰政发〔2023〕3号）\n发布时间：2024-01-26 20:57" + BODY, "泰州市人民政府", "泰政发〔2023〕3号", "2023"),
        ("泰州市人民政府关于养老服务的意见\n泰政发〔2023〕58号\n（2024年1月3日）" + BODY, "泰州市人民政府", "泰政发〔2023〕58号", "2024-01-03"),
        ("类　别:其他 文　号:泰政发[2024]3号颁发日期:2024-05-06\n泰州市养老服务方案" + BODY, "泰州市人民政府", "泰政发[2024]3号", "2024-05-06"),
        ("索引号\t0001\t文号\t泰政发〔2024〕3号\t发布机构\t泰州市民政局\n泰州市养老服务方案" + BODY, "泰州市民政局", "泰政发〔2024〕3号", "2024"),
        ("2024-05-06 10:00 泰州市民政局\n泰州市养老服务方案" + BODY, "泰州市民政局", "", "2024-05-06"),
        ("关于促进养老服务的方案" + BODY, "", "", ""),
        ("关于促进养老服务的方案\n1.甲事。\n完成时限：2024年12月\n（市教育局牵头）", "", "", ""),
        ("关于促进养老服务的方案\n1.甲事。2024年底前完成。（市教育局牵头）", "", "", ""),
    ],
    ids=["of five ministries", "of seven offices", "two on a line", "broken name", "number behind the title", "signed together", "party and government", "party organ of four", "committee and government", "date behind the number", "number behind the title, dated", "number ahead", "salutation behind", "number of another government", "known by its number", "put up later", "signed in the next year", "fields run together", "fields in cells", "clock ahead", "nobody", "deadline on a line", "deadline in an item"],
)
def test_the_issuer_of_a_joint_or_unheaded_paper(printed: str, issuer: str, number: str, issued: str) -> None:
    head = metadata.heading(repair(printed))
    assert (head.issuer, head.number, head.issued) == (issuer, number, issued)


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (["青岛海关：前三季度山东外贸向好", "2024年10月20日"], "青岛海关"),
        (["威海口岸货畅其流 青岛海关多举措服务企业", "来源：某某日报"], "青岛海关"),
        (["威海口岸进出境旅客增多", "记者3日从青岛海关获悉，前三季度验放旅客三万人次。"], "青岛海关"),
        (["威海口岸进出境旅客增多", "记者从青岛海关所属威海海关了解到，验放旅客三万人次。"], "青岛海关"),
        (["威海口岸进出境旅客增多", "据青岛海关统计，验放旅客三万人次。"], ""),  # whose figures it tells is not whose paper it is
        (["威海口岸进出境旅客增多", "（青岛海关办公室  2024年10月20日）"], "青岛海关"),
        (["威海口岸运行快报", "山东省商务厅口岸物流处   2024年10月20日"], "山东省商务厅"),
        (["国务院办公厅转发国家发展改革委", "关于某某意见的通知", "国办发〔2020〕10号"], "国务院办公厅"),
        (["威海口岸进出境旅客增多", "记者在现场看到，旅客络绎不绝。"], ""),
    ],
)
def test_who_issues_a_report_or_passes_a_paper_on(lines: list[str], issuer: str) -> None:
    assert read("\n\n".join(lines).encode(), "a.txt").document.issuer == issuer


@pytest.mark.parametrize(
    ("title", "seat"),
    [
        ("中国（湖南）自由贸易试验区郴州片区2021年改革试点任务分解表", "郴州市"),
        ("中国（湖南）自由贸易试验区2021年改革试点任务分解表", "湖南省"),
    ],
)
def test_an_area_of_a_zone_is_its_citys(title: str, seat: str) -> None:
    assert read(f"{title}\n\n一、推进通关改革。（省商务厅牵头）\n".encode(), "a.txt").document.jurisdiction == seat
