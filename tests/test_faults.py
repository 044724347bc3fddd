"""Hostile and broken input: each fault costs its own file, within limits, and says so; the rest is read.

Faults that single rooms answer for are tested there: encodings, DTDs, merged cells and scans in
``loaders/test_formats.py``; markup in names in ``outputs``; queries in ``queries/test_guard.py``.
"""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from guanlian import intake
from guanlian.build import build
from guanlian.intake import find, read_all
from guanlian.loaders.formats import characters
from guanlian.loaders.formats.errors import ReadError
from guanlian.loaders.reader import read
from guanlian.report import Report
from tests.conftest import MEASURES, NEWS, PLAN, Run

ROOT = Path(__file__).parents[1]
DOCUMENTS = Path(__file__).parent / "documents"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits and signals as Linux has them")


def put(folder: Path, **texts: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def quads_of(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (out / "quads").iterdir()}


# --- what is given: names, links, kinds -----------------------------------------------------------


def test_a_file_named_like_an_option_is_a_file(command: Run, tmp_path: Path) -> None:
    put(tmp_path, **{"-rf": PLAN, "--out": MEASURES})
    done = command(
        "build", "--out", tmp_path / "out", "--", "-rf", "--out", cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 0, done.stderr
    assert "-rf  3 measures" in done.stdout and "--out  2 measures" in done.stdout
    assert sorted(p.name for p in tmp_path.iterdir()) == ["--out", "-rf", "out"]


def test_links_in_a_circle_end_and_a_link_to_nowhere_is_no_file(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", **{"南京.txt": PLAN})
    (folder / "self").symlink_to(folder, target_is_directory=True)
    (folder / "a.txt").symlink_to(folder / "b.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    (folder / "nowhere.txt").symlink_to(folder / "none")
    assert [p.name for p in find([folder]).files] == ["南京.txt"]
    report = build([folder, folder / "a.txt"], tmp_path / "out")
    assert report.status == 4 and [line.name for line in report.done] == ["南京.txt"]
    assert "a.txt" in report.bad[0][1]


@pytest.mark.parametrize(
    "name", ["a\nb.txt", "𠮷.txt", "a\x1b[31m.txt", "'; rm -rf ~ #.txt", "\u202etxt.exe.txt", "🚢 .txt"]
)
def test_odd_names_are_read_and_shown(tmp_path: Path, name: str) -> None:
    report = build([put(tmp_path / "in", **{name: PLAN})], tmp_path / "out")
    assert report.status == 0 and report.done[0].name == name


def test_files_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    page = f"<html><body>{''.join(f'<p>{line}</p>' for line in PLAN.splitlines())}</body></html>"
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    given: dict[str, str | bytes] = {"page.docx": page, "word.docx": old, "none.txt": b"", "plan.txt": PLAN + "\n"}
    folder = put(tmp_path / "in", **given)
    report = build([folder], tmp_path / "out")
    assert report.status == 4 and {line.name for line in report.done} == {"page.docx", "plan.txt"}
    told = "\n".join(en for _, en in report.bad)
    assert "word.docx: an old Office file: save it as .docx" in told and "none.txt: the file is empty" in told


def test_a_page_saved_as_one_file_is_found_in_a_folder(tmp_path: Path) -> None:
    html = "".join(f"<p>{line}</p>" for line in PLAN.splitlines())
    mht = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"<html><head><meta charset=utf-8></head><body>{html}</body></html>\r\n--x--\r\n"
    )
    report = build([put(tmp_path / "in", **{"page.mht": mht, "page2.mhtml": mht + " "})], tmp_path / "out")
    assert report.status == 0 and [line.counts.measures for line in report.done] == [3, 3]


# --- bombs ----------------------------------------------------------------------------------------


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def many_entries() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"word/{number}.xml", b"")
    return out.getvalue()


@LINUX
@pytest.mark.parametrize("kind", ["ratio", "entries", "sheet"])
def test_a_bomb_is_refused_within_a_second_and_200_megabytes(tmp_path: Path, kind: str) -> None:
    """Measured in a process of its own: its processor time, and all the memory it ever had."""
    parts = {"ratio": "word/document.xml", "sheet": "xl/workbook.xml"}
    data = many_entries() if kind == "entries" else zipped(**{parts[kind]: b"<w:p/>" * 4_000_000})
    (tmp_path / "bomb.docx").write_bytes(data)
    program = (
        "import re, sys, time\nfrom pathlib import Path\nfrom guanlian.loaders import formats\n"
        "start = time.process_time()\n"
        "try: formats.characters(Path(sys.argv[1]).read_bytes(), 'bomb.docx')\n"
        "except formats.ReadError as error: print(error.en)\n"
        "peak = re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text(encoding='utf-8'))\n"
        "print(time.process_time() - start, int(peak[1]) / 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "bomb.docx"],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=True,
    )
    why, numbers = done.stdout.splitlines()
    seconds, megabytes = map(float, numbers.split())
    assert "unpack to too much" in why
    assert seconds < 1 and megabytes < 200


def test_an_archive_that_lies_about_its_size_gives_no_more_than_it_said(tmp_path: Path) -> None:
    data = bytearray(zipped(**{"word/document.xml": b"<w:p/>" * 2_000_000}))
    size = (12_000_000).to_bytes(4, "little")
    for at in (data.find(size), data.rfind(size)):
        data[at : at + 4] = (100).to_bytes(4, "little")
    start = time.perf_counter()
    with pytest.raises(ReadError):
        characters(bytes(data), "liar.docx")
    assert time.perf_counter() - start < 20  # 0.1 s on a quiet machine


@pytest.mark.parametrize("element", ["div", "table><tr><td"])
def test_200_000_nested_elements_lose_no_text_or_are_refused(tmp_path: Path, element: str) -> None:
    page = f"<html><body><p>{PLAN}</p>" + f"<{element}>" * 200_000 + "底部文字</body></html>"
    (tmp_path / "deep.html").write_text(page, encoding="utf-8")
    start = time.perf_counter()
    (reading,) = read_all([tmp_path / "deep.html"], words=True)
    assert time.perf_counter() - start < 30
    if reading.trouble is None:
        assert reading.text and "底部文字" in reading.text.clean and "市商务局" in reading.text.clean


def pdf(*objects: bytes) -> bytes:
    body = b"%PDF-1.4\n"
    for number, words in enumerate(objects, 1):
        body += b"%d 0 obj%sendobj\n" % (number, words)
    return body + b"trailer<</Root 1 0 R>>"


def pdf_circle() -> bytes:
    """A tree of pages that is its own child."""
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 4096>>")


def pdf_bomb() -> bytes:
    """One page whose content unpacks to a gigabyte of drawing."""
    import zlib

    packer = zlib.compressobj(9)
    piece = b"0 0 m 1 1 l S " * 75_000
    stream = b"".join(packer.compress(piece) for _ in range(1024)) + packer.flush()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    content = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream " % (len(stream), stream)
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content)


@LINUX
def test_hostile_pdfs_are_stopped_at_the_limits_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "SECONDS", 10.0)
    folder = put(tmp_path / "in", **{"bomb.pdf": pdf_bomb(), "circle.pdf": pdf_circle(), "cut.pdf": pdf_circle()[:60]})
    put(folder, **{"南京.txt": PLAN})
    start = time.perf_counter()
    report = build([folder], tmp_path / "out")
    assert time.perf_counter() - start < 60
    assert report.status == 4 and [line.name for line in report.done] == ["南京.txt"]
    assert len(report.bad) == 3 and not any("a fault in guanlian" in en for _, en in report.bad), report.bad


