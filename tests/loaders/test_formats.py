"""The same paper gives the same owners whatever file it comes in; what cannot be read is refused by name."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanlian.loaders.facts import FactSheet
from guanlian.loaders.formats import characters
from guanlian.loaders.formats.barred import barred
from guanlian.loaders.formats.errors import ReadError
from guanlian.loaders.reader import read

DOCUMENTS = Path(__file__).resolve().parent.parent / "documents"
PLANS = ("01-nanjing-lead-take-part.txt", "08-yunnan-three-tiers.txt", "49-zhejiang-long-plan.txt")
TABLE = "34-taiyuan-tab-table.txt"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

Owned = list[tuple[str, str, str]]


def owned(sheet: FactSheet) -> Owned:
    return sorted((r.measure, r.agency, r.role) for r in sheet.responsibilities)


def words(name: str) -> str:
    return (DOCUMENTS / name).read_text(encoding="utf-8")


def as_docx(text: str) -> bytes:
    document = docx.Document()
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            table = document.add_table(len(rows), max(map(len, rows)))
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    table.cell(r, c).text = cell
            rows = []
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_html(text: str, encoding: str = "utf-8") -> bytes:
    body = "".join(f"<p>{line}</p>\n" for line in text.split("\n") if line.strip())
    return f"<html><head><meta charset='{encoding}'></head><body>{body}</body></html>".encode(encoding)


def table_rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.split("\n") if "\t" in line]


def as_xlsx(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_gives_the_same_owners_as_word_and_as_page(name: str) -> None:
    expected = owned(read(words(name).encode(), name))
    assert expected
    assert owned(read(as_docx(words(name)), "plan.docx")) == expected
    assert owned(read(as_html(words(name)), "plan.html")) == expected
    assert owned(read(as_html(words(name), "gb18030"), "plan.html")) == expected


@pytest.mark.parametrize("name", PLANS)
def test_a_table_that_only_sets_out_the_page_is_no_table(name: str) -> None:
    expected = owned(read(words(name).encode(), name))
    page = as_html(words(name)).replace(b"<body>", b"<body><table><tr><td>").replace(b"</body>", b"</td></tr></table></body>")
    assert owned(read(page, "plan.html")) == expected
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = words(name)
    out = io.BytesIO()
    document.save(out)
    assert owned(read(out.getvalue(), "plan.docx")) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_plan_gives_the_same_owners_in_every_encoding(encoding: str) -> None:
    expected = owned(read(words(PLANS[0]).encode(), PLANS[0]))
    assert owned(read(words(PLANS[0]).encode(encoding), PLANS[0])) == expected


def test_a_task_table_gives_the_same_owners_as_word_excel_and_csv() -> None:
    expected = owned(read(words(TABLE).encode(), TABLE))
    assert expected
    out = io.StringIO()
    csv.writer(out).writerows(table_rows(words(TABLE)))

    def renamed(data: bytes, name: str) -> Owned:
        head, _, _ = words(TABLE).partition("序号")
        return owned(read(data, f"{head.split()[0]}{name}"))

    assert owned(read(as_docx(words(TABLE)), "table.docx")) == expected
    for data, name in ((as_xlsx([words(TABLE).split("\n")[:1], *table_rows(words(TABLE))]), "t.xlsx"),):
        assert renamed(data, name) == expected
    assert owned(read((words(TABLE).split("\n")[0] + "\n" + out.getvalue()).encode(), "t.csv")) == expected


def as_pdf(page: bytes, folder: Path) -> bytes:
    assert CHROMIUM is not None
    (folder / "plan.html").write_bytes(page)
    subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--no-first-run", f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'plan.pdf'}",
         (folder / "plan.html").as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "plan.pdf").read_bytes()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine to print a PDF with")
@pytest.mark.parametrize("name", PLANS)
def test_a_plan_gives_the_same_owners_as_pdf(name: str, tmp_path: Path) -> None:
    assert owned(read(as_pdf(as_html(words(name)), tmp_path), "plan.pdf")) == owned(read(words(name).encode(), name))


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine to print a PDF with")
def test_tables_of_a_pdf_keep_their_rows_and_what_stands_around_them(tmp_path: Path) -> None:
    style = "<style>table {border-collapse: collapse; width: 100%} td {border: 1px solid; height: 60px; width: 25%}</style>"
    head = "<tr><td>序号</td><td>工作任务</td><td>责任单位</td><td>完成时限</td></tr>"
    rows = [
        f"<tr><td>{i}</td><td>第{i}项改造任务</td><td>市财政局<br>市教育局<br>南通市报社<br>市残联</td><td>2024年{i % 12 + 1}月底</td></tr>" for i in range(1, 21)
    ]
    table = "<table>" + head + "".join(rows) + "</table>"
    body = f"<p>南通市2024年改造任务分工表</p>{table}<p>南通市2024年第二批改造任务分工表</p>{table}<p>注：责任单位中列第一位的为牵头单位。</p>"
    page = f"<html><head><meta charset='utf-8'>{style}</head><body>{body}</body></html>".encode()
    found = read(as_pdf(page, tmp_path), "plan.pdf")
    assert owned(found) == owned(read(page, "plan.html"))
    assert [p.id for p in found.provisions] == [f"{part}.{i}" for part in (1, 2) for i in range(1, 21)]
    assert {r.role for r in found.responsibilities if r.agency == "南通市财政局"} == {"lead"}


def test_merged_owner_cells_of_a_workbook_belong_to_every_row() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["南通市重点任务分工表"], ["序号", "任务", "牵头单位", "配合单位"], [1, "甲任务", "市商务局", "市财政局"], [2, "乙任务", None, "市公安局"]):
        sheet.append(row)
    sheet.merge_cells("C3:C4")
    out = io.BytesIO()
    book.save(out)
    assert owned(read(out.getvalue(), "t.xlsx")) == [
        ("1", "南通市商务局", "lead"),
        ("1", "南通市财政局", "participant"),
        ("2", "南通市公安局", "participant"),
        ("2", "南通市商务局", "lead"),
    ]


def test_sheets_that_number_their_rows_anew_keep_every_row() -> None:
    book = openpyxl.Workbook()
    for name, unit in (("通关", "南通海关"), ("物流", "市交通运输局")):
        sheet = book.create_sheet(name)
        for row in (["2024年南通市重点任务分工表"], ["序号", "任务", "责任单位"], [1, f"{name}任务", unit], [2, f"{name}事项", unit]):
            sheet.append(row)
    book.remove(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue(), "t.xlsx")
    assert found.document.title == "2024年南通市重点任务分工表"
    assert [(p.id, p.title) for p in found.provisions] == [("1.1", "通关任务"), ("1.2", "通关事项"), ("2.1", "物流任务"), ("2.2", "物流事项")]
    assert [r.agency for r in found.responsibilities] == 2 * ["南通海关"] + 2 * ["南通市交通运输局"]


def test_a_page_that_claims_gb2312_keeps_its_rare_characters() -> None:
    text = "<html><head><meta charset=gb2312></head><body><p>镕㐂䶮</p><p>后文</p></body></html>"
    assert "镕㐂䶮" in characters(text.encode("gb18030"), "p.html")
    assert "后文" in characters(text.encode("gb18030"), "p.html")


MARKDOWN = """| 序号 | 任务 | 牵头单位 | 配合单位 |
|:--|---|:-:|---:|
| 1 | 建校舍 | 市教育局 | 市财政局 |
| 2 | 修球场 | 市体育局 |  |"""
ASCII = """+------+--------+----------+----------+
| 序号 | 任务   | 牵头单位 | 配合单位 |
+======+========+==========+==========+
| 1    | 建校舍 | 市教育局 | 市财政局 |
+------+--------+----------+----------+
| 2    | 修球场 | 市体育局 |          |
+------+--------+----------+----------+"""
BOX = """┌──┬────┬────┬────┐
│序号│任务    │牵头单位│配合单位│
├──┼────┼────┼────┤
│ 1  │建校    │市教育局│市财政局│
│    │舍      │        │        │
├──┼────┼────┼────┤
│ 2  │修球场  │市体育局│        │
└──┴────┴────┴────┘"""
CELLS = "序号 |\n任务 |\n牵头单位 |\n配合单位 |\n1 |\n建校舍 |\n市教育局 |\n市财政局 |\n2 |\n修球场 |\n市体育局 |\n/ |"
OPEN = "序号 | 任务 | 牵头单位 | 配合单位 |\n1 | 建校舍 | 市教育局 | 市财政局 |\n2 | 修球场 | 市体育局 | |"


@pytest.mark.parametrize("table", [MARKDOWN, ASCII, BOX, CELLS, OPEN, MARKDOWN.replace("|", "｜"), BOX.replace("│", "┃")])
def test_a_table_drawn_with_bars_gives_its_owners(table: str) -> None:
    found = read(f"南通市学校建设任务分工表\n{table}\n注：略\n".encode(), "t.txt")
    assert [p.title for p in found.provisions] == ["建校舍", "修球场"]
    assert owned(found) == [("1", "南通市教育局", "lead"), ("1", "南通市财政局", "participant"), ("2", "南通市体育局", "lead")]


def test_a_cell_that_no_rule_closes_goes_on_below() -> None:
    table = """┌────┬──┬────┐
