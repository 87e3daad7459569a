"""Walk, journal, record, audit log, reasons, the check: each for itself."""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
from dataclasses import replace

import pytest

from deid.audit import append_event
from deid.batch.changes import NameVersions, names_looked_for
from deid.batch.checking import Search, Wanted, is_code, is_searchable, left_over
from deid.batch.failures import verdict
from deid.batch.journal import Journal
from deid.batch.scheduling import check_shares, shares
from deid.batch.supervisor import Failure
from deid.batch.walk import readable_name, walk
from deid.errors import KeyFileError, ProjectError
from deid.normalize import canonical
from deid.operators.numbering import Numbering
from deid.report.model import REASONS
from deid.runrecord import RecordedFile, RunRecord

KEY = bytes(range(32))


# --- walk ------------------------------------------------------------------------------------


def made(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return root


def test_numbers_do_not_depend_on_the_file_system_and_do_not_follow_the_names(tmp_path):
    names = [f"{i:03d}.txt" for i in range(40)]
    there = walk(made(tmp_path / "a", *names), key=KEY, numbers={})
    back = walk(made(tmp_path / "b", *reversed(names)), key=KEY, numbers={})

    assert [file.source for file in there] == [file.source for file in back]
    assert [file.source for file in there] != names
    assert [file.source for file in there] != [
        f.source for f in walk(tmp_path / "a", key=bytes(32), numbers={})
    ]


def test_the_files_of_a_folder_stand_together(tmp_path):
    names = [f"{folder}/{i}.txt" for folder in "甲乙丙" for i in range(5)]

    folders = [file.parts[0] for file in walk(made(tmp_path, *names), key=KEY, numbers={})]

    assert sum(a != b for a, b in itertools.pairwise(folders)) == 2


def test_numbers_given_before_are_kept(tmp_path):
    found = walk(made(tmp_path, "a.txt", "b.txt", "c.txt"), key=KEY, numbers={"b.txt": 7, "gone.txt": 9})

    numbers = {file.source: file.number for file in found}
    assert numbers["b.txt"] == 7
    assert sorted(numbers.values()) == [7, 10, 11]


@pytest.mark.skipif(os.name == "nt", reason="POSIX file names are bytes")
def test_file_names_from_chinese_windows_are_read(tmp_path):
    raw = "欧阳靖宇.txt".encode("gb18030")
    with open(os.fsencode(tmp_path) + b"/" + raw, "w") as file:  # noqa: PTH123 (bytes)
        file.write("x")

    (found,) = walk(tmp_path, key=KEY, numbers={})

    assert readable_name(found.source) == "欧阳靖宇.txt"


@pytest.mark.skipif(os.name == "nt", reason="POSIX")
def test_pipes_are_listed_and_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")

    (found,) = walk(tmp_path, key=KEY, numbers={})

    assert found.ignored == "special"


# --- journal and record ----------------------------------------------------------------------


def test_the_journal_gives_back_what_was_put_and_holds_nothing_in_clear(tmp_path):
    path = tmp_path / "journal.sqlite"
    with Journal(path, key=KEY) as journal:
        for part in range(3):
            journal.put("entities", "欧阳/病历.txt", ["令狐晚晴", part], part=part)
        journal.put("file", "欧阳/病历.txt", {"state": "done"})
        journal.drop("entities", "欧阳/病历.txt", after=1)

    with Journal(path, key=KEY) as journal:
        assert list(journal.parts("entities", "欧阳/病历.txt")) == [["令狐晚晴", 0], ["令狐晚晴", 1]]
        assert journal.get("file", "欧阳/病历.txt") == {"state": "done"}
        assert journal.get("file", "other") is None
    content = path.read_bytes()
    assert "令狐晚晴".encode() not in content
    assert "病历".encode() not in content
    assert not list(tmp_path.glob("*-wal"))


def test_of_records_that_are_put_together_none_is_written_where_something_is_raised(tmp_path):
    with Journal(tmp_path / "journal", key=bytes(32)) as journal:
        with pytest.raises(ValueError, match="unmarshallable"), journal.together() as noted:
            noted.put_all([("file", "a", 1, 0), ("file", "b", object(), 0)])

        assert journal.get("file", "a") is None
        with journal.together() as noted:
            noted.put_all([("file", "a", 1, 0), ("file", "a", 2, 1)])
        assert list(journal.parts("file", "a")) == [1, 2]


@pytest.mark.parametrize(("most", "commits"), [(4 << 20, 1), (1, 20)])
def test_the_disk_is_waited_for_once_for_as_many_records_as_memory_may_hold(
    tmp_path, monkeypatch, most, commits
):
    monkeypatch.setattr("deid.batch.journal._TOGETHER", most)
    with Journal(tmp_path / "journal", key=bytes(32)) as journal:
        said: list[str] = []
        journal._base.set_trace_callback(said.append)

        with journal.together() as noted:
            for part in range(20):
                noted.put("facts", "a", [part], part=part)

        assert said.count("commit") == commits
        assert list(journal.parts("facts", "a")) == [[part] for part in range(20)]


def test_the_disk_is_waited_for_once_for_what_is_linked_and_once_for_each_file_that_is_written(
    work, key, monkeypatch
):
    commits: list[list[str]] = []
    commit = Journal._commit

    def counted(self, rows):
        commits.append([kind for kind, *_ in rows])
        commit(self, rows)

    monkeypatch.setattr(Journal, "_commit", counted)
    done = work.run(key=key)

    files = len(done.report.documents)
    assert len([kinds for kinds in commits if {"places", "used", "tally"} & {*kinds}]) == 1 + files
    assert [kinds.count("link") >= files for kinds in commits if "link" in kinds] == [True]
    assert ["places"] * files in commits  # of their names


def test_a_journal_does_not_open_with_another_key(tmp_path):
    with Journal(tmp_path / "j", key=KEY) as journal:
        journal.put("file", "a", 1)
    base = sqlite3.connect(tmp_path / "j")
    (name,) = base.execute("select name from marshalled").fetchone()
    base.close()

    with Journal(tmp_path / "j", key=bytes(32)) as other:
        other._name = lambda source: name  # type: ignore[method-assign]
        with pytest.raises(KeyFileError):
            other.get("file", "a")


def test_a_record_moved_to_another_place_does_not_open(tmp_path):
    with Journal(tmp_path / "j", key=KEY) as journal:
        journal.put("file", "a", 1)
        journal._base.execute("update marshalled set part = 5")
        with pytest.raises(KeyFileError):
            journal.get("file", "a")


def test_a_damaged_journal_is_an_error_with_a_remedy(tmp_path):
    (tmp_path / "j").write_bytes(b"no database, just many bytes " * 100)

    with pytest.raises(ProjectError, match="damaged"):
        Journal(tmp_path / "j", key=KEY)


def test_a_run_record_is_sealed(tmp_path):
    record = RunRecord(
        (RecordedFile(1, "欧阳.txt", "done", output="〔姓名1〕.txt"),),
        {"a": "b"},
        {"count": 1, "numbers": [["CN_QQ", "a", "b"]]},
        ["s", "x"],
        finished=True,
    )
    path = tmp_path / "record.bin"

    record.save(path, key=KEY)

    assert RunRecord.load(path, key=KEY) == record
    assert RunRecord.load(tmp_path / "none", key=KEY) == RunRecord()
    assert "欧阳".encode() not in path.read_bytes()
    assert "欧阳" not in repr(record)
    with pytest.raises(KeyFileError):
        RunRecord.load(path, key=bytes(32))


@pytest.mark.parametrize("left", [0.2, 0.6, 0.95], ids=["the beginning", "most", "all but the end"])
def test_a_run_record_that_is_cut_short_is_an_error(tmp_path, left):
    numbering = Numbering.assign([(kind, str(n)) for kind in ("CN_QQ", "PERSON") for n in range(99)], key=KEY)
    path = tmp_path / "record.bin"
    RunRecord(numbering=numbering.to_dict(), subjects=["a" * 99, "b"]).save(path, key=KEY)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * left)])

    with pytest.raises((ProjectError, KeyFileError)):
        RunRecord.load(path, key=KEY)


