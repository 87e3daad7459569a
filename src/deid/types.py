"""The values that flow through deid, in the order in which they come to be.

    Document ─▶ TextBlock* ─detect─▶ Detection* ─resolve─▶ Entity* ─operate─▶ Replacement*

All are frozen, picklable and import nothing of deid. Offsets are code points of the
*original* text of a block, half-open. Scores run from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Form = Literal["plain", "masked", "partial", "repaired"]
"""How a value was written: in full, `138****5678`, `尾号5678`, or with an error that was mended."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text, half-open."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Segment:
    """Block text `[start:end)` stands in `source` from offset `source_start` on.

    `source` names the smallest piece that a format can rewrite (a text node, a cell, a
    line). Text of a block that lies in no segment (a separator between joined cells)
    cannot be rewritten. Blocks that share a source are views of one place; segments of one
    stretch are places that hold the same.
    """

    start: int
    end: int
    source: str
    source_start: int = 0


class Cell(NamedTuple):
    """Where in a table a block stands; row and column count from 0."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, a cell, a property: text that is read as a unit.

    `id` is unique within its document and the same at every reading. `where` is for
    people and holds no value of the document (`"sheet 1!B7"`). `labels` are what the
    layout says the text is: the header cell, the cell to the left, `姓名：` at the start of
    a line. Without `segments` the whole text is one source named like the block.
    A `search_only` block joins what merely stands side by side: nothing is detected in it, and
    only values that are known, or certain elsewhere, are looked for across its segments.
    Paragraphs of one `flow`, the running text of a part, are read together.
    """

    id: str
    text: str
    where: str = ""
    labels: tuple[str, ...] = ()
    table: Cell | None = None
    segments: Sequence[Segment] = ()
    search_only: bool = False
    flow: str = ""

    def sources(self) -> Sequence[Segment]:
        """The segments, with the default filled in."""
        return self.segments or (Segment(0, len(self.text), self.id),)


FIRST_ROWS = 256
"""Rows of a sheet by which its columns are judged: whoever shares a table with others reads them too."""
Wanted = Callable[[int], bool]
"""Whether the strip of that number is wanted."""
Strip = tuple[int, Sequence[TextBlock]]
"""Blocks that are read together (a row of a table, or one block), and how many strips come before."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as a lazy, repeatable sequence of blocks.

    `ref` is how messages may call it: a number such as `#0017`, never a path. `shared` gives those strips
    that are wanted, and of each sheet the first rows, where that is faster than to read all.
    """

    ref: str
    format: str
    path: str = field(repr=False)
    open: Callable[[], Iterator[TextBlock]] = field(repr=False, compare=False)
    details: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    shared: Callable[[Wanted], Iterator[Strip]] | None = field(default=None, repr=False, compare=False)

    def strips(self, wanted: Wanted) -> Iterator[Strip]:
        """The strips that are wanted, in order; of tables the first rows as well."""
        if self.shared is not None:
            return self.shared(wanted)
        return ((number, (block,)) for number, block in enumerate(self.open()) if wanted(number))

    def blocks(self) -> Iterator[TextBlock]:
        return self.open()

    @property
    def kind(self) -> str:
        """Its format, behind that of the one file that is packed in it: `csv.gz`."""
        packed = self.details.get("packed")
        return f"{packed}.{self.format}" if packed else self.format


@dataclass(frozen=True, slots=True)
class Detection:
    """A claim that a stretch of text is of some type. Detections may overlap."""

    entity_type: str
    start: int
    end: int
    score: float
    recognizer: str
    evidence: tuple[str, ...] = ()
    form: Form = "plain"


@dataclass(frozen=True, slots=True)
class Entity:
    """A resolved detection; the entities of one block are disjoint and in order of start.

    `subject` is the id of a Subject: whom a name means, whose a number or a date is.
    """

    entity_type: str
    start: int
    end: int
    score: float
    block: str = ""
    detections: tuple[Detection, ...] = ()
    subject: str | None = None
    role: str | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def form(self) -> Form:
        return self.detections[0].form if self.detections else "plain"


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, as far as the documents tell: what their mentions and values have in common.

    `id` is keyed and holds no value. `name` is the full name without gaps, or empty where only
    short forms are known; `sex` is `male`, `female` or empty, `birth` and `first_day`
    (that of the earliest event) are ISO dates or empty.
    """

    id: str
    role: str = "unknown"
    attributes: frozenset[str] = frozenset()
    name: str = field(default="", repr=False)
    sex: str = field(default="", repr=False)
    birth: str = field(default="", repr=False)
    first_day: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What was nearly found and left, and why. For people who ask; nothing is replaced by it.

    `reason` is `below threshold`, `tagger alone` (the network sees a name, no rule agrees), `kept`
    (on a keep list), or the name of the list of a protected word (`herbs`, `ordinary words` …).
    """

    entity_type: str
    start: int
    end: int
    score: float
    recognizer: str
    evidence: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """What stands instead of an entity. Holds nothing of the original text."""

    entity: Entity
    operator: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of what was found and done. Never text."""

    entities: Mapping[str, int] = field(default_factory=dict)
    operators: Mapping[str, int] = field(default_factory=dict)
    characters: int = 0
    replaced_characters: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """Of `deidentify`: the new text, what was found in the old one, and what was put there."""

    text: str
    entities: tuple[Entity, ...]
    replacements: tuple[Replacement, ...]
    report: Report


def covering(length: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    """1 for each of `length` characters that one of the spans covers, 0 for the others."""
    marks = bytearray(length)
    for start, end in spans:
        marks[start:end] = b"\1" * (end - start)
    return marks


def splice(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """`text` with disjoint `(start, end, new)` edits applied; linear in the length of text."""
    found = [*edits]
    if len(found) == 1:
        [(start, end, new)] = found
        return f"{text[:start]}{new}{text[end:]}"
    parts: list[str] = []
    position = 0
    for start, end, new in sorted(found):
        if start < position:
            raise ValueError(f"overlapping edits at {start}")
        parts += (text[position:start], new)
        position = end
    parts.append(text[position:])
    return "".join(parts)
