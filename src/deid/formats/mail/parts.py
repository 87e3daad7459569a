"""The parts of a mail, nested mails and attachments included, each with a prefix for its sources."""

from __future__ import annotations

import mimetypes
import re
from collections import Counter
from collections.abc import Iterator
from email.errors import MessageError
from email.message import Message
from typing import NamedTuple

from deid.errors import UnreadableDocument
from deid.formats.files import suffix_of
from deid.formats.mail.headers import decoded_bytes, header_text, is_tidy, parameter_text
from deid.formats.mail.transfer import BadTransfer, decoded, transfer_of, unflowed
from deid.formats.members import DEEPEST
from deid.formats.vcf import with_whole_characters

STRUCTURE = frozenset({"content-type", "content-disposition"})
NOTE = "[attachment removed / 附件已删除]"
_TEXTS = {
    "text/html": ".html",
    "text/csv": ".csv",
    "application/xhtml+xml": ".html",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "text/calendar": ".ics",
    "text/css": ".css",
}
_FOLDED = frozenset({".vcf", ".ics"})
_BODIES = frozenset({"text/plain", "text/html"})
_ENCRYPTED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_MIME = re.compile(r"^content-(?:type|transfer-encoding)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_SOURCE = re.compile(
    r"^[> \t]*content-transfer-encoding[ \t]*:[ \t]*(?:base64|quoted-)", re.IGNORECASE | re.MULTILINE
)
_BASE64 = re.compile(r"^[> \t]*[A-Za-z0-9+/]{40}", re.MULTILINE)
_QUOTED = re.compile(r"=[0-9A-F]{2}")
_WORDS = re.compile(r"=\?[\w\-*]+\?[BbQq]\?[!->@-~]*\?=(?:\s+=\?[\w\-*]+\?[BbQq]\?[!->@-~]*\?=)*")
_UUENCODED = re.compile(
    rb"^begin(?:-base64)? [0-7]{3,4} [^\r\n]+\r?\n(?:[!-`][ -~]*\r?\n)+?(?:`?[ \t]*\r?\n)?(?:end|====)[ \t\r]*$",
    re.MULTILINE,
)
_UUENCODED_START = re.compile(
    rb"^begin(?:-base64)? [0-7]{3,4} [^\r\n]+\r?\n(?:M[ -`]{60}|[A-Za-z0-9+/]{60})", re.MULTILINE
)
_YENC = re.compile(rb"^=ybegin [ -~]*\bsize=[0-9]", re.MULTILINE)
"""Bytes plus 42, which any encoding of one byte reads as letters."""
_ARMOUR = re.compile(
    r"^-----BEGIN PGP ((?!MESSAGE|SIGNED)[A-Z ]+)-----[^\n]*\n(?:(?!-----)[^\n]*\n)*-----END PGP \1-----",
    re.MULTILINE,
)
_ARMOURED = re.compile(r"^-----BEGIN PGP (?!SIGNED)", re.MULTILINE)
_OPAQUE = re.compile(
    r"(?:dkim-|domainkey-|arc-|x-google-|x-ms-|x-microsoft-|x-forefront|x-face|face$|autocrypt|thread-index|"
    r"x-gm-|x-tm-|x-spam-|x-sg-|x-qq-)"
)

_USUAL = re.compile(r"(?!.*[0-9]{5})[!-9;-~]+")
_TRACE = frozenset(
    {"received", "x-received", "return-path", "received-spf", "authentication-results"}
    | {"x-original-authentication-results", "x-authenticated-sender", "x-originating-host", "x-source-host"}
)
_IDS = frozenset({"message-id", "in-reply-to", "references", "resent-message-id", "x-message-id"})
# These are found as addresses of mail are, so that answers still belong to what they answer.
_PUBLIC_IDS = re.compile(r"\s*(?:<[A-Za-z0-9._%+\-]+@(?:[A-Za-z0-9\-]+\.){1,4}[A-Za-z]{2,12}>[\s,]*)*")


class Part(NamedTuple):
    message: Message
    prefix: str
    where: str
    depth: int

    @property
    def is_text(self) -> bool:
        """Whether it is read as text, by the charset that it names."""
        return self.message.get_content_maintype() in ("text", "multipart") and not self.name

    @property
    def is_body(self) -> bool:
        """Whether a mail without it would say nothing."""
        kind = self.message.get_content_type()
        return self.is_text and (kind in _BODIES or kind.startswith("multipart/"))

    @property
    def is_leaf(self) -> bool:
        return not isinstance(self.message.get_payload(), list)

    @property
    def kind(self) -> str:
        """What it is called in reports when it is left out."""
        kind = self.message.get_content_type()
        if kind in _SIGNATURES:
            return "signature"
        return (
            "attachment in TNEF (winmail.dat)"
            if kind in ("application/ms-tnef", "application/vnd.ms-tnef")
            else "attachment"
        )

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
        return (
            suffix_of(self.name)
            or _TEXTS.get(kind, "")
            or (".txt" if self.is_text else mimetypes.guess_extension(kind) or "")
        )


