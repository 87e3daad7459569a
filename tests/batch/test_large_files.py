"""Large files, of which several workers take a share. Chunks are small here, so that small files have many."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from planted import Work, csv_of, patients

from deid import formats
from deid.batch import chunks, detecting, passes, writing
from deid.batch.journal import Journal
from deid.batch.state import FileState
from deid.batch.stored import Told, packed, told, unpacked
from deid.batch.storededits import StoredEdits, noted_edits
from deid.detection import memory
from deid.formats import strips
from deid.formats.edits import Edit
from deid.types import Detection, Entity

pytestmark = pytest.mark.slow

ROWS, FIRST = 100, 60
HEAD = ["编号", "姓名", "性别", "手机", "住址", "备注"]


def _remark(draw: random.Random, name: str) -> str:
    """13 | 800138000 stands across cells, and some names are in no column for names."""
    return draw.choice(("好转", f"{name}来电", "未接", "血压138", "80013800"))


def xlsx_of(*sheets: list[list[str]]) -> bytes:
    book, content = openpyxl.Workbook(), BytesIO()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"{number}")
        for row in rows:
            sheet.append(row)
    book.save(content)
    return content.getvalue()


@pytest.fixture
def large(tmp_path) -> Work:
    work = Work(tmp_path / "records", tmp_path / "safe")
    rows = patients(HEAD, ROWS, seed=3, remark=_remark)
    work.write("表.csv", csv_of(rows))
    work.write("表.xlsx", xlsx_of(rows))
    return work


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Let chunks be small, and few rows be read by all."""
    monkeypatch.setattr(strips, "FIRST_ROWS", FIRST)
    monkeypatch.setattr(memory, "FIRST_ROWS", FIRST)
    monkeypatch.setattr(chunks, "_CHUNK", 10)


def share_out(monkeypatch, parts: int) -> None:
    """Let every file be large, and each have so many shares."""
    monkeypatch.setattr(writing, "is_large", lambda file: True)
    for module in (detecting, writing):
        monkeypatch.setattr(module, "shares", lambda file, workers: parts)


def run_whole_and_shared(work: Work, key, monkeypatch, parts: int):
    """What two runs tell, of files as a whole and shared out; both write the same."""
    whole = work.run(key=key)
    before = work.outputs()
    shutil.rmtree(work.target)
    shutil.rmtree(work.project)

    share_out(monkeypatch, parts)
    shared = work.run(key=key)

    assert work.outputs() == before
    return whole, shared


@pytest.mark.parametrize("parts", [1, 3])
def test_shares_of_a_file_add_up_to_the_file(large, key, monkeypatch, parts):
    whole, shared = run_whole_and_shared(large, key, monkeypatch, parts)

    assert shared.report.entities == whole.report.entities
    assert shared.report.complete


@pytest.mark.parametrize("parts", [1, 3])
def test_a_number_that_goes_on_in_the_next_chunk_is_edited_in_both(tmp_path, key, monkeypatch, parts):
    rows = patients(HEAD, ROWS, seed=3, remark=_remark)
    rows[19][3], rows[20][3], rows[29][5], rows[30][5] = "1391234", "5679", '说"好\n转"', "a,b"
    work = Work(tmp_path / "records", tmp_path / "safe")
    content = StringIO()
    csv.writer(content).writerows(rows)
    work.write("表.csv", content.getvalue().encode())

    run_whole_and_shared(work, key, monkeypatch, parts)

    written = list(csv.reader(StringIO(work.outputs()["表.csv"].decode("utf-8-sig"))))
    assert (written[19][3], written[20][3]) != ("1391234", "5679")
    assert written[20][3] == ""
    assert written[29][5] == rows[29][5]


def test_a_large_file_in_which_something_is_left_is_withheld(large, key, monkeypatch):
    def forget(document, edits_or_texts, path, **_):
        shutil.copyfile(document.path, path)

    share_out(monkeypatch, 2)
    monkeypatch.setattr(formats, "write", forget)
    monkeypatch.setattr(formats, "join", forget)
    done = large.run(key=key)

    assert large.outputs() == {}
    assert done.report.states["withheld"] == 2
    assert "PHONE_NUMBER" in large.document(done, "表.xlsx").detail


def test_a_large_file_is_written_again_when_a_name_is_learned(large, key, monkeypatch):
    large.write("信.txt", "昨日好转的病人很多。\n")
    share_out(monkeypatch, 2)
    large.run(key=key)
    before = large.outputs()["表.csv"]

    done = large.run(key=key, known=[("PERSON", "未接")])

    assert done.report.complete
    assert "未接".encode() in before
    assert "未接".encode() not in large.outputs()["表.csv"]


def test_nothing_is_published_of_a_large_file_of_which_a_share_fails(large, key, monkeypatch):
    replace_file = passes.replace_file

    def fail(bench, job):
        if job.part == 1 and job.source == "表.csv":
            raise MemoryError
        return replace_file(bench, job)

    share_out(monkeypatch, 2)
    monkeypatch.setattr(writing, "replace_file", fail)
    done = large.run(key=key)

    assert list(large.outputs()) == ["表.xlsx"]
    assert large.document(done, "表.csv").state == "failed"


