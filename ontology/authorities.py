"""Named things that papers mention: the authority files, read once each and kept as plain records.

Every file is Turtle, lies beside this module and is read only when first asked for.  A record's
``labels`` are all its printed forms, its name first; forms that mean the thing only in the papers
of one place or one parent body stand apart in ``local``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

import pyoxigraph

from guanlian.ontology.terms import DEFAULT_BASE, PREFIXES, base, iri

FOLDER = Path(__file__).resolve().parent
SHAPES = FOLDER / "shapes.ttl"
"""What a sound graph looks like, in SHACL; read it through :func:`turtle`."""

_Values = dict[str, list[str]]


class Entry(Protocol):
    """What every record has: its canonical name, its printed forms, its names in other scripts."""

    @property
    def name(self) -> str: ...
    @property
    def labels(self) -> tuple[str, ...]: ...
    @property
    def traditional(self) -> str: ...
    @property
    def english(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Mode:
    """A clearance mode. ``family``: declaration, inspection, release, tax, logistics, compliance."""

    name: str
    labels: tuple[str, ...]
    family: str
    core: bool
    definition: str = ""
    traditional: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class Port:
    """A port, terminal, airport, station or zone. ``kind``: land, sea, river, air, rail, post, zone.

    ``locode`` is the UN/LOCODE without a space (``CNSHK``), ``""`` where none is certain; ``place``
    the name of the city or province it lies in; ``customs`` the customs office that watches it.
    """

    name: str
    labels: tuple[str, ...]
    kind: str
    locode: str
    place: str
    customs: str = ""
    local: tuple[str, ...] = ()
    traditional: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class Platform:
    """A named information system, app, hotline or service platform."""

    name: str
    labels: tuple[str, ...]
    kind: str = ""
    traditional: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure. ``symbol`` is the form tables print, ``code`` the UN/ECE Rec 20 code or ``""``."""

    symbol: str
    labels: tuple[str, ...]
    code: str
    traditional: str = ""
    english: str = ""

    @property
    def name(self) -> str:
        """The symbol, so that a unit is an :class:`Entry` like the others."""
        return self.symbol


@dataclass(frozen=True, slots=True)
class Agency:
    """A named unit of government.

    ``jurisdiction`` is the place it serves (``中国`` for central bodies); ``system`` its line of
    command (customs, border, maritime, tax, …); ``parent`` the unit above it. ``local`` are short
    forms that mean it only in papers of ``jurisdiction`` or of ``parent``: 机场海关 is
    广州白云机场海关 in a paper of 广州海关 and some other office elsewhere.
    """

    name: str
    labels: tuple[str, ...]
    jurisdiction: str
    system: str
    parent: str
    local: tuple[str, ...] = ()
    traditional: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """A function of local government under one official name, to be put after the name of a place.

    ``level`` says which governments use the name: province, city, district or any. ``labels`` are
    the printed forms, the official one first. ``function`` ties the names of one function together.
    ``within`` is the province whose governments alone use the name, ``since`` the year of which they do.
    """

    name: str
    level: str
    labels: tuple[str, ...]
    function: str = ""
    traditional: str = ""
    english: str = ""
    within: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A country, province, city or district; ``abbreviations`` are one-character forms (粤, 深)."""

    name: str
    labels: tuple[str, ...]
    level: str
    parent: str
    abbreviations: tuple[str, ...] = ()
    traditional: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of a small list (a role, a basis, an indicator) with its labels."""

    name: str
    labels: tuple[str, ...]
    notation: str
    traditional: str = ""
    english: str = ""


def files() -> tuple[tuple[str, Path], ...]:
    """Graph name and path of every Turtle file that is data; the vocabulary is graph ``ontology``.

    The shapes are rules about data, not data, and are left out.
    """
    found = [("ontology" if p.stem == "guanlian" else p.stem, p) for p in FOLDER.glob("*.ttl") if p != SHAPES]
    return tuple((iri("graph", name), path) for name, path in sorted(found))


