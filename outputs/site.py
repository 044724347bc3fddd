"""The pages: home, search, one page per thing, the questions as forms, SPARQL. Each in Chinese and English."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from guanlian.ontology.terms import base
from guanlian.outputs import endpoint, tables
from guanlian.outputs.cards import path
from guanlian.outputs.pool import Pool
from guanlian.outputs.search import CLASSES, Entry, Index
from guanlian.outputs.wire import Refused, generation
from guanlian.outputs.words import TERMS, words
from guanlian.queries import catalogue

_HERE = Path(__file__).parent
_FORMS = {"html": endpoint.HTML, "ttl": ("text/turtle",), "jsonld": ("application/ld+json",)}
_SUFFIX = re.compile(r"\.(ttl|jsonld|html)$")
_META = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
SHOWN = 500
"""Rows of an answer a page shows; it says how many there are, and its files hold them all."""

_COLUMNS = {
    "document": ("document",),
    "of_document": ("document",),
    "agency": ("agency", "group"),
    "partner": ("agency", "group"),
    "issuer": ("agency",),
    "via": ("group",),
    "group": ("group",),
    "mode": ("mode",),
    "with_mode": ("mode",),
    "port": ("port",),
    "platform": ("platform",),
}
"""Columns of the questions whose cells name things that have a page, and the kinds to look in."""


class Site:
    """Pages over the build that counts at the moment; ``vendor`` holds YASGUI where it has been brought in."""

    def __init__(self, pool: Pool, lang: str = "", vendor: Path = _HERE / "vendor") -> None:
        self.pool, self.lang, self.vendor = pool, lang, vendor
        self._made: dict[str, tuple[str, Any]] = {}
        self._making: dict[str, asyncio.Lock] = {}
        loader = FileSystemLoader(_HERE, encoding="utf-8")
        self._env = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._env.filters |= {"path": path, "href": href}
        self._env.filters["zip"] = zip
        self._env.globals |= {"classes": CLASSES, "base": base()}

    # --- what pages share ---

    def language(self, request: Request) -> str:
        """``?lang=``, else the cookie's, else what the browser prefers, else the server's own."""
        for said in (request.query_params.get("lang"), request.cookies.get("lang")):
            if said in ("zh", "en"):
                return said
        tongues = endpoint.preferences(request.headers.get("accept-language", ""))
        spoken = [tag[:2] for tag in sorted(tongues, key=lambda tag: -tongues[tag]) if tag[:2] in ("zh", "en")]
        return spoken[0] if spoken else self.lang or "zh"

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page from its template."""
        lang = self.language(request)
        other = "en" if lang == "zh" else "zh"
        kept = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
        values |= {
            "lang": lang,
            "t": lambda zh, en: zh if lang == "zh" else en,
            "word": lambda term: words(term, lang),
            "other": f"{request.url.path}?{urlencode([*kept, ('lang', other)])}",
            "here": request.url.path,
        }
        text = self._env.get_template(name).render(values).encode("utf-8", "replace")
        response = HTMLResponse(text, status, {"Cache-Control": "no-cache", "Vary": "Accept, Accept-Language, Cookie"})
        if request.query_params.get("lang") in ("zh", "en"):
            response.set_cookie("lang", lang, max_age=31_536_000, httponly=True, samesite="lax")
        return response

    def failure(self, request: Request, error: Refused) -> Response:
        """A page for people, a line for programs, saying what went wrong."""
        headers = {"Retry-After": "5"} if error.status == 503 else {}
        if endpoint.ranked(request.headers.get("accept", ""), {"text": ("text/plain",), "html": endpoint.HTML})[:1] == [
            "html"
        ]:
            response: Response = self.page(request, "error.html", error.status, error=error)
        else:
            text = f"{error.zh if self.language(request) == 'zh' else error.en}\n"
            response = Response(text.encode("utf-8", "replace"), error.status, media_type="text/plain")
        response.headers.update(headers)
        return response

    async def index(self) -> Index:
        """What can be searched, made once for each build."""

        async def make() -> Index:
            return Index((await self._ask_long({"do": "index"})).json()["entries"])

        found = await self._once("index", make)
        assert isinstance(found, Index)
        return found

    async def warm(self) -> None:
        """Makes the search ready before anybody asks; when that fails, the first who asks hears why."""
        with contextlib.suppress(Refused):
            await self.index()

    async def _ask_long(self, job: dict[str, Any]) -> Any:
        return await self.pool.ask(job, "pages", self.pool.limits.making)

    async def _once(self, name: str, make: Callable[[], Any]) -> Any:
        """What is made for each build, made by the first who needs it while others wait."""
        now = generation(self.pool.place)
        async with self._making.setdefault(name, asyncio.Lock()):
            held = self._made.get(name)
            if held is None or held[0] != now:
                held = self._made[name] = (now, await make())
        return held[1]

    async def _ask(self, request: Request, job: dict[str, Any]) -> Any:
        return await endpoint.attended(request, self.pool, job, "pages")

    # --- pages ---

    async def home(self, request: Request) -> Response:
        """Search box, the papers, what there is of each class, a few questions."""
        index = await self.index()
        papers = sorted((e for e in index.entries if e.kind == "document"), key=lambda e: e.label)
        return self.page(request, "home.html", counts=index.counts(), papers=papers, questions=_questions()[:12])

    async def search(self, request: Request) -> Response:
        """Results by class; as JSON for the box that completes."""
        text = request.query_params.get("q", "").strip()[:200]
        if request.url.path.endswith(".json"):
            hits = (await self.index()).find(text, 6)
            lang = self.language(request)
            rows = [
                {
                    "path": href(e.path),
                    "label": e.called(lang),
                    "item": e.item,
                    "kind": CLASSES[h.kind][lang == "en"],
                    "of": self._paper(e),
                }
                for h in hits
                for e in h.best
            ]
            return JSONResponse({"results": rows[:30]}, headers={"Cache-Control": "no-cache"})
        most = 1000 if request.query_params.get("all") else 20
        hits = (await self.index()).find(text, most)
        return self.page(request, "search.html", q=text, hits=hits, paper=self._paper)

    def _paper(self, entry: Entry) -> str:
        """Title of the paper an item stands in."""
        index = self._made["index"][1]
        home = index.by_path.get("/".join(entry.path.split("/")[:3]))
        return home.label if home and home is not entry else ""

    async def thing(self, request: Request) -> Response:
        """One thing at its IRI's path, as the reader prefers: a page, Turtle or JSON-LD."""
        kind, *parts = _segments(request)
        form = (endpoint.ranked(request.headers.get("accept", ""), _FORMS) or ["html"])[0]
        if match := _SUFFIX.search(parts[-1] if parts else ""):
            form, parts[-1] = match[1], parts[-1][: match.start()]
        if not parts or not all(part or kind == "document" for part in parts):
            raise Refused(404, "没有这个页面", "no such page")
        if kind == "graph" and form == "html":
            form = "ttl"
        if form != "html":
            reply = await self._ask(request, {"do": "rdf", "kind": kind, "parts": parts, "form": form})
            headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
            return Response(reply.body, headers=headers, media_type=endpoint.content_type(form))
        reply = await self._ask(request, {"do": "card", "kind": kind, "parts": parts, "lang": self.language(request)})
        found = reply.json()
        response = self.page(
            request, "thing.html", card=found, kind=kind, me=href(path(found["iri"])), spot=_spot(found, kind, parts)
        )
        here = quote(href(path(found["iri"])), safe="/%~")
        response.headers["Link"] = (
            f'<{here}.ttl>; rel="alternate"; type="text/turtle", <{here}.jsonld>; rel="alternate"; type="application/ld+json"'
        )
        return response

    async def vocabulary(self, request: Request) -> Response:
        """Our own terms, where their IRIs lead."""
        reply = await self._ask(request, {"do": "vocabulary"})
        return self.page(request, "vocabulary.html", terms=reply.json()["terms"])

    async def explorer(self, request: Request) -> Response:
        """The explorer over the live store; its own policy lets only its own scripts run."""
        lang = self.language(request)

        async def make() -> bytes:
            body = (await self._ask_long({"do": "explorer", "lang": lang})).body
            assert isinstance(body, bytes)
            return body

        body = await self._once(f"explorer {lang}", make)
        policy = _META.search(body[:8000].decode("utf-8", "replace"))
        headers = {"Content-Security-Policy": f"{policy[1]}; frame-ancestors 'none'"} if policy else {}
        return HTMLResponse(body, headers={**headers, "Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"})

    async def questions(self, request: Request) -> Response:
        """The library of questions."""
        return self.page(request, "questions.html", questions=_questions())

    async def question(self, request: Request) -> Response:
        """One question: a form, and its answer as a table, CSV or JSON."""
        name, dot, form = request.path_params["name"].partition(".")
        if name not in catalogue.names() or (dot and form not in ("csv", "json", "xlsx")):
            raise Refused(404, "没有这个问题", "no such question")
        asked = catalogue.get(name)
        known = {parameter.name for parameter in asked.parameters}
        given = {k: v.strip() for k, v in request.query_params.items() if k in known and v.strip()}
        ready = all(p.name in given for p in asked.parameters if p.required)
        if form:
            return _file(name, form, await self._rows(request, name, given))
        found: Mapping[str, Any] = {"columns": [], "rows": []}
        error, status = None, 200
        if ready:
            try:
                found = await self._rows(request, name, given)
            except Refused as refused:
                error, status = refused, refused.status
        index = await self.index()
        values = {
            "asked": asked, "given": given, "ready": ready, "error": error, "columns": found["columns"],
            "rows": found["rows"][:SHOWN], "total": len(found["rows"]), "link": lambda row, c: _link(index, row, c),
            "paper": lambda place: index.by_path[place].label if place in index.by_path else "",
            "choices": {p.name: _choices(index, p.name) for p in asked.parameters},
            "sparql": catalogue.bind(asked, given) if ready else "", "address": urlencode(given),
        }  # fmt: skip
        return self.page(request, "question.html", status, **values)

    async def _rows(self, request: Request, name: str, given: Mapping[str, str]) -> Any:
        return (await self._ask(request, {"do": "question", "name": name, "given": dict(given)})).json()

    async def sparql(self, request: Request) -> Response:
        """The endpoint for programs, a page for people."""
        html = endpoint.ranked(request.headers.get("accept", ""), {**endpoint.TYPES, "html": endpoint.HTML})[:1] == [
            "html"
        ]
        if request.method == "POST" or (
            "query" in request.query_params and (not html or "format" in request.query_params)
        ):
            return await endpoint.answer(request, self.pool)
        if not html:
            if "update" in request.query_params or request.query_params:
                await endpoint.read(request, self.pool.limits.request)
            text = endpoint.DESCRIPTION.format(url=str(request.url.replace(query="")))
            return Response(text, media_type=endpoint.content_type("ttl"), headers={"Vary": "Accept"})
        samples = [(q, catalogue.bind(q, {})) for q in _questions() if not any(p.required for p in q.parameters)]
        yasgui = all((self.vendor / name).is_file() for name in ("yasgui.min.js", "yasgui.min.css"))
        query = request.query_params.get("query", "")
        response = self.page(
            request, "sparql.html", query=query, samples=samples, yasgui=yasgui, limits=self.pool.limits
        )
        if yasgui:  # its editor sets styles on elements; scripts stay our own files
            response.headers["Content-Security-Policy"] = "style-src 'self' 'unsafe-inline'"
        return response

    async def moved(self, request: Request) -> Response:
        """The page of a thing from its IRI: ``/about?iri=…``."""
        there = path(request.query_params.get("iri", ""))
        if not there:
            raise Refused(404, f"只有 {base()} 下的事物有页面", f"only things under {base()} have pages")
        return RedirectResponse(quote(there, safe="/%~#=,"), 303)


