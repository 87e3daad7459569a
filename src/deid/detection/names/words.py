"""Words around names: titles behind them, roles and kinship before them, and what tells both from other words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from deid.catalog.lexicon import WordIndex
from deid.catalog.loading import shipped_catalog
from deid.grammar.name import is_han
from deid.regexes import Regex

VERB_ACROSS = Regex(
    r"提[出及到问交醒供议请名]|希望|期[望待]|[询质追]问|缴[纳费]|拒绝|投诉|申[请诉]|登记|听[到见说完]|签(?=的)"
)
"""Verbs of which the first character is easily taken for the last of a name: 王建|提出, 顾某|希望."""

AFTER_NAME = Regex(
    rf"(?:{VERB_ACROSS.pattern}|因|于|在|与|和|及|的|说|称|诉|表示|来[电院诊访]|平[素日]|没[来去接到签回交]|否认|拒[绝签]|体健|健在|夜[来黑里个]|女[,士 ]|男[, ]|性别|年龄|年约|今|昨|曾|已|未|要求|等|电话|手机|联系|"
    r"身份证|证件|住|出生|生于|系|为|是|之|从|自|到|向|对|被|将|把|给|也|就|又|去|让|经|由|同意|签[字名]|代|陪|主诉|反[映馈]|"
    r"告知|咨询|诊|服|入院|出院|术|发|前|本人|微信|有|无|一行|夫妇|两|你|我|他|您|先|盯|刚|都|还|想|问|拿|打|接|做|觉得|不|停|受|"
    r"没事|[二三四五六七八九]十[一二三四五六七八九]?[岁了]|转|办|带|帮|送|随|坐|乘|扶|抱|陈述|证实|核实|走访|顶(?:班|替|[。;,])|头|家属|吗|呢|吧|查|会诊|协助|参加|主持|走访|新入|审|负责|记录|到[场院岗家]|放行|更正|翻译|整理|强调|补充|发言|主刀|值守|开门|认领|取走|签收|缴费|交费|付款|退款|改约|停[岗诊]|出具|[出坐接复]诊|随访|抄方|换药|拆线|管[床药]|照[料顾]|搀|处(?![理方置])|报告|汇报|指导|处理|值班|领取|[一二两三四]位|老(?:人|太|汉)|安排|接待|对接|跟进|通知|确认|登记|提醒|解释|开(?:车|着?[一-鿿][A-Z])|转正|操作|经办|天天|整天|老是|加[您你我微]|那(?=[ ,。])|报[修销备名到])"
)
"""What often stands right behind a name."""

BEFORE_NAME = Regex(
    r"(?:[由请经和与向找对给跟让被是叫及到在的了说去问见按遵等为予嘱随约替陪把同或有姓科院室部组任师长员属人者父母亲子女妻夫儿兄弟姐妹"
    r"友哥嫂帮搵揾]|签[字名]|[谢感]谢)$"
)
"""What often stands right before a name."""

CLEAR_ACTS = Regex(
    r"说|称|自?诉|表示|反映|反馈|告知|来[电院诊]|同意|签[字名]|要求|咨询|觉得|认为|今[天日早]|昨[天日]|明[天日]|哥|姐|叔|伯|弟|妹|婶|姨|先生|女士|本人|"
    r"的[父母妻夫爱丈儿女手电住]|[父母]亲|妻子|丈夫|家属|提出|希望|[未已]接|接通|到[场院店]|此前|既往|平[素日]|体健|健在|主诉|自[述觉]|因(?!此|为|素)|致歉|[未已]复|回复"
)
"""What hardly anything but a person does, has or is called, right behind a name that is a word as well."""

OF_PATIENT = Regex(
    r"手(?:术(?:顺利|[后中前])|部|机号)|平[时素日卧均]|心(?:[率悸慌]|电图|前区)|生(?:命体征|活|化)|气(?:[促短急喘]|管)|[左右双](?:侧|[上下](?:肢|腹)|[膝肩眼耳手足髋踝肘腕])|体[温重健检型]|"
    r"血[压糖]|头[痛晕疼昏部皮]|面[色部诊]|[胸腹腰背颈肩足腿臀]部|胸[闷痛片]|腹[痛胀泻]|腰[痛酸]|[上下](?:肢|腹部|眼睑|午|床|周|月)|皮[肤疹]|口[服角]|大(?:便|汗|量)|小便|食欲|神[志清萎]|精神|意识|情绪|睡眠|"
    r"饮食|进食|呼吸|咳嗽|发(?:[热烧](?!友)|作|现)|突[发然]|反复|间[断歇]|持续|起(?:病|搏器|夜)|服[药用]|[停用换]药|输液|活动后|步态|四肢|全[身麻]|长(?:期|时间)|多次|晨起|夜间|[今昨][日天晨晚夜早]|目[前测]|"
    r"近[日期一两三半]|现病|现[诉予存感]|自[诉述觉]|既往|主诉|否认|未诉|会诊|复[诊查测]|[出入住转]院|出现|就诊|入组|查体|身高|尿[频急痛]|月经|性(?:格|生活)|车祸|摔[伤倒]|独居|退休|务农|"
    r"家(?:属|里|住)|(?<!一)家人|电话|微信|加微信|要求|拒绝|申请|签[署字名]|预[约交]|退[费款]|缴费|付款|购买|投诉|改约|咨询|交费|报告|经(?:治疗|抢救|会诊|检查|输液|手术|评估)|[至到在](?:[我本外]院|当地|门诊|急诊|医院)|"
    r"有[一-鿿]{2,8}史|无[一-鿿]{1,8}(?:不适|史)|[一二两三四五六七八九十半几数]个?[天周月年日](?:余|多)?[前后来]"
)
"""What records say of a patient, right behind the name."""
BETWEEN = frozenset(
    "已再拟欲先可仍曾并后将要未均即急需又也都常现因于在自经由至到从向对无有不是等今昨另且但而则便就才还两三去来为做同和与及或问说幼长老"
)
"""Characters that stand between a name and that, and are seldom the last of the name."""
UNDERGOES = Regex(
    r"行(?=[A-Z]|[一-鿿]{1,8}(?:术|检查|造影|[化放治]疗|活检|穿刺|引流|透析|超声|镜|[植置][入换]|成形))"
)
"""The verb before an operation or a test, and not the end of a word: 张强|行胆囊切除术."""

DAILY_ACTS = Regex(
    r"平[素日](?![里时])|没来|不同意|[未已]同意|同意|签[字名]|来[电取]|[今昨明][早晚天]|[昨今]夜|一直(?:在?[咳吐烧喊哭说])|又(?:来了|高了|犯了|住院)|血[压糖](?:又|[0-9])|复查(?:结果|了)|家里(?:没人|人)|[接陪]的|值班|吃药|说不|请假|血糖|低血糖|的(?:片子|报告|病历|检查单|化验单|手机|电话|微信|血压|血糖|家属|老婆|老公|儿子|女儿|身份证|医保卡)"
)
"""What somebody does or has, right behind his name, in the notes of a day."""

LEADS_TO_SOMEBODY = Regex(
    r"(?:[由请让找给跟和叫问是陪发]|[问见找催劝]过|提醒|通知|联系|随访|麻烦|告诉|[今昨明]天|[昨今明]晚|后来|上次|早上|下午|上午|转给|发给)\Z"
)
"""What leads to a name, in such notes."""

GOES_ON_BEHIND = Regex(
    r"吃药|尽快|处理|确认|签字|微信|邮箱|手机|了[,。]|[,。!?]|接的|陪的|值班|没来|说|讲|一起|来|去(?!世)|回电|:"
)
"""What goes on behind a name that is led to."""

CONTACTED = Regex(r"(?:联系|通知|致电|转告|告知|回访|询问|抄送)$")
"""Behind these somebody is named."""

ON_DUTY = Regex(r"(?:周[一二三四五六日末]|期[一二三四五六日天]|[早中晚白夜备]班|[0-9][日号床]|[0-9][ ])$")
"""Behind a day, a shift or a bed somebody is named: 周一江山."""

MOBILE = "1[3-9][0-9]{9}"
GROUPED_MOBILE = "1[3-9][0-9](?:[ -]?[0-9]{4}){2}"
IDENTIFIED = Regex(
    rf"[ ]{{0,2}}[,(、:][ ]{{0,2}}(?:男|女|性别|[联手]?[系机]?电话|手机|身份证|病[案历]号|住院号|[0-9]{{1,3}}岁|{MOBILE}|[0-9]{{17}}[0-9Xx])"
)
"""What tells of a person right behind a name: 曲阳，电话…"""

_FEELING_BEFORE = Regex(
    r"(?:[很太真好挺更最越较颇蛮极超也]|非常|十分|特别|有点|心情|感到|觉得|表示|不[太很]?|格外|无比|相当|比较|保持|环境|装修|设计|布局|界面|睡眠|情绪|一路|出入)$"
)
"""What leads to a word, not to somebody who is called so: 很高兴, 保持冷静."""

THING_BEHIND = Regex(
    r"的?(?:年代|前途|喜悦)|已?修订|规定(?!的时间)|的(?:房间|病房|位置|地方|一面|一侧|阳台|窗|日子|时候|时段|心情|环境|方式|态度)|[”\"] ?[0-9]+ ?[条个次项件]|[”\"]?(?:厅|会议室|房间|时段|期(?!间)|套餐|一生|保险|计划|疗护|病房|护理|反应|发育|[0-9一二三四五六七八九十百几数]+多?(?:公里|里地?|米|海里))"
)
"""What a word stands before, and hardly a person: 向阳的房间, 江山厅, 高峰时段, "常胜"3 条."""
NATURE_BEHIND = Regex(
    "天气|气候|季节|花粉|环境(?=[下中里]|优|安|舒)|盆景|[红黄白青紫黑蓝绿灰褐]?色(?![·])|果汁|汁(?![一-鿿]?[军生])|薏米|红茶|(?<=秋)十月|(?<=泉)疗养|(?<=安心)入睡"
)
"""What words of seasons, weather, plants and colours stand before: 雷雨天气, 杨树花粉, 殷红色."""
SAFELY = Regex("平安(?:到|回|返|抵|归|出院|度过|无事)|(?<=[母父][女子])平安|(?<=大小)平安")

DISEASE = "病(?![情人房历区程床案室史友患危重理了愈故逝退假倒死])"
"""病 behind whom a disease is called after, and not of somebody who is ill: 威尔逊病, but 李秀英病情稳定."""

EPONYM_AFTER = Regex(
    rf"氏|{DISEASE}|综合征|征|小体|人士|麻痹|-[一-鿿]{{1,6}}(?:综合征|病|征|小体|反应|试验|分[级期型]|量表|法)|试验|评分|量表|分级|分期|熵|手术|术|法|反应|现象|线|管|钳|菌|(?:[0-9]{{1,3}})?(?:胶囊|片|颗粒|丸|散|汤|膏|口服液|注射液|滴眼液|药膏|[软乳贴眼]膏|喷[剂雾]|含片|糖浆|冲剂|凝胶|洗[剂液]|润喉糖)|医疗(?=[,。;:、)\n]|\Z|公司|集团)|"
    r"路|街|大道|镇|村|乡|小区|大厦|医院|公司|集团|学院|中学|小学|大学|牌|贸易|软件|科技|物流|实业|药业|食品|电子|建材|机械|餐饮|传媒|"
    r"钢构|精密|机床|煤业|乳业|鞋业|纸业|钢铁|重工|制衣|印务|药房|诊所|派出所|法院|幼儿园|技校|师范|工学院|街道|社区|片区|园区|"
    r"酒店|宾馆|饭[店庄]|酒楼|山庄|餐厅|快餐|客车|火锅|烤[鸭肉羊鱼]|蜡像馆|故居|"
    r"高速(?!上)|铁路|[一二三四五六七八九十]中(?![午医])|置业|会战|集镇|"
    r"[市县](?![民长场区])|中医院?|附院|妇幼|套餐|礼包|杯|奖(?!金)|图(?!说)|标准"
)
"""What makes the word before it a disease, a drug, a street, a place or a firm instead of a person."""

FOLLOWERS = frozenset("让说称问找在把被给跟和与的了着过要去来到从向对诉陪住因患报先处由")
"""Characters that the tagger and greedy shapes swallow at the end of a name."""

HONOURS = ("さん", "さま", "ちゃん", "くん")
"""Behind names in Japanese letters."""
NO_PERSONS = ("公司", "原告", "被告", "上诉人")
"""The ends of what is listed like somebody, and is a firm or whoever sues: 和原告, 华鑫公司."""
NO_NAME_ENDS = Regex(
    r"夫(?=[妻妇])|妻(?=子俩)|[父母](?=[子女][俩二两])|兄(?=[弟妹][俩二两])|姐(?=[弟妹][俩二两])|[男女] ?(?=[0-9]{1,3}岁|[一二三四五六七八九十]{1,3}岁)|月(?=[底末初]前?)|(?<=[姐哥姨嫂叔婶])[月日周现](?=[结付薪])|同(?=[阿小老][一-鿿])|行(?=不行)|(?<=[敬谨])[上启]|发(?=[烧热炎作])|敬(?=[上启])|谨(?=[上启])|照(?=[看顾料])|中(?=医[师生])|行(?=[A-Z]|[一-鿿]{1,7}(?![学技艺武战美])[一-鿿]术)|休(?=产假|年假|病假|假|息|[,。;、\n]|\Z)|顶(?=[,。;班])|了(?!凡)|[吗呢吧么的不]|(?<![丰秋麦夏])收(?=[,。;\n])|本(?=[周月季年次院科区])|周(?=[一二三四五六日末])|改(?=[约期到在])|意(?=见)|沟(?=通)|咨(?=询)|均(?=[体未无有已为])|组(?=:)|孕(?=[0-9])|术(?=[后前])|回(?=复)|育(?=有)|测(?=[血体量])|系(?=夫妻|[父母]子)|可(?=协助|联系|代|陪|以)|卡(?=[上里号内])|建(?=档(?!案))|(?<!转)转(?=[一-鿿0-9]| [0-9])"
    r"|[讲嫌这吃喝佢嘅咗冇俾唔哋嚟喺]|及(?=[一-鿿0-9])|共(?=[0-9一二三四五六七八九十])|说(?!$)|[请打要看](?=[一-鿿])|约(?=[的了在好上下周明今后0-9一二三四五六七八九十定时])|(?<!加)加(?=[您你我他她微急班])|换(?=[药到了成])|带(?=[一-鿿])"
    r"|查(?=[了出房血体])|问(?=[了过下一我你您他她能可要要])|是(?=[一-鿿]{1,3}的[一-鿿](?:[?吗吧,。]|$))|(?<=[小老阿][一-鿿])那(?=[,。;])|退(?=[了款费号房])|交(?=[了费给钱押])|取(?=[了药报走件])|拿(?=[了药走着报])|顺(?=便|路|道|手带)|代(?=[填签诉述办领]|\))|工(?=资)|顾(?=问)"
)
"""The last character of what is no name any more: 马兰女四十一岁, 杨斌行PCI, 郑楠休产假, 查到了, 徐强收，."""

CUT_TITLE = Regex(
    r"医[生师]|大夫|护士|主任|教授|[院校]长|老师|律师|经理|(?:治疗|康复|营养|麻醉|检验|护理|验光|技)师"
)
"""Titles, to which the last character of what was taken for a name belongs."""

LABEL_ENDS = frozenset("期日额费率")
"""What labels of fields end with behind a word: 犹豫期, 成立日."""

KINDRED = frozenset("父母夫妻女儿兄婿媳其")
"""母 in 母钱程: a relation before a name, not its surname."""

KIN_SUFFIXES = frozenset("姐哥姨叔婶嫂妹弟伯爷娘妈爸")
"""贺姐 is a name as 老赵 is: surname and kinship in one."""

FORMER = Regex(
    r"原(?=护士长|科主任|院长|科长|所长|总经理|店长|董事长|书记|会长|校长|处长|局长|站长|股东|法[人定])"
)
"""What somebody was, where 原 is hardly a surname."""

FUNCTION_SURNAMES = frozenset(
    "籍于应向和时经同对从由让找请与为被给跟都要有来去是能会可别再就又还也该将把令连过后任司"
)
"""Surnames that mostly are prepositions, adverbs or verbs."""

ADVERBS = frozenset("常尚易时仰均平诸")
"""Surnames that as often say how something befalls patients."""

FUNCTION_WORDS = frozenset("不是能可多若没有也都很就会要在了的加些么吗呢吧再又")
"""Characters that hardly stand in a name without a surname."""

SHOWS_PLACE = (
    "那[位家单](?![一-鿿]{0,2}[叫姓])|来那|(?:转|带|送)来的|山里|开往|的老(?:病人|客户|患者)|"
    "那个(?=[一-鿿]{1,4}(?:婆婆|老板|阿姨|大[爷妈姐哥]|爷爷|奶奶|先生|女士|客户|患者|病人)|退款|投诉)"
)
"""Behind a place that stands for who is from there, as a regex: 文登|那位, 玉树|转来的, 启东|的老病人."""

NOT_NAMES = frozenset(
    [
        "原为",
        "法定",
        "让娃",
        "国小",
        "國小",
        "知晓",
        *("血压", "血糖", "血脂", "体温", "脉搏", "心率", "身高", "体重"),
        "先心",
        "来源",
        "宿舍",
        "方歌",
        "药房",
        "线路忙",
        "全额",
        "念成",
        "印成",
        "打成",
        "录成",
        "填成",
        "写成",
        "喊成",
        "拼成",
        "知悉",
        "窦口",
        "迟发",
        "强化疗",
        "万可松",
        "潘可罗宁",
        "释明",
        "原审",
        "印鉴",
        "帖文",
        "老百姓",
        "接龙",
        "小夜",
        "大夜",
        "白片",
        "停诊",
        "休诊",
        "曾用名",
        "未取名",
        "待取名",
        "未起名",
        "本人",
        "自己",
        "家人",
        "代收",
        "无名氏",
        "匿名",
        "保密",
        "合计",
        "小计",
        "总计",
        "备注",
        "以下空白",
        "好的",
        "您好",
        "你好",
        "可以",
        "各位",
        "哪位",
        "院领导",
        "单位前台代收",
        "木有",
        "毕业",
        "博士生",
        "敬礼",
        "此致",
        "米有",
        "小宝宝",
        "小宝贝",
        "小家伙",
        "小孩子",
        "新入",
        "谢谢",
        "问问",
        "连麦",
        "拉群",
        "代问",
        "查到",
        "仲有",
        "不客气",
        "没关系",
        "方用",
        "额吉",
        "催催",
        "到达",
        "原方",
        "继服",
        "不好意思",
        "对不起",
        "不用谢",
    ]
)

NEVER_NAMES = Regex(
    "余待定|原则|小(?:窍门|贴士|常识|知识|提示)|.为[贵主本辅]|[乐和]为先|高峰[为期]|付[押定订]金|付[全尾余]款|祝好|仲[未有系要冇].?|归[大小二三老][女儿子]?"
    "|扎西德勒|[该贵敝]司|[敬顺順即][颂頌]|要[花用买吃喝看做]|小马拉|涂改|代管|[两二三四五六七八九十几]人|[金银]卡|沙龙|家校沟通|不需|章[一二两三四][枚个]|车钥匙|[未没待尚]{1,2}[取起命定]名(?:[婴幼]?儿|婴)?|.无关|归纳|应提|(?:社工|护理|护士|医学|临床)?实习生?期?|[高中低未]{1,2}分化|药[袋盒瓶罐][上里内外中底]?|代[父母夫妻]|钱先[由付垫交给退转收存打放欠]?|[苗藏蒙维彝傣壮瑶侗朝]医[馆院药学有]?|令[尊堂郎嫒爱妹弟兄岳侄孙]|拜拜|全家福|育有.{1,2}|堵[在着住]|买[药票菜饭]|麦收.?|.不[是在会能要肯愿来用想让给接行敢]"
    "|(?:鄂伦春|鄂温克|达斡尔|柯尔克孜|哈萨克|维吾尔|塔吉克|乌孜别克|塔塔尔|俄罗斯|仡佬|傈僳|仫佬|珞巴|裕固)族?"
    "|(?:[汉满回藏苗彝壮侗瑶白傣黎佤畲水土羌怒京]|蒙古|布依|朝鲜|土家|哈尼|拉祜|东乡|纳西|景颇|布朗|撒拉|毛南|锡伯|阿昌|普米|德昂|保安|独龙|赫哲|门巴|基诺|高山)族"
)
"""What is no name in any field: 之女（未取名）, 家属三人, 复核：中分化, 核对：药袋上, 钱先|垫付, 苗医|有, 姓名：涂改, 马无关, 社工实习, 等级：金卡, 即唐氏筛查，唐不是…, 鄂伦春."""

OFFICE = Regex("首相|议长|外长|国王|女王|王后|王子|公主|大使|[参众]?议员|将军|上校|主教|法官")
"""Titles of offices that records hardly speak of."""
_CLIPPED_DRUGS = "奥希 安罗 帕博 信迪 卡瑞 特瑞 贝伐 伏美 瑞戈 索拉 培美 吉西 白紫 伊立 雷贝 艾普 瑞舒 沙格 司美 格美 瑞格 奥司 玛巴 索磷 甲强 乌帕 艾司 帕罗 文拉 右佐 泮托 替雷"
"""Drugs by two characters of their names, as those call them who take them: 奥希 of 奥希替尼."""

SELDOM_SPEECH = frozenset("tdmcprqf")
"""Parts of speech in jieba's dictionary of which hardly anybody is called: times, adverbs, numbers and the like."""

