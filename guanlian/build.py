"""The road in order: read → recognise → sheet → quads → store → render; the only place that knows all rooms."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

from guanlian import manifest
from guanlian.graph import publish
from guanlian.graph.quads import quads
from guanlian.graph.store import Store, from_turtle
from guanlian.intake import SHEETS, Progress, Reading, find, is_sheet, read_all, shown
from guanlian.loaders import corrections as corrected
from guanlian.loaders.facts import FactSheet
from guanlian.loaders.sheet import dumps, loads, reviews
from guanlian.manifest import Entry, Known
from guanlian.ontology import authorities
from guanlian.ontology.terms import iri
from guanlian.outputs.gather import explorer
from guanlian.report import Line, Miscount, Report, count
from guanlian.review import survive


@dataclass(frozen=True, slots=True)
class Made:
    """A document ready to load: its manifest entry, N-Quads, and sheet text (None: copy the old files)."""

    entry: Entry
    nquads: str
    sheet: str


def build(
    paths: Iterable[Path],
    out: Path,
    *,
    originals: Path | None = None,
    corrections: Path | None = None,
    strict: bool = False,
    endpoint: str = "",
    lang: str = "zh",
    progress: Progress | None = None,
    jobs: int | None = None,
) -> Report:
    """Read documents and fact sheets, and publish quads, store, sheets and explorer in ``out``.

    Without ``paths`` the sheets that ship are built. ``originals`` holds documents that given
    sheets were made of: their evidence is then shown in full. ``corrections`` is a file of a person's
    corrections (:mod:`guanlian.loaders.corrections`); a line of it that matches nothing is an error. ``endpoint`` is a SPARQL store to
    bring up to date as well. Files that cannot be read are named in the report and left out;
    where none can be, nothing is published and the old build stays. Raises
    :class:`guanlian.graph.publish.BuildLocked` and :class:`guanlian.graph.store.StoreError`.
    """
    start = perf_counter()
    report = Report(strict=strict, folder=str(out))
    lines = corrected.loads(corrections.read_text(encoding="utf-8-sig"), corrections.name) if corrections else ()
    known = manifest.known(out)
    usable = Known() if originals or corrections else known
    readings = _read(list(paths) or shipped(), out, usable, report, progress, jobs)
    if originals:
        readings = [_in_full(reading, _by_content(originals), report) for reading in readings]
    if corrections:
        readings = _put_right(readings, lines, corrections.name, report)
    made = _make(readings, known, report)
    if made:
        graphs = {iri("document", m.entry.document): m.nquads for m in made} | _authorities()
        report.quads = sum(m.nquads.count("\n") for m in made)
        report.published = _publish(out, made, graphs, known, lang, report, bool(corrections or originals))
        if endpoint:
            _send(endpoint, graphs)
    report.seconds = perf_counter() - start
    return report


def extract(
    paths: Iterable[Path], out: Path, *, spare: bool = False, progress: Progress | None = None, jobs: int | None = None
) -> Report:
    """Write a fact sheet for each document into ``out``; facts that a person marked as reviewed survive.

    ``spare`` cuts long quotes, for sheets that are passed on without their documents.
    """
    start = perf_counter()
    report = Report(folder=str(out))
    out.mkdir(parents=True, exist_ok=True)
    for reading in _read(list(paths), out, Known(), report, progress, jobs):
        assert reading.sheet is not None
        target = out / f"{_sheet_stem(reading.sheet)}.sheet.yaml"
        kept = reviews(target.read_text(encoding="utf-8"), target.name) if target.exists() else ()
        sheet = survive(reading.sheet, kept)
        if kept:
            report.asides.append(
                (f"{target.name}：保留 {len(kept)} 条人工订正", f"{target.name}: {len(kept)} reviewed facts kept")
            )
        target.write_text(dumps(sheet, spare=spare, reviews=kept), encoding="utf-8", newline="\n")
        report.done.append(_line(_entry(reading, sheet, "", target.name), reading.seconds))
    report.seconds = perf_counter() - start
    return report


def shipped() -> list[Path]:
    """The fact sheets that ship with the package."""
    return sorted((manifest.HOME / "loaders").glob(f"*{SHEETS[0]}"))


# --- reading --------------------------------------------------------------------------------------


def _read(
    paths: Sequence[Path], out: Path, known: Known, report: Report, progress: Progress | None, jobs: int | None
) -> list[Reading]:
    """Readings that give a document, each document once; the rest goes into the report."""
    found = find(paths, besides=[out])
    for path in found.missing:
        report.bad.append((f"{path}：没有这个文件", f"{path}: no such file or folder"))
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
    good = []
    for reading in read_all(
        found.files, known=lambda sha256, name: (sha256, name) in known.entries, progress=progress, jobs=jobs
    ):
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


def _by_content(folder: Path) -> dict[str, Path]:
    files = find([folder]).files
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in files}


def _in_full(reading: Reading, originals: Mapping[str, Path], report: Report) -> Reading:
    """A sheet's evidence as long as the recogniser finds it in the original, where that is at hand."""
    sheet = reading.sheet
    if sheet is None or not reading.at_hand:
        return reading
    path = originals.get(sheet.document.sha256)
    if path is None:
        name = sheet.document.source
        report.asides.append(
            (f"{name}：没有找到原文，证据仍是摘录", f"{name}: original not found, evidence stays an excerpt")
        )
        return reading
    fresh = read_all([path])[0].sheet
    return replace(reading, sheet=lengthened(sheet, fresh)) if fresh else reading


