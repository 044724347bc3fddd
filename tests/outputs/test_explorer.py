"""The explorer's data and page: what it holds, and that nothing in it runs or fetches."""

from __future__ import annotations

import base64
import hashlib
import random
import re
import time
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from guanlian.outputs import explorer
from guanlian.outputs.explorer_data import ROLES

from .conftest import make_rows
from .reading import HOSTILE, hostile_rows, lines, payload

Rows = dict[str, list[dict[str, str]]]


class Tags(HTMLParser):
    """Every start tag with its attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.inside: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("script", "style"):
            self.inside.append("")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style"):
            self.inside[-1] += data


@pytest.fixture(scope="module")
def page(rows: Rows) -> str:
    return explorer.render(explorer.data(rows))


def test_the_page_is_one_whole_document(page: str) -> None:
    tags = Tags(page).tags
    assert page.startswith("<!doctype html>\n")
    assert dict(tags)["html"] == {"lang": "zh-Hans"}
    assert ("meta", {"charset": "utf-8"}) in tags
    assert [tag for tag, _ in tags].count("h1") == 1
    assert "\r" not in page


def test_nothing_points_outside(page: str) -> None:
    loading = ("src", "href", "action", "data", "poster", "srcset", "background", "formaction")
    links = [value for _, attributes in Tags(page).tags for name, value in attributes.items() if name in loading]
    assert [link for link in links if not link.startswith(("#", "data:"))] == []
    fetched = re.findall(r"url\(\s*['\"]?(?!['\"]?(?:data:|#))[^)]*\)|@import", page)
    assert fetched == []
    assert "sourceMappingURL" not in page
    # What is left are names in the library's comments and the XML namespace of SVG.
    hosts = set(re.findall(r"(?:https?:)?//[\w.-]+\.(?:com|org|io|net)\b", page))
    assert hosts <= {
        f"http{s}://{h}"
        for s in ("", "s")
        for h in ("almende.com", "opensource.org", "github.com", "www.w3.org", "www.apache.org")
    } | {"https://visjs.github.io"}


def test_the_policy_lets_only_our_scripts_run(page: str) -> None:
    tags = Tags(page)
    policy = next(a["content"] for t, a in tags.tags if a.get("http-equiv") == "Content-Security-Policy")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'" and "unsafe" not in policy
    texts = re.findall(r"<(script|style)(?: [^>]*)?>(.*?)</\1>", page, re.DOTALL)
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for name, text in texts:
        hashes[name].append("'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'")
    assert rules["script-src"].split() == hashes["script"][1:]  # the first is data, and does not run
    assert rules["style-src"].split() == hashes["style"]
    assert not [a for _, a in tags.tags if "style" in a or any(name.startswith("on") for name in a)]


def test_hostile_text_stays_text(page: str) -> None:
    rows = hostile_rows()
    hostile = explorer.render(explorer.data(rows))
    assert [tag for tag, _ in Tags(hostile).tags] == [tag for tag, _ in Tags(page).tags]
    labels = {thing["l"] for thing in payload(hostile)["things"]}
    assert {text.replace("\ud800", "\ufffd") for text in HOSTILE} <= labels
    hostile.encode("utf-8")


def test_same_rows_same_bytes_in_any_order(rows: Rows, page: str) -> None:
    shuffled = {name: random.Random(1).sample(table, len(table)) for name, table in reversed(rows.items())}
    assert explorer.render(explorer.data(shuffled)) == page


def test_a_file_is_utf8_whatever_the_machine_thinks(rows: Rows, page: str, tmp_path: Path) -> None:
    explorer.write(tmp_path / "图.html", explorer.data(rows))
    assert (tmp_path / "图.html").read_bytes() == page.encode("utf-8")


def test_an_unknown_language_is_refused(rows: Rows) -> None:
    with pytest.raises(ValueError, match="'fr'"):
        explorer.render(explorer.data(rows), lang="fr")
    assert '<html lang="en">' in explorer.render(explorer.data({}), lang="en")


def test_every_row_becomes_a_fact_with_its_words(rows: Rows) -> None:
    made = explorer.data(rows)
    relations = Counter(fact.relation for fact in made.facts)
    assert sum(relations[role] for role in ROLES) == len(rows["owners"])
    for table, relation in (("modes", "mode"), ("ports", "port"), ("platforms", "platform"), ("stackings", "stacked")):
        assert relations[relation] == len(rows[table])
    assert relations["outcome"] == len(rows["outcomes"]) and relations["target"] == len(rows["targets"])
    stated = [fact for fact in made.facts if fact.relation in ROLES]
    assert all(fact.quote and fact.basis for fact in stated)
    assert {made.things[fact.object].kind for fact in stated} == {"agency"}


def test_several_roles_between_two_things_survive() -> None:
    place = {"document": "d", "measure": "1", "title": "压缩时限"}
    owners = [
        place | {"agency": "烟台海关", "role": role, "basis": "stated", "quote": role} for role in ("lead", "joint")
    ]
    view = lines(payload(explorer.render(explorer.data({"owners": owners})))["views"], "um")
    assert sorted(line["kind"] for line in view) == ["joint", "lead"]
    assert len({line["bend"] for line in view}) == 2


def test_co_ownership_tells_who_leads() -> None:
    def own(measure: str, agency: str, role: str) -> dict[str, str]:
        return {
            "document": "d",
            "measure": measure,
            "agency": agency,
            "role": role,
            "basis": "stated",
            "quote": measure,
        }

    rows = [own("1", "甲局", "lead"), own("1", "乙局", "participant"), own("1", "丙局", "participant")]
    rows += [
        own("2", "乙局", "lead"),
        own("2", "甲局", "participant"),
        own("3", "甲局", "joint"),
        own("3", "乙局", "joint"),
    ]
    found = payload(explorer.render(explorer.data({"owners": rows})))
    name = [thing["l"] for thing in found["things"]]
    edges = {(name[e["from"]], name[e["to"]], e["kind"]): len(e["facts"]) // 2 for e in lines(found["views"], "coown")}
    directed = {key: count for key, count in edges.items() if key[2] == "leads"}
    assert directed == {("甲局", "乙局", "leads"): 1, ("甲局", "丙局", "leads"): 1, ("乙局", "甲局", "leads"): 1}
    assert Counter(kind for *_, kind in edges) == {"leads": 3, "both": 1, "joint": 1}


def test_facts_outside_items_hang_on_the_document() -> None:
    rows = {"modes": [{"document": "d", "measure": "", "mode": "两步申报", "quote": "“两步申报”"}]}
    made = explorer.data(rows)
    assert [thing.id for thing in made.things] == ["document/d", "mode/两步申报"]
    assert made.facts[0].subject == made.facts[0].at == made.facts[0].document == 0


def test_interpretations_find_the_measure_they_explain() -> None:
    rows = {
        "documents": [{"document": "a", "title": "便利化措施十条"}, {"document": "b", "title": "政策解读"}],
        "measures": [{"document": "a", "measure": "3", "title": "推广担保"}],
        "interpretations": [
            {"document": "b", "measure": "1", "of_document": "a", "of_measure": "3"},
            {"document": "b", "measure": "2", "of_document": "《便利化措施十条》", "of_measure": "3"},
            {"document": "b", "measure": "3", "of_document": "别的文件", "of_measure": "9"},
        ],
    }
    made = explorer.data(rows)
    explained = [made.things[fact.object].id for fact in made.facts if fact.relation == "explains"]
    assert explained == ["measure/a/3", "measure/a/3", "document/别的文件"]


def test_names_are_found_by_sound_and_by_either_script() -> None:
    rows = {
        "owners": [{"document": "d", "measure": "1", "agency": "重庆海关", "role": "lead", "basis": "stated"}],
        "modes": [{"document": "d", "measure": "1", "mode": "船邊直提"}],
        "names": [{"class": "mode", "name": "船邊直提", "alias": "Ship-side pick-up"}],
    }
    things = {thing["l"]: thing for thing in payload(explorer.render(explorer.data(rows)))["things"]}
    assert (things["重庆海关"]["y"], things["重庆海关"]["z"]) == ("chongqinghaiguan", "cqhg")
    assert things["船邊直提"]["x"] == ["Ship-side pick-up", "船边直提"]
    assert things["船邊直提"]["e"] == "Ship-side pick-up"


@pytest.mark.parametrize("rows", [{}, {"owners": []}, {"measures": [{"document": "d", "measure": "1"}]}])
def test_little_or_nothing_still_makes_a_page(rows: Rows) -> None:
    assert explorer.render(explorer.data(rows)).endswith("</html>\n")


def test_a_large_page_is_made_in_time() -> None:
    made = explorer.data(make_rows(1000))
    start = time.perf_counter()
    explorer.render(made)
    assert len(made.things) > 1200
    assert time.perf_counter() - start < 20  # about 3 s on a quiet machine


SCRIPTS = sorted(Path(explorer.__file__).parent.glob("*.js"))


def test_scripts_are_short_and_say_what_they_are() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SCRIPTS}
    assert {name: text.count("\n") for name, text in texts.items() if text.count("\n") > 400} == {}
    silent = [name for name, text in texts.items() if name.startswith("explorer") and not text.startswith("/** ")]
    assert silent == []


def test_every_script_of_the_explorer_is_in_the_page_once_and_no_name_twice(page: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in SCRIPTS if path.name.startswith("explorer")]
    assert len(texts) > 10 and all(page.count(text) == 1 for text in texts)
    names = Counter(re.findall(r"^(?:const|let|function) (\w+)", "\n".join(texts), re.MULTILINE))
    assert [name for name, count in names.items() if count > 1] == []