SELDOM_NAMES = frozenset(
    f"满月 陈述 查明 时常 齐全 韩语 韩文 谢意 谢忱 季付 达标 石英钟 余沥 方予 方歌 纪录 马来 {_CLIPPED_DRUGS}".split()
)
"""Words that are names where a field or an age says so."""

NOBODY_ACTS = frozenset(
    "门店自取 到店自取 自取 本人自取 稳定 平稳 良好 好转 危重 取消 已取消 平台招聘 网络招聘 校园招聘 社会招聘 招聘 自荐 内推 本公司 我公司 贵公司 我司 贵司 本司 本院 我院 本店 本所 未定 待派 待分配 待安排 空床 机动 未实名 无人接 无人接听 拒接 自动 档案室 病案室 收费处 急诊 门诊 网银 手机银行 银企直连 云闪付 支付宝 微信支付 扫码 刷卡 现金 转账 托收 代付 对公 自费 柜台 柜面 自助 自助机 机器人 系统 系统自动 后台 平台 小程序 公众号 官网 "
    "免费 自行 报案 报警 测试 提问 提交 追问 公户 公户退款 拒赔 线上 线下 邮寄 快递 外包 总部 本部 财务 行政 运营 客服部 工会 数据中心 各组 轮值 待聘 离职 停用 已停用 启用 注销 已注销 作废 空缺 撤销 冻结 失效 暂停 撤回 应为 更正为 改为 待核 待补 POS POS机 ATM APP CRM ERP OA IT HR HRBP BD PR 改派 转派 代派 独居 丧偶 离异 孤寡 空巢 留守 寡居 未婚 已婚 失独 空号 废号 退号 弃号 爽约 满号 机动号 送水 送货 送餐 送药 送件 取件".split()
)
"""What stands in a column of persons where nobody did it, or an office: 经办 | 网银."""

