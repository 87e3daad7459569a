"""Text, Markdown and encodings: byte for byte the same where nothing was edited."""

from __future__ import annotations

import codecs
import errno
import pickle
from base64 import b64encode
from pathlib import Path

import pytest
from planting import document_of, replaced, rewritten, survivors

from deid.errors import UnreadableDocument, UnsupportedDocument, UnwritableDocument
from deid.formats import FORMATS, Edit, read, sniff, text_of, write
from deid.normalize import shadow

_NOTE = "患者张三，男，45岁。\r\n主诉：胸闷三天。\n\n电话：13800138000\r既往体健，无特殊。\n"


VOICES = (("Suzuki Kenji", "本日は"), ("白雪", "你好"), ("Suzuki Kenji", "はい"))


def _file(tmp_path: Path, data: bytes, name: str = "a.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def _written(path: Path, values=()) -> bytes:
    document = read(path, ref="#1")
    out = path.with_name("out.tmp")
    write(document, replaced(document, values) if values else {}, out)
    return out.read_bytes()


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("gb18030", b""),
        ("gbk", b""),
        ("gb2312", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("gb18030", b"\x84\x31\x95\x33"),
    ],
)
def test_encoding_mark_and_line_ends_are_kept(tmp_path, codec, mark):
    path = _file(tmp_path, mark + _NOTE.encode(codec))

    assert "".join(block.text for block in read(path, ref="#1").blocks()) == _NOTE
    assert _written(path) == path.read_bytes()
    assert _written(path, ["张三", "13800138000"]) == mark + _NOTE.replace("张三", "〔替〕").replace(
        "13800138000", "〔替〕"
    ).encode(codec)


def test_big5_is_told_from_gbk_and_labels_are_written_in_it(tmp_path):
    text = "病患王小明，電話０９１２三四五六七八，住臺北市大安區。診斷為高血壓與糖尿病，持續服藥。\n"
    path = _file(tmp_path, text.encode("big5"))
    document = read(path, ref="#1")

    write(document, {"line:1": (Edit(2, 5, "〔电话1〕"),)}, tmp_path / "out")

    assert document.details["encoding"].codec == "cp950"
    assert (tmp_path / "out").read_bytes().decode("big5") == text.replace("王小明", "〔電話1〕")


