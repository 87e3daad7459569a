"""Which column a text of a statement belongs to: xm = 'a', lower(xm) LIKE lower('a%'), xm IN ('a', 'b'), 'a' AS xm."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from deid.formats.sql.dialects import Dialect

_QUOTES = '`"[]'
_NAME = r"(`[^`\r\n]{1,200}`|\"[^\"\r\n]{1,200}\"|\[[^\]\r\n]{1,200}\]|(?<![\w$#])[^\W\d][\w$#]*)"
_NAMED = re.compile(
    rf"{_NAME}\s*(?:\)\s*)*(?:[<>!:]?=>?|<>|\b(?:NOT\s+)?(?:I?LIKE\b|IN\s*\())\s*(?:\w{{1,30}}\s*\(\s*){{0,3}}(?=[nNeE]?')"
    rf"|(?:^|[,(])\s*(?!CREATE\b){_NAME}\s(?:[^,'\"\r\n(]|\([^()\r\n]*\)){{0,80}}?\bDEFAULT\s*(?=[nNeE]?')",
    re.IGNORECASE | re.MULTILINE,
)
"""A column before a text that it is, is not, or has where nothing is given, in a function or not."""
_SET = re.compile(rf"{_NAME}\s*[<>!:]?=")
_TABLE = re.compile(
    rf"\b(?:(?<!KEY )(?<!DO )(?<!THEN )UPDATE|INTO|FROM|JOIN)\s+(?:ONLY\s+)?(?:{_NAME}\s*\.\s*){{0,3}}{_NAME}",
    re.IGNORECASE,
)
_END = re.compile(r";[^\S\r\n]{0,9}[\r\n]+")
_NEXT = re.compile(r"\s*,\s*(?=[nNeE]?')")
_CALLED = re.compile(
    rf"[nNeE]?'(?:[^'\\\r\n]|''|\\.){{1,200}}'(?:\s*\)){{0,9}}\s{{1,99}}AS\s+{_NAME}", re.IGNORECASE
)
"""A text that gets the name of a column."""


def columns_in(raw: str) -> list[str]:
    """The columns that a statement sets or asks for.

    >>> columns_in("UPDATE t SET xm='a', [dh] = 1 WHERE id=5")
    ['xm', 'dh', 'id']
    """
    return [found[1].strip(_QUOTES) for found in _SET.finditer(raw)]


def tables_in(raw: str) -> list[str]:
    """The tables of a statement without their databases, in small letters.

    >>> tables_in("UPDATE his.`Patient` SET a=1 WHERE id IN (SELECT id FROM visits)")
    ['patient', 'visits']
    """
    return [found[2].strip(_QUOTES).casefold() for found in _TABLE.finditer(raw)]


def statements(raw: str) -> Callable[[int], str]:
    """Which statement a place of a text is in; each begins in a line of its own.

    >>> statements("UPDATE a SET x='1';\\nUPDATE b SET x='2';\\n")(30)
    "UPDATE b SET x='2';\\n"
    """
    bounds = [0, *(end.end() for end in _END.finditer(raw)), len(raw)]

    def at(place: int) -> str:
        after = bisect_right(bounds, place)
        return raw[bounds[after - 1] : bounds[after]]

    return at


def named(raw: str, dialect: Dialect) -> Iterator[tuple[re.Match[str], str]]:
    """Literals of a statement, and the column that has each of them or is called so.

    >>> from deid.formats.sql.dialects import STANDARD
    >>> [(one[0], name) for one, name in named("xm IN ('a', 'b') AND 'c' = c OR UPPER(xm) = UPPER('d')", STANDARD)]
    [("'a'", 'xm'), ("'b'", 'xm'), ("'d'", 'xm')]
    """
    if "'" not in raw:
        return
    token = dialect.token
    for name in _NAMED.finditer(raw):
        place, is_list = name.end(), True
        while is_list and (found := token.match(raw, place)) and found.lastgroup == "string":
            yield found, (name[1] or name[2]).strip(_QUOTES)
            behind = _NEXT.match(raw, found.end()) if name[0].rstrip().endswith("(") else None
            is_list, place = behind is not None, behind.end() if behind else 0
    for called in _CALLED.finditer(raw):
        found = token.match(raw, called.start())
        if found and found.lastgroup == "string":
            yield found, called[1].strip(_QUOTES)