LABEL = Regex(
    "[一-鿿]{1,6}(?:方式|时[限间]|期限|日期|情况|经过|意向|意见|原因|结果|结论|说明|备注|类[型别]|等级|状态|程度|金额|费用|数量|地址|电话|号码|编号|单位|部门|科室|病种|渠道|来源|关系|性别|年龄"
    "|诊断|症状|主诉|建议|方案|项目|内容|标准|评分|得分|要求|频[次率]|次数|剂量|用法|疗程|须知|服务)"
    "|[一-鿿]{0,4}(?:[家种]族|个人|既往|现病|过敏|婚[育姻]|用药|手术|输血|外伤|接触|旅居|月经|生育|病)史"
    "|[一-鿿]{0,6}(?:[入出转住]院|病[程历案]|手术|麻醉|会诊|检[验查]|化验|体检|护理|查房|抢救|死亡|交接班|知情|处方|随访|门诊)"
    "(?:记录单?|小结|报告[单书]?|通知[单书]?|申请[单表书]|同意书|摘要|单|笺|证)"
)
"""What names a field of a form or the form, and does not fill one: 付款方式 beside 姓名, 出院小结 above it."""
OF_A_FIRM = Regex("[一-鿿]{2,}(?:部|组|处|办公室|团队|客服|平台)")
"""A part of a firm, which writes mails and does things as well."""

