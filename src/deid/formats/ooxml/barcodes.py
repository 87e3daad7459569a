"""Text in the fonts of bar codes: letters of its own that say a number, as drawn codes do. It goes.

A font is named at a run, or by a style that is used there (ISO/IEC 29500-1, 17.7 and 18.8). So do the colours of cells
that draw a code.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from deid.formats.codefonts import is_bar_code_font, with_those_based_on
from deid.formats.codes import Cell, in_tables
from deid.formats.ooxml.xml import Element, local, take_out

_FONTS = ("{*}rFonts", "{*}rFont", "{*}latin", "{*}ea", "{*}cs")
_TEXTS = ("{*}t", "{*}delText")
_USES = ("{*}rStyle", "{*}pStyle", "{*}tblStyle")
_RUNS = frozenset({"r", "fld"})
_FILLS = ("{*}shd", "{*}solidFill", "{*}gradFill", "{*}pattFill", "{*}blipFill", "{*}noFill")
_FEWEST, _MOST_COLUMNS = 11, 200


def without_codes(root: Element, styles: frozenset[str]) -> int:
    """Runs in such a font, or of such styles of Word, say nothing any more: how many."""
    lost = 0
    for symbol in [symbol for symbol in root.iter("{*}sym") if _names_code(symbol)]:
        take_out(symbol, root)
        lost += 1
    for shown in dict.fromkeys((*_by_font(root), *(_by_style(root, styles) if styles else ()))):
        texts = [text for text in shown.iter(*_TEXTS) if text.text]
        lost += bool(texts)
        for text in texts:
            text.text = ""
    return lost


def without_squares(root: Element) -> int:
    """Cells of tables that draw a code with their colours have none any more: how many codes."""
    lost = 0
    for table in root.iter("{*}tbl"):
        cells: dict[Cell, Element] = {}
        lines = list(table.iterchildren("{*}tr"))
        if len(lines) < _FEWEST or len(lines[-1]) < _FEWEST:
            continue
        for row, line in enumerate(lines):
            for column, cell in enumerate(islice(line.iterchildren("{*}tc"), _MOST_COLUMNS)):
                cells[row, column] = cell
        drawn = in_tables({place: _look(cell) for place, cell in cells.items()})
        lost += bool(drawn)
        for place in drawn:
            for fill in list(_fills(cells[place])):
                take_out(fill, root)
    return lost


def is_in_code(run: Element) -> bool:
    """Whether the text of a run is in such a font."""
    return any(map(_names_code, run.iter(*_FONTS)))


def styles_of_codes(styles: Element) -> frozenset[str]:
    """The ids of Word's styles that have such a font, or are based on one that has."""
    coded, bases = set(), {}
    for style in styles.iter("{*}style"):
        id = _said(style, "styleId")
        if is_in_code(style):
            coded.add(id)
        elif not _has_font(style):
            bases[id] = next((_said(base, "val") for base in style.iter("{*}basedOn")), "")
    return with_those_based_on(coded, bases)


def cells_of_codes(styles: Element) -> frozenset[int]:
    """The numbers of Excel's formats of cells that have such a font."""
    fonts = (font for table in styles.iterchildren("{*}fonts") for font in table.iterchildren("{*}font"))
    coded = {str(number) for number, font in enumerate(fonts) if any(map(_names_code, font.iter("{*}name")))}
    bases, cells = (
        [form for table in styles.iterchildren(name) for form in table.iterchildren("{*}xf")]
        for name in ("{*}cellStyleXfs", "{*}cellXfs")
    )
    based = {str(number) for number, base in enumerate(bases) if base.get("fontId", "0") in coded}
    return frozenset(
        number
        for number, cell in enumerate(cells)
        if (cell.get("fontId") in coded if "fontId" in cell.attrib else cell.get("xfId", "0") in based)
    )


def _names_code(font: Element) -> bool:
    return any(map(is_bar_code_font, font.attrib.values()))


def _fills(cell: Element) -> Iterator[Element]:
    return (fill for format in cell.iterchildren("{*}tcPr") for fill in format.iterchildren(*_FILLS))


def _look(cell: Element) -> tuple[bytes, ...]:
    """The colours of a cell."""
    return tuple(etree.tostring(fill, method="c14n", with_tail=False) for fill in _fills(cell))


def _by_font(root: Element) -> Iterator[Element]:
    """Runs that name such a font, and texts of shapes whose levels do."""
    for font in filter(_names_code, root.iter(*_FONTS)):
        format = font.getparent()
        run = None if format is None else format.getparent()
        if run is not None and local(run.tag) in _RUNS:
            yield run
        elif run is not None and (levels := next(run.iterancestors("{*}lstStyle"), None)) is not None:
            yield levels.getparent()


def _by_style(root: Element, styles: frozenset[str]) -> Iterator[Element]:
    """Runs of such a style, or in paragraphs and tables of such a style, that name no font of their own."""
    for use in root.iter(*_USES):
        format = use.getparent()
        shown = None if _said(use, "val") not in styles or format is None else format.getparent()
        if shown is not None:
            runs = (shown,) if local(shown.tag) == "r" else shown.iter("{*}r")
            yield from (run for run in runs if not any(map(_has_font, run.iterchildren("{*}rPr"))))


def _has_font(format: Element) -> bool:
    return any(_said(font, "ascii") or _said(font, "asciiTheme") for font in format.iter("{*}rFonts"))


def _said(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")