def test_names_that_are_looked_for_come_in_versions(tmp_path):
    with Journal(tmp_path / "journal.sqlite", key=KEY) as journal:
        first = NameVersions(journal).add([("PERSON", "王建国"), ("PERSON", "李娜")])
        same = NameVersions(journal).add([("PERSON", "李娜")])
        second = NameVersions(journal).add([("PERSON", "王建国"), ("PERSON", "赵敏")])
        later = NameVersions(journal).since([("PERSON", "王建国"), ("PERSON", "赵敏")])

        assert (first, same, second) == (1, 1, 2)
        assert {version: found.values for version, found in later.items()} == {1: (("PERSON", "赵敏"),)}
        assert set(names_looked_for(journal)) == {("PERSON", name) for name in ("王建国", "李娜", "赵敏")}


# --- audit log -------------------------------------------------------------------------------


def test_the_audit_log_takes_counts_and_hashes(tmp_path):
    append_event(
        tmp_path / "log", "run ended", files={"done": 3}, policy="ab" * 32, seconds=1.5, complete=True
    )

    line = json.loads((tmp_path / "log").read_text("utf-8"))
    assert line["files"] == {"done": 3}
    assert line["time"].endswith("+00:00")


@pytest.mark.parametrize("fact", ["欧阳靖宇", "/home/records", "a" * 200, {"欧阳": 1}])
def test_the_audit_log_refuses_what_could_be_a_value(tmp_path, fact):
    with pytest.raises(ProjectError) as caught:
        append_event(tmp_path / "log", "x", what=fact)

    assert "欧阳" not in caught.value.message
    assert not (tmp_path / "log").exists()


