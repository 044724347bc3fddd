"""What the command asks a person to judge: ``suggest`` and ``review``, ``--corrections``, ``--across``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyoxigraph
import pytest

from tests.conftest import PLAN, Run

TEXT = PLAN.replace("推广提前申报。", "推广“云端陪验”查验模式。").replace("市交通运输局参与", "海湾先导区管委会参与")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "南京.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def out(command: Run, plan: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("advice") / "out"
    assert command("build", plan, "--out", folder).returncode == 0
    return folder


def test_suggestions_come_as_rows_and_as_lines_to_paste(command: Run, plan: Path, tmp_path: Path) -> None:
    found = rows(command("suggest", plan).stdout)
    assert [(row["kind"], row["name"]) for row in found] == [("mode", "云端陪验"), ("agency", "海湾先导区管委会")]
    assert "南京.txt 1: " in found[0]["evidence"] and found[1]["company"].startswith("南京市商务局")
    done = command("suggest", plan, "--kind", "mode", "-o", tmp_path / "new.ttl")
    assert done.returncode == 0 and not done.stdout
    text = (tmp_path / "new.ttl").read_text(encoding="utf-8")
    assert list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)) and "云端陪验" in text
    assert command("suggest", plan, "--min", "2").stdout.count("\n") == 1


def test_without_a_path_the_last_build_is_looked_at(command: Run, out: Path) -> None:
    done = command("--store", out, "suggest")
    assert {row["kind"] for row in rows(done.stdout)} == {"agency"} and "documents only" in done.stderr
    assert {row["kind"] for row in rows(command("--store", out, "review").stdout)} >= {"provisional"}


def test_doubts_come_as_rows_and_as_a_page_with_the_words_around(
    command: Run, plan: Path, out: Path, tmp_path: Path
) -> None:
    found = rows(command("review", plan).stdout)
    assert ("provisional", "1", "海湾先导区管委会") in {(row["kind"], row["item"], row["what"]) for row in found}
    page = tmp_path / "页.html"
    done = command("review", plan, "--html", page)
    assert done.returncode == 0 and not done.stdout and "页.html" in done.stderr
    assert "市商务局、<mark>海湾先导区管委会</mark>参与）" in page.read_text(encoding="utf-8")
    command("--store", out, "review", "--html", page)
    assert "<mark>海湾先导区管委会</mark></blockquote>" in page.read_text(encoding="utf-8"), "no words around"
    command("--store", out, "review", "--html", page, "--originals", plan.parent)
    assert "市商务局、<mark>海湾先导区管委会</mark>参与）" in page.read_text(encoding="utf-8")


def test_a_fact_marked_as_reviewed_is_no_doubt(command: Run, plan: Path, tmp_path: Path) -> None:
    command("extract", plan, "-o", tmp_path)
    (sheet,) = tmp_path.glob("*.sheet.yaml")
    text = sheet.read_text(encoding="utf-8")
    assert "provisional" in command("review", sheet).stdout
    line = next(line for line in text.splitlines() if "canonical: 海湾先导区管委会" in line)
    sheet.write_text(text.replace(line, line.replace("}", ", reviewed: true}")), encoding="utf-8")
    assert "provisional" not in command("review", sheet).stdout


@pytest.mark.parametrize("name", ["suggest", "review"])
def test_what_cannot_be_read_is_named(command: Run, plan: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    done = command(name, plan, tmp_path / "bad.pdf", tmp_path / "none.txt")
    assert done.returncode == 4 and "bad.pdf" in done.stderr and "none.txt: no such file" in done.stderr
    assert rows(done.stdout)
    assert command(name, tmp_path / "none.txt").returncode == 3


def test_corrections_are_told_and_a_bad_file_is_wrong_usage(command: Run, plan: Path, tmp_path: Path) -> None:
    file = tmp_path / "更正.yaml"
    file.write_text(
        "corrections: 1\nlines:\n- {name: 海湾先导区管委会, means: 南京海湾先导区管理委员会}\n", encoding="utf-8"
    )
    done = command("build", plan, "--out", tmp_path / "out", "--corrections", file)
    assert done.returncode == 0 and "更正.yaml: line 1 {name: 海湾先导区管委会" in done.stdout, done.stderr
    assert "南京海湾先导区管理委员会" in command("--store", tmp_path / "out", "query", "owners").stdout
    file.write_text("corrections: 1\nlines:\n- {name: 甲}\n", encoding="utf-8")
    done = command("build", plan, "--out", tmp_path / "out", "--corrections", file)
    assert done.returncode == 2 and "更正.yaml: line 1: {name: 甲} must have exactly one of" in done.stderr


def test_owners_across_renames(command: Run, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(
        "深圳市优化口岸服务工作方案\n深府办函〔2018〕7号\n2018年5月8日\n\n一、推进无纸化。（市经贸信息委牵头）\n",
        encoding="utf-8",
    )
    (tmp_path / "new.txt").write_text(
        "深圳市优化口岸服务若干措施\n深府办函〔2021〕9号\n2021年5月8日\n\n一、提升服务。（市商务局牵头）\n",
        encoding="utf-8",
    )
    assert command("build", tmp_path / "old.txt", tmp_path / "new.txt", "--out", tmp_path / "out").returncode == 0
    words = ("--store", tmp_path / "out", "owners", "--agency", "深圳市商务局")
    assert {row["agency"] for row in rows(command(*words).stdout)} == {"深圳市商务局"}
    assert {row["agency"] for row in rows(command(*words, "--across").stdout)} == {
        "深圳市商务局", "深圳市经济贸易和信息化委员会",
    }  # fmt: skip
