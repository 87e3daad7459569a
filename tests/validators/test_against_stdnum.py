"""python-stdnum as a second opinion. Where the two differ on purpose, this file says why."""

from __future__ import annotations

from datetime import date

import pytest
import stdnum.cn.ric
import stdnum.cn.uscc
import stdnum.iban
import stdnum.imei
import stdnum.luhn
import stdnum.mac
from hypothesis import given
from hypothesis import strategies as st

from deid.validators import foreign_pr, iban, imei, luhn, mac, resident_id, uscc

DIGITS = st.text("0123456789", min_size=2, max_size=22)
COUNTIES = st.sampled_from(["110105", "310104", "330108", "440305", "510105", "610103"])
BIRTHS = st.dates(date(1880, 1, 1), date(2025, 12, 31))
RIGHT = "right"


@given(DIGITS)
def test_luhn_agrees(number):
    if number.strip("0"):
        assert luhn.is_valid(number) == stdnum.luhn.is_valid(number)
    assert luhn.check_digit(number) == stdnum.luhn.calc_check_digit(number)


@given(st.text("0123456789", min_size=14, max_size=14), st.sampled_from("0123456789"))
def test_imei_agrees(payload, check):
    if payload.strip("0"):
        assert imei.is_valid(payload + check) == stdnum.imei.is_valid(payload + check)


@given(COUNTIES, BIRTHS, st.integers(0, 999), st.one_of(st.just(RIGHT), st.sampled_from("0123456789X")))
def test_resident_numbers_are_valid_wherever_stdnum_accepts_them(place, born, sequence, check):
    payload = f"{place}{born:%Y%m%d}{sequence:03d}"
    right = stdnum.cn.ric.calc_check_digit(payload + "0")
    number = payload + (right if check == RIGHT else check)

    assert resident_id.is_valid(number) == (number[17] == right)
    if stdnum.cn.ric.is_valid(number):
        assert resident_id.is_valid(number)


@pytest.mark.parametrize(
    ("is_valid", "number", "why"),
    [
        (
            resident_id.is_valid,
            "440305197202291187",
            "the county was founded after the birth: registered later",
        ),
        (resident_id.is_valid, "810000199408230021", "residence permit, Hong Kong"),
        (resident_id.is_valid, "830000199201300022", "residence permit, Taiwan"),
        (foreign_pr.is_valid, "911124198108030024", "foreign permanent resident"),
        (resident_id.is_valid, "110105491231002", "fifteen digits"),
    ],
)
def test_identity_numbers_that_stdnum_rejects_although_they_exist(is_valid, number, why):
    if len(number) == 18:
        number = number[:17] + resident_id.check_digit(number[:17])

    assert is_valid(number), why
    assert not stdnum.cn.ric.is_valid(number), f"stdnum accepts it now: {why}"


_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(
    st.sampled_from("159"),
    st.sampled_from("1239"),
    st.sampled_from(["110105", "350100", "440300"]),
    st.text(_USCC, min_size=9, max_size=9).filter(lambda code: not code.isdigit()),
    st.one_of(st.just(RIGHT), st.sampled_from(_USCC)),
)
def test_credit_codes_agree(authority, kind, place, organisation, check):
    payload = authority + kind + place + organisation
    code = payload + (stdnum.cn.uscc.calc_check_digit(payload) if check == RIGHT else check)

    assert uscc.is_valid(code) == stdnum.cn.uscc.is_valid(code)


@pytest.mark.parametrize("payload", ["Y1350100M000100Y4", "N2440300MF1234567", "A1110000MD0123456"])
def test_credit_codes_that_stdnum_rejects_although_they_exist(payload):
    code = payload + uscc.check_digit(payload)

    assert uscc.is_valid(code)
    assert not stdnum.cn.uscc.is_valid(code)


def test_a_credit_code_of_digits_that_stdnum_accepts_without_its_organisation_code():
    payloads = (f"911101050000000{n:02d}" for n in range(100))
    code = next(code for p in payloads if (code := p + uscc.check_digit(p)).isdigit())

    assert stdnum.cn.uscc.is_valid(code)
    assert not uscc.is_valid(code)


@given(st.text("0123456789", min_size=18, max_size=18), st.one_of(st.none(), st.integers(2, 98)))
def test_iban_agrees_on_german_accounts(account, check):
    digits = iban.check_digits("DE", account) if check is None else f"{check:02d}"
    number = f"DE{digits}{account}"

    assert iban.is_valid(number) == stdnum.iban.is_valid(number)


@given(st.lists(st.integers(0, 255), min_size=6, max_size=6), st.sampled_from([":", "-"]))
def test_mac_agrees_but_for_addresses_of_no_device(octets, separator):
    address = separator.join(f"{octet:02x}" for octet in octets)

    assert mac.is_valid(address) == (
        stdnum.mac.is_valid(address, validate_manufacturer=False) and 0 < sum(octets) < 6 * 255
    )
