"""A project on its second day: who keeps what, and which files are touched."""

from __future__ import annotations

import re
from functools import partial

import pytest
from planted import Work, csv_of

from deid import Deidentifier
from deid.batch import run
from deid.batch.passes import detect_file, write_file
from deid.pages import Pages


@pytest.fixture
def day(tmp_path) -> Work:
    work = Work(tmp_path / "records", tmp_path / "safe")
    work.write("甲.txt", "姓名：欧阳靖宇\n电话：13800138000\n欧阳先生诉头痛。\n")
    work.write("乙.txt", "今日令狐晚晴 与院方沟通，情绪平稳。\n")
    work.write("丙.txt", "血压平稳，继续观察。\n")
    return work


class Watched:
    """Runs, and which files each pass looked into."""

    def __init__(self, work: Work, key) -> None:
        self.work, self.key = work, key
        self.detected: list[int] = []
        self.written: list[int] = []

    def run(self, **options):
        self.detected, self.written = [], []

        def detect(bench, job):
            self.detected.append(job.number)
            return detect_file(bench, job)

        def write(bench, job):
            done = write_file(bench, job)
            if done is not None:
                self.written.append(job.number)
            return done

        done = self.work.run(key=self.key, known=None, detect=detect, write=write, **options)
        return {name: done.report and self.work.number(done, name) for name in done.sources.values()}, done

    def text(self, done, name: str) -> str:
        return (self.work.target / self.work.document(done, name).output).read_text("utf-8")


def label(text: str) -> str:
    return re.search(r"〔姓名\d+〕", text)[0]


def test_only_files_in_which_a_new_name_stands_are_written_again(day, key):
    watched = Watched(day, key)
    numbers, first = watched.run()
    before = day.outputs()
    day.write("丁.txt", "患者姓名：令狐晚晴\n电话：13912345678\n")

    numbers, second = watched.run()

    assert "令狐晚晴" not in watched.text(second, "乙.txt")
    assert label(watched.text(second, "丁.txt")) == label(watched.text(second, "乙.txt"))
    assert set(watched.written) <= {numbers["乙.txt"], numbers["丁.txt"]}
    assert label(watched.text(second, "甲.txt")) == label(watched.text(first, "甲.txt"))
    after = day.outputs()
    assert sum(after.get(name) != content for name, content in before.items()) <= 1


def test_a_corrected_value_redoes_only_the_files_that_hold_it(day, key):
    watched = Watched(day, key)
    numbers, _ = watched.run()

    _, done = watched.run(keep=[("PHONE_NUMBER", "138 0013 8000")])

    assert watched.written == [numbers["甲.txt"]]
    assert "13800138000" in watched.text(done, "甲.txt")
    assert [d.number for d in done.report.documents if d.again] == [numbers["甲.txt"]]


def test_a_value_taken_from_the_list_redoes_its_files_too(day, key):
    watched = Watched(day, key)
    numbers, first = watched.run(keep=["血压平稳", "13800138000"])
    assert "13800138000" in watched.text(first, "甲.txt")

    _, done = watched.run(keep=["血压平稳"])

    assert watched.written == [numbers["甲.txt"]]
    assert "13800138000" not in watched.text(done, "甲.txt")


def test_a_number_is_not_given_again_when_its_person_is_gone(day, key):
    watched = Watched(day, key)
    _, first = watched.run()
    old = label(watched.text(first, "甲.txt"))
    (day.source / "甲.txt").unlink()
    day.write("戊.txt", "姓名：诸葛明远\n电话：13712345678\n")

    _, second = watched.run()
    assert label(watched.text(second, "戊.txt")) != old
    day.write("己.txt", "姓名：欧阳靖宇\n电话：13800138000\n")
    _, third = watched.run()

    assert label(watched.text(third, "己.txt")) == old


def test_a_second_person_of_a_name_gets_another_stand_in_and_the_first_keeps_the_old(day, key):
    watched = Watched(day, key)
    day.write("甲.txt", "姓名：欧阳靖宇\n身份证号：11010519491231002X\n")
    _, first = watched.run()
    day.write("庚.txt", "姓名：欧阳靖宇\n身份证号：440305198001010013\n")

    _, second = watched.run()

    assert label(watched.text(second, "甲.txt")) == label(watched.text(first, "甲.txt"))
    assert label(watched.text(second, "庚.txt")) != label(watched.text(second, "甲.txt"))


def test_files_that_are_unchanged_load_nothing(day, key, monkeypatch):
    loaded: list[int] = []
    start = Deidentifier.start_loading
    monkeypatch.setattr(Deidentifier, "start_loading", lambda self: loaded.append(1) or start(self))
    watched = Watched(day, key)
    watched.run()
    first = len(loaded)

    watched.run()

    assert (first, len(loaded)) == (3, 3)
    assert len(watched.detected) == 3


@pytest.mark.slow
def test_a_record_that_is_larger_than_memory_may_hold_is_there_for_the_workers(tmp_path, key, monkeypatch):
    monkeypatch.setattr(run, "Pages", partial(Pages, kept=0))
    work = Work(tmp_path / "records", tmp_path / "safe")
    names = [first + one + two for first in "王李张刘陈" for one in "建秀桂志丽国" for two in "国英兰强华明"]
    rows = [["姓名", "手机"], *([name, f"1380013{at:04}"] for at, name in enumerate(names))]
    work.write("表.csv", csv_of(rows))
    work.run(key=key, workers=1)
    work.write("甲.txt", "患者王建国，手机13800138000。\n")

    done = work.run(key=key, workers=1)

    assert work.document(done, "甲.txt").state == "done"
    assert not [path for path in done.project.iterdir() if path.name.startswith("pages-")]
