"""Responsibility clause → units with roles, or what of it was not understood.

A clause stands in brackets after a sentence （A牵头，B、C参与）, behind a label (牵头单位：A；配合
单位：B) or as a sentence of its own (由A牵头，会同B落实。). Every character of it is consumed,
listed as ignorable (a time, a reference) or reported as unread.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from guanlian.loaders.clauses.parts import (
    CLOSE,
    OPEN,
    only_rule,
    parts_of,
    patterns,
    spaced,
    without_rule,
)
from guanlian.loaders.clauses.prose import running, sentences
from guanlian.loaders.clauses.roles import Clause, clause_of
from guanlian.loaders.names import Resolver

_BRACKET = re.compile(r"[（(〔［\[【]")
_ANY_BRACKET = re.compile(r"[（(〔［\[【）)〕］\]】]")
_LABEL_MARK = re.compile(r"[:：]")
class FirstRule(NamedTuple):
    """A rule that the first unit of every list leads: from where on."""

    start: int

    def at(self, end: int) -> bool:
        """Whether it holds for a list before that position."""
        return end > self.start


def first_leads(text: str) -> FirstRule | None:
    """Whether and from where on the document says so of all its lists (下同, or stated outside any clause)."""
    for match in patterns()["first"].finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if "\t" in text[line : match.start()] or text.startswith("\t", text.find("\t", match.end(), match.end() + 16)):
            return FirstRule(0)  # the head of a table's column
        if _SAME_BELOW.match(text, match.end(), match.end() + 14):
            return FirstRule(match.start())
        opening = max(text.rfind(c, max(0, match.start() - 200), match.start()) for c in OPEN)
        if opening < 0 or _match(text, opening, len(text)) < match.start() or "\n" in text[opening : match.start()]:
            return FirstRule(0)
        nested = sum((c in OPEN) - (c in CLOSE) for c in text[line:opening]) > 0
        if _OF_ALL.search(text, opening + 1, match.start()) or (_NO_LIST.fullmatch(text, opening + 1, match.start()) and not nested):
            return FirstRule(opening if _SAYS_WHO.search(text, match.end()) else 0)
    return None


_SAYS_WHO = re.compile(r"(?:责任|牵头|主办|承办|实施)(?:单位|部门)[:：]|(?:负责|牵头|配合)[）)〕】］]")
"""A clause: a rule behind which none stands is the tail's, and of all that stands before it."""
_SAME_BELOW = re.compile(r"[^。）)]{0,10}(?:下同|后同)")
_OF_ALL = re.compile(r"[各下以]?[各列下述]?(?:项|条|类|有关)?(?:重点)?(?:工作|目标)?(?:任务|措施|事项|分工|清单|政策)(?:[^。；;、]{0,12})[，,；;。]?$")
_NO_LIST = re.compile(r"\s*(?:注[:：])?(?:以下|下列|各项)?(?:责任|牵头)?(?:单位|部门)?(?:中|栏)?[,，]?")
"""A bracket that speaks of all tasks, or lists no unit of its own: its rule holds from there on."""


def find(text: str, start: int, end: int, resolver: Resolver, *, first: bool = False, in_prose: bool = False) -> list[Clause]:
    """Clauses in ``text[start:end]`` (folded), in order; brackets first, then lines and sentences.

    ``in_prose``: where none of these stands, also 由A负责 in the running text of an item.
    """
    found = _side_by_side(text, _without_asides(text, _bracketed(text, start, end, resolver, first)))
    taken = [(c.start, c.end) for c in found]
    labelled = _labelled_lines(text, start, end, resolver, first, taken)
    found = [c for c in found if not any(line.start <= c.start and c.end <= line.end for line in labelled)] + labelled
    if not found:
        found += sentences(text, start, end, resolver, first)
        if in_prose and all(owner.role == "participant" for clause in found for owner in clause.owners):
            found += [c for c in running(text, start, end, resolver) if not any(c.start < other.end and other.start < c.end for other in found)]
    return sorted(found, key=lambda c: c.start)


def _bracketed(text: str, start: int, end: int, resolver: Resolver, first: bool) -> list[Clause]:
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


def _unclosed(text: str, at: int, end: int, resolver: Resolver, first: bool) -> list[Clause]:
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


def _side_by_side(text: str, found: list[Clause]) -> list[Clause]:
    """Those of a bracket right behind one that names the lead take part: （牵头单位：A）（责任单位：B、C）."""
    for k, (before, clause) in enumerate(pairwise(found), 1):
        led = "牵头" in text[before.start : before.end] and all(owner.role == "lead" for owner in before.owners)
        if led and clause.start == before.end and "牵头" not in text[clause.start : clause.end]:
            found[k] = replace(clause, owners=tuple(replace(owner, role="participant") for owner in clause.owners))
    return found


