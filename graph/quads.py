"""Facts become quads: one document's sheet as canonical, sorted N-Quads text in that document's own graph.

Every line is in the graph ``iri("document", key)``. There are no blank nodes: an IRI is made of the facts it
stands for, so the same sheet gives the same bytes on any machine. The mapping (``[n]`` = zero or more):

=================  =====================================================================================
node, IRI          quads
=================  =====================================================================================
gl:Document        dcterms:identifier key · dcterms:title @zh · dcterms:source file name · gl:sha256 ·
document/KEY       gl:kind (plan, measures, interpretation, casebook, table, news, notice) ·
                   gl:number 文号 · gl:issuer text as the table gives it · dcterms:publisher agency [n] ·
                   dcterms:issued xsd:date, gYearMonth or gYear · gl:basedOn text [n] · gl:jurisdiction ·
                   gl:titleKey folded title [n] (see :func:`title_keys`)
gl:Measure         gl:Measure, gl:Case, gl:Practice, gl:Interpretation (all gl:Provision):
gl:Case …          dcterms:isPartOf document · dcterms:identifier id · dcterms:title @zh · gl:section ·
document/KEY/ID    gl:parent case · gl:clauseState stated, absent, unread · gl:passage evidence IRI of the
                   whole item (only the IRI, whose fragment is the span; the item's prose is not stored).
                   gl:Interpretation also: gl:interpretsTitle · gl:interpretsTitleKey · gl:interpretsNumber
gl:Agency          skos:prefLabel canonical @zh-hans · skos:altLabel printed form @zh [n] ·
agency/NAME        gl:rule "printed form: rule" [n] · gl:provisional true (only when it is)
gl:WorkingGroup    skos:prefLabel @zh-hans · dcterms:isPartOf document · org:hasMember agency [n] ·
group/KEY/NAME     gl:groupLead agency · gl:evidence · gl:seats [n] → node with gl:post text,
                   org:member agency [n]
owners             measure gl:responsibility R · measure gl:ownedBy agency [n] and one of gl:ledBy,
                   gl:participatedBy, gl:jointlyOwnedBy, gl:implementedBy, gl:partneredBy [n].
                   Never ownedBy and its parts for what has the basis gl:byIssuer
gl:Responsibility  gl:agency [1..n]: all who stand in one role, on one basis, in one place of the text ·
                   gl:role gl:lead, gl:participant, gl:joint, gl:implementer, gl:partner ·
                   gl:basis gl:stated, gl:byGroup, gl:byIssuer · gl:via group ·
                   gl:doubt role, above [n] · gl:evidence
mentions           S gl:mention N; N gl:mode M · gl:stance uses, promotes, mentions · gl:evidence
                   S gl:mention N; N gl:port P · gl:evidence
                   S gl:mention N; N gl:platform P · gl:evidence
definitions        S gl:definition N; N gl:mode M · gl:evidence (the defining words)
stackings          S gl:stacking N; N gl:mode A · gl:withMode B · gl:evidence; A gl:stackedWith B, and back
gl:ClearanceMode   skos:prefLabel @zh-hans            (mode/NAME; the authority file says the rest)
gl:Port            skos:prefLabel @zh-hans · gl:kind land, sea, river, air, rail, post, zone
gl:Platform        skos:prefLabel @zh-hans
gl:Outcome         S gl:figure F; F a gl:Outcome (reported) or gl:Target (planned): the status is the class ·
gl:Target          gl:indicator text · gl:section effect, practice, background, body · gl:kind level,
                   share, change · gl:value, gl:valueTo, gl:fromValue, gl:fromValueTo xsd:decimal ·
                   gl:unit unit/SYMBOL · gl:flow · gl:direction · gl:bound · gl:baseline ·
                   gl:periodStart (alone: since then), gl:periodEnd, gl:deadline xsd:date, gYearMonth or gYear ·
                   gl:doubt baseline, period, subject, deadline, flow, status [n] · gl:about mode or port [n] · gl:evidence
unit/SYMBOL        skos:notation symbol
gl:Unread          S gl:unread U; U a gl:Unread · gl:what · gl:evidence
evidence           oa:exact words · oa:start · oa:end (characters of the source, half-open), shared by all
KEY#char=S,E       facts that rest on the same words; RFC 5147 fragment of the document's IRI. Words that a
                   person gave and nobody has found in the text: oa:exact only, KEY#:~:text=WORDS
reviewed           node of any fact, item, unit, group or document that a person vouched for as it is:
                   gl:reviewed true · gl:note what he said of it [n]. Responsibilities so marked have
                   nodes of their own, apart from others in the same role and place
=================  =====================================================================================

``S`` is the provision, or the document where a fact stands outside any item. A property with nothing to say is
left out. Texts without a tag are plain strings.
"""

