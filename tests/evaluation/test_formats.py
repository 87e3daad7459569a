"""Labelled files: every format keeps every span; a damaged file gives one clear error, or a repair that is counted."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
import sys

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deid.catalog import Marked, parse_marked
from deid.errors import SamplesError
from deid.evaluation.formats import FORMATS, encoded, load, suffix_of
from deid.evaluation.formats.labels import Labels
from deid.evaluation.samples import Sample, Samples


def sample(marked, name="1", **more):
    text, marks = parse_marked(marked)
    kept = tuple(mark for mark in marks if mark.entity_type != "IGNORE")
    optional = tuple(mark for mark in marks if mark.entity_type == "IGNORE")
    return Sample(name, text, kept, optional, **more)


def span(text, surface, entity_type):
    start = text.index(surface)
    return Marked(start, start + len(surface), entity_type)


ODD = "\n 😀王芳[1]，\t卡(CT)\r\n号[AB]，[x](PERSON) 😀李 四\n### 7\n\n"
ALL = Samples(
    (
        sample("患者[张三](PERSON)，[上午](IGNORE)电话[13800138000](PHONE_NUMBER)，客户[K-0042](CLIENT_NO)"),
        sample("[张三](PERSON)[李四](PERSON)", "相邻", group="病例 3", labels=("姓名", "a,b|c")),
        Sample(
            "emoji",
            ODD,
            (span(ODD, "王芳", "PERSON"), span(ODD, "[AB]", "OTHER_ID"), span(ODD, "李 四", "PERSON")),
            (Marked(0, 1, "IGNORE"), span(ODD, "### 7", "DATE_TIME")),
        ),
        sample("=SUM(A1)是[张三](PERSON)写的", "formula"),
        Sample("empty", ""),
        sample("没有个人信息", "none"),
        Sample("first", "张三", (Marked(0, 2, "PERSON"),)),
        Sample("signs", "\\s\\n#\tO\n# id = 7\n-DOCSTART- O　\u200b\u2028x\x85", (Marked(1, 3, "PERSON"),)),
        Sample("codes", "[5B](CHAR)与[张](三)", (Marked(1, 3, "PERSON"),)),
    )
)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_keeps_every_span(tmp_path, format):
    file = tmp_path / f"samples{suffix_of(format)}"

    ALL.save(file, format=format)
    found = Samples.load(file)

    labels = {"conll": "labels", "xlsx": "labels", "csv": "labels"}.get(format)
    for one, other in zip(ALL, found, strict=True):
        assert (other.text, other.marks, other.optional) == (one.text, one.marks, one.optional), one.id
        assert (other.id, other.group) == (one.id, one.group)
        if labels is None:
            assert other.labels == one.labels


@pytest.mark.parametrize("format", ["marked", "conll", "csv", "xlsx", "label-studio", "cluener"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_text_survives(tmp_path, format, data):
    signs = st.sampled_from("ab[](){}#\\=\t\n\r \u3000张三😀\u2028\ufeff-_OBI1\"',|")
    text = data.draw(st.text(signs, max_size=24))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    marks = tuple(Marked(*pair, "PERSON") for pair in zip(cuts[::2], cuts[1::2], strict=False))
    file = tmp_path / f"samples{suffix_of(format)}"

    Samples((Sample("1", text, marks),)).save(file, format=format)
    found = Samples.load(file, format=format)

    assert (found[0].text, found[0].marks) == (text, marks)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("s.jsonl", '{"text": "张三", "entities": [[0, 2, " "]]}', "line 1: a label is empty"),
        (
            "s.jsonl",
            '{"text": "张三", "entities": [[0, 2, "PERSON"]]}\n{"text": "李四"}',
            "line 2: no field 'entities', which other samples have",
        ),
        (
            "s.jsonl",
            '{"text": "张三"}\n{"text": "李四", "label": [[0, 2, "PER"]]}',
            "line 1: no field 'label'",
        ),
        ("s.txt", " \n\n", "s.txt: no samples in it"),
        ("s.json", "[]", "s.json: no samples in it"),
        ("s.pdf", "%PDF-1.4 ", "s.pdf: a document, and no file of labelled samples"),
        ("s.txt", "%PDF-1.4 ", "s.txt: a document, and no file of labelled samples"),
    ],
)
def test_what_is_no_labelled_sample_is_an_error(tmp_path, name, content, said):
    (tmp_path / name).write_text(content, "utf-8")

    with pytest.raises(SamplesError, match=re.escape(said)):
        Samples.load(tmp_path / name)


def test_texts_without_a_character_are_counted(tmp_path):
    (tmp_path / "s.jsonl").write_text(
        '{"text": "张三", "entities": []}\n{"text": "", "entities": []}', "utf-8"
    )

    found = Samples.load(tmp_path / "s.jsonl")

    assert (len(found), found.repairs) == (2, {"empty": 1})


def test_names_that_no_label_has_are_told(tmp_path):
    (tmp_path / "s.txt").write_text("[张三](姓名)", "utf-8")

    found = Samples.load(tmp_path / "s.txt", labels={"姓名": "PERSON", "FOO": "BAR"})

    assert found.unused == {"FOO"}


@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".json", ".conll", ".xlsx", ".csv"])
def test_the_suffix_names_the_format_to_write(tmp_path, suffix):
    file = tmp_path / f"samples{suffix}"

    ALL.save(file)

    assert len(Samples.load(file)) == len(ALL)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_file_of_samples_is_its_owners_alone(tmp_path):
    ALL.save(tmp_path / "samples.jsonl")

    assert stat.S_IMODE((tmp_path / "samples.jsonl").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["samples.jsonl"]


# --- what other tools write ------------------------------------------------------------------


def load_text(tmp_path, content, name="samples.jsonl", encoding="utf-8", **more):
    file = tmp_path / name
    file.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return load(file, **more)


def dumped(*items):
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


def region(start, end, surface, *labels, **more):
    value = {"start": start, "end": end, "text": surface, "labels": list(labels)}
    return {"from_name": "label", "to_name": "text", "type": "labels", "value": value, **more}


def test_marked_text_without_heading_is_one_sample(tmp_path):
    found = load_text(tmp_path, "\ufeff患者[张三](PERSON)\n### 现病史\n咳嗽", "note.txt")

    assert [(s.id, s.text) for s in found] == [("1", "患者张三\n### 现病史\n咳嗽")]


def test_marked_text_with_headings_is_one_sample_for_each(tmp_path):
    found = load_text(tmp_path, "### a group=g1\n[张三](PERSON)\n\n### b x\n\n李四\n", "notes.txt")

    assert [(s.id, s.group, s.text) for s in found] == [("a", "g1", "张三"), ("b", "", "李四")]


def test_label_studio_takes_the_ground_truth_else_the_last_that_was_not_cancelled(tmp_path):
    def task(*annotations):
        return {"id": 7, "data": {"text": "患者张三"}, "annotations": list(annotations), "predictions": []}

    wrong, right = [region(0, 2, "患者", "PERSON")], [region(2, 4, "张三", "PERSON")]
    content = [
        task({"result": right, "ground_truth": True}, {"result": wrong}),
        task({"result": wrong}, {"result": right}, {"result": wrong, "was_cancelled": True}),
        task({"result": []}),
        task(),
    ]

    found = load_text(tmp_path, json.dumps(content), "export.json")

    assert [s.marks for s in found] == [(Marked(2, 4, "PERSON"),), (Marked(2, 4, "PERSON"),), ()]
    assert found.repairs == {"ids": 2, "unlabelled": 1}


def test_label_studio_predictions_are_read_where_nobody_labelled(tmp_path):
    task = {"data": {"text": "患者张三"}, "predictions": [{"result": [region(2, 4, "张三", "PERSON")]}]}

    found = load_text(tmp_path, json.dumps([task]), "tasks.json")

    assert found[0].marks == (Marked(2, 4, "PERSON"),)
    assert found.repairs == {"predictions": 1}


def test_label_studio_results_that_label_no_text_are_passed_over(tmp_path):
    choice = {"type": "choices", "value": {"choices": ["复诊"]}}
    comment = {"type": "textarea", "value": {"start": 0, "end": 2, "text": ["?"]}}
    two = region(2, 4, "张三", "姓名", "患者")
    task = {"data": {"note": "患者张三"}, "annotations": [{"result": [choice, comment, two]}]}

    found = load_text(tmp_path, json.dumps([task]), "export.json")

    assert found[0].marks == (Marked(2, 4, "PERSON"),)


def test_label_studio_json_min(tmp_path):
    item = {"id": 3, "text": "患者张三", "ner": [{"start": 2, "end": 4, "text": "张三", "labels": ["PER"]}]}

    found = load_text(tmp_path, json.dumps([item]), "min.json")

    assert (found[0].id, found[0].marks) == ("3", (Marked(2, 4, "PERSON"),))


@pytest.mark.parametrize(
    "item",
    [
        {"id": 1, "text": "患者张三", "label": [[2, 4, "姓名"]]},
        {"id": 1, "text": "患者张三", "labels": [[2, 4, "姓名"]]},
        {"id": 1, "text": "患者张三", "entities": [{"start_offset": 2, "end_offset": 4, "label": "姓名"}]},
        {"id": 1, "text": "患者张三", "label": {"name": {"张三": [[2, 3]]}}},
        {"id": 1, "text": "患者张三", "entities": [{"start_idx": 2, "end_idx": 3, "type": "name", "entity": "张三"}]},
        {"full_text": "患者张三", "sample_id": 1,
         "spans": [{"entity_type": "PERSON", "entity_value": "张三", "start_position": 2, "end_position": 4}]},
        {"id": 1, "text": "患者张三", "entities": [{"start": 2, "end": 4, "type": "PERSON"}]},
        {"id": 1, "text": "患者张三", "entities": [[2, 4, "PERSON"]]},
        {"id": 1, "text": "患者张三", "spans": [{"start": 2, "end": 4, "label": "PERSON"}], "answer": "accept"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("as_array", [False, True])
def test_json_is_recognised_by_its_fields(tmp_path, item, as_array):
    found = load_text(tmp_path, json.dumps([item] if as_array else item), "samples.json")

    assert (found[0].id, found[0].marks, found.repairs) == ("1", (Marked(2, 4, "PERSON"),), {})


@pytest.mark.parametrize(
    "tags",
    [
        "O O B-PER I-PER B-PER",
        "O O B-PER E-PER S-PER",
        "O O B-PER L-PER U-PER",
        "O O B-NAME M-NAME B-NAME",
        "O O I-PER I-PER B-PER",
    ],
)
@pytest.mark.parametrize("separator", ["\t", " "])
def test_conll_in_every_scheme(tmp_path, tags, separator):
    lines = [f"{sign}{separator}{tag}" for sign, tag in zip("患者张三李", tags.split(), strict=True)]

    found = load_text(tmp_path, "\n".join(lines) + "\n\n\n复\tO\n", "samples.txt")

    assert [s.text for s in found] == ["患者张三李", "复"]
    assert found[0].marks == (Marked(2, 4, "PERSON"), Marked(4, 5, "PERSON"))


def test_an_empty_token_is_a_blank(tmp_path):
    found = load_text(tmp_path, "张\tB-PER\n\tI-PER\n三\tI-PER\n", "samples.conll")

    assert (found[0].text, found[0].marks) == ("张 三", (Marked(0, 3, "PERSON"),))


def test_a_table_of_ones_own(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["编号", "分组", "正文", "备注"])
    book.active.append(["a", "p1", "患者[张三](姓名)", "x"])
    book.active.append([None, "p1", "患者[张三](PERSON)\n[1](CT)复诊", "x"])
    book.save(tmp_path / "samples.xlsx")

    found = load(tmp_path / "samples.xlsx")

    assert [(s.id, s.group, s.text) for s in found] == [
        ("a", "p1", "患者张三"),
        ("2", "p1", "患者张三\n1复诊"),
    ]
    assert [s.marks[0] for s in found] == [Marked(2, 4, "PERSON")] * 2


def test_marked_text_may_name_types_in_chinese(tmp_path):
    content = "[张三](姓名)[H001](会员码)[K9](客户码)[附件](见下)[x](http://a)"

    found = load_text(tmp_path, content, "note.txt", labels={"客户码": "CLIENT_NO"})

    assert found[0].text == "张三[H001](会员码)K9[附件](见下)[x](http://a)"
    assert [m.entity_type for m in found[0].marks] == ["PERSON", "CLIENT_NO"]
    assert found.repairs == {"unread": 2}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(tmp_path, encoding):
    text = "患者张三于今日上午来诊，主诉头痛三天，伴有恶心，无呕吐，既往体健"
    item = dumped({"text": text, "entities": [{"start": 2, "end": 4, "label": "PERSON"}]})

    found = load_text(tmp_path, item, encoding=encoding)

    assert found[0].text == text


# --- repairs ---------------------------------------------------------------------------------

EMOJI = "😀患者张三😀电话13800138000"


@pytest.mark.parametrize(
    ("content", "repairs"),
    [
        ({"text": EMOJI, "entities": [{"start": 4, "end": 6, "label": "PERSON", "text": "张三"}]}, {"utf16": 1}),
        ({"text": EMOJI, "label": [[4, 6, "PER"], [10, 21, "TEL"]]}, {"utf16": 1}),
        ({"text": "a\r\nb\r\n张三", "entities": [{"start": 4, "end": 6, "label": "PERSON", "text": "张三"}]}, {"line_ends": 1}),
        ({"text": "患者张三", "entities": [{"start_idx": 2, "end_idx": 4, "type": "name", "entity": "张三"}]}, {"ends": 1}),
        ({"text": "患者张三", "label": {"name": {"张三": [[2, 4]]}}}, {"ends": 1}),
        ({"text": EMOJI, "label": {"name": {"张三": [[4, 6]]}}}, {"utf16_ends": 1}),
        ({"text": "患者张三", "label": [[2, 4, "PER"], [2, 4, "姓名"]]}, {"duplicates": 1}),
        ({"text": "患者张三", "label": [[2, 3, "LOC"], [2, 4, "PER"]]}, {"nested": 1}),
        ({"text": "患者张三", "label": [[0, 4, "PER"], [1, 3, "PER"]]}, {"nested": 1}),
    ],
)  # fmt: skip
def test_what_can_be_mended_is_mended_and_counted(tmp_path, content, repairs):
    found = load_text(tmp_path, dumped(content))

    assert found.repairs == repairs
    assert all(m.entity_type in ("PERSON", "PHONE_NUMBER") for m in found[0].marks)
    surfaces = {found[0].text[m.start : m.end] for m in found[0].marks}
    assert surfaces <= {"张三", "13800138000", "患者张三"}


def test_one_way_of_counting_is_taken_for_the_whole_file(tmp_path):
    # 哈 stands at both places: only the other sample tells how the file counts.
    content = dumped(
        {"text": "😀哈哈", "entities": [{"start": 2, "end": 3, "label": "PERSON", "text": "哈"}]},
        {"text": EMOJI, "entities": [{"start": 4, "end": 6, "label": "PERSON", "text": "张三"}]},
    )

    found = load_text(tmp_path, content)

    assert found[0].marks == (Marked(1, 2, "PERSON"),)
    assert found.repairs == {"utf16": 2}


def test_optional_stretches_yield_to_marks(tmp_path):
    item = {
        "text": "上午张三来",
        "entities": [{"start": 2, "end": 4, "label": "PERSON"}],
        "ignore": [{"start": 0, "end": 5}],
    }

    found = load_text(tmp_path, dumped(item))

    assert found[0].optional == (Marked(0, 2, "IGNORE"), Marked(4, 5, "IGNORE"))


def test_the_same_id_twice_is_told_apart(tmp_path):
    found = load_text(
        tmp_path, dumped({"id": 1, "text": "a", "entities": []}, {"id": 1, "text": "b", "entities": []})
    )

    assert [s.id for s in found] == ["1", "1 (2)"]


# --- damaged files ---------------------------------------------------------------------------


def spans(*entities, text="患者张三来诊"):
    return dumped({"text": text, "entities": list(entities)})


def one(start, end, label="PERSON", **more):
    return {"start": start, "end": end, "label": label, **more}


def csv_of(*rows):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


DAMAGED = {
    "shifted": ("a.jsonl", spans(one(3, 5, text="张三")), "line 1: label 1 (PERSON 3–5) is not what the file says: that stands 1 characters earlier"),
    "elsewhere": ("a.jsonl", spans(one(2, 4, text="李四")), "line 1: label 1 (PERSON 2–4) is not what the file says: that stands nowhere in the text"),
    "inverted": ("a.jsonl", spans(one(4, 2)), "line 1: label 1 (PERSON 4–2) ends before it begins"),
    "empty": ("a.jsonl", spans(one(2, 2)), "line 1: label 1 (PERSON 2–2) is empty"),
    "beyond": ("a.jsonl", spans(one(2, 4), one(4, 9)), "line 1: label 2 (PERSON 4–9) reaches beyond the text of 6 characters"),
    "negative": ("a.jsonl", spans(one(-2, 4)), "line 1: label 1 (PERSON -2–4) reaches beyond the text of 6 characters"),
    "crossing": ("a.jsonl", spans(one(1, 3), one(2, 4)), "line 1: PERSON 1–3 and PERSON 2–4 cross"),
    "two types": ("a.jsonl", spans(one(2, 4), one(2, 4, "LOC")), "line 1: LOCATION and PERSON both label 2–4"),
    "wrong label": ("a.jsonl", spans(one(2, 4, "会员码")), "line 1: label '会员码' is no entity type"),
    "text as label": ("a.jsonl", spans(one(2, 4, "张三")), "line 1: a label is no entity type"),
    "no label": ("a.jsonl", spans(one(2, 4, None)), "line 1: a label is not text"),
    "offset as text": ("a.jsonl", spans(one("2", "4")), "line 1: an offset is not a whole number"),
    "not JSON": ("a.jsonl", spans() + '{"text": "张三', "line 2: not valid JSON"),
    "cut off": ("a.json", '[\n{"text": "张三", "entities": []},\n{"text"', "line 3: not valid JSON"),
    "no text": ("a.jsonl", spans() + dumped({"entities": []}), "line 2: no field 'text'"),
    "not objects": ("a.json", '["张三"]', "item 1: not a JSON object"),
    "unknown structure": ("a.json", '[{"body": "张三"}]', "JSON of an unknown structure"),
    "half a character": ("a.jsonl", '{"text": "张\\ud83d三", "entities": []}', "line 1: half a character (a lone surrogate) in the text"),
    "wrong triple": ("a.jsonl", dumped({"text": "张三", "label": [[0, 2]]}), "line 1: a label is not [start, end, label]"),
    "damaged UTF-8": ("a.jsonl", spans().encode()[:-30] + b"\xe5\xbc" + spans().encode()[-30:], "undecodable: damaged UTF-8"),
    "UTF-16": ("a.txt", "患者[张三](PERSON)".encode("utf-16-le"), "binary file, or UTF-16 without a byte order mark"),
    "binary": ("a.txt", b"\x00\x01\x02\x03", "binary file, or UTF-16 without a byte order mark"),
    "nothing": ("a.jsonl", "", "no samples in it"),
    "no tag": ("a.conll", "张\tB-PER\n三\n", "line 2: not a character and a tag such as O or B-PERSON"),
    "no end": ("a.conll", "张\tB-PER\n三\tI-PER\n来\tS-LOC\n", "line 3: a stretch ends without its last tag (E- or L-)"),
    "no beginning": ("a.conll", "张\tO\n三\tE-PER\n", "line 2: a stretch goes on that was not begun (B-)"),
    "no column": ("a.csv", csv_of(["id", "body"], ["1", "张三"]), "no column called text"),
    "open quote": ("a.csv", 'id,text\n1,"张三\n', "row 2: not readable as CSV"),
    "labels that are no list": ("a.json", json.dumps([{"data": {"text": "张三"}, "annotations": [{"result": [{"value": {"start": 0, "end": 2, "labels": "PER"}}]}]}]), "item 1: field 'labels' is not a list"),
    "results that are no objects": ("a.json", json.dumps([{"data": {"text": "张三"}, "annotations": [{"result": ["张三"]}]}]), "item 1: field 'result' is not a list of JSON objects"),
    "no workbook": ("a.xlsx", b"PK\x03\x04", "a damaged or encrypted workbook"),
    "surfaces that are none": ("a.jsonl", dumped({"text": "张三", "label": {"name": {"张三": [0]}}}), "line 1: a label does not map surfaces to [start, end]"),
    "CMeEE shifted": ("a.json", json.dumps([{"text": "患者张三", "entities": [{"start_idx": 1, "end_idx": 2, "type": "name", "entity": "张三"}]}]), "item 1: label 1 (PERSON 1–2) is not what the file says: that stands 1 characters later"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_gives_one_clear_error_that_quotes_no_text(tmp_path, name, content, message):
    with pytest.raises(SamplesError) as caught:
        load_text(tmp_path, content, name)

    shown = caught.value.message
    assert shown.startswith(name)
    assert message in shown
    assert not any(value in shown + caught.value.hint for value in ("张三", "患者", str(tmp_path)))


def test_a_chinese_label_that_a_file_means_is_a_type_with_a_title(tmp_path):
    content = spans(one(2, 4, "会员码")) * 5

    unnamed = load_text(tmp_path, content)
    named = load_text(tmp_path, content, labels={"会员码": "CLIENT_NO"})

    assert unnamed.titles == {unnamed[0].marks[0].entity_type: "会员码"}
    assert re.fullmatch("LABEL_[0-9A-F]{8}", unnamed[0].marks[0].entity_type)
    assert named.entity_types == ("CLIENT_NO",)


def test_a_label_that_can_be_no_type_comes_with_the_way_out(tmp_path):
    content = spans(one(2, 4, "会员码"))

    with pytest.raises(SamplesError) as caught:
        load_text(tmp_path, content)
    found = load_text(tmp_path, content, labels={"会员码": "CLIENT_NO"})

    assert "--label 会员码=CLIENT_NO" in caught.value.hint
    assert found[0].marks == (Marked(2, 4, "CLIENT_NO"),)


def test_a_missing_file_is_an_error_without_its_folder(tmp_path):
    with pytest.raises(SamplesError, match=r"^gone\.jsonl: cannot be read"):
        load(tmp_path / "gone.jsonl")


def test_an_unknown_format_lists_those_there_are(tmp_path):
    with pytest.raises(SamplesError) as caught:
        load(tmp_path / "a.txt", format="docano")

    assert "did you mean doccano?" in caught.value.hint


@pytest.mark.parametrize(
    "broken",
    [
        Sample("1", "张三", (Marked(0, 3, "PERSON"),)),
        Sample("1", "张三", (Marked(0, 2, "PERSON"),), (Marked(1, 2, "IGNORE"),)),
        Sample("1", "张\ud83d", ()),
    ],
)
@pytest.mark.parametrize("format", FORMATS)
def test_what_no_file_can_hold_is_not_written(broken, format):
    with pytest.raises(SamplesError, match="sample 1"):
        encoded(Samples((broken,)), format)


def test_a_text_longer_than_a_cell_is_not_cut():
    with pytest.raises(SamplesError, match="longer than a cell"):
        encoded(Samples((Sample("1", "张" * 40_000),)), "xlsx")


# --- labels ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        *(
            (word, ("PERSON", False))
            for word in ["姓名", "NAME_PATIENT", "patientName", "Patient Name", "per"]
        ),
        *((word, ("PHONE_NUMBER", False)) for word in ["电话", "手机号", "TEL", "mobile-phone"]),
        *((word, ("CN_RESIDENT_ID", False)) for word in ["身份证号", "ID_CARD_NO", "居民身份证号码"]),
        *((word, ("MEDICAL_RECORD_NUMBER", False)) for word in ["病历号", "住院号"]),
        ("MEDICAL_TERM", ("MEDICAL_TERM", False)),
        ("医学术语", ("MEDICAL_TERM", False)),
        ("client-no", ("CLIENT_NO", False)),
        ("O", ("", False)),
        ("忽略", ("IGNORE", True)),
        ("其他", ("OTHER", True)),
        ("IGNORE_DATE_TIME", ("DATE_TIME", True)),
        ("会员码", None),
        ("1号", None),
    ],
)
def test_what_labels_stand_for(label, expected):
    assert Labels({}).of(label) == expected


@pytest.mark.parametrize(
    ("given_as", "expected"),
    [
        ("CLIENT_NO", ("CLIENT_NO", False)),
        ("PATIENT_ID", ("PATIENT_ID", False)),  # a type of one's own, although other tools use the name
        ("姓名", ("PERSON", False)),
        ("IGNORE", ("IGNORE", True)),
        ("", ("", False)),
    ],
)
def test_the_callers_own_map_comes_first(given_as, expected):
    assert Labels({"客户 编号": given_as}).of("客户编号") == expected
