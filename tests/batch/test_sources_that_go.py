"""A source that is changed, moved or deleted between the two passes: one reason, nothing written, the others are done."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from planted import Work, csv_of

from deid.batch import detecting, passes, run, writing

NAMES = ("王建国", "李秀英")


def _csv(names: tuple[str, ...]) -> bytes:
    return csv_of([["姓名", "手机"], *([name, f"1380013800{at}"] for at, name in enumerate(names))])


def _docx(names: tuple[str, ...]) -> bytes:
    document, content = docx.Document(), BytesIO()
    for name in names:
        document.add_paragraph(f"患者{name}，手机13800138000。")
    document.save(content)
    return content.getvalue()


def _zip(names: tuple[str, ...]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(f"{NAMES.index(name)}.txt", f"患者{name}，手机13800138000。")
    return content.getvalue()


Make = Callable[[tuple[str, ...]], bytes]
FORMATS: dict[str, Make] = {"表.csv": _csv, "记录.docx": _docx, "记录.zip": _zip}


def _delete(path: Path, make: Make) -> None:
    path.unlink()


def _shorten(path: Path, make: Make) -> None:
    """A row, a paragraph, a member of the archive is gone."""
    path.write_bytes(make(NAMES[:1]))


def _edit(path: Path, make: Make) -> None:
    path.write_bytes(make(NAMES[::-1]))


@pytest.mark.slow
@pytest.mark.parametrize("shares", [1, 2])
@pytest.mark.parametrize("change", [_delete, _shorten, _edit])
@pytest.mark.parametrize("name", FORMATS)
def test_a_source_that_is_another_in_the_second_pass_fails_and_leaves_nothing(
    tmp_path, monkeypatch, name, change, shares
):
    work, make, link = Work(tmp_path / "records", tmp_path / "safe"), FORMATS[name], run.link
    path = work.write(name, make(NAMES))
    work.write("其他.txt", "患者张丽，手机13900139000。")
    for module in (detecting, writing):
        monkeypatch.setattr(module, "shares", lambda file, workers: shares if file.source == name else 1)
    monkeypatch.setattr(writing, "is_large", lambda file: shares > 1 and file.source == name)

    def link_and_change(*arguments, **options):
        change(path, make)
        return link(*arguments, **options)

    monkeypatch.setattr(run, "link", link_and_change)

    done = work.run()

    document = work.document(done, name)
    assert (document.state, document.reason) == ("failed", "changed")
    assert not done.report.complete
    assert [*work.outputs()] == ["其他.txt"]


def test_a_source_that_is_deleted_before_it_is_read_is_changed_too(tmp_path, monkeypatch):
    work = Work(tmp_path / "records", tmp_path / "safe")
    path = work.write("表.csv", _csv(NAMES))

    def delete_and_detect(bench, job):
        path.unlink()
        return passes.detect_file(bench, job)

    done = work.run(detect=delete_and_detect)

    document = work.document(done, "表.csv")
    assert (document.state, document.reason) == ("failed", "changed")
    assert work.outputs() == {}
