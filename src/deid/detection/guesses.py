"""Names and numbers that only the networks see, in a text that names and identifies nobody else.

Where somebody is named for sure, or identified, a network that takes 石榴 for a person is mostly right. In a price
list, a textbook or a log there is nobody, and what it takes for one is a word: "石榴" 1680, 梁丘为胃经郄穴, used=1342177280.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deid.detection.names.fit import PERSON
from deid.types import Detection

_LEAST_TEXT = 200
"""Characters of a text that would tell more of somebody; shorter ones tell too little of anything."""
_OF_NETWORKS = frozenset(
    {"tagger", "surroundings", "remaining", "han", "hint", "whole", "transliterated", "given name added"}
    | {"surname", "rare surname"}
)
"""Evidence that is nothing but what a network says and how a name is formed."""
_OF_MANY = frozenset(
    "LOCATION ORGANIZATION CN_MEDICAL_INSTITUTION DATE_TIME DATE_OF_BIRTH AGE OCCUPATION URL GENDER ETHNIC_GROUP".split()
) | frozenset("DISEASE MEDICATION PROCEDURE SYMPTOM PUBLIC_HOTLINE".split())
"""Types that say nothing of whether somebody is identified: they stand in textbooks too."""
_IDENTIFYING = 0.7
_SURE = 0.85
"""Scores of a number that identifies, and of a name of which the tagger by itself is sure."""
_SOME, _MOSTLY = 3, 0.8
"""So many names of such a mean score are a list of persons."""


def is_lonely(text: str, claims: Iterable[Detection]) -> bool:
    """Whether a text of some length has none but guessed names among its claims, which are those above their threshold."""
    if len(text) < _LEAST_TEXT:
        return False
    guessed: dict[str, float] = {}
    for claim in claims:
        if claim.entity_type in _OF_MANY:
            continue
        if not _is_guess(claim):
            if claim.entity_type == PERSON or claim.score >= _IDENTIFYING:
                return False
        elif claim.entity_type == PERSON:
            name = text[claim.start : claim.end]
            guessed[name] = max(claim.score, guessed.get(name, 0.0))
    if len(guessed) >= _SOME:
        return sum(guessed.values()) < _MOSTLY * len(guessed)
    return all(score < _SURE for score in guessed.values())


def without_guesses(claims: Sequence[Detection]) -> list[Detection]:
    """The claims but for the names that only networks see."""
    return [claim for claim in claims if not (claim.entity_type == PERSON and _is_guess(claim))]


def _is_guess(claim: Detection) -> bool:
    return bool(claim.evidence) and _OF_NETWORKS.issuperset(claim.evidence)
