"""What the codes of a PDF font mean and how far they advance (ISO 32000-1, 9.6 to 9.10).

Character maps, encodings and the metrics of the standard fonts are pdfminer's; what it leaves
out is here: how many bytes a code has, maps from codes (not CIDs) to text, embedded maps.
"""

from __future__ import annotations

import io
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont, TTLibError
from pdfminer.cmapdb import CMap, CMapDB, CMapError, CMapParser, FileCMap, FileUnicodeMap
from pdfminer.encodingdb import EncodingDB, name2unicode
from pdfminer.fontmetrics import FONT_METRICS
from pdfminer.pdffont import Type1FontHeaderParser, get_widths, get_widths2
from pdfminer.psparser import LIT, PSEOF
from pdfminer.utils import choplist

from deid.formats.pdf.names import font_in_gbk, spelled
from deid.normalize import RADICALS_WITHOUT_NFKC

UNKNOWN = "\ufffd"
"""Stands in a text for a glyph of which the file does not say what it means."""
UNKNOWN_HAN = "㛃"
"""The same where it can only be a Chinese character, which are rare ones in names: one that stands in no dictionary."""

PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
"""Keys of a descriptor under which the program of a font stands."""
_CHINESE = frozenset(
    """SimSun NSimSun SimHei KaiTi KaiTi_GB2312 FangSong FangSong_GB2312 MicrosoftYaHei DengXian""".split()
)
_MOST_MAP = 8 << 20  # bytes
_FOLDED = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFB00, 0xFB06), (0x2F800, 0x2FA1F))
# What pdfminer stumbles over in fonts that are damaged, or of a kind that it does not know.
DAMAGED = (
    pikepdf.PdfError,
    TTLibError,
    CMapError,
    PSEOF,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    OverflowError,
    struct.error,
)


_CODECS = {"UCS2": "utf-16-be", "UTF16": "utf-16-be", "UTF32": "utf-32-be"}
_SIZES = {"utf-16-be": 2, "utf-32-be": 4}


class Code(NamedTuple):
    """One code of a string: its bytes, what it means, how far it advances at size 1."""

    data: bytes
    text: str
    advance: float


