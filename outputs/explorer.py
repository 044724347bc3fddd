"""The explorer: one offline HTML page, drawn by the vis-network that pyvis brings."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from guanlian.outputs.explorer_data import CLASSES, ROLES, ExplorerData, Fact, Tables, Thing, data
from guanlian.outputs.explorer_groups import OPENED, WHOLE, groups
from guanlian.outputs.explorer_terms import terms
from guanlian.outputs.explorer_views import drawn, views
from guanlian.outputs.search import pinyin, simplified

__all__ = ["CLASSES", "ROLES", "ExplorerData", "Fact", "Tables", "Thing", "data", "page", "render", "write"]

_HERE = Path(__file__).parent
_FIELD = re.compile(r"@@(\w+)@@")
_NUMBERS = ("subject", "object", "document", "at")
_SCRIPTS = (
    "text",
    "words",
    "map",
    "model",
    "state",
    "style",
    "views",
    "picture",
    "labels",
    "facts",
    "legend",
    "panel",
    "search",
    "table",
    "export",
    "controls",
)


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
        "script": _own_script(),
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
    """All that the page knows: things, and facts and views in columns; words stand once, columns hold their numbers."""
    columns = dict(zip(Fact._fields, _columns(explorer.facts), strict=True))
    said = dict.fromkeys(chain.from_iterable(columns[name] for name in Fact._fields if name not in _NUMBERS))
    words = {word: number for number, word in enumerate(said)}
    facts: dict[str, Sequence[int]] = {
        name: column if name in _NUMBERS else [words[word] for word in column] for name, column in columns.items()
    }
    shown = views(explorer)
    other = _other_script([thing.label for thing in explorer.things])
    things = [_thing(thing, form) for thing, form in zip(explorer.things, other, strict=True)]
    return {
        "lang": lang,
        "classes": CLASSES,
        "terms": terms(explorer),
        "things": things,
        "facts": facts,
        "words": list(words),
        "views": {view.name: drawn(view) for view in shown},
        "groups": _grouping(explorer) if any(len(view.things) > WHOLE for view in shown) else None,
    }


def _columns(facts: Sequence[Fact]) -> Sequence[Sequence[Any]]:
    return tuple(zip(*facts, strict=True)) or ((),) * len(Fact._fields)


def _grouping(explorer: ExplorerData) -> dict[str, Any]:
    """Groups for the views that are too large to be drawn whole."""
    found, home = groups(explorer)
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


@cache
def _library() -> str:
    """The vis-network script that pyvis brings, without the line that names a source map on the web."""
    # pyvis itself, which imports IPython, need not be loaded for that.
    package = find_spec("pyvis")
    folders = package.submodule_search_locations if package else None
    if not folders:
        raise ModuleNotFoundError("pyvis is not installed: the explorer is drawn by the vis-network it brings")
    found = sorted((Path(folders[0]) / "templates" / "lib").glob("vis-*/vis-network.min.js"))
    return _script(re.sub(r"\n?//# sourceMappingURL=\S*\s*$", "\n", found[-1].read_text(encoding="utf-8")))


@cache
def _own_script() -> str:
    """The files of the page's own script in one function, so that none of their names is global; ``explorer.js``,
    which hands each part what it works with, comes last."""
    files = [*(f"explorer_{name}.js" for name in _SCRIPTS), "explorer.js"]
    return "\n".join(["(() => {", '"use strict";', *map(_asset, files), "})();", ""])


@cache
def _asset(name: str) -> str:
    return _script((_HERE / name).read_text(encoding="utf-8"))


def _script(text: str) -> str:
    """With the line ends the browser hashes: it turns CR LF into LF before it looks."""
    return text.replace("\r\n", "\n")


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"
