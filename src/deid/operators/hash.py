"""Keyed hash: a code that is the same for the same value, and means nothing without the key.

HMAC-SHA256 with a key of the project, over entity type and canonical value, so two spellings
of one number have one code. There is no unkeyed form: the mobile numbers of China can be
hashed in minutes, and a plain hash of one is that number. GB/T 37964-2019 annex A, cryptographic
techniques. Codes derived from the value do not meet HIPAA Safe Harbor, 164.514(c).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deid.errors import OperatorError
from deid.keys import mac
from deid.normalize import canonical
from deid.operators.request import Request, check_names, check_whole
from deid.validators.identity import identity_of

NAME = "hash"
TITLE = "假名化（带密钥散列）"
_LENGTH = 16  # hex digits; two of 10 million values have one code with a chance of 1 to 370,000
_KEY_BYTES = 16


def check(params: Mapping[str, Any], entity_type: str = "") -> None:
    check_names(NAME, params, "length")
    check_whole(NAME, params, "length", 8, 64)


def operate(value: str, request: Request) -> str:
    if len(request.key) < _KEY_BYTES:
        raise OperatorError(f"{request.entity_type}: hash needs a key")
    same = identity_of(canonical(value, request.entity_type), request.entity_type)
    code = mac(request.key, NAME, request.entity_type, same)
    return code.hex()[: request.params.get("length", _LENGTH)]
