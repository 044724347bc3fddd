"""Papers with items and task tables: rows among items are items of their own, and none is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from guanlian.loaders.reader import read
from guanlian.loaders.sheet import dumps, loads, normal

BESIDE = """襄阳市口岸工作方案
一、推行改革。试行两步申报。（襄阳海关牵头）
二、建设仓库。新建3座。（市商务局、市财政局负责）
序号\t任务\t牵头单位\t配合单位
1\t建校舍{same}\t市教育局\t市财政局
2\t修球场\t市体育局\t
三、做好服务。推行预约通关。（市公安局负责）
"""


def test_rows_of_a_table_among_items_are_items_of_their_own() -> None:
    found = read(BESIDE.format(same="").encode(), "a.txt")
    owners = {p.id: [f"{r.agency.removeprefix('襄阳市')} {r.role}" for r in found.responsibilities if r.measure == p.id] for p in found.provisions}
    assert owners == {
        "1": ["襄阳海关 lead"], "2": ["商务局 joint", "财政局 joint"],
        "表1": ["教育局 lead", "财政局 participant"], "表2": ["体育局 lead"], "3": ["公安局 lead"],
    }  # fmt: skip
    assert [(m.measure, m.mode) for m in found.modes] == [("1", "两步申报"), ("3", "预约通关")]
    assert [(f.measure, f.value) for f in found.figures] == [("2", 3.0)] and not found.unread and not found.notes


def test_one_row_is_not_lost_either() -> None:
    text = BESIDE.format(same="").replace("2\t修球场\t市体育局\t\n", "")
    assert [p.id for p in read(text.encode(), "a.txt").provisions] == ["1", "2", "表1", "3"]


def test_rows_that_say_again_what_the_items_say_are_told_of_in_a_note() -> None:
    text = BESIDE.replace("建校舍{same}", "推行改革").replace("修球场", "建设仓库")
    found = read(text.encode(), "a.txt")
    assert [p.id for p in found.provisions] == ["1", "2", "3"]
    assert found.notes[0].startswith("附表 2 行与正文条目重复")


def test_a_row_that_was_listed_for_its_number_is_the_item_of_that_number() -> None:
    text = BESIDE.format(same="").replace("1\t建校舍", "\t4.建校舍").replace("2\t修球场\t市体育局\t\n", "")
    found = read(text.encode(), "a.txt")
    assert len({p.id for p in found.provisions}) == len(found.provisions)
    assert {r.agency for r in found.responsibilities} >= {"襄阳市教育局", "襄阳市财政局"}


@given(st.lists(st.sampled_from(["一、甲事。细。（市商务局负责）\n", "二、乙事。细。\n", "（一）丙事。（市公安局牵头）\n", "1.丁事。\n", "序号\t任务\t牵头单位\t时限\n", "1\t建校舍\t市教育局\t6月\n", "2\t1.修球场。\t市体育局\t\n", "说明\n", "三、戊事（市民政局负责）\n"]), max_size=14))
@settings(max_examples=80)
def test_items_and_rows_in_any_order_make_a_sheet(lines: list[str]) -> None:
    found = read(("襄阳市工作方案\n" + "".join(lines)).encode(), "a.txt")
    assert loads(dumps(found)) == normal(found)  # every fact has its item, every item an id of its own
