"""Tables: one plan, any kind of frame, the same result in one piece or in eight."""

from __future__ import annotations

import datetime
import pickle
from random import Random

import pandas
import polars
import pyarrow
import pytest

from deid import Deidentifier, Policy, ProjectKey
from deid.errors import PolicyError
from deid.surrogates import numbers
from deid.validators import resident_id

KEY = ProjectKey(bytes(range(32)))
RANDOM = Random(3)
BORN = [datetime.date(1950 + n, 1 + n % 12, 1 + n % 28) for n in range(40)]
GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂辉玲建华红波宁浩宇佳琪晨阳旭航睿铭"
PEOPLE = [
    (f"王{GIVEN[n]}", numbers.resident_id(RANDOM, born=day, sex="male"), f"138{n:08d}", day)
    for n, day in enumerate(BORN)
]


def columns():
    visits = [
        (person, datetime.date(2023, 1, 1) + datetime.timedelta(days=17 * n))
        for n, person in enumerate(PEOPLE * 2)
    ]
    return {
        "姓名": [person[0] for person, _ in visits],
        "身份证号": [person[1] for person, _ in visits],
        "手机": [int(person[2]) for person, _ in visits],
        "出生日期": [person[3] for person, _ in visits],
        "就诊日期": [day for _, day in visits],
        "年龄": [day.year - person[3].year for person, day in visits],
        "备注": [f"患者{person[0]}来电，{day.year}年{day.month}月{day.day}日复查" for person, day in visits],
        "血红蛋白": [120.5 + n for n, _ in enumerate(visits)],
    }


def policy(**operators):
    return Policy.parse(
        {
            "schema": 1,
            "name": "own",
            "title": "自定义",
            "extends": "internal-analysis",
            "operators": operators,
        }
    )


SURROGATES = policy(
    PERSON="surrogate",
    CN_RESIDENT_ID="surrogate",
    PHONE_NUMBER="surrogate",
    DATE_OF_BIRTH="shift_date",
    AGE="keep",
)


@pytest.fixture(scope="module")
def deidentifier():
    return Deidentifier(policy=SURROGATES, key=KEY)


@pytest.fixture(scope="module")
def table():
    return pyarrow.table(columns())


@pytest.fixture(scope="module")
def plan(deidentifier, table):
    return deidentifier.plan(table)


def test_a_plan_says_what_each_column_is(plan):
    assert [(column.kind, column.entity_type) for column in plan.columns] == [
        ("value", "PERSON"), ("value", "CN_RESIDENT_ID"), ("value", "PHONE_NUMBER"), ("value", "DATE_OF_BIRTH"),
        ("value", "DATE_TIME"), ("text", ""), ("text", ""), ("keep", ""),
    ]  # fmt: skip
    assert plan.subject == "身份证号"


def test_eight_partitions_give_what_one_gives(deidentifier, table, plan):
    whole = deidentifier.apply(plan, table)
    parts = [deidentifier.apply(plan, table.slice(10 * n, 10)) for n in range(8)]

    assert pyarrow.concat_tables(parts[::-1]).sort_by("血红蛋白").equals(whole)
    fresh = Deidentifier(policy=SURROGATES, key=KEY)
    assert fresh.apply(pickle.loads(pickle.dumps(fresh.plan(table))), table).equals(whole)


def test_all_kinds_of_frames_give_the_same(deidentifier, table, plan):
    whole = deidentifier.apply(plan, table).to_pydict()
    from_pandas = deidentifier.apply(plan, pandas.DataFrame(columns()))
    from_polars = deidentifier.apply(plan, polars.DataFrame(columns()))
    mapper = pickle.loads(pickle.dumps(deidentifier.arrow_mapper(plan)))  # as Spark sends it to its workers
    [batch] = mapper(iter(table.to_batches()))

    assert isinstance(from_pandas, pandas.DataFrame)
    assert isinstance(from_polars, polars.DataFrame)
    assert from_pandas.to_dict("list") == whole
    assert from_polars.to_dict(as_series=False) == whole
    assert batch.to_pydict() == whole
    assert batch.schema.equals(plan.arrow_schema(table.schema))


