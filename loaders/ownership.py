"""Who owns which item: the units of clauses, sections, rules, tables and cases become responsibilities."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from guanlian.loaders import clauses, names
from guanlian.loaders.cases import doers, partners
from guanlian.loaders.clauses import groups, prose, scopes
from guanlian.loaders.clauses.roles import Clause
from guanlian.loaders.facts import AgencyName, Evidence, Group, Responsibility, Unread
from guanlian.loaders.folding import fold
from guanlian.loaders.names.namelists import Piece
from guanlian.loaders.names.printed import trim
from guanlian.loaders.outline import Item, Outline
from guanlian.loaders.outline.numbering import number_of, words_of_lines
from guanlian.loaders.tables import ownercells, tasktable
from guanlian.loaders.tables.grids import names_units
from guanlian.loaders.text import Passage, Text


class Owners:
    """Collects responsibilities and the names behind them; ``words`` is what clauses are read from."""

    def __init__(self, text: Text, words: str, resolver: names.Resolver, found: tuple[Group, ...]) -> None:
        self.text, self.words, self.resolver, self.groups = text, words, resolver, found
        self.rows: list[Responsibility] = []
        self._kept: set[tuple[str, str, str, str]] = set()
        self.unread: list[Unread] = []
        self.names: dict[tuple[str, str], AgencyName] = {}
        for group in found:
            for member in group.members:
                self.note(member.agency, member.agency, "group-member", False)

    def note(self, canonical: str, printed: str, rule: str, provisional: bool) -> None:
        """Keeps one printed form of a unit."""
        self.names.setdefault((canonical, printed), AgencyName(canonical, printed, rule, provisional))

    def add(self, measure: str, clause: Clause) -> bool:
        """Takes a clause's owners; whether any was stated."""
        evidence = self.text.evidence(clause.start, clause.end)
        listed = {o.unit.canonical for o in clause.owners if not o.unit.collective}
        for owner in clause.owners:
            mention = self.text.evidence(owner.piece.start, owner.piece.end).quote
            group = groups.members_of(owner.unit.canonical, self.groups) if owner.unit.collective else None
            if group is None:
                self._row(measure, owner.unit, owner.role, mention, evidence, owner.doubts)
                continue
            role = "joint" if len(clause.owners) == 1 and owner.role == "lead" else owner.role  # many are no single lead
            for member in group.members:
                if member.agency not in listed:
                    row = Responsibility(measure, member.agency, role, "group", group.name, mention, evidence, owner.doubts)
                    self.keep(row)
        for piece in clause.unread:
            self.unread.append(Unread(measure, "name" if clause.owners else "clause", self.text.evidence(piece.start, piece.end)))
        return bool(clause.owners)

    def _row(self, measure: str, unit: names.Resolved, role: str, mention: str, evidence: Evidence, doubts: tuple[str, ...] = ()) -> None:
        self.keep(Responsibility(measure, unit.canonical, role, "stated", "", mention, evidence, doubts))
        self.note(unit.canonical, trim(fold(mention)), unit.rule, unit.provisional)

    def copy(self, measure: str, other: str, span: tuple[int, int]) -> bool:
        """Owners that a clause takes over from another item (责任单位同上), the evidence being its own words."""
        evidence = self.text.evidence(*span)
        rows = [r for r in self.rows if r.measure == other]
        for row in rows:
            self.keep(replace(row, measure=measure, evidence=evidence))
        if not rows:
            self.unread.append(Unread(measure, "clause", evidence))
        return bool(rows)

    def led(self, measure: str, clause: Clause) -> None:
        """An item's responsible units take part where its section names who leads (牵头部门 under a heading, 责任部门 in the items)."""
        mine = [r for r in self.rows if r.measure == measure]
        if any(r.role != "joint" for r in mine) or any(o.role != "lead" for o in clause.owners):
            return
        leads = {o.unit.canonical for o in clause.owners}
        self.rows = [r for r in self.rows if r.measure != measure]
        for row in mine:
            self._kept.discard((row.measure, row.agency, row.role, row.basis))
        self.add(measure, clause)
        for row in mine:
            if row.agency not in leads:
                self.keep(replace(row, role="participant"))

    def keep(self, row: Responsibility) -> None:
        """Takes a responsibility that is not there yet."""
        same = (row.measure, row.agency, row.role, row.basis)
        if same not in self._kept:
            self._kept.add(same)
            self.rows.append(row)

    def partners(self, plan: Outline) -> None:
        """Takes the bodies that a paper without clauses says its items are done with."""
        for item in plan.items:
            if item.parent:
                continue  # told with its case
            within = {item.id, *(i.id for i in plan.items if i.parent == item.id)}
            doing = {r.agency for r in self.rows if r.measure in within and r.role == "implementer"}
            for found in partners.partners(self.text.folded, item.start, item.end, self.resolver):
                if found.name not in doing:
                    evidence = self.text.evidence(found.start, found.end)
                    self.keep(Responsibility(item.id, found.name, "partner", "stated", "", evidence.quote, evidence))
                    self.note(found.name, trim(fold(evidence.quote)), found.rule, found.provisional)

    def doer(self, measure: str, found: Iterable[doers.Doer], case: str) -> bool:
        """Takes the doers of a case or a practice; a partner is the whole case's."""
        found = list(found)
        for doer in found:
            evidence = self.text.evidence(doer.start, doer.end)
            self._row(case if doer.role == "partner" else measure, doer.unit, doer.role, evidence.quote, evidence)
        return any(doer.role == "implementer" for doer in found)


