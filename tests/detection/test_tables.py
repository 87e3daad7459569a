from __future__ import annotations

import pytest

from deid.detection.tables import find_cells

KNOWN = {"姓名": ("PERSON",), "电话": ("PHONE_NUMBER",), "推荐人": ("PERSON",)}


def cells(text):
    return [
        (text[start:end], name) for start, end, name in find_cells(text, lambda name: KNOWN.get(name, ()))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "编号,姓名,电话\n1,陈皮,138\n2,高兴,",
        "编号\t姓名\t电话\n1\t陈皮\t138\n2\t高兴\t",
        "编号｜姓名｜电话\n1｜陈皮｜138\n2｜高兴｜",
        "| 编号 | 姓名 | 电话 |\n|---|---|---|\n| 1 | 陈皮 | 138 |\n| 2 | 高兴 |  |",
        "编号  姓名  电话\n1  陈皮  138\n2  高兴  -",
        "编号│姓名│电话\n1│陈皮│138\n2│高兴│",
    ],
)
def test_each_cell_below_a_header_is_named_by_it(text):
    assert ("陈皮", "姓名") in cells(text)
    assert ("高兴", "姓名") in cells(text)
    assert ("138", "电话") in cells(text)


@pytest.mark.parametrize(
    "text",
    [
        "请登记姓名，电话，地址。\n谢谢，再见，保重。",
        "姓名：陈皮\n电话：138",
        "今日查房，患者诉头痛，恶心。",
        "| 推荐人 | 电话 |\n| 姓名 | 陈皮 |\n| 电话 | 138 |",
        "姓名 陈皮　电话 138\n推荐人 白芷　电话 139\n电话 137　姓名 高兴",
        "",
    ],
)
def test_prose_is_no_table(text):
    assert cells(text) == []


def test_a_row_of_another_width_ends_the_table():
    assert ("以上", "编号") not in cells("编号,姓名,电话\n1,陈皮,138\n以上,合计\n2,高兴,139")


@pytest.mark.parametrize(
    "other",
    [
        "物资名称\t数量\t单价\n白术\t10\t45",
        "二、物资\t\t\n名称\t数量\t\n白术\t10\t",
        "分机表\t\t\n角色\t承接\t号头\n白术\t连翘\t8012",
    ],
)
def test_another_header_ends_the_table(other):
    found = cells(f"姓名\t职务\t电话\n陈皮\t主任\t138\n{other}")

    assert ("陈皮", "姓名") in found
    assert "白术" not in [text for text, _ in found]


def test_a_group_in_a_table_ends_it_not():
    found = cells("姓名\t职务\t电话\n一、内科\t\t\n陈皮\t护士\t138\n二、外科\t\t\n高兴\t护士\t")

    assert ("高兴", "姓名") in found


def test_columns_of_one_word_are_named_where_the_last_ones_hold_spaces():
    found = cells("序号 姓名 电话 处理\n1 陈皮 138 TSH 8.9 复查\n2 高兴 139 短信 未回\n3 白芷 137 已约")
    assert [name for name in found if name[1] in KNOWN] == [
        ("陈皮", "姓名"), ("138", "电话"), ("高兴", "姓名"), ("139", "电话"), ("白芷", "姓名"), ("137", "电话"),
    ]  # fmt: skip
    assert ("复查", "处理") not in found


@pytest.mark.parametrize(
    ("header", "is_found"),
    [("patient_id", True), ("order_id", False), ("order_no", False), ("订单号", False)],
)
def test_the_numbers_of_things_are_nobodys(deidentifier, header, is_found):
    text = f"{header},客户,手机\nPZ240301771,沈伟,13588204417"
    assert bool(deidentifier.detect(text)[0].start == len(header) + 7) is is_found


def test_labels_and_values_side_by_side_are_no_header(persons):
    text = "术者 庄明 助手 傅思远\n麻醉 丁一 ASA II\n核查时间 09:03 患者自述姓名林德旺，右侧"
    assert persons(text) == {"庄明", "傅思远", "丁一", "林德旺"}


def test_a_row_of_a_form_with_a_firm_is_no_header() -> None:
    from deid import detect

    form = (
        "| 姓名 | 陈晓东 | 性别 | 男 |\n| 工作单位 | 鹭海恒川进出口有限公司 | 职务 | 副总 |\n"
        "| 来询目的 | 体检发现胰腺囊性占位 | 费别 | 自费 |\n| 日期 | 诊断 | 用药 | 医生 |\n| 2024-05-01 | 感冒 | 茯苓 | 黄芪 |\n"
    )

    found = [(form[e.start : e.end], e.entity_type) for e in detect(form)]

    assert ("来询目的", "ORGANIZATION") not in found
    assert not any("胰腺" in text and kind == "ORGANIZATION" for text, kind in found)
    assert ("黄芪", "PERSON") in found
