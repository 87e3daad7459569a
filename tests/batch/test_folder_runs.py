"""Folder in, folder out: what is written, what is not, and what a second run does."""

from __future__ import annotations

import errno
import json
import os
import shutil
from contextlib import nullcontext
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from planted import FILES, KNOWN, NAMES, PLANTED, Work

from deid import formats
from deid.batch import noting, scheduling
from deid.batch.passes import detect_file, write_file
from deid.batch.project import open_project
from deid.batch.walk import walk
from deid.errors import DeidError, KeyFileError, ProjectError
from deid.keys import ProjectKey


def spellings(value):
    return [value.encode(codec) for codec in ("utf-8", "gb18030", "utf-16-le", "unicode-escape")]


def assert_nowhere(folder: Path, values=PLANTED):
    for path in folder.rglob("*"):
        for value in values:
            assert value not in str(path.relative_to(folder))
            if path.is_file():
                content = path.read_bytes()
                assert not any(spelling in content for spelling in spellings(value)), path.name


def test_every_document_is_written_and_no_value_is_left(work):
    done = work.run()

    assert done.report.complete
    assert done.report.states["done"] == len(FILES)
    assert len(work.outputs()) == len(FILES)
    assert_nowhere(work.target)


def test_the_source_is_not_touched(work):
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in work.source.rglob("*")
        if path.is_file()
    }

    work.run()

    assert before == {
        p: (p.read_bytes(), p.stat().st_mtime_ns) for p in work.source.rglob("*") if p.is_file()
    }


def test_time_stamps_are_not_carried_over(work):
    for path in work.source.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))

    work.run()

    assert all(path.stat().st_mtime > 1_600_000_000 for path in work.target.rglob("*"))


def test_nothing_but_the_output_is_in_the_output(work):
    work.run()

    assert all(name.endswith((".txt", ".md", ".csv", ".json")) for name in work.outputs())
    assert sorted(path.name for path in work.project.iterdir()) == [
        "audit.jsonl", "index.xlsx", "journal.sqlite", "key", "lock", "project.json", "record.bin", "report.html", "report.json",
    ]  # fmt: skip


def test_the_project_holds_no_value_and_no_path_in_clear(work):
    work.write("坏.docx", b"PK\3\4 broken")
    work.write("空.txt", b"")

    done = work.run()

    assert_nowhere(work.project, (*PLANTED, "坏.docx", "空.txt", str(work.source)))
    assert not any(value in repr(done) for value in (*PLANTED, str(work.source)))


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_only_the_owner_may_read_the_key(work):
    work.run()

    assert (work.project / "key").stat().st_mode & 0o077 == 0
    assert work.project.stat().st_mode & 0o077 == 0


def test_the_same_value_has_the_same_label_in_every_file_and_name(work):
    work.run()

    outputs = work.outputs()
    table = next(content.decode() for name, content in outputs.items() if name.endswith(".csv")).splitlines()
    first, second = (line.split(",")[0] for line in table[1:])
    assert first != second
    assert any(name.startswith(f"{first}/") for name in outputs)
    assert any(f"{second}_回访.md" in name for name in outputs)
    note = next(content.decode() for name, content in outputs.items() if name.endswith(".txt"))
    assert f"姓名：{first}\n" in note


@pytest.mark.parametrize("workers", [1, 2])
def test_the_result_does_not_depend_on_the_number_of_workers(work, key, workers):
    work.run(key=key)
    alone = work.outputs()
    shutil.rmtree(work.target)
    shutil.rmtree(work.project)

    work.run(key=key, workers=workers)

    assert work.outputs() == alone


@pytest.mark.slow
def test_a_large_file_is_shared_between_workers_and_comes_out_the_same(work, key, monkeypatch):
    rows = "".join(f"欧阳靖宇,1380013{number:04d},\n" for number in range(2500))
    work.write("大表.csv", "姓名,手机号,备注\n" + rows)
    alone = work.run(key=key)
    before = work.outputs()
    shutil.rmtree(work.target)
    shutil.rmtree(work.project)

    monkeypatch.setattr(scheduling, "_SHARE", 10_000)
    shared = work.run(key=key, workers=2)

    assert work.outputs() == before
    assert shared.report.entities == alone.report.entities
    assert work.run(key=key, write=refuse).report.complete


