"""PDF documents (ISO 32000-1): text is taken out of the page, not covered.

file ─clean▶ what is passed on ─Reading▶ blocks      reading: content fonts layout places
                                 └─change▶ file      writing: rewriting standin pruning
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import pikepdf

from deid.errors import UnreadableDocument, UnsupportedDocument, UnwritableDocument
from deid.formats.edits import Edit
from deid.formats.pdf.cleaning import clean
from deid.formats.pdf.pictures import blank_pictures
from deid.formats.pdf.reading import Reading, is_garbled, is_scan
from deid.formats.pdf.writing import change
from deid.formats.stamp import check_unchanged, stamp
from deid.types import Document, TextBlock

_MOST_PAGES = 10_000


def read(path: str, ref: str) -> Document:
    """`details["removed"]` counts what will not be in the output, by kind.

    Raises UnreadableDocument when the file is damaged or has a password.
    """
    details = stamp(path, ref)
    pdf, removed = _opened(path, ref)
    pdf.close()
    return Document(
        ref, "pdf", path, partial(_blocks, path, ref, details), details | {"removed": dict(removed)}
    )


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    """Raises UnwritableDocument when the output cannot be made; a full disk stays an OSError."""
    check_unchanged(document.path, document.details, document.ref)
    reading = _reading(document.path, document.ref)
    unpruned = change(reading, edits)
    if unpruned:
        raise UnwritableDocument(
            f"{document.ref}: page {unpruned[0]}: a font cannot be written without the old text"
        )
    blank_pictures(reading)
    try:
        save(reading.pdf, path)
    except (pikepdf.PdfError, RuntimeError) as error:
        raise UnwritableDocument(f"{document.ref}: cannot be written ({type(error).__name__})") from None
    finally:
        reading.pdf.close()


def save(pdf: pikepdf.Pdf, path: str) -> None:
    """The whole file anew: no older revision, no object that nothing refers to."""
    pdf.remove_unreferenced_resources()
    pdf.save(path, deterministic_id=True, compress_streams=True, recompress_flate=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=False, fix_metadata_version=False)  # fmt: skip


def _blocks(path: str, ref: str, details: Mapping[str, Any]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    reading = _reading(path, ref)
    try:
        yield from reading.blocks()
    finally:
        reading.pdf.close()


def _opened(path: str, ref: str) -> tuple[pikepdf.Pdf, Counter[str]]:
    try:
        pdf = pikepdf.open(path)
    except pikepdf.PasswordError:
        raise UnreadableDocument(
            f"{ref}: encrypted: the PDF has a password", hint="remove the password and run again"
        ) from None
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise UnreadableDocument(f"{ref}: corrupt: the PDF is damaged ({type(error).__name__})") from None
    try:
        if not len(pdf.pages) or len(pdf.pages) > _MOST_PAGES:
            raise UnreadableDocument(f"{ref}: corrupt: the PDF has no pages, or too many")
        return pdf, clean(pdf)
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, LookupError, AttributeError) as error:
        pdf.close()
        raise UnreadableDocument(f"{ref}: corrupt: the PDF is damaged ({type(error).__name__})") from None


def _reading(path: str, ref: str) -> Reading:
    pdf, _ = _opened(path, ref)
    reading = Reading(pdf, ref)
    for part in reading.parts:
        if part.page and is_garbled(part.surface):
            raise UnsupportedDocument(
                f"{ref}: {part.where}: the PDF does not say which characters it shows",
                hint="install deid-zh[ocr], so that such pages are read as pictures",
            )
        if part.page and is_scan(part.surface, pdf.pages[part.page - 1]):
            raise UnsupportedDocument(
                f"{ref}: {part.where} is a picture", hint="install deid-zh[ocr], so that pictures are read"
            )
    return reading