def by_clauses(plan: Outline, kind: str, owners: Owners, first: clauses.FirstRule) -> dict[str, str]:
    """Clause state of every item, its owners collected on the way."""
    if kind == "casebook":
        return _by_cases(plan, owners)
    states: dict[str, str] = {}
    folded = owners.words
    scoped = scopes.scopes(folded, owners.resolver)
    above = ""
    for item in plan.items:
        found = clauses.find(folded, item.title_span[0], item.end, owners.resolver, first=first.at(item.end), in_prose=kind != "interpretation")
        found = [c for c in found if not any(s.start <= c.start < s.end for s in scoped)]
        found = found or prose.titled(folded, item.title_span[0], item.end, owners.resolver)
        pointer = scopes.same_as(folded, item.title_span[0], item.end)
        if pointer is not None:
            states[item.id] = "stated" if owners.copy(item.id, pointer[2] or above, pointer[:2]) else "unread"
            above = item.id
            continue
        above = item.id
        stated = [owners.add(item.id, c) for c in found]
        unread = any(c.unread and not c.owners for c in found)
        states[item.id] = "stated" if any(stated) else "unread" if unread else "absent"
    for _, start, end, ids in plan.sections:
        shared = clauses.find(folded, start, end, owners.resolver, first=first.at(end))
        shared = [c for c in shared if not any(s.start <= c.start < s.end for s in scoped)] or _headed(folded, start, end, owners.resolver)
        for identity in ids:
            if len(shared) == 1 and states.get(identity) == "stated":
                owners.led(identity, shared[0])
        _share(owners, states, ids, shared)
    for scope in scoped:
        _share(owners, states, _reach(plan, scope), [scope.clause])
    _trailing(plan, owners, states)
    _frameless(plan, owners, states)
    if kind == "interpretation":
        _interpretation_doers(plan, owners)
        return {}
    return states


def _headed(folded: str, start: int, end: int, resolver: names.Resolver) -> list[Clause]:
    """The units in a section's own heading (一、市商务局牵头的工作)."""
    line_end = folded.find("\n", start, end)
    line_end = end if line_end < 0 else line_end
    return prose.headed(folded, start + number_of(folded[start:line_end])[2], line_end, resolver)


