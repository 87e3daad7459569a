"""Archives: nothing planted survives in members, names and fields; dangers are refused."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from planting import Planter, replaced, survivors, unzipped, zipped
from test_mail import BODY, DOCX

from deid.errors import UnreadableDocument, UnsupportedDocument
from deid.formats import archives, read, text_of, write
from deid.formats.archives import entries


def archived(planter):
    n = planter.name
    inner = zipped({f"{n('inner name')}.txt": n("inner text")})
    parts = {
        f"{n('folder')}/{n('name')}.txt": n("text"),
        f"{n('csv name')}.csv": f"姓名\n{n('csv')}\n".encode("gb18030"),
        "a.docx": zipped({**DOCX, "word/document.xml": BODY.format(n("docx"))}),
        "b.html": f"<p>{n('html')}</p>",
        "c.eml": f"Subject: x\n\n{n('mail')}\n",
        "d.zip": inner,
        f"{n('unknown name')}.xyz": n("unknown"),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)
            info.comment = n("comment").encode() if name == "b.html" else b""
            package.writestr(info, data)
        package.comment = n("archive comment").encode()
    return buffer.getvalue()


def with_raw_name(path, name, text, codec="gb18030"):
    """zipfile writes UTF-8 where a name is not ASCII, so the bytes are put in afterwards."""
    content = name.encode(codec)
    data = zipped({"x" * len(content) + ".txt": text})
    path.write_bytes(data.replace(b"x" * len(content), content))


def all_strings(data):
    yield data.decode("utf-8", "ignore")
    yield data.decode("gb18030", "ignore")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for info in package.infolist():
            yield info.filename
            part = package.read(info)
            if part.startswith(b"PK"):
                yield from all_strings(part)
            yield part.decode("utf-8", "ignore")
            yield part.decode("gb18030", "ignore")


def test_nothing_planted_survives_in_bytes_or_in_a_second_reader(tmp_path):
    planter = Planter()
    path, out = tmp_path / "a.zip", tmp_path / "b.zip"
    path.write_bytes(archived(planter))
    document = read(path, ref="#1")

    write(document, replaced(document, planter.values), out)

    assert survivors(planter.values, [*all_strings(out.read_bytes()), *text_of(out, format="zip")]) == set()
    assert document.details["removed"] == {"file": 1, "comment": 2}
    assert "〔替〕/〔替〕.txt" in unzipped(out)
    assert len(unzipped(out)) == 6


def test_names_in_gbk_are_read(tmp_path):
    path, out = tmp_path / "a.zip", tmp_path / "b.zip"
    with_raw_name(path, "张三病历", "血压正常")
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三"]), out)

    assert unzipped(out) == {"〔替〕病历.txt": "血压正常".encode()}


def test_names_in_big5_are_read(tmp_path):
    path, out = tmp_path / "a.zip", tmp_path / "b.zip"
    with_raw_name(path, "張三的病歷與檢查報告資料", "血壓正常", "big5")
    document = read(path, ref="#1")

    write(document, replaced(document, ["張三"]), out)

    assert unzipped(out) == {"〔替〕的病歷與檢查報告資料.txt": "血壓正常".encode()}


@pytest.mark.parametrize("codec", ["gbk", "utf-8"])
def test_names_that_a_program_took_for_those_of_dos_are_read(tmp_path, codec):
    path, out = tmp_path / "a.zip", tmp_path / "b.zip"
    path.write_bytes(zipped({"张三病历.txt".encode(codec).decode("cp437"): "血压正常", "café.txt": "x"}))
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三"]), out)

    assert list(unzipped(out)) == ["〔替〕病历.txt", "café.txt"]


def test_the_name_in_unicode_that_a_field_gives_is_read(tmp_path):
    """A western archiver has question marks, or a short name, where the system's code page has no letters."""
    path, out = tmp_path / "a.zip", tmp_path / "b.zip"
    data = bytearray(zipped({"ZHANGS~1.TXT": "x"}))
    name = "张三.txt".encode()
    field = b"\1" + zlib.crc32(b"ZHANGS~1.TXT").to_bytes(4, "little") + name
    extra = b"\x75\x70" + len(field).to_bytes(2, "little") + field
    central = data.index(b"PK\1\2")
    data[central + 30 : central + 32] = len(extra).to_bytes(2, "little")
    data[central + 58 : central + 58] = extra
    end = data.index(b"PK\5\6")
    data[end + 12 : end + 16] = (end - central).to_bytes(4, "little")
    path.write_bytes(data)
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三"]), out)

    assert unzipped(out) == {"〔替〕.txt": b"x"}
    assert b"ZHANGS" not in out.read_bytes()


def test_what_stands_before_between_and_behind_members_goes(tmp_path):
    path, out = tmp_path / "a.zip", tmp_path / "b.zip"
    data = zipped({"a.txt": "x", "b.txt": "y"})
    central = data.index(b"PK\1\2")
    between = "张三".encode()
    moved = (central + len(between)).to_bytes(4, "little")
    end = data.index(b"PK\5\6")
    path.write_bytes(data[:central] + between + data[central : end + 16] + moved + data[end + 20 :] + between)
    document = read(path, ref="#1")

    write(document, {}, out)

    assert between in path.read_bytes()
    assert between not in out.read_bytes()
    assert unzipped(out) == {"a.txt": b"x", "b.txt": b"y"}


