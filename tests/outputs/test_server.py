"""The pages of ``guanlian serve``: what they show, what they refuse, and that no document can make them run anything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from guanlian.outputs.server import LOOPBACK, allowed, application
from guanlian.outputs.wire import Limits
from tests.conftest import Run
from tests.outputs.serving import EVIL, attack, indexed

HTML = {"accept": "text/html", "accept-language": "zh-CN"}


@pytest.fixture(scope="module")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    app = application(built, vendor=tmp_path_factory.mktemp("vendor"))
    with TestClient(app, base_url="http://127.0.0.1", headers=HTML) as client:
        indexed(client)
        yield client


@pytest.fixture(scope="module")
def key(site: TestClient) -> str:
    """Key of the plan among the documents."""
    rows = site.get("/questions/documents.json").json()
    return str(next(row["document"] for row in rows if row["kind"] == "plan"))


def test_home_counts_what_there_is_and_leads_on(site: TestClient) -> None:
    text = site.get("/").text
    assert "南京市优化口岸营商环境行动计划" in text and '<html lang="zh-Hans">' in text
    assert text.count("<h1") == 1 and "/explorer" in text and "/questions/owners" in text


@pytest.mark.parametrize("words", ["南京海关", "南京海關", "njhg", "nanjinghai", "NanJing HaiGuan"])
def test_search_finds_by_name_script_pinyin_and_initials(site: TestClient, words: str) -> None:
    first = site.get("/search.json", params={"q": words}).json()["results"][0]
    assert (first["label"], first["path"]) == ("南京海关", "/agency/南京海关")
    assert "南京海关" in site.get("/search", params={"q": words}).text


def test_search_finds_items_by_number_and_says_when_there_is_nothing(site: TestClient) -> None:
    assert "推广提前申报" in site.get("/search?q=1").text
    assert "没有找到" in site.get("/search?q=无此事物").text
    assert site.get("/search.json?q=").json() == {"results": [], "ready": True}


def test_pages_come_while_there_is_no_index(built: Path) -> None:
    with TestClient(
        application(built, limits=Limits(making=0.001)), base_url="http://127.0.0.1", headers=HTML
    ) as client:
        home = client.get("/").text
        assert "南京市优化口岸营商环境行动计划" in home and "3</b> 文件" in home
        for words in ("南京海关", "南京海關", "京海"):
            found = client.get("/search.json", params={"q": words}).json()
            assert found["results"][0]["path"] == "/agency/南京海关" and not found["ready"]
        text = client.get("/search", params={"q": "推广提前申报"}).text
        assert "索引正在建立" in text and "南京市优化口岸营商环境行动计划" in text
        assert client.get("/search.json?q=njhg").json()["results"] == []
        assert "推广提前申报" in client.get("/questions/owners?agency=南京海关").text


def test_a_unit_has_a_page_with_its_facts_and_how_sure_they_are(site: TestClient, key: str) -> None:
    text = site.get("/agency/南京海关").text
    for words in ("推广提前申报", "牵头", "原文写明", "（南京海关牵头，市商务局、市交通运输局参与）", "第 1 条"):
        assert words in text
    assert f'href="/document/{key}/1"' in text
    sparql = re.findall(r'data-copy="(PREFIX[^"]+)"', text)[0]
    assert "&lt;" in sparql and "gl:responsibility" in sparql


def test_presumed_owners_are_marked_so(site: TestClient) -> None:
    assert "推定为印发单位" in site.get("/agency/宁波海关").text


def test_an_item_and_a_document_have_pages(site: TestClient, key: str) -> None:
    item = site.get(f"/document/{key}/1").text
    assert "南京海关" in item and "提前申报" in item and "60" in item
    paper = site.get(f"/document/{key}").text
    assert "宁政办发〔2031〕7号" in paper and paper.index("推广提前申报") < paper.index("建设口岸服务热线")


def test_what_the_copied_sparql_gives_is_what_the_page_shows(site: TestClient) -> None:
    from html import unescape

    text = site.get("/agency/南京海关").text
    sparql = unescape(re.findall(r'data-copy="(PREFIX[^"]+)"', text)[0])
    found = site.post("/sparql", data={"query": sparql}, headers={"accept": "application/sparql-results+json"}).json()
    assert len(found["results"]["bindings"]) == int(re.findall(r"承担的措施 <small>(\d+)", text)[0])


def test_the_same_address_gives_turtle_and_json_ld(site: TestClient, key: str) -> None:
    for place in ("/agency/南京海关", f"/document/{key}", f"/document/{key}/1"):
        turtle = site.get(place, headers={"accept": "text/turtle"})
        assert turtle.headers["content-type"] == "text/turtle; charset=utf-8" and "Accept" in turtle.headers["vary"]
        assert len(list(ox.parse(turtle.content, format=ox.RdfFormat.TURTLE))) > 5 and "@prefix gl:" in turtle.text
        linked = site.get(place + ".jsonld")
        assert linked.headers["content-type"] == "application/ld+json" and json.loads(linked.content)
        assert site.get(place + ".ttl").content == turtle.content
    said = site.get("/agency/南京海关", headers={"accept": "text/turtle"}).text
    assert "（南京海关牵头，市商务局、市交通运输局参与）" in said


def test_questions_are_forms_with_tables_and_files(site: TestClient) -> None:
    assert "谁负责哪项措施" in site.get("/questions").text
    text = site.get("/questions/owners", params={"agency": "南京海关", "role": "lead"}).text
    assert "推广提前申报" in text and "公开口岸收费目录" not in text and 'href="/agency/南京海关"' in text
    csv = site.get("/questions/owners.csv", params={"agency": "南京海关"})
    assert csv.text.startswith("document,measure,title") and csv.headers["content-disposition"].startswith("attachment")
    rows = site.get("/questions/owners.json", params={"agency": "南京海关"}).json()
    assert {row["agency"] for row in rows} == {"南京海关"}
    assert site.get("/questions/owners.xlsx").content.startswith(b"PK")


def drawn(text: str) -> Any:
    """What an explorer page holds."""
    return json.loads(re.findall(r'<script[^>]*id="data"[^>]*>(.*?)</script>', text, re.DOTALL)[0])


@pytest.mark.parametrize(
    ("address", "there", "absent"),
    [
        ("owners.graph?agency=南京海关&role=lead", ["agency/南京海关", "推广提前申报"], ["agency/南京市商务局", "公开口岸收费目录"]),
        ("coowners.graph?agency=南京海关", ["agency/南京海关", "agency/南京市商务局"], ["建设口岸服务热线", "宁波"]),
        ("modes.graph", ["mode/两步申报", "mode/提前申报"], ["agency/南京海关"]),
        ("no-clause.graph", ["推行“两步申报”"], ["agency/"]),
        ("solo-lead.graph", ["agency/南京市商务局", "建设口岸服务热线"], ["agency/南京海关"]),
    ],
)  # fmt: skip
def test_the_answer_to_a_question_is_a_graph_too(
    site: TestClient, address: str, there: list[str], absent: list[str]
) -> None:
    answer = site.get("/questions/" + address)
    assert "sha256-" in answer.headers["content-security-policy"]
    shown = json.dumps(drawn(answer.text)["things"], ensure_ascii=False).replace('\\"', '"')
    assert all(name in shown for name in there) and not any(name in shown for name in absent)


def test_a_card_leads_into_the_explorer_and_what_makes_no_graph_says_so(site: TestClient) -> None:
    card = site.get("/questions/agency-card.graph?agency=寧波海關", follow_redirects=False)
    assert card.status_code == 303 and "s=agency/宁波海关" in unquote(card.headers["location"])
    assert ".graph?" in site.get("/questions/owners").text and ".graph?" not in site.get("/questions/names").text
    names = site.get("/questions/names.graph")
    assert names.status_code == 404 and "连不成图" in names.text
    nothing = site.get("/questions/owners.graph?measure=99")
    assert nothing.status_code == 422 and "没有相连的事物" in nothing.text


def test_groups_and_collectives_lead_into_the_explorer(command: Run, tmp_path: Path) -> None:
    papers = [
        Path(__file__).parents[1] / "documents" / f"{name}.txt"
        for name in ("33-kunming-member-units", "19-yili-collectives")
    ]
    assert command("build", *papers, "--out", tmp_path / "out").returncode == 0
    with TestClient(application(tmp_path / "out"), base_url="http://127.0.0.1", headers=HTML) as client:
        things = {thing["id"] for thing in drawn(client.get("/explorer").text)["things"]}
        for words, kind in (("领导小组", "group"), ("各园区管委会", "agency")):
            found = client.get("/search.json", params={"q": words}).json()["results"]
            page = client.get(next(hit["path"] for hit in found if hit["path"].startswith(f"/{kind}/"))).text
            spot = unquote(re.findall(r'href="/explorer#([^"]+)"', page)[0])
            assert re.findall(r"s=([^&]+)", spot)[0] in things


def test_a_question_says_what_it_needs_and_which_names_it_may_mean(site: TestClient) -> None:
    assert "必填" in site.get("/questions/agency-card").text
    answer = site.get("/questions/owners", params={"agency": "南京海"})
    assert answer.status_code == 400 and "南京海关" in answer.text
    assert site.get("/questions/nothing").status_code == 404
    assert site.get("/questions/owners.exe").status_code == 404


@pytest.mark.parametrize(
    ("place", "accept", "page"),
    [
        ("/nothing", "text/html,application/xhtml+xml,*/*;q=0.8", True),
        ("/nothing", "*/*", True),
        ("/agency/无此单位", "*/*", True),
        ("/questions/nothing", "", True),
        ("/questions/nothing.csv", "*/*", False),
        ("/agency/无此单位.ttl", "*/*", False),
        ("/sparql?query=nonsense", "*/*", False),
        ("/static/nothing.js", "*/*", False),
        ("/nothing", "text/plain", False),
    ],
)
def test_what_is_not_there_is_told_on_a_page_or_to_programs_in_a_line(
    site: TestClient, place: str, accept: str, page: bool
) -> None:
    answer = site.get(place, headers={"accept": accept})
    assert answer.status_code in (400, 404)
    assert answer.headers["content-type"].startswith("text/html" if page else "text/plain")
    assert ("回首页" in answer.text) == ("</html>" in answer.text) == page
    assert page or answer.text.count("\n") == 1


def test_a_fault_of_ours_is_told_on_a_page_with_the_safety_headers(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr("guanlian.outputs.forms.file", broken)
    app = application(built)
    with TestClient(app, base_url="http://127.0.0.1", headers=HTML, raise_server_exceptions=False) as client:
        answer = client.get("/questions/owners.xlsx")
    assert answer.status_code == 500 and answer.headers["content-type"].startswith("text/html")
    assert "程序错误（RuntimeError）" in answer.text and "回首页" in answer.text and "secret" not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_chinese_and_english(site: TestClient) -> None:
    english = site.get("/agency/南京海关", headers={"accept-language": "en-GB,zh;q=0.5"}).text
    assert '<html lang="en">' in english and "Measures it answers for" in english and ">leads<" in english
    asked = site.get("/?lang=en", headers={"accept-language": "zh"})
    assert "Explorer" in asked.text and "lang=en" in asked.headers["set-cookie"]
    site.cookies.clear()


def test_the_explorer_is_the_live_stores_and_keeps_its_own_policy(site: TestClient) -> None:
    page = site.get("/explorer")
    policy = page.headers["content-security-policy"]
    assert "南京海关" in page.text and "sha256-" in policy and "frame-ancestors 'none'" in policy
    assert "'unsafe-inline'" not in policy


def test_every_answer_has_the_safety_headers(site: TestClient) -> None:
    for place in ("/", "/sparql", "/nothing", "/static/site.js", "/search.json?q=1", "/questions/owners.csv"):
        headers = site.get(place).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "http" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in headers


def test_pages_name_no_other_site_and_hold_no_inline_script(site: TestClient, key: str) -> None:
    for place in ("/", "/agency/南京海关", f"/document/{key}", "/questions/owners", "/sparql", "/ns", "/search?q=h"):
        text = site.get(place).text
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text), place
        assert not re.search(r"<script(?![^>]*\ssrc=)", text) and not re.search(r"\son\w+=|\sstyle=", text), place


@pytest.mark.parametrize(
    "place",
    [
        "/static/../server.py", "/static/%2e%2e/server.py", "/static/..%2fserver.py", "/..%2f..%2fetc%2fpasswd",
        "/agency/..%2F..%2Fetc%2Fpasswd", "/agency/../../etc/passwd", "/static/%2fetc%2fpasswd", "/%00/x", "/agency/%ff",
        "/agency/%0d%0aX:1", "//example.org/x", "/agency/", "/agency", "/graph/%3E%20%7B%7D", "/x/y/z", "/static/site.html",
    ],
)  # fmt: skip
def test_strange_paths_lead_nowhere(site: TestClient, place: str) -> None:
    answer = site.get("http://127.0.0.1" + place)
    assert answer.status_code == 404 and "root:" not in answer.text and "def " not in answer.text


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "169.254.1.1",
        "",
        "a b",
        "127.0.0.1>",
    ],
)
def test_other_hosts_are_turned_away(site: TestClient, host: str) -> None:
    assert site.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000", "[::1]"])
def test_the_machines_own_names_are_let_in(site: TestClient, host: str) -> None:
    assert site.get("/ns", headers={"host": host}).status_code == 200


def test_pages_of_other_sites_cannot_make_a_browser_ask(site: TestClient) -> None:
    for origin, status in (
        ("http://evil.example", 403),
        ("null", 403),
        ("http://127.0.0.1:9", 403),
        ("http://127.0.0.1", 200),
    ):
        answer = site.post("/sparql", data={"query": "ASK {}"}, headers={"origin": origin, "accept": "*/*"})
        assert answer.status_code == status and "access-control-allow-origin" not in answer.headers


def test_bound_elsewhere_it_answers_to_any_name() -> None:
    assert allowed("127.0.0.1") == allowed("::1") == allowed("localhost") == LOOPBACK
    assert "127.0.0.2" in allowed("127.0.0.2") and allowed("0.0.0.0") == allowed("example.org") == ()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    place = attack(tmp_path_factory.mktemp("hostile") / "store")
    with TestClient(application(place), base_url="http://127.0.0.1", headers=HTML) as client:
        indexed(client)
        yield client


def test_hostile_labels_are_text(hostile: TestClient) -> None:
    from urllib.parse import quote

    unit = "/agency/" + quote(EVIL, safe="")
    found = hostile.get("/search.json", params={"q": "evil"}).json()["results"]
    assert any(row["label"] == EVIL for row in found)
    places = ["/", "/search?q=" + quote(EVIL), unit, "/document/evil", found[0]["path"], "/questions/owners",
              "/questions/owners?agency=" + quote(EVIL), "/sparql?query=" + quote("</textarea>" + EVIL), "/" + quote(EVIL) + "/x"]  # fmt: skip
    for place in places:
        text = hostile.get(place).text
        assert (
            "<script>document" not in text
            and "<img" not in text
            and "</textarea>" not in text.replace("</textarea>\n", "", 1)
        ), place
        assert "49" not in re.sub(r"&#\d+;", "", text) or "{{7*7}}" in text, place
    assert "{{7*7}}" in hostile.get(unit).text and hostile.get(unit).status_code == 200
    assert hostile.get("/about", params={"iri": "https://evil.example/"}, follow_redirects=False).status_code == 404
