"""OpenDocument with a value planted in every place that can hold text."""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode
from urllib.parse import quote

_OASIS = "office style text table meta presentation form script config chart dr3d"
NAMESPACES = " ".join(
    [f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in _OASIS.split()]
    + [
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
        'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"',
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:math="http://www.w3.org/1998/Math/MathML"',
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"',
        'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"',
    ]
)
KINDS = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def root(name, body, more=""):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<office:{name} {NAMESPACES} office:version="1.3"{more}>{body}</office:{name}>'


def package(kind, parts, mimetype="", version=""):
    mimetype = mimetype or f"application/vnd.oasis.opendocument.{KINDS[kind]}"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name, data in parts.items():
            target.writestr(name, data)
        rows = "".join(
            f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
            for name in parts
        )
        version = version and f' manifest:version="{version}"'
        target.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"{version}>'
            f'<manifest:file-entry manifest:full-path="/"{version} manifest:media-type="{mimetype}"/>{rows}</manifest:manifest>',
        )
    return buffer.getvalue()


def paragraphs(p):
    """What every kind of document may have in its text."""
    n = p.name
    split = n("split")
    spaced = n("with spaces")
    return f"""<text:p text:style-name="{n("style used")}">{n("paragraph")}<text:s text:c="2"/><text:tab/>x<text:line-break/></text:p>
<text:h text:outline-level="1">{split[:1]}<text:span text:style-name="T1">{split[1:2]}</text:span><text:span>{split[2:3]}<text:soft-page-break/></text:span>{split[3:]}</text:h>
<text:p>{spaced[:2]}<text:bookmark text:name="{n("bookmark")}"/>{spaced[2:]}<!-- {n("comment of XML")} --><?{"x"} {n("instruction")}?></text:p>
<text:p><text:a xlink:href="mailto:{n("address")}@x.cn" office:name="{n("name of a link")}" office:title="{n("title of a link")}">{n("link")}</text:a>
<text:a xlink:href="http://x.cn/?n={quote(n("percent"))}">x</text:a><text:a xlink:href="file:///C:/{quote(n("path"))}/a.odt">x</text:a><text:a xlink:href="#{n("anchor")}">x</text:a></text:p>
<text:p>a<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation text:label="{n("mark of a note")}">1</text:note-citation><text:note-body><text:p>{n("note")}</text:p></text:note-body></text:note>
<office:annotation office:name="{n("name of a comment")}"><dc:creator>{n("commentator")}</dc:creator><meta:creator-initials>{n("initials")}</meta:creator-initials><dc:date>2023-01-02T10:00:00</dc:date><text:p>{n("comment")}</text:p><text:list><text:list-item><text:p>{n("list in a comment")}</text:p></text:list-item></text:list></office:annotation></text:p>
<text:list><text:list-item><text:p>{n("list")}</text:p></text:list-item></text:list>
<table:table table:name="{n("table")}"><table:table-column/><table:table-row><table:table-cell><text:p>姓名</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="{p.phone("typed cell")}" table:formula="ooow:&quot;{n("formula of a table")}&quot;"><text:p>1.39E+10</text:p></table:table-cell><table:covered-table-cell><text:p>{n("covered cell")}</text:p></table:covered-table-cell></table:table-row>
<table:table-row><table:table-cell><table:table table:name="t"><table:table-column/><table:table-row><table:table-cell><text:p>{n("nested table")}</text:p></table:table-cell></table:table-row></table:table></table:table-cell></table:table-row></table:table>
<text:p><evil:x xmlns:evil="urn:{quote(n("namespace"))}">{n("unknown element")}</evil:x><text:span evil:y="{n("unknown attribute")}" xmlns:evil="urn:evil">x</text:span></text:p>"""


def changes(p):
    """Tracked changes, and a line with some."""
    n = p.name
    deleted, inserted = n("deleted"), n("inserted")
    changed = f"""<text:tracked-changes text:protection-key="{n("protection")}">
<text:changed-region xml:id="ct1" text:id="ct1"><text:deletion><office:change-info><dc:creator>{n("reviser")}</dc:creator><dc:date>2023-01-02T10:00:00</dc:date></office:change-info><text:p>{deleted}</text:p></text:deletion></text:changed-region>
<text:changed-region xml:id="ct2" text:id="ct2"><text:insertion><office:change-info><dc:creator>{n("writer")}</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes>"""
    return (
        changed,
        f"""<text:p>{inserted[:2]}<text:change text:change-id="ct1"/>{inserted[2:3]}<text:change-start text:change-id="ct2"/>{inserted[3:]}<text:change-end text:change-id="ct2"/></text:p>""",
    )


