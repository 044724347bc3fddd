"""Questions of every kind, answered as (columns, rows) of text: catalogue, traces, analysis, conformance."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guanlian.queries import catalogue
from guanlian.queries.catalogue import QuestionError

if TYPE_CHECKING:
    from guanlian.graph.store import Store

Table = tuple[Sequence[str], Sequence[Sequence[str]]]

ANALYSES = ("findings", "agencies", "pairs", "communities")


def catalogue_table(lang: str) -> Table:
    """The named questions: name, title, parameters, columns."""
    asked = [catalogue.get(name) for name in catalogue.names()]
    rows = [
        (
            q.name,
            q.title_zh if lang == "zh" else q.title_en,
            " ".join(p.name + "!" * p.required for p in q.parameters),
            " ".join(q.columns),
        )
        for q in asked
    ]
    return ("name", "title", "parameters", "columns"), rows


def free_text(what: str) -> str | None:
    """SPARQL of its own: standard input for ``-``, a file, or the query itself; None for a question's name."""
    if what == "-":
        return sys.stdin.buffer.read().decode("utf-8-sig")
    if what in catalogue.names():
        return None
    if re.search(r"\b(select|ask|construct|describe)\b.*\{", what, re.IGNORECASE | re.DOTALL):
        return what
    path = Path(what)
    if path.suffix or path.is_file() or len(path.parts) > 1:
        return path.read_text(encoding="utf-8-sig")
    return None


def parameters(pairs: Iterable[str]) -> dict[str, str]:
    """``key=value`` words as a mapping; raises QuestionError for a word without ``=``."""
    given = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise QuestionError(f"参数要写成 名=值：{pair}", f"write a parameter as key=value: {pair}")
        given[key] = value
    return given


def alone(sparql: str, given: Sequence[str]) -> str:
    """Anybody's SPARQL, which takes no parameters: QuestionError where some were given."""
    if given:
        raise QuestionError(f"SPARQL 查询不带参数：{given[0]}", f"a SPARQL query takes no parameters: {given[0]}")
    return sparql


def spoken(words: Iterable[str]) -> list[str]:
    """Parameters given as options, as ``key=value`` words; QuestionError for a word that is neither option nor value.

    >>> spoken(["--mode", "提前申报", "--port=皇岗口岸"])
    ['mode=提前申报', 'port=皇岗口岸']
    """
    pairs: list[str] = []
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if not word.startswith("--") or len(name) < 3:
            raise QuestionError(f"多出来的词：{word}", f"a word too many: {word}")
        if not equals and (value := next(rest, "")) == "":
            raise QuestionError(f"{word} 后面缺值", f"{word} needs a value")
        pairs.append(f"{name[2:]}={value}")
    return pairs


def ask(store: Store, name: str, given: Mapping[str, str]) -> Table:
    """Rows of a named question; QuestionError, with close names, for a name nothing in the graph has."""
    columns, rows = catalogue.run(name, store, given)
    if not rows:
        for parameter in ("agency", "with", "mode", "port"):
            if asked := given.get(parameter, "").strip():
                _known(store, asked, "agency" if parameter == "with" else parameter)
        if asked := given.get("document", "").strip():
            _known_document(store, asked)
    return columns, rows


def _known(store: Store, name: str, kind: str) -> None:
    """QuestionError for a name that neither the documents nor the authority files have; only names in documents are near."""
    called = [(row[1], row[2]) for row in catalogue.run("names", store)[1] if row[0] in (kind, "group")]
    used = _listed(store, kind)
    if name in used or any(name in pair for pair in called):
        return
    proper = {alias: own for own, alias in called if own in used} | {own: own for own in used}
    near = list(dict.fromkeys(proper[word] for word in _near(name, sorted(proper))))
    raise _unknown(f"图谱里没有“{name}”", f"the graph knows no {name!r}", near)


def _near(words: str, names: Sequence[str]) -> list[str]:
    """At most five names that hold the words, the shortest first, or are spelt nearly so."""
    from difflib import get_close_matches

    holding = sorted((n for n in names if words.casefold() in n.casefold()), key=lambda n: (len(n), n))[:5]
    return list(dict.fromkeys([*holding, *get_close_matches(words, names, 5, 0.5)]))[:5]


def _unknown(zh: str, en: str, near: Sequence[str]) -> QuestionError:
    if not near:
        return QuestionError(zh, en)
    return QuestionError(f"{zh}。是否指：{'、'.join(near)}？", f"{en}; did you mean {', '.join(near)}?")


def _known_document(store: Store, asked: str) -> None:
    """QuestionError for what is no document's key, 文号 or file name, with those whose title, 文号 or file name is near."""
    columns, found = catalogue.run("documents", store)
    papers = [dict(zip(columns, row, strict=True)) for row in found]
    if any(asked in (paper["document"], paper["number"], paper["source"]) for paper in papers):
        return
    called = {paper["document"]: [paper[k] for k in ("document", "number", "source", "title")] for paper in papers}
    names = _near(asked, sorted({name for own in called.values() for name in own}))
    hints = [f"{key}《{(own[3] or own[2])[:40]}》" for name in names for key, own in called.items() if name in own]
    hints = list(dict.fromkeys(hints))[:5]
    more = "；guanlian query documents 列出全部", "; guanlian query documents lists them all"
    zh, en = f"图谱里没有文件“{asked}”", f"the graph knows no document {asked!r}"
    raise _unknown(zh + more[0] * (not hints), en + more[1] * (not hints), hints)


