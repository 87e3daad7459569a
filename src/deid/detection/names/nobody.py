"""Words that nothing but their looks and their place makes somebody: 全天 in a rota, 家族|史采集, 跟她爸|商量下."""

from __future__ import annotations

from typing import NamedTuple

from deid.detection.names.asides import is_aside, is_told_of
from deid.detection.names.dialects import is_dialect
from deid.detection.names.fit import Candidate
from deid.detection.names.leading import WHOLE_FIELD
from deid.detection.names.spelled import spells
from deid.detection.names.words import (
    DESCRIBES,
    IDENTIFIED,
    NATURE_BEHIND,
    NOBODY,
    NOBODY_ACTS,
    SELDOM_NAMES,
    STATES,
    NameWords,
    is_food,
    shipped_herbs,
)
from deid.detection.reading import Reading
from deid.grammar.name import is_han
from deid.regexes import Regex

_BY_PLACE = frozenset(["surroundings", "tagger", "prose", "kin", "role"])
"""Evidence that says nothing of the word itself."""
_TELLS_OF_NAMES = WHOLE_FIELD - {"kin"}
_IS_SOMEBODY = Regex("[, ]{0,2}[男女](?![一-鿿])")
_NEVER_SOMEBODY = frozenset(
    "多云 全天 天亮 天黑 高铁 单月 单日 单周 单程 绿通 全新 赫然 代班 代开 代办 代购 代发 代售 单数 双数 药敏 图文 蒙语 蒙文 壮语 花名 花名册 田坎 田埂 田坝 余课 余次 余额 未校 待校 未核 待核 未审 白联 红联 黄联 绿联 蓝联 粉联 祝老人 祝大家 坨坨 砣砣 包包 疹疹 颗颗 独居 丧偶 离异 孤寡 支付宝 花呗 改派 转派 运维 小窍门 小贴士 国家码 院内码 省平台".split()
)
"""Words of rotas and of trade that stand where somebody may."""
_PHRASE = Regex(
    "其[哥姐弟妹叔伯姨姑舅婶嫂]$|莫[再要得慌急怕笑哭吵闹拖催]|庄里$|[逢每][单双]|税(?:[自另后前]|由)|[双单][手腕掌肘臂肩膝踝髋足脚腿眼耳肺肾乳睑唇颊侧][一-鿿]?$"
    "|[镇乡村区县市校](?:小学|中学|初中|高中|医院|政府)$|(?:[杨柳]|梧桐)絮|(?:通[信讯]|警卫|侦察|工兵|炮兵|步兵|防化|汽车|运输|高炮|坦克|修理|勤务|机枪|机炮)[连营排]$"
)
"""Dialect for do not, in the village, every odd month, who pays the tax; numb wrists, catkins, the school of a village and a company of soldiers."""
_SAID = Regex(
    "(?:买|(?<=[让购卖买资租]))方[一二三四五](?![一-鿿]{2}[,(])|莫(?:[喊叫讲说吃喝碰摸动乱搞弄忘等走让给把被跟听管睬怪骂打拥挤熬吸抽担误耽去拿放丢停换错太只]|马上|随便|轻易|着急|一(?=[进出来到见看坐开]))"
    "|随[父母](?:[住生姓]|改嫁)|(?<=[随归跟])[父母](?:[住生姓]|改嫁|一[起方]|抚养|[^一-鿿])|[有无][一-鿿]{1,4}史(?![一-鿿])|应(?:先[拨打与向由做行予到去查付通告报交取将]|及时|立即|自行|如实|予以|承担|赔偿|支付|退还|保[证管留])|[须需][有持经凭由](?=[本身有证家监法书盖])"
    "|班[再后时前](?![生])|(?<=仿)宋[小大]?[一二三四五六]|汤[少多别不](?=[喝吃放加])|周[一二三四五六日][停休没不]|费(?=[一二三四五六七八九十两半几]{1,3}(?:[百千万元块天年月折]|个|分之)|百分|[一二]律|[一二]次)|费(?:标准|用|率|单|时|[另按由])|(?<=[照拍])张[相照片]|赖人|待人[好真很和热客亲]|药(?:[还都也已没剩呢贵]|吃[完了])|路[远近](?=的|[,。;])"
    "|念其[德恩情功]|(?<=[响苦欠光声火炮浪])连天"
    "|旷(?=工(?:[0-9?一二两三半天]|[ ]*(?:[;,\\n]|\\Z)|[处扣记]))"
    "|(?<=[嗰呢𠮶])边|向[东西南北上下左右前后里外](?:[飞开转看移爬拐]|走(?![了啦的后前之])|直?行[驶进约0-9一二两三四五六七八九十百几])|周(?:总结|小结|例会)|钟声(?=响|敲|悠)|高峰(?=为[0-9一二三四五六七八九十]|期)|都松(?=口气|了)|简单(?=[说讲聊谈问看](?:[一两几下点]|来|就是))|干(?=姐妹|兄弟|儿子|女儿|[爹妈娘])|何来之|[王金木水火土石田马车]字(?=[旁头底])|乌云(?=密布|压|满天|散|蔽|笼|遮|翻滚)|常(?:静音|关机|占线)|高兴(?:为[您你]|认识[您你])|麻醉(?:完|后|科|已|师|起)|麻药(?:完|后|已|起|劲)"
    "|费[日夜早晚白平节](?:班|间)?[0-9]|(?<=[位诊药理院疗术检工查餐])费贵(?=[来得死了,。])|车(?:已经|马上|正在|快到|还没|还在|来了|到了)|全(?:念|说|讲|报|读|要|开|查)(?=[吧了完])|单名(?=一?个|只?有?一?个?[一-鿿]字)|(?<=[人脸皮色肤眼身])[黄白青红黑]成(?=一|蜡|纸|[个根张])"
    "|那辰光|成(?=[老名大]?(?:中医|专家|医生|大夫|教授|主任|院长|老板|师傅|网红)了)|习惯(?:[喊叫称用吃喝睡坐把在了于]|性)|成立(?:那[年天会]|于|之[初前后]|至今|以来)|[春夏秋冬]天(?:谁[受能]|最|太|特别|[那这]么|热得|冷得|一[到过])|(?<=[田地园]里)(?:的)?[一-鿿]{2,3}(?=[还都]没?[收熟种摘])|(?<=复)康巴士|伊老(?=[可早晚苦累欢])|(?<=踩)老雷|老楼(?=的[门锁电窗墙管水]|[里上下内外]|没|改|加装)|(?<=孙)孙(?=[今昨明前后][天晚早]|[上下]午|[早晚]上)"
    "|[一-鿿]{2,4}(?:同音|谐音|形近)|(?<=供)史[人者]|端公|时破水|银行(?=[那这里柜的]|系统|工作)|文艺(?=委员|骨干)|小妙(?=招)"
    "|谈(?=过[话了])|安详(?=[辞离去逝地])|刚[上下到来去回](?![一-鿿]{0,2}(?:说|:))|[一-鿿]得(?=[快慢及])|文采(?=[好真不斐飞])|暴[雪雨风](?=天)|(?<=[,。;]人)耿直|吉祥(?=话)|(?:(?<=喜欢)|(?<=[喝泡品罐盒斤包]))龙井|高兴(?=死)"
    "|钱(?:退|打|转|付|汇)(?=[我你您他她到回给])|老铁(?=们|[,!]?(?:双击|点赞|关注|扣))"
)
"""What is said there: dialect for do not, with whom a child lives, an answer or a fee, which way to go, a greeting."""
_WISHED = Regex("[一-鿿]{2,4}(?:早[日点些]|身体|健康|长寿|平安|快乐|生日|节日|一切|顺利|康复|安康|开心)")
_WISHES_TO = Regex(
    "祝[愿福]?(?:[您你]们?|大家|各位|患者|病人|客户|家[属人]|老师|医生|老人家?|孩子|宝宝|全家|阿姨|叔叔?|[爷奶伯]{2}|大[爷妈姐哥]|先生|女士)*\\Z|[全阖合]家\\Z"
)
_WISHES = frozenset("安康 健康 平安 幸福 康复 安好 顺利 如意 吉祥 康健 长寿 快乐 安宁 顺遂 康宁".split())
"""祝患者|安康."""
_OF_PLANTS = Regex("[一-鿿]{0,2}[根皮叶花果草藤翘实苓芩参芪术]\\Z")
_AMONG_THINGS = Regex(
    "等(?:食[物材品]|[中草]?药[物材品]?|水果|零食|补品|蔬菜|坚果|花[草卉]|植物)(?![一-鿿]{0,2}[师员店房学])"
)
"""Behind the last of a list of things: 桂枝、桂圆|等食物."""
_OF_HUMOURS = Regex(
    "[阴阳虚实痰湿寒表里][一-鿿]{0,2}·[一-鿿]{0,3}[阴阳虚实痰湿寒热气血水风脾肾肝肺胃重][一-鿿]{0,2}"
)
"""阳水·风水, 阴黄·寒湿."""
_IN_BED = Regex("[0-9一二三四五六七八九十]床[ ]?\\Z")
_RESTS = Regex("(?:安静|安好|安宁|平安)(?:[ ]?(?:已查房|夜间|无不适|称无)|[,。;]|[ ]*(?:\n|\\Z))")
"""How somebody in a bed fares: 3床安静。, but not 8床 安宁 骨折."""
_BLOCK = Regex("(?:[门急]诊|住院|医技|[内外]科|综合|教学|科研|行政|[A-Z0-9一二三四五六七八九十]号?)\\Z")
"""What stands before 楼, a building and no surname."""
_OF_MONEY = Regex("[零壹贰叁肆伍陆柒捌玖][拾佰仟万圆元角分零壹贰叁肆伍陆柒捌玖整]+")
_OF_PRESCRIPTION = Regex("处方[已未]")
_DONE = ("了", "啦", "喽")
_ENDS_OFFICE = Regex("[ ]{0,2}[一-鿿]{1,3}科长")
_FEELS = Regex("[坏极死]了?|就[说想笑哭]|不已|之[余下]|万分|至极|起来")
"""How much somebody feels so: 大爷|高兴就说."""
_AT_HOSPITAL = Regex("[去到上来][^,。;\n]{0,8}[院所]里?\\Z")
_GROUP = Regex(r"[ ]?(?:[(」』】\]\n]|[0-9]{1,2}月|20[0-9]{2}|\Z)")
"""Behind the name of a group that chats."""
_ANIMAL_CALLED = Regex(
    '(?:(?<=[小大只条头匹])[猫狗犬兔熊鼠鸟龟鹿羊猪马牛鸭鸡猴狼象虎狮]|兔子|刺猬|狐狸|松鼠|猴子|企鹅|恐龙|机器人|玩偶|公仔|鹦鹉|仓鼠)[,、]?(?:它的?)?(?:名字?)?叫(?:做|作)?[“"「]?\\Z'
)
"""What an animal is called: 小刺猬，名字叫|圆圆."""
_OF_KITCHEN = Regex("姜(?:切|去皮|洗净|剁|拍[碎散扁]|的用量)|关[大中小]?火")
_CUT, _CUTS = Regex("小[丁段朵块片条粒]"), Regex(r"(?:切成?|掰成|cm|[0-9一两半])[ ]?\Z")
"""Into what food is cut, and what leads to it."""
_DEVICE = Regex("(?:[仪器箱泵架镜灯枪秤柜炉屏]|(?<!司)机|探头|系统|电脑|主机)[ :]?\\Z")
_MODEL = Regex("[一-鿿]{0,2} ?[A-Za-z]{1,6}-?[0-9][0-9A-Za-z-]*(?![一-鿿])")
_SURE = 0.9
_HISTORIES = Regex(
    "(?:家族|病|既往|[生婚孕]育|月经|过敏|手术|个人|[饮酗嗜]酒|[吸抽]烟|[吸中]毒|接触|暴露|旅居|旅行|输血|外伤|用药|服药|职业|接种|冶游|住院|遗传|史)$"
)
"""Before 史: 家族史, 既往史."""
_OF_MEDICINE = Regex(
    "(?:史|诊断|主诉|香?烟|[饮白]?酒|茶|[早中午晚加]餐|[神意]志|意识|精神|睡眠|食欲|饮食|[大小二]便|舌[苔质]?|苔|脉象?|[切伤创]口|牙[冠位体列]|修复体|材[质料]|术式|过敏[源原物]|(?:药物|食物)过敏|部位|症状|体征|[方中西成]药|药[物名品]|用药|处方|(?:吃|用|服)[过着的了]*(?:啥|什么|哪些)?药|剂型|菌种|标本|病原体?|所见|镜下|印象|"
    "面[色容]|肤色|皮肤|步态|发育|营养|喂养|月经|带下|质地|形[态状]|边界|外观|气味)[ ]?:[ ]{0,2}$"
)
"""Fields of medicine, the value of which is a word where it is one."""
_OF_THING = Regex(
    "(?:机型|型号|品[牌名]|厂[家商牌]|生产(?:厂家|商|企业)|规格|货名|设备|仪器|耗材|试剂|颜色|口味|款式)[ ]?:[ ]{0,2}\\Z"
)
"""Fields of things, the value of which is nobody."""
_SHAPED = Regex("[样状](?:改变|外观|突起|隆起|增生|结构|肿[物块]|阴?影|坏死|变|物|回声|排列|分布|赘生|息肉)")
_ALLERGIC = Regex("(?:(?!的)[一-鿿]){0,5}过敏(?!史)")
_TAKES = Regex("(?:口服|服用|改用|换用|停用|加用|联用|合用|含服|静[滴推注]|外用|滴注|续[服用]|曾用)\\Z")
"""Before a drug: 改用戴芬."""
_TREATED = Regex(
    "(?:口服|静[滴注推点脉]|[静微]?泵[入注]|肌注|雾化|外用|鼻饲|[含顿冲]服|治疗(?=[0-9一二三两四五六七半]|后|[,。;]))"
)
_GIVES = ("予", "予以")
_ENDS_CLAUSE = Regex("[,。;、\n]|\\Z")
_NO_LONGER = Regex("[已后先暂]?停用")
_DOERS = frozenset("由被经让")
"""Before who does something: 账号已由贺岁寒停用."""
_HAS_HISTORY = Regex("(?:既往|曾)?[有无]\\Z")
_DOSE = Regex(r"[ ]?[0-9.]{1,5}[ ]?(?:g|kg|mg|ml|克|斤|两|钱|片|粒|丸|袋|包|剂|付)(?![A-Za-z])")
_STAMPS, _SEALED = ("发票", "骑缝", "专用", "收讫", "签名", "签字"), ("法人", "财务", "合同", "公")
_OF_COURT = ("太医", "御医")
"""Titles that nobody has today: 王|太医."""
_KEPT = frozenset("缺无丢盖印模由需须和与及双已未不在")
"""What goes on behind a stamp: 公章由财务保管."""
_INTO_VEIN = ("推", "滴", "注", "脉")
_MIDDLE_OF_TITLES, _TITLE_BEGINS = frozenset("治任管"), Regex(r"(?:副|(?<![一-鿿]))主[ ]?\n[ ]*\Z")
"""主⏎治医师, 副主⏎任医师: a title over two lines of a narrow cell; not 以手术为主⏎任医师, 车主⏎任先生."""
_TAX_NUMBER = Regex(r"[ :]{1,2}(?!1[3-9][0-9]{9}(?![0-9A-Z]))[0-9]{2}[0-9A-Z]{6,18}(?![0-9A-Z])")
_SCRIPT = Regex("[德法英日俄中外葡西]文[信书版件稿里说写]")
"""A letter in German, and no Miss 德: 上次德文信里."""
_SECOND = Regex("[、,;和]乙")
_FORMER = Regex(
    "原(?=司机|驾驶员|护[工理]|保姆|月嫂|钟点工|阿姨|房东|班主任|床位|主[治管]|经办|坐席|客服|顾问)"
)
"""Who was that before: 原|司机 2023年底走."""
_FORMER_DUTY = Regex("原(?:经治|主治|主管|管床|责任|接诊|首诊)")
_VEHICLE = Regex("(?<=[A-Za-z检诊护送专])车(?=司机|师傅)")
"""The driver of a vehicle: DR车|司机."""
_IN_WORDS = {
    "呼": Regex("外呼."),
    "商": Regex(".商保"),
    "康": Regex("泰康客"),
    "安": Regex("[众华永]安客"),
    "盛": Regex("安盛客"),
    "单": Regex("[接派抢下]单."),
    "代": Regex(".代[读书办笔签理填交领购]"),
    "母": Regex("[之父]母."),
}
"""Words and insurers of which a surname is a part."""
_MASTERS = frozenset("医药技护律教厨老")
_BARE_VERBS = frozenset("买包代约谈查学拉付解")
_ANSWER = Regex("已[一-鿿]|多[大久少长].{0,3}|那[阿头青克罗].{2,3}|系统[里上内中]|.[公婆姨叔爷奶伯]好")
_GOODS = Regex(
    '[一-鿿]{0,2}[”"」』](?:[一-鿿]{0,4}?(?:[机器仪椅枪灯枕垫床盒带贴罩巾霜膏杯壶]|护具|套餐|婆子)|[一-鿿]{0,3}[款型]套装?)(?:[ ]|[(,]|[ ]*(?:\n|\\Z))'
)
"""Behind what goods are called: "林海"制氧机  5L."""
_BRAND = ("”牌", '"牌', "」牌", "』牌")
_QUOTES = tuple('“"「『')
_STAMPED = Regex("[^,。;\n]{1,8}[章印](?![一-鿿])")
_DEGREE = Regex(" ?(?:学士|硕士|博士|研究生|专业|方向|教研室)")
_EXAMINED = Regex("查 (?:神|体|心|肺|腹|咽|血|尿|生命|一般)")
_PLATE = Regex(" ?[京津沪渝川黔滇云桂琼粤闽浙苏皖赣湘鄂豫冀晋蒙辽吉黑陕甘宁青新藏鲁][A-Z]")
_SPEAKS_FOR = Regex(
    r"[-—_](?:[小老阿][一-鿿]|[一-鿿](?:[总工姐哥]|老师|医生|经理|主任))(?::| [0-2]?[0-9]:[0-5][0-9]|[ ]*(?:\n|\Z))"
)


