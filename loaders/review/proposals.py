"""Candidates become lines of Turtle to paste into an authority file, or rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Protocol

from guanlian.loaders.names.seats import place_at
from guanlian.loaders.review.suggest import Candidate, system
from guanlian.ontology.terms import base, iri

COLUMNS = ("kind", "name", "printed", "documents", "mentions", "hint", "company", "seen_as", "evidence")
_FILES = {"mode": "modes", "agency": "agencies", "port": "ports", "platform": "platforms"}
_CLASSES = {"mode": "skos:Concept, gl:ClearanceMode", "agency": "gl:Agency", "port": "gl:Port",
            "platform": "skos:Concept, gl:Platform"}  # fmt: skip
_HEADER = """# 审校后贴入权威文件 review, then paste into the authority file named
@base <{base}> .
@prefix gl: <https://w3id.org/guanlian/ns#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
_HOTLINE = re.compile("热线$")
_APP = re.compile("(?:[Aa][Pp][Pp]|小程序|公众号|客户端)$")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


def rows(candidates: Iterable[Candidate]) -> list[tuple[str, ...]]:
    """A row of :data:`COLUMNS` for each candidate."""
    return [
        (
            c.kind, c.name, "; ".join(c.printed), str(c.documents), str(c.mentions), c.hint,
            _counts(c.company[:5]), _counts(c.forms), " | ".join(_evidence(c, 3)),
        )
        for c in candidates
    ]  # fmt: skip


def turtle(candidates: Iterable[Candidate], *, evidence: int = 3) -> str:
    """Lines for the authority files, kind by kind, each candidate under its counts and some evidence.

    They stand for themselves as Turtle and fit into the files, whose prefixes are the same. What
    only a person can say (an English name, a doubtful family) is left as a comment.
    """
    parts = [_HEADER.format(base=base())]
    kind = ""
    for candidate in candidates:
        if candidate.kind != kind:
            kind = candidate.kind
            parts.append(f"\n# --- {_FILES[kind]}.ttl ---\n")
        parts.append("\n" + "\n".join([*_head(candidate, evidence), *_lines(candidate)]) + "\n")
    return "".join(parts)


def _head(candidate: Candidate, most: int) -> Iterator[str]:
    counts = f"{candidate.documents} documents, {candidate.mentions} mentions"
    yield _comment(f"{counts}; seen as {_counts(candidate.forms)}")
    if candidate.company:
        yield _comment(f"with {_counts(candidate.company[:5])}")
    for words in _evidence(candidate, most):
        yield _comment(words)


def _lines(candidate: Candidate) -> list[str]:
    """The statements about one candidate, the last one closed."""
    kind, name = candidate.kind, candidate.name
    said = [f"a {_CLASSES[kind]}", f"skos:inScheme <scheme/{_FILES[kind]}>", *_special(candidate)]
    said.append(f"skos:prefLabel {_literal(name, 'zh-hans')}, {_literal(_traditional(name), 'zh-hant')}")
    if candidate.printed:
        said.append("skos:altLabel " + ", ".join(_literal(form, "zh-hans") for form in candidate.printed))
    return [f"<{_relative(kind, name)}> " + " ;\n    ".join(said) + " .", *_missing(candidate)]


def _special(candidate: Candidate) -> list[str]:
    kind, name = candidate.kind, candidate.name
    if kind == "mode":
        return [f"skos:broader <family/{candidate.hint or 'logistics'}>", "gl:core false"]
    if kind == "platform":
        form = "hotline" if _HOTLINE.search(name) else "app" if _APP.search(name) else "system"
        return [f'gl:kind "{form}"']
    place = place_at(name)
    seat = place[0].name if place else candidate.hint if kind == "agency" else ""
    where = [f"gl:place <{_relative('place', seat)}>"] if place_at(seat) else []
    if kind == "port":
        return [f"gl:kind {_literal(candidate.hint)}", *where]
    line = system(name)
    return [*([f'gl:system "{line}"'] if line else []), *where]


def _missing(candidate: Candidate) -> list[str]:
    if candidate.kind != "mode":
        return []
    guess = "" if candidate.hint else "; the family is a guess 类别为猜测"
    return [f"# add an English label and skos:definition 补英文名与定义{guess}"]


def _evidence(candidate: Candidate, most: int) -> Iterator[str]:
    for seen in candidate.evidence[:most]:
        yield f"{seen.document} {seen.item or '-'}: {seen.quote}"


def _counts(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in pairs)


def _comment(words: str) -> str:
    """One line, whatever is in the words."""
    return "# " + " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _relative(kind: str, name: str) -> str:
    """IRI of a thing below the base of the files."""
    return iri(kind, name).removeprefix(base())


def _literal(words: str, language: str = "") -> str:
    r"""A Turtle literal of any text.

    >>> print(_literal('a"b\n', "zh-hans"))
    "a\"b\n"@zh-hans
    """
    import pyoxigraph

    return str(pyoxigraph.Literal(words, language=language) if language else pyoxigraph.Literal(words))


@lru_cache(maxsize=1)
def _converter() -> _Converter:
    import opencc

    converter: _Converter = opencc.OpenCC("s2t")
    return converter


def _traditional(words: str) -> str:
    return _converter().convert(words)
