"""``guanlian serve`` as people use it: a real browser over a real server, and the command itself."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from guanlian.build import build, extract
from tests.conftest import PLAN
from tests.outputs.serving import EVIL, Live, attack, served
from tests.test_build import edited, put
from tests.test_review import OWNER

VENDOR = Path(__file__).parents[2] / "outputs" / "vendor"


@pytest.fixture(scope="module")
def live(built: Path) -> Iterator[Live]:
    with served(built) as server:
        yield server


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page that must not complain: no error, no violation of the policy, no request to anywhere else."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 860})
    tab = context.new_page()
    trouble: list[str] = []
    tab.on("console", lambda said: trouble.append(said.text) if said.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: trouble.append(str(error)))
    tab.on("dialog", lambda dialog: trouble.append(dialog.message))
    tab.on(
        "request",
        lambda asked: (
            None if asked.url.startswith(("http://127.0.0.1:", "data:", "blob:")) else trouble.append(asked.url)
        ),
    )
    yield tab
    context.close()
    assert trouble == []


@pytest.mark.browser
def test_home_search_thing_question_sparql(page: Any, live: Live) -> None:
    page.goto(live.url)
    page.keyboard.press("/")
    page.keyboard.type("njhg")
    page.wait_for_selector("#found li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/agency/**")
    assert page.inner_text("h1") == "南京海关" and "牵头" in page.inner_text("#owned")
    page.click("text=在图谱中看")
    page.wait_for_selector("html[data-ready]")
    assert page.inner_text("#panel h2") == "南京海关"
    page.go_back()
    page.click("#owned .fact a")
    assert page.inner_text("h1") == "推广提前申报" and "南京海关" in page.inner_text("#owners")

    page.goto(live.url + "/questions/owners")
    page.fill("#p-agency", "南京海关")
    page.click("button.go")
    assert "agency=" in page.url and page.locator("tbody tr").count() == 2
    with page.expect_download() as download:
        page.click("text=CSV")
    assert download.value.path().read_text(encoding="utf-8").startswith("document,measure")

    page.click("text=在 SPARQL 中打开")
    page.wait_for_selector("#answer td")
    assert page.locator("#answer tbody tr").count() == 2 and "2 行" in page.inner_text("#status")


@pytest.mark.browser
def test_what_a_person_vouched_for_is_marked(page: Any, tmp_path: Path) -> None:
    extract([put(tmp_path / "in", 南京=PLAN)], tmp_path / "sheets")
    (path,) = (tmp_path / "sheets").iterdir()
    text = edited(path.read_text(encoding="utf-8"), OWNER, OWNER.replace("lead,", "joint, reviewed: true, note: 会商确定,"))
    text = edited(text, "\n  issuer: ", "\n  reviewed: true\n  issuer: ")
    path.write_text(text, encoding="utf-8")
    build([path], tmp_path / "out")
    with served(tmp_path / "out") as server:
        page.goto(server.url + "/agency/" + quote("南京市商务局"))
        badge = page.locator("#owned .badge", has_text="经人审校")
        assert badge.count() == 1 and badge.get_attribute("title") == "会商确定"
        page.click("#owned .fact:has-text('经人审校') a")
        assert page.locator("#owners .badge", has_text="经人审校").count() == 1
        page.click("text=优化口岸营商环境行动计划")
        assert "经人审校" in page.inner_text("main")


@pytest.mark.browser
def test_the_plain_editor_tells_rows_from_graphs_and_errors(page: Any, live: Live) -> None:
    page.goto(live.url + "/sparql")
    page.select_option("#samples", index=1)
    page.click("#run")
    page.wait_for_selector("#answer td")
    page.fill("#query", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3")
    page.press("#query", "Control+Enter")
    page.wait_for_selector("#answer pre")
    page.fill("#query", "SELECT ?s { ?s ?p ?o } LIMIT 1500")
    page.click("#run")
    page.wait_for_selector("#status:has-text('1500')")
    assert page.locator("#answer tbody tr").count() == 1000 and "前 1000 行" in page.inner_text("#status")


@pytest.mark.browser
def test_an_error_is_told_in_the_page(chromium: Any, live: Live) -> None:
    tab = chromium.new_page()
    tab.goto(live.url + "/sparql?query=SELECT%20*%20%7B&lang=en")
    tab.wait_for_selector("#status.error")
    assert "line 1" in tab.inner_text("#status")
    tab.close()


@pytest.mark.browser
def test_yasgui_runs_under_the_policy(page: Any, built: Path) -> None:
    if not (VENDOR / "yasgui.min.js").is_file():
        pytest.skip("YASGUI has not been brought in: make yasgui")
    with served(built, vendor=VENDOR) as server:
        page.goto(server.url + "/sparql?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 7"))
        page.wait_for_selector(".yasr table tbody tr")
        assert page.locator(".yasr table tbody tr").count() == 7 and not page.is_visible("#editor")
        page.click(".yasr td a[href*='w3id.org/guanlian']")
        page.wait_for_url(server.url + "/**")


@pytest.mark.browser
def test_hostile_texts_do_nothing(page: Any, tmp_path: Path) -> None:
    with served(attack(tmp_path / "store")) as server:
        found = httpx.get(server.url + "/search.json", params={"q": "evil"}, trust_env=False).json()["results"]
        places = ["/", "/search?q=" + quote(EVIL), "/questions/owners", "/questions/owners.graph", "/explorer"]
        places += [hit["path"] for hit in found]
        places.append("/sparql?query=" + quote('SELECT * { ?s ?p ?o FILTER(CONTAINS(STR(?o), "evil")) }'))
        for place in places:
            page.goto(server.url + place)
            page.wait_for_timeout(100)
            assert page.title() != "evil", place
        assert page.locator("#answer img, #answer script").count() == 0 and page.locator("#answer td").count() > 3
        page.goto(server.url)
        page.fill("#q", "evil")
        page.wait_for_selector("#found li")
        assert EVIL in page.inner_text("#found li >> nth=0") or "<script>" in page.inner_text("#found")


@pytest.mark.browser
def test_an_answer_opens_as_a_graph(page: Any, live: Live) -> None:
    page.goto(live.url + "/questions/owners?agency=南京海关")
    page.click("a.button:text-is('图')")
    page.wait_for_selector("html[data-ready]")
    assert "/questions/owners.graph?" in page.url and page.locator("#views [aria-selected=true]").inner_text() == "全图"
    page.fill("#q", "njhg")
    page.press("#q", "Enter")
    page.wait_for_selector("#panel h2:has-text('南京海关')")
    assert "（南京海关牵头，市商务局、市交通运输局参与）" in page.inner_text("#panel")
    assert "两步申报" not in page.content()


PLACES = (
    "/", "/search?q=haiguan", "/search?q=" + quote("南京海关"), "/agency/南京海关", "/questions", "/questions/owners?agency=南京海关",
    "/questions/owners?agency=南京海", "/questions/agency-card", "/sparql", "/ns", "/nothing",
)  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "locale"), [("light", "zh-CN"), ("dark", "en-GB")])
def test_no_serious_barrier(chromium: Any, live: Live, scheme: str, locale: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    # The test's own script is no file of the server's, so the policy is set aside for it.
    context = chromium.new_context(color_scheme=scheme, locale=locale, bypass_csp=True)
    tab = context.new_page()
    key = next(row["document"] for row in live.client.get("/questions/documents.json").json() if row["kind"] == "plan")
    for place in (*PLACES, f"/document/{key}", f"/document/{key}/1"):
        tab.goto(live.url + place)
        found = axe.Axe().run(tab).response["violations"]
        serious = [
            (v["id"], [n["html"][:120] for n in v["nodes"]][:3])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert not serious, (place, serious)
        tab.set_viewport_size({"width": 360, "height": 740})
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360, f"{place} is wider than a telephone"
        tab.set_viewport_size({"width": 1280, "height": 860})
    context.close()


def command(*words: str | Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "GUANLIAN_LANG": "en"}
    line = [sys.executable, "-m", "guanlian", *map(str, words)]
    return subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")


def test_the_command_says_where_serves_and_stops(built: Path) -> None:
    with command("--store", built, "serve", "--port", "0") as running:
        assert running.stdout
        url = running.stdout.readline().strip()
        answer = httpx.get(url + "sparql", params={"query": "ASK { ?s ?p ?o }"}, timeout=60, trust_env=False)
        assert answer.json()["boolean"] is True
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    assert running.returncode == 0 and out == "" and "Traceback" not in err


def test_the_command_says_what_is_wrong(built: Path, tmp_path: Path) -> None:
    with command("--store", tmp_path, "serve", "--port", "0") as running:
        assert "guanlian build" in running.communicate(timeout=30)[1] and running.returncode == 3
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        command("--store", built, "serve", "--port", str(taken.getsockname()[1])) as running,
    ):
        assert "in use" in running.communicate(timeout=30)[1] and running.returncode == 3