_FEES = Regex("(?:[陪会复]诊|挂号|检查|化验|治疗|手术|服务|咨询|护理|住院|交通|快递|加急|代办|路|车|药)\\Z")
"""What is paid for, before 费."""
_SMEAR = Regex("涂[阳阴](?:肺|[ ,、(]{0,2}(?:[初复]治|培[阳阴]|结核|肺结核))")
"""Of tuberculosis: what a smear shows."""
_KIN = Regex("女儿|儿子|[父母]亲|[爸妈]|老[公婆]|丈夫|妻子|爱人|[爷奶]|孩子")
"""For whom somebody does something: 家属代|女儿取药."""
_FARES = frozenset(
    "安静 安心 安稳 安生 安详 安然 冷静 平静 镇静 平和 宁静 乐观 满意 舒服 舒坦 舒畅 舒心 舒适 矍铄 弥留 包容 包涵 强壮 强健 强势 强硬 温和 温顺 温柔 和善 和气 高大 高傲 富裕 富态 幸运 矫情 简朴 朴实 朴素 淳厚 庄重 严肃 严厉 明理 齐心 任性 毕竟 郁闷 欣喜 释然 爽朗 麻利 苗条 贤惠 周全".split()
)
"""Words that begin with surnames, and say how somebody fares or is."""
_WHO_FARES = Regex(
    "(?:患[者儿]|病[人患]|家[属长人]|孩子|宝宝|[产孕]妇|老[人伴]|客户|护[士工]|医[生师]|大夫|[父母]亲)\\Z"
)
_SAID_THERE = Regex("[,。;!]|并[^,。;]|(?:地|的)[^,。;]")


