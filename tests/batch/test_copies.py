"""A short number that its place tells is found where it stands alone in the same file: in properties, lists, sources."""

from __future__ import annotations

import docx
import openpyxl
import pytest
from openpyxl.worksheet.hyperlink import Hyperlink

from deid import formats
from deid.batch.copies import Copies, may_be_copied
from deid.batch.run import run_folder
from deid.types import Cell, TextBlock

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_FLAT = (
    f'<office:document xmlns:office="{_ODF}office:1.0" xmlns:text="{_ODF}text:1.0" xmlns:table="{_ODF}table:1.0" '
    f'office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
    "{}</office:text></office:body></office:document>"
)


def written(tmp_path, key, name, make):
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    make(source / name)
    run_folder(source, target, key=key, workers=0)
    return target / name


def test_a_number_of_a_word_document_goes_from_its_properties(tmp_path, key):
    def make(path):
        made = docx.Document()
        made.add_paragraph("住院号：884213")
        made.add_paragraph("共计 884213 元整的说法有误")
        made.core_properties.keywords = "884213,复查"
        made.core_properties.comments = "884213"
        made.core_properties.category = "884214"
        made.save(path)

    out = docx.Document(written(tmp_path, key, "a.docx", make)).core_properties

    assert "884213" not in out.keywords + out.comments
    assert out.keywords.endswith(",复查")
    assert out.category == "884214"


def test_a_number_of_a_sheet_goes_from_links_filters_and_lists(tmp_path, key):
    def make(path):
        book = openpyxl.Workbook()
        for row in (("住院号", "金额"), ("896552", 36.5), ("896553", 12)):
            book.active.append(row)
        book.active["A2"].hyperlink = Hyperlink(ref="A2", location="Sheet!A1", display="896552")
        book.active.auto_filter.ref = "A1:A3"
        book.active.auto_filter.add_filter_column(0, ["896552"])
        book.save(path)

    sheet = openpyxl.load_workbook(written(tmp_path, key, "a.xlsx", make)).active

    assert "896552" not in (
        sheet["A2"].value,
        sheet["A2"].hyperlink.display,
        sheet.auto_filter.filterColumn[0].filters.filter[0],
    )
    assert sheet["B2"].value == 36.5


@pytest.mark.parametrize(
    "paragraph",
    [
        '<text:user-field-decls><text:user-field-decl text:name="a" office:value-type="string" office:string-value="884213"/>'
        '</text:user-field-decls><text:p>住院号：<text:user-field-get text:name="a">884213</text:user-field-get></text:p>',
        '<text:p>住院号：<text:drop-down text:name="a"><text:label text:value="884213"/>884213</text:drop-down></text:p>',
    ],
)
def test_a_number_of_opendocument_goes_from_where_it_is_chosen_or_kept(tmp_path, key, paragraph):
    def make(path):
        path.write_text(_FLAT.format(paragraph), "utf-8")

    out = written(tmp_path, key, "a.fodt", make)

    assert "884213" not in out.read_text("utf-8")
    assert formats.text_of(out)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("884213", ["884213"]),
        (" 884 213 ", ["884 213"]),
        ('QUOTE "884213" ', ["884213"]),
        ("1,884213;2", ["884213"]),
        ("8842130", []),
        ("884213元", []),
        ("", []),
    ],
)
def test_a_number_is_found_where_it_stands_alone(text, found):
    copies = Copies([{"MEDICAL_RECORD_NUMBER": ["884213"]}])

    assert [text[e.start : e.end] for e in copies.found(TextBlock("a", text), ())] == found


def test_cells_and_running_text_have_what_stands_beside_them():
    copies = Copies([{"MEDICAL_RECORD_NUMBER": ["884213"]}])

    assert not copies.found(TextBlock("a", "884213", table=Cell("1", 2, 3)), ())
    assert not copies.found(TextBlock("a", "884213", flow="1#"), ())


def test_of_very_many_numbers_none_is_found_by_chance():
    many = [str(number) for number in range(100_000, 110_000)]

    assert not Copies([{"MEDICAL_RECORD_NUMBER": many}]).found(TextBlock("a", many[0]), ())


@pytest.mark.parametrize(
    ("kind", "value", "copied"),
    [
        ("MEDICAL_RECORD_NUMBER", "884213", True),
        ("MEDICAL_RECORD_NUMBER", "2024", False),
        ("DATE_OF_BIRTH", "19850412", False),
        ("PERSON", "欧阳若兰", False),
    ],
)
def test_numbers_of_somebody_are_looked_for(kind, value, copied):
    assert may_be_copied(kind, value) is copied


def test_equal_amounts_of_other_formats_stay(tmp_path, key):
    text = '{"inpatientNo": "10077", "dose": 10077, "range": "0,10077"}'
    out = written(tmp_path, key, "a.json", lambda path: path.write_text(text, "utf-8"))
    assert '"dose": 10077, "range": "0,10077"' in out.read_text("utf-8")
