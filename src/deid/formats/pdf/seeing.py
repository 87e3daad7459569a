"""What of the text of a page nobody sees: invisible, transparent, a speck, of the colour of its ground, cut off or
outside of the page, covered by what is painted later, in a layer that is off.

Where it stands among what is seen, both are read by themselves, too. Shapes that are no rectangles hide nothing here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf

from deid.formats.pdf.names import entry, spelled

if TYPE_CHECKING:
    from deid.formats.lines import Line
    from deid.formats.pdf.content import Glyph, Matrix, Show, State, Surface

Colour = tuple[float, ...]
"""Of DeviceGray, DeviceRGB or DeviceCMYK, by its length."""
BLACK: Colour = (0.0,)
_WHITE = (1.0, 1.0, 1.0)
_SPECK, _FAINT, _ALIKE = 2.0, 0.1, 0.1  # points; of opacity; of a channel
_INVISIBLE = frozenset((3, 7))
_CORNERS = 5  # of a rectangle that is closed
STRAIGHT = 0.3  # points: a line of a table is less slanted
_LEAST = 0.5  # points: what is thinner covers nothing
_BAND = 24.0  # points: grounds are looked up by their height on the page
_TALLEST = 400  # bands
_PLAIN_SPACES = frozenset(
    "/DeviceGray /DeviceRGB /DeviceCMYK /CalGray /CalRGB /ICCBased /G /RGB /CMYK".split()
)


class Box(NamedTuple):
    """A rectangle on the page."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    @property
    def size(self) -> tuple[float, float]:
        return self.right - self.left, self.top - self.bottom

    @property
    def is_wide(self) -> bool:
        """Whether it covers anything."""
        return min(self.size) > _LEAST

    def within(self, other: Box | None) -> Box:
        if other is None:
            return self
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )


def box_around(points: Iterable[tuple[float, float]]) -> Box:
    across, up = zip(*points, strict=True)
    return Box(min(across), min(up), max(across), max(up))


def box_of(edges: Iterable[Any], ctm: Matrix) -> Box:
    """Where a rectangle with these edges (left, bottom, right, top) stands on the page."""
    left, bottom, right, top = map(float, edges)
    a, b, c, d, e, f = ctm
    corners = ((left, bottom), (left, top), (right, bottom), (right, top))
    return box_around((a * x + c * y + e, b * x + d * y + f) for x, y in corners)


def around(boxes: Iterable[Box]) -> Box:
    return box_around(point for box in boxes for point in (box[:2], box[2:]))


class Ground(NamedTuple):
    """A rectangle that was painted behind so many strings; no `colour` where that is not known."""

    box: Box
    colour: Colour | None
    after: int


