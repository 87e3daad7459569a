"""Labels that Chinese programs spell in Hanyu Pinyin: `xingming`, `shoujihao`, or by initials, `ZZYS` (主治医生)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

from deid.grammar.name import is_han
from deid.grammar.pinyin import initials, syllables

_LONGEST = 6
"""Characters of a label."""
_LEAST_SPELT, _LEAST_INITIALS = 4, 4
"""Letters, of which fewer may be anything: LDL."""


def spelt(words: Mapping[str, Hashable]) -> dict[str, str]:
    """Spelling, in small letters without gaps → one of the `words` (each with what it names) that are spelt so.

    None where words of different meaning are.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if 1 < len(word) <= _LONGEST and all(map(is_han, word)):
            for spelling in _spellings(word):
                found[spelling.lower()].append(word)
    return {spelling: some[0] for spelling, some in found.items() if len({words[word] for word in some}) == 1}


def _spellings(word: str) -> Iterable[str]:
    whole = (spelling for spelling in syllables(word) if len(spelling) >= _LEAST_SPELT)
    return {*whole, initials(word)} if len(word) >= _LEAST_INITIALS else whole
