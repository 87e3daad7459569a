"""All validators keep the same promises, whatever the standard."""

from __future__ import annotations

import doctest
import importlib
import pickle
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid import validators
from deid.validators import VALIDATORS

VALID = {
    "bank_card": [
        "6217001234567890122",
        "4111111111111111",
        "5500005555555559",
        "3530111333300000",
        "378282246310005",
    ],
    "encoded": [
        "E5BCA0E4B889",
        "0xe5bca0e4b889",
        "3133383030313338303030",
        "D5C5C8FDD5C5C8FD",
        "254535254243254130254534254238254239",
    ],
    "foreign_pr": ["911124198108030024", "932682198501010017", "CAN110081080313"],
    "gtin": ["4006381333931", "036000291452", "10614141000415"],
    "hkid": ["A123456(3)", "C668668(9)", "AB987654(3)"],
    "hmt_residence": ["810000199408230021", "830000199201300022"],
    "iban": ["GB82WEST12345698765432", "DE89370400440532013000"],
    "iccid": ["89860012345678901238", "8986001234567890120"],
    "imei": ["490154203237518", "356938035643809"],
    "ip": ["192.168.1.100", "2001:db8::1", "::ffff:10.0.0.1"],
    "luhn": ["79927398713"],
    "mac": ["00:1A:2B:3C:4D:5E", "00-1a-2b-3c-4d-5e", "001a.2b3c.4d5e", "001A2B3C4D5E"],
    "medical_institution_code": ["D2143569X11010617D1522", "PDY60002111010617D1522"],
    "mobile": ["13800138000", "+86 19912345678", "17012345678", "17401234567"],
    "org_code": ["D2143569-X", "600037341"],
    "physician_qualification": ["20101111011010519491231002X", "201011110110105491231002"],
    "resident_id": ["11010519491231002X", "110105491231002", "440308199901101512", "830000199001010039"],
    "tw_national_id": ["A123456789", "A800000014"],
    "uscc": ["91350100M000100Y43", "91110000600037341L", "92440300MA5F7KJL1H", "52110105MJ0123456N"],
    "vin": ["1M8GDM9AXKP042788", "LSVAA4181E2123456"],
}
# The characters over which one wrong character is always noticed (a check of modulo 10 or more).
CHECKED = {
    "bank_card": ["6222021234567890128"],
    "gtin": ["4006381333931"],
    "hkid": ["A1234563"],
    "iban": ["GB82WEST12345698765432"],
    "iccid": ["89860012345678901238"],
    "imei": ["490154203237518"],
    "luhn": ["79927398713"],
    "org_code": ["D2143569X"],
    "resident_id": ["11010519491231002X"],
    "hmt_residence": ["810000199408230021"],
    "foreign_pr": ["911124198108030024"],
    "uscc": ["91350100M000100Y43", "91110000600037341L"],
}
MODULES = sorted(module.name for module in pkgutil.iter_modules(validators.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_every_example_in_a_docstring_runs(name):
    module = importlib.import_module(f"deid.validators.{name}")

    result = doctest.testmod(module)

    assert result.attempted > 0
    assert result.failed == 0


def test_the_example_of_the_package_runs():
    assert doctest.testmod(validators) == (0, 1)


@pytest.mark.parametrize("name", sorted(VALIDATORS))
def test_every_validator_has_the_same_functions(name):
    module = importlib.import_module(f"deid.validators.{name}")

    assert VALIDATORS[name] is module.is_valid
    assert callable(module.compact)
    assert callable(module.format)


def test_every_validator_has_valid_numbers_in_this_test():
    assert sorted(VALID) == sorted(VALIDATORS)


def test_validators_can_be_pickled_by_reference():
    assert pickle.loads(pickle.dumps(VALIDATORS["uscc"])) is VALIDATORS["uscc"]


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in VALID.items() for value in values]
)
class TestValidNumbers:
    def test_are_valid(self, name, value):
        assert VALIDATORS[name](value)

    def test_stay_valid_in_lower_case(self, name, value):
        assert VALIDATORS[name](value.lower())

    def test_stay_valid_when_written_as_the_standard_does(self, name, value):
        written = importlib.import_module(f"deid.validators.{name}").format(value)

        assert VALIDATORS[name](written)

    def test_compact_twice_is_compact_once(self, name, value):
        compact = importlib.import_module(f"deid.validators.{name}").compact

        assert compact(compact(value)) == compact(value)

    def test_are_not_valid_with_a_character_more_or_less(self, name, value):
        if name not in ("ip", "luhn"):
            number = importlib.import_module(f"deid.validators.{name}").compact(value)

            assert not VALIDATORS[name](number + "0")
            assert not VALIDATORS[name](number[:-1])


@pytest.mark.parametrize("name", sorted(VALIDATORS))
@given(value=st.one_of(st.text(max_size=30), st.text("0123456789AXx-*() ", max_size=30)))
def test_no_text_makes_a_validator_raise(name, value):
    assert VALIDATORS[name](value) in (True, False)


@pytest.mark.parametrize("name", sorted(VALIDATORS))
@pytest.mark.parametrize(
    "value",
    ["", " ", "０", "１１０１０５１９４９１２３１００２Ｘ", "٣" * 18, "²" * 18, "0" * 18, "-", "张三"],
)
def test_nothing_but_ascii_numbers_is_valid(name, value):
    assert not VALIDATORS[name](value)


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in CHECKED.items() for value in values]
)
@given(data=st.data())
def test_one_wrong_digit_is_noticed(name, value, data):
    digits = [index for index, character in enumerate(value) if character.isdigit()]
    index = data.draw(st.sampled_from(digits))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != value[index]]))

    assert not VALIDATORS[name](value[:index] + wrong + value[index + 1 :])


@pytest.mark.parametrize("name", ["resident_id", "hmt_residence", "foreign_pr", "uscc", "hkid"])
@given(data=st.data())
def test_two_neighbours_changed_over_are_noticed(name, data):
    value = CHECKED[name][0]
    index = data.draw(st.integers(0, len(value) - 2))
    if value[index] == value[index + 1]:
        return

    assert not VALIDATORS[name](value[:index] + value[index + 1] + value[index] + value[index + 2 :])
