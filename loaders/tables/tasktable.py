"""Task-division tables (任务分工表): rows of cells → items with their owner cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from guanlian.loaders.outline import Item
from guanlian.loaders.outline.numerals import ordinal
from guanlian.loaders.tables.glued import glued
from guanlian.loaders.tables.grids import NONE, OWNERS, Grid, Row, Span, grids, names_units
from guanlian.loaders.tables.ownercells import OwnerCell
from guanlian.loaders.tables.pasted import pasted
from guanlian.loaders.tables.spaced import spaced
from guanlian.loaders.text import Text

_NONE = re.compile(rf"(?:{NONE.pattern}|同左|空|暂无)?")
_SAME = re.compile(r"同上(?:项|行|栏)?")
_NUMBER = re.compile(r"[（(]?(\d{1,4}(?:[.\-－—]\d{1,3})*)[)）.、．]?")
_ORDINAL = re.compile(r"[（(]?([一二三四五六七八九十百]{1,5})[)）]?[、．.]?")
_OWN_NUMBER = re.compile(r"(?:(\d{1,3})[.、．](?!\d)|[（(](\d{1,3})[)）])\s*")
_HEADING_NUMBER = re.compile(r"\s*第?[（(]?([一二三四五六七八九十]{1,3})(?:[)）、．.]|部分|章)")
_TITLE_STOP = re.compile(r"[。；]")
_GOES_ON = re.compile(r"[（(]续表?[)）]$")

@dataclass
class Task:
    """An item of a table with its owner cells and its cells of time."""

    item: Item
    owners: list[OwnerCell] = field(default_factory=list)
    times: list[Span] = field(default_factory=list)
    sorts: list[Span] = field(default_factory=list)
    """Cells of its category, which are a heading and no words of its own."""
    told: list[Span] = field(default_factory=list)
    """Cells of progress and remarks, which promise nothing."""
    words_end: int = 0
    """Where the last cell of its own words ends: a stop there says that no page cut it."""
    run: int = 0
    """Which run of numbers it belongs to: one ends where the numbers begin again."""


def tasks(text: Text) -> list[Task]:
    """Tasks of every task table in the text, in order; where numbers begin again, ids say in which run (2.3)."""
    reader, found = _Reader(text), grids(text) or next((found for read in (pasted, spaced, glued) if (found := list(read(text)))), [])
    for grid in found:
        reader.read(grid, _categories(text, [g for g in found if g.kinds == grid.kinds]))
    if reader.run:
        parts = _parts_of(reader.found)
        for task in reader.found:
            task.item = replace(task.item, id=f"{parts[task.run]}.{task.item.id}")
    return reader.found


def _parts_of(found: Sequence[Task]) -> dict[int, int]:
    """The number of each run: that of its heading (三、) where every run has a heading of its own with a number, else its place."""
    printed: dict[int, set[str]] = {}
    for task in found:
        heading = _HEADING_NUMBER.match(task.item.section)
        printed.setdefault(task.run, set()).add(heading[1] if heading else "")
    numbers = [ordinal(next(iter(forms))) if len(forms) == 1 and "" not in forms else 0 for forms in printed.values()]
    if 0 in numbers or numbers != sorted({*numbers}):
        numbers = [run + 1 for run in printed]
    return dict(zip(printed, numbers, strict=True))


def _words(text: Text, row: Row, kinds: list[str]) -> list[tuple[str, str, Span]]:
    """Kind, words and place of each cell of a row; ``stray`` behind the last column."""
    return [(kinds[i] if i < len(kinds) else "stray", text.folded[a:b], (a, b)) for i, (a, b) in enumerate(row.cells)]


def _categories(text: Text, alike: Sequence[Grid]) -> int:
    """How many of the columns of tasks, from the left, only sort the finer ones: their cells go on over several items."""
    kinds = alike[0].kinds
    rows: list[list[str]] = []
    number = ""
    for row in (row for grid in alike for row in grid.rows):
        cells = _words(text, row, kinds)
        numbers = [words for kind, words, _ in cells if kind == "number"]
        if not numbers or numbers[0] not in ("", number):
            rows.append([_GOES_ON.sub("", words) for kind, words, _ in cells if kind == "task"])
        number = next(filter(None, numbers), number)
    for k in range(kinds.count("task") - 1):
        pairs = ((a, b) for a, b in pairwise(rows) if k < min(len(a), len(b)))
        if not any(b[k] in ("", a[k]) and any(b[k + 1 :]) and any(a[k:]) for a, b in pairs):
            return k
    return max(0, kinds.count("task") - 1)


class _Reader:
    """Makes items of the rows of one grid after another."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.found: list[Task] = []
        self.run = 0
        self.seen: set[str] = set()
        self.last: tuple[str, int, str] = "", 0, ""  # number, block and category of the item before
        self.above: dict[str, list[OwnerCell]] = {}
        self.carried: dict[str, str] = {}  # category, title and number of cells merged downward
        self.steps = False  # whether the rows of a number are items of their own: 1 甲行动 （1）…, 1 甲行动 （2）…

    def read(self, grid: Grid, categories: int) -> None:
        """Takes the rows of a grid; ``categories``: how many of its columns of tasks only sort."""
        block, repeats = 0, _repeats(self.text, grid, categories)
        self.steps = _steps(self.text, grid)
        headings = _heading_style(self.text, grid)
        for row in grid.rows:
            if row.block != block:
                block, self.above, self.carried = row.block, {}, {}
            if headings and _style(self.text, grid, row) == headings:
                continue  # 1 大力提振消费 above (8), (9)
            self._row(row, grid.kinds, categories, repeats)

    def _row(self, row: Row, kinds: list[str], categories: int, repeats: bool) -> None:
        cells = _words(self.text, row, kinds)
        strays = [(words, OwnerCell("stray", *span)) for kind, words, span in cells if kind == "stray" and words]
        owners = [stray for _, stray in strays]
        if not owners or any(words for kind, words, _ in cells if kind in OWNERS):
            owners = _owner_cells(cells, self.above, repeats, row.unsure) + [stray for words, stray in strays if names_units(words)]
        if "participant" in kinds and "lead" not in kinds:
            owners = [cell._replace(kind="main") if cell.kind == "joint" else cell for cell in owners]
        times = [span for kind, words, span in cells if kind == "time" and words]
        told = [span for kind, words, span in cells if kind == "remark" and words]
        named = [(words, span) for kind, words, span in cells if kind == "task"]
        sorting = [(w, span) for k, w, span in cells if k == "section" and w] + [(w, span) for w, span in named[:categories] if w]
        category = _GOES_ON.sub("", self.text.clean[slice(*sorting[0][1])]) if sorting else self.carried.get("section", "")
        self.carried["section"] = category
        titles = [span for words, span in named[categories:] if words] or [span for words, span in named if words]
        sorts = [span for _, span in sorting if span not in titles]
        printed = next((words for kind, words, _ in cells if kind == "number"), None)
        number = self._number(printed, titles)
        if self.steps and titles and (step := _OWN_NUMBER.match(self.text.folded, *titles[-1])):
            self.carried["number"] = number = number or self.carried.get("number", "")
            self.carried["heading"] = category = self.text.clean[slice(*titles[0])] if len(titles) > 1 else self.carried.get("heading", category)
            number, titles, sorts = f"{number}.{step[1] or step[2]}", titles[-1:], [*sorts, *titles[:-1]]
        here = (number, row.block, category)
        if self.found and self._continues(printed, number, here):
            self._extend(row, owners, times, sorts, told)
        elif titles or owners:
            self._start(row, number or self._next(), here, titles)
            task = self.found[-1]
            task.owners, task.times, task.sorts, task.told = owners, times, sorts, told
        else:
            return
        if titles:
            self.found[-1].words_end = titles[-1][1]

    def _number(self, printed: str | None, titles: list[Span]) -> str:
        """The number of a row, its own or that before its title, or ''."""
        if printed is None:
            own = _OWN_NUMBER.match(self.text.folded, *titles[0]) if titles else None
            return (own[1] or own[2]) if own else ""
        if match := _NUMBER.fullmatch(printed):
            return re.sub(r"[^\d.]", ".", match[1])
        if match := _ORDINAL.fullmatch(printed):
            return str(ordinal(match[1]))
        return re.sub(r"\D", "", printed)[:4]

    def _continues(self, printed: str | None, number: str, here: tuple[str, int, str]) -> bool:
        """Whether a row goes on with the item above: no number of its own, or the same one under the same heading."""
        if printed is None:
            return False
        return here[1] == self.last[1] if not number else here == self.last

    def _next(self) -> str:
        return str(max((int(re.split(r"\D", n)[0]) for n in self.seen), default=0) + 1)

    def _start(self, row: Row, number: str, here: tuple[str, int, str], titles: list[Span]) -> None:
        if number in self.seen and (number == "1" or here[1:] != self.last[1:]):
            self.run, self.seen = self.run + 1, set()
        self.last = (number, *here[1:])
        identity = number
        while identity in self.seen:
            identity += "-2"
        self.seen |= {number, identity}
        title, span = self._title(titles, row)
        body = span[1], row.end
        section = here[2] or row.section
        item = Item(identity, "", "measure", number, title, span, section, row.start, row.end, body)
        self.found.append(Task(item, run=self.run))

    def _title(self, titles: list[Span], row: Row) -> tuple[str, Span]:
        """The first sentence of a row's task, or the task merged downward from above it."""
        if not titles:
            return self.carried.get("title", ""), (row.start, row.start + 1)
        start, end = titles[0]
        stop = _TITLE_STOP.search(self.text.clean, start, end)
        cut = stop.start() if stop else end
        title = re.sub(r"\s+", " ", _OWN_NUMBER.sub("", self.text.clean[start:cut], count=1)).strip()
        self.carried["title"] = title
        return title, (start, max(cut, start + 1))

    def _extend(self, row: Row, owners: list[OwnerCell], times: list[Span], sorts: list[Span], told: list[Span]) -> None:
        task = self.found[-1]
        if not self.text.folded.endswith(("。", "；"), task.item.start, task.words_end):  # cut by the end of a page: what seemed merged stands below
            given = {cell.kind for cell in owners if cell.start >= row.start}
            task.owners = [o for o in task.owners if o.start >= task.item.start or o.kind not in given]
        had = {cell[:3] for cell in task.owners}
        task.owners += [cell for cell in owners if cell[:3] not in had]
        task.times += times
        task.sorts += sorts
        task.told += told
        task.item = replace(task.item, end=row.end, body=(task.item.body[0], row.end))


