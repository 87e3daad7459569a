"""Numbers of identity papers, finance, vehicles and medicine, with valid check characters.

The `compose_…` functions know the standards, by way of `deid.validators`; the others choose.

>>> compose_uscc("91350100", "M000100Y4"), compose_bank_card("622202123456789012")
('91350100M000100Y43', '6222021234567890128')
"""

from __future__ import annotations

import datetime
from random import Random
from typing import Final

from deid.surrogates.words import chance, digits, weighted
from deid.validators import bank_card as bank_cards
from deid.validators import hkid, org_code, tw_national_id
from deid.validators import resident_id as resident_ids
from deid.validators import uscc as uscc_codes
from deid.validators import vin as vins
from deid.validators.resident_id import Sex

_PROVINCE_CODES: Final = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65".split()
)
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # neither I nor O: they are taken for 1 and 0
_USCC_LETTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PLATES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


def place_code(random: Random, province: str = "") -> str:
    """Six digits of place; the county may be none that exists."""
    code = province or random.choice(_PROVINCE_CODES)
    return f"{code}{random.randint(1, 13):02d}{random.choice((1, 2, 3, 4, 5, 6, 11, 21, 22, 23, 24, 25, 81)):02d}"


# --- identity papers -------------------------------------------------------------------------------


def compose_resident_id(place: str, born: datetime.date, sequence: int) -> str:
    """Place of six digits, birth date, sequence 0–999 (odd: male), and the check character."""
    payload = f"{place}{born:%Y%m%d}{sequence:03d}"
    return payload + resident_ids.check_digit(payload)


def resident_id(
    random: Random, *, born: datetime.date | None = None, sex: Sex | None = None, province: str = ""
) -> str:
    day = born or datetime.date(1940, 1, 1) + datetime.timedelta(days=random.randrange(28_000))
    return compose_resident_id(place_code(random, province), day, _sequence(random, sex))


def old_resident_id(random: Random, *, born: datetime.date, sex: Sex) -> str:
    """The fifteen digits of the first cards, for births of the 20th century."""
    return f"{place_code(random)}{born:%y%m%d}{_sequence(random, sex):03d}"


def hmt_residence_permit(random: Random, *, born: datetime.date, sex: Sex) -> str:
    return compose_resident_id(random.choice(("810000", "820000", "830000")), born, _sequence(random, sex))


def foreign_pr_id(random: Random, *, born: datetime.date, sex: Sex) -> str:
    """The card of 2023: 9, province, nationality in three digits, birth date, sequence."""
    nation = random.choice(("036", "124", "156", "250", "276", "356", "392", "410", "643", "826", "840"))
    return compose_resident_id(f"9{random.choice(_PROVINCE_CODES)}{nation}", born, _sequence(random, sex))


def passport(random: Random) -> str:
    """Chinese ordinary passports three times in four, otherwise the shapes of others."""
    series = weighted(
        random, ((8, "E"), (6, "EA"), (3, "EJ"), (3, "G"), (1, "PE"), (2, "K"), (2, "TR"), (1, "M"))
    )
    return series + digits(random, 7 if len(series) == 2 else 8)


def hkm_travel_permit(random: Random) -> str:
    return random.choice("HM") + digits(random, random.choice((8, 8, 10)))


def tw_travel_permit(random: Random) -> str:
    return digits(random, 8)


def exit_permit(random: Random) -> str:
    return random.choice(
        (f"C{digits(random, 8)}", f"C{random.choice('ABCDEF')}{digits(random, 7)}", f"L{digits(random, 8)}")
    )


def compose_hkid(payload: str) -> str:
    """One or two letters and six digits, then the check character in brackets."""
    return hkid.format(payload + hkid.check_digit(payload))


def hk_id(random: Random) -> str:
    letters = random.choice("ABCDEGHKPRVYZ") if chance(random, 85) else random.choice(("WX", "XA", "XB"))
    return compose_hkid(letters + digits(random, 6))


def tw_id(random: Random, *, sex: Sex) -> str:
    payload = f"{random.choice('ABCDEFGHJKLMNPQRSTUVXY')}{1 if sex == 'male' else 2}{digits(random, 7)}"
    return payload + tw_national_id.check_digit(payload)


