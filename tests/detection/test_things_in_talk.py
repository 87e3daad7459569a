"""Departments, makers, dishes and what is made somewhere, where a name or a body often stands."""

from __future__ import annotations

import pytest

NAMED = {"PERSON", "ORGANIZATION", "CN_MEDICAL_INSTITUTION", "LOCATION", "CN_ADDRESS"}


@pytest.mark.parametrize(
    "text",
    [
        "请联系药房。有问题联系商店",
        "有问题找物业，已转家政处理",
        "本次门诊部检查由合作医院负责",
        "去美容院看看，联系志愿者协会",
        "机型：明峰\n厂家：康辉\n颜色：蓝精",
        "忌舒芙蕾、司康、罗宋汤、朱古力",
        "柳州螺蛳粉、安溪铁观音、库尔勒香梨不错",
        "那曲肝素 0.4ml",
        "移交公章、财务章、合同章及法人章。员工持股平台为有限合伙企业，普通合伙人执行",
        "贵宾区、候诊区、诊疗区平面图，成本中心代码 CC-1020，利润中心 PC-300",
        "携带者比正常人寿命短，想知道进工厂有没有影响",
        "天天酒局，大三阳公司不要人，让宝宝健健康康地降生",
        "同学成功人士，去泡温泉的时候从根源治起",
        "医生：中医相信，口臭多由胃热，越高越对身体有益",
        "客服：您好，欢迎咨询，请问是本人就诊吗",
        "想向医生进行咨询，于母亲无害，称Todd麻痹",
    ],
)
def test_things_are_nobody(found, text):
    assert {value for value, kind in found(text) if kind in NAMED} == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请联系王建国。", "王建国"),
        ("已转李静处理", "李静"),
        ("厂家：杭州康途医疗器械有限公司", "杭州康途医疗器械有限公司"),
        ("向阳小学来电", "向阳小学"),
        ("转福建医大附一。", "福建医大附一"),
        ("在温医大附二拔的石膏", "温医大附二"),
        ("上月于王大夫中医馆就诊", "王大夫中医馆"),
        ("值班：苏医生（仁和口腔门诊部）", "仁和口腔门诊部"),
        ("找李大夫门诊", "李"),
        ("投保阳光人寿，已赔", "阳光人寿"),
        ("明朝是景德镇瓷器生产的盛事", "景德镇"),
        ("微信聊天　对方：雨后天晴", "雨后天晴"),
        ("复核：赵静　开票人：小豆子", "小豆子"),
        ("于医生说无害", "于"),
        ("Todd说明天来", "Todd"),
    ],
)
def test_names_stay_found(found, text, expected):
    assert expected in {value for value, kind in found(text) if kind in NAMED}
