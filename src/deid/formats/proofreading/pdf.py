"""Reading written PDF files again, for the check before publication.

Two extractors that had no part in the writing say what the pages show (pdfium, and pdfminer's
interpreter); every object of the file is gone through, used or not, with pdfminer's parser.
"""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

import pypdfium2
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFException, PDFStream
from pdfminer.psparser import PSException, PSLiteral

from deid.errors import UnreadableDocument
from deid.formats.files import opened, source
from deid.formats.formatwords import is_usual_style, unusual

_BINARY = frozenset({"Image", "CIDFontType0C", "Type1C", "OpenType", "XRef", "ObjStm"})
_HEXADECIMAL = re.compile(rb"(?<!<)<([0-9A-Fa-f\s]+)>(?!>)")
_KERNED = re.compile(rb"(?<!\\)\)\s*(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)\s*\(")
_GAP = -180.0  # thousandths of the size of the letters
_REGISTRY = b"Adobe"
"""Stands in every font for Chinese characters; somebody's company may be Adobe."""
_NAME = re.compile(rb"/[A-Za-z]{5,}")
_MOST = 64 << 20  # bytes of a stream
_AT_ONCE = 16  # pages: pdfium keeps what it read of a document, until that is closed


def strings_of(path: str) -> Iterator[str]:
    """Every string of a PDF: of its pages, its objects and its streams."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL + 1)  # its warnings quote the file
    try:
        yield from _seen(path)
        with opened(path) as handle:
            document = _Document(PDFParser(handle))
            yield from _shown(document)
            for xref in document.xrefs:
                for number in xref.get_objids():
                    yield from _inside(document.getobj(number))
                yield from _inside(xref.get_trailer() if hasattr(xref, "get_trailer") else {})
    except (
        pypdfium2.PdfiumError,
        PDFException,
        PSException,
        OSError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
    ) as error:
        raise UnreadableDocument(f"the written PDF cannot be read ({type(error).__name__})") from None


def _seen(path: str) -> Iterator[str]:
    first, count = 0, 1
    while first < count:
        with closing(pypdfium2.PdfDocument(source(path))) as document:
            count = len(document)
            for number in range(first, min(first + _AT_ONCE, count)):
                with closing(document[number]) as page:
                    text = page.get_textpage().get_text_range()
                yield text
                yield text.replace("\r", "").replace("\n", "")
        first += _AT_ONCE


class _Document(PDFDocument):  # type: ignore[misc]
    """Does not keep streams, which pdfminer would to the end: the pictures of a thousand pages."""

    def getobj(self, objid: int) -> object:
        found = super().getobj(objid)
        if isinstance(found, PDFStream):
            self._cached_objs.pop(objid, None)
        return found


class _Written(PDFDevice):  # type: ignore[misc]
    """Takes down what strings say. Where they stand takes pdfminer longer to tell than all else."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.parts: list[str] = []

    def render_string(
        self, textstate: PDFTextState, seq: Iterable[Any], ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        font = textstate.font
        assert font is not None
        for item in seq:
            if isinstance(item, bytes):
                self.parts += (_meant(font, code) for code in font.decode(item))


def _meant(font: PDFFont, code: int) -> str:
    try:
        return str(font.to_unichr(code))
    except PDFUnicodeNotDefined:
        return f"(cid:{code})"


def _shown(document: PDFDocument) -> Iterator[str]:
    manager = PDFResourceManager()
    for page in PDFPage.create_pages(document):
        device = _Written(manager)
        PDFPageInterpreter(manager, device).process_page(page)
        gc.collect(0)  # pdfminer's parsers refer to themselves, and to what they read
        yield "".join(device.parts)


def _inside(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, bytes):
            if item != _REGISTRY:
                yield from _decoded(item)
        elif isinstance(item, PSLiteral):
            name = item.name if isinstance(item.name, str) else item.name.decode("utf-8", "replace")
            yield "" if is_usual_style(name) else unusual(name)
        elif isinstance(item, dict):
            waiting += [*item.values(), *(PSLiteral(key) for key in item)]
        elif isinstance(item, list):
            waiting += item
        elif isinstance(item, PDFStream):
            waiting.append(item.attrs)
            kinds = {getattr(item.attrs.get(key), "name", "") for key in ("Type", "Subtype")}
            if not (kinds & _BINARY or "Length1" in item.attrs):
                yield from _stream(item.get_data()[:_MOST])


def _stream(data: bytes) -> Iterator[str]:
    """A stream without its strings in hexadecimal, which are decoded: glyphs <070A0317> are no number A0317.

    Strings between which letters only move are one: `(, prefix) 12 (ed)` says nothing of somebody called Prefix.
    """
    plain = _KERNED.sub(_closed_up, _HEXADECIMAL.sub(b"<>", data)).replace(b"(%b)" % _REGISTRY, b"()")
    yield from _decoded(_NAME.sub(lambda name: unusual(name[0].decode()).encode(), plain))
    for digits in set(_HEXADECIMAL.findall(data)):
        digits = b"".join(digits.split())
        content = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        yield from _decoded(content)
        if content.isascii():  # 张三 is _ N and blanks
            yield content.decode("utf-16-be", "replace")


def _closed_up(kerned: re.Match[bytes]) -> bytes:
    """What stands between two strings: nothing, or the space that a gap is."""
    return b"" if float(kerned[1]) > _GAP else b" "


def _decoded(data: bytes) -> Iterator[str]:
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        yield data.decode("utf-16", "replace")
        return
    yield data.decode("latin-1")
    for encoding in ("utf-8", "gb18030", "utf-16-be"):
        if not data.isascii():
            yield data.decode(encoding, "replace")
