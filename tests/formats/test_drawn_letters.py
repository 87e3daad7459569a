"""Letters drawn as outlines in drawings: text that was converted to paths, which nobody reads."""

from __future__ import annotations

import re
import zipfile

import pytest
from fontTools.pens.svgPathPen import SVGPathPen

from deid.formats import read, write
from deid.formats.lettering import chinese_font

NAME = "吴芷若一三"
FRAME = "M10 10L90 10L90 90L10 90Z"


@pytest.fixture(scope="module")
def letters():
    """The outlines of each letter, as data of paths."""
    font = chinese_font().opened()
    glyphs, names, found = font.getGlyphSet(), font.getBestCmap(), []
    for character in NAME:
        pen = SVGPathPen(glyphs)
        glyphs[names[ord(character)]].draw(pen)
        found.append(pen.getCommands())
    font.close()
    return found


def output(path):
    document = read(str(path), ref="#1")
    out = path.with_name(f"out{path.suffix}")
    write(document, {}, str(out))
    return document, out


def test_letters_go_from_svg_and_what_says_which_they_are(tmp_path, letters):
    path = tmp_path / "a.svg"
    glyphs = "".join(f'<path id="SimHei-{ord(c):x}" d="{d}"/>' for c, d in zip(NAME, letters, strict=True))
    uses = "".join(f'<use xlink:href="#SimHei-{ord(c):x}" x="{9 * n}"/>' for n, c in enumerate(NAME))
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<defs>{glyphs}</defs><path d="{FRAME}"/><g>{uses}</g><text>血压</text></svg>',
        "utf-8",
    )

    document, out = output(path)

    text = out.read_text("utf-8")
    assert document.details["removed"]["drawing"] >= len(NAME)
    assert not [data for data in letters[:3] if data[:40] in text]
    assert "SimHei" not in text
    assert FRAME in text
    assert "血压" in text


@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_letters_go_from_drawings_within_pages(tmp_path, letters, quote):
    path = tmp_path / "a.html"
    letters = [data.replace(" ", ",") for data in letters]
    drawn = "".join(f"<path d={quote}{data}{quote} />" for data in letters)
    path.write_text(f"<html><body><p>复诊</p><svg>{drawn}</svg></body></html>", "utf-8")

    _, out = output(path)

    assert not [data for data in letters if data[:40] in out.read_text("utf-8") and data.count("Z") > 1]
    assert "复诊" in out.read_text("utf-8")


def test_drawings_that_go_from_markup_are_counted_once(tmp_path, letters):
    path = tmp_path / "a.html"
    drawn = "".join(f'<path d="{data}"></path>' for data in letters[:3])
    path.write_text(f'<html><svg>{drawn}<path d="{FRAME}"/><use href="#a"></use></svg>复诊</html>', "utf-8")

    document, _ = output(path)

    assert document.details["removed"] == {"drawing": 4}


def test_styles_that_draw_go(tmp_path, letters):
    path = tmp_path / "a.html"
    style = f"<style>p {{color: red}} path {{d: path('{letters[0]}')}}</style>"
    path.write_text(
        f"<html>{style}<body><p style=\"clip-path: path('{letters[1]}')\">复诊</p></body></html>", "utf-8"
    )

    document, out = output(path)

    assert document.details["removed"] == {"style": 2}
    assert "path(" not in out.read_text("utf-8")


def bars(count=40, apart=(3, 5, 4, 7)):
    """Bars as programs draw them side by side: left edge and width."""
    left = 0
    for number in range(count):
        left += apart[number % len(apart)]
        yield left, 1 + number % 2


@pytest.mark.parametrize("apart", [(3, 5, 4, 7), (4,)])
def test_bar_codes_go_from_markup_and_grids_stay(tmp_path, apart):
    path = tmp_path / "a.html"
    drawn = "".join(f'<rect x="{x}" y="9" width="{width}" height="30"/>' for x, width in bars(apart=apart))
    page = f'<html><svg><rect x="0" y="0" width="300" height="50" fill="white"/>{drawn}</svg>复诊</html>'
    path.write_text(page, "utf-8")

    document, out = output(path)

    text = out.read_text("utf-8")
    if len(apart) > 1:
        assert document.details["removed"] == {"code": 40}
        assert text.count('height=""') == 40
    assert 'width="300"' in text
    assert (text == page) == (len(apart) == 1)


@pytest.mark.parametrize("before", ["", "<!-- <rect/> -->" * 40])
@pytest.mark.parametrize("prefix", ["", "ns0:"])
def test_bar_codes_go_whatever_stands_before_them(tmp_path, prefix, before):
    path = tmp_path / "a.svg"
    drawn = "".join(f'<{prefix}rect x="{x}" y="9" width="{width}" height="30" />' for x, width in bars())
    space = f'xmlns{":" * bool(prefix)}{prefix[:-1]}="http://www.w3.org/2000/svg"'
    path.write_text(f"<{prefix}svg {space}>{before}{drawn}</{prefix}svg>", "utf-8")

    document, out = output(path)

    assert document.details["removed"]["code"] == 40
    assert out.read_text("utf-8").count('height=""') == 40


