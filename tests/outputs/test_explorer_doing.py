"""What one does with the explorer: pinning, taking pictures away; and that nobody is kept out by how they use a page."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from .reading import VIEWS, Reader

Rows = dict[str, list[dict[str, str]]]
UNIT = "agency/宁波海关"
SVG = "{http://www.w3.org/2000/svg}"

pytestmark = pytest.mark.browser


def test_the_page_leaves_one_name_of_ours_among_the_globals(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "plain.html").write_text("<!doctype html><title>-</title>", encoding="utf-8")
    plain = reader.context.new_page()
    plain.goto((tmp_path / "plain.html").as_uri())
    names = "Object.getOwnPropertyNames(window)"
    library = {"vis", "__core-js_shared__", "regeneratorRuntime"}
    assert set(reader.page.evaluate(names)) - set(plain.evaluate(names)) == {"guanlian"} | library


def place(reader: Reader, thing: str) -> tuple[int, int]:
    """Where a thing lies in the picture, whatever is in sight."""
    number = "JSON.parse(document.getElementById('data').textContent).things.findIndex(t => t.id === id)"
    at = reader.page.evaluate(f"id => window.guanlian.network.getPosition({number})", thing)
    return round(at["x"]), round(at["y"])


def saved(reader: Reader, button: str) -> bytes:
    with reader.page.expect_download() as waiting:
        reader.page.click(f"#{button}")
    return Path(waiting.value.path()).read_bytes()


def test_a_pinned_thing_stays_through_filters_and_in_the_address(reader: Reader) -> None:
    reader.page.click("#view-um")
    reader.find("宁波海关")
    reader.page.click("#pin")
    assert reader.page.evaluate("document.activeElement.id") == "pin"
    assert reader.text("#pin") == "取消固定" and "已固定" in reader.text("#panel")
    at = place(reader, UNIT)
    reader.page.locator('input[data-key="c:agency"]').uncheck()
    address = reader.page.evaluate("location.hash")
    assert "pin=" in address and place(reader, UNIT) == at
    assert reader.counts()["nodes"] > 1  # the measures that it owns
    assert reader.page.locator("#panel .fact").count() > 0
    reader.open(address)
    assert place(reader, UNIT) == at and reader.text("#pin") == "取消固定"


def test_a_pinned_thing_cannot_be_dragged_away_and_undo_lets_it_go(reader: Reader) -> None:
    reader.page.click("#view-um")
    reader.find("宁波海关")
    reader.page.focus("#picture")
    reader.page.keyboard.press("p")
    at = place(reader, UNIT)
    spot = reader.page.evaluate("id => window.guanlian.at(id)", UNIT)
    reader.page.mouse.move(spot["x"], spot["y"])
    reader.page.mouse.down()
    reader.page.mouse.move(spot["x"] + 60, spot["y"] + 40, steps=4)
    reader.page.mouse.up()
    assert place(reader, UNIT) == at
    reader.page.keyboard.press("Escape")
    assert "固定的 (1)" in reader.text("#panel") and reader.page.locator("[data-unpin]").count() == 1
    reader.page.click("#undo")
    reader.page.wait_for_selector("#pin")
    reader.page.click("#undo")
    reader.page.wait_for_function("document.getElementById('pin').textContent === '固定'")
    assert "pin=" not in reader.page.evaluate("location.hash")


def test_a_pinned_thing_keeps_its_place_when_neighbours_come_and_go(reader: Reader) -> None:
    reader.open('#v=ego&s=agency/宁波海关&ego=["agency/宁波海关"]')
    reader.page.locator("#panel .fact .link").first.click()
    thing = reader.page.evaluate("new URLSearchParams(location.hash.slice(1)).get('s')")
    reader.page.click("#pin")
    at = place(reader, thing)
    before = reader.counts()["nodes"]
    reader.page.click("text=展开邻居")
    assert reader.counts()["nodes"] > before and place(reader, thing) == at
    reader.page.click("text=收起邻居")
    assert reader.counts()["nodes"] == before and place(reader, thing) == at


def test_the_whole_picture_is_taken_not_only_what_is_in_sight(reader: Reader) -> None:
    reader.page.click("#view-um")
    for _ in range(6):
        reader.page.click("#zoomin")
    seen, whole = saved(reader, "png"), saved(reader, "pngwhole")
    width, height = struct.unpack(">II", whole[16:24])
    assert whole.startswith(b"\x89PNG") and (width, height) > struct.unpack(">II", seen[16:24])
    picture = etree.fromstring(saved(reader, "svg"))
    assert reader.page.evaluate("document.documentElement.lang") == "zh-Hans"
    names = {"".join(text.itertext()) for text in picture.iter(f"{SVG}text")}
    assert "宁波海关" in names and "青岛海关" in names
    left, top, wide, tall = map(float, picture.attrib["viewBox"].split())
    assert wide / tall == pytest.approx(width / height, rel=0.01)
    for text in picture.iter(f"{SVG}text"):
        assert left < float(text.attrib["x"]) < left + wide and top < float(text.attrib["y"]) < top + tall
    assert len(list(picture.iter(f"{SVG}path", f"{SVG}circle"))) >= sum(reader.counts().values())


def test_every_kind_of_picture_has_ink(reader: Reader) -> None:
    """A picture that a canvas cannot hold must not come out blank."""
    reader.page.click("#view-whole")
    inked = """async bytes => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height), ctx = canvas.getContext("2d");
      ctx.drawImage(bitmap, 0, 0);
      const seen = ctx.getImageData(0, 0, bitmap.width, bitmap.height).data, colours = new Set();
      for (let i = 0; i < seen.length; i += 4) colours.add(seen[i] << 16 | seen[i + 1] << 8 | seen[i + 2]);
      return colours.size;
    }"""
    for button in ("png", "pngwhole"):
        assert reader.page.evaluate(inked, list(saved(reader, button))) > 50, button


def test_a_picture_too_large_for_a_canvas_is_refused_with_a_reason(reader: Reader) -> None:
    reader.page.click("#view-um")
    taken: list[str] = []
    reader.page.on("download", lambda file: taken.append(file.suggested_filename))
    reader.page.evaluate(
        "() => { const n = window.guanlian.network, ids = Object.keys(n.body.nodes); n.moveNode(ids[0], 200000, 0); }"
    )
    reader.page.click("#pngwhole")
    assert "SVG" in reader.text("#count") and "×" in reader.text("#count")
    reader.page.click("#view-ego")
    reader.page.click("#svg")
    assert reader.text("#count") == "图中没有可导出的内容。"
    assert taken == []


def barriers(page: Any) -> list[str]:
    """Serious violations that axe-core finds, each with what it stands on."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    found = axe.Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]} {node.get('any', [{}])[0].get('message', '') if node.get('any') else ''}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_barrier_in_any_view(chromium: Any, file: Path, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme, viewport={"width": 1400, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_function("document.documentElement.dataset.ready")
    found = {}
    for view in VIEWS:
        page.click(f"#view-{view}")
        found[view] = barriers(page)
    page.click("#view-um")
    page.keyboard.press("/")
    page.keyboard.type("海关")
    found["search"] = barriers(page)
    page.keyboard.press("Enter")
    found["panel"] = barriers(page)
    page.click("#pin")
    page.locator('input[data-key="r:lead"]').uncheck()
    found["filtered"] = barriers(page)
    page.click("#astable")
    found["table"] = barriers(page)
    page.click("#lang")
    found["english"] = barriers(page)
    context.close()
    assert {where: what for where, what in found.items() if what} == {}