def mo_id(random: Random) -> str:
    return f"{random.choice('157')}{digits(random, 6)}({random.randrange(10)})"


def military_id(random: Random) -> str:
    return weighted(
        random,
        (
            (4, f"军字第{digits(random, 7)}号"), (2, f"士字第{digits(random, 7)}号"), (2, f"武字第{digits(random, 7)}号"),
            (1, f"南字第{digits(random, 8)}号"), (1, f"北字第{digits(random, 8)}号"),
        ),
    )  # fmt: skip


def household_number(random: Random) -> str:
    return random.choice((digits(random, 9), place_code(random) + digits(random, 6), "A" + digits(random, 8)))


def birth_certificate(random: Random) -> str:
    return random.choice("PQRSTUVWX") + place_code(random)[:2] + digits(random, 7)


def social_security(random: Random) -> str:
    return random.choice(
        (
            f"{random.choice(_LETTERS)}{digits(random, 8)}",
            f"{place_code(random)[:4]}{random.choice('ABCD')}{digits(random, 7)}",
            "1000" + digits(random, 8),
            place_code(random) + digits(random, 10),
        )
    )


def insurance_token(random: Random) -> str:
    """What the code of an electronic insurance card decodes to."""
    return place_code(random) + "".join(random.choice("0123456789abcdef") for _ in range(26))


def driving_licence_file(random: Random) -> str:
    """The twelve digits of 档案编号; the number of the licence itself is the identity number."""
    return place_code(random)[:4] + digits(random, 8)


# --- organisations and money -----------------------------------------------------------------------


def compose_org_code(payload: str) -> str:
    """Eight characters and the check character, without hyphen."""
    return payload + org_code.check_digit(payload)


def organization_code(random: Random) -> str:
    payload = random.choice(
        (
            digits(random, 8),
            f"MA{random.randrange(10)}{''.join(random.choice('ABCDEFGHJKLMNPQRTUWXY0123456789') for _ in range(5))}",
        )
    )
    return org_code.format(compose_org_code(payload))


def compose_uscc(registration: str, organisation: str) -> str:
    """Authority, kind and place in eight characters, the organisation code in nine, the check character."""
    payload = registration + organisation
    return payload + uscc_codes.check_digit(payload)


def uscc(random: Random) -> str:
    kind = weighted(random, ((8, "91"), (2, "92"), (2, "12"), (2, "52"), (1, "11")))
    payload = "MA" + random.choice("0123456789") + "".join(random.choice(_USCC_LETTERS) for _ in range(5))
    return compose_uscc(kind + place_code(random), compose_org_code(payload))


def tax_id(random: Random) -> str:
    """The fifteen digits from before 2015: place and organisation code."""
    return place_code(random) + compose_org_code(digits(random, 8)).replace("X", "1")


def compose_bank_card(payload: str) -> str:
    """All digits but the last, which is added."""
    return payload + bank_cards.check_digit(payload)


def bank_card(random: Random) -> str:
    start = random.choice(
        "621700 622202 622848 621661 622588 622700 621226 621098 622908 623052 621483 625912 622260".split()
    )
    return compose_bank_card(start + digits(random, 12 if chance(random, 75) else 9))


def bank_account(random: Random) -> str:
    """Accounts of companies have no common shape; these are lengths that banks use."""
    return random.choice("1234") + digits(random, random.choice((11, 14, 16, 18, 19)))


# --- vehicles --------------------------------------------------------------------------------------


def compose_vin(payload: str) -> str:
    """Seventeen characters whose ninth is set."""
    return payload[:8] + vins.check_digit(payload) + payload[9:]


def vin(random: Random) -> str:
    maker = random.choice(("LSV", "LFV", "LGB", "LHG", "LVS", "LSG", "LBV", "LFM"))
    return compose_vin(
        maker
        + "".join(random.choice("ABCDEFGH123456789") for _ in range(6))
        + random.choice("ABDEFGH")
        + random.choice("ABEGJR")
        + digits(random, 6)
    )


