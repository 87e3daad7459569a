"""`deid evaluate`: figures without text, a page with it, and a bar for CI."""

from __future__ import annotations

import json
import sys

import pytest

from deid.cli import app

RECORDS = """### r1
患者[张三丰](PERSON)，[58岁](AGE)，电话[13800138000](PHONE_NUMBER)，会员号[ZQ-77-4K](CLIENT_NUMBER)
### r2
[李建军](PERSON)，身份证号：[11010519491231002X](CN_RESIDENT_ID)，[昨天](IGNORE)来诊
"""
VALUES = ("张三丰", "13800138000", "ZQ-77-4K", "李建军", "11010519491231002X")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("DEID_LANG", "en")
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def run(monkeypatch, capsys):
    """Run `deid evaluate`; gives exit code, standard output and standard error."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["deid", "evaluate", *map(str, arguments)])
        code = 0
        try:
            app.main()
        except SystemExit as end:
            code = end.code or 0
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "records.txt"
    path.write_text(RECORDS, "utf-8")
    return path


def test_finds_of_types_that_are_never_labelled_are_counted_and_shown_only_when_asked(run, tmp_path):
    record = tmp_path / "names.txt"
    record.write_text("患者[张三丰](PERSON)，电话13800138000，13900139000，1988年3月4日出生", "utf-8")

    code, out, _ = run(record, "--json", tmp_path / "e.json", "--out", tmp_path / "e.html")
    _, shown, _ = run(record, "--show-values")

    content = json.loads((tmp_path / "e.json").read_text("utf-8"))
    page = (tmp_path / "e.html").read_text("utf-8")
    assert code == 0
    assert "3 finds of types that the samples never label" in out
    assert "PHONE_NUMBER 2" in out
    assert "13800138000" not in out
    assert "PHONE_NUMBER: 13800138000 1, 13900139000 1" in shown
    assert content["unlabelled"]["counts"] == {"PHONE_NUMBER": 2, "DATE_OF_BIRTH": 1}
    assert "13800138000" not in json.dumps(content)
    assert "未标注类型的识别结果" in page


def test_only_what_an_evaluation_wrote_is_overwritten(run, records, tmp_path):
    page, figures, notes = tmp_path / "e.html", tmp_path / "e.json", tmp_path / "notes.html"
    notes.write_text("<!doctype html>", "utf-8")

    first = run(records, "--out", page, "--json", figures)[0]
    again = run(records, "--out", page, "--json", figures)[0]

    assert (first, again) == (0, 0)
    for arguments in (
        ("--out", records),
        ("--json", records),
        ("--out", notes),
        ("--json", notes),
        ("--against", figures, "--json", figures),
    ):
        before = {path: path.read_bytes() for path in (records, notes, figures, page)}
        code, _, err = run(records, *arguments)
        assert code == 2
        assert "exists already" in err
        assert before == {path: path.read_bytes() for path in before}


@pytest.mark.parametrize("columns", ["80", "200"])
def test_the_terminal_shows_figures_and_no_text(run, records, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)

    code, out, err = run(records)

    assert code == 0
    assert "CLIENT_NUMBER" in out
    assert "83.3" in out
    assert "80.0 covered in full, 1 readable in full" in out
    assert "missed 1" in out
    assert not any(value in out + err for value in VALUES)
    assert max(map(len, out.split("Direct")[0].splitlines())) <= int(columns)


def test_values_only_when_asked_for(run, records):
    _, out, _ = run(records, "--show-values")

    assert "【ZQ-77-4K】" in out


def test_page_and_json_are_written(run, records, tmp_path):
    page, kept = tmp_path / "errors.html", tmp_path / "run.json"

    code, _, _ = run(records, "--out", page, "--json", kept, "--report-language", "en")

    assert code == 0
    assert "ZQ-77-4K" in page.read_text("utf-8")
    assert 'lang="en"' in page.read_text("utf-8")
    assert not any(value in kept.read_text("utf-8") for value in VALUES)


def test_json_to_standard_output_and_nothing_else(run, records):
    code, out, _ = run(records, "--json", "-")

    assert code == 0
    assert json.loads(out)["scores"]["overall"]["gold"] == 6


@pytest.mark.parametrize(
    ("bars", "code", "says"),
    [
        (["recall=0.8"], 0, ""),
        (["recall=0.9"], 1, "recall is 0.8333, wanted 0.9"),
        (["PERSON.recall=1", "direct.covered=0.8"], 0, ""),
        (["recall=0.1", "CLIENT_NUMBER.recall=0.5"], 1, "CLIENT_NUMBER.recall is 0.0000"),
        (["CLIENT_NUMBER.precision=0.5"], 1, "cannot be told"),
        (["recal=0.9"], 2, "no figure called recal"),
        (["QQ.recall=0.9"], 2, "no figure called QQ.recall"),
        (["recall"], 2, "NAME=NUMBER"),
        (["recall=98"], 2, "NAME=NUMBER"),
    ],
)
def test_a_figure_below_its_bar_fails(run, records, bars, code, says):
    done, _, err = run(records, *(part for bar in bars for part in ("--fail-under", bar)))

    assert done == code
    assert says in err


def test_a_policy_brings_its_thresholds(run, records, tmp_path):
    policy = tmp_path / "policy.yaml"
    policy.write_text("schema: 1\nname: t\ntitle: t\ndefault: label\nthresholds: {PERSON: 1.0}\n", "utf-8")

    code, _, err = run(records, "--policy", policy, "--fail-under", "PERSON.recall=0.5")

    assert code == 1
    assert "PERSON.recall is 0.0000" in err


def test_two_runs_are_compared(run, records, tmp_path):
    before = tmp_path / "before.json"
    known = tmp_path / "known.csv"
    known.write_text("病历号\nZQ-77-4K\n", "utf-8")
    run(records, "--json", before, "--label", "CLIENT_NUMBER=MEDICAL_RECORD_NUMBER")

    _, out, _ = run(
        records, "--against", before, "--known", known, "--label", "CLIENT_NUMBER=MEDICAL_RECORD_NUMBER"
    )

    assert "0 new errors, 1 fixed, 0 unchanged" in out
    assert "different settings" not in out
    assert (
        "different settings (conventions, labelled)"
        in run(records, "--against", before, "--conventions", "strict")[1]
    )


def test_labels_are_mapped_and_types_ignored(run, tmp_path):
    path = tmp_path / "rows.jsonl"
    row = {"id": "1", "text": "张三丰来", "entities": [{"start": 0, "end": 3, "label": "病人"}]}
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")

    assert run(path, "--label", "病人=PERSON", "--fail-under", "PERSON.recall=1")[0] == 0
    assert run(path, "--label", "病人", "--fail-under", "recall=1")[0] == 2
    assert run(path, "--label", "病人=PERSON", "--ignore", "person", "--fail-under", "recall=0")[0] == 1


def test_several_files_are_one_set(run, records, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(RECORDS, "utf-8")

    _, out, _ = run(records, other, "--json", "-")

    names = [document["id"] for document in json.loads(out)["scores"]["documents"]]
    assert names == ["records/r1", "records/r2", "other/r1", "other/r2"]


@pytest.mark.parametrize(
    "arguments",
    [["nowhere.txt"], ["--overlap", "2", "RECORDS"], ["RECORDS", "--against", "nowhere.json"], []],
)
def test_wrong_usage(run, records, arguments):
    code, _, err = run(*(records if a == "RECORDS" else a for a in arguments))

    assert code == 2
    assert not any(value in err for value in VALUES)
