"""Contacts: nothing planted survives, and what is not personal keeps its bytes."""

from __future__ import annotations

import quopri
import re

import pytest
from planting import Planter, document_of, replaced, survivors

from deid import deidentify_folder
from deid.errors import UnreadableDocument, UnwritableDocument
from deid.formats import read, text_of, write
from deid.formats.vcf import with_whole_characters
from deid.normalize import shadow

ORDINARY = 'BEGIN:VCARD\r\nVERSION:3.0\r\nORG;CHARSET=UTF-8:A\\, B;\r\nTEL;TYPE="cell,voice":110\r\nNOTE:a lon\r\n g note\\nx\r\nEND:VCARD\r\n'


def quoted(text, codec="utf-8"):
    return "".join(f"={byte:02X}" for byte in text.encode(codec))


def cards(p):
    n = p.name
    family, folded, soft = n("family and given"), n("folded"), quoted(n("soft break"))
    return f"""BEGIN:VCARD
VERSION:3.0
N;SORT-AS="{n("parameter")}":{family[:2]};{family[2:]};;;
FN:{n("fn")}
item1.X-ABLabel:{n("group")}
VERSION:{p.phone("version")}.0
IMPP:{p.take("t13712345678", "scheme")}:a
NICKNAME:{n("nickname")}\\,{n("second nickname")}
TEL;TYPE=CELL:{p.phone("tel")}
ADR:;;{n("street")};{n("city")};;;
NOTE:x{folded[:2]}
 {folded[2:]}\\n{n("note")}
PHOTO;ENCODING=b:{quoted(n("photo")).replace("=", "")}
 AAAA
X-FILE:data:text/plain,{n("data")}
X-{p.phone("name of a property")}:1
{n("no colon")}
END:VCARD
BEGIN:VCARD
VERSION:2.1
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted(n("quoted"))}
ORG;CHARSET=GBK;QUOTED-PRINTABLE:{quoted(n("gbk"), "gbk")};{quoted(n("unit"), "gbk")}
NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:{soft[:9]}=
{soft[9:]}
END:VCARD
"""


def read_again(data):
    text = data.decode()
    yield text
    text = re.sub(r"\n ", "", text)
    yield text.replace("\\", "")
    yield text.replace(";", "")
    for codec in ("utf-8", "gbk"):
        yield quopri.decodestring(data).decode(codec, "ignore")


def test_nothing_planted_survives_in_bytes_or_in_a_second_reader(tmp_path):
    planter = Planter()
    document, out = document_of(tmp_path / "a.vcf", cards(planter)), tmp_path / "b.vcf"

    write(document, replaced(document, planter.values), out)

    assert survivors(planter.values, [*read_again(out.read_bytes()), *text_of(out, format="vcf")]) == set()
    assert document.details["removed"] == {"embedded file": 3}
    assert survivors(planter.values, text_of(tmp_path / "a.vcf", format="vcf")) == set(
        planter.values.values()
    ) - {"photo"}


def test_contacts_without_anything_personal_keep_their_bytes(tmp_path):
    document, out = document_of(tmp_path / "a.vcf", ORDINARY), tmp_path / "b.vcf"

    write(document, replaced(document, ["张三"]), out)

    assert out.read_bytes() == ORDINARY.encode()


def test_what_a_property_is_called_is_no_name_of_somebody(tmp_path):
    path = tmp_path / "a.vcf"
    path.write_text("BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8:张;三丰;;;\r\nEND:VCARD\r\n", "utf-8")

    labels = {block.text: block.labels for block in read(path, ref="#1").blocks()}

    assert labels["N;CHARSET=UTF-8:"] == ()
    assert labels["张三丰"] == ("姓名",)


