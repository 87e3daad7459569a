"""A presentation with a value planted in every place that is known to hold text.

python-pptx makes what it can; the other parts are put into the package by hand.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from urllib.parse import quote

import hostile_docx
from planting import Planter, zipped
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.slide import Slide
from pptx.util import Cm, Pt

from deid.formats.ooxml.images import blank_png

_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = f'xmlns:p="{_P}" xmlns:a="{_A}" xmlns:r="{_R}"'
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_P188 = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml."
_DRAWING = "application/vnd.openxmlformats-officedocument.drawingml."
_MS = "http://schemas.microsoft.com/office/"
_MORE_TYPES = {
    "ppt/comments/comment1.xml": f"{_SLIDES}comments+xml",
    "ppt/commentAuthors.xml": f"{_SLIDES}commentAuthors+xml",
    "ppt/comments/modernComment_100_0.xml": "application/vnd.ms-powerpoint.comments+xml",
    "ppt/authors.xml": "application/vnd.ms-powerpoint.authors+xml",
    "ppt/tags/tag1.xml": f"{_SLIDES}tags+xml",
    "ppt/handoutMasters/handoutMaster1.xml": f"{_SLIDES}handoutMaster+xml",
    "ppt/changesInfos/changesInfo1.xml": "application/vnd.ms-powerpoint.changesinfo+xml",
    "ppt/diagrams/data1.xml": f"{_DRAWING}diagramData+xml",
    "ppt/diagrams/layout1.xml": f"{_DRAWING}diagramLayout+xml",
    "ppt/diagrams/quickStyle1.xml": f"{_DRAWING}diagramStyle+xml",
    "ppt/diagrams/colors1.xml": f"{_DRAWING}diagramColors+xml",
    "ppt/diagrams/drawing1.xml": "application/vnd.ms-office.drawingml.diagramDrawing+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    "ppt/vbaProject.bin": "application/vnd.ms-office.vbaProject",
    "ppt/drawings/vmlDrawing1.vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
    "ppt/activeX/activeX1.xml": "application/vnd.ms-office.activeX+xml",
}
_MORE_DEFAULTS = {
    "bin": "application/vnd.openxmlformats-officedocument.oleObject",
    "mp4": "video/mp4",
    "wav": "audio/x-wav",
    "fntdata": "application/x-fontdata",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "svg": "image/svg+xml",
}


def hostile(p: Planter) -> bytes:
    return _with_more(_visible(p), p)


# --- what python-pptx can make


def _visible(p: Planter) -> dict[str, bytes]:
    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = p.name("title")
    _runs(first, p)
    _shapes(first, p)
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "检查结果"
    _table(second, p)
    _chart(second, p)
    _beside(deck.slides.add_slide(deck.slide_layouts[6]), p)
    notes = first.notes_slide
    notes.notes_text_frame.text = p.name("notes")
    deck.slide_layouts[1].placeholders[0].text_frame.text = p.name("placeholder of a layout")
    deck.slide_layouts[1].name = p.name("layout name")
    deck.slide_master.placeholders[0].text_frame.text = p.name("placeholder of the master")
    deck.notes_master.placeholders[0].text_frame.text = p.name("notes master")
    buffer = io.BytesIO()
    deck.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}


def _runs(slide: Slide, p: Planter) -> None:
    """A value over three runs, each with its own format, and one over a line break."""
    frame = slide.placeholders[1].text_frame
    paragraph = frame.paragraphs[0]
    name = p.name("runs")
    for text, bold in (
        ("患者", False),
        (name[:1], True),
        (name[1:2], False),
        (name[2:], True),
        ("，男", False),
    ):
        run = paragraph.add_run()
        run.text, run.font.bold = text, bold
    link = frame.add_paragraph().add_run()
    link.text = p.name("link text")
    link.hyperlink.address = f"http://example.com/{quote(p.name('link, percent'))}?m={p.phone('link phone')}"
    path = frame.add_paragraph().add_run()
    path.text = "附件"
    path.hyperlink.address = f"file:///C:/Users/{p.name('link to a file')}/a.docx"


def _shapes(slide: Slide, p: Planter) -> None:
    box = slide.shapes.add_textbox(Cm(1), Cm(14), Cm(8), Cm(1))
    box.name = p.name("shape name")
    box.text_frame.text = p.name("text box")
    group = slide.shapes.add_group_shape()
    inner = group.shapes.add_textbox(Cm(10), Cm(14), Cm(5), Cm(1))
    inner.text_frame.text = p.name("group")
    group.name = p.name("group name")
    picture = slide.shapes.add_picture(io.BytesIO(blank_png(30, 20)), Cm(16), Cm(14), Cm(3), Cm(2))
    mark = picture._element.nvPicPr.cNvPr
    mark.set("descr", p.name("picture descr"))
    mark.set("title", p.name("picture title"))
    mark.set("name", p.name("picture name"))
    box.click_action.hyperlink.address = f"mailto:{p.take('ouyang.qiu@example.com', 'mail link')}"
    box._element.nvSpPr.cNvPr[0].set("tooltip", p.name("tooltip"))


def _table(slide: Slide, p: Planter) -> None:
    table = slide.shapes.add_table(2, 2, Cm(1), Cm(5), Cm(10), Cm(2)).table
    for column, (head, value) in enumerate((("姓名", p.name("cell")), ("电话", p.phone("cell phone")))):
        table.cell(0, column).text, table.cell(1, column).text = head, value


def _chart(slide: Slide, p: Planter) -> None:
    data = CategoryChartData()
    data.categories = [p.name("chart category"), "二月"]
    data.add_series(p.name("chart series"), (1.5, 2))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(12), Cm(5), Cm(10), Cm(8), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = p.name("chart title")


def _beside(slide: Slide, p: Planter) -> None:
    """A label and its value, and a number in three boxes beside one another."""
    p.take("13912345678", "phone over three boxes")
    for index, text in enumerate(("电话", "139", "1234", "5678")):
        box = slide.shapes.add_textbox(Cm(1 + 4 * index), Cm(3), Cm(3), Cm(1))
        box.text_frame.text = text
        box.text_frame.paragraphs[0].runs[0].font.size = Pt(18)


# --- what it cannot


def _with_more(parts: Mapping[str, bytes], p: Planter) -> bytes:
    made: dict[str, bytes | str] = dict(parts)
    made |= _comments(p) | _diagram(p) | _loose(p) | hostile_docx.properties(p)
    made["ppt/slides/slide1.xml"] = _slide(made["ppt/slides/slide1.xml"], p)
    made["ppt/presentation.xml"] = _presentation(made["ppt/presentation.xml"], p)
    _related(made, "ppt/slides/_rels/slide1.xml.rels", _slide_relations(p))
    _related(
        made,
        "ppt/_rels/presentation.xml.rels",
        _relation("rIdA", "commentAuthors", "commentAuthors.xml")
        + _relation("rIdB", f"{_MS}2018/10/relationships/authors", "authors.xml")
        + _relation("rIdT", "tags", "tags/tag1.xml")
        + _relation("rIdH", "handoutMaster", "handoutMasters/handoutMaster1.xml")
        + _relation("rIdF", "font", "fonts/font1.fntdata")
        + _relation("rIdV", f"{_MS}2006/relationships/vbaProject", "vbaProject.bin")
        + _relation("rIdC", f"{_MS}2016/11/relationships/changesInfo", "changesInfos/changesInfo1.xml")
        + _relation("rIdX", "customXml", "../customXml/item1.xml"),
    )
    _related(made, "_rels/.rels", _relation("rIdP", "custom-properties", "docProps/custom.xml"))
    types = _text(made["[Content_Types].xml"])
    more = "".join(f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in _MORE_DEFAULTS.items() if f'Extension="{e}"' not in types)  # fmt: skip
    more += "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in _MORE_TYPES.items())
    made["[Content_Types].xml"] = types.replace("</Types>", more + "</Types>")
    return zipped(made)


def _text(part: bytes | str) -> str:
    return part.decode() if isinstance(part, bytes) else part


def _related(parts: dict[str, bytes | str], name: str, more: str) -> None:
    parts[name] = _text(parts[name]).replace("</Relationships>", more + "</Relationships>")


def _relation(id: str, kind: str, target: str, external: bool = False) -> str:
    type = kind if kind.startswith("http") else f"{_R}/{kind}"
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{id}" Type="{type}" Target="{target}"{mode}/>'


def _slide_relations(p: Planter) -> str:
    return (
        _relation("rIdOld", "comments", "../comments/comment1.xml")
        + _relation("rIdNew", f"{_MS}2018/10/relationships/comments", "../comments/modernComment_100_0.xml")
        + _relation("rIdVideo", "video", f"../media/{quote(p.name('name of a film'))}.mp4")
        + _relation("rIdMedia", f"{_MS}2007/relationships/media", "../media/media1.mp4")
        + _relation("rIdSound", "audio", "../media/sound.wav")
        + _relation("rIdOle", "oleObject", "../embeddings/oleObject1.bin")
        + _relation("rIdDoc", "package", "../embeddings/inner.docx")
        + _relation("rIdPreview", "image", "../media/preview.png")
        + _relation("rIdSvg", "image", "../media/drawing.svg")
        + _relation("rIdData", "diagramData", "../diagrams/data1.xml")
        + _relation("rIdLayout", "diagramLayout", "../diagrams/layout1.xml")
        + _relation("rIdStyle", "diagramQuickStyle", "../diagrams/quickStyle1.xml")
        + _relation("rIdColors", "diagramColors", "../diagrams/colors1.xml")
        + _relation("rIdDrawn", f"{_MS}2007/relationships/diagramDrawing", "../diagrams/drawing1.xml")
        + _relation("rIdVml", "vmlDrawing", "../drawings/vmlDrawing1.vml")
        + _relation("rIdControl", "control", "../activeX/activeX1.xml")
        + _relation("rIdLinked", "image", f"file:///C:/{p.name('linked picture')}.png", True)
    )


def _frame(id: int, name: str, uri: str, content: str) -> str:
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{id}" name="{name}"/><p:cNvGraphicFramePr/><p:nvPr/>'
        '</p:nvGraphicFramePr><p:xfrm><a:off x="7000000" y="300000"/><a:ext cx="900000" cy="600000"/></p:xfrm>'
        f'<a:graphic><a:graphicData uri="{uri}">{content}</a:graphicData></a:graphic></p:graphicFrame>'
    )


def _picture(id: int, name: str, embed: str, inside: str = "") -> str:
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{id}" name="{name}"/><p:cNvPicPr/><p:nvPr>{inside}</p:nvPr></p:nvPicPr><p:blipFill>'
        f"{embed}<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>"
        '<a:off x="7000000" y="300000"/><a:ext cx="900000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></p:spPr></p:pic>"
    )


def _slide(part: bytes | str, p: Planter) -> str:
    ole = f'<p:oleObj spid="_x0000_s1026" name="{p.name("OLE object name")}" r:id="{{}}" imgW="1" imgH="1" progId="Word.Document.12"><p:embed/>'
    preview = _picture(0, "", '<a:blip r:embed="rIdPreview"/>')
    film = f'<a:videoFile r:link="rIdVideo"/><p:extLst><p:ext uri="{{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}}"><p14:media xmlns:p14="{_P14}" r:embed="rIdMedia"/></p:ext></p:extLst>'
    svg = '<a:blip r:embed="rIdPreview"><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="rIdSvg"/></a:ext></a:extLst></a:blip>'
    shapes = (
        _frame(50, p.name("OLE frame name"), f"{_P.rsplit('/', 1)[0]}/ole", ole.format("rIdOle") + preview + "</p:oleObj>")
        + _frame(51, "文档", f"{_P.rsplit('/', 1)[0]}/ole", ole.format("rIdDoc") + preview + "</p:oleObj>")
        + _frame(52, "图示", "http://schemas.openxmlformats.org/drawingml/2006/diagram",
                 '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="rIdData" r:lo="rIdLayout" r:qs="rIdStyle" r:cs="rIdColors"/>')
        + _picture(53, p.name("film shape name"), '<a:blip r:embed="rIdPreview"/>', film)
        + _picture(54, "矢量", svg)
        + _picture(55, "链接", '<a:blip r:link="rIdLinked"/>')
        + '<p:sp><p:nvSpPr><p:cNvPr id="56" name="宏"><a:hlinkClick r:id="" '
        f'action="ppaction://macro?name={p.name("macro name")}"/></p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:p><a:fld id=\"{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}\" type=\"slidenum\"><a:t>{p.name('field')}</a:t></a:fld></a:p></p:txBody></p:sp>"
    )  # fmt: skip
    after = (
        '<p:controls><p:control spid="_x0000_s1027" name="'
        + p.name("control name")
        + '" r:id="rIdControl"/></p:controls>'
    )
    end = (
        f'<p:transition><p:sndAc><p:stSnd><p:snd r:embed="rIdSound" name="{p.name("sound name")}"/></p:stSnd></p:sndAc></p:transition>'
        '<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst><p:video>'
        '<p:cMediaNode><p:cTn id="2"/><p:tgtEl><p:spTgt spid="53"/></p:tgtEl></p:cMediaNode></p:video></p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>'
    )
    text = (
        _text(part).replace("</p:spTree>", shapes + "</p:spTree>").replace("</p:cSld>", after + "</p:cSld>")
    )
    return text.replace("</p:sld>", end + "</p:sld>")


def _presentation(part: bytes | str, p: Planter) -> str:
    sections = (
        '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst xmlns:p14="'
        + _P14
        + '">'
        f'<p14:section name="{p.name("section name")}" id="{{11111111-2222-3333-4444-555555555555}}"><p14:sldIdLst><p14:sldId id="256"/>'
        "</p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>"
    )
    shows = (
        f'<p:embeddedFontLst><p:embeddedFont><p:font typeface="{p.name("embedded font")}"/><p:regular r:id="rIdF"/></p:embeddedFont></p:embeddedFontLst>'
        f'<p:custShowLst><p:custShow name="{p.name("custom show")}" id="0"><p:sldLst/></p:custShow></p:custShowLst>'
        '<p:custDataLst><p:tags r:id="rIdT"/></p:custDataLst>'
    )
    masters = '<p:handoutMasterIdLst><p:handoutMasterId r:id="rIdH"/></p:handoutMasterIdLst>'
    text = _text(part).replace("<p:sldIdLst>", masters + "<p:sldIdLst>")
    text = text.replace("<p:defaultTextStyle>", shows + "<p:defaultTextStyle>")
    return text.replace("</p:presentation>", sections + "</p:presentation>")


def _comments(p: Planter) -> dict[str, str]:
    one, two = "{AAAAAAAA-0000-0000-0000-000000000001}", "{AAAAAAAA-0000-0000-0000-000000000002}"
    body = "<p188:txBody><a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r></a:p></p188:txBody>".format
    return {
        "ppt/commentAuthors.xml": f'<p:cmAuthorLst {_SPACES}><p:cmAuthor id="0" name="{p.name("comment author")}" '
        f'initials="{p.name("author initials")}" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>',
        "ppt/comments/comment1.xml": f'<p:cmLst {_SPACES}><p:cm authorId="0" dt="2023-05-06T10:00:00" idx="1"><p:pos x="1" y="1"/>'
        f"<p:text>{p.name('comment')}</p:text></p:cm></p:cmLst>",
        "ppt/authors.xml": f'<p188:authorLst xmlns:p188="{_P188}"><p188:author id="{one}" name="{p.name("modern author")}" '
        f'initials="{p.name("modern initials")}" userId="S::{p.name("user id")}@example.com" providerId="AD"/></p188:authorLst>',
        "ppt/comments/modernComment_100_0.xml": f'<p188:cmLst xmlns:p188="{_P188}" {_SPACES}><p188:cm id="{two}" authorId="{one}" '
        f'created="{p.take("1987-03-21", "moment of a comment")}T01:02:03.004"><p188:replyLst><p188:reply id="{two}" authorId="{one}" created="2023-05-06T10:00:00.000">'
        f"{body(p.name('reply'))}</p188:reply></p188:replyLst>{body(p.name('modern comment'))}</p188:cm></p188:cmLst>",
        "ppt/tags/tag1.xml": f'<p:tagLst {_SPACES}><p:tag name="{p.name("tag name")}" val="{p.name("tag value")}"/></p:tagLst>',
    }


def _diagram(p: Planter) -> dict[str, str]:
    parts = {name.replace("word/", "ppt/"): part for name, part in hostile_docx.diagram(p).items()}
    drawn = p.name("drawn diagram")
    parts["ppt/diagrams/drawing1.xml"] = (
        f'<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" xmlns:a="{_A}"><dsp:spTree><dsp:nvGrpSpPr>'
        '<dsp:cNvPr id="0" name=""/><dsp:cNvGrpSpPr/></dsp:nvGrpSpPr><dsp:grpSpPr/><dsp:sp modelId="{AAAAAAAA-0000-0000-0000-000000000003}">'
        f'<dsp:nvSpPr><dsp:cNvPr id="0" name=""/><dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr/><dsp:txBody><a:bodyPr/><a:p><a:r><a:t>{drawn}</a:t></a:r></a:p></dsp:txBody>'
        "</dsp:sp></dsp:spTree></dsp:drawing>"
    )
    return parts


def _loose(p: Planter) -> dict[str, bytes | str]:
    """Binary parts, parts of other programs, properties, masters of handouts."""
    secret = p.name("binary part").encode("utf-16-le")
    film = p.name("name of a film, again")
    handout = p.name("handout header")
    return {
        "ppt/media/media1.mp4": b"\0\0\0\x18ftypmp42" + secret,
        f"ppt/media/{film}.mp4": secret,
        "ppt/media/sound.wav": b"RIFF" + secret,
        "ppt/media/preview.png": blank_png(20, 20) + secret,
        "ppt/media/drawing.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><text>{p.name("text of an SVG")}</text></svg>',
        "ppt/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + secret,
        "ppt/embeddings/inner.docx": hostile_docx.simple(p.name("embedded document")),
        "ppt/fonts/font1.fntdata": secret,
        "ppt/vbaProject.bin": b"\xd0\xcf\x11\xe0" + secret,
        "ppt/activeX/activeX1.xml": f"<ocx>{p.name('control')}</ocx>",
        "ppt/changesInfos/changesInfo1.xml": f"<c>{p.name('change history')}</c>",
        "ppt/drawings/vmlDrawing1.vml": '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        f'<v:shape id="_x0000_s1026" style="width:9pt;height:9pt" alt="{p.name("VML alt text")}"/></xml>',
        "ppt/handoutMasters/handoutMaster1.xml": f'<p:handoutMaster {_SPACES}><p:cSld name="{p.name("handout name")}"><p:spTree><p:nvGrpSpPr>'
        '<p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id="2" name="h"/><p:cNvSpPr/>'
        f'<p:nvPr><p:ph type="hdr"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>{handout}</a:t></a:r></a:p></p:txBody>'
        '</p:sp></p:spTree></p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
        'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/></p:handoutMaster>',
        "ppt/handoutMasters/_rels/handoutMaster1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + _relation("rId1", "theme", "../theme/theme1.xml") + "</Relationships>",
        "customXml/item1.xml": f'<记录 说明="{p.name("customXml attribute value")}"><姓名>{p.name("customXml text")}</姓名></记录>',
        "customXml/_rels/item1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + _relation("rId1", "customXmlProps", "itemProps1.xml") + "</Relationships>",
        "customXml/itemProps1.xml": f'<ds:datastoreItem ds:itemID="{{AAAAAAAA-0000-0000-0000-000000000009}}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="{p.name("schema of customXml")}"/></ds:schemaRefs></ds:datastoreItem>',
        "ppt/orphan.xml": f"<x>{p.name('part without relationship')}</x>",
    }  # fmt: skip