HUNGRY = """
import sys
from guanlian.workers import spread

def work(megabytes):
    try:
        return len(bytes(megabytes * 2**20))
    except MemoryError:
        return "refused"

if __name__ == "__main__":
    print(sorted((at, str(r)) for at, r in spread(work, [1, 4096, 2], jobs=1, seconds=60, memory=2**30)))
"""


@LINUX
def test_a_worker_gets_no_more_memory_than_it_may_have(tmp_path: Path) -> None:
    (tmp_path / "hungry.py").write_text(HUNGRY, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, tmp_path / "hungry.py"],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == str([(0, "1048576"), (1, "refused"), (2, "2097152")])


# --- workers that die -----------------------------------------------------------------------------


def children() -> set[int]:
    """Process ids of our own children that are at work."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # the thread ended after it was listed
            found |= {int(pid) for pid in (task / "children").read_text(encoding="utf-8").split()}
    return found


def command(pid: int) -> bytes:
    """Command line of a process, empty where it has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


@LINUX
def test_threads_and_processes_may_end_while_they_are_listed() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert command(ended.pid) == b""
    stop = threading.Event()

    def churn() -> None:
        while not stop.is_set():
            thread = threading.Thread(target=int)
            thread.start()
            thread.join()

    makers = [threading.Thread(target=churn) for _ in range(4)]
    for maker in makers:
        maker.start()
    try:
        for _ in range(2000):
            children()
    finally:
        stop.set()
        for maker in makers:
            maker.join()


