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
from hashlib import blake2b
from statistics import median
from typing import Any, NamedTuple

import numpy as np
import pikepdf
import pypdfium2
from pikepdf import Dictionary

from deid.formats.pdf.content import Show, Surface
from deid.formats.pdf.features import (
    HEIGHT,
    SIZE,
    WIDTH,
    features,
    goes_on,
    inked_part,
    reference,
    references,
)
from deid.formats.pdf.fonts import DAMAGED, PROGRAMS, Font
from deid.formats.pdf.resembling import DIGITS, is_word, shown_as
from deid.formats.pdf.standin import letters

_AT_ONCE = 400  # glyphs on a sheet
_MOST_REMEMBERED = 20_000  # glyphs, some 4 MB
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
_OTHERS = {
    "digit": (3, 3),
    "han": (2, 2),
    "foreign digit": (3, 5),
    "foreign han": (2, math.inf),
    "word": (1, 1),
}
"""Of those that are said to be something else so many in a Chinese font or in another one, of different looks, are deceit:
letters of other scripts may look like ours."""
_OF_HAN = 5  # characters: a font that has so many is a Chinese one


class _Looked(NamedTuple):
    """What a glyph is said to be, by kind, whether it looks so and how much, and what is drawn; the kind of what is not
    compared with its like is what it shows nevertheless."""

    kind: str
    is_like: bool
    likeness: float
    drawn: int


class _Cells(NamedTuple):
    """Cells of a sheet, in pixels: their width and height, where in them a glyph begins, how many stand side by side."""

    width: int
    height: int
    left: float
    low: float
    across: int

    def room_for(self, cell: Any) -> float:
        """How many times as large what is drawn in one may be."""
        rows, columns = (np.flatnonzero(cell.max(axis=axis) > 0) for axis in (1, 0))
        if not len(rows):
            return math.inf
        above, below = (
            max(1.0, self.height - self.low - rows[0]),
            max(1.0, rows[-1] + 1 - self.height + self.low),
        )
        before, behind = max(1.0, self.left - columns[0]), max(1.0, columns[-1] + 1 - self.left)
        room: float = min(
            (self.height - self.low) / above,
            self.low / below,
            self.left / before,
            (self.width - self.left) / behind,
        )
        return _FULL * room


_CELLS = _Cells(WIDTH, HEIGHT, 6.0, 20.0, 16)
_LARGE = _Cells(600, 300, 120.0, 150.0, 8)
"""For glyphs that are larger than their cells, or not in them."""
_SMALLER, _TIMES, _FULL = 40, 3, 0.8
"""How much smaller those are drawn first, and how often, before they take so much of the room there is."""


class _Asked(NamedTuple):
    """A code of a font, what it is said to mean, whether it stands upside down, and how large it is drawn, in pixels."""

    font: Font
    code: bytes
    text: str
    is_turned: bool
    size: float = SIZE


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
            return any(_kind(text) for _, codes, _ in used for text in codes.values())
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
            drawn = [None] * len(asked)
        for one, cell in zip(asked, drawn, strict=True):
            self._known[id(one.font)][one.code] = (
                _Looked(_kind(one.text), False, 0.0, 0) if cell is None else _remembered(cell, one.text)
            )


def _used(surface: Surface) -> list[tuple[Font, dict[bytes, str], bool]]:
    """The fonts of what is seen, with the codes that can be compared, and whether they are turned upside down."""
    codes: dict[int, dict[bytes, str]] = defaultdict(dict)
    shows: dict[int, Show] = {}
    for show in surface.shows:
        font = show.state.font
        if font is None or not _is_embedded(font) or (show.state.mode == 3 and font.kind != "/Type3"):
            continue  # glyphs of Type 3 are drawn in every mode
        shows.setdefault(id(font), show)
        codes[id(font)].update((glyph.code, glyph.text) for glyph in show.glyphs)
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
    """`han`, `digit` or `letter`; nothing where there is nothing of its kind to compare with."""
    if len(text) != 1:
        return ""
    if "一" <= text <= "鿿":
        found = letters()
        return "han" if found and text in found.glyphs else ""
    return "digit" if text in DIGITS else "letter" if text.isascii() and text.isalpha() else ""


def _is_deceit(known: Mapping[bytes, _Looked], codes: Iterable[bytes]) -> bool:
    """Some glyphs that are not alike may be flourishes: more must be, the less sure their kind is."""
    looked = [known[code] for code in codes if code in known]
    for kind, least, share in (("han", 2, 0.02), ("digit", 3, 0.6), ("letter", 6, 0.85)):
        of_kind = [one.is_like for one in looked if one.kind == kind]
        unlike = of_kind.count(False)
        if unlike >= least and unlike >= share * len(of_kind):
            return True
    return _shows_others(looked) or _is_print_with_others([one for one in looked if one.kind == "han"])


def _shows_others(looked: Sequence[_Looked]) -> bool:
    """Whether glyphs that are said to be blanks, signs or several letters show digits, Chinese characters or words."""
    shown = defaultdict(set)
    for one in looked:
        if one.kind[:6] == "other ":
            shown[one.kind[6:]].add(one.drawn)
    is_foreign = sum(one.kind == "han" for one in looked) < _OF_HAN
    return any(len(shown[kind]) >= least[is_foreign] for kind, least in _OTHERS.items())


