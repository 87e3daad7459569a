"""What the layout of a table says about its cells."""

from __future__ import annotations

import time

import pytest

from deid.formats import read
from deid.formats.tables import labelled
from deid.grammar.fieldnames import is_label


def _labels(*rows: str) -> list[list[tuple[str, ...]]]:
    table = [list(enumerate(row.split("|"))) for row in rows]
    return [[labels.get(column, ()) for column, _ in row] for row, labels in labelled(table, lambda row: row)]


@pytest.mark.parametrize(
    "text",
    ["姓名", "联系电话（必填）", "姓 名", "主治医生", "医生", "照片", "身份证号码", "投诉人", "家庭住址：", "Patient Name", "patientName", "mobile", "就诊医院", "Surname 姓 (拼音)", "Given names 名"],
)  # fmt: skip
def test_field_names_are_labels(text):
    assert is_label(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "张三",
        "张医生",
        "李护士",
        "13800138000",
        "南通市崇川区江海医院",
        "2023年5月",
        "zhangsan",
        "甲方：张三",
        "患者来诊，姓名",
    ],
)
def test_values_are_no_labels(text):
    assert not is_label(text)


def test_a_title_above_the_header_is_passed_over():
    assert _labels("患者随访表||", "姓名|电话|诊断", "平安|138|感冒")[2] == [("姓名",), ("电话",), ("诊断",)]


def test_the_last_row_of_a_form_is_no_header():
    found = _labels("联系人|姓名|平安|电话|13800138000", "|住址|合肥市望江西路|诊断|冠心病")

    assert found[1] == [(), (), ("住址",), (), ("诊断",)]


def test_a_second_header_replaces_the_first():
    found = _labels("姓名|电话|诊断", "平安|138|感冒", "||", "药品名称|数量|备注", "阿莫西林|2|无")

    assert found[4] == [("药品名称",), ("数量",), ("备注",)]


def test_a_header_below_a_title_replaces_the_first_though_few_of_its_words_are_known():
    found = _labels(
        *("姓名|单位|电话", "平安|一院|13800138000", "二、物资||", "名称|数量|", "白术|10|"),
        *("三、分机||", "角色|承接|号头", "会务|当归|8012", *["司机|连翘|8013"] * 12),
        *("|附表|", "姓名|职务|", "茯苓|护士|"),
    )

    assert found[2] == found[5] == [(), (), ()]
    assert found[4] == [("名称",), ("数量",), ()]
    assert found[-4] == [("角色",), ("承接",), ("号头",)]
    assert found[-1] == [("姓名",), ("职务",), ()]


@pytest.mark.parametrize(
    "asked", ["Q1.您对环境满意吗？", "第1题：环境", "单选：您的孩子多大", "请问您每周运动几次，每次多久?"]
)
def test_the_header_of_a_survey_may_hold_questions(asked):
    questions = "|".join(f"{asked}{'?' * n}" for n in range(3))

    found = _labels(f"序号|{questions}|请问您的姓名是什么？|推荐人", "1|满意|满意|一般|平安|茯苓")

    assert found[1][-2:] == [("您的姓名",), ("推荐人",)]
    assert _labels("您的姓名是？|您的电话是？|您的意见？", "平安|138|好")[1][0] == ("您的姓名",)
    assert _labels("序号|姓名|您的意见？", "1|平安|环境好吗？")[1][2] == ("您的意见",)


def test_what_a_cell_names_is_the_label_of_the_value_beside_it():
    found = _labels("编号|attr_name|attr_value|备注", "1|主诊|白术|", "2|姓名|平安|")
    form = _labels("字段|值", "姓名|于是", "性别|男", "主诊|白术", "随访次数|3")

    assert [row[2][0] for row in found[1:]] == ["主诊", "姓名"]
    assert [row[1][0] for row in form[1:4]] == ["姓名", "性别", "主诊"]


def test_columns_of_names_beside_numbers_are_called_so_whatever_their_header():
    found = _labels(
        "日期|白班|电话|夜班|电话",
        "3月1日|平安|13800138000|高兴|13900139000",
        "3月2日|黄芪|13700137000|时间|13600136000",
        "3月3日|茯苓|13500135000|方便|13400134000",
    )
    services = _labels("序号|业务|客服|电话", "1|洗牙||13800138000", "2|补牙|", "3|正畸|x|13900139000")

    assert found[2][1:4] == [("姓名", "白班"), ("电话",), ("姓名", "夜班")]
    assert services[2][1] == ("业务",)
    assert _labels("网点|手机", "华强|13800138000", "金沙|13900139000")[1][0] == ("网点",)


def test_a_group_of_a_list_is_no_title_of_another():
    found = _labels(
        "姓名|职务|电话", "一、内科||", "平安|护士|13800138000", "二、外科||", "茯苓|医师|", "当归|护士|139"
    )

    assert found[2] == found[4] == [("姓名",), ("职务",), ("电话",)]