def _listed(store: Store, kind: str) -> set[str]:
    question, column = {"agency": ("agencies", 0), "mode": ("modes", 2), "port": ("ports", 2)}[kind]
    return {row[column] for row in catalogue.run(question, store)[1]}


def trace(store: Store, start: str, end: str, most: int, lang: str) -> Table:
    """Hops of the paths between two things, or of what is around one; one row per statement.

    Raises :class:`guanlian.graph.things.NameProblem`.
    """
    from guanlian.graph.things import things
    from guanlian.graph.trace import trace as find
    from guanlian.outputs.gather import gather

    rows = gather(store)
    for group in rows["groups"]:
        group["lead"] = group["agency"] if group["lead"] else ""
    graph = things(rows, [(row["class"], row["name"], row["alias"]) for row in rows["names"]])
    found = find(graph, start, end or None, most)
    columns = ("path", "from", "relation", "to", "document", "measure", "detail", "quote")
    paths = [(str(number), path.hops) for number, path in enumerate(found.paths, 1)]
    return columns, [
        row for number, hops in [*paths, *(("", a.hops) for a in found.around)] for row in _hops(number, hops, lang)
    ]


def _hops(number: str, hops: Iterable[Any], lang: str) -> Iterable[tuple[str, ...]]:
    for hop in hops:
        for said in hop.said:
            relation = said.zh if lang == "zh" else said.en
            yield (
                number,
                hop.source.label,
                relation,
                hop.target.label,
                said.document,
                said.item,
                said.detail,
                said.quote,
            )


def titled(store: Store, table: Table) -> Table:
    """The table with the title, or the file name, of each document behind its key: for people, not for programs."""
    columns, rows = table
    found = catalogue.run("documents", store)
    key, source, title = (found[0].index(name) for name in ("document", "source", "title"))
    names = {paper[key]: f"{paper[key]} 《{(paper[title] or paper[source])[:30]}》" for paper in found[1]}
    at = columns.index("document")
    return columns, [[*row[:at], names.get(row[at], row[at]), *row[at + 1 :]] for row in rows]


def analysis(store: Store, what: str, lang: str) -> Table:
    """One of :data:`ANALYSES` of the co-ownership network."""
    from guanlian.graph.findings import analyse
    from guanlian.outputs.gather import rows

    if what not in ANALYSES:
        known = " ".join(ANALYSES)
        raise QuestionError(f"没有分析表 {what}；可用：{known}", f"no table {what!r}; use one of {known}")
    found = analyse(rows(store, "owners"), rows(store, "measures"))
    if what == "findings":
        words = [(f.zh if lang == "zh" else f.en, f.formula, f.source) for f in found.findings]
        return ("finding", "formula", "source"), words
    records = [_flat(asdict(record)) for record in getattr(found, what)]
    columns = list(dict.fromkeys(key for record in records for key in record))
    return columns, [[record.get(column, "") for column in columns] for record in records]


def _flat(record: Mapping[str, Any]) -> dict[str, str]:
    """A record's fields as text, those of a record inside it beside them."""
    flat: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, Mapping):
            flat |= _flat(value)
        elif isinstance(value, float):
            flat[key] = f"{value:.6g}"
        elif isinstance(value, bool):
            flat[key] = "yes" if value else ""
        elif isinstance(value, (list, tuple)):
            flat[key] = "; ".join(map(str, value))
        else:
            flat[key] = "" if value is None else str(value)
    return flat


def conformance(store: Store, lang: str) -> tuple[Table, int]:
    """What the SHACL shapes find, worst first, and how many of it are violations (rather than warnings)."""
    from guanlian.graph.shapes import report

    order = ("violation", "warning", "info")
    found = sorted(report(store), key=lambda f: (order.index(f.severity) if f.severity in order else len(order), f))
    rows = [
        (f.severity, f.source, f.document, f.item, f.zh if lang == "zh" else f.en, f.path, f.value, f.focus)
        for f in found
    ]
    columns = ("severity", "source", "document", "item", "message", "path", "value", "focus")
    return (columns, rows), sum(f.severity == "violation" for f in found)


def exported(store: Store, form: str, network: str) -> dict[str, bytes]:
    """The store, one of its networks or all its tables as files by name, in the format asked for."""
    from guanlian.outputs import exports
    from guanlian.outputs.gather import rows
    from guanlian.outputs.tables import workbook

    if form == "xlsx":
        return {"xlsx": workbook(store)}
    if form in exports.RDF:
        return {form: exports.rdf(store.dump("nq"), form)}
    if form not in exports.NETWORKS:
        known = " ".join((*exports.RDF, *exports.NETWORKS, "xlsx"))
        raise QuestionError(f"没有格式 {form}；可用：{known}", f"no format {form!r}; use one of {known}")
    from guanlian.graph import projection

    makers = {"ownership": projection.bipartite, "coowners": projection.coownership}
    if network not in makers:
        raise QuestionError(
            f"没有网络 {network}；可用：{' '.join(makers)}", f"no network {network!r}; use one of {' '.join(makers)}"
        )
    return exports.network(makers[network](rows(store, "owners")), form)