def frames(p):
    """Drawings: in a line of a text, or on a slide."""
    n = p.name
    return f"""<draw:frame draw:name="{n("frame")}" svg:width="3cm" svg:height="1cm"><draw:text-box draw:id="{n("id of a box")}"><text:p>{n("text box")}</text:p></draw:text-box><svg:title>{n("title of a picture")}</svg:title><svg:desc>{n("description")}</svg:desc></draw:frame>
<draw:frame svg:width="3cm" svg:height="1cm"><draw:image xlink:href="Pictures/{quote(n("name of a picture"))}.png"/></draw:frame><draw:frame><draw:image xlink:href="{quote(n("picture elsewhere"))}/a.png"/></draw:frame>
<draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame><draw:frame><draw:object-ole xlink:href="./Object 2"/></draw:frame>
<draw:custom-shape svg:width="3cm" svg:height="1cm"><text:p>{n("shape")}</text:p><draw:enhanced-geometry draw:type="{n("type of a shape")}" draw:text-path-mode="x" draw:enhanced-path="M 0 0 L 10 10 N"/></draw:custom-shape>
<draw:plugin xlink:href="{quote(n("plugin"))}"><draw:param draw:name="a" draw:value="{n("parameter")}"/></draw:plugin><draw:control draw:control="c1"/>"""


def fields(p):
    """On some of them Impress crashes."""
    n = p.name
    return f"""<text:p><text:ruby><text:ruby-base>{n("ruby base")}</text:ruby-base><text:ruby-text>{n("ruby")}</text:ruby-text></text:ruby>
<text:author-name text:fixed="true">{n("author field")}</text:author-name><text:user-defined text:name="{n("field name")}">{n("field")}</text:user-defined>
<text:placeholder text:placeholder-type="text" text:description="{n("description of a placeholder")}">&lt;{n("placeholder")}&gt;</text:placeholder>
<text:hidden-text text:string-value="{n("hidden")}" text:condition="ooow:&quot;{n("condition")}&quot;==1">x</text:hidden-text><text:conditional-text text:string-value-if-true="{n("if true")}" text:condition="1">x</text:conditional-text>
<text:drop-down text:name="d"><text:label text:value="{n("choice")}"/>x</text:drop-down><text:alphabetical-index-mark text:string-value="{n("index")}" text:key1="{n("index key")}"/>
<text:toc-mark text:string-value="{n("contents")}"/><text:bibliography-mark text:author="{n("bibliography")}" text:title="{n("book")}">x</text:bibliography-mark><text:script script:language="x">{n("script field")}</text:script>
<text:database-display text:table-name="{n("table of a database")}" text:column-name="{n("column of a database")}">{n("field of a database")}</text:database-display></text:p>
<text:p><text:variable-set text:name="{n("variable")}" office:value-type="string" office:string-value="{n("value of a variable")}" text:formula="ooow:&quot;{n("formula of a variable")}&quot;">x</text:variable-set></text:p>"""


def automatic(p):
    n = p.name
    return f"""<office:scripts><office:script script:language="Basic">{n("script")}</office:script><office:event-listeners><script:event-listener xlink:href="{n("listener")}"/></office:event-listeners></office:scripts>
<office:font-face-decls><style:font-face style:name="{n("font")}" svg:font-family="{n("family of a font")}"><svg:font-face-src><svg:font-face-uri xlink:href="Fonts/{n("file of a font")}.ttf"/></svg:font-face-src></style:font-face></office:font-face-decls>
<office:automatic-styles><style:style style:name="{n("automatic style")}" style:family="paragraph" style:display-name="{n("display name")}"><style:text-properties fo:font-family="{n("font family")}"/><style:map style:condition="of:cell-content()=&quot;{n("condition of a style")}&quot;" style:apply-style-name="x"/></style:style>
<number:number-style style:name="N1"><number:text>{n("text of a number style")}</number:text><number:currency-symbol>{n("currency")}</number:currency-symbol></number:number-style></office:automatic-styles>"""


