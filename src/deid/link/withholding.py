"""What a policy leaves out altogether: the file, row or passage that tells of somebody.

`withhold: {under-14: passage, special-disease: file}`. A row is one of a list, each cell of it
〔略〕; a passage is the lines in which the person is named, and those of the record that is about her.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from deid.link.parts import DocumentLink
from deid.types import Entity, Replacement, Subject, TextBlock

WITHHELD, OPERATOR, MARK = "WITHHELD", "withhold", "〔略〕"
_KEY = "key:"  # names of fields in JSON: without them there is no object


@dataclass(frozen=True)
class Withholding:
    """Who is left out of a document, by scope."""

    link: DocumentLink
    rows: frozenset[str]
    passages: frozenset[str]

    @classmethod
    def of(cls, link: DocumentLink, scopes: Mapping[str, str]) -> Withholding:
        """`scopes` are those of a policy: role or attribute → row, passage or file."""
        rows = _of_scope(link.subjects.values(), scopes, ("row", "passage", "file"))
        return cls(link, rows, _of_scope(link.subjects.values(), scopes, ("passage", "file")))

    def __bool__(self) -> bool:
        return bool(self.rows)

    def apply(
        self,
        block: TextBlock,
        entities: Sequence[Entity],
        done: Sequence[Replacement],
        *,
        number: int,
    ) -> tuple[tuple[Entity, ...], tuple[Replacement, ...]]:
        """The entities and replacements of a block, with one entity for each stretch that is left out."""
        spans = list(self._spans(block, entities, number=number)) if self.rows else []
        if not spans:
            return tuple(entities), tuple(done)
        left = [Entity(WITHHELD, start, end, 1.0, block.id) for start, end in spans]
        kept = [e for e in entities if not any(e.start < x.end and x.start < e.end for x in left)]
        new = [r for r in done if r.entity in kept] + [Replacement(e, OPERATOR, MARK) for e in left]
        return (
            tuple(sorted((*kept, *left), key=lambda e: e.start)),
            tuple(sorted(new, key=lambda r: r.entity.start)),
        )

    def _spans(
        self, block: TextBlock, entities: Sequence[Entity], *, number: int
    ) -> Iterator[tuple[int, int]]:
        text = block.text
        row = f"{block.table.sheet}\0{block.table.row}" if block.table else ""
        if row in self.link.rows:
            if self.link.rows[row] in self.rows and text.strip():
                yield 0, len(text)
            return
        if not self.passages or block.id.startswith(_KEY):
            return
        named = [e.start for e in entities if e.subject in self.passages]
        start = 0
        for line in text.splitlines(keepends=True):
            end = start + len(line.rstrip())
            first = start + len(line) - len(line.lstrip())
            about = any(start <= place < end for place in named) or self._is_about(number, end - 1)
            if about and first < end:
                yield first, end
            start += len(line)

    def _is_about(self, number: int, start: int) -> bool:
        """Whether a line is of a record about somebody who is left out: at its end, for it may begin one."""
        sections = self.link.sections
        at = bisect_right(sections, (number, start, "\U0010ffff")) - 1
        return at >= 0 and sections[at][2] in self.passages


def withholds_file(link: DocumentLink, scopes: Mapping[str, str]) -> bool:
    """Whether somebody is in the document whose files are left out."""
    return bool(_of_scope(link.subjects.values(), scopes, ("file",)))


def _of_scope(
    subjects: Collection[Subject], scopes: Mapping[str, str], wanted: Collection[str]
) -> frozenset[str]:
    reasons = {name for name, scope in scopes.items() if scope in wanted}
    if not reasons:
        return frozenset()
    return frozenset(
        subject.id
        for subject in subjects
        if subject.attributes & reasons
        or ("client" if subject.role == "unknown" else subject.role) in reasons
    )
