"""Outlines of papers with task tables: rows alone, rows that items follow, rows beside items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from guanlian.loaders.outline import Item, Outline
from guanlian.loaders.tables.tasktable import Task
from guanlian.loaders.text import Passage, Text

_SIGNS = re.compile(r"[^\u4e00-\u9fff\dA-Za-z]")
_SAME_WORDS = 10
"""A row restates an item whose words begin with as many of its own."""


def outline(found: list[Task], length: int) -> Outline:
    """Outline of a paper whose items are the rows of its tables."""
    passages: list[Passage] = []
    at = 0
    for task in found:
        item = task.item
        if item.start > at:
            passages.append(Passage("", "body", at, item.start))
        at = item.start
        for start, end in task.told:
            passages += [Passage(item.id, "body", at, start), Passage(item.id, "effect", start, end)]
            at = end
        passages.append(Passage(item.id, "body", at, item.end))
        at = item.end
    if at < length:
        passages.append(Passage("", "body", at, length))
    return Outline(tuple(t.item for t in found), tuple(passages), (), (), "table")


def followed_by(found: list[Task], listed: Outline) -> Outline | None:
    """Outline of a paper whose numbered items begin in a table and go on below it; None for any other paper."""
    ends = max(t.item.end for t in found)
    after = tuple(item for item in listed.items if item.start >= ends)
    numbers = [[int(n) if (n := item.id).isdecimal() else 0 for item in items] for items in ([t.item for t in found], after)]
    if not after or not numbers[0] or numbers[1][0] != max(numbers[0]) + 1 or 0 in numbers[1]:
        return None
    first = min(t.item.start for t in found)
    if any(item.end <= first and item.id in ("1", str(numbers[1][0] - 1)) for item in listed.items):
        return None  # the numbers go on from items above the table
    above = outline(found, after[0].start)
    below = {item.id for item in after}
    passages = [p for p in listed.passages if p.start >= after[0].start]
    sections = tuple((*s[:3], ids) for s in listed.sections if (ids := tuple(i for i in s[3] if i in below)))
    return Outline((*above.items, *after), (*above.passages, *passages), listed.headings, sections, listed.kind)


def beside(text: Text, found: Sequence[Task], listed: Outline) -> tuple[Outline, list[Task], int]:
    """Outline of a paper that has items and task tables, its tasks (表1, 表2 …), and how many rows were left out.

    A row that was listed for its number is the item of that number. Rows that restate the items (an annex
    that divides the tasks of the text) are left out.
    """
    tasks = []
    for task in found:
        inside = [i.id for i in listed.items if task.item.start <= i.title_span[0] < task.item.end]
        if len(inside) < 2:
            tasks.append(replace(task, item=replace(task.item, id=inside[0] if inside else f"表{task.item.id}")))
    tables, rowed = _tables(text, tasks), {t.item.id for t in tasks}
    items = [_above(item, tables) for item in listed.items if item.id not in rowed and not any(a <= item.start and item.end <= b for a, b in tables)]
    said = "\n".join(_SIGNS.sub("", text.folded[item.title_span[0] : item.end]) for item in items)
    again = [t for t in tasks if (words := _SIGNS.sub("", t.item.title)[:_SAME_WORDS]) and words in said]
    if 2 * len(again) >= len(tasks):
        return listed, [], len(tasks)
    passages = _without(listed.passages, tables)
    rows = [p for p in outline(tasks, tasks[-1].item.end).passages if p.measure]
    merged = sorted([*items, *(t.item for t in tasks)], key=lambda i: i.start)
    kept = {item.id for item in items}
    sections = tuple((heading, start, end, ids) for heading, start, end, every in listed.sections if (ids := tuple(i for i in every if i in kept)))
    whole = replace(listed, items=tuple(merged), passages=tuple(sorted([*passages, *rows], key=lambda p: p.start)), sections=sections)
    return whole, tasks, 0


def _tables(text: Text, tasks: Sequence[Task]) -> list[tuple[int, int]]:
    """Where the tables stand, with the lines of their heads."""
    found: list[tuple[int, int]] = []
    for task in tasks:
        start, end = task.item.start, task.item.end
        while (before := text.folded.rfind("\n", 0, max(0, start - 1)) + 1) < start and "\t" in text.folded[before:start]:
            start = before
        if found and start <= found[-1][1] + 1:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def _above(item: Item, tables: Sequence[tuple[int, int]]) -> Item:
    """The item as far as it stands above a table."""
    cut = next((start for start, _ in tables if item.title_span[1] <= start < item.end), item.end)
    return replace(item, end=cut, body=(item.body[0], max(item.body[0], min(item.body[1], cut))))


def own_words(passages: Sequence[Passage], found: list[Task]) -> tuple[Passage, ...]:
    """The passages without cells of owners and categories: the station that answers for a task is no place of it."""
    taken = sorted({*((c.start, c.end) for task in found for c in task.owners if c.kind != "stray"), *(span for task in found for span in task.sorts)})
    return tuple(_without(passages, taken))


def _without(passages: Sequence[Passage], taken: Sequence[tuple[int, int]]) -> list[Passage]:
    """What is left of the passages, without stretches in the order of the text."""
    left: list[Passage] = []
    for passage in passages:
        at = passage.start
        for start, end in taken:
            if start < passage.end and at < end:
                left += [replace(passage, start=at, end=start)] if at < start else []
                at = end
        left += [replace(passage, start=at)] if at < passage.end else []
    return left
