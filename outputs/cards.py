"""What the graph says of one thing: its names, what it is, and its facts in groups, each group one SPARQL query."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from guanlian.graph.labels import figure_label
from guanlian.graph.store import Store
from guanlian.ontology.terms import GL, PREFIXES, base, iri
from guanlian.outputs.sections import HIDDEN, PROPERTIES, SECTIONS, Section
from guanlian.outputs.wire import Refused
from guanlian.queries import catalogue

SHOWN = 400
"""Facts of a group a page shows; it says how many there are, and its query gives them all."""

_HEADER = "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in ("gl", "dcterms", "oa", "org", "skos"))
_FIGURE = ("indicator", "direction", "bound", "value", "value_to", "unit", "deadline", "period_start", "period_end")
_CLASSES = ("Document", "Case", "Practice", "Interpretation", "Measure", "WorkingGroup", "Agency", "ClearanceMode")

Cell = dict[str, str]


def subject(kind: str, parts: Sequence[str]) -> str:
    """IRI of a thing from the parts of its path, each as it is meant, not as it is written.

    Raises Refused (404) for a kind that no IRI of ours has: parts are escaped, a kind is not.
    """
    if not re.fullmatch("[a-z]{1,20}", kind) or not any(parts):
        raise Refused(404, "没有这个页面", "no such page")
    return iri(kind, *parts)


def path(name: str) -> str:
    """Path of a page from an IRI, ``""`` for what has no page here.

    >>> path(iri("agency", "深圳海关")), path("http://example.org/")
    ('/agency/深圳海关', '')
    """
    return "/" + name.removeprefix(base()) if name.startswith(base()) else ""


def query(section: Section, name: str) -> str:
    """The SPARQL of a group of facts, complete, as a person may copy it."""
    return _HEADER + "\n" + section.sparql.strip().replace("<@>", f"<{name}>") + "\n"


def card(store: Store, kind: str, parts: Sequence[str], lang: str) -> dict[str, Any]:
    """Everything a page shows of one thing. Raises Refused (404) for what the graph does not know.

    ``title``, ``class``, ``names``, ``provisional``, ``about`` (label and cells) and ``sections``: each with its
    two titles, query, count, and rows by column name; ``papers`` gives titles of the documents that rows name.
    """
    name = subject(kind, parts)
    about = store.select(f"SELECT DISTINCT ?p ?o (LANG(?o) AS ?l) {{ GRAPH ?g {{ <{name}> ?p ?o }} }}")[1]
    sections = [] if not about else [_told(store, section, name) for section in SECTIONS[_shelf(kind, parts, about)]]
    if not about and not (sections := [_told(store, section, name) for section in SECTIONS["other"]])[-1]["total"]:
        raise Refused(404, "图谱里没有这个事物", "the graph knows no such thing")
    sections = [section for section in sections if section["total"]]
    seen = [p for p, _, _ in about] + [o for _, o, _ in about]
    seen += [cell for section in sections for row in section["rows"] for cell in (row["document"], row["thing"])]
    labels = _labels(store, seen, lang)
    return {
        "iri": name,
        "class": _class(about),
        "title": _title(about, lang) or _item(about) or labels.get(name) or parts[-1] or name,
        "item": _item(about) if kind == "document" and len(parts) == 2 else "",
        "names": _names(about),
        "provisional": any(p == GL + "provisional" for p, _, _ in about),
        "about": _about(about, labels, lang),
        "sections": sections,
        "labels": labels,
    }


def _shelf(kind: str, parts: Sequence[str], about: Sequence[Sequence[str]]) -> str:
    if kind == "document" and len(parts) > 1:
        return "item" if any(p == PREFIXES["dcterms"] + "isPartOf" for p, _, _ in about) else "other"
    return kind if kind in SECTIONS and kind != "item" else "other"


def _told(store: Store, section: Section, name: str) -> dict[str, Any]:
    """One group of facts, with its rows; figures get a label of their own."""
    text = query(section, name)
    columns, found = store.select(text)
    empty = dict.fromkeys(("document", "thing", "label", "item"), "")
    rows = [empty | dict(zip(columns, row, strict=True)) for row in found]
    if "item" in columns:  # a query cannot put item 2 before item 10
        rows.sort(key=lambda row: catalogue.order((row["document"], row["item"])))
    rows = rows[:SHOWN]
    for row in rows:
        if "indicator" in row:
            row["label"] = figure_label({key: row.get(key, "") for key in _FIGURE})
    return {"name": section.name, "zh": section.zh, "en": section.en, "sparql": text, "total": len(found), "rows": rows}


def _class(about: Iterable[Sequence[str]]) -> str:
    found = {o.removeprefix(GL) for p, o, _ in about if p == PREFIXES["rdf"] + "type" and o.startswith(GL)}
    return next((name for name in _CLASSES if name in found), min(found, default=""))


def _title(about: Iterable[Sequence[str]], lang: str) -> str:
    """The label in the language asked for; Chinese where there is none."""
    labels = {
        (p, tag): o for p, o, tag in about if p in (PREFIXES["skos"] + "prefLabel", PREFIXES["dcterms"] + "title")
    }
    order = ("en", "zh-hans", "zh", "") if lang == "en" else ("zh-hans", "zh", "", "en")
    return next((text for tag in order for (_, found), text in labels.items() if found == tag), "")


def _item(about: Iterable[Sequence[str]]) -> str:
    return next((o for p, o, _ in about if p == PREFIXES["dcterms"] + "identifier"), "")


def _names(about: Iterable[Sequence[str]]) -> list[str]:
    return sorted({o for p, o, _ in about if p in (PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel")})


def _about(about: Iterable[Sequence[str]], labels: dict[str, str], lang: str) -> list[dict[str, Any]]:
    """Properties that are no facts of a group, by their label."""
    found: dict[str, list[Cell]] = {}
    for p, o, tag in sorted(set(map(tuple, about))):
        if (
            p in HIDDEN
            or (tag in ("en", "zh-hant") and lang == "zh")
            or (tag in ("zh-hant", "zh-hans") and lang == "en")
        ):
            continue
        cell = {"text": labels.get(o, o.removeprefix(GL)), "path": "" if "#" in o else path(o)}
        if cell not in found.setdefault(_called(p, labels, lang), []):
            found[_called(p, labels, lang)].append(cell)
    return [{"label": label, "cells": cells} for label, cells in found.items()]


def _called(name: str, labels: dict[str, str], lang: str) -> str:
    own = PROPERTIES.get(name)
    return own[lang == "en"] if own else labels.get(name, name.rpartition("/")[2].rpartition("#")[2])


def _labels(store: Store, names: Iterable[str], lang: str) -> dict[str, str]:
    """Labels of the IRIs among ``names``: of things, terms, documents and words."""
    wanted = sorted({name for name in names if name.startswith((base(), GL))})
    if not wanted:
        return {}
    values = " ".join(f"<{name}>" for name in wanted)
    text = f"""{_HEADER}PREFIX rdfs: <{PREFIXES["rdfs"]}>
