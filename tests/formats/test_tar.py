"""Tar archives and packed files: nothing planted survives, dangers are refused, owners and times go."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile

import pytest
from planting import Planter, replaced, survivors, zipped
from test_archive import all_strings
from test_mail import BODY, DOCX

from deid.errors import UnreadableDocument, UnsupportedDocument
from deid.formats import read, sniff, text_of, write

PACKINGS = {"tar": bytes, "tar.gz": gzip.compress, "tar.bz2": bz2.compress, "tar.xz": lzma.compress}


def tarred(parts, *, format=tarfile.PAX_FORMAT, encoding="utf-8", **headers):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=format, encoding=encoding, **headers) as archive:
        for name, data in parts.items():
            info = data if isinstance(data, tarfile.TarInfo) else tarfile.TarInfo(name)
            content = b"" if data is info else data.encode() if isinstance(data, str) else data
            info.name, info.size = name, len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def special(kind, target=""):
    info = tarfile.TarInfo()
    info.type, info.linkname = kind, target
    return info


def sparse(size):
    """A file of `size` bytes of which five are there, as GNU tar writes it."""
    header = bytearray(tarred({"a.txt": special(tarfile.GNUTYPE_SPARSE)}, format=tarfile.GNU_FORMAT)[:512])
    header[124:136] = b"%011o\0" % 512
    header[386:410] = b"%011o\0%011o\0" % (size - 5, 5)
    header[483:495] = b"%011o\0" % size
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return header + b"hello".ljust(512, b"\0") + bytes(10240)


def contents(data):
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return {one.name: archive.extractfile(one).read() if one.isfile() else None for one in archive}


def everything(data):
    """The raw bytes, and those of members that are packed."""
    for mark, module in ((b"\x1f\x8b", gzip), (b"BZh", bz2), (b"\xfd7zXZ", lzma)):
        if data.startswith(mark):
            data = module.decompress(data)
    yield data.decode("utf-8", "ignore")
    yield data.decode("gb18030", "ignore")
    if data[257:262] == b"ustar":
        for part in contents(data).values():
            yield from everything(part or b"")
    if data.startswith(b"PK"):
        yield from all_strings(data)


def planted(p):
    n = p.name
    owned = tarfile.TarInfo()
    owned.uname, owned.gname, owned.mtime = n("owner"), n("group"), 1_700_000_000
    owned.pax_headers = {"comment": n("comment"), "SCHILY.xattr.user.x": n("attribute")}
    archive = tarred(
        {
            f"{n('folder')}/": special(tarfile.DIRTYPE),
            f"{n('folder2')}/{n('name')}.txt": n("text"),
            f"{n('csv name')}.csv": f"姓名\n{n('csv')}\n".encode("gb18030"),
            "a.docx": zipped({**DOCX, "word/document.xml": BODY.format(n("docx"))}),
            "b.tar.gz": gzip.compress(tarred({f"{n('inner name')}.txt": n("inner text")})),
            "c.txt.gz": gzip.compress(n("packed").encode()),
            "d.eml": f"Subject: x\n\n{n('mail')}\n",
            f"{n('unknown name')}.xyz": n("unknown"),
            "owned.txt": owned,
        },
        pax_headers={"comment": n("global comment")},
    )
    return archive + n("behind").encode()


@pytest.mark.parametrize("name", PACKINGS)
def test_nothing_planted_survives_in_bytes_or_in_a_second_reader(tmp_path, name):
    planter = Planter()
    path, out = tmp_path / f"a.{name}", tmp_path / f"b.{name}"
    path.write_bytes(PACKINGS[name](planted(planter)))
    document = read(path, ref="#1")

    write(document, replaced(document, planter.values), out)

    data = out.read_bytes()
    assert survivors(planter.values, [*everything(data), *text_of(out, format="tar")]) == set()
    assert document.details["removed"] == {"file": 1, "comment": 2, "text behind the archive": 1}
    assert data[:4] == path.read_bytes()[:4] or name == "tar"
    assert sniff(out) == "tar"
    assert "〔替〕/〔替〕.txt" in contents(data)


def test_members_without_anything_personal_keep_their_bytes_and_names(tmp_path):
    path, out = tmp_path / "a.tar", tmp_path / "b.tar"
    parts = {
        "资料/a.txt": "血压正常\r\n".encode(),
        "b.html": b"<P>x",
        "empty.txt": b"",
        "f" * 120 + ".txt": b"x",
    }
    path.write_bytes(tarred(parts))
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三"]), out)

    assert contents(out.read_bytes()) == parts
    assert document.details["removed"] == {}
    with tarfile.open(out) as archive:
        assert {(one.uid, one.gid, one.uname, one.gname, one.mtime) for one in archive} == {(0, 0, "", "", 0)}


def test_names_in_gbk_are_read(tmp_path):
    path, out = tmp_path / "a.tar", tmp_path / "b.tar"
    path.write_bytes(tarred({"张三病历.txt": "血压正常"}, format=tarfile.GNU_FORMAT, encoding="gb18030"))
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三"]), out)

    assert contents(out.read_bytes()) == {"〔替〕病历.txt": "血压正常".encode()}


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gz", "bz2", "xz"])
def test_a_packed_file_is_that_file_packed(tmp_path, pack):
    path, out = tmp_path / "张三.csv.gz", tmp_path / "b.csv.gz"
    path.write_bytes(pack("姓名,号码\n张三,1\n".encode("gb18030")))
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三"]), out)

    assert [block.labels for block in document.blocks() if block.text == "张三"] == [("姓名",)]
    assert out.read_bytes()[:2] == path.read_bytes()[:2]
    data = next(everything(out.read_bytes()))
    assert "张三" not in data
    assert "1" in data


def test_the_name_in_the_header_of_a_packed_file_goes(tmp_path):
    path, out = tmp_path / "a.txt.gz", tmp_path / "b.txt.gz"
    with path.open("wb") as file, gzip.GzipFile("zhangsan.txt", "wb", fileobj=file) as handle:
        handle.write(b"x")
    document = read(path, ref="#1")

    write(document, {}, out)

    assert b"zhangsan" in path.read_bytes()
    assert b"zhangsan" not in out.read_bytes()
    assert document.details["removed"] == {"comment": 1}


@pytest.mark.parametrize(
    "data",
    [
        tarred({"../张三.txt": "x"}),
        tarred({"/张三.txt": "x"}),
        tarred({"张三": special(tarfile.SYMTYPE, "/etc/passwd")}),
        tarred({"a.txt": "x", "张三": special(tarfile.LNKTYPE, "a.txt")}),
        tarred({"张三": special(tarfile.CHRTYPE)}),
        tarred({"张三": special(tarfile.FIFOTYPE)}),
        gzip.compress(tarred({"张三.txt": b"0" * (8 << 20)})),
        tarred({"a.txt": "x", "b.txt": "y" * 1000})[:1800],
        tarred({"a.txt": "x"}).replace(b"\0" * 9216, b"\0" * 512 + b"x" * 8704)[:1024] + b"y" * 512,
        gzip.compress(tarred({"张三.txt": "x"}))[:-9],
        lzma.compress(bytes(8 << 20)),
        sparse(4 << 30),
    ],
    ids=[
        "up",
        "root",
        "link",
        "hard link",
        "device",
        "pipe",
        "bomb",
        "cut",
        "damaged",
        "cut gz",
        "xz bomb",
        "sparse bomb",
    ],
)
def test_dangers_are_refused_without_a_name(tmp_path, data):
    (tmp_path / "a.tar").write_bytes(data)

    with pytest.raises(UnreadableDocument) as error:
        read(tmp_path / "a.tar", ref="#1")

    assert not isinstance(error.value, UnsupportedDocument)
    assert "张三" not in str(error.value)
