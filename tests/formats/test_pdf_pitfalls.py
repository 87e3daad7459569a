"""What libraries for PDF and OCR leave behind or do unasked, one test each; the rest is in the tests of each part."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from pdfminer.high_level import extract_text
from pikepdf import Array, Dictionary, Name
from planting import replaced

from deid.errors import DetectionFailed
from deid.formats import read, write
from deid.formats.ocr import engine

NUMBER = "ZY20230001"


def page_without_its_font(path, text):
    """A page in a font that every Chinese viewer has, and no file holds."""
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
        shown = f"BT /F1 14 Tf 60 780 Td <{text.encode('utf-16-be').hex()}> Tj ET"
        page.Contents = pdf.make_stream(shown.encode())
        pdf.save(path)
    return path


def written(path, *values):
    document = read(path, ref="#1")
    out = path.with_name(f"out-{path.name}")
    write(document, replaced(document, values), out)
    return out


def as_others_read_it(path):
    with pypdfium2.PdfDocument(path) as document:
        yield document[0].get_textpage().get_text_range()
    yield extract_text(path)


def test_of_a_number_in_a_font_that_no_file_holds_no_part_is_left(tmp_path):
    """Redaction by rectangles left 001."""
    path = page_without_its_font(tmp_path / "a.pdf", f"住院号：{NUMBER}，诊断：肺炎")
    assert all(NUMBER in text for text in as_others_read_it(path))

    for text in as_others_read_it(written(path, NUMBER)):
        assert not [part for part in ("ZY", "2023", "0001", "001") if part in text]
        assert "诊断：肺炎" in text


def test_no_older_revision_stands_before_the_first_end_of_the_file(tmp_path):
    """A file saved by appending is read back by cutting it at the first %%EOF."""
    path = page_without_its_font(tmp_path / "a.pdf", f"住院号：{NUMBER}")
    data = path.read_bytes()
    place = int(data.rsplit(b"startxref", 1)[1].split()[0])
    path.write_bytes(
        data + b"\n900 0 obj\n(later)\nendobj\nxref\n900 1\n%010d 00000 n \n" % (len(data) + 1)
        + b"trailer\n<< /Size 901 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
        % (place, len(data) + len(b"\n900 0 obj\n(later)\nendobj\n"))
    )  # fmt: skip
    assert path.read_bytes().count(b"%%EOF") == 2

    out = written(path, NUMBER).read_bytes()

    assert out.count(b"%%EOF") == 1
    with pikepdf.open(io.BytesIO(out[: out.index(b"%%EOF") + 6])) as pdf:
        assert "/Prev" not in pdf.trailer


def test_each_model_runs_in_one_thread_of_its_own():
    pytest.importorskip("rapidocr")
    loaded = engine._engine()

    sessions = [loaded.text_det._detector.session.session, loaded.text_rec._recognizer.session.session]

    assert [session.get_session_options().intra_op_num_threads for session in sessions] == [1, 1]


def test_without_its_models_ocr_is_refused_and_none_is_fetched(monkeypatch):
    pytest.importorskip("rapidocr")
    monkeypatch.setattr(engine, "_MODELS", {"Det": "*no such model*"})
    engine._engine.cache_clear()

    with pytest.raises(DetectionFailed, match="not in its package"):
        engine._engine()
