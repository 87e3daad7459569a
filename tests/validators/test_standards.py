"""What is particular to one standard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.validators import (
    bank_card,
    foreign_pr,
    hkid,
    hmt_residence,
    iban,
    imei,
    ip,
    medical_institution_code,
    mobile,
    org_code,
    physician_qualification,
    resident_id,
    tw_national_id,
    uscc,
    vin,
)


def resident_number(*, place: str = "110105", born: str = "19491231", sequence: str = "002") -> str:
    payload = place + born + sequence
    return payload + resident_id.check_digit(payload)


@pytest.mark.parametrize("place", ["110105", "440305", "510202", "330114", "659012", "710000", "830000"])
def test_a_resident_number_needs_a_province_but_no_known_county(place):
    assert resident_id.is_valid(resident_number(place=place))


@pytest.mark.parametrize(
    "place", ["100105", "160105", "200105", "380105", "470105", "550105", "660105", "990105"]
)
def test_a_resident_number_of_no_province_is_not_valid(place):
    assert not resident_id.is_valid(resident_number(place=place))


@pytest.mark.parametrize("born", ["18791231", "19491301", "19490229", "19491232", "19490000", "29990101"])
def test_a_resident_number_needs_a_birth_date_since_1880(born):
    assert not resident_id.is_valid(resident_number(born=born))


def test_somebody_can_be_born_today_but_not_in_three_days():
    today = date.today()

    assert resident_id.is_valid(resident_number(born=f"{today:%Y%m%d}"))
    assert not resident_id.is_valid(resident_number(born=f"{today + timedelta(days=3):%Y%m%d}"))


@pytest.mark.parametrize(
    ("old", "new"),
    [("110105491231002", "11010519491231002X"), ("110105951231996", "110105189512319969")],
)
def test_old_numbers_get_their_century_and_check_character(old, new):
    assert resident_id.to_18(old) == new
    assert resident_id.birth_date(old) == resident_id.birth_date(new)


def test_an_old_number_is_not_made_of_something_else():
    with pytest.raises(ValueError, match="fifteen digits") as caught:
        resident_id.to_18("11010519491231002X")

    assert "1101" not in str(caught.value)


@pytest.mark.parametrize(
    ("number", "sex"),
    [
        ("11010519491231002X", "female"),
        ("110105491231001", "male"),
        ("1101", None),
        ("110105491331001", None),
    ],
)
def test_the_sequence_tells_the_sex(number, sex):
    assert resident_id.sex(number) == sex


@given(st.dates(date(1880, 1, 1), date(2020, 12, 31)), st.integers(0, 999))
def test_birth_dates_come_back_out_of_numbers(born, sequence):
    number = resident_number(born=f"{born:%Y%m%d}", sequence=f"{sequence:03d}")

    assert resident_id.is_valid(number)
    assert resident_id.birth_date(number) == born


def test_residence_permits_are_those_of_three_places_only():
    assert hmt_residence.birth_date("830000199201300022") == date(1992, 1, 30)
    assert hmt_residence.sex("830000199201300022") == "female"
    assert not hmt_residence.is_valid(resident_number(place="810101"))


def test_foreign_numbers_tell_birth_and_sex():
    assert foreign_pr.birth_date("911124198108030024") == date(1981, 8, 3)
    assert foreign_pr.sex("911124198108030024") == "female"
    assert foreign_pr.birth_date("CAN110081080313") == date(1981, 8, 3)
    assert foreign_pr.sex("CAN110081080313") is None


@pytest.mark.parametrize(
    "number", ["911999198108030027", "961124198108030028", "CAN990081080313", "CAN110081130313"]
)
def test_foreign_numbers_need_province_nationality_and_date(number):
    assert not foreign_pr.is_valid(number)


def test_a_credit_code_of_digits_needs_a_valid_organisation_code():
    passes_by_chance = "91110105000000002"
    passes_by_chance += uscc.check_digit(passes_by_chance)

    assert passes_by_chance.isdigit()
    assert not uscc.is_valid(passes_by_chance)
    assert uscc.is_valid("914403001922038216")


@pytest.mark.parametrize("first", ["1", "5", "9", "Y", "A", "N"])
def test_the_registering_authority_may_be_a_letter(first):
    payload = first + "1350100M000100Y4"

    assert uscc.is_valid(payload + uscc.check_digit(payload))


def test_a_resident_number_is_no_credit_code():
    assert not uscc.is_valid("110101199003074610")


def test_organisation_codes_are_written_with_a_hyphen():
    assert org_code.format("600037341") == "60003734-1"


@pytest.mark.parametrize(
    "payload",
    ["622202123456789", "622848123456789012", "436742123456789012", "955880123456789012", "9400031234567890"],
)
def test_cards_of_chinese_issuers_are_known(payload):
    assert bank_card.is_valid(payload + bank_card.check_digit(payload))


@pytest.mark.parametrize(
    "payload", ["123456789012345", "898600123456789012", "71234567890123", "20240315123456", "0000000000000"]
)
def test_a_right_check_digit_alone_makes_no_card(payload):
    assert not bank_card.is_valid(payload + bank_card.check_digit(payload))


def test_cards_are_written_in_fours():
    assert bank_card.format("4111111111111111") == "4111 1111 1111 1111"


@pytest.mark.parametrize(
    "prefix",
    [
        "130",
        "1349",
        "145",
        "147",
        "149",
        "162",
        "166",
        "170",
        "173",
        "1740",
        "178",
        "190",
        "192",
        "195",
        "199",
    ],
)
def test_allocated_mobile_prefixes_are_valid(prefix):
    assert mobile.is_valid(prefix.ljust(11, "2"))


@pytest.mark.parametrize(
    "prefix",
    [
        "120",
        "140",
        "141",
        "143",
        "146",
        "148",
        "154",
        "160",
        "161",
        "163",
        "164",
        "168",
        "169",
        "1742",
        "179",
        "194",
    ],
)
def test_other_prefixes_are_not(prefix):
    assert not mobile.is_valid(prefix.ljust(11, "2"))


@pytest.mark.parametrize("before", ["", "+86", "+86 ", "0086", "86", "86-", "(+86)", "0"])
def test_what_is_dialled_before_a_mobile_number_does_not_matter(before):
    assert mobile.compact(before + "13800138000") == "13800138000"
    assert mobile.is_valid(before + "13800138000")


@pytest.mark.parametrize("number", ["1M8GDM9AXKP04278O", "11111111111111111", "1M8GDM9AXKP04278A"])
def test_a_vehicle_number_has_letters_no_o_and_ends_in_digits(number):
    assert not vin.is_valid(number)


@pytest.mark.parametrize(
    ("payload", "check"), [("A123456", "3"), ("C668668", "9"), ("G123456", "A"), ("WX123456", "9")]
)
def test_hong_kong_check_characters(payload, check):
    assert hkid.check_digit(payload) == check


def test_taiwan_numbers_tell_the_sex():
    assert tw_national_id.sex("A123456789") == "male"
    assert tw_national_id.sex("A223456781") == "female"
    assert tw_national_id.sex("A323456789") is None


def test_an_older_resident_certificate_of_taiwan_has_two_letters():
    assert tw_national_id.is_valid("AC01234567")


def test_a_qualification_certificate_holds_the_identity_number():
    assert physician_qualification.birth_date("20101111011010519491231002X") == date(1949, 12, 31)
    assert physician_qualification.sex("20101111011010519491231002X") == "female"


@pytest.mark.parametrize(
    "code", ["18101111011010519491231002X", "20109911011010519491231002X", "20101131011010519491231002X"]
)
def test_a_qualification_certificate_needs_year_province_and_level(code):
    assert not physician_qualification.is_valid(code)


def test_a_medical_institution_stands_in_a_province():
    assert not medical_institution_code.is_valid("PDY60002199010617D1522")


def test_forms_of_writing():
    assert imei.format("490154203237518") == "49-015420-323751-8"
    assert iban.check_digits("GB", "WEST12345698765432") == "82"
    assert ip.format("no address") == "no address"
