"""Reading written files again, for the check before publication.

On purpose nothing here is shared with the code that reads and writes documents: other
parsers (expat, csv-less text, json), other walks; but for the lists of what Office calls its
own things. Every element, attribute, comment and entry name of a package is read, and packages
inside it. Skipped is what has both the place and the form of an identifier that Office makes:
schemas, revision numbers, theme fonts, keywords. A record number of eight digits may look like
one of these, and somebody may be called Center; no file could be published then. Longer numbers
are found there too, and keywords where a person could have written them: in titles, names of
shapes and sheets, fields, cells.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from html import unescape
from importlib import import_module
from typing import IO, Any
from urllib.parse import unquote
from xml.parsers import expat

from deid.errors import UnreadableDocument
from deid.formats import proofreading_pictures as pictures
from deid.formats.files import opened
from deid.formats.vocabulary import (
    PROGRAMS,
    THEMES,
    is_binding,
    is_drawn,
    is_feature,
    is_font,
    is_format,
    is_guid,
    is_keyword,
    is_mapping,
    is_own_name,
    is_part_name,
    is_prefix,
    is_program,
    is_schema,
    is_style,
    without_functions,
)

PICTURES = frozenset({"png", "jpg", "tif", "webp", "bmp"})
_OTHERS = {
    **dict.fromkeys(("html", "xml", "svg"), ("proofreading_markup", "strings_of")),
    "rtf": ("proofreading_rtf", "strings_of"),
    **dict.fromkeys(("odt", "ods", "odp", "odg"), ("proofreading_odf", "strings_of_package")),
    **dict.fromkeys(("fodt", "fods", "fodp", "fodg"), ("proofreading_odf", "strings_of_xml")),
    "parquet": ("proofreading_parquet", "strings_of"),
    "sqlite": ("proofreading_sqlite", "strings_of"),
    "eml": ("proofreading_mail", "strings_of"),
    "mbox": ("proofreading_mail", "strings_of_box"),
    **dict.fromkeys(("vcf", "ics"), ("proofreading_vcf", "strings_of")),
    "zip": ("proofreading_members", "strings_of_archive"),
    "tar": ("proofreading_members", "strings_of_tar"),
    **dict.fromkeys(("gz", "bz2", "xz"), ("proofreading_members", "strings_of_packed")),
}
"""Format → module and function that read it again."""
_IMPORTED = frozenset({".html", ".rtf", ".eml", ".txt"})
"""Suffixes of parts that hold text which Word imports."""
_CHUNK = 1 << 16
_SHORT, _REMEMBERED = 100, 200_000
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
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]*)?(?:[eE][+\-]?[0-9]+)?")
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_RELATION = re.compile(r"rId[0-9]{1,6}")
_HEX = re.compile(r"[0-9A-Fa-f]{8}")
_COUNTED = re.compile(r"-?[0-9]{1,10}|#?_x0000_[a-z][0-9]{1,10}|_[0-9]{1,10}")
_CONTENT = re.compile(r"(?:application|image)/(?:vnd\.(?:openxmlformats|ms)-)?[A-Za-z.+\-]{1,90}")
_HEX_NAMES = frozenset(
    {
        "paraId",
        "paraIdParent",
        "textId",
        "durableId",
        "anchorId",
        "editId",
        "tplc",
        "usb0",
        "usb1",
        "usb2",
        "usb3",
        "csb0",
        "csb1",
    }
)
_HEX_VALUES = frozenset({"rsid", "rsidRoot", "nsid", "tmpl"})
_COUNTED_VALUES = frozenset({"axId", "crossAx", "creationId", "abstractNumId", "numId"})
_FONT_NAMES = frozenset({"typeface", "ascii", "hAnsi", "eastAsia", "cs", "bidi", "lang", "fontFamily"})
_FONT_VALUES = frozenset({"font", "altName", "mathFont", "rFont", "name", "lang", "themeFontLang"})
_STYLE_VALUES = frozenset(
    {"pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "name", "style", "cellStyle", "lsdException"}
)
_THEMES = frozenset({"theme", "clrScheme", "fontScheme", "fmtScheme", "themeFamily"})
_FORMULAS = frozenset(
    {"f", "formula", "formula1", "formula2", "oldFormula", "definedName", "calculatedColumnFormula", "c", "v"}
)
_MEASURES = frozenset({"x", "y", "cx", "cy", "ang", "dir", "rot", "stAng", "swAng", "relativeHeight"})
_MEASURED = frozenset({"posOffset", "colOff", "rowOff"})
_DRAWN = frozenset({"style", "path", "spid", "eqn", "adj", "formulas", "fmla", "points", "Ignorable"})
_NAMED = frozenset(
    {
        "feature",
        "tableColumn",
        "layoutNode",
        "forEach",
        "styleLbl",
        "bookmarkStart",
        "definedName",
        "compatSetting",
        "tableStyleInfo",
        "pivotTableStyleInfo",
    }
)
_CATEGORIES = frozenset({"loCatId", "qsCatId", "csCatId"})
_COLOURS = frozenset({"rgb", "lastClr", "fill", "color", "srgbClr"})
_COLOUR = re.compile(r"#?(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
# Attributes, and elements with a value, in which somebody may have written a keyword.
_TYPED = frozenset(
    """
    title descr alt string tooltip display prompt promptTitle error errorTitle caption alias displayText
    comment description help statusBar text displayName uniqueName href userName author initials name
    v value userId anchor
    """.split()
)
_TYPED_VALUES = frozenset(
    """
    alias tag default listEntry helpText statusText description docPart docVar tblCaption tblDescription
    category placeholder caption entryMacro exitMacro query table name filter customFilter attr
    """.split()
)
_KEYWORD_TEXTS = frozenset(  # elements whose text is a keyword
    """
    align formatCode TextHAlign TextVAlign SelType AutoFill AutoLine PrintObject ScaleCrop LinksUpToDate
    SharedDoc HyperlinksChanged bool isPinned
    """.split()
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
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_of(path: str, format: str = "") -> Iterator[str]:
    """Every string in a file: as it stands and decoded, in pieces and joined; short ones once.

    Raises UnreadableDocument when the file cannot be read; then it must not be published.
    """
    seen: set[str] = set()
    for text in _strings(path, format):
        if len(text) > _SHORT:
            yield text
        elif text not in seen:
            if len(seen) < _REMEMBERED:
                seen.add(text)
            yield text


def _strings(path: str, format: str) -> Iterator[str]:
    try:
        with opened(path) as handle:
            if format == "pdf" or (not format and handle.read(5) == b"%PDF-"):
                from deid.formats.proofreading_pdf import strings_of

                yield from strings_of(path)
                return
            if format in _OTHERS:
                module, name = _OTHERS[format]
                yield from getattr(import_module(f"deid.formats.{module}"), name)(path)
                return
            if format in PICTURES:
                yield from _picture(path)
                return
            handle.seek(0)
            if zipfile.is_zipfile(handle):
                handle.seek(0)
                yield from _package(handle, 0)
                return
            handle.seek(0)
            yield from _plain(handle, format)
    except (zipfile.BadZipFile, OSError, EOFError, expat.ExpatError, RecursionError) as error:
        raise UnreadableDocument(f"the written file cannot be read ({type(error).__name__})") from None


def _picture(path: str) -> Iterator[str]:
    """What stands beside the pixels of a picture; they are read again while they are painted."""
    from PIL import Image

    with opened(path) as handle, Image.open(handle) as picture:
        for number in range(int(getattr(picture, "n_frames", 1))):
            picture.seek(number)
            notes: list[Any] = [
                *picture.info.values(),
                *picture.getexif().values(),
                *getattr(picture, "tag_v2", {}).values(),
            ]
            for note in notes:
                yield note.decode("utf-8", "replace") if isinstance(note, bytes) else str(note)


def _package(handle: IO[bytes], depth: int) -> Iterator[str]:
    with zipfile.ZipFile(handle) as package:
        if package.comment:
            yield package.comment.decode("utf-8", "replace")
        for info in package.infolist():
            if not is_part_name(info.filename):
                yield from _forms(info.filename)
            if info.comment or info.extra:
                yield (info.comment + info.extra).decode("utf-8", "replace")
            if info.is_dir():
                continue
            suffix = info.filename[info.filename.rfind(".") :].lower()
            if suffix in _IMPORTED:
                from deid.formats.proofreading_members import strings_of_member

                yield from strings_of_member(package.read(info), suffix)
                continue
            with package.open(info) as entry:
                head = entry.read(8)
            with package.open(info) as entry:
                if head.startswith(b"PK") and depth < 8:
                    yield from _package(io.BytesIO(entry.read()), depth + 1)
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
                    yield from _forms(text)
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
            yield from _forms(text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag, own = _split(name)
        for key, value in attributes.items():
            if own and tag in _GRID and key in _GRID[tag] and _CELL.fullmatch(value):
                continue
            drawn = key == "style" and is_drawn(value)  # of elements of HTML, too, which have no schema
            if not (drawn or (own and value and _is_structure(tag, key, value))):
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
        elif text.strip() and not (is_own and _is_structure_text(tag, text)):
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


def _is_structure(element: str, key: str, value: str) -> bool:
    """Whether an attribute of Office's own elements is an identifier that Office made."""
    look = _is_recurring_structure if len(value) <= _SHORT else _is_made_by_office
    return look(element, key, value)


