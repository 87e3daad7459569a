"""Stand-ins for numbers: different for different numbers, of their shape, and invalid on purpose."""

from __future__ import annotations

import datetime
import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.surrogates import contacts, numbers
from deid.surrogates.identifiers import IDENTIFIERS, stand_in
from deid.surrogates.permute import permute
from deid.surrogates.shapes import reshape
from deid.surrogates.shifts import shift_days
from deid.validators import VALIDATORS, mobile, resident_id

KEY, OTHER = bytes(range(32)), bytes(32)
BORN = datetime.date(1961, 5, 17)
RANDOM = Random(5)

MAKERS = {
    "CN_RESIDENT_ID": ("resident_id", lambda: numbers.resident_id(RANDOM)),
    "CN_FOREIGN_PR_ID": ("foreign_pr", lambda: numbers.foreign_pr_id(RANDOM, born=_day(), sex="female")),
    "CN_HMT_RESIDENCE_PERMIT": ("hmt_residence", lambda: numbers.hmt_residence_permit(RANDOM, born=_day(), sex="male")),
    "CN_BANK_CARD": ("bank_card", lambda: numbers.bank_card(RANDOM)),
    "CN_USCC": ("uscc", lambda: numbers.uscc(RANDOM)),
    "CN_ORG_CODE": ("org_code", lambda: numbers.organization_code(RANDOM)),
    "VIN": ("vin", lambda: numbers.vin(RANDOM)),
    "IMEI": ("imei", lambda: contacts.imei(RANDOM)),
    "ICCID": ("iccid", lambda: contacts.iccid(RANDOM)),
    "HK_ID_CARD": ("hkid", lambda: numbers.hk_id(RANDOM)),
    "TW_NATIONAL_ID": ("tw_national_id", lambda: numbers.tw_id(RANDOM, sex="male")),
    "CN_MEDICAL_INSTITUTION_CODE": ("medical_institution_code", lambda: numbers.institution_code(RANDOM)),
    "CN_PHYSICIAN_QUALIFICATION": ("physician_qualification", lambda: numbers.physician_qualification(RANDOM, resident=numbers.resident_id(RANDOM))),
    "PHONE_NUMBER": ("mobile", lambda: contacts.mobile(RANDOM)),
    "EMAIL_ADDRESS": ("", lambda: contacts.email(RANDOM)),
    "MEDICAL_RECORD_NUMBER": ("", lambda: numbers.record_number(RANDOM)),
    "CN_VEHICLE_PLATE": ("", lambda: numbers.plate(RANDOM)),
    "CN_PASSPORT": ("", lambda: numbers.passport(RANDOM)),
    "URL": ("", lambda: contacts.url(RANDOM)),
    "MAC_ADDRESS": ("", lambda: contacts.mac(RANDOM)),
}  # fmt: skip


def _day():
    return BORN + datetime.timedelta(days=RANDOM.randrange(12_000))


@pytest.mark.parametrize("size", [1, 2, 7, 10, 1000, 12_345])
def test_a_permutation_gives_every_number_once_and_moves_each(size):
    found = [permute(number, size, key=KEY, tweak="x") for number in range(size)]

    assert sorted(found) == list(range(size))
    assert size == 1 or all(new != number for number, new in enumerate(found))


@given(st.integers(0, 10**40 - 1), st.integers(0, 10**40 - 1))
def test_large_numbers_stay_different_and_within(first, second):
    a, b = (permute(number, 10**40, key=KEY, tweak="x") for number in (first, second))

    assert (a == b) == (first == second)
    assert 0 <= a < 10**40


def test_keys_tweaks_and_sizes_have_permutations_of_their_own():
    def found(key, tweak, size):
        return tuple(permute(number, size, key=key, tweak=tweak) for number in range(40))

    asked = [(KEY, "a", 10**6), (OTHER, "a", 10**6), (KEY, "b", 10**6), (KEY, "a", 10**6 + 1)]
    assert len({found(*one) for one in asked}) == len(asked)


def test_a_permutation_is_the_same_on_every_machine():
    assert permute(7, 10**11, key=bytes(32), tweak="phone") == 33_575_434_408


@pytest.mark.parametrize("kind", MAKERS)
def test_three_thousand_numbers_have_three_thousand_stand_ins_none_of_them_valid_or_real(kind):
    validator, make = MAKERS[kind]
    real = {make() for _ in range(3000)}

    new = {value: stand_in(kind, value, key=KEY, shift=21) for value in sorted(real)}

    assert len(set(new.values())) == len(real)
    assert not real & set(new.values())
    if validator:
        assert not [value for value in new.values() if VALIDATORS[validator](value)]


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_another_key_shares_no_stand_in(kind):
    make = MAKERS[kind][1]
    values = [make() for _ in range(100)]

    new, other = ({stand_in(kind, value, key=key) for value in values} for key in (KEY, OTHER))

    assert len(new & other) <= (3 if kind == "CN_HMT_RESIDENCE_PERMIT" else 0)  # 500 sequences a day and sex


