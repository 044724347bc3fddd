"""Names that no authority file knows: ways of clearance, units, ports and platforms, with where they were read.

Nothing is decided here. A candidate says how often and in how many documents it stands, which known
things it keeps company with, and the words around it; a person who agrees pastes its lines into the
authority file (:mod:`guanlian.loaders.review.proposals` writes them).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from guanlian.loaders.facts import FactSheet
from guanlian.loaders.mentions.lexicon import bare, lookup, squeeze
from guanlian.loaders.text import Text
from guanlian.ontology import authorities

KINDS = ("mode", "agency", "port", "platform")
_LOOKED_UP = ("mode", "port", "platform", "agency")
_QUOTE = re.compile(r"[“‘]([^“”‘’\n]{2,24})[”’]")
_SYSTEM = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{0,12}?(?:平台|系统|[Aa][Pp][Pp]|小程序|公众号|数据库|热线|客户端|网站|专窗|窗口)"
)
_JOINED = re.compile(r"[、和与及或＋+]?[“‘]?$")
_STOPS = "。；！？\n"
_NEAR = 60
"""Characters of a sentence shown on either side of a name."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where a name stands. ``form`` says what made it look like one: noun, verb (a quoted name),
    bare (one without quotes), form, or a rule's name.

    ``company`` are known things of the same item; ``hint`` is what the words tell besides (a port's kind).
    """

    kind: str
    name: str
    printed: str
    document: str
    item: str
    quote: str
    start: int
    form: str
    company: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name with all its sightings, told in counts. ``company`` and ``forms`` are (what, how often), most first."""

    kind: str
    name: str
    printed: tuple[str, ...]
    documents: int
    mentions: int
    company: tuple[tuple[str, int], ...]
    forms: tuple[tuple[str, int], ...]
    hint: str
    evidence: tuple[Sighting, ...]


def sightings(sheet: FactSheet, text: Text | None = None) -> list[Sighting]:
    """What one document names and no authority file knows, in reading order.

    Modes are found in the words, so that they need ``text``; the rest is in the sheet.
    """
    company = _company(sheet)
    found = [*_agencies(sheet), *_ports(sheet, company), *_platforms(sheet, company)]
    if text is not None:
        found += _modes(sheet, text, company)
    return sorted(found, key=lambda s: (s.start, KINDS.index(s.kind), s.name))


def gather(found: Iterable[Sighting], *, kinds: Iterable[str] = KINDS, least: int = 1) -> list[Candidate]:
    """Candidates of some kinds, those in most documents first; ``least`` is how many documents one must stand in."""
    groups: dict[tuple[str, str], list[Sighting]] = {}
    for sighting in found:
        groups.setdefault((sighting.kind, squeeze(sighting.name).upper()), []).append(sighting)
    wanted = [k for k in KINDS if k in set(kinds)]
    made = [_candidate(rows) for (kind, _), rows in groups.items() if kind in wanted]
    return sorted((c for c in made if c.documents >= least), key=lambda c: (wanted.index(c.kind), _rank(c), c.name))


def _rank(candidate: Candidate) -> tuple[int, ...]:
    """What a person should see first: recurrence, a noun that says what the name is, known company, mentions."""
    forms = dict(candidate.forms)
    return (-candidate.documents, -bool(forms.get("noun")), -len(candidate.company), -candidate.mentions)


def _candidate(rows: list[Sighting]) -> Candidate:
    rows = sorted(rows, key=lambda s: (s.document, s.start))
    name = _most(s.name for s in rows)[0][0]
    seen: set[str] = set()
    evidence = [s for s in rows if not (s.document in seen or seen.add(s.document))]  # type: ignore[func-returns-value]
    return Candidate(
        kind=rows[0].kind,
        name=name,
        printed=tuple(sorted({s.printed for s in rows} - {name, ""})),
        documents=len({s.document for s in rows}),
        mentions=len(rows),
        company=_most(c for s in rows for c in s.company),
        forms=_most(s.form for s in rows),
        hint=next(iter(dict(_most(s.hint for s in rows if s.hint))), "") or _common_family(rows),
        evidence=(*evidence, *(s for s in rows if s not in evidence)),
    )


def _common_family(rows: Iterable[Sighting]) -> str:
    """Family of most of the known modes that a mode keeps company with."""
    families = {mode.name: mode.family for mode in authorities.modes()}
    return next(iter(dict(_most(families[c] for s in rows if s.kind == "mode" for c in s.company))), "")


def _most(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))


