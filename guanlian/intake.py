"""Files become fact sheets: folders walked, copies found, unchanged files remembered, bad ones named."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import perf_counter

from guanlian.loaders.facts import FactSheet
from guanlian.loaders.review.decisions import Review
from guanlian.loaders.text import Text
from guanlian.workers import WorkerLost, spread

DOCUMENTS = (".txt", ".md", ".html", ".htm", ".mht", ".mhtml", ".docx", ".pdf", ".xlsx", ".csv")
SHEETS = (".sheet.yaml", ".sheet.yml")
LARGEST = 256 * 2**20
"""Bytes of the largest file that is read."""
SECONDS = 300.0
"""Longest time one file may take in a worker."""
MEMORY = 3 * 2**30
"""Bytes of memory that a worker may take."""

Progress = Callable[[str, int, int], None]
"""Called with the file just finished, how many are, and how many there are."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file gives nothing, for a person to read."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one file.

    Exactly one of ``sheet``, ``trouble`` and ``same_as`` is set, or none where ``sha256`` was
    already known to the caller. ``same_as`` names the file with the same content that was read.
    ``at_hand`` is true for a fact sheet (nothing was recognised, facts are as its file gives them).
    ``text`` is a document's own words, where they were asked for; ``put_right`` says that the sheet
    is no longer what the file gives: a corrections file or decisions about another edition changed
    it. ``reviews`` is what a person decided about facts of the sheet, ``earlier`` the earlier
    editions that its file names.
    """

    path: Path
    sha256: str = ""
    sheet: FactSheet | None = None
    trouble: Trouble | None = None
    same_as: str = ""
    at_hand: bool = False
    seconds: float = 0.0
    text: Text | None = None
    put_right: bool = False
    reviews: tuple[Review, ...] = ()
    earlier: tuple[str, ...] = ()


@dataclass(slots=True)
class Found:
    """Files to read, and what else was met on the way."""

    files: list[Path] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)


def shown(path: Path) -> str:
    """The base name as text: what the system holds as bytes that are no UTF-8 becomes U+FFFD."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def is_sheet(path: Path) -> bool:
    """Whether the name is that of a fact sheet."""
    return path.name.lower().endswith(SHEETS)


def find(paths: Iterable[Path], *, besides: Collection[Path] = ()) -> Found:
    """Documents and fact sheets under ``paths``, each once, in the order of their names.

    A file that is named is taken whatever it is called; in a folder only :data:`DOCUMENTS` and
    :data:`SHEETS` are, and the rest is listed. Hidden files, folders reached by a link and the
    folders ``besides`` are left out.
    """
    found, seen = Found(), set[Path]()
    closed = {p.resolve() for p in besides}
    for path in paths:
        if path.is_dir():
            for file in _walk(path, closed):
                wanted = is_sheet(file) or file.suffix.lower() in DOCUMENTS
                _once(file, found.files if wanted else found.passed_over, seen)
        elif path.is_file():
            _once(path, found.files, seen)
        else:
            found.missing.append(path)
    # Of two copies the first is read: whichever way round they were given.
    found.files.sort(key=lambda path: (path.name, str(path)))
    return found


def _once(file: Path, into: list[Path], seen: set[Path]) -> None:
    real = file.resolve()
    if real not in seen:
        seen.add(real)
        into.append(file)


def _walk(folder: Path, closed: Collection[Path]) -> Iterator[Path]:
    for top, folders, files in os.walk(folder):
        here = Path(top)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and (here / f).resolve() not in closed)
        for name in sorted(files):
            if not name.startswith((".", "~$")) and (here / name).is_file():
                yield here / name


def read_all(
    files: Sequence[Path],
    *,
    known: Callable[[str, str], bool] = lambda sha256, name: False,
    progress: Progress | None = None,
    jobs: int | None = None,
    words: bool = False,
) -> list[Reading]:
    """Read every file, in the order given; ``known(sha256, base name)`` says which need no reading.

    A file that cannot be read gives a :class:`Trouble` and never stops the others, not even where
    it crashes or hangs the process that reads it. ``words`` asks for the text of each document too.
    """
    first: dict[str, Path] = {}
    readings: list[Reading | None] = [None] * len(files)
    tasks: list[tuple[int, Path]] = []
    for at, path in enumerate(files):
        reading, _ = _look(path)
        if reading.trouble is None and reading.sha256 in first:
            reading = replace(reading, same_as=str(first[reading.sha256]))
        elif reading.trouble is None:
            first[reading.sha256] = path
            if not known(reading.sha256, shown(path)):
                tasks.append((at, path))
                continue
        readings[at] = reading
    jobs = jobs or min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 8)
    apart = any(not is_sheet(path) for _, path in tasks)  # only another process can be stopped and limited
    for at, reading in _read_apart(tasks, jobs, words) if apart else _read_here(tasks, words):
        readings[at] = reading
        if progress:
            progress(shown(files[at]), sum(r is not None for r in readings), len(files))
    return [r for r in readings if r is not None]


