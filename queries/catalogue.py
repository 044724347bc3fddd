"""The named questions: finds a .rq file, reads its header, binds parameters, returns rows.

A question is a SPARQL file that stands on its own in any tool. Its header is made of lines that begin with ``#+``
(title, title-en, parameter, values, columns, order). A line that begins with ``#? [agency !with]`` belongs to the question
only when parameter ``agency`` is given and ``with`` is not; in it ``$agency`` stands for the value as a string and
``$agency@labels`` for the value as a label in every language.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    import rdflib

LANGUAGES = ("zh-hans", "zh", "zh-hant", "en")
"""Tags under which a label that a person typed may stand in the graph."""

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]
"""Columns, and rows of strings (``""`` where a cell has nothing)."""

FOLDER = Path(__file__).parent
_HEADER = re.compile(r"^#\+ ([a-z-]+)(?: ([a-z]+))?( \(required\))?: (.*)$")
_CONDITION = re.compile(r"^\s*#\? \[([a-z! ]+)\] (.*)$")
_SLOT = re.compile(r"\$([a-z]+)(@labels)?\b")


class QuestionError(ValueError):
    """A question or parameter that does not exist, or a required one that was not given."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} | {en}")
        self.zh, self.en = zh, en


@runtime_checkable
class Engine(Protocol):
    """What answers a question of ours: takes SPARQL, gives columns and rows of strings."""

    def select(self, sparql: str) -> Table: ...


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something a question may be told: ``text_zh`` and ``text_en`` say what; ``values``, where given, are all it may be."""

    name: str
    required: bool
    text_zh: str
    text_en: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One .rq file. ``ranked`` rows keep the query's own order, others are sorted as people count."""

    name: str
    title_zh: str
    title_en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    ranked: bool
    text: str


TABLES = (
    "documents", "measures", "interpretations", "owners", "coowners", "modes",
    "stackings", "ports", "platforms", "targets", "outcomes", "unread",
)  # fmt: skip
"""The tables of a build, in the order people meet them."""


