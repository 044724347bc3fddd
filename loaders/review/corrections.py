"""A corrections file: what a person puts right across documents, applied to fact sheets after reading.

A merge is undone by saying what a printed name means in a document, or that it is a unit of that
document's own; a unit gets its right name; an item loses an owner that it does not have::

    corrections: 1
    lines:
    - {document: 甬政发〔2031〕8号, name: 口岸办, means: 宁波市人民政府口岸办公室}
    - {document: 宁波.txt, name: 开发区管委会, apart: true}
    - {rename: 宁波市商务委, to: 宁波市商务委员会}
    - {document: 宁波.txt, item: '7', drop: 市财政局, role: lead, note: 只是抄送}
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from guanlian.loaders.facts import AgencyName, DocumentInfo, FactSheet, Group, Provision, Responsibility
from guanlian.loaders.folding import fold
from guanlian.loaders.names.printed import trim
from guanlian.loaders.review.decisions import LISTS, dropped
from guanlian.loaders.yamltext import Row, YamlError, emit, parse

RULE = "correction"
"""``AgencyName.rule`` of a name that a correction made."""


class CorrectionError(ValueError):
    """A corrections file that cannot be used: which file and line, and why, in Chinese and English.

    ``line`` counts the corrections from 1, 0 where the file as a whole is meant.
    """

    def __init__(self, file: str, line: int, zh: str, en: str) -> None:
        self.zh = f"{file}：" + f"第{line}条：" * bool(line) + zh
        self.en = f"{file}: " + f"line {line}: " * bool(line) + en
        super().__init__(self.en)


@dataclass(frozen=True, slots=True)
class Correction:
    """One line. ``kind``: means, apart, rename or drop; ``at`` counts lines from 1; ``document`` may be ``""`` (all).

    ``name`` is what is looked for, ``to`` what it becomes; ``item`` and ``role`` narrow a drop.
    """

    at: int
    kind: str
    name: str
    to: str
    document: str
    item: str
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What a line did: how many facts it changed, and in which documents (file names). No change: a mistake."""

    correction: Correction
    facts: int
    documents: tuple[str, ...]


def loads(text: str, name: str = "corrections.yaml") -> tuple[Correction, ...]:
    """The lines of a corrections file, checked by its schema. Raises CorrectionError."""
    try:
        plain = parse(text)
    except YamlError as error:
        where = (f"第 {error.line} 行", f"row {error.line}") if error.line else ("", "")
        raise CorrectionError(
            name, 0, f"不是有效的 YAML：{where[0]} {error}", f"not valid YAML: {where[1]} {error}"
        ) from None
    _check(plain, name)
    return tuple(_correction(at, line) for at, line in enumerate(plain["lines"], 1))


def apply(sheets: Sequence[FactSheet], lines: Iterable[Correction]) -> tuple[list[FactSheet], list[Applied]]:
    """The sheets put right, and what each line did. Lines act in their order, each on what those before it left."""
    sheets = list(sheets)
    done = []
    for line in lines:
        total, where = 0, []
        for at, sheet in enumerate(sheets):
            if not _concerns(line, sheet):
                continue
            sheets[at], changed = _ACTS[line.kind](sheet, line)
            total += changed
            where += [sheet.document.source] * bool(changed)
        done.append(Applied(line, total, tuple(where)))
    return sheets, done


def follow(fact: Any, sheet: FactSheet, lines: Iterable[Correction]) -> Any | None:
    """What the lines make of one fact of a sheet; None where they drop it."""
    if isinstance(fact, DocumentInfo):
        return apply([sheet], lines)[0][0].document
    if isinstance(fact, Provision):
        return fact
    name = LISTS[type(fact)]
    alone: dict[str, Any] = {name: (fact,)}
    rows = getattr(apply([replace(sheet, **alone)], lines)[0][0], name)
    return rows[0] if rows else None


def _correction(at: int, line: dict[str, Any]) -> Correction:
    kind = next(kind for kind in ("means", "apart", "rename", "drop") if kind in line)
    name = line["name"] if kind in ("means", "apart") else line[kind]
    to = line.get("means") or line.get("to") or ""
    item = str(line.get("item", ""))
    return Correction(at, kind, name, to, line.get("document", ""), item, line.get("role", ""), _text(line))


def _text(line: Any) -> str:
    """A line as people write it."""
    return emit({"": [Row(line)]}).partition("- ")[2].strip() if isinstance(line, dict) else str(line)


def _concerns(line: Correction, sheet: FactSheet) -> bool:
    info = sheet.document
    return line.document in ("", info.key, info.number, info.title, info.source)


# --- what lines do ----------------------------------------------------------------------------


def _means(sheet: FactSheet, line: Correction) -> tuple[FactSheet, int]:
    return _reread(sheet, line.name, line.to)


def _apart(sheet: FactSheet, line: Correction) -> tuple[FactSheet, int]:
    """The unit keeps its printed name and is told from others of that name by its document."""
    return _reread(sheet, line.name, f"{trim(fold(line.name))}〔{sheet.document.key}〕")


def _reread(sheet: FactSheet, printed: str, to: str) -> tuple[FactSheet, int]:
    """A printed name means another unit where it is printed; in groups too, if it was the unit's only form there.

    What is printed by another name, the unit's full one say, stays: an issuer stands in full in the head.
    """
    old = {row.canonical for row in sheet.agencies if _same(row.printed, printed)} - {to}
    whole = old - {row.canonical for row in sheet.agencies if not _same(row.printed, printed)}
    heads = {name for name in sheet.document.issuers if _same(name, printed)}

    def meant(row: Responsibility) -> bool:
        if row.basis == "stated":
            return row.agency in old and (_same(row.mention, printed) or (not row.mention and row.agency in whole))
        return row.agency in (whole if row.basis == "group" else heads)

    owners = [replace(row, agency=to) if meant(row) else row for row in sheet.responsibilities]
    names = [
        AgencyName(to, row.printed, RULE, False) if row.canonical in old and _same(row.printed, printed) else row
        for row in sheet.agencies
    ]
    return _changed(sheet, owners, names, _groups(sheet, whole, to), _issuer(sheet, heads, to))