def _is_print_with_others(looked: Sequence[_Looked]) -> bool:
    """Whether a few characters are others in a font that is no handwriting; boxes for characters that it has not are one."""
    unlike = {one.drawn for one in looked if not one.is_like}
    return len(unlike) > 1 and median(one.likeness for one in looked) >= _AS_PRINTED


def _drawn(pdf: pikepdf.Pdf, asked: Sequence[_Asked]) -> list[Any]:
    """What each code looks like: a cell with all of its ink, which is 1."""
    drawn = _cells_of(pdf, asked, _CELLS)
    large = [number for number, cell in enumerate(drawn) if goes_on(cell) or inked_part(cell) is None]
    for first in range(0, len(large), _LARGE.across):
        some = large[first : first + _LARGE.across]
        for number, cell in zip(some, _large(pdf, [asked[number] for number in some]), strict=True):
            drawn[number] = cell
    return drawn


def _large(pdf: pikepdf.Pdf, asked: Sequence[_Asked]) -> Sequence[Any]:
    """Glyphs that are larger than their cells, or not in them: much smaller, then as large as there is room."""
    for _ in range(_TIMES):
        asked = [one._replace(size=one.size / _SMALLER) for one in asked]
        small = _cells_of(pdf, asked, _LARGE)
        if not any(map(goes_on, small)):
            break
    fitted = [
        one._replace(size=min(SIZE, one.size * _LARGE.room_for(cell)))
        for one, cell in zip(asked, small, strict=True)
    ]
    return _cells_of(pdf, fitted, _LARGE)


def _cells_of(pdf: pikepdf.Pdf, asked: Sequence[_Asked], cells: _Cells) -> list[Any]:
    picture = _sheet(pdf, asked, cells)
    found = []
    for number in range(len(asked)):
        row, column = divmod(number, cells.across)
        top, left = row * cells.height, column * cells.width
        found.append(picture[top : top + cells.height, left : left + cells.width])
    return found


def _sheet(pdf: pikepdf.Pdf, asked: Sequence[_Asked], cells: _Cells = _CELLS) -> Any:
    """A picture with the glyphs in cells; ink is 1."""
    rows = -(-len(asked) // cells.across)
    names: dict[int, str] = {}
    with pikepdf.new() as sheet:
        fonts = Dictionary()
        parts = ["BT"]
        for number, (font, code, _, is_turned, size) in enumerate(asked):
            if id(font) not in names:
                names[id(font)] = f"/F{len(names)}"
                spec = font.spec if font.spec.is_indirect else pdf.make_indirect(font.spec)
                fonts[names[id(font)]] = sheet.copy_foreign(spec)
            row, column = divmod(number, cells.across)
            x, y = column * cells.width + cells.left, (rows - 1 - row) * cells.height + cells.low
            if font.vertical:
                x, y = x + size / 2, y + 0.88 * size
            parts.append(
                f"{names[id(font)]} {size / (font.scale or 1.0):.6f} Tf 1 0 0 {-1 if is_turned else 1} {x} {y} Tm <{code.hex()}> Tj"
            )
        sheet.add_blank_page(page_size=(cells.across * cells.width, rows * cells.height))
        sheet.pages[0].obj.Resources = Dictionary(Font=fonts)
        sheet.pages[0].obj.Contents = sheet.make_stream("\n".join([*parts, "ET"]).encode())
        data = io.BytesIO()
        sheet.save(data)
    with closing(pypdfium2.PdfDocument(data.getvalue())) as document, closing(document[0]) as page:
        picture = page.render(scale=1.0, grayscale=True).to_pil().convert("L")
    return 1 - np.asarray(picture, np.float32) / 255


@cache
def _memory() -> dict[bytes, _Looked]:
    return {}


def _remembered(cell: Any, text: str) -> _Looked:
    """The same as `_looked`; a file is read several times, and its fonts have the same glyphs each time."""
    key, known = (
        blake2b(cell.tobytes() + text.encode("utf-8", "surrogatepass"), digest_size=16).digest(),
        _memory(),
    )
    if key not in known:
        if len(known) >= _MOST_REMEMBERED:
            known.clear()
        known[key] = _looked(cell, text)
    return known[key]


def _looked(cell: Any, text: str) -> _Looked:
    kind, drawn = _kind(text), features(cell)
    own = letters()
    if not kind or drawn is None:
        shown, which = shown_as(drawn, cell, text, own.glyphs if own else ())
        return _Looked(f"other {shown}", not shown, 0.0, which)
    like = reference(text)
    likeness = 0.0 if like is None else float(like @ drawn)
    is_word_of = likeness < _AS_PRINTED and is_word(cell, text)
    return (
        _Looked("other word", False, 0.0, 0)
        if is_word_of
        else _Looked(kind, _is_like(drawn, text), likeness, hash(drawn.tobytes()))
    )


def _is_like(drawn: Any, text: str) -> bool:
    """Whether a glyph looks like the character, or like none at all: a tick, a bar of a code."""
    others = references(_USUAL) @ drawn
    if text.isascii():
        among = DIGITS if text in DIGITS else _LETTERS + _LETTERS.upper() + DIGITS
        own = references(among) @ drawn
        nearest = among[int(np.argmax(own))]
        return nearest.casefold() in _alike(text.casefold()) or max(own.max(), others.max()) < _PRINT
    features = reference(text)
    if features is None or others.max() < _PRINT:
        return True
    return bool((others < features @ drawn).mean() >= _UNLIKE)


def _alike(letter: str) -> str:
    return next((some for some in ("il1j", "o0", "s5", "z2") if letter in some), letter)