_NUMBERS = "一二三四五六七八九十"


class _Place(NamedTuple):
    """Where a candidate stands."""

    words: NameWords
    reading: Reading
    candidate: Candidate
    text: str
    start: int
    end: int
    name: str
    before: str
    """The character before it."""
    kind: str
    """What leads to it, or sees it."""

    def led_by(self, *words: str) -> bool:
        return self.text.endswith(words, 0, self.start)

    def leads_to(self, *words: str) -> bool:
        return self.text.startswith(words, self.end)

    def behind(self, regex: Regex, reach: int) -> bool:
        """Whether that stands before it, within so many characters."""
        return regex.search(self.text, max(0, self.start - reach), self.start) is not None

    @property
    def is_known(self) -> bool:
        return self.reading.known(self.name) > 0


def is_nobody(words: NameWords, reading: Reading, candidate: Candidate) -> bool:
    """Whether a candidate that is found by its place is a word there."""
    start, end, text = candidate.start, candidate.end, reading.text
    place = _Place(
        words,
        reading,
        candidate,
        text,
        start,
        end,
        text[start:end],
        text[start - 1 : start],
        candidate.evidence[0],
    )
    if any(is_word(place) for is_word in _ANYHOW):
        return True
    return place.kind in _BY_PLACE and any(is_word(place) for is_word in _SEEN_ONLY)