def test_members_without_anything_personal_keep_their_bytes_and_names(tmp_path):
    path, out = tmp_path / "a.zip", tmp_path / "b.zip"
    parts = {"资料/a.txt": "血压正常\r\n".encode(), "b.html": b"<P>x"}
    path.write_bytes(zipped(parts))
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三"]), out)

    assert unzipped(out) == parts
    assert document.details["removed"] == {}


def test_a_name_that_becomes_too_long_is_cut_and_keeps_its_suffix(tmp_path):
    path, out = tmp_path / "a.zip", tmp_path / "b.zip"
    path.write_bytes(zipped({"张三" * 30 + ".txt": "a", "李四" * 30 + ".txt": "b"}))
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三", "李四"], "〔患者1〕"), out)

    names = list(unzipped(out))
    assert [len(name.encode()) <= 255 and name.endswith(".txt") for name in names] == [True, True]
    assert len({name.casefold() for name in names}) == 2


def test_names_that_become_one_are_numbered(tmp_path):
    path, out = tmp_path / "a.zip", tmp_path / "b.zip"
    path.write_bytes(zipped({"张三.txt": "a", "李四.txt": "b"}))
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三", "李四"]), out)

    assert unzipped(out) == {"〔替〕.txt": b"a", "〔替〕_2.txt": b"b"}


def encrypted():
    data = bytearray(zipped({"张三.txt": "x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def disagreeing():
    """One name in the directory, another where the member stands."""
    return zipped({"a.txt": "x"}).replace(b"a.txt", b"b.txt", 1)


def doubled():
    return zipped({"a.txt": "x", "b.txt": "y"}).replace(b"b.txt", b"a.txt")


def oddly_packed():
    """With the method of Windows for members of more than 2 GB (Deflate64)."""
    data = bytearray(zipped({"a.txt": "x"}))
    data[8] = data[data.index(b"PK\1\2") + 10] = 9
    return bytes(data)


def linked():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        info = zipfile.ZipInfo("张三")
        info.external_attr = 0o120777 << 16
        package.writestr(info, "/etc/passwd")
    return buffer.getvalue()


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("lost", [1, 2])
@pytest.mark.parametrize("beside", ["张三血压", "y"])
def test_names_that_end_within_a_character_are_read_up_to_there(codec, lost, beside):
    cut = "患者夏侯奕辰病历".encode(codec)[:-lost] + b".txt"

    names = entries.decoded([cut, f"{beside}/x.txt".encode(codec)])

    assert names[0].startswith("患者夏侯奕辰病")
    assert names[1] == f"{beside}/x.txt"


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("一二三四五六七八九十", "gb18030"),
        ("張三的病歷與檢查報告資料", "big5"),
        ("Müller é", "cp437"),
        ("片子①", "gb18030"),
    ],
)
def test_whole_names_are_read_in_their_encoding(name, codec):
    assert entries.decoded([name.encode(codec)]) == [name]


@pytest.mark.parametrize(
    "data",
    [
        zipped({"../张三.txt": "x"}),
        zipped({"/张三.txt": "x"}),
        zipped({"c:\\张三.txt": "x"}),
        zipped({"张三.txt": b"0" * (8 << 20)}),
        zipped({"张三.txt": "x"})[:-30],
        encrypted(),
        linked(),
        disagreeing(),
        doubled(),
        oddly_packed(),
    ],
    ids=["up", "root", "drive", "bomb", "cut", "encrypted", "link", "names", "doubled", "method"],
)
def test_dangers_are_refused_without_a_name(tmp_path, data):
    (tmp_path / "a.zip").write_bytes(data)

    with pytest.raises(UnreadableDocument) as error:
        read(tmp_path / "a.zip", ref="#1")

    assert "张三" not in str(error.value)


def test_archives_nested_too_deeply_are_left_out(tmp_path):
    data = zipped({"a.txt": "x"})
    for _ in range(9):
        data = zipped({"a.zip": data, "b.txt": "y"})
    (tmp_path / "a.zip").write_bytes(data)

    assert read(tmp_path / "a.zip", ref="#1").details["removed"] == {"file": 1}


def test_an_archive_of_nothing_that_is_known_is_unsupported(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"a.xyz": "x"}))

    with pytest.raises(UnsupportedDocument):
        read(tmp_path / "a.zip", ref="#1")


@pytest.mark.parametrize(
    ("name", "parts"),
    [("a.xlsx", {"a.txt": "x"}), ("a.odt", {"mimetype": "x", "content.xml": "x"}), ("a.zip", {})],
)
def test_packages_of_other_kinds_are_no_archives(tmp_path, name, parts):
    (tmp_path / name).write_bytes(zipped(parts))

    with pytest.raises(UnreadableDocument):
        read(tmp_path / name, ref="#1")


def test_an_archive_of_too_many_members_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(entries, "_MOST_MEMBERS", 3)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({f"{number}.txt": "甲" for number in range(4)}))

    with pytest.raises(UnreadableDocument, match="too large"):
        read(path, ref="#1")


def test_what_archives_within_archives_unpack_to_is_added_up(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 3_000)
    inner = zipped({"a.txt": "病历" * 200})
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({f"{number}.zip": inner for number in range(3)}))

    with pytest.raises(UnreadableDocument, match="too large"):
        read(path, ref="#1")
