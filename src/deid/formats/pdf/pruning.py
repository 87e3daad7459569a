"""Fonts without what is not shown any more.

A subset that was made for a text spells it: its map to Unicode and its outlines stand in the order
in which the characters came. So maps, names, widths and outlines of codes that no string uses go;
numbers of glyphs stay, because the strings use them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from pdfminer.pdffont import get_widths2
from pikepdf import Array, Dictionary, Name, Stream
from PIL import ImageFont

from deid.formats.pdf.fonts import DAMAGED, PROGRAMS, UNKNOWN, Font, plain_numbers
from deid.formats.pdf.names import spelled
from deid.formats.pdf.standin import code_map, to_unicode
from deid.formats.pdf.type1 import without_texts

_LETTER = re.compile("/[A-Za-z]")
_USUAL = [0.001, 0, 0, 0.001, 0, 0]
"""The matrix of a font program where it says none."""


def prune(pdf: pikepdf.Pdf, font: Font, used: Collection[bytes]) -> bool:
    """Leave in a font only what the `used` codes need; False when its program cannot be pruned.

    What no viewer can draw with is no program: it goes.
    """
    spec = font.spec
    _part(pdf, spec)
    _drop_others(spec)
    loses_names = font.kind == "/Type3"
    says = font.text_of if loses_names else font.mapped
    texts = {code: text for code in used if (text := says(code).strip(UNKNOWN))}
    if loses_names or isinstance(spec.get("/ToUnicode"), Stream):
        if texts:
            spec.ToUnicode = pdf.make_stream(to_unicode(texts))
        elif "/ToUnicode" in spec:
            del spec["/ToUnicode"]
    try:
        if font.kind == "/Type0":
            _composite(pdf, font, used)
        elif font.kind == "/Type3":
            _drawn(spec, {code[0] for code in used if code})
        else:
            _simple(pdf, font, {byte for code in used for byte in code})
    except (*DAMAGED, subset.Subsetter.SubsettingError, KeyError, IndexError, OSError):
        return False
    return True


def _part(pdf: pikepdf.Pdf, spec: Any) -> None:
    """Give a font what it shares with others: Acrobat has several fonts with one program, each shows other glyphs of it."""
    for inner in list(spec.get("/DescendantFonts", []))[:1]:
        spec.DescendantFonts = Array([pdf.make_indirect(copy(inner))])
    holder = spec.DescendantFonts[0] if "/DescendantFonts" in spec else spec
    if isinstance(descriptor := holder.get("/FontDescriptor"), Dictionary):
        holder.FontDescriptor = pdf.make_indirect(copy(descriptor))
    if isinstance(spec.get("/Encoding"), Dictionary):
        spec.Encoding = copy(spec.Encoding)


def _drop_others(spec: Any) -> None:
    holder = spec.DescendantFonts[0] if "/DescendantFonts" in spec else spec
    descriptor = holder.get("/FontDescriptor")
    for key in PROGRAMS if isinstance(descriptor, Dictionary) else ():
        if key in descriptor and not _is_program(descriptor[key]):
            del descriptor[key]


def _is_program(value: Any) -> bool:
    """Whether it opens as a font, in the library that most viewers have."""
    if not isinstance(value, Stream):
        return False
    try:
        ImageFont.truetype(io.BytesIO(value.read_bytes()), 10)
    except (OSError, ValueError, pikepdf.PdfError):
        return False
    return True


# --- simple fonts ----------------------------------------------------------------------------


def _simple(pdf: pikepdf.Pdf, font: Font, codes: set[int]) -> None:
    spec = font.spec
    names = _differences(spec)
    _keep_differences(spec, {code: name for code, name in names.items() if code in codes})
    _keep_widths(spec, codes)
    descriptor = spec.get("/FontDescriptor")
    if not isinstance(descriptor, Dictionary):
        return
    known = {name for code in codes for name in _names_of(code, names)}
    if isinstance(program := descriptor.get("/FontFile"), Stream):
        without_texts(program)
    if isinstance(program := descriptor.get("/FontFile2"), Stream):
        sfnt = TTFont(io.BytesIO(program.read_bytes()), lazy=True)
        _cut(pdf, descriptor, "/FontFile2", sfnt, _true_type_glyphs(sfnt, codes, known, font))
    if isinstance(program := descriptor.get("/FontFile3"), Stream):
        _cut_cff(pdf, descriptor, program, lambda cff: _cff_glyphs(cff, codes, known))


def _differences(spec: Any) -> dict[int, str]:
    encoding = spec.get("/Encoding")
    found: dict[int, str] = {}
    code = 0
    for item in encoding.get("/Differences", ()) if isinstance(encoding, Dictionary) else ():
        if isinstance(item, Name):
            found[code] = spelled(item)
            code += 1
        else:
            code = int(item)
    return found


def _keep_differences(spec: Any, names: dict[int, str]) -> None:
    encoding = spec.get("/Encoding")
    if not isinstance(encoding, Dictionary):
        return
    new = Dictionary(Type=Name.Encoding)
    if "/BaseEncoding" in encoding:
        new.BaseEncoding = encoding.BaseEncoding
    new.Differences = Array(
        [
            part
            for code, name in sorted(names.items())
            for part in (code, Name(name if name.isascii() else f"/x{code}"))
        ]
    )
    spec.Encoding = new


def _keep_widths(spec: Any, codes: set[int]) -> None:
    if "/Widths" in spec:
        first = int(spec.get("/FirstChar", 0))
        spec.Widths = Array([w if first + i in codes else 0 for i, w in enumerate(spec.Widths)])


def _names_of(code: int, differences: dict[int, str]) -> Iterator[str]:
    if code in differences:
        yield differences[code][1:]
    yield StandardEncoding[code]
    yield MacRoman[code]
    from fontTools.agl import UV2AGL

    yield UV2AGL.get(ord(bytes([code]).decode("cp1252", "replace")), ".notdef")


def _true_type_glyphs(sfnt: TTFont, codes: set[int], names: set[str], font: Font) -> set[str]:
    """Every glyph that a viewer may take for the codes (9.6.6.4): by map, by name, by text."""
    from fontTools.agl import toUnicode

    wanted = {unit for name in names if len(text := toUnicode(name)) == 1 for unit in (ord(text),)}
    wanted |= {ord(text) for code in codes if len(text := font.text_of(bytes([code]))) == 1}
    wanted |= {base + code for code in codes for base in (0, 0xF000, 0xF100, 0xF200)}
    found = (
        {glyph for table in sfnt["cmap"].tables for c, glyph in table.cmap.items() if c in wanted}
        if "cmap" in sfnt
        else set()
    )
    order = sfnt.getGlyphOrder()
    if "cmap" not in sfnt or not sfnt["cmap"].tables:
        found |= {order[code] for code in codes if code < len(order)}
    return found | (names & set(order))


def _cff_glyphs(cff: Any, codes: set[int], names: set[str]) -> set[str]:
    built_in = cff.Encoding if isinstance(getattr(cff, "Encoding", None), list) else []
    return (names | {built_in[code] for code in codes if code < len(built_in)}) & set(cff.charset)


def _drawn(spec: Any, codes: set[int]) -> None:
    """Type 3: glyphs that are used, under names that say nothing; and the code by whose width Poppler tells how high
    the letters are."""
    names, old = _differences(spec), spec.get("/CharProcs", Dictionary())
    new = Dictionary()
    kept = _measured(spec, names)
    measured = set(kept)
    for code in sorted(codes):
        name = names.get(code) or _based(code, spec.get("/Encoding"))
        if name in old:
            kept.setdefault(code, f"/g{code}")
            new[kept[code]] = old[name]
    spec.CharProcs, spec.Encoding = new, Dictionary()
    _keep_differences(spec, kept)
    _keep_widths(spec, codes | measured)


def _measured(spec: Any, names: Mapping[int, str]) -> dict[int, str]:
    """The last m, else the first letter, else the first code with a name: under names of which Poppler takes that one."""
    first, widths = int(spec.get("/FirstChar", 0)), list(spec.get("/Widths", []))
    known = {code: f"/{name}" for code, name in enumerate(StandardEncoding)} | dict(names)
    letters = [code for code, name in sorted(known.items()) if _LETTER.fullmatch(name)]
    for code, name in (
        *((code, "/m") for code in letters[::-1] if known[code] == "/m"),
        *((code, "/a") for code in letters[:1]),
    ):
        if 0 <= code - first < len(widths) and widths[code - first] > 0:
            return {code: name}
    return {code: f"/g{code}" for code in sorted(names)[:1]}


def _based(code: int, encoding: Any) -> str:
    """The name of a glyph in the encoding that a font has, or has differences to."""
    base = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    standard, roman, windows = _names_of(code, {})
    return f"/{ {'/MacRomanEncoding': roman, '/WinAnsiEncoding': windows}.get(str(base), standard) }"


# --- composite fonts -------------------------------------------------------------------------


def _composite(pdf: pikepdf.Pdf, font: Font, used: Collection[bytes]) -> None:
    inner = font.spec.DescendantFonts[0]
    cids = {font.cid_of(code) for code in used}
    if isinstance(font.spec.get("/Encoding"), Stream):
        new = pdf.make_stream(code_map({code: font.cid_of(code) for code in used}))
        for key, value in (
            ("/Type", Name.CMap),
            ("/CMapName", Name("/Deid")),
            ("/WMode", int(font.vertical)),
        ):
            new[key] = value
        new["/CIDSystemInfo"] = Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0)
        font.spec.Encoding = new
    if "/W" in inner:
        inner.W = Array([item for cid, width in sorted(font.widths(cids)) for item in (cid, Array([width]))])
    if "/W2" in inner:
        both = get_widths2(plain_numbers(inner.W2))
        inner.W2 = Array(
            [n for cid, (w, (x, y)) in sorted(both.items()) if cid in cids for n in (cid, cid, w, x, y)]
        )
    glyphs = _mapped_glyphs(pdf, inner, cids)
    descriptor = inner.get("/FontDescriptor")
    if not isinstance(descriptor, Dictionary):
        return
    if isinstance(program := descriptor.get("/FontFile2"), Stream):
        sfnt = TTFont(io.BytesIO(program.read_bytes()), lazy=True)
        _cut(pdf, descriptor, "/FontFile2", sfnt, _by_number(sfnt.getGlyphOrder(), glyphs))
    if isinstance(program := descriptor.get("/FontFile3"), Stream):
        _cut_cff(pdf, descriptor, program, lambda cff: _cid_glyphs(cff, cids, glyphs))


def _mapped_glyphs(pdf: pikepdf.Pdf, inner: Any, cids: set[int]) -> set[int]:
    table = inner.get("/CIDToGIDMap")
    if not isinstance(table, Stream):
        return cids
    old = table.read_bytes()
    new = bytearray(min(len(old), 2 * (max(cids, default=0) + 1)))
    glyphs = set()
    for cid in cids:
        if (pair := old[2 * cid : 2 * cid + 2]) and len(pair) == 2:
            new[2 * cid : 2 * cid + 2] = pair
            glyphs.add(int.from_bytes(pair, "big"))
    inner.CIDToGIDMap = pdf.make_stream(bytes(new))
    return glyphs


def _by_number(order: list[str], glyphs: Iterable[int]) -> set[str]:
    return {order[glyph] for glyph in glyphs if glyph < len(order)}


def _cid_glyphs(cff: Any, cids: set[int], glyphs: set[int]) -> set[str]:
    if hasattr(cff, "ROS"):
        return {name for name in cff.charset if name[:3] == "cid" and int(name[3:]) in cids}
    return _by_number(cff.charset, glyphs)


# --- programs --------------------------------------------------------------------------------


def _cut(pdf: pikepdf.Pdf, descriptor: Any, key: str, sfnt: TTFont, glyphs: set[str]) -> None:
    _subset(sfnt, glyphs)
    out = io.BytesIO()
    sfnt.save(out, reorderTables=False)
    data = out.getvalue()
    descriptor[key] = pdf.make_stream(data, Length1=len(data))


def _cut_cff(pdf: pikepdf.Pdf, descriptor: Any, program: Stream, choose: Any) -> None:
    data = program.read_bytes()
    kind = program.get("/Subtype", Name.Type1C)
    is_whole = data[:4] in (b"OTTO", b"\x00\x01\x00\x00", b"true")
    if is_whole:
        sfnt = TTFont(io.BytesIO(data), lazy=True)
    else:
        sfnt = TTFont(sfntVersion="OTTO")
        table = newTable("CFF ")
        table.decompile(data, sfnt)
        sfnt["CFF "] = table
        sfnt.setGlyphOrder(table.cff[0].getGlyphOrder())
    if "CFF " not in sfnt:
        _subset(sfnt, choose_by_number(sfnt, choose))
    else:
        cff = sfnt["CFF "].cff[0]
        _forget_names(sfnt["CFF "].cff, _subset(sfnt, choose(cff)))
        _join_matrices(cff)
    if is_whole:
        out = io.BytesIO()
        sfnt.save(out, reorderTables=False)
        new = out.getvalue()
    else:
        new = sfnt["CFF "].compile(sfnt)
    descriptor["/FontFile3"] = pdf.make_stream(new, Subtype=kind)


def choose_by_number(sfnt: TTFont, choose: Any) -> set[str]:
    """Of a TrueType font in an OpenType wrapper."""

    class _Order:
        charset = sfnt.getGlyphOrder()

    chosen: set[str] = choose(_Order)
    return chosen


def _subset(sfnt: TTFont, glyphs: set[str]) -> frozenset[str]:
    """The glyphs that are left: those, and what they are put together of."""
    options = subset.Options(
        name_IDs=[], glyph_names=False, layout_features=[], legacy_cmap=True, symbol_cmap=True, retain_gids=True,
        notdef_outline=True, recalc_bounds=False, desubroutinize=True, ignore_missing_glyphs=True,
    )  # fmt: skip
    options.drop_tables += [
        "GSUB",
        "GPOS",
        "GDEF",
        "BASE",
        "DSIG",
        "meta",
        "kern",
        "PCLT",
        "LTSH",
        "VDMX",
        "hdmx",
    ]
    _keep_maps(sfnt)
    cutter = subset.Subsetter(options)
    cutter.populate(glyphs=glyphs)
    cutter.subset(sfnt)
    left: frozenset[str] = cutter.glyphs_retained
    return left


def _keep_maps(sfnt: TTFont) -> None:
    """Maps of format 0, as LibreOffice writes them, in format 6: the subsetter drops the one, and what is left is shown
    as boxes.
    """
    maps = sfnt["cmap"].tables if "cmap" in sfnt else []
    for place, old in enumerate(maps):
        if old.format == 0:
            new = maps[place] = CmapSubtable.newSubtable(6)
            new.platformID, new.platEncID, new.language, new.cmap = (
                old.platformID,
                old.platEncID,
                old.language,
                old.cmap,
            )


def _join_matrices(top: Any) -> None:
    """Of a CID font and its parts: fontTools leaves out the usual one of the font, without which that of a part, as
    Typst and Ghostscript write it, makes glyphs a thousand times as large."""
    if not hasattr(top, "FDArray") or top.rawDict.get("FontMatrix") != _USUAL:
        return
    for part in top.FDArray:
        if matrix := part.rawDict.get("FontMatrix"):
            part.rawDict["FontMatrix"] = part.FontMatrix = [number * _USUAL[0] for number in matrix]


def _forget_names(fonts: Any, glyphs: Collection[str]) -> None:
    """Names of glyphs that are gone (uni5F20), and what the font says of itself."""
    top = fonts[0]
    for key in ("FullName", "FamilyName", "Notice", "Copyright", "version", "Weight"):
        top.rawDict.pop(key, None)
        top.__dict__.pop(key, None)
    fonts.fontNames = ["Font"]
    if hasattr(top, "ROS"):
        return
    renamed = {n: f"x{i}" for i, n in enumerate(top.charset) if n not in glyphs and n != ".notdef"}
    strings = top.CharStrings.charStrings
    for old, new in renamed.items():
        strings[new] = strings.pop(old)
    top.charset = [renamed.get(name, name) for name in top.charset]
    if isinstance(getattr(top, "Encoding", None), list):
        top.Encoding = [name if name in glyphs else ".notdef" for name in top.Encoding]
