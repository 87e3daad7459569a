"""Word documents: everything planted is found, what is not read is not passed on, the rest stays."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hostile_docx import hostile, para, relations, run, simple
from lxml import etree
from planting import Planter, raw_text, replaced, survivors, unzipped, zipped

from deid.errors import UnreadableDocument
from deid.formats import read, text_of, write
from deid.formats.ooxml import parts


@pytest.fixture
def planted(tmp_path: Path) -> tuple[Path, Planter]:
    planter = Planter()
    book = openpyxl.Workbook()
    book.active.append(["姓名", planter.name("embedded workbook")])
    buffer = io.BytesIO()
    book.save(buffer)
    path = tmp_path / "hostile.docx"
    path.write_bytes(zipped(hostile(planter, buffer.getvalue())))
    return path, planter


def test_no_planted_value_survives(planted, tmp_path):
    path, planter = planted
    out = tmp_path / "out.docx"
    document = read(path, ref="#1")

    write(document, replaced(document, planter.values), out)

    assert survivors(planter.values, text_of(out)) == set()
    assert survivors(planter.values, raw_text(out.read_bytes())) == set()


def test_the_check_sees_every_planted_value_that_is_not_in_a_dropped_binary(planted):
    path, planter = planted

    seen = survivors(planter.values, text_of(path))

    assert set(planter.values.values()) - seen <= {
        "accepted view",
        "rejected view",
        "one digit a cell",
        "non-breaking hyphens",
    }


def test_the_output_opens_and_reads_like_the_source(planted, tmp_path):
    path, planter = planted
    out = tmp_path / "out.docx"
    document = read(path, ref="#1")

    write(document, replaced(document, planter.values), out)

    opened = docx.Document(str(out))
    assert opened.paragraphs[0].text == "患者〔替〕，男。"
    assert [run.text for run in opened.paragraphs[0].runs] == ["患者", "〔替〕", "", "", "，男。"]
    assert opened.paragraphs[0].runs[1].bold
    assert opened.paragraphs[0].runs[2].italic
    assert opened.tables[0].cell(1, 0).text == "〔替〕"
    assert opened.sections[0].header.paragraphs[0].text == "〔替〕"


def test_bookmarks_and_what_points_to_them_keep_the_same_name(planted, tmp_path):
    path, planter = planted
    out = tmp_path / "out.docx"
    document = read(path, ref="#1")

    write(document, replaced(document, planter.values), out)

    markup = zipfile.ZipFile(out).read("word/document.xml").decode()
    assert 'w:name="_替_"' in markup
    assert 'w:anchor="_替_"' in markup
    assert "_替_ \\h" in markup


def test_what_is_dropped_is_counted(planted):
    path, _ = planted

    removed = read(path, ref="#1").details["removed"]

    assert removed == {
        "thumbnail": 1, "signature": 1, "OLE object": 1, "control": 1, "mail merge": 1,
        "template path": 1, "link to a file": 1, "part without relationship": 2,
    }  # fmt: skip


def test_an_untouched_document_keeps_its_text_and_parts(planted, tmp_path):
    path, _ = planted
    out = tmp_path / "out.docx"
    document = read(path, ref="#1")

    write(document, {}, out)

    again = read(out, ref="#2")
    before = [(block.text, block.labels) for block in document.blocks() if "example.com" not in block.text]
    after = [(block.text, block.labels) for block in again.blocks() if "example.com" not in block.text]
    assert after == before
    kept = set(zipfile.ZipFile(out).namelist())
    gone = set(zipfile.ZipFile(path).namelist()) - kept
    assert {name for name in gone if not name.startswith(("docProps/thumb", "_xmls", "word/media", "word/embeddings"))} == {
        "word/activeX/activeX1.xml", "word/chunk.html", "customXml/orphan.xml", "word/_rels/settings.xml.rels",
    }  # fmt: skip


def test_the_markup_of_an_untouched_document_stays(tmp_path):
    path, out = tmp_path / "a.docx", tmp_path / "out.docx"
    document = docx.Document()
    document.add_heading("病历", 1)
    document.add_paragraph("患者", style="List Bullet").add_run("张三").bold = True
    document.add_table(2, 2, style="Table Grid").cell(0, 0).text = "姓名"
    document.save(str(path))

    write(read(path, ref="#1"), {}, out)

    def markup(file: Path, name: str) -> str:
        return etree.tostring(etree.fromstring(zipfile.ZipFile(file).read(name)), method="c14n2").decode()

    for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/theme/theme1.xml"):
        assert markup(out, name) == markup(path, name)


def test_writing_twice_gives_the_same_bytes(planted, tmp_path):
    path, planter = planted
    document = read(path, ref="#1")
    changes = replaced(document, planter.values)

    write(document, changes, tmp_path / "a.docx")
    write(document, changes, tmp_path / "b.docx")

    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


@pytest.mark.parametrize("content_type", [name for name in parts.KINDS if "wordprocessingml" in name and name.endswith(
    ("footnotes+xml", "endnotes+xml", "comments+xml", "people+xml", "header+xml", "footer+xml", "settings+xml", "glossary+xml"))])  # fmt: skip
def test_a_part_that_nobody_handles_makes_the_file_unreadable(planted, monkeypatch, content_type):
    path, _ = planted
    monkeypatch.delitem(parts.KINDS, content_type)

    with pytest.raises(UnreadableDocument, match="does not know"):
        read(path, ref="#1")


def test_labels_come_from_the_header_and_from_the_line_above(tmp_path):
    path = tmp_path / "a.docx"
    document = docx.Document()
    table = document.add_table(2, 2)
    for column, (head, value) in enumerate((("姓名", "平安"), ("住址", "城关镇"))):
        table.cell(0, column).text, table.cell(1, column).text = head, value
    document.add_paragraph("联系人：")
    document.add_paragraph("高兴")
    document.save(str(path))

    labels = {block.text: block.labels for block in read(path, ref="#1").blocks()}

    assert labels["平安"] == ("姓名",)
    assert labels["城关镇"] == ("住址",)
    assert labels["高兴"] == ("联系人",)


def test_a_number_over_the_paragraphs_of_a_cell_is_read_as_one(tmp_path):
    path, out = tmp_path / "a.docx", tmp_path / "out.docx"
    document = docx.Document()
    row = document.add_table(1, 4).rows[0]
    for cell, lines in zip(
        row.cells, ("身份证号", "110105\n19491231002X", "电话", "139\n1234\n5678"), strict=True
    ):
        first, *others = lines.split("\n")
        cell.text = first
        for line in others:
            cell.add_paragraph(line)
    document.save(str(path))
    values = {"11010519491231002X": "identity number", "13912345678": "phone"}

    source = read(path, ref="#1")
    write(source, replaced(source, values), out)

    assert survivors(values, raw_text(out.read_bytes())) == set()
    cells = docx.Document(str(out)).tables[0].rows[0].cells
    assert [cell.text for cell in cells] == ["身份证号", "〔替〕\n", "电话", "〔替〕\n\n"]


def test_paragraphs_joined_by_a_tracked_change_are_read_as_one_too(tmp_path):
    path = tmp_path / "a.docx"
    mark = '<w:pPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr>'
    markup = (
        (f"<w:p>{mark}{run('联系人欧')}</w:p>" + para(run("阳锋")))
        .removeprefix("<w:p>")
        .removesuffix("</w:p>")
    )
    with zipfile.ZipFile(io.BytesIO(simple("@"))) as package:
        contents = {name: package.read(name).decode() for name in package.namelist()}
    contents["word/document.xml"] = contents["word/document.xml"].replace(run("@"), markup)
    path.write_bytes(zipped(contents))

    assert "联系人欧阳锋" in [block.text for block in read(path, ref="#1").blocks()]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 broken", "corrupt"),
        (b"not a package at all", "corrupt"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (b"", "empty"),
    ],
)
def test_bad_files_have_a_clear_reason(tmp_path, data, reason):
    path = tmp_path / "a.docx"
    path.write_bytes(data)

    with pytest.raises(UnreadableDocument, match=reason):
        read(path, ref="#1")


def test_doubled_names_in_the_zip_are_refused(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(simple("甲"))
    with zipfile.ZipFile(path, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/document.xml", "<x/>")

    with pytest.raises(UnreadableDocument, match="doubled"):
        read(path, ref="#1")


def test_entities_are_refused(tmp_path):
    path = tmp_path / "a.docx"
    parts_ = {
        name: zipfile.ZipFile(io.BytesIO(simple("甲"))).read(name)
        for name in zipfile.ZipFile(io.BytesIO(simple("甲"))).namelist()
    }
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    parts_["word/document.xml"] = parts_["word/document.xml"].replace(b"?>\n", b"?>\n" + bomb, 1)
    path.write_bytes(zipped(parts_))

    with pytest.raises(UnreadableDocument, match="corrupt"):
        list(read(path, ref="#1").blocks())


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("docm", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("dotm", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
        ("dotx", "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
    ],
)
def test_templates_are_read_and_macros_are_left_out_and_counted(tmp_path, suffix, kind):
    path, out = tmp_path / f"a.{suffix}", tmp_path / f"out.{suffix}"
    path.write_bytes(simple("欧阳甲的记录"))
    contents: dict[str, bytes | str] = dict(unzipped(path))
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    types = contents["[Content_Types].xml"].decode()
    types = re.sub(r'<Default Extension="bin"[^>]*>', "", types).replace("</Types>", macros)
    contents["[Content_Types].xml"] = types.replace(word, kind)
    contents["word/_rels/document.xml.rels"] = relations(
        ("rId1", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")
    )
    contents["word/vbaProject.bin"] = "欧阳甲".encode("utf-16-le")
    path.write_bytes(zipped(contents))

    document = read(path, ref="#1")
    write(document, replaced(document, ["欧阳甲"]), out)

    assert document.format == "docx"
    assert document.details["removed"] == {"macro": 1}
    assert survivors({"欧阳甲": "anywhere"}, raw_text(out.read_bytes())) == set()
    assert kind.encode() in unzipped(out)["[Content_Types].xml"]


def test_a_file_that_changes_meanwhile_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(simple("甲"))
    document = read(path, ref="#1")
    path.write_bytes(simple("乙乙"))

    with pytest.raises(UnreadableDocument, match="changed"):
        list(document.blocks())
    with pytest.raises(UnreadableDocument, match="changed"):
        write(document, {}, tmp_path / "out.docx")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_the_output(planted, tmp_path):
    path, planter = planted
    out = tmp_path / "out.docx"
    document = read(path, ref="#1")
    write(document, replaced(document, planter.values), out)

    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    assert (tmp_path / "out.pdf").stat().st_size > 1000


@pytest.mark.parametrize("name", ["intelligence", "intelligence2"])
def test_what_the_editor_notes_is_left_out(planted, tmp_path, name):
    path, _ = planted
    with zipfile.ZipFile(path) as package:
        contents = {entry: package.read(entry) for entry in package.namelist()}
    contents[f"word/{name}.xml"] = b"<a/>"
    kind = (
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.ms-office.{name}+xml"/></Types>'
    )
    type = "http://schemas.microsoft.com/office/2020/10/relationships/intelligence"
    relation = f'<Relationship Id="rIdNote" Type="{type}" Target="{name}.xml"/></Relationships>'
    for entry, end, new in (
        ("[Content_Types].xml", b"</Types>", kind),
        ("word/_rels/document.xml.rels", b"</Relationships>", relation),
    ):
        contents[entry] = contents[entry].replace(end, new.encode())
    path.write_bytes(zipped(contents))
    out = tmp_path / "out.docx"

    document = read(path, ref="#1")
    write(document, {}, out)

    assert document.details["removed"]["editor results"] == 1
    assert f"word/{name}.xml" not in zipfile.ZipFile(out).namelist()
    assert b"ntelligence" not in zipfile.ZipFile(out).read("word/_rels/document.xml.rels")


def test_a_part_of_unknown_kind_is_named_by_its_content_type(planted):
    path, _ = planted
    with zipfile.ZipFile(path) as package:
        contents = {entry: package.read(entry) for entry in package.namelist()}
    types = contents["[Content_Types].xml"].decode()
    contents["[Content_Types].xml"] = types.replace(
        "wordprocessingml.footer+xml", "wordprocessingml.footer9+xml"
    )
    path.write_bytes(zipped(contents))

    with pytest.raises(UnreadableDocument, match=r"footer9\+xml"):
        read(path, ref="#1")


def _with(path: Path, entries: dict[str, str]) -> None:
    """Replace entries of a package, or add them."""
    with zipfile.ZipFile(path) as package:
        contents: dict[str, bytes | str] = {name: package.read(name) for name in package.namelist()}
    path.write_bytes(zipped(contents | entries))


def _simple(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "simple.docx"
    path.write_bytes(simple("此处"))
    with zipfile.ZipFile(path) as package:
        text = package.read("word/document.xml").decode()
    _with(path, {"word/document.xml": text.replace(para(run("此处")), body)})
    return path


_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_BOUND = (
    f"<w:sdt><w:sdtPr><w:dataBinding w:prefixMappings=\"xmlns:ns0='{_CORE}' xmlns:ns1='{{}}'\" "
    'w:xpath="/ns0:coreProperties[1]"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'
)


def test_prefixes_of_known_schemas_are_no_text(tmp_path):
    path = _simple(tmp_path, _BOUND.format("http://purl.org/dc/elements/1.1/"))

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert not any("schemas" in text for text in texts)
    assert not any("xmlns" in text or text == _CORE for text in text_of(path))


def test_prefixes_of_other_schemas_are_text(tmp_path):
    path = _simple(tmp_path, _BOUND.format("urn:欧阳靖宇"))

    assert any("欧阳靖宇" in block.text for block in read(path, ref="#1").blocks())
    assert any("欧阳靖宇" in text for text in text_of(path))


@pytest.mark.parametrize(
    ("program", "version", "kept"),
    [
        ("Microsoft Office Word", "12.0000", True),
        ("Microsoft Macintosh Word", "16.0300", True),
        ("WPS 文字", "12.0000", True),
        ("欧阳甲的文档", "欧阳甲 12.0000", False),
        ("Microsoft Office Word 欧阳甲", "13800138000", False),
    ],
)
def test_only_a_program_that_all_have_and_its_version_are_passed_on(
    planted, tmp_path, program, version, kept
):
    path, _ = planted
    parts = dict(unzipped(path))
    parts["docProps/app.xml"] = parts["docProps/app.xml"].replace(
        b"<Application>Microsoft Office Word</Application>",
        f"<Application>{program}</Application><AppVersion>{version}</AppVersion>".encode(),
    )
    path.write_bytes(zipped(parts))
    out = tmp_path / "out.docx"

    write(read(path, ref="#1"), {}, out)

    written = unzipped(out)["docProps/app.xml"].decode()
    assert (f">{program}</" in written) is (f">{version}</" in written) is kept
    assert {program, version}.isdisjoint(text_of(out))


@pytest.mark.parametrize(
    ("font", "is_text"), [("Shruti", False), ("@宋体", False), ("方正小标宋_GBK", False), ("文鼎PL中楷Uni MBE", False), ("欧阳靖宇体", True), ("Zhangsan", True)]
)  # fmt: skip
def test_a_font_that_is_in_no_list_is_text(tmp_path, font, is_text):
    path = _simple(tmp_path, para(run("正文", f'<w:rFonts w:eastAsia="{font}"/>')))

    assert (font in [block.text for block in read(path, ref="#1").blocks()]) == is_text
    assert (font in list(text_of(path))) == is_text


@pytest.mark.parametrize(
    "attribute",
    [
        'w:rsidR="20231234"',
        'w14:paraId="20231234" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
        'xmlns:q="http://schemas.microsoft.com/office/word/2010/wordml" q:textId="20231234"',
    ],
)
def test_the_check_skips_revision_numbers(tmp_path, attribute):
    path = _simple(tmp_path, f"<w:p {attribute}/>")

    assert not any("20231234" in text for text in text_of(path))


@pytest.mark.parametrize(
    "attribute",
    [
        'w:rsidR="13800138000"',
        'w:foo="20231234"',
        'xmlns:q="urn:q" q:rsidR="20231234"',
        'xmlns:q="http://hospital.example/20231234"',
        'xmlns:q="http://schemas.microsoft.com/20231234"',
    ],
)
def test_the_check_reads_what_only_looks_like_structure(tmp_path, attribute):
    path = _simple(tmp_path, f"<w:p {attribute}/>")

    assert any("20231234" in text or "13800138000" in text for text in text_of(path))


def test_the_check_reads_identifiers_of_custom_xml(tmp_path):
    path = _simple(tmp_path, "<w:p/>")
    _with(
        path,
        {
            "customXml/item1.xml": '<patient id="20231234" xmlns:b="urn:欧阳靖宇"><posOffset>20231235</posOffset></patient>'
        },
    )

    assert {"20231234", "20231235", "urn:欧阳靖宇"} <= set(text_of(path))


@pytest.mark.parametrize(
    "root", ["office/2006/metadata/contentType", "office/2006/metadata/properties", "sharepoint/v3/contenttype/forms"]
)  # fmt: skip
def test_what_a_library_notes_of_a_document_is_left_out(tmp_path, root):
    path, out = _simple(tmp_path, "<w:p/>"), tmp_path / "out.docx"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    _with(path, {
        "customXml/item1.xml": f'<a xmlns="http://schemas.microsoft.com/{root}"/>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{office}/customXml" Target="../customXml/item1.xml"/></Relationships>',
    })  # fmt: skip

    document = read(path, ref="#1")
    write(document, {}, out)

    assert document.details["removed"]["library properties"] == 1
    assert "customXml/item1.xml" not in zipfile.ZipFile(out).namelist()
