"""The shipped gazetteer, read once."""

from __future__ import annotations

from functools import cache

from deid.catalog import shipped_catalog
from deid.grammar.divisions import Divisions


@cache
def gazetteer() -> Divisions:
    return Divisions.from_lines(shipped_catalog().lexicon("divisions.tsv"))
