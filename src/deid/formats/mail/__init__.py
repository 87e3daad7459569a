"""Mail (RFC 5322, MIME): headers, names of attachments, text, and attachments by their own formats.

What is not edited is written as it was read. Signatures of servers and of senders no longer hold
and are left out; attachments that deid cannot read are replaced by a note, and counted.
"""

from __future__ import annotations

import codecs
import re
from base64 import encodebytes
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from email import message_from_bytes, policy
from email.errors import MessageError
from email.generator import BytesGenerator
from email.message import Message
from functools import partial
from quopri import encodestring
from typing import Any, NamedTuple

from deid.errors import UnreadableDocument, UnsupportedDocument
from deid.formats.accounts import AUTHOR, is_nobody
from deid.formats.days import Days
from deid.formats.edits import Edit
from deid.formats.files import bytes_of, created, suffix_of, written_suffix
from deid.formats.formatwords import unusual
from deid.formats.mail.headers import (
    codec_of,
    encoded,
    header_text,
    in_ascii,
    is_tidy,
    mail_date,
    parameter_text,
    with_domains,
)
from deid.formats.mail.parts import NOTE, STRUCTURE, Content, Part, content_of, left_out, parts_of
from deid.formats.mail.transfer import transfer_of
from deid.formats.members import Member, note_lost
from deid.formats.options import DEFAULT, Options
from deid.formats.stamp import check_unchanged, stamp
from deid.types import Document, Segment, TextBlock, splice

_LARGEST = 256 << 20  # bytes
_LONGEST = 997  # bytes of a line
_LONGEST_HEADER = 1 << 17  # a letter to 3,000 people
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_DATES = frozenset(["date", "resent-date", "delivery-date", "expires", "expiry-date"])
_OF_WORDS = frozenset(("subject", "comments", "keywords", "thread-topic"))
"""Headers that hold no addresses."""
_OF_MAILBOXES = frozenset(
    "from sender reply-to to cc bcc return-path delivered-to errors-to resent-from resent-sender resent-to resent-cc "
    "resent-bcc x-original-to x-sender disposition-notification-to return-receipt-to mail-followup-to mail-reply-to "
    "apparently-to".split()
)
_MARK = codecs.BOM_UTF8
_OF_HEADERS = (MessageError, ValueError, LookupError, TypeError)
"""What the parser raises on a header; the last where name* and name*0* stand together, up to Python 3.12."""
_STARRED = re.compile(r";\s*([^\s=*;]+)\*(?:\s*=|(?P<part>[0-9]))")
"""name* beside name*0*: Python 3.13 reads one of them, and says nothing of the other."""
_TYPE = re.compile(r"(?!.*[0-9]{5})[\w!#$&^.+\-]+(?:/[\w!#$&^.+\-]+)?", re.ASCII)
_DOUBLED = re.compile(rb"(?:[^\r\n]+(?:\r?\n|\r(?!\r)))*[^\r\n]+\r{2,3}\n(?=[ \t]|[!-9;-~]+:)")
"""Headers in which the end of a line was made for Windows twice."""
_ENDS = re.compile(rb"\r{2,3}\n|\r\n?|\n")
_MAILBOX = re.compile(r"(?P<name>[^<>,;:@\"\s](?:[^<>,;:@\"]{0,60}))\"?\s*<[^<>\s]{1,100}@")
_LETTERS = re.compile("[A-Za-z]{3,}")
_NUMBER = re.compile("[0-9]{11}")  # may be somebody's, whatever stands before it
_KEY = re.compile(r"(?!.*[0-9]{5})[\w!#$&^.+\-]+", re.ASCII)