def test_what_was_found_in_blocks_that_are_alike_is_noted_once():
    claim = Detection("PHONE_NUMBER", 0, 11, 1.0, "PHONE_NUMBER.mobile")
    alike = Entity("PHONE_NUMBER", 0, 11, 1.0, "", (claim,))
    other = replace(alike, start=2, detections=(replace(claim, start=2),))
    found = {"1:4": (alike,), "2:4": (), "3:4": (alike,), "3:9": (other, replace(other, subject="x"))}

    content = json.loads(json.dumps(packed(((id, told(entities)) for id, entities in found.items()), [7])))

    assert len(content[0]) == 2
    assert unpacked(content) == ({id: entities for id, entities in found.items() if entities}, {7})


def test_chunks_share_what_they_hold_also_behind_very_many(monkeypatch):
    monkeypatch.setattr("deid.batch.stored._MOST_SHARED", 1)
    chunks = [
        packed((str(end), (("PHONE_NUMBER", 0, end, 1.0, "plain", "", None, None),)) for end in ends)
        for ends in ((11, 12), (13,), (13,))
    ]
    shared: dict[Told, tuple[Entity, ...]] = {}

    _, (one, _), (other, _) = [unpacked(chunk, shared) for chunk in chunks]

    assert one["13"] is other["13"]


def test_what_was_found_on_a_page_is_not_kept_for_other_chunks():
    page = tuple(("PHONE_NUMBER", at, at + 11, 1.0, "plain", "", None, None) for at in range(0, 600, 12))
    shared: dict[Told, tuple[Entity, ...]] = {}

    found, _ = unpacked(packed([("page1", page)]), shared)

    assert told(found["page1"]) == page
    assert not shared


def test_edits_in_the_journal_are_those_that_were_put_there(tmp_path, monkeypatch):
    whole = {
        f"{row}:{column}": [(Edit(0, row + 1, f"〔{row}〕"), row + 1)]
        for row in range(40)
        for column in (0, 2)
    }
    across = {"9:0": [(Edit(0, 4, "甲"), 4), (Edit(6, 8, "乙"), 2)]}
    with closing(Journal(tmp_path / "journal", key=bytes(32))) as journal:
        for part in range(4):
            rows = {
                source: found for source, found in whole.items() if int(source.split(":")[0]) // 10 == part
            }
            found = [(source, edit, length) for source, some in rows.items() for edit, length in some]
            for record in noted_edits("表", part, (), found):
                journal.put(*record[:3], part=record[3])
        for record in noted_edits("表", 4, (), [("9:0", edit, length) for edit, length in across["9:0"]]):
            journal.put(*record[:3], part=record[3])

        stored = StoredEdits(journal, "表")

        assert stored["9:0"] == (Edit(0, 10, "〔9〕"),)
        assert stored["39:2"] == (Edit(0, 40, "〔39〕"),)
        assert stored.get("3:1", ()) == ()
        assert "3:1" not in stored
        assert set(stored) == set(whole)
        assert len(list(stored)) == len(whole)


@pytest.mark.parametrize("parts", [1, 3])
def test_a_number_that_goes_on_in_the_next_chunk_of_a_sheet_is_edited_in_both(
    tmp_path, key, monkeypatch, parts
):
    rows = patients(HEAD, ROWS, seed=3, remark=_remark)
    begun = [*range(70, 80, 2), *range(81, 91, 2)]  # wherever a chunk ends
    for row in begun:
        rows[row][3], rows[row + 1][3] = "1391234", "5679"
    rows[75][5] = " 好转 "
    work = Work(tmp_path / "records", tmp_path / "safe")
    work.write("表.xlsx", xlsx_of(rows, [["陈静怡", "13912345679"]]))

    run_whole_and_shared(work, key, monkeypatch, parts)

    written = list(openpyxl.load_workbook(BytesIO(work.outputs()["表.xlsx"])).active.values)
    assert not {"1391234", "5679"} & {row[3] for row in written}
    assert written[75][5] == " 好转 "


def test_of_two_rows_with_one_number_each_stays_in_a_sheet_that_is_shared(tmp_path, key, monkeypatch):
    rows = patients(HEAD, ROWS, seed=3, remark=lambda draw, name: "好转")
    rows[72][5], rows[73][5] = "加重", "痊愈"
    content = _with_changed_sheet(xlsx_of(rows), lambda text: re.sub(r'r="([A-F]?)74"', r'r="\g<1>73"', text))
    work = Work(tmp_path / "records", tmp_path / "safe")
    work.write("表.xlsx", content)

    run_whole_and_shared(work, key, monkeypatch, 3)

    sheet = zipfile.ZipFile(BytesIO(work.outputs()["表.xlsx"])).read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count('<row r="73"') == 2
    assert "加重" in sheet
    assert "痊愈" in sheet


def _with_changed_sheet(content: bytes, change: Callable[[str], str]) -> bytes:
    old, made = zipfile.ZipFile(BytesIO(content)), BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, change(text) if name == "xl/worksheets/sheet1.xml" else text)
    return made.getvalue()


