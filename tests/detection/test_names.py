"""Names both ways: what must be found, and what looks like a name and is none."""

from __future__ import annotations

import pytest

from deid import Deidentifier
from deid.catalog import parse_marked


@pytest.fixture(scope="module")
def persons():
    deidentifier = Deidentifier()
    return lambda text: {(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"}


def spans(marks):
    return {(m.start, m.end) for m in marks if m.entity_type == "PERSON"}


@pytest.mark.parametrize(
    "marked",
    [
        "总理[布里延科](PERSON)认为形势严峻，球星[科内尔](PERSON)也来了",
        "[布拉特](PERSON)当选主席，我们见到了大使[莱夫尔](PERSON)",
        "接替[丹羽宇一郎](PERSON)出任大使，请来了[泽田英龙华](PERSON)代言",
        "公爵[弗朗索瓦二世](PERSON)逃走了",
        "导演[威尔逊](PERSON)希望重拍",
        "[张红旗](PERSON)第一次化疗，患者[李九州](PERSON)中心静脉置管",
        "患者[成功](PERSON)，男，45岁",
        "姓名：[李？珍](PERSON)　性别：女",
        "姓名,年龄\n[李?珍](PERSON),58\n[王\ufffd](PERSON),60\n[张三](PERSON),40",
        "姓名:[李〇珍](PERSON) 姓名:[王■](PERSON) 姓名:[周??](PERSON)",
        "姓名：[张伟](PERSON)？女？请核对",
        "对[孙策](PERSON)来说凶多吉少",
        "因[杨廷和](PERSON)之子",
        "记者[洛维尔·汤马森](PERSON)（[Lovel Tomasen](PERSON)）所写",
        "[若斯曼](PERSON)总理星期二到，[维埃尼](PERSON)总统之所以对",
        "姓名：[谢长林](PERSON)　性别：男　年龄：64岁",
        "姓 名：[纳兰 雪](PERSON)　　出 生 日 期：19830621",
        "主管护师[蔺 晓 棠](PERSON)当班",
        "护士 [李 小 明](PERSON) 当班",
        "患者：[欧 阳 文 静](PERSON)，女",
        "姓 名：[张 小 丽](PERSON) 性 别：女",
        "姓 名：[暴 爱 民](PERSON)    性别：男   年龄：53 岁",
        "费用由[暴雨辰](PERSON)微信付",
        "联系人：[周 正 平](PERSON) 电话：13800138000",
        "患 者 [张 三 丰](PERSON) 来 诊",
        "PID|1||0077^^^HIS||[张^三丰](PERSON)^^^||19620119|M",
        "PV1|1|I|内科^301^2||||0012^[欧阳^娜娜](PERSON)^^^主任医师",
        "OBX|2|CE|WBC^白^细胞||高^血压^I10|||",
        "医生[王 丽](PERSON) 签字",
        "患者[单雄飞](PERSON)之妹来院，要求复印病历",
        "主管医师：[向阳](PERSON)　上级医师：[向华强](PERSON)",
        "经MDT讨论（[彭](PERSON)教授、[向](PERSON)主任、[田思远](PERSON)）决定手术",
        "[林](PERSON)老师：你当时是什么感受？",
        "请心理卫生中心[覃](PERSON)老师会诊",
        "请找[唐](PERSON)县长签字，[魏](PERSON)县长已知",
        "患者来自吉林省长春市，住河北省赵县长途汽车站旁",
        "儿子[张小明](PERSON)陪同，母亲[王秀英](PERSON)代诉",
        "患儿母[钱程](PERSON)陪同。咳嗽一周",
        "胃镜（[热依汗·麦麦提](PERSON)主任操作）示溃疡",
        "[令狐云](PERSON)术后第3天，切口干燥",
        "我叫[毕春花](PERSON)，找村支书[耿老四](PERSON)转告",
        "[江一白](PERSON)，五十岁，体检",
        "参加：[阮文龙](PERSON)、[花小蕾](PERSON)、[费宇](PERSON)、[仇](PERSON)医师",
        "[王某某](PERSON)于昨日来电，[李*](PERSON)已转诊",
        "质控：[马军](PERSON)",
        "[老赵](PERSON)说腿疼，[小陈](PERSON)已联系家属",
        "联系人[Zhang Wei](PERSON)，陪同[Lisa Wang](PERSON)",
        "会员号,昵称,推荐人\nVIP01,老陈皮,[陈皮](PERSON)\nVIP02,Echo,[万俟雅](PERSON)",
        "**姓名**：[张伟明](PERSON)",
        "[尼玛次仁](PERSON)，高原反应三天",
        "挂[阳](PERSON)主任的号，通知[向](PERSON)医生，转物业[温](PERSON)经理",
        "那个[国](PERSON)大夫说没事，经医患办[车](PERSON)主任牵头",
        "主刀 [陇](PERSON)主任，审核：[招](PERSON)药师",
        "检验科[粟家林](PERSON)、护理部[柳春生](PERSON)调查",
        "紧急联系人：母亲[余惠](PERSON) 13007148826",
        "验收人：设备科[覃道云](PERSON)、超声科[易](PERSON)主任",
        "需方代表（签章）[向万年](PERSON)　供方代表（签章）[龙飞](PERSON)",
        "主检医师：[舍建忠](PERSON)　报告编号",
        "结果告知[买买提江](PERSON)院长",
        "病人由[阿依努尔·吐尔逊](PERSON)陪同翻译",
        "外聘[老郭](PERSON)顶，我派[小樊](PERSON)，十点前到",
        "老伴[其木格](PERSON)照料，外甥女[荣荣](PERSON)来电",
        "叫号屏请[李*](PERSON)到3诊室",
        "报告由[陆](PERSON)医生团队出具，您好我是[罗](PERSON)教授的助手",
        "上次那个[江山](PERSON)医生的号，你们平台[江帆](PERSON)大夫回复了",
        pytest.param(
            "顺便问下[文武](PERSON)先生的会诊，受邀方：市二院 [金秋](PERSON)副教授",
            marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
        ),
        "医生：[高敏](PERSON)　（规培：[常乐](PERSON)）",
        "确认为实习生[安宁](PERSON)登录",
        "护理：[方](PERSON)护士长、[小叶](PERSON)\n后勤：[齐立新](PERSON)",
        "收件：[么桂兰](PERSON)（女）　13612074885\n下单人：[么桂兰](PERSON)之女[窦文静](PERSON)",
        "附件：[郑水生](PERSON)病理报告.pdf\n患者姓名：[郑水生](PERSON)",
        "[Laura Bennett](PERSON)女士的译件“[Bennett](PERSON)_译文.pdf”，bennett_score",
        "派送：门卫[老李](PERSON)，收件：客服部",
        "乙方指派陪诊师[梁红霞](PERSON)，[第五文](PERSON)值班，作家[茨威格](PERSON)说",
        "医助（[秦岭](PERSON)）：请发检查单\n患者：好的\n医助（[秦岭](PERSON)）：收到",
        "营养师·[江雪](PERSON)：早餐吃什么\n患者：粥\n营养师·[江雪](PERSON)：加个蛋",
        "护士叫[安安](PERSON)，[倪](PERSON)大夫周几出诊",
        "主刀：[安然](PERSON)，需复核（[安然](PERSON)本周内出结果）",
        "姓名：[顾知行](PERSON)。作业：[知行](PERSON)最近咬指甲",
        "参加：[党育民](PERSON)、[惠萍](PERSON)\n[惠](PERSON)：术前先练肺\n[党](PERSON)：可考虑腰麻",
        "二线\t[温](PERSON)主任\t[曾小红](PERSON)\t[廖家英](PERSON)",
        "9床[夏安民](PERSON)，术后第2天。告知病情。[解兴华](PERSON)\n[豆清杏](PERSON) 15663490021",
        "[高建平](PERSON) 19:53\n患者问结果\n您贵姓[熊](PERSON)是吧",
        "督导：[Linda](PERSON)，[Kevin](PERSON)又调班，联系人[Michael Zhao](PERSON)/[赵明](PERSON)",
        "To: [Thomas Becker](PERSON)\nHi [Xiaoyu](PERSON), best regards,\n[Van Anh Tan](PERSON)",
        "[David Miller](PERSON)，男，61岁，配偶[Khan Omar](PERSON)",
        "对了，上次那个[方圆](PERSON)说发我资料，一直没收到",
        "代理律师（[江怀远](PERSON)），乙方家属（见证）：[谷宝](PERSON)",
    ],
)
def test_names_are_found_without_title_and_role(marked, persons):
    text, marks = parse_marked(marked)

    assert persons(text) == spans(marks)


@pytest.mark.parametrize(
    "text",
    [
        "黄芪30g、白芍15g、何首乌12g、杜仲15g，徐长卿9g，王不留行10g",
        "华法林3mg qd，洛贝林3mg静推，地高辛0.125mg",
        "考虑帕金森病、布加综合征、川崎病、桥本甲状腺炎、克罗恩病",
        "杨氏法、柯氏钳、何氏小体、马斯洛需要层次",
        "高血压病史10年，陈旧性心肌梗死，常规消毒，于今日入院",
        "值班医生嘱随访，主治医师未签名，班主任陪同，各位老师好",
        "白蛋白32g/L，高密度脂蛋白1.2，黄连素口服",
        "患者今日高兴，时间安排在明天，方便时来电",
        "氨咖黄敏胶囊1粒tid，安定10mg，甘露醇125ml",
        "姓名：不详　家属：无　联系人：同上",
        "中山方案、和平时期、江河湖海、马上回复、平安夜加餐",
        "石家庄市、张家口、王府井、白云山制药",
        "患者 高 烧 三 天 ， 白 天 好 转 ， 方 便 时 来 诊 ， 任 何 不 适 随 诊",
        "患者 白 天 好 转 ， 夜 间 加 重",
        "第6次 咨询师到场，去医院看医生，其他班的同学，牙医生与女教授",
        "律师（江苏淮海律师事务所），由他任司令员",
        "建议患者多加注意，癫痫患者能不能喝酒，患者仅仅是携带者",
        "叁佰贰拾肆元柒角整，专家费，随身物：银行卡1张",
        "粤海街道科苑南路3099号",
        "Thomas征阳性，Lewis肺癌模型，Harris评分82分，Martin公式",
        "本人是穆斯林，信佛教徒的饮食，报价11800元/张×40，苏州工厂",
        "匿名问答·整理，医美话术库 · 医美科普",
        "Hello World, Dear All, Patient Report",
        "3床平卧，5床正常，7床高热。明天复查。\n方便\n白天 19:30\n高血压 13:20",
    ],
)
def test_medicine_and_ordinary_words_survive(text, persons):
    assert persons(text) == set()


def test_a_name_that_is_certain_once_is_found_everywhere_in_the_text(persons):
    text, marks = parse_marked(
        "姓名：[郝思嘉](PERSON)。次日复诊，[郝思嘉](PERSON)自述好转；[郝思嘉](PERSON)离院。"
    )

    assert persons(text) == spans(marks)


@pytest.mark.parametrize(
    "marked",
    [
        "我妈叫[解淑芬](PERSON)，[解放的解](PERSON)念谢。",
        "我姓[张](PERSON)，[弓长张](PERSON)，叫[建国](PERSON)，[建设的建](PERSON)，[国家的国](PERSON)。",
        "客户自称姓“[辜](PERSON)”，次女，名“[盼盼](PERSON)”",
        "免贵姓[章](PERSON)，[立早章](PERSON)。名字怎么写？[思念的思](PERSON)，[雨水的雨](PERSON)。",
        "叫什么？[李沐阳](PERSON)，[三点水的沐](PERSON)，[太阳的阳](PERSON)。",
        "[陈志强](PERSON)，[志气的志](PERSON)，[坚强的强](PERSON)",
        "客户：[厉建芬](PERSON)，[厉害的厉](PERSON)，[建设的建](PERSON)，[芬芳的芬](PERSON)，身份证我念",
        "我叫[范晋](PERSON)，[晋朝的晋](PERSON)。来电：[薛兰芝](PERSON)，[兰花的兰](PERSON) [芝麻的芝](PERSON)",
        "我姓[仇](PERSON)，单人旁一个九的那个，叫[龙秀芸](PERSON)带草头的，宝盖头的那个",
    ],
)
def test_finds_names_that_are_spelled(persons, marked):
    text, marks = parse_marked(marked)

    assert persons(text) == spans(marks)


@pytest.mark.parametrize(
    "text", ["三点水的治疗方法", "这是我们的我，家里的家", "木子李子酒", "我们的们是复数"]
)
def test_spelling_without_a_name_is_no_name(persons, text):
    assert persons(text) == set()


@pytest.mark.parametrize(
    "marked",
    [
        "负责的三家客户转给[安然](PERSON)。",
        "13床[解放](PERSON)，女，34，宫腔镜下",
        "[高峰](PERSON)，男，58岁。",
        "孩子叫[毛毛](PERSON)，今年3岁，老喊“[建国](PERSON)”，是她大儿子",
        "签名：[WJG](PERSON)",
        "记录者：[Z.L.](PERSON)",
        "经办：[谷雨](PERSON)　复核：[么红霞](PERSON)",
        "收票人：[曲直](PERSON)",
        "6月13日由外孙[简单](PERSON)陪同。",
        "甲方与乙方护理员[色音](PERSON)，就照护达成协议",
        "老大[运昌](PERSON)，今年40岁",
        "父[段成才](PERSON)随车",
        "[訚志坤](PERSON)，男，83岁",
        "早班　　[宫雪](PERSON)　　[奚梦琪](PERSON)　[奚梦琪](PERSON)　[蒲](PERSON)\n中班　　[年浩](PERSON)　　[年浩](PERSON)　　[年浩](PERSON)　　[笪](PERSON)",
        "问：您贵姓？答：姓[昔](PERSON)，[昔日的昔](PERSON)，[昔正文](PERSON)。",
        "孩子活了，给孩子取名[援藏](PERSON)，后来好了",
        "能自己说出“[建国](PERSON)”（儿子名）。",
        "①[蒲](PERSON)（全名[蒲松](PERSON)）结婚",
        "担保人 Mr. [Keita Mori](PERSON)（[森启太](PERSON)），佣人[玛丽亚](PERSON)（[Maria Santos](PERSON)）",
        "F1;phone;regimen;nurse\nF2;13861304925;门冬30;[马欣](PERSON)\nF3;15962186037;二甲双胍;[马欣](PERSON)",
        "编号,医院,跟单甲\n871,温州市中心医院,[段田](PERSON)\n872,温州市中心医院,[叶珍](PERSON)\n873,温州市中心医院,[段田](PERSON)",
        "[暴学军](PERSON)　男　1998.02　现居合肥",
        "我让[小方](PERSON)把血压计寄过去",
        "室友[万里](PERSON)陪伴较多",
        "附件为[Nurlan Akhmetov](PERSON)先生的日程",
        "[高兴](PERSON)（客服）和[严肃](PERSON)（总经理）都来了，态度严肃，严肃处理，满意（客服）",
        "股东由[严肃](PERSON)、[戴春生](PERSON)变更，成人及12岁以上儿童，专家劳务共5人次，修改群名为“渠道结算”",
        "换班先跟[蔡敏](PERSON)讲，让上海的[薛敏](PERSON)加您，外甥女[童童](PERSON)约的号",
        "11:50　[陈露](PERSON)转主管[周文静](PERSON)。回复：[邓](PERSON)顾问请补片子",
        "[冯改改](PERSON)来了，[王转转](PERSON)走了",
        "[任](PERSON)总好：\n材料收悉\n于总体而言：好\n[小逄](PERSON)明天来，审批：同意",
        "[于](PERSON)总您好，材料收悉，信任总是相互的",
        "Cc: <a@b.cn>; [Nguyen Thi Lan](PERSON)\nDear [Tran Van Minh](PERSON), Le Monde",
        "From: International Patient Services\n[范思远](PERSON) 律师 / Associate",
        "通用名：布洛芬片　英文名：Ibuprofen Tablets",
        "[Xiaoyan](PERSON)，你好：",
        "远程端：玉树州人民医院[才让](PERSON)医生",
        "老大[运昌](PERSON)、老三[运财](PERSON)都是",
        "母[高改改](PERSON)坐火车。",
        "患者[马兰](PERSON)女四十一岁，在县城开店",
        "由[贺](PERSON)教授、[杨斌](PERSON)行PCI",
        "我姓[叶](PERSON)叫[叶秀珍](PERSON)",
        "患者本人及丈夫[江山](PERSON)知情",
        "由授权代理人代签：[石榴](PERSON)",
        "交：[孔祥云](PERSON)　接：[平安](PERSON)",
        "供方代表：[严格](PERSON)　需方代表：[薛亚宁](PERSON)",
        "有一位姓[谌](PERSON)的医生过来看",
        "接[令狐克勤](PERSON)老人，对象：[余](PERSON)爹爹（[余汉生](PERSON)）",
        "我是[成才](PERSON)的母亲",
        "患者[王_明](PERSON)今日复诊",
        "姓名,电话\n[周一](PERSON),1\n[李敏](PERSON),2",
        "医生,诊室\n[李](PERSON)主任,1\n[王](PERSON)主任/[张敏](PERSON),2",
        "[平安](PERSON)妈妈[李琼芬](PERSON)来电",
        "主持：[谷雨](PERSON)　记录：[许佳](PERSON)",
        "明天开始[郑楠](PERSON)休产假，她的班[王悦](PERSON)和[苗青](PERSON)顶，[苗青](PERSON)先上夜",
        "蔗糖铁静滴；妇科[王](PERSON)医生会诊",
        "[莫](PERSON)护士长: 周一A班[韦春兰](PERSON) P班[陈秋霞](PERSON)",
        "转到个人账户，户名[张望](PERSON)，工行",
        "司机：[姜大勇](PERSON)　押运：[小于](PERSON)\n开票",
        "岗位,周一,周二,周三,周四\n中医诊室,[丁](PERSON)主任,[丁](PERSON)主任,[沐](PERSON)医生,[沐](PERSON)医生",
        "这位是[淡志忠](PERSON)，男的",
        "甲方：[于是](PERSON)（女，1990-12-03出生）",
        "找前台[杨蓉](PERSON)登记",
        "离职未交还（原使用人[金秋](PERSON)）",
        "针刺留针25min，由[任小军](PERSON)操作。",
        "客户：严重不 我老婆[占小芳](PERSON)天天念叨",
        "寄公司吧，写我同事[徐强](PERSON)收，他天天在",
        "抄送: [钟情](PERSON) <zhongqing@example.com>; 财务部 <cw@example.com>",
        "来电13995231234 [胡勇](PERSON) 发票抬头\n来电15123076648 [万里](PERSON) 替岳母预约",
        "名字记好了\n坐席：好的[仇](PERSON)先生，请稍等",
        "[马力](PERSON)：收到\n[陈静](PERSON)：好的\n[罗斌](PERSON)：八点到",
        "行程由[小董](PERSON)安排，值班由[万里](PERSON)顶。",
        "患者之夫[暴国强](PERSON)陪同",
        "顾客：[许愿](PERSON)（女）  生日：1994/08/12",
        "家长：[关心](PERSON)（母）136-3364-0915",
        "监护人：兄[巴特尔](PERSON)，13847160398",
        "10:13 [小陈](PERSON)：没呢姐，打电话不接",
        "姓名：[乐天](PERSON)，男\n材料：[乐天](PERSON)报告，她很乐天",
        "来电人：[褟振邦](PERSON)，患者 [山田花子](PERSON)（[ヤマダ ハナコ](PERSON)），Mr. [Poon](PERSON)'s MRI",
        "受试者缩写[LXM](PERSON)，患者姓名缩写为[L.X.M](PERSON)，检查项目缩写：CTA",
        "时段,客户,科室/医生\nAM,[欧阳海生](PERSON),消化/[姜](PERSON)主任\nPM,[黎婉仪](PERSON),乳腺外科/[邝](PERSON)医生",
    ],
)
def test_finds_words_and_initials_where_somebody_must_stand(persons, marked):
    text, marks = parse_marked(marked)

    assert persons(text) == spans(marks)


@pytest.mark.parametrize("name", ["老赵", "王勇", "李娟", "曾子轩", "欧阳建国", "顾某", "顾某某"])
@pytest.mark.parametrize("does", ["提出换一家医院", "希望尽快安排手术", "提及既往手术", "询问报告何时出"])
def test_a_verb_behind_a_name_is_no_part_of_it(persons, name, does):
    assert persons(f"患者{name}{does}。") == {(2, 2 + len(name))}


def test_a_name_that_ends_like_a_verb_is_whole(persons):
    assert persons("李希望，女，34岁") == {(0, 3)}


@pytest.mark.parametrize(
    "marked",
    [
        "昨天[老曲](PERSON)来电，说药吃完了。",
        "客户[龙　晚晴](PERSON)（手机13800138000）昨日来访。",
        "联系[老许](PERSON)确认周五来院。",
        "[老胡](PERSON)同意周五来院。",
        "[老高](PERSON)说腿疼。",
        "[小钱](PERSON)已接诊。",
    ],
)
def test_names_with_surnames_that_are_words_are_found_where_somebody_acts_or_is_identified(persons, marked):
    text, marks = parse_marked(marked)

    assert persons(text) == spans(marks)


@pytest.mark.parametrize(
    "text",
    [
        "在华东理工大学读书",
        "去洪山派出所报案",
        "平日由外婆带",
        "冷藏车队长到了",
        "溺水：成人先5次吹气",
        "何杰金现称霍奇金",
        "医嘱：节房事，9月10日再诊",
        "杜密克1瓶，钱已付",
        "常青套餐980元",
        "审核：CT",
        "签名：无",
        "报告人|接听人|时间",
        "尊敬的客户关系部：",
        "主题：关于新同事入职材料补交",
        "本人申请自2025年5月1日起",
        "现任见习顾问",
        "姓名　籍贯　到岗　身份证",
        "此致\n敬礼",
        "擅长：安宁疗护、医患沟通",
        "（原部门主管）",
        "让小孩先走，请小心轻放",
        "室友平安到家，护士高兴地说",
        "前台和客服请保持平和的语气",
        "调度：马上到",
        "经办人：财务",
        "坐席：查到了，明天上午",
        "您好，康桥健康，请问有什么可以帮您",
        "病房 呼二 出院",
        "顺颂商祺",
        "屈光不正",
        "失控表现（附Levey-Jennings图）",
        "医师意见：矫正",
        "顺颂\n夏安",
        "王不留行：别名麦蓝菜、留行子",
        "就诊日期：____年__月__日　__时__分",
        "质控：水平1批号45881",
        "3 向家长解释目的",
        "门诊护士4名：大专以上，持护士执业证",
        "查房后未行换血疗法",
        "客服：顺丰 SF1507736620418",
        "戴蒙德-布莱克凡综合征；豪-焦小体见于脾切除后；柯林（Curling）溃疡",
        "本说明供护士学习",
        "请保持安静、文明就诊，谢谢配合。" + "退费须凭原件，复印病历请到病案窗口办理。" * 8,
        "一周食谱·午餐示例",
        "成语填空：万＿更新",
        "霍恩-雅尔分期与吕弗勒血清斜面",
        "现住址：＿＿省＿＿市＿＿县（区）＿＿路＿＿号",
        "乙方代为联系医院，手机（儿子，代约）",
        "由受托方医师在24小时内电话通知",
        "长沙·怀仁堂中医馆",
        "家属希望还是她，可由组长解锁",
        "医生：可以用，没问题",
        "家里人：常陪伴、少催促",
        "肉毒素保妥适、衡力、乐提葆有何区别",
        "代表团到了伯尔尼，在库尔勒跑大车",
        "08:55 收到：哈哈哈看到了",
        "请惠予诊治，各位早",
        "出院后回綦江",
        "我是患者的女儿，他是孩子的父亲",
        "老师说明天开会，小区表示支持",
        "每小时反馈一次，衰老说法不一，肺小叶因感染实变",
        "高血压老年家属要求复查",
        "满意度调查 · 填写说明（空白）",
        "华东区顾问群（内部）\n转客服群",
        "应医生要求停药，待医生看过再说，需医生同意",
        "孩子大名写一下",
        "智能助手为您服务",
        "尽量少熬夜，和护士商量换药时间",
        "已同步转人工客服，通知电工检修",
        "其子代答；已转",
        "请教权威医生，一直不舒服医生也没办法",
        "肝左叶、小叶间隔，派送：门卫",
        "现在人在柳州我女儿家",
        "家属明白，患者满意",
        "和医生说实话会不会被骂",
        "修复患者端、家属端推送，陪诊师端接单",
        "华南区经理会，二楼彩超，柯氏音第五时相",
        "常用语：安全第一",
        "汉密尔顿、蒙哥马利、耶鲁布朗量表",
        "升级用户端至2.0，来自医生客户端，学生证",
    ],
)
def test_words_bodies_and_brands_are_no_names(persons, text):
    assert persons(text) == set()


@pytest.mark.parametrize(
    "text",
    ["Benötigt für die Tour", "CSc./PhD.: DrSc.:", "From Eq. 36.1.3,", "From Table 3 we see", "Dear Click here to enter text.", "Dear Customer,"],
)  # fmt: skip
def test_parts_of_words_and_words_behind_a_greeting_are_no_names(text):
    assert Deidentifier().detect(text) == ()


@pytest.mark.parametrize(("text", "name"), [("Dr. Müller came", "Müller"), ("Dear André,", "André"), ("Lisa Müller,", "Lisa Müller")])  # fmt: skip
def test_names_with_diacritics_are_whole(text, name):
    assert [text[entity.start : entity.end] for entity in Deidentifier().detect(text)] == [name]


@pytest.mark.parametrize(
    "marked",
    [
        "name = N'[Maria Lopez](PERSON)' OR x = 'y'",
        "(name='[Maria Lopez](PERSON)'OR x = 1)",
        "name = N'[Peggy O''Brien](PERSON)' AND x = 'y'",
        "Doctor: [N'Golo Kanté](PERSON)",
        "Name: [Sean O'Brien](PERSON)",
    ],
)
def test_a_name_ends_where_the_quotes_around_it_end(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == spans(expected)
