"""Rows of the tables become one graph of things, every tie with the words it rests on.

    things(tables, aliases) -> nx.MultiGraph of nodes (kind, key…), see below
    find(graph, name)       -> the node a visible name or alias means, or an error that helps

Nodes are tuples: ``("agency", name)``, ``("mode", name)``, ``("port", name)``, ``("platform",
name)``, ``("document", key)``, ``("measure", document, id)`` (cases, practices and explaining
items too), ``("group", document, name)``, ``("outcome", document, id, text)``, ``("target", …)``.
Node attributes: ``kind``, ``label`` (what people see), ``name`` (unique, can be typed back).
Edge attributes: ``relation`` (a key of :data:`RELATIONS`), ``source`` (the node it is said of),
``document``, ``item``, ``quote``, ``detail``.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import networkx as nx

from guanlian.graph.labels import figure_label, fold
from guanlian.graph.projection import Row

Node = tuple[str, ...]
Tables = Mapping[str, Iterable[Row]]

KINDS = {
    "agency": "单位",
    "measure": "举措",
    "document": "文件",
    "mode": "模式",
    "port": "口岸",
    "platform": "平台",
    "group": "工作组",
    "outcome": "成效",
    "target": "目标",
}
"""Kinds of things, with their Chinese names; either may stand before a name: ``port:…``, ``口岸：…``."""


class Relation(NamedTuple):
    """How a tie reads from its source and back, in Chinese and English, and how far it leads.

    ``length`` is what a hop costs a path: to stand in the same document says little.
    """

    zh: str
    en: str
    back_zh: str
    back_en: str
    length: int


RELATIONS = {
    "lead": Relation("牵头", "leads", "牵头单位", "is led by", 1),
    "joint": Relation("按职责分工负责", "jointly owns", "分工负责单位", "is jointly owned by", 1),
    "participant": Relation("参与", "takes part in", "参与单位", "has as participant", 1),
    "implementer": Relation("实施", "carries out", "实施单位", "is carried out by", 1),
    "partner": Relation("协作", "is partner in", "协作方", "is done with", 1),
    "uses": Relation("采用模式", "uses", "被采用于", "is used in", 1),
    "promotes": Relation("推行模式", "promotes", "被推行于", "is promoted in", 1),
    "mentions": Relation("提及模式", "mentions", "被提及于", "is mentioned in", 1),
    "stacked": Relation("可叠加", "is stacked with", "可叠加", "is stacked with", 1),
    "stacks": Relation("叙述叠加", "tells the stacking of", "叠加见于", "is stacked in", 1),
    "port": Relation("涉及口岸", "names port", "见于", "is named in", 1),
    "platform": Relation("使用平台", "names platform", "见于", "is named in", 1),
    "outcome": Relation("取得成效", "reports", "成效出自", "is reported by", 1),
    "target": Relation("设定目标", "sets target", "目标出自", "is set by", 1),
    "explains": Relation("解读", "explains", "解读见", "is explained by", 1),
    "practice": Relation("做法属于", "is a practice of", "包括做法", "has practice", 1),
    "member": Relation("成员单位属于", "is a member of", "成员单位", "has member", 2),
    "group_lead": Relation("牵头组织", "leads", "组长单位", "is led by", 2),
    "explains_document": Relation("解读文件", "explains", "解读文件见", "is explained by", 2),
    "based_on": Relation("依据", "is based on", "被依据于", "is the basis of", 2),
    "issued": Relation("印发", "issued", "印发单位", "was issued by", 3),
    "stands_in": Relation("载于", "stands in", "载有", "contains", 3),
}
"""Every relation of the graph of things."""


class NameProblem(LookupError):
    """A name that means no single thing; ``zh`` and ``en`` say so, ``choices`` are names to type instead."""

    def __init__(self, zh: str, en: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"{zh} | {en}")
        self.zh, self.en, self.choices = zh, en, choices


class UnknownName(NameProblem):
    """No thing is called that; ``choices`` are close names."""


class AmbiguousName(NameProblem):
    """Several things are called that; ``choices`` name each of them exactly."""


def things(tables: Tables, aliases: Iterable[tuple[str, str, str]] = ()) -> nx.MultiGraph[Node]:
    """Graph of things from rows of the tables, keyed by table name; an absent table adds nothing.

    ``tables`` may hold documents, measures, interpretations, owners, groups, modes, stackings,
    ports, platforms, outcomes, targets. ``aliases`` are (kind, canonical name, other name).
    The same rows give the same graph in the same order, however they are sorted.
    """
    graph: nx.MultiGraph[Node] = nx.MultiGraph()
    rows = {name: sorted(map(dict, tables.get(name, ())), key=_natural) for name in TABLES}
    cited = {row[name]: row["document"] for name in ("title", "source", "number") for row in rows["documents"]}
    graph.graph["documents"] = {words: key for words, key in cited.items() if words}
    own = {("document", key, words) for words, key in graph.graph["documents"].items()}
    graph.graph["aliases"] = sorted(own.union(aliases))
    items = {(row["document"], row["measure"]): row["title"] for row in rows["measures"]}
    for row in rows["documents"]:
        _add(graph, ("document", row["document"]), row["title"] or row["document"])
    for (document, item), title in items.items():
        _item(graph, document, item, title)
    for row in rows["measures"]:
        if row["parent"]:
            here, case = _item(graph, row["document"], row["measure"]), _item(graph, row["document"], row["parent"])
            _tie(graph, here, case, "practice", row, row["title"])
    for name, read in _READERS.items():
        for row in rows[name]:
            read(graph, row)
    return graph


def _natural(row: Row) -> list[list[tuple[int, str]]]:
    """Sort key that puts item 2 before item 10."""
    return [[(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", row[k])] for k in row]


def _add(graph: nx.MultiGraph[Node], node: Node, label: str, name: str = "") -> Node:
    if node not in graph:
        graph.add_node(node, kind=node[0], label=label, name=name or node[-1])
    return node


def _item(graph: nx.MultiGraph[Node], document: str, item: str, title: str = "") -> Node:
    """The item's node, tied to its document; the document itself for a fact outside any item."""
    home = _add(graph, ("document", document), document)
    if not item:
        return home
    node: Node = ("measure", document, item)
    if node not in graph:
        _add(graph, node, f"{item} {title}" if title else f"{graph.nodes[home]['label']} {item}", f"{document}#{item}")
        graph.nodes[node]["title"] = title
        _tie(
            graph, node, home, "stands_in", {"document": document, "measure": item}, title or graph.nodes[home]["label"]
        )
    return node


