"""Pages that keep their records in a script: the program goes, the records stay as a table."""

from __future__ import annotations

import json
from html import escape

import pytest
from lxml import etree, html
from planting import Planter, document_of, replaced, survivors

from deid.formats import text_of, write

MESSAGES = [
    {
        "type": 1,
        "text": "类风湿又犯了\n甲氨蝶呤 10 mg",
        "talker": {"name": "符阿娇"},
        "quote": None,
        "ts": 1715000000,
    },
    {"type": 1, "text": "<b>好的</b>😀", "talker": {"name": "牛黄"}, "quote": "犯了", "ts": 1715000300},
]
LITERALS = {
    "JSON": json.dumps(MESSAGES, ensure_ascii=False),
    "JSON in ASCII": json.dumps(MESSAGES),
    "within an object": json.dumps({"version": 2, "sessions": {"list": MESSAGES}}),
    "JavaScript": "[\n// all of them\n"
    "{type:1, text: '类风湿又犯了\\n甲氨蝶呤 10 mg', talker:{name:'符阿娇'}, quote:null, ts:1715000000},\n"
    "{type:1, text: '<b>好的</b>😀', talker:{name:'牛黄'}, quote:'犯了', ts:1715000300},\n]",
}
ROWS = [
    ["type", "text", "name", "quote", "ts"],
    ["1", "类风湿又犯了甲氨蝶呤 10 mg", "符阿娇", "", "1715000000"],
    ["1", "<b>好的</b>😀", "牛黄", "犯了", "1715000300"],
]


def page(literal: str, body: str = "") -> str:
    program = "function show(list) { if (list) { return {x: '张三'}; } }"
    return f"<!DOCTYPE html><html><head><script>const m = {literal};\n{program}</script></head><body>{body}</body></html>"


def rows(text: str) -> list[list[str]]:
    return [[cell.text_content() for cell in row] for row in html.document_fromstring(text).iter("tr")]


def unchanged(tmp_path, markup: str, suffix: str = "html") -> str:
    document = document_of(tmp_path / f"a.{suffix}", markup)
    write(document, {}, tmp_path / f"b.{suffix}")
    return (tmp_path / f"b.{suffix}").read_text(encoding="utf-8")


@pytest.mark.parametrize("literal", LITERALS.values(), ids=LITERALS.keys())
def test_records_are_a_table_at_the_end_of_the_page(tmp_path, literal):
    text = unchanged(tmp_path, page(literal, "<p>聊天记录</p>"))

    assert rows(text) == ROWS
    assert text.index("聊天记录") < text.index("<table") < text.index("</body>")
    assert "张三" not in text
    assert "function" not in text


def test_a_script_that_is_nothing_but_records_and_one_of_xhtml_are_read(tmp_path):
    alone = f'<script type="application/json">{LITERALS["JSON"]}</script>'
    xhtml = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><script>\n//<![CDATA[\n'
        f"m = {LITERALS['JSON']};\n//]]>\n</script></head><body/></html>"
    )

    assert rows(unchanged(tmp_path, f"<p>记录</p>{alone}")) == ROWS
    assert rows(unchanged(tmp_path, xhtml.replace("<body/>", "<body></body>"), "xhtml")) == ROWS


def test_cells_have_the_names_of_their_fields(tmp_path):
    document = document_of(tmp_path / "a.html", page(LITERALS["JavaScript"]))

    labels = {block.text: block.labels for block in document.blocks() if block.labels and block.table}

    assert labels["符阿娇"] == ("name",)
    assert document.details["removed"] == {"script": 1}


def test_nothing_planted_in_records_survives(tmp_path):
    planter = Planter()
    n = planter.name
    records = [
        {"text": n("text"), n("key"): "好", "talker": {"name": n("inner")}, "tags": ["x", n("list")]},
        {"text": f"x</td><p>{n('markup')}", "read": [{"by": n("records within"), "at": "早"}, {"by": "早"}]},
    ]
    document = document_of(tmp_path / "a.html", page(json.dumps(records)))
    out = tmp_path / "b.html"

    write(document, replaced(document, planter.values), out)

    assert survivors(planter.values, [out.read_text(encoding="utf-8"), *text_of(out)]) == set()
    assert out.read_text(encoding="utf-8").count("〔替〕") == len(planter.values)


def test_a_page_that_shows_its_records_does_not_show_them_twice(tmp_path):
    shown = "".join(f"<p>{one['text']}</p>" for one in ({"text": "今天来诊"}, {"text": "明天复查"}))
    literal = '[{"text": "今天来诊"}, {"text": "明天复查"}]'

    assert "<table" not in unchanged(tmp_path, page(literal, shown))


def test_one_record_that_the_page_does_not_show_brings_them_all(tmp_path):
    literal = '[{"t": "好"}, {"t": "今天来诊了"}, {"t": "王小明的电话"}, {"t": "好"}]'

    assert len(rows(unchanged(tmp_path, page(literal, "<p>好</p><p>今天来诊了</p>")))) == 5


def test_a_name_that_is_taken_is_told_with_that_of_the_object_around_it(tmp_path):
    text = unchanged(tmp_path, page("[{name: '张三丰', user: {name: '客服', id: 3}}]"))

    assert rows(text) == [["name", "user name", "id"], ["张三丰", "客服", "3"]]


def test_xhtml_stays_well_formed(tmp_path):
    xhtml = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><script>'
        + escape('m = [{"a": "你\\n好\\u0001", "b\\u0000": "<"}];')
        + "</script></head><body></body></html>"
    )

    text = unchanged(tmp_path, xhtml, "xhtml")

    assert etree.fromstring(text.encode()).xpath("string(//*[local-name() = 'td'])") == "你好\ufffd"


@pytest.mark.parametrize(
    "literal",
    [
        "[" * 5000,
        "[{a: '未完",
        "[{a: f('程序')}, {a: g('程序')}]",
        "{color: '红'}",
        "[{a: 1}, {a: 2}]",
        "['一', '二']",
    ],
)
def test_programs_and_settings_are_left_out(tmp_path, literal):
    assert "<table" not in unchanged(tmp_path, page(literal))


def test_half_a_character_is_written_as_a_mark(tmp_path):
    text = unchanged(tmp_path, page(r'[{"t": "一\ud83d"}, {"t": "二"}]'))

    assert rows(text) == [["t"], ["一\ufffd"], ["二"]]