def form(p):
    n = p.name
    return f"""<office:forms><form:form form:name="{n("form")}" xlink:href="{n("target of a form")}" form:command="{n("query")}"><form:connection-resource xlink:href="{n("connection")}"/>
<form:text xml:id="c1" form:name="{n("control")}" form:value="{n("value of a control")}" form:current-value="{n("current value")}" form:title="{n("title of a control")}"><form:properties><form:property form:property-name="HelpText" office:value-type="string" office:string-value="{n("help")}"/></form:properties></form:text>
<form:listbox form:name="l"><form:option form:label="{n("label of an option")}" form:value="{n("option")}"/></form:listbox><form:textarea form:name="t"><text:p>{n("text area")}</text:p></form:textarea></form:form></office:forms>"""


def text_document(p):
    n = p.name
    body = paragraphs(p)
    changed, line = changes(p)
    declared = f'<text:user-field-decls><text:user-field-decl text:name="u" office:value-type="string" office:string-value="{n("user field")}"/></text:user-field-decls>'
    index = f'<text:table-of-content text:name="{n("index name")}"><text:table-of-content-source><text:index-title-template>{n("title of an index")}</text:index-title-template></text:table-of-content-source><text:index-body><text:p>{n("index entry")}</text:p></text:index-body></text:table-of-content>'
    section = f'<text:section text:name="{n("section")}" text:condition="ooow:x==&quot;{n("condition of a section")}&quot;"><text:section-source xlink:href="{quote(n("source of a section"))}.odt" text:section-name="{n("name in a source")}"/><text:p>{n("in a section")}</text:p></text:section>'
    return root(
        "document-content",
        f"{automatic(p)}<office:body><office:text>{form(p)}{changed}{declared}{body}{fields(p)}<text:p>{frames(p)}</text:p>{line}{index}{section}</office:text></office:body>",
    )


