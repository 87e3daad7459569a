"""Words that read like names where nothing tells of anybody, and the same words where something does."""

from __future__ import annotations

import pytest

from deid.catalog.marked import parse_marked
from deid.pipeline import Deidentifier


@pytest.mark.parametrize(
    "marked",
    [
        "未知姓名一律称“先生”“女士”",
        "□ 姓名字段允许2—15个汉字及间隔号",
        "签名一律手写，签字应清晰可辨",
        "联系人 □影像 □病理 □基因检测",
        "联系人：□影像 □病理 □基因检测",
        "姓名：[□建国](PERSON)，男",
        "姓名均用化名，姓名全部隐去，姓名部分打码",
        "持卡人应当本人到场，签字方能生效",
        "姓名[王建国](PERSON)，签名[李敏](PERSON)",
        "姓名 [一鸣](PERSON) 性别 男",
        "①姓名[劳动](PERSON)，医保号0011927730",
        "户名[张望](PERSON)，工行6222621553188571146",
        "姓名[帕提古丽](PERSON)，性别女",
        "签字齐全，证件有效，姓名完整",
        "法务[董](PERSON)律师（线上）；[李](PERSON)医生（休假）",
        "患者（[李建国](PERSON)），联系人（[王敏](PERSON)）",
    ],
)
def test_a_label_in_a_sentence_takes_no_words(deidentifier: Deidentifier, marked: str) -> None:
    assert _persons(deidentifier, marked) == _marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "禁语：包治、根治、百分之百、马上见效",
        "插花（康乃馨、向日葵、百合、满天星、文竹）",
        "不劳医生开药方；坐席全忙，请稍候；皮尔逊相关适用于正态资料",
        "关键词：向阳、温润、常青、和煦",
        "门口的李子树开花了，田园犬抓的，禹功散今天不做了，俞穴和募穴",
        "家属三人：长子[冯国强](PERSON)，次子[冯国庆](PERSON)",
        "[穆罕默德·阿里夫](PERSON)，巴基斯坦留学生",
        "成人和14岁以上：每次50mg；家庭治疗（双咨询师）90分钟",
        "20:26:02 用户：药能寄吗？寄四川",
        "今日到场：[包治国](PERSON)、[李敏](PERSON)、[王强](PERSON)",
        "名单：[向阳](PERSON)、[李雪梅](PERSON)、[王志强](PERSON)",
        "到场的有[常青](PERSON)、护士长、[高](PERSON)医生",
    ],
)
def test_a_word_among_words_is_a_word(deidentifier: Deidentifier, marked: str) -> None:
    assert _persons(deidentifier, marked) == _marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "古人云：“白露身不露，寒露脚不露”",
        "古语云，未病先防；古书云，食饮有节",
        "[高晓云](PERSON)：“您好”",
        "节气养生专栏·白露与寒露",
        "患者[阿不都·平安](PERSON)来诊",
        "医生说戴支具，又有人说练普拉提就行；[戴建国](PERSON)来了",
        "判读采用韦斯特加德规则；体操（施罗特）是配合",
        "督导记录（咨询师成长组 第9次）。查为咨询师误用",
        "济南章丘区某院转来",
    ],
)
def test_who_is_quoted_is_nobody_where_a_word_quotes(deidentifier: Deidentifier, marked: str) -> None:
    assert _persons(deidentifier, marked) == _marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "约的华西[田](PERSON)教授停诊",
        "齐鲁[刘](PERSON)教授，瑞金[陈](PERSON)医生，同济[赵](PERSON)主任",
        "湘雅[王建国](PERSON)教授会诊",
        "20:15 顾问[宋](PERSON)老师：您好\n20:17 用户：会坐",
        "参加：[黄](PERSON)主任（呼吸）、[赵立群](PERSON)（康复）、[劳慧](PERSON)（护理）、记录[罗婷](PERSON)",
        "OT,[葛明月](PERSON),[王敏](PERSON),培训\n值班手机,同左,同左,[密](PERSON)老师自带",
        "让他加[向](PERSON)医生微信",
        "处理：[原](PERSON)工重置密码",
        "[潘](PERSON)律说可以，纪律问题，窦性心律，水平规律",
        "总值班：[庄](PERSON)处（行政），[李](PERSON)局来电，[王](PERSON)队说可以",
        "赔付500元至工行，[王](PERSON)工行程已定",
        "[唐文斌](PERSON)（父）138 5606 2719；[库丽](PERSON)（母）另有电话",
        "咨询师：[于海波](PERSON)　督导：[綦](PERSON)老师",
    ],
)
def test_what_stands_beside_a_name_is_no_part_of_it(deidentifier: Deidentifier, marked: str) -> None:
    assert _persons(deidentifier, marked) == _marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "附件: 体检名单_[孙洁](PERSON)改_20250604.xlsx",
        "见《知情同意书-[李敏](PERSON)签-0312.pdf》，随访表([王强](PERSON)版).docx",
        "附件：排班表_终稿改_v3.xlsx、高血压随访_模板版.docx",
        "寄件：医学检验所\n　　　[保安玲](PERSON)　0871-63158804\n收件：[戈晓梅](PERSON)",
        "[黄启邦](PERSON)，54岁；餐厅订好了。[黄太](PERSON)痛风别点海鲜",
        "[黄启邦](PERSON)，54岁；面色黄太明显",
    ],
)
def test_the_border_of_a_name_is_where_it_ends(deidentifier: Deidentifier, marked: str) -> None:
    assert _persons(deidentifier, marked) == _marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "取内关、神门、孔最，患者[孔最](PERSON)，男，45岁",
        "明代医家论述甚多。[葛洪](PERSON)医生今日出诊",
        "[葛洪](PERSON)说他明天来",
    ],
)
def test_somebody_may_be_called_like_a_point_or_a_scholar(deidentifier: Deidentifier, marked: str) -> None:
    assert set(_marked(marked)) <= set(_persons(deidentifier, marked))


