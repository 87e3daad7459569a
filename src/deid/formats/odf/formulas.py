"""Formulas and addresses of OpenFormula (ODF 1.3, part 4): texts in them, sheets and names that they use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from deid.formats.numbers import plain_number
from deid.formats.ooxml.formulas import Area, Names, areas, identifier, joined_parts, literals
from deid.formats.reckoning import reckoned

_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"]|"")*")
    |(?P<sheet>\$?(?:(?<!')'(?:[^']|'')*'|[^\s\[\]'"!$(),;:+\-*/^&=<>{}~.\#]{1,300})(?=\.\$?[A-Za-z]|\.\#))
    |(?P<word>[^\W0-9]\w*(?:\.\w+)*)
    |(?P<number>[0-9]+(?:\.[0-9]*)?(?:[eE][+\-]?[0-9]+)?)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_EXTERNAL = re.compile(r"(?<!')'(?:[^']|'')*'#|\bDDE\(", re.IGNORECASE)
_UNQUOTED = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff]*")
_CONSTANT = re.compile(r"(?:[a-z]+:)?=?([0-9]{1,4}(?:[.\-/][0-9]{1,8}){2,})")
"""A day or a number in pieces, as fields have it without quotes: ooow:13.11.2008."""
_BEGINNING = re.compile(r"(?:[a-z]+:)?=")
_SHEET = r"(\$?(?:'(?:[^']|'')*'|[^\s\[\]'\".:]+))?"
_PLACE = r"\.(\$?[A-Z]{1,3}(?:\$?[0-9]{1,7})?)"
_CELLS = re.compile(rf"\[{_SHEET}{_PLACE}(?::{_SHEET}{_PLACE})?\]")
_OTHERWISE = re.compile(r'"(?:[^"]|"")*"|\[\.([A-Z$0-9]+)(?::\.([A-Z$0-9]+))?\]|;|COM\.MICROSOFT\.')
"""What Excel writes otherwise, and texts, which it does not."""
_LONG = 7  # digits of a number that may be somebody's


class Formula:
    def __init__(self, text: str) -> None:
        self._text = text

    @property
    def is_external(self) -> bool:
        """Whether it reads another file."""
        return _EXTERNAL.search(self._text) is not None

    def literals(self, sheets: Mapping[str, str]) -> Iterator[str]:
        """Texts and long numbers written in it, names that are not of programs; what comes of them."""
        if result := reckoned(self._text):
            yield result
        if constant := _CONSTANT.fullmatch(self._text):
            yield constant[1]
        yield from self.texts(sheets)

    def joined_parts(self) -> tuple[Area | str, ...]:
        """What it puts together, in order: cells of its own table, and texts.

        >>> Formula('of:=[.A1]&"-"&[.B1]').joined_parts()
        (Area(sheet='', top=1, left=1, bottom=1, right=1), '-', Area(sheet='', top=1, left=2, bottom=1, right=2))
        """
        formula = _OTHERWISE.sub(_as_excel, self._body)
        parts = joined_parts(formula)
        texts = dict(literals(formula, Names())) if parts else {}
        found = (texts.get(part, "") if isinstance(part, int) else part for part in parts)
        return tuple(part for part in found if part)

    def areas(self) -> list[Area]:
        """The cells that it names.

        >>> Formula("of:=['赵''甲'.A1]-[.$B$2]").areas()
        [Area(sheet="赵'甲", top=1, left=1, bottom=1, right=1), Area(sheet='', top=2, left=2, bottom=2, right=2)]
        """
        return list(areas(_CELLS.sub(_as_cells, self._body)))

    def as_excel(self) -> str:
        """As Excel writes it, with all cells as those of one sheet."""
        return _OTHERWISE.sub(_as_excel, _CELLS.sub(r"\2", self._body))

    @property
    def _body(self) -> str:
        return _BEGINNING.sub("", self._text, count=1)

    def texts(self, sheets: Mapping[str, str]) -> list[str]:
        """The texts and numbers in it, one after the other."""
        return list(filter(str.strip, (_literal(match, sheets) for match in _TOKEN.finditer(self._text))))

    def rewritten(self, sheets: Mapping[str, str], new: Mapping[str, str]) -> str:
        """With each literal as `new` has it, and sheets as they are called now."""
        result = reckoned(self._text)
        if result and new.get(result, result) != result:
            return 'of:="' + new[result].replace('"', '""') + '"'
        constant = _CONSTANT.fullmatch(self._text)
        if constant and new.get(constant[1], constant[1]) != constant[1]:
            return self._text[: constant.start(1)] + '"' + new[constant[1]].replace('"', '""') + '"'
        parts: list[str] = []
        for match in _TOKEN.finditer(self._text):
            token, kind = match[0], match.lastgroup
            text = _literal(match, sheets)
            done = new.get(text, text)
            if kind == "sheet":
                name = _sheet(token)
                name = sheets.get(name, done if text else name)
                token = token if name == _sheet(token) else "$" * token.startswith("$") + _quoted(name)
            elif done != text:
                token = identifier(done) if kind == "word" else '"' + done.replace('"', '""') + '"'
            parts.append(token)
        return "".join(parts)


def _as_cells(match: re.Match[str]) -> str:
    """Cells as Excel names them."""
    sheets = ":".join(_sheet(sheet) for sheet in match.group(1, 3) if sheet).replace("'", "''")
    return (f"'{sheets}'!" if sheets else "") + ":".join(filter(None, match.group(2, 4)))


def _as_excel(match: re.Match[str]) -> str:
    if match[1]:
        return f"{match[1]}:{match[2]}" if match[2] else match[1]
    return {";": ",", "COM.MICROSOFT.": ""}.get(match[0], match[0])


def _literal(match: re.Match[str], sheets: Mapping[str, str]) -> str:
    token, kind = match[0], match.lastgroup
    if kind == "string":
        return token[1:-1].replace('""', '"')
    if kind == "number":
        return plain_number(token) if len(plain_number(token)) >= _LONG else ""
    if kind == "sheet":
        name = _sheet(token)
        return "" if name in sheets or name.isascii() else name
    return token if kind == "word" and not token.isascii() else ""


def _sheet(token: str) -> str:
    plain = token.removeprefix("$")
    return plain[1:-1].replace("''", "'") if plain.startswith("'") else plain


def _quoted(name: str) -> str:
    return name if _UNQUOTED.fullmatch(name) else "'" + name.replace("'", "''") + "'"
