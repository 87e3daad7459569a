"""Employers, shops, offices, schools and hospitals as people speak of them, and the words that look like them."""

import pytest

from deid import detect
from deid.catalog import parse_marked

TYPES = {"ORGANIZATION", "LOCATION", "CN_ADDRESS", "CN_MEDICAL_INSTITUTION"}


def _found(text):
    return {(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in TYPES}


@pytest.mark.parametrize(
    "marked",
    [
        "爷爷是[林业局](ORGANIZATION)退休的，他们单位是[供电局](ORGANIZATION)，体检安排在下周",
        "[县红会](ORGANIZATION)捐了两万，[省药监](ORGANIZATION)飞检，[红十字会](ORGANIZATION)批了5000",
        "孩子在[实验二小](ORGANIZATION)上三年级，[一职高](ORGANIZATION)的学生崴脚，[三十六中](ORGANIZATION)门口摆摊",
        "妈妈在[镇小](ORGANIZATION)教书，女儿念[育才中学](ORGANIZATION)初二",
        "[平安](ORGANIZATION)拒赔了，投保[新华](ORGANIZATION)的重疾，单子在[大地](ORGANIZATION)，查勘员来过",
        "[华大](ORGANIZATION)做的无创，标本送[迪安](ORGANIZATION)，三个工作日",
        "在[宏立幕墙](ORGANIZATION)做安装，给[恒顺建材](ORGANIZATION)开车",
        "[星川驾校](ORGANIZATION)教练，[金鼎KTV](ORGANIZATION)喝酒，在[辣三婆火锅](ORGANIZATION)吃的",
        "孩子送去[贝栗早教](ORGANIZATION)才两周",
        "[正义律师事务所](ORGANIZATION)受托，[正义所](ORGANIZATION)发函",
        "[杭州安伴健康科技有限公司](ORGANIZATION)成立，[安伴科技](ORGANIZATION)亏损",
        "[国控南通](ORGANIZATION)差发票，[国网湖南](ORGANIZATION)派出，[广州金域](ORGANIZATION)出报告",
        "转去[颐和康复](CN_MEDICAL_INSTITUTION)做高压氧，[湘雅常德](CN_MEDICAL_INSTITUTION)也有神外",
        "从[县人民](CN_MEDICAL_INSTITUTION)转来，挂[新华](CN_MEDICAL_INSTITUTION)的号方便",
        "经[扬州大学附属医院司法鉴定所](CN_MEDICAL_INSTITUTION)鉴定",
        "[空军军医大](ORGANIZATION)读博，孙女在[渤大](ORGANIZATION)读书，考研去了[矿大](ORGANIZATION)，压力大",
        "她是[东北育才](ORGANIZATION)的数学老师，[城关一中](ORGANIZATION)初中部，幼儿园叫[小清华](ORGANIZATION)，老师来电",
        "从[好邻居家政](ORGANIZATION)请的，[瓦房店轴承](ORGANIZATION)的采购来谈，调到[铜川声威水泥](ORGANIZATION)",
        "给工人买的[安诚](ORGANIZATION)雇主险，[永诚](ORGANIZATION)赔了七成，[中通](ORGANIZATION)取件员来了",
        "[江北公安](ORGANIZATION)调监控，孩子爸爸在[公牛](ORGANIZATION)，[苏宁](ORGANIZATION)总部员工，送[杭州迪安](ORGANIZATION)",
        "索赔函致[永安保险西安分公司](ORGANIZATION)，送检：[宁波美康盛德](ORGANIZATION)，周期5天",
        "[高桥大市场](LOCATION)做酒店用品的，骨灰放在[青崖墓园](ORGANIZATION)",
    ],
)
def test_bodies_are_found_as_people_call_them(marked):
    text, expected = parse_marked(marked)

    assert _found(text) == {(span.start, span.end, span.entity_type) for span in expected}


@pytest.mark.parametrize(
    "text",
    [
        "该局退休，供电局面紧张，该局的人",
        "县红十字药箱，省药监条码，红十字会法",
        "昨晚烧烤吃多了，去KTV唱歌，量贩KTV，麻辣火锅吃完拉肚子，驾校教练",
        "健康早教才两周，学习瑜伽，老年健身课",
        "术后康复做得好，转去社区康复，继续康复做操，在家康复的老人",
        "在附近批发市场买，农贸市场门口，海鲜市场卖鱼",
        "患者平安，平安出院；大地震；阳光好；重疾险的说明",
        "公安部门，交警说法，在公安机关，局部缺血",
        "学校的英语老师，是孩子的数学老师，在班里的语文老师，是一名物理老师",
        "去动物园玩，在体育馆打球，从游乐园回来，下山摔倒，爬山扭伤，后山徒步",
        "挂专家的号，二中断，三十六中有六例",
    ],
)
def test_words_of_bodies_alone_are_none(text):
    assert not _found(text)
