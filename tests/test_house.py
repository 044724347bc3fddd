"""The house: packaging, layers and habits that no single room can promise."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import guanlian

ROOT = Path(__file__).parents[1]
FOLDERS = ("graph", "loaders", "ontology", "outputs", "queries")
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OURS = [p for folder in ("guanlian", *FOLDERS, "tests") for p in sorted((ROOT / folder).rglob("*.py"))]
DATA = ("*.ttl", "*.rq", "*.yaml", "*.json", "*.html", "*.js", "*.css")


def run(*command: str | Path, cwd: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "GUANLIAN_OUT")} | more
    return subprocess.run(
        [str(c) for c in command], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_packages_mapping_links_and_folders_agree() -> None:
    tools = CONFIG["tool"]["setuptools"]
    assert tools["package-dir"] == {f"guanlian.{f}": f for f in FOLDERS}
    for folder in FOLDERS:
        assert (ROOT / folder / "__init__.py").is_file()
        # A checkout without links has small text files in their place.
        link = ROOT / "guanlian" / folder
        assert not link.is_symlink() or link.readlink() == Path("..") / folder
    nested = [p for f in FOLDERS for p in (ROOT / f).iterdir() if p.is_dir() and p.name != "__pycache__"]
    rooms = [p for p in nested if list(p.glob("*.py"))]
    named = {f"guanlian.{p.relative_to(ROOT).as_posix().replace('/', '.')}" for p in rooms}
    # What is not listed, and what no pattern names, is absent from the wheel.
    assert set(tools["packages"]) == {"guanlian", *(f"guanlian.{f}" for f in FOLDERS), *named}
    assert all((room / "__init__.py").is_file() for room in rooms)
    assert all(f"{p.name}/*" in tools["package-data"]["*"] for p in nested if p not in rooms)


def test_the_version_is_told_once_for_all() -> None:
    assert guanlian.__version__ == CONFIG["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {guanlian.__version__}" in changelog


def test_imports_go_one_way() -> None:
    done = run(Path(sys.executable).with_name("lint-imports"), "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", OURS, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_are_opened_with_an_encoding_and_modules_say_what_they_are(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "no docstring"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _needs_encoding(node):
            assert any(k.arg in ("encoding", None) for k in node.keywords), f"line {node.lineno}: no encoding"


def _needs_encoding(call: ast.Call) -> bool:
    """Whether the call opens a text file: ``open(path)``, ``path.open()``, ``path.open("w")`` and the like."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in ("read_text", "write_text"):
        return len(call.args) < (1 if name == "read_text" else 2)
    if name != "open":
        return False
    texts = [
        a.value
        for a in [*call.args, *(k.value for k in call.keywords)]
        if isinstance(a, ast.Constant) and isinstance(a.value, str)
    ]
    modes = [text for text in texts if set(text) <= set("rwxabt+")]
    if isinstance(call.func, ast.Attribute) and not modes:
        return False  # Store.open, os.open and the like; ruff's PLW1514 knows a bare Path.open()
    return not any("b" in mode for mode in modes)


def test_modules_are_short() -> None:
    long = {
        str(p.relative_to(ROOT)): n
        for p in OURS
        if p.parts[-2] != "tests" and (n := p.read_text(encoding="utf-8").count("\n")) > 400
    }
    assert not long


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    setuptools = pytest.importorskip("setuptools")
    if int(setuptools.__version__.split(".")[0]) < 77:
        pytest.skip(f"setuptools {setuptools.__version__} is too old to build the wheel offline")
    source = folder / "source"
    # A copy: setuptools leaves build/ and *.egg-info/ where it builds.
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        source.mkdir(exist_ok=True)
        (source / name).write_bytes((ROOT / name).read_bytes())
    for top in ("guanlian", *FOLDERS):
        links = shutil.ignore_patterns("__pycache__", *(FOLDERS if top == "guanlian" else ()))
        shutil.copytree(ROOT / top, source / top, ignore=links)
    done = run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, source)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_every_data_file_and_no_stray_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    files = [p for f in FOLDERS for kind in DATA for p in (ROOT / f).rglob(kind)]
    wanted = {f"guanlian/{p.relative_to(ROOT).as_posix()}" for p in files}
    assert wanted <= names
    assert {name.split("/")[0] for name in names} == {"guanlian", f"guanlian-{guanlian.__version__}.dist-info"}


def test_the_command_runs_from_an_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, symlinks=os.name != "nt", with_pip=False)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip())
    done = run(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", site, wheel)
    assert done.returncode == 0, done.stderr
    # The libraries are those of the running interpreter; guanlian itself is the wheel's.
    libraries = [p for p in sys.path if p.endswith("site-packages")]
    (site / "libraries.pth").write_text("\n".join(libraries) + "\n", encoding="utf-8")
    where = run(python, "-c", "import guanlian.graph; print(guanlian.graph.__file__)", cwd=tmp_path)
    assert Path(where.stdout.strip()).is_relative_to(site), where.stderr
    built = run(python, "-m", "guanlian", "build", "--out", tmp_path / "out", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    asked = run(python, "-m", "guanlian", "--store", tmp_path / "out", "query", "documents", "--format", "csv")
    assert asked.stdout.startswith("document,source,title"), asked.stderr
