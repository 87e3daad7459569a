"""Numbers of labels: keyed order, the same whatever the order of values, never given twice."""

from __future__ import annotations

import json
import pickle
from base64 import b64encode
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.errors import KeyFileError, ProjectError
from deid.operators.numbering import Numbering

KEY = bytes(range(32))
NAMES = [("PERSON", f"王{given_name}") for given_name in "建国丽华敏芳强磊军洋勇艳杰娟涛明超秀霞平"]

_TWO_CODES = b64encode(bytes(range(32))).decode()

values = st.tuples(st.sampled_from(["PERSON", "PHONE_NUMBER", "CN_QQ"]), st.text(min_size=1, max_size=4))
many = st.lists(values, max_size=30)


def numbers(numbering, of):
    return {value: numbering.number(*value) for value in of}


@given(many)
def test_each_type_counts_from_one_without_gaps(given_values):
    numbering = Numbering.assign(given_values, key=KEY)

    for entity_type in {entity_type for entity_type, _ in given_values}:
        distinct = {value for value in given_values if value[0] == entity_type}
        assert sorted(numbers(numbering, distinct).values()) == list(range(1, len(distinct) + 1))


@given(many, st.randoms())
def test_numbers_do_not_depend_on_the_order_of_values(given_values, random: Random):
    shuffled = random.sample(given_values, len(given_values))

    assert Numbering.assign(given_values, key=KEY) == Numbering.assign(shuffled, key=KEY)


@given(many, many, many)
def test_a_number_stays_and_is_never_given_to_another_value(first, second, third):
    one = Numbering.assign(first, key=KEY)
    two = Numbering.assign(second, key=KEY, previous=one)
    three = Numbering.assign([*third, *first], key=KEY, previous=two)

    everything = {*first, *second, *third}
    assert numbers(one, first) == numbers(two, first) == numbers(three, first)
    assert numbers(two, second) == numbers(three, second)
    assert len({(kind, three.number(kind, value)) for kind, value in everything}) == len(everything)


def test_new_values_come_after_the_old_ones():
    one = Numbering.assign(NAMES[:5], key=KEY)

    two = Numbering.assign(NAMES, key=KEY, previous=one)

    assert {two.number(*value) for value in NAMES[:5]} == set(range(1, 6))
    assert {two.number(*value) for value in NAMES[5:]} == set(range(6, len(NAMES) + 1))


def test_the_number_of_a_value_that_is_gone_stays_taken():
    one = Numbering.assign(NAMES[:3], key=KEY)
    two = Numbering.assign([], key=KEY, previous=one)

    three = Numbering.assign(NAMES[3:4], key=KEY, previous=two)

    assert three.number(*NAMES[3]) == 4


def test_the_previous_numbering_is_not_changed():
    one = Numbering.assign(NAMES[:3], key=KEY)

    Numbering.assign(NAMES, key=KEY, previous=one)

    assert len(one) == 3


def test_another_key_gives_another_order():
    orders = {tuple(numbers(Numbering.assign(NAMES, key=bytes([i]) * 32), NAMES).values()) for i in range(8)}

    assert len(orders) == 8


def test_the_order_is_neither_that_of_the_list_nor_of_the_alphabet():
    order = list(numbers(Numbering.assign(NAMES, key=KEY), NAMES).values())

    assert order != sorted(order)
    assert sorted(NAMES, key=lambda value: order[NAMES.index(value)]) != sorted(NAMES)


def test_one_value_of_two_types_has_a_number_in_each():
    numbering = Numbering.assign([("PHONE_NUMBER", "13800138000"), ("CN_WECHAT_ID", "13800138000")], key=KEY)

    assert numbering.number("PHONE_NUMBER", "13800138000") == 1
    assert numbering.number("CN_WECHAT_ID", "13800138000") == 1
    assert numbering.number("CN_QQ", "13800138000") is None


def test_a_value_without_number_has_none():
    assert Numbering.assign(NAMES[:1], key=KEY).number("PERSON", "李四") is None


def test_it_is_pickled_for_workers():
    numbering = Numbering.assign(NAMES, key=KEY)

    assert pickle.loads(pickle.dumps(numbering)) == numbering


def test_it_is_stored_as_json_and_read_again():
    numbering = Numbering.assign(NAMES, key=KEY)

    stored = json.dumps(numbering.to_dict())

    assert Numbering.from_dict(json.loads(stored), key=KEY) == numbering


def test_a_long_table_is_stored_in_pieces(monkeypatch):
    monkeypatch.setattr("deid.operators.numbering._TOGETHER", 4)
    numbering = Numbering.assign([*NAMES, ("CN_QQ", "10000")], key=KEY)

    stored = numbering.to_dict()

    assert [kind for kind, _, _ in stored["numbers"]] == ["CN_QQ", *["PERSON"] * 5]
    assert Numbering.from_dict(stored, key=KEY) == numbering


def test_no_value_and_no_key_is_stored_or_shown():
    numbering = Numbering.assign([("PHONE_NUMBER", "13800138000"), ("PERSON", "王建国")], key=KEY)

    for text in (json.dumps(numbering.to_dict(), ensure_ascii=False), repr(numbering)):
        assert "13800138000" not in text
        assert "建国" not in text
        assert KEY.hex() not in text


def test_a_stored_numbering_needs_its_key():
    stored = Numbering.assign(NAMES, key=KEY).to_dict()

    with pytest.raises(KeyFileError, match="another key"):
        Numbering.from_dict(stored, key=bytes(32))


def test_a_previous_numbering_of_another_key_is_an_error():
    previous = Numbering.assign(NAMES, key=KEY)

    with pytest.raises(KeyFileError, match="another key"):
        Numbering.assign(NAMES, key=bytes(32), previous=previous)


@pytest.mark.parametrize(
    "damage",
    [
        lambda stored: stored.pop("numbers"),
        lambda stored: stored.update(numbers=[1]),
        lambda stored: stored.update(schema=1),
        lambda stored: stored.pop("origin"),
        lambda stored: stored.update(numbers=[["PERSON", _TWO_CODES, b64encode(bytes(8)).decode()]]),
        lambda stored: stored.update(
            numbers=[["PERSON", _TWO_CODES, b64encode(bytes([1, 0, 0, 0] * 2)).decode()]]
        ),
        lambda stored: stored.update(
            numbers=[["PERSON", _TWO_CODES, b64encode(bytes([1, 0, 0, 0])).decode()]]
        ),
        lambda stored: stored.update(numbers=[["PERSON", "x", "y"]]),
        lambda stored: stored.update(numbers=[["PERSON", 1]]),
    ],
    ids=[
        "no numbers",
        "a number",
        "another version",
        "no origin",
        "zero",
        "a number twice",
        "too few",
        "no base 64",
        "no table",
    ],
)
def test_a_damaged_record_is_an_error(damage):
    stored = Numbering.assign(NAMES, key=KEY).to_dict()
    damage(stored)

    with pytest.raises(ProjectError):
        Numbering.from_dict(stored, key=KEY)