@pytest.mark.parametrize(
    "text",
    [
        "张三丰",
        "王芳，电话",
        "姓名：赵六",
        "患者䶮某到院复查血压",
        "李喆堃䶮",
        "李玥",
        "欧玥珺某",
        "患者王璟",
        "門診病歷：患者陳大文，男，五十歲。",
    ],
)
def test_short_gbk_texts_are_read_as_such(tmp_path, text):
    path = _file(tmp_path, text.encode("gb18030"))

    assert [block.text for block in read(path, ref="#1").blocks()] == [text]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"abc\x00def", "binary"),
        ("患者".encode("utf-16-le"), "undecodable|binary|control"),
        (b"\xff\xfe\x00\xd8", "undecodable"),
        (bytes(range(0x80, 0x100)) * 3, "undecodable"),
        ("姓名：张三，患者主诉咳嗽".encode() + "，复诊".encode("gbk"), "several encodings"),
        ("カルテ 診断書".encode("shift_jis"), "undecodable"),  # too short to be sure of it
        ("姓名\x0e张三\x0f".encode(), "control"),
        (b"\x1b$)A\x0eVl\x0f", "control"),
        ("电话\x1b[13800138000m".encode(), "control"),
        ("电话\x1b]0;13800138000\x07".encode(), "control"),
        ("张三来诊，血压正常。\x01\x02\x03\x04\x05".encode(), "control"),
        ("张三\x01\x01".encode(), "control"),
        ("患者张三来诊，血压正常。\x01".encode("gb18030"), "control"),
        ("患者张三来院复查，血压正常。" * 5).encode()[:-1].__add__(b"\xe6") and (("患者张三来院。" * 9).encode()[:-1], "damaged"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_with_certainty_is_refused(tmp_path, data, reason):
    with pytest.raises(UnreadableDocument, match=reason):
        read(_file(tmp_path, data), ref="#1")


def test_a_stand_in_that_the_encoding_lacks_is_an_error_without_text(tmp_path):
    path = _file(tmp_path, "病患王小明，住臺北市大安區。診斷為高血壓與糖尿病，持續服藥中。".encode("big5"))
    document = read(path, ref="#1")

    with pytest.raises(UnwritableDocument) as caught:
        write(document, {"line:1": (Edit(2, 5, "\U0001f600"),)}, tmp_path / "out")

    assert "王小明" not in str(caught.value)


def test_blocks_are_paragraphs_of_about_two_thousand_characters(tmp_path):
    paragraph = "患者一般情况可。" * 40 + "\n电话：1380013\n8000\n\n"
    path = _file(tmp_path, (paragraph * 20).encode())

    blocks = list(read(path, ref="#1").blocks())

    assert all(len(block.text) < 4_000 for block in blocks)
    assert all(block.text.endswith("\n\n") for block in blocks[:-1])
    assert len({block.id for block in blocks}) == len(blocks)
    assert blocks[1].where.startswith("line ")


def test_very_long_lines_are_cut_after_sentences(tmp_path):
    path = _file(tmp_path, ("病情平稳，继续观察。" * 10_000).encode())

    blocks = list(read(path, ref="#1").blocks())

    assert max(len(block.text) for block in blocks) <= 42_000
    assert all(block.text.endswith("。") for block in blocks)
    assert _written(path) == path.read_bytes()


def test_a_changed_file_is_refused(tmp_path):
    path = _file(tmp_path, b"abc")
    document = read(path, ref="#1")
    path.write_bytes(b"abcd")

    with pytest.raises(UnreadableDocument, match="changed"):
        list(document.blocks())


def test_documents_can_be_read_again_and_sent_to_another_process(tmp_path):
    path = _file(tmp_path, _NOTE.encode())
    document = pickle.loads(pickle.dumps(read(path, ref="#1")))

    assert list(document.blocks()) == list(document.blocks())


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("a.txt", "张三".encode(), "txt"),
        ("a", "张三".encode(), "txt"),
        ("a.md", b"# x", "md"),
        ("a.csv", b"a,b\n1,2\n", "csv"),
        ("a.tsv", b"a\tb\n", "tsv"),
        ("a.txt", "姓名\t电话\n张三\t13800138000\n".encode(), "csv"),
        ("a.json", b'{"a": 1}', "json"),
        ("a.json", b'{"a": 1}\n{"a": 2}\n', "jsonl"),
        ("a.txt", b'{"a": "\\u5f20"}', "json"),
        ("a.jsonl", b'{"a": 1}\n', "jsonl"),
        ("a.jsonl", b'"x"\n"y"\n', "jsonl"),
        ("a.jsonl", b'{\n  "a": 1\n}\n', "json"),
        ("a.ndjson", b'[\n  {"a": 1},\n  {"a": 2}\n]\n', "json"),
        (
            "a.sql",
            "insert into k values\n(1,'张三','a'),\n(2,'李四','b'),\n(3,'王五','c');\n".encode(),
            "sql",
        ),
        ("a.txt", "姓名\x01电话\n张三\x0113800138000\n".encode(), "csv"),
        ("a.ini", "[值班]\nphone = 13800138000\n".encode(), "txt"),
        ("a.yaml", "- {name: 张三, phone: 1}\n- {name: 李四, phone: 2}\n".encode(), "txt"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n我叫张三\n".encode(), "txt"),
        ("系统.log.1", "张三登录\n".encode(), "txt"),
        ("系统.log.2024-04-12", "张三登录\n".encode(), "txt"),
        ("名单.csv.bak", "姓名,电话\n张三,13800138000\n".encode(), "csv"),
    ],
)
def test_content_says_what_a_file_is(tmp_path, name, data, format):
    assert sniff(_file(tmp_path, data, name)) == format
    assert format in FORMATS


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.eml", b"no header\n"),
        ("a.py", b"print(1)"),
        ("a.zip", b"PK\x05\x06" + b"\0" * 18),
    ],
)
def test_other_kinds_of_files_are_unsupported(tmp_path, name, data):
    with pytest.raises(UnsupportedDocument):
        read(_file(tmp_path, data, name), ref="#1")


