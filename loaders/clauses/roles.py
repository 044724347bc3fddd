"""The names of a clause → units with their roles; what is not understood is kept as unread."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from guanlian.loaders.clauses import kinds
from guanlian.loaders.clauses.parts import Part, patterns, signed
from guanlian.loaders.names import Resolved, Resolver
from guanlian.loaders.names.namelists import Piece, pieces
from guanlian.loaders.names.regions import ZONE
from guanlian.loaders.names.seats import is_place, lies_in

_REGION = re.compile(r"[\u4e00-\u9fff]{2,8}(?:市|县|区|旗|镇|乡|街道)")
_GOVERNMENT = re.compile(r"[市县区旗镇乡)）](?:人民)?政府|行政公署|行署")
_SHARED = re.compile(r"(?:[、和及][\u4e00-\u9fff]{2,6}?){0,6}?[、和及][\u4e00-\u9fff]{2,6}?(?P<end>海关|海事局|边检站|边检总站|出入境边防检查总?站|特派办|(?:国家|地方)?税务局|(?:金融|民航|邮政)?监管局|[银保证]监局|银保监局|(?:出入境)?检验检疫局|铁路局|邮政管理局|通信管理局|外汇管理局|气象局)(?:(?=[及和与等])|(?![\u4e00-\u9fff]))")
_COMMITTEE = re.compile(r"(?:区|港|城)(?:党工委[和、及与])?管(?:委会|理委员会)")
_ZONE_NAME = re.compile(rf"[\u4e00-\u9fff]{{0,12}}{ZONE.pattern}")


@dataclass(frozen=True, slots=True)
class Owner:
    """One unit of a clause: who, its role, its words, and what was guessed of it (see :class:`facts.Responsibility`)."""

    unit: Resolved
    role: str
    piece: Piece
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A responsibility clause: its span, its owners and the names in it that were not understood."""

    start: int
    end: int
    owners: tuple[Owner, ...]
    unread: tuple[Piece, ...]
    none: bool = False


def clause_of(text: str, start: int, end: int, parts: list[Part], resolver: Resolver, first: bool) -> Clause:
    """The units of governed stretches with their roles; names not understood are kept as unread."""
    listed: list[tuple[Part, list[tuple[Piece, Resolved]]]] = []
    unread: list[Piece] = []
    prefix = ""
    if patterns()["first"].search(text, start, end):
        first = True  # said of this very list
    led = any(part.kind == "lead" for part in parts)
    parts = [replace(part, kind="participant" if led else "lead") if part.kind == "together" else part for part in parts]
    for part in [p for whole in parts for p in signed(text, whole)]:
        if part.kind in ("time", "person"):
            continue
        units: list[tuple[Piece, Resolved]] = []
        found = kinds.grouped(pieces(text, part.start, part.end), text)
        if any("等" in piece.words and (_ETC_GOVERNMENTS.fullmatch(piece.words) or _ETC_UNITS.search(piece.words)) for piece in found):
            part = replace(part, plural=True)
        fields = _fields(found, part, resolver)
        for piece in found:
            if piece in fields:
                units.append((piece, fields[piece]))
                continue
            piece, unit = _unit(piece, prefix, text, part.end, resolver, units[-1][1] if units else None)
            if unit is None and part.kind != "bare" and (_is_governed(piece.words, resolver) or all(_REGION.fullmatch(p.words) for p in found)):
                unit = resolver.government(piece.words)
            if unit is None:
                if not _ignorable(piece.words):
                    unread.append(piece)
                continue
            elsewhere = unit.rule == "authority" and bool(resolver.seat.name)  # behind 南宁海关 a bare name is the paper's own again
            prefix = unit.prefix or ("" if elsewhere else prefix)
            units.append((piece, unit))
        listed.append((part, units))
    owners = _roles(listed, first)
    if unread and len(owners) == 1 and owners[0].role == "lead" and not any(p.kind == "lead" for p, _ in listed):
        owners = [replace(owners[0], role="joint")]  # others stand beside it, only not understood
    return Clause(start, end, tuple(owners), tuple(unread))


def _is_governed(words_: str, resolver: Resolver) -> bool:
    """Whether words name a place that stands for its government: a known one, one of the seat's own, or a town in a county's paper."""
    seat = resolver.seat
    return is_place(words_) or lies_in(words_, seat.name) or seat.county and bool(_TOWN.fullmatch(words_))


