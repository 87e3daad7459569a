"""PowerPoint files of the binary kind that have a password (MS-PPT 2.3.7, RC4 of MS-OFFCRYPTO 2.3.5).

Every object, and every piece of a picture, is encrypted by itself. msoffcrypto tells whether a password fits; what it
writes of such a file LibreOffice does not open, and it leaves pictures as they are.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from hashlib import sha1
from io import BytesIO

import olefile
from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher

_SLIDES, _USER, _PICTURES = "PowerPoint Document", "Current User", "Pictures"
_SUMMARY, _NO_SUMMARY = (name.encode("utf-16-le") for name in ("EncryptedSummary", "DiscardedSummary"))
"""What the stream of encrypted properties is called, and must not be: LibreOffice opens no file that has one."""
_NOT_LOCKED = 0xE391C05F
"""What the stream of the user says of a file that has no password."""
_SESSION = 0x2F14
_LONGER, _USUAL = 0x20, 0x1C
"""Bytes of the record of the last edit, with and without the number of what tells of the password."""
_STORED = 0xF007
_OF_STORED = (1, 1, 16, 2, 4, 4, 4, 1, 1, 1, 1)
_METAFILES = (0xF01A, 0xF01B, 0xF01C)
_NAMED_TWICE = frozenset((0x217, 0x3D5, 0x46B, 0x543, 0x6E1, 0x6E3, 0x6E5, 0x7A9))
"""Kinds of pictures with two checksums before them."""


def decrypted(data: bytes, password: str, salt: bytes, bits: int) -> bytes:
    """The file without its password. Raises OSError, IndexError or struct.error where it is damaged."""
    base = sha1(salt + password.encode("utf-16-le")).digest()
    out = BytesIO(data)
    with olefile.OleFileIO(out, write_mode=True) as ole:
        slides, user = (bytearray(ole.openstream(name).read()) for name in (_SLIDES, _USER))
        _open_slides(slides, _long(user, 16), base, bits)
        struct.pack_into("<I", user, 12, _NOT_LOCKED)
        streams = {_SLIDES: slides, _USER: user}
        if ole.exists(_PICTURES):
            streams[_PICTURES] = bytearray(ole.openstream(_PICTURES).read())
            _open_pictures(streams[_PICTURES], _key(base, 0, bits))
        for name, stream in streams.items():
            ole.write_stream(name, bytes(stream))
    return out.getvalue().replace(_SUMMARY, _NO_SUMMARY)


def _open_slides(slides: bytearray, edit: int, base: bytes, bits: int) -> None:
    for number, start in _objects(slides, _long(slides, edit + 20)):
        if _short(slides, start + 2) == _SESSION:
            continue
        cipher = Cipher(ARC4(_key(base, number, bits)), mode=None).decryptor()
        slides[start : start + 8] = cipher.update(bytes(slides[start : start + 8]))
        end = start + 8 + _long(slides, start + 4)
        slides[start + 8 : end] = cipher.update(bytes(slides[start + 8 : end]))
    if _long(slides, edit + 4) == _LONGER:
        struct.pack_into("<I", slides, edit + 4, _USUAL)


def _objects(slides: bytearray, directory: int) -> Iterator[tuple[int, int]]:
    """Numbers of the objects, and where they begin (2.3.4)."""
    at, end = directory + 8, directory + 8 + _long(slides, directory + 4)
    while at < end:
        head = _long(slides, at)
        first, count = head & 0xFFFFF, head >> 20
        for index in range(count):
            yield first + index, _long(slides, at + 4 + 4 * index)
        at += 4 + 4 * count


def _open_pictures(stream: bytearray, key: bytes) -> None:
    """Each piece begins with the key anew."""

    def opened(at: int, size: int) -> int:
        piece = Cipher(ARC4(key), mode=None).decryptor().update(bytes(stream[at : at + size]))
        stream[at : at + size] = piece
        return at + len(piece)

    at = 0
    while at + 8 <= len(stream):
        start, at = at, opened(at, 8)
        end = at + _long(stream, start + 4)
        if _short(stream, start + 2) == _STORED:
            for size in _OF_STORED:
                at = opened(at, size)
            at = opened(at, stream[at - 3])
            if at < end:
                start, at = at, opened(at, 8)
        if at < end:
            for _ in range(2 if _short(stream, start) >> 4 in _NAMED_TWICE else 1):
                at = opened(at, 16)
            at = opened(at, 34 if _short(stream, start + 2) in _METAFILES else 1)
            opened(at, end - at)
        at = end


def _key(base: bytes, block: int, bits: int) -> bytes:
    found = sha1(base + struct.pack("<I", block)).digest()
    return found[:5] + bytes(11) if bits == 40 else found[: bits // 8]


def _long(stream: bytearray, at: int) -> int:
    return int(struct.unpack_from("<I", stream, at)[0])


def _short(stream: bytearray, at: int) -> int:
    return int(struct.unpack_from("<H", stream, at)[0])
