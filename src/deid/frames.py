"""Tables of pandas, Polars and Arrow: column types are fixed once, then batches are changed one by one.

    plan = deidentifier.plan(frame)             what each column is; numbers and stand-ins of what is in it
    safe = deidentifier.apply(plan, batch)      the same kind of frame, with the same columns

A cell is read by itself, with the name of its column; rows know nothing of each other but through
the plan. So a table gives the same result in one piece or in eight, in any order, and in Spark
(`DataFrame.mapInArrow`). A value that the plan has not seen gets a label without number.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from deid.aliases import canonical_type, label_type
from deid.errors import PolicyError
from deid.keys import mac
from deid.normalize import canonical
from deid.operators.days import DATE_TYPES
from deid.operators.generalize import COLUMN_TYPES
from deid.operators.numbering import Numbering
from deid.operators.standins import Choice, StandIns
from deid.surrogates.shifts import MOST_DAYS, shift_days, shifted
from deid.types import Entity, Subject, TextBlock, splice
from deid.validators import resident_id

if TYPE_CHECKING:
    from deid.pipeline import Deidentifier

Kind = Literal["value", "text", "keep"]
"""Each cell is one value · text in which values stand · numbers and the like, in which nothing can."""

_SAMPLE = 200
_MAJORITY = 0.6
_WHOSE = (
    "CN_RESIDENT_ID", "MEDICAL_RECORD_NUMBER", "CN_HEALTH_CARD", "CN_SOCIAL_SECURITY", "CN_PASSPORT", "PHONE_NUMBER", "PERSON",
)  # fmt: skip
"""Columns that tell whose a row is, the best first."""


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What a column is. `typed` columns stay what they are (dates stay dates), others become text."""

    name: str
    kind: Kind
    entity_type: str = ""
    typed: bool = False


@dataclass(frozen=True)
class TablePlan:
    """What is fixed for all batches of a table. Picklable; holds MACs, no values."""

    columns: tuple[ColumnPlan, ...]
    subject: str | None
    numbering: Numbering = field(repr=False)
    stand_ins: StandIns = field(repr=False)
    origin: datetime.date | None = field(default=None, repr=False)

    def arrow_schema(self, schema: Any) -> Any:
        """The schema of what `apply` gives for batches of `schema`; Spark asks for it."""
        import pyarrow

        typed = {column.name for column in self.columns if column.typed}
        return pyarrow.schema(
            [one if one.name in typed else pyarrow.field(one.name, pyarrow.string()) for one in schema]
        )


def make_plan(
    deidentifier: Deidentifier,
    frame: Any,
    *,
    types: Mapping[str, str] | None = None,
    subject: str | None = None,
) -> TablePlan:
    """Decide what the columns of `frame` are. `types` says it of some: an entity type, `text` or `keep`.

    `subject` is the column that tells whose a row is. PolicyError for a column that is not there.
    """
    columns = _columns_of(frame)
    for name in (*(types or {}), *((subject,) if subject is not None else ())):
        if name not in columns:
            raise PolicyError(
                "there is no such column in the table", hint=f"there are {len(columns)} columns"
            )
    planned = tuple(
        _planned(deidentifier, name, cells, (types or {}).get(name, "")) for name, cells in columns.items()
    )
    if subject is None:
        ranked = [
            (_WHOSE.index(c.entity_type), c.name)
            for c in planned
            if c.kind == "value" and c.entity_type in _WHOSE
        ]
        subject = min(ranked, default=(0, None), key=lambda one: one[0])[1]
    key = deidentifier.numbering_key
    empty = TablePlan(planned, subject, Numbering(key), StandIns(deidentifier.stand_in_key))
    cells = [cell for row in _read_rows(deidentifier, empty, columns) for cell in row.cells()]
    values = [value for block, entities, _ in cells for value in deidentifier.values(block.text, entities)]
    choices: Iterable[Choice] = (
        choice
        for block, entities, person in cells
        for choice in deidentifier.choices(
            block.text, entities, labels=block.labels, subjects={person.id: person} if person else {}
        )
    )
    real = {name for block, entities, _ in cells for name in deidentifier.real_names(block.text, entities)}
    days = (deidentifier.first_day(block.text, entities) for block, entities, _ in cells)
    return TablePlan(
        planned,
        subject,
        Numbering.assign(values, key=key),
        StandIns.assign(choices, key=deidentifier.stand_in_key, avoid=real),
        min((day for day in days if day is not None), default=None),
    )


