"""Clauses that stand in sentences: 由A牵头，会同B落实。; A要会同B做…; …由A负责，…由B负责."""

from __future__ import annotations

import re

from guanlian.loaders.clauses.parts import Part, chunks, parts_of, patterns, verb_end
from guanlian.loaders.clauses.roles import Clause, clause_of
from guanlian.loaders.names import Resolver
from guanlian.loaders.names.namelists import Piece, pieces

_CHARGED = re.compile(r"\s*(?P<lead>[\u4e00-\u9fff（）、]{3,40}?)(?:要|应当?|须|负责)(?:会同|联合)(?P<help>[\u4e00-\u9fff（）、]{3,60})")


def charged(text: str, start: int, end: int, resolver: Resolver, first: bool) -> Clause | None:
    """A要会同B做…: who is charged and with whom, in an item that has no other clause."""
    match = _CHARGED.match(text, start, end)
    if match is None:
        return None
    helpers = pieces(text, match.start("help"), match.end("help"))
    last = helpers[-1]
    for stop in range(len(last.words), 1, -1):
        unit = resolver.resolve(last.words[:stop])
        if unit and (not unit.provisional or unit.rule != "form"):
            helpers[-1] = Piece(last.words[:stop], last.start, last.start + stop)
            break
    else:
        helpers.pop()
    parts = [Part("lead", match.start("lead"), match.end("lead"))]
    leads = clause_of(text, match.start("lead"), match.end("lead"), parts, resolver, False)
    if leads.unread or not leads.owners or any(o.unit.collective or len(o.piece.words) < 3 for o in leads.owners):
        return None
    if helpers:
        parts.append(Part("participant", helpers[0].start, helpers[-1].end))
    return clause_of(text, match.start("lead"), parts[-1].end, parts, resolver, first)


_BY = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff“”、]{2,20})?(?<![自经理])由(?P<who>(?![其此])[\u4e00-\u9fff（）、]{3,60}?)"
    r"(?:(?P<joint>共同负责|分别负责|按职责分工负责)|(?P<lead>牵头)|负责|承担|组织实施|统筹)(?!人|制|任)"
)


def running(text: str, start: int, end: int, resolver: Resolver) -> list[Clause]:
    """Who is charged in the running words of an item (公路工地由市交通运输局负责，水利工地由市水利局负责)."""
    found = []
    for match in _BY.finditer(text, start, end):
        kind = "lead" if match["lead"] else "joint"
        part = Part(kind, *match.span("who"), by_duty=bool(match["joint"]))
        clause = clause_of(text, match.start("who"), match.end(), [part], resolver, False)
        if clause.owners and not clause.unread and not any(o.unit.provisional and o.unit.rule == "form" for o in clause.owners):
            found.append(clause)
    return found


_EACH = re.compile(r"[\u4e00-\u9fff](?<!自)由")
"""A task of its own before each unit: they do not share one."""
_SENTENCE = re.compile(r"[^。；;！\n]+")


def sentences(text: str, start: int, end: int, resolver: Resolver, first: bool) -> list[Clause]:
    """由A牵头，会同B落实。 as a sentence of its own, every chunk of it consumed."""
    found = []
    for match in _SENTENCE.finditer(text, start, end):
        if clause := charged(text, match.start(), match.end(), resolver, first):
            found.append(clause)
            continue
        words_ = match[0].strip()
        if not 4 <= len(words_) <= 200 or not patterns()["cue"].search(words_) or len(_EACH.findall(words_)) > 1:
            continue
        a = match.start() + match[0].index(words_)
        b = a + len(words_)
        if not (verb_end(text, a, b) or patterns()["time"].search(words_)):
            continue
        parts = parts_of(text, a, b)
        if not parts or any(p.kind in ("bare", "implement") for p in parts) and not words_.lstrip().startswith("由"):
            continue
        if any(p.kind == "bare" for p in parts) or any(patterns()["duty"].search(words_[i:j]) for i, j in chunks(words_, 0, len(words_))):
            continue
        clause = clause_of(text, a, b, parts, resolver, first)
        if clause.owners and not clause.unread:
            found.append(clause)
    return found