def _is_cut_from_word(place: _Place) -> bool:
    """明珠花|园, 遵尹|医嘱, 甲方|律所, 只讲|黎话, 未获其父|母同意, 外|呼专员, 请中村医|师, 明天开|始."""
    name, text = place.name, place.text
    first, last = name[0], name[-1]
    if name in _IN_WORDS and _IN_WORDS[name].fullmatch(text, place.start - 1, place.end + 1):
        return True
    return (
        (last in "花家" and place.leads_to("园"))
        or (last == "医" and place.leads_to("嘱"))
        or (name == "律" and place.leads_to("所"))
        or (name == "药" and place.leads_to("房"))
        or (last == "话" and place.before in ("讲", "说"))
        or (first == "母" and place.before == "父")
        or first in "搵揾"
        or (first == "师" and len(name) > 1 and place.before in _MASTERS)
        or (len(name) == 3 and name[:2] == "明天")
        or (name == "班" and place.candidate.evidence[-1] == "bare")
        or (name in _MIDDLE_OF_TITLES and place.behind(_TITLE_BEGINS, 4))
        or name in ("嫌", "喊")
        or (
            name == "代"
            and place.words.role_ends(text, place.start)
            and _KIN.match(text, place.end) is not None
        )
        or (place.kind == "staff" and last == "已" and place.reading.known(name[:2]) > 0)  # 库房|已停岗培训
    )


