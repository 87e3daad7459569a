"""Headers of mail: decoded for reading, and encoded again (RFC 2047, RFC 2231).

Chinese mail says gb2312 and means GB 18030 (喆 is in no gb2312), or has raw bytes in its headers.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from email.header import decode_header
from urllib.parse import quote, unquote, unquote_to_bytes

from deid.errors import UnreadableDocument
from deid.formats.days import MONTHS, Days
from deid.formats.edits import Edit
from deid.formats.encoding import detect_encoding
from deid.formats.files import Held
from deid.formats.twobytes import likeness

_WIDER = dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "gb2312-80", "x-gbk", "cp936", "ms936"), "gb18030") | {
    "big5": "big5hkscs",
    "big5-eten": "big5hkscs",
    "hz-gb-2312": "hz",
    "unicode-1-1-utf-7": "utf-7",
}
_WESTERN = re.compile(
    r"(?:iso-?8859-?(?:1|15)|latin-?1|windows-?125[02]|cp125[02]|us-?ascii|ascii|unknown.*|x-unknown|)"
)
_STATEFUL = re.compile(r"iso-?2022|csiso2022|hz|utf-?7|utf-?16|utf-?32|unicode")
_HZ = re.compile(rb"~\{(?:[!-w][!-~])+~\}")
_CODED = re.compile(r"=\?([^?]*)\?([bq])\?(.*?)\?=", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(r"(?!.*[0-9]{6})[\w.:+\-]{1,40}(?:\*[a-z\-]{0,12})?", re.IGNORECASE | re.ASCII)
_CONTENT = {"b": re.compile(r"[A-Za-z0-9+/\s]*={0,2}\s*"), "q": re.compile(r"[\x00-\x7f]*")}
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_WIDE = re.compile(
    r"[A-Za-z0-9]*[^\x00-\x7f](?:[^\x00-\x7f]|[A-Za-z0-9._+/\-]|=(?!\?)|[ \t]+(?=[^\x00-\x7f]))*"
)
"""What goes into encoded words: where one ended within a token of `encrypt`, a gap would tear it apart."""
# Two bytes of GBK may be one character of UTF-8, of a kind that Chinese text hardly has.
_STRAY = re.compile("[\u0100-\u0390\u03aa-\u03b0\u03ca-\u07ff]")
_DATE = re.compile(
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s+)?(?P<month>{'|'.join(MONTHS)})?\s*(?P<year>(?:19|20)[0-9]{{2}})"
    r"(?=\s|$)(?P<clock>\s+[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:\s+[^\s]+)?)?.*",
    re.DOTALL,
)
_ADDRESS = re.compile(
    r"(?<=<)(?P<scheme>(?:mailto:)?)(?P<address>[^<>\s?]*〔[^〔〕<>\s?]*〕[^<>\s?]*)(?=[?>])", re.IGNORECASE
)
_TOKEN = re.compile(r"[^\s<>,;\"]+")
_OF_ADDRESS = re.compile("@|://|%[0-9A-Fa-f]{2}")
_LABEL = re.compile("〔[^〔〕]*〕")
_NAMED = re.compile(r"\s*\"?\s*<")
_NOWHERE = "@deid.invalid"
"""Behind a label that stands for a whole address, which needs a domain (RFC 2606: this one is nobody's)."""
_ESCAPED = re.compile(
    rf"%E3%80%94(?:%(?!E3%80%9[45])[0-9A-F]{{2}}|[\w.~\-]){{0,400}}%E3%80%95(?:{re.escape(_NOWHERE)})?",
    re.ASCII,
)
_LONG = 40  # bytes, from which on an encoding can be told by the letters that are common in it
_PER_WORD = 14  # characters: 42 bytes of Chinese, within the 75 of an encoded word


def decoded_bytes(data: bytes, charset: str | None) -> tuple[str, str]:
    """Text and the codec that it has. Raises UnicodeError when none fits.

    What the bytes are counts more than what `charset` says: Chinese mail is called iso-8859-1, or
    gb2312 where it is UTF-8, and a reader of mail shows it all the same.
    """
    named = codec_of(charset)
    if _STATEFUL.match(named) and (b"\x1b" in data or "2022" not in named):
        return _strictly(data, named)
    if data.isascii():
        if b"\x1b" in data:
            raise UnicodeError("an escape sequence of an encoding that is not named")
        if _HZ.search(data):
            return _strictly(data, "hz")
        return data.decode("ascii"), named if _tried(b"", named) is not None else "utf-8"
    text = _tried(data, "utf-8")
    vague = _WESTERN.fullmatch(named) or named == "utf-8"
    if text is not None and (named == "utf-8" or _is_meant(text, vague=bool(vague))):
        return text, "utf-8"
    likely = _likely(data) if vague or (named in ("gb18030", "big5hkscs") and len(data) > _LONG) else ""
    if text is not None and _STRAY.search(text):
        likely = ""
    for codec in (likely, named, "gb18030", "big5hkscs", "utf-8"):
        if codec and (text := _tried(data, codec)) is not None:
            return text, codec
    raise UnicodeError("no encoding fits")


def _is_meant(text: str, *, vague: bool) -> bool:
    """Whether what is valid UTF-8 is UTF-8, though it is not called so."""
    if max(text) > "\u07ff":
        return not _STRAY.search(text)
    return vague and _tried(text.encode(), "gb18030") is not None and likeness(text) > 0


def codec_of(charset: str | None) -> str:
    """Python's name of a charset, or what stands there."""
    found = re.match(r"\s*([\w.:\-]*)", charset or "")
    named = found[1].lower() if found else ""
    return _WIDER.get(named, named)


def _strictly(data: bytes, codec: str) -> tuple[str, str]:
    try:
        return data.decode(codec), codec
    except (ValueError, LookupError):
        raise UnicodeError("no such encoding, or not in it") from None


def _tried(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (ValueError, LookupError):  # of the text, or of the name of its codec
        return None


def _likely(data: bytes) -> str:
    """The codec in which the bytes look like Chinese, or nothing."""
    try:
        return detect_encoding(Held(data), "").codec
    except UnreadableDocument:
        return ""


def header_text(raw: str) -> str:
    """What a header says. Raises UnicodeError when it cannot be decoded."""
    raw = _FOLD.sub("", raw)
    if not raw.isascii():
        raw, _ = decoded_bytes(raw.encode("ascii", "surrogateescape"), None)
    return _ESCAPED.sub(_unescaped, _words_read(raw) if "=?" in raw else raw)


def _unescaped(match: re.Match[str]) -> str:
    return unquote(match[0].removesuffix(_NOWHERE))


def _escaped(match: re.Match[str]) -> str:
    """An address with labels in it: no program reads encoded words there (RFC 2047, 5)."""
    address = _LABEL.sub(lambda label: quote(label[0], safe=""), match["address"])
    return match["scheme"] + address + ("" if "@" in address else _NOWHERE)


def _label_escaped(match: re.Match[str]) -> str:
    """A part of an address with labels in it; what is Chinese otherwise is no part of one."""
    token = match[0]
    if "〔" not in token or not _OF_ADDRESS.search(token) or not _LABEL.sub("", token).isascii():
        return token
    return _LABEL.sub(lambda label: quote(label[0], safe=""), token)


def with_domains(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """The edits of a header that lists mailboxes: a label that stands for a whole address outside of brackets has a domain.

    >>> [one.text for one in with_domains("a@x.cn, b@x.cn <b@x.cn>", [Edit(0, 6, "〔替1〕"), Edit(8, 14, "〔替2〕")])]
    ['〔替1〕@deid.invalid', '〔替2〕']
    """
    return [
        edit._replace(text=edit.text + _NOWHERE)
        if "@" in text[edit.start : edit.end]
        and _LABEL.fullmatch(edit.text)
        and text[edit.start - 1 : edit.start] not in ("<", '"', "'", "(")
        and not _NAMED.match(text, edit.end)
        else edit
        for edit in edits
    ]


def _words_read(raw: str) -> str:
    parts: list[str] = []
    waiting: tuple[bytes, str | None] = (b"", None)  # a character may be cut between two words
    for content, charset in decode_header(raw):
        if isinstance(content, bytes) and charset is not None and waiting[1] == charset:
            waiting = waiting[0] + content, charset
            continue
        parts.append(decoded_bytes(*waiting)[0])
        if isinstance(content, str):
            parts.append(content)
            waiting = b"", None
        elif charset is None:
            parts.append(content.decode("raw-unicode-escape"))
            waiting = b"", None
        else:
            waiting = content, charset
    parts.append(decoded_bytes(*waiting)[0])
    return "".join(parts).encode("utf-8", "replace").decode()


def mail_date(text: str, days: Days) -> str:
    """The date of a header as programs read it (RFC 5322): where the month is all that is left, some day of it.

    >>> days = Days(lambda: "Date: Wed, 15 Oct 2025 16:48:20 +0800")
    >>> mail_date("Wed, Oct 2025 16:48:20 +0800", days), mail_date("Wed, 22 Oct 2025 16:48:20 +0800", days)
    ('... Oct 2025 16:48:20 +0800', 'Wed, 22 Oct 2025 16:48:20 +0800')
    """
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return text
    day = days.free(int(found["year"]), MONTHS.index(found["month"]) + 1 if found["month"] else 0)
    if day is None:
        return text
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}{found['clock'] or ' 00:00:00 +0000'}"


def is_tidy(raw: str) -> bool:
    """Whether no encoded word has anything in it that its decoding passes over."""
    closed = raw[: raw.rfind("?=") + 2]  # a word that is not is looked through to the end, each of thousands
    return all(
        _CHARSET.fullmatch(charset) and _CONTENT[how.lower()].fullmatch(content)
        for charset, how, content in _CODED.findall(closed)
    )


def encoded(text: str, *, of_addresses: bool = True) -> str:
    """A header in ASCII: encoded words where the text is not, each on a line of its own; labels within addresses escaped.

    >>> header_text(encoded("复诊: Li (2) 来电", of_addresses=False)), header_text(encoded("李 <〔邮箱1〕>"))
    ('复诊: Li (2) 来电', '李 <〔邮箱1〕>')
    """
    text = " ".join(text.splitlines())
    if not of_addresses:
        return _in_one(text)
    text = _TOKEN.sub(_label_escaped, _ADDRESS.sub(_escaped, text))
    text = re.sub(r'"([^"\x00-\x1f]*[^\x00-\x7f][^"]*)"', r"\1", text)  # no encoded word may be quoted
    parts: list[str] = []
    position = 0
    for match in _WIDE.finditer(text):
        before = text[position : match.start()]
        parts.append(before + (" " if before and before[-1] not in " \t(<" else ""))
        parts.append(_words(match[0]))
        position = match.end()
        if text[position : position + 1] not in ("", " ", "\t", ")", ">"):
            parts.append(" ")
    return "".join((*parts, text[position:]))


def _in_one(text: str) -> str:
    """All from the first word that is not ASCII to the last, where no address has to be told from a name."""
    wide = [index for index, character in enumerate(text) if not character.isascii()]
    if not wide:
        return text
    start, end = text.rfind(" ", 0, wide[0]) + 1, text.find(" ", wide[-1])
    end = end if end >= 0 else len(text)
    return text[:start] + _words(text[start:end]) + text[end:]


def _words(text: str) -> str:
    words = [text[i : i + _PER_WORD] for i in range(0, len(text), _PER_WORD)]
    return "\n ".join(f"=?utf-8?B?{b64encode(word.encode()).decode()}?=" for word in words)


def in_ascii(raw: str) -> str:
    """A header with raw bytes in it, these as encoded words; what they stand in, as quotes, stays."""
    text, _ = decoded_bytes(raw.encode("ascii", "surrogateescape"), None)
    return _WIDE.sub(lambda match: f"=?utf-8?B?{b64encode(match[0].encode()).decode()}?=", text)


def parameter_text(value: object) -> str:
    """A parameter as `Message.get_params` gives it: a string, or charset, language and escaped text."""
    if isinstance(value, tuple):
        charset, _, text = value
        content = text.encode("latin-1") if not text.isascii() else unquote_to_bytes(text)
        return decoded_bytes(content, charset)[0]
    return header_text(str(value))
