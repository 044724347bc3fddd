"""Rows of a task table → items with the units of their cells."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guanlian.loaders.names import Resolver
from guanlian.loaders.names.seats import seat_of
from guanlian.loaders.reader import read
from guanlian.loaders.repair import repair
from guanlian.loaders.tables import ownercells, tasktable

XIANGYANG = Resolver(seat_of("襄阳市"), "襄阳市人民政府")


def owners(cells: list[tuple[str, str]], *, first: bool = False, mark: str = "") -> list[str]:
    """Roles and units of cells, each a kind of column and its words."""
    text, spans = "", []
    for kind, words in cells:
        spans.append(ownercells.OwnerCell(kind, len(text), len(text) + len(words)))
        text += words + "\t"
    clause = ownercells.cells(text, spans, XIANGYANG, first=first, mark=mark)
    return [f"{o.role} {o.unit.canonical}" for o in clause.owners] if clause else []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([("lead", "市教育局"), ("participant", "市财政局、市公安局")], ["lead 襄阳市教育局", "participant 襄阳市财政局", "participant 襄阳市公安局"]),
        ([("lead", "市教育局、市体育局按职责分工负责"), ("participant", "市财政局")], ["lead 襄阳市教育局", "lead 襄阳市体育局", "participant 襄阳市财政局"]),
        ([("joint", "市教育局、市体育局按职责分工负责")], ["joint 襄阳市教育局", "joint 襄阳市体育局"]),
        ([("joint", "市教育局牵头，市财政局配合")], ["lead 襄阳市教育局", "participant 襄阳市财政局"]),
        ([("joint", "市教育局")], ["lead 襄阳市教育局"]),
        ([("joint", "市教育局 市财政局")], ["joint 襄阳市教育局", "joint 襄阳市财政局"]),
        ([("joint", "市教育局（牵头）、市财政局")], ["lead 襄阳市教育局", "participant 襄阳市财政局"]),
        ([("participant", "各县（市、区）人民政府（含开发区管委会，下同）")], ["participant 各县（市、区）人民政府"]),
        ([("joint", "市教育局 市残联 各县（市、区）人民政府")], ["joint 襄阳市教育局", "joint 襄阳市残疾人联合会", "joint 各县（市、区）人民政府"]),
        ([("joint", "市自然资 源局、市财政局")], ["joint 襄阳市自然资源局", "joint 襄阳市财政局"]),
        ([("joint", "市公安局 特警支队 市财政局")], ["joint 襄阳市公安局特警支队", "joint 襄阳市财政局"]),
        ([("joint", "市教育局会同市财政局")], ["lead 襄阳市教育局", "participant 襄阳市财政局"]),
        ([("joint", "市教育局牵头、市财政局、市公安局")], ["lead 襄阳市教育局", "participant 襄阳市财政局", "participant 襄阳市公安局"]),
        ([("joint", "牵头单位：市教育局；配合单位：市财政局")], ["lead 襄阳市教育局", "participant 襄阳市财政局"]),
        ([("joint", "市教育局牵头；市财政局配合；各县（市、区）人民政府组织实施")], ["lead 襄阳市教育局", "participant 襄阳市财政局", "participant 各县（市、区）人民政府"]),
        ([("joint", "市教育局、市体育局（共同牵头）、市财政局")], ["lead 襄阳市教育局", "lead 襄阳市体育局", "participant 襄阳市财政局"]),
        ([("joint", "市教育局、市体育局(联合牵头) 市财政局")], ["lead 襄阳市教育局", "lead 襄阳市体育局", "participant 襄阳市财政局"]),
        ([("joint", "市教育局（牵头，负责校舍建设）、市财政局")], ["lead 襄阳市教育局", "participant 襄阳市财政局"]),
        ([("joint", "市教育局（第一责任单位）、市财政局")], ["lead 襄阳市教育局", "participant 襄阳市财政局"]),
        ([("joint", "市教育局（负责校舍）、市财政局（负责资金）")], ["joint 襄阳市教育局", "joint 襄阳市财政局"]),
        ([("joint", "1.市教育局 2.市财政局")], ["joint 襄阳市教育局", "joint 襄阳市财政局"]),
        ([("lead", "①市教育局②市财政局")], ["lead 襄阳市教育局", "lead 襄阳市财政局"]),
        ([("joint", "市教育局等有关部门")], ["joint 襄阳市教育局"]),
        ([("lead", "市教育局、市体育局（按职责分工分别负责）")], ["lead 襄阳市教育局", "lead 襄阳市体育局"]),
        ([("joint", "市教育局、市体育局（分别负责）")], ["joint 襄阳市教育局", "joint 襄阳市体育局"]),
        ([("main", "市教育局、市体育局"), ("participant", "市财政局")], ["lead 襄阳市教育局", "lead 襄阳市体育局", "participant 襄阳市财政局"]),
        ([("joint", "见说明")], []),
        ([], []),
    ],
)
def test_cells(cells: list[tuple[str, str]], expected: list[str]) -> None:
    assert owners(cells) == expected


def test_the_first_of_a_cell_leads_where_the_paper_says_so() -> None:
    assert owners([("joint", "市教育局、市财政局")], first=True) == ["lead 襄阳市教育局", "participant 襄阳市财政局"]
    assert owners([("lead", "市教育局"), ("joint", "市财政局")], first=True) == ["lead 襄阳市教育局", "participant 襄阳市财政局"]


@pytest.mark.parametrize(
    ("note", "mark"),
    [("注：标※的为牵头单位，其余为责任单位。", "※"), ("带“★”为主办单位", "★"), ("※为重点项目", ""), ("*表示由牵头单位填报", "*"), ("", "")],
)
def test_the_sign_of_those_who_lead(note: str, mark: str) -> None:
    assert ownercells.lead_mark(note) == mark


def test_a_sign_makes_leads() -> None:
    cell = [("joint", "※市教育局 ※市体育局 市财政局")]
    assert owners(cell, mark="※") == ["lead 襄阳市教育局", "lead 襄阳市体育局", "participant 襄阳市财政局"]


TABLE = "序号\t工作任务\t牵头单位\t配合单位\t完成时限\n1\t建校舍。选址。\t市教育局\t市财政局\t2024年底\n2\t修球场\t\t市公安局\t\n一、保障\n3\t添器材\t市体育局\t/\t长期\n"


def test_rows_number_title_and_cells_merged_downward() -> None:
    tasks = tasktable.tasks(repair(TABLE))
    assert [(t.item.id, t.item.title) for t in tasks] == [("1", "建校舍"), ("2", "修球场"), ("3", "添器材")]
    found = read(("襄阳市学校建设任务分工表\n" + TABLE).encode(), "a.txt")
    assert [f"{r.measure} {r.role} {r.agency}" for r in found.responsibilities] == [
        "1 lead 襄阳市教育局", "1 participant 襄阳市财政局",
        "2 lead 襄阳市教育局", "2 participant 襄阳市公安局",
        "3 lead 襄阳市体育局",
    ]  # fmt: skip


def rows(text: str) -> list[str]:
    """Ids, sections and titles of a text's tasks."""
    return [f"{t.item.id} {t.item.section}|{t.item.title}" for t in tasktable.tasks(repair(text))]