_COUNTED = frozenset(
    "方法 方案 方式 方向 方面 任务 程序 计划 单元 项目 时期 章节 景点 原因 成果 平台 车间 单位 经验".split()
)
"""Words that begin with a surname, of which one alone is counted too."""


def _is_numbered_label(place: _Place) -> bool:
    """方法一：, or any word that stands there with another number as well."""
    word, number = place.name[:-1], place.name[-1]
    if number not in _NUMBERS or not place.leads_to(":") or not place.reading.known(word):
        return False
    counted = any(f"{word}{other}:" in place.text for other in _NUMBERS if other != number)
    return counted or word in _COUNTED


def _is_turn_of_speech(place: _Place) -> bool:
    """老铁们, 高兴归高兴, 坐席：明白|了, 家属|高兴坏了, 莫一|进门, 去医院|查医生说没事, 医生：已开."""
    name, text, end, kind = place.name, place.text, place.end, place.kind
    if name in STATES:
        felt = _FEELS.match(text, end) and place.words.role_ends(text, place.start)
        if felt or (kind == "cue firm" and text[end : end + 1] in _DONE):
            return True
    said = kind not in _TELLS_OF_NAMES - {"cue firm"} and _SAID.match(text, place.start)
    return bool(
        said
        or (name == "老铁" and ("老铁们" in text or place.before == "的"))
        or place.leads_to(f"归{name}")
        or place.led_by(f"{name}归")
        or (name in _BARE_VERBS and place.candidate.evidence[-1] == "bare" and kind == "role")  # 由甲方|买
        or (place.before == ":" and _ANSWER.fullmatch(name))
        or (name == "查" and place.behind(_AT_HOSPITAL, 12))
        or (
            name in SELDOM_NAMES and kind not in _TELLS_OF_NAMES and not _IS_SOMEBODY.match(text, end)
        )  # 家属陈述（…）, 经查明
        or (kind not in _TELLS_OF_NAMES and _is_faring(text, place.start, end))
        or is_dialect(place.reading, place.candidate)
        or is_aside(text, place.candidate)
        or (kind == "tagger" and is_told_of(place.words, place.reading, place.candidate))
    )


