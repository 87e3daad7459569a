"""Institutions and organisations that are called after a place, with what stands before and behind them."""

import pytest

from deid import detect
from deid.catalog import parse_marked

TYPES = {"ORGANIZATION", "LOCATION", "CN_ADDRESS", "CN_MEDICAL_INSTITUTION", "PERSON"}


@pytest.mark.parametrize(
    "marked",
    [
        "2023-12-11 到[宁波市妇儿](CN_MEDICAL_INSTITUTION)陪诊",
        "在[上饶儿医](CN_MEDICAL_INSTITUTION)住院",
        "转至[伊春市妇保院](CN_MEDICAL_INSTITUTION)",
        "[昆明附一](CN_MEDICAL_INSTITUTION)心内科会诊",
        "在[同德堂](CN_MEDICAL_INSTITUTION)抓的药",
        "看中医，[湖里区金湖路27号](CN_ADDRESS)[鹭济堂](CN_MEDICAL_INSTITUTION)，空腹不用",
        "发货方：[邵武市和平堂中医馆](CN_MEDICAL_INSTITUTION)　包邮",
        "[和春堂中医馆](CN_MEDICAL_INSTITUTION)　处方笺",
        "1.[仁和堂大药房](ORGANIZATION)；2.",
        "付至[江苏苏康护理站](CN_MEDICAL_INSTITUTION)账户",
        "晚夜班交接　[彭州市濛阳镇老年护理院](CN_MEDICAL_INSTITUTION)　二楼　",
        "于[洛阳沐春泽普诊所](CN_MEDICAL_INSTITUTION)就诊",
        "由[让胡路区百川社区卫生服务中心](CN_MEDICAL_INSTITUTION)开具",
        "1.[株洲瑞和肿瘤医院](CN_MEDICAL_INSTITUTION)；2.",
        "29岁，[协和](CN_MEDICAL_INSTITUTION)化疗回来的",
        "在[七台河市第一医院（东院区）](CN_MEDICAL_INSTITUTION)住院",
        "建议去[滁州市岐元养护院](ORGANIZATION)",
        "五、争议提交[上海市徐汇区人民法院](ORGANIZATION)。",
        "争议提交[深圳国际仲裁院](ORGANIZATION)仲裁",
        "再不行上[临夏州卫健委](ORGANIZATION)去",
        "抬头开[仁寿县卫健委](ORGANIZATION)",
        "拨打[河池市人社局](ORGANIZATION)电话",
        "付至乙方[北京银行](ORGANIZATION)卡6029",
        "在[建设银行营业部](ORGANIZATION)上班",
        "工作单位[华亭煤业东峡矿](ORGANIZATION)（退休）",
        "在[淮南潘三矿](ORGANIZATION)下井",
        "甲方：[海口市红旗铁矿](ORGANIZATION)",
        "保单在[人保财险大竹支公司](ORGANIZATION),出险打",
        "向[泰和人寿山东分公司](ORGANIZATION)提交",
        "您好，这里是[浙安健康保险](ORGANIZATION)理赔服务专线",
        "4/9 [顺丰](ORGANIZATION)到付",
        "要全称[成都岷桥医疗咨询有限公司](ORGANIZATION) 税号",
        "[黑龙江哈尔滨道外区宏达中学](ORGANIZATION)来电",
        "在[遂宁颐年中医诊所](CN_MEDICAL_INSTITUTION)看的",
        "向[东洲区百川纺织厂](ORGANIZATION)投诉",
        "转给[中国移动钟祥市分公司](ORGANIZATION)处理",
        "拜访[中国人寿重庆支公司](ORGANIZATION)",
        "就诊机构：[昆明诺齿口腔（金鼎店）](CN_MEDICAL_INSTITUTION)　",
        "[柳州齿悦口腔门诊部（龙潭店）](CN_MEDICAL_INSTITUTION)　病历",
        "产后入住[哈尔滨禧悦月子会所](ORGANIZATION)，",
        "发货：[沈阳佳视光学配送中心](ORGANIZATION)　",
        "驱铅住[南阳市职防所](CN_MEDICAL_INSTITUTION)还是",
        "双方经[市南区医调委](ORGANIZATION)主持调解",
        "女　72岁　[大庆油田](ORGANIZATION)退休",
        "坐席：您好[百序健康](ORGANIZATION)客服很高兴为您服务",
        "明天让他跑一趟[社旗](LOCATION)\n收到",
        "下礼拜要跑[喀什](LOCATION)拉货",
        "原[北京云岐医疗有限公司](ORGANIZATION)员工",
        "[莱州中心医院](CN_MEDICAL_INSTITUTION)的大夫说要一并写上",
        "见证：[泰兴市济川街道银杏社区居委会](ORGANIZATION)　经手人",
        "我们是[厦门府前东路综合门诊部](CN_MEDICAL_INSTITUTION)，请问",
        "体检地点[城西区胜利大街康源体检中心](CN_MEDICAL_INSTITUTION)，空腹",
        "[蓝田县汤峪镇塘子街](CN_ADDRESS)开超市的",
        "从[建行城东分理处](ORGANIZATION)取的，[中国红十字会长沙分会](ORGANIZATION)捐助",
        "[中国抗癌协会南京分会](ORGANIZATION)来过",
        "[徐州医科大附院](CN_MEDICAL_INSTITUTION)国际部，各大附院",
        "危重孕产妇救治中心，全院通知",
        "只走医院公开渠道，转诊医院：□上级医院，护理学校实习生三名，福利厂的残疾工人，特医食品",
        "协会举办分会场活动，重点学科分会场，医院感染",
        "到镇上卫生院看过，村里卫生室输液，地下一层药房取药，各大医学院校的毕业生，乙方为服务公司",
    ],
)
def test_bodies_are_found_whole(marked):
    text, expected = parse_marked(marked)

    found = [(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in TYPES]

    assert found == [tuple(mark) for mark in expected]


@pytest.mark.parametrize(
    "text",
    [
        "人力行政部　手机",
        "尾款打公司账户",
        "发票开公司抬头",
        "看孩子，不看广告。",
        "少看电视台广告",
        "正位300，安定镇静另计",
        "合作门店口腔项目参考价",
        "爱尔创1980，泽康3680",
        "父在某小学教书",
        "三家幼儿园体检签了两家",
        "办一张银行卡",
        "到护理站取药，护理站在走廊尽头",
        "在食堂拿药，去教堂调理心情",
        "顺丰单号未出",
        "梅奥评分3分，霍普金斯量表",
        "时间;就诊机构\n下午2;VIP会议室",
    ],
)
def test_words_of_such_names_alone_are_none(text):
    assert not [e for e in detect(text) if e.entity_type in TYPES]
