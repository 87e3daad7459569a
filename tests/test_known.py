"""Known and keep lists: from CSV in any Chinese encoding, xlsx, and values; and no value in any error."""

from __future__ import annotations

import io
import pickle
import re
import traceback
import zipfile
from datetime import datetime

import openpyxl
import pytest

from deid.errors import ListError
from deid.known import KeepList, KnownList, KnownValue, is_ambiguous
from deid.normalize import canonical

HEADER = "客户姓名,身份证号,手机,微信,家庭住址\n"
ROW = "王建国,11010519491231002X,13800138000,wjg_1949,湖南省长沙市岳麓区麓山南路932号\n"


def csv_list(tmp_path, content, encoding="utf-8", kind=KnownList, **options):
    path = tmp_path / "list.csv"
    path.write_bytes(content.encode(encoding))
    return kind.load(path, **options)


def xlsx_list(tmp_path, *sheets, kind=KnownList, **options):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for rows in sheets:
        sheet = workbook.create_sheet()
        for row in rows:
            sheet.append(row)
    path = tmp_path / "list.xlsx"
    workbook.save(path)
    return kind.load(path, **options)


def _reckoned(tmp_path, *results):
    """A list of names, each of which a formula gave, as Excel saves it."""
    workbook = openpyxl.Workbook()
    for row in ("姓名", *("=1" for _ in results)):
        workbook.active.append([row])
    path, saved = tmp_path / "list.xlsx", tmp_path / "saved.xlsx"
    workbook.save(path)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                for number, result in enumerate(results, start=2):
                    content = re.sub(
                        rf'<c r="A{number}"[^>]*><f>1</f>.*?</c>',
                        f'<c r="A{number}" t="str"><f>1</f><v>{result}</v></c>',
                        content,
                    )
                assert content.count('t="str"') == len(results)
            new.writestr(name, content)
    return saved


def pairs(values):
    return [(entry.entity_type, entry.value) for entry in values.entries]


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_csv_file_is_read_in_any_chinese_encoding(tmp_path, encoding):
    known = csv_list(tmp_path, HEADER + ROW, encoding)

    assert pairs(known) == [
        ("PERSON", "王建国"),
        ("CN_RESIDENT_ID", "11010519491231002X"),
        ("PHONE_NUMBER", "13800138000"),
        ("CN_WECHAT_ID", "wjg_1949"),
        ("CN_ADDRESS", "湖南省长沙市岳麓区麓山南路932号"),
    ]


def test_a_rare_character_survives_gb18030(tmp_path):
    assert pairs(csv_list(tmp_path, "姓名\n王䶮\n", "gb18030")) == [("PERSON", "王䶮")]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，", "|"])
def test_the_delimiter_is_found(tmp_path, delimiter):
    known = csv_list(tmp_path, f"姓名{delimiter}电话\n王建国{delimiter}13800138000\n")

    assert pairs(known) == [("PERSON", "王建国"), ("PHONE_NUMBER", "13800138000")]


@pytest.mark.parametrize(
    ("header", "entity_type"),
    [
        ("PERSON", "PERSON"),
        ("person", "PERSON"),
        ("CN_ID_CARD", "CN_RESIDENT_ID"),
        ("姓名", "PERSON"),
        ("姓 名：", "PERSON"),
        ("*姓名（必填）", "PERSON"),
        ("患者", "PERSON"),
        ("患者姓名", "PERSON"),
        ("曾用名", "PERSON"),
        ("身份证号码", "CN_RESIDENT_ID"),
        ("居民身份證號", "CN_RESIDENT_ID"),
        ("客户手机号", "PHONE_NUMBER"),
        ("紧急联系人电话", "PHONE_NUMBER"),
        ("备用联系方式", "PHONE_NUMBER"),
        ("微信号", "CN_WECHAT_ID"),
        ("ＱＱ", "CN_QQ"),
        ("qq号", "CN_QQ"),
        ("E-mail", "EMAIL_ADDRESS"),
        ("现住址", "CN_ADDRESS"),
        ("家庭详细地址", "CN_ADDRESS"),
        ("住院号", "MEDICAL_RECORD_NUMBER"),
        ("医保卡号", "CN_SOCIAL_SECURITY"),
        ("工作单位", "ORGANIZATION"),
        ("就诊医院", "CN_MEDICAL_INSTITUTION"),
        ("客服电话", "PUBLIC_HOTLINE"),
        ("出生日期", "DATE_OF_BIRTH"),
    ],
)
def test_headers_name_entity_types(tmp_path, header, entity_type):
    known = csv_list(tmp_path, f"{header}\n某个有意义的值\n")

    assert pairs(known) == [(entity_type, "某个有意义的值")]


