"""Rows about other cities' agencies, written for these tests, and a browser where there is one."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .reading import Reader

Rows = dict[str, list[dict[str, str]]]

CITIES = ("青岛市", "宁波市", "厦门市")
OFFICES = (
    "人民政府口岸办公室",
    "商务局",
    "发展和改革委员会",
    "交通运输局",
    "财政局",
    "市场监督管理局",
    "大数据发展管理局",
    "工业和信息化局",
)
OTHERS = (
    "青岛海关",
    "宁波海关",
    "厦门海关",
    "黄岛海关",
    "北仑海关",
    "海沧海关",
    "青岛海事局",
    "宁波海事局",
    "厦门海事局",
    "青岛出入境边防检查总站",
    "宁波出入境边防检查站",
    "厦门出入境边防检查总站",
    "国家税务总局青岛市税务局",
    "中国人民银行厦门市分行",
    "山东省港口集团",
    "舟山港务公司",
)
MODES = (
    ("提前申报", "declaration"),
    ("两步申报", "declaration"),
    ("两段准入", "release"),
    ("汇总征税", "tax"),
    ("船边直提", "release"),
    ("抵港直装", "release"),
    ("先放后检", "inspection"),
    ("第三方采信", "inspection"),
    ("关税保证保险", "tax"),
    ("中欧班列快速通关", "transport"),
)
PORTS = (
    ("前湾港区", "sea", "CNQDG"),
    ("董家口港区", "sea", ""),
    ("胶东国际机场", "air", "CNTAO"),
    ("北仑港区", "sea", "CNNGB"),
    ("梅山保税港区", "zone", ""),
    ("海沧港区", "sea", "CNXMN"),
    ("高崎国际机场", "air", ""),
)
VERBS = ("完善", "推进", "规范", "优化", "扩大", "压缩")
MATTERS = (
    "口岸收费目录清单",
    "进出口环节单证",
    "查验通知信息交互",
    "集装箱设备交接单无纸化",
    "国际贸易“单一窗口”功能",
    "通关时效",
)


def make_rows(measures: int = 60, seed: int = 5) -> Rows:
    """Tables of three documents with so many measures in all, about forty units."""
    rng = random.Random(seed)
    units = [city + office for city in CITIES for office in OFFICES] + list(OTHERS)
    keys = ("qingdao-2019-8", "ningbo-2022", "xiamen-cases-2021")
    titles = ("青岛市优化口岸营商环境工作方案", "宁波海关2022年便利化措施", "厦门口岸改革创新案例集")
    rows: Rows = {name: [] for name in ("documents", "measures", "owners", "modes", "stackings", "ports", "platforms")}
    rows |= {"outcomes": [], "targets": [], "interpretations": []}
    for number, (key, title) in enumerate(zip(keys, titles, strict=True)):
        issuer = ("青岛市人民政府口岸办公室", "宁波海关", "厦门海关")[number]
        about = {
            "document": key,
            "source": f"{key}.txt",
            "title": title,
            "number": f"青府口〔2019〕{8 + number}号",
            "issuer": issuer,
        }
        rows["documents"].append(
            about | {"issued": f"{2019 + number}-05-0{number + 1}", "kind": "plan", "based_on": "国发〔2018〕37号"}
        )
    for count in range(measures):
        part = count * 3 // measures
        place = {"document": keys[part], "measure": str(count + 1)}
        title = f"{rng.choice(VERBS)}{rng.choice(MATTERS)}"
        state = "absent" if count % 12 == 11 else "stated"
        rows["measures"].append(
            place
            | {"parent": "", "title": title, "section": f"第{part + 1}部分", "kind": "measure", "clause_state": state}
        )
        local = [u for u in units if u.startswith(CITIES[part][:2])] + rng.sample(units, 3)
        if state == "stated":
            _own(rows, rng, place | {"title": title}, list(dict.fromkeys(local)), count)
        _topics(rows, rng, place, count)
    return rows


def _own(rows: Rows, rng: random.Random, row: dict[str, str], units: list[str], count: int) -> None:
    chosen = rng.sample(units, rng.randint(2, 5))
    lead = count % 4 != 3
    quote = (f"（{chosen[0]}牵头，{'、'.join(chosen[1:])}参与）") if lead else f"（{'、'.join(chosen)}按职责分工负责）"
    for rank, unit in enumerate(chosen):
        role = ("lead" if rank == 0 else "participant") if lead else "joint"
        rows["owners"].append(row | {"agency": unit, "role": role, "basis": "stated", "via": "", "quote": quote})
    if count % 9 == 8:
        for unit in units[:5]:
            if unit not in chosen:
                group = {"role": "joint", "basis": "group", "via": "各成员单位", "quote": "各成员单位按职责分工负责"}
                rows["owners"].append(row | {"agency": unit} | group)


def _topics(rows: Rows, rng: random.Random, place: dict[str, str], count: int) -> None:
    if count % 2 == 0:
        picked = rng.sample(MODES, rng.randint(1, 3))
        for mode, family in picked:
            words = f"推广“{mode}”模式，提高企业应用比例"
            rows["modes"].append(place | {"mode": mode, "family": family, "stance": "promotes", "quote": words})
        if len(picked) > 1 and count % 3 == 0:
            pair = {"mode": picked[0][0], "with_mode": picked[1][0]}
            rows["stackings"].append(place | pair | {"quote": f"叠加运用“{picked[0][0]}”“{picked[1][0]}”"})
    if count % 3 == 0:
        port, kind, code = rng.choice(PORTS)
        rows["ports"].append(place | {"port": port, "kind": kind, "locode": code, "quote": f"在{port}先行先试"})
    if count % 5 == 0:
        rows["platforms"].append(place | {"platform": "国际贸易“单一窗口”", "quote": "依托国际贸易“单一窗口”"})
    if count % 6 == 0:
        share = str(20 + count)
        figure = {
            "indicator": "进口整体通关时间",
            "flow": "import",
            "kind": "change",
            "value": share,
            "unit": "%",
            "direction": "down",
        }
        rows["outcomes"].append(
            place | figure | {"section": "effect", "bound": ">", "quote": f"进口整体通关时间压缩超{share}%"}
        )
    if count % 10 == 0:
        goal = {"indicator": "单证数量", "value": "38", "unit": "种", "bound": "<=", "deadline": "2020-12-31"}
        rows["targets"].append(place | goal | {"quote": "2020年底前，监管证件减至38种以内"})


@pytest.fixture(scope="session")
def rows() -> Rows:
    """Sixty measures, about forty units."""
    return make_rows()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real headless Chromium; tests that ask for it skip where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("no Chromium on this machine")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=[*flags, "--disable-sync", "--no-first-run"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def file(rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of a module's rows, in a file with a name that people give."""
    from guanlian.outputs import explorer

    path = tmp_path_factory.mktemp("explorer") / "图谱 explorer.html"
    explorer.write(path, explorer.data(rows))
    return path


@pytest.fixture
def reader(chromium: Any, file: Path) -> Iterator[Reader]:
    """A page of the browser on that file."""
    reader = Reader(chromium, file)
    yield reader
    reader.close()
