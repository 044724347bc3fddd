"""Bytes of a file → its visible characters; one small adapter for each format."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from guanlian.loaders.formats import office, pdf
from guanlian.loaders.formats.barred import barred
from guanlian.loaders.formats.cells import cell_text, table_text
from guanlian.loaders.formats.errors import ReadError

__all__ = ["ReadError", "characters", "decode"]

_LINE_MARK = "\ue000"
TEXT_SUFFIXES = (".txt", ".md", ".html", ".htm", ".csv", ".mht", ".mhtml", "")


def characters(data: bytes, name: str) -> str:
    """Visible characters of a document.

    Raises ReadError for empty, binary or unknown files.
    """
    if not data.strip():
        raise ReadError(name, "文件是空的", "the file is empty")
    text = _adapter(data, name)(data, name)
    if not text.strip():
        raise ReadError(name, "没有可读的文字", "no text in it")
    return text


def _adapter(data: bytes, name: str) -> Callable[[bytes, str], str]:
    """The reader for a file, by its content first and its name second."""
    suffix = PurePath(name).suffix.lower()
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        return pdf.pdf
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(name, "是旧版 Office 文件（.doc/.xls），请另存为 .docx/.xlsx", "an old Office file: save it as .docx or .xlsx")
    if suffix not in TEXT_SUFFIXES:
        if suffix in (".docx", ".xlsx", ".pdf"):
            head = data[:400].lstrip().lower()
            if head.startswith((b"<!doctype html", b"<html")):
                return html
            raise ReadError(name, f"不是完好的 {suffix} 文件", f"not a sound {suffix} file")
        raise ReadError(name, f"不认识的格式“{suffix}”，请另存为 .txt、.html、.docx、.pdf 或 .xlsx", f"unknown format {suffix!r}: save it as .txt, .html, .docx, .pdf or .xlsx")
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")) and _binary(data[:4096]):
        raise ReadError(name, "是二进制文件，不是文本", "a binary file, not text")
    if suffix == ".csv":
        return csv_table
    if suffix in (".mht", ".mhtml"):
        return mht
    if suffix in (".html", ".htm") or re.match(rb"\s*(?:<!doctype html|<html)", data[:200].lstrip(b"\xef\xbb\xbf"), re.IGNORECASE):
        return html
    return plain


def _binary(head: bytes) -> bool:
    """NUL bytes that are not those of UTF-16 without a mark."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return not (max(even, odd) > 0.2 * len(head) / 2 and min(even, odd) < 0.02 * len(head) / 2 + 1)


