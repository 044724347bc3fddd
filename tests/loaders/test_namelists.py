"""A printed list of names is cut where it lists, and nowhere inside a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanlian.loaders.names.namelists import pieces


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市文化和旅游局、市住房和城乡建设局和市水务局", ["市文化和旅游局", "市住房和城乡建设局", "市水务局"]),
        ("海关总署，商务部；财政部", ["海关总署", "商务部", "财政部"]),
        ("市教育局/市体育局", ["市教育局", "市体育局"]),
        ("市教育局\n市体育局\t市财政局", ["市教育局", "市体育局", "市财政局"]),
        ("市委宣传部与市教育局以及团市委", ["市委宣传部", "市教育局", "团市委"]),
        ("市教育局和各区人民政府", ["市教育局", "各区人民政府"]),
        ("各区（县、市）人民政府、市财政局", ["各区（县、市）人民政府", "市财政局"]),
        ("各区人民政府（含高新区、经开区，下同）、市财政局", ["各区人民政府（含高新区、经开区，下同）", "市财政局"]),
        ("市财政局、有关部门、单位", ["市财政局", "有关部门、单位"]),
        ("市财政局、有关部门和单位", ["市财政局", "有关部门和单位"]),
        ("教育部、有关部门和单位及各地区", ["教育部", "有关部门和单位", "各地区"]),
        ("国家药监局以及各省（区、市）人民政府", ["国家药监局", "各省（区、市）人民政府"]),
        ("市机关事务和接待服务中心", ["市机关事务和接待服务中心"]),
        ("市规划和自然资源局", ["市规划和自然资源局"]),
        ("  市教育局 、 市体育局  ", ["市教育局", "市体育局"]),
        ("、，；", []),
        ("", []),
    ],
)
def test_pieces(text: str, names: list[str]) -> None:
    assert [p.words for p in pieces(text, 0, len(text))] == names


@given(st.text(alphabet="市省教育局和与及以、，；（）()/有关部门单位各区 \n\t", max_size=60), st.integers(0, 10), st.integers(0, 10))
def test_every_piece_stands_where_it_says(text: str, skip: int, cut: int) -> None:
    start, end = min(skip, len(text)), max(min(skip, len(text)), len(text) - cut)
    at = start
    for piece in pieces(text, start, end):
        assert at <= piece.start < piece.end <= end
        assert text[piece.start : piece.end] == piece.words == piece.words.strip()
        at = piece.end
