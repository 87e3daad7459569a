"""Names and numbers that only the networks see, in a text that names and identifies nobody else.

Where somebody is named for sure, or identified, a network that takes 石榴 for a person is mostly right. In a price
list, a textbook or a log there is nobody, and what it takes for one is a word: "石榴" 1680, 梁丘为胃经郄穴, used=1342177280.
What the tagger takes for an ordinary name stays there as well, and so does a number that a sentence tells of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deid.detection.names.fit import PERSON
from deid.detection.prose import shipped_prose
from deid.grammar.name import HAN
from deid.regexes import Regex
from deid.types import Detection

_LEAST_TEXT = 200
"""Characters of a text that would tell more of somebody; shorter ones tell too little of anything."""
_OF_NETWORKS = frozenset(
    {"tagger", "surroundings", "remaining", "han", "hint", "whole", "given name added"}
    | {"surname", "rare surname"}
)
"""Evidence that is nothing but what a network says and how a name is formed."""
_OF_MANY = frozenset(
    "LOCATION ORGANIZATION CN_MEDICAL_INSTITUTION DATE_TIME DATE_OF_BIRTH AGE OCCUPATION URL GENDER ETHNIC_GROUP".split()
) | frozenset("DISEASE MEDICATION PROCEDURE SYMPTOM PUBLIC_HOTLINE".split())
"""Types that say nothing of whether somebody is identified: they stand in textbooks too."""
_IDENTIFYING = 0.7
_LIKELY, _SURE = 0.825, 0.88
"""Scores of a number that identifies, of what the tagger takes for an ordinary name, wherever it stands, and of a name that
is no word: beside it others are meant as well."""
_DAYS = frozenset({"DATE_TIME", "DATE_OF_BIRTH"})
_TOLD = 0.8
"""The score of a number that is told of in a sentence."""
_LED = Regex(rf"(?P<last>[{HAN}])[ ]?\Z|[,。;][ ]?\Z")
_OF_THING = frozenset("码单证批片款版级类区标格型求卡件")
"""What a word ends in that leads to the number of a thing: 编码, 送修单, 许可证, 芯片."""
_GOES_ON = Regex(rf"[ ]?[{HAN},。;!?]")
_OF_NUMBERED_THING = Regex("[编序列货型批件机身图单架]号[ ]?\\Z")


def is_lonely(text: str, claims: Iterable[Detection]) -> bool:
    """Whether a text of some length has nothing but guesses among its claims, which are those above their threshold."""
    if len(text) < _LEAST_TEXT or any(map(_is_of_somebody, claims)):
        return False
    return not shipped_prose()(text)  # where the tagger is believed alone


def _is_of_somebody(claim: Detection) -> bool:
    if claim.entity_type == PERSON:
        return not _is_guess(claim) or ("tagger" in claim.evidence and claim.score >= _SURE)
    return claim.entity_type not in _OF_MANY and not _is_guess(claim) and claim.score >= _IDENTIFYING


def without_guesses(claims: Sequence[Detection]) -> list[Detection]:
    """The claims but for words, of which only networks say that they are names."""
    return [
        claim for claim in claims if claim.entity_type != PERSON or not _is_guess(claim) or _is_name(claim)
    ]


def _is_name(claim: Detection) -> bool:
    return "tagger" in claim.evidence and claim.score >= _LIKELY


def is_told_of(text: str, claim: Detection) -> bool:
    """Whether a number that only the network sees stands in a sentence, 写的是 350581199001017 这个, and is not that of a
    thing, in a row of a table or in a line of a log."""
    start, end = claim.start, claim.end
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    led = _LED.search(text, max(first, start - 2), start)
    if claim.entity_type in _DAYS or claim.score < _TOLD or led is None or "|" in line or "\t" in line:
        return False
    of_thing = led["last"] in _OF_THING or _OF_NUMBERED_THING.search(text, max(first, start - 4), start)
    return not of_thing and _GOES_ON.match(text, end) is not None


def _is_guess(claim: Detection) -> bool:
    return bool(claim.evidence) and _OF_NETWORKS.issuperset(claim.evidence)
