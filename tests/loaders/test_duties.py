"""Papers that share out duties unit by unit: each numbered item is headed by the unit whose duty it tells."""

from __future__ import annotations

import pytest

from guanlian.loaders.reader import read

HEAD = "扬州市防汛责任分工\n\n"


def owned(body: str) -> list[tuple[str, str, list[str]]]:
    sheet = read((HEAD + body).encode(), "a.txt")
    return [
        (p.id, p.title, [f"{r.role} {r.agency}" for r in sheet.responsibilities if r.measure == p.id and r.basis == "stated"])
        for p in sheet.provisions
    ]


@pytest.mark.parametrize("mark", ["：", ":", "。"])
def test_the_unit_that_heads_an_item_owns_it(mark: str) -> None:
    found = owned(f"（一）市水利局{mark}负责堤防巡查；组织抢险。\n（二）市公安局、市交通运输局{mark}依法维护交通秩序。\n（三）教育部门{mark}做好学生转移工作。")
    assert found == [
        ("1", "负责堤防巡查", ["lead 扬州市水利局"]),
        ("2", "依法维护交通秩序", ["joint 扬州市公安局", "joint 扬州市交通运输局"]),
        ("3", "做好学生转移工作", ["lead 教育部门"]),
    ]


def test_a_clause_behind_the_duty_goes_before_its_heading() -> None:
    found = owned("（一）市水利局：负责堤防巡查。（市水利局牵头，市气象局配合）\n（二）市公安局：维护交通秩序。（市公安局负责）")
    assert found[0][2] == ["lead 扬州市水利局", "participant 扬州市气象局"]


@pytest.mark.parametrize("body", ["（一）重点库区：加强巡查值守工作。\n（二）高水平社区。加强居民转移工作。", "（一）市水利局：0514-1\n（二）市公安局：0514-2"])
def test_what_only_looks_like_a_unit_with_a_duty_owns_nothing(body: str) -> None:
    assert not any(owners for _, _, owners in owned(body))


def test_such_a_paper_without_a_heading_is_no_press_report() -> None:
    sheet = read("4.市水利局：负责堤防巡查工作。\n5.市公安局：依法维护交通秩序。".encode(), "a.txt")
    assert [(p.id, p.clause_state) for p in sheet.provisions] == [("4", "stated"), ("5", "stated")]