HEAD = "序号\t{}\t{}\t牵头单位\t完成时限\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # rows of one number whose steps have numbers and units of their own are items each
        (HEAD.format("任务", "措施") + "1\t甲事\t（1）建校舍。\t市教育局\t\n1\t甲事\t（2）修球场。\t市体育局\t\n2\t乙事\t（1）种树。\t市林业局\t\n", ["1.1 甲事|建校舍", "1.2 甲事|修球场", "2.1 乙事|种树"]),
        (HEAD.format("任务", "措施") + "1\t甲事\t1.建校舍。\t市教育局\t\n\t\t2.修球场。\t市体育局\t\n2\t乙事\t1.种树。\t市林业局\t\n", ["1.1 甲事|建校舍", "1.2 甲事|修球场", "2.1 乙事|种树"]),
        (HEAD.format("任务", "措施") + "1\t甲事\t（1）建校舍。\t市教育局\t\n\t\t（2）修球场。\t\t\n2\t乙事\t（1）种树。\t市林业局\t\n", ["1 |甲事", "2 |乙事"]),
        # a column whose cells go on over rows sorts them; one whose cells differ names them
        (HEAD.format("重点任务", "具体措施") + "1\t甲类\t建校舍\t市教育局\t\n2\t甲类\t修球场\t市体育局\t\n", ["1 甲类|建校舍", "2 甲类|修球场"]),
        (HEAD.format("重点任务", "具体措施") + "1\t甲类\t建校舍\t市教育局\t\n2\t\t修球场\t市体育局\t\n", ["1 甲类|建校舍", "2 甲类|修球场"]),
        (HEAD.format("重点任务", "具体措施") + "1\t甲事\t建校舍\t市教育局\t\n2\t乙事\t修球场\t市体育局\t\n", ["1 |甲事", "2 |乙事"]),
        (HEAD.format("任务类别", "工作任务") + "1\t甲类\t建校舍\t市教育局\t\n2\t\t修球场\t市体育局\t\n", ["1 甲类|建校舍", "2 甲类|修球场"]),
        # rows of one number are one item; numbers that begin again are others
        (HEAD.format("任务", "内容") + "1\t甲事\t建校舍\t市教育局\t\n1\t甲事\t修球场\t市体育局\t\n", ["1 |甲事"]),
        (HEAD.format("任务", "内容") + "一、甲\n1\t甲事\t\t市教育局\t\n二、乙\n1\t乙事\t\t市体育局\t\n", ["1.1 一、甲|甲事", "2.1 二、乙|乙事"]),
        (HEAD.format("任务", "内容") + "一\t甲\t\t\t\n1\t甲事\t\t市教育局\t\n二\t乙\t\t\t\n2\t乙事\t\t市体育局\t\n", ["1 一、甲|甲事", "2 二、乙|乙事"]),
        (2 * ("附件\n" + HEAD.format("任务", "内容") + "1\t甲事\t\t市教育局\t\n"), ["1.1 |甲事", "2.1 |甲事"]),
        (HEAD.format("任务", "内容") + "1.1\t甲事\t\t市教育局\t\n1.2\t乙事\t\t市体育局\t\n", ["1.1 |甲事", "1.2 |乙事"]),
        # a header printed again at the top of a page goes on; a note ends the table
        (HEAD.format("任务", "内容") + "1\t甲事\t\t市教育局\t\n" + HEAD.format("任务", "内容") + "2\t乙事\t\t市体育局\t\n注：略\n\t丙\t丁\t市财政局\t\n", ["1 |甲事", "2 |乙事"]),
        # a year may head a column, a row of times heads none
        ("序号\t任务\t2024年目标\t责任单位\n1\t建校舍\t开工\t市教育局\n", ["1 |建校舍"]),
        (HEAD.format("任务", "内容") + "1\t落实主体责任\t开展专项行动\t市教育局\t6月底前\n", ["1 |落实主体责任"]),
        # heads in two rows
        ("任务\t责任分工\t\n\t牵头单位\t配合单位\n建校舍\t市教育局\t市财政局\n", ["1 |建校舍"]),
        ("序号\t任务\t责任单位\t责任单位\n序号\t任务\t市级\t县级\n1\t建校舍\t市教育局\t县教育局\n", ["1 |建校舍"]),
        # a heading may hold commas, and stand between the table's title and its heads
        ("一、甲，乙\n" + HEAD.format("任务", "内容") + "1\t甲事\t\t市教育局\t\n二、丙：丁\n2\t乙事\t\t市体育局\t\n", ["1 一、甲，乙|甲事", "2 二、丙：丁|乙事"]),
        # no number: the one before the title, or the count
        ("任务\t责任单位\n1.建校舍\t市教育局\n2.修球场\t市体育局\n", ["1 |建校舍", "2 |修球场"]),
        # a bracketed number of its own, which begins again under each category; the category's own ordinal names the run
        ("实事\t任务\t责任单位\n一、甲\t（1）建校舍。\t市教育局\n一、甲\t（2）修球场。\t市体育局\n二、乙\t（1）种树。\t市林业局\n", ["1.1 一、甲|建校舍", "1.2 一、甲|修球场", "2.1 二、乙|种树"]),
        (HEAD.format("任务", "内容") + "一、甲\n1\t甲事\t\t市教育局\t\n二、乙\n三、丙\n1\t丙事\t\t市体育局\t\n", ["1.1 一、甲|甲事", "3.1 三、丙|丙事"]),
        # a category in the column of owners, which stands first
        ("责任单位\t任务\t完成时限\t序号\n教育（2项）\t\t\t\n市教育局\t建校舍\t6月\t1\n市体育局\t修球场\t8月\t2\n", ["1 教育（2项）|建校舍", "2 教育（2项）|修球场"]),
        # goals and when they are due in one column
        ("序号\t项目\t年度目标及进度安排\t责任单位\n1\t校舍\t建成校舍3座，6月底前开工\t市教育局\n2\t球场\t修球场\t市体育局\n", ["1 |校舍", "2 |球场"]),
        # each cell on a line
        ("序号\n任务\n主要责任单位\n协同配合单位\n一、甲\n\n3\n\n建设校舍。\n\n市教育局\n\n市财政局、各街道办事处。\n\n二、乙\n\n三、丙\n\n68\n\n修球场，添器材。\n\n市体育局\n\n有关部门\n\n69\n\n种树种草。\n\n市林业局\n\n各街道办事处\n\n此页完", ["3 一、甲|建设校舍", "68 三、丙|修球场，添器材", "69 三、丙|种树种草"]),
        ("类别\n序号\n任务\n责任单位\n教育\n1\n建校舍\n市教育局\n2\n迁建市妇幼保健院。\n市卫生健康委\n市财政局\n体育\n3\n修球场\n市体育局\n", ["1 教育|建校舍", "2 教育|迁建市妇幼保健院", "3 体育|修球场"]),
        # an ordinal and its heading on a line each; a category that only some rows have; a day with a space in it
        ("序号\n重点任务\n具体工作\n责任单位\n一\n甲类\n1\n建校舍\n选址开工，建成投用。\n市教育局\n二\n乙类\n1\n修球场\n添置器材，对外开放。\n市体育局\n2\n种树\n补种行道树。\n市林业局\n", ["1.1 一、甲类|建校舍", "2.1 二、乙类|修球场", "2.2 二、乙类|种树"]),
        ("序号\n重点举措\n实施路径\n完成时限\n责任单位\n配合单位\n1\n办学（2项）\n建设校舍3座。\n12 月\n市教育局\n市财政局\n2\n修缮旧校舍。\n9 月\n市体育局\n/\n", ["1 办学（2项）|建设校舍3座", "2 办学（2项）|修缮旧校舍"]),
        # a category's column before the number's, and a task that ends with no stop above its unit
        ("泸州市任务分工表\n类别\n序号\n工作任务\n牵头单位\n责任单位\n一、甲\n1\n加快码头改造，吞吐量达到15万标箱，推行“水水中转”“铁水联运”\n市交通运输局\n市口岸物流办、泸州海关\n二、乙\n2\n修建球场，添置器材，建成投用，对外开放\n市体育局\n市公安局\n", ["1 一、甲|加快码头改造，吞吐量达到15万标箱，推行“水水中转”“铁水联运”", "2 二、乙|修建球场，添置器材，建成投用，对外开放"]),
        # cells with spaces between them: what a space broke off, a category merged downward, lines put together
        ("序号 类别 任务 措施 牵头单位 参与单位\n1 教 育 建设校舍 选址，开工建设。 市教育局 市财政局\n2  修建 球场 添置器材， 建成投用。 市体育局 市财政局、市公安局等\n3 绿化 种树 保活率达到90%。 市林业局 各县（市、区）政府\n", ["1 教 育|建设校舍", "2 教 育|修建 球场 添置器材，", "3 绿化|种树"]),
        ("序号  工作任务  责任单位  完成时限\n1  建设校舍 3 座  市教育局 市财政局  6月底前\n一、体育\n2  修球场  市体育局  长期\n联系人略\n", ["1 |建设校舍 3 座", "2 一、体育|修球场"]),
        ("序号\n任务\n责任单位\n完成时限\n一、甲\n1\n建校舍\n市教育局\n6月底前\n2\n修球场\n市体育局\n市财政局\n全年\n说明\n", ["1 一、甲|建校舍", "2 一、甲|修球场"]),
    ],
)
def test_what_is_an_item_of_a_table(text: str, expected: list[str]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("序号\t任务\t牵头单位\t责任单位\n1\t甲\t市教育局\t市财政局\n2\t乙\t市体育局\t\n", ["1 lead 市教育局", "1 joint 市财政局", "2 lead 市体育局"]),
        ("序号\t任务\t责任单位\n1\t甲\t市教育局\n2\t乙\t同上\n3\t丙\t无\n", ["1 joint 市教育局", "2 joint 市教育局"]),
        ("序号\t任务\t责任单位\n一、甲\n1\t甲\t市教育局\n二、乙\n2\t乙\t\n", ["1 joint 市教育局"]),
        ("序号\t任务\t责任单位\t配合单位\n1\t甲\t市教育局\t市财政局\n", ["1 main 市教育局", "1 participant 市财政局"]),
        ("类别\t任务\t牵头单位\t责任单位\n甲\t一\t市教育局\t\n甲\t二\t\t市财政局\n", ["1 lead 市教育局", "2 joint 市财政局"]),
        ("类别\t任务\t牵头单位\t责任单位\n甲\t一\t市教育局\t\n\t二\t\t市财政局\n", ["1 lead 市教育局", "2 lead 市教育局 ?above", "2 joint 市财政局"]),
        ("序号\n重点举措\n实施路径\n完成时限\n责任单位\n配合单位\n1\n办学（2项）\n建设校舍3座。\n12 月\n市教育局\n市财政局\n2\n修缮旧校舍。\n9 月\n市体育局\n/\n", ["1 main 市教育局", "1 participant 市财政局", "2 main 市体育局"]),
        # a unit among the lines of a column that holds none is in no column
        ("序号\n任务\n路线\n时限\n牵头单位\n责任单位\n1\n甲事\n自东\n全年\n市教育局\n市财政局\n2\n乙事\n向西\n市公安局\n再向南\n全年\n市体育局\n市林业局\n", ["1 lead 市教育局", "1 joint 市财政局", "2 lead 市体育局", "2 joint 市林业局", "2 stray 市公安局"]),
        # a row cut by the end of a page: what seemed merged with the row above stands below the cut
        ("序号\t任务\t牵头单位\t责任单位\n1\t建校舍。\t市教育局\t市财政局\n2\t修建全市各\t\t各县区\n\t类球场。\t市体育局\t\n", ["1 lead 市教育局", "1 joint 市财政局", "2 joint 各县区", "2 lead 市体育局"]),
        ("序号\t任务\t责任单位（牵头）\t督办单位\n1\t甲\t市教育局\t市政府办公室\n", ["1 lead 市教育局"]),
        ("序号\t任务\t责任领导\t牵头及配合单位\n1\t甲\t甲某\t市教育局\n", ["1 joint 市教育局"]),
        ("序号\t任务\t牵头单位\t配合单位\n1\t甲\t市教育局\t市财政局、\n\t\t\t市公安局\n", ["1 lead 市教育局", "1 participant 市财政局、", "1 participant 市公安局"]),
        ("类别\t任务\t责任单位\n甲\t一\t市教育局\n二\t市财政局\n", ["1 joint 市教育局", "2 joint 市财政局"]),
        ("序号\t任务\t责任单位\n进展情况\t完成状态\n1\t甲\t市教育局\t已开工\t达预期\n", ["1 joint 市教育局"]),
        ("序号\t任务\t责任分工\t时限\n牵头单位\t配合单位\n1\t甲\t市教育局\t市财政局\t6月\n", ["1 lead 市教育局", "1 participant 市财政局"]),
        ("序号\t任务\t责任单位\t\t\n进展情况\t完成状态\t\t\t\n1\t甲\t市教育局\t已开工\t达预期\n", ["1 joint 市教育局"]),
        ("序号\n任务\n责任单位\n时限\n1\n迁建市文化馆\n市文化馆\n市财政局\n6月底前\n2\n乙事\n市体育局\n全年\n", ["1 stray 市财政局", "2 joint 市体育局"]),
        ("序号 任务 牵头单位 配合单位\n1 建校舍 市教育局 市财政局\n2 修球场 市体育局 市财政局 市公安局\n3 种树 听候安排\n", ["1 lead 市教育局", "1 participant 市财政局", "2 stray 市体育局", "2 stray 市财政局", "2 stray 市公安局", "3 stray 听候安排"]),
        ("序号 任务 责任单位 时限\n1 建设校舍。市教育局 6月底前\n2 修球场。市体育局、市财政局 长期\n", ["1 joint 市教育局", "2 joint 市体育局、市财政局"]),
        # cells run together: one unit at the end of a row is its owner, others are left unread
        ("序号重点任务责任单位\n1建设校舍3座。市教育局2新建球场。市体育局3种树2万棵。市林业局市财政局\n", ["1 joint 市教育局", "2 joint 市体育局", "3 stray 市林业局市财政局"]),
        ("序号重点任务责任单位\n1建设校舍3座市教育局\n2新建球场。市公安局交警支队\n", ["1 stray 建设校舍3座市教育局", "2 stray 市公安局交警支队"]),
        ("类别序号任务牵头单位完成情况\n教育1建设校舍。市教育局已建成3座。\n体育2新建球场。市体育局已开工。\n", ["1 stray 市教育局已建成3座。", "2 stray 市体育局已开工。"]),
        ("序号 任务 责任单位\n1 建校舍 市教育局、市财政局2 修球场 市体育局\n", ["1 joint 市教育局、市财政局", "2 joint 市体育局"]),
        ("序号\n任务\n牵头单位\n责任单位\n时限\n1\n甲事\n市教育局\n市财政局\n市公安局\n全年\n2\n乙事\n市体育局\n全年\n", ["1 stray 市教育局", "1 stray 市财政局", "1 stray 市公安局", "2 lead 市体育局 ?role"]),
    ],
)
def test_whose_cells_are_an_items(text: str, expected: list[str]) -> None:
    source = repair(text)
    cells = [(t.item.id, *cell) for t in tasktable.tasks(source) for cell in t.owners]
    assert [f"{item} {kind} {source.clean[a:b]}" + f" ?{doubt}" * bool(doubt) for item, kind, a, b, doubt in cells] == expected