def test_the_parts_of_a_name_are_read_together(tmp_path):
    document = document_of(
        tmp_path / "a.vcf", "BEGIN:VCARD\nN:欧阳;娜娜;;;\nADR:;;长安街1号;北京市;;;\nEND:VCARD\n"
    )

    found = {block.text: block.labels for block in document.blocks()}

    assert found["欧阳娜娜"] == ("姓名",)
    assert found["北京市长安街1号"] == ("地址",)


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_a_value_is_quoted_printable_though_nothing_says_so(tmp_path, codec):
    said = quoted("患者欧阳婉琴的电话13812345678", codec)
    charset = ";CHARSET=GBK" * (codec == "gbk")
    card = f"BEGIN:VCARD\nVERSION:2.1\nNOTE{charset}:{said[:24]}=\n{said[24:]}\nURL:a.cn/?x=1\nEND:VCARD\n"
    document = document_of(tmp_path / "a.vcf", card)

    write(document, replaced(document, ["欧阳婉琴"]), tmp_path / "b.vcf")

    assert "患者欧阳婉琴的电话13812345678" in [block.text for block in document.blocks()]
    written = (tmp_path / "b.vcf").read_text()
    assert "欧阳婉琴" not in quopri.decodestring(written).decode(codec)
    assert "URL:a.cn/?x=1\n" in written


@pytest.mark.parametrize(
    "text", ["FN:张三\n", "BEGIN:VCARD\nFN;QUOTED-PRINTABLE;CHARSET=UTF-8:=FF=FE\nEND:VCARD\n"]
)
def test_what_cannot_be_read_for_sure_is_refused(tmp_path, text):
    (tmp_path / "a.vcf").write_text(text, encoding="utf-8")

    with pytest.raises(UnreadableDocument) as error:
        read(tmp_path / "a.vcf", ref="#1")

    assert "张三" not in str(error.value)


def invitation(p):
    n = p.name
    folded = n("folded attendee")
    return f"""BEGIN:VCALENDAR
PRODID:-//{n("product")}//ZH
METHOD:REQUEST
BEGIN:VEVENT
ORGANIZER;CN="{n("organiser")}":mailto:{p.take("wangxiaofang@163.com", "address")}
ATTENDEE;ROLE=REQ-PARTICIPANT;CN={folded[:2]}
 {folded[2:]};RSVP=TRUE:mailto:a@b.cn
SUMMARY;LANGUAGE=zh-cn:{n("summary")}\\, {n("second")}
LOCATION:{n("place")}
DESCRIPTION:x\\n{n("description")}
X-ALT-DESC;FMTTYPE=text/html:<b>{n("html")[:1]}</b>x
ATTACH;ENCODING=BASE64;VALUE=BINARY:{quoted(n("attachment")).replace("=", "")}
BEGIN:{n("component")}
END:VEVENT
END:VCALENDAR
"""


def test_nothing_planted_survives_in_a_calendar(tmp_path):
    planter = Planter()
    document, out = document_of(tmp_path / "a.ics", invitation(planter)), tmp_path / "b.ics"

    write(document, replaced(document, planter.values), out)

    assert document.format == "ics"
    assert survivors(planter.values, [*read_again(out.read_bytes()), *text_of(out, format="ics")]) == set()
    assert document.details["removed"] == {"embedded file": 2}
    assert ("姓名",) in [block.labels for block in document.blocks() if block.text in planter.values]


def test_a_calendar_without_anything_personal_keeps_its_bytes(tmp_path):
    text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Asia/Shanghai:20240102T090000\r\nEND:VEVENT\r\n"
    document, out = document_of(tmp_path / "a.ics", text), tmp_path / "b.ics"

    write(document, replaced(document, ["张三"]), out)

    assert out.read_bytes() == text.encode()


