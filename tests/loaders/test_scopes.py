"""Rules said once for several items: their words, their reach, and what a clause reads without them."""

from __future__ import annotations

import pytest

from guanlian.loaders import clauses
from guanlian.loaders.clauses import scopes
from guanlian.loaders.names import Resolver
from guanlian.loaders.names.seats import seat_of
from guanlian.loaders.reader import read

JILIN = Resolver(seat_of("吉林省"), "吉林省人民政府办公厅")
NANJING = Resolver(seat_of("南京市"), "南京市人民政府办公厅")


@pytest.mark.parametrize(
    ("text", "reach", "span"),
    [
        ("以下第1至4项任务均由市教育局牵头，市公安局配合。", "以下", (1, 4)),
        ("（本部分由市教育局牵头，市公安局配合）", "本部分", (0, 0)),
        ("以上各项任务由市教育局负责", "以上", (0, 0)),
    ],
)
def test_a_rule_stated_once_knows_its_reach(text: str, reach: str, span: tuple[int, int]) -> None:
    (scope,) = scopes.scopes(text, NANJING)
    assert (scope.reach, (scope.first, scope.last)) == (reach, span)
    assert scope.clause.owners[0].unit.canonical == "南京市教育局"


@pytest.mark.parametrize(
    ("text", "reach", "units"),
    [
        ("以下各项工作均需各市（州）政府落实，不再列出", "以下", ["各市（州）政府"]),
        ("以下均需各县（市、区）人民政府负责，不再列出", "以下", ["各县（市、区）人民政府"]),
        ("上述各项任务均由各市（州）人民政府组织实施，不再单独列出", "上述", ["各市（州）人民政府"]),
        ("具体任务均涉及省财政厅，不再做分工", "", ["吉林省财政厅"]),
        ("各项措施均须省财政厅、省审计厅配合，不再逐一注明", "", ["吉林省财政厅", "吉林省审计厅"]),
        ("以下均需地方配合，不再列出", "以下", ["地方"]),
        ("以下各项工作均需省教育厅推进，不再列出，下同", "以下", ["吉林省教育厅"]),
        ("以下政策措施均需各市（州）人民政府负责落实，不再一一列出", "以下", ["各市（州）人民政府"]),
    ],
)
def test_a_rule_for_every_clause(text: str, reach: str, units: list[str]) -> None:
    (scope,) = scopes.everywhere(f"（省商务厅牵头；{text}）", JILIN)
    assert scope.reach == reach
    assert [o.unit.canonical for o in scope.clause.owners] == units


@pytest.mark.parametrize(
    "text",
    [
        "以下材料均由申请人提供，不再列出",
        "已经列入清单的项目均需省教育厅审核",
        "各项工作均需统筹推进，不再重复安排资金",
        "企业不再单独申报",
        "证明材料均由部门核验，不再要求群众提交",
    ],
)
def test_what_only_sounds_like_a_rule_for_every_clause(text: str) -> None:
    assert scopes.everywhere(f"1.甲。{text}。", JILIN) == []


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("（省商务厅牵头，省财政厅配合；以下各项工作均需各市（州）政府落实，不再列出）", ["lead 吉林省商务厅", "participant 吉林省财政厅"]),
        ("（省商务厅、省财政厅〔列第一位的为牵头单位，下同〕、长春海关）", ["lead 吉林省商务厅", "participant 吉林省财政厅", "participant 长春海关"]),
        ("（省商务厅负责，以下均需各县（市、区）人民政府负责，不再列出）", ["lead 吉林省商务厅"]),
    ],
)
def test_a_clause_is_read_without_the_rule_inside_it(text: str, owners: list[str]) -> None:
    words = scopes.without(text, scopes.everywhere(text, JILIN))
    assert len(words) == len(text)
    (clause,) = clauses.find(words, 0, len(words), JILIN)
    assert [f"{o.role} {o.unit.canonical}" for o in clause.owners] == owners
    assert not clause.unread


PLAN = "吉林省人民政府办公厅关于印发某方案的通知\n\n{before}\n1.甲事。细。（省商务厅牵头{inside}）\n2.乙事。细。（省教育厅、省财政厅按职责分工负责）\n3.丙事。细。（省水利厅牵头）\n{after}"
EVERY = "各市（州）人民政府"


@pytest.mark.parametrize(
    ("before", "inside", "after", "reached"),
    [
        ("", f"；以下各项工作均需{EVERY}落实，不再列出", "", ["1", "2", "3"]),
        (f"各项任务均需{EVERY}落实，不再列出。", "", "", ["1", "2", "3"]),
        ("", "", f"以上各项任务均需{EVERY}落实，不再列出。", ["1", "2", "3"]),
        ("", "，省财政厅配合", "", []),
    ],
    ids=["in the first clause", "ahead", "behind", "nowhere"],
)
def test_the_units_of_such_a_rule_stand_beside_the_stated_ones(before: str, inside: str, after: str, reached: list[str]) -> None:
    found = read(PLAN.format(before=before, inside=inside, after=after).encode(), "a.txt")
    roles = {r.measure: r.role for r in found.responsibilities if r.agency == EVERY}
    assert sorted(roles) == reached
    if reached:
        assert roles == {"1": "participant", "2": "joint", "3": "participant"}  # beside a lead, and where none leads


def test_a_rule_from_the_second_item_on_leaves_the_first_alone() -> None:
    text = PLAN.format(before="", inside="", after="").replace("负责）", f"负责；以下均需{EVERY}落实，不再列出）")
    found = read(text.encode(), "a.txt")
    assert sorted(r.measure for r in found.responsibilities if r.agency == EVERY) == ["2", "3"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("责任单位：同上", ""),
        ("牵头单位同前项", ""),
        ("责任单位：同第12项", "12"),
        ("责任单位：同济大学", None),
        ("同第3项一并考虑", None),
    ],
)
def test_a_clause_that_points_to_another_item(text: str, number: str | None) -> None:
    found = scopes.same_as(text, 0, len(text))
    assert (found[2] if found else None) == number
