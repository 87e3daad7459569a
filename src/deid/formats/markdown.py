"""Markdown: plain text, but the cells of pipe tables (GitHub's extension) are blocks with labels.

Marks of emphasis around words are no part of the text, nor is a backslash before ASCII punctuation (CommonMark 0.31, 6.2 and
2.4): `**高血压**`, `zhang\\_san@qq.com`. What may be masks stays, and is read without them as well: `138**0013**8000`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TextIO, TypeAlias

from deid.formats.edits import Edit
from deid.formats.encoding import Encoding, open_text
from deid.formats.joining import table_views
from deid.formats.plain import Piece, blocks_of, document_of, lines, paragraphs, rewrite
from deid.formats.stamp import check_unchanged
from deid.formats.tables import labelled
from deid.formats.views import Place, joined
from deid.types import Cell, Document, TextBlock

Span: TypeAlias = tuple[int, int]

_LINE = re.compile(r"[^\r\n]+")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_UNIT = re.compile(r"\\[!-/:-@\[-`{-~]|.", re.DOTALL)
_MARKS = re.compile(
    r"(?<=[0-9\u4e00-\u9fff])(?:_?(?<!\*)\*{1,3}(?!\*)_?|(?:~~)+|(?<!`)`{1,2}(?!`))+(?=[0-9\u4e00-\u9fff])"
)
_MAY_MARK = re.compile("[*_~`]")
_EMPHASIS = tuple(
    re.compile(
        rf"(?<![\w{mark}\\])(?P<opens>{marks})(?=[^\s{mark}]){inner}*?(?<=[^\s\\])(?P<closes>(?P=opens))(?![\w{mark}])"
    )
    for mark, marks, inner in (
        ("*", r"\*{1,3}", r"[^\r\n*]"),
        ("_", "_{1,3}", r"(?:[^\r\n_]|(?<=\w)_(?=\w))"),
        ("~", "~~", r"[^\r\n~]"),
        ("`", "`{1,2}", r"[^\r\n`]"),
    )
)
_WITHIN_WORDS = re.compile(
    r"(?<![*\\])(?P<opens>\*{2,3})(?=[^\s*])(?P<inner>[^\r\n*]+)(?<=[^\s\\])(?P<closes>(?P=opens))(?!\*)"
)
_BETWEEN_MASKS = re.compile(r"(?:.*[^\u4e00-\u9fff]|.*[和与及或跟])?[\u4e00-\u9fff]{1,2}|[0-9 -]+")
"""张**和李**, 138**0013**8000, but not 诊断为**高血压**2级."""
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
    """The raw text with edits put in; a pair of marks stays unless nothing is left between them."""
    pairs = _pairs(text)
    units = _units(text, pairs)
    places = [place for place, unit in enumerate(units) if not unit.mark]
    written = [unit.raw for unit in units] + [""]
    for change in sorted(changes):
        covered = places[change.start : change.end]
        for place in covered:
            written[place] = ""
        first = covered[0] if covered else [*places, len(units)][change.start]
        written[first] = change.text + written[first]
    starts = {unit.start: place for place, unit in enumerate(units)}
    for opens, closes in pairs:
        between = range(starts[opens[0]] + 1, starts[closes[0]])
        if not any(written[place] for place in between if not units[place].mark):
            written[starts[opens[0]]] = written[starts[closes[0]]] = ""
    return "".join(written)


class _Unit(NamedTuple):
    """A character of the text as it is written, or a mark, which is none."""

    start: int
    raw: str
    mark: bool


def _units(text: str, pairs: Iterable[tuple[Span, Span]]) -> list[_Unit]:
    units: list[_Unit] = []
    position = 0
    for start, end in (*sorted(mark for pair in pairs for mark in pair), (len(text), len(text))):
        units += (_Unit(unit.start(), unit[0], False) for unit in _UNIT.finditer(text, position, start))
        if start < end:
            units.append(_Unit(start, text[start:end], True))
        position = end
    return units


def _pairs(text: str) -> list[tuple[Span, Span]]:
    """Where marks of emphasis open and close, that are surely no masks."""
    if not _MAY_MARK.search(text):
        return []
    found = [pair for form in _EMPHASIS for pair in form.finditer(text)]
    found += (pair for pair in _WITHIN_WORDS.finditer(text) if not _BETWEEN_MASKS.fullmatch(pair["inner"]))
    taken: set[int] = set()
    pairs: list[tuple[Span, Span]] = []
    for pair in found:
        opens, closes = pair.span("opens"), pair.span("closes")
        if taken.isdisjoint((*range(*opens), *range(*closes))):
            taken.update(range(*opens), range(*closes))
            pairs.append((opens, closes))
    return pairs


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
    pairs = _pairs(text)
    if not pairs and "\\" not in text:
        return text
    return "".join(unit.raw[-1] for unit in _units(text, pairs) if not unit.mark)


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
        labelled(kept, lambda row: [(column, _read(cell[1])) for column, cell in enumerate(row[2])])
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