def _tie(graph: nx.MultiGraph[Node], source: Node, target: Node, relation: str, row: Row, quote: str = "") -> None:
    """One tie with its evidence; the same tie on the same words is there once."""
    words = quote or row.get("quote", "")
    key = "|".join((relation, *source, row["document"], row["measure"], words))
    if source != target:
        told = {"document": row["document"], "item": row["measure"], "quote": words, "detail": row.get("via", "")}
        graph.add_edge(source, target, key, relation=relation, source=source, **told)


def _read_document(graph: nx.MultiGraph[Node], row: Row) -> None:
    here: Node = ("document", row["document"])
    said = {"document": row["document"], "measure": ""}
    for issuer in _parts(row["issuer"], "、;；"):
        _tie(graph, _add(graph, ("agency", issuer), issuer), here, "issued", said, issuer)
    for basis in _parts(row["based_on"]):
        _tie(graph, here, _cited(graph, basis), "based_on", said, basis)


def _parts(cell: str, stops: str = ";；") -> list[str]:
    return [part.strip() for part in re.split(f"[{stops}]", cell) if part.strip()]


def _cited(graph: nx.MultiGraph[Node], words: str) -> Node:
    """The document that words cite (key, 文号, source or title), or a node for one that is not loaded."""
    key = graph.graph["documents"].get(words, words)
    return _add(graph, ("document", key), words)


def _read_interpretation(graph: nx.MultiGraph[Node], row: Row) -> None:
    here = _item(graph, row["document"], row["measure"])
    if row["of_document"]:
        there = _cited(graph, row["of_document"])
        relation = "explains" if row["of_measure"] else "explains_document"
        quote = f"{graph.nodes[there]['label']} {row['of_measure']}".strip()
        _tie(graph, here, _item(graph, there[1], row["of_measure"]), relation, row, quote)


def _read_owner(graph: nx.MultiGraph[Node], row: Row) -> None:
    if row["basis"] != "issuer":
        agency = _add(graph, ("agency", row["agency"]), row["agency"])
        _tie(graph, agency, _item(graph, row["document"], row["measure"], row.get("title", "")), row["role"], row)


def _read_group(graph: nx.MultiGraph[Node], row: Row) -> None:
    group = _add(graph, ("group", row["document"], row["group"]), row["group"])
    said = {"document": row["document"], "measure": "", "via": row["post"]}
    member = _add(graph, ("agency", row["agency"]), row["agency"])
    _tie(
        graph, member, group, "group_lead" if row["lead"] else "member", said, f"{row['agency']} {row['post']}".strip()
    )


def _read_mode(graph: nx.MultiGraph[Node], row: Row) -> None:
    mode = _add(graph, ("mode", row["mode"]), row["mode"])
    _tie(graph, _item(graph, row["document"], row["measure"]), mode, row["stance"], row)


def _read_stacking(graph: nx.MultiGraph[Node], row: Row) -> None:
    first, second = (_add(graph, ("mode", row[name]), row[name]) for name in ("mode", "with_mode"))
    _tie(graph, min(first, second), max(first, second), "stacked", row)
    here = _item(graph, row["document"], row["measure"])
    for mode in (first, second):
        _tie(graph, here, mode, "stacks", row)


