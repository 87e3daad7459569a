"""A Word document with a value planted in every place that is known to hold text."""

from __future__ import annotations

from urllib.parse import quote

from planting import Planter, zipped

from deid.formats.ooxml.images import blank_png

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'mc:Ignorable="w14 w15"'
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def _part(root: str, body: str, attributes: str = _NAMESPACES) -> str:
    return f"{_DECLARATION}<{root} {attributes}>{body}</{root}>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def split(text: str) -> str:
    """A value over three runs, each formatted in its own way, with marks between them."""
    first, second, third = text[:1], text[1:2], text[2:]
    return (
        run(first, "<w:b/>") + '<w:proofErr w:type="spellStart"/>' + run(second, "<w:i/>")
        + '<w:bookmarkStart w:id="77" w:name="_GoBack"/><w:bookmarkEnd w:id="77"/>' + run(third, '<w:color w:val="FF0000"/>')
    )  # fmt: skip


def _field(*codes: str, result: str) -> str:
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>' for code in codes)
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{pieces}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _text_box(drawing: str, fallback: str, name: str, title: str, alt: str) -> str:
    return para(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="2000000" cy="500000"/>'
        f'<wp:docPr id="9" name="{name}" descr="{title}"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"</wps:spPr><wps:txbx><w:txbxContent>{para(split(drawing))}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:shape id="s1" style="width:100pt;height:40pt" alt="{alt}"><v:textbox><w:txbxContent>{para(split(fallback))}'
        "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _picture(descr: str, title: str) -> str:
    return para(
        f'<w:r><w:drawing><wp:inline><wp:extent cx="914400" cy="914400"/><wp:docPr id="3" name="P" descr="{descr}" '
        f'title="{title}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="4" name="{title}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rIdImage"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _graphic(uri: str, content: str) -> str:
    return para(
        '<w:r><w:drawing><wp:inline><wp:extent cx="3000000" cy="2000000"/><wp:docPr id="12" name="G"/><a:graphic>'
        f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{uri}">{content}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc><w:tcPr/>{para(run(text))}</w:tc>" for text in row) for row in rows)
    grid = "<w:gridCol/>" * len(rows[0])
    body = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _sdt(p: Planter) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{p.name("sdt alias")}"/><w:tag w:val="{p.name("sdt tag")}"/>'
        f'<w:placeholder><w:docPart w:val="{p.name("sdt placeholder")}"/></w:placeholder><w:dropDownList>'
        f'<w:listItem w:displayText="{p.name("list item text")}" w:value="{p.name("list item value")}"/></w:dropDownList>'
        f"</w:sdtPr><w:sdtContent>{para(run(p.name('sdt content')))}</w:sdtContent></w:sdt>"
        f'<w:sdt><w:sdtPr><w:date w:fullDate="{p.take("1987-03-21", "sdt date")}T00:00:00Z"><w:dateFormat w:val="yyyy"/></w:date>'
        f"</w:sdtPr><w:sdtContent>{para(run('出生年份'))}</w:sdtContent></w:sdt>"
    )


def _tracked(p: Planter) -> str:
    accepted, rejected = p.take("钱琢玉", "accepted view"), p.take("钱璨玉", "rejected view")
    assert accepted[0] == rejected[0]
    author = p.name("insertion author")
    return para(
        run("家属"),
        run("钱"),
        f'<w:del w:id="1" w:author="{author}" w:date="2023-05-06T10:00:00Z"><w:r><w:delText>璨</w:delText></w:r></w:del>',
        f'<w:ins w:id="2" w:author="{author}"><w:r><w:t>琢</w:t></w:r></w:ins>',
        run("玉签字"),
    ) + para(
        f'<w:ins w:id="3" w:author="{p.name("ins author 2")}"><w:del w:id="4" w:author="x"><w:r><w:delText>'
        f"{p.name('inserted, then deleted')}</w:delText></w:r></w:del></w:ins>",
        f'<w:moveFrom w:id="5" w:author="x"><w:r><w:t>{p.name("moved from")}</w:t></w:r></w:moveFrom>',
        f'<w:moveTo w:id="6" w:author="x"><w:r><w:t>{p.name("moved to")}</w:t></w:r></w:moveTo>',
        f'<w:r><w:rPr><w:b/><w:rPrChange w:id="7" w:author="{p.name("format change author")}"><w:rPr/></w:rPrChange></w:rPr>'
        "<w:t>格式</w:t></w:r>",
    )


