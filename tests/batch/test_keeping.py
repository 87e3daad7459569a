"""After the run: the state of a project, its end, and questions about a stand-in."""

from __future__ import annotations

import json
import re
import zipfile

import pytest

from deid.batch.adopt import adopt_file
from deid.batch.keeping import close_project, export_project, project_status
from deid.batch.lookup import look_up
from deid.errors import KeyFileError, ProjectError, UnwritableDocument

ASKED = {"reason": "收购方 5 月 12 日提问", "who": "王经理"}


@pytest.fixture
def done(work):
    """Two notes about one person, whose stand-in is known."""
    work.write("随访.txt", "患者姓名：欧阳靖宇\n欧阳女士诉头痛。\n")
    work.run(known=None)
    return work


def stand_in(work) -> str:
    text = next(c for n, c in work.outputs().items() if n.endswith("随访.txt")).decode()
    return re.search("患者姓名：(〔.+?〕)", text)[1]


def test_the_state_of_a_project_is_told_in_counts(done):
    status = project_status(done.project)

    assert status.files == {"done": 5}
    assert status.subjects == 2
    assert status.runs == 1
    assert not status.closed
    assert "欧阳" not in json.dumps(status.to_json(), ensure_ascii=False)


def test_a_stand_in_leads_to_all_places_of_the_person(done):
    label = stand_in(done)

    places = look_up(label.strip("〔〕"), done.project, **ASKED)

    assert {place.source for place in places} >= {"随访.txt", "名单.csv", "欧阳靖宇/病历.txt"}
    assert all(place.entity_type == "PERSON" for place in places)
    assert all(place.where for place in places)
    assert not any(place.value for place in places)
    assert look_up(label, done.project, **ASKED) == places


def test_places_in_a_text_are_told_by_line(done):
    places = look_up(stand_in(done), done.project, **ASKED)

    assert {place.where for place in places if place.source == "随访.txt"} == {"line 1", "line 2"}


def test_values_are_read_from_the_sources_on_request(done):
    places = look_up(stand_in(done), done.project, source=done.source, **ASKED)

    assert {place.value for place in places} == {"欧阳靖宇", "欧阳"}


def test_a_number_is_looked_up_too(done):
    text = next(c for n, c in done.outputs().items() if n.endswith("病历.txt")).decode()
    label = re.search("联系电话：(〔.+?〕)", text)[1]

    places = look_up(label, done.project, source=done.source, **ASKED)

    assert {place.value for place in places} == {"13800138000"}


def test_every_look_is_noted_with_its_reason(done):
    look_up(stand_in(done), done.project, **ASKED)
    with pytest.raises(ProjectError, match="nothing"):
        look_up("患者999", done.project, **ASKED)

    lines = (done.project / "audit.jsonl").read_text("utf-8").splitlines()
    looks = [event for event in map(json.loads, lines) if event["event"] == "lookup"]
    assert [look["reason"] for look in looks] == [ASKED["reason"]] * 2
    assert [look["places"] > 0 for look in looks] == [True, False]
    assert "欧阳" not in "".join(lines)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_look_needs_a_reason(done, reason):
    with pytest.raises(ProjectError, match="reason"):
        look_up(stand_in(done), done.project, reason=reason, who="x")


def test_a_closed_project_has_no_way_back(done):
    label = stand_in(done)
    outputs = done.outputs()

    close_project(done.project)

    assert {p.name for p in done.project.iterdir()} == {
        "audit.jsonl", "index.xlsx", "lock", "project.json", "report.html", "report.json",
    }  # fmt: skip
    with pytest.raises(ProjectError, match="no way back exists"):
        look_up(label, done.project, **ASKED)
    with pytest.raises(ProjectError, match="no way back exists"):
        done.run()
    with pytest.raises(ProjectError, match="closed already"):
        close_project(done.project)
    assert project_status(done.project).closed
    assert done.outputs() == outputs


def test_only_who_has_the_key_can_close_a_project(work, key):
    work.run(key=key)

    with pytest.raises(KeyFileError):
        close_project(work.project)
    close_project(work.project, key=key)

    assert project_status(work.project).closed


def test_an_export_holds_nothing_that_leads_back(done, tmp_path):
    export_project(done.project, tmp_path / "reports.zip")

    with zipfile.ZipFile(tmp_path / "reports.zip") as archive:
        names = set(archive.namelist())
    assert names == {"report.html", "report.json", "index.xlsx", "audit.jsonl", "project.json"}
    with pytest.raises(ProjectError, match="exists"):
        export_project(done.project, tmp_path / "reports.zip")


def test_no_project_is_an_error(tmp_path):
    for act in (project_status, close_project):
        with pytest.raises(ProjectError, match="no project"):
            act(tmp_path)


@pytest.fixture
def scan(work):
    """A source that cannot be read, and the number it has in the report."""
    work.write("扫描.docx", b"PK\3\4 broken")
    done = work.run(known=None)
    return work, str(work.number(done, "扫描.docx"))


def test_a_file_redacted_by_hand_is_taken_in_and_stands(scan, tmp_path):
    work, number = scan
    (tmp_path / "手工.txt").write_text("患者〔姓名9〕，病情平稳。\n", "utf-8")

    output = adopt_file(tmp_path / "手工.txt", work.project, number=number, source=work.source)

    assert work.outputs()[output].decode() == "患者〔姓名9〕，病情平稳。\n"
    again = work.run(known=None)
    assert again.report.complete
    assert output in work.outputs()


@pytest.mark.parametrize("text", ["欧阳靖宇来电", "电话138-0013-8000"])
def test_a_file_in_which_a_value_of_the_project_is_left_is_not_taken_in(scan, tmp_path, text):
    work, number = scan
    (tmp_path / "手工.txt").write_text(text, "utf-8")

    for reviewed in (False, True):
        with pytest.raises(UnwritableDocument, match="still holds") as caught:
            adopt_file(
                tmp_path / "手工.txt", work.project, number=number, source=work.source, reviewed=reviewed
            )

    assert "欧阳" not in str(caught.value)
    assert not any("手工" in name for name in work.outputs())


def test_what_detection_finds_has_to_be_looked_at(scan, tmp_path):
    work, number = scan
    (tmp_path / "手工.txt").write_text("患者姓名：诸葛明远\n", "utf-8")
    where = {"number": number, "source": work.source}

    with pytest.raises(UnwritableDocument, match="PERSON ×1"):
        adopt_file(tmp_path / "手工.txt", work.project, **where)

    assert adopt_file(tmp_path / "手工.txt", work.project, reviewed=True, **where) in work.outputs()


def test_an_adopted_file_goes_when_a_name_in_it_is_proven_or_its_source_changes(scan, tmp_path):
    work, number = scan
    (tmp_path / "手工.txt").write_text("今日令狐与诸葛明远沟通。\n", "utf-8")
    output = adopt_file(tmp_path / "手工.txt", work.project, number=number, source=work.source, reviewed=True)

    work.write("登记.txt", "患者姓名：诸葛明远\n")
    done = work.run(known=None)

    assert output not in work.outputs()
    assert work.document(done, "扫描.docx").state == "withheld"


@pytest.mark.parametrize("number", ["0", "99", "x"])
def test_a_number_of_no_file_is_an_error(scan, tmp_path, number):
    work, _ = scan
    (tmp_path / "手工.txt").write_text("无\n", "utf-8")

    with pytest.raises(ProjectError, match="number"):
        adopt_file(tmp_path / "手工.txt", work.project, number=number, source=work.source)
