"""Glyphs that show digits, Chinese characters or words, and are said to be something else."""

from __future__ import annotations

import re

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from test_pdf import LINES, VALUES, done, one_page, pages_of, seen
from test_pdf_drawn import outlines

from deid.formats import read

pytestmark = pytest.mark.slow

NAME, NUMBER = "张三丰", "13800138000"
OTHERS = {
    "Greek": "αβγδεζηθικλμ",
    "signs": "-_.+=/|~^*#@",
    "bullets": "•■◆·○●□▪…“”—",
    "blanks": " " * 12,
    "nothing": "\u200b" * 12,
    "letters": ("ab", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr", "st", "uv", "wx"),
    "Hangul": "가나다라마바사아자차카타",
}


def said_otherwise(path, characters, others):
    """Each of the characters is said to be another one."""
    one_page(path, *LINES)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pdf.pages[0].obj.Resources.Font.F1
        pairs = re.findall(r"<(\w{4})> <(\w{4})>\n", font.ToUnicode.read_bytes().decode())
        said = dict(zip(characters, others, strict=False))

        def meant(end):
            return said.get(chr(int(end, 16)), chr(int(end, 16))).encode("utf-16-be").hex()

        lines = "".join(f"<{code}> <{meant(end)}>\n" for code, end in pairs)
        font.ToUnicode = pdf.make_stream(
            f"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(pairs)} beginbfchar\n{lines}endbfchar endcmap".encode()
        )
        pdf.save(path)
    return path


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("characters", ["0123456789", NAME])
def test_digits_and_names_that_are_said_to_be_something_else_are_read_as_a_picture(
    tmp_path, characters, kind
):
    path = said_otherwise(tmp_path / "a.pdf", characters, OTHERS[kind])

    first = next(read(path, ref="#1").blocks())

    assert first.id.startswith("page1/scan")


def test_what_is_shown_under_signs_is_painted(tmp_path):
    path = said_otherwise(tmp_path / "a.pdf", "0123456789" + NAME, OTHERS["signs"] + "•")

    out = done(path)

    assert not [value for value in VALUES if value in seen(out) + pages_of(out)[0]]
    assert "社区获得性肺炎" in pages_of(out)[0]


@pytest.mark.parametrize(
    "signs",
    [
        "αβγδεζηθικλμνξοπρστυφχψω ΑΒΓΔΕΖΗΘΙΚΛ",
        "авгдежзийклмнопрстуфхцчшщ АБВГДЕЖ",
        "-_.+=/|~^*#@&%$!?;:,'\"()[]{}<>",
        "•■◆·○●□▪…“”—–‰™℃№①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥ×÷±≤≥≠∞√∑",
        "ぁあいうえおかきくけこアイウエオカキクケコ",
        "０１２３４５６７８９ＡＢＣａｂｃ",
    ],
)
def test_honest_signs_are_none_of_these(tmp_path, signs):
    path = one_page(tmp_path / "a.pdf", *LINES, signs)

    first = next(read(path, ref="#1").blocks())

    assert first.id.startswith("page1")
    assert "scan" not in first.id


def with_word(path, word, said, *, mode=0, scale=1):
    """A page with a font of which one glyph draws a word."""
    one_page(path, *LINES)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        width = 1000 * len(word) * scale
        glyph = f"{width} 0 0 {-200 * scale} {width} {900 * scale} d1 ".encode() + outlines(
            word, 0, 0, 1000 * scale
        ).replace(b"0 g", b"")
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, -200, width, 900], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=Dictionary(g=pdf.make_stream(glyph)), FirstChar=65, LastChar=65, Widths=[width],
            Encoding=Dictionary(Differences=[65, Name.g]), Resources=Dictionary(),
        )  # fmt: skip
        if said is not None:
            font.ToUnicode = pdf.make_stream(
                f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <41> <{said.encode('utf-16-be').hex()}> endbfchar endcmap".encode()
            )
        page = pdf.pages[0].obj
        page.Resources.Font.T3 = pdf.make_indirect(font)
        content = f"\nBT {mode} Tr /T3 {16 / scale} Tf 60 300 Td (A) Tj ET".encode()
        page.Contents = Array([page.Contents, pdf.make_stream(content)])
        pdf.save(path)
    return path


@pytest.mark.parametrize("said", [None, "中", "•", " ", "A", "ab"])
@pytest.mark.parametrize("more", [{}, {"mode": 3}, {"scale": 50}, {"scale": 0.2}])
def test_a_glyph_that_draws_a_word_is_read_as_a_picture(tmp_path, said, more):
    path = with_word(tmp_path / "a.pdf", f"姓名：{NAME}，电话：{NUMBER}", said, **more)

    first = next(read(path, ref="#1").blocks())

    assert first.id.startswith("page1/scan")


def test_a_word_in_one_glyph_is_painted(tmp_path):
    path = with_word(tmp_path / "a.pdf", f"姓名：{NAME}，电话：{NUMBER}", "•")
    assert NUMBER in seen(path)

    after = seen(done(path))

    assert NUMBER not in after
    assert NAME not in after


def test_a_glyph_of_a_word_that_says_so_is_read_as_text(tmp_path):
    path = with_word(tmp_path / "a.pdf", "诊断：胃炎", "诊断：胃炎")

    first = next(read(path, ref="#1").blocks())

    assert "scan" not in first.id
