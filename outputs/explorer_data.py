"""What the explorer shows: things and the facts that tie them, made of table rows; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

Row = Mapping[str, str]
Tables = Mapping[str, Sequence[Row]]

CLASSES = (
    "agency",
    "group",
    "measure",
    "mode",
    "port",
    "platform",
    "outcome",
    "target",
    "interpretation",
    "document",
)
ROLES = ("lead", "participant", "joint", "implementer", "partner")

_HALF = re.compile(r"[\ud800-\udfff]")  # half a surrogate pair: no file can hold it
_LIST = re.compile(r"[|;；、\n]+")
ABOUT = {
    "document": ("title", "number", "issuer", "issued", "kind", "source"),
    "measure": ("kind", "section", "clause_state"),
    "mode": ("family",),
    "port": ("kind", "locode"),
    "agency": ("jurisdiction", "system"),
    "outcome": (
        "section",
        "indicator",
        "flow",
        "kind",
        "value",
        "value_to",
        "unit",
        "direction",
        "bound",
        "baseline",
        "from_value",
        "period_start",
        "period_end",
        "since",
    ),
    "target": ("indicator", "value", "value_to", "unit", "bound", "deadline"),
}
"""Columns of a thing that its panel shows, by class."""


@dataclass(slots=True)
class Thing:
    """A node: ``id`` is ``class/name`` (stable, fit for a link), ``document`` and ``item`` say
    where an item stands, ``about`` holds plain attributes by column name."""

    id: str
    kind: str
    label: str
    document: int = -1
    item: str = ""
    about: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    provisional: bool = False


class Fact(NamedTuple):
    """A line: numbers of two things, the relation (a role for ownership), and its evidence.

    ``at`` is the item that states it and ``document`` its document (numbers of things, -1 for
    none); ``basis`` is set for ownership only; ``stance`` is that of a mode, or a member's post; ``doubts`` says what
    was guessed of a figure or an owner.
    """

    subject: int
    object: int
    relation: str
    document: int
    at: int
    quote: str = ""
    basis: str = ""
    via: str = ""
    stance: str = ""
    doubts: str = ""


@dataclass(frozen=True, slots=True)
class ExplorerData:
    """All things and facts of one explorer, in a fixed order."""

    things: tuple[Thing, ...]
    facts: tuple[Fact, ...]


def data(rows_by_table: Tables) -> ExplorerData:
    """Things and facts from rows of the tables (design section 5); any table may be missing.

    Further tables are used when given: ``names`` (class, name, alias), ``agencies`` (agency,
    jurisdiction, system, provisional), ``definitions`` (document, measure, mode, quote),
    ``groups`` (document, group, agency, post).
    Rows may come in any order: the result is the same. Cells that are missing or None count as empty.

    >>> rows = {"owners": [{"document": "d", "measure": "1", "agency": "某市商务局", "role": "lead", "basis": "stated"}]}
    >>> [thing.id for thing in data(rows).things]
    ['document/d', 'measure/d/1', 'agency/某市商务局']
    """
    return _Builder(rows_by_table).finish()


class _Builder:
    """Collects things by id and facts in table order."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._number: dict[str, int] = {}
        self._things: list[Thing] = []
        self._facts: list[Fact] = []
        self._titles: dict[str, str] = {}
        self._places: dict[tuple[str, str], tuple[int, int]] = {}
        self._documents()
        self._items()
        self._owners()
        self._topics()
        self._figures()
        self._groups()
        self._names()

    def finish(self) -> ExplorerData:
        return ExplorerData(tuple(self._things), tuple(self._facts))

    def _rows(self, table: str) -> list[dict[str, str]]:
        """As people read: by document, then item; then by all cells, so that the order is always the same."""
        rows = [{k: str(v) for k, v in row.items() if v is not None} for row in self._tables.get(table, ())]
        if _unwritable(chain.from_iterable(map(dict.values, rows))):
            rows = [{k: _HALF.sub("\ufffd", v) for k, v in row.items()} for row in rows]
        columns = sorted(set(chain.from_iterable(rows)))
        items = {item: n for n, item in enumerate(sorted({row.get("measure", "") for row in rows}, key=_natural))}
        return sorted(
            rows,
            key=lambda row: (
                row.get("document", ""),
                items[row.get("measure", "")],
                [row.get(column, "") for column in columns],
            ),
        )

    def _thing(self, kind: str, name: str, label: str = "", /, **more: str) -> int:
        key = f"{kind}/{name}"
        number = self._number.get(key)
        if number is None:
            number = self._number[key] = len(self._things)
            self._things.append(Thing(key, kind, label or name))
        for column, value in more.items():
            if value:
                self._things[number].about.setdefault(column, value)
        return number

    def _place(self, row: Row) -> tuple[int, int]:
        """The document a row stands in, and its item (the document itself where the item is empty)."""
        place = row.get("document", ""), row.get("measure", "")
        if place not in self._places:
            self._places[place] = self._find(*place)
        return self._places[place]

    def _find(self, key: str, item: str) -> tuple[int, int]:
        document = self._thing("document", key)
        if not item:
            return document, document
        for kind in ("measure", "interpretation"):
            if (found := self._number.get(f"{kind}/{key}/{item}")) is not None:
                return document, found
        return document, self._item("measure", document, key, item, "")

    def _item(self, kind: str, document: int, key: str, item: str, title: str, /, **more: str) -> int:
        # A practice hangs on its case, all else on the document.
        new = f"{kind}/{key}/{item}" not in self._number and not more.pop("parent", "")
        number = self._thing(kind, f"{key}/{item}", f"{item} {title}".strip(), **more)
        self._things[number].document, self._things[number].item = document, item
        if new:
            self._facts.append(Fact(document, number, "contains", document, number))
        return number

    def _tie(self, row: Row, subject: int, target: int, relation: str, document: int, at: int) -> None:
        # Only ownership has a basis and only a mode a stance: other tables may use these words for something else.
        self._facts.append(
            Fact(
                subject,
                target,
                relation,
                document,
                at,
                row.get("quote", ""),
                (row.get("basis") or "stated") if relation in ROLES else "",
                row.get("via", "") if relation in ROLES else "",
                {"mode": row.get("stance", ""), "member": row.get("post", "")}.get(relation, ""),
                row.get("doubts", ""),
            )
        )

    def _documents(self) -> None:
        rows = self._rows("documents")
        for row in rows:
            about = {column: row.get(column, "") for column in ABOUT["document"]}
            number = self._thing("document", row.get("document", ""), row.get("title", ""), **about)
            for name in (row.get("document", ""), row.get("title", ""), row.get("number", "")):
                self._titles.setdefault(_plain(name), self._things[number].id)
        for row in rows:
            number = self._number[f"document/{row.get('document', '')}"]
            for issuer in _listed(row.get("issuer", "")):
                self._tie({}, number, self._thing("agency", issuer), "issued", number, number)
            for name in _listed(row.get("based_on", "")):
                self._tie({}, number, self._document(name), "based_on", number, number)

    def _document(self, name: str) -> int:
        """A document by key, title or number; one that is not among the loaded ones becomes a thing too."""
        known = self._titles.get(_plain(name))
        if known is not None:
            return self._number[known]
        number = self._thing("document", name, name)
        self._things[number].about.setdefault("kind", "named")
        return number

    def _items(self) -> None:
        for row in self._rows("measures"):
            document = self._thing("document", row.get("document", ""))
            about = {column: row.get(column, "") for column in (*ABOUT["measure"], "parent")}
            key, item = row.get("document", ""), row.get("measure", "")
            number = self._item("measure", document, key, item, row.get("title", ""), **about)
            if parent := row.get("parent", ""):
                case = self._item("measure", document, key, parent, "")
                self._tie({}, case, number, "part", document, number)
        for row in self._rows("interpretations"):
            document = self._thing("document", row.get("document", ""))
            item = row.get("measure", "")
            number = self._item("interpretation", document, row.get("document", ""), item, "")
            target = self._document(row.get("of_document", ""))
            key = self._things[target].id.partition("/")[2]
            explained = self._number.get(f"measure/{key}/{row.get('of_measure', '')}", target)
            self._tie(row, number, explained, "explains", document, number)
            if explained != target:
                self._things[number].label = f"{item} 解读：{self._things[explained].label}"

    def _owners(self) -> None:
        for row in self._rows("owners"):
            document, item = self._place(row)
            if title := row.get("title", ""):
                thing = self._things[item]
                if thing.label == thing.item:
                    thing.label = f"{thing.item} {title}"
            self._tie(row, item, self._thing("agency", row.get("agency", "")), row.get("role", ""), document, item)

    def _topics(self) -> None:
        for table, kind in (("modes", "mode"), ("ports", "port"), ("platforms", "platform")):
            for row in self._rows(table):
                document, item = self._place(row)
                about = {column: row.get(column, "") for column in ABOUT.get(kind, ())}
                self._tie(row, item, self._thing(kind, row.get(kind, ""), **about), kind, document, item)
        for row in self._rows("stackings"):
            document, item = self._place(row)
            pair = [self._thing("mode", row.get(column, "")) for column in ("mode", "with_mode")]
            self._tie(row, pair[0], pair[1], "stacked", document, item)
        for row in self._rows("definitions"):
            document, item = self._place(row)
            self._tie(row, item, self._thing("mode", row.get("mode", "")), "defines", document, item)

    def _figures(self) -> None:
        for table, kind in (("outcomes", "outcome"), ("targets", "target")):
            seen: dict[tuple[str, str], int] = {}
            for row in self._rows(table):
                document, item = self._place(row)
                place = (row.get("document", ""), row.get("measure", ""))
                seen[place] = seen.get(place, 0) + 1
                about = {column: row.get(column, "") for column in ABOUT[kind]}
                name = "/".join([*place, str(seen[place])])
                number = self._thing(kind, name, _figure(row), **about)
                self._things[number].document = document
                self._tie(row, item, number, kind, document, item)

    def _groups(self) -> None:
        for row in self._rows("groups"):
            document, _ = self._place(row)
            number = self._thing("group", f"{row.get('document', '')}/{row.get('group', '')}", row.get("group", ""))
            self._things[number].document = document
            self._tie(row, number, self._thing("agency", row.get("agency", "")), "member", document, document)

    def _names(self) -> None:
        for row in self._rows("agencies"):
            number = self._number.get(f"agency/{row.get('agency', '')}")
            if number is not None:
                self._thing("agency", row["agency"], **{c: row.get(c, "") for c in ABOUT["agency"]})
                self._things[number].provisional = row.get("provisional", "") in ("true", "1", "yes")
        for row in self._rows("names"):
            number = self._number.get(f"{row.get('class', '')}/{row.get('name', '')}")
            alias = row.get("alias", "")
            if (
                number is not None
                and alias
                and alias not in (self._things[number].label, *self._things[number].aliases)
            ):
                self._things[number].aliases.append(alias)


