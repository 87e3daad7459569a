"""What a content stream shows, and where: text with its state, for reading and for rewriting.

ISO 32000-1, 8 and 9. Every string shown is a `Show`, named by its stream and the number of its
operator, which are the same at every reading. Streams of forms are run wherever they are used.
"""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

import pikepdf

from deid.errors import UnreadableDocument
from deid.formats.outlines import MANY_PIECES, NO_RECTANGLE
from deid.formats.pdf.fonts import DAMAGED, UNKNOWN, UNKNOWN_HAN, Code, Font
from deid.formats.pdf.names import entry, spelled
from deid.formats.pdf.seeing import (
    BLACK,
    STRAIGHT,
    Box,
    Colour,
    Ground,
    Path,
    around,
    box_of,
    colour_of,
    is_off,
    is_plain_space,
)
from deid.formats.pdf.strokes import LONGEST_STROKE, Strokes

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_MOST_OPERATORS = 20_000_000
_MOST_HELD = 20_000  # operations, some 8 MB
_DEEPEST = 16
_NEARLY, _BEFORE_VALUE = 0.9, frozenset(":：")
"""Of the size; what stands before a value."""
SHOWING = frozenset({"Tj", "TJ", "'", '"'})


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first`, then `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


class Operation(NamedTuple):
    """An operator with its operands."""

    operands: list[Any]
    operator: str


class Glyph(NamedTuple):
    """A code shown `offset` behind the start of its string, along the writing, in text space."""

    code: bytes
    text: str
    offset: float
    advance: float


@dataclass
class State:
    """The part of the graphics state that text needs."""

    ctm: Matrix = IDENTITY
    font: Font | None = None
    font_name: str = ""
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: float = 0
    fill: Colour | None = BLACK
    stroke: Colour | None = BLACK
    is_plain_fill: bool = True
    is_plain_stroke: bool = True
    alpha: float = 1.0
    blends: bool = False
    clip: Box | None = None
    is_off: bool = False
    is_masked: bool = False
    is_mask: bool = False

    def copy(self) -> State:
        """Made as `copy.copy` does, in a third of the time."""
        new = State.__new__(State)
        new.__dict__.update(self.__dict__)
        return new


@dataclass
class Show:
    """A string on a page: `line` is the text line matrix, `start` how far behind it the string begins.

    `only` are the numbers of the glyphs that are read; all of them where it is None.
    """

    source: str
    state: State
    line: Matrix
    start: float
    glyphs: list[Glyph]
    end: float
    text: str = ""
    only: frozenset[int] | None = None

    @cached_property
    def offsets(self) -> list[int]:
        """Where in `text` each glyph begins, and the length of the text."""
        return list(accumulate((len(glyph.text) for glyph in self.glyphs), initial=0))

    @property
    def blank(self) -> float:
        return 0.17

    @property
    def vertical(self) -> bool:
        return self.state.font is not None and self.state.font.vertical

    @cached_property
    def matrix(self) -> Matrix:
        """From the text space of the string to the page."""
        return times(self.line, self.state.ctm)

    @property
    def raised(self) -> tuple[float, float]:
        """How far on the page its text is set off the line."""
        _, _, c, d, _, _ = self.matrix
        return (0.0, 0.0) if self.vertical else (c * self.state.rise, d * self.state.rise)

    def corners(self) -> Iterator[tuple[float, float]]:
        """Where on the page each glyph begins."""
        a, b, c, d, e, f = self.matrix
        x, y, vertical = 0.0, self.state.rise, self.vertical
        for glyph in self.glyphs:
            if vertical:
                y = self.start + glyph.offset
            else:
                x = self.start + glyph.offset
            yield a * x + c * y + e, b * x + d * y + f

    @property
    def direction(self) -> tuple[float, float]:
        """Of the writing on the page; its length is that of one unit of text space."""
        a, b, c, d, _, _ = self.matrix
        return (-c, -d) if self.vertical else (a, b)

    @property
    def height(self) -> float:
        """Of the font on the page."""
        font = self.state.font
        _, _, c, d, _, _ = self.matrix
        return abs(self.state.size) * math.hypot(c, d) * (font.scale if font else 1.0)


@dataclass
class Drawn:
    """A picture that is put on a page, with the matrix that puts it there, or into what says how much of a page is seen."""

    image: pikepdf.Object
    ctm: Matrix
    is_mask: bool = False

    @property
    def is_mirrored(self) -> bool:
        a, b, c, d, _, _ = self.ctm
        return a * d < b * c