def test_rows_of_a_sheet_are_left_in_the_journal_as_they_are_written(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(xlsx_of([["姓名"], *([f"欧阳靖{n}"] for n in range(ROWS))]))
    document = formats.read(path, ref="表")
    chunks_by_number = dict(chunks.chunks_of(document))
    sources = {n: row[0].id for n, (_, row) in enumerate(chunks_by_number[2])}

    with closing(Journal(tmp_path / "journal", key=bytes(32))) as journal:
        found = {2: [(sources[4], Edit(0, 5, "甲"), 5)], 3: [(sources[7], Edit(0, 3, "乙"), 3)]}
        for part, strips_of_it in chunks_by_number.items():
            for record in noted_edits("表", part, strips_of_it, found.get(part, ())):
                journal.put(*record[:3], part=record[3])
        stored = StoredEdits(journal, "表")
        sheet, first = sources[0].rpartition("!")[0] + "!", int(sources[0].rpartition("!A")[2])

        assert "<t>甲</t>" in stored.row(sheet, first + 4).decode()
        assert "欧阳靖" in stored.row(sheet, first + 5).decode()
        assert stored.row(sheet, first + 7) is None  # another chunk edits it
        assert stored[sources[7]] == (Edit(0, 3, "乙"),)
        assert stored[sources[4]] == (Edit(0, 5, "甲"),)
        assert set(stored) == {sources[4], sources[7]}


@pytest.mark.parametrize("parts", [1, 3])
def test_of_shared_strings_those_stay_that_some_row_still_has(tmp_path, key, monkeypatch, parts):
    rows = patients(HEAD, ROWS, seed=3, remark=lambda draw, name: draw.choice(("好转", name)))
    work = Work(tmp_path / "records", tmp_path / "safe")
    work.write("表.xlsx", _with_shared_strings(xlsx_of(rows)))
    share_out(monkeypatch, parts)

    done = work.run(key=key)

    assert done.report.complete
    written = work.outputs()["表.xlsx"]
    strings = zipfile.ZipFile(BytesIO(written)).read("xl/sharedStrings.xml").decode()
    assert "<t>好转</t>" in strings
    assert not [row[1] for row in rows[1:] if row[1] in strings]
    assert {row[5] for row in openpyxl.load_workbook(BytesIO(written)).active.values} >= {"备注", "好转"}


def _with_shared_strings(content: bytes) -> bytes:
    """The workbook as Excel writes it, with each text once in a part of its own."""
    strings: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        return f' t="s"><v>{strings.setdefault(match[1], len(strings))}</v></c>'

    old, made = zipfile.ZipFile(BytesIO(content)), BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name in sorted(old.namelist(), reverse=True):  # sheets before what tells of the parts
            text = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                text = re.sub(r' t="inlineStr"><is><t>([^<]*)</t></is></c>', number, text)
            elif name == "xl/_rels/workbook.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
                one = f'<Relationship Id="rIdS" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
                text = text.replace("</Relationships>", one)
            elif name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
                one = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
                text = text.replace("</Types>", one)
            new.writestr(name, text)
        items = "".join(f"<si><t>{text}</t></si>" for text in strings)
        namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{namespace}">{items}</sst>')
    return made.getvalue()


def test_a_file_that_was_being_written_when_a_run_ended_is_not_taken_for_done(large, key, monkeypatch):
    large.run(key=key)
    (large.target / "表.csv").unlink()
    monkeypatch.setattr(writing.Writing, "write_all", _stop_behind(writing.Writing._jobs))

    large.run(key=key)

    with closing(Journal(large.project / "journal.sqlite", key=key.derive("journal"))) as journal:
        states = {name: FileState.from_json(journal.get("file", name)) for name in ("表.csv", "表.xlsx")}
    assert states["表.csv"].written == ""
    assert states["表.xlsx"].written


def _stop_behind(jobs):
    def stop(self, files, outputs):
        jobs(self, files, outputs)
        raise KeyboardInterrupt

    return stop


@pytest.mark.parametrize("is_shared", [False, True])
def test_a_name_that_a_writer_leaves_in_a_table_is_caught(large, key, monkeypatch, is_shared):
    write, join = formats.write, formats.join

    def leave_a_row(document, texts, path):
        rows = "".join(texts).split("\n")
        rows[7] = Path(document.path).read_text().split("\n")[7]
        join(document, ["\n".join(rows)], path)

    def leave_a_name(document, edits, path, **_):
        kept = (
            "7:1" if document.format == "csv" else next(source for source in edits if source.endswith("!B8"))
        )
        write(document, {source: edits[source] for source in edits if source != kept}, path)

    if is_shared:
        share_out(monkeypatch, 2)
    monkeypatch.setattr(formats, "write", leave_a_name)
    monkeypatch.setattr(formats, "join", leave_a_row)
    done = large.run(key=key, known=[])

    assert large.outputs() == {}
    assert "PERSON" in large.document(done, "表.csv").detail
    assert "PERSON" in large.document(done, "表.xlsx").detail
