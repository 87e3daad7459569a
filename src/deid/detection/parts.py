"""What is only a part of a longer name: 华东理 of 华东理工大学, 柏林 of 柏林坝镇中心卫生院, 丰 of 周二丰泽区."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from deid.detection.places.bare import BARE, DONE_THERE, FRAMED
from deid.detection.places.words import BECOMES, FULL_NAME, INTRODUCED, is_cut_from_words
from deid.detection.reading import Reading
from deid.detection.tagger import OF_BODIES
from deid.grammar.divisions import DivisionMatch, Divisions
from deid.regexes import Regex
from deid.types import Detection

BODIES = frozenset(["ORGANIZATION", "CN_MEDICAL_INSTITUTION"])
_PLACES = BODIES | {"CN_ADDRESS", "LOCATION"}
_WHOLE_BODIES = (("medical",), ("signs a message",), ("known by use",))
"""Evidence of bodies that are nobody: a hospital, 【康途】您预约的…."""
_SURE_OF_BODY, _WELL_KNOWN = 0.65, 0.75
_OF_TOWNS = "镇乡"
_OF_ROADS = frozenset("路街道巷弄村镇乡")
"""How a part of an address ends that a name may be taken for."""
_UNPROVEN = frozenset(["tagger", "prose", "surroundings", "title", "given name of one", "label"])
_PROVEN = frozenset(["cue", "label", "role", "certain elsewhere"])
_LEADS = frozenset("于由向从至往")
"""What leads to a place and may be taken for a surname."""
_LEADS_TO_PLACE = frozenset("在去到从飞赴往回来至抵住")
_LED_TO = Regex(f"[飞回转去到]|{BECOMES}")
"""The end of a verb before a place, and no surname: 飞|常德, 改成|常德."""
_NO_FIELD = _UNPROVEN | {"certain elsewhere", "word elsewhere", "cue"}
_OWN_NAMES = ((FULL_NAME,), ("spoken for",))
"""Evidence of a firm in short that the text tells of elsewhere."""
_KNOWN_PLACES = (("cue",), ("led",), ("group",), ("lexicon",), ("followed",), (BARE,), (FRAMED,))
_LIKELY = 0.6
_NO_GIVEN_NAME = Regex("[人籍来的市县省]")
"""Behind a place, within what is taken for a person: 甘肃人, 濮阳接机."""
_SIGNED = Regex(r"[0-9]日[ \n]*\Z")
_WEEKDAY = Regex("(?:周|星期|礼拜)[一二三四五六日天]")


def outside_bodies(
    reading: Reading,
    persons: Collection[Detection],
    others: Collection[Detection],
    is_name: Callable[[str, bool], bool],
) -> list[Detection]:
    """Without those that are a part of the name of a body: 华东理 of 华东理工大学.

    What only one voice takes for a person gives way to a body that a grammar reads, any other to one that the
    tagger sees as well: 兰州大 behind 会诊专家：, of 兰州大学第一医院. So does what is all of such a name: a hospital
    in short (丹娜法伯), or a firm whose full name stands in the text, unless it looks like a person's.
    """
    if not persons:
        return []
    read = {
        (other.start, other.end)
        for other in others
        if other.entity_type in BODIES and other.score >= _SURE_OF_BODY and other.evidence[:1] != ("tagger",)
    }
    text = reading.text
    whole = {(other.start, other.end) for other in others if other.evidence[:1] in _WHOLE_BODIES}
    firms = {text[other.start : other.end] for other in others if other.evidence[:1] in _OWN_NAMES}
    firms = {firm for firm in firms if not is_name(firm, False)}
    starts = (
        {other.start: other.end for other in others if text[other.start : other.end] in firms}
        if firms
        else {}
    )
    seen = {(tag.start, tag.end) for tag in reading.tagged if tag.label in OF_BODIES}
    lies_in, lies_in_both = _within(read), _within(read & seen)
    introduced = {(other.start, other.end) for other in others if other.evidence[:1] == (INTRODUCED,)}
    lies_in_firm = _within(introduced)

    def is_part(person: Detection) -> bool:
        evidence = person.evidence[:1]
        if (person.start, person.end) in introduced or lies_in_firm(person):
            return True
        if text[person.start : person.end] in firms and _NO_FIELD.intersection(evidence):
            return True
        if _UNPROVEN.intersection(evidence):
            return lies_in(person) or (person.start, person.end) in whole
        return lies_in_both(person)

    def behind_firm(person: Detection) -> Detection:
        """厍 of 康途厍经理."""
        end = starts.get(person.start, person.end)
        return replace(person, start=end) if person.start < end < person.end else person

    return [behind_firm(person) for person in persons if not is_part(person)]


def before_places(
    reading: Reading, persons: Collection[Detection], others: Iterable[Detection], divisions: Divisions
) -> Iterator[Detection]:
    """The persons, none of which ends inside the full name of a place: 张三 of 张三丰泽区, nobody of 周二丰泽区."""
    if not persons:
        return
    places = [
        (place.start, place.end)
        for start in sorted({other.start for other in others if other.entity_type in _PLACES})
        if (place := divisions.at(reading.text, start)) and not place.short
    ]
    bodies = {other.start: other.end for other in others if other.entity_type in BODIES}
    known = {
        other.start: other
        for other in others
        if other.entity_type in _PLACES and other.evidence[:1] in _KNOWN_PLACES
    }
    long = {
        other.start for other in others if other.entity_type == "LOCATION" and other.end - other.start > 3
    }
    for person in persons:
        if person.start in long and _is_within_place(person, divisions.at(reading.text, person.start)):
            continue  # 乌兰 of 乌兰察布
        if _is_of_place(reading, person, known) or _is_called_place(
            person, known, divisions.at(reading.text, person.start)
        ):
            continue  # 甘肃人 behind 我是, 洛宁县
        led = reading.text[person.start] in _LEADS and bodies.get(person.start + 1, 0) > person.end
        verb = _LED_TO.match(reading.text, person.start)
        if verb and divisions.names(reading.text[verb.end() : person.end]):
            continue
        if _is_of_places(reading, person, divisions):
            continue
        if _UNPROVEN.intersection(person.evidence[:1]) and (led or _is_place(reading, person, known)):
            continue  # 于洛阳 of 于洛阳同泽诊所就诊, 萧山生 of 在萧山生弟弟
        index = bisect_left(places, (person.start + 1, 0))
        start, end = places[index] if index < len(places) else (person.end, person.end)
        if not start < person.end < end:
            yield person
        elif not _WEEKDAY.fullmatch(reading.text, person.start, start):
            yield replace(person, end=start)


def _is_of_places(reading: Reading, person: Detection, divisions: Divisions) -> bool:
    """乌鲁木齐·沈阳, and 于无锡 behind a date that a paper is signed with."""
    name = reading.text[person.start : person.end]
    if "·" in name:
        return all(map(divisions.names, name.split("·")))
    signed = name[:1] == "于" and _SIGNED.search(reading.text, max(0, person.start - 4), person.start)
    return bool(signed) and divisions.names(name[1:])


def _is_place(reading: Reading, person: Detection, known: Mapping[int, Detection]) -> bool:
    """Whether it begins with a place that the words around it show, or is hardly a name and begins with a listed one."""
    place = known.get(person.start + (reading.text[person.start] == "·"))
    if place is None or place.entity_type != "LOCATION":
        return False
    if place.evidence[0] == "lexicon":
        return place.end < person.end and person.score < _LIKELY
    if place.evidence[0] in ("followed", BARE, FRAMED):
        if place.end == person.end:
            return place.evidence[0] == FRAMED and person.evidence[0] == "tagger"
        rest = reading.text[place.end : person.end]
        worded = len(rest) > 1 and reading.known(rest) > 0  # 濮阳|接机, but not 桐城|王芳
        return worded or _NO_GIVEN_NAME.fullmatch(rest) is not None
    if place.evidence[0] == "cue":
        return person.evidence[0] == "tagger" and place.end == person.end
    if place.evidence[0] == "led" and place.end == person.end:
        return person.evidence[0] == "tagger" and DONE_THERE.match(reading.text, place.end) is not None
    return place.end <= person.end if place.evidence[0] == "group" else place.end < person.end


def _is_of_place(reading: Reading, person: Detection, known: Mapping[int, Detection]) -> bool:
    """Whether it is nobody but somebody from a listed place."""
    place = known.get(person.start)
    return place is not None and place.end == person.end - 1 and reading.text[place.end] == "人"


def _is_within_place(person: Detection, division: DivisionMatch | None) -> bool:
    """Whether it is all or the beginning of a place of four characters and more, by which nobody is called."""
    return division is not None and division.end - division.start > 3 and person.end <= division.end


def _is_called_place(
    person: Detection, known: Mapping[int, Detection], division: DivisionMatch | None
) -> bool:
    """Whether it is the full name of a county, or of three characters a place abroad or a part of one."""
    if division is not None and not division.short and division.end == person.end:
        return division.level != "township" and person.end - person.start > 2
    abroad = known.get(person.start)
    return (
        abroad is not None
        and abroad.evidence[0] == "lexicon"
        and abroad.end - abroad.start > 2
        and abroad.end >= person.end
        and not _PROVEN.intersection(person.evidence)
    )


def outside_longer_names(
    reading: Reading, claims: Iterable[Detection], thresholds: Mapping[str, float]
) -> Iterator[Detection]:
    """Without listed places that are a part of words, or of another name, which a cue near it would let them cut."""
    claims = [claim for claim in claims if not (_is_from_list(claim) and _is_cut(reading, claim))]
    listed = set(filter(_is_from_list, claims))
    if not listed:
        yield from claims
        return
    lies_in = _within(
        {
            (claim.start, claim.end)
            for claim in claims
            if claim.entity_type in _PLACES
            and claim not in listed
            and claim.score >= thresholds.get(claim.entity_type, 0.0)
        }
    )
    yield from (claim for claim in claims if claim not in listed or not lies_in(claim))


def _is_from_list(claim: Detection) -> bool:
    return claim.entity_type == "LOCATION" and claim.evidence[:1] == ("lexicon",)


def _is_cut(reading: Reading, place: Detection) -> bool:
    """上野 in 路上|野狗, 新宿 in 新|宿主: of two characters, to which nothing leads."""
    led = reading.text[max(0, place.start - 1) : place.start] in _LEADS_TO_PLACE
    return place.end - place.start == 2 and is_cut_from_words(reading, place.start, place.end, led=led)


def outside_addresses(text: str, claims: Sequence[Detection]) -> Iterator[Detection]:
    """Without persons that are cut from an address: 门镇 of 武山县洛门镇, 东方路 of 浦东东方路1678号, 洪梅 of 洪梅镇."""
    towns, houses, called = [], [], set()
    for claim in claims:
        if claim.recognizer == "address" and text[claim.end - 1] in _OF_TOWNS:
            called.add((claim.start, claim.end - 1))
        if claim.evidence[1:] == ("listed",):
            towns.append((claim.start, claim.end))
        if claim.entity_type == "CN_ADDRESS" and claim.score >= _WELL_KNOWN:
            houses.append((claim.start, claim.end))
    if not (towns or houses or called):
        yield from claims
        return
    for claim in claims:
        if claim.entity_type == "PERSON":
            first, last = claim.start, claim.end
            if (first, last) in called:
                continue
            road = last - first > 2 and text[last - 1] in _OF_ROADS
            if any(start < first and last <= end for start, end in towns) or (
                road and any(start <= first and last < end for start, end in houses)
            ):
                continue
        yield claim


def _within(spans: Collection[tuple[int, int]]) -> Callable[[Detection], bool]:
    """Whether a detection lies in one of the spans, and is not all of it."""
    ordered = sorted(spans)
    starts = [start for start, _ in ordered]
    reach = [0, *accumulate((end for _, end in ordered), max)]

    def lies_in(found: Detection) -> bool:
        before, until = bisect_left(starts, found.start), bisect_right(starts, found.start)
        return reach[before] >= found.end or reach[until] > found.end

    return lies_in