@pytest.mark.parametrize(
    "marked",
    [
        "大厅很干净，尤其是前台经理；夜里的时候有护士来量体温",
        "我表亲戚有个小姑娘也这样，亲戚伯伯早就好了，能理解医生的难处",
        "我们班同学都来了，生产区经理、甲班班长、企业司处长也到了",
        "今天[龙](PERSON)医生坐诊，昨天[戚](PERSON)医生来过，香港[区](PERSON)医生号源紧",
        "跑腿员师傅说马上到",
        "窗口有位女士在排队，居然有位先生插队，不过服务小姐很热情",
        "祝大夫身体健康，望大夫抽空看一眼；找[祝](PERSON)大夫复查",
        "和客服讲过了，向同事打听，[向](PERSON)医生说可以",
        "遵原主治医师意见，教授级高工两名，[高](PERSON)工没来",
        "杭州经理说的，[江杭](PERSON)经理没来，他爱人[和平](PERSON)阿姨来了",
    ],
)
def test_what_leads_to_a_title_or_ends_a_unit_is_nobody(deidentifier: Deidentifier, marked: str) -> None:
    assert _persons(deidentifier, marked) == _marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "这家有点小辣，做事很顺手，挺暖心的",
        "检查单图三看不清，图四还行",
        "恩恩，收到了；恩恩，明天去",
        "咳甚加百部，便溏去熟地，加莲子、加远志",
        "双向转诊·上转，[瞿美英](PERSON)的！！莫录错",
        "能 让他带医保卡来 上午我在2诊室",
        "开单医生：[佘](PERSON)",
        "小宝宝，男孩，1岁，拉肚子；男宝，两岁半，咳嗽三天；女宝，7个月，拉肚子",
        "孕妇慎服，女子不孕，左髂淋巴结肿大",
        "我们定的是豪华大床房，早餐丰盛，装修简洁，住得舒畅",
        "取得患儿和家庭的信任，吸入给药可以减少反应，后叶明显增厚",
        "肛周发红三天，贲门周淋巴结，前叶脱垂；[周发明](PERSON)来电",
        "儿童应在医师指导下使用，会计学教授，昆虫所研究员；[李文科](PERSON)主任在",
        "去了第五中心，[第五文静](PERSON)也在",
        "MsPGN占三成，Ms [Wang](PERSON)来电",
        "青春发育提前，喝了蒙牛，用的百雀羚，手机卡顿",
        "我们班新转来了个男生，也发烧",
        "白天一小时喂一次",
        "想问下[吴思彤](PERSON)，女，3岁，[吴思彤](PERSON)白天一小时喂一次",
    ],
)
def test_how_something_is_said_is_nobody(deidentifier: Deidentifier, marked: str) -> None:
    assert _persons(deidentifier, marked) == _marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "途中予多巴胺，余平稳；查体余正常，余尚可。[余平](PERSON)来了",
        "[阙](PERSON)主任曾开达英-35，父亲曾予刮痧，外婆曾给他针灸，曾登记为缺如。[曾建国](PERSON)、[曾予诺](PERSON)到店",
        "请说泗洪话，钱先由陪诊垫付；他说钱先欠着……[钱](PERSON)先生的朋友",
        "发药请核对：药袋上“[白芷](PERSON)”为姓名，药盒里没有。[药永强](PERSON)来取",
        "[王子涵](PERSON)之女（未取名），姓名：待取名，姓名：无名氏",
        "[金](PERSON)主任复核为中分化，诊断：高分化，复核：低分化。复核：[高化](PERSON)",
        "邻居[郜](PERSON)家转，[孙](PERSON)家里没人，[蔺](PERSON)家爷不来，[李家辉](PERSON)来了",
        "[卢](PERSON)主治查房，此方主治气虚，主治医师[王强](PERSON)",
        "实习[周敏](PERSON)（带教[柳](PERSON)），带教学生三名，带教任务",
        "[向宏伟](PERSON)（代母[佘桂英](PERSON)），代父签字",
        "孃孃发错姓了，不是姓过，我老爹姓[段](PERSON)",
        "〔苗医馆·线上复诊〕苗医有“两纲五经”之说；[苗](PERSON)医生说",
        "群聊「沈阳陪诊派单群(37)」 导出\n找[李群](PERSON)",
        "工号,姓名,状态,保管人\n01,[王芳](PERSON),在职,[李强](PERSON)\n02,[何丽](PERSON),离职,已离职\n03,[赵敏](PERSON),离职,拒接 等通知",
        "项目 | 会员 | 钻石会员\n图文问诊 | 99 | 免费\n视频问诊 | 600 | 480",
    ],
)
def test_what_begins_with_a_surname_and_is_said_or_done_is_nobody(
    deidentifier: Deidentifier, marked: str
) -> None:
    assert _persons(deidentifier, marked) == _marked(marked)


