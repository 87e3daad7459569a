"""Text of a PDF that is not drawn: properties, outlines, comments, links, form fields, layers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from secrets import token_hex
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

import pikepdf
from pikepdf import Array, Dictionary

from deid.formats.edits import Edit
from deid.formats.pdf.linking import inherited, items, lineage
from deid.formats.pdf.standin import RESOURCE, StandInFont
from deid.grammar.fieldnames import is_label
from deid.types import TextBlock, splice

_MARKS = (b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")
_PLAIN_CHINESE = re.compile("[\\s!-~\u2010-\u2026\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]+")
_LANGUAGE = re.compile("\x1b[A-Za-z]{2}(?:[A-Za-z]{2})?\x1b")
"""ISO 32000-1, 7.9.2.2: viewers show nothing there."""
_BIG5 = re.compile(rb"[\t-~]*(?:[\xa1-\xc6][\x40-\x7e\xa1-\xfe][\t-~]*){2,}")
"""Big5, of its common characters."""

_HAS_LINES, _IS_PASSWORD, _DROPS_DOWN, _IS_COMB = 1 << 12, 1 << 13, 1 << 17, 1 << 24
"""Flags of fields (12.7.4.3)."""


_LARGEST = 12.0
"""Points: the size of letters in a field that says none."""
_SIZED = re.compile(r"(?<!\S)(\d{1,3}(?:\.\d+)?)\s+Tf(?!\S)", re.ASCII)
_LEADING = 4 / 3
"""Of the size, from line to line of a list."""
_SHARE = r"\d{0,3}\.?\d{1,6}\s+"
_COLOURED = re.compile(rf"(?<!\S){_SHARE}(?:g|(?:{_SHARE}){{2}}(?:rg|{_SHARE}k))(?!\S)", re.ASCII)
"""What a field says of the letters in it."""


class Place(NamedTuple):
    """A string in a dictionary or an array; `id` is that of its block and source."""

    id: str
    where: str
    holder: Any
    key: Any
    labels: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        value = said(self.holder[self.key])
        return unquote(value) if self.key == "/URI" else value

    def block(self) -> TextBlock:
        return TextBlock(self.id, self.text, self.where, self.labels)

    def put(self, edits: Sequence[Edit]) -> None:
        text = splice(self.text, edits)
        if self.key == "/URI":
            text = quote(text, safe="/:?#[]@!$&'()*+,;=%-._~")
        self.holder[self.key] = pikepdf.String(text)


def said(string: Any) -> str:
    """What a string means, also where a program wrote UTF-16 without its mark, or Big5; without what it says of its language.

    >>> said(pikepdf.String("张三1".encode("utf-16-be"))), said(pikepdf.String("張三".encode("big5")))
    ('张三1', '張三')
    """
    data = bytes(string)
    if len(data) % 2 == 0 and b"\0" in data and not data.startswith(_MARKS):
        for codec in ("utf-16-be", "utf-16-le"):
            text = data.decode(codec, "replace")
            if _PLAIN_CHINESE.fullmatch(text):
                return text
    if _BIG5.fullmatch(data) and not _is_in(data, "utf-8") and not _is_in(data, "gb2312"):
        return data.decode("big5", "replace")
    return _LANGUAGE.sub("", str(string))


def _is_in(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def places(pdf: pikepdf.Pdf, printed: Mapping[Any, str] | None = None) -> Iterator[Place]:
    """All of them, in the same order at every reading; call after `clean`. `printed` are labels of fields on pages."""
    root = pdf.Root
    info = pdf.trailer.get("/Info", Dictionary())
    for key in ("/Title", "/Subject", "/Keywords"):
        yield from _string(info, key, f"info{key}", "document properties")
    if isinstance(outlines := root.get("/Outlines"), Dictionary):
        for number, item in enumerate(items(outlines)):
            yield from _string(item, "/Title", f"outline/{number}", "outline")
            yield from _address(item, f"outline/{number}", "outline")
    seen: set[Any] = set()
    form = root.get("/AcroForm", Dictionary())
    for number, field in enumerate(_fields(form.get("/Fields", []), seen)):
        yield from _field(field, f"field/{number}", "form field", printed or {})
    for number, page in enumerate(pdf.pages, 1):
        for index, annotation in enumerate(page.obj.get("/Annots", [])):
            id, where = f"page{number}/note/{index}", f"page {number}, note {index + 1}"
            if annotation.get("/Subtype") == "/Widget" and annotation.objgen not in seen:
                yield from _field(annotation, id, where, printed or {})
            yield from _string(annotation, "/Contents", f"{id}/Contents", where)
            yield from _address(annotation, id, where)
    layers = root.get("/OCProperties", Dictionary())
    for number, layer in enumerate(layers.get("/OCGs", [])):
        yield from _string(layer, "/Name", f"layer/{number}", f"layer {number + 1}")
    labels = list(root.get("/PageLabels", Dictionary()).get("/Nums", []))
    for number, label in enumerate(labels[1::2]):
        yield from _string(label, "/P", f"label/{number}", "page numbers")


@contextmanager
def marked(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Gives what all strings in places, and no others, begin with meanwhile."""
    mark = token_hex(16)
    found = [(place, place.holder[place.key]) for place in places(pdf)]
    for place, _ in found:
        place.holder[place.key] = pikepdf.String(mark)
    yield mark
    for place, value in found:
        place.holder[place.key] = value


