"""Contacts and calendars: vCard 2.1, 3.0 (RFC 2426), 4.0 (RFC 6350), iCalendar (RFC 5545), edited in place.

Folded lines, quoted-printable and escapes are read; only what an edit takes is written anew, and
folds within a character, which programs make that count bytes, behind it.
Photos, sounds, keys and files are left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain, pairwise
from quopri import decodestring
from typing import NamedTuple

from deid.errors import UnreadableDocument, UnwritableDocument
from deid.formats.days import Days
from deid.formats.edits import Edit
from deid.formats.embedding import is_address, without_files
from deid.formats.encoding import Encoding, create_text, detect_encoding, open_text
from deid.formats.files import Held, bytes_of, opened
from deid.formats.stamp import check_unchanged, stamp
from deid.formats.units import splice_units
from deid.types import Document, Segment, TextBlock

_LARGEST = 64 << 20  # bytes
_FOURTH = re.compile(rb"^VERSION:4", re.IGNORECASE | re.MULTILINE)
_FIRST = 1024  # bytes
_NUMBER = re.compile("[0-9]{5}")  # no program calls a property so
_PARTED = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})((?:(?:\r{1,3}\n|\r|\n)[ \t][\x80-\xbf]{1,3})+)")
"""A character of UTF-8 that a fold parts, or several do."""
_FOLDS = re.compile(rb"([\r\n]+[ \t])([\x80-\xbf]+)")
_LINE = re.compile(r"[^\r\n]*(?:(?:\r{1,3}\n|\r|\n)[ \t][^\r\n]*)*(?:\r{1,3}\n|\r|\n|$)")
_SOFT = re.compile(r"(?:[^\r\n]*=(?:\r{1,3}\n|\r|\n))*[^\r\n]*(?:\r{1,3}\n|\r|\n|$)")
_HEAD = re.compile(r'((?:[^;:"\r\n]|\r?\n[ \t])*)((?:;(?:[^":]|"[^"]*")*)?):')
_UNIT = re.compile(r"(?:\r{1,3}\n|\r|\n)[ \t]|\\.|.", re.DOTALL)
_SOFT_BREAK = r"=(?:\r{1,3}\n|\r|\n)"
_OCTET = f"=(?:{_SOFT_BREAK})?[0-9A-Fa-f](?:{_SOFT_BREAK})?[0-9A-Fa-f]"
"""A byte in quoted-printable; programs that count characters break a line in the middle of one."""
_QUOTED_UNIT = re.compile(rf"(?:{_OCTET})(?:(?:{_SOFT_BREAK})?{_OCTET})*|{_SOFT_BREAK}|.", re.DOTALL)
_ALL_QUOTED = re.compile(rf"(?:[^=]|{_OCTET}|{_SOFT_BREAK})*")
_OCTETS = re.compile(f"{_OCTET}(?:{_SOFT_BREAK})?")
_BREAKS = re.compile(_SOFT_BREAK)
_FOLD = re.compile(r"(?:\r{1,3}\n|\r|\n)[ \t]")
_PARAMETER = re.compile(r';([^=;:"]*)(?:=((?:[^;"]|"[^"]*")*))?')
_ENCODINGS = frozenset({"base64", "quoted-printable"})
"""Those that vCard 2.1 writes among the types, without `ENCODING=` before them."""
_MARKERS = re.compile(
    r"(?:(?:BEGIN|END):(?:VCARD|VCALENDAR|VEVENT|VTODO|VJOURNAL|VFREEBUSY|VTIMEZONE|VALARM|STANDARD|DAYLIGHT)|"
    r"VERSION:[0-9]\.[0-9])\s*",
    re.IGNORECASE,
)
_BEGINNINGS = {"vcf": "VCARD", "ics": "V(?:CALENDAR|EVENT|TODO|JOURNAL|FREEBUSY)"}
"""Some programs write an appointment without the calendar around it."""
_CALLED = re.compile(r'(;(?:CN|SORT-AS)=)(?:"(?P<quoted>[^"]*)"|(?P<plain>[^;:"]*))', re.IGNORECASE)
_FILES = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X-ALT-DESC"})  # the last is DESCRIPTION as HTML
LABELS: Mapping[str, str] = {
    **dict.fromkeys(("FN", "N", "SORT-STRING"), "姓名"),
    "NICKNAME": "昵称",
    "TEL": "电话",
    "EMAIL": "邮箱",
    "ADR": "地址",
    "LABEL": "地址",
    "ORG": "工作单位",
    "BDAY": "出生日期",
    "TITLE": "职务",
    "ROLE": "职务",
    "NOTE": "备注",
    "URL": "网址",
    **dict.fromkeys(
        (
            "IMPP",
            "X-SKYPE",
            "X-SKYPE-USERNAME",
            "X-JABBER",
            "X-MSN",
            "X-AIM",
            "X-ICQ",
            "X-YAHOO",
            "X-GOOGLE-TALK",
            "X-SIP",
        ),
        "账号",
    ),
    **dict.fromkeys(
        (
            "DTSTART",
            "DTEND",
            "DTSTAMP",
            "DUE",
            "CREATED",
            "LAST-MODIFIED",
            "COMPLETED",
            "RECURRENCE-ID",
            "EXDATE",
            "RDATE",
            "FREEBUSY",
            "REV",
            "ANNIVERSARY",
            "DEATHDATE",
        ),
        "日期",
    ),
    "LOCATION": "地点",
    "CONTACT": "联系人",
    **dict.fromkeys(
        ("RELATED", "SPOUSE", "X-SPOUSE", "X-ABRELATEDNAMES", "X-ASSISTANT", "X-MANAGER"), "联系人"
    ),
    **dict.fromkeys(("X-PHONETIC-FIRST-NAME", "X-PHONETIC-LAST-NAME"), "姓名拼音"),
    **dict.fromkeys(("X-WECHAT", "X-WEIXIN"), "微信号"),
    **dict.fromkeys(("X-QQ", "X-TENCENT-QQ"), "QQ"),
}
_CUSTOM = {"nickname": "昵称", "relation": "联系人", "contact_event": "出生日期", "im": "账号"}
"""Of X-ANDROID-CUSTOM, whose first field says what the second one is."""
_SERVICE = re.compile(r"X-SERVICE-TYPE=\"?([\w ]+)", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9\-]*:(?=[^\s:]+$)")
_ORDER = {"N": (0, 2, 1), "ADR": (6, 4, 3, 2, 1, 0, 5)}  # as a Chinese name or address is written
_MARKS = {
    **dict.fromkeys(("N", "ADR", "ORG", "X-ANDROID-CUSTOM", "RRULE"), ";"),
    "EXDATE": ",",
    "RDATE": ",/",
    "FREEBUSY": ",/",
}
"""What parts the values of a property, or the parts of one."""
_UNTIL = "UNTIL="
_OF_DAYS = frozenset({"日期", "出生日期"})
_COARSE = re.compile(
    rf"(?P<before>\s*(?:{_UNTIL})?)(?P<year>(?:19|20)[0-9]{{2}})(?:(?P<gap>-?)(?P<month>0[1-9]|1[0-2]))?(?P<clock>(?:T[0-9:.]+)?(?:Z|[+-][0-9:]+)?\s*)"
)
"""A date of which the month is left, or the year."""
_WHOLE = re.compile(rf"\s*(?:{_UNTIL})?([0-9]{{8}})(?:T[0-9]{{6}}Z?)?\s*")
"""A date of a calendar (RFC 5545, 3.3.4 and 3.3.5)."""
_SHORT_CLOCK = re.compile(r"(?<=[0-9]{4})T[0-9]{2}(?:[0-9]{2})?(?:Z|[+-][0-9]{2}(?:[0-9]{2})?)?\Z")
"""Hours and minutes behind a day (RFC 6350, 4.3.3), which no other text has; it goes with the day."""
_HOLDS_FIGURES = re.compile(r"[0-9T:.Z+\- ]*")
_VALUE = re.compile(r";VALUE=[^;:]*", re.IGNORECASE)
_VERSION = re.compile(r"VERSION:([0-9])", re.IGNORECASE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030"}


class Piece(NamedTuple):
    """A stretch of the file. `units` are its characters, raw and read; without `source` it stays."""

    raw: str
    source: str = ""
    units: tuple[tuple[str, str], ...] = ()
    charset: str = ""  # of quoted-printable
    label: str = ""

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.units)

    @property
    def is_day(self) -> bool:
        return self.label in _OF_DAYS or self.raw.startswith(_UNTIL)


class Line(NamedTuple):
    """A property: its pieces in order, and which of them are read as one."""

    pieces: tuple[Piece, ...]
    groups: tuple[tuple[Piece, ...], ...] = ()
    is_file: bool = False
    has_file: bool = False  # in an address, without which its pieces are


class Said(NamedTuple):
    """What the parameters of a property say of how its value is written."""

    is_quoted: bool  # quoted-printable
    is_binary: bool
    charset: str  # nothing where they do not say


def read(path: str, ref: str, *, name: str = "vcf") -> Document:
    """Raises UnreadableDocument when empty, undecodable or neither vCard nor iCalendar."""
    details = stamp(path, ref)
    if details["size"] > _LARGEST:
        raise UnreadableDocument(f"{ref}: contacts of more than {_LARGEST >> 20} MB")
    whole = _whole(path)
    encoding = detect_encoding(whole, ref, standard=_standard(path, name))
    with open_text(whole, encoding) as handle:
        if not re.match(rf"\s*BEGIN:{_BEGINNINGS[name]}", handle.read(200), re.IGNORECASE):
            raise UnreadableDocument(f"{ref}: corrupt: no contacts (vCard) and no calendar (iCalendar)")
    lines = list(_lines(whole, encoding, ref))
    files = sum(line.is_file or line.has_file for line in lines)
    removed = {"embedded file": files} if files else {}
    opened = partial(_blocks, path, ref, encoding, details)
    return Document(ref, name, path, opened, details | {"encoding": encoding, "removed": removed})


def _standard(path: str, name: str) -> str:
    """What encoding the standard asks for; contacts before vCard 4.0 may be in any."""
    with opened(path) as handle:
        return "utf-8" if name == "ics" or _FOURTH.search(handle.read(_FIRST)) else ""


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    check_unchanged(document.path, document.details, document.ref)
    encoding: Encoding = document.details["encoding"]
    whole = _whole(document.path)
    dates = _Dates(whole, encoding)
    with create_text(path, encoding, document.ref) as put:
        for line in _lines(whole, encoding, document.ref):
            dates.see(line)
            head, is_text = "", False
            for piece in () if line.is_file else line.pieces:
                changes = edits.get(piece.source, ()) if piece.source else ()
                raws = [raw for raw, _ in piece.units]
                new = splice_units(raws, changes, partial(_written, piece.charset)) if changes else piece.raw
                if changes and piece.is_day:
                    new = dates.filled(new)
                    is_text = document.format == "vcf" and not _HOLDS_FIGURES.fullmatch(new)
                    if document.format == "ics" and _is_date(piece.raw) and not _is_date(new):
                        raise UnwritableDocument(
                            f"{document.ref}: what stands for a date of the calendar is none",
                            hint="choose an operator that keeps dates, such as generalize or shift_date",
                        )
                if ":head:" in piece.source:
                    head += new
                    continue
                put((_with_text(head) if is_text and head else head) + new)
                head = ""


def _with_text(head: str) -> str:
    """What stands before a value that is no date, such as that of which a label is left (RFC 6350, 6.2.5)."""
    return f"{_VALUE.sub('', head).removesuffix(':')};VALUE=text:"


class _Dates:
    """Writes dates of which the month or the year is left, which contacts before vCard 4.0 and calendars do not have."""

    def __init__(self, path: str, encoding: Encoding) -> None:
        self._days = Days(partial(_text_of, path, encoding))
        self._may_be_short = False

    def see(self, line: Line) -> None:
        """The next line: since vCard 4.0 dates may be short (RFC 6350, 4.3.1)."""
        if line.pieces and (version := _VERSION.match(line.pieces[0].raw)):
            self._may_be_short = version[1] == "4"

    def filled(self, text: str) -> str:
        """A date with month and day; as it is where it has a day, or none that is not told."""
        coarse = _COARSE.fullmatch(text)
        if not coarse:
            return text
        year, gap, month, clock = coarse["year"], coarse["gap"], coarse["month"], coarse["clock"]
        gap = gap or ("-" if clock[3:4] == ":" else "")
        if self._may_be_short and not clock:
            return f"{coarse['before']}{year}-{month}" if month else text
        day = self._days.free(int(year), int(month or 0))
        return f"{coarse['before']}{year}{gap}{day:%m}{gap}{day:%d}{clock}" if day else text


def _is_date(raw: str) -> bool:
    found = _WHOLE.fullmatch(_FOLD.sub("", raw))
    if not found:
        return False
    try:
        return bool(datetime.strptime(found[1], "%Y%m%d"))
    except ValueError:
        return False


def _text_of(path: str, encoding: Encoding) -> str:
    with open_text(path, encoding) as handle:
        return handle.read()


def _written(charset: str, text: str) -> str:
    if not charset:
        return re.sub(r"([\\,;])", r"\\\1", text).replace("\n", "\\n")
    try:
        content = text.encode(charset)
    except UnicodeEncodeError:
        content = re.sub(r"[^\x00-\x7f]", "_", text).encode()
    return "".join(f"={byte:02X}" for byte in content)


def _blocks(path: str, ref: str, encoding: Encoding, details: Mapping[str, object]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    for number, line in enumerate(_lines(_whole(path), encoding, ref), 1):
        for group in () if line.is_file else line.groups:
            segments: list[Segment] = []
            parts: list[str] = []
            place = 0
            for piece in group:
                if (
                    parts
                    and parts[-1][-1:].isascii()
                    and piece.text[:1].isalnum()
                    and piece.text[:1].isascii()
                ):
                    parts.append(" ")  # New York, and not AmericaNew YorkNew York
                    place += 1
                segments.append(Segment(place, place + len(piece.text), piece.source))
                parts.append(piece.text)
                place += len(piece.text)
            text = "".join(parts)
            if text.strip():
                labels = tuple(filter(None, (group[0].label,)))
                yield TextBlock(
                    f"view:{group[0].source}", text, f"entry {number}", labels, None, tuple(segments)
                )


def with_whole_characters(data: bytes) -> bytes:
    """`data` with the folds that part a character of UTF-8 behind it.

    >>> with_whole_characters(b"FN:\\xe5\\xbc\\r\\n \\xa0x").decode()
    'FN:张\\r\\n x'
    """
    whole, count = _PARTED.subn(_with_folds_behind, data)
    try:
        return whole if count and whole.decode("utf-8") else data
    except UnicodeDecodeError:
        return data  # is in another encoding, or damaged


def _with_folds_behind(match: re.Match[bytes]) -> bytes:
    rest, folds = _FOLDS.sub(rb"\2", match[2]), _FOLDS.sub(rb"\1", match[2])
    return match[1] + rest + folds


def _whole(path: str) -> str:
    """The file that is read: this one, or one in memory where a fold parts a character."""
    data = bytes_of(path)
    whole = with_whole_characters(data)
    return path if whole == data else Held(whole)


def _lines(path: str, encoding: Encoding, ref: str) -> Iterator[Line]:
    with open_text(path, encoding) as handle:
        text = handle.read()
    position = number = 0
    while position < len(text):
        match = _LINE.match(text, position)
        assert match is not None  # it matches anything
        head = _HEAD.match(match[0])
        soft = _SOFT.match(text, position) if head and "=" in match[0] else None
        if head and soft and _charset_of(head[2], soft[0][head.end() :]):
            match = soft
        number += 1
        yield _line(match[0], number, ref)
        position = match.end()


def _line(raw: str, number: int, ref: str) -> Line:
    if _MARKERS.fullmatch(raw) or not raw.strip():
        return Line((Piece(raw),))
    head = _HEAD.match(raw)
    if not head:
        piece = Piece(raw, f"line:{number}", _characters(raw))
        return Line((piece,), ((piece,),))
    name = head[1].rpartition(".")[2].upper()
    value = raw[head.end() :]
    end = value[len(value.rstrip("\r\n")) :]
    value = value.removesuffix(end)
    said = _said(head[2])
    if name in _FILES or _NUMBER.search(name) or said.is_binary or is_address(_FOLD.sub("", value)):
        return Line((), is_file=True)
    parameters, in_parameters = _without_files(raw[: head.end()])
    value, in_value = (value, False) if said.is_quoted else _without_files(value)
    has_file = in_parameters or in_value
    before = list(_head(parameters, number))
    values, groups = _values(value, name, number, head[2], ref)
    pieces = (*before, *values, Piece(end))
    return Line(pieces, (*((one,) for one in before), *groups), has_file=has_file)


def _without_files(raw: str) -> tuple[str, bool]:
    """What is left of a stretch where addresses in it hold files, and whether any did."""
    unfolded = _FOLD.sub("", raw)
    shorter = without_files(unfolded)
    return (shorter, True) if shorter != unfolded else (raw, False)


def _said(parameters: str) -> Said:
    """What parameters say of a value; what they merely hold, as a name that ends in b, says nothing of it."""
    encodings: set[str] = set()
    kinds: set[str] = set()
    charset = ""
    for name, value in _PARAMETER.findall(_FOLD.sub("", parameters)):
        name, value = name.strip().upper(), value.strip().strip('"').lower()
        if name == "ENCODING":
            encodings.add(value)
        elif name == "VALUE":
            kinds.add(value)
        elif name == "CHARSET":
            charset = charset or value
        elif not value or name in ("", "TYPE"):
            encodings |= _ENCODINGS & {value or name.lower()}
    is_binary = "binary" in kinds or any(one == "b" or "base64" in one for one in encodings)
    return Said("quoted-printable" in encodings, is_binary, _WIDER.get(charset, charset))


def _head(raw: str, number: int) -> Iterator[Piece]:
    """What stands before a value, in pieces: names of persons among the parameters are pieces of their own."""
    called = (match.span("plain" if match["quoted"] is None else "quoted") for match in _CALLED.finditer(raw))
    cuts = [0, *chain.from_iterable(called), len(raw)]
    for index, (first, last) in enumerate(pairwise(cuts)):
        part = raw[first:last]
        yield Piece(part, f"line:{number}:head:{index}", _characters(part), label="姓名" if index % 2 else "")


def _values(
    value: str, name: str, number: int, parameters: str, ref: str
) -> tuple[list[Piece], list[tuple[Piece, ...]]]:
    """The pieces of a value, and those read together: the parts of a name or of an address."""
    charset = _charset_of(parameters, value)
    units = _quoted(value, charset, ref) if charset else _characters(value)
    marks = _MARKS.get(name, "")
    cuts = [i for i, (raw, _) in enumerate(units) if raw in marks] if marks else []
    pieces: list[Piece] = []
    fields: list[Piece] = []
    before: list[tuple[Piece, ...]] = []
    label = LABELS.get(name, "")
    if name == "IMPP" and (scheme := _SCHEME.match(value)):
        service = _SERVICE.search(parameters)
        pieces.append(Piece(scheme[0], f"line:{number}:scheme", units[: scheme.end()], charset))
        before.append((pieces[0],))
        label, units = (service[1] if service else label), units[scheme.end() :]
    for first, last in zip([-1, *cuts], [*cuts, len(units)], strict=True):
        if first >= 0:
            pieces.append(Piece(units[first][0]))
        part = units[first + 1 : last]
        if label in _OF_DAYS and (clock := _SHORT_CLOCK.search("".join(raw for raw, _ in part))):
            day = part[: clock.start()]
            part = (*day[:-1], (day[-1][0] + clock[0], day[-1][1]))
        text, source = "".join(raw for raw, _ in part), f"line:{number}:{len(fields)}"
        fields.append(Piece(text, source, part, charset, label))
        pieces.append(fields[-1])
        if name == "X-ANDROID-CUSTOM":
            label = _CUSTOM.get(fields[0].text.rpartition("/")[2], "") if len(fields) == 1 else ""
    order = [fields[i] for i in _ORDER.get(name, ()) if i < len(fields)]
    groups = [*before, tuple(order)] if order else before
    groups += [(one,) for one in fields if len(fields) > 1 or not order]
    return pieces, groups


def _charset_of(parameters: str, value: str) -> str:
    """In which encoding a value is quoted-printable, nothing if it is not; some programs do not say that it is."""
    said = _said(parameters)
    charset = said.charset or "utf-8"
    is_quoted = said.is_quoted or (not said.is_binary and _is_quoted(value, charset))
    return charset if is_quoted else ""


def _is_quoted(value: str, charset: str) -> bool:
    """Whether it is Chinese in quoted-printable to its last sign."""
    if not (value.isascii() and _ALL_QUOTED.fullmatch(value)):
        return False
    try:
        return not decodestring(value).decode(charset).isascii()
    except (UnicodeError, LookupError):
        return False


def _characters(raw: str) -> tuple[tuple[str, str], ...]:
    """A fold belongs to the character before it, the first one to that behind; `\\n` is a line's end."""
    found: list[tuple[str, str]] = []
    for unit in _UNIT.findall(raw):
        if unit[0] in "\r\n" and len(unit) > 1:
            _put_behind(found, unit)
        else:
            _put(found, unit, "\n" if unit in ("\\n", "\\N") else unit[-1])
    return tuple(found)


def _put(found: list[tuple[str, str]], raw: str, text: str) -> None:
    """One more unit, and what stands before it where that says nothing: each unit is a character of the text."""
    before = found.pop()[0] if found and not found[-1][1] else ""
    found.append((before + raw, text))


def _put_behind(found: list[tuple[str, str]], fold: str) -> None:
    raw, text = found.pop() if found else ("", "")
    found.append((raw + fold, text))


def _quoted(raw: str, charset: str, ref: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    try:
        for unit in _QUOTED_UNIT.findall(raw):
            octets = _OCTETS.findall(unit)
            if not octets:
                if unit[0] == "=" and len(unit) > 1:
                    _put_behind(found, unit)
                else:
                    _put(found, unit, unit)
                continue
            place = 0
            for character in bytes(int(_BREAKS.sub("", one)[1:3], 16) for one in octets).decode(charset):
                size = len(character.encode(charset))
                _put(found, "".join(octets[place : place + size]), character)
                place += size
    except (UnicodeError, LookupError):
        raise UnreadableDocument(f"{ref}: undecodable: a value of the contacts") from None
    return tuple(found)