def _is_wish(place: _Place) -> bool:
    """祝患者|安康, 祝 平安, 祝|老爷子早点好."""
    name = place.name
    return (
        (name in _WISHES and place.behind(_WISHES_TO, 8))
        or (name[:2] == "祝 " and name[2:] in _WISHES)
        or (name == "祝" and _WISHED.match(place.text, place.end) is not None)
    )


def _is_of_papers(place: _Place) -> bool:
    """发票专用|章, 法人|章由双方保管, 盖|包工头的私章, 税 92350503…, 甲录入、乙复核, 日均__单×客单__; spelt words."""
    name, text, start, end = place.name, place.text, place.start, place.end
    sealed = name[0] == "章" and (
        place.led_by(*_STAMPS) or ((name == "章" or name[1] in _KEPT) and place.led_by(*_SEALED))
    )
    return bool(
        sealed
        or name == "章盖"
        or (name == "盖" and _STAMPED.match(text, end))
        or (name == "税" and _TAX_NUMBER.match(text, end))
        or _OF_MONEY.fullmatch(name)
        or (name[0] == "甲" and _SECOND.match(text, end))
        or (name[0] == "丁" and f"丙{name[1:]}" in text and f"乙{name[1:]}" in text)
        or (name[-1] in "×_" and place.before == "_")
        or (
            name.endswith("**") and text.count("**", text.rfind("\n", 0, start) + 1, start) % 2
        )  # 加 **30 mL 水**
        or (name[-1] == "学" and place.is_known and _DEGREE.match(text, end))  # 麻醉学 硕士
        or (place.kind == "cell" and name in NOBODY_ACTS)  # 改派|：刘洋→贺强
        or spells(text, name, end)
        or _is_spelling(place.reading, start, end)
    )


