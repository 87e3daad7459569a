"""Number formats (ISO/IEC 29500-1, 18.8.30–31): which show dates, and the words people put into them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from deid.formats.edits import Edit

_BUILT_IN = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_TIME_ONLY = {18, 19, 20, 21, 32, 33, 45, 46, 47, 55, 56}
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|\[\$(?P<sign>[^\]\-]{0,255})(?:-[^\]]{0,255})?\]|[_*].|\[[<>=]{1,9}(?P<bound>[0-9]{8,255})\]|\[[^\]]{0,255}\]'
    r"|(?P<number>(?=0*[1-9])[0-9]{5,})|(?P<other>.)",
    re.DOTALL,
)
_QUOTED_CONDITION = re.compile(r'\[[<>=]{1,9}[^\]"]{0,255}"[^\]]{0,255}\]')
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")
_OTHERS = frozenset("/@eEyYmMdDhHsSgGbB")
_MOST_FIGURES = 30
_FIGURE = re.compile("[0-9]")
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


def changes_figures(code: str) -> bool:
    """Whether a format shows other figures than a number has: its own among them, or less or more of them."""
    return any(
        form.scale or any(_FIGURE.search(literal) for literal, _ in form.parts)
        for form in map(_Form.of, _sections(code))
    )


def shown(code: str, number: str) -> str:
    """The figures that a format shows of a number, and its own; of grouping it says nothing. '' where it cannot be told.

    >>> shown('"138"00000000', "12345"), shown("0,", "13800138000000"), shown("000-0000", "5")
    ('13800012345', '13800138000', '000-0005')
    """
    try:
        value = Decimal(number)
    except InvalidOperation:
        return ""
    sections = _sections(code)
    used = 1 if value < 0 and len(sections) > 1 else 2 if not value and len(sections) > 2 else 0
    form = _Form.of(sections[used])
    figures = (
        str(round(abs(value).scaleb(form.scale), form.places)) if value.adjusted() < _MOST_FIGURES else ""
    )
    whole, _, rest = figures.partition(".")
    places = sum(bool(place) for _, place in form.parts)
    if not (whole and places > form.places) or form.is_other:
        return ""
    least = sum(place == "0" for _, place in form.parts) - form.places
    return form.filled(whole.lstrip("0").rjust(max(least, 0), "0"), rest)


def around_text(code: str) -> tuple[str, str]:
    """What a format shows before and behind a text; '' and '' where that is no letter or figure.

    >>> around_text('"138"@'), around_text('0;-0;0;"电话："@"转1"'), around_text("@"), around_text('"138"0')
    (('138', ''), ('电话：', '转1'), ('', ''), ('', ''))
    """
    section = _sections(code)[:4][-1]
    place = next((index for index, part in enumerate(section) if part["other"] == "@"), None)
    if place is None:
        return "", ""
    before, behind = (
        "".join(literal for literal, _ in _Form.of(some).parts)
        for some in (section[:place], section[place + 1 :])
    )
    return (before, behind) if any(map(str.isalnum, before + behind)) else ("", "")


class _Form(NamedTuple):
    """A section of a format: literals and places of figures in order, powers of ten, figures behind the point."""

    parts: list[tuple[str, str]]
    scale: int
    places: int
    is_other: bool
    """Whether it shows fractions, exponents, dates or text."""

    @classmethod
    def of(cls, section: Sequence[re.Match[str]]) -> _Form:
        parts: list[tuple[str, str]] = []
        scale = commas = 0
        point: int | None = None
        for part in section:
            literal = part["quoted"] or part["escaped"] or part["sign"]
            if literal is not None:
                parts.append((literal, ""))
                continue
            for character in part["number"] or part["other"] or "":
                if character in "0#?":
                    parts.append(("", character))
                    commas = 0
                elif character == ",":
                    commas += 1
                elif character == "." and point is None:
                    point, scale, commas = len(parts), scale - 3 * commas, 0
                    parts.append((character, ""))
                else:
                    scale += 2 * (character == "%")
                    parts.append((character, ""))
        places = sum(bool(place) for _, place in parts[point:]) if point is not None else 0
        others = {literal.lower() for literal, _ in parts if literal in _OTHERS}
        return cls(parts, scale - 3 * commas, places, bool(others))

    def filled(self, whole: str, rest: str) -> str:
        """The section with figures in its places: those that are too many stand in the first."""
        before = [index for index, (_, place) in enumerate(self.parts) if place]
        before, behind = before[: len(before) - self.places], before[len(before) - self.places :]
        put = dict(zip(behind, rest, strict=False))
        for index in reversed(before[1:]):
            put[index], whole = whole[-1:], whole[:-1]
        put[before[0]] = whole
        return "".join(literal or put.get(index, "") for index, (literal, _) in enumerate(self.parts))


def _sections(code: str) -> list[list[re.Match[str]]]:
    sections: list[list[re.Match[str]]] = [[]]
    for part in _PART.finditer(code):
        if part["other"] == ";":
            sections.append([])
        else:
            sections[-1].append(part)
    return sections


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
    return _QUOTED_CONDITION.sub("", "".join(raw).replace('""', ""))


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
        elif match["bound"]:
            units.append((match[0].partition(match["bound"])[0], ""))
            units += [(character, character) for character in match["bound"]]
            units.append(("]", ""))
        elif match["other"] is not None and _BARE.match(match["other"]):
            units.append((match[0], match[0]))
        elif match[0][0] in "_*" and len(match[0]) == 2 and _BARE.match(match[0][1]):
            units.append((match[0], match[0][1]))
        else:
            units.append((match[0], ""))
    return units