def test_cells_of_markdown_tables_have_labels(tmp_path):
    text = "# 名单\n\n| 姓名 | 电话 |\r\n|---|:--:|\n| 平安 | 13800138000 |\n|李四|139|\n\n平安说：好\n"
    path = _file(tmp_path, text.encode(), "a.md")

    blocks = {block.text: block.labels for block in read(path, ref="#1").blocks()}

    assert blocks["平安"] == ("姓名",)
    assert blocks["139"] == ("电话",)
    assert _written(path) == text.encode()
    assert _written(path, ["平安"]) == text.replace("平安", "〔替〕").encode()


def test_cells_of_markdown_tables_stand_below_their_header_though_some_are_empty(tmp_path):
    text = "序号|姓名|科室|编号\n---|---|---|---\n|1|平安||13\n2||内科|14|\n"
    path = _file(tmp_path, text.encode(), "a.md")

    blocks = {block.text: block for block in read(path, ref="#1").blocks() if block.table}

    assert [blocks[cell].labels for cell in ("平安", "13", "内科")] == [("姓名",), ("编号",), ("科室",)]
    assert blocks["13"].table == blocks["编号"].table._replace(row=1)
    assert _written(path, ["14"]) == text.replace("14", "〔替〕").encode()


def test_escapes_of_markdown_are_read_and_those_outside_an_edit_stay(tmp_path):
    text = "\\# 题 C:\\foo\n\n邮箱 zhang\\_sanfeng@qq.com，\\*注\\*\n\n|微信|\n|---|\n|wx\\_ou\\_8\\|x|\n"
    path = _file(tmp_path, text.encode(), "a.md")
    expected = text.replace("zhang\\_sanfeng@qq.com", "〔替〕").replace("wx\\_ou\\_8", "〔替〕")

    blocks = {block.text: block.labels for block in read(path, ref="#1").blocks()}

    assert "# 题 C:\\foo\n\n邮箱 zhang_sanfeng@qq.com，*注*\n\n" in blocks
    assert blocks["wx_ou_8|x"] == ("微信",)
    assert _written(path) == text.encode()
    assert _written(path, ["zhang_sanfeng@qq.com", "wx_ou_8"]) == expected.encode()


def test_a_value_over_marks_of_markdown_is_read_as_one(tmp_path):
    text = "- 电话**13912**_345678_，~~张~~伟，138****5678\n- 尾号138**5678\n"
    path = _file(tmp_path, text.encode(), "a.md")

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert texts == [text.replace("_", ""), "- 电话13912345678，~~张伟，138****5678"]
    assert (
        _written(path, ["13912345678", "张伟"]).decode()
        == "- 电话**〔替〕**，~~〔替〕~~，138****5678\n- 尾号138**5678\n"
    )


def test_marks_of_emphasis_are_no_part_of_what_markdown_says(tmp_path):
    text = "| **医师** | 患者 |\n|---|---|\n| ***茯苓*** | **昝** *温馨* |\n\n诊断为**高血压**2级，`硝苯地平`，张**和李**，签名____\n"
    path = _file(tmp_path, text.encode(), "a.md")

    blocks = list(read(path, ref="#1").blocks())

    assert [block.text for block in blocks if block.table and not block.segments] == [
        "医师",
        "患者",
        "茯苓",
        "昝 温馨",
    ]
    assert [block.labels for block in blocks if block.text in ("茯苓", "昝 温馨")] == [("医师",), ("患者",)]
    assert "诊断为高血压2级，硝苯地平，张**和李**，签名____" in [block.text.strip() for block in blocks]
    assert _written(path, ["昝 温馨", "茯苓"]).decode() == text.replace("茯苓", "〔替〕").replace(
        "昝** *温馨*", "〔替〕**"
    )


def test_sizes_in_markdown_are_no_telephone(tmp_path):
    text = "柜 1800*2000*220，床1350*2000*180。\n\n手机138*0013*8000\n"

    texts = [block.text for block in read(_file(tmp_path, text.encode(), "a.md"), ref="#1").blocks()]

    assert texts == [text, "手机13800138000"]


def test_the_check_reads_text_in_every_encoding(tmp_path):
    for codec in ("utf-8", "gb18030", "utf-16"):
        path = _file(tmp_path, _NOTE.encode(codec))

        assert survivors({"张三": codec}, text_of(path)) == {codec}


def test_the_check_reads_escapes_of_markdown(tmp_path):
    path = _file(tmp_path, rb"a wx\_ouyang\_88", "a.md")

    assert survivors({"wx_ouyang_88": "here"}, text_of(path, format="md")) == {"here"}


