"""From a reader's judgement to the graph: what was decided in a sheet holds for the next edition, or is to be decided again."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from guanlian.build import build, extract
from guanlian.graph.store import Store
from guanlian.loaders.sheet import decided, loads
from guanlian.ontology.terms import iri
from tests.conftest import MEASURES, NEWS, PLAN, Run
from tests.graph.test_store import Endpoint
from tests.test_advice import rows
from tests.test_build import edited, put, table

OWNER = "- {agency: 南京市商务局, role: lead, mention: 市商务局}"
NEXT = (
    PLAN.replace("宁政办发〔2031〕7号", "宁政办发〔2033〕2号")
    .replace("2031年3月5日", "2033年4月1日")
    .replace("行动计划", "行动计划（修订版）")
    .replace("1. 推广", "1. 压减单证。进一步压减进出口环节单证。（市商务局参与）\n2. 推广")
    .replace("2. 公开", "3. 公开")
    .replace("3. 建设", "4. 建设")
)


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    """Sheets of the plan: an owner's role corrected, a mode rejected."""
    folder = tmp_path / "sheets"
    extract([put(tmp_path / "old", 南京=PLAN)], folder)
    (path,) = folder.iterdir()
    text = path.read_text(encoding="utf-8")
    text = edited(text, OWNER, OWNER.replace("lead,", "joint, reviewed: true, note: 会商,"))
    line = next(line for line in text.splitlines() if "mode: 提前申报" in line and "stance" in line)
    text = edited(text, line, line.replace("}", ", rejected: true, note: 只是标题}"))
    path.write_text(text, encoding="utf-8")
    return folder


def of(folder: Path, name: str) -> Path:
    return next(path for path in folder.iterdir() if path.name.startswith(name))


def roles(out: Path, measure: str) -> set[tuple[str, str]]:
    return {(row[3], row[4]) for row in table(out, "owners") if row[1] == measure}


# --- rejected -------------------------------------------------------------------------------------


def test_what_a_person_rejected_is_in_no_table_and_stays_in_the_sheet(sheets: Path, tmp_path: Path) -> None:
    report = build([sheets], tmp_path / "out")
    assert report.status == 0 and not table(tmp_path / "out", "modes")
    extract([tmp_path / "old"], sheets)
    (path,) = sheets.iterdir()
    text = path.read_text(encoding="utf-8")
    assert not loads(text).modes
    assert [(type(r.fact).__name__, r.note, r.rejected) for r in decided(text).reviews] == [
        ("ModeMention", "只是标题", True),
        ("Responsibility", "会商", False),
    ]
    assert decided((tmp_path / "out" / "sheets" / path.name).read_text(encoding="utf-8")) == decided(text)


def test_the_command_shows_what_was_rejected(command: Run, sheets: Path, tmp_path: Path) -> None:
    (found,) = [row for row in rows(command("review", sheets).stdout) if row["kind"] == "rejected"]
    assert found["item"] == "1" and found["what"] == "提前申报" and found["why"].endswith("只是标题")
    command("review", sheets, "--html", tmp_path / "page.html", "--originals", tmp_path / "old")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Rejected facts (1)" in page and "1. 推广<mark>提前申报</mark>。鼓励" in page


# --- the next edition -----------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["beside", "among the paths"])
def test_the_sheet_of_the_next_edition_has_the_decisions(sheets: Path, tmp_path: Path, given: str) -> None:
    folder = put(tmp_path / "new", 南京新=NEXT)
    out = sheets if given == "beside" else tmp_path / "more"
    paths = [folder] if given == "beside" else [folder, sheets]
    report = extract(paths, out)
    assert any("2 decisions of 南京-" in en and en.startswith("南京新.txt: ") for _, en in report.asides)
    path = of(out, "南京新")
    made = decided(path.read_text(encoding="utf-8"))
    assert [(r.fact.measure, r.note, r.rejected) for r in made.reviews] == [("2", "只是标题", True), ("4", "会商", False)]
    for review in made.reviews:
        words = review.fact.evidence
        assert NEXT[words.start : words.end] == words.quote
    assert [(r.agency, r.role) for r in made.sheet.responsibilities if r.measure == "4"] == [("南京市商务局", "joint")]
    before = path.read_text(encoding="utf-8")
    extract(paths, out)
    assert path.read_text(encoding="utf-8") == before


