"""Texts and files in base64, hexadecimal and quoted-printable, in the formats that hold them as text."""

from __future__ import annotations

import quopri
import sqlite3
import zlib
from base64 import b64encode, encodebytes

import pytest
from openpyxl import Workbook

from deid import Deidentifier
from deid.formats import edits, read, text_of, write
from deid.formats.embedding import is_embedded
from deid.types import Replacement

SAID = "患者吴芷若，电话13912345678"


def deflated(data: bytes) -> bytes:
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packing.compress(data) + packing.flush()


PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 2
CODED = {
    "base64": b64encode(SAID.encode()).decode(),
    "short": b64encode("吴芷若".encode()).decode(),
    "GBK": b64encode(SAID.encode("gbk")).decode(),
    "UTF-16": b64encode(SAID.encode("utf-16-le")).decode(),
    "in an address": "data:text/plain;base64," + b64encode(SAID.encode()).decode(),
    "a number": b64encode(b"13912345678").decode(),
    "hexadecimal": SAID.encode().hex(),
    "packed": b64encode(deflated("%3CmxGraphModel%3E吴芷若".encode())).decode(),
    "photo": b64encode(PHOTO).decode(),
    "photo, hexadecimal": PHOTO.hex(),
}


def in_xlsx(path, text):
    book = Workbook()
    book.active.append(["编号", "附言"])
    book.active.append(["1", f"见 {text} 已发"])
    book.save(path)


def in_sqlite(path, text):
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE t (a TEXT)")
        database.execute("INSERT INTO t VALUES (?)", (f"见 {text} 已发",))
    database.close()


def in_text(path, text):
    path.write_text(f"见 {text} 已发\n", "utf-8")


def in_rtf(path, text):
    path.write_text(rf"{{\rtf1\ansi\ansicpg936 \'bc\'fb {text} \'d2\'d1\par}}", "ascii")


def in_csv(path, text):
    path.write_text(f"编号,附言\n1,{text}\n2,复诊\n", "utf-8")


MAKERS = {
    "a.xlsx": in_xlsx,
    "a.db": in_sqlite,
    "a.txt": in_text,
    "a.rtf": in_rtf,
    "a.csv": in_csv,
    "a.html": in_text,
}


@pytest.fixture(scope="module")
def deidentifier():
    return Deidentifier()


def output(deidentifier, path):
    document = read(str(path), ref="#1")
    found = edits(
        (
            block,
            [
                Replacement(entity, "label", "〔替〕")
                for entity in deidentifier.detect(block.text, labels=block.labels)
            ],
        )
        for block in document.blocks()
    )
    out = path.with_name("out")
    write(document, found, str(out))
    return "\n".join(text_of(str(out), format=document.format))


@pytest.mark.parametrize("coded", CODED)
@pytest.mark.parametrize("name", MAKERS)
def test_what_is_encoded_goes_from_every_format(tmp_path, deidentifier, name, coded):
    MAKERS[name](tmp_path / name, CODED[coded])

    after = output(deidentifier, tmp_path / name)

    assert CODED[coded][-12:-4] not in after
    assert CODED[coded][40:60] == "" or CODED[coded][40:60] not in after


@pytest.mark.parametrize("name", sorted(MAKERS.keys() - {"a.rtf"}))
def test_a_name_goes_from_rtf_within_a_text_that_stays_rtf(tmp_path, deidentifier, name):
    before, named, behind = (
        "".join(rf"\'{byte:02x}" for byte in part.encode("gbk")) for part in ("患者", "吴芷若", "的电话")
    )
    MAKERS[name](tmp_path / name, rf"{{\rtf1\ansi\ansicpg936 {before}{named}{behind}13912345678\par}}")

    after = output(deidentifier, tmp_path / name)

    assert named[:8] not in after
    assert "13912345678" not in after
    assert rf"{{\rtf1\ansi\ansicpg936 {before}〔替〕{behind}〔替〕\par}}" in after


def test_lines_of_a_file_in_base64_go(tmp_path, deidentifier):
    lines = encodebytes(PHOTO * 20).decode()
    in_text(tmp_path / "a.txt", f"附件：\n{lines}\n完")

    after = output(deidentifier, tmp_path / "a.txt")

    assert not [line for line in lines.splitlines() if len(line) > 60 and line in after]
    assert "附件" in after


def test_what_a_mail_says_in_quoted_printable_goes(tmp_path, deidentifier):
    coded = quopri.encodestring(f"主诉：咳嗽。{SAID}，复诊".encode()).decode()
    assert "=\n" in coded
    in_text(tmp_path / "a.txt", coded)

    after = output(deidentifier, tmp_path / "a.txt")

    said = quopri.decodestring(after.encode()).decode()
    assert "吴芷若" not in said
    assert "13912345678" not in said
    assert "复诊" in said


def test_keys_and_checksums_stay(tmp_path, deidentifier):
    kept = "MD5 9774d56d682e549c9774d56d682e549c，SHA1 a94a8fe5ccb19ba61c4c0873d391e987982fbcd3"
    in_text(tmp_path / "a.txt", kept)

    assert kept in output(deidentifier, tmp_path / "a.txt")


def test_a_file_behind_many_spaces_is_one_and_a_word_is_none():
    assert is_embedded(" " * 5000 + CODED["photo"])
    assert not is_embedded(" " * 5000 + "HelloWorldHelloWorld")
