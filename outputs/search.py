"""Finds things by what they are called: name, alias, pinyin and its initials, number of an item."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guanlian.graph.labels import fold
from guanlian.graph.store import Store
from guanlian.ontology.terms import PREFIXES
from guanlian.outputs.cards import path
from guanlian.queries.catalogue import literal

CLASSES = {
    "agency": ("单位", "Units"),
    "group": ("工作组", "Groups"),
    "measure": ("措施与案例", "Measures and cases"),
    "interpretation": ("解读", "Interpretations"),
    "mode": ("通关模式", "Clearance modes"),
    "port": ("口岸", "Ports"),
    "platform": ("平台", "Platforms"),
    "document": ("文件", "Papers"),
}
"""Classes of results in their order, in Chinese and English."""

_TYPES = {
    "Agency": "agency",
    "WorkingGroup": "group",
    "ClearanceMode": "mode",
    "Port": "port",
    "Platform": "platform",
    "Document": "document",
    "Measure": "measure",
    "Case": "measure",
    "Practice": "measure",
    "Interpretation": "interpretation",
}
_HAN = re.compile("[\u3400-\u9fff]")
_RUNS = re.compile("[\u3400-\u9fff]+|[a-z0-9]+")
_LONGEST = 40  # characters of a name that pinyin looks at
MANY = 300
"""Things at most that are looked at while there is no index yet."""

_PREFIXES = "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in ("gl", "dcterms", "skos"))
_KINDS = " ".join(f"gl:{name}" for name in _TYPES)
_SAID = "skos:prefLabel skos:altLabel dcterms:title dcterms:identifier dcterms:source gl:number"
_USES = (
    _PREFIXES
    + """SELECT ?x (COUNT(DISTINCT ?fact) AS ?n) {
  GRAPH ?g { ?fact gl:agency|gl:mode|gl:withMode|gl:port|gl:platform ?x }
} GROUP BY ?x"""
)


@dataclass(slots=True)
class Entry:
    """A thing as the search knows it; ``uses`` is the number of facts, ``item`` a provision's number."""

    path: str
    kind: str
    label: str
    english: str = ""
    item: str = ""
    uses: int = 0
    names: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    pinyin: list[str] = field(default_factory=list)

    def called(self, lang: str) -> str:
        """Its name in a language, Chinese where there is no other."""
        return self.english if lang == "en" and self.english else self.label


def overview(store: Store) -> dict[str, Any]:
    """``counts``: how many things of each class the papers speak of; ``papers``: titles by path. Sooner made than entries."""
    spoken = {name for name, _ in store.select(_USES)[1]}
    things: dict[str, set[str]] = {kind: set() for kind in CLASSES}
    for name, kind in _typed(store).items():
        if name in spoken or kind in ("document", "measure", "interpretation", "group"):
            things[kind].add(name)
    papers = _entries(store, dict.fromkeys(things["document"], "document"), narrow=True)
    titles = sorted((entry.label, entry.path) for entry in papers.values())
    return {
        "counts": {kind: len(found) for kind, found in things.items()},
        "papers": {place: label for label, place in titles},
    }


def entries(store: Store, having: str = "") -> list[dict[str, Any]]:
    """What a search can find in a store, as JSON can carry it, by path.

    With ``having``, only things that have it in a name, at most :data:`MANY`, without pinyin: no index is needed for that.
    """
    found = _entries(store, _typed(store, _named(store, having) if having else None), narrow=bool(having))
    for name, uses in store.select(_USES)[1]:
        if name in found:
            found[name].uses = int(uses)
    for entry in found.values():
        entry.keys = sorted({key(name) for name in (entry.label, *entry.names)})
        entry.pinyin = [] if having else [form for form in pinyin(entry.label) if form]
    made = sorted(found.values(), key=lambda entry: entry.path)
    return [{slot: getattr(entry, slot) for slot in Entry.__slots__} for entry in made]


def _typed(store: Store, among: Iterable[str] | None = None) -> dict[str, str]:
    """Class of each thing by IRI."""
    text = f"{_PREFIXES}SELECT DISTINCT ?x ?type {{ {_choice('type', _KINDS, among)} GRAPH ?g {{ ?x a ?type }} }}"
    return {name: _TYPES[kind.rpartition("#")[2]] for name, kind in sorted(store.select(text)[1], reverse=True)}


def _named(store: Store, text: str) -> list[str]:
    """Things with a text, as typed or in simplified characters, in one of their names."""
    forms = " || ".join(
        f"CONTAINS(LCASE(STR(?label)), {literal(form)})" for form in sorted({text.lower(), key(text)}) if form
    )
    if not forms:
        return []
    asked = f"{_PREFIXES}SELECT DISTINCT ?x {{ VALUES ?p {{ {_SAID} }} GRAPH ?g {{ ?x ?p ?label }} FILTER({forms}) }} LIMIT {MANY}"
    return [name for (name,) in store.select(asked)[1]]


def _choice(variable: str, terms: str, things: Iterable[str] | None) -> str:
    """SPARQL that lets a variable be one of some terms, and ``?x`` one of some things. The engine joins two lists
    of VALUES badly, and goes through all things where a filter is its only lead."""
    if things is None:
        return f"VALUES ?{variable} {{ {terms} }}"
    return f"VALUES ?x {{ {' '.join(f'<{x}>' for x in things)} }} FILTER(?{variable} IN ({', '.join(terms.split())}))"


