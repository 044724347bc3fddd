"""IRIs, prefixes and the id function: the only place that spells one. Imports nothing heavy."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote

GL = "https://w3id.org/guanlian/ns#"
"""Namespace of guanlian's own terms (not registered yet; the README says so)."""

DEFAULT_BASE = "https://w3id.org/guanlian/"
"""Base of the IRIs of things; ``$GUANLIAN_BASE`` names another."""

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "gl": GL,
        "dcterms": "http://purl.org/dc/terms/",
        "eli": "http://data.europa.eu/eli/ontology#",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "http://schema.org/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "sosa": "http://www.w3.org/ns/sosa/",
        "time": "http://www.w3.org/2006/time#",
        "void": "http://rdfs.org/ns/void#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

_UNSAFE = re.compile(
    r"[^A-Za-z0-9._~\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd]|[\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff0-\uffff]"
)


def base() -> str:
    """Base IRI of things, ending in ``/``."""
    value = os.environ.get("GUANLIAN_BASE") or DEFAULT_BASE
    return value if value.endswith("/") else value + "/"


def iri(kind: str, *parts: str) -> str:
    """IRI of a thing: base, kind, then each part escaped so that no two different inputs meet.

    A kind is a word of ours in small letters, never something read: ValueError for another one.

    >>> iri("agency", "深圳海关")
    'https://w3id.org/guanlian/agency/深圳海关'
    >>> iri("document", "ab", "3.2") == iri("document", "ab/3.2")
    False
    """
    if not re.fullmatch("[a-z]+", kind):
        raise ValueError(f"not a kind of thing: {kind!r}")
    return base() + "/".join([kind, *(_UNSAFE.sub(lambda m: quote(m[0], safe=""), p) for p in parts)])


def expand(curie: str) -> str:
    """Full IRI of a prefixed name.

    >>> expand("gl:Measure")
    'https://w3id.org/guanlian/ns#Measure'
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local
