"""Tables pasted without their lines: one cell on each line, row after row under the heads of the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from guanlian.loaders.outline.numbering import words_of_lines
from guanlian.loaders.tables.grids import (
    NONE,
    NOTE,
    OWNERS,
    PRINTED_HEADING,
    Grid,
    Line,
    Row,
    Span,
    header,
    kind_of,
    names_units,
)
from guanlian.loaders.text import Text

_TIME = re.compile(
    r"(?:全年|长期|持续|常年|常态|每[年季月半]|适时|即时|立即|(?:19|20)\d\d年|\d{1,2}月|[上下]半年|[一二三四]季度|年[底内]|春节)[^。，；]{0,14}"
)
_NUMBER = re.compile(r"[（(]?(\d{1,3})[)）.、．]?")
_PROSE = re.compile(r"[。；，]")
_MOST_COLUMNS = 9
_LONGEST_HEADING = 24
_LEAST_TASK = 5
_LONGEST_NAME = 16
_MOST_LINES = 14
"""Times the columns that the lines of an item's merged rows may be."""
_PLACE_OR_FIRM = re.compile(r"[\u4e00-\u9fff]{1,10}(?:镇|乡|街道|公司|集团|园区)")
_LEVELS = "省市县区州盟旗各国"
"""What names of units begin with, and categories do not."""


def pasted(text: Text) -> Iterator[Grid]:
    """Tables whose rows begin with a number on a line of its own, each cell being a line."""
    lines = words_of_lines(text.folded)
    at = 0
    while at < len(lines):
        heads = _head(lines, at)
        if not heads:
            at += 1
            continue
        rows = _Rows(text, lines, header(_mended(heads)), heads)
        at = rows.read(at + len(heads))
        if rows.grid.rows:
            yield rows.grid


def _head(lines: list[Line], at: int) -> list[str]:
    """The lines from there on that head columns, the number's first; [] for none."""
    if len(lines[at][2]) > 6 or kind_of(lines[at][2]) != "number":
        return []
    heads: list[str] = []
    for _, _, words in lines[at : at + _MOST_COLUMNS]:
        if "\t" in words or _NUMBER.fullmatch(words) or PRINTED_HEADING.match(words):
            break
        heads.append(words)
    while heads and not kind_of(heads[-1]):
        heads.pop()
    return heads if len(heads) > 2 and header(_mended(heads)) else []


def _mended(heads: list[str]) -> list[str]:
    """The heads of columns, those put together that a narrow column broke: 牵头, 部门."""
    mended: list[str] = []
    for words in heads:
        if mended and _SECOND_HALF.fullmatch(words) and _FIRST_HALF.fullmatch(mended[-1]):
            mended[-1] += words
        else:
            mended.append(words)
    return mended


_FIRST_HALF = re.compile(r"[\u4e00-\u9fff]{0,4}(?:牵头|责任|配合|参与|主办|协办|完成|落实|实施|负责)")
_CELL_NUMBER = re.compile("[一二三四五六七八九十]{1,3}")
_SECOND_HALF = re.compile(r"单位|部门|时间|时限|期限|科室|领导")


