"""Addresses and bodies as far as a sure tagger sees them, where a grammar has read a part: …路33号|华耀碧桂园底商107, 魏桥|三电厂."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from deid.detection.places.words import ADDRESS, INSTITUTION, LOCATION, ORGANIZATION
from deid.detection.reading import Reading
from deid.grammar.divisions import Divisions
from deid.regexes import Regex
from deid.types import Detection

_REST_SEEN = Regex(
    r"(?!附近|旁边|周边|总部|分部|公司|办事处|[一-鿿]{0,8}(?:养老院|护理院|药房|药店|诊所|公司|医院|学校|幼儿园|银行|超市))(?:(?!(?:附近|旁边?|对面|楼下|门口|那边|这边|村民|上车|下车|[一二]?带)(?:[,。;)\n]|\Z))[^,。;:\n()几]){2,30}"
)
_PLACE_BEFORE = Regex("(?![地址在住于到去往向从由])[一-鿿]{2,8}")
_HOUSED = Regex(
    "[0-9A-Z〇一二三四五六七八九十]+(?:号|栋|幢|座|单元|楼|层|室|户|排|院)?$|[区院园苑馆店厦城寓部堂场校号栋幢座室楼层里]$"
)
"""What goes on behind an address to the room or the house, without what is only near it."""
_COUNTED = Regex("[0-9一二三四五六七八九十两几]+家")
"""How many there are: 长安街|3家店."""
_NO_END = Regex(
    "(?:工会|[一-鿿]学部|(?:解剖|病理|生理|药理|护理)学|(?:信息|国际|客服|市场|医务|财务|人事)部|团险|[教展院科社]|[()|/])$|[|/_]"
)
"""What is no end of a body's name: its union, a department."""
_LIKELY, _SURE, _OF_ADDRESS = 0.5, 0.95, 0.6
"""Least score of a part, how sure the tagger must be, and least score of an address with the rest."""
_FAR = 120
"""Characters before what the tagger sees in which a part of it may begin."""


def as_far_as_seen(
    reading: Reading, claims: Collection[Detection], divisions: Divisions
) -> Iterator[Detection]:
    """Addresses with their rests, and bodies whole."""
    parts = sorted((claim for claim in claims if claim.score >= _LIKELY), key=lambda claim: claim.start)
    starts = [part.start for part in parts]
    for tag in reading.tagged:
        if tag.score < _SURE or tag.label not in ("ADR", "ORG"):
            continue
        near = parts[bisect_left(starts, tag.start - _FAR) : bisect_left(starts, tag.end)]
        within = [part for part in near if part.end > tag.start]
        whole = _address if tag.label == "ADR" else _body
        if seen := whole(reading, tag.start, tag.end, within, divisions):
            yield seen


def _address(
    reading: Reading, start: int, end: int, parts: Sequence[Detection], divisions: Divisions
) -> Detection | None:
    """The address there with the place before it, and what the tagger sees behind it."""
    sites = [part for part in parts if part.entity_type in (ADDRESS, LOCATION)]
    site = max(sites, key=lambda part: (part.entity_type == ADDRESS, part.end), default=None)
    if site is None:
        return None
    text, first, last = reading.text, site.start, site.end
    if divisions.at(text, start) or _PLACE_BEFORE.fullmatch(text, start, first):
        first = min(first, start)
    rest = _REST_SEEN.match(text, last, end) if last < end else None
    body = any(part.start >= last for part in parts if part.entity_type in (ORGANIZATION, INSTITUTION))
    if rest and _HOUSED.search(rest[0]) and not (body or _COUNTED.match(rest[0])):
        last = rest.end()
    if (first, last) == (site.start, site.end):
        return None
    return Detection(ADDRESS, first, last, max(site.score, _OF_ADDRESS), "address", ("tagger",))


def _body(
    reading: Reading, start: int, end: int, parts: Sequence[Detection], divisions: Divisions
) -> Detection | None:
    """The body of which bodies and places are parts, one of them at its beginning."""
    kinds = (ORGANIZATION, INSTITUTION, LOCATION)
    parts = [part for part in parts if part.entity_type in kinds]
    inside = all(start <= part.start and part.end <= end for part in parts)
    bodies = [part for part in parts if part.entity_type != LOCATION]
    begins = any(part.start == start for part in parts) or divisions.at(reading.text, start)
    if not (bodies and inside and begins) or _NO_END.search(reading.text, start, end):
        return None
    if any((part.start, part.end) == (start, end) for part in bodies):
        return None
    score = max(part.score for part in parts)
    return Detection(ORGANIZATION, start, end, score, "ORGANIZATION.tagger", ("tagger",))
