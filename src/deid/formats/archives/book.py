"""Books (EPUB 3.3): a zip archive whose first member says what it is; text, contents and metadata are pages of XML.

Files of a book call each other by name, so they keep their names: one that tells of somebody withholds the book.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from deid.errors import EncryptedDocument
from deid.formats.archives import zipped
from deid.formats.archives.entries import Listing, Put

MIMETYPE = "mimetype"
_LOCKS = ("META-INF/encryption.xml", "META-INF/rights.xml")


@contextmanager
def opened(path: str, ref: str, passwords: tuple[str, ...]) -> Iterator[Listing]:
    """Raises EncryptedDocument where some of the book is locked, and whatever a zip archive raises."""
    with zipped.opened(path, ref, passwords) as found:
        if any("/".join(entry.parts) in _LOCKS for entry in found.entries):
            raise EncryptedDocument(f"{ref}: encrypted: files of the book are locked")
        first = sorted(found.entries, key=lambda entry: entry.parts != (MIMETYPE,))
        yield Listing(first, found.removed)


@contextmanager
def created(handle: BinaryIO, like: str) -> Iterator[Put]:
    """A new book, of which what it is stands first, and as it is (OCF 4.3)."""
    with zipfile.ZipFile(handle, "w") as archive:

        def put(name: str, data: bytes | None) -> None:
            if data is not None:
                kind = zipfile.ZIP_STORED if name == MIMETYPE else zipfile.ZIP_DEFLATED
                archive.writestr(zipfile.ZipInfo(name), data, kind)

        yield put
