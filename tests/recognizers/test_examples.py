"""Every example in a recognizer file is a test; a failing id says which file."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked, shipped_catalog
from deid.pipeline import Deidentifier

CATALOG = shipped_catalog()
MATCH = [(spec.entity, text) for spec in CATALOG.specs for text in spec.examples.match]
NO_MATCH = [(spec.entity, text) for spec in CATALOG.specs for text in spec.examples.no_match]
PROTECTED = [(protect, text) for protect in CATALOG.protects for text in protect.examples]


def case_id(case):
    entity = case[0] if isinstance(case[0], str) else case[0].protect
    return f"{CATALOG.files[entity]}: {case[1][:24]!r}"


@pytest.fixture(scope="module")
def deidentifier():
    return Deidentifier()


@pytest.mark.parametrize("case", MATCH, ids=case_id)
def test_marked_values_are_found(case, deidentifier):
    entity_type, marked = case
    text, marks = parse_marked(marked)

    found = {(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == entity_type}

    assert found == {(m.start, m.end) for m in marks if m.entity_type == entity_type}


@pytest.mark.parametrize("case", NO_MATCH, ids=case_id)
def test_look_alikes_are_left(case, deidentifier):
    entity_type, text = case

    assert [e for e in deidentifier.detect(text) if e.entity_type == entity_type] == []


@pytest.mark.parametrize("case", PROTECTED, ids=case_id)
def test_protected_words_survive(case, deidentifier):
    protect, text = case

    assert [e for e in deidentifier.detect(text) if e.entity_type in protect.against] == []
