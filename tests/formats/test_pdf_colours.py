"""Colours of PDF files: profiles, functions and pictures of a few pixels may hold text that nobody sees."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms
from test_pdf import one_page

from deid.formats import read, write
from deid.formats.pdf.colours import clean_function, clean_profile


def passed_on(path):
    """All that is in the streams of the output."""
    document, out = read(str(path), ref="#1"), path.with_name("out.pdf")
    write(document, {}, str(out))
    with pikepdf.open(out) as pdf:
        streams = [value for value in pdf.objects if isinstance(value, pikepdf.Stream)]
        return b"\n".join(
            stream.read_bytes() for stream in streams if stream.get("/Subtype") != "/CIDFontType0C"
        )


def with_content(path, content, **resources):
    one_page(path, "复诊，未见异常")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + content)
        for name, make in resources.items():
            page.Resources[f"/{name}"] = make(pdf)
        pdf.save(path)
    return path


CURVE = b"curv" + bytes(4) + struct.pack(">IHH", 2, 7, 9)
TABLE = b"mft1" + bytes(4) + bytes((1, 1, 2, 0)) + bytes(36) + bytes(range(256)) + b"ab" + bytes(range(256))


@pytest.mark.parametrize(
    ("kind", "tag"), [(b"para", None), (b"XYZ ", None), (b"para", CURVE), (b"para", TABLE)]
)
def test_what_is_behind_the_numbers_of_a_profile_goes(kind, tag):
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    (count,) = struct.unpack_from(">I", data, 128)
    tags = [(132 + 12 * n, *struct.unpack_from(">II", data, 136 + 12 * n)) for n in range(count)]
    place, start, size = next(tag for tag in tags if data[tag[1] : tag[1] + 4] == kind)
    own = data[start : start + size] if tag is None else tag
    longer = own + b"Zhang San 13800138000"
    struct.pack_into(">II", data, place + 4, len(data), len(longer))
    with pikepdf.new() as pdf:
        stream = pdf.make_stream(bytes(data + longer))
        clean_profile(stream)
        after = stream.read_bytes()

    assert b"Zhang San" not in after
    assert bytes(own) in after


def test_texts_of_a_profile_go_and_its_colours_stay():
    before = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with pikepdf.new() as pdf:
        stream = pdf.make_stream(before + b"Zhang San")
        clean_profile(stream)
        after = stream.read_bytes()

    profile = ImageCms.ImageCmsProfile(io.BytesIO(after))

    assert b"sRGB" not in after
    assert b"s\0R\0G\0B" not in after
    assert b"Zhang San" not in after
    colours = Image.new("RGB", (4, 4), (200, 100, 50))
    assert ImageCms.profileToProfile(colours, profile, ImageCms.createProfile("sRGB")).getpixel((0, 0)) == (
        200,
        100,
        50,
    )


@pytest.mark.parametrize("place", [4, 24, 48, 80, 100, 117])
def test_the_head_of_a_profile_says_nothing_but_its_colours(place):
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[place : place + 4] = b"1391"
    with pikepdf.new() as pdf:
        stream = pdf.make_stream(bytes(data))
        clean_profile(stream)

        assert b"1391" not in stream.read_bytes()[:128]


@pytest.mark.parametrize(
    "kind", [b"text", b"data", b"utf8", b"dict", b"mluc" + bytes(4) + b"\xff" * 4, b"none"], ids=str
)
def test_no_tag_of_a_profile_holds_text(kind):
    tag = kind + bytes(16 - len(kind)) + "患者张三丰".encode()
    head = bytes(36) + b"acsp" + bytes(88)
    with pikepdf.new() as pdf:
        stream = pdf.make_stream(head + struct.pack(">I4sII", 1, b"priv", 144, len(tag)) + tag)
        clean_profile(stream)

        assert "张三丰".encode() not in stream.read_bytes()
        assert stream.read_bytes()[144:148] == kind[:4]


def test_a_profile_that_is_none_becomes_empty(tmp_path):
    def spaces(pdf):
        return Dictionary(C=Array([Name.ICCBased, pdf.make_stream("患者张三丰".encode(), N=3)]))

    path = with_content(tmp_path / "a.pdf", b"/C cs 0 0 0 sc 9 9 9 9 re f", ColorSpace=spaces)

    assert "张三丰".encode() not in passed_on(path)


def _function(pdf):
    return pdf.make_stream(
        "{ % 患者张三丰\n 1 exch sub 13912345678 pop (x) }".encode(),
        FunctionType=4,
        Domain=[0, 1],
        Range=[0, 1],
    )


def test_comments_in_a_function_go(tmp_path):
    def spaces(pdf):
        return Dictionary(C=Array([Name.Separation, Name.Spot, Name.DeviceGray, _function(pdf)]))

    found = passed_on(with_content(tmp_path / "a.pdf", b"/C cs 0.5 scn", ColorSpace=spaces))

    assert "张三丰".encode() not in found
    assert b"13912345678" not in found
    assert b"{ 1 exch sub 13912300000 pop }" in found


@pytest.mark.parametrize(("size", "left"), [({"Size": [2], "BitsPerSample": 8}, b"\x10\x20"), ({}, b"")])
def test_of_a_sampled_function_its_samples_are_left(tmp_path, size, left):
    def spaces(pdf):
        function = pdf.make_stream(
            b"\x10\x20" + "患者张三丰".encode(), FunctionType=0, Domain=[0, 1], Range=[0, 1], **size
        )
        return Dictionary(C=Array([Name.Separation, Name.Spot, Name.DeviceGray, function]))

    found = passed_on(with_content(tmp_path / "a.pdf", b"/C cs 0.5 scn", ColorSpace=spaces))

    assert "张三丰".encode() not in found
    assert left in found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0.00001", b"0.00001"),
        ("1391234567", b"1391230000"),
        ("-.5", b"-0.5"),
        ("2", b"2"),
        ("inf", b""),
        ("1e99", b""),
    ],
)
def test_numbers_of_a_calculator_have_no_exponent(written, meant):
    """Viewers read none there: with what masked it a text was gone."""
    with pikepdf.new() as pdf:
        stream = pdf.make_stream(f"{{ {written} mul }}".encode(), FunctionType=4)
        clean_function(stream)

        assert stream.read_bytes().split()[1:-2] == ([meant] if meant else [])


def test_functions_of_printers_go(tmp_path):
    def states(pdf):
        return Dictionary(G=Dictionary(TR=_function(pdf)))

    found = passed_on(with_content(tmp_path / "a.pdf", b"/G gs", ExtGState=states))

    assert b"exch" not in found


def test_a_picture_of_a_few_pixels_is_written_anew(tmp_path):
    packed = zlib.compress(b"\x00\x11\x22\x33")
    plain = b"q BI /W 2 /H 2 /BPC 8 /CS /G /Intent /Zhangsan ID \x00\x11\x22\x33\nEI Q "
    deflated = b"q BI /W 2 /H 2 /BPC 8 /CS /G /Name /Zhangsan /F /Fl ID " + packed + b"\nEI Q"

    found = passed_on(with_content(tmp_path / "a.pdf", plain + deflated))

    assert b"Zhangsan" not in found
    assert found.count(b"\x00\x11\x22\x33") == 2
