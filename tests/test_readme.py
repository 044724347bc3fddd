"""The README keeps its word: what it shows is what the commands print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def steps() -> list[tuple[str, list[str]]]:
    """Commands of the console blocks in order, each with the lines it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def holds(printed: str, shown: list[str]) -> str:
    """The first shown line that does not stand in the output in its turn, or ``""``; ``…`` stands for anything."""
    rest = iter(printed.splitlines())
    for line in filter(lambda line: line != "…", shown):
        pattern = ".*".join(map(re.escape, line.split("…")))
        if not any(re.fullmatch(pattern, other) for other in rest):
            return line
    return ""


def test_the_commands_print_what_the_readme_shows(tmp_path: Path) -> None:
    if not list((ROOT / "loaders").glob("*.sheet.yaml")):
        pytest.skip("no sheets ship yet")
    shim = tmp_path / "bin" / "guanlian"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m guanlian "$@"\n', encoding="utf-8", newline="\n")
    shim.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GUANLIAN_")}
    environment = {**kept, "PATH": f"{shim.parent}{os.pathsep}{kept['PATH']}", "GUANLIAN_LANG": "zh"}
    assert len(steps()) >= 6
    for line, shown in steps():
        done = subprocess.run(
            line, shell=True, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        missing = holds(done.stdout, shown)
        assert not missing, f"{line} does not print: {missing}\n{done.stdout[:3000]}"
    assert (tmp_path / "coowners.graphml").stat().st_size > 1000


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    if not list((ROOT / "loaders").glob("*.sheet.yaml")):
        pytest.skip("no sheets ship yet")
    [code] = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code + "\nassert rows and columns[0] == 'document'"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_file_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", README)
    missing = [link for link in links if not (ROOT / link).exists()]
    assert links and not missing
