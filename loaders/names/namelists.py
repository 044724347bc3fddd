"""A printed list of names → its members, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guanlian.loaders.names.printed import kind_of_units, trim, unit_like
from guanlian.loaders.names.seats import is_place


@dataclass(frozen=True, slots=True)
class Piece:
    """One name of a list: its words and where they stand."""

    words: str
    start: int
    end: int


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """Names of a printed list with their places: split at 、，；and at 和/及/与 between units."""
    found: list[Piece] = []
    depth, begin = 0, start
    for mark in _LIST_MARK.finditer(text, start, end):
        at, char = mark.start(), mark[0]
        if at < begin:
            continue  # inside a conjunction read already
        if char and char in _OPENING:
            depth += 1
        elif char and char in _CLOSING:
            depth = max(0, depth - 1)
        elif depth or (char == "、" and text[at - 2 : at] == "部门" and text[at + 1 : at + 3] == "单位"):
            continue  # 有关部门、单位: one collective
        elif char not in _CONJUNCTION or (at > begin and _splits(text[begin:at], text[mark.end() : end])):
            _take(found, text, begin, at)
            begin = mark.end()
    _take(found, text, begin, end)
    return found


_OPENING, _CLOSING = "（(〔［【", "）)〕］】"
_CONJUNCTION = ("以及", "并会同", "和", "及", "与")
_RUN_TOGETHER = r"(?<=[\u4e00-\u9fff]{2}[局厅办])(?=[省市区县州](?!场)[\u4e00-\u9fff]{2,10}(?:[局委厅]|办公室)(?![\u4e00-\u9fff]))"
"""Two units with no mark between them: 市经信局市新经济委."""
_LIST_MARK = re.compile(rf"[（(〔［【）)〕］】、，,；;/／\t\n､]|以及|并会同|[和及与]|(?=[省市区县州]){_RUN_TOGETHER}")


def _take(found: list[Piece], text: str, start: int, end: int) -> None:
    """Adds the words of a stretch, without the white space around them, if there are any."""
    words_ = text[start:end]
    bare = words_.strip()
    if bare:
        lead = len(words_) - len(words_.lstrip())
        found.append(Piece(bare, start + lead, start + lead + len(bare)))


def _splits(left: str, right: str) -> bool:
    """Whether 和 between two stretches joins two units rather than stands inside one name."""
    left = trim(left)
    if not unit_like(left):
        return False
    if kind_of_units(left) and left.endswith("部门") and re.match(r"单位(?![\u4e00-\u9fff])|单位(?=[及和与])", right):
        return False  # 有关部门和单位: one collective
    for follower in (re.split(r"[、，,；;]", right, maxsplit=1)[0], re.split(r"[、，,；;]|(?<=.)[和及与]", right, maxsplit=1)[0]):
        words_ = trim(re.sub(r"(?:按|根据|分别|共同|负责|牵头|配合|参与).*$", "", follower))
        if unit_like(words_) or is_place(words_):
            return True
    return False
