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
