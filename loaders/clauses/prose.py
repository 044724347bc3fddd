"""Clauses that stand in sentences: 由A牵头，会同B落实。; A要会同B做…; …由A负责，…由B负责."""

from __future__ import annotations

import re
from dataclasses import replace

from guanlian.loaders.clauses.parts import Part, chunks, parts_of, patterns, verb_end
from guanlian.loaders.clauses.roles import Clause, clause_of
from guanlian.loaders.names import Resolver
from guanlian.loaders.names.namelists import pieces

_CHARGED = re.compile(r"\s*(?P<lead>[\u4e00-\u9fff（）、]{3,60}?)(?:要|应当?|须|负责)(?:牵头(?:负责|组织)?)?(?:会同|联合)(?P<help>[\u4e00-\u9fff（）、]{3,80})")
_TO_LEAD = re.compile(r"\s*(?P<who>[\u4e00-\u9fff（）、]{3,60}?)(?:要|应当?|须)牵头(?!单位|部门)")
_ORDERED = re.compile(r"\s*(?P<who>[\u4e00-\u9fff（）、]{3,60}?)(?:要|应当?|须)(?![素点件求领闻知])")


def charged(text: str, start: int, end: int, resolver: Resolver, first: bool) -> Clause | None:
    """A要会同B做…: who is charged and with whom, in an item that has no other clause."""
    match = _CHARGED.match(text, start, end)
    if match is None:
        return _ordered(text, start, end, resolver, _TO_LEAD, "lead")
    parts = [Part("lead", match.start("lead"), match.end("lead"))]
    leads = clause_of(text, match.start("lead"), match.end("lead"), parts, resolver, False)
    if leads.unread or not leads.owners or any(o.unit.collective or len(o.piece.words) < 3 for o in leads.owners):
        return None
    if stop := _units_end(text, match.start("help"), match.end("help"), resolver):
        parts.append(Part("participant", match.start("help"), stop))
    return clause_of(text, match.start("lead"), parts[-1].end, parts, resolver, first)


def _ordered(text: str, start: int, end: int, resolver: Resolver, order: re.Pattern[str], kind: str) -> Clause | None:
    """The units that a sentence begins with and orders to do something (海关总署要牵头…); None where it begins with others."""
    match = order.match(text, start, end)
    if match is None:
        return None
    clause = clause_of(text, *match.span("who"), [Part(kind, *match.span("who"))], resolver, False)
    return clause if _known(clause) and not any(o.unit.collective or len(o.piece.words) < 3 for o in clause.owners) else None


def _units_end(text: str, start: int, end: int, resolver: Resolver) -> int:
    """Where the units end that a stretch begins with, all of them known; 0 where it begins with none."""

    def known(stop: int) -> bool:
        return _known(clause_of(text, start, stop, [Part("joint", start, stop)], resolver, False))

    reached = 0
    for piece in pieces(text, start, end):
        if not known(piece.end):
            within = range(piece.end - 1, piece.start + 1, -1)
            return next((stop for stop in within if text[stop - 1] in _LAST and known(stop)), reached)
        reached = piece.end
    return reached


_LAST = "局委厅办部署院关会府司团心行处站室社区县市州位门"


def _known(clause: Clause) -> bool:
    """Whether every name of a clause is understood, none by its form alone."""
    return bool(clause.owners) and not clause.unread and not any(o.unit.provisional and o.unit.rule in ("form", "place-form") for o in clause.owners)


