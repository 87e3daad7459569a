"""Shops, crews, offices and stations by their place; firms by a label or a greeting; towns that are taken for somebody."""

import pytest

from deid import detect
from deid.catalog import parse_marked

_TYPES = {"ORGANIZATION", "CN_MEDICAL_INSTITUTION", "CN_ADDRESS", "LOCATION", "PERSON"}


def _found(text):
    return sorted((e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in _TYPES)


@pytest.mark.parametrize(
    "marked",
    [
        "3）[安吉县竹海推拿店](ORGANIZATION)　税号",
        "[襄阳汉江轮椅租赁部](ORGANIZATION),914",
        "[赣州赣江护送转运中心](ORGANIZATION),914",
        "由[临汾市工伤保险中心](ORGANIZATION)答复，[井陉县黑石镇水利站](ORGANIZATION)盖章",
        "[昆明市官渡区阿红理发馆](ORGANIZATION)，[苏州恒昌运输队](ORGANIZATION)",
        "在[寻乌吉潭镇医院](CN_MEDICAL_INSTITUTION)做的胃镜，转[津市中心医院](CN_MEDICAL_INSTITUTION)",
        "[包头达茂旗骨伤医院](CN_MEDICAL_INSTITUTION)做的",
        "分院：[爱康国宾杭州西溪分院](CN_MEDICAL_INSTITUTION)。",
        "工作单位：原[沈阳第二机床厂](ORGANIZATION)",
        "发票抬头改[华康科技产业股份有限公司](ORGANIZATION)",
        "寄双河镇，就写[桃林村卫生室](CN_MEDICAL_INSTITUTION)转",
        "■ [衢州速达冷链](ORGANIZATION)｜待补",
        "他在[眉山中车](ORGANIZATION)上班，转[建行 观音桥支行](ORGANIZATION)",
        "坐席：您好，这里是[沐禾慢病管理](ORGANIZATION)，请问怎么称呼",
        "您好，这里是[云帆陪诊](ORGANIZATION)，请问",
        "【[楚云陪诊](ORGANIZATION)】[张浩](PERSON)家属您好，提醒",
        "乙方：[湖南永和医疗咨询有限公司](ORGANIZATION)（以下简称“[永和](ORGANIZATION)”）法定代表人",
        "09:14  [皖舜禾程](ORGANIZATION)-[小曾](PERSON)\n[谭姐](PERSON)早\n09:21  [皖舜禾程](ORGANIZATION)-[小曾](PERSON)\n好的",
        "住医院对面的[格林豪泰](ORGANIZATION)208房",
        "翻译[佳音](PERSON)（[辽大](ORGANIZATION)研究生）",
        "上周协和陪诊41单，[同济](CN_MEDICAL_INSTITUTION)37单",
        "收件人,地址\n[李静](PERSON),[浙江大学附属第一医院](CN_MEDICAL_INSTITUTION)病理科",
        "患者由[谯](PERSON)主任行机械取栓术",
        "3号到[长沙南](LOCATION)，儿子接",
        "车次G12，[汉口站](LOCATION)9:20到，在[太原站](LOCATION)东口接",
        "集合：[杭州东站西广场](LOCATION)，别迟到",
        "片子在老家[邢台](LOCATION)，让他找",
        "建议转[牡丹江](LOCATION)手外科",
        "[永州](LOCATION)[小陶](PERSON)，签字",
        "我是[龙井](LOCATION)的[老元](PERSON)，在",
        "往[内乡](LOCATION)方向走了，寄[朝阳](LOCATION)家中。",
        "[洪梅](PERSON)，女，29岁。去年在[洪梅镇](LOCATION)老家那边查过。[洪梅](PERSON)来电。",
        "早上在[磁器口](LOCATION)吃豆花",
        "现住址: [江安县井口镇双林村7组](CN_ADDRESS) 以前登记的是女婿家",
        "住[安图县松江镇柳河村三队老供销社隔壁](CN_ADDRESS)",
        "在[槐店镇东关街清真寺南80米路东](CN_ADDRESS)。",
        "说是[解放大道1102号旁边的汉庭 506](CN_ADDRESS)？",
        "回[大悟县新城镇双林村杜家湾](CN_ADDRESS)老屋",
        "你在哪？[莘县董杜庄镇后屯](LOCATION)……",
        "id,name,uscc\n1,[襄阳汉江轮椅租赁部](ORGANIZATION),914\n2,[张小明](PERSON),9",
        "拿药去[九信大药房](ORGANIZATION)（[黄花岗西路](CN_ADDRESS)）。",
        "■ [通化参和大药房连锁](ORGANIZATION)，待补",
        "学校：[成都市第十九中学校](ORGANIZATION)高二",
        "[宁都县第三中学](ORGANIZATION)校医来电",
        "who will be in [Leeds](LOCATION) until 30 June, back to [Galway](LOCATION) on Monday",
        "[牛角沱](LOCATION)找[Kevin](PERSON)，签字",
        "住[湘雅医院](CN_MEDICAL_INSTITUTION)对面的楼",
        "住[解放路白鹭公园旁边的翡翠公寓4号楼](CN_ADDRESS)。",
        "客户[济和堂](ORGANIZATION)中药代煎费",
    ],
)
def test_small_bodies_and_towns_are_found_whole(marked):
    text, expected = parse_marked(marked)

    found = set(_found(text))

    assert {(m.start, m.end, m.entity_type) for m in expected} <= found


@pytest.mark.parametrize(
    "text",
    [
        "开水果店，在市场服务部，跑车队，公交车队司机，运输队退休",
        "在健身房锻炼，附近的美容院，那家花店，小区面馆",
        "你去边间医院，哪间医院好，边家医院便宜",
        "早年派出所办的，旧年派出所登错",
        "会说四川话和上海话",
        "住所距医院1小时内，家距医院远",
        "CT：肺磨玻璃结节8mm，予行机械通气",
        "您好，这里是员工心理援助，请讲",
        "住厂子宿舍",
        "您要回信或打村口电话",
        "【在线口腔咨询】\n用户：牙疼",
        "11:02 手术排期-客服：您好\n11:03 手术排期-客服：好",
        "账号,开户行,金额\n6236,拒赔,0.00\n6238,退件,3",
        "甲方（以下简称“甲方”），本公司（下称“平台”）",
        "方向盘打歪了，往回家方向",
        "关节置换（后外侧入路），小学校长，附近药店",
        "graded in Florence criteria, went to Bristol stool form",
    ],
)
def test_words_in_the_same_places_are_neither(text):
    assert _found(text) == []
