"""What modules of this package share: words that name nothing, and whether a stretch is a listed place."""

from __future__ import annotations

from deid.detection.reading import Reading
from deid.grammar.divisions import Divisions
from deid.regexes import Regex

ADDRESS, LOCATION = "CN_ADDRESS", "LOCATION"
ORGANIZATION, INSTITUTION = "ORGANIZATION", "CN_MEDICAL_INSTITUTION"

FULL_NAME, INTRODUCED = "full name here", "introduced"
"""Evidence of a firm in short whose full name the text has, and of one that somebody speaks or signs for."""

NAMES = frozenset(["nz", "nr", "nrt", "j"])
"""Parts of speech of names in jieba's dictionary: 海天, 步步高."""

REGION = Regex(
    "(?:华[北东南中]|[东西][北南])(?:大|片)?区|(?:华[北东南中]|[东西][北南]|江南|中原|[北南]方|沿海|内陆|高原)(?:地区|一带|区域)"
    "|(?:长三角|珠三角|京津冀|江浙沪|环渤海|大湾区|两广)(?:地区|一带|区域)?"
)
"""A part of the country, in which nobody is looked for."""
CITIES = "北京|上海|广州|深圳|成都|重庆|武汉|西安|杭州|南京|郑州|长沙|合肥|济南|青岛|昆明|贵阳|南宁|海口|福州|厦门|南昌|沈阳|大连|长春|哈尔滨|天津|石家庄|太原|兰州|西宁|银川|乌鲁木齐|拉萨|苏州|宁波"
"""Of firms with branches, as a regex."""
MEDICAL = Regex(
    r"(?:医院|诊所|门诊部|卫生院|卫生室|卫生服务[中心站]|保健院|疗养院|医务室|(?:体检|急救|眼科|口腔|肿瘤|心血管|妇儿)中心|院区|分院)"
)
ORGANIZED = Regex(
    r"(?:公司|集团|大学|学院|中学|小学|学校|幼儿园|银行|支行|医院|诊所|法院|检察院|公安局|派出所|税务局|局|厂|所|部|店|馆|社|会|队|中心|事务所|办事处|居委会|村委会|厅|委|站|行|院|厦|园|室)$"
)
TRADES = (
    "健康咨询|医疗咨询|健康管理|企业管理|软件|贸易|商贸|科技|物流|实业|药业|医药|制药|生物科技|生物|电子|建材|置业|地产|传媒|服饰|制衣|家政|餐饮|能源|重工|机电|机械|机床|精密(?!体检|检[查测])|纸业|浆纸业|"
    "鞋业|钢构|钢铁|乳业|食品|建工|五金|化工|印务|家具|塑胶|玻璃|陶瓷|纺织|汽贸|物业|保洁|装饰|广告|矿业|煤业|煤矿|石化|风电|光电|半导体|义齿|工厂|厂|传动|(?<!达芬奇)机器人(?=[这那]边|上班|打工|工作|员工|职工|离职|退休|实习|宿舍|工程师|公司|厂)"
)
MORE_TRADES = (
    "健康|医疗|器械|体检|汽修|农业|文化|教育|环保|园林|安防|通信|网络|信息|智能|新材料|材料|精工|模具|包装|塑业|塑料|铝业|铜业|酒业|茶业|粮油|水产|珠宝|影视|建设|建筑|置地|股份|航空|航运|水务|环卫|公交|"
    "人力(?!资源|成本|物力|不足|紧)|劳务|市政|燃气|客运|出租|旅游|文旅|电器|家电|汽车|轮胎|冷链|快运|货运|洗涤|印刷|图文|租赁|殡葬|礼仪|婚庆|橡胶|水泥|热电|发电|焦化|特钢|氯碱|化肥|幕墙|石材|门业|板业|印染|针织|毛纺|玩具|灯饰|照明|阀门|泵业|电缆|轴承|齿轮|铸造|金属|光学|仪器|仪表|制冷|门窗|液压|电梯|锅炉|管业|线缆|光缆|箱包|皮革|租车|搬家|锁具|锁业|卫浴|洁具|厨具|灯具|工具|眼镜|文具|阀业|家纺|鞋服|假肢|辅具|木业|种业|饲料|牧业|渔业|面业|饮料|通讯|数码|设计|策划|咨询|投资|控股"
)
"""Lines of business that are ordinary words: they make a firm only behind its place."""
BEHIND_FIRM = (
    r"[,。;:!?\n()|\t ]|$|上班|打工|工作|退休|离职|辞职|实习|员工|职工|宿舍|做[^了过]|当(?!地)|的|、|[台港外]籍|[\"”』》]|工程师|客服|售后|销售|维保|"
    r"[一-鿿]{1,2}(?:经理|总(?![是共会体量数])|主管|老师|工)|老板|会计|采购|人事|行政|对接|团检|组织体检|送货|报价|开票|对公|打款|项目|合作|签约|那边|这边|附近|门口|对面|放假|裁员|拒赔|回复|已受理|打电话|发来"
)
"""What shows that a firm stands before it, as a regex."""
NO_CORE = Regex(
    "[某每次第厂局院校援被由在为于以从向对把就都也是有将使让给站级台两找问叫]|[一二三几多哪]家|客户|疗护|日常|定期|抖音|快手|小红书|微博|百度|朋友圈|电梯|自驾|机场|高铁|特价|异地|网上|线上|上门|居家|办理|公司|集团|大学|中学|小学|学院|医科|市场|附近|当地|那边|这边|农村|城市|地区|本地|居民|职工|人民|民族|基层|老家|全口|半口|局部|活动|固定|可摘|隐形|覆盖|即刻|过渡|吸附|先生|女士|患者|儿童|老年|妇女|社区|专业|高端|优质|国际|临床|传统|现代|公立|私立|全程|顺丰|快递|药品|疫苗|生鲜|冷藏|冷链|急救|长途|短途|跨省|夜间|院前|病人|逝者|遗体|西式|中式|全民|基本|[省市县区镇乡]"
)
"""What is no firm's own name before a line of business: 上海高端医疗."""
WORDS = frozenset(
    "平和 比如 白银 安宁 向阳 安康 平安 长乐 太平 和平 永安 保安 吉安 长安 新建 大方 公安 乐业 开化 海门 海口 鼓楼 后壁 动力 合作 互助 同心 友好 光明 安定 清新 高明 新兴 东方 马尾 中和 平原 中原 古城 长寿 共和 泰山 牡丹 前山 大通 海棠 天台 城北".split()
)
"""Short names of places that are words: 平和的语气."""
COMMON = frozenset(
    "大名 大堂 将军 大树 大社 大肚 小店 老城 前锋 前进 工农 四方 三元 石门 通道 资源 延长 洞口 港口 桥头 运河 灯塔 观音 莲花 山上 树林 新屋 内门 后里 清水 盐水 淡水 比如 中方 会同"
    " 复兴 振兴 城中 城北 城厢 市北 市南 二道 交口 双桥 板桥 水磨沟 回民 新民 爱民 天心 天柱 麒麟 紫金 水磨 前镇 界首 龙口 高台 商城 温泉 根源".split()
)
"""Of counties whose names a dictionary calls words those that are."""
GENERIC = Regex(
    r"□?(?!大家保险|公安县|合作市|市中区|三甲[乡镇]|平台镇|大市镇|大贵镇|普惠乡|(?:二甲|小市|公安|合作|中心)镇|[大小]村[乡镇])(?:[哪一某]?[家所个间]|哪|国家|正规|大型|小型|私人|民间|全国|最近的|我|本|该|贵|主诊|首诊|投保|承保|参保|受邀|邀请|申请|接收|目标|意向|厂里|单位里|学校|当地|属地|[村路街巷门]口|楼下|别写|辖区|备[降选用]|[候待]选|[日美德法韩台港外合独民国]资|普通|乡镇|基层|几级|多少|外|上级|下级|县|市|省|镇|乡|区|村|社区|某|[镇乡村街集]上|[开旁]|[村镇县区市省州旗]里|[村街]头|(?:地下|负)?[0-9一二三四五六七八九十]{1,2}[层楼]|外部|内部|算法|人工智能|智慧|综合|三甲|二甲|专科|私立|公立|民营|民办|公办|普惠型?|示范性?|提高|加快|保障|这家|那家|其他|各|大|小|中心"
    "|请?填写|交回|退回|城镇|城乡|农村|[出入]院|[初复]诊|原诊|转[出入]?诊?|就[读诊医]|接诊|收治|手术|化疗|放疗|分娩|建档|产检|体检|定点|协作|牵头|会诊|预约|挂号|开?具|急救|抢救|临床|试验|申办|来源|理赔|第三方|对方|[甲乙丙]方|供应|供货|外包|委托|受托|代理|关联|[报办]案|[接处]警|毕业|录取|[报想]?考[上取进]?了?|保险|物流|运输|服务|检测|餐饮|保洁|家政|劳务|派遣|用工|设备|软件|药品|器械|管理|评估|审计|债[务权]|[付收开]款|平台|运营|互联网|网络|[海境国]外|[省市]内|[本此上下首每该这那]次|联系|收取|索取|代收|从|合作|陪诊|咨询|护工|志愿者|连锁|慈善|医疗(?=集团)|官方|品牌|淘宝|天猫|线上|网上|自营)*"
    r"(?:级|家|个)?(?:中小学校|(?:医|商|法|工|师范)?学院|(?:中|公安|武警|儿童|肿瘤|口腔|妇产|专科|精神病?)?医院|妇幼保健院|保健院|诊所|卫生院|卫生所|卫生室|医务室|公司|单位|学校|(?:技师|职业|技工)学院|大学|幼儿园|院|所|科|门诊|银行|药[店房]|工厂|律所|仲裁委(?:员会)?|机构|养老院|福利厂|旗舰店|专卖店|派出所|居委会|村委会|卫健委|医保局|公安局|药监局|(?:人民)?法院|检察院|社区卫生服务中心|街道办|医务科|信访办|美容院|福利院|敬老院|集团|协会|学会|基金会|商店|超市|体检中心|月子中心|研究[所院]|旅行社|中医馆)"
)
BECOMES = "(?<=[写填改转换印登说弄开发当])成"
"""The end of a verb before a place, as a regex: 改成|常德."""
STOREY = Regex("[0-9一二三四五六七八九十]{1,3}楼(?![0-9])")
BRANCH = Regex("(?:[分子]公司|办事处|营业部|分部|总部|服务点|运营中心)(?![一-鿿]*(?:公司|集团))")
"""Of a firm that is not named, behind its place: 济南分公司."""
_EDGES = " \t\r\n,.。、:;()\"“”'!?-"
NO_NAME = frozenset("您你不看少多要没很了的个着过这那些种和与或及等用买卖做是而可以只抗能应其")
LEVEL = Regex("[县市区旗](?=[,。;、人现 ]|$)")
_ID_OF_PLACE = Regex(
    r"增值税|(?:市[区内]?|省)?内(?:陪诊|接送|配送|半[天日]|全[天日])|通用(?![汽电])|跨省|行情|心理(?:危机|援助)|套餐|[A-Z]-?[0-9]{5}(?![0-9A-Za-z])|[一二三四五六七八九十]{1,2}味(?!道)|[语](?=[,。;、)种]|译|翻|陪|沟通|交流|$)|(?:房间|包[间厢]|教室)(?![0-9])"
    r"|非?永久性居民|(?:居民|永久|非永久)?(?:身份证|身分证|通行证|居民(?=来往|往来|居住证)|护照|特区护照|回乡证|居住证|健保|籍)|闲话|青草|草药|药材|食俗|风俗|小吃|激素|方案|综合征|病毒|[0-9.]+ ?(?:g|克)|(?:(?![的了做在是有和与测住到去来我他她随复])[一-鿿]){0,6}?(?:量表|问卷|发育筛查|评分|分级|分型|分期|准则|标准(?!工时))"
)
_NO_PLACES = frozenset(
    "神州 土里 水里 火化 东区 南区 西区 北区 中区 东院区 南院区 西院区 北院区 新院区 老院区 高原地区 沿海地区 北方地区 南方地区 农村地区 山区 牧区 疫区 北市区 南市区 东市区 西市区 中国 我国 全国 国内 国外 本市 本省 本地 外地 当地 家乡 回家乡 港澳 港澳台 内地 大陆 平房 山上 天黑 天亮 站前 下乡 现住 老城区 新城区 主城区 新区".split()
)
ITS_DEPARTMENT = Regex(
    r"(?<=..)(?:信息|国际|理赔|核保|医学|医务|客服|客户|市场|销售|运营|财务|人事|行政|法务|质控|商务|会员|海外|陪诊|会诊|渠道|品牌)部\Z"
)
"""康途咨询|信息部: what is no part of the name of a firm."""