from __future__ import annotations

import functools
import hashlib
import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from guanlian.graph.nquads import clean, dated, literal, minted, term
from guanlian.loaders.facts import Evidence, FactSheet, Figure, Provision, Responsibility
from guanlian.loaders.review.decisions import Review, known_by
from guanlian.loaders.review.frames import is_nowhere
from guanlian.ontology import authorities

_CLASSES = {
    "measure": "gl:Measure",
    "case": "gl:Case",
    "practice": "gl:Practice",
    "interpretation": "gl:Interpretation",
}
_STATUSES = {"reported": "gl:Outcome", "planned": "gl:Target"}
_BASES = {"stated": "gl:stated", "group": "gl:byGroup", "issuer": "gl:byIssuer"}
_DIRECT = {
    "lead": "gl:ledBy",
    "participant": "gl:participatedBy",
    "joint": "gl:jointlyOwnedBy",
    "implementer": "gl:implementedBy",
    "partner": "gl:partneredBy",
}


def quads(sheet: FactSheet, reviews: Iterable[Review] = ()) -> str:
    """Canonical N-Quads of one document's graph: sorted unique lines, each ending in a line feed.

    ``reviews`` says which of its facts a person vouched for. Raises ValueError for a figure that is not a finite number.
    """
    return _Writer(sheet, reviews).text()


def title_keys(title: str) -> tuple[str, ...]:
    """Folded forms under which a document may be cited, longest first: its title, and what 印发…的通知 wraps.

    Script, width, spaces, punctuation and quotes are folded away: two titles with a key in common name the
    same document.

    >>> title_keys("某市关于印发《某市便利通關 若干措施》的通知")
    ('某市关于印发某市便利通关若干措施的通知', '某市便利通关若干措施')
    """
    found = [title, *re.findall(r"(?:印发|印發|发布|發布|公布)(.+?)的?(?:通知|公告)\s*$", title)]
    keys = {_fold(part) for part in found} - {""}
    return tuple(sorted(keys, key=lambda key: (-len(key), key)))


def cited_key(title: str) -> str:
    """The folded form of a title as an explanation cites it, without a closing 解读 of its own.

    >>> cited_key("《某市便利通关若干措施》政策解读") in title_keys("关于印发《某市便利通关若干措施》的通知")
    True
    """
    bare = re.sub(r"的?(?:政策)?(?:图解|圖解|问答|問答|解读|解讀)\s*$", "", title)
    return title_keys(bare)[-1] if title_keys(bare) else ""


def decimal(value: float) -> str:
    """Canonical decimal digits of a number, free of binary noise (15 significant digits).

    >>> decimal(16.850000000000001), decimal(997000000.0), decimal(0.1 + 0.2), decimal(-0.0)
    ('16.85', '997000000', '0.3', '0')
    """
    if not math.isfinite(value):
        raise ValueError(f"not a finite number: {value}")
    digits = format(Decimal(format(value, ".15g")), "f")
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits in ("-0", "") else digits


@functools.lru_cache(maxsize=1)
def _simplify() -> Callable[[str], str]:
    from opencc import OpenCC  # only titles need it, and only here: an import of its own would slow every start

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def _fold(title: str) -> str:
    text = _simplify()(unicodedata.normalize("NFKC", clean(title)))
    return "".join(c for c in text.lower() if unicodedata.category(c)[0] in "LN")


