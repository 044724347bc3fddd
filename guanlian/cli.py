"""The command ``guanlian``: each function parses, makes one call, prints.

Start-up stays near a bare interpreter's: what is heavy is imported inside the command that needs it.
"""

from __future__ import annotations

import os
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from guanlian import console
from guanlian.console import FAILED, NOTHING, USAGE, Problem, progress, say, settings

if TYPE_CHECKING:
    from guanlian.build import Report
    from guanlian.graph.store import Store

app = typer.Typer(
    name="guanlian",
    help="关联：把口岸、海关公文读成可查、可信的知识图谱。\n\n"
    "Chinese government documents about ports and customs as a knowledge graph.",
    epilog="例 examples:  guanlian build  |  guanlian query owners  |  guanlian owners --agency 深圳海关 --with 市口岸办",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)

ROWS = ("table", "csv", "tsv", "json", "xlsx", "md")
"""Formats of rows; a SELECT can also be had as ``srj``, a CONSTRUCT only as ``ttl``."""


class Lang(str, Enum):
    """Language of messages."""

    zh = "zh"
    en = "en"


def _version(wanted: bool) -> None:
    if wanted:
        import guanlian

        print(f"guanlian {guanlian.__version__}")
        raise typer.Exit


@app.callback()
def before(
    store: Annotated[
        str, typer.Option(metavar="DIR|URL", help="图谱在哪：文件夹或 SPARQL 端点 · where the graph is [guanlian-out]")
    ] = "",
    lang: Annotated[Lang | None, typer.Option(help="消息的语言 · language of messages")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只说错误 · say errors only")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="版本 · version")] = False,
) -> None:
    """Options of every command; they may stand before it or after it."""
    settings.store, settings.quiet = store, quiet
    settings.lang = lang.value if lang else console.language()


Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="写到文件 · write to this file")]
Format = Annotated[
    str, typer.Option("--format", "-f", metavar="FORMAT", help=f"{' '.join(ROWS)}；终端默认 table，管道默认 csv · default: table on a terminal, csv in a pipe")
]


# --- making ---------------------------------------------------------------------------------------


@app.command()
def build(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="文件或文件夹；不给则用自带的五份 · default: the corpus that ships")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="放结果的文件夹 · folder for the results [guanlian-out]")] = None,
    originals: Annotated[
        Path | None, typer.Option(metavar="DIR", help="事实表的原文所在，证据给全段 · originals of the sheets: evidence in full")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="有未读懂的责任条款就以 1 退出 · exit 1 if a clause is unread")] = False,
) -> None:
    """读入公文或事实表，建成图谱 · Read documents or fact sheets, build the graph."""
    from guanlian.build import build as make

    with progress("读入", "reading") as bar:
        report = make(paths or [], out or console.folder(), originals=originals, strict=strict, progress=bar)
    _report(report)


@app.command()
def extract(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="公文 · documents")],
    out: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="放事实表的文件夹 · folder for the sheets")],
) -> None:
    """写出事实表供人审校，改过的事实会保留 · Write fact sheets for review; corrected facts survive."""
    from guanlian.build import extract as make

    with progress("读入", "reading") as bar:
        report = make(paths, out, progress=bar)
    _report(report)


def _report(report: Report) -> None:
    with console.output() as out:
        for line in [] if settings.quiet else report.lines(settings.lang):
            out.write(line + "\n")
    for zh, en in report.troubles():
        say(zh, en, always=True)
    raise typer.Exit(report.status)
