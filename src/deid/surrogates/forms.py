"""One value written in the ways of real life: grouped, full-width, spoken, masked, only its end.

>>> grouped("13800138000", (3, 4, 4)), spoken("13800138000"), masked("13800138000", 3, 4), tail("13800138000", 4)
('138 0013 8000', '幺三八零零幺三八零零零', '138****8000', '8000')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Final

from deid.surrogates.words import weighted

_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_SPOKEN = str.maketrans("0123456789", "零一二三四五六七八九")
_SPOKEN_YAO = str.maketrans("0123456789", "零幺二三四五六七八九")


def grouped(value: str, lengths: Sequence[int], separator: str = " ") -> str:
    """`value` cut into groups of those lengths, the last taking the rest."""
    parts: list[str] = []
    for length in lengths:
        parts.append(value[:length])
        value = value[length:]
    if value:
        parts.append(value)
    return separator.join(part for part in parts if part)


def wide(value: str) -> str:
    """In full-width characters, as Chinese input methods leave them."""
    return value.translate(_WIDE)


def spoken(value: str, *, yao: bool = True) -> str:
    """Digit by digit in Chinese, one as 幺 or 一."""
    return value.translate(_SPOKEN_YAO if yao else _SPOKEN)


def masked(value: str, start: int, end: int, mark: str = "*") -> str:
    """The first `start` and last `end` characters, the rest hidden."""
    return value[:start] + mark * (len(value) - start - end) + (value[-end:] if end else "")


def tail(value: str, count: int) -> str:
    return value[-count:]


# How long numbers are cut up by hand, by length and type.
_GROUPS: Final[Mapping[str, tuple[tuple[int, ...], ...]]] = {
    "PHONE_NUMBER": ((3, 4, 4), (3, 4, 4), (4, 3, 4), (4, 4, 3)),
    "CN_RESIDENT_ID": ((6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4)),
    "CN_BANK_CARD": ((4, 4, 4, 4), (4, 4, 4, 4), (6, 6)),
    "CN_HMT_RESIDENCE_PERMIT": ((6, 8, 4),),
    "CN_USCC": ((8, 10), (4, 4, 4, 4)),
    "CN_QQ": ((3, 3, 4), (4, 5)),
}
_MASKS: Final[Mapping[str, tuple[tuple[int, int], ...]]] = {
    "PHONE_NUMBER": ((3, 4), (3, 4), (3, 3), (3, 2)),
    "CN_RESIDENT_ID": ((6, 4), (4, 4), (10, 4), (3, 4)),
    "CN_BANK_CARD": ((6, 4), (4, 4), (4, 3)),
}
_TAILS: Final[Mapping[str, tuple[int, ...]]] = {
    "PHONE_NUMBER": (4, 4, 4, 3), "CN_RESIDENT_ID": (4, 4, 6), "CN_BANK_CARD": (4,), "MEDICAL_RECORD_NUMBER": (4, 5),
}  # fmt: skip


def written(random: Random, value: str, entity_type: str, form: str) -> str:
    """`value` in a form (`grouped`, `wide`, `tail` …); what a type has no form for stays plain."""
    groups = _GROUPS.get(entity_type)
    match form:
        case "grouped" | "hyphenated" if groups:
            return grouped(value, random.choice(groups), " " if form == "grouped" else "-")
        case "wide":
            return wide(value)
        case "spoken":
            return spoken(value, yao=random.random() < 0.7)
        case "masked" if entity_type in _MASKS:
            return masked(
                value, *random.choice(_MASKS[entity_type]), weighted(random, ((8, "*"), (1, "＊"), (1, "x")))
            )
        case "tail" if entity_type in _TAILS:
            return tail(value, random.choice(_TAILS[entity_type]))
        case "prefixed" if entity_type == "PHONE_NUMBER" and len(value) == 11 and value[0] == "1":
            return random.choice(("+86 {}", "+86{}", "86-{}", "+86-{}", "0086{}")).format(value)
    return value


_USUAL: Final[Mapping[str, tuple[tuple[int, str], ...]]] = {
    "PHONE_NUMBER": ((70, "plain"), (12, "grouped"), (6, "hyphenated"), (3, "wide"), (3, "prefixed")),
    "CN_RESIDENT_ID": ((82, "plain"), (6, "grouped"), (1, "hyphenated"), (3, "wide"), (4, "masked")),
    "CN_BANK_CARD": ((60, "plain"), (34, "grouped"), (3, "masked"), (1, "wide")),
    "CN_HMT_RESIDENCE_PERMIT": ((8, "plain"), (1, "grouped")),
    "CN_USCC": ((16, "plain"), (1, "wide")),
    "CN_QQ": ((14, "plain"), (1, "wide")),
    "MEDICAL_RECORD_NUMBER": ((30, "plain"), (1, "wide")),
}


def usual(random: Random, entity_type: str) -> str:
    """A form by how often it is met for that type."""
    return weighted(random, _USUAL.get(entity_type, ((1, "plain"),)))
