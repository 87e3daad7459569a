"""Mailboxes: nothing planted survives in any of the mails, and mails stay apart."""

from __future__ import annotations

import mailbox
import re
from contextlib import closing

import pytest
from planting import Planter, replaced, survivors
from test_mail import everything, mail

from deid.errors import UnreadableDocument
from deid.formats import Edit, read, sniff, text_of, write

FROM = "From {} Mon Jan  1 10:00:00 2024\n"


def boxed(*mails, sender="a@b.cn"):
    return b"".join(FROM.format(sender).encode() + one + b"\n\n" for one in mails)


def test_nothing_planted_survives_in_any_mail_or_line_between(tmp_path):
    planter = Planter()
    path, out = tmp_path / "Inbox", tmp_path / "b.mbox"
    sender = planter.take("wangxiaofang@163.com", "sender")
    path.write_bytes(boxed(mail(planter), mail(planter), sender=sender))
    document = read(path, ref="#1")

    write(document, replaced(document, planter.values), out)

    data = out.read_bytes()
    assert document.format == sniff(path) == "mbox"
    assert survivors(planter.values, [*everything(data), *text_of(out, format="mbox")]) == set()
    assert document.details["removed"] == {
        "attachment": 2,
        "signature": 2,
        "text between parts": 4,
        "trace header": 2,
    }
    with closing(mailbox.mbox(out)) as box:
        assert len(box) == 2


@pytest.mark.parametrize(
    ("line", "changes", "new"),
    [
        ("a@b.cn Mon Jun 01 10:00:00 2009", [(0, 6, "〔邮箱1〕")], "MAILER-DAEMON Mon Jun 01 10:00:00 2009"),
        ("a@b.cn Tue Jun  2 10:00:00 2009", [(15, 17, "")], "a@b.cn ... Jun (?! 2)[ 0-9]{2} 10:00:00 2009"),
        ("a@b.cn Tue Jun  2 10:00:00 2009", [(7, 31, "〔日期1〕")], "a@b.cn Thu Jan  1 00:00:00 1970"),
        ("a@b.cn Tue Jun  2 10:00:00 2009", [(7, 31, "2009年6月")], "a@b.cn ... ... [ 0-9]{2} 00:00:00 2009"),
        (
            "王伟 <a@b.cn> Sat, 3 Jan 2004",
            [(0, 2, "〔姓名1〕")],
            "MAILER-DAEMON ... Jan (?! 3)[ 0-9]{2} 00:00:00 2004",
        ),
        ("a@b.cn Mon Jun 01 10:00:00 2009", [(0, 6, "c@d.cn")], "c@d.cn Mon Jun 01 10:00:00 2009"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_line_before_a_mail_stays_one_that_programs_read(tmp_path, line, changes, new, end):
    path, out = tmp_path / "a.mbox", tmp_path / "b.mbox"
    path.write_bytes(f"From {line}{end}Subject: x{end}{end}y{end}{end}".encode())

    write(read(path, ref="#1"), {"from:1": [Edit(*one) for one in changes]}, out)

    assert re.match(f"From {new}{end}Subject: x{end}", out.read_bytes().decode("ascii"))
    with closing(mailbox.mbox(out)) as box:
        assert [bool(re.fullmatch(new, one.get_from().rstrip())) for one in box] == [True]


def test_mails_without_anything_personal_keep_their_bytes(tmp_path):
    path, out = tmp_path / "a.mbox", tmp_path / "b.mbox"
    body = "Subject: x\n\n血压正常\n>From now on\n\nFrom here on no header stands\n".encode()
    path.write_bytes(boxed(body, body.replace(b"\n\nFrom", b"\nFrom"), b"Subject: y\n\nz\n"))
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三"]), out)

    assert out.read_bytes() == path.read_bytes().replace(b"\nFrom here", b"\n>From here")
    assert document.details["removed"] == {}


def test_a_mail_that_cannot_be_read_is_left_out_and_counted(tmp_path):
    path, out = tmp_path / "a.mbox", tmp_path / "b.mbox"
    locked = b"Subject: x\nContent-Type: application/pkcs7-mime\n\n5byg5LiJ\n"
    path.write_bytes(boxed(b"Subject: a\n\nx\n", locked, b"Subject: b\n\ny\n"))
    document = read(path, ref="#1")

    write(document, {}, out)

    assert out.read_bytes() == boxed(b"Subject: a\n\nx\n", b"Subject: b\n\ny\n")
    assert document.details["removed"] == {"mail": 1}


@pytest.mark.parametrize(
    "data", [b"no mails here\n", boxed(b"Subject: x\nContent-Type: application/pkcs7-mime\n\nAAAA\n")]
)
def test_what_holds_no_readable_mail_is_refused(tmp_path, data):
    (tmp_path / "a.mbox").write_bytes(data)

    with pytest.raises(UnreadableDocument):
        read(tmp_path / "a.mbox", ref="#1")
