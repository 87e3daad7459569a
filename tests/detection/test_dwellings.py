"""Where somebody lives without road and number, or told as people speak: beside a landmark, in a hamlet, from the door to the estate."""

import pytest

from deid import detect
from deid.catalog import parse_marked

TYPES = {"ORGANIZATION", "LOCATION", "CN_ADDRESS", "CN_MEDICAL_INSTITUTION", "PERSON"}


@pytest.mark.parametrize(
    "marked",
    [
        "她现在租住在[老粮站后面的平房](CN_ADDRESS)，没有暖气",
        "我在[供销社隔壁](CN_ADDRESS)那个药店门口等你",
        "阿姨住[工人文化宫北边的纺织宿舍](CN_ADDRESS)，七十年代的老楼",
        "住[兴隆镇文昌街供销社旁平房](CN_ADDRESS)。",
        "瘫在二哥家，[南大街那边电力宿舍](CN_ADDRESS)。我没去过",
        "住的地方定在[长沙市开福区芙蓉北路的如家](CN_ADDRESS)，走路就到",
        "娘家在[刘家峁](CN_ADDRESS)，从[张家圪](LOCATION)来",
        "从外地过来的，住[小西坪二社](CN_ADDRESS)。",
        "今天要看的是[郭家塬村雷家湾社](CN_ADDRESS)的病人",
        "家在[岩脚组](CN_ADDRESS)核桃树底下",
        "到[新家坡小区2号楼3单元2831](CN_ADDRESS)，住[停云大街59号](CN_ADDRESS)，在[回澜路12号](CN_ADDRESS)，家住[汇合镇集合村3组](CN_ADDRESS)",
        "患者独居于[302室，5号楼，枫林雅苑](CN_ADDRESS)，邻居代为陪同",
        "[3栋1402](CN_ADDRESS)：谢谢，我下来拿",
        "不对，是[5号楼302室](CN_ADDRESS)，快递上次就送错了",
        "现在改成[红光村五组](CN_ADDRESS)了",
        "老屋门牌[桂花巷4号](CN_ADDRESS)。",
        "住[桥头河矿区工人新村棚户区23栋](CN_ADDRESS)，冬天烧煤",
        "请记录：[长乐坊38号](CN_ADDRESS)，二楼",
        "事发地[前进路与胜利街交叉口](CN_ADDRESS)",
        "药请送到[银河湾三期](CN_ADDRESS)门卫室",
        "你到了[建设路](CN_ADDRESS)口给我打电话",
        "现居[香港九龙土瓜湾谭公道112号益丰大厦B座9楼5室](CN_ADDRESS)",
        "居住于[新界沙田大围积福街28号地下](CN_ADDRESS)，每月复诊",
        "十二点送回[锦绣花园](CN_ADDRESS)，路上她说头还是晕",
        "地址：[湖滨路七十八号，三单元，五楼东户](CN_ADDRESS)。",
        "患者现租住[洪家楼](LOCATION)附近，准备考研",
        "在[G75高速武都服务区](LOCATION)突发胸痛",
        "既往体健，住[军休所2号院](CN_ADDRESS)，否认",
        "下乡义诊去的[野狼沟](LOCATION)，路烂",
        "住在[上海路石化大道一号公馆](CN_ADDRESS)。",
        "暂住医院对面的[鑫鑫旅馆302](CN_ADDRESS)。",
        "She is at [Building 7 Unit 2, Jinxiu Gardens, Haidian District, Beijing 100086](CN_ADDRESS) now",
        "客户：[南海大道北五十号](CN_ADDRESS)，[怡翠玫瑰园，十三座八零一](CN_ADDRESS)",
        "拿到[幸福里三号院](CN_ADDRESS)，先敲门[春晓苑28-3](CN_ADDRESS)",
        "我们在[枣园村](CN_ADDRESS)口设点，请转告[莲塘村](CN_ADDRESS)村医",
        "[龙洞村迎福路三巷9号之一502](CN_ADDRESS)，我先住他那里",
        "护照上写[Chaoyang Qu, Jianguo Lu 93 Hao, Wanda Plaza 9-1203](CN_ADDRESS)，请照填",
        "那位客户，[虹山东路版筑翠园](CN_ADDRESS)，投诉迟到",
        "家在[于洪区黄海路恒大绿洲](CN_ADDRESS)，晚上接电话",
        "客户：[建设北路三段，六十八号院](CN_ADDRESS)，二栋",
        "设备已送达[双阳路300弄16号402](CN_ADDRESS)，家属签字",
        "妹子住在娘家[静宁县界石铺镇继红村](CN_ADDRESS)，不说话",
        "还在，住[武山县洛门镇](LOCATION)女儿家",
        "现住婆家[绥德县义合镇霍家沟村](CN_ADDRESS)，由男人带来",
        "晚上回[兴华街宿舍](CN_ADDRESS)，公司在[软件园三期](CN_ADDRESS)",
        "她在[靖边县张家畔街道](LOCATION)开理发店",
        "房东称[东坑村三巷12号](CN_ADDRESS)已退租",
        "现场急救地址核对，靠近[人民路](CN_ADDRESS)，负责[中兴路东段](CN_ADDRESS)",
        "已从[景明佳园](CN_ADDRESS)搬走，去[石榴园北里](CN_ADDRESS)了",
        "住公租房[明珠苑二区](CN_ADDRESS)，低保户",
        "地址[昌平区立汤路186号](CN_ADDRESS)。",
        "前天在[舟山沈家门](LOCATION)吃的海鲜",
        "地址核对：[海曙区柳汀街225号月湖金贸大厦](CN_ADDRESS)地下车库",
        "牧民，[额敏县杰勒阿尕什镇吉也克村](CN_ADDRESS)，放羊",
        "住[虹口区多伦路201弄12号底楼](CN_ADDRESS)，由保姆推来",
        "路过[西二环](LOCATION)，送客户去[虹桥火车站](LOCATION)，已到达[金桂花园6幢](CN_ADDRESS)",
        "上午：[陈官营村](CN_ADDRESS)那边的又不来",
        "[榆树林子乡赵庄子](CN_ADDRESS)，腰疼",
        "我住[回龙观龙跃苑东四区](CN_ADDRESS)",
        "[丁家营](CN_ADDRESS)的[丁老四](PERSON)，爱喝酒",
        "医生：您家住哪儿？\n家属：[北新泾](LOCATION)，地铁站出来就是",
    ],
)
def test_dwellings_are_found_whole(marked):
    text, expected = parse_marked(marked)

    found = [(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in TYPES]

    assert found == [tuple(mark) for mark in expected]


@pytest.mark.parametrize(
    "text",
    [
        "患者现住6病区23床，昨日由门诊三楼转入",
        "我家就在你们医院斜对面，走路三分钟",
        "住在医院附近，学校门口买的辣条",
        "门诊楼5号楼302室做康复，请到3栋1402会议室",
        "一月后心内科门诊（门诊楼4楼12号诊室）复查，到门诊3号楼2楼抽血",
        "住弟弟那边，住父母附近，住城里那边",
        "走到楼下小区花园就好些，下班回山沟，去水沟边",
        "住平房，烧炭取暖，现住城中村，昆仑山雪菊茶，华山参片",
        "他家住顶楼，夏天热，患者籍贯不详",
        "签约：护老中心，路口服务中心",
        "内镜中心二号间，各位街坊，今天讲吃",
        "住在山上，回家路上",
        "改用三环类药物，在三环素，苯环上",
        "各村的老人，每村两名，某村那边",
        "三组药分别在早中晚服，对照组那边",
        "我看见小区贴的通知",
        "他在养老院后面散步，公园门口摔倒",
        "住三楼，二单元正在装修",
        "动物园一区，产业园二区，校园三区，手术都是25号做，检查都是3号楼做",
        "医生：住哪儿？\n家属：不远，走路十分钟",
        "客服：您住哪里？\n用户：说了你也不知道，很远",
        "医生：家住哪里？\n家属：本地，一直在这",
        "客服：您住哪里？\n用户：农村，离得远",
    ],
)
def test_words_like_them_are_none(text):
    assert not [e for e in detect(text) if e.entity_type in TYPES]
