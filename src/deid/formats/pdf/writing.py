"""A PDF with edits put in: every stream, font and string written anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream

from deid.formats.edits import Edit
from deid.formats.layout import Line, lines_of
from deid.formats.pdf import places
from deid.formats.pdf.content import Show, Surface
from deid.formats.pdf.pruning import prune
from deid.formats.pdf.reading import Reading
from deid.formats.pdf.rewriting import Change, Resources, rewritten
from deid.formats.pdf.standin import StandInFont

_SMALL_PICTURE = 64  # pixels


def change(reading: Reading, edits: Mapping[str, Sequence[Edit]]) -> list[int]:
    """Put the edits into the PDF. What comes back are pages (from 1) whose fonts still tell the old text."""
    pdf, interpreter = reading.pdf, reading.interpreter
    font = StandInFont(pdf)
    changes = _changes(reading, edits)
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
    font.embed()
    _drop_form_fonts(pdf)
    return unpruned


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


def _give_glyphs_resources(reading: Reading) -> None:
    """Glyphs of Type 3 fonts take their resources from the font."""
    for spec, _ in reading.interpreter.type3():
        new = Dictionary()
        for stream in list(spec.get("/CharProcs", Dictionary()).values()):
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


def _prune(reading: Reading, changes: Mapping[str, Sequence[Change]]) -> list[int]:
    used: dict[int, set[bytes]] = defaultdict(set)
    fonts: dict[int, Any] = {}
    touched: dict[int, set[int]] = defaultdict(set)
    for part in reading.parts:
        for show in part.surface.shows:
            font = show.state.font
            if font is None:
                continue
            fonts[id(font)] = font
            made = changes.get(show.source, ())
            gone = {index for one in made for index in range(one.first, one.last)}
            used[id(font)] |= {glyph.code for index, glyph in enumerate(show.glyphs) if index not in gone}
            if gone:
                touched[id(font)].add(part.page)
    failed: set[int] = set()
    for number, font in fonts.items():
        if not prune(reading.pdf, font, used[number]):
            failed |= touched[number]
    return sorted(failed)


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
