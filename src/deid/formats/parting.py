"""Whether a name may be parted where a line ends: 张 over 三丰."""

from __future__ import annotations

import re
from functools import lru_cache

_HAN = re.compile("[\u4e00-\u9fff]+$")
_BEGINS = re.compile("[\u4e00-\u9fff](?![^,，。;；、]{0,5}[:：])")
"""What no label begins."""


def may_part_name(tail: str, head: str) -> bool:
    """Whether a surname ends a line, alone or with a character behind it, and no word does or goes on there."""
    han = _HAN.search(tail)
    if han is None or not _BEGINS.match(head):
        return False
    surnames, words = surnames_and_words()
    end = han[0][-3:]
    if (len(end) > 1 and end[-2:] in words) or any(end[-1] + head[:size] in words for size in (1, 2)):
        return end[-2:] in surnames
    return any(end[-size:] in surnames or end[-size:-1] in surnames for size in (1, 2, 3) if size <= len(end))


@lru_cache(maxsize=1)
def surnames_and_words() -> tuple[frozenset[str], frozenset[str]]:
    """All surnames, and words that are no given names."""
    from deid.surrogates.words import lexicon

    return (
        frozenset((*lexicon("surnames.txt"), *lexicon("compound_surnames.txt"))),
        frozenset(lexicon("common_words.txt")),
    )
