"""From the properties of a message (MS-OXPROPS) to mail in MIME."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta, timezone
from email import message_from_string, policy
from email.encoders import encode_base64
from email.generator import BytesGenerator
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from io import BytesIO
from typing import Any

from deid.formats.mail.headers import encoded
from deid.formats.mail.parts import STRUCTURE
from deid.formats.msg.compressed import decompressed
from deid.formats.rtf.charsets import codec_of

_DEEPEST = 8
_STRING, _ANSI, _BINARY, _STORAGE = "001F", "001E", "0102", "000D"
_CODEPAGES = (0x3FFD, 0x3FDE)  # of the message, of the Internet
_ENTRY = 16  # bytes
_KINDS = {1: "To", 2: "Cc", 3: "Bcc"}
_OWN = re.compile(r"(?:content-.*|mime-version)$", re.IGNORECASE)
_STREAM = re.compile(r"__substg1\.0_([0-9A-Fa-f]{4})(001[EF])")
_TAKEN = frozenset(
    {
        *(0x0037, 0x0E1D, 0x003D, 0x0070, 0x1000, 0x1013, 0x1009, 0x007D, 0x001A, 0x1035, 0x1042, 0x1039),
        *(0x0C1A, 0x0C1F, 0x0C1E, 0x5D01, 0x0042, 0x0065, 0x0064, 0x5D02, 0x0E04, 0x0E03, 0x0E02, 0x0E05),
    }
)
"""Properties that the mail has, or that say the same once more."""


class Converter:
    def __init__(self, ole: Any) -> None:
        self._ole = ole
        self.removed: Counter[str] = Counter()

    @property
    def kind(self) -> str:
        """`IPM.Note` and the like."""
        return self._text("", 0x001A, "ascii")

    def converted(self) -> bytes:
        """The mail as a file. Raises ValueError and the like when it is damaged."""
        out = BytesIO()
        generator = BytesGenerator(out, mangle_from_=False, maxheaderlen=0, policy=policy.compat32)
        generator.flatten(self._message("", 0))
        self.removed = +self.removed
        return out.getvalue()

    def _message(self, folder: str, depth: int) -> Message:
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
        head = 32 if not folder else 24
        fixed = self._fixed(folder, head)
        codec = next((codec_of(fixed[id]) for id in _CODEPAGES if fixed.get(id)), "gb18030")
        self._count(folder)
        parts = [
            self._attachment(f"{folder}{name}/", codec, depth) for name in self._children(folder, "__attach")
        ]
        message = self._bodies(folder, codec)
        if parts:
            outer = MIMEMultipart("mixed", boundary=f"=_deid_{depth}")
            outer.attach(message)
            for part in parts:
                outer.attach(part)
            message = outer
        for name, value in self._headers(folder, fixed, codec):
            message[name] = encoded(value)
        return message

    def _headers(self, folder: str, fixed: dict[int, int], codec: str) -> list[tuple[str, str]]:
        transport = self._text(folder, 0x007D, codec)
        if transport.strip():
            read = message_from_string(transport.lstrip(), policy=policy.compat32)
            return [
                (name, str(value))
                for name, value in read.items()
                if not _OWN.match(name) and name.lower() not in STRUCTURE
            ]
        name = self._text(folder, 0x0C1A, codec) or self._text(folder, 0x0042, codec)
        address = (
            self._text(folder, 0x5D01, codec)
            or self._text(folder, 0x0C1F, codec)
            or self._text(folder, 0x0065, codec)
        )
        found = [("From", _address(name, address))]
        for kind, people in self._recipients(folder, codec).items():
            found.append((kind, ", ".join(people)))
        found.append(("Subject", self._text(folder, 0x0037, codec)))
        when = fixed.get(0x0039) or fixed.get(0x0E06)
        if when:
            found.append(
                (
                    "Date",
                    format_datetime(
                        datetime(1601, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=when // 10)
                    ),
                )
            )
        found += [
            ("Message-ID", self._text(folder, 0x1035, codec)),
            ("In-Reply-To", self._text(folder, 0x1042, codec)),
        ]
        return [(name, value) for name, value in found if value.strip()]

    def _recipients(self, folder: str, codec: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for child in self._children(folder, "__recip"):
            inner = f"{folder}{child}/"
            kind = _KINDS.get(self._fixed(inner, 8).get(0x0C15, 1), "To")
            address = self._text(inner, 0x39FE, codec) or self._text(inner, 0x3003, codec)
            found.setdefault(kind, []).append(_address(self._text(inner, 0x3001, codec), address))
        for kind, id in (("To", 0x0E04), ("Cc", 0x0E03), ("Bcc", 0x0E02)):
            shown = self._text(folder, id, codec)
            if kind not in found and shown.strip():
                found[kind] = [shown]
        return found

    def _bodies(self, folder: str, codec: str) -> Message:
        plain = self._text(folder, 0x1000, codec)
        html = self._text(folder, 0x1013, codec)
        if not html and (data := self._data(folder, 0x1013)):
            html = _decoded(data, codec).replace("\0", "")
        rtf = self._data(folder, 0x1009) if not (plain.strip() or html.strip()) else b""
        if rtf:
            return _file(decompressed(rtf), "application/rtf", "message.rtf", "")
        if html.strip() and plain.strip():
            both = MIMEMultipart("alternative", boundary="=_deid_bodies")
            both.attach(MIMEText(plain, "plain", "utf-8"))
            both.attach(MIMEText(html, "html", "utf-8"))
            return both
        return MIMEText(html, "html", "utf-8") if html.strip() else MIMEText(plain, "plain", "utf-8")

    def _attachment(self, folder: str, codec: str, depth: int) -> Message:
        if self._ole.exists(f"{folder}__substg1.0_3701{_STORAGE}/__properties_version1.0"):
            outer = MIMEBase("message", "rfc822")
            outer.set_payload([self._message(f"{folder}__substg1.0_3701{_STORAGE}/", depth + 1)])
            return outer
        name = (
            self._text(folder, 0x3707, codec)
            or self._text(folder, 0x3704, codec)
            or self._text(folder, 0x3001, codec)
        )
        kind = self._text(folder, 0x370E, codec)
        return _file(self._data(folder, 0x3701), kind, name, self._text(folder, 0x3712, codec))

    # --- properties

    def _children(self, folder: str, start: str) -> list[str]:
        path = [part for part in folder.split("/") if part]
        found = {
            entry[len(path)]
            for entry in self._ole.listdir(streams=True, storages=True)
            if entry[: len(path)] == path and len(entry) > len(path)
        }
        return sorted(name for name in found if name.lower().startswith(start))

    def _count(self, folder: str) -> None:
        """Texts of Outlook that a mail has no place for."""
        for name in self._children(folder, "__substg1.0_"):
            match = _STREAM.fullmatch(name)
            if match and int(match[1], 16) not in _TAKEN:
                self.removed["other property"] += 1

    def _text(self, folder: str, id: int, codec: str) -> str:
        for kind, encoding in ((_STRING, "utf-16-le"), (_ANSI, codec)):
            name = f"{folder}__substg1.0_{id:04X}{kind}"
            if self._ole.exists(name):
                data = self._ole.openstream(name).read()
                text = data.decode(encoding) if kind == _STRING else _decoded(data, encoding)
                return text.replace("\0", "")
        return ""

    def _data(self, folder: str, id: int) -> bytes:
        name = f"{folder}__substg1.0_{id:04X}{_BINARY}"
        return bytes(self._ole.openstream(name).read()) if self._ole.exists(name) else b""

    def _fixed(self, folder: str, head: int) -> dict[int, int]:
        """Properties of a fixed size: numbers and times, by id."""
        name = f"{folder}__properties_version1.0"
        data = self._ole.openstream(name).read() if self._ole.exists(name) else b""
        return {
            int.from_bytes(data[place + 2 : place + 4], "little"): int.from_bytes(
                data[place + 8 : place + 16], "little"
            )
            if data[place] == 0x40
            else int.from_bytes(data[place + 8 : place + 12], "little")
            for place in range(head, len(data) - _ENTRY + 1, _ENTRY)
        }


def _decoded(data: bytes, codec: str) -> str:
    """Strict, and GB 18030 where a page is said to be Western, as it often is."""
    for one in ("utf-8", codec if codec != "cp1252" else "gb18030", "gb18030", "cp1252", "latin-1"):
        try:
            return data.decode(one)
        except UnicodeDecodeError:
            continue
    raise ValueError("no encoding fits")


def _address(name: str, address: str) -> str:
    if "@" not in address:
        return " ".join(filter(None, (name, f"<{address}>" if address else "")))
    return (
        formataddr((name, address), "utf-8")
        if name.isascii() and address.isascii()
        else f"{name} <{address}>"
    )


def _file(data: bytes, kind: str, name: str, id: str) -> Message:
    main, _, sub = (
        (kind if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) else "application/octet-stream")
        .lower()
        .partition("/")
    )
    if main in ("message", "multipart", "text"):
        main, sub = "application", "octet-stream"
    part = MIMEBase(main, sub)
    part.set_payload(data)
    encode_base64(part)
    part.add_header(
        "Content-Disposition", "attachment", filename=("utf-8", "", " ".join(name.split()) or "attachment")
    )
    if id:
        part["Content-ID"] = encoded(f"<{id.strip('<>')}>")
    return part