def test_a_row_below_merged_headers_divides_them_though_not_all_its_words_are_known():
    found = _labels("序号|客户信息||费用|", "|姓名|生日|应收|实收", "1|平安|1960-02-03|1200|900")

    assert found[2] == [("序号",), ("姓名",), ("生日",), ("应收",), ("实收",)]
    wages = _labels("序号|姓名|应发|||签字", "||基本工资|绩效|餐补|", "1|平安|4500|800|120|平安", "|||||")
    assert wages[2] == [("序号",), ("姓名",), ("基本工资",), ("绩效",), ("餐补",), ("签字",)]
    assert _labels("姓名|职务|", "平安|护士|医师", "当归|医师|晚班")[1] == [("姓名",), ("职务",), ()]


def test_persons_who_stand_side_by_side_have_the_labels_at_the_beginning_of_rows():
    found = _labels(
        "|客户A|客户B",
        "姓名|平安|茯苓",
        "电话|138|139",
        "ALT|32|40",
        "诊断|感冒|胃癌",
        *["签名|当归|连翘"] * 12,
    )

    assert found[1] == [(), ("姓名",), ("姓名",)]
    assert found[3] == [(), (), ()]
    assert found[-1] == [(), ("签名",), ("签名",)]
    assert _labels("姓名|平安|茯苓", "电话|138|139", *["ALT|32|40"] * 12)[0] == [(), ("姓名",), ("姓名",)]
    assert _labels("科室|3月|4月", "内科|12|15", "外科|20|18")[1] != [(), ("内科",), ("内科",)]


@pytest.mark.parametrize("corner", ["项目", "指标", ""])
@pytest.mark.parametrize("told", ["电话|13800138000|13900139000", "性别|女|男", "年龄|34|56岁"])
def test_words_over_columns_that_tell_of_persons_are_their_names(corner, told):
    found = _labels(f"{corner}|黄芪|石头", "诊断|低血压|高血压", told)

    assert found[0] == [(), ("姓名",), ("姓名",)]
    assert found[1][1:] == [("诊断",), ("诊断",)]


@pytest.mark.parametrize(
    "rows",
    [
        ("项目|治疗组|对照组", "性别|男|女", "年龄|45|46"),
        ("项目|黄芪|白术", "用量|15|10", "适用年龄|18|12"),
        ("项目|示例|要求", "姓名|平安|必填", "性别|男|选填"),
        ("科室|内科|外科", "电话|13800138000|13900139000", "人数|3|4"),
    ],
)
def test_words_over_columns_that_tell_of_other_things_are_no_names(rows):
    assert ("姓名",) not in _labels(*rows)[0]


def test_the_first_row_of_a_form_is_no_header_though_few_of_its_labels_are_known():
    found = _labels(
        "入院登记表",
        "姓名|尤里·谢|曾用名|谢有利",
        "出生地|黑河|民族|俄",
        "入院情况|急诊|甘油三酯|18.6",
        "去向|病房|看护|谢妈",
    )

    assert found[1] == [(), ("姓名",), (), ("曾用名",)]
    assert ("曾用名",) not in found[3] + found[4]


def test_a_note_below_a_list_belongs_to_no_column():
    found = _labels("日期|付款人|金额", "3/18|冯珍珠|5000", "备注|冰袋自备|", "3/19|谢妈|8000")

    assert found[2] == [(), (), ()]
    assert found[3] == [("日期",), ("付款人",), ("金额",)]


def test_a_form_has_labels_to_the_left_and_a_blank_value_does_not_shift_them():
    found = _labels("投诉人|周某|与客户关系|配偶", "接诊医师||接诊日期|", "联系电话|138|档案号|Q1")

    assert found[0] == [(), ("投诉人",), (), ("与客户关系",)]
    assert found[1] == [(), (), (), ()]
    assert found[2] == [(), ("联系电话",), (), ("档案号",)]


def test_items_and_contents_under_a_header_have_both_labels():
    assert _labels("项目|内容", "姓名|平安", "性别|女")[1] == [("项目",), ("姓名", "内容")]


def test_a_list_of_one_column_has_its_header():
    assert _labels("姓名", "平安", "高兴")[1:] == [[("姓名",)], [("姓名",)]]


@pytest.mark.parametrize(
    "header",
    ["姓名|忠诚度", "姓名|星座", "昵称|甲|乙|丙|丁|戊", "姓名|血糖|血压|尿酸|BMI", "甲|乙|丙|丁|姓名"],
)
def test_one_known_word_above_values_makes_a_header(header):
    count = header.count("|") + 1
    rows = ["|".join([name] * count) for name in ("平安", "方圆", "万家")]

    found = _labels(header, *rows)

    assert found[0] == [()] * count
    assert found[1:] == [[(word,) for word in header.split("|")]] * 3


