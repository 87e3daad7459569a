"""What pass 1 notes of a file: what was found where, its values, and what they tell of persons.

A cell of a large table that is like one before it, or of which its column says what it holds, is noted
without a block of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from deid.batch.chunks import MOST, first_number
from deid.batch.journal import Record
from deid.batch.notes import Notes, Row, Values, rows_of
from deid.batch.stored import Told, told
from deid.detection.memory import Column, Memory, Recurring, judges
from deid.formats.rows import Cells, TableRow
from deid.formats.tables import Labels
from deid.link.codes import kind_of
from deid.link.facts import DAY, PERSON, Fact, Placed, Said, place_of, say_more, together
from deid.link.names import PersonName
from deid.normalize import canonical
from deid.pipeline import Deidentifier
from deid.types import Entity, Strip, TextBlock
from deid.validators.identity import identity_of

_READ = frozenset(["AGE", "DATE_OF_BIRTH"])
"""Types of which the value has to be read to tell a fact of it."""

_MOST_EXAMPLES = 5000


class _Cell(NamedTuple):
    """What is noted of cells that are alike: what was found, and the facts without their places."""

    told: Told
    facts: tuple[Said, ...]


_NOTHING = _Cell((), ())


class Noted(NamedTuple):
    """What was found in a chunk, by block, the rows that have views, as strips, and the characters that were read."""

    told: list[tuple[str, Told]]
    viewed: list[int]
    characters: int


class Noting:
    """What goes into the journal for one file. With `memory` cells are read."""

    def __init__(self, deidentifier: Deidentifier, memory: Memory | None = None) -> None:
        self._deidentifier = deidentifier
        self._memory = memory or deidentifier.memory()
        self._recurring: Recurring[_Cell] = Recurring()
        self._layout = _Layout({}, self._recurring)
        self._alone = _Alone(deidentifier)
        self._rows: dict[Row, None] = {}
        self._facts: list[Placed] = []
        self._few_days, self._month = not deidentifier.policy.uses("relative_day"), ""

    def chunk(self, strips: Iterable[Strip]) -> Noted:
        """Detect in strips, and note what was found."""
        planned: list[tuple[int, TextBlock | _Placed | None]] = []
        unread: _Unread = {}
        viewed: list[int] = []
        characters = 0
        for strip, blocks in strips:
            first = first_number(strip)
            if isinstance(blocks, TableRow) and not judges(blocks.cells.row):
                if blocks.is_plain:
                    self._plan(blocks, first, planned, unread)
                    characters += sum(map(len, blocks.cells.texts))
                    continue
                viewed.append(strip)
            for place, block in enumerate(blocks):
                planned.append((first + min(place, MOST - 1), block))
                characters += 0 if block.search_only else len(block.text)
        for labels, cells in unread.items():
            self._plan_column(labels, cells, planned)
        to_read = (block for _, block in planned if isinstance(block, TextBlock))
        read = self._deidentifier.detect_blocks(to_read, memory=self._memory, placed=False)
        found: list[tuple[str, Told]] = []
        for number, some in planned:
            if isinstance(some, TextBlock):
                found.append((some.id, self.note(some, next(read)[1], number=number)))
            elif some is not None:
                found.append((some.id, some.cell.told))
                self._note_facts((number, some.id, some.row), some.cell)
                if some.value:
                    self._rows[some.value] = None
        return Noted(found, viewed, characters)

    def _plan(
        self,
        row: TableRow,
        first: int,
        planned: list[tuple[int, TextBlock | _Placed | None]],
        unread: _Unread,
    ) -> None:
        """Add to what is `planned` the cells of a row that need not be read; the others get their place there."""
        cells = row.cells
        if cells.labels is not self._layout.labels:
            self._layout = _Layout(cells.labels, self._recurring)
        layout, key, id = self._layout, f"{cells.sheet}\0{cells.row}", cells.names.id
        for index, (column, text) in enumerate(zip(cells.columns, cells.texts, strict=True)):
            cell = layout[column].get(text)
            if cell is None:
                labels = cells.labels.get(column, ())
                unread.setdefault(labels, []).append((len(planned), cells, index))
                planned.append((first + index, None))
            elif cell.told or cell.facts:
                planned.append((first + index, _Placed(id(cells.row, column), key, cell)))
        if self._deidentifier.searches_rows and row.across:
            planned.append((first + len(cells.texts), row.across_block()))

    def _plan_column(
        self,
        labels: tuple[str, ...],
        unread: Sequence[tuple[int, Cells, int]],
        planned: list[tuple[int, TextBlock | _Placed | None]],
    ) -> None:
        """Put in their places what is to be noted of cells of a column, and blocks of those that have to be read for that."""
        texts = [cells.texts[index] for _, cells, index in unread]
        told = self._deidentifier.tell(texts, labels, self._memory)
        known = self._recurring.column(labels)
        for (at, cells, index), text, more, entities in zip(
            unread, texts, say_more(texts), told, strict=True
        ):
            noted = None
            if entities is not None and not more:
                noted = self._alone.noted(cells, index, labels, entities)
            if noted is None:
                planned[at] = planned[at][0], cells.block(index)
            elif noted[0] is not _NOTHING:
                if not known.is_closed:
                    self._recurring.put((text, labels), noted[0])
                column, key = cells.columns[index], f"{cells.sheet}\0{cells.row}"
                planned[at] = planned[at][0], _Placed(cells.names.id(cells.row, column), key, *noted)

    def note(self, block: TextBlock, entities: Sequence[Entity], *, number: int) -> Told:
        """The block's entities for the journal; their values and facts are noted."""
        if block.search_only and not entities:
            return ()  # what stands side by side tells nothing that its cells do not
        place = place_of(block, number)
        is_cell = block.table is not None and not block.segments and not judges(block.table.row)
        cell = self._recurring.get((block.text, block.labels)) if is_cell else None
        if cell is None:
            for row in rows_of(self._deidentifier, block, entities):
                self._rows[row] = None
            facts = self._told(block, self._deidentifier.facts.read(block, entities, number=number))
            cell = _Cell(told(entities), tuple(fact.said for fact in facts))
            if is_cell:
                self._recurring.put((block.text, block.labels), cell)
        self._note_facts(place, cell)
        return cell.told

    def _note_facts(self, place: tuple[int, str, str], cell: _Cell) -> None:
        for said in cell.facts:
            self._facts.append((*place, *said))

    def _told(self, block: TextBlock, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Of the days of running text one a month is enough to tell of which year others are."""
        for fact in facts:
            if fact.kind == DAY and self._few_days and block.table is None:
                if fact.value[:7] == self._month:
                    continue
                self._month = fact.value[:7]
            yield fact

    def end(self, name: str, *, part: int) -> list[Record]:
        """What was noted since the last time, for the journal."""
        noted: list[Record] = [
            ("values", name, tuple(Values.of(self._rows)), part),
            ("notes", name, tuple(Notes.of(self._deidentifier, self._rows)), part),
            ("facts", name, together(self._facts), part),
            ("persons", name, together([fact for fact in self._facts if _kind(fact) == PERSON]), part),
        ]
        self._rows, self._facts, self._month = {}, [], ""
        return noted


def _kind(fact: Placed) -> str:
    """The kind of a fact."""
    kind: str = fact[3][0]
    return kind


_Unread = dict[tuple[str, ...], list[tuple[int, Cells, int]]]
"""By labels cells that are like none before: their places among what is planned, their rows, and which of these they are."""


class _Placed(NamedTuple):
    """A cell that is noted without a block: its id, the key of its row, and what is noted."""

    id: str
    row: str
    cell: _Cell
    value: Row | None = None
    """The value of the cell, if no cell before was like it."""


class _Example(NamedTuple):
    """What is noted of cells in which these entities are, after the example of one of them."""

    entities: Sequence[Entity]
    told: Told
    row: Row | None
    """Its value; None where each cell has to be read for what is noted of it."""
    facts: list[Said]


class _Alone:
    """Notes cells that are one value of their column's type, after the example of the first of them.

    What FactReader says of such a cell depends on its label, but for the value, or the parts of a name: nothing else is in it.
    """

    def __init__(self, deidentifier: Deidentifier) -> None:
        self._deidentifier = deidentifier
        self._examples: dict[tuple[tuple[str, ...], int], _Example] = {}
        self._read = _READ | {"DATE_TIME"} if deidentifier.facts.days else _READ

    def noted(
        self, cells: Cells, index: int, labels: tuple[str, ...], entities: Sequence[Entity]
    ) -> tuple[_Cell, Row | None] | None:
        """What is noted of a cell, and its value; None where it has to be read for that."""
        if not entities:
            return _NOTHING, None
        surface, kind = cells.texts[index][: entities[0].end], entities[0].entity_type
        name = self._name(surface) if kind == PERSON else None
        if kind == PERSON and name is None:
            return None
        example = self._examples.get((labels, id(entities)))  # cells of one shape share theirs
        if example is None or example.entities is not entities:
            if len(self._examples) > _MOST_EXAMPLES:
                self._examples.clear()
            example = self._examples[labels, id(entities)] = self._example(cells, index, entities)
        if example.row is None:
            return None
        value = canonical(surface, kind)
        new = Row(kind, value, surface, *example.row[3:])
        return _Cell(example.told, tuple([self._like(said, value, name) for said in example.facts])), new

    def _name(self, surface: str) -> PersonName | None:
        """The parts of a name in full; None of any other, of which more has to be read."""
        if "某" in surface:
            return None
        name = self._deidentifier.facts.names.read(surface)
        return name if name.form == "full" and name.surname and name.given else None

    def _example(self, cells: Cells, index: int, entities: Sequence[Entity]) -> _Example:
        first, found = entities[0], told(entities)
        if len(entities) > 1 or first.entity_type in self._read or first.subject or first.role or first.start:
            return _Example(entities, found, None, [])
        block = cells.block(index)
        [row] = rows_of(self._deidentifier, block, entities)
        facts = self._deidentifier.facts.read(block, entities, number=0)
        return _Example(entities, found, row, [fact.said for fact in facts])

    def _like(self, said: Said, value: str, name: PersonName | None) -> Said:
        common, _, surname, given, code = said
        if name is not None:
            return common, value, name.surname, name.given, code
        kind = common[0]
        value = identity_of(value, kind)
        if code:
            code = self._deidentifier.facts.codes.hide(kind_of(kind, value), value)
        return common, value, surname, given, code


class _Layout(dict[int, Column[_Cell]]):
    """What is known of the columns of a table of which the rows have these labels."""

    def __init__(self, labels: Labels, known: Recurring[_Cell]) -> None:
        super().__init__()
        self.labels, self._known = labels, known

    def __missing__(self, column: int) -> Column[_Cell]:
        found = self[column] = self._known.column(self.labels.get(column, ()))
        return found