def test_a_full_disk_is_left_to_the_caller(tmp_path, monkeypatch):
    path = _file(tmp_path, b"abc")
    document = read(path, ref="#1")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("deid.formats.plain.create_text", full)
    with pytest.raises(OSError, match="No space"):
        write(document, {}, tmp_path / "out")


@pytest.mark.parametrize(
    "text",
    [
        "谢平18",
        "联系人伟 13800138000",
        "志强 英",
        *(
            "魏伟",
            "魏梅",
            "小谢",
            "学医",
            "谢小英",
            "肖小笑",
            "叶英",
            "薛小英",
            "訚英",
            "欧英",
            "詹展",
        ),
        *("id,name\n1,谢平\n2,魏英\n", "id,sex\n1,女\n2,女\n", "VIP女", "X女", "姓名,电话\n", "小英 女 18"),
        *("谢英,肖小伟,薛学英", "name: 谢伟", "xie.ping@example.com 谢平", "13800138000 小薛"),
    ],
)
def test_gbk_that_is_valid_utf8_by_chance_is_still_gbk(tmp_path, text):
    path = _file(tmp_path, text.encode("gbk"))

    assert read(path, ref="#1").details["encoding"].codec == "gb18030"
    assert _written(path) == path.read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        *("dose 5±1 µg at 37°C, Sjögren, α-receptor", "mean ± SD", "TNFα", "γδ T cells", "5 mg·kg", "10×3"),
        *(
            'id,text\n1,"Lǐ Wěi"\n',
            "Wáng Fāng",
            "Zhāng",
            "Lī",
            "nǚ",
            "cœur, œuvre, sœur",
            "Łukasz",
            "Tomáš Dvořák",
        ),
        *("domů", "Ağrı", "Kwakʼwala", "Hawaiʻi", "võro", "Müşteri: İbrahim"),
        *("Все люди рождаются свободными и равными", "Иван", "Олег Петров", "Україна", "Қазақстан", "Мʼянма"),
        *("Καλημέρα κόσμε", "Ελλάδα", "γιατρός", "Հայաստան", "שלום עולם", "السلام عليكم", "ئۇيغۇرچە", "ދިވެހި"),
    ],
)
def test_texts_in_utf8_without_chinese_are_not_taken_for_gbk(tmp_path, text):
    path = _file(tmp_path, text.encode())

    assert "".join(block.text for block in read(path, ref="#1").blocks()) == text
    assert _written(path) == path.read_bytes()


