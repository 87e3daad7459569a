"""PDF files: nothing planted survives, and what is not replaced stays where it was."""

from __future__ import annotations

import gc
import io
import re
import sys
import warnings
import zlib
from collections import OrderedDict
from contextlib import closing, suppress
from copy import copy
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import hostile_pdf
import pdfminer.layout
import pikepdf
import pypdfium2
import pytest
from pdfminer.high_level import extract_text
from pdfminer.pdftypes import PDFStream
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps
from planting import replaced, survivors

from deid import formats
from deid.errors import UnreadableDocument, UnsupportedDocument, UnwritableDocument
from deid.formats import Options, read, text_of, write
from deid.formats.lettering import FontFile, chinese_font
from deid.formats.ocr import read_picture, reading
from deid.formats.pdf import looks, pictures, rendering, scans, slimming, writing
from deid.formats.pdf.content import Show
from deid.formats.pdf.reading import Reading
from deid.formats.pdf.rendering import rendered
from deid.formats.pdf.standin import StandInFont
from deid.formats.pdf.type1 import without_notices, without_texts
from deid.formats.proofreading import pdf as proofreading_pdf
from deid.formats.sharing import share


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "hostile.pdf"
    return path, *hostile_pdf.make(path)


@pytest.fixture(scope="module")
def written(planted, tmp_path_factory):
    path, plant, _ = planted
    document = read(path, ref="#0001")
    out = tmp_path_factory.mktemp("pdf") / "out.pdf"
    write(document, replaced(document, plant.values), out)
    return out


def raw(path, codes):
    """Every byte of a PDF in every reading that could spell text: as it stands, decompressed, in objects."""
    parts = [path.read_bytes()]
    with pikepdf.open(path) as pdf:
        for value in pdf.objects:
            if isinstance(value, pikepdf.Stream):
                parts.append(value.read_raw_bytes())
                with suppress(pikepdf.PdfError):
                    parts.append(value.read_bytes())
                    yield spelled(value, codes)
            parts += strings_in(value)
    for part in parts:
        yield unquote(part.decode("utf-8", "replace"))
        yield part.decode("utf-16-be", "replace")
        yield part[1:].decode("utf-16-be", "replace")
        for text in re.findall(rb"<([0-9a-fA-F]{4,})>", part):
            yield bytes.fromhex(text.decode() + "0" * (len(text) % 2)).decode("utf-16-be", "replace")
        yield re.sub(rb"#([0-9a-f]{2})", lambda m: bytes([int(m[1], 16)]), part).decode("utf-8", "replace")


def spelled(stream, codes):
    """What a content stream shows, one string after the other."""
    with suppress(pikepdf.PdfError, TypeError, ValueError), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = b"".join(
            bytes(part)
            for instruction in pikepdf.parse_content_stream(stream)
            if str(instruction.operator) in ("Tj", "TJ", "'", '"')
            for operand in instruction.operands
            for part in (operand if isinstance(operand, pikepdf.Array) else [operand])
            if isinstance(part, pikepdf.String)
        )
        return "".join(codes.get(int.from_bytes(data[i : i + 2], "big"), "?") for i in range(0, len(data), 2))
    return ""


def strings_in(value):
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.String):
            yield from (bytes(item), str(item).encode())
        elif isinstance(item, pikepdf.Name):
            yield str(item).encode("utf-8", "surrogateescape")
        elif isinstance(item, pikepdf.Array):
            waiting += [part for part in item if isinstance(part, pikepdf.Object) and not part.is_indirect]
        elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            yield from (key.encode("utf-8", "surrogateescape") for key in item.keys())  # noqa: SIM118
            waiting += [
                part for _, part in item.items() if isinstance(part, pikepdf.Object) and not part.is_indirect
            ]


def shown(path):
    document = pypdfium2.PdfDocument(path)
    text = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return re.sub(r"\s", "", "".join(text))


def test_no_planted_value_survives(planted, written):
    _, plant, codes = planted

    assert survivors(plant.values, raw(written, codes)) == set()
    assert survivors(plant.values, [shown(written), re.sub(r"\s", "", extract_text(written))]) == set()
    assert survivors(plant.values, text_of(written)) == set()


def test_the_values_were_there(planted):
    path, plant, codes = planted

    seen = survivors(plant.values, [*raw(path, codes), shown(path)])

    assert set(plant.values.values()) - seen == set()


def test_maps_and_outlines_of_fonts_do_not_spell_the_old_text(planted, written):
    _, plant, _ = planted
    characters = set("".join(value for value in plant.values if not value.isdecimal()))

    with pikepdf.open(written) as pdf:
        maps = [
            value.ToUnicode.read_bytes()
            for value in pdf.objects
            if isinstance(value, pikepdf.Dictionary) and "/ToUnicode" in value
        ]

    assert maps
    for character in characters:
        assert not any(character.encode("utf-16-be").hex().encode() in found for found in maps), character


def test_what_is_not_replaced_stays_where_it_was(planted, written):
    path, *_ = planted

    before, after = (pypdfium2.PdfDocument(file)[0].get_textpage() for file in (path, written))
    places = []
    for page in (before, after):
        found = set()
        search = page.search("患者")
        while hit := search.get_next():
            found.add(tuple(round(edge) for edge in page.get_charbox(hit[0])[:2]))
        places.append(found)

    assert len(places[0]) > 15
    assert len(places[0] & places[1]) >= len(places[0]) - 1


def test_a_large_tagged_file_comes_out_the_same_without_reading_its_tags(
    planted, written, tmp_path, monkeypatch
):
    path, plant, codes = planted
    counts, taken_over = [], slimming.slimmed

    def counted(pdf):
        new = taken_over(pdf)
        counts.append((len(new.objects), len(pdf.objects)))
        return new

    monkeypatch.setattr(slimming, "_MANY", 10)
    monkeypatch.setattr(formats.pdf, "slimmed", counted)
    out = tmp_path / "out.pdf"

    document = read(path, ref="#0001")
    write(document, replaced(document, plant.values), out)

    assert all(new < old for new, old in counts)
    assert len(counts) == 3
    assert survivors(plant.values, raw(out, codes)) == set()
    assert shown(out) == shown(written)
    assert strings_of_objects(out) - {b"/Version", b"/1.3"} == strings_of_objects(written)


def test_a_tagged_file_that_is_mostly_pictures_is_not_copied(planted, monkeypatch):
    path, *_ = planted
    monkeypatch.setattr(slimming, "_MANY", 10)

    with pikepdf.open(path) as pdf:
        size = 1_000 * int(pdf.trailer.Size)

        assert slimming.is_worth_slimming(pdf, size - 1_000)
        assert not slimming.is_worth_slimming(pdf, size)


def strings_of_objects(path):
    with pikepdf.open(path) as pdf:
        return {
            string
            for value in pdf.objects
            if not (isinstance(value, pikepdf.Stream) and value.get("/Type") == "/XRef")
            for string in strings_in(value)
        }


def test_a_file_with_a_password_is_refused(tmp_path):
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(user="secret", owner="other"))

    with pytest.raises(UnreadableDocument, match="encrypted: it needs a password"):
        read(path, ref="#0001")


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.7\n" + bytes(range(256)) * 20, b"no pdf"])
def test_a_damaged_file_is_refused(tmp_path, data):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)

    with pytest.raises(UnreadableDocument, match="corrupt"):
        read(path, ref="#0001")


def pages_of(path):
    document = pypdfium2.PdfDocument(path)
    found = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
    document.close()
    return found


def one_page(path, *lines, size=(595, 842), rotate=0):
    """A page of print with an embedded font."""
    return pages(path, lines, size=size, rotate=rotate)


def pages(path, *texts, size=(595, 842), rotate=0):
    """Pages of print, each with its lines, and one embedded font."""
    with pikepdf.new() as pdf:
        font = hostile_pdf.Font(pdf, "".join(line for lines in texts for line in lines))
        for number, lines in enumerate(texts):
            pdf.add_blank_page(page_size=size)
            page = pdf.pages[number].obj
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font.object))
            page.Rotate = rotate
            shown = "\n".join(
                f"BT /F1 14 Tf 60 {780 - 30 * n} Td {font.hex(line)} Tj ET" for n, line in enumerate(lines)
            )
            page.Contents = pdf.make_stream(shown.encode())
        pdf.save(path)
    return path


