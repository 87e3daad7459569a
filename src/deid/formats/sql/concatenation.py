"""Texts that a statement puts together of several literals: 'a' || 'b', 'a' 'b', N'a' + N'b', CONCAT('a', 'b'),
TO_CLOB('a') || TO_CLOB('b'), as programs write what is longer than a literal may be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deid.formats.sql.dialects import Dialect

_JOINS = re.compile(
    r"\|\||\bconcat(?:_ws)?\s*\(|['\")]\s*\+|['\"]\s+(?:[nNeExX]|[uU]&|_\w+\s*)?['\"]", re.IGNORECASE
)
_BETWEEN = frozenset(("space", "line", "comment"))
_CALLS = frozenset(("concat", "concat_ws"))
_SIGNS = frozenset("|+():")
_TYPES = frozenset(
    "char nchar varchar nvarchar varchar2 nvarchar2 character varying text ntext clob nclob max longtext string".split()
)
_CONVERSIONS = _TYPES | frozenset("to_clob to_nclob to_char to_nchar unistr cast convert as".split())
"""Words that make a text of another kind of a text."""


def runs(raw: str, dialect: Dialect) -> Iterator[list[re.Match[str]]]:
    """Literals between which nothing stands but what joins them; those within `$$` too.

    >>> from deid.formats.sql.dialects import STANDARD
    >>> [[one[0] for one in run] for run in runs("('1' || '2', '3', f(x, '4'), concat('5', '6'), 7)", STANDARD)]
    [["'1'", "'2'"], ["'5'", "'6'"]]
    >>> [[one[0] for one in run] for run in runs("to_clob('1') || to_clob('2'), to_clob('3')", STANDARD)]
    [["'1'", "'2'"]]
    """
    if not _JOINS.search(raw):
        return
    run: list[re.Match[str]] = []
    place, is_call, is_type, is_conversion = 0, False, False, False
    words, joins = 0, 0  # since the last literal
    while found := dialect.token.match(raw, place):
        group, text, place = found.lastgroup, found[0].casefold(), found.end()
        if group in ("string", "hex"):
            if words and not joins:
                yield from _joined(run)
                run = []
            run.append(found)
            words, joins, is_conversion = 0, 0, False
            continue
        if group == "dollar":
            place = found.end("tag")
        if group in _BETWEEN:
            continue
        is_call = (is_call or text in _CALLS) and text != ")"
        is_size = is_type and (group == "number" or text in ("(", ")", "max"))
        is_type = text in _TYPES or (is_size and text != ")")
        parts = text == "," and (is_call or is_conversion)
        is_conversion = text == "convert" or (is_conversion and text != ",")
        words += text in _CONVERSIONS
        joins += text in ("|", "+")
        if text not in _CONVERSIONS and text not in _SIGNS and not is_size and not parts:
            yield from _joined(run)
            run, words, joins = [], 0, 0
    yield from _joined(run)


def _joined(run: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    if len(run) > 1:
        yield run