def _entries(store: Store, things: Mapping[str, str], *, narrow: bool) -> dict[str, Entry]:
    """Entries by IRI of things given with their classes; ``narrow`` asks for the names of these alone."""
    # Classes and names in one query take twice as long: the engine carries every name through the join.
    text = f"""{_PREFIXES}SELECT DISTINCT ?x ?p ?label (LANG(?label) AS ?lang) {{
  {_choice("p", _SAID, things if narrow else None)} GRAPH ?g {{ ?x ?p ?label }}
}}"""
    made = {name: Entry(place, kind, "") for name, kind in things.items() if (place := path(name))}
    for name, predicate, label, lang in sorted(store.select(text)[1]):
        if name in made:
            _call(made[name], predicate.rpartition("/")[2].rpartition("#")[2], label, lang)
    for entry in made.values():
        entry.label = entry.label or (entry.names[0] if entry.names else entry.item or entry.path)
        entry.names = sorted({*entry.names} - {entry.label})
    return made


def _call(entry: Entry, predicate: str, label: str, lang: str) -> None:
    if predicate == "identifier" and entry.kind in ("measure", "interpretation"):
        entry.item = label
    elif predicate == "title" or (predicate == "prefLabel" and lang == "zh-hans"):
        entry.label = entry.label or label
    else:
        entry.names.append(label)
        if predicate == "prefLabel" and lang == "en":
            entry.english = label


def key(name: str) -> str:
    """A name without what spelling and script may vary.

    >>> key("寧波 海關")
    '宁波海关'
    """
    folded = fold(name)
    return folded if folded.isascii() else simplified()(folded)


@functools.cache
def simplified() -> Callable[[str], str]:
    """The converter into simplified characters, loaded once."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def pinyin(text: str) -> tuple[str, str]:
    """Pinyin without tones, and its initials; ``""`` for a text without Chinese characters.

    >>> pinyin("宁波海关"), pinyin("TEU")
    (('ningbohaiguan', 'nbhg'), ('', ''))
    """
    if not _HAN.search(text):
        return "", ""
    syllables = [syllable for word in _words(text[:_LONGEST]) for syllable in _syllables(word)]
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)


def _words(text: str) -> Iterator[str]:
    """Longest phrases with a reading of their own first (重庆, 长沙), else single characters."""
    from pypinyin.phrases_dict import phrases_dict

    for run in _RUNS.findall(text.lower()):
        at = 0 if _HAN.match(run) else len(run)
        if at:
            yield run
        while at < len(run):
            size = next((n for n in (4, 3, 2) if run[at : at + n] in phrases_dict), 1)
            yield run[at : at + size]
            at += size


@functools.lru_cache(maxsize=1 << 16)
def _syllables(word: str) -> tuple[str, ...]:
    """Syllables of one word: papers use few words often, so that each is looked up once."""
    if word.isascii():
        return (word,)
    from pypinyin import lazy_pinyin

    return tuple(filter(None, lazy_pinyin(word, errors="ignore")))


@dataclass(frozen=True, slots=True)
class Hits:
    """The best results of one class, and how many there are in all."""

    kind: str
    total: int
    best: list[Entry]


class Index:
    """What one build can be searched for."""

    def __init__(self, found: Iterable[dict[str, Any]]) -> None:
        self.entries = [Entry(**entry) for entry in found]
        self._named: dict[str, dict[str, str]] = defaultdict(dict)
        for entry in self.entries:
            for name in (*entry.names, entry.label):
                self._named[entry.kind].setdefault(name, entry.path)
            self._named[entry.kind][entry.label] = entry.path

    def page(self, name: str, *kinds: str) -> str:
        """Path of the thing of one of these kinds that has a name, ``""`` for none."""
        return next((self._named[kind][name] for kind in kinds if name in self._named[kind]), "")

    def label(self, name: str, kind: str) -> str:
        """What the thing of a class is called that has a name; the name itself where there is none."""
        place = self.page(name, kind)
        return next((entry.label for entry in self.entries if entry.path == place), name)

    def known(self, kind: str) -> list[str]:
        """Names of the things of a class that the papers speak of, most facts first."""
        found = [e for e in self.entries if e.kind == kind and (e.uses or kind in ("document", "group"))]
        return [e.label for e in sorted(found, key=lambda e: (-e.uses, e.label))]

    def find(self, text: str, most: int = 20) -> list[Hits]:
        """Results by class, classes in the order of their best result."""
        wanted = key(text)
        if not wanted:
            return []
        latin = re.sub("[^a-z0-9]", "", wanted) if wanted.isascii() else ""
        ranked = [
            ((rank, -e.uses, len(e.label), e.path), e) for e in self.entries if (rank := _rank(e, wanted, latin)) < 9
        ]
        groups: dict[str, list[Entry]] = {}
        first: dict[str, int] = {}
        for (rank, *_), entry in sorted(ranked, key=lambda pair: pair[0]):
            groups.setdefault(entry.kind, []).append(entry)
            first.setdefault(entry.kind, rank)
        best = sorted(groups, key=lambda kind: (first[kind], list(CLASSES).index(kind)))
        return [Hits(kind, len(groups[kind]), groups[kind][:most]) for kind in best]


def _rank(entry: Entry, wanted: str, latin: str) -> int:
    """How well a name fits, 0 best, 9 not at all; what no paper speaks of comes after what one does."""
    rank = min(
        _fits(entry.keys, wanted), 0 if entry.item == wanted else 9, _sounds(entry.pinyin, latin) if latin else 9
    )
    silent = not entry.uses and entry.kind in ("agency", "mode", "port", "platform")
    return rank if rank == 9 else min(rank + 3 * silent, 8)


def _fits(names: Sequence[str], wanted: str) -> int:
    if wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    return 2 if any(wanted in name for name in names) else 9


def _sounds(forms: Sequence[str], latin: str) -> int:
    if latin in forms:
        return 1
    if any(form.startswith(latin) for form in forms):
        return 2
    return 3 if len(latin) > 2 and any(latin in form for form in forms) else 9