def apply_plan(deidentifier: Deidentifier, plan: TablePlan, batch: Any) -> Any:
    """`batch` with every cell replaced as the policy says, as the same kind of frame.

    PolicyError when its columns are not those of the plan.
    """
    columns = _columns_of(batch)
    if list(columns) != [column.name for column in plan.columns]:
        raise PolicyError(
            "the columns of the batch are not those of the plan", hint="make a plan of this table"
        )
    new: dict[str, list[Any]] = {column.name: [] for column in plan.columns}
    for row in _read_rows(deidentifier, plan, columns):
        for name, cell in row.replaced():
            new[name].append(cell)
    return _frame_like(batch, new, plan)


class ArrowMapper:
    """`apply` as a function over Arrow batches, for `DataFrame.mapInArrow`. Picklable."""

    def __init__(self, deidentifier: Deidentifier, plan: TablePlan) -> None:
        self._deidentifier, self._plan = deidentifier, plan

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        return (apply_plan(self._deidentifier, self._plan, batch) for batch in batches)


# --- columns ---------------------------------------------------------------------------------


def _planned(deidentifier: Deidentifier, name: str, cells: Sequence[Any], given: str) -> ColumnPlan:
    if given in ("text", "keep"):
        return ColumnPlan(name, given, typed=given == "keep")  # type: ignore[arg-type]
    kind = canonical_type(given) if given else _named(deidentifier, name)
    if not kind:
        kind, found = _sampled(deidentifier, name, cells)
        if not kind:
            is_number = not found and all(
                isinstance(cell, (int, float)) for cell in cells if cell is not None
            )
            return ColumnPlan(name, "keep", typed=True) if is_number else ColumnPlan(name, "text")
    rule = deidentifier.policy.operator_for(kind, label=name)
    if rule.operator == "keep":  # a diagnosis stays, but a name in that column does not
        return ColumnPlan(name, "text")
    is_day = kind in DATE_TYPES and any(isinstance(cell, datetime.date) for cell in cells)
    return ColumnPlan(name, "value", kind, typed=is_day and rule.operator == "shift_date")


def _named(deidentifier: Deidentifier, name: str) -> str:
    """The type that the name of a column says."""
    name = name.strip()
    if (kind := COLUMN_TYPES.get(name, "")) in deidentifier.policy.operators:
        return kind
    return label_type(name) or deidentifier.header_types.get(name, "")


def _sampled(deidentifier: Deidentifier, name: str, cells: Sequence[Any]) -> tuple[str, bool]:
    """What most cells are, and whether anything was found in any."""
    texts = [text for cell in cells if (text := _text(cell))][:_SAMPLE]
    counts: Counter[str] = Counter()
    found = False
    blocks = (TextBlock(str(i), text, labels=(name,)) for i, text in enumerate(texts))
    for block, entities in deidentifier.detect_blocks(blocks):
        found = found or bool(entities)
        if len(entities) == 1 and len(entities[0].span) == len(block.text.strip()):
            counts[entities[0].entity_type] += 1
    kind, count = next(iter(counts.most_common(1)), ("", 0))
    return (kind if texts and count >= _MAJORITY * len(texts) else ""), found


# --- rows ------------------------------------------------------------------------------------


def _read_rows(
    deidentifier: Deidentifier, plan: TablePlan, columns: Mapping[str, Sequence[Any]]
) -> Iterator[_Row]:
    """The rows, with what stands in their cells of text; these are read together, as that is faster."""
    names = [column.name for column in plan.columns if column.kind == "text"]
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    blocks = (
        TextBlock(name, text, labels=(name,)) for row in rows for name in names if (text := _text(row[name]))
    )
    found = deidentifier.detect_blocks(blocks)
    for row in rows:
        filled = [name for name in names if _text(row[name])]
        yield _Row(deidentifier, plan, row, {name: next(found)[1] for name in filled})


