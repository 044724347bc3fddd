"""What the server and the processes that answer for it agree on: limits, frames, and which build counts."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from guanlian.graph import publish

HEAD = struct.Struct(">II")
"""Lengths of the JSON and of the bytes of a frame."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may cost, and how many are answered at once.

    ``seconds`` for a query or a page, ``making`` for the explorer and the search index; ``rows`` and ``size``
    (bytes) of an answer; ``request`` bytes of a request's body; ``memory`` bytes of an answering process;
    ``queries`` and ``pages`` answered at once, ``waiting`` that may queue for up to ``patience`` seconds.
    """

    seconds: float = 20.0
    making: float = 120.0
    rows: int = 100_000
    size: int = 64 << 20
    request: int = 1 << 20
    memory: int = 2 << 30
    queries: int = 2
    pages: int = 2
    waiting: int = 32
    patience: float = 10.0

    def dumps(self) -> str:
        """As one word of a command line."""
        return json.dumps(asdict(self))


class Refused(Exception):
    """A request that gets no answer: HTTP status, and why, in Chinese and English."""

    def __init__(self, status: int, zh: str, en: str) -> None:
        super().__init__(f"{zh} | {en}")
        self.status, self.zh, self.en = status, zh, en


def frame(head: dict[str, Any], body: bytes = b"") -> bytes:
    """A message as bytes: two lengths, JSON, bytes.

    >>> frame({}, b"x")[8:]
    b'{}x'
    """
    said = json.dumps(head, ensure_ascii=False).encode("utf-8", "replace")
    return HEAD.pack(len(said), len(body)) + said + body


def generation(place: str) -> str:
    """Name of the build that counts in a folder now; another build has another name. A URL has only one."""
    if place.startswith(("http://", "https://")):
        return place
    path = publish.resolve(Path(place), "store")
    try:
        return f"{path}@{(path / 'CURRENT').stat().st_mtime_ns}"
    except OSError:
        return str(path)