def test_lines_that_end_twice_are_folded_all_the_same(tmp_path):
    path, out = tmp_path / "a.vcf", tmp_path / "b.vcf"
    lines = ["BEGIN:VCARD", "FN:王", " 小明", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ", " SkZJRgAB", "END:VCARD"]
    path.write_bytes("\r\r\n".join(lines).encode())

    write(read(path, ref="#1"), {}, out)

    assert "王小明" in [block.text for block in read(path, ref="#1").blocks()]
    assert out.read_bytes().decode() == "BEGIN:VCARD\r\r\nFN:王\r\r\n 小明\r\r\nEND:VCARD"


def test_a_line_that_breaks_in_the_middle_of_a_byte_is_read(tmp_path):
    """Phones break lines after so many characters."""
    value = quoted("西城区德胜门外教场口街")
    card = (
        f"BEGIN:VCARD\nNOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{value[:46]}=\n{value[46:]}\nEND:VCARD\n"
    )
    assert value[45] == "="
    document = document_of(tmp_path / "a.vcf", card)

    assert "西城区德胜门外教场口街" in [block.text for block in document.blocks()]

    write(document, replaced(document, ["德胜门外"]), tmp_path / "b.vcf")

    [_, note, *rest] = (tmp_path / "b.vcf").read_text().splitlines()
    assert quopri.decodestring(note + rest[0] if note.endswith("=") else note).decode().endswith("教场口街")
    assert "德胜门外" not in "".join(text_of(tmp_path / "b.vcf", format="vcf"))


def test_what_phones_add_to_contacts_is_told_by_its_labels(tmp_path):
    lines = [
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;罐子;1;;;",
        "IMPP;X-SERVICE-TYPE=QQ:x-apple:771203381",
        "X-WECHAT:grace_gz",
        "X-SKYPE-USERNAME:grace.li",
        "RELATED;type=child:Tobi",
        'ATTENDEE;CN="叶,德明":MAILTO:ye@example.cn',
    ]
    document = document_of(tmp_path / "a.vcf", "\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""]))

    labels = {block.text: block.labels for block in document.blocks()}

    assert labels["罐子"] == ("昵称",)
    assert labels["771203381"] == ("QQ",)
    assert labels["grace_gz"] == ("微信号",)
    assert labels["grace.li"] == ("账号",)
    assert labels["Tobi"] == ("联系人",)
    assert labels["叶,德明"] == ("姓名",)

    write(document, replaced(document, ["罐子", "771203381", "叶,德明"]), tmp_path / "b.vcf")

    written = (tmp_path / "b.vcf").read_text().splitlines()
    assert written[1] == "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;〔替〕;1;;;"
    assert written[2] == "IMPP;X-SERVICE-TYPE=QQ:x-apple:〔替〕"
    assert written[6] == 'ATTENDEE;CN="〔替〕":MAILTO:ye@example.cn'


def folded_by_bytes(text, width):
    """Each line folded after `width` bytes, as the RFCs allow it within a character too."""
    for line in text.encode().splitlines():
        pieces = [line[:width], *(line[i : i + width - 1] for i in range(width, len(line), width - 1))]
        yield b"\r\n ".join(pieces) + b"\r\n"


@pytest.mark.parametrize("width", [2, 3, 10, 11, 12, 75])
@pytest.mark.parametrize("name", ["a.vcf", "a.ics"])
def test_folds_within_a_character_are_read(tmp_path, name, width):
    planter = Planter()
    kind = {"a.vcf": "VCARD", "a.ics": "VCALENDAR"}[name]
    text = f"NOTE:患者{planter.name('note')}的电话{planter.phone('phone')}，请回电\nFN:{planter.name('fn')}\n"
    data = b"".join(folded_by_bytes(text, width))
    path, out = tmp_path / name, tmp_path / f"b{name}"
    path.write_bytes(f"BEGIN:{kind}\r\n".encode() + data + f"END:{kind}\r\n".encode())

    document = read(path, ref="1")
    write(document, replaced(document, planter.values), out)

    unfolded = out.read_bytes().replace(b"\r\n ", b"").decode()
    assert survivors(planter.values, [unfolded]) == set()
    assert [text in unfolded for text in ("的电话", "请回电")] == [True, True]


@pytest.mark.parametrize(
    "line",
    [
        "NOTE:\r\n 李喆，来诊",
        "X-NOTE;LANGUAGE=zh:\r\n\t李喆，来诊",
        f"NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=\r\n{quoted('李喆，来诊')}",
        "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=\r\n=\r\n李喆，来诊",
    ],
)
def test_a_value_that_begins_with_a_fold_is_taken_whole(tmp_path, line):
    path, out = tmp_path / "a.vcf", tmp_path / "b.vcf"
    path.write_text(f"BEGIN:VCARD\r\nVERSION:2.1\r\n{line}\r\nEND:VCARD\r\n", "utf-8", newline="")
    document = read(path, ref="1")

    write(document, replaced(document, ["李喆"]), out)

    assert "〔替〕，来诊" in "".join(block.text for block in read(out, ref="1").blocks())


@pytest.mark.parametrize("data", [b"FN:\xe5\xbc\r\n \xa0\xff", b"FN:\xd5\xc5\xc8\xfd\xb5\r\n \xb5"])
def test_folds_of_what_is_no_utf_8_stay(data):
    assert with_whole_characters(data) == data


@pytest.mark.parametrize(
    ("name", "text", "codec"),
    [
        ("a.vcf", "BEGIN:VCARD\nVERSION:4.0\nFN:да\nEND:VCARD\n", "utf-8"),
        ("a.vcf", "BEGIN:VCARD\nVERSION:2.1\nFN:小谢\nEND:VCARD\n", "gb18030"),
        ("a.ics", "BEGIN:VCALENDAR\nSUMMARY:да\nEND:VCALENDAR\n", "utf-8"),
        ("a.ics", "BEGIN:VCALENDAR\nSUMMARY:谢平\nEND:VCALENDAR\n", "gb18030"),
    ],
)
def test_new_contacts_and_calendars_are_in_utf8_unless_they_are_chinese_in_gbk(tmp_path, name, text, codec):
    (tmp_path / name).write_text(text, codec)

    assert read(tmp_path / name, ref="#1").details["encoding"].codec == codec


def test_an_appointment_without_a_calendar_around_it_is_read(tmp_path):
    text = "BEGIN:VEVENT\r\nSUMMARY:王小芳复诊\r\nDTSTART:20240101T100000Z\r\nEND:VEVENT\r\n"
    (tmp_path / "a.ics").write_bytes(text.encode())
    document = read(tmp_path / "a.ics", ref="#1")

    write(document, replaced(document, ["王小芳"], "某"), tmp_path / "b.ics")

    assert (tmp_path / "b.ics").read_bytes() == text.replace("王小芳", "某").encode()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_quoted_printable_that_nobody_calls_so_is_read_over_its_lines(tmp_path, end):
    value, out = quoted("患者李喆的电话"), tmp_path / "b.vcf"
    text = f"BEGIN:VCARD{end}VERSION:2.1{end}NOTE:{value[:57]}={end}{value[57:]}{end}FN:x{end}END:VCARD{end}"
    path = tmp_path / "a.vcf"
    path.write_text(text, "utf-8", newline="")
    document = read(path, ref="1")

    write(document, {}, out)

    assert "患者李喆的电话" in [shadow(block.text).text for block in document.blocks()]
    assert out.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            "ADR:;;Silicon Alley 5,;New York;New York;12345;USA",
            "USA New York New York Silicon Alley 5, 12345",
        ),
        ("N:Kalas;Dimitra;Anna;;", "Kalas Anna Dimitra"),
        ("N:欧阳;靖宇;;;", "欧阳靖宇"),
        ("ADR:;;长沙市麓山路5;;;;", "长沙市麓山路5"),
    ],
)
def test_parts_in_letters_stand_apart_where_they_are_read_as_one(tmp_path, line, text):
    document = document_of(tmp_path / "a.vcf", f"BEGIN:VCARD\nVERSION:3.0\n{line}\nEND:VCARD\n")

    assert text in [block.text for block in document.blocks()]