# --- reasons ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failure", "state", "reason"),
    [
        (
            Failure("error", "UnsupportedDocument", "#0001: not a kind of file that deid handles"),
            "unsupported",
            "unsupported",
        ),
        (Failure("error", "UnreadableDocument", "#0001: encrypted"), "failed", "encrypted"),
        (Failure("error", "UnreadableDocument", "#0001: empty file (0 bytes)"), "failed", "empty"),
        (
            Failure("error", "UnreadableDocument", "#0001: corrupt: the zip package is damaged"),
            "failed",
            "corrupt",
        ),
        (Failure("error", "UnreadableDocument", "#0001: undecodable text"), "failed", "encoding"),
        (
            Failure("error", "UnreadableDocument", "#0001: changed while deid was working on it"),
            "failed",
            "changed",
        ),
        (Failure("error", "UnreadableDocument", "#0001: something new"), "failed", "unreadable"),
        (
            Failure(
                "error",
                "UnreadableDocument",
                "#0001: LibreOffice needs more than 120 s for the Office file",
            ),
            "failed",
            "timeout",
        ),
        (
            Failure(
                "error", "UnreadableDocument", "#0001: LibreOffice was ended while it read the Office file"
            ),
            "failed",
            "crash",
        ),
        (
            Failure("error", "UnwritableDocument", "#0001: failed the check before publication: PERSON ×1"),
            "withheld",
            "check",
        ),
        (Failure("error", "UnwritableDocument", "#0001: holds a part nobody knows"), "failed", "package"),
        (Failure("error", "DetectionFailed", "a recognizer failed"), "failed", "detection"),
        (Failure("crash", "Crash", "lost"), "failed", "crash"),
        (Failure("disk", "OSError", "No space left on device"), "failed", "disk"),
        (Failure("memory", "MemoryError"), "failed", "memory"),
        (Failure("system", "PermissionError", "Permission denied"), "failed", "permission"),
        (Failure("system", "OSError", "Input/output error"), "failed", "system"),
    ],
)
def test_failures_have_a_state_and_a_reason(failure, state, reason):
    found = verdict(failure)

    assert (found.state, found.reason) == (state, reason)
    assert reason in REASONS
    assert "#0001" not in found.detail


# --- the check -------------------------------------------------------------------------------


@pytest.mark.parametrize("between", [",", "\t"])
def test_what_is_left_of_a_date_and_an_amount_beside_it_are_not_the_date(between):
    date, phone = ("DATE_TIME", "2024-11-10"), ("PHONE_NUMBER", "13800138000")
    text = f"2024-11{between}10.50\n138{between}00138000"

    assert found_in([date, phone], text) == {phone}
    assert found_in([date], "2024-11\r\n10:50") == found_in([date], "2024-11 10 次") == set()
    assert found_in([date], "2024-1110") == set()
    assert found_in([date], "2024-11-10") == {date}
    assert found_in([date], "2024-11-\n10") == {("DATE_TIME", "2024-11- 10")}
    assert found_in([("DATE_TIME", "2024-11 10")], "2024-11 10") == {("DATE_TIME", "2024-11 10")}
    assert found_in([date, ("DATE_TIME", "2024,11,10")], "2024,11,10") == {("DATE_TIME", "2024,11,10")}