def _steps(text: Text, grid: Grid) -> bool:
    """Whether rows that share a number each have a step with a number and units of its own."""
    last = max((i for i, kind in enumerate(grid.kinds) if kind == "task"), default=0)
    printed, several, before = False, False, ""
    for row in grid.rows:
        cells = _words(text, row, grid.kinds)
        if len(cells) <= last:
            continue
        number = next((words for kind, words, _ in cells if kind == "number"), "")
        if not _OWN_NUMBER.match(cells[last][1]) or not any(words for kind, words, _ in cells if kind in OWNERS):
            return False
        printed = printed or bool(number)
        several, before = several or number in ("", before), number or before
    return printed and several


def _style(text: Text, grid: Grid, row: Row) -> str:
    """How a row is numbered: ``(1)``, ``1`` or not at all."""
    at = grid.kinds.index("number") if "number" in grid.kinds else len(row.cells)
    words = text.folded[slice(*row.cells[at])].strip() if at < len(row.cells) else ""
    return "(1)" if re.fullmatch(r"[（(]\d+[)）]", words) else "1" if words.isdecimal() else ""


def _heading_style(text: Text, grid: Grid) -> str:
    """The style of number, of two in a table, whose rows name no owner and only head the rows of the other; ``""`` for none."""
    owned: dict[str, list[bool]] = {"(1)": [], "1": []}
    for row in grid.rows:
        if style := _style(text, grid, row):
            cells = zip(grid.kinds, row.cells, strict=False)
            owned[style].append(any(text.folded[slice(*span)].strip() for kind, span in cells if kind in OWNERS))
    if not all(owned.values()):
        return ""
    return next((style for style, rows in owned.items() if not any(rows)), "")