def test_a_place_that_an_address_keeps_and_a_label_has_not_withholds_no_contacts(tmp_path):
    quoted_label = "LABEL;ENCODING=QUOTED-PRINTABLE:Silicon Alley 5,=0D=0A=\nNew York, New York"
    card = f"BEGIN:VCARD\nVERSION:2.1\nADR:;;Silicon Alley 5,;New York;New York;1;USA\n{quoted_label}\nEND:VCARD\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.vcf").write_text(card)

    done = deidentify_folder(tmp_path / "in", tmp_path / "out", workers=0)

    assert done.report.complete


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("ics", ["DTSTART:20240115T083000", "DTEND;TZID=Asia/Shanghai:20240115T093000"]),
        ("ics", ["DTSTART;VALUE=DATE:20240201", "DUE;VALUE=DATE:20240301"]),
        ("ics", ["RRULE:FREQ=WEEKLY;UNTIL=20240315T000000Z", "EXDATE:20240122T083000,20240129T083000"]),
        ("ics", ["RDATE;VALUE=PERIOD:20240117T180000Z/20240117T190000Z"]),
        ("vcf", ["VERSION:3.0", "BDAY:19780301", "REV:2024-01-01T08:30:00Z"]),
        ("vcf", ["VERSION:4.0", "BDAY:1985-04-12", "ANNIVERSARY:20100801"]),
    ],
)
def test_a_date_of_which_the_month_is_left_stays_one_and_is_not_the_old_one(tmp_path, name, lines):
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    kind, told = {"ics": "VEVENT", "vcf": "VCARD"}[name], "\r\n".join(lines)
    (source / f"a.{name}").write_bytes(f"BEGIN:{kind}\r\n{told}\r\nEND:{kind}\r\n".encode())
    dates = re.compile(r"(?<![0-9T])(?:19|20)[0-9]{2}(?:-?[0-9]{2}){0,2}(?=[TZ,/\r\n]|$)")

    deidentify_folder(source, out, workers=0)

    left = (out / f"a.{name}").read_bytes().decode()
    shape = (
        r"(?:19|20)[0-9]{2}(?:-[0-9]{2})?" if "4.0" in told else r"(?:[0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2})"
    )
    assert all(re.fullmatch(shape, date) for date in dates.findall(left))
    assert len(dates.findall(left)) == len(dates.findall(told))
    assert not set(dates.findall(told)) & set(dates.findall(left))