def test_numbers_of_a_row_are_due_with_it_and_its_owners_are_no_places() -> None:
    text = (
        "襄阳市2024年任务分工表\n序号\t任务\t责任单位\t完成时限\n"
        "1\t改造危桥40座，3个工作日内回复。\t襄阳刘集机场\t6月底前开工，12月底前完成\n2\t建机场连廊\t市公安局\t长期\n"
    )
    found = read(text.encode(), "a.txt")
    assert [(f.measure, f.value, f.deadline) for f in found.figures] == [("1", 40, "2024-12-31"), ("1", 3, "2024-12-31"), ("1", None, "2024-06-30"), ("1", None, "2024-12-31")]
    assert [p.measure for p in found.ports] == []


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ("硬化道路210公里，布设充电桩30个。", [(210, "公里"), (30, "个")]),
        ("推进产业园项目，总投资5亿元，占地200亩。", []),
        ("推广65岁以上老年人免费乘车，开展48小时值守。", []),
        ("企业问题3个工作日内回复，一般登记2天办结。", [(3, "工作日"), (2, "天")]),
        ("实施5000万元以上项目12个。", [(12, "个")]),
        ("投诉24小时内办结率达95%，应用率保持100%。", [(95, "%"), (100, "%")]),
        ("火点数同比下降30%。", [(30, "%")]),
        ("已建成3座。", []),
    ],
)
def test_what_of_a_task_is_promised(task: str, expected: list[tuple[float, str]]) -> None:
    text = f"襄阳市重点任务分工表\n序号\t任务\t责任单位\t完成时限\t进展情况\n1\t{task}\t市教育局\t2024年6月\t已建成2座，增长5%。\n2\t修球场\t市体育局\t长期\t\n"
    found = [f for f in read(text.encode(), "a.txt").figures if f.status == "planned" and f.value is not None]
    assert [(f.value, f.unit) for f in found] == expected
    assert {f.deadline for f in found} <= {"2024-06-30"}


