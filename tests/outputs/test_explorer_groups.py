"""A graph too large to draw whole: its groups, opened, searched, filtered and listed."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from guanlian.outputs import explorer
from guanlian.outputs.explorer_groups import OPENED, WHOLE, groups

from .reading import Reader, payload

Rows = dict[str, list[dict[str, str]]]


def large_rows(measures: int = 2100) -> Rows:
    """Three provinces whose units work together and seldom with the others'."""
    rng = random.Random(4)
    cities = ("昆明市", "兰州市", "沈阳市")
    units = {
        city: [f"{city}{name}局" for name in ("商务", "财政", "交通运输", "水务", "林业", "审计")] for city in cities
    }
    rows: Rows = {"documents": [], "owners": [], "agencies": []}
    for part in range(6):
        rows["documents"].append({"document": f"p{part}", "title": f"第{part}号方案", "issued": f"{2018 + part}-01-02"})
    for number in range(measures):
        part = number * 6 // measures
        city = cities[part % 3]
        chosen = rng.sample(units[city], 3)
        if number % 20 == 0:
            chosen[2] = units[cities[number // 20 % 3]][0]
        for rank, unit in enumerate(dict.fromkeys(chosen)):
            role = "participant" if rank else "lead"
            row = {
                "document": f"p{part}",
                "measure": str(number),
                "title": f"做法{number}",
                "agency": unit,
                "role": role,
            }
            rows["owners"].append(row | {"basis": "stated", "quote": f"{unit}负责第{number}项"})
    rows["agencies"] = [{"agency": unit, "jurisdiction": city} for city in cities for unit in units[city]]
    return rows


@pytest.fixture(scope="module")
def rows() -> Rows:
    return large_rows()


def test_units_that_work_together_are_one_group_and_nothing_is_lost(rows: Rows) -> None:
    made = explorer.data(rows)
    found, home = groups(made)
    top = list(home)
    for number, group in enumerate(home):
        top[number] = found[group].parent if found[group].parent >= 0 else group
    city_of = {thing.label: (thing.label[:3], top[n]) for n, thing in enumerate(made.things) if thing.kind == "agency"}
    assert len(set(city_of.values())) == 3  # one group per city
    assert max(Counter(home).values()) <= OPENED
    assert len(home) == len(made.things) and all(0 <= group < len(found) for group in home)
    assert (found, home) == groups(made)


def test_a_small_page_has_no_groups() -> None:
    small = payload(explorer.render(explorer.data(large_rows(60))))
    assert small["groups"] is None and "x" in small["views"]["um"]["nodes"]
    assert WHOLE == 2000


@pytest.mark.browser
def test_the_overview_counts_opens_and_goes_back(reader: Reader, rows: Rows) -> None:
    reader.page.click("#view-um")
    shown = reader.page.evaluate("window.guanlian.shown()")
    assert len(shown["groups"]) == 3 and shown["rows"] == len(rows["owners"])
    assert sum(group["count"] for group in shown["groups"]) == shown["total"] == 2118
    at = reader.page.evaluate("window.guanlian.node(window.guanlian.shown().groups[0].id)")
    reader.page.mouse.click(at["x"], at["y"])
    inner = reader.page.evaluate("window.guanlian.shown()")
    assert inner["open"] >= 0 and inner["total"] == shown["groups"][0]["count"]
    reader.page.locator("#panel [data-group]").nth(0).click()
    assert reader.page.evaluate("window.guanlian.shown().groups") == []
    assert 10 < reader.counts()["nodes"] <= OPENED + 60
    address = reader.page.evaluate("location.hash")
    counts = reader.counts()
    reader.open(address)
    assert reader.counts() == counts
    assert reader.page.locator("#crumbs button").count() == 2
    reader.page.locator("#crumbs button").first.click()
    assert reader.page.evaluate("window.guanlian.shown().open") == -1


@pytest.mark.browser
def test_the_keyboard_opens_a_group_and_comes_back(reader: Reader) -> None:
    reader.page.click("#view-um")
    reader.page.focus("#picture")
    reader.page.keyboard.press("]")
    assert "·" in reader.text("#count")
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("window.guanlian.shown().open") >= 0
    reader.page.keyboard.press("Backspace")
    assert reader.page.evaluate("window.guanlian.shown().open") == -1


@pytest.mark.browser
def test_search_flies_into_the_right_group(reader: Reader) -> None:
    reader.page.click("#view-um")
    assert reader.search("做法1777")[0].startswith("1777")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_timeout(600)
    number = reader.page.evaluate(
        "JSON.parse(document.getElementById('data').textContent).things.findIndex(t => t.id === 'measure/p5/1777')"
    )
    assert str(number) in reader.page.evaluate("window.guanlian.network.getPositions()")
    assert reader.text("#panel h2") == "1777 做法1777"
    assert "第5号方案" in reader.text("#crumbs")


@pytest.mark.browser
def test_the_table_lists_everything_and_filters_reach_it(reader: Reader, rows: Rows) -> None:
    reader.page.click("#view-um")
    reader.page.click("#astable")
    assert str(len(rows["owners"])) in reader.text("#sheet caption")
    left = sum(row["document"] != "p1" for row in rows["owners"])
    reader.page.locator('input[data-key="y:2019"]').uncheck()
    assert reader.page.evaluate("window.guanlian.shown().rows") == left
    reader.page.locator('input[data-key="j:昆明市"]').uncheck()
    rest = reader.page.evaluate("window.guanlian.shown().rows")
    assert 0 < rest < left
    reader.page.click("#lang")
    assert "communities of" in reader.text("#count") and reader.text("#crumbs") == "All"
    reader.page.click("#reset")
    assert reader.page.evaluate("window.guanlian.shown().rows") == len(rows["owners"])


@pytest.mark.browser
def test_lines_between_two_groups_are_listed(reader: Reader) -> None:
    reader.page.click("#view-um")
    middle = reader.page.evaluate(
        "() => { const g = window.guanlian.shown().groups, a = window.guanlian.node(g[0].id), b = window.guanlian.node(g[1].id);"
        " return [(a.x + b.x) / 2, (a.y + b.y) / 2] }"
    )
    reader.page.mouse.click(*middle)
    assert "两群之间" in reader.text("#panel")
    reader.page.locator("#panel .fact .link").first.click()
    assert reader.page.locator("#panel blockquote").first.inner_text()
