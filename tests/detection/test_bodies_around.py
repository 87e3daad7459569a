"""A part of a body's name is no person: 华东理 of 华东理工大学."""

from random import Random

import deid
from deid.detection.parts import outside_bodies
from deid.detection.reading import Reading
from deid.detection.tagger import Tagged
from deid.types import Detection

_NOTHING = Reading("")


def _body(start: int, end: int, evidence: str = "shape") -> Detection:
    return Detection("ORGANIZATION", start, end, 0.9, "test", (evidence,))


def _person(start: int, end: int, evidence: str = "tagger") -> Detection:
    return Detection("PERSON", start, end, 0.6, "test", (evidence,))


def _never(word: str, sure: bool) -> bool:
    return False


def test_that_what_lies_in_a_longer_body_goes_and_what_is_all_of_it_stays() -> None:
    persons = [_person(0, 3), _person(8, 10), _person(10, 13), _person(22, 25), _person(0, 3, "field")]
    bodies = [_body(0, 6), _body(7, 10), _body(10, 13), _body(20, 30, "tagger")]
    assert outside_bodies(_NOTHING, persons, bodies, _never) == persons[2:]


def test_that_a_field_gives_way_to_what_grammar_and_tagger_read() -> None:
    reading = Reading("专家:兰州大学第一医院", tagged=(Tagged(3, 11, "HOS"),))
    found = [_person(3, 6, "cue firm")]
    assert outside_bodies(reading, found, [_body(3, 11)], _never) == []
    assert outside_bodies(_NOTHING, found, [_body(3, 11)], _never) == found


def test_that_a_hospital_in_a_field_for_persons_stays_whole() -> None:
    text = "会诊专家：兰州大学第一医院 毛教授"
    found = {text[entity.start : entity.end] for entity in deid.detect(text)}
    assert {"兰州大学第一医院", "毛"} <= found


def test_that_bodies_are_looked_up_as_if_each_were_compared() -> None:
    random = Random(7)
    for _ in range(200):
        bodies = [_body(at := random.randrange(40), at + random.randrange(1, 12)) for _ in range(8)]
        persons = [_person(at := random.randrange(40), at + random.randrange(1, 5)) for _ in range(12)]
        spans = {(body.start, body.end) for body in bodies}
        expected = [
            person
            for person in persons
            if not any(
                start <= person.start and person.end <= end and (start, end) != (person.start, person.end)
                for start, end in spans
            )
        ]
        assert outside_bodies(_NOTHING, persons, bodies, _never) == expected


def test_that_a_firm_in_short_is_nobody_but_its_owner_is() -> None:
    text = "衡渡医疗负责人：同意衡渡将脑电图提供给专家。请张伟签字。广州衡渡健康咨询有限公司，北京张伟医疗有限公司"
    found = {(text[e.start : e.end], e.entity_type) for e in deid.detect(text)}
    assert {("衡渡医疗", "ORGANIZATION"), ("衡渡", "ORGANIZATION"), ("张伟", "PERSON")} <= found


def test_that_a_hospital_abroad_in_short_is_nobody() -> None:
    text = "想让丹娜法伯的医生看一下病历，寄给安德森的病理科"
    found = {(text[e.start : e.end], e.entity_type) for e in deid.detect(text)}
    assert {("丹娜法伯", "CN_MEDICAL_INSTITUTION"), ("安德森", "CN_MEDICAL_INSTITUTION")} <= found
