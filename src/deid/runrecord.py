"""The encrypted record of what a folder run did: which source became which output, which number was given.

It is what makes the second day safe: the same person keeps the same stand-in, an output
keeps its name, and a later part can destroy the link between the two by destroying the
key. Sealed with AES-256-GCM (NIST SP 800-38D) under a key derived from the project key.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from secrets import token_bytes
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deid.errors import KeyFileError, ProjectError

_NONCE = 12
_MAGIC = b"deid run record 1\n"


def seal(key: bytes, content: Any, *, about: bytes) -> bytes:
    """`content` (anything JSON knows) compressed and encrypted; `about` must be the same to open it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    plain = zlib.compress(text.encode("utf-8", "surrogatepass"), 3)
    nonce = token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def unseal(key: bytes, sealed: bytes, *, about: bytes) -> Any:
    """The content that was sealed; KeyFileError when the key is not the one that sealed it."""
    try:
        plain = AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
    except (InvalidTag, ValueError):
        raise KeyFileError(
            "a record of the project cannot be opened with this key",
            hint="use the key with which the project was begun",
        ) from None
    return json.loads(zlib.decompress(plain).decode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """One source file. Paths are relative, with `/`; `output` is None while nothing is published."""

    number: int
    source: str = field(repr=False)
    state: str
    reason: str = ""
    output: str | None = None


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a project remembers between runs.

    `numbering`, `stand_ins` and `subjects` are as Numbering, StandIns and deid.link write themselves:
    keyed codes; of values only the birth dates of subjects.
    """

    files: tuple[RecordedFile, ...] = ()
    folders: Mapping[str, str] = field(default_factory=dict, repr=False)
    numbering: Any = None
    subjects: str = field(default="", repr=False)
    stand_ins: Any = None
    settings: Mapping[str, str] = field(default_factory=dict)
    finished: bool = False

    def save(self, path: Path, *, key: bytes) -> None:
        """Written beside its place first, so that a full disk leaves the old record."""
        write_whole(path, _MAGIC + seal(key, asdict(self), about=_MAGIC))

    @classmethod
    def load(cls, path: Path, *, key: bytes) -> RunRecord:
        """The record at `path`, or an empty one where there is none yet."""
        try:
            sealed = path.read_bytes()
        except FileNotFoundError:
            return cls()
        if not sealed.startswith(_MAGIC):
            raise ProjectError("the run record of this project is not one of this version of deid")
        content = unseal(key, sealed[len(_MAGIC) :], about=_MAGIC)
        return cls(**{**content, "files": tuple(RecordedFile(**file) for file in content["files"])})


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that at every moment either the old or the new content is there."""
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
