"""The answer to a question as the explorer draws it: the things that its rows name, tied with their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from guanlian.graph.store import Store
from guanlian.outputs import answers
from guanlian.outputs.gather import Rows, rows
from guanlian.outputs.wire import Refused
from guanlian.queries import catalogue

DRAWN = (
    "documents", "measures", "interpretations", "owners", "modes", "stackings", "definitions",
    "ports", "platforms", "outcomes", "targets", "groups",
)  # fmt: skip
"""Questions whose rows the explorer takes as they are."""

CARDS = {"agency-card": "agency", "mode-card": "mode", "port-card": "port"}
"""Questions about one thing, and its class: the explorer shows its neighbourhood."""

MOST = 20_000
"""Rows of an answer that are drawn."""


def drawable(question: catalogue.Question) -> bool:
    """Whether rows of a question name things that hang together."""
    return question.name in (*DRAWN, *CARDS, "coowners") or {"document", "measure"} <= set(question.columns)


def picture(store: Store, name: str, given: Mapping[str, str], lang: str) -> str:
    """The explorer of an answer, one HTML page. Raises QuestionError, and Refused for an answer that gives no picture."""
    from guanlian.outputs.explorer import data, render

    columns, found = answers.ask(store, name, given)
    if len(found) > MOST:
        raise Refused(
            422, f"答案超过 {MOST} 行，请先收窄再画图", f"more than {MOST} rows: narrow the question to draw it"
        )
    made = data(_tables(store, name, [dict(zip(columns, row, strict=True)) for row in found]))
    if not made.facts:
        raise Refused(422, "这个答案里没有相连的事物", "nothing in this answer hangs together")
    return render(made, lang=lang)


def _tables(store: Store, name: str, found: Rows) -> dict[str, Rows]:
    """Rows as the explorer takes them, with titles of the papers and items they name."""
    if name == "coowners":
        found = _shared(rows(store, "owners"), {(row["agency"], row["partner"]) for row in found})
        name = "owners"
    elif name not in DRAWN:
        name = "owners" if found and "agency" in found[0] else "measures"
        found = [{"role": "lead", **row} for row in found]  # the one such question asks for units that lead alone
    keys = {row["document"] for row in found} | {row.get("of_document", "") for row in found}
    items = {(row["document"], row.get("measure", "")) for row in found}
    items |= {(row.get("of_document", ""), row.get("of_measure", "")) for row in found}
    tables = {
        "documents": [
            {column: row[column] for column in ("document", "source", "title", "number", "issued", "kind")}
            for row in rows(store, "documents")
            if row["document"] in keys
        ],
        "measures": [row for row in rows(store, "measures") if (row["document"], row["measure"]) in items],
        "names": rows(store, "names"),
    }
    return {**tables, name: found}


def _shared(owners: Rows, pairs: set[tuple[str, str]]) -> Rows:
    """Of who owns what, the rows of two units that the answer names as a pair."""
    by_item: dict[tuple[str, str], Rows] = defaultdict(list)
    for row in owners:
        by_item[row["document"], row["measure"]].append(row)
    return [
        row
        for together in by_item.values()
        for row in together
        if any((row["agency"], r["agency"]) in pairs or (r["agency"], row["agency"]) in pairs for r in together)
    ]