@pytest.mark.parametrize(
    ("cell", "around", "expected"),
    [
        ("沿江各市人民政府", "注：1.沿江各市人民政府指荆州、宜昌市人民政府。", ["joint 荆州市人民政府", "joint 宜昌市人民政府"]),
        ("各成员单位", "成立襄阳市治理工作专班（以下简称“专班”），成员单位包括：市公安局、财政局。", ["joint 襄阳市公安局", "joint 襄阳市财政局"]),
        ("沿江各市人民政府", "注：沿江各市人民政府指定专人负责。", ["lead 沿江各市人民政府"]),
        ("沿江各市人民政府", "注：沿江各市人民政府指荆州和另行通知的。", ["lead 沿江各市人民政府"]),
    ],
)
def test_whom_a_collective_of_a_cell_means(cell: str, around: str, expected: list[str]) -> None:
    text = f"襄阳市2024年任务分工表\n序号\t任务\t责任单位\n1\t建校舍\t{cell}按职责分工负责\n2\t修球场\t市体育局\n{around}\n"
    found = read(text.encode(), "a.txt")
    assert [f"{r.role} {r.agency}" for r in found.responsibilities if r.measure == "1"] == expected


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["", "甲", "乙"])), min_size=1, max_size=12), st.booleans())
def test_no_row_is_lost_and_no_id_comes_twice(table: list[tuple[int, str]], headings: bool) -> None:
    lines = [f"{'一、节' + chr(10) if headings and number == 1 else ''}{number}\t{kind}\t事{i}\t市教育局\n" for i, (number, kind) in enumerate(table)]
    source = repair("序号\t类别\t任务\t责任单位\n" + "".join(lines))
    found = tasktable.tasks(source)
    ids = [t.item.id for t in found]
    assert len(set(ids)) == len(ids)
    assert all(any(t.item.start <= source.clean.index(f"事{i}\t") < t.item.end for t in found) for i in range(len(table)))


