"""Text and figures where a PDF has no place for them, and numbers that lines and rises would hide."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from planting import replaced

import deid
from deid.formats import Options, read, write
from deid.formats.pdf.places import said
from deid.formats.pdf.sanitizing import modest
from deid.formats.pdf.seeing import is_off

PHONE, OTHER = "13912345678", "13712345678"


def made(path: Path, content: str, **keys: object) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 400))
    page = pdf.pages[0].obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    page.Contents = pdf.make_stream(content.encode())
    for key, value in keys.items():
        page[f"/{key}"] = value
    pdf.trailer["/ID"] = Array([String(PHONE), String(PHONE)])
    pdf.save(path)
    return pdf


def texts(path: Path, content: str) -> list[str]:
    made(path, content)
    return [block.text for block in read(path, ref="#1").blocks()]


def everything(path: Path) -> str:
    """All objects of a file, none of them packed."""
    with pikepdf.open(path) as pdf:
        streams = [item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        objects = [item.unparse(resolved=True) for item in pdf.objects] + [pdf.trailer.unparse()]
    return b"\n".join(objects + streams).decode("latin-1")


def note(kind: str, **keys: object) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([0, 0, 9, 9]), **keys)


PLACES = {
    "identifier": {},
    "group": {"Group": Dictionary(S=Name.Transparency, Title=String(PHONE), Contents=String(PHONE))},
    "popup": {"Annots": Array([note("Text", Popup=note("Popup", Contents=String(PHONE)))])},
    "popup of the page": {"Annots": Array([note("Popup", Contents=String(PHONE))])},
    "name of a note": {"Annots": Array([note("Text", Name=String(PHONE))])},
    "opacity": {"Annots": Array([note("Square", CA=String(PHONE))])},
    "border": {"Annots": Array([note("Link", BS=Dictionary(W=1, T=String(PHONE)))])},
    "length of a field": {"Annots": Array([note("Square", MaxLen=int(PHONE))])},
    "list under a border": {"Annots": Array([note("Link", BS=Dictionary(V=Array([String(PHONE)])))])},
    "list in a list of values": {
        "Annots": Array([note("Widget", FT=Name.Ch, V=Array([Array([String(PHONE)])]))])
    },
    "what is below a link": {"Annots": Array([note("Link", Kids=Array([Dictionary(T=String(PHONE))]))])},
    "box": {"ArtBox": Array([0, 0, int(PHONE), 9])},
}


@pytest.mark.filterwarnings("ignore::pikepdf.exceptions.PageCopyWarning")
@pytest.mark.parametrize("place", PLACES)
def test_text_in_no_place_of_text_goes(tmp_path, place):
    made(tmp_path / "a.pdf", "BT /F1 12 Tf 9 9 Td (x) Tj ET", **PLACES[place])
    document = read(tmp_path / "a.pdf", ref="#1")

    write(document, {}, tmp_path / "b.pdf")

    assert PHONE in everything(tmp_path / "a.pdf")
    assert PHONE not in everything(tmp_path / "b.pdf")


def test_copies_of_items_that_nothing_leads_on_to_go(tmp_path):
    pdf = made(tmp_path / "x.pdf", "")
    copy = pdf.make_indirect(Dictionary(Title=String(PHONE)))
    second = pdf.make_indirect(Dictionary(Title=String("second"), Prev=copy, Parent=copy))
    first = pdf.make_indirect(Dictionary(Title=String("first"), Next=second, Parent=copy))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=first, Last=copy, Count=2))
    pdf.save(tmp_path / "a.pdf")

    write(read(tmp_path / "a.pdf", ref="#1"), {}, tmp_path / "b.pdf")

    assert PHONE not in everything(tmp_path / "b.pdf")
    with pikepdf.open(tmp_path / "b.pdf") as out:
        outlines = out.Root.Outlines
        assert (outlines.First.Title, outlines.Last.Title) == ("first", "second")
        assert outlines.Last.Prev.objgen == outlines.First.objgen
        assert outlines.First.Parent.objgen == outlines.objgen


@pytest.mark.filterwarnings("ignore::pikepdf.exceptions.PageCopyWarning")
def test_what_is_told_of_a_field_outside_every_form_is_read(tmp_path):
    """As in pages that were taken out of another file."""
    pdf = made(tmp_path / "x.pdf", "")
    above = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("phone"), V=String(PHONE)))
    widget = pdf.make_indirect(note("Widget", Parent=above))
    above.Kids = Array([widget, pdf.make_indirect(Dictionary(V=String(OTHER)))])
    pdf.pages[0].obj.Annots = Array([widget])
    pdf.save(tmp_path / "a.pdf")
    document = read(tmp_path / "a.pdf", ref="#1")

    write(document, replaced(document, [PHONE]), tmp_path / "b.pdf")

    assert PHONE not in everything(tmp_path / "b.pdf")
    assert OTHER not in everything(tmp_path / "b.pdf")
    with pikepdf.open(tmp_path / "b.pdf") as out:
        [left] = out.Root.AcroForm.Fields
        assert (str(left.V), str(left.T), "/Parent" in left) == ("〔替〕", "phone", False)
        assert left.objgen == out.pages[0].obj.Annots[0].objgen


def test_text_behind_the_colours_of_a_palette_goes(tmp_path):
    pdf = made(tmp_path / "x.pdf", "")
    table = String(b"abc" * 2 + PHONE.encode())
    colours = Array([Name.Indexed, Name.DeviceRGB, 1, table])
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(
        C0=colours, C1=Array([Name.Indexed, Name.DeviceRGB, 1, pdf.make_stream(bytes(table))])
    )
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/C0 cs 1 sc 0 0 5 5 re f /C1 cs 1 sc 9 9 5 5 re f")
    pdf.save(tmp_path / "a.pdf")

    write(read(tmp_path / "a.pdf", ref="#1"), {}, tmp_path / "b.pdf")

    assert PHONE not in everything(tmp_path / "b.pdf")
    assert "(abcabc)" in everything(tmp_path / "b.pdf")


@pytest.mark.parametrize(
    "space", [Name.Unheard, Array([]), Array([Name.ICCBased, 3]), Array([Name.ICCBased, Name.X])]
)
def test_a_palette_of_nobody_knows_how_many_colours_has_none(tmp_path, space):
    pdf = made(tmp_path / "x.pdf", "")
    colours = Array([Name.Indexed, space, 1, String(PHONE)])
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(C0=colours)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/C0 cs 1 sc 0 0 5 5 re f")
    pdf.save(tmp_path / "a.pdf")

    write(read(tmp_path / "a.pdf", ref="#1"), {}, tmp_path / "b.pdf")

    assert PHONE not in everything(tmp_path / "b.pdf")


def test_figures_of_lines_are_no_numbers_of_anybody(tmp_path):
    drawn = f"{PHONE} 0 m 1 0.{PHONE} l S [{PHONE} 3] 0 d [{PHONE}] 0 d 0 0 m 9 9 l S"
    made(tmp_path / "a.pdf", f"{drawn} BT /F1 12 Tf 9 9 Td [(x) -{PHONE} (y)] TJ ET")

    write(read(tmp_path / "a.pdf", ref="#1"), {}, tmp_path / "b.pdf")

    assert PHONE not in everything(tmp_path / "b.pdf")
    assert "[ 999999999 3 ] 0 d" in everything(tmp_path / "b.pdf")
    assert modest(-int(PHONE)) == -999999999


def test_two_numbers_that_follow_each_other_in_lines_are_two(tmp_path):
    lines = f"BT /F1 12 Tf 14 TL 20 300 Td (Tel. of the household {PHONE}) Tj T* ({OTHER} is another) Tj ET"

    found = "\n".join(texts(tmp_path / "a.pdf", lines))

    assert f"{PHONE}{OTHER}" in found
    assert f"{PHONE}\n{OTHER}" in found


def test_a_number_over_two_lines_is_still_one(tmp_path):
    lines = (
        f"BT /F1 12 Tf 14 TL 20 300 Td (Tel. of the household {PHONE[:7]}) Tj T* ({PHONE[7:]} is hers) Tj ET"
    )

    assert any(PHONE in text for text in texts(tmp_path / "a.pdf", lines))


def test_figures_that_are_set_higher_stand_in_their_line(tmp_path):
    raised = f"BT /F1 12 Tf 20 300 Td ({PHONE[:4]}) Tj 7 Ts ({PHONE[4:8]}) Tj -7 Ts ({PHONE[8:]}) Tj ET"

    assert PHONE in texts(tmp_path / "a.pdf", raised)


@pytest.mark.parametrize(("size", "rise"), [(7, 5), (7, -4), (7, 8), (24, -4), (12, 7)])
def test_figures_set_higher_or_lower_by_their_place_stand_in_their_line_too(tmp_path, size, rise):
    """As Word and LibreOffice set them. A row below, and what stands above a character, are lines of their own."""
    x = 20 + 5 * 6.672
    content = (
        f"BT /F1 12 Tf 20 300 Td ({PHONE[:5]}) Tj ET BT /F1 {size} Tf {x} {300 + rise} Td ({PHONE[5:8]}) Tj ET "
        f"BT /F1 12 Tf {x + 3 * 0.556 * size} 300 Td ({PHONE[8:]}) Tj ET BT /F1 5 Tf 20 308 Td (above) Tj ET "
        "BT /F1 12 Tf 20 288 Td (below) Tj ET"
    )

    found = texts(tmp_path / "a.pdf", content)

    assert {"above", PHONE, "below"} <= {line for text in found for line in text.split("\n")}


@pytest.mark.parametrize("place", ["7 Tf 0 5 Td", "7 Tf 5 Ts", "7 Tf 0 0 Td", "12 Tf 5 Ts", "12 Tf 0 5 Td"])
@pytest.mark.parametrize("mark", ["1", "12"])
def test_the_mark_of_a_note_behind_a_number_is_no_part_of_it(tmp_path, place, mark):
    content = (
        f"BT /F1 12 Tf 20 300 Td (Tel. {PHONE}) Tj ET BT /F1 12 Tf 116.7 300 Td /F1 {place} ({mark}) Tj ET"
    )

    found = texts(tmp_path / "a.pdf", content)

    assert f"Tel. {PHONE} {mark}" in found
    assert not any(PHONE + mark in text for text in found)


def test_the_last_figures_of_a_number_are_no_mark_though_they_are_set_higher(tmp_path):
    content = f"BT /F1 12 Tf 20 300 Td (Tel. {PHONE[:-2]}) Tj /F1 7 Tf 5 Ts ({PHONE[-2:]}) Tj ET"

    found = texts(tmp_path / "a.pdf", content)

    assert {f"Tel. {PHONE}", f"Tel. {PHONE[:-2]}"} <= set(found)


def drawn(*words: tuple[int, str]) -> str:
    return "\n".join(f"BT /F1 12 Tf {x} 200 Td ({word}) Tj ET" for x, word in words)


@pytest.mark.parametrize(
    ("footer", "header", "is_one"),
    [
        ("", "", True),
        ("- 1 -", "", True),
        ("", "A report", True),
        ("- 1 -", "A report", True),
        (None, "", False),
    ],
    ids=["plain", "footer", "header", "both", "the last line is short"],
)
def test_a_number_that_goes_on_on_the_next_page_is_whole(tmp_path, footer, header, is_one):
    path = tmp_path / "a.pdf"
    rest = "Text that fills the whole line up to the margin of the page here"
    width = 61 if footer is None else len(rest) - 6
    first = [*[rest] * 5, ("" if footer is None else rest[: width - 5]) + PHONE[:5]]
    shown = [f"BT /F1 10 Tf 20 {380 - 14 * n} Td ({line}) Tj ET" for n, line in enumerate(first)]
    next_page = [
        f"BT /F1 10 Tf 20 {350 - 14 * n} Td ({line}) Tj ET" for n, line in enumerate([PHONE[5:], *first[:5]])
    ]
    with made(path, "\n".join([*shown, f"BT /F1 10 Tf 180 20 Td ({footer or ''}) Tj ET"])) as pdf:
        pdf.add_blank_page(page_size=(400, 400))
        pdf.pages[1].obj.Resources = pdf.pages[0].obj.Resources
        content = "\n".join([f"BT /F1 10 Tf 180 385 Td ({header}) Tj ET", *next_page])
        pdf.pages[1].obj.Contents = pdf.make_stream(content.encode())
        pdf.save(path)

    found = [block.text for block in read(path, ref="#1").blocks()]

    assert any(PHONE in text for text in found) == is_one


UNSEEN = {
    "white": "q 1 g {text} Q",
    "of the colour of its ground": "q 0 0 1 rg 0 0 400 400 re f {text} 0 g Q",
    "a speck": "{tiny}",
    "invisible": "3 Tr {text} 0 Tr",
    "a clip": "7 Tr {text} 0 Tr",
    "transparent": "q /E1 gs {text} Q",
    "cut off": "q 0 0 5 5 re W n {text} Q",
    "covered": "{text} q 1 g {x} 290 6 20 re f Q",
    "covered by lines": "{text} q 1 g {x} 290 m {right} 290 l {right} 310 l {x} 310 l h f Q",
    "under a picture": "{text} q 6 0 0 20 {x} 290 cm /X1 Do Q",
    "in a layer that is off": "/OC /L1 BDC {text} EMC",
    "behind a black mask": "q /E2 gs {text} Q",
    "in a form behind a black mask": "q /E2 gs 1 0 0 1 {x} 0 cm /X3 Do Q",
    "between others without a mask": "/E2 gs {text} /E3 gs",
    "in a group of layers of which one is to be off": "/OC /L2 BDC {text} EMC",
    "in a form in a layer that is off": "q 1 0 0 1 {x} 0 cm /X2 Do Q",
}


def among(path: Path, unseen: str, digits: str = PHONE) -> Path:
    """Figures with others between them, which nobody sees."""
    shown = []
    for place, digit in enumerate(digits):
        x = 20 + 16 * place
        other = f"BT /F1 8 Tf {x + 8} 300 Td (5) Tj ET"
        tiny = f"BT /F1 1 Tf {x + 8} 300 Td (5) Tj ET"
        shown.append(f"BT /F1 12 Tf {x} 300 Td ({digit}) Tj ET")
        shown.append(UNSEEN[unseen].format(text=other, tiny=tiny, x=x + 7.5, right=x + 13.5))
    if "ground" in unseen:  # all of it is painted first
        shown = ["0 0 1 rg 0 0 400 400 re f", *(part.replace("0 0 400 400 re f", "") for part in shown)]
        shown = [part if "rg" in part else f"1 g {part}" for part in shown]
    with made(path, "\n".join(shown)) as pdf:
        page = pdf.pages[0].obj
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("a layer")))
        pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))
        picture = pdf.make_stream(
            bytes(16 * 16), Type=Name.XObject, Subtype=Name.Image, Width=16, Height=16,
            ColorSpace=Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip
        form = pdf.make_stream(
            b"BT /F1 8 Tf 0.5 300 Td (5) Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 400, 400],
            OC=layer,
        )  # fmt: skip
        black = pdf.make_stream(
            b"0 g 0 0 400 400 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 400, 400],
            Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
        )  # fmt: skip
        other = pdf.make_stream(
            b"BT /F1 8 Tf 0.5 300 Td (5) Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 400, 400],
        )  # fmt: skip
        page.Resources.XObject = Dictionary(X1=picture, X2=form, X3=other)
        masked = Dictionary(S=Name.Luminosity, G=black)
        page.Resources.ExtGState = Dictionary(
            E1=Dictionary(ca=0), E2=Dictionary(SMask=masked), E3=Dictionary(SMask=Name("/None"))
        )
        if "group" in unseen:
            pdf.Root.OCProperties.D = Dictionary()
        group = Dictionary(Type=Name.OCMD, P=Name.AllOff, OCGs=Array([layer]))
        page.Resources.Properties = Dictionary(L1=layer, L2=group)
        pdf.save(path)
    return path


GROUPS = [
    (Dictionary(Type=Name.OCMD, P=Name.AllOff), [True], True),
    (Dictionary(Type=Name.OCMD, P=Name.AllOff), [False], False),
    (Dictionary(Type=Name.OCMD, P=Name.AnyOff), [True, False], False),
    (Dictionary(Type=Name.OCMD, P=Name.AllOn), [True, False], True),
    (Dictionary(Type=Name.OCMD), [True, False], False),
    (Dictionary(Type=Name.OCMD), [False, False], True),
    (Dictionary(Type=Name.OCMD), [], False),
]


@pytest.mark.parametrize(("group", "shown", "hidden"), GROUPS)
def test_what_belongs_to_several_layers_is_hidden_by_its_policy(group, shown, hidden):
    with pikepdf.new() as pdf:
        layers = [pdf.make_indirect(Dictionary(Type=Name.OCG)) for _ in shown]
        group.OCGs = Array(layers)
        off = {layer.objgen for layer, on in zip(layers, shown, strict=True) if not on}

        assert is_off(group, off) is hidden


@pytest.mark.parametrize(("expression", "hidden"), [("Not", True), ("And", False), ("Or", False)])
def test_what_belongs_to_several_layers_is_hidden_by_its_expression(expression, hidden):
    with pikepdf.new() as pdf:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG))
        group = Dictionary(Type=Name.OCMD, VE=Array([Name("/" + expression), layer]))

        assert is_off(group, ()) is hidden


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_is_seen_is_read_without_what_is_not(tmp_path, unseen):
    path = among(tmp_path / "a.pdf", unseen)

    found = {"".join(block.text.split()) for block in read(path, ref="#1").blocks()}

    assert {PHONE, "5" * len(PHONE)} <= found


@pytest.mark.parametrize(
    "content",
    [
        f"1 g 0 290 400 20 re f 0 g BT /F1 12 Tf 20 300 Td ({PHONE}) Tj ET",
        f"0 g 0 290 400 20 re f 1 g BT /F1 12 Tf 20 300 Td ({PHONE}) Tj ET BT 0 g /F1 12 Tf 20 200 Td (5) Tj ET",
        f"BT /F1 12 Tf 20 300 Td ({PHONE}) Tj ET 1 g 0 100 400 20 re f",
        f"BT /F1 12 Tf 20 300 Td ({PHONE}) Tj 0 -200 Td 1 g (5) Tj ET",
    ],
    ids=["print on white", "white print on a dark ground", "a ground beside", "white print in another line"],
)
def test_pages_on_which_all_of_a_line_is_seen_are_read_once(tmp_path, content):
    made(tmp_path / "a.pdf", content)

    ids = [block.id for block in read(tmp_path / "a.pdf", ref="#1").blocks()]

    assert not [id for id in ids if "seen" in id]


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (drawn(*((40 + 20 * n, one) for n, one in enumerate(PHONE))), PHONE),
        (drawn((20, "Tel:"), *((100 + 18 * n, one) for n, one in enumerate(PHONE))), PHONE),
        (drawn((40, PHONE[:3]), (120, PHONE[3:7]), (200, PHONE[7:])), PHONE),
        (drawn((20, "No."), *((60 + 18 * n, one) for n, one in enumerate("11010519491231002X"))), "11010519491231002X"),
    ],
)  # fmt: skip
def test_figures_in_the_boxes_of_a_form_are_one_number(tmp_path, content, value):
    made(tmp_path / "a.pdf", content)

    found = [
        block.text[one.start : one.end]
        for block in read(tmp_path / "a.pdf", ref="#1").blocks()
        if not block.search_only
        for one in deid.detect(block.text, labels=block.labels)
    ]

    assert value in {text.replace(" ", "") for text in found}


@pytest.mark.parametrize(
    "content",
    [
        drawn(*((20 + 33 * n, one) for n, one in enumerate("13422013420"))),  # answers of a scale
        drawn((40, "139"), (120, "1234"), (200, "5678"), (280, "12")),
        drawn((40, "139"), (90, "mmol"), (160, "1234"), (220, "5678")),
    ],
)
def test_other_figures_in_a_line_stay_apart(tmp_path, content):
    made(tmp_path / "a.pdf", content)

    assert not [
        one for block in read(tmp_path / "a.pdf", ref="#1").blocks() for one in deid.detect(block.text)
    ]


@pytest.mark.parametrize("pieces", [tuple(PHONE), (PHONE[:3], PHONE[3:7], PHONE[7:])])
def test_fields_of_a_form_that_hold_figures_each_are_one_number(tmp_path, pieces):
    pdf = made(tmp_path / "x.pdf", "BT /F1 12 Tf 9 9 Td (x) Tj ET")
    fields = Array(
        [
            pdf.make_indirect(note("Widget", FT=Name.Tx, T=String(f"d{n}"), V=String(piece)))
            for n, piece in enumerate(pieces)
        ]
    )
    pdf.pages[0].obj.Annots = fields
    pdf.Root.AcroForm = Dictionary(Fields=fields)
    pdf.save(tmp_path / "a.pdf")
    document = read(tmp_path / "a.pdf", ref="#1")

    write(document, replaced(document, [PHONE]), tmp_path / "b.pdf")

    with pikepdf.open(tmp_path / "b.pdf") as out:
        values = [str(field.get("/V", "")) for field in out.Root.AcroForm.Fields]
    assert values == ["〔替〕"] + [""] * (len(pieces) - 1)


@pytest.mark.parametrize("blank", ["", " "])
def test_a_choice_of_which_the_value_is_blank_keeps_it(tmp_path, blank):
    pdf = made(tmp_path / "x.pdf", "BT /F1 12 Tf 9 9 Td (x) Tj ET")
    options = Array([Array([String(blank), String("none")]), Array([String("a"), String("some")])])
    field = pdf.make_indirect(note("Widget", FT=Name.Ch, T=String("d"), V=String(blank), Opt=options))
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    pdf.save(tmp_path / "a.pdf")

    write(read(tmp_path / "a.pdf", ref="#1"), {}, tmp_path / "b.pdf")

    with pikepdf.open(tmp_path / "b.pdf") as out:
        (field,) = out.Root.AcroForm.Fields
        assert field.Opt[0][0] == field.V
        assert [str(called) for _, called in field.Opt] == ["none", "some"]
        assert "/AP" in field


def with_field(path: Path, shown: str, *, on_page: bool = True, **resources: object) -> None:
    """A page, and a form with a font and a field that shows something."""
    pdf = made(path, "BT /F1 12 Tf 9 9 Td (x) Tj ET")
    look = pdf.make_stream(
        shown.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 99, 20], **resources
    )
    field = pdf.make_indirect(note("Widget", FT=Name.Tx, T=String("d"), AP=Dictionary(N=look)))
    if on_page:
        pdf.pages[0].obj.Annots = Array([field])
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]), DR=Dictionary(Font=Dictionary(Helv=font)), DA=String("/Helv 0 Tf")
    )
    pdf.save(path)


@pytest.mark.parametrize(
    "resources", [{}, {"Resources": Dictionary()}, {"Resources": Dictionary(Font=Dictionary())}]
)
def test_a_field_is_read_with_the_fonts_of_its_form(tmp_path, resources):
    with_field(tmp_path / "a.pdf", f"BT /Helv 9 Tf 2 2 Td ({PHONE}) Tj ET", **resources)
    document = read(tmp_path / "a.pdf", ref="#1")

    write(document, replaced(document, [PHONE]), tmp_path / "b.pdf")

    assert PHONE not in everything(tmp_path / "b.pdf")
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert "/DeidText" in pdf.pages[0].obj.Annots[0].AP.N.Resources.Font


@pytest.mark.parametrize(("font", "on_page"), [("/None", True), ("/Helv", False)])
def test_what_a_field_shows_and_nobody_reads_goes(tmp_path, font, on_page):
    with_field(tmp_path / "a.pdf", f"BT {font} 9 Tf 2 2 Td ({PHONE}) Tj ET", on_page=on_page)
    document = read(tmp_path / "a.pdf", ref="#1")

    write(document, {}, tmp_path / "b.pdf")

    assert PHONE not in everything(tmp_path / "b.pdf")
    assert document.details["removed"]["appearance"] == 1
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert "/AP" not in pdf.Root.AcroForm.Fields[0]


@pytest.mark.parametrize("font", ["/F9 12 Tf", ""])
def test_what_nobody_sees_or_reads_goes(tmp_path, font):
    seen, hidden = "BT /F1 12 Tf 9 90 Td (seen) Tj ET", f"BT 3 Tr {font} 9 9 Td ({PHONE}) Tj ET"
    made(tmp_path / "a.pdf", f"{hidden if not font else ''} {seen} {hidden if font else ''}")
    document = read(tmp_path / "a.pdf", ref="#1")

    write(document, {}, tmp_path / "b.pdf")

    assert PHONE not in everything(tmp_path / "b.pdf")
    assert "(seen)" in everything(tmp_path / "b.pdf")


def test_what_is_seen_in_a_font_that_is_not_there_becomes_a_picture(tmp_path):
    made(tmp_path / "a.pdf", f"BT /F9 12 Tf 9 9 Td ({PHONE}) Tj ET")

    write(read(tmp_path / "a.pdf", ref="#1"), {}, tmp_path / "b.pdf")

    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert PHONE.encode() not in pdf.pages[0].obj.Contents.read_bytes()
        assert "/XObject" in pdf.pages[0].obj.Resources


def font_with_text(pdf: pikepdf.Pdf, kind: str) -> Dictionary:
    text = pdf.make_stream(PHONE.encode())
    plain = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Own)
    if kind in ("FontFile", "FontFile2", "FontFile3"):
        plain.FontDescriptor = Dictionary(
            {"/Type": Name.FontDescriptor, "/FontName": Name.Own, f"/{kind}": text}
        )
    elif kind == "ToUnicode":
        plain.ToUnicode = text
    elif kind == "Encoding":
        inner = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Own))
        plain.Subtype, plain.Encoding, plain.DescendantFonts = Name.Type0, text, Array([inner])
    else:
        plain.Subtype, plain.CharProcs = Name.Type3, Dictionary(a=text)
    return plain


@pytest.mark.parametrize("setting", ["BT /F2 12 Tf ET", "BT /F2 12 Tf () Tj ET", "/G gs"])
@pytest.mark.parametrize("kind", ["FontFile", "FontFile2", "FontFile3", "ToUnicode", "Encoding", "CharProcs"])
def test_a_font_with_which_nothing_is_shown_says_nothing(tmp_path, setting, kind):
    pdf = made(tmp_path / "x.pdf", f"{setting} BT /F1 12 Tf 9 9 Td (seen) Tj ET")
    page = pdf.pages[0].obj
    page.Resources.Font.F2 = pdf.make_indirect(font_with_text(pdf, kind))
    page.Resources.ExtGState = Dictionary(G=Dictionary(Font=Array([page.Resources.Font.F2, 12])))
    pdf.save(tmp_path / "a.pdf")

    write(read(tmp_path / "a.pdf", ref="#1"), {}, tmp_path / "b.pdf")

    assert PHONE not in everything(tmp_path / "b.pdf")
    assert "(seen)" in everything(tmp_path / "b.pdf")


@pytest.mark.parametrize("kind", ["FontFile", "FontFile2", "FontFile3"])
def test_programs_of_fonts_for_typing_go(tmp_path, kind):
    pdf = made(tmp_path / "x.pdf", "")
    fonts = Dictionary(Own=pdf.make_indirect(font_with_text(pdf, kind)))
    pdf.Root.AcroForm = Dictionary(Fields=Array(), DR=Dictionary(Font=fonts))
    pdf.save(tmp_path / "a.pdf")

    write(read(tmp_path / "a.pdf", ref="#1"), {}, tmp_path / "b.pdf")

    assert PHONE not in everything(tmp_path / "b.pdf")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("患者张三，电话13912345678", "utf-16-be"),
        ("患者張三，電話13912345678", "big5"),
        ("患者张三，电话13912345678", "utf-16"),
        ("Résumé of José, café", "cp1252"),
        ("Chapter 12", "ascii"),
    ],
)
def test_strings_are_read_in_the_encodings_of_chinese_programs(tmp_path, text, codec):
    pdf = made(tmp_path / "x.pdf", "")
    pdf.pages[0].obj.Annots = Array([note("Text", Contents=String(text.encode(codec)))])
    pdf.save(tmp_path / "a.pdf")

    assert [block.text for block in read(tmp_path / "a.pdf", ref="#1").blocks()] == [text]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("电话138\x1bzhCN\x1b00138000".encode("utf-16-be"), "电话13800138000"),
        ("电话13800138000".encode("utf-16-le"), "电话13800138000"),
        ("电话\x1b[1m".encode("utf-16-be"), "电话\x1b[1m"),
    ],
)
def test_strings_say_what_viewers_show(data, text):
    marked = data if data.endswith(b"\x00") else b"\xfe\xff" + data

    assert said(String(marked)) == text


def _annotation(pdf: pikepdf.Pdf, **keys: object) -> None:
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note("Square", **keys))])


def _resource(pdf: pikepdf.Pdf, category: str, value: object) -> None:
    page = pdf.pages[0].obj
    page.Resources[f"/{category}"] = Dictionary(X=value)
    use = {"Pattern": "/Pattern cs /X scn", "Shading": "/X sh", "ColorSpace": "/X cs"}[category]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + f"\n{use} 9 9 9 9 re f".encode())


def _mask_of_pattern(pdf: pikepdf.Pdf, text: object) -> None:
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=[0, 0, 9, 9], Function=_linear())
    text.Type, text.Subtype, text.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])  # type: ignore[attr-defined]
    state = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=text))
    _resource(pdf, "Pattern", Dictionary(PatternType=2, Shading=shading, ExtGState=state))


def _linear(**keys: object) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], N=1, **keys)


def _function(pdf: pikepdf.Pdf, text: object) -> None:
    text.FunctionType, text.Domain, text.N = 2, Array([0, 1]), 1  # type: ignore[attr-defined]
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=[0, 0, 9, 9], Function=text)
    _resource(pdf, "Shading", shading)


def _mesh(pdf: pikepdf.Pdf, text: object) -> None:
    text.ShadingType, text.ColorSpace = 4, Name.DeviceGray  # type: ignore[attr-defined]
    text.BitsPerCoordinate = text.BitsPerComponent = text.BitsPerFlag = 8  # type: ignore[attr-defined]
    text.Decode = Array([0, 9, 0, 9, 0, 1])  # type: ignore[attr-defined]
    _resource(pdf, "Shading", text)


def _group(pdf: pikepdf.Pdf, text: object) -> None:
    pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, G=text, N=text)


def _layers(pdf: pikepdf.Pdf, text: object) -> None:
    _annotation(pdf, OC=pdf.make_indirect(Dictionary(Type=Name.OCMD, N=text, R=Dictionary(N=text))))


STREAMS = {
    "the mask of a pattern": _mask_of_pattern,
    "a function that has none": _function,
    "a mesh": _mesh,
    "a group": _group,
    "a group of layers": _layers,
    "a border": lambda pdf, text: _annotation(pdf, BS=Dictionary(D=text)),
    "dashes": lambda pdf, text: _annotation(pdf, BS=Dictionary(D=Array([text]))),
    "an effect": lambda pdf, text: _annotation(pdf, BE=Dictionary(N=Dictionary(N=text))),
    "an encoding of a border": lambda pdf, text: _annotation(pdf, BS=Dictionary(Encoding=text)),
    "ends of a line": lambda pdf, text: _annotation(pdf, LE=Dictionary(D=text)),
    "a colour": lambda pdf, text: _annotation(pdf, IC=Dictionary(G=text)),
    "a comment": lambda pdf, text: _annotation(pdf, Contents=text),
}


@pytest.mark.parametrize("place", STREAMS)
def test_streams_where_none_belongs_are_not_passed_on(tmp_path, place):
    pdf = made(tmp_path / "x.pdf", "BT /F1 12 Tf 9 90 Td (seen) Tj ET")
    STREAMS[place](pdf, pdf.make_stream(PHONE.encode()))
    pdf.save(tmp_path / "a.pdf")

    write(read(tmp_path / "a.pdf", ref="#1"), {}, tmp_path / "b.pdf")

    assert PHONE not in everything(tmp_path / "b.pdf")
    assert "(seen)" in everything(tmp_path / "b.pdf")


@pytest.mark.parametrize("name", ["C", "RD", "Info", "IC"])
def test_resources_keep_their_streams_whatever_they_are_called(tmp_path, name):
    pdf = made(tmp_path / "x.pdf", f"q 50 0 0 50 9 9 cm /{name} Do Q")
    pixels = pdf.make_stream(bytes(range(64)) * 3)
    pixels.Type, pixels.Subtype, pixels.Width, pixels.Height = Name.XObject, Name.Image, 8, 8
    pixels.ColorSpace, pixels.BitsPerComponent = Name.DeviceRGB, 8
    form = pdf.make_stream(b"/Im0 Do")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
    form.Resources = Dictionary(XObject=Dictionary(Im0=pixels))
    pdf.pages[0].obj.Resources.XObject = Dictionary({f"/{name}": form})
    pdf.save(tmp_path / "a.pdf")

    write(read(tmp_path / "a.pdf", ref="#1"), {}, tmp_path / "b.pdf")

    with pikepdf.open(tmp_path / "b.pdf") as new:
        assert [
            1 for one in new.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]


def test_gradients_with_functions_stay(tmp_path):
    pdf = made(tmp_path / "x.pdf", "")
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=[0, 0, 9, 9], Function=_linear())
    _resource(pdf, "Pattern", Dictionary(PatternType=2, Shading=shading))
    pdf.save(tmp_path / "a.pdf")

    write(read(tmp_path / "a.pdf", ref="#1"), {}, tmp_path / "b.pdf")

    with pikepdf.open(tmp_path / "b.pdf") as new:
        (pattern,) = new.pages[0].obj.Resources.Pattern.values()
        assert pattern.Shading.Function.N == 1


@pytest.mark.parametrize(("said", "stays"), [("zhangsan", False), ("GB1", True), ("Identity", True)])
def test_the_collection_of_a_font_is_one_that_there_is(tmp_path, said, stays):
    pdf = made(tmp_path / "x.pdf", "BT /F2 12 Tf 9 9 Td <00410042> Tj ET")
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Arial,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String(said), Supplement=0),
    )  # fmt: skip
    pdf.pages[0].obj.Resources.Font.F2 = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Arial, Encoding=Name("/UniGB-UCS2-H"),
        DescendantFonts=[pdf.make_indirect(inner)],
    )  # fmt: skip
    pdf.save(tmp_path / "a.pdf")

    write(read(tmp_path / "a.pdf", ref="#1"), {}, tmp_path / "b.pdf")

    assert (f"({said})" in everything(tmp_path / "b.pdf")) == stays


@pytest.mark.parametrize("kind", ["FontFile", "FontFile2", "FontFile3"])
def test_what_is_no_font_program_is_not_passed_on(tmp_path, kind):
    pdf = made(tmp_path / "x.pdf", "BT /F2 12 Tf 9 9 Td (seen) Tj ET")
    pdf.pages[0].obj.Resources.Font.F2 = pdf.make_indirect(font_with_text(pdf, kind))
    pdf.save(tmp_path / "a.pdf")

    write(read(tmp_path / "a.pdf", ref="#1"), {}, tmp_path / "b.pdf")

    assert PHONE not in everything(tmp_path / "b.pdf")
    assert "(seen)" in everything(tmp_path / "b.pdf")


@pytest.mark.parametrize("name", ["DefaultRGB", "DefaultGray", "DefaultCMYK"])
def test_what_the_colours_of_devices_are_is_passed_on(tmp_path, name):
    pdf = made(tmp_path / "x.pdf", "0.3 0.5 0.7 rg 9 9 9 9 re f")
    space = Array([Name.CalRGB, Dictionary(WhitePoint=[0.95, 1, 1.08])])
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary({f"/{name}": space, "/Other": space})
    pdf.save(tmp_path / "a.pdf")

    write(read(tmp_path / "a.pdf", ref="#1"), {}, tmp_path / "b.pdf")

    with pikepdf.open(tmp_path / "b.pdf") as new:
        assert list(new.pages[0].obj.Resources.ColorSpace) == [f"/{name}"]


def test_numbers_of_pages_that_stand_in_a_tree_stay_and_their_prefixes_are_text(tmp_path):
    pdf = made(tmp_path / "x.pdf", "")
    leaf = pdf.make_indirect(Dictionary(Nums=Array([1, Dictionary(S=Name.D, P=String(PHONE))])))
    first = pdf.make_indirect(Dictionary(Nums=Array([0, Dictionary(S=Name.r, Title=String(OTHER))])))
    pdf.Root.PageLabels = Dictionary(Kids=Array([pdf.make_indirect(Dictionary(Kids=Array([leaf]))), first]))
    pdf.save(tmp_path / "a.pdf")

    document = read(tmp_path / "a.pdf", ref="#1")
    found = [block.text for block in document.blocks()]
    write(document, {}, tmp_path / "b.pdf")

    assert PHONE in found
    with pikepdf.open(tmp_path / "b.pdf") as new:
        numbers = list(new.Root.PageLabels.Nums)
    assert numbers[::2] == [0, 1]
    assert [label.S for label in numbers[1::2]] == [Name.r, Name.D]
    assert OTHER not in everything(tmp_path / "b.pdf")


def test_inline_pictures_that_go_are_counted(tmp_path):
    picture = b"q 40 0 0 40 9 9 cm BI%\n/W 20 /H 20 /BPC 8 /CS /G ID " + bytes(400) + b"\nEI Q"
    pdf = made(tmp_path / "x.pdf", "")
    pdf.pages[0].obj.Contents = pdf.make_stream(picture)
    pdf.save(tmp_path / "a.pdf")

    document = read(tmp_path / "a.pdf", ref="#1")
    write(document, {}, tmp_path / "b.pdf")

    assert document.details["removed"]["picture"] == 1


@pytest.mark.parametrize(("font", "turned", "count"), [("F1", 0, 0), ("F1", 90, 1), ("F9", 0, 1)])
def test_annotations_of_a_page_that_becomes_a_picture_are_counted_where_they_go(
    tmp_path, font, turned, count
):
    pdf = made(tmp_path / "x.pdf", f"BT /{font} 12 Tf 9 90 Td (seen) Tj ET", Rotate=turned, UserUnit=2)
    _annotation(pdf)
    pdf.save(tmp_path / "a.pdf")

    document = read(tmp_path / "a.pdf", ref="#1", options=Options(pdf="raster"))
    write(document, {}, tmp_path / "b.pdf")

    assert document.details["removed"].get("annotation", 0) == count
    with pikepdf.open(tmp_path / "b.pdf") as new:
        assert "/UserUnit" not in new.pages[0].obj
        assert [float(edge) for edge in new.pages[0].obj.MediaBox] == [0, 0, 800, 800]