def _is_thing(place: _Place) -> bool:
    """门诊|楼东门, 陪诊|费叔, 侄子|车 皖R·7M218, “常青”牌轮椅, 小刺猬，名字叫|圆圆, 姜|切丝; 翻译|费, 原|司机, DR车|司机."""
    name, text, start, end = place.name, place.text, place.start, place.end
    role = name in ("费", "端") and place.words.role_ends(text, start) and not place.words.title_at(text, end)
    return bool(
        role
        or (name[0] == "费" and place.behind(_FEES, 2))
        or (name in "原车" and (_FORMER.match(text, start) or _VEHICLE.match(text, start)))
        or (name[0] == "楼" and place.behind(_BLOCK, 3))
        or (name[0] == "车" and _PLATE.match(text, start + 1))
        or (name[-1] == "厅" and place.kind == "label")  # 会议室：蓝天厅
        or place.leads_to(*_BRAND)
        or (place.kind == "cue" and name[-1] == "来" and place.leads_to("的"))  # 我是昆明来的
        or (
            len(name) == 3 and name[2] in "科处股室" and place.reading.known(name[:2]) and place.leads_to(" ")
        )
        or (text[start - 1 : start] in _QUOTES and _GOODS.match(text, place.end))
        or place.behind(_ANIMAL_CALLED, 12)
        or _OF_KITCHEN.match(text, start)
        or (_CUT.fullmatch(name) and place.behind(_CUTS, 3))
        or (place.kind in ("label", *_BY_PLACE) and place.behind(_OF_THING, 9))  # 机型：明峰
    )


def _is_of_medicine(place: _Place) -> bool:
    """王|太医, 处方已…, 查 神清 咽红, 阳水·风水, 3床 安静, 核对：黄芪30g, 附方：加知母, 魏氏法, 孕12|周加3天, 时|静推."""
    name, text, end = place.name, place.text, place.end
    herbs = shipped_herbs()
    return bool(
        place.leads_to(*_OF_COURT)
        or _OF_PRESCRIPTION.match(name)
        or _SMEAR.match(text, place.start)
        or _FORMER_DUTY.fullmatch(name)  # 仅供|原经治|医师参考
        or (name.startswith("查 ") and _EXAMINED.match(text, place.start))
        or _OF_HUMOURS.match(text, place.start)
        or (place.kind in _BY_PLACE and place.behind(_IN_BED, 4) and _RESTS.match(text, place.start))
        or (name in herbs and _DOSE.match(text, end))
        or (name[0] in "加减去" and name[1:] in herbs)
        or _is_in_verse(name)
        or name.endswith("氏法")
        or (name[0] == "周" and place.before.isdigit())
        or (name == "时静" and place.leads_to(*_INTO_VEIN))
    )


def _is_seen_in_medicine(place: _Place) -> bool:
    """王冠|样改变, 对金华|火腿过敏, 李子、杨梅, 改用戴芬, 既往有戴维斯史, 过敏史：花木, 家族|史采集; herbs and the next label."""
    name, text, start, end = place.name, place.text, place.start, place.end
    described = place.is_known or name in DESCRIBES
    grown = place.kind in ("tagger", "surroundings") and (
        _is_of_plants(text, place.candidate) or _is_parted(place.reading, place.candidate)
    )
    return bool(
        grown
        or is_maker(text, start, end)
        or (place.is_known and NATURE_BEHIND.match(text, end))  # 严冬|季节
        or (place.before == "、" and place.is_known and _AMONG_THINGS.match(text, end))
        or place.led_by("颜色", "颜色:", '颜色"')
        or _SHAPED.match(text, end)
        or (place.before == "对" and _ALLERGIC.match(text, end))
        or _is_taken(text, start, end)
        or (place.is_known and is_food(text, start, end))
        or ("史" in (name[-1], text[end : end + 1]) and place.behind(_HAS_HISTORY, 3))
        or (described and place.behind(_OF_MEDICINE, 8))
        or (name[0] == "史" and place.behind(_HISTORIES, 2))
    )


def _is_seen_in_trade(place: _Place) -> bool:
    """多云, 上次德文信里, 企业安环科 侯科长, 陪诊派|单群（37）, 家属|商量, 以“路费贵”为由."""
    name, text, start, end = place.name, place.text, place.start, place.end
    if name[-1] == "科" and _ENDS_OFFICE.match(text, end):
        return True
    unsure = name[-1] == "群" and place.reading.likeliness(start, end) < _SURE
    if unsure and _GROUP.match(text, end):
        return is_han(place.before) and not place.words.opens(text, start)
    led = place.kind == "surroundings" and name[:2] in NOBODY and place.words.role_ends(text, start)
    return bool(
        led
        or name in _NEVER_SOMEBODY
        or _SCRIPT.match(name)
        or (name[:2] == "商量" and place.kind in ("kin", "role"))
        or _PHRASE.match(name)
        or (place.before == "的" and start > 2 and text[start - 3] == name[0] == name[1:2])  # 文化的文|文武斌
        or place.leads_to("”为由")
    )


