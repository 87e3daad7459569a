"""Markdown: plain text, but the cells of pipe tables (GitHub's extension) are blocks with labels.

What marks of emphasis cut is read without them as well: `138**0013**8000`. A backslash before ASCII punctuation (CommonMark 0.31, 2.4) is no part of the text: `zhang\\_san@qq.com`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TextIO

from deid.formats.edits import Edit
from deid.formats.encoding import Encoding, open_text
from deid.formats.joining import table_views
from deid.formats.plain import Piece, blocks_of, document_of, lines, paragraphs, rewrite
from deid.formats.stamp import check_unchanged
from deid.formats.tables import labelled
from deid.formats.units import splice_units
from deid.formats.views import Place, joined
from deid.types import Cell, Document, TextBlock

_LINE = re.compile(r"[^\r\n]+")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_UNIT = re.compile(r"\\[!-/:-@\[-`{-~]|.", re.DOTALL)
_MARKS = re.compile(
    r"(?<=[0-9\u4e00-\u9fff])(?:_?(?<!\*)\*{1,3}(?!\*)_?|(?:~~)+|(?<!`)`{1,2}(?!`))+(?=[0-9\u4e00-\u9fff])"
)
_PRODUCT = re.compile(  # the size of a bed, not a telephone with a slanted middle
    r"(?<![0-9*])(?!1[3-9][0-9]\*[0-9]{4}\*[0-9]{4}(?![0-9*]))[0-9]+(?:\*[0-9]+)+(?![0-9*])"
)
_PAIR = re.compile(r"(?<!\*)(\*{1,3}|~~|`{1,2})(?!\*).*?(?<!\*)\1(?!\*)")
_CELL = re.compile(r"(?:^|\|)((?:[^|\\]|\\.)*)", re.DOTALL)


def read(path: str, ref: str) -> Document:
    """Raises UnreadableDocument when empty, binary or undecodable."""
    return document_of(path, ref, "md", _blocks)


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    rewrite(document, edits, path, pieces, _edited)


def _edited(text: str, changes: Sequence[Edit]) -> str:
    return splice_units(_UNIT.findall(text), changes, str)


def _blocks(path: str, ref: str, encoding: Encoding, details: Mapping[str, object]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    with open_text(path, encoding) as handle:
        line, cells, above = "", dict[int, TextBlock](), dict[int, TextBlock]()
        for block in blocks_of(part._replace(text=_read(part.text)) for part in pieces(handle)):
            row, column = block.id.removeprefix("line:").partition(":")[::2]
            if row != line:
                yield from table_views(cells, above)
                line, cells, above = row, {}, cells
            yield block
            yield from _unmarked(block)
            if column:
                cells[int(column)] = block
        yield from table_views(cells, above)


def _unmarked(block: TextBlock) -> Iterator[TextBlock]:
    """The lines in which marks stand within a word or number, without them."""
    if not _MARKS.search(block.text):
        return
    for number, line in enumerate(_LINE.finditer(block.text)):
        products = {
            at for found in _PRODUCT.finditer(block.text, *line.span()) for at in range(*found.span())
        }
        ends = [
            mark.span() for mark in _MARKS.finditer(block.text, *line.span()) if mark.start() not in products
        ]
        if ends and _PAIR.search(line[0]):
            starts = (line.start(), *(end for _, end in ends))
            stops = (*(start for start, _ in ends), line.end())
            places = [Place(0, start, stop) for start, stop in zip(starts, stops, strict=True)]
            view = joined((block,), places)
            yield replace(view, id=f"{block.id}*{number}")


def _read(text: str) -> str:
    return "".join(unit[-1] for unit in _UNIT.findall(text)) if "\\" in text else text


def pieces(handle: TextIO, lost: Counter[str] | None = None) -> Iterator[Piece]:
    """Paragraphs and, where a line of dashes follows a line with bars, the cells of a table."""
    text: list[tuple[int, str]] = []
    table: list[tuple[int, str]] = []
    for number, line in enumerate(lines(handle, lost), 1):
        if table and "|" in line and line.strip():
            table.append((number, line))
            continue
        yield from _table(table)
        table = []
        if text and "|" in line and "|" in text[-1][1] and _RULE.fullmatch(line) and "-" in line:
            table = [text.pop(), (number, line)]
            yield from _paragraphs(text)
            text = []
        else:
            text.append((number, line))
            if len(text) > 1_000:
                yield from _paragraphs(text[:-1])
                text = text[-1:]
    yield from _paragraphs(text)
    yield from _table(table)


def _paragraphs(text: Sequence[tuple[int, str]]) -> Iterator[Piece]:
    for number, block in paragraphs(text):
        yield Piece(block, f"line:{number}", f"line {number}")


def _table(rows: Sequence[tuple[int, str]]) -> Iterator[Piece]:
    if not rows:
        return
    kept = [(number, line, _cells(line)) for number, line in (rows[0], *rows[2:])]
    for index, ((number, line, cells), labels) in enumerate(
        labelled(kept, lambda row: [(column, cell[1]) for column, cell in enumerate(row[2])])
    ):
        position = 0
        for column, cell in enumerate(cells):
            inner = cell[1].strip()
            start = cell.start(1) + cell[1].find(inner) if inner else cell.end()
            yield Piece(line[position:start])
            yield Piece(
                inner,
                f"line:{number}:{column}",
                f"line {number}, cell {column + 1}",
                labels.get(column, ()),
                Cell(f"line {rows[0][0]}", index, column),
            )
            position = start + len(inner)
        yield Piece(line[position:])
        if index == 0:
            yield Piece(rows[1][1])


def _cells(line: str) -> list[re.Match[str]]:
    """The cells of a row, which may begin and end with a bar."""
    found = [*_CELL.finditer(line)]
    return found[1:] if line.lstrip().startswith("|") else found
