"""Pass 2, cells of plain rows: what stands in them, where nothing that is certain elsewhere has to be looked for.

What is found in a cell of a column is found in most others as well: what depends on that, on the labels and
the policy is worked out once. No blocks are made of such cells.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from deid.batch.link import Link
from deid.batch.notes import PERSON
from deid.batch.tally import Seen, without_number
from deid.detection.memory import Column, Recurring
from deid.formats.edits import Edit, Piece
from deid.formats.rows import Cells
from deid.formats.tables import Labels
from deid.link.parts import DocumentLink
from deid.normalize import canonical, unpaired
from deid.pipeline import Deidentifier, Labelling
from deid.types import Entity, Replacement
from deid.validators.identity import identity_of

_ANYBODYS = frozenset(["keep", "label", "generalize", "redact"])
"""Operators of which the outcome does not depend on whose a value is."""
_MOST_WAYS = 20_000

Found = tuple[Entity, ...]
_Stand = tuple[str, int, int, str]
"""What stands in place of a value, where that starts and ends in its cell, and its entity type."""
_Put = tuple[str, int, int, str, str, str]
"""The same with subject and role of the one whose it is."""
_Settled = tuple[Found, list[_Stand]]


class _Way:
    """What is done with cells of a column in which the same was found, whoever they are about.

    `places` are those of what is replaced: start, end and entity type. With `labelling` the only
    entity gets a label; where it is a name (`names`) that of her who is called so.
    """

    __slots__ = ("count", "counts", "entities", "labelling", "names", "places", "replaced")

    def __init__(self, entities: Found, operators: Sequence[str], labelling: Labelling | None) -> None:
        self.entities, self.labelling = entities, labelling
        both = list(zip(entities, operators, strict=True))
        self.counts = [(entity.entity_type, operator) for entity, operator in both]
        self.places = [(e.start, e.end, e.entity_type) for e, operator in both if operator != "keep"]
        self.replaced = sum(end - start for start, end, _ in self.places)
        self.names = entities[0].entity_type == PERSON
        self.count = 0


_Ways = dict[tuple[str, ...], dict[int, _Way | None]]
"""By the labels of a column, and the id of what was found."""


class CellReplacing:
    """Replaces in cells of one document. `path` is where it lies in its folder."""

    def __init__(
        self, deidentifier: Deidentifier, link: Link, whose: DocumentLink, seen: Seen, path: str
    ) -> None:
        self._deidentifier, self._link, self._whose = deidentifier, link, whose
        self._seen, self._path = seen, path
        self._recurring: Recurring[_Settled] = Recurring()
        self._ways: _Ways = {}
        self._layout = _Layout({}, self._recurring, self._ways)
        self._kept_ways: list[Found] = []  # so that no other has the id of one
        self._anybodys: dict[str, bool] = {}

    def put(
        self,
        number: int,
        cells: Cells,
        found: Iterable[tuple[int, Found]],
        put: list[tuple[Any, ...]],
        pieces: list[Piece],
    ) -> None:
        """Add what stands for the values of a row to what is `put`, and to what is edited.

        `found` tells of cells, by their place in the row, what was found in them; `number` is that of the first block of the row.
        """
        if cells.labels is not self._layout.labels:
            self._layout = _Layout(cells.labels, self._recurring, self._ways)
        layout, names, row = self._layout, cells.names, cells.row
        whom, others = self._about(cells)
        for place, entities in found:
            text, column = cells.texts[place], cells.columns[place]
            here, id = layout[column], names.id(row, column)
            way = self._way(entities, here)
            if way is not None and way.names:
                way.count += 1
                stands = [self._named(number + place, cells, text, id, way)]
            elif way is None or whom is None or id in others:
                stands = self._replaced(number + place, cells, place, id, here, entities)
            else:
                way.count += 1
                settled = here.known.get(text)
                if settled is None or settled[0] is not entities:
                    settled = entities, self._settle(text, here.labels, way)
                    self._recurring.put((text, here.labels), settled)
                stands = [(*stand, *whom) for stand in settled[1]]
            if stands:
                where = names.where(row, column)
            for new, start, end, *about in stands:
                put.append((new, id, where, start, end, *about))
                if text[start:end] != new:
                    pieces.append((id, Edit(start, end, new), end - start))

    def end(self) -> None:
        """Count what was done in the same way."""
        for ways in self._ways.values():
            for way in ways.values():
                if way is not None:
                    self._count(way)

    def _count(self, way: _Way) -> None:
        for counted in way.counts:
            self._seen.counts[counted] += way.count
        self._seen.replaced_characters += way.replaced * way.count
        way.count = 0

    def _replaced(
        self, number: int, cells: Cells, place: int, cell: str, here: _Here, entities: Found
    ) -> list[_Put]:
        """What stands in a cell in which it counts whose a value is."""
        text, whose = cells.texts[place], self._whose
        row = f"{cells.sheet}\0{cells.row}"
        about = tuple(whose.told(entities, text, id=cell, row=row, number=number, names=self._link.subjects))
        done = self._deidentifier.replace(
            text,
            about,
            self._link.numbering,
            labels=here.labels,
            subjects=whose.subjects,
            stand_ins=self._link.stand_ins,
            origin=whose.origin,
            near=partial(whose.near, number),
            path=self._path,
        )
        self._seen.count(text, about, done)
        self._seen.note(text, about, done)
        return _stands(done)

    def _named(self, number: int, cells: Cells, text: str, id: str, way: _Way) -> _Put:
        """The label that stands in place of the only name in a cell."""
        [entity] = way.entities
        row, subjects = f"{cells.sheet}\0{cells.row}", self._link.subjects
        token = self._whose.whose(entity, text, id=id, row=row, number=number, names=subjects)
        about = self._whose.subject(token)
        return (*self._labelled(text, way, token), token, about.role if about else "")

    def _settle(self, text: str, labels: tuple[str, ...], way: _Way) -> list[_Stand]:
        """What stands in such a cell in place of each value that is replaced."""
        if way.labelling is None:
            done = self._deidentifier.replace(
                text, way.entities, self._link.numbering, labels=labels, stand_ins=self._link.stand_ins
            )
            self._seen.note(text, way.entities, done)
            replaced = {new.entity.start for new in done}
            self._seen.kept.update(text[e.start : e.end] for e in way.entities if e.start not in replaced)
            return [(new.text, *at) for new, at in zip(done, way.places, strict=True)]
        return [self._labelled(text, way)]

    def _labelled(self, text: str, way: _Way, token: str = "") -> _Stand:
        """The label in place of the only value of a cell, with the number of that, or of the subject."""
        assert way.labelling is not None
        [(start, end, kind)] = way.places
        raw = text[start:end]
        value = canonical(raw, kind)
        self._seen.use(kind, value)
        new = way.labelling.written(self._link.numbering.number(kind, token or identity_of(value, kind)))
        new += unpaired(raw)
        is_whole = end - start == len(text)
        self._seen.note_text(without_number(new) if is_whole else f"{text[:start]}{new}{text[end:]}")
        return new, start, end, kind

    def _way(self, entities: Found, here: _Here) -> _Way | None:
        """What is done with such a cell, None where it counts whose a value is."""
        key = id(entities)
        if key in here.ways:
            return here.ways[key]
        if len(self._kept_ways) > _MOST_WAYS:
            self.end()
            for ways in self._ways.values():
                ways.clear()
            self._kept_ways.clear()
        self._kept_ways.append(entities)
        made = None
        if all(map(self._is_anybodys, entities)):
            operators = [self._deidentifier.operator_of(entity, labels=here.labels) for entity in entities]
            labelling = self._deidentifier.labelling(entities[0], here.labels) if len(entities) == 1 else None
            if labelling or not any(entity.entity_type == PERSON for entity in entities):
                made = _Way(entities, operators, labelling)
        here.ways[key] = made
        return made

    def _is_anybodys(self, entity: Entity) -> bool:
        """Whether what stands for it, or is done with it where it is a name, is the same whosever it is."""
        kind = entity.entity_type
        known = self._anybodys.get(kind)
        if known is None:
            specs = self._deidentifier.policy.specs_of(kind)
            known = len(specs) == 1 and specs[0].operator in _ANYBODYS
            self._anybodys[kind] = known
        return known and not (entity.subject or entity.role)

    def _about(self, cells: Cells) -> tuple[tuple[str, str] | None, Container[str]]:
        """Subject and role of the one whom a row is about, if it has one; the ids of cells in which others are named."""
        row, whose = f"{cells.sheet}\0{cells.row}", self._whose
        others = whose.beside.get(row, whose.places)
        if row not in whose.rows and whose.sections:
            return None, others
        token = whose.rows.get(row, "")
        about = whose.subject(token)
        return (token, about.role if about else ""), others


def _stands(done: Iterable[Replacement]) -> list[_Put]:
    both = ((new.text, new.entity) for new in done)
    return [(text, e.start, e.end, e.entity_type, e.subject or "", e.role or "") for text, e in both]


class _Here(NamedTuple):
    """The labels of a column, and what is known of cells under them."""

    labels: tuple[str, ...]
    known: Column[_Settled]
    ways: dict[int, _Way | None]
    """By the id of what was found."""


class _Layout(dict[int, _Here]):
    """The columns of a table."""

    def __init__(self, labels: Labels, known: Recurring[_Settled], ways: _Ways) -> None:
        super().__init__()
        self.labels, self._known, self._ways = labels, known, ways

    def __missing__(self, column: int) -> _Here:
        labels = self.labels.get(column, ())
        found = self[column] = _Here(labels, self._known.column(labels), self._ways.setdefault(labels, {}))
        return found
