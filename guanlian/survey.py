"""Documents and sheets read for a person's judgement: names nobody listed, facts in doubt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from guanlian.build import shipped
from guanlian.console import NO_FILE, Steps
from guanlian.graph import publish
from guanlian.intake import Reading, find, is_sheet, read_all
from guanlian.loaders.review.doubts import Doubt, again, doubts, in_order, shown, to_carry
from guanlian.loaders.review.suggest import KINDS, Candidate, gather, sightings
from guanlian.loaders.text import Text
from guanlian.readings import correction_lines, need, put_right
from guanlian.report import Report, Words
from guanlian.review import decide, sources


@dataclass(frozen=True, slots=True)
class Survey:
    """Readings that gave a document, what is wrong with the others, and what a corrections file did."""

    readings: tuple[Reading, ...]
    bad: tuple[Words, ...]
    said: tuple[Words, ...] = ()


def survey(
    paths: Iterable[Path],
    *,
    corrections: Path | None = None,
    steps: Steps | None = None,
    jobs: int | None = None,
) -> Survey:
    """Read documents, with their own words, and fact sheets; each content once, put right by ``corrections``."""
    lines = correction_lines(corrections)
    found = find(paths)
    report = Report(bad=[(f"{path}：{NO_FILE[0]}", f"{path}: {NO_FILE[1]}") for path in found.missing])
    read = read_all(found.files, progress=partial(steps, "reading") if steps else None, jobs=jobs, words=True)
    report.bad += [(f"{r.path}：{r.trouble.zh}", f"{r.path}: {r.trouble.en}") for r in read if r.trouble]
    readings = [r for r in read if r.sheet is not None]
    if corrections:
        readings = put_right(readings, lines, corrections.name, report)
    return Survey(tuple(readings), tuple(report.bad), tuple(report.asides))


def at_hand(out: Path) -> list[Path]:
    """The sheets of the last build in ``out``; where there is none, those that ship."""
    folder = publish.current(out)
    return [folder / "sheets"] if folder and (folder / "sheets").is_dir() else shipped()


def candidates(read: Survey, *, kinds: Iterable[str] = KINDS, least: int = 1) -> list[Candidate]:
    """What the documents name and no authority file knows (see :mod:`guanlian.loaders.review.suggest`)."""
    seen = [s for r in _documents(read) if r.sheet for s in sightings(r.sheet, r.text)]
    return gather(seen, kinds=kinds, least=least)


def in_doubt(read: Survey, originals: Path | None = None) -> list[Doubt]:
    """Facts to review, the gravest first; the words around come from the document or from ``originals``.

    Decisions in the sheet of an earlier edition hold for a document that was read too; where the words
    have changed, they are to be made again. A sheet that lacks those that still hold says so. Raises
    FileNotFoundError for ``originals`` that are not there.
    """
    need(originals)
    texts, given = _texts(read, originals), sources(read.readings)
    found: list[Doubt] = []
    for one in _documents(read):
        assert one.sheet is not None
        text = one.text or texts.get(one.sheet.document.sha256)
        told, left = decide(replace(one, text=text), given)
        reading = one if one.at_hand else told  # a sheet is shown as it stands
        assert reading.sheet is not None
        source = text.source if text else ""
        found += doubts(reading.sheet, reviews=reading.reviews, source=source)
        made = [again(reading.sheet, u.review, u.item, u.words, u.source) for u in left if u.item is not None]
        if one.at_hand:
            made += [to_carry(reading.sheet, review) for review in told.reviews if review not in one.reviews]
        found += [shown(doubt, source) for doubt in made]
    return in_order(found)


def _documents(read: Survey) -> list[Reading]:
    """One reading for each document: its sheet where one is given, which a person may have corrected."""
    chosen: dict[str, Reading] = {}
    for reading in sorted(read.readings, key=lambda r: not r.at_hand):
        assert reading.sheet is not None
        chosen.setdefault(reading.sheet.document.sha256 or reading.sha256, reading)
    return sorted(chosen.values(), key=lambda r: (r.path.name, str(r.path)))


def _texts(read: Survey, originals: Path | None) -> dict[str, Text]:
    """Texts by content: of documents given beside their sheets, and of ``originals``."""
    found = {r.sha256: r.text for r in read.readings if r.text}
    wanted = {r.sheet.document.sha256 for r in read.readings if r.sheet and r.at_hand} - found.keys()
    if originals is None or not wanted:
        return found
    files: Sequence[Path] = [p for p in find([originals]).files if not is_sheet(p)]
    files = [p for p in files if hashlib.sha256(p.read_bytes()).hexdigest() in wanted]
    return found | {r.sha256: r.text for r in read_all(files, words=True) if r.text}
