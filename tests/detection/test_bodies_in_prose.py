"""Schools, employers and hospitals in short, as prose and talk name them."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "body", "kind"),
    [
        ("尹小满（22岁，兰州财经大学大四）投诉", "兰州财经大学", "ORGANIZATION"),
        ("他是中南财经政法大学毕业的", "中南财经政法大学", "ORGANIZATION"),
        ("川北医学院附院要加路费", "川北医学院附院", "CN_MEDICAL_INSTITUTION"),
        ("家属想听上海肺科蒋教授的意见", "上海肺科", "CN_MEDICAL_INSTITUTION"),
        ("与南京脑科的华教授讨论过", "南京脑科", "CN_MEDICAL_INSTITUTION"),
        ("家属想听省肿瘤张主任的意见", "省肿瘤", "CN_MEDICAL_INSTITUTION"),
        ("晓岚在卧龙电气上班，请假不便", "卧龙电气", "ORGANIZATION"),
        ("毕业后进宇通客车，做了六年采购", "宇通客车", "ORGANIZATION"),
        ("发票抬头：泽沐精密电子", "泽沐精密电子", "ORGANIZATION"),
        ("要发票 抬头蓉蕙宣禾实业", "蓉蕙宣禾实业", "ORGANIZATION"),
        ("单位：日能达电子　| 工位", "日能达电子", "ORGANIZATION"),
    ],
)
def test_a_body_is_named(found, text, body, kind):
    assert (body, kind) in found(text)


@pytest.mark.parametrize("place", ["全椒", "顺义", "电白", "沾益"])
@pytest.mark.parametrize("frame", ["为这事跑到{}两趟", "他们在{}好好的，不用担心", "住{}的那位阿姨来电话了"])
def test_counties_that_a_dictionary_does_not_know(found, place, frame):
    assert (place, "LOCATION") in found(frame.format(place))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("父母在万秀打工，情绪低落", "万秀"),
        ("我是常宁的刘冬梅", "常宁"),
        ("行程：翁源—任丘，4月2日", "任丘"),
        ("籍贯 洛扎", "洛扎"),
        ("他医保是拱墅的", "拱墅"),
        ("榆社，女，34岁", "榆社"),
    ],
)
def test_counties_that_look_like_names(found, text, place):
    assert (place, "LOCATION") in found(text)


@pytest.mark.parametrize(
    ("text", "hospital"),
    [
        ("上海和华山医院", "华山医院"),
        ("上海和华东医院", "华东医院"),
        ("长沙市和湘雅医院", "湘雅医院"),
        ("南京来协和医院", "协和医院"),
        ("李广财经人民医院检查", "人民医院"),
    ],
)
def test_a_place_before_a_conjunction_is_no_part_of_a_hospital(found, text, hospital):
    assert (hospital, "CN_MEDICAL_INSTITUTION") in found(text)


def test_firms_and_hospitals_that_begin_with_and(found):
    assert ("杭州和瑞健康咨询有限公司", "ORGANIZATION") in found("户名杭州和瑞健康咨询有限公司")
    assert ("沈阳和嘉妇产医院", "CN_MEDICAL_INSTITUTION") in found("2023年10月在沈阳和嘉妇产医院生的二胎")


@pytest.mark.parametrize("text", ["在床上移动做检查", "促进地方烟草工作", "物美价廉", "香港有3间零售分店"])
def test_what_is_done_is_no_firm(found, text):
    assert not [s for s, kind in found(text) if kind == "ORGANIZATION"]


@pytest.mark.parametrize(
    "text",
    ["瑞金口腔科袁主任看看", "上海一位主任说过", "北京三个教授会诊", "北京人民的意见", "各省肿瘤学主任"],
)
def test_no_body_is_named(found, text):
    assert not [s for s, kind in found(text) if kind == "CN_MEDICAL_INSTITUTION" and s != "瑞金"]
