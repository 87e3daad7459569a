from __future__ import annotations

import pytest

from deid.detection import values
from deid.detection.joined import Joined
from deid.detection.values import HashedValues, PackedValues, ValueFinder
from deid.normalize import shadow

FINDER = ValueFinder.of(
    [
        ("PERSON", "王建国"),
        ("PERSON", "王平"),
        ("PHONE_NUMBER", "13800138000"),
        ("MEDICAL_RECORD_NUMBER", "ZY-0093"),
    ]
)


def found(text):
    return [text[d.start : d.end] for d in FINDER.find(shadow(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("随访王建国了", ["王建国"]),
        ("患者王 建 国来诊", ["王 建 国"]),
        ("（王　建国）", ["王　建国"]),
        ("|王^建国^^|", ["王^建国"]),
        ("電話１３８-００１３-８０００。", ["１３８-００１３-８０００"]),
        ("电话138 0013\n8000", ["138 0013\n8000"]),
        ("号zy0093号", ["zy0093"]),
        ("王\u200b平复诊", ["王\u200b平"]),
        ("tel13800138000x", ["13800138000"]),
        ("订单KZ24060713800138000001已发", ["13800138000"]),
    ],
)
def test_known_values_are_found_in_every_form(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text", ["国王 平时不来", "213800138000", "ZY00931", "王。平", "AZY0093"])
def test_parts_of_other_words_and_numbers_are_not_the_value(text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["王 建 国的报告", "１３８-0013 8000", "ZY0093", "随访王平", "李建国", ""])
def test_of_many_values_those_that_may_stand_in_a_text_find_the_same(text):
    few = FINDER.among([text])

    assert list(few.find(shadow(text))) == list(FINDER.find(shadow(text)))
    assert len(few.values) < len(FINDER.values)


@pytest.mark.parametrize("growing", ["Weiß", "o\ufb03ce"])
def test_letters_that_are_several_in_capitals_hide_no_value_beside_them(growing):
    finder = ValueFinder.of([("PERSON", "Wang Fang"), ("PERSON", growing)])
    text = f"{growing}, wang fang"

    assert [text[hit.start : hit.end] for hit in finder.find(shadow(text))] == [growing, "wang fang"]
    assert finder.may_stand(Joined([growing, "zhang", "wang fang"])) == {0, 2}
    assert len(finder.among([text]).values) == 2


MANY = [
    (kind, f"{kind[0]}{number * number}") for kind in ("PHONE_NUMBER", "OTHER_ID") for number in range(300)
]


def test_packed_values_are_those_that_were_packed_each_once_and_in_order():
    packed = PackedValues.of([*reversed(MANY), *MANY])

    assert list(packed) == sorted(set(MANY))
    assert len(packed) == len(set(MANY))
    assert packed == PackedValues.of(packed)


@pytest.mark.parametrize("piece", [1, 7, 1 << 16])
def test_packed_values_are_parted_piece_by_piece(piece, monkeypatch):
    monkeypatch.setattr(values, "_PIECE", piece)

    assert list(PackedValues.of(MANY)) == sorted(set(MANY))


def test_of_hashed_values_one_tells_which_are_among_them():
    hashed = HashedValues(MANY[::2])

    assert [value in hashed for value in MANY] == [True, False] * (len(MANY) // 2)


@pytest.mark.parametrize("hashed", [MANY[::2], MANY, []])
def test_of_many_values_one_tells_which_are_not_among_hashed_ones(hashed):
    values = [value for kind, value in MANY if kind == "OTHER_ID"]

    found = list(HashedValues(hashed).without("OTHER_ID", values))

    assert found == [value for value in values if ("OTHER_ID", value) not in hashed]


def test_types_without_values_are_no_types_of_packed_ones():
    packed = PackedValues.in_order({"PHONE_NUMBER": [], "OTHER_ID": ["O1"]})

    assert (list(packed), len(packed), [*packed.texts]) == ([("OTHER_ID", "O1")], 1, ["OTHER_ID"])


@pytest.mark.parametrize("number", ["13800138000", "00083100831"])
def test_what_is_turned_is_found_as_it_is_shown_and_as_it_is_stored(number):
    text = f"电话\u202e{number}\u202c。"

    [surface] = found(text)

    assert number in surface
    assert [FINDER.among([text]).values, Joined([text]).unread] == [(("PHONE_NUMBER", "13800138000"),), {0}]