def _trailing(plan: Outline, owners: Owners, states: dict[str, str]) -> None:
    """Gives the clause line that closes each section to all its items, where no item of any section has one of its own."""
    groups = [ids for *_, ids in plan.sections if len(ids) > 1]
    lowest = [ids for ids in groups if not any(set(other) < set(ids) for other in groups)]
    if len(lowest) < 2 or not all(_closed_by_last(owners, states, ids) for ids in lowest):
        return
    for *items, last in lowest:
        rows = [row for row in owners.rows if row.measure == last]
        for item in items:
            states[item] = "stated"
            for row in rows:
                owners.keep(replace(row, measure=item))


def _frameless(plan: Outline, owners: Owners, states: dict[str, str]) -> None:
    """Leaves unread the lines of items without owners that name nothing but units: cells of a table that lost its frame."""
    cells: dict[str, list[Piece]] = {}
    for item in plan.items:
        if states[item.id] == "absent" and item.kind == "measure":
            start = item.title_span[1]
            lines = [(start + a, start + b, words) for a, b, words in words_of_lines(owners.words[start : item.end])]
            if units := [Piece(words, a, b) for a, b, words in lines if names_units(words)]:
                cells[item.id] = units
    if len(cells) > 1:  # one alone is a signature
        for identity, units in cells.items():
            owners.add(identity, Clause(units[0].start, units[-1].end, (), tuple(units)))
            states[identity] = "unread"


def _closed_by_last(owners: Owners, states: dict[str, str], ids: tuple[str, ...]) -> bool:
    """Whether of a section's items only the last has owners, named on a line of its own."""
    if states.get(ids[-1]) != "stated" or any(states.get(i) != "absent" for i in ids[:-1]):
        return False
    source = owners.text.source
    starts = {row.evidence.start for row in owners.rows if row.measure == ids[-1]}
    return len(starts) == 1 and all(source[:start].rstrip(" \t\u3000").endswith("\n") for start in starts)


def _all(owners: Owners, identity: str, found: list[Clause]) -> bool:
    """Takes every clause; whether any stated an owner."""
    return any([owners.add(identity, c) for c in found])  # noqa: C419  (each must be taken)


def _share(owners: Owners, states: dict[str, str], ids: Iterable[str], shared: list[Clause]) -> None:
    """Gives a clause that governs several items to those of them that have none of their own."""
    for identity in ids:
        if states.get(identity) == "absent" and _all(owners, identity, shared):
            states[identity] = "stated"


def _reach(plan: Outline, scope: scopes.Scope) -> list[str]:
    """Items that a rule stated once governs: a range of numbers, or the items of its section."""
    items = [i for i in plan.items if i.kind == "measure"]
    if scope.first:
        return [i.id for i in items if i.id.isdecimal() and scope.first <= int(i.id) <= scope.last]
    around = [ids for _, start, _, ids in plan.sections if ids and start <= scope.start <= max(i.end for i in items if i.id in ids)]
    inside = min(around, key=len) if around else tuple(i.id for i in items)
    before = [i.id for i in items if i.id in inside and i.start < scope.start]
    after = [i.id for i in items if i.id in inside and i.start >= scope.start]
    return before if scope.reach in ("以上", "上述", "前述") or not after else after if scope.reach in ("以下", "下列") else list(inside)


def reached(plan: Outline, scope: scopes.Scope) -> list[str]:
    """Items that a rule for every clause reaches: those from its own on, up to its own, or all."""
    items = [i for i in plan.items if i.kind == "measure"]
    if scope.reach in ("以上", "上述", "前述"):
        return [i.id for i in items if i.start <= scope.start]
    if scope.reach.startswith("本"):
        return _reach(plan, scope)
    return [i.id for i in items if not scope.reach or i.end > scope.start]


def beside(owners: Owners, states: dict[str, str], ids: Iterable[str], clause: Clause) -> None:
    """Adds the units of a rule to items that have owners: taking part where another leads, else joint."""
    led = {r.measure for r in owners.rows if r.role in ("lead", "participant")}
    for identity in ids:
        if states.get(identity) in ("stated", "absent"):
            states[identity] = "stated"
            role = "participant" if identity in led else "joint"
            owners.add(identity, replace(clause, owners=tuple(replace(owner, role=role) for owner in clause.owners)))