ROW = st.tuples(
    st.sampled_from(["建设校舍3座", "修整球场，添置器材。", "推进迁建市妇幼保健院", "种树、种草"]),
    st.sampled_from(["市教育局", "市体育局、市财政局", "各县（市、区）政府"]),
    st.sampled_from(["市公安局", "市民政局、各街道办事处", "有关部门", "/"]),
    st.sampled_from(["6月底前", "长期", "2024年12月", "全年"]),
)


@settings(max_examples=60)
@example([("建设校舍3座", "市教育局", "市公安局", "6月底前")] * 6, " ", 8)  # rows of one length are no broken lines
@given(st.lists(ROW, min_size=2, max_size=6), st.sampled_from(["\n", "\n\n", " ", "  ", " |\n"]), st.integers(1, 70))
def test_a_table_gives_the_same_owners_however_it_was_pasted(table: list[tuple[str, ...]], between: str, first: int) -> None:
    def pasted(mark: str, end: str) -> list[tuple[str, ...]]:
        lines = [("序号", "重点任务", "牵头单位", "配合单位", "完成时限"), *((str(first + i), *row) for i, row in enumerate(table))]
        text = "襄阳市2024年重点任务分工表\n" + end.join(mark.join(line) for line in lines) + end
        found = read(text.encode(), "a.txt")
        return [(p.id, p.title) for p in found.provisions] + [(r.measure, r.role, r.agency) for r in found.responsibilities]

    assert pasted(between, between if "\n" in between else "\n") == pasted("\t", "\n")