def test_no_value_is_left_and_everything_of_a_person_agrees(deidentifier, table, plan):
    old, new = table.to_pydict(), deidentifier.apply(plan, table).to_pydict()

    assert len(set(new["姓名"])) == len(set(old["姓名"])) == 40
    assert not set(new["姓名"]) & set(old["姓名"])
    for n in range(80):
        days = (new["就诊日期"][n] - old["就诊日期"][n]).days
        assert days % 7 == 0
        assert (new["出生日期"][n] - old["出生日期"][n]).days == days
        assert resident_id.birth_date(new["身份证号"][n]) == new["出生日期"][n]
        assert not resident_id.is_valid(new["身份证号"][n])
        assert new["备注"][n].startswith(f"患者{new['姓名'][n]}来电")
        assert f"{new['就诊日期'][n].month}月{new['就诊日期'][n].day}日" in new["备注"][n]
        assert new["姓名"][n] == new["姓名"][n % 40]
    assert new["血红蛋白"] == old["血红蛋白"]


def test_numbers_of_labels_are_those_of_the_plan_and_new_values_have_none(table):
    deidentifier = Deidentifier(key=KEY)
    plan = deidentifier.plan(table.slice(0, 20))

    new = deidentifier.apply(plan, table)["姓名"].to_pylist()

    assert sorted(set(new)) == sorted({"〔姓名〕", *(f"〔姓名{n}〕" for n in range(1, 21))})
    assert new[:20] == new[40:60]


def test_missing_cells_stay_missing(deidentifier):
    frame = pandas.DataFrame(
        {
            "姓名": ["王建国", None],
            "就诊日期": [pandas.Timestamp("2023-05-06"), pandas.NaT],
            "金额": [1.5, float("nan")],
        }
    )

    new = deidentifier.apply(deidentifier.plan(frame), frame)

    assert new["姓名"][1] is None
    assert new["就诊日期"].isna().tolist() == [False, True]
    assert new["就诊日期"].dtype.kind == "M"
    assert new["金额"].isna().tolist() == [False, True]


def test_what_a_column_is_can_be_said(deidentifier):
    frame = polars.DataFrame({"a": ["王建国", "李秀英"], "b": ["X1", "X2"], "c": [1, 2]})

    plan = deidentifier.plan(
        frame, types={"a": "PERSON", "b": "MEDICAL_RECORD_NUMBER", "c": "keep"}, subject="b"
    )
    new = deidentifier.apply(plan, frame)

    assert new["c"].to_list() == [1, 2]
    assert not {"王建国", "李秀英"} & set(new["a"])
    assert plan.subject == "b"


def test_another_table_than_the_planned_one_is_an_error(deidentifier, plan):
    with pytest.raises(PolicyError, match="not those of the plan"):
        deidentifier.apply(plan, polars.DataFrame({"姓名": ["王建国"]}))
    with pytest.raises(PolicyError, match="no such column"):
        deidentifier.plan(polars.DataFrame({"姓名": ["王建国"]}), subject="编号")
    with pytest.raises(PolicyError, match="not a table"):
        deidentifier.plan({"姓名": ["王建国"]})


def test_a_policy_may_name_departments_for_tables(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(
        "schema: 1\nname: own\ntitle: 自定义\nextends: mask\noperators: {DEPARTMENT: generalize}\n", "utf-8"
    )
    frame = polars.DataFrame({"科室": ["心血管内科二病区", "骨科"], "诊断": ["高血压", "骨折"]})

    own = Deidentifier(policy=path, key=KEY)

    assert own.apply(own.plan(frame), frame).to_dict(as_series=False) == {
        "科室": ["内科", "外科"],
        "诊断": ["高血压", "骨折"],
    }


def test_measurements_stay_numbers_and_numbers_of_people_do_not(deidentifier):
    frame = polars.DataFrame({"血小板": [230, 180, 205], "联系": [13800138000, 13912345678, 13700001111]})

    new = deidentifier.apply(deidentifier.plan(frame), frame)

    assert new["血小板"].to_list() == [230, 180, 205]
    assert new["联系"].dtype == polars.String
    assert not {"13800138000", "13912345678"} & set(new["联系"])