_STRIVEN_FOR = Regex(
    "(?P<verb>创建|争创|建设|打造|建成|评为|获评|荣获)?(?P<hospital>(?:智慧|无烟|绿色|平安|文明|清廉|放心|满意|百佳|十佳|标杆|示范|数字|爱婴|人文|美丽)医院)"
    "(?P<deed>创建|建设|评[审选定]|称号|试点|达标|验收)?"
)
_LONGEST_AROUND = 8


def is_cut_from_words(reading: Reading, start: int, end: int, *, led: bool) -> bool:
    """Whether a word lies across the beginning or the end: 变成|飞沫, 精神|华而不实, 路上|野狗. `led`: a word leads to it."""
    bounds = reading.boundaries(start, end)
    ends_within = (
        end not in bounds and end < len(reading.text) and not bounds.isdisjoint(range(start + 1, end))
    )
    return ends_within and end - start > 2 if led else ends_within or start not in bounds


def is_listed(divisions: Divisions, text: str, start: int, end: int) -> bool:
    """Whether the stretch is the name of a province, prefecture or county, 义乌 as well as 义乌市."""
    place = divisions.at(text, start)
    return place is not None and place.end == end


def listed_before(divisions: Divisions, text: str, end: int) -> int | None:
    """Where the listed place begins that ends there."""
    return next(
        (
            end - size
            for size in range(8, 1, -1)
            if size <= end and is_listed(divisions, text, end - size, end)
        ),
        None,
    )