def _look(path: Path) -> tuple[Reading, bytes]:
    try:
        if path.stat().st_size > LARGEST:
            return Reading(path, trouble=Trouble("文件超过 256 MB", "the file is larger than 256 MB")), b""
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        return Reading(path, trouble=Trouble(f"打不开：{why}", f"cannot be opened: {why}")), b""
    return Reading(path, hashlib.sha256(data).hexdigest()), data


def _read_here(tasks: Sequence[tuple[int, Path]], words: bool) -> Iterator[tuple[int, Reading]]:
    for at, path in tasks:
        yield at, read_one(path, words=words)


def _read_apart(tasks: Sequence[tuple[int, Path]], jobs: int, words: bool) -> Iterator[tuple[int, Reading]]:
    # The largest first: no core is left alone with it at the end.
    order = sorted(tasks, key=lambda task: -task[1].stat().st_size)
    work = partial(read_one, words=words)
    for place, outcome in spread(work, [path for _, path in order], jobs=jobs, seconds=SECONDS, memory=MEMORY):
        at, path = order[place]
        yield at, outcome if isinstance(outcome, Reading) else Reading(path, trouble=_lost(outcome))


def _lost(lost: WorkerLost) -> Trouble:
    if lost.why == "crashed":
        return Trouble("读取进程崩溃", "the process that read it crashed")
    return Trouble(f"读取超过 {SECONDS:.0f} 秒，已停止", f"stopped after {SECONDS:.0f} seconds")


def read_one(path: Path, *, words: bool = False) -> Reading:
    """Read one file: a fact sheet as it stands, a document by recognition, with its text if asked for."""
    from guanlian.loaders import reader
    from guanlian.loaders.formats import ReadError
    from guanlian.loaders.sheet import Decided, decided
    from guanlian.loaders.sheetcheck import SheetError

    start, name = perf_counter(), shown(path)
    looked, data = _look(path)
    if looked.trouble:
        return looked
    made, trouble, text = None, None, None
    try:
        made = decided(data.decode("utf-8-sig"), name) if is_sheet(path) else Decided(reader.read(data, name))
        text = characters_of(path) if words and not is_sheet(path) else None
    except ReadError as error:
        trouble = Trouble(error.zh, error.en)
    except SheetError as error:
        place = " ".join(filter(None, [error.item and f"条目 item {error.item}", error.field]))
        why = f"{place}: {error.why}" if place else error.why
        trouble = Trouble(f"事实表有误：{why}", f"fact sheet: {why}")
    except UnicodeDecodeError as error:
        trouble = Trouble(f"不是 UTF-8（第 {error.start} 字节）", f"not UTF-8 (byte {error.start})")
    except MemoryError:
        most = f"{MEMORY / 2**30:.0f} GB"
        trouble = Trouble(f"读取需要超过 {most} 内存，已停止", f"reading it takes more than {most} of memory: stopped")
    except Exception as error:  # noqa: BLE001  a fault of ours in one file must not cost the other files
        why = f"{type(error).__name__}: {error}"
        trouble = Trouble(f"程序错误，请报告：{why}", f"a fault in guanlian, please report it: {why}")
    seconds = perf_counter() - start
    told = replace(looked, trouble=trouble, at_hand=is_sheet(path), seconds=seconds)
    return replace(told, sheet=made.sheet, reviews=made.reviews, earlier=made.earlier, text=text) if made else told


def characters_of(path: Path) -> Text:
    """A document's own words. Raises ReadError and OSError: ask for them where the file has been read before."""
    from guanlian.loaders.formats import characters
    from guanlian.loaders.repair import repair

    return repair(characters(path.read_bytes(), shown(path)))
