"""Content streams written anew: glyphs taken out with equal advance, stand-ins drawn in their place.

Only operators that draw are kept (ISO 32000-1, annex A): marked content, which may repeat the
text, comments and unknown operators go. Strings stand in text operators only.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from deid.formats.pdf.content import SHOWING, Operation, Show, times
from deid.formats.pdf.names import entry, spelled
from deid.formats.pdf.sanitizing import modest
from deid.formats.pdf.standin import RESOURCE, StandInFont

_KEPT = frozenset(
    """
    b B b* B* BI BT BX c cm CS cs d d0 d1 Do ET EX f F f* G g gs h i j J K k l m M n q Q re RG rg
    S s SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "
    """.split()
)
_CATEGORY = {
    "Tf": "/Font", "Do": "/XObject", "gs": "/ExtGState", "cs": "/ColorSpace", "CS": "/ColorSpace",
    "scn": "/Pattern", "SCN": "/Pattern", "sh": "/Shading",
}  # fmt: skip
_LEAST_STRETCH = 0.5
_SMALLER = 0.8
_TOP = 0.88  # of the size, above the baseline


class Change(NamedTuple):
    """`text` for the glyphs `[first:last)` of a string; there are `room` points for it on the page, or `depth` points
    from the top of the first glyph down, where the others stand below it."""

    first: int
    last: int
    text: str
    room: float
    depth: float = 0.0


class Resources:
    """What streams are given anew: only what they use, under names that say nothing."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}

    def name(self, category: str, old: str) -> str:
        kind = category[1:2] if category != "/ExtGState" else "E"
        return self._names.setdefault((category, old), f"/{kind}{len(self._names)}")


def rewritten(
    operations: Sequence[Operation],
    key: str,
    changes: Mapping[str, Sequence[Change]],
    shows: Mapping[str, Show],
    old: pikepdf.Object,
    names: Resources,
    font: StandInFont,
) -> tuple[bytes, Dictionary, int]:
    """The stream, its resources, and how many pictures in it are left out. `changes` and `shows` are by source."""
    writer = _Writer(old, names, font)
    for index, operation in enumerate(operations):
        source = f"{key}/{index}"
        if operation.operator in SHOWING and (source in changes):
            writer.changed(operation, shows[source], changes[source])
        else:
            writer.plain(operation)
    return pikepdf.unparse_content_stream(writer.out), writer.resources, writer.lost


def name_all(
    operations: Iterable[Operation], old: pikepdf.Object, names: Resources, font: StandInFont
) -> None:
    """Give names to what a stream uses that is written later: they count up in the order of reading."""
    writer = _Writer(old, names, font)
    for operation in operations:
        writer.plain(operation)