def read(path: str, ref: str, options: Options = DEFAULT) -> Document:
    """`details["removed"]` counts what is left out, by kind.

    Raises UnreadableDocument when encrypted, damaged or undecodable, UnsupportedDocument when it is no mail.
    """
    details = stamp(path, ref) | {"options": options}
    if details["size"] > _LARGEST:
        raise UnreadableDocument(f"{ref}: a mail of more than {_LARGEST >> 20} MB")
    removed = dict(_removed(path, ref, options))
    return Document(ref, "eml", path, partial(_blocks, path, ref, details), details | {"removed": removed})


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    """Attachments that turn out to be withheld are counted in `details["removed"]` as well."""
    check_unchanged(document.path, document.details, document.ref)
    options: Options = document.details["options"]
    message, linesep = _message(document.path, document.ref, as_it_is=not edits)
    lost: Counter[str] = Counter()
    days = Days(lambda: bytes_of(document.path).decode("utf-8", "replace"))
    for part in list(parts_of(message, document.ref)):
        put = _put(part, edits, document.ref, options, lost) if part.is_leaf else _Put()
        _rewrite_headers(part, edits, document.ref, days)
        if part.message.get_content_type() == "multipart/signed":
            _unsign(part.message)
        _fill(part.message, put)
        if part.is_leaf and part.message.get_content_maintype() == "multipart":
            part.message.set_type("text/plain")  # it has no parts, and could not be written as if it had
            part.message.del_param("boundary")
        _rename(part, put.format)
    note_lost(document, lost)
    with created(path) as handle:
        BytesGenerator(
            handle,
            mangle_from_=False,
            maxheaderlen=0,
            policy=policy.compat32.clone(linesep=linesep, max_line_length=0, mangle_from_=False),
        ).flatten(message)


def _message(path: str, ref: str, *, as_it_is: bool = False) -> tuple[Message, str]:
    """The mail, and what ends its lines: what should, unless it is written `as_it_is`."""
    data = bytes_of(path)
    linesep = "\r\n" if b"\r\n" in data[:2000] else "\n"
    if _DOUBLED.match(data):
        kinds = set(_ENDS.findall(data))
        linesep = kinds.pop().decode() if as_it_is and len(kinds) == 1 else "\r\n"
        data = _ENDS.sub(b"\n", data)
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        if not message.keys():
            raise UnsupportedDocument(f"{ref}: not a mail: it has no headers")
        for part in message.walk():
            part._headers = list(_plain_headers(part, ref))  # type: ignore[attr-defined]
    except RecursionError:
        raise UnreadableDocument(f"{ref}: mail within mail, nested too deeply") from None
    except _OF_HEADERS:
        raise UnreadableDocument(f"{ref}: undecodable: a header of the mail") from None
    return message, linesep


def _plain_headers(message: Message, ref: str) -> Iterator[tuple[str, str]]:
    """Its headers; those of STRUCTURE once each, without comments and what is no parameter.

    The parser of parameters loses raw bytes, so these are encoded.
    """
    seen: set[str] = set()
    for name, value in message.raw_items():
        raw = str(value)
        if len(raw) > (_LONGEST_HEADER >> 3 if name.lower() in STRUCTURE else _LONGEST_HEADER):
            raise UnreadableDocument(f"{ref}: a header of the mail is too long")
        if name.lower() not in STRUCTURE:
            yield name, raw
        elif name.lower() not in seen:
            seen.add(name.lower())
            yield name, _tidy(name, raw if raw.isascii() else in_ascii(raw))


def _tidy(name: str, raw: str) -> str:
    """A header of STRUCTURE as it is, unless it says more than a type and parameters."""
    starred = {(found[1].lower(), bool(found["part"])) for found in _STARRED.finditer(raw)}
    if len(starred) > len({key for key, _ in starred}):
        raise ValueError("a parameter whole and in parts")
    message = Message()
    message[name] = raw
    (first, more), *parameters = message.get_params([("", "")], name)
    is_usual = not more and all(_is_parameter(key, value) if value else not key for key, value in parameters)
    if (_TYPE.fullmatch(first) or not first) and is_usual and is_tidy(raw):
        return raw
    found = _TYPE.match(first)
    del message[name]
    message[name] = (
        found[0] if found else "attachment" if "disposition" in name.lower() else "application/octet-stream"
    )
    for key, value in parameters:
        if value and _is_parameter(key, value):
            text = parameter_text(value)
            charset = None if text.isascii() else "utf-8"
            message.set_param(key, text, header=name, charset=charset, replace=True)
    return str(message[name])


def _is_parameter(key: str, value: object) -> bool:
    """Whether it is called as parameters are, and says what they say: words of Chinese only in names of files."""
    is_name = key.lower() in ("name", "filename")
    return _KEY.fullmatch(key) is not None and (is_name or parameter_text(value).isascii())


