"""Bytes of a file → its visible characters; one small adapter for each format."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any


class ReadError(Exception):
    """A file that cannot be read: which, why and what to do, in Chinese and English."""

    def __init__(self, file: str, zh: str, en: str) -> None:
        super().__init__(f"{file}：{zh} / {en}")
        self.file, self.zh, self.en = file, zh, en


def characters(data: bytes, name: str) -> str:
    """Visible characters of a document.

    Raises ReadError for empty, binary or unknown files.
    """
    if not data.strip():
        raise ReadError(name, "文件是空的", "the file is empty")
    suffix = PurePath(name).suffix.lower()
    if suffix not in (".txt", ".md", ".html", ".htm", ""):
        raise ReadError(name, f"不认识的格式“{suffix}”，请另存为 .txt 或 .html", f"unknown format {suffix!r}: save it as .txt or .html")
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadError(name, "是二进制文件，不是文本", "a binary file, not text")
    text = decode(data, name)
    if suffix in (".html", ".htm") or re.match(r"\s*(?:<!doctype html|<html)", text[:200], re.I):
        text = _html(text, name)
    if not text.strip():
        raise ReadError(name, "没有可读的文字", "no text in it")
    return text


def decode(data: bytes, name: str) -> str:
    """Characters of a text file: BOM, then UTF-8, then what charset-normalizer finds (gb2312 and gbk read as GB18030)."""
    for bom, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    import charset_normalizer

    best = charset_normalizer.from_bytes(data, cp_isolation=["gb18030", "big5", "big5hkscs", "utf_16_le", "utf_16_be"]).best()
    if best is None:
        raise ReadError(name, "认不出文字编码，请另存为 UTF-8", "unknown text encoding: save it as UTF-8")
    encoding = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(best.encoding, best.encoding)
    return data.decode(encoding, errors="replace")


def _html(text: str, name: str) -> str:
    from lxml import html

    try:
        tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (ValueError, html.etree.ParserError) as error:
        raise ReadError(name, "HTML 读不懂", f"cannot parse the HTML: {error}") from None
    for node in tree.xpath("//script|//style|//noscript|//template|//comment()|//nav|//header[not(ancestor::article)]|//footer"):
        node.drop_tree()
    for table in tree.xpath("//table[not(.//table)]"):
        _flatten(table)
    for block in tree.xpath("//p|//div|//br|//li|//h1|//h2|//h3|//h4|//h5|//h6|//table|//section|//article|//title"):
        block.tail = "\n" + (block.tail or "")
    return re.sub(r"[ ]*\n[ \t]*(?:\n[ ]*)+", "\n\n", tree.text_content()).strip("\n") + "\n"


def _flatten(table: Any) -> None:
    """Replaces an HTML table by lines of tab-separated cells, merged cells repeated in each place."""
    grid: dict[tuple[int, int], str] = {}
    for r, row in enumerate(table.xpath(".//tr")):
        c = 0
        for cell in row.xpath("./td|./th"):
            while (r, c) in grid:
                c += 1
            words = " ".join(cell.text_content().split())
            for dr in range(_span(cell.get("rowspan"))):
                for dc in range(_span(cell.get("colspan"))):
                    grid[r + dr, c + dc] = words
            c += _span(cell.get("colspan"))
    tail = table.tail
    table.clear()
    table.text = table_text(grid)
    table.tail = tail


def _span(value: str | None) -> int:
    return min(int(value), 200) if value and value.isdecimal() and int(value) > 0 else 1


def table_text(grid: dict[tuple[int, int], str]) -> str:
    """Lines of tab-separated cells of a table given by row and column.

    >>> table_text({(0, 0): "序号", (0, 1): "任务", (1, 1): "x"})
    '\\n序号\\t任务\\n\\tx\\n'
    """
    if not grid:
        return ""
    width = max(c for _, c in grid) + 1
    rows = range(max(r for r, _ in grid) + 1)
    return "\n" + "".join("\t".join(grid.get((r, c), "") for c in range(width)) + "\n" for r in rows)
