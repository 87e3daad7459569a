"""A run with passwords: which files it opens, and that no password is told anywhere."""

from __future__ import annotations

import io
import subprocess
import sys
from random import Random

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

SECRET, OTHER = "Pass-8431-秘", "Word-9970-密"


def workbook(path, password):
    book = Workbook()
    book.active.append(["姓名", "电话"])
    book.active.append(["万俟晓棠", "13912345678"])
    book.active.append(["".join(Random(1).choices("abcdefghijklmnop", k=8_000))])
    plain, locked = io.BytesIO(), io.BytesIO()
    book.save(plain)
    OOXMLFile(plain).encrypt(password, locked)
    path.write_bytes(locked.getvalue())


@pytest.mark.parametrize(("given", "written", "code"), [(SECRET, True, 0), (OTHER, False, 1)])
def test_a_run_opens_a_workbook_with_its_password_and_lists_it_without(tmp_path, given, written, code):
    source, out, passwords = tmp_path / "in", tmp_path / "out", tmp_path / "passwords.txt"
    source.mkdir()
    workbook(source / "a.xlsx", SECRET)
    passwords.write_text(f"{given}\n", encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "deid", "run", source, out, "--passwords", passwords, "--workers", "1"],
        capture_output=True,
        check=False,
    )

    report = (tmp_path / "out.deid" / "report.json").read_text(encoding="utf-8")
    files = [file.read_bytes() for file in tmp_path.glob("out*/**/*") if file.is_file()]
    assert done.returncode == code
    assert (out / "a.xlsx").exists() is written
    assert ('"password": 1' in report) is written
    assert ('"encrypted"' in report) is not written
    assert not any(
        secret.encode() in data for secret in (SECRET, OTHER) for data in (*files, done.stdout, done.stderr)
    )
