"""Finds named information systems, apps, hotlines and service platforms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from guanlian.loaders.facts import PlatformMention
from guanlian.loaders.mentions.lexicon import Hit, bare, lookup, words
from guanlian.loaders.mentions.page import Page, Spans

_HEAD = r"(?:平台|系统|[Aa][Pp][Pp]|小程序|公众号|数据库|热线|客户端)"
_BARE = re.compile(rf"(?:微信|手机|移动|线上|网上|支付宝)?{_HEAD}")
_QUOTED = re.compile(rf"“([^“”\n。；，]{{2,24}})”((?:[\u4e00-\u9fffA-Za-z0-9]{{0,12}}?)?{_HEAD})")
_WHOLE = re.compile(rf"“([^“”\n。；，]{{2,24}}{_HEAD})”")
_BEFORE = re.compile(r"“(?<=(?:公众号|小程序|[Aa][Pp][Pp])“)([^“”\n。；，]{2,16})”(?!\w*?(?:平台|系统|小程序|APP|公众号))")
_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9+—]*$")
_APPS = ("".join(letters) for letters in product("Aa", "Pp", "Pp"))
# plain words only: the engine then looks for their first letters
_HEADS = re.compile("|".join(("平台", "系统", "小程序", "公众号", "数据库", "热线", "客户端", *_APPS)))
_NOT_AFTER = frozenset("性化论学地级员群域")
_PAUSE = frozenset(["", *"，。；、：,;:\n（(过托在向用由"])
_COMPANY = re.compile(r"(?:股份|有限|科技|信息|数据|建设|运营|技术|发展|服务){0,4}(?:公司|集团|数据中心|办公室)")
_LOCAL = ("电子口岸", "电子口岸平台")
"""Platforms that provinces and cities have of their own."""
_BENCH = re.compile("(?:查验|装卸|卸货|装载|装货|检查|作业|操作)$")
"""Before 平台 these make a bench of it, unless it is in quotation marks."""
_REACH = 24
_OWN = 5
"""A name without quotation marks must say at least this much before its head."""
_VAGUE, _LONG = 8, 10
"""A description this long tells one system from another though each word is common: in quotation marks, and without."""


def platforms(page: Page) -> tuple[PlatformMention, ...]:
    """Platforms named in a text, once for each item, with the first words that name them."""
    plain = list(_plain(page))
    longer = Spans(tuple(Hit("platform", name, name, start, end) for name, start, end in plain))
    known = [row for row in _known(page) if not longer.touching(row[1], row[2])]
    found = sorted([*known, *_quoted(page), *_titled(page), *plain], key=lambda row: (row[1], -row[2]))
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
    many = {*words()["platform_bounds"], *words()["particles"]} - {*words()["platform_generic_parts"]}
    return re.compile("|".join(sorted(many, key=lambda word: (-len(word.split("(")[0]), word))))


def _known(page: Page) -> Iterator[tuple[str, int, int]]:
    for hit in page.hits:
        if hit.kind == "platform" and not _COMPANY.match(page.folded, hit.end):
            place = _place_before(page.folded, hit.start) if hit.label in _LOCAL else ""
            name = place + hit.label
            yield (lookup(name, "platform") or name) if place else hit.name, hit.start - len(place), hit.end


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    from guanlian.ontology import authorities

    named = (label for place in authorities.places() if place.level != "country" for label in place.labels)
    return frozenset(label for label in named if len(label) > 1)


def _place_before(folded: str, end: int) -> str:
    """The place named right before a position: 山东 + 电子口岸."""
    return next((folded[end - size : end] for size in (4, 3, 2) if folded[max(0, end - size) : end] in _places()), "")


def _quoted(page: Page) -> Iterator[tuple[str, int, int]]:
    """“甲”平台, “甲”监管服务平台, “甲系统”."""
    spans = page.of("platform")
    for match in _QUOTED.finditer(page.folded):
        name, tail = match.groups()
        short = bool(_BARE.fullmatch(tail))
        if name in words()["platform_slogans"] or (_generic().fullmatch(name) and _generic().fullmatch(tail)):
            continue
        full = bare(name if short else name + tail)
        if lookup(name, "platform") and not short and page.folded[match.start() - 1 : match.start()] not in _PAUSE:
            full = tail  # 国际贸易“单一窗口”航空物流公共信息平台: the window is named before, then its part
            if lookup(tail, "platform") or not _specific(_HEADS.split(tail)[0]):
                continue
        if not (_bounds().search(tail) or _inside(match.start(), match.end(), spans)):
            yield lookup(full, "platform") or full, match.start(), match.end()
    for match in _WHOLE.finditer(page.folded):
        name = bare(match.group(1))
        vague = len(name) < _VAGUE and _generic().fullmatch(name)
        if not vague and not _inside(match.start(1), match.end(1), spans):
            yield lookup(name, "platform") or name, match.start(1), match.end(1)


def _titled(page: Page) -> Iterator[tuple[str, int, int]]:
    """微信公众号“甲”: the head stands before the name."""
    for match in _BEFORE.finditer(page.folded):
        name = bare(match.group(1))
        yield lookup(name, "platform") or name, match.start(1), match.end(1)


def _inside(start: int, end: int, spans: Spans) -> bool:
    """Whether a known platform already covers the words, but for quotation marks and a bare head."""
    return any(hit.start <= start + 1 and end <= hit.end + 4 for hit in spans.touching(start, end))


def _plain(page: Page) -> Iterator[tuple[str, int, int]]:
    """甲乙丙监管系统: a proper name or a specific description right before the head."""
    covered = [(hit.start, hit.end) for hit in page.hits if hit.kind == "platform"]
    covered += [match.span() for pattern in (_QUOTED, _WHOLE) for match in pattern.finditer(page.folded)]
    covered.sort()
    place = 0
    for head in _HEADS.finditer(page.folded):
        run = _RUN.search(page.folded, max(0, head.start() - _REACH), head.start())
        before = run.group() if run else ""
        name = before[max((m.end() for m in _bounds().finditer(before)), default=0) :].removeprefix("发展")
        start = head.start() - len(name)
        while place < len(covered) and covered[place][1] <= start:
            place += 1
        free = all(
            head.end() <= first or (last <= head.start() and _leads(page, first, start))
            for first, last in covered[place : place + 3]
        )
        if (
            free
            and len(before) < _REACH
            and _specific(name)
            and not _other(name, head.group())
            and page.folded[head.end() : head.end() + 1] not in _NOT_AFTER
        ):
            full = bare(name + head.group())
            yield lookup(full, "platform") or full, start, head.end()


def _other(name: str, head: str) -> bool:
    """Whether the words before a head make something else of it: 慢行系统 are footpaths, 中试平台 a plant."""
    if head == "系统":
        return name.endswith(words()["other_systems"]) and not any(mark in name for mark in words()["system_marks"])
    return head == "平台" and (name.endswith(words()["other_platforms"]) or bool(_BENCH.search(name)))


def _leads(page: Page, first: int, start: int) -> bool:
    """Whether a name on file opens a longer one, alone or after a place: 广西电子口岸 + 公共平台."""
    before = page.folded[start:first]
    return not before or _place_before(page.folded, first) == before


def _specific(name: str) -> bool:
    """Whether the words before a head say which system it is, and not only what kind."""
    if len(name) < _OWN or re.match(r"\d*年|\d+月|[一二三]是", name):
        return False
    return len(name) >= _LONG or not _generic().fullmatch(name)
