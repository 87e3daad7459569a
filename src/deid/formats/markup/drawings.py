"""What markup draws: letters as outlines and codes, which say what nobody reads; and icons and charts, which do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from deid.formats.codes import Box, in_codes
from deid.formats.markup.tokens import Token, local, tokens
from deid.formats.outlines import (
    MANY_PIECES,
    NO_RECTANGLE,
    is_line,
    pieces_of_path,
    pieces_of_points,
)
from deid.formats.shapes import is_bar, is_graph, parts_of_path

OUTLINES = {"d": pieces_of_path, "points": pieces_of_points}
SIZE = frozenset({"width", "height", *OUTLINES})
"""Without these a rectangle of a code is not shown."""
_USED = frozenset({"href", "xlink:href"})
_DRAWS = re.compile(r"""[\s/"'](?:d|points)\s*=|\brect[\s/>]""", re.IGNORECASE)
_MEASURE = re.compile(r"\s*([-+]?[0-9]{0,6}\.?[0-9]{1,9})")
_FILL = re.compile(r"(?<![\w-])fill\s*:\s*([^;]*)")
_APART = frozenset("a button dd dt h1 h2 h3 h4 h5 h6 label li nav option p section summary".split())
"""No word is drawn over several of these; cells of a form may hold a letter each."""
_LONGEST_STROKE = 200  # characters of one curve
_CURVE, _CORNERS = 4, (4, 5)  # points
_STRAIGHT = 1e-6


@dataclass(slots=True)
class Picture:
    """An `svg` of a page, or a `symbol`: where its tags begin, what its outlines are made of, and how many symbols it uses."""

    is_square: bool
    is_apart: bool
    places: list[int] = field(default_factory=list)
    pieces: int = 0
    uses: int = 0

    def is_alone(self, after: Picture | None) -> bool:
        """Whether it stands by itself."""
        return self.is_apart and (after is None or after.is_apart)

    @property
    def is_small(self) -> bool:
        """Whether it has the form of an icon and draws less than a name."""
        return self.is_square and self.pieces < MANY_PIECES


@dataclass(slots=True)
class Drawings:
    """What a file draws. Places are those where tags begin; rectangles that are moved are moved together."""

    codes: set[int]
    icons: set[int]
    draw_letters: bool

    def gone(self, token: Token, place: int) -> frozenset[str]:
        """The attributes of a tag that may draw letters or codes, or say which they are: of a glyph also its name, and
        where it is used."""
        if place in self.codes:
            return SIZE
        if not self.draw_letters or place in self.icons:
            return frozenset()
        if local(token.name).lower() == "use":
            return _USED
        drawn = outlines(token)
        if not drawn or all(is_graph(value) for _, value in drawn):
            return frozenset()
        return frozenset({*(name for name, value in drawn if not is_line(value)), "id"})


def drawings_of(text: str, *, xml: bool) -> Drawings:
    """Looks through a file once."""
    survey = _Survey(in_page=not xml)
    for token in tokens(text, xml=xml) if _DRAWS.search(text) else ():
        survey.take(token)
    return survey.end()


