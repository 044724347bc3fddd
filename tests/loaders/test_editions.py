"""A decision finds its words in the next edition: whatever the number of the item, never under words that have changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanlian.loaders import reader
from guanlian.loaders.facts import DocumentInfo, Evidence, FactSheet, Responsibility, Unread
from guanlian.loaders.repair import repair
from guanlian.loaders.review.decisions import LISTS, Review, survive
from guanlian.loaders.review.editions import Edition, Unplaced, bare_title, carry, counterparts, is_edition
from guanlian.loaders.review.homes import at_home

HEAD = """宁波市优化口岸营商环境若干措施
甬政发〔2031〕8号
宁波市人民政府
2031年3月5日

"""
ITEMS = (
    "推广提前申报。鼓励企业在货物抵港前办理申报手续，2031年底前进口提前申报比例达到60%以上。（宁波海关牵头，市商务局、市交通运输局参与）",
    "公开口岸收费目录。在宁波舟山港公示收费项目，清单之外不得收费。（市发展改革委牵头，市市场监管局参与）",
    "建设口岸服务热线。依托国际贸易单一窗口受理企业诉求。（市商务局负责）",
    "压缩通关时间。进口整体通关时间压缩至30小时以内，出口压缩至2小时以内。（各方面合力办）",
    "扩大船边直提应用范围。在梅山港区开展进口货物船边直提。（宁波海关负责）",
)


def edition(items: tuple[str, ...] = ITEMS, head: str = HEAD) -> Edition:
    text = head + "".join(f"{number}. {words}\n" for number, words in enumerate(items, 1))
    return Edition(reader.read(text.encode(), "甲.txt"), repair(text))


OLD = edition()
NEXT = HEAD.replace("〔2031〕8号", "〔2033〕2号").replace("2031年3月5日", "2033年6月1日").replace("若干措施", "若干措施（2033年修订）")


def one(name: str, **said: Any) -> Any:
    (found,) = [row for row in getattr(OLD.sheet, name) if all(getattr(row, k) == v for k, v in said.items())]
    return found


LEAD = replace(one("responsibilities", measure="1", agency="宁波海关"), role="joint")
FIGURE = replace(one("figures", measure="1"), indicator="进口提前申报率")
PORT = one("ports", measure="2")
MODE = one("modes", measure="1")


def added() -> Responsibility:
    """Owners that a person read in a clause that no rule reads."""
    words = "（各方面合力办）"
    assert OLD.text
    at = OLD.text.source.index(words)
    return Responsibility("4", "宁波市口岸工作领导小组", "joint", "stated", "", "各方面", Evidence(at, at + len(words), words))


REVIEWS = [Review(LEAD, "会商"), Review(FIGURE), Review(PORT, rejected=True), Review(MODE), Review(added(), "据会议纪要")]


def changed(at: int, old: str, new: str) -> tuple[str, ...]:
    assert old in ITEMS[at]
    return (*ITEMS[:at], ITEMS[at].replace(old, new), *ITEMS[at + 1 :])


Wanted = dict[int, str]
"""Item of the new edition for each decision that is carried over."""
ALL: Wanted = {0: "1", 1: "1", 2: "2", 3: "1", 4: "4"}
CASES: list[tuple[str, tuple[str, ...], Wanted, dict[int, str | None]]] = [
    ("nothing but the head changed", ITEMS, ALL, {}),
    ("renumbered", (ITEMS[4], *ITEMS[:4]), {0: "2", 1: "2", 2: "3", 3: "2", 4: "5"}, {}),
    ("item before it deleted", ITEMS[1:], {2: "1", 4: "3"}, {0: None, 1: None, 3: None}),
    ("body reworded", changed(0, "鼓励企业", "引导和支持各类企业"), ALL, {}),
    ("title reworded", changed(0, "推广提前申报", "大力推广提前申报"), ALL, {}),
    ("printed otherwise", changed(0, "（宁波海关牵头，市商务局、", "(宁波海关\n牵头，市商务局、"), ALL, {}),
    ("broken by a page", changed(0, "市商务局、市交通运输局参与）", "市商务局、市交通\n\n— 2 —\n\n运输局参与）"), ALL, {}),
    ("clause names another unit", changed(0, "市交通运输局参与", "宁波海事局参与"), {1: "1", 2: "2", 3: "1", 4: "4"}, {0: "1"}),
    ("clause longer", changed(0, "参与）", "参与，各区政府配合）"), {1: "1", 2: "2", 3: "1", 4: "4"}, {0: "1"}),
    ("unread clause changed", changed(3, "各方面合力办", "各方面齐抓共管"), {0: "1", 1: "1", 2: "2", 3: "1"}, {4: "4"}),
    ("figure changed", changed(0, "60%", "80%"), {0: "1", 2: "2", 3: "1", 4: "4"}, {1: "1"}),
    ("figure gone", changed(0, "，2031年底前进口提前申报比例达到60%以上", ""), {0: "1", 2: "2", 3: "1", 4: "4"}, {1: "1"}),
    ("rejected words gone", changed(1, "在宁波舟山港", "在码头"), {0: "1", 1: "1", 3: "1", 4: "4"}, {2: None}),
    (
        "another item in its place",
        ("推广远程属地查检。压缩查检时间，2031年底前应用比例达到60%以上。（宁波海关牵头，市商务局、市交通运输局参与）", *ITEMS[1:]),
        {2: "2", 4: "4"},
        {0: "1", 1: "1", 3: "1"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("items", "kept", "left"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_decisions_in_the_next_edition(
    items: tuple[str, ...], kept: Wanted, left: dict[int, str | None]
) -> None:
    new = edition(items, NEXT)
    assert new.text
    assert is_edition(new.sheet.document, OLD.sheet.document)
    carried, unplaced = carry(REVIEWS, OLD.sheet, new)
    assert {at: one.fact.measure for at, r in enumerate(REVIEWS) for one in carried if _is(one, r)} == kept
    assert {at: one.item for at, r in enumerate(REVIEWS) for one in unplaced if one.review == r} == left
    for review in carried:
        words = review.fact.evidence
        assert new.text.source[words.start : words.end] == words.quote
    sheet = survive(new.sheet, carried)
    for review in carried:
        assert (review.fact in getattr(sheet, LISTS[type(review.fact)])) is not review.rejected
    assert "stated" in [p.clause_state for p in sheet.provisions if p.id == kept.get(4, p.id)]


def _is(one: Review, other: Review) -> bool:
    fact = replace(one.fact, measure=other.fact.measure, evidence=other.fact.evidence)
    return replace(one, fact=fact) == other


def test_what_is_to_be_looked_at_again_shows_the_new_words() -> None:
    new = edition(changed(0, "市交通运输局参与", "宁波海事局参与"), NEXT)
    _, [again] = carry(REVIEWS[:1], OLD.sheet, new)
    assert again.review == REVIEWS[0] and again.words.quote == "（宁波海关牵头，市商务局、宁波海事局参与）"


def test_a_decision_in_the_edition_itself_answers_one_and_no_more() -> None:
    new = edition(changed(0, "市交通运输局参与", "宁波海事局参与"), NEXT)
    others = [Review(one("responsibilities", measure="1", agency="宁波市商务局")), REVIEWS[0]]
    (lead,) = [r for r in new.sheet.responsibilities if r.measure == "1" and r.agency == "宁波海关"]
    kept, left = carry(others, OLD.sheet, new, [Review(lead)])
    assert not kept and [u.review for u in left] == others[:1]
    kept, left = carry(others, OLD.sheet, new, [Review(lead), Review(replace(others[0].fact, evidence=lead.evidence))])
    assert not kept and not left


def test_carrying_over_twice_carries_nothing_more_and_forgets_nothing() -> None:
    new = edition(changed(0, "60%", "80%"), NEXT)
    kept, left = carry(REVIEWS, OLD.sheet, new)
    assert carry(REVIEWS, OLD.sheet, new, kept) == ([], left)


def test_without_the_words_a_decision_stands_where_a_fact_quotes_them() -> None:
    new = edition(ITEMS, NEXT)
    assert carry(REVIEWS, OLD.sheet, Edition(new.sheet)) == carry(REVIEWS, OLD.sheet, new)
    unquoted = Edition(replace(new.sheet, ports=()))
    kept, left = carry([replace(REVIEWS[2], rejected=False)], OLD.sheet, unquoted)
    assert not kept and [one.item for one in left] == ["2"]


def test_names_groups_and_facts_outside_any_item() -> None:
    (name,) = [row for row in OLD.sheet.agencies if row.printed == "市商务局"]
    head = "一句话新闻：宁波舟山港全面推广提前申报。\n\n"
    old, new = edition(ITEMS, HEAD + head), edition(ITEMS, NEXT + "前言。" + head)
    outside = [row for row in old.sheet.ports if not row.measure]
    assert outside
    reviews = [Review(replace(name, canonical="宁波市商务委员会")), Review(outside[0])]
    kept, left = carry(reviews, old.sheet, new)
    assert [type(r.fact) for r in kept] == [type(name), type(outside[0])] and not left
    assert kept[1].fact.evidence.start == outside[0].evidence.start + len(NEXT) + 3 - len(HEAD)
    bare_items = tuple(words.partition("（")[0] for words in ITEMS)
    assert carry(reviews[:1], old.sheet, edition(bare_items, NEXT)) == ([], [Unplaced(reviews[0])])


def test_an_unread_clause_a_person_left_as_it_is() -> None:
    words = added().evidence
    review = Review(Unread("4", "clause", words), "待会商")
    (kept,), _ = carry([review], OLD.sheet, edition((ITEMS[4], *ITEMS[:4]), NEXT))
    assert kept.fact.measure == "5" and kept.note == "待会商"


# --- the document itself --------------------------------------------------------------------------


def test_in_another_reading_of_the_same_text_each_decision_has_a_place() -> None:
    text = OLD.text
    assert text
    left: dict[str, Any] = {
        name: tuple(r for r in getattr(OLD.sheet, name) if getattr(r, "measure", "2") != "1") for name in LISTS.values()
    }
    fewer = replace(OLD.sheet, provisions=OLD.sheet.provisions[1:], **left)
    home = at_home(REVIEWS, OLD.sheet, Edition(fewer, text))
    assert [r.fact.measure for r in home] == ["", "", "2", "", "4"]
    assert [r.fact.evidence for r in home] == [r.fact.evidence for r in REVIEWS]


def test_the_same_text_in_another_file_moves_the_decisions() -> None:
    assert OLD.text
    text = "\n\n" + OLD.text.source
    spaced = Edition(reader.read(text.encode(), "乙.txt"), repair(text))
    assert spaced.sheet.document.key == OLD.sheet.document.key
    for before, after in zip(REVIEWS, at_home(REVIEWS, OLD.sheet, spaced), strict=True):
        assert after.fact.evidence.start == before.fact.evidence.start + 2


# --- which is an edition of which -----------------------------------------------------------------

INFO = DocumentInfo("k1", "甲.txt", "0", "甲市优化口岸措施", "甲府〔2021〕3号", "甲市人民政府", "2021-03-05", "plan", (), "甲市")


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ({"title": "甲市优化口岸措施（2024年修订）", "number": "甲府〔2024〕9号", "issued": "2024"}, True),
        ({"title": "附件1：甲市优化口岸措施（修订版）", "number": "", "issuer": ""}, True),
        ({"title": "关于修订印发《甲市优化口岸措施》的通知", "number": "甲府〔2024〕9号"}, True),
        ({"title": "甲市優化口岸措施"}, True),
        ({"title": "[甲]"}, True),
        ({"title": "[甲]", "number": ""}, False),
        ({"title": "甲市优化口岸措施责任分工表"}, True),
        ({"title": "乙区市容管理细则"}, False),
        ({"number": "", "issuer": "乙市人民政府"}, False),
        ({"title": "甲市优化口岸措施（2024年修订）", "number": "", "issued": "2020-12"}, False),
        ({"kind": "news", "number": ""}, False),
        ({"title": "甲市优化口岸措施2.0", "number": "甲府〔2024〕9号"}, False),
    ],
)
def test_an_edition_is_known_by_number_or_by_title_and_issuer(said: dict[str, Any], is_one: bool) -> None:
    new = replace(INFO, key="k2", **said)
    assert is_edition(new, INFO) is is_one
    assert is_edition(new, INFO, [INFO.number]) and is_edition(new, INFO, ["甲.txt"])


@pytest.mark.parametrize(
    "title",
    [
        "宁波市优化口岸营商环境若干措施（征求意见稿）",
        "宁波市优化口岸营商环境若干措施（2033年版）",
        "宁波市优化口岸营商环境若干措施（试行）",
        "宁波市优化口岸营商环境若干措施(第二次修订)",
        "宁波市优化口岸营商环境若干措施修订稿",
        "附件：宁波市优化口岸营商环境若干措施",
    ],
)
def test_words_of_edition_are_no_part_of_a_title(title: str) -> None:
    assert bare_title(title) == "宁波市优化口岸营商环境若干措施"


@pytest.mark.parametrize("title", ["甲市三年行动方案（2021—2023年）", "甲市工作要点（2022年）", "甲市措施（海运部分）"])
def test_years_and_parts_are(title: str) -> None:
    assert bare_title(title) != bare_title(title.partition("（")[0])


# --- properties -----------------------------------------------------------------------------------


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(st.permutations(range(len(ITEMS))), st.sets(st.integers(0, len(ITEMS) - 1)))
def test_every_decision_is_carried_or_told_whatever_order_the_items_have(order: list[int], gone: set[int]) -> None:
    left = [at for at in order if at not in gone]
    new = edition(tuple(ITEMS[at] for at in left), NEXT)
    kept, unplaced = carry(REVIEWS, OLD.sheet, new)
    assert len(kept) + len(unplaced) == len(REVIEWS)
    if len(left) == len(new.sheet.provisions):  # a list of one or two lines may be read as none
        for review in REVIEWS:
            at = int(review.fact.measure) - 1
            found = [one for one in kept if _is(one, review)]
            assert [one.fact.measure for one in found] == ([str(left.index(at) + 1)] if at in left else [])
        matches = counterparts(OLD.sheet, new.sheet)
        assert len({match.item for match in matches.values()}) == len(matches)


@pytest.fixture(autouse=True, scope="module")
def _read_as_meant() -> None:
    sheet: FactSheet = OLD.sheet
    assert [p.id for p in sheet.provisions] == ["1", "2", "3", "4", "5"]
