"""A written database read again: every value of every table, its schema, and that nothing is in free pages."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from deid.errors import UnreadableDocument
from deid.formats.files import Held
from deid.formats.sqlite.schema import KEYWORDS

_STEPS, _MOST_STEPS = 1_000_000, 10_000
_WORD = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|\w+""")


def strings_of(path: str) -> Iterator[str]:
    """Raises UnreadableDocument when it cannot be read."""
    try:
        with closing(_opened(path)) as database:
            if database.execute("PRAGMA freelist_count").fetchone()[0]:
                raise UnreadableDocument("the written database has free pages")
            names = []
            for name, sql, kind in database.execute("SELECT name, sql, type FROM sqlite_master"):
                yield name
                yield _WORD.sub(_unless_keyword, sql or "")
                names += [(name, kind)] if kind in ("table", "view") else []
            for name, kind in names:
                for value in _values(database, name, kind):
                    yield from _strings(value)
    except sqlite3.Error as error:
        raise UnreadableDocument(f"the written database cannot be read ({type(error).__name__})") from None


def _values(database: sqlite3.Connection, name: str, kind: str) -> Iterator[Any]:
    """Those of a table, generated columns included, or of a view; a view whose tables are no more has none."""
    steps = iter(range(_MOST_STEPS))
    if kind == "view":
        database.set_progress_handler(lambda: next(steps, None) is None, _STEPS)
    try:
        for row in database.execute(f'SELECT * FROM "{name.replace(chr(34), chr(34) * 2)}"'):
            yield from row
    except sqlite3.OperationalError as error:
        if not str(error).startswith(("no such table", "no such column")):
            raise
    finally:
        database.set_progress_handler(None, 0)


def _unless_keyword(word: re.Match[str]) -> str:
    """A word of SQL, or nothing where it is the language's: no name of anybody, though somebody may be called Primary."""
    return "" if word[0].casefold() in KEYWORDS else word[0]


def _opened(path: str) -> sqlite3.Connection:
    if isinstance(path, Held):
        database = sqlite3.connect(":memory:")
        getattr(database, "deserialize")(path.content)  # noqa: B009 - unknown to Python 3.10
    else:
        database = sqlite3.connect(Path(path).resolve().as_uri() + "?mode=ro&immutable=1", uri=True)
    database.text_factory = lambda content: content.decode("utf-8", "replace")
    return database


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, bytes):
        from deid.formats.proofreading.members import strings_of_member

        yield from strings_of_member(value)
        for codec in ("utf-8", "utf-16-le", "gb18030"):
            yield value.decode(codec, "ignore")
    elif value is not None:
        yield str(value)
        if isinstance(value, float) and value.is_integer():
            yield str(int(value))
