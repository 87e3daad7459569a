"""What most tests of detection ask: who or what is found in a text under the default policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deid import Deidentifier


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