BAD = {
    "加密.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "failed",
        "encrypted",
    ),
    "坏.docx": (b"PK\3\4 this is no package", "failed", "corrupt"),
    "空.txt": (b"", "failed", "empty"),
    "乱码.txt": (bytes(range(128, 256)) * 20, "failed", "encoding"),
    "片.dcm": (bytes(128) + b"DICM....", "unsupported", "unsupported"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_one_line_of_the_report_and_no_file(work, name):
    content, state, reason = BAD[name]
    work.write(name, content)

    done = work.run()

    document = work.document(done, name)
    assert (document.state, document.reason, document.output) == (state, reason, None)
    assert not done.report.complete
    assert done.report.states["done"] == len(FILES)
    assert len(work.outputs()) == len(FILES)


@pytest.mark.parametrize(
    "name", ["~$病历.docx", "Thumbs.db", ".DS_Store", "._病历.txt", "desktop.ini", ".~lock.病历.docx#"]
)
def test_litter_is_listed_and_does_not_make_a_run_incomplete(work, name):
    work.write(name, b"x")

    done = work.run()

    assert work.document(done, name).state == "ignored"
    assert done.report.complete


@pytest.mark.skipif(os.name == "nt", reason="needs a privilege")
def test_links_are_not_followed_and_not_done(work, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "机密.txt").write_text("机密")
    (work.source / "链接").symlink_to(tmp_path / "outside")
    (work.source / "链接.txt").symlink_to(tmp_path / "outside" / "机密.txt")

    done = work.run()

    for name in ("链接", "链接.txt"):
        document = work.document(done, name)
        assert (document.state, document.reason, document.output) == ("failed", "link", None)
    assert not done.report.complete
    assert len(work.outputs()) == len(FILES)


def _as_link(place: Path, behind: Path) -> None:
    """What is behind a link in the output is as the output was."""
    shutil.rmtree(place)
    place.symlink_to(behind)


@pytest.mark.skipif(os.name == "nt", reason="needs a privilege")
@pytest.mark.parametrize(
    "change", [lambda work: None, lambda work: (work.source / "科室/a.txt").write_bytes(b"")]
)
def test_nothing_is_written_or_removed_behind_a_link_in_the_output(work, change):
    work.write("科室/a.txt", "联系电话：13800138000\n")
    work.run()
    behind = work.source.parent / "behind"
    shutil.copytree(work.source / "科室", behind)
    _as_link(work.target / "科室", behind)
    change(work)

    done = work.run()

    assert (behind / "a.txt").read_text() == "联系电话：13800138000\n"
    assert not done.report.complete
    assert work.document(done, "科室/a.txt").state == "failed"


@pytest.mark.skipif(os.name == "nt", reason="needs a privilege")
def test_a_link_in_the_way_of_an_output_is_the_reason(work):
    work.write("科室/内/a.txt", "联系电话：13800138000\n")
    work.run()
    _as_link(work.target / "科室", work.source / "科室")

    done = work.run()

    assert (work.source / "科室/内/a.txt").read_text() == "联系电话：13800138000\n"
    assert (work.document(done, "科室/内/a.txt").reason, done.report.states["done"]) == ("linked", len(FILES))


@pytest.mark.skipif(os.name == "nt", reason="needs a privilege")
def test_a_link_in_the_place_of_an_output_is_replaced(work):
    work.write("a.txt", "联系电话：13800138000\n")
    work.run()
    written = (work.target / "a.txt").read_bytes()
    outside = work.source.parent / "a.txt"
    outside.write_bytes(written)
    (work.target / "a.txt").unlink()
    (work.target / "a.txt").symlink_to(outside)

    done = work.run()

    assert done.report.complete
    assert not (work.target / "a.txt").is_symlink()
    assert (work.target / "a.txt").read_bytes() == outside.read_bytes() == written


def test_names_that_become_one_do_not_overwrite_each_other(work):
    work.write("合并/欧阳靖宇.txt", "一")
    work.write("合并/令狐晚晴.txt", "二")

    done = work.run(policy="mask")

    assert done.report.complete
    assert len(work.outputs()) == len(FILES) + 2
    folded = [name.casefold() for name in work.outputs()]
    assert len(set(folded)) == len(folded)


@pytest.mark.parametrize("name", ["何平/体检.txt", "马丽_1.txt", "陈静.txt", "周敏/合同.txt"])
def test_short_names_are_no_part_of_an_output_path(work, name):
    work.write(name, "血压正常。")

    work.run(known=None)

    assert not any(name[:2] in path for path in work.outputs())


def test_a_phone_flush_with_letters_is_no_part_of_an_output_path(work):
    work.write("rec13910036688/L13910036689.txt", "血压正常")
    work.write("L13910036689a.txt", "血压正常")

    done = work.run()

    assert done.report.complete
    assert not [name for name in work.outputs() if "1391003668" in name]


def test_a_medical_word_in_a_name_cell_is_no_name_in_other_files(work):
    work.write("名单.csv", "姓名,推荐人\n欧阳靖宇,黄芪\n白内障,令狐晚晴\n血糖,欧阳静\n")
    work.write("处方.txt", "空腹血糖5.6，血常规正常，黄芪6克，白内障术后。")

    done = work.run()

    assert done.report.complete
    texts = [content.decode() for name, content in work.outputs().items() if name.endswith((".csv", ".txt"))]
    assert "空腹血糖5.6，血常规正常，黄芪6克，白内障术后。" in texts
    assert not [text for text in texts if "推荐人" in text and "黄芪" in text]


# --- again -----------------------------------------------------------------------------------


def test_words_that_somebody_is_called_are_looked_for_in_no_other_file(work):
    work.write("clients.csv", "first_name,last_name,phone\nKaren,Page,13800138000\nWill,Young,13900139000\n")
    work.write("staff.csv", "姓名,电话\nDimitra Kalas,13700137000\nWarning,13700137001\n".encode())
    work.write("note.txt", "A warning on this page: young trees. Dimitra Kalas read it.\n")

    work.run()

    written = work.outputs()["note.txt"].decode()
    assert written.startswith("A warning on this page: young trees. ")
    assert "Kalas" not in written


def refuse(state, job):
    raise AssertionError("nothing was to be done")


def test_a_name_that_is_a_word_is_the_word_in_other_files(work):
    work.write("病历.txt", "患者姓名：丘陵　男　电话13800138017\n患者姓名：李娜　女\n")
    work.write("科普.txt", "丘陵地带多见此病。\n")

    done = work.run()

    texts = {name: data.decode() for name, data in work.outputs().items() if name.endswith(".txt")}
    assert "丘陵" not in texts["病历.txt"]
    assert texts["科普.txt"].startswith("丘陵地带")
    assert done.report.complete


def test_a_second_run_does_nothing_again(work):
    work.run()
    before = work.outputs()

    done = work.run(write=refuse)

    assert done.report.complete
    assert done.report.found > 0
    assert work.outputs() == before


def test_a_new_file_is_added_and_the_others_keep_their_names(work):
    work.run()
    before = work.outputs()
    work.write("新增.txt", f"电话：{PLANTED[2]}")

    done = work.run()

    assert done.report.complete
    after = work.outputs()
    assert {name: after[name] for name in before} == before
    assert len(after) == len(before) + 1


def test_what_is_proven_today_is_replaced_in_the_output_of_yesterday(work):
    work.write("备忘.txt", "材料见QH20230117，待补。\n")
    first = work.run()
    assert work.document(first, "备忘.txt").found == 0
    work.write("新增.txt", "病案号：QH20230117\n")

    done = work.run()

    assert work.document(done, "备忘.txt").again
    assert not work.document(done, "名单.csv").again
    assert b"QH20230117" not in work.outputs()["备忘.txt"]


def test_a_changed_file_replaces_its_output(work):
    work.run()
    work.write("名单.csv", "姓名,手机号\n令狐晚晴,无\n")

    done = work.run()

    table = next(content.decode() for name, content in work.outputs().items() if name.endswith(".csv"))
    assert table.endswith(",无\n")
    assert len(work.outputs()) == len(FILES)
    assert not work.document(done, "名单.csv").again


def test_an_output_that_was_removed_is_written_again(work):
    work.run()
    before = work.outputs()
    (work.target / "名单.csv").unlink()

    work.run()

    assert work.outputs() == before


def test_an_output_that_was_changed_is_written_again_though_its_size_is_the_same(work):
    work.run()
    first = work.outputs()
    name = next(name for name in first if name.endswith(".csv"))
    (work.target / name).write_bytes(b"?" * len(first[name]))

    done = work.run(resume=True)

    assert done.report.complete
    assert work.outputs() == first


def test_an_output_is_withdrawn_when_its_source_can_no_longer_be_read(work):
    work.run()
    work.write("名单.csv", b"")

    done = work.run()

    assert work.document(done, "名单.csv").state == "failed"
    assert "名单.csv" not in work.outputs()


def test_an_output_that_cannot_be_removed_stays_in_the_report(work):
    work.run()
    output = work.target / "名单.csv"
    output.unlink()
    (output / "held").mkdir(parents=True)  # as a file that another program holds open
    work.write("名单.csv", b"")

    done = work.run()

    assert work.document(done, "名单.csv").state == "failed"
    assert work.document(done, "名单.csv").output == "名单.csv"


def test_the_output_of_a_source_that_is_gone_is_removed_and_its_place_is_free(work):
    work.write("旧/备忘.txt", "联系电话：13800138000\n")
    first = work.run(policy="mask")
    (work.source / "旧/备忘.txt").unlink()

    done = work.run()

    assert not any("旧" in name for name in work.outputs())
    document = next(d for d in done.report.documents if d.number == work.number(first, "旧/备忘.txt"))
    assert (document.state, document.reason, document.output) == ("ignored", "gone", None)
    assert done.report.complete
    work.write("旧/备忘.txt", "联系电话：13912345678\n")
    assert work.run().report.complete
    assert "旧/备忘.txt" in work.outputs()


def test_an_output_that_was_changed_stays_when_its_source_is_gone_and_is_listed(work):
    work.run()
    (work.source / "名单.csv").unlink()
    (work.target / "名单.csv").write_text("姓名\n改过\n")

    for _ in range(2):
        done = work.run()

        listed = next(d for d in done.report.documents if d.output == "名单.csv")
        assert (listed.state, listed.reason) == ("failed", "stale")
        assert (done.report.complete, done.report.foreign) == (False, 0)
    (work.target / "名单.csv").unlink()
    assert work.run().report.complete


@pytest.mark.skipif(os.name == "nt", reason="needs a privilege")
def test_the_output_of_a_source_that_is_a_link_by_now_is_removed(work, tmp_path):
    work.run()
    (work.source / "名单.csv").rename(tmp_path / "名单.csv")
    (work.source / "名单.csv").symlink_to(tmp_path / "名单.csv")

    done = work.run()

    assert work.document(done, "名单.csv").reason == "link"
    assert "名单.csv" not in work.outputs()


def test_a_run_that_is_stopped_removes_no_output(work):
    work.run()
    before = work.outputs()
    (work.source / "名单.csv").unlink()
    work.write("新.txt", "无")

    def stop(state, job):
        raise KeyboardInterrupt

    done = work.run(detect=stop)

    assert done.report.stopped == "interrupted"
    assert work.outputs() == before


@pytest.mark.parametrize("name", ["令狐晚晴.txt", "欧阳靖宇/x.txt"])
def test_files_in_the_output_that_no_run_wrote_are_counted_and_not_named(work, name):
    work.run()
    path = work.target / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("令狐晚晴")
    (work.target / "Thumbs.db").write_text("")

    done = work.run()

    assert (done.report.complete, done.report.foreign, done.foreign) == (False, 1, (str(Path(name)),))
    assert path.read_text() == "令狐晚晴"
    assert_nowhere(work.project)
    assert not any(value in repr(done) for value in PLANTED)


def test_a_source_that_is_gone_is_reported_and_its_number_is_not_given_again(work):
    first = work.run()
    number = work.number(first, "名单.csv")
    (work.source / "名单.csv").unlink()
    work.write("另一份.txt", "无")

    done = work.run()

    gone = next(document for document in done.report.documents if document.number == number)
    assert (gone.state, gone.reason) == ("ignored", "gone")
    assert work.number(done, "另一份.txt") > max(first.sources)


def test_other_settings_redo_everything(work):
    work.run()
    before = work.outputs()

    done = work.run(policy="mask")

    assert done.report.complete
    assert not set(before.values()) & set(work.outputs().values())
    assert len(work.outputs()) == len(FILES)
    assert_nowhere(work.target, NAMES)


# --- what goes wrong -------------------------------------------------------------------------


def crash_on_list(state, job):
    if job.source == "名单.csv":
        os._exit(9)
    return detect_file(state, job)


def crash_on_list_in_pass_two(state, job):
    if job.source == "名单.csv":
        Path(job.temporary).write_text("half")
        os._exit(9)
    return write_file(state, job)


@pytest.mark.parametrize(
    ("options", "again"),
    [
        pytest.param({"detect": crash_on_list}, {"resume": True}, marks=pytest.mark.slow),
        pytest.param({"write": crash_on_list_in_pass_two}, {"only_failed": True}, marks=pytest.mark.slow),
        pytest.param({"write": crash_on_list_in_pass_two}, {}, marks=pytest.mark.slow),
    ],
    ids=["pass 1, resume", "pass 2, only failed", "pass 2, plain"],
)
def test_a_lost_worker_costs_one_file_and_the_next_run_finishes_it(work, key, options, again):
    done = work.run(key=key, workers=2, **options)

    document = work.document(done, "名单.csv")
    assert (document.state, document.reason) == ("failed", "crash")
    assert done.report.states["done"] == len(FILES) - 1
    assert len(work.outputs()) == len(FILES) - 1

    done = work.run(key=key, **again)

    assert done.report.complete
    assert len(work.outputs()) == len(FILES)
    assert_nowhere(work.target)


def full_disk_in_pass_1(state, job):
    if job.source == "名单.csv":
        raise OSError(28, "No space left on device", job.path)
    return detect_file(state, job)


def full_disk_in_pass_2(state, job):
    if job.source == "名单.csv":
        Path(job.temporary).write_text("half")
        raise OSError(28, "No space left on device", job.temporary)
    return write_file(state, job)


@pytest.mark.parametrize(
    "passes", [{"detect": full_disk_in_pass_1}, {"write": full_disk_in_pass_2}], ids=["1", "2"]
)
def test_a_full_disk_stops_the_run_leaves_nothing_behind_and_can_be_resumed(work, passes):
    done = work.run(**passes)

    assert work.document(done, "名单.csv").reason == "disk"
    assert done.report.stopped == "disk"
    assert not done.report.complete
    assert not any(name.startswith(".") or name == "名单.csv" for name in work.outputs())

    done = work.run(resume=True)

    assert done.report.complete
    assert len(work.outputs()) == len(FILES)


@pytest.mark.parametrize("stage", ["detect", "write"])
def test_a_run_that_is_stopped_says_so_and_can_be_resumed(work, stage):
    def stop(progress):
        if progress.stage == stage and progress.done == 2:
            raise KeyboardInterrupt

    done = work.run(watch=stop)

    assert done.report.stopped == "interrupted"
    assert not any(name.startswith(".") for name in work.outputs())

    done = work.run(resume=True)

    assert done.report.complete
    assert len(work.outputs()) == len(FILES)


@pytest.mark.parametrize("options", [{"resume": True}, {}], ids=["resume", "plain"])
def test_a_run_that_is_stopped_early_reports_what_stands_from_the_last_one(work, options):
    work.run()
    work.write("名单.csv", "姓名\n上官婉清\n")

    def stop(progress):
        if progress.stage == "detect" and progress.done == len(FILES):
            raise KeyboardInterrupt

    done = work.run(watch=stop, **options)

    assert done.report.stopped == "interrupted"
    assert not done.report.complete
    assert done.report.states["done"] == len(FILES) - 1
    assert work.document(done, "名单.csv").state == "pending"


def test_a_run_with_other_settings_that_is_stopped_early_has_written_nothing(work):
    work.run()

    def stop(progress):
        raise KeyboardInterrupt

    done = work.run(watch=stop, known=KNOWN[:1])

    assert done.report.states["done"] == 0


def test_what_a_stopped_run_was_to_write_anew_does_not_stand_when_the_next_one_is_stopped_too(work):
    work.run()

    def stop(progress):
        raise KeyboardInterrupt

    work.run(watch=stop, policy="mask")
    done = work.run(watch=stop, policy="mask", resume=True)

    assert done.report.states["done"] == 0


def test_lists_that_come_back_after_a_run_with_others_was_stopped_are_detected_with_again(work):
    work.run()
    before = work.outputs()

    def stop(progress):
        raise KeyboardInterrupt

    work.run(watch=stop, known=[("PERSON", "清")])  # one character: one cannot tell where that counts
    done = work.run()

    assert done.report.complete
    assert work.outputs() == before


def change_after_reading(state, job):
    found = detect_file(state, job)
    if job.source == "名单.csv":
        Path(job.path).write_text("姓名\n上官婉清\n", "utf-8")
    return found


def test_a_file_that_changes_between_the_passes_is_not_written(work):
    done = work.run(detect=change_after_reading)

    assert work.document(done, "名单.csv").reason == "changed"
    assert "名单.csv" not in work.outputs()


def test_an_output_that_fails_its_check_is_withheld(work, monkeypatch):
    def forget(document, edits, path):
        shutil.copyfile(document.path, path)

    monkeypatch.setattr(formats, "write", forget)
    done = work.run()

    assert work.outputs() == {}
    assert done.report.states["withheld"] == len(FILES)
    assert "PERSON" in work.document(done, "名单.csv").detail


def test_a_writer_that_forgets_one_place_is_caught(work, monkeypatch):
    write = formats.write

    def forget_last(document, edits, path):
        write(document, {source: made[:-1] for source, made in edits.items()}, path)

    monkeypatch.setattr(formats, "write", forget_last)
    done = work.run()

    assert work.outputs() == {}
    assert done.report.states["withheld"] == len(FILES)


def test_what_office_writes_by_itself_withholds_no_file(work):
    document = docx.Document()
    document.add_paragraph("姓名：欧阳靖宇")
    document.core_properties.author = "Microsoft Macintosh Word"
    document.save(str(work.source / "病历.docx"))
    schema = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    work.write("网址.txt", f"参见 {schema}\n联系人：Shruti\n")

    done = work.run(
        known=[*KNOWN, ("PERSON", "Microsoft Macintosh Word"), ("PERSON", "Shruti"), ("URL", schema)]
    )

    assert work.document(done, "病历.docx").state == "done"
    assert work.document(done, "网址.txt").state == "done"


@pytest.mark.parametrize(
    "name",
    ["病历_3月", "2024年3月", "3月份/随访", "回访_2024Q1", "理赔_2024年", "2024年3月5日/血糖_2024-03-05"],
)
def test_a_date_in_a_name_that_stays_as_it_is_withholds_no_file(work, name):
    (work.source / name).parent.mkdir(exist_ok=True)
    work.write(f"{name}.txt", "患者欧阳靖宇，2024年3月5日复诊。")

    done = work.run()

    assert work.document(done, f"{name}.txt").state == "done"
    assert not any("3月5日" in output or "03-05" in output for output in work.outputs())


def test_a_town_in_a_name_to_which_its_province_is_added_withholds_no_file(work):
    work.write("回访_沈阳.txt", "患者欧阳靖宇，在沈阳医学院附属中心医院换药。")

    done = work.run()

    assert work.document(done, "回访_沈阳.txt").state == "done"
    assert "回访_辽宁省沈阳市.txt" in work.outputs()


def test_people_called_like_keywords_withhold_no_file(work):
    document = docx.Document()
    document.add_paragraph("姓名：欧阳靖宇", style="List Bullet").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_table(2, 2, style="Light Grid Accent 1")
    document.save(str(work.source / "病历.docx"))
    book = openpyxl.Workbook()
    book.active["A1"] = "联系人：Center"
    book.active["A1"].alignment = openpyxl.styles.Alignment("center")
    book.save(work.source / "表.xlsx")
    words = (
        "Office Center Single Window Accent Light Theme Styles Document Microsoft General Default Normal Title Major "
        "Minor Calibri Table Preserve Solid Paragraph Character Numbering Settings Worksheet Sheet Portrait Header Footer"
    )

    done = work.run(known=[*KNOWN, *(("PERSON", word) for word in words.split())])

    assert work.document(done, "病历.docx").state == "done"
    assert work.document(done, "表.xlsx").state == "done"
    assert not any("联系人：Center" in text for text in formats.text_of(work.target / "表.xlsx"))


def test_a_keyword_that_a_writer_forgets_is_caught(work, monkeypatch):
    document = docx.Document()
    document.add_paragraph("联系人：Center")
    document.save(str(work.source / "病历.docx"))
    monkeypatch.setattr(formats, "write", lambda document, edits, path: shutil.copyfile(document.path, path))

    done = work.run(known=[("PERSON", "Center")])

    assert work.document(done, "病历.docx").state == "withheld"


def test_an_error_in_detection_fails_the_file(work, monkeypatch):
    blocks = noting.rows_of

    def fail(deidentifier, block, entities):
        if "令狐晚晴" in block.text:
            raise ValueError(f"cannot read {block.text}")
        return blocks(deidentifier, block, entities)

    monkeypatch.setattr(noting, "rows_of", fail)
    done = work.run()

    document = work.document(done, "导出.json")
    assert (document.state, document.reason) == ("failed", "system")
    assert not any(value in done.report.to_json() for value in PLANTED)


# --- what cannot start -----------------------------------------------------------------------


def test_a_full_output_folder_without_its_project_is_refused(work):
    work.target.mkdir()
    (work.target / "alt.txt").write_text("x")

    with pytest.raises(ProjectError, match="not empty"):
        work.run()


@pytest.mark.parametrize(
    ("target", "project"),
    [
        ("records", None),
        ("records/safe", None),
        (".", None),
        ("safe", "records/p"),
        ("safe", "safe/p"),
        ("p/safe", "p"),
    ],
)
def test_folders_inside_each_other_are_refused(work, target, project):
    work.target = work.source.parent / target
    options = {"project": work.source.parent / project} if project else {}

    with pytest.raises(ProjectError) as caught:
        work.run(**options)

    assert str(work.source) not in caught.value.message


def test_resume_needs_a_project_and_the_same_settings(work):
    with pytest.raises(ProjectError, match="no project"):
        work.run(resume=True)
    work.run()
    with pytest.raises(ProjectError, match="settings"):
        work.run(resume=True, known=KNOWN[:1])
    with pytest.raises(ProjectError, match="settings"):
        work.run(only_failed=True, policy="mask")


def test_a_run_that_was_killed_before_it_noted_anything_goes_on(work):
    work.run()
    shutil.rmtree(work.target)
    (work.project / "record.bin").unlink()

    assert work.run(resume=True).report.complete


@pytest.mark.parametrize(("number", "reason"), [(errno.EACCES, "permission"), (errno.ENAMETOOLONG, "long")])
def test_a_file_that_the_system_tells_nothing_of_has_its_reason(work, monkeypatch, number, reason):
    class Entry:
        name = "a.txt"

        def stat(self, **options):
            raise OSError(number, "refused")

    monkeypatch.setattr(os, "scandir", lambda folder: nullcontext([Entry()]))

    (found,) = walk(work.source, key=bytes(32), numbers={})

    assert (found.source, found.ignored, found.missed) == ("a.txt", reason, True)


def test_only_failed_leaves_new_files_alone(work):
    work.run()
    work.write("新增.txt", "无")

    done = work.run(only_failed=True)

    document = work.document(done, "新增.txt")
    assert (document.state, document.reason) == ("pending", "new")
    assert len(work.outputs()) == len(FILES)


def test_a_project_has_one_key(work, key):
    work.run(key=key)

    assert not (work.project / "key").exists()
    with pytest.raises(KeyFileError, match="key file of its own"):
        work.run()
    with pytest.raises(KeyFileError, match="not the key"):
        work.run(key=ProjectKey.generate())
    assert work.run(key=key, write=refuse).report.complete


def test_a_key_inside_the_output_is_refused(work, key):
    work.target.mkdir()
    key.save(work.target / "key")

    with pytest.raises(ProjectError, match="inside the output"):
        work.run(key=work.target / "key", project=work.source.parent / "p")


def test_a_project_has_one_output(work, tmp_path):
    work.run()
    project, work.target = work.project, tmp_path / "other"

    with pytest.raises(ProjectError, match="another output"):
        work.run(project=project)


def test_two_runs_do_not_share_a_project(work):
    def again(progress):
        with pytest.raises(ProjectError, match="another run"):
            work.run()

    assert work.run(watch=again).report.complete


def test_two_projects_do_not_write_into_one_folder(work, tmp_path, key):
    def another(progress):
        with pytest.raises(ProjectError, match="output folder"):
            work.run(project=tmp_path / "another", key=key)

    assert work.run(watch=another).report.complete
    with pytest.raises(ProjectError, match="not empty"):  # begun, it has written nothing there
        work.run(project=tmp_path / "another", key=key)
    assert len(work.outputs()) == len(FILES)


def test_a_second_project_that_was_begun_while_the_folder_was_empty_is_refused(work, tmp_path, monkeypatch):
    monkeypatch.setattr("deid.batch.run.open_project", _open_when_another_has_written(work, tmp_path))

    with pytest.raises(ProjectError, match="not empty"):
        work.run()


def _open_when_another_has_written(work, tmp_path):
    def begin(folder, **options):
        opened = open_project(folder, **options)
        (work.target / "〔姓名1〕.txt").parent.mkdir()
        (work.target / "〔姓名1〕.txt").write_text("x")
        return opened

    return begin


@pytest.mark.parametrize("name", ["journal.sqlite", "audit.jsonl", "lock"])
def test_a_project_that_cannot_be_written_is_told_before_anything_is_read(work, name):
    work.run()
    (work.project / name).unlink()
    (work.project / name).mkdir()

    with pytest.raises(ProjectError, match="project folder cannot be written"):
        work.run(detect=refuse)


def test_a_project_without_permission_is_told_before_anything_is_read(work, monkeypatch):
    work.run()
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "journal.sqlite")

    with pytest.raises(ProjectError, match="project folder cannot be written"):
        work.run(detect=refuse)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("report.json", {"report.html", "index.xlsx"}),
        ("audit.jsonl", {"report.json", "report.html", "index.xlsx"}),
    ],
)
def test_a_project_that_can_no_longer_be_written_ends_the_run_with_the_report_that_can(work, name, written):
    def block(progress):
        if not (work.project / name).is_dir():
            (work.project / name).unlink(missing_ok=True)
            (work.project / name).mkdir()

    done = work.run(watch=block)

    assert (done.report.stopped, done.report.complete) == ("project", False)
    assert len(work.outputs()) == len(FILES)
    assert written <= {path.name for path in work.project.iterdir() if path.is_file()}


