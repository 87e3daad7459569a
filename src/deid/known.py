"""Lists of values: those of a KnownList must be found wherever they stand, those of a KeepList stay.

A list is a CSV file in any Chinese encoding, an xlsx file, or values from a program. In a
file each column is an entity type, named by its header: the type itself, a name that other
tools use, or Chinese (姓名, 客户手机号, 紧急联系人电话). Each row is one subject; a header that
names somebody else (家属姓名) makes a further subject of that row. A column that cannot be
understood is an error: a value that is silently not searched for would be published.

Messages give rows and columns by number, never their text: where the header is missing, the
first row holds values.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from deid.aliases import ALIASES, FIELD_NAMES, ROLES, canonical_role, canonical_type
from deid.errors import ListError
from deid.normalize import canonical, shadow
from deid.regexes import Regex
from deid.tables import Row, read_tables

_ROLE, _IGNORED = "role", ""
_OTHER_HEADERS: Mapping[str, str] = {
    _IGNORED: "序号 行号 NO NO. # 备注 性别 年龄",
    _ROLE: "ROLE 角色 身份 人员类别",
}
_HEADERS: Mapping[str, str] = MappingProxyType(
    {**FIELD_NAMES} | {word: kind for kind, words in _OTHER_HEADERS.items() for word in words.split()}
)
_HEADER_NOISE = Regex(r"[\s:*]|\(.*?\)|\[.*?\]|【.*?】")

_NO_VALUE = Regex(r"[-/.·*\s—]*|无|没有|不详|未知|未填|保密|同上|暂无|空|N/?A|NONE|NULL|NAN", re.IGNORECASE)
_SCIENTIFIC = Regex(r"[0-9]+(?:\.[0-9]+)?[Ee]\+?[0-9]+")
# Several values in one cell. Never split: texts that may hold such a sign themselves.
_SEVERAL = Regex(r"[、;；\r\n]+")
_LINES = 3
"""Into how many lines of a cell one value is broken at most."""
_SIGNS = Regex(r"[、;；]")
_SEVERAL_NUMBERS = Regex(
    r"[、;；,，\r\n]+|(?<=[0-9]{7})\s*/\s*(?=[+0-9(]{3})|(?<=[0-9]{7})\s+(?=1[3-9][0-9]{9})"
)
_WHOLE = frozenset({"CN_ADDRESS", "ORGANIZATION", "CN_MEDICAL_INSTITUTION"})
_NUMBERS = frozenset(
    {"PHONE_NUMBER", "CN_QQ", "CN_WECHAT_ID", "EMAIL_ADDRESS", "PUBLIC_HOTLINE", "CN_RESIDENT_ID"}
)
_SERIAL_DATE = Regex(r"(?!(?:19|20)[0-9]{2}$)[0-9]{4,5}(?:\.[0-9]+)?")  # but for bare years
_DATES = frozenset({"DATE_OF_BIRTH", "DATE_TIME"})
# What many people share: standing in a list is no reason to be taken everywhere.
_SHARED = _DATES | {
    *(
        "AGE",
        "LOCATION",
        "ETHNICITY",
        "RELIGION",
        "NATIONALITY",
        "NATIVE_PLACE",
        "MARITAL_STATUS",
        "EDUCATION",
    ),
    *(
        "OCCUPATION",
        "INCOME",
        "LANGUAGE",
        "DISABILITY",
        "FAMILY",
        "BIOMETRIC",
        "POLITICAL_AFFILIATION",
        "SEXUAL_ORIENTATION",
    ),
    *("CRIMINAL_RECORD", "DISEASE", "MEDICATION", "PROCEDURE", "SYMPTOM"),
}


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A value of a list. `subject` tells persons of the list apart (`row:7`); it holds no value.

    `entity_type` is empty when the value stays whatever its type (keep lists only).
    """

    entity_type: str
    value: str = field(repr=False)
    subject: str | None = None
    role: str | None = None


@dataclass(frozen=True)
class KnownList:
    """Values that must be found: of patients, relatives, staff."""

    entries: tuple[KnownValue, ...] = field(default=(), repr=False)

    @classmethod
    def load(
        cls,
        path: str | os.PathLike[str],
        *,
        headers: Mapping[str, str] | None = None,
        entity_types: Collection[str] | None = None,
    ) -> KnownList:
        """The values of a CSV or xlsx file. ListError when a column or a cell cannot be understood.

        `headers` are further column headers (header → entity type, "" for a column to leave out);
        `entity_types` are those that exist: their names are headers too, and others are errors.
        """
        return cls(_from_file(Path(path), _Columns("known list", headers, entity_types)))

    @classmethod
    def from_values(
        cls,
        values: Iterable[object],
        *,
        headers: Mapping[str, str] | None = None,
        entity_types: Collection[str] | None = None,
    ) -> KnownList:
        """From KnownValues, `(entity type, value)` pairs and rows `{header: value}`, in any mixture."""
        return cls(_from_values(values, _Columns("known list", headers, entity_types)))

    def split(self, ordinary_words: Container[str]) -> tuple[tuple[KnownValue, ...], tuple[KnownValue, ...]]:
        """(certain wherever they stand, need evidence where they stand); see `is_ambiguous`."""
        certain: list[KnownValue] = []
        doubtful: list[KnownValue] = []
        for entry in self.entries:
            ambiguous = is_ambiguous(entry.value, ordinary_words, entity_type=entry.entity_type)
            (doubtful if ambiguous else certain).append(entry)
        return tuple(certain), tuple(doubtful)

    def __len__(self) -> int:
        return len(self.entries)