class _Survey:
    """The tags of a file in order."""

    def __init__(self, *, in_page: bool) -> None:
        self._boxes: list[Box] = []
        self._pictures: list[Picture] = []
        self._symbols: list[Picture] = []
        self._in_symbol = False
        self._uses = 0  # of symbols, outside of pictures and in symbols
        self._open = 0  # how many `svg` are open
        self._is_apart = True
        self._in_page = in_page
        self._place = 0
        self._pieces = 0  # outside of pictures
        self._pen: tuple[float, float] | None = None  # where the last stroke ended
        self._strokes = 0  # how many hang together

    def take(self, token: Token) -> None:
        name = local(token.name).lower()
        if token.kind == "text":
            self._is_apart = self._is_apart or any(map(str.isalnum, unescape(token.raw)))
        elif name in ("html", "body"):
            self._in_page = True
        elif name == "svg":
            self._svg(token)
        elif name == "symbol":
            self._symbol(token)
        elif name == "use" and token.kind == "open":
            self._use()
        elif name in _APART:
            self._is_apart = True
        self._draw(token, name)
        self._place += len(token.raw)

    def end(self) -> Drawings:
        pictures, afters = self._pictures, [*self._pictures[1:], None]
        alone = [one for one, after in zip(pictures, afters, strict=False) if one.is_alone(after)]
        icons = [one for one in alone if one.is_small]
        are_apart = not self._uses and all(one in alone and one.uses == 1 for one in pictures if one.uses)
        icons += [one for one in self._symbols if one.is_small and are_apart]
        letters = self._pieces + sum(one.pieces for one in (*pictures, *self._symbols) if one not in icons)
        places = {place for icon in icons for place in icon.places}
        return Drawings(in_codes(self._boxes), places, letters >= MANY_PIECES)

    def _svg(self, token: Token) -> None:
        if token.kind == "close":
            self._open = max(0, self._open - 1)
            self._is_apart = False if not self._open else self._is_apart
            return
        if not self._open and self._in_page:
            self._pictures.append(Picture(_is_square(token), self._is_apart))
        self._open += not token.raw.rstrip(">").endswith("/")

    def _symbol(self, token: Token) -> None:
        self._in_symbol = token.kind == "open" and not token.raw.rstrip(">").endswith("/")
        if self._in_symbol:
            self._symbols.append(Picture(_is_square(token), is_apart=True))

    def _use(self) -> None:
        """Glyphs of a text are used side by side, icons each in a picture of its own, and those of a collection not at all."""
        if self._open and self._pictures and not self._in_symbol:
            self._pictures[-1].uses += 1
        else:
            self._uses += 1

    def _draw(self, token: Token, name: str) -> None:
        drawn = outlines(token)
        pieces = sum(OUTLINES[key](value) for key, value in drawn if not (is_graph(value) or is_bar(value)))
        pieces += sum(self._stroke(value) for key, value in drawn if key == "d")
        if self._in_symbol or (self._open and self._pictures):
            picture = self._symbols[-1] if self._in_symbol else self._pictures[-1]
            picture.pieces += pieces
            picture.places.append(self._place)
        else:
            self._pieces += pieces
        if token.kind == "open" and (box := _box(token, name, drawn, self._place)):
            self._boxes.append(box)

    def _stroke(self, data: str) -> int:
        """How many more pieces a curve makes of those that it goes on, as pads for signatures write them."""
        parts = parts_of_path(data) if len(data) < _LONGEST_STROKE else []
        if len(parts) != 1 or not parts[0].has_curves or parts[0].is_closed or len(parts[0].points) != _CURVE:
            self._pen = None
            return 0
        first, *_, last = parts[0].points
        self._strokes = self._strokes + 1 if first == self._pen else 1
        self._pen = last
        if self._strokes == NO_RECTANGLE:
            return NO_RECTANGLE
        return int(self._strokes > NO_RECTANGLE)


def outlines(token: Token) -> list[tuple[str, str]]:
    """The attributes of a tag that draw, and what they say."""
    return [
        (one.name, unescape(token.raw[one.start : one.end]))
        for one in token.attributes
        if one.name in OUTLINES
    ]


def _said(token: Token) -> dict[str, str]:
    return {one.name: unescape(token.raw[one.start : one.end]) for one in token.attributes}


def _is_square(token: Token) -> bool:
    """Whether an `svg` says that it is as wide as high."""
    box = _said(token).get("viewbox", "").replace(",", " ").split()
    return len(box) == 4 and box[2] == box[3]


def _measure(value: str) -> float:
    measure = _MEASURE.match(value)
    return float(measure[1]) if measure else 0.0


def _box(token: Token, name: str, drawn: Sequence[tuple[str, str]], place: int) -> Box | None:
    """The rectangle that a tag draws, if it draws one."""
    if name != "rect" and (len(drawn) != 1 or drawn[0][0] != "d" or len(drawn[0][1]) > _LONGEST_STROKE):
        return None
    said = _said(token)
    style = _FILL.search(said.get("style", ""))
    colour = style[1] if style else said.get("fill", "") or said.get("class", "")
    if name == "rect":
        left, bottom, width, height = (_measure(said.get(key, "")) for key in ("x", "y", "width", "height"))
        return Box(place, left, bottom, width, height, colour)
    parts = parts_of_path(drawn[0][1])
    if len(parts) != 1 or parts[0].has_curves or len(parts[0].ends) not in _CORNERS:
        return None
    left, bottom, width, height = parts[0].box
    at_corners = all(
        min(x - left, left + width - x) < _STRAIGHT and min(y - bottom, bottom + height - y) < _STRAIGHT
        for x, y in parts[0].ends
    )
    return Box(place, left, bottom, width, height, colour) if at_corners else None
