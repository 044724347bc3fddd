"""Responsibility clause → units with roles, or what of it was not understood.

A clause stands in brackets after a sentence （A牵头，B、C参与）, behind a label (牵头单位：A；配合
单位：B) or as a sentence of its own (由A牵头，会同B落实。). Every character of it is consumed,
listed as ignorable (a time, a reference) or reported as unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from guanlian.loaders.namelists import Piece, pieces
from guanlian.loaders.names import Resolved, Resolver
from guanlian.loaders.parts import (
    ALWAYS,
    CLOSE,
    LISTS,
    OPEN,
    Part,
    chunks,
    only_rule,
    parts_of,
    patterns,
    signed,
    spaced,
    verb_end,
    without_rule,
)
from guanlian.loaders.regions import ZONE
from guanlian.loaders.seats import is_place

_BRACKET = re.compile(r"[（(〔［\[【]")
_ANY_BRACKET = re.compile(r"[（(〔［\[【）)〕］\]】]")
_LABEL_MARK = re.compile(r"[:：]")
_REGION = re.compile(r"[\u4e00-\u9fff]{2,8}(?:市|县|区|旗|镇|乡|街道)")
_GOVERNMENT = re.compile(r"[市县区旗镇乡)）](?:人民)?政府|行政公署|行署")
_SHARED = re.compile(r"(?:[、和及][\u4e00-\u9fff]{2,6}?){0,6}?[、和及][\u4e00-\u9fff]{2,6}?(?P<end>海关|海事局|边检站|边检总站|特派办|税务局|银保监局|证监局)(?![\u4e00-\u9fff])")
_COMMITTEE = re.compile(r"(?:区|港|城)管(?:委会|理委员会)")
_ZONE_NAME = re.compile(rf"[\u4e00-\u9fff]{{0,12}}{ZONE.pattern}")
_COLLECTIVE_HEAD = re.compile(r"(?:各|相关|有关)(?:有关|相关)?(?:边境|沿海|沿边)?(?:设区的?市|地级(?:以上)?市|[\u4e00-\u9fff（）()、]{2,14}(?:政府|公署|行署)|(?:[省市州区县特盟地乡镇（）()、]|自治[区县州旗]?|直辖市){1,12}|街道(?:办事处)?)")
_COLLECTIVE_TAIL = re.compile(r"市(?:人民)?政府|行政公署|行署|自治[区县州旗]|直辖市|(?:开发区|功能区|园区|经开区|高新区)?管委会|(?:县|区|特区|旗|市(?:$|[（(])|州|盟|直管|乡|镇|街道)[\u4e00-\u9fff（）()、]{0,14}")


@dataclass(frozen=True, slots=True)
class Owner:
    """One unit of a clause: who, its role, and its words."""

    unit: Resolved
    role: str
    piece: Piece


@dataclass(frozen=True, slots=True)
class Clause:
    """A responsibility clause: its span, its owners and the names in it that were not understood."""

    start: int
    end: int
    owners: tuple[Owner, ...]
    unread: tuple[Piece, ...]
    none: bool = False


class FirstRule(NamedTuple):
    """A rule that the first unit of every list leads: from where on, and whether lists with 按职责分工负责 are meant, too."""

    start: int
    duty: bool

    def at(self, end: int) -> int:
        """What holds for a list before that position: 0, ``LISTS`` or ``ALWAYS``."""
        return 0 if end <= self.start else ALWAYS if self.duty else LISTS


def first_leads(text: str) -> FirstRule | None:
    """Whether and from where on the document says so of all its lists (下同, or stated outside any clause)."""
    for match in patterns()["first"].finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        duty = "职责" in text[max(line, match.start() - 40) : match.start()]
        if "\t" in text[line : match.start()] or text.startswith("\t", text.find("\t", match.end(), match.end() + 16)):
            return FirstRule(0, duty)  # the head of a table's column
        if _SAME_BELOW.match(text, match.end(), match.end() + 14):
            return FirstRule(match.start(), duty)
        opening = max(text.rfind(c, max(0, match.start() - 200), match.start()) for c in OPEN)
        if opening < 0 or _match(text, opening, len(text)) < match.start() or "\n" in text[opening : match.start()]:
            return FirstRule(0, duty)
        nested = sum((c in OPEN) - (c in CLOSE) for c in text[line:opening]) > 0
        if _OF_ALL.search(text, opening + 1, match.start()) or (_NO_LIST.fullmatch(text, opening + 1, match.start()) and not nested):
            return FirstRule(opening, duty)
    return None


_SAME_BELOW = re.compile(r"[^。）)]{0,10}(?:下同|后同)")
_OF_ALL = re.compile(r"[各下以]?[各列下述]?(?:项|条|类|有关)?(?:重点)?(?:工作|目标)?(?:任务|措施|事项|分工|清单|政策)(?:[^。；;、]{0,12})[，,；;。]?$")
_NO_LIST = re.compile(r"\s*(?:注[:：])?(?:以下|下列|各项)?(?:责任|牵头)?(?:单位|部门)?(?:中|栏)?[,，]?")
"""A bracket that speaks of all tasks, or lists no unit of its own: its rule holds from there on."""


def find(text: str, start: int, end: int, resolver: Resolver, *, first: int = 0) -> list[Clause]:
    """Clauses in ``text[start:end]`` (folded), in order; brackets first, then lines and sentences."""
    found = _without_asides(text, _bracketed(text, start, end, resolver, first))
    taken = [(c.start, c.end) for c in found]
    found += _labelled_lines(text, start, end, resolver, first, taken)
    if not found:
        found += _sentences(text, start, end, resolver, first)
    return sorted(found, key=lambda c: c.start)


def _bracketed(text: str, start: int, end: int, resolver: Resolver, first: int) -> list[Clause]:
    found: list[Clause] = []
    for opening in _BRACKET.finditer(text, start, end):
        at = opening.start()
        if found and at < found[-1].end:
            continue
        close = _match(text, at, end)
        if close < 0:
            found += _unclosed(text, at, end, resolver, first)
            continue
        key = at, text[max(0, at - 1) : min(end, close + 2)], at > 0, close + 1 >= end, first
        if key not in resolver.clauses:
            resolver.clauses[key] = _in_brackets(text, at, close, end, resolver, first)
        if clause := resolver.clauses[key]:
            found.append(clause)
    return found


def _unclosed(text: str, at: int, end: int, resolver: Resolver, first: int) -> list[Clause]:
    """A clause at the end of a line whose closing bracket was lost in print."""
    stop = text.find("\n", at, end)
    stop = at + len(text[at : end if stop < 0 else stop].rstrip(" 　。；;"))
    if (at > 0 and text[at - 1] not in "。；！;\n 　") or not _plausible(text[at + 1 : stop]):
        return []
    clause = clause_of(text, at, stop, parts_of(text, at + 1, stop), resolver, first)
    return [clause] if clause.owners and len(clause.unread) <= len(clause.owners) else []


def _without_asides(text: str, found: list[Clause]) -> list[Clause]:
    """Drops bare lists inside a sentence (对接国家部委（商务部、海关总署），…) where a clause stands behind a stop or says a role."""
    strong = [c for c in found if c.start == 0 or text[c.start - 1] in "。；！;\n" or patterns()["cue"].search(text, c.start, c.end)]
    return strong or found


def _match(text: str, at: int, end: int) -> int:
    """Index of the bracket that closes the one at ``at``, or -1; a clause never spans 500 characters."""
    depth = 0
    for mark in _ANY_BRACKET.finditer(text, at, min(end, at + 500)):
        depth += 1 if mark[0] in OPEN else -1
        if depth == 0:
            return mark.start()
    return -1


def _in_brackets(text: str, at: int, close: int, end: int, resolver: Resolver, first: int) -> Clause | None:
    inner = text[at + 1 : close]
    if len(inner.strip()) < 1 or len(inner) > 480:
        return None
    if only_rule(text, at, close + 1):
        return None
    text, first = without_rule(text, at + 1, close, first)
    closes_sentence = close + 1 >= end or text[close + 1] in "\n。；;，" or at > 0 and text[at - 1] in "。；！;"
    if patterns()["none"].match(inner.strip()):
        return Clause(at, close + 1, (), (), none=True) if closes_sentence else None
    cued = bool(patterns()["cue"].search(inner))
    text = spaced(text, at + 1, close)
    parts = parts_of(text, at + 1, close)
    clause = clause_of(text, at, close + 1, parts, resolver, first)
    if cued and parts and (any(p.kind != "bare" for p in parts) or patterns()["first"].search(inner)):
        if clause.owners and (len(clause.unread) <= len(clause.owners) or closes_sentence):
            return clause
        return clause if clause.unread and closes_sentence and _plausible(inner) else None
    listed = close + 1 >= end or text[close + 1] == "\n"
    if listed and not cued and len(clause.unread) == 1 < len(clause.owners) and len(clause.unread[0].words) <= 16:
        return clause  # a bare list at the end of a paragraph, one of its names not understood
    if clause.owners and not clause.unread and closes_sentence:
        if len(clause.owners) == 1 and at > 0 and text[at - 1] in "局委厅办部署室院会司处关心府站":
            return None
        if len(clause.owners) == 1 and at > 0 and text[at - 1] not in "。；！\n ：;" and close + 1 < end and text[close + 1] != "\n":
            return None  # 市市场监管局（知识产权局）负责…: a second name, not a clause
        return clause
    return None


def _plausible(inner: str) -> bool:
    """Whether bracketed words that were not understood look like a clause at all."""
    return bool(re.search(r"牵头|责任单位|配合单位|参与单位|职责分工|(?:负责|配合|参与)$", inner)) and len(inner) < 160


def clause_of(text: str, start: int, end: int, parts: list[Part], resolver: Resolver, first: int) -> Clause:
    """The units of governed stretches with their roles; names not understood are kept as unread."""
    listed: list[tuple[Part, list[tuple[Piece, Resolved]]]] = []
    unread: list[Piece] = []
    prefix = ""
    if patterns()["first"].search(text, start, end):
        first = ALWAYS  # said of this very list
    led = any(part.kind == "lead" for part in parts)
    parts = [replace(part, kind="participant" if led else "lead") if part.kind == "together" else part for part in parts]
    for part in [p for whole in parts for p in signed(text, whole)]:
        if part.kind in ("time", "person"):
            continue
        units: list[tuple[Piece, Resolved]] = []
        found = _grouped(pieces(text, part.start, part.end), text)
        if any(_ETC_GOVERNMENTS.fullmatch(piece.words) for piece in found):
            part = replace(part, plural=True)
        for piece in found:
            piece, unit = _unit(piece, prefix, text, part.end, resolver)
            if unit is None and all(_REGION.fullmatch(p.words) for p in found) and part.kind != "bare":
                unit = resolver.government(piece.words)
            if unit is None:
                if not _ignorable(piece.words):
                    unread.append(piece)
                continue
            prefix = unit.prefix or prefix
            units.append((piece, unit))
        listed.append((part, units))
    owners = _roles(listed, first)
    if unread and len(owners) == 1 and owners[0].role == "lead" and not any(p.kind == "lead" for p, _ in listed):
        owners = [replace(owners[0], role="joint")]  # others stand beside it, only not understood
    return Clause(start, end, tuple(owners), tuple(unread))


def _unit(piece: Piece, prefix: str, text: str, end: int, resolver: Resolver) -> tuple[Piece, Resolved | None]:
    """The unit of a piece: whole, or behind the task it is charged with (培训基地建设教育部负责), or a city whose 市政府 stands later."""
    if etc := _ETC_GOVERNMENTS.fullmatch(piece.words):
        piece = Piece(etc["name"], piece.start, piece.start + len(etc["name"]))
        return piece, resolver.government(piece.words, "elided-suffix")
    if _ZONE_NAME.fullmatch(piece.words) and _COMMITTEE.search(text, piece.end, end) and not _GOVERNMENT.search(text, piece.end, end):
        whole = resolver.resolve(piece.words + "管委会")
        return piece, whole or resolver.government(piece.words)
    unit = resolver.resolve(piece.words, prefix)
    if unit is not None and unit.rule != "form":
        return piece, unit
    if unit is None and _GOVERNMENT.search(text, piece.end, end) and (seat := resolver.government(piece.words, "elided-suffix")):
        return piece, seat
    if unit is None and is_place(piece.words) and (shared := _SHARED.match(text, piece.end, end)):  # 满洲里、南宁海关: what ends the last name ends them all
        return piece, resolver.resolve(piece.words + shared["end"])
    offset, tail = resolver.tail(piece.words)
    if tail is not None:
        return Piece(piece.words[offset:], piece.start + offset, piece.end), tail
    return piece, unit


_ETC_GOVERNMENTS = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,6}?[市县区旗])等(?:有关|相关|其他)?[市县区州旗（）()、]{1,8}(?:人民)?政府")


def _grouped(found: list[Piece], text: str) -> list[Piece]:
    """Collectives whose own name holds a list mark are one: 各市、县（区）人民政府."""
    merged: list[Piece] = []
    for piece in found:
        last = merged[-1] if merged else None
        if (
            last is not None
            and _COLLECTIVE_HEAD.fullmatch(last.words)
            and _COLLECTIVE_TAIL.match(piece.words)
            and text[last.end : piece.start].strip() == "、"
        ):
            merged[-1] = Piece(f"{last.words}、{piece.words}", last.start, piece.end)
        else:
            merged.append(piece)
    return merged


def _ignorable(words_: str) -> bool:
    return bool(
        re.fullmatch(r"[\s、，,。；;：:.()（）]*", words_)
        or patterns()["time"].search(words_)
        or re.fullmatch(r"等(?:有关|相关|各|市|省)*(?:部门|单位|机构|地区|方面)?|排名第一的为牵头(?:单位|部门)|(?:以)?下同|后同|无|/|按职责分工|(?:相关)?责任部门", words_.strip())
        or patterns()["first"].search(words_)
    )


def _roles(listed: list[tuple[Part, list[tuple[Piece, Resolved]]]], first: int) -> list[Owner]:
    """Roles by what governs each list, knowing whether the clause has a lead."""
    has_lead = any(part.kind == "lead" and units for part, units in listed)
    open_parts = [(p, u) for p, u in listed if p.kind in ("joint", "bare", "implement") and u]
    if not has_lead and _alone_before_others(open_parts):
        alone = open_parts[0][0]
        return _roles([(replace(part, kind="lead") if part is alone else part, units) for part, units in listed], first)
    owners: list[Owner] = []
    seen: set[tuple[str, str]] = set()
    for part, units in listed:
        for k, (piece, unit) in enumerate(units):
            if part.kind in ("lead", "participant"):
                role = part.kind
            elif has_lead or open_parts and part is not open_parts[0][0] and part.kind == "implement":
                role = "participant"
            elif first and (first == ALWAYS or not part.by_duty) and sum(len(u) for _, u in open_parts) > 1:
                role = "lead" if k == 0 and part is open_parts[0][0] else "participant"
            elif len(units) == 1 and unit.collective and len(listed) == 1 and re.match(r"(?:国务院|中央|本?[省市区县州](?:直属?|级)?|自治区(?:直属?|级)?)?(?:各|有关|相关)[\u4e00-\u9fff、]{0,12}(?:部门|单位|地区)$|.*成员单位$", unit.canonical):
                role = "joint"  # many are no single lead
            elif len(units) == 1 and not part.plural and part is open_parts[0][0] and all(p.kind == "implement" for p, _ in open_parts[1:]):
                role = "lead"
            else:
                role = "joint"
            if (unit.canonical, role) not in seen:
                seen.add((unit.canonical, role))
                owners.append(Owner(unit, role, piece))
    return owners


def _alone_before_others(open_parts: list[tuple[Part, list[tuple[Piece, Resolved]]]]) -> bool:
    """A负责，B、C按职责分工负责: one unit answers, the others for what is theirs."""
    if len(open_parts) < 2:
        return False
    (part, units), *others = open_parts
    alone = part.kind == "joint" and not part.by_duty and not part.plural and len(units) == 1 and not units[0][1].collective
    return alone and all(other.by_duty or other.kind == "implement" for other, _ in others) and any(other.by_duty for other, _ in others)


def _labelled_lines(
    text: str, start: int, end: int, resolver: Resolver, first: int, taken: list[tuple[int, int]]
) -> list[Clause]:
    """责任单位：A、B on lines of their own or at the end of a paragraph; neighbours are one clause."""
    if not _LABEL_MARK.search(text, start, end):
        return []
    marks = [
        m
        for m in patterns()["label"].finditer(text, start, end)
        if m.lastgroup in ("lead", "participant", "joint")
        and not any(a <= m.start() < b for a, b in taken)
        and (m.start() == start or text[m.start() - 1] in "\n。；; \t　、，," or text[start : m.start()].strip() == "")
        and (":" in m[0] or "：" in m[0])
    ]
    found: list[Clause] = []
    k = 0
    while k < len(marks):
        begin = marks[k].start()
        stop = _line_stop(text, marks[k].end(), end)
        while k + 1 < len(marks) and not text[stop : marks[k + 1].start()].strip(" 　\n\t；;。，,"):
            k += 1
            stop = _line_stop(text, marks[k].end(), end)
        listed, leads = without_rule(text, begin, stop, first)
        listed = spaced(listed, begin, stop)
        clause = clause_of(listed, begin, stop, parts_of(listed, begin, stop), resolver, leads)
        if patterns()["none"].match(text[begin:stop].strip()):
            clause = Clause(begin, stop, (), (), none=True)
        if clause.owners or clause.unread or clause.none:
            found.append(clause)
        k += 1
    return found


def _line_stop(text: str, at: int, end: int) -> int:
    line = text.find("\n", at, end)
    line = end if line < 0 else line
    stop = text.find("。", at, line)
    return line if stop < 0 else stop


_CHARGED = re.compile(r"\s*(?P<lead>[\u4e00-\u9fff（）、]{3,40}?)(?:要|应当?|须|负责)(?:会同|联合)(?P<help>[\u4e00-\u9fff（）、]{3,60})")


def _charged(text: str, start: int, end: int, resolver: Resolver, first: int) -> Clause | None:
    """A要会同B做…: who is charged and with whom, in an item that has no other clause."""
    match = _CHARGED.match(text, start, end)
    if match is None:
        return None
    helpers = pieces(text, match.start("help"), match.end("help"))
    last = helpers[-1]
    for stop in range(len(last.words), 1, -1):
        unit = resolver.resolve(last.words[:stop])
        if unit and (not unit.provisional or unit.rule != "form"):
            helpers[-1] = Piece(last.words[:stop], last.start, last.start + stop)
            break
    else:
        helpers.pop()
    parts = [Part("lead", match.start("lead"), match.end("lead"))]
    leads = clause_of(text, match.start("lead"), match.end("lead"), parts, resolver, 0)
    if leads.unread or not leads.owners or any(o.unit.collective or len(o.piece.words) < 3 for o in leads.owners):
        return None
    if helpers:
        parts.append(Part("participant", helpers[0].start, helpers[-1].end))
    return clause_of(text, match.start("lead"), parts[-1].end, parts, resolver, first)


_SENTENCE = re.compile(r"[^。；;！\n]+")


def _sentences(text: str, start: int, end: int, resolver: Resolver, first: int) -> list[Clause]:
    """由A牵头，会同B落实。 as a sentence of its own, every chunk of it consumed."""
    found = []
    for match in _SENTENCE.finditer(text, start, end):
        if charged := _charged(text, match.start(), match.end(), resolver, first):
            found.append(charged)
            continue
        words_ = match[0].strip()
        if not 4 <= len(words_) <= 200 or not patterns()["cue"].search(words_):
            continue
        a = match.start() + match[0].index(words_)
        b = a + len(words_)
        if not (verb_end(text, a, b) or patterns()["time"].search(words_)):
            continue
        parts = parts_of(text, a, b)
        if not parts or any(p.kind in ("bare", "implement") for p in parts) and not words_.lstrip().startswith("由"):
            continue
        if any(p.kind == "bare" for p in parts) or any(patterns()["duty"].search(words_[i:j]) for i, j in chunks(words_, 0, len(words_))):
            continue
        clause = clause_of(text, a, b, parts, resolver, first)
        if clause.owners and not clause.unread:
            found.append(clause)
    return found
