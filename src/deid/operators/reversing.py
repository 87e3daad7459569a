"""What makes a stand-in lead back to exactly one text: a mark for every way of writing but the first.

王建国, 王 建 国 and 老王 may all be P-K7Q2M9XP; so that each comes back as it stood, all but the plain
full form get a keyed mark, P-K7Q2M9XP·4TXN. The mark depends on key and text alone, never on the
order of files. Only reversible policies use it.
"""

from __future__ import annotations

from typing import Final

from deid.keys import mac
from deid.normalize import canonical
from deid.operators.request import Request
from deid.surrogates import people
from deid.validators.identity import identity_of

REVERSIBLE: Final = ("label", "pseudonym", "surrogate", "encrypt", "hash", "keep")
"""Operators whose output can be led back."""
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_MARK: Final = 4


def marked(new: str, operator: str, surface: str, request: Request) -> str:
    """`new` with a mark unless it can stand for nothing but `surface`."""
    if operator in ("encrypt", "keep") or _is_plain(new, operator, surface, request):
        return new
    number = int.from_bytes(mac(request.key, "way of writing", request.entity_type, surface)[:8], "big")
    code = ""
    for _ in range(_MARK):
        number, index = divmod(number, len(_ALPHABET))
        code += _ALPHABET[index]
    return f"{new[:-1]}·{code}〕" if new.endswith("〕") else f"{new}·{code}"


def _is_plain(new: str, operator: str, surface: str, request: Request) -> bool:
    if len(new) < 2:
        return False  # one character would be found in other words
    if request.entity_type == "PERSON":
        if request.subject is not None and operator in ("label", "pseudonym", "surrogate"):
            return surface == request.subject.name
        if operator == "surrogate":
            return surface == people.read_surface(surface)
    return surface == identity_of(canonical(surface, request.entity_type), request.entity_type)
