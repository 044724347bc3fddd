"""A person's corrections: what each kind of line changes, what it leaves, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from guanlian.build import build
from guanlian.graph.store import Store
from guanlian.loaders import reader
from guanlian.loaders.facts import FactSheet
from guanlian.loaders.review.corrections import Applied, CorrectionError, apply, loads
from guanlian.loaders.review.doubts import doubts
from guanlian.queries import catalogue
from tests.conftest import PLAN

HUIZHOU = """惠州市提升口岸服务若干措施
惠府函〔2031〕9号

一、优化审批。（市口岸办牵头，开发区管委会、市财政局参与）
二、加强服务。（市口岸办、惠州海关负责）
三、规范收费。（市财政局负责）
"""
ZHONGSHAN = HUIZHOU.replace("惠州", "中山").replace("惠府", "中府")
OFFICE, MOVED = "惠州市人民政府口岸办公室", "惠州市口岸局"


def sheets() -> list[FactSheet]:
    return [reader.read(text.encode(), name) for text, name in ((HUIZHOU, "惠州.txt"), (ZHONGSHAN, "中山.txt"))]


def put_right(*lines: str) -> tuple[list[FactSheet], list[Applied]]:
    return apply(sheets(), loads("corrections: 1\nlines:\n" + "".join(f"- {line}\n" for line in lines)))


def owners(sheet: FactSheet) -> set[tuple[str, str, str]]:
    return {(r.measure, r.agency, r.role) for r in sheet.responsibilities}


def test_a_printed_name_means_another_unit_in_one_document() -> None:
    (here, there), (done,) = put_right(f"{{document: 惠州.txt, name: 市口岸办, means: {MOVED}}}")
    assert ("1", MOVED, "lead") in owners(here) and OFFICE not in {agency for _, agency, _ in owners(here)}
    assert done.facts == 3 and done.documents == ("惠州.txt",)
    assert there == sheets()[1]
    row = next(row for row in here.agencies if row.canonical == MOVED)
    assert (row.printed, row.rule, row.provisional) == ("市口岸办", "correction", False)


IN_FULL = """惠州市人民政府口岸办公室关于印发惠州市提升口岸服务若干措施的通知
惠口岸〔2031〕9号

