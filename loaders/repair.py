"""Undoes printing accidents without losing the map back to the source.

What converters leave behind — bookmark debris, bold marks, page furniture, hard line breaks
inside a sentence, radical code points, zero-width characters — must not reach titles or
names, and every kept character must still know where it was printed.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from functools import lru_cache
from typing import Protocol

from guanlian.loaders.text import Text

_WIDTH = {0xFF10 + i: 0x30 + i for i in range(10)}
_WIDTH |= {0xFF21 + i: 0x41 + i for i in range(26)} | {0xFF41 + i: 0x61 + i for i in range(26)}
_WIDTH |= {0xFF05: 0x25, 0xFF0E: 0x2E, 0xFF0B: 0x2B}

_DEBRIS = re.compile(
    r"\[bookmark:[^\]\n]*\]"  # Word bookmarks printed by a converter
    r"|\*\*|__(?=\S)|\\(?=[.\-*#_\[\]()])"  # bold and escapes of markdown
    r"|(?m:^[ \t]*\#{1,6}[ \t]+)"  # markdown headings
    r"|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\r]"  # zero-width, direction marks, soft hyphen
)
_FURNITURE = re.compile(
    r"\s*(?:"
    r"[-—–－―─_·•]{1,3}\s*\d{1,4}\s*[-—–－―─_·•]{1,3}"  # — 3 —
    r"|第\s*\d{1,4}\s*页(?:\s*[,，/／]?\s*共\s*\d{1,4}\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4}"
    r"|[^\n]{0,80}(?:网站标识码|ICP备|公网安备|版权所有|网站地图)[^\n]{0,120}"
    r"|\S{2,4}\s+\d{4}-\d{1,2}-\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?"  # a reader's watermark
    r")\s*"
)
_ITEM_START = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,5}[章节条部]|案例[一二三四五六七八九十百\d]"
    r"|[一二三四五六七八九十百]{1,4}\s*[、．]|[（(]\s*[一二三四五六七八九十百\d]{1,4}\s*[)）]"
    r"|\d{1,2}\.\d{1,2}(?!\d)\s*[\u4e00-\u9fff“《]|\d{1,3}\s*\\?[.．、](?!\d)|[①-⑳]|附\s*[件表录錄]|[-•·●◆■※]\s)"
)
_BREAK = re.compile(r"[\n\f\v\u2028\u2029\x85]")
_ENDS = "。！？；：!?;:…"
_CLOSERS = "”’」』》）)〕］】\"'"
_OPEN, _CLOSE = "（(〔［【“《「『", "）)〕］】”》」』"
_PROSE_LINE = 40
"""A line this long that stops without a full stop was broken, not ended."""


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=1)
def _converter() -> _Converter:
    import opencc

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


@lru_cache(maxsize=1)
def radicals() -> dict[int, int]:
    """Radical code points → the ideographs they stand for (PDF text is full of them)."""
    import unicodedata

    table = {c: ord(unicodedata.normalize("NFKC", chr(c))) for c in range(0x2F00, 0x2FD6)}
    # U+2E80–2EFF have no compatibility mapping; Unicode's EquivalentUnifiedIdeograph gives these.
    pairs = "⺁厂⺅亻⺆冂⺈⺊卜⺌小⺍小⺎兀⺏尢⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺝月⺞歹⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺨犭⺩王⺫罒⺬礻⺭礻⺮竹⺯糸⺰纟⺱罓⺲罒⺴冗⺶羊⺷羊⺸羊⺹耂⺺肀⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑长⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫齐⻬齐⻭齿⻮齿⻯龙⻰龙⻱龟⻲龟⻳龟"
    found = re.findall(r"([\u2e80-\u2eff])([^\u2e80-\u2eff])", pairs)
    return table | {ord(a): ord(b) for a, b in found}


def fold(text: str) -> str:
    """Simplified characters and plain digits, letters and percent signs, one for one.

    >>> fold("匯總徵稅５％")
    '汇总征税5%'
    """
    plain = text.translate(_WIDTH)
    simplified = _converter().convert(plain)
    if len(simplified) == len(plain):
        return simplified
    return "".join(c if len(c) == 1 else p for p in plain for c in [_converter().convert(p)])


def repair(source: str) -> Text:
    r"""Text of ``source`` without debris, page furniture and hard breaks inside sentences.

    >>> repair("1. 公开**时限**。[bookmark: _Toc1]由市\u200b商务局\n\n— 3 —\n、财政局牵头").clean
    '1. 公开时限。由市商务局、财政局牵头'
    """
    table = radicals() | {0xA0: " ", 0x3000: " "}
    lines = [line for line in _lines(source) if not _FURNITURE.fullmatch(_string(source, line))]
    lines = _without_page_numbers(source, lines)
    plain = source
    for character in {*map(ord, set(source))} & table.keys():  # few of the table's: quicker than to translate all
        plain = plain.replace(chr(character), _one(table[character]))
    texts = [_string(plain, line) for line in lines]
    width = _wrap_width(texts)
    clean: list[str] = []
    origin = array("l")
    broken, carried = False, ""  # whether the line before goes on in this one; the sentence so far
    for i, (line, text) in enumerate(zip(lines, texts, strict=True)):
        skip = len(text) - len(text.lstrip()) if broken else 0
        if broken and not text.strip():
            continue
        j = next((j for j in range(i + 1, len(texts)) if texts[j].strip()), None)
        carried = (carried if broken else "") + text
        broken = bool(text.strip()) and j is not None and _continues(carried, text, texts[j], j - i, width)
        kept = text.rstrip() if broken else text
        clean.append(kept[skip:])
        if len(line) == 1:
            origin.extend(range(line[0][0] + skip, line[0][0] + len(kept)))
        else:
            origin.extend([k for a, b in line for k in range(a, b)][skip : len(kept)])
        if not broken and i + 1 < len(lines):
            clean.append("\n")
            origin.append(line[-1][1])
    return Text(source, "".join(clean), origin)


def _without_page_numbers(source: str, lines: list[Segments]) -> list[Segments]:
    """Drops a number that stands alone between empty lines."""
    bare = [_string(source, line).strip() for line in lines]
    last = len(lines) - 1
    return [
        line
        for i, line in enumerate(lines)
        if not (re.fullmatch(r"\d{1,3}", bare[i]) and (i == 0 or not bare[i - 1]) and (i == last or not bare[i + 1]))
    ]


Segments = list[tuple[int, int]]


def _lines(source: str) -> list[Segments]:
    """The kept stretches of each line, as half-open index pairs (at least one a line)."""
    debris = [(m.start(), m.end()) for m in _DEBRIS.finditer(source)]
    lines: list[Segments] = []
    start, k = 0, 0
    for end in [*(m.start() for m in _BREAK.finditer(source)), len(source)]:
        segments: Segments = []
        while k < len(debris) and debris[k][0] < end:
            segments.append((start, debris[k][0]))
            start = debris[k][1]
            k += 1
        segments.append((start, max(start, end)))
        lines.append(segments)
        start = max(start, end + 1)
    return lines


def _one(character: int | str) -> str:
    return chr(character) if isinstance(character, int) else character


def _string(source: str, line: Segments) -> str:
    return "".join(source[a:b] for a, b in line)


def _wrap_width(texts: list[str]) -> int:
    """Width at which the file was wrapped, or a width no line reaches when it was not."""
    sizes = [len(t.strip()) for t in texts if t.strip()]
    broken = [n for n, t in zip(sizes, (t.strip() for t in texts if t.strip()), strict=True) if t[-1] not in _ENDS]
    if len(sizes) < 8 or not broken:
        return _PROSE_LINE
    widest, often = Counter(n for n in broken if n >= 16).most_common(1)[0] if any(n >= 16 for n in broken) else (0, 0)
    near = sum(1 for n in broken if widest - 2 <= n <= widest + 2)
    if often and near >= 5 and near >= 0.5 * len(broken) and max(sizes) <= widest + 6:
        return max(16, widest - 4)
    return _PROSE_LINE


def _continues(carried: str, text: str, following: str, gap: int, width: int) -> bool:
    """Whether the next line goes on with the sentence that this one broke off."""
    line, following = text.strip(), following.strip()
    if "\t" in line or "\t" in following:
        return False
    if following[0] in "，。、；）)”’》〕】；,;" and line[-1] not in "。！？":
        return True
    if _ITEM_START.match(following):
        return False
    if _open_bracket(carried.rstrip()) and line[-1] not in "。！？：:":
        return gap <= 3
    if line[-1] in _ENDS or (line[-1] in _CLOSERS and len(line) > 1 and line[-2] in _ENDS):
        return False
    if line[-1] in "、，,（(“《〔【":
        return gap <= 3
    if line[-1] in "）)〕］】":
        return False
    prose = "，" in line or "," in line or "。" in line or width < _PROSE_LINE
    return prose and len(line) >= width and not following.startswith(("附件", "附：", "附:"))


def _open_bracket(line: str) -> bool:
    depth = 0
    for char in line[-400:]:
        depth += (char in _OPEN) - (char in _CLOSE)
        depth = max(depth, 0)
    return depth > 0
