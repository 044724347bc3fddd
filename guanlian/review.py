"""What a person decided in fact sheets holds for the next extraction of the document and for its next edition."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from guanlian.intake import Reading, Trouble, characters_of, is_sheet, read_one, shown
from guanlian.loaders.facts import DocumentInfo, FactSheet
from guanlian.loaders.review.decisions import Review, survive
from guanlian.loaders.review.doubts import said
from guanlian.loaders.review.editions import Edition, Unplaced, carry, is_edition, unanswered
from guanlian.loaders.review.homes import at_home, lacks_a_place
from guanlian.report import Report, Words

_MARK = re.compile(rb"(?m)^[^#\n]*\b(?:reviewed|rejected)\W+true|^\W*earlier\b")


@dataclass(frozen=True, slots=True)
class Source:
    """A fact sheet that holds decisions: the name of its file, and what it says."""

    name: str
    sheet: FactSheet
    reviews: tuple[Review, ...]
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Left(Unplaced):
    """A decision that does not hold in a document as it stands; ``source`` is the sheet it was made in."""

    source: str = ""

    def line(self, document: str) -> Words:
        """One line for the report, by file and item."""
        fact, item = self.review.fact, self.item
        at = getattr(fact, "measure", "")
        zh = f"{self.source}：" + f"第 {at} 项 " * bool(at) + f"“{said(fact)}”："
        en = f"{self.source}: " + f"item {at}: " * bool(at) + f"{said(fact)!r}: "
        if isinstance(fact, DocumentInfo):
            return f"{zh}文头的审校只对那一版，未沿用到 {document}", f"{en}a head reviewed for that edition does not hold for {document}"
        if item is None:
            return f"{zh}在 {document} 中没有对应之处", f"{en}has no place in {document}"
        where = (f" 第 {item} 项", f" item {item}") if item else ("", "")
        return f"{zh}{document}{where[0]} 的字句已变，请重新审校", f"{en}the words of {document}{where[1]} have changed: review again"


def sources(readings: Iterable[Reading]) -> list[Source]:
    """The sheets among readings that hold decisions or name earlier editions."""
    return [
        Source(shown(r.path), r.sheet, r.reviews, r.earlier)
        for r in readings
        if r.sheet and r.at_hand and (r.reviews or r.earlier)
    ]


def marked(files: Iterable[Path]) -> dict[Path, str]:
    """The sheets among files that seem to hold decisions or name earlier editions, each with its sha256."""
    texts = {path: path.read_bytes() for path in files if is_sheet(path)}
    return {path: hashlib.sha256(text).hexdigest() for path, text in texts.items() if _MARK.search(text)}


def in_folder(folder: Path) -> tuple[list[Source], dict[Path, Trouble]]:
    """The sheets of a folder that hold decisions or name earlier editions; and those that cannot be read."""
    readings = [read_one(path) for path in marked(sorted(folder.iterdir()))]  # most hold none: those need no reading
    return sources(readings), {r.path: r.trouble for r in readings if r.trouble}


def decide(reading: Reading, given: Sequence[Source], report: Report | None = None) -> tuple[Reading, list[Left]]:
    """The reading with its own decisions and those about its other editions; and the decisions that do not hold.

    ``given`` are the sheets to take decisions from: those of the document itself come first, then its
    earlier editions, the latest first. What was kept and carried over goes into the report.
    """
    sheet = reading.sheet
    assert sheet is not None
    home = [one for one in given if _is_same(sheet.document, one.sheet.document)]
    named = {name for one in home for name in one.earlier} | {*reading.earlier}
    others = [one for one in given if one not in home and _is_edition(sheet, one, named)]
    for missing in sorted(named - {name for one in others for name in _names(one)}):
        zh = f"{shown(reading.path)}：earlier 所指的“{missing}”没有审校过的事实表"
        _tell(report, [missing], zh, f"{shown(reading.path)}: earlier: no sheet with decisions is {missing!r}")
    if not home and not others:
        return reading, []
    text = reading.text
    if text is None and not reading.at_hand and (others or _moved(sheet, home) or any(lacks_a_place(one.reviews) for one in home)):
        text = characters_of(reading.path)
    edition, name = Edition(sheet, text), shown(reading.path)
    own, left = list(reading.reviews), list[Left]()
    for one in home:
        kept = unanswered(at_home(one.reviews, one.sheet, edition), own)
        own += kept
        _tell(report, kept, f"{one.name}：保留 {len(kept)} 条人工订正", f"{one.name}: {len(kept)} reviewed facts kept")
    for one in sorted(others, key=lambda one: one.sheet.document.issued, reverse=True):
        answered = [*own, *map(_at_its_item, left)]
        kept, unplaced = carry(one.reviews, one.sheet, edition, answered)
        own += kept
        left += [Left(u.review, u.item, u.words, one.name) for u in unplaced]
        zh = f"{name}：沿用 {one.name} 的 {len(kept)} 条审校决定"
        _tell(report, kept, zh, f"{name}: {len(kept)} decisions of {one.name} carried over")
    if report:
        report.asides += [one.line(name) for one in left]
    earlier = tuple(dict.fromkeys([*reading.earlier, *(name for one in home for name in one.earlier)]))
    decided = survive(sheet, own)
    return replace(reading, sheet=decided, reviews=tuple(own), earlier=earlier, put_right=reading.put_right or decided != sheet), left


def _is_same(document: DocumentInfo, other: DocumentInfo) -> bool:
    """Whether two sheets are of one text; other rules may have read its title otherwise, and so made another key."""
    return document.key == other.key or document.sha256 == other.sha256 != ""


def _is_edition(sheet: FactSheet, other: Source, named: set[str]) -> bool:
    return other.name in named or is_edition(sheet.document, other.sheet.document, named)


def _names(source: Source) -> tuple[str, ...]:
    """What a person may call an edition by."""
    document = source.sheet.document
    return source.name, document.key, document.number, document.title, document.source


def _moved(sheet: FactSheet, home: Sequence[Source]) -> bool:
    return any(one.sheet.document.sha256 != sheet.document.sha256 for one in home)


def _at_its_item(left: Left) -> Review:
    """The decision under the item it would be of, to be compared with those about older editions."""
    fact = left.review.fact
    moved = left.item is not None and hasattr(fact, "measure")
    return replace(left.review, fact=replace(fact, measure=left.item)) if moved else left.review


def _tell(report: Report | None, what: Sequence[object], zh: str, en: str) -> None:
    if report and what:
        report.asides.append((zh, en))