LINES = ("患者姓名：张三丰，男", "联系电话：13800138000", "诊断：社区获得性肺炎", "出院医嘱：一周后复诊")
VALUES = ("张三丰", "13800138000")


def done(path, values=VALUES, **options):
    document = read(path, ref="#0001", options=Options(**options))
    out = path.with_name("out.pdf")
    write(document, replaced(document, values), out)
    return out


@pytest.mark.parametrize("mode", ["auto", "text", "raster"])
def test_pages_can_stay_text_or_become_pictures_with_text(tmp_path, mode):
    out = done(one_page(tmp_path / "a.pdf", *LINES), pdf=mode)

    (text,) = pages_of(out)
    with pikepdf.open(out) as pdf:
        is_picture = "/XObject" in pdf.pages[0].obj.Resources

    assert is_picture == (mode == "raster")
    assert text.count("〔替〕") == 2
    assert "诊断：社区获得性肺炎" in text
    assert not [value for value in VALUES if value in text]


def test_a_page_that_still_shows_what_was_taken_out_becomes_a_picture_with_a_box(tmp_path, monkeypatch):
    """As if the reader had missed the second of two places."""
    path = one_page(tmp_path / "a.pdf", "患者姓名：张三丰，男", "主治医师：李四")
    monkeypatch.setattr(writing, "_gone", lambda groups, shows, changes: {"李四"})

    out = done(path)

    with pikepdf.open(out) as pdf:
        assert "/XObject" in pdf.pages[0].obj.Resources
    assert "李四" not in pages_of(out)[0]
    assert "李四" not in seen(out)
    with pytest.raises(UnwritableDocument, match="could not be taken out"):
        done(path, pdf="text")


@pytest.fixture
def nothing_else():
    """What there is before the test is not looked through."""
    gc.collect()
    gc.freeze()


def held(kind):
    gc.collect()  # what only refers to itself is held by nobody
    return sum(type(thing) is kind for thing in gc.get_objects())


@pytest.mark.usefixtures("nothing_else")
def test_of_many_pages_only_the_one_at_hand_is_held(tmp_path, monkeypatch):
    document = read(pages(tmp_path / "a.pdf", *[LINES] * 9), ref="#0001")
    edits, write_anew = replaced(document, VALUES), writing.rewritten
    monkeypatch.setattr(writing, "rewritten", lambda *all: counts.append(held(Show)) or write_anew(*all))

    counts = [held(Show) for _ in document.blocks()]
    write(document, edits, tmp_path / "out.pdf")

    assert len(counts) == 18
    assert max(counts) <= 2 * len(LINES)


def test_pages_that_were_written_wait_packed_for_the_others(tmp_path, monkeypatch):
    packed, end = [], writing.Changing.end

    def looked(changing):
        for page in changing._reading.pdf.pages:
            contents = page.obj.Contents
            packed.append(len(contents.read_raw_bytes()) < len(contents.read_bytes()))
        return end(changing)

    monkeypatch.setattr(writing.Changing, "end", looked)
    done(pages(tmp_path / "a.pdf", LINES, LINES))

    assert packed == [True, True]


@pytest.mark.usefixtures("nothing_else")
def test_the_check_keeps_no_streams_and_asks_not_where_characters_stand(tmp_path, monkeypatch):
    path = pages(tmp_path / "a.pdf", *[LINES] * 9)
    monkeypatch.delattr(pdfminer.layout.LTChar, "__init__")

    at_the_end = [held(PDFStream) for string in text_of(path, format="pdf") if string == "Size"]

    assert at_the_end
    assert max(at_the_end) <= 3


def test_pdfium_lets_go_of_what_it_read_after_a_few_pages(tmp_path, monkeypatch):
    path = str(pages(tmp_path / "a.pdf", *[LINES[:1]] * 5))
    opened, open_file = [], pypdfium2.PdfDocument
    monkeypatch.setattr(
        pypdfium2, "PdfDocument", lambda *all, **options: opened.append(1) or open_file(*all, **options)
    )
    for module in (rendering, proofreading_pdf):
        monkeypatch.setattr(module, "_AT_ONCE", 2)

    pictures = list(rendering.rendered(path, [1, 2, 3, 4, 5], notes=False))
    seen = list(proofreading_pdf.strings_of(path))

    assert len(opened) == 6
    assert len(pictures) == 5
    assert sum(LINES[0] in string for string in seen) == 3 * 5


def test_what_is_read_of_pages_is_not_kept_twice(monkeypatch):
    told = {}
    monkeypatch.setattr(reading, "_read", OrderedDict())
    monkeypatch.setattr(reading, "_upright", lambda *_: reading._Reading((), 0, False))
    share(memory=SimpleNamespace(get=told.get, put=told.__setitem__))

    try:
        for width in range(200, 220):
            read_picture(Image.new("RGB", (width, 64), "white"))
    finally:
        share()

    assert len(told) == 20
    assert len(reading._read) <= 8


def test_a_form_that_several_pages_show_is_written_as_all_of_them_need_it(tmp_path):
    """There is less room on the second page."""
    path, value, wide = tmp_path / "a.pdf", "张三丰", "出院医嘱：一周后复诊"
    with pikepdf.new() as pdf:
        font = hostile_pdf.Font(pdf, value + wide)
        resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font.object))
        head = pdf.make_stream(
            f"BT /F1 14 Tf 60 780 Td {font.hex(value)} Tj ET".encode(),
            Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842], Resources=resources,
        )  # fmt: skip
        for place in ("260 700", "110 780"):
            pdf.add_blank_page(page_size=(595, 842))
            page = pdf.pages[-1].obj
            page.Resources = pikepdf.Dictionary(Font=resources.Font, XObject=pikepdf.Dictionary(H=head))
            page.Contents = pdf.make_stream(f"/H Do BT /F1 14 Tf {place} Td {font.hex(wide)} Tj ET".encode())
        pdf.save(path)
    document = read(path, ref="#0001")
    out = tmp_path / "out.pdf"

    write(document, replaced(document, [value], "〔甲乙丙丁〕"), out)

    written = pypdfium2.PdfDocument(out)
    text = written[0].get_textpage()
    right = text.get_charbox(text.get_text_range().index("丁"))[2]
    written.close()
    assert pages_of(out) == [f"〔甲乙丙丁〕{wide}"] * 2
    assert right < 110


@pytest.mark.parametrize(
    ("others", "end"),
    [
        (("BT /F1 14 Tf 116 780 Td {} Tj ET",), 109),  # half of what was free is
        (("BT /F1 7 Tf 110 786 Td {} Tj ET", "BT /F1 14 Tf 160 780 Td {} Tj ET"), 110),  # the mark of a note
    ],
)
def test_what_is_put_for_a_word_does_not_touch_what_stands_apart_from_it(tmp_path, others, end):
    path, value, other = tmp_path / "a.pdf", "张三丰", "复"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        font = hostile_pdf.Font(pdf, value + other)
        page = pdf.pages[0].obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font.object))
        shown = " ".join(part.format(font.hex(other)) for part in others)
        page.Contents = pdf.make_stream(f"BT /F1 14 Tf 60 780 Td {font.hex(value)} Tj ET {shown}".encode())
        pdf.save(path)
    document = read(path, ref="#0001")
    out = tmp_path / "out.pdf"

    write(document, replaced(document, [value], "〔甲乙丙丁〕"), out)

    with closing(pypdfium2.PdfDocument(out)) as written:
        text = written[0].get_textpage()
        right = text.get_charbox(text.get_text_range().index("丁"))[2]
    assert right < end


def test_a_font_that_cannot_be_pruned_is_not_written(tmp_path, monkeypatch):
    path = one_page(tmp_path / "a.pdf", *LINES)
    monkeypatch.setattr(writing, "prune", lambda *_: False)

    out = done(path)

    with pikepdf.open(out) as pdf:
        assert list(pdf.pages[0].obj.Resources.Font.keys()) == ["/DeidText"]


def seen(path):
    pictures = rendered(str(path), [1], notes=True)
    return "".join(line.text for line in read_picture(next(pictures)).lines)


