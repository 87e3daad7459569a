"""A PDF with edits put in: every stream, font and string written anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Dictionary, Name, Stream

from deid.formats.edits import Edit
from deid.formats.lines import Line, Placed, lines_of
from deid.formats.pdf import places
from deid.formats.pdf.content import Show, Surface
from deid.formats.pdf.names import entries
from deid.formats.pdf.pruning import prune
from deid.formats.pdf.reading import Reading
from deid.formats.pdf.rewriting import Change, Resources, rewritten
from deid.formats.pdf.standin import StandInFont


class Changed(NamedTuple):
    """`gone` and `left` are, by page (from 1), the pieces that were taken out and the text that stays,
    without blanks; the fonts of the pages `unpruned` may still tell the old text."""

    gone: dict[int, set[str]]
    left: dict[int, str]
    unpruned: set[int]


def change(reading: Reading, edits: Mapping[str, Sequence[Edit]], font: StandInFont) -> Changed:
    """Put the edits into the PDF."""
    pdf, interpreter = reading.pdf, reading.interpreter
    changes = _changes(reading, edits)
    gone, left = _told_apart(reading, changes)
    names = Resources()
    for key, (stream, resources) in interpreter.streams.items():
        data, new = rewritten(
            interpreter.operations(key, stream), key, changes, interpreter.shows, resources, names, font
        )
        if isinstance(stream, Stream):
            stream.write(data)
        else:
            stream.Contents = pdf.make_stream(data)
        stream.Resources = new
    _give_glyphs_resources(reading)
    places.put(pdf, edits, font)
    unpruned = _prune(reading, changes)
    _drop_form_fonts(pdf)
    return Changed(gone, left, unpruned)


def _changes(reading: Reading, edits: Mapping[str, Sequence[Edit]]) -> dict[str, list[Change]]:
    """Edits of strings in glyphs, with the room that there is for the new text."""
    shows = reading.interpreter.shows
    found: dict[str, list[Change]] = {}
    for source, made in edits.items():
        if source in shows:
            found[source] = _glyph_changes(shows[source], made)
    for part in reading.parts:
        if any(show.source in found for show in part.surface.shows):
            _measure(part.surface, found)
    return found


def _glyph_changes(show: Show, edits: Sequence[Edit]) -> list[Change]:
    """A glyph goes when a part of what it means does."""
    found: list[Change] = []
    for edit in edits:
        inside = [
            index
            for index in range(len(show.glyphs))
            if show.offsets[index] < edit.end and edit.start < show.offsets[index + 1]
        ]
        if inside:
            found.append(Change(inside[0], inside[-1] + 1, edit.text, float("inf")))
    return found


def _measure(surface: Surface, changes: dict[str, list[Change]]) -> None:
    """Set the room of each change: to the next glyph that stays, or to the edge of what is printed."""
    for lines in lines_of(surface.shows):
        edge = max((line.end for line in lines), default=0.0)
        for line in lines:
            _measure_line(line, edge, changes)


def _measure_line(line: Line, edge: float, changes: dict[str, list[Change]]) -> None:
    gone = [
        next((c for c in changes.get(g.show.source, ()) if c.first <= g.number < c.last), None)
        for g in line.glyphs
    ]
    for index, (glyph, made) in enumerate(zip(line.glyphs, gone, strict=True)):
        if made is None or not made.text or glyph.number != made.first:
            continue
        behind = index + 1
        while behind < len(gone) and _is_free(line, gone[behind], behind, made):
            behind += 1
        end = line.glyphs[behind].u if behind < len(line.glyphs) else max(edge, line.end)
        held = changes[glyph.show.source]
        held[held.index(made)] = made._replace(room=min(made.room, max(end - glyph.u, 0.1 * glyph.size)))


def _is_free(line: Line, gone: Change | None, index: int, made: Change) -> bool:
    """Whether a stand-in may be drawn over the place of a glyph: it goes, and nothing else takes its place."""
    if gone is None:
        return not line.glyphs[index].text.strip()
    return gone is made or not gone.text


def _told_apart(
    reading: Reading, changes: Mapping[str, Sequence[Change]]
) -> tuple[dict[int, set[str]], dict[int, str]]:
    gone: dict[int, set[str]] = defaultdict(set)
    left: dict[int, str] = {}
    for part in reading.parts:
        if not part.page:
            continue
        parts: list[str] = [
            change.text for show in part.surface.shows for change in changes.get(show.source, ())
        ]
        for lines in lines_of(part.surface.shows):
            for line in lines:
                for is_gone, glyphs in groupby(line.glyphs, key=partial(_is_gone, changes)):
                    text = "".join("".join(glyph.text for glyph in glyphs).split())
                    if is_gone and len(text) > 1:
                        gone[part.page].add(text)
                    elif not is_gone:
                        parts.append(text)
        left[part.page] = "\0".join(parts)
    return gone, left


def _is_gone(changes: Mapping[str, Sequence[Change]], glyph: Placed) -> bool:
    return any(change.first <= glyph.number < change.last for change in changes.get(glyph.show.source, ()))


def _give_glyphs_resources(reading: Reading) -> None:
    """Glyphs of Type 3 fonts take their resources from the font."""
    for spec, _ in reading.interpreter.type3():
        new = Dictionary()
        for _, stream in entries(spec.get("/CharProcs", Dictionary())):
            if not isinstance(stream, Stream):
                continue
            for category, values in stream.get("/Resources", Dictionary()).items():
                if category not in new:
                    new[category] = Dictionary()
                for name, value in values.items():
                    new[category][name] = value
            if "/Resources" in stream:
                del stream["/Resources"]
        spec.Resources = new


def _prune(reading: Reading, changes: Mapping[str, Sequence[Change]]) -> set[int]:
    used: dict[int, set[bytes]] = defaultdict(set)
    fonts: dict[int, Any] = {}
    pages: dict[int, set[int]] = defaultdict(set)
    touched: set[int] = set()
    for part in reading.parts:
        for show in part.surface.shows:
            font = show.state.font
            if font is None:
                continue
            fonts[id(font)] = font
            made = changes.get(show.source, ())
            gone = {index for one in made for index in range(one.first, one.last)}
            used[id(font)] |= {glyph.code for index, glyph in enumerate(show.glyphs) if index not in gone}
            pages[id(font)].add(part.page)
            if gone:
                touched.add(id(font))
    unpruned: set[int] = set()
    for number, font in fonts.items():
        if not prune(reading.pdf, font, used[number]) and number in touched:
            unpruned |= pages[number]
    return unpruned


def _drop_form_fonts(pdf: pikepdf.Pdf) -> None:
    """Fonts for typing into a form: those that every viewer has stay."""
    form = pdf.Root.get("/AcroForm")
    fonts = form.get("/DR", Dictionary()).get("/Font") if isinstance(form, Dictionary) else None
    if isinstance(fonts, Dictionary):
        for name in list(fonts.keys()):
            spec = fonts[name]
            if (
                "/ToUnicode" in spec
                or spec.get("/Subtype") not in (Name.Type1, Name.TrueType)
                or "/FontFile2" in spec.get("/FontDescriptor", Dictionary())
            ):
                del fonts[name]
