"""Documents of our own, and one built graph that many tests question."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# The suite tries the same examples every time, on however slow a machine; `make search` tries others.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("same")

PLAN = """南京市人民政府办公厅关于印发南京市优化口岸营商环境行动计划的通知
宁政办发〔2031〕7号

各区人民政府，市府各委办局，市各直属单位：
《南京市优化口岸营商环境行动计划》已经市政府同意，现印发给你们，请认真组织实施。

南京市人民政府办公厅
2031年3月5日

南京市优化口岸营商环境行动计划

一、简化通关手续
1. 推广提前申报。鼓励企业在货物抵港前办理申报手续，2031年底前进口提前申报比例达到60%以上。（南京海关牵头，市商务局、市交通运输局参与）
2. 公开口岸收费目录。（市发展改革委牵头，市商务局、市市场监管局、南京海关参与）

二、提升服务能力
3. 建设口岸服务热线。（市商务局负责）
"""

MEASURES = """宁波海关促进跨境贸易便利化若干措施
甬关发〔2031〕3号
2031年5月8日

一、推行“两步申报”。企业可以先凭提单概要申报，货物先行提离。
二、推行“船边直提”。在梅山港区开展进口货物船边直提。
"""

NEWS = """苏州口岸进口货物整体通关时间再压缩
2031年6月1日，记者从苏州海关获悉，1至5月苏州口岸进口货物整体通关时间为28.5小时，同比压缩12.3%。
"""

Run = Callable[..., "subprocess.CompletedProcess[Any]"]


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan, a list of measures that names nobody, and a piece of news without items."""
    folder = tmp_path_factory.mktemp("documents")
    for name, text in (("南京.txt", PLAN), ("宁波.txt", MEASURES), ("苏州.txt", NEWS)):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture(scope="session")
def command(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs the real command in a folder of its own: ``command("query", "owners", input=…, env=…)``."""
    home = tmp_path_factory.mktemp("home")

    def run(*words: str | Path, **more: Any) -> subprocess.CompletedProcess[Any]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GUANLIAN_")}
        environment = {**kept, "GUANLIAN_LANG": "en", **more.pop("env", {})}
        settings = {"encoding": "utf-8", "cwd": home, "timeout": 120, **more}
        words = (sys.executable, "-m", "guanlian", *map(str, words))
        return subprocess.run(words, env=environment, check=False, capture_output=True, **settings)

    return run


@pytest.fixture(scope="session")
def built(documents: Path, command: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a build of :func:`documents`."""
    out = tmp_path_factory.mktemp("built") / "out"
    done = command("build", documents, "--out", out)
    assert done.returncode == 0, done.stderr
    return out
