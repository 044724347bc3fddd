"""Cells of a table → lines of tab-separated words, as every format adapter hands them on."""

from __future__ import annotations


def table_text(grid: dict[tuple[int, int], str]) -> str:
    r"""Lines of cells of a table given by row and column; an empty line before and after.

    >>> table_text({(0, 0): "序号", (0, 1): "任务", (1, 1): "x"})
    '\n序号\t任务\n\tx\n\n'
    """
    if not grid:
        return ""
    width = max(c for _, c in grid) + 1
    rows = range(max(r for r, _ in grid) + 1)
    return "\n" + "".join(_line(grid, r, width) for r in rows) + "\n"


def _line(grid: dict[tuple[int, int], str], row: int, width: int) -> str:
    words = [grid.get((row, c), "") for c in range(width)]
    filled = {w for w in words if w}
    if len(filled) == 1 and all(words):
        return filled.pop() + "\n"  # one cell across the table: a heading, not a row
    return "\t".join(words) + "\n"
