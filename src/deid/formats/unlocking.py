"""Office files with a password: decrypted in memory with one of those given (ECMA-376 agile and
standard, RC4 and XOR of the binary kinds, OpenDocument). What is written of them has no password.
"""

from __future__ import annotations

import logging
from io import BytesIO
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from deid.errors import EncryptedDocument
from deid.formats.files import Held, bytes_of, opened

HINT = "put it into a file for --passwords, a password a line"
_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PUBLIC = "VelvetSweatshop"
"""Excel tries it unasked (MS-OFFCRYPTO 2.1.3): workbooks that are merely read-only have it."""


def unlocked(path: str, ref: str, passwords: tuple[str, ...]) -> str:
    """The file itself, or what it is without its password, in memory.

    Raises EncryptedDocument when none of `passwords` opens it.
    """
    try:
        with opened(path) as handle:
            head = handle.read(len(_MARK))
    except OSError:
        return path  # whoever reads it says so
    if head.startswith(b"PK"):
        return _open_document(path, ref, passwords)
    if head != _MARK:
        return path
    file = _encrypted(path)
    if file is None:
        return path
    for password in (_PUBLIC, *passwords):
        if content := _opened(file, password):
            return Held(content, Path(path).suffix)
    raise _needs_password(ref, passwords)


def _open_document(path: str, ref: str, passwords: tuple[str, ...]) -> str:
    from deid.formats.odf.unlocking import decrypted, encrypted_parts

    parts = encrypted_parts(path)
    if not parts:
        return path
    for password in passwords:
        if held := decrypted(path, parts, password):
            return held
    raise _needs_password(ref, passwords)


def _needs_password(ref: str, passwords: tuple[str, ...]) -> EncryptedDocument:
    known = ": none of the passwords opens it" if passwords else ": it needs a password"
    return EncryptedDocument(f"{ref}: encrypted{known}", hint=HINT)


def _encrypted(path: str) -> Any:
    """The file as msoffcrypto sees it, or None where there is nothing that it would decrypt."""
    import msoffcrypto
    from msoffcrypto.format import doc97, ppt97, xls97

    logging.getLogger("msoffcrypto").setLevel(logging.CRITICAL + 1)  # it logs keys
    for module in (doc97, ppt97, xls97):
        _work_in_memory(module)
    try:
        file: Any = msoffcrypto.OfficeFile(BytesIO(bytes_of(path)))
        return file if file.is_encrypted() else None
    except Exception:  # of a parser of broken files; the reader of the format says what is wrong
        return None


def _opened(file: Any, password: str) -> bytes:
    """What the password opens, or nothing."""
    content = BytesIO()
    try:
        if file.format == "ooxml":
            file.load_key(password=password, verify_password=True)
        else:
            file.load_key(password=password)
        if file.format == "ppt97":
            from deid.formats.lockedslides import decrypted  # with it the ciphers, which hardly any run needs

            return decrypted(file.file.getvalue(), password, file.salt, file.keySize)
        file.decrypt(content)
    except Exception:  # a wrong password and a damaged file look alike; the messages may quote the file
        return b""
    return content.getvalue()


def _work_in_memory(module: ModuleType) -> None:
    """Its binary kinds are put together in a temporary file, which would be clear text on a disk."""
    vars(module)["tempfile"] = SimpleNamespace(TemporaryFile=BytesIO)
