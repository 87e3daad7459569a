"""Dictionaries without keys, names and strings that could hold text where there is no place for text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from deid.formats.pdf.colours import clean_function, clean_palette, clean_profile
from deid.formats.pdf.names import font_in_gbk, spelled

_PLAIN = re.compile(r"/(?=[^0-9]*(?:[0-9]{1,4}[^0-9]+)*[0-9]{0,4}$)[A-Za-z0-9.,+*_@-]{1,60}")
_GLYPH = re.compile(r"/[A-Za-z]{1,8}(?:[0-5]?[0-9]{1,4}|6[0-5][0-9]{3})")
"""The name of a glyph by its number (/cid27478, /g20901), which has up to five figures."""


class Sanitizer:
    """The rest: keys, names and strings anywhere below that could hold text and are not text of places.

    Of what is read in places all strings begin with a `mark`; in what is drawn with there is none, and other
    streams (`strict`).
    """

    def __init__(self) -> None:
        self._seen: set[Any] = set()

    def clean(self, root: Any, *, mark: str = "") -> None:
        waiting: list[tuple[Any, str]] = [(root, "")]
        while waiting:
            value, under = waiting.pop()
            if value.is_indirect:
                if value.objgen in self._seen:
                    continue
                self._seen.add(value.objgen)
            if isinstance(value, Stream) and (under in _FUNCTIONS or "/FunctionType" in value):
                clean_function(value)
            if isinstance(value, Array):
                if len(value) > 1 and value[0] == "/ICCBased" and isinstance(value[1], Stream):
                    clean_profile(value[1])
                first = value[0] if len(value) else None
                if under not in _STREAMS and not (isinstance(first, Name) and spelled(first) in _COLOURS):
                    _drop_streams(value)
                if first in _INKS and len(value) > 1:
                    _name_inks(value)
                if len(value) == 4 and first == "/Indexed":
                    clean_palette(value)
                else:
                    _drop_strings(value, mark, _is_glyph if under == "/Differences" else is_plain)
                _make_modest(value)
                waiting += [(item, under) for item in value if isinstance(item, _CONTAINERS)]
            else:
                waiting += self._inside(value, mark, under)

    def _inside(self, value: Any, mark: str, under: str) -> Iterator[tuple[Any, str]]:
        for key in list(value.keys()):
            item = value[key]
            if key == "/Length":
                continue
            of_printers = key in _PRINTING and under not in _SHOWN
            if of_printers or key in _NEVER or not (is_plain(key) or under in _NAMED):
                del value[key]
            elif isinstance(item, pikepdf.String):
                if mark and str(item).startswith(mark):
                    continue
                if mark and not str(item).strip():
                    value[key] = pikepdf.String("")  # what a choice may have for its value
                elif key in _COLLECTION:
                    value[key] = pikepdf.String(_known_collection(key, str(item)))
                elif not _is_code(key, str(item)):
                    del value[key]
            elif isinstance(item, Name):
                if not is_plain(spelled(item)):
                    value[key] = Name("/None")
            elif isinstance(item, Stream) and not _may_be_stream(key, under):
                del value[key]
            elif isinstance(item, _CONTAINERS):
                yield item, _place(key, under)
            elif isinstance(item, _NUMBERS) and (new := modest(item)) != item:
                value[key] = new


_CONTAINERS = (Array, Dictionary, Stream)
_NUMBERS = (int, float, Decimal)
_LARGEST, _PLACES = 10**9, 6
_NEVER = frozenset(
    {
        "/Metadata",
        "/PieceInfo",
        "/LastModified",
        "/AF",
        "/StructParent",
        "/StructParents",
        "/AA",
        "/Measure",
        "/PtData",
    }
)
_NAMED = frozenset("/Font /XObject /ExtGState /ColorSpace /Pattern /Shading /Properties /CharProcs".split())
"""What is in these gets another name when it is used, and goes when it is not."""
_FUNCTIONS = frozenset("/Function /Functions /TR".split())
_STREAMS = _FUNCTIONS | frozenset(
    """/Contents /FontFile /FontFile2 /FontFile3 /ToUnicode /Encoding /UseCMap /CIDToGIDMap /SMask /Mask
    /Shading""".split()
)
"""Keys of streams, and of arrays that may hold some."""
_LOOKS = frozenset("/N /R /D".split())
_LOOK = "/AP/N"
"""Where an annotation has its looks, or a dictionary of them."""
_FLAT = frozenset(
    """/BS /BE /MK /Border /IC /LE /LLE /C /CL /RD /Vertices /QuadPoints /OC /OCGs /OCProperties /PageLabels /CIDSystemInfo
    /Panose /Info""".split()
)
"""Keys under which there are no streams, however deep."""
_PRINTING = frozenset("/TR /TR2 /BG /BG2 /UCR /UCR2 /HT".split())
"""Of printers, and tables of bytes: PDF 2.0 has none of them any more."""
_SHOWN = _NAMED | {"/MK", "/SMask"}
"""Under which the same keys are a colour, and what a mask is made of."""
_COLOURS = frozenset("/ICCBased /Indexed /Separation /DeviceN /Pattern".split())
_INKS = ("/Separation", "/DeviceN")
_COLLECTION = {
    "/Registry": ("Adobe",),
    "/Ordering": ("Identity", "GB1", "CNS1", "Japan1", "Japan2", "Korea1", "KR", "UCS"),
}
"""Whose characters the numbers of a font are, and which; the first ones where it says something else."""
_CODES = {
    "/Lang": re.compile("[a-zA-Z]{2,3}(?:-[a-zA-Z]{2,4}){0,2}"),
}
"""What a string may say that is read by programs alone."""
_APPEARANCE = re.compile(r"/[A-Za-z]{1,12}[0-9]{0,3}|-?[0-9]{0,4}(?:\.[0-9]{0,6})?|Tf|g|rg|k|Tc|Tw|Tz|Ts")


def _may_be_stream(key: str, under: str) -> bool:
    if under in _FLAT:
        return False
    if under in _NAMED or under == _LOOK:
        return True
    if key in _LOOKS:
        return under == "/AP"
    return under == "/SMask" if key == "/G" else key in _STREAMS


def _place(key: str, under: str) -> str:
    """Under what an item stands; what is called by a name of its own is under nothing that says more."""
    if under in _FLAT:
        return under
    if under in _NAMED:
        return ""
    return _LOOK if key in _LOOKS and under == "/AP" else key


def _known_collection(key: str, text: str) -> str:
    return text if text in _COLLECTION[key] else _COLLECTION[key][0]


def _is_code(key: str, text: str) -> bool:
    if key == "/DA":
        return all(map(_APPEARANCE.fullmatch, text.split()))
    return key in _CODES and _CODES[key].fullmatch(text) is not None


def _drop_strings(array: Array, mark: str, is_harmless: Callable[[str], bool]) -> None:
    """Those in places stay where they are, and names that say nothing."""
    has_places = mark and any(
        isinstance(item, pikepdf.String) and str(item).startswith(mark) for item in array
    )
    for index in reversed(range(len(array))):
        item = array[index]
        if isinstance(item, pikepdf.String):
            if not has_places:
                del array[index]
            elif not str(item).startswith(mark):
                array[index] = pikepdf.String("")
        elif isinstance(item, Name) and not is_harmless(spelled(item)):
            array[index] = Name("/None")


def _name_inks(space: Array) -> None:
    """Inks whose names could be text get another one: what is called /None is not painted."""
    inks = space[1] if isinstance(space[1], Array) else space
    for index, ink in enumerate(inks):
        if isinstance(ink, Name) and not is_plain(spelled(ink)):
            inks[index] = Name(f"/Ink{index + 1}")


def _make_modest(array: Array) -> None:
    for index, item in enumerate(array):
        if isinstance(item, _NUMBERS) and (new := modest(item)) != item:
            array[index] = new


def modest(number: Any) -> Any:
    """A number as large and as exact as what is drawn needs: with more figures it could be somebody's.

    Of small ones all depends on their first figures: drawings in other units are scaled by them.

    >>> modest(13800138000), modest(-0.5), modest(Decimal("0.13800138000")), modest(Decimal("0.0000254"))
    (999999999, -0.5, Decimal('0.138001'), Decimal('0.0000254'))
    """
    if abs(number) >= _LARGEST:
        return _LARGEST - 1 if number > 0 else 1 - _LARGEST
    places = _PLACES - 1 - min(Decimal(number).adjusted(), -1)
    return number if isinstance(number, int) or round(number, places) == number else round(number, places)


def _drop_streams(array: Array) -> None:
    for index in reversed(range(len(array))):
        if isinstance(array[index], Stream):
            del array[index]


def is_plain(name: str) -> bool:
    """Whether a name is such as programs give, and holds no number of a person."""
    return bool(_PLAIN.fullmatch(name) or font_in_gbk(name))


def _is_glyph(name: str) -> bool:
    return is_plain(name) or _GLYPH.fullmatch(name) is not None