_TOWN = re.compile(r"(?!中心|重点|特色|建制|有关|相关|其他|试点|示范)[\u4e00-\u9fff]{2,5}(?<!小城)[镇乡]")


def _unit(piece: Piece, prefix: str, text: str, end: int, resolver: Resolver, before: Resolved | None) -> tuple[Piece, Resolved | None]:
    """The unit of a piece behind another: whole, behind the task it is charged with (培训基地建设教育部负责), or a city whose 市政府 stands later."""
    if _REMARK.search(piece.words):
        piece = replace(piece, words=_REMARK.sub("", piece.words))
    piece = replace(piece, words=_ETC_COUNT.sub("等部门", piece.words))
    if kind := kinds.kind_of(piece.words.removesuffix("等"), before):
        return piece, kind
    if "由" in piece.words and (charged := _BY.match(piece.words)):
        piece = Piece(piece.words[charged.end() :], piece.start + charged.end(), piece.end)
    if "等" in piece.words and (etc := _ETC_GOVERNMENTS.fullmatch(piece.words)):
        piece = Piece(etc["name"], piece.start, piece.start + len(etc["name"]))
        return piece, resolver.government(piece.words, "elided-suffix")
    if piece.words.endswith("区") and _ZONE_NAME.fullmatch(piece.words) and _COMMITTEE.search(text, piece.end, end) and not _GOVERNMENT.search(text, piece.end, end):
        whole = resolver.resolve(piece.words + "管委会")
        return piece, whole or resolver.government(piece.words)
    unit = resolver.resolve(piece.words, prefix)
    if (unit is None or unit.rule.endswith("form")) and _ZONE_ALONE.fullmatch(piece.words):
        unit = resolver.resolve(piece.words + "管委会", prefix) or unit
    if (unit is None or unit.collective) and (etc := _ETC_KIND.fullmatch(piece.words)):  # 海关总署等机制成员单位: the one that is named
        named = resolver.resolve(etc["name"], prefix)
        if named is not None and not named.collective:
            return Piece(etc["name"], piece.start, piece.start + len(etc["name"])), named
    if unit is not None and unit.rule != "form":
        return piece, kinds.as_printed(unit, piece)
    if unit is None and is_place(piece.words) and (shared := _SHARED.match(text, piece.end, end)):  # 满洲里、南宁海关: what ends the last name ends them all
        return piece, resolver.resolve(piece.words + shared["end"])
    if unit is None and _GOVERNMENT.search(text, piece.end, end) and (seat := resolver.government(piece.words, "elided-suffix")):
        return piece, seat
    offset, tail = resolver.tail(piece.words)
    if tail is not None:
        return Piece(piece.words[offset:], piece.start + offset, piece.end), tail
    return piece, unit


_REMARK = re.compile(r"(?<=[\u4e00-\u9fff])[（(〔［\[][^（(〔［\[）)〕］\]]*(?:以下简称|下称|简称)[^（(〔［\[）)〕］\]]*[）)〕］\]](?=[\u4e00-\u9fff])")
"""What a name is called later on, said inside it: 各区县〔自治县，以下简称区县〕政府."""
_ZONE_ALONE = re.compile(
    r"(?!各|有关|相关|其他|重点|全[省市县区])[\u4e00-\u9fff“”]{2,16}?(?:(?:高新|经开|开发|新|管理|度假|综保|保税)区|(?<!产业)(?<!工业)(?<!物流)(?:园|合作|示范|实验|试验)区)|(?:国家)?(?:高新|经开|综保)区|(?:综合)?保税区|(?:经济(?:技术)?)?开发区"
)
"""A zone that stands for the committee that runs it."""
_ETC_UNITS = re.compile("等(?:有关|相关|各|市直|省直|县直|区直)*(?:部门|单位)$")
_ETC_COUNT = re.compile(r"等\d{1,2}[个家]?(?:部门|单位|成员单位)$")
_ETC_KIND = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,14}?(?:[局委厅部办署院]|海关))等[\u4e00-\u9fff]{4,20}")
_BY = re.compile(r"[^由]{1,20}(?<!自)由(?=[\u4e00-\u9fff]{3})")
"""A task before the unit that is charged with it: 公路工地由市交通运输局."""
_ETC_GOVERNMENTS = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,6}?[市县区旗])等(?:有关|相关|其他)?[市县区州旗（）()、]{1,8}(?:人民)?政府")