def sheets(p):
    n = p.name
    body = paragraphs(p)
    sheet, area, plain = n("sheet"), n("named range"), n("quoted sheet")
    quoted_sheet = f"{plain} 表"
    cells = "".join(
        f'<table:table-cell office:value-type="{kind}" {attributes}><text:p>{shown}</text:p></table:table-cell>'
        for kind, attributes, shown in (
            ("string", "", n("cell")),
            ("string", f'office:string-value="{n("string value")}"', "shown"),
            ("float", f'office:value="{p.phone("number")}"', list(p.values)[-1]),
            ("float", f'office:value="{float(p.phone("exponent")):.10E}"', "1.39E+10"),
            ("date", f'office:date-value="{p.take("1987-03-14", "date value")}"', "87年"),
            (
                "string",
                f"table:formula=\"of:=&quot;{n('formula')}&quot;&amp;[${sheet}.A1]&amp;[$'{quoted_sheet}'.B2]&amp;{area}\"",
                n("result"),
            ),
            (
                "string",
                f"table:formula=\"of:=['file:///C:/{n('external')}.ods'#$Sheet1.A1]\"",
                n("external result"),
            ),
        )
    )
    return root(
        "document-content",
        f"""{automatic(p)}<office:body><office:spreadsheet>
<table:calculation-settings/><table:content-validations><table:content-validation table:name="val1" table:condition="of:cell-content-is-in-list(&quot;{n("validation")}&quot;)" table:base-cell-address="${sheet}.A1"><table:help-message table:title="{n("title of help")}"><text:p>{n("message of help")}</text:p></table:help-message><table:error-message table:title="{n("title of an error")}"><text:p>{n("message of an error")}</text:p></table:error-message></table:content-validation></table:content-validations>
<table:table table:name="{sheet}" table:print-ranges="${sheet}.A1:${sheet}.B2"><table:title>{n("title of a sheet")}</table:title><table:desc>{n("description of a sheet")}</table:desc>{form(p)}<table:shapes><draw:frame><draw:text-box><text:p>{n("shape on a sheet")}</text:p></draw:text-box></draw:frame></table:shapes>
<table:table-column table:number-columns-repeated="3"/><table:table-row table:number-rows-repeated="3">{n("before cells")}{cells}{n("behind cells")}</table:table-row>
<table:table-row><table:table-cell table:number-columns-repeated="100"/><table:table-cell table:content-validation-name="val1"><office:annotation><dc:creator>{n("commentator of a cell")}</dc:creator><text:p>{n("comment of a cell")}</text:p></office:annotation>{body}{fields(p)}<text:p>{frames(p)}</text:p></table:table-cell></table:table-row>
<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="{sheet}.A1:{sheet}.B2"><calcext:condition calcext:value="=&quot;{n("conditional format")}&quot;" calcext:base-cell-address="{sheet}.A1"/></calcext:conditional-format></calcext:conditional-formats></table:table>
<table:table table:name="{quoted_sheet}"><table:scenario table:comment="{n("scenario")}"/><table:table-column/><table:table-row><table:table-cell/></table:table-row></table:table>
<table:named-expressions><table:named-range table:name="{area}" table:base-cell-address="${sheet}.$A$1" table:cell-range-address="${sheet}.$A$1"/><table:named-expression table:name="e" table:expression="of:=&quot;{n("named expression")}&quot;"/></table:named-expressions>
<table:database-ranges><table:database-range table:name="{n("database range")}" table:target-range-address="{sheet}.A1:{sheet}.B2"><table:filter><table:filter-condition table:value="{n("filter")}" table:operator="=" table:field-number="0"/></table:filter></table:database-range></table:database-ranges>
<table:data-pilot-tables><table:data-pilot-table table:name="{n("pivot")}" table:target-range-address="{sheet}.A1"><table:data-pilot-field table:source-field-name="{n("pivot field")}"><table:data-pilot-level><table:data-pilot-members><table:data-pilot-member table:name="{n("pivot member")}"/></table:data-pilot-members></table:data-pilot-level></table:data-pilot-field></table:data-pilot-table></table:data-pilot-tables>
<table:tracked-changes><table:cell-content-change table:id="1"><office:change-info><dc:creator>{n("reviser of a cell")}</dc:creator><text:p>{n("note on a change")}</text:p></office:change-info><table:previous><table:change-track-table-cell office:value-type="string"><text:p>{n("previous")}</text:p></table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>
<table:dde-links><table:dde-link><office:dde-source office:dde-topic="{n("dde")}"/></table:dde-link></table:dde-links></office:spreadsheet></office:body>""",
    )


def slides(p):
    n = p.name
    body = paragraphs(p)
    return root(
        "document-content",
        f"""{automatic(p)}<office:body><office:presentation><presentation:header-decl presentation:name="h">{n("header of slides")}</presentation:header-decl><presentation:footer-decl presentation:name="f">{n("footer of slides")}</presentation:footer-decl><presentation:date-time-decl presentation:name="d" presentation:source="fixed">{n("day of slides")}</presentation:date-time-decl>
<draw:page draw:name="{n("page")}" draw:master-page-name="Default">{form(p)}<draw:frame presentation:class="title"><draw:text-box>{body}</draw:text-box></draw:frame>{frames(p)}<draw:g draw:name="{n("group")}"><draw:rect><text:p>{n("in a group")}</text:p></draw:rect></draw:g>
<draw:connector><text:p>{n("connector")}</text:p></draw:connector><presentation:notes><draw:page-thumbnail/><draw:frame presentation:class="notes"><draw:text-box><text:p>{n("notes")}</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>
<presentation:settings><presentation:show presentation:name="{n("show")}" presentation:pages="x"/></presentation:settings></office:presentation></office:body>""",
    )


CONTENTS = {"odt": text_document, "ods": sheets, "odp": slides}


