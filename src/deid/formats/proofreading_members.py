"""What is in a file within a file, whatever it is: an attachment, a member of an archive."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from deid.errors import UnreadableDocument
from deid.formats.files import Held, source

_SUFFIXES = (".txt", ".html", ".eml", ".vcf", ".csv", ".json", ".md")


def strings_of_archive(path: str) -> Iterator[str]:
    """Names, and all that members say. Raises UnreadableDocument when it is damaged."""
    with zipfile.ZipFile(source(path)) as archive:
        yield archive.comment.decode("utf-8", "replace")
        for info in archive.infolist():
            yield info.filename
            yield (info.comment + info.extra).decode("utf-8", "replace")
            if not info.is_dir():
                yield from strings_of_member(archive.read(info), PurePosixPath(info.filename).suffix)


def strings_of_member(data: bytes, suffix: str = "") -> Iterator[str]:
    """By its own kind; where nothing says which, by every kind that it could be."""
    from deid.formats.proofreading import text_of
    from deid.formats.sniffing import sniff

    for ending in (suffix,) if suffix else _SUFFIXES:
        held = Held(data, ending)
        try:
            yield from text_of(held, sniff(held))
        except UnreadableDocument:
            if suffix:
                raise
