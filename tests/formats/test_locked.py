"""Files with a password: opened in memory, written without one, refused where none fits."""

from __future__ import annotations

import io
import struct
import zlib
from base64 import encodebytes
from hashlib import sha1
from random import Random

import olefile
import pytest
import pyzipper
from compound import compound
from msoffcrypto.format import doc97, ppt97, xls97
from msoffcrypto.format.ooxml import OOXMLFile
from planting import replaced, unzipped, zipped
from test_mail import BODY, DOCX

from deid.errors import EncryptedDocument
from deid.formats import Options, read, unlocking, write
from deid.formats.files import opened

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


def rc4(key, data):
    state, at = list(range(256)), 0
    for index in range(256):
        at = (at + state[index] + key[index % len(key)]) % 256
        state[index], state[at] = state[at], state[index]
    out, first, second = bytearray(), 0, 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        out.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(out)


def record(kind, body, version=0):
    return struct.pack("<HHI", version, kind, len(body)) + body


_SALT, _VERIFIER = bytes(range(16)), b"sixteen bytes of"
_SLIDES = [record(0x03E8, "患者张三".encode("utf-16-le")), record(0x03EE, b"x" * 2000)]
_PICTURE = [struct.pack("<HHI", 0x6E0 << 4, 0xF01E, 17 + 500), b"u" * 16, b"\xff", b"p" * 500]
_METAFILE = [struct.pack("<HHI", 0x3D5 << 4, 0xF01A, 66 + 300), b"u" * 16, b"v" * 16, b"h" * 34, b"m" * 300]
_STORED = [
    struct.pack("<HHI", 2, 0xF007, 36 + 4 + 8 + 17 + 20),
    *(b"\1", b"\2", b"u" * 16, b"tt", b"ssss", b"cccc", b"dddd", b"\0", b"\4", b"\0", b"\0", b"name"),
    *(struct.pack("<HHI", 0x46A << 4, 0xF01D, 17 + 20), b"u" * 16, b"\xff", b"j" * 20),
]


def locked_slides(bits, password=SECRET):
    """A presentation as PowerPoint 2003 encrypts it: each object by itself, each piece of a picture by itself."""
    base = sha1(_SALT + password.encode("utf-16-le")).digest()

    def key(block):
        found = sha1(base + struct.pack("<I", block)).digest()
        return found[:5] + bytes(11) if bits == 40 else found[: bits // 8]

    checked = rc4(key(0), _VERIFIER + sha1(_VERIFIER).digest())
    head = struct.pack("<8I", 4, 0, 0x6801, 0x8004, bits, 1, 0, 0) + "RC4\0".encode("utf-16-le")
    verifier = struct.pack("<I", 16) + _SALT + checked[:16] + struct.pack("<I", 20) + checked[16:]
    session = record(0x2F14, struct.pack("<HHII", 2, 2, 4, len(head)) + head + verifier, 0xF)
    objects = [*(rc4(key(number), one) for number, one in enumerate(_SLIDES, 1)), session]
    starts = [sum(map(len, objects[:index])) for index in range(len(objects))]
    slides = b"".join(objects)
    directory = record(0x1772, struct.pack("<4I", len(objects) << 20 | 1, *starts))
    edit = struct.pack("<IHBBIIIIHHI", 0, 0, 0, 3, 0, len(slides), 1, 3, 0, 0, 3)
    user = record(
        0x0FF6,
        struct.pack("<IIIHHBBH", 0x14, 0xF3D1C4DF, len(slides + directory), 1, 0x3F4, 3, 0, 0)
        + b"u"
        + struct.pack("<I", 8)
        + "u".encode("utf-16-le"),
    )
    pieces = [rc4(key(0), piece) for piece in (*_PICTURE, *_METAFILE, *_STORED)]
    return compound(
        {
            "Current User": user,
            "PowerPoint Document": slides + directory + record(0x0FF5, edit),
            "Pictures": b"".join(pieces),
            "EncryptedSummary": b"x",
        }
    )


@pytest.mark.parametrize("bits", [40, 56, 128])
def test_a_presentation_of_the_binary_kind_is_opened_with_its_pictures(tmp_path, bits):
    (tmp_path / "a.ppt").write_bytes(locked_slides(bits))

    held = unlocking.unlocked(str(tmp_path / "a.ppt"), "#1", ("wrong", SECRET))

    with opened(held) as handle, olefile.OleFileIO(handle) as ole:
        assert ole.openstream("PowerPoint Document").read().startswith(b"".join(_SLIDES))
        assert ole.openstream("Pictures").read().startswith(b"".join((*_PICTURE, *_METAFILE, *_STORED)))
        assert ole.openstream("Current User").read()[12:16] == struct.pack("<I", 0xE391C05F)
        assert not ole.exists("EncryptedSummary")  # LibreOffice opens no file that has one


@pytest.mark.parametrize("passwords", [(), ("wrong-8432", "also wrong")])
def test_a_presentation_of_the_binary_kind_without_its_password_is_refused(tmp_path, passwords):
    (tmp_path / "a.ppt").write_bytes(locked_slides(128))

    with pytest.raises(EncryptedDocument) as error:
        read(tmp_path / "a.ppt", ref="#1", options=opening(*passwords))

    assert "wrong" not in str(error.value) + error.value.hint
