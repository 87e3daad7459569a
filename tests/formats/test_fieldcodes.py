"""Fields of Word that print what is nowhere written as such: pieces of a name, characters by their numbers."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hostile_docx import para, run, simple
from planting import replaced, unzipped, zipped

from deid.formats import read, write
from deid.formats.fieldcodes import joined, symbol_of
from deid.types import TextBlock


def field(code: str, result: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result) if result else ""}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def shown(path: Path) -> str:
    return "\n".join(block.text for block in read(path, ref="#1").blocks())


def docx_of(folder: Path, body: str) -> Path:
    path = folder / "a.docx"
    path.write_bytes(simple("甲"))
    parts: dict[str, bytes | str] = dict(unzipped(path))
    parts["word/document.xml"] = (
        unzipped(path)["word/document.xml"].decode().replace(para(run("甲")), para(body))
    )
    path.write_bytes(zipped(parts))
    return path


def rtf_of(folder: Path, code: str, result: str = "") -> Path:
    def escaped(text: str) -> str:
        plain = text.replace("\\", "\\\\")
        return "".join(one if one.isascii() else f"\\u{ord(one)}?" for one in plain)

    path = folder / "a.rtf"
    path.write_text(
        rf"{{\rtf1\ansi\ansicpg936\uc1 \pard {{\field{{\*\fldinst{{ {escaped(code)} }}}}"
        rf"{{\fldrslt{{{escaped(result)}}}}}}}\par}}"
    )
    return path


@pytest.mark.parametrize(
    "code",
    [
        ' QUOTE "欧阳" "建国" ',
        " QUOTE 欧阳 建国 ",
        r" EQ \o(欧,阳,建,国) ",
        r" EQ \o\ac(○,欧)\s\up5(阳建)\s\do-5(国) ",
    ],
)
@pytest.mark.parametrize("kind", ["docx", "rtf"])
def test_a_name_in_several_arguments_is_read_as_one_and_replaced(code, kind, tmp_path):
    path = docx_of(tmp_path, field(code)) if kind == "docx" else rtf_of(tmp_path, code)
    out = path.with_name(f"out.{kind}")
    document = read(path, ref="#1")

    write(document, replaced(document, ["欧阳建国"]), out)

    assert "欧阳建国" in shown(path)
    assert not set("欧阳建国") & set(shown(out))


@pytest.mark.parametrize("body", [field(" SYMBOL {} \\u ", "?"), '<w:fldSimple w:instr="SYMBOL {} \\u"/>'])
def test_letters_that_are_fields_by_their_numbers_are_text_of_their_paragraph(body, tmp_path):
    path = docx_of(tmp_path, run("患者") + "".join(body.format(ord(one)) for one in "欧阳甲") + run("女"))
    out = path.with_name("out.docx")
    document = read(path, ref="#1")

    write(document, replaced(document, ["欧阳甲"]), out)

    assert "患者欧阳甲女" in shown(path)
    assert str(ord("欧")).encode() not in unzipped(out)["word/document.xml"]


def test_rtf_keeps_of_such_letters_what_the_field_shows(tmp_path):
    path = rtf_of(tmp_path, rf"SYMBOL {ord('欧')} \u", "欧")
    out = path.with_name("out.rtf")
    document = read(path, ref="#1")

    write(document, {}, out)

    assert document.details["removed"] == {"field": 1}
    assert shown(out).strip() == "欧"
    assert str(ord("欧")) not in out.read_text().replace(rf"\u{ord('欧')}", "")


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r"SYMBOL 24352 \u", "张"),
        ('SYMBOL 0x5F20 \\f "宋体" \\u', "张"),
        ("SYMBOL 54725", "张"),
        (r"SYMBOL 49 \f Arial", "1"),
        (r"SYMBOL 74 \f Wingdings", ""),
        (r"SYMBOL 8226 \u", ""),
        ("QUOTE 24352", ""),
    ],
)
def test_the_letter_of_a_symbol(code, shown):
    assert symbol_of(code) == shown


@pytest.mark.parametrize("font", ["Code 128", "IDAutomationHC39M", "Libre Barcode 39", "3 of 9 Barcode"])
def test_text_in_the_font_of_a_bar_code_goes_as_drawn_codes_do(font, tmp_path):
    path = docx_of(
        tmp_path, run("条码") + run("ÑA2bÓ", f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>') + run("2 份")
    )
    out = path.with_name("out.docx")
    document = read(path, ref="#1")

    write(document, {}, out)

    assert document.details["removed"]["code"] == 1
    assert "条码2 份" in shown(out)
    assert b"A2b" not in unzipped(out)["word/document.xml"]


def test_text_of_rtf_in_the_font_of_a_bar_code_goes(tmp_path):
    path = tmp_path / "a.rtf"
    path.write_text(
        r"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}{\f3\fnil\fcharset2 Code 128;}}"
        r"\pard label {\f3 Z\u209?A2b} twice {\field{\*\fldinst{\f3 MERGEFIELD number}}{\fldrslt{\f3 7d8}}}\par}"
    )
    out = path.with_name("out.rtf")
    document = read(path, ref="#1")

    write(document, {}, out)

    written = out.read_text()
    assert document.details["removed"]["code"] >= 2
    assert not [one for one in ("A2b", "7d8", "209") if one in written]
    assert not [one for one in ("label", "twice", "MERGEFIELD number", "Code 128") if one not in written]


def nested(code: str, inner: str, result: str) -> str:
    """A field whose code holds another field, which has the result `inner`."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    within = f"{begin}<w:r><w:instrText>MERGEFIELD n</w:instrText></w:r>{separate}{run(inner)}{end}"
    return f"{begin}<w:r><w:instrText>{code} </w:instrText></w:r>{within}{separate}{run(result)}{end}"


