"""Replacement by a natural stand-in: a name for a name, a number of the same shape for a number.

Persons keep sex, length and how common the surname is; identity numbers agree with the shifted
birth date and the sex; numbers that have a check character get a wrong one. Dates and birth dates
are shifted like those of `shift_date`. The stand-ins themselves are made in `deid.surrogates`.
GB/T 37964-2019 annex A, replacement.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from deid.aliases import canonical_type
from deid.errors import OperatorError, PolicyError
from deid.normalize import canonical, canonical_name, shadow_text
from deid.operators import label
from deid.operators.request import Request, check_names, check_whole, subject_id, type_hint
from deid.surrogates import bodies, people, places
from deid.surrogates.identifiers import IDENTIFIERS
from deid.surrogates.identifiers import stand_in as identifier
from deid.surrogates.names import Name
from deid.surrogates.shapes import LONGEST, in_the_form_of, reshape
from deid.surrogates.shifts import MOST_DAYS, shift_days
from deid.validators.resident_id import Sex

NAME = "surrogate"
TITLE = "置换（仿真替代值）"
_KEY_BYTES = 16
_PLACES = ("CN_ADDRESS", "LOCATION", "NATIVE_PLACE")
_BODIES = ("ORGANIZATION", "CN_MEDICAL_INSTITUTION")
CHOSEN = frozenset(("PERSON", *_PLACES, *_BODIES))
"""Types whose stand-ins are chosen and can meet; those of all others are permuted and never do."""
TYPES = (*sorted(CHOSEN), *IDENTIFIERS)


def check(params: Mapping[str, Any], entity_type: str = "") -> None:
    check_names(NAME, params, "max_days")
    check_whole(NAME, params, "max_days", 7, 3650)
    if entity_type and canonical_type(entity_type) not in TYPES:
        raise PolicyError(
            f"{NAME}: there are no stand-ins for {entity_type}",
            hint=type_hint(entity_type, TYPES, "for dates use shift_date"),
        )


def operate(value: str, request: Request) -> str:
    if len(request.key) < _KEY_BYTES:
        raise OperatorError(f"{request.entity_type}: {NAME} needs a key")
    entity_type = canonical_type(request.entity_type)
    text = value if value.isascii() and "\\" not in value else shadow_text(value)
    if entity_type == "PERSON":
        new = _person(text, request)
    elif entity_type in CHOSEN:
        new = _place_or_body(text, entity_type, request)
    elif entity_type in IDENTIFIERS and len(text) <= LONGEST:
        new = in_the_form_of(value, _number(entity_type, text, request))
    else:
        new = value
    # what has nothing that could be replaced, such as 000, or no stand-in: a label is always safe
    return (
        new
        if new != value
        else label.operate(value, Request(request.entity_type, request.label, request.number))
    )


def _number(entity_type: str, text: str, request: Request) -> str:
    if request.form in ("masked", "partial"):
        return reshape(text, key=request.key, tweak=f"{entity_type} {request.form}")
    shift = shift_days(request.key, subject_id(request), request.params.get("max_days", MOST_DAYS))
    return identifier(entity_type, text, key=request.key, shift=shift)


def stand_in(value: str, request: Request) -> str:
    """What is chosen for the person, place or body behind `value`, in its full form."""
    text, entity_type = shadow_text(value), canonical_type(request.entity_type)
    if entity_type == "PERSON":
        return _name(text, request).full
    return _place_or_body(text, entity_type, request)


def _place_or_body(text: str, entity_type: str, request: Request) -> str:
    text, divisions = "".join(text.split()), request.divisions or places.shipped_divisions()
    if entity_type in _PLACES:
        return places.stand_in(text, divisions, key=request.key, attempt=request.attempt)
    return bodies.stand_in(text, divisions, key=request.key, attempt=request.attempt)


def identity(value: str, request: Request) -> tuple[str, str]:
    """Of what a stand-in is chosen: the subject behind a name, else the value."""
    entity_type = canonical_type(request.entity_type)
    if entity_type == "PERSON":
        return _person_behind(people.read_surface(shadow_text(value)), request)
    return entity_type, canonical(value, entity_type)


def _person_behind(name: str, request: Request) -> tuple[str, str]:
    if request.subject is not None:
        return "subject", request.subject.id
    return "PERSON", canonical_name(name)


def _name(text: str, request: Request) -> Name:
    return _new_name(text, people.read_surface(text), request)


def _new_name(text: str, read: str, request: Request) -> Name:
    """`read` is the name in `text`."""
    subject, sex, born = request.subject, None, None
    if subject is not None:
        sex = _SEXES.get(subject.sex)
        born = datetime.date.fromisoformat(subject.birth) if subject.birth else None
    return people.stand_in(
        "\0".join(_person_behind(read, request)),
        (subject.name if subject else "") or read,
        key=request.key,
        attempt=request.attempt,
        sex=sex or (_sex_by_title(text) if text != read else None),
        born=born,
    )


def _person(text: str, request: Request) -> str:
    read, surface = people.read_surface(text), text.strip()
    real = (request.subject.name if request.subject else "") or read
    new = _new_name(text, read, request)
    if surface == real and surface.isalpha():
        return new.full
    if surface and text.isascii() and not real.isascii():
        return people.romanized(surface, real, new)
    return people.written_like(surface, real, new)


_SEXES: Final[Mapping[str, Sex]] = {"male": "male", "female": "female"}


def _sex_by_title(text: str) -> Sex | None:
    if text.endswith(("先生", "哥", "叔", "爷", "大爷", "叔叔", "伯")):
        return "male"
    return (
        "female"
        if text.endswith(("女士", "小姐", "太太", "夫人", "姐", "姨", "阿姨", "婶", "奶", "嫂"))
        else None
    )
