"""PDF documents (ISO 32000-1): text is taken out of the page, not covered.

file ─clean▶ what is passed on ─Reading▶ blocks      cleaning sanitizing slimming
                                                     reading: content fonts seeing places printed, layout
                                 └─change▶ file      writing: rooms rewriting standin pruning
pages that are pictures, pictures on pages, drawings scans pictures shadows tiles drawn rendering, ocr
pages that still show what was taken out             check
"""

from __future__ import annotations

import io
import logging
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeVar

import pikepdf

from deid.errors import EncryptedDocument, UnreadableDocument, UnsupportedDocument, UnwritableDocument
from deid.formats.edits import Edit
from deid.formats.files import created, source
from deid.formats.joining import Boxes
from deid.formats.layout import Turns
from deid.formats.members import note_lost
from deid.formats.ocr import is_installed
from deid.formats.options import DEFAULT, Options
from deid.formats.pdf.check import failing, put_rasters
from deid.formats.pdf.cleaning import clean
from deid.formats.pdf.content import Drawn
from deid.formats.pdf.downwards import is_written_downwards
from deid.formats.pdf.drawn import Drawings, drawn_blocks, may_show_print
from deid.formats.pdf.looks import Looks
from deid.formats.pdf.pictures import Picture, image_blocks, images_of, put_images
from deid.formats.pdf.reading import Part, Reading
from deid.formats.pdf.ruled import Tables
from deid.formats.pdf.scans import is_scanned, put_scans, scan_blocks
from deid.formats.pdf.shadows import shadows
from deid.formats.pdf.slimming import is_worth_slimming, slimmed
from deid.formats.pdf.standin import StandInFont
from deid.formats.pdf.tiles import tile_blocks
from deid.formats.pdf.writing import Changed, Changing
from deid.formats.stamp import check_unchanged, stamp
from deid.types import Document, TextBlock

_T = TypeVar("_T")
_MOST_PAGES = 10_000
_BROKEN = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, LookupError, AttributeError, OverflowError)


class _Opened(NamedTuple):
    """A cleaned PDF, the one whose streams it reads, its password, and what was taken out, by kind."""

    pdf: pikepdf.Pdf
    file: pikepdf.Pdf
    password: str
    removed: Counter[str]

    def close(self) -> None:
        self.pdf.close()
        self.file.close()


