"""The command line: help that teaches, two languages, exit codes, and no value anywhere."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import types
from importlib.metadata import PackageNotFoundError
from multiprocessing import spawn
from pathlib import Path

import pytest

from deid import batch
from deid.cli import app, doctor, messages
from deid.cli.messages import text, translated

NOTE = "身份证号：11010519491231002X，电话：13800138000"
VALUES = ("11010519491231002X", "13800138000")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DEID_LANG", "en")
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def deid(monkeypatch, capsys):
    """Run a command line; gives exit code, standard output and standard error."""

    def run(*arguments, stdin=""):
        monkeypatch.setattr(sys, "argv", ["deid", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
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
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "欧阳靖宇.txt").write_text(NOTE, "utf-8")
    return folder


# --- language and help -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "DEID_LANG": "zh"}, "zh"),
        ({}, "en"),
    ],
)
def test_the_locale_decides_the_language(monkeypatch, variables, expected):
    monkeypatch.delenv("DEID_LANG")
    monkeypatch.setattr(messages, "_windows_language", lambda: 0)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert messages.language() == expected


def test_on_windows_the_language_of_the_interface_decides(monkeypatch):
    monkeypatch.delenv("DEID_LANG")
    monkeypatch.setattr(messages, "_windows_language", lambda: 0x04)

    assert messages.language() == "zh"


def test_every_text_exists_in_both_languages():
    for key, texts in messages._texts()["texts"].items():
        assert set(texts) == {"zh", "en"}, key


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["run"],
        ["detect"],
        ["doctor"],
        ["evaluate"],
        ["recognizers"],
        ["recognizers", "check"],
        ["policy"],
        ["policy", "show"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_help(deid, monkeypatch, command, language):
    monkeypatch.setenv("DEID_LANG", language)

    code, out, _ = deid(*command, "--help")

    assert code == 0
    assert ("处理" in out or "检查" in out or "识别" in out) is (language == "zh")


def test_help_of_run_shows_examples_and_exit_codes(deid):
    _, out, _ = deid("run", "--help")

    assert "deid run records records-safe --known clients.xlsx" in out
    assert "2 wrong usage" in out


def test_version(deid):
    import deid as package

    assert deid("--version") == (0, f"deid {package.__version__}\n", "")


# --- errors ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["run"],
        ["run", "a"],
        ["run", "missing", "b"],
        ["run", ".", "b", "--workers", "0"],
        ["run", ".", "b", "--max-memory", "much"],
        ["run", ".", "b", "--only", "some"],
        ["run", ".", "./b"],
        ["run", ".", "/"],
        ["run", ".", "../b", "--recognizers", "missing"],
        ["run", ".", "../b", "--model", "."],
        ["policy", "show", "dd-preclosin"],
        ["recognizers", "show", "CN_RESIDENTID"],
        ["detect", "missing.txt"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2_and_no_traceback(deid, monkeypatch, tmp_path, arguments):
    monkeypatch.chdir(tmp_path)

    code, out, err = deid(*arguments)

    assert code == 2
    assert out == ""
    assert "Traceback" not in err
    assert err


def test_errors_have_a_hint(deid):
    _, _, err = deid("policy", "show", "dd-preclosin")

    lines = err.splitlines()
    assert lines[0].startswith("error: no policy called")
    assert lines[1].startswith("hint: did you mean")


def test_errors_are_chinese_in_a_chinese_locale(deid, monkeypatch, tmp_path):
    monkeypatch.setenv("DEID_LANG", "zh")
    monkeypatch.chdir(tmp_path)

    _, _, err = deid("run", "missing", "b")

    assert err.splitlines() == ["错误： 源文件夹不存在", "提示： deid run SRC DST：SRC 是存放文档的文件夹"]


def test_a_message_without_translation_stays_as_it_is(monkeypatch):
    monkeypatch.setenv("DEID_LANG", "zh")

    assert translated("something new") == "something new"
    assert translated("#0017: encrypted") == "#0017：文件已加密"


def test_an_unexpected_error_tells_its_type_and_nothing_of_its_text(deid, monkeypatch):
    def fail(*args, **kwargs):
        raise ValueError("欧阳靖宇")

    monkeypatch.setattr("deid.pipeline.Deidentifier.detect_blocks", fail)

    code, out, err = deid("detect", "-", stdin=NOTE)

    assert code == 1
    assert "ValueError" in err
    assert "欧阳靖宇" not in out + err
    assert "Traceback" not in err


def test_a_file_that_cannot_be_written_is_exit_code_2_and_names_no_path(deid, monkeypatch, tmp_path):
    (tmp_path / "欧阳靖宇").write_text("")

    code, _, err = deid(
        "recognizers",
        "new",
        "CN_TICKET_ID",
        "--example",
        "票号[TK-20311](CN_TICKET_ID)",
        "--out",
        tmp_path / "欧阳靖宇/in",
    )

    assert code == 2
    assert "cannot be read or written" in err
    assert "欧阳靖宇" not in err


# --- detect ----------------------------------------------------------------------------------


def test_detect_masks_values(deid):
    code, out, err = deid("detect", "-", stdin=NOTE)

    assert code == 0
    assert "CN_RESIDENT_ID" in out
    assert "PHONE_NUMBER" in out
    assert not any(value in out + err for value in VALUES)


def test_detect_shows_values_when_asked(deid):
    _, out, _ = deid("detect", "-", "--show-values", stdin=NOTE)

    assert all(value in out for value in VALUES)


def test_detect_explains(deid):
    _, out, _ = deid("detect", "-", "--explain", stdin=NOTE)

    assert "CN_RESIDENT_ID." in out
    assert "check" in out


@pytest.mark.parametrize("explain", [[], ["--explain"]])
def test_detect_prints_json(deid, explain):
    _, out, _ = deid("detect", "--json", *explain, stdin=NOTE)

    content = json.loads(out)
    first = content["entities"][0]
    assert content["characters"] == len(NOTE)
    assert NOTE[first["start"] : first["end"]] == VALUES[0]
    assert first["where"] == "1:6"
    assert ("detections" in first) is bool(explain)
    assert not any(value in out for value in VALUES)


def test_detect_reads_a_document(deid, records):
    code, out, _ = deid("detect", records / "欧阳靖宇.txt")

    assert code == 0
    assert "PHONE_NUMBER" in out


def test_detect_says_in_which_line_of_a_file_a_value_stands(deid, tmp_path):
    (tmp_path / "a.txt").write_text("转诊单\n\n住址不详\n电话：13800138000\n", "utf-8")

    _, out, _ = deid("detect", tmp_path / "a.txt", "--json")

    assert [entity["where"] for entity in json.loads(out)["entities"]] == ["line 4:4"]


def test_detect_of_a_broken_document_is_exit_code_1(deid, records):
    (records / "x.docx").write_bytes(b"PK\3\4")

    code, _, err = deid("detect", records / "x.docx")

    assert code == 1
    assert err.startswith("error: ")


def test_detect_reads_gb18030_from_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["deid", "detect"])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NOTE.encode("gb18030"))))

    with pytest.raises(SystemExit):
        app.main()

    assert "CN_RESIDENT_ID" in capsys.readouterr().out


# --- recognizers, policies, doctor -----------------------------------------------------------


def test_recognizers_are_listed_and_shown(deid):
    _, listed, _ = deid("recognizers", "list", "--json")
    _, shown, _ = deid("recognizers", "show", "CN_RESIDENT_ID", "--json")

    assert any(spec["entity"] == "CN_RESIDENT_ID" for spec in json.loads(listed))
    assert json.loads(shown)["entity"] == "CN_RESIDENT_ID"
    assert deid("recognizers", "list")[0] == 0
    assert "GB 11643" in deid("recognizers", "show", "CN_RESIDENT_ID")[1]


RECOGNIZER = """
schema: 1
entity: CLIENT_NUMBER
title: 客户编号
identifier: direct
source: 本公司
patterns: [{{name: plain, regex: '{regex}', score: 0.8}}]
examples:
  match: ['{match}']
  no_match: ['{no_match}']
