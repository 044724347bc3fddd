"""Tables drawn with upright bars in plain text (boxes, Markdown, pages saved as text) → lines of tab-separated cells."""

from __future__ import annotations

import re

_BAR = re.compile("[|｜│┃║]")
_CROSSING = re.compile("[|｜│┃║├┼┤┠┿┨┝╂┥┣╋┫╠╬╣╞╪╡╟╫╢+]")
"""Where a rule between two rows crosses an upright bar."""
_BARS_AND_JOINTS = "+|｜│┃║┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛┠┿┨┝╂┥┯┷╔╦╗╠╬╣╚╩╝╞╪╡╒╤╕╘╧╛╟╫╢"
_RULE = re.compile(rf"[\s:\-—─━═=┄┅┈┉{_BARS_AND_JOINTS}]*[-—─━═=][\s:\-—─━═=┄┅┈┉{_BARS_AND_JOINTS}]*")
_DRAWN = re.compile("[─━═┌├└┏┣┗╔╠╚]|^\\s*\\+[-=]")
"""A rule of a box, whose rows may run over lines; a row of Markdown is one line."""
_JOINT = re.compile("[├┼┤┠┿┨┝╂┥┣╋┫╠╬╣╞╪╡╟╫╢]")
_INNER_RULE = re.compile(r"\s*[─━═=\-][\s─━═=\-]*")
_CELL_LINE = re.compile(r"[^|｜]*[^|｜\s][^|｜]*[|｜]\s*")
_LONE = ("|", "｜")
_FEWEST_LONE = 8
_FEWEST = 4
"""Cell lines in a row that make a table rather than a menu."""


def barred(text: str) -> str:
    r"""The text with its drawn tables as rows of cells; a text without any comes back as it is.

    >>> barred("分工\n| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 1 | 开通 | 市商务局 |\n完")
    '分工\n\n序号\t任务\t责任单位\n1\t开通\t市商务局\n\n完'
    """
    if not _BAR.search(text):
        return text
    lines = _from_lone_bars(text.split("\n"))
    out: list[str] = []
    at = 0
    while at < len(lines):
        stop = _table_end(lines, at)
        block = [line for line in lines[at:stop] if line.strip()]
        if sum(1 for line in block if _is_row(line)) > 1:
            rows = _boxed(block) if any(_DRAWN.search(line) for line in block if _RULE.fullmatch(line)) else _listed(block)
            out += ["", *map("\t".join, rows), ""]
        else:
            stop = max(stop, at + 1)
            out += lines[at:stop]
        at = stop
    return "\n".join(_without_cell_ends(out))


def _from_lone_bars(lines: list[str]) -> list[str]:
    """Rows for tables whose bars stand on lines of their own, each cell between two; the first row tells how many cells one has."""
    if sum(1 for line in lines if line.strip() in _LONE) < _FEWEST_LONE:
        return lines
    out: list[str] = []
    row: list[str] | None = None
    begun, width, cell = 0, 0, list[str]()
    for i, line in enumerate(lines):
        words = line.strip()
        if words not in _LONE:
            (out if row is None else cell).append(line if row is None else words)
            width = 0 if row is None and words else width
        elif row is None:
            row, cell, begun = [], [], i
        else:
            row, cell = [*row, " ".join(filter(None, cell))], []
            if width and len(row) == width:
                out.append("\t".join(row))
                row = None
            elif not width and not row[-1]:
                width = len(row) - 1  # a bar closes the first row, the next opens the second
                out.append("\t".join(row[:-1]))
                row, begun = [], i
    return out if row is None else [*out, *lines[begun:]]


def _is_row(line: str) -> bool:
    return len(_BAR.findall(line)) > 1 and not _RULE.fullmatch(line)


def _table_end(lines: list[str], at: int) -> int:
    """Behind the last row or rule of the table that begins at a line; ``at`` itself where none does."""
    end = at
    for i in range(at, len(lines)):
        if _is_row(lines[i]) or lines[i].strip() and _RULE.fullmatch(lines[i]):
            end = i + 1
        elif lines[i].strip() or i == at:
            break
    return end


def _listed(block: list[str]) -> list[list[str]]:
    """One row on each line."""
    return [_cells(line) for line in block if not _RULE.fullmatch(line)]


def _cells(line: str) -> list[str]:
    words = line.strip()
    words = words[1:] if _BAR.match(words) else words
    words = words[:-1] if words and _BAR.match(words[-1]) else words
    return [" ".join(cell.split()) for cell in _BAR.split(words)]


def _boxed(block: list[str]) -> list[list[str]]:
    """Rows between rules, each cell's lines put together; a cell that no rule closes goes on in the next row."""
    rows: list[list[list[str]]] = []
    now: list[list[str]] = []
    for line in block:
        parts = _CROSSING.split(line.strip())[1:-1] if _RULE.fullmatch(line) or _JOINT.search(line) else _cells(line)
        closed = [bool(_INNER_RULE.fullmatch(part)) for part in parts]
        if any(closed):
            rows = [*rows, now] if now else rows
            now = [] if all(closed) else [[] if shut else cell for shut, cell in zip(closed, now, strict=False)]
            parts = ["" if shut else part for shut, part in zip(closed, parts, strict=True)]
        if len(parts) != len(now) and not all(closed):
            rows, now = [*rows, now] if now else rows, [[] for _ in parts]
        for cell, part in zip(now, parts, strict=False):
            if part.strip():
                cell.append(part.strip())
    return [["".join(cell) for cell in row] for row in ([*rows, now] if now else rows) if any(row)]


def _without_cell_ends(lines: list[str]) -> list[str]:
    """Cells on lines of their own that end with a bar: the bars fall away."""
    kept, run = list(lines), list[int]()
    for i, line in enumerate([*lines, "."]):
        if i < len(lines) and _CELL_LINE.fullmatch(line):
            run.append(i)
        elif line.strip():
            for k in run if len(run) >= _FEWEST else ():
                kept[k] = kept[k].rstrip()[:-1].rstrip()
            run = []
    return kept
