"""The commands that ask for a person's judgement: names nobody listed, facts in doubt."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guanlian import console
from guanlian.console import NOTHING, PARTIAL, progress, say, settings
from guanlian.showing import show

if TYPE_CHECKING:
    from guanlian.survey import Survey

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH]...", help="公文或事实表；不给则用上次构建的事实表 · default: sheets of the last build"
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="写到文件 · write to this file")]

Corrections = Annotated[
    Path | None,
    typer.Option("--corrections", metavar="FILE", help="更正文件，写法见 README“更正文件” · corrections in YAML: README, “Corrections file”"),
]


class Kind(StrEnum):
    """What can be suggested."""

    mode = "mode"
    agency = "agency"
    port = "port"
    platform = "platform"


def add(app: typer.Typer) -> None:
    """Adds the commands to ``app``."""

    @app.command()
    def suggest(
        paths: Paths = None,
        kind: Annotated[
            list[Kind] | None, typer.Option("--kind", "-k", help="只要这些类，可重复 · only these kinds")
        ] = None,
        least: Annotated[
            int, typer.Option("--min", min=1, help="至少见于几份文件 · in at least so many documents")
        ] = 1,
        form: Annotated[
            str,
            typer.Option(
                "--format", "-f", metavar="FORMAT", help="ttl（可贴入权威文件）table csv … · ttl: lines to paste"
            ),
        ] = "",
        output: Output = None,
    ) -> None:
        """提出权威文件里没有的模式、单位、口岸、平台 · Propose names that no authority file knows, with evidence."""
        from guanlian import survey
        from guanlian.loaders.review import proposals

        with progress() as steps:
            read = survey.survey(paths or survey.at_hand(console.folder()), steps=steps)
        _stop_without(read)
        if read.readings and not any(r.text for r in read.readings):
            say(
                "事实表里没有原文：只有给出公文才能提出模式",
                "sheets hold no text: modes are proposed from documents only",
            )
        found = survey.candidates(read, kinds=[k.value for k in kind or Kind], least=least)
        form = form or ("ttl" if output and output.suffix == ".ttl" else "")
        if form == "ttl":
            console.put(proposals.turtle(found).encode(), output, binary=False)
        else:
            show((proposals.COLUMNS, proposals.rows(found)), form, output)
        _end(read)

    @app.command()
    def review(
        paths: Paths = None,
        html: Annotated[
            Path | None,
            typer.Option("--html", metavar="FILE", help="写成本地网页，附前后文 · a local page, words around"),
        ] = None,
        originals: Annotated[
            Path | None, typer.Option(metavar="DIR", help="事实表的原文所在 · originals of the sheets")
        ] = None,
        corrections: Corrections = None,
        form: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="table csv tsv json xlsx md")] = "",
        output: Output = None,
    ) -> None:
        """存疑的事实在前，供人审校 · List doubtful facts, the gravest first, for a person to check."""
        from guanlian import survey
        from guanlian.outputs import review_page

        with progress() as steps:
            read = survey.survey(paths or survey.at_hand(console.folder()), corrections=corrections, steps=steps)
        _stop_without(read)
        for words in read.said:
            say(*words)
        found = survey.in_doubt(read, originals)
        if html:
            html.write_text(review_page.render(found, lang=settings.lang), encoding="utf-8", newline="\n")
            say(f"{len(found)} 处存疑，见 {html}", f"{len(found)} doubts, see {html}")
        else:
            show((review_page.COLUMNS, review_page.rows(found, settings.lang)), form, output)
        _end(read)


def _stop_without(read: Survey) -> None:
    """Ends where there were files and none could be read: a table of nothing would look like an answer."""
    if read.bad and not read.readings:
        _end(read)


def _end(read: Survey) -> None:
    """Names the files that could not be read and ends with the status that tells so."""
    for zh, en in read.bad:
        say(zh, en, always=True)
    if read.bad:
        raise typer.Exit(PARTIAL if read.readings else NOTHING)
