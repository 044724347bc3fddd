"""What a person puts right by hand beyond single facts: the head of a document, items that were missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from guanlian.build import build, extract
from guanlian.loaders.facts import FactSheet
from guanlian.loaders.sheet import decided, loads
from guanlian.loaders.sheetcheck import SheetError
from tests.conftest import PLAN, Run
from tests.test_build import edited, put, table
from tests.test_review import NEXT

ISSUER = "\n  issuer: 南京市人民政府办公厅\n"
MISSED = PLAN + "另外，延长口岸夜间通关时间。由市商务局会同南京海关办理。\n"
ADDED = """provisions:
- id: 9
  title: 延长口岸夜间通关时间
  reviewed: true
  note: 机器漏读
  clauses:
  - quote: 由市商务局会同南京海关办理
    owners:
    - {agency: 南京市商务局, role: lead}
    - {agency: 南京海关, role: participant}
  - owners: [{agency: 南京市数据局, role: partner}]
  figures:
  - {status: planned, indicator: 夜间通关, value: 2, unit: 小时, quote: 夜间通关时间}
  modes:
  - {mode: 提前申报, quote: 原文没有这几个字}
"""


def sheet_of(tmp_path: Path, text: str = PLAN) -> Path:
    extract([put(tmp_path / "in", 南京=text)], tmp_path / "sheets")
    return next((tmp_path / "sheets").iterdir())


def rewritten(path: Path, old: str, new: str) -> None:
    path.write_text(edited(path.read_text(encoding="utf-8"), old, new), encoding="utf-8")


def again(tmp_path: Path) -> tuple[str, FactSheet]:
    """The sheet after another extraction, which changes nothing the next time, and keeps no copy aside."""
    extract([tmp_path / "in"], tmp_path / "sheets")
    (path,) = (tmp_path / "sheets").iterdir()
    text = path.read_text(encoding="utf-8")
    extract([tmp_path / "in"], tmp_path / "sheets")
    assert path.read_text(encoding="utf-8") == text and len([*path.parent.iterdir()]) == 1
    return text, loads(text)


# --- heads ----------------------------------------------------------------------------------------


def test_a_head_that_a_person_wrote_holds_for_the_document(tmp_path: Path) -> None:
    path = sheet_of(tmp_path)
    rewritten(path, ISSUER, "\n  reviewed: true\n  note: 见版记\n  issuer: 南京市商务局、南京海关\n")
    rewritten(path, "issued: '2031-03-05'", "issued: '2031-03-06'")
    rewritten(path, "number: 宁政办发〔2031〕7号", "number: 宁政发〔2031〕8号")
    build([path], tmp_path / "before")
    text, sheet = again(tmp_path)
    head = sheet.document
    assert (head.issuers, head.issued, head.number) == (("南京市商务局", "南京海关"), "2031-03-06", "宁政发〔2031〕8号")
    assert head.key == decided(text).sheet.document.key and text.count("reviewed: true") == 3 and "note: 见版记" in text
    build([path], tmp_path / "out")
    assert table(tmp_path / "out", "documents") == table(tmp_path / "before", "documents")
    assert "南京市商务局、南京海关" in table(tmp_path / "out", "documents")[0]


def test_owners_presumed_by_the_issuer_follow_the_head(tmp_path: Path) -> None:
    text = "江苏省商务厅\n关于印发江苏省便利通关若干措施的通知\n苏商贸〔2031〕6号\n一、推广提前申报。\n二、公开口岸收费目录。\n"
    path = sheet_of(tmp_path, text)
    rewritten(path, "\n  issuer: 江苏省商务厅\n", "\n  issuer: 江苏省交通运输厅\n  reviewed: true\n")
    _, sheet = again(tmp_path)
    assert {(r.measure, r.agency, r.basis) for r in sheet.responsibilities} == {(i, "江苏省交通运输厅", "issuer") for i in "12"}
    assert "江苏省商务厅" not in {row.canonical for row in sheet.agencies}


def test_a_head_is_that_of_one_edition(tmp_path: Path) -> None:
    path = sheet_of(tmp_path)
    rewritten(path, ISSUER, "\n  issuer: 南京市商务局\n  reviewed: true\n")
    report = extract([put(tmp_path / "new", 南京新=NEXT)], tmp_path / "more")
    assert not [en for _, en in report.asides if "head" in en], "there is no sheet of an earlier edition"
    rewritten(path, "\n  issuer: 南京市商务局\n", ISSUER)
    report = extract([tmp_path / "new", path], tmp_path / "more")
    (told,) = [en for _, en in report.asides if "does not hold for 南京新.txt" in en]
    assert "a head reviewed for that edition" in told
    (fresh,) = [p for p in (tmp_path / "more").iterdir() if p.name.startswith("南京新")]
    assert not decided(fresh.read_text(encoding="utf-8")).reviews


def test_corrections_reach_a_head_that_a_person_wrote(command: Run, tmp_path: Path) -> None:
    path = sheet_of(tmp_path)
    rewritten(path, ISSUER, "\n  issuer: 南京市商务局\n  reviewed: true\n")
    file = tmp_path / "c.yaml"
    file.write_text("corrections: 1\nlines:\n- {rename: 南京市商务局, to: 南京市商务委员会}\n", encoding="utf-8")
    done = command("extract", tmp_path / "in", "-o", path.parent, "--corrections", file)
    assert done.returncode == 0, done.stderr
    assert [*path.parent.iterdir()] == [path], "nothing is lost"
    made = decided(path.read_text(encoding="utf-8"))
    assert made.sheet.document.issuer == "南京市商务委员会" and [r.fact for r in made.reviews] == [made.sheet.document]


# --- items ----------------------------------------------------------------------------------------


def test_an_item_that_a_person_added_is_read_kept_and_gets_its_place(tmp_path: Path) -> None:
    path = sheet_of(tmp_path, MISSED)
    rewritten(path, "provisions:\n", ADDED)
    sheet = loads(path.read_text(encoding="utf-8"))
    assert [(p.kind, p.clause_state, p.start, p.end) for p in sheet.provisions if p.id == "9"] == [("measure", "stated", 0, 0)]
    report = build([path], tmp_path / "out")
    assert report.status == 0 and report.total().stated == 4
    owners = {row[3:5] for row in table(tmp_path / "out", "owners") if row[1] == "9"}
    wanted = {("南京市商务局", "lead"), ("南京海关", "participant"), ("南京市数据局", "partner")}
    assert owners == wanted
    text, sheet = again(tmp_path)
    item = next(p for p in sheet.provisions if p.id == "9")
    assert MISSED[item.start :].startswith("延长口岸夜间通关时间") and "note: 机器漏读" in text
    mine = [r for r in sheet.responsibilities if r.measure == "9"]
    assert {(r.agency, r.role) for r in mine} == wanted
    assert all(MISSED[r.evidence.start : r.evidence.end] == r.evidence.quote for r in mine)
    (figure,) = [f for f in sheet.figures if f.measure == "9"]
    assert MISSED[figure.evidence.start : figure.evidence.end] == "夜间通关时间" and figure.value == 2
    (mode,) = [m for m in sheet.modes if m.measure == "9"]
    assert (mode.evidence.start, mode.evidence.end, mode.evidence.quote) == (0, 0, "原文没有这几个字")
    assert text.count("reviewed: true") == 8
    build([path], tmp_path / "out")
    assert {row[3:5] for row in table(tmp_path / "out", "owners") if row[1] == "9"} == wanted


def test_the_graph_with_facts_of_unknown_place_conforms(command: Run, tmp_path: Path) -> None:
    path = sheet_of(tmp_path)
    rewritten(path, "provisions:\n", ADDED)
    assert command("build", path, "--out", tmp_path / "out").returncode == 0
    done = command("validate", "--store", tmp_path / "out")
    assert done.returncode == 0, done.stdout


def test_owners_and_figures_added_to_an_item_need_a_quote_only(tmp_path: Path) -> None:
    path = sheet_of(tmp_path)
    clause = "  clauses:\n  - quote: 建设口岸服务热线\n    owners:\n    - {agency: 南京市数据局, role: partner, reviewed: true}\n"
    text = path.read_text(encoding="utf-8")
    head, mark, tail = text.partition("- id: '3'\n")
    path.write_text(head + mark + tail.replace("  clauses:\n", clause, 1), encoding="utf-8")
    _, sheet = again(tmp_path)
    (row,) = [r for r in sheet.responsibilities if r.agency == "南京市数据局"]
    assert row.measure == "3" and PLAN[row.evidence.start : row.evidence.end] == "建设口岸服务热线"
    assert {(r.agency, r.role) for r in sheet.responsibilities if r.measure == "3"} == {("南京市数据局", "partner"), ("南京市商务局", "lead")}


def test_an_item_read_wrongly_is_put_right(tmp_path: Path) -> None:
    path = sheet_of(tmp_path)
    rewritten(path, "  title: 推广提前申报\n", "  title: 推行提前申报\n  reviewed: true\n")
    _, sheet = again(tmp_path)
    assert sheet.provisions[0].title == "推行提前申报" and sheet.provisions[0].end > 0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  reviewed: true\n  note", "  note", "item 9: 'kind' is a required.*needs reviewed: true"),
        ("  title: 延长口岸夜间通关时间\n  reviewed: true", "  kind: case\n  span: [0, 9]\n  reviewed: true", "modes.0.: 'stance' is a required.*needs reviewed: true"),
        ("id: 9", "id: '1'", "item 1: id: .*two items"),
        ("- {mode: 提前申报, quote: 原文没有这几个字}", "- 提前申报", "item 9: modes"),
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_refused_in_words(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = sheet_of(tmp_path)
    text = edited(path.read_text(encoding="utf-8"), "provisions:\n", edited(ADDED, old, new))
    with pytest.raises(SheetError, match=message):
        loads(text)