@lru_cache(maxsize=1)
def words() -> Mapping[str, tuple[str, ...]]:
    """Word lists of ``suggest.yaml`` by name; patterns one a line, the others one a word."""
    from guanlian.loaders.yamltext import parse

    lists = parse(Path(__file__).with_name("suggest.yaml").read_text(encoding="utf-8"))
    whole = ("never_patterns", "families", "systems")
    return {
        name: tuple(lines) if name in whole else tuple(word for line in lines for word in line.split())
        for name, lines in lists.items()
    }


# --- what the sheet says ----------------------------------------------------------------------


def _company(sheet: FactSheet) -> dict[str, tuple[str, ...]]:
    """Known modes of each item."""
    known = {mode.name for mode in authorities.modes()}
    found: dict[str, dict[str, None]] = {}
    for mention in sheet.modes:
        if mention.mode in known:
            found.setdefault(mention.measure, {})[mention.mode] = None
    return {item: tuple(names) for item, names in found.items()}


def _agencies(sheet: FactSheet) -> Iterator[Sighting]:
    """Units recognised by their form alone, where they stand; an issuer or member stands at its name only."""
    unknown = {row.canonical: row for row in sheet.agencies if row.provisional}
    met = set()
    for row in sheet.responsibilities:
        if row.agency in unknown:
            met.add(row.agency)
            others = {r.agency for r in sheet.responsibilities if r.measure == row.measure} - unknown.keys()
            at = max(0, row.evidence.quote.find(row.mention))
            yield Sighting(
                "agency", row.agency, row.mention, sheet.document.source, row.measure,
                _cut(row.evidence.quote, at, at + len(row.mention)), row.evidence.start + at,
                unknown[row.agency].rule, tuple(sorted(others)), sheet.document.jurisdiction,
            )  # fmt: skip
    for name, known in unknown.items():
        if name not in met:
            place = sheet.document.jurisdiction
            yield Sighting(
                "agency", name, known.printed, sheet.document.source, "", known.printed, 0, known.rule, (), place
            )


def _ports(sheet: FactSheet, company: Mapping[str, tuple[str, ...]]) -> Iterator[Sighting]:
    known = {port.name for port in authorities.ports()}
    for row in sheet.ports:
        if row.port not in known:
            yield Sighting(
                "port", row.port, row.evidence.quote, sheet.document.source, row.measure, row.evidence.quote,
                row.evidence.start, "form", company.get(row.measure, ()), row.kind,
            )  # fmt: skip


def _platforms(sheet: FactSheet, company: Mapping[str, tuple[str, ...]]) -> Iterator[Sighting]:
    known = {platform.name for platform in authorities.platforms()}
    for row in sheet.platforms:
        if row.platform not in known:
            yield Sighting(
                "platform", row.platform, row.evidence.quote, sheet.document.source, row.measure,
                row.evidence.quote, row.evidence.start, "form", company.get(row.measure, ()),
            )  # fmt: skip


# --- what the words say -----------------------------------------------------------------------