@functools.lru_cache(maxsize=1)
def _symbols() -> dict[str, str]:
    return {printed: unit.symbol for unit in authorities.units() for printed in unit.labels}


def unit_symbol(printed: str) -> str:
    """The symbol of the unit that some printed form names; a form that the list lacks, and its parts, stay as they are.

    >>> unit_symbol("TEU"), unit_symbol("个工作日"), unit_symbol("秒/個"), unit_symbol("魑")
    ('标箱', '工作日', '秒/个', '魑')
    """
    known = _symbols()
    return known.get(printed) or "/".join(known.get(part, part) for part in printed.split("/"))


class _Writer:
    """Collects one sheet's lines; every method turns one kind of fact into quads."""

    def __init__(self, sheet: FactSheet, reviews: Iterable[Review]) -> None:
        self.marks = {known_by(review.fact): review.note for review in reviews if not review.rejected}
        self.key = sheet.document.key
        self.graph = minted("document", self.key)
        self.group_names = {group.name for group in sheet.groups} | {r.via for r in sheet.responsibilities if r.via}
        self.lines: set[str] = set()
        self.known: set[Evidence] = set()
        self._document(sheet)
        for provision in sheet.provisions:
            self._provision(provision)
        self._names(sheet)
        self._groups(sheet)
        for responsibility in sheet.responsibilities:
            self._responsibility(responsibility)
        self._mentions(sheet)
        self._modes_together(sheet)
        self._figures(sheet.figures)
        for unread in sheet.unread:
            node = self._node(unread.measure, "unread", "unread", unread.what, at=unread.evidence)
            self._add(node, "rdf:type", term("gl:Unread"))
            self._put(node, "gl:what", unread.what)
            self._vouched(node, unread)

    def text(self) -> str:
        return "".join(sorted(self.lines))

    def _add(self, subject: str, predicate: str, value: str) -> None:
        self.lines.add(f"{subject} {term(predicate)} {value} {self.graph} .\n")

    def _put(self, subject: str, predicate: str, text: str, lang: str = "") -> None:
        if text:
            self._add(subject, predicate, literal(text, lang))

    def _type(self, subject: str, curie: str, label: str = "") -> str:
        self._add(subject, "rdf:type", term(curie))
        self._put(subject, "skos:prefLabel", label, "zh-hans")
        return subject

    def _subject(self, measure: str) -> str:
        return minted("document", self.key, measure) if measure else self.graph

    def _who(self, name: str) -> str:
        """IRI of a unit; a group's name is this document's own, so it never meets another document's."""
        if name in self.group_names:
            return self._type(minted("group", self.key, name), "gl:WorkingGroup", name)
        return self._type(minted("agency", name), "gl:Agency", name)

    def _evidence(self, evidence: Evidence) -> str:
        placed = not is_nowhere(evidence)
        spot = f"char={evidence.start},{evidence.end}" if placed else f":~:text={quote(clean(evidence.quote), safe='')}"
        node = f"{self.graph[:-1]}#{spot}>"
        if evidence in self.known:
            return node
        self.known.add(evidence)
        self._add(node, "oa:exact", literal(evidence.quote))
        if not placed:
            return node
        self._add(node, "oa:start", literal(str(evidence.start), datatype="xsd:integer"))
        self._add(node, "oa:end", literal(str(evidence.end), datatype="xsd:integer"))
        return node

    def _node(self, measure: str, link: str, *parts: str, at: Evidence) -> str:
        """A fact's node, tied to what it is said of and to the words that say it."""
        told = hashlib.sha256(clean(at.quote).encode()).hexdigest()[:8] if is_nowhere(at) else f"{at.start}-{at.end}"
        node = minted("document", self.key, measure, *parts, told)
        self._add(self._subject(measure), f"gl:{link}", node)
        self._add(node, "gl:evidence", self._evidence(at))
        return node

    def _vouched(self, node: str, fact: Any) -> None:
        """What a person said of a fact, on its node."""
        note = self.marks.get(known_by(fact))
        if note is not None:
            self._add(node, "gl:reviewed", literal("true", datatype="xsd:boolean"))
            self._put(node, "gl:note", note)

    def _document(self, sheet: FactSheet) -> None:
        info, node = sheet.document, self._type(self.graph, "gl:Document")
        self._vouched(node, info)
        self._add(node, "dcterms:identifier", literal(info.key))
        self._put(node, "dcterms:title", info.title, "zh")
        self._put(node, "dcterms:source", info.source)
        self._put(node, "gl:sha256", info.sha256)
        self._put(node, "gl:kind", info.kind)
        self._put(node, "gl:number", info.number)
        self._put(node, "gl:issuer", info.issuer)
        self._put(node, "gl:jurisdiction", info.jurisdiction)
        if info.issued:
            self._add(node, "dcterms:issued", dated(info.issued))
        for name in info.issuers:
            self._add(node, "dcterms:publisher", self._who(name))
        for basis in info.based_on:
            self._put(node, "gl:basedOn", basis)
        for key in title_keys(info.title):
            self._put(node, "gl:titleKey", key)

    def _provision(self, provision: Provision) -> None:
        node = self._type(self._subject(provision.id), _CLASSES[provision.kind])
        self._vouched(node, provision)
        self._add(node, "dcterms:isPartOf", self.graph)
        self._put(node, "dcterms:identifier", provision.id)
        self._put(node, "dcterms:title", provision.title, "zh")
        self._put(node, "gl:section", provision.section)
        self._put(node, "gl:clauseState", provision.clause_state)
        self._add(node, "gl:passage", f"{self.graph[:-1]}#char={provision.start},{provision.end}>")
        if provision.parent:
            self._add(node, "gl:parent", self._subject(provision.parent))
        if provision.kind == "interpretation":
            self._put(node, "gl:interpretsTitle", provision.of_document)
            self._put(node, "gl:interpretsNumber", provision.of_measure)
            self._put(node, "gl:interpretsTitleKey", cited_key(provision.of_document))

    def _names(self, sheet: FactSheet) -> None:
        for name in sheet.agencies:
            node = self._who(name.canonical)
            self._vouched(node, name)
            if name.printed != name.canonical:
                self._put(node, "skos:altLabel", name.printed, "zh")
                self._put(node, "gl:rule", f"{name.printed}: {name.rule}" if name.rule else "")
            if name.provisional:
                self._add(node, "gl:provisional", literal("true", datatype="xsd:boolean"))

    def _groups(self, sheet: FactSheet) -> None:
        for group in sheet.groups:
            node = self._who(group.name)
            self._vouched(node, group)
            self._add(node, "gl:evidence", self._evidence(group.evidence))
            if group.lead:
                self._add(node, "gl:groupLead", self._who(group.lead))
            for member in group.members:
                self._add(node, "org:hasMember", self._who(member.agency))
                if member.post:
                    seats = minted("group", self.key, group.name, member.post)
                    self._add(node, "gl:seats", seats)
                    self._put(seats, "gl:post", member.post)
                    self._add(seats, "org:member", self._who(member.agency))
        for name in self.group_names:
            self._add(self._who(name), "dcterms:isPartOf", self.graph)

    def _responsibility(self, fact: Responsibility) -> None:
        parts = [fact.role, fact.basis, *([fact.via] if fact.via else []), *fact.doubts]
        parts += ["reviewed"] if fact in self.marks else []  # apart from others in the same place
        node, agency = self._node(fact.measure, "responsibility", *parts, at=fact.evidence), self._who(fact.agency)
        self._type(node, "gl:Responsibility")
        self._vouched(node, fact)
        self._add(node, "gl:agency", agency)
        self._add(node, "gl:role", term("gl:" + fact.role))
        self._add(node, "gl:basis", term(_BASES[fact.basis]))
        if fact.via:
            self._add(node, "gl:via", self._who(fact.via))
        for doubt in fact.doubts:
            self._put(node, "gl:doubt", doubt)
        if fact.basis != "issuer":
            subject = self._subject(fact.measure)
            self._add(subject, _DIRECT[fact.role], agency)
            self._add(subject, "gl:ownedBy", agency)

    def _mode(self, name: str) -> str:
        return self._type(minted("mode", name), "gl:ClearanceMode", name)

    def _mentions(self, sheet: FactSheet) -> None:
        for mode in sheet.modes:
            node = self._node(mode.measure, "mention", "mode", mode.mode, mode.stance, at=mode.evidence)
            self._add(node, "gl:mode", self._mode(mode.mode))
            self._put(node, "gl:stance", mode.stance)
            self._vouched(node, mode)
        for port in sheet.ports:
            thing = self._type(minted("port", port.port), "gl:Port", port.port)
            self._put(thing, "gl:kind", port.kind)
            node = self._node(port.measure, "mention", "port", port.port, at=port.evidence)
            self._add(node, "gl:port", thing)
            self._vouched(node, port)
        for platform in sheet.platforms:
            thing = self._type(minted("platform", platform.platform), "gl:Platform", platform.platform)
            node = self._node(platform.measure, "mention", "platform", platform.platform, at=platform.evidence)
            self._add(node, "gl:platform", thing)
            self._vouched(node, platform)

    def _modes_together(self, sheet: FactSheet) -> None:
        for said in sheet.definitions:
            node = self._node(said.measure, "definition", "definition", said.mode, at=said.evidence)
            self._add(node, "gl:mode", self._mode(said.mode))
            self._vouched(node, said)
        for pair in sheet.stackings:
            node = self._node(pair.measure, "stacking", "stacking", pair.mode, pair.with_mode, at=pair.evidence)
            one, other = self._mode(pair.mode), self._mode(pair.with_mode)
            self._add(node, "gl:mode", one)
            self._add(node, "gl:withMode", other)
            self._vouched(node, pair)
            self._add(one, "gl:stackedWith", other)
            self._add(other, "gl:stackedWith", one)

    def _figures(self, figures: Iterable[Figure]) -> None:
        """Figures that rest on the same words are told apart by their rank in an order of their own content."""
        spots: dict[tuple[str, int, int], set[str]] = {}
        for figure in sorted(figures, key=repr):
            spot = (figure.measure, figure.evidence.start, figure.evidence.end)
            seen = spots.setdefault(spot, set())
            if repr(figure) not in seen:
                seen.add(repr(figure))
                self._figure(figure, str(len(seen)))

    def _figure(self, figure: Figure, rank: str) -> None:
        node = self._node(figure.measure, "figure", "figure", rank, at=figure.evidence)
        self._type(node, _STATUSES[figure.status])
        self._vouched(node, figure)
        for name in ("section", "indicator", "flow", "direction", "bound", "baseline"):
            self._put(node, f"gl:{name}", getattr(figure, name))
        self._put(node, "gl:kind", figure.kind)
        numbers = {"value": figure.value, "valueTo": figure.value_to}
        numbers |= {"fromValue": figure.from_value, "fromValueTo": figure.from_value_to}
        for name, number in numbers.items():
            if number is not None:
                self._add(node, f"gl:{name}", literal(decimal(number), datatype="xsd:decimal"))
        if figure.unit:
            symbol = unit_symbol(figure.unit)
            unit = minted("unit", symbol)
            self._add(node, "gl:unit", unit)
            self._put(unit, "skos:notation", symbol)
        dates = {"periodStart": figure.period_start, "periodEnd": figure.period_end, "deadline": figure.deadline}
        for name, date in dates.items():
            if date:
                self._add(node, f"gl:{name}", dated(date))
        for doubt in figure.doubts:
            self._put(node, "gl:doubt", doubt)
        for kind, _, name in (said.partition(":") for said in figure.about):
            thing = self._mode(name) if kind == "mode" else self._type(minted("port", name), "gl:Port", name)
            self._add(node, "gl:about", thing)
