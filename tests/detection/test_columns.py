"""Cells of which their column tells what they are are found as if they were read in full."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest

from deid import Deidentifier
from deid.detection.columns import SAMPLE
from deid.detection.memory import Recurring
from deid.detector import Detector
from deid.grammar.divisions import Divisions
from deid.known import KnownList, KnownValue
from deid.policy import Policy
from deid.types import FIRST_ROWS, Cell, TextBlock
from deid.validators.resident_id import check_digit


def phone(number: int) -> str:
    return f"139{number:08d}"


def name(number: int) -> str:
    return "王李张刘陈"[number % 5] + "".join(random.Random(number).sample("伟敏静丽强磊军洋勇艳杰娟涛明", 2))


def address(number: int) -> str:
    return f"长沙市岳麓区路{number}号{number % 20 + 101}室"


def identity(number: int) -> str:
    payload = f"4301041980{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 1000:03d}"
    return payload + check_digit(payload)


def date(number: int) -> str:
    return f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d} 10:{number % 60:02d}:{number % 59:02d}"


def code(number: int) -> str:
    return f"SF{number:06d}"


def column(header: str, cells: Sequence[str], *, sample: int = SAMPLE) -> list[TextBlock]:
    """The cells behind the sample lie below the first rows, which are read together as well."""
    rows = [row if row < sample else FIRST_ROWS + row for row in range(len(cells))]
    return [
        TextBlock(f"{row}:0", cell, f"row {row}", (header,), Cell("1", row, 0))
        for row, cell in zip(rows, cells, strict=True)
    ]


def table(rows: Sequence[Sequence[str]]) -> list[TextBlock]:
    """The cells of rows, of which the first is the header."""
    return [
        TextBlock(f"{n}.{m}", text, "", (rows[0][m],) if n else (), Cell("t", n + 1, m + 1))
        for n, row in enumerate(rows)
        for m, text in enumerate(row)
    ]


def found(deidentifier: Deidentifier, blocks: Sequence[TextBlock]) -> list[list[tuple[object, ...]]]:
    return [
        [(e.entity_type, e.start, e.end, e.score, e.form, e.detections[0].recognizer) for e in entities]
        for _, entities in deidentifier.detect_blocks(blocks)
    ]


COLUMNS = [
    ("手机", phone),
    ("姓名", name),
    ("住址", address),
    ("身份证号", identity),
    ("就诊时间", date),
    ("编号", code),
]
ODD = [
    " 13912345678",
    "王妻",
    "张伟之",
    "无",
    "不详",
    "同上",
    "高兴",
    "平安",
    "张伟（女儿代）",
    "王医生",
    "欧阳静",
    "血糖",
    "13912345678，13800138000",
    "13912345678王伟",
    "010-62345678",
    "430104198001011231",
    "6222021234567890128",
    "a.b@example.com",
    "长沙市岳麓区人民路3号，电话13912345678",
    "长沙市第一医院门诊楼3号",
    "QQ 123456789",
    "E12345678",
    "A1234563",
    "2024年3月5日",
    "85",
    "12345",
]


@pytest.mark.slow
@pytest.mark.parametrize(("header", "value"), COLUMNS, ids=[header for header, _ in COLUMNS])
def test_a_cell_of_a_known_column_is_found_as_if_it_were_read_in_full(deidentifier, header, value):
    first = [value(number) for number in range(SAMPLE)]
    later = [*(value(number) for number in range(SAMPLE, SAMPLE + 200)), *ODD]

    told = found(deidentifier, column(header, first + later))[SAMPLE:]

    read = [found(deidentifier, column(header, [cell], sample=0))[0] for cell in later]
    assert told == read


def test_most_cells_of_a_known_column_are_not_read(deidentifier, monkeypatch):
    read: list[str] = []
    detect = Detector._detect_batch

    def watched(self, blocks):
        read.extend(text for text, _ in blocks)
        return detect(self, blocks)

    monkeypatch.setattr(Detector, "_detect_batch", watched)
    for header, value in COLUMNS:
        read.clear()
        list(deidentifier.detect_blocks(column(header, [value(number) for number in range(1000)])))

        assert len(read) <= SAMPLE + 100, header


def test_a_column_of_several_kinds_is_read_in_full(deidentifier):
    cells = [phone(n) if n % 2 else f"糖尿病{n}年" for n in range(SAMPLE)]

    mixed = found(deidentifier, column("备注", [*cells, "张伟来电", phone(77)]))

    assert [kinds[0][0] for kinds in mixed[-2:]] == ["PERSON", "PHONE_NUMBER"]


def test_what_is_decided_does_not_depend_on_how_cells_come(deidentifier):
    cells = [*(phone(number) for number in range(SAMPLE - 1)), "张伟", *ODD, phone(999)]
    blocks = column("手机", cells)
    memory = deidentifier.memory()

    one_by_one = [
        [(e.entity_type, e.start, e.end) for e in entities]
        for block in blocks
        for _, entities in deidentifier.detect_blocks([block], memory=memory)
    ]

    together = deidentifier.detect_blocks(blocks)
    assert one_by_one == [[(e.entity_type, e.start, e.end) for e in entities] for _, entities in together]


def test_cells_that_others_read_tell_what_a_column_is(deidentifier, monkeypatch):
    blocks = column("手机", [phone(number) for number in range(SAMPLE + 10)])
    memory = deidentifier.memory()
    deidentifier.learn(blocks[:SAMPLE], memory)

    monkeypatch.setattr(Detector, "_detect_batch", lambda self, blocks: iter([()] * len(blocks)))
    later = [entities for _, entities in deidentifier.detect_blocks(blocks[SAMPLE:], memory=memory)]

    assert [entity.entity_type for entities in later for entity in entities] == ["PHONE_NUMBER"] * 10


def test_a_known_value_is_told_in_a_known_column(deidentifier):
    known = KnownList.from_values([KnownValue("PHONE_NUMBER", phone(SAMPLE), "李敏", "relative")])
    blocks = column("手机", [phone(number) for number in range(SAMPLE + 1)])

    *_, (_, [last]) = Deidentifier(known=known).detect_blocks(blocks)

    assert (last.subject, last.role) == ("李敏", "relative")


def test_a_column_of_a_type_that_is_kept_is_read_in_full():
    policy = Policy.parse(
        {"schema": 1, "name": "p", "extends": "dd-preclosing", "operators": {"PHONE_NUMBER": "keep"}}
    )
    keeping = Deidentifier(policy=policy)
    memory = keeping.memory()
    blocks = column("手机", [phone(number) for number in range(SAMPLE + 1)])

    list(keeping.detect_blocks(blocks, memory=memory))

    assert memory.tell(blocks[-1]) is None


def test_cells_of_which_the_column_tells_the_same_share_their_entities(deidentifier):
    blocks = column("联系电话", [phone(number) for number in range(SAMPLE + 2)])

    *_, (_, one), (_, two) = deidentifier.detect_blocks(blocks, placed=False)

    assert one is two
    assert [(entity.entity_type, entity.start, entity.end) for entity in one] == [("PHONE_NUMBER", 0, 11)]


def test_amounts_in_a_column_in_which_nothing_is_found_are_told_by_their_shape(deidentifier):
    shapes = deidentifier._detector._cell_shapes

    assert [shapes.of_code(text) for text in ("549.76", "5499.7", "41334.97")] == [
        "000.00",
        "0000.0",
        "00000.00",
    ]
    assert not any(
        map(shapes.of_code, ("12.31", "2024.05", "1999.1", "1380013.80", "0551.62", "138.0013.8000"))
    )


def test_what_is_kept_anew_of_a_cell_takes_no_more_room(monkeypatch):
    monkeypatch.setattr("deid.detection.memory._IN_ALL", 2)
    kept: Recurring[int] = Recurring()

    for number in range(3):
        kept.put(("门诊", ("类别",)), number)
    kept.put(("住院", ("类别",)), 9)

    assert kept.get(("门诊", ("类别",))) == 2
    assert kept.get(("住院", ("类别",))) == 9


def test_addresses_that_differ_in_digits_alone_are_looked_up_once(deidentifier, monkeypatch):
    shapes = deidentifier._detector._cell_shapes
    asked: list[str] = []
    at = Divisions.at

    def noted(self: Divisions, text: str, position: int) -> Any:
        asked.append(text)
        return at(self, text, position)

    monkeypatch.setattr(Divisions, "at", noted)
    texts = [f"长沙市岳麓区后湖路{number}号{room}室" for number in range(10, 40) for room in (101, 902)]

    assert set(shapes.of_many("CN_ADDRESS", texts)) == {"address"}
    assert len(asked) == 1


@pytest.mark.parametrize("apart", ["长沙市岳麓区\n后湖路3号", "1380013\n8000", ""])
def test_cells_have_the_shapes_that_each_has_alone(deidentifier, apart):
    shapes = deidentifier._detector._cell_shapes
    texts = ["13912345678", apart, "13912345679", "长沙市岳麓区后湖路3号", "张三"]

    for kind in ("PHONE_NUMBER", "CN_ADDRESS", "PERSON"):
        assert shapes.of_many(kind, texts) == [shapes.of(kind, text) for text in texts]


TITLES = ["Let There Be Rock", "Warning", "Live Wire", "Balls to the Wall", "Night of the Long Knives"]


def persons(cells: Sequence[str]) -> set[str]:
    blocks = column("Name", cells)
    detected = Deidentifier().detect_blocks(blocks)
    return {block.text for block, entities in detected if any(e.entity_type == "PERSON" for e in entities)}


def test_a_column_of_titles_names_nobody_but_those_who_are_told_by_more_than_its_label():
    cells = [*TITLES, "Metallica", "Karen Olsen", "Chai Tea", *TITLES * 10, "Aerosmith", "Zhang Wei"]

    assert persons(cells) == {"Karen Olsen", "Zhang Wei"}


def test_a_column_of_names_has_those_that_are_like_words():
    cells = ["Vivian", "Grace", "Will Young", "Metallica", "Warning"]

    assert persons(cells) == {"Vivian", "Grace", "Will Young", "Metallica"}


def test_the_number_of_a_column_is_no_age():
    rows = [["姓名", "年龄1", "年龄2"], ["欧阳靖宇", "61", "63"]]
    blocks = table(rows)

    found = [
        [block.text[entity.start : entity.end] for entity in entities]
        for block, entities in Deidentifier().detect_blocks(blocks)
    ]

    assert found == [[], [], [], ["欧阳靖宇"], ["61"], ["63"]]


def test_the_days_of_a_month_over_the_columns_of_a_rota_are_nobodys():
    head = ["姓名", "1日", "2日", "3日", "4日", "5月5日"]
    blocks = table(
        [head, ["欧阳靖宇", "白", "白", "夜", "休", "休"], ["王建国", "夜", "休", "白", "白", "夜"]]
    )

    found = [
        [block.text[entity.start : entity.end] for entity in entities]
        for block, entities in Deidentifier().detect_blocks(blocks)
    ]

    assert found[:6] == [[], [], [], [], [], ["5月5日"]]


@pytest.mark.parametrize(
    ("label", "text", "kind"),
    [
        ("年龄2", "61", "AGE"),
        ("住院号2", "884213", "MEDICAL_RECORD_NUMBER"),
        ("病历号_1", "884213", "MEDICAL_RECORD_NUMBER"),
        ("微信1", "abc_12", "CN_WECHAT_ID"),
        ("QQ2", "23456789", "CN_QQ"),
        ("phone_2", "8612345", "PHONE_NUMBER"),
    ],
)
def test_one_of_several_columns_of_a_kind_is_of_it(label, text, kind):
    block = TextBlock("b", text, "", (label,), Cell("t", 2, 1))

    [(_, entities)] = Deidentifier().detect_blocks([block])

    assert [entity.entity_type for entity in entities] == [kind]


@pytest.mark.parametrize(
    ("label", "text"),
    [("血糖2", "7.8"), ("CA125", "35"), ("PD1", "61"), ("病灶2", "12"), ("第2次", "884213"), ("评分1", "12")],
)
def test_other_numbered_columns_hold_nothing(label, text):
    block = TextBlock("b", text, "", (label,), Cell("t", 2, 1))

    [(_, entities)] = Deidentifier().detect_blocks([block])

    assert entities == ()


@pytest.mark.parametrize(
    ("label", "is_age"),
    [
        ("BMI", False),
        ("体重(kg)", False),
        ("Hb", False),
        ("年龄", True),
        ("入组年龄", True),
        ("基本信息", True),
    ],
)
def test_a_number_behind_a_sex_is_what_its_column_is_called(label, is_age):
    rows = [["编号", "性别", label, "诊断"], ["S001", "男", "31", "高血压"], ["S002", "女", "45", "糖尿病"]]
    blocks = table(rows)

    ages = [
        block.text
        for block, entities in Deidentifier().detect_blocks(blocks)
        if block.labels and any(entity.entity_type == "AGE" for entity in entities)
    ]

    assert ages == (["31", "45"] if is_age else [])


@pytest.mark.parametrize(("label", "is_somebody"), [("批号", False), ("疫苗批号", False), ("住院号", True)])
def test_numbers_of_goods_are_nobodys(label, is_somebody):
    rows = [["姓名", "电话", "诊断", label]]
    rows += [["王建国", f"1381234{1000 + n}", "高血压", str(239702 + n * 137)] for n in range(8)]
    blocks = table(rows)

    found = [
        block.text
        for block, entities in Deidentifier().detect_blocks(blocks)
        if block.labels == (label,) and entities
    ]

    assert len(found) == (8 if is_somebody else 0)


def found_below(label: str, numbers: Sequence[str], keep: Sequence[str] = ()) -> list[str]:
    blocks = [
        TextBlock(f"{row}.{column}", text, "", (name,), Cell("t", row, column))
        for row, number in enumerate(numbers, 1)
        for column, (name, text) in enumerate(((label, number), ("level", "b")))
    ]
    return [
        block.text
        for block, entities in Deidentifier(keep=keep).detect_blocks(blocks)
        if block.labels == (label,) and entities
    ]


@pytest.mark.parametrize("length", [11, 16, 19])
def test_a_number_among_counted_ones_is_no_card_and_no_telephone_by_chance(length):
    draw = random.Random(length)
    numbers = [str(draw.randrange(10 ** (length - 1), 10**length)) for _ in range(400)]

    assert found_below("digest", numbers) == []


def test_numbers_among_cards_and_telephones_are_such_without_a_header_that_says_so():
    cards = [f"6222{number:012d}" for number in range(0, 90_000_000, 3_000_017)]
    phones = [phone(number * 7919) for number in range(30)]

    assert found_below("备用", [*cards, "5187100012345678"]) == [*cards, "5187100012345678"]
    assert found_below("备用", [*phones, "05718765432", "13800138000"], ["13800138000"]) == [
        *phones,
        "05718765432",
    ]
    assert found_below("备用", [*(f"2024{number:07d}" for number in range(30)), "13812345678"]) == [
        "13812345678"
    ]


@pytest.mark.parametrize(
    ("label", "is_somebody"), [("累计金额", False), ("file_size", False), ("登记", True)]
)
def test_a_column_of_amounts_holds_no_numbers_of_anybody(label, is_somebody):
    draw = random.Random(2)
    rows = [["姓名", "电话", "诊断", label]]
    rows += [["王建国", phone(n), "高血压", str(draw.randrange(10**11, 10**12))] for n in range(20)]
    blocks = [
        TextBlock(f"{n}.{m}", text, "", (rows[0][m],) if n else (), Cell("t", n + 1, m + 1))
        for n, row in enumerate(rows)
        for m, text in enumerate(row)
    ]

    found = [
        b.text for b, entities in Deidentifier().detect_blocks(blocks) if b.labels == (label,) and entities
    ]

    assert bool(found) == is_somebody


GOODS = ["4006381333931", "5901234123457", "036000291452"]


@pytest.mark.parametrize(
    ("label", "numbers", "found"),
    [
        ("条码", GOODS, []),
        ("barcode", GOODS * 20, []),
        ("商品条码", [*GOODS, "5901234123450"], [*GOODS, "5901234123450"]),
        ("条码", GOODS[:1], GOODS[:1]),
        ("标本条码", GOODS, GOODS),
    ],
)
def test_bar_codes_of_goods_are_nobodys_where_all_of_a_column_are_such(label, numbers, found):
    assert found_below(label, numbers) == found


@pytest.mark.parametrize(
    ("label", "is_somebody"), [("出厂编号", False), ("Serial No.", False), ("SN", False), ("编号", True)]
)
def test_numbers_of_devices_are_no_telephones_by_their_form(label, is_somebody):
    numbers = ["13800138000", "13912345678", "US32100456"]

    assert found_below(label, numbers) == (numbers if is_somebody else [])


@pytest.mark.parametrize(
    ("label", "is_somebody"),
    [("姓名", True), ("姓 名", True), ("签字", True), ("审核人", True), ("备注", False)],
)
def test_who_is_called_as_a_field_is_somebody_in_a_column_of_names(label, is_somebody):
    found = found_below(label, ["时间", "车辆"])

    assert found == (["时间", "车辆"] if is_somebody else [])


@pytest.mark.parametrize(
    "label", ["Callee", "Owner", "Sales Rep", "next_of_kin", "SHZ", "人员", "司机", "带教"]
)
def test_columns_of_persons_may_be_called_so(label):
    assert found_below(label, ["黄芪", "白术"]) == ["黄芪", "白术"]
    assert found_below(label, ["医护人员", "自动"]) == []


PRICES = """项目编码|项目名称|规格|单位|单价|会员价|备注
F12040001|黄芪注射液|10ml*5支|盒|68|58|院内
A1101|洗牙|全口|次|280|199|3-12月活动价
A1102|平安险(旅游)|7天|份|35|35|1-65岁
310300054|眼底照相|单眼|次|30|30|"""
STOCK = """货架|品名|批号|生产日期|有效期至|库存数|供应商
A-12-05|阿莫西林胶囊|20240301|2024-03-01|2026-02-28|120|华北制药股份有限公司
A-12-06|黄芪颗粒|240215|2024-02-15|2026-02-14|30|四川某某药业
B-03-01|一次性注射器|2403-11|2024/3/11|2027/3/10|1000|山东威高"""
LAB = """SampleNo|XM|XB|NL|KS|CH|ITEM|RES|UNIT|REF|FLAG|SHZ|BGSJ
2403150012|石磊|男|45岁|消化内科|12-05|ALT|56|U/L|9-50|↑|白术|2024-03-15 10:22
2403150013|来莉莉|女|33岁|肾内科|3-12|CREA|88|umol/L|41-73|↑|黄芪|2024-03-15 10:25"""


PARCELS = """快递单号|寄件人|寄件电话|收件人|收件电话|收件地址|物品|重量
SF1234567890123|平安|138****8001|于是|139****9002|北京市朝阳区某某路5号院2号楼1单元101|文件|0.5
YT9876543210123|白术|02112345678|石磊|13700137003|上海市徐汇区某某路88弄12号|药品|1.2"""


@pytest.mark.parametrize(
    ("text", "label"), [(PRICES, "项目编码"), (STOCK, "货架"), (LAB, "CH"), (PARCELS, "快递单号")]
)
def test_codes_of_things_are_no_numbers_and_days_to_the_network(text, label):
    blocks = table([line.split("|") for line in text.split("\n")])

    assert not [
        b.text for b, entities in Deidentifier().detect_blocks(blocks) if label in b.labels and entities
    ]


def test_what_somebody_comes_for_is_no_part_of_a_name():
    rows = [["预约人", "日期"], ["高兴 洗牙", "3月1日"], ["石斛 针灸", "3月2日"], ["平安 初诊", "3月3日"]]

    found = [
        block.text[entity.start : entity.end]
        for block, entities in Deidentifier().detect_blocks(table(rows))
        for entity in entities
        if entity.entity_type == "PERSON"
    ]

    assert found == ["高兴", "石斛", "平安"]


@pytest.mark.parametrize(
    ("text", "is_day"), [("9-18点", False), ("8-10周", False), ("9-18", True), ("9-18 10点", True)]
)
def test_from_one_hour_to_another_is_no_day_below_a_time(text, is_day):
    assert found_below("营业时间", [text]) == ([text] if is_day else [])


def test_a_column_that_those_beside_it_call_one_of_names_holds_some():
    cells = [TextBlock("a", "时间", "", ("xm", "姓名")), TextBlock("b", "时间", "", ("xm",))]

    assert [bool(entities) for _, entities in Deidentifier().detect_blocks(cells)] == [True, False]
