"""Mail (RFC 5322, MIME): headers, names of attachments, text, and attachments by their own formats.

What is not edited is written as it was read. Signatures of servers and of senders no longer hold
and are left out; attachments that deid cannot read are replaced by a note, and counted.
"""

from __future__ import annotations

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
from deid.formats.edits import Edit
from deid.formats.files import bytes_of, created
from deid.formats.mail.headers import encoded, header_text, in_ascii, parameter_text
from deid.formats.mail.parts import STRUCTURE, Part, content_of, is_opaque, parts_of
from deid.formats.members import Member
from deid.formats.options import DEFAULT, Options
from deid.formats.stamp import check_unchanged, stamp
from deid.types import Document, TextBlock, splice

_LARGEST = 256 << 20  # bytes
_NOTE = "[attachment removed / 附件已删除]\n"


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
    message, linesep = _message(document.path, document.ref)
    withheld = 0
    for part in list(parts_of(message, document.ref)):
        content = _content(part, edits, document.ref, options) if part.is_leaf else None
        _rewrite_headers(part, edits, document.ref)
        if content:
            withheld += content.withheld
            _put(part.message, content)
    if withheld:
        document.details["removed"]["withheld attachment"] = withheld
    with created(path) as handle:
        BytesGenerator(
            handle,
            mangle_from_=False,
            maxheaderlen=0,
            policy=policy.compat32.clone(linesep=linesep, max_line_length=0, mangle_from_=False),
        ).flatten(message)


def _message(path: str, ref: str) -> tuple[Message, str]:
    data = bytes_of(path)
    message = message_from_bytes(data, policy=policy.compat32)
    if not message.keys():
        raise UnsupportedDocument(f"{ref}: not a mail: it has no headers")
    try:
        for part in message.walk():
            part._headers = [  # type: ignore[attr-defined]  # the parser of parameters loses raw bytes
                (name, raw if str(raw).isascii() or name.lower() not in STRUCTURE else in_ascii(str(raw)))
                for name, raw in part.raw_items()
            ]
    except UnicodeError:
        raise UnreadableDocument(f"{ref}: undecodable: a header of the mail") from None
    return message, "\r\n" if b"\r\n" in data[:2000] else "\n"


def _removed(path: str, ref: str, options: Options) -> Counter[str]:
    counts: Counter[str] = Counter()
    message, _ = _message(path, ref)
    for part in parts_of(message, ref):
        counts["signature"] += sum(is_opaque(name) for name, _ in part.message.items())
        counts["text between parts"] += sum(
            bool((text or "").strip()) for text in (part.message.preamble, part.message.epilogue)
        )
        _texts(part, ref)
        if not part.is_leaf:
            continue
        data, _codec = content_of(part, ref)
        if not data.strip():
            continue
        member = _member(part, data, ref, options)
        if member.document:
            counts.update(member.removed)
        elif part.is_body:
            raise UnreadableDocument(f"{ref}: the text of a mail cannot be read")
        else:
            counts["attachment"] += 1
    return +counts


def _blocks(path: str, ref: str, details: Mapping[str, Any]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    message, _ = _message(path, ref)
    for part in parts_of(message, ref):
        for source, text, label in _texts(part, ref):
            if text.strip():
                yield TextBlock(source, text, f"{part.where}, header", (label,))
        if part.is_leaf:
            data, _codec = content_of(part, ref)
            member = _member(part, data, ref, details["options"])
            if data.strip() and member.document:
                yield from member.blocks(part.where)


def _texts(part: Part, ref: str) -> list[tuple[str, str, str]]:
    """Source, text and name of each header, and of each parameter where they say what a part is."""
    found: list[tuple[str, str, str]] = []
    try:
        for number, (name, raw) in enumerate(part.message.raw_items()):
            if name.lower() not in STRUCTURE and not is_opaque(name):
                found.append((f"{part.prefix}header:{number}", header_text(str(raw)), name))
        for header in sorted(STRUCTURE):
            for number, (key, value) in enumerate(part.message.get_params([], header)):
                found.append(
                    (f"{part.prefix}{header}:{number}", parameter_text(value) if value else key, key)
                )
    except (MessageError, ValueError, LookupError):
        raise UnreadableDocument(f"{ref}: undecodable: a header of the mail") from None
    return found


class _Content(NamedTuple):
    """What stands in a part from now on. Without `data` it stays as it is, or becomes a note."""

    data: bytes | None
    codec: str = ""
    is_note: bool = False
    withheld: bool = False


def _member(part: Part, data: bytes, ref: str, options: Options) -> Member:
    return Member(data, part.suffix, part.prefix, ref, options)


def _content(part: Part, edits: Mapping[str, Sequence[Edit]], ref: str, options: Options) -> _Content:
    data, codec = content_of(part, ref)
    if not data.strip():
        return _Content(None)
    member = _member(part, data, ref, options)
    if member.document is None:
        return _Content(None, is_note=True)
    new = member.written(edits)
    if new is None:
        return _Content(None, is_note=True, withheld=True)
    return _Content(None if new == data else new, codec)


def _put(message: Message, content: _Content) -> None:
    if content.is_note:
        message._headers = []  # type: ignore[attr-defined]
        content = _Content(_NOTE.encode(), "utf-8")
        message["Content-Type"] = "text/plain"
        message["Content-Transfer-Encoding"] = "base64"
    data = content.data
    if data is None:
        return
    if content.codec:
        try:
            data = data.decode("utf-8").encode(content.codec)
        except UnicodeEncodeError:
            message.set_param("charset", "utf-8")
    transfer = str(message.get("content-transfer-encoding", "")).strip().lower()
    if transfer == "quoted-printable":
        raw = encodestring(data)
    elif transfer == "8bit" or (data.isascii() and transfer in ("", "7bit")):
        raw = data
    else:
        raw = encodebytes(data)
        del message["content-transfer-encoding"]
        message["Content-Transfer-Encoding"] = "base64"
    message.set_payload(raw.decode("ascii", "surrogateescape"))


def _rewrite_headers(part: Part, edits: Mapping[str, Sequence[Edit]], ref: str) -> None:
    message = part.message
    message.preamble = message.epilogue = None
    texts = {source: text for source, text, _ in _texts(part, ref)}
    kept: list[tuple[str, str]] = []
    for number, (name, raw) in enumerate(list(message.raw_items())):
        source = f"{part.prefix}header:{number}"
        if not is_opaque(name):
            kept.append((name, encoded(splice(texts[source], edits[source])) if source in edits else raw))
    # a name may be there twice, so no replace_header; and parameters move their header to the end
    parameters = [(header, message.get_params([], header)) for header in sorted(STRUCTURE)]
    message._headers = kept  # type: ignore[attr-defined]
    for header, values in parameters:
        for number, (key, value) in enumerate(values):
            source = f"{part.prefix}{header}:{number}"
            if source in edits and value:
                _set_parameter(part, header, key, splice(texts[source], edits[source]))


def _set_parameter(part: Part, header: str, key: str, new: str) -> None:
    if key.lower() == "boundary":
        part.message.set_boundary("=_deid_" + part.prefix.translate({46: "_", 58: "_"}))
    else:
        part.message.set_param(key, new, header=header, charset=None if new.isascii() else "utf-8")
