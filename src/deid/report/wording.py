"""The words of the report pages, Chinese and English; they stand in wording.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from deid.resources import packaged_yaml

Language = Literal["zh", "en"]


def words(language: Language, key: str, **values: object) -> str:
    """A text of the report; an unknown reason or operator is its own name, a missing advice nothing."""
    text = wording().get(key, {}).get(language)
    if text is None:
        return "" if key.startswith("advice.") else key.rpartition(".")[2]
    return text.format(**values) if values else text


@cache
def wording() -> Mapping[str, Mapping[str, str]]:
    """All texts: key → language → text."""
    content: Mapping[str, Mapping[str, str]] = packaged_yaml("deid.report", "wording.yaml")
    return content