def scan(path, *lines, rotate=0, behind=""):
    """A page that is a picture, as scanners make them, with a text of its own behind it or without."""
    printed = one_page(path.with_name("printed.pdf"), *lines)
    picture = next(rendered(str(printed), [1], notes=True))
    with pikepdf.new() as pdf:
        data = io.BytesIO()
        picture.rotate(rotate, expand=True).save(data, "JPEG")
        image = pdf.make_stream(
            data.getvalue(), Subtype=Name.Image, Width=picture.width, Height=picture.height, BitsPerComponent=8,
            ColorSpace=Name.DeviceRGB, Filter=Name.DCTDecode,
        )  # fmt: skip
        if rotate in (90, 270):
            image.Width, image.Height = picture.height, picture.width
        pdf.add_blank_page(page_size=(842, 595) if rotate in (90, 270) else (595, 842))
        page = pdf.pages[0].obj
        width, height = page.MediaBox[2], page.MediaBox[3]
        text = f"BT 3 Tr /F1 9 Tf 50 50 Td ({behind}) Tj ET" if behind else ""
        page.Contents = pdf.make_stream(f"q {width} 0 0 {height} 0 0 cm /I1 Do Q {text}".encode())
        font = pikepdf.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(I1=image), Font=pikepdf.Dictionary(F1=font)
        )
        pdf.save(path)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("rotate", [0, 90])
def test_scanned_pages_are_read_painted_and_searchable_again(tmp_path, rotate):
    path = scan(tmp_path / "a.pdf", *LINES, rotate=rotate, behind="Zhang Sanfeng " * 9)

    out = done(path)

    assert not [value for value in VALUES if value in seen(out) + pages_of(out)[0]]
    assert "社区获得性肺炎" in seen(out)
    assert "诊断：社区获得性肺炎" in pages_of(out)[0]
    assert pages_of(out)[0].count("〔替〕") == 2
    assert "Sanfeng" not in extract_text(out)


def test_notes_on_a_scanned_page_go_and_are_counted(tmp_path):
    path = scan(tmp_path / "a.pdf", *LINES)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents="甲")
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
        pdf.save(path)
    document = read(path, ref="#1")

    write(document, {}, tmp_path / "b.pdf")

    assert document.details["removed"]["annotation"] == 1


def test_without_ocr_scans_are_refused_and_pictures_on_pages_are_blank(tmp_path, monkeypatch):
    for module in (scans, pictures):
        monkeypatch.setattr(module, "is_installed", lambda: False)

    document = read(scan(tmp_path / "a.pdf", *LINES), ref="#0001")

    with pytest.raises(UnsupportedDocument, match="page 1 is a picture, and no OCR is there"):
        list(document.blocks())


def test_a_file_that_is_refused_while_it_is_cleaned_is_closed(tmp_path, monkeypatch):
    opened, open_pdf = [], pikepdf.open
    monkeypatch.setattr(
        pikepdf, "open", lambda *some, **more: opened.append(open_pdf(*some, **more)) or opened[-1]
    )
    with pikepdf.new() as pdf:
        pdf.save(tmp_path / "a.pdf")

    with pytest.raises(UnreadableDocument, match="no pages"):
        read(str(tmp_path / "a.pdf"), ref="#1")

    assert opened[0].filename == "closed input source"


def test_text_whose_characters_mean_nothing_is_read_as_a_picture(tmp_path):
    path = one_page(tmp_path / "a.pdf", *LINES)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.pages[0].obj.Resources.Font.F1.ToUnicode
        pdf.save(path)

    out = done(path)

    assert "张三丰" not in seen(out)
    assert "社区获得性肺炎" in pages_of(out)[0]


def lying(path, kind, *more):
    """Copy protection: each character of a kind is said to be the next one."""
    one_page(path, *LINES, *more)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pdf.pages[0].obj.Resources.Font.F1
        pairs = re.findall(r"<(\w{4})> <(\w{4})>\n", font.ToUnicode.read_bytes().decode())
        said = [end for _, end in pairs if re.fullmatch(f"[{kind}]", chr(int(end, 16)))]
        others = dict(zip(said, [*said[1:], said[0]], strict=True))
        lines = "".join(f"<{code}> <{others.get(end, end)}>\n" for code, end in pairs)
        font.ToUnicode = pdf.make_stream(
            f"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(pairs)} beginbfchar\n{lines}endbfchar endcmap".encode()
        )
        pdf.save(path)
    return path


@pytest.mark.parametrize("kind", ["一-鿿", "0-9"])
def test_a_font_that_shows_other_characters_than_it_says_is_read_as_a_picture(tmp_path, kind):
    path = lying(tmp_path / "a.pdf", kind)
    assert sum(value in pages_of(path)[0] for value in VALUES) == 1

    out = done(path)

    assert not [value for value in VALUES if value in seen(out) + pages_of(out)[0]]
    assert "社区获得性肺炎" in pages_of(out)[0]


def test_a_few_characters_that_are_others_among_many_are_seen_in_print(tmp_path):
    usual = [looks._USUAL[first : first + 40] for first in range(0, len(looks._USUAL), 40)]
    honest, lies = one_page(tmp_path / "a.pdf", *LINES, *usual), lying(tmp_path / "b.pdf", "张丰患者", *usual)

    first = [next(read(path, ref="#1").blocks()).id for path in (honest, lies)]

    assert ["scan" in id for id in first] == [False, True]


def test_boxes_for_characters_that_a_font_has_not_are_no_others():
    print_of = [looks._Looked("han", True, 0.8, number) for number in range(200)]
    boxes = [looks._Looked("han", False, 0.1, -1)] * 3
    other = [looks._Looked("han", False, 0.1, -2)]

    def deceives(looked):
        return looks._is_deceit(dict(enumerate(looked)), range(len(looked)))

    handwriting = [one._replace(likeness=0.5) for one in print_of]
    assert not deceives(print_of + boxes)
    assert deceives(print_of + boxes + other)
    assert not deceives(handwriting + boxes + other)


def test_without_ocr_a_font_that_shows_other_characters_than_it_says_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(scans, "is_installed", lambda: False)
    monkeypatch.setitem(sys.modules, "cv2", None)

    document = read(lying(tmp_path / "a.pdf", "一-鿿"), ref="#0001")

    with pytest.raises(UnsupportedDocument, match="page 1 does not say which characters it shows"):
        list(document.blocks())


def test_without_a_font_to_compare_with_glyphs_are_read_as_a_picture(tmp_path, monkeypatch):
    monkeypatch.setattr(looks, "letters", lambda: None)
    looks._kind.cache_clear()

    document = read(one_page(tmp_path / "a.pdf", *LINES), ref="#0001")

    assert any(block.id.startswith("page1/scan") for block in document.blocks())
    looks._kind.cache_clear()


def test_glyphs_beyond_a_sheet_are_looked_at_too(tmp_path, monkeypatch):
    monkeypatch.setattr(looks, "_AT_ONCE", 5)

    document = read(lying(tmp_path / "a.pdf", "0-9"), ref="#0001")

    assert any(block.id.startswith("page1/scan") for block in document.blocks())


def test_a_font_that_nobody_can_draw_hides_no_other_and_is_read_as_a_picture_itself(tmp_path, monkeypatch):
    draw, broken = looks._sheet, set()

    def sheet(pdf, asked):
        if broken & {id(one.font) for one in asked}:
            raise pikepdf.PdfError
        return draw(pdf, asked)

    monkeypatch.setattr(looks, "_sheet", sheet)
    with (
        pikepdf.open(one_page(tmp_path / "a.pdf", *LINES)) as pdf,
        pikepdf.open(lying(tmp_path / "b.pdf", "0-9")) as other,
    ):
        honest, deceiving = (next(Reading(one, "#1").parts()).surface for one in (pdf, other))
        broken.add(id(honest.shows[0].state.font))
        asked = [
            looks._Asked(font, code, text, turned)
            for surface in (honest, deceiving)
            for font, codes, turned in looks._used(surface)
            for code, text in codes.items()
        ]
        looked = looks.Looks(other)
        looked._look(asked)

        assert looked.deceives(deceiving)
        assert looked.deceives(honest)


