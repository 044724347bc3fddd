"""Task-division tables (任务分工表): rows of tab-separated cells → items with their owner cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from guanlian.loaders.clauses import Clause, clause_of
from guanlian.loaders.names import Resolver
from guanlian.loaders.numerals import ordinal
from guanlian.loaders.outline import Item, Outline, lines_of
from guanlian.loaders.parts import Part, parts_of, patterns, spaced, without_duty
from guanlian.loaders.text import Passage, Text

_REMARK = re.compile(r"[（(][^（()）]*[)）]$")
"""A remark in a column's head: 责任单位（列首位的为牵头单位）."""
_COLUMNS = (
    ("person", re.compile(r"责任人|联系人|联系电话|联系方式|责任领导|分管领导|牵头领导")),
    ("lead", re.compile(r"牵头|主办|主责|第一责任|主要责任")),
    ("participant", re.compile(r"配合|参与|协办|协助|参加|协同")),
    ("joint", re.compile(r"责任(?:单位|部门|主体|分工)|负责(?:单位|部门)|落实(?:单位|部门)|实施(?:单位|主体)|承办|承担|分工|责任$")),
    ("time", re.compile(r"时限|时间|期限|进度|节点|年度")),
    ("number", re.compile(r"^(?:序号|编号|项次|序|号|No\.?)$", re.IGNORECASE)),
    ("section", re.compile(r"^(?:类别|分类|领域|板块|方面|类型|一级指标|专项)|(?:类别|类型|领域|板块)$")),
    ("task", re.compile(r"任务|项目|事项|措施|举措|内容|目标|工作|改革|指标|要求|问题|名称|清单|行动|标准")),
)
_NONE = re.compile(r"^(?:[/／\\—\-–－]+|无|同上|同左|空|暂无)?$")


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells as spans of ``clean``."""

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]


@dataclass
class Task:
    """An item of a table with its owner cells (kind of column, start, end) and its cells of time."""

    item: Item
    owners: list[tuple[str, int, int]]
    times: list[tuple[int, int]] = field(default_factory=list)


def _rows(text: Text) -> list[Row]:
    found = []
    for start, end, line in lines_of(text.clean):
        if "\t" not in line:
            continue
        cells, at = [], start
        for cell in line.split("\t"):
            lead = len(cell) - len(cell.lstrip())
            cells.append((at + lead, at + max(lead, len(cell.rstrip()))))
            at += len(cell) + 1
        found.append(Row(start, end, tuple(cells)))
    return found


def _header(words: list[str]) -> list[str]:
    """Kind of each column, or [] when the row is no header."""
    bare = [_REMARK.sub("", w) for w in words]
    kinds = [next((k for k, p in _COLUMNS if p.search(w)), "") if len(w) <= 16 else "" for w in bare]
    named = sum(1 for k in kinds if k)
    owner = any(k in ("lead", "joint", "participant") for k in kinds)
    return kinds if owner and "task" in kinds and named >= 2 and named >= len(words) - 2 else []


def tasks(text: Text) -> list[Task]:
    """Tasks of every task table in the text, in order."""
    found: list[Task] = []
    kinds: list[str] = []
    section = ""
    above: dict[str, list[tuple[str, int, int]]] = {}
    seen: set[str] = set()
    for row in _rows(text):
        words = [text.folded[a:b] for a, b in row.cells]
        if header := _header([re.sub(r"\s", "", w) for w in words]):
            kinds, above = header, {}
            continue
        if not kinds or len(row.cells) < 2:
            continue
        distinct = {w for w in words if w}
        if len(distinct) == 1:
            section = text.clean[slice(*next(c for c, w in zip(row.cells, words, strict=True) if w))]
            continue
        _row_task(text, row, words, kinds, section, above, found, seen)
    return found


def _row_task(
    text: Text,
    row: Row,
    words: list[str],
    kinds: list[str],
    section: str,
    above: dict[str, list[tuple[str, int, int]]],
    found: list[Task],
    seen: set[str],
) -> None:
    columns = [(kinds[i] if i < len(kinds) else "", i) for i in range(len(words))]
    number = next((words[i] for k, i in columns if k == "number"), "")
    owners = _owner_cells(row, words, columns, above)
    titles = [i for k, i in columns if k == "task" and words[i]]
    times = [row.cells[i] for k, i in columns if k == "time" and words[i]]
    if "number" in kinds and not re.sub(r"\D", "", number) and found and not re.search(r"[一二三四五六七八九十]", number):
        if owners:
            found[-1].owners += [o for o in owners if o not in found[-1].owners]
        found[-1].times += times
        _extend(found[-1], row)
        return
    if not titles:
        return
    try:
        identity = str(ordinal(re.sub(r"[^\d一二三四五六七八九十百]", "", number))) if number else str(len(found) + 1)
    except ValueError:
        identity = str(len(found) + 1)
    if found and identity == found[-1].item.id and number:
        found[-1].owners += [o for o in owners if o not in found[-1].owners]
        found[-1].times += times
        _extend(found[-1], row)
        return
    while identity in seen:
        identity += "-2"
    seen.add(identity)
    span = row.cells[titles[0]]
    cut = min((span[0] + m.start() for m in re.finditer(r"[。；]", text.clean[slice(*span)])), default=span[1])
    title = re.sub(r"\s+", " ", re.sub(r"^\d{1,3}[.、．]\s*", "", text.clean[span[0] : cut])).strip()
    own = next((text.clean[slice(*row.cells[i])] for k, i in columns if k == "section" and words[i]), section)
    item = Item(identity, "", "measure", number or identity, title, (span[0], max(cut, span[0] + 1)), own, row.start, row.end, (cut, row.end))
    found.append(Task(item, owners, times))


def _extend(task: Task, row: Row) -> None:
    from dataclasses import replace

    task.item = replace(task.item, end=row.end, body=(task.item.body[0], row.end))


def _owner_cells(
    row: Row, words: list[str], columns: list[tuple[str, int]], above: dict[str, list[tuple[str, int, int]]]
) -> list[tuple[str, int, int]]:
    """Owner cells of a row; an empty cell under a filled one was merged with it."""
    owners: list[tuple[str, int, int]] = []
    lead_empty = all(not words[i] for k, i in columns if k in ("lead", "joint"))
    for kind, i in columns:
        if kind not in ("lead", "joint", "participant"):
            continue
        if words[i] and not _NONE.match(words[i]):
            above[kind] = [(kind, *row.cells[i])]
            owners += above[kind]
        elif words[i]:
            above[kind] = []
        elif kind in ("lead", "joint") or lead_empty:
            owners += above.get(kind, [])
    return owners


def outline(found: list[Task], length: int) -> Outline:
    """Outline of a paper whose items are the rows of its tables."""
    passages: list[Passage] = []
    at = 0
    for task in found:
        item = task.item
        if item.start > at:
            passages.append(Passage("", "body", at, item.start))
        passages.append(Passage(item.id, "body", item.start, item.end))
        at = item.end
    if at < length:
        passages.append(Passage("", "body", at, length))
    return Outline(tuple(t.item for t in found), tuple(passages), (), (), "table")


def cells(text: str, parts: list[tuple[str, int, int]], resolver: Resolver, *, first: int = 0) -> Clause | None:
    """Owners in the cells of a task table: kind of column, start and end of each cell."""
    listed: list[Part] = []
    for kind, a, b in parts:
        text = spaced(text, a, b)
        verbed = patterns()["verb_end"].search(text[a:b].rstrip("。；; "))
        own = kind in ("lead", "participant") and (stop := without_duty(text, a, b)) < b and not patterns()["verb"].search(text, a, stop)
        listed += [Part(kind, a, stop)] if own else parts_of(text, a, b) if verbed else [Part(kind, a, b)]
    if not listed:
        return None
    start, end = min(a for _, a, _ in parts), max(b for _, _, b in parts)
    clause = clause_of(text, start, end, listed, resolver, first)
    return clause if clause.owners or clause.unread else None