class Surface:
    """What one page, appearance or pattern shows. `curves` counts drawn curves, `pieces` what the outlines
    are made of that are no rectangles and no lines of tables, `strokes` those; `grounds` are what may cover text, or
    lie behind it, `frames` rectangles with a line around them."""

    def __init__(self) -> None:
        self.shows: list[Show] = []
        self.images: list[Drawn] = []
        self.grounds: list[Ground] = []
        self.frames: list[Box] = []
        self.curves = 0
        self.pieces = 0
        self.strokes = Strokes()

    @property
    def may_be_print(self) -> bool:
        """Whether what is drawn is enough for a name: lines of tables, frames and a few symbols are less."""
        return self.pieces >= MANY_PIECES or self.pieces + self.strokes.pieces() >= MANY_PIECES


class Begun(NamedTuple):
    """A stream, with the resources and the state with which it was first run."""

    stream: pikepdf.Object
    resources: pikepdf.Object
    state: State


class Interpreter:
    """Runs content streams. `streams` has every stream that was run, by the key in its sources.

    What streams show is not kept: there may be a thousand pages.
    """

    def __init__(self, ref: str, layers_off: frozenset[Any] = frozenset()) -> None:
        self.ref, self.layers_off = ref, layers_off
        self.streams: dict[str, Begun] = {}
        self._fonts: dict[Any, Font | None] = {}
        self._set: list[tuple[pikepdf.Object, Font | None]] = []
        self._type3: list[tuple[pikepdf.Object, pikepdf.Object]] = []
        self._parsed: dict[str, list[Operation]] = {}
        self._held = 0
        self._count = 0

    def run(
        self,
        key: str,
        stream: pikepdf.Object,
        resources: pikepdf.Object,
        *,
        clip: Box | None = None,
    ) -> Surface:
        """`stream` is a page, of which `clip` is seen, or a stream; what it shows."""
        surface = Surface()
        self._execute(key, stream, resources, State(clip=clip), surface, ())
        return surface

    def again(self, key: str) -> list[Show]:
        """The strings of a stream as they were when it was first run, without those of forms in it."""
        stream, resources, state = self.streams[key]
        surface = Surface()
        run = _Run(self, key, resources, state.copy(), surface, (), enters=False)
        run.all(self.operations(key, stream))
        return surface.shows

    def operations(self, key: str, stream: pikepdf.Object) -> list[Operation]:
        """The operations of a stream; the last ones are kept, for whoever writes them anew."""
        if key not in self._parsed:
            self._parsed[key] = parsed(stream, self.ref)
            self._held += len(self._parsed[key])
        found = self._parsed[key] = self._parsed.pop(key)
        while self._held > _MOST_HELD and len(self._parsed) > 1:
            self._held -= len(self._parsed.pop(next(iter(self._parsed))))
        return found

    def type3(self) -> list[tuple[pikepdf.Object, pikepdf.Object]]:
        """The Type 3 fonts seen so far, with the resources where they were used first."""
        return list(self._type3)

    def font(self, spec: pikepdf.Object, resources: pikepdf.Object) -> Font | None:
        """None when the font is too damaged to tell what it shows."""
        key: Any = spec.objgen if spec.is_indirect else spec.unparse()
        if key not in self._fonts:
            try:
                self._fonts[key] = Font(spec)
                if spec.get("/Subtype") == "/Type3":
                    self._type3.append((spec, resources))
            except DAMAGED:
                self._fonts[key] = None
            self._set.append((spec, self._fonts[key]))
        return self._fonts[key]

    def fonts(self) -> list[tuple[pikepdf.Object, Font | None]]:
        """All fonts that were set so far, whether something is shown with them or not."""
        return list(self._set)

    def _execute(
        self,
        key: str,
        stream: pikepdf.Object,
        resources: pikepdf.Object,
        state: State,
        surface: Surface,
        above: tuple[str, ...],
    ) -> None:
        if key in above or len(above) > _DEEPEST:
            return
        self.streams.setdefault(key, Begun(stream, resources, state.copy()))
        operations = self.operations(key, stream)
        self._count += len(operations)
        if self._count > _MOST_OPERATORS:
            raise UnreadableDocument(f"{self.ref}: the PDF draws too much (a bomb?)")
        _Run(self, key, resources, state, surface, above).all(operations)


