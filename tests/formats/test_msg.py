"""Mail of Outlook: nothing planted survives, and the output is mail that any program opens."""

from __future__ import annotations

import struct
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from compound import compound
from planting import Planter, replaced, survivors, zipped

from deid.errors import UnreadableDocument, UnsupportedDocument
from deid.formats import read, sniff, text_of, write
from deid.formats.msg.compressed import decompressed


def properties(values, head):
    rows = b"".join(struct.pack("<HHIQ", kind, id, 6, value) for id, (kind, value) in values.items())
    return bytes(head) + rows


def texts(folder, values):
    return {f"{folder}__substg1.0_{id:04X}001F": value.encode("utf-16-le") for id, value in values.items()}


def message(p, folder="", *, headers=False, depth=0):
    n = p.name
    head = 24 if folder else 32
    found = {
        f"{folder}__properties_version1.0": properties(
            {0x0039: (0x40, 133_000_000_000_000_000), 0x3FFD: (3, 936)}, head
        )
    }
    found |= texts(
        folder,
        {
            0x001A: "IPM.Note",
            0x0037: n("subject"),
            0x1000: n("plain body"),
            0x0C1A: n("sender"),
            0x0C1F: f"{n('address')}@x.cn",
            0x1035: f"<{n('id')}@x>",
            0x0E04: n("display to"),
            0x8001: n("other property"),
            0x0070: n("topic"),
        },
    )
    found[f"{folder}__substg1.0_10130102"] = f"<p>{n('html body')}</p>".encode("gb18030")
    found[f"{folder}__substg1.0_10090102"] = (
        b"\x00\x00\x00\x00\x10\x00\x00\x00MELA\x00\x00\x00\x00" + n("rtf body").encode()
    )
    if headers:
        found |= texts(
            folder,
            {
                0x007D: f"From: {n('transport')} <a@x.cn>\r\nX-Note: {n('header')}\r\nContent-Type: text/plain; name={n('type')}\r\n"
            },
        )
    for number, kind in ((0, 1), (1, 2), (2, 3)):
        inner = f"{folder}__recip_version1.0_#{number:08X}/"
        found[f"{inner}__properties_version1.0"] = properties({0x0C15: (3, kind)}, 8)
        found |= texts(
            inner, {0x3001: n(f"recipient {number} at {depth}"), 0x39FE: f"{n(f'address {number}')}@x.cn"}
        )
    inner = f"{folder}__attach_version1.0_#00000000/"
    found[f"{inner}__properties_version1.0"] = properties({0x3705: (3, 1)}, 8)
    found |= texts(
        inner,
        {
            0x3707: n("attachment") + ".zip",
            0x3704: n("short name"),
            0x370E: "application/zip",
            0x3712: n("content id"),
        },
    )
    found[f"{inner}__substg1.0_37010102"] = zipped({"a.txt": n("in an attachment")})
    if not depth:
        nested = f"{folder}__attach_version1.0_#00000001/"
        found[f"{nested}__properties_version1.0"] = properties({0x3705: (3, 5)}, 8)
        found |= texts(nested, {0x3001: n("name of a nested mail")})
        found |= message(p, f"{nested}__substg1.0_3701000D/", depth=1)
    return found


def document_of(path, streams):
    path.write_bytes(compound(streams))
    return read(path, ref="#1")


@pytest.mark.parametrize("headers", [False, True])
def test_nothing_planted_survives(tmp_path, headers):
    planter = Planter()
    document, out = document_of(tmp_path / "a.msg", message(planter, headers=headers)), tmp_path / "b.eml"

    write(document, replaced(document, planter.values), out)

    mail = message_from_bytes(out.read_bytes(), policy=policy.default)
    parts = list(mail.walk())
    said = [str(value) for part in parts for value in part.values()]
    said += [part.get_content() for part in parts if part.get_content_maintype() == "text"]
    assert (
        survivors(planter.values, [out.read_bytes().decode("latin-1"), *said, *text_of(out, format="eml")])
        == set()
    )
    assert document.format == "eml"
    assert document.details["removed"]["msg format"] == 1
    assert document.details["removed"]["other property"] == 2
    assert [part.get_content_type() for part in parts] == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/zip"),
        *(
            "message/rfc822",
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "application/zip",
        ),
    ]
    assert "〔替〕" in parts[2].get_content()