_TO_GATE = Regex(
    "(?:(?:急诊|门诊|住院[部处]|[入出]口|停车场?|挂号处?|大门|登记处?|救护车|家属|正门|电梯|食堂|电瓶车)[ ]?(?:请|都|只能|就|统一|一律)?[在走从由到进是设]?|只开放?|关闭|[封锁]了?)\\Z"
)


def is_gate(text: str, start: int, end: int) -> bool:
    """Whether 北门 is a gate of a house that something is beside: 急诊在北门, 停车走南门."""
    gate = end - start == 2 and text[end - 1] == "门" and text[start] in "东南西北正侧前后"
    return gate and _TO_GATE.search(text, max(0, start - 9), start) is not None


_OPENED, _NOT_OPENED = Regex("[后前放即使时](?![街路])|日期|的?[药瓶罐]"), Regex("[未已经启]开封\\Z")


def is_opened(text: str, name: str, end: int) -> bool:
    """Whether 开封 is what is done with a package: 未开封, 开封后28天内."""
    told = _OPENED.match(text, end) or _NOT_OPENED.search(text, max(0, end - 3), end)
    return name == "开封" and told is not None


def is_no_place(text: str, name: str, end: int) -> bool:
    return (
        name in _NO_PLACES
        or bool(GENERIC.fullmatch(name))
        or bool(_ID_OF_PLACE.match(text, end))
        or is_opened(text, name, end)
        or name.endswith("族")
        or (name[0] in "那这哪" and name not in ("那曲", "那坡"))
    )


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def is_striven_for(text: str, end: int) -> bool:
    """Whether what ends there may be any hospital: 创建平安医院, 智慧医院建设, but not 在平安医院住院."""
    found = _STRIVEN_FOR.search(text, max(0, end - _LONGEST_AROUND), end + _LONGEST_AROUND)
    return found is not None and found.end("hospital") == end and bool(found["verb"] or found["deed"])
