"""Files within files are read, written and checked in memory: a run that is killed leaves nothing of them."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import zipfile
from base64 import encodebytes
from textwrap import dedent

import pytest

PLANTED = ("万俟晓棠", "13912345678", "11010519491231002X")
NOTE = "患者万俟晓棠，身份证11010519491231002X，电话13912345678，今日复诊。\n"


def archived():
    """A text, and a mail with a text and an archive attached, in an archive."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("c.csv", "姓名,电话\n万俟晓棠,13912345678\n")
    mail = (
        "Subject: x\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\n"
        f"{NOTE}--B\nContent-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n"
        f"{encodebytes(inner.getvalue()).decode()}--B--\n"
    )
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as package:
        package.writestr("a.txt", NOTE)
        package.writestr("b.eml", mail)
    return outer.getvalue()


def environment(**more):
    return {**os.environ, **more}


@pytest.mark.parametrize("stage", ["blocks", "written", "checked"])
def test_a_process_killed_within_a_member_leaves_no_file(tmp_path, stage):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (tmp_path / "a.zip").write_bytes(archived())
    script = f"""
        import os, signal, sys
        from deid import formats
        from deid.formats import encoding, plain
        def die(*args, **more):
            sys.stdout.write("dying"); sys.stdout.flush()
            os.kill(os.getpid(), {int(getattr(signal, "SIGKILL", signal.SIGTERM))})
        document = formats.read("a.zip", ref="#1")
        if {stage == "blocks"}:
            plain.pieces = die
            list(document.blocks())
        elif {stage == "written"}:
            plain.create_text = die
            formats.write(document, {{}}, "b.zip")
        for text in formats.text_of("a.zip", format="zip"):
            if "复诊" in text:
                die()
    """

    done = subprocess.run(
        [sys.executable, "-c", dedent(script)],
        cwd=tmp_path,
        env=environment(TMPDIR=str(scratch), TEMP=str(scratch), TMP=str(scratch)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "dying", done.stderr
    assert list(scratch.rglob("*")) == []


WATCH = """
import os, sys
log = os.open({log!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def hook(event, args):
    writing = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writing and isinstance(args[0], (str, bytes)):
        os.write(log, os.fsencode(args[0]) + b"\\n")
    if event in ("tempfile.mkstemp", "tempfile.mkdtemp"):
        os.write(log, b"temporary " + os.fsencode(args[0]) + b"\\n")
sys.addaudithook(hook)
"""


def test_a_run_writes_nowhere_but_into_its_output_and_its_project(tmp_path):
    """Every process of the run tells what it opens for writing, and makes under the temporary folder."""
    scratch, hooks, source = tmp_path / "scratch", tmp_path / "hooks", tmp_path / "in"
    for folder in (scratch, hooks, source):
        folder.mkdir()
    (source / "a.zip").write_bytes(archived())
    (hooks / "sitecustomize.py").write_text(WATCH.format(log=str(tmp_path / "log")), encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(hooks), os.environ.get("PYTHONPATH"))))

    subprocess.run(
        [sys.executable, "-m", "deid", "run", str(source), str(tmp_path / "out"), "--workers", "1"],
        check=True,
        capture_output=True,
        env=environment(PYTHONPATH=path, TMPDIR=str(scratch), TEMP=str(scratch), TMP=str(scratch)),
    )

    written = set((tmp_path / "log").read_text(encoding="utf-8").splitlines())
    own = (str(tmp_path / "out"), os.devnull)
    assert (tmp_path / "out" / "a.zip").is_file()
    assert [name for name in written if not name.startswith(own)] == []
    assert list(scratch.rglob("*")) == []
    assert not [value for value in PLANTED for file in tmp_path.glob("out*/**/*") if holds(file, value)]


def holds(file, value):
    return file.is_file() and value.encode() in file.read_bytes()