def _is_made_by_office(element: str, key: str, value: str) -> bool:
    uri, _, name = key.rpartition(" ")
    if uri and not is_schema(uri):
        return False
    is_value = name in ("val", "name", "styleId")
    if is_guid(value) or is_schema(value):
        return True
    if name.casefold() == "progid":
        return is_program(value)
    if uri.endswith("/relationships") or (element == "Relationship" and name == "Id"):
        return bool(_RELATION.fullmatch(value))
    if name.startswith("rsid") or name in _HEX_NAMES or (is_value and element in _HEX_VALUES):
        return bool(_HEX.fullmatch(value))
    if name.casefold().endswith("id") or name in _MEASURES or (is_value and element in _COUNTED_VALUES):
        return (
            bool(_COUNTED.fullmatch(value))
            or (name == "styleId" and is_style(value))
            or (name in _CATEGORIES and is_keyword(value))
        )
    if name == "ContentType":
        return bool(_CONTENT.fullmatch(value))
    if name in ("Target", "PartName"):
        return is_part_name(value)
    if name == "prefixMappings":
        return is_mapping(value)
    if name == "xpath":
        return is_binding(value)
    if name == "formatCode":
        return is_format(value)
    if name == "name" and element in _THEMES:
        return value in THEMES
    if name == "name" and element in _NAMED:
        return is_feature(value) or is_own_name(value) or is_keyword(value)
    if name in _COLOURS or (is_value and element in _COLOURS):
        return bool(_COLOUR.fullmatch(value)) or is_keyword(value)
    if name in _DRAWN and is_drawn(value):
        return True
    if (
        name not in _TYPED
        and not (is_value and element in _TYPED_VALUES | _STYLE_VALUES)
        and is_keyword(value)
    ):
        return True
    if name in _FONT_NAMES or (is_value and element in _FONT_VALUES and is_font(value)):
        return is_font(value)
    return is_value and element in _STYLE_VALUES and is_style(value)


