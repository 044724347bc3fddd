"""Publishing: old or new, never half; one writer; nobody else's files; killed builds leave the old one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from guanlian.graph import publish
from guanlian.graph.publish import BuildLocked, OccupiedError

ROOT = Path(__file__).parents[2]
LINKS = pytest.mark.parametrize("links", [True, False], ids=["links", "copies"])


def fill(folder: Path, text: str) -> None:
    for name in ("quads", "store"):
        (folder / name).mkdir()
        (folder / name / "file").write_text(text, encoding="utf-8")
    (folder / "explorer.html").write_text(text, encoding="utf-8")


def put(target: Path, text: str, links: bool = True) -> Path:
    return publish.publish(target, lambda folder: fill(folder, text), links=links)


def seen(target: Path) -> set[str]:
    """What a person and what our own commands find."""
    build = publish.current(target)
    assert build is not None
    names = ("quads/file", "store/file", "explorer.html")
    return {(place / name).read_text(encoding="utf-8") for place in (target, build) for name in names}


@LINKS
def test_new_takes_the_place_of_old(tmp_path: Path, links: bool) -> None:
    for text in ("one", "two", "three", "four"):
        put(tmp_path, text, links)
        assert seen(tmp_path) == {text}
    assert sorted(p.name for p in (tmp_path / ".builds").iterdir() if p.is_dir() and not p.is_symlink()) == ["3", "4"]
    assert publish.resolve(tmp_path, "store").parent == publish.current(tmp_path)
    assert publish.resolve(tmp_path / "store", "store") == publish.resolve(tmp_path, "store")


@LINKS
def test_an_entry_no_longer_made_goes_away_and_other_files_stay(tmp_path: Path, links: bool) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "notes").mkdir()
    put(tmp_path, "one", links)
    publish.publish(tmp_path, lambda folder: (folder / "quads").mkdir(), links=links)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".builds", "mine.txt", "notes", "quads"]


@LINKS
@pytest.mark.parametrize("name", ["store", "explorer.html"])
def test_somebodys_file_is_never_overwritten(tmp_path: Path, links: bool, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(OccupiedError, match=name) as caught:
        put(tmp_path, "one", links)
    assert "--out" in str(caught.value)
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
    assert publish.current(tmp_path) is None and [p.name for p in (tmp_path / ".builds").iterdir()] == ["lock"]


def test_from_copies_to_links_and_back(tmp_path: Path) -> None:
    for text, links in (("one", False), ("two", True), ("three", False), ("four", True)):
        put(tmp_path, text, links)
        assert seen(tmp_path) == {text}


def test_a_build_that_fails_or_declines_leaves_the_old_one(tmp_path: Path) -> None:
    put(tmp_path, "old")

    def fail(folder: Path) -> None:
        fill(folder, "new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish.publish(tmp_path, fail)
    before = publish.current(tmp_path)
    assert publish.publish(tmp_path, lambda folder: False) == before
    assert seen(tmp_path) == {"old"} and len(list((tmp_path / ".builds").iterdir())) == 3


def test_one_writer_at_a_time_and_the_other_is_told_who(tmp_path: Path) -> None:
    def second(folder: Path) -> None:
        with pytest.raises(BuildLocked, match=f"pid {os.getpid()}") as caught:
            put(tmp_path, "second")
        assert "正由" in caught.value.zh
        fill(folder, "first")

    publish.publish(tmp_path, second)
    assert seen(tmp_path) == {"first"}
    put(tmp_path, "third")


SCRIPT = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from guanlian.graph import publish
target, stage = Path(sys.argv[1]), sys.argv[2]

def pause(*_):
    print("here", flush=True)
    time.sleep(60)

def fill(folder):
    if stage == "empty": pause()
    for name in ("quads", "store"):
        (folder / name).mkdir()
        (folder / name / "file").write_text("new")
    if stage == "half": pause()
    (folder / "explorer.html").write_text("new")
    if stage == "full": pause()

if stage in ("_sync", "_point", "_entries", "_prune"):
    setattr(publish, stage, pause)
publish.publish(target, fill, links=sys.argv[4] == "links")
"""


@LINKS
@pytest.mark.parametrize("stage", ["empty", "half", "full", "_sync", "_point", "_entries", "_prune"])
@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
def test_killed_at_any_moment(tmp_path: Path, stage: str, links: bool) -> None:
    put(tmp_path, "old", links)
    command = [sys.executable, "-c", textwrap.dedent(SCRIPT), str(tmp_path), stage, str(ROOT), "links" if links else ""]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as build:
        assert build.stdout is not None and build.stdout.readline() == b"here\n"
        with pytest.raises(BuildLocked, match=f"pid {build.pid}"):
            put(tmp_path, "other", links)
        build.send_signal(signal.SIGKILL)
        build.wait()
    after = "new" if stage in ("_entries", "_prune") else "old"
    build_now = publish.current(tmp_path)
    assert build_now is not None and (build_now / "store/file").read_text(encoding="utf-8") == after
    if links or stage != "_entries":
        assert seen(tmp_path) == {after}
    put(tmp_path, "next", links)  # the dead process holds no lock, and its litter is swept
    assert seen(tmp_path) == {"next"}
    assert not [p for p in (tmp_path / ".builds").iterdir() if p.name.startswith(("new-", "entry-", "old-"))]


def test_a_reader_never_sees_a_mix(tmp_path: Path) -> None:
    put(tmp_path, "0")
    mixed, stop = [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            build = publish.resolve(tmp_path, "store").parent
            try:
                found = {
                    (build / name).read_text(encoding="utf-8") for name in ("quads/file", "store/file", "explorer.html")
                }
            except FileNotFoundError as error:  # would mean that a build vanished under a reader
                mixed.append(str(error))
            else:
                if len(found) != 1:
                    mixed.append(str(found))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 30):
        put(tmp_path, str(number))
        time.sleep(0.002)
    stop.set()
    reader.join()
    assert mixed == []


def test_an_output_folder_without_builds_is_read_as_it_is(tmp_path: Path) -> None:
    assert publish.current(tmp_path) is None and publish.resolve(tmp_path, "store") == tmp_path
    (tmp_path / "store").mkdir()
    assert publish.resolve(tmp_path, "store") == tmp_path / "store"
    (tmp_path / ".builds").mkdir()
    (tmp_path / ".builds" / "current").write_text("../../etc\n", encoding="utf-8")
    assert publish.current(tmp_path) is None
