"""The way back: every original, anywhere in the text, or one clear error and nothing written."""

from __future__ import annotations

import json

import docx
import openpyxl
import pytest
from typer.testing import CliRunner

from deid import Deidentifier, Policy, ProjectKey
from deid.cli.app import build
from deid.errors import KeyFileError, PolicyError, ProjectError, VaultError
from deid.operators import OPERATORS, Request
from deid.operators.reversing import marked
from deid.restore import restore
from deid.types import Subject
from deid.vault import Vault

KEY = ProjectKey(bytes(range(32)))
TEXT = (
    "患者姓名：王建国，性别男，电话138 0013 8000，身份证号11010519491231002X。\r\n"
    "联系人姓名：李秀英，电话：13912345678\n家属姓名：王 建 国\n2023年5月6日入院，诊断：2型糖尿病。\n住址：湖南省长沙市开福区金霞路22号7栋404室\n"
)


@pytest.fixture
def deidentifier():
    return Deidentifier(policy="handover-closing", key=KEY)


@pytest.fixture
def made(tmp_path, deidentifier):
    """A text file, its de-identified form, and the vault."""
    result = deidentifier.deidentify(TEXT)
    vault = Vault.new(tmp_path / "vault.sqlite", key=KEY)
    vault.add(deidentifier.vault_rows(TEXT, result.replacements))
    vault.save()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_bytes(result.text.encode())
    KEY.save(tmp_path / "key")
    return tmp_path


def back(made, **fields):
    return restore(
        made / "out",
        made / "back",
        key=fields.pop("key", KEY),
        reason=fields.pop("reason", "问题"),
        vault=made / "vault.sqlite",
        **fields,
    )


def test_every_byte_of_a_text_comes_back(made):
    out = (made / "out" / "a.txt").read_text("utf-8")
    assert not any(
        value in out for value in ("王建国", "138 0013 8000", "11010519491231002X", "李秀英", "金霞路")
    )

    done = back(made)

    assert (made / "back" / "a.txt").read_bytes() == TEXT.encode()
    assert done.files == 1
    assert done.counts["PERSON"] == 3


def test_after_a_rotation_the_vault_has_its_own_key_and_tokens_keep_theirs(made):
    other = ProjectKey(bytes(32))
    Vault.open(made / "vault.sqlite", key=KEY).rotated(other).save()

    with pytest.raises(VaultError):
        back(made)
    back(made, vault_key=other)

    assert (made / "back" / "a.txt").read_bytes() == TEXT.encode()


def test_a_key_of_no_vault_is_an_error(made):
    with pytest.raises(ProjectError, match="no vault"):
        restore(made / "out", made / "back", key=KEY, vault_key=KEY, reason="问题", log=made / "log")
    assert not (made / "back").exists()


def test_moved_sentences_excerpts_and_other_formats_come_back(made):
    lines = (made / "out" / "a.txt").read_text("utf-8").splitlines()
    (made / "out" / "a.txt").write_text("\n".join(reversed(lines)) + f"\n注：{lines[0][:20]}……", "utf-8")
    document = docx.Document()
    for line in lines:
        document.add_paragraph("摘录：" + line)
    document.save(made / "out" / "b.docx")
    book = openpyxl.Workbook()
    for row, line in enumerate(lines, 1):
        book.active.cell(row, 1).value = line
    book.save(made / "out" / "c.xlsx")
    (made / "out" / "d.csv").write_text("内容\n" + "\n".join(f'"{line}"' for line in lines), "utf-8")

    back(made)

    whole = TEXT.splitlines()
    assert (made / "back" / "a.txt").read_text("utf-8").splitlines()[:-1] == whole[::-1]
    assert [
        p.text.removeprefix("摘录：") for p in docx.Document(made / "back" / "b.docx").paragraphs
    ] == whole
    assert [cell.value for cell in openpyxl.load_workbook(made / "back" / "c.xlsx").active["A"]] == whole
    assert (made / "back" / "d.csv").read_text("utf-8").splitlines()[1:] == [f'"{line}"' for line in whole]


def test_only_the_types_that_are_asked_for_come_back(made):
    done = back(made, types=["PERSON"])

    restored = (made / "back" / "a.txt").read_text("utf-8")
    assert "王建国" in restored
    assert "11010519491231002X" not in restored
    assert set(done.counts) == {"PERSON"}


def test_who_when_why_and_how_many_is_logged_without_values(made):
    back(made, reason="收购方询问", who="审计员")

    [line] = (made / "vault.sqlite.log.jsonl").read_text("utf-8").splitlines()
    logged = json.loads(line)
    assert (logged["event"], logged["who"], logged["reason"]) == ("restored", "审计员", "收购方询问")
    assert logged["values"] >= 6
    assert logged["time"]
    assert "王建国" not in line


@pytest.mark.parametrize("damage", ["byte", "cut", "key", "token"])
def test_a_wrong_key_or_a_changed_vault_or_token_is_one_error_and_nothing_is_written(made, damage):
    vault, key = made / "vault.sqlite", KEY
    content = bytearray(vault.read_bytes())
    if damage == "byte":
        content[len(content) // 2] ^= 1
    elif damage == "cut":
        content = content[:-1]
    elif damage == "key":
        key = ProjectKey(bytes(32))
    else:
        text = (made / "out" / "a.txt").read_text("utf-8")
        place = text.index("〔CN_RESIDENT_ID=") + 25
        (made / "out" / "a.txt").write_text(
            text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :], "utf-8"
        )
    vault.write_bytes(content)

    with pytest.raises((VaultError, KeyFileError), match="cannot be opened"):
        back(made, key=key)

    assert not (made / "back").exists()
    assert not [path for path in made.iterdir() if "restoring" in path.name]
    assert not (made / "vault.sqlite.log.jsonl").exists()


