"""Addresses as parcels bear them: numbers without 号, rooms behind a number, underscores between the parts."""

from __future__ import annotations

import pytest

from deid.pipeline import Deidentifier

TEXTS = (
    "家住[8#1503]，电梯坏了；样本8#1503",
    "常住：[胶州市福州南路31号甲3-2-301]　　手机",
    pytest.param(
        "上海办　[徐汇区斜土路2601号嘉汇广场T2-9C]　薛敏，住宿：[香港跑马地成和道31号恒景阁7C]，由房东",
        marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
    ),
    "与男友租住[管城区经北六路宇通新村7号楼2单元1103]，大伟姓候",
    "寄[安顺市西秀区南华路虹山小区B-5-1-3]，父[宝安区沙井街道万丰路锦绣花园3-6D]；",
    "[鞍山市铁东区胜利南路4乙-7号]，挂号信，[三亚市吉阳区荔枝沟路]女儿家",
    "我现在住在[杭州市下城区体育场路824]，麻烦把药寄过来",
    "家住[宁波市-海曙区启运路163]，平时由老伴照顾",
    "患者住[义乌市兴中小区80栋61号403]，由女儿陪同",
    "家住[登云路666号和睦苑27B-723]，[滨盛路2275号萧宏大厦116C]是单位",
    "家住[鄞州区下应街道_泗港村工业区38幢]，平时由老伴照顾",
    "收货地址：[绍兴市柯桥区万达广场对面油泵厂]\n电话：13812345678",
    "地址：[嘉兴市经济开发区台升大道12543]\n收件人：邹敏",
    "地址：[杭州市西湖区文三路8号]请放前台\n电话：13812345678",
    "您的地址：[杭州市西湖区文三路8号]对吗\n电话：13812345678",
    "[长沙市五一路]10月开工，[绍兴市越城区解放北路]2020年拆迁，[北京市西城区长安街]3家店",
)


@pytest.mark.parametrize("marked", TEXTS)
def test_addresses_are_whole(deidentifier: Deidentifier, marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    found = [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "CN_ADDRESS"]
    assert found == [part.partition("]")[0] for part in marked.split("[")[1:]]


@pytest.mark.parametrize(
    "marked",
    [
        "高空抛物严重影响小区居民，一旦小区停水，周边小区和不少小区都有，物业拒绝承认小区业主，每天小区都堵",
        "力争创建卫生小区，保障小区业主利益，对进出小区的车辆收费，别家小区不这样",
        "到[锦绣花园小区]送药，在[和谐小区]门口，[云天小区]附近，去[团结小区]量血压",
    ],
)
def test_what_is_said_of_estates_is_no_address(deidentifier: Deidentifier, marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    found = [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "CN_ADDRESS"]
    assert found == [part.partition("]")[0] for part in marked.split("[")[1:]]
