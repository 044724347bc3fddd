"""Mentions by rule: the sentences of ``mentions.yaml`` and what they name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from guanlian.loaders.mentions import read
from guanlian.loaders.repair import repair
from guanlian.loaders.text import Passage

_TABLE = yaml.safe_load(Path(__file__).with_name("mentions.yaml").read_text(encoding="utf-8"))
_CASES = [pytest.param(case, id=f"{group['rule']}: {case['text']}") for group in _TABLE for case in group["cases"]]


@pytest.mark.parametrize("case", _CASES)
def test_a_sentence_names_what_its_rule_says(case: dict[str, Any]) -> None:
    text = repair(case["text"])
    found = read(text, [Passage("1", "body", 0, len(text.clean))], "plan")
    named = {
        "ports": [row.port for row in found.ports],
        "platforms": [row.platform for row in found.platforms],
        "modes": [row.mode for row in found.modes],
    }
    assert {key: named[key] for key in named if key in case} == {key: case[key] for key in named if key in case}
