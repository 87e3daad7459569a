"""Days that cells of pages show in an order of their own: `<td sdval="45502">29.07.24</td>`. Which they are, the value tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deid.formats.markup.escapes import Unit
from deid.formats.ooxml.numberformats import iso_date

_SHOWN = re.compile(r"(\s*)([0-9]{1,2})([./-])([0-9]{1,2})\3(?:[0-9]{2})?([0-9]{2})(?!\S)")
_SERIAL = re.compile(r"(?<![0-9.])[0-9]{1,5}(?![0-9])")
_DAY = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")


def with_day(raw: str, values: Sequence[str]) -> Sequence[Unit]:
    """The text of a cell as it is read where one of its values is the day that it shows; else nothing.

    >>> "".join(unit.text for unit in with_day("29.07.24 13:05", ["45502.5451"]))
    '2024-07-29 13:05'
    >>> with_day("29.07.24", ["45503"])
    ()
    """
    shown = _SHOWN.match(raw)
    if not shown:
        return ()
    figures = sorted(map(int, shown.group(2, 4, 5)))
    for value in values:
        for day in _days(value):
            if sorted((int(day[2:4]), int(day[5:7]), int(day[8:]))) == figures:
                blank, rest = shown[1], raw[shown.end() :]
                return (
                    *(Unit(one, one) for one in blank),
                    Unit(shown[0].lstrip(), day[:1]),
                    *(Unit("", one) for one in day[1:]),
                    *(Unit(one, one) for one in rest),
                )
    return ()


def _days(value: str) -> list[str]:
    serials = [int(found) for found in _SERIAL.findall(value)]
    days = [iso_date(serial, from_1904)[:10] for serial in serials for from_1904 in (False, True)]
    return [*filter(None, days), *_DAY.findall(value)]
