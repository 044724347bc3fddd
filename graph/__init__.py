"""Facts become triples, triples a network. Imports ontology, loaders.facts and queries."""
