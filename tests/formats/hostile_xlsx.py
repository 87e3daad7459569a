"""An Excel workbook with a value planted in every place that is known to hold text."""

from __future__ import annotations

from urllib.parse import quote

from hostile_docx import _chart, content_types, properties, relations, simple
from planting import Planter

from deid.formats.ooxml.images import blank_png

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"


def _part(root: str, body: str, attributes: str = "") -> str:
    return f'{_DECLARATION}<{root} xmlns="{S}" xmlns:r="{R}" {attributes}>{body}</{root}>'


class Strings:
    """Shared strings; `index` of a plain text, adding it when it is new."""

    def __init__(self) -> None:
        self.items: list[str] = []

    def index(self, text: str) -> int:
        return self.raw(f"<si><t>{text}</t></si>")

    def raw(self, item: str) -> int:
        if item not in self.items:
            self.items.append(item)
        return self.items.index(item)


def _cell(reference: str, value: object, kind: str = "", style: int = 0, formula: str = "") -> str:
    attributes = f' t="{kind}"' if kind else ""
    attributes += f' s="{style}"' if style else ""
    return f'<c r="{reference}"{attributes}>{formula}<v>{value}</v></c>'


def _first_sheet(p: Planter, strings: Strings, second: str) -> str:
    def text(reference: str, value: str) -> str:
        return _cell(reference, strings.index(value), "s")

    twice = p.name("shared string in two columns")
    name = p.name("rich text over runs")
    rich = strings.raw(
        f'<si><r><rPr><b/><sz val="11"/></rPr><t xml:space="preserve">患者 {name[:2]}</t></r><r><rPr><i/></rPr><t>{name[2:]}</t></r>'
        f'<rPh sb="0" eb="1"><t>{p.name("phonetic")}</t></rPh><phoneticPr fontId="0"/></si>'
    )
    strings.index(p.name("shared string without a cell"))
    escaped = p.name("escaped text")
    units = "".join(f"_x{ord(character):04X}_" for character in escaped)
    phone = p.phone("number with exponent")
    p.take("110105194912310000", "identity number typed as a number")
    p.take("1990-05-06", "date as serial")
    split = p.take("13998765432", "number over three cells")
    rows = [
        f'<row r="1">{text("A1", p.name("table header"))}{text("B1", "电话")}{text("C1", "出生日期")}{text("D1", "备注")}{text("E1", "证件")}</row>',
        f'<row r="2" ht="30" customHeight="1" hidden="1">{text("A2", twice)}{_cell("B2", f"{phone[0]}.{phone[1:]}E10")}{_cell("C2", 32999, "", 1)}'
        f"{_cell('D2', rich, 's')}{_cell('E2', '1.1010519491231E17')}</row>",
        f'<row r="3">{_cell("A3", strings.raw(f"<si><t>{units}</t></si>"), "s")}{_cell("B3", phone + ".0")}'
        f'<c r="C3" t="inlineStr"><is><t>{p.name("inline string")}</t></is></c>{text("D3", twice)}{_cell("E3", 5)}</row>',
        f'<row r="4">{_cell("A4", p.name("cached result"), "str", 0, "<f>Table1[[#This Row],[" + _header(p) + "]]&amp;&quot;先生&quot;</f>")}'
        f"{_cell('B4', 1, '', 0, '<f>IF(A2=&quot;' + p.name('text in a formula') + '&quot;,1,' + p.phone('number in a formula') + ')</f>')}"
        f"{_cell('C4', '旧', 'str', 0, '<f>LEFT(A2,1)</f>')}{_cell('D4', 2, '', 0, f'<f>COUNTA(&apos;{second}&apos;!A1:A3)+{second}!A1</f>')}"
        f"{_cell('E4', 3, '', 0, '<f>[1]Sheet1!$A$1+1</f>')}</row>",
        f'<row r="5">{_cell("A5", split[:3])}{_cell("B5", split[3:7])}{_cell("C5", split[7:])}{_cell("D5", 1, "", 0, "<f t=&quot;shared&quot; ref=&quot;D5:D6&quot; si=&quot;0&quot;>E5*2</f>".replace("&quot;", chr(34)))}{_cell("E5", 2)}</row>',
        f'<row r="6">{_cell("A6", 7, "", 2)}{_cell("D6", 4, "", 0, "<f t=&quot;shared&quot; si=&quot;0&quot;/>".replace("&quot;", chr(34)))}{_cell("E6", 2)}</row>',
        f'<row r="7">{_cell("A7", 1, "b")}{_cell("B7", "#N/A", "e")}{_cell("C7", 0.5)}</row>',
    ]
    after = (
        f'<protectedRanges><protectedRange name="{p.name("protected range")}" sqref="A1"/></protectedRanges>'
        f'<scenarios><scenario name="{p.name("scenario")}" user="{p.name("scenario user")}" comment="{p.name("scenario comment")}">'
        '<inputCells r="E5" val="1"/></scenario></scenarios>'
        f'<autoFilter ref="A1:E6"><filterColumn colId="0"><filters><filter val="{p.name("filter")}"/></filters></filterColumn></autoFilter>'
        f'<conditionalFormatting sqref="A1:A9"><cfRule type="expression" priority="1"><formula>A1="{p.name("conditional format")}"</formula></cfRule></conditionalFormatting>'
        f'<dataValidations count="1"><dataValidation type="list" sqref="D2:D6" prompt="{p.name("validation prompt")}" promptTitle="{p.name("prompt title")}" '
        f'error="{p.name("validation error")}" errorTitle="{p.name("error title")}"><formula1>"{p.name("validation list")},{p.name("validation list 2")}"</formula1></dataValidation></dataValidations>'
        f'<hyperlinks><hyperlink ref="A2" r:id="rIdMail" tooltip="{p.name("link tooltip")}" display="{p.name("link display")}"/>'
        f'<hyperlink ref="A3" location="\'{second}\'!A1" display="表"/></hyperlinks>'
        '<pageSetup orientation="portrait" r:id="rIdPrinter"/>'
        f'<headerFooter differentFirst="1"><oddHeader>&amp;C{p.name("header")}</oddHeader><firstFooter>&amp;L{p.name("first footer")}&amp;P</firstFooter></headerFooter>'
        '<customProperties><customPr name="c" r:id="rIdCustom"/></customProperties><drawing r:id="rIdDrawing"/><legacyDrawing r:id="rIdVml"/>'
        '<oleObjects><oleObject progId="Package" shapeId="1" r:id="rIdOle"/></oleObjects>'
        '<tableParts count="1"><tablePart r:id="rIdTable"/></tableParts>'
        f'<extLst><ext xmlns:x14="{_X14}" uri="{{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}}"><x14:dataValidations xmlns:xm="{_XM}" count="1"><x14:dataValidation type="list">'
        f'<x14:formula1><xm:f>"{p.name("validation of an extension")}"</xm:f></x14:formula1><xm:sqref>E2</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>'
    )
    body = f'<dimension ref="A1:E7"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><cols><col min="1" max="1" width="33.5" customWidth="1"/></cols><sheetData>{"".join(rows)}</sheetData>{after}'
    return _part("worksheet", body, 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"')


def _header(p: Planter) -> str:
    return next(value for value, place in p.values.items() if place == "table header")


def _second_sheet(p: Planter, strings: Strings, first: str) -> str:
    # A form: labels to the left of the values.
    rows = [
        f'<row r="1">{_cell("A1", strings.index("姓名"), "s")}{_cell("B1", strings.index(p.name("hidden sheet")), "s")}</row>',
        f'<row r="2">{_cell("A2", strings.index("电话"), "s")}{_cell("B2", p.phone("hidden sheet phone"))}</row>',
        f'<row r="3">{_cell("A3", strings.index("电话"), "s")}{_cell("B3", 1, "", 0, f"<f>SUM({first}!E5:E6)</f>")}</row>',
    ]
    return _part("worksheet", f"<sheetData>{''.join(rows)}</sheetData>")


def _workbook(p: Planter, first: str, second: str) -> str:
    return _part(
        "workbook",
        f'<fileSharing userName="{p.name("file sharing user")}"/><workbookPr codeName="{p.name("code name")}"/>'
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15">'
        f'<x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" url="C:\\Users\\{p.name("path")}\\"/></mc:Choice></mc:AlternateContent>'
        f'<bookViews><workbookView/></bookViews><sheets><sheet name="{first}" sheetId="1" r:id="rId1"/><sheet name="{second}" sheetId="2" state="hidden" r:id="rId2"/>'
        '<sheet name="透视" sheetId="3" r:id="rId3"/></sheets>'
        '<externalReferences><externalReference r:id="rIdExternal"/></externalReferences>'
        f'<definedNames><definedName name="{p.name("defined name")}" comment="{p.name("comment of a name")}">{first}!$A$1:$E$6</definedName>'
        f'<definedName name="_xlnm.Print_Area" localSheetId="0">{first}!$A$1:$E$7</definedName>'
        f'<definedName name="Constant">"{p.name("constant")}"</definedName><definedName name="Outside">[1]{p.name("external sheet")}!$A$1</definedName></definedNames>'
        '<calcPr calcId="1"/>'
        f'<customWorkbookViews><customWorkbookView name="{p.name("custom view")}" guid="{{00000000-0000-0000-0000-000000000001}}" windowWidth="1" windowHeight="1" activeSheetId="1"/></customWorkbookViews>'
        '<pivotCaches><pivotCache cacheId="1" r:id="rIdCache"/></pivotCaches>',
    )


def _pivot(p: Planter, sheet: str) -> dict[str, str]:
    name, number, day = p.name("pivot item"), p.phone("pivot number"), "1988-02-03"
    p.take(day, "pivot date")
    return {
        "xl/pivotCache/pivotCacheDefinition1.xml": _part(
            "pivotCacheDefinition",
            f'<cacheSource type="worksheet"><worksheetSource ref="A1:E6" sheet="{sheet}"/></cacheSource><cacheFields count="3">'
            f'<cacheField name="{p.name("pivot field")}"><sharedItems count="1"><s v="{name}"/></sharedItems></cacheField>'
            f'<cacheField name="n"><sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1" containsInteger="1" minValue="1" maxValue="{number}" count="1"><n v="{number}"/></sharedItems></cacheField>'
            f'<cacheField name="d"><sharedItems containsSemiMixedTypes="0" containsNonDate="0" containsDate="1" containsString="0" count="1"><d v="{day}T00:00:00"/></sharedItems></cacheField></cacheFields>',
            f'r:id="rIdRecords" refreshedBy="{p.name("refreshed by")}" recordCount="1"',
        ),
        "xl/pivotCache/pivotCacheRecords1.xml": _part(
            "pivotCacheRecords", f'<r><x v="0"/><s v="{p.name("pivot record")}"/></r>'
        ),
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": relations(
            ("rIdRecords", "pivotCacheRecords", "pivotCacheRecords1.xml")
        ),
        "xl/pivotTables/pivotTable1.xml": _part(
            "pivotTableDefinition",
            '<location ref="A1:B3" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="3"><pivotField axis="axisRow" showAll="0">'
            '<items count="2"><item x="0"/><item t="default"/></items></pivotField><pivotField dataField="1" showAll="0"/><pivotField showAll="0"/></pivotFields>'
            f'<rowFields count="1"><field x="0"/></rowFields><rowItems count="1"><i><x/></i></rowItems><dataFields count="1"><dataField name="求和:{p.name("pivot data field")}" fld="1"/></dataFields>',
            f'name="{p.name("pivot table")}" cacheId="1" dataCaption="值"',
        ),
        "xl/pivotTables/_rels/pivotTable1.xml.rels": relations(
            ("rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
        ),
        "xl/worksheets/sheet3.xml": _part(
            "worksheet",
            '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>行</t></is></c></row></sheetData>',
        ),
        "xl/worksheets/_rels/sheet3.xml.rels": relations(
            ("rId1", "pivotTable", "../pivotTables/pivotTable1.xml")
        ),
    }


def _comments(p: Planter) -> dict[str, str]:
    threaded = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    text = p.name("comment over runs")
    return {
        "xl/comments1.xml": _part(
            "comments",
            f'<authors><author>{p.name("comment author")}</author></authors><commentList><comment ref="A2" authorId="0"><text>'
            f"<r><rPr><b/></rPr><t>{text[:1]}</t></r><r><t>{text[1:]}</t></r></text></comment></commentList>",
        ),
        "xl/threadedComments/threadedComment1.xml": f'{_DECLARATION}<ThreadedComments xmlns="{threaded}"><threadedComment ref="A3" dT="2023-05-06T10:00:00.00" '
        f'personId="{{00000000-0000-0000-0000-000000000002}}" id="{{00000000-0000-0000-0000-000000000003}}"><text>{p.name("threaded comment")}</text></threadedComment></ThreadedComments>',
        "xl/persons/person.xml": f'{_DECLARATION}<personList xmlns="{threaded}"><person displayName="{p.name("person")}" id="{{00000000-0000-0000-0000-000000000002}}" '
        f'userId="S::{p.name("user id")}@example.com::1" providerId="AD"/></personList>',
        "xl/drawings/vmlDrawing1.vml": '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" path="m,l,21600r21600,l21600,xe"/>'
        f'<v:shape id="_x0000_s1025" type="#_x0000_t202" style="position:absolute;margin-left:59pt" alt="{p.name("VML alt")}"><v:textbox><div style="text-align:left">'
        f'{p.name("VML text")}<br>行</div><div>患者{_in_fonts(p.name("VML text over runs"))}</div></v:textbox><x:ClientData ObjectType="Note"><x:Anchor>1, 15, 0, 2, 3, 31, 4, 1</x:Anchor><x:Row>1</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>',
    }


def _in_fonts(value: str) -> str:
    return f'<font face="宋体">{value[:1]}</font><font>{value[1:]}</font>'


def _drawing(p: Planter) -> str:
    spot = "<xdr:from><xdr:col>6</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{0}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{1}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    text = p.name("text box over runs")
    shape = (
        f'<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="{p.name("shape name")}" descr="{p.name("shape descr")}"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>'
        '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1000000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>'
        f'<xdr:txBody><a:bodyPr/><a:p><a:r><a:rPr b="1"/><a:t>{text[:2]}</a:t></a:r><a:r><a:t>{text[2:]}</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
    )
    chart = (
        '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="3" name="Chart 1"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rIdChart"/></a:graphicData></a:graphic></xdr:graphicFrame>'
    )
    picture = (
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="4" name="P"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rIdImage"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="100000" cy="100000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>'
    )
    anchors = "".join(
        f"<xdr:twoCellAnchor>{spot.format(row, row + 5)}{content}<xdr:clientData/></xdr:twoCellAnchor>"
        for row, content in ((1, shape), (8, chart), (20, picture))
    )
    return (
        f'{_DECLARATION}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:r="{R}" '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{anchors}</xdr:wsDr>'
    )


def _styles(p: Planter) -> str:
    return _part(
        "styles",
        f'<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="&quot;{p.name("number format")}&quot;0"/></numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        f'<cellStyles count="1"><cellStyle name="{p.name("cell style")}" xfId="0"/></cellStyles>',
    )


def _table(p: Planter) -> str:
    columns = "".join(
        f'<tableColumn id="{index}" name="{name}"/>'
        for index, name in enumerate((_header(p), "电话", "出生日期", "备注", "证件"), 1)
    )
    return _part(
        "table",
        f'<autoFilter ref="A1:E6"/><tableColumns count="5">{columns}</tableColumns><tableStyleInfo name="TableStyleMedium2"/>',
        f'id="1" name="Table1" displayName="Table1" ref="A1:E6" comment="{p.name("table comment")}"',
    )


_PARTS = {
    "xl/workbook.xml": f"{_EXCEL}sheet.main+xml",
    "xl/worksheets/sheet1.xml": f"{_EXCEL}worksheet+xml",
    "xl/worksheets/sheet2.xml": f"{_EXCEL}worksheet+xml",
    "xl/worksheets/sheet3.xml": f"{_EXCEL}worksheet+xml",
    "xl/sharedStrings.xml": f"{_EXCEL}sharedStrings+xml",
    "xl/styles.xml": f"{_EXCEL}styles+xml",
    "xl/tables/table1.xml": f"{_EXCEL}table+xml",
    "xl/comments1.xml": f"{_EXCEL}comments+xml",
    "xl/threadedComments/threadedComment1.xml": "application/vnd.ms-excel.threadedcomments+xml",
    "xl/persons/person.xml": "application/vnd.ms-excel.person+xml",
    "xl/drawings/drawing1.xml": "application/vnd.openxmlformats-officedocument.drawing+xml",
    "xl/charts/chart1.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "xl/pivotCache/pivotCacheDefinition1.xml": f"{_EXCEL}pivotCacheDefinition+xml",
    "xl/pivotCache/pivotCacheRecords1.xml": f"{_EXCEL}pivotCacheRecords+xml",
    "xl/pivotTables/pivotTable1.xml": f"{_EXCEL}pivotTable+xml",
    "xl/externalLinks/externalLink1.xml": f"{_EXCEL}externalLink+xml",
    "xl/connections.xml": f"{_EXCEL}connections+xml",
    "xl/calcChain.xml": f"{_EXCEL}calcChain+xml",
    "xl/cellimages.xml": "application/vnd.wps-officedocument.cellimage+xml",
    "xl/customProperty1.bin": f"{_EXCEL}customProperty",
    "xl/printerSettings/printerSettings1.bin": f"{_EXCEL}printerSettings",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
    "bin": "application/vnd.openxmlformats-officedocument.oleObject",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def hostile(p: Planter) -> dict[str, bytes | str]:
    """The parts of the workbook."""
    secret = p.name("binary part").encode("utf-16-le")
    first, second = p.name("sheet name"), p.name("name of a hidden sheet")
    strings = Strings()
    sheets = {
        "xl/worksheets/sheet1.xml": _first_sheet(p, strings, second),
        "xl/worksheets/sheet2.xml": _second_sheet(p, strings, first),
    }
    chart = _chart(p).replace("Sheet1!$B$1", f"{first}!$A$1").replace('<c:externalData r:id="rIdData"/>', "")
    return {
        "[Content_Types].xml": content_types(_PARTS, _DEFAULTS),
        "_rels/.rels": relations(
            ("rId1", "officeDocument", "xl/workbook.xml"),
            ("rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", "extended-properties", "docProps/app.xml"),
            ("rId4", "custom-properties", "docProps/custom.xml"),
        ),
        **properties(p),
        "xl/workbook.xml": _workbook(p, first, second),
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "worksheet", "worksheets/sheet2.xml"),
            ("rId3", "worksheet", "worksheets/sheet3.xml"),
            ("rId4", "sharedStrings", "sharedStrings.xml"),
            ("rId5", "styles", "styles.xml"),
            ("rId6", "calcChain", "calcChain.xml"),
            ("rId7", "connections", "connections.xml"),
            ("rId8", "http://schemas.microsoft.com/office/2017/10/relationships/person", "persons/person.xml"),
            ("rId9", "customXml", "../customXml/item1.xml"),
            ("rIdCells", "http://www.wps.cn/officeDocument/2020/cellImage", "cellimages.xml"),
            ("rIdExternal", "externalLink", "externalLinks/externalLink1.xml"),
            ("rIdCache", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
        ),
        **sheets,
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("rIdMail", "hyperlink", f"mailto:{quote(p.name('mail link'))}@example.com", "External"),
            ("rIdTable", "table", "../tables/table1.xml"),
            ("rIdComments", "comments", "../comments1.xml"),
            ("rIdThreaded", "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", "../threadedComments/threadedComment1.xml"),
            ("rIdVml", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("rIdDrawing", "drawing", "../drawings/drawing1.xml"),
            ("rIdPrinter", "printerSettings", "../printerSettings/printerSettings1.bin"),
            ("rIdCustom", "customProperty", "../customProperty1.bin"),
            ("rIdOle", "oleObject", "../embeddings/oleObject1.bin"),
            ("rIdWord", "package", "../embeddings/inner.docx"),
        ),
        "xl/sharedStrings.xml": _part("sst", "".join(strings.items), f'count="99" uniqueCount="{len(strings.items)}"'),
        "xl/styles.xml": _styles(p),
        "xl/tables/table1.xml": _table(p),
        **_comments(p),
        **_pivot(p, second),
        "xl/drawings/drawing1.xml": _drawing(p),
        "xl/drawings/_rels/drawing1.xml.rels": relations(("rIdChart", "chart", "../charts/chart1.xml"), ("rIdImage", "image", "../media/image1.png")),
        "xl/charts/chart1.xml": chart,
        "xl/media/image1.png": blank_png(30, 20) + secret,
        "xl/externalLinks/externalLink1.xml": _part(
            "externalLink",
            f'<externalBook r:id="rId1"><sheetNames><sheetName val="{p.name("external sheet name")}"/></sheetNames><sheetDataSet><sheetData sheetId="0">'
            f'<row r="1"><cell r="A1" t="str"><v>{p.name("external cache")}</v></cell></row></sheetData></sheetDataSet></externalBook>',
        ),
        "xl/externalLinks/_rels/externalLink1.xml.rels": relations(("rId1", "externalLinkPath", f"file:///C:/{p.name('external path')}.xlsx", "External")),
        "xl/connections.xml": _part("connections", f'<connection id="1" name="{p.name("connection")}"/>'),
        "xl/calcChain.xml": _part("calcChain", '<c r="A4" i="1"/>'),
        "xl/cellimages.xml": f'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:r="{R}" '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="ID_343DFC770DE840EFB3B0EC4FD4D2FCC0" descr="{p.name("picture in a cell")}"/>'
        '<xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic></etc:cellImage></etc:cellImages>',
        "xl/_rels/cellimages.xml.rels": relations(("rId1", "image", "media/image2.png")),
        "xl/media/image2.png": blank_png(30, 20) + secret,
        "xl/customProperty1.bin": secret,
        "xl/printerSettings/printerSettings1.bin": secret,
        "xl/embeddings/oleObject1.bin": secret,
        "xl/embeddings/inner.docx": simple(p.name("embedded document")),
        "customXml/item1.xml": f"{_DECLARATION}<r><姓名>{p.name('customXml')}</姓名></r>",
    }  # fmt: skip
