"""Letters, reports and forms in English: who is named, where somebody lives, works and is called; and what is none of that."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


def _marked(marked: str) -> tuple[str, set[str]]:
    """A text without its marks, and what they marked."""
    text, marks = parse_marked(marked)
    return text, {text[mark.start : mark.end] for mark in marks}


def _found(deidentifier, text, *entity_types):
    return {text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type in entity_types}


@pytest.mark.parametrize(
    "marked",
    [
        "Our navigator [Hope Larsen](PERSON) will call. She lives with her partner [Anjou](PERSON).",
        "Social worker: [Faith Abernathy](PERSON); daughter-in-law [Winona](PERSON) interprets",
        "cared for by your nurse [Lark](PERSON) and Dr. [Whitcombe](PERSON). Call us",
        "Signed electronically: [P. Adeyemi-Clarke](PERSON), MD\nScreened by: [L. Pang](PERSON)",
        "Dictated by [K. Steinbrück](PERSON)\nReviewed by: [S. Vandermeer](PERSON), MD, PhD",
        "RE: [Ruoxi Shen](PERSON) (DOB 11/02/1967)\nEmergency contact: [Dov Perlman](PERSON), son",
        "Next of kin: [Marguerite Stone](PERSON)   Phone: none",
        "Family name 姓: [Sorokina](PERSON)    Given name 名: [Vasilisa](PERSON)",
        "Local contact: Rev. [Baek](PERSON); chaplain Fr. [Lorenzo](PERSON); Mme [Delacroix](PERSON)",
        "He will see Mr [R. Fairweather](PERSON).\n\nYours sincerely,\n\n[A. V. Zhdanova](PERSON)\nHead of Unit",
        "[Noura Haddad](PERSON)（进修）6月来，司机[Boon](PERSON)接，[阿Fay](PERSON)在",
        "[Yi-Chen](PERSON)：病人到了吗\n护士：到了",
        "Patient: [T A N G   W E I L A N](PERSON)",
        "Signature: _[Qi Zhenguo](PERSON)_  Signed by: __[Li Wei](PERSON)__\nSurname: __[QI](PERSON)__ Given names: _[ZHENGUO](PERSON)_",
        "second opinion for [Bao Yilin](PERSON), slides of [Ruizhi Gao](PERSON)",
        "[Priscilla Okoro-James](PERSON), M.D.; [Theodora Quill](PERSON), NP; handover to [Chidinma](PERSON) RN.",
    ],
)
def test_names_in_english_letters_are_found(persons, marked):
    text, names = _marked(marked)

    assert persons(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Nurse Practitioner, Head Nurse, Nurse Call button; the navigator program; Friend Support Group",
        "Reviewed by: Pending. Signed: Yes. Next of Kin: None. Interpreter: Not Required. Partner: Healthy.",
        "Rev. 3.2 of the form, Rev. May 2023; 16 Fr. Foley catheter; Nat. Rev. Cancer 2011;11:85",
        "Name: USER_NAME, Signature: _none_, Signed by _______, Surname: ____",
        "Performed by Western blot; reported by Kaplan-Meier; seen by Day 3",
        "Child-Pugh: A, Follow-Up: none, Tai-Chi: daily\nCheck-In: 9",
        "S O A P 格式；D A N G E R；维生素 A D E K",
        "Dear Sir or Madam. Dear Patient, Dear Healthcare Professional. To Whom It May Concern",
        "Hong Kong, Silver Spring, MD",
        "driver Kras, friend Facebook; RE: Keytruda coverage; Patient Health Questionnaire; approved by Medicare",
        "Congo Red, Masson Trichrome, Ziehl-Neelsen, Call-Exner bodies, Hürthle cell change, Ki-67 18%",
    ],
)
def test_words_of_english_medicine_are_nobody(persons, text):
    assert persons(text) == set()


@pytest.mark.parametrize(
    "marked",
    [
        "lives at [417 6th Ave NE, Apt 12D, Bellmont, MA 02461](CN_ADDRESS) with her partner",
        "[#5B, Oakland, CA 94609](CN_ADDRESS)",
        "[27 Wimbury Street\nLondon\nW1G 7AX](CN_ADDRESS)\nTel",
        "[Flat 7C, 22/F, Tower 5, Harbour Crest, Quarry Bay, Hong Kong](CN_ADDRESS)",
        "of [Unit 9/14 Coolibah Avenue, Chatswood NSW 2067](CN_ADDRESS). She",
        "[1408-933 Seaforth Street, Vancouver, BC V6E 4A2](CN_ADDRESS)",
        "at [Blk 412 Serangoon Avenue 3 #08-117, Singapore 550412](CN_ADDRESS) (passport",
        "[Ahornweg 14, 76133 Karlsruhe](CN_ADDRESS); [12 rue de la Paix, 75002 Paris](CN_ADDRESS); [ul. Lipowa 14, 00-123 Warszawa](CN_ADDRESS)",
        "[800 Harbor Drive\nSuite 200\nSan Diego, CA 92101\nUSA](CN_ADDRESS)",
    ],
)
def test_addresses_abroad_are_found_whole(deidentifier, marked):
    text, expected = _marked(marked)

    assert _found(deidentifier, text, "CN_ADDRESS") == expected


@pytest.mark.parametrize(
    "text",
    [
        "6 Minute Walk Test; 4 Square test; 12 Main Wing; 100 Meter Walk; 5 Way stopcock",
        "Room 4, Block B. Tower 3 lights. Unit 5 mL, Level 2, Grade Point",
        "Grade 2, Measuring 1 cm in diameter; Case 4 Sara Place, Grade; 1 Hill Row",
    ],
)
def test_what_is_counted_is_no_address(deidentifier, text):
    assert _found(deidentifier, text, "CN_ADDRESS") == set()


@pytest.mark.parametrize(
    "marked",
    [
        "P: [781.555.0143](PHONE_NUMBER)   F: [781.555.0199](PHONE_NUMBER)",
        "Her cell is [(781) 555-0186](PHONE_NUMBER), after hours [+1 781 555 0111 ext 27](PHONE_NUMBER)",
        "Phone [604-555-0148](PHONE_NUMBER) / [1-778-555-0109](PHONE_NUMBER)",
        "by phone ([617-555-0164](PHONE_NUMBER)) and [206.555.0158 x27](PHONE_NUMBER)",
        "Tel: [020 7946 0331](PHONE_NUMBER), London",
        "Sydney. Next of kin (husband), [0491 570 313](PHONE_NUMBER)",
    ],
)
def test_numbers_dialled_abroad_are_found(deidentifier, marked):
    text, expected = _marked(marked)

    assert _found(deidentifier, text, "PHONE_NUMBER") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Firmware 12.555.0172 build 4471; part number 617.555.01; Cell 617 (2021) 555-562; sodium 617-555 range",
        "C: 12345 67890; P: 72-80 100; F: 2000 3000; T: 36.8",
        "Cell Counter 3-part; Cell (CD4) 350; J Clin Oncol 39:155-165; ISBN 978-0-12-345678-9; Fax Mode",
        "lot 617-555-0172 of the kit, expiry 2025-10-10",
    ],
)
def test_numbers_of_things_are_not_dialled(deidentifier, text):
    assert _found(deidentifier, text, "PHONE_NUMBER") == set()


@pytest.mark.parametrize(
    "marked",
    [
        "She worked at [Northgate Textile Mill](ORGANIZATION) and studied at [Calloway Bay College](ORGANIZATION).",
        "Son goes to [Meadowbrook Bilingual School](ORGANIZATION); an engineer at [Qingdao Haixing Shipyard](ORGANIZATION)",
        "a student of the [University of Eastmarch](ORGANIZATION), volunteers with the [Fraser Delta Foundation](ORGANIZATION).",
        "Treated at [Klinikum Rosental](CN_MEDICAL_INSTITUTION), then [Harbor Point Cancer Partners](CN_MEDICAL_INSTITUTION)",
    ],
)
def test_bodies_named_in_english_are_found(deidentifier, marked):
    text, bodies = _marked(marked)

    assert _found(deidentifier, text, "ORGANIZATION", "CN_MEDICAL_INSTITUTION") == bodies


@pytest.mark.parametrize(
    "text",
    [
        "Medical School; High School graduates; Primary School; the Nursing College; business partners; Community Church",
        "the College of American Pathologists Protocol, Royal College of Radiologists, American Cancer Society",
        "Eastern Cooperative Oncology Group; Barcelona Clinic Liver Cancer; In-hospital mortality; Hospital Anxiety Scale",
        "Da Vinci Xi Surgical System; Partners in Care program; Control Group",
    ],
)
def test_societies_and_kinds_of_bodies_name_none(deidentifier, text):
    assert _found(deidentifier, text, "ORGANIZATION", "CN_MEDICAL_INSTITUTION") == set()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("SSN ending 5583.", "5583"),
        ("his card ending in 4471", "4471"),
        ("the phone number ends with 0172", "0172"),
    ],
)
def test_the_end_of_a_number_is_found_behind_what_it_ends(deidentifier, text, number):
    assert number in {text[e.start : e.end] for e in deidentifier.detect(text)}


@pytest.mark.parametrize(
    "text",
    [
        "claim: 2000 patients; Group: 1200 patients; Medicare 2019 data; NHS 2020 report; NHS 111",
        "Ref. NCT-2020-123; case SARS-19-2020; Case 12 of 30; PNR ratio 1.2; Ref ISO/13/485",
    ],
)
def test_what_is_counted_or_cited_is_no_number_of_somebody(deidentifier, text):
    assert _found(deidentifier, text, "OTHER_ID", "MEDICAL_RECORD_NUMBER") == set()


def test_who_is_found_once_in_words_of_english_is_found_again(persons):
    text = "our navigator Hope Young will call. The Young scale. Hope Young called."

    assert persons(text) == {"Hope Young"}


def test_a_period_that_ends_is_no_number(deidentifier):
    assert _found(deidentifier, "the period ending 2024", "PHONE_NUMBER", "CN_BANK_CARD") == set()


@pytest.mark.parametrize(
    "text", ["Birth month: November 1952", "Month of birth: November 1952", "b. November 1952"]
)
def test_months_of_birth_are_found_in_english(deidentifier, text):
    assert _found(deidentifier, text, "DATE_OF_BIRTH") == {"November 1952"}