_TAKEN = Regex(
    r"(?:吃|喝|口服|服用|(?:医[生院]|大夫|诊所|药店|[又还给])(?:开[了的]|配了|买了))$|(?:吃|喝|口服|服用|输液?|外用|注射|涂抹?|贴)(?:[了过着的点些上完]|了些|了点|一些|一点)$|益生菌,比如$"
)
"""What is taken, drunk or put on stands behind, not somebody: 吃了舒丽启能, 医生开了舒丽启能."""

_GIVES = Regex("(?:[一-鿿]?[送给开带寄买做熬煮配拿推]|家|的[药酒饭菜汤茶糖单号床检化处证诊])")

DOSE_AFTER = Regex(r"[ ]?[0-9.]+ ?(?:mg|g|ml|mL|μg|ug|mcg|U|u|IU|iu|万|片|粒|支|针|%)")
"""A dose right behind a word: it is a drug."""

VIETNAMESE = frozenset("阮黎裴武邓吴潘范")
"""Surnames before 氏 in Vietnamese names; elsewhere 杨氏法 is a method."""

TAKERS = frozenset("家长 家属 客户 患者 患儿 病人 孩子 宝宝 产妇 客服 同事 员工 店员 顾客 客人".split())
"""Who is spoken to, before whom a preposition is no surname: 向家长解释."""

