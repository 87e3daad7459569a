"""Text in the fonts of bar codes, which styles name (ODF 1.3, part 3, 16 and 20.276): as drawn codes, it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from deid.formats.codefonts import is_bar_code_font, with_those_based_on
from deid.formats.odf import vocabulary as odf
from deid.formats.odf.chunks import Event, common_parts

_USES = tuple(
    map(odf.full, ("text:style-name", "table:style-name", "draw:text-style-name", "draw:style-name"))
)
_NAMED = tuple(map(odf.full, ("style:font-name", "fo:font-family")))
_DEFAULT, _REPEATED, _FORMULA = map(
    odf.full, ("table:default-cell-style-name", "table:number-columns-repeated", "table:formula")
)
SAID = (_FORMULA, *map(odf.full, (*odf.VALUES, "office:value-type", "calcext:value-type")))
_STYLES = tuple(map(odf.full, ("style:style", "style:font-face")))
_MOST_COLUMNS = 1 << 14


@dataclass
class CodeStyles:
    """Which styles show text as bar codes, and which name a font for text."""

    faces: set[str] = field(default_factory=set)
    coded: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)
    bases: dict[str, str] = field(default_factory=dict)

    def note(self, chunk: odf.Element) -> None:
        """Take in the fonts and styles of a chunk."""
        for one in chunk.iter(*_STYLES):
            name = one.get(odf.full("style:name"), "")
            if odf.short(one.tag) == "style:font-face":
                if is_bar_code_font(f"{name} {one.get(odf.full('svg:font-family'), '')}"):
                    self.faces.add(name)
                continue
            fonts = [said.get(key) for said in one.iter(odf.full("style:text-properties")) for key in _NAMED]
            named = list(filter(None, fonts))
            if any(font in self.faces or is_bar_code_font(font) for font in named):
                self.coded.add(name)
            elif named:
                self.plain.add(name)
            else:
                self.bases[name] = one.get(odf.full("style:parent-style-name"), "")
        self.coded |= with_those_based_on(self.coded, self.bases)

    def inner(self) -> CodeStyles:
        """A copy, for a part that has styles of its own besides."""
        return CodeStyles(set(self.faces), set(self.coded), set(self.plain), dict(self.bases))


def common_styles(events: Iterable[Event]) -> CodeStyles:
    """What a part with styles says for the other parts."""
    styles = CodeStyles()
    for element in common_parts(events):
        styles.note(element)
    return styles


def without_codes(events: Iterable[Event], common: CodeStyles, removed: Counter[str]) -> Iterator[Event]:
    """The events of a part, in which bar codes say nothing any more; `removed` counts them."""
    styles = common.inner()
    columns: list[bool] = []  # of the sheet: whether cells without a style are codes
    for event, element in events:
        name = odf.short(element.tag)
        if event == "start" and name == "table:table":
            columns = []
        elif event == "chunk":
            if name in ("office:font-face-decls", "office:styles", "office:automatic-styles"):
                styles.note(element)
            elif styles.coded:
                for column in element.iter(odf.full("table:table-column")):
                    columns += [column.get(_DEFAULT) in styles.coded] * _repeated(column)
                if name == "table:table-row":
                    removed["code"] += _without_cells(element, styles, columns)
                removed["code"] += _silenced(element, styles, is_code=False)
        yield event, element


def _without_cells(row: odf.Element, styles: CodeStyles, columns: list[bool]) -> int:
    """Cells that have no style but that of their row or column."""
    lost, place = 0, 0
    is_coded = row.get(_DEFAULT) in styles.coded
    for cell in row.iterchildren("*"):
        if odf.full("table:style-name") not in cell.attrib and (is_coded or any(columns[place : place + 1])):
            lost += _silenced(cell, styles, is_code=True)
        place += _repeated(cell)
    return lost


def _repeated(element: odf.Element) -> int:
    count = element.get(_REPEATED, "1")
    return min(int(count), _MOST_COLUMNS) if count.isdecimal() else 1


def _silenced(element: odf.Element, styles: CodeStyles, *, is_code: bool) -> int:
    """Take out what an element says in bar codes: how many of its texts."""
    used = {element.get(key) for key in _USES} - {None}
    is_code = bool(used & styles.coded) or (is_code and not used & styles.plain)
    lost = 0
    if is_code:
        lost += bool((element.text or "").strip())
        element.text = None
        if odf.short(element.tag) in odf.CELLS:
            for key in SAID:
                element.attrib.pop(key, None)
    for child in element.iterchildren("*"):
        lost += _silenced(child, styles, is_code=is_code)
        if is_code:
            lost += bool((child.tail or "").strip())
            child.tail = None
    return lost
