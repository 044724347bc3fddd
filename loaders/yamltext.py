"""YAML that people review: one line per fact out; plain data only in, no aliases, no duplicate keys."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_CONTROL = re.compile("[\0-\x1f]")


class Block(dict[str, Any]):
    """A mapping written one field a line."""


class Row(dict[str, Any]):
    """A mapping written on one line."""


class YamlError(ValueError):
    """Text that is not plain YAML; ``line`` counts from 1, 0 where unknown."""

    def __init__(self, line: int, why: str) -> None:
        self.line = line
        super().__init__(why)


@lru_cache(maxsize=1)
def _dumper() -> Any:
    import yaml

    base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

    class Dumper(base):  # type: ignore[misc]
        def ignore_aliases(self, data: Any) -> bool:
            return True

    def row(dumper: Any, plain: Row) -> Any:
        return dumper.represent_mapping("tag:yaml.org,2002:map", plain.items(), flow_style=True)

    def block(dumper: Any, plain: dict[str, Any]) -> Any:
        return dumper.represent_mapping("tag:yaml.org,2002:map", plain.items(), flow_style=False)

    def sequence(dumper: Any, items: list[Any]) -> Any:
        flat = not any(isinstance(item, dict) for item in items)
        return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flat)

    def text(dumper: Any, words: str) -> Any:
        # Single quotes would print a line break as an empty line; double quotes say \n.
        style = '"' if _CONTROL.search(words) else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=style)

    for kind, represent in ((Row, row), (Block, block), (dict, block), (list, sequence), (str, text)):
        Dumper.add_representer(kind, represent)
    return Dumper


def emit(plain: dict[str, Any]) -> str:
    """Plain data as YAML in UTF-8 characters, keys in their own order, no line folded.

    >>> print(emit({"port": "罗湖口岸", "at": [3, 7], "rows": [Row(mode="两步申报", stance="uses")]}), end="")
    port: 罗湖口岸
    at: [3, 7]
    rows:
    - {mode: 两步申报, stance: uses}
    """
    import yaml

    text: str = yaml.dump(plain, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=2**30)
    return text


@lru_cache(maxsize=1)
def _loader() -> Any:
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        """Plain data only: no aliases (they can blow up), no duplicate keys, no merging, no dates."""

        def construct_object(self, node: Any, deep: bool = False) -> Any:
            if node in self.constructed_objects:
                raise yaml.constructor.ConstructorError(None, None, "an alias (*name) is not allowed", node.start_mark)
            return super().construct_object(node, deep)

        def flatten_mapping(self, node: Any) -> None:
            seen = set()
            for key, _ in node.value:
                if not isinstance(key, yaml.ScalarNode) or key.value in seen:
                    why = f"duplicate key {key.value!r}" if isinstance(key, yaml.ScalarNode) else "a key is not text"
                    raise yaml.constructor.ConstructorError(None, None, why, key.start_mark)
                seen.add(key.value)

    unwanted = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:merge")
    Loader.yaml_implicit_resolvers = {
        first: [rule for rule in rules if rule[0] not in unwanted]
        for first, rules in base.yaml_implicit_resolvers.items()
    }
    return Loader


def parse(text: str) -> Any:
    r"""The plain data of YAML text. Raises YamlError for anything else.

    >>> parse("id: 3\nissued: 2020-05-06")
    {'id': 3, 'issued': '2020-05-06'}
    """
    import yaml

    try:
        return yaml.load(text, Loader=_loader())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise YamlError(mark.line + 1 if mark else 0, str(error.problem)) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise YamlError(0, str(error).splitlines()[0]) from None
