"""CSV and TSV: every byte outside edited cells stays."""

from __future__ import annotations

import csv
import io
from base64 import b64encode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planting import document_of, rewritten

from deid.formats import Edit, edits, join, write
from deid.formats.delimited import rows
from deid.types import Entity, Replacement


def _document(tmp_path, text, name="a.csv"):
    return document_of(tmp_path / name, text)


def _written(tmp_path, document, values):
    return rewritten(document, values, tmp_path / "out")


@pytest.mark.parametrize(
    "text",
    [
        "姓名,电话\r\n张三,138\r\n",
        '姓名,备注\n"张三","说:""好"", 走"\n李四,\n',
        '姓名,备注\n张三,"两\r\n行"\n\n李四\n',
        "姓名;电话\n张三;138\n李四;139",
        "a,b,\n1,2,\n,,\n",
        'a,b\n"never closed,1\n2,3\n',
        ' "a" ,b\n1,2\n',
        "\ufeff姓名,电话\n张三,138\n",
        '="13800138000",x\n',
    ],
)
def test_an_unedited_file_is_the_same(tmp_path, text):
    assert _written(tmp_path, _document(tmp_path, text), ["不在文中"]) == text


def test_quotes_are_added_where_a_stand_in_needs_them(tmp_path):
    document = _document(tmp_path, '姓名,备注\n张三,"李""四"\n')
    out = tmp_path / "out"

    write(document, {"1:0": (Edit(0, 2, 'a,"b"'),), "1:1": (Edit(0, 1, "王"),)}, out)

    assert out.read_text() == '姓名,备注\n"a,""b""","王""四"\n'


def test_labels_come_from_the_header(tmp_path):
    document = _document(tmp_path, "客户姓名,手机(必填),诊断\n平安,13800138000,高血压\n")

    labels = {block.text: block.labels for block in document.blocks()}

    assert labels["平安"] == ("客户姓名",)
    assert labels["13800138000"] == ("手机(必填)",)
    assert labels["客户姓名"] == ()


def test_a_file_without_header_has_no_labels(tmp_path):
    document = _document(tmp_path, "阿莫西林,20,心内科\n青霉素,30,骨科\n")

    assert {block.labels for block in document.blocks()} == {()}


def test_key_and_value_columns_have_their_label_to_the_left(tmp_path):
    document = _document(tmp_path, "姓名,平安\n性别,女\n联系电话,13800138000\n")

    labels = {block.text: block.labels for block in document.blocks()}

    assert labels["平安"] == ("姓名",)
    assert labels["13800138000"] == ("联系电话",)


@pytest.mark.parametrize(
    ("row", "joined"),
    [
        ("张三,138,0013,8000", "13800138000"),
        ("张三,1380013,8000", "13800138000"),
        ("张三,138,****,8000", "138****8000"),
        ("张三,110105,19491231,002X", "11010519491231002X"),
        ("张三," + ",".join("11010519491231002X"), "11010519491231002X"),
        ("1,138,0013,8000", "13800138000"),
        ("张三,6222,0212,3456,7890", "6222021234567890"),
        ("张三, 138 ,0013,8000", "13800138000"),
    ],
)
def test_numbers_split_over_cells_are_read_as_one(tmp_path, row, joined):
    document = _document(tmp_path, row + "\n")
    views = [block for block in document.blocks() if block.segments and not block.search_only]

    assert joined in [view.text for view in views]
    view = next(view for view in views if view.text == joined)
    found = edits([(view, [Replacement(Entity("X", 0, len(joined), 1.0), "label", "〔替〕")])])
    out = tmp_path / "out"
    write(document, found, out)
    cells = next(csv.reader(io.StringIO(out.read_text())))
    assert [cell.strip() for cell in cells if cell.strip() and cell != "张三"][-1] == "〔替〕"


@pytest.mark.parametrize(
    "text",
    [
        "血钠,费用,押金\n139,4200,2500\n",  # each column has a header of its own
        "1,2,3\n",
        "138,95,72,66,5\n",
        "2023,05,06\n",
        "品名,规格,批号\n丹参滴丸,27mg*180,20240312\n钙片,60片 139,12345678\n",
    ],
)
def test_columns_of_measurements_are_not_joined(tmp_path, text):
    assert [
        block for block in _document(tmp_path, text).blocks() if block.segments and not block.search_only
    ] == []


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet='ab张,"\r\n\t 1', max_size=80))
def test_the_cells_put_together_are_the_file(text):
    found = list(rows(io.StringIO(text, newline=""), ","))

    assert "".join(field.raw + field.after for row in found for field in row) == text


@settings(max_examples=200)
@given(
    st.lists(
        st.lists(st.text(alphabet='ab张,"\r\n 1', max_size=6), min_size=1, max_size=4), min_size=1, max_size=5
    )
)
def test_the_cells_are_those_that_were_written(table):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(table)

    found = list(rows(io.StringIO(buffer.getvalue(), newline=""), ","))

    assert [[field.text for field in row] for row in found] == table


@pytest.mark.slow
def test_a_large_file_is_read_in_pieces(tmp_path):
    text = "姓名,电话\n" + "".join(f'"张{row}",{13800000000 + row}\n' for row in range(20_000))
    document = _document(tmp_path, text)

    assert sum(not block.search_only for block in document.blocks()) == 40_002
    assert _written(tmp_path, document, ["张19999"]).endswith('"〔替〕",13800019999\n')


