"""PDF documents (ISO 32000-1): text is taken out of the page, not covered.

file ─clean▶ what is passed on ─Reading▶ blocks      reading: content fonts places, layout
                                 └─change▶ file      writing: rewriting standin pruning
pages that are pictures, pictures on pages           scans pictures rendering, ocr
pages that still show what was taken out             check
"""

from __future__ import annotations

import io
import logging
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import pikepdf

from deid.errors import EncryptedDocument, UnreadableDocument, UnwritableDocument
from deid.formats.edits import Edit
from deid.formats.files import created, source
from deid.formats.ocr import is_installed
from deid.formats.options import DEFAULT, Options
from deid.formats.pdf.check import failing, put_rasters
from deid.formats.pdf.cleaning import clean
from deid.formats.pdf.pictures import image_blocks, images_of, put_images
from deid.formats.pdf.reading import Reading
from deid.formats.pdf.scans import put_scans, scan_blocks, scanned_pages
from deid.formats.pdf.standin import StandInFont
from deid.formats.pdf.writing import Changed, change
from deid.formats.stamp import check_unchanged, stamp
from deid.types import Document, TextBlock

_MOST_PAGES = 10_000
_BROKEN = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, LookupError, AttributeError, OverflowError)


class _Opened(NamedTuple):
    """A cleaned PDF, its password, and what was taken out, by kind."""

    pdf: pikepdf.Pdf
    password: str
    removed: Counter[str]


def read(path: str, ref: str, options: Options = DEFAULT) -> Document:
    """`details["removed"]` counts what will not be in the output, by kind.

    Raises UnreadableDocument when the file is damaged or has a password that is not among those given.
    """
    for name in ("pdfminer", "pikepdf", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # their warnings quote the file
    details = stamp(path, ref) | {"options": options}
    opened = _open(path, ref, options)
    if not is_installed() and (count := len(list(images_of(opened.pdf)))):
        opened.removed["picture"] = count
    opened.pdf.close()
    return Document(
        ref, "pdf", path, partial(_blocks, path, ref, details), details | {"removed": dict(opened.removed)}
    )


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    """Raises UnwritableDocument when the output cannot be made; a full disk stays an OSError."""
    check_unchanged(document.path, document.details, document.ref)
    options: Options = document.details["options"]
    opened = _open(document.path, document.ref, options)
    try:
        _write(opened, document, edits, options, path)
    except (pikepdf.PdfError, RuntimeError) as error:
        raise UnwritableDocument(f"{document.ref}: cannot be written ({type(error).__name__})") from None
    finally:
        opened.pdf.close()


def _write(
    opened: _Opened, document: Document, edits: Mapping[str, Sequence[Edit]], options: Options, path: str
) -> None:
    pdf, ref = opened.pdf, document.ref
    reading = Reading(pdf, ref)
    scans = scanned_pages(reading, ref)
    images = _pictures(reading, scans)
    font = StandInFont(pdf)
    changed = change(reading, edits, font)
    put_images(images, edits)
    put_scans(reading, document.path, opened.password, scans, edits, font, ref)
    font.embed()
    data = _saved(pdf)
    pages = _to_rasterise(data, changed, scans, options, ref)
    if pages:
        put_rasters(pdf, data, pages, font)
        font.embed()
        data = _saved(pdf)
    with created(path) as handle:
        handle.write(data)


def _to_rasterise(
    data: bytes, changed: Changed, scans: Sequence[int], options: Options, ref: str
) -> dict[int, set[str]]:
    """The pages that become pictures, with what is to be covered there."""
    left = failing(data, changed, scans)
    pages: dict[int, set[str]] = {
        number: left.get(number, set()) for number in changed.unpruned | set(left) if number
    }
    if options.pdf == "raster":
        pages |= {number: left.get(number, set()) for number in changed.left if number not in scans}
    elif pages and options.pdf == "text":
        raise UnwritableDocument(
            f"{ref}: page {min(pages)}: the old text could not be taken out",
            hint="make such pages pictures: --pdf auto",
        )
    return pages


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """The whole file anew: no older revision, no object that nothing refers to."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that no form lists
        _save(pdf, out)
    return out.getvalue()


def _save(pdf: pikepdf.Pdf, out: io.BytesIO) -> None:
    pdf.save(
        out, deterministic_id=True, compress_streams=True, recompress_flate=True, encryption=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate, fix_metadata_version=False,
    )  # fmt: skip


def _blocks(path: str, ref: str, details: Mapping[str, Any]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    opened = _open(path, ref, details["options"])
    try:
        reading = Reading(opened.pdf, ref)
        scans = scanned_pages(reading, ref)
    except _BROKEN as error:
        opened.pdf.close()
        raise UnreadableDocument(f"{ref}: corrupt: the PDF is damaged ({type(error).__name__})") from None
    try:
        yield from reading.blocks(frozenset(scans))
        yield from image_blocks(_pictures(reading, scans))
        yield from scan_blocks(path, opened.password, scans)
    finally:
        opened.pdf.close()


def _pictures(reading: Reading, scans: Sequence[int]) -> list[Any]:
    """The pictures but those that stand on scanned pages only, which are read as a whole."""
    pages: dict[Any, set[int]] = defaultdict(set)
    for part in reading.parts:
        for drawn in part.surface.images:
            if isinstance(drawn.image, pikepdf.Object):
                pages[drawn.image.objgen].add(part.page)
    found = images_of(reading.pdf, pages)
    return [image for image in found if not pages.get(image.objgen) or pages[image.objgen] - set(scans)]


def _open(path: str, ref: str, options: Options) -> _Opened:
    for password in ("", *options.passwords):
        try:
            pdf = pikepdf.open(source(path), password=password)
            break
        except pikepdf.PasswordError:
            continue
        except (pikepdf.PdfError, RuntimeError, ValueError) as error:
            raise UnreadableDocument(f"{ref}: corrupt: the PDF is damaged ({type(error).__name__})") from None
    else:
        known = "none of the passwords opens it" if options.passwords else "it needs a password"
        raise EncryptedDocument(
            f"{ref}: encrypted: {known}",
            hint="put it into a file for --passwords, a password a line",
        )
    try:
        if not len(pdf.pages) or len(pdf.pages) > _MOST_PAGES:
            raise UnreadableDocument(f"{ref}: corrupt: the PDF has no pages, or too many")
        removed = clean(pdf)
        removed["password"] += bool(password)
        return _Opened(pdf, password, +removed)
    except _BROKEN as error:
        pdf.close()
        raise UnreadableDocument(f"{ref}: corrupt: the PDF is damaged ({type(error).__name__})") from None
