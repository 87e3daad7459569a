"""What of a file is running text: its paragraphs are read together, cells and what stands apart are not."""

from __future__ import annotations

import html

import docx
import pptx
import pytest
from hostile_odf import package, root

from deid.formats import read

LINES = ("随访群今天跑了六户", "老钱家没人", "石头下午再去")
CELLS = ("编号", "备注", "一号", "复诊")


def word(path):
    document = docx.Document()
    document.add_paragraph(LINES[0])
    table = document.add_table(2, 2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), CELLS, strict=True):
        cell.text = text
    for line in LINES[1:]:
        document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].text = "页眉在别处"
    document.save(path)


def slides(path):
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    box = slide.shapes.add_textbox(0, 0, 9_000_000, 3_000_000).text_frame
    box.text = "\n".join(LINES)
    table = slide.shapes.add_table(2, 2, 0, 3_000_000, 9_000_000, 1_000_000).table
    for cell, text in zip(table.iter_cells(), CELLS, strict=True):
        cell.text = text
    deck.save(path)


def rich_text(path):
    def coded(text):
        return "".join(rf"\u{ord(c)}?" for c in text)

    row = rf"\trowd\cellx1000\cellx2000 \intbl {coded(CELLS[0])}\cell {coded(CELLS[1])}\cell\row "
    row += rf"\trowd\cellx1000\cellx2000 \intbl {coded(CELLS[2])}\cell {coded(CELLS[3])}\cell\row "
    body = rf"{coded(LINES[0])}\par {row}\pard " + "".join(rf"{coded(line)}\par " for line in LINES[1:])
    path.write_text(r"{\rtf1\ansi " + body + "}", "ascii")


def open_document(path):
    first, *others = (f"<text:p>{line}</text:p>" for line in LINES)
    cells = [f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in CELLS]
    rows = "".join(f"<table:table-row>{a}{b}</table:table-row>" for a, b in (cells[:2], cells[2:]))
    table = f'<table:table table:name="t">{rows}</table:table>'
    content = f"<office:body><office:text>{first}{table}{''.join(others)}</office:text></office:body>"
    path.write_bytes(package("odt", {"content.xml": root("document-content", content)}))


def page(path):
    first, *others = (f"<p>{html.escape(line)}</p>" for line in LINES)
    row = "<tr><td>{}</td><td>{}</td></tr>"
    table = f"<table>{row.format(*CELLS[:2])}{row.format(*CELLS[2:])}</table>"
    path.write_text(f"<html><body>{first}{table}{''.join(others)}</body></html>", "utf-8")


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.docx", word), ("a.pptx", slides), ("a.rtf", rich_text), ("a.odt", open_document), ("a.html", page)],
)
def test_paragraphs_of_a_part_flow_and_cells_do_not(tmp_path, name, make):
    make(tmp_path / name)
    blocks = list(read(tmp_path / name, ref="#1").blocks())
    flows = {block.text: block.flow for block in blocks if block.flow and not block.table}
    assert [text for text in flows if text in LINES] == list(LINES)
    assert len({flows[line] for line in LINES}) == 1
    assert {block.text for block in blocks} >= {*LINES, *CELLS}
    cells = {block.text: block.table[1:] for block in blocks if block.table and block.text in CELLS}
    assert cells == dict(zip(CELLS, ((0, 0), (0, 1), (1, 0), (1, 1)), strict=True))
    assert flows.get("页眉在别处") != flows[LINES[0]]


def test_of_a_tracked_change_what_was_there_before_is_read_by_itself(tmp_path):
    """So that no line is there twice."""
    word(tmp_path / "a.docx")
    document = docx.Document(tmp_path / "a.docx")
    paragraph = document.paragraphs[0]._p
    run = paragraph.r_lst[0]
    change = paragraph.makeelement(run.tag.replace("}r", "}del"), {run.tag.replace("}r", "}author"): "甲"})
    paragraph.append(change)
    change.append(run)
    document.paragraphs[0].add_run("改过的一行")
    document.save(tmp_path / "b.docx")
    blocks = {b.text: b for b in read(tmp_path / "b.docx", ref="#1").blocks() if b.flow}
    assert "改过的一行" in blocks
    assert LINES[0] not in blocks
