"""Workbooks of Excel 2 to 95 as small programs write them: in no container, in GBK, and without a word of that."""

from __future__ import annotations

import shutil
import struct
import zipfile
from io import BytesIO

import pytest
from compound import compound

from deid.errors import EncryptedDocument, UnreadableDocument
from deid.formats import legacy, read, sniff
from deid.formats.biff import is_bare, is_whole, with_code_page
from deid.formats.misread import is_misread

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
ROWS = (
    ("姓名", "手机号", "诊断"),
    ("欧阳甲", "13912345678", "高血压病"),
    ("赵镕", "13912345679", "2型糖尿病"),
)


def record(kind, body):
    return struct.pack("<HH", kind, len(body)) + body


def cells(rows, encoding):
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            text = value.encode(encoding)
            yield record(0x204, struct.pack("<HHHH", y, x, 0, len(text)) + text)


def sheet(rows=ROWS, encoding="gbk"):
    """As the programs write it that know of cells only."""
    begin = record(0x809, struct.pack("<HHHH", 0, 0x10, 0, 0))
    return begin + b"".join(cells(rows, encoding)) + record(0x0A, b"")


def book(page, rows=ROWS, encoding="gbk"):
    """A workbook with a sheet by name; `page` is the code page that it names, or 0."""
    name = "门诊".encode(encoding)

    def head(start):
        named = record(0x42, struct.pack("<H", page)) if page else b""
        sheets = record(0x85, struct.pack("<IHB", start, 0, len(name)) + name)
        return record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0)) + named + sheets + record(0x0A, b"")

    begin = record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0, 0))
    size = record(0x200, struct.pack("<HHHHH", 0, len(rows), 0, len(rows[0]), 0))
    return head(len(head(0))) + begin + size + b"".join(cells(rows, encoding)) + record(0x0A, b"")


@needs_office
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(sheet(), id="a sheet alone"),
        *(pytest.param(book(page), id=f"code page {page}") for page in (0, 1252, 936)),
        *(
            pytest.param(compound({"Book": book(page)}), id=f"code page {page} in a container")
            for page in (0, 1252, 936)
        ),
    ],
)
def test_chinese_is_read_whatever_code_page_a_workbook_names(tmp_path, data):
    (tmp_path / "a.xls").write_bytes(data)

    assert sniff(tmp_path / "a.xls") == "xls"
    texts = [block.text for block in read(tmp_path / "a.xls", ref="#1").blocks()]
    assert {value for row in ROWS for value in row} <= set(texts)


@needs_office
def test_chinese_that_is_read_as_western_letters_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(legacy, "with_code_page", lambda stream: stream)
    (tmp_path / "a.xls").write_bytes(sheet())

    with pytest.raises(UnreadableDocument, match="encoding"):
        read(tmp_path / "a.xls", ref="#1")


@pytest.mark.parametrize("pack", [bytes, lambda data: compound({"Book": data})])
def test_a_workbook_with_a_password_is_named_as_that(tmp_path, monkeypatch, pack):
    monkeypatch.setattr(legacy, "program", lambda: "soffice")
    begin, rest = sheet()[:12], sheet()[12:]
    (tmp_path / "a.xls").write_bytes(pack(begin + record(0x2F, b"\1\2\3\4") + rest))

    with pytest.raises(EncryptedDocument, match="encrypted"):
        read(tmp_path / "a.xls", ref="#1")


def test_sheets_begin_where_their_names_say_also_after_a_code_page_was_put_in():
    for page in (0, 1252):
        named = with_code_page(book(page))
        place = named.index(struct.pack("<HH", 0x85, 7 + 4))
        (start,) = struct.unpack_from("<I", named, place + 4)

        assert named.count(struct.pack("<HHH", 0x42, 2, 936)) == 1
        assert struct.unpack_from("<HH", named, start) == (0x809, 8)


@pytest.mark.parametrize(
    "stream",
    [
        pytest.param(sheet([("Hépatite créée", "Élève", "Größe")], "cp1252"), id="Western"),
        pytest.param(sheet([("plain", "text")]), id="ASCII"),
        pytest.param(book(936), id="named"),
        pytest.param(book(950), id="named otherwise"),
    ],
)
def test_a_workbook_that_names_its_code_page_or_needs_none_stays(stream):
    assert with_code_page(stream) is stream


def test_a_sheet_that_begins_nowhere_is_no_error():
    name = record(0x85, struct.pack("<IHB", 0xFFFF_FFFF, 0, 0))

    assert with_code_page(sheet()[:12] + name + sheet()[12:]).count(struct.pack("<HHH", 0x42, 2, 936)) == 1


def test_a_workbook_that_is_too_large_is_not_looked_through(tmp_path, monkeypatch):
    monkeypatch.setattr(legacy, "program", lambda: "soffice")
    monkeypatch.setattr(legacy, "_LARGEST", 100)
    monkeypatch.setattr(legacy, "with_code_page", lambda stream: pytest.fail("it was read"))
    (tmp_path / "a.xls").write_bytes(sheet())

    with pytest.raises(UnreadableDocument, match="more than"):
        read(tmp_path / "a.xls", ref="#1")


@pytest.mark.parametrize("data", [sheet()[:-4], sheet()[:-40], sheet()[:12] + b"aaaa text", sheet() + b"x"])
def test_a_bare_workbook_that_is_cut_is_damaged(tmp_path, monkeypatch, data):
    monkeypatch.setattr(legacy, "program", lambda: "soffice")
    (tmp_path / "a.xls").write_bytes(data)

    with pytest.raises(UnreadableDocument, match="damaged"):
        read(tmp_path / "a.xls", ref="#1")


@pytest.mark.parametrize("name", ["Workbook", "Book"])
@pytest.mark.parametrize("data", [book(0)[:-4], book(0)[:-40], sheet()[:12] + b"aaaa text", sheet() + b"x"])
def test_a_workbook_that_is_cut_within_its_container_is_damaged(tmp_path, monkeypatch, name, data):
    monkeypatch.setattr(legacy, "program", lambda: "soffice")
    monkeypatch.setattr(legacy, "_converted", lambda *_: pytest.fail("it was converted"))
    (tmp_path / "a.xls").write_bytes(compound({name: data}))

    with pytest.raises(UnreadableDocument, match="damaged"):
        read(tmp_path / "a.xls", ref="#1")


def test_a_workbook_that_is_filled_up_between_its_records_is_whole():
    begin, rest = sheet()[:12], sheet()[12:]

    assert is_whole(begin + bytes(400) + rest + bytes(1000))
    assert not is_whole(begin + bytes(401) + rest)


def test_a_cut_workbook_is_no_error():
    stream = book(0)

    assert all(with_code_page(stream[:size]) for size in range(1, len(stream)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ÕÔË¼Ô¶", True),
        ("Größe, Élève, créée, 25 °C ±2", False),
        ("赵思远", False),
        ("××××医院 目录······1", False),
    ],
)
def test_what_was_read_as_western_letters_is_told(text, expected):
    package = BytesIO()
    with zipfile.ZipFile(package, "w") as parts:
        parts.writestr("word/document.xml", f"<t>{text}</t>")

    assert is_misread(package.getvalue()) is expected


@pytest.mark.parametrize("text", ["\t\tabc", "\tab", "姓名\t手机号"])
def test_a_table_of_text_is_no_workbook(text):
    assert not is_bare(text.encode())
    assert not is_bare(text.encode("utf-16-le"))
