"""label, redact, replace, keep, hash, and what holds for all operators."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.errors import OperatorError, PolicyError
from deid.operators import OPERATORS, Request

KEY = bytes(range(32))


def test_there_are_these_operators():
    names = (
        "label redact replace mask hash pseudonym surrogate generalize shift_date relative_day encrypt keep"
    )
    assert set(OPERATORS) == set(names.split())


@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_an_operator_knows_its_name_and_is_pickled(name):
    operator = pickle.loads(pickle.dumps(OPERATORS[name]))

    assert operator.name == name
    assert operator.title


@pytest.mark.parametrize("name", sorted({*OPERATORS} - {"replace"}))
def test_an_operator_works_without_parameters(name):
    OPERATORS[name].check({})


@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_an_unknown_parameter_is_an_error(name):
    with pytest.raises(PolicyError, match="no parameter called 'colour'"):
        OPERATORS[name].check({"colour": "red", **({"with": "x"} if name == "replace" else {})})


def test_a_request_is_pickled_and_shows_no_key():
    request = Request("PERSON", "姓名", 1, key=KEY)

    assert pickle.loads(pickle.dumps(request)) == request
    assert repr(KEY)[2:-1] not in repr(request)


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (Request("PERSON", "姓名", 1), "〔姓名1〕"),
        (Request("PERSON", "姓名"), "〔姓名〕"),
        (Request("PERSON", "姓名", 12, params={"word": "患者"}), "〔患者12〕"),
        (Request("PERSON", "姓名", 12, params={"numbered": False}), "〔姓名〕"),
        (Request("US_SSN", number=3), "〔US_SSN3〕"),
        (Request("PHONE_NUMBER", "手机号", 2, form="masked"), "〔手机号2〕"),
        (Request("PHONE_NUMBER", "手机号", 2, form="partial"), "〔手机号2〕"),
    ],
)
def test_a_label_says_type_and_number(request_, expected):
    assert OPERATORS["label"].operate("138****5678", request_) == expected


@given(st.text())
def test_a_label_holds_nothing_of_the_value(value):
    assert OPERATORS["label"].operate(value, Request("PERSON", "姓名", 1)) == "〔姓名1〕"


def test_a_label_can_be_written_in_gbk():
    label = OPERATORS["label"].operate("张三", Request("PERSON", "姓名", 1))

    assert label.encode("gbk").decode("gbk") == label


@pytest.mark.parametrize(
    "params", [{"word": ""}, {"word": "患者1"}, {"word": "〔x〕"}, {"word": 1}, {"numbered": "no"}]
)
def test_wrong_parameters_of_label_are_errors(params):
    with pytest.raises(PolicyError, match="label"):
        OPERATORS["label"].check(params)


def test_redact_leaves_nothing_and_keep_everything():
    assert OPERATORS["redact"].operate("张三", Request("PERSON")) == ""
    assert OPERATORS["keep"].operate("高血压", Request("DISEASE")) == "高血压"


def test_replace_puts_its_text():
    request = Request("PERSON", params={"with": "（略）"})

    assert OPERATORS["replace"].operate("张三", request) == "（略）"


@pytest.mark.parametrize("params", [{}, {"with": ""}, {"with": 1}, {"with": None}])
def test_replace_needs_a_text(params):
    with pytest.raises(PolicyError, match="with is the text"):
        OPERATORS["replace"].check(params)


def hashed(value, entity_type="PHONE_NUMBER", key=KEY, **params):
    return OPERATORS["hash"].operate(value, Request(entity_type, key=key, params=params))


def test_two_spellings_of_a_value_have_one_code():
    codes = {
        hashed(value)
        for value in ("13800138000", "138 0013 8000", "+86 138-0013-8000", "１３８００１３８０００")
    }

    assert len(codes) == 1


def test_codes_differ_by_value_type_and_key():
    codes = {
        hashed("13800138000"),
        hashed("13800138001"),
        hashed("13800138000", "CN_WECHAT_ID"),
        hashed("13800138000", key=bytes(32)),
    }

    assert len(codes) == 4


@pytest.mark.parametrize("length", [8, 16, 64])
def test_a_code_has_the_length_asked_for(length):
    code = hashed("13800138000", length=length)

    assert len(code) == length
    assert set(code) <= set("0123456789abcdef")
    assert hashed("13800138000").startswith(code[:16])


@pytest.mark.parametrize("key", [b"", b"short"])
def test_there_is_no_hash_without_a_key_and_the_error_shows_no_value(key):
    with pytest.raises(OperatorError, match="needs a key") as caught:
        hashed("13800138000", key=key)

    assert "138" not in str(caught.value)


@pytest.mark.parametrize("length", [0, 7, 65, "16", True, 16.0])
def test_a_wrong_length_is_an_error(length):
    with pytest.raises(PolicyError, match="length"):
        OPERATORS["hash"].check({"length": length})