一、优化审批。（市口岸办牵头，市财政局参与）
二、加强服务。（惠州市人民政府口岸办公室负责）
"""


def test_what_is_printed_in_full_is_no_short_name() -> None:
    sheet = reader.read(IN_FULL.encode(), "惠州.txt")
    lines = loads("corrections: 1\nlines:\n- {document: 惠州.txt, name: 市口岸办, means: 惠州市商务局}\n")
    ((here,), (done,)) = apply([sheet], lines)
    assert here.document.issuer == OFFICE and done.facts == 2
    assert owners(here) == {("1", "惠州市商务局", "lead"), ("1", "惠州市财政局", "participant"), ("2", OFFICE, "lead")}
    assert {(r.canonical, r.printed) for r in here.agencies if "财政" not in r.canonical} == {("惠州市商务局", "市口岸办"), (OFFICE, OFFICE)}
    lines = loads(f"corrections: 1\nlines:\n- {{document: 惠州.txt, name: {OFFICE}, means: {MOVED}}}\n")
    ((here,), (done,)) = apply([sheet], lines)
    assert here.document.issuer == MOVED and done.facts == 3
    assert {o for o in owners(here) if o[2] == "lead"} == {("1", OFFICE, "lead"), ("2", MOVED, "lead")}


def test_an_item_may_be_a_bare_number() -> None:
    (here, _), (done,) = put_right("{document: 惠州.txt, item: 3, drop: 市财政局}")
    assert done.facts == 1 and here.provisions[2].clause_state == "absent"


def test_a_name_kept_apart_is_a_unit_of_its_document() -> None:
    printed = "开发区管委会"
    (here, _), _ = put_right(f"{{document: 惠府函〔2031〕9号, name: {printed}, apart: true}}")
    mine = {agency for _, agency, _ in owners(here) if printed in agency}
    assert mine == {f"{printed}〔{here.document.key}〕"}


def test_a_rename_reaches_every_document_and_every_form() -> None:
    (here, there), (done,) = put_right(f"{{rename: {OFFICE}, to: {MOVED}}}")
    assert ("2", MOVED, "joint") in owners(here) and done.documents == ("惠州.txt",)
    assert there == sheets()[1]


def test_a_wrong_owner_is_dropped_and_an_item_without_owners_has_none() -> None:
    (here, there), done = put_right(
        "{document: 惠州.txt, item: '1', drop: 市财政局}",
        "{document: 惠州.txt, item: '3', drop: 惠州市财政局, role: lead}",
    )
    assert {measure for measure, agency, _ in owners(here) if "财政" in agency} == set()
    assert [p.clause_state for p in here.provisions] == ["stated", "stated", "absent"]
    assert not any("财政" in row.canonical for row in here.agencies)
    assert [d.facts for d in done] == [1, 1] and there == sheets()[1]


def test_two_units_that_become_one_own_an_item_once() -> None:
    (here, _), _ = put_right(f"{{rename: 惠州海关, to: {OFFICE}}}")
    assert [agency for measure, agency, _ in owners(here) if measure == "2"] == [OFFICE]


def test_a_line_that_matches_nothing_changes_nothing() -> None:
    fresh, done = put_right(
        "{document: 惠州.txt, name: 市教育局, means: 甲}", "{document: 别处.txt, item: '1', drop: 乙}"
    )
    assert fresh == sheets() and [d.facts for d in done] == [0, 0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("corrections: 1\nlines:\n- {name: 甲}\n", "exactly one of"),
        ("corrections: 1\nlines:\n- {rename: 甲, to: 乙}\n- {name: 甲, apart: true}\n", "line 2"),
        ("corrections: 1\nlines:\n- {drop: 甲, document: 乙}\n", "item"),
        ("corrections: 1\nlines:\n- {rename: 甲, to: 乙, wen: 丙}\n", "wen"),
        ("corrections: 2\nlines: []\n", "corrections: 1 was expected"),
        ("corrections: 1\nlines:\n- {rename: 甲, too: 乙}\n", "allowed: document item name means apart rename to drop role note"),
        ("corrections: 1\nlines:\n- {rename: 甲, too: 乙}\n", "line 1: {rename: 甲, too: 乙} there is no key too"),
        ("corrections: 1\nlines:\n- {drop: 甲, document: 乙}\n", "drop needs item as well"),
        ("corrections: 1\nlines:\n- {item: 1, role: boss, drop: 甲, document: 乙}\n", "not one of lead participant joint"),
        ("corrections: 1\nlines:\n- {item: 1.5, drop: 甲, document: 乙}\n", "item: 1.5"),
        ("corrections: 1\nlines:\n- 甲\n", "line 1: 甲 "),
        ("corrections: 1\nrows: []\n", "allowed: corrections lines"),
        ("a: [", "YAML"),
        ("", "object"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_line(text: str, word: str) -> None:
    with pytest.raises(CorrectionError) as caught:
        loads(text, "c.yaml")
    assert "README" in caught.value.zh or word == "YAML"
    assert word in caught.value.en and caught.value.en.startswith("c.yaml: ") and caught.value.zh


def test_the_readme_shows_a_line_of_every_kind() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (block,) = [block for block in readme.split("```yaml\n")[1:] if block.startswith("corrections:")]
    assert [line.kind for line in loads(block.partition("```")[0])] == ["means", "apart", "rename", "drop"]


def test_a_build_applies_them_reports_each_and_forgets_them_when_they_go(tmp_path: Path) -> None:
    (tmp_path / "南京.txt").write_text(PLAN, encoding="utf-8")
    file = tmp_path / "c.yaml"
    file.write_text(
        "corrections: 1\nlines:\n- {name: 市商务局, means: 南京市投资促进局}\n- {rename: 无此局, to: 乙局}\n",
        encoding="utf-8",
    )

    def agencies(out: Path) -> set[str]:
        return {row[3] for row in catalogue.run("owners", Store.open(out))[1]}

    for _ in range(2):
        report = build([tmp_path / "南京.txt"], tmp_path / "out", corrections=file)
        assert report.status == 4 and "line 2 {rename: 无此局, to: 乙局}: matches nothing" in report.bad[0][1]
        assert any("line 1" in en and "南京.txt" in en for _, en in report.asides)
        assert "南京市投资促进局" in agencies(tmp_path / "out") and "南京市商务局" not in agencies(tmp_path / "out")
    build([tmp_path / "南京.txt"], tmp_path / "out")
    assert "南京市商务局" in agencies(tmp_path / "out")
    with pytest.raises(FileNotFoundError):
        build([tmp_path / "南京.txt"], tmp_path / "out", corrections=tmp_path / "none.yaml")


JOINT = """江苏省商务厅 南京海关
关于印发江苏省便利通关若干措施的通知
苏商贸〔2031〕6号
一、推广提前申报。
二、公开口岸收费目录。
"""


def test_a_joint_paper_that_names_nobody_is_presumed_to_be_owned_by_all_who_issue_it() -> None:
    sheet = reader.read(JOINT.encode(), "苏.txt")
    assert sheet.document.issuer == "江苏省商务厅、南京海关"
    assert [(r.measure, r.agency, r.basis) for r in sheet.responsibilities] == [
        (item, unit, "issuer") for item in "12" for unit in ("江苏省商务厅", "南京海关")
    ]
    (doubt,) = [doubt for doubt in doubts(sheet) if doubt.kind == "issuer"]
    assert doubt.what == "江苏省商务厅、南京海关 (2: 1, 2)"


def test_one_of_several_issuers_is_renamed() -> None:
    lines = loads("corrections: 1\nlines:\n- {rename: 南京海关, to: 甲海关}\n")
    ((sheet,), _) = apply([reader.read(JOINT.encode(), "苏.txt")], lines)
    assert sheet.document.issuers == ("江苏省商务厅", "甲海关")


def test_every_issuer_is_a_publisher_in_the_graph(tmp_path: Path) -> None:
    (tmp_path / "苏.txt").write_text(JOINT, encoding="utf-8")
    build([tmp_path / "苏.txt"], tmp_path / "out")
    store = Store.open(tmp_path / "out")
    columns, (row,) = catalogue.run("documents", store)
    assert row[columns.index("issuer")] == "江苏省商务厅、南京海关"
    found = store.query(
        "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
        " SELECT DISTINCT ?label { ?d dcterms:publisher ?a . ?a skos:prefLabel ?label FILTER(LANG(?label) = 'zh-hans') }"
    )
    assert {label for (label,) in found.rows} == {"江苏省商务厅", "南京海关"}
