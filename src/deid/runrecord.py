"""The encrypted record of what a folder run did: which source became which output, which number was given.

It is what makes the second day safe: the same person keeps the same stand-in, an output
keeps its name, and a later part can destroy the link between the two by destroying the
key. Sealed with AES-256-GCM (NIST SP 800-38D) under a key derived from the project key.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from pathlib import Path
from secrets import token_bytes
from typing import Any, BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deid.errors import KeyFileError, ProjectError

_NONCE = 12
_MAGIC = b"deid run record 3\n"
_NUMBERS, _SUBJECTS, _END = "numbers", "subjects", "end"
_LENGTH = 4
"""Bytes of the length before each piece."""


def seal(key: bytes, content: bytes, *, about: bytes) -> bytes:
    """`content` compressed and encrypted; `about` must be the same to open it."""
    nonce = token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, zlib.compress(content, 1), about)


def unseal(key: bytes, sealed: bytes, *, about: bytes) -> bytes:
    """The content that was sealed; KeyFileError when the key is not the one that sealed it."""
    try:
        plain = AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
    except (InvalidTag, ValueError):
        raise KeyFileError(
            "a record of the project cannot be opened with this key",
            hint="use the key with which the project was begun",
        ) from None
    return zlib.decompress(plain)


class Kept(Protocol):
    """Pieces of a record, to which others are added."""

    def append(self, content: Any, /) -> None: ...
    def __iter__(self) -> Iterator[Any]: ...


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
    subjects: Iterable[str] = field(default=(), repr=False)
    stand_ins: Any = None
    settings: Mapping[str, str] = field(default_factory=dict)
    finished: bool = False

    def save(self, path: Path, *, key: bytes) -> None:
        """Written beside its place first, so that a full disk leaves the old record."""
        write_whole(path, self._sealed(key))

    def _sealed(self, key: bytes) -> Iterator[bytes]:
        """The file in pieces: what grows with the values of a project is sealed apart, never all at once."""
        numbers = self.numbering["numbers"] if self.numbering else ()
        numbering = {**self.numbering, "numbers": ()} if self.numbering else None
        content = {**asdict(replace(self, numbering=None, subjects=())), "numbering": numbering}
        parts = chain(
            [content],
            ((_NUMBERS, piece) for piece in numbers),
            ((_SUBJECTS, piece) for piece in self.subjects),
            [(_END, None)],
        )
        yield _MAGIC
        for index, part in enumerate(parts):
            written = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
            sealed = seal(key, written.encode("utf-8", "surrogatepass"), about=_about(index))
            yield len(sealed).to_bytes(_LENGTH, "big")
            yield sealed

    @classmethod
    def load(cls, path: Path, *, key: bytes, kept: Callable[[], Kept] = list) -> RunRecord:
        """The record at `path`, or an empty one where there is none yet. What grows with the values is `kept` apart."""
        numbers, subjects, ended = kept(), kept(), False
        try:
            with path.open("rb") as file:
                if file.read(len(_MAGIC)) != _MAGIC:
                    raise ProjectError("the run record of this project is not one of this version of deid")
                parts = (
                    json.loads(unseal(key, sealed, about=_about(index)).decode("utf-8", "surrogatepass"))
                    for index, sealed in enumerate(_pieces(file))
                )
                content: dict[str, Any] = next(parts, {})
                for kind, piece in parts:
                    ended = kind == _END
                    if not ended:
                        (numbers if kind == _NUMBERS else subjects).append(piece)
        except FileNotFoundError:
            return cls()
        if not ended:
            raise ProjectError("the run record of this project is cut short", hint="restore it from a copy")
        if content["numbering"]:
            content["numbering"]["numbers"] = numbers
        files = tuple(RecordedFile(**file) for file in content["files"])
        return cls(**{**content, "subjects": subjects, "files": files})


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while length := file.read(_LENGTH):
        yield file.read(int.from_bytes(length, "big"))


def _about(index: int) -> bytes:
    # a piece that was moved to another place does not open
    return _MAGIC + str(index).encode()


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file so that at every moment either the old or the new content is there."""
    beside = path.with_name(path.name + ".new")
    try:
        with beside.open("wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