def test_a_calendar_that_tells_all_days_of_a_month_is_refused_where_the_month_is_left(tmp_path):
    days = "".join(f"DTSTART:202402{day:02}T080000\r\n" for day in range(1, 30))
    document, out = (
        document_of(tmp_path / "a.ics", f"BEGIN:VEVENT\r\n{days}END:VEVENT\r\n"),
        tmp_path / "b.ics",
    )

    with pytest.raises(UnwritableDocument):
        write(document, replaced(document, [f"202402{day:02}" for day in range(1, 30)], "202402"), out)


@pytest.mark.parametrize(
    ("line", "value", "new", "is_written"),
    [
        ("DTSTART:20240305T090000", "20240305", "〔日期1〕", False),
        ("DTSTAMP:20240305T090000Z", "20240305T090000Z", "〔日期1〕", False),
        ("DTSTART;VALUE=DATE:20240305", "0305", "****", False),
        ("DTSTART;VALUE=DATE:20240228", "0228", "0230", False),
        ("EXDATE:20240305T090000,20240306T090000", "20240306", "", False),
        ("RRULE:FREQ=DAILY;UNTIL=20240305T090000Z", "20240305", "〔日期1〕", False),
        ("DTSTART:20240305T090000", "20240305", "20240312", True),
        ("DTSTART:20240305T090000", "20240305T090000", "20240312", True),
        ("DTSTART:即日", "即日", "〔日期1〕", True),  # was none before
        ("SUMMARY:20240305 复诊", "20240305", "〔日期1〕", True),
        ("TRIGGER:-PT15M", "", "", True),
    ],
)
def test_dates_of_a_calendar_stay_dates_or_nothing_is_written(tmp_path, line, value, new, is_written):
    document = document_of(tmp_path / "a.ics", f"BEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\n")
    edits = replaced(document, [value], new) if value else {}
    out = tmp_path / "b.ics"

    if is_written:
        write(document, edits, out)
        written = out.read_bytes().decode()
        assert written == f"BEGIN:VEVENT\r\n{line.replace(value, new)}\r\nEND:VEVENT\r\n"
    else:
        with pytest.raises(UnwritableDocument, match="what stands for a date of the calendar is none"):
            write(document, edits, out)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("ics", 'ATTENDEE;CN="Plan B team";ROLE=CHAIR:mailto:group@example.com'),
        ("ics", 'LOCATION;ALTREP="http://example.com/b/room":三号楼会议室'),
        ("ics", "DESCRIPTION;X-CODE=base64:复诊"),
        ("vcf", 'NOTE;X-SRC="vitamin b":对青霉素过敏'),
        ("vcf", 'ADR;LABEL="Tower B":;;;;;;'),
        ("vcf", "NOTE:Data: 体温36.5\\, 心率80"),
    ],
)
def test_a_line_whose_parameters_merely_hold_a_b_is_no_file(tmp_path, name, line):
    kind = "VCARD" if name == "vcf" else "VCALENDAR"
    data = f"BEGIN:{kind}\n{line}\nEND:{kind}\n"
    document, out = document_of(tmp_path / f"a.{name}", data), tmp_path / f"b.{name}"

    write(document, {}, out)

    assert out.read_text(encoding="utf-8") == data
    assert document.details["removed"] == {}