def test_large_bar_codes_go_from_markup(tmp_path):
    path = tmp_path / "a.svg"
    drawn = "".join(f'<rect x="{4 * x}" y="9" width="{4 * width}" height="90"/>' for x, width in bars())
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{drawn}</svg>', "utf-8")

    document, _ = output(path)

    assert document.details["removed"] == {"code": 40}


def test_codes_of_squares_in_one_path_go_from_markup(tmp_path):
    path = tmp_path / "a.svg"
    squares = "".join(f"M{n % 21} {n // 21}h1v1h-1z" for n in range(441) if n * n % 3)
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><path d="{squares}"/></svg>', "utf-8")

    _, out = output(path)

    assert "h1v1" not in out.read_text("utf-8")


def test_a_few_lines_stay(tmp_path):
    path = tmp_path / "a.svg"
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><path id="a" d="{FRAME}"/><path d="M1 1C2 2 3 3 4 4"/><use href="#a"/></svg>'
    path.write_text(drawing, "utf-8")

    assert output(path)[1].read_text("utf-8") == drawing


def test_freehand_shapes_of_opendocument_that_may_be_letters_draw_nothing(tmp_path, letters):
    path = tmp_path / "a.fodg"
    drawn = "".join(f'<draw:path svg:d="{data}" svg:x="1cm"/>' for data in letters[:3])
    free = f'<draw:custom-shape><draw:enhanced-geometry draw:enhanced-path="{letters[0]}" draw:type="non-primitive"/></draw:custom-shape>'
    star = '<draw:custom-shape><draw:enhanced-geometry draw:enhanced-path="M 1 1 L 2 2 3 1 4 5 3 3 2 9 Z N" draw:type="star5"/></draw:custom-shape>'
    namespaces = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for one, name in (
            ("office", "office"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
            ("text", "text"),
        )
    )
    path.write_text(
        f'<?xml version="1.0"?><office:document {namespaces} office:mimetype="application/vnd.oasis.opendocument.graphics">'
        f'<office:body><office:drawing><draw:page draw:name="page1">{drawn}{free}{star}</draw:page></office:drawing></office:body></office:document>',
        "utf-8",
    )

    document, out = output(path)

    text = out.read_text("utf-8")
    assert document.details["removed"] == {"drawing": 4}
    assert not [data for data in letters if data[:40] in text]
    assert "star5" in text
    assert "M 1 1 L 2 2 3 1" in text


def test_freehand_shapes_of_slides_that_may_be_letters_draw_nothing(tmp_path):
    pptx = pytest.importorskip("pptx")
    slides = pptx.Presentation()
    shapes = slides.slides.add_slide(slides.slide_layouts[6]).shapes
    for letter in range(3):
        builder = shapes.build_freeform(100_000 * letter, 0)
        builder.add_line_segments([(100_000 * letter + 991 * n, 777 * (n % 7)) for n in range(1, 20)])
        builder.convert_to_shape().text_frame.text = "复诊"
    slides.save(tmp_path / "a.pptx")

    document, out = output(tmp_path / "a.pptx")

    with zipfile.ZipFile(out) as package:
        slide = package.read("ppt/slides/slide1.xml").decode()
    assert "lnTo" not in slide
    assert slide.count("<a:pathLst/>") == 3
    assert slide.count("复诊") == 3
    assert len(pptx.Presentation(out).slides[0].shapes) == 3
    assert document.details["removed"]["drawing"] == 3


def test_writing_by_hand_goes_from_word(tmp_path, letters):
    docx = pytest.importorskip("docx")
    from docx.oxml import parse_xml

    document = docx.Document()
    document.add_paragraph("复诊")._p.append(
        parse_xml(
            '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
            f' xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict><v:shape path="{"".join(letters).lower()}">'
            '<o:ink i="AMgFHQTgAvgBARBYz1SK5pfFT48G" annotation="t"/></v:shape></w:pict></w:r>'
        )
    )
    document.save(tmp_path / "a.docx")

    _, out = output(tmp_path / "a.docx")

    with zipfile.ZipFile(out) as package:
        text = package.read("word/document.xml").decode()
    assert re.search("<v:shape[^>]*>", text)
    assert " path=" not in text
    assert "AMgFHQ" not in text


@pytest.mark.parametrize(("points", "stay"), [(30, False), (4, True)])
def test_freehand_shapes_of_rtf_that_may_be_letters_have_no_points(tmp_path, points, stay):
    path = tmp_path / "a.rtf"
    drawn = "".join(f";({n},{n * n % 7})" for n in range(points))
    shape = rf"{{\shp{{\*\shpinst{{\sp{{\sn pVerticies}}{{\sv 8;{points}{drawn}}}}}}}}}"
    path.write_text(rf"{{\rtf1\ansi follow-up {shape}{shape}\par}}", "ascii")

    document, out = output(path)

    assert (drawn in out.read_text("ascii")) == stay
    assert document.details["removed"] == ({} if stay else {"drawing": 2})
    assert "follow-up" in out.read_text("ascii")