_MODIFIER = r"(?:审批|审核|受理|办理|实施|管理|监管|落实|组织|建设|编制|制定|推进|主管|起草|统筹|协调|建立|成立|组建|开展|召集|参与|负责|执行){0,2}的"
_NO_MODIFIER = rf"(?!{_MODIFIER})"
"""由A负责审批的项目 tells which project, not who answers for the item."""
_BY = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff“”、]{2,20})?(?<![自经理])由(?P<who>(?![其此])[\u4e00-\u9fff（）、]{3,60}?)"
    r"(?:(?P<joint>共同负责|分别负责|按职责分工负责)|(?P<lead>牵头)|负责|承担|组织实施|统筹)(?!人|制(?!定)|任)" + _NO_MODIFIER
)
_LED = re.compile(r"(?:(?<=[。；;，,\n])|^)\s*请?(?P<who>[\u4e00-\u9fff（）、]{3,60}?)(?P<lead>牵头)(?!单位|部门|人)" + _NO_MODIFIER)
_WITH = re.compile(r"(?:(?![会商])[\u4e00-\u9fff]){0,10}[，,、]?并?(?:会同|联合|商)(?P<rest>(?:(?!与)[\u4e00-\u9fff（）、]){3,160})")
_HELPED = re.compile(
    r"[\u4e00-\u9fff]{0,12}?[，,、；;](?P<rest>[\u4e00-\u9fff（）、]{3,120}?)(?:积极|密切|协同|予以|共同|按(?:照)?(?:各自)?职责(?:分工)?)*"
    r"(?:配合|参与|协助|协办|参加|(?<=职责)负责|(?<=分工)负责|(?<=职责)落实|(?<=分工)落实)"
)
_MODIFIES = re.compile(_MODIFIER)
_BY_BOTH = re.compile(r"(?<![自经理])由(?P<who>(?![其此])[\u4e00-\u9fff（）、]{2,40}?)(?:会同|联合|商)(?P<rest>(?:(?!与)[\u4e00-\u9fff（）、]){3,160})")
_BY_ONE = re.compile(
    r"(?<![自经理])由(?P<who>(?![其此])[\u4e00-\u9fff（）、]{3,80}?)(?:分别|共同|具体)?"
    r"(?:研究(?:并)?(?:提出|制定|落实)|提出(?:具体|落实|贯彻|实施)+意见|起草|承办|办理|(?:组织|抓好|督促|推动)落实)[^，,。；;：:\n]{0,14}(?=[。；;\n]|$)"
)
_NAMED = re.compile(
    r"(?:(?<=[。；;，,\n])|^)\s*(?P<who>[\u4e00-\u9fff（）、]{3,90}?)(?:为|是|作为)(?:[\u4e00-\u9fff“”《》]{2,16}的)?"
    r"(?:(?P<lead>牵头|主办|主要责任|第一责任)|(?P<participant>协办|配合|参与|协助|协同)|(?P<joint>责任|承办|实施))(?:责任|实施)?(?:单位|部门)(?=[，,。；;\n]|$)"
)


def running(text: str, start: int, end: int, resolver: Resolver) -> list[Clause]:
    """Who is charged in the running words of an item: 公路工地由A负责，水利工地由B负责; 由A会同B等部门提出意见; A为牵头单位; A负责…."""
    found: list[Clause] = []
    for match in _BY_BOTH.finditer(text, start, end):
        if stop := _units_end(text, *match.span("rest"), resolver):
            parts = [Part("lead", *match.span("who")), Part("participant", match.start("rest"), stop)]
            found.append(clause_of(text, match.start("who"), stop, parts, resolver, False))
    for pattern in (_BY, _LED, _BY_ONE, _NAMED):
        for match in pattern.finditer(text, start, end):
            if pattern in (_BY, _LED) and _modifier(text, match.end(), end):
                continue
            kinds = match.groupdict()
            kind = next((k for k in ("lead", "participant") if kinds.get(k)), "joint")
            part = Part(kind, *match.span("who"), by_duty=pattern is _BY and bool(kinds["joint"]))
            found.append(clause_of(text, match.start("who"), match.end(), [part], resolver, False))
            if pattern in (_BY, _LED) and (helpers := _helpers(text, match.end(), end, resolver)):
                found.append(clause_of(text, match.start("who"), helpers.end, [part, helpers], resolver, False))
    found += _opening(text, start, end, resolver)
    kept: list[Clause] = []
    for clause in sorted((c for c in found if _known(c)), key=lambda c: (c.start, -c.end)):
        if not kept or clause.start >= kept[-1].end:
            kept.append(clause)
    return kept


def _helpers(text: str, start: int, end: int, resolver: Resolver) -> Part | None:
    """Who takes part beside a lead in running words: …牵头，会同B制定…; …牵头制定，B、C配合."""
    if (match := _WITH.match(text, start, end)) and (stop := _units_end(text, *match.span("rest"), resolver)):
        return Part("participant", match.start("rest"), stop)
    match = _HELPED.match(text, start, end)
    return Part("participant", *match.span("rest")) if match else None


def _modifier(text: str, start: int, end: int) -> bool:
    """Whether words behind a lead only tell of a mechanism: A牵头、B配合的工作机制."""
    match = _HELPED.match(text, start, end)
    return bool(match and _MODIFIES.match(text, match.end(), end))


_OPENING = re.compile(
    r"\s*(?P<who>(?:(?!由)[\u4e00-\u9fff（）、]){3,90}?)(?:(?:协同|配合|协助)(?P<helped>[\u4e00-\u9fff（）]{3,30}?))?[：:，,。]?\s*(?:主要|具体|统一|全面|共同|分别)?(?:负责|承担)(?!人|同志|制|任|单位|部门|[，,。；;、]|$)"
    + _NO_MODIFIER
)
_NEXT = re.compile(r"[。；;\n]")


