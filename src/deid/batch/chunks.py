"""Documents in chunks: so many strips that are read, and noted in the journal, together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from deid.types import Document, Strip

_CHUNK, _PAGES = 500, 40
"""Strips of a chunk; of a PDF, where most are pages, fewer: what is known of a page takes much memory."""
_PLACES = 16
"""Bits of the number of a block for its place in its strip."""
MOST = 1 << _PLACES
"""Blocks of a strip that have numbers of their own."""


def chunks_of(document: Document, part: int = 0, parts: int = 1) -> Iterator[tuple[int, list[Strip]]]:
    """The chunks of a document: index and strips.

    Of several parts every so manieth chunk is whole; of others there may be the first rows of a table.
    """
    size = _PAGES if document.format == "pdf" else _CHUNK

    def is_wanted(strip: int) -> bool:
        return strip // size % parts == part

    for index, strips in groupby(document.strips(is_wanted), key=lambda strip: strip[0] // size):
        yield index, list(strips)


def first_number(strip: int) -> int:
    """The number of the first block of a strip; the others follow it."""
    return strip << _PLACES
