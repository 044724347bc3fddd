"""An rdflib view of a store of pyoxigraph's, for people who work with rdflib."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import rdflib
import rdflib.plugins.sparql
from oxrdflib.store import OxigraphStore

from guanlian.queries import guard

rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
"""rdflib's own evaluator must not fetch what FROM names, in this view or in a copy somebody makes of it."""


class GuardedDataset(rdflib.Dataset):
    """A data set whose questions pass the guard and which no update reaches."""

    def query(self, query_object: Any, *args: Any, **keywords: Any) -> rdflib.query.Result:
        """As rdflib's, for SPARQL text only; raises guard.RefusedQuery and guard.QueryError."""
        return super().query(guard.check(str(query_object)), *args, **keywords)

    def update(self, *args: Any, **keywords: Any) -> None:
        """Always raises guard.RefusedQuery: a store is changed through Store.replace and Store.remove."""
        raise guard.RefusedQuery("只读：不允许更新", "read-only: updates are refused")


def view(store: ox.Store) -> rdflib.Dataset:
    """The data set of a store, all its graphs seen as one default graph as well."""
    return GuardedDataset(store=OxigraphStore(store=store), default_union=True)
