"""The frozen records the rooms share: what one document states, each fact with its evidence.

Every record is immutable and compares by value, so two readings of the same text can be
compared with ``==``. Character offsets are half-open and count Unicode characters of the
source text (for a text file the decoded file; for other formats the visible text that
:mod:`guanlian.loaders.text` makes of it).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ROLES = ("lead", "participant", "joint", "implementer", "partner")
BASES = ("stated", "group", "issuer")
CLAUSE_STATES = ("stated", "absent", "unread")
PROVISION_KINDS = ("measure", "case", "practice", "interpretation")
STANCES = ("uses", "promotes", "mentions")
FIGURE_KINDS = ("level", "share", "change")
FIGURE_STATUSES = ("reported", "planned")
FIGURE_SECTIONS = ("effect", "practice", "background", "body")


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Exact words of the source: ``source[start:end] == quote``.

    In the sheets that ship with the package a long quote is cut short (``end`` with it).
    """

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What a document says of itself.

    ``key`` is stable and independent of the file's path; ``issued`` is ISO, as exact as the
    text gives it (``2019-04-26``, ``2022``, ``""``); ``jurisdiction`` is the seat whose 市…
    and 省… names are completed by it (``深圳市``, ``江苏省``, ``""`` for national papers).
    ``kind``: plan, measures, interpretation, casebook, table, news, notice. ``issuer`` joins those of a joint paper
    with 、, the leading one first.
    """

    key: str
    source: str
    sha256: str
    title: str
    number: str
    issuer: str
    issued: str
    kind: str
    based_on: tuple[str, ...]
    jurisdiction: str

    @property
    def issuers(self) -> tuple[str, ...]:
        """The units that ``issuer`` names, however a person who edits the sheet parts them."""
        return tuple(name for name in re.split(r"[、;；,，\s]+", self.issuer) if name)


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered item of a document.

    ``id`` is its number in Arabic digits (``17``; ``5.1`` for a practice of case 5; ``3.2``
    where a plan restarts its numbering in each section). ``parent`` is the id of the case a
    practice belongs to, else ``""``. ``number`` is the number as printed. ``of_measure`` is
    the item that an interpretation explains, in the document ``of_document`` names by title.
    The span covers the whole item. ``clause_state`` is ``""`` for interpretations.
    """

    id: str
    parent: str
    kind: str
    number: str
    title: str
    section: str
    start: int
    end: int
    clause_state: str
    of_document: str = ""
    of_measure: str = ""


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who answers for a measure, and how.

    ``agency`` is the canonical full name; ``mention`` the words as printed; ``rule`` says
    which rule led from one to the other. ``basis``: ``stated``, ``group`` (came in by
    expanding the group named in ``via``), ``issuer`` (the document names nobody).
    ``doubts`` lists what was guessed rather than read: ``role`` (which column its cell stands in),
    ``above`` (an empty cell was taken for one merged with the cell above).
    """

    measure: str
    agency: str
    role: str
    basis: str
    via: str
    mention: str
    evidence: Evidence
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A unit of government as this document knows it, with one printed form.

    ``rule`` is the name of the rule that made the canonical name; ``provisional`` marks a
    unit that no authority file knows and that was recognised by its form alone.
    """

    canonical: str
    printed: str
    rule: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A unit's seat in a group. ``post``: 组长, 副组长, 成员, 牵头单位 …; never a person."""

    agency: str
    post: str


@dataclass(frozen=True, slots=True)
class Group:
    """A working group or a collective (各成员单位) with the members the document gives."""

    name: str
    lead: str
    members: tuple[Member, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ModeMention:
    """A clearance mode named in an item. ``mode`` is the authority file's name."""

    measure: str
    mode: str
    stance: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Stacking:
    """Two modes that a text says are stacked (叠加)."""

    measure: str
    mode: str
    with_mode: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ModeDefinition:
    """What a text says a mode is; the evidence is the defining words."""

    measure: str
    mode: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PortMention:
    """A concrete named port, terminal, airport, station or zone. ``kind``: land, sea, river, air, rail, post, zone."""

    measure: str
    port: str
    kind: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PlatformMention:
    """A named information system, app, hotline or service platform."""

    measure: str
    platform: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantified statement: an outcome (``reported``) or a target (``planned``).

    Values are scaled out of 万/亿. ``value`` is None for a target that is only a date.
    ``value_to`` closes a range. ``from_value``/``from_value_to`` are in the unit of ``value``.
    ``bound``: ``>``, ``>=``, ``<``, ``<=``, ``~`` or ``""``. ``flow``: import, export, both, ``""``.
    ``baseline``: yoy, mom, statutory, before, a year, other short text, ``""``.
    Dates are ISO: ``period_*`` a month (``2021-10``) or a day; ``deadline`` the last day. 2020年以来 is a ``period_start``
    without a ``period_end``.
    ``doubts`` lists what was guessed rather than read (``baseline``, ``period``, ``subject``, ``deadline``, ``flow``,
    ``status``: whether a plan promises it or tells it).
    ``about`` names the modes and ports that its own words name: ``mode:提前申报``, ``port:南沙港``.
    """

    measure: str
    section: str
    status: str
    indicator: str
    flow: str
    kind: str
    value: float | None
    value_to: float | None
    unit: str
    direction: str
    bound: str
    baseline: str
    from_value: float | None
    from_value_to: float | None
    period_start: str
    period_end: str
    deadline: str
    evidence: Evidence
    doubts: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that should have become a fact and did not. ``what``: clause, figure, name, …"""

    measure: str
    what: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class FactSheet:
    """All that one document states."""

    document: DocumentInfo
    provisions: tuple[Provision, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    agencies: tuple[AgencyName, ...] = ()
    groups: tuple[Group, ...] = ()
    modes: tuple[ModeMention, ...] = ()
    stackings: tuple[Stacking, ...] = ()
    definitions: tuple[ModeDefinition, ...] = ()
    ports: tuple[PortMention, ...] = ()
    platforms: tuple[PlatformMention, ...] = ()
    figures: tuple[Figure, ...] = ()
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()
