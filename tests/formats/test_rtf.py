"""RTF: nothing planted survives, in no code page; what is not personal stays byte for byte."""

from __future__ import annotations

import io
import re
import shutil
import subprocess

import pytest
from planting import Planter, replaced, survivors

from deid.errors import UnreadableDocument
from deid.formats import read, sniff, text_of, write
from deid.normalize import shadow

FONTS = r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset134 SimSun{\*\falt \'cb\'ce\'cc\'e5};}{\f2\fnil\fcharset136 PMingLiU;}}"


def gbk(text, codec="gb18030"):
    return "".join(f"\\'{byte:02x}" for byte in text.encode(codec))


def unicode(text, shadow="?"):
    return "".join(f"\\u{ord(one) if ord(one) < 32768 else ord(one) - 65536}{shadow}" for one in text)


def rtf(body, head=r"\ansi\ansicpg936\deff0"):
    return f"{{\\rtf1{head}{FONTS}{body}}}"


def document_of(path, text):
    path.write_bytes(text.encode("latin-1"))
    return read(path, ref="#1")


def hostile(p):
    n = p.name
    split, table, tracked, veiled, nested = (
        n("split"),
        n("halves"),
        n("tracked"),
        n("hidden inside"),
        n("groups"),
    )
    spelled = n("spelled by what stands for others")
    return rtf(
        rf"""{{\*\generator {gbk(n("generator"))};}}{{\stylesheet{{\s1 {gbk(n("style"))};}}{{\*\cs9 {unicode(n("character style"))};}}}}
{{\*\revtbl{{Unknown;}}{{{gbk(n("reviser"))};}}}}{{\*\protusertbl{{{gbk(n("user"))}}}}}
{{\info{{\title {gbk(n("title"))}}}{{\author {unicode(n("author"))}}}{{\operator {gbk(n("operator"))}}}{{\*\company {gbk(n("company"))}}}{{\*\manager {gbk(n("manager"))}}}
{{\upr{{\subject {gbk(n("subject"))}}}{{\*\ud{{\subject {unicode(n("unicode subject"))}}}}}}}{{\doccomm {gbk(n("comments"))}}}{{\keywords {gbk(n("keywords"))}}}{{\hlinkbase {gbk(n("base"))}}}}}
{{\*\userprops{{\propname {gbk(n("property"))}}}\proptype30{{\staticval {unicode(n("property value"))}}}{{\linkval {gbk(n("link"))}}}}}
{{\*\docvar {{{gbk(n("variable"))}}}{{{gbk(n("variable value"))}}}}}{{\*\datastore {n("store").encode("utf-16-le").hex()}}}
{{\*\themedata {n("theme").encode().hex()}}}{{\*\xmlnstbl {{\xmlns1 {gbk(n("schema"))};}}}}{{\*\zzunknown {gbk(n("unknown"))}{{\x {gbk(n("deeper"))}}}}}
{{\*\mailmerge{{\mmconnectstr {gbk(n("merge"))}}}}}{{\filetbl{{\file {gbk(n("file"))}}}}}{{\*\template {gbk(n("template"))}}}
{{\listtable{{\list{{\listlevel{{\leveltext\'03 {gbk(n("level"))};}}}}{{\listname {gbk(n("list"))};}}}}}}
{{\header {gbk(n("header"))}}}{{\footerf\pard {gbk(n("footer"))}\par}}
\pard\f1 {gbk(n("body"))}, {{\f2 {gbk("張三豐", "big5")}}}\par
{{\b {gbk(split[:1])}}}{{\rtlch\loch\af0\dbch\f1 {gbk(split[1:3])}}}\i0 {gbk(split[3:])}\par
{{\uc2 {"".join(unicode(one, gbk(one)) for one in n("unicode"))}}}{{\uc0 {unicode(n("no shadow"), " ")}}}\par
{{\uc4 {unicode("甲", gbk(spelled[:2]))}{unicode("乙", gbk(spelled[2:]))}}}\par
{{\field{{\*\fldinst HYPERLINK "mailto:{gbk(n("address"))}@x.cn"}}{{\fldrslt {gbk(n("result"))}}}}}{{\*\bkmkstart {gbk(n("bookmark"))}}}{{\*\bkmkend {gbk(n("bookmark end"))}}}
{{\footnote {gbk(n("footnote"))}}}{{\*\atnid {gbk(n("initials"))}}}{{\*\atnauthor {gbk(n("annotator"))}}}{{\*\annotation {gbk(n("annotation"))}}}\par
{gbk(tracked[:2])}{{\deleted {gbk("删")}}}{{\revised {gbk(tracked[2:])}}}{{\deleted {gbk(n("deleted"))}}}{{\v {gbk(n("hidden"))}}}\par
{gbk(veiled[:2])}{{\v {gbk("藏")}}}{gbk(veiled[2:])}\par
{{\shp{{\*\shpinst{{\sp{{\sn wzDescription}}{{\sv {gbk(n("shape"))}}}}}{{\shptxt {gbk(n("shape text"))}\par}}}}{{\shprslt {gbk(n("shape copy"))}}}}}{{\*\do{{\dptxbxtext {gbk(n("old box"))}}}}}
{{\pict\pngblip\picwgoal900\pichgoal300 {n("picture").encode().hex()}}}{{\*\shppict{{\pict\jpegblip {n("photo").encode().hex()}}}}}{{\nonshppict{{\pict\wmetafile8 {n("copy").encode().hex()}}}}}
{{\object\objemb{{\*\objclass Excel.{n("class").encode().hex()}}}{{\*\objname {gbk(n("object name"))}}}{{\*\objdata {n("object").encode().hex()}}}{{\result {gbk(n("object result"))}}}}}
{{\*\formfield{{\*\ffname {gbk(n("field name"))}}}{{\*\ffdeftext {gbk(n("default"))}}}{{\*\ffhelptext {gbk(n("help"))}}}{{\*\ffl {gbk(n("choice"))}}}}}{{\*\datafield {n("field data").encode().hex()}}}
{{\xe {gbk(n("index"))}}}{{\tc {gbk(n("contents"))}}}{{\pntext {gbk(n("numbering"))}}}\par
\trowd\pard\intbl {gbk("姓名")}\cell {gbk("电话")}\cell\row\intbl {gbk(table)}\cell {p.phone("cell")}\cell\row\pard
{{{{{{{gbk(nested[:1])}}}}}{gbk(nested[1:])}}}\emdash\u-10179?\u-9216? {gbk("完")}\par"""
    )


def plain(data):
    """An extractor of its own: both ways to write a character become it, then everything else goes."""
    for width in (1, 2, 4):
        text = re.sub(rb"[\r\n]", b"", data)
        shadow = rb"(?:\\'..|\?){0,%d}" % width
        text = re.sub(
            rb"\\u(-?\d+) ?" + shadow,
            lambda m: chr(int(m[1]) % 65536).encode("utf-8", "replace").join((b"\0", b"\0")),
            text,
        )
        pairs = re.sub(rb"\\'([0-9a-f]{2})", lambda m: bytes((int(m[1], 16),)), text)
        pairs = re.sub(rb"\\[a-z]+-?\d* ?|[{}]|\\\*", b"", pairs)
        yield b"".join(
            one if index % 2 else one.decode("gb18030", "ignore").encode()
            for index, one in enumerate(pairs.split(b"\0"))
        ).decode("utf-8", "ignore")
    yield data.decode("latin-1")
    for match in re.finditer(rb"[0-9a-f]{16,}", data):
        content = bytes.fromhex(match[0].decode()[: len(match[0]) // 2 * 2])
        yield content.decode("utf-8", "ignore")
        yield content.decode("utf-16-le", "ignore")


def test_nothing_planted_survives_in_any_reading(tmp_path):
    planter = Planter()
    document, out = document_of(tmp_path / "a.rtf", hostile(planter)), tmp_path / "b.rtf"

    write(document, replaced(document, planter.values), out)

    data = out.read_bytes()
    assert survivors(planter.values, [*plain(data), *text_of(out, format="rtf")]) == set()
    assert "〔替〕" in "".join(plain(data))
    assert data.count(b"{") == data.count(b"}")
    # what the check before publication would have seen
    seen = survivors(planter.values, text_of(tmp_path / "a.rtf", format="rtf"))
    assert set(planter.values.values()) - seen <= {"tracked", "hidden inside", "class"}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_an_office_program_reads_the_output_and_finds_nothing_planted(tmp_path):
    planter = Planter()
    document, out = document_of(tmp_path / "a.rtf", hostile(planter)), tmp_path / "b.rtf"
    write(document, replaced(document, planter.values), out)

    done = subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "fodt",
            out.name,
        ],
        cwd=tmp_path,
        capture_output=True,
        timeout=120,
        check=True,
    )

    text = (tmp_path / "b.fodt").read_text(encoding="utf-8")
    assert survivors(planter.values, [text, re.sub("<[^>]*>", "", text)]) == set(), done.stderr
    assert "〔替〕" in text
    assert "張三豐" in re.sub("<[^>]*>", "", text)


def test_a_file_without_anything_personal_keeps_its_bytes(tmp_path):
    text = rtf(
        "\\pard\\f1 "
        + gbk("血压")
        + "120/80\\tab\r\n"
        + gbk("正常")
        + "\\par {\\b \\'d5\r\n\\'fd}\\u8217\\'92\\uc2\\u27491\\'d5\\'fd \\{x\\}\\par\r\n"
    )
    document, out = document_of(tmp_path / "a.rtf", text), tmp_path / "b.rtf"

    write(document, {}, out)

    assert out.read_bytes() == (tmp_path / "a.rtf").read_bytes()
    assert document.details["removed"] == {}


def test_it_does_not_say_when_it_was_changed(tmp_path):
    body = (
        r"{\revised\revauth1\revdttm-2074015744 1}{\deleted\revauthdel1\revdttmdel-2074015744 2}"
        r"{\mvt\mvauth1\mvdate-2074015744\b\crauth1\crdate-2074015744 3}{\*\annotation{\*\atndate -2074015744}4}{\*\annotation{\*\atntime\yr2023\mo2}5}"
    )
    document, out = document_of(tmp_path / "a.rtf", rtf(body)), tmp_path / "b.rtf"

    write(document, {}, out)

    assert not re.search(rb"2074015744|2023", out.read_bytes())
    assert re.findall(rb"[ }]([1-5])\}", out.read_bytes()) == [b"1", b"2", b"3", b"4", b"5"]
    assert r"\revauth1 1" in out.read_bytes().decode()


def texts(path, text):
    return [block.text for block in document_of(path, text).blocks() if not block.search_only]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\f1 \'d5\'c5\'c8\'fd\'b7\'e1", "张三丰"),
        (r"\'d5\'c5\'c8\'fd\'b7\'e1", "张三丰"),  # the font is Western, the file is not
        (r"\f2 \'b1\'69\'a4\'54", "張三"),
        (r"\f2 \'b1i\'a4T", "張三"),
        (r"\f1 \'d5{\b \'c8}", "ÕÈ"),
        (r"\u24352?\u19977\'c8", "张三"),
        (r"\uc2\u24352\'d5\'c5\uc0\u19977 x", "张三x"),
        (r"\u-10179?\u-9216?x", "🐀x"),
        (r"\u134071?x", "𠮷x"),
        (r"a\-b\_c\~d\{e\}\\", "a\u00adb-c\u00a0d{e}\\"),
        (r"\'81\\\'81\{", "乗亄"),
    ],
)
def test_characters_are_read_in_the_code_page_of_their_font(tmp_path, body, text):
    assert texts(tmp_path / "a.rtf", rtf(rf"\pard {body}\par"))[0] == text