def _match(text: str, at: int, end: int) -> int:
    """Index of the bracket that closes the one at ``at``, or -1; a clause never spans 500 characters."""
    depth = 0
    for mark in _ANY_BRACKET.finditer(text, at, min(end, at + 500)):
        depth += 1 if mark[0] in OPEN else -1
        if depth == 0:
            return mark.start()
    return -1


def _in_brackets(text: str, at: int, close: int, end: int, resolver: Resolver, first: bool) -> Clause | None:
    inner = text[at + 1 : close]
    if len(inner.strip()) < 1 or len(inner) > 480:
        return None
    if only_rule(text, at, close + 1):
        return None
    text, first = without_rule(text, at + 1, close, first)
    behind_stop = at > 0 and text[at - 1] in "。；！;"
    closes_sentence = close + 1 >= end or text[close + 1] in "\n。；;，" or behind_stop
    if patterns()["none"].match(inner.strip()):
        return Clause(at, close + 1, (), (), none=True) if closes_sentence else None
    cued = bool(patterns()["cue"].search(inner))
    if not (cued or closes_sentence):
        return None
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
    if (listed or behind_stop) and not cued and _half_known(clause):
        return clause
    if clause.owners and not clause.unread and closes_sentence:
        if len(clause.owners) == 1 and at > 0 and text[at - 1] in "局委厅办部署室院会司处关心府站":
            return None
        if len(clause.owners) == 1 and at > 0 and text[at - 1] not in "。；！\n ：;" and close + 1 < end and text[close + 1] != "\n":
            return None  # 市市场监管局（知识产权局）负责…: a second name, not a clause
        return clause
    return None


_NAME_LIKE = re.compile("[\u4e00-\u9fff（）]{3,16}")


def _half_known(clause: Clause) -> bool:
    """Whether a bare list names several units that are known for sure, and no more words beside them that only look like names."""
    sure = all(owner.unit.collective or not owner.unit.provisional for owner in clause.owners)
    return sure and 1 < len(clause.owners) >= len(clause.unread) > 0 and all(_NAME_LIKE.fullmatch(piece.words) for piece in clause.unread)


def _plausible(inner: str) -> bool:
    """Whether bracketed words that were not understood look like a clause at all."""
    return bool(re.search(r"牵头|责任单位|配合单位|参与单位|职责分工|(?:负责|配合|参与)$", inner)) and len(inner) < 160


def _labelled_lines(
    text: str, start: int, end: int, resolver: Resolver, first: bool, taken: list[tuple[int, int]]
) -> list[Clause]:
    """责任单位：A、B on lines of their own or at the end of a paragraph; neighbours are one clause."""
    if not _LABEL_MARK.search(text, start, end):
        return []
    marks = [
        m
        for m in patterns()["label"].finditer(text, start, end)
        if m.lastgroup in ("lead", "participant", "joint")
        and not any(a <= m.start() < b for a, b in taken)
        and (m.start() == start or not "\u4e00" <= text[m.start() - 1] <= "\u9fff" or text[start : m.start()].strip() == "")
        and (":" in m[0] or "：" in m[0])
        and not m[0].startswith("成员")  # a group's members by themselves are charged with nothing
        and not (_PAGE_LABEL.match(m[0]) and _PAGE_FOOT.search(text, m.end(), m.end() + 200))
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


_PAGE_LABEL = re.compile(r"主办|承办|主管|协办")
_PAGE_FOOT = re.compile(r"打印本页|关闭(?:本页|窗口)|版权所有|备案号|ICP备|公网安备|网站标识|网站地图")
"""Words at the foot of a web page, where 主办单位 is whoever runs the site."""
_OTHER_FIELD = re.compile(r"(?<=[\s；;，,、])[\u4e00-\u9fff]{0,8}(?:情况|进展|成效|目标|措施|举措|内容|标准|要求|说明|资金|投资|地点|规模|电话|任务|计划|安排|结果|来源)\s*[:：]")
"""What else is told of an item behind who answers for it: 责任单位：A 实际完成情况：…."""


def _line_stop(text: str, at: int, end: int) -> int:
    """Where the names behind a label end: with their line or sentence, or before another field."""
    line = text.find("\n", at, end)
    line = end if line < 0 else line
    stop = text.find("。", at, line)
    stop = line if stop < 0 else stop
    other = _OTHER_FIELD.search(text, at, stop)
    return other.start() if other and not patterns()["label"].match(text, other.start()) else stop
