"""Stand-ins for numbers: same shape, different for different numbers, invalid on purpose where that shows.

A number with a check character gets a wrong one; a mobile number begins with 12, which no
subscriber has; mail and pages lie under example.com (RFC 2606), IP addresses in 240.0.0.0/4
(RFC 1112). So nobody is called, billed or looked up by a stand-in. Separators, country and area
codes, the bank of a card and the province of a plate stay: they are what a reader needs.

>>> stand_in("PHONE_NUMBER", "138-0013-8000", key=bytes(32))[:2]
'12'
>>> stand_in("CN_BANK_CARD", "6222021234567890128", key=bytes(32))[:6]
'622202'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from deid.keys import mac
from deid.regexes import Regex
from deid.surrogates.citizens import resident_id
from deid.surrogates.permute import permute
from deid.surrogates.shapes import fill, reshape
from deid.validators import bank_card, hkid, iccid, imei, org_code, tw_national_id, uscc, vin

_MOBILE = Regex(r"1[0-9]{10}")
_AREA = Regex(r"0(?:10|2[0-9]|[3-9][0-9]{2})(?=[2-9][0-9]{6,7})")
_COUNTRY = Regex(
    r"\s*(?:\+|00)\s?(?:86|85[23]|886|1|44|81)(?![0-9])|\s*(?:\+|00)(?:86|85[23]|886)|\s*\(?86\)?(?=[ \-]?1[3-9])|\s*(?:\+|00)[0-9]{1,3}[ \-]"
)
_EXTENSION = Regex(r"转|分机|ext|(?<=[0-9])\s?[x#](?=\s?[0-9])|(?<=[0-9]{7})-(?=[0-9]{1,6}$)", re.IGNORECASE)
_PUBLIC_MAIL: Final = frozenset(
    "qq.com 163.com 126.com foxmail.com gmail.com outlook.com hotmail.com sina.com sina.cn sohu.com 139.com 189.cn yeah.net aliyun.com icloud.com live.cn".split()
)
_IPV4 = Regex(r"([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})")


def stand_in(entity_type: str, text: str, *, key: bytes, shift: int = 0) -> str:
    """A stand-in for the number `text` (a shadow text); `shift` in days moves the birth date in it.

    KeyError when the type is none of IDENTIFIERS.
    """
    if holder := _HOLDERS.get(entity_type):
        return holder(text, key, shift)
    special = _SPECIAL.get(entity_type)
    if special is not None:
        return special(text, key)
    if entity_type in _CITIZENS:
        return resident_id(text, key=key, shift=shift, tweak=entity_type)
    if entity_type in _CHECKED:
        return _with_wrong_check(entity_type, text, key)
    if entity_type not in _PLAIN:
        raise KeyError(entity_type)
    return reshape(text, key=key, tweak=entity_type, hexadecimal=entity_type in _HEX)


# --- telephones ------------------------------------------------------------------------------


def _phone(text: str, key: bytes) -> str:
    if text.isascii() and text.isdigit():
        return _subscriber(text, key, foreign=False)
    country = _COUNTRY.match(text)
    start = country.end() if country else 0
    extension = _EXTENSION.search(text, start)
    end = extension.start() if extension else len(text)
    places = [place for place in range(start, end) if "0" <= text[place] <= "9"]
    number = "".join(text[place] for place in places)
    new = fill(text[:end], _subscriber(number, key, foreign=_is_foreign(country)), places) + text[end:]
    return new[:end] + reshape(new[end:], key=key, tweak="extension") if extension else new


def _is_foreign(country: re.Match[str] | None) -> bool:
    return country is not None and "86" not in country[0]


def _subscriber(number: str, key: bytes, *, foreign: bool) -> str:
    """Mobile numbers behind 12, landlines behind their area code with a 1, which begins none."""
    if not foreign and (number[:1] == "0" and _MOBILE.fullmatch(number, 1)):
        return "0" + _subscriber(number[1:], key, foreign=False)
    if not foreign and _MOBILE.fullmatch(number):
        rest = permute(int(number[2:]), 10**9, key=key, tweak=f"mobile {number[1]}")
        return f"12{rest:09d}"
    if area := None if foreign else _AREA.match(number):
        return area[0] + _local(number[area.end() :], key, area[0])
    if not foreign and len(number) in (7, 8):
        return _local(number, key, "")
    return reshape(number, key=key, tweak="phone")


def _local(number: str, key: bytes, area: str) -> str:
    digits = len(number) - 1
    rest = permute(int(number[1:]), 10**digits, key=key, tweak=f"landline {area} {number[0]} {digits}")
    return f"1{rest:0{digits}d}"


# --- numbers with a check character ----------------------------------------------------------


def _last(compute: Callable[[str], str]) -> Callable[[str], tuple[int, str]]:
    def check(number: str) -> tuple[int, str]:
        return len(number) - 1, compute(number[:-1])

    return check


def _vin_check(number: str) -> tuple[int, str]:
    return 8, vin.check_digit(number)


# How many characters at the beginning stay, lengths with a check character, and where and what it is.
_CHECKED: Final[Mapping[str, tuple[int, tuple[int, ...], Callable[[str], tuple[int, str]]]]] = {
    "CN_BANK_CARD": (6, tuple(range(13, 20)), _last(bank_card.check_digit)),
    "CN_USCC": (2, (18,), _last(uscc.check_digit)),
    "CN_ORG_CODE": (0, (9,), _last(org_code.check_digit)),
    "VIN": (3, (17,), _vin_check),
    "IMEI": (0, (15,), _last(imei.check_digit)),
    "ICCID": (4, (20,), _last(iccid.check_digit)),
    "HK_ID_CARD": (0, (8, 9), _last(hkid.check_digit)),
    "TW_NATIONAL_ID": (0, (10,), _last(tw_national_id.check_digit)),
}


def _with_wrong_check(entity_type: str, text: str, key: bytes) -> str:
    keep, lengths, check = _CHECKED[entity_type]
    places, number = None, text.upper()
    if not (text.isascii() and text.isalnum()):
        places = [
            place for place, character in enumerate(text) if character.isascii() and character.isalnum()
        ]
        number = "".join(text[place] for place in places).upper()
    if len(number) not in lengths:
        return reshape(text, key=key, tweak=entity_type)
    place = check(number)[0]
    old = number[place]
    payload = number[:place] + number[place + 1 :]
    new = payload[:keep] + reshape(payload[keep:], key=key, tweak=f"{entity_type} {payload[:keep]}")
    new = new[:place] + "0" + new[place:]
    wrong = _wrong(check(new)[1], old)
    new = new[:place] + wrong + new[place + 1 :]
    return new if places is None else fill(text, new, places)


def _wrong(right: str, old: str) -> str:
    """A digit that is not the right one; it depends on the old one only in that mistyped ones differ."""
    value = int(right) if right.isdigit() else 10
    return (
        str((value + 1 + (int(old) % 8 if old.isdigit() else 8)) % 10)
        if value < 10
        else str(int(old, 36) % 10)
    )


# --- mail, pages, networks, plates -----------------------------------------------------------


def _email(text: str, key: bytes) -> str:
    local, at, domain = text.rpartition("@")
    if not at:
        return reshape(text, key=key, tweak="EMAIL_ADDRESS")
    site = domain.strip().lower()
    new = f"{site.partition('.')[0] if site in _PUBLIC_MAIL else _site(site, key)}.example.com"
    return f"{reshape(local, key=key, tweak=f'mail {site}')}@{new}"


@lru_cache(maxsize=4096)
def _site(domain: str, key: bytes) -> str:
    """Of the name of a site its length; which ending it had tells its owner too."""
    name = domain.split(".")[-2] if "." in domain else domain
    return reshape("site" + "x" * min(len(name), 4) + str(len(domain)), key=key, tweak=f"site {domain}")


def _url(text: str, key: bytes) -> str:
    scheme = "http" if text.lower().startswith("http:") else "https"
    return f"{scheme}://www.example.com/{mac(key, 'url', text).hex()[:12]}"


def _ip(text: str, key: bytes) -> str:
    match = _IPV4.fullmatch(text)
    if match is None or any(int(part) > 255 for part in match.groups()):
        return reshape(text, key=key, tweak="IP_ADDRESS", hexadecimal=True)
    first, *rest = (int(part) for part in match.groups())
    number = (first % 16 << 24) + (rest[0] << 16) + (rest[1] << 8) + rest[2]
    number = permute(number, 1 << 28, key=key, tweak=f"IP_ADDRESS {first // 16}")
    return ".".join(map(str, (240 + (number >> 24), number >> 16 & 255, number >> 8 & 255, number & 255)))


def _plate(text: str, key: bytes) -> str:
    """The province stays."""
    return text[:1] + reshape(text[1:], key=key, tweak=f"CN_VEHICLE_PLATE {text[:1]}")


def _postal_code(text: str, key: bytes) -> str:
    return text[:2] + reshape("1" + text[2:], key=key, tweak=f"CN_POSTAL_CODE {text[:2]}")[1:]


def _coordinate(text: str, key: bytes) -> str:
    """Degrees stay, which is about a prefecture; what is finer goes."""
    return re.sub(
        r"(?<=\.)[0-9]+", lambda match: reshape("1" + match[0], key=key, tweak=f"coordinate {text}")[1:], text
    )


def _account(text: str, key: bytes) -> str:
    """An account that is a mobile number or a mail address, as with Alipay."""
    if "@" in text:
        return _email(text, key)
    digits = re.sub(r"[ \-]", "", text)
    return (
        _phone(text, key)
        if re.fullmatch(r"1[3-9][0-9]{9}", digits)
        else reshape(text, key=key, tweak="account")
    )


def _wechat(text: str, key: bytes) -> str:
    if text.lower().startswith("wxid_"):
        return text[:5] + reshape(text[5:], key=key, tweak="wxid")
    return _account(text, key)


def _qualification(text: str, key: bytes, shift: int) -> str:
    """Holds the identity number of its holder in the last eighteen characters."""
    return reshape(text[:-18], key=key, tweak="qualification") + resident_id(
        text[-18:], key=key, shift=shift, tweak="CN_RESIDENT_ID"
    )


def _institution_code(text: str, key: bytes) -> str:
    """Begins with an organisation code, whose check character then is wrong."""
    if len(text) != 22:
        return reshape(text, key=key, tweak="CN_MEDICAL_INSTITUTION_CODE")
    return _with_wrong_check("CN_ORG_CODE", text[:9], key) + reshape(
        text[9:], key=key, tweak=f"unit {text[:9]}"
    )


def _licence(text: str, key: bytes, shift: int) -> str:
    """The number of a driving licence is the identity number; that of its file is not."""
    if len("".join(text.split())) in (15, 18):
        return resident_id(text, key=key, shift=shift, tweak="CN_RESIDENT_ID")
    return reshape(text, key=key, tweak="CN_DRIVER_LICENSE")


_SPECIAL: Final[Mapping[str, Callable[[str, bytes], str]]] = {
    "PHONE_NUMBER": _phone,
    "EMAIL_ADDRESS": _email,
    "URL": _url,
    "IP_ADDRESS": _ip,
    "CN_VEHICLE_PLATE": _plate,
    "CN_POSTAL_CODE": _postal_code,
    "GEO_COORDINATE": _coordinate,
    "CN_ALIPAY": _account,
    "CN_WECHAT_ID": _wechat,
    "USERNAME": _account,
    "CN_MEDICAL_INSTITUTION_CODE": _institution_code,
}
_HOLDERS: Final[Mapping[str, Callable[[str, bytes, int], str]]] = {
    "CN_PHYSICIAN_QUALIFICATION": _qualification,
    "CN_DRIVER_LICENSE": _licence,
}
"""Numbers in which the identity number of their holder stands."""
_CITIZENS: Final = ("CN_RESIDENT_ID", "CN_HMT_RESIDENCE_PERMIT", "CN_FOREIGN_PR_ID")
_PLAIN: Final = (
    *("CN_PASSPORT", "CN_HKM_TRAVEL_PERMIT", "CN_TW_TRAVEL_PERMIT", "CN_EXIT_PERMIT", "MO_ID_CARD"),
    *("CN_MILITARY_ID", "CN_HOUSEHOLD_REG", "CN_BIRTH_CERT", "CN_SOCIAL_SECURITY", "CN_MEDICAL_INSURANCE_TOKEN"),
    *("CN_BANK_ACCOUNT", "CN_TAX_ID", "CN_QQ", "CN_IOT_NUMBER", "MAC_ADDRESS", "IMSI", "UUID"),
    *("MEDICAL_RECORD_NUMBER", "CN_EXAM_NUMBER", "CN_HEALTH_CARD", "CN_PHYSICIAN_LICENSE", "CN_NURSE_LICENSE"),
    "OTHER_ID",
)  # fmt: skip
_HEX: Final = frozenset({"MAC_ADDRESS", "UUID", "CN_MEDICAL_INSURANCE_TOKEN"})
IDENTIFIERS: Final = MappingProxyType(dict.fromkeys((*_HOLDERS, *_SPECIAL, *_CITIZENS, *_CHECKED, *_PLAIN)))
"""Entity types of which there are stand-ins here."""
