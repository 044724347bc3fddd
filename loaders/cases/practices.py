"""The practices that a case lists: by numbers, by 一是…二是…, or by points."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guanlian.loaders.outline.numbering import CJK, STYLES, lines_of
from guanlian.loaders.outline.numerals import ordinal

_LIST_STYLES = ("cjk", "paren_cjk", "arab", "paren_arab", "circled")
_NAMED = re.compile(rf"(?:主要|创新|具体)?(?:做法|举措|措施)(?:之)?\s*([{CJK}]{{1,2}}|\d{{1,2}})\s*[:：、.．]\s*")
_NUMBER = re.compile(rf"(?:^|(?<=[。；;！”：:\n]))\s*(?:[（(]([{CJK}]{{1,2}}|\d{{1,2}})[)）]|([①-⑳])|(\d{{1,2}})\s*[.．、](?!\d))\s*")
_ONE_IS = re.compile(rf"(?:^|(?<=[。；：:;\n”）]))\s*([{CJK}]{{1,3}})是(?!否)")
_FIRST = re.compile(rf"(?:^|(?<=[。；：:;\n]))\s*第([{CJK}]{{1,2}})[，,、：:]")
_POINT = re.compile(r"[-*•●◆■▪○◇►▶➢✓√]\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """What opens a practice: its place, where the practice's own words begin, its style and number."""

    start: int
    end: int
    style: str
    number: int


def marks(folded: str, start: int, end: int, *, inner: str = "", run_on: bool = True) -> list[Mark]:
    """The marks of the outermost list of a stretch; none where it lists nothing.

    ``inner`` is the number style of the part's own heading: its items are numbered in one below it.
    ``run_on`` says whether lists within a paragraph count.
    """
    found = _outermost(_numbered(folded, start, end, inner))
    if len(found) > 1 or (found and not run_on):
        return found
    said = [m for kind in ("run-on", "is", "first") for m in [_run_on(folded, start, end, kind)] if run_on and len(m) > 1]
    points = _points(folded, start, end)
    return said[0] if said else found or (points if len(points) > 1 else [])


def _run_on(folded: str, start: int, end: int, kind: str) -> list[Mark]:
    """Marks that stand within a paragraph: 1.…。2.…。, 一是…；二是…, 第一，…。第二，…."""
    pattern = {"run-on": _NUMBER, "is": _ONE_IS, "first": _FIRST}[kind]
    found = []
    for match in pattern.finditer(folded[start:end]):
        at = start + match.start() + len(match[0]) - len(match[0].lstrip())
        number = next(group for group in match.groups() if group)
        found.append(Mark(at, start + match.end(), _style(number, match[0]) if kind == "run-on" else kind, ordinal(number)))
    return _counting(found) if kind == "run-on" else found


def _style(number: str, printed: str) -> str:
    """What tells one list within a paragraph from another: brackets, and the kind of its numbers."""
    return ("(" if re.search("[（(]", printed) else "") + ("1" if number.isdecimal() else "一" if number[0] in CJK else "①")


def _numbered(folded: str, start: int, end: int, inner: str) -> list[Mark]:
    """Lines that a number opens, in styles below the part's own."""
    styles = [(style, pattern) for style, pattern in STYLES if style in _LIST_STYLES and (inner != "cjk" or style != "cjk")]
    found = []
    for a, _, line in lines_of(folded[start:end]):
        stripped = line.lstrip()
        at = start + a + len(line) - len(stripped)
        point = _POINT.match(stripped)
        for style, pattern in (("named", _NAMED), *styles):
            if match := pattern.match(stripped, point.end() if point else 0):
                found.append(Mark(at, at + match.end(), style, ordinal(match[1])))
                break
    return found


def _outermost(found: list[Mark]) -> list[Mark]:
    """Marks of the style that opens the list, and those of another that only carry its numbers on."""
    opener = next((m for m in found if m.number == 1), found[0] if found else None)
    if opener is None:
        return []
    top = opener.style
    kept: list[Mark] = []
    nested: set[str] = set()
    for mark in found:
        if mark.style == top or (kept and mark.style not in nested and mark.number == kept[-1].number + 1):
            kept.append(mark)
        else:
            nested.add(mark.style)
    return kept


def _counting(found: list[Mark]) -> list[Mark]:
    """Marks of the first style that count 1, 2, 3 …; a number within a sentence opens nothing."""
    kept: list[Mark] = []
    for mark in found:
        if mark.number == len(kept) + 1 and (not kept or mark.style == kept[0].style):
            kept.append(mark)
    return kept


def _points(folded: str, start: int, end: int) -> list[Mark]:
    """Lines that a point opens."""
    found = []
    for a, _, line in lines_of(folded[start:end]):
        stripped = line.lstrip()
        if match := _POINT.match(stripped):
            at = start + a + len(line) - len(stripped)
            found.append(Mark(at, at + match.end(), "point", 0))
    return found