class _Rows:
    """Takes the rows below the heads of a table."""

    def __init__(self, text: Text, lines: list[Line], kinds: list[str], heads: list[str]) -> None:
        self.text, self.lines, self.heads = text, lines, heads
        self.grid = Grid(kinds)
        self.section, self.block, self.number = "", 0, 0
        self.named_singly = False

    def read(self, at: int) -> int:
        """Takes the rows from a line on; where the table ends."""
        size = len(self.heads)
        self.named_singly = _single_leads([words for _, _, words in self.lines[at:]], self.grid.kinds)
        if at + 1 < len(self.lines) and not self._starts(at) and not self._heads(at) and self._starts(at + 1):
            self._heading(at)  # the first category has no number
            at += 1
        while at < len(self.lines):
            if self._starts(at):
                at = self._row(at)
            elif many := self._heads(at):
                self._heading(at, many)
                at += many
            elif [words for _, _, words in self.lines[at : at + size]] == self.heads:
                at += size  # printed again at the top of a page
            else:
                break
        return at

    def _starts(self, at: int) -> bool:
        """Whether a row begins at a line: the next number, 1 again, or a later one where a row can begin."""
        match = _NUMBER.fullmatch(self.lines[at][2])
        if not match:
            return False
        if int(match[1]) in (self.number + 1, 1):
            return True
        if int(match[1]) <= self.number or at + 1 == len(self.lines) or len(self.lines[at + 1][2]) < _LEAST_TASK:
            return False
        before = self.lines[at - 1][2]
        ended = _look_of(self.grid.kinds[-1]) in ("", *_looks(before)) or PRINTED_HEADING.match(before)
        return bool(ended or not self.grid.rows)

    def _heads(self, at: int) -> int:
        """How many lines from there on are one heading above rows, or above other headings that are; 0 for none."""
        if at + 2 < len(self.lines) and _CELL_NUMBER.fullmatch(self.lines[at][2]) and self._starts(at + 2):
            return 2  # its number in a cell of its own
        for i in range(at, len(self.lines)):
            if i > at and self._starts(i):
                return 1
            if not PRINTED_HEADING.match(self.lines[i][2]):
                return 0
        return 0

    def _heading(self, at: int, size: int = 1) -> None:
        words = (self.text.clean[slice(*line[:2])].strip() for line in self.lines[at : at + size])
        self.section, self.block = "、".join(words), self.block + 1

    def _row(self, at: int) -> int:
        """Takes the row that begins at a line; where it ends."""
        match = _NUMBER.fullmatch(self.lines[at][2])
        assert match
        self.number = int(match[1])
        stop, last = self._stop(at + 1)
        block, section = self.block, self.section
        if parts := _parts(self.lines[at:stop], self.grid.kinds):
            for spans in parts:
                self.grid.rows.append(Row(spans[0][0], spans[-1][1], spans, section, block))
            return stop
        cells, left, unsure = aligned(self.lines[at:stop], self.grid.kinds, named_singly=self.named_singly)
        trailing = self.lines[stop - 1]
        if left == [trailing[:2]] and not last and len(trailing[2]) <= _LONGEST_HEADING and not _PROSE.search(trailing[2]) and trailing[2][0] not in _LEVELS:
            self._heading(stop - 1)  # a category without a number, of the rows that follow
            left = []
        elif last and left:
            while self.lines[stop - 1][:2] in left:
                stop -= 1  # the page goes on
            left = [span for span in left if span[0] < self.lines[stop - 1][1]]
        end = left[-1][1] if left else max(b for _, b in cells)
        self.grid.rows.append(Row(self.lines[at][0], max(end, self.lines[at][1]), (*cells, *left), section, block, unsure))
        return stop

    def _stop(self, at: int) -> tuple[int, bool]:
        """Where the lines of a row end at the latest, and whether no other row follows."""
        size, end = len(self.heads), len(self.lines)
        latest = min(end, at + 3 * size + 1)
        for i in range(at, min(end, at + _MOST_LINES * size)):
            if self._starts(i) or self._heads(i) or [words for _, _, words in self.lines[i : i + size]] == self.heads:
                return i, False
            if NOTE.match(self.lines[i][2]):
                return min(i, latest), True
        return latest, True


def _single_leads(words: list[str], kinds: list[str]) -> bool:
    """Whether enough rows of a table have one line for each column to show that one unit leads, where names stand line by line."""
    if [kind for kind in kinds if kind in OWNERS] != ["lead", "participant"]:
        return False
    starts, number = [], 0
    for i, line in enumerate(words):
        if (match := _NUMBER.fullmatch(line)) and int(match[1]) == number + 1:
            starts.append(i)
            number += 1
    sizes = [b - a for a, b in pairwise(starts)]
    plain = sum(size in (len(kinds), len(kinds) - kinds.count("section")) for size in sizes)
    return plain > 1 and 3 * plain >= len(sizes)


def _parts(lines: list[Line], kinds: list[str]) -> list[tuple[Span, ...]]:
    """The rows of an item whose number and first cells were merged over several; [] for an item of one row."""
    size = len(kinds)
    if len(lines) <= size or not _like(lines[:size], kinds):
        return []
    spans = [(start, end) for start, end, _ in lines]
    for merged in (2, 1, 3):
        width = size - merged
        if width < 2 or "task" not in kinds[merged:] or (len(lines) - size) % width:
            continue
        starts = range(size, len(lines), width)
        if all(_like(lines[i : i + width], kinds[merged:]) for i in starts):
            return [tuple(spans[:size]), *((*[(spans[i][0], spans[i][0])] * merged, *spans[i : i + width]) for i in starts)]
    return []