def test_the_mail_says_what_it_said(tmp_path):
    streams = {
        "__properties_version1.0": properties({0x0039: (0x40, 133_000_000_000_000_000)}, 32),
        **texts(
            "", {0x0037: "复诊提醒", 0x1000: "请按时复诊", 0x0C1A: "随访组", 0x5D01: "a@x.cn", 0x0E04: "王某"}
        ),
    }
    document, out = document_of(tmp_path / "a.msg", streams), tmp_path / "b.eml"

    write(document, {}, out)

    mail = message_from_bytes(out.read_bytes(), policy=policy.default)
    assert (mail["subject"], mail["from"], mail["to"]) == ("复诊提醒", "随访组 <a@x.cn>", "王某")
    assert mail.get_body().get_content().strip() == "请按时复诊"
    assert mail["date"].datetime.year == 2022


def test_a_body_in_rtf_alone_is_an_attachment(tmp_path):
    rtf = rb"{\rtf1\ansi\ansicpg936 \'d5\'c5\'c8\'fd\par}"
    body = struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
    document = document_of(
        tmp_path / "a.msg",
        {
            "__properties_version1.0": properties({}, 32),
            "__substg1.0_10090102": body,
            **texts("", {0x0037: "x"}),
        },
    )

    assert "张三" in {block.text for block in document.blocks()}


def test_compressed_text_is_read():
    example = (
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )

    assert decompressed(bytes.fromhex(example)) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_encrypted_and_damaged_mail_is_one_clear_reason(tmp_path):
    data = compound(message(Planter()))
    (tmp_path / "a.msg").write_bytes(data[: len(data) // 4])

    with pytest.raises(UnreadableDocument, match="damaged"):
        read(tmp_path / "a.msg", ref="#1")


def test_a_contact_of_outlook_is_named_as_unsupported(tmp_path):
    with pytest.raises(UnsupportedDocument, match="contact"):
        document_of(
            tmp_path / "a.msg",
            {
                "__properties_version1.0": properties({}, 32),
                **texts("", {0x001A: "IPM.Contact", 0x0037: "张三"}),
            },
        )


def test_content_says_that_it_is_mail_of_outlook(tmp_path):
    (tmp_path / "a.doc").write_bytes(compound(message(Planter())))

    assert sniff(tmp_path / "a.doc") == "msg"


def test_a_converted_member_has_the_suffix_of_what_it_is(tmp_path):
    data = compound(
        {"__properties_version1.0": properties({}, 32), **texts("", {0x0037: "x", 0x1000: "张三"})}
    )
    (tmp_path / "a.zip").write_bytes(zipped({"一/a.msg": data, "b.txt": "张三"}))
    document, out = read(tmp_path / "a.zip", ref="#1"), tmp_path / "b.zip"

    write(document, replaced(document, ["张三"]), out)

    with zipfile.ZipFile(out) as archive:
        assert archive.namelist() == ["一/a.eml", "b.txt"]
    assert not any("张三" in text for text in text_of(out, format="zip"))


def test_a_converted_attachment_has_the_name_and_type_of_what_it_is(tmp_path):
    data = compound(
        {"__properties_version1.0": properties({}, 32), **texts("", {0x0037: "x", 0x1000: "张三"})}
    )
    mail = EmailMessage()
    mail["Subject"] = "x"
    mail.set_content("x")
    mail.add_attachment(data, "application", "vnd.ms-outlook", filename="转发.msg")
    (tmp_path / "a.eml").write_bytes(mail.as_bytes())
    document, out = read(tmp_path / "a.eml", ref="#1"), tmp_path / "b.eml"

    write(document, replaced(document, ["张三"]), out)

    part = next(message_from_bytes(out.read_bytes(), policy=policy.default).iter_attachments())
    assert (part.get_filename(), part.get_content_type()) == ("转发.eml", "application/octet-stream")
    assert not any("张三" in text for text in text_of(out, format="eml"))
