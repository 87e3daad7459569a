"""Files with a password: opened in memory, written without one, refused where none fits."""

from __future__ import annotations

import io
import struct
import zlib
from base64 import encodebytes
from random import Random

import pytest
import pyzipper
from msoffcrypto.format import doc97, ppt97, xls97
from msoffcrypto.format.ooxml import OOXMLFile
from planting import replaced, unzipped, zipped
from test_mail import BODY, DOCX

from deid.errors import EncryptedDocument
from deid.formats import Options, read, unlocking, write

SECRET = "密码 Pass-8431"


def locked(text="患者张三", password=SECRET):
    """A Word file as Word 2010 and later encrypts it."""
    noise = "".join(
        Random(1).choices("abcdefghijklmnop", k=12_000)
    )  # msoffcrypto cannot write less than 4 KB
    plain = zipped({**DOCX, "word/document.xml": BODY.format(text + noise)})
    file = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(password, file)
    return file.getvalue()


def aes_zipped(parts, password=SECRET):
    file = io.BytesIO()
    with pyzipper.AESZipFile(file, "w", encryption=pyzipper.WZ_AES) as package:
        package.setpassword(password.encode("gb18030"))
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()


def scrambled(data, key, check):
    """PKWARE's old cipher (APPNOTE 6.1), which zipfile reads and does not write."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte):
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    def crc(value, byte):
        return zlib.crc32(bytes([byte]), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    for byte in key:
        update(byte)
    out = bytearray()
    for byte in bytes(11) + bytes([check]) + data:
        mask = keys[2] | 2
        out.append(byte ^ ((mask * (mask ^ 1)) >> 8 & 0xFF))
        update(byte)
    return bytes(out)


def old_zipped(name, text, password=SECRET):
    """One member, stored, under the old cipher, named in GBK as Chinese Windows does."""
    plain, raw = text.encode(), name.encode("gb18030")
    data = scrambled(plain, password.encode("gb18030"), zlib.crc32(plain) >> 24)
    fields = struct.pack("<5H3L2H", 20, 1, 0, 0, 33, zlib.crc32(plain), len(data), len(plain), len(raw), 0)
    local = b"PK\3\4" + fields + raw + data
    central = b"PK\1\2" + struct.pack("<H", 20) + fields + struct.pack("<3H2L", 0, 0, 0, 0, 0) + raw
    return local + central + b"PK\5\6" + struct.pack("<4H2LH", 0, 0, 1, 1, len(central), len(local), 0)


def attached(data):
    head = b"Subject: x\nContent-Type: application/msword; name=a.docx\nContent-Transfer-Encoding: base64\n\n"
    return head + encodebytes(data)


def opening(*passwords):
    return Options(passwords=passwords)


def test_a_word_file_is_opened_and_written_without_its_password(tmp_path):
    path, out = tmp_path / "a.docx", tmp_path / "b.docx"
    path.write_bytes(locked())

    document = read(path, ref="#1", options=opening("wrong", SECRET))
    write(document, replaced(document, ["张三"]), out)

    assert document.format == "docx"
    assert document.details["removed"]["password"] == 1
    assert "患者〔替〕" in unzipped(out)["word/document.xml"].decode()


@pytest.mark.parametrize(
    ("name", "wrap"), [("a.docx", bytes), ("a.eml", attached), ("a.zip", lambda d: zipped({"a.docx": d}))]
)
@pytest.mark.parametrize("passwords", [(), ("wrong-8432", "also wrong")])
def test_without_the_password_nothing_is_read_and_the_error_names_no_password(
    tmp_path, name, wrap, passwords
):
    (tmp_path / name).write_bytes(wrap(locked()))

    with pytest.raises(EncryptedDocument) as error:
        read(tmp_path / name, ref="#1", options=opening(*passwords))

    assert "encrypted" in str(error.value)
    assert "--passwords" in error.value.hint
    assert "wrong" not in str(error.value) + error.value.hint


@pytest.mark.parametrize(("name", "wrap"), [("a.eml", attached), ("a.zip", lambda d: zipped({"a.docx": d}))])
def test_files_within_files_are_opened_too(tmp_path, name, wrap):
    (tmp_path / name).write_bytes(wrap(locked()))

    document = read(tmp_path / name, ref="#1", options=opening(SECRET))

    assert document.details["removed"] == {"password": 1}
    assert any(block.text.startswith("患者张三") for block in document.blocks())


def test_a_workbook_that_is_merely_read_only_needs_no_password(tmp_path):
    (tmp_path / "a.docx").write_bytes(locked(password="VelvetSweatshop"))

    document = read(tmp_path / "a.docx", ref="#1")

    assert any(block.text.startswith("患者张三") for block in document.blocks())


ZIPS = {
    "aes": aes_zipped({"张三.txt": "患者张三", "b/c.txt": "患者张三"}),
    "old": old_zipped("张三.txt", "患者张三"),
}


@pytest.mark.parametrize("data", ZIPS.values(), ids=ZIPS)
def test_an_archive_is_opened_and_written_without_its_password(tmp_path, data):
    path, out = tmp_path / "a.zip", tmp_path / "b.zip"
    path.write_bytes(data)

    document = read(path, ref="#1", options=opening("wrong", SECRET))
    write(document, replaced(document, ["张三"]), out)

    assert document.details["removed"] == {"password": 1}
    assert unzipped(out)["〔替〕.txt"] == "患者〔替〕".encode()


@pytest.mark.parametrize("data", ZIPS.values(), ids=ZIPS)
@pytest.mark.parametrize("passwords", [(), ("wrong-8432", "also wrong")])
def test_an_archive_without_its_password_is_refused(tmp_path, data, passwords):
    (tmp_path / "a.zip").write_bytes(data)

    with pytest.raises(EncryptedDocument) as error:
        read(tmp_path / "a.zip", ref="#1", options=opening(*passwords))

    assert "wrong" not in str(error.value) + error.value.hint
    assert "--passwords" in error.value.hint


@pytest.mark.parametrize("kind", [doc97, ppt97, xls97])
def test_the_binary_kinds_are_not_put_together_in_a_temporary_file(tmp_path, kind):
    (tmp_path / "a.docx").write_bytes(locked())

    unlocking.unlocked(str(tmp_path / "a.docx"), "#1", (SECRET,))

    assert kind.tempfile.TemporaryFile is io.BytesIO