def test_a_reason_and_an_empty_place_are_needed(made):
    with pytest.raises(ProjectError, match="a reason is needed"):
        back(made, reason=" ")
    (made / "back").mkdir()
    (made / "back" / "x").write_text("x")
    with pytest.raises(ProjectError, match="not empty"):
        back(made)


def test_originals_are_not_put_into_what_is_handed_over(made):
    for place in (made / "out" / "back", made / "out"):
        with pytest.raises(ProjectError):
            restore(made / "out", place, key=KEY, reason="问题", vault=made / "vault.sqlite")
    (made / "all").mkdir()
    (made / "all.deid").mkdir()
    (made / "all.deid" / "project.json").write_text("{}")
    for place in (made / "all", made / "all" / "deep" / "back.txt"):
        with pytest.raises(ProjectError, match="output folder of a project"):
            restore(made / "out" / "a.txt", place, key=KEY, reason="问题", vault=made / "vault.sqlite")

    assert [path.name for path in (made / "out").iterdir()] == ["a.txt"]
    assert list((made / "all").iterdir()) == []


def test_the_command_restores_one_file_and_says_what_is_wrong(made, monkeypatch):
    monkeypatch.setenv("DEID_LANG", "zh")
    arguments = [
        "restore",
        str(made / "out" / "a.txt"),
        str(made / "back.txt"),
        "--vault",
        str(made / "vault.sqlite"),
        "--key",
        str(made / "key"),
    ]

    done = CliRunner().invoke(build(), [*arguments, "--reason", "核对"])
    misspelt = CliRunner().invoke(
        build(), [*arguments[:2], str(made / "c.txt"), *arguments[3:], "--reason", "核对", "--type", "PERSN"]
    )

    assert done.exit_code == 0, done.output
    assert (made / "back.txt").read_bytes() == TEXT.encode()
    assert isinstance(misspelt.exception, PolicyError)
    assert "PERSON" in misspelt.exception.hint


def test_a_file_that_cannot_be_read_is_told_of_with_its_reason(made):
    (made / "out" / "b.docx").write_bytes(b"PK broken")
    arguments = ["restore", str(made / "out"), str(made / "back"), "--vault", str(made / "vault.sqlite")]

    done = CliRunner().invoke(build(), [*arguments, "--key", str(made / "key"), "--reason", "核对"])

    assert done.exit_code == 1
    assert "#0002: " in done.output
    assert (made / "back" / "a.txt").read_bytes() == TEXT.encode()


def test_the_vault_commands_show_counts_only_rotate_and_destroy(made, monkeypatch):
    monkeypatch.setenv("DEID_LANG", "en")
    vault, key = str(made / "vault.sqlite"), str(made / "key")

    status = CliRunner().invoke(build(), ["vault", "status", vault, "--key", key, "--json"])
    rotated = CliRunner().invoke(
        build(),
        ["vault", "rotate", vault, "--key", key, "--new-key", str(made / "new"), "--reason", "yearly"],
    )
    refused = CliRunner().invoke(build(), ["vault", "destroy", vault, "--reason", "end"])
    destroyed = CliRunner().invoke(build(), ["vault", "destroy", vault, "--reason", "end", "--yes"])

    assert json.loads(status.output)["counts"]["PERSON"] >= 2
    assert "王建国" not in status.output
    assert rotated.exit_code == 0, rotated.output
    assert refused.exit_code == 2
    assert destroyed.exit_code == 0
    assert not (made / "vault.sqlite").exists()


# Stand-ins that lead back to one text only


def test_each_way_of_writing_has_a_stand_in_of_its_own():
    subject = Subject("s1", name="王建国")
    request = Request("PERSON", "姓名", 1, key=bytes(32), subject=subject)

    new = {
        surface: marked(OPERATORS["pseudonym"].operate(surface, request), "pseudonym", surface, request)
        for surface in ("王建国", "王 建 国", "老王", "建国", "王先生")
    }

    assert len(set(new.values())) == 5
    assert all(code.startswith(new["王建国"]) for code in new.values())


@pytest.mark.parametrize("operator", ["label", "pseudonym", "hash"])
def test_a_number_of_fifteen_digits_and_that_of_eighteen_are_one_and_still_lead_back_to_two_texts(operator):
    request = Request("CN_RESIDENT_ID", "身份证", 1, key=bytes(32))

    new = [
        marked(OPERATORS[operator].operate(surface, request), operator, surface, request)
        for surface in ("11010519491231002X", "110105491231002")
    ]

    assert new[1].rstrip("〕").startswith(new[0].rstrip("〕") + "·")


@pytest.mark.parametrize("operator", ["generalize", "mask", "redact", "shift_date"])
def test_a_reversible_policy_cannot_lose_anything(operator):
    content = {
        "schema": 1,
        "name": "own",
        "title": "自定义",
        "reversible": True,
        "operators": {"DATE_TIME": operator},
    }

    with pytest.raises(PolicyError, match="cannot be led back"):
        Policy.parse(content)
