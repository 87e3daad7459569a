"""Schools, offices, works and firms in short, and what only looks like them."""

import pytest

from deid import detect
from deid.catalog import parse_marked

_BODIES = {"ORGANIZATION", "CN_MEDICAL_INSTITUTION"}


def _bodies(text):
    return [(found.start, found.end) for found in detect(text) if found.entity_type in _BODIES]


@pytest.mark.parametrize(
    "marked",
    [
        "孩子上[东营一中](ORGANIZATION)",
        "在[肥城八中](ORGANIZATION)上班，工作忙",
        "张三,男,45,[通辽幼师](ORGANIZATION),13800138000",
        "投诉到[丹东晚报](ORGANIZATION)",
        "联系[枣庄工商联](ORGANIZATION)",
        "上报[临清市自然资源局](ORGANIZATION)",
        "[广安市监局](ORGANIZATION)来检查",
        "跟[万源团委](ORGANIZATION)沟通过",
        "拜访[关庄镇政府](ORGANIZATION)",
        "已通知[区政府](ORGANIZATION)",
        "从[黎川金桥广告](ORGANIZATION)离职",
        "在[南平晟元包装](ORGANIZATION)上班",
        "[河南明德粮油](ORGANIZATION)报价偏高",
        "抬头开[福建海桥健康咨询有限公司](ORGANIZATION)。",
        "在[平安人寿](ORGANIZATION)上班",
        "在[泰康人寿宁波分公司](ORGANIZATION)上班",
        "在[华为](ORGANIZATION)深圳总部上班",
        "小叶在[人保健康](ORGANIZATION)兰州",
        "[太保健康](ORGANIZATION)的客服",
        "从[碧桂园](ORGANIZATION)到[省人民医院](CN_MEDICAL_INSTITUTION)",
        "[市肿瘤医院](CN_MEDICAL_INSTITUTION)、[三溪庄村卫生室](CN_MEDICAL_INSTITUTION)",
        "[恒瑞医药](ORGANIZATION)包场",
        "【[苕溪护理](ORGANIZATION)】排班群　韩冬梅 18:30 明天的班改了",
        "转接：[皖江康询](ORGANIZATION)信息部小阮。材料交[皖江康询](ORGANIZATION)。【基础护理】要点",
        "受理　[皖江康途](ORGANIZATION)国际部 任晨曦，受托公司承诺：不披露",
        "退一半，走[徽商银行](ORGANIZATION)，卡号发我",
        "除[东方肝胆外科医院](CN_MEDICAL_INSTITUTION)叶教授外，要退款，说[瑞金](CN_MEDICAL_INSTITUTION)专家没见到",
        "[毕马威会计师事务所](ORGANIZATION)合伙人",
        "毕业于[复旦](ORGANIZATION)",
        "工作单位：[幼师](ORGANIZATION)",
        "女儿读[二中](ORGANIZATION)，住校",
        "[人民路一小](ORGANIZATION)门口",
        "从[启航科技](ORGANIZATION)离职",
        "承保[众诚财险](ORGANIZATION)，向保险公司办理了财产保险，投保了财产保险，代理财险，客户名下产险，没有购买过寿险",
        "保单是[永安财险](ORGANIZATION)的，由[长江财险](ORGANIZATION)理赔，在马路上被汽车当场撞死",
        "李四|[启航科技](ORGANIZATION)|已签约",
        "[永昌物流](ORGANIZATION)送货",
        "在[区儿童医院](CN_MEDICAL_INSTITUTION)门口等",
        "曾在[县中心医院](CN_MEDICAL_INSTITUTION)手术",
        "去[李家村卫生室](CN_MEDICAL_INSTITUTION)看病",
        "就诊医院：[河医大二院](CN_MEDICAL_INSTITUTION)",
        "收款行[中国银行济南历下支行](ORGANIZATION)，名下[中原银行](ORGANIZATION)卡 6230787951455504589",
        "厂家[兰州惠踝假肢矫形有限公司](ORGANIZATION)，本人[南华大学](ORGANIZATION)职工，资料交[北京大学肿瘤医院](CN_MEDICAL_INSTITUTION)会诊",
        "问[华西](CN_MEDICAL_INSTITUTION)的曾教授，[协和](CN_MEDICAL_INSTITUTION)没床位，代付[养和](CN_MEDICAL_INSTITUTION)押金",
        "陪奶奶去[阜外](CN_MEDICAL_INSTITUTION)，[郑大三附院](CN_MEDICAL_INSTITUTION)移植失败，跟[省儿保](CN_MEDICAL_INSTITUTION)说过",
        "日期|医院\n6/17|[南京鼓楼](CN_MEDICAL_INSTITUTION) 消化\n6/18|[回龙观](CN_MEDICAL_INSTITUTION)、[安定](CN_MEDICAL_INSTITUTION)\n6/19|[北医三院](CN_MEDICAL_INSTITUTION)、[301](CN_MEDICAL_INSTITUTION)",
    ],
)
def test_bodies_in_short_are_found(marked):
    text, expected = parse_marked(marked)

    assert _bodies(text) == [(span.start, span.end) for span in expected]


