"""The command ``guanlian``: each function parses, makes one call, prints.

Start-up stays near a bare interpreter's: what is heavy is imported inside the command that needs it.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guanlian import advice, console
from guanlian.advice import Corrections
from guanlian.console import FAILED, INTERRUPTED, USAGE, Problem, progress, say, settings
from guanlian.showing import ROWS, Table, free, show

if TYPE_CHECKING:
    from guanlian.graph.store import Store
    from guanlian.report import Report

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

class Lang(StrEnum):
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
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="版本 · version")
    ] = False,
) -> None:
    """Options of every command; they may stand before it or after it."""
    settings.store, settings.quiet = store, quiet
    settings.lang = lang.value if lang else console.language()


Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="写到文件 · write to this file")]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"{' '.join(ROWS)}；终端默认 table，管道默认 csv · default: table on a terminal, csv in a pipe",
    ),
]


# --- making ---------------------------------------------------------------------------------------


@app.command()
def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="文件或文件夹；不给则用自带的五份 · default: the corpus that ships"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="放结果的文件夹 · folder for the results [guanlian-out]")
    ] = None,
    originals: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="事实表的原文所在，证据给全段 · originals of the sheets: evidence in full"),
    ] = None,
    corrections: Corrections = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="有未读懂的责任条款就以 1 退出 · exit 1 if a clause is unread")
    ] = False,
) -> None:
    """读入公文或事实表，建成图谱 · Read documents or fact sheets, build the graph."""
    from guanlian.build import build as make
    from guanlian.graph.publish import current
    from guanlian.report import interrupted

    folder = out or console.folder()
    endpoint = settings.store if settings.store.startswith(("http://", "https://")) else ""
    before = current(folder)
    with console.interruptible(lambda: interrupted(folder, before, current(folder), endpoint)), progress() as steps:
        report = make(
            paths or [],
            folder,
            originals=originals,
            corrections=corrections,
            strict=strict,
            endpoint=endpoint,
            lang=settings.lang,
            steps=steps,
        )
    _report(report)


@app.command()
def extract(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="公文 · documents")],
    out: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="放事实表的文件夹 · folder for the sheets")
    ],
    spare: Annotated[
        bool, typer.Option("--spare", help="截短长引文，便于分发 · cut long quotes, to pass the sheets on")
    ] = False,
    corrections: Corrections = None,
) -> None:
    """写出事实表供人审校，审校过的在新一版里也保留 · Write fact sheets for review; what was decided survives, in new editions too."""
    from guanlian.build import extract as make

    halfway = f"已中断，{out} 里的事实表可能没有写全，请再运行一次", f"interrupted, not all sheets may be in {out}: run it again"
    with console.interruptible(lambda: halfway), progress() as steps:
        report = make(paths, out, spare=spare, corrections=corrections, steps=steps)
    _report(report)


def _report(report: Report) -> None:
    if not settings.quiet:
        with console.output() as out:
            out.writelines(line + "\n" for line in report.lines(settings.lang))
    for zh, en in report.bad:
        say(zh, en, always=True)
    raise typer.Exit(report.status)


# --- asking ---------------------------------------------------------------------------------------


def _names() -> list[str]:
    from guanlian.queries.catalogue import names

    return list(names())


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def query(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="[NAME|FILE|-]",
            autocompletion=_names,
            help="问题名、.rq 文件或标准输入；不给则列出问题 · default: list the questions",
        ),
    ] = "",
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="KEY=VALUE", help="问题的参数，可重复；也可写成 --KEY VALUE · a parameter of the question; also --KEY VALUE"),
    ] = None,
    form: Format = "",
    output: Output = None,
) -> None:
    """问图谱：现成问题或 SPARQL · Ask a named question, an .rq file, or SPARQL from standard input.

    guanlian query outcomes --mode 提前申报
    """
    from guanlian.outputs import answers

    if what.startswith("--"):
        raise typer.BadParameter(f"先写问题名 · the name of the question comes first: {what}")
    given = [*(param or ()), *answers.spoken(context.args)]
    if not what:
        show(answers.catalogue_table(settings.lang), form, output)
    elif (sparql := answers.free_text(what)) is not None:
        free(_store(), answers.alone(sparql, given), form, output)
    else:
        show(answers.ask(_store(), what, answers.parameters(given)), form, output)


@app.command()
def owners(
    agency: Annotated[str, typer.Option(metavar="NAME", help="单位名称或别名 · a unit")] = "",
    with_: Annotated[
        str, typer.Option("--with", metavar="NAME", help="共同承担的另一单位 · another unit that owns it too")
    ] = "",
    role: Annotated[str, typer.Option(metavar="ROLE", help="lead participant joint implementer partner")] = "",
    measure: Annotated[str, typer.Option(metavar="ID", help="条目编号，如 17 · number of the item")] = "",
    document: Annotated[str, typer.Option(metavar="KEY", help="文件编号、文号或文件名 · key, 文号 or file name")] = "",
    mode: Annotated[str, typer.Option(metavar="NAME", help="措施提到的通关模式 · a clearance mode it names")] = "",
    port: Annotated[str, typer.Option(metavar="NAME", help="措施提到的口岸 · a port it names")] = "",
    across: Annotated[
        bool, typer.Option("--across", help="连同改名、合并前后的单位 · also under its names before and after")
    ] = False,
    form: Format = "",
    output: Output = None,
) -> None:
    """谁负责什么，角色和条款原文 · Who owns what: the measures, each one's roles, the clause."""
    from guanlian.outputs import answers

    given = {
        "agency": agency,
        "with": with_,
        "role": role,
        "measure": measure,
        "document": document,
        "mode": mode,
        "port": port,
        "across": "yes" if across else "",
    }
    store = _store()
    _show_titled(store, answers.ask(store, "owners", {k: v for k, v in given.items() if v}), form, output)


