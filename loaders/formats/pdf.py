"""PDF with a text layer → visible characters, without page numbers and running heads; ruled tables as rows."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from guanlian.loaders.folding import without_radicals
from guanlian.loaders.formats.cells import table_text
from guanlian.loaders.formats.errors import ReadError
from guanlian.loaders.names.printed import unit_like


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
    tables = _tables(data, pages) if any(map(_maybe_table, pages)) else ""
    return tables or "\n".join(_without_running_heads(pages))


def _without_running_heads(pages: list[str]) -> list[str]:
    """Pages without the first and last lines that most pages share but for their digits."""
    often = _running_heads(pages) if len(pages) > 2 else set()
    kept = []
    for page in pages:
        lines = page.split("\n")
        edge = _edge(lines) if often else set()
        kept.append("\n".join(line for i, line in enumerate(lines) if not (i in edge and _key(line) in often)))
    return kept


def _edge(lines: list[str]) -> set[int]:
    """Places of a page's first two and last two lines."""
    places = [i for i, line in enumerate(lines) if line.strip()]
    return {*places[:2], *places[-2:]}


def _running_heads(pages: list[str]) -> set[str]:
    """Keys of the lines that stand at the edges of most pages."""
    often: Counter[str] = Counter()
    for page in pages:
        lines = page.split("\n")
        often.update({_key(lines[i]) for i in _edge(lines)})
    return {k for k, n in often.items() if n >= max(2 if len(pages) < 3 else 3, 0.6 * len(pages))}


def _key(line: str) -> str:
    return re.sub(r"[\s\d]", "", line)


_HEADS = re.compile(r"(?:牵头|责任|主办|主责|配合|协办|协同|承办|负责)(?:责任)?(?:单位|部门|分工)")


def _maybe_table(page: str) -> bool:
    """Whether a page's words hold the heads of a task table."""
    head = re.sub(r"\s", "", page)
    return ("序号" in head or "编号" in head) and bool(_HEADS.search(head))


Rows = list[list[str]]


def _tables(data: bytes, pages: list[str]) -> str:
    """Words outside tables, and ruled tables as rows; a table that runs over pages goes on."""
    import pdfplumber

    parts: list[str | Rows] = []
    inside = False
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # odd fonts are no news to who reads a table
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page, words in zip(document.pages, pages, strict=True):
            found = page.find_tables({"explicit_horizontal_lines": _ends(page)}) if inside or _maybe_table(words) else []
            parts += _parts(page, found) if found else [words]
            inside = bool(found)
            page.close()
    if not any(isinstance(part, list) for part in parts):
        return ""
    return "".join(part if isinstance(part, str) else _table(part) for part in _going_on(parts, _running_heads(pages)))


def _ends(page: Any) -> list[float]:
    """Where the upright rules of a page begin and end: a row that the page cuts has no other end."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    return [min(e["top"] for e in upright), max(e["bottom"] for e in upright)] if upright else []


def _parts(page: Any, found: list[Any]) -> list[str | Rows]:
    """A page's words and tables from top to bottom."""
    left, top, right, bottom = page.bbox
    parts: list[str | Rows] = []
    for table in sorted(found, key=lambda t: t.bbox[1]):
        if table.bbox[1] > top:
            parts.append(without_radicals(page.within_bbox((left, top, right, table.bbox[1])).extract_text() or ""))
        rows = [[without_radicals(" ".join((c or "").split())) for c in row] for row in table.extract()]
        parts.append([row for row in rows if any(row)])
        top = max(top, min(table.bbox[3], bottom))
    if top < bottom:
        parts.append(without_radicals(page.within_bbox((left, top, right, bottom)).extract_text() or ""))
    return parts


def _going_on(parts: list[str | Rows], often: set[str]) -> Iterator[str | Rows]:
    """Tables that a page end cuts put together; of the lines ``often`` printed there the first stands, page numbers go."""
    rows: Rows = []
    seen: set[str] = set()
    for part in parts:
        if isinstance(part, list):
            if rows and part and len(part[0]) != len(rows[0]):
                yield rows
                rows = []
            rows = rows + part
            continue
        lines = part.split("\n")
        edge = _edge(lines)
        again = {_key(lines[i]) for i in edge} & (often & seen | {k for k in often if not _HAN.search(k)})
        kept = [line for i, line in enumerate(lines) if _key(line).strip("-—–－·") and not (i in edge and _key(line) in again)]
        seen |= {_key(lines[i]) for i in edge}
        if kept:
            if rows:
                yield rows
            rows = []
            yield "\n".join(kept) + "\n"
    if rows:
        yield rows


def _table(rows: Rows) -> str:
    return table_text({(r, c): _joined(w) for r, row in enumerate(_unbroken(rows)) for c, w in enumerate(row)})


_LINE_END = re.compile(r"([^、，；。;,/ ]*[\u4e00-\u9fff、，；）)]) (?=(?P<anew>(?:[省县区州]|市(?!场)|自治区|各|国网)[\u4e00-\u9fff（])?[\u4e00-\u9fff（(、，])")
_IN_NUMBER = re.compile(r"(?<=\d) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=\d)")
_BETWEEN = re.compile(r"[、，；。;,/ ]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BODY = tuple("社团院校所行处队司心会站场馆")


def _joined(words: str) -> str:
    """A cell's lines joined: Chinese has no space at a line's end, but in a list of units one may end there and another begin."""
    names = [name for name in _BETWEEN.split(words) if name]
    listed = sum(map(unit_like, names)) * 3 >= len(names)  # a broken name counts as two
    words = _LINE_END.sub(lambda m: m[0] if listed and (unit_like(m[1]) or m["anew"] and m[1].endswith(_BODY)) else m[1], words)
    return _IN_NUMBER.sub("", words)


def _unbroken(rows: list[list[str]]) -> list[list[str]]:
    """Rows cut by a page end, and heads printed again on the next page, put right."""
    whole = [rows[0]]
    for before, row in pairwise(rows):
        if row == rows[0]:
            continue
        cut = not row[0] and before is whole[-1] and sum(1 for w in row if w) <= len(row) // 2 and len(row) == len(whole[-1])
        if cut and not any(re.search(r"(?:局|委|厅|办|关|府)$", w) and whole[-1][i] and not whole[-1][i].endswith(("、", "，")) for i, w in enumerate(row)):
            whole[-1] = [f"{a} {b}".strip() for a, b in zip(whole[-1], row, strict=True)]
        else:
            whole.append(row)
    return whole
