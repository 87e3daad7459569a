"""The first lines of admission notes, as hospitals write them: name, sex, age, where somebody lives, why he came."""

from __future__ import annotations

import pytest


def found(deidentifier, text, *kinds):
    return {text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type in kinds}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("　 郝宝岭男71岁汉族 已婚 现住乌川镇", "郝宝岭"),
        ("冀振业男58 岁已婚，主因腰痛", "冀振业"),
        ("上官雪梅女性46岁，农民", "上官雪梅"),
    ],
)
def test_sex_and_age_glued_to_a_name(deidentifier, text, name):
    assert found(deidentifier, text, "PERSON") == {name}


@pytest.mark.parametrize(
    "text", ["老年男71岁，主因腰痛", "患者男58岁，农民", "新生儿女1岁内少见", "成年男30岁以上者"]
)
def test_sex_and_age_behind_a_word(deidentifier, text):
    assert found(deidentifier, text, "PERSON") == set()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("女，4岁，江西省上饶市广信区湖村乡枫叶苑1号楼4单元408人，主因咳嗽", "江西省上饶市广信区湖村乡枫叶苑1号楼4单元408"),
        ("男，6岁，广信区宝林花园1期12号503人。主因发热", "广信区宝林花园1期12号503"),
        ("汉族 上饶市广信区湖村乡大楠木山村2组人，主因腰痛", "上饶市广信区湖村乡大楠木山村2组"),
        ("上饶市广信区湖村乡东坞子人，现住外地", "上饶市广信区湖村乡东坞子"),
        ("现住上饶市广信区湖村乡三棵樟66号内2号，主因腰痛", "上饶市广信区湖村乡三棵樟66号内2号"),
        ("家住上饶市广信区丝线厂家属区12号楼4单元402室。", "上饶市广信区丝线厂家属区12号楼4单元402室"),
        ("老年女性，现住缫丝厂，主因右下肢麻痛", "缫丝厂"),
        ("已婚，汉族，现住柳条坞三家。主因腹痛", "柳条坞三家"),
        ("工人，现住铁帽山矿机家属区，主因腰痛", "铁帽山矿机家属区"),
        ("中年女性，51岁，江西上饶铅山县人，主因腰痛", "江西上饶铅山县"),
    ],
)  # fmt: skip
def test_where_somebody_lives(deidentifier, text, place):
    assert place in found(deidentifier, text, "CN_ADDRESS", "LOCATION")


@pytest.mark.parametrize(
    "text",
    [
        "家住六楼无电梯，上下不便",
        "现住院治疗，病情平稳",
        "现住女儿家，饮食由女儿照料",
        "家住得远，来一趟要两小时",
        "术毕安返病房，心率80次/分，律齐，精神、食欲全般好",
        "于18：：00由门诊收入院",
    ],
)
def test_what_is_no_place_and_nobody(deidentifier, text):
    assert found(deidentifier, text, "PERSON", "CN_ADDRESS", "LOCATION", "IP_ADDRESS") == set()
