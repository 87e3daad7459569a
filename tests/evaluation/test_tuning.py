"""Tuning finds what a company calls things, and claims only what unseen samples bear out."""

from __future__ import annotations

import doctest
import re
import stat

import pytest
import yaml
from foreign import foreign

from deid.catalog import Catalog, Marked, parse_marked, shipped_catalog
from deid.cli.checking import check_recognizers
from deid.errors import CatalogError, SamplesError
from deid.evaluation.measuring import evaluate
from deid.evaluation.samples import Sample, Samples
from deid.evaluation.tuning import objective, tune
from deid.evaluation.tuning.background import Background
from deid.evaluation.tuning.changes import overlay
from deid.evaluation.tuning.objective import Objective
from deid.evaluation.tuning.reading import Found, Reading
from deid.evaluation.tuning.scaffold import scaffold
from deid.evaluation.tuning.shapes import shapes_of
from deid.evaluation.tuning.thresholds import thresholds
from deid.pipeline import Deidentifier

pytestmark = pytest.mark.slow

NAMES = {"CUST_NAME": "PERSON", "STAFF_NAME": "PERSON", "TEL": "PHONE_NUMBER", "CUST_AGE": "AGE"}


@pytest.fixture(scope="module")
def halves():
    samples = foreign(160, seed=7)
    return samples.subset(samples.items[::2]), samples.subset(samples.items[1::2])


@pytest.fixture(scope="module")
def tuning(halves):
    return tune(halves[0], count=3)


