"""PDF files in a folder run: passwords, modes, and what the report says of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

from deid.batch.chunks import chunks_of
from deid.batch.journal import Journal
from deid.batch.run import run_folder
from deid.formats.lettering import chinese_font
from deid.types import Document, TextBlock

TEXT = "患者王建国，电话13800138000，诊断为社区获得性肺炎。"


def record(path, **saving):
    """A page with a font of the system, and an attachment."""
    path.parent.mkdir(exist_ok=True)
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        inner = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/STSong-Light"), DW=1000, W=[1, 95, 500],
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=5),
        )  # fmt: skip
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/STSong-Light"), Encoding=Name("/UniGB-UTF16-H"),
            DescendantFonts=Array([pdf.make_indirect(inner)]),
        )  # fmt: skip
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(
            f"BT /F1 14 Tf 60 780 Td <{TEXT.encode('utf-16-be').hex()}> Tj ET".encode()
        )
        pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, TEXT.encode(), filename="a.txt")
        pdf.save(path, **saving)


def text_in(path):
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


@pytest.mark.parametrize("mode", ["auto", "raster"])
def test_a_pdf_is_written_and_the_report_says_what_it_has_not(tmp_path, mode):
    source, target = tmp_path / "in", tmp_path / "out"
    record(source / "a.pdf")

    run = run_folder(source, target, workers=0, pdf=mode)

    (document,) = run.report.documents
    text = text_in(target / "a.pdf")
    assert (document.state, document.format) == ("done", "pdf")
    assert document.removed["attachment"] == 1
    assert "王建国" not in text
    assert "13800138000" not in text
    assert "社区获得性肺炎" in text


@pytest.mark.parametrize(("format", "least"), [("pdf", 3), ("csv", 1)])
def test_few_pages_are_in_memory_together_and_many_rows(format, least):
    blocks = [TextBlock(str(number), "病历") for number in range(100)]

    chunks = list(chunks_of(Document("#0001", format, "", lambda: iter(blocks))))

    assert [index for index, _ in chunks] == list(range(least))
    assert [block for _, strips in chunks for _, (block,) in strips] == blocks


def test_passwords_open_files_and_files_without_one_are_listed(tmp_path):
    source, target = tmp_path / "in", tmp_path / "out"
    record(source / "a.pdf", encryption=pikepdf.Encryption(user="secret", owner="x"))

    refused = run_folder(source, target, workers=0)
    done = run_folder(source, target, workers=0, passwords=["secret"])

    assert [document.reason for document in refused.report.documents] == ["encrypted"]
    assert [document.state for document in done.report.documents] == ["done"]
    assert "社区获得性肺炎" in text_in(target / "a.pdf")


def test_what_was_read_of_pictures_is_not_kept_after_the_run(tmp_path, monkeypatch):
    told = []
    put = Journal.put
    monkeypatch.setattr(
        Journal, "put", lambda self, kind, *rest, **more: told.append(kind) or put(self, kind, *rest, **more)
    )
    (tmp_path / "in").mkdir()
    picture = Image.new("RGB", (700, 120), "white")
    file = chinese_font()
    letters = ImageFont.truetype(file.path, 32, index=file.number)
    ImageDraw.Draw(picture).text((30, 30), "诊断：社区获得性肺炎", font=letters, fill="black")
    picture.save(tmp_path / "in" / "a.png")

    run = run_folder(tmp_path / "in", tmp_path / "out", workers=0)

    with closing(sqlite3.connect(run.project / "journal.sqlite")) as base:
        kinds = {kind for (kind,) in base.execute("select kind from marshalled")}
    assert "pictures" in told
    assert "pictures" not in kinds