def _zipped(data: bytes, name: str) -> Callable[[bytes, str], str]:
    office.preflight(data, name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = set(archive.namelist())
    if "word/document.xml" in entries:
        return office.docx
    if "xl/workbook.xml" in entries:
        return office.xlsx
    raise ReadError(name, "是压缩包，请先解压", "an archive: unpack it first")


def plain(data: bytes, name: str) -> str:
    """A text file, tables drawn in it as lines of tab-separated cells."""
    return barred(decode(data, name))


def csv_table(data: bytes, name: str) -> str:
    """A .csv file as lines of tab-separated cells."""
    text = decode(data, name)
    head = text[:4000]
    delimiter = "\t" if head.count("\t") > head.count(",") else ";" if head.count(";") > head.count(",") else ","
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    return table_text({(r, c): " ".join(cell.split()) for r, row in enumerate(rows) for c, cell in enumerate(row)})


def mht(data: bytes, name: str) -> str:
    """The page inside an .mht file."""
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return html(payload, name)
    raise ReadError(name, "里面没有网页", "no page inside it")


def decode(data: bytes, name: str) -> str:
    """Characters of a text file: BOM, then UTF-8, then what charset-normalizer finds (gb2312 and gbk read as GB18030).

    A file that is UTF-8 but for a few characters (cut off, or pasted together) is decoded line by line;
    what no encoding explains becomes U+FFFD.
    """
    for bom, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if _nearly_utf8(data):
            return "".join(map(_line, data.splitlines(keepends=True)))
    import charset_normalizer

    best = charset_normalizer.from_bytes(data, cp_isolation=["gb18030", "big5", "big5hkscs", "utf_16_le", "utf_16_be"]).best()
    if best is None:
        raise ReadError(name, "认不出文字编码，请另存为 UTF-8", "unknown text encoding: save it as UTF-8")
    encoding = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(best.encoding, best.encoding)
    return data.decode(encoding, errors="replace")


def _line(line: bytes) -> str:
    """A line of a file of more than one encoding: UTF-8 where it is that, else GB18030 where it is that."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return line.decode("utf-8", errors="replace") if _nearly_utf8(line) else line.decode("gb18030")
    except UnicodeDecodeError:
        return line.decode("utf-8", errors="replace")


def _nearly_utf8(data: bytes) -> bool:
    """Whether most of what is beyond ASCII reads as UTF-8; text in another encoding gives next to none."""
    words = data.decode("utf-8", errors="replace")
    lost = words.count("\ufffd")
    return lost * 4 <= sum(1 for char in words if not char.isascii()) - lost


def html(data: bytes, name: str) -> str:
    """Visible text of a page: blocks on lines, tables as rows; scripts, menus and comments left out."""
    text = decode(data, name)
    import lxml.html

    try:
        parser = lxml.html.HTMLParser(huge_tree=True, no_network=True)
        tree = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (ValueError, lxml.etree.LxmlError) as error:
        raise ReadError(name, "HTML 读不懂", f"cannot parse the HTML: {error}") from None
    gave_up = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)  # nesting too deep
    plain = _plain(text)
    if gave_up or len("".join(tree.text_content().split())) < 0.5 * len("".join(plain.split())):
        return plain
    for node in tree.xpath("//script|//style|//noscript|//template|//comment()|//nav|//footer"):
        node.drop_tree()
    for table in tree.xpath("//table[not(.//table)]"):
        _flatten(table)
    for block in tree.xpath("//p|//div|//br|//li|//h1|//h2|//h3|//h4|//h5|//h6|//table|//section|//article|//title"):
        block.tail = "\n" + (block.tail or "")
    return re.sub(r"[ ]*\n[ \t]*(?:\n[ ]*)+", "\n\n", tree.text_content()).strip("\n") + "\n"


def _plain(text: str) -> str:
    """Words of a page that no parser goes through: tags taken out, blocks on lines."""
    import html as entities

    text = re.sub(r"(?is)<(script|style|noscript|template|nav|footer)\b.*?</\1\s*>|<!--.*?-->", "", text)
    text = re.sub(r"(?i)</?(?:p|div|br|li|h[1-6]|tr|table|section|article|title)\b[^<>]*>", "\n", text)
    return entities.unescape(re.sub(r"\s*\n\s*", "\n", re.sub(r"<[^<>]*>", "", text)))


def _flatten(table: Any) -> None:
    """Replaces an HTML table by lines of tab-separated cells, merged cells repeated in each place."""
    grid: dict[tuple[int, int], str] = {}
    for r, row in enumerate(table.xpath(".//tr")):
        c = 0
        cells = row.xpath("./td|./th")
        for cell in cells:
            while (r, c) in grid:
                c += 1
            words = cell_text(_lines(cell), alone=len(cells) == 1)
            for dr in range(_span(cell.get("rowspan"))):
                for dc in range(_span(cell.get("colspan"))):
                    grid[r + dr, c + dc] = words
            c += _span(cell.get("colspan"))
    tail = table.tail
    table.clear()
    table.text = table_text(grid)
    table.tail = tail


def _lines(cell: Any) -> list[str]:
    """The lines of a cell: two names on two lines are two names."""
    for line in cell.xpath(".//br|.//p|.//div|.//li|.//h1|.//h2|.//h3|.//h4|.//h5|.//h6"):
        line.tail = _LINE_MARK + (line.tail or "")
    return cell.text_content().split(_LINE_MARK)  # type: ignore[no-any-return]


def _span(value: str | None) -> int:
    return min(int(value), 200) if value and value.isdecimal() and int(value) > 0 else 1
