"""The pages: home, search, one page per thing, the questions as forms, SPARQL. Each in Chinese and English."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from guanlian.ontology.terms import base
from guanlian.outputs import endpoint, forms, pictures
from guanlian.outputs.cards import path
from guanlian.outputs.pool import Pool
from guanlian.outputs.search import CLASSES, Entry, Index
from guanlian.outputs.wire import Refused, generation
from guanlian.outputs.words import head, words
from guanlian.queries import catalogue

_HERE = Path(__file__).parent
_FORMS = {"html": endpoint.HTML, "ttl": ("text/turtle",), "jsonld": ("application/ld+json",)}
_SUFFIX = re.compile(r"\.(ttl|jsonld|html)$")
_FOR_PROGRAMS = re.compile(r"^/(sparql|static/.*|.*\.(ttl|jsonld|json|csv|xlsx))$")
_META = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
_PAUSE = 60.0  # seconds after which an index that could not be made is tried again
SHOWN = 500
"""Rows of an answer a page shows; it says how many there are, and its files hold them all."""


class Site:
    """Pages over the build that counts at the moment; ``vendor`` holds YASGUI where it has been brought in."""

    def __init__(self, pool: Pool, lang: str = "", vendor: Path = _HERE / "vendor") -> None:
        self.pool, self.lang, self.vendor = pool, lang, vendor
        self._made: dict[str, tuple[str, Any]] = {}
        self._making: dict[str, asyncio.Lock] = {}
        self._index: tuple[str, Index] | None = None
        self._indexing: asyncio.Task[None] | None = None
        self._again = 0.0
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
            "heading": lambda column: head(column, lang),
            "other": f"{request.url.path}?{urlencode([*kept, ('lang', other)])}",
            "here": request.url.path,
        }
        text = self._env.get_template(name).render(values).encode("utf-8", "replace")
        response = HTMLResponse(text, status, {"Cache-Control": "no-cache", "Vary": "Accept, Accept-Language, Cookie"})
        if request.query_params.get("lang") in ("zh", "en"):
            response.set_cookie("lang", lang, max_age=31_536_000, httponly=True, samesite="lax")
        return response

    def failure(self, request: Request, error: Refused) -> Response:
        """A page for people, a line for programs, saying what went wrong; who takes anything gets the one that fits the address."""
        headers = {"Retry-After": "5"} if error.status == 503 else {}
        offers = {"html": endpoint.HTML, "text": ("text/plain",)}
        if _FOR_PROGRAMS.search(request.url.path):
            offers = dict(reversed(offers.items()))
        if endpoint.ranked(request.headers.get("accept", ""), offers)[:1] == ["html"]:
            response: Response = self.page(request, "error.html", error.status, error=error)
        else:
            text = f"{error.zh if self.language(request) == 'zh' else error.en}\n"
            response = Response(text.encode("utf-8", "replace"), error.status, media_type="text/plain")
        response.headers.update(headers)
        return response

    async def index(self) -> Index | None:
        """What can be searched in the build that counts; None while it is being made, beside everything else."""
        now = generation(self.pool.place)
        if self._index is not None and self._index[0] == now:
            return self._index[1]
        if self._indexing is None or (self._indexing.done() and time.monotonic() > self._again):
            self._indexing = asyncio.create_task(self._make_index())
        return None

    async def _make_index(self) -> None:
        self._again = time.monotonic() + _PAUSE
        with contextlib.suppress(Refused):  # pages do without
            reply = await self._ask_long({"do": "index"})
            self._index = reply.head["generation"], await asyncio.to_thread(lambda: Index(reply.json()["entries"]))
            self._again = 0.0

    async def warm(self) -> None:
        """Makes the home page's figures, which come soon, then the index; who asks when that fails hears why."""
        with contextlib.suppress(Refused):
            await self.overview()
            await self.index()

    async def close(self) -> None:
        """Leaves off making anything."""
        if self._indexing is not None:
            self._indexing.cancel()
            await asyncio.gather(self._indexing, return_exceptions=True)

    async def overview(self) -> dict[str, Any]:
        """How many things there are of each class, and the papers, title by path."""

        async def make() -> Any:
            return (await self.pool.ask({"do": "overview"})).json()

        found = await self._once("overview", make)
        assert isinstance(found, dict)
        return found

    async def _ask_long(self, job: dict[str, Any]) -> Any:
        return await self.pool.ask(job, "making", self.pool.limits.making)

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
        found = await self.overview()
        papers = list(found["papers"].items())
        return self.page(request, "home.html", counts=found["counts"], papers=papers, questions=forms.frequent())

    async def search(self, request: Request) -> Response:
        """Results by class; as JSON for the box that completes. Only names as typed until there is an index."""
        text = request.query_params.get("q", "").strip()[:200]
        boxed = request.url.path.endswith(".json")
        index = await self.index()
        ready = index is not None
        if index is None:
            reply = await self._ask(request, {"do": "find", "text": text}) if text else None
            index = Index(reply.json()["entries"] if reply else [])
        hits = index.find(text, 6 if boxed else 1000 if request.query_params.get("all") else 20)
        papers = (await self.overview())["papers"] if hits else {}

        def paper(entry: Entry) -> str:
            return papers.get(home, "") if (home := "/".join(entry.path.split("/")[:3])) != entry.path else ""

        if not boxed:
            return self.page(request, "search.html", q=text, hits=hits, paper=paper, ready=ready)
        lang = self.language(request)
        rows = [
            {
                "path": href(e.path), "label": e.called(lang), "item": e.item,
                "kind": CLASSES[h.kind][lang == "en"], "of": paper(e),
            }
            for h in hits
            for e in h.best
        ]  # fmt: skip
        return JSONResponse({"results": rows[:30], "ready": ready}, headers={"Cache-Control": "no-cache"})

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

        return _explorer(await self._once(f"explorer {lang}", make))

    async def questions(self, request: Request) -> Response:
        """The library of questions."""
        return self.page(request, "questions.html", questions=forms.questions())

    async def question(self, request: Request) -> Response:
        """One question: a form, and its answer as a table, a file or a graph."""
        name, dot, form = request.path_params["name"].partition(".")
        if dot and form not in ("csv", "json", "xlsx", "graph"):
            raise Refused(404, "没有这个页面", "no such page")
        try:
            asked = catalogue.get(name)
        except catalogue.QuestionError as unknown:
            raise Refused(404, unknown.zh, unknown.en) from None
        known = {parameter.name for parameter in asked.parameters}
        given = {k: v.strip() for k, v in request.query_params.items() if k in known and v.strip()}
        ready = all(p.name in given for p in asked.parameters if p.required)
        if form == "graph":
            return await self._picture(request, asked, given)
        if form:
            return forms.file(name, form, await self._rows(request, name, given))
        found: Mapping[str, Any] = {"columns": [], "rows": []}
        error, status = None, 200
        if ready:
            try:
                found = await self._rows(request, name, given)
            except Refused as refused:
                error, status = refused, refused.status
        index, papers = await self.index(), (await self.overview())["papers"]
        values = {
            "asked": asked, "given": given, "ready": ready, "error": error, "columns": found["columns"],
            "rows": found["rows"][:SHOWN], "total": len(found["rows"]), "link": lambda row, c: forms.link(index, row, c),
            "paper": lambda place: papers.get(place, ""), "indexed": index is not None,
            "choices": {p.name: forms.choices(index, p) for p in asked.parameters},
            "sparql": catalogue.bind(asked, given) if ready else "", "address": urlencode(given),
            "drawable": pictures.drawable(asked),
        }  # fmt: skip
        return self.page(request, "question.html", status, **values)

    async def _picture(self, request: Request, asked: catalogue.Question, given: Mapping[str, str]) -> Response:
        """The answer in the explorer; of a question about one thing, the thing in the whole explorer."""
        if not pictures.drawable(asked):
            raise Refused(404, "这个问题的答案连不成图", "the answer to this question makes no graph")
        kind = pictures.CARDS.get(asked.name, "")
        if kind and given.get(kind):
            index, name = await self.index(), given[kind]
            label = index.label(name, kind) if index else name
            return RedirectResponse(f"/explorer#{_around(f'{kind}/{label}')}", 303)
        job = {"do": "picture", "name": asked.name, "given": dict(given), "lang": self.language(request)}
        return _explorer((await self._ask(request, job)).body)

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
            return endpoint.description(request)
        samples = [(q, catalogue.bind(q, {})) for q in forms.questions() if not any(p.required for p in q.parameters)]
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
    told = {section["name"] for section in found["sections"]}
    if kind == "group":  # a collective whose members nobody gives answers for measures as a unit does
        return _around("/".join((kind, *parts)) if "members" in told else f"agency/{found['title']}") if told else ""
    if (
        not told
        or kind not in ("agency", "mode", "port", "platform", "document")
        or (len(parts) > 1 and found["class"] not in home)
    ):
        return ""
    return _around("/".join((home.get(found["class"], kind), *parts)))


def _around(name: str) -> str:
    """Fragment of the explorer's address for a thing in the middle of its neighbours."""
    return urlencode({"v": "ego", "s": name, "ego": json.dumps([name], ensure_ascii=False)}, quote_via=quote)


def _explorer(body: bytes) -> Response:
    """The explorer's page under its own policy."""
    policy = _META.search(body[:8000].decode("utf-8", "replace"))
    headers = {"Content-Security-Policy": f"{policy[1]}; frame-ancestors 'none'"} if policy else {}
    return HTMLResponse(body, headers={**headers, "Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"})


def _segments(request: Request) -> list[str]:
    """Parts of the path, each decoded by itself: an escaped slash belongs to a name."""
    raw = request.scope.get("raw_path") or quote(request.scope["path"]).encode("ascii")
    try:
        return [unquote(part, errors="strict") for part in raw.decode("ascii").lstrip("/").split("/")]
    except UnicodeDecodeError as error:
        raise Refused(404, "没有这个页面", "no such page") from error
