"""Names within addresses: what may be part of one, where one begins, and what only looks like one."""

from __future__ import annotations

from deid.regexes import Regex

# Pronouns, particles and verbs that stand in no name.
_STOPS = "的了在是我你他她您们吗呢吧啊哦嗯呀嘛这哪就也还又让被说叫找跟很没把给去到住吃喝请谁么但虽已却仅喺嘅"


def _han_without(excluded: str) -> str:
    """The body of a regex class: Han characters but for those excluded."""
    ranges, start = ["〇"], 0x4E00
    for code in sorted(map(ord, excluded)):
        if start < code:
            ranges.append(f"{chr(start)}-{chr(code - 1)}")
        start = code + 1
    return "".join(ranges) + f"{chr(start)}-\u9fff"


NAME_CHARACTERS = _han_without(_STOPS)
_N = NAME_CHARACTERS

_KIN = "爸妈爷奶姐哥弟妹姨舅姑叔伯婆公友老回搬娘亲人"
_CUT_WORDS = (
    "(?:家庭|户籍|户口|现|通讯|联系|收货|送货|邮寄|居住|经营|注册|办公|单位)?(?:住址|地址|所在地|场所|地点|住所)[为是]?|(?:事发|案发|发病|出事)地|"
    "归属地|籍贯|祖籍|原籍|出生于?|毕业于?|就读|来自|前往|位于|坐落于?|地处|暂住|租住|居住|入住|现居|家住|迁居|定居|移居|"
    "搬[来回往]|借宿|投宿|寄住|(?<=住)处|居处|居所|[原现]址|(?<![一-鿿])(?:原(?!平|野|乡|种|生)|现(?!代))(?=[一-鿿]{3})|据称|自称|反映|靠近|临近|紧[邻挨]|毗邻|负责|公租房|廉租房|安置房|送[至往达回到]|[寄抵]达|(?<=到)达(?!州|县|川)|[写标印]着|新家(?![园坡坪村庄湾沟山店营堡屯寨镇花公苑城路街巷弄小家])|绕行|[迁转派运拉载驶开][往至到]|赴(?=[一-鿿]{2})|签收|配送|投递|揽收|自提|派送|代收|转交|交给|(?:起点|终点)(?![村镇乡路街])|目的地|(?:集合|汇合)(?![村镇乡路街])|碰头|等候|更正|确定|显示|位置|路线|[约定]在|寄[至往]|途经|经过|路过|返回|抵达|离开|出差|旅游|打工|务工|上班|下班|工作|退休|经商|租房|买房|房[子产][里内上]?|"
    "患者|病人|家属(?![院楼区])|老人|患儿|本人|自己|朋友|邻居|同事|公司|单位|学校|老家|娘家|婆家|宿舍|出租屋|骑车|开车|坐车|打车|"
    "[今明昨前][天晚晨]|目前|现在|之前|以前|后来|最近|平时|一直|刚刚|已经|因为|所以|由于|如果|可以|然后|时候|小时|分钟|左右|"
    "[改换更写填搬转发打印登弄变当录报][为成作]|(?<=说)成|(?<![市区县省州街路])开成|[改转补]寄|(?<=[票件药餐货单品])[寄送转发](?![塘官变])|自驾|落户|变更[为成]|门牌|户主|[更改]到|(?:看|碰|遇|听)见|建议|安排|转告|通知|告知|敲门|走访|家访|巡诊|入户|义诊|送[药餐]|[派赶发运]往|赶到|开到|[停放拿换交搬抬][在到]|登记|核对|确认|导航|搜索|拆迁|叫车|"
    "快递(?:请?[发寄])?|外卖|收件|寄件|邮寄|送货|上门|取药|附近|对面|隔壁|门口|旁边|车祸|[跌摔晕]倒|摔伤|散步|锻炼|开会|"
    "(?<=[0-9])[年月日号时点分岁天周次个名元]|(?<![一-鿿])[男女]|"
    f"(?:(?<=[{_KIN}我你他她们的])|(?<![一-鿿]))家(?![园庄村属具居乐港湾沟坪屯])"
)
# Single characters that also begin or end names (和平路, 沿江路, 于洪区) cut only where their neighbour
# does not make them part of one.
_CUT_CHARACTERS = (
    "(?<![仁太永中天祥颐共义泰安雍人同协宝保平温龙怡嘉熙])和(?![平谐顺兴睦风盛田县合畅美信义])|"
    "来(?![安凤宾广福龙])|于(?![洪家都田])|经(?![十一二三四五六七八九开海济纬贸营])|至(?![善诚德和])|由|系(?!马)|为(?!民)|(?<!家)属|"
    "沿(?![江河湖海溪滩山])|从(?![化台]|江(?![西苏南北门宁阴都油津山夏源东汉浦城滨口岸]))|往|返(?=[一-鿿]{2})|(?<=[边面][上头])[那这]个|[一两几]位|称(?![多勾心意])|(?<![环迂巡])回(?![龙民车族春归隆水子澜浦峰风凤郭]|兴街)|订|(?<!百)停(?![云前泊])|走(?![马廊])|向(?![阳东前荣群海])|与|及|(?<!镇)自(?![贡强由然])|距|骑|[乘坐](?!落)"
)
CUT = Regex(f"{_CUT_WORDS}|{_CUT_CHARACTERS}")
# Between two tokens of a chain words cut, a few that make a sentence of it, and conjunctions at the beginning.
CUT_INSIDE = Regex(
    rf"{_CUT_WORDS}|亦(?!庄)|[以则或]|有(?![为恒])|为(?!民)|共(?![和青合同])|另|下辖|问题|一[条个家些位]|多个|属于|所有|"
    r"\A(?:[与及距]|立(?=[即刻案项])|人(?![民和])|和(?![平谐顺兴睦风盛田县合畅美信义邦]))"
)
_LONGEST = 8
"""Characters of a name that begins at no boundary."""
_RUN = Regex(rf"(?:[A-Z][A-Za-z]{{0,7}}[0-9]?|[*X]{{1,3}}|[0-9]{{1,3}}(?=[国省县环]))?[{_N}]{{0,14}}\Z")


