"""encrypt: a token that the key alone opens, and no other."""

from __future__ import annotations

import doctest

import pytest

from deid.errors import KeyFileError, OperatorError, PolicyError
from deid.operators import OPERATORS, Request, encrypt
from deid.policy import Policy

KEY = bytes(range(32))


@pytest.mark.parametrize("value", ["13800138000", "王 建 国", "", "\ud800", "长" * 500])
def test_a_value_comes_back_with_the_key(value):
    token = OPERATORS["encrypt"].operate(value, Request("PERSON", key=KEY))

    assert encrypt.decrypted(token, key=KEY) == ("PERSON", value)
    assert not value or value not in token
    assert encrypt.TOKEN.search(f"患者{token}入院")[0] == token


def test_the_same_value_has_the_same_token_and_another_type_another():
    tokens = {
        OPERATORS["encrypt"].operate("1380", Request(kind, key=KEY)).rpartition("=")[2]
        for kind in ("PERSON", "CN_QQ", "PERSON")
    }

    assert len(tokens) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("PERSON", "CN_QQ"),
        lambda t: t[:-3] + "AA〕",
        lambda t: t[:15] + "〕",
        lambda t: "x",
    ],
)
def test_a_changed_token_is_refused(change):
    token = encrypt.encrypted("张三", "PERSON", key=KEY)

    with pytest.raises(KeyFileError, match="cannot be opened"):
        encrypt.decrypted(change(token), key=KEY)


def test_another_key_is_refused_and_none_is_an_error():
    with pytest.raises(KeyFileError):
        encrypt.decrypted(encrypt.encrypted("张三", "PERSON", key=KEY), key=bytes(32))
    with pytest.raises(OperatorError, match="needs a key"):
        OPERATORS["encrypt"].operate("张三", Request("PERSON"))


def test_examples_in_docstrings_run():
    assert doctest.testmod(encrypt).failed == 0


def test_only_a_reversible_policy_encrypts():
    content = {"schema": 1, "name": "own", "title": "自定义", "operators": {"PERSON": "encrypt"}}

    with pytest.raises(PolicyError, match="reversible"):
        Policy.parse(content)
    assert Policy.parse({**content, "reversible": True}).operator_for("PERSON").operator == "encrypt"