def test_raw_bytes_are_read_as_well(tmp_path):
    body = "张三丰".encode("gb18030").decode("latin-1")

    assert texts(tmp_path / "a.rtf", rtf(rf"\pard {body}\par")) == ["张三丰"]


@pytest.mark.parametrize("control", ["zwj", "zwnj", "zwbo", "zwnbo", "ltrmark", "rtlmark"])
def test_a_value_with_marks_that_show_nothing_in_it_goes_whole(tmp_path, control):
    document, out = document_of(tmp_path / "a.rtf", rtf(rf"13912\{control} 345678 x")), tmp_path / "b.rtf"
    [text] = [block.text for block in document.blocks() if "13912" in block.text]
    value = text.removesuffix(" x")

    write(document, replaced(document, [value]), out)

    assert shadow(value).text == "13912345678"
    assert not re.search("[0-9] x", out.read_text("latin-1"))


def test_tracked_and_hidden_text_is_read_in_every_view(tmp_path):
    body = rf"\pard {gbk('张')}{{\deleted {gbk('山')}}}{{\revised {gbk('三')}}}{{\v x}}{gbk('丰')}\par"

    found = texts(tmp_path / "a.rtf", rtf(body))

    assert {"张三x丰", "张山x丰", "张三丰", "张山丰"} <= set(found)


