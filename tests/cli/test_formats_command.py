"""`deid formats` says what is covered, and what is missing."""

from __future__ import annotations

import pytest

from deid.cli import formats
from deid.cli.messages import known_text
from deid.formats import FORMATS


def test_every_format_is_listed():
    assert [one.name for one in formats.known_formats()] == list(FORMATS)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["txt", "jsonl", "sql", "xlsx", "docx", "pdf", "png", "tif"])
def test_what_is_covered_is_said(monkeypatch, language, name):
    monkeypatch.setenv("DEID_LANG", language)

    assert known_text(f"formats.{name}")


def test_a_missing_extra_is_told(monkeypatch):
    monkeypatch.setattr(formats, "find_spec", lambda module: None)

    found = {one.name: one for one in formats.known_formats()}

    assert not found["png"].ready
    assert found["pdf"].ready
    assert not found["pdf"].complete
    assert not found["docx"].complete
    assert found["txt"].complete
    assert "deid-zh" in formats._state(found["png"])
