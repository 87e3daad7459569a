"""Pseudonymisation: a short keyed code for a person or value, such as `K7Q2M9XP`.

The same for one subject (or, where there is none, one value) whatever stands around it, and
meaningless without the key. Letters and digits that are read for one another (0 O 1 I L U) are
left out. Of 39 bits: `StandIns` gives another code to the second of two that meet.
GB/T 37964-2019 annex A, pseudonymisation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deid.errors import OperatorError, PolicyError
from deid.keys import mac
from deid.normalize import canonical
from deid.operators.request import Request, check_names, check_whole
from deid.regexes import Regex
from deid.validators.identity import identity_of

NAME = "pseudonym"
TITLE = "假名化（代码）"
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 8
_KEY_BYTES = 16
_PREFIX = Regex(r"[^\s〔〕]{0,16}")


def check(params: Mapping[str, Any], entity_type: str = "") -> None:
    check_names(NAME, params, "length", "prefix")
    check_whole(NAME, params, "length", 6, 24)
    prefix = params.get("prefix", "")
    if not isinstance(prefix, str) or not _PREFIX.fullmatch(prefix):
        raise PolicyError(f"{NAME}: prefix is up to 16 characters without spaces")


def operate(value: str, request: Request) -> str:
    if len(request.key) < _KEY_BYTES:
        raise OperatorError(f"{request.entity_type}: {NAME} needs a key")
    digest = mac(request.key, NAME, *identity(value, request), str(request.attempt))
    number, code = int.from_bytes(digest, "big"), []
    for _ in range(request.params.get("length", _LENGTH)):
        number, index = divmod(number, len(_ALPHABET))
        code.append(_ALPHABET[index])
    return str(request.params.get("prefix", "")) + "".join(code)


def identity(value: str, request: Request) -> tuple[str, str]:
    """What has a code of its own: the subject behind its names, else the value."""
    if request.subject is not None and request.entity_type == "PERSON":
        return "subject", request.subject.id
    return request.entity_type, identity_of(canonical(value, request.entity_type), request.entity_type)