def lengthened(sheet: FactSheet, fresh: FactSheet) -> FactSheet:
    """The sheet with each quote grown to the longest of ``fresh`` that starts with it at its place."""
    longest: dict[int, Any] = {}
    for name in _FACTS:
        for fact in getattr(fresh, name):
            words = fact.evidence
            if words.end > longest.get(words.start, words).end or words.start not in longest:
                longest[words.start] = words

    def grown(fact: Any) -> Any:
        words = longest.get(fact.evidence.start, fact.evidence)
        return replace(fact, evidence=words) if words.quote.startswith(fact.evidence.quote) else fact

    changed: dict[str, Any] = {name: tuple(map(grown, getattr(sheet, name))) for name in _FACTS}
    return replace(sheet, **changed)


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


def _put_right(
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
    return [replace(r, sheet=s, put_right=s != r.sheet) for r, s in zip(readings, sheets, strict=True)]


# --- making ---------------------------------------------------------------------------------------


def _make(readings: Sequence[Reading], known: Known, report: Report) -> list[Made]:
    """Documents ready to load, sorted by key."""
    chosen: dict[str, tuple[Reading, Entry | None, str]] = {}
    for reading in sorted(readings, key=lambda r: (not is_sheet(r.path), r.path.name)):
        old = None if reading.sheet else known.entries[reading.sha256, shown(reading.path)]
        content = old.content if old else reading.sheet.document.sha256 if reading.sheet else ""
        if content in chosen:
            given = chosen[content][0].path
            report.asides.append(
                (
                    f"{reading.path}：同一份文件已由 {given} 给出，以它为准",
                    f"{reading.path}: {given} gives the same document and counts",
                )
            )
        else:
            chosen[content] = reading, old, content
    keys = _keys({content: (old.document if old else _key(reading)) for content, (reading, old, _) in chosen.items()})
    made = [_one(reading, old, keys[content], known, report) for content, (reading, old, _) in chosen.items()]
    return sorted((m for m in made if m), key=lambda m: m.entry.document)


def _key(reading: Reading) -> str:
    assert reading.sheet is not None
    return reading.sheet.document.key


def _keys(asked: Mapping[str, str]) -> dict[str, str]:
    """A key for each content: the one it asks for, with a part of its hash where another has that.

    >>> _keys({"ab12": "k", "cd34": "k", "ef56": "l"})
    {'ab12': 'k', 'cd34': 'k~cd34', 'ef56': 'l'}
    """
    given: dict[str, str] = {}
    for content in sorted(asked):
        key = asked[content].partition("~")[0]
        given[content] = f"{key}~{content[:8]}" if key in given.values() else key
    return given


def _one(reading: Reading, old: Entry | None, key: str, known: Known, report: Report) -> Made | None:
    if old and known.folder:
        text = (known.folder / old.sheet).read_text(encoding="utf-8")
        if old.document == key:
            report.done.append(_line(replace(old, how="unchanged"), 0.0))
            return Made(old, (known.folder / old.quads).read_text(encoding="utf-8"), text)
        reading = replace(reading, sheet=loads(text, old.sheet), at_hand=old.how == "sheet")
    sheet = reading.sheet
    assert sheet is not None
    if key != sheet.document.key:
        sheet = _renamed(sheet, key, reading.path, report)
    try:
        entry = _entry(reading, sheet, f"quads/{_stem(key)}.nq", f"sheets/{_sheet_stem(sheet)}.sheet.yaml")
        made = Made(entry, quads(sheet), _sheet_text(reading, sheet))
    except (Miscount, ValueError) as error:
        report.bad.append(
            (f"{reading.path}：事实自相矛盾：{error}", f"{reading.path}: its facts contradict each other: {error}")
        )
        return None
    report.done.append(_line(entry, reading.seconds))
    return made


def _sheet_text(reading: Reading, sheet: FactSheet) -> str:
    """A given sheet as its author wrote it, marks of review and all; else a fresh one."""
    if reading.at_hand and sheet is reading.sheet and is_sheet(reading.path):
        text = reading.path.read_text(encoding="utf-8-sig")
        return dumps(sheet, reviews=reviews(text, reading.path.name)) if reading.put_right else text
    return dumps(sheet)


def _renamed(sheet: FactSheet, key: str, path: Path, report: Report) -> FactSheet:
    said = sheet.document.key
    report.asides.append(
        (f"{path}：另一份文件也叫 {said}，记作 {key}", f"{path}: another document is {said} too; kept as {key}")
    )
    return replace(sheet, document=replace(sheet.document, key=key))


def _entry(reading: Reading, sheet: FactSheet, nquads: str, file: str) -> Entry:
    return Entry(
        name=shown(reading.path),
        sha256=reading.sha256,
        content=sheet.document.sha256,
        document=sheet.document.key,
        how="sheet" if reading.at_hand else "read",
        counts=count(sheet),
        notes=sheet.notes,
        unread=tuple((u.measure, u.what, u.evidence.quote) for u in sheet.unread),
        quads=nquads,
        sheet=file,
    )


def _line(entry: Entry, seconds: float) -> Line:
    return Line(entry.name, entry.document, entry.how, entry.counts, seconds, entry.notes, entry.unread)


def _stem(key: str) -> str:
    """A file name for a key on any system; no two keys share one.

    >>> _stem("深府办函〔2019〕1号"), _stem("a/b").startswith("a-b-")
    ('深府办函〔2019〕1号', True)
    """
    plain = re.sub(r"[^\w.〔〕()（）-]+", "-", key).strip("-.")[:60]
    return plain if plain == key else f"{plain}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def _sheet_stem(sheet: FactSheet) -> str:
    """Name of a sheet's file: the document's, and its key, which no other document has."""
    return f"{_stem(sheet.document.source.partition('.')[0])}-{_stem(sheet.document.key)}"


@cache
def _authorities() -> dict[str, str]:
    """The vocabulary and the authority files as N-Quads by graph."""
    return {graph: from_turtle(graph, authorities.turtle(path)) for graph, path in authorities.files()}


# --- publishing -----------------------------------------------------------------------------------


def _publish(
    out: Path,
    made: Sequence[Made],
    graphs: Mapping[str, str],
    known: Known,
    lang: str,
    report: Report,
    put_right: bool,
) -> bool:
    """Write and publish the build unless it would be the one that is there; says whether it did."""
    hashes = {graph: hashlib.sha256(text.encode()).hexdigest() for graph, text in sorted(graphs.items())}
    if known.is_build_of([m.entry for m in made], hashes, lang):
        return False

    def fill(folder: Path) -> None:
        for name in ("quads", "sheets"):
            (folder / name).mkdir()
        for one in made:
            _put(folder / one.entry.quads, one.nquads)
            _put(folder / one.entry.sheet, one.sheet)
        for graph, text in _authorities().items():
            _put(folder / "quads" / f"graph-{graph.rpartition('/')[2]}.nq", text)
        with ThreadPoolExecutor(1) as beside:  # loading holds no lock of the interpreter's
            loaded = beside.submit(_load, folder / "store", graphs)
            # Questions in memory are several times faster than on disk, and loading costs less than they do.
            _put(folder / "explorer.html", explorer(Store.memory(graphs), lang=lang))
            loaded.result()
        _put(folder / "report.txt", "\n".join(report.lines(lang, timed=False)) + "\n")
        _put(folder / manifest.NAME, manifest.text([m.entry for m in made], hashes, lang, put_right))

    publish.publish(out, fill)
    return True


def _load(folder: Path, graphs: Mapping[str, str]) -> None:
    Store.open(folder, read_only=False).bulk(graphs)


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def _send(endpoint: str, graphs: Mapping[str, str]) -> None:
    store = Store.open(endpoint, read_only=False)
    for graph, text in graphs.items():
        store.replace(graph, text)
