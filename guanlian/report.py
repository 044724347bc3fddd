"""What a build says of each file, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from guanlian.console import FAILED, NOTHING, PARTIAL
from guanlian.loaders.facts import FactSheet

Words = tuple[str, str]
"""A message in Chinese and in English."""


def interrupted(out: Path, before: Path | None, now: Path | None, endpoint: str = "") -> Words:
    """How things stand in ``out`` when a build was interrupted, by its builds that count ``before`` and ``now``."""
    if now != before:
        zh, en = f"新的一版已经写进 {out}", f"the new build stands in {out}"
    elif before:
        zh, en = f"什么也没有写，{out} 里仍是上一次构建", f"nothing was written, {out} holds the last build as before"
    else:
        zh, en = "什么也没有写", "nothing was written"
    if endpoint:
        zh += f"；端点 {endpoint} 可能只更新了一部分，请再运行一次"
        en += f"; {endpoint} may be brought up to date in part only: run it again"
    return f"已中断，{zh}", f"interrupted, {en}"


class Miscount(AssertionError):
    """Clause states of a sheet do not add up to its measures: a fault of ours."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of one sheet. ``items`` are its provisions, ``measures`` those that someone answers for."""

    items: int = 0
    measures: int = 0
    stated: int = 0
    absent: int = 0
    unread: int = 0
    figures: int = 0


def count(sheet: FactSheet) -> Counts:
    """The sheet's numbers; raises :class:`Miscount` unless stated + absent + unread = measures."""
    measures = [p for p in sheet.provisions if p.kind != "interpretation"]
    states = [p.clause_state for p in measures]
    told = Counts(
        items=len(sheet.provisions),
        measures=len(measures),
        stated=states.count("stated"),
        absent=states.count("absent"),
        unread=states.count("unread"),
        figures=len(sheet.figures),
    )
    if told.stated + told.absent + told.unread != told.measures:
        odd = next(p for p in measures if p.clause_state not in ("stated", "absent", "unread"))
        raise Miscount(f"{sheet.document.source}: item {odd.id} has clause state {odd.clause_state!r}")
    return told


@dataclass(frozen=True, slots=True)
class Line:
    """One document of a build. ``how``: read, unchanged or sheet. ``unread`` are (item, what, words)."""

    name: str
    document: str
    how: str
    counts: Counts
    seconds: float
    notes: tuple[str, ...] = ()
    unread: tuple[tuple[str, str, str], ...] = ()


@dataclass
class Report:
    """A build told file by file."""

    done: list[Line] = field(default_factory=list)
    bad: list[Words] = field(default_factory=list)
    asides: list[Words] = field(default_factory=list)
    strict: bool = False
    folder: str = ""
    quads: int = 0
    seconds: float = 0.0
    published: bool = False

    @property
    def status(self) -> int:
        """Exit status: 3 nothing could be read, 4 a part could not, 1 strict and something unread, else 0."""
        if not self.done:
            return NOTHING
        if self.bad:
            return PARTIAL
        return FAILED if self.strict and self.total().unread else 0

    def total(self) -> Counts:
        """Sums over all documents."""
        counts = [line.counts for line in self.done]
        return Counts(*(sum(getattr(c, name) for c in counts) for name in Counts.__slots__))

    def lines(self, lang: str, *, timed: bool = True) -> Iterator[str]:
        """What people read, a line at a time, in ``zh`` or ``en``."""
        zh = lang == "zh"
        for line in self.done:
            how = {"unchanged": "未变", "sheet": "事实表"}.get(line.how, "") if zh else line.how.replace("read", "")
            yield f"{line.name}  {_numbers(line.counts, zh)}{_tail(line.seconds if timed else None, how, zh)}"
            for note in line.notes:
                yield f"  {_half(note, zh)}"
            for item, what, words in line.unread:
                where = (f"第 {item} 项 " if zh else f"item {item} ") if item else ""
                yield f"  {'未读懂' if zh else 'unread'} {where}{what}: {' '.join(words.split())[:80]}"
        for aside in self.asides:
            yield aside[0] if zh else aside[1]
        if self.done:
            yield self._sum(zh, timed)

    def _sum(self, zh: bool, timed: bool) -> str:
        total = self.total()
        told = f"{len(self.done)} 份文件：" if zh else f"{len(self.done)} documents: "
        told += _numbers(total, zh)
        if self.quads:
            each = self.quads / max(1, total.items)
            told += f"；{self.quads} 条四元组，每条目 {each:.0f}" if zh else f"; {self.quads} quads, {each:.0f} an item"
        if timed:
            told += f"；共 {self.seconds:.1f} 秒" if zh else f"; {self.seconds:.1f} s in all"
        return told


def _numbers(c: Counts, zh: bool) -> str:
    more = c.items - c.measures
    if zh:
        explained = f"，另有 {more} 条解读" if more else ""
        return f"{c.measures} 项 = 写明 {c.stated} + 未写 {c.absent} + 未读懂 {c.unread}{explained}，数字 {c.figures}"
    explained = f", and {more} explained" if more else ""
    return f"{c.measures} measures = {c.stated} stated + {c.absent} absent + {c.unread} unread{explained}; {c.figures} figures"


def _tail(seconds: float | None, how: str, zh: bool) -> str:
    time = "" if seconds is None or how else (f"，{seconds:.2f} 秒" if zh else f"; {seconds:.2f} s")
    return time + (f"（{how}）" if zh else f" ({how})") * bool(how)


def _half(note: str, zh: bool) -> str:
    """A sheet's note is written ``中文 / English``."""
    left, slash, right = note.partition(" / ")
    return right if slash and not zh else left
