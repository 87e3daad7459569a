"""Places in short that stand alone in running text, and words that only look like them."""

import pytest

from deid import detect
from deid.catalog import parse_marked


def _places(text):
    return [
        (found.start, found.end) for found in detect(text) if found.entity_type in ("LOCATION", "CN_ADDRESS")
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "[保定](LOCATION)康复分部，客户在[昌平](LOCATION)开网约车，我给[通化](LOCATION)带娃",
        "安排[汕头](LOCATION)接机",
        "我是[隆回](LOCATION)的我姓阳，坐头班车从[介休](LOCATION)往回赶，[临清](LOCATION)农民，六十二岁",
        "他现在[顺义](LOCATION)送外卖，在[双流](LOCATION)上班，嫁到[即墨](LOCATION)，坐标[门头沟](LOCATION)",
        "我舅从[那曲](LOCATION)来了，她是大名的，从资源配置来看，介休了",
        "参保地[河南](LOCATION)",
        "病友群里有个[盱眙](LOCATION)的",
        "事由：赴[唐山](LOCATION)拜访客户",
        "春节回[枞阳](LOCATION)过年",
        "在[龙口市](LOCATION)当地医院治疗",
        "外出[丰泽区](LOCATION)打工",
        "去过[郑州](LOCATION)、[若尔盖](LOCATION)",
        "老家在[苏北](LOCATION)，常住[望京](LOCATION)",
        "昨天从[旺角](LOCATION)过来",
        "住宿[三亚](LOCATION)2晚",
        "哪里人？答：[洪洞](LOCATION)",
        "7月去咗[深圳](LOCATION)",
        "公司驻[嘉兴](LOCATION)办",
        "孩子放在[洛宁县](LOCATION)外婆家",
        "[温哥华](LOCATION)的朋友介绍的",
        "我是[滑县](LOCATION)的，从[莘县](LOCATION)来打工，海拔3600米的[理塘](LOCATION)，[河套](LOCATION)一带，[宜都](LOCATION)起降点",
        "在[吐鲁番](LOCATION)葡萄沟摔伤",
        "定位在[汉阳火车站](LOCATION)，到[武昌站](LOCATION)谁接，去过[广州白云山](LOCATION)，天气好，在[黄鹤楼](LOCATION)拍照，他抽黄鹤楼",
        "我妈是[邻水](LOCATION)的，爸爸是[阳谷](LOCATION)卖熟食的，农合是[太康](LOCATION)的，[崇明](LOCATION)户口",
        "人在[佛山乐从](LOCATION)卖家具，我在[昆山花桥](LOCATION)上班，阿哥喺[江门](LOCATION)开茶餐厅",
        "刚从[和田](LOCATION)支教回来，在[胡志明市](LOCATION)开厂，随船到过[湛江](LOCATION)、[洋浦](LOCATION)、[防城港](LOCATION)",
        "旅居史：14天内有[广州海珠区](LOCATION)旅居史，近2周内有疫区居住史",
        "今天的客户：[溧水](LOCATION)李总来，大方李总，平和李老师",
        "女儿远嫁[伊春](LOCATION)，我住[于洪](LOCATION)，骑车半小时，随父[开原](LOCATION)务农，有[海南](LOCATION)冬季居住史",
        "去[洛川](LOCATION)拉苹果，[华阴](LOCATION)下山的时候，[宁海](LOCATION)的模具厂老板，收件地址写成[永寿](LOCATION)了，收件人写成白玉结了",
        "[红山动物园](LOCATION)被抓了，[紫金山](LOCATION)夜跑，我们[鼓楼](LOCATION)这边能打吗",
        "省份：[皖](LOCATION) 人数，坐标[沪](LOCATION)，晋升，津贴，坐标原点，应县医院要求",
    ],
)
def test_places_in_short_are_found_where_words_end_beside_them(marked):
    text, expected = parse_marked(marked)

    assert _places(text) == [(span.start, span.end) for span in expected]


@pytest.mark.parametrize(
    "text",
    [
        "以延长患者的生存期",
        "长期接触石棉，见石棉小体",
        "针尖刺到马尾神经根",
        "不能得到中和而吸收入血",
        "患者大方得体，情绪平和",
        "云南白药2粒，川贝枇杷膏1瓶",
        "克山病与大骨节病",
        "武汉肺炎病例回顾",
        "午饭吃了重庆火锅和兰州拉面",
        "北京时间8点",
        "会讲广东话",
        "杭白菊、金华火腿、东北人参各一盒",
        "符合洛杉矶分级B级",
    ],
)
def test_words_that_begin_like_places_are_none(text):
    assert _places(text) == []


def test_somebody_from_a_place_is_not_called_so():
    text, expected = parse_marked("我是[甘肃](LOCATION)人，务农")

    assert [(f.start, f.end, f.entity_type) for f in detect(text)] == [
        (s.start, s.end, s.entity_type) for s in expected
    ]


@pytest.mark.parametrize("name", ["洪雅玲", "于德江"])
def test_persons_whose_names_hold_a_place_stay_whole(name):
    found = detect(f"家属{name}已到，钥匙在{name}处")

    assert {f.entity_type for f in found} == {"PERSON"}


@pytest.mark.parametrize("text", ["桐城王芳来了", "潜江平娜来了", "南安罗晨来上班"])
def test_whose_name_follows_a_place_is_found(text):
    found = {at for entity in detect(text) for at in range(entity.start, entity.end)}

    assert found >= {2, 3}


@pytest.mark.parametrize(
    "marked",
    [
        "午餐：岐山臊子面一碗，南京盐水鸭、宣威火腿少吃，天津牌手表，温州皮鞋磨脚，汉中附子先煎",
        "香港型、首尔型均阴性，柏林定义中度，费城染色体阳性，波士顿支具，圣路易斯脑炎，曼彻斯特分诊，里斯本体征，海德堡三角，诺丁汉预后指数，云南红药，安徽贡菊",
        "针灸取穴：承山、商丘，太溪 昆仑 承山",
        "[商丘](LOCATION)人，取穴承山",
        "[灵宝](LOCATION)的表弟开车来，[当涂](LOCATION)的石老板已付，没出过[呼盟](LOCATION)，归[武都](LOCATION)管，约在[人民广场](LOCATION)见，从[斜塘](LOCATION)过来",
        "未开封的药瓶，请在开封后28天内用完，济南产阿司匹林原料",
        "天津麻花一包，沧州金丝小枣，奉化水蜜桃，北京二锅头，盐池滩羊",
        "黄山毛峰，福建紫菜，胶州大白菜，景德镇瓷瓶，天津狗皮膏，嘉兴肉粽，江苏金钱草，用青龙汤（大、小），在[来福士](LOCATION)旁边，住老城区",
        "河北增值税普通发票，西安市内陪诊半天，宁夏跨省转运，北京心理危机热线，凤凰套餐，朝阳房间，乌兰十三味汤，闽南语译员，华东区负责人，坐到天黑，亳州行情",
        "去商城买水管，到商城逛逛，去温泉泡澡；老家[商城](LOCATION)的，他在[商城](LOCATION)打工",
        "去年来[洛阳](LOCATION)帮儿子带娃，回[绍兴](LOCATION)产检，在[无锡](LOCATION)长住，[常州](LOCATION)民工",
        "收费处在三楼西侧。门诊在二楼东头，电梯右转",
    ],
)
def test_what_bears_the_name_of_a_place_is_none(marked):
    text, expected = parse_marked(marked)

    assert _places(text) == [(mark.start, mark.end) for mark in expected]