def found_in(wanted, *strings):
    search = Search(Wanted.of(wanted))
    for string in strings:
        search.add(string)
    return search.found()


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("PERSON", "欧阳靖宇", "由欧阳靖宇签字"),
        ("PERSON", "欧阳靖宇", "歐陽靖宇"),
        ("PHONE_NUMBER", "13800138000", "138-0013-8000"),
        ("PHONE_NUMBER", "13800138000", "１３８００１３８０００"),
        ("CN_RESIDENT_ID", "11010519491231002X", "110105 19491231 002x"),
        ("EMAIL_ADDRESS", "A.B@EXAMPLE.COM", "<a.b@example.com>"),
    ],
)
def test_the_check_sees_every_spelling(kind, value, text):
    assert {kind for kind, _ in found_in([(kind, value)], text)} == {kind}


@pytest.mark.parametrize(
    ("kind", "value", "strings"),
    [
        ("PERSON", "欧阳靖宇", ("欧阳", "靖宇")),
        ("PHONE_NUMBER", "13800138000", ("2138001380001",)),
        ("PERSON", "王", ("王",)),
        ("AGE", "45岁", ("45-49岁",)),
        ("MEDICAL_RECORD_NUMBER", "123456", ("123456",)),
    ],
)
def test_the_check_sees_nothing_across_strings_inside_numbers_or_too_short(kind, value, strings):
    assert not found_in([(kind, value)], *strings)


def test_what_the_check_reads_in_the_wrong_encoding_is_the_same_value():
    date = ("DATE_TIME", canonical("2011 年", "DATE_TIME"))

    assert found_in([date], "2011 年度模範勞工選拔計有三位".encode().decode("gbk")) == {date}


def test_a_word_that_remains_in_the_text_is_excused_a_number_or_known_value_is_not():
    name, phone, known = ("PERSON", "高兴"), ("PHONE_NUMBER", "13800138000"), ("PERSON", "欧阳靖宇")
    all_three = {name, phone, known}

    left = left_over(all_three, remaining=all_three, known=frozenset({known}), kept=())

    assert left == {"PHONE_NUMBER": 1, "PERSON": 1}
    assert not left_over({name}, remaining={name}, known=frozenset(), kept=())
    assert left_over({name}, remaining=(), known=frozenset(), kept=())
    assert not left_over({phone}, remaining=(), known=frozenset(), kept={"13800138000"})


def test_an_amount_that_is_an_income_elsewhere_may_be_another_one_here():
    amount = ("INCOME", "2436695.05")

    assert not left_over({amount}, remaining={amount}, known=frozenset(), kept=())
    assert left_over({amount}, remaining=(), known=frozenset(), kept=())


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("PHONE_NUMBER", "010-8888 6666", True),
        ("DATE_TIME", "2023-05-12", False),
        ("PERSON", "欧阳靖宇", False),
        ("MEDICAL_RECORD_NUMBER", "ZY20230001", True),
        ("CN_WECHAT_ID", "qingshan_w66", True),
        ("CN_WECHAT_ID", "qingshan", False),
        ("EMAIL_ADDRESS", "a.b@example.com", True),
        ("OTHER_ID", "CT2023", False),
        ("CN_ADDRESS", "梧桐里8号院", False),
        ("CN_RESIDENT_ID", "110105********002X", False),
    ],
)
def test_codes_are_long_and_mean_one_thing_only(kind, value, code):
    assert is_code(kind, value) is code


def test_short_values_are_not_looked_for():
    assert [value for value in ("王", "45", "1234567", "a1", "张三", "12345678", "AB12X") if is_searchable(value)] == [
        "张三", "12345678", "AB12X",
    ]  # fmt: skip


# --- shares ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "size", "parts"),
    [("a.xlsx", 8 << 20, 4), ("a.xlsx", 100_000, 1), ("a.csv", 8 << 20, 4), ("a.docx", 64 << 20, 1), ("a.PDF", 64 << 20, 1)],
)  # fmt: skip
def test_large_tables_are_shared_between_workers_and_files_full_of_pictures_are_not(
    tmp_path, name, size, parts
):
    [file] = walk(made(tmp_path, name), key=KEY, numbers={})

    assert shares(replace(file, size=size), 4) == parts


@pytest.mark.parametrize(("name", "parts"), [("a.xlsx", 1), ("a.csv", 4)])
def test_one_worker_searches_a_workbook_that_was_written(tmp_path, name, parts):
    [file] = walk(made(tmp_path, name), key=KEY, numbers={})

    assert check_shares(replace(file, size=8 << 20), 4) == parts