def _read_named(kind: str) -> Callable[[nx.MultiGraph[Node], Row], None]:
    """Reader of a table that names one port or platform a row."""

    def read(graph: nx.MultiGraph[Node], row: Row) -> None:
        _tie(graph, _item(graph, row["document"], row["measure"]), _add(graph, (kind, row[kind]), row[kind]), kind, row)

    return read


def _read_figure(kind: str) -> Callable[[nx.MultiGraph[Node], Row], None]:
    """Reader of a table of figures."""

    def read(graph: nx.MultiGraph[Node], row: Row) -> None:
        document, item = row["document"], row["measure"]
        label = figure_label(row)
        node = _add(graph, (kind, document, item, label), label, f"{document}#{item} {label}")
        _tie(graph, _item(graph, document, item), node, kind, row)

    return read


_READERS: dict[str, Callable[[nx.MultiGraph[Node], Row], None]] = {
    "documents": _read_document,
    "interpretations": _read_interpretation,
    "owners": _read_owner,
    "groups": _read_group,
    "modes": _read_mode,
    "stackings": _read_stacking,
    "ports": _read_named("port"),
    "platforms": _read_named("platform"),
    "outcomes": _read_figure("outcome"),
    "targets": _read_figure("target"),
}


TABLES = ("measures", *_READERS)
"""The tables that the graph of things is made of."""


@functools.cache
def _converter() -> Callable[[str], str]:
    import opencc  # a large table, needed only for a name that nothing else matched

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


def _simplified(name: str) -> str:
    return _converter()(fold(name))


def find(graph: nx.MultiGraph[Node], name: str) -> Node:
    """The one thing called ``name``: a visible name first, then an alias, then either in simplified script.

    A kind may stand before the name (``agency:``, ``单位：``). Raises :class:`AmbiguousName` with
    the exact names of all candidates, :class:`UnknownName` with close names.
    """
    kind, bare = _split(name)
    proper, other = list(_proper(graph)), list(_other(graph))
    for key in (fold, _simplified):
        wanted = key(bare)
        for names in (proper, other):
            found = sorted({node for text, node in names if key(text) == wanted and kind in ("", node[0])})
            if len(found) == 1:
                return found[0]
            if found:
                raise _ambiguous(graph, name, found)
    raise _unknown(name, bare, [text for text, node in (*proper, *other) if kind in ("", node[0])])


def _split(name: str) -> tuple[str, str]:
    """Kind asked for (or ``""``) and the rest of the name."""
    head, mark, rest = name.replace("：", ":", 1).partition(":")
    kinds = {**{kind: kind for kind in KINDS}, **{zh: kind for kind, zh in KINDS.items()}}
    return (kinds[head.strip()], rest) if mark and head.strip() in kinds else ("", name)


def _proper(graph: nx.MultiGraph[Node]) -> Iterator[tuple[str, Node]]:
    """Visible and unique names."""
    for node, data in graph.nodes(data=True):
        for text in {data["label"], data["name"]}:
            yield text, node


def _other(graph: nx.MultiGraph[Node]) -> Iterator[tuple[str, Node]]:
    """Aliases: those given, and an item's title without its number or after its document's other names."""
    given = defaultdict(list)
    for kind, canonical, text in graph.graph["aliases"]:
        given[kind, canonical].append(text)
    for node, data in graph.nodes(data=True):
        for text in given[node[0], node[1]] if node[0] != "measure" else given["document", node[1]]:
            yield (f"{text}#{node[2]}" if node[0] == "measure" else text), node
        if data.get("title"):
            yield data["title"], node
        if node[0] in ("outcome", "target"):
            yield data["label"].partition(" ")[0], node


def _ambiguous(graph: nx.MultiGraph[Node], name: str, found: list[Node]) -> AmbiguousName:
    exact = tuple(f"{node[0]}:{graph.nodes[node]['name']}" for node in found)
    zh = f"“{name}”可指 {len(exact)} 个事物，请写明：" + "、".join(exact[:10])
    return AmbiguousName(zh, f"“{name}” may mean {len(exact)} things; say which: " + ", ".join(exact[:10]), exact)


def _unknown(name: str, bare: str, known: list[str]) -> UnknownName:
    wanted = fold(bare)
    holding = sorted({text for text in known if wanted and wanted in fold(text)}, key=lambda text: (len(text), text))
    close = difflib.get_close_matches(bare, sorted(set(known)), n=5, cutoff=0.5)
    choices = tuple(dict.fromkeys((*holding[:5], *close)))[:5]
    zh = f"没有叫“{name}”的事物。" + (f"是否指：{'、'.join(choices)}？" if choices else "")
    en = f"Nothing is called “{name}”." + (f" Did you mean: {', '.join(choices)}?" if choices else "")
    return UnknownName(zh, en, choices)
