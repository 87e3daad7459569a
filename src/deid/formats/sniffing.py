"""What a file is. Content decides; the suffix only tells kinds of text apart."""

from __future__ import annotations

import json
import re
import tarfile
import zipfile
import zlib
from os import PathLike, fspath
from pathlib import Path

from deid.errors import EncryptedDocument, UnreadableDocument, UnsupportedDocument
from deid.formats.biff import is_bare
from deid.formats.encoding import detect_encoding, open_text
from deid.formats.files import bytes_of, opened
from deid.formats.ooxml.parts import MAINS
from deid.formats.strangers import medical, stranger

OPEN_DOCUMENT = ("odt", "ods", "odp", "odg", "fodt", "fods", "fodp", "fodg")
FORMATS = (
    "txt",
    "md",
    "csv",
    "tsv",
    "json",
    "jsonl",
    "html",
    "xml",
    "svg",
    "css",
    "rtf",
    "eml",
    "mbox",
    "vcf",
    "ics",
    "zip",
    "tar",
    "epub",
    "gz",
    "bz2",
    "xz",
    "xlsx",
    "docx",
    "pptx",
    *OPEN_DOCUMENT,
    "doc",
    "xls",
    "ppt",
    "msg",
    "sql",
    "sqlite",
    "parquet",
    "pdf",
    "png",
    "jpg",
    "tif",
    "webp",
    "bmp",
)

