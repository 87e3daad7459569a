"""Every format reads and writes a file that is in memory only as it does one on disk."""

from __future__ import annotations

import bz2
import gzip
import lzma
from io import BytesIO
from pathlib import Path

import hostile_odf
import hostile_pptx
import pytest
import test_sqlite
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
PACKINGS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
TEXTS = {
    "html": "<html><p>张三</p></html>",
    "xml": "<?xml version='1.0'?><a>张三</a>",
    "svg": "<?xml version='1.0'?><svg><text>张三</text></svg>",
    "rtf": r"{\rtf1\ansi \u24352?\u19977?}",
    "ics": "BEGIN:VCALENDAR\nSUMMARY:张三\nEND:VCALENDAR\n",
    "vcf": "BEGIN:VCARD\nVERSION:3.0\nFN:张三\nEND:VCARD\n",
}


def sample(name, folder):
    if name in PICTURES:
        picture = BytesIO()
        Image.new("RGB", (64, 48), "white").save(picture, PICTURES[name])
        return picture.getvalue()
    if name in TEXTS:
        return TEXTS[name].encode()
    if name == "pdf":
        make(folder / "made.pdf")
        return (folder / "made.pdf").read_bytes()
    if name in PACKINGS:
        return PACKINGS[name]("姓名,电话\n张三,1\n".encode())
    if name == "pptx":
        return hostile_pptx.hostile(Planter())
    if name in ("odt", "ods", "odp"):
        return hostile_odf.hostile(Planter(), name)
    if name == "sqlite":
        test_sqlite.hostile(folder / "made.sqlite", Planter())
        return (folder / "made.sqlite").read_bytes()
    if name == "mbox":
        return b"From a@b.cn Mon Jan  1 00:00:00 2024\n" + mail(Planter()) + b"\n\n"
    if name == "tar":
        return planted(Planter())
    if name in ("eml", "zip"):
        return {"eml": mail, "zip": archived}[name](Planter())
    found = next(RECORDS.rglob(f"*.{name}"), None)
    return found.read_bytes() if found else pytest.skip("no sample")


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_in_memory_is_as_good_as_one_on_disk(tmp_path, name):
    if name in PICTURES and not is_installed():
        pytest.skip("no OCR")
    data = sample(name, tmp_path)
    path, out, target = tmp_path / f"a.{name}", tmp_path / f"b.{name}", Held()
    path.write_bytes(data)

    on_disk, held = read(path, ref="#1"), read(Held(data, f".{name}"), ref="#1")
    write(on_disk, {}, out)
    write(held, {}, target)

    assert sniff(path) == held.format == on_disk.format
    assert [block.text for block in held.blocks()] == [block.text for block in on_disk.blocks()]
    assert len(target.content) == out.stat().st_size  # a database counts how often it was written to
    assert name == "sqlite" or target.content == out.read_bytes()
    assert list(text_of(target, format=held.format)) == list(text_of(out, format=held.format))