class Font:
    """Decodes strings that are shown with it. `advance` of a vertical font is negative, along y."""

    def __init__(self, spec: pikepdf.Object) -> None:
        self.spec = spec
        self.kind = str(spec.get("/Subtype", "/Type1"))
        self.vertical = False
        self.scale = 1.0
        self._gbk = False
        self._codec = ""
        self._texts = _to_unicode(spec)
        self._codes: dict[bytes, Code] = {}
        if self.kind == "/Type0":
            self._composite(spec)
        else:
            self._simple(spec)

    def decode(self, data: bytes) -> Iterator[Code]:
        """The codes of a string, in order; none of its bytes is left out."""
        for code in self._split(data):
            known = self._codes.get(code)
            if known is None:
                known = self._codes[code] = Code(code, self._text(code), self._advance(code))
            yield known

    def text_of(self, code: bytes) -> str:
        """What a code means; UNKNOWN where nothing says it."""
        return next(iter(self.decode(code))).text if code else ""

    def mapped(self, code: bytes) -> str:
        """What the font's own map says that a code means, as it is read, or nothing."""
        return _folded(self._texts.get(int.from_bytes(code, "big"), ""))

    def widths(self, cids: Iterable[int]) -> Iterator[tuple[int, float]]:
        """The widths of CIDs, in thousandths, where they are not the default."""
        return ((cid, self._widths[cid]) for cid in cids if cid in self._widths)

    # --- simple fonts: a byte, a glyph -----------------------------------------------------

    def _simple(self, spec: pikepdf.Object) -> None:
        self._cmap: Any = None
        descriptor = spec.get("/FontDescriptor", pikepdf.Dictionary())
        self._by_code: Mapping[int, str] = _encoding(spec, descriptor)
        first = int(spec.get("/FirstChar", 0))
        widths = [_number(width) for width in spec.get("/Widths", [])]
        self._widths: dict[Any, float] = {first + index: width for index, width in enumerate(widths)}
        self._default = _number(descriptor.get("/MissingWidth", 0))
        unit = 0.001
        name = spelled(spec.BaseFont)[1:] if isinstance(spec.get("/BaseFont"), pikepdf.Name) else ""
        # Old programs write GBK with a font of the system as if it were Latin.
        self._gbk = (font_in_gbk("/" + name) or name.partition(",")[0]) in _CHINESE and not any(
            key in descriptor for key in PROGRAMS
        )
        if not widths and name in FONT_METRICS:
            metrics = FONT_METRICS[name][1]
            self._widths = {
                code: float(metrics[text]) for code, text in self._by_code.items() if text in metrics
            }
        if self.kind == "/Type3":
            matrix = [_number(value) for value in spec.get("/FontMatrix", [0.001, 0, 0, 0.001, 0, 0])]
            unit = matrix[0]
            self.scale = abs(matrix[3] or matrix[0]) * _em(spec, matrix)
        self._unit = unit

    # --- composite fonts -------------------------------------------------------------------

    def _composite(self, spec: pikepdf.Object) -> None:
        inner = spec.DescendantFonts[0]
        encoding = spec.get("/Encoding", pikepdf.Name("/Identity-H"))
        self._cmap = _cmap(encoding)
        self._codec = _codec(encoding)
        self.vertical = bool(self._cmap.is_vertical())
        self._by_code = _by_cid(spec, inner, self.vertical)
        if self.vertical:
            both = get_widths2(plain_numbers(inner.get("/W2", [])))
            self._widths = {cid: width for cid, (width, _) in both.items()}
            self._default = _number(inner.get("/DW2", [880, -1000])[1])
        else:
            self._widths = dict(get_widths(plain_numbers(inner.get("/W", []))))
            self._default = _number(inner.get("/DW", 1000))
        self._unit = 0.001

    def cid_of(self, code: bytes) -> int:
        """The number of the glyph: a CID, or the code of a simple font."""
        if not isinstance(self._cmap, CMap):
            return int.from_bytes(code, "big")
        place: Any = self._cmap.code2cid
        for byte in code:
            place = place.get(byte) if isinstance(place, dict) else None
        return place if isinstance(place, int) else 0

    # --- both ------------------------------------------------------------------------------

    def _split(self, data: bytes) -> Iterator[bytes]:
        if self._gbk:
            yield from _split_gbk(data)
        elif self._codec:
            yield from _split_unicode(data, self._codec)
        elif self._cmap is None:
            yield from (data[index : index + 1] for index in range(len(data)))
        elif isinstance(self._cmap, CMap):
            yield from _split_by(self._cmap.code2cid, data)
        else:
            length = 1 if "Byte" in type(self._cmap).__name__ else 2
            yield from (data[index : index + length] for index in range(0, len(data), length))

    def _text(self, code: bytes) -> str:
        if self._gbk and len(code) == 2:
            return code.decode("gb18030", "replace")
        found = self._texts.get(int.from_bytes(code, "big"))
        if not found or found == "\0":
            in_unicode = code.decode(self._codec, "replace") if self._codec else ""
            found = in_unicode or self._by_code.get(self.cid_of(code), "")
        found = found.replace("\0", "")
        if not found or found in (UNKNOWN, "\ufffe") or unicodedata.category(found[0]) == "Co":
            return UNKNOWN
        return _folded(found)

    def _advance(self, code: bytes) -> float:
        if self._gbk:
            return sum(self._widths.get(byte, self._default) for byte in code) * self._unit
        return self._widths.get(self.cid_of(code), self._default) * self._unit


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Radicals, compatibility ideographs and ligatures as ordinary characters: Chromium writes ⾝ for 身."""
    return "".join(
        RADICALS_WITHOUT_NFKC.get(ord(c)) or unicodedata.normalize("NFKC", c)
        if any(a <= ord(c) <= b for a, b in _FOLDED)
        else c
        for c in text
    )


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def plain_numbers(values: Any) -> list[Any]:
    """An array with its inner arrays, as Python's."""
    return [plain_numbers(v) if isinstance(v, pikepdf.Array) else _int_or_float(v) for v in values]


