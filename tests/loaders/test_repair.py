"""What printers and converters left behind is undone, and every kept character knows its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanlian.loaders.folding import fold
from guanlian.loaders.reader import read
from guanlian.loaders.repair import repair


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("[bookmark: _Toc1]一、目标", "一、目标"),
        ("1. **公开时限。**督促企业", "1. 公开时限。督促企业"),
        ("## 附录", "附录"),
        ("市\u200b商\ufeff务局", "市商务局"),
        ("市⼝岸办", "市口岸办"),
        ("⻓江⻔户", "长江门户"),
        ("1\\. 优化布局", "1. 优化布局"),
        ("甲。\n\n— 3 —\n\n乙。", "甲。\n\n\n乙。"),
        ("甲。\n第 3 页 共 12 页\n乙。", "甲。\n乙。"),
        ("（市商务局牵头，\n市财政局参与）", "（市商务局牵头，市财政局参与）"),
        ("（市商务\n局牵头）", "（市商务局牵头）"),
        ("（市商务局、市妇\n\n— 2 —\n\n联参与）", "（市商务局、市妇联参与）"),
        ("建立“一\n窗通办”协作网", "建立“一窗通办”协作网"),
        ("優(yōu)化營商環(huán)境", "優化營商環境"),
        ("湘西经jīng开区qū", "湘西经开区"),
        ("使用 café 系统", "使用 café 系统"),
        ("一、总体要求\n（一）甲", "一、总体要求\n（一）甲"),
        ("全市办结率比去年同期高7.4个百分点\n牵头责任单位：市商务局", "全市办结率比去年同期高7.4个百分点\n牵头责任单位：市商务局"),
        ("各单位：\n现印发给你们。", "各单位：\n现印发给你们。"),
        ("序号\t任务\n1\t甲", "序号\t任务\n1\t甲"),
    ],
)
def test_repair(printed: str, clean: str) -> None:
    assert repair(printed).clean == clean


TOGETHER = "".join(f"（{'一二三'[k]}）组{'甲乙丙'[k]}。具体措施：1．办子{'细' * 120}。（市商务局负责）2．办丑{'细' * 120}。（市财政局、市教育局负责）" for k in range(3))


def test_a_page_that_lost_its_line_breaks_gets_them_back_before_its_items() -> None:
    lines = repair("南京市任务方案\n" + TOGETHER).clean.split("\n")
    assert [line[:4] for line in lines] == ["南京市任", "（一）组", "1．办子", "2．办丑", "（二）组", "1．办子", "2．办丑", "（三）组", "1．办子", "2．办丑"]


def test_a_heading_without_a_stop_ends_before_the_items_under_it() -> None:
    lines = repair("一、进一步放宽条件" + TOGETHER).clean.split("\n")
    assert lines[:2] == ["一、进一步放宽条件", "（一）组甲。具体措施："]


@pytest.mark.parametrize("printed", ["甲。" * 900 + "有1.5亿元。", f"1.子。一是甲；二是乙。{'丙' * 60}（1）丁；（2）戊。", "2024.1.5、3.6各开一次。" * 80])
def test_a_long_paragraph_stays_one(printed: str) -> None:
    assert "\n" not in repair(printed).clean


def test_the_numbers_of_a_table_pasted_cell_by_cell_are_no_page_numbers() -> None:
    assert [line for line in repair("序号\n\n任务\n\n3\n\n甲\n\n68\n\n乙").clean.split("\n") if line] == ["序号", "任务", "3", "甲", "68", "乙"]


LONG = "坚持因地制宜、分类推进，依托乡镇敬老院、农村幸福院、闲置校舍和废旧厂房改建区域性养老服务"


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        (f"{LONG}\n1\n中心。\n乙。\n{LONG}\n2\n中心。", f"{LONG}中心。\n乙。\n{LONG}中心。"),
        (f"{LONG}\n7\n中心。\n乙。\n\f8\n丙。", f"{LONG}中心。\n乙。\n丙。"),
        (f"{LONG}\n12\f中心。", f"{LONG}中心。"),
        ("甲。\n—\n3\n—\n乙。", "甲。\n乙。"),
        (f"{LONG}\n-\n3\n-\n中心。", f"{LONG}中心。"),
        ("（市民政局牵头，\n—\n3\n—\n市财政局参与）", "（市民政局牵头，市财政局参与）"),
    ],
    ids=["bare, counting up", "before a form feed", "behind a form feed", "dashes on their own lines", "dashes cut a sentence", "dashes cut a clause"],
)
def test_a_page_number_that_cuts_a_sentence(printed: str, clean: str) -> None:
    assert [line for line in repair(printed).clean.split("\n") if line] == [line for line in clean.split("\n") if line]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        (f"{LONG}\n500\n处以上。", "500"),  # no other number counts up to it
        (f"{LONG}\n3\n万户。\n乙。\n{LONG}\n4\n万户。", "3"),  # a measure follows
        ("甲。\n1\n乙。\n2\n丙。", "1"),  # cuts no sentence
        ("序号\n1\n任务\n2\n责任单位", "1"),  # a table's cells
        (f"{LONG}\n—\n甲\n—\n中心。", "甲"),
    ],
    ids=["alone of its kind", "before a measure", "between sentences", "cells", "words between dashes"],
)
def test_a_number_that_is_no_page_number_stays(printed: str, number: str) -> None:
    assert number in repair(printed).clean.replace(LONG, "")


def test_a_wrapped_paragraph_is_one_again_and_its_title_is_not_swallowed() -> None:
    body = "为进一步优化营商环境，推动跨境贸易便利化，提升口岸综合服务能力，结合本市实际，制定本实施方"
    printed = f"南京市优化营商环境实施方案\n\n{body}\n案，请认真贯彻执行。"
    assert repair(printed).clean == f"南京市优化营商环境实施方案\n\n{body}案，请认真贯彻执行。"


@pytest.mark.parametrize(("printed", "folded"), [("匯總徵稅５％", "汇总征税5%"), ("ＡＥＯ", "AEO"), ("關企 e 視通", "关企 e 视通"), ("甲局,乙局(丙):1,200元;9:30", "甲局，乙局（丙）：1,200元；9:30"), ("http://a.cn", "http://a.cn")])
def test_fold(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@given(st.text(alphabet="市商务局牵头，。、（）“”\n\t **[bookmark: x]—3⼝\u200b第页共0１一、1.", max_size=120))
def test_every_character_keeps_its_place(printed: str) -> None:
    text = repair(printed)
    assert len(text.clean) == len(text.folded)
    places = [text.origin[i] for i in range(len(text.clean))]
    assert places == sorted(places)
    for i, char in enumerate(text.clean):
        if char != "\n":
            source = printed[text.origin[i]]
            assert source == char or fold(source) == fold(char) or source in "\u3000\xa0⼝"
    if text.clean:
        evidence = text.evidence(0, len(text.clean))
        assert printed[evidence.start : evidence.end] == evidence.quote


def test_the_foot_of_a_web_page_is_no_part_of_the_paper() -> None:
    body = "".join(f"{i}.改造口岸。（市商务局牵头）\n\n" for i in range(1, 9))
    foot = "【打印】【关闭】 字号：大 中 小\n1.【图解】一图读懂方案\n2.市商务局牵头召开推进会\n"
    assert repair(body + foot).clean.strip() == body.strip()
    kept = body + "相关文件\n9.公示。（市财政局负责）\n"
    assert repair(kept).clean.strip() == kept.strip()


def test_items_run_together_behind_half_width_stops_begin_their_lines() -> None:
    body = "一.效率方面(一)问题:排队时间长.整改措施:启用预约系统.责任单位:市口岸局,市公安局交警支队.(二)问题:应用率偏低.整改措施:逐家上门辅导.责任单位:市商务局.(三)问题:收费不透明.整改措施:公示收费标准.责任单位:市财政局.(四)问题:场地陈旧.整改措施:改造旅检大厅.责任单位:市民政局."
    made = read(("哈密市口岸问题整改清单\n哈密市人民政府办公室\n" + body).encode(), "a.txt")
    assert [p.title for p in made.provisions] == ["启用预约系统", "逐家上门辅导", "公示收费标准", "改造旅检大厅"]
    assert [r.measure for r in made.responsibilities] == ["1", "1", "2", "3", "4"]
