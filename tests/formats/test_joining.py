"""Values over several cells, paragraphs and strings: what is read together, and what is not."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest
from planting import document_of, replaced, rewritten

from deid.formats import read, text_of, write
from deid.formats.views import Place, joined, whole
from deid.types import Segment, TextBlock

_PHONE, _IDENTITY, _CARD = "13912345678", "11010519491231002X", "6222021234567890128"


def _views(path: Path) -> list[str]:
    blocks = read(path, ref="#1").blocks()
    return [block.text for block in blocks if "+" in block.id and not block.search_only]


def _csv(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("甲,乙,丙\nx,1391234,5678\n", _PHONE),
        ("手机前三位,手机后八位\n139,12345678\n", _PHONE),
        ("联系电话,,备注\n13912,345678,无\n", _PHONE),
        ("证件,,\n110105194,,91231002X\n", _IDENTITY),
        ("前段,后段\n110105,19491231002X\n", _IDENTITY),
        ("卡1,卡2,卡3,卡4,卡5\n6222,0212,3456,7890,128\n", _CARD),
        ("统一社会信用代码," + "," * 17 + "\n" + ",".join("91350100M000100Y43") + "\n", "91350100M000100Y43"),
        ("邮箱前缀,域名\nwang.fang88,@163.com\n", "wang.fang88@163.com"),
        ("x,y\nwang.fang88@,163.com\n", "wang.fang88@163.com"),
        ("区号,号码\n021,62345678\n", "02162345678"),
        ("x,y\n浙A,8Y7K2\n", "浙A8Y7K2"),
        ("x,y\n电话：1391234,5678转3\n", _PHONE),
        ("x,y\n身份证1101051949,1231002X（本人）\n", _IDENTITY),
        ("身份证号,备注\n110105194,a\n91231002X,b\n", _IDENTITY),
        ("备注\n请联系139123\n45678，下午\n", _PHONE),
        ("姓,名,科室\n欧阳,靖宇,内科\n", "欧阳靖宇"),
        ("名,姓,科室\n靖宇,欧阳,内科\n", "欧阳靖宇"),
        ("患者姓,患者名\n欧阳,靖宇\n", "欧阳靖宇"),
        ("患者,,性别\n姓,名,\n欧阳,靖宇,女\n", "欧阳靖宇"),
        ("姓名,,科室\n欧,阳宇,内科\n", "欧阳宇"),
        ("last_name,first_name\n欧阳,靖宇\n", "欧阳靖宇"),
        ("family,given,phone\n黄,芪,13912345678\n", "黄芪"),
        ("fname,lname\n芪,黄\n", "黄芪"),
        ("xing,ming,phone\n黄,芪,13912345678\n", "黄芪"),
        ("Surname,Forename\n黄,芪\n", "黄芪"),
        ("姓名,,科室\n欧阳,靖宇,内科\n", "欧阳靖宇"),
        ("姓名,东方,靖宇,性别,男\n联系人,李,四,年龄,45\n", "东方靖宇"),
        ("姓名：,东方,靖宇,性别：,男\n", "东方靖宇"),
        ("编号,7\n患者姓名,欧,靖宇\n", "欧靖宇"),
        ("Last name,First name\nFeatherstone,Ottilie\n", "Ottilie Featherstone"),
        ("事项,内容,\n联系手机,139,1234,5678\n", _PHONE),
        ("事项,内容,\n手机,1391,2345,678\n", _PHONE),
        ("甲,1391,2305,078\n乙,1,2,3\n", "13912305078"),
        ("事项,内容,\n联系电话：,139,1234,5678,62\n", _PHONE),
        ("事项,内容,\n手机," + ",".join(_PHONE) + "\n", _PHONE),
        ("电话,139,-,1234,-,5678\n", _PHONE),
        ("甲,乙,丙,丁,戊\n139,－,1234,－,5678\n", _PHONE),
        ("联系手机,1391,·,2345,·,678,无\n", _PHONE),
        ("证件号码," + ",.,".join(("110105", "1949", "1231", "002X")) + "\n", _IDENTITY),
        ("座机,021,-,62345678\n", "02162345678"),
        ('甲,乙\n张,"=""1391""&""2345678"""\n', _PHONE),
    ],
)
def test_a_value_over_cells_is_read_as_one_and_taken_out_of_all(tmp_path, text, value):
    path, out = _csv(tmp_path, text), tmp_path / "out.csv"

    assert value in _views(path)
    write(read(path, ref="#1"), replaced(read(path, ref="#1"), [value]), out)
    left = out.read_text("utf-8")
    assert "〔替〕" in left
    assert not any(piece in left for piece in (value[:5], value[-5:]) if len(value) > 5)


