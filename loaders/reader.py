"""One document's bytes → its fact sheet: the readers in their order."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache

from guanlian.loaders import clauses, figures, mentions, names, ownership
from guanlian.loaders.cases import casebook, doers
from guanlian.loaders.clauses import groups, parts, prose, scopes
from guanlian.loaders.facts import (
    DocumentInfo,
    FactSheet,
    Provision,
)
from guanlian.loaders.figures import annual, titled
from guanlian.loaders.formats import characters
from guanlian.loaders.heads import metadata, titles
from guanlian.loaders.mentions import links
from guanlian.loaders.names.seats import Seat
from guanlian.loaders.outline import Item, Outline, named_by, outline
from guanlian.loaders.repair import repair
from guanlian.loaders.tables import outlines, tasktable
from guanlian.loaders.text import Passage, Text


def read(data: bytes, name: str) -> FactSheet:
    """Everything that the document ``name`` states.

    Raises :class:`guanlian.loaders.formats.ReadError` when there is no text to read.
    """
    text = repair(characters(data, name))
    head = metadata.heading(text)
    resolver = names.Resolver(head.seat, head.issuer or doers.superior(text.folded), head.aliases, head.issued)
    first = clauses.first_leads(text.folded) or clauses.FirstRule(len(text.folded))
    everywhere = scopes.everywhere(text.folded, resolver)
    words = parts.unboxed(scopes.without(text.folded, everywhere))

    @cache
    def has_clause(start: int, end: int) -> bool:
        return any(c.owners or c.unread for c in clauses.find(words, start, end, resolver, first=first.at(end)))

    plan = casebook.outline(text) if casebook.is_casebook(text.folded) else outline(text, has_clause, head.interprets)
    duties = {i.id: found[0].end for i in plan.items if (found := prose.titled(words, i.title_span[0], i.end, resolver))}
    if len(duties) > 1:
        plan = replace(plan, items=tuple(named_by(text, i, duties[i.id] + 1) if i.id in duties else i for i in plan.items))
    if head.kind == "news" and not plan.kind and not head.number and len(duties) < 2 and not any(has_clause(i.start, i.end) for i in plan.items):
        plan = Outline((), (Passage("", "body", 0, len(text.clean)),), (), (), "")  # headings of a report are no measures
    table = tasktable.tasks(text)
    rows = [(t.item.start, t.item.end) for t in table]
    outside = [i for i in plan.items if not any(a < i.end and i.start < b for a, b in rows)]  # nor headings of its rows
    both = outlines.followed_by(table, plan) if len(table) > 1 else None
    listed: Outline | None = None  # the items that no table gives
    restated = 0
    if both is not None:
        listed, plan = replace(both, items=both.items[len(table) :]), both
    elif len(table) >= (2 if plan.items else 1) and not any(has_clause(i.start, i.end) for i in outside):
        plan = outlines.outline(table, len(text.clean))
    else:
        plan, table, restated = outlines.beside(text, table, plan)
        rowed = {t.item.id for t in table}
        listed = replace(plan, items=tuple(i for i in plan.items if i.id not in rowed))
    kind = plan.kind or head.kind
    found_groups = groups.groups(text, resolver)
    owners = ownership.Owners(text, words, resolver, found_groups)
    if kind in ("notice", "news") and (len(duties) > 1 or any(has_clause(i.start, i.end) for i in plan.items)):
        kind = "plan"  # items with responsibilities promise, whatever the title calls them
    states = ownership.by_table(table, owners, first)
    if listed is not None:
        states |= ownership.by_clauses(listed, kind, owners, first)
    for scope in everywhere:
        ownership.beside(owners, states, ownership.reached(plan, scope), scope.clause)
    if not plan.items:
        sure = kind in ("news", "notice") or (kind in ("plan", "measures") and titles.decrees(text.folded))
        kind = kind if sure else "notice" if head.number else "news"
    if not any(r.basis == "stated" and r.role not in ("implementer", "partner") for r in owners.rows):
        owners.partners(plan)
    seen = mentions.read(text, outlines.own_words(plan.passages, table), kind)
    limits = [figures.Cell(task.item.id, *cell) for task in table for cell in task.times]
    ongoing = {cell.measure for cell in limits if figures.ongoing(text.folded, cell)}
    issued = head.issued or (annual.first_year(head.title) if kind not in ("news", "casebook") else "")
    headed = {i.id: i.title for i in plan.items}
    measured, left = figures.read(text, plan.passages, issued, kind, headed, limits)
    measured = titled.directed(measured, headed) if kind == "casebook" else measured
    ownership.by_issuers(owners, plan, head.issuers, states)
    title, notes = _title(head.title, plan, name)
    info = DocumentInfo(
        key=metadata.key((head.number, head.issuer, title, head.issued), text),
        source=name,
        sha256=hashlib.sha256(data).hexdigest(),
        title=title,
        number=head.number,
        issuer="、".join(head.issuers),
        issued=head.issued,
        kind=kind,
        based_on=head.based_on,
        jurisdiction=head.seat.full,
    )
    return FactSheet(
        document=info,
        provisions=tuple(_provision(text, item, states.get(item.id, ""), head.interprets) for item in plan.items),
        responsibilities=tuple(owners.rows),
        agencies=tuple(sorted(owners.names.values(), key=lambda n: (n.canonical, n.printed))),
        groups=found_groups,
        modes=seen.modes,
        stackings=seen.stackings,
        definitions=seen.definitions,
        ports=seen.ports,
        platforms=seen.platforms,
        figures=links.linked(annual.dated(measured, title, head.issued, ongoing), seen.modes, seen.ports),
        unread=(*owners.unread, *left),
        notes=(*notes, *_restated(restated), *_presumed(head.seat), *_losses(text)),
    )


def _title(stated: str, plan: Outline, name: str) -> tuple[str, tuple[str, ...]]:
    """The title and what a reader should know: a supplied title stands in square brackets (ISBD A.6)."""
    notes = () if plan.items else ("无编号条目，全文作一体阅读 / no numbered items: read as one body",)
    if stated:
        return stated, notes
    cases = sum(1 for item in plan.items if item.kind == "case")
    supplied = f"[案例汇编，{cases} 例]" if cases else f"[{name.rsplit('.', 1)[0]}]"
    return supplied, (*notes, "原文无题名，方括号内为代拟 / no title in the text: the one in brackets is supplied")


def _restated(rows: int) -> tuple[str, ...]:
    """Rows of a table that say once more what the items say."""
    return (f"附表 {rows} 行与正文条目重复，未另列 / {rows} rows of a table restate the items and are not listed again",) if rows else ()


def _presumed(seat: Seat) -> tuple[str, ...]:
    """A seat that no heading, issuer or 文号 states."""
    return (f"文头未署地名，按正文推定为{seat.full} / no place in the heading: presumed from the text",) if seat.presumed else ()


def _losses(text: Text) -> tuple[str, ...]:
    """Characters that decoding could not give."""
    lost = text.source.count("\ufffd")
    return (f"{lost} 个字符无法解码 / {lost} characters could not be decoded",) if lost else ()


def _provision(text: Text, item: Item, state: str, interprets: str) -> Provision:
    span = text.evidence(item.start, item.end)
    kind = "interpretation" if interprets and item.kind == "measure" else item.kind
    made = Provision(item.id, item.parent, kind, item.number, item.title, item.section, span.start, span.end, state)
    return replace(made, of_document=interprets, of_measure=item.id, clause_state="") if kind == "interpretation" else made
