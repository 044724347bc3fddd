"""Readings on their way to quads: each document once, in full where its original is at hand, put right by a person."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from guanlian.console import NO_FILE, Steps
from guanlian.intake import Reading, find, read_all
from guanlian.loaders.facts import FactSheet
from guanlian.loaders.review import corrections as corrected
from guanlian.report import Report


def files(paths: Sequence[Path], out: Path, report: Report) -> list[Path]:
    """Documents and sheets under ``paths``; what is missing or passed over goes into the report."""
    found = find(paths, besides=[out])
    for path in found.missing:
        report.bad.append((f"{path}：{NO_FILE[0]}", f"{path}: {NO_FILE[1]}"))
    if found.passed_over:
        names = ", ".join(p.name for p in found.passed_over[:5]) + (" …" if len(found.passed_over) > 5 else "")
        report.asides.append(
            (
                f"略过 {len(found.passed_over)} 个其他格式的文件：{names}",
                f"passed over {len(found.passed_over)} files of other formats: {names}",
            )
        )
    if not found.files and not found.missing:
        where = ", ".join(map(str, paths))
        report.bad.append((f"{where}：没有可读的文件", f"{where}: no document in it"))
    return found.files


def gather(
    given: Sequence[Path], known: Callable[[str, str], bool], report: Report, steps: Steps | None, jobs: int | None
) -> list[Reading]:
    """Readings that give a document, each document once; the rest goes into the report. ``known``: see ``read_all``."""
    good = []
    for reading in read_all(given, known=known, progress=partial(steps, "reading") if steps else None, jobs=jobs):
        if reading.trouble:
            report.bad.append((f"{reading.path}：{reading.trouble.zh}", f"{reading.path}: {reading.trouble.en}"))
        elif reading.same_as:
            report.asides.append(
                (
                    f"{reading.path} 与 {reading.same_as} 内容相同，只算一份",
                    f"{reading.path} is the same as {reading.same_as}: one document",
                )
            )
        else:
            good.append(reading)
    return good


def in_full(
    readings: Sequence[Reading], originals: Path, report: Report, steps: Steps | None, jobs: int | None
) -> list[Reading]:
    """Readings whose sheets have evidence as long as the recogniser finds it in the originals, where they are at hand."""
    wanted = {reading.sheet.document.sha256 for reading in readings if reading.sheet and reading.at_hand}
    at_hand = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in find([originals]).files}
    at_hand = {sha256: path for sha256, path in at_hand.items() if sha256 in wanted}
    progress = partial(steps, "reading") if steps else None
    fresh = {r.sha256: r.sheet for r in read_all(list(at_hand.values()), progress=progress, jobs=jobs) if r.sheet}
    made = []
    for reading in readings:
        sheet = reading.sheet
        if sheet and reading.at_hand:
            name, content = sheet.document.source, sheet.document.sha256
            if content not in at_hand:
                zh = f"{name}：没有找到原文，证据仍是摘录"
                report.asides.append((zh, f"{name}: original not found, evidence stays an excerpt"))
            elif content in fresh:
                longer = _longer(fresh[content])
                reviews = tuple(replace(review, fact=longer(review.fact)) for review in reading.reviews)
                reading = replace(reading, sheet=lengthened(sheet, fresh[content]), reviews=reviews)
        made.append(reading)
    return made


def need(folder: Path | None) -> None:
    """Raises FileNotFoundError for a folder that somebody named and that is not there."""
    if folder and not folder.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))


def lengthened(sheet: FactSheet, fresh: FactSheet) -> FactSheet:
    """The sheet with each quote grown to the longest of ``fresh`` that starts with it at its place."""
    grown = _longer(fresh)
    changed: dict[str, Any] = {name: tuple(map(grown, getattr(sheet, name))) for name in _FACTS}
    return replace(sheet, **changed)


def _longer(fresh: FactSheet) -> Callable[[Any], Any]:
    """Makes the quote of a fact, if it has one, as long as ``fresh`` has it."""
    longest: dict[int, Any] = {}
    for name in _FACTS:
        for fact in getattr(fresh, name):
            words = fact.evidence
            if words.end > longest.get(words.start, words).end or words.start not in longest:
                longest[words.start] = words

    def grown(fact: Any) -> Any:
        if not hasattr(fact, "evidence"):
            return fact
        words = longest.get(fact.evidence.start, fact.evidence)
        return replace(fact, evidence=words) if words.quote.startswith(fact.evidence.quote) else fact

    return grown


_FACTS = (
    "responsibilities",
    "groups",
    "modes",
    "stackings",
    "definitions",
    "ports",
    "platforms",
    "figures",
    "unread",
)


def correction_lines(file: Path | None) -> tuple[corrected.Correction, ...]:
    """The lines of a corrections file, if there is one. Raises CorrectionError and OSError."""
    return corrected.loads(file.read_text(encoding="utf-8-sig"), file.name) if file else ()


def put_right(
    readings: Sequence[Reading], lines: Sequence[corrected.Correction], file: str, report: Report
) -> list[Reading]:
    """Readings with their sheets corrected; each line is reported, one that matches nothing as an error."""
    sheets, done = corrected.apply([r.sheet for r in readings if r.sheet], lines)
    for one in done:
        at, words = one.correction.at, one.correction.text
        where = ", ".join(one.documents[:3]) + (" …" if len(one.documents) > 3 else "")
        zh, en = f"{file}：第{at}条 {words}：", f"{file}: line {at} {words}: "
        if one.facts:
            report.asides.append((f"{zh}更正 {one.facts} 处（{where}）", f"{en}{one.facts} facts corrected ({where})"))
        else:
            report.bad.append((f"{zh}没有匹配的事实", f"{en}matches nothing"))
    return [_followed(r, s, lines) for r, s in zip(readings, sheets, strict=True)]


def _followed(reading: Reading, sheet: FactSheet, lines: Sequence[corrected.Correction]) -> Reading:
    """The reading with its corrected sheet; the marks of its facts go with them."""
    if sheet == reading.sheet or reading.sheet is None:
        return reading
    reviews = []
    for review in reading.reviews:
        fact = review.fact if review.rejected else corrected.follow(review.fact, reading.sheet, lines)
        reviews += [replace(review, fact=fact)] * (fact is not None)
    return replace(reading, sheet=sheet, reviews=tuple(reviews), put_right=True)
