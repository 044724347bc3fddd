"""guanlian 关联: Chinese government documents about ports and customs as a knowledge graph."""