def test_characters_far_apart_that_mean_nothing_are_read_as_a_picture(tmp_path):
    path = one_page(tmp_path / "a.pdf", "患者姓名")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        spread = re.sub(
            rb"<(\w{4})(\w{4})(\w{4})(\w{4})> Tj",
            rb"[<\1> -2500 <\2> -2500 <\3> -2500 <\4>] TJ",
            page.Contents.read_bytes(),
        )
        assert b"TJ" in spread
        page.Contents = pdf.make_stream(spread)
        del page.Resources.Font.F1.ToUnicode
        pdf.save(path)

    assert any(block.id.startswith("page1/scan") for block in read(path, ref="#1").blocks())


def test_a_picture_on_a_page_is_read_too(tmp_path):
    path = one_page(tmp_path / "a.pdf", *("这是普通的一行文字，没有什么特别的内容" for _ in range(4)))
    printed = one_page(tmp_path / "b.pdf", *LINES, size=(400, 842))
    picture = next(rendered(str(printed), [1], notes=True)).crop((0, 0, 880, 500))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        image = pdf.make_stream(
            picture.tobytes(), Subtype=Name.Image, Width=picture.width, Height=picture.height, BitsPerComponent=8,
            ColorSpace=Name.DeviceRGB,
        )  # fmt: skip
        page.Resources.XObject = pikepdf.Dictionary(I1=image)
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" q 300 0 0 170 60 200 cm /I1 Do Q")
        pdf.save(path)

    out = done(path)

    assert not [value for value in VALUES if value in seen(out)]
    assert "社区获得性肺炎" in seen(out)


def _veil(pdf, pixels, **extra):
    return pdf.make_stream(
        bytes(255 - pixel for pixel in pixels.tobytes()), Subtype=Name.Image, Width=pixels.width, Height=pixels.height,
        BitsPerComponent=8, ColorSpace=Name.DeviceGray, **extra,
    )  # fmt: skip


def _stencil(pdf, pixels):
    return pdf.make_stream(
        pixels.convert("1").tobytes(), Subtype=Name.Image, Width=pixels.width, Height=pixels.height, ImageMask=True,
        BitsPerComponent=1,
    )  # fmt: skip


def _black(pdf, size, **mask):
    return pdf.make_stream(
        bytes(size[0] * size[1]), Subtype=Name.Image, Width=size[0], Height=size[1], BitsPerComponent=8,
        ColorSpace=Name.DeviceGray, **mask,
    )  # fmt: skip


def _spot(pdf, pixels):
    colour = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[0, 0, 0, 1])
    image = _veil(pdf, pixels)
    image.ColorSpace = Array([Name.Separation, Name.Spot, Name.DeviceCMYK, colour])
    return image


def _plain(pdf, pixels):
    image = _veil(pdf, pixels)
    image.write(pixels.tobytes())
    return image


SHOWN = {
    "soft mask of one black pixel": (lambda pdf, pixels: _black(pdf, (1, 1), SMask=_veil(pdf, pixels)), 1),
    "mask of a black square": (lambda pdf, pixels: _black(pdf, (99, 99), Mask=_stencil(pdf, pixels)), 1),
    "colour of a printer": (_spot, 1),
    "in a mirror": (lambda pdf, pixels: _plain(pdf, ImageOps.mirror(pixels)), -1),
    "stencil": (_stencil, 1),
}


@pytest.mark.slow
@pytest.mark.parametrize(("image", "across"), SHOWN.values(), ids=SHOWN.keys())
def test_a_picture_is_read_and_stays_as_pages_show_it(tmp_path, image, across):
    path = one_page(tmp_path / "a.pdf", *("这是普通的一行文字，没有什么特别的内容" for _ in range(4)))
    printed = one_page(tmp_path / "b.pdf", *LINES, size=(400, 842))
    pixels = next(rendered(str(printed), [1], notes=True)).crop((0, 0, 880, 500)).convert("L")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        page.Resources.XObject = Dictionary(I1=image(pdf, pixels))
        shown = f" q {across * 300} 0 0 170 {60 if across > 0 else 360} 200 cm /I1 Do Q".encode()
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + shown)
        pdf.save(path)

    out = done(path)

    assert not [value for value in VALUES if value in seen(out)]
    assert "社区获得性肺炎" in seen(out)


def test_a_page_that_no_list_has_is_not_passed_on(tmp_path):
    path = one_page(tmp_path / "a.pdf", *LINES[2:])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page, hidden = pdf.pages[0].obj, Dictionary(Type=Name.Page, MediaBox=[0, 0, 100, 100])
        hidden.Contents = pdf.make_stream(b"% 13912345678")
        ghost = pdf.make_indirect(
            Dictionary(Type=Name.Pages, Count=1, Kids=[pdf.make_indirect(hidden)], MediaBox=page.MediaBox)
        )
        del page.MediaBox
        page.Parent = ghost
        pdf.save(path)

    with pikepdf.open(done(path)) as pdf:
        streams = [value.read_bytes() for value in pdf.objects if isinstance(value, pikepdf.Stream)]
        assert not [data for data in streams if b"13912345678" in data]
        assert pdf.pages[0].obj.Parent == pdf.Root.Pages
        assert len(pdf.pages[0].MediaBox) == 4


def test_text_behind_a_watermark_is_still_seen(tmp_path):
    """A picture that hides little, with print in it, over the lines of a page."""
    path = one_page(tmp_path / "a.pdf", *("诊断社区获得性肺炎，建议休息两周" for _ in range(6)))
    printed = one_page(tmp_path / "b.pdf", "内部资料请勿外传", size=(400, 842))
    pixels = next(rendered(str(printed), [1], notes=True)).crop((0, 0, 880, 200)).convert("L")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        pale = _veil(pdf, pixels.point(lambda ink: 255 - (255 - ink) // 3))
        page.Resources.XObject = Dictionary(I1=_black(pdf, (1, 1), SMask=pale))
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" q 400 0 0 90 60 680 cm /I1 Do Q")
        pdf.save(path)
    before = next(rendered(str(path), [1], notes=True)).convert("L")

    after = next(rendered(str(done(path)), [1], notes=True)).convert("L")

    differing = (
        ImageChops.difference(before, after).point(lambda change: 255 * (change > 60)).histogram()[255]
    )
    assert differing < before.width * before.height / 1000


def test_a_picture_that_is_withheld_hides_nothing_behind_it(tmp_path):
    path = one_page(tmp_path / "a.pdf", *LINES[2:])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        scrawl = Image.effect_noise((200, 100), 200)
        page.Resources.XObject = Dictionary(I1=_black(pdf, (1, 1), SMask=_veil(pdf, scrawl)))
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" q 500 0 0 400 40 400 cm /I1 Do Q")
        pdf.save(path)

    with pikepdf.open(done(path)) as pdf:
        [picture] = pdf.pages[0].Resources.XObject.values()
        assert (picture.Width, picture.Height) == (1, 1)
        assert 0 < picture.SMask.read_bytes()[0] < 128