def parsed(stream: pikepdf.Object, ref: str) -> list[Operation]:
    """The operations of a content stream. Operands that do not belong to any are dropped, as viewers do."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a stream that ends too early is read as far as it goes
            items = _items(stream)
        found = []
        for item in items:
            if isinstance(item, pikepdf.ContentStreamInlineImage):
                found.append(Operation([item.iimage], "INLINE IMAGE"))
            else:
                operator = str(item.operator)
                found.append(Operation(list(item.operands)[-_OPERANDS.get(operator, _MOST) :], operator))
        return found
    except Exception as error:  # of decoders, too, such as a missing one for JBIG2
        raise UnreadableDocument(
            f"{ref}: corrupt: a content stream is damaged ({type(error).__name__})"
        ) from None


_MOST = 1_000
_OPERANDS = {
    **dict.fromkeys("Tc Tw Tz TL Tr Ts Tj TJ ' w J j M i g G gs Do sh cs CS ri".split(), 1),
    **dict.fromkeys("Td TD Tf m l d d0".split(), 2),
    **dict.fromkeys('rg RG "'.split(), 3),
    **dict.fromkeys("re v y k K".split(), 4),
    **dict.fromkeys("Tm cm c d1".split(), 6),
}
"""How many operands an operator has: of more, viewers take the last ones."""


def _items(stream: pikepdf.Object) -> list[Any]:
    try:
        items = list(pikepdf.parse_content_stream(stream))
        if not any(_BROKEN.match(str(item.operator)) for item in items):
            return items
    except TypeError:  # no number where one belongs, among strings
        pass
    is_page = not isinstance(stream, pikepdf.Stream)
    page = pikepdf.Page(stream if is_page else pikepdf.Dictionary(Type=pikepdf.Name.Page, Contents=stream))
    with pikepdf.new() as pdf:
        return list(pikepdf.parse_content_stream(pdf.make_stream(page.get_filtered_contents(_Numbers()))))


_BROKEN = re.compile(r"([-+]?)(\d*)(?:(\.)([-\d]*))?(?<!^)", re.ASCII)
"""A number as viewers read it; what follows is another one: 5-3 is 5 and -3, and a sign alone 0."""
_BLANK = pikepdf.Token(pikepdf.TokenType.space, b" ")


class _Numbers(pikepdf.TokenFilter):
    """Writes broken numbers as viewers read them, and drops other words among strings."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def handle_token(self, token: pikepdf.Token) -> pikepdf.Token | list[pikepdf.Token]:
        if token.type_ in (pikepdf.TokenType.array_open, pikepdf.TokenType.array_close):
            self._depth = max(0, self._depth + (1 if token.type_ == pikepdf.TokenType.array_open else -1))
        if token.type_ != pikepdf.TokenType.word:
            return token
        word, found = token.raw_value.decode("latin-1"), []
        while number := _BROKEN.match(word):
            sign, whole, point, part = number.groups()
            text = f"{sign.strip('+')}{whole or 0}" + (f".{part.replace('-', '') or 0}" if point else "")
            kind = pikepdf.TokenType.real if point else pikepdf.TokenType.integer
            found += [pikepdf.Token(kind, text.encode()), _BLANK]
            word = word[number.end() :]
        if word and not self._depth:
            found.append(pikepdf.Token(pikepdf.TokenType.word, word.encode("latin-1")))
        return found


