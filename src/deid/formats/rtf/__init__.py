"""RTF (1.9.1, as Word and WPS write it): text edited in place, in code pages and Unicode, the rest byte for byte.

Pictures are read by OCR, or become blank; embedded files, data of programs and unknown groups are left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from deid.errors import UnreadableDocument
from deid.formats.edits import Edit
from deid.formats.files import bytes_of, created
from deid.formats.pictures import is_readable, painted_or_blank
from deid.formats.rtf.cutting import Cutter
from deid.formats.rtf.flows import Piece
from deid.formats.stamp import check_unchanged, stamp
from deid.types import Document, TextBlock

_LARGEST = 256 << 20  # bytes; pictures stand as hexadecimal digits
_OPEN_WORD = re.compile(r"(?<!\\)(?:\\\\)*\\[A-Za-z]+-?[0-9]*$")
_BLIPS = {"png": "pngblip", "jpg": "jpegblip"}
_ESCAPED = re.compile(r"([\\{}])")


def read(path: str, ref: str) -> Document:
    """`details["removed"]` counts what is left out, by kind.

    Raises UnreadableDocument when damaged, too large, or in a character set that is not certain.
    """
    details = stamp(path, ref)
    if details["size"] > _LARGEST:
        raise UnreadableDocument(f"{ref}: an RTF file of more than {_LARGEST >> 20} MB")
    removed = dict(+_cut(path, ref).removed)
    return Document(ref, "rtf", path, partial(_blocks, path, ref, details), details | {"removed": removed})


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    check_unchanged(document.path, document.details, document.ref)
    with created(path) as handle:
        open_word = False
        withheld = 0
        for piece in _cut(document.path, document.ref).pieces:
            if piece.picture:
                data, is_shown = painted_or_blank(piece.picture, edits, piece.source, _kind(piece))
                withheld += is_readable(piece.picture[:12]) and not is_shown
                handle.write(f"{{\\pict\\{_BLIPS[_kind(piece)]}{piece.raw}{data.hex()}}}".encode("latin-1"))
                open_word = False
                continue
            for part in _parts(piece, edits.get(piece.source, ())):
                if open_word and (part[0].isalnum() or part[0] in " -"):
                    handle.write(b" ")  # else it would belong to the control word before it
                handle.write(part.encode("latin-1"))
                open_word = _OPEN_WORD.search(part[-50:]) is not None

    if withheld:
        document.details["removed"]["withheld picture"] = withheld


def _kind(piece: Piece) -> str:
    return "jpg" if piece.picture.startswith(b"\xff\xd8\xff") else "png"


def _parts(piece: Piece, edits: Sequence[Edit]) -> Iterator[str]:
    if not piece.source:
        yield piece.raw
        return
    position = 0
    for edit in (*sorted(edits), Edit(len(piece.units), len(piece.units), "")):
        yield from (raw for raw, _ in piece.units[position : edit.start])
        yield from (_written(one, piece.fallback) for one in edit.text)
        position = edit.end


def _written(character: str, fallback: int) -> str:
    if character == "\n":
        return "\\line "
    if character == "\t":
        return "\\tab "
    if " " <= character <= "~":
        return _ESCAPED.sub(r"\\\1", character)
    content = character.encode("utf-16-le")
    numbers = [int.from_bytes(content[i : i + 2], "little", signed=True) for i in range(0, len(content), 2)]
    return "".join(f"\\u{number}{'?' * fallback or ' '}" for number in numbers)


def _blocks(path: str, ref: str, details: Mapping[str, object]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    yield from _cut(path, ref).blocks()


def _cut(path: str, ref: str) -> Cutter:
    text = bytes_of(path).decode("latin-1")
    before, brace, rest = text.partition("{")
    try:
        if not brace or before.removeprefix("\xef\xbb\xbf").strip():
            raise UnreadableDocument("it has no beginning")
        return Cutter().cut(brace + rest)
    except UnreadableDocument as error:
        raise UnreadableDocument(f"{ref}: corrupt: the RTF file: {error.message}") from None
