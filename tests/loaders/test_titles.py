"""What a paper is called, and what kind its title makes it."""

from __future__ import annotations

import pytest

from guanlian.loaders.heads.titles import NUMBER, interprets, kind_of, printed, title_of
from guanlian.loaders.repair import repair


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (["泰州市养老服务实施方案", "一、目标"], "泰州市养老服务实施方案"),
        (["泰州市人民政府文件", "泰政发〔2024〕3号", "泰州市养老服务实施方案"], "泰州市养老服务实施方案"),
        (["泰州市人民政府关于印发《泰州市养老服务实施方案》的通知", "各区：", "泰州市养老服务实施方案"], "泰州市养老服务实施方案"),
        (["泰州市人民政府关于印发泰州市养老服务实施方案的通知", "一、目标"], "泰州市养老服务实施方案"),
        (["关于加快推进泰州市城乡养老服务", "体系建设的实施意见", "一、目标"], "关于加快推进泰州市城乡养老服务体系建设的实施意见"),
        (["泰州市养老服务行动计划（2023—2025年）", "一、目标"], "泰州市养老服务行动计划（2023—2025年）"),
        (["附件1", "泰州市养老服务任务分工表"], "泰州市养老服务任务分工表"),
        (["泰州市教育局 2024年3月1日", "泰州市养老服务分工方案"], "泰州市养老服务分工方案"),
        (["二〇二四年三月一日", "泰州市养老服务任务", "目标及责任分解"], "泰州市养老服务任务目标及责任分解"),
        (["牵头单位：市教育局", "一、目标"], ""),
        (["2024年3月1日", "一、目标"], ""),
        (["各区人民政府：", "一、目标"], ""),
        ([], ""),
    ],
)
def test_title(head: list[str], title: str) -> None:
    assert title_of(head) == title


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("泰州市养老服务实施方案", "plan"),
        ("泰州市2024年养老服务工作要点", "plan"),
        ("泰州市养老服务任务分工表", "table"),
        ("泰州市支持养老服务若干措施", "measures"),
        ("泰州市养老服务实施意见", "measures"),
        ("泰州市养老服务改革案例汇编", "casebook"),
        ("《泰州市养老服务实施方案》解读", "interpretation"),
        ("关于停课的通告", "notice"),
        ("泰州养老院里歌声飞扬", "news"),
    ],
)
def test_kind(title: str, kind: str) -> None:
    assert kind_of(title, "") == kind


@pytest.mark.parametrize(
    ("title", "folded", "paper"),
    [
        ("《泰州市养老服务实施方案》政策解读", "", "泰州市养老服务实施方案"),
        ("泰州市养老服务实施方案政策解读", "", "泰州市养老服务实施方案"),
        ("政策解读", "为便于群众理解《泰州市养老服务条例》，作如下解读。", "泰州市养老服务条例"),
        ("泰州市养老服务实施方案", "《泰州市养老服务条例》", ""),
    ],
)
def test_what_an_interpretation_interprets(title: str, folded: str, paper: str) -> None:
    assert interprets(title, folded) == paper


@pytest.mark.parametrize(
    ("words", "is_number"),
    [("泰政办发〔2024〕3号", True), ("泰教[2024]第12号", True), ("民办发（2023）18 号", True), ("泰州市〔2024〕年", False), ("第3号", False), ("〔2024〕3号", False)],
)
def test_the_form_of_a_document_number(words: str, is_number: bool) -> None:
    assert bool(NUMBER.fullmatch(words)) is is_number


def test_a_title_over_two_lines_is_printed_as_one() -> None:
    text = repair("泰州市人民政府 关于加快养老服务的意见\n商务部 海关总署关于某事的通知\n")
    assert printed(text, "泰州市人民政府 关于加快养老服务的意见") == "泰州市人民政府关于加快养老服务的意见"
    assert printed(text, "商务部 海关总署关于某事的通知") == "商务部 海关总署关于某事的通知"
