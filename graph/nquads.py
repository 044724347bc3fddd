"""Terms as N-Quads writes them: literals with their escapes, IRIs of the namespace in use."""

from __future__ import annotations

import datetime
import functools
import re

from guanlian.ontology.terms import base, expand, iri

_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPES = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f", '"': '\\"', "\\": "\\\\"}
_ESCAPED = re.compile('[\x00-\x1f\x7f"\\\\]')


def clean(text: str) -> str:
    """The text with U+FFFD for lone surrogates, which no file can hold."""
    return _SURROGATE.sub("\ufffd", text)


def literal(text: str, lang: str = "", datatype: str = "") -> str:
    """A literal in quotes, with its language or datatype (a CURIE)."""
    body = _ESCAPED.sub(lambda m: _ESCAPES.get(m[0]) or f"\\u{ord(m[0]):04X}", clean(text))
    return f'"{body}"' + (f"@{lang}" if lang else f"^^{term(datatype)}" if datatype else "")


def dated(text: str) -> str:
    """ISO date as a typed literal when it is one, else as a plain string."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text, re.ASCII)
    try:
        year, month, day = (int(part or 1) for part in match.groups()) if match else (0, 0, 0)
        datetime.date(year, month, day)
    except ValueError:
        return literal(text)
    return literal(text, datatype=("xsd:gYear", "xsd:gYearMonth", "xsd:date")[text.count("-")])


@functools.lru_cache(maxsize=1 << 16)
def _minted_in(base_iri: str, kind: str, *parts: str) -> str:
    return f"<{iri(kind, *map(clean, parts))}>"


def minted(kind: str, *parts: str) -> str:
    """The IRI of a thing of this kind, in angle brackets."""
    return _minted_in(base(), kind, *parts)  # the base is part of the key: it may be set anew at any time


@functools.lru_cache(maxsize=256)
def term(curie: str) -> str:
    """The IRI that a CURIE stands for, in angle brackets."""
    return f"<{expand(curie)}>"