@pytest.fixture(scope="module")
def folder(tuning, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tuned") / "out"
    tuning.write(folder)
    return folder


def test_labels_of_another_name_are_read_as_what_is_found_there(tuning):
    assert tuning.labels == NAMES


def test_the_written_folder_does_better_on_samples_that_were_not_seen(halves, folder):
    unseen = halves[1].renamed(NAMES)
    before = evaluate(unseen, Deidentifier()).scores.overall
    tuned = Deidentifier(catalog=Catalog.load(folder), policy=folder / "policy.yaml")

    after = evaluate(unseen, tuned).scores.overall

    assert after.precision >= before.precision
    assert after.recall >= before.recall + 0.1
    assert after.recall >= 0.97


def test_the_gain_is_measured_on_held_out_samples_and_proven(tuning):
    assert tuning.is_proven
    assert tuning.gains["*"]["recall"].low > 0.1
    assert tuning.gains["CLIENT_CODE"]["recall"].new == 1.0


def test_what_is_written_is_what_was_tried(tuning, folder):
    assert Catalog.load(folder).by_type == overlay(shipped_catalog(), tuning.changes).by_type
    assert Catalog.load(folder).lexicons == overlay(shipped_catalog(), tuning.changes).lexicons


def test_the_files_are_short_private_and_pass_the_check(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]

    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
    assert all(len(path.read_text("utf-8").splitlines()) < 60 for path in files)
    assert check_recognizers(folder).problems == ()
    assert yaml.safe_load((folder / "policy.yaml").read_text("utf-8"))["extends"] == "dd-preclosing"


def test_values_of_the_samples_stand_in_lists_alone(halves, folder):
    values = {s.text[m.start : m.end] for s in halves[0] for m in s.marks if m.end - m.start > 2}
    written = "".join(path.read_text("utf-8") for path in folder.iterdir() if path.is_file())

    assert [value for value in values if value in written] == []


def test_a_folder_that_holds_something_is_not_written_to(tuning, folder):
    with pytest.raises(SamplesError, match="not empty"):
        tuning.write(folder)


def test_nothing_is_claimed_where_there_is_nothing_to_learn():
    samples = Samples(tuple(Sample(f"s{n}", f"患者王丽{n}诊，电话13800138000。") for n in range(20)))

    assert not tune(samples, count=2).is_proven


def test_finds_of_types_that_are_never_labelled_are_counted_before_and_after():
    texts = [f"[王丽](PERSON)诊，患高血压，服阿司匹林，每日2-3次，电话1380013{n:04}。" for n in range(20)]
    samples = Samples(tuple(Sample(f"s{n}", *parse_marked(text)) for n, text in enumerate(texts)))

    tuning = tune(samples, count=2)

    assert tuning.unlabelled == ({"PHONE_NUMBER": 20}, {"PHONE_NUMBER": 20})


@pytest.mark.parametrize("count", [0, 1, 41])
def test_folds_that_cannot_be_made_are_refused_with_their_range(count):
    with pytest.raises(SamplesError, match=f"^{count} folds .*: 2 to [0-9]+ can$"):
        tune(foreign(40, seed=7), count=count)


def test_too_few_samples_are_refused():
    with pytest.raises(SamplesError, match="too few"):
        tune(foreign(5, seed=1))


def test_names_that_return_stand_in_a_list():
    signed = ["咨[小鹿]", "Vivi/[Amy]", "财[小鹿]，[Amy]", "业绩归[Amy]/韩", "原[小鹿]→韩"] * 4
    samples = Samples(tuple(_named(f"s{n}", text) for n, text in enumerate(signed)))

    words = {c.content for c in tune(samples, count=2).changes if c.kind == "word"}

    assert words == {"小鹿", "Amy"}


SIGNED = "静兰岚禾牧安溪桦敏芳丽娟"


@pytest.mark.parametrize(
    ("marked", "unseen"),
    [
        ("今日谈工作倦怠{n}次。——[{name}]", ["布置作业。——[慧]", "小结——情绪平稳。", "——摘自日记"]),
        ("储值{n}元，面膜{n}片，经办/[{name}] 完", ["退款，经办/[慧] 完", "内科/外科", "是/否"]),
        ("夜间{n}点已服药。〔[{name}]〕", ["换药。〔[慧]〕", "〔略〕", "〔见附件〕"]),
        ("今日收据{n}张，经手[{name}]，已清点。", ["经手[慧]，", "经手人|日期"]),
        ("{n}床安静。夜班：[{name}]", ["夜班：[慧]", "夜班：无"]),
    ],
)
def test_short_names_are_told_by_what_stands_around_them(marked, unseen):
    samples = [_named(f"s{n}", marked.format(n=n, name=SIGNED[n % 12])) for n in range(36)]

    tuned = tune(Samples(tuple(samples)), count=2).deidentifier()

    for each in unseen:
        text, marks = parse_marked(each.replace("]", "](PERSON)"))
        found = [e for e in tuned.detect(text) if e.entity_type == "PERSON"]
        assert [(e.start, e.end) for e in found] == [mark[:2] for mark in marks]


def test_short_dates_are_told_by_the_word_before_them():
    texts = [f"来宾　初访日　[{n % 12 + 1}/{n % 27 + 1}](DATE_TIME)　执谈" for n in range(36)]
    samples = [Sample(f"s{n}", *parse_marked(text)) for n, text in enumerate(texts)]

    tuned = tune(Samples(tuple(samples)), count=2).deidentifier()

    assert [(e.start, e.end) for e in tuned.detect("初访日　4/3　执谈，肌力4/5级")] == [(4, 7)]


def test_what_stands_there_and_is_no_name_is_left_out():
    texts = [
        f"夜间{n}点已服药。〔[{SIGNED[n % 12]}]〕" if n % 12 else f"〔巡〕{n}床安静。" for n in range(36)
    ]
    samples = Samples(tuple(_named(f"s{n}", text) for n, text in enumerate(texts)))

    tuned = tune(samples, count=2).deidentifier()

    assert [e for e in tuned.detect("〔巡〕三床安静。") if e.entity_type == "PERSON"] == []


@pytest.mark.parametrize("text", ["他[平安]来了。平安里", "[Team]开会，Team", "每日[手套]两副"])
def test_a_word_that_is_also_something_else_stands_in_none(text):
    samples = Samples(tuple(_named(f"s{n}", f"{text}。{n}") for n in range(12)))

    assert [c for c in tune(samples, count=2).changes if c.kind == "word"] == []


def _named(name, marked):
    return Sample(name, *parse_marked(marked.replace("]", "](PERSON)")))


# --- objectives ------------------------------------------------------------------------------


def test_the_examples_of_the_objective_are_right():
    assert doctest.testmod(objective, optionflags=doctest.ELLIPSIS).failed == 0


def test_below_its_floor_only_recall_counts():
    aim = Objective.parse("recall=0.9")

    assert aim.value(right=80, found=80, gold=100) < aim.value(right=85, found=200, gold=100)
    assert aim.value(right=90, found=100, gold=100) > aim.value(right=95, found=190, gold=100)


def finds(*scores):
    """A reading with eight marks, and finds of these scores: True where right."""
    mark = Marked(0, 2, "PERSON")
    found = tuple(Found(mark, right, score, "") for score, right in scores)
    return [Reading("王丽", (mark,) * 8, (), (), found)]


@pytest.mark.parametrize(
    ("aim", "limit"), [("f1", 0.9), ("f2", 0.3), ("recall=0.98", 0.3), ("recall=0.5", 0.9), ("f0.5", 0.9)]
)
def test_thresholds_follow_the_objective(aim, limit):
    sure, doubtful, weak = [(0.95, True)] * 5, [(0.85, False)] * 3, [(0.35, True)] * 3 + [(0.35, False)] * 3
    current = {"PERSON": 0.4}

    moved = list(thresholds(finds(*sure, *doubtful, *weak), current, Objective.parse(aim)))

    assert [round(change.number, 1) for change in moved] == [limit]


def test_a_recall_that_is_not_reached_is_said():
    tuning = tune(numbered(2021, 2022), count=2, objective="recall=0.98")
    missing = [
        Sample(f"m{n}", f"他{sign}来", (Marked(1, 2, "PERSON"),))
        for n, sign in enumerate("天地玄黄宇宙洪荒日月盈昃")
    ]
    missed = tune(Samples((*numbered(2021, 2022), *missing)), count=2, objective="recall=0.98")

    assert tuning.reaches_floor
    assert not missed.reaches_floor


@pytest.mark.parametrize("name", ["", "f0", "recall=1.2", "precision", "f-1"])
def test_another_objective_is_refused(name):
    with pytest.raises(SamplesError, match="no such objective"):
        Objective.parse(name)


# --- shapes and scaffolds --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "regex"),
    [
        (["KX5~54937", "KD7~00412"], r"[A-Z]{2}[0-9]\~[0-9]{5}"),
        (["A-1", "A-22", "A-333"], r"A\-[0-9]{1,3}"),
        (["客A1", "客B2", "客C3", "客D4"], "客[A-Z][0-9]"),
        ([f"20{year}-{n:04}" for n, year in enumerate([22, 23, 24] * 8)], r"[0-9]{4}\-[0-9]{4}"),
        ([f"KH-2021-{n:05}" for n in range(24)], r"KH\-[0-9]{4}\-[0-9]{5}"),
        ([f"康客{'ABC'[n % 3]}{n:04}" for n in range(30)], r"康客[A-Z][0-9]{4}"),
    ],
)
def test_a_shape_is_what_values_have_in_common(values, regex):
    (shape,) = shapes_of(values)

    assert shape.regex == regex
    assert shapes_of([shape.example] * 2)


