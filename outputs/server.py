"""``guanlian serve``: the application, what guards its door, and how it is run."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import re
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from guanlian.outputs.pool import Pool
from guanlian.outputs.site import Site
from guanlian.outputs.wire import Limits, Refused

_HERE = Path(__file__).parent
_STATIC = {"site.css": "text/css", "site.js": "text/javascript", "sparql.js": "text/javascript"}
_VENDOR = {"yasgui.min.css": "text/css", "yasgui.min.js": "text/javascript"}
LOOPBACK = ("localhost", "127.0.0.1", "::1")
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""What a page may load and do: only what this server itself gives."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Door:
    """Turns away what another site sends through a visitor's browser, and puts the safety headers on every answer.

    With ``hosts``, a request must name one of them in ``Host``: a name that somebody else's DNS points at this
    machine does not open the door (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...] = ()) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _protect(MutableHeaders(scope=message))
            await send(message)

        why = self._objection(Headers(scope=scope))
        answer = PlainTextResponse(f"{why}\n", 403 if "Origin" in why else 400) if why else self.app
        await answer(scope, receive, sending)

    def _objection(self, headers: Headers) -> str:
        named = headers.getlist("host")
        if len(named) != 1 or not re.fullmatch(r"[A-Za-z0-9._\-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?", named[0]):
            return "need one Host header"
        if self.hosts and _host(named[0]) not in self.hosts:
            return f"this server answers only to {', '.join(self.hosts)}; see --host"
        origin = headers.get("origin")
        if origin is not None and origin.partition("://")[2] != named[0]:
            return "Origin is another site"
        return ""


def _protect(headers: MutableHeaders) -> None:
    """A response may loosen single directives of the policy, or bring a whole one (``default-src``)."""
    own = headers.get("content-security-policy", "")
    if "default-src" not in own:
        changed = dict(part.strip().split(" ", 1) for part in own.split(";") if part.strip())
        headers["Content-Security-Policy"] = "; ".join(f"{k} {v}" for k, v in {**POLICY, **changed}.items())
    for name, value in _HEADERS.items():
        headers[name] = value


def _host(named: str) -> str:
    """Host of a ``Host`` header, without port and brackets.

    >>> _host("LocalHost:8000"), _host("[::1]:8000"), _host("127.0.0.1")
    ('localhost', '::1', '127.0.0.1')
    """
    bare = named.strip().lower()
    return bare[1:].partition("]")[0] if bare.startswith("[") else bare.partition(":")[0].rstrip(".")


def application(
    place: str | Path,
    *,
    lang: str = "",
    hosts: tuple[str, ...] = LOOPBACK,
    limits: Limits | None = None,
    vendor: Path = _HERE / "vendor",
) -> Starlette:
    """The application over a store: a folder or the URL of a SPARQL endpoint, as ``--store`` takes it.

    ``hosts`` are the names it answers to, empty for all; ``lang`` is for who states no preference.
    """
    pool = Pool(str(place), limits)
    site = Site(pool, lang, vendor)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await pool.start()
        warming = asyncio.create_task(site.warm())
        try:
            yield
        finally:
            warming.cancel()
            await asyncio.gather(warming, site.close(), return_exceptions=True)
            await pool.close()

    async def refused(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException):
            said = {404: ("没有这个页面", "no such page"), 405: ("不支持这种方法", "method not allowed")}
            zh, en = said.get(error.status_code, (error.detail, error.detail))
            response = site.failure(request, Refused(error.status_code, zh, en))
            response.headers.update(error.headers or {})
            return response
        assert isinstance(error, Refused)
        return site.failure(request, error)

    async def gone(request: Request, error: Exception) -> Response:
        return Response(status_code=499)  # nobody hears it

    async def fault(request: Request, error: Exception) -> Response:
        """The visitor hears of it; whoever runs the server finds the traceback on standard error."""
        why = type(error).__name__
        zh, en = f"程序错误（{why}），详情见服务器的输出", f"a fault in guanlian ({why}); the server's output tells more"
        response = site.failure(request, Refused(500, zh, en))
        _protect(response.headers)  # a fault is answered outside the door
        return response

    handlers: dict[Any, Any] = {Refused: refused, HTTPException: refused, ClientDisconnect: gone, Exception: fault}
    app = Starlette(routes=_routes(site, vendor), lifespan=lifespan, exception_handlers=handlers)
    app.router.redirect_slashes = False
    app.add_middleware(Door, hosts=hosts)
    app.state.pool = pool
    return app


def _routes(site: Site, vendor: Path) -> list[Route]:
    pages: dict[str, Callable[[Request], Any]] = {
        "/": site.home,
        "/search": site.search,
        "/search.json": site.search,
        "/explorer": site.explorer,
        "/questions": site.questions,
        "/questions/{name}": site.question,
        "/about": site.moved,
        "/ns": site.vocabulary,
    }
    routes = [Route(path, page, methods=["GET"]) for path, page in pages.items()]
    routes.append(Route("/sparql", site.sparql, methods=["GET", "POST"]))
    for name, kind in _STATIC.items():
        routes.append(_asset(f"/static/{name}", _HERE / name, kind))
    for name, kind in _VENDOR.items():
        routes.append(_asset(f"/static/{name}", vendor / name, kind))
    return [*routes, Route("/{kind}/{rest:path}", site.thing, methods=["GET"])]


def _asset(path: str, file: Path, kind: str) -> Route:
    """A route to one file: no path from outside ever reaches the file system."""

    def give(request: Request) -> Response:
        try:
            body = file.read_bytes()
        except FileNotFoundError:
            raise Refused(404, "没有这个页面", "no such page") from None
        return Response(body, media_type=f"{kind}; charset=utf-8", headers={"Cache-Control": "no-cache"})

    return Route(path, give, methods=["GET"])


def allowed(host: str) -> tuple[str, ...]:
    """Names a server bound to ``host`` answers to: on loopback only loopback's own; elsewhere all.

    >>> allowed("127.0.0.1") == LOOPBACK, allowed("0.0.0.0")
    (True, ())
    """
    if host == "localhost":
        return LOOPBACK
    try:
        return tuple(dict.fromkeys((*LOOPBACK, host))) if ipaddress.ip_address(host).is_loopback else ()
    except ValueError:
        return ()


def run(
    place: str | Path, host: str = "127.0.0.1", port: int = 8000, *, lang: str = "", limits: Limits | None = None,
    ready: Callable[[str], None] = lambda url: None,
) -> None:  # fmt: skip
    """Serves until interrupted; ``ready`` gets the address once connections are taken. ``port`` 0 takes a free one.

    Raises OSError for an address that is taken or not ours.
    """
    import uvicorn

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=256) as listener:
        taken = listener.getsockname()[1]
        app = application(place, lang=lang, hosts=allowed(host), limits=limits)
        config = uvicorn.Config(
            app, http="h11", ws="none", log_level="warning", access_log=False, server_header=False,
            limit_concurrency=512, timeout_keep_alive=15, timeout_graceful_shutdown=3, lifespan="on",
        )  # fmt: skip
        ready(f"http://{f'[{host}]' if ':' in host else host}:{taken}/")
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])