def test_a_name_in_two_columns_is_read_as_one(tmp_path):
    document = _document(tmp_path, "姓,名,手机\n欧阳, 靖宇 ,13800138000\n王,,13900139000\n")

    views = [
        (block.text, block.labels) for block in document.blocks() if block.segments and not block.search_only
    ]

    assert views == [("欧阳靖宇", ("姓名", "姓"))]
    assert (
        _written(tmp_path, document, ["欧阳靖宇"]) == "姓,名,手机\n〔替〕,  ,13800138000\n王,,13900139000\n"
    )


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("1.3800138123E+10", "13800138123"), ("1.3800138123e10", "13800138123"), ("1.38E+10", "1.38E+10")],
)
def test_a_number_with_exponent_is_read_in_full(tmp_path, cell, shown):
    text = f"姓名,电话\n平安,{cell}\n"
    document = _document(tmp_path, text)

    assert shown in [block.text for block in document.blocks()]
    assert _written(tmp_path, document, ["不在文中"]) == text
    assert _written(tmp_path, document, [shown]) == "姓名,电话\n平安,〔替〕\n"


@pytest.mark.parametrize(
    ("stand_in", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-cmd|x", "'-cmd|x"),
        ("-12", "-12"),
        ("+86 139", "+86 139"),
        ("〔姓名1〕", "〔姓名1〕"),
    ],
)
def test_what_stands_in_for_a_value_is_no_formula(tmp_path, stand_in, written):
    document = _document(tmp_path, "姓名,天\n张三,=A1\n")
    block = next(block for block in document.blocks() if block.text == "张三")
    replacement = Replacement(Entity("PERSON", 0, 2, 1.0, block.id), "replace", stand_in)
    out = tmp_path / "out.csv"

    write(document, edits([(block, [replacement])]), out)

    assert out.read_text("utf-8").splitlines()[1] == f"{written},=A1"


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("values", [("没有这个",), ("张三",)])
def test_files_in_addresses_are_left_out_and_cells_keep_their_columns(tmp_path, name, quote, values):
    photo, apart = b64encode(bytes(range(256)) * 400).decode(), "\t" if name == "a.tsv" else ","
    row = f"张三{apart}{quote}data:image/png;base64,{{}}{quote}{apart}复诊"
    text = f"姓名{apart}照片{apart}备注\n{row.format(photo)}\n李四{apart}{apart}\n"
    document = _document(tmp_path, text, name)

    written = _written(tmp_path, document, values)

    assert written == text.replace(photo, "").replace(values[0], "〔替〕")
    assert document.details["removed"] == {"embedded file": 1}
    assert all(photo[:20] not in block.text for block in document.blocks())


def test_files_in_cells_are_counted_where_the_rows_were_edited_elsewhere(tmp_path):
    photo = b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(256))).decode()
    document = _document(tmp_path, f"姓名,照片\n张三,{photo}\n李四,data:image/png;base64,{photo}\n")

    join(document, ["姓名,照片\n", "〔替〕,\n"], tmp_path / "out")

    assert document.details["removed"] == {"embedded file": 2}


@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("values", [("没有这个",), ("张三",)])
def test_files_in_base64_are_left_out_of_cells(tmp_path, quote, values):
    photo, other = b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(256))).decode(), "0f" * 32
    text = f"姓名,照片,指纹,备注\n张三,{{}},{other},{quote}{quote}\n李四,,,\n"
    document = _document(tmp_path, text.format(f"{quote}{photo}{quote}"))

    written = _written(tmp_path, document, values)

    assert written == text.format("").replace(values[0], "〔替〕")
    assert document.details["removed"] == {"embedded file": 1}
    assert all(photo[:20] not in block.text for block in document.blocks())


def test_files_of_the_least_length_are_left_out_wherever_they_begin(tmp_path):
    photo = b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(40))).decode()
    assert len(photo) == 64
    text = "".join(f"{'张' * before},{photo},好转\n" for before in range(33))
    document = _document(tmp_path, text)

    assert all(photo[:20] not in block.text for block in document.blocks())
    assert _written(tmp_path, document, ["没有"]) == text.replace(photo, "")


@pytest.mark.parametrize("row", ["备注：,张三,李四", "备注：\t,张三,李四", "备注 :,张三,李四"])
def test_a_cell_that_ends_with_a_colon_names_the_next_one_below_a_header_too(tmp_path, row):
    document = _document(tmp_path, f"姓名,电话,科室\n王五,13800138000,内科\n{row}\n")

    assert [block.labels for block in document.blocks() if block.text == "张三"] == [("备注", "电话")]


def test_commas_of_amounts_part_no_cells(tmp_path):
    rows = "".join(f"FK-{n};张三{n};{n}365,09;车险;;\n" for n in range(30))
    document = _document(tmp_path, "批次;被保险人;金额;险种;经办\n" + rows)

    labels = {block.text: block.labels for block in document.blocks()}

    assert labels["张三7"] == ("被保险人",)
    assert labels["7365,09"] == ("金额",)


def test_a_column_just_called_name_is_that_of_those_whose_telephones_stand_beside_it(tmp_path):
    document = _document(tmp_path, "id,name,phone\n1,平安,138\n", name="people.csv")
    goods = _document(tmp_path, "id,name,price\n1,银卡,138\n", name="goods.csv")

    assert {b.text: b.labels for b in document.blocks()}["平安"] == ("name", "姓名")
    assert {b.text: b.labels for b in goods.blocks()}["银卡"] == ("name",)


def test_a_name_over_an_empty_column_for_another_one_is_read_whole(tmp_path):
    document = _document(tmp_path, "First Name,Middle Name,Last Name,Notes\n芪,,黄,复诊\n苓,,茯,\n")

    assert {block.text for block in document.blocks() if "姓名" in block.labels} == {"黄芪", "茯苓"}