def test_korean_is_not_taken_for_gbk(tmp_path):
    path = _file(tmp_path, "오늘 병원에 갔습니다. 의사 선생님이 약을 주셨어요.".encode("euc_kr"))

    with pytest.raises(UnreadableDocument, match="Korean"):
        read(path, ref="#1")


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("size", [300, 90_000])
def test_files_in_addresses_are_left_out(tmp_path, name, size):
    data = b64encode("患者张三".encode() * (size // 12)).decode()
    text = (
        f"复诊 ![片子](data:image/png;charset=utf-8;base64,{data}) 已取\n下一行 data:text/plain;base64,{data}"
    )
    document = document_of(tmp_path / name, text)

    written = rewritten(document, ["没有这个"], tmp_path / "out")

    assert written == "复诊 ![片子](data:,) 已取\n下一行 data:,"
    assert document.details["removed"] == {"embedded file": 2}
    assert "".join(block.text for block in document.blocks()) == written


@pytest.mark.parametrize("before", [12_000, *range(19_972, 20_002)])
def test_files_in_addresses_are_left_out_wherever_a_long_line_is_cut(tmp_path, before):
    data = b64encode("患者张三".encode() * 5_000).decode()
    text = "复" * before + f"data:image/png;q=1;base64,{data}，诊"
    document = document_of(tmp_path / "a.txt", text)

    written = rewritten(document, ["没有这个"], tmp_path / "out")

    assert written == "复" * before + "data:,，诊"


def test_what_subtitles_say_is_read_without_their_times(tmp_path):
    cues = ["坐席：您好", "客户：我叫欧阳某", "手机13912", "345678，没错"]
    times = [f"00:00:0{n},000 --> 00:00:0{n},900" for n in range(4)]
    text = "".join(
        f"{n}\n{time}\n{cue}\n\n" for n, (time, cue) in enumerate(zip(times, cues, strict=True), 1)
    )
    document = document_of(tmp_path / "a.srt", text)

    whole, said = document.blocks()
    out = tmp_path / "b.srt"
    write(document, replaced(document, ["欧阳某", "13912\n345678"]), out)

    assert whole.text == text
    assert said.text == "".join(f"{cue}\n" for cue in cues)
    new = out.read_text("utf-8")
    assert not any(part in new for part in ("欧阳某", "13912", "345678"))
    assert all(time in new for time in times)


@pytest.mark.parametrize(
    "text",
    [
        "1\n0:00:01,000 --> 0:00:02,000\n手机13912\n\n2\n0:00:02,000 --> 0:00:03,000\n345678\n",
        "1\r\n00:00:01,00-->00:00:02,00\r\n手机13912\r\n\r\n2\r\n00:00:02,00-->00:00:03,00\r\n345678\r\n",
        "1\r00:00:01,000 --> 00:00:02,000\r手机13912\r\r2\r00:00:02,000 --> 00:00:03,000\r345678\r",
        "WEBVTT\n\nintro-1\n00:01.000 --> 00:02.000\n手机13912\n\nintro-2\n00:02.000 --> 00:03.000\n345678\n",
        "[00:01.00]手机13912\n[00:02.00]345678\n",
        "[00:01.00]手机<00:01.20>139<00:01.40>12\r\n[00:02.00][01:02.00]345678\r\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<00:01.000><c>手</c><00:01.100><c.red.bg>机1</c>39<i>12</i>\n<b>345678</b>\n",
        "1\n\n00:00:01,000 --> 00:00:02,000\n手机13912\n\n2\n\n00:00:02,000 --> 00:00:03,000\n345678\n",
    ],
)
def test_subtitles_are_known_however_they_are_written(tmp_path, text):
    path = _file(tmp_path, text.encode(), "a.srt")

    assert [block.text for block in read(path, ref="x").blocks()][1:] == ["手机13912\n345678\n"]
    assert len(list(read(_file(tmp_path, text.encode(), "a.md"), ref="x").blocks())) >= 1


def test_a_value_over_the_times_of_its_characters_is_taken_from_all_of_them(tmp_path):
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 白雪><00:01.000><c>患</c><00:01.100><c>张</c><00:01.200><c>三</c>\n"
    document = document_of(tmp_path / "a.vtt", text)

    written = rewritten(document, ["张三"], tmp_path / "b.vtt")

    assert written == text.replace("张", "〔替〕").replace("三", "")


def test_whose_voice_it_is_speaks_in_subtitles(tmp_path):
    cues = "".join(
        f"00:0{n}.000 --> 00:0{n}.900\n<v {who}>{said}\n\n" for n, (who, said) in enumerate(VOICES)
    )
    document = document_of(tmp_path / "a.vtt", f"WEBVTT\n\n{cues}")

    *_, said = document.blocks()

    assert said.text == "".join(f"{who}: {said}\n" for who, said in VOICES)
    assert "<v 〔替〕>" in rewritten(document, ["白雪"], tmp_path / "b.vtt")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("end", ["\x1b[0m", "\x1b[m\x1b[K", "\x1b(B\x1b[m", "\x1b[38;2;255;128;0m"])
def test_colours_of_a_terminal_part_no_value_and_stay(tmp_path, codec, end):
    text = f"\x1b[31m患者欧{end}阳雪来诊，血压正常。电话138\x1b[1m00138000{end}，请按时服药\n"
    path = _file(tmp_path, text.encode(codec), "a.log")
    document = read(path, ref="#1")
    [block] = document.blocks()

    found = shadow(block.text).text

    assert found == "患者欧阳雪来诊,血压正常。电话13800138000,请按时服药\n"
    assert _written(path) == path.read_bytes()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "姓名\x01电话\n张三\x0113800138000\n"),
        ("a.txt", "姓名\x01电话\n张三\x0113800138000\n"),
        ("a.md", "# 张三\x08来诊\n"),
        ("a", "张三来诊\x02患者\x03"),
    ],
)
def test_a_few_control_characters_make_no_text_binary(tmp_path, name, text):
    path = _file(tmp_path, text.encode(), name)

    assert _written(path) == path.read_bytes()
    assert _written(path, ["张三"]) == text.replace("张三", "〔替〕").encode()
