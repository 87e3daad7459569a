"""Firms of no more than their own name, by who speaks, acts or signs for them, and firms by what one has of them."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "您好，我是[康桥寰医](ORGANIZATION)的温暖，请问先生贵姓",
        "我是[瑞和](ORGANIZATION)的小栗，乙方：[禾康](ORGANIZATION)（盖章）",
        "承租方：[禾康](ORGANIZATION)（91420500MA49KQ7X20），[禾康](ORGANIZATION)付款",
        "群聊「[禾康](ORGANIZATION)陪诊三组」",
        "联系[康桥寰医](ORGANIZATION)孙晓蕾办理",
        "复印病历交庄毅（[康桥寰医](ORGANIZATION)），彭嘉（[鼎泰资本](ORGANIZATION)）在场",
        "由[安徽皖仁人力资源有限公司](ORGANIZATION)派遣，走的[皖仁人力](ORGANIZATION)合同，[皖仁](ORGANIZATION)已盖章",
        "我是[陇原云诊](ORGANIZATION)的个案管理员向阳，在云诊室等您",
        "覃丽萍（[知伴陪诊](ORGANIZATION)）  08:20\n各位家属早\n[知伴陪诊](ORGANIZATION)交流群",
        "社保由[邦芒人力](ORGANIZATION)代缴，文静现在去了[康途健康咨询](ORGANIZATION)",
        "保险是[平安](ORGANIZATION)的，她在[电信](ORGANIZATION)上班，订[汉庭](ORGANIZATION)大床房，老公在[湖北宜化](ORGANIZATION)上班",
        "由[臻康咨询](ORGANIZATION)的白经理联系，[臻康](ORGANIZATION)垫付；坐席：您好[康澜健康](ORGANIZATION)请讲",
        "致：[德意志联邦共和国驻上海总领事馆](ORGANIZATION)转签证官，随身[焦作煤业](ORGANIZATION)工作证",
        "坐席：您好，我是[沐屿](ORGANIZATION)的小邓。客户：哦，[沐屿](ORGANIZATION)啊",
        "[澄怀健康](ORGANIZATION) 西安分部 | 初访登记表\n受托人二:[澄怀健康](ORGANIZATION)工作人员强薇",
        "尊敬的[禾康](ORGANIZATION)领导：您好，[禾康](ORGANIZATION)的陪诊员很好",
        "感谢您选择[禾康](ORGANIZATION)。您的预约见下",
        "您好[禾嵩医疗](ORGANIZATION)我是白露请问有什么可以帮您",
        "[禾嵩医疗](ORGANIZATION)·月度质控会纪要\n标本由 [珂睿基因](ORGANIZATION) 做",
        "保險：[栢聯保險](ORGANIZATION) MP-440918",
        "您好请问医疗的，我是负责医疗的，送肿瘤基因检测，保险：单位保险",
        "我这边是[泊宁医疗](ORGANIZATION)的，想问下合同什么时候签",
        "我是做护理的，我们是专业护理的，我在北京体检的，我是互联网医疗的，我是社区护理的小王",
        "我是隔壁的小王，我是老周的小舅，我是患者的小女儿，我是他家的小李",
        "肠道健康 专员很忙，家庭健康·手册，职业健康员工",
        "身心健康，智慧医疗，远程医疗，心理咨询室，康复护理上门，与健康人比较，安徽钢铁产量",
        "我是海云的小姨，乙方：康健（签字），由中医顾问开方，我是乐乐的妈妈",
        "一路平安，电信诈骗，招商会上见，停经7天，如家一般温暖，MSH6突变，资本市场，人力不足",
        "由金玉兰陪同，联系金恩惠办理，与金华签收，「健康陪诊群」，和健康人一样",
    ],
)
def test_firms_are_introduced(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "ORGANIZATION"]

    assert found == [text[mark.start : mark.end] for mark in expected]
