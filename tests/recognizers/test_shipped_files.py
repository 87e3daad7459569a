"""Every file that is shipped says each thing once: of two keys YAML takes the last, silently, and of two lines one is idle."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
LISTS = sorted((ROOT / "recognizers").rglob("*.txt"))
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


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_no_entry_stands_twice_in_its_list(path):
    entries = (line.strip() for line in path.read_text("utf-8").splitlines())
    counts = Counter(entry for entry in entries if entry and not entry.startswith("#"))

    assert [entry for entry, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_word_stands_twice_before_one_value(path):
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(path.read_text("utf-8"), Loader=loader)
    lists = [content, *content.get("cues", ())] if isinstance(content, dict) else []

    for words in (entry.get("words", ()) for entry in lists):
        assert [word for word, count in Counter(words).items() if count > 1] == []
