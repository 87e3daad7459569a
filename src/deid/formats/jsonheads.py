"""What rows in JSON are called that is said elsewhere: {"rows": [["张三", 138…]], "fields": ["姓名", "电话"]}.

Lists of rows are told by the names that stand nearest to them and are as many. Columns that are objects say what the
keys of records mean as well: {"title": "姓名", "dataIndex": "c1"}. Rows of persons need no names, as in other tables.
Rows may be the values of one object: {"1001": ["张三", 138…], "1002": […]}.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from deid.formats.tables import HEAD
from deid.formats.unheaded import labels_of_persons
from deid.grammar.fieldnames import HOLDS_VALUE, is_label

_KEYS = frozenset("columns column fields header headers head thead titles cols names 表头 列名 字段".split())
_BEGINS = re.compile(rf'"(?:{"|".join(sorted(_KEYS))})"\s*:\s*\[', re.IGNORECASE)
_TITLES = "title label text headername header caption comment displayname 标题 名称 列名 name".split()
"""What a column that is an object calls itself, the one that says most first."""
_MEANT = "dataindex field key prop property data id name 字段".split()
"""What the values of a column are called in records."""
_PAIR = re.compile(r'\[\s*\[|\]\s*,\s*"[^"]*"\s*:\s*\[')
_IDENTIFIER = re.compile(r"[A-Za-z_]\w{0,30}")
_FEWEST, _MOST = 2, 1000
_DEEPEST = 100

Names = tuple[str, ...]


class _Pairs(list[tuple[str, object]]):
    """An object: of keys that are there twice both stay."""


class _Rows(NamedTuple):
    """Lists of as many values each, in a list or in an object: the how manieth lists of the text they are."""

    numbers: Sequence[int]
    width: int
    in_object: bool
    persons: Names
    """What columns are called that nothing names, '' where that is not told."""


@dataclass(frozen=True, slots=True)
class Heads:
    rows: Mapping[int, Names] = field(default_factory=dict)
    """What the columns of a list of rows are called, by the number of the list in the text."""
    single: Mapping[int, Names] = field(default_factory=dict)
    """And those of rows that are values of an object, each by its own number."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """What the keys of records mean."""


def heads_of(text: str) -> Heads:
    """Of a text that is valid JSON.

    >>> heads_of('{"rows": [["张三", 1]], "meta": {"fields": ["姓名", "电话"]}}').rows
    {0: ('姓名', '电话')}
    >>> heads_of('{"cols": [{"title": "姓名", "dataIndex": "c1"}], "data": [{"c1": "张三"}]}').keys
    {'c1': '姓名'}
    """
    if not (_BEGINS.search(text) or _PAIR.search(text)):
        return Heads()
    value = json.loads(text, object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str)
    search = _Search()
    _, left = search.within(value)
    for rows in left:
        search.name(rows, rows.persons)
    return Heads(search.found, search.single, {key: title for key, title in search.meant.items() if title})


def are_labels(words: Sequence[str]) -> bool:
    """Whether words are the names of columns, at least half of them for certain."""
    if not _FEWEST <= len(words) <= _MOST or any(HOLDS_VALUE.search(word) for word in words):
        return False
    return 2 * sum(map(is_label, words)) >= len(words)


class _Search:
    def __init__(self) -> None:
        self.found: dict[int, Names] = {}
        self.single: dict[int, Names] = {}
        self.meant: dict[str, str] = {}
        """What a key means, nothing where it means one thing here and another there."""
        self._lists = 0

    def within(self, value: object, key: str = "", depth: int = 0) -> tuple[list[Names], list[_Rows]]:
        """Names of columns in a value that has a key, and lists of rows that none of them fits."""
        heads: list[Names] = []
        rows: list[_Rows] = []
        if isinstance(value, list) and not isinstance(value, _Pairs):
            if key.casefold() in _KEYS and (names := self._names(value)):
                heads.append(names)
            elif value and all(type(row) is list for row in value):
                rows.append(_Rows([self._lists], len(value[0]), False, _persons(value)))
            self._lists += 1
        elif isinstance(value, _Pairs) and _are_rows(value):
            lists = [row for _, row in value if isinstance(row, list)]
            numbers = range(self._lists, self._lists + len(lists))
            rows.append(_Rows(numbers, len(lists[0]), True, _persons(lists)))
        for name, one in _items(value):
            if depth < _DEEPEST:
                inner_heads, inner_rows = self.within(one, name, depth + 1)
                heads += inner_heads
                rows += inner_rows
            else:
                self._lists += _lists_in(one)
        left = []
        for some in rows:
            fitting = {names for names in heads if len(names) == some.width}
            if len(fitting) == 1:
                self.name(some, *fitting)
            else:
                left.append(some)
        return heads, left

    def name(self, rows: _Rows, names: Names) -> None:
        """Call the columns of rows so, if these are any names."""
        if any(names):
            (self.single if rows.in_object else self.found).update(dict.fromkeys(rows.numbers, names))

    def _names(self, columns: Sequence[object]) -> Names:
        """What a list calls the columns, nothing where it names none."""
        if all(isinstance(column, _Pairs) for column in columns):
            objects = [_texts(column) for column in columns]
            names = tuple(_first(said, _TITLES) for said in objects)
            if names and 2 * sum(map(is_label, names)) >= len(names):
                for said, name in zip(objects, names, strict=True):
                    self._mean(_first(said, _MEANT), name)
                return names
            return ()
        words = tuple(word for word in columns if isinstance(word, str))
        if len(words) < len(columns):
            return ()
        are_fields = len(words) <= _MOST and (
            all(map(is_label, words)) or (len(words) >= _FEWEST and all(map(_IDENTIFIER.fullmatch, words)))
        )
        return words if are_fields or are_labels(words) else ()

    def _mean(self, key: str, name: str) -> None:
        if key and key != name:
            self.meant[key] = name if self.meant.get(key, name) == name else ""


def _are_rows(pairs: _Pairs) -> bool:
    """Whether the values of an object are rows of as many values; of columns the keys are the names."""
    rows = [row for _, row in pairs if isinstance(row, list) and not isinstance(row, _Pairs)]
    are_alike = len(rows) == len(pairs) >= _FEWEST and len({*map(len, rows)}) == 1
    if not are_alike or any(isinstance(one, list) for row in rows for one in row):
        return False
    return len(rows[0]) >= _FEWEST and not any(key.casefold() in _KEYS or is_label(key) for key, _ in pairs)


def _persons(rows: Sequence[Sequence[object]]) -> Names:
    shown = [
        [(n, one) for n, one in enumerate(row) if isinstance(one, str) and one.strip()] for row in rows[:HEAD]
    ]
    labels = labels_of_persons(shown)
    return tuple(labels.get(n, "") for n in range(max(map(len, rows), default=0))) if labels else ()


def _items(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, _Pairs):
        yield from value
    elif isinstance(value, list):
        yield from (("", one) for one in value)


def _lists_in(value: object) -> int:
    """How many lists a value is and holds, however deep they stand."""
    open_, count = [value], 0
    while open_:
        one = open_.pop()
        count += isinstance(one, list) and not isinstance(one, _Pairs)
        open_ += (inner for _, inner in _items(one))
    return count


def _texts(column: object) -> dict[str, str]:
    return {key.casefold(): text for key, text in _items(column) if isinstance(text, str)}


def _first(said: Mapping[str, str], keys: Sequence[str]) -> str:
    return next((said[key] for key in keys if said.get(key)), "")