@pytest.mark.parametrize(
    "text",
    [
        "体重,步数,热量\n138,8000,2500\n",
        "金额,年份\n1350000,2024\n",
        "收入,支出\n186556,50450\n",
        "科室代码,住院号\n021,62345678\n",
        "区划代码,日期,序号\n110105,19491231,0021\n",
        "编号\n13912\n345678\n",
        "第1题,第2题,第3题,第4题,第5题,第6题,第7题,第8题,第9题,第10题,第11题\n1,3,2,1,0,3,2,1,3,2,1\n",
        "检查1,检查2\n收缩压139.1,234567次\n",
        "日期,时间\n2024-05-13,9123\n",
        "药品,规格\n浙贝母,8Y7K2\n",
        "项目,结果\n血钠138,1234567/L\n",
        "名,科室\n靖宇,内科\n",
        "姓名,李,女\n年龄,45,\n",
        "患者,男,未婚\n家属,母,已故\n",
        "患者,无,发热\n患者,高,血压\n",
        "签名,无,无\n经办人,是,否\n",
        "姓名,王芳,内科\n年龄,45,\n",
        "联系人,欧阳,电话\n年龄,45,\n",
        "合计1,合计2\n1349570,1934\n",
        "total4,total5\n1842,0038771\n",
        "41,42,43,44,45,46,47,48\n",
        "217388,2013,12,13,5028\n",
        "事项,内容,\n电话次数,139,1234,5678\n",
        "事项,内容,\n步数,139,1234,5678\n",
        "药费,1350,1200,150\n检查,1380,1300,250\n",
        "a,b,c\n1350,1200,150\n",
        "项目,下限,,上限,备注\n步数,1391,-,2345678,每周\n",
        "药费,1350,-,1200,-,150\n",
        "血压,138,/,80,-,62\n",
        "一季,二季,三季,四季,全年\n139,-,1234,-,5678\n",
    ],
)
def test_ordinary_neighbours_are_not_joined(tmp_path, text):
    assert _views(_csv(tmp_path, text)) == []


def test_texts_of_a_formula_that_a_page_keeps_are_read_as_one(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        '<table><tr><td data-sheets-formula=\'="1391"&amp;"2345678"\'>x</td></tr></table>', "utf-8"
    )

    assert _PHONE in _views(path)


def test_a_number_over_two_paragraphs_is_read_as_one(tmp_path):
    path, out = tmp_path / "a.docx", tmp_path / "out.docx"
    document = docx.Document()
    for text in ("联系电话：1391234", "5678，请回电", "身份证110105194", "91231002X"):
        document.add_paragraph(text)
    document.save(str(path))

    write(read(path, ref="#1"), replaced(read(path, ref="#1"), [_PHONE, _IDENTITY]), out)

    texts = [paragraph.text for paragraph in docx.Document(str(out)).paragraphs]
    assert texts == ["联系电话：〔替〕", "，请回电", "身份证〔替〕", ""]


def test_a_value_over_the_cells_and_rows_of_a_word_table_is_read_as_one(tmp_path):
    path = tmp_path / "a.docx"
    document = docx.Document()
    for rows in (
        (("姓", "名"), ("欧阳", "靖宇")),
        (("身份证号", "备注"), (_IDENTITY[:9], "a"), (_IDENTITY[9:], "b")),
    ):
        table = document.add_table(len(rows), 2)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph()
    document.save(str(path))

    assert {"欧阳靖宇", _IDENTITY} <= set(_views(path))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"phone": ["139", "1234", "5678"]}, _PHONE),
        ({"phone": [139, 1234, 5678]}, _PHONE),
        ([{"a": "110105194", "b": "91231002X"}], _IDENTITY),
        ({"姓": "欧阳", "名": "靖宇"}, "欧阳靖宇"),
        ({"firstName": "靖宇", "lastName": "欧阳"}, "欧阳靖宇"),
        (["电话1391234", "5678找他"], _PHONE),
        ([{"role": "user", "content": "手机13912"}, {"role": "user", "content": "345678"}], _PHONE),
    ],
)
def test_a_value_over_strings_of_json_is_read_as_one_and_taken_out_of_all(tmp_path, value, text):
    path, out = tmp_path / "a.json", tmp_path / "out.json"
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")

    assert text in _views(path)
    write(read(path, ref="#1"), replaced(read(path, ref="#1"), [text]), out)
    left = "".join(text_of(str(out)))
    assert "〔替〕" in left
    assert not any(piece in left for piece in ("1234", "345678", "91231002X", "靖宇"))


