"""Names of output files and folders: legal on every system, and no two alike.

The tree is mirrored with every name de-identified. Two sources whose names become one get
`_2`, `_3` …, also where they differ in case only, since Windows and macOS take those for
one file. Names that were published before are kept as long as they still fit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from deid.formats.files import suffix_of, written_suffix
from deid.formats.sniffing import PLAIN_TEXTS

_FORBIDDEN = re.compile(r'[<>:"/\\|?\x00-\x1f\x7f\ud800-\udfff]')
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE
)
_EXTENSIONS = {
    *PLAIN_TEXTS,
    *("md", "markdown", "csv", "tsv", "tab", "json", "jsonl", "ndjson"),
    *("docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "xltx", "xltm", "xlsb", "pdf", "rtf", "mht", "mhtml"),
    *(
        "pptx",
        "pptm",
        "ppsx",
        "ppsm",
        "potx",
        "potm",
        "doc",
        "dot",
        "wps",
        "wpt",
        "xls",
        "xlt",
        "et",
        "ett",
        "ppt",
        "pps",
        "pot",
        "dps",
        "dpt",
    ),
    *(
        "html",
        "htm",
        "xhtml",
        "xml",
        "svg",
        "css",
        "eml",
        "mbox",
        "msg",
        "vcf",
        "ics",
        "zip",
        "epub",
        "tar",
        "tgz",
        "tbz2",
        "txz",
        "gz",
        "bz2",
        "xz",
    ),
    *("parquet", "sql", "sqlite", "sqlite3", "db", "db3", "s3db"),
    *("odt", "ott", "ods", "ots", "odp", "otp", "odg", "otg", "oth", "odm", "fodt", "fods", "fodp", "fodg"),
    *("png", "jpg", "jpeg", "tif", "tiff", "webp", "bmp"),
}
_PACKINGS = {"gz", "bz2", "xz"}
_LONGEST = 200
"""Bytes in UTF-8: systems allow 255, and a number and a temporary name must fit as well."""


def safe_name(stem: str, extension: str = "") -> str:
    """`stem + extension` as every system accepts it.

    >>> safe_name("随访: 张*/2023?", ".xlsx")
    '随访_ 张＊_2023_.xlsx'
    >>> safe_name("con", ".txt"), safe_name(" .. ")
    ('_con.txt', '_')
    """
    stem = unicodedata.normalize("NFC", stem).replace("*", "＊")
    stem = _FORBIDDEN.sub("_", stem).lstrip().rstrip(" ." if not extension else " ")
    if stem in ("", ".", ".."):
        stem = "_"
    while len((stem + extension).encode()) > _LONGEST and len(stem) > 1:
        stem = stem[:-1]
    name = stem + extension
    return "_" + name if _RESERVED.fullmatch(name) else name


def split_extension(name: str, format: str) -> tuple[str, str]:
    """Stem and extension. A name without a usual one is all stem, and gets that of its format.

    >>> split_extension("病历.DOCX", "docx"), split_extension("李四.王五", "txt")
    (('病历', '.DOCX'), ('李四.王五', '.txt'))
    >>> split_extension("病历.doc", "docx")  # it was converted
    ('病历', '.docx')
    >>> split_extension("病历.doc.gz", "docx.gz")
    ('病历', '.docx.gz')
    """
    stem, dot, ending = name.rpartition(".")
    if not stem or ending.lower() not in _EXTENSIONS:
        return name, "." + format.rpartition(".")[2]
    if ending.lower() in _PACKINGS:
        inside, _, of_inside = stem.rpartition(".")
        if inside and of_inside.lower() in _EXTENSIONS:
            stem, ending = inside, of_inside + dot + ending
    return stem, written_suffix(dot + ending, format)


@dataclass
class NamePlan:
    """Gives every source path its output path. `previous` maps source to output, folders included."""

    previous: Mapping[str, str] = field(default_factory=dict)
    assigned: dict[str, str] = field(default_factory=dict)
    _taken: dict[str, set[str]] = field(default_factory=dict)

    def plan(self, names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        """Source → output, given the new names of all parts of each source path, in order of number."""
        for output in self.previous.values():
            self._take(output)
        deepest = max(map(len, names.values()), default=0)
        for depth in range(1, deepest + 1):
            level: dict[str, str] = {}
            for source, new in names.items():
                if len(new) >= depth:
                    level["/".join(source.split("/")[:depth])] = new[depth - 1]
            for source, name in level.items():
                self.assigned[source] = self._output(source, name)
        return {source: self.assigned[source] for source in names}

    def _output(self, source: str, name: str) -> str:
        parent = self.assigned.get(source.rpartition("/")[0], "")
        prefix = parent + "/" if parent else ""
        before = self.previous.get(source)
        if (
            before is not None
            and before.startswith(prefix)
            and _numbered(name).fullmatch(before[len(prefix) :])
        ):
            return before
        stem, ending = _split(name)
        count, candidate = 1, name
        while _folded(candidate) in self._taken.setdefault(_folded(parent), set()):
            count += 1
            candidate = f"{stem}_{count}{ending}"
        self._take(prefix + candidate)
        return prefix + candidate

    def _take(self, output: str) -> None:
        parent, _, name = output.rpartition("/")
        self._taken.setdefault(_folded(parent), set()).add(_folded(name))


def _split(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    if not stem:
        return name, ""
    if ending.lower() in _PACKINGS and (inside := suffix_of(stem)) != stem:
        stem, ending = stem.removesuffix(inside), inside[1:] + dot + ending if inside else ending
    return stem, dot + ending


def _numbered(name: str) -> re.Pattern[str]:
    stem, ending = _split(name)
    return re.compile(f"{re.escape(stem)}(?:_[0-9]+)?{re.escape(ending)}")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