class Path:
    """The rectangles of the path at hand, `is_plain` where it has nothing else; and its lines that are level or upright."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.lines: list[Box] = []
        self.is_plain = True
        self.clips = False
        self._points: list[tuple[float, float]] = []

    def rectangle(self, operands: Sequence[Any], ctm: Matrix) -> None:
        x, y, width, height = map(float, operands)
        self.boxes.append(box_of((x, y, x + width, y + height), ctm))

    def begin(self, point: tuple[float, float], ctm: Matrix) -> None:
        self._close()
        self.line(point, ctm)

    def line(self, point: tuple[float, float], ctm: Matrix) -> None:
        if len(self._points) > _CORNERS:
            return
        a, b, c, d, e, f = ctm
        x, y = point
        self._points.append((a * x + c * y + e, b * x + d * y + f))

    def curve(self) -> None:
        self._points.clear()
        self.is_plain = False

    def ended(self) -> list[Box]:
        self._close()
        return self.boxes

    def _close(self) -> None:
        points, self._points = self._points, []
        if len(points) > 1:
            box = box_around(points)
            if len(points) in (4, _CORNERS) and all(
                x in (box.left, box.right) and y in (box.bottom, box.top) for x, y in points
            ):
                self.boxes.append(box)
                return
            self.is_plain = False
            if len(points) <= _CORNERS:
                pieces = (box_around(ends) for ends in pairwise(points))
                self.lines += (piece for piece in pieces if min(piece.size) <= STRAIGHT)


def colour_of(operands: Sequence[Any]) -> Colour | None:
    return tuple(map(float, operands)) if len(operands) in (1, 3, 4) else None


def is_plain_space(name: Any, resources: Any) -> bool:
    """Whether the numbers of a colour say which it is."""
    found = entry(resources.get("/ColorSpace", pikepdf.Dictionary()), spelled(name))
    if isinstance(found, pikepdf.Array) and len(found):
        found = found[0]
    return str(name if found is None else found) in _PLAIN_SPACES


def layers_off(pdf: pikepdf.Pdf) -> frozenset[Any]:
    """The layers that are not shown when the file is opened (ISO 32000-1, 8.11.4)."""
    layers = pdf.Root.get("/OCProperties", pikepdf.Dictionary())
    shown = layers.get("/D", pikepdf.Dictionary())
    if not isinstance(shown, pikepdf.Dictionary):
        return frozenset()
    of, on = ({layer.objgen for layer in shown.get(key, [])} for key in ("/OFF", "/ON"))
    if shown.get("/BaseState") == "/OFF":
        of |= {layer.objgen for layer in layers.get("/OCGs", [])} - on
    return frozenset(of)


def is_off(layer: Any, off: Collection[Any]) -> bool:
    """Whether a layer, or what belongs to several (ISO 32000-1, 8.11.2.2), is not shown."""
    if not isinstance(layer, pikepdf.Dictionary):
        return False
    if isinstance(expression := layer.get("/VE"), pikepdf.Array):
        return not _holds(expression, off, 0)
    groups = layer.get("/OCGs")
    if groups is None:
        return layer.objgen in off
    members = list(groups) if isinstance(groups, pikepdf.Array) else [groups]
    hidden = [member.objgen in off for member in members if isinstance(member, pikepdf.Dictionary)]
    shows = _POLICIES.get(str(layer.get("/P", "/AnyOn")), _POLICIES["/AnyOn"])
    return bool(hidden) and not shows(hidden)


_POLICIES: Mapping[str, Callable[[Sequence[bool]], bool]] = {
    "/AllOn": lambda hidden: not any(hidden),
    "/AnyOn": lambda hidden: not all(hidden),
    "/AnyOff": any,
    "/AllOff": all,
}
"""By what is hidden of the layers, whether what belongs to them is shown."""
_DEEPEST = 20


def _holds(expression: Any, off: Collection[Any], depth: int) -> bool:
    """Whether an expression of visibility is true; one that says nothing is."""
    if isinstance(expression, pikepdf.Dictionary):
        return expression.objgen not in off
    if not isinstance(expression, pikepdf.Array) or len(expression) < 2 or depth > _DEEPEST:
        return True
    operator, *operands = expression
    held = [_holds(operand, off, depth + 1) for operand in operands]
    if operator == "/Not":
        return not held[0]
    return all(held) if operator == "/And" else any(held)


def parted(surface: Surface, groups: Iterable[Sequence[Line]]) -> list[tuple[str, list[Show]]]:
    """Of a page with these lines what is seen, and what is not, each by itself; nothing where neither stands among the other.

    What has a soft mask is or is not seen, as the mask may be black: it is taken for both.
    """
    hidden = _unseen(surface)
    masked = {id(show): frozenset(range(len(show.glyphs))) for show in surface.shows if show.state.is_masked}
    found: list[tuple[str, list[Show]]] = []
    for name, lost in (("", hidden), ("masked", hidden | masked)):
        if not lost or (name and not masked) or not _is_mixed(groups, lost):
            continue
        seen, unseen = _apart(surface.shows, lost)
        found += [(f"{name}seen", seen), (f"{name}unseen", unseen)]
    return found


def _apart(shows: Iterable[Show], hidden: dict[int, frozenset[int]]) -> tuple[list[Show], list[Show]]:
    seen, unseen = [], []
    for show in shows:
        lost = hidden.get(id(show), frozenset())
        if left := frozenset(range(len(show.glyphs))) - lost:
            seen.append(replace(show, only=left))
        if lost:
            unseen.append(replace(show, only=lost))
    return seen, unseen


def _is_mixed(groups: Iterable[Sequence[Line]], hidden: dict[int, frozenset[int]]) -> bool:
    """Whether a line has both."""
    for lines in groups:
        for _, row in groupby(lines, key=attrgetter("v")):
            kinds = {
                glyph.number in hidden.get(id(glyph.show), ())
                for line in row
                for glyph in line.glyphs
                if glyph.text.strip()
            }
            if len(kinds) > 1:
                return True
    return False


def _unseen(surface: Surface) -> dict[int, frozenset[int]]:
    """The numbers of the glyphs of each string that nobody sees."""
    grounds = _Grounds(surface.grounds)
    states: dict[int, bool] = {}
    found: dict[int, frozenset[int]] = {}
    for place, show in enumerate(surface.shows):
        key = id(show.state)
        if key not in states:
            states[key] = _hides(show.state)
        if states[key] or show.height < _SPECK:
            numbers = frozenset(range(len(show.glyphs)))
        else:
            numbers = frozenset(_lost(show, grounds, place))
        if numbers:
            found[id(show)] = numbers
    return found


def _hides(state: State) -> bool:
    is_drawn = state.font is not None and state.font.kind == "/Type3"  # in every mode
    return state.is_off or state.alpha < _FAINT or (state.mode in _INVISIBLE and not is_drawn)


def _lost(show: Show, grounds: _Grounds, place: int) -> Iterator[int]:
    """The glyphs that are cut off, covered, or of the colour of what is behind them."""
    state = show.state
    ink, clip = _rgb(state.stroke if state.mode == 1 else state.fill), state.clip
    ends = middles(show, (show.glyphs[0], show.glyphs[-1]))
    if not (ink is not None and _are_alike(ink, _WHITE)) and all(
        grounds.is_bare(y) and (clip is None or clip.holds(x, y)) for x, y in ends
    ):
        return  # the usual case, told quickly
    for number, (x, y) in enumerate(middles(show, show.glyphs)):
        behind: Colour | None = _WHITE
        is_lost = clip is not None and not clip.holds(x, y)
        for ground in grounds.at(x, y):
            is_lost |= ground.after > place
            behind = ground.colour
        if is_lost or (ink is not None and behind is not None and _are_alike(ink, behind)):
            yield number


def middles(show: Show, glyphs: Iterable[Glyph]) -> Iterator[tuple[float, float]]:
    """Where on the page the middle of each glyph is."""
    a, b, c, d, e, f = show.matrix
    font, is_vertical = show.state.font, show.vertical
    lift = show.state.rise + 0.35 * show.state.size * (font.scale if font else 1.0)
    for glyph in glyphs:
        along = show.start + glyph.offset + glyph.advance / 2
        x, y = (0.0, along) if is_vertical else (along, lift)
        yield a * x + c * y + e, b * x + d * y + f


def _are_alike(one: Colour, other: Colour) -> bool:
    return all(abs(first - second) < _ALIKE for first, second in zip(one, other, strict=True))


def _rgb(colour: Colour | None) -> Colour | None:
    if colour is None or len(colour) == 3:
        return colour
    if len(colour) == 1:
        return colour * 3
    *inks, black = colour
    return tuple(1 - min(1.0, ink + black) for ink in inks)


class _Grounds:
    """What was painted, in that order, found by its height on the page."""

    def __init__(self, grounds: Iterable[Ground]) -> None:
        self._bands: dict[int, list[Ground]] = defaultdict(list)
        for ground in grounds:
            ground = ground._replace(colour=_rgb(ground.colour))
            first, last = int(ground.box.bottom // _BAND), int(ground.box.top // _BAND)
            for band in range(max(first, -_TALLEST), min(last, _TALLEST) + 1):
                self._bands[band].append(ground)

    def is_bare(self, y: float) -> bool:
        return int(y // _BAND) not in self._bands

    def at(self, x: float, y: float) -> Iterator[Ground]:
        """What is painted there, the first one first."""
        for ground in self._bands.get(int(y // _BAND), ()):
            if ground.box.holds(x, y):
                yield ground