@pytest.mark.parametrize("text", ["", "甲\t乙\n丙\t丁", "序号\t姓名\t电话\n1\t甲\t乙", "工作任务\t完成时限\n建校舍\t2024年"])
def test_a_table_without_owners_is_no_task_table(text: str) -> None:
    assert tasktable.tasks(repair(text)) == []


def test_rows_of_another_number_that_name_nobody_only_head_the_others() -> None:
    rows = ["序号\t任务\t牵头单位\t配合单位", "(1)\t办甲事\t市教育局\t市财政局", "1\t大办乙类事\t\t", "(2)\t办乙事\t市民政局\t", "(3)\t办丙事\t市水利局\t"]
    sheet = read(("襄阳市任务分工表\n" + "\n".join(rows)).encode(), "a.txt")
    assert [(p.id, p.title) for p in sheet.provisions] == [("1", "办甲事"), ("2", "办乙事"), ("3", "办丙事")]


def cells_of(lines: str) -> dict[str, list[str]]:
    """Owners of each item of a table of 绵阳市 pasted one cell a line (``|``), and what of it was not read."""
    sheet = read(("绵阳市2024年重点工作任务分解表\n绵阳市人民政府办公室\n" + lines.replace("|", "\n")).encode(), "a.txt")
    found: dict[str, list[str]] = {item.id: [] for item in sheet.provisions}
    for row in sheet.responsibilities:
        found[row.measure].append(f"{row.role} {row.agency.removeprefix('绵阳市')}")
    for words in sheet.unread:
        if words.what in ("clause", "name"):
            found[words.measure].append(f"unread {words.evidence.quote}")
    return found


