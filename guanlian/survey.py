"""Documents and sheets read for a person's judgement: names nobody listed, facts in doubt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from guanlian.build import shipped
from guanlian.graph import publish
from guanlian.intake import Progress, Reading, find, is_sheet, read_all
from guanlian.loaders.doubts import Doubt, doubts, in_order
from guanlian.loaders.sheet import SheetError, reviews
from guanlian.loaders.suggest import KINDS, Candidate, gather, sightings
from guanlian.report import Words


@dataclass(frozen=True, slots=True)
class Survey:
    """Readings that gave a document, how many documents those are, and what is wrong with the others."""

    readings: tuple[Reading, ...]
    bad: tuple[Words, ...]


def survey(paths: Iterable[Path], *, progress: Progress | None = None, jobs: int | None = None) -> Survey:
    """Read documents, with their own words, and fact sheets; each content once."""
    found = find(paths)
    bad = [(f"{path}：没有这个文件", f"{path}: no such file or folder") for path in found.missing]
    readings = read_all(found.files, progress=progress, jobs=jobs, words=True)
    bad += [(f"{r.path}：{r.trouble.zh}", f"{r.path}: {r.trouble.en}") for r in readings if r.trouble]
    return Survey(tuple(r for r in readings if r.sheet is not None), tuple(bad))


def at_hand(out: Path) -> list[Path]:
    """The sheets of the last build in ``out``; where there is none, those that ship."""
    folder = publish.current(out)
    return [folder / "sheets"] if folder and (folder / "sheets").is_dir() else shipped()


def candidates(read: Survey, *, kinds: Iterable[str] = KINDS, least: int = 1) -> list[Candidate]:
    """What the documents name and no authority file knows (see :mod:`guanlian.loaders.suggest`)."""
    seen = [s for r in _documents(read) if r.sheet for s in sightings(r.sheet, r.text)]
    return gather(seen, kinds=kinds, least=least)


def in_doubt(read: Survey, originals: Path | None = None) -> list[Doubt]:
    """Facts to review, the gravest first; the words around come from the document or from ``originals``."""
    sources = _sources(read, originals)
    found: list[Doubt] = []
    for reading in _documents(read):
        assert reading.sheet is not None
        source = reading.text.source if reading.text else sources.get(reading.sheet.document.sha256, "")
        found += doubts(reading.sheet, reviewed=_vouched(reading), source=source)
    return in_order(found)


def _documents(read: Survey) -> list[Reading]:
    """One reading for each document: its sheet where one is given, which a person may have corrected."""
    chosen: dict[str, Reading] = {}
    for reading in sorted(read.readings, key=lambda r: not r.at_hand):
        assert reading.sheet is not None
        chosen.setdefault(reading.sheet.document.sha256 or reading.sha256, reading)
    return sorted(chosen.values(), key=lambda r: (r.path.name, str(r.path)))


def _sources(read: Survey, originals: Path | None) -> dict[str, str]:
    """Texts by content: of documents given beside their sheets, and of ``originals``."""
    found = {r.sha256: r.text.source for r in read.readings if r.text}
    wanted = {r.sheet.document.sha256 for r in read.readings if r.sheet and r.at_hand} - found.keys()
    if originals is None or not wanted:
        return found
    files: Sequence[Path] = [p for p in find([originals]).files if not is_sheet(p)]
    files = [p for p in files if hashlib.sha256(p.read_bytes()).hexdigest() in wanted]
    return found | {r.sha256: r.text.source for r in read_all(files, words=True) if r.text}


def _vouched(reading: Reading) -> set[object]:
    """Facts that a person marked as reviewed in the sheet that was read."""
    if not reading.at_hand:
        return set()
    try:
        return {review.fact for review in reviews(reading.path.read_text(encoding="utf-8-sig"), reading.path.name)}
    except SheetError:  # changed since it was read
        return set()
