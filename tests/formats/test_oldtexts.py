"""Old Office files of which LibreOffice makes an empty document are not done."""

from __future__ import annotations

import struct

import pytest
from compound import compound
from planting import zipped
from test_biff import book, record, sheet

from deid.errors import UnreadableDocument
from deid.formats import legacy, read
from deid.formats.oldtexts import has_text, holds_text


def word(text, codec="utf-16-le"):
    """A document of Word 97, with the pieces of its text in a table of their own."""
    data = text.encode(codec)
    at = 1024 if codec == "utf-16-le" else 0x4000_0000 | 1024 * 2
    pieces = struct.pack("<IIHIH", 0, len(text), 0, at, 0)
    clx = b"\1\3\0abc" + b"\2" + struct.pack("<I", len(pieces)) + pieces
    head = bytearray(1024)
    struct.pack_into("<HH", head, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", head, 10, 0x200)
    struct.pack_into("<II", head, 0x1A2, 16, len(clx))
    return compound({"WordDocument": bytes(head) + data, "1Table": bytes(16) + clx})


def old_word(text):
    data = text.encode("gbk")
    head = bytearray(768)
    struct.pack_into("<HH", head, 0, 0xA5DC, 104)
    struct.pack_into("<II", head, 24, 768, 768 + len(data))
    return compound({"WordDocument": bytes(head) + data})


def part(kind, body, version=0):
    return struct.pack("<HHI", version, kind, len(body)) + body


def slides(text, kind=0x03EE):
    """A presentation whose master says something as well."""
    written = (
        part(0x0FA0, "第一张".encode("utf-16-le")) if text is None else part(0x0FA0, text.encode("utf-16-le"))
    )
    master = part(0x03F8, part(0x0FA8, b"Click to edit"), 0xF)
    drawing = part(0x040C, part(0xF00D, written, 0xF), 0xF)
    return compound({"PowerPoint Document": master + part(kind, drawing, 0xF), "Current User": b"x"})


def listed(text):
    """Texts of placeholders stand in a list of all slides."""
    texts = part(0x0FA0, text.encode("utf-16-le"))
    lists = part(0x0FF0, part(0x0FA8, b"of masters"), 0x1F) + part(0x0FF0, texts, 0xF)
    return compound({"PowerPoint Document": part(0x03E8, lists, 0xF)})


@pytest.mark.parametrize(
    "data",
    [
        word("患者张三"),
        word("Zhang San", "cp1252"),
        old_word("患者张三"),
        slides("患者张三"),
        listed("患者张三"),
        sheet(),
        compound({"Workbook": book(0)}),
        compound({"Book": book(0)}),
    ],
)
def test_a_file_with_text_of_which_nothing_comes_is_refused(tmp_path, monkeypatch, data):
    empty = zipped(
        {"[Content_Types].xml": "", "word/document.xml": "<w:p/>", "xl/sharedStrings.xml": "<sst/>"}
    )
    monkeypatch.setattr(legacy, "program", lambda: "soffice")
    monkeypatch.setattr(legacy, "_converted", lambda *_: empty)
    (tmp_path / "a.doc").write_bytes(data)

    with pytest.raises(UnreadableDocument, match="makes an empty document"):
        read(tmp_path / "a.doc", ref="#1")


@pytest.mark.parametrize(
    "data",
    [
        word("\x13 EMBED Visio.Drawing.11 \x14\x01\x15\r"),
        old_word("\r\x01"),
        slides("\r*"),
        slides("患者张三", kind=0x03F8),
        listed(" "),
        record(0x809, struct.pack("<HHHH", 0, 0x10, 0, 0)) + record(0x0A, b""),
    ],
)
def test_a_file_without_text_may_become_an_empty_document(data):
    assert not has_text(data)


@pytest.mark.parametrize(
    ("format", "name", "content"),
    [
        ("docx", "word/header1.xml", '<w:t xml:space="preserve">x</w:t>'),
        ("docx", "word/document.xml", "<w:delText>x</w:delText>"),
        ("xlsx", "xl/worksheets/sheet1.xml", "<c><v>1</v></c>"),
        ("pptx", "ppt/slides/slide1.xml", "<a:t>x</a:t>"),
    ],
)
def test_what_holds_text_is_told(format, name, content):
    assert holds_text(zipped({name: content}), format)
    assert not holds_text(zipped({name: "<w:p/><c/><a:t></a:t>", "docProps/core.xml": content}), format)