@pytest.mark.parametrize(
    "text",
    [
        "您好这里是健康咨询热线，先报公司名，剩药交回医院，不评价任何医院",
        "商业健康险理赔申请书，日资公司HR，钥匙双人保管",
        "工作单位：退休",
        "会诊科室：耳鼻喉，东方红会诊",
        "上海高端医疗项目介绍",
        "西藏在语言文化上",
        "北京被两台汽车逼停",
        "单位报销，保险公司审核，学校请假",
        "心内科、检验科、医务科、财务部已会签",
        "云南三七粉、浙贝母、怀山药",
        "从北京高速下来",
        "在附近电子厂上班",
        "姓名|生物|化学",
        "解开衣扣，去除义齿，清除异物",
        "含锌较多的食物，如动物性食品，如禽肉",
        "上午一小时，中午一小杯",
        "在本村卫生室拿药，到邻村诊所输液",
        "近期血压高，中午加服一片",
    ],
)
def test_words_and_general_parts_are_no_bodies(text):
    assert _bodies(text) == []


def test_of_a_place_that_holds_the_name_of_a_firm_nothing_is_left():
    text = "寄建阳区金域园陈静梅收"
    found = {place for entity in detect(text) for place in range(entity.start, entity.end)}

    assert found == set(range(1, len(text) - 1))


@pytest.mark.parametrize(
    "marked",
    [
        "坐席：您好[程医通](ORGANIZATION)客服请问怎么称呼，[程医通](ORGANIZATION)记下了",
        "[善诺](ORGANIZATION)客服夜班轮值表；抄送：[善诺](ORGANIZATION)合肥办",
        "[善诺](ORGANIZATION)顾问-小白 22:20\n我是[善诺](ORGANIZATION)的白露\n阿妹 22:22\n在吗\n[善诺](ORGANIZATION)顾问-小白 22:25\n在",
        "[善诺医疗咨询](ORGANIZATION)-胃肠组\n09:03 [善诺](ORGANIZATION)-小潘：在的姐\n09:03 果妈：好\n09:05 [善诺](ORGANIZATION)-小潘：看到了",
        "感谢信\n[善诺](ORGANIZATION)的各位老师：你们好，[善诺](ORGANIZATION)厍经理帮了我",
        "A：我是[程医通](ORGANIZATION)的回访专员小鲁。B：[程医通](ORGANIZATION)我知道",
        "【[程医通](ORGANIZATION)】陪诊服务记录单，请找[程医通](ORGANIZATION)成都转达",
        "乙方：[河南善诺健康管理有限公司](ORGANIZATION)，不是[济南善诺](ORGANIZATION)",
    ],
)
def test_the_own_name_of_a_firm_is_found_everywhere_once_it_is_told(marked):
    text, expected = parse_marked(marked)

    assert _bodies(text) == [(span.start, span.end) for span in expected]


@pytest.mark.parametrize(
    "text",
    [
        "服务商：详见附件\n(含税南京办)，预约挂号APP，您好在线客服，您好请转客服，夜班客服轮值表，医院APP上预约，到哪里成都办证",
        "她在北京念中学，儿子在郑州上大学，10月在岐山县一诊所做过针灸",
        "康养顾问-小赵：好的\n家属：嗯\n康养顾问-小赵：行\n康养很重要，省人民的健康",
        "老师会给您发电子合同，用户银行卡号6217001221770468887",
        "住在阜外大街12号，各位同仁好，养和气血，华西大道堵车",
        "科室的各位老师：请注意\n【注意】随访时间改到周五\n我是北京的客服小李",
        "我是李建国的健康顾问小王",
        "开心-小宝 22:20\n在吗\n医生 22:21\n在\n开心-小宝 22:22\n健康就好，医疗费贵",
    ],
)
def test_words_and_persons_before_a_speaker_are_no_firm(text):
    assert _bodies(text) == []
