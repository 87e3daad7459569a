"""Pass 2, cells of plain rows: what stands in them, where nothing that is certain elsewhere has to be looked for.

What is found in a cell of a column is found in most others as well: what depends on that, on the labels and
the policy is worked out once. No blocks are made of such cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from deid.batch.link import Link
from deid.batch.notes import PERSON
from deid.batch.stored import Put
from deid.batch.tally import Seen, without_number
from deid.detection.memory import Column, Recurring
from deid.formats.edits import Edit, Piece
from deid.formats.rows import Cells
from deid.formats.tables import Labels
from deid.link.parts import DocumentLink
from deid.normalize import canonical
from deid.pipeline import Deidentifier, Labelling
from deid.types import Entity, Replacement
from deid.validators.identity import identity_of

_ANYBODYS = frozenset(["keep", "label", "generalize", "redact"])
"""Operators of which the outcome does not depend on whose a value is."""
_MOST_WAYS = 20_000

Found = tuple[Entity, ...]
_Settled = tuple[Found, tuple[str, ...]]


class _Way:
    """What is done with cells of a column in which the same was found, whoever they are about.

    `places` are those of what is replaced: start, end and entity type. With `labelling` the only
    entity gets a label.
    """

    __slots__ = ("count", "counts", "entities", "labelling", "places", "replaced")

    def __init__(self, entities: Found, operators: Sequence[str], labelling: Labelling | None) -> None:
        self.entities, self.labelling = entities, labelling
        both = list(zip(entities, operators, strict=True))
        self.counts = [(entity.entity_type, operator) for entity, operator in both]
        self.places = [(e.start, e.end, e.entity_type) for e, operator in both if operator != "keep"]
        self.replaced = sum(end - start for start, end, _ in self.places)
        self.count = 0


class CellReplacing:
    """Replaces in cells of one document. `path` is where it lies in its folder."""

    def __init__(
        self, deidentifier: Deidentifier, link: Link, whose: DocumentLink, seen: Seen, path: str
    ) -> None:
        self._deidentifier, self._link, self._whose = deidentifier, link, whose
        self._seen, self._path = seen, path
        self._recurring: Recurring[_Settled] = Recurring()
        self._layout = _Layout({}, self._recurring)
        self._ways: dict[tuple[int, tuple[str, ...]], _Way | None] = {}
        self._kept_ways: list[Found] = []  # so that no other has the id of one
        self._anybodys: dict[str, bool] = {}
        self._about = _About(None, None, {})

    def put(
        self, number: int, cells: Cells, place: int, entities: Found, put: list[Put], pieces: list[Piece]
    ) -> None:
        """Add what stands for the values of a cell, the block of that number, to what is `put`, and to what is edited."""
        text, column = cells.texts[place], cells.columns[place]
        if cells.labels is not self._layout.labels:
            self._layout = _Layout(cells.labels, self._recurring)
        labels, known = self._layout[column]
        id = cells.names.id(cells.row, column)
        whom = self._whom(cells, id)
        way = self._way(entities, labels) if whom is not None else None
        if way is None or whom is None:
            replaced = self._replaced(number, cells, place, id, labels, entities)
            found = ((new.text, new.entity) for new in replaced)
            done = [(new, e.start, e.end, e.entity_type, e.subject or "", e.role or "") for new, e in found]
        else:
            way.count += 1
            settled = known.get(text)
            if settled is None or settled[0] is not entities:
                settled = entities, self._settle(text, labels, way)
                self._recurring.put((text, labels), settled)
            done = [(new, *at, *whom) for new, at in zip(settled[1], way.places, strict=True)]
        if done:
            where = cells.names.where(cells.row, column)
        for new, start, end, *about in done:
            put.append(Put(new, id, where, start, end, *about))
            if text[start:end] != new:
                pieces.append((id, Edit(start, end, new), end - start))

    def end(self) -> None:
        """Count what was done in the same way."""
        for way in self._ways.values():
            if way is not None:
                self._count(way)

    def _count(self, way: _Way) -> None:
        for counted in way.counts:
            self._seen.counts[counted] += way.count
        self._seen.replaced_characters += way.replaced * way.count
        way.count = 0

    def _replaced(
        self, number: int, cells: Cells, place: int, id: str, labels: tuple[str, ...], entities: Found
    ) -> tuple[Replacement, ...]:
        """What stands in a cell in which it counts whose a value is."""
        text, whose = cells.texts[place], self._whose
        row = f"{cells.sheet}\0{cells.row}"
        entities = tuple(whose.told(entities, text, id=id, row=row, number=number, names=self._link.subjects))
        done = self._deidentifier.replace(
            text,
            entities,
            self._link.numbering,
            labels=labels,
            subjects=whose.subjects,
            stand_ins=self._link.stand_ins,
            origin=whose.origin,
            near=partial(whose.near, number),
            path=self._path,
        )
        self._seen.count(text, entities, done)
        self._seen.note(text, entities, done)
        return done

    def _settle(self, text: str, labels: tuple[str, ...], way: _Way) -> tuple[str, ...]:
        """What stands in such a cell in place of each value that is replaced."""
        if way.labelling is None:
            done = self._deidentifier.replace(
                text, way.entities, self._link.numbering, labels=labels, stand_ins=self._link.stand_ins
            )
            self._seen.note(text, way.entities, done)
            replaced = {new.entity.start for new in done}
            self._seen.kept.update(text[e.start : e.end] for e in way.entities if e.start not in replaced)
            return tuple(new.text for new in done)
        [(start, end, kind)] = way.places
        value = canonical(text[start:end], kind)
        self._seen.use(kind, value)
        new = way.labelling.written(self._link.numbering.number(kind, identity_of(value, kind)))
        is_whole = end - start == len(text)
        self._seen.note_text(without_number(new) if is_whole else f"{text[:start]}{new}{text[end:]}")
        return (new,)

    def _way(self, entities: Found, labels: tuple[str, ...]) -> _Way | None:
        """What is done with such a cell, None where it counts whose a value is."""
        key = id(entities), labels
        if key in self._ways:
            return self._ways[key]
        if len(self._ways) > _MOST_WAYS:
            self.end()
            self._ways.clear()
            self._kept_ways.clear()
        self._kept_ways.append(entities)
        made = None
        if all(map(self._is_anybodys, entities)):
            operators = [self._deidentifier.operator_of(entity, labels=labels) for entity in entities]
            labelling = self._deidentifier.labelling(entities[0], labels) if len(entities) == 1 else None
            made = _Way(entities, operators, labelling)
        self._ways[key] = made
        return made

    def _is_anybodys(self, entity: Entity) -> bool:
        """Whether what stands for it is the same whosever it is."""
        kind = entity.entity_type
        known = self._anybodys.get(kind)
        if known is None:
            specs = self._deidentifier.policy.specs_of(kind)
            known = kind != PERSON and len(specs) == 1 and specs[0].operator in _ANYBODYS
            self._anybodys[kind] = known
        return known and not (entity.subject or entity.role)

    def _whom(self, cells: Cells, id: str) -> tuple[str, str] | None:
        """Subject and role of the one whom a row is about, None where a cell of it tells of others as well."""
        if cells is not self._about.cells:
            self._about = self._about_row(cells)
        return None if id in self._about.others else self._about.whom

    def _about_row(self, cells: Cells) -> _About:
        row, whose = f"{cells.sheet}\0{cells.row}", self._whose
        others = whose.beside.get(row, whose.places)
        if row not in whose.rows and whose.sections:
            return _About(cells, None, others)
        token = whose.rows.get(row, "")
        about = whose.subject(token)
        return _About(cells, (token, about.role if about else ""), others)


class _About(NamedTuple):
    """Whom a row is about: subject and role. In the cells with these ids others are named."""

    cells: Cells | None
    whom: tuple[str, str] | None
    others: Mapping[str, object]


class _Layout(dict[int, tuple[tuple[str, ...], Column[_Settled]]]):
    """The labels of the columns of a table, and what is known of cells under them."""

    def __init__(self, labels: Labels, known: Recurring[_Settled]) -> None:
        super().__init__()
        self.labels, self._known = labels, known

    def __missing__(self, column: int) -> tuple[tuple[str, ...], Column[_Settled]]:
        labels = self.labels.get(column, ())
        found = self[column] = labels, self._known.column(labels)
        return found