@functools.lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Names of all questions, the tables of a build first.

    >>> names()[:2]
    ('documents', 'measures')
    """
    found = {file.stem for file in FOLDER.glob("*.rq")}
    return (*(name for name in TABLES if name in found), *sorted(found.difference(TABLES)))


@functools.lru_cache(maxsize=64)
def get(name: str) -> Question:
    """The question of that name; QuestionError lists them all, the nearest first, when there is none.

    >>> get("coowners").columns[:3]
    ('agency', 'partner', 'measures')
    """
    if name not in names():
        import difflib

        listed = list(dict.fromkeys([*difflib.get_close_matches(name, names(), 3, 0.5), *names()]))
        zh = f"没有叫 {name} 的问题；可用：{'、'.join(listed)}"
        raise QuestionError(zh, f"no question {name!r}; there are: {', '.join(listed)}")
    return read(name, (FOLDER / f"{name}.rq").read_text(encoding="utf-8"))


def read(name: str, text: str) -> Question:
    """A question from the text of its .rq file; the header must name title and columns."""
    titles: dict[str, str] = {}
    parameters: list[Parameter] = []
    values: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if match := _HEADER.match(line):
            key, parameter, required, value = match.groups()
            if key == "parameter" and parameter:
                zh, _, en = value.partition(" | ")
                parameters.append(Parameter(parameter, bool(required), zh, en or zh))
            elif key == "values" and parameter:
                values[parameter] = tuple(value.split())
            else:
                titles[key] = value
    if "title" not in titles or "columns" not in titles:
        raise QuestionError(f"{name}.rq 的开头缺 title 或 columns", f"{name}.rq: its header lacks title or columns")
    columns = tuple(titles["columns"].split())
    title_en = titles.get("title-en", titles["title"])
    told = tuple(replace(p, values=values.get(p.name, ())) for p in parameters)
    return Question(name, titles["title"], title_en, told, columns, "order" in titles, text)


def bind(question: Question, parameters: Mapping[str, str]) -> str:
    """SPARQL of the question with its parameters in place, each one a quoted literal whatever it holds.

    A parameter that is ``""`` counts as not given. Raises QuestionError for an unknown or a missing one, and for a
    value that is none of those it may have.
    """
    given = {name: value.strip() for name, value in parameters.items() if value and value.strip()}
    known = {parameter.name for parameter in question.parameters}
    if unknown := sorted(set(parameters) - known):
        listed = ", ".join(sorted(known)) or "-"
        raise QuestionError(
            f"{question.name} 没有参数 {unknown[0]}；可用：{listed}",
            f"{question.name} takes no parameter {unknown[0]!r}; it takes: {listed}",
        )
    for parameter in question.parameters:
        if parameter.required and parameter.name not in given:
            raise QuestionError(
                f"{question.name} 需要参数 {parameter.name}（{parameter.text_zh}）",
                f"{question.name} needs parameter {parameter.name} ({parameter.text_en})",
            )
        value = given.get(parameter.name, "")
        if value and parameter.values and value not in parameter.values:
            listed = " ".join(parameter.values)
            raise QuestionError(
                f"{parameter.name} 没有“{value}”；可用：{listed}",
                f"{parameter.name} cannot be {value!r}; use one of {listed}",
            )
    return "\n".join(_lines(question.text, given)) + "\n"


def _lines(text: str, given: Mapping[str, str]) -> Iterable[str]:
    for line in text.splitlines():
        if match := _CONDITION.match(line):
            wanted = match[1].split()
            if all((name[1:] not in given) if name.startswith("!") else (name in given) for name in wanted):
                yield _fill(match[2], given)
        elif not line.startswith("#"):
            yield _fill(line, given)


def _fill(line: str, given: Mapping[str, str]) -> str:
    def slot(match: re.Match[str]) -> str:
        value = literal(given[match[1]])
        return " ".join([value, *(f"{value}@{tag}" for tag in LANGUAGES)]) if match[2] else value

    return _SLOT.sub(slot, line)


def literal(value: str) -> str:
    r"""A SPARQL string literal of any text.

    >>> print(literal('a"b\\c\nd'))
    "a\"b\\c\nd"
    """
    value = re.sub("[\ud800-\udfff]", "\ufffd", value)
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        value = value.replace(plain, escaped)
    return '"' + re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", lambda m: f"\\u{ord(m[0]):04X}", value) + '"'


def run(question: Question | str, store: Engine | rdflib.Graph, parameters: Mapping[str, str] | None = None) -> Table:
    """Columns and rows of a question on a store of ours, or on any rdflib Graph or Dataset.

    Every graph of a data set is asked at once. Unless the question ranks its rows, they are sorted by their cells
    from the left, numbers inside a cell counted as numbers (2 before 10).
    """
    asked = get(question) if isinstance(question, str) else question
    sparql = bind(asked, parameters or {})
    columns, rows = store.select(sparql) if isinstance(store, Engine) else _ask_rdflib(store, sparql)
    places = [columns.index(name) for name in asked.columns]
    wanted = [tuple(row[place] for place in places) for row in rows]
    return asked.columns, wanted if asked.ranked else sorted(wanted, key=order)


def order(row: Sequence[str]) -> list[tuple[tuple[int, int, str], ...]]:
    """Sort key of a row: digits count as numbers.

    >>> sorted([("10",), ("2.1",), ("2",)], key=order)
    [('2',), ('2.1',), ('10',)]
    """
    return [_natural(cell) for cell in row]


@functools.lru_cache(maxsize=1 << 16)
def _natural(cell: str) -> tuple[tuple[int, int, str], ...]:
    parts = re.findall(r"[0-9]{1,18}|[^0-9]+", cell)
    return tuple((0, int(part), part) if part[0] in "0123456789" else (1, 0, part) for part in parts)


def _ask_rdflib(graph: Any, sparql: str) -> Table:
    import rdflib
    import rdflib.plugins.sparql

    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
    if not isinstance(graph, rdflib.Dataset):  # the questions look into named graphs: make it one
        whole = rdflib.Dataset()
        whole.addN((*triple, whole.graph("urn:x-guanlian:graph")) for triple in graph)
        graph = whole
    result = graph.query(sparql)
    columns = tuple(str(name) for name in result.vars or ())
    return columns, [tuple("" if cell is None else str(cell) for cell in row) for row in result]
