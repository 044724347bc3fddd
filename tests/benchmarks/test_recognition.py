"""Reading beside jieba only cutting the same text into words, in the same run.

``documents`` is the whole recognition of the papers in tests/documents, from bytes to a fact sheet. Figures by themselves:
prose is scanned many times faster than it is cut; in ``dense`` every tenth character begins a figure, and the cost is
the figures (about 0.1 ms each), which jieba does not read at all. The floors only catch a regression.
"""

from __future__ import annotations

import logging
import time
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from guanlian.loaders import figures, reader
from guanlian.loaders.text import Passage, Text

PROSE = (
    "成都海关持续优化口岸营商环境，支持企业灵活选择申报模式，推动口岸作业单证电子化流转，完善容错机制，压缩货物在港停留时间，"
    "加强与地方口岸办、边检、铁路部门的联系配合，及时协调解决企业在通关过程中反映的问题，提升企业的获得感。"
)
PROSE = PROSE * 3 + "改革实施以来，已惠及企业268家。\n"
DENSE = "2022年1—10月，监管进口货物1.2万票、3.5万吨，货值26.8亿元，同比分别增长12%、15.6%和20.1%，通关时间由24小时压缩至4小时以内。\n"


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The best of some runs, in CPU seconds."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize(("words", "ratio"), [(PROSE, 5.0), (DENSE, 0.2)], ids=["prose", "dense"])
def test_figures_beside_jieba(words: str, ratio: float, capsys: pytest.CaptureFixture[str]) -> None:
    jieba = pytest.importorskip("jieba")
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    whole = words * 200
    text = Text(whole, whole, array("l", range(len(whole))))
    passages = [Passage("1", "effect", i, i + len(words)) for i in range(0, len(whole), len(words))]
    assert text.folded
    found, unread = figures.read(text, passages, "2022", "casebook")
    assert found
    assert not unread
    ours = seconds(lambda: figures.read(text, passages, "2022", "casebook"))
    cuts = seconds(lambda: list(jieba.cut(whole)))
    size = len(whole.encode()) / 1e6
    with capsys.disabled():
        print(f"\nfigures {size / ours:.1f} MB/s, jieba {size / cuts:.2f} MB/s, {cuts / ours:.1f} times, {len(found)} figures")
    assert cuts / ours >= ratio


def test_whole_recognition_beside_jieba(capsys: pytest.CaptureFixture[str]) -> None:
    jieba = pytest.importorskip("jieba")
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    folder = Path(__file__).resolve().parents[1] / "documents"
    papers = []
    for path in sorted(folder.glob("[0-9]*.txt")):
        data = path.read_bytes()
        try:
            papers.append((data, path.name, data.decode("utf-8")))
        except UnicodeDecodeError:
            continue  # the few in other encodings
    assert len(papers) > 40
    words = "\n".join(text for *_, text in papers)

    def read_all() -> list[int]:
        return [len(reader.read(data, name).provisions) for data, name, _ in papers]

    assert sum(read_all()) > 300
    ours = seconds(read_all)
    cuts = seconds(lambda: list(jieba.cut(words)))
    size = len(words.encode()) / 1e6
    with capsys.disabled():
        print(f"\nreading {size / ours:.2f} MB/s, jieba {size / cuts:.2f} MB/s, {cuts / ours:.2f} times, {len(papers)} papers")
    assert cuts / ours >= 0.2
