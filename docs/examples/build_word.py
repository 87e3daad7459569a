"""Word documents from a specification: python-docx, and raw markup for what it does not know."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from build_marks import MOMENT, plain, repacked, runs, unbroken
from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_PROPERTIES = {"title", "author", "subject", "keywords", "comments", "category", "last_modified_by"}
_EXTENDED = {"company": "Company", "manager": "Manager"}
_DATES = re.compile(rb' w:date="[^"]*"')
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def build(spec: Mapping[str, Any]) -> tuple[bytes, list[str]]:
    """The package and its text units in marked text."""
    document = Document()
    units = list(_begin(document, spec))
    notes: list[str] = []
    for item in spec["body"]:
        units += _item(document, item, notes)
    _footnotes(document, notes)
    units += notes
    out = io.BytesIO()
    document.save(out)
    changes = {"word/comments.xml": lambda xml: _DATES.sub(f' w:date="{MOMENT}"'.encode(), xml)}
    return repacked(out.getvalue(), changes), units


def _begin(document: DocxDocument, spec: Mapping[str, Any]) -> Iterator[str]:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    moment = datetime.fromisoformat(MOMENT.removesuffix("Z"))
    core = document.core_properties
    core.created = core.modified = moment
    core.revision, core.author, core.comments = 1, "", ""
    extended = ""
    for name, value in spec.get("properties", {}).items():
        yield value
        if name in _EXTENDED:
            extended += f"<{_EXTENDED[name]}>{escape(plain(value))}</{_EXTENDED[name]}>"
        elif name in _PROPERTIES:
            setattr(core, name, plain(value))
        else:
            raise ValueError(f"no property called {name}")
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
        elif relation.reltype.endswith("/extended-properties"):
            relation.target_part._blob = (
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
                f"<Application>Microsoft Office Word</Application>{extended}</Properties>"
            ).encode()
    section = document.sections[0]
    for name, place in (("header", section.header), ("footer", section.footer)):
        if name in spec:
            _write(place.paragraphs[0], spec[name])
            yield unbroken(spec[name])


def _item(document: DocxDocument, item: Any, notes: list[str]) -> Iterator[str]:
    """One item of the body: a paragraph, or a mapping that says what else it is."""
    item = {"text": item} if isinstance(item, str) else item
    if "heading" in item:
        document.add_heading(plain(item["heading"]), level=1)
    elif "bullet" in item:
        _write(document.add_paragraph(style="List Bullet"), item["bullet"])
        yield unbroken(item["bullet"])
    elif "table" in item:
        yield from _table(document, item["table"])
    elif "changes" in item:
        yield from _changes(document.add_paragraph(), item["changes"])
    elif "textbox" in item:
        yield from _textbox(document, item["textbox"])
    else:
        yield from _paragraph(document, item, notes)


def _write(paragraph: Paragraph, marked: str) -> None:
    for index, text in enumerate(runs(marked)):
        paragraph.add_run(text).bold = True if index % 2 else None


def _paragraph(document: DocxDocument, item: Mapping[str, Any], notes: list[str]) -> Iterator[str]:
    paragraph = document.add_paragraph()
    _write(paragraph, item["text"])
    yield unbroken(item["text"])
    if "footnote" in item:
        notes.append(item["footnote"])
        paragraph._p.append(
            _xml(
                '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                f'<w:footnoteReference w:id="{len(notes)}"/></w:r>'
            )
        )
    if "comment" in item:
        comment = item["comment"]
        document.add_comment(
            paragraph.runs, plain(comment["text"]), plain(comment["author"]), comment["initials"]
        )
        yield from (comment["author"], comment["text"])
    if "link" in item:
        text, url = item["link"]["text"], item["link"]["url"]
        key = document.part.relate_to(plain(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        paragraph._p.append(
            _xml(
                f'<w:hyperlink r:id="{key}"><w:r><w:rPr><w:u w:val="single"/></w:rPr>{_text(text)}</w:r></w:hyperlink>'
            )
        )
        yield url


def _table(document: DocxDocument, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, marked in zip(row.cells, texts, strict=True):
            _write(cell.paragraphs[0], marked)
            yield unbroken(marked)
    document.add_paragraph()


def _changes(paragraph: Paragraph, pieces: Sequence[Any]) -> Iterator[str]:
    """Tracked changes; the text as accepted, as rejected, and the names of who made them."""
    before = after = ""
    authors: list[str] = []
    for number, piece in enumerate(pieces, 1):
        if isinstance(piece, str):
            _write(paragraph, piece)
            before, after = before + piece, after + piece
            continue
        kind = "ins" if "ins" in piece else "del"
        tag = "w:t" if kind == "ins" else "w:delText"
        inner = "".join(
            f'<w:r><{tag} xml:space="preserve">{escape(text)}</{tag}></w:r>' for text in runs(piece[kind])
        )
        paragraph._p.append(
            _xml(
                f'<w:{kind} w:id="{900 + number}" w:author="{escape(plain(piece["by"]))}" w:date="{MOMENT}">{inner}</w:{kind}>'
            )
        )
        before += piece[kind] if kind == "del" else ""
        after += piece[kind] if kind == "ins" else ""
        authors.append(piece["by"])
    yield from (unbroken(after), unbroken(before), *authors)


def _textbox(document: DocxDocument, lines: Sequence[str]) -> Iterator[str]:
    """A text box as Word writes it: a drawing, and the same in VML for old readers."""
    inner = "".join(f"<w:p><w:r>{_text(line)}</w:r></w:p>" for line in lines)
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    drawing = (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="4320000" cy="540000"/>'
        f'<wp:docPr id="{100 + len(document.element.body)}" name="Text Box 1"/><a:graphic><a:graphicData uri="{uri}">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4320000" cy="540000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="6350"><a:solidFill><a:srgbClr val="808080"/></a:solidFill>'
        f"</a:ln></wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    fallback = (
        f'<w:pict><v:rect style="width:340pt;height:42pt"><v:textbox>{content}</v:textbox></v:rect></w:pict>'
    )
    document.add_paragraph()._p.append(
        _xml(
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
            f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    yield from lines


def _footnotes(document: DocxDocument, notes: Sequence[str]) -> None:
    if not notes:
        return
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
        for number, (kind, tag) in enumerate(
            (("separator", "separator"), ("continuationSeparator", "continuationSeparator")), -1
        )
    )
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f"<w:r>{_text(' ' + note)}</w:r></w:p></w:footnote>"
        for number, note in enumerate(notes, 1)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:footnotes {nsdecls('w')}>{separators}{body}</w:footnotes>"
    )
    part = Part(
        PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), document.part.package
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _text(marked: str) -> str:
    return f'<w:t xml:space="preserve">{escape(plain(marked))}</w:t>'


def _xml(markup: str) -> Any:
    """An element from markup that uses the usual prefixes."""
    return parse_xml(re.sub(r"^(<[A-Za-z:]+)", rf"\1 {_NAMESPACES}", markup, count=1))
