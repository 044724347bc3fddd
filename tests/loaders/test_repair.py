"""What printers and converters left behind is undone, and every kept character knows its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanlian.loaders.repair import fold, repair


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
        ("一、总体要求\n（一）甲", "一、总体要求\n（一）甲"),
        ("各单位：\n现印发给你们。", "各单位：\n现印发给你们。"),
        ("序号\t任务\n1\t甲", "序号\t任务\n1\t甲"),
    ],
)
def test_repair(printed: str, clean: str) -> None:
    assert repair(printed).clean == clean


def test_a_wrapped_paragraph_is_one_again_and_its_title_is_not_swallowed() -> None:
    body = "为进一步优化营商环境，推动跨境贸易便利化，提升口岸综合服务能力，结合本市实际，制定本实施方"
    printed = f"南京市优化营商环境实施方案\n\n{body}\n案，请认真贯彻执行。"
    assert repair(printed).clean == f"南京市优化营商环境实施方案\n\n{body}案，请认真贯彻执行。"


@pytest.mark.parametrize(("printed", "folded"), [("匯總徵稅５％", "汇总征税5%"), ("ＡＥＯ", "AEO"), ("關企 e 視通", "关企 e 视通")])
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