SINGLY = """序号|事项分类|事项名称|建设内容|牵头单位|协同单位
1|办学|扩建学校|扩建学校5所。|市教育体育局|涪城区政府|市财政局|市城投集团
2|食堂改造|改造食堂28个。|市教育体育局|/
3|就医|新建卫生室|新建卫生室80家。|市卫生健康委|各县（市、区）政府
4|献血屋|建设献血屋1个。|市卫生健康委|市红十字会|市住房城乡建设委
5|托管服务|开设托管班100个。|团市委|市总工会|市妇联
6|助老|适老改造|改造家庭300户。|市民政局|市残联
"""


def test_names_each_on_a_line_behind_the_one_that_leads() -> None:
    found = cells_of(SINGLY)
    assert found["1"] == ["lead 教育体育局", "participant 涪城区人民政府", "participant 财政局", "participant 城投集团"]
    assert found["2"] == ["lead 教育体育局"]
    assert found["4"] == ["lead 卫生健康委员会", "participant 红十字会", "participant 住房和城乡建设委员会"]
    assert found["5"][0].startswith("lead 共青团") and len(found["5"]) == 3


def test_where_no_row_shows_that_one_leads_such_names_are_not_read() -> None:
    rows = "序号|事项名称|牵头单位|协同单位\n1|扩建学校5所。|市教育体育局|市财政局|市民政局\n2|改造食堂28个。|市教育体育局|市财政局|市水利局|市民政局\n3|建献血屋。|市民政局|市水利局\n"
    found = cells_of(rows)
    assert found["1"] == ["unread 市教育体育局", "unread 市财政局", "unread 市民政局"]


