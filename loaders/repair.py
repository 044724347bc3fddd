"""Undoes printing accidents without losing the map back to the source.

What converters leave behind — bookmark debris, bold marks, page furniture, hard line breaks
inside a sentence, radical code points, zero-width characters — must not reach titles or
names, and every kept character must still know where it was printed.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from guanlian.loaders.folding import without_radicals
from guanlian.loaders.text import Origin, Text

_NAMED = re.compile(r"(?:牵头|责任|配合|参与|主办|协办)(?:单位|部门)[:：][^。]*[局委厅办部署院关站会府司团心行处区县市]$")
_NUMBER_ON = re.compile(r"[\d．.％%]+[^\d\s]|[万亿千百]?(?:亿?元|万?吨|美元|人次|标箱|票|辆|个|家)[，。、；,]")
"""What goes on with a number that its line broke off: 进出口118 / 6.5亿元; 出口2640.7亿 / 元，…."""
_STAMP = re.compile(r"(?:(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}:\d{2})$")
"""A date or an hour at the end of a byline, which is whole."""
_SIGN_LINE = re.compile(
    r"[（(]?[\u4e00-\u9fff]{2,14}[〔\[［【（(]\s*(?:19|20)\d{2}\s*[〕\]］】）)]\s*(?:第\s*)?\d{1,5}\s*号[)）]?|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日"
)
"""A 文号 or a date on a line of its own."""
_DASH = re.compile(r"\s*[-—–－―─_·•]{1,3}\s*")
_MEASURE = re.compile(r"[年月日号天家个条项件万亿千百%种类批台套次人名元吨公米平亩倍期所座处户艘架列标票]")

_DEBRIS = re.compile(
    r"(?![\u4e00-\u9fff，。、；：])(?:"  # none begins so, and most places do
    r"\[bookmark:[^\]\n]*\]"  # Word bookmarks printed by a converter
    r"|\*\*|__(?=\S)|\\(?=[.\-*#_\[\]()])"  # bold and escapes of markdown
    r"|(?m:^[ \t]*\#{1,6}[ \t]+)"  # markdown headings
    r"|(?<=[\u4e00-\u9fff])[(（]?[b-df-hj-np-tv-z]{0,2}[a-zü]{0,2}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{0,3}(?![a-z])[)）]?"  # how a character is read
    r"|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\r])"  # zero-width, direction marks, soft hyphen
)
_FURNITURE = re.compile(
    r"[-—–－―─_·•]{1,3}\s*\d{1,4}\s*[-—–－―─_·•]{1,3}"  # — 3 —
    r"|第\s*\d{1,4}\s*页(?:\s*[,，/／]?\s*共\s*\d{1,4}\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4}"
    r"|\S{2,4}\s+\d{4}-\d{1,2}-\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?"  # a reader's watermark
)
_FURNITURE_SIZE = 60
"""No page number or watermark is longer, so longer lines need not be tried."""
_SITE = re.compile(r"网站标识码|ICP备|公网安备|版权所有|网站地图")
_SITE_LINE = re.compile(rf"[^\n]{{0,80}}(?:{_SITE.pattern})[^\n]{{0,120}}")
_ITEM_START = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,5}[章节条部]|案例[一二三四五六七八九十百\d]"
    r"|[一二三四五六七八九十百]{1,4}\s*[、．]|[（(]\s*[一二三四五六七八九十百\d]{1,4}\s*[)）]"
    r"|\d{1,2}\.\d{1,2}(?!\d)\s*[\u4e00-\u9fff“《]|\d{1,3}\s*\\?[.．、﹒](?!\d)|[①-⑳]|附\s*[件表录錄]|[-•·●◆■※]\s|【[\u4e00-\u9fff]{2,10}】)"
)
_BREAK = re.compile(r"[\n\f\v\u2028\u2029\x85]")
_ENDS = "。！？；：!?;:…"
_CLOSERS = "”’」』》）)〕］】\"'"
_OPEN = "（(〔［【“《「『"
_BRACKET = re.compile(r"[（(〔［【“《「『）)〕］】”》」』]")
_PROSE_LINE = 40
"""A line this long that stops without a full stop was broken, not ended."""


def repair(source: str) -> Text:
    r"""Text of ``source`` without debris, page furniture and hard breaks inside sentences.

    >>> repair("1. 公开**时限**。[bookmark: _Toc1]由市\u200b商务局\n\n— 3 —\n、财政局牵头").clean
    '1. 公开时限。由市商务局、财政局牵头'
    """
    plain = without_radicals(source.replace("\xa0", " ").replace("\u3000", " "))
    lines, texts = _without_furniture(plain, _lines(source))
    bare = [text.strip() for text in texts]
    following = _following(bare)
    width = _wrap_width([text for text in bare if text])
    clean: list[str] = []
    origin = Origin()
    broken, carried = False, ""  # whether the line before goes on in this one; the sentence so far
    for i, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if broken and not bare[i]:
            continue
        skip = len(text) - len(text.lstrip()) if broken else 0
        j = following[i]
        carried = (carried if broken else "") + text
        broken = bool(bare[i]) and j > 0 and _continues(carried, bare[i], bare[j], j - i, width)
        kept = text.rstrip() if broken else text
        clean.append(kept[skip:])
        at, left = skip, len(kept) - skip
        for a, b in line:
            size = min(max(b - a - at, 0), left)
            origin.run(a + at, size)
            at, left = max(0, at - (b - a)), left - size
        if not broken and i + 1 < len(lines):
            clean.append("\n")
            origin.run(line[-1][1], 1)
    return Text(source, "".join(clean), origin)


Segments = list[tuple[int, int]]
_NUMBER_HEADS = ("序号", "编号", "项次", "条目")


def _without_furniture(plain: str, lines: list[Segments]) -> tuple[list[Segments], list[str]]:
    """Lines and their words, but for page numbers, watermarks and the foot of a website."""
    site = bool(_SITE.search(plain))
    read = [(line, words) for line in lines if not _furniture(words := _string(plain, line), site)]
    bare = [words.strip() if len(words) < 16 else words for _, words in read]
    last = len(read) - 1
    numbers = [i for i, words in enumerate(bare) if len(words) <= 3 and words.isdecimal()]
    cells = any(words in _NUMBER_HEADS for words in bare)  # a table pasted cell by cell numbers its rows so
    pages = {
        i for i in numbers if not cells and (i == 0 or not bare[i - 1].strip()) and (i == last or not bare[i + 1].strip())
    }  # a number that stands alone between empty lines is a page's
    pages |= {i for i in numbers if _at_page_end(plain, read[i][0])}
    pages |= set() if cells else _page_numbers(bare, numbers)
    pages |= {j for i in numbers if 0 < i < last and _DASH.fullmatch(bare[i - 1]) and _DASH.fullmatch(bare[i + 1]) for j in (i - 1, i, i + 1)}
    kept = [i for i in range(_foot(bare)) if i not in pages]
    return [read[i][0] for i in kept], [read[i][1] for i in kept]


_FOOT = re.compile(r"[【\[〖\s]*(?:打印|关闭|分享|字号|返回顶部|相关(?:文档|文件|阅读|文章|链接|解读|信息|附件|稿件)|[上下]一[篇条]|扫一扫)[^。]{0,60}")
"""What a website prints below a paper, ahead of its own links."""
_FOOT_LINES, _FOOT_BREADTH = 25, 80


def _foot(bare: list[str]) -> int:
    """Where the foot of a web page begins: its links are short lines and name nobody's duty."""
    for i in range(max(len(bare) // 2, len(bare) - _FOOT_LINES), len(bare)):
        if _FOOT.fullmatch(bare[i]):
            below = bare[i:]
            return i if all(len(words) <= _FOOT_BREADTH and not _LABELLED.match(words) and "负责）" not in words for words in below) else len(bare)
    return len(bare)


def _at_page_end(plain: str, line: Segments) -> bool:
    """Whether a form feed stands right before or behind a line."""
    return "\f" in (plain[line[0][0] - 1 : line[0][0]], plain[line[-1][1] : line[-1][1] + 1])


def _page_numbers(bare: list[str], numbers: list[int]) -> set[int]:
    """Lines that cut a sentence with a number, where such numbers count up through the paper: pages without a mark."""
    cuts = [i for i in numbers if 0 < i < len(bare) - 1 and _cut(bare[i - 1].strip(), bare[i + 1].strip())]
    values = {i: int(bare[i]) for i in numbers}

    def counts(i: int) -> bool:
        near = numbers[max(0, (k := numbers.index(i)) - 4) : k + 5]
        return any(values[i] - values[j] == (1 if j < i else -1) for j in near)

    return {i for i in cuts if counts(i)}


def _cut(before: str, after: str) -> bool:
    """Whether a sentence goes on from one line to the other, and not with a measure of the number between them."""
    return len(before) >= 16 and before[-1] not in _ENDS and bool(after) and not _MEASURE.match(after) and not _ITEM_START.match(after)


def _furniture(words: str, site: bool) -> bool:
    short = words.strip()
    if len(short) <= _FURNITURE_SIZE and _FURNITURE.fullmatch(short):
        return True
    return site and bool(_SITE_LINE.fullmatch(words))


def _following(bare: list[str]) -> list[int]:
    """For each line the index of the next that is not empty, 0 for none."""
    following, following_one = [0] * len(bare), 0
    for i in range(len(bare) - 1, -1, -1):
        following[i] = following_one
        following_one = i if bare[i] else following_one
    return following


def _lines(source: str) -> list[Segments]:
    """The kept stretches of each line, as half-open index pairs (at least one a line)."""
    debris = [(m.start(), m.end()) for m in _DEBRIS.finditer(source)]
    lines: list[Segments] = []
    start, k = 0, 0
    for end in [*_line_ends(source), len(source)]:
        segments: Segments = []
        while k < len(debris) and debris[k][0] < end:
            segments.append((start, debris[k][0]))
            start = debris[k][1]
            k += 1
        segments.append((start, max(start, end)))
        lines.append(segments)
        start = max(start, end + bool(_BREAK.match(source, end)))
    return lines


def _line_ends(source: str) -> list[int]:
    """Where lines end; where a page lost its breaks, also before each number that opens an item behind a stop."""
    ends = [m.start() for m in _BREAK.finditer(source)]
    for start, end in pairwise([-1, *ends, len(source)]):
        long = end - start > _LONGEST_PARAGRAPH
        if long or end - start > _LONG_ITEM and _CLAUSE_AND_ITEM.search(source, start + 1, end):
            opens = [m.end() for m in _RUN_TOGETHER.finditer(source, start + 1, end)]
            ends += opens if len(opens) >= (_FEWEST_ITEMS if long else 2) else []
    return sorted(ends)


_LONGEST_PARAGRAPH, _FEWEST_ITEMS = 1500, 5
"""A line longer than any paragraph, with that many numbers behind stops, is a page whose breaks were lost."""
_LONG_ITEM = 150
_CLAUSE_AND_ITEM = re.compile(r"(?:责任|配合|牵头)单位[:：][^。；;\n]{2,120}[.。][ \u3000]*[（(][二三四五六七八九十]{1,3}[)）]|(?:负责|落实|配合|参与|牵头)[。]?[）)〕][。]?[ \u3000]*(?:\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)")
"""An item that begins right behind the clause of another."""
_RUN_TOGETHER = re.compile(
    r"(?:[。；：:！）)〕】”]|(?<=[\u4e00-\u9fff\d]{2})\.(?=[（(一二三四五六七八九十]))[ \u3000]*(?=(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d|$)|第[一二三四五六七八九十]{1,3}[章条部])\s*[\u4e00-\u9fff“《]|\d{1,2}[.．、](?:19|20)\d\d年|[一二三四五六七八九十]{1,3}\.[\u4e00-\u9fff]{2,12}方面)"
    r"|(?<![（(第条款、和及\s])(?<!附件)(?=[（(][一二三四五六七八九十]{1,3}[)）][\u4e00-\u9fff“《])"
)


def _string(source: str, line: Segments) -> str:
    if len(line) == 1:
        return source[line[0][0] : line[0][1]]
    return "".join([source[a:b] for a, b in line])


def _breadth(line: str) -> int:
    """How broad a line is printed, in ideographs: ASCII takes half of one (UAX #11)."""
    return len(line) - len(line.encode("ascii", "ignore")) // 2


def _wrap_width(texts: list[str]) -> int:
    """Breadth at which the file of these lines was wrapped, or one no line reaches when it was not."""
    sizes = [_breadth(text) for text in texts]
    broken = [size for size, text in zip(sizes, texts, strict=True) if size >= 16 and text[-1] not in _ENDS]
    if len(sizes) < 8 or not broken:
        return _PROSE_LINE
    widest, often = Counter(broken).most_common(1)[0]
    near = sum(1 for size in broken if widest - 2 <= size <= widest + 2)
    beyond = sum(1 for size in sizes if size > widest + 6)
    if often and near >= 5 and near >= 0.5 * len(broken) and beyond <= 0.02 * len(sizes):
        return max(16, widest - 4)
    return _PROSE_LINE


_LABELLED = re.compile(r"(?:牵头|主要|责任|配合|协同|参与|主办|协办|完成|实施)[\u4e00-\u9fff]{2,8}\s*[:：]")
"""A line that says who answers for the item above, or by when."""


def _continues(carried: str, line: str, following: str, gap: int, width: int) -> bool:
    """Whether the next line goes on with the sentence that this one broke off."""
    if line[-1] in "。！？" or "\t" in line or "\t" in following or len(following) <= 3 and following.isdecimal() or _LABELLED.match(following):
        return False
    if following[0] in "，。、；）)”’》〕】；,;" and line[-1] not in "。！？":
        return True
    if _ITEM_START.match(following) or _SIGN_LINE.fullmatch(following) or _next_row(carried, following):
        return False
    if len(line) >= 16 and (line[-1].isdecimal() or line[-1] in "万亿") and _NUMBER_ON.match(following) and not _STAMP.search(line):
        return gap == 1
    if _open_bracket(carried.rstrip()):
        return gap <= 3
    if line[-1] in _ENDS or (line[-1] in _CLOSERS and len(line) > 1 and line[-2] in _ENDS):
        return False
    if line[-1] in "、，,（(“《〔【":
        return gap <= 3
    if line[-1] in "）)〕］】" or _UNIT_LINE.fullmatch(following):
        return False
    if _NAMED.search(line) and width >= _PROSE_LINE:
        return False  # a labelled list of units ended with its line
    prose = "，" in line or "," in line or "。" in line or width < _PROSE_LINE
    return prose and _breadth(line) >= width and not following.startswith(("附件", "附：", "附:"))


_UNIT_LINE = re.compile(r"\s*[省市县区州][\u4e00-\u9fff]{2,10}(?:局|委|办|厅|办公室|委员会|中心|公司|集团|支队)\s*")
"""A unit alone on its line: the cell of a table behind that of the task, which may have no stop."""
_ROW = re.compile(r"\s*(\d{1,3})[ \u3000]+(?=[\u4e00-\u9fff“《])")
_HEADS = re.compile(r"\s*(?:序号|编号|项次)[ \u3000]")


def _next_row(carried: str, following: str) -> bool:
    """Whether a line is the row of a table behind another, or behind the heads of its columns: 1 扩建校舍 市教育局."""
    row = _ROW.match(following)
    if row is None:
        return False
    above = _ROW.match(carried)
    return int(row[1]) == int(above[1]) + 1 if above else _HEADS.match(carried) is not None


def _open_bracket(line: str) -> bool:
    depth = 0
    for mark in _BRACKET.findall(line[-400:]):
        depth = depth + 1 if mark in _OPEN else max(depth - 1, 0)
    return depth > 0
