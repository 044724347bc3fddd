"""Lets a query in only after reading its parse tree: no SERVICE, no FROM of strangers, no update ever reaches a store."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

LONGEST = 100_000
"""Characters a query may have; longer ones are refused before anything parses them."""

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""(?P<keep> <[^<>"{}|^`\\\x00-\x20]*>
      | \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
      | (?P<comment> \#[^\n\r]* )
      | (?P<word> [?$:@]?[A-Za-z_][\w.-]*:?[\w.-]* )""",
    re.VERBOSE | re.DOTALL,
)
_FETCHING = {"service", "load"}


class _Told(ValueError):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} | {en}")
        self.zh, self.en = zh, en


class QueryError(_Told):
    """A query that is not SPARQL; ``line`` and ``column`` (from 1) say where reading stopped, 0 when unknown."""

    def __init__(self, zh: str, en: str, line: int = 0, column: int = 0) -> None:
        super().__init__(zh, en)
        self.line, self.column = line, column


class RefusedQuery(_Told):
    """A query that would reach outside the store or change it."""


def check(sparql: str, allowed_graphs: Collection[str] | None = None) -> str:
    """The query in the form to run; raises RefusedQuery or QueryError.

    FROM and FROM NAMED may name only ``allowed_graphs`` (full IRIs). What is returned is what was read: code point
    escapes are resolved and comments dropped first, so that the parser that judges and the engine that runs cannot
    see two different queries.

    >>> check("SELECT * { ?s ?p ?o } # all")
    'SELECT * { ?s ?p ?o }  '
    """
    if len(sparql) > LONGEST:
        raise RefusedQuery(f"查询超过 {LONGEST} 个字符", f"the query is longer than {LONGEST} characters")
    plain = _plain(sparql)
    tree = _parse(plain)
    for node in _walk(tree):
        if node.name == "ServiceGraphPattern":
            raise RefusedQuery(
                "不允许 SERVICE：查询不得访问网络", "SERVICE is refused: a query may not reach the network"
            )
        if node.name == "DatasetClause":
            _check_graph(node, allowed_graphs or ())
    if _FETCHING.intersection(_words(plain)):  # a second look that shares nothing with the first
        raise RefusedQuery("不允许 SERVICE、LOAD", "SERVICE and LOAD are refused")
    return plain


def has_from(plain: str) -> bool:
    """Whether a query that :func:`check` let in says which graphs it asks (FROM or FROM NAMED)."""
    return "from" in _words(plain)


def _check_graph(clause: Any, allowed: Collection[str]) -> None:
    for named in map(str, clause.values()):
        if named in allowed:
            continue
        raise RefusedQuery(f"不允许 FROM：本库没有图 {named}", f"FROM is refused: this store holds no graph {named}")


def _plain(sparql: str) -> str:
    """Code point escapes resolved, comments replaced by a space, line ends as line feeds, no lone surrogates."""
    if re.search("[\ud800-\udfff]", sparql):
        raise QueryError("查询中有残缺字符", "the query holds broken characters (lone surrogates)")
    for _ in range(9):
        resolved = _ESCAPE.sub(_character, sparql)
        if resolved == sparql:
            break
        sparql = resolved
    else:
        raise RefusedQuery("转义层数太多", "escapes within escapes are refused")
    sparql = _TOKEN.sub(lambda m: " " if m["comment"] is not None else m[0], sparql)
    return sparql.replace("\r\n", "\n").replace("\r", "\n")


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        raise QueryError(f"无效的字符转义 {match[0]}", f"not a character: {match[0]}")
    return chr(code)


def _words(plain: str) -> Iterable[str]:
    return (m["word"].lower() for m in _TOKEN.finditer(plain) if m["word"])


def _parse(plain: str) -> Any:
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return parseQuery(plain)
    except ParseBaseException as error:
        if _is_update(plain):
            raise RefusedQuery("只读：不允许更新", "read-only: updates are refused") from None
        line, column = error.lineno, error.column
        raise QueryError(
            f"第 {line} 行第 {column} 列读不懂：{_near(plain, error.loc)}",
            f"line {line}, column {column}: cannot read {_near(plain, error.loc)}",
            line,
            column,
        ) from None
    except RecursionError:
        raise QueryError("嵌套太深", "nested too deeply") from None


def _is_update(plain: str) -> bool:
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        parseUpdate(plain)
    except (ParseBaseException, RecursionError):
        first = [word for word in _words(plain) if word not in ("prefix", "base") and not word.endswith(":")]
        return bool(first) and first[0] in {
            "insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with",
        }  # fmt: skip
    return bool(plain.strip())


def _near(plain: str, place: int) -> str:
    rest = plain[place:].split("\n", 1)[0].strip()
    return f"“{rest[:40]}”" if rest else "the end"


def _walk(tree: Any) -> Iterable[Any]:
    """Every named node of rdflib's parse tree, without recursion."""
    from rdflib.plugins.sparql.parserutils import CompValue

    todo, seen = [tree], set[int]()
    while todo:
        node = todo.pop()
        if id(node) in seen or isinstance(node, str):
            continue
        seen.add(id(node))
        if isinstance(node, CompValue):
            yield node
            todo.extend(node.values())
        elif isinstance(node, Iterable):
            todo.extend(node)