class _Writer:
    def __init__(self, old: pikepdf.Object, names: Resources, font: StandInFont) -> None:
        self._old, self._names, self._font = old, names, font
        self.resources = Dictionary()
        self.out: list[Any] = []
        self._marks: list[bool] = []
        self._is_glyph = False
        self.lost = 0
        spaces = old.get("/ColorSpace", Dictionary())
        for name in _DEFAULTS:  # no operator names them
            if (space := entry(spaces, name)) is not None:
                self._give("/ColorSpace", name, space)

    def put(self, operator: str, *operands: Any) -> None:
        plain = [operand if type(operand) is Name else _modest(operand) for operand in operands]
        self.out.append(pikepdf.ContentStreamInstruction(plain, Operator(operator)))

    def plain(self, operation: Operation) -> None:
        operands, operator = operation
        self._is_glyph |= operator in ("d0", "d1")
        if operator in ("BMC", "BDC", "EMC"):
            self._mark(operands, operator)
        elif operator == "INLINE IMAGE":
            self._inline(operands[0])
        elif operator in _KEPT:
            if operator in _CATEGORY and operands and isinstance(operands[-1], Name):
                operands = [*operands[:-1], self._resource(operator, operands[-1])]
            elif operator == "Tf" and len(operands) == 2 and isinstance(operands[0], Name):
                operands = [self._resource(operator, operands[0]), operands[1]]
            elif operator not in SHOWING and any(
                isinstance(operand, (pikepdf.String, Dictionary, Array, Name)) for operand in operands
            ):
                if operator != "d":
                    return
                operands = [Array([item for item in operands[0] if _is_number(item)]), *operands[1:]]
            if operator in SHOWING:
                operands = _strings(operands)
            self.put(operator, *operands)

    def _resource(self, operator: str, name: Name | str) -> Name:
        category, old = _CATEGORY[operator], name if isinstance(name, str) else spelled(name)
        found = entry(self._old.get(category, Dictionary()), old)
        if found is None:
            return Name(old) if old in _FAMILIES else Name("/None")
        new = self._names.name(category, old)
        self._give(category, new, found)
        return Name(new)

    def _give(self, category: str, name: str, value: Any) -> None:
        if category not in self.resources:
            self.resources[category] = Dictionary()
        self.resources[category][name] = value

    def _mark(self, operands: list[Any], operator: str) -> None:
        """Layers stay, and no other marks."""
        if operator == "EMC":
            if self._marks and self._marks.pop():
                self.put("EMC")
            return
        layer = None
        if (
            operator == "BDC"
            and len(operands) == 2
            and operands[0] == "/OC"
            and isinstance(operands[1], Name)
        ):
            layer = entry(self._old.get("/Properties", Dictionary()), spelled(operands[1]))
        self._marks.append(layer is not None)
        if layer is not None:
            name = self._names.name("/Properties", spelled(operands[1]))
            self._give("/Properties", name, layer)
            self.put("BDC", Name("/OC"), Name(name))

    def _inline(self, image: Any) -> None:
        """A picture of a few pixels is drawing, a stencil in a glyph a letter; of any other a grey box is left."""
        width, height = int(image.width), int(image.height)
        if self._is_glyph and (stencil := _letter(image)) is not None:
            self.out.append(stencil)
            return
        if width * height <= 64 and (tiny := _tiny(image)) is not None:
            self.out.append(tiny)
            return
        self.lost += 1
        if not image.image_mask:
            for operator, operands in (("q", ()), ("g", (0.91,)), ("re", (0, 0, 1, 1)), ("f", ()), ("Q", ())):
                self.put(operator, *operands)

    # --- text -----------------------------------------------------------------------------

    def changed(self, operation: Operation, show: Show, changes: Sequence[Change]) -> None:
        operands, operator = operation
        if operator == '"':
            self.put("Tw", operands[0])
            self.put("Tc", operands[1])
        if operator in ("'", '"'):
            self.put("T*")
        state = show.state
        unit = state.size * (1.0 if show.vertical else state.stretch) / 1000
        drawn = {change.first: change for change in changes if self._can_draw(change, show)}
        gone = {index for change in changes for index in range(change.first, change.last)}
        items, along = _Items(unit), 0.0
        for index, glyph in enumerate(show.glyphs):
            if index in drawn:
                if items:
                    self.put("TJ", items.take())
                self._draw_all(show, drawn[index])
                along = -show.start
            if index not in gone:
                items.move(glyph.offset - along)
                items.show(glyph.code)
                along = glyph.offset + glyph.advance
        items.move(show.end - along)
        self.put("TJ", items.take())

    def _can_draw(self, change: Change, show: Show) -> bool:
        name = show.state.font_name
        return bool(change.text and show.state.size and name in self._old.get("/Font", Dictionary()))

    def _draw_all(self, show: Show, change: Change) -> None:
        """Draw a stand-in, and go back to the start of the line with the state as it was."""
        state = show.state
        self._give("/Font", RESOURCE, self._font.object)
        for operator, value in (("Tc", 0), ("Tw", 0), ("Tz", 100), ("Ts", 0)):
            self.put(operator, value)
        self.put("Tf", Name(RESOURCE), 1)
        self._draw(show, change)
        self.put("Tm", *map(_rounded, show.line))
        self.put("Tf", self._resource("Tf", state.font_name), _rounded(state.size))
        for operator, number in (
            ("Tc", state.spacing), ("Tw", state.word_spacing), ("Tz", state.stretch * 100), ("Ts", state.rise),
        ):  # fmt: skip
            self.put(operator, _rounded(number))

    def _draw(self, show: Show, change: Change) -> None:
        state, font = show.state, show.state.font
        size = state.size * (font.scale if font else 1.0)
        # Type 3 fonts may stand upside down in a page that does so, too: what is seen is upright, or as in a mirror.
        a, b, c, d, _, _ = show.matrix
        flip = -1.0 if font and font.kind == "/Type3" and a * d < b * c and not a < 0 < d else 1.0
        start = show.start + show.glyphs[change.first].offset
        length = math.hypot(*show.direction) or 1.0
        if show.vertical:
            self._draw_down(show, change, size, start, length)
            return
        wide = size * state.stretch
        if change.depth:
            step = min(1.0, change.depth / (abs(size) * length * len(change.text) or 1.0))
            middle = start + 0.5 * (show.glyphs[change.first].advance - wide * step)
            for index, character in enumerate(change.text):
                y = state.rise + size * flip * (_TOP * (1 - step) - index * step)
                matrix = (wide * step, 0.0, 0.0, size * step * flip, middle, y)
                self.put("Tm", *map(_rounded, times(matrix, show.line)))
                self.put("Tj", pikepdf.String(self._font.code(character)))
            return
        text, small, stretch = fitted(change.text, self._font, change.room / (abs(wide) * length or 1.0))
        matrix = (wide * small * stretch, 0.0, 0.0, size * small * flip, start, state.rise)
        self.put("Tm", *map(_rounded, times(matrix, show.line)))
        self.put("TJ", self._font.items(text))

    def _draw_down(self, show: Show, change: Change, size: float, start: float, length: float) -> None:
        room = change.room / (abs(size) * length or 1.0)
        step = min(1.0, max(room, 0.3) / max(len(change.text), 1))
        for index, character in enumerate(change.text):
            matrix = (
                size * step,
                0.0,
                0.0,
                size * step,
                -0.5 * size * step,
                start - (index + _TOP) * size * step,
            )
            self.put("Tm", *map(_rounded, times(matrix, show.line)))
            self.put("Tj", pikepdf.String(self._font.code(character)))


