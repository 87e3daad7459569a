"""Names of hospitals, companies, schools and authorities, by the word that closes them.

    医疗机构 = [行政区][大学/军队/企业][附属][字号/序数][专科] 医院|卫生院|诊所|… [分院/院区]

after 医疗机构管理条例实施细则 (a name is made of a recognising part and a general part), and the same for
companies after 企业名称登记管理规定. A general part alone (县医院, 三甲医院, 该公司, 某小学) names nobody and
is left out. The beginning is found as in `address`: back to a word that stands in no name.

Offsets are those of the text given, which is a shadow text: ASCII punctuation, simplified script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from deid.catalog.lexicon import WordIndex
from deid.grammar.address import NAME_CHARACTERS
from deid.grammar.divisions import DivisionMatch, Divisions
from deid.regexes import Regex

Kind = Literal["medical", "company", "school", "agency", "other"]


@dataclass(frozen=True, slots=True)
class OrganizationMatch:
    """An organisation and what sort of body it is."""

    start: int
    end: int
    kind: Kind
    score: float


_N = NAME_CHARACTERS
_NUMERALS = "一二三四五六七八九十"

# --- the closing words, by kind and by how much they say of themselves -------------------------------

_BUREAUS = (
    "卫生健康 卫健 疾病预防控制 退役军人事务 民政 公安 税务 国税 地税 财政 教育 卫生 司法 环保 生态环境 城管 交通 交通运输 水利 水务 林业 农业 农业农村 统计 审计 规划 国土 国土资源 建设 住建 "
    "人社 人力资源和社会保障 社保 医保 医疗保障 药监 药品监督管理 市场监管 市场监督管理 工商 工商行政管理 质监 安监 应急管理 烟草 烟草专卖 邮政 供电 "
    "电力 铁路 地震 气象 商务 体育 文化 文旅 旅游 档案 公路 粮食 房管 房产 园林 信访 海事 市监 自然资源 自然资源和规划 规划和自然资源 乡村振兴 畜牧 农机 林草 行政审批 综合执法 交通执法 教体 科教 移民 机关事务 国资 国安 经信 工信 商务 粮食和物资储备 劳动 劳动保障 人防"
)
_SUFFIXES: tuple[tuple[Kind, float, str], ...] = (
    (
        "medical",
        0.85,
        "医院 卫生院 保健院 疗养院 护理院 防治院 防治所 防治站 卫生服务中心 卫生服务站 卫生室 卫生所 卫生站 医务室 诊所 门诊部 急救中心 急救站 血站 "
        "血液中心 体检中心 医学检验实验室 医学检验中心 医学检验所 临床检验中心 健康管理中心 康复中心 月子中心 疾控中心 疾病预防控制中心 推拿馆 按摩馆 妇保院 职防所 职防院 皮防所 结防所 "
        "中医馆 国医馆 中医堂 国医堂 精神卫生中心 计划生育服务中心 防治中心 病理诊断中心 影像诊断中心 眼科中心 心血管病中心 妇幼保健中心 妇幼院 康复院 医疗中心 医学中心 救治中心",
    ),
    ("medical", 0.6, "大药房 药房 药店 口腔 齿科 医美 护理站"),
    ("company", 0.95, "股份有限公司 有限责任公司 有限公司 (有限合伙) (普通合伙) (特殊普通合伙)"),
    ("company", 0.65, "油田 月子会所 母婴会所 母婴护理中心 产后护理中心 配送中心 物流中心"),
    ("company", 0.8, "律师事务所 会计师事务所 事务所 律所 银行 支行 分行 信用社 合作社"),
    (
        "company",
        0.6,
        "公司 集团 工作室 厂 饭店 酒店 4S店 分店 旗舰店 专卖店 便利店 连锁店 火锅店 理发店 美容店 超市 商行 经营部 饭馆 餐厅 宾馆 养老院 敬老院 福利院 养护院 颐养院 护老院 老年公寓 养老公寓 养老服务中心 煤矿 铁矿 铜矿 金矿 矿务局 殡仪馆 陵园 旅行社 国宾馆",
    ),
    (
        "company",
        0.85,
        " ".join(f"{n}局 {n}航局 {n}公局" for n in _NUMERALS) + " 十一局 十二局 十四局 十六局 二十局",
    ),
    ("school", 0.85, "大学 学院 中学 小学 幼儿园 党校 技校 卫校 职高 附中 附小"),
    ("school", 0.6, "学校"),
    ("agency", 0.8, " ".join(f"{name}局 {name}分局 {name}总局" for name in _BUREAUS.split())),
    (
        "agency",
        0.8,
        "派出所 法院 检察院 监狱 看守所 戒毒所 拘留所 车管所 居委会 村委会 居民委员会 村民委员会 街道办事处 街道办 管委会 人民政府 卫健委 发改委 "
        "工商联 侨联 科协 文联 作协 政协 政务中心 政务服务中心 行政服务中心 医保中心 社保中心 公积金中心 就业中心 司法所 国土所 税务所 财政所 工商所 市监所 卫监所 卫生监督所 政府 团委 "
        "医调委 调委会 仲裁委 仲裁委员会 仲裁院 公证处 残联 妇联 总工会 武装部 领事馆 大使馆 消防大队 消防支队 消防中队 交警大队 交警支队 交警中队 刑警大队 刑警支队 特警大队 特警支队 城管大队 海关",
    ),
    ("agency", 0.55, "委员会 部队"),
    ("other", 0.7, "研究院 研究所 研究中心 基金会 出版社 报社 杂志社 电视台 电台 俱乐部 科学院 设计院"),
    ("other", 0.55, "协会 学会 联合会 商会"),
)
_CLOSING: Mapping[str, tuple[Kind, float]] = {
    word: (kind, score) for kind, score, words in _SUFFIXES for word in words.split()
}
_NOT_BEFORE: Mapping[str, str] = {
    "大学": "生", "学院": "派", "中学": "生", "小学": "生", "厂": "家商房区长矿址", "集团": "军化", "海关": "税总", "学校": "生", "分行": "业",
    "学会": "了", "部队": "医首", "银行": "卡账", "社": "会", "饭店": "里", "医院": "感",
}  # fmt: skip
_WARD = Regex("感染(?:病|性疾病)?(?:一|二)?(?:科|病区|楼)|感染(?:控制|管理)[科处办]")
"""安庆市立医院感染病科, but not 医院感染."""
_ENDS = Regex(r"[,;。:\n)(、!?\s]|\Z|[种看洗补正做就读上在的学老教高初拔镶戴矫拿买打]")
_MUST_END = frozenset(("口腔", "齿科", "医美", "附中", "附小"))
_RANKS = frozenset("省市县区州旗")
# 市税务局, 县疾控中心: here the rank alone makes a name.
_NAMED_BY_RANK = Regex(
    "法院|检察院|监狱|看守所|疾控中心|疾病预防控制中心|血站|血液中心|急救中心|卫健委|发改委|残联|妇联|总工会|武装部|人民政府|防治[院所]|政府|团委|工商联|侨联|科协|文联|作协|政协|政务中心|政务服务中心|行政服务中心|医保中心|社保中心|公积金中心|卫监所"
)

_ONE_OF_ITS_KIND = Regex("[到去向报给把被由让找请经送交知诉][省市县区州旗]\\Z")
"""Behind a verb or a preposition a rank is that of the one body of its kind that there is."""

_BRANCH: Mapping[str, Regex] = {
    "medical": Regex(
        rf"(?:管理|投资|连锁|咨询|服务|健康|科技|发展){{0,3}}(?:集团)?(?:股份)?有限(?:责任)?公司|\([^()\n]{{0,8}}(?:院区|分院|[东西南北]院|[东西南北]区|店)\)|第[一二三四五六七八]医学中心|(?!住)(?:[{_N}]{{0,6}}?(?:分院|院区)|[东西南北]院区?)(?![士长墙])"
    ),
    "company": Regex(
        rf"\((?:有限合伙|普通合伙|特殊普通合伙|集团|中国)\)|[{_N}]{{0,10}}?(?:分公司|(?:中心)?支公司|中支|[分支]行|营业[部厅]|分店|分所)"
    ),
    "agency": Regex(rf"[{_N}]{{1,6}}?(?:分局|派出所|[支大中]队)|稽查局"),
    "school": Regex(rf"\([^()\n]{{1,8}}校区\)|[{_N}]{{0,4}}?(?:校区|分校)"),
}

# --- where a name begins -----------------------------------------------------------------------------

_CUT = (
    r"致电|通知(?!单)|提交|递交|报送|移送|(?:快递|顺丰|包裹)[发寄]|备注[为是]?|拨打|(?<![一-鿿])打(?![浦虎铁鹿工])|(?:打卡?|[转汇付]|(?<=[票头要想会能])开)\Z|[少多不别]看|(?:要|写|填)?全称[是为]?|[上中下]旬|[月年][初底末]|(?<!纽)约(?!翰)|改[为成]?(?=[北上天重广南成武杭苏])|那要|我们|离(?=镇|乡|县|村)|喺|嘅|[差缺欠催漏](?=[一-鿿]{2})|一[名家所个位张份]|楼[上下]|团队|(?<=[我你])司|[贵本]司|\([0-9一二三四五六七八九十]{1,2}\)|完成|协助|就诊于?|就医|未见|更名为?|变更为|转[诊院入至往回]?(?![化录])|来自|前往|任职于?|供职于?|就职于?|就读于?|毕业于?|位于|坐落于?|隶属于?|受聘于?|入职|"
    "建议|推荐|预约|联系|选择|挂号|委托|授权(?!书)|汇[入至往]|存入|抄送|转交|告知|代表(?!处)|拜访|陪同|同意|抬头[写开是为要]?|执业地点|签约|收到|送[至往检]?|寄[至往]?|退休|工作(?!室)|上班|打工|实习|进修|参加|通过|按照|根据|关于|对于|"
    "需要|应[该当]|尽[快早]|及时|立即|马上|必须|最好|直接|定期|继续|赶紧|希望|相信|避免|接受|进行|使用|配合|采[用取]|导致|引起|发现|确诊|"
    "考虑|怀疑|提示|显示|属于|发生|包括|有关|负责|开设|设有|拥有|出具|提供|开具|这样|这种|怎么|什么|情况|每[年月天日]|多次|经常|"
    "(?:工作|用人|所在|用工|原)?单位[是为]?|供应商|厂家|厂商|本人|名下|[甲乙丙]方|(?:开户|收款|付款|汇[入出款]|到账)行|户名|名称|字号|法人|原告|被告|雇主|职业(?=[:为是])|公章|"
    "患者|病人|家属|患儿|[诉述]|医生|大夫|主任|教授|护士|先生|女士|老师|阿姨|老公|丈夫|妻子|爱人|父亲|母亲|儿子|(?<!妇)女儿|儿媳|同事|朋友|邻居|老人|孩子|"
    "[今明昨前][天晚晨年]|去年|目前|现在|之前|以前|后来|最近|平时|曾经|一直|刚刚|已经|因为|所以|由于|如果|可以|然后|时候|首先|随后|[术产会]后|"
    "附近|对面|隔壁|门口|旁边|当地|外地|外省|急诊|门诊|诊断|治疗|检查|复查|复诊|住院|手术|[拿取购买]药|救治|医治|诊治|"
    "(?<=[0-9一二两三四五六七八九十半数几多余])(?:年|个月|月|天|周|日|小时)[余多]?[前后来]?(?![级龄制])|(?<=[0-9])[号时点分岁天次个名元床楼]|"
    "(?<![仁太永中天祥颐共义泰安雍人同协宝保平温龙万怡嘉熙瑞])和(?!济(?![南宁源])|[堂平谐顺兴睦风盛田县合畅美信义记黄])|(?<!未)来(?![安凤宾广福龙伊])|于(?![洪家都田])|"
    "经(?![济开贸纬营典络销一二三四五六七八九十])|至(?![善诚德和上臻纯])|[由往赴拟予遂曾已](?!光)|(?<![科殖病肤腔喉鼻])与(?!光)|系(?!统)|(?<!普)及|(?<!基)因(?!特)|(?<![一-鿿])[男女](?=[一-鿿]{3})|"
    "(?<!面)向(?![阳东前荣群日上心])|自(?![贡强然由来动治主])|从(?![化江])|(?<!华)为(?!民)|再(?![生鼎])|抵(?!押)|返(?!还)|离(?!退)|"
    "后(?!勤)|时(?![代光珍尚空装])|(?<![国拥])有(?![为恒机限色道])|(?<!第)[一两二三四五六七八九十几多这那哪每各][个家所间次段位种类]|--|医院(?!\\()|"
    "(?<![高中初同])等(?!级)|是|某(?=[省市县区])|前(?![进沿海锋卫列线门程])|或者?"
)
# In talk the verb stands right before the word 医院: these are cut only there, since companies are called so.
_CUT_TALK = (
    "许多|不少|好[些几]|大?多数|十大|比较|[更最]|当然|正规|习惯|恢复|减低|增强|大概|较(?!场)|出现|上个?(?:月|星期|周|年)|人家|然而|而且|但是|并且|"
    "留意|注意|决定|咨询|知道|感觉|觉[得着]|清楚|考量|想[要问去到知换找起]|确认|看见|升入|考[上入取]|刚|介绍|系统|全面|仔细|一下|要(?!塞)|能(?!源)|"
    "(?<![字嘉百])会(?![展计所泽宁东])|得(?![胜州克])|过(?!渡)|不(?!列)|(?<!友)好(?![友莱运时])|些|听|问|换|拨打?|详询|(?<![长政法自])治(?![区平安国])|捐|查(?!干|询)|入|(?<=[料片本件品])交|(?<=[士生])对"
)
_CUTS: Mapping[str, Regex] = {
    "medical": Regex(f"{_CUT}|{_CUT_TALK}"),
    "school": Regex(f"{_CUT}|{_CUT_TALK}"),
    "company": Regex(_CUT),
    "agency": Regex(_CUT),
    "other": Regex(_CUT),
}
_RUN = Regex(rf"[{_N}A-Za-z0-9()&·-]+\Z")
# Before a name: where somebody is, works or goes, or the beginning of a cell.
_AFFILIATION = Regex(
    r"(?:\A|[\n\t:|(\[\"“]|[在到去于往回至由赴原]|单位[是为]?|来自|供应商|[甲乙丙]方|[就任供]职于?|楼[上下]|对面|隔壁|门口|\n[0-9]{1,2}[.、] ?)\Z"
)
_LEADING = Regex(r"[0-9)&·\-个]+")

# --- general parts, which name nobody ----------------------------------------------------------------

_ANY = (
    "本|贵|该|某|此|目标|标的|各个?|各大|当地|本地|外地|外|上级|下级|基层|大|小|大型|大中型|正规|专业|综合性?|公立|私立|民营|民办|私人|私营|国有|国营|同样|"
    "三甲|二甲|一甲|[一二三]级|[甲乙丙]等|[甲乙丙]级|等级|社区|乡镇|县级|市级|省级|区级|[县市省区乡镇村州厂校]|附近|就近|指定|直付|直赔|其他|任何|其它|其余|别的?|别家|定点|"
    "合作|同级|教学|部队|军队|国外|国内|外国|全国|国家|著名|知名|权威|有名|好|某些|一些|有些|哪[个些家]|多家|[一两二三四五几多数]+[个家所间]|正式|"
    "[这那][个家种]|一般|普通|专门|重点|企业|个体|医疗|老|新|原|总|接诊|首诊|收治|所在|对口|城市|农村|城区|市区|县区|高等|中等|电视|老年|较大|更大|"
    "职业|技术|专科|[母子分上读念进考是到两做家多]|上市|同一|中心|地方|外资|合资|连锁|网上|开户|大小|成人|业余|少年|基础|其|较好|有条件|最近|相关|"
    "建[档卡]|产检|分娩|助产|接产|出生|送检|签约|转[出入诊]|[上下]转|接[种收]|移植|取卵|[开出]具|对照|入组|意向|参保|发证|采购|帮扶|支援|首选|来源|"
    "中外|跨国|现代|住院|普外|急救|慢性病|县市|市县|乡村|村级|镇级|实体|平价|以上|级别|条件|水平|先进|规范|规模|信誉|信赖|值得|放心|当时|全部|所有"
)
_FIELDS: Mapping[str, str] = {
    "medical": (
        "妇产科?|[内外]科|全市|妇儿|儿童|儿科|小儿|肿瘤|口腔|牙科|眼科|耳鼻喉科?|骨科|骨伤|精神病?|精神卫生|精神科|心理|中医|中西医(?:结合)?|[中西]|传染病?|男科|妇科|"
        "肛肠|皮肤病?|心血管病?|胸科|脑科|脑病|康复|五官科|整形|美容|结核病?|肝病|肾病|肺科|糖尿病|癫痫|风湿病?|职工|疼痛|血液病?|神经|骨病|不孕不育|"
        "妇幼|保健|健康|体检|门诊|发热|病房|互联网|网络|静配|静脉|自费|医保|[东西南北]区|一楼|便民|内|夜间|颈椎病?|血管|内分泌|甲状腺|消化|胃肠|"
        "肝胆|泌尿|生殖|性病|白癜风|乙肝|医学|生物|第三方|临床|牙|大众|药品|零售|病|心脏病?|心脑血管|慢病|慢性病|胃|肺|肾|肝|眼|脑|骨|抗癌|宠物|学校|附属|疾病|[大小]三阳|癫痫|高血压|肝炎|乙型肝炎|抽动症|.?[病症炎癌]|戒毒|麻风病?|热带病"
    ),
    "company": (
        "保险|物业|外贸|科技|互联网|建筑|装修|装饰|快递|物流|贸易|广告|制药|医药|药|医疗器械|器械|房地产|地产|电力|自来水|燃气|运输|出租车?|保洁|家政|旅游|"
        "软件|网络|食品|服装|化工|化学|电子|机械|纺织|印刷|钢铁|水泥|制衣|鞋|砖|家具|玩具|塑料|五金|加工|造纸|制造|汽车|修理|修车|[工砂酒饭软油烟糖棉丝矿]|"
        "火锅|理发|美容|专卖|便利|旗舰|会计师?|律师|税务师?|审计|商业|投资|金融|证券|基金|信托|手机|工业|饲料|肉联|屠宰|煤矿|造船|电镀|油漆|生鲜|水果|附属|"
        "国企|央企|直属|设计|咨询|人力资源|劳务|外包|培训|教育|文化|传媒|农业|水产|养殖|种植|保健品|生产|工程|代理|巴士|航空|唱片|影视|传播|电信|通信|石油|游戏|娱乐|中介|担保|销售|成立|注册|血|骨髓|精子|基因|银行|承保"
    ),
    "school": (
        "[小中初高]|初级|高级|初中|高中|实验|寄宿|培训|驾驶?|聋哑|盲人?|特殊教育|师范|医学|医科|卫生|理工|农业|农林|工业|民族|体育|艺术|戏剧|音乐|美术|外国语|"
        "双语|国际|公办|完全|九年一贯制|技工|中专|名牌|百年|研究|继续教育|函授|军事"
    ),
    "agency": (
        "市场|当事|辖区|派出|街道|居民|村民|人民|中级|高级|最高|上一级|仲裁|专家|伦理|学术|管理|评审|质量|药事|执行|组织|地区|解放军|武警|[省市县]委|医院|医学|教育|"
        "感染|护理|用药|输血|技术|安全|监督|审查|编审|编写|编辑|工作|指导|委员|常务|常委|医学会|标准|治安|交通|到"
    ),
    "other": "中华|行业|医学|医师|医药|科学|临床|研究|慈善|学术|全球|世界|国际|中央|大学|糖尿病|心脏病?|肿瘤|高血压|美国|欧洲|英国",
}
_GENERAL = {kind: Regex(f"{_ANY}|{words}") for kind, words in _FIELDS.items()}
# Words that are in names and in little else.
_MARKED: Mapping[str, Regex] = {
    "medical": Regex(rf"大学|医科|附属|第[{_NUMERALS}]|人民|解放军|武警|军区|中心|协和|红十字|中国|妇幼|公司|集团|研究院|科学院|[省市县区镇乡村](?!.*[省市县区镇乡村])"),
    "company": Regex("[省市县区]|中国|国际|股份|控股|实业|科技|电子|集团|银行|保险|传媒|生物|医疗|医药|制药|健康|建筑|建设|地产|物业|物流|商贸|贸易|网络"),
    "school": Regex(rf"大学|附属|第[{_NUMERALS}]|[省市县区镇乡村]|实验|师范|外国语|职业|技术|理工|医|[{_NUMERALS}]\\Z"),
    "agency": Regex("[省市县区镇乡村]|中级|高级|街道|社区|中国|国家"),
    "other": Regex("[省市县区]|中国|国家|中华|大学"),
}  # fmt: skip
# With a rank before it a general part does name one: 市人民医院, 省肿瘤医院, 县中医院.
_RANKED = Regex(
    r"[省市县区州旗](?:人民|中心|中医|中西医结合|中|妇幼|妇女儿童|儿童|肿瘤|传染病|精神病?|精神卫生|胸科|眼科|骨科|口腔|老年|职业病|康复|红十字会?|直?属?机关)"
)
_ORDINAL = Regex(rf"(?:附属)?第?[{_NUMERALS}]+(?:人民|中医|附属|临床)?|人民")
_NUMBERED_HOSPITAL = Regex(r"(?<![0-9])[0-9]{3}\Z")

# --- short forms -------------------------------------------------------------------------------------

_SHORT = Regex(
    rf"[省市县区州](?:立)?第?[{_NUMERALS}]{{1,2}}院(?![长士子内])|[省市县区](?:妇幼|儿医|疾控|精卫)(?![保卫儿防中])|"
    rf"[{_N}]{{1,2}}[大医](?:附属?)?第?[一二三四五六]附?院(?![长士子内])|(?<=[大医学])附[一二三四五六]院?(?![张份页个条种例组篇维])|"
    r"(?<![0-9])(?:[23][0-9]{2}|4[0-9]{2})(?=(?:住院|看病|做手术|专家|就诊|复查))|"
    r"(?<=[在去到转回])(?:三[〇零]一|二[〇零]二|三[〇零]二|三[〇零]七|四六三|四[〇零]一)(?=[看住医专做复转,。的])|"
    r"(?<=[在去到转回从往])[省市](?:儿童|肿瘤|人民|中医|妇幼|立)(?=[,。;) ]|看|住院|转|挂|开的?刀|做|查|手术|确诊|的人|$)"
)
_SQUAD = Regex(rf"(?:交警|刑警|特警|消防|城管|武警)[{_NUMERALS}]{{1,3}}[大中支]队")
_MINE = Regex(
    rf"[{_N}]{{1,6}}(?:煤业|矿业|煤电|煤矿集团|矿务局|能源集团|煤)(?P<mine>[{_N}]{{1,4}}?矿)(?![区井山工业石难务物产])"
)
"""华亭煤业东峡矿, 平煤十一矿."""
_PIT = Regex(rf"[{_N}]{{1,2}}[{_NUMERALS}]矿(?=[,。;)]|下井|上班|退休|工作|当|的|职工|工人|矿工|\Z)")
"""潘三矿, behind its place."""
_FACTORY = Regex(rf"第[{_NUMERALS}]{{1,2}}[一-鿿]{{1,3}}厂(?![长区房家])")
_SCHOOL = Regex(
    rf"(?:[{_N}]{{1,4}}[市县区]|[省市县区州])第?[{_NUMERALS}]{{1,2}}中(?=[,;。:\n)(、\s]|[就读上在的学老教高初毕]|\Z)"
)
_BEFORE_SHORT = Regex(
    r"(?:\A|[^一-鿿A-Za-z0-9]|[在去到转至于从回往入经送赴来上由是跟找和及的约挂给让问派、]|就诊|医生|专家|联系|代付)\Z"
)
_AFTER_SHORT = Regex(
    r"\Z|[^一-鿿A-Za-z0-9]|(?<=医院)|[看住复就做查治门急手专的行挂取拿开诊体检确医主教内外妇儿眼皮骨心肿神出入回转说给抢化放]|大(?![街道厦桥学])|[没有](?:床|号|位)|当(?:护|医|保)|押金|那边|这边|人家|旁边|介入|建档|移植|透析|[一-鿿]{2,4}科|[东西南北分]院|院区|[一-鿿]{1,3}(?:教授|主任|医[生师]|大夫|院长)"
)


_closing_words = WordIndex(_CLOSING)
_NONE: WordIndex[str] = WordIndex({})


def find_organizations(
    text: str,
    divisions: Divisions,
    *,
    hospitals: WordIndex[str] = _NONE,
    short_names: WordIndex[str] = _NONE,
) -> Iterator[OrganizationMatch]:
    """Organisations in `text`, disjoint, in order of start.

    `hospitals` are full names that are certain, `short_names` are used names without a closing word
    (协和, 湘雅), of which the short ones count only where the words around them fit.
    """
    found = list(_by_closing_word(text, divisions))
    found += (OrganizationMatch(start, end, "medical", 0.95) for start, end, _ in hospitals.find(text))
    found += _by_short_form(text, divisions)
    found += _by_short_name(text, short_names, divisions)
    yield from _disjoint(found)


def _by_closing_word(text: str, divisions: Divisions) -> Iterator[OrganizationMatch]:
    for begin, end, (kind, score) in _closing_words.find(text):
        word = text[begin:end]
        following = text[end : end + 1]
        if (
            following
            and following in _NOT_BEFORE.get(word, "")
            and not _WARD.match(text, end)
            and (word != "银行" or divisions.start_before(text, begin) is None)
        ):
            continue  # 银行卡, but not 北京银行卡
        if word in _MUST_END and not _ENDS.match(text, end):
            continue
        start = _start(text, begin, kind, divisions, vague=score <= 0.6)
        if start is None:
            continue
        cued = _AFFILIATION.search(text, max(0, start - 4), start) is not None
        likely = _score(text[start:begin], word, kind, score, divisions, cued)
        if not likely and kind == "agency" and _ONE_OF_ITS_KIND.search(text, max(0, begin - 2), begin):
            start = begin - 1  # 再不退去市卫健委
            likely = _score(text[start:begin], word, kind, score, divisions, cued)
        if likely:
            last = _with_branch(text, end, kind)
            yield OrganizationMatch(
                start, last, "company" if _FIRM_OF_HOSPITALS.match(text, end, last) else kind, likely
            )


def _start(text: str, begin: int, kind: Kind, divisions: Divisions, *, vague: bool) -> int | None:
    """Where the name closed by the word at `begin` starts; None if there is none.

    `vague` when that word (公司, 厂) is as common in talk as in names.
    """
    run = _RUN.search(text, max(0, begin - 26), begin)
    if run is None:
        return None
    start = run.start()
    named = list(divisions.find(text[start:begin]))
    places = [
        place
        for place in named
        if not place.short or place.end - place.start > 3 or text.startswith("州", start + place.end - 1)
    ]
    cuts = _CUTS["medical"] if vague else _CUTS[kind]
    for cut in cuts.finditer(text, run.start(), begin):
        single = cut.end() - cut.start() == 1
        in_place = any(
            place.start < cut.end() - run.start() < place.end
            for place in (named if single else places)  # 来 of 来舟镇, 遂 of 遂宁
        )
        called = _is_named_and(text, cut.start(), divisions) or (
            cut.end() == begin and _is_named_behind(text, cut)
        )
        firm = cut[0] == "医院" and _TRADE_OF_HOSPITALS.fullmatch(text, cut.end(), begin)
        if not in_place and not called and not firm:  # 湖前卫生院
            start = cut.end()
    for size in (1, 2, 3):  # 让胡路区: its first character stands in no other name
        place = divisions.at(text, start - size) if size <= start else None
        if place and _is_known(place) and start < place.end <= begin:
            start -= size
            break
    if text[start] in "向至从自由":
        place = divisions.at(text, start + 1)
        if place and place.end <= begin and _is_known(place):
            start += 1  # 向东洲区…厂投诉
    if start == begin:
        return None
    depth = 0
    for position in range(begin - 1, start - 1, -1):  # back to a bracket that is not closed
        depth += {")": 1, "(": -1}.get(text[position], 0)
        if depth < 0:
            start = position + 1
            break
    leading = _LEADING.match(text, start, begin)
    if leading and not (kind == "medical" and _NUMBERED_HOSPITAL.search(text, start, begin)):
        start = leading.end()
    start = _behind_deeds(text, start, begin, divisions)
    if start >= begin:
        return None
    if kind == "company":
        party = _PARTY.match(text, start, begin)
        if party and begin - party.end() > 1:
            start = party.end()
        for lead in _LEADS_TO_COMPANY.finditer(text, start, begin):
            if divisions.at(text, lead.end()):
                start = lead.end()
        owner = _OF_A_COMPANY.match(text, start, begin)
        return owner.end() if owner and divisions.at(text, owner.end()) else start
    if kind == "school" and text[start - 1 : start + 1] in ("就读", "在读", "现读", "攻读", "入读"):
        return start + 1
    if kind in ("medical", "agency", "school"):
        for place in places:
            at = run.start() + _first_of_row(named, place)
            if at > start and not _MAY_PRECEDE.search(text, start, at):
                return at
            if at >= start:
                break
    return start


_DEED = Regex(
    "协调|对接|安排|办理|代办|代缴|代付|代约|代挂|补缴|预缴|缴纳|垫付|付|支付|结算|核实|核对|核查|确认|查询|争取|续签|陪诊|采购|走访|慰问|对账|报销|沟通|协商|跟进|回访|护送|接送|邀请|聘请|致函|函告|"
    "催促|催问|催|督促|申请|起诉|投诉|举报|状告|控告|咨询|了解|参观|考察|访问|赶往|赶赴|赶到|奔赴|辗转|调取|调阅|借阅|复印|开办|举办|约|挂|问询|问|找|跑|打|带"
)
"""What is done with a body, or for somebody there."""
_LEARNED = Regex(r"[一-鿿]{1,6}?(?:大学|医学院|医科大)|首都|中国|解放军|[空海陆]军|[省市县区][第立人中妇儿]")


def _behind_deeds(text: str, start: int, begin: int, divisions: Divisions) -> int:
    """Where the name begins behind what is done there: 协调 | 中山大学附属第五医院, but not 北京协调创新科技."""
    for deed in _DEED.finditer(text, start, begin):
        named = divisions.at(text, deed.end()) or _LEARNED.match(text, deed.end(), begin)
        leads = deed.start() == start
        if (leads or len(deed[0]) > 1) if named else (leads and len(deed[0]) > 1):
            start = deed.end()
    return start


def _is_known(place: DivisionMatch) -> bool:
    """Whether the name says by itself that it is a place; short names of counties are words."""
    return not place.short or place.level in ("province", "prefecture")


def _first_of_row(named: Sequence[DivisionMatch], last: DivisionMatch) -> int:
    """Where the row of places begins that ends with `last`: 黑龙江 of 黑龙江哈尔滨道外区."""
    start = last.start
    for place in reversed(named):
        if place.end == start:
            start = place.start
    return start


_TRADE_OF_HOSPITALS = Regex("(?:管理|投资|连锁|咨询|服务|健康|科技|发展){1,3}(?:集团)?")
_FIRM_OF_HOSPITALS = Regex(f"{_TRADE_OF_HOSPITALS.pattern}.*公司")
"""沐和医院 管理咨询有限公司."""
_OF_A_COMPANY = Regex(r"[一-鿿]{0,4}?公司")
"""A kind of company before the name of one: 护工公司 海口惠民陪护服务有限公司."""
_PARTY = Regex(
    r"(?:付款|收款|肇事|委托|受托|承包|发包|承租|出租|供货|供应|采购|合作|服务|投保|承保|转让|受让|中标|招标|投标|施工|监理|用[工人]|责任|所属|挂靠|生产|经销|代理|承运|"
    r"牵头|[主承协]办|开票|受票|[寄收]件|债[权务]|担保|保证)(?:方|人|商|单位)"
)
"""A party to a contract or an accident before its name."""
_LEADS_TO_COMPANY = Regex(
    r"[走挂打开付找报算记归转汇给原卡交查]|(?<!开)发|告|[代总]理|一[张份]|(?<![东南西北四])方|人|(?<!招)商|[户主]"
)
"""What stands before a company that is called after its place: 费用走 青岛康瑞…有限公司."""
# What may stand before a place within one name: 中国人民解放军, 某某大学.
_MAY_PRECEDE = Regex("(?:中国|国家|国网|大学|学院|附属|集团|公司|军区?|[省市县州])\\Z")


def _is_named_behind(text: str, cut: re.Match[str]) -> bool:
    """湖前卫生院, but not 事后门诊部: a place that is called after where it lies."""
    return cut[0] in ("前", "后") and text[cut.start() - 1 : cut.start()] not in tuple(
        "事术产饭餐会随之以然最此日目课婚病伤睡节"
    )


def _is_named_and(text: str, position: int, divisions: Divisions) -> bool:
    """上海沐和医院, 和春堂中医馆: a place and one character before 和, or nothing, which is then no conjunction."""
    places = (divisions.at(text, position - 1 - size) for size in (2, 3, 4) if size < position)
    if text[position] != "和":
        return False
    if position == 0 or text[position - 1] in "\n\t|:":
        return True
    return text[position - 1] not in _BEFORE_AND and any(
        place and place.end == position - 1 for place in places
    )


_BEFORE_AND = frozenset("市县区省州后前时再也都还先已又就")
"""Before 和 where it is a conjunction: 长沙市和, 北京后和."""


def _score(name: str, word: str, kind: Kind, score: float, divisions: Divisions, cued: bool) -> float:
    """`score` for a name that names somebody, less for a vague one, 0 for a general part alone."""
    if name in _RANKS:
        if (name, word) == ("州", "政府"):
            return 0.0  # of any state
        return score if _NAMED_BY_RANK.fullmatch(word) or (kind == "agency" and word.endswith("局")) else 0.0
    if kind == "company" and word.endswith("局"):
        return score if re.fullmatch("中[建铁交冶核化水]", name) else 0.0
    if len(name) < 2 or name[0] in ")·-&":
        return 0.0
    if kind == "medical" and name == "高新":
        return 0.65  # a quarter; its second character alone says nothing
    if kind == "medical" and len(name) > 2 and _HALL.search(name):
        return max(score, 0.65)
    street = _STREET.match(name) if kind == "medical" else None
    if street and 2 <= _core_length(name[street.end() :], kind) <= 4:
        return max(score, 0.65)
    if cued and kind == "medical" and _VILLAGE.fullmatch(name) and word in _OF_VILLAGES:
        return 0.65
    if _NUMBERED_HOSPITAL.fullmatch(name):
        return 0.7 if word == "医院" else 0.0
    if kind == "medical" and _ORDINAL.fullmatch(name):
        return 0.5 if word == "医院" else 0.0
    if _RANKED.fullmatch(name) and kind == "medical":
        return 0.75
    place = divisions.at(name, 0)
    if place is not None and name[place.end :] in _BRANCHES and word == "公司":
        return 0.0
    last = place
    while last is not None and (following := divisions.at(name, last.end)):
        last = following
    if last is not None and (_SOME.match(name, last.end) or (name[last.end :] == "一" and word in _SMALL)):
        return 0.0
    if place is not None and _is_known(place):
        if len(name) - (place.end - place.start) >= 2:
            return max(score, 0.65)
        return score if len(name) > 2 or score > 0.6 else 0.0
    if _NAMED_BY_RANK.fullmatch(word):
        return 0.0
    length = _core_length(name, kind)
    if word == "集团" and length == 1 and len(name) == 2:  # 国药集团
        return 0.5
    if _MARKED[kind].search(name) and length >= 2 and (cued or score > 0.6):
        return score
    if score >= 0.9:
        return score if length >= 2 else 0.0
    if word == "厂" and len(name) < 4:  # 毛纺厂
        return 0.0
    if score <= 0.6:  # 某某厂, 某某协会: too often a description
        return 0.5 if (cued or word in ("公司", "集团")) and 2 <= length <= 4 else 0.0
    return 0.65 if 2 <= length <= (6 if cued else 4) else 0.0


_STREET = Regex("[一-鿿]{1,5}?(?:大道|大街|胡同|(?<![马公铁一条])[路街巷])")
"""Where a small house is: 红旗大街 of 红旗大街皓月齿科."""
_VILLAGE = Regex("(?!.*(?:农|乡|山|本|各|邻|同|某|行政|自然|们|该|全|每|贫困))[一-鿿]{2,4}[村庄屯寨]")
_OF_VILLAGES = frozenset(["卫生室", "卫生所", "诊所", "医务室"])
_HALL = Regex("(?<![课食教礼天大学祠佛澡灵中国])堂\\Z")
"""The end of the name of a house of Chinese medicine: 颐和堂大药房."""
_BRANCHES = ("分", "子", "总")
"""Of a firm that is not named, in a place that is: 济南分公司."""
_SMALL = frozenset(["诊所", "药店", "药房", "饭店", "工厂"])
"""Bodies that are not numbered: 岐山县一诊所 is some clinic there, 岐山县一医院 is called so."""
_SOME = Regex(r"[开办做找进承上读念考]\Z|的(?!士)|某(?!某)|[那这]边|[0-9一两二三几多数]+[家所个间]|当地|附近")
"""Behind a place, what leads to a body that is not named: 江宁某诊所, 南开区的公司."""


def _core_length(name: str, kind: Kind) -> int:
    """What is left of a name without the general parts at its end, in characters."""
    general, ends = _GENERAL[kind], [len(name)]
    for start in range(len(name) - 1, -1, -1):
        if any(general.fullmatch(name, start, end) for end in ends):
            ends.append(start)
    return ends[-1]


def _with_branch(text: str, end: int, kind: Kind) -> int:
    branch = _BRANCH.get(kind)
    match = branch.match(text, end) if branch else None
    firm = match is not None and match[0].endswith("公司")
    return match.end() if match and (firm or not _CUTS[kind].search(match[0])) else end


def _by_short_form(text: str, divisions: Divisions) -> Iterator[OrganizationMatch]:
    """市一院, 长沙市一院, 浙大二院, 附一, 301."""
    for match in _SHORT.finditer(text):
        start = _after_cuts(text, match, "medical")
        start = _with_place(text, start, divisions)
        yield OrganizationMatch(start, match.end(), "medical", 0.7)
    for match in _SCHOOL.finditer(text):
        start = _after_cuts(text, match, "school")
        yield OrganizationMatch(_with_place(text, start, divisions), match.end(), "school", 0.7)
    for match in _MINE.finditer(text) if "矿" in text else ():
        start = _after_cuts(text, match, "company")
        if match.start("mine") - start >= 2:
            yield OrganizationMatch(start, match.end(), "company", 0.65)
    for match in _PIT.finditer(text) if "矿" in text else ():
        for name in (match.start(), match.start() + 1):
            place = divisions.start_before(text, name)
            if place is not None and name < match.end() - 2:
                yield OrganizationMatch(place, match.end(), "company", 0.65)
                break
    for match in _FACTORY.finditer(text):
        yield OrganizationMatch(*match.span(), "company", 0.6)
    for match in _SQUAD.finditer(text):
        yield OrganizationMatch(*match.span(), "agency", 0.7)


def _after_cuts(text: str, match: re.Match[str], kind: Kind) -> int:
    """Where the name begins, behind what stands in none, of which a part may stand before the match: 抬头开."""
    cuts = _CUTS[kind].finditer(text, max(0, match.start() - 2), match.end() - 2)
    return max((match.start(), *(cut.end() for cut in cuts)))


def _with_place(text: str, start: int, divisions: Divisions) -> int:
    """Where the place begins whose last character stands at `start`: 宁波 of 波一中, else `start`."""
    for length in (3, 2, 1, 4):
        if start >= length and divisions.names(text[start - length : start + 1]):
            return start - length
    return start


def _by_short_name(text: str, names: WordIndex[str], divisions: Divisions) -> Iterator[OrganizationMatch]:
    for start, end, name in names.find(text):
        end += len("医院") * text.startswith("医院", end)
        place = divisions.start_before(text, start)
        if len(name) > 3:
            full = place is not None and text[start - 1] in _RANKS
            yield OrganizationMatch(place if place is not None and full else start, end, "medical", 0.8)
            continue
        start = start if place is None else place  # 福建协和
        if _BEFORE_SHORT.search(text, max(0, start - 2), start) and _AFTER_SHORT.match(text, end):
            yield OrganizationMatch(start, end, "medical", 0.65)


def _disjoint(found: list[OrganizationMatch]) -> Iterator[OrganizationMatch]:
    """Of those that overlap the longer; a certain name (of the list) trims a longer one with the same end."""
    found.sort(key=lambda match: (match.start, -match.end))
    last: OrganizationMatch | None = None
    for match in found:
        if last is None or match.start >= last.end:
            if last is not None:
                yield last
            last = match
        elif match.end > last.end:
            last = OrganizationMatch(last.start, match.end, match.kind, max(match.score, last.score))
        elif match.end == last.end and match.score > last.score and match.score >= 0.95:
            last = OrganizationMatch(last.start, last.end, last.kind, match.score)
    if last is not None:
        yield last