def read(path: str, ref: str, options: Options = DEFAULT) -> Document:
    """`details["removed"]` counts what will not be in the output, by kind.

    Raises UnreadableDocument when the file is damaged or has a password that is not among those given.
    """
    for name in ("pdfminer", "pikepdf", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # their warnings quote the file
    details = stamp(path, ref) | {"options": options}
    opened = _open(path, ref, details)
    if not is_installed() and (count := len(list(images_of(opened.pdf)))):
        opened.removed["picture"] = count
    opened.close()
    return Document(
        ref, "pdf", path, partial(_blocks, path, ref, details), details | {"removed": dict(opened.removed)}
    )


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    """Raises UnwritableDocument when the output cannot be made; a full disk stays an OSError."""
    check_unchanged(document.path, document.details, document.ref)
    options: Options = document.details["options"]
    opened = _open(document.path, document.ref, document.details)
    try:
        _write(opened, document, edits, options, path)
    except (pikepdf.PdfError, RuntimeError) as error:
        raise UnwritableDocument(f"{document.ref}: cannot be written ({type(error).__name__})") from None
    finally:
        opened.close()


def _write(
    opened: _Opened, document: Document, edits: Mapping[str, Sequence[Edit]], options: Options, path: str
) -> None:
    pdf, ref = opened.pdf, document.ref
    seen, font = _Seen(pdf, ref), StandInFont(pdf)
    changing = Changing(seen.reading, edits, font)
    for part, _ in seen.parts():
        changing.part(part, is_unread=part.page in seen.unread)
    changed = changing.end()
    withheld = put_images(pdf, seen.pictures(), edits)
    gone = put_scans(pdf, document.path, opened.password, seen.scans, edits, font, ref)
    if not is_installed():
        withheld = 0  # all of them were counted when the file was read
    font.embed()
    data = _saved(pdf)
    drawings = Drawings(document.path, opened.password, seen.drawn, edits)
    pages = _to_rasterise(data, changed, seen, drawings, options, ref)
    if pages:
        gone += put_rasters(pdf, data, pages, drawings, font)
        font.embed()
        data = _saved(pdf)
    note_lost(document, changed.left_out + Counter(picture=withheld, annotation=gone))
    with created(path) as handle:
        handle.write(data)


def _to_rasterise(
    data: bytes, changed: Changed, seen: _Seen, drawings: Drawings, options: Options, ref: str
) -> dict[int, set[str]]:
    """The pages that become pictures, with what is to be covered there."""
    left = failing(data, changed.gone, seen.scans)
    pages: dict[int, set[str]] = {
        number: left.get(number, set()) for number in changed.unpruned | set(left) | drawings.pages if number
    }
    if options.pdf == "raster":
        every = range(1, seen.pages + 1)
        pages |= {number: left.get(number, set()) for number in every if number not in seen.scans}
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
    opened = _open(path, ref, details)
    try:
        seen, turns, tables = _Seen(opened.pdf, ref), Turns(), Tables()
        for part, is_scan in _whole(seen.parts(), ref):
            if is_scan:
                turns.forget()
                tables.forget()
                continue
            yield from part.blocks(tables)
            if part.page:
                yield from turns.blocks(part.lines, part.id, part.where)
        fields = Boxes()
        for place in _whole(seen.reading.places(), ref):
            block = place.block()
            yield block
            if place.key == "/V":  # what fields are called says little of figures that have one each
                yield from fields.add(replace(block, labels=()))
        yield from fields.end()
        pictures = seen.pictures()
        yield from image_blocks(pictures)
        yield from tile_blocks(pictures, seen.tiles)
        yield from scan_blocks(path, opened.password, seen.scans)
        yield from drawn_blocks(path, opened.password, seen.drawn)
    finally:
        opened.close()


def _whole(items: Iterator[_T], ref: str) -> Iterator[_T]:
    """Raises UnreadableDocument where the file is damaged."""
    try:
        yield from items
    except _BROKEN as error:
        raise UnreadableDocument(f"{ref}: corrupt: the PDF is damaged ({type(error).__name__})") from None


class _Seen:
    """A PDF while it is read, and what is known of its pages and pictures when all parts are."""

    def __init__(self, pdf: pikepdf.Pdf, ref: str) -> None:
        self.reading = Reading(pdf, ref)
        self._looks = Looks(pdf)
        self.scans: list[int] = []
        self.drawn: list[int] = []
        self.unread: set[int] = set()
        self.pages = len(pdf.pages)
        self._ref = ref
        self._drawn: dict[Any, set[int]] = defaultdict(set)
        self._mirrored: dict[Any, set[bool]] = defaultdict(set)
        self._shadows: dict[Any, list[frozenset[str]]] = defaultdict(list)
        self.tiles: dict[int, list[Drawn]] = defaultdict(list)

    def parts(self) -> Iterator[tuple[Part, bool]]:
        """All parts, each with whether it is a page that OCR has to read."""
        for part in self.reading.parts():
            for drawn in part.surface.images:
                if isinstance(drawn.image, pikepdf.Object):
                    self._drawn[drawn.image.objgen].add(part.page)
                    self._mirrored[drawn.image.objgen].add(drawn.is_mirrored)
                    self.tiles[part.page].append(drawn)
            for image, text in shadows(part.surface):
                self._shadows[image].append(text)
            if part.page and is_written_downwards(part.surface):
                raise UnsupportedDocument(
                    f"{self._ref}: {part.where} is written downwards in several columns, with figures that lie on their side"
                )
            scanned = is_scanned(part, self.reading.pdf, self._looks, self._ref)
            if scanned:
                self.scans.append(part.page)
            elif part.page and may_show_print(part.surface):
                self._draws(part.page)
            yield part, scanned

    def _draws(self, page: int) -> None:
        """A page draws what may be print: OCR reads it, or nobody does."""
        if is_installed():
            self.drawn.append(page)
        else:
            self.unread.add(page)

    def pictures(self) -> list[Picture]:
        """The pictures but those that stand on scanned pages only, which are read as a whole."""
        return [
            Picture(
                image,
                self._mirrored.get(image.objgen) == {True},
                _of_all(self._shadows.get(image.objgen, ())),
            )
            for image in images_of(self.reading.pdf, self._drawn)
            if not self._drawn.get(image.objgen) or self._drawn[image.objgen] - set(self.scans)
        ]


def _of_all(texts: Sequence[frozenset[str]]) -> frozenset[str]:
    """What a picture is the shadow of, where it is one everywhere."""
    return frozenset().union(*texts) if texts and all(texts) else frozenset()


def _open(path: str, ref: str, details: Mapping[str, Any]) -> _Opened:
    options: Options = details["options"]
    for password in ("", *options.passwords):
        try:
            pdf = pikepdf.open(source(path), password=password)
            break
        except pikepdf.PasswordError:
            continue
        except (pikepdf.PdfError, RuntimeError, ValueError) as error:
            if "encryption" in str(error):
                raise EncryptedDocument(f"{ref}: encrypted: not by a password, or damaged") from None
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
        is_heavy = is_worth_slimming(pdf, details["size"])
        removed = clean(pdf, ref)
        removed["password"] += bool(password)
        return _Opened(slimmed(pdf) if is_heavy else pdf, pdf, password, +removed)
    except UnreadableDocument:
        pdf.close()
        raise
    except _BROKEN as error:
        pdf.close()
        raise UnreadableDocument(f"{ref}: corrupt: the PDF is damaged ({type(error).__name__})") from None
