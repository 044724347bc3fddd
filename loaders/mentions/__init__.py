"""Reads the modes, ports and platforms that a text names, item by item, each with its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guanlian.loaders.facts import ModeDefinition, ModeMention, PlatformMention, PortMention, Stacking
from guanlian.loaders.mentions import modes, platforms, ports
from guanlian.loaders.mentions.page import Page
from guanlian.loaders.text import Passage, Text


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a text names. Each tuple is in reading order, one row for each item and thing."""

    modes: tuple[ModeMention, ...] = ()
    stackings: tuple[Stacking, ...] = ()
    definitions: tuple[ModeDefinition, ...] = ()
    ports: tuple[PortMention, ...] = ()
    platforms: tuple[PlatformMention, ...] = ()


def read(text: Text, passages: Sequence[Passage], kind: str) -> Mentions:
    """Modes, ports and platforms named in a text.

    ``passages`` say which item every stretch of ``text.clean`` belongs to (in reading order, not
    overlapping; words outside them are not read); ``kind`` is the document's (see DocumentInfo).
    A practice's rows carry its own id; nothing is rolled up to its case.
    """
    page = Page(text, passages, kind)
    hits = modes.mode_hits(page)
    return Mentions(
        modes=modes.mentions(page, hits),
        stackings=modes.stackings(page, hits),
        definitions=modes.definitions(page, hits),
        ports=ports.ports(page),
        platforms=platforms.platforms(page),
    )
