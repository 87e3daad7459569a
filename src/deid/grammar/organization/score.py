"""Whether a name before its closing word names somebody, or is a general part alone (县医院, 三甲医院)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deid.grammar.divisions import Divisions
from deid.grammar.organization.closing import (
    MINES,
    NAMED_BY_RANK,
    NUMERALS,
    RANKS,
    SMALL_FIRMS,
    SMALL_OFFICES,
)
from deid.grammar.organization.match import Kind
from deid.grammar.organization.start import NUMBERED_HOSPITAL, is_known
from deid.regexes import Regex

_ANY = (
    "本|贵|[县市省区乡镇村城厂队屯]里|[镇街村县寨]上|本集团|各地|责任|该|某|此|目标|标的|各个?|各大|当地|本地|外地|外|上级|下级|基层|大|小|大型|大中型|正规|专业|综合性?|公立|私立|民营|民办|医养结合|私人|私营|国有|国营|同样|"
    "三甲|二甲|一甲|[一二三]级|[甲乙丙]等|[甲乙丙]级|等级|社区|乡镇|县级|市级|省级|区级|[县市省区乡镇村州厂校]|附近|就近|指定|直付|直赔|其他|任何|其它|其余|别的?|别家|定点|"
    "合作|同级|教学|部队|军队|国外|国内|外国|全国|国家|著名|知名|权威|有名|好|某些|一些|有些|哪[个些家所]|边[间个家度]|多家|[一两二三四五几多数]+[个家所间]|正式|"
    "[这那][个家种天]|当[天日]|指?对|一般|普通|专门|重点|企业|个体|医疗|老|新|原|总|接诊|首诊|收治|承接|承办|所在|对口|城市|农村|城区|市区|县区|高等|中等|电视|老年|较大|更大|"
    "职业|技术|专科|[母子分上读念进考是到两做家多]|上市|同一|中心|地方|外资|合资|连锁|网上|开户|大小|成人|业余|少年|基础|其|较好|有条件|最近|相关|"
    "顶尖|顶级|整个|各大|大量|部分|众多|大城市|一线|落地|此次|一场|同类|高档|辖区|普惠|社会|各类|哪个|这样|那样|"
    "建[档卡]|产检|分娩|助产|接产|出生|送检|签约|转[出入诊]|[上下]转|接[种收]|移植|取卵|[开出]具|对照|入组|意向|参保|发证|采购|帮扶|支援|首选|来源|"
    "(?:多点)?执业|中外|跨国|现代|住院|普外|急救|慢性病|县市|市县|乡村|村级|镇级|实体|平价|以上|级别|条件|水平|先进|规范|规模|信誉|信赖|值得|放心|当时|全部|所有|"
    "提醒|反馈|信任|走[出进近]|缠着|补偿|赔偿|避开|绕开|责怪|诋毁|抹黑|贬低|攻击|吐槽|冒充|埋怨|追究|质疑|举报|曝光|欺骗|感激|大?多数|支持|遵守|严格|[一二两三几单]人|"
    "[出入]院|[初复]诊|原诊|接收|[化放]疗|协作|牵头|报告|死亡|抢救|承保|投保|理赔|试验|申办|发起|异地|户籍|另[一外]|外院|部属|医联体|[海境]外|参与|第三方|(?:属地|辖区|所在|就近)(?:社区|街道|乡镇)?|备[降选用]|[候后待拟][选备]|途[经中]|沿途|沿线|邻近|临近|目的地|出发地|非定点|约定|名单内|网络内|[对买卖]方|[受出]让方|收购方|经办|施治"
)
_FIELDS: Mapping[str, str] = {
    "medical": (
        "危重症?|孕产妇|新生儿|妇产科?|[内外]科|全市|妇儿|儿童|儿科|小儿|肿瘤|口腔|牙科|眼科|耳鼻喉科?|骨科|骨伤|精神病?|精神卫生|精神科|心理|中医|中西医(?:结合)?|[中西]|传染病?|男科|妇科|"
        "肛肠|皮肤病?|心血管病?|胸科|脑科|脑病|康复|五官科|整形|美容|结核病?|肝病|肾病|肺科|糖尿病|癫痫|风湿病?|职工|疼痛|血液病?|神经|骨病|不孕不育|"
        "妇幼|保健|健康|体检|门诊|发热|病房|互联网|网络|静配|静脉|自费|医保|[东西南北]区|[一二三四五六七八九十东西南北新老]楼|便民|内|夜间|颈椎病?|血管|内分泌|甲状腺|消化|胃肠|"
        "肝胆|泌尿|生殖|性病|白癜风|乙肝|医学|生物|第三方|临床|牙|大众|药品|零售|病|心脏病?|心脑血管|慢病|慢性病|胃|肺|肾|肝|眼|脑|骨|抗癌|宠物|学校|附属|疾病|[大小]三阳|癫痫|高血压|肝炎|乙型肝炎|抽动症|.?[病症炎癌]|戒毒|麻风病?|热带病"
    ),
    "company": (
        "君臣佐使|转运|有限|[大小]三阳|石料|采石|[砂沙碎]石|药材|陪护|护工|月嫂|受托|委托|受让|出让|派遣|保险|物业|外贸|科技|互联网|建筑|装修|装饰|快递|物流|公交|贸易|广告|制药|医药|药|医疗器械|器械|房地产|地产|电力|自来水|燃气|运输|出租车?|保洁|家政|旅游|"
        "软件|网络|食品|服装|化工|化学|电子|机械|纺织|印刷|钢铁|水泥|制衣|鞋|砖|家具|玩具|塑料|五金|加工|造纸|制造|汽车|修理|修车|[工砂酒饭软油烟糖棉丝矿]|"
        "检测|检验|供水|供电|供暖|热力|绿化|园林|货运|客运|通讯|搬家|拆迁|开发|施工|监理|招标|环卫|贷款|烟草|盐业|物业服务|中间|停车|火锅|理发|美容|专卖|便利|旗舰|会计师?|律师|税务师?|审计|商业|投资|金融|证券|基金|信托|手机|工业|饲料|肉联|屠宰|煤矿|造船|电镀|油漆|生鲜|水果|附属|"
        "初创|创业|早期|主业|副业|传统|硅谷|个人|博彩|国企|央企|直属|设计|咨询|人力资源|劳务|外包|培训|教育|文化|传媒|农业|水产|养殖|种植|保健品|生产|工程|代理|巴士|航空|唱片|影视|传播|电信|通信|石油|游戏|娱乐|中介|担保|销售|成立|注册|猎头|婚庆|速递|直销|翻译|公关|租赁|芯片|家庭|室[内外]|户外|露天|人工|[海湖江河路]边|山[里上顶下]|景区|乡下|网红|特色|高端|周边|豪华|[五四三]?星级|心理(?:咨询)?|摄影|美术|外卖|便民|学校|单位|元件|元器件|制品|器材|配件|零件|零部件|电器|用品|材料|建材|陶瓷|玻璃|水泵|轴承|电缆|电线|仪表|阀门|皮革|皮鞋|农机|农药|化肥|毛巾|床单|丝绸|棉纺|毛纺|针织|印染|标准件|石棉|石灰|石材|电池|蓄电池|橡胶|轮胎|家用|木材|木雕|木制|竹编|卷烟|啤酒|白酒|酱油|豆制品|粮油|面粉|纸箱|包装|铸造|锻造|模具|灯具|灯饰|箱包|拉链|纽扣|经济型|快捷|温泉|[海江湖山]景|志愿|人寿|(?<![福康松鹤益延长仁百])寿|车|健康|残疾|意外|养老|血|骨髓|精子|基因|银行|承保|供应|供货|餐饮|设备|药品|被?收购|控股|关联|项目|平台|运营|管理|评估|债[务权]|[付收开]款|开票|报销|费用|停车费?"
    ),
    "school": (
        "[小中初高]|初级|高级|初中|高中|实验|寄宿|培训|驾驶?|聋哑|盲人?|特殊教育|师范|医学|医科|卫生|理工|农业|农林|工业|民族|体育|艺术|戏剧|音乐|美术|外国语|"
        "普惠型?|示范性?|中小|[各本]地|全日制|义务教育|托管|代课|市属|省属|双语|国际|公办|完全|九年一贯制|技工|中专|名牌|百年|研究|继续教育|函授|军事|技师|护理|孕妇|家长|父母|新手"
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
    "medical": Regex(rf"大学|(?<=[一-鿿]{{2}})学院|医科|附属|第[{NUMERALS}]|人民|解放军|武警|军区|中心|协和|红十字|中国|妇幼|公司|集团|研究院|科学院|[省市县区镇乡村](?!.*[省市县区镇乡村])"),
    "company": Regex("[省市县区]|中国|国际|股份|控股|实业|科技|电子|集团|银行|保险|传媒|生物|医疗|医药|制药|健康|建筑|建设|地产|物业|物流|商贸|贸易|网络"),
    "school": Regex(rf"大学|附属|第[{NUMERALS}]|[省市县区镇乡村]|实验|师范|外国语|职业|技术|理工|医"),
    "agency": Regex("[省市县区镇乡村]|中级|高级|街道|社区|中国|国家"),
    "other": Regex("[省市县区]|中国|国家|中华|大学"),
}  # fmt: skip
# With a rank before it a general part does name one: 市人民医院, 省肿瘤医院, 县中医院.
_RANKED = Regex(
    r"[省市县区州旗](?:人民|中心|中医|中西医结合|中|妇幼|妇女儿童|儿童|肿瘤|传染病|精神病?|精神卫生|胸科|眼科|骨科|口腔|老年|职业病|康复|红十字会?|直?属?机关)"
)
_ORDINAL = Regex(rf"(?:附属)?第?[{NUMERALS}]+(?:人民|中医|附属|临床)?|人民")


def score_of(name: str, word: str, kind: Kind, score: float, divisions: Divisions, cued: bool) -> float:
    """`score` for a name that names somebody, less for a vague one, 0 for a general part alone."""
    if name in RANKS:
        if (name, word) == ("州", "政府"):
            return 0.0  # of any state
        return score if NAMED_BY_RANK.fullmatch(word) or (kind == "agency" and word.endswith("局")) else 0.0
    if kind == "company" and word.endswith("局"):
        return score if re.fullmatch("中[建铁交冶核化水]", name) else 0.0
    if len(name) < 2 or name[0] in ")·-&" or name.endswith(_OPENED_THERE):
        return 0.0
    if word == "公司" and name[-1] in "贵敝" and not name.endswith("富贵"):
        return 0.0  # 这封邮件对贵公司
    if kind == "medical" and name == "高新":
        return 0.65  # a quarter; its second character alone says nothing
    if kind == "medical" and len(name) > 2 and _HALL.search(name):
        return max(score, 0.65)
    street = _STREET.match(name) if kind == "medical" else None
    if street and 2 <= _core_length(name[street.end() :], kind) <= 4:
        return max(score, 0.65)
    if cued and kind == "medical" and _VILLAGE.fullmatch(name) and word in _OF_VILLAGES:
        return 0.65
    if kind == "agency" and _TOWN.fullmatch(name):
        return 0.65
    if NUMBERED_HOSPITAL.fullmatch(name):
        return 0.7 if word == "医院" else 0.0
    if kind == "medical" and _ORDINAL.fullmatch(name):
        return 0.5 if word == "医院" else 0.0
    if _RANKED.fullmatch(name) and kind == "medical":
        return 0.75
    place = divisions.at(name, 0)
    if word in _OF_PLACES and place is None:
        return 0.0
    if word in MINES and "采" in name:
        return 0.0  # 永定区非法开采|镍钼矿
    of_county = place is not None and place.short and place.end == len(name) and place.level == "county"
    if of_county and (word in MINES or (kind == "agency" and score > 0.6)):
        return max(score, 0.65)  # 繁峙|铁矿, 凤凰|派出所
    if word in _OWN and place is not None and not _has_own_name(name[place.end :], kind):
        return 0.0
    if place is not None and name[place.end :] in _BRANCHES and word == "公司":
        return 0.0
    last = place
    while last is not None and (following := divisions.at(name, last.end)):
        last = following
    if last is not None and (_SOME.match(name, last.end) or (name[last.end :] == "一" and word in _SMALL)):
        return 0.0
    if place is not None and is_known(place):
        if len(name) - (place.end - place.start) >= 2:
            return max(score, 0.65)
        return score if len(name) > 2 or score > 0.6 else 0.0
    if NAMED_BY_RANK.fullmatch(word):
        return 0.0
    length = _core_length(name, kind)
    if place is not None and name[length : place.end] == "州":
        length = place.end  # 胶州|中心医院: no rank
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
_OPENED_THERE = tuple(f"{place}开" for place in "路街村镇乡县市省上里")
"""…塘子街开|超市的."""
_VILLAGE = Regex("(?!.*(?:农|乡|山|本|各|邻|同|某|行政|自然|们|该|全|每|贫困))[一-鿿]{2,4}[村庄屯寨]")
_TOWN = Regex("(?![某本该各乡村城古小集全我你他县大新老重建强外每神九])[一-鿿][镇集庄州]")
"""A town of one character and what it is: 夏镇街道办."""
_OF_VILLAGES = frozenset(["卫生室", "卫生所", "诊所", "医务室"])
_HALL = Regex("(?<![课食教礼天大学祠佛澡灵中国])堂\\Z")
"""The end of the name of a house of Chinese medicine: 颐和堂大药房."""
_OWN = frozenset(SMALL_FIRMS.split())
_OF_PLACES = _OWN.union(SMALL_OFFICES.split(), ("农商行", "农信社", "信用联社", "精神病院"))
"""What is called after its place: 当涂农商行, but not 退至王芳|农信社卡, 送精神病院."""
_NOT_OWN = Regex(
    "(?:大道|大街|胡同|[路街巷])|[0-9一二三四五六七八九十某]+[家所个间]|[开跑干做]|集团|公司|[一二三四五六七八九十]\\Z"
)
_BRANCHES = ("分", "子", "总")
"""Of a firm that is not named, in a place that is: 济南分公司."""
_SMALL = frozenset(["诊所", "药店", "药房", "饭店", "工厂"])
"""Bodies that are not numbered: 岐山县一诊所 is some clinic there, 岐山县一医院 is called so."""
_SOME = Regex(
    r"[开办做找进承上读念考带管看建跑]\Z|开(?![元源心泰明发创拓瑞利滦封平阳化江州远])[一-鿿]{1,2}\Z|的(?!士)|某(?!某)|[那这]边|[0-9一两二三几多数]+[家所个间]|当地|附近|各大|众多|部分|数[十百千]"
)
"""Behind a place, what leads to a body that is not named: 江宁某诊所, 南开区的公司."""


def _has_own_name(name: str, kind: Kind) -> bool:
    """Whether something is left of what stands behind a place: 安吉县|竹海推拿店, but not 重庆|车队, 杭州|文三路花店."""
    return _core_length(name, kind) >= 2 and _NOT_OWN.search(name) is None


def _core_length(name: str, kind: Kind) -> int:
    """What is left of a name without the general parts at its end, in characters."""
    general, ends = _GENERAL[kind], [len(name)]
    for start in range(len(name) - 1, -1, -1):
        if any(general.fullmatch(name, start, end) for end in ends):
            ends.append(start)
    return ends[-1]
