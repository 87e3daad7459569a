"""Values in places where no program would write them: every text of every part of Office and OpenDocument files."""

from __future__ import annotations

import io
import zipfile
from functools import partial

import hostile_docx
import hostile_odf
import hostile_pptx
import hostile_xlsx
import openpyxl
import pytest
from lxml import etree
from planting import Planter, raw_text, replaced, survivors, zipped

from deid.errors import UnreadableDocument
from deid.formats import read, write
from deid.formats.files import Held


def workbook():
    data = io.BytesIO()
    openpyxl.Workbook().save(data)
    return data.getvalue()


BASES = {
    "docx": lambda: zipped(hostile_docx.hostile(Planter(), workbook())),
    "xlsx": lambda: zipped(hostile_xlsx.hostile(Planter())),
    "pptx": lambda: hostile_pptx.hostile(Planter()),
    **{
        kind: partial(lambda kind: hostile_odf.hostile(Planter(), kind), kind)
        for kind in ("odt", "ods", "odp")
    },
}


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_values(data, plant):
    """A part with a value in every text; nothing where the part is no XML."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return b""
    for element in root.iter("*"):
        if not len(element) or (element.text or "").strip():
            element.text = plant(element.tag)
    return etree.tostring(root)


def number(planter, place):
    return planter.take(f"1371234{5000 + len(planter.values)}", place)


@pytest.mark.parametrize("plant", [Planter.name, number])
@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.slow) if kind == "pptx" else kind for kind in BASES]
)
def test_no_value_survives_in_any_text_of_any_part(kind, plant):
    parts = parts_of(BASES[kind]())
    refused, done, left = 0, 0, set()
    for name, data in parts.items():
        planter = Planter()
        if name.endswith(".rels") or not (new := with_values(data, partial(plant, planter))):
            continue
        try:
            document, out = read(Held(zipped({**parts, name: new}), f".{kind}"), ref="#1"), Held()
            write(document, replaced(document, planter.values), out)
        except UnreadableDocument:
            refused += 1
            continue
        done += 1
        left |= {(name, place) for place in survivors(planter.values, raw_text(out.content))}

    assert left == set()
    assert done > 3 * refused


@pytest.mark.parametrize("kind", BASES)
def test_blocks_of_one_id_say_the_same(kind):
    """What is found in a block is kept under its id."""
    blocks = list(read(Held(BASES[kind](), f".{kind}"), ref="#1").blocks())

    told = {(block.id, block.text, tuple(block.segments)) for block in blocks}

    assert len({id for id, _, _ in told}) == len(told)