def hostile(p, kind):
    n = p.name
    content = CONTENTS[kind](p)
    picture = next(value for value, place in p.values.items() if place == "name of a picture")
    styles = root(
        "document-styles",
        f"""<office:styles><style:style style:name="{n("style")}" style:family="paragraph" style:parent-style-name="{n("parent style")}" style:next-style-name="Text_20_{n("next style")}"/><text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-prefix="{n("prefix of numbers")}" style:num-suffix="{n("suffix of numbers")}"/></text:outline-style><draw:fill-image draw:name="{n("fill")}" xlink:href="Pictures/a.png"/></office:styles>
<office:master-styles><style:master-page style:name="{n("master")}" style:page-layout-name="pm1"><style:header><text:p>{n("header")}</text:p></style:header><style:footer-left><text:p>{n("footer")}</text:p></style:footer-left><draw:frame><draw:text-box><text:p>{n("on a master")}</text:p></draw:text-box></draw:frame></style:master-page></office:master-styles>""",
    )
    meta = root(
        "document-meta",
        f"""<office:meta><meta:generator>{n("generator")}</meta:generator><dc:title>{n("title")}</dc:title><dc:subject>{n("subject")}</dc:subject><dc:description>{n("notes of properties")}</dc:description><meta:keyword>{n("keyword")}</meta:keyword>
<meta:initial-creator>{n("first author")}</meta:initial-creator><dc:creator>{n("author")}</dc:creator><meta:printed-by>{n("printed by")}</meta:printed-by><meta:template xlink:href="/home/{n("template")}" xlink:title="{n("title of a template")}"/><meta:auto-reload xlink:href="/{n("reload")}"/><meta:user-defined meta:name="{n("property")}">{n("value of a property")}</meta:user-defined><dc:language>{n("language")}</dc:language></office:meta>""",
    )
    settings = root(
        "document-settings",
        f"""<office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item config:name="ActiveTable" config:type="string">{n("active table")}</config:config-item><config:config-item-map-named config:name="Tables"><config:config-item-map-entry config:name="{n("table in settings")}"/></config:config-item-map-named></config:config-item-set>
<config:config-item-set config:name="ooo:configuration-settings"><config:config-item config:name="PrinterName" config:type="string">{n("printer")}</config:config-item><config:config-item config:name="PrinterSetup" config:type="base64Binary">{b64encode(n("set-up of a printer").encode()).decode()}</config:config-item><config:config-item config:name="RedlineProtectionKey" config:type="base64Binary">{b64encode(n("key").encode()).decode()}</config:config-item></config:config-item-set></office:settings>""",
    )
    chart = root(
        "document-content",
        f"""<office:body><office:chart><chart:chart chart:class="chart:bar"><chart:title><text:p>{n("title of a chart")}</text:p></chart:title><chart:plot-area><chart:series chart:values-cell-range-address="Sheet1.A1:Sheet1.A2" chart:label-cell-address="&quot;{n("label of a series")}&quot;"/></chart:plot-area><table:table table:name="local-table"><table:table-rows note="{n("attribute of rows")}">{n("before rows")}<table:table-row><table:table-cell office:value-type="string"><text:p>{n("cell of a chart")}</text:p>{n("behind a paragraph")}</table:table-cell></table:table-row>{n("behind rows")}</table:table-rows></table:table></chart:chart></office:chart></office:body>""",
    )
    formula = f'<math:math xmlns:math="http://www.w3.org/1998/Math/MathML"><math:semantics><math:mtext>{n("formula text")}</math:mtext><math:annotation math:encoding="StarMath 5.0">"{n("annotation of a formula")}"</math:annotation></math:semantics></math:math>'
    return package(
        kind,
        {
            "content.xml": content,
            "styles.xml": styles,
            "meta.xml": meta,
            "settings.xml": settings,
            f"Pictures/{picture}.png": n("picture").encode(),
            "Pictures/a.png": n("second picture").encode(),
            "Object 1/content.xml": chart,
            "Object 2": n("ole").encode("utf-16-le"),
            f"{n('folder of an object')}/content.xml": formula,
            "ObjectReplacements/Object 1": n("replacement").encode(),
            "Thumbnails/thumbnail.png": n("thumbnail").encode(),
            "Basic/Standard/Module1.xml": f"<x>{n('macro')}</x>",
            "Scripts/python/x.py": n("python"),
            "Dialogs/x.xml": f"<x>{n('dialog')}</x>",
            "META-INF/documentsignatures.xml": f"<x>{n('signature')}</x>",
            "manifest.rdf": n("rdf"),
            "Versions/v1": n("version"),
            "VersionList.xml": f"<x>{n('versions')}</x>",
            "Fonts/a.ttf": n("font file"),
            "Configurations2/accelerator/current.xml": f"<x>{n('configuration')}</x>",
            f"{n('name of a part')}.bin": n("unknown part").encode(),
            "layout-cache": n("cache"),
        },
    )