TAKES_A_PERSON = frozenset("加托烦荐谢的由请送给向找叫发问见跟遵嘱按随挂转打约知询系诉让位个报告呼")
"""Last characters of words that a person follows: 挂余主任的号, 通知向医生, 那个国大夫."""

NAMED_ROLES = frozenset(
    "护士 保安 监护人 法定监护人 见证人 家属 监查员 监察员 幺女 幺儿 司机 驾驶员 翻译 护工 保姆 月嫂 佣人 联系人 紧急联系人 经办人 责任护士 值班护士 主管护士 "
    "老大 老二 老三 老四 老五 老幺 小叔 护理员 治疗师 康复师 心理师 志愿者 义工 领队 导游 学生 实习生 研究生 室友 同学 个管师 "
    "规培生 进修生 网格员 工友 老乡 邻居 战友 证人 代办人 委托人 代理人 陪护人 陪同人 业务员 快递员 派送员 派件员 送货员 送餐员 跑腿员 公证员 民警 村医 校医 好友 班主任 公卫 跟台 主刀 一助 二助 三助 助理 术者".split()
)
"""Behind these a name stands more often than what is the matter."""

LAUGHTER = Regex(r"(.)\1\1|([哈嘿呵嘻嘎])\2")

HOLDER = Regex(
    r"(?:[收发寄取领代经委投被受授签立借贷租担监]|[一-鿿][责系证办付款货件事诉托纳保理签])人$|[一-鿿]{2}员$"
)
"""Roles that are never told of in a word: 收货人 从容。"""

STATES = frozenset("希望 平安 高兴 安静 冷静 安宁 健康 乐观 开心 满意 康复 明白 安心 宁静".split())
"""Names that say how somebody fares."""

IN_ORDER = frozenset("老大 老二 老三 老四 老五 老幺 小叔".split())

NO_SURNAMES = frozenset(
    "交副正主总老大小新原前后该本各两俩女男名位个科院班组室上下外内中西牙眼骨儿兽军校村乡镇县市省厅局部处所站队区好请问找叫是有和与跟给让"
    "对被把做见另某每几这那哪此全非假真一二三四五六七八九十百千特高初同为以因如则且并或及但而使由从自到于等第多少数其他她它我你您咱"
    "俺谁诊询之需遵待靠盼嘱约若除派选挑免缺非凭欲愿着了过的地得在也又再就都还去来回说想要能会可不没无未已将当按经凭据随陪带等接送转给替帮代兼任请邀聘专客门急病护药技检麻产妇"
    "嘅喺嚟咗俾哋冇唔搵揾求骂打夸催推踢咬抓怪怨吼踹拦堵看听查供仅限须持取获考具拍写记说讲谈商报告征换改加减只仅才刚见遇当学懂属孕患亲家父母夫妻子孩幼青中老教年月日时分秒岁天周夜白晚早今明昨"
)
"""Characters that stand before a title without being anyone's surname: 副主任, 牙医生, 该教授."""