def _rename(sheet: FactSheet, line: Correction) -> tuple[FactSheet, int]:
    old = {line.name}
    owners = [replace(row, agency=line.to) if row.agency in old else row for row in sheet.responsibilities]
    names = [AgencyName(line.to, r.printed, RULE, False) if r.canonical in old else r for r in sheet.agencies]
    return _changed(sheet, owners, names, _groups(sheet, old, line.to), _issuer(sheet, old, line.to))


def _drop(sheet: FactSheet, line: Correction) -> tuple[FactSheet, int]:
    """An item that loses its last owner has none; names that nothing uses any more go too."""
    gone = [
        row
        for row in sheet.responsibilities
        if row.measure == line.item
        and line.role in ("", row.role)
        and (_same(row.agency, line.name) or (row.basis != "group" and _same(row.mention, line.name)))
    ]
    return (dropped(sheet, gone) if gone else sheet), len(gone)


_ACTS: dict[str, Callable[[FactSheet, Correction], tuple[FactSheet, int]]] = {
    "means": _means,
    "apart": _apart,
    "rename": _rename,
    "drop": _drop,
}


def _groups(sheet: FactSheet, old: set[str], to: str) -> list[Group]:
    return [
        replace(
            group,
            lead=to if group.lead in old else group.lead,
            members=tuple(replace(m, agency=to) if m.agency in old else m for m in group.members),
        )
        for group in sheet.groups
    ]


def _issuer(sheet: FactSheet, old: set[str], to: str) -> str:
    """The issuers with those of an old name renamed; left as they are printed where there is none."""
    names = sheet.document.issuers
    return "、".join(dict.fromkeys(to if n in old else n for n in names)) if old & {*names} else sheet.document.issuer


def _changed(
    sheet: FactSheet, owners: list[Responsibility], names: list[AgencyName], groups: list[Group], issuer: str
) -> tuple[FactSheet, int]:
    """The sheet with its changed lists, facts that became the same once only, and how many facts changed."""
    pairs = ((sheet.responsibilities, owners), (sheet.agencies, names), (sheet.groups, groups))
    count = sum(a != b for before, after in pairs for a, b in zip(before, after, strict=True))
    count += issuer != sheet.document.issuer
    if not count:
        return sheet, 0
    once = {(r.measure, r.agency, r.role, r.basis): r for r in reversed(owners)}
    kept = {id(row) for row in once.values()}
    made = replace(
        sheet,
        document=replace(sheet.document, issuer=issuer),
        responsibilities=tuple(row for row in owners if id(row) in kept),
        agencies=tuple(sorted(set(names), key=lambda n: (n.canonical, n.printed, n.rule))),
        groups=tuple(groups),
    )
    return made, count


def _same(words: str, name: str) -> bool:
    """Whether two printed names are one: script, width, spaces, quotes and 等部门 aside."""
    return bool(words) and trim(fold(words)) == trim(fold(name))


# --- checks -----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    schema = json.loads(Path(__file__).with_name("corrections.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema)


def _check(plain: Any, name: str) -> None:
    errors = list(_validator().iter_errors(plain))
    if not errors:
        return
    # A word that nobody knows explains why others are missing.
    ranks = {"additionalProperties": 0, "type": 1, "oneOf": 9}
    error = min(errors, key=lambda e: ([f"{s:06}" if isinstance(s, int) else s for s in e.absolute_path][:2], ranks.get(e.validator, 5)))
    path = list(error.absolute_path)
    line = f" {_text(plain['lines'][path[1]])[:80]}" if len(path) > 1 else ""
    named = [str(step) for step in path if isinstance(step, str) and step != "lines"]
    zh, en = _why(error, named[-1] if named else "")
    zh, en = f"{zh}。写法见 README“更正文件”", f"{en}. How to write them: README, “Corrections file”"
    raise CorrectionError(name, int(path[1]) + 1 if len(path) > 1 else 0, f"{line} {zh}".strip(), f"{line} {en}".strip())


def _why(error: Any, field: str) -> tuple[str, str]:
    """What is wrong, and what is allowed there."""
    given: Any = error.instance
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        unknown = "、".join(str(key) for key in given if key not in known)
        allowed = " ".join(known)
        return f"没有“{unknown}”这一项；可用：{allowed}", f"there is no key {unknown}; allowed: {allowed}"
    if error.validator == "oneOf":
        return "须恰好是 means、apart、rename、drop 之一", "must have exactly one of means, apart, rename, drop"
    if error.validator == "dependentRequired":
        key, lacking = next((k, [n for n in needs if n not in given]) for k, needs in error.validator_value.items() if k in given and {*needs} - {*given})
        return f"有 {key} 就须写明 {'、'.join(lacking)}", f"{key} needs {' and '.join(lacking)} as well"
    if error.validator == "enum":
        allowed = " ".join(error.validator_value)
        return f"{field}：{given!r} 不在可选值之内：{allowed}", f"{field}: {given!r} is not one of {allowed}"
    start = f"{field}: " if field else ""
    return start + str(error.message)[:160], start + str(error.message)[:160]
