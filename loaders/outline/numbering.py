"""Numbered lines nested by the order in which their numbering styles open (GB/T 9704: 一、 （一） 1. （1）)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from guanlian.loaders.outline.numerals import ordinal
from guanlian.loaders.text import Text

CJK = "一二三四五六七八九十百零〇"
STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第([{CJK}\d]{{1,5}})部分[:：、\s]*")),
    ("chapter", re.compile(rf"第([{CJK}\d]{{1,5}})[章节][:：、\s]*")),
    ("article", re.compile(rf"第\s*([{CJK}\d]{{1,5}})\s*条[:：、\s]*")),
    ("cjk", re.compile(rf"([{CJK}]{{1,4}})\s*[、．.]\s*")),
    ("paren_cjk", re.compile(rf"[（(]\s*([{CJK}]{{1,4}})\s*[)）]\s*[、.．]?\s*")),
    ("decimal", re.compile(r"\d{1,2}[.．](\d{1,2})(?![\d%.])\s*(?=[\u4e00-\u9fff“《])(?!亿|万|个|倍|小时|天|元|吨|%)")),
    ("arab", re.compile(r"(\d{1,3})\s*(?:\\?[.．、﹒]|。(?=[\u4e00-\u9fff“])|\s(?=\D))(?!\d)\s*")),
    ("paren_arab", re.compile(r"[（(]\s*(\d{1,3})\s*[)）]\s*[、.．]?\s*")),
    ("circled", re.compile(r"([①-⑳])\s*")),
)
"""Numbering styles, outermost first (GB/T 9704: 一、 （一） 1. （1）)."""
_FIRST = {"第": ("part", "chapter", "article"), CJK: ("cjk",), "（(": ("paren_cjk", "paren_arab"), "①-⑳": ("circled",), r"\d": ("decimal", "arab")}
"""Characters that a number begins with, and the styles in which it may."""
ORDER = {style: i for i, (style, _) in enumerate(STYLES)}

_APPENDIX = re.compile(r"\s*附\s*(?:件|表|录)?\s*\d*\s*[:：]?\s*$|\s*附\s*(?:件|表|录)\s*\d*\s*[:：].*|\s*附[:：].*")
_ANNEXES = re.compile(r"\s*附\s*[件表录]?\s*[:：]\s*1\s*[.．、]")
"""The first of several annexes; the others are numbered below it."""
_ANNEX = re.compile(r"(\d{1,2})\s*[.．、]\s*[^。]{2,60}。?(?:[（(]略[)）])?。?")


@dataclass
class Node:
    """A numbered line and what stands under it; offsets into ``clean``."""

    style: str
    number: int
    printed: str
    start: int
    title_start: int
    line_end: int
    title: str
    end: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def own_end(self) -> int:
        """Where the node's own words end and its first numbered child begins."""
        return self.children[0].start if self.children else self.end

    def chain(self) -> Iterator[Node]:
        """The nodes above this one, nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


def lines_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and words of every line."""
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line), line
        start += len(line) + 1


def words_of_lines(text: str) -> list[tuple[int, int, str]]:
    r"""Start, end and words of every line that holds any, without the white space around them.

    >>> words_of_lines("甲\n\n 乙 ")
    [(0, 1, '甲'), (4, 5, '乙')]
    """
    return [(a + len(line) - len(line.lstrip()), a + len(line.rstrip()), words) for a, _, line in lines_of(text) if (words := line.strip())]


def tree(text: Text, stop: int) -> list[Node]:
    """Numbered lines nested by the order in which their styles open."""
    nodes: list[Node] = []
    stack: list[Node] = []
    folded = text.folded[:stop]
    end_of_items = stop
    annexes = 0
    for start, end, line in lines_of(folded):
        stripped = line.lstrip()
        if not stripped:
            continue
        if annexes and (annex := _ANNEX.fullmatch(stripped.rstrip())) and int(annex[1]) == annexes + 1:
            annexes += 1
            continue
        annexes = int(bool(_ANNEXES.match(line)))
        if _APPENDIX.fullmatch(line) and nodes:
            for open_node in stack:
                open_node.end = open_node.end or start
            stack = []
            end_of_items = start
            continue
        node = _numbered(stripped, start + len(line) - len(stripped), end) or _next(stripped, start + len(line) - len(stripped), end, nodes)
        if node is None:
            continue
        style = node.style
        while stack and (stack[-1].style == style or style in [a.style for a in stack[-1].chain()]):
            stack.pop().end = start
        node.parent = stack[-1] if stack else None
        if node.parent:
            node.parent.children.append(node)
        stack.append(node)
        nodes.append(node)
        end_of_items = stop
    for node in nodes:
        node.end = node.end or end_of_items
    return nodes


_RUN_ON = re.compile(r"(\d{1,3})[.．、](?=\d{1,6}[^\d.．%年月日号点万亿\s]|(?:19|20)\d\d年)")

_SLIPPED = re.compile(r"(\d{1,3})(?:[，,]\s*|(?![年月日号天家个条项件万亿千百种类批台套次人名元吨公米平亩倍期所座处户艘架列标票辆]))(?=[\u4e00-\u9fff]{2})")
"""A number whose stop was lost or slipped (3，开工…; 4完善…), told by the item before it and the clause behind it."""
_WITH_CLAUSE = re.compile(r"[（(〔【][^（）()〔〕【】]{2,}(?:负责|牵头|配合)|(?:责任|牵头)单位[:：]")
_FIRST_OF_YEAR = re.compile(r"1[.．、](?:19|20)\d\d年")


def _next(stripped: str, offset: int, line_end: int, nodes: list[Node]) -> Node | None:
    """An item whose title begins with a number (11.121人才梯队项目, 2.2022年底前): told from a decimal by the item before it."""
    slipped = _SLIPPED.match(stripped)
    match = _RUN_ON.match(stripped) or (slipped if slipped and _WITH_CLAUSE.search(stripped) else None)
    if match is None:
        return None
    before = next((n for n in reversed(nodes) if n.style == "arab"), None)
    if not (before and int(match[1]) == before.number + 1 or _FIRST_OF_YEAR.match(stripped)):
        return None
    return Node("arab", int(match[1]), match[0], offset, offset + match.end(), line_end, stripped[match.end() :])


@lru_cache(maxsize=1024)
def _styles(first: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The styles in which a number may begin with a character."""
    may = {style for among, styles in _FIRST.items() if re.match(f"[{among}]", first) for style in styles}
    return tuple((style, pattern) for style, pattern in STYLES if style in may)


def _numbered(stripped: str, offset: int, line_end: int) -> Node | None:
    for style, pattern in _styles(stripped[:1]):
        match = pattern.match(stripped)
        if match and (match.end() < len(stripped) or style in ("chapter", "part")):
            if style == "arab" and re.match(r"\d{1,3}\s+(?:年|月|日|个|家|%|万|条|项)", stripped):
                return None
            return Node(style, ordinal(match[1]), stripped[: match.end()].strip(), offset, offset + match.end(), line_end, stripped[match.end() :])
    return None


def number_of(line: str) -> tuple[str, int, int]:
    """Style and count of the number that opens a line, and where its words begin: ``("", 0, 0)`` without one."""
    for style, pattern in _styles(line[:1]):
        if match := pattern.match(line):
            return style, ordinal(match[1]), match.end()
    return "", 0, 0
