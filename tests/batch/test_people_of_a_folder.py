"""Forty people in two hundred records of six formats: one stand-in each, whatever the order, the workers, the day."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from cast40 import Mention, Record, people, records, stand_ins, write

from deid.batch.run import FolderRun, run_folder
from deid.keys import ProjectKey
from deid.policy import Policy

CAST = people()
CODES = Policy.parse(
    {"schema": 1, "name": "codes", "title": "代码", "default": "label", "operators": {"PERSON": "pseudonym"}}
)


def make(folder: Path, made: Sequence[Record]) -> Path:
    for record in made:
        write(record, folder)
    return folder


def outputs(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def seen(made: Sequence[Record], done: FolderRun, target: Path) -> dict[int, Counter[str | None]]:
    """Person → what stands for them where the text makes clear that they are meant."""
    places = {done.sources[document.number]: document.output for document in done.report.documents}
    found: dict[int, Counter[str | None]] = defaultdict(Counter)
    for record in made:
        for mention, stand_in in stand_ins(record, target / str(places[record.path])):
            if mention.clear:
                found[mention.person][stand_in] += 1
    return found


def assert_one_stand_in_each(found: Mapping[int, Counter[str | None]]) -> None:
    usual = {person: counts.most_common(1)[0] for person, counts in found.items()}
    total = sum(counts.total() for counts in found.values())
    assert sum(count for _, count in usual.values()) >= 0.98 * total
    owners: dict[str | None, set[int]] = defaultdict(set)
    for person, counts in found.items():
        for stand_in in counts:
            owners[stand_in].add(person)
    assert not {stand_in: who for stand_in, who in owners.items() if stand_in and len(who) > 1}


def test_every_person_has_one_stand_in_in_all_formats(tmp_path, key):
    made = records(CAST, 24)
    source = make(tmp_path / "in", made)

    done = run_folder(source, tmp_path / "out", key=key, workers=0)

    assert done.report.complete
    assert_one_stand_in_each(seen(made, done, tmp_path / "out"))


@pytest.mark.slow
def test_two_hundred_records_of_forty_people(tmp_path, key):
    made = records(CAST, 200)
    source = make(tmp_path / "in", made)

    done = run_folder(source, tmp_path / "out", key=key, workers=0)

    assert done.report.complete
    found = seen(made, done, tmp_path / "out")
    assert len(found) == 40
    assert_one_stand_in_each(found)


@pytest.mark.slow
def test_order_workers_and_process_do_not_count(tmp_path, key):
    made = records(CAST, 48)
    first = make(tmp_path / "in", made)
    second = make(tmp_path / "other" / "in", made[::-1])
    run_folder(first, tmp_path / "out", key=key, workers=0)
    expected = outputs(tmp_path / "out")

    run_folder(second, tmp_path / "reversed", key=key, workers=0)
    run_folder(first, tmp_path / "two", key=key, workers=2)
    key.save(tmp_path / "key")
    command = [
        sys.executable,
        "-m",
        "deid",
        "run",
        str(first),
        str(tmp_path / "process"),
        "--key",
        str(tmp_path / "key"),
    ]
    subprocess.run([*command, "--workers", "1"], check=True, capture_output=True)

    for name in ("reversed", "two", "process"):
        assert outputs(tmp_path / name) == expected


@pytest.mark.slow
def test_another_key_shares_no_stand_in(tmp_path, key):
    made = records(CAST, 48)
    source = make(tmp_path / "in", made)

    shown = []
    for name, used in (("one", key), ("two", ProjectKey(bytes(32)))):
        done = run_folder(source, tmp_path / name, key=used, policy=CODES, workers=0)
        counted = seen(made, done, tmp_path / name).values()
        # a given name read as a place (正阳) has a label, and labels count in every run from 1
        shown.append({s for counts in counted for s in counts if s and not s.startswith("〔")})

    assert shown[0]
    assert not shown[0] & shown[1]


@pytest.mark.slow
def test_two_hundred_more_on_the_second_day(tmp_path, key):
    day_one = records(CAST[:30], 200, folder="一/")
    newcomers = records(CAST, 200, seed=12, folder="二/")
    source = make(tmp_path / "in", day_one)
    note = Record("一/便条.txt", [["今日", Mention("诸葛明远", 99), " 与院方沟通，情绪平稳。"]])
    write(note, source)
    target = tmp_path / "out"
    first = run_folder(source, target, key=key, workers=0)
    before = seen(day_one, first, target)
    make(source, newcomers)
    write(Record("二/登记.txt", [["患者姓名：", Mention("诸葛明远", 99)]]), source)

    second = run_folder(source, target, key=key, workers=0)

    after = seen(day_one, second, target)
    assert {p: c.most_common(1)[0][0] for p, c in before.items()} == {
        p: c.most_common(1)[0][0] for p, c in after.items()
    }
    assert_one_stand_in_each(seen([*day_one, *newcomers], second, target))
    assert not any("诸葛明远".encode() in content for content in outputs(target).values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("回访：曲阳，电话15549547007，满意度高。", "回访：★，电话☎，满意度高。"),
        ("患者之弟曲阳到场，已告知风险。", "患者之弟★到场，已告知风险。"),
        ("次日转往曲阳县医院，在曲阳住了三天。", None),
    ],
)
def test_a_name_that_is_a_place_too_goes_where_a_person_is_meant(tmp_path, key, text, expected):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text("姓名,电话\n曲阳,15549547007\n林秋水,13900139001\n", "utf-8")
    (tmp_path / "in" / "b.txt").write_text(f"{text}\n", "utf-8")

    run_folder(tmp_path / "in", tmp_path / "out", key=key, workers=0)

    done = (tmp_path / "out" / "b.txt").read_text("utf-8").strip()
    if expected is None:
        assert "姓名" not in done
    else:
        assert re.sub(r"〔姓名[0-9]+〕", "★", re.sub(r"〔电话[0-9]+〕", "☎", done)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "4月8日安宁误将出院记录发送至高兴（17302860551）微信。高兴已删除。",
            "4月8日★误将出院记录发送至★（☎）微信。★已删除。",
        ),
        ("3.安宁扣发当月绩效，高兴称已说明。", "3.★扣发当月绩效，★称已说明。"),
        (
            "患者心情安宁，家属很高兴。保持安宁，高兴地出院了，高兴。",
            "患者心情安宁，家属很高兴。保持安宁，高兴地出院了，高兴。",
        ),
    ],
)
def test_a_name_that_is_a_word_goes_where_a_person_is_meant(tmp_path, key, text, expected):
    (tmp_path / "in").mkdir()
    staff = "姓名,部门,电话\n安宁,客服,13900139001\n高兴,会员,17302860551\n"
    (tmp_path / "in" / "a.csv").write_text(staff, "utf-8")
    (tmp_path / "in" / "b.txt").write_text(f"经办：安宁\n{text}\n", "utf-8")

    run_folder(tmp_path / "in", tmp_path / "out", key=key, workers=0)

    done = (tmp_path / "out" / "b.txt").read_text("utf-8").splitlines()[1]
    done = re.sub(r"〔姓名[0-9]+〕", "★", re.sub(r"〔电话[0-9]+〕", "☎", done)).replace("4月〔", "4月8日〔")
    assert done.replace("4月★", "4月8日★") == expected


def test_who_is_certain_in_one_file_is_found_in_pinyin_in_another(tmp_path, key):
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.txt").write_text("姓名：王晓明，男\n姓名：唐玲，女\n姓名：郑健，男\n", "utf-8")
    (source / "b.txt").write_text(
        "owner: wangxiaoming\n/home/WangXiaoming/x\nxwangxiaoming, wangxiaomings, tangling, zhengjian",
        "utf-8",
    )

    run_folder(source, target, key=key, workers=0, policy=CODES)

    known = (target / "a.txt").read_text("utf-8").partition("，")[0].removeprefix("姓名：")
    assert (target / "b.txt").read_text("utf-8").splitlines() == [
        f"owner: {known}",
        f"/home/{known}/x",
        "xwangxiaoming, wangxiaomings, tangling, zhengjian",
    ]


def test_what_people_call_somebody_is_looked_for_in_all_files_and_no_trade_is(tmp_path, key):
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.txt").write_text("涛哥说明天到\n司机哥已到\n", "utf-8")
    (source / "b.txt").write_text("箱子上贴涛哥二字，另一只贴司机哥三字", "utf-8")

    run_folder(source, target, key=key, workers=0, policy=CODES)

    boxes = (target / "b.txt").read_text("utf-8")
    assert "涛哥" not in boxes
    assert boxes.endswith("二字，另一只贴司机哥三字")
