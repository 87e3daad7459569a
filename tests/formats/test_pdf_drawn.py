"""Print that no text of a page says: letters as outlines, pictures cut into strips."""

from __future__ import annotations

import itertools

import pikepdf
import pytest
from fontTools.pens.basePen import BasePen
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont
from test_pdf import done, one_page, pages_of, seen

from deid.errors import UnreadableDocument, UnwritableDocument
from deid.formats import pdf, read, write
from deid.formats.lettering import chinese_font
from deid.formats.pdf import content, pictures, scans
from deid.formats.pdf.cleaning import clean
from deid.formats.pdf.fonts import Font

pytestmark = pytest.mark.slow

PRINTED = (
    "主诉：反复上腹部隐痛三月余，伴反酸嗳气",
    "处理：口服药物，注意饮食，两周后复查",
    "科室：消化内科门诊",
)
DRAWN = "患者姓名：张三丰，电话13800138000"


class _Outlines(BasePen):
    """Operators that draw glyphs; curves as lines where `flat`, as programs write that cut plates."""

    def __init__(self, glyphs, flat):
        super().__init__(glyphs)
        self.parts, self.flat, self.place = [], flat, (0, 0)

    def _moveTo(self, point):
        self._put("m", point)

    def _lineTo(self, point):
        self._put("l", point)

    def _curveToOne(self, first, second, end):
        if not self.flat:
            self._put("c", first, second, end)
            return
        start = self.place
        for t in (0.25, 0.5, 0.75, 1.0):
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            points = (start, first, second, end)
            self._put("l", tuple(sum(w * p[i] for w, p in zip(weights, points, strict=True)) for i in (0, 1)))

    def _put(self, operator, *points):
        numbers = " ".join(f"{number:.1f}" for number in itertools.chain(*points))
        self.parts.append(f"{numbers} {operator}")
        self.place = points[-1]


def outlines(text, x, y, size, *, flat=False):
    font = chinese_font().opened()
    glyphs, names, unit = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
    drawn = [f"q 0 g {size / unit:.5f} 0 0 {size / unit:.5f} {x} {y} cm"]
    for character in text:
        pen = _Outlines(glyphs, flat)
        glyphs[names[ord(character)]].draw(pen)
        drawn += [*pen.parts, "f", f"1 0 0 1 {glyphs[names[ord(character)]].width} 0 cm"]
    font.close()
    return "\n".join([*drawn, "Q"]).encode()


def with_drawing(path, drawing, **resources):
    one_page(path, *PRINTED)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        page.Contents = Array([page.Contents, pdf.make_stream(b"\n" + drawing)])
        for name, value in resources.items():
            page.Resources[f"/{name}"] = value(pdf)
        pdf.save(path)
    return path


@pytest.mark.parametrize("flat", [False, True])
def test_letters_drawn_as_outlines_are_read_and_painted(tmp_path, flat):
    path = with_drawing(tmp_path / "a.pdf", outlines(DRAWN, 60, 400, 16, flat=flat))
    assert "张三丰" in seen(path)

    out = done(path)

    after = seen(out)
    assert "张三丰" not in after
    assert "13800138000" not in after
    assert "患者姓名" in after
    assert "消化内科门诊" in after + pages_of(out)[0]
    with pytest.raises(UnwritableDocument, match="could not be taken out"):
        done(path, pdf="text")


def test_a_drawing_that_says_nothing_of_anybody_leaves_the_page_text(tmp_path):
    path = with_drawing(tmp_path / "a.pdf", outlines("慢性浅表性胃炎诊疗指南", 60, 400, 16))

    out = done(path)

    with pikepdf.open(out) as pdf:
        assert "/XObject" not in pdf.pages[0].obj.Resources
    assert "诊疗指南" in seen(out)


@pytest.fixture
def no_ocr(monkeypatch):
    for module in (pdf, pictures, scans):
        monkeypatch.setattr(module, "is_installed", lambda: False)


FRAMES = b"\nq 60 300 m 500 300 l S 60 200 200 20 re S 60 40 m 200 400 300 500 500 700 c S Q"


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize("is_form", [False, True])
def test_without_ocr_letters_drawn_as_outlines_are_left_out(tmp_path, no_ocr, flat, is_form):
    letters = outlines(DRAWN, 60, 400, 16, flat=flat)

    def form(pdf):
        return Dictionary(
            F=pdf.make_stream(letters, Subtype=Name.Form, BBox=[0, 0, 595, 842], Resources=Dictionary())
        )

    drawing, resources = (b"/F Do", {"XObject": form}) if is_form else (letters, {})
    path = with_drawing(tmp_path / "a.pdf", drawing + FRAMES, **resources)

    document, out = read(str(path), ref="#1"), tmp_path / "out.pdf"
    write(document, {}, str(out))

    assert document.details["removed"] == {"drawing": len(DRAWN)}
    after = seen(out)
    assert "患者" not in after
    assert "13800138000" not in after
    assert "消化内科门诊" in after
    with pikepdf.open(out) as new:
        drawn = {str(one.operator) for one in pikepdf.parse_content_stream(new.pages[0])}
    assert {"l", "re", "c"} <= drawn


