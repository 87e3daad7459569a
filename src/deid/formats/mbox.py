"""Mailboxes (mbox, RFC 4155 and its kin): mails one after the other, each as `mail` reads it.

A mail begins behind a line `From sender date`, which is text, too. Mails that deid cannot read are
left out and counted, as members of an archive are; one that needs a password is asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from deid.errors import UnreadableDocument
from deid.formats.days import MONTHS, Days
from deid.formats.edits import Edit
from deid.formats.files import created, opened
from deid.formats.mail.headers import header_text
from deid.formats.members import Member, note_lost
from deid.formats.options import DEFAULT, Options
from deid.formats.stamp import check_unchanged, stamp
from deid.types import Document, TextBlock, splice

_HEADER = re.compile(rb">?From |[!-9;-~]+[ \t]*:")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTH, _YEAR = re.compile("|".join(MONTHS)), re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_CLOCK = re.compile("[0-2][0-9]:[0-5][0-9]:[0-5][0-9]")
_WHOLE = re.compile(
    rf"(?:{'|'.join(_WEEKDAYS)}) (?:{_MONTH.pattern}) (?: |[0-3])?[0-9] {_CLOCK.pattern}(?: [A-Z+\-0-9]{{1,5}})? [0-9]{{4}}\b.*"
)
"""A date as `ctime` writes it, and what stands behind it."""
_LARGEST = 256 << 20  # bytes of a mail
_MOST = 100_000


class Mail(NamedTuple):
    """A mail of the box, with the line before it."""

    number: int
    line: bytes
    data: bytes

    @property
    def source(self) -> str:
        return f"from:{self.number}"

    @property
    def prefix(self) -> str:
        return f"mail:{self.number}:"

    def text(self, ref: str) -> str:
        """What the line says behind its first word."""
        try:
            return header_text(self.line[5:].rstrip(b"\r\n").decode("ascii", "surrogateescape"))
        except UnicodeError:
            raise UnreadableDocument(f"{ref}: undecodable: a line before a mail") from None


def read(path: str, ref: str, options: Options = DEFAULT) -> Document:
    """`details["removed"]` counts what is left out, by kind. Raises UnreadableDocument."""
    details = stamp(path, ref) | {"options": options}
    removed: Counter[str] = Counter()
    readable = 0
    for mail in _mails(path, ref):
        mail.text(ref)
        member = _member(mail, ref, options)
        readable += member.document is not None
        removed.update(member.removed if member.document else {"mail": 1})
    if not readable:
        raise UnreadableDocument(f"{ref}: a mailbox without a mail that deid can read")
    return Document(
        ref, "mbox", path, partial(_blocks, path, ref, details), details | {"removed": dict(removed)}
    )


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    """Attachments that turn out to be withheld are counted in `details["removed"]` as well."""
    check_unchanged(document.path, document.details, document.ref)
    lost: Counter[str] = Counter()
    with created(path) as target:
        for mail in _mails(document.path, document.ref):
            member = _member(mail, document.ref, document.details["options"])
            data = member.written(edits, lost) if member.document else None
            if data is None:
                continue
            line = mail.line
            if changes := edits.get(mail.source):
                line = _postmark(splice(mail.text(document.ref), changes), mail)
            target.write(line + _closed(data))
    note_lost(document, lost)


def _postmark(text: str, mail: Mail) -> bytes:
    """The line before a mail with what it says now, as programs read it: in ASCII, an address and a whole date.

    Of a month some day stands for it that the mail does not tell, as in its headers.
    """
    found = _WHOLE.search(text)
    sender = (text[: found.start()] if found else text).split()[:1]
    if not sender or not sender[0].isascii():
        sender = ["MAILER-DAEMON"]
    when = found[0] if found and found[0].isascii() else _whole_date(text, mail)
    return f"From {sender[0]} {when}".encode() + mail.line[len(mail.line.rstrip(b"\r\n")) :]


def _whole_date(text: str, mail: Mail) -> str:
    years, month, clock = _YEAR.findall(text), _MONTH.search(text), _CLOCK.search(text)
    days = Days(lambda: (mail.line + mail.data).decode("utf-8", "replace"))
    found = days.free(int(years[-1]), MONTHS.index(month[0]) + 1 if month else 0) if years else None
    day = found or date(1970, 1, 1)
    name = _WEEKDAYS[day.weekday()]
    return f"{name} {MONTHS[day.month - 1]} {day.day:2} {clock[0] if clock else '00:00:00'} {day.year}"


def _closed(data: bytes) -> bytes:
    """A mail in which no line begins another one, with an empty line at its end."""
    data = re.sub(rb"^From ", b">From ", data, flags=re.MULTILINE)
    end = b"\r\n" if data.endswith(b"\r\n") else b"\n"
    while not data.endswith(end * 2):
        data += end
    return data


def _blocks(path: str, ref: str, details: Mapping[str, Any]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    for mail in _mails(path, ref):
        member = _member(mail, ref, details["options"])
        if member.document:
            if mail.text(ref).strip():
                yield TextBlock(mail.source, mail.text(ref), f"mail {mail.number}, first line", ("From",))
            yield from member.blocks(f"mail {mail.number}")


def _member(mail: Mail, ref: str, options: Options) -> Member:
    return Member(mail.data, ".eml", mail.prefix, ref, options, name="eml")


def _mails(path: str, ref: str) -> Iterator[Mail]:
    """A `From ` line begins a mail where it stands behind an empty line and before a header."""
    number, size = 0, 0
    begin, lines, waiting, empty = b"", list[bytes](), b"", True
    with opened(path) as handle:
        for line in handle:
            if waiting and _HEADER.match(line):
                if begin:
                    number += 1
                    yield Mail(number, begin, b"".join(lines))
                begin, lines, size = waiting, [], 0
            elif waiting:
                lines.append(waiting)
            waiting = line if empty and line.startswith(b"From ") else b""
            empty = not line.strip()
            if not waiting:
                lines.append(line)
                size += len(line)
            if size > _LARGEST or number > _MOST:
                raise UnreadableDocument(f"{ref}: a mailbox with too many mails, or one that is too large")
    if not begin:
        raise UnreadableDocument(f"{ref}: corrupt: no mailbox")
    yield Mail(number + 1, begin, b"".join([*lines, waiting]))
