"""The explorer in a real browser, opened as a file: seen, searched, clicked, filtered, kept silent."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from guanlian.outputs import explorer

from .conftest import make_rows
from .reading import VIEWS, Reader, hostile_rows

Rows = dict[str, list[dict[str, str]]]

pytestmark = pytest.mark.browser


def test_it_opens_on_co_ownership_and_every_view_draws(reader: Reader) -> None:
    assert reader.page.get_attribute("#view-coown", "aria-selected") == "true"
    assert reader.counts()["nodes"] > 20 and reader.counts()["edges"] > 20
    for view in VIEWS[1:-1]:
        reader.page.click(f"#view-{view}")
        assert reader.counts()["edges"] > 0, view
        assert len(reader.text("#about")) > 15
    inked = reader.page.evaluate(
        "() => { const c = document.querySelector('#picture canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " return d.filter((v, i) => i % 4 === 3 && v > 0).length }"
    )
    assert inked > 5000


@pytest.mark.parametrize("pinned", [False, True], ids=["chosen", "pinned"])
def test_every_view_draws_while_something_of_another_is_chosen(reader: Reader, pinned: bool) -> None:
    """A line of one view has no fellow, or a stranger, under its number in another."""
    reader.find("青岛海关")
    if pinned:
        reader.page.click("#pin")
    for view in (*VIEWS[::-1], *VIEWS):
        reader.page.click(f"#view-{view}")
        assert reader.said == [], view
        assert reader.page.get_attribute(f"#view-{view}", "aria-selected") == "true", view
        drawn = "() => Object.keys(window.guanlian.network.body.edges).length"
        assert reader.page.evaluate(drawn) == reader.counts()["edges"] > 0, view
        assert reader.text("#panel h2") == "青岛海关", view


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("宁波海关", "宁波海关"),
        ("nbhg", "宁波海关"),
        ("ningbohaiguan", "宁波海关"),
        ("宁波口岸办", "宁波市人民政府口岸办公室"),
        ("liangduanzhunru", "两段准入"),
        ("ldzr", "两段准入"),
        ("17", "17 "),
    ],
)
def test_search_finds_by_name_and_sound_and_number(reader: Reader, typed: str, found: str) -> None:
    hits = reader.search(typed)
    assert hits[0].startswith(found)
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("ArrowUp")
    reader.page.keyboard.press("Enter")
    assert reader.text("#panel h2").startswith(found.strip())
    reader.page.wait_for_timeout(600)
    assert reader.page.is_hidden("#results")


def test_a_clicked_unit_shows_its_facts_with_the_words(reader: Reader, rows: Rows) -> None:
    unit = "青岛市发展和改革委员会"
    reader.click_thing(f"agency/{unit}")
    assert reader.text("#panel h2") == unit
    mine = [row for row in rows["owners"] if row["agency"] == unit]
    led = [row for row in mine if row["role"] == "lead"]
    assert f"牵头的措施 ({len(led)})" in reader.text("#panel")
    words = reader.page.locator("#panel blockquote").all_inner_texts()
    assert {row["quote"] for row in led} <= set(words)
    assert "原文写明" in reader.text("#panel")


def test_a_clicked_line_shows_every_measure_behind_it_with_both_roles(reader: Reader, rows: Rows) -> None:
    one, other = "青岛市商务局", "青岛市发展和改革委员会"
    reader.open("#" + f'v=coown&e=["agency/{one}","agency/{other}",""]')
    roles: dict[tuple[str, str], set[str]] = {}
    for row in rows["owners"]:
        roles.setdefault((row["document"], row["measure"]), set()).add(row["agency"])
    shared = [item for item, units in roles.items() if {one, other} <= units]
    panel = reader.text("#panel")
    assert f"背后的措施（{len(shared)} 项）" in panel and len(shared) > 1
    assert reader.page.locator("#panel .fact").count() >= len(shared)
    assert all(f"第 {measure} 条" in panel for _, measure in shared)


def test_a_line_can_be_clicked_on_the_picture(reader: Reader) -> None:
    reader.page.click("#view-modes")
    middle = reader.page.evaluate(
        "() => { const n = window.guanlian.network, e = Object.values(n.body.edges).find(e => e.from.options.shape !== e.to.options.shape);"
        " n.moveTo({ position: { x: (e.from.x + e.to.x) / 2, y: (e.from.y + e.to.y) / 2 }, scale: 2, animation: false });"
        " const b = document.getElementById('picture').getBoundingClientRect();"
        " const p = n.canvasToDOM({ x: (e.from.x + e.to.x) / 2, y: (e.from.y + e.to.y) / 2 }); return [b.x + p.x, b.y + p.y] }"
    )
    reader.page.mouse.click(*middle)
    assert reader.page.locator("#panel h2 button.link").count() == 2
    assert reader.page.locator("#panel blockquote").first.inner_text()


def test_pointing_and_choosing_leave_the_lines_as_they_are_drawn(reader: Reader) -> None:
    """Only the sheet over them is drawn again: all lines of a large picture would take longer than a reader waits."""
    reader.page.click("#view-modes")
    at = reader.page.evaluate("id => window.guanlian.at(id)", "mode/两步申报")
    reader.page.wait_for_timeout(300)
    reader.page.evaluate("() => { window.drawn = 0; window.guanlian.network.on('afterDrawing', () => window.drawn++) }")
    glass = "() => document.querySelector('#picture .glass').toDataURL()"
    before = reader.page.evaluate(glass)
    reader.page.mouse.move(at["x"], at["y"])
    reader.page.locator("#tip").wait_for()
    assert "两步申报" in reader.text("#tip")
    reader.page.mouse.down()
    reader.page.mouse.up()
    reader.page.wait_for_timeout(300)
    assert reader.text("#panel h2") == "两步申报"
    assert reader.page.evaluate("window.drawn") == 0 and reader.page.evaluate(glass) != before


def test_filters_count_right_and_hide_what_they_say(reader: Reader, rows: Rows) -> None:
    reader.page.click("#view-um")

    def box(key: str) -> Any:
        return reader.page.locator(f'input[data-key="{key}"]')

    def number(key: str) -> int:
        return int(box(key).locator("xpath=..").locator(".n").inner_text())

    for role in ("lead", "participant", "joint"):
        assert number(f"r:{role}") == sum(row["role"] == role for row in rows["owners"])
    assert number("b:group") == sum(row["basis"] == "group" for row in rows["owners"])
    for document in rows["documents"]:
        key = document["document"]
        assert number(f"d:document/{key}") == sum(row["document"] == key for row in rows["owners"])
    before = reader.counts()["edges"]
    box("r:participant").uncheck()
    assert reader.counts()["edges"] == before - number("r:participant")
    box("b:group").uncheck()
    stated = [row for row in rows["owners"] if row["role"] != "participant" and row["basis"] != "group"]
    assert reader.counts()["edges"] == len(stated)
    box("c:agency").uncheck()
    assert reader.counts() == {"nodes": 0, "edges": 0}
    reader.page.click("#undo")
    reader.page.wait_for_function("window.guanlian.counts().edges > 0")
    assert reader.counts()["edges"] == len(stated)
    reader.page.click("#reset")
    assert reader.counts()["edges"] == before


def test_the_least_number_of_shared_measures_is_kept(reader: Reader) -> None:
    few = reader.counts()["edges"]
    reader.page.locator("#minimum").fill("1")
    reader.page.locator("#minimum").dispatch_event("change")
    assert reader.counts()["edges"] > few


def test_the_address_brings_all_of_it_back(reader: Reader) -> None:
    reader.page.click("#view-modes")
    reader.page.locator('input[data-key="c:outcome"]').uncheck()
    reader.search("两步申报")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_timeout(600)
    at = reader.page.evaluate("id => window.guanlian.at(id)", "mode/两步申报")
    reader.page.mouse.move(at["x"], at["y"])
    reader.page.mouse.down()
    reader.page.mouse.move(at["x"] + 40, at["y"] + 30, steps=4)
    reader.page.mouse.up()
    reader.page.wait_for_timeout(200)
    place = "() => window.guanlian.network.getPosition([...Object.keys(window.guanlian.network.body.nodes)].map(Number).find(n => window.guanlian.network.getSelectedNodes().includes(n)))"
    address = reader.page.evaluate("location.hash")
    counts, moved, heading = reader.counts(), reader.page.evaluate(place), reader.text("#panel h2")
    reader.open(address)
    assert reader.counts() == counts and reader.text("#panel h2") == heading
    number = reader.page.evaluate(
        "JSON.parse(document.getElementById('data').textContent).things.findIndex(t => t.id === 'mode/两步申报')"
    )
    again = reader.page.evaluate("n => window.guanlian.network.getPosition(n)", number)
    assert abs(again["x"] - moved["x"]) <= 1 and abs(again["y"] - moved["y"]) <= 1


def test_path_and_neighbourhood(reader: Reader) -> None:
    reader.search("青岛海关")
    reader.page.keyboard.press("Enter")
    reader.page.click("text=从这里找路径")
    reader.search("两段准入")
    reader.page.keyboard.press("Enter")
    reader.page.click("text=找到这里的路径")
    assert "最短路径" in reader.text("#panel") and reader.page.locator("#panel ol .fact").count() >= 2
    assert reader.page.locator("#panel ol blockquote").first.inner_text()
    reader.page.keyboard.press("Escape")
    reader.search("两段准入")
    reader.page.keyboard.press("Enter")
    reader.page.click("text=看周边")
    near = reader.counts()["nodes"]
    assert near > 2 and reader.page.get_attribute("#view-ego", "aria-selected") == "true"
    reader.page.locator("#panel .fact .link").first.click()
    reader.page.click("text=展开邻居")
    assert reader.counts()["nodes"] > near


def test_table_and_exports(reader: Reader) -> None:
    reader.page.click("#view-um")
    reader.page.click("#astable")
    assert reader.page.locator("#sheet tbody tr").count() == reader.counts()["edges"]
    for button in ("csv", "png", "svg"):
        with reader.page.expect_download() as waiting:
            if button == "png":
                reader.page.click("#astable")
            reader.page.click(f"#{button}")
        content = Path(waiting.value.path()).read_bytes()
        if button == "csv":
            table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            assert len(table) == reader.counts()["edges"] + 1 and len(table[0]) == 7
            assert {row[4] for row in table[1:]} == {"原文写明", "经集体展开"}
        else:
            assert content.startswith(b"\x89PNG" if button == "png" else b"<svg ") and len(content) > 5000


def test_languages_and_themes_change_and_are_remembered(reader: Reader) -> None:
    light = reader.page.evaluate("getComputedStyle(document.body).backgroundColor")
    reader.page.click("#lang")
    reader.page.click("#theme")
    assert reader.page.get_attribute("html", "lang") == "en"
    assert reader.text("#view-coown") == "Co-ownership" and "Undo" in reader.text("#undo")
    assert reader.page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    reader.page.reload()
    reader.page.wait_for_function("document.documentElement.dataset.ready")
    assert reader.text("#view-coown") == "Co-ownership"


def test_everything_can_be_done_with_the_keyboard(reader: Reader) -> None:
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.id") == "skip"
    reader.page.focus("#view-coown")
    reader.page.keyboard.press("ArrowRight")
    assert reader.page.evaluate("document.activeElement.id") == "view-um"
    box = reader.page.locator('input[data-key="r:lead"]')
    box.focus()
    before = reader.counts()["edges"]
    reader.page.keyboard.press("Space")
    assert reader.counts()["edges"] < before
    assert reader.page.evaluate("document.activeElement.dataset.key") == "r:lead"
    reader.page.focus("#picture")
    centre = reader.page.evaluate("window.guanlian.network.getViewPosition().x")
    reader.page.keyboard.press("ArrowRight")
    assert reader.page.evaluate("window.guanlian.network.getViewPosition().x") > centre
    named = "[...document.querySelectorAll('button, input')].filter(e => !(e.textContent.trim() || e.ariaLabel || e.labels?.length))"
    assert reader.page.evaluate(f"{named}.length") == 0
    reader.search("宁波海关")
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert reader.page.evaluate(outline) == "solid"


def test_hostile_documents_do_nothing(chromium: Any, tmp_path: Path) -> None:
    explorer.write(tmp_path / "hostile.html", explorer.data(hostile_rows()))
    reader = Reader(chromium, tmp_path / "hostile.html")
    title = reader.page.title()
    for view in VIEWS:
        reader.page.click(f"#view-{view}")
    for words in ("img", "script", "长长", "反向"):
        reader.search(words)
        reader.page.keyboard.press("Enter")
        reader.page.wait_for_timeout(100)
        reader.page.fill("#q", "")
    reader.page.click("#astable")
    for fragment in (
        "#s=<img src=x onerror=alert(1)>",
        '#e=["a"]&off=5&at=[[1,2]]&cam=1,2,x',
        "#v=%3Cscript%3E&ego=nonsense&e={",
    ):
        reader.open(fragment)
    assert reader.page.title() == title and "owned" not in title
    assert reader.page.evaluate("document.querySelectorAll('img, iframe, object, body script').length") == 3
    reader.close()


def test_a_large_graph_opens_and_answers(chromium: Any, tmp_path: Path) -> None:
    rows = make_rows(1500)
    explorer.write(tmp_path / "large.html", explorer.data(rows))
    reader = Reader(chromium, tmp_path / "large.html")
    reader.page.click("#view-whole")
    assert reader.counts()["nodes"] > 1500
    frames = "() => new Promise(done => { let n = 0; window.guanlian.network.on('afterDrawing', () => n++); setTimeout(() => done(n), 1000) })"
    reader.page.wait_for_timeout(500)
    assert reader.page.evaluate(frames) <= 1  # nothing moves by itself
    assert json.loads(reader.page.evaluate("JSON.stringify(window.guanlian.network.physics.options.enabled)")) is False
    reader.close()


def test_places_are_the_ones_computed_beforehand(reader: Reader, rows: Rows) -> None:
    reader.page.click("#view-um")
    stored = reader.page.evaluate("JSON.parse(document.getElementById('data').textContent).views.um.nodes")
    drawn = reader.page.evaluate("window.guanlian.network.getPositions()")
    places = zip(stored["id"], stored["x"], stored["y"], strict=True)
    assert drawn == {str(thing): {"x": x, "y": y} for thing, x, y in places}
