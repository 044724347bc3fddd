"""guanlian 关联: Chinese government documents about ports and customs as a knowledge graph.

The rooms, low to high (each imports only rooms before it; ``make check`` holds them to it):

    guanlian.ontology   what may be said: vocabulary, shapes, authority files
    guanlian.loaders    a document becomes facts
    guanlian.queries    questions, in SPARQL
    guanlian.graph      facts become triples, triples a network
    guanlian.outputs    what people take away
    guanlian.build      the road in order
    guanlian.cli        the command
"""

from __future__ import annotations

__version__ = "0.1.0"
