"""The command, as people and scripts meet it: the real one, on real files."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from guanlian.cli import app
from guanlian.report import interrupted
from tests.conftest import PLAN, Run

ROOT = Path(__file__).parents[1]
COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


# --- what every command owes ----------------------------------------------------------------------


def test_every_command_has_help_and_stands_in_the_readme(command: Run) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = command("--help").stdout
    found = re.findall(r"^  ([a-z]+)  ", listed.partition("Commands:")[2], re.MULTILINE)
    assert found == COMMANDS and len(found) >= 10
    for name in COMMANDS:
        assert f"guanlian {name}" in readme
        told = command(name, "--help")
        assert told.returncode == 0 and "Usage: guanlian " + name in told.stdout
        assert " · " in told.stdout, "help speaks Chinese and English"


def test_version(command: Run) -> None:
    from guanlian import __version__

    assert command("--version").stdout == f"guanlian {__version__}\n"


def test_start_loads_nothing_heavy(command: Run, built: Path) -> None:
    heavy = {"rdflib", "networkx", "numpy", "scipy", "pyvis", "pyshacl", "opencc", "lxml", "pydantic", "yaml", "rich"}
    program = (
        "import sys; sys.argv[:] = ['guanlian', *{words!r}]; from guanlian.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*{heavy!r} & sys.modules.keys(), file=sys.stderr)"
    )
    for words in (["--help"], ["--store", str(built), "query", "measures", "--format", "csv"]):
        code = program.format(words=words, heavy=heavy)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, check=True)
        assert done.stdout and not done.stderr.strip(), done.stderr


def test_wrong_usage_is_status_2_and_says_what_is_wrong(command: Run) -> None:
    for words, told in ((["biuld"], "biuld"), (["query", "--formt", "csv"], "--formt"), (["tables"], "DIR")):
        done = command(*words)
        assert done.returncode == 2 and told in done.stderr and "Traceback" not in done.stderr


def test_options_of_every_command_stand_before_it_or_after_it(command: Run, built: Path) -> None:
    before = command("--store", built, "--lang", "zh", "query", "documents")
    after = command("query", "documents", f"--store={built}", "--lang", "zh")
    assert before.returncode == 0 and before.stdout == after.stdout


def test_a_missing_graph_is_named_with_the_way_out(command: Run, tmp_path: Path) -> None:
    done = command("--store", tmp_path / "none", "query", "owners")
    assert done.returncode == 3 and "guanlian build" in done.stderr and str(tmp_path) in done.stderr


def test_a_fault_of_ours_is_a_message_and_never_a_traceback(command: Run, built: Path, tmp_path: Path) -> None:
    done = command("--store", built, "tables", tmp_path / "file" / "x")
    assert done.returncode == 0
    (tmp_path / "taken").write_text("", encoding="utf-8")
    done = command("--store", built, "tables", tmp_path / "taken")
    assert done.returncode != 0 and "taken" in done.stderr and "Traceback" not in done.stderr


# --- reading --------------------------------------------------------------------------------------


def test_a_build_counts_and_says_how_a_document_was_read(command: Run, documents: Path, built: Path) -> None:
    told = command("build", documents, "--out", built)
    assert told.returncode == 0
    assert "南京.txt  3 measures = 3 stated + 0 absent + 0 unread" in told.stdout
    assert "no numbered items: read as one body" in told.stdout
    for name in ("explorer.html", "report.txt", "manifest.json", "quads", "sheets", "store"):
        assert (built / name).exists()


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \r\n\t\n", ""),
    "binary.txt": (bytes(range(256)) * 40, ""),
    "photo.jpeg": (b"\xff\xd8\xff\xe0" + bytes(200), ""),
    "broken.sheet.yaml": (b"sheet: 1\ndocument: {key: x}\n", "document"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ""),
    "cut.docx": (b"PK\x03\x04" + bytes(60), ""),
    "cut.pdf": (b"%PDF-1.7\n" + bytes(60), ""),
}


def test_bad_files_are_named_and_the_others_still_load(command: Run, documents: Path, tmp_path: Path) -> None:
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    out = tmp_path / "out"
    files = [tmp_path / name for name in BAD]
    done = command("build", *files, tmp_path / "missing.txt", documents / "南京.txt", "--out", out)
    assert done.returncode == 4 and "Traceback" not in done.stderr
    for name, (_, word) in BAD.items():
        line = next((line for line in done.stderr.splitlines() if name in line), "")
        assert line and word in line, done.stderr
        assert "a fault in guanlian" not in line
    assert "missing.txt: no such file" in done.stderr
    kept = rows(command("--store", out, "query", "documents").stdout)
    assert [row["source"] for row in kept] == ["南京.txt"]


def test_nothing_readable_is_status_3_and_leaves_the_old_build(command: Run, built: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    before = (built / ".builds" / "current").readlink()
    done = command("build", tmp_path / "empty.txt", "--out", built)
    assert done.returncode == 3 and "empty.txt" in done.stderr
    assert (built / ".builds" / "current").readlink() == before
    empty = tmp_path / "folder"
    empty.mkdir()
    done = command("build", empty, "--out", built)
    assert done.returncode == 3 and str(empty) in done.stderr


def test_other_encodings_give_the_same_measures(command: Run, tmp_path: Path) -> None:
    import opencc

    traditional = opencc.OpenCC("s2t").convert(PLAN).replace("〔", "(").replace("〕", ")")
    for encoding in ("gb18030", "big5", "utf-16", "utf-8-sig"):
        text = traditional if encoding == "big5" else PLAN
        (tmp_path / f"{encoding}.txt").write_bytes(text.encode(encoding))
    done = command("build", tmp_path, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    for encoding in ("gb18030", "big5", "utf-16", "utf-8-sig"):
        assert f"{encoding}.txt  3 measures = 3 stated" in done.stdout


def test_strict_is_status_1_where_a_clause_is_unread(command: Run, tmp_path: Path) -> None:
    sheets = tmp_path / "sheets"
    plan = tmp_path / "南京.txt"
    plan.write_text(PLAN, encoding="utf-8")
    assert command("extract", plan, "-o", sheets).returncode == 0
    sheet = next(sheets.glob("*.sheet.yaml"))
    text = sheet.read_text(encoding="utf-8")
    start = text.index("clauses:", text.index("id: '3'"))
    cut = (
        text[:start].rstrip()
        + "\n  unread: [{what: clause, at: [0, 2], quote: 南京}]\n"
        + text[text.index("agencies:") :]
    )
    place = cut.rindex("clause_state: stated")
    sheet.write_text(cut[:place] + cut[place:].replace("stated", "unread", 1), encoding="utf-8")
    lax = command("build", sheet, "--out", tmp_path / "out")
    assert lax.returncode == 0 and "2 stated + 0 absent + 1 unread" in lax.stdout, lax.stderr
    assert "unread item 3 clause: 南京" in lax.stdout
    assert command("build", sheet, "--out", tmp_path / "out", "--strict").returncode == 1


def test_quiet_says_errors_only(command: Run, documents: Path, tmp_path: Path) -> None:
    done = command("-q", "build", documents / "宁波.txt", tmp_path / "no.txt", "--out", tmp_path / "out")
    assert done.returncode == 4 and not done.stdout
    assert done.stderr.strip() == f"{tmp_path / 'no.txt'}: no such file or folder"


# --- asking ---------------------------------------------------------------------------------------


def test_one_step_answers_what_two_units_own_together(command: Run, built: Path) -> None:
    done = command("--store", built, "owners", "--agency", "南京海关", "--with", "南京市商务局")
    found = rows(done.stdout)
    assert {(r["measure"], r["agency"], r["role"]) for r in found} == {
        ("1", "南京海关", "lead"),
        ("1", "南京市商务局", "participant"),
        ("2", "南京海关", "participant"),
        ("2", "南京市商务局", "participant"),
    }
    assert all("牵头" in r["quote"] for r in found)


def test_a_name_nothing_has_is_answered_with_close_ones(command: Run, built: Path) -> None:
    done = command("--store", built, "owners", "--agency", "南京市商务委")
    assert done.returncode == 2 and "南京市商务局" in done.stderr and not done.stdout


def test_parameters_of_a_question_are_also_options(command: Run, built: Path) -> None:
    """query owners --role lead is query owners -p role=lead; what is wrong with them is said."""
    plain = command("--store", built, "query", "owners", "-p", "role=lead", "-f", "csv")
    assert plain.stdout.count("\n") > 2
    for words in (["--role", "lead"], ["--role=lead"]):
        assert command("--store", built, "query", "owners", *words, "-f", "csv").stdout == plain.stdout
    for words, told in [(["owners", "--rolle", "lead"], "role"), (["owners", "--role"], "--role"), (["owners", "lead"], "lead"), (["--role", "lead"], "--role"), (["-", "--role", "lead"], "role=lead")]:
        done = command("--store", built, "query", *words, input="SELECT * { ?s ?p ?o } LIMIT 1")
        assert done.returncode == 2 and told in done.stderr and not done.stdout, words


def test_a_question_nobody_has_is_answered_with_close_ones(command: Run, built: Path) -> None:
    done = command("--store", built, "query", "measure")
    assert done.returncode == 2 and "measures" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["owners", "--role", "boss"], "role cannot be 'boss'; use one of lead participant joint implementer partner"),
        (["query", "owners", "--across", "no"], "across cannot be 'no'; use one of yes"),
        (["owners", "--document", "南京市优化"], "the graph knows no document '南京市优化'; did you mean "),
        (["owners", "--document", "甬关发"], "《宁波海关促进跨境贸易便利化若干措施》"),
        (["owners", "--document", "苏州"], "《苏州口岸进口货物整体通关时间再压缩》"),
        (["owners", "--document", "无此文件"], "guanlian query documents lists them all"),
        (["query", "owner"], "there are: owners, coowners, documents, measures"),
        (["query", "nosuch"], ", solo-lead"),
    ],
)
def test_what_nobody_has_is_wrong_usage_with_what_there_is(
    command: Run, built: Path, words: list[str], told: str
) -> None:
    done = command("--store", built, *words)
    assert done.returncode == 2 and told in done.stderr and not done.stdout, done.stderr


def test_names_in_hints_are_those_of_the_loaded_documents(command: Run, built: Path) -> None:
    units = {row["agency"] for row in rows(command("--store", built, "query", "agencies").stdout)}
    for asked in ("海关", "商务", "口岸"):
        done = command("--store", built, "owners", "--agency", asked)
        near = done.stderr.strip().rstrip("?").partition("did you mean ")[2].split(", ")
        assert done.returncode == 2 and {name for name in near if name} <= units, done.stderr
    assert "南京海关" in command("--store", built, "owners", "--agency", "海关").stderr


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "md", "table", "xlsx"])
def test_every_format_holds_the_same_measures(command: Run, built: Path, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"answer.{form}"
    done = command("--store", built, "query", "measures", "--format", form, "-o", path)
    assert done.returncode == 0 and not done.stdout
    if form == "xlsx":
        words = [str(c.value) for row in load_workbook(path).active.iter_rows() for c in row]
        text = " ".join(words)
    else:
        text = path.read_text(encoding="utf-8")
    assert all(title in text for title in ("推广提前申报", "公开口岸收费目录", "建设口岸服务热线"))


def test_a_workbook_of_anybodys_query_has_numbers_where_the_graph_has_them(
    command: Run, built: Path, tmp_path: Path
) -> None:
    sparql = """SELECT (COUNT(*) AS ?p) (SUM(1.5) AS ?half) (SAMPLE("765e62783571") AS ?value) (SAMPLE("007") AS ?measures)
                { { ?s a ?c } UNION { } }"""
    done = command("--store", built, "query", "-", "-o", tmp_path / "a.xlsx", input=sparql)
    assert done.returncode == 0, done.stderr
    header, row = load_workbook(tmp_path / "a.xlsx").active.iter_rows()
    assert [cell.value for cell in header] == ["p", "half", "value", "measures"]
    assert [cell.data_type for cell in row] == ["n", "n", "s", "s"] and row[2].value == "765e62783571"


def test_keys_that_look_like_numbers_come_through_a_workbook(
    command: Run, documents: Path, tmp_path: Path
) -> None:
    done = command("extract", documents, "-o", tmp_path / "sheets")
    assert done.returncode == 0, done.stderr
    for number, sheet in enumerate(sorted((tmp_path / "sheets").iterdir())):
        text = sheet.read_text(encoding="utf-8")
        old = re.search(r"^ *key: *['\"]?([^'\"\n]+)", text, re.MULTILINE)
        assert old
        key = f"{number}65e62783571" if number else "001234567890"
        sheet.write_text(text.replace(old[1], key), encoding="utf-8", newline="\n")
    assert command("build", tmp_path / "sheets", "--out", tmp_path / "out").returncode == 0
    assert command("--store", tmp_path / "out", "export", "xlsx", "-o", tmp_path / "all.xlsx").returncode == 0
    book = load_workbook(tmp_path / "all.xlsx")
    keys = {cell.value for cell in book["documents"]["A"][1:]}
    assert keys == {"001234567890", "165e62783571", "265e62783571"}
    assert {cell.value for cell in book["owners"]["A"][1:]} <= keys
    assert {cell.data_type for cell in book["measures"]["B"][1:]} == {"s"}
    assert {cell.data_type for cell in book["documents"]["I"][1:]} == {"n"}


def test_sparql_comes_from_a_file_from_standard_input_or_as_a_word(command: Run, built: Path, tmp_path: Path) -> None:
    sparql = "PREFIX gl: <https://w3id.org/guanlian/ns#> SELECT (COUNT(*) AS ?n) { ?m a gl:Measure }"
    file = tmp_path / "count.rq"
    file.write_text(sparql, encoding="utf-8")
    answers = {
        command("--store", built, "query", file).stdout,
        command("--store", built, "query", "-", input=sparql).stdout,
        command("--store", built, "query", sparql).stdout,
    }
    assert answers == {"n\n5\n"}
    told = json.loads(command("--store", built, "query", "-", "-f", "srj", input=sparql).stdout)
    assert told["results"]["bindings"][0]["n"]["value"] == "5"
    made = command("--store", built, "query", "-", "-f", "ttl", input="CONSTRUCT { ?s a ?t } { ?s a ?t } LIMIT 1")
    assert made.returncode == 0 and made.stdout.strip().endswith(".")


@pytest.mark.parametrize(
    ("sparql", "word"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }", "FROM"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "read-only"),
        ("SELECT * {", "line 1"),
    ],
)
def test_a_query_that_reaches_out_changes_or_is_none_is_refused(
    command: Run, built: Path, sparql: str, word: str
) -> None:
    done = command("--store", built, "query", "-", input=sparql)
    assert done.returncode == 2 and word in done.stderr and "Traceback" not in done.stderr


def test_a_missing_query_file_is_named(command: Run, built: Path) -> None:
    done = command("--store", built, "query", "nowhere/x.rq")
    assert done.returncode == 3 and "nowhere/x.rq" in done.stderr


def test_no_rows_is_no_error(command: Run, built: Path) -> None:
    done = command("--store", built, "query", "stackings")
    assert done.returncode == 0 and done.stdout.count("\n") == 1 and "no rows" in done.stderr


@pytest.mark.parametrize("words", [("owners", "--agency", "南京海关"), ("trace", "南京海关", "提前申报")])
def test_people_read_which_document_it_is_and_programs_its_key(
    command: Run, built: Path, words: tuple[str, ...]
) -> None:
    for row in rows(command("--store", built, *words, "--format", "csv").stdout):
        assert re.fullmatch("[0-9a-f]{12}", row["document"])
        read = command("--store", built, *words, "--format", "table").stdout
        assert f"{row['document']} 《南京市优化口岸营商环境行动计划" in read, read


def test_a_trace_gives_every_hop_with_its_words(command: Run, built: Path) -> None:
    found = rows(command("--store", built, "trace", "南京海关", "提前申报").stdout)
    assert (found[0]["path"], found[0]["from"], found[0]["relation"]) == ("1", "南京海关", "leads")
    assert all(r["quote"] for r in found)
    done = command("--store", built, "trace", "提前申抱")
    assert done.returncode == 2 and "提前申报" in done.stderr


def test_an_analysis_names_who_leads(command: Run, built: Path) -> None:
    found = rows(command("--store", built, "analyse", "agencies").stdout)
    assert {r["agency"]: r["measures"] for r in found}["南京市商务局"] == "3"
    assert "stated" in command("--store", built, "analyse").stdout
    assert command("--store", built, "analyse", "nothing").returncode == 2


def test_a_sound_graph_conforms_and_a_broken_one_says_where(command: Run, built: Path, tmp_path: Path) -> None:
    done = command("--store", built, "validate")
    assert done.returncode == 0 and not done.stdout and "conforms" in done.stderr
    text = next((built / "quads").glob("e36c2d239e78.nq")).read_text(encoding="utf-8")
    from guanlian.graph.store import Store

    graph = re.findall(r"<([^<>]*)> \.\n", text)[0]
    without = "".join(line for line in text.splitlines(keepends=True) if "ns#role>" not in line)
    Store.open(tmp_path / "store", read_only=False).bulk({graph: without})
    done = command("--store", tmp_path / "store", "validate")
    assert done.returncode == 1 and "violations" in done.stderr
    assert {row["item"] for row in rows(done.stdout)} == {"1", "2", "3"}


# --- taking away ----------------------------------------------------------------------------------


def test_tables_are_exact_and_complete(command: Run, built: Path, tmp_path: Path) -> None:
    done = command("--store", built, "tables", tmp_path)
    names = [Path(line).name for line in done.stdout.splitlines()]
    assert len(names) == 12 and sorted(names) == sorted(p.name for p in tmp_path.iterdir())
    asked = command("--store", built, "query", "owners").stdout
    assert (tmp_path / "owners.csv").read_text(encoding="utf-8") == asked


@pytest.mark.parametrize("form", ["ttl", "trig", "nq", "jsonld", "graphml", "gexf"])
def test_exports_are_the_same_each_time(command: Run, built: Path, form: str, tmp_path: Path) -> None:
    one = command("--store", built, "export", form, encoding=None, env={"PYTHONHASHSEED": "1"})
    two = command("--store", built, "export", form, "-o", tmp_path / "x", env={"PYTHONHASHSEED": "2"})
    assert one.returncode == two.returncode == 0 and len(one.stdout) > 1000
    assert one.stdout == (tmp_path / "x").read_bytes()


def test_a_pair_of_csv_files_and_a_workbook(command: Run, built: Path, tmp_path: Path) -> None:
    done = command("--store", built, "export", "csv", "--network", "coowners", "-o", tmp_path / "net")
    assert done.returncode == 0 and sorted(p.name for p in (tmp_path / "net").iterdir()) == ["edges.csv", "nodes.csv"]
    assert command("--store", built, "export", "csv").returncode == 2
    command("--store", built, "export", "xlsx", "-o", tmp_path / "all.xlsx")
    assert len(load_workbook(tmp_path / "all.xlsx").sheetnames) == 12


def test_the_explorer_is_one_file_that_asks_nothing_of_the_network(command: Run, built: Path, tmp_path: Path) -> None:
    done = command("--store", built, "explore", "-o", tmp_path / "页.html")
    assert done.returncode == 0 and (tmp_path / "页.html").read_bytes() == (built / "explorer.html").read_bytes()
    text = (tmp_path / "页.html").read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", text)


# --- streams --------------------------------------------------------------------------------------


def test_a_reader_that_goes_away_is_no_error_message(built: Path) -> None:
    words = [sys.executable, "-m", "guanlian", "--store", str(built), "query", "names", "--format", "csv"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
    assert told == b"" and process.returncode in (0, 141)


@pytest.mark.skipif(os.name == "nt", reason="a POSIX signal")
def test_ctrl_c_is_status_130_and_leaves_no_half_build(documents: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = [sys.executable, "-m", "guanlian", "build", str(documents), "--out", str(out)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    deadline = time.monotonic() + 60
    while not (out / ".builds" / "lock").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130 and b"Traceback" not in told, told
    assert told.decode("utf-8").strip() in ("interrupted, nothing was written", "已中断，什么也没有写")
    assert not (out / "store").exists()


@pytest.mark.parametrize(
    ("before", "now", "endpoint", "told"),
    [
        ("", "", "", "interrupted, nothing was written"),
        ("1", "1", "", "interrupted, nothing was written, out holds the last build as before"),
        ("1", "2", "", "interrupted, the new build stands in out"),
        ("", "1", "http://e/", "interrupted, the new build stands in out; http://e/ may be brought up to date in part only"),
    ],
)
def test_an_interrupted_build_says_how_things_stand(before: str, now: str, endpoint: str, told: str) -> None:
    zh, en = interrupted(Path("out"), Path(before) if before else None, Path(now) if now else None, endpoint)
    assert en.startswith(told) and zh.startswith("已中断，") and ("http" in zh) == bool(endpoint)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["review", "/nope"], "/nope: no such file or folder"),
        (["review", "/nope", "--html", "page.html"], "/nope: no such file or folder"),
        (["review", "--originals", "/nope"], "/nope: no such file or folder"),
        (["suggest", "/nope"], "/nope: no such file or folder"),
        (["build", "/nope", "--out", "made"], "/nope: no such file or folder"),
        (["build", "--originals", "/nope", "--out", "made"], "/nope: no such file or folder"),
        (["build", "--corrections", "/nope.yaml", "--out", "made"], "/nope.yaml: no such file or folder"),
        (["extract", "/nope", "-o", "made"], "/nope: no such file or folder"),
        (["query", "/nope.rq"], "/nope.rq: no such file or folder"),
        (["query", "owners", "-o", "/nope/x.csv"], "/nope/x.csv: there is no folder /nope"),
        (["explore", "-o", "/nope/dir/x.html"], "/nope/dir/x.html: there is no folder /nope/dir"),
        (["export", "xlsx", "-o", "/nope/x.xlsx"], "/nope/x.xlsx: there is no folder /nope"),
        (["query", "owners", "-o", "/"], "/: is a folder, not a file"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="paths of POSIX")
def test_a_file_that_is_not_there_is_told_alone_and_alike(
    command: Run, built: Path, words: list[str], told: str
) -> None:
    words = words if words[0] in ("build", "extract") else ["--store", str(built), *words]
    done = command(*words)
    assert (done.returncode, done.stderr.strip(), done.stdout) == (3, told, "")


def test_a_locale_that_is_not_utf_8_changes_nothing_in_a_pipe(command: Run, built: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    usual = command("--store", built, "query", "owners", encoding=None)
    other = command("--store", built, "query", "owners", encoding=None, env=plain)
    assert other.returncode == 0 and other.stdout == usual.stdout
    assert "没有".encode() in command("query", "nothing", encoding=None, env={**plain, "GUANLIAN_LANG": ""}).stderr
