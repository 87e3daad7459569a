"""What most tests of detection ask: who or what is found in a text under the default policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deid import Deidentifier
from deid.catalog.marked import parse_marked

_MEDICAL = ("MEDICATION", "PROCEDURE", "DISEASE", "SYMPTOM")


@pytest.fixture(scope="session")
def deidentifier() -> Deidentifier:
    return Deidentifier()


@pytest.fixture
def found(deidentifier) -> Callable[[str], list[tuple[str, str]]]:
    """What is found in a text, each with its type."""
    return lambda text: [(text[e.start : e.end], e.entity_type) for e in deidentifier.detect(text)]


@pytest.fixture
def persons(deidentifier) -> Callable[[str], set[str]]:
    """The names that are found in a text."""
    return lambda text: {
        text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"
    }


@pytest.fixture
def is_as_marked(deidentifier) -> Callable[[str], bool]:
    """Whether all that is marked in a text is found, and nothing else but medical words."""

    def compare(marked: str) -> bool:
        text, entities = parse_marked(marked)
        found = [e for e in deidentifier.detect(text) if e.entity_type not in _MEDICAL]
        return {(e.start, e.end, e.entity_type) for e in found} == {
            (e.start, e.end, e.entity_type) for e in entities
        }

    return compare