def _int_or_float(value: Any) -> int | float:
    number = _number(value)
    return int(number) if number == int(number) else number


def _em(spec: pikepdf.Object, matrix: list[float]) -> float:
    """How high the glyphs of a Type 3 font are, in its own units: a stand-in is drawn as large."""
    box = [_number(value) for value in spec.get("/FontBBox", [])]
    height = abs(box[3] - box[1]) if len(box) == 4 else 0.0
    unit = 1 / abs(matrix[3] or matrix[0] or 1)
    return min(height, unit) if height else unit


def _split_gbk(data: bytes) -> Iterator[bytes]:
    index = 0
    while index < len(data):
        size = 2 if 0x81 <= data[index] <= 0xFE and index + 1 < len(data) and data[index + 1] >= 0x40 else 1
        yield data[index : index + size]
        index += size


def _split_unicode(data: bytes, codec: str) -> Iterator[bytes]:
    """Codes of UCS-2, or of UTF-16 with its pairs: also of characters that no map has."""
    index = 0
    while index < len(data):
        is_pair = codec == "utf-16-be" and data[index] & 0xFC == 0xD8
        size = 4 if is_pair else _SIZES[codec]
        yield data[index : index + size]
        index += size


def _split_by(codes: Mapping[int, Any], data: bytes) -> Iterator[bytes]:
    start, place = 0, codes
    for index, byte in enumerate(data):
        found = place.get(byte)
        if isinstance(found, dict):
            place = found
            continue
        if found is None and index > start:  # the rest of a code that the map does not have
            found = 0
        yield data[start : index + 1]
        start, place = index + 1, codes
    if start < len(data):
        yield data[start:]


def _to_unicode(spec: pikepdf.Object) -> dict[int, str]:
    stream = spec.get("/ToUnicode")
    if not isinstance(stream, pikepdf.Stream):
        return {}
    found = FileUnicodeMap()
    try:
        CMapParser(found, io.BytesIO(stream.read_bytes()[:_MOST_MAP])).run()
    except DAMAGED:
        return {}
    texts: dict[int, str] = found.cid2unichr
    return texts


class _CodeMapParser(CMapParser):  # type: ignore[misc]  # pdfminer's is not typed
    """pdfminer's takes code and CID of `begincidchar` for one another, and loses both, as it does those of
    `begincidrange`, which Ghostscript writes."""

    def do_keyword(self, pos: int, token: Any) -> None:
        if token is self.KEYWORD_ENDCIDCHAR and isinstance(self.cmap, FileCMap):
            for code, cid in choplist(2, [value for _, value in self.popall()]):
                if isinstance(code, bytes) and isinstance(cid, int):
                    self.cmap.add_code2cid(code.decode("latin-1"), cid)
        elif token is self.KEYWORD_ENDCIDRANGE and isinstance(self.cmap, FileCMap):
            for first, last, cid in choplist(3, [value for _, value in self.popall()]):
                if isinstance(first, bytes) and isinstance(last, bytes) and isinstance(cid, int):
                    self._range(first, last, cid)
        else:
            super().do_keyword(pos, token)

    def _range(self, first: bytes, last: bytes, cid: int) -> None:
        start, size = int.from_bytes(first, "big"), len(first)
        end = min(int.from_bytes(last, "big"), start + 0xFFFF, (1 << 8 * size) - 1)
        for code in range(start, end + 1):
            self.cmap.add_code2cid(code.to_bytes(size, "big").decode("latin-1"), cid + code - start)


def _cmap(encoding: pikepdf.Object) -> Any:
    if isinstance(encoding, pikepdf.Stream):
        found = FileCMap()
        if encoding.get("/WMode", 0) == 1:
            found.attrs["WMode"] = 1
        if isinstance(used := encoding.get("/UseCMap"), pikepdf.Name):
            found.use_cmap(CMapDB.get_cmap(str(used)[1:]))
        _CodeMapParser(found, io.BytesIO(encoding.read_bytes()[:_MOST_MAP])).run()
        return found
    name = {"DLIdent-H": "Identity-H", "DLIdent-V": "Identity-V"}.get(str(encoding)[1:], str(encoding)[1:])
    return CMapDB.get_cmap(name)


