"""Finds named information systems, apps, hotlines and service platforms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from guanlian.loaders.facts import PlatformMention
from guanlian.loaders.lexicon import lookup, squeeze, words
from guanlian.loaders.page import Page

_HEAD = r"(?:平台|系统|[Aa][Pp][Pp]|小程序|公众号|数据库|热线|客户端)"
_BARE = re.compile(rf"(?:微信|手机|移动|支付宝)?{_HEAD}")
_QUOTED = re.compile(rf"“([^“”\n。；，]{{2,24}})”((?:[\u4e00-\u9fffA-Za-z0-9]{{0,12}}?)?{_HEAD})")
_ENDS_SO = re.compile(rf"{_HEAD}$")
_PLAIN = re.compile(r"(?:[\u4e00-\u9fffA-Za-z0-9+]{2,24}?)(?:平台|系统|APP|小程序|公众号|数据库|热线)")
_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9+]*$")
_HEADS = re.compile("平台|系统|[Aa][Pp][Pp]|小程序|公众号|数据库|热线|客户端")
_OWN = 5
"""A name without quotation marks must say at least this much before its head."""


def platforms(page: Page) -> tuple[PlatformMention, ...]:
    """Platforms named in a text, once for each item, with the first words that name them."""
    found = sorted([*_known(page), *_quoted(page), *_plain(page)], key=lambda row: (row[1], -row[2]))
    rows: dict[tuple[str, str], PlatformMention] = {}
    for name, start, end in found:
        passage = page.passage(start)
        if passage is not None and (passage.measure, name) not in rows:
            rows[passage.measure, name] = PlatformMention(passage.measure, name, page.evidence(start, end))
    return tuple(rows.values())


@lru_cache(maxsize=1)
def _generic() -> re.Pattern[str]:
    parts = sorted(words()["platform_generic_parts"], key=lambda word: (-len(word), word))
    return re.compile("(?:" + "|".join(map(re.escape, parts)) + r"|[的等各\d])*")


@lru_cache(maxsize=1)
def _bounds() -> re.Pattern[str]:
    many = {word for key in ("platform_bounds", "name_bounds") for word in words()[key]}
    many -= {word for word in many if word in words()["platform_generic_parts"]}
    return re.compile("|".join(sorted(map(re.escape, many), key=lambda word: (-len(word), word))))


def _known(page: Page) -> Iterator[tuple[str, int, int]]:
    for hit in page.hits:
        if hit.kind == "platform":
            yield hit.name, hit.start, hit.end


def _quoted(page: Page) -> Iterator[tuple[str, int, int]]:
    """“甲”平台, “甲”监管服务平台, “甲系统”."""
    folded = page.folded
    spans = [(hit.start, hit.end) for hit in page.hits if hit.kind == "platform"]
    for match in _QUOTED.finditer(folded):
        name, tail = match.groups()
        if name in words()["platform_slogans"] or _generic().fullmatch(name):
            continue
        if _BARE.fullmatch(tail):
            full = name
        else:
            full = name + tail
            if _bounds().search(tail[:-2]):
                continue
        if not _inside(match.start(), match.end(), spans):
            yield lookup(full, "platform") or lookup(name, "platform") or full, match.start(), match.end()
    for match in re.finditer(rf"“([^“”\n。；，]{{2,24}}{_HEAD})”", folded):
        name = match.group(1)
        if not _generic().fullmatch(name) and not _inside(match.start(1), match.end(1), spans):
            yield lookup(name, "platform") or name, match.start(1), match.end(1)


def _inside(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a known platform already covers the words, but for quotation marks and a bare head."""
    return any(first <= start + 1 and end <= last + 4 and start < last for first, last in spans)


def _plain(page: Page) -> Iterator[tuple[str, int, int]]:
    """甲乙丙监管系统: a proper name or a specific description right before the head."""
    folded = page.folded
    covered = [(hit.start, hit.end) for hit in page.hits if hit.kind == "platform"]
    for head in _HEADS.finditer(folded):
        run = _RUN.search(folded, max(0, head.start() - 24), head.start())
        before = run.group() if run else ""
        cut = max((m.end() for m in _bounds().finditer(before)), default=0)
        name = before[cut:]
        start = head.start() - len(name)
        if len(name) < _OWN or _generic().fullmatch(name) or len(before) == 24:
            continue
        if any(first < head.end() and start < last for first, last in covered):
            continue
        if folded[head.end() : head.end() + 1] in "，、。；）)”“（(\n上查进实对为等与和及在推建向开统线项功" or not folded[head.end() :]:
            full = squeeze(name + head.group())
            yield lookup(full, "platform") or full, start, head.end()