@pytest.mark.parametrize(
    "text",
    [
        "[1, 3, 9, 1, 2, 3, 4, 5, 0, 2, 8]",
        "[[1], [3], [9], [1], [2], [3], [4], [5], [0], [2], [8]]",
        '{"ops": [{"insert": "电话13912"}, {"insert": "345028", "attributes": {"bold": true}}, {"insert": "\\n"}]}',
        '{"children": [{"text": "13912"}, {"text": "345028", "bold": true}]}',
        '{"text": ["电话139", {"type": "bold", "text": "1234"}, "5028"]}',
        '{"text_entities": [{"type": "plain", "text": "电话1391"}, {"type": "bold", "text": "2345028"}]}',
        '{"content": [{"type": "text", "text": "13912"}, {"type": "text", "marks": [{"type": "bold", "attrs": {"color": "red"}}], "text": "345028"}]}',
        '{"message": [{"type": "text", "data": {"text": "13912"}}, {"type": "text", "data": {"text": "345028"}}]}',
        '{"zh_cn": {"content": [[{"tag": "text", "text": "13912"}, {"tag": "a", "href": "x", "text": "345028"}]]}}',
    ],
)
def test_figures_and_stretches_of_a_text_in_json_are_read_together(tmp_path, text):
    document = document_of(tmp_path / "a.json", text)

    assert any("13912345028" in block.text for block in document.blocks() if not block.search_only)
    assert not set("123459") & set(
        str(json.loads(rewritten(document, ["13912345028"], tmp_path / "out.json")))
    )


@pytest.mark.parametrize(
    "text",
    [
        "[1, 3, 4, 2, 2, 0, 1, 3, 4, 2, 0]",
        '{"scores": [1, 3, 9, 1, 2, 3, 4, 5, 0, 2, 8], "x": {"疼痛评分": [1, 3, 9, 1, 2, 3, 4, 5, 0, 2, 8]}}',
        '[{"text": "139"}, {"text": "12345028"}]',
        '{"content": [{"id": 1, "text": "139"}, {"id": 2, "text": "12345028"}]}',
        "[1, 9]",
    ],
)
def test_answers_and_messages_in_json_stay_apart(tmp_path, text):
    assert all(
        len(block.text) < 9
        for block in document_of(tmp_path / "a.json", text).blocks()
        if not block.search_only
    )


@pytest.mark.parametrize("value", [{"values": [1381234, 5678]}, [{"steps": 1381234}, {"steps": 5678}]])
def test_numbers_of_json_are_not_joined(tmp_path, value):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(value), "utf-8")

    assert _views(path) == []


def test_the_cells_of_a_markdown_table_are_read_together(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("| 甲 | 乙 |\n|---|---|\n| 1391234 | 5678 |\n", "utf-8")

    assert _views(path) == [_PHONE]


def test_a_row_is_read_for_values_that_are_certain(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["欧阳", "靖宇", 45])
    book.active.append(["a", None, "b"])
    book.save(path)

    found = [block.text for block in read(path, ref="#1").blocks() if block.search_only]

    assert found == ["欧阳\t靖宇\t45", "45\ta\tb"]


def test_the_text_of_a_row_leads_back_to_its_cells_and_to_the_last_one_above(tmp_path):
    blocks = read(_csv(tmp_path, "x,y,z\n甲,,乙丙\n丁,戊,\n"), ref="#1").blocks()

    rows = [block for block in blocks if block.search_only]

    assert [row.text for row in rows] == ["x\ty\tz", "z\t甲\t乙丙", "乙丙\t丁\t戊"]
    assert rows[1].segments == (Segment(0, 1, "0:2"), Segment(2, 3, "1:0"), Segment(4, 6, "1:2"))
    assert {row.segments[-1].source for row in rows} == {"0:2", "1:2", "2:1"}


def test_views_that_begin_and_end_alike_have_ids_of_their_own():
    parts = [TextBlock(str(number), text, "") for number, text in enumerate(("139", "12345", "345678"))]

    views = [joined(parts, whole(parts)), joined(parts, [Place(0, 0, 3), Place(2, 0, 6)])]

    assert views[0].id != views[1].id