_CHANNELS = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
_DEFAULTS = ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")
"""What the colours of devices are on a page (ISO 32000-1, 8.6.5.6)."""
_LARGEST_LETTER = 400_000  # pixels
_LEGIBLE = 8  # pixels: what is lower is a dash
_STROKES = 2
_FAMILIES = frozenset({"/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern"})


def fitted(text: str, font: StandInFont, room: float) -> tuple[str, float, float]:
    """What is drawn in `room` ems: the text or a shorter one, its size, and how far it is narrowed."""
    for candidate in (text, _short(text)):
        share = room / (font.width(candidate) or 1.0)
        if share >= _LEAST_STRETCH:
            return candidate, 1.0, min(1.0, share)
        if share >= _LEAST_STRETCH * _SMALLER:
            return candidate, _SMALLER, share / _SMALLER
    share = room / (font.width(candidate) or 1.0)
    small = max(0.3, min(_SMALLER, share / _LEAST_STRETCH))
    return candidate, small, max(0.2, min(1.0, share / small))


def _short(text: str) -> str:
    """`〔身份证号12〕` as `〔身12〕`; other text as its beginning."""
    if text[:1] == "〔" and text[-1:] == "〕":
        word = text[1:-1].rstrip("0123456789")
        return f"〔{word[:1]}{text[1 + len(word) : -1]}〕"
    return text if len(text) < 5 else text[:3] + "…"


class _Items:
    """The operand of a TJ while it is put together; `unit` is how far -1 moves."""

    def __init__(self, unit: float) -> None:
        self._unit = unit
        self._items: list[Any] = []
        self._data = b""

    def __bool__(self) -> bool:
        return bool(self._items or self._data)

    def move(self, distance: float) -> None:
        if abs(distance) > 1e-6 and self._unit:
            self._flush()
            self._items.append(_rounded(-distance / self._unit))

    def show(self, code: bytes) -> None:
        self._data += code

    def take(self) -> Array:
        self._flush()
        items, self._items = self._items, []
        return Array(items)

    def _flush(self) -> None:
        if self._data:
            self._items.append(pikepdf.String(self._data))
            self._data = b""


