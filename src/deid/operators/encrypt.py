"""Encryption: a token from which the value comes back with the key alone, without any vault.

AES-SIV (RFC 5297): the same value gives the same token, a token that was changed is refused, and
the entity type is bound to it. For reversible policies only. GB/T 37964-2019 annex A,
cryptographic techniques.

>>> token = encrypted("13800138000", "PHONE_NUMBER", key=bytes(32))
>>> token[:14], decrypted(token, key=bytes(32))
('〔PHONE_NUMBER=', ('PHONE_NUMBER', '13800138000'))
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from deid.errors import KeyFileError, OperatorError
from deid.keys import mac
from deid.operators.request import Request, check_names
from deid.regexes import Regex

NAME = "encrypt"
TITLE = "密码技术（确定性加密）"
TOKEN = Regex(r"〔([A-Z][A-Z0-9_]*)=([A-Za-z0-9_\-]{20,})〕")
"""A token, as it stands in a text; all of it may stand in the name of a file."""
_KEY_BYTES = 16


def check(params: Mapping[str, Any], entity_type: str = "") -> None:
    check_names(NAME, params)


def operate(value: str, request: Request) -> str:
    if len(request.key) < _KEY_BYTES:
        raise OperatorError(f"{request.entity_type}: {NAME} needs a key")
    return encrypted(value, request.entity_type, key=request.key)


def encrypted(value: str, entity_type: str, *, key: bytes) -> str:
    """The token of a value."""
    sealed = _cipher(key).encrypt(value.encode("utf-8", "surrogatepass"), [entity_type.encode()])
    return f"〔{entity_type}={urlsafe_b64encode(sealed).decode().rstrip('=')}〕"


def decrypted(token: str, *, key: bytes) -> tuple[str, str]:
    """Entity type and value of a token. KeyFileError when it was changed or made with another key."""
    match = TOKEN.fullmatch(token)
    try:
        if match is None:
            raise ValueError
        sealed = urlsafe_b64decode(match[2] + "=" * (-len(match[2]) % 4))
        plain = _cipher(key).decrypt(sealed, [match[1].encode()])
    except (InvalidTag, ValueError):
        raise KeyFileError(
            "an encrypted value cannot be opened with this key",
            hint="use the key of the run, and unchanged text",
        ) from None
    return match[1], plain.decode("utf-8", "surrogatepass")


@lru_cache(maxsize=64)
def _cipher(key: bytes) -> AESSIV:
    return AESSIV(mac(key, NAME, "1") + mac(key, NAME, "2"))
