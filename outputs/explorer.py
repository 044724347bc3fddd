"""The explorer: one offline HTML page around pyvis's data and the vis-network that pyvis brings."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from guanlian.outputs.explorer_data import CLASSES, ROLES, ExplorerData, Fact, Tables, Thing, data
from guanlian.outputs.layout import layout, parallel_offsets

__all__ = ["CLASSES", "ROLES", "ExplorerData", "Fact", "Tables", "Thing", "data", "page", "render", "write"]

_HERE = Path(__file__).parent
_FIELD = re.compile(r"@@(\w+)@@")
_NAME_LENGTH = 40  # characters of a label that pinyin search looks at


@dataclass(frozen=True, slots=True)
class _Line:
    """An edge of a view: two things, its kind, and the numbers of the facts behind it
    (for co-ownership two facts after another, one of each unit)."""

    start: int
    end: int
    kind: str
    facts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _View:
    name: str
    things: tuple[int, ...]
    lines: tuple[_Line, ...]


def render(explorer: ExplorerData, *, lang: str = "zh") -> str:
    """One HTML page that works from a file, without any network.

    ``lang`` is the language it opens in, ``zh`` or ``en`` (readers can switch); anything else
    raises ValueError. The same data gives the same text. Write it as UTF-8 (see :func:`write`).
    """
    if lang not in ("zh", "en"):
        raise ValueError(f"lang is 'zh' or 'en', not {lang!r}")
    return page(json.dumps(_payload(explorer, lang), ensure_ascii=False, separators=(",", ":")), lang)


def write(path: Path, explorer: ExplorerData, *, lang: str = "zh") -> None:
    """The page as a UTF-8 file, whatever the machine's own encoding is."""
    path.write_text(render(explorer, lang=lang), encoding="utf-8", newline="\n")


