"""Questions, in SPARQL: one file each. Imports ontology only."""
