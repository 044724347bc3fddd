"""Cells of a table → lines of tab-separated words, as every format adapter hands them on."""

from __future__ import annotations

from collections.abc import Iterable

_HEADING_ROW = 120
"""No heading across a table has more characters."""


def cell_text(lines: Iterable[str], *, alone: bool) -> str:
    r"""Words of a cell from its lines; a cell alone in its row that holds a text only sets out the page.

    >>> cell_text(["市教育局 ", "", "市财政局"], alone=False)
    '市教育局 市财政局'
    """
    kept = [words for line in lines if (words := " ".join(line.split()))]
    return ("\n" if alone and len(kept) > 2 and sum(map(len, kept)) > _HEADING_ROW else " ").join(kept)


def table_text(grid: dict[tuple[int, int], str]) -> str:
    r"""Lines of cells of a table given by row and column; an empty line before and after, titles above it in its first cell without tabs.

    >>> table_text({(0, 0): "序号", (0, 1): "任务", (1, 1): "x"})
    '\n序号\t任务\n\tx\n\n'
    """
    if not grid:
        return ""
    width = max(c for _, c in grid) + 1
    rows = range(max(r for r, _ in grid) + 1)
    first = min((r for (r, c), words in grid.items() if c and words), default=len(rows))
    return "\n" + "".join(_line(grid, r, 1 if r < first else width) for r in rows) + "\n"


def _line(grid: dict[tuple[int, int], str], row: int, width: int) -> str:
    words = [grid.get((row, c), "") for c in range(width)]
    filled = {w for w in words if w}
    if len(filled) == 1 and all(words):
        return filled.pop() + "\n"  # one cell across the table: a heading, not a row
    return "\t".join(words) + "\n"
