"""A PDF with a value planted in every place that is known to hold text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String
from planting import Planter

from deid.formats.lettering import chinese_font

PAGE = (595, 842)


@lru_cache(maxsize=64)
def _cut(characters: str) -> tuple[dict[str, int], bytes]:
    """The codes of the characters in a font cut down to them, and its CFF table."""
    file = chinese_font()
    assert file is not None
    options = subset.Options(glyph_names=False, desubroutinize=True, layout_features=[])
    font = file.opened()
    names = font.getBestCmap()
    codes = {c: int(names[ord(c)][3:]) for c in characters if ord(c) in names}
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(codes))
    cutter.subset(font)
    whole = io.BytesIO()
    font.save(whole)
    font.close()
    return codes, TTFont(io.BytesIO(whole.getvalue())).getTableData("CFF ")


class Font:
    """An embedded subset for some characters, in order of their appearance, as producers write it."""

    def __init__(self, pdf: pikepdf.Pdf, characters: str, *, vertical: bool = False) -> None:
        self.codes, program = _cut("".join(dict.fromkeys(characters)))
        pairs = "".join(f"<{code:04x}> <{c.encode('utf-16-be').hex()}>\n" for c, code in self.codes.items())
        cmap = (
            "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            f"{len(self.codes)} beginbfchar\n{pairs}endbfchar endcmap"
        )
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/ABCDEF+NotoSansSC"), Flags=4, FontBBox=[0, -200, 1000, 900],
            ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=700, StemV=80,
            FontFile3=pdf.make_stream(program, Subtype=Name.CIDFontType0C),
        )  # fmt: skip
        narrow = [n for c, code in self.codes.items() if c.isascii() for n in (code, code, 556)]
        inner = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/ABCDEF+NotoSansSC"), DW=1000, W=narrow,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
        )  # fmt: skip
        self.object = pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+NotoSansSC"),
                Encoding=Name("/Identity-V" if vertical else "/Identity-H"),
                DescendantFonts=[pdf.make_indirect(inner)], ToUnicode=pdf.make_stream(cmap.encode()),
            )
        )  # fmt: skip

    def hex(self, text: str) -> str:
        return "<" + "".join(f"{self.codes[c]:04x}" for c in text) + ">"


class Fragments:
    """Content streams that show planted values in every way that a page can."""

    def __init__(self, plant: Planter) -> None:
        self.plant = plant
        self.lines: list[str] = []
        self._top = 800

    def show(self, place: str, code: str, value: str = "", head: str = "患者：") -> None:
        """`code` has {value}, {head}, and {0} … for single characters, as strings of the font."""
        self.lines.append((code, head, value or self.plant.name(place), self._top))
        self._top -= 22

    def text(self) -> str:
        return "".join(head + value for _, head, value, _ in self.lines) + "x "

    def stream(self, font: Font) -> str:
        out = []
        for code, head, value, top in self.lines:
            singles = {f"c{index}": font.hex(c) for index, c in enumerate(value)}
            out.append(
                code.format(
                    value=font.hex(value),
                    head=font.hex(head),
                    top=top,
                    x=font.hex("x"),
                    space=font.hex(" "),
                    **singles,
                )
            )
        return "\n".join(out)


def drawn(plant: Planter) -> Fragments:
    page = Fragments(plant)
    plain = "BT /F1 12 Tf 60 {top} Td {head} Tj {value} Tj ET"
    page.show("page, Tj", plain)
    page.show(
        "page, TJ with kerning", "BT /F1 12 Tf 60 {top} Td [{head} -20 {c0} 15 {c1} -30 {c2} 8 {c3}] TJ ET"
    )
    page.show("page, quote", "BT /F1 12 Tf 14 TL 60 {top} Td {head} ' {value} ' ET")
    page.show("page, double quote", 'BT /F1 12 Tf 14 TL 60 {top} Td 1 0.5 {head} " 0 0 {value} " ET')
    page.show(
        "page, a string for each glyph",
        "BT /F1 12 Tf 60 {top} Td {head} Tj {c0} Tj {c1} Tj {c2} Tj {c3} Tj ET",
    )
    page.show(
        "page, a matrix for each glyph",
        "BT /F1 12 Tf 1 0 0 1 60 {top} Tm {head} Tj 1 0 0 1 96 {top} Tm {c0} Tj 1 0 0 1 108 {top} Tm {c1} Tj "
        "1 0 0 1 120 {top} Tm {c2} Tj 1 0 0 1 132 {top} Tm {c3} Tj ET",
    )
    page.show(
        "page, over two text objects",
        "BT /F1 12 Tf 60 {top} Td {head} Tj {c0} Tj {c1} Tj ET BT /F1 12 Tf 120 {top} Td {c2} Tj {c3} Tj ET",
    )
    page.show("page, invisible", "BT 3 Tr /F1 12 Tf 60 {top} Td {head} Tj {value} Tj 0 Tr ET")
    page.show("page, white", "q 1 g BT /F1 12 Tf 60 {top} Td {head} Tj {value} Tj ET Q")
    page.show("page, off the page", "BT /F1 12 Tf 900 {top} Td {head} Tj {value} Tj ET")
    page.show("page, clipped away", "q 0 0 1 1 re W n BT /F1 12 Tf 60 {top} Td {head} Tj {value} Tj ET Q")
    page.show(
        "page, rotated", "q 0.866 0.5 -0.5 0.866 300 {top} cm BT /F1 12 Tf 0 0 Td {head} Tj {value} Tj ET Q"
    )
    page.show("page, upside down", "BT /F1 12 Tf -1 0 0 -1 560 {top} Tm {head} Tj {value} Tj ET")
    page.show("page, mirrored", "BT /F1 12 Tf 1 0 0 -1 60 {top} Tm {head} Tj {value} Tj ET")
    page.show("page, spread", "BT /F1 12 Tf 10 Tc 60 {top} Td {head} Tj {value} Tj 0 Tc ET")
    page.show("page, narrowed", "BT /F1 12 Tf 50 Tz 60 {top} Td {head} Tj {value} Tj 100 Tz ET")
    page.show("page, raised", "BT /F1 12 Tf 4 Ts 60 {top} Td {head} Tj {value} Tj 0 Ts ET")
    page.show(
        "page, printed twice",
        "BT /F1 12 Tf 60 {top} Td {head} Tj {value} Tj ET BT /F1 12 Tf 60.3 {top} Td {head} Tj {value} Tj ET",
    )
    page.show(
        "page, tiny under a large matrix",
        "q 12 0 0 12 60 {top} cm BT /F1 1 Tf 0 0 Td {head} Tj {value} Tj ET Q",
    )
    page.show("page, negative size", "BT /F1 -12 Tf -1 0 0 -1 60 {top} Tm {head} Tj {value} Tj ET")
    page.show("page, font from a graphics state", "q BT /E1 gs 60 {top} Td {head} Tj {value} Tj ET Q")
    page.show("page, vertical", "BT /V1 12 Tf 500 {top} Td {head} Tj {value} Tj ET")
    phone = (
        "{head} Tj {c0} Tj {c1} Tj {c2} Tj {c3} Tj {c4} Tj {c5} Tj {c6} Tj {c7} Tj {c8} Tj {c9} Tj {c10} Tj"
    )
    page.show("page, number", f"BT /F1 12 Tf 60 {{top}} Td {phone} ET", plant.phone("page, number"), "电话：")
    page.show("page, in a layer", "/OC /MC0 BDC BT /F1 12 Tf 60 {top} Td {head} Tj {value} Tj ET EMC")
    return page


_LINE = "BT /F1 12 Tf 2 4 Td {head} Tj {value} Tj ET"


def make(path: Path) -> tuple[Planter, dict[int, str]]:
    """Writes the file; what was planted, and which characters the codes of its fonts mean."""
    plant = Planter()
    pdf = pikepdf.new()
    page, form, nested, pattern, glyph, mask, note, widget = (
        drawn(plant),
        *(Fragments(plant) for _ in range(7)),
    )
    others = {"form": form, "form in a form": nested, "pattern": pattern, "glyph of a Type 3 font": glyph,
              "soft mask": mask, "appearance of a note": note, "appearance of a field": widget}  # fmt: skip
    for place, fragments in others.items():
        fragments.show(place, _LINE)
    texts = page.text() + "".join(fragments.text() for fragments in others.values())
    font, vertical = Font(pdf, texts), Font(pdf, texts, vertical=True)
    fonts = Dictionary(F1=font.object, V1=vertical.object)

    def made(fragments: Fragments, resources: Dictionary, **extra: object) -> pikepdf.Stream:
        return pdf.make_stream(
            fragments.stream(font).encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 300, 30],
            Resources=resources, **extra,
        )  # fmt: skip

    own = Dictionary(Font=Dictionary(F1=font.object))
    inner = made(nested, own)
    outer = pdf.make_stream(
        (form.stream(font) + "\nq 1 0 0 1 0 30 cm /X9 Do Q").encode(), Type=Name.XObject, Subtype=Name.Form,
        BBox=[0, 0, 300, 60], Resources=Dictionary(Font=Dictionary(F1=font.object), XObject=Dictionary(X9=inner)),
        LastModified=String(plant.name("form, date")), PieceInfo=Dictionary(X=String(plant.name("form, private data"))),
    )  # fmt: skip
    tile = pdf.make_stream(
        pattern.stream(font).encode(), Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
        BBox=[0, 0, 200, 20], XStep=200, YStep=20, Resources=own,
    )  # fmt: skip
    third = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=65, LastChar=65, Widths=[1000], Encoding=Dictionary(Differences=[65, Name("/" + "planted")]),
            CharProcs=Dictionary({"/planted": pdf.make_stream(b"1000 0 d0\n" + glyph.stream(font).encode())}), Resources=own,
        )
    )  # fmt: skip
    group = made(mask, own, Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))
    fonts.T1 = third
    for number, place in enumerate(("name of a font", "style of a font", "tag of a font")):
        name = ("/{}", "/SimSun-{}", "/{}+SimSun")[number].format(plant.name(place))
        fonts[f"/N{number}"] = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(name))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(plant.name("name of a layer"))))
    resources = Dictionary(
        Font=fonts, XObject=Dictionary(X1=outer), Pattern=Dictionary(P1=tile), Properties=Dictionary(MC0=layer),
        ExtGState=Dictionary(E1=Dictionary(Font=[font.object, 12]), E2=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group))),
        ColorSpace=Dictionary(C1=Array([Name.Separation, Name("/" + plant.name("name of a colour")), Name.DeviceGray,
            Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[1], C1=[0])])),
    )  # fmt: skip
    hidden = plant.name("resource that nothing uses")
    resources.XObject["/" + plant.name("name of a resource")] = pdf.make_stream(
        f"BT ({hidden}) Tj ET".encode("utf-16-be"), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1]
    )
    actual = plant.name("ActualText")
    content = (
        f"% {plant.name('comment in a stream')}\n" + page.stream(font)
        + f"\n/Span << /ActualText <feff{actual.encode('utf-16-be').hex()}> >> BDC BT /F1 12 Tf 60 20 Td {font.hex('x')} Tj ET EMC"
        + f"\n/{''.join(f'#{b:02x}' for b in plant.name('tag of marked content').encode())} BMC EMC"
        + f"\n/Point << /Note <feff{plant.name('marked point').encode('utf-16-be').hex()}> >> DP"
        + "\nq 1 0 0 1 300 700 cm /X1 Do Q /Pattern cs /P1 scn 300 600 200 40 re f"
        + "\nBT /N0 9 Tf 300 300 Td (a) Tj /N1 9 Tf (b) Tj /N2 9 Tf (c) Tj ET"
        + "\nBT /T1 10 Tf 300 560 Td (A) Tj ET q /E2 gs 300 500 50 50 re f Q /C1 cs 1 scn 400 500 5 5 re f"
    )  # fmt: skip
    pdf.add_blank_page(page_size=PAGE)
    sheet = pdf.pages[0].obj
    sheet.Resources = resources
    half = len(content) // 2
    cut = content.index("\n", half)
    sheet.Contents = Array([pdf.make_stream(content[:cut].encode()), pdf.make_stream(content[cut:].encode())])
    sheet.PieceInfo = Dictionary(App=Dictionary(Private=String(plant.name("private data of a page"))))
    sheet.LastModified = String(plant.name("date of a page"))
    sheet.Thumb = pdf.make_stream(plant.name("thumbnail").encode(), Width=2, Height=2)
    _notes(pdf, sheet, plant, made(note, own), made(widget, own))
    _catalog(pdf, sheet, plant, layer)
    pdf.save(path, fix_metadata_version=False)
    _old_revision(path, plant)
    return plant, {code: character for character, code in font.codes.items()}


def _notes(pdf: pikepdf.Pdf, sheet: pikepdf.Object, plant: Planter, note: object, widget: object) -> None:
    def text(place: str) -> String:
        return String("患者：" + plant.name(place))

    box = [20, 20, 200, 40]
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=Dictionary(
        S=Name.URI, URI=String("https://example.com/?name=" + "".join(f"%{b:02X}" for b in plant.name("address of a link").encode()))))  # fmt: skip
    launch = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=Dictionary(
        S=Name.Launch, F=String(plant.name("launched file"))))  # fmt: skip
    comment = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=box, Contents=text("comment"), T=String(plant.name("author")),
        Subj=String(plant.name("subject of a comment")), NM=String(plant.name("id of a comment")), RC=text("rich text"),
        DA=String(f"/{plant.name('font of a comment')} 12 Tf 0 g"), DS=text("style of a comment"), AP=Dictionary(N=note),
        M=String(plant.name("date of a comment")),
    )  # fmt: skip
    attached = Dictionary(
        Type=Name.Annot, Subtype=Name.FileAttachment, Rect=box, Contents=text("attachment's comment"),
        FS=Dictionary(Type=Name.Filespec, UF=String(plant.name("attachment's name")), EF=Dictionary(
            F=pdf.make_stream(plant.name("attachment of a note").encode()))),
    )  # fmt: skip
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, Rect=box, FT=Name.Tx, T=text("name of a field"), TU=text("tooltip"),
            TM=text("export name"), V=text("value of a field"), DV=text("default value"), DA=String("/Helv 12 Tf 0 g"),
            AP=Dictionary(N=widget), MK=Dictionary(CA=text("caption")), AA=Dictionary(
                K=Dictionary(S=Name.JavaScript, JS=String(plant.name("script of a field")))),
        )
    )  # fmt: skip
    choice = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, Rect=box, FT=Name.Ch, T=String("choice"), V=Array([text("chosen")]),
            Opt=Array([text("option"), Array([text("exported option"), text("shown option")])]), RV=text("rich value"),
        )
    )  # fmt: skip
    state = "/" + plant.name("state of a button")
    button = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, Rect=box, FT=Name.Btn, T=String("button"), V=Name(state), AS=Name(state),
            AP=Dictionary(N=Dictionary({state: pdf.make_stream(b"0 0 5 5 re f", Subtype=Name.Form, BBox=[0, 0, 5, 5])})),
        )
    )  # fmt: skip
    signed = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, Rect=box, FT=Name.Sig, T=String("signed"),
            V=Dictionary(Type=Name.Sig, Name=text("signer"), Reason=text("reason"), Contents=String(plant.name("certificate"))),
        )
    )  # fmt: skip
    notes: Sequence[object] = (link, launch, comment, attached, field, choice, button, signed)
    sheet.Annots = Array([pdf.make_indirect(item) for item in notes])
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field, choice, button, signed]), DA=String("/Helv 0 Tf"), XFA=Array([String("datasets"), pdf.make_stream(plant.name("XFA").encode())]),
    )  # fmt: skip


def _catalog(pdf: pikepdf.Pdf, sheet: pikepdf.Object, plant: Planter, layer: object) -> None:
    def text(place: str) -> String:
        return String("患者：" + plant.name(place))

    def data(place: str) -> pikepdf.Stream:
        return pdf.make_stream(plant.name(place).encode())

    root = pdf.Root
    for key in ("Title", "Subject", "Keywords", "Author", "Creator", "Producer", "CreationDate", "Custom"):
        pdf.docinfo["/" + key] = text("properties, " + key)
    root.Metadata = data("XMP")
    root.Lang = String(plant.name("language"))
    destination = plant.name("name of a destination")
    root.Names = Dictionary(
        Dests=Dictionary(Names=Array([String(destination), Array([sheet, Name.Fit])])),
        JavaScript=Dictionary(Names=Array([text("name of a script"), Dictionary(S=Name.JavaScript, JS=text("script"))])),
        EmbeddedFiles=Dictionary(Names=Array([text("key of an attachment"), Dictionary(
            Type=Name.Filespec, F=text("file name"), UF=text("Unicode file name"), Desc=text("description of a file"),
            EF=Dictionary(F=data("attachment")))])),
    )  # fmt: skip
    root.OpenAction = Dictionary(S=Name.JavaScript, JS=text("script at opening"))
    first = pdf.make_indirect(Dictionary(Title=text("outline"), Dest=String(destination)))
    second = pdf.make_indirect(
        Dictionary(
            Title=text("outline below"), A=Dictionary(S=Name.GoToR, F=text("other file"), D=Array([0]))
        )
    )
    outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=first, Last=first, Count=1))
    address = String("https://example.com/" + plant.name("address of an outline"))
    third = pdf.make_indirect(Dictionary(Title=text("outline beside"), A=Dictionary(S=Name.URI, URI=address)))
    first.Parent, first.First, first.Last, first.Count = outlines, second, third, 2
    second.Parent, second.Next, third.Parent, third.Prev = first, third, first, second
    root.Outlines = outlines
    root.OCProperties = Dictionary(
        OCGs=Array([layer, pdf.make_indirect(Dictionary(Type=Name.OCG, Name=text("name of a layer that is not used")))]), D=Dictionary(Name=text("configuration of layers"), Creator=text("its creator"),
            Order=Array([text("label of layers"), layer])), Configs=Array([Dictionary(Name=text("other layers"))]),
    )  # fmt: skip
    tag = Dictionary(
        Type=Name.StructElem,
        S=Name.P,
        Alt=text("Alt"),
        ActualText=text("ActualText of a tag"),
        T=text("title of a tag"),
        E=text("expansion"),
    )
    root.StructTreeRoot = Dictionary(
        Type=Name.StructTreeRoot, K=tag, RoleMap=Dictionary({"/" + plant.name("role"): Name.P})
    )
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=text("prefix of page numbers"))]))
    root.ViewerPreferences = Dictionary(X=text("preference"))
    root.Threads = Array([Dictionary(I=Dictionary(Title=text("thread")))])
    root.OutputIntents = Array([Dictionary(Type=Name.OutputIntent, Info=text("output intent"))])
    root.PieceInfo = Dictionary(App=Dictionary(Private=text("private data")))
    root.Collection = Dictionary(Schema=Dictionary(N=text("collection")))
    root["/" + plant.name("unknown key")] = text("value of an unknown key")
    pdf.trailer["/Extra"] = text("trailer")
    sheet.Group = Dictionary(
        S=Name.Transparency, Note=text("unknown key of a group"), More=data("unknown stream of a group"),
        Others=Array([data("unknown stream of an array")]),
    )  # fmt: skip
    sheet.Resources.ExtGState.E1.More = data("unknown stream of a graphics state")
    sheet.MediaBox = Array([0, 0, *PAGE, text("array of numbers")])


def _old_revision(path: Path, plant: Planter) -> None:
    """An object that an older revision had, and bytes behind the end."""
    with path.open("ab") as handle:
        handle.write(("\n% " + plant.name("behind the end") + "\n").encode())
