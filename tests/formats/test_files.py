"""Every format reads and writes a file that is in memory only as it does one on disk."""

from __future__ import annotations

import bz2
import gzip
import lzma
from functools import partial
from io import BytesIO
from pathlib import Path

import hostile_odf
import hostile_pptx
import pytest
import test_book
import test_legacy
import test_msg
import test_parquet
import test_sqlite
from compound import compound
from hostile_pdf import make
from PIL import Image
from planting import Planter
from test_archive import archived
from test_mail import mail
from test_tar import planted

from deid.formats import FORMATS, read, sniff, text_of, write
from deid.formats.files import Held
from deid.formats.ocr import is_installed

RECORDS = Path(__file__).parents[2] / "docs" / "examples" / "records"
PICTURES = {"png": "PNG", "jpg": "JPEG", "tif": "TIFF", "webp": "WEBP", "bmp": "BMP"}
CONVERTED = ("doc", "xls", "ppt")
"""Through LibreOffice, which takes seconds."""
PACKINGS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
TEXTS = {
    "html": "<html><p>张三</p></html>",
    "xml": "<?xml version='1.0'?><a>张三</a>",
    "svg": "<?xml version='1.0'?><svg><text>张三</text></svg>",
    "css": 'p::before { content: "张三" }\n',
    "sql": "INSERT INTO t (a) VALUES ('张三', 0x9f3c01ab77e2408d9c11ff00aa5500fe);\n",
    "rtf": r"{\rtf1\ansi \u24352?\u19977?}",
    "ics": "BEGIN:VCALENDAR\nSUMMARY:张三\nEND:VCALENDAR\n",
    "vcf": "BEGIN:VCARD\nVERSION:3.0\nFN:张三\nEND:VCARD\n",
}


def picture(name):
    made = BytesIO()
    Image.new("RGB", (64, 48), "white").save(made, PICTURES[name])
    return made.getvalue()


def on_disk(make):
    """What a function writes to a path."""

    def sample(folder):
        make(folder / "made")
        return (folder / "made").read_bytes()

    return sample


def flat(kind):
    """The content of an OpenDocument file in one piece of XML."""
    name = "odp" if kind == "odg" else kind
    mimetype = f'office:mimetype="{MIMETYPE}{DRAWINGS.get(kind) or hostile_odf.KINDS[kind]}"'
    body = hostile_odf.CONTENTS[name](Planter()).replace("document-content", "document")
    body = body.replace('office:version="1.3"', f'office:version="1.3" {mimetype}', 1)
    return body.replace('<draw:image xlink:href="./ObjectReplacements/Object 1"/>', "").encode()


def converted(name, source, make):
    def sample(folder):
        if not test_legacy.OFFICE:
            pytest.skip("LibreOffice is not installed")
        return test_legacy.made(folder, name, make(Planter()), source).read_bytes()

    return sample


CONVERTED = {"doc": "docx", "xls": "xlsx", "ppt": "pptx", "msg": "eml"}
MIMETYPE = "application/vnd.oasis.opendocument."
DRAWINGS = {"odg": "graphics"}
SAMPLES = {
    **{name: partial(lambda name, _: picture(name), name) for name in PICTURES},
    **{name: partial(lambda text, _: text.encode(), text) for name, text in TEXTS.items()},
    **{name: partial(lambda pack, _: pack("姓名,电话\n张三,1\n".encode()), pack) for name, pack in PACKINGS.items()},
    **{name: partial(lambda name, _: hostile_odf.hostile(Planter(), name), name) for name in ("odt", "ods", "odp")},
    "odg": lambda _: hostile_odf.package("odg", {"content.xml": hostile_odf.slides(Planter())}, MIMETYPE + DRAWINGS["odg"]),
    **{f"f{kind}": partial(lambda kind, _: flat(kind), kind) for kind in ("odt", "ods", "odp", "odg")},
    "pptx": lambda _: hostile_pptx.hostile(Planter()),
    "pdf": on_disk(make),
    "sqlite": on_disk(lambda path: test_sqlite.hostile(path, Planter())),
    "parquet": on_disk(lambda path: test_parquet.hostile(path, Planter())),
    "mbox": lambda _: b"From a@b.cn Mon Jan  1 00:00:00 2024\n" + mail(Planter()) + b"\n\n",
    "msg": lambda _: compound(test_msg.message(Planter(), headers=True)),
    "tar": lambda _: planted(Planter()),
    "eml": lambda _: mail(Planter()),
    "zip": lambda _: archived(Planter()),
    "epub": lambda _: test_book.book(Planter()),
    "doc": converted("doc", "odt", test_legacy.text_document),
    "xls": converted("xls", "ods", test_legacy.workbook),
    "ppt": converted("ppt", "odp", test_legacy.slides),
}  # fmt: skip


def sample(name, folder):
    if name in PICTURES and not is_installed():
        pytest.skip("no OCR")
    if name in SAMPLES:
        return SAMPLES[name](folder)
    return next(RECORDS.rglob(f"*.{name}")).read_bytes()


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in CONVERTED else name for name in FORMATS]
)
def test_a_file_in_memory_is_as_good_as_one_on_disk(tmp_path, name):
    data = sample(name, tmp_path)
    path, out, target = tmp_path / f"a.{name}", tmp_path / f"b.{name}", Held()
    path.write_bytes(data)

    on_disk, held = read(path, ref="#1"), read(Held(data, f".{name}"), ref="#1")
    write(on_disk, {}, out)
    write(held, {}, target)

    assert sniff(path) == name
    assert held.format == on_disk.format == CONVERTED.get(name, name)
    assert [block.text for block in held.blocks()] == [block.text for block in on_disk.blocks()]
    if name == "ppt":
        return  # LibreOffice gives slides numbers by chance
    assert len(target.content) == out.stat().st_size  # a database counts how often it was written to
    assert name == "sqlite" or target.content == out.read_bytes()
    assert list(text_of(target, format=held.format)) == list(text_of(out, format=held.format))
