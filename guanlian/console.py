"""What the command says and how it ends: language, streams, progress, and words for every failure."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

FAILED, USAGE, NOTHING, PARTIAL, FAULT, INTERRUPTED, PIPE = 1, 2, 3, 4, 70, 130, 141
"""Exit statuses: a check failed; wrong usage; nothing could be read; a part could not; a fault of
ours; interrupted; the reader of our output went away."""


class Problem(Exception):
    """Something a person can mend: an exit status, and what, where and what to do in two languages."""

    def __init__(self, status: int, zh: str, en: str) -> None:
        super().__init__(en)
        self.status, self.zh, self.en = status, zh, en


@dataclass
class Settings:
    """The options that stand before any command."""

    store: str = ""
    lang: str = "zh"
    quiet: bool = False

    def words(self, zh: str, en: str) -> str:
        """The one of two texts that is in the chosen language."""
        return zh if self.lang == "zh" else en


settings = Settings()


def language() -> str:
    """``$GUANLIAN_LANG``; else the locale's; Chinese where that says nothing."""
    names = ("GUANLIAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    said = next((value for name in names if (value := os.environ.get(name))), "").lower()
    return "zh" if said.startswith("zh") or said.partition(".")[0] in ("", "c", "posix") else "en"


def folder() -> Path:
    """Where builds go and questions look: a folder given as ``--store``, ``$GUANLIAN_OUT``, else ``guanlian-out``."""
    if settings.store and "://" not in settings.store:
        return Path(settings.store)
    return Path(os.environ.get("GUANLIAN_OUT") or "guanlian-out")


def usual(path: Path | None) -> str:
    """Format of rows when none is named: by the file's ending, table on a terminal, csv in a pipe."""
    if path:
        return path.suffix.lstrip(".").lower() or "csv"
    return "table" if sys.stdout.isatty() else "csv"


def hoisted(words: Sequence[str]) -> list[str]:
    """The words of a command line with the options of every command in front, wherever they stood.

    >>> hoisted(["query", "owners", "--lang", "en", "-q", "--", "--store"])
    ['--lang', 'en', '-q', 'query', 'owners', '--', '--store']
    """
    first: list[str] = []
    rest: list[str] = []
    words = list(words)
    while words and words[0] != "--":
        word = words.pop(0)
        if word in ("--quiet", "-q", "--version") or word.startswith(("--store=", "--lang=")):
            first.append(word)
        elif word in ("--store", "--lang"):
            first += [word, *words[:1]]
            words = words[1:]
        else:
            rest.append(word)
    return [*first, *rest, *words]


def say(zh: str, en: str, *, always: bool = False) -> None:
    """A message, on standard error; only what is said ``always`` gets past ``--quiet``."""
    if always or not settings.quiet:
        print(settings.words(zh, en), file=sys.stderr, flush=True)


def prepare() -> None:
    """UTF-8 and line feeds into a pipe whatever the machine's habits; a terminal keeps its own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if not hasattr(stream, "reconfigure"):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


@contextmanager
def output(path: Path | None = None) -> Iterator[TextIO]:
    """Standard output or a file, for text; a reader who goes away ends the command without a word."""
    if path:
        with path.open("w", encoding="utf-8", newline="") as out:
            yield out
        return
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still in the buffer has nowhere to go; the interpreter must not complain of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(PIPE) from None


def put(data: bytes, path: Path | None, *, binary: bool = True) -> None:
    """Bytes to a file or to standard output; what is no text never goes to a terminal."""
    if path:
        path.write_bytes(data)
    elif binary and sys.stdout.isatty():
        raise Problem(USAGE, "这是二进制格式，请用 -o 写到文件", "this format is binary: name a file with -o")
    else:
        with output():
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()


Steps = Callable[[str, str, int, int], None]
"""Called with a phase of long work (see :data:`PHASES`), what of it was just finished, how much is, and how much there is."""

PHASES = {
    "reading": ("读入", "reading"),
    "quads": ("三元组", "quads"),
    "loading": ("入库", "loading"),
    "tables": ("查表", "tables"),
    "explorer": ("浏览页", "explorer"),
    "sending": ("送往端点", "sending"),
}
"""Phases of a build, in their order, as people read them."""


@contextmanager
def progress() -> Iterator[Steps | None]:
    """A progress bar for each phase on a terminal, nothing in a pipe: yields what to call, or None."""
    if settings.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[file]}"),
    )
    bars: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:

        def step(phase: str, name: str, done: int, total: int) -> None:
            if phase not in bars:
                bars[phase] = shown.add_task(settings.words(*PHASES[phase]), total=None, file="")
            shown.update(bars[phase], completed=done, total=total, file=escape(name) if done < total else "")

        yield step


NO_FILE = "没有这个文件", "no such file or folder"
"""Why a path that somebody gave cannot be read, everywhere in these words."""

_FILES = {
    FileNotFoundError: NO_FILE,
    IsADirectoryError: ("是文件夹，不是文件", "is a folder, not a file"),
    NotADirectoryError: ("路径中有一段不是文件夹", "a part of this path is no folder"),
    FileExistsError: ("已有同名的文件", "a file of that name is in the way"),
    PermissionError: ("没有权限", "permission denied"),
}


def _of_files(error: OSError) -> tuple[str, str]:
    """Words for what the system says of a file; its own where these are none of the common ones."""
    own = error.strerror or str(error)
    zh, en = _FILES.get(type(error), (own, own))
    if not isinstance(error.filename, (str, os.PathLike)) or not str(error.filename):
        return (own, own) if type(error) in _FILES else (zh, en)
    path = Path(error.filename)
    if isinstance(error, FileNotFoundError) and not path.parent.exists():
        zh, en = f"没有文件夹 {path.parent}", f"there is no folder {path.parent}"
    return f"{path}：{zh}", f"{path}: {en}"


@contextmanager
def interruptible(state: Callable[[], tuple[str, str]]) -> Iterator[None]:
    """Work that Ctrl-C ends with words of ``state``, in Chinese and English, on how things stand then."""
    try:
        yield
    except KeyboardInterrupt:
        raise Problem(INTERRUPTED, *state()) from None


def explain(error: Exception) -> tuple[int, str, str]:
    """Exit status and words, in Chinese and English, for a failure that reached the top."""
    if isinstance(error, Problem):
        return error.status, error.zh, error.en
    zh, en = getattr(error, "zh", ""), getattr(error, "en", "")
    if zh and en:  # unknown names, refused queries; a store that cannot be opened, a folder that is taken
        out_of_reach = type(error).__name__ in ("StoreError", "BuildLocked", "OccupiedError")
        return NOTHING if out_of_reach else USAGE, zh, en
    if isinstance(error, OSError):
        return NOTHING, *_of_files(error)
    why = f"{type(error).__name__}: {error}"
    hint = "GUANLIAN_DEBUG=1"
    return (
        FAULT,
        f"程序错误，请报告（设 {hint} 看详情）：{why}",
        f"a fault in guanlian, please report it ({hint} tells more): {why}",
    )