def _string(holder: Any, key: Any, id: str, where: str, labels: tuple[str, ...] = ()) -> Iterator[Place]:
    if not isinstance(holder, (Dictionary, Array)):
        return
    value = holder.get(key) if isinstance(holder, Dictionary) else holder[key]
    if isinstance(value, pikepdf.String) and str(value).strip():
        yield Place(id, where, holder, key, labels)


def _address(holder: Any, id: str, where: str) -> Iterator[Place]:
    if isinstance(action := holder.get("/A"), Dictionary):
        yield from _string(action, "/URI", f"{id}/URI", f"{where}, link")


def _fields(fields: Iterable[Any], seen: set[Any], depth: int = 0) -> Iterator[Dictionary]:
    for field in fields:
        if isinstance(field, Dictionary) and field.objgen not in seen and depth < 60:
            if field.is_indirect:
                seen.add(field.objgen)
            yield field
            yield from _fields(field.get("/Kids", []), seen, depth + 1)


def labels_of(field: Any, printed: Mapping[Any, str]) -> tuple[str, ...]:
    """What a form field is called: its tooltip, its name, or those of the fields above; and what is printed beside it."""
    found = [
        said(one[key]).strip()
        for one in islice(lineage(field), 20)
        for key in ("/TU", "/T")
        if isinstance(one.get(key), pikepdf.String)
    ]
    names = [name for name in found if 0 < len(name) <= 20]
    beside = [printed[one.objgen] for one in (field, *field.get("/Kids", [])) if one.objgen in printed][:1]
    return tuple(dict.fromkeys([*names, *beside] if names and is_label(names[0]) else [*beside, *names]))


def _field(field: Any, id: str, where: str, printed: Mapping[Any, str]) -> Iterator[Place]:
    for key in ("/T", "/TU", "/TM"):
        yield from _string(field, key, id + key, f"{where}, name")
    labels = labels_of(field, printed)
    for key in ("/V", "/DV"):
        if isinstance(values := field.get(key), Array):
            for index in range(len(values)):
                yield from _string(values, index, f"{id}{key}/{index}", where, labels)
        else:
            yield from _string(field, key, id + key, where, labels)
    for index, option in enumerate(field.get("/Opt", [])):
        if isinstance(option, Array):
            for part in range(len(option)):
                yield from _string(option, part, f"{id}/Opt/{index}/{part}", where, labels)
        else:
            yield from _string(field["/Opt"], index, f"{id}/Opt/{index}", where, labels)
    if isinstance(captions := field.get("/MK"), Dictionary):
        yield from _string(captions, "/CA", f"{id}/CA", where)


def put(pdf: pikepdf.Pdf, edits: Mapping[str, Sequence[Edit]], font: StandInFont) -> None:
    """Write the edits of places; fields with a new value show it, and so do those that had no looks."""
    names: dict[Any, set[str]] = {}
    for place in list(places(pdf)):
        if place.id not in edits:
            continue
        place.put(edits[place.id])
        if place.key == "/T":
            _make_unique(place, names)
        if place.key == "/V":
            _make_room(place)
            for widget in (place.holder, *place.holder.get("/Kids", [])):
                if "/AP" in widget:
                    del widget["/AP"]
    for page in pdf.pages:
        for widget in page.obj.get("/Annots", []):
            if widget.get("/Subtype") == "/Widget" and "/Rect" in widget and "/AP" not in widget:
                _show_values(pdf, widget, font)


