"""Files on disk, and files within files, which are in memory only.

Nothing of an original may stand on a disk in clear text where a killed run would leave it: not in
a temporary folder either. So a member of an archive, an attachment and a decrypted document is a
`Held`, a path whose file is nowhere but in memory, and whoever opens a path does it here: `opened`,
`created` or, for a library that keeps its file open, `source`. A program that reads nothing but
files (LibreOffice) gets them in a private folder that is gone when the process is (`workplace`).
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

_SUFFIX = re.compile(r"(?:\.[A-Za-z0-9]{1,6}(?=\.(?:gz|bz2|xz)$))?\.[A-Za-z0-9]{1,6}$", re.IGNORECASE)


def suffix_of(name: str) -> str:
    """What tells the kind of a file, and of the file that is packed in it, or nothing.

    >>> suffix_of("病历.CSV"), suffix_of("病历.csv.gz"), suffix_of("李四.王五")
    ('.CSV', '.csv.gz', '')
    """
    match = _SUFFIX.search(name)
    return match[0] if match else ""


_OFFICE = frozenset(
    """
    .doc .dot .wps .wpt .xls .xlt .et .ett .ppt .pps .pot .dps .dpt
    .txt .text .csv .tsv .tab .htm .html .xml .rtf
    """.split()
)
_CONVERTED = {**dict.fromkeys(("docx", "xlsx", "pptx"), _OFFICE), "eml": frozenset({".msg"})}
"""Format → suffixes of older ones; some programs call a table .doc, or all that they export .csv or .txt."""


def written_suffix(suffix: str, format: str) -> str:
    """The suffix of an output, which is another one where the file, or what is packed in it, was converted.

    >>> written_suffix(".doc", "docx"), written_suffix(".txt", "xlsx"), written_suffix(".DOC", "rtf")
    ('.docx', '.xlsx', '.DOC')
    >>> written_suffix(".csv.gz", "xlsx.gz")
    '.xlsx.gz'
    """
    packed, _, _ = format.rpartition(".")
    if packed:
        inside, dot, last = suffix.rpartition(".")
        return written_suffix(inside, packed) + dot + last
    return f".{format}" if suffix.lower() in _CONVERTED.get(format, ()) else suffix


class Held(str):
    """The name of a file that is in memory only. Its suffix is all that it says."""

    content: bytes

    def __new__(cls, content: bytes = b"", suffix: str = "") -> Held:
        """`suffix` is that of a name that others gave."""
        held = super().__new__(cls, "held" + suffix_of(suffix).lower())
        held.content = content
        return held


class _Kept(BytesIO):
    """What is written into it is the content of `held` once it is closed."""

    def __init__(self, held: Held) -> None:
        super().__init__()
        self._held = held

    def close(self) -> None:
        if not self.closed:
            self._held.content = self.getvalue()
        super().close()


def opened(path: str) -> BinaryIO:
    """A file to read from."""
    return BytesIO(path.content) if isinstance(path, Held) else Path(path).open("rb")


def created(path: str) -> BinaryIO:
    """A new file to write to, and to read again as TIFF is; one that is in memory is complete when it is closed."""
    return _Kept(path) if isinstance(path, Held) else Path(path).open("w+b")


def source(path: str) -> str | BytesIO:
    """What a library takes that opens its file itself, and closes it."""
    return BytesIO(path.content) if isinstance(path, Held) else path


def bytes_of(path: str) -> bytes:
    """The whole file."""
    return path.content if isinstance(path, Held) else Path(path).read_bytes()