@pytest.mark.parametrize(("ink", "kept"), [("PANTONE 185 C", False), ("专色红", False), ("Cyan", True)])
def test_inks_with_any_name_are_painted(tmp_path, ink, kept):
    path = one_page(tmp_path / "a.pdf", *LINES[2:])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        tint = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[0, 1, 1, 0])
        page.Resources.ColorSpace = Dictionary(
            C1=Array([Name.Separation, Name("/" + ink), Name.DeviceCMYK, tint])
        )
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" /C1 cs 1 scn 60 200 100 100 re f")
        pdf.save(path)

    out = done(path)

    with pikepdf.open(out) as pdf:
        [space] = pdf.pages[0].Resources.ColorSpace.values()
        assert (space[1] == "/" + ink) == kept
        assert space[1] != "/None"
    page = next(rendered(str(out), [1], notes=True))
    red, green, _ = page.getpixel((page.width * 110 // 595, page.height * 592 // 842))
    assert red > 150 > green


@pytest.mark.parametrize(("gap", "found"), [(0, ["电话13912345678"]), (40, ["电话139123", "45678"])])
def test_pictures_that_touch_are_read_as_one(tmp_path, gap, found):
    path = one_page(tmp_path / "a.pdf", *("这是普通的一行文字，没有什么特别的内容" for _ in range(4)))
    printed = one_page(tmp_path / "b.pdf", "电话13912345678", size=(400, 842))
    pixels = next(rendered(str(printed), [1], notes=True)).crop((100, 80, 500, 180)).convert("L")
    cut = 199  # behind six figures
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        halves = pixels.crop((0, 0, cut, 100)), pixels.crop((cut, 0, 400, 100))
        first, second = (_plain(pdf, half) for half in halves)
        page.Resources.XObject = Dictionary(I1=first, I2=second)
        shown = f" q {cut} 0 0 100 60 200 cm /I1 Do Q q {400 - cut} 0 0 100 {60 + cut + gap} 200 cm /I2 Do Q"
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + shown.encode())
        pdf.save(path)

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert texts[-len(found) :] == found


@pytest.mark.parametrize("kind", ["photo", "pixels"])
def test_what_is_behind_the_pixels_of_a_tiny_picture_goes(tmp_path, kind):
    path, value = one_page(tmp_path / "a.pdf", *LINES[2:]), b"13912345678"
    photo, pixels = io.BytesIO(), b"\x10\x20\x30\x40"
    Image.new("L", (2, 2)).save(photo, "JPEG", comment=value)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        image = pdf.make_stream(
            (photo.getvalue() if kind == "photo" else pixels) + value, Subtype=Name.Image, Width=2, Height=2,
            BitsPerComponent=8, ColorSpace=Name.DeviceGray,
        )  # fmt: skip
        if kind == "photo":
            image.Filter = Name.DCTDecode
        page.Resources.XObject = Dictionary(I1=image)
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" q 9 0 0 9 60 200 cm /I1 Do Q")
        pdf.save(path)

    with pikepdf.open(done(path)) as pdf:
        (image,) = pdf.pages[0].obj.Resources.XObject.values()
        left = image.read_raw_bytes() if kind == "photo" else image.read_bytes()

    assert value not in left
    assert kind == "photo" or left == pixels


def test_a_file_is_opened_with_one_of_the_passwords_and_written_without(tmp_path):
    path = one_page(tmp_path / "a.pdf", *LINES)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="秘密", owner="other"))

    out = done(path, passwords=("wrong", "秘密"))

    assert "社区获得性肺炎" in pages_of(out)[0]


def test_names_in_gbk_and_text_of_old_programs_are_read(tmp_path):
    """Old Chinese programs call fonts by names in GBK, and show GBK with them as if it were Latin."""
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Object.parse(
            b"<< /Type /Font /Subtype /TrueType /BaseFont /#B7#C2#CB#CE_GB2312 /Encoding /WinAnsiEncoding >>"
        )
        font.FirstChar, font.LastChar, font.Widths = 0, 255, pikepdf.Array([500] * 256)
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        text = "".join(f"{byte:02x}" for byte in "患者张三丰，电话13800138000".encode("gb18030"))
        pdf.pages[0].obj.Contents = pdf.make_stream(f"BT /F1 14 Tf 60 780 Td <{text}> Tj ET".encode())
        pdf.save(path)

    document = read(path, ref="#0001")
    blocks = [block.text for block in document.blocks()]
    write(document, replaced(document, VALUES), tmp_path / "out.pdf")
    again = [block.text for block in read(tmp_path / "out.pdf", ref="#0002").blocks()]

    assert blocks == ["患者张三丰，电话13800138000"]
    assert "".join("".join(again).split()) == "患者〔替〕，电话〔替〕"


@pytest.mark.parametrize("name", ["#CB#CE#CC#E5", "#BA#DA#CC#E5,Bold"])
def test_fonts_that_are_called_in_gbk_keep_their_name_by_which_viewers_know_their_text(tmp_path, name):
    path, out = tmp_path / "a.pdf", tmp_path / "out.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Object.parse(
            f"<< /Type /Font /Subtype /TrueType /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
        )
        font.FirstChar, font.LastChar, font.Widths = 0, 255, pikepdf.Array([500] * 256)
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        text = "患者复诊".encode("gb18030").hex()
        pdf.pages[0].obj.Contents = pdf.make_stream(f"BT /F1 14 Tf 60 780 Td <{text}> Tj ET".encode())
        pdf.save(path)
    assert pages_of(path) == ["患者复诊"]

    write(read(path, ref="#0001"), {}, out)

    assert pages_of(out) == ["患者复诊"]


def test_a_trailer_without_size_gets_one(tmp_path):
    path = one_page(tmp_path / "a.pdf", *LINES)
    data = path.read_bytes()
    start = data.rindex(b"/Size ")
    path.write_bytes(
        data[:start] + b"      " + data[start + 6 :].replace(data[start + 6 : start + 8], b"  ", 1)
    )

    out = done(path)

    assert "社区获得性肺炎" in "".join(text_of(out))


