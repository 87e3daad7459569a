"""JSON and JSON Lines: strings, keys and numbers are text; the rest stays byte for byte."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planting import document_of, replaced, rewritten, survivors

from deid import Deidentifier
from deid.errors import UnreadableDocument
from deid.formats import read, text_of, write
from deid.formats.jsontext import _Counts, tokens


def _document(tmp_path, text, name="a.json"):
    return document_of(tmp_path / name, text)


def _written(tmp_path, document, values):
    return rewritten(document, values, tmp_path / "out")


def test_layout_escapes_and_numbers_outside_edits_stay(tmp_path):
    text = (
        '{ "a" : [1.50, 1e3,\ttrue, null],\r\n"姓名":"\\u5f20\\u4e09\\/x\\n" , "b":"\\ud83d\\ude00王五" }\n'
    )
    document = _document(tmp_path, text)

    assert _written(tmp_path, document, ["不在文中"]) == text
    assert _written(tmp_path, document, ["张三", "王五"]) == text.replace("\\u5f20\\u4e09", "〔替〕").replace(
        "王五", "〔替〕"
    )


def test_an_ascii_file_stays_ascii(tmp_path):
    document = _document(tmp_path, '{"name": "\\u5f20\\u4e09"}')

    out = _written(tmp_path, document, ["张三"])

    assert out == '{"name": "\\u3014\\u66ff\\u3015"}'


def test_numbers_become_strings(tmp_path):
    document = _document(tmp_path, '{"电话": 13800138000, "p": 1.3800138E10, "n": 5}')

    assert _written(tmp_path, document, ["13800138000"]) == '{"电话": "〔替〕", "p": "〔替〕", "n": 5}'


@pytest.mark.parametrize(
    ("stand_in", "written"), [("1714552805000", "1714552805000"), ("0214552805000", '"0214552805000"')]
)
def test_what_stands_for_a_number_and_is_one_stays_one(tmp_path, stand_in, written):
    document = _document(tmp_path, '{"msgtime": 1716280805000, "s": "1716280805000"}')
    write(document, replaced(document, ["1716280805000"], stand_in), tmp_path / "out")
    text = (tmp_path / "out").read_text("utf-8")
    assert text == f'{{"msgtime": {written}, "s": "{stand_in}"}}'


def test_keys_are_text_and_equal_keys_stay_equal(tmp_path):
    document = _document(tmp_path, '{"张三": {"张三": 1}, "b": [{"张三": 2}]}')

    assert [block.text for block in document.blocks()].count("张三") == 1
    assert _written(tmp_path, document, ["张三"]) == '{"〔替〕": {"〔替〕": 1}, "b": [{"〔替〕": 2}]}'


def test_keys_that_were_different_stay_different(tmp_path):
    inner = json.dumps({"张三": 5, "李四": 6}, ensure_ascii=False)
    content = {"张三": 1, "李四": 2, "〔替〕": [{"王五": 3}], "王五": {"张三": 4}, "raw": inner}
    document = _document(tmp_path, json.dumps(content, ensure_ascii=False))

    out = json.loads(_written(tmp_path, document, ["张三", "李四", "王五"]))

    assert list(out) == ["〔替〕", "〔替〕 (2)", "〔替〕 (3)", "〔替〕 (4)", "raw"]
    assert list(out.values())[:4] == [1, 2, [{"〔替〕": 3}], {"〔替〕": 4}]
    assert json.loads(out["raw"]) == {"〔替〕": 5, "〔替〕 (2)": 6}


def test_labels_are_the_names_on_the_way_the_nearest_first(tmp_path):
    document = _document(
        tmp_path, '{"患者": {"联系人": {"姓名": "平安"}}, "items": [{"label": "电话", "value": "138"}]}'
    )

    labels = {block.text: block.labels for block in document.blocks() if block.id.startswith("value")}

    assert labels["平安"] == ("姓名", "联系人", "患者")
    assert labels["138"] == ("电话", "value", "items")


def test_whose_name_it_is_is_told_by_the_fields_beside_it(tmp_path):
    document = _document(
        tmp_path,
        '{"items": [{"name": "银卡", "price": 1}], "staff": [{"name": "平安", "mobile": "1", "tags": [{"name": "新"}]}]}',
    )

    labels = {block.text: block.labels for block in document.blocks() if block.id.startswith("value")}

    assert labels["银卡"] == ("name", "items")
    assert labels["平安"] == ("name", "姓名", "staff")
    assert labels["新"] == ("name", "tags", "staff")


def test_objects_of_a_list_are_rows_of_a_table(tmp_path):
    text = json.dumps(
        {
            "v": "a",
            "messages": [
                {"text": "b", "to": {"name": "c"}, "tags": ["d"]},
                {"to": {"name": "e"}, "text": "f", "raw": json.dumps([{"x": "g"}])},
            ],
        }
    )

    places = {block.text: block.table for block in _document(tmp_path, text).blocks() if len(block.text) == 1}

    assert places["b"].row == places["c"].row == places["d"].row == 0
    assert places["e"].row == places["f"].row == places["g"].row == 1  # also what stands in a string of it
    assert places["b"].column == places["f"].column != places["c"].column == places["e"].column
    assert places["a"] is None
    assert len({place.sheet for place in places.values() if place}) == 1


def test_lines_are_rows_of_one_table(tmp_path):
    document = _document(tmp_path, '{"a": "x", "b": "y"}\n{"b": "z"}\n', "a.jsonl")

    places = {block.text: block.table for block in document.blocks() if len(block.text) == 1 and block.labels}

    assert [place.row for place in places.values()] == [0, 0, 1]
    assert places["y"].column == places["z"].column != places["x"].column


def test_json_inside_a_string_is_read_too(tmp_path):
    inner = json.dumps({"姓名": "张三", "n": [1]})
    document = _document(tmp_path, json.dumps({"raw": inner, "again": json.dumps({"x": inner})}))

    out = json.loads(_written(tmp_path, document, ["张三"]))

    assert json.loads(out["raw"]) == {"姓名": "〔替〕", "n": [1]}
    assert json.loads(json.loads(out["again"])["x"])["姓名"] == "〔替〕"
    assert survivors({"张三": "x"}, text_of(tmp_path / "out", format="json")) == set()


def test_lines_are_documents_of_their_own(tmp_path):
    text = '{"姓名":"张三"}\r\n\n{"姓名":"李四", "x": "张三"}'
    document = _document(tmp_path, text, "a.jsonl")

    assert _written(tmp_path, document, ["张三"]) == text.replace("张三", "〔替〕")
    assert next(block.where for block in document.blocks() if block.text == "李四").startswith("line 3")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"a": 1'),
        ("a.json", "[1,]"),
        ("a.jsonl", '{"a": 1}\n{"a"\n'),
        ("a.json", "[" * 100_000),
    ],
)
def test_what_is_not_json_is_refused(tmp_path, name, text):
    with pytest.raises(UnreadableDocument, match="not JSON"):
        list(_document(tmp_path, text, name).blocks())


def test_the_check_decodes_escapes(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"a": ["\\u5f20\\u4e09", 1.3800138E10], "\\u674e\\u56db": 1}')

    assert survivors({"张三": "v", "13800138000": "n", "李四": "k"}, text_of(path, format="json")) == {
        "v",
        "n",
        "k",
    }
    assert survivors({"张三": "v", "李四": "k"}, text_of(path)) == {"v", "k"}


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200)
@given(_VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_the_tokens_put_together_are_the_text(value, ascii_only, indent):
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    assert "".join(token.raw for token in tokens(text, _Counts())) == text


@pytest.mark.parametrize(
    "text",
    [
        b64encode("患者张三，电话13800138000".encode()).decode(),
        urlsafe_b64encode("患者张三，电话13800138000".encode() * 400).decode(),
        b64encode(b"tel 13800138000").decode(),
        b64encode(b"%PDF-1.7\n" + bytes(range(256))).decode(),
        f"data:image/png;base64,{b64encode(bytes(range(256))).decode()}",
        "data:text/plain,%E5%BC%A0%E4%B8%89",
        "data:,%E5%BC%A0%E4%B8%89",
        "data:;charset=utf-8,%E5%BC%A0%E4%B8%89",
        "data:png;base64,AAAA",
    ],
)
@pytest.mark.parametrize("values", [("没有这个",), ("张三",)])
def test_files_and_texts_in_base64_are_left_out(tmp_path, text, values):
    whole = {
        "resourceType": "Binary",
        "data": text,
        "inner": json.dumps({"photo": [text, "复诊"]}),
        "姓名": "张三",
    }
    document = _document(tmp_path, json.dumps(whole))

    written = json.loads(_written(tmp_path, document, values))

    assert written["data"] == ""
    assert json.loads(written["inner"]) == {"photo": ["", "复诊"]}
    assert document.details["removed"] == {"embedded file": 2}


@pytest.mark.parametrize("before", [r"\n", " ", r"\u0069"])
def test_files_in_base64_are_left_out_where_nothing_is_replaced(tmp_path, before):
    photo = b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(256))).decode()
    raw = before + photo.removeprefix("i" if "u" in before else "")
    document = _document(tmp_path, f'{{"photo": "{raw}"}}')

    written = json.loads(_written(tmp_path, document, ("没有这个",)))

    assert written == {"photo": ""}
    assert document.details["removed"] == {"embedded file": 1}


@pytest.mark.parametrize(
    "text",
    [
        "d41d8cd98f00b204e9800998ecf8427e",
        "Gastroenterology",
        "550e8400-e29b-41d4-a716-446655440000",
        "database",
        "1234567890123456",
    ],
)
def test_names_hashes_and_numbers_are_no_base64(tmp_path, text):
    document = _document(tmp_path, json.dumps([text]))

    assert json.loads(_written(tmp_path, document, ("没有这个",))) == [text]


@pytest.mark.parametrize("text", ["6765652327072690", "data:36.5,血压正常", "Data:张三,男，已随访"])
def test_what_only_begins_like_an_embedded_file_is_read(tmp_path, text):
    document = _document(tmp_path, json.dumps({"内容": text}))

    assert text in [block.text for block in document.blocks()]


def test_files_in_addresses_within_a_text_are_left_out(tmp_path):
    photo = b64encode(bytes(range(256))).decode()
    message = f'片子 ![](data:image/png;base64,{photo}) "已取"'
    document = _document(tmp_path, json.dumps({"a": message, "b": json.dumps({"c": message})}))

    written = json.loads(_written(tmp_path, document, ("没有这个",)))

    assert written["a"] == json.loads(written["b"])["c"] == '片子 ![](data:,) "已取"'
    assert document.details["removed"] == {"embedded file": 2}


@pytest.mark.parametrize("data", ["患者张三".encode(), b"\x89PNG\r\n\x1a\n" + bytes(range(99))])
@pytest.mark.parametrize("signed", [False, True])
def test_bytes_in_a_list_are_left_out(tmp_path, data, signed):
    numbers = [byte - 256 if signed and byte > 127 else byte for byte in data]
    content = {
        "文书": {"type": "Buffer", "data": numbers},
        "收缩压": [120, 118, 135, 142, 128, 119, 131],
        "x": "复诊",
    }
    document = _document(tmp_path, json.dumps(content))

    written = json.loads(_written(tmp_path, document, ("没有这个",)))

    assert written == content | {"文书": {"type": "Buffer", "data": ""}}
    assert document.details["removed"] == {"embedded file": 1}


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ('{"text": "Все люди рождаются"}', "utf-8"),
        ('{"text": "да"}', "utf-8"),
        ('{"姓名": "谢平"}', "gb18030"),
        ('{"name": "谢平"}', "gb18030"),
    ],
)
def test_json_is_in_utf8_unless_it_is_chinese_in_gbk(tmp_path, text, codec):
    (tmp_path / "a.json").write_text(text, codec)

    assert read(tmp_path / "a.json", ref="#1").details["encoding"].codec == codec


@pytest.mark.parametrize(
    ("head", "tail"), [('["vcard", [', ""), ('{"entities": [{"vcardArray": ["vcard", [', "}]}")]
)
def test_contacts_in_lists_have_the_labels_of_contacts(tmp_path, head, tail):
    card = (
        '["n", {}, "text", ["端木", "凯翔", "", "", ""]],\n["tel", {"type": "cell"}, "uri", "tel:1"],'
        '["x-own", {}, "text", "甲"]]]'
    )
    document = _document(tmp_path, head + card + tail)

    found = {block.text: block.labels for block in document.blocks()}

    assert {text: found[text][:1] for text in ("端木", "凯翔", "tel:1")} == {
        "端木": ("姓名",),
        "凯翔": ("姓名",),
        "tel:1": ("电话",),
    }
    assert not [text for text in ("n", "tel", "text", "cell", "甲") if {"姓名", "电话"} & {*found[text]}]


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("患者欧阳雪来诊。", True),
        ("1380013欧阳雪", True),
        ("东南西北上下", False),
        ("YNYYNYNNYY", False),
        ("甲乙，", False),
    ],
)
def test_the_characters_of_a_text_in_a_list_are_read_together(tmp_path, text, is_read):
    document = _document(tmp_path, json.dumps({"tokens": [*text], "n": [1, 2]}, ensure_ascii=False))

    assert (text in [block.text for block in document.blocks()]) == is_read


def test_what_is_replaced_over_the_items_of_a_list_stands_in_the_first(tmp_path):
    document = _document(tmp_path, json.dumps({"tokens": [*"患者欧阳雪来诊。"]}, ensure_ascii=False))

    written = json.loads(_written(tmp_path, document, ["欧阳雪"]))

    assert written == {"tokens": ["患", "者", "〔替〕", "", "", "来", "诊", "。"]}


@pytest.mark.parametrize("end", ["from", "speaker", "fromUser", "user"])
def test_who_says_something_in_a_message_is_an_account_however_called(tmp_path, end):
    said = [("山茶花", "您好，我爸查出前列腺癌"), ("客服", "收到"), ("岁月静好", "请问要空腹吗？")]
    messages = [{end: who, "content": text, "time": "2024-03-05 10:00"} for who, text in said]
    (tmp_path / "a.json").write_text(json.dumps(messages, ensure_ascii=False), encoding="utf-8")

    found = [
        (block.text[entity.start : entity.end], entity.entity_type)
        for block, entities in Deidentifier().detect_blocks(read(tmp_path / "a.json", ref="#1").blocks())
        for entity in entities
        if block.labels[:1] == (end,)
    ]

    assert found == [("山茶花", "USERNAME"), ("岁月静好", "USERNAME")]


def test_who_says_something_in_an_export_of_telegram_is_an_account(tmp_path):
    said = {"id": 1, "type": "message", "from": "小鹿不吃草", "from_id": "user100000", "text": "在吗"}
    chat = {"name": "小鹿不吃草", "type": "personal_chat", "messages": [said]}
    (tmp_path / "a.json").write_text(json.dumps(chat, ensure_ascii=False), encoding="utf-8")

    found = [
        block.text[entity.start : entity.end]
        for block, entities in Deidentifier().detect_blocks(read(tmp_path / "a.json", ref="#1").blocks())
        for entity in entities
    ]

    assert found.count("小鹿不吃草") == 2
    assert "user100000" in found


@pytest.mark.parametrize(
    "text",
    [
        '[["序号", "姓名", "住院号"], [1, "茯苓", 20731], [2, "当归", 20732]]',
        '{"columns": ["序号", "姓名", "住院号"], "index": [0, 1], "data": [[1, "茯苓", 20731], [2, "当归", 20732]]}',
    ],
)
def test_rows_that_are_lists_have_the_labels_of_their_header(tmp_path, text):
    blocks = _document(tmp_path, text).blocks()
    cells = {block.text: (block.labels[:1], block.table) for block in blocks if block.table}

    assert cells["茯苓"][0] == cells["当归"][0] == ("姓名",)
    assert cells["20732"][0] == ("住院号",)
    assert cells["茯苓"][1].column == cells["当归"][1].column != cells["20732"][1].column


def test_rows_behind_lists_of_any_depth_have_the_labels_of_their_header(tmp_path):
    text = '{"deep": %s1%s, "fields": ["姓名", "电话"], "rows": [["茯苓", "138"], ["平安", "139"]]}'
    blocks = _document(tmp_path, text % (200 * "[", 200 * "]")).blocks()

    assert [block.labels[0] for block in blocks if block.text in ("茯苓", "平安")] == ["姓名", "姓名"]


def test_lines_that_are_lists_have_the_labels_of_the_first(tmp_path):
    text = '["姓名", "手机"]\n["茯苓", "138"]\n["当归", "139"]\n'
    cells = {block.text: block for block in _document(tmp_path, text, "a.jsonl").blocks() if block.table}

    assert cells["茯苓"].labels == cells["当归"].labels == ("姓名",)
    assert cells["139"].labels == ("手机",)


@pytest.mark.parametrize(
    "text",
    [
        '{"rows": [["茯苓", "1"], ["当归", "2"]], "fields": ["姓名", "电话"]}',
        '{"head": {"columns": ["姓名", "电话"]}, "result": {"list": [["茯苓", "1"], ["当归", "2"]]}}',
        '{"fields": [{"name": "xm", "label": "姓名"}, {"name": "dh", "label": "电话"}], "rows": [["茯苓", "1"], ["当归", "2"]]}',
        '[{"cols": ["药品", "批号", "数量"], "rows": [["a", "b", 1]]}, {"cols": ["姓名", "电话"], "rows": [["茯苓", 1], ["当归", 2]]}]',
        '{"data": [{"c1": "茯苓", "c2": "1"}, {"c1": "当归"}], "cols": [{"title": "姓名", "dataIndex": "c1"}, {"title": "电话", "dataIndex": "c2"}]}',
        '{"columns": ["姓名"], "data": [["茯苓"], ["当归"]]}',
    ],
)
def test_rows_are_called_as_is_said_elsewhere(tmp_path, text):
    document = _document(tmp_path, text)

    labels = {block.text: block.labels[:1] for block in document.blocks()}

    assert labels["茯苓"] == labels["当归"] == ("姓名",)


def test_names_of_fields_that_may_be_of_any_rows_tell_nothing(tmp_path):
    text = '{"a": {"fields": ["姓名", "电话"]}, "b": {"fields": ["药品", "数量"]}, "rows": [["茯苓", 1]]}'

    document = _document(tmp_path, text)

    assert [block.labels for block in document.blocks() if block.text == "茯苓"] == [("rows",)]


def test_fields_that_are_called_in_short_are_told_by_those_beside_them(tmp_path):
    document = _document(tmp_path, '{"rows": [["茯苓", "1"], ["当归", "2"]], "fields": ["xm", "dh"]}')

    assert [block.labels[:2] for block in document.blocks() if block.text == "茯苓"] == [("xm", "姓名")]


def test_a_list_of_words_is_no_header(tmp_path):
    blocks = _document(tmp_path, '[["红", "绿"], ["茯苓", "当归"], [[1, 2], [3, 4]]]').blocks()

    assert not any(block.labels for block in blocks)


def test_parts_of_a_name_are_read_together_though_one_is_a_list(tmp_path):
    document = _document(tmp_path, '{"name": {"use": "usual", "family": "茯", "given": ["苓"]}, "sex": "F"}')

    assert "姓名" in next(block.labels for block in document.blocks() if block.text == "茯苓")


def test_rows_of_persons_that_nothing_names_have_names_and_ages(tmp_path):
    text = '{"list": [["茯苓", "女", 45, "13800138000"], ["石头", "男", "60", "13900139000"]], "drugs": [["茯苓", "1"], ["白术", "2"]]}'

    document = _document(tmp_path, text)

    labels = [(block.text, block.labels[:1]) for block in document.blocks() if not block.search_only]
    assert [found for found in labels if found[0] in ("茯苓", "石头", "白术", "45")] == [
        ("茯苓", ("姓名",)),
        ("45", ("年龄",)),
        ("石头", ("姓名",)),
        ("茯苓", ("drugs",)),
        ("白术", ("drugs",)),
    ]


def test_rows_that_are_values_of_an_object_are_rows_of_a_table(tmp_path):
    rows = '{"1001": ["茯苓", "女", 13800138000], "1002": ["石头", "男", 13900139000]}'
    drugs = '{"a": ["茯苓", "g", 12], "b": ["石头", "g", 15]}'

    blocks = [*_document(tmp_path, f'{{"list": {rows}, "drugs": {drugs}}}').blocks()]

    names = [block for block in blocks if block.text in ("茯苓", "石头")]
    assert [block.labels[0] for block in names] == ["姓名", "姓名", "a", "b"]
    assert names[1].table == names[0].table._replace(row=1)
    assert [block.text for block in blocks if block.text.startswith("1390013")] == ["13900139000"]


def test_rows_that_are_values_of_an_object_are_called_as_is_said_elsewhere(tmp_path):
    text = '{"fields": ["姓名", "电话"], "rows": {"1": ["茯苓", "138"], "2": ["平安", "139"]}}'
    columns = '{"姓名": ["茯苓", "平安"], "联系人": ["当归", "白术"]}'

    labels = {block.text: block.labels for block in _document(tmp_path, text).blocks()}

    assert labels["平安"][0] == "姓名"
    assert {block.text: block.labels for block in _document(tmp_path, columns).blocks()}["白术"] == (
        "联系人",
    )


@pytest.mark.parametrize(
    "text",
    [
        '[{"A": "茯苓", "B": "女", "C": "13800138000"}, {"A": "石头", "B": "男", "C": "13900139000"}]',
        '{"1": {"c1": "茯苓", "c2": "女", "c3": 45}, "2": {"c1": "石头", "c2": "男", "c3": 60}}',
        '[{"名单": "姓名", "__EMPTY": "诊断"}, {"名单": "茯苓", "__EMPTY": "感冒"}, {"名单": "石头", "__EMPTY": "肺炎"}]',
        '{"rows": [{"id": 1, "cell": ["茯苓", "女", 45]}, {"id": 2, "cell": ["石头", "男", 60]}]}',
        '{"columns": ["姓名", "年龄"], "rows": [{"id": [[1]], "cell": ["茯苓", 45]}, {"id": 2, "cell": ["石头", 60]}]}',
    ],
)
def test_keys_that_only_number_columns_are_told_by_what_stands_under_them(tmp_path, text):
    labels = {block.text: block.labels for block in _document(tmp_path, text).blocks()}

    assert [labels["茯苓"][0], labels["石头"][0]] == ["姓名", "姓名"]
    assert not any("" in found for found in labels.values())


def test_what_numbered_keys_mean_holds_for_their_records_alone(tmp_path):
    persons = '[{"A": "茯苓", "B": "13800138000"}, {"A": "石头", "B": "13900139000"}]'
    text = f'{{"x": {{"deep": {120 * "["}{{}}{120 * "]"}}}, "persons": {persons}, "drugs": [{{"A": "白术", "B": "1"}}, {{"A": "当归", "B": "2"}}]}}'

    labels = {block.text: block.labels for block in _document(tmp_path, text).blocks()}

    assert labels["石头"] == ("姓名", "A", "persons")
    assert labels["当归"] == ("A", "drugs")


def test_a_series_has_the_label_of_its_object_and_is_no_cell_of_a_row(tmp_path):
    text = '[{"name": "住院", "data": [12031, 13204]}, {"name": "住院号", "data": [1203145, 1320422]}]'

    blocks = {block.text: block for block in _document(tmp_path, text).blocks()}

    assert blocks["1320422"].labels == ("住院号", "data")
    assert blocks["12031"].labels == ("data",)
    assert blocks["12031"].table is None