def numbered(*years, noise=""):
    """Forty records with client numbers of these years."""
    texts = [f"来宾{noise}KH-{years[n % len(years)]}-{n * 7:05}复诊。" for n in range(40)]
    return Samples(
        tuple(
            Sample(f"n{n}", text, (Marked(start := text.rindex("KH"), start + 13, "CLIENT_NO"),))
            for n, text in enumerate(texts)
        )
    )


def test_the_numbers_of_the_next_year_are_found():
    tuned = tune(numbered(2021, 2022), count=2).deidentifier()

    found = tuned.detect("来宾KH-2024-10417复诊，旧档KH-2019-99999。")

    assert [(e.start, e.end) for e in found if e.entity_type == "CLIENT_NO"] == [(2, 15), (20, 33)]


def test_a_shape_that_the_samples_refute_is_kept_to_what_they_show():
    tuning = tune(numbered(2021, noise="批次KH-7310-00118，"), count=2)

    assert [c.content for c in tuning.changes if c.kind == "pattern"] == [r"KH\-2021\-00[0-9]{3}"]


@pytest.mark.parametrize(
    ("entity_type", "values", "lead"),
    [
        ("DATE_TIME", [f"{n % 12 + 1}-{n % 27 + 1}" for n in range(40)], "时间"),
        ("CN_WECHAT_ID", [f"{'xy lily moon'.split()[n % 3]}{n * 37 + 100}" for n in range(40)], "加"),
        ("TICKET_NO", [f"{20230000 + n * 7}" for n in range(40)], "经"),
    ],
)
def test_a_shape_that_ordinary_text_has_too_does_not_stand_alone(entity_type, values, lead):
    samples = [
        Sample(f"s{n}", f"{lead}{value}到店。", (Marked(len(lead), len(lead) + len(value), entity_type),))
        for n, value in enumerate(values)
    ]

    tuned = tune(Samples(tuple(samples)), count=2).deidentifier()

    ordinary = "每日2-3次，每次1-2片，lot12345，型号ipl550，货号99999999。"
    assert [e for e in tuned.detect(ordinary) if e.entity_type == entity_type] == []


