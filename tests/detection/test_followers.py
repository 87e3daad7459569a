"""Values behind one that a cue has named: the next of a list, and what replaces the first."""

from __future__ import annotations

import pytest

from deid import detect
from deid.catalog import parse_marked

_OTHERS = {"PERSON", "DATE_TIME", "PHONE_NUMBER", "PROCEDURE"}


@pytest.mark.parametrize(
    "marked",
    [
        "登录名换成 [hqy_0719](USERNAME)，密码不变",
        "原账号[zhangsan01](USERNAME)停用，新的是 [lisi_88](USERNAME)",
        "旧病历号[0087123](MEDICAL_RECORD_NUMBER)，新的是[M00482917](MEDICAL_RECORD_NUMBER)",
        "病案号由[0087123](MEDICAL_RECORD_NUMBER)改为[0091882](MEDICAL_RECORD_NUMBER)",
        "住院号写错了，应为[30217745](MEDICAL_RECORD_NUMBER)",
        "医保卡换了，新的是[C83610274](CN_SOCIAL_SECURITY)",
        "医保卡：[C22817405](CN_SOCIAL_SECURITY) 换过一次，旧的是[C11872234](CN_SOCIAL_SECURITY)",
        "病理号好像[2024-08817](CN_EXAM_NUMBER)",
        "QQ：[596318843](CN_QQ)，备用[88120394](CN_QQ)",
        "影像号：[MR240331](CN_EXAM_NUMBER)、[CT20240348](CN_EXAM_NUMBER)",
        "住院号：[0087123](MEDICAL_RECORD_NUMBER)（王芳）、[0091882](MEDICAL_RECORD_NUMBER)（李强）",
        "王芳 住院号[0087123](MEDICAL_RECORD_NUMBER)\n李强 [0091882](MEDICAL_RECORD_NUMBER)",
        "郝翠平 护士执业证[201015004728](CN_NURSE_LICENSE)；张涛 [201915011306](CN_NURSE_LICENSE)",
        "检查号：No. [CT240311008](CN_EXAM_NUMBER)，ct号 [0031882](CN_EXAM_NUMBER)",
        "住院号分别为[B0331705](MEDICAL_RECORD_NUMBER)、[1002288314](MEDICAL_RECORD_NUMBER)，自付1.2万元",
        "医保号抄给他：[513022010887](CN_SOCIAL_SECURITY)。",
        "报告号是什么我看看啊[幺零四二七八](CN_EXAM_NUMBER)",
        "病案号/[0031882](MEDICAL_RECORD_NUMBER)，3床",
        "工号：李建国 [0231](OTHER_ID)、王芳 [0318](OTHER_ID)、周静 [0422](OTHER_ID)",
    ],
)
def test_takes_the_values_that_follow(marked: str) -> None:
    text, marks = parse_marked(marked)

    found = [(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type not in _OTHERS]

    assert found == [(mark.start, mark.end, mark.entity_type) for mark in marks]


@pytest.mark.parametrize(
    "text",
    [
        "住院号登记后改为301床",
        "病历号有误，改为2024-03-05再来",
        "QQ邮箱换成13800138000",
        "病历号：K-019274\n孙先生，1962年生",
        "账号改为手机号登录",
        "住院号0087123、12床、301病房",
    ],
)
def test_what_follows_otherwise_is_none(text: str) -> None:
    taken = [text[e.start : e.end] for e in detect(text) if e.entity_type not in _OTHERS | {"DATE_OF_BIRTH"}]

    assert set(taken) <= {"K-019274", "0087123"}
