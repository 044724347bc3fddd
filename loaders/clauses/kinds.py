"""Kinds of units in a list (各市、县（区）人民政府; 有关乡镇): which of its pieces are one, and under which words they are kept."""

from __future__ import annotations

import re
from dataclasses import replace

from guanlian.loaders.names import COLLECTIVE, Resolved
from guanlian.loaders.names.namelists import Piece

_COLLECTIVE_HEAD = re.compile(r"(?:各|相关|有关|\d{1,3}个|沿边|沿海|边境)(?:有关|相关)?(?:边境|沿海|沿边)?(?:设区的?市|地级(?:以上)?市|[\u4e00-\u9fff（）()〔〕、]{2,14}(?:政府|公署|行署)|(?:[省市州区县特盟地乡镇（）()〔〕、]|团场|自治[区县州旗]?|直辖市){1,12}|街道(?:办事处)?)")
_COLLECTIVE_TAIL = re.compile(r"市(?:人民)?政府|行政公署|行署|自治[区县州旗]|直辖市|(?!.?[直属].{0,8}(?:部门|单位|机构|企业|公司))(?:县|区|特区|旗|市(?:$|[（(〔])|州|盟|直管|乡|镇|街道)[\u4e00-\u9fff（）()〔〕、]{0,14}")
_ZONES_TAIL = re.compile(r"(?:开发区|功能区|园区|经开区|高新区)?管委会")
_KINDS = re.compile(
    r"(?:各|有关|相关|试点|涉及|沿边|沿海|边境)(?:有关|相关|试点|边境|沿海|沿边)?"
    r"(?:[省市州区县盟地旗乡镇（()）〔〕、]|街道|街镇|团场|园区|城市|地区|省份|区域|自治[区县州旗]|(?:人民)?政府|行政公署|行署|办事处|管委会){1,16}"
    r"|其[他它](?:各|有关|相关|成员|责任|配合|市直|省直)*(?:部门|单位|地区|市县)"
    r"|[\u4e00-\u9fff]{0,6}(?:各|有关|相关)[\u4e00-\u9fff]{0,6}部门[（(]单位[)）]"
    r"|(?:中央|中省|中直|省部)[在驻][\u4e00-\u9fff]{1,3}(?:有关|相关|各)*(?:单位|企业|机构|部门)"
)
"""Governments of a kind of places, whichever they are (有关地（州、市）, 相关乡镇), and the rest (其他有关部门)."""
_ZONES = re.compile(r"(?:开发区|功能区|园区)(?:管委会|管理委员会)")
_EACH_PARTY = re.compile(r"各[\u4e00-\u9fff（）()、]{1,10}(?:党委|党工委|党组)")


def kind_of(words_: str, before: Resolved | None) -> Resolved | None:
    """A kind of units, also of zones behind another kind (各县区政府、开发区管委会); None for anything else."""
    if _KINDS.fullmatch(words_) or before is not None and before.collective and _ZONES.fullmatch(words_):
        return Resolved(words_.translate(_WIDE), COLLECTIVE)
    return None


def as_printed(unit: Resolved, piece: Piece) -> Resolved:
    """A collective with the brackets that it is printed with (各市、县〔市、区〕政府); a unit's own name knows no others than （）."""
    if not unit.collective or "〔" not in piece.words:
        return unit
    words_ = re.sub(r"\s", "", piece.words).translate(_WIDE)
    at = words_.translate(_ROUND).find(unit.canonical)
    return replace(unit, canonical=words_[at : at + len(unit.canonical)]) if at >= 0 else unit


_WIDE = str.maketrans("()［］[]", "（）（）（）")
_ROUND = str.maketrans("〔〕", "（）")


def grouped(found: list[Piece], text: str) -> list[Piece]:
    """Collectives whose own name holds a list mark are one: 各市、县（区）人民政府; 省级有关部门和有关州 are two."""
    merged: list[Piece] = []
    for piece in [p for whole in found for p in _two_kinds(whole)]:
        if merged and _one_kind(merged[-1], piece, text[merged[-1].end : piece.start].strip()):
            merged[-1] = Piece(text[merged[-1].start : piece.end], merged[-1].start, piece.end)
        elif merged and merged[-1].words.endswith("党工委") and piece.words in ("管委会", "管理委员会") and piece.start - merged[-1].end == 1:
            merged.append(replace(piece, words=merged[-1].words.removesuffix("党工委") + piece.words))  # 高新区党工委和管委会
        else:
            merged.append(piece)
    return merged


def _one_kind(last: Piece, piece: Piece, mark: str) -> bool:
    """Whether two pieces of a list name one kind of units together."""
    if mark == "、" and _COLLECTIVE_HEAD.fullmatch(last.words) and _COLLECTIVE_TAIL.match(piece.words):
        return True
    if mark == "、" and last.words.startswith(("有关", "相关")) and _COLLECTIVE_HEAD.fullmatch(last.words) and _ZONES_TAIL.fullmatch(piece.words):
        return True
    if _EACH_PARTY.fullmatch(last.words) and piece.words in ("政府", "人民政府") and len(mark) <= 1:
        return True  # 各县区党委和人民政府
    return piece.words in ("单位", "部门", "机构") and bool(_OFFICES.search(last.words))  # 各有关司局、单位


_OFFICES = re.compile(r"(?:各|有关|相关)[\u4e00-\u9fff]{0,6}(?:司局|处室|部门|科室|机构|企业)$")


def _two_kinds(piece: Piece) -> list[Piece]:
    if both := _JOINED_KINDS.fullmatch(piece.words):
        return [Piece(both[k], piece.start + both.start(k), piece.start + both.end(k)) for k in (1, 2)]
    return [piece]


_JOINED_KINDS = re.compile(r"([\u4e00-\u9fff]{0,8}(?:有关|相关|各)[\u4e00-\u9fff]{0,6}(?:部门|单位))[和及与]((?:有关|相关|各)[省市州区县盟地旗（()）、]{1,8})")