def _fields(found: list[Piece], part: Part, resolver: Resolver) -> dict[Piece, Resolved]:
    """The departments of 市财政、公安、市场监管等部门 or 海关、海事、边检部门, which are named by their fields; all of them or none."""
    for k, last in enumerate(found):
        closing = k == len(found) - 1
        if not (etc := _ETC_FIELDS.fullmatch(last.words) or closing and (_FIELDS.fullmatch(last.words) or part.plural and _FIELD.fullmatch(last.words))):
            continue
        if resolver.resolve(etc["name"]) is not None:
            continue
        listed = {last: etc["name"]}
        for piece in reversed(found[:k]):
            if len(piece.words) <= 8 and resolver.resolve(piece.words) is None:
                listed[piece] = piece.words
            elif len(piece.words) > 3:
                break  # 海关、海事、边检: one of them may be a name already
        first = min(listed, key=lambda piece: piece.start)
        level = first.words[0] if first.words[0] in "省市区县州盟旗" else ""
        names = {piece: words if piece is first or words in _SYSTEMS else level + words for piece, words in listed.items()}
        ends = (*_FIELD_ENDS, "救援支队" if resolver.seat.above else "救援总队")
        units = {p: u for p, words in names.items() if (u := next((u for end in ends if (u := resolver.resolve(words + end)) and not u.provisional), None))}
        if len(units) == len(listed) and len(found) > 1 and (len(listed) > 1 or "等" in last.words or part.plural):
            return units
    return {}


_ETC_FIELDS = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,6})等(?:有关|相关|职能|市直|县直|区直|省直){0,2}(?:部门|单位)")
_FIELDS = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,6})部门")
_FIELD = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,6})")
_FIELD_ENDS = ("局", "委", "厅", "站", "管理局")
_SYSTEMS = ("海关", "海事", "边检", "税务", "消防", "气象", "邮政")
"""Fields whose units are run from the centre: they bear no 市 before them."""


def _ignorable(words_: str) -> bool:
    return bool(
        re.fullmatch(r"[\s、，,。；;：:.()（）]*", words_)
        or patterns()["time"].search(words_)
        or re.fullmatch(r"等(?:有关|相关|各|市|省)*(?:部门|单位|机构|地区|方面)?|排名第一的为牵头(?:单位|部门)|(?:以)?下同|后同|无|/|按职责分工|(?:相关)?责任部门", words_.strip())
        or patterns()["first"].search(words_)
        or re.search(r"见附[件表录]\d*$", words_)
    )


def _roles(listed: list[tuple[Part, list[tuple[Piece, Resolved]]]], first: bool) -> list[Owner]:
    """Roles by what governs each list, knowing whether the clause has a lead."""
    has_lead = any(part.kind == "lead" and units for part, units in listed)
    open_parts = [(p, u) for p, u in listed if p.kind in ("joint", "bare", "implement") and u]
    if not has_lead and _alone_before_others(open_parts):
        alone = open_parts[0][0]
        return _roles([(replace(part, kind="lead") if part is alone else part, units) for part, units in listed], first)
    helped = any(part.kind == "participant" and units for part, units in listed)
    if helped and not has_lead and not first and (charged := [p for p, _ in open_parts if p.kind == "joint" and not p.by_duty]):
        return _roles([(replace(part, kind="lead") if part in charged else part, units) for part, units in listed], first)
    if all(unit.collective for _, units in open_parts for _, unit in units):
        first = False  # kinds of units that a list names have no first one
    owners: list[Owner] = []
    seen: set[tuple[str, str]] = set()
    governed = [units for _, units in listed if units]
    for part, units in listed:
        for k, (piece, unit) in enumerate(units):
            if part.kind in ("lead", "participant"):
                role = part.kind
            elif has_lead or open_parts and part is not open_parts[0][0] and part.kind == "implement":
                role = "participant"
            elif first and sum(len(u) for _, u in open_parts) > 1:
                role = "lead" if k == 0 and part is open_parts[0][0] else "participant"
            elif len(units) == 1 and unit.collective and len(governed) == 1 and re.match(r"(?:国务院|中央|本?[省市区县州](?:直属?|级|(?:人民)?政府)?|自治区(?:直属?|级|(?:人民)?政府)?)?(?:各|有关|相关)[\u4e00-\u9fff、]{0,12}(?:部门|单位|地区)$|.*成员单位$", unit.canonical):
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
