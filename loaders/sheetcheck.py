"""Whether plain data make a fact sheet: the schema, what it cannot say, and why not, in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import ValidationError

_Plain = dict[str, Any]


class SheetError(ValueError):
    """A sheet that cannot be read: which file, item and field, and why.

    >>> str(SheetError("x.sheet.yaml", "17", "modes[0].stance", "'used' is not one of uses, promotes"))
    "x.sheet.yaml: 条目 item 17: modes[0].stance: 'used' is not one of uses, promotes"
    """

    def __init__(self, file: str, item: str, field: str, why: str) -> None:
        self.file, self.item, self.field, self.why = file, item, field, why
        place = f"条目 item {item}" if item else ""
        super().__init__(": ".join(part for part in (file, place, field, why) if part))


def schema() -> _Plain:
    """The JSON Schema (2020-12) of a fact sheet."""
    path = Path(__file__).with_name("sheet.schema.json")
    loaded: _Plain = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=1)
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema())


def check(plain: Any, name: str) -> None:
    """Raises SheetError for plain data that do not fit the schema or contradict themselves."""
    found = sorted(_validator().iter_errors(plain), key=lambda one: [f"{step:>9}" for step in one.absolute_path])
    error = found[0] if found else None
    if error is not None:
        item, field = _place(plain, list(error.absolute_path))
        raise SheetError(name, item, field, _why(error))
    ids: set[str] = set()
    for item in plain.get("provisions", ()):
        if item["id"] in ids:
            raise SheetError(name, item["id"], "id", "条目编号重复 two items have this id")
        ids.add(item["id"])
    for item in plain.get("provisions", ()):
        if item.get("parent", item["id"]) not in ids:
            raise SheetError(name, item["id"], "parent", f"没有条目 there is no item {item['parent']!r}")
    for place, value in _spans(plain, []):
        why = _bad_span(value)
        if why:
            raise SheetError(name, *_place(plain, place), why)


def _spans(plain: Any, place: list[str | int]) -> Iterator[tuple[list[str | int], _Plain]]:
    """Every mapping that has a span, with the path to its field."""
    if isinstance(plain, dict):
        for key in ("at", "span"):
            if key in plain:
                yield [*place, key], plain
        pairs: Iterable[tuple[str | int, Any]] = plain.items()
    else:
        pairs = enumerate(plain)
    for step, part in pairs:
        if isinstance(part, dict | list) and step not in ("at", "span"):
            yield from _spans(part, [*place, step])


def _bad_span(plain: _Plain) -> str:
    start, end = plain["at"] if "at" in plain else plain["span"]
    if end < start:
        return f"终点在起点之前 the span ends ({end}) before it starts ({start})"
    if "at" in plain and end and end - start != len(plain["quote"]):
        return f"区间长 the span holds {end - start} characters, the quote {len(plain['quote'])}"
    return ""


def _place(plain: Any, path: list[str | int]) -> tuple[str, str]:
    """Item and field, as a person would look for them, of a path into the plain data."""
    item = ""
    if len(path) > 1 and path[0] == "provisions":
        found = plain["provisions"][path[1]]
        item = str(found.get("id", f"#{int(path[1]) + 1}")) if isinstance(found, dict) else f"#{int(path[1]) + 1}"
        path = path[2:]
    field = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return item, field.removeprefix(".")


def _why(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    shown = repr(error.instance)
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    if error.validator == "enum":
        return f"{shown} is not one of {', '.join(map(str, wanted))} 不在可选值之内"
    if error.validator == "type" and wanted == "string":
        return f"{shown} is not text 应为文字: write it in quotes"
    if error.validator == "not":
        return "reviewed 与 rejected 不能并用 a fact is either reviewed or rejected"
    given: Any = error.instance
    if error.validator == "required" and not given.get("reviewed") and {"at", "span"} & {*wanted} - {*given}:
        return f"{error.message} 手工添加的请加 reviewed: true: what is added by hand needs reviewed: true"
    if error.validator in ("type", "minLength", "minimum", "const"):
        return f"{shown}: must have {error.validator} {wanted}"
    return str(error.message) if len(error.message) <= 200 else str(error.message)[:197] + "…"