def turtle(path: Path) -> str:
    """Text of a shipped Turtle file with its ``@base`` set to the configured one.

    Whoever loads an authority file reads it through here, so that its IRIs are those that
    :func:`guanlian.ontology.terms.iri` makes.
    """
    text = path.read_text(encoding="utf-8")
    return text if base() == DEFAULT_BASE else text.replace(f"@base <{DEFAULT_BASE}>", f"@base <{base()}>", 1)


def _short(term: str) -> str:
    """Prefixed form of a full IRI, or the IRI itself."""
    for prefix, namespace in PREFIXES.items():
        if term.startswith(namespace):
            return f"{prefix}:{term[len(namespace) :]}"
    return term


def _last(term: str) -> str:
    """Last path segment of a thing's IRI, unescaped: the name it was made from."""
    name = term[term.rfind("/") + 1 :]
    return unquote(name) if "%" in name else name


def _concepts(stem: str) -> Iterator[_Values]:
    """Values of each concept of a file, by property and language: ``skos:prefLabel@en`` to its texts."""
    table: dict[str, _Values] = {}
    keys: dict[str, str] = {}
    text = turtle(FOLDER / f"{stem}.ttl")
    for subject, predicate, thing, _ in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE):
        term = predicate.value
        key = keys.get(term) or keys.setdefault(term, _short(term))
        if key == "rdf:type":
            continue
        if isinstance(thing, pyoxigraph.Literal) and (language := thing.language):
            key = f"{key}@{language}"
        table.setdefault(subject.value, {}).setdefault(key, []).append(thing.value)
    return (values for values in table.values() if "skos:inScheme" in values)


def _one(values: _Values, key: str) -> str:
    """First value under a key, or the empty string."""
    found = values.get(key)
    return found[0] if found else ""


def _name(values: _Values) -> str:
    return values["skos:prefLabel@zh-hans"][0]


def _printed(values: _Values) -> tuple[str, ...]:
    """All printed forms, the name first: Chinese labels of either script and forms of no language."""
    forms = [*values["skos:prefLabel@zh-hans"], *values.get("skos:prefLabel", ())]
    for key in ("skos:altLabel@zh-hans", "skos:altLabel", "skos:prefLabel@zh-hant", "skos:altLabel@zh-hant"):
        forms += values.get(key, ())
    return tuple(dict.fromkeys(forms))


def _local(values: _Values) -> tuple[str, ...]:
    return tuple(values.get("gl:localLabel@zh-hans", ()))


def _scripts(values: _Values) -> tuple[str, str]:
    """Traditional and English name."""
    return _one(values, "skos:prefLabel@zh-hant"), _one(values, "skos:prefLabel@en")


@lru_cache(maxsize=1)
def modes() -> tuple[Mode, ...]:
    """The clearance modes."""
    return tuple(
        Mode(
            _name(v), _printed(v), _last(_one(v, "skos:broader")), _one(v, "gl:core") == "true",
            _one(v, "skos:definition@en"), *_scripts(v),
        )
        for v in _concepts("modes")
        if "skos:broader" in v
    )  # fmt: skip


@lru_cache(maxsize=1)
def ports() -> tuple[Port, ...]:
    """Ports, terminals, airports, stations and zones."""
    return tuple(
        Port(
            _name(v), _printed(v), _one(v, "gl:kind"), _one(v, "gl:locode"), _last(_one(v, "gl:place")),
            _last(_one(v, "gl:customsOffice")), _local(v), *_scripts(v),
        )
        for v in _concepts("ports")
    )  # fmt: skip


@lru_cache(maxsize=1)
def platforms() -> tuple[Platform, ...]:
    """Named systems, apps and hotlines."""
    return tuple(Platform(_name(v), _printed(v), _one(v, "gl:kind"), *_scripts(v)) for v in _concepts("platforms"))


