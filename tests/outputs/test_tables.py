"""Rows written as tables: exact for scripts, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from guanlian.outputs.tables import QUANTITIES, TEXT_FORMATS, guarded, write, write_csv, xlsx
from guanlian.queries import catalogue

COLUMNS = ["agency", "quote"]
NASTY = ["=1+1", "+86 755", "-x", "@SUM(A1)", "\tx", "\rx", "＝1+1", "\0x", "=cmd|' /C calc'!A0"]


def written(rows: list[list[str]], form: str) -> str:
    out = io.StringIO(newline="")
    write(COLUMNS, rows, form, out)
    return out.getvalue()


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2)))
def test_a_csv_table_is_read_back_cell_for_cell(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    write_csv(COLUMNS, rows, out)
    assert list(csv.reader(io.StringIO(out.getvalue(), newline=""))) == [COLUMNS, *rows]


@pytest.mark.parametrize("cell", NASTY)
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_no_cell_of_a_csv_starts_a_formula(cell: str, form: str) -> None:
    text = written([[cell, cell]], form)
    row = list(csv.reader(io.StringIO(text, newline=""), delimiter="," if form == "csv" else "\t"))[1]
    assert row == ["'" + cell, "'" + cell]


@pytest.mark.parametrize("number", ["-1.5", "+3", "-.5", "1e-3", "-2E+6"])
def test_a_negative_number_stays_a_number(number: str) -> None:
    assert guarded(number) == number


def test_a_workbook_holds_text_and_numbers_and_no_formula() -> None:
    cells = [*NASTY, "3.5", "007", "123456789012345678", "深圳海关", "https://example.org/"]
    data = xlsx([("owners", ["value", "quote"], [[cell, cell] for cell in cells])])
    sheet = load_workbook(io.BytesIO(data))["owners"]
    types = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row}
    assert types == {"s", "n"}
    values = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert values[0] == "'=1+1" and values[len(NASTY) :] == [3.5, *cells[-4:]]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)][len(NASTY) :] == cells[-5:]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == f"A1:B{len(cells) + 1}"


LIKE_NUMBERS = ["765e62783571", "001234567890", "123456789012", "1e5", "17", "3.20", "2024", "-1", "1e400", "inf", "nan"]


@pytest.mark.parametrize("column", ["document", "measure", "number", "issued", "section", "source", "parent"])
def test_what_names_something_is_text_though_it_looks_like_a_number(column: str) -> None:
    sheet = load_workbook(io.BytesIO(xlsx([("owners", [column], [[cell] for cell in LIKE_NUMBERS])])))["owners"]
    assert [(cell.value, cell.data_type) for (cell,) in sheet.iter_rows(min_row=2)] == [(c, "s") for c in LIKE_NUMBERS]


def test_a_quantity_that_no_spreadsheet_holds_is_text() -> None:
    sheet = load_workbook(io.BytesIO(xlsx([("targets", ["value"], [[cell] for cell in LIKE_NUMBERS])])))["targets"]
    kept = {"1e5": 100_000, "17": 17, "3.20": 3.2, "2024": 2024, "-1": -1, "123456789012": 123456789012}
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=2)] == [kept.get(cell, cell) for cell in LIKE_NUMBERS]


def test_the_value_of_a_card_is_a_name() -> None:
    sheet = load_workbook(io.BytesIO(xlsx([("card", ["facet", "value"], [["measure", "2024"]])])))["card"]
    assert sheet["B2"].value == "2024"


def test_every_column_of_numbers_stands_in_a_table_and_none_names_a_thing() -> None:
    columns = {column for name in catalogue.names() for column in catalogue.get(name).columns}
    assert {"value", "measures", "we_lead"} <= columns & QUANTITIES
    assert not QUANTITIES & {"document", "measure", "number", "issued", "of_measure", "parent", "deadline", "since"}


def test_an_empty_table_is_a_workbook_too() -> None:
    sheet = load_workbook(io.BytesIO(xlsx([("unread", COLUMNS, [])])))["unread"]
    assert [cell.value for cell in sheet[1]] == COLUMNS


def test_json_keeps_the_original_text() -> None:
    rows = [[cell, "深圳海关"] for cell in NASTY]
    assert json.loads(written(rows, "json")) == [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    assert json.loads(written([], "json")) == []


def test_a_table_in_a_pipe_lines_up_chinese_and_wraps_nothing() -> None:
    lines = written([["深圳海关", "x" * 500], ["ab", "y"]], "table").splitlines()
    assert "x" * 500 in "".join(lines)
    wide, narrow = next(line for line in lines if "深圳" in line), next(line for line in lines if "ab" in line)
    # Four wide characters take eight columns.
    assert wide.index("x") + 4 == narrow.index("y")


def test_a_terminal_gets_no_escape_from_a_document() -> None:
    text = written([["\x1b]0;title\x07\x9b31m", "[bold]not markup[/bold]"]], "table")
    assert "\x1b" not in text and "\x9b" not in text and "[bold]not markup[/bold]" in text


def test_markdown_shows_html_and_pipes_as_text() -> None:
    text = written([["<img src=x onerror=alert(1)>", "a|b\nc*d*"]], "md")
    assert text.splitlines()[2] == "| &lt;img src=x onerror=alert(1)&gt; | a\\|b<br>c\\*d\\* |"


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_every_format_takes_no_rows(form: str) -> None:
    assert written([], form)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="no such format: xml"):
        written([], "xml")
