"""What a person may leave out of an item, a clause or a fact added by hand with ``reviewed: true``.

An item needs ``id`` and ``title``, and all in it is a person's; owners and other facts need no place, and no
quote where the item's title or their own name will do. What is left out is filled in here, before the sheet is
checked; the place is then ``[0, 0]``: not known.
"""

from __future__ import annotations

from typing import Any

_Plain = dict[str, Any]
_NOWHERE = [0, 0]
_LISTS = ("modes", "stackings", "definitions", "ports", "platforms", "figures")
_NAMES = ("mode", "port", "platform", "indicator")


def completed(plain: Any) -> Any:
    """Plain data of a sheet with what a person left out; anything that is no sheet stays as it is.

    >>> completed({"provisions": [{"id": 9, "title": "延时通关", "reviewed": True}]})["provisions"]
    [{'id': '9', 'title': '延时通关', 'reviewed': True, 'kind': 'measure', 'span': [0, 0]}]
    """
    if not isinstance(plain, dict):
        return plain
    made = dict(plain)
    if isinstance(plain.get("provisions"), list):
        made["provisions"] = [_item(item) for item in plain["provisions"]]
    if isinstance(plain.get("outside"), dict):
        made["outside"] = _facts(plain["outside"], False)
    return made


def _item(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    added = item.get("reviewed") is True and "span" not in item
    if item.get("reviewed") is True and type(item.get("id")) is int:
        item = item | {"id": str(item["id"])}
    if added:
        item = item | {"kind": item.get("kind", "measure"), "span": _NOWHERE}
    return _facts(item, added)


def _facts(item: _Plain, added: bool) -> _Plain:
    """The item with its facts completed; where a person ``added`` it, all of them are his."""
    made, title = dict(item), item.get("title", "")
    if isinstance(item.get("clauses"), list):
        made["clauses"] = [_clause(clause, title, added) for clause in item["clauses"]]
    for name in _LISTS:
        if isinstance(item.get(name), list):
            made[name] = [_fact(fact, name, title, added) for fact in item[name]]
    return made


def _clause(clause: Any, title: Any, added: bool) -> Any:
    if not isinstance(clause, dict) or not isinstance(clause.get("owners"), list):
        return clause
    owners = [_mine(owner) if added else owner for owner in clause["owners"]]
    if "at" in clause or not all(isinstance(owner, dict) and owner.get("reviewed") for owner in owners):
        return clause | {"owners": owners}
    named = next((owner["agency"] for owner in owners if owner.get("agency")), "")
    return {"at": _NOWHERE, "quote": clause.get("quote") or title or named} | clause | {"owners": owners}


def _fact(fact: Any, name: str, title: Any, added: bool) -> Any:
    fact = _mine(fact) if added else fact
    if not isinstance(fact, dict) or not fact.get("reviewed") or "at" in fact:
        return fact
    usual = {"figures": {"section": "body", "kind": "level"}, "modes": {"stance": "mentions"}}.get(name, {})
    named = next((fact[key] for key in _NAMES if fact.get(key)), title)
    return {"at": _NOWHERE, "quote": named} | usual | fact


def _mine(fact: Any) -> Any:
    return fact if not isinstance(fact, dict) or "rejected" in fact else fact | {"reviewed": True}