def href(place: str) -> str:
    """A path as a link may hold it: what would end it or start a query is escaped, what is escaped stays.

    >>> href("/agency/深圳 海关?x"), href("//example.org"), href("/group/a/b%2Fc")
    ('/agency/深圳%20海关%3Fx', '/example.org', '/group/a/b%2Fc')
    """
    return re.sub(r"[\x00-\x20?\"'<>\\^`{|}]", lambda m: quote(m[0], safe=""), "/" + place.lstrip("/"))


def _spot(found: Mapping[str, Any], kind: str, parts: Sequence[str]) -> str:
    """Where the explorer shows a thing and its neighbours, as the fragment of its address; ``""`` when it does not."""
    home = {"Measure": "measure", "Case": "measure", "Practice": "measure", "Interpretation": "interpretation"}
    if (
        not found["sections"]
        or kind not in ("agency", "mode", "port", "platform", "document")
        or (len(parts) > 1 and found["class"] not in home)
    ):
        return ""
    name = "/".join((home.get(found["class"], kind), *parts))
    return urlencode({"v": "ego", "s": name, "ego": json.dumps([name], ensure_ascii=False)}, quote_via=quote)


def _segments(request: Request) -> list[str]:
    """Parts of the path, each decoded by itself: an escaped slash belongs to a name."""
    raw = request.scope.get("raw_path") or quote(request.scope["path"]).encode("ascii")
    try:
        return [unquote(part, errors="strict") for part in raw.decode("ascii").lstrip("/").split("/")]
    except UnicodeDecodeError as error:
        raise Refused(404, "没有这个页面", "no such page") from error


def _questions() -> list[catalogue.Question]:
    return [catalogue.get(name) for name in catalogue.names()]


def _choices(index: Index, parameter: str) -> list[str]:
    if parameter in TERMS:
        return list(TERMS[parameter])
    kind = {"with": "agency"}.get(parameter, parameter)
    return index.known(kind)[:500] if kind in CLASSES and kind != "measure" else []


def _link(index: Index, row: Mapping[str, str], column: str) -> str:
    """Page of what a cell of an answer names, ``""`` for none."""
    cell = row[column]
    if not cell:
        return ""
    if column in ("measure", "of_measure"):
        home = index.page(row.get(column.replace("measure", "document"), ""), "document")
        return f"{home}/{quote(cell, safe='')}" if home else ""
    return index.page(cell, *_COLUMNS[column]) if column in _COLUMNS else ""


def _file(name: str, form: str, found: Mapping[str, Any]) -> Response:
    kinds = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
    kinds["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    if form == "xlsx":
        body = tables.xlsx([(name, found["columns"], found["rows"])])
    else:
        out = io.StringIO()
        tables.write(found["columns"], found["rows"], form, out)
        body = out.getvalue().encode("utf-8", "replace")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-cache"}
    return Response(body, headers=headers, media_type=kinds[form])