@pytest.mark.parametrize(
    "parameters",
    [
        "ENCODING=b",
        "ENCODING=BASE64;TYPE=X",
        'ENCODING="B"',
        "ENCO\n DING=b",
        "VALUE=BINARY",
        "BASE64",
        "JPEG;BASE64",
        "TYPE=base64",
    ],
)
def test_a_line_whose_parameters_say_that_it_is_binary_is_a_file(tmp_path, parameters):
    document = document_of(tmp_path / "a.vcf", f"BEGIN:VCARD\nX-SCAN;{parameters}:5byg5LiJ\nEND:VCARD\n")

    write(document, {}, tmp_path / "b.vcf")

    assert (tmp_path / "b.vcf").read_text() == "BEGIN:VCARD\nEND:VCARD\n"
    assert document.details["removed"] == {"embedded file": 1}


def test_a_file_among_the_parameters_goes_and_the_value_stays(tmp_path):
    image = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA\n AAUAAAAFCAYAAACNbyblAAAA"
    data = f'BEGIN:VCALENDAR\nSUMMARY;ALTREP="{image}":复诊讨论\nEND:VCALENDAR\n'
    document = document_of(tmp_path / "a.ics", data)

    write(document, {}, tmp_path / "b.ics")

    written = (tmp_path / "b.ics").read_text(encoding="utf-8")
    assert written == 'BEGIN:VCALENDAR\nSUMMARY;ALTREP="data:,":复诊讨论\nEND:VCALENDAR\n'
    assert document.details["removed"] == {"embedded file": 1}


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ("见 data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA\n AAUAAAAF 片", "见 data:, 片"),
        (r"见 data:image/png\;base64\,iVBORw0KGgo= 片", "见 data:, 片"),
        ("见 data:36.5,37.1; base64,iVBORw0KGgo", None),
    ],
)
def test_a_file_in_the_middle_of_a_value_is_left_out(tmp_path, value, left):
    text = f"BEGIN:VCARD\nVERSION:3.0\nNOTE:{value}\nEND:VCARD\n"
    document, out = document_of(tmp_path / "a.vcf", text), tmp_path / "b.vcf"

    write(document, {}, out)

    assert out.read_text() == (text if left is None else text.replace(value, left))
    assert document.details["removed"] == ({} if left is None else {"embedded file": 1})


@pytest.mark.parametrize(
    ("line", "value", "left", "new"),
    [
        ("BDAY:--0412", "--0412", "〔出生日期1〕", "BDAY;VALUE=text:〔出生日期1〕"),
        ("BDAY;VALUE=date:1980-04-12", "1980-04-12", "〔出生日期1〕", "BDAY;VALUE=text:〔出生日期1〕"),
        ("BDAY;VALUE=date:1980-04-12", "1980-04-12", "1980", "BDAY;VALUE=date:1980"),
        ("ANNIVERSARY:--0501", "--0501", "〔日期1〕", "ANNIVERSARY;VALUE=text:〔日期1〕"),
    ],
)
def test_what_stands_for_a_day_of_a_contact_and_is_none_is_called_a_text(tmp_path, line, value, left, new):
    path, out = tmp_path / "a.vcf", tmp_path / "b.vcf"
    path.write_text(f"BEGIN:VCARD\nVERSION:4.0\nFN:x\n{line}\nEND:VCARD\n")
    document = read(str(path), ref="#1")

    write(document, replaced(document, [value], left), str(out))

    assert out.read_text().splitlines()[3] == new


def test_hours_behind_a_day_of_a_contact_go_with_it(tmp_path):
    path, out = tmp_path / "a.vcf", tmp_path / "b.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:4.0\nFN:x\nBDAY:19800412T10\nEND:VCARD\n")
    document = read(str(path), ref="#1")
    assert "19800412" in [block.text for block in document.blocks()]

    write(document, replaced(document, ["19800412"], "1980"), str(out))

    assert "BDAY:1980\n" in out.read_text()
