"""The road: same input, same bytes; nothing read twice; one bad file costs itself; corrections survive."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from guanlian import intake
from guanlian.build import build, extract
from guanlian.graph.store import Store
from guanlian.intake import find, read_all
from guanlian.loaders import reader
from guanlian.loaders.facts import FactSheet
from guanlian.loaders.sheet import dumps, loads
from guanlian.readings import lengthened
from guanlian.report import Miscount, count
from tests.conftest import MEASURES, NEWS, PLAN

ROOT = Path(__file__).parents[1]
SHARED = ROOT / ".." / "shared"


def put(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
    return folder


def quads_of(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (out / "quads").iterdir()}


def table(out: Path, question: str) -> list[tuple[str, ...]]:
    from guanlian.queries import catalogue

    return catalogue.run(question, Store.open(out))[1]


# --- the same bytes -------------------------------------------------------------------------------


def test_order_locale_and_hash_seed_leave_no_trace_in_the_quads(tmp_path: Path, documents: Path) -> None:
    files = sorted(documents.iterdir())
    build(files, tmp_path / "one")
    environment = os.environ | {"PYTHONHASHSEED": "4321", "LC_ALL": "C", "TZ": "Asia/Urumqi"}
    words = [sys.executable, "-m", "guanlian", "build", *map(str, files[::-1]), "--out", str(tmp_path / "two")]
    subprocess.run(words, env=environment, cwd=ROOT, check=True, capture_output=True)
    assert quads_of(tmp_path / "one") == quads_of(tmp_path / "two")
    assert len(quads_of(tmp_path / "one")) > 3


def test_a_document_is_the_same_from_its_text_and_from_its_sheet(tmp_path: Path, documents: Path) -> None:
    build([documents], tmp_path / "one")
    build([tmp_path / "one" / "sheets"], tmp_path / "two")
    assert quads_of(tmp_path / "one") == quads_of(tmp_path / "two")


def test_building_twice_changes_nothing_and_reads_nothing(tmp_path: Path, documents: Path) -> None:
    out = tmp_path / "out"
    assert build([documents], out).published
    before = (out / ".builds" / "current").resolve()
    again = build([documents], out)
    assert not again.published and [line.how for line in again.done] == ["unchanged"] * 3
    assert (out / ".builds" / "current").resolve() == before


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    folder, out = put(tmp_path / "in", 南京=PLAN, 宁波=MEASURES), tmp_path / "out"
    build([folder], out)
    put(folder, 宁波=MEASURES.replace("船边直提", "抵港直装"), 苏州=NEWS)
    report = build([folder], out)
    assert {line.name: line.how for line in report.done} == {
        "南京.txt": "unchanged",
        "宁波.txt": "read",
        "苏州.txt": "read",
    }
    assert {row[2] for row in table(out, "modes")} == {"提前申报", "两步申报", "抵港直装"}


def test_a_damaged_build_is_made_again(tmp_path: Path, documents: Path) -> None:
    out = tmp_path / "out"
    build([documents], out)
    whole = quads_of(out)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    (out / manifest["documents"][0]["quads"]).write_text("", encoding="utf-8")
    report = build([documents], out)
    assert report.published and sorted(line.how for line in report.done) == ["read", "unchanged", "unchanged"]
    assert quads_of(out) == whole
    (out / "manifest.json").write_text("{", encoding="utf-8")
    assert [line.how for line in build([documents], out).done] == ["read"] * 3


# --- several of one -------------------------------------------------------------------------------


def test_two_files_with_the_same_content_are_one_document(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", b=PLAN, a=PLAN)
    report = build([folder / "b.txt", folder], tmp_path / "out")
    assert [line.name for line in report.done] == ["a.txt"] and report.status == 0
    assert "b.txt is the same as" in report.asides[0][1]


def test_two_documents_of_one_name_stay_apart_whatever_the_order(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", x=PLAN, y=PLAN.replace("收费目录", "收费清单"))
    files = [folder / "x.txt", folder / "y.txt"]
    build(files, tmp_path / "one")
    build(files[::-1], tmp_path / "two")
    documents = table(tmp_path / "one", "documents")
    assert len(documents) == 2 and len({row[0] for row in documents}) == 2
    assert table(tmp_path / "two", "documents") == documents
    assert len(table(tmp_path / "one", "measures")) == 6


def test_a_corrected_sheet_counts_before_its_document(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", 南京=PLAN)
    extract([folder], folder)
    sheet = next(folder.glob("*.sheet.yaml"))
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("推广提前申报", "推行提前申报"), encoding="utf-8")
    report = build([folder], tmp_path / "out")
    assert [line.how for line in report.done] == ["sheet"]
    assert table(tmp_path / "out", "measures")[0][3] == "推行提前申报"


# --- bad files ------------------------------------------------------------------------------------


WORK = """
import os, time
from guanlian.workers import spread

