"""Blocks of OpenDocument: paragraphs in both views of tracked changes, cells with their values, the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

from deid.formats.accounts import AUTHOR, is_nobody
from deid.formats.joining import Boxes, Joining, line_views, row_views, table_views
from deid.formats.joining import Formula as JoiningFormula
from deid.formats.odf import vocabulary as odf
from deid.formats.odf.chunks import Event
from deid.formats.odf.formulas import Formula
from deid.formats.odf.hiding import HidingStyles
from deid.formats.odf.sites import Places, Site
from deid.formats.odf.squares import repeated
from deid.formats.ooxml.formulas import MOST_JOINED, Area
from deid.formats.stacking import Upright
from deid.formats.tables import Labels, bare, labelled
from deid.formats.views import Place, joined, part_figures, whole
from deid.grammar.fieldnames import is_label
from deid.types import FIRST_ROWS, Cell, Segment, TextBlock

_CHARACTERS = {"text:tab": "\t", "text:line-break": "\n"}
_FORMULA = odf.full("table:formula")
_SHOWN = frozenset({"table:formula", "text:formula"})
_MOST_SPACES = 100
_NOT_SHOWN = frozenset({"text:number", "text:hidden-text"})
"""The label of a paragraph, for programs that do not number; and text that a condition hides."""
_OF_USER = frozenset({"text:user-field-get", "text:user-field-input"})
_LENGTH = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{0,9})?")
_LABELS = {
    "dc:creator": AUTHOR,
    "meta:initial-creator": AUTHOR,
    "meta:printed-by": AUTHOR,
    "text:author-name": AUTHOR,
    "text:creator": AUTHOR,
    "text:initial-creator": AUTHOR,
    "meta:creator-initials": AUTHOR,
    "loext:sender-initials": AUTHOR,
    "dc:title": ("标题",),
    "dc:subject": ("主题",),
    "meta:keyword": ("关键词",),
}


class Passage(NamedTuple):
    """`source` is empty for what cannot be rewritten, as a tab."""

    text: str
    source: str = ""
    inserted: bool = False
    deleted: bool = False
    hidden: bool = False
    sign: bool = False
    """Stands for what is no text, and parts what touches it on both sides."""
    copy: str = ""
    """The source of the declaration that says the same."""


class Row(NamedTuple):
    """Cells as (column, blocks), and what is in the row besides; how often it is there, what formulas read of it
    by column, and what its own put together."""

    cells: Sequence[tuple[int, Sequence[TextBlock]]]
    others: Sequence[TextBlock] = ()
    times: int = 0
    values: Mapping[int, TextBlock] = {}
    joins: Sequence[tuple[str, Sequence[Area | TextBlock]]] = ()


@dataclass
class Reader:
    """Gives the blocks of one part; `title` says for people which."""

    places: Places
    title: str
    _numbers: int = 0
    _tables: int = 0
    _kinds: dict[str, str] = field(default_factory=dict)  # id of a tracked change → what it is
    _deleted: dict[str, list[Passage]] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)  # ids of insertions that have begun
    _before: TextBlock | None = None
    _boxes: Boxes = field(default_factory=Boxes)
    _hiding: HidingStyles = field(init=False)
    _is_hidden: bool = False
    _read: set[str] = field(default_factory=set)  # texts of formulas that were read together

    def __post_init__(self) -> None:
        self._hiding = self.places.hiding.inner()

    def blocks(self, events: Iterator[Event]) -> Iterator[TextBlock]:
        for event, element in events:
            if event == "start" and odf.short(element.tag) == "table:table":
                yield from self._attributes(element)
                yield from self._table(self._rows(events))
            elif event == "start":
                yield from self._attributes(element)
            elif event == "chunk" and self.places.cleaned(element):
                self._hiding.note(element)
                yield from self._element(element, self._sites(element))
        yield from self._boxes.end()

    # --- places

    def _sites(self, element: odf.Element) -> dict[tuple[odf.Element, str], Site]:
        return {(site.element, site.slot): site for site in self.places.sites(element)}

    def _attributes(self, element: odf.Element) -> Iterator[TextBlock]:
        self.places.cleaned_attributes(element)
        for site in self.places.attributes(element):
            yield from self._single(site)

    def _single(self, site: Site) -> Iterator[TextBlock]:
        """The block of an attribute, or of a text outside paragraphs."""
        if site.kind == "formula":
            where = f"{self.title}, formula"
            for source, text, first in site.literals:
                if first and any(map(str.isalnum, text)):
                    yield TextBlock(source, text, where)
            if odf.short(site.slot) in _SHOWN:
                yield from self._together(site, where)
            return
        if not site.first or not any(map(str.isalnum, site.text)):
            return
        labels: tuple[str, ...] = ()
        if site.slot == "text":
            name = odf.short(site.element.tag)
            own = site.element.get(odf.full("meta:name"), "")
            labels = (own,) if own else () if is_nobody(site.text) else _LABELS.get(name, ())
        yield TextBlock(
            site.source,
            site.text,
            f"{self.title}, {site.slot if site.slot == 'text' else 'attribute'}",
            labels,
        )

    def _together(self, site: Site, where: str) -> Iterator[TextBlock]:
        """All texts of a formula, one behind the other, as most formulas put them; once where several have the same."""
        sources = {text: source for source, text, _ in site.literals}
        parts = [
            TextBlock(sources[text], text, where) for text in Formula(site.text).texts(self.places.sheets)
        ]
        key = "".join(part.id for part in parts)
        if len(parts) > 1 and key not in self._read:
            self._read.add(key)
            yield joined(parts, whole(parts))

    def _element(
        self, element: odf.Element, sites: dict[tuple[odf.Element, str], Site]
    ) -> Iterator[TextBlock]:
        """The blocks of a chunk or a part of one."""
        name = odf.short(element.tag)
        if name == "table:table":
            for group in (element, *_groups_of(element)):
                yield from self._own(group, sites)
            yield from self._table(self._row(row, sites) for row in _rows_of(element))
            for child in _besides_rows(element):
                yield from self._element(child, sites)
        elif name == "table:table-row":
            yield from self._table(iter((self._row(element, sites),)))
        elif name in odf.PARAGRAPHS:
            yield from self._paragraph(element, sites)
        else:
            if name == "text:changed-region":
                self._change(element, sites)
            own = list(self._own(element, sites))
            yield from own
            if name == "text:ruby-text" and own:
                yield from self._boxes.add(own[0], name)
            elif name == "draw:page":
                yield from self._boxes.end()
            for child in element.iterchildren("*"):
                yield from self._element(child, sites)
                if (child, "tail") in sites:
                    yield from self._single(sites[child, "tail"])
            if name == "math:math":
                yield from self._formula(element, sites)

    def _formula(
        self, element: odf.Element, sites: dict[tuple[odf.Element, str], Site]
    ) -> Iterator[TextBlock]:
        """What a formula shows, which has an element for each letter and figure."""
        notes = {inner for note in element.iter("{*}annotation") for inner in note.iter("*")}
        shown = (sites.get((one, "text")) for one in element.iter("*") if one not in notes)
        parts = [TextBlock(site.source, site.text, f"{self.title}, formula") for site in shown if site]
        if len(parts) > 1:
            yield joined(parts, [Place(index, 0, len(part.text)) for index, part in enumerate(parts)])

    def _own(self, element: odf.Element, sites: dict[tuple[odf.Element, str], Site]) -> Iterator[TextBlock]:
        read_with_it = odf.short(element.tag) in odf.CELLS_OF_ROWS
        for slot in ("text", *element.attrib):
            if (element, slot) in sites and not (read_with_it and sites[element, slot].kind == "cell"):
                yield from self._single(sites[element, slot])

    # --- paragraphs

    def _paragraph(
        self, element: odf.Element, sites: dict[tuple[odf.Element, str], Site], labels: tuple[str, ...] = ()
    ) -> Iterator[TextBlock]:
        self._numbers += 1
        passages = list(self._passages(element, sites, line=True))
        where, before = f"{self.title}, paragraph {self._numbers}", self._before
        if not labels and before and before.text.rstrip()[-1:] in (":", "：") and is_label(bare(before.text)):
            labels = (bare(before.text),)
        views = list(_views(passages, f"p{self._numbers}:{self.title}", where, labels))
        views[:1] = [replace(view, flow=self.title) for view in views[:1]]
        yield from views
        if views:
            if before:
                yield from line_views(before, views[0])
            self._before = views[0]
            if _is_box(element):
                yield from self._boxes.add(views[0], left=_left(element))
            else:
                yield from self._boxes.end()
        held = len(self._boxes)
        yield from self._beside(element, sites)
        if len(self._boxes) > held + 1:  # the boxes of a line
            yield from self._boxes.end()

    def _passages(
        self, element: odf.Element, sites: dict[tuple[odf.Element, str], Site], *, line: bool = False
    ) -> Iterator[Passage]:
        """What a paragraph, or a part of its line, says."""
        name = odf.short(element.tag)
        if name == "text:s":
            count = element.get(odf.full("text:c"), "1")
            yield Passage(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
        elif name in _CHARACTERS:
            yield Passage(_CHARACTERS[name])
        elif name.startswith("text:change"):
            yield from self._mark(name, element.get(odf.full("text:change-id"), ""))
        elif not line and name in odf.APART:
            yield Passage(" ", sign=True)
        else:
            before = self._is_hidden
            self._is_hidden |= element.get(odf.full("text:style-name")) in self._hiding.names
            self._is_hidden |= name in _NOT_SHOWN or element.get(odf.full("text:display")) == "none"
            own = self._site(sites.get((element, "text")))
            yield from map(partial(self._declared, element), own) if name in _OF_USER else own
            for child in element.iterchildren("*"):
                yield from self._passages(child, sites)
                yield from self._site(sites.get((child, "tail")))
            self._is_hidden = before

    def _declared(self, field: odf.Element, shown: Passage) -> Passage:
        """What a field of the user shows, with where it is declared."""
        source, text = self.places.declared.get(field.get(odf.full("text:name"), ""), ("", ""))
        return shown._replace(copy=source) if text == shown.text else shown

    def _site(self, site: Site | None) -> Iterator[Passage]:
        if site:
            yield Passage(site.text, site.source, bool(self._open), False, self._is_hidden)

    def _mark(self, name: str, id: str) -> Iterator[Passage]:
        if name == "text:change-start" and self._kinds.get(id) == "text:insertion":
            self._open.add(id)
        elif name == "text:change-end":
            self._open.discard(id)
        elif name == "text:change":
            yield from self._deleted.get(id, ())

    def _change(self, region: odf.Element, sites: dict[tuple[odf.Element, str], Site]) -> None:
        """Remembers what a tracked change is, and what was deleted by it."""
        id = region.get(odf.full("text:id")) or next(
            (value for _, name, value in odf.attributes(region) if name == "xml:id"), ""
        )
        for change in region.iterchildren("*"):
            self._kinds[id] = odf.short(change.tag)
            if self._kinds[id] == "text:deletion":
                lines = [
                    list(self._passages(one, sites, line=True))
                    for one in change.iter("*")
                    if odf.short(one.tag) in odf.PARAGRAPHS
                ]
                for number, line in enumerate(lines):
                    gone = [Passage("\n")] * bool(number) + line
                    self._deleted.setdefault(id, []).extend(
                        one._replace(deleted=True, inserted=False) for one in gone
                    )

    def _beside(
        self, element: odf.Element, sites: dict[tuple[odf.Element, str], Site]
    ) -> Iterator[TextBlock]:
        """Attributes within a paragraph, and what stands apart in it: notes, frames, comments."""
        for slot in element.attrib:
            if (element, slot) in sites:
                yield from self._single(sites[element, slot])
        for child in element.iterchildren("*"):
            if odf.short(child.tag) in odf.APART:
                before, self._before = self._before, None
                yield from self._element(child, sites)
                self._before = before
            else:
                yield from self._beside(child, sites)

    # --- tables

    def _rows(self, events: Iterator[Event]) -> Iterator[Row]:
        """Until the table ends."""
        for event, element in events:
            if event == "chunk":
                if self.places.cleaned(element):
                    sites = self._sites(element)
                    if odf.short(element.tag) == "table:table-row":
                        yield self._row(element, sites)
                    else:
                        yield Row((), list(self._element(element, sites)))
            elif event == "start":
                yield Row((), list(self._attributes(element)))
            elif odf.short(element.tag) == "table:table":
                return

    def _row(self, row: odf.Element, sites: dict[tuple[odf.Element, str], Site]) -> Row:
        others = list(self._own(row, sites))
        cells: list[tuple[int, Sequence[TextBlock]]] = []
        values: dict[int, TextBlock] = {}
        joins: list[tuple[str, Sequence[Area | TextBlock]]] = []
        column = 0
        for cell in row.iterchildren("*"):
            if odf.short(cell.tag) not in odf.CELLS:
                others += self._element(cell, sites)
                continue
            others += self._own(cell, sites)
            blocks, besides, value = self._cell(cell, sites)
            others += besides
            count = repeated(cell, "table:number-columns-repeated")
            if blocks:
                cells.append((column, blocks))
            if value:
                for place in range(column, column + min(count, MOST_JOINED)):
                    values[place] = value
            formula = sites.get((cell, _FORMULA))
            if formula and formula.joins:
                joins.append((formula.source, self._parts(formula)))
            column += count
        return Row(cells, others, repeated(row, "table:number-rows-repeated"), values, joins)

    def _parts(self, formula: Site) -> list[Area | TextBlock]:
        """What a formula puts together: cells, and its texts as blocks."""
        sources = {text: source for source, text, _ in formula.literals}
        where = f"{self.title}, formula"
        return [
            TextBlock(sources[part], part, where) if isinstance(part, str) else part
            for part in formula.joins
            if not isinstance(part, str) or part in sources
        ]

    def _cell(
        self, cell: odf.Element, sites: dict[tuple[odf.Element, str], Site]
    ) -> tuple[list[TextBlock], list[TextBlock], TextBlock | None]:
        """What a cell shows, and its value where that is another text; then what is in it besides, and what formulas
        read of it."""
        blocks: list[TextBlock] = []
        besides: list[TextBlock] = []
        self._before = None
        for child in cell.iterchildren("*"):
            if odf.short(child.tag) in odf.PARAGRAPHS:
                found = list(self._paragraph(child, sites))
                blocks += found[:1]
                besides += found[1:]
            else:
                besides += self._element(child, sites)
        self._before = None
        shown = {block.text for block in blocks}
        value = blocks[-1] if blocks else None
        for slot in cell.attrib:
            site = sites.get((cell, slot))
            if site and site.kind == "cell" and site.text not in shown:
                value = TextBlock(site.source, site.text, f"{self.title}, value of a cell")
                blocks += [] if _is_small(site.text) else [value]
        return blocks, besides, value

    def _table(self, rows: Iterator[Row]) -> Iterator[TextBlock]:
        self._tables += 1
        table = self._tables
        above: dict[int, TextBlock] = {}
        upright = Upright()
        first, line = Joining(), 1
        for number, (row, labels) in enumerate(labelled(rows, _texts)):
            yield from row.others
            cells: dict[int, TextBlock] = {}
            for column, blocks in row.cells:
                place = f"{self.title}, table {table} row {number + 1} column {column + 1}"
                named = [
                    replace(
                        block,
                        where=place,
                        labels=(*labels.get(column, ()), *block.labels)[:4],
                        table=Cell(f"{self.title} {table}", number, column),
                    )
                    for block in blocks
                ]
                yield from named
                if len(named) == 1:
                    cells[column] = named[0]
                lines = [block for block in named if block.segments]
                if len(lines) > 1:
                    yield from row_views(lines, range(len(lines)))
            yield from table_views(cells, above)
            yield from upright.add(cells)
            above = cells
            if line <= FIRST_ROWS:
                _join(first, row, line, labels)
            elif row.joins:
                _join(own := Joining(), row, line, labels)
                yield from own.views()
            line += row.times
        yield from first.views()
        yield from upright.end()
        self._before = None


def _join(joining: Joining, row: Row, line: int, labels: Labels) -> None:
    """Take in a row, its first line from 1, and what its formulas put together."""
    if row.values:
        values = {
            column + 1: replace(value, labels=labels.get(column, value.labels))
            for column, value in row.values.items()
        }
        for number in range(min(row.times, FIRST_ROWS)):
            joining.add(line + number, values)
    for id, parts in row.joins:
        joining.formula(JoiningFormula(id, "formula of a cell", parts))


def _texts(row: Row) -> list[tuple[int, str]]:
    return [(column, "\n".join(block.text for block in blocks)) for column, blocks in row.cells]


def _views(passages: Sequence[Passage], id: str, where: str, labels: tuple[str, ...]) -> Iterator[TextBlock]:
    """With tracked changes accepted, with them rejected, without what is hidden, and with blanks for signs, where these
    differ."""
    signed = [one for one in passages if not (one.deleted or one.hidden)]
    passages = [one for one in passages if not one.sign]
    accepted = [one for one in passages if not one.deleted]
    rejected = [one for one in passages if not one.inserted]
    shown = [one for one in accepted if not one.hidden]
    for number, kept in enumerate((accepted, rejected, shown, signed)):
        if (number and kept == accepted) or (
            kept is signed and not part_figures((one.text, one.sign) for one in signed)
        ):
            continue
        segments: list[Segment] = []
        place = 0
        for one in kept:
            if one.source:
                segments.append(Segment(place, place + len(one.text), one.source))
            if one.copy:
                segments.append(Segment(place, place + len(one.text), one.copy))
            place += len(one.text)
        text = "".join(one.text for one in kept)
        if text.strip() and segments:
            yield TextBlock(id + "-" * number, text, where, labels, None, tuple(segments))


def _is_box(paragraph: odf.Element) -> bool:
    """Whether a paragraph is all of a text box or shape."""
    parent = paragraph.getparent()
    if parent is None or not odf.short(parent.tag).startswith("draw:"):
        return False
    return sum(odf.short(child.tag) in odf.PARAGRAPHS for child in parent.iterchildren("*")) == 1


def _left(paragraph: odf.Element) -> float:
    """How far to the left a box begins, in the unit that it says."""
    said = (outer.get(odf.full("svg:x")) for outer in paragraph.iterancestors())
    found = _LENGTH.match(next(filter(None, said), ""))
    return float(found[0]) if found else 0.0


def _is_small(value: str) -> bool:
    """Counts and sums, of which a sheet is full; years and days are in `office:date-value`."""
    return len(value) < 5 and value.replace(".", "").isdecimal()


def _rows_of(table: odf.Element) -> Iterator[odf.Element]:
    for child in table.iterchildren("*"):
        name = odf.short(child.tag)
        if name == "table:table-row":
            yield child
        elif name in odf.SPINE:
            yield from _rows_of(child)


def _groups_of(table: odf.Element) -> Iterator[odf.Element]:
    """What holds its rows together."""
    for child in table.iterchildren("*"):
        if odf.short(child.tag) in odf.SPINE - {"table:table"}:
            yield child
            yield from _groups_of(child)


def _besides_rows(table: odf.Element) -> Iterator[odf.Element]:
    for child in table.iterchildren("*"):
        name = odf.short(child.tag)
        if name in odf.SPINE and name != "table:table":
            yield from _besides_rows(child)
        elif name != "table:table-row":
            yield child
