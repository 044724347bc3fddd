"""Publishes a build whole: readers see the old one or the new one, and a killed build leaves the old one.

What a build leaves in its output folder::

    DIR/.builds/7/            one build: quads/ store/ sheets/ explorer.html …
    DIR/.builds/current       which one counts: a link to 7, or a file that says 7 where links are not allowed
    DIR/.builds/lock          held while somebody builds; says who
    DIR/store, DIR/quads …    links through .builds/current, so one rename changes them all at once

A build is written to ``.builds/new-8``, synced, renamed to ``.builds/8``; then ``current`` is replaced by one atomic
rename. The build before it stays until the next one, for readers that still have it open. Nothing else in DIR is
touched. Where the system makes no links (Windows without the right), the entries of DIR are copies, renewed one by
one after ``current``; :func:`resolve` reads ``current`` itself, so guanlian's own commands never see a mix.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

FOLDER = ".builds"


class BuildLocked(Exception):
    """Somebody else is building into the same folder; says who, where and since when."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} | {en}")
        self.zh, self.en = zh, en


class OccupiedError(BuildLocked):
    """The output folder holds a file under a name the build needs, and guanlian did not write it."""


def current(target: Path) -> Path | None:
    """Folder of the build that counts, or None when nothing was published."""
    pointer = target / FOLDER / "current"
    try:
        name = str(pointer.readlink()) if pointer.is_symlink() else pointer.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    folder = target / FOLDER / name
    return folder if re.fullmatch(r"[0-9]+", name) and folder.is_dir() else None


def resolve(place: Path, entry: str) -> Path:
    """Path of an entry (``store``) given an output folder, or ``place`` itself when it is that entry already."""
    if (build := current(place)) is not None:
        return build / entry
    if place.name == entry and (build := current(place.parent)) is not None:
        return build / entry
    return place / entry if (place / entry).is_dir() else place


def publish(target: Path, fill: Callable[[Path], bool | None], *, links: bool | None = None) -> Path:
    """Lets ``fill`` write a build into an empty folder, then makes it the one that counts; returns its folder.

    ``fill`` may answer False: nothing is published, the old build stays. Raises BuildLocked when another process
    builds, OccupiedError when DIR holds somebody's file under a name that the build needs; whatever ``fill``
    raises passes through and leaves the old build. ``links=False`` publishes as on a system without links.
    """
    builds = target / FOLDER
    builds.mkdir(parents=True, exist_ok=True)
    with lock(builds / "lock"):
        _sweep(builds)
        number = max((int(p.name) for p in builds.iterdir() if p.name.isdecimal()), default=0) + 1
        staging = builds / f"new-{number}"
        staging.mkdir()
        try:
            wanted = fill(staging) is not False
            if wanted:
                _check_free(target, staging)
        except BaseException:
            with contextlib.suppress(OSError):  # what cannot be removed now the next build sweeps
                _remove(staging)
            raise
        if not wanted:
            _remove(staging)
            return current(target) or builds
        _sync(staging)
        before = current(target)
        build = staging.rename(builds / str(number))
        linked = _can_link(builds) if links is None else links
        _point(builds, str(number), linked)
        _entries(target, build, linked)
        _prune(builds, {build, before})
        return build


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Holds a lock file that the system frees when its holder dies; BuildLocked names the holder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8", newline="\n") as file:
        if not _try_lock(file):
            raise _locked(path)
        file.seek(0)
        file.truncate()
        file.write(_who())
        file.flush()
        try:
            yield
        finally:
            file.seek(0)
            file.truncate()


def _who() -> str:
    import datetime  # these are for writers only: whoever asks a question should not wait for them
    import getpass
    import json
    import socket

    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user id that no account has, as in some containers
        user = "?"
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "user": user, "since": now})


def _locked(path: Path) -> BuildLocked:
    import json

    try:
        who = json.loads(path.read_text(encoding="utf-8"))
        said = f"{who['user']}@{who['host']}, pid {who['pid']}, {who['since']}"
    except (OSError, ValueError, KeyError):
        said = "?"
    folder = path.parent.parent
    return BuildLocked(f"{folder} 正由 {said} 构建，请稍后再试", f"{folder} is being built by {said}; try again later")


def _try_lock(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1 << 20)  # a byte nobody reads: Windows locks what it locks against reading too
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sync(folder: Path) -> None:
    """Files and folders reach the disk before anything points at them."""
    for root, _, files in os.walk(folder):
        for name in files:
            _fsync(Path(root) / name)
        _fsync(Path(root))


def _fsync(path: Path) -> None:
    if path.is_dir() and sys.platform == "win32":
        return  # Windows has no handle for a folder's own entries
    handle = os.open(path, os.O_RDONLY if sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _can_link(builds: Path) -> bool:
    probe = builds / f"probe-{os.getpid()}"
    try:
        probe.symlink_to("current")
        probe.unlink()
    except OSError:
        return False
    return True


def _point(builds: Path, name: str, linked: bool) -> None:
    fresh = builds / "current.new"
    fresh.unlink(missing_ok=True)
    if linked:
        fresh.symlink_to(name, target_is_directory=True)
    else:
        fresh.write_text(name + "\n", encoding="utf-8", newline="\n")
        _fsync(fresh)
    fresh.replace(builds / "current")
    _fsync(builds)


def _ours(target: Path, entry: Path) -> bool:
    """Whether an entry of DIR was put there by a build: a link through current, or listed as a copy."""
    if entry.is_symlink():
        return entry.readlink().parts[:2] == (FOLDER, "current")
    listed = target / FOLDER / "copies"
    return listed.is_file() and entry.name in listed.read_text(encoding="utf-8").split("\n")


def _check_free(target: Path, staging: Path) -> None:
    for new in staging.iterdir():
        entry = target / new.name
        if (entry.exists() or entry.is_symlink()) and not _ours(target, entry):
            raise OccupiedError(
                f"{entry} 不是 guanlian 写的；请移走它，或用 --out 换一个目录",
                f"{entry} was not written by guanlian; move it away, or choose another --out",
            )


def _entries(target: Path, build: Path, linked: bool) -> None:
    import shutil

    names = sorted(path.name for path in build.iterdir())
    for old in list(target.iterdir()):
        if old.name not in names and old.name != FOLDER and _ours(target, old):
            _remove(old)
    listed = target / FOLDER / "copies"
    if not linked:
        listed.write_text("\n".join(names), encoding="utf-8", newline="\n")
    for name in names:
        entry, fresh = target / name, target / FOLDER / f"entry-{name}"
        if linked and entry.is_symlink():
            continue
        _remove(fresh)
        if linked:
            fresh.symlink_to(Path(FOLDER, "current", name), target_is_directory=(build / name).is_dir())
        elif (build / name).is_dir():
            shutil.copytree(build / name, fresh)
        else:
            shutil.copy2(build / name, fresh)
        if entry.is_symlink() or entry.is_dir():
            _remove(entry)
        fresh.replace(entry)
    if linked:
        listed.unlink(missing_ok=True)


def _remove(path: Path) -> None:
    import shutil

    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sweep(builds: Path) -> None:
    """What killed builds left behind."""
    for path in list(builds.iterdir()):
        if path.name.startswith(("new-", "entry-", "probe-", "old-")) or path.name == "current.new":
            _remove(path)


def _prune(builds: Path, keep: set[Path | None]) -> None:
    for path in list(builds.iterdir()):
        if path.name.isdecimal() and path not in keep:
            doomed = builds / f"old-{path.name}"
            with contextlib.suppress(OSError):  # Windows keeps what a reader has open; the next build tries again
                path.rename(doomed)
                _remove(doomed)