def test_without_ocr_a_page_that_draws_little_stays_as_it_is(tmp_path, no_ocr):
    path = with_drawing(tmp_path / "a.pdf", outlines("一", 60, 400, 16) + FRAMES)

    document = read(str(path), ref="#1")
    write(document, {}, str(tmp_path / "out.pdf"))

    assert not document.details["removed"]


BARS = [(60 + 3 * number + (number * number % 5) / 2, 500) for number in range(40)]
SQUARES = [(300 + 3 * (n % 21), 500 + 3 * (n // 21)) for n in range(441) if n * n % 7 % 2]


@pytest.mark.parametrize("drawn", ["bars", "bars in one path", "lines", "squares", "bars turned"])
def test_codes_that_are_drawn_go_and_tables_stay(tmp_path, drawn):
    code = {
        "bars": "".join(f"{x} {y} 1.2 30 re f\n" for x, y in BARS),
        "bars in one path": "".join(
            f"{x} {y} m {x + 1} {y} l {x + 1} {y + 30} l {x} {y + 30} l h\n" for x, y in BARS
        )
        + "f",
        "lines": "".join(f"{x} {y} m {x} {y + 30} l S\n" for x, y in BARS),
        "squares": "".join(f"{x} {y} 3 3 re f\n" for x, y in SQUARES),
        "bars turned": "".join(f"{y} {x} 30 1.2 re f\n" for x, y in BARS),
    }[drawn]
    table = "".join(f"60 {300 - 12 * row} m 500 {300 - 12 * row} l S\n" for row in range(20))
    path = with_drawing(tmp_path / "a.pdf", f"q {code} Q q {table} Q".encode())

    document = read(str(path), ref="#1")
    write(document, {}, str(tmp_path / "out.pdf"))

    assert document.details["removed"] == {"code": 1}
    with pikepdf.open(tmp_path / "out.pdf") as new:
        drawn = [str(one.operator) for one in pikepdf.parse_content_stream(new.pages[0])]
    assert "re" not in drawn
    assert drawn.count("l") == 20


@pytest.mark.parametrize(
    ("name", "stays"), [("Code128", False), ("IDAutomationHC39M", False), ("CodeNewRoman", True)]
)
def test_what_is_shown_with_a_font_of_bars_goes(tmp_path, name, stays):
    path = one_page(tmp_path / "a.pdf", *PRINTED)
    with pikepdf.open(path, allow_overwriting_input=True) as new:
        page = new.pages[0].obj
        page.Resources.Font.F9 = Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(f"/ABCDEF+{name}")
        )
        page.Contents = new.make_stream(
            page.Contents.read_bytes() + b" BT /F9 30 Tf 60 400 Td (!,BqZv~) Tj ET"
        )
        new.save(path)

    document = read(str(path), ref="#1")
    write(document, {}, str(tmp_path / "out.pdf"))

    assert ("BqZv" in pages_of(tmp_path / "out.pdf")[0]) == stays
    assert document.details["removed"] == ({} if stays else {"code": 1})
    assert "消化内科门诊" in pages_of(tmp_path / "out.pdf")[0]


def strokes(text, x, y, size):
    """Letters as a plotter writes them: each line by itself."""
    points = [line.split() for line in outlines(text, 0, 0, size, flat=True).decode().splitlines()]
    at, found = ("0", "0"), []
    for *numbers, operator in points:
        if operator == "l":
            found.append(f"{' '.join(at)} m {' '.join(numbers)} l S")
        if operator in ("m", "l"):
            at = tuple(numbers)
        elif operator == "cm" and numbers[0] == "1":
            found.append(" ".join(numbers) + " cm")
    return f"q {size / 1000:.4f} 0 0 {size / 1000:.4f} {x} {y} cm 20 w\n{chr(10).join(found)}\nQ".encode()


def test_letters_in_single_strokes_are_read(tmp_path):
    path = with_drawing(tmp_path / "a.pdf", strokes(DRAWN, 60, 400, 16))
    assert "张三丰" in seen(path)

    after = seen(done(path))

    assert "张三丰" not in after
    assert "13800138000" not in after


def test_without_ocr_letters_in_single_strokes_are_left_out(tmp_path, no_ocr):
    path = with_drawing(tmp_path / "a.pdf", strokes(DRAWN, 60, 400, 16))

    after = seen(done(path))

    assert "患者" not in after
    assert "消化内科门诊" in after


@pytest.mark.parametrize(("across", "down"), [(2000, 8), (11, 2000)])
def test_a_picture_in_strips_too_narrow_to_be_read_is_read_as_the_page_shows_it(tmp_path, across, down):
    file = chinese_font()
    picture = Image.new("L", (660, 60), 255)
    font = ImageFont.truetype(file.path, 30, index=file.number)
    ImageDraw.Draw(picture).text((20, 10), DRAWN, font=font, fill=0)
    boxes = [
        (x, y, min(x + across, picture.width), min(y + down, picture.height))
        for x in range(0, picture.width, across)
        for y in range(0, picture.height, down)
    ]

    def strips(pdf):
        return Dictionary(
            {
                f"/I{number}": pdf.make_stream(
                    picture.crop(box).tobytes(), Subtype=Name.Image, Width=box[2] - box[0], Height=box[3] - box[1],
                    ColorSpace=Name.DeviceGray, BitsPerComponent=8,
                )
                for number, box in enumerate(boxes)
            }
        )  # fmt: skip

    drawing = "\n".join(
        f"q {0.6 * (right - left):.2f} 0 0 {0.6 * (bottom - top):.2f} {60 + 0.6 * left:.2f} {400 - 0.6 * bottom:.2f} cm /I{number} Do Q"
        for number, (left, top, right, bottom) in enumerate(boxes)
    )
    path = with_drawing(tmp_path / "a.pdf", drawing.encode(), XObject=strips)
    assert "13800138000" in seen(path)

    after = seen(done(path))

    assert "张三丰" not in after
    assert "13800138000" not in after


def test_a_comment_drawn_with_outlines_is_left_out(tmp_path):
    path = one_page(tmp_path / "a.pdf", *PRINTED)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        looks = pdf.make_stream(
            outlines(DRAWN, 5, 5, 14), Subtype=Name.Form, BBox=[0, 0, 400, 30], Resources=Dictionary()
        )
        stamp = Dictionary(Subtype=Name.Stamp, Rect=[60, 400, 460, 430], F=4, AP=Dictionary(N=looks))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(stamp)])
        pdf.save(path)
    assert "张三丰" in seen(path)

    document, out = read(path, ref="#0001"), done(path)

    assert document.details["removed"] == {"drawing by hand": 1}
    assert "张三丰" not in seen(out)