def test_the_background_counts_only_what_is_not_found_already():
    background = Background(shipped_catalog(), Deidentifier().detect_many)
    dates = re.compile(r"(?P<value>20[0-9]{2}-[0-9]{2}-[0-9]{2})")

    assert background.strikes(re.compile("[0-9]{2,3}-[0-9]{2,3}")) > 5
    assert not background.elsewhere(dates, "DATE_TIME")
    assert background.elsewhere(dates, "CLIENT_NO")


def test_a_scaffold_stands_alone_where_its_shape_is_its_own():
    made = scaffold("CLIENT_NO", ["客户号[KX5-54937](CLIENT_NO)", "KD1-00412"], catalog=shipped_catalog())

    assert made.spec.cues[0].words == ("客户号",)
    assert not made.spec.patterns[0].requires_cue
    assert "54937" not in made.spec.model_dump_json()


def test_a_scaffold_of_a_common_shape_needs_its_cue():
    made = scaffold("ROOM_CODE", ["房卡[204718](ROOM_CODE)"], catalog=shipped_catalog())

    assert made.spec.patterns[0].requires_cue
    assert made.collides
    with pytest.raises(CatalogError, match=r"elsewhere \(.*CN_POSTAL_CODE.*\), so a cue word is needed"):
        scaffold("ROOM_CODE", ["204718"], catalog=shipped_catalog())


def test_a_scaffold_says_what_is_in_its_way():
    with pytest.raises(CatalogError, match="contradicts --no-match"):
        scaffold("KEY_NO", ["KX5-54937"], counterexamples=["QQ7-11111"], catalog=shipped_catalog())
    with pytest.raises(CatalogError, match="a recognizer of PERSON already"):
        scaffold("PERSON", ["KX5-54937"], catalog=shipped_catalog())


def test_a_counterexample_of_the_same_shape_asks_for_a_cue():
    made = scaffold(
        "CLIENT_NO",
        ["客户号[KX5-54937](CLIENT_NO)"],
        counterexamples=["批号QQ7-11111"],
        catalog=shipped_catalog(),
    )

    assert made.spec.patterns[0].requires_cue
