"""Presentations: everything planted is found, what is not read is not passed on, the rest stays."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pptx
import pytest
from hostile_pptx import hostile
from planting import Planter, raw_text, replaced, survivors, unzipped, zipped
from pptx.util import Cm

from deid.errors import UnreadableDocument
from deid.formats import read, sniff, text_of, write
from deid.formats.ooxml import parts


@pytest.fixture
def planted(tmp_path: Path) -> tuple[Path, Planter]:
    planter = Planter()
    path = tmp_path / "hostile.pptx"
    path.write_bytes(hostile(planter))
    return path, planter


@pytest.fixture
def output(planted, tmp_path) -> Path:
    path, planter = planted
    document = read(path, ref="#1")
    out = tmp_path / "out.pptx"
    write(document, replaced(document, planter.values), out)
    return out


def test_no_planted_value_survives(planted, output):
    _, planter = planted

    assert survivors(planter.values, text_of(output)) == set()
    assert survivors(planter.values, raw_text(output.read_bytes())) == set()


def test_the_check_sees_every_planted_value(planted):
    path, planter = planted

    seen = survivors(planter.values, text_of(path))

    assert set(planter.values.values()) - seen == {"phone over three boxes"}


def test_the_output_opens_and_reads_like_the_source(output):
    deck = pptx.Presentation(str(output))

    first, second, third = deck.slides
    assert first.shapes.title.text == "〔替〕"
    body = first.placeholders[1].text_frame.paragraphs
    assert [run.text for run in body[0].runs] == ["患者", "〔替〕", "", "", "，男"]
    assert [run.font.bold for run in body[0].runs] == [False, True, False, True, False]
    assert body[2].runs[0].hyperlink.address == "about:blank"
    assert first.notes_slide.notes_text_frame.text == "〔替〕"
    table = next(shape.table for shape in second.shapes if shape.has_table)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["姓名", "电话"],
        ["〔替〕", "〔替〕"],
    ]
    chart = next(shape.chart for shape in second.shapes if shape.has_chart)
    assert chart.chart_title.text_frame.text == "〔替〕"
    assert list(chart.plots[0].categories) == ["〔替〕", "二月"]
    assert [shape.text for shape in third.shapes] == ["电话", "〔替〕", "", ""]


def test_an_object_that_is_left_out_leaves_its_picture_blank(output):
    markup = unzipped(output)["ppt/slides/slide1.xml"].decode()
    assert not re.search(r"videoFile|p14:media|p:timing|sndAc|svgBlip|p:control|macro", markup)
    assert (
        markup.count("<p:pic>") == 6
    )  # of both objects, the film, the drawing, the linked file, and one more
    assert markup.count("<p:oleObj") == 1  # the embedded document, which was read


def test_what_is_dropped_is_counted(planted):
    path, _ = planted

    removed = read(path, ref="#1").details["removed"]

    assert removed == {
        "thumbnail": 1, "printer settings": 1, "embedded font": 1, "macro": 1, "revision log": 1, "link to a file": 1,
        "media": 3, "OLE object": 1, "vector picture": 1, "control": 1, "external reference": 1,
        "part without relationship": 2,
    }  # fmt: skip


def test_an_untouched_presentation_keeps_its_text_and_slides(planted, tmp_path):
    path, _ = planted
    out = tmp_path / "out.pptx"
    document = read(path, ref="#1")

    write(document, {}, out)

    again = read(out, ref="#2")
    before = [(block.text, block.labels) for block in document.blocks() if "example.com" not in block.text]
    after = [(block.text, block.labels) for block in again.blocks() if "example.com" not in block.text]
    assert after == before
    assert [slide.slide_layout.name for slide in pptx.Presentation(str(out)).slides] == [
        slide.slide_layout.name for slide in pptx.Presentation(str(path)).slides
    ]


def test_a_value_has_the_label_of_the_box_beside_or_above_it(tmp_path):
    path = tmp_path / "a.pptx"
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for left, top, text in (
        (2, 2, "姓名"),
        (8, 2, "平安"),
        (2, 5, "住址："),
        (2, 6, "城关镇"),
        (14, 9, "高兴"),
    ):
        slide.shapes.add_textbox(Cm(left), Cm(top), Cm(4), Cm(1)).text_frame.text = text
    deck.save(str(path))

    labels = {block.text: block.labels for block in read(path, ref="#1").blocks()}

    assert labels["平安"] == ("姓名",)
    assert labels["城关镇"] == ("住址",)
    assert labels["高兴"] == ()


@pytest.mark.parametrize("name", ["slide+xml", "notesSlide+xml", "slideLayout+xml", "slideMaster+xml", "comments+xml", "commentAuthors+xml", "handoutMaster+xml"])  # fmt: skip
def test_a_part_that_nobody_handles_makes_the_file_unreadable(planted, monkeypatch, name):
    path, _ = planted
    monkeypatch.delitem(parts.KINDS, f"application/vnd.openxmlformats-officedocument.presentationml.{name}")

    with pytest.raises(UnreadableDocument, match="does not know"):
        read(path, ref="#1")


def test_actions_that_say_only_where_to_go_stay(tmp_path):
    path, out = tmp_path / "a.pptx", tmp_path / "out.pptx"
    deck = pptx.Presentation()
    first, second = (deck.slides.add_slide(deck.slide_layouts[6]) for _ in range(2))
    box = first.shapes.add_textbox(0, 0, Cm(4), Cm(1))
    box.click_action.target_slide = second
    deck.save(str(path))

    write(read(path, ref="#1"), {}, out)

    again = pptx.Presentation(str(out))
    assert again.slides[0].shapes[0].click_action.target_slide.slide_id == again.slides[1].slide_id
    assert "ppaction://hlinksldjump" in unzipped(out)["ppt/slides/slide1.xml"].decode()


def test_templates_and_shows_are_read_and_stay_what_they_are(tmp_path):
    path, out = tmp_path / "a.ppsx", tmp_path / "out.ppsx"
    buffer = io.BytesIO()
    pptx.Presentation().save(buffer)
    with zipfile.ZipFile(buffer) as package:
        made = {name: package.read(name) for name in package.namelist()}
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(b"presentation.main", b"slideshow.main")
    path.write_bytes(zipped(made))

    assert sniff(path) == "pptx"
    write(read(path, ref="#1"), {}, out)

    assert b"slideshow.main+xml" in unzipped(out)["[Content_Types].xml"]


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_opens_the_output_and_finds_nothing_in_it(planted, output, tmp_path):
    _, planter = planted

    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir", tmp_path, output],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip

    pdf = tmp_path / "out.pdf"
    assert pdf.stat().st_size > 1000
    assert survivors(planter.values, text_of(pdf)) == set()


@pytest.mark.parametrize("mark", ['id="图" o:spid="_x0000_s1026"', 'id="_x0000_s1026"', 'id="other"'])
def test_the_picture_of_an_object_stays_where_powerpoint_2007_has_it_in_a_drawing(tmp_path, mark):
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    shape = slide.shapes.add_ole_object(
        io.BytesIO(b"\xd0\xcf"), "Word.Document.8", Cm(1), Cm(2), Cm(3), Cm(4)
    )
    deck.save(tmp_path / "a.pptx")
    made = unzipped(tmp_path / "a.pptx")
    page, related = "ppt/slides/slide1.xml", "ppt/slides/_rels/slide1.xml.rels"
    markup = made[page].decode()
    [picture] = re.findall(r"<p:pic>.*?</p:pic>", markup, re.DOTALL)
    made[page] = markup.replace(picture, "").replace("<p:oleObj ", '<p:oleObj spid="_x0000_s1026" ').encode()
    image = re.search(r'<Relationship [^>]*/image"[^>]*>', made[related].decode())[0]
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    drawing = f'<Relationship Id="rId77" Type="{office}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>'
    made[related] = made[related].decode().replace(image, drawing).encode()
    own = re.sub('Id="[^"]*"', 'Id="rId1"', image)
    made["ppt/drawings/_rels/vmlDrawing1.vml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{own}</Relationships>'
    ).encode()
    made["ppt/drawings/vmlDrawing1.vml"] = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        f'<v:shape {mark} type="#_x0000_t75"><v:imagedata o:relid="rId1" o:title=""/></v:shape><v:imagedata o:relid="rId1"/></xml>'
    ).encode()
    types = made["[Content_Types].xml"].decode()
    vml = '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    made["[Content_Types].xml"] = types.replace("<Override", f"{vml}<Override", 1).encode()
    (tmp_path / "b.pptx").write_bytes(zipped(made))
    document = read(tmp_path / "b.pptx", ref="#1")

    write(document, {}, tmp_path / "c.pptx")

    shapes = pptx.Presentation(str(tmp_path / "c.pptx")).slides[0].shapes
    places = [(one.left, one.top, one.width, one.height, one.name, bool(one.image.blob)) for one in shapes]
    kept = [(Cm(1), Cm(2), Cm(3), Cm(4), shape.name, True)]
    assert places == (kept if "s1026" in mark else [])