def _persons(deidentifier: Deidentifier, marked: str) -> list[str]:
    text, _ = parse_marked(marked)
    return [
        text[found.start : found.end] for found in deidentifier.detect(text) if found.entity_type == "PERSON"
    ]


def _marked(marked: str) -> list[str]:
    text, expected = parse_marked(marked)
    return [text[mark.start : mark.end] for mark in expected]


@pytest.mark.parametrize(
    "marked",
    [
        "院子开了拍张照嘛，截张图发群里，押金退哪张卡？",
        "孕妇慎服，老人慎食，哺乳期慎用。",
        "祝医生家庭幸福，祝老师们节日快乐！",
        "连护士都以为是亲孙女，连老师也不知道。",
        "优先级：高　来源：官网",
        "晚上说胡话，骂护士，催护士换药。",
        "[张照](PERSON)主任查房，请[祝](PERSON)医生会诊，[连](PERSON)老师来电。",
    ],
)
def test_what_is_wished_counted_or_done_to_staff_is_nobody(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}


@pytest.mark.parametrize(
    "text",
    [
        "医：有家族史，建议做细针穿刺",
        "答：须有本人签名的授权书。",
        "你先喊她“奶”，莫一进门就掏血压计。大家莫拥挤",
        "高兴地给我照张相，我不是要赖人",
        "三轮翻下田坎，左胸着地",
        "坐席：药还按时吃么？",
        "坐席：明白了，资格才生效",
        "督导费标准：外聘督导每小时900",
        "9/24；旷工?；实为年假",
        "祝老爷子早点好",
        "我阿大的户口在永靖县",
        "孩子随父住龙岗区，孩子随母生活",
        "嗰边司机揸车",
        "会员等级 金　生日 0923",
        "苦参｜野槐根｜—｜片\n知母｜毛知母｜—｜统",
        "阳水·风水相搏，阴水·脾阳虚衰",
        "主供连翘、柴胡　身份证610631197504220422",
        "我们平利收杜仲的老板就叫石竹，杜仲便宜",
        "左：喂您好\n右：我要退款\n左：查到了\n右：快点\n左：好的",
        "师：脚还麻不麻\n病人：好一半\n师：化疗几次\n病人：师父，六次\n师：知道了",
        "坐席：明白，已备注。医生：先雾化，不急。护士：带社保卡，别忘了。出诊：逢周一、三",
        "乙方应先拨120，再通知甲方，应及时告知",
        "家属高兴坏了，大爷高兴就说两句；去医院查医生说没事",
        "侄子车 皖R·7M218 停地库；去西门车站接人；老顾客介绍来的，介绍人：老顾客",
        "一式三联，白联客户，红联客服，黄联存档；其姨带入，其妹陪同",
        "“扎西德勒”是祝福，丁香莫与郁金见，朴硝一见便相争",
        "新疆区项目经理｜华东区运营总监",
        "外呼专员接听，翻译费（按次）1500，图文问诊 医生端，泰康客服95522，商保直付",
        "麻醉学 硕士，药理学博士；查 神清 咽红，查 体温正常",
        "被保险人 | 关系 | 收款卡 | 开户行\n近效期3个月内下架，盘盈盘亏另报，竞品傅利叶已铺3台",
        "医生：那阿莫西林换成四环素。护士：阿婆好，贵姓？坐席：系统里查到的。医生：已开，多大年纪？",
        "保险由甲方买，□孕产妇包，接单医生，接收方译员三人；未获其父母同意；雇主之母",
        "法人章缺，陪诊费八百已转，周三停；地址核对：吉林省长春市；名字印成了别的",
        "通用名：铝碳酸镁咀嚼片　汉语拼音：Lütansuanmei Jujuepian",
        "“常青”牌轮椅坐垫，白敬宇眼膏，面汤少喝，正文仿宋小四，楼栋与药师台",
        "石韦、马宝、牛黄，卢加诺会议修订，贾敏效应",
        "不要盖包工头的私章，就诊人为该司副总；耑此，敬颂安康",
    ],
)
def test_what_is_said_is_nobody(persons, text):
    assert persons(text) - {"石竹"} == set()


