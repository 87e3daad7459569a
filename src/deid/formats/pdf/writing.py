"""A PDF with edits put in: every stream, font and string written anew."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby, islice
from typing import NamedTuple

import pikepdf
from pikepdf import Dictionary, Name, Stream

from deid.formats.edits import Edit
from deid.formats.lines import Line, Placed, lines_of
from deid.formats.pdf import places
from deid.formats.pdf.content import Interpreter, Show
from deid.formats.pdf.fontnames import draws_bars
from deid.formats.pdf.fonts import PROGRAMS, UNKNOWN, Font
from deid.formats.pdf.names import entries
from deid.formats.pdf.outlines import draws_glyph, without_codes, without_letters, without_patterns
from deid.formats.pdf.pruning import prune
from deid.formats.pdf.reading import Part, Reading
from deid.formats.pdf.rewriting import Change, Resources, name_all, rewritten
from deid.formats.pdf.rooms import measure
from deid.formats.pdf.standin import StandInFont

_INVISIBLE = 3  # the mode of text


class Changed(NamedTuple):
    """`gone` are, by page (from 1), the pieces that were taken out and stand nowhere else on it, without
    blanks; the fonts of the pages `unpruned` may still tell the old text. `left_out` counts codes, outlines and
    inline pictures."""

    gone: dict[int, set[str]]
    unpruned: set[int]
    left_out: Counter[str]


class Changing:
    """Puts edits into a PDF, part by part as they are read: a page is written anew at once, and forms at the end,
    since other pages may show them, too."""

    def __init__(self, reading: Reading, edits: Mapping[str, Sequence[Edit]], font: StandInFont) -> None:
        self._reading, self._edits, self._font = reading, edits, font
        self._interpreter = reading.interpreter
        self._changes: dict[str, list[Change]] = {}
        self._gone: dict[int, set[str]] = {}
        self._names = Resources()
        self._begun = 0
        self._fonts = _UsedFonts()
        self._is_unread = False
        self._left_out: Counter[str] = Counter()

    def part(self, part: Part, *, is_unread: bool = False) -> None:
        """The next of the parts of `reading`; `is_unread` where it draws what may be letters, and nobody reads it."""
        self._is_unread |= is_unread
        shows = part.surface.shows
        for show in shows:
            if show.source in self._edits and show.source not in self._changes:
                self._changes[show.source] = _glyph_changes(show, self._edits[show.source])
            font = show.state.font
            if font is not None and draws_bars(font.spec.get("/BaseFont")):
                self._left_out["code"] += show.source not in self._changes
                self._changes[show.source] = [Change(0, len(show.glyphs), "", 0.0)]
            if _hides_unread(show):
                self._changes[show.source] = _and_unread(show, self._changes.get(show.source, []))
        changed = {show.source: show for show in reversed(shows) if show.source in self._changes}
        if changed:
            groups = lines_of(shows)
            measure(groups, part.surface, self._changes)
            if part.page:
                self._gone[part.page] = _gone(groups, shows, self._changes)
        self._fonts.note(part, self._changes)
        for key, begun in islice(self._interpreter.streams.items(), self._begun, None):
            if isinstance(begun.stream, Stream):
                operations = self._interpreter.operations(key, begun.stream)
                name_all(operations, begun.resources, self._names, self._font)
            else:
                self._write(key, changed, is_unread=is_unread)
        self._begun = len(self._interpreter.streams)

    def end(self) -> Changed:
        """Write what does not belong to one page."""
        pdf, interpreter = self._reading.pdf, self._interpreter
        in_forms = {source.rpartition("/")[0] for source in self._changes}
        for key, begun in interpreter.streams.items():
            if isinstance(begun.stream, Stream):
                again = interpreter.again(key) if key in in_forms else []
                self._write(key, {show.source: show for show in again}, is_unread=self._is_unread)
        _give_glyphs_resources(interpreter)
        places.put(pdf, self._edits, self._font)
        unpruned = self._fonts.prune(pdf)
        typed = _drop_form_fonts(pdf)
        for spec, font in interpreter.fonts():
            if not self._fonts.show_something(font) and spec.objgen not in typed:
                _forget(spec)
        return Changed(self._gone, unpruned, self._left_out)

    def _write(self, key: str, shows: Mapping[str, Show], *, is_unread: bool) -> None:
        stream, resources, state = self._interpreter.streams[key]
        operations = self._interpreter.operations(key, stream)
        operations, solid = without_patterns(operations)
        self._left_out["drawing"] += solid
        if not draws_glyph(operations):
            operations, codes = without_codes(operations, state.ctm)
            self._left_out["code"] += bool(codes)
            if is_unread:
                operations, letters = without_letters(operations, state.ctm)
                self._left_out["drawing"] += letters
        data, new, pictures = rewritten(
            operations, key, self._changes, shows, resources, self._names, self._font
        )
        self._left_out["picture"] += pictures
        if isinstance(stream, Stream):
            stream.write(data)
        else:
            packed = zlib.compress(data)  # it is in memory until all pages are
            stream.Contents = self._reading.pdf.make_stream(packed, Filter=Name.FlateDecode)
        stream.Resources = new


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
            text = "".join(edit.text.splitlines())  # of a value over several lines
            found.append(Change(inside[0], inside[-1] + 1, text, float("inf")))
    return found


def _hides_unread(show: Show) -> bool:
    """Whether a string that nobody sees, and no OCR, has glyphs of which nobody knows what they mean."""
    font = show.state.font
    is_drawn = font is not None and font.kind == "/Type3"  # in every mode
    return show.state.mode == _INVISIBLE and not is_drawn and UNKNOWN in show.text


def _and_unread(show: Show, changes: Sequence[Change]) -> list[Change]:
    gone = {index for change in changes for index in range(change.first, change.last)}
    unread = (index for index, glyph in enumerate(show.glyphs) if glyph.text == UNKNOWN)
    return [*changes, *(Change(index, index + 1, "", 0.0) for index in unread if index not in gone)]


def _gone(
    groups: Iterable[Sequence[Line]], shows: Iterable[Show], changes: Mapping[str, Sequence[Change]]
) -> set[str]:
    """What is taken out of a page, and neither stays there in another place nor is a part of what is put there."""
    gone: set[str] = set()
    left = [change.text for show in shows for change in changes.get(show.source, ())]
    for lines in groups:
        for line in lines:
            for is_gone, glyphs in groupby(line.glyphs, key=partial(_is_gone, changes)):
                text = "".join("".join(glyph.text for glyph in glyphs).split())
                if is_gone:
                    gone.update(piece for piece in text.split(UNKNOWN) if len(piece) > 1)
            left.append(_new(line, changes))
    stays = "\0".join(left)
    return {text for text in gone if text not in stays}


def _new(line: Line, changes: Mapping[str, Sequence[Change]]) -> str:
    """What a line says when it is written anew, without blanks: where stand-ins meet, `3月` and `2024年` have `月20`."""
    said: list[str] = []
    for glyph in line.glyphs:
        if _is_gone(changes, glyph):
            said += (one.text for one in changes[glyph.show.source] if one.first == glyph.number)
        else:
            said.append(glyph.text)
    return "".join("".join(said).split())


def _is_gone(changes: Mapping[str, Sequence[Change]], glyph: Placed) -> bool:
    return any(change.first <= glyph.number < change.last for change in changes.get(glyph.show.source, ()))


def _give_glyphs_resources(interpreter: Interpreter) -> None:
    """Glyphs of Type 3 fonts take their resources from the font."""
    for spec, _ in interpreter.type3():
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


class _UsedFonts:
    """Fonts, with the codes that are shown with them still, and where."""

    def __init__(self) -> None:
        self._fonts: dict[int, Font] = {}
        self._used: dict[int, set[bytes]] = defaultdict(set)
        self._pages: dict[int, set[int]] = defaultdict(set)
        self._touched: set[int] = set()

    def note(self, part: Part, changes: Mapping[str, Sequence[Change]]) -> None:
        for show in part.surface.shows:
            font = show.state.font
            if font is None:
                continue
            self._fonts[id(font)] = font
            gone = {index for one in changes.get(show.source, ()) for index in range(one.first, one.last)}
            self._used[id(font)].update(
                glyph.code for index, glyph in enumerate(show.glyphs) if index not in gone
            )
            self._pages[id(font)].add(part.page)
            if gone:
                self._touched.add(id(font))

    def show_something(self, font: Font | None) -> bool:
        return bool(self._used.get(id(font)))

    def prune(self, pdf: pikepdf.Pdf) -> set[int]:
        """Take out of the fonts what is not used; the pages of those that lost text and cannot be pruned."""
        unpruned: set[int] = set()
        for number, font in self._fonts.items():
            if not prune(pdf, font, self._used[number]) and number in self._touched:
                unpruned |= self._pages[number]
        return unpruned


def _forget(spec: pikepdf.Object) -> None:
    """Make a font with which nothing is shown one that every viewer has: what is in it nobody has read."""
    for key in set(spec.keys()):
        del spec[key]
    spec.Type, spec.Subtype, spec.BaseFont = Name.Font, Name.Type1, Name.Helvetica


def _drop_form_fonts(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Fonts for typing into a form: those that every viewer has stay, and are told."""
    form = pdf.Root.get("/AcroForm")
    fonts = form.get("/DR", Dictionary()).get("/Font") if isinstance(form, Dictionary) else None
    if not isinstance(fonts, Dictionary):
        return set()
    for name in list(fonts.keys()):
        spec = fonts[name]
        if (
            "/ToUnicode" in spec
            or spec.get("/Subtype") not in (Name.Type1, Name.TrueType)
            or any(key in spec.get("/FontDescriptor", Dictionary()) for key in PROGRAMS)
        ):
            del fonts[name]
    return {spec.objgen for _, spec in entries(fonts) if spec.is_indirect}
