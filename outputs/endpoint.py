"""SPARQL 1.1 Protocol: reads a request, has it answered by a process of the pool, says what went wrong in HTTP's words."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from guanlian.graph.store import TRIPLES
from guanlian.outputs.pool import Pool, Reply
from guanlian.outputs.wire import Refused

RESULT_TYPES = {
    "srj": ("application/sparql-results+json", "application/json"),
    "srx": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
GRAPH_TYPES = {
    "ttl": ("text/turtle", "application/x-turtle"),
    "nt": ("application/n-triples", "text/plain"),
    "jsonld": ("application/ld+json",),
    "rdf": ("application/rdf+xml",),
}
TYPES: Mapping[str, Sequence[str]] = {**RESULT_TYPES, **GRAPH_TYPES}
HTML = ("text/html", "application/xhtml+xml")

_READING = 15.0  # seconds a request's body may take to arrive
_FORM, _DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"

_DESCRIPTION = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .

[] a sd:Service ;
    sd:endpoint <{url}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML, formats:SPARQL_Results_CSV,
        formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples, formats:JSON-LD, formats:RDF_XML .
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as a request brings it. ``form`` is the format named in the request itself, ``""`` for none."""

    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    form: str = ""


def ranked(accept: str, offers: Mapping[str, Sequence[str]]) -> list[str]:
    """Names of the offers an ``Accept`` header takes, best first; as offered where it has no preference (RFC 9110).

    >>> ranked("text/csv;q=0.5, application/*", {"csv": ["text/csv"], "json": ["application/json"]})
    ['json', 'csv']
    >>> ranked("", {"a": ["x/y"]}), ranked("image/png", {"a": ["x/y"]}), ranked("*/*, x/y;q=0", {"a": ["x/y"]})
    (['a'], [], [])
    """
    wanted = preferences(accept)
    if not wanted:
        return list(offers)

    def best(types: Sequence[str]) -> float:
        return max(_quality(wanted, kind) for kind in types)

    return sorted((name for name in offers if best(offers[name]) > 0), key=lambda name: -best(offers[name]))


def preferences(header: str) -> dict[str, float]:
    """What an ``Accept`` header lists, in lower case, with the quality of each.

    >>> preferences("zh-CN, en;q=0.8")
    {'zh-cn': 1.0, 'en': 0.8}
    """
    wanted: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = (word.strip() for word in part.split(";"))
        if name:
            wanted[name] = _number(next((p[2:].strip() for p in parameters if p.startswith("q=")), "1"))
    return wanted


def _quality(wanted: Mapping[str, float], kind: str) -> float:
    family = kind.partition("/")[0] + "/*"
    return next((wanted[name] for name in (kind, family, "*/*") if name in wanted), 0.0)


def _number(text: str) -> float:
    try:
        return max(0.0, min(1.0, float(text)))
    except ValueError:
        return 0.0


async def read(request: Request, limit: int) -> Asked:
    """The query of a GET, of a form or of a plain POST; ``limit`` in bytes. Raises Refused."""
    address = _pairs(request.scope["query_string"])
    if request.method != "POST":
        return _asked(address, [])
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    charset = parameters.partition("charset=")[2].strip(' "')
    if charset not in ("", "utf-8", "utf8"):
        raise Refused(415, "请用 UTF-8", f"send UTF-8, not {charset}")
    if kind.strip() == "application/sparql-update":
        raise Refused(403, "只读：不允许更新", "read-only: updates are refused")
    if kind.strip() not in (_FORM, _DIRECT):
        raise Refused(415, f"Content-Type 应是 {_FORM} 或 {_DIRECT}", f"Content-Type must be {_FORM} or {_DIRECT}")
    body = await _body(request, limit)
    if kind.strip() == _FORM:
        return _asked([*address, *_pairs(body)], address)
    try:
        query = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, "查询不是 UTF-8", "the query is not UTF-8") from error
    return _asked([("query", query), *address], address)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise Refused(400, "参数读不懂", "cannot read the parameters") from error


