"""What a build remembers of itself, so that the next one reads and loads only what has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import guanlian
from guanlian.graph import publish
from guanlian.intake import is_sheet
from guanlian.ontology import authorities
from guanlian.ontology.terms import base, iri
from guanlian.report import Counts

NAME = "manifest.json"
HOME = Path(authorities.__file__).parents[1]
"""Where the rooms are, in a checkout and when installed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as the manifest remembers it: enough to build again without reading it.

    ``name`` and ``sha256`` are of the file given (document or sheet), ``content`` the sha256 of
    the document itself, ``quads`` and ``sheet`` file names within the build.
    """

    name: str
    sha256: str
    content: str
    document: str
    how: str
    counts: Counts
    notes: tuple[str, ...]
    unread: tuple[tuple[str, str, str], ...]
    quads: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Known:
    """What can be used of the build before this one.

    ``entries`` by content and name of the file given; ``whole`` says that everything in it was
    made by this very guanlian and is still there, ``lang`` what its explorer opens in.
    """

    folder: Path | None = None
    entries: Mapping[tuple[str, str], Entry] = field(default_factory=dict)
    graphs: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False
    lang: str = ""

    def is_build_of(self, entries: Sequence[Entry], graphs: Mapping[str, str], lang: str) -> bool:
        """Whether building these documents would give the same once more."""
        return self.whole and self.lang == lang and self.graphs == graphs and [*self.entries.values()] == [*entries]


def text(
    entries: Sequence[Entry],
    graphs: Mapping[str, str],
    lang: str,
    put_right: bool = False,
    decisions: Collection[str] = (),
) -> str:
    """The manifest of a build: its documents, and the sha256 of each graph's N-Quads.

    ``put_right``: a corrections file or the originals had their say, so that the sheets are not what
    the documents alone give. ``decisions``: sha256 of the sheets with decisions, which had theirs.
    """
    plain = {
        "guanlian": guanlian.__version__,
        "base": base(),
        "lang": lang,
        "put_right": put_right,
        "decisions": sorted(decisions),
        "rooms": {"reading": rooms("loaders", "ontology", "graph"), "all": rooms()},
        "documents": [asdict(entry) for entry in entries],
        "graphs": graphs,
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def published(out: Path) -> set[str]:
    """IRIs of the graphs of the last build."""
    folder = publish.current(out)
    try:
        return set(json.loads((folder / NAME).read_text(encoding="utf-8"))["graphs"]) if folder else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def known(out: Path, decisions: Collection[str] = ()) -> Known:
    """What can be used of the last build; nothing where it was made by other rules or after other decisions."""
    folder = publish.current(out)
    if folder is None:
        return Known()
    try:
        plain = json.loads((folder / NAME).read_text(encoding="utf-8"))
        same = plain["base"] == base() and plain["rooms"]["reading"] == rooms("loaders", "ontology", "graph")
        if plain["put_right"] or not same or plain["decisions"] != sorted(decisions):
            return Known()
        graphs: dict[str, str] = plain["graphs"]
        entries = [e for e in map(_remembered, plain["documents"]) if _sound(folder, e, graphs)]
        there = all((folder / name).exists() for name in ("store/CURRENT", "explorer.html", "report.txt"))
        whole = there and plain["rooms"]["all"] == rooms() and len(entries) == len(plain["documents"])
        return Known(folder, {(e.sha256, e.name): e for e in entries}, graphs, whole, plain["lang"])
    except (OSError, ValueError, KeyError, TypeError):  # damaged: everything is read again
        return Known()


def _sound(folder: Path, entry: Entry, graphs: Mapping[str, str]) -> bool:
    nquads = folder / entry.quads
    if not (nquads.is_file() and (folder / entry.sheet).is_file()):
        return False
    return hashlib.sha256(nquads.read_bytes()).hexdigest() == graphs.get(iri("document", entry.document))


def _remembered(plain: Mapping[str, Any]) -> Entry:
    told = {**plain, "counts": Counts(**plain["counts"]), "notes": tuple(plain["notes"])}
    return Entry(**{**told, "unread": tuple(map(tuple, plain["unread"]))})


@cache
def rooms(*names: str) -> str:
    """Hash of the code and data of these rooms (default: the whole package), fact sheets apart."""
    total = hashlib.sha256()
    kinds = (".py", ".yaml", ".json", ".ttl", ".rq", ".html", ".js", ".css")
    folders = [HOME / name for name in names or ("graph", "loaders", "ontology", "outputs", "queries")]
    for path in sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in kinds and not is_sheet(p)):
        total.update(f"{path.relative_to(HOME).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return total.hexdigest()
