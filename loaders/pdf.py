"""PDF with a text layer → visible characters, without page numbers and running heads; ruled tables as rows."""

from __future__ import annotations

import io
import re
from collections import Counter
from itertools import pairwise

from guanlian.loaders.errors import ReadError
from guanlian.loaders.tables import table_text


def pdf(data: bytes, name: str) -> str:
    """Text of a PDF page by page; tables that are ruled come as lines of cells.

    Raises ReadError for damaged and encrypted files and for scans, which have no text layer.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        words = ("加了密码", "encrypted") if "assword" in str(error) else ("已损坏", "damaged")
        raise ReadError(name, f"PDF {words[0]}，打不开", f"the PDF is {words[1]}: {error}") from None
    try:
        pages = []
        for index in range(len(document)):
            page = document[index]
            words_ = page.get_textpage().get_text_bounded()
            pages.append(words_.replace("\r\n", "\n").replace("\r", "\n").replace("\x02", "").replace("\ufffe", ""))
    except pypdfium2.PdfiumError as error:
        raise ReadError(name, "PDF 已损坏，读不到文字", f"the PDF is damaged: {error}") from None
    finally:
        document.close()
    if not "".join(pages).strip():
        raise ReadError(name, "PDF 没有文字层（可能是扫描件），请先做文字识别", "the PDF has no text layer (a scan?): run OCR first")
    tables = _tables(data) if _maybe_table(pages) else ""
    return tables or "\n".join(_without_running_heads(pages))


def _without_running_heads(pages: list[str]) -> list[str]:
    """Pages without the first and last lines that most pages share but for their digits."""
    lines = [page.split("\n") for page in pages]
    if len(pages) < 3:
        return pages
    edges: Counter[str] = Counter()
    for page in lines:
        filled = [line for line in page if line.strip()]
        edges.update({_key(line) for line in filled[:2] + filled[-2:]})
    often = {k for k, n in edges.items() if n >= max(3, 0.6 * len(pages))}
    kept = []
    for page in lines:
        places = [i for i, line in enumerate(page) if line.strip()]
        edge = {*places[:2], *places[-2:]}
        kept.append("\n".join(line for i, line in enumerate(page) if not (i in edge and _key(line) in often)))
    return kept


def _key(line: str) -> str:
    return re.sub(r"[\s\d]", "", line)


def _maybe_table(pages: list[str]) -> bool:
    head = re.sub(r"\s", "", "".join(pages[:2]))
    return bool(re.search(r"序号", head) and re.search(r"(?:牵头|责任|主办|配合|负责)(?:单位|部门)", head))


def _tables(data: bytes) -> str:
    """Words outside tables, and ruled tables as rows; a table that runs over pages goes on."""
    import pdfplumber

    from guanlian.loaders.repair import radicals

    parts: list[str] = []
    rows: list[list[str]] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            found = page.find_tables()
            outside = page
            for table in found:
                outside = outside.outside_bbox(table.bbox)
            words = (outside.extract_text() or "").translate(radicals())
            if found and not rows:
                parts.append(words)
            for table in found:
                cells = [[" ".join((c or "").split()).translate(radicals()) if c is not None else "" for c in row] for row in table.extract()]
                rows += _merged(cells)
            if not found:
                parts.append(words)
    if not rows:
        return ""
    grid = {(r, c): _joined(w) for r, row in enumerate(_unbroken(rows)) for c, w in enumerate(row)}
    return "\n".join(parts) + table_text(grid)


def _merged(cells: list[list[str]]) -> list[list[str]]:
    return [row for row in cells if any(row)]


def _joined(words: str) -> str:
    """A cell's lines joined: Chinese has no space at a line's end."""
    return re.sub(r"(?<=[\u4e00-\u9fff、，；）)]) (?=[\u4e00-\u9fff（(、，])", "", words)


def _unbroken(rows: list[list[str]]) -> list[list[str]]:
    """Rows cut by a page end, and heads printed again on the next page, put right."""
    whole = [rows[0]]
    for before, row in pairwise(rows):
        if row == rows[0]:
            continue
        cut = not row[0] and before is whole[-1] and sum(1 for w in row if w) <= len(row) // 2 and len(row) == len(whole[-1])
        if cut and not any(re.search(r"(?:局|委|厅|办|关|府)$", w) and whole[-1][i] and not whole[-1][i].endswith(("、", "，")) for i, w in enumerate(row)):
            whole[-1] = [a + b for a, b in zip(whole[-1], row, strict=True)]
        else:
            whole.append(row)
    return whole