def values_of(field: Any) -> list[str]:
    """What viewers show of a field: of a choice, what it is called, also where only its number is said; of a password,
    stars."""
    found = inherited(field, "/V")
    values = _strings(found if isinstance(found, Array) else [found])
    if _flags(field) & _IS_PASSWORD:
        return ["*" * len(value) for value in values]
    options = _options(field)
    if not values:
        chosen = inherited(field, "/I")
        numbers = (
            [number for number in chosen if isinstance(number, int)] if isinstance(chosen, Array) else []
        )
        return [options[number][-1] for number in numbers if 0 <= number < len(options) and options[number]]
    called = {option[0]: option[1] for option in options if len(option) == 2}
    return [called.get(value, value) for value in values]


def _options(field: Any) -> list[list[str]]:
    """What may be chosen: the value, and what it is called."""
    found = inherited(field, "/Opt")
    return [
        _strings(option if isinstance(option, Array) else [option])
        for option in (found if isinstance(found, Array) else [])
    ]


def _listed(field: Any, height: float, size: float) -> list[str]:
    """What a list of which nothing is chosen shows, with empty lines below it; nothing of other fields."""
    if inherited(field, "/FT") != "/Ch" or _flags(field) & _DROPS_DOWN or not math.isfinite(height):
        return []
    options = [option[-1:] for option in _options(field)]
    top, room = inherited(field, "/TI"), max(1, int(height / (_LEADING * size)))
    first = max(0, top) if isinstance(top, int) else 0
    shown = [called for option in options for called in option][first : first + room]
    return [*shown, *[""] * (room - len(shown))] if shown else []


def _strings(items: Iterable[Any]) -> list[str]:
    return [said(item) for item in items if isinstance(item, pikepdf.String)]


def _flags(field: Any) -> int:
    found = inherited(field, "/Ff")
    return found if isinstance(found, int) else 0


def _make_unique(place: Place, names: dict[Any, set[str]]) -> None:
    """Fields of one name are one field: two people with one label stay two."""
    parent = place.holder.get("/Parent")
    taken = names.setdefault(parent.objgen if parent is not None else None, set())
    name, count = str(place.holder.T).replace(".", "_"), 1
    candidate = name
    while candidate in taken:
        count += 1
        candidate = f"{name}_{count}"
    taken.add(candidate)
    place.holder.T = pikepdf.String(candidate)


def _make_room(place: Place) -> None:
    """Let a field hold what was put into it: of more than `MaxLen` characters viewers show the first ones."""
    for field in lineage(place.holder):
        if isinstance(most := field.get("/MaxLen"), int) and most < len(place.text):
            del field["/MaxLen"]


def _show_values(pdf: pikepdf.Pdf, widget: Any, font: StandInFont) -> None:
    values = values_of(widget)
    try:
        left, bottom, right, top = map(float, widget.Rect)
    except (TypeError, ValueError):  # viewers show it nowhere
        return
    width, height = abs(right - left), abs(top - bottom)
    typing = _typing(pdf, widget)
    values = values or _listed(widget, height, typing.size)
    if not values:
        return
    lines = "\n".join(values).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if _flags(widget) & _HAS_LINES:
        lines = _broken(lines, width - 4, height, typing.size, font)
    shown = pdf.make_stream(
        _frame(widget, width, height)
        + (_written(lines, width, height, typing, font, _boxes(widget, lines)) if any(lines) else b""),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, width if math.isfinite(width) else 0, height if math.isfinite(height) else 0],
        Resources=Dictionary(Font=Dictionary({RESOURCE: font.object})) if any(lines) else Dictionary(),
    )
    widget.AP = Dictionary(N=shown)


class _Typing(NamedTuple):
    """How a field is written: the largest size, the colour as operators, what of the room is left free before a line."""

    size: float
    colour: str
    before: float


def _typing(pdf: pikepdf.Pdf, widget: Any) -> _Typing:
    """As a field says, or the form (ISO 32000-1, 12.7.3.3)."""
    form = pdf.Root.get("/AcroForm", Dictionary())
    style, side = (form.get(key) if (own := inherited(widget, key)) is None else own for key in ("/DA", "/Q"))
    text = str(style) if isinstance(style, pikepdf.String) else ""
    sizes, colours = _SIZED.findall(text), _COLOURED.findall(text)
    return _Typing(
        float(sizes[-1]) if sizes and float(sizes[-1]) else _LARGEST,
        colours[-1] if colours else "0 g",
        {1: 0.5, 2: 1.0}.get(side, 0.0) if isinstance(side, int) else 0.0,
    )


