"""Facts to and from the fact sheet: one reviewable YAML file per document, checked by a JSON Schema."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from itertools import groupby
from typing import Any, TypeVar, cast

from guanlian.loaders import facts
from guanlian.loaders.byhand import completed
from guanlian.loaders.facts import Evidence, FactSheet, Responsibility
from guanlian.loaders.review.decisions import LISTS, Review, known_by, survive
from guanlian.loaders.sheetcheck import SheetError, check
from guanlian.loaders.yamltext import Block, Row, YamlError, emit, parse

FORMAT = 1
SPARE_QUOTE = 60
SPARE_DEFINITION = 24
HEADER = (
    "# 事实表 fact sheet. 改正一行后请加 reviewed: true，不成立的一行加 rejected: true，可附 note；下次提取会保留。\n"
    "# To correct a fact, edit its line and add `reviewed: true`; to reject one, add `rejected: true`; a `note` says why.\n"
)
CHECK = "# 校验 checksum: "
# The lists of a sheet that stand under their item, by the name they have in FactSheet.
ITEM_FACTS: Mapping[str, type[Any]] = {
    "modes": facts.ModeMention,
    "stackings": facts.Stacking,
    "definitions": facts.ModeDefinition,
    "ports": facts.PortMention,
    "platforms": facts.PlatformMention,
    "figures": facts.Figure,
    "unread": facts.Unread,
}
_Record = TypeVar("_Record")
_Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Decided:
    """A sheet, and what a person said in its file.

    ``sheet`` holds no rejected fact. ``earlier`` names earlier editions of the document, whose
    decisions hold here too, by key, 文号, title or file name.
    """

    sheet: FactSheet
    reviews: tuple[Review, ...] = ()
    earlier: tuple[str, ...] = ()


def normal(sheet: FactSheet) -> FactSheet:
    """The sheet with its facts in the order of its items (facts outside any item first).

    Raises SheetError for a fact of an item the sheet does not have.
    """
    rank = {item.id: place for place, item in enumerate(sheet.provisions, 1)}
    rank.setdefault("", 0)

    def ordered(name: str) -> tuple[Any, ...]:
        rows: tuple[Any, ...] = getattr(sheet, name)
        for row in rows:
            if row.measure not in rank:
                raise SheetError(sheet.document.key, row.measure, name, "没有这个条目 the sheet has no such item")
        return tuple(sorted(rows, key=lambda row: rank[row.measure]))

    lists: _Plain = {name: ordered(name) for name in ("responsibilities", *ITEM_FACTS)}
    return replace(sheet, **lists)


def dumps(
    sheet: FactSheet, *, spare: bool = False, reviews: Iterable[Review] = (), earlier: Iterable[str] = ()
) -> str:
    """The sheet as YAML: facts stand under their item; empty fields are left out.

    ``spare`` cuts quotes over 60 characters (definitions: 24) and the span with them, so that a
    quote stays exact text; clauses that name owners stay whole. ``reviews`` marks the facts a
    person has checked, and puts those a person rejected back in their places; ``earlier`` names
    earlier editions. Reading the result gives ``normal(sheet)``. Raises SheetError for a fact of an
    unknown item.
    """
    marks = {known_by(review.fact): review for review in reviews}
    sheet = _with_rejected(normal(sheet), [fact for fact, review in marks.items() if review.rejected])
    if spare:
        cut = _spared(sheet)
        marks |= {new: marks[old] for old, new in _pairs(sheet, cut) if old in marks}
        sheet = cut
    groups: dict[str, _Plain] = {"": {}}
    for item in sheet.provisions:
        groups[item.id] = Block(_marked(item, marks))
    for measure, rows in groupby(sheet.responsibilities, lambda row: row.measure):
        groups[measure]["clauses"] = [_clause(at, list(owners), marks) for at, owners in _by_clause(rows)]
    for name in ITEM_FACTS:
        style = Block if name == "figures" else Row
        for measure, rows in groupby(getattr(sheet, name), lambda row: row.measure):
            groups[measure][name] = [style(_marked(row, marks)) for row in rows]
    outside = groups.pop("")
    plain: _Plain = {"sheet": FORMAT, "document": _marked(sheet.document, marks), "earlier": list(earlier)}
    plain["groups"] = [_marked(group, marks) for group in sheet.groups]
    plain |= {"outside": outside, "provisions": list(groups.values())}
    plain |= {"agencies": [Row(_marked(name, marks)) for name in sheet.agencies], "notes": list(sheet.notes)}
    body = emit({key: value for key, value in plain.items() if value})
    return f"{HEADER}{CHECK}{_checksum(body)}\n{body}"


def untouched(text: str) -> bool:
    """Whether a sheet's text is as :func:`dumps` wrote it, byte order mark and line ends aside."""
    head, _, rest = text.removeprefix("\ufeff").replace("\r\n", "\n").partition(CHECK)
    total, _, body = rest.partition("\n")
    return head == HEADER and total == _checksum(body)