def _figure(row: Row) -> str:
    """A figure in a few words: indicator, arrow, bound, value, unit, deadline.

    >>> _figure({"indicator": "通关时间", "direction": "down", "value": "40", "unit": "%", "bound": ">"})
    '通关时间 ↓>40%'
    """
    value = row.get("value", "")
    if row.get("value_to"):
        value += "–" + row["value_to"]
    arrow = {"up": "↑", "down": "↓"}.get(row.get("direction", ""), "")
    bound = {">=": "≥", "<=": "≤", "~": "约"}.get(row.get("bound", ""), row.get("bound", ""))
    amount = f"{arrow}{bound}{value}{row.get('unit', '')}" if value else ""
    return " ".join(filter(None, (row.get("indicator", ""), amount, row.get("deadline", "")))) or "?"


def _unwritable(texts: Iterable[str]) -> bool:
    try:
        "".join(texts).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _listed(cell: str) -> list[str]:
    return [part for part in map(str.strip, _LIST.split(cell)) if part]


def _plain(name: str) -> str:
    """A title without spaces and book marks, to compare by."""
    return re.sub(r"[\s《》“”\"]", "", name)


@lru_cache(maxsize=1 << 14)
def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Numbers in order of size: 2 before 10, 5.1 after 5."""
    parts = filter(None, re.split(r"([0-9]+)", text))
    return tuple((0, int(part[:18]), part) if part.isascii() and part.isdigit() else (1, 0, part) for part in parts)
