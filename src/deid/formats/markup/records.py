"""Records that a page keeps in a script and shows by a program: the messages of an exported chat.

The program is left out, so nothing would show them. They are read as JSON5 (json5.org), which
covers JSON and the literals of JavaScript that are data, and are written as a table of the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import islice

import pyjson5

Record = Mapping[str, object]

_BEGINS = re.compile(r"(?:\A|[\w\])]\s*=)\s*(?=[\[{])")
"""Before a literal that is the whole script or is given to a name."""
_MOST = 64  # literals of a script that are looked at
_DEEPEST = 64
_SAID = re.compile("[\u4e00-\u9fff]")
_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
"""One half of a character outside the first plane, without the other: texts are cut there."""
_SAMPLE = 50  # texts that are looked for in the page


def tables_of(script: str, page: str) -> str:
    """Tables of the records in `script`, but for those which `page`, its text without scripts, says anyhow.

    >>> tables_of("let m = [{who: '张三', said: '你好'}, {who: '李四', said: '您好'}]; show(m)", "")
    '<table border="1"><tr><th>who</th><th>said</th></tr><tr><td>张三</td><td>你好</td></tr><tr><td>李四</td><td>您好</td></tr></table>'
    >>> tables_of("var size = {width: 3}; draw(size)", "")
    ''
    """
    lists = [found for literal in _literals(script) for found in _records(literal)]
    return "".join(map(_table, (records for records in lists if not _is_shown(records, page))))


def _literals(script: str) -> Iterator[object]:
    """What JSON5 reads of `script`; what it cannot read is part of the program."""
    script = _HALF.sub(r"\\ufffd", script)
    for begin in islice(_BEGINS.finditer(script), _MOST):
        try:
            yield pyjson5.decode(script[begin.end() :], _DEEPEST)
        except pyjson5.Json5ExtraData as error:
            yield error.result
        except pyjson5.Json5Exception:
            continue


def _records(value: object) -> Iterator[Sequence[Record]]:
    """Lists of two or more objects, most of which say something, from the outside in."""
    if isinstance(value, list):
        records = [one for one in value if isinstance(one, dict)]
        if len(records) == len(value) > 1 and sum(map(_says, records)) * 2 >= len(records):
            yield records
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from _records(one)


def _says(record: Record) -> bool:
    return any(isinstance(value, str) and _SAID.search(value) for value in record.values())


def _is_shown(records: Sequence[Record], page: str) -> bool:
    texts = (value for one in records for value in one.values() if isinstance(value, str))
    said = list(islice((escape(text, quote=False) for text in texts if _SAID.search(text)), _SAMPLE))
    return sum(text in page for text in said) * 2 > len(said)


def _table(records: Sequence[Record]) -> str:
    flat = [dict(_fields(one)) for one in records]
    names = list(dict.fromkeys(name for one in flat for name in one))
    rows = [[one.get(name, "") for name in names] for one in flat]
    return f'<table border="1">{_row("th", names)}{"".join(_row("td", row) for row in rows)}</table>'


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    """The fields of a record, those of an object within it too; records within it have a table of their own."""
    for name, value in record.items():
        if isinstance(value, dict):
            yield from _fields(value)
        elif not (isinstance(value, list) and value and isinstance(value[0], dict)):
            yield str(name), _written(value)


def _written(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def _row(cell: str, texts: Sequence[str]) -> str:
    inner = "".join(
        f"<{cell}>{escape(text, quote=False).replace(chr(10), '<br>')}</{cell}>" for text in texts
    )
    return f"<tr>{inner}</tr>"
