"""Texts that a statement puts together of several literals: 'a' || 'b', 'a' 'b', N'a' + N'b', CONCAT('a', 'b')."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deid.formats.sql.dialects import Dialect

_JOINS = re.compile(
    r"\|\||\bconcat(?:_ws)?\s*\(|['\"]\s*\+|['\"]\s+(?:[nNeExX]|[uU]&|_\w+\s*)?['\"]", re.IGNORECASE
)
_BETWEEN = frozenset(("space", "line", "comment"))
_CALLS = frozenset(("concat", "concat_ws"))


def runs(raw: str, dialect: Dialect) -> Iterator[list[re.Match[str]]]:
    """Literals between which nothing stands but what joins them; those within `$$` too.

    >>> from deid.formats.sql.dialects import STANDARD
    >>> [[one[0] for one in run] for run in runs("('1' || '2', '3', f(x, '4'), concat('5', '6'), 7)", STANDARD)]
    [["'1'", "'2'"], ["'5'", "'6'"]]
    """
    if not _JOINS.search(raw):
        return
    run: list[re.Match[str]] = []
    place, is_call = 0, False
    while found := dialect.token.match(raw, place):
        group, text, place = found.lastgroup, found[0], found.end()
        if group in ("string", "hex"):
            run.append(found)
            continue
        if group == "dollar":
            place = found.end("tag")
        is_call = (is_call or text.casefold() in _CALLS) and text != ")"
        if group not in _BETWEEN and text not in ("|", "+", "(", ")") and not (is_call and text == ","):
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run