class _Row:
    """A row: whose it is, and what stands in its cells."""

    def __init__(
        self,
        deidentifier: Deidentifier,
        plan: TablePlan,
        row: Mapping[str, Any],
        found: Mapping[str, tuple[Entity, ...]],
    ) -> None:
        self._deidentifier, self._plan, self._row, self._found = deidentifier, plan, row, found
        self._subject = self._whose()

    def _whose(self) -> Subject | None:
        name = self._plan.subject
        value = _text(self._row.get(name)) if name is not None else ""
        if not value:
            return None
        kind = next((c.entity_type for c in self._plan.columns if c.name == name), "")
        id_ = mac(self._deidentifier.numbering_key, "row", canonical(value, kind)).hex()[:16]
        told = {
            c.entity_type: _text(self._row.get(c.name))
            for c in reversed(self._plan.columns)
            if c.kind == "value"
        }
        number = told.get("CN_RESIDENT_ID", "")
        born = resident_id.birth_date(number) if number else None
        return Subject(
            id_,
            name="".join(told.get("PERSON", "").split()),
            sex=(resident_id.sex(number) or "") if number else "",
            birth=born.isoformat() if born else "",
        )

    def cells(self) -> Iterator[tuple[TextBlock, tuple[Entity, ...], Subject | None]]:
        """The text of each cell that is to be replaced, with its entities."""
        for column in self._plan.columns:
            text = _text(self._row[column.name])
            if column.kind == "keep" or not text or self._shifts(column, self._row[column.name]):
                continue
            yield (*self._read(column, text), self._subject)

    def replaced(self) -> Iterator[tuple[str, Any]]:
        """Each column with its new cell."""
        for column in self._plan.columns:
            cell = self._row[column.name]
            text = _text(cell)
            if column.kind == "keep":
                yield column.name, cell
            elif not text:
                yield column.name, None
            elif self._shifts(column, cell):
                yield column.name, self._shifted(column, cell)
            else:
                block, entities = self._read(column, text)
                yield column.name, self._new(block, entities)

    def _read(self, column: ColumnPlan, text: str) -> tuple[TextBlock, tuple[Entity, ...]]:
        block = TextBlock("", text, labels=(column.name,))
        whose = self._subject.id if self._subject else None
        if column.kind == "value":
            return block, (Entity(column.entity_type, 0, len(text), 1.0, subject=whose),)
        entities = self._found[column.name]
        return block, tuple(replace(e, subject=whose) if self._is_own(text, e) else e for e in entities)

    def _is_own(self, text: str, entity: Entity) -> bool:
        """Whether a value in a text belongs to the person of the row: dates do, and the same name does."""
        if self._subject is None or entity.entity_type in DATE_TYPES:
            return True
        return (
            entity.entity_type == "PERSON"
            and "".join(text[entity.start : entity.end].split()) == self._subject.name
        )

    def _new(self, block: TextBlock, entities: Sequence[Entity]) -> str:
        plan = self._plan
        done = self._deidentifier.replace(
            block.text,
            entities,
            plan.numbering,
            labels=block.labels,
            subjects={self._subject.id: self._subject} if self._subject else {},
            stand_ins=plan.stand_ins,
            origin=plan.origin,
        )
        return splice(block.text, ((r.entity.start, r.entity.end, r.text) for r in done))

    def _shifts(self, column: ColumnPlan, cell: Any) -> bool:
        return column.typed and column.kind == "value" and isinstance(cell, datetime.date)

    def _shifted(self, column: ColumnPlan, cell: Any) -> Any:
        params = self._deidentifier.policy.operator_for(column.entity_type, label=column.name).params
        whose = self._subject.id if self._subject else None
        days = shift_days(self._deidentifier.operator_key, whose, params.get("max_days", MOST_DAYS))
        if isinstance(cell, datetime.datetime):
            return cell + datetime.timedelta(days=days)
        return shifted(cell, days)


# --- kinds of frames -------------------------------------------------------------------------


def _columns_of(frame: Any) -> dict[str, list[Any]]:
    """The cells of each column as Python values, missing ones as None."""
    module = type(frame).__module__.partition(".")[0]
    if module == "pandas":
        return {
            str(name): [None if _is_missing(v) else v for v in frame[name].tolist()] for name in frame.columns
        }
    if module == "polars":
        return {name: frame[name].to_list() for name in frame.columns}
    if module == "pyarrow":
        return {name: frame.column(i).to_pylist() for i, name in enumerate(frame.schema.names)}
    raise PolicyError("not a table of pandas, Polars or Arrow")


def _frame_like(frame: Any, columns: Mapping[str, list[Any]], plan: TablePlan) -> Any:
    module = type(frame).__module__.partition(".")[0]
    typed = {column.name for column in plan.columns if column.typed}
    if module == "pandas":
        import pandas

        new = {
            name: pandas.Series(
                cells, index=frame.index, dtype=frame[name].dtype if name in typed else "object"
            )
            for name, cells in columns.items()
        }
        return pandas.DataFrame(new, index=frame.index)
    if module == "polars":
        import polars

        return polars.DataFrame(
            [
                polars.Series(n, cells, dtype=frame.schema[n] if n in typed else polars.String)
                for n, cells in columns.items()
            ]
        )
    import pyarrow

    schema = plan.arrow_schema(frame.schema)
    arrays = [pyarrow.array(columns[one.name], type=one.type) for one in schema]
    return type(frame).from_arrays(arrays, schema=schema)


def _is_missing(cell: Any) -> bool:
    return cell is None or cell != cell or type(cell).__name__ in ("NaTType", "NAType")


def _text(cell: Any) -> str:
    """A cell as people write it: dates without a time of midnight, whole numbers without a fraction."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
