"""Dictionaries without keys, names and strings that could hold text where there is no place for text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from deid.formats.pdf.colours import clean_function, clean_profile
from deid.formats.pdf.names import font_in_gbk, spelled

_PLAIN = re.compile(r"/(?=[^0-9]*(?:[0-9]{1,4}[^0-9]+)*[0-9]{0,4}$)[A-Za-z0-9.,+*_@-]{1,60}")


class Sanitizer:
    """The rest: keys, names and strings anywhere below that could hold text and are not text of places.

    In what is drawn with (`strict`) there is no text at all.
    """

    def __init__(self) -> None:
        self._seen: set[Any] = set()

    def clean(self, root: Any, *, strict: bool) -> None:
        waiting: list[tuple[Any, str]] = [(root, "")]
        while waiting:
            value, under = waiting.pop()
            if value.is_indirect:
                if value.objgen in self._seen:
                    continue
                self._seen.add(value.objgen)
            if isinstance(value, Stream) and value.get("/FunctionType") == 4:
                clean_function(value)
            if isinstance(value, Array):
                if len(value) > 1 and value[0] == "/ICCBased" and isinstance(value[1], Stream):
                    clean_profile(value[1])
                is_palette = len(value) == 4 and value[0] == "/Indexed"
                first = value[0] if len(value) else None
                if under not in _STREAMS and not (isinstance(first, Name) and spelled(first) in _COLOURS):
                    _drop_streams(value)
                if not is_palette and not (under in _LISTS and not strict):
                    _drop_strings(value)
                _make_modest(value)
                waiting += [(item, under) for item in value if isinstance(item, _CONTAINERS)]
            else:
                waiting += self._inside(value, strict, under)

    def _inside(self, value: Any, strict: bool, under: str) -> Iterator[tuple[Any, str]]:
        for key in list(value.keys()):
            item = value[key]
            if key == "/Length":
                continue
            if key in _NEVER or not (is_plain(key) or under in _NAMED):
                del value[key]
            elif isinstance(item, pikepdf.String):
                is_code = key in _CODED and re.fullmatch(r"[A-Za-z0-9]{1,12}", str(item))
                if not is_code and (strict or under not in _TEXT.get(key, ())):
                    del value[key]
            elif isinstance(item, Name):
                if not is_plain(spelled(item)):
                    value[key] = Name("/None")
            elif isinstance(item, Stream) and key not in _STREAMS and under not in _OF_STREAMS:
                del value[key]
            elif isinstance(item, _CONTAINERS):
                yield item, key
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
_STREAMS = frozenset(
    """/Contents /FontFile /FontFile2 /FontFile3 /ToUnicode /Encoding /UseCMap /CIDToGIDMap /SMask /Mask /G /N /R /D /HT
    /Shading /Function /Functions /TR /TR2 /BG /BG2 /UCR /UCR2""".split()
)
"""Keys of streams, and of arrays that may hold some."""
_OF_STREAMS = _NAMED | {"/N", "/R", "/D", "/HT"}
"""Keys of dictionaries that hold streams under any name."""
_COLOURS = frozenset("/ICCBased /Indexed /Separation /DeviceN /Pattern".split())
_CODED = frozenset({"/Registry", "/Ordering"})
_LISTS = frozenset({"/Opt", "/V", "/DV"})
_NOTES = frozenset("/Annots /Fields /Kids /Parent".split())
_ITEMS = frozenset("/First /Last /Next /Prev /Parent".split())
_LAYERS = frozenset("/OCGs /OC /ON /OFF /Order /Locked /RBGroups /Properties".split())
_TEXT = {
    **dict.fromkeys("/Contents /T /TU /TM /V /DV /DA".split(), _NOTES | {"/AcroForm"}),
    "/CA": frozenset({"/MK"}),
    "/URI": frozenset({"/A"}),
    "/Title": _ITEMS,
    "/Name": _LAYERS,
    "/P": frozenset({"/Nums"}),
    "/Lang": frozenset({""}),
}
"""Keys of text, and under which keys the dictionaries stand that have it: nobody reads it in others."""


def _drop_strings(array: Array) -> None:
    for index in reversed(range(len(array))):
        item = array[index]
        if isinstance(item, pikepdf.String):
            del array[index]
        elif isinstance(item, Name) and not is_plain(spelled(item)):
            array[index] = Name("/None")


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
