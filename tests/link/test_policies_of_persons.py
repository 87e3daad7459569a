"""Policies that depend on who a person is: roles, attributes, and what is left out."""

from __future__ import annotations

import datetime
import json
import re

import pytest

from deid.batch.run import run_folder
from deid.errors import PolicyError
from deid.pipeline import Deidentifier
from deid.policy import ATTRIBUTES, Policy

BASE = {"schema": 1, "name": "persons", "title": "按人", "default": "label"}


def policy(**fields) -> Policy:
    return Policy.parse({**BASE, **fields})


def test_labels_say_the_role():
    words = {"client": "患者", "clinician": "医生", "relative": "家属"}
    rules = {role: {"operator": "label", "params": {"word": word}} for role, word in words.items()}
    by_role = policy(operators={"PERSON": {"operator": "label", "by_role": rules}})

    text = (
        Deidentifier(policy=by_role)
        .deidentify("姓名：王建国\n主治医师：赵敏\n王建国之妻李秀英。赵主任查房。")
        .text
    )

    assert re.fullmatch(r"姓名：(〔患者\d〕)\n主治医师：(〔医生\d〕)\n\1之妻〔家属\d〕。\2主任查房。", text)


def test_an_attribute_decides_before_the_role():
    rule = {"operator": "label", "by_role": {"client": "redact"}, "by_attribute": {"under-14": "hash"}}
    child = policy(operators={"PERSON": rule, "AGE": "keep"})

    result = Deidentifier(policy=child).deidentify("患者王小明，男，8岁。\n")

    assert [r.operator for r in result.replacements if r.entity.entity_type == "PERSON"] == ["hash"]


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("患者王小明，男，8岁。", "under-14"),
        ("患者王建国，2024-03-01宣布临床死亡。", "deceased"),
        ("患者王建国，男，78岁，于2024年3月2日死亡。", "deceased"),
        ("患者王建国因心力衰竭死亡，家属拒绝尸体解剖。", "deceased"),
        ("患者王建国。家族史：其父于2010年因肝癌去世。", ""),
        ("患者王建国，父亲80岁，因胃癌死亡。", ""),
        ("患者王建国，术后死亡风险高。", ""),
        ("患者王小明，出生日期：2015-05-06，就诊日期：2024-03-02。", "under-14"),
        ("患者王小明，出生日期：2005-05-06，就诊日期：2024-03-02。", ""),
        ("患者王建国，HIV抗体阳性，艾滋病期。", "special-disease"),
        ("患者王建国，否认艾滋病史。", ""),
        ("患者王建国，男，80岁。", ""),
    ],
)
def test_the_text_tells_attributes(text, attribute):
    attributes = {name: "redact" for name in ATTRIBUTES if attribute in (name, "")}
    marked = policy(operators={"PERSON": {"operator": "label", "by_attribute": attributes}})

    done = Deidentifier(policy=marked).deidentify(text).replacements

    assert ({r.operator for r in done if r.entity.entity_type == "PERSON"} == {"redact"}) == bool(attribute)


def test_a_child_of_which_no_event_is_told_is_one_today():
    year = datetime.date.today().year
    text = f"患者姓名：欧阳靖宇，出生日期：{year - 15}-01-02\n患者姓名：令狐晚晴，出生日期：{year - 13}-01-02"

    done = Deidentifier(policy=policy(withhold={"under-14": "passage"})).deidentify(text)

    assert done.text.endswith("\n〔略〕")
    assert done.text.startswith("患者姓名：〔姓名")


def test_a_passage_about_a_child_is_left_out():
    text = "患者姓名：王小明\n年龄：8岁\n诊断：发热\n患者姓名：李建军\n诊断：咳嗽\n"

    result = Deidentifier(
        policy=policy(withhold={"under-14": "passage"}, operators={"DISEASE": "keep", "SYMPTOM": "keep"})
    ).deidentify(text)

    assert re.fullmatch(r"〔略〕\n〔略〕\n〔略〕\n患者姓名：〔姓名\d〕\n诊断：咳嗽\n", result.text)


