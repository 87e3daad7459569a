"""Compressed RTF (MS-OXRTFCP), as Outlook keeps the body of a mail."""

from __future__ import annotations

_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier"
    rb"{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""The dictionary that every such text begins with."""
_SIZE = 4096
_MOST = 64 << 20  # bytes


def decompressed(data: bytes) -> bytes:
    """Raises ValueError when it is none, or damaged."""
    size, kind = int.from_bytes(data[4:8], "little"), data[8:12]
    if kind == b"MELA":
        return data[16 : 16 + size]
    if kind != b"LZFu" or size > _MOST:
        raise ValueError("no compressed RTF")
    window = bytearray(_START.ljust(_SIZE, b" "))
    place, position, found = len(_START), 16, bytearray()
    while position < len(data):
        flags = data[position]
        position += 1
        for bit in range(8):
            if flags >> bit & 1:
                if position + 2 > len(data):
                    return bytes(found[:size])
                token = int.from_bytes(data[position : position + 2], "big")
                position += 2
                if token >> 4 == place:
                    return bytes(found[:size])
                run = [(token >> 4) + index for index in range((token & 15) + 2)]
            elif position < len(data):
                run = [-1]
                position += 1
            else:
                return bytes(found[:size])
            for one in run:
                byte = data[position - 1] if one < 0 else window[one % _SIZE]
                found.append(byte)
                window[place] = byte
                place = (place + 1) % _SIZE
        if len(found) > _MOST:
            raise ValueError("too long")
    return bytes(found[:size])
