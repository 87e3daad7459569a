"""The project key, and the purpose keys that are derived from it.

One secret of 32 bytes per project: random, or from a passphrase by Argon2id (RFC 9106).
Nothing uses it directly: every purpose has its own key by HKDF-SHA256 (RFC 5869), so that
a code made for one purpose says nothing about another. Another recipient needs another key.

>>> key = ProjectKey(bytes(32))
>>> key.derive("numbering") != key.derive("hash")
True
>>> key
ProjectKey(fingerprint='c91eac7dca7d7622')
"""

from __future__ import annotations

import hmac
import os
import secrets
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from deid.errors import KeyFileError

KEY_BYTES = 32
SALT_BYTES = 16
SHORTEST_PASSPHRASE = 8

# Changing any of these changes every key that was made from a passphrase.
_ARGON2_ITERATIONS = 3
_ARGON2_LANES = 4
_ARGON2_KIB = 64 * 1024

_HEADER = "deid-key-1"


@dataclass(frozen=True, slots=True)
class ProjectKey:
    """The secret of a project. Its repr and all messages show only the fingerprint."""

    _secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self._secret) != KEY_BYTES:
            raise KeyFileError(f"a project key has {KEY_BYTES} bytes")

    def __repr__(self) -> str:
        return f"ProjectKey(fingerprint={self.fingerprint!r})"

    @classmethod
    def generate(cls) -> ProjectKey:
        """A new random key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def from_passphrase(cls, text: str, *, salt: bytes) -> ProjectKey:
        """The key that belongs to a passphrase and a salt of at least 16 bytes; takes about half a second.

        The salt (`new_salt()`) is no secret, but it must be kept with the project: without it
        the passphrase does not lead to the key.
        """
        # NFC: input methods differ in how they compose the same character.
        passphrase = unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")
        if len(text) < SHORTEST_PASSPHRASE:
            raise KeyFileError(
                f"the passphrase is shorter than {SHORTEST_PASSPHRASE} characters",
                hint="a sentence is easier to remember than a password, and safer",
            )
        if len(salt) < SALT_BYTES:
            raise KeyFileError(f"the salt is shorter than {SALT_BYTES} bytes", hint="use new_salt()")
        try:
            argon2 = Argon2id(
                salt=salt,
                length=KEY_BYTES,
                iterations=_ARGON2_ITERATIONS,
                lanes=_ARGON2_LANES,
                memory_cost=_ARGON2_KIB,
            )
        except UnsupportedAlgorithm:
            raise KeyFileError(
                "passphrases need Argon2id, which this build of OpenSSL does not have",
                hint="use a key file, or install cryptography from a wheel",
            ) from None
        return cls(argon2.derive(passphrase))

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> ProjectKey:
        """The key in a file that `save` wrote."""
        # No message names the file: paths are values.
        try:
            content = Path(path).read_bytes()
        except FileNotFoundError:
            raise KeyFileError("the key file does not exist") from None
        except OSError as error:
            raise KeyFileError(f"the key file cannot be read: {error.strerror}") from None
        words = content[:1024].decode("ascii", "replace").split()
        if not words or words[0] != _HEADER:
            raise KeyFileError("the key file is not one of deid")
        try:
            _, secret, fingerprint = words
            key = cls(bytes.fromhex(secret))
        except (ValueError, KeyFileError):
            raise KeyFileError("the key file is damaged", hint="restore it from a copy") from None
        if not hmac.compare_digest(key.fingerprint.encode(), fingerprint.encode()):
            raise KeyFileError("the key file is damaged", hint="restore it from a copy")
        return key

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the key to a new file that only its owner can read; an existing file is never overwritten."""
        content = f"{_HEADER}\n{self._secret.hex()}\n{self.fingerprint}\n"
        try:
            # O_EXCL, not a check before: two runs may start at the same time.
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise KeyFileError(
                "the key file exists already and is not overwritten",
                hint="a lost key cannot be made again: choose another file name",
            ) from None
        except OSError as error:
            raise KeyFileError(f"the key file cannot be written: {error.strerror}") from None
        try:
            with os.fdopen(descriptor, "w", encoding="ascii", newline="\n") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            Path(path).unlink(missing_ok=True)  # half a key would block the next attempt
            raise KeyFileError(f"the key file cannot be written: {error.strerror}") from None

    def derive(self, purpose: str, length: int = KEY_BYTES) -> bytes:
        """The key for one purpose, always the same for the same project key."""
        if not purpose:
            raise ValueError("a derived key needs a purpose")
        info = b"deid/1/" + purpose.encode()
        return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(self._secret)

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that tell keys apart and lead nowhere."""
        return self.derive("fingerprint", 8).hex()


def new_salt() -> bytes:
    """A random salt for `ProjectKey.from_passphrase`."""
    return secrets.token_bytes(SALT_BYTES)


def mac(key: bytes, *parts: str) -> bytes:
    """HMAC-SHA256 over the parts, each with its length before it: ("ab", "c") is not ("a", "bc").

    >>> mac(bytes(32), "ab", "c") == mac(bytes(32), "a", "bc")
    False
    """
    if not key:
        raise ValueError("mac needs a key")  # an empty key would be a plain hash, open to guessing
    if 0 < len(parts) <= _USUAL:  # what stands before a value, as its kind, is nearly always the same
        *same, last = parts
        begun = _begun(key, *same).copy()
        begun.update(_with_length(last))
    else:
        begun = _begun(key).copy()
        begun.update(b"".join(map(_with_length, parts)))
    return begun.finalize()


def _with_length(part: str) -> bytes:
    encoded = part.encode("utf-8", "surrogatepass")
    size = len(encoded)
    return (_LENGTHS[size] if size < _FEW else size.to_bytes(8, "big")) + encoded


@lru_cache(maxsize=512)
def _begun(key: bytes, *parts: str) -> HMAC:
    """To begin takes four times as long as to go on, and a table asks for millions of codes under a few keys."""
    begun = HMAC(key, SHA256())
    begun.update(b"".join(map(_with_length, parts)))
    return begun


_USUAL = 3
"""Parts of codes of values; those of subjects have more, and none in common."""
_FEW = 256
_LENGTHS = tuple(size.to_bytes(8, "big") for size in range(_FEW))  # of nearly all parts
