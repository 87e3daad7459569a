"""What is withheld deep inside a file is counted in the report of the file that holds it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from email.message import EmailMessage
from io import BytesIO

import pytest
from planting import zipped
from test_embedded_pictures import encoded, noisy, with_picture

from deid.formats import read, write

pytest.importorskip("rapidocr")
PHOTO = encoded(noisy(640, 480))


def mail(data, name):
    message = EmailMessage()
    message["Subject"] = "检查"
    message.set_content("见附件")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def database(data, tmp_path):
    path = tmp_path / "made.sqlite"
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute("CREATE TABLE t (a TEXT, b BLOB)")
        opened.execute("INSERT INTO t VALUES ('检查', ?)", (data,))
    return path.read_bytes()


def table(data):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    buffer = BytesIO()
    parquet.write_table(pa.table({"a": ["检查"], "b": [data]}), buffer)
    return buffer.getvalue()


def archive(data, name):
    return zipped({name: data, "a.txt": "检查"})


WRAPPED = {
    "mail in zip": ("zip", lambda _: archive(mail(PHOTO, "a.png"), "a.eml"), {"withheld attachment": 1}),
    "zip in zip": ("zip", lambda _: archive(archive(PHOTO, "a.png"), "b.zip"), {"withheld file": 1}),
    "document in mail": (
        "eml",
        lambda folder: mail(with_picture(folder, PHOTO).read_bytes(), "a.docx"),
        {"picture": 1},
    ),
    "zip in mail in mbox": (
        "mbox",
        lambda _: b"From a@b.cn Mon Jan  1 00:00:00 2024\n" + mail(archive(PHOTO, "a.png"), "a.zip") + b"\n\n",
        {"withheld file": 1},
    ),
    "zip in sqlite": ("sqlite", lambda folder: database(archive(PHOTO, "a.png"), folder), {"withheld file": 1}),
    "photo in sqlite": ("sqlite", lambda folder: database(PHOTO, folder), {"withheld file": 1}),
    "photo in parquet": ("parquet", lambda _: table(PHOTO), {"withheld file": 1}),
}  # fmt: skip


@pytest.mark.parametrize("case", WRAPPED)
def test_what_is_withheld_within_files_in_files_is_counted_once(tmp_path, case):
    suffix, made, expected = WRAPPED[case]
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(made(tmp_path))
    document = read(path, ref="#1")
    before = dict(document.details["removed"])

    for name in "bc":  # a second writing counts no more
        write(document, {}, tmp_path / f"{name}.{suffix}")

    after = document.details["removed"]
    assert {
        kind: after[kind] - before.get(kind, 0) for kind in after if after[kind] != before.get(kind, 0)
    } == expected
