"""Renames and mergers of units: what became what, when and by which decision (``changes.ttl``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph

from guanlian.ontology.authorities import FOLDER, turtle
from guanlian.ontology.terms import expand


@dataclass(frozen=True, slots=True)
class Change:
    """One event: units before and after, by full name; ``date`` is ISO and as exact as is certain."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    date: str
    source: str


@lru_cache(maxsize=1)
def changes() -> tuple[Change, ...]:
    """All changes on file, by date and names."""
    text = turtle(FOLDER / "changes.ttl")
    said: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, thing, _ in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE):
        wanted = not isinstance(thing, pyoxigraph.Literal) or thing.language in (None, "zh-hans")
        if wanted:
            said.setdefault(subject.value, {}).setdefault(predicate.value, []).append(thing.value)
    named = {
        subject: values[expand("skos:prefLabel")][0] for subject, values in said.items() if _is(values, "gl:Agency")
    }

    def names(values: dict[str, list[str]], role: str) -> tuple[str, ...]:
        from guanlian.ontology import authorities
        from guanlian.ontology.terms import iri

        known = {iri("agency", agency.name): agency.name for agency in authorities.agencies()} | named
        return tuple(known[unit] for unit in values[expand(role)])

    found = [
        Change(
            names(values, "org:originalOrganization"), names(values, "org:resultingOrganization"),
            values[expand("dcterms:date")][0], values[expand("dcterms:source")][0],
        )
        for values in said.values()
        if _is(values, "org:ChangeEvent")
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda change: (change.date, change.after, change.before)))


def _is(values: dict[str, list[str]], kind: str) -> bool:
    return expand(kind) in values[expand("rdf:type")]


def successors(name: str) -> tuple[str, ...]:
    """What a unit became, however often, the nearest first.

    >>> successors("中国银行业监督管理委员会")
    ('中国银行保险监督管理委员会', '国家金融监督管理总局')
    """
    return _followed(name, forward=True)


def predecessors(name: str) -> tuple[str, ...]:
    """What a unit was made of, however long ago, the nearest first.

    >>> predecessors("深圳市商务局")
    ('深圳市经济贸易和信息化委员会',)
    """
    return _followed(name, forward=False)


def _followed(name: str, *, forward: bool) -> tuple[str, ...]:
    found: list[str] = []
    near = [name]
    while near:
        near = [
            other
            for change in changes()
            if set(near) & set(change.before if forward else change.after)
            for other in (change.after if forward else change.before)
            if other not in found and other != name
        ]
        found += dict.fromkeys(near)
    return tuple(dict.fromkeys(found))
