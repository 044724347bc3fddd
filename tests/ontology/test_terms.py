"""The id function: never one IRI for two things, and always a valid one."""

import pyoxigraph
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guanlian.ontology.terms import PREFIXES, base, expand, iri

PARTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=1, max_size=4)
TRICKY = st.lists(
    st.sampled_from(["", "a", "/", "%", "%2F", "a/b", ".", "..", "#", "?", "港", "（", " "]), min_size=1, max_size=4
)
KINDS = st.sampled_from(["agency", "document", "group", "mode", "port", "unit"])


@given(KINDS, PARTS | TRICKY, KINDS, PARTS | TRICKY)
def test_two_inputs_never_meet(one: str, first: list[str], other: str, second: list[str]) -> None:
    assume((one, first) != (other, second))
    assert iri(one, *first) != iri(other, *second)


@given(KINDS, PARTS | TRICKY)
def test_every_id_is_an_absolute_iri_that_parsers_keep(kind: str, parts: list[str]) -> None:
    made = iri(kind, *parts)
    line = f"<{made}> <{expand('rdf:type')}> <{made}> ."
    (quad,) = pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.TURTLE, base_iri="http://example.org/x/")
    assert quad.object.value == quad.subject.value == made
    assert made.startswith(base() + kind + "/")


@pytest.mark.parametrize("kind", ["", "Agency", "a/b", "agency>", "a b", "..", "机构", "agency\n"])
def test_a_kind_is_a_word_of_ours(kind: str) -> None:
    with pytest.raises(ValueError, match="kind"):
        iri(kind, "x")


def test_chinese_names_stay_readable() -> None:
    assert iri("agency", "中国（深圳）国际贸易“单一窗口”").endswith("agency/中国（深圳）国际贸易“单一窗口”")


def test_prefixes_expand() -> None:
    assert all(expand(f"{prefix}:x") == namespace + "x" for prefix, namespace in PREFIXES.items())