def test_a_changed_clause_is_told_and_listed_until_it_is_decided_again(command: Run, sheets: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "new", 南京新=NEXT.replace("（市商务局负责）", "（市商务局、市数据局负责）"))
    done = command("extract", folder, "-o", sheets)
    (told,) = [line for line in done.stdout.splitlines() if "review again" in line]
    assert done.returncode == 0 and told.startswith("南京-") and "item 3: '南京市商务局 joint'" in told
    assert "南京新.txt item 4" in told
    first, *_ = rows(command("review", sheets).stdout)
    assert (first["kind"], first["document"], first["item"]) == ("again", "南京新.txt", "4")
    assert first["words"] == "（市商务局、市数据局负责）" and "会商" in first["why"]
    path = of(sheets, "南京新")
    text = path.read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if "agency: 南京市商务局, role: joint" in line]
    path.write_text(edited(text, line, line.replace("}", ", reviewed: true}")), encoding="utf-8")
    assert "again" not in {row["kind"] for row in rows(command("review", sheets).stdout)}
    assert "review again" not in command("extract", folder, "-o", sheets).stdout
    assert [r.fact.measure for r in decided(path.read_text(encoding="utf-8")).reviews] == ["2", "4"]


def test_a_sheet_made_before_the_decisions_says_what_it_lacks(command: Run, sheets: Path, tmp_path: Path) -> None:
    folder, more = put(tmp_path / "new", 南京新=NEXT), tmp_path / "more"
    extract([folder], more)
    found = rows(command("review", sheets, more).stdout)
    lacking = [(row["item"], row["what"]) for row in found if row["why"].endswith("extract again")]
    assert sorted(lacking) == [("2", "提前申报 ✗"), ("4", "南京市商务局 joint ✓")]
    extract([folder, sheets], more)
    assert "extract again" not in command("review", sheets, more).stdout


def test_a_decision_whose_item_is_gone_is_told_by_file_and_item(sheets: Path, tmp_path: Path) -> None:
    gone = NEXT.replace("4. 建设口岸服务热线。（市商务局负责）\n", "")
    report = extract([put(tmp_path / "new", 南京新=gone)], sheets)
    (told,) = [en for _, en in report.asides if "no place" in en]
    assert told.startswith("南京-") and "item 3: '南京市商务局 joint': has no place in 南京新.txt" in told
    assert "reviewed: true, note: 会商" in of(sheets, "南京-").read_text(encoding="utf-8")


def test_a_person_names_the_earlier_edition(sheets: Path, tmp_path: Path) -> None:
    other = NEXT.replace("优化口岸营商环境行动计划（修订版）", "口岸提升三年工程实施方案")
    folder = put(tmp_path / "new", 工程=other)
    extract([folder], sheets)
    path = of(sheets, "工程")
    text = path.read_text(encoding="utf-8")
    assert not decided(text).reviews
    path.write_text(edited(text, "\nprovisions:", "\nearlier: [宁政办发〔2031〕7号, 无此文]\nprovisions:"), encoding="utf-8")
    report = extract([folder], sheets)
    assert "工程.txt: earlier: no sheet with decisions is '无此文'" in [en for _, en in report.asides]
    made = decided(path.read_text(encoding="utf-8"))
    assert len(made.reviews) == 2 and made.earlier == ("宁政办发〔2031〕7号", "无此文")


def test_a_build_of_old_sheets_and_a_new_document_keeps_the_decisions(sheets: Path, tmp_path: Path) -> None:
    put(tmp_path / "new", 南京新=NEXT, 宁波=MEASURES)
    paths, out = [sheets, tmp_path / "new"], tmp_path / "out"
    report = build(paths, out)
    assert report.published and any("2 decisions of" in en for _, en in report.asides)
    assert roles(out, "4") == {("南京市商务局", "joint")}
    assert not build(paths, out).published
    assert {line.how for line in build(paths, out).done if line.name != "南京.txt"} == {"unchanged", "sheet"}
    path = of(sheets, "南京-")
    path.write_text(path.read_text(encoding="utf-8").replace("role: joint", "role: participant"), encoding="utf-8")
    assert build(paths, out).published and roles(out, "4") == {("南京市商务局", "participant")}
    put(tmp_path / "new", 南京再新=NEXT.replace("〔2033〕2号", "〔2034〕3号"))
    build(paths, out)
    assert len([row for row in table(out, "owners") if row[1] == "4" and row[4] == "participant"]) == 2
    path.unlink()
    assert build([tmp_path / "new"], out).published and roles(out, "4") == {("南京市商务局", "lead")}