def _opening(text: str, start: int, end: int, resolver: Resolver) -> list[Clause]:
    """An item that begins with its owner (市公安局负责…; A、B协同C负责…), and the sentences behind it that do as well."""
    found: list[Clause] = []
    at = start
    while match := _OPENING.match(text, at, end):
        who, helped = match.span("who"), match.span("helped")
        parts = [Part("participant", *who), Part("lead", *helped)] if match["helped"] else [Part("joint", *who)]
        clause = clause_of(text, who[0], match.end(), parts, resolver, False)
        if not _known(clause):
            break
        found.append(clause)
        stop = _NEXT.search(text, match.end(), end)
        if stop is None:
            break
        at = stop.end()
    return found


_HEADED = re.compile(
    r"(?:由)?(?P<who>[\u4e00-\u9fff（）、]{3,60}?)(?:(?P<lead>牵头)|(?P<joint>负责|承办|主办))(?:负责|承办|落实|办理|推进|组织|实施|完成)*的?"
    r"(?:重点|主要|目标|各项){0,2}(?:工作|任务|事项|项目|目标|内容|措施|清单){0,2}(?:[（(][^（()）\n]{1,12}[)）])?\s*"
)


def headed(text: str, start: int, end: int, resolver: Resolver) -> list[Clause]:
    """The units that a heading names for all the items below it: 一、市商务局牵头的工作（8项）."""
    if (match := _HEADED.fullmatch(text, start, end)) is None:
        return []
    clause = clause_of(text, *match.span(), [Part("lead" if match["lead"] else "joint", *match.span("who"))], resolver, False)
    return [clause] if _known(clause) else []


_TITLED = re.compile(r"\s*(?P<who>[\u4e00-\u9fff（）、]{2,60}?(?:[局委厅办部署院关站司]|部门|单位|政府|中心|公司|[支总大]队|银行|街道|办公室|委员会)(?:（[^（）]*）)?)(?:[：。]\s*|\s+(?=负责|牵头|依|按))(?=[\u4e00-\u9fff“《（][^\n]{5})")


def titled(text: str, start: int, end: int, resolver: Resolver) -> list[Clause]:
    """The unit whose duty an item tells, which is its title: （一）市公安局：负责…；（二）教育部门。依法…."""
    if (match := _TITLED.match(text, start, end)) is None:
        return []
    clause = clause_of(text, *match.span("who"), [Part("joint", *match.span("who"))], resolver, False)
    seated = all(_OF_A_LEVEL.match(o.piece.words) for o in clause.owners)
    return [clause] if _known(clause) or clause.owners and not clause.unread and seated else []


_OF_A_LEVEL = re.compile(r"[省市区县州盟旗][\u4e00-\u9fff]{2}")
"""A name that says it is a government's, though the paper does not say whose."""
_EACH = re.compile(r"[\u4e00-\u9fff](?<!自)由")
"""A task of its own before each unit: they do not share one."""
_SAID = re.compile(r"(?:牵头|责任|主办|主要责任)(?:责任)?(?:单位|部门)为(?![:：])")
_SENTENCE = re.compile(r"[^。；;！\n]+")


def sentences(text: str, start: int, end: int, resolver: Resolver, first: bool) -> list[Clause]:
    """由A牵头，会同B落实。 as a sentence of its own, every chunk of it consumed."""
    found, asked = [], False
    for match in _SENTENCE.finditer(text, start, end):
        if clause := charged(text, match.start(), match.end(), resolver, first):
            found.append(clause)
            asked = True
            continue
        words_ = match[0].strip()
        if not 4 <= len(words_) <= 200 or not patterns()["cue"].search(words_) or len(_EACH.findall(words_)) > 1:
            continue
        a = match.start() + match[0].index(words_)
        b = a + len(words_)
        if not (verb_end(text, a, b) or patterns()["time"].search(words_) or _SAID.match(words_)):
            continue
        parts = parts_of(text, a, b)
        if not parts or any(p.kind in ("bare", "implement") for p in parts) and not words_.lstrip().startswith("由"):
            continue
        if any(p.kind == "bare" for p in parts) or any(patterns()["duty"].search(words_[i:j]) for i, j in chunks(words_, 0, len(words_))):
            continue
        clause = clause_of(text, a, b, parts, resolver, first)
        if clause.owners and not clause.unread:
            found.append(clause)
    if not asked:
        return found
    leads = {o.unit.canonical for c in found for o in c.owners if o.role == "lead"}
    others = (m for m in _SENTENCE.finditer(text, start, end) if not any(m.start() <= c.start < m.end() for c in found))
    ordered = [c for m in others if (c := _ordered(text, *m.span(), resolver, _ORDERED, "joint"))]  # among sentences that say who leads
    kept = [replace(c, owners=left) for c in ordered if (left := tuple(o for o in c.owners if o.unit.canonical not in leads))]
    return sorted([*found, *kept], key=lambda c: c.start)