def _repeats(text: Text, grid: Grid, categories: int) -> bool:
    """Whether merged cells repeat their words in each row, as categories do that stand twice and never leave a cell empty."""
    places = [i for i, k in enumerate(grid.kinds) if k == "section"] + [i for i, k in enumerate(grid.kinds) if k == "task"][:categories]
    columns = [[text.folded[slice(*row.cells[i])] for row in grid.rows if i < len(row.cells)] for i in places]
    return any(all(column) and any(a == b for a, b in pairwise(column)) for column in columns)


def _owner_cells(cells: list[tuple[str, str, Span]], above: dict[str, list[OwnerCell]], repeats: bool, unsure: Collection[int]) -> list[OwnerCell]:
    """Owner cells of a row; an empty cell under a filled one is taken for merged with it unless such cells ``repeats``, 同上 says so.

    ``unsure``: places of cells that another column may hold as well.
    """
    owners: list[OwnerCell] = []
    filled = {kind for kind, words, _ in cells if words and not _NONE.fullmatch(words)}
    for place, (kind, words, span) in enumerate(cells):
        if kind not in OWNERS:
            continue
        if _SAME.fullmatch(words):
            owners += above.get(kind, [])
        elif not words and not repeats and _merged(kind, filled):
            owners += [cell._replace(doubt="above") for cell in above.get(kind, [])]
        elif words and not _NONE.fullmatch(words):
            above[kind] = [OwnerCell(kind, *span, "role" if place in unsure else "")]
            owners += above[kind]
        elif words:
            above[kind] = []
    return owners


def _merged(kind: str, filled: set[str]) -> bool:
    """Whether an empty cell can belong to the one above: the lead's, and the others' where no lead is printed beside them."""
    return kind == "lead" or "lead" not in filled and (kind == "joint" or "joint" not in filled)
