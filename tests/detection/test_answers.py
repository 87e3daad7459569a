"""Numbers and accounts that a question names and the next turn tells."""

from __future__ import annotations

import pytest

from deid import detect
from deid.catalog import parse_marked

_OTHERS = {"PERSON", "DATE_TIME", "IP_ADDRESS", "PROCEDURE", "PHONE_NUMBER"}


@pytest.mark.parametrize(
    "marked",
    [
        "赵磊（IT）：账号是哪个\n黄秋月：[huangqy02](USERNAME)\n赵磊（IT）：看到了，输错5次\n黄秋月：不是",
        "罗洁（HR）：系统账号发我\n范磊：[fanl2088](USERNAME)\n罗洁（HR）：开了\n范磊：谢谢",
        "问：单子上有没有编号？\n答：有个病历号，[HZ0097-24](MEDICAL_RECORD_NUMBER)。",
        "问：孩子病历号还记得吗？\n答：好像是[ZY20240318-05](MEDICAL_RECORD_NUMBER)。",
        "护士：病历号呢\n家属：[0087321](MEDICAL_RECORD_NUMBER) 这个",
        "客服：医保卡号要不要？\n坐席：要的，发一下\n阿梅：[620824690815](CN_SOCIAL_SECURITY)",
        "坐席：保单号您看一下。\n客户：[PA2023-00417765](OTHER_ID)",
        "平台账号，[dr_luo7788](USERNAME)，密码另发",
        "坐席：QQ多少，我发您表格\n患者：[529183746](CN_QQ)",
        "坐席：麻烦卡号报一下\n来电人：[6217002870012345674](CN_BANK_CARD)",
        "分诊：检查单编号多少\n家属：编号在右上角，[CT2403187](CN_EXAM_NUMBER)。",
        "客服 10:22\n您的微信号多少？\n客户 10:23\n[leilei_0402](CN_WECHAT_ID)",
        "2024-05-02 10:22 客服：您的QQ号多少？\n2024-05-02 10:23 客户：我的是 [4920177358](CN_QQ)",
    ],
)
def test_takes_the_number_of_the_next_turn(marked: str) -> None:
    text, marks = parse_marked(marked)

    found = [(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type not in _OTHERS]

    assert found == [(mark.start, mark.end, mark.entity_type) for mark in marks]


@pytest.mark.parametrize(
    "text",
    [
        "客服：病历号有吗？\n客户：忘了，2024年3月看的",
        "客服：门诊号是几号\n家属：3号",
        "客服：您的昵称是什么？\n客户：不知道",
        "客服：您的昵称发我\n客户：好的",
        "客服：微信号多少？\n客户：我不用微信，你打电话13857120946吧",
        "问：账号是哪个银行的？\n答：工商银行，2011年办的。",
        "客服：账号给我\n客户：2024-03-12登的那个",
        "客服：结婚证 可以先发号码我帮你填表\n客户：HKID 没带",
        "客服：病历号写了吗\n客户：CT做了",
    ],
)
def test_what_answers_otherwise_is_no_number(text: str) -> None:
    assert {entity.entity_type for entity in detect(text)} <= _OTHERS | {"ORGANIZATION"}


@pytest.mark.parametrize(
    "marked",
    [
        "坐席：麻烦报一下住院号\n家属：[0031882](MEDICAL_RECORD_NUMBER)",
        "住院号我记一下\n[E20713355](MEDICAL_RECORD_NUMBER)",
        "医保卡号发我\n好的\n[C83610274](CN_SOCIAL_SECURITY)",
    ],
)
def test_takes_the_number_that_a_request_is_answered_with(marked: str) -> None:
    text, marks = parse_marked(marked)

    found = [(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type not in _OTHERS]

    assert found == [(mark.start, mark.end, mark.entity_type) for mark in marks]


@pytest.mark.parametrize(
    "text",
    ["请提供住院号\n费用：30217745", "请填写病历号\n日期：20240305", "住院号发我\n好的，下午3点\n1203房间"],
)
def test_the_next_field_of_a_form_is_no_answer(text: str) -> None:
    assert "MEDICAL_RECORD_NUMBER" not in {entity.entity_type for entity in detect(text)}