# --- what is handed over ---------------------------------------------------------------------


def test_the_reports_agree_and_hold_counts_only(work):
    work.write("空.txt", b"")
    done = work.run()

    content = json.loads((work.project / "report.json").read_text("utf-8"))
    assert content["files"]["done"] == len(FILES)
    assert content["status"] == "pseudonymous"
    assert content["entities"]["PERSON"]["count"] == sum(
        d["entities"].get("PERSON", 0) for d in content["documents"]
    )
    book = openpyxl.load_workbook(work.project / "index.xlsx")
    listed = {row[0]: row[1:4] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert len(listed) == len(FILES) + 1
    for document in done.report.documents:
        assert listed[document.ref][0] == document.output
    page = (work.project / "report.html").read_text("utf-8")
    assert "去标识化" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_the_audit_log_only_grows(work):
    work.run()
    first = (work.project / "audit.jsonl").read_text("utf-8")
    work.run()

    log = (work.project / "audit.jsonl").read_text("utf-8")
    assert log.startswith(first)
    assert [json.loads(line)["event"] for line in log.splitlines()] == ["run started", "run ended"] * 2


def test_errors_name_no_path(work):
    for provoke in (
        {"known": work.source / "缺.csv"},
        {"key": work.source / "缺.key"},
        {"policy": str(work.source / "缺.yaml")},
    ):
        with pytest.raises(DeidError) as caught:
            work.run(**provoke)
        assert str(work.source) not in caught.value.message + caught.value.hint


def test_an_output_folder_without_permission_is_told_before_anything_is_read(work, monkeypatch):
    work.target.mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != work.target)

    with pytest.raises(ProjectError, match="cannot be written"):
        work.run(detect=refuse)


