"""Whether the glyphs of a page look like the characters that the file says they are.

Copy protection writes maps that say something else, or names glyphs at random; then no reader of text
sees what a reader of the page does. Each glyph is drawn and compared with the character in a font of
our own, and with other characters: even in brush script its own character is nearly always the nearest.
"""

from __future__ import annotations

import io
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from functools import cache
from statistics import median
from typing import Any, NamedTuple

import numpy as np
import pikepdf
import pypdfium2
from pikepdf import Dictionary
from PIL import Image, ImageDraw, ImageFont

from deid.formats.lettering import chinese_font
from deid.formats.pdf.content import Show, Surface
from deid.formats.pdf.fonts import DAMAGED, PROGRAMS, Font
from deid.formats.pdf.standin import letters

_SIZE, _WIDTH, _HEIGHT, _ACROSS = 36, 48, 64, 16  # of letters and their cells, in pixels, and cells in a row
_GRID, _AREAS = 48, 8  # pixels a side when compared, and areas of each side
_INK = 0.3
_AT_ONCE = 400  # glyphs on a sheet
_DIGITS = "0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_USUAL = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
)
_UNLIKE = 0.7
"""Where fewer of the other characters than this are less like a glyph, it is not what it is said to be: of honest fonts
not one in a hundred, of others seven in ten."""
_AS_PRINTED = 0.7
"""How like their characters half of the glyphs of a font are at least that is no handwriting: of the honest ones among
those not one glyph in ten thousand is unlike."""
_PRINT = 0.35
"""What is less like any character than this is no character."""
_NOT_DRAWN = (*DAMAGED, pypdfium2.PdfiumError, RuntimeError)
_UNLIKE_ANY = object()
"""How the glyphs of a font look that nobody can draw."""


class _Looked(NamedTuple):
    """What a glyph is said to be, by kind, whether it looks so and how much, and what is drawn."""

    kind: str
    is_like: bool
    likeness: float
    drawn: int


class _Asked(NamedTuple):
    """A code of a font, what it is said to mean, and whether it stands upside down."""

    font: Font
    code: bytes
    text: str
    is_turned: bool


