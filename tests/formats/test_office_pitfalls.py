"""What libraries for Office files lose or leave behind, one test each; the rest is in the tests of each format."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import hostile_docx
import hostile_pptx
import openpyxl
import openpyxl.cell.rich_text
import openpyxl.worksheet.table
import pytest
from hostile_docx import content_types, para, relations, run, simple
from lxml import etree
from openpyxl.chart import BarChart, Reference
from planting import Planter, raw_text, replaced, survivors, unzipped, zipped

import deid
from deid.errors import UnreadableDocument
from deid.formats import read, text_of, write
from deid.formats.edits import Edit
from deid.formats.ooxml import numberformats, package
from deid.normalize import shadow


def rewritten(path: Path, *values: str) -> Path:
    out = path.with_name(f"out-{path.name}")
    document = read(path, ref="#1")
    write(document, replaced(document, values), out)
    assert survivors(dict.fromkeys(values, "somewhere"), text_of(out)) == set()
    assert survivors(dict.fromkeys(values, "somewhere"), raw_text(out.read_bytes())) == set()
    return out


def with_body(path: Path, body: str) -> Path:
    made: dict[str, bytes | str] = dict(unzipped_bytes(simple("甲")))
    made["word/document.xml"] = made["word/document.xml"].decode().replace(para(run("甲")), body)
    path.write_bytes(zipped(made))
    return path


def unzipped_bytes(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_what_is_stored_backwards_is_read_as_it_is_shown(tmp_path):
    turned = '<w:dir w:val="rtl"><w:bdo w:val="rtl">{}<w:bdo w:val="ltr">{}</w:bdo></w:bdo></w:dir>'
    path = with_body(tmp_path / "a.docx", para(run("电话："), turned.format(run("8765"), run("139"))))

    blocks = list(read(path, ref="#1").blocks())

    assert shadow(blocks[0].text).text == "电话:1395678"


@pytest.mark.parametrize(("kind", "expected"), [("drop", "13912345678 是我的电话"), ("none", "")])
def test_a_letter_set_large_belongs_to_the_paragraph_beside_it(tmp_path, kind, expected):
    frame = f'<w:pPr><w:framePr w:dropCap="{kind}" w:lines="3"/></w:pPr>'
    cap = para(run("1")).replace("<w:p>", f"<w:p>{frame}")
    path = with_body(tmp_path / "a.docx", cap + para(run("3912345678 是我的电话")) + para(run("下一段")))

    texts = [block.text for block in read(path, ref="#1").blocks() if not block.search_only]

    assert [text for text in texts if text.startswith("139")] == ([expected] if expected else [])
    assert "3912345678 是我的电话下一段" not in texts


def test_the_reading_above_a_name_goes_with_it(tmp_path):
    ruby = (
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>ōu yáng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>{}</w:t></w:r>"
        "</w:rubyBase></w:ruby></w:r>"
    )
    path = with_body(tmp_path / "a.docx", para(ruby.format("欧阳甲")) + para(ruby.format("注音")))

    markup = unzipped(rewritten(path, "欧阳甲"))["word/document.xml"].decode()

    assert markup.count("ōu yáng") == 1


def test_notes_breaks_and_pictures_stay_in_an_edited_paragraph(tmp_path):
    marks = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:tab/><w:br/></w:r><w:r><w:drawing/></w:r>'
    path = with_body(tmp_path / "a.docx", para(run("患者欧"), marks, run("阳甲", "<w:b/>"), run("，男")))

    markup = unzipped(rewritten(path, "欧\t\n阳甲"))["word/document.xml"].decode()

    assert all(f"<w:{name}" in markup for name in ("footnoteReference", "tab", "br", "drawing", "b"))


@pytest.mark.parametrize("value", ["欧　阳　甲", "欧 阳 甲", "欧\u00a0阳甲"])
def test_a_padded_name_is_taken_with_its_padding(tmp_path, value):
    first, last = value[0], value[1:]
    path = with_body(tmp_path / "a.docx", para(run("患者："), run(first), run(last)))

    out = rewritten(path, value)

    assert docx.Document(str(out)).paragraphs[0].text == "患者：〔替〕"


def test_a_number_with_hyphens_that_do_not_break_is_read(tmp_path):
    groups = "<w:noBreakHyphen/>".join(f"<w:t>{group}</w:t>" for group in ("139", "1234", "5678"))
    path = with_body(tmp_path / "a.docx", para(f"<w:r>{groups}</w:r>"))

    markup = unzipped(rewritten(path, "139-1234-5678"))["word/document.xml"].decode()

    assert "1234" not in markup


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (lambda: zipped(hostile_docx.hostile(Planter(), b"")), "word/comments.xml"),
        (lambda: hostile_pptx.hostile(Planter()), "ppt/commentAuthors.xml"),
        (lambda: hostile_pptx.hostile(Planter()), "ppt/authors.xml"),
    ],
)
def test_initials_of_commentators_go_however_short_they_are(tmp_path, make, part):
    made = unzipped_bytes(make())
    path, out = tmp_path / f"a.{'docx' if 'word' in part else 'pptx'}", tmp_path / "b"
    made[part] = re.sub(rb'initials="[^"]*"', b'initials="WX"', made[part])
    path.write_bytes(zipped(dict(made)))

    write(read(path, ref="#1"), {}, out)

    assert b'"WX"' in made[part]
    assert b'"WX"' not in unzipped(out)[part]
    assert (b'initials=""' in unzipped(out)[part]) is part.startswith("ppt")  # it must be there


def test_results_charts_and_formats_stay_that_a_library_would_lose(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["姓名", "血糖"])
    for name, value in (("欧阳甲", 5.5), ("李四", 7.25)):
        book.active.append([name, value])
    book.active["D1"] = "=SUM(B2:B3)"
    book.active["B2"].number_format = '0.0"毫摩"'
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    book.active.add_chart(chart, "E5")
    book.save(path)
    made: dict[str, bytes | str] = dict(unzipped(path))
    sheet = made["xl/worksheets/sheet1.xml"].decode()
    made["xl/worksheets/sheet1.xml"] = sheet.replace("</f><v></v>", "</f><v>12.75</v>").replace("</f><v/>", "</f><v>12.75</v>")  # fmt: skip
    path.write_bytes(zipped(made))

    out = rewritten(path, "欧阳甲")

    again = openpyxl.load_workbook(out, data_only=True).active
    assert again["D1"].value == 12.75
    assert again["B2"].number_format == '0.0"毫摩"'
    assert any("charts/chart" in name for name in unzipped(out))


def sheet_of(path: Path, cells: str, more: str = "") -> Path:
    """A workbook whose one sheet has these cells in its first two rows."""
    book = openpyxl.Workbook()
    book.active.title = "欧阳甲"
    book.save(path)
    made: dict[str, bytes | str] = dict(unzipped(path))
    sheet = re.sub(
        r"<sheetData ?/>|<sheetData></sheetData>",
        f"<sheetData>{cells}</sheetData>",
        made["xl/worksheets/sheet1.xml"].decode(),
    )
    made["xl/worksheets/sheet1.xml"] = sheet.replace("</worksheet>", f"{more}</worksheet>")
    path.write_bytes(zipped(made))
    return path


def test_a_formula_that_others_share_goes_with_them_when_its_result_is_edited(tmp_path):
    cells = (
        '<row r="1"><c r="A1" t="str"><f t="shared" ref="A1:A2" si="0">B1</f><v>李四平</v></c></row>'
        '<row r="2"><c r="A2" t="str"><f t="shared" si="0"/><v>正常</v></c></row>'
    )

    out = rewritten(sheet_of(tmp_path / "a.xlsx", cells), "李四平")

    assert b"<f" not in unzipped(out)["xl/worksheets/sheet1.xml"]
    assert [row[0].value for row in openpyxl.load_workbook(out).active] == ["〔替〕", "正常"]


@pytest.mark.filterwarnings("ignore:Data Validation extension is not supported")
def test_a_renamed_sheet_is_quoted_in_formulas_of_extensions_too(tmp_path):
    more = (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}">'
        '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation type="list">'
        "<x14:formula1><xm:f>欧阳甲!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>E2</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )

    out = rewritten(sheet_of(tmp_path / "a.xlsx", "", more), "欧阳甲")

    assert "<xm:f>'〔替〕'!$A$1:$A$9</xm:f>" in unzipped(out)["xl/worksheets/sheet1.xml"].decode()


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("甲/乙:[丙]*?", "甲_乙__丙___"),
        ("'甲'", "甲"),
        ("〔患者1〕" * 9, ("〔患者1〕" * 9)[:31]),
        ("", "Sheet"),
        ("TABLE", "TABLE 2"),
        ("甲'乙", "甲'乙"),
    ],
)
def test_a_renamed_sheet_has_a_name_that_excel_allows(tmp_path, new, expected):
    path, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "欧阳甲"
    book.create_sheet("table")["A1"] = "='欧阳甲'!A2"
    book.save(path)
    document = read(path, ref="#1")

    write(document, replaced(document, ["欧阳甲"], new), out)

    again = openpyxl.load_workbook(out)
    assert again.sheetnames == [expected, "table"]
    quoted, _ = openpyxl.utils.cell.range_to_tuple(again["table"]["A1"].value[1:])
    assert quoted.replace("''", "'") == expected


@pytest.mark.parametrize(
    ("new", "column", "name"),
    [("〔患者 1〕", "〔患者 1〕", "_患者_1_"), ("B'[2]#", "B'''[2']'#", "B__2__"), ("A1", "A1", "_A1")],
)
def test_columns_and_ranges_are_renamed_in_formulas_as_these_ask_for_it(tmp_path, new, column, name):
    path, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book = openpyxl.Workbook()
    for row in (["欧阳甲", "数"], [1, 2]):
        book.active.append(row)
    book.active.add_table(openpyxl.worksheet.table.Table(displayName="T", ref="A1:B2"))
    book.defined_names["欧阳甲"] = openpyxl.workbook.defined_name.DefinedName(
        "欧阳甲", attr_text="Sheet!$A$1"
    )
    book.active["D1"], book.active["D2"] = "=SUM(T[欧阳甲])", "=欧阳甲+1"
    book.save(path)
    document = read(path, ref="#1")

    write(document, replaced(document, ["欧阳甲"], new), out)

    again = openpyxl.load_workbook(out)
    assert list(again.defined_names) == [name]
    assert again.active.tables["T"].tableColumns[0].name == again.active["A1"].value == new
    assert (again.active["D1"].value, again.active["D2"].value) == (f"=SUM(T[{column}])", f"={name}+1")


def test_a_sheet_that_a_text_in_a_formula_names_is_renamed_there(tmp_path):
    path, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "欧阳甲"
    book.active["A1"] = '=INDIRECT("\'欧阳甲\'!B"&2)+INDIRECT("欧阳甲!B3")'
    book.save(path)
    document = read(path, ref="#1")
    sheet = next(block.id for block in document.blocks() if block.where == "name of sheet 1")

    write(document, {sheet: (Edit(0, 3, "〔替〕"),)}, out)

    written = openpyxl.load_workbook(out).active["A1"].value
    assert written == "=INDIRECT(\"'〔替〕'!B\"&2)+INDIRECT(\"'〔替〕'!B3\")"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ('=SUM(INDIRECT("欧阳甲区"))', '=SUM(INDIRECT("_替_区"))'),
        ('=INDIRECT("欧阳甲")', '=INDIRECT("〔替〕")'),
        ('="欧阳甲区"', '="〔替〕区"'),
        ('=INDIRECT("A"&2)', '=INDIRECT("A"&2)'),
    ],
)
def test_a_range_that_is_renamed_is_found_by_its_new_name_in_indirect_addresses(tmp_path, formula, expected):
    path, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book = openpyxl.Workbook()
    book.defined_names["欧阳甲区"] = openpyxl.workbook.defined_name.DefinedName(
        "欧阳甲区", attr_text="Sheet!$A$2:$A$3"
    )
    book.active["A1"] = formula
    book.save(path)
    document = read(path, ref="#1")

    write(document, replaced(document, ["欧阳甲"]), out)

    written = openpyxl.load_workbook(out)
    assert list(written.defined_names) == ["_替_区"]
    assert written.active["A1"].value == expected


def test_an_address_in_letters_that_is_no_name_of_the_book_is_a_text(tmp_path):
    path, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = '=INDIRECT("ouyangjia")'
    book.save(path)
    document = read(path, ref="#1")

    write(document, replaced(document, ["ouyangjia"]), out)

    assert openpyxl.load_workbook(out).active["A1"].value == '=INDIRECT("〔替〕")'


@pytest.mark.parametrize(
    ("xpath", "expected"),
    [
        ("/记录[1]/n:欧阳甲[2]", "/记录[1]/n:_替_[2]"),
        ("/r/@欧阳甲", "/r/@_替_"),
        ("/r[@k='欧阳甲']", "/r[@k='〔替〕']"),
        ("/r/a", "/r/a"),
    ],
)
def test_a_control_is_bound_to_an_element_by_its_new_name(tmp_path, xpath, expected):
    binding = f'<w:sdt><w:sdtPr><w:dataBinding w:xpath="{xpath}"/></w:sdtPr><w:sdtContent>{run("乙")}</w:sdtContent></w:sdt>'
    path = with_body(tmp_path / "a.docx", para(binding))
    made: dict[str, bytes | str] = dict(unzipped(path))
    made["word/_rels/document.xml.rels"] = relations(("rId1", "customXml", "../customXml/item1.xml"))
    made["customXml/item1.xml"] = "<记录><欧阳甲/><欧阳甲>丁</欧阳甲></记录>"
    path.write_bytes(zipped(made))

    out = unzipped(rewritten(path, "欧阳甲"))

    assert f'w:xpath="{expected}"' in out["word/document.xml"].decode()
    assert "<_替_/><_替_>" in out["customXml/item1.xml"].decode()


def test_names_of_elements_and_attributes_go_or_are_read_in_the_xml_of_other_programs(tmp_path):
    path = with_body(tmp_path / "a.docx", '<w:p 欧阳甲="1"><x13912345678/><w:欧阳甲/>' + run("乙") + "</w:p>")
    made: dict[str, bytes | str] = dict(unzipped(path))
    made["word/_rels/document.xml.rels"] = relations(("rId1", "customXml", "../customXml/item1.xml"))
    made["customXml/item1.xml"] = '<记录><欧阳甲 手机13912345678="丙">丁</欧阳甲><欧阳甲/></记录>'
    path.write_bytes(zipped(made))

    out = rewritten(path, "欧阳甲", "13912345678")

    written = unzipped(out)["customXml/item1.xml"].decode()
    assert '<记录><_替_ 手机_替_="丙">丁</_替_><_替_/></记录>' in written
    assert docx.Document(str(out)).paragraphs[0].text == "乙"


@pytest.mark.parametrize("limit", ["_MOST_PARTS", "_MOST_BYTES", "_MOST_PART_BYTES"])
def test_a_package_of_too_many_or_too_large_parts_is_refused(tmp_path, monkeypatch, limit):
    path = tmp_path / "a.docx"
    path.write_bytes(simple("甲"))
    monkeypatch.setattr(package, limit, 2)

    with pytest.raises(UnreadableDocument, match="too large"):
        read(path, ref="#1")


def test_a_part_that_packs_better_than_text_does_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    made: dict[str, bytes | str] = dict(unzipped_bytes(simple("甲")))
    path.write_bytes(zipped({**made, "word/media/image1.png": bytes((64 << 20) + 1)}))

    with pytest.raises(UnreadableDocument, match="too large"):
        read(path, ref="#1")


def test_names_that_lead_out_of_a_package_are_refused(tmp_path):
    path = tmp_path / "a.docx"
    made: dict[str, bytes | str] = dict(unzipped_bytes(simple("甲")))
    path.write_bytes(zipped({**made, "word/../../欧阳甲.xml": "<x/>"}))

    with pytest.raises(UnreadableDocument, match="point outside"):
        read(path, ref="#1")


def test_first_and_last_names_in_a_list_of_sources_are_read_together(tmp_path):
    sources = (
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Author><b:Author>'
        "<b:NameList><b:Person><b:Last>欧阳</b:Last><b:First>靖宇</b:First></b:Person></b:NameList></b:Author></b:Author>"
        "</b:Source></b:Sources>"
    )
    path = tmp_path / "a.docx"
    made: dict[str, bytes | str] = dict(unzipped_bytes(simple("甲")))
    made["word/_rels/document.xml.rels"] = relations(("rId1", "customXml", "../customXml/item1.xml"))
    made["customXml/item1.xml"] = sources
    path.write_bytes(zipped(made))

    out = rewritten(path, "欧阳靖宇")

    assert "靖宇" not in unzipped(out)["customXml/item1.xml"].decode()


@pytest.mark.parametrize(
    ("item", "new"),
    [
        ("<a>患者<b>欧阳</b><c>靖宇</c>来诊</a>", "<a>患者<b>〔替〕</b><c></c>来诊</a>"),
        ("<a>电话<b>139</b>12<c><d>345</d>678</c></a>", "<a>电话<b>〔替〕</b><c><d></d></c></a>"),
        ("<a>\n <b>139</b>\n <c>12345678</c>\n</a>", "<a>\n <b>139</b>\n <c>12345678</c>\n</a>"),
    ],
)
def test_text_among_the_elements_of_other_programs_is_read_together(tmp_path, item, new):
    path = tmp_path / "a.docx"
    made: dict[str, bytes | str] = dict(unzipped_bytes(simple("甲")))
    made["word/_rels/document.xml.rels"] = relations(("rId1", "customXml", "../customXml/item1.xml"))
    made["customXml/item1.xml"] = item
    path.write_bytes(zipped(made))

    out = rewritten(path, "欧阳靖宇", "13912345678")

    assert unzipped(out)["customXml/item1.xml"].decode().endswith(new)


@pytest.mark.parametrize(
    ("inner", "new"),
    [
        ("电话<font>139</font>12<b>345678</b>。", "电话<font>〔替〕</font><b></b>。"),
        (
            "<font>电话139</font>\n <font><b>1234</b>5678</font>",
            "<font>电话〔替〕</font>\n <font><b></b></font>",
        ),
    ],
)
@pytest.mark.parametrize("line", ["div", "p"])
def test_a_text_box_of_old_is_read_over_its_fonts(tmp_path, inner, new, line):
    box = f'<w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><{line}>{inner}</{line}></v:textbox></v:rect></w:pict>'
    path = with_body(tmp_path / "a.docx", f"<w:p><w:r>{box}</w:r></w:p>")

    out = rewritten(path, "13912345678")

    written = unzipped(out)["word/document.xml"].decode().replace(' xmlns=""', "")
    assert f"<{line}>{new}</{line}>" in re.sub("<(/?)[a-z0-9]*:(?=font|b>|div|p>)", r"<\1", written)


def test_binary_properties_and_equations_of_old_go(tmp_path):
    planter = Planter()
    secret = planter.name("property in base64")
    path = tmp_path / "a.docx"
    made: dict[str, bytes | str] = dict(unzipped_bytes(simple("甲")))
    made["docProps/custom.xml"] = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
        'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="n"><vt:blob>5qyn6Ziz55Sy</vt:blob></property></Properties>'
    )
    made["_rels/.rels"] = relations(
        ("rId1", "officeDocument", "word/document.xml"), ("rId2", "custom-properties", "docProps/custom.xml")
    )
    types = {
        "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    }
    made["[Content_Types].xml"] = content_types(
        types, {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    )
    shape = (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape '
        f'equationxml="&lt;w:t&gt;{secret[:2]}&lt;/w:t&gt;&lt;w:t&gt;{secret[2:]}&lt;/w:t&gt;"/></w:pict></w:r>'
    )
    made["word/document.xml"] = made["word/document.xml"].decode().replace(para(run("甲")), para(shape))
    path.write_bytes(zipped(made))

    parts = unzipped(rewritten(path, secret))

    assert "blob" not in parts["docProps/custom.xml"].decode()
    assert "equationxml" not in parts["word/document.xml"].decode()


def test_a_smart_tag_keeps_a_name_that_xml_allows(tmp_path):
    tag = '<w:smartTag w:uri="urn:x" w:element="欧阳甲"><w:r><w:t>甲</w:t></w:r></w:smartTag>'
    path = with_body(tmp_path / "a.docx", f"<w:p>{tag}</w:p>")

    out = rewritten(path, "欧阳甲")

    assert 'w:element="element"' in zipfile.ZipFile(out).read("word/document.xml").decode()


@pytest.mark.parametrize(("old", "new"), [("四平", "某"), ("某", "四平")], ids=["rejected", "accepted"])
def test_a_name_that_stands_in_one_view_of_a_change_alone_is_read(tmp_path, old, new):
    deleted = f'<w:del w:id="1"><w:r><w:delText>{old}</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run(new)}</w:ins>'
    path = with_body(tmp_path / "a.docx", para(run("患者李"), deleted, inserted, run("，男")))

    markup = unzipped(rewritten(path, "李四平"))["word/document.xml"].decode()

    assert "四平" not in markup
    assert "，男" in markup


def test_text_in_the_mark_of_a_field_is_read(tmp_path):
    path = with_body(
        tmp_path / "a.docx", para('<w:r><w:fldChar w:fldCharType="begin">欧阳甲</w:fldChar></w:r>')
    )

    markup = unzipped(rewritten(path, "欧阳甲"))["word/document.xml"].decode()

    assert "〔替〕" in markup


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ('"姓名"0', "姓名", '"〔替〕"0'),
        ("13912345678", "13912345678", '"〔替〕"'),
        ("0;-13912345678", "13912345678", '0;-"〔替〕"'),
    ],
)
def test_what_a_number_format_shows_as_it_is_is_read(code, value, expected):
    start = numberformats.words(code).index(value)

    assert numberformats.rewritten(code, [Edit(start, start + len(value), "〔替〕")]) == expected


@pytest.mark.parametrize(
    "code", ["000000", "#,##0.00000", "[<=9999999]###-####;(###) ###-####", "yyyy-mm-dd", '0" 元"']
)
def test_patterns_of_digits_are_no_text(code):
    assert not any(character.isdigit() for character in numberformats.words(code))


def test_a_column_of_a_table_that_is_called_otherwise_than_its_header_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["项目", "数量"])
    book.active.append(["甲", 1])
    table = openpyxl.worksheet.table.Table(displayName="t", ref="A1:B2")
    book.active.add_table(table)
    book.save(tmp_path / "b.xlsx")
    parts = {
        name: data.replace("项目".encode(), "欧阳甲".encode()) if name.startswith("xl/tables") else data
        for name, data in unzipped(tmp_path / "b.xlsx").items()
    }
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(parts))

    made = unzipped(rewritten(path, "欧阳甲"))["xl/tables/table1.xml"].decode()

    assert 'name="〔替〕"' in made
    assert openpyxl.load_workbook(tmp_path / "out-a.xlsx").active["A1"].value == "项目"


def test_sizes_of_letters_are_sizes(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = openpyxl.cell.rich_text.CellRichText(
        openpyxl.cell.rich_text.TextBlock(
            openpyxl.cell.text.InlineFont(sz=9.5, color="FF0000FF", b=True), "甲"
        ),
        "乙",
    )
    book.save(tmp_path / "b.xlsx")
    parts = {
        name: data.replace(b'val="9.5"', b'val="13912345678"')
        for name, data in unzipped(tmp_path / "b.xlsx").items()
    }
    for name, content in (("a.xlsx", zipped(parts)), ("c.xlsx", (tmp_path / "b.xlsx").read_bytes())):
        (tmp_path / name).write_bytes(content)

    assert b"13912345678" not in b"".join(unzipped(rewritten(tmp_path / "a.xlsx", "丙丁")).values())
    kept = b"".join(unzipped(rewritten(tmp_path / "c.xlsx", "丙丁")).values())
    assert b'val="9.5"' in kept
    assert b"FF0000FF" in kept


DECLARED = 'xmlns:欧阳甲="urn:a" xmlns:zhangsan="http://schemas.microsoft.com/office/word/2010/wordml"'


def declaring(path: Path, part: str, root: str, first: str) -> Path:
    """A file of which one part declares prefixes that are names, lists one of them and uses both."""
    parts = unzipped(path)
    text = parts[part].decode()
    start = text.index(f"<{root}") + len(root) + 1
    ignored = 'mc:Ignorable="zhangsan" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    head = re.sub(r'\s(?:xmlns:mc|mc:Ignorable)="[^"]*"', "", text[start : text.index(">", start)])
    body = text[text.index(">", start) :].replace(first, f'{first[:-1]} zhangsan:t="1">', 1)
    parts[part] = f"{text[:start]} {DECLARED} {ignored}{head}{body}".encode()
    path.write_bytes(zipped(parts))
    return path


def test_prefixes_that_are_names_are_called_otherwise_wherever_they_stand(tmp_path):
    docx.Document().save(tmp_path / "a.docx")
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    document = declaring(tmp_path / "a.docx", "word/document.xml", "w:document", "<w:body>")
    sheet = declaring(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", "worksheet", "<sheetData>")

    for path in (document, sheet):
        out = rewritten(path)
        assert not any(
            name in data.decode("utf-8", "replace")
            for data in unzipped(out).values()
            for name in ("欧阳甲", "zhangsan")
        )
        for name, data in unzipped(out).items():
            if name.endswith(".xml"):
                root = etree.fromstring(data)
                ignored = [value for key, value in root.attrib.items() if key.endswith("}Ignorable")]
                assert all(prefix in root.nsmap for value in ignored for prefix in value.split())


def test_prefixes_that_are_names_are_called_otherwise_in_utf_16_too(tmp_path):
    docx.Document().save(tmp_path / "a.docx")
    path = declaring(tmp_path / "a.docx", "word/document.xml", "w:document", "<w:body>")
    parts = unzipped(path)
    text = parts["word/document.xml"].decode()
    parts["word/document.xml"] = text[text.index("<w:document") :].encode("utf-16")
    path.write_bytes(zipped(parts))

    written = unzipped(rewritten(path))["word/document.xml"].decode()

    assert "欧阳甲" not in written
    assert "zhangsan" not in written


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_vocabularies_with_a_number_in_their_name_are_called_otherwise(tmp_path, codec):
    number, guid = "13800138000", "00000000-1111-2222-3333-444444444444"
    odd = f'<x:a xmlns:x=\'urn:{number}\'/><x:b xmlns:x="http://example.com/%E5%BC%A0%E4%B8%89"/><g:c xmlns:g="{guid}"/>'
    docx.Document().save(tmp_path / "a.docx")
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    for path, part, end in (
        (tmp_path / "a.docx", "word/document.xml", "</w:body>"),
        (tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", "</worksheet>"),
    ):
        parts = unzipped(path)
        text = parts[part].decode().replace(end, odd + end)
        text = text.replace(" xmlns", f' xmlns:ns9="urn:{number}" xmlns', 1)
        parts[part] = text[text.rindex("?>") + 2 if "?>" in text else 0 :].strip().encode(codec)
        path.write_bytes(zipped(parts))

        written = b"".join(unzipped(rewritten(path)).values())

        assert number.encode() not in written
        assert b"%E5" not in written
        if path.suffix == ".docx":
            assert b"urn:deid:" in written
            assert guid.encode() in written


def test_the_company_of_a_document_is_an_employer_and_no_unit_of_measure(tmp_path):
    docx.Document().save(tmp_path / "a.docx")
    parts = unzipped(tmp_path / "a.docx")
    app = parts["docProps/app.xml"].decode()
    parts["docProps/app.xml"] = re.sub("<Company>[^<]*</Company>|<Company/>", "", app).replace(
        "</Properties>", "<Company>袁云平</Company></Properties>"
    )
    (tmp_path / "a.docx").write_bytes(zipped(parts))

    (block,) = [block for block in read(tmp_path / "a.docx", ref="#1").blocks() if block.text == "袁云平"]

    assert block.labels == ("工作单位",)
    assert deid.detect(block.text, labels=block.labels)


def test_symbols_that_are_letters_of_a_font_for_text_are_read(tmp_path):
    symbols = "".join(f'<w:sym w:font="SimSun" w:char="{ord(character):04X}"/>' for character in "欧阳甲")
    digits = "".join(f'<w:sym w:font="Arial" w:char="F0{ord(digit):02X}"/>' for digit in "13912345678")
    bullet = '<w:sym w:font="Wingdings" w:char="F0FC"/>'
    path = with_body(tmp_path / "a.docx", para(f"<w:r>{symbols}<w:t>，</w:t>{digits}{bullet}</w:r>"))

    markup = unzipped(rewritten(path, "欧阳甲", "13912345678"))["word/document.xml"].decode()

    assert markup.count("<w:sym ") == 1
    assert bullet in markup


def test_texts_of_a_formula_without_a_result_are_read_together(tmp_path):
    book = openpyxl.Workbook()
    book.active["B2"] = '="欧"&"阳甲"&TEXT(A1,"0")&CONCATENATE("，139","12345678")'
    book.save(tmp_path / "a.xlsx")

    markup = unzipped(rewritten(tmp_path / "a.xlsx", "欧阳甲", "13912345678"))[
        "xl/worksheets/sheet1.xml"
    ].decode()

    assert "阳甲" not in markup
    assert "12345678" not in markup
    assert "TEXT(A1," in markup


def test_letters_that_a_formula_gives_by_their_numbers_are_read(tmp_path):
    book = openpyxl.Workbook()
    book.active["B2"] = "=" + "&".join(f"_xlfn.UNICHAR({ord(one)})" for one in "欧阳甲") + "&CHAR(10)"
    book.save(tmp_path / "a.xlsx")

    markup = unzipped(rewritten(tmp_path / "a.xlsx", "欧阳甲"))["xl/worksheets/sheet1.xml"].decode()

    assert str(ord("阳")) not in markup
    assert "CHAR(10)" in markup


@pytest.mark.parametrize(("space", "shown"), [("", True), (' xml:space="preserve"', False)])
def test_white_space_that_word_drops_parts_no_number(tmp_path, space, shown):
    texts = "".join(f"<w:r><w:t{space}>\n  {text}\n  </w:t></w:r>" for text in ("1391234", "5678", "步"))
    document = read(with_body(tmp_path / "a.docx", para(texts)), ref="#1")

    write(document, replaced(document, ["13912345678"]), tmp_path / "b.docx")

    written = unzipped(tmp_path / "b.docx")["word/document.xml"].decode()
    assert ("〔替〕" in written and "5678" not in written) is shown
    assert "步" in written


@pytest.mark.parametrize(("space", "shown"), [("", True), (' xml:space="preserve"', False)])
def test_white_space_that_excel_drops_parts_no_number(tmp_path, space, shown):
    book = openpyxl.Workbook()
    bold = openpyxl.cell.rich_text.TextBlock(openpyxl.cell.text.InlineFont(b=True), "5678")
    book.active["A1"] = openpyxl.cell.rich_text.CellRichText("电话1391234", bold)
    book.save(tmp_path / "a.xlsx")
    parts = unzipped(tmp_path / "a.xlsx")
    for name, data in parts.items():
        parts[name] = re.sub(
            rb"<t[^>]*>([^<]*(?:1391234|5678))</t>", f"<t{space}>\n \\1\n </t>".encode(), data
        )
    (tmp_path / "a.xlsx").write_bytes(zipped(parts))
    document = read(tmp_path / "a.xlsx", ref="#1")

    write(document, replaced(document, ["13912345678"]), tmp_path / "b.xlsx")

    assert ("〔替〕" in str(openpyxl.load_workbook(tmp_path / "b.xlsx").active["A1"].value)) is shown


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("application/vnd.ouyangjia+xml", "no usual type"),
        ("application/vnd.ms-word.13912345678+xml", "no usual type"),
        ("application/vnd.ms-word.somethingNew+xml", "application/vnd.ms-word.somethingNew+xml"),
    ],
)
def test_a_part_of_unknown_kind_is_named_by_a_type_of_office_alone(tmp_path, kind, said):
    path = tmp_path / "a.docx"
    made: dict[str, bytes | str] = dict(unzipped_bytes(simple("甲")))
    made["word/_rels/document.xml.rels"] = relations(("rId1", "header", "header1.xml"))
    made["word/header1.xml"] = "<x/>"
    types = made["[Content_Types].xml"].decode()
    made["[Content_Types].xml"] = types.replace(
        "</Types>", f'<Override PartName="/word/header1.xml" ContentType="{kind}"/></Types>'
    )
    path.write_bytes(zipped(made))

    with pytest.raises(UnreadableDocument, match=re.escape(f"({said})")):
        read(path, ref="#1")


def test_a_vocabulary_that_is_declared_and_not_used_names_nobody(tmp_path):
    path = with_body(tmp_path / "a.docx", para(run("Daisy")))
    parts: dict[str, bytes | str] = dict(unzipped_bytes(path.read_bytes()))
    more = b'<w:document xmlns:daisy="http://www.example.com/daisy" xmlns:w99="urn:listed" '
    document = parts["word/document.xml"].replace(b'mc:Ignorable="', b'mc:Ignorable="w99 ')
    parts["word/document.xml"] = document.replace(b"<w:document ", more, 1)
    path.write_bytes(zipped(parts))

    out = rewritten(path, "Daisy")

    written = unzipped_bytes(out.read_bytes())["word/document.xml"].decode()
    assert "aisy" not in written
    assert 'xmlns:w99="urn:listed"' in written


@pytest.mark.parametrize(
    ("uri", "is_read"),
    [("http://hospital.example/case", False), ("urn:13912345678", True), ("urn:张三", True)],
)
def test_the_vocabulary_of_a_bound_control_is_read_where_it_may_tell_something(tmp_path, uri, is_read):
    binding = f'<w:dataBinding w:prefixMappings="xmlns:ns0=\'{uri}\'" w:xpath="/ns0:a[1]" w:storeItemID=""/>'
    control = f"<w:sdt><w:sdtPr>{binding}</w:sdtPr><w:sdtContent>{para(run('甲'))}</w:sdtContent></w:sdt>"
    path = with_body(tmp_path / "a.docx", control)

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert any(uri in text for text in texts) is is_read
