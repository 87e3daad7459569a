"""Bodies by who answers and signs for them, small ones behind their place, and what an address ends with."""

import pytest

from deid import detect
from deid.catalog import parse_marked

TYPES = {"ORGANIZATION", "LOCATION", "CN_ADDRESS", "CN_MEDICAL_INSTITUTION"}


def _found(text):
    return {(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in TYPES}


@pytest.mark.parametrize(
    "marked",
    [
        "单位[宝丰酒业](ORGANIZATION)要求复工证明,找乔医生",
        "病退人员｜原[牡丹江纺织](ORGANIZATION)挡车工｜双耳高频听力下降",
        "寄件:[重庆隆兴](ORGANIZATION)工会 收件:体检中心",
        "说苹果款下来就付，给予美罗华联合CHOP方案化疗，吃平安果",
        "坐席（工号21）：您好，[恒泽长护](ORGANIZATION)，请问怎么称呼？",
        "客服：您好，[颐年居家](ORGANIZATION)，工号22为您服务",
        "接：您好，这里是[德善心理](ORGANIZATION)，我是小何。",
        "王倩-[颐康医服](ORGANIZATION)　3/14 10:02\n各位好",
        "苏敏 | 客户关怀部 | [北屿医疗](ORGANIZATION)\n邮箱见下",
        "　　　　[沪皖客户关怀部](ORGANIZATION)　敬上",
        "由“[同馨陪诊](ORGANIZATION)”的小丁来接",
        "【[江西康途](ORGANIZATION)】汪女士，您在平台提交的退款\n【退订提示】回T",
        "已在[凤凰派出所](ORGANIZATION)备案",
        "[高速交警天心大队](ORGANIZATION)出具认定书",
        "去[滨江区劳动监察大队](ORGANIZATION)投诉",
        "名单另报[贵溪市疾控中心](ORGANIZATION)",
        "A01　[陇西县金源当归购销部](ORGANIZATION)　经营者",
        "购买方名称：[淮南铁路职工互助会](ORGANIZATION)",
        "|[上海铁路局徐州房建段](ORGANIZATION)|团检",
        "外勤；[繁峙铁矿](ORGANIZATION)现场",
        "供货：[成都安行非急救转运有限公司](ORGANIZATION)",
        "销售方：[武汉江岸区晨曦营养咨询工作室](ORGANIZATION)",
        "[合肥睿衡医学检验实验室有限公司](ORGANIZATION)　税号",
        "钱转账[工商银行安顺中华路支行](ORGANIZATION)",
        "找[国药湖南](ORGANIZATION)补货",
        "原来在[恒源焦化](ORGANIZATION)上班",
        "爱人（[建行](ORGANIZATION)柜员），可靠",
        "伤者是[饿了么](ORGANIZATION)骑手，女儿在[盒马](ORGANIZATION)当收银，[移动](ORGANIZATION)外包客服，父亲在[肯德基](ORGANIZATION)上班",
        "91年从[毛纺三厂](ORGANIZATION)下岗，以前在[第41集团军](ORGANIZATION)服役，妹妹在[岭澳核电站](ORGANIZATION)上班",
        "单位:[县供销社](ORGANIZATION) 职务:会计；[中科院力学所](ORGANIZATION)博士；单位[铜陵有色](ORGANIZATION)",
        "患者职业:渔民，随[海渔公司](ORGANIZATION)出海；资料已交[人保财险襄阳分公司](ORGANIZATION)窗口",
        "[武大](ORGANIZATION)研究生，住[农大](ORGANIZATION)里面的家属楼，就读[河南理工](ORGANIZATION)，在[华南师大](ORGANIZATION)，[荆门石化](ORGANIZATION)，[武警湖北总队](ORGANIZATION)",
        "单位：[白鹭热电](ORGANIZATION)；剂量单位：mg",
        "出事在[G42沪蓉高速K812](LOCATION)，伤者两人",
        "由[武昌和泰健康咨询](ORGANIZATION)的李经理对接",
        "在[晋南煤业集团三道沟矿](ORGANIZATION)掘进",
        "1998年在[焦铁二中](ORGANIZATION)教物理",
        "报销走[太平洋寿险宁波中支](ORGANIZATION)",
        "让他去[二医院](CN_MEDICAL_INSTITUTION)挂号",
        "[省肿瘤](CN_MEDICAL_INSTITUTION)说做不了",
        "[仁心堂](CN_MEDICAL_INSTITUTION)抓药",
        "接机 [首都T3](LOCATION)",
        "家在[保利香槟](CN_ADDRESS)，住在[恒大绿洲二期](CN_ADDRESS)。",
        "寄到 [云岩区延安中路丰产支路 移动大楼后面](CN_ADDRESS)",
        "[徐汇康复门诊](CN_MEDICAL_INSTITUTION) 处方",
        "上周→[省胸科](CN_MEDICAL_INSTITUTION)，取药",
        "送[华阳总院](CN_MEDICAL_INSTITUTION)急诊",
        "到[唐山燕南职业病院](CN_MEDICAL_INSTITUTION)照胸片",
        "地点[太原迎泽中心医院](CN_MEDICAL_INSTITUTION)。乙方",
        "下周一[协和医院](CN_MEDICAL_INSTITUTION)会诊",
        "在[曼谷](LOCATION)[Bumrungrad医院](CN_MEDICAL_INSTITUTION)复查",
        "机场[浦东T1](LOCATION)接人",
        "请到[临港大道站](LOCATION)，我们来接",
        "李芳（[娄底](LOCATION)）反映",
        "我们[平利](LOCATION)这里便宜",
        "二〇二四年三月二十九日于[大同](LOCATION)",
        "邻居讲去[都安](LOCATION)走亲戚，周日才回",
        "偷吃[杨凌](LOCATION)的桃子",
        "姓名,地址\n张伟,搬迁至[红寺堡](LOCATION)",
        "姓名,来源门店\n张伟,[广州珠江新城](LOCATION)店",
        "1. [下塘屯](CN_ADDRESS)蒙玉珍阿婆血压高",
        "走访[西江镇](LOCATION)三个村",
        "先到[寨头村三组风雨桥头](CN_ADDRESS)，再走上寨",
        "家在[彭堡镇姚磨村蔬菜基地旁](CN_ADDRESS)。",
        "开小卖部的，[水洛镇吊沟村村口](CN_ADDRESS)。",
        "地址[鼓楼区湖南路12号侧门](CN_ADDRESS)",
        "送[南昌高新区艾溪湖北路68号软件园6栋仓库](CN_ADDRESS)，收货人",
        "地址[长沙市雨花区韶山中路41号凯宾商业广场后栋602](CN_ADDRESS)（老房子）",
        "住[大柳塔镇前柳塔小区](CN_ADDRESS)几号楼？",
        "住所：[长沙市雨花区韶山中路42号中隆国际3栋2604](CN_ADDRESS)　现居[深圳](LOCATION)",
        "订好了，[金凤区亲水大街万达西侧汉庭1609、1611](CN_ADDRESS)",
        "她在[福建医科大](ORGANIZATION)读研，[石牌二中](ORGANIZATION)的学生，[徐家汇一小](ORGANIZATION)三年级",
        "我在[中通](ORGANIZATION)跑件，昨天在[宜家](ORGANIZATION)摔的，在[山姆](ORGANIZATION)门口滑倒",
        "她在[比亚迪长沙厂](ORGANIZATION)上班，欠[招商银行信用卡中心](ORGANIZATION)的钱",
        "住宿：[亚朵酒店无锡太湖店](ORGANIZATION)，今晚住[晋祠宾馆](ORGANIZATION)。",
        "在网上的[同和堂旗舰店](ORGANIZATION)买的，吃了[李记卤味](ORGANIZATION)拉肚子，[老马家牛肉面](ORGANIZATION)门口",
        "妈妈在[河西菜市场](LOCATION)门口摔倒",
    ],
)
def test_finds_bodies_and_places_in_use(marked):
    text, expected = parse_marked(marked)

    assert _found(text) == {(e.start, e.end, e.entity_type) for e in expected}


@pytest.mark.parametrize(
    "text",
    [
        "客服：您好，打扰一下，请问您方便吗",
        "客服：您好，血液透析室，请讲",
        "坐席：您好，人工服务，请讲",
        "客服：您好，预约挂号，我是8号坐席",
        "王五-内科护理 10:02\n收到",
        "科室主任 | 心血管康复 | 三楼",
        "省眼科年会",
        "下周三中医院义诊",
        "她要名单报卫健局",
        "群里广告禁言",
        "押金走公司",
        "门禁新密码找物业",
        "非法开采镍钼矿",
        "停产后换仿制药",
        "人大代表，清华老师傅的手艺，交大附近吃饭，农大包子，武大郎",
        "电信客服电话打不通，移动支架，京东买的血压计，罗氏cobas平台复测，强生疫苗，先交押金",
        "在移动工作站上阅片，到联影工作台核对，移动车间停工，多点司机迟到",
        "创面上药后包扎，在家上药，治宜化痰，他兴发了，君实施手术，推广药物",
        "长安汽车追尾了，东软的机器坏了",
        "通过包税的转运公司寄",
        "坐地铁一号线过来坐过站了",
        "早餐：鸡蛋、江山米糕任选",
        "大药房（和平）",
        "家属陆建华（长子）代诉",
        "陈静（通道）",
        "我们村王大爷，这个屯李二，俺村贺先生",
        "批次\t医院\t姓名\nP01\t事后报销\t-",
        "地址\n自提 10/12",
        "官方旗舰店没货，淘宝旗舰店买的，信用卡中心电话，住附近宾馆，住医院旁边宾馆，订了一家快捷酒店",
        "东区便利店可以加热，走工伤要劳动局认定，三小二年级，其中一中的学生，医科大学生，在路边摔的，写周记",
        "武昌鱼、扬州老鹅、盱眙小龙虾、新疆大盘鸡、砀山酥梨膏、河北驴肉火烧、海南清补凉",
    ],
)
def test_what_looks_like_them_is_none(text):
    assert not _found(text)
