"""Where herbs come from: 白芷 亳州, 大黄——礼县, 黄连 利川、石柱所产. In a list of herbs that tells of nobody.

Where each line is on a herb, every place in it is one: 4 天麻：云南昭通或贵州，乌天麻.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

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
_HEAD = Regex(r"[ ]*(?:[0-9]{1,2}[.、)]?|[(（][0-9]{1,2}[)）]|[-·•*])?[ ]{0,2}([一-鿿]{2,5})[ ]?[:：—]")
"""A herb at the head of a line that goes on to tell of it."""
_OF_SOMEBODY = Regex(r"(?:[住寄在到去回赴]|来自|老家|籍贯|地址|地)[:： ]{0,2}\Z")


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
    lines = _lines_of_herbs(text, herbs)
    origins = {
        end
        for start, end in places
        if text.rfind("\n", 0, start) + 1 in lines and not _OF_SOMEBODY.search(text, max(0, start - 6), start)
    }
    last = -1
    for start, end in places:
        between = _BETWEEN.search(text, max(0, start - _LONGEST), start)
        listed = 0 <= last <= start and _AND.fullmatch(text, last, start)
        if listed or (between and between.start() in herbs):
            origins.add(end)
            last = end
    yield from (claim for claim in claims if claim.entity_type != LOCATION or claim.end not in origins)


def _lines_of_herbs(text: str, herbs: Collection[int]) -> set[int]:
    """Where lines begin that are on a herb each; none where they are few."""
    starts = [0, *(place + 1 for place, character in enumerate(text) if character == "\n")]
    heads = ((start, _HEAD.match(text, start)) for start in starts)
    lines = {start for start, head in heads if head and head.end(1) in herbs}
    return lines if len(lines) >= _LEAST else set()
