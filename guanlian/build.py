"""The road in order: read → recognise → sheet → quads → store → render; the only place that knows all rooms."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from time import perf_counter

from guanlian import manifest
from guanlian.console import Steps
from guanlian.graph import publish
from guanlian.graph.quads import quads
from guanlian.graph.store import Store, from_turtle
from guanlian.intake import SHEETS, Reading, is_sheet, shown
from guanlian.kept import keep
from guanlian.loaders.facts import FactSheet
from guanlian.loaders.sheet import decided, dumps
from guanlian.manifest import Entry, Known
from guanlian.ontology import authorities
from guanlian.ontology.terms import iri
from guanlian.outputs.gather import gather as tables_of
from guanlian.readings import correction_lines, files, gather, in_full, need, put_right
from guanlian.report import Line, Miscount, Report, count
from guanlian.review import decide, in_folder, marked, sources


@dataclass(frozen=True, slots=True)
class Made:
    """A document ready to load: its manifest entry, N-Quads, and sheet text."""

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
    steps: Steps | None = None,
    jobs: int | None = None,
) -> Report:
    """Read documents and fact sheets, and publish quads, store, sheets and explorer in ``out``.

    Without ``paths`` the sheets that ship are built. What a person decided in a given sheet holds for
    a document that is a new edition of its own. ``originals`` holds documents that given sheets were
    made of: their evidence is then shown in full. ``corrections`` is a file of a person's corrections
    (:mod:`guanlian.loaders.review.corrections`); a line of it that matches nothing is an error. ``endpoint``
    is a SPARQL store to bring up to date as well. ``steps`` is told how far the work is. Files that
    cannot be read are named in the report and left out; where none can be, nothing is published and
    the old build stays. Raises
    :class:`guanlian.graph.publish.BuildLocked` and :class:`guanlian.graph.store.StoreError`.
    """
    start = perf_counter()
    report = Report(strict=strict, folder=str(out))
    need(originals)
    lines = correction_lines(corrections)
    given = files(list(paths) or shipped(), out, report)
    marks = marked(given)
    known = manifest.known(out, marks.values())
    usable = Known() if originals or corrections else known
    decisions = {*marks.values()}  # sheets with decisions are always read: another document may be new

    def is_known(sha256: str, name: str) -> bool:
        return (sha256, name) in usable.entries and sha256 not in decisions

    readings = _decided(gather(given, is_known, report, steps, jobs), report)
    if originals:
        readings = in_full(readings, originals, report, steps, jobs)
    if corrections:
        readings = put_right(readings, lines, corrections.name, report)
    made = _make(readings, known, report, steps)
    if made:
        graphs = {iri("document", m.entry.document): m.nquads for m in made} | _authorities()
        report.quads = sum(m.nquads.count("\n") for m in made)
        before = manifest.published(out)
        put = Published(made, graphs, lang, bool(corrections or originals), decisions)
        report.published = _publish(out, put, known, report, steps)
        if endpoint:
            _send(endpoint, graphs, before, report, steps)
    report.seconds = perf_counter() - start
    return report


def _decided(readings: Sequence[Reading], report: Report) -> list[Reading]:
    """Readings of documents with what a person decided in given sheets of their earlier editions."""
    given = sources(readings)
    sheets = {r.sheet.document.sha256 for r in readings if r.sheet and r.at_hand}
    asked = {id(r) for r in readings if r.sheet and r.sheet.document.sha256 not in sheets}
    return [decide(r, given, report)[0] if id(r) in asked else r for r in readings]


def extract(
    paths: Iterable[Path],
    out: Path,
    *,
    spare: bool = False,
    corrections: Path | None = None,
    steps: Steps | None = None,
    jobs: int | None = None,
) -> Report:
    """Write a fact sheet for each document into ``out``; what a person decided in the sheets there survives.

    So it does where the document comes in a new edition: decisions in a sheet of an earlier one, there
    or among ``paths``, are carried over, and those that do not hold as they stand are reported by file
    and item. A sheet that cannot be read is left as it is if it seems to hold decisions. Where a person wrote
    something else into a sheet, a copy of it as it was stays beside it (:mod:`guanlian.kept`). ``spare``
    cuts long quotes, for sheets that are passed on without their documents; ``corrections`` as for :func:`build`.
    """
    start = perf_counter()
    report = Report(folder=str(out))
    lines = correction_lines(corrections)
    out.mkdir(parents=True, exist_ok=True)
    here, broken = in_folder(out)
    readings = gather(files(list(paths), out, report), lambda sha256, name: False, report, steps, jobs)
    given, alone = [*here, *sources(readings)], readings
    readings = [decide(reading, given, report)[0] for reading in readings]
    if corrections:
        readings = put_right(readings, lines, corrections.name, report)
    for path, trouble in broken.items():
        report.bad.append((f"{path}：{trouble.zh}；未改动", f"{path}: {trouble.en}; left as it is"))
    for reading, undecided in zip(readings, alone, strict=True):
        assert reading.sheet is not None
        target = out / f"{_sheet_stem(reading.sheet)}{SHEETS[0]}"
        if target not in broken:
            text = _dumped(reading, spare)
            kept = keep(target, text, partial(_dumped, undecided, spare), spare=spare)
            report.asides += [kept] if kept else []
            target.write_text(text, encoding="utf-8", newline="\n")
            report.done.append(_line(_entry(reading, reading.sheet, "", target.name), reading.seconds))
    report.seconds = perf_counter() - start
    return report


def _dumped(reading: Reading, spare: bool = False) -> str:
    assert reading.sheet is not None
    return dumps(reading.sheet, spare=spare, reviews=reading.reviews, earlier=reading.earlier)


def shipped() -> list[Path]:
    """The fact sheets that ship with the package."""
    return sorted((manifest.HOME / "loaders").glob(f"*{SHEETS[0]}"))


# --- making ---------------------------------------------------------------------------------------


def _make(readings: Sequence[Reading], known: Known, report: Report, steps: Steps | None) -> list[Made]:
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
    made = []
    for at, (content, (reading, old, _)) in enumerate(chosen.items(), 1):
        made.append(_one(reading, old, keys[content], known, report))
        (steps or _silent)("quads", shown(reading.path), at, len(chosen))
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
    taken: set[str] = set()
    for content in sorted(asked):
        key = asked[content].partition("~")[0]
        given[content] = f"{key}~{content[:8]}" if key in taken else key
        taken.add(given[content])
    return given


def _one(reading: Reading, old: Entry | None, key: str, known: Known, report: Report) -> Made | None:
    if old and known.folder:
        text = (known.folder / old.sheet).read_text(encoding="utf-8")
        if old.document == key:
            report.done.append(_line(replace(old, how="unchanged"), 0.0))
            return Made(old, (known.folder / old.quads).read_text(encoding="utf-8"), text)
        kept = decided(text, old.sheet)
        reading = replace(reading, sheet=kept.sheet, reviews=kept.reviews, earlier=kept.earlier, at_hand=old.how == "sheet")
    sheet = reading.sheet
    assert sheet is not None
    if key != sheet.document.key:
        sheet = _renamed(sheet, key, reading.path, report)
    try:
        entry = _entry(reading, sheet, f"quads/{_stem(key)}.nq", f"sheets/{_sheet_stem(sheet)}.sheet.yaml")
        made = Made(entry, quads(sheet, reading.reviews), _sheet_text(reading, sheet))
    except (Miscount, ValueError) as error:
        report.bad.append(
            (f"{reading.path}：事实自相矛盾：{error}", f"{reading.path}: its facts contradict each other: {error}")
        )
        return None
    report.done.append(_line(entry, reading.seconds))
    return made


def _sheet_text(reading: Reading, sheet: FactSheet) -> str:
    """A given sheet as its author wrote it, marks of review and all; else a fresh one."""
    if reading.at_hand and sheet is reading.sheet and is_sheet(reading.path) and not reading.put_right:
        return reading.path.read_text(encoding="utf-8-sig")
    return dumps(sheet, reviews=reading.reviews, earlier=reading.earlier)


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


@dataclass(frozen=True, slots=True)
class Published:
    """What a build puts where readers see it."""

    made: Sequence[Made]
    graphs: Mapping[str, str]
    lang: str
    put_right: bool
    decisions: Collection[str]


def _publish(out: Path, put: Published, known: Known, report: Report, steps: Steps | None) -> bool:
    """Write and publish the build unless it would be the one that is there; says whether it did."""
    hashes = {graph: hashlib.sha256(text.encode()).hexdigest() for graph, text in sorted(put.graphs.items())}
    entries = [one.entry for one in put.made]
    if known.is_build_of(entries, hashes, put.lang):
        return False

    def fill(folder: Path) -> None:
        for name in ("quads", "sheets"):
            (folder / name).mkdir()
        for one in put.made:
            _put(folder / one.entry.quads, one.nquads)
            _put(folder / one.entry.sheet, one.sheet)
        for graph, text in _authorities().items():
            _put(folder / "quads" / f"graph-{graph.rpartition('/')[2]}.nq", text)
        _render(folder, put, steps)
        _put(folder / "report.txt", "\n".join(report.lines(put.lang, timed=False)) + "\n")
        _put(folder / manifest.NAME, manifest.text(entries, hashes, put.lang, put.put_right, put.decisions))

    publish.publish(out, fill)
    return True


def _render(folder: Path, put: Published, steps: Steps | None) -> None:
    """The store and, at the same time, the explorer."""
    from guanlian.outputs.explorer import data, render  # extracting does without

    tell = steps or _silent
    with ThreadPoolExecutor(1) as beside:  # loading holds no lock of the interpreter's
        tell("loading", "", 0, 1)
        loaded = beside.submit(_load, folder / "store", put.graphs)
        # Questions in memory are several times faster than on disk, and loading costs less than they do.
        tell("tables", "", 0, 1)
        tables = tables_of(Store.memory(put.graphs))
        tell("tables", "", 1, 1)
        tell("explorer", "", 0, 1)
        _put(folder / "explorer.html", render(data(tables), lang=put.lang))
        tell("explorer", "", 1, 1)
        loaded.result()
        tell("loading", "", 1, 1)


def _silent(phase: str, name: str, done: int, total: int) -> None:
    """Nobody watches."""


def _load(folder: Path, graphs: Mapping[str, str]) -> None:
    Store.open(folder, read_only=False).bulk(graphs)


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def _send(
    endpoint: str, graphs: Mapping[str, str], before: Collection[str], report: Report, steps: Steps | None
) -> None:
    """Brings an endpoint up to date: graphs of documents that the last build had and this one has not go too.

    Other documents that it holds are nobody's to remove but those who put them there: they are named.
    """
    store = Store.open(endpoint, read_only=False)
    there = store.graphs()
    gone = [graph for graph in there if graph in before and graph not in graphs]
    others = [g for g in there if g.startswith(iri("document", "")) and g not in graphs and g not in before]
    for at, graph in enumerate([*graphs, *gone], 1):
        if graph in graphs:
            store.replace(graph, graphs[graph])
        else:
            store.remove(graph)
        (steps or _silent)("sending", graph, at, len(graphs) + len(gone))
    if gone:
        report.asides.append((f"{endpoint}：已删去 {len(gone)} 份不再有的文件", f"{endpoint}: {len(gone)} documents that are gone removed"))
    if others:
        listed = ", ".join(g.rpartition("/")[2] for g in others[:5]) + (" …" if len(others) > 5 else "")
        zh = f"{endpoint}：另有 {len(others)} 份不是这次构建的文件，未动：{listed}"
        report.asides.append((zh, f"{endpoint}: {len(others)} documents of other builds left alone: {listed}"))