def _strings(operands: list[Any]) -> list[Any]:
    """Strings again, as bytes: what else a producer may have written there is dropped."""
    return [
        Array([item for item in operand if isinstance(item, pikepdf.String) or _is_number(item)])
        if isinstance(operand, Array)
        else operand
        for operand in operands
        if isinstance(operand, (Array, pikepdf.String)) or _is_number(operand)
    ]


def _modest(operand: Any) -> Any:
    """A number as large and as exact as pages need: with more figures it could be somebody's."""
    if isinstance(operand, (int, float, Decimal)):
        return modest(operand)
    if isinstance(operand, Array) and any(_is_number(item) and modest(item) != item for item in operand):
        return Array([modest(item) if _is_number(item) else item for item in operand])
    return operand


def _is_number(value: Any) -> bool:
    return not isinstance(value, (pikepdf.Object, str, bytes))


def _rounded(number: float) -> float:
    return round(float(number), 5)


def _letter(image: Any) -> Any:
    """A stencil that draws one letter, written anew with nothing behind its rows; None for one that could be a word."""
    width, height = int(image.width), int(image.height)
    size = (width + 7) // 8 * height
    if not image.image_mask or not 0 < width * height <= _LARGEST_LETTER:
        return None
    data = _unpacked(image)[:size]
    is_turned = list(image.obj.get("/Decode", [])) == [1, 0]
    is_wide = width > 1.9 * height and height >= _LEGIBLE and not _is_bar(data, width, is_turned=is_turned)
    if len(data) < size or is_wide or (height > 5 * width and width >= _LEGIBLE):
        return None
    turned = "/D [1 0]" if is_turned else ""
    return _inline_image(f"/W {width} /H {height} /IM true /BPC 1 {turned}", data)


def _is_bar(data: bytes, width: int, *, is_turned: bool) -> bool:
    """Whether each row of a stencil has one stroke or two at most, as those of 一 and ＝ have."""
    step, every = (width + 7) // 8, (1 << width) - 1
    for start in range(0, len(data), step):
        row = int.from_bytes(data[start : start + step], "big") >> (8 * step - width)
        ink = row if is_turned else row ^ every
        if (ink & ~(ink << 1)).bit_count() > _STROKES:
            return False
    return True


def _tiny(image: Any) -> Any:
    """A picture of a few pixels, written anew as well; None for one that cannot be."""
    width, height = int(image.width), int(image.height)
    if image.image_mask or "/Decode" in image.obj:
        return None
    if image.indexed:
        return _in_colours(image)
    count, bits = _CHANNELS.get(str(image.colorspace), 0), int(image.bits_per_component or 0)
    data = _unpacked(image) if count else b""
    size = (width * count * bits + 7) // 8 * height
    space = str(image.colorspace)
    return (
        _inline_image(f"/W {width} /H {height} /BPC {bits} /CS {space}", data[:size])
        if 0 < size <= len(data)
        else None
    )


def _in_colours(image: Any) -> Any:
    """A picture with a palette, with the colours themselves."""
    try:
        with pikepdf.new() as pdf:
            found = pikepdf.PdfImage(_as_stream(pdf, image)).as_pil_image().convert("RGB")
    except Exception:  # decoders with errors of their own
        return None
    return _inline_image(f"/W {found.width} /H {found.height} /BPC 8 /CS /RGB", found.tobytes())


def _unpacked(image: Any) -> bytes:
    """The pixels of an inline picture; nothing where they cannot be unpacked."""
    try:
        with pikepdf.new() as pdf:
            stream = _as_stream(pdf, image)
            is_fax = image.filters == ["/CCITTFaxDecode"]
            found: bytes = (
                pikepdf.PdfImage(stream).as_pil_image(apply_decode_array=False).tobytes()
                if is_fax
                else stream.read_bytes()
            )
            return found
    except Exception:  # as above
        return b""


def _as_stream(pdf: pikepdf.Pdf, image: Any) -> Any:
    stream = pdf.make_stream(image.read_raw_bytes())
    for key, value in image.obj.items():
        stream[key] = value
    stream.Subtype = Name.Image
    return stream


def _inline_image(said: str, data: bytes) -> Any:
    with pikepdf.new() as pdf:
        content = f"BI {said} ID ".encode() + data + b"\nEI"
        return next(iter(pikepdf.parse_content_stream(pdf.make_stream(content))))
