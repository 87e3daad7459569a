"""After the shift of dates: intervals, ages, birth dates and numbers agree in all formats and forms."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import docx
import openpyxl
import pytest

from deid import Deidentifier
from deid.batch.run import run_folder
from deid.grammar.date import find_dates, solar_date
from deid.keys import ProjectKey
from deid.policy import Policy
from deid.validators.resident_id import check_digit

POLICY = Policy.parse(
    {
        "schema": 1,
        "name": "shifted",
        "title": "日期偏移",
        "default": "label",
        "operators": {
            "DATE_TIME": "shift_date",
            "DATE_OF_BIRTH": "shift_date",
            "CN_RESIDENT_ID": "surrogate",
            "PERSON": "surrogate",
            "AGE": "keep",
            "PROCEDURE": "keep",
        },
    }
)
BORN = date(1970, 9, 12)
PAYLOAD = f"110105{BORN:%Y%m%d}125"
NUMBER = PAYLOAD + check_digit(PAYLOAD)
SERIAL = 45357  # 2024-03-06
HEADERS = ["姓名", "身份证号", "出生日期", "年龄", "就诊日期", "复诊日期", "出院日期", "备注"]
NOTE = "1月22日行胃镜，3月5日出院"
LINES = (
    "姓名：顾长明  性别：男  年龄：53岁",
    f"身份证号：{NUMBER}",
    "出生日期：1970年9月12日",
    "入院日期：2024年1月20日",
    "1月22日行胃镜检查，2月27日复查，3月5日出院。",
    "二〇二四年三月八日电话回访。",
    "24.3.10 再次回访；2024/3/12家属来电。",
)
"""2024 has a 29 February, which most shifts pass."""


def make(folder: Path) -> Path:
    folder.mkdir()
    (folder / "a.txt").write_text("\n".join(LINES), "utf-8")
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    document.save(folder / "b.docx")
    book = openpyxl.Workbook()
    book.active.append(HEADERS)
    book.active.append(["顾长明", NUMBER, BORN, 53, datetime(2024, 1, 20), SERIAL, "2024年3月5日", NOTE])
    book.save(folder / "c.xlsx")
    with (folder / "d.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADERS)
        rows.writerow(["顾长明", NUMBER, "1970/9/12", "53", "2024-01-20", str(SERIAL), "2024年3月5日", NOTE])
    return folder


def days(text: str, year: int) -> list[date]:
    """The days in a text; those without a year are of `year`."""
    return [day for match in find_dates(text) if (day := solar_date(match, year=match.year or year))]


@pytest.fixture(scope="module", params=[1, 2, 3])
def shifted(request, tmp_path_factory) -> tuple[timedelta, dict[str, list[str]]]:
    """The shift of the folder, and the lines or cells of each output."""
    folder = tmp_path_factory.mktemp("dates")
    key = ProjectKey(bytes([request.param]) * 32)
    run_folder(make(folder / "in"), folder / "out", policy=POLICY, key=key, workers=0)
    out = folder / "out"
    sheet = openpyxl.load_workbook(out / "c.xlsx").active
    with (out / "d.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    told = {
        "txt": (out / "a.txt").read_text("utf-8").splitlines(),
        "docx": [paragraph.text for paragraph in docx.Document(out / "b.docx").paragraphs],
        "xlsx": [cell.value for cell in sheet[2]],
        "csv": rows[1],
    }
    return days(told["txt"][3], 0)[0] - date(2024, 1, 20), told


def moved_by(shift: timedelta, before: str, after: str) -> bool:
    """Whether each day of `after` is that of `before` moved. Of which year one without a year is, is not written."""
    old, years = days(before, 2024), [days(after, year) for year in (2023, 2024)]
    return bool(old) and all(
        len(new) == len(old) and any(new[i] - day == shift for new in years)
        for new in years
        for i, day in enumerate(old)
    )


def test_running_text_keeps_its_intervals_whatever_the_form(shifted):
    shift, told = shifted

    for kind in ("txt", "docx"):
        for before, after in zip(LINES[2:], told[kind][2:], strict=True):
            assert moved_by(shift, before, after)


def test_typed_cells_serial_numbers_and_written_dates_of_a_row_move_alike(shifted):
    shift, told = shifted
    _, number, born, age, visit, serial, discharge, note = told["xlsx"]

    assert visit.date() == date(2024, 1, 20) + shift
    assert born.date() == BORN + shift
    assert serial == SERIAL + shift.days
    assert days(discharge, 0) == [date(2024, 3, 5) + shift]
    assert moved_by(shift, NOTE, note)
    assert number[6:14] == f"{BORN + shift:%Y%m%d}"
    assert age == 53
    assert told["csv"][1] == number
    assert int(told["csv"][5]) == serial
    assert days(told["csv"][4], 0) == [visit.date()]
    assert days(told["csv"][2], 0) == [born.date()]


def test_birth_date_number_and_age_agree_in_all_formats(shifted):
    shift, told = shifted

    for kind in ("txt", "docx"):
        assert told[kind][0].endswith("年龄：53岁")
        assert told[kind][1] == f"身份证号：{told['xlsx'][1]}"
        assert days(told[kind][2], 0) == [BORN + shift]


@pytest.mark.parametrize(
    ("written", "days"),
    [("5月3日至8日", 5), ("5月28日—30日", 2), ("2023年5月3日、8日", 5), ("五月三日至八日", 5)],
)
def test_the_end_of_a_range_moves_with_its_beginning(written, days):
    deidentifier = Deidentifier(policy=POLICY, key=ProjectKey(bytes(range(32))))

    done = deidentifier.deidentify(f"{written}住院，好转。").text.removesuffix("住院，好转。")

    start, end = (solar_date(match, year=2023) for match in find_dates(f"{done}住院"))
    assert (end - start).days == days
    assert start != solar_date(next(iter(find_dates(written))), year=2023)
