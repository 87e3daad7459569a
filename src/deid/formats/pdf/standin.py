"""Stand-ins as text of a PDF: a subset of a Chinese font, embedded (ISO 32000-1, 9.7 and 9.9)."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from deid.formats.lettering import chinese_font

RESOURCE = "/DeidText"
"""What the font is called in the resources of a stream."""

_HALF = {
    "〔": (0.5, 0.0),
    "【": (0.5, 0.0),
    "（": (0.5, 0.0),
    "〕": (0.0, 0.5),
    "】": (0.0, 0.5),
    "）": (0.0, 0.5),
}
"""Brackets are half empty: how much of that is taken back before and behind them, in ems."""


class StandInFont:
    """One font for a document; made when the first stand-in is drawn, embedded with what was used."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.object = pdf.make_indirect(Dictionary(Type=Name.Font))
        self._pdf = pdf
        self._used: dict[str, int] = {}
        self._file = chinese_font()
        self._font: Any = None
        if self._file is not None:
            self._font = self._file.opened()
            self._cmap = self._font.getBestCmap()
            self._unit = self._font["head"].unitsPerEm
            self._is_cid = "CFF " in self._font and hasattr(self._font["CFF "].cff[0], "ROS")

    def items(self, text: str) -> Array:
        """The operand of TJ that shows `text`."""
        items: list[Any] = []
        for character in text:
            before, behind = _HALF.get(character, (0.0, 0.0))
            if before:
                items.append(round(before * 1000))
            items.append(pikepdf.String(self.code(character)))
            if behind:
                items.append(round(behind * 1000))
        return Array(items)

    def code(self, character: str) -> bytes:
        """What stands for a character in strings."""
        if self._font is None:
            self._used[character] = 0
            return character.encode("utf-16-be")
        name = self._cmap.get(ord(character))
        if name is None:
            character, name = "?", self._cmap[ord("?")]
        number = int(name[3:]) if self._is_cid and name[:3] == "cid" else self._font.getGlyphID(name)
        self._used[character] = number
        return number.to_bytes(2, "big")

    def width(self, text: str) -> float:
        """In ems."""
        return sum(self._advance(character) - sum(_HALF.get(character, (0.0, 0.0))) for character in text)

    def advance(self, text: str) -> float:
        """In ems, as `code` shows it."""
        return sum(map(self._advance, text))

    def _advance(self, character: str) -> float:
        if self._font is None:
            return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5
        name = self._cmap.get(ord(character)) or self._cmap[ord("?")]
        width: float = self._font["hmtx"][name][0] / self._unit
        return width

    def embed(self) -> None:
        """Fill the font object with what was used."""
        if not self._used:
            return
        inner = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType0,
            BaseFont=Name("/AAAAAA+DeidStandIn"),
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            DW=1000,
        )
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=inner.BaseFont,
            Flags=4,
            FontBBox=[-50, -250, 1050, 950],
            ItalicAngle=0,
            Ascent=880,
            Descent=-120,
            CapHeight=733,
            StemV=80,
        )
        encoding = Name("/Identity-H")
        if self._font is None:
            inner.BaseFont = descriptor.FontName = Name("/STSong-Light")
            inner.CIDSystemInfo = Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=5)
            inner.W = [1, 95, 500]
            encoding = Name("/UniGB-UTF16-H")
        else:
            self._program(inner, descriptor)
            inner.W = [
                item
                for c, n in sorted(self._used.items(), key=lambda pair: pair[1])
                for item in (n, n, round(self._advance(c) * 1000))
            ]
        inner.FontDescriptor = self._pdf.make_indirect(descriptor)
        codes = {self.code(character): character for character in list(self._used)}
        for key, value in {
            "/Subtype": Name.Type0,
            "/BaseFont": inner.BaseFont,
            "/Encoding": encoding,
            "/DescendantFonts": Array([self._pdf.make_indirect(inner)]),
            "/ToUnicode": self._pdf.make_stream(to_unicode(codes)),
        }.items():
            self.object[key] = value

    def _program(self, inner: Dictionary, descriptor: Dictionary) -> None:
        options = subset.Options(
            name_IDs=[], glyph_names=False, layout_features=[], hinting=False, desubroutinize=True,
            notdef_outline=True, retain_gids=not self._is_cid,
        )  # fmt: skip
        options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG"]
        assert self._file is not None
        font = self._file.opened()
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[ord(character) for character in self._used])
        cutter.subset(font)
        whole = io.BytesIO()
        font.save(whole)
        if "CFF " in font:
            if self._is_cid:
                program = TTFont(io.BytesIO(whole.getvalue())).getTableData("CFF ")
                descriptor.FontFile3 = self._pdf.make_stream(program, Subtype=Name.CIDFontType0C)
            else:
                descriptor.FontFile3 = self._pdf.make_stream(whole.getvalue(), Subtype=Name.OpenType)
        else:
            inner.Subtype = Name.CIDFontType2
            inner.CIDToGIDMap = Name.Identity
            descriptor.FontFile2 = self._pdf.make_stream(whole.getvalue(), Length1=len(whole.getvalue()))


def to_unicode(codes: Mapping[bytes, str]) -> bytes:
    """A map from codes to text (9.10.3), in order of code."""
    lines = [
        f"<{code.hex()}> <{text.encode('utf-16-be', 'replace').hex()}>"
        for code, text in sorted(codes.items())
    ]
    return _cmap(codes, "bfchar", lines, "Adobe-Identity-UCS", 2)


def code_map(codes: Mapping[bytes, int]) -> bytes:
    """A map from codes to CIDs (9.7.5.4), in order of code."""
    return _cmap(
        codes, "cidchar", [f"<{code.hex()}> {cid}" for code, cid in sorted(codes.items())], "Deid", 1
    )


def _cmap(codes: Iterable[bytes], kind: str, lines: list[str], name: str, number: int) -> bytes:
    parts = (lines[index : index + 100] for index in range(0, len(lines), 100))
    body = "".join(f"{len(part)} begin{kind}\n" + "\n".join(part) + f"\nend{kind}\n" for part in parts)
    sizes = sorted({len(code) for code in codes}) or [2]
    spaces = "\n".join(f"<{'00' * size}> <{'ff' * size}>" for size in sizes)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType {number} def\n"
        f"{len(sizes)} begincodespacerange\n{spaces}\nendcodespacerange\n"
        f"{body}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
