"""Runs of one sign are not read again from each of its places: separators, leaders, dumps."""

from __future__ import annotations

import re

import pytest

from deid import escapes
from deid.detection.patterns import _MASKED
from deid.regexes import Regex


@pytest.mark.parametrize(
    ("pattern", "run"),
    [
        (escapes._escape(True), "\\" * 1000 + "u5f20"),
        (escapes._escape(True), "\\" * 1000 + "6b27\\9633"),
        (escapes._escape(True), "\\" * 1000 + "'c5\\'b7"),
        (_MASKED, "*" * 1000 + "a"),
    ],
)
def test_that_a_run_is_looked_through_so_far_only(pattern: re.Pattern[str] | Regex, run: str) -> None:
    (found,) = pattern.finditer(run)
    assert found.end() >= len(run) - 1
    assert found.end() - found.start() < 100