def with_fields(path, count, **filtered):
    """A form whose fields show `AB` in one font."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        fields = []
        for number in range(count):
            looks = pdf.make_stream(b"", BBox=[0, 0, 90, 20], Resources=Dictionary(Font=Dictionary(F=font)))
            looks.write(b"BT /F 10 Tf (AB) Tj ET", **filtered)
            fields.append(
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=pikepdf.String(f"f{number}"),
                        Rect=[0, 20 * number, 90, 20 * number + 20], AP=Dictionary(N=looks),
                    )
                )
            )  # fmt: skip
        page.Annots = Array(fields)
        pdf.Root.AcroForm = Dictionary(Fields=Array(fields))
        pdf.save(path)
    return str(path)


def test_the_font_of_many_fields_is_read_once_by_whoever_looks_for_outlines(tmp_path, monkeypatch):
    path, fonts = with_fields(tmp_path / "a.pdf", 5), []
    monkeypatch.setattr(content, "Font", lambda spec: fonts.append(spec) or Font(spec))

    with pikepdf.open(path) as pdf:
        clean(pdf, "#1")

    assert len(fonts) == 1


def test_a_field_whose_looks_are_damaged_is_told_by_its_document(tmp_path):
    path = with_fields(tmp_path / "a.pdf", 1, filter=Name.FlateDecode)

    with pytest.raises(UnreadableDocument, match=r"^#1: corrupt"):
        read(path, ref="#1")


@pytest.mark.parametrize(("colours", "stays"), [(40, True), (2, False)])
def test_heat_maps_stay_and_codes_of_two_colours_go(tmp_path, colours, stays):
    squares = [
        f"{n % colours / colours:.3f} 0.5 0.2 rg {300 + 3 * (n % 21)} {500 + 3 * (n // 21)} 3 3 re f"
        for n in range(441)
    ]
    path = with_drawing(tmp_path / "a.pdf", f"q {' '.join(squares)} Q".encode())

    document = read(str(path), ref="#1")
    write(document, {}, str(tmp_path / "out.pdf"))

    assert document.details["removed"] == ({} if stays else {"code": 1})