def _asked(pairs: Sequence[tuple[str, str]], address: Sequence[tuple[str, str]]) -> Asked:
    def given(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in pairs if key == name)

    if given("update"):
        raise Refused(403, "只读：不允许更新", "read-only: updates are refused")
    if len(queries := given("query")) != 1:
        raise Refused(400, f"应有一个 query 参数，而有 {len(queries)} 个", f"need one query, found {len(queries)}")
    if given("using-graph-uri") or given("using-named-graph-uri"):
        raise Refused(400, "using-graph-uri 只用于更新", "using-graph-uri belongs to updates")
    form = next(iter(given("format")), "")
    return Asked(queries[0], given("default-graph-uri"), given("named-graph-uri"), form)


async def _body(request: Request, limit: int) -> bytes:
    """The body; what is too long is read to its end, within reason, so that the client gets to hear why."""
    held, size = [], 0
    try:
        async with asyncio.timeout(_READING):
            async for chunk in request.stream():
                size += len(chunk)
                if size <= limit:
                    held.append(chunk)
                elif size > limit + (32 << 20):
                    break
    except TimeoutError:
        raise Refused(408, "请求迟迟没有到齐", "the request took too long to arrive") from None
    if size > limit:
        raise Refused(413, f"请求超过 {limit} 字节", f"the request is longer than {limit} bytes")
    return b"".join(held)


async def attended(request: Request, pool: Pool, job: Mapping[str, object], lane: str, seconds: float = 0.0) -> Reply:
    """Answer of the pool; when the client goes away first, the process at work is ended: ClientDisconnect."""
    asking = asyncio.create_task(pool.ask(job, lane, seconds))
    leaving = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            raise ClientDisconnect
        return asking.result()
    finally:
        for task in (asking, leaving):
            task.cancel()
        await asyncio.gather(asking, leaving, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def answer(request: Request, pool: Pool) -> Response:
    """Response to a request that brings a query. Raises Refused."""
    asked = await read(request, pool.limits.request)
    forms = [asked.form] if asked.form else ranked(request.headers.get("accept", ""), TYPES)
    if asked.form and asked.form not in TYPES:
        raise Refused(400, f"format 只能是 {' '.join(TYPES)}", f"format is one of {' '.join(TYPES)}")
    if not forms:
        raise Refused(406, "没有能接受的格式", "no acceptable format")
    job = {"do": "sparql", "query": asked.query, "forms": forms, "default": asked.default, "named": asked.named}
    reply = await attended(request, pool, job, "queries")
    form = reply.head["form"]
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if asked.form:
        headers["Content-Disposition"] = f'attachment; filename="guanlian.{form}"'
    return Response(reply.body, headers=headers, media_type=content_type(form))


def description(request: Request) -> Response:
    """What the endpoint says of itself when it is asked nothing (SPARQL 1.1 Service Description). Raises Refused."""
    forms = ranked(request.headers.get("accept", ""), GRAPH_TYPES)
    if not forms:
        raise Refused(406, "没有能接受的格式", "no acceptable format")
    said = _DESCRIPTION.format(url=str(request.url.replace(query=""))).encode("utf-8")
    triples = (quad.triple for quad in ox.parse(said, format=ox.RdfFormat.TURTLE))
    prefixes = {"sd": "http://www.w3.org/ns/sparql-service-description#", "formats": "http://www.w3.org/ns/formats/"}
    body = ox.serialize(triples, format=TRIPLES[forms[0]], prefixes=prefixes)
    return Response(body, media_type=content_type(forms[0]), headers={"Vary": "Accept"})


def content_type(form: str) -> str:
    """Media type of a format, with its encoding where it is text.

    >>> content_type("csv"), content_type("ttl")
    ('text/csv; charset=utf-8', 'text/turtle; charset=utf-8')
    """
    kind = TYPES[form][0]
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