def name_start(text: str, floor: int, end: int) -> tuple[int, bool] | None:
    """Where the name that ends at `end` begins, not before `floor`, and whether that is certain.

    None if there is no name. Without a boundary within reach the last four characters are taken.
    """
    if end and text[end - 1] == "\n":  # 芙蓉北⏎路12号: the line broke inside the name
        end -= 1
    window = max(floor, end - 16)
    run = _RUN.search(text, window, end)
    if run is None or run.start() == end:
        return None
    start = run.start()
    cut = start
    for match in CUT.finditer(text, start, end):
        cut = match.end()
    if cut == end:
        return None
    if end - cut > _LONGEST:
        return end - 4, False
    return cut, True


# Words inside a name that make it a ward, an office or an organisation instead.
INDOORS = Regex(
    "门诊|住院|急诊|病[房区]|护理院|疗养院|保健院|卫生服务|卫生院|康复院|养老院|敬老院|福利院|养护院|[内外儿骨眼妇产肤病官瘤腔尿血症痛男肛胸脑]科(?![技学研教创])|医技|手术|检验|医院|诊所|药房|患者|护士|医生|大夫|主任|先生|女士|老师"
)
# A place right before these is part of the name of an organisation, which says more.
ORGANIZATION_AHEAD = Regex(
    rf"(?!某(?!某)|[0-9一二两三几]+[家所个间])[{_N}A-Za-z0-9()]{{0,14}}?(?:医院|卫生院|卫生服务|诊所|门诊部|卫生室|公司|大学|学院|中学|小学|幼儿园|学校|银行|[支分]行|公安|"
    r"派出所|法院|检察院|旅行社|[政务安育生障管]局|委员会|居委会|村委会|政府|集团|研究[院所]|疾控|妇幼|保健[院站]|[日晚]报|电视台|协会|"
    r"附属|委(?!托)|俱乐部|卫视|电台|铁路|机场|火车站|[东南西北]站|[一二三四五六七八九]院|药房|药店|口腔|齿科|医美|推拿馆|合作社|事务所|律所|保险|电力|电信|移动|联通)"
)
# Roads by kind rather than by name, and quarters, unless a number follows.
COMMON = Regex(
    r".*(?:[思通网回电公铁道马水陆出退生死绝后弯远近夜岔套活半走赶带问迷让修铺上引顺末血气油管辅线小大径链短界择陌字]|(?<!民)主)路|.?[支一]路|.*(?:步行|商业|商店|小吃)街|中关村"
)
# Words that end like a token but are no places.
_NO_NAME: dict[str, Regex] = {
    "road": Regex(
        r"[一-鿿]路|[东南西北左右内外两一]侧路|.*(?:信号|神经|代谢|传导|网络|静脉|胆汁|引流|输液|分流|铁|高速公|[尿旁网])(?:通|回|旁|管|线|道|马)?路|"
        r"[大小上沿扫满当]街|.*逛街|大[道街]|.*[消化呼吸]{2}道|[家夜心手嘴眼肚屋城村店院公英海平]里|[一二两三四五六七八九十几多每]条|"
        r".*[阴尿肠胆气鼻耳产食通管渠轨频跑知味赤隧地人难报车航索栈河称公厚街弹步]道|.?(?:公路|胡同|国道|省道|县道)"
    ),
    "village": Regex(
        r"(?:(?:.*[小大远个偏])?山村|或?[打去到在问找叫给]村|.*(?:[农乡本全外邻同个各每哪几多]|城中|贫困|文明|整个|附近)村|(?:.*[某该本各此个多])?(?:自然|行政)村|新村|村委会|"
        r"(?:.*[某该本各此]|.*(?:所在|附近|居民|辖区|各个|整个|居住|智慧|和谐)|[进入])?社区|.?(?:[坪庄寨屯]|庄子)|.*[警防通支总管安]大队)"
    ),
    "township": Regex(
        r"[乡城集古小冰重某该]镇|.*(?:特色|旅游)小镇|.*[老故家城下同异水回思返外他]乡|.?街道(?:办事处|办)?|.?(?:[农林牧茶渔团]|[良原]种)场"
    ),
    "estate": Regex(
        r"[A-Z0-9]*(?:车位?)?[报停问说查发看找填写回进出登](?:一下|[下了过在到])?(?:小区|家园|公寓|园区)|.*(?:养老|老年|护老)公寓|(?:.*或|智能|智慧|绿色|厂子|厂里|工厂|矿上|矿里|员工|职工|公司|单位|学校|学生|教师|集体|工人)(?:小区|宿舍|公寓)|.*(?:[某该本各此同]|同一)(?:小区|大楼|公寓|园区)|.*小区花园|(?:所在|附近|居民|整个|老旧|高档|封闭|新建|居住|住宅|全|隔壁|一个)?"
        r"(?:小区|新村|花园|家园|公寓|别墅|宿舍|(?:集团|公司|总部|办公|行政)(?:大厦|大楼)|[新旧老主]?大楼|园区|开发区|工业区|高新区|新区|新城|苑|大厦|住宅区|生活区|家属院|家属楼)|中心小区|"
        r".*(?:门诊|住院|急诊|[外内]科|医技|病房|医疗|医|教学)大楼|(?:精神|美丽)家园"
    ),
    "poi": Regex(
        r".?|开.{0,3}(?:馆|楼|阁|酒店|宾馆|饭店|旅馆|客栈|超市)|[一二三四五六七八九十顶底上下阁新旧高洋]楼|(?:.|体验|活动|展示|购物)?(?:中心|国际|市场|天地)|.*(?:门诊|住院|急诊|病房|科|医技|体检|康复|卫生|服务|急救|医疗|医学|保健|管理|培训|血液|疾控|控制|防治|诊断|护理|会诊|"
        r"检验|影像|心理|健康|透析|血透|[内肠胃]镜|监测|检测|医保|社保|[护养托]老|康养|结算|鉴定|保障|救助|调度|指挥|信息|数据|采购|质控|仲裁|志愿|治疗|诊疗|咨询|呼叫|客服|月子|美容|[市省县区])(?:中心|馆|楼)|.*(?:公|校|院|病|果|后花|游乐|幼儿)园|"
        r".*(?:人才|消费|劳动力|股票?)市场|.*[重年定邻起群独同]居|.*政府|.*分馆|.*(?:中医|国医|推拿|按摩|正骨|理疗|艾灸)馆|.*(?:月子|母婴)会所|.*(?:配送|物流)中心"
    ),
    "county": Regex(r".*[郊地灾疫山农城市老景院校病厂小特辖社]区"),
}  # fmt: skip


def is_no_name(level: str, name: str) -> bool:
    """Whether `name`, which ends like a token of `level`, is a common word: 马路, 本村."""
    pattern = _NO_NAME.get(level)
    return pattern is not None and pattern.fullmatch(name) is not None
