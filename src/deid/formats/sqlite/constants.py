"""What expressions of a schema come to that need no table: char(24352, 19977), printf('%s', '138'), 1380013 * 10000.

SQLite works them out itself (https://www.sqlite.org/lang_corefunc.html); functions that ask for the time or for chance
are none of them. Where the value is somebody's, it is written in place of the expression.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from deid.formats.numbers import plain_number

_FUNCTIONS = frozenset(
    """
    abs cast char coalesce concat concat_ws format hex ifnull iif instr json json_array json_extract json_object json_quote
    length lower ltrim max min nullif printf quote replace round rtrim substr substring trim unhex unicode upper
    """.split()
)
_LITERALS = frozenset(("string", "blob", "number"))
_DEEPEST = 40
_LONGEST = 1_000_000
_JOINED = frozenset("|()")
"""Texts between which nothing else stands are read together without this."""


class Constant(NamedTuple):
    """`sql[start:end]` comes to `text`; `tokens` are the numbers of its first and of that behind its last."""

    start: int
    end: int
    text: str
    tokens: tuple[int, int]


def constants(sql: str, tokens: Sequence[re.Match[str]]) -> Iterator[Constant]:
    """Those of more than one literal; `tokens` are those of the statement without white space and comments."""
    reader = _Reader(tokens)
    place = 0
    with closing(sqlite3.connect(":memory:")) as database:
        if hasattr(database, "setlimit"):
            database.setlimit(0, _LONGEST)  # SQLITE_LIMIT_LENGTH
        while place < len(tokens):
            end = reader.expression(place, 0)
            if end < 0:
                place += 1
                continue
            found, begin, place = tokens[place:end], place, end
            if len(found) > 1 and not all(one.lastgroup == "string" or one[0] in _JOINED for one in found):
                start, stop = found[0].start(), found[-1].end()
                if text := _value(database, sql[start:stop]):
                    yield Constant(start, stop, text, (begin, end))


def _value(database: sqlite3.Connection, expression: str) -> str:
    try:
        value = database.execute(f"SELECT {expression}").fetchone()[0]
    except (sqlite3.Error, sqlite3.Warning, OverflowError):
        return ""  # nor does it come to anything in the database
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else plain_number(str(value)) if value is not None else ""


class _Reader:
    """Where expressions end that begin at a token, or -1; each place is read once."""

    def __init__(self, tokens: Sequence[re.Match[str]]) -> None:
        self._tokens = tokens
        self._ends: dict[int, int] = {}

    def expression(self, place: int, depth: int) -> int:
        end = self._operand(place, depth)
        while end >= 0 and (behind := self._behind_operator(end)) > end:
            more = self._operand(behind, depth)
            if more < 0:
                break
            end = more
        return end

    def _behind_operator(self, place: int) -> int:
        size = 2 if self._said(place) in ("|", "<", ">") and self._said(place + 1) == self._said(place) else 1
        return (
            place + size if size == 2 or self._said(place) in ("+", "-", "*", "/", "%", "&", "|") else place
        )

    def _operand(self, place: int, depth: int) -> int:
        if place not in self._ends:
            self._ends[place] = self._end_of(place, depth) if depth < _DEEPEST else -1
        return self._ends[place]

    def _end_of(self, place: int, depth: int) -> int:
        first = place
        while self._said(place) in ("+", "-", "~"):
            place += 1
        if place > first:
            end = self._operand(place, depth)
            self._ends.update(dict.fromkeys(range(first, place), end))
            return end
        if place >= len(self._tokens):
            return -1
        if self._tokens[place].lastgroup in _LITERALS:
            return place + 1
        if self._said(place) == "(":
            end = self.expression(place + 1, depth + 1)
            return end + 1 if end >= 0 and self._said(end) == ")" else -1
        if self._said(place) in _FUNCTIONS and self._said(place + 1) == "(":
            return self._end_of_call(place + 2, depth + 1)
        return -1

    def _end_of_call(self, place: int, depth: int) -> int:
        while True:
            end = self.expression(place, depth)
            if end < 0:
                return -1
            if self._said(end) == "as":  # CAST ('1' AS TEXT)
                end += 2
            if self._said(end) == ")":
                return end + 1
            if self._said(end) != ",":
                return -1
            place = end + 1

    def _said(self, place: int) -> str:
        return self._tokens[place][0].lower() if place < len(self._tokens) else ""
