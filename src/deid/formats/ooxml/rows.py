"""The rows of a worksheet as they stand: of most a pattern tells all there is, and no tree is made of them.

A row is plain when it holds nothing but cells with one value or one text, and its number is higher than those of the
plain ones before, so that each number has one. Every other one is parsed, and so is all that stands before and
behind the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any

from lxml import etree

from deid.formats.ooxml.xml import HARDENED, Element, local

SPREADSHEET = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_FIRST = _LATER = 1 << 16
"""Bytes that are read at once."""
_LONGEST = 1 << 20
"""Bytes of a row that is looked at so."""
_TRIED = 100
"""Rows after which a sheet is parsed as a whole where most are not plain."""
_END = b"</row>"
_OTHER = re.compile(rb"<[!?]|</?sheetData")
"""Where this stands before the end of a row, it may be none, or stand behind the rows."""
_HEAD = re.compile(
    rb'\s*(?:<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?(?: standalone="(?:yes|no)")?\s*\?>)?\s*'
    rb'(<worksheet(?: [^<>]*)? xmlns="(?:%s)"[^<>]*>)[^!?]*?<sheetData>\s*'
    % b"|".join(map(str.encode, map(re.escape, SPREADSHEET)))
)
_TEXT = r"[^<>&\x00-\x08\x0b-\x1f]*(?:&(?:#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos);[^<>&\x00-\x08\x0b-\x1f]*)*"
_CELL = (
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,5})")?(?: t="(inlineStr|n|s)")?>'
    rf'(?:<is><t((?: xml:space="preserve")?)>({_TEXT})</t></is>|<v>([0-9Ee+.\-]+)</v>)</c>'
)
_CELLS = re.compile(_CELL)
_ROW = re.compile(
    rf'\s*<row r="([0-9]{{1,7}})"((?: (?!xmlns)[A-Za-z0-9:]+="[A-Za-z0-9:. ]*")*)>(?:{_CELL.replace("(", "(?:").replace("(?:?:", "(?:")})+'.encode()
)
_SHORT = 400
"""A text with references, of which the parts are kept in mind."""
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

PlainCell = tuple[str, str, str, str, str, str, str]
"""Letters and number of the reference, style, kind, what says that white space counts, and the text or the value."""


class PlainRow:
    """A row that holds nothing but cells with one value or one text."""

    __slots__ = ("_source", "attributes", "number")

    def __init__(self, number: int, attributes: str, source: bytes) -> None:
        self.number, self.attributes, self._source = number, attributes, source

    def cells(self) -> list[PlainCell]:
        """Raises ValueError where a text is none that XML can hold."""
        text = self._source.decode("utf-8")
        if "\ufffe" in text or "\uffff" in text:
            raise ValueError("no character of XML")
        found: list[PlainCell] = _CELLS.findall(text)
        return list(map(_read, found)) if "&" in text else found

    def first(self) -> PlainCell:
        """The first cell."""
        cell = _CELLS.search(self._source.decode("utf-8"))
        assert cell is not None
        return _read(cell.groups(""))


class SheetRows:
    """The rows of a sheet, in order: plain ones, and the elements of others, which the caller clears.

    `root` is the tree without the rows when all are read.
    """

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle
        self._head = b""
        self._start = b""
        self.root: Element = None

    def __iter__(self) -> Iterator[PlainRow | Element]:
        data = self._handle.read(_FIRST)
        found = _HEAD.match(data)
        if not found or not data.startswith(b"<row", found.end()):
            yield from self._parsed(data)
            return
        self._head, self._start = data[: found.end()], found[1] + b"<sheetData>"
        data = data[found.end() :]
        seen = odd = last = 0
        while len(data) < _LONGEST:
            *rows, rest = data.split(_END)
            for index, row in enumerate(rows):
                plain = _ROW.fullmatch(row)
                seen, odd = seen + 1, odd + (plain is None)
                if plain and (number := int(plain[1])) > last:
                    last = number
                    yield PlainRow(number, plain[2].decode(), row)
                elif _OTHER.search(row) or (seen > _TRIED and odd * 2 > seen):
                    yield from self._parsed(self._head + _END.join((*rows[index:], rest)))
                    return
                else:
                    yield from self._alone(row)
            more = self._handle.read(_LATER)
            data = rest + more
            if not more:
                break
        yield from self._parsed(self._head + data)

    def opened(self, row: PlainRow | Element) -> Element:
        """The tree of what stands before the rows; `row` is the first of them."""
        if not self._head and not isinstance(row, PlainRow):
            return row.getparent().getparent()
        return etree.fromstring(self._head + b"</sheetData></worksheet>", _parser())

    def element(self, row: PlainRow) -> Element:
        """A plain row as an element."""
        return next(self._alone(row._source))

    def _alone(self, row: bytes) -> Iterator[Element]:
        """What stands before the end of a row, parsed: empty rows before it are elements of their own."""
        tree = etree.fromstring(self._start + row + b"</row></sheetData></worksheet>", _parser())
        return iter(tree[0].findall(f"{{{tree.nsmap[None]}}}row"))

    def _parsed(self, data: bytes) -> Iterator[Element]:
        """The rows in `data` and all that comes behind it, as elements; at last the root."""
        for element in stream(_Behind(data, self._handle), "row", "worksheet"):
            if local(element.tag) == "worksheet":
                self.root = element
            else:
                yield element


class _Behind:
    """A stream of which the beginning is read already."""

    def __init__(self, data: bytes, handle: IO[bytes]) -> None:
        self._data, self._handle = data, handle

    def read(self, size: int = -1) -> bytes:
        if self._data:
            data, self._data = self._data, b""
            return data
        return self._handle.read(size)


def stream(handle: Any, *names: str) -> Iterator[Element]:
    """Elements of Excel's vocabulary as they end; the caller clears them."""
    tags = [f"{{{uri}}}{name}" for uri in SPREADSHEET for name in names]
    for _, element in etree.iterparse(handle, events=("end",), tag=tags, **HARDENED):
        yield element


def _parser() -> Any:
    return etree.XMLParser(**HARDENED)


def _read(cell: Any) -> PlainCell:
    *others, text, value = cell
    if "&" in text:
        first, *behind = text.split("&")
        meant = _meant_again if len(text) < _SHORT else _meant
        text = first + "".join(map(meant, behind))
    return *others, text, value


def _meant(text: str) -> str:
    """What a text means that stands behind `&`."""
    reference, _, rest = text.partition(";")
    return _character(reference) + rest


_meant_again = lru_cache(maxsize=1 << 13)(_meant)


def _character(reference: str) -> str:
    """What a reference means. Raises ValueError where XML cannot hold that."""
    if reference[0] != "#":
        return _NAMED[reference]
    code = int(reference[2:], 16) if reference[1] == "x" else int(reference[1:])
    if not (
        code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD or 0x10000 <= code < 0x110000
    ):
        raise ValueError("no character of XML")
    return chr(code)