NOBODY = frozenset(
    "计划 任意 平时 时常 时间 全程 全部 全体 全科 公司 单位 常用 应急 和平 安全 全国 常年 经常 成人 成年 商量 "
    "毕竟 关怀 关爱 应有 平均 明天 明日 明年 明显 高热 高烧 高温 高危 高血 平素 任何 何时 何人 向来 从来 单纯 单方 成立 "
    "强化 方向 方面 习惯 战友 房东 包含 时期 安排 安装 留观 留置 来访 来源 来临 宁愿 甘愿 时刻 温度 毕业 常规 全员 全年 全身 "
    "全天 公告 严重 段落 施工 施行 方案 方法 程度 向导 管理 项目 计算 许多 应用 应该 应当 水平 白天 明早 明晚 周末 周围 周边 周岁 元旦 后天 年初 年底 年前 年后 关系 包括 经过 通过 时候 有时 左右 全家 方便 初诊 初次 初筛 初孕 初产 单胎 高龄 于今 党员 农民 居民 常住 应届 年轻 年迈 年老 年幼 单身 管床 车祸 门诊".split()
)
"""Words that say when, how or what, wherever they stand."""

RELATIVE = "[一二三四五六七八九十大小老幺满][爷奶爸妈爹娘公婆伯叔姨姑舅婶嫂哥姐弟妹]{1,2}"
"""By which nobody is known but to his own, as a regex: 三舅."""

OF_ANYBODY = frozenset(["先生", "女士", "小姐", "太太", "同志"])
"""Titles that go with any name."""

_TAKES_OFFICE = Regex(
    r"(?:[0-9][年月日]|[起历曾现兼校厂社]|先后|(?:公司|集团|学院),?|在[^,。;:\n]{2,20}(?:[局处部厂院会站]|中心|大学)|事务所|(?:年|工作|毕业|入职|起)[^。;\n]{0,30},)$"
)
_OFFICE = Regex(
    r"(?:(?:[副总执行常务首席代理助]{0,4}|项目|部门|大区|区域|销售|业务|技术)(?:经理|裁|董事长?|院长|校长|厂长|主任|书记|秘书|助理|总监|教授|研究员|工程师|会计师|处长|科长|部长|主席|会长|社长|行长|局长|科员|干事|律师|司机|保安|保洁|会计|出纳|文员|前台|客服|护士|护工|厨师|主管|组长|班长|店长|专员|顾问|翻译|教师))+(?:[,。;、及兼和助秘(]|$)"
)
"""The office somebody takes, and no more of him behind it."""
_PLACE_OF_WORK = frozenset("室科院所站部组处局办诊心司业内外治")
_OF_BRAND = r"[”\"』」][足脐颈腰背膝]?[贴膏丸散霜茶酒牌糖饼]"
_REFUSED_AFTER = {
    "段长": Regex("度"),
    "大夫": Regex(_OF_BRAND),
    "老太": Regex(_OF_BRAND),
    "总": Regex(
        r"[胆蛋分量数计体共之结是会有在算费额价砷氮磷厂局]|部(?!署)|店|院(?=[一-鿿]{0,2}[内外科]|做|看|住|[,。;])"
    ),
    "老师": Regex(r"傅"),
    "护士": Regex(r"[站台节组]"),
    "社工": Regex(r"[部站室]|服务|中心"),
    "伯": Regex(r"[特尔格]"),
    "律": Regex(r"[师己动诗令例法政条齐不]"),
    "律师": Regex(r"事务|所|函|费"),
    "会计": Regex(r"师|事务|科目|年度|凭证"),
    "医生": Regex(r"[站组]|团(?!队)"),
    "顾问": Regex(r"[群团部组]"),
    "客服": Regex(r"[群部组]|热线|电话|中心"),
    "哥": Regex(r"[德伦白]|马利"),
    "工": Regex(r"[作程资伤人业厂地会艺具序大商学科种时期]"),
    "Sir": Regex(r"[A-Za-z]"),
    "Madam": Regex(r"[A-Za-z]"),
    "Miss": Regex(r"[A-Za-z]"),
    "组长": Regex(r"[度宽短期]"),
    "护士长": Regex(r"得"),
    "院长": Regex(r"办"),
    "主任": Regex("[办级]"),
    "主治": Regex(
        r"(?!查房|会诊|说|看[过了]|嘱|来[看查]|签|同意|建议|交代|谈话|(?<=[科室区][^方汤丸散丹膏剂]主治):)"
    ),
    "太太": Regex(r"太|(?<=太太太)"),
    "氏": Regex(r"[^,。;、)的之家称说兄 \n]"),
}