# --- sheets that cannot be read, corrections files ------------------------------------------------


def test_a_sheet_that_cannot_be_read_is_named_and_left_as_it_is(command: Run, sheets: Path, tmp_path: Path) -> None:
    (path,) = sheets.iterdir()
    broken = path.read_text(encoding="utf-8").replace("role: joint", "role: boss")
    path.write_text(broken, encoding="utf-8")
    put(tmp_path / "old", 宁波=MEASURES)
    done = command("extract", tmp_path / "old", "-o", sheets)
    assert done.returncode == 4 and "item 3 clauses[0].owners[0].role: 'boss' is not one of" in done.stderr
    assert "left as it is" in done.stderr and path.read_text(encoding="utf-8") == broken
    assert of(sheets, "宁波").exists()


LINES = """corrections: 1
lines:
- {rename: 南京市商务局, to: 南京市商务委员会}
- {document: 南京.txt, item: '2', drop: 南京海关}
"""


def test_corrections_reach_the_sheet_and_the_marks_go_with_them(command: Run, sheets: Path, tmp_path: Path) -> None:
    file = tmp_path / "更正.yaml"
    file.write_text(LINES, encoding="utf-8")
    for _ in range(2):
        done = command("extract", tmp_path / "old", "-o", sheets, "--corrections", file)
        assert done.returncode == 0, done.stderr
        assert "更正.yaml: line 1" in done.stdout and "1 facts corrected (南京.txt)" in done.stdout
        (path,) = sheets.iterdir()
        made = decided(path.read_text(encoding="utf-8"))
        assert [r.fact.agency for r in made.reviews if not r.rejected] == ["南京市商务委员会"]
        assert "南京市商务局" not in {r.agency for r in made.sheet.responsibilities}
        assert "南京海关" not in {r.agency for r in made.sheet.responsibilities if r.measure == "2"}
    file.write_text(LINES.replace("南京海关", "无此局"), encoding="utf-8")
    done = command("extract", tmp_path / "old", "-o", sheets, "--corrections", file)
    assert done.returncode == 4 and "line 2" in done.stderr and "matches nothing" in done.stderr


def test_corrections_are_seen_in_a_review(command: Run, tmp_path: Path) -> None:
    text = PLAN.replace("市交通运输局参与", "海湾先导区管委会参与")
    folder, file = put(tmp_path / "in", 南京=text), tmp_path / "更正.yaml"
    assert "provisional" in command("review", folder).stdout
    file.write_text("corrections: 1\nlines:\n- {name: 海湾先导区管委会, means: 南京海湾管理局}\n", encoding="utf-8")
    done = command("review", folder, "--corrections", file)
    assert done.returncode == 0 and "provisional" not in done.stdout and "line 1" in done.stderr
    file.write_text("corrections: 1\nlines:\n- {name: 无此局, means: 南京海湾管理局}\n", encoding="utf-8")
    assert command("review", folder, "--corrections", file).returncode == 4


# --- an endpoint ----------------------------------------------------------------------------------


@pytest.fixture
def remote() -> Iterator[tuple[str, ox.Store]]:
    store = ox.Store()
    handler: Callable[..., Endpoint] = type("Handler", (Endpoint,), {"store": store, "seen": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/query", store
    server.shutdown()
    server.server_close()
    thread.join()


def test_documents_that_are_gone_leave_the_endpoint_and_those_of_others_stay(
    remote: tuple[str, ox.Store], tmp_path: Path
) -> None:
    url, store = remote
    folder = put(tmp_path / "in", 南京=PLAN, 苏州=NEWS)
    build([folder], tmp_path / "out", endpoint=url)
    build([put(tmp_path / "other", 宁波=MEASURES)], tmp_path / "elsewhere", endpoint=url)
    held = {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    assert sum(graph.startswith(iri("document", "")) for graph in held) == 3
    (folder / "苏州.txt").unlink()
    report = build([folder], tmp_path / "out", endpoint=url)
    assert any("1 documents that are gone removed" in en for _, en in report.asides)
    assert any("1 documents of other builds left alone" in en for _, en in report.asides)
    ours = set(Store.open(tmp_path / "out").graphs())
    theirs = set(Store.open(tmp_path / "elsewhere").graphs())
    assert {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)} == ours | theirs
