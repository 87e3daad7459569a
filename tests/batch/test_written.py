"""A second detection that knows the run takes no stand-in for a leak, and still finds what was left."""

from __future__ import annotations

import json

import pytest
from cast40 import people, records, stand_ins, write
from typer.testing import CliRunner

from deid import Deidentifier, Policy, ProjectKey, formats
from deid.batch.run import run_folder
from deid.batch.written import WrittenStandIns
from deid.cli.app import build
from deid.errors import KeyFileError, ProjectError

KEY = ProjectKey(bytes(range(32)))
POLICY = Policy.parse(
    {
        "schema": 1, "name": "own", "title": "仿真", "extends": "internal-analysis",
        "operators": dict.fromkeys(("PERSON", "PHONE_NUMBER", "CN_RESIDENT_ID", "CN_ADDRESS", "CN_MEDICAL_INSTITUTION", "ORGANIZATION", "EMAIL_ADDRESS", "CN_VEHICLE_PLATE", "CN_BANK_CARD", "MEDICAL_RECORD_NUMBER"), "surrogate") | {"DATE_OF_BIRTH": "shift_date"},
    }
)  # fmt: skip
NOTE = (
    "姓名：{name}，男，出生日期1961年5月17日，身份证号11010519610517{n:04d}，手机138{n:08d}，病案号ZY{n:08d}。\n"
    "住址：湖南省长沙市开福区金霞路{n}号7栋404室，工作单位：合肥华信科技有限公司。\n"
    "2023年5月6日在长沙市第三人民医院就诊，{name}之妻来电。邮箱：user{n}@163.com，车牌湘A·{n:05d}。\n"
)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    (folder / "src").mkdir()
    for number, name in enumerate(("王建国", "李秀英", "欧阳文静", "赵敏", "陈志强")):
        (folder / "src" / f"{number}.txt").write_text(NOTE.format(name=name, n=1000 + 7 * number), "utf-8")
    done = run_folder(folder / "src", folder / "out", policy=POLICY, key=KEY, workers=0)
    assert done.report.complete
    KEY.save(folder / "key")
    return folder


def test_no_stand_in_is_taken_for_a_leak(run):
    written = WrittenStandIns.load(run / "out.deid", key=KEY)
    deidentifier = Deidentifier(policy=POLICY, key=KEY)
    seen = 0

    for path in (run / "out").iterdir():
        text = path.read_text("utf-8")
        entities = [
            e for e in deidentifier.detect(text) if POLICY.operator_for(e.entity_type).operator != "keep"
        ]
        seen += len(entities)
        left = written.without(text, entities)
        assert [text[e.start : e.end] for e in left] == []
    assert seen > 30


def test_what_was_left_behind_is_still_found(run):
    written = WrittenStandIns.load(run / "out.deid", key=KEY)
    text = next((run / "out").iterdir()).read_text("utf-8") + "联系人姓名：孙丽华，电话13912345678\n"

    left = written.without(text, Deidentifier(policy=POLICY).detect(text))

    assert {text[e.start : e.end] for e in left} >= {"孙丽华", "13912345678"}


def test_the_command_shows_only_what_is_no_stand_in(run, monkeypatch):
    monkeypatch.setenv("DEID_LANG", "en")
    output = str(sorted((run / "out").iterdir())[0])
    arguments = ["detect", output, "--json"]

    plain = json.loads(CliRunner().invoke(build(), arguments).output)["entities"]
    known = CliRunner().invoke(
        build(), [*arguments, "--project", str(run / "out.deid"), "--key", str(run / "key")]
    )

    assert known.exit_code == 0, known.output
    kept = {kind for kind, rule in POLICY.operators.items() if rule.operator == "keep"}
    assert {entity["type"] for entity in json.loads(known.output)["entities"]} <= kept
    assert len(plain) > 5


def test_a_project_that_is_not_there_or_has_another_key_is_an_error(run, tmp_path):
    with pytest.raises(ProjectError):
        WrittenStandIns.load(tmp_path, key=KEY)
    with pytest.raises(KeyFileError):
        WrittenStandIns.load(run / "out.deid", key=ProjectKey(bytes(32)))


@pytest.mark.slow
def test_records_of_forty_people_keep_no_name_and_leave_nothing_to_find(tmp_path):
    cast, policy = people(), POLICY
    made = records(cast, 24)
    for record in made:
        write(record, tmp_path / "in")

    done = run_folder(tmp_path / "in", tmp_path / "out", policy=policy, key=KEY, workers=0)

    assert done.report.complete
    written = WrittenStandIns.load(tmp_path / "out.deid", key=KEY)
    deidentifier, real = Deidentifier(policy=policy, key=KEY), {one.surname + one.given for one in cast}
    places = {done.sources[document.number]: document.output for document in done.report.documents}
    owners: dict[str, set[int]] = {}
    for record in made:
        path = tmp_path / "out" / str(places[record.path])
        for mention, new in stand_ins(record, path):
            if mention.text == cast[mention.person].surname + cast[mention.person].given:
                owners.setdefault(str(new), set()).add(mention.person)
        for block, entities in deidentifier.detect_blocks(formats.read(path, ref="#1").blocks()):
            wanted = [e for e in entities if policy.operator_for(e.entity_type).operator != "keep"]
            assert not written.without(block.text, wanted)
            assert not any(name in block.text for name in real)
    assert len(owners) > 20
    assert all(len(who) == 1 for who in owners.values())
