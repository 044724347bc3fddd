"""A document becomes facts: bytes in, frozen records out. Imports ontology only; the only room that reads Chinese prose.

``reader`` is the road; each folder is one reader of it, and its door is the folder's own module (``names``,
``clauses``, ``figures`` …). What they share lies beside them: ``facts``, ``text``, ``repair``, ``folding``, ``words``.
"""