_ANYHOW = (
    _is_cut_from_word,
    _is_numbered_label,
    _is_turn_of_speech,
    _is_wish,
    _is_of_papers,
    _is_thing,
    _is_of_medicine,
)
"""What makes a word of a candidate, whatever speaks for it."""
_SEEN_ONLY = (_is_seen_in_medicine, _is_seen_in_trade)
"""And of one for which nothing but its place speaks."""


def is_said(text: str, start: int, end: int) -> bool:
    """Whether what stands there is said of something, or of how somebody fares: 患者习惯喊她, 夏天谁受得了, 家属平静，致歉."""
    return _SAID.match(text, start) is not None or _is_faring(text, start, end)


def _is_faring(text: str, start: int, end: int) -> bool:
    """Whether the stretch says how a patient, or who is beside him, fares: 患者安静，呼吸平稳; but not 患者安静，女，45岁."""
    return (
        text[start:end] in _FARES
        and _SAID_THERE.match(text, end) is not None
        and IDENTIFIED.match(text, end) is None
        and _WHO_FARES.search(text, max(0, start - 2), start) is not None
    )


def is_maker(text: str, start: int, end: int) -> bool:
    """Whether a device and its model stand around who makes it: 吸痰器 斯曼峰 YX930D."""
    return _MODEL.match(text, end) is not None and _DEVICE.search(text, max(0, start - 4), start) is not None


def _is_taken(text: str, start: int, end: int) -> bool:
    """Whether a drug stands there: 改用戴芬, 予戴芬治疗3天, 停戴芬。, 戴芬已停用."""
    if text[end - 1] == "静" and text.startswith(_INTO_VEIN, end):
        end -= 1
    if _TAKES.search(text, max(0, start - 2), start):
        return True
    if text[start - 1 : start] not in _DOERS and _NO_LONGER.match(text, end):
        return True
    if (text.endswith(_GIVES, 0, start) or text[start] == "予") and _TREATED.match(text, end):
        return True
    stopped = text[start - 1 : start] == "停" and text[start - 2 : start - 1] not in ("暂", "调")
    return stopped and _ENDS_CLAUSE.match(text, end) is not None


def _is_spelling(reading: Reading, start: int, end: int) -> bool:
    """Whether it is one of two words that are confused: 其他/其它, 包含/包涵."""
    text = reading.text
    for first, last, sign in (
        (2 * start - end - 1, start - 1, start - 1),
        (end + 1, 2 * end - start + 1, end),
    ):
        if first >= 0 and text[sign : sign + 1] == "/" and reading.known(text[first:last]):
            alike = any(one == other for one, other in zip(text[start:end], text[first:last], strict=False))
            return alike and bool(reading.known(text[start:end]))
    return False


def _is_in_verse(name: str) -> bool:
    """Whether it is a herb and what verses say of it: 丁香|莫与郁金|见, 官桂|善能调冷气."""
    return len(name) == 3 and name[2] in "莫见善能最与" and name[:2] in shipped_herbs()


def _is_of_plants(text: str, candidate: Candidate) -> bool:
    """毛知母, 野槐根 and 青翘 in a line that begins with a herb."""
    start, end = candidate.start, candidate.end
    line, herbs = text.rfind("\n", 0, start) + 1, shipped_herbs()
    if line == start or not any(text[line : line + size] in herbs for size in (2, 3, 4)):
        return False
    name = text[start:end]
    return bool(_OF_PLANTS.fullmatch(name)) or any(name[size:] in herbs for size in range(1, len(name) - 1))


def _is_parted(reading: Reading, candidate: Candidate) -> bool:
    """金 生日, where the next label is taken for a given name."""
    surname, gap, rest = reading.text[candidate.start : candidate.end].partition(" ")
    return (
        bool(gap)
        and len(surname) == 1
        and len(rest) > 1
        and reading.is_cue(candidate.end - len(rest), candidate.end)
    )


def is_spoken_for(text: str, candidate: Candidate) -> bool:
    """康途 in 康途-小程：, the firm or the group for which somebody speaks."""
    spoken = _SPEAKS_FOR.match(text, candidate.end)
    return spoken is not None and not is_han(text[candidate.start - 1 : candidate.start])