def _removed(path: str, ref: str, options: Options) -> Counter[str]:
    counts: Counter[str] = Counter()
    message, _ = _message(path, ref)
    for part in parts_of(message, ref):
        counts.update(filter(None, (left_out(name, str(raw)) for name, raw in part.message.raw_items())))
        counts["text between parts"] += sum(
            bool((text or "").strip()) for text in (part.message.preamble, part.message.epilogue)
        )
        _texts(part, ref)
        if part.is_leaf:
            content, member = _opened(part, ref, options)
            counts += content.removed
            if member is not None:
                counts += Counter(member.removed) if member.document else Counter({part.kind: 1})
    return +counts


def _opened(part: Part, ref: str, options: Options) -> tuple[Content, Member | None]:
    """What is in a leaf, and that as a file, unless it is empty.

    A mark says that text is UTF-8; by its letters alone short text may seem to be something else.
    Raises UnreadableDocument when the text of the mail cannot be read.
    """
    content = content_of(part, ref)
    if not content.data.strip():
        return content, None
    data = _MARK + content.data if part.is_text else content.data
    member = Member(data, part.suffix, part.prefix, ref, options)
    if member.document is None and part.is_body:
        member = Member(data, ".txt", part.prefix, ref, options, name="txt")
        if part.message.get_content_type() == "text/html" or member.document is None:
            raise UnreadableDocument(f"{ref}: the text of a mail cannot be read")
    return content, member