@pytest.mark.parametrize(
    "rows",
    [
        ("姓名|平安|性别|男",),
        ("姓名|平安", "性别|男"),
        ("姓名|平安", "星座|天蝎", "性别|男"),
        ("姓名|平安|星座|天蝎", "地址|杭州|属相|虎"),
        ("姓名：|平安", "星座|天蝎", "属相|虎"),
    ],
)
def test_the_first_row_of_a_form_is_no_header(rows):
    found = _labels(*rows)

    assert found[0][1] == (rows[0].split("|")[0].rstrip("："),)


@pytest.mark.parametrize("word", ["血糖", "险种", "套餐"])
def test_the_name_of_a_measurement_is_no_value_of_the_field_to_its_left(word):
    assert _labels(f"姓名|{word}|平安|甲|乙|丙|丁|戊")[0][1] == ()


def test_the_widest_sheet_of_excel_is_labelled_at_once():
    rows = [[(column, "1") for column in range(16_384)] for _ in range(4)]

    start = time.process_time()
    found = list(labelled(rows, lambda row: row))

    assert len(found) == 4
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("name", "table"),
    [
        (
            "a.html",
            "<table><tr><th>姓名</th><th>电话</th><th>备注</th></tr><tr><td>王建国</td></tr>"
            "<tr><td>李秀英</td><td>1</td><td>x</td></tr></table>",
        ),
        (
            "a.rtf",
            r"{\rtf1\ansi\ansicpg936 \trowd\cellx1\cellx2\cellx3 \'d0\'d5\'c3\'fb\cell \'b5\'e7\'bb\'b0\cell \'b1\'b8\'d7\'a2\cell\row"
            r"\trowd\cellx1 \'cd\'f5\'bd\'a8\'b9\'fa\cell\row\trowd\cellx1\cellx2\cellx3 \'c0\'ee\'d0\'e3\'d3\'a2\cell 1\cell x\cell\row}",
        ),
        ("a.md", "| 姓名 | 电话 | 备注 |\n|--|--|--|\n| 王建国 |\n| 李秀英 | 1 | x |\n"),
        ("a.csv", "姓名,电话,备注\n王建国\n李秀英,1,x\n"),
    ],
)
def test_a_row_may_be_shorter_than_its_header(tmp_path, name, table):
    (tmp_path / name).write_text(table, encoding="utf-8")

    blocks = read(tmp_path / name, ref="#1").blocks()

    labels = {block.text: block.labels for block in blocks if not block.search_only}
    assert "姓名" in labels["王建国"]
    assert "姓名" in labels["李秀英"]


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        (
            ["茯苓|13800138000|女|45|高血压", "高兴|13900139000|男|33|糖尿病", "平安|15012345678|女|52|肺炎"],
            0,
        ),
        (["1|哮喘|女|45|茯苓|13800138000", "2|肺炎|男|33|当归|13900139000"], 4),
        (["会员名单", "王芳|金卡|13800138000", "石头|银卡|13900139000"], 0),
        (["1|王芳|女|45|感冒", "2|石磊|男|33|肺炎"], 1),
        (["茯苓|13800138000|女|45"], 0),
        (["1|王芳|13800138000|张医生|失眠", "2|石磊|13900139000|李医生|感冒"], 1),
        (["王芳|13800138000|黄芪", "石磊|13900139000|白术"], 0),
    ],
)
def test_a_list_of_persons_without_a_header_has_a_column_of_names(rows, column):
    found = _labels(*rows)

    assert [n for n, labels in enumerate(found[-1]) if labels == ("姓名",)] == [column]
    assert all(
        text.isdecimal()
        for text, labels in zip(rows[-1].split("|"), found[-1], strict=True)
        if labels == ("年龄",)
    )


def test_a_list_of_persons_without_a_header_has_a_column_of_ages():
    assert _labels("茯苓|女|45|13800138000|2", "石头|男|60|13900139000|3")[1] == [
        ("姓名",),
        (),
        ("年龄",),
        (),
        (),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ["茯苓|20|kg|亳州", "黄芪|30|kg|定西", "白术|10|kg|磐安"],
        ["13800138000|北京|复购", "13900139000|青岛|新客"],
        ["13800138000|新疆|复购", "13900139000|大理|新客", "15012345678|延边|新客"],
        ["13800138000|高血压", "13900139000|哮喘", "15012345678|白血病"],
        ["13800138000|金卡", "13900139000|金卡", "15012345678|金卡"],
        ["黄芪|男|45", "白术|女|33"],
        ["13800138000|阿司匹林", "13900139000|二甲双胍"],
    ],
)
def test_other_lists_without_a_header_have_none(rows):
    assert not any(label for row in _labels(*rows) for label in row)


def test_who_signs_below_a_list_is_called_so_and_fields_are_of_no_column():
    found = _labels("序号|姓名|住址|日期|用药", "1|平安|a|b|茯苓", "制表人：|白术|审核：|黄连|")

    assert found[2] == [(), ("制表人", "姓名"), (), ("审核", "日期"), ()]