def test_rows_and_files_are_left_out_and_listed(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "名单.csv").write_text("姓名,年龄,诊断\n欧阳靖宇,45岁,感冒\n令狐晚晴,8岁,感冒\n", "utf-8")
    (source / "病历.txt").write_text("患者姓名：诸葛明远\n诊断：艾滋病\n", "utf-8")
    rules = policy(
        withhold={"under-14": "row", "special-disease": "file"}, operators={"DISEASE": "keep", "AGE": "keep"}
    )

    done = run_folder(source, tmp_path / "out", policy=rules, workers=0)

    [table] = [p.read_text("utf-8") for p in (tmp_path / "out").rglob("*.csv")]
    assert re.fullmatch(r"姓名,年龄,诊断\n〔姓名\d〕,45岁,感冒\n〔略〕,〔略〕,〔略〕\n", table)
    assert not list((tmp_path / "out").rglob("*.txt"))
    [withheld] = [d for d in done.report.documents if d.state != "done"]
    assert (withheld.state, withheld.reason) == ("withheld", "policy")
    assert {e.entity_type: e.count for e in done.report.entities}["WITHHELD"] == 3


@pytest.mark.parametrize("scope", ["row", "passage"])
def test_what_a_record_of_json_holds_is_left_out_with_it(tmp_path, scope):
    source = tmp_path / "in"
    source.mkdir()
    visits = [{"记录": "夜间咳嗽三次"}, {"记录": "父亲陪同"}]
    child = {"姓名": "令狐晚晴", "年龄": "8岁", "就诊": visits, "原文": json.dumps({"注": ["哭闹不止"]})}
    records = [child, {"姓名": "欧阳靖宇", "年龄": "45岁", "就诊": [{"记录": "复诊"}]}]
    (source / "a.json").write_text(json.dumps(records, ensure_ascii=False), "utf-8")

    run_folder(source, tmp_path / "out", policy=policy(withhold={"under-14": scope}), workers=0)

    [text] = [p.read_text("utf-8") for p in (tmp_path / "out").rglob("*.json")]
    assert not any(part in text for part in ("咳嗽", "父亲", "哭闹", json.dumps("哭闹")[1:-1]))
    assert "复诊" in text


def test_json_in_a_string_is_about_whom_the_object_around_it_is(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    child = {"姓名": "令狐晚晴", "年龄": "8岁", "原文": json.dumps({"性别": "女", "注": "哭闹不止"})}
    (source / "a.json").write_text(json.dumps(child, ensure_ascii=False), "utf-8")

    run_folder(source, tmp_path / "out", policy=policy(withhold={"under-14": "passage"}), workers=0)

    [text] = [p.read_text("utf-8") for p in (tmp_path / "out").rglob("*.json")]
    assert "哭闹" not in text
    assert json.dumps("哭闹")[1:-1] not in text


@pytest.mark.parametrize("scope", ["row", "passage"])
@pytest.mark.parametrize(
    "shape",
    [
        lambda people: [json.dumps(one, ensure_ascii=False) for one in people],
        lambda people: [json.dumps(people, ensure_ascii=False)],
        lambda people: {"pages": [{"no": 1, "病区电话": "0512-65432100", "patients": people}]},
        lambda people: {"groups": [{"list": [{"patient": one, "no": 1} for one in people]}]},
    ],
)
def test_persons_in_lists_within_lists_are_rows_of_their_own(tmp_path, scope, shape):
    source = tmp_path / "in"
    source.mkdir()
    people = [
        {"姓名": "令狐晚晴", "年龄": "8岁", "记录": "夜间咳嗽三次"},
        {"姓名": "欧阳靖宇", "年龄": "45岁", "记录": "复诊"},
    ]
    (source / "a.json").write_text(json.dumps(shape(people), ensure_ascii=False), "utf-8")

    run_folder(source, tmp_path / "out", policy=policy(withhold={"under-14": scope}), workers=0)

    [text] = [p.read_text("utf-8") for p in (tmp_path / "out").rglob("*.json")]
    assert "咳嗽" not in text
    assert "复诊" in text


@pytest.mark.parametrize(
    ("fields", "near"),
    [
        ({"withhold": {"under-41": "row"}}, "under-14"),
        ({"operators": {"PERSON": {"operator": "label", "by_attribute": {"decesed": "redact"}}}}, "deceased"),
    ],
)
def test_a_misspelt_person_is_an_error_that_names_the_nearest(fields, near):
    with pytest.raises(PolicyError) as caught:
        policy(**fields)

    assert near in caught.value.hint


def test_a_cell_that_stood_in_a_row_before_is_left_out_with_its_own(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "名单.csv").write_text(
        "姓名,年龄,备注\n欧阳靖宇,45岁,按时到场\n令狐晚晴,8岁,按时到场\n", "utf-8"
    )

    run_folder(source, tmp_path / "out", policy=policy(withhold={"under-14": "row"}), workers=0)

    [table] = [p.read_text("utf-8") for p in (tmp_path / "out").rglob("*.csv")]
    assert table.splitlines()[-1] == "〔略〕,〔略〕,〔略〕"
    assert "按时到场" in table
