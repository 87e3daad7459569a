"""Words of lexicons, however they are spelled."""

from __future__ import annotations

import pytest

from deid import detect


@pytest.mark.parametrize(
    ("text", "kind", "term"),
    [
        ("既往ＣＯＰＤ病史", "DISEASE", "ＣＯＰＤ"),
        ("既往copd病史", "DISEASE", "copd"),
        ("既往高血壓病史", "DISEASE", "高血壓病"),
        ("口服阿\u200b司匹林", "MEDICATION", "阿\u200b司匹林"),
    ],
    ids=["full width", "small letters", "traditional", "zero width"],
)
def test_a_term_is_found_in_every_form_at_its_place_in_the_text(text, kind, term):
    assert [(found.entity_type, text[found.start : found.end]) for found in detect(text)] == [(kind, term)]


def test_what_is_short_for_a_term_is_no_part_of_a_word():
    assert not detect("见mediacopdesk一文")
