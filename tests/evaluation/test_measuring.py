"""`evaluate` from end to end: what it holds, what it costs, and that it holds no text."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from scored import score

import deid
from deid.catalog import Marked, parse_marked
from deid.errors import SamplesError
from deid.evaluation.comparing import compare
from deid.evaluation.contribution import Contribution, contributions
from deid.evaluation.intervals import intervals
from deid.evaluation.measuring import Evaluation, evaluate
from deid.evaluation.mistakes import mistakes
from deid.evaluation.samples import Sample, Samples
from deid.evaluation.scoring import rules_for
from deid.policy import Policy
from deid.types import Detection, Entity

RECORDS = [
    "患者[张三丰](PERSON)，[58岁](AGE)，电话[13800138000](PHONE_NUMBER)，会员号[ZQ-77-4K](CLIENT_NUMBER)",
    "[李建军](PERSON)，身份证号：[11010519491231002X](CN_RESIDENT_ID)，[昨天](IGNORE)来诊",
]


def sampled(*marked):
    samples = []
    for number, line in enumerate(marked, 1):
        text, marks = parse_marked(line)
        optional = tuple(m for m in marks if m.entity_type == "IGNORE")
        samples.append(Sample(f"r{number}", text, tuple(m for m in marks if m not in optional), optional))
    return Samples(tuple(samples), "records")


@pytest.fixture(scope="module")
def evaluation():
    return evaluate(sampled(*RECORDS))


def test_a_run_over_two_records(evaluation):
    counts = evaluation.scores.overall

    assert (counts.gold, counts.found, counts.matched) == (6, 5, 5)
    assert evaluation.scores.directly.leaked_whole == 1  # the client's own number
    assert [(m.kind, m.harm, m.entity_type) for m in evaluation.mistakes] == [
        ("miss", "direct_whole", "CLIENT_NUMBER")
    ]
    assert evaluation.figure("recall") == pytest.approx(5 / 6)
    assert evaluation.figure("PERSON.recall") == 1
    assert evaluation.figure("CN_DRIVER_LICENSE.recall") == 1  # counts as CN_RESIDENT_ID
    assert evaluation.figure("direct.covered") == pytest.approx(4 / 5)
    assert evaluation.settings["policy"] == "dd-preclosing"
    assert evaluation.seconds > 0


def test_it_is_public():
    assert deid.evaluate is evaluate
    assert deid.Evaluation is Evaluation


@pytest.mark.parametrize("name", ["reccall", "PERSON.x", "PERSN.recall", "macro.x", "x_recall", "", "f"])
def test_a_figure_that_does_not_exist_is_an_error(evaluation, name):
    with pytest.raises(ValueError, match=f"^{name}$"):
        evaluation.figure(name)


def test_an_evaluation_is_the_same_after_json_and_holds_no_text(evaluation, tmp_path):
    path = tmp_path / "run.json"

    evaluation.save(path)

    written = path.read_text("utf-8")
    assert Evaluation.load(path).to_dict() == evaluation.to_dict()
    assert path.stat().st_mode & 0o777 == 0o600
    assert not any(value in written for value in ("张三丰", "13800138000", "11010519491231002X", "ZQ-77-4K"))


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"schema": 2}', '{"schema": 1}', '{"schema": 1, "name": 3}']
)
def test_what_is_no_evaluation_is_refused(tmp_path, content):
    path = tmp_path / "run.json"
    path.write_text(content, "utf-8")

    with pytest.raises(SamplesError):
        Evaluation.load(path)


def test_thresholds_of_the_policy_hold():
    policy = Policy.load("dd-preclosing").model_copy(update={"thresholds": {"PERSON": 1.0}})

    strict = evaluate(sampled(*RECORDS), deid.Deidentifier(policy=policy))

    assert strict.figure("PERSON.recall") == 0


def test_types_that_the_policy_keeps_hide_nothing():
    samples = sampled("用[阿司匹林](PERSON)片", "[张三丰](PERSON)医生")

    run = evaluate(samples)

    assert "MEDICATION" not in run.settings["labelled"]
    assert run.mistakes[0].harm == "direct_whole"


def test_equal_ids_are_told_apart():
    samples = [replace(sample, id="same") for sample in sampled(*RECORDS)]

    assert evaluate(samples).scores.documents == ("same", "same#2")


def test_progress_is_told_and_no_samples_are_an_error():
    told = []

    evaluate(sampled(*RECORDS), progress=lambda done, total: told.append((done, total)))

    assert told == [(1, 2), (2, 2)]
    with pytest.raises(SamplesError, match="no samples"):
        evaluate([])


# --- mistakes --------------------------------------------------------------------------------


def mistaken(gold, found, **options):
    (sample,) = sampled(gold)
    finds = parse_marked(found)[1]
    rules = rules_for([sample], **options)
    return mistakes(["1"], [finds], [compare(sample, finds, rules)], rules)


@pytest.mark.parametrize(
    ("gold", "found", "kind", "harm", "counted"),
    [
        ("见[张三丰](PERSON)于", "见张三丰于", "miss", "direct_whole", True),
        ("见[张三丰](PERSON)于", "见[张三](PERSON)丰于", "border", "direct_part", False),
        ("见[张三丰](PERSON)于", "见[张](PERSON)三丰于", "border", "direct_part", True),
        ("见[张三丰](PERSON)于", "[见张三丰](PERSON)于", "border", "over", False),
        ("[58岁](AGE)了", "58岁了", "miss", "other_whole", True),
        ("[58岁3月](AGE)了", "[58岁](AGE)3月了", "border", "other_part", False),
    ],
)
def test_a_mistake_has_a_kind_and_a_harm(gold, found, kind, harm, counted):
    (mistake,) = mistaken(gold, found)

    assert (mistake.kind, mistake.harm, mistake.counted) == (kind, harm, counted)


def test_a_wrong_type_leaks_nothing_and_a_find_beside_gold_hides_for_nothing():
    found = mistaken("[张三](PERSON)住[上海](LOCATION)区", "[张三](LOCATION)住[上海](LOCATION)[区](LOCATION)")

    assert [(m.kind, m.harm, m.entity_type) for m in found] == [
        ("wrong", "over", "LOCATION"),
        ("type", "none", "PERSON"),
    ]


def test_the_most_harmful_mistakes_come_first():
    found = mistaken(
        "[58岁](AGE)的[张三丰](PERSON)和[欧阳靖宇](PERSON)买药", "58岁的张三丰和[欧](PERSON)阳靖宇[买药](AGE)"
    )

    assert [m.harm for m in found] == ["direct_whole", "direct_part", "other_whole", "over"]


def test_a_find_cut_in_two_is_one_mistake():
    (mistake,) = mistaken("[沙马伍果](PERSON)来", "[沙马](PERSON)[伍果](PERSON)来")

    assert (mistake.kind, len(mistake.found), mistake.counted) == ("border", 2, True)


# --- recognizers -----------------------------------------------------------------------------


def test_what_each_recognizer_alone_finds():
    def entity(start, end, *names):
        claims = tuple(Detection("PERSON", start, end, 0.9, name) for name in names)
        return Entity("PERSON", start, end, 0.9, detections=claims)

    (sample,) = sampled("[张三](PERSON)和[李四](PERSON)和[昨天](IGNORE)买当归")
    finds = [
        entity(0, 2, "A.x", "B.y"),
        entity(3, 5, "A.x"),
        entity(6, 8, "B.y"),
        entity(9, 11, "B.y", "B.y"),
    ]

    rows = contributions([finds], [compare(sample, finds, rules_for([sample]))])

    assert rows == (
        Contribution("A.x", finds=2, right=2, wrong=0, only_right=1, only_wrong=0),
        Contribution("B.y", finds=2, right=1, wrong=1, only_right=0, only_wrong=1),
    )


# --- cost ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_million_characters_are_scored_in_seconds():
    line, marks = "患者张三丰于三月五日来诊，电话13800138000。" * 40, []
    for start in range(0, len(line), len(line) // 40):
        marks += [Marked(start + 2, start + 5, "PERSON"), Marked(start + 14, start + 25, "PHONE_NUMBER")]
    samples = [Sample(str(i), line, tuple(marks)) for i in range(10**6 // len(line) + 1)]
    begun = perf_counter()

    intervals(score(samples, [marks[::2] + marks[1::3] for _ in samples]))

    assert perf_counter() - begun < 30