class Looks:
    """Looks at the glyphs of a PDF, each once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._known: dict[int, dict[bytes, _Looked]] = defaultdict(dict)
        self._fonts: list[Font] = []  # kept, since they are known by their identity

    def deceives(self, surface: Surface) -> bool:
        """Whether a font shows other characters than it says, on this page, or may: without a font of our own."""
        used = _used(surface)
        if letters() is None:
            return bool(used)
        asked = [
            _Asked(font, code, text, turned)
            for font, codes, turned in used
            for code, text in codes.items()
            if code not in self._known[id(font)]
        ]
        for first in range(0, len(asked), _AT_ONCE):
            self._look(asked[first : first + _AT_ONCE])
        return any(_is_deceit(self._known[id(font)], codes) for font, codes, _ in used)

    def _look(self, asked: Sequence[_Asked]) -> None:
        fonts = {id(one.font): one.font for one in asked}
        self._fonts += fonts.values()
        try:
            drawn = _drawn(self._pdf, asked)
        except _NOT_DRAWN:
            if len(fonts) > 1:
                for number in fonts:
                    self._look([one for one in asked if id(one.font) == number])
                return
            drawn = [_UNLIKE_ANY] * len(asked)
        for one, features in zip(asked, drawn, strict=True):
            if features is _UNLIKE_ANY:
                self._known[id(one.font)][one.code] = _Looked(_kind(one.text), False, 0.0, 0)
            elif features is not None:
                self._known[id(one.font)][one.code] = _looked(features, one.text)


def _used(surface: Surface) -> list[tuple[Font, dict[bytes, str], bool]]:
    """The fonts of what is seen, with the codes that can be compared, and whether they are turned upside down."""
    codes: dict[int, dict[bytes, str]] = defaultdict(dict)
    shows: dict[int, Show] = {}
    for show in surface.shows:
        if show.state.font is None or show.state.mode == 3 or not _is_embedded(show.state.font):
            continue
        shows.setdefault(id(show.state.font), show)
        codes[id(show.state.font)].update(
            (glyph.code, glyph.text) for glyph in show.glyphs if _kind(glyph.text)
        )
    found = []
    for number, show in shows.items():
        a, b, c, d, _, _ = show.matrix
        if show.state.font is not None and codes[number]:
            found.append((show.state.font, codes[number], a * d - b * c < 0))
    return found


def _is_embedded(font: Font) -> bool:
    """Whether every viewer draws the same glyphs: others are taken from a font of the machine."""
    if font.kind == "/Type3":
        return True
    holder = font.spec.DescendantFonts[0] if font.kind == "/Type0" else font.spec
    descriptor = holder.get("/FontDescriptor")
    return isinstance(descriptor, Dictionary) and any(key in descriptor for key in PROGRAMS)


@cache
def _kind(text: str) -> str:
    """`han`, `digit` or `letter`; nothing where there is nothing to compare with."""
    if len(text) != 1:
        return ""
    if "一" <= text <= "鿿":
        found = letters()
        return "han" if found and text in found.glyphs else ""
    return "digit" if text in _DIGITS else "letter" if text.isascii() and text.isalpha() else ""


def _is_deceit(known: Mapping[bytes, _Looked], codes: Iterable[bytes]) -> bool:
    """Some glyphs that are not alike may be flourishes: more must be, the less sure their kind is."""
    looked = [known[code] for code in codes if code in known]
    for kind, least, share in (("han", 2, 0.02), ("digit", 3, 0.6), ("letter", 6, 0.85)):
        of_kind = [one.is_like for one in looked if one.kind == kind]
        unlike = of_kind.count(False)
        if unlike >= least and unlike >= share * len(of_kind):
            return True
    return _is_print_with_others([one for one in looked if one.kind == "han"])


def _is_print_with_others(looked: Sequence[_Looked]) -> bool:
    """Whether a few characters are others in a font that is no handwriting; boxes for characters that it has not are one."""
    unlike = {one.drawn for one in looked if not one.is_like}
    return len(unlike) > 1 and median(one.likeness for one in looked) >= _AS_PRINTED


def _drawn(pdf: pikepdf.Pdf, asked: Sequence[_Asked]) -> list[Any]:
    """What each code looks like, as features; None for what shows nothing."""
    picture = _sheet(pdf, asked)
    cells = (divmod(number, _ACROSS) for number in range(len(asked)))
    return [
        _features(picture[row * _HEIGHT : (row + 1) * _HEIGHT, column * _WIDTH : (column + 1) * _WIDTH])
        for row, column in cells
    ]


def _sheet(pdf: pikepdf.Pdf, asked: Sequence[_Asked]) -> Any:
    """A picture with the glyphs in cells; ink is 1."""
    rows = -(-len(asked) // _ACROSS)
    names: dict[int, str] = {}
    with pikepdf.new() as sheet:
        fonts = Dictionary()
        parts = ["BT"]
        for number, (font, code, _, is_turned) in enumerate(asked):
            if id(font) not in names:
                names[id(font)] = f"/F{len(names)}"
                spec = font.spec if font.spec.is_indirect else pdf.make_indirect(font.spec)
                fonts[names[id(font)]] = sheet.copy_foreign(spec)
            row, column = divmod(number, _ACROSS)
            x, y = column * _WIDTH + 6.0, (rows - 1 - row) * _HEIGHT + 20.0
            if font.vertical:
                x, y = x + _SIZE / 2, y + 0.88 * _SIZE
            size = _SIZE / (font.scale or 1.0)
            parts.append(
                f"{names[id(font)]} {size:.4f} Tf 1 0 0 {-1 if is_turned else 1} {x} {y} Tm <{code.hex()}> Tj"
            )
        sheet.add_blank_page(page_size=(_ACROSS * _WIDTH, rows * _HEIGHT))
        sheet.pages[0].obj.Resources = Dictionary(Font=fonts)
        sheet.pages[0].obj.Contents = sheet.make_stream("\n".join([*parts, "ET"]).encode())
        data = io.BytesIO()
        sheet.save(data)
    with closing(pypdfium2.PdfDocument(data.getvalue())) as document, closing(document[0]) as page:
        picture = page.render(scale=1.0, grayscale=True).to_pil().convert("L")
    return 1 - np.asarray(picture, np.float32) / 255


def _looked(drawn: Any, text: str) -> _Looked:
    own = _reference(text)
    likeness = 0.0 if own is None else float(own @ drawn)
    return _Looked(_kind(text), _is_like(drawn, text), likeness, hash(drawn.tobytes()))


def _is_like(drawn: Any, text: str) -> bool:
    """Whether a glyph looks like the character, or like none at all: a tick, a bar of a code."""
    others = _references(_USUAL) @ drawn
    if text.isascii():
        among = _DIGITS if text in _DIGITS else _LETTERS + _LETTERS.upper() + _DIGITS
        own = _references(among) @ drawn
        nearest = among[int(np.argmax(own))]
        return nearest.casefold() in _alike(text.casefold()) or max(own.max(), others.max()) < _PRINT
    features = _reference(text)
    if features is None or others.max() < _PRINT:
        return True
    return bool((others < features @ drawn).mean() >= _UNLIKE)


def _alike(letter: str) -> str:
    return next((some for some in ("il1j", "o0", "s5", "z2") if letter in some), letter)


@cache
def _references(characters: str) -> Any:
    return np.stack([_reference(character) for character in characters])


@cache
def _reference(character: str) -> Any:
    cell = Image.new("L", (2 * _WIDTH, 2 * _HEIGHT), 0)
    ImageDraw.Draw(cell).text((_WIDTH // 2, _HEIGHT // 4), character, font=_font(), fill=255)
    return _features(np.asarray(cell, np.float32) / 255)


@cache
def _font() -> Any:
    file = chinese_font()
    assert file is not None  # there are no letters otherwise, and nothing is looked at
    return ImageFont.truetype(file.path, _SIZE, index=file.number)


def _features(cell: Any) -> Any:
    """How much of its outline runs in which of four directions, area by area; None for an empty cell, or one that is
    too small for its glyph."""
    rows, columns = (np.flatnonzero(cell.max(axis=axis) > _INK) for axis in (1, 0))
    if not len(rows) or not (
        rows[0] and columns[0] and rows[-1] < len(cell) - 1 and columns[-1] < cell.shape[1] - 1
    ):
        return None
    inked = cell[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    side = max(inked.shape)
    square = np.zeros((side, side), np.float32)
    top, left = ((side - length) // 2 for length in inked.shape)
    square[top : top + inked.shape[0], left : left + inked.shape[1]] = inked
    even = _soft(side) @ square @ _soft(side).T
    across, down = _TRIPLE @ even @ _SLOPE.T, _SLOPE @ even @ _TRIPLE.T
    strength, direction = np.hypot(across, down), np.arctan2(down, across) % np.pi / np.pi * 4
    away = np.abs(direction - np.arange(4)[:, None, None])
    parts = np.clip(1 - np.minimum(away, 4 - away), 0, 1) * strength
    found = np.sqrt((_IN_AREAS @ parts @ _IN_AREAS.T).ravel() + 1e-9)
    found -= found.mean()
    return found / (np.linalg.norm(found) + 1e-9)


def _scaling(size: int, to: int) -> Any:
    """The matrix that makes `to` rows of `size`, each of those that lie in it."""
    edges, rows = np.arange(to + 1) * size / to, np.arange(size)
    inside = np.minimum(edges[1:, None], rows + 1) - np.maximum(edges[:-1, None], rows)
    return (np.clip(inside, 0, None) * to / size).astype(np.float32)


def _blending(weights: Sequence[float]) -> Any:
    """The matrix that makes of each row the sum of it and its neighbours; at the edges they are mirrored."""
    found = np.zeros((_GRID, _GRID), np.float32)
    for row in range(_GRID):
        for place, weight in enumerate(weights, row - len(weights) // 2):
            found[row, (_GRID - 1) - abs((_GRID - 1) - abs(place))] += weight
    return found


_TRIPLE, _SLOPE = _blending((1, 2, 1)), _blending((-1, 0, 1))
_BELL = [math.exp(-(place**2) / (2 * 1.7**2)) for place in range(-4, 5)]
_IN_AREAS = _scaling(_GRID, _AREAS) @ _blending([weight / sum(_BELL) for weight in _BELL])


@cache
def _soft(side: int) -> Any:
    return _blending((0.25, 0.5, 0.25)) @ _scaling(side, _GRID)