def test_a_card_in_brackets_spells_nobody(persons):
    assert persons("匹配客户：曾凡（VIP，2021年入会）") == {"曾凡"}


@pytest.mark.parametrize("deed", ["取报告", "退单", "全员培训", "省肿瘤", "检修"])
def test_what_is_done_in_a_column_of_persons_is_nobody(persons, deed):
    assert persons(f"日期|陪诊员|备注\n6/1|张秀兰|\n6/2|{deed}|改期") == {"张秀兰"}


@pytest.mark.parametrize("state", ["独居", "丧偶", "IT", "待分", "空号", "改派：刘洋→贺强"])
def test_a_state_in_a_column_of_persons_is_nobody(persons, state):
    found = persons(f"姓名｜日期\n张秀兰｜9/13\n{state}｜9/14")

    assert found <= {"张秀兰", "刘洋", "贺强"}


@pytest.mark.parametrize(
    "text",
    [
        "桐絮满天，杨絮飘的季节",
        "装配线工人，双肘麻",
        "在部队警卫连，通讯连五年",
        "江湖郎中的偏方",
        "外包司机送来的",
        "妻子是镇小学老师，家属住汉庭",
        "他是牧工，放羊",
        "合谷穴压痛，丘墟（－）",
        "烟：利群，酒：白酒",
        "额叶、枕叶、岛叶未见异常",
        "西尼罗热、沃纳、白塞均排除",
    ],
)
def test_what_is_told_of_a_body_or_a_habit_is_nobody(persons, text):
    assert persons(text) == set()


def test_who_is_paid_by_the_month_keeps_the_title(persons):
    assert persons("护工赵姐月结") == {"赵姐"}
