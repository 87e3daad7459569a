"""Number formats (ISO/IEC 29500-1, 18.8.30–31): which show dates, and the words people put into them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from deid.formats.edits import Edit

_BUILT_IN = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_TIME_ONLY = {18, 19, 20, 21, 32, 33, 45, 46, 47, 55, 56}
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|\[\$(?P<sign>[^\]\-]*)[^\]]*\]|[_*].|\[[^\]]*\]'
    r"|(?P<number>(?=0*[1-9])[0-9]{5,})|(?P<other>.)",
    re.DOTALL,
)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")
_BARE = re.compile(r"[^\x00-\x7f]")


def shows_date(id: int, code: str | None) -> bool:
    """Whether numbers in this format are days since 1900; times of day are not meant."""
    if code is None:
        return id in _BUILT_IN and id not in _TIME_ONLY
    letters = "".join(match["other"] or "" for match in _PART.finditer(code.partition(";")[0])).lower()
    if "general" in letters or "#" in letters:
        return False
    return "y" in letters or "d" in letters or ("e" in letters and "m" in letters)


def iso_date(serial: float, from_1904: bool) -> str:
    """`2023-05-06`, with the time of day where there is one; empty outside 1900–9999."""
    if not 1 <= serial < 2_958_466:
        return ""
    if from_1904:
        serial += 1462
    days, part = divmod(serial, 1)
    if days < 60:  # Excel has a 29 February 1900
        days += 1
    moment = datetime(1899, 12, 30) + timedelta(days=days, seconds=round(part * 86_400))
    if moment.hour or moment.minute or moment.second:
        return moment.isoformat(" ", "minutes" if not moment.second else "seconds")
    return moment.date().isoformat()


def serial(iso: str, from_1904: bool) -> str:
    """The inverse of `iso_date`: the number of a day from 1 March 1900 on, or empty.

    >>> serial("2023-05-06", False), serial("2023-05", False)
    ('45052', '')
    """
    if not _ISO.fullmatch(iso):
        return ""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return ""
    since = moment - datetime(1899, 12, 30)
    days = since.days - (1462 if from_1904 else 0)
    if days < (0 if from_1904 else 61):
        return ""
    return f"{days + since.seconds / 86_400:.10f}".rstrip("0").rstrip(".")


def words(code: str) -> str:
    """The text a format shows as it is: quoted, escaped, not ASCII, or a number that is no pattern of digits.

    >>> words('"张三"0\\\\丰')
    '张三丰'
    """
    return "".join(character for _, character in _units(code) if character)


def rewritten(code: str, edits: Sequence[Edit]) -> str:
    """The format with edits on its words."""
    units = _units(code)
    places = [index for index, (_, character) in enumerate(units) if character]
    raw = [unit for unit, _ in units]
    for edit in edits:
        for place in places[edit.start : edit.end]:
            raw[place] = ""
        raw[places[edit.start]] = '"' + edit.text.replace('"', "") + '"'
    return "".join(raw).replace('""', "")


def _units(code: str) -> list[tuple[str, str]]:
    """Stretches of a format with the character each shows; quoted text is requoted one by one."""
    units: list[tuple[str, str]] = []
    for match in _PART.finditer(code):
        if match["quoted"] is not None:
            units += [(f'"{character}"', character) for character in match["quoted"]]
        elif match["escaped"] is not None:
            units.append((match[0], match["escaped"]))
        elif match["sign"] is not None:  # of a currency, which may be any word
            units += [(f'"{character}"', character) for character in match["sign"]]
            units.append(("[$" + match[0][2 + len(match["sign"]) :], ""))
        elif match["number"]:
            units += [(character, character) for character in match["number"]]
        elif match["other"] is not None and _BARE.match(match["other"]):
            units.append((match[0], match[0]))
        elif match[0][0] in "_*" and len(match[0]) == 2 and _BARE.match(match[0][1]):
            units.append((match[0], match[0][1]))
        else:
            units.append((match[0], ""))
    return units