@lru_cache(maxsize=1)
def units() -> tuple[Unit, ...]:
    """Units of measure."""
    return tuple(Unit(_name(v), _printed(v), _one(v, "gl:unitCode"), *_scripts(v)) for v in _concepts("units"))


@lru_cache(maxsize=1)
def agencies() -> tuple[Agency, ...]:
    """Named units: central bodies, offices of vertically run systems, what governs a zone, companies that run ports."""
    return tuple(
        Agency(
            _name(v), _printed(v), _last(_one(v, "gl:place")), _one(v, "gl:system"),
            _last(_one(v, "org:subOrganizationOf")), _local(v), *_scripts(v),
        )
        for stem in ("agencies", "zones", "companies")
        for v in _concepts(stem)
    )  # fmt: skip


@lru_cache(maxsize=1)
def _local_agencies() -> dict[str, tuple[Agency, ...]]:
    found: dict[str, tuple[Agency, ...]] = {}
    for agency in agencies():
        for label in agency.local:
            found[label] = (*found.get(label, ()), agency)
    return found


def local_agency(label: str, issuer: str, *places: str) -> Agency | None:
    """The one agency that a local short form means in a paper of ``issuer``, or None where that is open.

    Bodies under the issuer at any depth come first, then those that serve one of ``places``.

    >>> [found.name for issuer in ("广州海关", "深圳海关") if (found := local_agency("机场海关", issuer))]
    ['广州白云机场海关', '深圳宝安机场海关']
    >>> local_agency("机场海关", "海关总署") is None
    True
    """
    candidates = _local_agencies().get(label, ())
    under = [a for a in candidates if issuer in ancestors(a.name)]
    found = under or [a for a in candidates if a.jurisdiction in places]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1)
def _parents() -> dict[str, str]:
    return {agency.name: agency.parent for agency in agencies()}


def ancestors(name: str) -> tuple[str, ...]:
    """Units above a named agency, the nearest first.

    >>> ancestors("佛山海关驻顺德办事处")
    ('佛山海关', '广州海关', '海关总署', '国务院')
    """
    found: list[str] = []
    while (name := _parents().get(name, "")) and name not in found:
        found.append(name)
    return tuple(found)


@lru_cache(maxsize=1)
def departments() -> tuple[Department, ...]:
    """Functions of local governments, one record for each official name and level."""
    return tuple(
        Department(
            _name(v), _one(v, "gl:level"), _printed(v), _last(_one(v, "skos:broader")), *_scripts(v),
            within=_one(v, "gl:within"), since=_one(v, "gl:since"),
        )
        for v in _concepts("departments")
        if "gl:level" in v
    )  # fmt: skip


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """Country, provinces, cities and some districts."""
    return tuple(
        Place(
            _name(v), _printed(v), _one(v, "gl:level"), _last(_one(v, "gl:place")),
            tuple(v.get("gl:abbreviation", ())), *_scripts(v),
        )
        for v in _concepts("places")
    )  # fmt: skip


@lru_cache(maxsize=1)
def divisions() -> tuple[Place, ...]:
    """Every district, county and county-level city of the lists of 2013 and 2023; namesakes are several.

    The statistical authority's codes for administrative divisions, whose frame is GB/T 2260.
    """
    with (FOLDER / "divisions.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Place(row["name"], (row["name"],), "district", row["above"]) for row in csv.DictReader(lines))


def _terms(stem: str) -> tuple[Term, ...]:
    return tuple(Term(_name(v), _printed(v), _one(v, "skos:notation"), *_scripts(v)) for v in _concepts(stem))


@lru_cache(maxsize=1)
def roles() -> tuple[Term, ...]:
    """The five roles and the three bases; ``notation`` is the word tables use (``lead``, ``stated``)."""
    return _terms("roles")


@lru_cache(maxsize=1)
def indicators() -> tuple[Term, ...]:
    """Common things that figures measure."""
    return _terms("indicators")
