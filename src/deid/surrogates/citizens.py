"""Stand-ins for identity numbers: sex and shifted birth date stay true, the check character is wrong.

Place and sequence are permuted together, among places like real ones, so different numbers
have different stand-ins for one shift of dates. The fifteen digits of the first cards have no
check character: there the province is one that does not exist.

>>> new = resident_id("11010519491231002X", key=bytes(32), shift=-14, tweak="CN_RESIDENT_ID")
>>> new[6:14], int(new[16]) % 2, resident_ids.is_valid(new)
('19491217', 0, False)
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from deid.surrogates.permute import permute
from deid.surrogates.shapes import fill, reshape
from deid.surrogates.shifts import shifted
from deid.validators import iso7064, luhn, org_code, uscc
from deid.validators import resident_id as resident_ids

_PROVINCES: Final = tuple(sorted(resident_ids.PROVINCES - {"71", "81", "82", "83"}))
_OTHERS: Final = tuple(code for code in map("{:02d}".format, range(100)) if code not in _PROVINCES)
_UNUSED: Final = tuple(
    code for code in _OTHERS if code[0] in "12345678" and code not in resident_ids.PROVINCES
)
_LOCAL: Final = tuple(
    f"{city:02d}{county:02d}" for city in range(1, 24) for county in (*range(1, 33), *range(81, 86))
)
_REST: Final = tuple(sorted(set(map("{:04d}".format, range(10_000))) - set(_LOCAL)))
_RANK: Final = {
    code: (codes, rank) for codes in (_PROVINCES, _OTHERS, _LOCAL, _REST) for rank, code in enumerate(codes)
}
_CHECKS: Final = "0123456789X"
_WRONG: Final = {right: "0123456789".replace(right, "") for right in _CHECKS}
_OTHER_CHECKS: Final = {right: _CHECKS.replace(right, "") for right in _CHECKS}
_RANK_OF_PROVINCE: Final = {code: rank for rank, code in enumerate(_PROVINCES)}
_CARDS: Final = ("62", "81")
"""Beginnings of bank cards that are those of resident numbers as well."""
_REGISTRIES: Final = resident_ids.PROVINCES | {"10"}
"""Where a credit code says who gave it."""
_ABROAD: Final = ("810000", "820000", "830000")


def resident_id(text: str, *, key: bytes, shift: int, tweak: str) -> str:
    """A number for the person of the number in `text`, which may be written with gaps.

    One that holds no birth date is only given another of its shape.
    """
    number, places = text.upper(), None
    if not (text.isascii() and text.isalnum()):
        places = [
            place for place, character in enumerate(text) if character.isascii() and character.isalnum()
        ]
        number = "".join(number[place] for place in places)
    born = ""
    if len(number) == 18 and number[:17].isdigit() and number[17] in _CHECKS:
        born = _moved(number[6:14], shift)
    elif len(number) == 15 and resident_ids.birth_date(number):
        born = _moved(resident_ids.to_18(number)[6:14], shift)
    if not born:
        new = _unread(number, key, tweak)
    elif len(number) == 15:
        new = _without_century(_payload(resident_ids.to_18(number), born, key))
    else:
        new = _with_wrong_check(number, _payload(number, born, key))
    return new if places is None else fill(text, new, places)


@lru_cache(maxsize=65536)  # people share birthdays
def _moved(born: str, shift: int) -> str:
    """Eight digits of a birth date, moved; nothing where they are none."""
    day = resident_ids.parse_birth(born)
    return shifted(day, shift).isoformat().replace("-", "") if day else ""


def _without_century(payload: str) -> str:
    province = payload[:2]
    if province in _RANK_OF_PROVINCE:
        province = _UNUSED[_RANK_OF_PROVINCE[province]]
    return province + payload[2:6] + payload[8:]


def _payload(number: str, born: str, key: bytes) -> str:
    """Seventeen digits: other place, moved birth date, other sequence of the same parity."""
    sequence = int(number[14:17])
    place, half = _place_and_half(number[:6], sequence // 2, key, born)
    return f"{place}{born}{2 * half + sequence % 2:03d}"


def _place_and_half(place: str, half: int, key: bytes, date: str) -> tuple[str, int]:
    """Place and half the sequence, permuted together; what tells kinds of cards apart stays."""
    if place in _ABROAD:
        return place, permute(half, 500, key=key, tweak=f"resident {place} {date}")
    if place[0] == "9":
        code = permute(int(place[1:]) * 500 + half, 10**5 * 500, key=key, tweak="foreigner")
        return f"9{code // 500:05d}", code % 500
    (provinces, province), (locals_, local) = _RANK[place[:2]], _RANK[place[2:]]
    many = len(locals_)
    code, size = (province * many + local) * 500 + half, len(provinces) * many * 500
    code, half = divmod(permute(code, size, key=key, tweak="citizen"), 500)
    return provinces[code // many] + locals_[code % many], half


def _with_wrong_check(number: str, payload: str) -> str:
    """`payload` and a character that does not check.

    Mistyped numbers, which have one that does not check either, go to provinces of their own: so
    they stay apart from the right ones and from each other.
    """
    right, old = iso7064.mod_11_2(number[:17]), number[17]
    if old == right:
        return _with_another_check(payload, iso7064.mod_11_2(payload))
    if payload[:2] in _RANK_OF_PROVINCE:
        payload = _UNUSED[_RANK_OF_PROVINCE[payload[:2]]] + payload[2:]
    return payload + _OTHER_CHECKS[iso7064.mod_11_2(payload)][_OTHER_CHECKS[right].index(old)]


def _unread(number: str, key: bytes, tweak: str) -> str:
    new = reshape(number, key=key, tweak=f"{tweak} unread")
    if len(new) == 18 and new[:17].isdigit() and iso7064.mod_11_2(new[:17]) == new[17]:
        new = _with_another_check(new[:17], new[17])
    return new


def _with_another_check(payload: str, right: str) -> str:
    """`payload` and a digit that does not check, nor makes a bank card or a credit code of it."""
    wrong, at = _WRONG[right], int(payload[5]) % 9
    while _is_of_another_kind(number := payload + wrong[at]):
        at = (at + 1) % 9
    return number


def _is_of_another_kind(number: str) -> bool:
    if number[:2] in _CARDS and luhn.check_digit(number[:-1]) == number[-1]:
        return True
    if number[2:4] not in _REGISTRIES:
        return False
    first, second = _sums_of_four()
    return (first[number[8:12]] + second[number[12:16]] + int(number[16])) % 11 == 0 and uscc.is_valid(number)


@cache
def _sums_of_four() -> tuple[dict[str, int], dict[str, int]]:
    """Weighted sums of four digits, the first and second four of an organisation code: nearly all of what can
    be no credit code is told by them, in a tenth of the time."""
    fours = [f"{number:04d}" for number in range(10_000)]
    first, second = (
        {
            four: sum(int(digit) * weight for digit, weight in zip(four, weights, strict=True))
            for four in fours
        }
        for weights in (org_code.WEIGHTS[:4], org_code.WEIGHTS[4:])
    )
    return first, second