def _blocks(path: str, ref: str, details: Mapping[str, Any]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    message, _ = _message(path, ref)
    for part in parts_of(message, ref):
        for source, text, label in _texts(part, ref):
            if text.strip():
                yield TextBlock(source, text, f"{part.where}, header", (label,) if label else ())
                yield from _called(source, text, f"{part.where}, header")
        member = _opened(part, ref, details["options"])[1] if part.is_leaf else None
        if member and member.document:
            yield from member.blocks(part.where)


def _texts(part: Part, ref: str) -> list[tuple[str, str, str]]:
    """Source, text and name of each header, and of each parameter where they say what a part is.

    The name of a header that nobody knows is a text of its own: X-Zhangsan.
    """
    found: list[tuple[str, str, str]] = []
    try:
        for number, (name, raw) in enumerate(part.message.raw_items()):
            if name.lower() not in STRUCTURE and not left_out(name, str(raw)):
                found.append((f"{part.prefix}header:{number}", header_text(str(raw)), name))
                if _LETTERS.search(unusual(name)):
                    found.append((f"{part.prefix}called:{number}", name, ""))
        for header in sorted(STRUCTURE):
            for number, (key, value) in enumerate(part.message.get_params([], header)):
                found.append(
                    (f"{part.prefix}{header}:{number}", parameter_text(value) if value else key, key)
                )
    except _OF_HEADERS:
        raise UnreadableDocument(f"{ref}: undecodable: a header of the mail") from None
    return found


def _called(source: str, text: str, where: str) -> Iterator[TextBlock]:
    """What the owner of each mailbox is called: that is a name, whatever it means."""
    for number, match in enumerate(_MAILBOX.finditer(text)):
        name, start = match["name"].rstrip(), match.start("name")
        if not is_nobody(name):
            place = Segment(0, len(name), source, start)
            yield TextBlock(f"{source}/called:{number}", name, where, AUTHOR, None, (place,))


class _Put(NamedTuple):
    """What stands in a part from now on. Without `data` it stays as it is, or becomes a note."""

    data: bytes | None = None
    codec: str = ""
    is_note: bool = False
    format: str = ""


def _put(
    part: Part, edits: Mapping[str, Sequence[Edit]], ref: str, options: Options, lost: Counter[str]
) -> _Put:
    content, member = _opened(part, ref, options)
    is_kept = (
        not content.removed and transfer_of(part.message) != "uuencode"
    )  # where a name of the file stands
    if member is None:
        return _Put() if is_kept else _Put(content.data, content.codec)
    if member.document is None:
        return _Put(is_note=True)
    new = member.written(edits, lost)
    if new is None:
        lost["withheld attachment"] += 1
        return _Put(is_note=True)
    if new == member.data and is_kept:
        return _Put()
    data = new.removeprefix(_MARK) if part.is_text else new
    return _Put(data, content.codec, format=member.document.kind)


def _fill(message: Message, put: _Put) -> None:
    if put.is_note:
        message._headers = [  # type: ignore[attr-defined]
            (name, raw) for name, raw in message.raw_items() if not name.lower().startswith("content-")
        ]
        message["Content-Type"] = "text/plain; charset=utf-8"
        message["Content-Transfer-Encoding"] = "base64"
        put = _Put(f"{NOTE}\n".encode(), "utf-8")
    if put.data is None:
        return
    data = put.data
    if put.codec:
        data = _encoded(message, data.decode("utf-8"), put.codec)
    transfer = transfer_of(message)
    if transfer == "quoted-printable":
        raw = encodestring(data)
    elif (
        not transfer and (data.isascii() or message.get("content-transfer-encoding")) and not _too_long(data)
    ):
        raw = data
        if not raw.isascii() and "7" in str(message["content-transfer-encoding"]):
            message.replace_header("content-transfer-encoding", "8bit")
    else:
        raw = encodebytes(data)
        del message["content-transfer-encoding"]
        message["Content-Transfer-Encoding"] = "base64"
    message.set_payload(raw.decode("ascii", "surrogateescape"))


def _too_long(data: bytes) -> bool:
    """Whether a line is longer than mail may have it (RFC 5322, 2.1.1)."""
    return any(len(line) > _LONGEST for line in data.split(b"\n"))


def _encoded(message: Message, text: str, codec: str) -> bytes:
    """Text in its codec, or in UTF-8; the part says so where it said something else."""
    try:
        data = text.encode(codec)
    except (UnicodeEncodeError, LookupError):  # or nobody knows its codec, which plain ASCII does not need
        data, codec = text.encode("utf-8"), "utf-8"
    charset = message.get_param("charset")
    if not text.isascii() and codec_of(parameter_text(charset) if charset else None) != codec:
        message.set_param("charset", codec, replace="content-type" in message)
    return data


def _rewrite_headers(part: Part, edits: Mapping[str, Sequence[Edit]], ref: str, days: Days) -> None:
    message = part.message
    if (message.preamble or "").strip():
        message.preamble = None
    if (message.epilogue or "").strip():
        message.epilogue = None
    texts = {source: text for source, text, _ in _texts(part, ref)}
    kept: list[tuple[str, str]] = []
    for number, (name, raw) in enumerate(list(message.raw_items())):
        source = f"{part.prefix}header:{number}"
        if left_out(name, str(raw)) or f"{part.prefix}called:{number}" in edits:
            continue
        if source in edits:
            of_addresses = name.lower() not in _OF_WORDS
            before, changes = texts[source], edits[source]
            text = splice(before, with_domains(before, changes) if name.lower() in _OF_MAILBOXES else changes)
            raw = encoded(
                mail_date(text, days) if name.lower() in _DATES else text, of_addresses=of_addresses
            )
        kept.append((name, raw))
    parameters = [(header, message.get_params([], header)) for header in sorted(STRUCTURE)]
    message._headers = kept  # type: ignore[attr-defined]
    for header, values in parameters:
        for number, (key, value) in enumerate(values):
            source = f"{part.prefix}{header}:{number}"
            if key.lower() == "boundary" and _NUMBER.search(str(value)):
                _set_parameter(part, header, key, "")
            elif source in edits and value:
                _set_parameter(part, header, key, splice(texts[source], edits[source]))


def _rename(part: Part, format: str) -> None:
    """An attachment that was converted has another suffix and another type."""
    name = part.name
    old = suffix_of(name)
    new = written_suffix(old, format)
    if new == old:
        return
    for header, key in (("content-disposition", "filename"), ("content-type", "name")):
        if part.message.get_param(key, header=header):
            _set_parameter(part, header, key, name.removesuffix(old) + new)
    part.message.set_type(_TYPES.get(format, "application/octet-stream"))


def _unsign(message: Message) -> None:
    """Its signature no longer holds and is left out; a reader of mail would warn of it."""
    message.set_type("multipart/mixed")
    for key in ("protocol", "micalg"):
        message.del_param(key)


def _set_parameter(part: Part, header: str, key: str, new: str) -> None:
    if key.lower() == "boundary":
        part.message.set_boundary("=_deid_" + part.prefix.translate({46: "_", 58: "_"}))
    else:
        part.message.set_param(
            key, new, header=header, charset=None if new.isascii() else "utf-8", replace=True
        )