TAKES_NO_CLAUSE = (TAKES_A_PERSON | frozenset("跟和与对向被替帮陪给让")) - frozenset("的个位")
"""Behind these no clause begins."""
_UNITS = frozenset("区司系班师镇")
"""Surnames, nearly all rare, that end what a unit is called: 工业区副经理, 我们班同学."""
_OF_UNITS = frozenset("业产们甲乙丙丁公")
"""What stands before them in words for units of everybody."""
_WARDS = frozenset("科室院房")
_MANAGES = Regex(
    "(?:项目|运营|市场|业务|大?客户|商务)?(?:副?总?经理|总监|主管)|书记|代表|[一-鿿]{0,2}长|销售"
)
_HOLDS_OFFICE = Regex(
    "(?:副|总|党)?(?:[院校行局处科所厂市县区乡镇村部]长|书记|主席|主任委员|干部|股东|董事|职工)"
)
_ENDS_BODY = Regex("[院所局厂校处部厅委社会行司科室中心市县区镇乡村]$")
"""Behind a body 原 says who held an office there."""
_PARTY = frozenset("收包款作务工付用理监使托甲乙丙双各对我校院供需买卖租资官警患医店")
"""Before 方: a party to a contract."""
_OF_WORD = {
    "车": tuple("随跟约押"),
    "时": tuple("到届当那这有平同及按"),
    "任": tuple("继接兼历现原离连卸"),
    "支": tuple("一两几这那每哪"),
    "包": tuple("外分承发转"),
    "谢": tuple("多"),
    "成": tuple("别当看认变换改写说叫做制译评升读听"),
}
"""What stands before a surname that ends a word there, or counts teams."""
_JOINED = {
    "和": Regex(
        r"[好多再先]?(?:沟通|商[量讨议]|讨论|交流|聊|谈|协商|配合|一起|预?约|联系|对接|核对|确认|见面|反映|说(?:实话|清|明|一|话)|讲)"
    ),
    "应": Regex("要求|请求|邀|嘱|之"),
    "祝": Regex(
        "[您你们大家]{0,2}(?:好人|生日|[新春圣中国元][年节诞秋庆旦]|节日|身体|健康|早日|天天|永远|家庭|全家|阖家|幸福|平安|万事|一[切路]|工作|考试|事业|越来越|开心|[^,。;\n]{0,6}(?:快乐|安康|顺利|如意))"
    ),
    "望": Regex("(?![,。:、;!?]|[您你][好说开给]|说|开[的了]|的|在|处|\\Z)"),
    "向": Regex(
        "(?:员|处)?(?:本人|及时|逐级|书面|口头|当面|如实|详细|统一)?(?:表[达示白]|致[谢敬歉]|道[谢歉]|请[教示假]|提[问交供议]|描述|反[馈映应]|咨询|申[请领报诉]|说[明了]|投诉|报[告备修销]|上报|汇报|求[助证]|[询征]问|问[清好]|索[取要]|提出|进行|寻求|征求|交[代接班待]|移交|递交|转[达告]|传[达递]|登记|领[取用]|了解|打听|核[实对]|确认|推[荐销]|介绍|展示|强调|解释|支付|收[取费]|借[用阅]|出示|保证|承诺|透露|告知|学习|学艺|要求|示意|发[送起出]|讲[述解明])"
    ),
    "付": Regex(
        "[^,。;!?\n]{0,8}?(?:[0-9][0-9.,]*元|[工薪]资|[加夜]班费|[一-鿿]费|钱|红包|报酬|补贴|[押定订]金)"
    ),
    "往": Regex("[那这]|处|办公|站|家"),
    "凡": Regex("都|均|一律|须|必"),
    "关": Regex("什么事|[啥屁]事"),
    "连": Regex(r"[^,。;!?\n]{0,6}(?:都|也[没不说])"),
}
"""What is done with somebody, or as somebody wishes: 和老师沟通, 应医生要求; or what somebody is wished or asked: 祝妈妈生日快乐, 望医生解答; or said of all: 连护士都."""
NEVER_GIVEN = frozenset(
    "可以 应该 应当 需要 必须 能够 没有 不能 不会 明显 显著 尤其 可能 已经 还是 或者 知道".split()
)
"""Words that say how, whether and whence things happen, and are nobody's given name: 给药|可以, 后叶|明显."""
DESCRIBES = frozenset(
    "真诚 丰富 严明 严正 严肃 乐观 全能 公平 公正 冷静 包容 卓越 古典 和善 和气 和睦 安静 安稳 宁静 平凡 平和 平静 应有 强大 强化 强壮 成人 成年 成才 战斗 文化 文学 文明 文艺 文雅 "
    "文静 明智 明星 明白 智慧 易行 时尚 权威 温和 温婉 温情 温暖 温柔 温良 温雅 温馨 满意 简单 简朴 练习 英俊 英明 英雄 董事 解放 计划 谈心 辛勤 辛苦 阳光 高傲 高兴 高明 高强 高超 高深 高远 高雅 鲜艳 习惯 向导 修养 党建 常住 方向 章节 管弦 边缘".split()
)
"""Words that are names as well, and say what sort of doctor or teacher somebody is."""


_OF_QUALITY = Regex(
    "(?:[医技演球武]?[术艺]|手[艺法]|[医师品]德|医[技风道]|[技学]术|水平|技能|作风|服务|态度|人品|素[质养]|见[解地识]|本[领事]|功[力底]|经验|能力|[哭叫啼]声|声音|[语心嗓]音|仪[表容]|举止|谈吐|气质|考虑|照[顾料]|安排|为人|性[格情子]|脾气|[指趾肢]端|末梢|四肢|手足|患肢|远端)"
    r"(?:[之也都又很更最真太极得]|非常|十分|特别|极其|相当|如此|这[么样])*\Z|[令使让][人我你他她您]们?(?:[很都也]|非常|十分)?\Z"
)


def is_of_quality(text: str, start: int) -> bool:
    """Whether what begins at `start` says how good something is, or how it leaves us: 医术高超, 令人敬佩."""
    return _OF_QUALITY.search(text, max(0, start - 8), start) is not None


def is_felt(text: str, start: int) -> bool:
    """Whether what begins at `start` says how somebody feels: 她很乐天."""
    return _FEELING_BEFORE.search(text, max(0, start - 3), start) is not None


_FOODS = "樱桃|李子|芒果|荔枝|龙眼|桂圆|石榴|柑橘|橘子|橙子|柚子|桃子?|苹果|[雪香]?梨|香蕉|葡萄|提子|草莓|蓝莓|西瓜|菠萝|凤梨|榴莲|枇杷|山楂|柿子|红枣|猕猴桃|火龙果|车厘子|[花核]生?仁?|核桃|坚果|鸡蛋|牛奶|海鲜|[小大]?龙?虾|[螃]?蟹|鱼|[牛羊鸡]肉|[柳杨]絮|花粉|尘螨|艾蒿|[大小]麦|黄豆|毛豆|番茄|茄子|菠菜|芹菜|韭菜|蘑菇|香菇"
_FOOD_BEFORE = Regex(f"(?:{_FOODS})[、和及与或/]$")
_FOOD_BEHIND = Regex(f"[、和及与或/](?:{_FOODS})(?!(?:医生|大夫|老师|主任|护士|先生|女士|[姐哥总]))")


def is_food(text: str, start: int, end: int) -> bool:
    """Whether the stretch stands beside what is eaten, or what one is allergic to: 李子、|杨梅, |杨梅|和樱桃."""
    return bool(_FOOD_BEFORE.search(text, max(0, start - 5), start) or _FOOD_BEHIND.match(text, end))


def is_taken(text: str, start: int, end: int) -> bool:
    """Whether the stretch is what is taken, and nobody who gives it: not in 吃了李红开的药."""
    taken = _TAKEN.search(text, max(0, start - 6), start)
    return taken is not None and not _GIVES.match(text, end - (text[end - 1] in "送给开带"))


