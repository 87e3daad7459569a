"""What deid does not handle is named as what it is, whatever it is called."""

from __future__ import annotations

import pytest
from planting import zipped

from deid.errors import UnsupportedDocument
from deid.formats import sniff


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        (zipped({"OFD.xml": "<x/>"}), "OFD"),
        ("MSH|^~\\&|HIS|医院|||20230101||ADT^A01\rPID|1||1||张^三丰".encode(), "HL7"),
        ('{"id": "1", "resourceType": "Patient", "name": "张三"}'.encode(), "FHIR"),
        (
            '<?xml version="1.0"?><Patient xmlns="http://hl7.org/fhir"><name value="张三"/></Patient>'.encode(),
            "FHIR",
        ),
        (bytes(128) + b"DICM" + bytes(80), "DICOM"),
        (b"ID3\x04\x00" + bytes(20), "sound"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "sound"),
        (b"\xff\xfb\x90\x00" + bytes(20), "sound"),
        (b"#!AMR\n\x3c", "sound"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(8), "video"),
        (b"\x1aE\xdf\xa3\x01\x00", "video"),
        (b"GIF89a\x01\x00", "gif"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(8), "heic"),
        (b"x\x9f>\x22\x01\x00\x01\x06" + bytes(8), "winmail.dat"),
    ],
)
@pytest.mark.parametrize("suffix", ["txt", "json", "xml", "bin"])
def test_the_reason_says_what_it_is(tmp_path, data, name, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)

    if name == "FHIR" and suffix == "bin":
        pytest.skip("a text of no known suffix is not looked into")
    with pytest.raises(UnsupportedDocument, match=name) as error:
        sniff(path)

    assert "张" not in str(error.value)


@pytest.mark.parametrize(
    "text", ["ID3 是一种标签", "MZ001 床", "7z 压缩", "Rar! 文件", "AC1015", "MSH 科室|张三"]
)
def test_a_text_may_begin_as_it_likes(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")

    assert sniff(tmp_path / "a.txt") == "txt"
