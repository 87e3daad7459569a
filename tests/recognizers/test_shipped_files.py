"""Every YAML file that is shipped says each thing once: YAML itself takes the last of two keys, silently."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*(ROOT / "recognizers").rglob("*.yaml"), *(ROOT / "src").rglob("*.yaml")])


def doubled(node):
    """The keys that stand twice in one mapping."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield f"line {key.start_mark.line + 1}: {key.value}"
            seen.add(key.value)
            yield from doubled(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from doubled(value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_key_stands_twice(path):
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    assert list(doubled(yaml.compose(path.read_text("utf-8"), Loader=loader))) == []
