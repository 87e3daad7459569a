"""`deid samples`: labelled files in and out, private, and no value in the terminal unless asked."""

from __future__ import annotations

import json
import stat
import sys
from xml.etree import ElementTree

import pytest

from deid.cli import app
from deid.cli.samples import read_as_lines
from deid.evaluation.samples import Samples

RECORDS = """### r1
患者[张三丰](PERSON)，[58岁](AGE)，电话[13800138000](PHONE_NUMBER)，会员号[ZQ-77-4K](CLIENT_NO)
### r2
张三丰来电，身份证号：[11010519491231002X](CN_RESIDENT_ID)，[昨天](IGNORE)来诊
### r3
[李建军](PERSON)退费
"""
VALUES = ("张三丰", "13800138000", "ZQ-77-4K", "李建军", "11010519491231002X")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("DEID_LANG", "en")
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def run(monkeypatch, capsys):
    """Run `deid samples`; gives exit code, standard output and standard error."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["deid", "samples", *map(str, arguments)])
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


@pytest.fixture
def documents(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "欧阳靖宇.txt").write_text("😀身份证号：11010519491231002X，电话：13800138000\n", "utf-8")
    (folder / "note.csv").write_text("姓名,电话\n王雪梅,13817264095\n", "utf-8")
    return folder


def is_private(path):
    return sys.platform == "win32" or stat.S_IMODE(path.stat().st_mode) == 0o600


def shows_values(text):
    return any(value in text for value in VALUES)


# --- labels of one's own -----------------------------------------------------------------------


@pytest.fixture
def own_labels(tmp_path):
    path = tmp_path / "own.jsonl"
    rows = [{"text": f"编K-{n:04}来", "entities": [[1, 7, "会员码"]]} for n in range(24)]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def test_a_label_of_ones_own_keeps_its_word(run, own_labels, tmp_path, monkeypatch, capsys):
    _, checked, _ = run("check", own_labels)
    _, counted, _ = run("stats", own_labels)
    monkeypatch.setattr(
        sys, "argv", ["deid", "tune", str(own_labels), "--out", str(tmp_path / "t"), "--folds", "2"]
    )
    with pytest.raises(SystemExit):
        app.main()
    shown = capsys.readouterr().out

    assert "The label 会员码 of the file is a type of its own, LABEL_" in checked
    assert "会员码" in counted
    assert "—" not in counted.replace("7–7–7", "").replace("–", "")
    assert "会员码: 1 patterns" in shown
    assert [f for f in (tmp_path / "t").glob("label_*.yaml") if "title: 会员码" in f.read_text("utf-8")]


def test_a_label_that_no_sample_has_cannot_be_renamed(run, records):
    code, _, err = run("check", records, "--label", "FOO=BAR")

    assert code == 2
    assert "error: no label of the samples is called FOO" in err
    assert "hint: there are: AGE, " in err


@pytest.mark.parametrize("by", [-1, 1, 2])
def test_labels_that_are_all_shifted_are_told(run, tmp_path, by):
    text = "来宾，王丽（KH-2022-10417），电话 13800138000。"
    places = [(3, 5, "PERSON"), (6, 19, "CLIENT_NO"), (24, 35, "PHONE_NUMBER")]
    row = {"text": text, "entities": [[start + by, end + by, label] for start, end, label in places]}
    (tmp_path / "s.jsonl").write_text("\n".join([json.dumps(row)] * 6), "utf-8")

    code, out, err = run("check", tmp_path / "s.jsonl")

    assert code == 1
    assert f"by {-by:+d}" in out + err
    assert "ooks shifted" in out + err or "ook shifted" in out + err


def test_a_label_of_ones_own_that_is_read_as_another_type_is_called_by_its_word():
    lines = read_as_lines({"LABEL_1": "PHONE_NUMBER"}, {"LABEL_1": "联络"})

    assert lines == [
        "The label LABEL_1 联络 is mostly found as PHONE_NUMBER, and read so. (--label 联络=LABEL_1 keeps it apart.)"
    ]


# --- convert -----------------------------------------------------------------------------------


def test_convert_writes_a_private_file_with_all_spans(run, records, tmp_path):
    code, out, err = run("convert", records, tmp_path / "out.json")

    assert (code, out) == (0, "3 samples, 6 labels of 5 types\n")
    assert "personal information" in err
    assert is_private(tmp_path / "out.json")
    assert Samples.load(tmp_path / "out.json").items == Samples.load(records).items


@pytest.mark.parametrize("format", ["doccano", "cluener", "cmeee", "presidio", "conll", "csv"])
def test_convert_takes_a_format_by_name(run, records, tmp_path, format):
    assert run("convert", records, tmp_path / "out.x", "--to", format)[0] == 0
    assert run("convert", tmp_path / "out.x", tmp_path / "again.jsonl", "--from", format)[0] == 0

    assert Samples.load(tmp_path / "again.jsonl").items == Samples.load(records).items


def test_convert_overwrites_only_when_told_to(run, records, tmp_path):
    (tmp_path / "out.jsonl").write_text("mine", "utf-8")

    code, _, err = run("convert", records, tmp_path / "out.jsonl")

    assert code == 2
    assert err.splitlines() == [
        "error: out.jsonl exists already",
        "hint: overwrite it with --force, or choose another name",
    ]
    assert (tmp_path / "out.jsonl").read_text("utf-8") == "mine"
    assert run("convert", records, tmp_path / "out.jsonl", "--force")[0] == 0


def test_labels_are_renamed(run, tmp_path):
    (tmp_path / "in.jsonl").write_text('{"text": "客户K-1", "label": [[2, 5, "会员码"]]}\n', "utf-8")

    wrong = run("convert", tmp_path / "in.jsonl", tmp_path / "out.txt")
    right = run("convert", tmp_path / "in.jsonl", tmp_path / "out.txt", "--label", "会员码=CLIENT_NO")

    assert wrong[0] == 2
    assert "--label 会员码=CLIENT_NO" in wrong[2]
    assert right[0] == 0
    assert "客户[K-1](CLIENT_NO)" in (tmp_path / "out.txt").read_text("utf-8")


# --- check -------------------------------------------------------------------------------------


def test_check_shows_suspects_and_no_values(run, records):
    code, out, err = run("check", records)

    assert code == 0
    assert "labelled elsewhere" in out
    assert not shows_values(out + err)


def test_check_shows_values_when_asked(run, records):
    assert "张三丰" in run("check", records, "--show-values")[1]


def test_check_goes_on_after_a_damaged_file(run, records, tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"text": "张三丰", "label": [[0, 9, "PERSON"]]}\n', "utf-8")

    code, out, err = run("check", tmp_path / "bad.jsonl", records)

    assert code == 1
    assert "bad.jsonl, line 1: label 1 (PERSON 0–9) reaches beyond the text of 3 characters" in err
    assert "records.txt: 3 samples" in out


def test_check_speaks_chinese(run, tmp_path, monkeypatch):
    monkeypatch.setenv("DEID_LANG", "zh")
    (tmp_path / "bad.jsonl").write_text('{"text": "张三丰", "label": [[0, 9, "PERSON"]]}\n', "utf-8")

    _, _, err = run("check", tmp_path / "bad.jsonl")

    assert err == "错误： bad.jsonl 第 1 行：第 1 处标注（PERSON 0–9）超出文本（共 3 个字符）\n"


def test_check_as_json(run, records):
    code, out, _ = run("check", records, "--json")

    (report,) = json.loads(out)
    assert code == 0
    assert report["samples"] == 3
    assert report["suspects"][0]["reason"] == "unlabelled"
    assert not shows_values(out)


def test_repairs_are_reported(run, tmp_path):
    (tmp_path / "in.jsonl").write_text('{"text": "😀患者张三", "label": [[4, 6, "PERSON"]]}\n', "utf-8")

    _, _, err = run("check", tmp_path / "in.jsonl")

    assert "warning: 1 samples: offsets counted in UTF-16 units, converted" in err


# --- split and stats ---------------------------------------------------------------------------


def test_split_writes_private_parts(run, records, tmp_path):
    code, out, _ = run("split", records, "--out", tmp_path / "parts", "--folds", 3)

    parts = sorted((tmp_path / "parts").iterdir())
    assert code == 0
    assert [path.name for path in parts] == ["fold-1.jsonl", "fold-2.jsonl", "fold-3.jsonl"]
    assert sorted(s.id for path in parts for s in Samples.load(path)) == ["r1", "r2", "r3"]
    assert all(map(is_private, parts))
    assert not shows_values(out)


def test_split_refuses_before_it_writes_anything(run, records, tmp_path):
    (tmp_path / "part-2.txt").write_text("mine", "utf-8")

    code, _, _ = run("split", records, "--out", tmp_path, "--to", "marked")

    assert code == 2
    assert not (tmp_path / "part-1.txt").exists()


@pytest.mark.parametrize("option", [("--folds", 1), ("--folds", 4), ("--share", 2), ("--to", "nothing")])
def test_split_that_cannot_be(run, records, tmp_path, option):
    code, _, err = run("split", records, "--out", tmp_path / "parts", *option)

    assert code == 2
    assert err.startswith("error: ")


def test_stats_counts(run, records):
    code, out, err = run("stats", records)

    assert code == 0
    assert "3 groups" in out
    assert "CLIENT_NO" in out
    assert not shows_values(out + err)


def test_stats_as_json(run, records):
    found = json.loads(run("stats", records, "--json")[1])

    assert (found["samples"], found["marks"], found["optional"], found["groups"]) == (3, 6, 1, 3)
    assert found["types"][0]["entity_type"] == "PERSON"


# --- prelabel ----------------------------------------------------------------------------------


def test_prelabel_writes_tasks_that_label_studio_imports(run, documents, tmp_path):
    target, config = tmp_path / "tasks.json", tmp_path / "labels.xml"

    code, out, err = run("prelabel", documents, target, "--config", config)

    tasks = json.loads(target.read_text("utf-8"))
    assert code == 0
    assert "2 documents · 2 tasks" in out
    assert "personal information" in err
    assert is_private(target)
    assert not shows_values(out + err)
    assert "欧阳靖宇" not in out + err + target.read_text("utf-8")
    for task in tasks:
        units = task["data"]["text"].encode("utf-16-le")
        for result in task["predictions"][0]["result"]:
            value = result["value"]
            assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]
    labels = {label.get("value") for label in ElementTree.parse(config).iter("Label")}
    used = {r["value"]["labels"][0] for task in tasks for r in task["predictions"][0]["result"]}
    assert used <= labels
    assert "IGNORE" in labels


def test_prelabel_prints_the_labelling_interface(run, documents, tmp_path):
    _, out, _ = run("prelabel", documents, tmp_path / "tasks.json")

    assert '<Labels name="label" toName="text">' in out


def test_prelabelled_tasks_can_be_read_as_samples(run, documents, tmp_path):
    run("prelabel", documents, tmp_path / "tasks.json", "--config", tmp_path / "labels.xml")

    found = Samples.load(tmp_path / "tasks.json")

    assert found.repairs["predictions"] == 2
    assert {"CN_RESIDENT_ID", "PHONE_NUMBER"} <= set(found.entity_types)


def test_prelabel_says_what_it_could_not_read(run, documents, tmp_path):
    (documents / "broken.docx").write_bytes(b"PK\x03\x04")

    code, out, err = run("prelabel", documents, tmp_path / "tasks.json", "--config", tmp_path / "labels.xml")

    assert code == 1
    assert "1 files cannot be read" in out
    assert "broken" not in out + err
    assert len(Samples.load(tmp_path / "tasks.json")) == 2


@pytest.mark.parametrize("folder", ["missing", "."])
def test_prelabel_of_nothing_is_an_error(run, tmp_path, folder):
    code, _, err = run("prelabel", tmp_path / folder, tmp_path / "tasks.json")

    assert code in (1, 2)
    assert err.startswith("error: ")
    assert not (tmp_path / "tasks.json").exists()


@pytest.mark.parametrize(
    "command", [[], ["convert"], ["check"], ["split"], ["stats"], ["prelabel"]], ids=" ".join
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_help(run, monkeypatch, command, language):
    monkeypatch.setenv("DEID_LANG", language)

    code, out, _ = run(*command, "--help")

    assert code == 0
    assert ("标注" in out) is (language == "zh")
