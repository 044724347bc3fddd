"""How tests read the explorer: its data, a browser page on it, and documents that mean harm."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

Rows = dict[str, list[dict[str, str]]]
VIEWS = ("coown", "um", "modes", "ports", "lineage", "whole", "ego")

HOSTILE = (
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=document.title='owned'>",
    "<!--<script>",
    "\"'&quot;&lt;b&gt;",
    "\u202e\u2066 反向 \u2069\u202c",
    "=HYPERLINK(1)\x00\x1b[31m\ud800",
    "长" * 10_000,
    "href=javascript:alert(1)",
    "@@script@@",
)


def payload(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def lines(views: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Lines of a view, out of their columns."""
    edges = views[name]["edges"]
    if "chosen" in edges:
        every = lines(views, "whole")
        found = [every[number] | {"bend": 0} for number in edges["chosen"]]
    else:
        found, at = [], 0
        for start, end, kind, many in zip(*(edges[c] for c in ("start", "end", "kind", "many")), strict=True):
            facts = edges["facts"][at : at + many]
            found.append({"from": start, "to": end, "kind": edges["kinds"][kind], "facts": facts, "bend": 0})
            at += many
        assert at == len(edges["facts"])
    for number, bend in zip(edges["bent"], edges["bend"], strict=True):
        found[number]["bend"] = bend
    return found


def hostile_rows() -> Rows:
    """Every cell a person can write is hostile."""
    rows: Rows = {"documents": [], "measures": [], "owners": [], "modes": [], "ports": [], "outcomes": [], "names": []}
    for number, text in enumerate(HOSTILE):
        place = {"document": f"d{text}", "measure": str(number)}
        rows["documents"].append(
            {"document": f"d{text}", "title": text, "issuer": text, "based_on": text, "kind": text}
        )
        rows["measures"].append(place | {"title": text, "section": text, "kind": text, "clause_state": text})
        for role in ("lead", "participant"):
            who = {"agency": f"{text}{role}", "role": role, "basis": "group", "via": text, "quote": text}
            rows["owners"].append(place | who)
        rows["modes"].append(place | {"mode": text, "family": text, "stance": text, "quote": text})
        rows["ports"].append(place | {"port": text, "kind": text, "locode": text, "quote": text})
        rows["outcomes"].append(place | {"indicator": text, "value": text, "unit": text, "quote": text})
        rows["names"].append({"class": "mode", "name": text, "alias": text + "<b>"})
    return rows


class Reader:
    """A browser page on an explorer file, with what it said and asked for."""

    def __init__(self, browser: Any, file: Path) -> None:
        self.file, self.said, self.asked = file, list[str](), list[str]()
        self.context = browser.new_context(viewport={"width": 1400, "height": 900}, accept_downloads=True)
        self.context.set_default_timeout(20_000)
        self.open()

    def open(self, fragment: str = "") -> None:
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"
        )
        self.page.goto(self.file.as_uri() + fragment)
        self.page.wait_for_function("document.documentElement.dataset.ready")

    def close(self) -> None:
        """The reader leaves: until now nothing was said on the console and nothing asked for outside the file."""
        own = self.file.as_uri()
        kept = ("data:", "blob:")
        outside = [url for url in self.asked if not url.startswith(kept) and url.split("#")[0] != own]
        self.context.close()
        assert self.said == [] and outside == []

    def find(self, name: str) -> None:
        """Searches a thing and has it shown."""
        self.search(name)
        self.page.keyboard.press("Enter")
        self.page.wait_for_timeout(600)

    def click_thing(self, thing: str) -> None:
        at = self.page.evaluate("id => window.guanlian.at(id)", thing)
        self.page.mouse.click(at["x"], at["y"])

    def text(self, selector: str) -> str:
        return str(self.page.inner_text(selector))

    def counts(self) -> dict[str, int]:
        return dict(self.page.evaluate("window.guanlian.counts()"))

    def search(self, words: str) -> list[str]:
        self.page.keyboard.press("/")
        self.page.keyboard.type(words)
        return [str(text) for text in self.page.locator("#results .hit").all_inner_texts()]