PARTS = """序号|工作事项|主要内容|牵头单位|配合单位|局内牵头处室
1|扩大来源。|公开招聘全科医生，充实基层。|各县（市、区）政府|市卫生健康委|基层处
保障招聘用人需求，提高待遇。|市卫生健康委|市人力资源社会保障局|人事处
2|优化团队。|组建签约团队，吸收药师。|市卫生健康委|市财政局|基层处
"""


def test_an_item_of_several_rows_has_the_owners_of_each() -> None:
    found = cells_of(PARTS)
    assert found["1"] == ["lead 各县（市、区）政府", "participant 卫生健康委员会", "lead 卫生健康委员会", "participant 人力资源和社会保障局"]
    assert found["2"] == ["lead 卫生健康委员会", "participant 财政局"]


def test_a_column_that_only_guides_is_who_answers() -> None:
    rows = "序号|改革举措|主要内容|指导部门|推广范围\n1|互联网+通关|单证网上递交，少跑一趟。|市财政局、市民政局|全市\n2|合并查验|两次查验并作一次。|市水利局|全市\n"
    assert cells_of(rows) == {"1": ["joint 财政局", "joint 民政局"], "2": ["lead 水利局"]}


def test_items_that_begin_in_a_table_go_on_below_it() -> None:
    rows = "一、改造\n序号|任务|牵头单位|配合单位\n1|改造管网。|市水利局|市财政局\n2|加装电梯60部。|市住房城乡建设委|市民政局\n二、服务\n"
    below = "3.成立业主委员会。（市民政局牵头，市财政局配合）\n4.公示收益。（市水利局负责）\n"
    found = cells_of(rows + below)
    assert found["2"] == ["lead 住房和城乡建设委员会", "participant 民政局"]
    assert found["3"] == ["lead 民政局", "participant 财政局"] and found["4"] == ["lead 水利局"]


def test_what_is_wrong_is_no_title_and_heads_printed_again_no_row() -> None:
    head = "序号\t存在问题\t整改措施\t责任划分\t责任划分\t完成时限\n序号\t存在问题\t整改措施\t牵头单位及责任人\t监管单位\t完成时限\n"
    text = f"襄阳市整改清单\n{head}1\t台账不清\t更新台账\t市应急局\t市公安局\t6月底前\n\n第二批整改任务\n{head}2\t隐患突出\t开展执法\t市公安局\t市应急局\t7月底前\n"
    made = read(text.encode(), "a.txt")
    assert [(p.id, p.title) for p in made.provisions] == [("1", "更新台账"), ("2", "开展执法")]
    assert [(r.measure, r.role) for r in made.responsibilities] == [("1", "lead"), ("1", "participant"), ("2", "lead"), ("2", "participant")]


def test_rows_below_headings_are_items_though_the_headings_hold_their_owners() -> None:
    text = "泸州市任务分工表\n类别\n序号\n工作任务\n牵头单位\n责任单位\n一、甲\n1\n建校舍3座\n市教育局\n市财政局\n二、乙\n2\n修球场\n市体育局牵头\n市公安局\n"
    made = read(text.encode(), "a.txt")
    assert [f"{r.measure} {r.role} {r.agency}" for r in made.responsibilities] == [
        "1 lead 泸州市教育局", "1 participant 泸州市财政局", "2 lead 泸州市体育局", "2 participant 泸州市公安局",
    ]  # fmt: skip


def test_breaks_of_a_cell_part_its_names() -> None:
    text = "漳州市任务分工表\n| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 1 | 建校舍 | 市教育局<br>市财政局<br/>各县（区）人民政府 |\n| 2 | 修球场 | 市体育局 |\n"
    made = read(text.encode(), "a.txt")
    assert [r.agency for r in made.responsibilities if r.measure == "1"] == ["漳州市教育局", "漳州市财政局", "各县（区）人民政府"]