def plate(random: Random) -> str:
    """Ordinary plates, five of six; those of new energy have one character more."""
    start = random.choice(_PLATES) + random.choice("AABBCDEFGH")
    if chance(random, 16):
        tail = f"{random.choice('DF')}{random.choice('0123456789' + _LETTERS)}{digits(random, 4)}"
    else:
        characters = [random.choice("0123456789") for _ in range(5)]
        for _ in range(random.choice((0, 1, 1, 2))):
            characters[random.randrange(5)] = random.choice(_LETTERS)
        tail = "".join(characters)
    return start + weighted(random, ((7, ""), (3, "·"), (1, " "), (1, "-"))) + tail


# --- medicine --------------------------------------------------------------------------------------


def record_number(random: Random, *, day: datetime.date | None = None) -> str:
    """Numbers of patients, as many schemes as there are hospitals."""
    date = day or datetime.date(2022, 1, 1) + datetime.timedelta(days=random.randrange(1000))
    return random.choice(
        (
            digits(random, 8), "00" + digits(random, 6), digits(random, 10), digits(random, 7), f"{date:%Y%m%d}{digits(random, 4)}",
            f"{date:%y%m%d}{digits(random, 4)}", f"ZY{digits(random, 8)}", f"ZY{date:%Y}-{digits(random, 5)}", f"MZ{date:%y%m%d}{digits(random, 5)}",
            f"P{digits(random, 9)}", f"{random.choice('ABEHKMT')}{digits(random, 7)}", f"{date:%y}-{digits(random, 6)}", f"{date:%Y}{digits(random, 6)}",
            f"YY-{date:%Y}-{digits(random, 4)}", f"0000{digits(random, 6)}",
        )
    )  # fmt: skip


def exam_number(random: Random, *, day: datetime.date | None = None) -> str:
    date = day or datetime.date(2022, 1, 1) + datetime.timedelta(days=random.randrange(1000))
    kind = random.choice(("CT", "MR", "DR", "US", "XR", "ECG", "RT"))
    return random.choice(
        (
            f"{kind}{date:%Y%m%d}{digits(random, 4)}", f"{kind}{date:%y%m%d}-{digits(random, 4)}", f"S{date:%Y}-{digits(random, 5)}",
            f"{date:%y}{digits(random, 7)}", f"{date:%Y}-B-{digits(random, 5)}", f"B{date:%y}-{digits(random, 5)}", f"{kind}{digits(random, 7)}",
            f"LIS{date:%y%m%d}-{digits(random, 4)}", f"{date:%Y%m%d}-{digits(random, 4)}",
        )
    )  # fmt: skip


def health_card(random: Random) -> str:
    return random.choice(
        (place_code(random) + digits(random, 12), place_code(random) + "0000" + digits(random, 8))
    )


def physician_qualification(random: Random, *, resident: str) -> str:
    """Year, province, level and kind, and the holder's identity number."""
    return (
        f"{random.randint(1999, 2022)}{resident[:2]}{random.choice(('110', '120', '141', '111'))}{resident}"
    )


def physician_licence(random: Random) -> str:
    return f"1{random.choice(('10', '20', '41'))}{place_code(random)}{digits(random, 6)}"


def nurse_licence(random: Random) -> str:
    return f"{random.randint(2001, 2023)}{random.choice(_PROVINCE_CODES)}{digits(random, 6)}"


def institution_code(random: Random) -> str:
    start = f"PDY{digits(random, 6)}" if chance(random, 60) else compose_org_code(digits(random, 8))
    return f"{start}{place_code(random)}17{random.choice('ABD')}{digits(random, 3)}{random.choice('12')}"


def other_id(random: Random) -> str:
    """Contracts, policies, work orders, certificates."""
    year = random.randint(2019, 2025)
    letters = "".join(random.choice(_LETTERS) for _ in range(random.choice((2, 2, 3, 4))))
    return random.choice(
        (
            f"{letters}-{year}-{digits(random, 4)}", f"{letters}{year}{digits(random, 6)}", f"{year}{digits(random, 8)}",
            f"{letters}-{digits(random, 8)}", f"{letters}{digits(random, 7)}",
        )
    )  # fmt: skip


def _sequence(random: Random, sex: Sex | None) -> int:
    number = random.randrange(10, 900)
    return number if sex is None else number - number % 2 + (sex == "male")