SIGNS = {
    "a symbol": '<w:r><w:sym w:font="Wingdings" w:char="F028"/></w:r>',
    "the mark of a note": '<w:r><w:footnoteReference w:id="2"/></w:r>',
    "a box to tick": field("FORMCHECKBOX"),
}


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_a_sign_parts_the_numbers_on_both_sides(tmp_path, sign):
    texts = shown(docx_of(tmp_path, f"{run('心内科3楼12')}{sign}{run('13912345678')}")).split("\n")

    assert [" ".join(text.split()) for text in texts if "3楼12 " in text] == ["心内科3楼12 13912345678"]


def test_a_sign_between_words_makes_no_other_text_of_them(tmp_path):
    texts = shown(docx_of(tmp_path, f"{run('欧阳')}{SIGNS['a symbol']}{run('明月')}")).split("\n")

    assert [text for text in texts if "欧阳" in text] == ["欧阳明月"]


@pytest.mark.parametrize(
    "body",
    [
        nested("IF", "12", "13912345678"),
        f"{field('SET x 12', '12')}{run('13912345678')}",
        f'<w:fldSimple w:instr=" ASK x 12 ">{run("12")}</w:fldSimple>{run("13912345678")}',
    ],
)
def test_what_a_field_does_not_show_stays_apart_from_what_is_shown(tmp_path, body):
    texts = shown(docx_of(tmp_path, f"{run('电话')}{body}")).split("\n")

    assert {"电话1213912345678", "电话13912345678"} <= set(texts)


def test_the_result_of_a_field_goes_on_with_the_text_around_it(tmp_path):
    texts = shown(docx_of(tmp_path, f"{run('电话139')}{field('MERGEFIELD n', '1234')}{run('5678')}"))

    assert "电话13912345678" in texts.split("\n")


@pytest.mark.parametrize("piece", ['"\\', '\\"', '"', "x"])
def test_codes_of_fields_are_read_in_linear_time(piece):
    start = time.process_time()

    list(joined(TextBlock("a", f'QUOTE "{piece * 50_000}', "")))

    assert time.process_time() - start < 2