@pytest.mark.parametrize("format", [r"\cf2", r"\fs2", r"\webhidden"])
def test_text_is_read_without_what_nobody_sees_in_it(tmp_path, format):
    colours = r"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}"

    found = texts(tmp_path / "a.rtf", rtf(rf"{colours}\pard\cf1\fs20 139{{{format} x}}12345678\par"))

    assert {"139x12345678", "13912345678"} <= {text.removeprefix(";;;") for text in found}


def test_text_that_old_readers_get_as_well_stands_once(tmp_path):
    document = document_of(tmp_path / "a.rtf", rtf(r"tel {\upr{13812345678}{\*\ud{13812345678}}} x\par"))

    write(document, {}, tmp_path / "b.rtf")

    assert [block.text for block in document.blocks()][-1] == "tel 13812345678 x"
    assert (tmp_path / "b.rtf").read_text("latin-1").count("13812345678") == 1


def test_cells_know_their_headers(tmp_path):
    rows = [("姓名", "电话"), ("李四", "13800138000")]
    body = "".join(
        "\\trowd\\intbl " + "".join(f"{gbk(cell)}\\cell " for cell in row) + "\\row" for row in rows
    )
    document = document_of(tmp_path / "a.rtf", rtf(body + r"\pard\par"))

    found = {block.text: block.labels for block in document.blocks() if not block.search_only}

    assert (found["李四"], found["13800138000"]) == (("姓名",), ("电话",))


