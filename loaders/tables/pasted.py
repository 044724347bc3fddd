"""Tables pasted without their lines: one cell on each line, row after row under the heads of the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guanlian.loaders.outline.numbering import lines_of
from guanlian.loaders.tables.grids import NOTE, OWNERS, PRINTED_HEADING, Grid, Row, Span, header, kind_of, names_units
from guanlian.loaders.text import Text

_TIME = re.compile(
    r"(?:全年|长期|持续|常年|常态|每[年季月半]|适时|即时|立即|(?:19|20)\d\d年|\d{1,2}月|[上下]半年|[一二三四]季度|年[底内]|春节)[^。，；]{0,14}"
)
_NONE = re.compile(r"[/／∕\\—\-–－―─]+|无")
_MOST_COLUMNS = 9

_Line = tuple[int, int, str]


def pasted(text: Text) -> Iterator[Grid]:
    """Tables whose rows begin with a number on a line of its own, each cell being a line."""
    lines = [(start + len(line) - len(line.lstrip()), start + len(line.rstrip()), line.strip()) for start, end, line in lines_of(text.folded) if line.strip()]
    at = 0
    while at < len(lines):
        size = _head(lines, at)
        if not size:
            at += 1
            continue
        grid = Grid([kind_of(words) for _, _, words in lines[at : at + size]])
        at = _rows(text, lines, at + size, grid)
        if grid.rows:
            yield grid


def _head(lines: list[_Line], at: int) -> int:
    """How many lines from there on are the heads of a table's columns, the number's first; 0 for none."""
    if len(lines[at][2]) > 6 or kind_of(lines[at][2]) != "number":
        return 0
    heads: list[str] = []
    for _, _, words in lines[at : at + _MOST_COLUMNS]:
        if "\t" in words or not kind_of(words):
            break
        heads.append(words)
    return len(heads) if len(heads) > 2 and header(heads) else 0


def _rows(text: Text, lines: list[_Line], at: int, grid: Grid) -> int:
    """Takes the rows from a line on; where the table ends."""
    section, block, number = "", 0, 0
    while at < len(lines):
        words = lines[at][2]
        if words.isdecimal() and int(words) in (number + 1, 1):
            stop = _end(lines, at + 1, int(words), len(grid.kinds), grid.kinds[-1] == "time")
            number = int(words)
            cells = _aligned(lines[at:stop], grid.kinds)
            grid.rows.append(Row(lines[at][0], lines[stop - 1][1], cells, section, block))
            at = stop
        elif PRINTED_HEADING.match(words) and any(line[2].isdecimal() for line in lines[at + 1 : at + 2]):
            section, block, at = text.clean[slice(*lines[at][:2])], block + 1, at + 1
        elif [kind_of(w) for _, _, w in lines[at : at + len(grid.kinds)]] == grid.kinds:
            at += len(grid.kinds)  # printed again at the top of a page
        else:
            return at
    return at


def _end(lines: list[_Line], at: int, number: int, columns: int, timed: bool) -> int:
    """Where the cells of a row end: before the next number or heading, a note, or its last column."""
    for i in range(at, len(lines)):
        words = lines[i][2]
        nearer = i - at < columns - 1
        if words.isdecimal() and int(words) in (number + 1, 1) or NOTE.match(words):
            return i
        following = lines[i + 1][2] if i + 1 < len(lines) else ""
        if PRINTED_HEADING.match(words) and following.isdecimal():
            return i
        if not nearer and not any(line[2].isdecimal() and int(line[2]) == number + 1 for line in lines[i : i + columns]):
            return i  # the last row, behind which the page goes on
        if timed and not nearer and _TIME.fullmatch(lines[i - 1][2]):
            return i
    return len(lines)


def _aligned(lines: list[_Line], kinds: list[str]) -> tuple[Span, ...]:
    """The cell of each column; where lines are fewer or more than columns, by what they look like, and doubtful ones left out."""
    spans = [(start, end) for start, end, _ in lines]
    looks = [_look(words) for _, _, words in lines]
    if len(lines) == len(kinds) and not any(k == "time" and look != "time" for k, look in zip(kinds, looks, strict=True) if "time" in looks):
        return tuple(spans)
    empty = (spans[0][1], spans[0][1])
    cells = {kinds.index("number"): spans[0]}
    first = next((i for i in range(2, len(lines)) if looks[i] == "owner"), len(lines))
    last = next((i for i in range(first, len(lines)) if looks[i] != "owner"), len(lines))
    _give(cells, [i for i, k in enumerate(kinds) if k in ("task", "section")], spans[1:first])
    owning = [i for i, k in enumerate(kinds) if k in OWNERS]
    if last - first == len(owning) or last - first == 1 or len(owning) == 1:
        _give(cells, owning, spans[first:last])
    timed = [spans[i] for i in range(last, len(lines)) if looks[i] == "time"]
    _give(cells, [i for i, k in enumerate(kinds) if k == "time"], timed)
    return tuple(cells.get(i, empty) for i in range(len(kinds)))


def _give(cells: dict[int, Span], columns: list[int], spans: list[Span]) -> None:
    """Gives lines to columns one by one, the last column taking what is left over."""
    for k, (column, span) in enumerate(zip(columns, spans, strict=False)):
        cells[column] = (span[0], spans[-1][1]) if k == len(columns) - 1 else span


def _look(words: str) -> str:
    """Whether a line looks like a cell of owners, of time, or of words."""
    if _TIME.fullmatch(words):
        return "time"
    return "owner" if _NONE.fullmatch(words) or names_units(words) else "words"