def work(number):
    if number == 3:
        os._exit(9)
    if number == 5:
        time.sleep(60)
    return number * number

if __name__ == "__main__":
    print(sorted((at, str(result)) for at, result in spread(work, range(8), jobs=2, seconds=4)))
"""


def test_a_worker_that_dies_or_hangs_costs_its_own_task(tmp_path: Path) -> None:
    (tmp_path / "work.py").write_text(WORK, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, tmp_path / "work.py"], check=True, capture_output=True, encoding="utf-8", cwd=ROOT, timeout=60
    )
    wanted = {0: "0", 1: "1", 2: "4", 3: "crashed", 4: "16", 5: "too slow", 6: "36", 7: "49"}
    assert done.stdout.strip() == str(sorted(wanted.items())), done.stderr


def test_documents_are_read_in_other_processes_with_the_same_result(
    tmp_path: Path, documents: Path
) -> None:
    files = find([documents]).files
    here = [intake.read_one(file).sheet for file in files]
    seen: list[tuple[int, int]] = []
    apart = read_all(files, jobs=2, progress=lambda name, done, total: seen.append((done, total)))
    assert [reading.sheet for reading in apart] == here
    assert sorted(seen) == [(1, 3), (2, 3), (3, 3)]


def test_hidden_files_links_in_a_circle_and_odd_names(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", **{"-rf": PLAN, ".hidden": NEWS, "a\nb𠮷": MEASURES, "~$open": NEWS})
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "photo.png").write_bytes(b"\x89PNG")
    os.mkfifo(folder / "pipe.txt")
    report = build([folder], tmp_path / "out")
    assert sorted(line.name for line in report.done) == ["-rf.txt", "a\nb𠮷.txt"] and not report.bad
    assert "photo.png" in report.asides[0][1]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_text_is_shown_as_well_as_it_can_be(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff\xfe.txt")).write_text(PLAN, encoding="utf-8")
    report = build([tmp_path], tmp_path / "out")
    assert report.status == 0 and report.done[0].name == "\N{REPLACEMENT CHARACTER}" * 2 + ".txt"
    assert table(tmp_path / "out", "documents")[0][1] == report.done[0].name


def test_the_results_of_a_build_are_not_its_input(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", 南京=PLAN)
    for _ in range(2):
        report = build([folder], folder / "guanlian-out")
        assert [line.name for line in report.done] == ["南京.txt"]


def test_states_that_do_not_add_up_are_an_error() -> None:
    sheet = reader.read(PLAN.encode(), "南京.txt")
    assert count(sheet).stated == 3
    odd = replace(sheet, provisions=(replace(sheet.provisions[0], clause_state=""), *sheet.provisions[1:]))
    with pytest.raises(Miscount, match="item 1 has clause state ''"):
        count(odd)


# --- sheets ---------------------------------------------------------------------------------------


def edited(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, text
    return text.replace(old, new)


def test_what_a_person_corrected_survives_the_next_extraction(tmp_path: Path) -> None:
    folder, sheets = put(tmp_path / "in", 南京=PLAN), tmp_path / "sheets"
    extract([folder], sheets)
    path = next(sheets.glob("*.sheet.yaml"))
    text = path.read_text(encoding="utf-8")
    line = "- {agency: 南京市商务局, role: lead, mention: 市商务局}"
    path.write_text(edited(text, line, line.replace("lead,", "joint, reviewed: true, note: 会商,")), encoding="utf-8")
    # The document grows above the corrected item: every offset after it moves.
    report = extract([folder], sheets)
    kept = path.read_text(encoding="utf-8")
    assert "1 reviewed facts kept" in report.asides[0][1]
    assert "role: joint" in kept and "reviewed: true" in kept and "会商" in kept
    owners = [r for r in loads(kept).responsibilities if r.measure == "3"]
    assert [(r.agency, r.role) for r in owners] == [("南京市商务局", "joint")]
    extract([folder], sheets)
    assert path.read_text(encoding="utf-8") == kept


def test_owners_a_person_gave_answer_an_unread_clause(tmp_path: Path) -> None:
    from guanlian.loaders.facts import Evidence, Responsibility, Unread
    from guanlian.loaders.review.decisions import Review, survive

    sheet = reader.read(PLAN.encode(), "南京.txt")
    words = next(r.evidence for r in sheet.responsibilities if r.measure == "3")
    broken = replace(
        sheet,
        provisions=tuple(replace(p, clause_state="unread") if p.id == "3" else p for p in sheet.provisions),
        responsibilities=tuple(r for r in sheet.responsibilities if r.measure != "3"),
        unread=(Unread("3", "clause", words), Unread("2", "figure", Evidence(1, 2, "x"))),
    )
    given = Responsibility("3", "南京市商务局", "lead", "stated", "", "市商务局", words)
    mended = survive(broken, [Review(given)])
    assert mended.provisions[2].clause_state == "stated" and [u.what for u in mended.unread] == ["figure"]
    assert given in mended.responsibilities


def test_originals_give_the_whole_passage_back(tmp_path: Path) -> None:
    folder, out = put(tmp_path / "in", 南京=PLAN), tmp_path / "out"
    extract([folder], tmp_path / "sheets", spare=True)
    full = reader.read((folder / "南京.txt").read_bytes(), "南京.txt")
    spare = loads(dumps(full, spare=True))
    short: FactSheet = replace(
        spare,
        modes=tuple(
            replace(m, evidence=replace(m.evidence, end=m.evidence.start + 1, quote=m.evidence.quote[0]))
            for m in spare.modes
        ),
    )
    assert lengthened(short, full).modes == full.modes
    report = build([tmp_path / "sheets"], out, originals=folder)
    assert report.status == 0 and not report.asides
    assert [line.how for line in build([tmp_path / "sheets"], out).done] == ["sheet"], "what originals gave is not kept"
    report = build([tmp_path / "sheets"], out, originals=put(tmp_path / "other", 宁波=MEASURES))
    assert "original not found" in report.asides[0][1]


# --- the corpus -----------------------------------------------------------------------------------


def test_the_sheets_that_ship_are_what_the_originals_say(tmp_path: Path) -> None:
    corpus = SHARED / "corpus"
    if not corpus.is_dir():
        pytest.skip("the original documents are not beside the checkout (../shared/corpus)")
    shipped = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "loaders").glob("*.sheet.yaml")}
    for name, text in shipped.items():  # what a person reviewed in them is to survive
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
    extract([corpus], tmp_path, spare=True)
    fresh = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert fresh == shipped, "run: guanlian extract ../shared/corpus --spare -o loaders"


def test_without_a_path_the_corpus_that_ships_is_built(tmp_path: Path) -> None:
    if not list((ROOT / "loaders").glob("*.sheet.yaml")):
        pytest.skip("no sheets ship yet")
    report = build([], tmp_path / "out")
    assert report.status == 0 and len(report.done) == 5
    total = report.total()
    assert total.stated + total.absent + total.unread == total.measures
    assert report.quads <= 45 * total.items