def test_no_stand_in_for_an_identity_number_checks_as_a_card_or_a_credit_code():
    real = {numbers.resident_id(RANDOM, born=BORN, sex="male") for _ in range(6000)}

    new = [stand_in("CN_RESIDENT_ID", value, key=KEY, shift=21) for value in sorted(real)]

    checks = [VALIDATORS[name] for name in ("resident_id", "bank_card", "uscc")]
    assert not [value for value in new if any(check(value) for check in checks)]


def test_an_identity_number_keeps_sex_and_shifted_birth_date():
    for days in (-182, 7, 91):
        real = numbers.resident_id(RANDOM, born=BORN, sex="female")

        new = stand_in("CN_RESIDENT_ID", real, key=KEY, shift=days)

        assert resident_id.birth_date(new) == BORN + datetime.timedelta(days=days)
        assert resident_id.sex(new) == "female"
        assert new[:6] != real[:6]


@pytest.mark.parametrize(
    ("kind", "before"), [("CN_PHYSICIAN_QUALIFICATION", "201231110"), ("CN_DRIVER_LICENSE", "")]
)
def test_a_number_that_holds_the_identity_number_agrees_with_it(kind, before):
    real = numbers.resident_id(RANDOM, born=BORN, sex="male")

    new = stand_in(kind, before + real, key=KEY, shift=14)

    assert new.endswith(stand_in("CN_RESIDENT_ID", real, key=KEY, shift=14))


def test_mistyped_numbers_stay_apart_from_the_right_ones_and_from_each_other():
    real = [f"1101051949123{n:05d}" for n in range(3000)] + [
        f"440301198805{n % 30 + 1:02d}{n % 1000:03d}{c}" for n in range(300) for c in "0123456789X"
    ]

    new = {stand_in("CN_RESIDENT_ID", value, key=KEY) for value in real}

    assert len(new) == len(set(real))
    assert not any(map(resident_id.is_valid, new))


def test_a_number_of_fifteen_digits_gets_a_province_that_does_not_exist():
    real = numbers.old_resident_id(RANDOM, born=BORN, sex="male")

    new = stand_in("CN_RESIDENT_ID", real, key=KEY, shift=7)

    assert len(new) == 15
    assert new[6:12] == "610524"
    assert not resident_id.is_valid(new)


@pytest.mark.parametrize(
    ("real", "shape"),
    [
        ("138 0013 8000", r"12\d \d{4} \d{4}"),
        ("+86-13800138000", r"\+86-12\d{9}"),
        ("021-62881234", r"021-1\d{7}"),
        ("(0731)8822123", r"\(0731\)1\d{6}"),
        ("021-62881234转801", r"021-1\d{7}转[1-9]\d\d"),
        ("+852 6123 4567", r"\+852 \d{4} \d{4}"),
    ],
)
def test_a_phone_keeps_its_form_and_is_no_subscriber(real, shape):
    new = stand_in("PHONE_NUMBER", real, key=KEY)

    assert re.fullmatch(shape, new)
    assert new != real
    assert not mobile.is_valid(new)


@given(st.text("0123456789ABCXYZabcxyz-/ ", max_size=40))
def test_a_reshaped_text_has_the_shape_of_the_old_one(text):
    def shape(value):
        return [
            "9"
            if c.isdigit() and c != "0"
            else "0"
            if c == "0"
            else "A"
            if c.isupper()
            else "a"
            if c.islower()
            else c
            for c in value
        ]

    new = reshape(text, key=KEY, tweak="x")

    assert [c.replace("0", "9") for c in shape(new)] == [c.replace("0", "9") for c in shape(text)]
    assert len(text) - len(text.lstrip("0")) <= len(new) - len(new.lstrip("0"))


def test_a_number_does_not_begin_with_a_zero_that_it_did_not_have():
    assert all(reshape(str(n), key=KEY, tweak="x")[0] != "0" for n in range(100, 999))


def test_mail_pages_and_addresses_of_machines_lead_nowhere():
    assert stand_in("EMAIL_ADDRESS", "zhang.san@163.com", key=KEY).endswith("@163.example.com")
    assert "hospital" not in stand_in("EMAIL_ADDRESS", "zhang@hospital-a.com", key=KEY)
    assert stand_in("URL", "http://a.b.cn/zhangsan", key=KEY).startswith("http://www.example.com/")
    assert int(stand_in("IP_ADDRESS", "117.8.9.10", key=KEY).split(".")[0]) >= 240


def test_types_without_stand_ins_are_not_among_the_identifiers():
    assert not {"AGE", "DISEASE", "PERSON"} & set(IDENTIFIERS)
    with pytest.raises(KeyError):
        stand_in("DISEASE", "糖尿病", key=KEY)


def test_shifts_are_whole_weeks_never_none_and_differ_between_people():
    days = {shift_days(KEY, f"p{n}") for n in range(500)}

    assert all(day % 7 == 0 and 7 <= abs(day) <= 182 for day in days)
    assert len(days) > 40
    assert shift_days(KEY, None) != shift_days(OTHER, None) or shift_days(KEY, "p1") != shift_days(
        OTHER, "p1"
    )
