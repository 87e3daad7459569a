"""Formulas (ISO/IEC 29500-1, 18.17): what people wrote in them, the names they use, the cells they read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from deid.formats.edits import Edit
from deid.formats.numbers import plain_number
from deid.types import splice

_NAME = r"[^\s!'\"(),;:+\-*/^&=<>{}\[\]#%@$]{1,300}"
"""Names have 255 characters at most; a bound for each, and no quote behind a quote, keep the search linear."""
_TOKEN = re.compile(
    rf"""(?P<string>"(?:[^"]|"")*")
    |(?P<date>(?i:DATE)\(\s*[0-9]{{4}}\s*,\s*[0-9]{{1,2}}\s*,\s*[0-9]{{1,2}}\s*\))
    |(?P<letter>(?i:(?:_xlfn\.)?(?:UNI)?CHAR)\(\s*[0-9]{{2,7}}\s*\))
    |(?P<sheet>(?<!')'(?:[^']|'')*'!|(?:\[[0-9]+\])?{_NAME}(?::{_NAME})?!)
    |(?P<column>\[(?:[^\[\]']|'.){{0,300}}\])
    |(?P<word>[^\W0-9][\w.\\?]*)
    |(?P<number>[0-9]+(?:\.[0-9]*)?(?:[eE][+\-]?[0-9]+)?)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_DAY = re.compile(r"([0-9]{4})(?:[^0-9]+([0-9]{1,2}))?(?:[^0-9]+([0-9]{1,2}))?[^0-9]*")
_EXTERNAL = re.compile(r"\[[0-9]+\]")
_ANYWHERE = re.compile(r"(?<![\w.])(?:INDIRECT|OFFSET)\(", re.IGNORECASE)
_OF_CONNECTION = re.compile(r"(?<![\w.])(?:_xlfn\.)?(?:CUBE[A-Z]+|RTD|WEBSERVICE)\(", re.IGNORECASE)
_OF_SHEET = r"[^\s!'\"(),;:+\-*/^&=<>{}\[\]#%@$]"
_SHEET = rf"(?:((?<!')'(?:[^']|'')*'|(?<!{_OF_SHEET}){_OF_SHEET}+)!)?"
_REFERENCE = re.compile(
    rf"{_SHEET}(\$?)([A-Z]{{1,3}})(\$?)([0-9]{{1,7}})(?::(\$?)([A-Z]{{1,3}})(\$?)([0-9]{{1,7}}))?(?![A-Za-z0-9_(])"
    rf"|{_SHEET}\$?([A-Z]{{1,3}}):\$?([A-Z]{{1,3}})(?![A-Za-z0-9_(])"
)
_STRINGS = re.compile(r'"(?:[^"]|"")*"')
_UNQUOTED = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff]*")
_CELL = re.compile(r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}|[RrCc][0-9]*(?:[Cc][0-9]*)?")
_JOINS = re.compile("&|CONC|TEXTJOIN|REPLACE|REPT", re.IGNORECASE)
_SHORTEST_NUMBER = 7
_LONG_NUMBER = re.compile("[0-9]{8}")
_LAST_ROW = 1 << 20
_RECKONS = re.compile(r"[+*/^]|[\w)]\s*-")
_COMPARED = re.compile(r"(?<![^(,&])[^(,&=<>]*[=<>][^),&]*")
_CALL = re.compile(r"(?<![\w.])([A-Za-z_][\w.]*)\(")
_COLUMN = r"((?:[^\[\]'@#]|'.){1,300})"
_STRUCTURED = re.compile(
    rf"(?<![\w.\\])([^\W0-9][\w.\\]{{0,254}})?\[(?:\[\#This\ Row\]\s*,\s*\[{_COLUMN}\]|@{_COLUMN}|{_COLUMN})\]",
    re.IGNORECASE | re.VERBOSE,
)
"""A column of a table: T[[#This Row],[号段]], T[@号段], T[号段]."""
_WORD = re.compile(r"(?<![\w.\\!'\"$])[^\W0-9][\w.\\]{0,254}(?![\w.\\(!:\[])")
_LONG_RESULT = re.compile(r"(?=.{7,40}\Z)[0-9A-Za-z\-]*[0-9][0-9A-Za-z\-]*")
_SHIFTS = re.compile(r"\*\s*10(?:0{2,}|\s*\^)|10(?:0{2,}|\s*\^\s*[0-9]+)\s*\*")
_MOST_PARTS = 20
_LONGEST_AREA = 400
"""Characters of the place of some cells."""
_OF_TEXTS = frozenset(
    "CONCAT CONCATENATE TEXTJOIN PHONETIC TRIM CLEAN TEXT T UPPER LOWER PROPER LEFT RIGHT MID SUBSTITUTE REPLACE REPT"
    " CHAR UNICHAR IF IFERROR ISBLANK LEN AND OR NOT TRUE FALSE".split()
)
"""Functions of a formula that puts texts together, and does not reckon with numbers."""
_BETWEEN_DAYS = frozenset(
    "DATEDIF DAYS DAYS360 NETWORKDAYS YEARFRAC INT ROUND ROUNDUP ROUNDDOWN ABS IF IFERROR AND OR ISBLANK".split()
)
"""Functions of a formula that says how far days are apart."""
_OF_NUMBERS = frozenset(
    "YEAR MONTH DAY WEEKDAY WEEKNUM ISOWEEKNUM EOMONTH EDATE DATEDIF DAYS DAYS360 NETWORKDAYS NETWORKDAYS.INTL WORKDAY"
    " WORKDAY.INTL YEARFRAC DATEVALUE DATE HOUR MINUTE SECOND INT TRUNC ROUND ROUNDUP ROUNDDOWN ABS MOD ISODD ISEVEN"
    " VALUE SUM AVERAGE COUNT MAX MIN".split()
)
"""Functions of what is a number, or a day."""
_OF_MANY = frozenset(
    "SUM AVERAGE COUNT MAX MIN MEDIAN MODE MODE.SNGL LARGE SMALL RANK RANK.EQ RANK.AVG STDEV STDEV.S STDEV.P STDEVP VAR"
    " VAR.S VAR.P VARP QUARTILE QUARTILE.INC QUARTILE.EXC PERCENTILE PERCENTILE.INC PERCENTILE.EXC FREQUENCY SUMPRODUCT"
    " SUMIF SUMIFS AVERAGEIF AVERAGEIFS COUNTIF COUNTIFS MAXIFS MINIFS SUBTOTAL AGGREGATE CORREL".split()
)
_PIECES = frozenset(("MID", "LEFT", "RIGHT"))
_CELL_READ = (
    r"(?:(?:'(?:[^']|'')+'|[^'\s!\"(),;:+\-*/^&=<>{}\[\]]+)!)?\$?[A-Z]{1,3}\$?[0-9]{1,7}(?![A-Za-z0-9_(:])"
    r"|[^\W0-9]?[\w.]*\[(?:\[\#ThisRow\],\[[^\[\]]+\]|@[^\[\]]+)\]"
)
_ONE_CELL = re.compile(rf"{_CELL_READ}|\$?[A-Z]{{1,3}}\$?[0-9]{{0,7}}:|\[")
_DAY_READ = rf"(?:{_CELL_READ}|(?:TODAY|NOW)\(\))"
_FULL_YEARS = (
    rf"DATEDIF\({_DAY_READ},{_DAY_READ},\"Y\"\)|INT\(YEARFRAC\({_DAY_READ},{_DAY_READ}(?:,[0-4])?\)\)"
    rf"|(?:INT|TRUNC|ROUNDDOWN)\(\({_DAY_READ}-{_DAY_READ}\)/36[56](?:\.25)?(?:,0)?\)"
)
_YEARS, _YEARS_AND_MONTHS = (
    re.compile(
        rf"{_FULL_YEARS}|(?:{units}|ISBLANK)\((?:{_CELL_READ})\)|(?:{_CELL_READ})(?:=|<>)\"\"(?!\")",
        re.IGNORECASE,
    )
    for units in ("YEAR", "YEAR|MONTH")
)
_LARGE_NUMBER = re.compile("[0-9]{5}")
MOST_JOINED = 80
"""Cells of an area that are read together."""
_LONGEST_CALL = 20
_LONGEST = 8192
"""Characters of a formula in Excel."""


@dataclass(slots=True)
class Names:
    """Sheets, defined names with tables, and table columns, by their case-folded old name: the new.

    `areas` are the cells that defined names stand for, `tables` those of tables.
    """

    sheets: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        return any(
            old != new.casefold()
            for names in (self.sheets, self.names, self.columns)
            for old, new in names.items()
        )


def is_external(formula: str) -> bool:
    """Whether it reads another workbook, or what a connection has told, which is gone."""
    return _OF_CONNECTION.search(without_texts(formula)) is not None or any(
        (match.lastgroup == "sheet" and _EXTERNAL.match(match[0].lstrip("'")))
        or (match.lastgroup == "column" and _EXTERNAL.fullmatch(match[0]))
        for match in _TOKEN.finditer(formula)
    )


def literals(formula: str, names: Names) -> Iterator[tuple[int, str]]:
    """Texts, dates and long numbers written in a formula, and unknown names, numbered by token.

    Of one that joins texts every number: it may be a part of a longer one.
    """
    shortest = 1 if _JOINS.search(formula) else _SHORTEST_NUMBER
    for index, match in enumerate(_TOKEN.finditer(formula)):
        text = _literal(match, names, shortest)
        if text.strip():
            yield index, text


def literal_source(source: str, index: int) -> str:
    """The block of one literal of the formula in the block `source`."""
    return f"{source}'{index}"


def literal_changes(
    formula: str, source: str, names: Names, edits: Mapping[str, Sequence[Edit]]
) -> dict[int, Sequence[Edit]]:
    """The edits of a formula's literals, by token, for `rewritten`."""
    if not edits:
        return {}
    sources = ((index, literal_source(source, index)) for index, _ in literals(formula, names))
    return {index: edits[literal] for index, literal in sources if literal in edits}


def _literal(match: re.Match[str], names: Names, shortest: int = 1) -> str:
    """What a token says that somebody wrote, numbers of `shortest` figures and more; '' for the others."""
    token, kind = match[0], match.lastgroup
    if kind == "string":
        return token[1:-1].replace('""', '"')
    if kind == "date":
        year, month, day = re.findall("[0-9]+", token)
        return f"{year}-{month:0>2}-{day:0>2}"
    if kind == "letter":
        code = int(re.findall("[0-9]+", token)[-1])
        return chr(code) if 0x20 < code < 0x110000 and chr(code).isprintable() else ""
    if kind == "number":
        return plain_number(token) if len(plain_number(token)) >= shortest else ""
    if kind == "sheet":
        if token.isascii() and _EXTERNAL.match(token.lstrip("'")):
            return ""  # the formula goes
        if all(part.casefold() in names.sheets for part in _sheets(token)):
            return ""
        return ":".join(_sheets(token))  # of the workbook behind a chart in Word
    if token.isascii() and not _LONG_NUMBER.search(token):
        return ""
    if kind == "column":
        return "" if token[1:-1].lstrip("@").casefold() in names.columns else token[1:-1]
    return token if kind == "word" and token.casefold() not in names.names else ""


def rewritten(formula: str, names: Names, changes: Mapping[int, Sequence[Edit]]) -> str:
    """The formula with edited literals, and names as they are called now."""
    parts: list[str] = []
    for index, match in enumerate(_TOKEN.finditer(formula)):
        token, kind = match[0], match.lastgroup
        if kind == "string" and _is_address(
            formula, match.start(), _literal(match, names), names, named=index in changes
        ):
            token = '"' + rewritten(_literal(match, names), names, {}).replace('"', '""') + '"'
        elif index in changes:
            text = splice(_literal(match, names), changes[index])
            if kind == "sheet":
                token = quoted(sheet_name(text)) + "!"
            elif kind == "column":
                token = f"[{column_reference(text)}]"
            elif kind == "word":
                token = identifier(text)
            elif kind == "date":
                token = _date(text)
            else:
                token = '"' + text.replace('"', '""') + '"'
        elif kind == "sheet":
            old = _sheets(token)
            new = [names.sheets.get(part.casefold(), part) for part in old]
            if new != old:
                token = quoted(":".join(new)) + "!"
        elif kind == "column":
            inner = token[1:-1]
            at, plain = ("@", inner[1:]) if inner.startswith("@") else ("", inner)
            plain = re.sub(r"'(.)", r"\1", plain)
            if plain.casefold() in names.columns and names.columns[plain.casefold()] != plain:
                token = f"[{at}{column_reference(names.columns[plain.casefold()])}]"
        elif kind == "word":
            token = names.names.get(token.casefold(), token)
        if kind == "string":
            token = _addresses(token, names)
        parts.append(token)
    return "".join(parts)


def _is_address(formula: str, start: int, text: str, names: Names, *, named: bool) -> bool:
    """Whether a text in a formula is the address of cells in names that are known, and nothing besides; `named` where one of
    them must be: ZY884213 may be a cell or a number."""
    before = formula[max(0, start - _LONGEST_CALL) : start].rstrip()
    if not before.upper().endswith("INDIRECT(") or '"' in text or any(literals(text, names)):
        return False
    return all(
        match[0].casefold() in names.names or (not named and _CELL.fullmatch(match[0]))
        if match.lastgroup == "word"
        else match[0][1:-1].lstrip("@").casefold() in names.columns
        for match in _TOKEN.finditer(text)
        if match.lastgroup in ("word", "column")
    )


def _date(text: str) -> str:
    """What stands for a date in a formula: the first day of what is left of it, so that it still
    compares with dates; or the text, where that is none."""
    match = _DAY.fullmatch(text.strip())
    if match:
        return f"DATE({match[1]},{int(match[2] or 1)},{int(match[3] or 1)})"
    return '"' + text.replace('"', '""') + '"'


def _addresses(token: str, names: Names) -> str:
    """Sheets named inside a text, as INDIRECT and HYPERLINK take them."""
    if "!" in token:
        for old, new in names.sheets.items():
            if old != new.casefold():
                pattern = re.compile(rf"'?{re.escape(old)}'?!", re.IGNORECASE)
                token = pattern.sub(lambda _, new=new: quoted(new) + "!", token)  # type: ignore[misc]
    return token


def _sheets(token: str) -> list[str]:
    plain = token[:-1]
    if plain.startswith("'"):
        plain = plain[1:-1].replace("''", "'")
    return plain.split(":")


def quoted(name: str) -> str:
    """A sheet's name as a formula writes it."""
    if _UNQUOTED.fullmatch(name) and not _CELL.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"


def sheet_name(text: str, taken: Mapping[str, object] | set[str] = frozenset()) -> str:  # type: ignore[assignment]
    """A legal name for a sheet: 31 characters at most, none of `[]:*?/\\`, unlike those `taken`."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", text).strip().strip("'") or "Sheet"
    return _unlike(plain, taken, 31, "{} {}")


def identifier(text: str, taken: Mapping[str, object] | set[str] = frozenset()) -> str:  # type: ignore[assignment]
    """A legal defined name: letters, digits, `_` and `.`, beginning with a letter or `_`."""
    plain = re.sub(r"[^\w.]", "_", text) or "_"
    if not re.match(r"[^\W0-9]", plain) or _CELL.fullmatch(plain):
        plain = "_" + plain
    return _unlike(plain, taken, 250, "{}_{}")


def column_reference(name: str) -> str:
    """A table column's name inside brackets."""
    return re.sub(r"([\[\]'#@])", r"'\1", name)


def _unlike(plain: str, taken: Mapping[str, object] | set[str], most: int, form: str) -> str:
    name, number = plain[:most], 1
    while name.casefold() in taken:
        number += 1
        name = form.format(plain[: most - 1 - len(str(number))], number)
    return name


@dataclass(frozen=True, slots=True)
class Area:
    """Cells that a formula reads; rows and columns from 1. `sheet` is empty for its own."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def single(self) -> bool:
        return (self.top, self.left) == (self.bottom, self.right)

    @property
    def size(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def cells(self) -> Iterator[tuple[int, int]]:
        """Row and column of each of its cells, as a formula reads them."""
        return product(range(self.top, self.bottom + 1), range(self.left, self.right + 1))


class Table(NamedTuple):
    """A table: its sheet, the rows of its records, and the number of each column by its case-folded name."""

    sheet: str
    top: int
    bottom: int
    columns: Mapping[str, int]


class Place(NamedTuple):
    """Where a formula stands: its sheet and row, and how far below and beside the first of those that share it."""

    sheet: str = ""
    row: int = 0
    down: int = 0
    across: int = 0


class Reading(NamedTuple):
    """A formula with the cells that it names, each with where they are named."""

    formula: str
    places: tuple[tuple[int, int, Area], ...]

    def filled(self, value: Callable[[Area], str]) -> str:
        """The formula with values in the place of cells."""
        parts: list[str] = []
        position = 0
        for start, end, area in self.places:
            parts += self.formula[position:start], value(area)
            position = end
        return "".join(parts) + self.formula[position:]


def areas(formula: str, down: int = 0, across: int = 0) -> Iterator[Area]:
    """The cells a formula names, moved as in a shared formula `down` rows below its master."""
    return (area for _, _, area in _references(without_texts(formula), Place("", 0, down, across)))


def areas_read(formula: str, place: Place, names: Names) -> Iterator[Area]:
    """The same, with the cells of defined names and of tables."""
    plain = without_texts(formula)
    bare = _STRUCTURED.sub(lambda match: '"' * len(match[0]), plain)
    return (area for _, _, area in _named(plain, bare, place, names))


def reads_anywhere(formula: str) -> bool:
    """Whether it does not say which cells it reads."""
    return _ANYWHERE.search(without_texts(formula)) is not None


def is_between_days(formula: str) -> bool:
    """Whether a formula that reads days says no more than how far they are apart."""
    bare = _REFERENCE.sub("", without_texts(formula))
    return _BETWEEN_DAYS.issuperset(_calls(bare)) and not _LARGE_NUMBER.search(bare)


def reckons(formula: str) -> bool:
    """Whether a formula takes what it reads for numbers, or for days."""
    bare = without_texts(formula)
    return _RECKONS.search(bare) is not None or not _OF_NUMBERS.isdisjoint(_calls(bare))


def counts(formula: str) -> bool:
    """Whether a formula makes one number of the numbers among many cells."""
    return not _OF_MANY.isdisjoint(_calls(without_texts(formula)))


def reads_figures(formula: str, read: Collection[str]) -> bool:
    """Whether a formula reckons with figures within a long number, of which some cell has none any more."""
    return (
        reckons(formula)
        and not _PIECES.isdisjoint(_calls(without_texts(formula)))
        and any(text and _LONG_NUMBER.search(text) is None for text in read)
    )


def tells_years(formula: str, *, months: bool) -> bool:
    """Whether a formula reads no more of days than their years, or months, and how many full years lie between them.

    >>> tells_years('IF(A2="","",YEAR(TODAY())-YEAR(A2))', months=False), tells_years("MONTH(A2)", months=False)
    (True, False)
    """
    bare = re.sub(r"\s", "", formula)
    rest = (_YEARS_AND_MONTHS if months else _YEARS).sub("", bare)
    return rest != bare and not _ONE_CELL.search(rest)


def texts_in(formula: str) -> list[str]:
    """What a formula has in quotes."""
    return [text[1:-1].replace('""', '"') for text in _STRINGS.findall(formula)]


def area_of(formula: str) -> Area | None:
    """The cells for which a defined name stands, if it is for one area."""
    found = list(_references(formula, Place())) if len(formula) < _LONGEST_AREA else []
    return found[0][2] if len(found) == 1 and found[0][:2] == (0, len(formula)) else None


def joined_parts(formula: str, place: Place = Place(), names: Names | None = None) -> tuple[Area | int, ...]:  # noqa: B008
    """What a formula puts together, in order: cells, and texts by their tokens. Nothing of one that joins no cells.

    With `names` cells of other sheets, of defined names and of tables, too.

    >>> joined_parts('A1&"-"&B1')
    (Area(sheet='', top=1, left=1, bottom=1, right=1), 2, Area(sheet='', top=1, left=2, bottom=1, right=2))
    """
    if len(formula) > _LONGEST:
        return ()
    plain = without_texts(formula)
    if not _JOINS.search(plain):
        return ()
    bare = _STRUCTURED.sub(lambda match: '"' * len(match[0]), plain)
    if _RECKONS.search(bare) or not _OF_TEXTS.issuperset(_calls(bare)):
        return ()
    found: dict[int, Area | int] = {
        start: area
        for start, _, area in _named(plain, bare, place, names)
        if area.size <= MOST_JOINED and (names is not None or not area.sheet)
    }
    if found:
        for index, match in enumerate(_TOKEN.finditer(formula)):
            if match.lastgroup == "string":
                found[match.start()] = index
    for compared in _COMPARED.finditer(bare):
        for place_of_it in range(*compared.span()):
            found.pop(place_of_it, None)
    return tuple(found[start] for start in sorted(found))


def read_by(formula: str, result: str, place: Place, names: Names) -> Reading | None:
    """The cells that another formula names, where its result may be a value of which they are the parts.

    Without a result it is one that reckons with powers of ten: A2*10000+C2.
    """
    if len(formula) > _LONGEST:
        return None
    if not (_LONG_RESULT.fullmatch(result) if result else _SHIFTS.search(formula)):
        return None
    plain = without_texts(formula)
    bare = _STRUCTURED.sub(lambda match: '"' * len(match[0]), plain)
    some: list[tuple[int, int, Area]] = []
    for one in sorted(_named(plain, bare, place, names), key=lambda one: one[:2]):
        if one[2].size <= MOST_JOINED and not (some and one[0] < some[-1][1]):
            some.append(one)
    return Reading(formula, tuple(some)) if 0 < len(some) <= _MOST_PARTS else None


def _named(plain: str, bare: str, place: Place, names: Names | None) -> Iterator[tuple[int, int, Area]]:
    """The cells that a formula names in any way; in `bare` the columns of tables are left out."""
    for start, end, area in _references(bare, place):
        own = area.sheet.casefold() == place.sheet.casefold()
        yield start, end, replace(area, sheet="") if own else area
    if names is None:
        return
    for match in _STRUCTURED.finditer(plain) if names.tables else ():
        if area_of_column := _of_column(match, place, names):
            yield *match.span(), area_of_column
    for match in _WORD.finditer(bare) if names.areas else ():
        if known := names.areas.get(match[0].casefold()):
            own = known.sheet.casefold() == place.sheet.casefold()
            yield *match.span(), replace(known, sheet="") if own else known


def _of_column(match: re.Match[str], place: Place, names: Names) -> Area | None:
    """The cells of a column of a table: that of the own row, or all of them."""
    table = names.tables.get((match[1] or "").casefold())
    column = re.sub(r"'(.)", r"\1", match[2] or match[3] or match[4] or "").casefold()
    if table is None or column not in table.columns:
        return None
    top, bottom = (table.top, table.bottom) if match[4] else (place.row, place.row)
    sheet = "" if table.sheet.casefold() == place.sheet.casefold() else table.sheet
    return Area(sheet, top, table.columns[column], bottom, table.columns[column])


def _calls(formula: str) -> list[str]:
    """The functions of a formula, of which no text is left."""
    return [name.upper().removeprefix("_XLFN.") for name in _CALL.findall(formula)]


def without_texts(formula: str) -> str:
    """The formula, as long as it was, with quotes in the place of its texts."""
    return _STRINGS.sub(lambda text: '"' * len(text[0]), formula)


def _references(formula: str, place: Place) -> Iterator[tuple[int, int, Area]]:
    """The cells that a formula without texts names, and where."""
    for match in _REFERENCE.finditer(formula):
        start, end = match.span()
        sheet = (match[1] or match[10] or "").strip("'").replace("''", "'")
        if match[11]:
            column = column_number(match[11])
            yield start, end, Area(sheet, 1, column, _LAST_ROW, column_number(match[12]))
            continue
        left = column_number(match[3]) + (0 if match[2] else place.across)
        top = int(match[5]) + (0 if match[4] else place.down)
        if not match[7]:
            yield start, end, Area(sheet, top, left, top, left)
            continue
        right = column_number(match[7]) + (0 if match[6] else place.across)
        bottom = int(match[9]) + (0 if match[8] else place.down)
        area = Area(sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))
        yield start, end, area


def column_number(letters: str) -> int:
    """A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=1024)
def column_letters(number: int) -> str:
    """1 is A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
