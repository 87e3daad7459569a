"""surrogate and pseudonym, and that no two people share a stand-in."""

from __future__ import annotations

import pickle

import pytest

from deid import Deidentifier, Policy, ProjectKey
from deid.errors import KeyFileError, OperatorError, PolicyError
from deid.operators import OPERATORS, Request
from deid.operators.standins import Choice, StandIns
from deid.types import Subject

KEY = bytes(range(32))
SURROGATE, PSEUDONYM = OPERATORS["surrogate"], OPERATORS["pseudonym"]
NAMES = [a + b + c for a in "王李张刘陈杨赵黄周吴" for b in "建国文志明" for c in "华强伟军平"]
WORDS = {"schema": 1, "name": "own", "title": "自定义", "extends": "dd-preclosing"}


def person(name, **fields):
    return Request("PERSON", "姓名", key=KEY, **fields)


@pytest.mark.parametrize("operator", [SURROGATE, PSEUDONYM])
def test_without_a_key_nothing_is_replaced(operator):
    with pytest.raises(OperatorError, match="needs a key"):
        operator.operate("张三", Request("PERSON"))


def test_one_person_has_one_stand_in_in_all_forms():
    subject = Subject("s1", name="王建国", sex="male")

    new = {
        surface: SURROGATE.operate(surface, person(surface, subject=subject))
        for surface in ("王建国", "老王", "王先生", "建国", "王**")
    }

    surname, given = new["王建国"][0], new["王建国"][1:]
    assert new["老王"] == "老" + surname
    assert new["王先生"] == surname + "先生"
    assert new["建国"] == given
    assert new["王**"] == surname + "**"


def test_people_of_one_name_are_kept_apart():
    new = {SURROGATE.operate("王伟", person("王伟", subject=Subject(f"s{n}", name="王伟"))) for n in range(5)}

    assert len(new) > 1


def test_a_code_is_short_and_the_same_for_a_person():
    codes = {PSEUDONYM.operate(name, person(name, subject=Subject("s1"))) for name in ("王建国", "老王")}

    [code] = codes
    assert len(code) == 8
    assert PSEUDONYM.operate("13800138000", Request("PHONE_NUMBER", key=KEY)) != code
    assert PSEUDONYM.operate("x", person("x", params={"prefix": "P-", "length": 6}))[:2] == "P-"


@pytest.mark.parametrize("operator", ["surrogate", "pseudonym"])
def test_no_two_people_share_a_stand_in_and_none_is_a_name_of_the_input(operator):
    params = {"length": 6} if operator == "pseudonym" else {}
    wanted = [Choice(operator, name, person(name, params=params)) for name in NAMES]

    decided = StandIns.assign(wanted, key=KEY, avoid=set(NAMES))
    new = [
        OPERATORS[operator].operate(
            name, person(name, params=params, attempt=decided.attempt(operator, name, request))
        )
        for _, name, request in wanted
    ]

    assert len(set(new)) == len(NAMES)
    assert not set(new) & set(NAMES)


def test_choices_that_meet_do_not_depend_on_the_order_of_files():
    wanted = [
        Choice("surrogate", a + b, person(a + b))
        for a in "王李张刘陈杨黄赵周吴"
        for b in "建国文志明华强伟军平春花山水木火土金东南西北"
    ]

    decided = StandIns.assign(wanted, key=KEY)

    assert decided.repeated().decided
    assert StandIns.assign(wanted[::-1], key=KEY) == decided


def test_to_ask_for_attempts_those_are_enough_that_were_chosen_again():
    names = [a + b for a in "王李张刘陈杨黄赵周吴" for b in "建国文志明华强伟军平春花山水木火土金东南西北"]
    wanted = [Choice("surrogate", name, person(name)) for name in names]
    decided = StandIns.assign(wanted, key=KEY)

    few = decided.repeated()

    assert [few.attempt(*choice) for choice in wanted] == [decided.attempt(*choice) for choice in wanted]
    assert 0 < len(few.decided) < len(decided.decided)


def test_on_the_second_day_everyone_keeps_a_stand_in():
    wanted = [Choice("surrogate", name, person(name)) for name in NAMES]
    first = StandIns.assign(wanted[:100], key=KEY)

    second = StandIns.assign(
        wanted, key=KEY, avoid=set(NAMES), previous=StandIns.from_dict(first.to_dict(), key=KEY)
    )

    assert {code: second.decided[code] for code in first.decided} == dict(first.decided)
    assert len({stand_in for _, stand_in in second.decided.values()}) == len(NAMES)
    with pytest.raises(KeyFileError, match="another key"):
        StandIns.from_dict(first.to_dict(), key=bytes(32))


def test_stand_ins_hold_no_value_and_are_pickled():
    decided = StandIns.assign([Choice("surrogate", "王建国", person("王建国"))], key=KEY)

    assert pickle.loads(pickle.dumps(decided)) == decided
    assert "王" not in str(decided.to_dict())


@pytest.mark.parametrize("kind", ["AGE", "DISEASE", "DATE_TIME"])
def test_a_type_without_stand_ins_is_an_error_of_the_policy(kind):
    with pytest.raises(PolicyError, match="no stand-ins for"):
        Policy.parse({**WORDS, "operators": {kind: "surrogate"}})


def test_masked_numbers_stay_masked():
    new = SURROGATE.operate("138****8000", Request("PHONE_NUMBER", key=KEY, form="masked"))

    assert new[3:7] == "****"
    assert new != "138****8000"


@pytest.mark.parametrize("seed", range(3))
def test_a_text_is_replaced_by_stand_ins_that_are_the_same_for_the_same_key(seed):
    policy = Policy.parse(
        {
            **WORDS,
            "operators": {"PERSON": "surrogate", "PHONE_NUMBER": "surrogate", "CN_RESIDENT_ID": "pseudonym"},
        }
    )
    text = "患者姓名：王建国，电话13800138000，身份证号11010519491231002X。家属姓名：李秀英，王建国之妻。"
    key = ProjectKey(bytes([seed]) * 32)

    first, second = (Deidentifier(policy=policy, key=key).deidentify(text).text for _ in range(2))

    assert first == second
    assert not any(value in first for value in ("王建国", "李秀英", "13800138000", "11010519491231002X"))
    assert Deidentifier(policy=policy).deidentify(text).text != first


@pytest.mark.parametrize(
    ("kind", "value"), [("MEDICAL_RECORD_NUMBER", "000"), ("OTHER_ID", "-"), ("OTHER_ID", "9" * 200)]
)
def test_what_has_nothing_to_replace_becomes_a_label(kind, value):
    assert SURROGATE.operate(value, Request(kind, "编号", 4, key=KEY)) == "〔编号4〕"
