"""One writing for what is printed in several: traditional characters, wide digits and letters, radical code points."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

_WIDTH = {0xFF10 + i: 0x30 + i for i in range(10)}
_WIDTH |= {0xFF21 + i: 0x41 + i for i in range(26)} | {0xFF41 + i: 0x61 + i for i in range(26)}
_WIDTH |= {0xFF05: 0x25, 0xFF0E: 0x2E, 0xFF0B: 0x2B}
_WIDE = re.compile(f"[{''.join(map(chr, _WIDTH))}]")
_RARE = re.compile("[\U00020000-\U0003ffff]")
_RADICAL = re.compile("[\u2e80-\u2fff]")
_STOPS = dict(zip(",;:()?!", "，；：（）？！", strict=True))
_HALF = re.compile(r"[,:;()?!](?:(?<![,:])|(?!//)(?:(?<!\d.)|(?!\d)))")
"""Stops that sites print half as wide; within numbers and times they stay."""


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=1)
def _converter() -> _Converter:
    import opencc

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


@lru_cache(maxsize=1)
def _radicals() -> dict[int, int]:
    """Radical code points → the ideographs they stand for (PDF text is full of them)."""
    import unicodedata

    table = {c: ord(unicodedata.normalize("NFKC", chr(c))) for c in range(0x2F00, 0x2FD6)}
    # U+2E80–2EFF have no compatibility mapping; Unicode's EquivalentUnifiedIdeograph gives these.
    pairs = "⺁厂⺅亻⺆冂⺈⺊卜⺌小⺍小⺎兀⺏尢⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺝月⺞歹⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺨犭⺩王⺫罒⺬礻⺭礻⺮竹⺯糸⺰纟⺱罓⺲罒⺴冗⺶羊⺷羊⺸羊⺹耂⺺肀⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑长⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫齐⻬齐⻭齿⻮齿⻯龙⻰龙⻱龟⻲龟⻳龟"
    found = re.findall(r"([\u2e80-\u2eff])([^\u2e80-\u2eff])", pairs)
    return table | {ord(a): ord(b) for a, b in found}


def fold(text: str) -> str:
    """Simplified characters, plain digits, letters and percent signs, full-width stops, one for one.

    >>> fold("匯總徵稅５％"), fold("甲局,乙局:1,200元(9:30)")
    ('汇总征税5%', '甲局，乙局：1,200元（9:30）')
    >>> fold("防城港漁澫港區")
    '防城港渔澫港区'
    """
    text = _HALF.sub(lambda mark: _STOPS[mark[0]], text)
    for character in set(_WIDE.findall(text)):  # few of the table's: quicker than to translate all
        text = text.replace(character, chr(_WIDTH[ord(character)]))
    if not (_traditional().search(text) or _RARE.search(text)):
        return text
    simplified = _converter().convert(text)
    if len(simplified) != len(text):
        simplified = "".join(c if len(c) == 1 else p for p in text for c in [_converter().convert(p)])
    if _RARE.search(simplified):  # 渔澫 is printed so: few fonts have its simplified form
        return "".join(p if c > "\uffff" > p else c for p, c in zip(text, simplified, strict=True))
    return simplified


@lru_cache(maxsize=1)
def _traditional() -> re.Pattern[str]:
    """A character of the basic plane that folding changes; one class for both planes would be searched item by item."""
    import unicodedata

    asked = [c for c in map(chr, (*range(0x2E80, 0xA000), *range(0xF900, 0xFB00))) if unicodedata.category(c) == "Lo"]
    given = _converter().convert("\n".join(asked)).split("\n")
    return re.compile("[" + "".join(a for a, b in zip(asked, given, strict=True) if a != b <= "\uffff") + "]")


def without_radicals(text: str) -> str:
    """Ideographs in place of radical code points, one for one.

    >>> without_radicals("\u2f24\u2ed4")
    '大门'
    """
    for radical in set(_RADICAL.findall(text)):  # few of the table's: quicker than to translate all
        text = text.replace(radical, chr(_radicals().get(ord(radical), ord(radical))))
    return text
