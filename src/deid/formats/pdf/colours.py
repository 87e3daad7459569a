"""Profiles of colours (ICC.1:2022), palettes and functions (ISO 32000-1, 7.10.5) without the texts that they may hold."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pikepdf

_HEAD, _TAG = 128, 12  # bytes
_MARK = slice(36, 40)
_NOT_COLOURS = (slice(4, 8), slice(24, 36), slice(48, 56), slice(80, 128))
"""Of the header: whose program it is for, when it was made, for which device, by whom, its digest, and what is reserved."""
_OF_NUMBERS = frozenset(
    (b"XYZ ", b"curv", b"para", b"mft1", b"mft2", b"mAB ", b"mBA ", b"mpet", b"sf32", b"uf32", b"ui08", b"ui16", b"ui32", b"ui64",
     b"chrm", b"cicp", b"meas", b"view")
)  # fmt: skip
"""Kinds of tags that hold no text."""
_PARAMETERS = {0: 1, 1: 3, 2: 4, 3: 5, 4: 7}
"""Of curves, by their kind."""
_LONGEST = {
    b"XYZ ": 20, b"sf32": 44, b"uf32": 44, b"chrm": 44, b"cicp": 12, b"meas": 36, b"view": 36, b"ui08": 12, b"ui16": 12,
    b"ui32": 16, b"ui64": 16,
}  # fmt: skip
"""Bytes of a tag in the profiles that there are."""
_LARGEST, _PLACES = 1e30, 10
_COMMENT, _TOKEN = re.compile(rb"%[^\r\n]*"), re.compile(rb"[{}]|[^\s{}]+")
_OPERATORS = frozenset(
    b"""abs add atan ceiling cos cvi cvr div exp floor idiv ln log mod mul neg round sin sqrt sub truncate and bitshift
    eq false ge gt le lt ne not or true xor if ifelse copy dup exch index pop roll { }""".split()
)


def clean_profile(stream: Any) -> None:
    """One that is damaged becomes empty: viewers take the colours of its devices then."""
    try:
        stream.write(_profile(stream.read_bytes()))
    except (pikepdf.PdfError, struct.error):
        stream.write(b"")


def clean_function(stream: Any) -> None:
    """Of a calculator its operators and numbers, of a sampled function its samples; others have nothing but their entries."""
    kind = stream.get("/FunctionType")
    try:
        data = stream.read_bytes() if kind in (0, 4) else b""
        stream.write(_samples(stream, data) if kind == 0 else b" ".join(_known(_tokens(data))))
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError):
        stream.write(b"")


def _samples(stream: Any, data: bytes) -> bytes:
    count = math.prod(map(int, stream.Size)) * (len(stream.Range) // 2)
    return data[: (count * int(stream.BitsPerSample) + 7) // 8]


def _tokens(data: bytes) -> list[bytes]:
    return _TOKEN.findall(_COMMENT.sub(b"", data))


def clean_palette(space: Any) -> None:
    """Of the table of an indexed colour space no more than its colours: none where nobody knows how many it has."""
    highest, table = space[2], space[3]
    size = components(space[1]) * max(0, min(highest, 255) + 1) if isinstance(highest, int) else 0
    if isinstance(table, pikepdf.String):
        space[3] = pikepdf.String(bytes(table)[:size])
    elif isinstance(table, pikepdf.Stream):
        try:
            data = table.read_bytes()
        except pikepdf.PdfError:
            size, data = 0, b"\0"  # what cannot be read may be text
        if len(data) > size:
            table.write(data[:size])


def components(space: Any) -> int:
    """Numbers that a colour has; 0 where nobody knows."""
    if isinstance(space, pikepdf.Array) and len(space) > 1:
        if space[0] == "/ICCBased":
            count = space[1].get("/N") if isinstance(space[1], pikepdf.Stream) else 0
            return max(0, count) if isinstance(count, int) else 0
        if space[0] in ("/CalRGB", "/Lab"):
            return 3
        if space[0] == "/DeviceN" and isinstance(space[1], pikepdf.Array):
            return len(space[1])
        return 1 if space[0] in ("/CalGray", "/Separation", "/Indexed") else 0
    return {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}.get(str(space), 0)


def _known(tokens: list[bytes]) -> Iterator[bytes]:
    for token in tokens:
        if token in _OPERATORS:
            yield token
        else:
            try:
                number = float(token)
            except ValueError:
                continue
            if abs(number) < _LARGEST:  # none has an exponent there
                yield format(Decimal(f"{round(number, _PLACES):.6g}"), "f").encode()


def _profile(data: bytes) -> bytes:
    """The header and the tags; nothing between and behind them."""
    if data[_MARK] != b"acsp":
        return b""
    (count,) = struct.unpack_from(">I", data, _HEAD)
    end = _HEAD + 4 + count * _TAG
    found = bytearray(len(data))
    found[:end] = data[:end]
    for part in _NOT_COLOURS:
        found[part] = bytes(part.stop - part.start)
    for number in range(count):
        _, start, size = struct.unpack_from(">4sII", data, _HEAD + 4 + number * _TAG)
        tag = bytearray(data[start : start + size])
        kept = _length(tag) if bytes(tag[:4]) in _OF_NUMBERS else _before_text(tag)
        tag[kept:] = bytes(max(len(tag) - kept, 0))
        found[start : start + size] = tag
    return bytes(found)


def _length(tag: bytearray) -> int:
    """How long a tag of numbers is by its kind; what is behind may be text."""
    kind, first = bytes(tag[:4]), int.from_bytes(tag[8:12], "big")
    if kind == b"curv":
        return 12 + 2 * first
    if kind == b"para":
        return 12 + 4 * _PARAMETERS.get(first >> 16, 0)
    if kind in (b"mft1", b"mft2"):
        return _of_table(tag)
    return _LONGEST.get(kind, len(tag))


def _of_table(tag: bytearray) -> int:
    """Of a table of colours (ICC.1:2022, 10.10 and 10.11)."""
    ins, outs, points = tag[8:11]
    is_wide = tag[:4] == b"mft2"
    before, behind = struct.unpack_from(">2H", tag, 48) if is_wide else (256, 256)
    numbers = ins * before + outs * points**ins + outs * behind
    return 52 + 2 * int(numbers) if is_wide else 48 + int(numbers)


def _before_text(tag: bytearray) -> int:
    """Where the text in a tag may begin: behind its kind, and what says how long it is."""
    if tag[:4] == b"mluc":
        (texts,) = struct.unpack_from(">I", tag, 8)
        end = 16 + 12 * int(texts)
        return end if end <= len(tag) else 8
    return 12 if tag[:4] == b"desc" else 8
