"""What stands beside the pixels of a picture, a file or one in a document; the pixels were read again while they were painted.

Compressed pixels are passed over: read as text they are a heap of characters, in which any name turns up by chance.
PNG: ISO/IEC 15948; JPEG: ITU-T T.81.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deid.formats.files import opened

_PIXELS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"pHYs"})
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_TABLES = frozenset({0xDB, 0xC4, 0xDD, 0xDA, *range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xD0)})


def strings_of_file(path: str) -> Iterator[str]:
    """Notes on all pictures of a file."""
    from PIL import Image

    with opened(path) as handle, Image.open(handle) as picture:
        for number in range(int(getattr(picture, "n_frames", 1))):
            picture.seek(number)
            notes: list[Any] = [
                *picture.info.values(),
                *picture.getexif().values(),
                *getattr(picture, "tag_v2", {}).values(),
            ]
            for note in notes:
                yield note.decode("utf-8", "replace") if isinstance(note, bytes) else str(note)


def is_picture(head: bytes) -> bool:
    """Whether bytes begin a picture of a kind that deid writes into documents."""
    return head.startswith((_PNG, _JPEG))


def strings_of(data: bytes) -> Iterator[str]:
    """Texts, profiles and whatever else a picture holds besides its pixels."""
    for note in _png(data) if data.startswith(_PNG) else _jpeg(data):
        if note:
            yield note.decode("utf-8", "ignore")
            yield note.decode("utf-16-le", "ignore")


def _png(data: bytes) -> Iterator[bytes]:
    place = len(_PNG)
    while place + 12 <= len(data):
        length, name = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        if name not in _PIXELS:
            yield data[place + 8 : place + 8 + length]
        place += 12 + length
        if name == b"IEND":
            break
    yield data[place:]


def _jpeg(data: bytes) -> Iterator[bytes]:
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        length = 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if marker not in _TABLES:
            yield data[place + 4 : place + length]
        place += length
        if marker == 0xDA:  # the pixels, up to the next marker that is none of theirs
            while place + 2 <= len(data) and not (
                data[place] == 0xFF and data[place + 1] != 0 and not 0xD0 <= data[place + 1] <= 0xD7
            ):
                place = data.find(b"\xff", place + 1)
                if place < 0:
                    return
        if data[place : place + 2] == b"\xff\xd9":
            place += 2
            break
    yield data[place:]