def _body(p: Planter) -> str:
    bookmark = p.name("bookmark")
    resident = p.take("11010519491231002X", "one digit a cell")
    phone = p.phone("non-breaking hyphens")
    p.values[f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"] = p.values.pop(phone)
    return "".join(
        (
            f"<!-- {p.name('comment in the XML')} --><?note {p.name('processing instruction')}?>",
            para(run("患者"), split(p.name("runs")), run("，男。")),
            _tracked(p),
            _table(("姓名", "电话"), (p.name("table cell"), p.phone("table cell phone"))),
            _table(tuple(resident)),
            para(
                f'<w:hyperlink r:id="rIdMail" w:tooltip="{p.name("tooltip")}">{run(p.name("link text"))}</w:hyperlink>'
            ),
            para(
                f'<w:bookmarkStart w:id="20" w:name="{bookmark}"/>{run("此处")}<w:bookmarkEnd w:id="20"/>'
                f'<w:hyperlink w:anchor="{bookmark}">{run("见上")}</w:hyperlink>',
                _field(" PAGEREF ", f"{bookmark} \\h ", result="1"),
                _field(
                    ' HYPERLINK "http://example.com/?n=',
                    f'{quote(p.name("field code, percent"))}" ',
                    result="链接",
                ),
                _field(" DOCPROPERTY ", p.name("field code"), result=p.name("field result")),
                f'<w:fldSimple w:instr=" AUTHOR {p.name("simple field")} ">{run(p.name("simple field result"))}</w:fldSimple>',
            ),
            para(
                '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="f1"/><w:enabled/>'
                f'<w:helpText w:type="text" w:val="{p.name("form help")}"/><w:textInput><w:default w:val="{p.name("form default")}"/>'
                "</w:textInput></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMTEXT</w:instrText></w:r>"
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            ),
            _sdt(p),
            _text_box(
                *(p.name(f"text box {part}") for part in ("drawing", "fallback", "name", "descr", "alt"))
            ),
            _picture(p.name("picture descr"), p.name("picture title")),
            _graphic("chart", '<c:chart r:id="rIdChart"/>'),
            _graphic(
                "diagram", '<dgm:relIds r:dm="rIdData" r:lo="rIdLayout" r:qs="rIdStyle" r:cs="rIdColors"/>'
            ),
            para(
                "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>ōu-pīn-yīn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>"
                f"{p.name('ruby base')}</w:t></w:r></w:rubyBase></w:ruby></w:r>"
            ),
            para(
                f"<w:r><w:t>{phone[:3]}</w:t><w:noBreakHyphen/><w:t>{phone[3:7]}</w:t><w:noBreakHyphen/><w:t>{phone[7:]}</w:t></w:r>"
            ),
            para(f"<m:oMath><m:r><m:t>{p.name('formula')}</m:t></m:r></m:oMath>"),
            para(
                f'<w:smartTag w:uri="urn:x" w:element="PersonName"><w:smartTagPr><w:attr w:name="n" w:val="{p.name("smart tag")}"/>'
                f"</w:smartTagPr>{run('标签')}</w:smartTag>"
            ),
            para(
                '<w:r><w:object><v:shape id="ole1" style="width:50pt;height:50pt"><v:imagedata r:id="rIdImage" '
                f'o:title="{p.name("VML image title")}"/></v:shape><o:OLEObject Type="Embed" ProgID="Package" ShapeID="ole1" '
                'DrawAspect="Icon" ObjectID="_1" r:id="rIdOle"/></w:object></w:r>',
                '<w:r><w:object><v:shape id="ole2" style="width:50pt;height:50pt"/><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" '
                'ShapeID="ole2" DrawAspect="Content" ObjectID="_2" r:id="rIdBook"/></w:object></w:r>',
                '<w:r><w:control r:id="rIdControl" w:name="c" w:shapeid="ole1"/></w:r>',
                f'<w:r><w:pict><v:shape id="wm" style="width:50pt;height:9pt"><v:textpath string="{p.name("watermark")}"/></v:shape></w:pict></w:r>',
            ),
            '<w:altChunk r:id="rIdChunk"/>',
            para(
                '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>'
                '<w:commentRangeStart w:id="0"/>'
                + run("批注处")
                + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
            ),
            f'<w:customXml w:uri="urn:x" w:element="rec"><w:customXmlPr><w:attr w:name="who" w:val="{p.name("customXml attribute")}"/>'
            f"</w:customXmlPr>{para(run('块'))}</w:customXml>",
            '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:headerReference w:type="first" r:id="rIdFirst"/>'
            '<w:footerReference w:type="default" r:id="rIdFooter"/><w:pgSz w:w="11906" w:h="16838"/><w:titlePg/></w:sectPr>',
        )
    )


def _notes(kind: str, text: str) -> str:
    marks = "".join(
        f'<w:{kind} w:type="{name}" w:id="{id}"><w:p><w:r><w:{name}/></w:r></w:p></w:{kind}>'
        for id, name in enumerate(("separator", "continuationSeparator"))
    )
    return _part(f"w:{kind}s", f'{marks}<w:{kind} w:id="2">{para(split(text))}</w:{kind}>')


def _chart(p: Planter) -> str:
    return _part(
        "c:chartSpace",
        f"<c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{p.name('chart title')}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
        '<c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/>'
        f'<c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{p.name("chart series")}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:cat><c:strRef><c:f>"{p.name("chart formula")}"</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{p.name("chart category")}</c:v></c:pt></c:strCache></c:strRef></c:cat>'
        f'<c:val><c:numRef><c:f>Sheet1!$B$2</c:f><c:numCache><c:formatCode>&quot;{p.name("chart number format")}&quot;0</c:formatCode><c:ptCount val="2"/>'
        f'<c:pt idx="0"><c:v>{p.phone("chart number")}</c:v></c:pt><c:pt idx="1"><c:v>5</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>'
        '<c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling/><c:axPos val="b"/><c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart>'
        '<c:externalData r:id="rIdData"/>',
        f'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="{R}" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
    )


def properties(p: Planter) -> dict[str, str]:
    core = "".join(
        f"<{name}>{p.name(name)}</{name}>"
        for name in (
            "dc:title",
            "dc:subject",
            "dc:creator",
            "cp:keywords",
            "dc:description",
            "cp:lastModifiedBy",
            "cp:category",
        )
    )
    return {
        "docProps/core.xml": _part(
            "cp:coreProperties",
            f'{core}<dcterms:created xsi:type="dcterms:W3CDTF">2023-05-06T10:00:00Z</dcterms:created>',
            'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
        ),
        "docProps/app.xml": _part(
            "Properties",
            f"<Application>Microsoft Office Word</Application><Manager>{p.name('manager')}</Manager>"
            f'<Company>{p.name("company")}</Company><TitlesOfParts><vt:vector size="1" baseType="lpstr">'
            f"<vt:lpstr>{p.name('titles of parts')}</vt:lpstr></vt:vector></TitlesOfParts>"
            f"<HyperlinkBase>{p.name('hyperlink base')}</HyperlinkBase>",
            'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" '
            'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"',
        ),
        "docProps/custom.xml": _part(
            "Properties",
            f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{p.name("property name")}">'
            f"<vt:lpwstr>{p.name('property value')}</vt:lpwstr></property>"
            '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="3" name="电话">'
            f"<vt:r8>{p.phone('property number')}</vt:r8></property>",
            'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"',
        ),
    }


def _settings(p: Planter) -> str:
    return _part(
        "w:settings",
        f'<w:mailMerge><w:mainDocumentType w:val="formLetters"/><w:query w:val="SELECT {p.name("mail merge")}"/>'
        '<w:dataSource r:id="rIdSource"/></w:mailMerge><w:attachedTemplate r:id="rIdTemplate"/>'
        f'<w:docVars><w:docVar w:name="v1" w:val="{p.name("document variable")}"/></w:docVars>',
    )


def diagram(p: Planter) -> dict[str, str]:
    spaces = (
        'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    point = (
        f'<dgm:ptLst><dgm:pt modelId="0" type="doc"/><dgm:pt modelId="1"><dgm:prSet phldrT="{p.name("diagram prompt")}"/><dgm:spPr/>'
        f"<dgm:t><a:bodyPr/><a:p><a:r><a:t>{p.name('diagram')}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst><dgm:cxnLst/><dgm:bg/><dgm:whole/>"
    )
    return {
        "word/diagrams/data1.xml": _part("dgm:dataModel", point, spaces),
        "word/diagrams/layout1.xml": _part("dgm:layoutDef", "<dgm:layoutNode/>", spaces),
        "word/diagrams/quickStyle1.xml": _part("dgm:styleDef", "", spaces),
        "word/diagrams/colors1.xml": _part("dgm:colorsDef", "", spaces),
    }


def relations(*relations: tuple[str, str, str] | tuple[str, str, str, str]) -> str:
    body = "".join(
        f'<Relationship Id="{id}" Type="{kind if kind.startswith("http") else _OFFICE + kind}" Target="{target}"'
        + (f' TargetMode="{mode[0]}"' if mode else "")
        + "/>"
        for id, kind, target, *mode in relations
    )
    return f'{_DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'


_OVERRIDES = {
    "word/document.xml": f"{_WORD}document.main+xml",
    "word/header1.xml": f"{_WORD}header+xml",
    "word/header2.xml": f"{_WORD}header+xml",
    "word/footer1.xml": f"{_WORD}footer+xml",
    "word/footnotes.xml": f"{_WORD}footnotes+xml",
    "word/endnotes.xml": f"{_WORD}endnotes+xml",
    "word/comments.xml": f"{_WORD}comments+xml",
    "word/people.xml": f"{_WORD}people+xml",
    "word/styles.xml": f"{_WORD}styles+xml",
    "word/numbering.xml": f"{_WORD}numbering+xml",
    "word/settings.xml": f"{_WORD}settings+xml",
    "word/glossary/document.xml": f"{_WORD}document.glossary+xml",
    "word/charts/chart1.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "word/diagrams/data1.xml": "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
    "word/diagrams/layout1.xml": "application/vnd.openxmlformats-officedocument.drawingml.diagramLayout+xml",
    "word/diagrams/quickStyle1.xml": "application/vnd.openxmlformats-officedocument.drawingml.diagramStyle+xml",
    "word/diagrams/colors1.xml": "application/vnd.openxmlformats-officedocument.drawingml.diagramColors+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "word/activeX/activeX1.xml": "application/vnd.ms-office.activeX+xml",
    "_xmlsignatures/sig1.xml": "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
    "_xmlsignatures/origin.sigs": "application/vnd.openxmlformats-package.digital-signature-origin",
}
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "bin": "application/vnd.openxmlformats-officedocument.oleObject",
    "html": "text/html",
    "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def content_types(parts: dict[str, str], defaults: dict[str, str]) -> str:
    body = "".join(f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in defaults.items())
    body += "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return f'{_DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{body}</Types>'


def simple(text: str) -> bytes:
    """The smallest document that holds one paragraph."""
    return zipped(
        {
            "[Content_Types].xml": content_types(
                {"word/document.xml": _OVERRIDES["word/document.xml"]}, _DEFAULTS
            ),
            "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
            "word/document.xml": _part("w:document", f"<w:body>{para(run(text))}</w:body>"),
        }
    )


def hostile(p: Planter, book: bytes) -> dict[str, bytes | str]:
    """The parts of the document; `book` is an Excel file to embed."""
    secret = p.name("binary part").encode("utf-16-le")
    odd = p.name("part name")
    style = p.name("style name")
    body = _body(p)
    link, mail = p.name("link, percent"), "rIdMail"
    return {
        "[Content_Types].xml": content_types(_OVERRIDES, _DEFAULTS),
        "_rels/.rels": relations(
            ("rId1", "officeDocument", "word/document.xml"),
            (
                "rId2",
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
            ("rId3", "extended-properties", "docProps/app.xml"),
            ("rId4", "custom-properties", "docProps/custom.xml"),
            (
                "rId5",
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
                "docProps/thumbnail.jpeg",
            ),
            (
                "rId6",
                "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
                "_xmlsignatures/origin.sigs",
            ),
        ),
        "docProps/thumbnail.jpeg": b"\xff\xd8\xff" + secret,
        "_xmlsignatures/origin.sigs": b"",
        "_xmlsignatures/_rels/origin.sigs.rels": relations(
            (
                "rId1",
                "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/signature",
                "sig1.xml",
            )
        ),
        "_xmlsignatures/sig1.xml": f"<Signature>{p.name('signature')}</Signature>",
        **properties(p),
        "word/document.xml": _part("w:document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations(
            (mail, "hyperlink", f"http://example.com/{quote(link)}?m={p.phone('link phone')}", "External"),
            ("rIdPath", "hyperlink", f"file:///C:/Users/{p.name('link to a file')}/a.docx", "External"),
            ("rIdHeader", "header", "header1.xml"),
            ("rIdFirst", "header", "header2.xml"),
            ("rIdFooter", "footer", "footer1.xml"),
            ("rIdNotes", "footnotes", "footnotes.xml"),
            ("rIdEnd", "endnotes", "endnotes.xml"),
            ("rIdComments", "comments", "comments.xml"),
            ("rIdPeople", "http://schemas.microsoft.com/office/2011/relationships/people", "people.xml"),
            ("rIdStyles", "styles", "styles.xml"),
            ("rIdNumbering", "numbering", "numbering.xml"),
            ("rIdSettings", "settings", "settings.xml"),
            ("rIdGlossary", "glossaryDocument", "glossary/document.xml"),
            ("rIdImage", "image", f"media/{quote(odd)}.png"),
            ("rIdChart", "chart", "charts/chart1.xml"),
            ("rIdData", "diagramData", "diagrams/data1.xml"),
            ("rIdLayout", "diagramLayout", "diagrams/layout1.xml"),
            ("rIdStyle", "diagramQuickStyle", "diagrams/quickStyle1.xml"),
            ("rIdColors", "diagramColors", "diagrams/colors1.xml"),
            ("rIdOle", "oleObject", "embeddings/oleObject1.bin"),
            ("rIdBook", "package", "embeddings/book.xlsx"),
            ("rIdInner", "package", "embeddings/inner.docx"),
            ("rIdControl", "control", "activeX/activeX1.xml"),
            ("rIdChunk", "aFChunk", "chunk.html"),
            ("rIdXml", "customXml", "../customXml/item1.xml"),
        ),
        "word/header1.xml": _part("w:hdr", para(split(p.name("header")))),
        "word/header2.xml": _part("w:hdr", para(split(p.name("first page header")))),
        "word/footer1.xml": _part("w:ftr", para(split(p.name("footer")))),
        "word/footnotes.xml": _notes("footnote", p.name("footnote")),
        "word/endnotes.xml": _notes("endnote", p.name("endnote")),
        "word/comments.xml": _part(
            "w:comments",
            f'<w:comment w:id="0" w:author="{p.name("comment author")}" w:initials="{p.name("comment initials")}" '
            f'w:date="2023-05-06T00:00:00Z">{para(split(p.name("comment")))}</w:comment>',
        ),
        "word/people.xml": _part(
            "w15:people",
            f'<w15:person w15:author="{p.name("people")}"><w15:presenceInfo w15:providerId="AD" '
            f'w15:userId="S::{p.name("presence")}@example.com"/></w15:person>',
        ),
        "word/styles.xml": _part(
            "w:styles",
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style}"><w:name w:val="{style}"/></w:style>'
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
        ),
        "word/numbering.xml": _part(
            "w:numbering",
            f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="{p.name("list label")}%1"/>'
            "</w:lvl></w:abstractNum>",
        ),
        "word/settings.xml": _settings(p),
        "word/_rels/settings.xml.rels": relations(
            ("rIdSource", "mailMergeSource", f"file:///C:/{p.name('mail merge source')}.xlsx", "External"),
            ("rIdTemplate", "attachedTemplate", f"file:///C:/{p.name('template path')}.dotx", "External"),
        ),
        "word/glossary/document.xml": _part(
            "w:glossaryDocument",
            f'<w:docParts><w:docPart><w:docPartPr><w:name w:val="{p.name("glossary name")}"/></w:docPartPr>'
            f"<w:docPartBody>{para(run(p.name('glossary')))}</w:docPartBody></w:docPart></w:docParts>",
        ),
        f"word/media/{odd}.png": blank_png(30, 20) + secret,
        "word/charts/chart1.xml": _chart(p),
        "word/charts/_rels/chart1.xml.rels": relations(("rIdData", "package", "../embeddings/chart.xlsx")),
        **diagram(p),
        "word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + secret,
        "word/embeddings/book.xlsx": book,
        "word/embeddings/chart.xlsx": book,
        "word/embeddings/inner.docx": simple(p.name("embedded document")),
        "word/activeX/activeX1.xml": f"<ocx>{p.name('control')}</ocx>",
        "word/chunk.html": f"<p>{p.name('imported chunk')}</p>",
        "customXml/item1.xml": f'{_DECLARATION}<记录 说明="{p.name("customXml attribute value")}"><姓名>{p.name("customXml text")}</姓名></记录>',
        "customXml/orphan.xml": f"<x>{p.name('part without relationship')}</x>",
    }