@app.command()
def trace(
    start: Annotated[str, typer.Argument(metavar="FROM", help="单位、措施、模式、口岸…的名称 · name of a thing")],
    end: Annotated[
        str, typer.Argument(metavar="[TO]", help="另一事物；不给则列出相邻的 · another; default: what is around FROM")
    ] = "",
    most: Annotated[int, typer.Option("--max", min=1, help="最多几条路径 · how many paths")] = 5,
    form: Format = "",
    output: Output = None,
) -> None:
    """两个事物之间的路径，每一步都有证据 · Paths between two things, every hop with its evidence."""
    from guanlian.outputs import answers

    store = _store()
    _show_titled(store, answers.trace(store, start, end, most, settings.lang), form, output)


@app.command()
def analyse(
    what: Annotated[
        str,
        typer.Argument(
            metavar="[TABLE]", help="findings agencies pairs communities，默认 findings · default: findings"
        ),
    ] = "findings",
    form: Format = "",
    output: Output = None,
) -> None:
    """共同承担网络：权重、显著性、中心性、社群、发现 · The co-ownership network and what it says."""
    from guanlian.outputs import answers

    show(answers.analysis(_store(), what, settings.lang), form, output)


@app.command()
def validate(form: Format = "", output: Output = None) -> None:
    """按 SHACL 检查图谱，不符合则退出码为 1 · Check the graph against its shapes; exit 1 if it does not conform."""
    from guanlian.outputs import answers

    found, violations = answers.conformance(_store(), settings.lang)
    if found[1]:
        show(found, form, output)
    if violations:
        say(f"{violations} 处不符合", f"{violations} violations", always=True)
        raise typer.Exit(FAILED)
    say("符合全部约束", "conforms")


# --- taking away ----------------------------------------------------------------------------------


@app.command()
def tables(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="放 CSV 的文件夹 · folder for the CSV files")],
) -> None:
    """把每张表原样写成 CSV，供程序读 · Write every table as exact CSV, for programs."""
    from guanlian.outputs.tables import dump

    written = dump(_store(), folder)
    with console.output() as out:
        out.writelines(f"{path}\n" for path in written)


@app.command()
def explore(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="写到 · write to")] = Path(
        "explorer.html"
    ),
) -> None:
    """可交互的 HTML 图谱，一个离线文件 · The interactive explorer, one offline file."""
    from guanlian.outputs.gather import explorer

    output.write_text(explorer(_store(), settings.lang), encoding="utf-8", newline="\n")
    with console.output() as out:
        out.write(f"{output}\n")


@app.command()
def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="ttl trig nq jsonld | graphml gexf csv | xlsx")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE|DIR", help="写到文件（csv：文件夹）· write to (csv: a folder)"),
    ] = None,
    network: Annotated[
        str, typer.Option(metavar="NAME", help="ownership（单位—措施）或 coowners（单位—单位）· for network formats")
    ] = "ownership",
) -> None:
    """导出图谱、网络或工作簿 · Export the graph (RDF), its networks, or a workbook of all tables."""
    from guanlian.outputs import answers

    files = answers.exported(_store(), form, network)
    if len(files) == 1:
        console.put(next(iter(files.values())), output, binary=form == "xlsx")
        return
    if output is None:
        raise Problem(USAGE, "csv 是两个文件，请用 -o 指定文件夹", "csv is a pair of files: name a folder with -o")
    output.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (output / name).write_bytes(data)


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口，0 为任一空闲端口 · port, 0 for a free one")] = 8000,
    host: Annotated[str, typer.Option(help="网络地址；默认只限本机 · address; default: this machine only")] = "127.0.0.1",
    seconds: Annotated[float, typer.Option(min=0.1, help="一次查询最长几秒 · seconds a query may take")] = 20.0,
) -> None:
    """网页：搜索、图谱、每个事物一页、SPARQL；只读 · Serve search, explorer, a page per thing and SPARQL; read-only."""
    from guanlian.outputs.server import run
    from guanlian.outputs.wire import Limits

    place = settings.store or console.folder()
    _store().close()  # says what is missing before anybody visits

    def ready(url: str) -> None:
        say("按 Ctrl-C 结束", "press Ctrl-C to stop")
        print(url, flush=True)

    run(place, host, port, lang=settings.lang, limits=Limits(seconds=seconds), ready=ready)


# --- what commands share --------------------------------------------------------------------------


def _show_titled(store: Store, table: Table, form: str, path: Path | None) -> None:
    """People read which document it is; what programs read keeps the bare key."""
    from guanlian.outputs import answers

    show(answers.titled(store, table) if (form or console.usual(path)) == "table" else table, form, path)


def _store() -> Store:
    from guanlian.graph.store import Store

    return Store.open(settings.store or console.folder())


advice.add(app)


def main() -> None:
    """Run the command; every failure ends in words and an exit status, never in a traceback."""
    console.prepare()
    try:
        app(console.hoisted(sys.argv[1:]), prog_name="guanlian")
    except SystemExit as end:
        if end.code == INTERRUPTED:
            say("已中断", "interrupted", always=True)
        raise
    except Exception as error:
        if os.environ.get("GUANLIAN_DEBUG"):
            raise
        status, zh, en = console.explain(error)
        say(zh, en, always=True)
        sys.exit(status)
