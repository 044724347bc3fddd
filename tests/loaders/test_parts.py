"""A clause's words → stretches of names and what governs each."""

from __future__ import annotations

import pytest

from guanlian.loaders.clauses.parts import chunks, parts_of, signed, spaced, without_duty
from guanlian.loaders.reader import read


def parts(text: str) -> list[tuple[str, str]]:
    return [(p.kind, text[p.start : p.end].strip()) for p in parts_of(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市教育局牵头，市财政局参与", [("lead", "市教育局"), ("participant", "市财政局")]),
        ("市教育局负责，市财政局按职责分工负责", [("joint", "市教育局"), ("joint", "市财政局")]),
        ("市教育局牵头督导，各区落实", [("lead", "市教育局"), ("implement", "各区")]),
        ("市教育局会同市财政局，市公安局配合", [("together", "市教育局"), ("participant", "市财政局，市公安局")]),
        ("牵头单位：市教育局、市体育局按职责分工负责；配合单位：市财政局", [("lead", "市教育局、市体育局"), ("participant", "市财政局")]),
        ("责任单位：市教育局；完成时限：2024年6月", [("joint", "市教育局"), ("time", "2024年6月")]),
        ("市教育局、市财政局", [("bare", "市教育局、市财政局")]),
        ("市教育局牵头，2024年底前完成", [("lead", "市教育局"), ("time", "2024年底前完成")]),
        ("市教育局、市财政局，列第一位者为牵头单位", [("bare", "市教育局、市财政局，")]),
        ("市教育局、市财政局，排名不分先后", [("bare", "市教育局、市财政局，")]),
        ("市教育局，市财政局、市公安局配合", [("together", "市教育局"), ("participant", "市财政局、市公安局")]),
        ("市教育局牵头、市财政局配合", [("lead", "市教育局"), ("participant", "市财政局")]),
        ("责任单位：市教育局牵头，市财政局配合；完成时限：2024年6月", [("lead", "市教育局"), ("participant", "市财政局"), ("time", "2024年6月")]),
        ("", []),
    ],
)
def test_parts(text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "by_duty", "plural"),
    [("市教育局负责", False, False), ("市教育局共同负责", False, False), ("市教育局按职责分工负责", True, False), ("市教育局等部门负责", False, True), ("市教育局等部门按职责分工负责", True, True)],
)
def test_what_a_verb_says_of_its_list(text: str, by_duty: bool, plural: bool) -> None:
    (part,) = parts_of(text, 0, len(text))
    assert (part.by_duty, part.plural) == (by_duty, plural)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("市教育局、市体育局按职责分工负责", "市教育局、市体育局"),
        ("市教育局、市体育局分别负责", "市教育局、市体育局"),
        ("市教育局、市体育局", "市教育局、市体育局"),
        ("市教育局负责", "市教育局负责"),
    ],
)
def test_words_that_only_say_each_does_its_own(text: str, kept: str) -> None:
    assert text[: without_duty(text, 0, len(text))] == kept


def test_a_bracket_behind_a_name_says_its_role() -> None:
    text = "市教育局（牵头）、市财政局、市公安局（配合）"
    (whole,) = parts_of(text, 0, len(text))
    assert [(p.kind, text[p.start : p.end]) for p in signed(text, whole)] == [("lead", "市教育局"), ("bare", "市财政局"), ("participant", "市公安局")]


def test_a_bracket_behind_a_name_says_who_helps_it() -> None:
    text = "市教育局（市财政局、市公安局配合）"
    (whole,) = parts_of(text, 0, len(text))
    assert [(p.kind, text[p.start : p.end]) for p in signed(text, whole)] == [("lead", "市教育局"), ("participant", "市财政局、市公安局")]


@pytest.mark.parametrize(
    ("text", "with_marks"),
    [("市教育局 市财政局", "市教育局、市财政局"), ("市教育局牵头 市财政局配合", "市教育局牵头，市财政局配合"), ("市教育局", "市教育局"), ("e 站通", "e 站通"), ("各县<市、区>政府", "各县（市、区）政府")],
)
def test_white_space_that_stands_for_a_mark(text: str, with_marks: str) -> None:
    assert spaced(text, 0, len(text)) == with_marks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲局牵头，乙局（丙局，丁局）配合；戊局", ["甲局牵头", "乙局（丙局，丁局）配合", "戊局"]),
        ("甲局负责选址、乙局负责建设", ["甲局负责选址", "乙局负责建设"]),
        ("甲局、乙局负责", ["甲局、乙局负责"]),
        ("甲局牵头、乙局、丙局配合", ["甲局牵头", "乙局、丙局配合"]),
    ],
)
def test_chunks(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in chunks(text, 0, len(text))] == expected


def test_labels_in_brackets_are_labels() -> None:
    paper = "襄阳市工作方案\n1.甲事。细。\n【责任单位】市商务局、市财政局\n2.乙事。细。［牵头单位］市商务局 ［配合单位］市财政局【完成时限】2031年6月底前\n"
    found = read(paper.encode(), "a.txt").responsibilities
    assert [f"{r.measure} {r.role} {r.agency}" for r in found] == ["1 joint 襄阳市商务局", "1 joint 襄阳市财政局", "2 lead 襄阳市商务局", "2 participant 襄阳市财政局"]
