"""Doubtful facts as one local HTML page that shows the words around each; works from a file, without a network."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from guanlian.loaders.review.doubts import Doubt, in_order

_FIELD = re.compile(r"@@(\w+)@@")
_HERE = Path(__file__).parent
_HEADS = {
    "again": ("须重新审校的决定", "Decisions to review again"),
    "clause": ("未读懂的责任条款", "Unread clauses"),
    "name": ("未读懂的名称", "Unread names"),
    "unread": ("其他未读懂的文字", "Other unread words"),
    "owner": ("含推断的责任单位", "Owners with a guess"),
    "provisional": ("暂定单位", "Provisional units"),
    "figure": ("含推断的数字", "Figures with a guess"),
    "issuer": ("推定的责任单位", "Presumed owners"),
    "title": ("代拟的题名", "Supplied titles"),
    "rejected": ("已否定的事实", "Rejected facts"),
}
COLUMNS = ("kind", "document", "item", "what", "why", "words")
_TITLE = ("待审校的事实", "Facts to review")
_ABOUT_ZH = (
    "共 {count} 处，出自 {documents} 份文件。改正请在事实表（guanlian extract）中改该行，加 reviewed: true 与 note；"
    "不成立的，加 rejected: true；成批改正可写进更正文件（guanlian build --corrections）。"
)
_ABOUT_EN = (
    "{count} in {documents} documents. To correct one, edit its line in the fact sheet (guanlian extract) and add "
    "reviewed: true and a note; to reject one, add rejected: true; or write a line of a corrections file (guanlian build --corrections)."
)
_ABOUT = (_ABOUT_ZH, _ABOUT_EN)
_NONE = ("没有存疑的事实。", "Nothing is in doubt.")


def render(found: Iterable[Doubt], *, lang: str = "zh") -> str:
    """The page, in ``zh`` or ``en``; the same doubts give the same text. Write it as UTF-8."""
    doubts = in_order(found)
    way = 0 if lang == "zh" else 1
    sections = [(kind, list(rows)) for kind, rows in groupby(doubts, lambda doubt: doubt.kind)]
    style, script = _asset("review.css"), _asset("review.js")
    about = _ABOUT[way].format(count=len(doubts), documents=len({d.document for d in doubts}))
    parts = {
        "lang": "zh-Hans" if lang == "zh" else "en",
        "policy": f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'",
        "title": _TITLE[way],
        "about": escape(about if doubts else _NONE[way]),
        "style": style,
        "script": script,
        "filters": "".join(_filter(kind, len(rows), way) for kind, rows in sections),
        "body": "\n".join(_section(kind, rows, way) for kind, rows in sections),
    }
    page = _FIELD.sub(lambda match: parts[match[1]], _asset("review.html"))
    return page.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair could not be written


def rows(found: Iterable[Doubt], lang: str = "zh") -> list[tuple[str, ...]]:
    """A row of :data:`COLUMNS` for each doubt, the gravest first."""
    return [
        (d.kind, d.document, d.item, d.what, d.zh if lang == "zh" else d.en, " ".join(d.quote.split())[:120])
        for d in in_order(found)
    ]


def _filter(kind: str, count: int, way: int) -> str:
    return f'<label><input type="checkbox" value="{kind}" checked> {_HEADS[kind][way]} ({count})</label>'


def _section(kind: str, doubts: Sequence[Doubt], way: int) -> str:
    articles = "\n".join(_article(doubt, way) for doubt in doubts)
    return f'<section id="{kind}">\n<h2>{_HEADS[kind][way]} ({len(doubts)})</h2>\n{articles}\n</section>'


def _article(doubt: Doubt, way: int) -> str:
    item = (f"第 {doubt.item} 项" if way == 0 else f"item {doubt.item}") if doubt.item else ""
    where = " · ".join(
        part for part in (doubt.document, item, f"{doubt.start}–{doubt.end}" if doubt.end else "") if part
    )
    words = ""
    if doubt.quote:
        marked = f"{_text(doubt.before)}<mark>{_text(doubt.quote)}</mark>{_text(doubt.after)}"
        words = f"\n<blockquote>{'…' if doubt.before else ''}{marked}{'…' if doubt.after else ''}</blockquote>"
    return (
        f'<article>\n<p class="what">{_text(doubt.what)}</p>\n<p>{_text((doubt.zh, doubt.en)[way])}</p>\n'
        f'<p class="where">{_text(where)}</p>{words}\n</article>'
    )


def _text(words: str) -> str:
    """Any text as text: markup and characters that steer the page made harmless."""
    plain = "".join(c if c in "\n\t" or c.isprintable() or c in "\u3000\u00a0" else "\ufffd" for c in words)
    return escape(plain)


def _asset(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
