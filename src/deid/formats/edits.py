"""From replacements on blocks to disjoint edits on the pieces that a format can rewrite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from deid.errors import UnwritableDocument
from deid.types import Replacement, TextBlock


class Edit(NamedTuple):
    """`text` for the stretch `[start:end)` of a source, in code points of the source's text."""

    start: int
    end: int
    text: str


Piece = tuple[str, Edit, int]
"""Source, edit, and the length of the whole value."""


def edits(blocks: Iterable[tuple[TextBlock, Sequence[Replacement]]]) -> dict[str, tuple[Edit, ...]]:
    """Source → its edits, disjoint and in order of start.

    Where views of one place disagree, everything that one of them takes is taken, and
    the longest value says what stands there.
    """
    return gathered(piece for block, replacements in blocks for piece in pieces(block, replacements))


def gathered(found: Iterable[Piece]) -> dict[str, tuple[Edit, ...]]:
    """The same of pieces."""
    parts: dict[str, list[tuple[Edit, int]]] = defaultdict(list)
    for source, edit, length in found:
        parts[source].append((edit, length))
    return {source: merged(some) for source, some in parts.items()}


def pieces(block: TextBlock, replacements: Iterable[Replacement]) -> Iterator[Piece]:
    """Source, edit, and the length of the whole value, for each piece of a value that is replaced.

    A value that lies in several segments is written into the first, and taken out of the
    others; where several sources hold the same stretch, into each of them. A replacement that changes
    nothing is no edit. Raises UnwritableDocument when a value lies wholly in text that no source holds.
    """
    for replacement in replacements:
        start, end = replacement.entity.start, replacement.entity.end
        if block.text[start:end] == replacement.text:
            continue
        if not block.segments:
            yield block.id, Edit(start, end, replacement.text), end - start
            continue
        placed: int | None = None
        for segment in sorted(block.segments, key=lambda segment: segment.start):
            first, last = max(start, segment.start), min(end, segment.end)
            if first < last:
                placed = first if placed is None else placed
                text = replacement.text if first == placed else ""
                shift = segment.source_start - segment.start
                yield segment.source, Edit(first + shift, last + shift, text), end - start
        if placed is None:
            kind = replacement.entity.entity_type
            raise UnwritableDocument(f"{block.where or block.id}: {kind} stands where nothing can be written")


def merged(parts: Iterable[tuple[Edit, int]]) -> tuple[Edit, ...]:
    """Overlapping edits united; each comes with the length of the whole value.

    >>> merged([(Edit(0, 3, "A"), 3), (Edit(2, 4, ""), 9), (Edit(6, 7, ""), 1)])
    (Edit(start=0, end=4, text=''), Edit(start=6, end=7, text=''))
    """
    parts = list(parts)
    if len(parts) == 1:
        return (parts[0][0],)
    done: list[Edit] = []
    group: list[tuple[Edit, int]] = []
    reach = -1
    for part, length in sorted(parts, key=lambda part: (part[0].start, -part[0].end)):
        if group and part.start >= reach:
            done.append(_united(group))
            group = []
        group.append((part, length))
        reach = max(reach, part.end) if len(group) > 1 else part.end
    if group:
        done.append(_united(group))
    return tuple(done)


def _united(group: Sequence[tuple[Edit, int]]) -> Edit:
    spoken, _ = max(group, key=lambda part: (part[1], bool(part[0].text), part[0].end - part[0].start))
    return Edit(group[0][0].start, max(part.end for part, _ in group), spoken.text)