def _codec(encoding: pikepdf.Object) -> str:
    """How the codes of a font are characters, by the name of its map (ISO 32000-2, table 116: UniGB-UCS2-H); '' where they are none."""
    name = str(encoding)[1:] if isinstance(encoding, pikepdf.Name) else ""
    return next(
        (codec for form, codec in _CODECS.items() if name.startswith("Uni") and f"-{form}-" in name), ""
    )


def _encoding(spec: pikepdf.Object, descriptor: pikepdf.Object) -> dict[int, str]:
    """Code → text by the names of glyphs."""
    base, differences = None, []
    encoding = spec.get("/Encoding")
    if isinstance(encoding, pikepdf.Name):
        base = str(encoding)[1:]
    elif isinstance(encoding, pikepdf.Dictionary):
        base = str(encoding.BaseEncoding)[1:] if "/BaseEncoding" in encoding else None
        differences = [
            LIT(spelled(item)[1:]) if isinstance(item, pikepdf.Name) else int(item)
            for item in encoding.get("/Differences", [])
        ]
    known = dict(
        EncodingDB.get_encoding(
            base or ("WinAnsiEncoding" if spec.get("/Subtype") == "/TrueType" else "StandardEncoding")
        )
    )
    if base is None:
        known.update(_built_in(descriptor))
    if differences:
        known.update(_differences(differences))
    return known


def _differences(items: list[Any]) -> dict[int, str]:
    found, code = {}, 0
    for item in items:
        if isinstance(item, int):
            code = item
            continue
        try:
            found[code] = name2unicode(item.name)
        except (KeyError, ValueError):
            found[code] = ""
        code += 1
    return found


def _built_in(descriptor: pikepdf.Object) -> dict[int, str]:
    """The encoding that stands in an embedded Type 1 font."""
    try:
        if isinstance(program := descriptor.get("/FontFile"), pikepdf.Stream):
            header = program.read_bytes()[: int(program.get("/Length1", 1 << 16))]
            return {k: v for k, v in Type1FontHeaderParser(io.BytesIO(header)).get_encoding().items() if v}
        if isinstance(program := descriptor.get("/FontFile3"), pikepdf.Stream):
            fonts = CFFFontSet()
            fonts.decompile(io.BytesIO(program.read_bytes()), None)
            encoding = fonts[0].Encoding
            names = encoding if isinstance(encoding, list) else []
            return {
                code: text
                for code, name in enumerate(names)
                if name != ".notdef" and (text := _named(name)) is not None
            }
    except DAMAGED:
        pass
    return {}


def _named(name: str) -> str | None:
    try:
        text: str = name2unicode(name)
    except (KeyError, ValueError):
        return None
    return text


def _by_cid(spec: pikepdf.Object, inner: pikepdf.Object, vertical: bool) -> Mapping[int, str]:
    """CID → text where no map of the font says it."""
    info = inner.get("/CIDSystemInfo", pikepdf.Dictionary())
    collection = f"{str(info.get('/Registry', '')).strip()}-{str(info.get('/Ordering', '')).strip()}"
    try:
        if collection not in ("Adobe-Identity", "Adobe-UCS", "-"):
            return CMapDB.get_unicode_map(collection, vertical).cid2unichr  # type: ignore[no-any-return]
    except CMapDB.CMapNotFound:
        pass
    descriptor = inner.get("/FontDescriptor", pikepdf.Dictionary())
    for key in ("/FontFile2", "/FontFile3"):
        if isinstance(program := descriptor.get(key), pikepdf.Stream) and not _to_unicode(spec):
            try:
                font = TTFont(io.BytesIO(program.read_bytes()), lazy=True)
                return {font.getGlyphID(name): chr(code) for code, name in font.getBestCmap().items()}
            except DAMAGED:
                return {}
    return {}
