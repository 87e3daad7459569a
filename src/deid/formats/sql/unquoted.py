"""Numbers that stand in statements without quotes: what is no number gets these in their place, lest nothing loads."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from deid.formats.edits import Edit
from deid.formats.sql.dialects import Dialect
from deid.formats.sql.literals import number_saying
from deid.types import splice

_CODE = re.compile(r"/\*!\d*")
"""What MySQL runs though it stands in a comment."""
_COPIED = re.compile(r"COPY\b", re.IGNORECASE)
_COPY_END = re.compile(r"^\\\.[^\S\r\n]*$", re.MULTILINE)
_BETWEEN = frozenset(("space", "line", "comment"))
_BEFORE_PROGRAM = frozenset(("as", "do"))


class Unquoted:
    """Goes through the texts of a dump in order: one may begin within a string that another opened."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._closing: re.Pattern[str] | None = None
        self._program = ""  # the tag between dollars that it began with
        self._before = ("", "")
        self._is_copied = False

    def begin(self, head: str = "") -> None:
        """A statement begins, or ended: nothing is open."""
        self._closing, self._program, self._before = None, "", ("", "")
        self._is_copied = bool(_COPIED.match(head))

    def numbers(self, raw: str) -> Iterator[tuple[int, int]]:
        """Where in the next text they stand."""
        place = self._behind_copied(raw)
        if self._closing:
            end = self._closing.match(raw, place)
            self._closing, place = (None, end.end()) if end else (self._closing, len(raw))
        while place < len(raw):
            if self._program and raw.startswith(self._program, place):
                place += len(self._program)
                self._program = ""
                continue
            found = self._dialect.token.match(raw, place)
            assert found is not None  # it matches anything
            group, first, place = found.lastgroup, place, found.end()
            if code := _CODE.match(raw, first) if self._dialect.backslash else None:
                place = code.end()
            elif group == "number":
                yield first, place
            elif group == "dollar" and self._is_program():
                self._program, place = found["tag"], found.end("tag")
            elif group == "open" and found[0][0] == "$" and self._is_program():
                self._program = found[0]
            elif group == "open":
                is_extended = raw[max(0, first - 1) : first] in ("e", "E")
                self._closing = _closing(found[0], self._dialect.backslash or is_extended)
                return
            if group not in _BETWEEN:
                self._before = (self._before[1], found[0].casefold() if group == "word" else "")

    def _behind_copied(self, raw: str) -> int:
        """Where lines end that are copied into a table, in which nothing is a statement."""
        if not self._is_copied:
            return 0
        end = _COPY_END.search(raw)
        self._is_copied = end is None
        return end.end() if end else len(raw)

    def _is_program(self) -> bool:
        """Whether what begins here between dollars is a program, and no text: AS $$, DO LANGUAGE plpgsql $$."""
        return self._before[1] in _BEFORE_PROGRAM or self._before[0] == "language"


@cache
def _closing(opening: str, backslash: bool) -> re.Pattern[str]:
    """What is left of something up to its end."""
    if opening in ("'", '"'):
        escape, more = (r"\\.|", r"\\") if backslash else ("", "")
        pattern = rf"[^{opening}{more}]*(?:(?:{escape}{opening}{opening})[^{opening}{more}]*)*{opening}"
    else:
        pattern = ".*?" + re.escape("*/" if opening == "/*" else opening)
    return re.compile(pattern, re.DOTALL)


def edited(raw: str, changes: Sequence[Edit], numbers: Sequence[tuple[int, int]], national: bool) -> str:
    """A text with `changes`: those within numbers, or from one to another, make one literal of them.

    >>> edited("SET p=139, q='139'", [(6, 9, "*"), (14, 17, "*")], [(6, 9)], False)
    "SET p='*', q='*'"
    """
    starts = [start for start, _ in numbers]
    literals: list[tuple[int, int, list[Edit]]] = []
    new: list[Edit] = []
    for start, end, text in changes:
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, max(start, end - 1)) - 1
        if first < 0 or start >= numbers[first][1] or end > numbers[last][1]:
            new.append(Edit(start, end, text.replace("'", "''")))  # most of it stands in quotes
            continue
        begin, within = numbers[first][0], list[Edit]()
        if literals and literals[-1][1] > begin:
            begin, _, within = literals.pop()
        literals.append((begin, numbers[last][1], [*within, Edit(start - begin, end - begin, text)]))
    for begin, end, within in literals:
        new.append(Edit(begin, end, number_saying(splice(raw[begin:end], within), national=national)))
    return splice(raw, new)