def test_a_new_value_never_joins_a_control_word(tmp_path):
    document, out = (
        document_of(tmp_path / "a.rtf", rtf(rf"\pard\b{gbk('张三')}\i0 1\par")),
        tmp_path / "b.rtf",
    )

    write(document, replaced(document, ["张三"], "a{𠮷"), out)

    assert rb"\b a\{\u-10174?\u-8265?\i0 1\par" in out.read_bytes()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (rtf("x")[:-1], "corrupt"),
        (rtf("x" + "\\"), "corrupt"),
        (rtf("{" * 5000 + "}" * 5000), "corrupt"),
        (rtf(r"\f13912345678 x"), "corrupt"),
        (rtf(r"\f1 \'d5\'c5\'c8\'b7\'ff\'d5\'ff"), "corrupt"),
    ],
)
def test_damage_is_one_clear_reason(tmp_path, text, word):
    (tmp_path / "a.rtf").write_bytes(text.encode("latin-1"))

    with pytest.raises(UnreadableDocument, match=word):
        read(tmp_path / "a.rtf", ref="#1")


@pytest.mark.parametrize("name", ["a.rtf", "a.doc", "a.txt"])
def test_content_says_that_it_is_rtf(tmp_path, name):
    (tmp_path / name).write_bytes(rtf("x").encode())

    assert sniff(tmp_path / name) == "rtf"


def test_pictures_keep_their_size_and_show_nothing(tmp_path):
    document, out = (
        document_of(tmp_path / "a.rtf", rtf(r"{\pict\jpegblip\picwgoal900\pichgoal300\bin4 abcd}")),
        tmp_path / "b.rtf",
    )

    write(document, {}, out)

    assert rb"{\pict\pngblip\picwgoal900\pichgoal300 89504e47" in out.read_bytes()
    assert b"abcd" not in out.read_bytes()
    assert document.details["removed"] == {"picture": 1}


def test_what_a_picture_shows_is_replaced_in_it(tmp_path):
    pytest.importorskip("rapidocr")
    from PIL import Image
    from test_images import printed, seen

    buffer = io.BytesIO()
    printed().save(buffer, "PNG")
    body = rf"{{\*\shppict{{\pict\pngblip\picwgoal9600\pichgoal4950 {buffer.getvalue().hex()}}}}}"
    document, out = document_of(tmp_path / "a.rtf", rtf(body)), tmp_path / "b.rtf"

    write(document, replaced(document, ["张三丰", "13800138000"]), out)

    found = re.search(rb"pichgoal4950 ([0-9a-f]+)", out.read_bytes())
    text = seen(Image.open(io.BytesIO(bytes.fromhex(found[1].decode()))))
    assert "张三丰" not in text
    assert "社区获得性肺炎" in text
    assert document.details["removed"] == {}


def test_the_other_characters_of_a_font_are_no_name(tmp_path):
    table = (
        rf"{{\fonttbl{{\f0 {gbk('@宋体')} Western;}}{{\f1 Arial (Hebrew);}}{{\f2 {gbk('张宋体')} Western;}}}}"
    )
    document = document_of(tmp_path / "a.rtf", f"{{\\rtf1\\ansicpg936{table}text}}")

    fonts = [block.text for block in document.blocks() if "text" not in block.text]

    assert fonts == ["张宋体 Western;"]


@pytest.mark.parametrize(
    ("behind", "removed"),
    [
        ("\n{\\b more}", {"text behind the end": 1}),
        (" \r\n\x00\n张三", {"text behind the end": 1}),
        ("\r\n\\", {"text behind the end": 1}),
        ("}", {"text behind the end": 1}),
        ("\r\n\x00 \x1a", {}),
    ],
)
def test_what_stands_behind_the_end_is_left_out_and_counted(tmp_path, behind, removed):
    path, out = tmp_path / "a.rtf", tmp_path / "b.rtf"
    path.write_bytes((rtf(r"\f0 x") + behind).encode("gb18030"))
    document = read(path, ref="#1")

    write(document, {}, out)

    assert out.read_bytes().decode() == rtf(r"\f0 x")
    assert document.details["removed"] == removed


def test_what_parts_colours_is_no_beginning_of_the_first_paragraph(tmp_path):
    document = document_of(
        tmp_path / "a.rtf",
        rtf(rf"{{\colortbl;\red0\green0\blue0;\red255\green0\blue0;}}\pard {gbk('张三，男')}\par"),
    )

    assert [block.text for block in document.blocks()] == ["张三，男"]
