"""Somebody called Title, Sheet or Green: words in which formats are written are no names that were left."""

from __future__ import annotations

import pikepdf
import pytest

from deid.batch.checking import Search, Wanted
from deid.formats import text_of
from deid.normalize import canonical

NAMES = (
    "Title",
    "VCalendar",
    "Windows",
    "Sheet",
    "Green",
    "Mozilla",
    "Prefix",
    "Daylight",
    "Heading",
    "Zhangsan",
)
URL = "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"
ODF = (
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" {}'
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.text">'
    '<office:body><office:text><text:p text:style-name="Heading_20_1"><text:sheet-name/><text:title/>{}</text:p>'
    "</office:text></office:body></office:document>"
)
DOCTYPE = f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "{URL}">'
HTML = f'{DOCTYPE}<html><title>{{}}</title><p title="">{{}}'
RTF = r"{\rtf1{\colortbl;\red0\green0\blue0;}{\stylesheet{\s1 Title;}{\s2 heading 1;}}{\info{\title }}%s%s}"
EML = f"From: =?windows-1255?B?UkU6IPns5e0=?=\nSubject: {{}}\nX-Mozilla-Status: 0\nContent-Type: text/html\n\n{DOCTYPE}<p>{{}}\n"
ICS = "BEGIN:VCALENDAR\r\nBEGIN:DAYLIGHT\r\nEND:DAYLIGHT\r\nX-PREFIX:{}\r\nTITLE:{}\r\nEND:VCALENDAR\r\n"


def left(path, format):
    search = Search(
        Wanted.of(
            [("PERSON", canonical(name, "PERSON")) for name in NAMES] + [("URL", canonical(URL, "URL"))]
        )
    )
    for string in text_of(path, format=format):
        search.add(string)
    return {value for _, value in search.found()}


@pytest.mark.parametrize(
    ("format", "content"),
    [("fodt", ODF), ("html", HTML), ("rtf", RTF.replace("%s", "{}")), ("eml", EML), ("ics", ICS)],
    ids=["odf", "html", "rtf", "eml", "ics"],
)
def test_words_of_a_format_are_no_names_that_were_left(tmp_path, format, content):
    fill = content.replace("{}", "%s") if format == "rtf" else content
    path = tmp_path / f"a.{format}"

    path.write_text(fill % ("", "") if format == "rtf" else fill.format("", ""), encoding="utf-8")
    assert left(path, format) == set()

    path.write_text(fill % ("", "Title zhangsan") if format == "rtf" else fill.format("", "Title zhangsan"))
    assert left(path, format) == {"TITLE", "ZHANGSAN"}


@pytest.mark.parametrize(
    ("format", "content"),
    [
        ("fodt", ODF.replace("<text:p ", '<text:bookmark text:name="Title"/><text:p ').format("", "")),
        ("rtf", RTF % ("", r"{\b Title;}")),
        ("ics", ICS.format("a;ENCODING=QUOTED-PRINTABLE:=0ATitle=0A", "b")),
        ("ics", ICS.format("a;ENCODING=QUOTED-PRINTABLE:=\r\nTitle: c", "b")),
        ("xml", '<?xml version="1.0"?><?xml-stylesheet title="Title"?><a/>'),
    ],
    ids=["name of a bookmark", "body of rtf", "decoded line", "line that goes on", "instruction"],
)
def test_such_words_are_names_where_a_format_says_nothing(tmp_path, format, content):
    (tmp_path / "a").write_text(content, encoding="utf-8", newline="")

    assert left(tmp_path / "a", format) == {"TITLE"}


DECLARED = ("Public", "Alternative", "Roman", "Times New Roman", "Price", "Zhangsan")
SVG = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg id="§"/>'
STYLE = "<style>p{font: 9pt 'Times New Roman'}</style><p style='font-family:&quot;Times New Roman&quot;, §' align=left>"
FONT = "<font face='Times New Roman, §'>"
MAIL = (
    "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html; name=§\n\n%s\n--b--\n"
)
FONTS = r"{\rtf1{\fonttbl{\f0\froman{\*\panose 02}Times New Roman;}{\f1 Times New Roman (Hebrew);}{\f2 §;}}§}"
CELL = """<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">
  <style:font-face style:font-family="'Times New Roman'" style:font-family-generic="roman"/>
  <style:font-face style:font-family="'§'" /><table:table-cell table:formula="of:=ROMAN([.A1])+PRICE([.A2])&amp;§"/>
</office:document>"""


@pytest.mark.parametrize(
    ("format", "content"),
    [
        ("svg", SVG),
        ("html", f'<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "§">{STYLE}'),
        ("html", FONT),
        ("eml", MAIL % ""),
        ("eml", MAIL % f"{STYLE}</p>{FONT}</font>"),
        ("rtf", FONTS),
        ("fodt", CELL),
    ],
    ids=["svg", "style", "font", "parts of mail", "page in mail", "fonts of rtf", "odf"],
)
def test_what_a_format_declares_is_no_name_that_was_left_and_what_somebody_put_there_is(
    tmp_path, format, content
):
    def found(filled):
        (tmp_path / "a").write_text(content.replace("§", filled), encoding="utf-8")
        search = Search(Wanted.of([("PERSON", canonical(name, "PERSON")) for name in DECLARED]))
        for string in text_of(tmp_path / "a", format=format):
            search.add(string)
        return {value for _, value in search.found()}

    assert found("") == set()
    for name in ("Zhangsan", "Public", "Alternative"):
        assert found(name) == {name.upper()}


def test_names_of_pdf_objects_and_kerned_words_are_no_names_that_were_left(tmp_path):
    def made(shown):
        with pikepdf.new() as pdf:
            page = pdf.add_blank_page()
            page.Contents = pdf.make_stream(b"BT /Title 9 Tf [(, prefix) 12 (ed) -300 (%b)] TJ ET" % shown)
            pdf.docinfo["/Title"] = "x"
            pdf.Root.Names = pikepdf.Dictionary(Font=pikepdf.Name("/ABCDEF+Heading"))
            pdf.save(tmp_path / "a.pdf")
        return left(tmp_path / "a.pdf", "pdf")

    assert made(b"") == set()
    assert made(b"Zhang) 5 (san") == {"ZHANGSAN"}


def test_a_name_among_the_words_of_a_format_is_found(tmp_path):
    path = tmp_path / "a.fodt"
    path.write_text(ODF.format('xmlns:zhangsan="urn:x" ', "<text:zhangsan/>"), encoding="utf-8")

    assert left(path, "fodt") == {"ZHANGSAN"}
