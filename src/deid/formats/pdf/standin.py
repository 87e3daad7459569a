"""Stand-ins as text of a PDF: a subset of a Chinese font, embedded (ISO 32000-1, 9.7 and 9.9)."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

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


class _Letters(NamedTuple):
    """What of the font is asked for again and again: numbers of glyphs by character, and widths that are not 1 em."""

    glyphs: dict[str, int]
    widths: dict[str, float]
    is_cid: bool


@cache
def letters() -> _Letters | None:
    """None without a font. It takes 30 MB, and is not kept."""
    file = chinese_font()
    if file is None:
        return None
    font = file.opened()
    names, unit, metrics = font.getBestCmap(), font["head"].unitsPerEm, font["hmtx"].metrics
    is_cid = "CFF " in font and hasattr(font["CFF "].cff[0], "ROS")
    glyphs = {
        chr(code): int(name[3:]) if is_cid and name[:3] == "cid" else font.getGlyphID(name)
        for code, name in names.items()
    }
    widths = {chr(code): width / unit for code, name in names.items() if (width := metrics[name][0]) != unit}
    _forget(font)
    return _Letters(glyphs, widths, is_cid)


def _forget(font: TTFont) -> None:
    """Have no cycle hold what was read of a font."""
    font.tables.clear()
    font.close()


class StandInFont:
    """One font for a document; made when the first stand-in is drawn, embedded with what was used."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.object = pdf.make_indirect(Dictionary(Type=Name.Font))
        self._pdf = pdf
        self._used: dict[str, int] = {}
        self._letters = letters()

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
        if self._letters is None:
            self._used[character] = 0
            return character.encode("utf-16-be")
        if character not in self._letters.glyphs:
            character = "?"
        number = self._used[character] = self._letters.glyphs[character]
        return number.to_bytes(2, "big")

    def width(self, text: str) -> float:
        """In ems."""
        return sum(self._advance(character) - sum(_HALF.get(character, (0.0, 0.0))) for character in text)

    def advance(self, text: str) -> float:
        """In ems, as `code` shows it."""
        return sum(map(self._advance, text))

    def _advance(self, character: str) -> float:
        if self._letters is None:
            return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5
        return self._letters.widths.get(character if character in self._letters.glyphs else "?", 1.0)

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
        if self._letters is None:
            inner.BaseFont = descriptor.FontName = Name("/STSong-Light")
            inner.CIDSystemInfo = Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=5)
            inner.W = [1, 95, 500]
            encoding = Name("/UniGB-UTF16-H")
        else:
            self._program(inner, descriptor, self._letters.is_cid)
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

    def _program(self, inner: Dictionary, descriptor: Dictionary, is_cid: bool) -> None:
        options = subset.Options(
            name_IDs=[], glyph_names=False, layout_features=[], hinting=False, desubroutinize=True,
            notdef_outline=True, retain_gids=not is_cid,
        )  # fmt: skip
        options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG"]
        file = chinese_font()
        assert file is not None
        font = file.opened()
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[ord(character) for character in self._used])
        cutter.subset(font)
        whole = io.BytesIO()
        font.save(whole)
        is_cff = "CFF " in font
        _forget(font)
        if not is_cff:
            inner.Subtype = Name.CIDFontType2
            inner.CIDToGIDMap = Name.Identity
            descriptor.FontFile2 = self._pdf.make_stream(whole.getvalue(), Length1=len(whole.getvalue()))
        elif is_cid:
            program = TTFont(io.BytesIO(whole.getvalue())).getTableData("CFF ")
            descriptor.FontFile3 = self._pdf.make_stream(program, Subtype=Name.CIDFontType0C)
        else:
            descriptor.FontFile3 = self._pdf.make_stream(whole.getvalue(), Subtype=Name.OpenType)


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