class _Run:
    """One stream while it is run."""

    def __init__(
        self,
        whole: Interpreter,
        key: str,
        resources: pikepdf.Object,
        state: State,
        surface: Surface,
        above: tuple[str, ...],
        *,
        enters: bool = True,
    ) -> None:
        self._whole, self._key, self._resources = whole, key, resources
        self._state, self._surface, self._above = state, surface, above
        self._enters = enters
        self._shown: State | None = None
        self._stack: list[State] = []
        self._line: Matrix = IDENTITY
        self._along = 0.0
        self._pieces = 0
        self._at = (0.0, 0.0)
        self._path = Path()
        self._marks: list[bool] = []
        self._is_off = state.is_off

    def all(self, operations: Iterable[Operation]) -> None:
        for index, (operands, operator) in enumerate(operations):
            try:
                if operator in SHOWING:
                    self._show(operands, operator, index)
                elif handler := _HANDLERS.get(operator):
                    handler(self, operands)
            except (ValueError, TypeError, IndexError, KeyError, AttributeError, OverflowError):
                continue  # an operator with wrong operands does nothing, in viewers too

    def _save(self, operands: list[Any]) -> None:
        if len(self._stack) < 10_000:
            self._stack.append(self._state.copy())

    def _restore(self, operands: list[Any]) -> None:
        if self._stack:
            self._state = self._stack.pop()
            self._state.is_off = self._is_off or any(self._marks)

    def _transform(self, operands: list[Any]) -> None:
        self._state.ctm = times(matrix_of(operands), self._state.ctm)

    def _begin(self, operands: list[Any]) -> None:
        self._line, self._along = IDENTITY, 0.0

    def _place(self, operands: list[Any]) -> None:
        self._line, self._along = matrix_of(operands), 0.0

    def _move(self, operands: list[Any]) -> None:
        x, y = map(float, operands)
        self._line, self._along = times((1, 0, 0, 1, x, y), self._line), 0.0

    def _move_and_lead(self, operands: list[Any]) -> None:
        self._state.leading = -float(operands[1])
        self._move(operands)

    def _next_line(self, operands: list[Any]) -> None:
        self._move([0, -self._state.leading])

    def _set(self, name: str, value: Any, factor: float = 1.0) -> None:
        setattr(self._state, name, float(value) * factor)

    def _font(self, operands: list[Any]) -> None:
        name, size = spelled(operands[0]), float(operands[1])
        fonts = self._resources.get("/Font", pikepdf.Dictionary())
        self._state.font_name, self._state.size = name, size
        self._state.font = self._whole.font(fonts[name], self._resources) if name in fonts else None

    def _graphics_state(self, operands: list[Any]) -> None:
        found = self._resources.get("/ExtGState", pikepdf.Dictionary())
        found = entry(found, spelled(operands[0]))
        if found is None:
            return
        if (pair := found.get("/Font")) is not None:
            self._state.font, self._state.size = self._whole.font(pair[0], self._resources), float(pair[1])
        if (opacity := found.get("/ca")) is not None:
            self._state.alpha = float(opacity)
        if (mode := found.get("/BM")) is not None:
            self._state.blends = mode not in ("/Normal", "/Compatible")
        mask = found.get("/SMask")
        if mask is not None:
            self._state.is_masked = isinstance(mask, pikepdf.Dictionary)
        if isinstance(mask, pikepdf.Dictionary) and isinstance(group := mask.get("/G"), pikepdf.Stream):
            self._form(group, is_mask=True)

    def _do(self, operands: list[Any]) -> None:
        found = self._resources.get("/XObject", pikepdf.Dictionary())
        found = entry(found, spelled(operands[0]))
        if not isinstance(found, pikepdf.Stream):
            return
        if found.get("/Subtype") == "/Image":
            self._surface.images.append(Drawn(found, self._state.ctm, self._state.is_mask))
            if not any(key in found for key in ("/SMask", "/Mask", "/ImageMask")):
                self._cover([box_of((0, 0, 1, 1), self._state.ctm)], None)
        else:
            self._form(found)

    def _form(self, form: pikepdf.Object, *, is_mask: bool = False) -> None:
        if not self._enters:
            return
        state = self._state.copy()
        state.blends |= is_mask  # its areas cover nothing
        state.is_mask |= is_mask
        if "/Matrix" in form:
            state.ctm = times(matrix_of(list(form.Matrix)), state.ctm)
        edges: Any = form.get("/BBox", [])
        if len(edges) == 4:
            state.clip = box_of(edges, state.ctm).within(state.clip)
        state.is_off |= is_off(form.get("/OC"), self._whole.layers_off)
        above = (*self._above, self._key)
        self._whole._execute(
            stream_key(form), form, form.get("/Resources", self._resources), state, self._surface, above
        )

    def _space(self, operands: list[Any], name: str) -> None:
        is_plain = is_plain_space(operands[0], self._resources)
        setattr(self._state, f"is_plain_{name}", is_plain)
        setattr(self._state, name, BLACK if is_plain else None)

    def _colour(self, operands: list[Any], name: str, *, is_device: bool = True) -> None:
        if is_device:
            setattr(self._state, f"is_plain_{name}", True)
        is_plain = getattr(self._state, f"is_plain_{name}")
        setattr(self._state, name, colour_of(operands) if is_plain else None)

    def _pattern(self, operands: list[Any], name: str) -> None:
        self._colour(operands if not isinstance(operands[-1], pikepdf.Name) else [], name, is_device=False)
        if operands and isinstance(operands[-1], pikepdf.Name):
            found = self._resources.get("/Pattern", pikepdf.Dictionary())
            found = entry(found, spelled(operands[-1]))
            if isinstance(found, pikepdf.Stream) and stream_key(found) not in self._whole.streams:
                self._form(found)

    def _inline_image(self, operands: list[Any]) -> None:
        self._surface.images.append(Drawn(operands[0], self._state.ctm))

    def _rectangle(self, operands: list[Any]) -> None:
        self._pieces = 0
        self._path.rectangle(operands, self._state.ctm)

    def _outline_at(self, operands: list[Any]) -> None:
        self._pieces = 0
        self._at = _point(operands)
        self._path.begin(self._at, self._state.ctm)

    def _paint(self, operands: list[Any], *, fills: bool, lines: bool, even_odd: bool = False) -> None:
        path, self._path = self._path, Path()
        boxes = path.ended()
        if even_odd and len(boxes) == 2 and around(boxes) in boxes:  # what is between them is a frame
            self._surface.frames += boxes
            boxes = []
        self._surface.strokes.add(boxes)
        self._surface.strokes.add(path.lines)
        if fills:
            self._cover(boxes, self._state.fill)
        if lines:
            self._surface.frames += boxes
        if path.clips and path.is_plain and boxes:
            self._state.clip = around(boxes).within(self._state.clip)

    def _clip(self, operands: list[Any]) -> None:
        self._path.clips = True

    def _cover(self, boxes: Iterable[Box], colour: Colour | None) -> None:
        """Rectangles that are painted now: what is drawn before is covered."""
        state = self._state
        if state.alpha < 1.0 or state.blends or state.is_off:
            return
        after = len(self._surface.shows)
        inside = (box.within(state.clip) for box in boxes)
        self._surface.grounds += (Ground(box, colour, after) for box in inside if box.is_wide)

    def _mark(self, operands: list[Any]) -> None:
        layer = None
        if len(operands) == 2 and operands[0] == "/OC":
            layer = entry(self._resources.get("/Properties", pikepdf.Dictionary()), spelled(operands[1]))
        self._marks.append(is_off(layer, self._whole.layers_off))
        self._state.is_off = self._is_off or any(self._marks)

    def _end_mark(self, operands: list[Any]) -> None:
        if self._marks and self._marks.pop():
            self._state.is_off = self._is_off or any(self._marks)

    def _line_to(self, operands: list[Any]) -> None:
        before, self._at = self._at, _point(operands)
        if self._pieces < NO_RECTANGLE and _is_slanted(before, self._at, self._state.ctm):
            self._surface.pieces += 1
        self._path.line(self._at, self._state.ctm)
        self._straight(operands)

    def _straight(self, operands: list[Any]) -> None:
        self._pieces += 1
        if self._pieces >= NO_RECTANGLE:
            self._surface.pieces += self._pieces if self._pieces == NO_RECTANGLE else 1

    def _curve(self, operands: list[Any]) -> None:
        self._surface.curves += 1
        self._path.curve()
        self._straight(operands)

    def _show(self, operands: list[Any], operator: str, index: int) -> None:
        if operator == '"':
            self._set("word_spacing", operands[0])
            self._set("spacing", operands[1])
        if operator in ("'", '"'):
            self._next_line([])
        items = list(operands[0]) if operator == "TJ" else [operands[-1]]
        state = self._state
        source = f"{self._key}/{index}"
        if state != self._shown:
            self._shown = state.copy()  # strings share it: there are hundreds of thousands
        show = Show(source, self._shown, self._line, self._along, [], 0.0)
        show.glyphs, show.end = _glyphs(items, state)
        show.text = "".join(glyph.text for glyph in show.glyphs)
        if UNKNOWN in show.text and len(show.glyphs) > 1:
            show.glyphs = list(_among_han(show.glyphs, state))
            show.text = "".join(glyph.text for glyph in show.glyphs)
        self._along += show.end
        if show.glyphs:
            self._surface.shows.append(show)


