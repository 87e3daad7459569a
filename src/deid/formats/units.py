"""Edits on text that stands escaped: each character of the text is one unit of the raw form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deid.formats.edits import Edit


def splice_units(units: Sequence[str], edits: Sequence[Edit], encode: Callable[[str], str]) -> str:
    """The raw form with edits, given in characters of the text, put in; other units stay as they are.

    >>> splice_units(["\\\\u5f20", "\\\\u4e09", "a"], [Edit(0, 2, "x")], str)
    'xa'
    """
    parts: list[str] = []
    position = 0
    for edit in sorted(edits):
        parts += (*units[position : edit.start], encode(edit.text))
        position = edit.end
    return "".join((*parts, *units[position:]))
