"""Finds the stretches of a text that say who answers for something: bodies are named there, not things."""

from __future__ import annotations

import re

_OPEN, _CLOSE = "（(〔［[【", "）)〕］]】"
_BRACKET = re.compile(
    rf"[{re.escape(_OPEN)}]((?:[^{re.escape(_OPEN + _CLOSE)}]|[（(〔［\[【][^（(〔［\[【）)〕］\]】]{{0,60}}[）)〕］\]】]){{2,400}})[{re.escape(_CLOSE)}]"
)
_CUE = re.compile(r"牵头|负责|参与|配合|(?:责任|主办|协办|承办|牵头|实施)(?:单位|部门|主体)|按职责|职责分工|会同")
_BODY = re.compile(
    r"(?:[局委厅办部署院]|政府|海关|总站|支队|集团|公司|管委会|委员会|办公室|中心支行|分行|边检站|检查站)等?$"
)
_LABEL = re.compile(
    r"(?:责任|牵头|配合|参与|参加|主办|协办|承办|实施|落实|完成|支持|协同)(?:单位|部门|主体|处室)[:：][^\n。]*"
)


def asides(folded: str) -> tuple[tuple[int, int], ...]:
    """Spans of brackets and labelled lines that list bodies, in order, possibly nested.

    >>> asides("开通航线。（青岛港集团牵头，市商务局配合）")
    ((5, 21),)
    >>> asides("在两地（青岛港、大连港）试点。")
    ()
    """
    found = [match.span() for match in _BRACKET.finditer(folded) if _CUE.search(match[1]) or _bodies(match[1])]
    found += [match.span() for match in _LABEL.finditer(folded)]
    return tuple(sorted(found))


def _bodies(words: str) -> bool:
    """Whether words are a list of bodies without a verb: 市商务局、甲港集团."""
    parts = [part.strip() for part in re.split(r"[、，,；;\s]+", words) if part.strip()]
    return len(parts) > 1 and sum(bool(_BODY.search(part)) for part in parts) * 2 > len(parts)
