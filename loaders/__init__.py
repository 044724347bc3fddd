"""A document becomes facts: bytes in, frozen records out. Imports ontology only; the only room that reads Chinese prose."""
