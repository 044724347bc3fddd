"""Word lists of the grammar, from words.yaml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def words() -> dict[str, list[str]]:
    """Every word list by name."""
    import yaml

    text = (Path(__file__).resolve().parent / "words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, list[str]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    loaded["agency_ends"] = [word for line in loaded["agency_ends"] for word in line.split()]
    return loaded
