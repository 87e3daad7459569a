"""Office packages read again: every element, attribute, comment and entry name, and packages inside."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import IO
from xml.parsers import expat

from deid.formats.proofreading import pictures
from deid.formats.proofreading.forms import forms_of
from deid.formats.proofreading.identifiers import is_structure, is_structure_text
from deid.formats.vocabulary import is_drawn, is_guid, is_part_name, is_prefix, is_schema, without_functions

_IMPORTED = frozenset({".html", ".rtf", ".eml", ".txt"})
"""Suffixes of parts that hold text which Word imports."""
_CHUNK = 1 << 16
_UNITS = frozenset({"p", "si", "is", "c", "text", "comment", "tc", "pt", "definition", "div"})
_GRID = {"c": frozenset("rst"), "row": frozenset("rs")}  # where a cell stands, its style, its kind
_CELL = re.compile(r"[A-Z]{0,3}[0-9]{1,7}|s|n|b|e|d|str|inlineStr")
_LINES = frozenset({"p", "div"})
_RUNS = frozenset({"t", "delText"})
_APART = frozenset(
    """
    tab br cr ptab fldChar fldSimple sdt smartTag customXml ins del moveFrom moveTo drawing pict object
    """.split()
)
"""Between runs: what stands on both sides is no one word."""
_PRINTED = frozenset(f"{page}{place}" for page in ("odd", "even", "first") for place in ("Header", "Footer"))
_PRINTED_CODES = tuple(  # a size is one to three digits, and a number may follow it
    re.compile(rf'&(?:"[^"]*"|K[0-9A-Fa-f]{{6}}|K[0-9]{{2}}[+\-][0-9]{{1,3}}|[0-9]{{1,{size}}}|[A-Za-z+\-])')
    for size in (3, 2, 1)
)
_FORMULAS = frozenset(
    {"f", "formula", "formula1", "formula2", "oldFormula", "definedName", "calculatedColumnFormula", "c", "v"}
)
_TAG = re.compile(rb"<[^>]*>")
_SHEET = re.compile(
    rb"\s*(?:<\?xml version=.1\.0. encoding=.(?i:utf-8).[^>]*>\s*)?"
    rb'<(?:worksheet|sst)[^>]* xmlns="http://schemas\.openxmlformats\.org/spreadsheetml/2006/main"'
)
_PLAIN_CELL = re.compile(
    rb'<(?:c(?: (?:r="[A-Z]{1,3}[0-9]{1,7}"|s="[0-9]{1,7}"|t="(?:inlineStr|n|s|str)"))*>(?:<is>)?|si>)'
    rb'(?:<t(?: xml:space="preserve")?>|<v>(?=-?[0-9]+(?:\.[0-9]+)?<))([^<&]*)</[tv]>(?:</is>)?</(?:c|si)>'
)
"""A cell or a shared string that holds one text, or a number, and nothing else: of a table nearly all do."""


def strings_of_package(handle: IO[bytes], depth: int) -> Iterator[str]:
    with zipfile.ZipFile(handle) as package:
        if package.comment:
            yield package.comment.decode("utf-8", "replace")
        for info in package.infolist():
            if not is_part_name(info.filename):
                yield from forms_of(info.filename)
            if info.comment or info.extra:
                yield (info.comment + info.extra).decode("utf-8", "replace")
            if info.is_dir():
                continue
            suffix = info.filename[info.filename.rfind(".") :].lower()
            if suffix in _IMPORTED:
                from deid.formats.proofreading.members import strings_of_member

                yield from strings_of_member(package.read(info), suffix)
                continue
            with package.open(info) as entry:
                head = entry.read(8)
            with package.open(info) as entry:
                if head.startswith(b"PK") and depth < 8:
                    yield from strings_of_package(io.BytesIO(entry.read()), depth + 1)
                elif head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or head[:2] in (
                    b"\xff\xfe",
                    b"\xfe\xff",
                ):
                    yield from _xml(entry)
                else:
                    data = entry.read()
                    if pictures.is_picture(data):
                        yield from pictures.strings_of(data)
                        continue
                    yield data.decode("utf-8", "ignore")
                    yield data.decode("utf-16-le", "ignore")


def _xml(entry: IO[bytes]) -> Iterator[str]:
    reader = _Reader()
    data = entry.read(_CHUNK)
    is_sheet = _SHEET.match(data) is not None
    try:
        while data:
            if is_sheet:
                texts = b"\0".join(_PLAIN_CELL.findall(data)).decode("utf-8", "replace")
                for text in filter(None, dict.fromkeys(texts.split("\0"))):
                    yield from forms_of(text)
                data = _PLAIN_CELL.sub(b"", data)
            reader.parser.Parse(data, False)
            yield from reader.take()
            data = entry.read(_CHUNK)
        reader.parser.Parse(b"", True)
        yield from reader.take()
    except expat.ExpatError:
        yield from reader.take()
        rest = data + entry.read()
        for gap in (b" ", b""):  # between cells, and within a word
            yield unescape(_TAG.sub(gap, rest).decode("utf-8", "replace"))
        yield rest.decode("utf-8", "replace")


class _Reader:
    """Collects strings while expat goes through a part."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartNamespaceDeclHandler = self._declared
        self.parser.CharacterDataHandler = self._characters
        self.parser.CommentHandler = self._other
        self.parser.ProcessingInstructionHandler = lambda target, data: self._other(f"{target} {data}")
        self._stack: list[tuple[str, list[str]]] = []
        self._units: list[list[str]] = []
        self._runs: list[list[str]] = []  # of each unit, what is printed
        self._found: list[str] = []

    def take(self) -> Iterator[str]:
        found, self._found = self._found, []
        for text in found:
            yield from forms_of(text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag, own = _split(name)
        for key, value in attributes.items():
            if own and tag in _GRID and key in _GRID[tag] and _CELL.fullmatch(value):
                continue
            drawn = key == "style" and is_drawn(value)  # of elements of HTML, too, which have no schema
            if not (drawn or (own and value and is_structure(tag, key, value))):
                self._found.append(value)
        self._stack.append((name, []))
        if tag in _UNITS:
            self._units.append([])
            self._runs.append([])
        self._gap(tag)

    def _gap(self, tag: str) -> None:
        if tag in _APART and self._runs:
            self._runs[-1].append("\n")

    def _declared(self, prefix: str | None, uri: str | None) -> None:
        if prefix and not is_prefix(prefix):
            self._found.append(prefix)
        if uri and not (is_schema(uri) or is_guid(uri)):
            self._found.append(uri)

    def _characters(self, text: str) -> None:
        if self._stack:
            self._stack[-1][1].append(text)
        for unit in self._units:
            unit.append(text)

    def _end(self, _name: str) -> None:
        name, own = self._stack.pop()
        tag, is_own = _split(name)
        text = "".join(own)
        self._gap(tag)
        if tag in _RUNS and self._runs and is_own:
            self._runs[-1].append(text)  # not by itself: a run may hold half of a word
        elif text.strip() and not (is_own and is_structure_text(tag, text)):
            self._found.append(without_functions(text) if tag in _FORMULAS else text)
            if tag in _PRINTED and "&" in text:
                self._found += (code.sub("", text) for code in _PRINTED_CODES)
        if tag in _UNITS:
            joined, printed = "".join(self._units.pop()), "".join(self._runs.pop())
            if printed.strip() and printed != joined:
                self._found.append(printed)
            if joined.strip() and (joined != text or printed == joined):
                self._found.append(without_functions(joined) if tag in _FORMULAS else joined)
            if tag in _LINES:
                for unit in self._units:
                    unit.append("\n")  # 国王 and below it 平时 hold no 王平

    def _other(self, text: str) -> None:
        self._found.append(text)


@lru_cache(maxsize=4096)
def _split(name: str) -> tuple[str, bool]:
    """The name of an element, and whether it is one of Office's own."""
    uri, _, tag = name.rpartition(" ")
    return tag, is_schema(uri)
