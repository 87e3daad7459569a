"""Surnames that no list has, told by two persons of a text who share them: 独虎明, 独彩琴."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from deid.detection.names.fit import Candidate, Fitting
from deid.detection.reading import Reading

_OFTEN_GIVEN = 900
"""Rank of characters that given names often hold."""


def families(fitting: Fitting, reading: Reading, candidates: Sequence[Candidate]) -> list[str]:
    """The surnames, in order."""
    text, found = reading.text, defaultdict(set)
    for candidate in candidates:
        name = text[candidate.start : candidate.end]
        if (
            len(name) == 3
            and name[0] not in fitting.grammar.surnames
            and is_of_family(fitting, reading, name)
        ):
            found[name[0]].add(name)
    return sorted(surname for surname, names in found.items() if len(names) > 1)


def is_of_family(fitting: Fitting, reading: Reading, name: str) -> bool:
    """Whether characters of given names stand behind the first, and it is neither foreign, nor titled, nor a word."""
    worded = reading.known(name[:2]) or fitting.foreign(name) or fitting.without_title(name)
    return not worded and fitting.grammar.are_given(name[1:], most=_OFTEN_GIVEN)