def _checksum(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def loads(text: str, name: str = "") -> FactSheet:
    """The sheet that ``text`` holds, without what a person rejected. ``name`` is the file, for messages.

    Raises SheetError with file, item and field for text that is not YAML, uses aliases or
    duplicate keys, does not fit ``sheet.schema.json``, or contradicts itself.
    """
    return decided(text, name).sheet


# --- records to plain data --------------------------------------------------------------------


def _pack(record: Any) -> _Plain:
    """A record's fields that say something, evidence as ``at`` and ``quote``."""
    plain: _Plain = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, Evidence):
            plain |= {"at": [value.start, value.end], "quote": value.quote}
        elif field.name == "end":
            plain["span"] = [record.start, record.end]
        elif field.name not in ("measure", "start") and not _empty(value):
            plain[field.name] = _value(value)
    return plain


def _empty(value: Any) -> bool:
    return value is None or value is False or value in ("", ())


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [Row(_pack(part)) if isinstance(part, facts.Member) else part for part in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def _marked(fact: Any, marks: Mapping[Any, Review]) -> _Plain:
    plain, key = _pack(fact), known_by(fact)
    if key in marks:
        plain["rejected" if marks[key].rejected else "reviewed"] = True
        if marks[key].note:
            plain["note"] = marks[key].note
    return plain


def _with_rejected(sheet: FactSheet, rejected: Iterable[Any]) -> FactSheet:
    """The sheet with rejected facts among the others of their item, in the order of the text."""
    lists: _Plain = {}
    for fact in rejected:
        name = LISTS[type(fact)]
        rows = [row for row in lists.get(name, getattr(sheet, name)) if row != fact]
        lists[name] = (*rows[: (at := _behind(fact, rows))], fact, *rows[at:])
    return normal(replace(sheet, **lists)) if lists else sheet


def _behind(fact: Any, rows: Sequence[Any]) -> int:
    """Where a fact comes in a list: behind the last of its item that starts no later."""
    if not hasattr(fact, "measure"):
        return len(rows)
    before = [i for i, row in enumerate(rows, 1) if row.measure == fact.measure and row.evidence.start <= fact.evidence.start]
    first = next((i for i, row in enumerate(rows) if row.measure == fact.measure), len(rows))
    return before[-1] if before else first


def _by_clause(rows: Iterable[Responsibility]) -> Iterator[tuple[Evidence, Iterator[Responsibility]]]:
    return groupby(rows, lambda row: row.evidence)


def _clause(evidence: Evidence, owners: Iterable[Responsibility], marks: Mapping[Any, Review]) -> _Plain:
    """Owners that one clause names, under its words written once."""
    rows = [Row(_marked(owner, marks)) for owner in owners]
    for row in rows:
        del row["at"], row["quote"]
        if row["basis"] == "stated":
            del row["basis"]
    return Block({"at": [evidence.start, evidence.end], "quote": evidence.quote, "owners": rows})


def _spared(sheet: FactSheet) -> FactSheet:
    def cut(fact: Any, limit: int) -> Any:
        words: Evidence = fact.evidence
        if len(words.quote) <= limit:
            return fact
        return replace(fact, evidence=Evidence(words.start, min(words.end, words.start + limit), words.quote[:limit]))

    limits = dict.fromkeys([*ITEM_FACTS, "groups"], SPARE_QUOTE) | {"definitions": SPARE_DEFINITION}
    changed: _Plain = {key: tuple(cut(fact, limit) for fact in getattr(sheet, key)) for key, limit in limits.items()}
    return replace(sheet, **changed)


def _pairs(before: FactSheet, after: FactSheet) -> Iterator[tuple[Any, Any]]:
    """Facts of two sheets that have the same ones in the same order."""
    for name in LISTS.values():
        yield from zip(getattr(before, name), getattr(after, name), strict=True)


# --- plain data to records --------------------------------------------------------------------


def decided(text: str, name: str = "") -> Decided:
    """The sheet with what a person decided in it: facts marked ``reviewed`` or ``rejected``, earlier editions."""
    try:
        plain = parse(text)
    except YamlError as error:
        line = f"第{error.line}行 line {error.line}" if error.line else ""
        raise SheetError(name, "", line, f"不是有效的 YAML: {error}") from None
    plain = completed(plain)
    check(plain, name)
    seen: list[Review] = []
    parts: dict[str, list[Any]] = {key: [] for key in ("responsibilities", *ITEM_FACTS)}
    provisions = [_fact(facts.Provision, item, seen) for item in plain.get("provisions", ())]
    items = [{"id": ""} | plain.get("outside", {}), *plain.get("provisions", ())]
    for item in items:
        measure = item["id"]
        for clause in item.get("clauses", ()):
            words = {"at": clause["at"], "quote": clause["quote"], "basis": "stated"}
            for owner in clause["owners"]:
                parts["responsibilities"].append(_fact(Responsibility, words | owner, seen, measure))
        for key, kind in ITEM_FACTS.items():
            parts[key] += [_fact(kind, row, seen, measure) for row in item.get(key, ())]
    sheet = FactSheet(
        document=_fact(facts.DocumentInfo, plain["document"], seen),
        provisions=tuple(provisions),
        agencies=tuple(_fact(facts.AgencyName, row, seen) for row in plain.get("agencies", ())),
        groups=tuple(_fact(facts.Group, row, seen) for row in plain.get("groups", ())),
        notes=tuple(plain.get("notes", ())),
        **{key: tuple(rows) for key, rows in parts.items()},
    )
    return Decided(survive(sheet, seen), tuple(seen), tuple(plain.get("earlier", ())))


def _fact(kind: type[_Record], plain: _Plain, seen: list[Review], measure: str = "") -> _Record:
    fact = _unpack(kind, plain, measure)
    if "reviewed" in plain or "rejected" in plain:
        seen.append(Review(fact, plain.get("note", ""), "rejected" in plain))
    return fact


@lru_cache(maxsize=32)
def _shape(kind: Hashable) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, str(field.type)) for field in fields(cast(Any, kind)))


_EMPTY: Mapping[str, Any] = {"str": "", "bool": False, "float | None": None}


def _unpack(kind: type[_Record], plain: _Plain, measure: str = "") -> _Record:
    values: _Plain = {}
    for key, shape in _shape(cast(Hashable, kind)):
        if shape == "Evidence":
            values[key] = Evidence(plain["at"][0], plain["at"][1], plain["quote"])
        elif key == "measure":
            values[key] = measure
        elif shape == "int":
            values[key] = plain["span"][key == "end"]
        elif key == "members":
            values[key] = tuple(_unpack(facts.Member, row) for row in plain.get(key, ()))
        elif shape.startswith("tuple"):
            values[key] = tuple(plain.get(key, ()))
        elif shape.startswith("float") and key in plain:
            values[key] = float(plain[key])
        else:
            values[key] = plain.get(key, _EMPTY[shape])
    return kind(**values)
