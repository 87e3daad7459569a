"""Invented values: valid by their standards, natural in their forms, the same for the same seed."""

from __future__ import annotations

import datetime
import doctest
import inspect
from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from deid.grammar.age import find_ages
from deid.grammar.date import find_dates, solar_date
from deid.surrogates import (
    addresses,
    attributes,
    bodies,
    citizens,
    contacts,
    dates,
    draw,
    forms,
    identifiers,
    names,
    numbers,
    organizations,
    people,
    permute,
    places,
    shapes,
    shifts,
)
from deid.validators import VALIDATORS, foreign_pr, hmt_residence, resident_id, tw_national_id

BORN = datetime.date(1987, 3, 14)
MODULES = (
    *(
        addresses,
        attributes,
        contacts,
        dates,
        forms,
        names,
        numbers,
        organizations,
        draw,
        permute,
        shapes,
        shifts,
    ),
    *(bodies, citizens, identifiers, people, places),
)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_examples_in_docstrings_run(module):
    result = doctest.testmod(module)

    assert result.failed == 0


@pytest.mark.parametrize(
    ("validator", "make"),
    [
        ("resident_id", numbers.resident_id),
        ("hkid", numbers.hk_id),
        ("uscc", numbers.uscc),
        ("org_code", numbers.organization_code),
        ("bank_card", numbers.bank_card),
        ("vin", numbers.vin),
        ("medical_institution_code", numbers.institution_code),
        ("mobile", contacts.mobile),
        ("imei", contacts.imei),
        ("iccid", contacts.iccid),
        ("ip", contacts.ip),
        ("mac", contacts.mac),
    ],
)
def test_numbers_pass_the_validator_of_their_standard(validator: str, make: Callable[[Random], str]):
    random = Random(4)

    assert all(VALIDATORS[validator](make(random)) for _ in range(200))


@pytest.mark.parametrize("sex", ["male", "female"])
def test_numbers_of_a_person_say_their_birth_date_and_sex(sex):
    random = Random(5)

    for make, read in (
        (numbers.resident_id, resident_id),
        (numbers.hmt_residence_permit, hmt_residence),
        (numbers.foreign_pr_id, foreign_pr),
    ):
        number = make(random, born=BORN, sex=sex)
        assert read.is_valid(number)
        assert (read.birth_date(number), read.sex(number)) == (BORN, sex)
    old = numbers.old_resident_id(random, born=BORN, sex=sex)
    assert (resident_id.birth_date(old), resident_id.sex(old)) == (BORN, sex)
    assert tw_national_id.sex(numbers.tw_id(random, sex=sex)) == sex


def test_a_physicians_qualification_holds_a_valid_identity_number():
    random = Random(6)
    person = numbers.resident_id(random)

    code = numbers.physician_qualification(random, resident=person)

    assert VALIDATORS["physician_qualification"](code)
    assert code.endswith(person)


@pytest.mark.parametrize("module", [numbers, contacts], ids=lambda module: module.__name__)
def test_the_same_state_of_the_generator_gives_the_same_value(module):
    for name, make in inspect.getmembers(module, inspect.isfunction):
        required = [p for p in inspect.signature(make).parameters.values() if p.default is p.empty]
        if len(required) == 1 and required[0].name == "random":
            assert make(Random("a")) == make(Random("a")), name


def test_values_do_not_change_between_versions():
    random = Random("deid")

    assert numbers.resident_id(random) == "620421200706080133"


def test_common_surnames_are_common_and_rare_ones_occur():
    random = Random(7)
    surnames = Counter(names.surname(random) for _ in range(4000))

    assert {name for name, _ in surnames.most_common(3)} <= set("王李张刘陈")
    assert len(surnames) > 400


def test_every_kind_of_name_occurs():
    random = Random(8)

    kinds = {names.person(random, sex="female", year=1990).kind for _ in range(1500)}

    assert kinds == {"han", "single", "compound", "word", "double", "minority", "transliterated"}


def test_given_names_go_by_generation():
    random = Random(9)

    def characters(year: int) -> Counter[str]:
        found = (names.given_name(random, sex="female", year=year) for _ in range(800))
        return Counter(character for given in found for character in given)

    assert characters(1950)["秀"] > 10 * characters(2015)["秀"]
    assert characters(2015)["诺"] > 10 * characters(1950)["诺"]


@pytest.mark.parametrize("form", names.NAME_FORMS)
def test_a_name_has_every_form(form):
    random = Random(10)

    for _ in range(200):
        name = names.person(random, sex="male", year=1975)
        assert names.written(name, form).strip()


@pytest.mark.parametrize("kind", [kind for kind in dates.FORMS if kind not in ("year", "month")])
def test_dates_are_read_back_as_the_day_they_were_written_for(kind):
    day = datetime.date(2023, 11, 20)

    for _, example in dates.FORMS[kind]:
        written = dates.write_date(day, example)
        match = next(iter(find_dates(f"日期：{written}入院")))
        if match.kind != "lunar":
            assert solar_date(match, year=2023) == day, example


@pytest.mark.parametrize("years", [0, 1, 3, 7, 24, 58, 99])
def test_written_ages_are_ages_for_the_grammar(years):
    random, day = Random(years), datetime.date(2024, 3, 9)

    for _ in range(60):
        born = dates.born(random, day, least=years, most=years)
        written = dates.write_age(born, day, dates.age_form(random, born, day))
        assert dates.years_between(born, day) == years
        assert [m.start for m in find_ages(f"年龄：{written}，")], written


def test_somebody_born_on_29_february_has_birthdays():
    born = dates.born(Random(1), datetime.date(2024, 2, 29), least=23, most=23)

    assert dates.years_between(born, datetime.date(2024, 2, 29)) == 23


def test_addresses_stand_in_their_place():
    random = Random(11)

    for _ in range(300):
        place = addresses.place(random)
        address = addresses.address(random, place)
        assert place.county in address or place.city in address
        assert len(place.resident_code) == 2
        assert addresses.postal_code(random, place).isdigit()


def test_hospitals_and_companies_vary():
    random = Random(12)
    places = [addresses.place(random) for _ in range(300)]

    assert len({organizations.hospital(random, place) for place in places}) > 280
    assert len({organizations.company(random, place) for place in places}) > 280


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("plain", {"13800138000"}),
        ("grouped", {"138 0013 8000", "1380 013 8000", "1380 0138 000"}),
        ("wide", {"１３８００１３８０００"}),
        ("spoken", {"幺三八零零幺三八零零零", "一三八零零一三八零零零"}),
        ("tail", {"8000", "000"}),
    ],
)
def test_a_number_is_written_in_the_form_asked_for(form, expected):
    found = {forms.written(Random(seed), "13800138000", "PHONE_NUMBER", form) for seed in range(40)}

    assert found == expected


def test_masked_numbers_show_their_ends_only():
    for seed in range(40):
        written = forms.written(Random(seed), "13800138000", "PHONE_NUMBER", "masked")
        assert written.startswith("138")
        assert len(written) == 11
        assert len(set(written[3:7])) == 1


@pytest.mark.parametrize("entity_type", attributes.ATTRIBUTES)
def test_every_attribute_has_values(entity_type):
    random = Random(13)

    assert len({attributes.attribute(random, entity_type) for _ in range(100)}) > 1