def test_further_headers_can_be_given_and_columns_left_out(tmp_path):
    known = csv_list(
        tmp_path,
        "代号,出生证编号,积分\nA君,X320101001,300\n",
        headers={"代号": "PERSON", "出生证编号": "CN_BIRTH_CERT", "积分": ""},
    )

    assert pairs(known) == [("PERSON", "A君"), ("CN_BIRTH_CERT", "X320101001")]


def test_the_entity_types_that_exist_are_headers(tmp_path):
    known = csv_list(tmp_path, "CN_BIRTH_CERT\nX320101001\n", entity_types=["PERSON", "CN_BIRTH_CERT"])

    assert pairs(known) == [("CN_BIRTH_CERT", "X320101001")]


def test_columns_without_personal_information_are_left_out(tmp_path):
    assert pairs(csv_list(tmp_path, "序号,姓名,性别,年龄,备注\n1,王建国,男,74,老客户\n")) == [
        ("PERSON", "王建国")
    ]


def test_a_title_over_the_table_is_left_out(tmp_path):
    assert pairs(csv_list(tmp_path, "客户名单（2023）,\n\n姓名,电话\n王建国,13800138000\n"))[0] == (
        "PERSON",
        "王建国",
    )


@pytest.mark.parametrize("cell", ["", " ", "无", "不详", "/", "-", "N/A", "保密", "——", "null"])
def test_cells_without_a_value_are_left_out(tmp_path, cell):
    assert pairs(csv_list(tmp_path, f"姓名,电话\n王建国,{cell}\n")) == [("PERSON", "王建国")]


@pytest.mark.parametrize(
    ("header", "cell", "values"),
    [
        ("电话", "13800138000、13900139000", ["13800138000", "13900139000"]),
        ("电话", "13800138000/13900139000", ["13800138000", "13900139000"]),
        ("电话", "13800138000 13900139000", ["13800138000", "13900139000"]),
        ("电话", "13800138000；010-87654321", ["13800138000", "010-87654321"]),
        ("电话", "138 0013 8000", ["138 0013 8000"]),
        ("姓名", "王建国、李丽华", ["王建国", "李丽华"]),
        ("姓名", "Zhang Wei", ["Zhang Wei"]),
        ("姓名", "阿依古丽·买买提", ["阿依古丽·买买提"]),
        ("地址", "岳麓区、麓山南路932号", ["岳麓区、麓山南路932号"]),
        ("身份证号", "'11010519491231002X", ["11010519491231002X"]),
        ("电话", '"=""013800138000"""', ["013800138000"]),
    ],
)
def test_several_values_in_a_cell_are_told_apart(tmp_path, header, cell, values):
    known = csv_list(tmp_path, f"{header}|备注\n{cell}|x\n")

    assert [entry.value for entry in known.entries] == values


# Subjects and roles


def test_a_row_is_one_subject(tmp_path):
    known = csv_list(tmp_path, HEADER + ROW + "李丽华,,13900139000,,\n")

    subjects = {entry.value: entry.subject for entry in known.entries}
    assert subjects["王建国"] == subjects["13800138000"] == "row:2"
    assert subjects["李丽华"] == subjects["13900139000"] == "row:3"


def test_a_header_that_names_somebody_else_makes_another_subject(tmp_path):
    known = csv_list(
        tmp_path, "客户姓名,电话,家属姓名,家属电话,主治医师\n王建国,13800138000,李丽华,13900139000,陈明\n"
    )

    assert [(entry.value, entry.subject, entry.role) for entry in known.entries] == [
        ("王建国", "row:2", "client"),
        ("13800138000", "row:2", "client"),
        ("李丽华", "row:2/家属", "relative"),
        ("13900139000", "row:2/家属", "relative"),
        ("陈明", "row:2/主治医师", "clinician"),
    ]


@pytest.mark.parametrize(
    ("cell", "role"), [("医生", "clinician"), ("患者", "client"), ("staff", "staff"), ("", None)]
)
def test_a_role_column_gives_the_role(tmp_path, cell, role):
    known = csv_list(tmp_path, f"姓名,角色\n王建国,{cell}\n")

    assert known.entries == (KnownValue("PERSON", "王建国", "row:2", role),)


def test_two_persons_of_one_name_stay_two(tmp_path):
    assert len(csv_list(tmp_path, "姓名\n王建国\n王建国\n")) == 2


# xlsx