def by_table(table: list[tasktable.Task], owners: Owners, first: clauses.FirstRule) -> dict[str, str]:
    """Clause states of a task table's rows."""
    states: dict[str, str] = {}
    mark = ownercells.lead_mark(owners.words)
    for task in table:
        leads = first.at(task.item.end)
        clause = ownercells.cells(owners.words, task.owners, owners.resolver, first=leads, mark=mark) if task.owners else None
        stated = clause is not None and owners.add(task.item.id, clause)
        states[task.item.id] = "stated" if stated else "unread" if clause is not None else "absent"
    return states


def _interpretation_doers(plan: Outline, owners: Owners) -> None:

    folded = owners.text.folded
    for item in plan.items:
        for match in re.finditer(r"在隶属([\u4e00-\u9fff]{2,8}海关)", folded[item.start : item.end]):
            unit = owners.resolver.resolve(match[1])
            if unit:
                start = item.start + match.start(1)
                owners.doer(item.id, [doers.Doer(unit, start, start + len(match[1]))], item.id)


def _by_cases(plan: Outline, owners: Owners) -> dict[str, str]:
    """Clause states of cases and their practices: a practice's own doer is told where its case is another's."""
    states: dict[str, str] = {}
    folded = owners.text.folded
    told: dict[str, list[Passage]] = {}
    for p in plan.passages:
        if "." in p.measure or not p.heading:
            told.setdefault(p.measure.partition(".")[0], []).append(p)
    known: set[str] = set()
    chapter, end = None, 0
    for item in plan.items:
        if item.kind == "case":
            passages = told.get(item.id, [])
            if folded[end : item.start].strip():
                chapter = doers.of_chapter(folded, end, item.start, owners.resolver)
            end = item.end
            if charged := _charged(owners, item):
                known = {owner.unit.canonical for clause in charged for owner in clause.owners}
                stated = _all(owners, item.id, charged)
            else:
                found = doers.of_case(folded, item, passages, owners.resolver, chapter)
                known = doers.told_before(found, passages)
                stated = owners.doer(item.id, found, item.id)
        else:
            stated = _all(owners, item.id, clauses.find(folded, item.start, item.end, owners.resolver))
            own = doers.of_practice(folded, item.title_span[0], item.end, owners.resolver)
            stated = owners.doer(item.id, [d for d in own if d.unit.canonical not in known], item.parent) or stated
        states[item.id] = "stated" if stated else "absent"
    return states


_CHARGES = re.compile(r"(?:^|(?<=[\n\s（(【\[；;，。]))(?:牵头|责任|主责|主办)(?:单位|部门)\s*[】\]]?\s*[:：\t】\]]")
"""What heads those who are charged with a case, as measures have them: 【牵头单位】…."""


def _charged(owners: Owners, item: Item) -> list[Clause]:
    """The clauses of a case that charges units as a plan does (牵头单位：…；配合单位：…), rather than tell who did it."""
    label = _CHARGES.search(owners.words, item.start, item.end)
    if label is None:
        return []
    found = clauses.find(owners.words, item.start, item.end, owners.resolver)
    return [clause for clause in found if clause.owners and clause.start >= label.start() - 1]


def by_issuers(owners: Owners, plan: Outline, issuers: tuple[str, ...], states: dict[str, str]) -> None:
    """Where a document names nobody at all, those who issued it are the presumable owners, and said to be no more."""
    if not issuers or any(r.basis != "issuer" and r.role != "partner" for r in owners.rows) or any(s == "unread" for s in states.values()):
        return
    for item in plan.items:
        if item.kind == "measure" and states.get(item.id) == "absent":
            evidence = owners.text.evidence(*item.title_span)
            owners.rows += (Responsibility(item.id, issuer, "implementer", "issuer", "", "", evidence) for issuer in issuers)
    if owners.rows:
        for issuer in issuers:
            owners.note(issuer, issuer, "issuer", False)
