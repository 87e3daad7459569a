"""Text and JSON read again, in whatever encoding reads them."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from typing import IO, Any
from urllib.parse import unquote

from deid.errors import UnreadableDocument
from deid.formats.proofreading.forms import forms_of

_CHUNK = 1 << 16
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CODECS = ("utf-8", "gb18030", "big5hkscs")


def strings_of_plain(handle: IO[bytes], format: str) -> Iterator[str]:
    yield from in_codecs(handle, lambda codec: _decoded(handle, codec, format))


def in_codecs(handle: IO[bytes], decoded: Callable[[str], Iterator[str]]) -> Iterator[str]:
    """What `decoded` reads from the start of a file in the codec that a mark there names, else in each that reads all.

    Raises UnreadableDocument when none does.
    """
    head = handle.read(4)
    marked = next((codec for mark, codec in _MARKS if head.startswith(mark)), "")
    readable = False
    for codec in (marked,) if marked else _CODECS:
        handle.seek(0)
        try:
            yield from decoded(codec)
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
            yield from forms_of(value)
            if value[:1] in ("{", "["):
                try:
                    waiting.append(json.loads(value))
                except (ValueError, RecursionError):
                    continue
        elif value is not None:
            yield str(value)
