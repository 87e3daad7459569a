"""Where herbs come from: 白芷 亳州, 大黄——礼县, 黄连 利川、石柱所产. In a list of herbs that tells of nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from deid.detection.places.words import LOCATION
from deid.detection.reading import Reading
from deid.regexes import Regex
from deid.types import Detection

_HERB = "MEDICATION.herbs"
_LEAST = 3
"""So many herbs are a list: 苏木 甘肃临夏 may be a person."""
_BETWEEN = Regex(r"[ \t—:|(-]{0,6}\Z")
_AND = Regex(r"[ ]?[、和与及/][ ]?")
_LONGEST = 6


def without_origins(
    reading: Reading, claims: Sequence[Detection], persons: Iterable[Detection]
) -> Iterator[Detection]:
    """The claims but for the places behind herbs, of a list of them, after which nobody is called."""
    text = reading.text
    herbs = {claim.end for claim in claims if claim.recognizer == _HERB and not reading.cue_ends(claim.end)}
    herbs -= {end for person in persons for end in range(person.start + 1, person.end + 1)}
    if len(herbs) < _LEAST:
        yield from claims
        return
    places = sorted((claim.start, claim.end) for claim in claims if claim.entity_type == LOCATION)
    origins: set[int] = set()
    last = -1
    for start, end in places:
        between = _BETWEEN.search(text, max(0, start - _LONGEST), start)
        listed = 0 <= last <= start and _AND.fullmatch(text, last, start)
        if listed or (between and between.start() in herbs):
            origins.add(end)
            last = end
    yield from (claim for claim in claims if claim.entity_type != LOCATION or claim.end not in origins)