_STATEMENTS = ("srt", "vtt", "lrc", "ini", "cfg", "conf", "cnf", "properties", "yaml", "yml", "toml", "env")
"""Of texts with a grammar of their own, where commas part no cells."""
PLAIN_TEXTS = ("txt", "text", "log", "out", *_STATEMENTS)
"""Suffixes of texts that are read line by line: notes, logs, subtitles, settings."""
_SUFFIXES = {
    "": "txt",
    **{f".{suffix}": "txt" for suffix in PLAIN_TEXTS},
    ".md": "md",
    ".markdown": "md",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".sql": "sql",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "xml",
    ".opf": "xml",
    ".ncx": "xml",
    ".xml": "xml",
    ".svg": "svg",
    ".css": "css",
    **dict.fromkeys((".fodt", ".fods", ".fodp", ".fodg"), "xml"),
}
_NUMBERED = re.compile(r"\.[0-9][0-9-]*|\.(?:bak|old|orig)")
"""Behind the suffix of logs that are kept, and of copies: system.log.1, notes.txt.bak."""
_OLDER = frozenset((".doc", ".dot", ".wps", ".xls", ".xlt", ".et"))
"""Programs that have no part of Office write pages, XML and cells with tabs between them under these."""
_ARCHIVES = frozenset((".mht", ".mhtml"))
"""Of a page with its pictures, which are built as mail (RFC 2557)."""
_OFFICE = {
    *(".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb"),
    *(".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm", ".doc", ".xls", ".ppt", ".odt", ".ods", ".odp"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIL = re.compile(r"\s*(?:[!-9;-~]+:.*\n(?:[ \t].*\n)*)*MIME-Version:", re.IGNORECASE)
_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?[!-9;-~]+[ \t]*:")
_MIME = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_RTF = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\\rtf")
_MAILBOX = re.compile(rb"From [^\r\n]+\r?\n(?:>?From [^\r\n]*\r?\n)?[!-9;-~]+[ \t]*:")
_XML = re.compile(r"\s*<\?xml")
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|table)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"\s*<(?:meta|style|div|p|font|center|title|span|b|br|h[1-6])[\s>/]", re.IGNORECASE)
_FLAT = re.compile(
    r"<office:document\s[^>]*?office:mimetype=[\"'](application/vnd\.oasis\.opendocument"
    r"\.(?:text|spreadsheet|presentation|graphics)(?:-template)?)[\"']"
)
_BOOK = "application/epub+zip"
_SVG = re.compile(r"<(?:[A-Za-z]+:)?svg[\s>]")
_SAMPLE = 1 << 16
_LONGEST = 1 << 24  # bytes of a list of content types
_PACKED = {b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\x00": "xz"}


def sniff(path: str | PathLike[str], *, ref: str = "document") -> str:
    """One of FORMATS. Raises UnsupportedDocument, or UnreadableDocument when empty or encrypted."""
    path = fspath(path)
    suffix = _suffix(path)
    try:
        with opened(path) as handle:
            head = handle.read(512)
    except OSError as error:
        raise UnreadableDocument(f"{ref}: cannot be opened ({type(error).__name__})") from None
    if not head:
        raise UnreadableDocument(f"{ref}: empty file (0 bytes)")
    if head.startswith(b"PK"):
        return _package(path, ref)
    if head.startswith(b"%PDF-") or suffix == ".pdf":
        return _pdf(path, ref)
    if name := _picture(head):
        return name
    if name := stranger(head):
        raise _unsupported(ref, name)
    if _RTF.match(head):
        return "rtf"
    if head.startswith((b"PAR1", b"PARE")) and b"\0" in head:
        return "parquet"
    if head.startswith(b"SQLite format 3\x00"):
        return "sqlite"
    if head.startswith(_OLE):
        return _ole(path, ref)
    if is_bare(head):
        return "xls"
    if (name := packing(head)) or suffix == ".tar" or _begins_tar(head):
        return _packed(path, name or "tar", ref)
    if suffix in _OFFICE - {".doc", ".xls", ".ppt"}:
        raise UnreadableDocument(f"{ref}: corrupt: not a {suffix[1:]} package")
    if suffix == ".parquet":
        raise UnreadableDocument(f"{ref}: corrupt: the Parquet file is damaged")
    if suffix in (".sqlite", ".sqlite3", ".db3"):
        raise UnreadableDocument(f"{ref}: corrupt: the database is damaged, or encrypted")
    if suffix == ".rtf":
        raise UnreadableDocument(f"{ref}: corrupt: not an RTF file")
    if suffix in (".mbox", ".mbx") or _MAILBOX.match(head):
        return "mbox"
    if suffix in (".eml", ".vcf", ".ics"):
        return suffix[1:]
    if suffix in _ARCHIVES or (suffix in _OLDER and _MIME.search(head)):
        return "eml"
    if suffix == ".msg" and _HEADER.match(head):  # other programs than Outlook save mail as it was sent
        return "eml"
    if suffix in _SUFFIXES:
        name = _text(path, _SUFFIXES[suffix], ref)
        return "txt" if name == "csv" and suffix[1:] in _STATEMENTS else name
    if suffix in _OLDER and (name := _exported(path, ref)):
        return name
    raise UnsupportedDocument(
        f"{ref}: not a kind of file that deid handles", hint=f"it handles {', '.join(FORMATS)}"
    )


def _suffix(path: str) -> str:
    """The last suffix, small; that before it where the last one only numbers copies."""
    found = Path(path.lower())
    return Path(found.stem).suffix if _NUMBERED.fullmatch(found.suffix) else found.suffix


def _unsupported(ref: str, name: str) -> UnsupportedDocument:
    return UnsupportedDocument(f"{ref}: {name}: deid does not handle it")


def _package(path: str, ref: str) -> str:
    try:
        with opened(path) as handle, zipfile.ZipFile(handle) as package:
            entries = package.namelist()
            names = (name for name in entries if name.casefold() == "[content_types].xml")
            types = b"".join(package.open(name).read(_LONGEST) for name in names)
    except RuntimeError:
        raise UnreadableDocument(f"{ref}: encrypted", hint="remove the password and run again") from None
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, zlib.error):
        raise UnreadableDocument(f"{ref}: corrupt: the zip package is damaged") from None
    if "mimetype" in entries and (name := _open_document(path, ref)):
        return name
    if not types:
        if Path(path).suffix.lower() in _OFFICE:
            raise UnreadableDocument(f"{ref}: corrupt: not a {Path(path).suffix[1:].lower()} package")
        if "OFD.xml" in entries:
            raise _unsupported(ref, "a document of OFD")
        if not entries or "mimetype" in entries or "META-INF/MANIFEST.MF" in entries:
            raise UnsupportedDocument(f"{ref}: a zip package of a kind that deid does not handle")
        return "zip"
    for kind, name in MAINS.items():
        if kind.encode() in types:
            return name
    if b"sheet.binary.macroEnabled.main" in types:
        raise UnsupportedDocument(f"{ref}: an Excel file of the binary kind (xlsb)", hint="save it as xlsx")
    raise UnsupportedDocument(f"{ref}: an Office file that is neither docx, xlsx nor pptx")


def packing(head: bytes) -> str:
    """How a single file is packed that begins so, or nothing."""
    return next((name for mark, name in _PACKED.items() if head.startswith(mark)), "")


def _packed(path: str, name: str, ref: str) -> str:
    """A tar archive, plain or packed, or another file that is packed."""
    from deid.formats.archives.packed import DAMAGED, stream

    try:
        with stream(path) as inner:
            return "tar" if name == "tar" or _begins_tar(inner.read(512)) else name
    except DAMAGED:
        raise UnreadableDocument(f"{ref}: corrupt: the archive is damaged") from None