_is_recurring_structure = lru_cache(maxsize=8192)(_is_made_by_office)


def _is_structure_text(element: str, text: str) -> bool:
    if element in _MEASURED:
        return bool(_COUNTED.fullmatch(text))
    return (element in _KEYWORD_TEXTS and is_keyword(text)) or (element == "Application" and text in PROGRAMS)


def _forms(text: str) -> Iterator[str]:
    """A string as it stands, and what it means where it is escaped or a number."""
    yield text
    if "%" in text:
        for encoding in ("utf-8", "gb18030"):
            meant = unquote(text, encoding, "ignore")
            if meant != text:
                yield meant
    if "_x" in text:
        yield _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if "&" in text and ";" in text:
        yield unescape(text)
    if ("E" in text or "e" in text or "." in text) and _NUMBER.fullmatch(text):
        try:
            number = Decimal(text)
        except InvalidOperation:
            return
        if abs(number.adjusted()) < 40:
            yield format(number, "f")
            if number == number.to_integral_value():
                yield str(int(number))


def _plain(handle: IO[bytes], format: str) -> Iterator[str]:
    head = handle.read(4)
    handle.seek(0)
    for mark, codec in _MARKS:
        if head.startswith(mark):
            yield from _decoded(handle, codec, format)
            return
    readable = False
    for codec in ("utf-8", "gb18030", "big5hkscs"):
        handle.seek(0)
        try:
            yield from _decoded(handle, codec, format)
            readable = True
        except UnicodeError:
            continue
    if not readable:
        raise UnreadableDocument("the written file cannot be decoded")


def _decoded(handle: IO[bytes], codec: str, format: str) -> Iterator[str]:
    if format in ("csv", "tsv"):
        for piece in _pieces(handle, codec):
            yield from _text(piece, format)
        return
    reader = codecs.getreader(codec)(handle, "strict")
    if format == "json":
        yield from _json(reader.read())
        return
    kept: list[str] = []
    size = 0
    while line := reader.readline():
        kept.append(line)
        size += len(line)
        if line.lstrip()[:1] in ("{", "[") and format in ("", "jsonl"):
            yield from _json(line)
        if size >= _CHUNK:
            yield from _text("".join(kept), format)
            kept, size = kept[-1:], len(kept[-1])
    text = "".join(kept)
    yield from _text(text, format)
    if not format and text.lstrip()[:1] in ("{", "["):
        yield from _json(text)


def _pieces(handle: IO[bytes], codec: str) -> Iterator[str]:
    """Many lines at a time; each piece begins with the last line of the one before."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    held, data = "", b"-"
    while data:
        data = handle.read(_CHUNK)
        held += decoder.decode(data, not data)
        end = max(held.rfind("\n"), held.rfind("\r")) + 1
        if end and data:
            piece = held[:end]
            yield piece
            before = piece.rstrip("\r\n")
            held = held[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
    yield held


def _text(text: str, format: str) -> Iterator[str]:
    yield text
    if format == "md" and "\\" in text:
        yield _BACKSLASH.sub("", text)
    if '""' in text:
        yield text.replace('""', '"')
    if "%" in text:
        yield unquote(text, errors="ignore")


def _json(text: str) -> Iterator[str]:
    yield text
    try:
        waiting: list[Any] = [json.loads(text, parse_float=str, parse_int=str, parse_constant=str)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str):
            yield from _forms(value)
            if value[:1] in ("{", "["):
                try:
                    waiting.append(json.loads(value))
                except (ValueError, RecursionError):
                    continue
        elif value is not None:
            yield str(value)
