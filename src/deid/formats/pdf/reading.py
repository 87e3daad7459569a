"""Everything in a PDF that is text, as blocks; and, per page, whether that is all that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Dictionary, Stream

from deid.formats.layout import blocks_of
from deid.formats.lines import Line, lines_of
from deid.formats.pdf.content import IDENTITY, Drawn, Interpreter, Surface, stream_key
from deid.formats.pdf.fonts import UNKNOWN, UNKNOWN_HAN
from deid.formats.pdf.names import entries, spelled
from deid.formats.pdf.places import Place, labels_of, places
from deid.formats.pdf.printed import printed_labels
from deid.formats.pdf.ruled import Tables
from deid.formats.pdf.seeing import Box, box_of, layers_off, parted
from deid.types import TextBlock

_SYMBOLS = ("Wingdings", "Webdings", "Symbol", "Dingbats", "ZaDb", "MT Extra", "Marlett")
_FEW = 40  # glyphs: page numbers and stamps of a scanner
_MANY_CURVES = 300
_NOTHING = frozenset((UNKNOWN, UNKNOWN_HAN))


@dataclass
class Part:
    """A page, an appearance, a glyph of a Type 3 font; `page` counts from 1, 0 for none."""

    id: str
    where: str
    surface: Surface
    labels: tuple[str, ...] = ()
    page: int = 0

    @cached_property
    def lines(self) -> list[list[Line]]:
        return lines_of(self.surface.shows)

    def blocks(self, tables: Tables) -> Iterator[TextBlock]:
        """What is read; `tables` are those of the pages so far."""
        groups = tables.lines(self.surface, self.lines)
        yield from blocks_of(self.surface.shows, groups, self.id, self.where, self.labels)
        for name, some in parted(self.surface, self.lines):
            yield from blocks_of(some, lines_of(some), f"{self.id}/{name}", self.where, self.labels)


class Reading:
    """A cleaned PDF, read part by part."""

    def __init__(self, pdf: pikepdf.Pdf, ref: str) -> None:
        self.pdf = pdf
        self.interpreter = Interpreter(ref, layers_off(pdf))
        self._printed: dict[Any, str] = {}

    def parts(self) -> Iterator[Part]:
        """All of them; each is read when it is its turn, and not kept."""
        run = self.interpreter.run
        for number, page in enumerate(self.pdf.pages, 1):
            surface = run(f"p{number}", page.obj, page.obj.Resources, clip=_seen_of(page))
            self._printed.update(printed_labels(page.obj, surface))
            yield Part(f"page{number}", f"page {number}", surface, page=number)
        for number, page in enumerate(self.pdf.pages, 1):
            for index, annotation in enumerate(page.obj.get("/Annots", [])):
                labels = (
                    labels_of(annotation, self._printed) if annotation.get("/Subtype") == "/Widget" else ()
                )
                for name, stream in _appearances(annotation):
                    surface = run(stream_key(stream), stream, stream.get("/Resources", Dictionary()))
                    id = f"page{number}/note/{index}/{name}"
                    yield Part(id, f"page {number}, note {index + 1}", surface, labels)
        for number, (key, stream, resources) in enumerate(self._glyphs()):
            yield Part(f"glyph/{number}", "a glyph of a font", run(key, stream, resources))

    def places(self) -> Iterator[Place]:
        """Text that is not drawn; after the parts, by which labels are known that pages print beside fields."""
        return places(self.pdf, self._printed)

    def _glyphs(self) -> Iterator[tuple[str, Any, Any]]:
        """What draws the glyphs of Type 3 fonts."""
        done: set[str] = set()
        waiting = True
        while waiting:
            waiting = False
            for spec, resources in self.interpreter.type3():
                for _, stream in entries(spec.get("/CharProcs", Dictionary())):
                    if isinstance(stream, Stream) and (key := stream_key(stream)) not in done:
                        done.add(key)
                        waiting = True
                        yield key, stream, spec.get("/Resources", resources)


def _seen_of(page: pikepdf.Page) -> Box | None:
    """The part of a page that viewers show; None where it does not say so."""
    try:
        return box_of(page.cropbox, IDENTITY)
    except (AttributeError, TypeError, ValueError):
        return None


def _appearances(annotation: Any) -> Iterator[tuple[str, Any]]:
    for key, value in entries(annotation.get("/AP", Dictionary())):
        if isinstance(value, Stream):
            yield key[1:], value
        elif isinstance(value, Dictionary):
            for state, stream in entries(value):
                if isinstance(stream, Stream):
                    yield f"{key[1:]}.{state[1:]}", stream


def is_garbled(surface: Surface) -> bool:
    """Whether the page shows glyphs one behind the other of which the file does not say what they mean.

    A single one is a bullet or a tick, the same one far apart as well.
    """
    if not any(UNKNOWN in show.text for show in surface.shows):
        return False
    seen = [show for show in surface.shows if show.state.mode != 3]
    for lines in lines_of(seen):
        for line in lines:
            for before, glyph in pairwise(line.glyphs):
                is_word = glyph.u - before.end < glyph.size or _code(glyph) != _code(before)
                if (
                    is_word
                    and before.text in _NOTHING
                    and glyph.text == UNKNOWN
                    and not _is_symbol(glyph.show)
                ):
                    return True
    return False


def _code(glyph: Any) -> bytes:
    code: bytes = glyph.show.glyphs[glyph.number].code
    return code


def _is_symbol(show: Any) -> bool:
    font = show.state.font
    name = spelled(font.spec.BaseFont) if font and "/BaseFont" in font.spec else ""
    return any(word in name for word in _SYMBOLS)


def is_scan(surface: Surface, page: Any) -> bool:
    """Whether a page is a picture, maybe with text of its own that nobody sees."""
    seen = sum(len(show.glyphs) for show in surface.shows if show.state.mode != 3)
    if seen < _FEW and covered(surface, page) > 0.5:
        return True
    return not seen and surface.curves > _MANY_CURVES


def covered(surface: Surface, page: Any) -> float:
    """The share of the page under pictures; what overlaps counts twice."""
    left, bottom, right, top = (float(number) for number in page.mediabox)
    area = abs((right - left) * (top - bottom)) or 1.0
    return sum(_area(drawn) for drawn in surface.images) / area


def _area(drawn: Drawn) -> float:
    a, b, c, d, _, _ = drawn.ctm
    return abs(a * d - b * c)