def test_an_xlsx_file_is_read(tmp_path):
    known = xlsx_list(tmp_path, [["姓名", "手机", "身份证号"], ["王建国", 13800138000, "11010519491231002X"]])

    assert pairs(known) == [
        ("PERSON", "王建国"),
        ("PHONE_NUMBER", "13800138000"),
        ("CN_RESIDENT_ID", "11010519491231002X"),
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("司徒\n若兰", ["司徒", "若兰", "司徒若兰"]),
        ("John\nMalkov", ["John", "Malkov", "JohnMalkov", "John Malkov"]),
        ("王建国、\n李丽华", ["王建国", "李丽华"]),
        ("甲\n乙\n丙\n丁", ["甲", "乙", "丙", "丁"]),
    ],
)
def test_a_name_that_is_broken_into_lines_is_looked_for_as_one_too(tmp_path, cell, expected):
    known = xlsx_list(tmp_path, [["姓名"], [cell]])

    assert [entry.value for entry in known.entries] == expected


def test_numbers_in_the_lines_of_a_cell_are_several(tmp_path):
    known = xlsx_list(tmp_path, [["手机"], ["13800138000\n13912345678"]])

    assert [entry.value for entry in known.entries] == ["13800138000", "13912345678"]


def test_a_formula_that_nobody_reckoned_is_an_error(tmp_path):
    with pytest.raises(ListError, match="sheet2/row 3, column 1: a formula without a result"):
        xlsx_list(tmp_path, [["姓名"], ["王建国"]], [["姓名"], ["李丽华"], ['="司徒"&"若兰"']])


def test_the_result_of_a_formula_is_its_value_also_where_it_is_empty(tmp_path):
    path = _reckoned(tmp_path, "司徒若兰", "")

    assert pairs(KnownList.load(path)) == [("PERSON", "司徒若兰")]


def test_all_sheets_are_read(tmp_path):
    known = xlsx_list(
        tmp_path, [["姓名"], ["王建国"]], [["员工", "工号"], ["陈明", None]], headers={"工号": "OTHER_ID"}
    )

    assert [(entry.value, entry.subject) for entry in known.entries] == [
        ("王建国", "row:2"),
        ("陈明", "sheet2/row:2/员工"),
    ]


def test_a_birth_date_stored_as_a_number_is_a_date(tmp_path):
    known = xlsx_list(tmp_path, [["出生日期"], [datetime(1958, 5, 6)], ["1958"], [1958]])

    assert [entry.value for entry in known.entries] == ["1958-05-06", "1958", "1958"]


def test_gaps_between_rows_and_columns_do_not_shift_values(tmp_path):
    known = xlsx_list(
        tmp_path, [[None, "姓名", None, "电话"], [], [None, None, None, 13800138000], [None, "王建国"]]
    )

    assert [(entry.value, entry.subject) for entry in known.entries] == [
        ("13800138000", "row:3"),
        ("王建国", "row:4"),
    ]


def with_sheet(tmp_path, sheet, shared=None):
    """An xlsx file whose sheet holds this XML, as other programs than openpyxl write it."""
    xlsx_list(tmp_path, [["姓名"], ["x占位"]])
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    namespace = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts["xl/worksheets/sheet1.xml"] = (
        f"<worksheet {namespace}><sheetData>{sheet}</sheetData></worksheet>".encode()
    )
    if shared is not None:
        parts["xl/sharedStrings.xml"] = f"<sst {namespace}>{shared}</sst>".encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def test_rich_text_is_joined_and_phonetic_guides_left_out(tmp_path):
    shared = (
        "<si><t>姓名</t></si><si><r><t>王</t></r><r><t>建国</t></r><rPh sb='0' eb='1'><t>wang</t></rPh></si>"
    )
    sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'

    assert pairs(KnownList.load(with_sheet(tmp_path, sheet, shared))) == [("PERSON", "王建国")]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><v>1.3800138E10</v></c>", "13800138000"),
        ("<c><v>13800138000.0</v></c>", "13800138000"),
        ('<c t="str"><v>13800138000</v></c>', "13800138000"),
        ('<c t="inlineStr"><is><t>138 0013 8000</t></is></c>', "138 0013 8000"),
    ],
)
def test_numbers_are_read_as_they_are_meant(tmp_path, cell, value):
    sheet = f'<row><c t="inlineStr"><is><t>电话</t></is></c></row><row>{cell}</row>'

    assert pairs(KnownList.load(with_sheet(tmp_path, sheet))) == [("PHONE_NUMBER", value)]