def _like(lines: list[Line], kinds: list[str]) -> bool:
    """Whether each line looks like a cell of its column: units below owners, none of them below tasks."""
    for (_, _, words), kind in zip(lines, kinds, strict=True):
        looks = _looks(words)
        if kind in OWNERS and "owner" not in looks or kind == "task" and "owner" in looks or kind == "time" and "time" not in looks:
            return False
    return True


class Aligned(NamedTuple):
    """The cell of each column; the lines that no column takes, or that two may take; the places of cells that another column may hold as well."""

    cells: tuple[Span, ...]
    left: list[Span]
    unsure: tuple[int, ...] = ()


def aligned(lines: list[Line], kinds: list[str], *, named_singly: bool = False) -> Aligned:
    """The cell of each column by what its line looks like.

    ``named_singly``: one line names who leads, and those behind it who take part, each on a line.
    """
    spans = [(start, end) for start, end, _ in lines]
    looks = [_looks(words) for _, _, words in lines]
    if len(lines) == len(kinds) and _fit(looks, kinds):
        return Aligned(tuple(spans), [])
    cells: dict[int, Span] = {0: spans[0]}
    left: list[Span] = []
    alone: list[int] = []
    unknown: list[Line] = []
    runs = [(look, [i for i, _ in run]) for look, run in groupby(list(enumerate(kinds))[1:], lambda x: _look_of(x[1]))]
    at = 1
    for k, (look, columns) in enumerate(runs):
        ahead = [following for following, _ in runs[k + 1 :] if following][:1]
        stop = min(len(lines), at + (not look and any(kinds[i] == "task" for i in columns)))  # a task may end like a unit's name
        while stop < len(lines) and (look in looks[stop] if look else not ahead or ahead[0] not in looks[stop]):
            stop += 1
        if look == "owner" and named_singly:
            while at < stop < len(lines) and (look in looks[stop] or _PLACE_OR_FIRM.fullmatch(lines[stop][2])):
                stop += 1
        if not look and not ahead:
            stop = min(stop, at + len(columns))
        taken = spans[at:stop]
        if not look and ahead and len(taken) > len(columns):  # more lines than columns: a unit among them is in none
            left += [spans[i] for i in range(at + 1, stop) if looks[i] == {"owner"}]
            taken = [span for span in taken if span not in left]
        if look == "owner" and (len(columns) > 1 and len(taken) not in (1, len(columns)) and not named_singly or any(map(_name_unknown, [*unknown, *lines[stop : stop + 1]]))):
            left += taken
        else:
            _give(cells, columns, taken, from_right=not look)
            alone += columns[:1] * (look == "owner" and len(taken) == 1 < len(columns) and not named_singly)
        unknown = [] if look or len(taken) <= len(columns) else lines[at + 1 : stop]
        at = stop
    empty = (spans[0][1], spans[0][1])
    return Aligned(tuple(cells.get(i, empty) for i in range(len(kinds))), left + spans[at:], tuple(alone))


def _name_unknown(line: Line) -> bool:
    """Whether a line beside owners may be the name of one more whose form is unknown."""
    return line[2][0] in _LEVELS and len(line[2]) <= _LONGEST_NAME and not _PROSE.search(line[2])


def _fit(looks: list[set[str]], kinds: list[str]) -> bool:
    """Whether lines as many as columns stand below their heads: none looks like what another column misses."""
    for look in ("owner", "time"):
        inside = [look in found for found, kind in zip(looks, kinds, strict=True) if _look_of(kind) == look]
        outside = any(found == {look} for found, kind in zip(looks, kinds, strict=True) if _look_of(kind) != look)
        if outside and (look == "owner" or not all(inside)):
            return False
    return True


def _give(cells: dict[int, Span], columns: list[int], spans: list[Span], *, from_right: bool) -> None:
    """Gives lines to columns one by one, the last column taking what is left over."""
    columns = columns[-len(spans) :] if from_right else columns
    for k, (column, span) in enumerate(zip(columns, spans, strict=False)):
        cells[column] = (span[0], spans[-1][1]) if k == len(columns) - 1 else span


def _look_of(kind: str) -> str:
    return "owner" if kind in OWNERS else "time" if kind == "time" else ""


def _looks(words: str) -> set[str]:
    """What a line can be by its looks: a cell of owners, of time, either (none), or neither."""
    if NONE.fullmatch(words):
        return {"owner", "time"}
    if _TIME.fullmatch(re.sub(r"(?<=\d)\s+(?=\D)|(?<=\D)\s+(?=\d)", "", words)):
        return {"time"}
    return {"owner"} if names_units(words.rstrip("。；;")) else set()