def page(payload: str, lang: str) -> str:
    """The template around a JSON text, with a policy that lets only its own scripts and style run."""
    parts = {"library": _library(), "script": _asset("explorer.js"), "style": _asset("explorer.css")}
    scripts = " ".join(_hash(parts[name]) for name in ("library", "script"))
    policy = {
        "default-src": "'none'",
        "script-src": scripts,
        "style-src": _hash(parts["style"]),
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    safe = payload.replace("<", "\\u003c")  # it could end the script element
    parts |= {
        "data": safe,
        "lang": "zh-Hans" if lang == "zh" else "en",
        "policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
    }
    return _FIELD.sub(lambda match: parts[match[1]], _asset("explorer.html"))


def _payload(explorer: ExplorerData, lang: str) -> dict[str, Any]:
    """All that the page knows: things, facts, their words (each once), and each view as pyvis data."""
    words: dict[str, int] = {}
    facts = [
        [
            fact.subject,
            fact.object,
            fact.relation,
            fact.document,
            fact.at,
            words.setdefault(fact.quote, len(words)),
            fact.basis,
            fact.via,
            fact.stance,
        ]
        for fact in explorer.facts
    ]
    return {
        "lang": lang,
        "classes": CLASSES,
        "things": [_thing(thing) for thing in explorer.things],
        "facts": facts,
        "words": list(words),
        "views": {view.name: _network(view) for view in _views(explorer)},
    }


def _thing(thing: Thing) -> dict[str, Any]:
    full, initials = _pinyin(thing.label[:_NAME_LENGTH])
    entry: dict[str, Any] = {"id": thing.id, "c": thing.kind, "l": thing.label}
    optional = {
        "d": thing.document if thing.document >= 0 else None,
        "n": thing.item,
        "a": thing.about,
        "x": thing.aliases + [form for form in _other_script(thing.label) if form not in thing.aliases],
        "e": _english(thing),
        "p": int(thing.provisional),
        "y": full,
        "z": initials,
    }
    return entry | {key: value for key, value in optional.items() if value or value == 0 and key == "d"}


def _network(view: _View) -> dict[str, Any]:
    """A view's nodes and edges through pyvis, with places and sizes fixed.

    pyvis's lists are filled directly: its ``add_edge`` looks through all edges each time.
    """
    network = _empty_network()
    number = {thing: rank for rank, thing in enumerate(view.things)}
    pairs = [(number[line.start], number[line.end]) for line in view.lines]
    weights = [_weight(line, view.name) for line in view.lines]
    degree = [0.0] * len(view.things)
    for (start, end), weight in zip(pairs, weights, strict=True):
        degree[start] += weight
        degree[end] += weight
    top = max(degree, default=1.0) or 1.0
    # The more there is to see, the farther away one stands: larger nodes keep their shape.
    small = min(16.0, 6 + len(view.things) ** 0.5 / 2.2)
    for thing, (x, y), value in zip(view.things, layout(len(view.things), pairs, weights), degree, strict=True):
        node = {"id": thing, "x": x, "y": y, "size": round(small + 17 * (value / top) ** 0.5, 1)}
        network.nodes.append(node)
        network.node_ids.append(thing)
        network.node_map[thing] = node
    for line, bend in zip(view.lines, parallel_offsets(pairs), strict=True):
        edge = {"from": line.start, "to": line.end, "kind": line.kind, "facts": line.facts}
        network.edges.append(edge | {"bend": bend} if bend else edge)
    nodes, edges, *_ = network.get_network_data()
    return {"nodes": nodes, "edges": edges}


def _weight(line: _Line, view: str) -> float:
    return (len(line.facts) / 2) ** 0.5 if view == "coown" else 1.0


def _views(explorer: ExplorerData) -> list[_View]:
    """The views of the page, the start view first."""
    things, facts = explorer.things, explorer.facts
    topics = {fact.subject for fact in facts if fact.relation == "mode"}
    places = {fact.subject for fact in facts if fact.relation == "port"}
    chosen: dict[str, list[int]] = {"um": [], "modes": [], "ports": [], "lineage": [], "whole": list(range(len(facts)))}
    for number, fact in enumerate(facts):
        if fact.relation in ROLES:
            chosen["um"].append(number)
        if fact.relation in ("mode", "stacked", "defines") or (
            fact.relation in ("port", "outcome") and fact.subject in topics
        ):
            chosen["modes"].append(number)
        if fact.relation == "port" or (fact.relation in ROLES and fact.subject in places):
            chosen["ports"].append(number)
        if fact.relation in ("contains", "part", "explains", "based_on", "issued"):
            chosen["lineage"].append(number)
    units = tuple(n for n, thing in enumerate(things) if thing.kind == "agency")
    views = [_View("coown", units, _co_ownership(facts))]
    for name, numbers in chosen.items():
        lines = _lines(facts, numbers)
        ends = {end for line in lines for end in (line.start, line.end)}
        views.append(_View(name, tuple(range(len(things))) if name == "whole" else tuple(sorted(ends)), lines))
    return views


def _lines(facts: Iterable[Fact], numbers: Iterable[int]) -> tuple[_Line, ...]:
    """One line per two things and relation, however many facts say so."""
    every = tuple(facts)
    behind: dict[tuple[int, int, str], list[int]] = {}
    for number in numbers:
        fact = every[number]
        behind.setdefault((fact.subject, fact.object, fact.relation), []).append(number)
    return tuple(_Line(*key, tuple(found)) for key, found in behind.items() if key[0] != key[1])


def _co_ownership(facts: tuple[Fact, ...]) -> tuple[_Line, ...]:
    """Units that own measures together: a line per two units and pair of roles."""
    owners: dict[int, list[int]] = {}
    for number, fact in enumerate(facts):
        if fact.relation in ROLES:
            owners.setdefault(fact.subject, []).append(number)
    behind: dict[tuple[int, int, str], list[int]] = {}
    for numbers in owners.values():
        for rank, first in enumerate(numbers):
            for second in numbers[rank + 1 :]:
                if facts[first].object != facts[second].object:
                    kind, one, other = _pair(facts, first, second)
                    behind.setdefault((facts[one].object, facts[other].object, kind), []).extend((one, other))
    return tuple(_Line(*key, tuple(found)) for key, found in sorted(behind.items()))


def _pair(facts: tuple[Fact, ...], first: int, second: int) -> tuple[str, int, int]:
    """How two owners of one measure stand to each other: kind, then the facts from start to end."""
    if facts[first].object > facts[second].object:
        first, second = second, first
    roles = (facts[first].relation, facts[second].relation)
    for kind, above, below in (("leads", "lead", "participant"), ("helped", "implementer", "partner")):
        if roles == (above, below):
            return kind, first, second
        if roles == (below, above):
            return kind, second, first
    same = {"joint": "joint", "participant": "both"}.get(roles[0], "peers")
    return (same if roles[0] == roles[1] else "mixed"), first, second


def _english(thing: Thing) -> str:
    """The first alias in English words; an abbreviation alone is none."""
    if thing.label.isascii():
        return ""
    return next((name for name in thing.aliases if name.isascii() and len(name) > 3 and not name.isupper()), "")


def _pinyin(text: str) -> tuple[str, str]:
    """Pinyin without tones and its initials, ``""`` for a text without Chinese characters.

    >>> _pinyin("宁波海关")
    ('ningbohaiguan', 'nbhg')
    """
    from pypinyin import lazy_pinyin

    if not any("\u3400" <= letter <= "\u9fff" for letter in text):
        return "", ""
    syllables = [part for part in lazy_pinyin(text, errors=_letters) if part]
    return "".join(syllables), "".join(part if part[0].isdigit() else part[0] for part in syllables)


def _letters(text: str) -> str:
    """What pypinyin does not know: letters and digits stay, the rest goes."""
    return "".join(letter for letter in text.lower() if letter.isascii() and letter.isalnum())


def _other_script(text: str) -> list[str]:
    """The text in simplified characters where it is not, so that either script finds it."""
    if text.isascii():
        return []
    folded = _converter().convert(text)
    return [folded] if folded != text else []


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def _empty_network() -> Any:
    # pyvis imports IPython: only a page that is being made should wait for that.
    from pyvis.network import Network

    return Network(directed=True, cdn_resources="in_line")


@cache
def _library() -> str:
    """The vis-network script that pyvis brings, without the line that names a source map on the web."""
    import pyvis

    found = sorted((Path(pyvis.__file__).parent / "templates" / "lib").glob("vis-*/vis-network.min.js"))
    return _script(re.sub(r"\n?//# sourceMappingURL=\S*\s*$", "\n", found[-1].read_text(encoding="utf-8")))


@cache
def _asset(name: str) -> str:
    return _script((_HERE / name).read_text(encoding="utf-8"))


def _script(text: str) -> str:
    """With the line ends the browser hashes: it turns CR LF into LF before it looks."""
    return text.replace("\r\n", "\n")


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"