def test_an_id_that_lost_its_last_digits_is_an_error(tmp_path):
    sheet = (
        '<row><c t="inlineStr"><is><t>身份证号</t></is></c></row><row><c><v>1.1010519491231E+17</v></c></row>'
    )

    with pytest.raises(ListError, match="row 2, column 1: a number that lost its last digits") as caught:
        KnownList.load(with_sheet(tmp_path, sheet))

    assert "text" in caught.value.hint


def test_an_entity_in_the_workbook_is_not_resolved(tmp_path):
    path = with_sheet(tmp_path, "<row/>")
    secret = tmp_path / "secret.txt"
    secret.write_text("王建国", "utf-8")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        '<worksheet><sheetData><row><c t="inlineStr"><is><t>姓名</t></is></c></row>'
        '<row><c t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>'
    ).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)

    with pytest.raises(ListError, match="no values"):
        KnownList.load(path)


# Errors


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("姓名,爱好\n王建国,钓鱼\n", "column 2: unknown header"),
        ("王建国,13800138000\n李丽华,13900139000\n", "column 1: unknown header"),
        ("姓名\n王建国,13800138000\n", "row 2, column 2: a value without a header"),
        ("姓名,电话\n王建国,1.38E+10\n", "row 2, column 2: a number that lost its last digits"),
        ('姓名,电话\n"王建国,13800138000\n', "not readable as CSV"),
        ("姓名,电话\n", "no values"),
        ("", "no values"),
        ("序号,备注\n1,王建国\n", "no column of it is an entity type"),
    ],
)
def test_what_cannot_be_understood_is_an_error_without_values(tmp_path, content, said):
    with pytest.raises(ListError, match=said) as caught:
        csv_list(tmp_path, content)

    told = "".join(traceback.format_exception(caught.value)) + caught.value.hint
    for value in ("王建国", "李丽华", "138001", "钓鱼", "爱好", str(tmp_path)):
        assert value not in told


@pytest.mark.parametrize(
    ("header", "near"), [("姓名称", "姓名"), ("手机号吗", "手机号码"), ("PERSONN", "PERSON"), ("XYZ", "姓名")]
)
def test_an_unknown_header_lists_near_ones(tmp_path, header, near):
    with pytest.raises(ListError) as caught:
        csv_list(tmp_path, f"{header}\n王建国\n")

    assert near in caught.value.hint


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "encrypted workbook or an old"),
        (b"PK\x03\x04 broken", "damaged or encrypted"),
        (b"\x80\x81\xff\xff\xfe", "neither UTF-8 nor GB18030"),
        (b"\x00\x01\x02\x03", "neither UTF-8 nor GB18030"),
    ],
)
def test_a_file_that_is_no_list_is_an_error(tmp_path, content, said):
    path = tmp_path / "王建国.xlsx"
    path.write_bytes(content)

    with pytest.raises(ListError, match=said) as caught:
        KnownList.load(path)

    assert "王建国" not in str(caught.value)