SELECT DISTINCT ?x ?label (LANG(?label) AS ?lang) {{
  VALUES ?x {{ {values} }} GRAPH ?g {{ ?x skos:prefLabel|rdfs:label|dcterms:title|skos:notation|oa:exact ?label }}
}}"""
    order = ("en", "zh-hans", "zh", "") if lang == "en" else ("zh-hans", "zh", "", "en")
    found = [row for row in store.select(text)[1] if row[2] in order]
    return {row[0]: row[1] for row in sorted(found, key=lambda row: -order.index(row[2]))}


def description(kind: str, parts: Sequence[str]) -> str:
    """CONSTRUCT of what is said of a thing: a whole graph, also a document's; else its triples, the facts it is part of, and
    the words each of them rests on."""
    name = subject(kind, parts)
    if kind == "graph" or (kind == "document" and len(parts) == 1):
        return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
    return f"""{_HEADER}CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ GRAPH ?g {{ <{name}> ?p ?o }} BIND(<{name}> AS ?s) }}
  UNION {{ GRAPH ?g {{ ?s ?is <{name}> ; gl:evidence ?e ; ?p ?o }} }}
  UNION {{ GRAPH ?g {{ <{name}> ?has ?s . ?s gl:evidence ?e ; ?p ?o }} }}
  UNION {{ GRAPH ?g {{ ?fact ?is <{name}> ; gl:evidence ?s . ?s ?p ?o }} }}
  UNION {{ GRAPH ?g {{ <{name}> ?has ?fact . ?fact gl:evidence ?s . ?s ?p ?o }} }}
  UNION {{ GRAPH ?g {{ ?o ?is <{name}> ; gl:evidence ?e . ?s ?p ?o }} }}
}}"""


def vocabulary(store: Store) -> list[Cell]:
    """Our own terms: name, kind, labels and comments in both languages."""
    text = f"""PREFIX rdfs: <{PREFIXES["rdfs"]}> PREFIX owl: <{PREFIXES["owl"]}>
SELECT DISTINCT ?term ?kind ?zh ?en ?about_zh ?about_en {{
  GRAPH <{iri("graph", "ontology")}> {{
    ?term a ?kind . VALUES ?kind {{ owl:Class owl:ObjectProperty owl:DatatypeProperty }}
    OPTIONAL {{ ?term rdfs:label ?zh . FILTER(LANG(?zh) = "zh-hans") }}
    OPTIONAL {{ ?term rdfs:label ?en . FILTER(LANG(?en) = "en") }}
    OPTIONAL {{ ?term rdfs:comment ?about_zh . FILTER(LANG(?about_zh) = "zh-hans") }}
    OPTIONAL {{ ?term rdfs:comment ?about_en . FILTER(LANG(?about_en) = "en") }}
  }}
}} ORDER BY ?kind ?term"""
    columns, found = store.select(text)
    rows = [dict(zip(columns, row, strict=True)) for row in found if row[0].startswith(GL)]
    return [row | {"term": row["term"].removeprefix(GL), "kind": row["kind"].rpartition("#")[2]} for row in rows]