│甲类    │一  │市教育局│
│        ├──┼────┤
│        │二  │市体育局│
├────┼──┼────┤
│乙类    │三  │市财政局│
└────┴──┴────┘"""
    assert barred(table) == "\n甲类\t一\t市教育局\n甲类\t二\t市体育局\n乙类\t三\t市财政局\n"


def test_what_is_merged_downward_may_be_missing_at_the_left() -> None:
    table = "类别 | 序号 | 任务 | 责任单位 | 进展情况 |\n甲类 | 1 | 建校舍 | 市教育局 | 已开工 |\n2 | 修球场 | 市体育局 | 已完成3个 |\n"
    found = read(f"南通市学校建设任务分工表\n{table}".encode(), "t.txt")
    assert [(p.id, p.section, p.title) for p in found.provisions] == [("1", "甲类", "建校舍"), ("2", "甲类", "修球场")]
    assert owned(found) == [("1", "南通市教育局", "lead"), ("2", "南通市体育局", "lead")]
    assert [f for f in found.figures if f.status == "planned"] == []


@pytest.mark.parametrize(
    "text", ["首页 | 政务公开 | 互动交流\n\n正文|一", "扫一扫 |\n打印 |\n关闭 |\n正文。", "|", "||||", "a|b\nc|d", "┌─┐\n正文\n└─┘", "（甲｜乙）负责。\n（丙｜丁）配合。"]
)
def test_bars_of_menus_and_prose_stay(text: str) -> None:
    assert barred(text) == text


@given(st.text(st.characters(exclude_characters="|｜│┃║")))
def test_a_text_without_bars_comes_back_as_it_is(text: str) -> None:
    assert barred(text) == text


@given(st.lists(st.lists(st.sampled_from(["", "甲", "乙丙", "建 校舍", "1"]), min_size=3, max_size=3).filter(any), min_size=2, max_size=6), st.booleans())
def test_every_cell_comes_back_from_between_its_bars(table: list[list[str]], boxed: bool) -> None:
    rule = "+" + "------+" * 3
    lines = ["|" + "|".join(f" {cell} " for cell in row) + "|" for row in table]
    text = "\n".join([rule, *(line for row in lines for line in (row, rule))] if boxed else lines)
    assert [line.split("\t") for line in barred(text).strip("\n").split("\n")] == table


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (64 * 1024 * 1024))
    return out.getvalue()


def _with_dtd() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>')
    return out.getvalue()


def _scan() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>"
    )


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("empty.txt", b"", "空"),
        ("blank.txt", b" \n\t ", "空"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "二进制"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版"),
        ("x.odt", b"hello", "不认识的格式"),
        ("broken.docx", b"PK\x03\x04 this is no archive", "损坏"),
        ("not.docx", b"plain words", "不是完好"),
        ("bomb.docx", _bomb(), "过大"),
        ("entity.docx", _with_dtd(), "DTD"),
        ("broken.pdf", b"%PDF-1.7 nothing more", "损坏"),
        ("scan.pdf", _scan(), "扫描"),
        ("empty.html", b"<html><body><script>1</script></body></html>", "没有可读"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(name: str, data: bytes, why: str) -> None:
    with pytest.raises(ReadError) as caught:
        characters(data, name)
    assert name in str(caught.value)
    assert why in caught.value.zh
    assert caught.value.en


def test_a_word_file_that_is_really_a_page_is_read_as_one() -> None:
    assert "市商务局" in characters(as_html("（市商务局牵头）"), "really.docx")


def test_deep_nesting_does_not_swallow_the_text() -> None:
    data = ("<html><body>" + "<div>" * 3000 + "底" + "</div>" * 3000 + "</body></html>").encode()
    assert "底" in characters(data, "deep.html")
