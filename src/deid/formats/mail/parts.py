"""The parts of a mail, nested mails and attachments included, each with a prefix for its sources."""

from __future__ import annotations

import binascii
import mimetypes
import re
from collections.abc import Iterator
from email.message import Message
from typing import NamedTuple

from deid.errors import UnreadableDocument
from deid.formats.files import suffix_of
from deid.formats.mail.headers import decoded_bytes, parameter_text
from deid.formats.members import DEEPEST

STRUCTURE = frozenset({"content-type", "content-disposition"})
_TEXTS = {
    "text/html": ".html",
    "text/csv": ".csv",
    "application/xhtml+xml": ".html",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
}
_BODIES = frozenset({"text/plain", "text/html"})
_ENCRYPTED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_TRANSFERS = frozenset({"", "7bit", "8bit", "binary", "quoted-printable", "base64"})
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]*(?:=\s*){0,2}")
_UUENCODED = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} \S", re.MULTILINE)
_OPAQUE = re.compile(
    r"(?:dkim-|domainkey-|arc-|x-google-|x-ms-|x-microsoft-|x-forefront|x-face|face$|autocrypt|thread-index|"
    r"x-gm-|x-tm-|x-spam-|x-sg-|x-qq-)"
)


class Part(NamedTuple):
    message: Message
    prefix: str
    where: str
    depth: int

    @property
    def is_text(self) -> bool:
        return self.message.get_content_maintype() == "text" and not self.name

    @property
    def is_body(self) -> bool:
        """Whether a mail without it would say nothing."""
        return self.is_text and self.message.get_content_type() in _BODIES

    @property
    def is_leaf(self) -> bool:
        return not isinstance(self.message.get_payload(), list)

    @property
    def name(self) -> str:
        """The name of an attachment, from either header that may hold it."""
        for header, key in (("content-disposition", "filename"), ("content-type", "name")):
            for name, value in self.message.get_params([], header):
                if name.lower() == key and value:
                    return parameter_text(value)
        return ""

    @property
    def suffix(self) -> str:
        """That by which its format is told."""
        kind = self.message.get_content_type()
        named = suffix_of(self.name)
        return (
            named
            or _TEXTS.get(kind, "")
            or (".txt" if self.is_text else mimetypes.guess_extension(kind) or "")
        )


def parts_of(message: Message, ref: str, prefix: str = "m", depth: int = 0) -> Iterator[Part]:
    """Raises UnreadableDocument when encrypted, damaged or nested too deeply."""
    kind = message.get_content_type()
    if kind in _ENCRYPTED:
        raise UnreadableDocument(f"{ref}: encrypted")
    if depth > 4 * DEEPEST:
        raise UnreadableDocument(f"{ref}: mail within mail, nested too deeply")
    payload = message.get_payload()
    if kind.startswith("multipart/") and not isinstance(payload, list):
        raise UnreadableDocument(f"{ref}: corrupt: a part of the mail has no end or no beginning")
    encoding = str(message.get("content-transfer-encoding", "")).strip().lower()
    if kind.startswith("message/") and encoding in ("base64", "quoted-printable"):
        raise UnreadableDocument(f"{ref}: corrupt: a mail within the mail is encoded")
    yield Part(message, f"{prefix}:", f"part {prefix[1:] or '0'}", depth)
    if isinstance(payload, list):
        for number, inner in enumerate(payload, 1):
            if isinstance(inner, Message):
                yield from parts_of(inner, ref, f"{prefix}.{number}", depth + 1)


def content_of(part: Part, ref: str) -> tuple[bytes, str]:
    """The content of a leaf; text in UTF-8, with the codec that it had."""
    try:
        data = part.message.get_payload(decode=True)
    except (binascii.Error, ValueError, LookupError):
        data = None
    if part.message.get_payload() is None:
        data = b""
    transfer = str(part.message.get("content-transfer-encoding", "")).strip().lower()
    known = transfer in _TRANSFERS
    if transfer == "base64":
        known = bool(_BASE64.fullmatch(str(part.message.get_payload())))
    if not isinstance(data, bytes) or not known:
        raise UnreadableDocument(f"{ref}: corrupt: a part of the mail cannot be decoded")
    if not part.is_text:
        return data, ""
    if _UUENCODED.search(data):
        raise UnreadableDocument(f"{ref}: a mail with files in its text (uuencode)")
    try:
        charset = part.message.get_param("charset")
        text, codec = decoded_bytes(data, parameter_text(charset) if charset else None)
    except UnicodeError:
        raise UnreadableDocument(f"{ref}: undecodable: the text of a mail") from None
    return text.encode("utf-8", "replace"), codec


def is_opaque(name: str) -> bool:
    """Whether a header is a signature, which no longer holds, or a code that nobody can look into."""
    return bool(_OPAQUE.match(name.lower()))
