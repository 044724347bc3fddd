"""What a person wrote in a fact sheet without a mark: told, and kept in a file beside it, when the sheet is written anew.

A sheet that is still as guanlian wrote it (:func:`guanlian.loaders.sheet.untouched`) holds nothing of a person's.
Of any other, three readings tell what is about to be lost: the sheet as it is, the one that takes its place, and
what the document alone gives.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from guanlian.intake import shown
from guanlian.loaders.facts import DocumentInfo
from guanlian.loaders.review.decisions import LISTS
from guanlian.loaders.sheet import CHECK, HEADER, Decided, decided, dumps, untouched
from guanlian.loaders.sheetcheck import SheetError
from guanlian.report import Words

_COMMENT = re.compile(r"(?:^|\s)#")


def keep(target: Path, new: str, alone: Callable[[], str], *, spare: bool = False) -> Words | None:
    """Keeps ``target`` as it is beside itself where writing ``new`` would lose something of it, and says so.

    ``alone`` gives the sheet of the document without any decision. An earlier copy is never
    overwritten. None where nothing is lost. Raises OSError.
    """
    if not target.exists():
        return None
    data, name = target.read_bytes(), shown(target)
    try:
        old = data.decode("utf-8-sig")
        if old == new or untouched(old):
            return None
        lost = _undone(_as_written(decided(old, name), spare), decided(new), decided(alone())) + _comments(old, new)
    except (SheetError, UnicodeDecodeError) as error:
        aside = shown(_aside(target, data))
        why = str(error).removeprefix(f"{name}: ")
        return (f"{name}：读不懂（{why}），旧文件存为 {aside}", f"{name}: cannot be read ({why}); kept as {aside}")
    if not lost:
        return None
    aside = shown(_aside(target, data))
    zh = f"{name}：{lost} 处改动没有 reviewed 标记，未沿用，旧文件存为 {aside}"
    return zh, f"{name}: {lost} edits without reviewed: true were not taken over; the file as it was is kept as {aside}"


def _aside(target: Path, data: bytes) -> Path:
    """Where a copy of the file now is: a name that nothing had."""
    number = 1
    while True:
        path = target.with_name(f"{target.name}.bak{number if number > 1 else ''}")
        try:
            with path.open("xb") as file:
                file.write(data)
            return path
        except FileExistsError:
            number += 1


def _as_written(made: Decided, spare: bool) -> Decided:
    """A sheet with its quotes as long as those of the one that takes its place."""
    return decided(dumps(made.sheet, spare=spare, reviews=made.reviews, earlier=made.earlier))


def _undone(old: Decided, new: Decided, alone: Decided) -> int:
    """How many statements of ``old`` are neither the document's nor in ``new``, or were taken out and are back."""
    moved = old.sheet.document.sha256 != new.sheet.document.sha256
    was, will, machine = (Counter(_statements(one, moved)) for one in (old, new, alone))
    marked = Counter(_values(review.fact, moved) for review in old.reviews)  # those have their own report
    if any(isinstance(review.fact, DocumentInfo) for review in old.reviews):
        marked.update(value for value in _head(old) if value[0] != "key")
    lost, back = was - (machine | will) - marked, (machine & will) - was
    return max(lost.total(), back.total())


def _statements(made: Decided, moved: bool) -> Iterator[Any]:
    """All that a sheet says and a person could change; places only where both sheets are of one text."""
    yield from _head(made)
    rejected = [review.fact for review in made.reviews if review.rejected]
    for fact in (*made.sheet.provisions, *(row for name in LISTS.values() for row in getattr(made.sheet, name)), *rejected):
        yield _values(fact, moved)
    yield from (("note", note) for note in made.sheet.notes)
    yield from (("earlier", name) for name in made.earlier)


def _head(made: Decided) -> Iterator[tuple[str, Any]]:
    document = made.sheet.document
    return ((f.name, getattr(document, f.name)) for f in fields(document) if f.name not in ("source", "sha256"))


def _values(fact: Any, moved: bool) -> tuple[Any, ...]:
    values = [(f.name, getattr(fact, f.name)) for f in fields(fact) if not (moved and f.name in ("start", "end"))]
    return type(fact).__name__, *((n, v.quote) if moved and n == "evidence" else (n, v) for n, v in values)


def _comments(old: str, new: str) -> int:
    """Lines with a person's own remark."""
    written = {*HEADER.splitlines(), *new.splitlines()}
    lines = (line.rstrip() for line in old.splitlines())
    return sum(bool(_COMMENT.search(line)) for line in lines if line not in written and not line.startswith(CHECK))
