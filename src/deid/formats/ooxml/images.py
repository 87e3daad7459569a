"""Blank pictures of the size of given ones.

For what OCR cannot read.
PNG: ISO/IEC 15948; the size of the others is read from their headers.
"""

from __future__ import annotations

import struct
import zlib

_MOST = 4096  # pixels a side


def blank_png(width: int, height: int) -> bytes:
    """A light grey PNG, 1 bit a pixel."""
    width, height = max(1, min(width, _MOST)), max(1, min(height, _MOST))
    row = b"\x00" + b"\x00" * ((width + 7) // 8)
    body = zlib.compress(row * height, 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", b"\xe8\xe8\xe8"), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def blank_like(data: bytes) -> bytes:
    """A blank PNG as large as the picture in `data`, 64 × 64 where that cannot be told."""
    return blank_png(*size(data))


def size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels (of PNG, JPEG, GIF, BMP, EMF and placeable WMF)."""
    try:
        if data.startswith(b"\x89PNG"):
            return struct.unpack(">II", data[16:24])
        if data.startswith(b"\xff\xd8"):
            return _jpeg(data)
        if data.startswith(b"GIF8"):
            return struct.unpack("<HH", data[6:10])
        if data.startswith(b"BM"):
            width, height = struct.unpack("<ii", data[18:26])
            return width, abs(height)
        if data[:4] == b"\x01\x00\x00\x00" and data[40:44] == b" EMF":
            left, top, right, bottom = struct.unpack("<iiii", data[8:24])
            return right - left, bottom - top
        if data.startswith(b"\xd7\xcd\xc6\x9a"):
            left, top, right, bottom, inch = struct.unpack("<hhhhH", data[6:16])
            return (right - left) * 96 // max(inch, 1), (bottom - top) * 96 // max(inch, 1)
    except struct.error:
        pass
    return 64, 64


def _jpeg(data: bytes) -> tuple[int, int]:
    place = 2
    while place + 9 < len(data):
        if data[place] != 0xFF:
            break
        marker = data[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        if marker == 0xFF:
            place += 1
        else:
            place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    return 64, 64