_DEGREE = Regex(r"(?:[很挺颇蛮]|有点|有些|略微|稍微|十分|非常)$")
_ONLY_SAID = Regex(
    r"[很挺略兼]|佐以|历任|曾任(?=[^,。;、\n]{1,16}?(?:经理|董事|主任|[部科处厂院校]长|科员|书记|教授|顾问|会计))|图[一二三四五六七八九十]|恩恩(?![一-鿿])|阿拉(?=[爸妈爹娘爷奶囡儿屋老阿外])|莫(?:[录写弄搞记打发看认听填输取拿传][错漏混反]|[急慌](?![一-鿿]))"
)


def is_only_said(text: str, start: int) -> bool:
    """Whether nobody's name begins there, but how something is, an office or an interjection: 有点|小贵, 挺实惠, 佐以桂枝, 图五, 恩恩，好的, 阿拉爸爸, 莫写错."""
    return bool(_DEGREE.search(text, max(0, start - 2), start) or _ONLY_SAID.match(text, start))


@cache
def shipped_herbs() -> frozenset[str]:
    """After herbs people are called, after other things of medicine hardly."""
    return frozenset(shipped_catalog().lexicon("herbs"))


@cache
def shipped_points() -> frozenset[str]:
    """Points of acupuncture: patients are called so as well, 关元 or 曲池."""
    return frozenset(shipped_catalog().lexicon("acupoints"))


class NameWords:
    """Titles, roles and kinship of a catalog."""

    def __init__(self, *, titles: Iterable[str], kinship: Iterable[str], roles: Iterable[str]) -> None:
        self.titles = frozenset(titles)
        self.roles = frozenset((*kinship, *roles))
        # the first and last characters tell of most places that no title or role is there
        self._title_beginnings = frozenset(title[0] for title in self.titles if title)
        self.title_endings = frozenset(title[-1] for title in self.titles if title)
        self._role_endings = frozenset(role[-1] for role in self.roles if role)
        self._title_index = WordIndex(dict.fromkeys(self.titles, ""))
        self._role_index = WordIndex(dict.fromkeys(self.roles, ""))

    def find_titles(self, text: str) -> Iterator[tuple[int, int]]:
        """Titles that may stand behind a name, where nothing behind them speaks against it."""
        for start, end, _ in self._title_index.find(text):
            refused = _REFUSED_AFTER.get(text[start:end])
            if not (refused and refused.match(text, end)):
                yield start, end

    def find_roles(self, text: str) -> Iterator[tuple[int, int]]:
        return ((start, end) for start, end, _ in self._role_index.find(text))

    def title_at(self, text: str, position: int) -> int:
        """Length of the title that begins at `position`, 0 when there is none."""
        if text[position : position + 1] not in self._title_beginnings:
            return 0
        for size in range(min(6, len(text) - position), 0, -1):
            word = text[position : position + size]
            if word in self.titles:
                refused = _REFUSED_AFTER.get(word)
                return 0 if refused and refused.match(text, position + size) else size
        return 0

    def title_ends(self, text: str, position: int) -> bool:
        """Whether a title of two characters or more ends at `position`."""
        return any(text[max(0, position - size) : position] in self.titles for size in (2, 3, 4, 5))

    def is_preposition(self, text: str, start: int, title_end: int) -> bool:
        """Whether the character at `start` leads to the title that ends at `title_end`, and is no surname."""
        if text[start] == "任":
            led = _TAKES_OFFICE.search(text, max(0, start - 36), start)
            return led is not None and _OFFICE.match(text, start + 1) is not None
        if text[start] == "望" and text[start - 1 : start] in ("找", "请", "挂", "见", "由"):
            return False
        joined = _JOINED.get(text[start])
        return joined is not None and joined.match(text, title_end) is not None

    def ends_unit(self, text: str, left: int) -> bool:
        """Whether the character ends what a unit is called: 工业区|副经理, 企业司|处长, 甲班|班长."""
        before = text[left - 1 : left]
        if text[left] not in _UNITS or not is_han(before) or self.role_ends(text, left):
            return False
        if before in _WARDS:
            return False  # 外科师主任
        if text[left] == "区" and not _MANAGES.match(text, left + 1):
            return False  # 香港区医生
        return text[left] == text[left + 1 : left + 2] or before not in TAKES_NO_CLAUSE

    def says_whose(self, text: str, left: int, gap: int) -> bool:
        """Whether the character tells which party, unit or office holder it is, and no surname: 受托方医师, 甲班班长, 研究所原所长."""
        name, before = text[left:gap], text[left - 1 : left]
        if name == "方" and before in _PARTY:
            return True
        if before in _OF_WORD.get(name, ()):
            return True  # 随车医生, 到时护士会通知, 继任主任
        if name == "高" and before in ("级", "职", "普"):
            return True  # 教授级高工, 一职高校医
        if name == "原" and (
            _HOLDS_OFFICE.match(text, gap) or _ENDS_BODY.search(text, max(0, left - 1), left)
        ):
            return True  # 由原干部岗位
        return name in _UNITS and before in _OF_UNITS and self.ends_unit(text, left)

    def role_ends(self, text: str, position: int) -> bool:
        """Whether a role or kinship word ends at `position`."""
        return text[position - 1 : position] in self._role_endings and any(
            text[max(0, position - size) : position] in self.roles for size in (2, 3, 4, 5)
        )

    def opens(self, text: str, position: int) -> bool:
        """Whether a name may well begin at `position`."""
        return (
            not is_han(text[position - 1 : position])
            or bool(BEFORE_NAME.search(text, max(0, position - 2), position))
            or self.role_ends(text, position)
        )

    def closes(self, text: str, position: int) -> bool:
        """Whether a name may well end at `position`."""
        return (
            not is_han(text[position : position + 1])
            or bool(AFTER_NAME.match(text, position))
            or bool(self.title_at(text, position))
        )

    def at_work(self, text: str, position: int) -> bool:
        """Whether a place of work ends at `position`: 社区卫生站路医生."""
        return text[position - 1 : position] in _PLACE_OF_WORK
