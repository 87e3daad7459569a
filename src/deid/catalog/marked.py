"""Marked text: `患者[张三](PERSON)于今日入院`, the one notation for labelled text in deid.

Brackets that are not followed by `(TYPE)` are ordinary text, so records full of
`[1]` and `(CT)` need no escaping.

>>> parse_marked("患者[张三](PERSON)")
('患者张三', (Marked(start=2, end=4, entity_type='PERSON'),))
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from deid.regexes import Regex

_MARK = Regex(r"\[([^\[\]]+)\]\(([A-Z][A-Z0-9_]*)\)")


class Marked(NamedTuple):
    """A labelled stretch; offsets in code points, half-open."""

    start: int
    end: int
    entity_type: str


def parse_marked(marked: str) -> tuple[str, tuple[Marked, ...]]:
    """The plain text, and its marks in order of start."""
    parts: list[str] = []
    marks: list[Marked] = []
    position = length = 0
    for match in _MARK.finditer(marked):
        before, surface = marked[position : match.start()], match[1]
        length += len(before)
        marks.append(Marked(length, length + len(surface), match[2]))
        parts += (before, surface)
        length += len(surface)
        position = match.end()
    parts.append(marked[position:])
    return "".join(parts), tuple(marks)


def write_marked(text: str, marks: Iterable[tuple[int, int, str]]) -> str:
    """The inverse of `parse_marked`; the marks must be disjoint."""
    parts: list[str] = []
    position = 0
    for start, end, entity_type in sorted(marks):
        if start < position:
            raise ValueError(f"overlapping marks at {start}")
        parts.append(f"{text[position:start]}[{text[start:end]}]({entity_type})")
        position = end
    parts.append(text[position:])
    return "".join(parts)