def test_a_zip_file_that_is_no_workbook_is_an_error(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("a.txt", "x")
    path = tmp_path / "list.xlsx"
    path.write_bytes(content.getvalue())

    with pytest.raises(ListError, match="damaged"):
        KnownList.load(path)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(ListError, match="known list: cannot be read"):
        KnownList.load(tmp_path / "missing.csv")


def test_a_list_shows_no_values():
    known = KnownList.from_values([("PERSON", "王建国")])

    assert "王" not in repr(known)
    assert "王" not in repr(known.entries)


# From a program


def test_pairs_rows_and_known_values_may_be_mixed():
    known = KnownList.from_values(
        [
            ("PERSON", "王建国"),
            ("CN_PHONE", "13800138000、13900139000"),
            ("姓名", "李丽华"),
            {"姓名": "陈明", "电话": 13700137000, "角色": "医生", "微信": None},
            KnownValue("CN_QQ", "123456789", "own", "client"),
        ]
    )

    assert known.entries == (
        KnownValue("PERSON", "王建国"),
        KnownValue("PHONE_NUMBER", "13800138000"),
        KnownValue("PHONE_NUMBER", "13900139000"),
        KnownValue("PERSON", "李丽华"),
        KnownValue("PERSON", "陈明", "row:4", "clinician"),
        KnownValue("PHONE_NUMBER", "13700137000", "row:4", "clinician"),
        KnownValue("CN_QQ", "123456789", "own", "client"),
    )


@pytest.mark.parametrize(
    "value", ["王建国", ("王建国",), ("PERSON", 3), None, {"爱好": "王建国"}, ("爱好", "王建国")], ids=str
)
def test_other_values_are_errors_that_do_not_show_them(value):
    with pytest.raises(ListError) as caught:
        KnownList.from_values([value])

    assert "王建国" not in caught.value.message + caught.value.hint


def test_a_misspelt_type_is_an_error_when_the_types_are_given():
    with pytest.raises(ListError, match="value 1: no such entity type") as caught:
        KnownList.from_values([("PRESON", "王建国")], entity_types=["PERSON"])

    assert "PERSON" in caught.value.hint


def test_lists_are_pickled_for_workers():
    known = KnownList.from_values([("PERSON", "王建国")])
    keep = KeepList.from_values(["400-000-0000"])
    assert keep.keeps("PHONE_NUMBER", "4000000000")

    assert pickle.loads(pickle.dumps(known)) == known
    assert pickle.loads(pickle.dumps(keep)).keeps("PHONE_NUMBER", "400 000 0000")


# Keep lists


def test_a_keep_list_keeps_its_values_in_every_spelling():
    keep = KeepList.from_values([("PHONE_NUMBER", "021-6000 0000"), ("ORGANIZATION", "示例健康咨询有限公司")])

    assert keep.keeps("PHONE_NUMBER", "０２１－６００００００００"[:-1])
    assert keep.keeps("ORGANIZATION", "示例健康咨询有限公司")


def test_a_typed_value_is_kept_for_its_type_alone():
    keep = KeepList.from_values([("ORGANIZATION", "华山")])

    assert keep.keeps("ORGANIZATION", "华山")
    assert not keep.keeps("PERSON", "华山")


def test_a_bare_text_is_kept_whatever_its_type():
    keep = KeepList.from_values(["华山"])

    assert keep.keeps("ORGANIZATION", "华山")
    assert keep.keeps("PERSON", "华山")
    assert not keep.keeps("PERSON", "华山医")


def test_a_keep_list_is_loaded_from_a_file(tmp_path):
    keep = csv_list(tmp_path, "客服热线,公司名称\n400-000-0000,示例健康\n", kind=KeepList)

    assert keep.keeps("PUBLIC_HOTLINE", "4000000000")


def test_an_error_says_which_list_it_is(tmp_path):
    with pytest.raises(ListError, match="keep list: "):
        csv_list(tmp_path, "爱好\n钓鱼\n", kind=KeepList)


# Ambiguity

WORDS = frozenset({"高兴", "平安", "will", "黄河"})


@pytest.mark.parametrize(
    ("value", "entity_type"),
    [
        ("高兴", "PERSON"),
        ("平 安", "PERSON"),
        ("王", "PERSON"),
        ("Will", "PERSON"),
        ("LJG", "PERSON"),
        ("12345", "CN_QQ"),
        ("123456", "MEDICAL_RECORD_NUMBER"),
        ("58岁", "AGE"),
        ("1958-05-06", "DATE_OF_BIRTH"),
        ("汉族", "ETHNICITY"),
    ],
)
def test_these_need_evidence(value, entity_type):
    assert is_ambiguous(value, WORDS, entity_type=entity_type)


@pytest.mark.parametrize(
    ("value", "entity_type"),
    [
        ("王建国", "PERSON"),
        ("高兴旺", "PERSON"),
        ("张伟", "PERSON"),
        ("Zhang Wei", "PERSON"),
        ("13800138000", "PHONE_NUMBER"),
        ("1234567", "MEDICAL_RECORD_NUMBER"),
        ("wjg_1949", "CN_WECHAT_ID"),
    ],
)
def test_these_are_certain_everywhere(value, entity_type):
    assert not is_ambiguous(value, WORDS, entity_type=entity_type)


def test_a_list_is_split_into_certain_and_ambiguous():
    known = KnownList.from_values([("PERSON", "高兴"), ("PERSON", "王建国"), ("DATE_OF_BIRTH", "1958-05-06")])

    certain, ambiguous = known.split(WORDS)

    assert [entry.value for entry in certain] == ["王建国"]
    assert [entry.value for entry in ambiguous] == ["高兴", "1958-05-06"]


@pytest.mark.parametrize("entity_type", ["PERSON", "PHONE_NUMBER", "CN_RESIDENT_ID", "CN_ADDRESS", ""])
def test_a_canonical_value_is_its_own_canonical_form(entity_type):
    # Lists and numbering compare canonical values, so canonicalising twice must change nothing.
    for value in ("+86 138-0013-8000", "王 建国", "11010519491231002x", "岳麓区 麓山南路", "Zhang  Wei"):
        once = canonical(value, entity_type)
        assert canonical(once, entity_type) == once