@lru_cache(maxsize=8)
def _choice(name: str) -> str:
    return "|".join(sorted(map(re.escape, words()[name]), key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Noun after a name, noun at its end, verb before it, what is never a name, and a name without quotes."""
    noun = re.compile(rf"(?:{_choice('noun_modifiers')}){{0,4}}(?:{_choice('mode_nouns')})")
    ending = re.compile(r"(?<=.{4})(?:通关|监管)?(?:模式|机制|改革|制度|方式|作业)$")
    verb = re.compile(rf"(?:{_choice('mode_verbs')})(?:了|的)?(?:[\u4e00-\u9fff]{{0,6}})?$")
    never = re.compile("|".join(f"(?:{pattern})" for pattern in words()["never_patterns"]))
    plain = re.compile(
        rf"(?:{_choice('mode_verbs')})(?:了)?([\u4e00-\u9fff]{{4,12}}?)(?:通关|监管|作业|业务)?(?:模式|改革|试点|新模式)(?![\u4e00-\u9fff]?区)"
    )
    return noun, ending, verb, never, plain


def _modes(sheet: FactSheet, text: Text, company: Mapping[str, tuple[str, ...]]) -> Iterator[Sighting]:
    """Quoted names that stand where names of modes stand; a list of them shares its noun and its verb."""
    folded = text.folded
    quotes = list(_QUOTE.finditer(folded))
    forms = [_form(folded, quote) for quote in quotes]
    for at in range(len(quotes) - 2, -1, -1):  # “甲”“乙”等模式: what the last one is, all are
        if not forms[at] and forms[at + 1] and _JOINED.fullmatch(folded, quotes[at].end(), quotes[at + 1].start() + 1):
            forms[at] = forms[at + 1]
    for at in range(1, len(quotes)):  # 推广“甲”、“乙”
        if not forms[at] and forms[at - 1] and _JOINED.fullmatch(folded, quotes[at - 1].end(), quotes[at].start() + 1):
            forms[at] = forms[at - 1]
    bare_names = [match for match in _patterns()[4].finditer(folded) if _family(match[1])]
    for quote, form in [*zip(quotes, forms, strict=True), *((match, "bare") for match in bare_names)]:
        name = _mode_name(quote[1]) if form else ""
        if not name:
            continue
        evidence = text.evidence(quote.start(1), quote.end(1))
        item = _item(sheet, evidence.start)
        first, last = _sentence(folded, quote.start())
        around = text.evidence(first, last).quote
        yield Sighting(
            "mode", name, bare(evidence.quote), sheet.document.source, item,
            _cut(around, evidence.start - text.evidence(first, last).start, evidence.end - text.origin[first]),
            evidence.start, form, company.get(item, ()), _family(name),
        )  # fmt: skip


def _form(folded: str, quote: re.Match[str]) -> str:
    """``noun`` or ``verb`` where the words around a quoted name make it look like a mode's, else ``""``."""
    noun, ending, verb, _, _ = _patterns()
    if _SYSTEM.match(folded, quote.end()):
        return ""
    if noun.match(folded, quote.end()) or ending.search(quote[1]):
        return "noun"
    before = folded[max(0, quote.start() - 12) : quote.start()]
    before = re.split(f"[，、：:（(“”{_STOPS}]", before)[-1]
    return "verb" if verb.search(before) else ""


def _mode_name(quoted: str) -> str:
    """The name in its bare form, or ``""`` where an authority file knows it or it is no name."""
    _, ending, _, never, _ = _patterns()
    name = bare(quoted)
    stem = ending.sub("", name)
    if never.search(name) or name.endswith(words()["platform_ends"]) or not re.search(r"[\u4e00-\u9fff]", name):
        return ""
    slogans = {squeeze(word) for word in words()["never_modes"]}
    if {squeeze(name), squeeze(stem)} & slogans or re.search("[的了等及和与]|(?:创新|一批|相关|有关|新型|现代)", stem):
        return ""
    whole = re.sub(rf"^(?:{_choice('mode_verbs')})(?=.{{4}})", "", name)
    if any(lookup(form, kind) for form in (name, stem, whole, stem + "监管") for kind in _LOOKED_UP):
        return ""
    parts = [part for part in re.split("[、，,+＋]", stem) if part]
    return "" if len(parts) > 1 and all(lookup(part, "mode") for part in parts) else stem


def _family(name: str) -> str:
    """Family of a mode by the words of its name, ``""`` where they tell nothing."""
    for line in words()["families"]:
        family, _, parts = line.partition("=")
        if any(part in name for part in parts.split()):
            return family
    return ""


def system(name: str) -> str:
    """Line of command of a unit by how its name ends, ``""`` where that tells nothing.

    >>> system("满洲里站"), system("某市某局")
    ('company', '')
    """
    for line in words()["systems"]:
        key, _, ends = line.partition("=")
        if name.endswith(tuple(ends.split())):
            return key
    return ""


def _item(sheet: FactSheet, at: int) -> str:
    """Id of the innermost item that holds a character of the source."""
    around = [p for p in sheet.provisions if p.start <= at < p.end]
    return min(around, key=lambda p: (p.end - p.start, not p.parent)).id if around else ""


def _sentence(folded: str, at: int) -> tuple[int, int]:
    start = max((folded.rfind(stop, 0, at) for stop in _STOPS), default=-1) + 1
    ends = [end for stop in _STOPS if (end := folded.find(stop, at)) >= 0]
    return start, max(start + 1, min(ends, default=len(folded)))


def _cut(quote: str, start: int, end: int) -> str:
    """A stretch with some words on either side, on one line."""
    first, last = max(0, start - _NEAR), min(len(quote), end + _NEAR)
    shown = " ".join(quote[first:last].split())
    return ("…" if first else "") + shown + ("…" if last < len(quote) else "")
