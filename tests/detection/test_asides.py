"""Words that only look like names where they stand, bodies that are none, and who is told of beside them."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked
from deid.pipeline import Deidentifier

_TYPES = {"PERSON", "ORGANIZATION", "CN_MEDICAL_INSTITUTION", "USERNAME", "CN_ADDRESS"}


def _found(deidentifier: Deidentifier, marked: str) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    text, expected = parse_marked(marked)
    found = {(text[e.start : e.end], e.entity_type) for e in deidentifier.detect(text)}
    return (
        {pair for pair in found if pair[1] in _TYPES},
        {(text[m.start : m.end], m.entity_type) for m in expected},
    )


@pytest.mark.parametrize(
    "marked",
    [
        "甲方验收人[张伟](PERSON)、[刘敏](PERSON)签字方为有效，经审核后方可办理出院",
        "收件人[方为](PERSON)，电话见前",
        "走失时左手腕戴我公司黄手环，身穿白外套",
        "护士[黄海涛](PERSON)、[白玉兰](PERSON)到岗",
        "税号我等哈发你",
        "[阿芳](PERSON)：[苏木](PERSON)这名字安逸，跟味中药一样的",
        "名字：[安逸](PERSON)，女，30岁",
        "值班[蒙恬](PERSON)(新来,女)",
        "讲课每场8000，税自理。",
        "还有上回欠的护工钱，护工[刘桂芳](PERSON)打我电话",
        "大街两旁店铺林立，实现工业的腾飞。毕竟，狼已经来了",
        "联系人[林立](PERSON)，他说下周来",
        "吃过啥药：坤宝丸，人家[阿霞](PERSON)给的外国药叫啥莉芙敏",
        "转介医生[关](PERSON)主任",
        "三叔[隆兴旺](PERSON): 隆重点，全家都去",
    ],
)
def test_words_that_look_like_names_are_nobody(deidentifier: Deidentifier, marked: str) -> None:
    found, expected = _found(deidentifier, marked)

    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "4-3夜22时行机械取栓术，刺激性食品、比如说膨化食品不吃",
        "您好，这里是员工心理援助，请讲",
        "天津，滨海新区，厂子宿舍",
        "身份证是旧年派出所登错的",
        "住所距医院车程1小时内，边间医院？",
        "我妈这个医院是国家三甲医院，癫痫医院是哪家医院？",
        "四年级，或打村口小店电话",
        "全角@的要改，麻烦@一下",
        "device_id|user|real_name|login_ip|last_login|city\nAND-1|||10.18.4.77|2024-05-01|南昌",
    ],
)
def test_bodies_accounts_and_houses_that_are_none(deidentifier: Deidentifier, text: str) -> None:
    assert not {e.entity_type for e in deidentifier.detect(text)} & _TYPES


@pytest.mark.parametrize(
    "marked",
    [
        "单据号|付款单位|送检|备注\nZ1|[和瑞堂药房](ORGANIZATION)|自送|无",
        "表中地址[大港油田同盛小区9-2-602](CN_ADDRESS)",
    ],
)
def test_what_stands_beside_is_found(deidentifier: Deidentifier, marked: str) -> None:
    found, expected = _found(deidentifier, marked)

    assert expected <= found


@pytest.mark.parametrize(
    "marked",
    [
        "付款人名字是我闺蜜[Cici](PERSON)，室友[Lulu](PERSON)陪她来的，妹妹Graves病五年",
        "编码员 [Y. Zhao](PERSON)　审核：[J. Li](PERSON)",
        "上次[谢](PERSON)Sir搞错了，谢Sirolimus已停",
        "Patient: [O'Connell](PERSON), [Fiona](PERSON)，授权书扫描名[OConnell](PERSON)_consent_signed.pdf",
        "[徐玲](PERSON)女士来电　录音：rec_083144_[xuling](PERSON).wav",
        "17:33:40 前台-[Mandy](PERSON)：他刚到\n17:36:55 前台-[Mandy](PERSON)：停车了",
        "康复每周三次，治疗师[那日松](PERSON)，地点改在店里",
    ],
)
def test_names_in_letters_beside_others(deidentifier: Deidentifier, marked: str) -> None:
    found, expected = _found(deidentifier, marked)

    assert {pair for pair in found if pair[1] == "PERSON"} == expected


@pytest.mark.parametrize(
    "text",
    [
        "师：你手上的伤多久了？\n生：从国庆后\n师：发生了什么？\n生：班主任让来的",
        "钉钉·单聊，钉钉·IT支持",
        "等级：银卡，痰培养+药敏，会说蒙语",
        "客户关怀 二部，员工花名册谁传的，就是莫拖",
        "村里卫生室开的药，找陪护公司问问",
    ],
)
def test_labels_platforms_and_kinds_are_nobody(deidentifier: Deidentifier, text: str) -> None:
    assert not {e.entity_type for e in deidentifier.detect(text)} & _TYPES


@pytest.mark.parametrize(
    "marked",
    [
        "联系人：[Maria da Silva](PERSON)，父亲 [Abdul Rahman bin Ali](PERSON)，患者 [Ludwig van der Berg](PERSON)，男",
        "[Sarah](PERSON)'s mother called, Peter's anomaly was seen",
        "医生[Kim](PERSON)会诊，护工[Nguyen](PERSON)到岗，医生Word文档，患者Barrett食管",
        "[Vivi姐](PERSON)让我问一下报告，我是[Momo](PERSON)的妈妈，Coco奶茶店",
        "2024-05-28 10:02:11  [Vivian](PERSON)-客服部\n早上好\n2024-05-28 10:11:57  [Vivian](PERSON)-客服部\n收到",
        "[梁](PERSON)医生-不孕科：都要，正反面\n我：我的呢\n[梁](PERSON)医生-不孕科：可以\n我：好的",
    ],
)
def test_names_from_abroad_stand_whole(deidentifier: Deidentifier, marked: str) -> None:
    found, expected = _found(deidentifier, marked)

    assert {pair for pair in found if pair[1] in ("PERSON", "USERNAME")} == expected