def _glyphs(items: Iterable[Any], state: State) -> tuple[list[Glyph], float]:
    """The glyphs of a string or an array of strings and adjustments, and how far it moves on."""
    font, size = state.font, state.size
    vertical = font is not None and font.vertical
    stretch = 1.0 if vertical else state.stretch
    found: list[Glyph] = []
    along = 0.0
    for item in items:
        if not isinstance(item, (pikepdf.String, str, bytes)):
            along -= float(item) / 1000 * size * stretch
            continue
        data = bytes(item) if not isinstance(item, str) else item.encode("latin-1", "replace")
        codes = font.decode(data) if font else (Code(data[i : i + 1], UNKNOWN, 0.5) for i in range(len(data)))
        for code in codes:
            extra = state.spacing + (state.word_spacing if code.data == b" " else 0.0)
            advance = (code.advance * size + extra) * stretch
            found.append(Glyph(code.data, code.text, along, advance))
            along += advance
    return found, along


def _among_han(glyphs: list[Glyph], state: State) -> Iterator[Glyph]:
    """The glyphs of a string; a single one without meaning, as wide as Chinese characters and among such, is one of
    them. Not the first one, which may be a bullet."""
    yield glyphs[0]
    for before, glyph, after in zip(glyphs, glyphs[1:], [*glyphs[2:], None], strict=False):
        is_han = (
            glyph.text == UNKNOWN
            and abs(glyph.advance) > _NEARLY * abs(state.size * state.stretch)
            and (_is_han(before.text) or before.text in _BEFORE_VALUE)
            and (after is None or after.text != UNKNOWN)
        )
        yield glyph._replace(text=UNKNOWN_HAN) if is_han else glyph


