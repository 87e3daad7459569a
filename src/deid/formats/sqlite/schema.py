"""The SQL of a database: names, texts and numbers in it, which may be somebody's; comments go."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from deid.formats.edits import Edit
from deid.formats.numbers import plain_number
from deid.formats.sql.concatenation import runs
from deid.formats.sql.dialects import STANDARD
from deid.formats.sql.literals import codec_of, value_of
from deid.formats.sql.naming import named
from deid.formats.sqlite.constants import Constant, constants
from deid.formats.views import Place, joined, whole
from deid.types import TextBlock, splice

_TOKEN = re.compile(
    r"""(?P<comment>--[^\n]*|/\*.*?(?:\*/|$))
    |(?P<blob>[xX]'[0-9a-fA-F]*')
    |(?P<string>'(?:[^']|'')*')
    |(?P<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])
    |(?P<word>[^\W\d][\w$]*)
    |(?P<number>0[xX][0-9a-fA-F]+|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
LONG = 7  # digits of a number that may be somebody's
_NEAR = 5
"""Tokens before and behind an expression that may say of which column it is."""
KEYWORDS = frozenset(
    """
    abort action add after all always and as asc autoincrement before begin between blob boolean by cascade case cast check
    collate column conflict constraint create cross current_date current_time current_timestamp date datetime decimal default
    deferrable deferred delete desc distinct double each else end escape except exists fail float for foreign from generated glob group
    having if ignore immediate in index indexed initially inner insert instead int integer intersect into is isnull join key left
    like limit match new no not notnull null numeric of offset old on or order outer primary raise real references
    regexp rename replace restrict right rollback row rowid select set stored strict table temp temporary text then to transaction trigger
    union unique update using values varchar view virtual when where with without fts3 fts4 fts5
    """.split()
)


@dataclass
class Names:
    """Every name and literal of the schema once; `source` of each."""

    _sources: dict[str, str] = field(default_factory=dict)
    _reckoned: dict[tuple[str, str], TextBlock] = field(default_factory=dict)

    def add(self, sql: str) -> None:
        tokens = tokens_of(sql)
        columns = _defined(tokens)
        for one in constants(sql, tokens):
            if len(one.text.strip()) > 1 and (not one.text.lstrip("-").isdigit() or len(one.text) >= LONG):
                block = TextBlock(
                    f"reckoned:{len(self._reckoned)}", one.text, "schema", _labels(one, tokens, columns)
                )
                self._reckoned.setdefault((sql, sql[one.start : one.end]), block)
        for match in _TOKEN.finditer(sql):
            text = _said(match)
            if text.strip():
                self._sources.setdefault(text, f"name:{len(self._sources)}")

    def items(self) -> Iterator[tuple[str, str]]:
        """Text and source."""
        yield from self._sources.items()

    def reckoned(self) -> Iterator[TextBlock]:
        """What expressions come to."""
        yield from self._reckoned.values()

    def together(self, sql: str) -> Iterator[TextBlock]:
        """What a statement puts together of several literals, and its texts of which it names the column."""
        for literal, column in named(sql, STANDARD):
            text = value_of(literal[0], STANDARD).text or ""
            if wanted := text.strip("%"):
                start = text.find(wanted)
                part = TextBlock(self._sources.get(text, ""), text, "schema", (column,))
                if part.id:
                    view = joined((part,), [Place(0, start, start + len(wanted))])
                    yield replace(view, id=f"{part.id}={column}")
        for run in runs(sql, STANDARD):
            said = [value_of(one[0], STANDARD).text or "" for one in run]
            parts = [TextBlock(self._sources.get(text, ""), text, "schema") for text in said if text.strip()]
            if all(part.id for part in parts) and len(parts) > 1:
                yield joined(parts, whole(parts))

    def called(self, edits: Mapping[str, Sequence[Edit]]) -> Called:
        """What each is called in the output."""
        said = {text: splice(text, edits.get(source, ())) for text, source in self._sources.items()}
        unique = {text: text for text, new in said.items() if new == text}
        taken = {text.casefold() for text in unique}
        for text, new in said.items():
            if text not in unique:
                name, number = new, 1
                while name.casefold() in taken:
                    number += 1
                    name = f"{new}_{number}"
                unique[text] = name
                taken.add(name.casefold())
        reckoned = {key: splice(one.text, edits.get(one.id, ())) for key, one in self._reckoned.items()}
        changed = {key: text for key, text in reckoned.items() if text != self._reckoned[key].text}
        return Called(said, unique, changed)


@dataclass(frozen=True)
class Called:
    """New texts of literals; of names, no two of which are alike; and of expressions, each of a statement."""

    said: Mapping[str, str]
    unique: Mapping[str, str]
    reckoned: Mapping[tuple[str, str], str]

    @cached_property
    def changed(self) -> frozenset[str]:
        """Statements in which an expression changes."""
        return frozenset(sql for sql, _ in self.reckoned)

    def name(self, old: str) -> str:
        return quoted(self.unique.get(old, old))


def rewritten(sql: str, called: Called, tables: Container[str]) -> str:
    """With names and literals as they are called now, and without comments.

    A search index names its table in a literal.
    """
    sql = _settled(sql, called)
    parts: list[str] = []
    for match in _TOKEN.finditer(sql):
        token, kind = match[0], match.lastgroup
        text = _said(match)
        is_literal = kind in ("string", "blob", "number") and text not in tables
        new = (called.said if is_literal else called.unique).get(text, text)
        if kind == "comment":
            token = " "
        elif new != text:
            token = quoted(new) if kind in ("word", "quoted") else literal(new)
        parts.append(token)
    return "".join(parts)


def _settled(sql: str, called: Called) -> str:
    """With what stands for them in place of expressions that come to somebody's values."""
    if sql not in called.changed:
        return sql
    parts, end = [], 0
    for one in constants(sql, tokens_of(sql)):
        new = called.reckoned.get((sql, sql[one.start : one.end]))
        if new is not None:
            written = (
                f"({literal(new)})" if sql[one.start] == "(" else literal(new)
            )  # AS (…) needs its brackets
            parts += [sql[end : one.start], written]
            end = one.end
    return "".join(parts) + sql[end:]


def _labels(
    constant: Constant, tokens: Sequence[re.Match[str]], columns: Mapping[int, str]
) -> tuple[str, ...]:
    """Names of the columns that have it: 姓名 DEFAULT (x), x AS 姓名, 姓名 = x."""
    first, last = constant.tokens
    behind = [one for one in tokens[last : last + _NEAR] if one[0] != ")"]
    before = [one for one in tokens[max(0, first - _NEAR) : first] if one[0] not in "(=<>!"]
    names = [name_of(before[-1])] if before else []
    if len(behind) > 1 and behind[0][0].lower() == "as":
        names.append(name_of(behind[1]))
    return tuple(dict.fromkeys(filter(None, (*names, columns.get(first, "")))))


def _defined(tokens: Sequence[re.Match[str]]) -> Mapping[int, str]:
    """The column in whose definition a token of CREATE TABLE stands."""
    found: dict[int, str] = {}
    if not any(one[0].lower() == "table" for one in tokens[:3]):
        return found
    depth, column = 0, ""
    for place, token in enumerate(tokens):
        depth += (token[0] == "(") - (token[0] == ")")
        if depth == 1 and token[0] in "(,":
            column = name_of(tokens[place + 1]) if place + 1 < len(tokens) else ""
        found[place] = column if depth else ""
    return found


def tokens_of(sql: str) -> list[re.Match[str]]:
    """Without white space and comments."""
    return [one for one in _TOKEN.finditer(sql) if one.lastgroup != "comment" and not one[0].isspace()]


def name_of(token: re.Match[str]) -> str:
    """What a token names, or nothing."""
    return _said(token) if token.lastgroup in ("word", "quoted") else ""


def comments(sql: str) -> int:
    return sum(match.lastgroup == "comment" for match in _TOKEN.finditer(sql))


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _said(match: re.Match[str]) -> str:
    token, kind = match[0], match.lastgroup
    if kind == "string":
        return token[1:-1].replace("''", "'")
    if kind == "quoted":
        mark = token[-1]
        return token[1:-1] if mark == "]" else token[1:-1].replace(mark * 2, mark)
    if kind == "number":
        return number if len(number := _number(token)) >= LONG else ""
    if kind == "blob":
        data = bytes.fromhex(token[2:-1]) if len(token) % 2 else b""
        return data.decode(codec_of(data, wide=True) or "utf-8", "replace")
    return token if kind == "word" and token.lower() not in KEYWORDS else ""


def _number(token: str) -> str:
    """Its digits, however it is written: 1_380_013_8000, 1.38e10, 0x337a44540."""
    return str(int(token, 16)) if token[1:2] in ("x", "X") else plain_number(token.replace("_", ""))
