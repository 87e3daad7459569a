"""The vault: which original stands behind which stand-in. Encrypted, and refused when one byte was changed.

An SQLite file with one record for each stand-in, sealed on its own with AES-256-GCM (NIST SP
800-38D) and bound to entity type and stand-in: a record that was moved to another stand-in does not
open. The file as a whole carries an HMAC in two fields of its header that SQLite leaves to
applications, so that records can neither be taken out nor brought back from an older copy of it.
Only reversible policies write one, and never inside the output.
"""

from __future__ import annotations

import hmac
import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from secrets import token_bytes
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deid.errors import VaultError
from deid.keys import ProjectKey, mac

_SCHEMA = "create table records (id blob primary key, sealed blob not null) without rowid"
_NONCE = 12
_ABOUT = "about"
# Offsets of user_version and application_id in the header of SQLite (file format, section 1.3).
_SEAL_PLACES = ((60, 64), (68, 72))
_SMALLEST = 512
_WRONG = "the vault cannot be opened: the key is another, or the file was changed or cut off"
_HINT = "use the key of the project that wrote it, and an unchanged copy of the file"


class VaultRow(NamedTuple):
    """A stand-in and the text that it replaced."""

    entity_type: str
    stand_in: str
    original: str


class VaultStatus(NamedTuple):
    """What may be said of a vault."""

    created: str
    changed: str
    key: str
    counts: dict[str, int]


class Vault:
    """The records of a vault. Read whole at opening, so that a damaged one gives nothing."""

    def __init__(
        self, path: Path, key: ProjectKey, rows: dict[tuple[str, str], str], about: dict[str, str]
    ) -> None:
        self._path, self._key, self._rows, self._about = path, key, rows, about

    def __repr__(self) -> str:
        return f"Vault({len(self)} records)"

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[VaultRow]:
        return (VaultRow(kind, stand_in, original) for (kind, stand_in), original in self._rows.items())

    @classmethod
    def new(cls, path: Path, *, key: ProjectKey) -> Vault:
        """An empty vault that will be written to `path`. VaultError when there is one already."""
        if path.exists():
            raise VaultError("there is a vault already", hint="open it, or choose another file")
        return cls(path, key, {}, {"created": _now(), "changed": _now()})

    @classmethod
    def open(cls, path: Path, *, key: ProjectKey) -> Vault:
        """The vault in a file. VaultError when it is missing, changed, cut off or of another key."""
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise VaultError("there is no such vault") from None
        except OSError as error:
            raise VaultError(f"the vault cannot be read: {error.strerror}") from None
        if len(content) < _SMALLEST or not hmac.compare_digest(
            _seal_of(content, key), _written_seal(content)
        ):
            raise VaultError(_WRONG, hint=_HINT)
        rows: dict[tuple[str, str], str] = {}
        about: dict[str, str] = {}
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
                for id_, sealed in base.execute("select id, sealed from records"):
                    kind, stand_in, original = _opened(key, id_, sealed)
                    if kind == _ABOUT:
                        about = json.loads(original)
                    else:
                        rows[kind, stand_in] = original
        except (sqlite3.DatabaseError, InvalidTag, ValueError):
            raise VaultError(_WRONG, hint=_HINT) from None
        return cls(path, key, rows, about)

    def add(self, rows: Iterable[VaultRow]) -> None:
        """Take in rows. VaultError when a stand-in already leads to another original."""
        for row in rows:
            known = self._rows.setdefault((row.entity_type, row.stand_in), row.original)
            if known != row.original:
                raise VaultError(f"{row.entity_type}: one stand-in for two originals: nothing was written")

    def save(self) -> None:
        """Write the file; at every moment either the old or the new one is there."""
        beside = self._path.with_name(self._path.name + ".new")
        beside.unlink(missing_ok=True)
        about = {**self._about, "changed": _now()}
        rows = [
            (_ABOUT, "", json.dumps(about)),
            *((kind, new, old) for (kind, new), old in self._rows.items()),
        ]
        try:
            with closing(sqlite3.connect(beside, isolation_level=None)) as base:
                beside.chmod(0o600)
                base.execute(_SCHEMA)
                base.execute("begin")
                base.executemany(
                    "insert into records values (?, ?)", sorted(_sealed(self._key, *row) for row in rows)
                )
                base.execute("commit")
            _write_seal(beside, self._key)
            beside.replace(self._path)
        except (OSError, sqlite3.Error) as error:
            beside.unlink(missing_ok=True)
            raise VaultError(f"the vault cannot be written: {type(error).__name__}") from None

    def rotated(self, key: ProjectKey) -> Vault:
        """The same records under another key; `save` puts them in the place of the old file."""
        return Vault(self._path, key, self._rows, self._about)

    def status(self) -> VaultStatus:
        counts = Counter(kind for kind, _ in self._rows)
        created, changed = self._about.get("created", ""), self._about.get("changed", "")
        return VaultStatus(created, changed, self._key.fingerprint, dict(counts.most_common()))


def destroy(path: Path) -> None:
    """Overwrite a vault and remove it. On flash memory only destroying the key is certain."""
    try:
        with path.open("r+b") as file:
            file.write(token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        raise VaultError("there is no such vault") from None
    except OSError as error:
        raise VaultError(f"the vault cannot be removed: {error.strerror}") from None


def _sealed(key: ProjectKey, kind: str, stand_in: str, original: str) -> tuple[bytes, bytes]:
    id_ = mac(_derived(key, "vault id"), kind, stand_in)
    nonce = token_bytes(_NONCE)
    plain = json.dumps([kind, stand_in, original]).encode()
    return id_, nonce + AESGCM(_derived(key, "vault")).encrypt(nonce, plain, id_)


def _opened(key: ProjectKey, id_: Any, sealed: Any) -> tuple[str, str, str]:
    plain = AESGCM(_derived(key, "vault")).decrypt(sealed[:_NONCE], sealed[_NONCE:], id_)
    kind, stand_in, original = json.loads(plain)
    if not hmac.compare_digest(mac(_derived(key, "vault id"), kind, stand_in), id_):
        raise ValueError
    return kind, stand_in, original


def _seal_of(content: bytes, key: ProjectKey) -> bytes:
    blank = bytearray(content)
    for start, end in _SEAL_PLACES:
        blank[start:end] = bytes(end - start)
    return hmac.digest(_derived(key, "vault file"), bytes(blank), "sha256")[:8]


def _written_seal(content: bytes) -> bytes:
    return b"".join(content[start:end] for start, end in _SEAL_PLACES)


def _write_seal(path: Path, key: ProjectKey) -> None:
    content = path.read_bytes()
    seal = _seal_of(content, key)
    with path.open("r+b") as file:
        for start, end in _SEAL_PLACES:
            file.seek(start)
            file.write(seal[: end - start])
            seal = seal[end - start :]
        file.flush()
        os.fsync(file.fileno())


@lru_cache(maxsize=16)
def _derived(key: ProjectKey, purpose: str) -> bytes:
    return key.derive(purpose)


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