"""


def own(tmp_path, *, regex="KH[0-9]{6}", match="编号[KH202301](CLIENT_NUMBER)", no_match="编号KH2023"):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "client.yaml").write_text(
        RECOGNIZER.format(regex=regex, match=match, no_match=no_match), "utf-8"
    )
    return folder


def test_a_good_folder_of_recognizers_passes(deid, tmp_path):
    code, out, _ = deid("recognizers", "check", own(tmp_path))

    assert code == 0
    assert "1 recognizer files, 2 examples: all right" in out


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"match": "编号[KH2023](CLIENT_NUMBER)"}, "example 1: CLIENT_NUMBER not found"),
        ({"match": "[KH202301](CLIENT_NUMBER)和KH202302"}, "example 1: CLIENT_NUMBER found where nothing"),
        ({"no_match": "编号KH202399"}, "counter-example 1: CLIENT_NUMBER found"),
        ({"regex": "KH(("}, "patterns.plain: not a regular expression"),
        ({"regex": "(?:0|00)+KH[0-9]{6}|KH[0-9]{6}"}, "patterns.plain: takes too long"),
    ],
    ids=["missed", "extra", "counter", "regex", "slow"],
)
def test_a_bad_recognizer_is_named_without_its_text(deid, tmp_path, changes, says):
    code, out, _ = deid("recognizers", "check", own(tmp_path, **changes))

    assert code == 1
    assert f"client.yaml: {says}" in out
    assert "KH2023" not in out


def test_policies_are_listed_shown_and_checked(deid, tmp_path):
    assert "dd-preclosing" in deid("policy", "list")[1]
    assert "CN_RESIDENT_ID" in deid("policy", "show", "mask")[1]
    good = tmp_path / "p.yaml"
    good.write_text("schema: 1\nname: own\ntitle: own\noperators: {AGE: keep}\n", "utf-8")
    bad = tmp_path / "q.yaml"
    bad.write_text("schema: 1\nname: own\ntitle: own\noperators: {AGE: kep}\n", "utf-8")

    assert deid("policy", "check", good)[:2] == (0, "policy own: all right, 1 entity types named\n")
    code, _, err = deid("policy", "check", bad)
    assert code == 2
    assert "did you mean keep" in err


def test_doctor_looks_at_everything(deid):
    _, out, _ = deid("doctor", "--json")

    checks = {finding["check"]: finding for finding in json.loads(out)}
    assert set(checks) == {
        "python",
        "packages",
        "conflict",
        "recognizers",
        "policies",
        "model",
        "office",
        "encoding",
        "cores",
        "disk",
    }
    assert checks["recognizers"]["verdict"] == "fine"


def test_doctor_finds_the_other_package_called_deid(deid, monkeypatch):
    def distribution(name):
        if name == "deid":
            return types.SimpleNamespace()
        raise PackageNotFoundError

    monkeypatch.setattr(doctor, "distribution", distribution)

    code, out, _ = deid("doctor")

    assert code == 1
    assert "pip uninstall deid" in out


# --- run -------------------------------------------------------------------------------------


def test_run_writes_the_output_and_says_where_the_report_is(deid, records, tmp_path):
    code, out, err = deid("run", records, tmp_path / "safe", "--workers", "1", "--known", known(tmp_path))

    assert code == 0, err
    assert "1 of 1 files written" in out
    assert "report.html" in out
    assert "pseudonymous" in out
    assert not any(value in out + err for value in (*VALUES, "欧阳靖宇"))
    assert len(list((tmp_path / "safe").iterdir())) == 1


def known(tmp_path):
    path = tmp_path / "known.csv"
    path.write_text("手机号\n13800138000\n", "utf-8")
    return path


@pytest.mark.usefixtures("in_this_process")
def test_run_with_a_bad_file_is_exit_code_1_and_names_it_by_number(deid, records, tmp_path):
    (records / "令狐晚晴.docx").write_bytes(b"PK\3\4")

    code, out, err = deid("run", records, tmp_path / "safe", "--workers", "1")

    assert code == 1
    assert "1 of 2 files written" in out
    assert "damaged, cannot be opened" in out
    assert "令狐晚晴" not in out + err


@pytest.mark.usefixtures("in_this_process")
def test_a_key_file_is_made_once_and_never_for_a_project_that_has_another(deid, records, tmp_path):
    target, key = tmp_path / "safe", tmp_path / "own.key"

    code, _, err = deid("run", records, target, "--workers", "1", "--key", key)
    assert (code, key.is_file(), "new key" in err) == (0, True, True)

    code, _, err = deid("run", records, target, "--workers", "1", "--key", key)
    assert (code, "new key" in err) == (0, False)

    code, _, err = deid("run", records, target, "--workers", "1", "--key", tmp_path / "typo.key")
    assert (code, (tmp_path / "typo.key").exists()) == (2, False)


@pytest.mark.usefixtures("in_this_process")
def test_run_shows_source_paths_only_when_asked(deid, records, tmp_path):
    _, out, _ = deid("run", records, tmp_path / "safe", "--workers", "1", "--show-paths")

    assert "欧阳靖宇.txt →" in out


@pytest.mark.usefixtures("in_this_process")
def test_run_prints_json_and_nothing_else(deid, records, tmp_path):
    code, out, err = deid("run", records, tmp_path / "safe", "--workers", "1", "--json")

    assert code == 0
    assert err == ""
    assert json.loads(out)["files"]["done"] == 1
    assert not any(value in out for value in (*VALUES, "欧阳靖宇"))


@pytest.mark.usefixtures("in_this_process")
def test_a_dry_run_writes_nothing(deid, records, tmp_path):
    (records / "x.docx").write_bytes(b"PK\3\4")
    (records / "~$x.docx").write_bytes(b"x")
    before = sorted(tmp_path.rglob("*"))

    code, out, _ = deid("run", records, tmp_path / "safe", "--dry-run", "--workers", "1")

    assert code == 0
    assert "damaged, cannot be opened" in out
    assert "Time: about" in out
    assert "Disk: about" in out
    assert "欧阳靖宇" not in out
    assert sorted(tmp_path.rglob("*")) == before
    _, out, _ = deid("run", records, tmp_path / "safe", "--dry-run", "--json", "--workers", "1")
    content = json.loads(out)
    assert content["formats"]["txt"]["files"] == 1
    assert content["problems"] == {"corrupt": 1}


def test_the_command_works_as_a_module_with_a_poor_terminal(records):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "DEID_LANG": "zh"}
    done = subprocess.run(
        [sys.executable, "-m", "deid", "policy", "list"],
        capture_output=True,
        env=environment,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0
    assert b"dd-preclosing" in done.stdout
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="names of Windows are no bytes")
def test_a_locale_without_chinese_writes_names_in_utf_8(tmp_path):
    source, target = tmp_path / "records", tmp_path / "safe"
    source.mkdir()
    (source / "患者司徒若兰.txt").write_text("姓名：司徒若兰\n", "utf-8")
    environment = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    environment |= {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH")}

    done = subprocess.run(
        [sys.executable, "-m", "deid", "run", str(source), str(target), "--workers", "1"],
        capture_output=True,
        env=environment,
        timeout=300,
        check=False,
    )

    assert (done.returncode, [os.fsencode(path.name) for path in target.iterdir()]) == (
        0,
        ["患者〔姓名1〕.txt".encode()],
    )


def test_text_is_filled_in():
    assert text("dry.minutes", count=3) == "3 min"


def messages_of(name):
    """What the modules of a package say when a run cannot start, with `x` for what is filled in."""
    source = "\n".join(path.read_text("utf-8") for path in sorted(Path(batch.__file__).parent.glob("*.py")))
    found = re.findall(rf'{name}\(\s*f?"((?:[^"\\]|\\.)*)"(?:,\s*hint="([^"]*)")?', source)
    return sorted({re.sub(r"\{[^}]*\}", "x", text) for pair in found for text in pair if text})


@pytest.mark.parametrize("message", messages_of("ProjectError") + messages_of("KeyFileError"))
def test_every_message_of_a_run_has_a_translation(monkeypatch, message):
    monkeypatch.setenv("DEID_LANG", "zh")

    assert re.search("[一-龥]", translated(message))


@pytest.mark.parametrize(
    ("message", "chinese"),
    [
        ("known list: cannot be read: x", "已知值名单：无法读取：x"),
        ("keep list: no values in it", "保留名单：其中没有任何值"),
        ("known list: header, column 2: unknown header", "已知值名单：表头，第 2 列：无法理解的表头"),
        (
            "known list: sheet2/row 3, column 1: a value without a header",
            "已知值名单：第 2 个工作表，第 3 行，第 1 列：值没有表头",
        ),
    ],
)
def test_messages_about_a_list_are_translated(monkeypatch, message, chinese):
    monkeypatch.setenv("DEID_LANG", "zh")

    assert translated(message) == chinese


def test_no_message_has_two_translations():
    lines = (Path(messages.__file__).with_name("messages.yaml")).read_text("utf-8").partition("\nerrors:")[2]
    keys = re.findall(r'^  ("(?:[^"\\]|\\.)*"|.+?): ', lines, re.MULTILINE)

    assert len(keys) == len({re.sub(r"\{\w+\}", "{}", key) for key in keys}) > 100


@pytest.mark.parametrize(("starts", "named"), [(app.main, "deid.__main__"), (print, None)])
def test_workers_do_not_run_the_script_that_started_the_program(monkeypatch, starts, named):
    script = types.ModuleType("__main__")
    script.main = starts
    monkeypatch.setitem(sys.modules, "__main__", script)

    app._be_a_module()

    assert spawn.get_preparation_data("a worker").get("init_main_from_name") == named
