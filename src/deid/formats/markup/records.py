"""Records that a page keeps in a script and shows by a program: the messages of an exported chat.

The program is left out, so nothing would show them. They are read as JSON5 (json5.org), which
covers JSON and the literals of JavaScript that are data, and are written as a table of the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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
_MARKS = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML has not."""
_LINES = re.compile("\r\n?|\n")
_TELLING = 4  # characters
_ASTRAY = 100


def tables_of(script: str, shown: Callable[[], str]) -> str:
    """Tables of the records in `script`, but for those of which a page says all anyhow; `shown` is what it shows.

    >>> tables_of("let m = [{who: '张三', said: '你好'}, {who: '李四', said: '您好'}]; show(m)", str)
    '<table border="1"><tr><th>who</th><th>said</th></tr><tr><td>张三</td><td>你好</td></tr><tr><td>李四</td><td>您好</td></tr></table>'
    >>> tables_of("var size = {width: 3}; draw(size)", str)
    ''
    """
    lists = [found for literal in _literals(script) for found in _records(literal)]
    return "".join(_table(records) for records in lists if not _is_shown(records, shown()))


def without_scripts(page: str) -> str:
    """What of a page people may see."""
    low, parts, end = page.lower(), list[str](), 0
    while (start := low.find("<script", end)) >= 0:
        parts.append(page[end:start])
        end = low.find("</script", start)
        if end < 0:
            return "".join(parts)
    return "".join((*parts, page[end:]))


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
    """Lists of objects most of which say something, from the outside in."""
    if isinstance(value, list):
        records = [one for one in value if isinstance(one, dict)]
        if 0 < len(records) == len(value) and sum(map(_says, records)) * 2 >= len(records):
            yield records
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from _records(one)


def _says(record: Record) -> bool:
    return any(isinstance(value, str) and _SAID.search(value) for value in record.values())


def _is_shown(records: Sequence[Record], page: str) -> bool:
    """Whether what the records say, long enough to tell, stands in the page; in their order but for a few."""
    values = (value for one in records for value in one.values() if isinstance(value, str))
    said = [escape(value, quote=False) for value in values if len(value) >= _TELLING and _SAID.search(value)]
    at = astray = 0
    for text in said:
        if (found := page.find(text, at)) < 0:
            astray += 1
            found = page.find(text) if astray <= _ASTRAY else -1
        if found < 0:
            return False
        at = found
    return bool(said)


def _table(records: Sequence[Record]) -> str:
    flat = [dict(_fields(one)) for one in records]
    names = list(dict.fromkeys(name for one in flat for name in one))
    rows = [[one.get(name, "") for name in names] for one in flat]
    return f'<table border="1">{_row("th", names)}{"".join(_row("td", row) for row in rows)}</table>'


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    """The fields of a record, those of an object within it too; records within it have a table of their own."""
    for name, value in record.items():
        if isinstance(value, dict):
            yield from (
                (inner if inner not in record else f"{name} {inner}", said) for inner, said in _fields(value)
            )
        elif not (isinstance(value, list) and value and isinstance(value[0], dict)):
            yield str(name), _written(value)


def _written(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def _row(cell: str, texts: Sequence[str]) -> str:
    inner = "".join(
        f"<{cell}>{_LINES.sub('<br/>', _MARKS.sub(chr(0xFFFD), escape(text, quote=False)))}</{cell}>"
        for text in texts
    )
    return f"<tr>{inner}</tr>"
