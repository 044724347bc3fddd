"""The explorer: one offline HTML page around pyvis's data and the vis-network that pyvis brings."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from guanlian.outputs.explorer_data import CLASSES, ROLES, ExplorerData, Fact, Tables, Thing, data
from guanlian.outputs.explorer_groups import OPENED, WHOLE, groups, ties
from guanlian.outputs.layout import layout, parallel_offsets
from guanlian.outputs.search import pinyin, simplified

__all__ = ["CLASSES", "ROLES", "ExplorerData", "Fact", "Tables", "Thing", "data", "page", "render", "write"]

_HERE = Path(__file__).parent
_FIELD = re.compile(r"@@(\w+)@@")


class _Line(NamedTuple):
    """An edge of a view: two things, its kind, and the numbers of the facts behind it
    (for co-ownership two facts after another, one of each unit)."""

    start: int
    end: int
    kind: str
    facts: tuple[int, ...]


class _View(NamedTuple):
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
    parts = {
        "library": _library(),
        "script": _asset("explorer_map.js") + _asset("explorer.js"),
        "style": _asset("explorer.css"),
    }
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
    views = _views(explorer)
    other = _other_script([thing.label for thing in explorer.things])
    things = [_thing(thing, form) for thing, form in zip(explorer.things, other, strict=True)]
    return {
        "lang": lang,
        "classes": CLASSES,
        "things": things,
        "facts": facts,
        "words": list(words),
        "views": {view.name: _network(view) for view in views},
        "groups": _grouping(explorer) if any(len(view.things) > WHOLE for view in views) else None,
    }


def _grouping(explorer: ExplorerData) -> dict[str, Any]:
    """Groups for the views that are too large to be drawn whole."""
    found, home = groups(explorer, ties(explorer))
    return {"whole": WHOLE, "opened": OPENED, "home": home, "list": [tuple(group) for group in found]}


def _thing(thing: Thing, other: str) -> dict[str, Any]:
    full, initials = pinyin(thing.label)
    entry: dict[str, Any] = {"id": thing.id, "c": thing.kind, "l": thing.label}
    optional = {
        "d": thing.document if thing.document >= 0 else None,
        "n": thing.item,
        "a": thing.about,
        "x": thing.aliases + ([other] if other != thing.label and other not in thing.aliases else []),
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
    large = len(view.things) > WHOLE  # the page lays out what is opened of it
    small = min(16.0, 6 + (OPENED if large else len(view.things)) ** 0.5 / 2.2)
    places = [] if large else layout(len(view.things), pairs, weights)
    for rank, (thing, value) in enumerate(zip(view.things, degree, strict=True)):
        node: dict[str, Any] = {"id": thing, "size": round(small + 17 * (value / top) ** 0.5, 1)}
        if places:
            node["x"], node["y"] = places[rank]
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
    choose: dict[str, Callable[[_Line], bool]] = {
        "um": lambda line: line.kind in ROLES,
        "modes": lambda line: (
            line.kind in ("mode", "stacked", "defines") or (line.kind in ("port", "outcome") and line.start in topics)
        ),
        "ports": lambda line: line.kind == "port" or (line.kind in ROLES and line.start in places),
        "lineage": lambda line: line.kind in ("contains", "part", "explains", "based_on", "issued"),
    }
    units = tuple(n for n, thing in enumerate(things) if thing.kind == "agency")
    views = [_View("coown", units, _co_ownership(facts))]
    every = _lines(facts)
    for name, fits in choose.items():
        lines = tuple(filter(fits, every))
        views.append(_View(name, tuple(sorted({end for line in lines for end in line[:2]})), lines))
    return [*views, _View("whole", tuple(range(len(things))), every)]


def _lines(facts: Sequence[Fact]) -> tuple[_Line, ...]:
    """One line per two things and relation, however many facts say so."""
    behind: dict[tuple[int, int, str], list[int]] = {}
    for number, fact in enumerate(facts):
        if fact.subject != fact.object:
            behind.setdefault((fact.subject, fact.object, fact.relation), []).append(number)
    return tuple(_Line(*key, tuple(found)) for key, found in behind.items())


def _co_ownership(facts: tuple[Fact, ...]) -> tuple[_Line, ...]:
    """Units that own measures together: a line per two units and pair of roles. A partner owns nothing."""
    owners: dict[int, list[int]] = {}
    for number, fact in enumerate(facts):
        if fact.relation in ROLES and fact.relation != "partner":
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
    if roles == ("lead", "participant"):
        return "leads", first, second
    if roles == ("participant", "lead"):
        return "leads", second, first
    same = {"joint": "joint", "participant": "both"}.get(roles[0], "peers")
    return (same if roles[0] == roles[1] else "mixed"), first, second


def _english(thing: Thing) -> str:
    """The first alias in English words; an abbreviation alone is none."""
    if thing.label.isascii():
        return ""
    return next((name for name in thing.aliases if name.isascii() and len(name) > 3 and not name.isupper()), "")


def _other_script(labels: Sequence[str]) -> list[str]:
    """The labels in simplified characters, so that either script finds them."""
    # One call for all: the converter takes longer to be called than to convert.
    lines = [" ".join(label.splitlines()) for label in labels]
    folded = simplified()("\n".join(lines)).split("\n") if lines else []
    return [label if new == line else new for label, line, new in zip(labels, lines, folded, strict=True)]


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
