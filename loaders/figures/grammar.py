"""The word tables of figures.yaml, and regular expressions made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """figures.yaml as plain data."""
    import yaml

    text = (Path(__file__).resolve().parent / "figures.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


def any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of the words, branching on one character at a time.

    A plain alternation tries every word at every place; this fails at the first character.

    >>> any_of(["天", "小时", "小时数"])
    '(?:天|小时数?)'
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branch(tree)


def final(matches: Iterator[re.Match[str]]) -> re.Match[str] | None:
    """The last of some matches."""
    found = None
    for match in matches:
        found = match
    return found


def _branch(node: dict[str, Any]) -> str:
    ends = "" in node
    branches = [re.escape(c) + _branch(child) for c, child in sorted(node.items()) if c]
    if not branches:
        return ""
    if len(branches) == 1 and not ends:
        return branches[0]
    if len(branches) == 1 and len(branches[0]) == 1:
        return branches[0] + "?"
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}"