def test_every_pruned_font_still_shows_what_stays(tmp_path):
    """TrueType with compounds (é), Type 1 encodings and Type 3: each keeps the parts that it needs."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas

    name = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
    if not Path(name).exists():
        pytest.skip("the font is not there")
    pdfmetrics.registerFont(TTFont("DejaVu", name))
    path = tmp_path / "a.pdf"
    page = canvas.Canvas(str(path))
    page.setFont("DejaVu", 14)
    page.drawString(60, 780, "é à Wang Jianguo ü")
    page.save()

    out = done(path, ("Wang Jianguo",))

    before, after = (next(rendered(str(file), [1], notes=True)) for file in (path, out))
    box = (125, 95, 145, 145)
    assert before.crop(box).tobytes() == after.crop(box).tobytes()
    assert before.crop(box).getextrema()[0][0] < 100
    assert "é à" in "".join(text_of(out))


@pytest.mark.parametrize("shares", ["descendant", "descriptor"])
def test_fonts_that_share_a_program_keep_what_each_of_them_shows(tmp_path, shares):
    """Acrobat gives pages fonts of their own with one program: the second one was cut down to what both showed."""
    path = pages(tmp_path / "a.pdf", ["患者姓名：张三丰", "诊断：社区获得性肺炎"], ["出院医嘱：一周后复诊"])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        other = pdf.make_indirect(copy(pdf.pages[1].obj.Resources.Font.F1))
        if shares == "descriptor":
            other.DescendantFonts = pikepdf.Array([pdf.make_indirect(copy(other.DescendantFonts[0]))])
        pdf.pages[1].obj.Resources.Font = pikepdf.Dictionary(F1=other)
        pdf.save(path)

    out = done(path, ("张三丰",))

    before, after = (next(rendered(str(file), [2], notes=True)) for file in (path, out))
    assert before.getextrema()[0][0] < 100
    assert before.tobytes() == after.tobytes()


def test_ranges_of_codes_in_an_embedded_map_lead_to_their_glyphs(tmp_path):
    """Ghostscript writes such maps; without their ranges every letter became a box."""
    path = one_page(tmp_path / "a.pdf", *LINES)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pdf.pages[0].obj.Resources.Font.F1
        font.Encoding = pdf.make_stream(
            b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 begincidrange <0000> <ffff> 0 endcidrange endcmap",
            Type=Name.CMap, CMapName=Name.Deid, CIDSystemInfo=font.DescendantFonts[0].CIDSystemInfo,
        )  # fmt: skip
        pdf.save(path)

    out = done(path)

    assert "社区获得性肺炎" in seen(out)
    with pikepdf.open(out) as pdf:
        assert "/XObject" not in pdf.pages[0].obj.Resources


def packed(rows, width, height, kind):
    """A stencil as an inline picture holds it, and what that says of it."""
    if kind == "Fl":
        return zlib.compress(rows), "/F /Fl"
    if kind == "":
        return rows, ""
    tiff = io.BytesIO()
    Image.frombytes("1", (width, height), rows).save(tiff, "TIFF", compression="group4")
    tags = Image.open(tiff).tag_v2
    data = tiff.getvalue()[tags[273][0] : tags[273][0] + tags[279][0]]
    return data, f"/F /CCF /DP << /K -1 /Columns {width} >> /D [1 0]"


def printed_inline(text, mode):
    """A picture of a text, as it stands in a content stream."""
    picture = Image.new("L", (420, 44), 255)
    font = ImageFont.truetype(chinese_font().path, 28, chinese_font().number)
    ImageDraw.Draw(picture).text((6, 2), text, font=font, fill=0)
    kind = b"/IM true /BPC 1" if mode == "1" else b"/CS /G /BPC 8"
    return b"BI /W 420 /H 44 %b ID %b\nEI" % (kind, picture.convert(mode).tobytes())


@pytest.mark.parametrize("mode", ["L", "1"])
@pytest.mark.parametrize("place", ["page", "form", "bare form", "note", "bare note", "pattern"])
def test_a_picture_in_a_content_stream_is_read_as_others_are(tmp_path, place, mode):
    """Each was a grey box."""
    path = one_page(tmp_path / "a.pdf", *LINES[2:])
    drawn = b"q 210 0 0 22 0 0 cm %b Q q 210 0 0 22 0 30 cm %b Q" % (
        printed_inline("患者：欧阳建国", mode),
        printed_inline("诊断：肺结核", mode),
    )
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        kind = {"pattern": {"Type": Name.Pattern, "PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 210,
            "YStep": 60, "Matrix": [1, 0, 0, 1, 60, 300]}}.get(place, {"Type": Name.XObject, "Subtype": Name.Form})  # fmt: skip
        form = pdf.make_stream(drawn, BBox=[0, 0, 210, 60], Resources=pikepdf.Dictionary(), **kind)
        if "bare" in place:
            del form["/Resources"]
            place = place.removeprefix("bare ")
        content = {
            "page": b"q 1 0 0 1 60 300 cm " + drawn + b" Q",
            "form": b"q 1 0 0 1 60 300 cm /X9 Do Q",
            "note": b"",
            "pattern": b"/Pattern cs /P9 scn 60 300 210 60 re f",
        }[place]
        page.Resources.XObject = Dictionary(X9=form) if place == "form" else Dictionary()
        page.Resources.Pattern = Dictionary(P9=form) if place == "pattern" else Dictionary()
        if place == "note":
            look = Dictionary(N=form)
            stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[60, 300, 270, 360], F=4, AP=look)
            page.Annots = Array([stamp])
        pdf.pages[0].contents_add(content)
        pdf.save(path)

    shown = seen(done(path, ["欧阳建国"]))

    assert "患者" in shown
    assert "肺结核" in shown
    assert "欧阳" not in shown
    assert "建国" not in shown


@pytest.mark.parametrize("kind", ["", "Fl", "CCF"])
@pytest.mark.parametrize(
    ("width", "height", "row", "stays"),
    [
        (24, 32, b"\x00", True),
        (32, 4, b"\x00", True),
        (160, 32, b"\x0f", False),
        (160, 32, b"\x00", True),  # 一
    ],
)
def test_letters_that_are_stencils_within_glyphs_stay_and_words_do_not(
    tmp_path, width, height, row, stays, kind
):
    """TeX and Ghostscript write bitmap fonts so: pages came out empty."""
    path, rows = tmp_path / "a.pdf", row * (-(-width // 8) * height)
    data, said = packed(rows, width, height, kind)
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        drawn = f"1000 0 0 0 1000 1000 d1 {width * 10} 0 0 {height * 10} 0 0 cm BI /W {width} /H {height} /IM true /BPC 1 {said} /X (hidden) ID "
        glyph = pdf.make_stream(drawn.encode() + data + b"\nEI")
        font = pikepdf.Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=65, LastChar=65, Widths=[1000], Encoding=pikepdf.Dictionary(Differences=[65, Name.A]),
            CharProcs=pikepdf.Dictionary(A=glyph), Resources=pikepdf.Dictionary(),
        )  # fmt: skip
        page = pdf.pages[0].obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(b"BT /F1 40 Tf 100 700 Td (A) Tj ET")
        pdf.save(path)

    out = done(path)

    before, after = (next(rendered(str(file), [1], notes=True)) for file in (path, out))
    assert before.getextrema()[0][0] < 200
    assert (before.tobytes() == after.tobytes()) == stays
    with pikepdf.open(out) as pdf:
        streams = [
            value.read_raw_bytes() if value.get("/Filter") == "/DCTDecode" else value.read_bytes()
            for value in pdf.objects
            if isinstance(value, pikepdf.Stream)
        ]
    assert not any(b"hidden" in data for data in streams)


@pytest.mark.parametrize(
    ("last", "differences", "measured"),
    [
        (2, [0, "/g0", "/A1", "/g0"], (0, "/g0")),
        (120, [0, "/g0", "/A1", 120, "/g0"], (109, "/m")),  # as encodings have it where none says otherwise
        (2, [0, "/m", "/A1", "/m"], (2, "/m")),
        (80, [1, "/A1", "/g0"], (65, "/a")),
    ],
)
def test_drawn_letters_are_as_high_for_poppler_as_they_were(tmp_path, last, differences, measured):
    """It goes by the width of one code, the letter m if there is one: lines fell apart where that was cut off."""
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        blank, glyph = (
            pdf.make_stream(b"1000 0 0 0 1000 1000 d1 " + drawn) for drawn in (b"0 0 9 9 re f", b"")
        )
        font = pikepdf.Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=0, LastChar=last, Widths=list(range(100, 101 + last)), CharProcs=pikepdf.Dictionary(g0=blank, A1=glyph),
            Encoding=pikepdf.Dictionary(Differences=[Name(one) if isinstance(one, str) else one for one in differences]),
            ToUnicode=pdf.make_stream(b"1 beginbfchar <01> <0041> endbfchar"), Resources=pikepdf.Dictionary(),
        )  # fmt: skip
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(b"BT /F1 40 Tf 100 700 Td <01> Tj ET")
        pdf.save(path)

    with pikepdf.open(done(path)) as pdf:
        (font,) = pdf.pages[0].obj.Resources.Font.values()
        left = [str(item) for item in font.Encoding.Differences]
        assert set(zip(left[::2], left[1::2], strict=True)) == {("1", "/g1"), (str(measured[0]), measured[1])}
        widths = {code: int(width) for code, width in enumerate(font.Widths) if width}
        assert widths == {1: 101, measured[0]: 100 + measured[0]}
        assert list(font.CharProcs.keys()) == ["/g1"]


@pytest.mark.parametrize(
    "said", ["/CS [/I /RGB 1 <ff00000000ff>] /BPC 1", "/CS /G /BPC 1", "/CS /G /BPC 1 /D [1 0]"]
)
def test_a_tiny_picture_in_a_page_keeps_its_colours_or_is_grey(tmp_path, said):
    path = one_page(tmp_path / "a.pdf", *LINES[2:])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        drawn = f"q 40 0 0 20 60 200 cm BI /W 2 /H 1 {said} ID \x40\nEI Q".encode()
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + drawn)
        pdf.save(path)

    before, after = (next(rendered(str(file), [1], notes=True)) for file in (path, done(path)))

    scale = before.height / 842
    left = (int(70 * scale), int(632 * scale))
    assert after.getpixel(left) in (before.getpixel(left), (232, 232, 232))
    assert (after.getpixel(left) == before.getpixel(left)) == ("/D" not in said)


def test_of_the_font_for_stand_ins_only_tables_that_are_needed_are_read(monkeypatch):
    monkeypatch.setattr(Path, "read_bytes", None)

    font = chinese_font().opened()
    names = font.getBestCmap()
    font.close()

    assert ord("患") in names


def test_the_font_for_stand_ins_is_opened_once_for_all_files_until_it_is_cut(monkeypatch):
    times, open_font = [], FontFile.opened
    monkeypatch.setattr(FontFile, "opened", lambda file: times.append(1) or open_font(file))

    with pikepdf.new() as pdf, pikepdf.new() as other:
        widths = [StandInFont(one).width("〔患者1〕") for one in (pdf, other)]

    assert len(times) <= 1
    assert widths[0] == widths[1] > 3


@pytest.mark.parametrize("up", [1, -1], ids=["upright", "upside down, as Chromium writes"])
def test_stand_ins_in_type_3_fonts_stand_upright(tmp_path, monkeypatch, up):
    monkeypatch.setattr(looks.Looks, "deceives", lambda self, surface: False)  # squares are no 张三丰
    path = tmp_path / "a.pdf"
    names = {65: "张", 66: "三", 67: "丰"}
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        box = pdf.make_stream(f"1000 0 d0 100 {min(0, up * 800)} 800 800 re f".encode())
        pairs = "".join(f"<{code:02x}> <{ord(c):04x}>\n" for code, c in names.items())
        font = pikepdf.Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, min(0, up * 1000), 1000, max(0, up * 1000)],
            FontMatrix=[0.001, 0, 0, up * 0.001, 0, 0], FirstChar=65, LastChar=67, Widths=[1000] * 3,
            Encoding=pikepdf.Dictionary(Differences=[65, *(Name(f"/g{code}") for code in names)]),
            CharProcs=pikepdf.Dictionary({f"/g{code}": box for code in names}), Resources=pikepdf.Dictionary(),
            ToUnicode=pdf.make_stream(
                f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 3 beginbfchar\n{pairs}endbfchar".encode()
            ),
        )  # fmt: skip
        page = pdf.pages[0].obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        shown = f"1 0 0 {up} 0 {842 * (up < 0):d} cm BT /F1 40 Tf 1 0 0 {up} 100 {700 if up > 0 else 142} Tm (ABC) Tj ET"
        page.Contents = pdf.make_stream(shown.encode())
        pdf.save(path)

    out = done(path)

    (text,) = pages_of(out)
    assert text == "〔替〕"
    assert "替" in seen(out)


def test_odd_values_where_others_belong_stop_nothing(tmp_path):
    path = one_page(tmp_path / "a.pdf", *LINES)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        note = pikepdf.Dictionary(
            Type=Name.Annot, Subtype=Name.FreeText, Rect=[0, 0, 1, 1], DA=pikepdf.String("0 g /Helv 12 Tf " + "1" * 400 + " %"),
        )  # fmt: skip
        page.Annots = pikepdf.Array([pdf.make_indirect(note), 7, pikepdf.Dictionary()])
        fonts = page.Resources.Font
        fonts.F9 = pdf.make_indirect(pikepdf.Dictionary(fonts.F1))
        fonts.F9.Encoding = Name("/No-Such-H")
        odd = pdf.make_stream(b"", Subtype=Name.Image, Width=pikepdf.String("x"), Height=Name.y)
        page.Resources.XObject = pikepdf.Dictionary(I1=odd)
        page.Contents = pdf.make_stream(
            page.Contents.read_bytes() + b" q /I1 Do (x) Q Q Q Tf /No gs /F9 9 Tf (x) Tj ET 1 (a) Td EMC"
        )
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, 5, 1])
        pdf.Root.Outlines = pikepdf.Dictionary(First=3)
        pdf.Root.AcroForm = pikepdf.Array([1])
        pdf.save(path)

    out = done(path)

    assert "社区获得性肺炎" in pages_of(out)[0]
    assert not [value for value in VALUES if value in pages_of(out)[0]]


def test_writing_twice_gives_the_same_bytes(tmp_path):
    path = one_page(tmp_path / "a.pdf", *LINES)

    assert done(path).read_bytes() == done(path).read_bytes()


def test_a_mask_that_is_also_drawn_is_a_picture(tmp_path):
    path = one_page(tmp_path / "a.pdf", *LINES)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        gray = {
            "Subtype": Name.Image,
            "Width": 30,
            "Height": 30,
            "BitsPerComponent": 8,
            "ColorSpace": Name.DeviceGray,
        }
        mask = pdf.make_stream(bytes(range(30)) * 30, **gray)
        page = pdf.pages[0].obj
        page.Resources.XObject = pikepdf.Dictionary(
            I1=pdf.make_stream(bytes(900), SMask=mask, **gray), I2=mask
        )
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" /I1 Do /I2 Do")
        pdf.save(path)

    out = done(path)

    with pikepdf.open(out) as pdf:
        drawn = pdf.pages[0].Resources.XObject
        assert len(drawn) == 2
        assert not [picture for picture in drawn.values() if bytes(range(30)) in picture.read_bytes()]


def test_what_a_type_1_font_says_of_itself_goes_and_its_brackets_stay_balanced():
    header = rb"/FontInfo 9 dict dup begin /Notice (Copyright (c) 1997 \) Zhang) readonly def /FullName (CM) def end"

    new = without_notices(header)

    assert len(new) == len(header)
    assert new.split() == [
        *b"/FontInfo 9 dict dup begin /Notice ( ) readonly def /FullName ( ) def end".split()
    ]


@pytest.mark.parametrize("lines", [12, 4])
def test_words_moved_apart_are_words_and_columns_are_read_one_after_the_other(tmp_path, lines):
    path = tmp_path / "a.pdf"
    left, right = "some words of the left column here", "other words of the right column"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page = pdf.pages[0].obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        words = ["[" + " -250 ".join(f"({word})" for word in text.split()) + "] TJ" for text in (left, right)]
        rows = (
            f"BT /F1 12 Tf {60 + 260 * c} {780 - 20 * r} Td {words[c]} ET"
            for r in range(lines)
            for c in (0, 1)
        )
        page.Contents = pdf.make_stream("\n".join(rows).encode())
        pdf.save(path)

    text = "\n".join(block.text for block in read(path, ref="#0001").blocks())

    assert left in text
    assert text.rindex(left) < text.index(right)


@pytest.mark.parametrize(("codes", "is_read"), [("0003", True), ("00030004", False)])
def test_a_bullet_without_meaning_is_no_reason_to_refuse_a_page(tmp_path, monkeypatch, codes, is_read):
    monkeypatch.setattr(scans, "is_installed", lambda: False)
    path = one_page(tmp_path / "a.pdf", *LINES)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        font = pikepdf.Dictionary(page.Resources.Font.F1)
        font.ToUnicode = pdf.make_stream(b"begincmap 1 beginbfchar <0001> <0041> endbfchar endcmap")
        page.Resources.Font.F2 = pdf.make_indirect(font)
        bullets = f"BT /F2 14 Tf 30 600 Td <{codes}> Tj 0 -30 Td <{codes}> Tj ET"
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + bullets.encode())
        pdf.save(path)

    document = read(path, ref="#0001")

    if is_read:
        assert "社区获得性肺炎" in "".join(block.text for block in document.blocks())
    else:
        with pytest.raises(UnsupportedDocument, match="does not say which characters"):
            list(document.blocks())


def test_rows_whose_figures_stand_at_the_right_of_their_column_are_no_lines_of_one_cell(tmp_path):
    path = tmp_path / "a.pdf"
    rows = (
        ("序号", "姓名", "性别", "住址"),
        ("1", "王雪梅", "男", "武汉市洪山区珞喻路75号"),
        ("2", "李文博", "女", "深圳市南山区科技园路12号"),
    )
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        font = hostile_pdf.Font(pdf, "".join(word for row in rows for word in row))
        page = pdf.pages[0].obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font.object))
        page.Contents = pdf.make_stream(
            "\n".join(
                f"BT /F1 10 Tf {(60, 100, 160, 200)[column] + 26 * word.isdigit()} {700 - 13 * number} Td {font.hex(word)} Tj ET"
                for number, row in enumerate(rows)
                for column, word in enumerate(row)
            ).encode()
        )
        pdf.save(path)

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert any("王雪梅" in text for text in texts)
    assert not any("性别男" in text or "75号深圳市" in text for text in texts)


def test_cells_whose_text_takes_several_lines_are_read_whole(tmp_path):
    path = tmp_path / "a.pdf"
    rows = (
        (("身份证号", "31010619", "电话", "139177306"), ("", "66031440", "", "28"), ("", "24", "", "")),
        (
            ("住址", "上海市静安", "日期", "1966年3月"),
            ("", "区康定路", "", "14日"),
            ("", "1088弄6号", "", ""),
        ),
        (("姓名", "王雪梅", "性别", "女"),),
    )
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        font = hostile_pdf.Font(pdf, "".join(word for row in rows for line in row for word in line))
        page = pdf.pages[0].obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font.object))
        lines = [line for row in rows for line in row]
        page.Contents = pdf.make_stream(
            "\n".join(
                f"BT /F1 10 Tf {60 + 90 * column} {700 - 13 * number} Td {font.hex(word)} Tj ET"
                for number, line in enumerate(lines)
                for column, word in enumerate(line)
                if word
            ).encode()
        )
        pdf.save(path)

    whole = {block.text: block.labels for block in read(path, ref="#0001").blocks() if block.labels}

    assert whole["310106196603144024"] == ("身份证号",)
    assert whole["13917730628"] == ("电话",)
    assert whole["上海市静安区康定路1088弄6号"] == ("住址",)
    assert whole["1966年3月14日"] == ("日期",)
    assert not [text for text in whole if "24上海" in text or ("王雪梅" in text and len(text) > 3)]


def test_characters_one_below_the_other_are_read_together(tmp_path):
    path = one_page(tmp_path / "a.pdf", *"患者张三丰", *"电话13800138000", "诊断：社区获得性肺炎", *"123456")

    blocks = [block.text for block in read(path, ref="#1").blocks()]
    out = done(path)

    assert "患者张三丰电话13800138000" in blocks
    assert "123456" not in blocks
    assert not [value for value in VALUES if value in pages_of(out)[0]]
    assert "患者" in pages_of(out)[0]


def test_lines_that_a_program_broke_after_so_many_characters_are_read_on(tmp_path):
    text = "随访记录：每日用药2次，血压130/80。告知患者司徒慕容注意饮食，cardiology门诊复查，余无特殊。" * 6
    lines = [text[at : at + 27] for at in range(0, len(text), 27)]
    path = one_page(tmp_path / "a.pdf", *lines)

    found = next(read(path, ref="#1").blocks()).text

    assert sum("司徒慕容" in line for line in lines) < 6
    assert found.count("司徒慕容") == 6


def test_the_check_takes_no_numbers_of_glyphs_for_a_value(tmp_path):
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].obj.Contents = pdf.make_stream(b"BT [<070A0317> <5F204E09>] TJ <4130333138> Tj ET")
        pdf.save(tmp_path / "a.pdf")

    found = "\n".join(text_of(tmp_path / "a.pdf"))

    assert "A0317" not in found
    assert "A0318" in found
    assert "张三" in found


def test_outlines_and_buttons_lead_and_look_as_before_under_other_names(planted, written):
    with pikepdf.open(written) as pdf:
        first = pdf.Root.Outlines.First
        button = next(note for note in pdf.pages[0].obj.Annots if note.get("/FT") == "/Btn" and "/AP" in note)

        assert first.Dest[0].objgen == pdf.pages[0].obj.objgen
        assert "/A" not in first.First
        assert list(button.AP.N.keys()) == [str(button.AS)] == [str(button.V)]


@pytest.mark.parametrize(("size", "stays"), [((4, 4), True), ((30, 20), False)])
def test_a_picture_within_a_stream_is_drawing_or_goes(tmp_path, size, stays):
    data = ("张三丰".encode() * 100)[: size[0] * size[1]]
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        head = f"q 9 0 0 9 9 9 cm BI /W {size[0]} /H {size[1]} /CS /G /BPC 8 ID ".encode()
        pdf.pages[0].obj.Contents = pdf.make_stream(head + data + b" EI Q")
        pdf.save(path)

    done(path)

    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        left = pdf.pages[0].obj.Contents.read_bytes()
    assert (data[:12] in left) is stays


def test_fonts_for_typing_into_a_form_tell_nothing(tmp_path):
    path = one_page(tmp_path / "a.pdf", *LINES)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        map_ = pdf.make_stream(b"1 beginbfchar <01> <5F204E094E30> endbfchar")
        fonts = pikepdf.Dictionary(
            Own=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, ToUnicode=map_),
            Helv=pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            ),
        )
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], DR=pikepdf.Dictionary(Font=fonts))
        pdf.save(path)

    done(path)

    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        left = pdf.Root.AcroForm.DR.Font
        assert [font.BaseFont for font in left.values() if "/BaseFont" in font] == ["/Helvetica"]
        assert not any("/ToUnicode" in font for font in left.values())
    assert "张三丰" not in "".join(text_of(tmp_path / "out.pdf"))


PATIENTS = [
    ("姓名", "医生", "手机", "病历"),
    ("聂想", "钱敏", "13912345678", "20240312"),
    ("周海", "李军", "13812345670", "20240313"),
    ("张三", "李四", "13712345671", "20240314"),
]
AMOUNTS = [
    ("项目", "单价", "数量", "金额"),
    ("血常规", "1200.50", "10", "12005.00"),
    ("心电图", "15000.00", "1", "15000.00"),
    ("胸片", "98000.00", "3", "294000.00"),
    ("彩超", "280.75", "12", "3369.00"),
]


def table(path, rows, place):
    """A page on which each cell is a string; `place` gives the left edge of the cell of a column and a width."""
    with pikepdf.new() as pdf:
        font = hostile_pdf.Font(pdf, "".join(cell for row in rows for cell in row))
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font.object))
        shown = [
            f"BT /F1 12 Tf {place(column, 12 * sum(0.556 if c.isascii() else 1 for c in cell)):.2f} {780 - 20 * number} Td"
            f" {font.hex(cell)} Tj ET"
            for number, row in enumerate(rows)
            for column, cell in enumerate(row)
        ]
        page.Contents = pdf.make_stream("\n".join(shown).encode())
        pdf.save(path)
    return path


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (PATIENTS, lambda column, width: (60, 84, 108, 182)[column]),
        (AMOUNTS, lambda column, width: 60 if not column else (0, 158, 178, 238)[column] - width),
    ],
    ids=["left", "right"],
)
def test_columns_that_touch_are_cells_of_their_own(tmp_path, rows, place):
    blocks = list(read(table(tmp_path / "a.pdf", rows, place), ref="#1").blocks())

    assert {cell for row in rows for cell in row} <= {block.text for block in blocks}
    labels = {block.text: block.labels for block in blocks}
    assert all(
        rows[0][column] in labels[cell]
        for row in rows[1:]
        for column, cell in enumerate(row)
        if cell != "15000.00"
    )
    assert not [block.text for block in blocks if re.search("1391234567820240312|3294000", block.text)]


@pytest.mark.parametrize("cut", [False, True])
def test_strings_of_a_paragraph_and_single_characters_are_no_columns(tmp_path, cut):
    line = "患者聂想文因反复咳嗽咳痰三年加重一周入院"
    rows = [(line[:n], line[n:]) for n in (5, 9, 12, 7)] if cut else [tuple(line)] * 4

    def place(column, width):
        return (300 - width if column else 60) if cut else 60 + 12 * column

    blocks = list(read(table(tmp_path / "a.pdf", rows, place), ref="#1").blocks())

    assert line in blocks[0].text
    assert not [block.text for block in blocks if len(block.text) < len(line)]


def test_strings_of_figures_within_chinese_are_no_columns_though_some_begin_below_one_another(tmp_path):
    roads = ("康定", "天山", "政立", "七莘莘", "曲阳阳", "芙蓉江")
    rows = [("张三", f"{road}路", "147", f"弄{number}号") for number, road in enumerate(roads)]
    end = 0.0

    def place(column, width):
        nonlocal end
        start = (60, 150)[column] if column < 2 else end
        end = start + width
        return start

    blocks = list(read(table(tmp_path / "a.pdf", rows, place), ref="#1").blocks())

    assert "康定路147弄0号" in blocks[0].text


def test_type_1_in_segments_of_printers_loses_its_texts():
    header = b"%!PS-AdobeFont-1.0: A\n/Notice (Zhang Wei 13800138000) readonly def\ncurrentfile eexec\n"
    body = b"\x12\x34" * 40

    def segment(kind, data):
        return b"\x80" + bytes([kind]) + len(data).to_bytes(4, "little") + data

    with pikepdf.new() as pdf:
        program = pdf.make_stream(segment(1, header) + segment(2, body) + b"\x80\x03")
        without_texts(program)
        data = program.read_bytes()
    assert data.startswith(b"%!PS-AdobeFont-1.0: A\n/Notice (")
    assert b"13800138000" not in data
    assert body in data
