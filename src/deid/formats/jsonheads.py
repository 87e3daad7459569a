"""What rows in JSON are called that is said elsewhere: {"rows": [["张三", 138…]], "fields": ["姓名", "电话"]}.

Lists of rows are told by the names that stand nearest to them and are as many. Columns that are objects say what the
keys of records mean as well: {"title": "姓名", "dataIndex": "c1"}. Rows of persons need no names, as in other tables.
Rows may be the values of one object, {"1001": ["张三", 138…], "1002": […]}, stand in records, [{"id": 1, "cell": ["张三", 138…]}],
or be records with the letters of columns as keys, as programs write sheets: [{"A": "张三", "__EMPTY": 138…}].
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeGuard

from deid.formats.tables import HEAD
from deid.formats.unheaded import labels_of_persons
from deid.grammar.fieldnames import HOLDS_VALUE, is_label

_KEYS = frozenset("columns column fields header headers head thead titles cols names 表头 列名 字段".split())
_BEGINS = re.compile(rf'"(?:{"|".join(sorted(_KEYS))})"\s*:\s*\[', re.IGNORECASE)
_TITLES = "title label text headername header caption comment displayname 标题 名称 列名 name".split()
"""What a column that is an object calls itself, the one that says most first."""
_MEANT = "dataindex field key prop property data id name 字段".split()
"""What the values of a column are called in records."""
_PAIR = re.compile(r'\[\s*\[|\]\s*,\s*"[^"]*"\s*:\s*\[|\][^{}\[\]]*\}\s*,\s*\{')
_LETTERED = re.compile(
    r"[A-Z]{1,2}|__EMPTY(?:_[0-9]+)?|(?:c|col|column|f|field|v|val|value|列)_?[0-9]{1,3}|[0-9]{1,3}"
)
"""A key that numbers a column."""
_HAS_LETTERED = re.compile(rf'"(?:{_LETTERED.pattern})"\s*:')
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
    """And those of rows in objects, each by its own number."""
    records: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """What the keys of an object mean, by the number of the object in the text."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """What the keys of all records mean."""


def heads_of(text: str) -> Heads:
    """Of a text that is valid JSON.

    >>> heads_of('{"rows": [["张三", 1]], "meta": {"fields": ["姓名", "电话"]}}').rows
    {0: ('姓名', '电话')}
    >>> heads_of('{"cols": [{"title": "姓名", "dataIndex": "c1"}], "data": [{"c1": "张三"}]}').keys
    {'c1': '姓名'}
    """
    if not (_BEGINS.search(text) or _PAIR.search(text) or _HAS_LETTERED.search(text)):
        return Heads()
    value = json.loads(text, object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str)
    search = _Search()
    for rows in search.within(value).rows:
        search.name(rows, rows.persons)
    meant = {key: title for key, title in search.meant.items() if title}
    return Heads(search.found, search.single, search.records, meant)


def are_labels(words: Sequence[str]) -> bool:
    """Whether words are the names of columns, at least half of them for certain."""
    if not _FEWEST <= len(words) <= _MOST or any(HOLDS_VALUE.search(word) for word in words):
        return False
    return 2 * sum(map(is_label, words)) >= len(words)


class _Within(NamedTuple):
    """What is found in a value: names of columns, rows that none of them fits, and of an object the lists by key, with their numbers."""

    heads: list[Names]
    rows: list[_Rows]
    lists: dict[str, tuple[int, list[object]]]


class _Search:
    def __init__(self) -> None:
        self.found: dict[int, Names] = {}
        self.single: dict[int, Names] = {}
        self.records: dict[int, Mapping[str, str]] = {}
        self.meant: dict[str, str] = {}
        """What a key means, nothing where it means one thing here and another there."""
        self._lists = self._objects = 0

    def within(self, value: object, key: str = "", depth: int = 0) -> _Within:
        found = _Within([], [], {})
        if _is_list(value):
            if key.casefold() in _KEYS and (names := self._names(value)):
                found.heads.append(names)
            elif value and all(map(_is_list, value)):
                found.rows.append(_Rows([self._lists], len(value[0]), False, _persons(value)))
            self._lists += 1
        elif isinstance(value, _Pairs):
            self._objects += 1
        objects: list[int] = []
        inner: list[_Within] = []
        for name, one in _items(value):
            if isinstance(one, _Pairs):
                objects.append(self._objects)
            elif isinstance(one, list):
                found.lists[name] = self._lists, one
            if depth < _DEEPEST:
                inner.append(self.within(one, name, depth + 1))
                found.heads.extend(inner[-1].heads)
                found.rows.extend(inner[-1].rows)
            else:
                self._pass(one)
        found.rows.extend(_rows_in(value, found, inner))
        self._note_records(value, objects)
        left = []
        for some in found.rows:
            fitting = {names for names in found.heads if len(names) == some.width}
            if len(fitting) == 1:
                self.name(some, *fitting)
            else:
                left.append(some)
        return found._replace(rows=left)

    def _pass(self, value: object) -> None:
        """Count what a value is and holds, however deep it stands."""
        open_ = [value]
        while open_:
            one = open_.pop()
            self._objects += isinstance(one, _Pairs)
            self._lists += _is_list(one)
            open_ += (inner for _, inner in _items(one))

    def _note_records(self, value: object, numbers: Sequence[int]) -> None:
        """Records of which the keys only number the columns; the first one may hold what these are called."""
        records = [one for _, one in _items(value) if isinstance(one, _Pairs)]
        keys = list(dict.fromkeys(key for record in records[:HEAD] for key, _ in record))
        if len(records) < _FEWEST or 2 * sum(map(bool, map(_LETTERED.fullmatch, keys))) < len(keys):
            return
        head = {key: one for key, one in records[0] if isinstance(one, str)}
        if len(head) >= _FEWEST and are_labels(list(head.values())):
            meant = head
        else:
            rows = [[dict(record).get(key) for key in keys] for record in records[:HEAD]]
            meant = {key: name for key, name in zip(keys, _persons(rows), strict=False) if name}
        if meant:
            self.records.update(dict.fromkeys(numbers, meant))

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


def _rows_in(value: object, found: _Within, inner: Sequence[_Within]) -> Iterator[_Rows]:
    """Rows that are all an object holds, or that stand under one key in objects of a list."""
    if isinstance(value, _Pairs):
        if len(found.lists) == len(value) and not any(
            key.casefold() in _KEYS or is_label(key) for key, _ in value
        ):
            yield from _rows_of([*found.lists.values()])
    elif inner and len(inner) == len([one for _, one in _items(value) if isinstance(one, _Pairs)]):
        for key in inner[0].lists:
            if all(key in one.lists for one in inner):
                yield from _rows_of([one.lists[key] for one in inner])


def _rows_of(numbered: Sequence[tuple[int, list[object]]]) -> Iterator[_Rows]:
    """Lists of as many values, if they are such."""
    rows = [row for _, row in numbered]
    if (
        len(rows) < _FEWEST
        or len({*map(len, rows)}) > 1
        or any(isinstance(one, list) for row in rows for one in row)
    ):
        return
    if len(rows[0]) >= _FEWEST:
        yield _Rows([number for number, _ in numbered], len(rows[0]), True, _persons(rows))


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


def _is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list) and not isinstance(value, _Pairs)


def _texts(column: object) -> dict[str, str]:
    return {key.casefold(): text for key, text in _items(column) if isinstance(text, str)}


def _first(said: Mapping[str, str], keys: Sequence[str]) -> str:
    return next((said[key] for key in keys if said.get(key)), "")