def test_known_values_over_neighbouring_cells_and_strings_are_replaced(work):
    shutil.rmtree(work.source)
    work.write("a.csv", "科别,甲,乙\n外科,欧阳,靖宇\n内科,令狐,晚晴\n")
    work.write("b.json", '{"list": ["欧阳", "靖宇", "MR70", "001234"]}')
    work.write("c.md", "| 甲 | 乙 |\n|---|---|\n| 令狐 | 晚晴 |\n")

    done = work.run(known=[*KNOWN, ("CN_MEDICAL_RECORD_NUMBER", "MR70001234")])

    assert done.report.complete
    left = b"".join(work.outputs().values()).decode()
    assert not any(piece in left for piece in ("欧阳", "靖宇", "令狐", "晚晴", "MR70", "001234"))
    assert "外科" in left


def test_known_numbers_of_few_digits_are_not_put_together_from_cells(work):
    shutil.rmtree(work.source)
    work.write("a.csv", "科别,甲,乙\n外科,7000,123\n")

    work.run(known=[("CN_MEDICAL_RECORD_NUMBER", "7000123")])

    assert "7000,123" in work.outputs()["a.csv"].decode()


def test_escaped_names_are_replaced_in_texts_cells_strings_and_links(work):
    shutil.rmtree(work.source)
    percent, html, code = (
        "%E6%AC%A7%E9%98%B3%E9%9D%96%E5%AE%87",
        "&#27431;&#38451;&#38742;&#23431;",
        r"\u6b27\u9633\u9756\u5b87",
    )
    work.write("a.txt", f"见 https://a.cn/u?n={percent}&t=1\n{percent} {html} {code}\n")
    work.write("b.csv", f"甲,乙,丙\n{percent},{html},{code}\n")
    work.write("c.json", json.dumps({"甲": percent, "乙": html, "丙": code}))
    book = openpyxl.Workbook()
    book.active.append([percent, html, code, f'=HYPERLINK("https://a.cn/{percent}")'])
    book.save(work.source / "d.xlsx")

    done = work.run()

    assert done.report.complete
    left = b"".join(work.outputs().values()).decode("utf-8", "ignore")
    assert not any(written in left for written in (percent, html, code))


def test_paragraphs_of_a_word_cell_hold_no_name_together(work):
    shutil.rmtree(work.source)
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "国王令狐"
    cell.add_paragraph("晚晴天气")
    work.source.mkdir()
    document.save(str(work.source / "a.docx"))

    assert work.run().report.complete


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("expected-john-doe.txt", "undefined John Doe", "john-doe"),
        ("john-doe/1.txt", "undefined John Doe", "john-doe"),
        ("138_1234_5678.txt", "电话：13812345678", "138_1234_5678"),
        ("110105_19491231_002X_CT.txt", "身份证号：11010519491231002X", "002X"),
        ("ruolan-ouyang.txt", "姓名：欧阳若兰\n", "ruolan"),
        ("Ruolan, Ouyang.txt", "姓名：欧阳若兰\n", "Ruolan"),
    ],
)
def test_what_is_found_in_a_file_does_not_stand_in_its_name(tmp_path, name, text, value):
    work = Work(tmp_path / "records", tmp_path / "safe")
    work.write(name, text)

    done = work.run()

    assert done.report.complete
    assert not any(value in output for output in work.outputs())
