"""Tables whose cells are parted by nothing but spaces: rows that begin with a number, cells told apart by what they look like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guanlian.loaders.outline.numbering import words_of_lines
from guanlian.loaders.tables.grids import (
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
from guanlian.loaders.tables.pasted import Aligned, aligned
from guanlian.loaders.text import Text

_CELL = re.compile(r"\S+")
_WIDE_CELL = re.compile(r"\S+(?: \S+)*")
_NUMBER = re.compile(r"(\d{1,3})(?:[.．、](?!\d) *| +)(?=\D)")
_JOINED = re.compile(r"(?<=[\u4e00-\u9fff）])\d{1,3}(?= +[\u4e00-\u9fff“《])")
_FEWEST_HEADS = 3
_BROKEN = 2
"""What a space breaks off the end of a cell has no more characters: 保 护."""
_MOST_LINES = 12


def spaced(text: Text) -> Iterator[Grid]:
    """Tables under a line of heads with spaces between them."""
    lines = words_of_lines(text.folded)
    at = 0
    while at < len(lines):
        kinds = _head(lines[at][2])
        at += 1
        if kinds:
            grid = Grid(kinds)
            at = _rows(text, lines, at, grid)
            if grid.rows:
                yield grid


def _head(line: str) -> list[str]:
    """Kinds of the columns that a line heads, the number's first; [] for another line."""
    heads = line.split()
    if len(heads) < _FEWEST_HEADS or "\t" in line or kind_of(heads[0]) != "number" or not all(map(kind_of, heads)):
        return []
    return header(heads)


def _rows(text: Text, lines: list[Line], at: int, grid: Grid) -> int:
    """Takes the rows from a line on; where the table ends."""
    section, block, number = "", 0, 0

    def starts(i: int) -> int:
        match = _NUMBER.match(lines[i][2]) if i < len(lines) else None
        return int(match[1]) if match and (not number or int(match[1]) in (1, number + 1)) else 0

    while at < len(lines):
        words = lines[at][2]
        if starts(at):
            number = starts(at)
            _cut(text.folded, lines, at, number + 1)
            stop = at + 1
            while stop < len(lines) and stop - at < _MOST_LINES and not (starts(stop) or _ends(lines, stop, bool(starts(stop + 1)))):
                stop += 1
            last = not starts(stop) and not (stop < len(lines) and PRINTED_HEADING.match(lines[stop][2]) and starts(stop + 1))
            stop, found = _whole(text.folded, lines, at, stop, grid.kinds) if last else (stop, _cells(text.folded, (lines[at][0], lines[stop - 1][1]), grid.kinds))
            grid.rows.append(Row(lines[at][0], lines[stop - 1][1], (*found.cells, *found.left), section, block, found.unsure))
            at = stop
        elif _head(words) == grid.kinds:
            at += 1  # printed again at the top of a page
        elif starts(at + 1) and not NOTE.match(words):
            section, block, at = text.clean[slice(*lines[at][:2])], block + 1, at + 1
        else:
            break
    return at


def _cut(folded: str, lines: list[Line], at: int, number: int) -> None:
    """Parts a line in two before the next row's number, where its line was put together with this row's."""
    start, end, _ = lines[at]
    for joined in _JOINED.finditer(folded, start, end):
        if int(joined[0]) == number:
            middle = joined.start()
            lines[at : at + 1] = [(start, middle, folded[start:middle]), (middle, end, folded[middle:end])]
            return


def _ends(lines: list[Line], at: int, followed: bool) -> bool:
    """Whether a row ends before a line: a note, heads, or a heading above another row."""
    words = lines[at][2]
    return bool(NOTE.match(words) or _head(words) or PRINTED_HEADING.match(words) and followed)


def _whole(folded: str, lines: list[Line], at: int, stop: int, kinds: list[str]) -> tuple[int, Aligned]:
    """The last row, behind which the page goes on: as many of its lines as it takes to fill its columns."""
    for end in range(at + 1, stop + 1):
        found = _cells(folded, (lines[at][0], lines[end - 1][1]), kinds)
        if not found.left:
            return end, found
    return at + 1, _cells(folded, lines[at][:2], kinds)


def _cells(folded: str, span: Span, kinds: list[str]) -> Aligned:
    """The cells of a row, and what no column can be told to hold."""
    number = _NUMBER.match(folded, *span)
    assert number
    blank = kinds[1] == "section" and folded.startswith("  ", number.end(1))  # the category is merged with the one above
    wide, narrow = ([number.span(1), *(m.span() for m in cell.finditer(folded, number.end(), span[1]))] for cell in (_WIDE_CELL, _CELL))
    narrow = [part for whole in narrow for part in _parted(folded, whole)]
    shorter = narrow if blank else _mended(narrow)
    parts = next((found for found in (wide, narrow, shorter) if len(found) == len(kinds) - blank), shorter)
    shown = [kind for i, kind in enumerate(kinds) if not (blank and i == 1)]
    first = next(i for i, kind in enumerate(shown) if kind in (*OWNERS, "time"))
    tokens = [(a, b, folded[a:b]) for a, b in parts]
    cells, left, unsure = aligned(tokens, ["number", "task", *shown[first:]])
    if cells[1][0] == cells[1][1] or not any(a < b for (a, b), kind in zip(cells[2:], shown[first:], strict=True) if kind in OWNERS):
        left = left or parts[-1:]
    sorted_out = _words([p for p in parts if cells[1][0] <= p[0] and p[1] <= cells[1][1]], shown[1:first], cells[1])
    found = [cells[0], *sorted_out, *cells[2:]]
    if blank:
        found.insert(1, (cells[0][1], cells[0][1]))
    return Aligned(tuple(found), left, tuple(i + len(found) - len(cells) for i in unsure))


def _parted(folded: str, part: Span) -> list[Span]:
    """A task that runs into its owners (建校舍。市教育局) in two."""
    stop = folded.rfind("。", *part) + 1
    return [(part[0], stop), (stop, part[1])] if 0 < stop < part[1] and names_units(folded[stop : part[1]]) else [part]


def _mended(parts: list[Span]) -> list[Span]:
    """Parts with what a space broke off put back."""
    mended = parts[:2]
    for part in parts[2:]:
        if part[1] - part[0] <= _BROKEN:
            mended[-1] = (mended[-1][0], part[1])
        else:
            mended.append(part)
    return mended


def _words(parts: list[Span], kinds: list[str], whole: Span) -> list[Span]:
    """The cells of category, task and detail; where spaces stand within them, the detail is the last part and the task the rest."""
    if len(parts) == len(kinds):
        return parts
    empty = (whole[0], whole[0])
    if len(kinds) == 1 or len(parts) < 2:
        return [empty] * (len(kinds) - 1) + [whole]
    return [empty] * (len(kinds) - 2) + [(whole[0], parts[-2][1]), parts[-1]]
