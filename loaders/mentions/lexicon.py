"""Finds the names that the authority files know: one pass over the text, longest name first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from guanlian.loaders.folding import fold
from guanlian.ontology import authorities

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from ahocorasick_rs import AhoCorasick

# Printed names differ by these: “两步申报” and 两步申报, 關企 e 視通 and 关企e视通.
DROPPED = "“”‘’\"'「」『』《》〈〉 \t\u3000"
_SAME = str.maketrans({"，": "、", ",": "、", "（": "(", "）": ")", "－": "-", "–": "-", "—": "-", "─": "-", "·": "·"})
_SQUEEZE = _SAME | {ord(char): None for char in DROPPED}
_BARE = {ord(char): None for char in DROPPED}
_KIND_OF_MODE = re.compile("(?:模式|方式|改革|制度|机制|作业)$")
OPENING, CLOSING = "“‘「『《", "”’」』》"


class Hit(NamedTuple):
    """A known name in the text: ``kind`` mode, port, platform or agency; span in characters of the text."""

    kind: str
    name: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Known:
    """What a squeezed label may stand for. ``where`` is the place a text must be about, for local short forms."""

    kind: str
    name: str
    where: str = ""
    home: str = ""


@lru_cache(maxsize=1)
def words() -> dict[str, tuple[str, ...]]:
    """Word lists of ``mentions.yaml`` by name."""
    import yaml

    text = Path(__file__).with_name("mentions.yaml").read_text(encoding="utf-8")
    lists = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {
        name: tuple(lines) if name.endswith("_patterns") else tuple(word for line in lines for word in line.split())
        for name, lines in lists.items()
    }


def squeeze(words: str) -> str:
    """Folded words without quotes and spaces, commas and dashes made one: what labels are compared by.

    >>> squeeze("国际贸易“单一窗口”"), squeeze("先声明，后验证")
    ('国际贸易单一窗口', '先声明、后验证')
    """
    return words.translate(_SQUEEZE)


def bare(words: str) -> str:
    """A printed name without quotes and spaces.

    >>> bare("“关企 e 视通”")
    '关企e视通'
    """
    return words.translate(_BARE)


def labels() -> dict[str, list[Known]]:
    """Every squeezed printed form of a mode, port, platform or agency, and what it may stand for."""
    rows: list[tuple[str, Known]] = []
    for mode in authorities.modes():
        rows += [(label, Known("mode", mode.name)) for label in mode.labels]
    for port in authorities.ports():
        rows += [(label, Known("port", port.name, home=port.place)) for label in port.labels]
        rows += [(label, Known("port", port.name, port.place or port.name, port.place)) for label in port.local]
    for platform in authorities.platforms():
        rows += [(label, Known("platform", platform.name)) for label in platform.labels]
    for agency in authorities.agencies():
        rows += [(label, Known("agency", agency.name)) for label in agency.labels]
    table: dict[str, list[Known]] = {}
    folded = fold("\n".join(label for label, _ in rows)).split("\n")
    for label, (_, known) in zip(folded, rows, strict=True):
        forms = {squeeze(label), squeeze(label).replace("、", "")}
        if known.kind == "mode":
            forms |= {stem for form in forms if len(stem := _KIND_OF_MODE.sub("", form)) >= 5}
        for form in forms - {""}:
            if known not in table.setdefault(form, []):
                table[form].append(known)
    return table


@lru_cache(maxsize=1)
def _automaton() -> tuple[AhoCorasick, list[str], dict[str, list[Known]]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    table = {label: known for label, known in labels().items() if len(label) > 1}
    keys = sorted(table)
    return AhoCorasick(keys, matchkind=MatchKind.LeftmostLongest), keys, table


def lookup(name: str, kind: str) -> str:
    """The authority name of a printed name of that kind, or ``""``."""
    found = _automaton()[2].get(squeeze(name), ())
    return next((known.name for known in found if known.kind == kind and not known.where), "")


def find(folded: str) -> list[Hit]:
    """Known names in folded text, leftmost and longest, in order; quotes, spaces and comma style do not matter.

    A quotation mark that a name opens or closes without its partner is taken into the span.

    >>> [(h.kind, h.name) for h in find("推广“兩步 申報”".replace("兩", "两").replace("報", "报"))]
    [('mode', '两步申报')]
    """
    automaton, keys, table = _automaton()
    squeezed, kept = _squeezed(folded)
    found = automaton.find_matches_as_indexes(squeezed)
    if not found:
        return []
    import numpy as np

    spans = np.array(found, dtype=np.intp)
    starts, ends = kept[spans[:, 1]].tolist(), (kept[spans[:, 2] - 1] + 1).tolist()
    meant: dict[int, list[Known]] = {}
    hits: list[Hit] = []
    for (which, first, last), start, end in zip(found, starts, ends, strict=True):
        label = keys[which]
        if (label[0].isascii() and _split(folded[start - 1 : start + 1])) or (
            label[-1].isascii() and _split(folded[end - 1 : end + 1])
        ):
            continue
        if end - start != last - first:
            start, end = _balanced(folded, start, end)
        if which not in meant:
            meant[which] = _meant(label, table[label], folded)
        hits += [Hit(known.kind, known.name, label, start, end) for known in meant[which]]
    return hits


def _squeezed(folded: str) -> tuple[str, npt.NDArray[np.intp]]:
    """What :func:`squeeze` makes of a long text, with the index of each kept character.

    Lone surrogates, which cannot be searched, become U+FFFD.
    """
    import numpy as np

    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    low = np.minimum(codes, 0xFFFF)
    table = _code_table()
    kept = np.flatnonzero(table[low])
    chosen = codes[kept]
    mapped = np.where(chosen > 0xFFFF, chosen, table[low[kept]])
    return mapped.tobytes().decode("utf-32-le"), kept


@lru_cache(maxsize=1)
def _code_table() -> npt.NDArray[np.uint32]:
    """For each character of the basic plane what it is compared as; 0 where it is dropped."""
    import numpy as np

    table = np.arange(0x10000, dtype="<u4")
    table[0] = 0xFFFD
    table[0xD800:0xE000] = 0xFFFD
    for code, same in _SQUEEZE.items():
        table[code] = ord(same) if isinstance(same, str) else (same or 0)
    return table


def _meant(label: str, known: list[Known], folded: str) -> list[Known]:
    """What a label stands for in this text: what it always means, or the local thing of the place the text is about.

    A local thing goes before one of elsewhere only where the text says more of its province.
    """
    always = [one for one in known if not one.where]
    if len(always) == len(known):
        return known
    scores = {one: _about(label, one.home, folded) for one in known}
    local = max((one for one in known if one.where), key=lambda one: scores[one])
    if scores[local] > max((scores[one] for one in always), default=0):
        return [local]
    return always


def _about(label: str, place: str, folded: str) -> int:
    """How often a text names a place or others of its province, but for the label itself."""
    short = place.removesuffix("市").removesuffix("省")
    around = sum(folded.count(name) for name in _province(place)) - folded.count(label) * (short in label)
    return 3 * (folded.count(short) - folded.count(label) * (short in label)) + around if short else 0


@lru_cache(maxsize=64)
def _province(place: str) -> tuple[str, ...]:
    """Short names of the province that a place lies in and of its cities."""
    by_name = {one.name: one for one in authorities.places()}
    one = by_name.get(place)
    while one and one.level not in ("province", "country"):
        one = by_name.get(one.parent)
    if one is None or one.level == "country":
        return ()
    inside = (one.name, *(city.name for city in by_name.values() if city.level == "city" and city.parent == one.name))
    return tuple(name.removesuffix("市").removesuffix("省") for name in inside)


def _split(pair: str) -> bool:
    """Whether two neighbours are parts of one number or Latin word, so that no name ends between them."""
    return len(pair) == 2 and pair.isascii() and pair.isalnum() and pair[0].isdigit() == pair[1].isdigit()


def _balanced(folded: str, start: int, end: int) -> tuple[int, int]:
    """The span with the partner of a quotation mark that it opens or closes alone."""
    depth = 0
    for char in folded[start:end]:
        depth += (char in OPENING) - (char in CLOSING)
    if depth > 0 and folded[end : end + 1] and folded[end] in CLOSING:
        return start, end + 1
    if depth < 0 and start and folded[start - 1] in OPENING:
        return start - 1, end
    return start, end