def _begins_tar(head: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def _open_document(path: str, ref: str) -> str:
    """The format of a package that says in its first part what it is; nothing for one that says another thing."""
    from deid.formats.odf.vocabulary import MIMETYPES

    try:
        with opened(path) as handle, zipfile.ZipFile(handle) as package:
            mimetype = package.read("mimetype")[:200].decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, zlib.error, RuntimeError):
        raise UnreadableDocument(f"{ref}: corrupt: the zip package is damaged") from None
    return "epub" if mimetype == _BOOK else MIMETYPES.get(mimetype.removesuffix("-template"), "")


_PICTURES = {
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpg",
    b"II*\x00": "tif",
    b"MM\x00*": "tif",
}


def _picture(head: bytes) -> str:
    """Which picture the first bytes of a file begin, or nothing."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return "bmp"
    return next((name for mark, name in _PICTURES.items() if head.startswith(mark)), "")


def _pdf(path: str, ref: str) -> str:
    """Scanners and mail gateways put some bytes before the header."""
    with opened(path) as handle:
        if b"%PDF-" not in handle.read(1024):
            raise UnreadableDocument(f"{ref}: corrupt: not a PDF")
    return "pdf"


def _ole(path: str, ref: str) -> str:
    from deid.formats.legacy import is_mail, kind_of

    if "EncryptedPackage".encode("utf-16-le") in bytes_of(path):
        raise EncryptedDocument(
            f"{ref}: encrypted: it needs a password",
            hint="put it into a file for --passwords, a password a line",
        )
    try:
        kind = kind_of(path)
        if kind is None and is_mail(path):
            return "msg"
    except (OSError, ValueError, IndexError):  # of a parser of broken files
        raise UnreadableDocument(f"{ref}: corrupt: the Office file is damaged") from None
    if kind is None:
        raise UnsupportedDocument(f"{ref}: a file of a program (OLE) that deid does not handle")
    return {"docx": "doc", "xlsx": "xls", "pptx": "ppt"}[kind.target]


def _text(path: str, name: str, ref: str) -> str:
    from deid.formats.delimited import looks_delimited

    encoding = detect_encoding(path, ref)
    with open_text(path, encoding) as handle:
        sample = handle.read(_SAMPLE)
        if kind := medical(sample):
            raise _unsupported(ref, kind)
        if _MAIL.match(sample):
            return "eml"
        if name in ("txt", "html", "xml", "svg") and (kind := _markup(sample, name)):
            return kind
        if name in ("json", "jsonl") or (name == "txt" and sample.lstrip()[:1] in ("{", "[")):
            return _json(sample + (handle.read() if name == "txt" else ""), name)
    if name == "txt" and looks_delimited(sample):
        return "csv"
    return name


def _exported(path: str, ref: str) -> str:
    """What a text is that is called as a file of Office; nothing for what is no text."""
    try:
        name = _text(path, "txt", ref)
    except UnsupportedDocument:
        raise
    except UnreadableDocument:
        return ""
    if name == "txt":
        with open_text(path, detect_encoding(path, ref)) as handle:
            return "html" if _TAG.match(handle.read(_SAMPLE)) else name
    return name


def _markup(sample: str, name: str) -> str:
    """The kind of markup, or nothing for plain text; pages of XML are often called .html, or .txt."""
    if flat := _FLAT.search(sample[:8192]):
        from deid.formats.odf.vocabulary import MIMETYPES

        return "f" + MIMETYPES[flat[1].removesuffix("-template")]
    if _XML.match(sample):
        return "svg" if _SVG.search(sample) and "<html" not in sample else "xml"
    if name != "txt" and not (name == "html" and sample.lstrip()[:1] in "{["):
        return name
    return "html" if _HTML.match(sample) else ""


def _json(sample: str, name: str) -> str:
    """JSON Lines are often called .json, one text over many lines .jsonl, and either may be called .txt."""
    first, _, rest = sample.strip().partition("\n")
    alone = _loads(first)
    if name == "txt":
        if _loads(sample):
            return "json"
        return "jsonl" if alone and (_loads(rest.strip().partition("\n")[0]) or not rest) else "txt"
    if name == "json":
        return "jsonl" if alone and rest.strip() else "json"
    return "json" if first[:1] in ("{", "[") and rest and not alone else name


def _loads(text: str) -> bool:
    try:
        return isinstance(json.loads(text), (dict, list))
    except (ValueError, RecursionError):
        return False
