"""Word and Excel files → visible characters; archives are checked before they are opened."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from guanlian.loaders.formats.cells import cell_text, table_text
from guanlian.loaders.formats.errors import ReadError

_MOST_BYTES = 512 * 1024 * 1024
_MOST_ENTRIES = 10_000
_MOST_RATIO = 200
_SMALL = 4 * 1024 * 1024
"""An archive that unpacks to no more than this is no bomb, whatever its ratio."""


def preflight(data: bytes, name: str) -> None:
    """Refuses archives that declare too much, or whose XML carries a DTD, before anything parses them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            total = sum(e.file_size for e in entries)
            if len(entries) > _MOST_ENTRIES or total > _MOST_BYTES or (total > _SMALL and total > _MOST_RATIO * len(data)):
                raise ReadError(name, "压缩包展开后过大，拒绝打开", "the archive would unpack to too much: refused")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as part:
                        head = part.read(4096)
                    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                        raise ReadError(name, f"“{entry.filename}”含有 DTD，拒绝打开", f"{entry.filename} contains a DTD: refused")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise ReadError(name, "文件已损坏或加了密", f"damaged or encrypted archive: {error}") from None


def docx(data: bytes, name: str) -> str:
    """Paragraphs and tables of a .docx in their order; merged cells repeat their words."""
    import docx as python_docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    preflight(data, name)
    try:
        document = python_docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, XMLSyntaxError) as error:
        raise ReadError(name, "不是完好的 Word 文件", f"not a sound Word file: {error}") from None
    return "".join(_blocks(document))


def _blocks(document: Any) -> Iterator[str]:
    numbering = _Numbering(document)
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield _table(block)
        else:
            yield numbering.prefix(block) + block.text.replace("\v", "\n") + "\n"


class _Numbering:
    """Automatic numbers of list paragraphs, which the file does not hold as characters."""

    def __init__(self, document: Any) -> None:
        self.counts: dict[tuple[str, str], int] = {}
        try:
            self.part = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            self.part = None

    def prefix(self, paragraph: Any) -> str:
        """The number a reader of the page would see, or ''."""
        properties = paragraph._p.pPr
        numbered = properties.numPr if properties is not None else None
        if numbered is None or numbered.numId is None or self.part is None:
            return ""
        number, level = str(numbered.numId.val), str(numbered.ilvl.val if numbered.ilvl is not None else 0)
        form, words = self._form(number, level)
        if form in ("", "bullet", "none") or not words:
            return ""
        key = (number, level)
        self.counts[key] = self.counts.get(key, 0) + 1
        for other in [k for k in self.counts if k[0] == number and k[1] > level]:
            del self.counts[other]
        shown = _chinese(self.counts[key]) if "hinese" in form or "apanese" in form or form == "ideographTraditional" else str(self.counts[key])
        return words.replace(f"%{int(level) + 1}", shown)

    def _form(self, number: str, level: str) -> tuple[str, str]:
        w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        assert self.part is not None
        for num in self.part.iter(f"{w}num"):
            if num.get(f"{w}numId") != number:
                continue
            abstract = num.find(f"{w}abstractNumId").get(f"{w}val")
            for candidate in self.part.iter(f"{w}abstractNum"):
                if candidate.get(f"{w}abstractNumId") != abstract:
                    continue
                for lvl in candidate.iter(f"{w}lvl"):
                    if lvl.get(f"{w}ilvl") == level:
                        form, words = lvl.find(f"{w}numFmt"), lvl.find(f"{w}lvlText")
                        return (form.get(f"{w}val") if form is not None else "", words.get(f"{w}val") if words is not None else "")
        return "", ""


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return (head + (digits[ones] if ones else "")) or digits[0]


def _table(table: Any) -> str:
    grid = {}
    for r, row in enumerate(table.rows):
        alone = len({id(cell._tc) for cell in row.cells}) == 1
        for c, cell in enumerate(row.cells):
            grid[r, c] = cell_text(cell.text.split("\n"), alone=alone)
    return table_text(grid)


def xlsx(data: bytes, name: str) -> str:
    """Sheets of a workbook as lines of cells; merged cells repeat their words, hidden sheets are marked."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    preflight(data, name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (InvalidFileException, KeyError, ValueError, TypeError) as error:
        raise ReadError(name, "不是完好的 Excel 文件", f"not a sound Excel file: {error}") from None
    parts = []
    for sheet in book.worksheets:
        grid = {(cell.row - 1, cell.column - 1): _cell(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
        for merged in sheet.merged_cells.ranges:
            words = grid.get((merged.min_row - 1, merged.min_col - 1), "")
            for row in range(merged.min_row - 1, merged.max_row):
                for column in range(merged.min_col - 1, merged.max_col):
                    grid[row, column] = words
        if grid:
            head = sheet.title + ("（隐藏工作表）" if sheet.sheet_state != "visible" else "")
            parts.append((f"工作表：{head}\n" if len(book.worksheets) > 1 or sheet.sheet_state != "visible" else "") + table_text(grid))
    return "\n".join(parts)


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if hasattr(value, "strftime"):
        return f"{value.year}年{value.month}月{value.day}日"  # type: ignore[attr-defined]
    return " ".join(str(value).split())
