"""One process that answers questions of a store, one at a time, until its input ends; it may be killed at any moment.

It never writes to the store and keeps nothing that matters, so that its server can kill it when a question takes
too long: SPARQL engines cannot be interrupted from inside.
"""

from __future__ import annotations

import csv
import io
import json
import math
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from guanlian.graph import publish
from guanlian.graph.store import TRIPLES, FormatError, Store, StoreError
from guanlian.outputs.wire import HEAD, Limits, Refused, frame, generation
from guanlian.queries import guard
from guanlian.queries.catalogue import QuestionError

STATUSES: dict[type[Exception], int] = {
    guard.QueryError: 400,
    guard.RefusedQuery: 403,
    QuestionError: 400,
    FormatError: 406,
    StoreError: 503,
}
"""HTTP status of a failure that is nobody's fault but the question's or the store's."""

Said = tuple[dict[str, Any], bytes]


class _Bounded(io.BytesIO):
    """Bytes in memory, up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._left = limit

    def write(self, data: Any, /) -> int:
        """As BytesIO; raises Refused beyond the limit, which ends the query too."""
        self._left -= len(data)
        if self._left < 0:
            raise _too_much(f"{self.tell() >> 20} MB", f"{self.tell() >> 20} MB")
        return super().write(data)


def _too_much(zh: str, en: str) -> Refused:
    return Refused(
        422, f"答案超过 {zh}，未给出任何部分；请加 LIMIT", f"the answer exceeds {en}; none of it is given: add a LIMIT"
    )


def rows(form: str, body: bytes) -> int:
    r"""How many solutions or triples an answer holds, at most: read back from its own format.

    >>> rows("csv", b'a\r\n"1\r\n2"\r\n3\r\n'), rows("nt", b"<a> <b> <c> .\n")
    (2, 1)
    """
    if form == "srj":
        found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        return sum(1 for _ in found) if isinstance(found, ox.QuerySolutions) else 1
    if form == "srx":
        return body.count(b"<result>")  # a "<" of the data is written &lt;
    if form == "csv":
        return sum(1 for _ in csv.reader(io.StringIO(body.decode("utf-8"), newline=""))) - 1
    if form in ("tsv", "nt"):
        return body.count(b"\n") - (form == "tsv")
    return sum(1 for _ in ox.parse(body, format=TRIPLES[form]))


class Desk:
    """Answers jobs about the build that counts at the moment each one comes in."""

    def __init__(self, place: str, limits: Limits) -> None:
        self.place, self.limits = place, limits
        self.generation = ""
        self.store: Store | None = None

    def open(self) -> Store:
        """The store, opened again when another build has been published since."""
        now = generation(self.place)
        if self.store is None or now != self.generation:
            self.store, self.generation = None, now
            self.store = Store.open(self.place)
        return self.store

    def answer(self, job: dict[str, Any]) -> Said:
        """Head and body of the reply; a failure that has words is a reply too."""
        try:
            head, body = self._retried(job)
        except (guard.QueryError, guard.RefusedQuery, QuestionError, StoreError, Refused) as error:
            status = error.status if isinstance(error, Refused) else STATUSES[type(error)]
            head, body = {"status": status, "zh": error.zh, "en": error.en}, b""
        return {"status": 200, **head, "generation": self.generation}, body

    def _retried(self, job: dict[str, Any]) -> Said:
        """Once more when the files went away under the question, because builds were published meanwhile."""
        handle = _JOBS[job["do"]]
        try:
            return handle(self.open(), job, self.limits)
        except StoreError:
            if generation(self.place) == self.generation:
                raise
            return handle(self.open(), job, self.limits)


def written(
    store: Store,
    sparql: str,
    forms: Sequence[str],
    limits: Limits,
    default: Sequence[str] = (),
    named: Sequence[str] = (),
) -> tuple[str, bytes]:
    """Form and bytes of an answer within the limits: what exceeds them is refused whole, never cut."""
    out = _Bounded(limits.size)
    form = store.write(sparql, out, forms, default, named)
    body = out.getvalue()
    if len(body) > limits.rows and rows(form, body) > limits.rows:
        raise _too_much(f"{limits.rows} 行", f"{limits.rows} rows")
    return form, body


def _sparql(store: Store, job: dict[str, Any], limits: Limits) -> Said:
    form, body = written(store, job["query"], job["forms"], limits, job.get("default", ()), job.get("named", ()))
    return {"form": form}, body


def _question(store: Store, job: dict[str, Any], limits: Limits) -> Said:
    from guanlian.outputs import answers

    columns, found = answers.ask(store, job["name"], job["given"])
    return _json({"columns": list(columns), "rows": [list(row) for row in found]})


def _picture(store: Store, job: dict[str, Any], limits: Limits) -> Said:
    from guanlian.outputs.pictures import picture

    return {}, picture(store, job["name"], job["given"], job["lang"]).encode("utf-8")


def _card(store: Store, job: dict[str, Any], limits: Limits) -> Said:
    from guanlian.outputs import cards

    return _json(cards.card(store, job["kind"], job["parts"], job["lang"]))


def _rdf(store: Store, job: dict[str, Any], limits: Limits) -> Said:
    from guanlian.outputs import cards

    form, body = written(store, cards.description(job["kind"], job["parts"]), [job["form"]], limits)
    if not rows(form, body):
        raise Refused(404, "图谱里没有这个事物", "the graph knows no such thing")
    return {"form": form}, body


def _index(store: Store, job: dict[str, Any], limits: Limits) -> Said:
    from guanlian.outputs import search

    return _json({"entries": search.entries(store)})


def _find(store: Store, job: dict[str, Any], limits: Limits) -> Said:
    from guanlian.outputs import search

    return _json({"entries": search.entries(store, job["text"])})


def _overview(store: Store, job: dict[str, Any], limits: Limits) -> Said:
    from guanlian.outputs import search

    return _json(search.overview(store))


def _vocabulary(store: Store, job: dict[str, Any], limits: Limits) -> Said:
    from guanlian.outputs import cards

    return _json({"terms": cards.vocabulary(store)})


def _explorer(store: Store, job: dict[str, Any], limits: Limits) -> Said:
    """The page a build has left, where it opens in the language asked for; else one made now."""
    from guanlian.outputs.gather import explorer

    page = Path(store.name).with_name("explorer.html")
    if page.parent.parent.name == publish.FOLDER and page.is_file():
        text = page.read_text(encoding="utf-8")
        if f'<html lang="{"zh-Hans" if job["lang"] == "zh" else "en"}">' in text[:1000]:
            return {}, text.encode("utf-8")
    return {}, explorer(store, job["lang"]).encode("utf-8")


_JOBS: dict[str, Callable[[Store, dict[str, Any], Limits], Said]] = {
    "sparql": _sparql,
    "question": _question,
    "picture": _picture,
    "card": _card,
    "rdf": _rdf,
    "index": _index,
    "find": _find,
    "overview": _overview,
    "vocabulary": _vocabulary,
    "explorer": _explorer,
}


def _json(value: dict[str, Any]) -> Said:
    return {}, json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def read(source: IO[bytes]) -> dict[str, Any] | None:
    """The next job, or None at the end of input."""
    head = source.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    length, more = HEAD.unpack(head)
    job = json.loads(source.read(length))
    source.read(more)
    return dict(job)


def serve(place: str, limits: Limits, source: IO[bytes], sink: IO[bytes]) -> None:
    """Answers jobs from ``source`` on ``sink`` until it ends."""
    desk = Desk(place, limits)
    fresh = True
    sink.write(frame({"ready": os.getpid()}))
    sink.flush()
    while (job := read(source)) is not None:
        _alarm(math.ceil(job.get("seconds", limits.seconds)) + 5)
        reply = frame(*desk.answer(job))
        _alarm(0)
        sink.write(reply)
        sink.flush()
        if fresh:
            guard.check("ASK {}")  # loads the parser while nobody waits for it
            fresh = False


def _alarm(seconds: int) -> None:
    """Should the server itself be gone, the system ends this process: the default action needs no interpreter."""
    if sys.platform != "win32":
        signal.alarm(seconds)


def _confine(memory: int) -> None:
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """``place limits-as-JSON`` on the command line; frames on standard input and output."""
    place, limits = sys.argv[1], Limits(**json.loads(sys.argv[2]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to understand
    _confine(limits.memory)
    with os.fdopen(os.dup(1), "wb") as sink:
        os.dup2(2, 1)  # whatever a library prints must not meet the frames
        serve(place, limits, sys.stdin.buffer, sink)
