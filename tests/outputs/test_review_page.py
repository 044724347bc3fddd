"""The review page shows every doubt as text, whatever it holds, and asks nothing of the network."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from guanlian.loaders.review.doubts import Doubt
from guanlian.outputs.review_page import COLUMNS, render, rows

EVIL = "</script><img src=x onerror=alert(1)>"


def doubt(**given: str) -> Doubt:
    told = {"document": "甲.txt", "item": "3", "kind": "clause", "what": "clause", "zh": "没读懂", "en": "not read"}
    return Doubt(**{**told, "quote": "（各方办）", **given}, start=10, end=15)


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marked: list[str] = []
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        self.inside = tag

    def handle_data(self, data: str) -> None:
        if self.inside == "mark":
            self.marked.append(data)
            self.inside = ""


def test_everything_from_a_document_is_shown_as_text() -> None:
    page = render([doubt(**dict.fromkeys(("document", "item", "what", "en", "zh", "quote", "before", "after"), EVIL))])
    seen = Elements(page)
    assert "img" not in seen.tags and seen.tags.count("script") == 1
    assert seen.marked == [EVIL]
    assert page.count("onerror") == 7


def test_the_words_around_stand_beside_the_marked_ones() -> None:
    page = render([doubt(before="任务三。", after="下一条")], lang="en")
    assert "…任务三。<mark>（各方办）</mark>下一条…" in page
    assert "Unread clauses (1)" in page and "item 3" in page and '<html lang="en">' in page


def test_sections_come_the_gravest_first() -> None:
    page = render([doubt(kind="figure"), doubt(kind="clause"), doubt(kind="provisional")])
    assert re.findall(r'<section id="(\w+)">', page) == ["clause", "provisional", "figure"]


def test_nothing_is_asked_of_the_network() -> None:
    page = render([doubt()])
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", page)
    assert "default-src 'none'" in page and "@@" not in page


def test_odd_characters_and_nothing_at_all() -> None:
    assert "a\ufffdb" in render([doubt(what="a\x1bb")])
    assert render([doubt(what="\ud800")]).encode("utf-8")
    assert "Nothing is in doubt" in render([], lang="en")


def test_rows_are_those_of_the_page() -> None:
    table = rows([doubt(kind="figure"), doubt()], "en")
    assert [row[0] for row in table] == ["clause", "figure"] and len(table[0]) == len(COLUMNS)
