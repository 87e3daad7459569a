"""Written OpenDocument read again, with the XML parser of the standard library.

Every text, joined by paragraph and alone; every attribute, decoded; every other part in all the
ways in which it could be text.
"""

from __future__ import annotations

import re
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from typing import IO
from urllib.parse import unquote
from xml.etree import ElementTree

from deid.errors import UnreadableDocument
from deid.formats.files import opened, source
from deid.formats.formatwords import is_usual_style, unusual
from deid.formats.proofreading.members import strings_of_bytes
from deid.formats.vocabulary import without_functions

_JOINED = frozenset({"p", "h", "table-cell", "math"})
_ENCODED = re.compile(r"_([0-9a-fA-F]{1,4})_")
_STYLED = re.compile(
    r"(?:style-name|page-name|layout-name|font-(?:name|family)(?:-generic|-asian|-complex)?|(?:style|drawing):1\.0\}(?:display-)?name)$"
)
"""Attributes that name a style or a font; others name a sheet, a bookmark, a field."""
_CALCULATED = re.compile(r"(?:formula|condition|expression)$")
_EXPONENT = re.compile(r"[0-9]\.?[0-9]*[eE]\+?[0-9]{1,2}")


def strings_of_package(path: str) -> Iterator[str]:
    """Raises UnreadableDocument when it cannot be read."""
    with zipfile.ZipFile(source(path)) as package:
        names = package.namelist()
        if names[0] != "mimetype" or package.infolist()[0].compress_type != zipfile.ZIP_STORED:
            raise UnreadableDocument("the written OpenDocument does not say first what it is")
        yield package.comment.decode("utf-8", "replace")
        for info in package.infolist():
            yield unusual(info.filename)
            yield (info.comment + info.extra).decode("utf-8", "replace")
            if info.filename.endswith(".xml"):
                with package.open(info) as handle:
                    yield from _xml(handle)
            else:
                yield from strings_of_bytes(package.read(info))


def strings_of_xml(path: str) -> Iterator[str]:
    with opened(path) as handle:
        yield from _xml(handle)


def _xml(handle: IO[bytes]) -> Iterator[str]:
    depth = 0
    try:
        for event, element in ElementTree.iterparse(handle, events=("start", "end", "start-ns")):
            if event == "start-ns":
                yield unusual(element[0])
                yield from _forms(unusual(element[1]))
                continue
            name = element.tag.rpartition("}")[2]
            if event == "start":
                depth += name in _JOINED
                yield unusual(element.tag)
                for key, value in element.attrib.items():
                    yield unusual(key)
                    if not (_STYLED.search(key) and is_usual_style(value)):
                        yield from _forms(without_functions(value) if _CALCULATED.search(key) else value)
                continue
            yield from _forms(element.text or "")
            if name == "binary-data":
                yield from strings_of_bytes(b64decode(element.text or ""))
            if name in _JOINED:
                depth -= 1
                yield "".join(element.itertext())
                yield " ".join(element.itertext())
            for child in element:
                yield child.tail or ""
            if not depth:
                behind = element.tail  # what is read of it by now
                element.clear()
                element.tail = behind
    except (ElementTree.ParseError, ValueError) as error:
        raise UnreadableDocument(f"the written file cannot be read ({type(error).__name__})") from None


def _forms(text: str) -> Iterator[str]:
    yield text
    if "%" in text:
        yield unquote(text)
        yield unquote(text, "gb18030", "ignore")
    if "_" in text:
        yield _ENCODED.sub(lambda match: chr(int(match[1], 16)), text)
    if _EXPONENT.fullmatch(text):
        yield str(int(float(text)))
    if "<" in text:
        yield re.sub("<[^>]*>", "", text)