class Content(NamedTuple):
    """The content of a leaf. Text is in UTF-8, and `codec` what it had; `removed` is gone from it already."""

    data: bytes
    codec: str
    removed: Counter[str]


def parts_of(message: Message, ref: str, prefix: str = "m", depth: int = 0) -> Iterator[Part]:
    """Raises UnreadableDocument when encrypted, damaged or nested too deeply."""
    kind = message.get_content_type()
    if kind in _ENCRYPTED:
        raise UnreadableDocument(f"{ref}: encrypted: a mail for one recipient's key")
    if kind == "message/partial":
        raise UnreadableDocument(f"{ref}: a piece of a mail that was sent in pieces")
    if depth > 4 * DEEPEST:
        raise UnreadableDocument(f"{ref}: mail within mail, nested too deeply")
    payload = message.get_payload()
    if kind.startswith("multipart/") and not isinstance(payload, list) and _MIME.search(str(payload)):
        raise UnreadableDocument(f"{ref}: corrupt: a part of the mail has no end or no beginning")
    if kind.startswith("message/") and transfer_of(message) in ("base64", "quoted-printable"):
        payload = _encoded_mail(message, payload, ref)
    yield Part(message, f"{prefix}:", f"part {prefix[1:] or '0'}", depth)
    if isinstance(payload, list):
        for number, inner in enumerate(payload, 1):
            if isinstance(inner, Message):
                yield from parts_of(inner, ref, f"{prefix}.{number}", depth + 1)


def _encoded_mail(message: Message, payload: object, ref: str) -> object:
    """A mail that is encoded as an attachment is, which RFC 2046 forbids: it becomes one."""
    if isinstance(payload, list):
        inner = payload[0]
        if len(payload) != 1 or inner.keys() or not isinstance(inner.get_payload(), str):
            raise UnreadableDocument(f"{ref}: corrupt: a mail within the mail is encoded")
        message.set_payload(inner.get_payload())
    return message.get_payload()


def content_of(part: Part, ref: str) -> Content:
    """Raises UnreadableDocument when it cannot be decoded."""
    try:
        data = decoded(part.message)
    except BadTransfer:
        raise UnreadableDocument(f"{ref}: corrupt: a part of the mail cannot be decoded") from None
    if not part.is_text:
        return Content(data, "", Counter())
    data, files = _UUENCODED.subn(NOTE.encode(), data)
    if _UUENCODED_START.search(data):
        raise UnreadableDocument(f"{ref}: a mail with files in its text (uuencode)")
    if _YENC.search(data):
        raise UnreadableDocument(f"{ref}: a mail with files in its text (yEnc)")
    try:
        charset = part.message.get_param("charset")
        data = with_whole_characters(data) if part.suffix in _FOLDED else data
        text, codec = decoded_bytes(data, parameter_text(charset) if charset else None)
    except UnicodeError:
        raise UnreadableDocument(f"{ref}: undecodable: the text of a mail") from None
    if str(part.message.get_param("format", "")).lower() == "flowed":
        text = unflowed(text, joined="" if str(part.message.get_param("delsp", "")).lower() == "yes" else " ")
    if _SOURCE.search(text) and (_BASE64.search(text) or len(_QUOTED.findall(text)) > 2):
        raise UnreadableDocument(f"{ref}: a mail with the source of another one in its text")
    text = _words_read(text, ref)
    text, keys = _ARMOUR.subn("", text)
    if _ARMOURED.search(text):
        raise UnreadableDocument(f"{ref}: encrypted: a mail for one recipient's key")
    return Content(text.encode("utf-8", "replace"), codec, +Counter(attachment=files, signature=keys))


def _words_read(text: str, ref: str) -> str:
    """The headers of another mail within text, as programs report them, read as they are meant."""
    try:
        return _WORDS.sub(lambda match: header_text(match[0]), text)
    except (MessageError, ValueError, LookupError):
        raise UnreadableDocument(f"{ref}: undecodable: the text of a mail") from None


def left_out(name: str, raw: str) -> str:
    """What a header is called in reports when it is left out, or nothing.

    Signatures no longer hold, and nobody can look into codes. The way of a mail tells the names of
    machines, which are often those of people (`from WANGFANG-PC`), and so do ids that are made there.
    A name with a number in it, and an encoded word with more in it than it says, are no mailer's.
    """
    plain = name.lower()
    if plain not in STRUCTURE and not (_USUAL.fullmatch(plain) and is_tidy(raw)):
        return "unusual header"
    if _OPAQUE.match(plain):
        return "signature"
    if plain in _TRACE or (plain in _IDS and not _PUBLIC_IDS.fullmatch(raw)):
        return "trace header"
    return ""