def _is_han(text: str) -> bool:
    return "\u3400" <= text[-1:] <= "鿿"


def matrix_of(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _point(operands: list[Any]) -> tuple[float, float]:
    x, y = map(float, operands)
    return x, y


def _is_slanted(start: tuple[float, float], end: tuple[float, float], ctm: Matrix) -> bool:
    """Whether a line is one of a letter that a plotter writes, and none of a table."""
    a, b, c, d, _, _ = ctm
    x, y = end[0] - start[0], end[1] - start[1]
    across, up = abs(a * x + c * y), abs(b * x + d * y)
    return max(across, up) < LONGEST_STROKE and min(across, up) > STRAIGHT


def stream_key(stream: pikepdf.Object) -> str:
    """What a stream is called in sources."""
    return f"s{stream.objgen[0]}"


_Handler = Callable[[_Run, list[Any]], None]
_HANDLERS: Mapping[str, _Handler] = {
    "q": _Run._save,
    "Q": _Run._restore,
    "cm": _Run._transform,
    "BT": _Run._begin,
    "Tm": _Run._place,
    "Td": _Run._move,
    "TD": _Run._move_and_lead,
    "T*": _Run._next_line,
    "Tf": _Run._font,
    "Tc": lambda run, operands: run._set("spacing", operands[0]),
    "Tw": lambda run, operands: run._set("word_spacing", operands[0]),
    "Tz": lambda run, operands: run._set("stretch", operands[0], 0.01),
    "TL": lambda run, operands: run._set("leading", operands[0]),
    "Ts": lambda run, operands: run._set("rise", operands[0]),
    "Tr": lambda run, operands: run._set("mode", operands[0]),
    "gs": _Run._graphics_state,
    "Do": _Run._do,
    "cs": lambda run, operands: run._space(operands, "fill"),
    "CS": lambda run, operands: run._space(operands, "stroke"),
    "sc": lambda run, operands: run._colour(operands, "fill", is_device=False),
    "SC": lambda run, operands: run._colour(operands, "stroke", is_device=False),
    "scn": lambda run, operands: run._pattern(operands, "fill"),
    "SCN": lambda run, operands: run._pattern(operands, "stroke"),
    **dict.fromkeys(("g", "rg", "k"), lambda run, operands: run._colour(operands, "fill")),
    **dict.fromkeys(("G", "RG", "K"), lambda run, operands: run._colour(operands, "stroke")),
    **dict.fromkeys(("f", "F"), lambda run, operands: run._paint(operands, fills=True, lines=False)),
    "f*": lambda run, operands: run._paint(operands, fills=True, lines=False, even_odd=True),
    **dict.fromkeys(
        ("B", "B*", "b", "b*"), lambda run, operands: run._paint(operands, fills=True, lines=True)
    ),
    **dict.fromkeys(("S", "s"), lambda run, operands: run._paint(operands, fills=False, lines=True)),
    "n": lambda run, operands: run._paint(operands, fills=False, lines=False),
    "W": _Run._clip,
    "W*": _Run._clip,
    "BMC": _Run._mark,
    "BDC": _Run._mark,
    "EMC": _Run._end_mark,
    "INLINE IMAGE": _Run._inline_image,
    "m": _Run._outline_at,
    "re": _Run._rectangle,
    "l": _Run._line_to,
    "c": _Run._curve,
    "v": _Run._curve,
    "y": _Run._curve,
}
