"""What a document of Word shows in one place and keeps in another: behind controls, in variables, properties, fields."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hostile_docx import content_types, para, relations, run, simple
from planting import replaced, unzipped, zipped

from deid.formats import read, text_of, write

_STORE = "{11111111-2222-3333-4444-555555555555}"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPES = "application/vnd.openxmlformats-officedocument."


def control(path: str, shown: str, store: str = _STORE) -> str:
    binding = (
        f'<w:dataBinding w:prefixMappings="xmlns:n=\'urn:n\'" w:xpath="{path}" w:storeItemID="{store}"/>'
    )
    return f"<w:sdt><w:sdtPr>{binding}</w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"


def field(code: str, shown: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    said = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return mark("begin") + said + mark("separate") + run(shown) + mark("end")


def made(path: Path, body: str, *, item: str = "", variables: str = "", properties: str = "") -> Path:
    with zipfile.ZipFile(io.BytesIO(simple("甲"))) as package:
        parts: dict[str, bytes | str] = {name: package.read(name) for name in package.namelist()}
    document = parts["word/document.xml"].decode()
    parts["word/document.xml"] = document.replace(para(run("甲")), body)
    parts["customXml/item1.xml"] = item or "<r/>"
    parts["customXml/itemProps1.xml"] = (
        f'<d:datastoreItem d:itemID="{_STORE}" xmlns:d="{_OFFICE}/customXml"/>'
    )
    parts["customXml/_rels/item1.xml.rels"] = relations(("rId1", "customXmlProps", "itemProps1.xml"))
    parts["word/settings.xml"] = f'<w:settings xmlns:w="{_W}"><w:docVars>{variables}</w:docVars></w:settings>'
    parts["docProps/custom.xml"] = (
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">{properties}</Properties>'
    )
    parts["word/_rels/document.xml.rels"] = relations(
        ("rId1", "customXml", "../customXml/item1.xml"), ("rId2", "settings", "settings.xml")
    )
    parts["_rels/.rels"] = relations(
        ("rId1", "officeDocument", "word/document.xml"), ("rId2", "custom-properties", "docProps/custom.xml")
    )
    parts["[Content_Types].xml"] = content_types(
        {
            "word/document.xml": f"{_TYPES}wordprocessingml.document.main+xml",
            "word/settings.xml": f"{_TYPES}wordprocessingml.settings+xml",
            "docProps/custom.xml": f"{_TYPES}custom-properties+xml",
            "customXml/itemProps1.xml": f"{_TYPES}customXmlProperties+xml",
        },
        {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"},
    )
    path.write_bytes(zipped(parts))
    return path


def rewritten(path: Path, *values: str) -> dict[str, str]:
    out = path.with_name(f"out-{path.name}")
    document = read(path, ref="#1")
    write(document, replaced(document, values), out)
    assert text_of(out)
    return {name: data.decode("utf-8", "replace") for name, data in unzipped(out).items()}


def property_(name: str, text: str) -> str:
    return f'<property fmtid="{_STORE}" pid="2" name="{name}"><vt:lpwstr>{text}</vt:lpwstr></property>'


@pytest.mark.parametrize(
    ("body", "kept", "part", "new"),
    [
        pytest.param(
            para(run("电话："), control("/n:r/n:a", run("1391234")), control("/r[1]/c[2]", run("5678"))),
            {"item": "<r xmlns='urn:n'><a>1391234</a><b>5678</b><c>5678</c><c>5678</c></r>"},
            "customXml/item1.xml",
            "<a>〔替〕</a><b>5678</b><c>5678</c><c></c>",
            id="controls",
        ),
        pytest.param(
            control("/r/a", para(run("电话：13912345678"))),
            {"item": "<r><a>电话：13912345678</a></r>"},
            "customXml/item1.xml",
            "<r><a>电话：〔替〕</a></r>",
            id="control around a paragraph",
        ),
        pytest.param(
            para(run("电话："), control("/r/a", run("单击此处"))) + para(run("13912345678")),
            {"item": "<r><a>139 1234</a></r>"},
            "customXml/item1.xml",
            "<r><a>139 1234</a></r>",
            id="something else",
        ),
        pytest.param(
            para(run("电话：139"), control("/r/a", run("单击此处"))),
            {"item": "<r><a>12345678</a></r>"},
            "customXml/item1.xml",
            "<r><a></a></r>",
            id="control that is not up to date",
        ),
        pytest.param(
            para(run("电话："), field("DOCVARIABLE a", "1391234"), field(' docvariable "B" ', "5678")),
            {"variables": '<w:docVar w:name="a" w:val="1391234"/><w:docVar w:name="b" w:val="5678"/>'},
            "word/settings.xml",
            '<w:docVar w:name="a" w:val="〔替〕"/><w:docVar w:name="b" w:val=""/>',
            id="variables",
        ),
        pytest.param(
            para(
                run("电话："),
                field("DOCPROPERTY a", "1391234"),
                field("DOCPROPERTY b \\* MERGEFORMAT", "5678"),
            ),
            {"properties": property_("a", "1391234") + property_("b", "5678") + property_("c", "5678")},
            "docProps/custom.xml",
            property_("a", "〔替〕") + property_("b", "") + property_("c", "5678"),
            id="properties",
        ),
        pytest.param(
            para(
                '<w:bookmarkStart w:id="1" w:name="q"/>', run("13912"), run("34"), '<w:bookmarkEnd w:id="1"/>'
            )
            + para(run("甲"))
            + para(run("电话："), field("REF q", "1391234"), run("5678")),
            {},
            "word/document.xml",
            '<w:t>〔替〕</w:t></w:r><w:r><w:rPr/><w:t></w:t></w:r><w:bookmarkEnd w:id="1"/>',
            id="bookmarks",
        ),
    ],
)
def test_what_goes_from_the_text_goes_from_where_it_stands(tmp_path, body, kept, part, new):
    path = made(tmp_path / "a.docx", body, **kept)

    out = rewritten(path, "13912345678")

    assert new in out[part].replace(' xml:space="preserve"', "")


@pytest.mark.parametrize("code", ["= 1391234 * 10000 + 5678", 'QUOTE "1391234" "5678"', 'IF 1 = 1 "1391234"'])
def test_a_field_that_reckons_or_quotes_what_was_replaced_quotes_what_stands_there_now(tmp_path, code):
    path = made(tmp_path / "a.docx", para(run("电话："), field(code.replace('"', "&quot;"), "13912345678")))

    out = rewritten(path, "13912345678")["word/document.xml"]

    assert 'QUOTE "〔替〕"' in out
    assert "1391234" not in out
    assert "5678" not in out


def test_what_is_in_fields_within_a_code_goes_with_it(tmp_path):
    inner = field("= 5678", "5678").replace("</w:r><w:r>", "</w:r>\n<w:r>")
    code = f'QUOTE 1391234</w:instrText></w:r>{inner}<w:r><w:instrText xml:space="preserve"> '
    path = made(tmp_path / "a.docx", para(run("电话："), field(code, "13912345678")))

    out = rewritten(path, "13912345678")["word/document.xml"]

    assert 'QUOTE "〔替〕"' in out
    assert "5678" not in out


def test_fields_of_which_the_result_stays_keep_their_code(tmp_path):
    path = made(tmp_path / "a.docx", para(field("= 12 * 3", "36"), run("电话13912345678")))

    out = rewritten(path, "13912345678")["word/document.xml"]

    assert "= 12 * 3" in out
