"""What a person wrote without a mark: the next extraction does not take it over, tells it, and keeps the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from guanlian.build import extract
from guanlian.loaders.sheet import CHECK, untouched
from tests.conftest import PLAN
from tests.test_build import edited, put
from tests.test_review import OWNER


def sheet_of(tmp_path: Path) -> Path:
    extract([put(tmp_path / "in", 南京=PLAN)], tmp_path / "sheets")
    (path,) = (tmp_path / "sheets").iterdir()
    return path


def again(tmp_path: Path, spare: bool = False) -> tuple[list[str], list[str], list[Path]]:
    """What the next extraction says in both languages, and the copies that there are."""
    report = extract([tmp_path / "in"], tmp_path / "sheets", spare=spare)
    assert report.status == 0
    told = [(zh, en) for zh, en in report.asides if ".bak" in zh]
    return [zh for zh, _ in told], [en for _, en in told], sorted((tmp_path / "sheets").glob("*.bak*"))


EDITS: dict[str, Callable[[str], str]] = {
    "an owner's role": lambda text: edited(text, OWNER, OWNER.replace("lead", "joint")),
    "the issuer": lambda text: edited(text, "\n  issuer: 南京市人民政府办公厅\n", "\n  issuer: 南京市商务局\n"),
    "a title of an item": lambda text: edited(text, "title: 推广提前申报", "title: 推行提前申报"),
    "lines taken out": lambda text: re.sub(r"  modes:\n.*mode: 提前申报.*\n", "", text, count=1),
    "a remark": lambda text: edited(text, "\nprovisions:", "\n# 待会商\nprovisions:"),
    "a remark behind a line": lambda text: edited(text, OWNER, OWNER + "  # 待会商"),
    "a note of the sheet": lambda text: text + "notes: [待会商]\n",
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_without_a_mark_is_told_and_kept(tmp_path: Path, edit: str) -> None:
    path = sheet_of(tmp_path)
    fresh = path.read_text(encoding="utf-8")
    text = EDITS[edit](fresh)
    assert text != fresh
    path.write_text(text, encoding="utf-8")
    (zh,), (en,), (copy,) = again(tmp_path)
    assert "1 处改动没有 reviewed 标记，未沿用，旧文件存为 " + copy.name in zh
    assert "1 edits without reviewed: true" in en and copy.name == path.name + ".bak"
    assert copy.read_text(encoding="utf-8") == text and path.read_text(encoding="utf-8") == fresh
    assert again(tmp_path)[0] == [], "told once"


def test_an_earlier_copy_is_never_overwritten(tmp_path: Path) -> None:
    path = sheet_of(tmp_path)
    fresh, copies = path.read_text(encoding="utf-8"), []
    for word in ("joint", "participant", "partner"):
        path.write_text(edited(fresh, OWNER, OWNER.replace("lead", word)), encoding="utf-8")
        copies = again(tmp_path)[2]
    assert [copy.name.removeprefix(path.name) for copy in copies] == [".bak", ".bak2", ".bak3"]
    roles = ["joint", "participant", "partner"]
    assert all(f"局, role: {role}, mention" in copy.read_text(encoding="utf-8") for role, copy in zip(roles, copies, strict=True))


def test_what_is_marked_or_untouched_needs_no_copy(tmp_path: Path) -> None:
    path = sheet_of(tmp_path)
    marked = edited(path.read_text(encoding="utf-8"), OWNER, "- {role: joint, agency: 南京市商务局, reviewed: true, mention: 市商务局}")
    path.write_text(marked, encoding="utf-8-sig", newline="\r\n")
    assert again(tmp_path)[0] == []
    assert untouched(path.read_text(encoding="utf-8")) and not untouched(marked)
    assert again(tmp_path, spare=True)[0] == again(tmp_path)[0] == []
    put(tmp_path / "in", 南京=PLAN.replace("建设口岸服务热线", "建设口岸热线"))
    assert again(tmp_path)[0] == [] and untouched(path.read_text(encoding="utf-8"))


def test_a_marked_edit_beside_an_unmarked_one_is_taken_over_alone(tmp_path: Path) -> None:
    path = sheet_of(tmp_path)
    text = edited(path.read_text(encoding="utf-8"), OWNER, OWNER.replace("lead", "joint, reviewed: true"))
    path.write_text(text.replace("title: 推广提前申报", "title: 推行提前申报"), encoding="utf-8")
    (zh,), _, _ = again(tmp_path)
    assert "：1 处改动" in zh and "role: joint" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("data", [b"role: [", "公文".encode("gb18030"), b""])
def test_a_sheet_that_cannot_be_read_and_holds_no_decision_is_kept_too(tmp_path: Path, data: bytes) -> None:
    path = sheet_of(tmp_path)
    fresh = path.read_bytes()
    path.write_bytes(data)
    (zh,), (en,), (copy,) = again(tmp_path)
    assert "读不懂" in zh and "cannot be read" in en and copy.name in en
    assert copy.read_bytes() == data and path.read_bytes() == fresh


def test_a_sheet_of_an_earlier_version_without_edits_needs_no_copy(tmp_path: Path) -> None:
    path = sheet_of(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines(True)
    path.write_text("".join(line for line in lines if not line.startswith(CHECK)), encoding="utf-8")
    assert again(tmp_path)[0] == []
