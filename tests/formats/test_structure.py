"""What Office writes by itself is neither text nor searched; what only stands in its place is both."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hostile_docx import R, W, para, run, simple
from planting import raw_text, replaced, survivors, zipped

from deid.errors import UnreadableDocument
from deid.formats import read, text_of, write
from deid.formats.ooxml.rules import attribute_kind
from deid.formats.vocabulary import is_format

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _document(tmp_path: Path, body: str = "<w:p/>", entries: dict[str, str] | None = None) -> Path:
    """A small document with this body, and with these entries added or replaced."""
    path = tmp_path / "a.docx"
    path.write_bytes(simple("此处"))
    with zipfile.ZipFile(path) as package:
        contents: dict[str, bytes | str] = {name: package.read(name) for name in package.namelist()}
    text = contents["word/document.xml"]
    assert isinstance(text, bytes)
    contents["word/document.xml"] = text.decode().replace(para(run("此处")), body)
    path.write_bytes(zipped(contents | (entries or {})))
    return path


def _relations(*relations: tuple[str, str, str]) -> str:
    body = "".join(
        f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/>' for id, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{body}</Relationships>'


def _types(**overrides: str) -> str:
    body = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
        f'.wordprocessingml.document.main+xml"/>{body}</Types>'
    )


def _texts(path: Path) -> list[str]:
    return [block.text for block in read(path, ref="#1").blocks()]


def _without(path: Path, *values: str) -> Path:
    """The document written again with these values replaced."""
    document, out = read(path, ref="#1"), path.with_name("out.docx")
    write(document, replaced(document, values) if values else {}, out)
    return out


PLACES = [
    '<w:p><w:pPr><w:jc w:val="{}"/></w:pPr></w:p>',
    '<w:p><w:pPr><w:tabs><w:tab w:val="{}" w:pos="1"/></w:tabs></w:pPr></w:p>',
    '<w:p><w:r><w:rPr><w:color w:themeColor="{}"/></w:rPr></w:r></w:p>',
    '<w:p><w:r><w:pict><v:shape fillcolor="{}"/></w:pict></w:r></w:p>',
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("keyword", ["center", "accent1", "Single", "window [65]"])
def test_the_check_skips_keywords_where_office_writes_them(tmp_path, place, keyword):
    path = _document(tmp_path, place.format(keyword))

    assert keyword not in list(text_of(path))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", ["Zhangsan", "center Zhangsan", "accent13800138000", "欧阳靖宇"])
def test_the_check_reads_there_what_is_no_keyword(tmp_path, place, value):
    path = _document(tmp_path, place.format(value))

    assert value in list(text_of(path))


@pytest.mark.parametrize(
    "place",
    [
        '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="{}"/></wp:inline></w:drawing></w:r></w:p>',
        '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="" descr="{}"/></wp:inline></w:drawing></w:r></w:p>',
        '<w:sdt><w:sdtPr><w:alias w:val="{}"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>',
        '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{}"/></w:ffData></w:fldChar></w:r></w:p>',
        '<w:p><w:ins w:id="1" w:author="{}"/></w:p>',
        '<w:p><q:b xmlns:q="urn:q" q:val="{}"/></w:p>',
        "<w:p><w:r><w:t>{}</w:t></w:r></w:p>",
    ],
)
def test_the_check_reads_keywords_where_people_write(tmp_path, place):
    path = _document(tmp_path, place.format("Center"))

    assert "Center" in list(text_of(path))


def test_the_check_skips_names_that_office_gives_to_parts(tmp_path):
    path = _document(tmp_path)

    found = list(text_of(path))

    assert not any("document" in text for text in found)


@pytest.mark.parametrize("name", ["word/zhangsan.xml", "zhangsan/document.xml", "word/image13800138000.xml"])
def test_the_check_reads_other_names_of_parts(tmp_path, name):
    path = _document(tmp_path, entries={name: "<a/>"})

    assert name in list(text_of(path))


@pytest.mark.parametrize("uri", ["http://schemas.microsoft.com/office/zhangsan", "urn:microsoft.com/office/officeart/2005/8/layout/zhangsan"])  # fmt: skip
def test_the_check_reads_schemas_of_strangers(tmp_path, uri):
    path = _document(tmp_path, f'<w:p xmlns:q="{uri}"/>')

    assert uri in list(text_of(path))


@pytest.mark.parametrize("name", ["layout/hList7#1", "quickstyle/3d9", "colors/accent1_2"])
def test_the_check_skips_the_layouts_of_diagrams(tmp_path, name):
    uri = f"urn:microsoft.com/office/officeart/2005/8/{name}"
    path = _document(tmp_path, f'<w:p><dgm:layoutDef uniqueId="{uri}"/></w:p>')

    assert uri not in list(text_of(path))


def test_the_check_reads_the_prefixes_of_schemas(tmp_path):
    path = _document(tmp_path, f'<w:p xmlns:zhangsan="{_A}"/>')

    assert "zhangsan" in list(text_of(path))


@pytest.mark.parametrize("name", ["Zhangsan", "欧阳集团", "Office 主题"])
def test_a_theme_is_called_as_all_are(tmp_path, name):
    theme = f'<a:theme xmlns:a="{_A}" name="{name}"><a:themeElements><a:clrScheme name="{name}"/></a:themeElements></a:theme>'
    path = _document(tmp_path, entries={
        "word/theme/theme1.xml": theme,
        "word/_rels/document.xml.rels": _relations(("rId1", f"{_OFFICE}/theme", "theme/theme1.xml")),
        "[Content_Types].xml": _types(**{"word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml"}),
    })  # fmt: skip

    out = _without(path)

    assert name in list(text_of(path))
    assert not any(name in text for text in text_of(out))
    assert b'name="Office"' in zipfile.ZipFile(out).read("word/theme/theme1.xml")


@pytest.mark.parametrize("id", ["1", "Zhangsan", "R13800138000", "欧阳靖宇", "a/b.xml"])
def test_a_relationship_gets_an_id_that_office_would_give(tmp_path, id):
    link = _relations(("rId1", f"{_OFFICE}/theme", "gone.xml"), (id, f"{_OFFICE}/hyperlink", "#x"))
    path = _document(
        tmp_path, f'<w:p><w:hyperlink r:id="{id}"/></w:p>', {"word/_rels/document.xml.rels": link}
    )

    with zipfile.ZipFile(_without(path)) as package:
        document, relations = (package.read(f"word/{name}").decode() for name in ("document.xml", "_rels/document.xml.rels"))  # fmt: skip

    assert 'Id="rId2"' in relations
    assert 'r:id="rId2"' in document


def test_a_part_that_nobody_knows_is_left_out(tmp_path):
    path = _document(tmp_path, entries={
        "word/notes.xml": "<a>欧阳靖宇</a>",
        "word/_rels/document.xml.rels": _relations(("rId1", "http://schemas.microsoft.com/office/2099/relationships/notes", "notes.xml")),
        "[Content_Types].xml": _types(**{"word/notes.xml": "application/vnd.ms-word.notes+xml"}),
    })  # fmt: skip

    document = read(path, ref="#1")

    assert document.details["removed"]["other part"] == 1
    assert not any("欧阳" in text for text in text_of(_without(path)))


def test_a_header_that_nobody_knows_makes_the_file_unreadable(tmp_path):
    path = _document(tmp_path, entries={
        "word/header1.xml": "<a>欧阳靖宇</a>",
        "word/_rels/document.xml.rels": _relations(("rId1", f"{_OFFICE}/header", "header1.xml")),
        "[Content_Types].xml": _types(**{"word/header1.xml": "application/vnd.ms-word.header9+xml"}),
    })  # fmt: skip

    with pytest.raises(UnreadableDocument, match="does not know"):
        read(path, ref="#1")


_SHAPE = "<w:p><w:r><w:pict><v:shape {}/></w:pict></w:r></w:p>"
_FIELD = '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{}"/></w:ffData></w:fldChar></w:r></w:p>'


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (_SHAPE.format('style="width:11.25pt;mso-name:Zhangsan"'), "Zhangsan"),
        (_SHAPE.format('style="font-family:欧阳靖宇"'), "欧阳靖宇"),
        (_SHAPE.format('style="margin-left:13800138000pt"'), "13800138000"),
        (_SHAPE.format('path="m,l,Zhangsan,xe"'), "Zhangsan"),
        (_SHAPE.format('path="m13800138000,l,xe"'), "13800138000"),
        (_SHAPE.format('o:spid="Zhangsan"'), "Zhangsan"),
        (_FIELD.format("Zhangsan"), "Zhangsan"),
        ('<w:p><w:pPr><w:pStyle w:val="Zhangsan"/></w:pPr></w:p>', "Zhangsan"),
        ('<w:p><w:pPr><w:docPartPr><w:name w:val="Zhangsan"/></w:docPartPr></w:pPr></w:p>', "Zhangsan"),
        ('<w:p><w:r><w:rPr><w:rFonts w:ascii="Zhangsan"/></w:rPr></w:r></w:p>', "Zhangsan"),
        ('<w:sdt><w:sdtPr><w:dataBinding w:xpath="/Zhangsan[1]"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>', "Zhangsan"),
    ],
)  # fmt: skip
def test_what_stands_in_the_place_of_structure_is_text(tmp_path, body, value):
    path = _document(tmp_path, body)

    assert any(value in text for text in _texts(path))
    assert any(value in text for text in text_of(path))
    assert survivors({value: "here"}, raw_text(_without(path, value).read_bytes())) == set()


@pytest.mark.parametrize(
    "attributes",
    [
        'style="position:absolute;margin-left:-5.4pt;z-index:251658240;mso-wrap-style:square"',
        "style=\"font-family:'Times New Roman';rotation:315\"",
        'path="m,l,21600r21600,21600l21600,xe"',
        'o:spid="_x0000_s1026"',
        'adj="10800,,21600"',
    ],
)
def test_the_look_of_a_shape_is_no_text(tmp_path, attributes):
    path = _document(tmp_path, _SHAPE.format(attributes))
    value = attributes.partition("=")[2][1:-1]

    assert value not in _texts(path)
    assert value not in list(text_of(path))


@pytest.mark.parametrize(("pages", "is_text"), [("12", False), ("张三丰", True), ("Zhangsan", True)])
def test_a_count_of_pages_is_text_unless_it_is_a_number(tmp_path, pages, is_text):
    properties = f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Pages>{pages}</Pages></Properties>'
    kind = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    path = _document(tmp_path, entries={
        "docProps/app.xml": properties,
        "word/_rels/document.xml.rels": _relations(("rId1", f"{_OFFICE}/extended-properties", "/docProps/app.xml")),
        "[Content_Types].xml": _types(**{"docProps/app.xml": kind}),
    })  # fmt: skip

    assert (pages in _texts(path)) == is_text


def test_an_identifier_in_custom_xml_is_text(tmp_path):
    guid = "{8B049945-9DFE-4726-9DE9-CF5691E53858}"
    path = _document(tmp_path, entries={
        "customXml/item1.xml": f'<a id="{guid}"><b>{guid}</b></a>',
        "word/_rels/document.xml.rels": _relations(("rId1", f"{_OFFICE}/customXml", "../customXml/item1.xml")),
    })  # fmt: skip

    assert _texts(path).count(guid) == 2


def test_names_in_the_vocabulary_of_word_are_read(tmp_path):
    """The namespaces that the tests stand on."""
    assert all(uri not in list(text_of(_document(tmp_path))) for uri in (W, R, _A))


def test_names_in_a_package_are_read_whatever_their_case_and_slashes(tmp_path):
    path = _document(tmp_path, para(run("欧阳靖宇")))
    with zipfile.ZipFile(path) as package:
        contents = {name.lower().replace("/", "\\"): package.read(name) for name in package.namelist()}
    path.write_bytes(zipped(contents))

    assert "欧阳靖宇" in _texts(path)


def test_a_part_called_like_an_extension_does_not_change_the_type_of_others(tmp_path):
    path = _document(tmp_path, para(run("欧阳靖宇")))
    with zipfile.ZipFile(path) as package:
        types = package.read("[Content_Types].xml").decode()
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = types.replace(f'<Override PartName="/word/document.xml" ContentType="{main}"/>', "")
    types = types.replace(
        'Extension="xml" ContentType="application/xml"', f'Extension="xml" ContentType="{main}"'
    )
    types = types.replace("</Types>", '<Override PartName="/.xml" ContentType="application/xml"/></Types>')
    path = _document(tmp_path, para(run("欧阳靖宇")), {"[Content_Types].xml": types})

    assert "欧阳靖宇" in _texts(path)


@pytest.mark.parametrize("sheet", ["Zhangsan", "'Zhang San'", "张三"])
def test_a_sheet_that_a_chart_names_is_text(tmp_path, sheet):
    path = _document(tmp_path, f"<w:p><c:f>{sheet}!$A$1:$B$2</c:f></w:p>")

    assert _texts(path) == [sheet.strip("'")]


@pytest.mark.parametrize("value", ["_GoBack", "_Toc123456789"])
def test_a_bookmark_of_word_is_no_text(tmp_path, value):
    path = _document(tmp_path, f'<w:bookmarkStart w:id="0" w:name="{value}"/>')

    assert value not in _texts(path)
    assert value not in list(text_of(path))


@pytest.mark.parametrize("value", ["_Toc13800138000", "_zhangsan"])
def test_another_bookmark_is_text(tmp_path, value):
    path = _document(tmp_path, f'<w:bookmarkStart w:id="0" w:name="{value}"/>')

    assert value in _texts(path)
    assert value in list(text_of(path))


@pytest.mark.parametrize(("formula", "left"), [("RIGHT(A1,2)", False), ("IF(A1,FALSE,0)", False), ('"Right"', True), ("Right+1", True), ("FALSE.X", True)])  # fmt: skip
def test_the_check_skips_functions_of_excel(tmp_path, formula, left):
    path = _document(tmp_path, f"<c:f>{formula}</c:f>")

    assert any("right" in text.casefold() or "FALSE" in text for text in text_of(path)) == left


def _runs(*texts: str) -> str:
    return para(*(text if text.startswith("<") else run(text) for text in texts))


@pytest.mark.parametrize(
    ("runs", "value"),
    [
        (("欧阳", "靖宇"), "欧阳靖宇"),
        (("138001", "38000"), "13800138000"),
        (("Tel", "<w:r><w:tab/></w:r>", "Zhangsan"), "\nZhangsan"),
        (("a", "<w:del><w:r><w:delText>Zhangsan</w:delText></w:r></w:del>", "b"), "\nZhangsan\n"),
    ],
)
def test_the_check_reads_the_runs_of_a_paragraph_together(tmp_path, runs, value):
    path = _document(tmp_path, _runs(*runs))

    assert any(value in text for text in text_of(path))


def test_half_a_word_is_no_name_for_the_check(tmp_path):
    path = _document(tmp_path, _runs("Com", "mission"))

    assert "mission" not in list(text_of(path))
    assert "Commission" in list(text_of(path))


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ('<o:OLEObject ProgID="Excel.Sheet.12"/>', "Excel.Sheet.12"),
        ('<c:numFmt formatCode="[DBNum1][$-804]General"/>', "[DBNum1][$-804]General"),
        ('<dgm:cat type="process"/>', "process"),
        ('<dgm:prSet loCatId="process"/>', "process"),
        ("<c:v>#VALUE!</c:v>", "#VALUE!"),
    ],
)
def test_the_check_skips_programs_formats_and_errors(tmp_path, body, value):
    assert value not in list(text_of(_document(tmp_path, body)))


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ('<o:OLEObject ProgID="Zhangsan.Sheet.12"/>', "Zhangsan.Sheet.12"),
        ('<c:numFmt formatCode="&quot;Zhangsan&quot;General"/>', '"Zhangsan"General'),
        ('<dgm:cat type="zhangsan"/>', "zhangsan"),
        ('<dgm:prSet loCatId="zhangsan"/>', "zhangsan"),
        ("<c:v>#ZHANGSAN!</c:v>", "#ZHANGSAN!"),
    ],
)
def test_the_check_reads_other_programs_formats_and_errors(tmp_path, body, value):
    assert value in list(text_of(_document(tmp_path, body)))


@pytest.mark.parametrize(
    "body",
    [
        '<w:smartTagType w:name="{}"/>',
        '<w:customXml w:element="{}"/>',
        '<w:attachedSchema w:val="http://{}.example/"/>',
        '<w:customXml w:uri="http://{}.example/" w:element="rc"/>',
        '<w:p><w:r><w:pict><v:shape id="{}"/></w:pict></w:r></w:p>',
    ],
)
def test_names_of_tags_schemas_and_shapes_are_text(tmp_path, body):
    path = _document(tmp_path, body.format("Zhangsan"))

    assert any("Zhangsan" in text for text in _texts(path))


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("zhangsan", "text"),
        ("ZhangSan", "text"),
        ("ZY20230001", "text"),
        ("13800138000", "text"),
        ("13800138000.0", "text"),
        ("1.3800138E10", "text"),
        ("center", ""),
        ("wedgeRoundRectCallout", ""),
        ("12192000", ""),
        ("00A53B2F", ""),
        ("9.42578125", ""),
        ("-0.24994659260841701", ""),
        ("4.5pt", ""),
    ],
)
def test_a_value_of_an_attribute_that_nobody_listed_is_text_unless_a_program_writes_such(value, kind):
    assert attribute_kind("a:thing", "unheardOf", value, False) == kind


def test_hashes_of_passwords_go():
    assert attribute_kind("w:documentProtection", "w:hash", "4X8p6kGAJoqQumimmzU4VbNkKjY=", False) == "blank"
    assert attribute_kind("x:sheetProtection", "password", "CC1A", False) == "blank"


@pytest.mark.parametrize(
    ("code", "plain"),
    [
        ("[Green][>=25]General;[Yellow]General\\ ", True),
        ('[Green]"张三"0', False),
        ('"Green"0', False),
    ],
)
def test_colours_of_number_formats_are_nobody(code, plain):
    assert is_format(code) is plain


@pytest.mark.parametrize(
    ("element", "name", "value"),
    [
        ("p:sldSz", "type", "screen4x3"),
        ("p:normalViewPr", "horzBarState", "maximized"),
        ("p:sldLayout", "type", "title"),
    ],
)
def test_kinds_of_slides_are_keywords(element, name, value):
    assert attribute_kind(element, name, value, False) == ""