@dataclass(frozen=True)
class KeepList:
    """Values that stay: the company's own name and hotline, words of templates."""

    entries: tuple[KnownValue, ...] = field(default=(), repr=False)

    @classmethod
    def load(
        cls,
        path: str | os.PathLike[str],
        *,
        headers: Mapping[str, str] | None = None,
        entity_types: Collection[str] | None = None,
    ) -> KeepList:
        """Like KnownList.load."""
        return cls(_from_file(Path(path), _Columns("keep list", headers, entity_types)))

    @classmethod
    def from_values(
        cls,
        values: Iterable[object],
        *,
        headers: Mapping[str, str] | None = None,
        entity_types: Collection[str] | None = None,
    ) -> KeepList:
        """Like KnownList.from_values; a bare text stays whatever its type."""
        values = (KnownValue("", value) if isinstance(value, str) else value for value in values)
        return cls(_from_values(values, _Columns("keep list", headers, entity_types)))

    def keeps(self, entity_type: str, value: str) -> bool:
        """Whether this value of this type stays. Two spellings of a value are one."""
        return any((kind, canonical(value, kind)) in self._kept for kind in (entity_type, ""))

    @cached_property
    def _kept(self) -> frozenset[tuple[str, str]]:
        return frozenset((e.entity_type, canonical(e.value, e.entity_type)) for e in self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def is_ambiguous(value: str, ordinary_words: Container[str], *, entity_type: str = "PERSON") -> bool:
    """Whether a known value may as well be something else where it stands: 高兴, 王, 123456, 汉族.

    `ordinary_words` are words of the language that are no personal information.
    """
    plain = "".join(shadow(value).text.split())
    if entity_type in _SHARED or len(plain) < 2:
        return True
    if plain in ordinary_words or plain.lower() in ordinary_words or value in ordinary_words:
        return True
    if plain.isascii():
        digits = sum(map(str.isdigit, plain))
        return len(plain) < 4 or (digits == len(plain) and digits < 7)
    return False


class _Column(NamedTuple):
    entity_type: str
    role: str | None
    who: str = ""
    """The word of the header that names somebody: 医生 in 医生电话."""


class _Columns:
    """What headers mean."""

    def __init__(
        self, kind: str, headers: Mapping[str, str] | None, entity_types: Collection[str] | None
    ) -> None:
        self.kind = kind
        self.types = set(entity_types) if entity_types is not None else None
        self._given = headers or {}

    @cached_property
    def words(self) -> dict[str, str]:
        """Every word that a header may be, with what it means; pairs of a type and a value need none."""
        given = {_header(word): name for word, name in self._given.items()}
        kinds = {*FIELD_NAMES.values(), *ALIASES.values(), *given.values(), *(self.types or ())}
        names = kinds - {_IGNORED, _ROLE}
        return {**{name: name for name in names}, **ALIASES, **_HEADERS, **given}

    def of(self, header: str) -> _Column | None:
        """The column under a header, or None when it cannot be understood."""
        word = _header(header)
        kind = self.words.get(word)
        if kind is None:
            # 客户手机号, 家属姓名: the longest word at the end, but for what is not searched for.
            kinds = (self.words.get(word[i:]) for i in range(1, len(word) - 1))
            kind = next((kind for kind in kinds if kind not in (None, _IGNORED, _ROLE)), None)
        if kind is None:
            return None
        places = [(word.rfind(w) + len(w), len(w), w, role) for w, role in ROLES.items() if w in word]
        if not places or kind in (_ROLE, "PUBLIC_HOTLINE"):
            return _Column(kind, None)
        *_, who, role = max(places)
        return _Column(kind, role, who)

    def type_of(self, name: str, place: str) -> str:
        """The entity type that a program calls by its name, an alias or a Chinese header."""
        known = self.types or ()
        entity_type = canonical_type(name, known=known)
        if entity_type not in known and _header(name) in self.words:
            entity_type = self.words[_header(name)]
        unknown = self.types is not None and entity_type not in self.types
        if unknown or not re.fullmatch(r"[A-Z][A-Z0-9_]*", entity_type):
            raise self.error(f"{place}: no such entity type", self.near(name))
        return entity_type

    def near(self, word: str) -> str:
        names = get_close_matches(_header(word), self.words, n=3, cutoff=0.5)
        headers = "headers are entity types, or 姓名, 手机号, 身份证号 …"
        return f"did you mean {' or '.join(names)}?" if names else headers

    def error(self, message: str, hint: str = "") -> ListError:
        return ListError(f"{self.kind}: {message}", hint=hint)


def _header(word: str) -> str:
    return _HEADER_NOISE.sub("", shadow(word).text).upper()


def _from_values(values: Iterable[object], columns: _Columns) -> tuple[KnownValue, ...]:
    entries: list[KnownValue] = []
    for number, item in enumerate(values, start=1):
        if isinstance(item, KnownValue):
            entries.append(item)
        elif isinstance(item, Mapping):
            cells = {i: str(value) for i, value in enumerate(item.values(), start=1) if value is not None}
            header = dict(enumerate(map(str, item), start=1))
            understood = _understood(header, columns, f"row {number}")
            entries += _row_entries((number, cells), understood, columns, "")
        elif isinstance(item, tuple) and len(item) == 2 and all(isinstance(part, str) for part in item):
            entity_type = columns.type_of(item[0], f"value {number}")
            entries += [KnownValue(entity_type, value) for value in _cell_values(item[1], entity_type)]
        else:
            raise columns.error(f"value {number}: neither a pair (entity type, value) nor a row")
    return tuple(dict.fromkeys(entries))


def _from_file(path: Path, columns: _Columns) -> tuple[KnownValue, ...]:
    try:
        tables = read_tables(path.read_bytes())
    except OSError as error:
        raise columns.error(f"cannot be read: {error.strerror}") from None
    except ListError as error:
        raise columns.error(error.message, error.hint) from None
    entries: list[KnownValue] = []
    for sheet, rows in enumerate(tables, start=1):
        entries += _table_entries(rows, columns, f"sheet{sheet}/" if sheet > 1 else "")
    if not entries:
        raise columns.error("no values in it")
    return tuple(dict.fromkeys(entries))


def _table_entries(rows: Iterable[Row], columns: _Columns, prefix: str) -> Iterator[KnownValue]:
    filled = ((number, cells) for number, cells in rows if cells)
    _, header = next(filled, (0, {}))
    if not header:
        return
    row = next(filled, None)
    if (
        row and len(header) == 1 < len(row[1]) and columns.of(*header.values()) is None
    ):  # a title over the table
        header, row = row[1], next(filled, None)
    understood = _understood(header, columns, prefix + "header")
    while row:
        yield from _row_entries(row, understood, columns, prefix)
        row = next(filled, None)


def _understood(header: Mapping[int, str], columns: _Columns, place: str) -> dict[int, _Column]:
    understood: dict[int, _Column] = {}
    for number, word in header.items():
        column = columns.of(word)
        if column is None:
            raise columns.error(f"{place}, column {number}: unknown header", columns.near(word))
        understood[number] = column
    if all(column.entity_type in (_ROLE, _IGNORED) for column in understood.values()):
        raise columns.error(f"{place}: no column of it is an entity type")
    return understood


def _row_entries(
    row: Row, understood: Mapping[int, _Column], columns: _Columns, prefix: str
) -> Iterator[KnownValue]:
    number, cells = row
    written = (cells[i] for i, column in understood.items() if column.entity_type == _ROLE and i in cells)
    main = next(map(canonical_role, written), None)
    if main is None and any(column.role == "client" for column in understood.values()):
        main = "client"
    for i, cell in cells.items():
        if i not in understood:
            raise columns.error(f"{prefix}row {number}, column {i}: a value without a header")
        entity_type, role, who = understood[i]
        if entity_type in (_ROLE, _IGNORED):
            continue
        if _SCIENTIFIC.fullmatch(cell):
            raise columns.error(
                f"{prefix}row {number}, column {i}: a number that lost its last digits",
                "format the column as text and enter the numbers again",
            )
        other = role not in (None, "client", main)
        subject = f"{prefix}row:{number}" + (f"/{who}" if other else "")
        for value in _cell_values(cell, entity_type):
            yield KnownValue(entity_type, value, subject, role if other else main)


def _over_lines(cell: str) -> list[str]:
    """What a cell holds if it is one value that was broken to fit: 欧阳⏎若兰, John⏎Smith."""
    lines = [line.strip() for line in cell.splitlines() if line.strip()]
    if not 2 <= len(lines) <= _LINES or _SIGNS.search(cell):
        return []
    return ["".join(lines), " ".join(lines)] if cell.isascii() else ["".join(lines)]


def _cell_values(cell: str, entity_type: str) -> Iterator[str]:
    if match := re.fullmatch(r'="(.*)"', cell):  # how CSV files keep Excel from reading a number
        cell = match[1]
    if entity_type in _DATES and _SERIAL_DATE.fullmatch(cell):
        cell = (date(1899, 12, 30) + timedelta(days=int(float(cell)))).isoformat()
    several = _SEVERAL_NUMBERS if entity_type in _NUMBERS else _SEVERAL
    parts = [cell] if entity_type in _WHOLE else several.split(cell)
    if entity_type not in _NUMBERS:
        parts += _over_lines(cell)
    for part in parts:
        value = part.strip().lstrip("'").strip()
        if not _NO_VALUE.fullmatch(shadow(value).text):
            yield value