@LINUX
def test_a_worker_that_is_killed_costs_one_file_and_says_which(tmp_path: Path) -> None:
    """As the system's out-of-memory killer does it: the first worker of this build, by its own number."""
    folder = put(tmp_path / "in", **{f"{n}.txt": PLAN.replace("收费目录", f"收费目录{n}") for n in range(12)})
    before, report = children(), Report()

    def work() -> None:
        nonlocal report
        report = build([folder], tmp_path / "out", jobs=2)

    thread = threading.Thread(target=work)
    thread.start()
    deadline = time.monotonic() + 30
    killed = False
    while thread.is_alive() and time.monotonic() < deadline and not killed:
        for pid in sorted(children() - before):
            if b"spawn_main" in command(pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    killed = True
                break
        time.sleep(0.01)
    thread.join(60)
    assert killed and report.status == 4, report.bad
    assert len(report.done) == 11 and len(report.bad) == 1
    assert "the process that read it crashed" in report.bad[0][1]


# --- the same bytes -------------------------------------------------------------------------------


@LINUX
def test_order_locale_time_zone_hash_seed_and_workers_leave_no_trace(tmp_path: Path) -> None:
    files = sorted(p for p in DOCUMENTS.iterdir() if p.suffix in (".txt", ".html", ".csv"))[::12]
    program = (
        "import sys\nfrom pathlib import Path\nfrom guanlian.build import build\n"
        "if __name__ == '__main__':\n"
        "    build(map(Path, sys.argv[3:]), Path(sys.argv[1]), jobs=int(sys.argv[2]))\n"
    )
    (tmp_path / "run.py").write_text(program, encoding="utf-8")
    ways = [
        ({"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"}, "1", files),
        ({"PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8", "TZ": "Asia/Urumqi", "PYTHONUTF8": "0"}, "2", files[::-1]),
    ]
    for number, (environment, jobs, given) in enumerate(ways):
        words = [sys.executable, str(tmp_path / "run.py"), str(tmp_path / str(number)), jobs, *map(str, given)]
        subprocess.run(words, env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, check=True, timeout=120)
    assert quads_of(tmp_path / "0") == quads_of(tmp_path / "1")
    assert len(quads_of(tmp_path / "0")) >= len(files)
    pages = [(tmp_path / str(number) / "explorer.html").read_bytes() for number in range(2)]
    assert pages[0] == pages[1]


# --- encodings ------------------------------------------------------------------------------------


def test_a_file_cut_in_a_character_is_read_and_its_loss_is_told() -> None:
    for encoding in ("utf-8", "gb18030", "utf-16"):
        whole = PLAN.encode(encoding)
        sheet = read(whole[:-3], "cut.txt")
        assert [p.id for p in sheet.provisions] == ["1", "2", "3"], encoding
    assert "could not be decoded" in read(PLAN.encode()[:-2], "cut.txt").notes[-1]


def test_two_encodings_in_one_file_lose_no_more_than_the_odd_part() -> None:
    mixed = PLAN.encode() + "附件：另文印发\n".encode("gb18030")
    assert characters(mixed, "mixed.txt") == PLAN + "附件：另文印发\n"
    odd = PLAN.encode() + b"\xff\xfe\xff\n"
    sheet = read(odd, "odd.txt")
    assert {r.agency for r in sheet.responsibilities} >= {"南京海关", "南京市商务局"}
    assert "3 characters could not be decoded" in sheet.notes[-1]


# --- names, figures, roles ------------------------------------------------------------------------


def test_one_unit_under_three_names_is_one_and_two_cities_stay_two() -> None:
    text = (
        "惠州市提升口岸服务若干措施\n惠府函〔2031〕9号\n\n一、优化审批。（市口岸办牵头）\n二、加强服务。（惠州市口岸办牵头）\n"
        "三、规范收费。（惠州市人民政府口岸办公室牵头，市商务局参与）\n"
    )
    here = read(text.encode(), "a.txt")
    there = read(text.replace("惠州", "中山").replace("惠府", "中府").encode(), "b.txt")
    assert {r.agency for r in here.responsibilities if r.role == "lead"} == {"惠州市人民政府口岸办公室"}
    assert {r.agency for r in here.responsibilities} & {r.agency for r in there.responsibilities} == set()


def test_odd_code_points_name_the_same_unit_and_the_quote_is_the_original() -> None:
    odd = "市\u200b商⼝岸办"  # a radical code point and a zero-width space, as PDF and web pages give them
    text = PLAN.replace("3. 建设口岸服务热线。（市商务局负责）", "３. 建设口岸服务热线。（市⼝岸\u200b办负责）")
    sheet = read(text.encode(), "odd.txt")
    (row,) = [r for r in sheet.responsibilities if r.measure == "3"]
    assert row.agency == "南京市人民政府口岸办公室" and "⼝岸\u200b办" in row.evidence.quote
    assert odd not in row.agency


def test_unequal_lists_are_not_shared_out() -> None:
    text = NEWS.replace("同比压缩12.3%", "进口、出口同比分别增长2.1%、3.4%、5.6%")
    sheet = read(text.encode(), "news.txt")
    told = [(f.flow, f.value) for f in sheet.figures if f.unit == "%"]
    assert ("import", 2.1) not in told or any("分别" in u.evidence.quote for u in sheet.unread)


# --- many documents -------------------------------------------------------------------------------


def copies(folder: Path, many: int) -> list[Path]:
    """Copies of our test documents, each in a city of its own."""
    folder.mkdir()
    given = sorted(p for p in DOCUMENTS.iterdir() if p.suffix == ".txt")
    chosen = random.Random(7)
    made = []
    for number in range(many):
        source = given[number % len(given)]
        text = characters(source.read_bytes(), source.name)
        path = folder / f"{number:03}-{source.stem}.txt"
        path.write_text(text + f"\n附件{chosen.random()}\n", encoding="utf-8")
        made.append(path)
    return made


@LINUX
def test_many_documents_show_progress_use_both_cores_and_are_told_file_by_file(tmp_path: Path) -> None:
    files = copies(tmp_path / "in", 24)
    (tmp_path / "in" / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    seen: dict[str, list[tuple[int, int]]] = {}
    before, crew = children(), set[int]()

    def watch(phase: str, name: str, done: int, total: int) -> None:
        crew.update(children() - before)
        seen.setdefault(phase, []).append((done, total))

    report = build([tmp_path / "in"], tmp_path / "out", steps=watch, jobs=2)
    assert report.status == 4 and len(report.done) == len(files)
    assert seen["reading"] == [(done, 25) for done in range(1, 26)]
    assert seen["quads"] == [(done, 24) for done in range(1, 25)]
    assert all(seen[phase][-1] == (1, 1) for phase in ("loading", "tables", "explorer"))
    assert len(crew) >= 2
    told = list(report.lines("en", timed=True))
    for line in report.done:
        (said,) = [text for text in told if text.startswith(f"{line.name}  {line.counts.measures} measures = ")]
        assert f"{line.counts.unread} unread" in said and f"{line.counts.figures} figures; {line.seconds:.2f} s" in said
    assert "bad.pdf" in report.bad[0][1] and "24 documents" in told[-1]


@LINUX
def test_a_terminal_shows_every_phase_and_a_pipe_none(documents: Path, tmp_path: Path) -> None:
    import pty

    words: list[str | Path] = [sys.executable, "-m", "guanlian", "--lang", "en", "build", documents]
    words += ["--out", tmp_path / "out"]
    ours, theirs = pty.openpty()
    settings = os.environ | {"TERM": "xterm"}
    with subprocess.Popen(words, stderr=theirs, stdout=subprocess.DEVNULL, env=settings) as running:
        os.close(theirs)
        seen = b""
        with suppress(OSError):  # the terminal is gone when nobody writes to it any more
            while part := os.read(ours, 65536):
                seen += part
    os.close(ours)
    assert running.returncode == 0
    for phase in ("reading", "quads", "loading", "tables", "explorer"):
        assert phase.encode() in seen
    piped = subprocess.run([*words[:-1], tmp_path / "other"], capture_output=True, check=True)
    assert piped.stderr == b"" and b"3 documents" in piped.stdout
