"""deid preview: before and after, in the terminal and as a page that loads nothing."""

from __future__ import annotations

import re
import sys

import pytest
from typer.testing import CliRunner

from deid import Deidentifier, ProjectKey
from deid.cli.app import build, main
from deid.preview import preview_blocks
from deid.types import Segment, TextBlock

TEXT = "姓名：王建国，电话13800138000。\n\n今日无特殊<b>。\n\n王建国复诊，诊断高血压。\n"


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_it_shows_both_sides_in_the_terminal(note, monkeypatch):
    monkeypatch.setenv("DEID_LANG", "zh")

    shown = CliRunner().invoke(build(), ["preview", str(note)], env={"COLUMNS": "160"})

    assert shown.exit_code == 0, shown.output
    assert "处理前" in shown.output
    assert "王建国" in shown.output
    assert "〔姓名1〕" in shown.output


def test_the_page_marks_what_changed_and_loads_nothing(note, tmp_path, monkeypatch):
    monkeypatch.setenv("DEID_LANG", "en")
    page = tmp_path / "page.html"

    done = CliRunner().invoke(build(), ["preview", str(note), "--html", str(page), "--all"])
    again = CliRunner().invoke(build(), ["preview", str(note), "--html", str(page)])

    content = page.read_text("utf-8")
    assert done.exit_code == 0, done.output
    assert again.exit_code == 2
    assert re.search(r"<mark title=\"姓名 · label\">王建国</mark>", content)
    assert '<mark title="姓名 · label">〔姓名1〕</mark>' in content
    assert "&lt;b&gt;" in content
    assert not re.search(r"https?://|<script|src=", content)


def test_a_page_that_cannot_be_written_is_told(note, tmp_path, monkeypatch):
    monkeypatch.setenv("DEID_LANG", "en")
    monkeypatch.setattr(
        sys, "argv", ["deid", "preview", str(note), "--html", str(tmp_path / "none/page.html")]
    )

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 2


def test_blocks_of_one_document_share_numbers_and_stand_ins():
    deidentifier = Deidentifier(key=ProjectKey(bytes(32)))

    rows = preview_blocks(
        (TextBlock(str(n), text) for n, text in enumerate(["姓名：王建国", "姓名：李秀英", "姓名：王建国"])),
        deidentifier,
    )

    first, second, third = ("".join(piece.text for piece in row.after) for row in rows)
    assert first == third != second
    assert all(row.changed for row in rows)


def test_a_view_over_cells_shows_only_what_goes_over_several():
    name, area, number = (
        TextBlock("a", "王建国", labels=("姓名",)),
        TextBlock("b", "0731"),
        TextBlock("c", "84512345"),
    )
    view = TextBlock(
        "abc",
        "王建国\t电话073184512345",
        segments=(Segment(0, 3, "a"), Segment(6, 10, "b"), Segment(10, 18, "c")),
    )
    again = TextBlock("ab", "王建国\t0731", segments=(Segment(0, 3, "a"), Segment(4, 8, "b")))

    rows = preview_blocks([name, area, number, view, again], Deidentifier())

    assert ["".join(piece.text for piece in row.before) for row in rows] == [
        "王建国",
        "0731",
        "84512345",
        "073184512345",
    ]