def _broken(
    lines: Sequence[str], width: float, height: float, largest: float, font: StandInFont
) -> list[str]:
    """Lines that are broken where a field ends, in the largest letters of which all are in it."""
    broken: list[str] = []
    for size in (largest, *(size for size in (12, 10, 8, 6, 5, 4, 3) if size < largest)):
        broken = []
        for line in lines:
            start, filled = 0, 0.0
            for end, character in enumerate(line):
                filled += font.advance(character)
                if filled * size > width and end > start:
                    broken.append(line[start:end])
                    start, filled = end, font.advance(character)
            broken.append(line[start:])
        if len(broken) * size <= 0.75 * height:
            break
    return broken


def _written(
    lines: Sequence[str], width: float, height: float, typing: _Typing, font: StandInFont, boxes: int = 0
) -> bytes:
    """Lines of text, or the only one with a box for each character."""
    size = max(1.0, min(typing.size, 0.75 * height / len(lines)))
    box = width / boxes if boxes else 0.0
    longest = max((font.advance(one) for one in lines[0]) if boxes else map(font.width, lines), default=0.0)
    size = min(size, max(1.0, (box or width - 4) / (longest or 1.0)))
    y = height / 2 - 0.35 * size + (len(lines) - 1) * 0.6 * size
    parts = [f"q BT {RESOURCE} {size:.3f} Tf {typing.colour}\n".encode()]

    def put(text: str, x: float, y: float) -> None:
        operand = pikepdf.unparse_content_stream([([font.items(text)], pikepdf.Operator("TJ"))])
        parts.append(f"1 0 0 1 {x:.3f} {y:.3f} Tm\n".encode() + operand + b"\n")

    if boxes:
        first = round(typing.before * (boxes - len(lines[0])))
        for number, character in enumerate(lines[0], first):
            put(character, (number + 0.5) * box - 0.5 * size * font.advance(character), y)
    else:
        for number, line in enumerate(lines):
            before = typing.before * max(width - 4 - size * font.width(line), 0)
            put(line, 2 + before, y - 1.2 * size * number)
    return b"".join(parts) + b"ET Q"


def _boxes(field: Any, lines: Sequence[str]) -> int:
    """How many boxes a field has, one for each character (12.7.4.3); 0 where viewers show none, or text is too long."""
    most, flags = inherited(field, "/MaxLen"), _flags(field)
    is_comb = flags & _IS_COMB and not flags & (_HAS_LINES | _IS_PASSWORD) and len(lines) == 1
    return most if is_comb and isinstance(most, int) and len(lines[0]) <= most else 0


def _frame(widget: Any, width: float, height: float) -> bytes:
    """The ground and the border that a field says it has (ISO 32000-1, tables 166 and 189)."""
    thick = _thickness(widget)
    inner = f"{thick / 2:.3f} {thick / 2:.3f} {width - thick:.3f} {height - thick:.3f} re s"
    ground = _painted(widget, "/BG", ("g", "rg", "k"), f"0 0 {width:.3f} {height:.3f} re f")
    border = _painted(widget, "/BC", ("G", "RG", "K"), f"{thick:.3f} w {inner}") if thick > 0 else ""
    return f"q {ground} {border} Q\n".encode()


def _thickness(widget: Any) -> float:
    style, border = widget.get("/BS"), widget.get("/Border")
    if isinstance(style, Dictionary):
        found = style.get("/W", 1)
    else:
        found = border[2] if isinstance(border, Array) and len(border) > 2 else 1
    return 1.0 if isinstance(found, pikepdf.Object) else float(found)


def _painted(widget: Any, key: str, operators: Sequence[str], drawn: str) -> str:
    colours = widget.get("/MK", Dictionary())
    found = list(colours.get(key, [])) if isinstance(colours, Dictionary) else []
    if len(found) not in (1, 3, 4) or any(isinstance(share, pikepdf.Object) for share in found):
        return ""
    shares = " ".join(f"{float(share):.3f}" for share in found)
    return f"{shares} {operators[len(found) // 2]} {drawn}"
