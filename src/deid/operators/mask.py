"""Partial masking as people know it: 138****5678. Not for disclosure: what stays still points to a person.

Entity types with a customary form keep what that form shows; any other type keeps at most a
third. Separators stay, so the value keeps its shape and its length (but for e-mail, where
the length of a short name would give it away). Numbers are read in the shadow text: 全角
digits are masked like others. GB/T 37964-2019 annex A, suppression.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from deid.aliases import canonical_type
from deid.catalog.lexicon import read_lexicon
from deid.errors import PolicyError
from deid.normalize import shadow
from deid.operators.request import Request, check_names
from deid.regexes import Regex
from deid.resources import recognizers_root

NAME = "mask"
TITLE = "抑制（屏蔽）"
MASKS = ("*", "＊", "×", "X", "●", "○", "#", "_", "■", "□", "某")
"""What may stand for a hidden character: nobody takes it for a part of the value."""

_SEPARATORS = frozenset(" \t\r\n-./()·:+,@~[]、，。（）【】")
# Position of the country code, of an extension, and what a Chinese number looks like without them.
_COUNTRY = Regex(r"\s*(?:\+|00)\s?(?:86|85[23]|886)|\s*\(?86\)?(?=[^0-9]*1[3-9])")
_EXTENSION = Regex(r"转|分机|ext|(?<=[0-9])\s?[x#](?=\s?[0-9])|(?<=[0-9]{7})-(?=[0-9]{1,6}$)", re.IGNORECASE)
_MOBILE = Regex(r"(0?1[3-9*][0-9*])[0-9*]{8}")
_LANDLINE = Regex(r"(0(?:10|2[0-57-9]|[3-9][0-9]{2}))[0-9*]{7,8}")
_DATE_UNITS = frozenset("年月日号时点分秒周岁")


def check(params: Mapping[str, Any], entity_type: str = "") -> None:
    check_names(NAME, params, "chars")
    if params.get("chars", "*") not in MASKS:
        raise PolicyError(f"{NAME}: chars is one of {' '.join(MASKS)}")


def operate(value: str, request: Request) -> str:
    mask = str(request.params.get("chars", "*"))
    entity_type = canonical_type(request.entity_type)
    read = shadow(value)
    plain = read.text
    # What is shown is the original, in its script and width.
    shown = value if read.starts is None else _shown(value, read.starts)
    if request.form == "partial":
        return _hide(plain, shown, (), mask)  # a tail is just what a mask would leave: all of it goes
    if entity_type == "EMAIL_ADDRESS" and "@" in plain:
        at = plain.rindex("@")
        return (shown[0] if at > 1 else "") + mask * 3 + "".join(shown[at:])
    if entity_type == "PHONE_NUMBER":
        return _hide(plain, shown, _phone(plain), mask)
    places = [i for i, c in enumerate(plain) if c not in _SEPARATORS]
    visible = _RULES.get(entity_type, _third)("".join(plain[i] for i in places))
    return _hide(plain, shown, (places[i] for i in visible), mask)


def _shown(value: str, starts: Sequence[int]) -> list[str]:
    """The characters of a value that are seen; with the end of a line stands the return before it."""
    before = (0, *(start + 1 for start in starts))
    return [
        "\r" * value.count("\r", end, start) + value[start]
        for end, start in zip(before, starts, strict=False)
    ]


def _hide(plain: str, shown: Sequence[str], visible: Iterable[int], mask: str) -> str:
    keep = frozenset(visible)
    return "".join(c if i in keep or plain[i] in _SEPARATORS else mask for i, c in enumerate(shown))


def _phone(plain: str) -> set[int]:
    """Country and area code and the last four stay; of an extension only the word."""
    country = _COUNTRY.match(plain)
    start = country.end() if country else 0
    extension = _EXTENSION.search(plain, start)
    end = extension.start() if extension else len(plain)
    places = [i for i in range(start, end) if plain[i] not in _SEPARATORS]
    number = "".join(plain[i] if "0" <= plain[i] <= "9" else "*" for i in places)
    if match := _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        visible = {*places[: len(match[1])], *places[-4:]}
    else:
        visible = {places[i] for i in range(len(places) - len(places) // 3, len(places))}
    return visible | set(range(start)) | (set(range(end, extension.end())) if extension else set())


def _person(name: str) -> set[int]:
    """张* · 王*国 · 欧阳** · 阿***: the surname, and the last of three characters."""
    if len(name) > 2 and name[:2] in _compound_surnames():
        return {0, 1}
    if len(name) == 3 and not name.isascii():
        return {0, 2}
    return {0} if len(name) > 1 else set()


@cache
def _compound_surnames() -> frozenset[str]:
    return frozenset(read_lexicon(recognizers_root() / "lexicons" / "compound_surnames.txt"))


def _third(value: str) -> set[int]:
    """Of a number the first character and the end, of other text the beginning; a third in all."""
    length, keep = len(value), len(value) // 3
    if not value.isascii():
        return set(range(keep))
    first = min(1, keep // 2)
    return {*range(first), *range(length - keep + first, length)}


def _beginning(value: str) -> set[int]:
    return set(range(len(value) // 3))


def _units(value: str) -> set[int]:
    """****年*月*日"""
    return {i for i, c in enumerate(value) if i and c in _DATE_UNITS}


def _nothing(value: str) -> set[int]:
    return set()


def _ends(*forms: tuple[int, int, int, int]) -> Callable[[str], set[int]]:
    """`(shortest, longest, first, last)`: of values so long, so many stay at both ends; else a third."""

    def visible(value: str) -> set[int]:
        length = len(value)
        for shortest, longest, first, last in forms:
            if shortest <= length <= longest:
                return {*range(first), *range(length - last, length)}
        return _third(value)

    return visible


_resident_id = _ends((18, 18, 6, 4), (15, 15, 6, 3))
_RULES: Mapping[str, Callable[[str], set[int]]] = MappingProxyType(
    {
        "PERSON": _person,
        "CN_RESIDENT_ID": _resident_id,
        "CN_HMT_RESIDENCE_PERMIT": _resident_id,
        "CN_BANK_CARD": _ends((16, 19, 6, 4), (12, 15, 0, 4)),
        "CN_BANK_ACCOUNT": _ends((12, 30, 0, 4)),
        "CN_VEHICLE_PLATE": _ends((7, 8, 2, 2)),
        "IP_ADDRESS": _beginning,
        "MAC_ADDRESS": _beginning,
        "CN_POSTAL_CODE": _beginning,
        "DATE_TIME": _units,
        "DATE_OF_BIRTH": _units,
        "AGE": _units,
        "USERNAME": _nothing,
        "URL": _nothing,
        "GEO_COORDINATE": _nothing,
    }
)
