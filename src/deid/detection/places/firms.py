"""Firms in short: by a list, by the full name elsewhere in the text, by their line of business."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from deid.catalog.lexicon import WordIndex
from deid.detection.boundaries import word_list
from deid.detection.literals import Forms, Screened
from deid.detection.places.introduced import firms_introduced
from deid.detection.places.words import (
    CITIES,
    FULL_NAME,
    INSTITUTION,
    INTRODUCED,
    ITS_DEPARTMENT,
    MORE_TRADES,
    NO_CORE,
    NO_NAME,
    ORGANIZATION,
    TRADES,
    is_cut_from_words,
    listed_before,
)
from deid.detection.reading import Reading
from deid.grammar.divisions import Divisions
from deid.grammar.name import is_han
from deid.regexes import Regex
from deid.types import Detection

_OF_WORKERS = "煤化|焦化|锰业|铁合金|化纤|氯碱|[碳炭]素|镁业|锌业|铅锌|黄金|稀土|钨业|钼业|锑业|盐化|磷化|铸业|重装|热电|煤电|棉业|糖业|酒业|铝业|铜业|控股|新材料|新能源|汽车|空调|船务|电器|摩托|水泥|造船|船舶|航空|机场|地铁|物业|酒店|快递|电力|燃气|水务|公交|港务|幕墙|门业|石材|家居|电缆|线缆|泵业|塑业|板业|管业|锁业|木业|染整|织造|制鞋|鞋材|灯饰|箱包|卫浴|家纺|汽配|饲料|牧业|模具|光学|轴承|客车|冰箱|彩电|光伏|电气|味精|建投|城投|交投|路桥|路机|型材|铝材|钢管|电机|白酒|乳品|粮油|印染|毛纺|纺机|橡胶|重卡|专汽|齿轮"
"""Lines of business of those who make something."""
_FULL_FIRM = Screened(
    r"(?P<name>[一-鿿]{2,10}?)(?:\([一-鿿]{2,4}\))?(?P<business>(?:(?:国际|海外|跨境)?"
    rf"(?:医疗|管理|服务|技术|养老|美容|人力资源|劳务|资本|制造|护理|陪诊|旅行社|检验|基因|医学|保险经纪|{TRADES}|{MORE_TRADES}|{_OF_WORKERS}){{1,4}}"
    r"(?:\([一-鿿]{2,4}\))?(?:股份)?(?:有限)?(?:责任)?公司|(?:综合|中医|医疗美容|口腔|国际)?(?:门诊部|诊所)))"
)
_SPEAKS_FOR_FIRM = Screened(
    r"(?m)^[ ]*(?:[(\[]?[0-9][0-9:/ .-]{3,18}[)\]]?[ ]{1,3})?(?P<name>[一-鿿]{2,4}?)(?P<role>(?:健康)?(?:顾问|客服|医助|坐席|助理|健管师?|管家|陪诊师?|专员|销售))?[-—_·][一-鿿]{1,4}(?=[ ]?:|[ ]{1,4}[(\[]?[0-9]|[ ]*$)"
)
"""康途顾问-白露 22:20, in front of what she writes; 康途-小潘, where 康途医疗 stands somewhere."""
_HALL_OF_DRUGS = Screened(
    r"(?:(?<![一-鿿])|(?<=客户)|(?<=商户)|(?<=供应商)|(?<=[在去到由付给]))(?:(?![在去到的了是与])[一-鿿]){2,3}堂(?=(?:中药|药材|药业|国药|药行|药号|参茸|饮片)(?![一-鿿]{0,6}公司))"
)
"""客户济和堂|中药代煎费: a house of drugs."""
_STATED = Screened(
    r"(?:公司|集团|中心|诊所|门诊部|基金会|学院|大学|银行|事务所|经营部|服务部|店|厂)\((?:以下|下文|后文)?(?:均)?(?:简称|下称|统称)[:为]?[\"“「『']?"
    r"(?P<name>(?![甲乙丙丁戊]方|[本我贵该]|公司|客户|委托|受托|服务[方商]|出租|承租|用人|平台|双方|院方|[医患]方|原告|被告|被?申请|转让|受让|[买卖]方|投保|被?保险|雇主|[承发]包|合作|项目|产品|协议|合同)[一-鿿]{2,6})[\"”」』']?\)"
)
"""What a firm is called in the rest of a contract: …有限公司（以下简称“顺禾”）."""
_IN_BRACKETS = Screened(
    r"(?P<full>[一-鿿()]{3,24}(?:公司|集团|企业|银行|事务所|合作社|[医学]院|中心|厂|矿|局|所|社|会))"
    r"\((?:(?:以下|下文|后文)?(?:均|[或又也])?(?:简称|下称|统称)[:为作]?|(?:以下|下文|后文|[或又也]){1,2}称)?[\"“「『']?(?P<name>[一-鿿]{2,6})[\"”」』']?\)"
)
"""What stands in brackets behind a body, and is its name in short where it is made of its characters: …有限公司（枣矿）."""
_NO_MINE = "石工山区业井难"
"""What makes another word of 矿."""
_MINE = Screened(rf"(?P<name>[一-鿿]{{2,4}}?)(?:煤|铁|金|铜|锰|钨|锡|锑|铅锌|萤石)矿(?![{_NO_MINE}])")
"""唐安煤矿, which is 唐安矿 elsewhere."""
_LAW_OFFICE = Screened(r"(?P<name>[一-鿿]{2,6}?)(?:\([一-鿿]{2,4}\))?(?:律师|会计师|税务师)事务所")
"""正义律师事务所, which is 正义所 elsewhere."""
_BUSINESS_OF_CARE = Regex("医疗|健康|就医|陪诊|体检")
_NO_OWN_NAME = Regex("[康医托]养|(?:[班台组科部室诊队线办]|[今明后昨]天|[早中晚]上)$")
"""What stands before 顾问 or 客服 and is no firm: 康养顾问, 夜班客服."""
_OWN_SCHOOL = Regex("(?:职工|子弟){1,2}(?:学校|[中小]学|幼儿园)")
"""Behind a firm: the longer name counts, 平煤神马子弟学校."""
_NO_FIRM = "(?!详见|参见|[如见]附|[同如]上|[全不]含|含税|未税|下载|打开|登录|安装|使用|通过|关注|预约|挂号|卸载|更新|包含|支持|开发|但|蓝牙|手机|电脑|平板|配套|自带|官方|智能|第三方|厂家|连[接上])"
"""What stands there and calls nobody: 服务商: 详见附件, 下载……APP."""
_SHOWN_BY_WORDS = Forms(
    ("spoken for", Screened(pattern))
    for pattern in (
        r"(?:[您你]好[,!]?|这里是)(?P<hello>(?![请转我找要])[一-鿿]{2,4})(?:平台)?客服(?![您你])",
        r"(?m:^)[ ]*(?P<head>[一-鿿]{2,4})客服(?:中心|部|组)?(?=[早晚夜]班|轮值|值班|排班)",
        rf"抬头(?:[是为写开成]{{1,2}}|: ?)(?:{CITIES})(?P<billed>[一-鿿]{{2,4}})(?=[,。;)]|$)",
        r"[「\"“](?P<quoted>[一-鿿]{2,3})(?=(?:医学|医疗|健康|咨询|体检)[」\"”])",
        rf"(?:代办|服务|承办)(?:机构|方|商)[: ]{{1,3}}{_NO_FIRM}(?P<agent>[一-鿿]{{2,4}})(?=[ ]*(?:\n|$|\())",
        rf"(?:(?<=[由:(])|(?<=: )|(?<=请找)|(?m:^)){_NO_FIRM}(?P<branch>(?![请找到给向送我你您他咱家老公总该各])[一-鿿]{{2,4}})(?=(?:{CITIES})(?:办(?![公理事])|分部|运营中心|服务点))",
        rf"(?:(?<![一-鿿])|(?<=(?<![一-鿿])下载|(?<![一-鿿])打开|(?<![一-鿿])登录)){_NO_FIRM}(?P<app>[一-鿿]{{2,4}})(?=APP)",
        r"(?<=这里是)(?P<here>[一-鿿]{2,4}?)(?=(?:陪诊|护理|照护|康护|家政|健康|医疗|体检)(?:请问|,|。|客服|服务热线|的客服))",
        r"我们?(?:(?:这[边里]|本人)?(?:就?是|系)|在)(?P<from>(?![在做搞从学干个一])[一-鿿]{2,4}?)(?=(?:医疗|健康|陪诊|护理|照护|康护|家政|体检)(?:(?:公司|咨询|平台|集团)?的(?=[,。;!~ 小]|客服|工作人员|顾问|专员|$)|这边(?=[,。的客小]|$)))",
        r"[您你]好,(?P<served>(?![请我这今明昨刚是有在欢感谢]|[一-鿿]{0,2}(?:服务|客服|人工|中心|热线))[一-鿿]{2,4})(?=,(?:很高兴|工号|为您服务|请讲))",
        r"【(?P<group>[一-鿿]{2,4}?)(?=(?:护理|陪诊|照护|康护|家政|健康|医疗)】[ ]?[一-鿿]{0,4}群(?![发主组里]))",
        r"(?m:^)[ ]*[一-鿿]{2,4}\((?P<signed>[一-鿿]{2,4}?)(?=(?:陪诊|就医|照护|护理|医疗|健康|体检)\)[ ]{1,4}[0-2]?[0-9]:[0-5][0-9])",
        r"(?:(?<=我是)|(?<=这里是)|(?<=这边是))(?P<name>[一-鿿]{3,4})的(?:回访专员|客服|健管师|健康管理师|健康顾问|顾问|个案管理师|就医助理|医助|陪诊员|陪诊师|坐席)",
        r"(?m:^)[ ]*(?:【(?P<title>[一-鿿]{2,4})】[ ]?(?:陪诊|就医|随访|会诊|回访|转诊|健康|医疗|咨询)|(?P<greeted>[一-鿿]{2,4})的(?:各位|全体)(?:老师|同仁|同志|工作人员|医生|专家|领导))",
    )
)
"""我是康伴通的回访专员, 【康途】陪诊服务记录单, 康途的各位老师."""
_OF_FIRM = r"(?:[一-鿿]{2,8}?[分支]公司|云诊(?![所室断疗])|(?:医护|护理|照护|陪诊)到家|医[咨护](?=[ ]?[A-Z]|代)|(?:陪诊|护理|照护|康护|家政)(?![员师费工人站]|[一二三四五六]?[组群])|医疗咨询|健康咨询|健康管理(?![师员中科])|医疗|健康|咨询|(?:医学|体检)(?=[」\"”])|公司|基因(?![检组突型])|保[险險](?=[ ,;)\n]|\Z))?"
"""What may stand behind a firm in short."""
_AT_FIRM = Regex(
    "(?:的?(?:员工|职工|工人|工程师|技术员))|上班|工作|退休|下岗|打工|工会|[这那]边|出(?:的|了|具|报告|,|。)|(?:做|检|测)的|的?报告(?![期日])|[,。;、)]|[ ]?(?:[\\n\\t|]|\\Z)"
)
"""Behind a firm that is called with its city: 在眉山中车上班."""
_OF_SITE = Regex(
    "[ ]?(?:[,。;、)\\n|]|\\Z)|上班|打工|退休|HR|的(?:员工|工人|同事)|派[出来驻]|委派|工厂|基地|分厂|厂(?![家商])|园区|项目部|[差欠][我你他一两二三四五六0-9]|开票|对账|送货|补货|供货|团检"
)
"""Behind a firm and the place of its works: 舍弗勒|太仓."""
_AT_WORKS = Regex(
    "(?:无尘|装配|总装|焊接|喷涂|电池|冲压|组装|[一二三四五六七八九十])?车间|流水线|产线|员工宿舍|厂区|的?(?:劳务工|普工|操作工|派遣工|员工|职工)|上(?:过|了)?班|打(?:过|了)?工"
)
"""Behind a firm where or as what somebody works there."""
_ITS_WORKS = Regex("工厂|基地|分厂|园区|厂(?![家商长区房])")
_INSURES = Regex("[保险寿]")
_GOODS = Regex(
    r"[ ]?车[架牌]|手机|手环|手表|电脑|平板|账号|支付|打车|外卖|单车|地图|视频|健康码|行程卡|快递|空调|冰箱|洗衣机|酸奶|牛奶|奶粉|酒|(?<=汽车)(?:撞|追尾|抛锚|熄火|侧翻|失控|[上下]坡|翻[了车下])|汽车[^厂公]|的?(?:机器|仪器|试剂|探头|球管|监护仪|呼吸机|彩超|床旁|CT|DR|MR)|[上里](?:买|下单|点的?[餐单菜]|团购|搜|订)|优选|昵称|[买卖]家(?![具居])|下单|订单|店铺|会员|直播|音乐|云盘|文档|会议|(?:(?![到在去转和与及从往至赴的给陪送])[一-鿿]){0,6}医院|总院|矿总"
)
_ALIBABA = Screened(
    "(?<=在)阿里(?=上班|工作|做(?:程序|开发|产品|运营|测试)|打工|实习|当(?:程序|码农)|写代码)|阿里(?=的?(?:员工|程序员|同事|P[5-9]))"
)
"""A firm that is called like a place, where people work: 在阿里上班."""
_PART_OF_WORD = Regex(
    r"(?<=大)[夫爷妈哥姐姨叔婶伯娘嫂舅]|(?<=上汽)(?:[后了再转关改]|[0-9])|(?<=保)(?:[管护障留持洁温湿鲜存证]|健(?!康))|柜(?![员台面])|[创箱业间走动李为驶程参]|车(?!间)|兰(?![州考溪陵])|民(?![权勤乐])"
)
_CUT_FROM_WORD = Regex("[河湖云海华东西]南[理师医][工大]|[一-鿿]人保险|中国网|伊利诺|爱尔[康创]")
"""残疾|人保|险, 中|国网, 爱尔|康."""
_BEFORE_COMPANY = Regex(
    r"(?:^|[^一-鿿]|[去到进换]了|[在是到去叫称给找与和及为经由入于向方司位的从]|单位|公司|简称|供应商|厂商|抬头|户名)$"
)
_FREQUENT = 500
"""How often jieba's dictionary counts a word."""
_RARE, _HARDLY_A_WORD = 30, 5
"""How often it may count the own name of a firm whose full name stands in the text, and of another."""
_BEFORE_STATE_FIRM = Regex("[跟被进欠标对系把替我你他她公婆爸妈哥姐弟妹儿子女前现了过]$")
"""Before 中建 and the like, where it is no end of a word and the beginning of another: 标准中建议."""
_BUSINESS_OF_LISTED = Regex(
    "(?<=[科学]院)(?:(?![的和与在到])[一-鿿]){1,6}?(?:研究)?(?:所(?![以有在])|中心)|[ ]{1,2}(?:(?!的)[一-鿿]){2,8}?[支分]行(?![一-鿿])|(?:医学(?:检验(?:所|中心|实验室)?)?(?![院会部科生系研])|(?:保险(?:公司|集团)?(?![单柜代业箱金费])|人寿|财险|集团|体检中心|大药房)?[一-鿿]{2,10}?(?:(?:中心)?[分支]公司|中支(?!付)|[分支]行|分理处|储蓄所)|营业[部厅])|(?:(?![的了在去到和与是有买卖开旁对附边门吃喝点外])[一-鿿]){2,5}店(?![长员铺面里])|保险(?:公司|集团)?(?![单柜代业箱金费])|健康(?=的?客服|险)|人寿|财产保险|财险|产险|寿险|证券|集团|体检中心|大药房|(?:(?![的了在和与到去是本该一各])[一-鿿]){2,4}(?:厂区|工厂|基地|分厂|[一二三四五六七八九十]厂)|(?:(?![的了在和与到去是本该一各开办建进每有])[一-鿿]){2,3}厂(?=[,。;、)\n]|\\Z|上班|打工|做|退休|的)|物业(?:服务中心)?|地产|家政|养老院?|金融|科技|药业|医药|制药|生物|电子|汽车厂|超市|门店|药房|药店|幼儿园|附属?[中小]学?|(?<=大)(?:城市|科技|软件|信息|现代|国际|文理|医|法|商|药|理工?|工|农|外国语|继续教育|远程教育|经济|管理)+学院|医学院|法学院|会计师事务所|律师事务所|\\(中国\\)(?:(?:投资)?有限公司|公司)?"
)
"""What goes on in the name of a listed firm: 友邦保险."""
_INSURER = Screened(
    r"(?P<name>(?!房产|地产|二手|艺人|体育|证券|中介|专业|独立|外部|合作|保险|商业|补充|团体|个人|百万|普惠|长期|短期|重大|意外)[一-鿿]{2,4}?)(?:人寿(?!命)|财产保险|财险|产险|寿险|养老险|健康险|证券|基金公司|(?:保险)?经纪(?![人商业费合])(?:公司)?)(?:[一-鿿]{2,8}?(?:[分支]公司|中支))?(?![一-鿿]?(?:保险(?!公司)|代表|所|化|交易))"
)
_KIND_OF_INSURANCE = Regex(
    "(?:定期|终身|增额|定额|减额|递增|两全|分红|万能|投连|团体|个人|商业|补充|企业|居民|职工|城乡|就业|社保|社会|基本|意外|医疗|重疾|防癌|年金|长期|短期|高端|中端|普通|老年|少儿|儿童|成人|家庭"
    "|自愿|期限|传统|专属|税优|普惠|什么|哪些|没有|影响|关于|受益|借款|贷款|投保|被保|继承|申请|领取|[益保款]人|[这那哪几一每某两][家份款种])$"
)
"""What insurance is called by its kind, not by its firm: 定期寿险, 居民养老险, 这家证券."""
_VERBS_OF_INSURANCE = "办理|缴纳|承保|投保|加保|续保|退保|名下|购买|推荐|配置|选择|代理|销售|附加|理赔"
_HAD = Regex(rf"(?:[了过的是做交]|{_VERBS_OF_INSURANCE})$")
_CALLED_BY_WORDS = tuple(
    "平安 太平 阳光 太阳 长江 长城 和谐 安心 光大 中华 永安 和平 大地 大家 幸福 新华 百年 民生 珠江 爱心 泰山 渤海 海峡 黄河 建设 中原 中路 东海 亚太 生命 银河 东方 中国 人民 西部 东北 首创 南方 太平洋 三峡 昆仑".split()
)
"""Insurers and brokers whose own name is a frequent word."""
_LEADS_TO_FIRM = Regex(
    rf"拜访|联系|致电|拨打|{_VERBS_OF_INSURANCE}|[在由向从和与及经被到是为找给的了过买投走打]"
)
_WORKER = "(?:钳工|电工|焊工|车工|铆工|钣金工|技术员|工程师|司机|会计|出纳|车间|质检员?|班组长|操作工|普工|装配工|调度员?|库管)"
_EMPLOYED = Screened(
    rf"(?:(?<=[在到从给])|(?<=(?<![推促引前改行])进))(?!更换|生产|控制|维修|检修|我们|现场|地方|智慧|数字)[一-鿿]{{2,4}}(?:{TRADES}|{_OF_WORKERS})(?=上班|工作|打工|任职|做工|做[^了过]|当[^地]|干[了过活]|开[了过]?(?:车|吊车|叉车|货车)|[送拉]货|看大?门|离职|辞职|退休|实习|的?(?:退养)?[员职]工|的?{_WORKER}|,做了[一-鿿0-9]{{1,3}}年)"
    r"|(?<![一-鿿])(?![一-鿿]*(?:附近|小区|楼下|隔壁|一个|这个|那个|某))[一-鿿]{2,3}(?:建工|住工|城建|路桥|建设|建筑|幕墙)(?=(?:的)?(?:工地(?!上的)|项目部|劳务工))"
    rf"|(?<=是)[一-鿿]{{2,3}}(?:{TRADES}|{_OF_WORKERS})(?=的?(?:[退]?休?[员职]工|{_WORKER}))"
    rf"|(?:(?<=单位[:是为])|(?<=单位[: ] ))[一-鿿]{{2,4}}(?:{TRADES}|{_OF_WORKERS})(?=[,。;、)\n ]|$)"
)
"""在恒力石化上班, 是龙工机械的员工, 单位：青山热电."""
_SHOPS = (
    "健身(?:房|中心)?|驾校|[面饭餐茶]馆|饭[店庄]|餐厅|酒楼|修理[铺店厂]|母婴店|早教(?:中心)?|咖啡[店馆厅]?|武校|烧烤|健身|游泳馆|泳池|网吧|影城|农家乐|大排档|酒吧|汗蒸馆?|美甲|酒店|宾馆|旅馆|民宿|超市|便利店|大?药房|药店|家政(?:服务部)?|服务部|经营部|物业(?:服务中心)?|"
    "口腔|齿科|眼科|陪诊|护理|养老|培训(?:班|中心)|画室|琴行|书店|花店|蛋糕店|火锅店?|奶茶店?|[水鲜]果店|五金店|建材店|汽修[店厂]?|洗车店|旅行社|律所|会计师?事务所|打印店|照相馆|影楼|理发店|美[发容]店|足浴店?|推拿馆|养生馆|瑜伽馆|武馆|医疗|健康"
)
"""What small firms are."""
_LINES = ("健康", "医疗", "护理", "养老", "陪诊", "口腔")
"""Those of them that are ordinary words behind any other."""
_SAYS_MORE = Regex("还|必须|[到在去]|已经|只能|可以|因为|所以")
"""No name of a shop: 还必须到|餐厅打工."""
_CLOSING_SHOP = Regex(f"(?:{_SHOPS})\\Z")
_DEALT_WITH = Screened(
    rf"(?:(?<=[就供任受]职于)|(?<=受[雇聘]于)|(?<=(?:收款|付款|承租|出租|供货)方[:是为])|(?<=抬头[:是为])|(?<=投诉)|(?<=调[入到]))[一-鿿]{{2,6}}?(?:{_SHOPS})(?=[,。;、)\n ]|$|的|担?任|做|从事|工作|上班|[之赔退])"
    rf"|(?<=从)[一-鿿]{{2,6}}?(?:{_SHOPS})(?=退休|离职|辞职|跳槽|下岗|[请找雇派][的了来过])"
    rf"|(?:(?<=[与和跟由]))[一-鿿]{{2,6}}?(?:{_SHOPS})(?=签[订署约]|付款|结算|承包|托管|派[人遣]|对接)"
    rf"|(?:(?<![一-鿿])|(?<=[在是到]))[一-鿿]{{2,6}}?(?:{_SHOPS})(?=上班|打工|的?(?:员工|职工|店[员长]|收银|老板娘?|会计|采购|负责人|学徒|教练|私教|学员|厨师|服务员|技师|主厨|后厨|传菜员)|代表签字|开[具的]的?发票)"
)
"""就职于青鸟健身, 与鸿福家政签订, 佳佳母婴店的员工."""
_SPENT_AT = Screened(
    r"(?:(?<![一-鿿])|(?<=[在去]))(?P<own>(?:(?![的了过在到去和与是有吃喝])[一-鿿]){2,4})(?:(?:烧烤|火锅|大排档|农家乐|酒楼|面馆|酒吧|串串)(?=吃|喝|聚餐|摔|滑|烫|门口)|(?:汤泉|温泉|泳池|游泳馆|水上乐园|汗蒸馆?)(?=泡|游|玩|摔|滑|感染)|KTV)"
    r"|(?:(?<![一-鿿])|(?<=[在去到]))(?P<shop>(?:(?![的了过在到去和与是有上])[一-鿿]){2,4})(?:早教|托育|跆拳道|婚纱|影楼|画室|琴行|美发|美容|美甲|造型|足浴|足道|健身|瑜伽|洗浴)(?=办卡|充了?值|退[费卡]|消费|门口|[上学]课|学[习了]|拍[照的了]|被|才|染|烫|摔|拉伤|晕|滑倒|的(?:老师|教练|技师|会员))"
)
"""老郭串串|吃的, 金鼎KTV, 送去贝贝早教|才两周."""
_ANY_SHOP = Regex(
    "[这那哪某几多各每一二两三四五六七八九十0-9]?[家个间所](?!家)|附近|楼[下上]|小区|对面|门口|隔壁|街[上角边]|路[口边上]|[镇村县市乡]上?[里的]?|老家|自家|自己|大型|小型|连锁|社区|网红|[五四三]星|快捷|商务|平价|折扣|生鲜|海鲜|[中西日韩]式|本地|当地|外地|正规|私人|个体|学校|医院|单位|公司|国[内外]|城[里西东南北中]?|妈妈|朋友|亲戚|同学|"
    ".*[的了着过在是有去来找给让被把与和跟或及等做开办卖买吃住]"
)
"""Before what a small firm is, what names none: 楼下|超市, 朋友开的|面馆."""
_ANY_PLACE_OUT = Regex(
    "[昨今明前后当][天晚日夜]|周[一-鿿]|晚上|中午|量贩|商务|豪华|室[内外]|户外|露天|公共|麻辣|自助|重庆|四川|东北|朝鲜|韩国|家庭|公司|单位|同学|朋友|聚会|一起|经常|喜欢|常去|某"
)
"""What stands before such a house and names none: 昨晚|烧烤, 量贩|KTV."""
_WELL_KNOWN = (
    "美团|饿了么|滴滴|货拉拉|闪送|达达|盒马|叮咚|朴朴|多点(?!司机|车间|宿舍)|电信|移动(?!司机|车间|宿舍|保安)|联通|铁塔|邮政|顺丰|中通|圆通|申通|韵达|极兔|德邦|百世|菜鸟|丰巢|京东|淘宝|天猫|抖音|快手|百度|小米|链家|贝壳找房|永辉|物美|山姆|沃尔玛|麦德龙|"
    "肯德基|麦当劳|必胜客|星巴克|瑞幸|蜜雪冰城|海底捞|贝壳|安踏|特步|鸿星尔克|匹克体育|森马|太平鸟|海澜之家|波司登|雅戈尔|方太|公牛|奥克斯|得力|罗蒙|苏泊尔|九阳|老板电器|苏宁|苏果|红豆居家|小肥羊|周黑鸭|绝味|良品铺子|呷哺|古茗|茶百道|喜茶|霸王茶姬|新东方|学而思|好未来|猿辅导|作业帮|平安|国寿|人保|太保|新华|泰康|雅迪|爱玛|立白|蓝月亮|娃哈哈|农夫山泉|双汇|伊利|蒙牛|罗氏|强生|辉瑞|雅培|美敦力|迈瑞|联影|东软"
)
"""Firms whose goods are spoken of far more often than those who work for them."""
_WALKED_IN = "苏果|华联|大商|永辉|物美|山姆|沃尔玛|麦德龙|宜家|盒马|大润发|家乐福|肯德基|麦当劳|必胜客|星巴克|瑞幸|海底捞|苏宁|国美|迪卡侬|优衣库|屈臣氏|名创优品|全家|罗森"
"""Those of them, and others, into whose shops one walks: 在宜家摔的."""
_OF_SHOP = "(?!(?:咖啡|奶茶|饮品|汉堡|专卖|旗舰|便利|加盟|体验|连锁|官方|品牌|直营|实体|线[上下]|手机|家电|服装|快餐|火锅|网|门|分|总|新|老)+店)(?:(?![了在去到和与是有买卖开旁对附边门的])[一-鿿]){2,6}?店(?![长员铺面里])"
_STAFF = Screened(
    rf"(?<![一-鿿])(?:{_WELL_KNOWN})(?=(?:的|外包|驻点|外聘)?(?:骑手|快递(?:员|小哥)|经纪人|版师|操作[员工]|[钳焊电车]工|外卖员|配送员|送餐员|派件员|分拣[员工]?|网点|柜员|柜台|员工|职工|店员|店长|收银员?|理货员?|仓管|库管|代理人|业务员|代表(?![作性团])|程序员|工程师|供货商|供应商|经销商|加盟商?|流水线|车间|宿舍|厂牌|工牌|工服|工作服|工装|营业厅|营业员|客服(?!电话|热线)|保安|保洁|司机|总部|讲师|教研|MA|医学部|市场部|销售))"
    rf"|(?<=[为是系有个做当跑在从给进到])(?:{_WELL_KNOWN})(?=(?:的|外包|驻点|外聘)?(?:骑手|快递员|外卖员?[,。;]|配送员|送餐员|分拣[员工]|柜员|员工|职工|店员|店长|收银员?|理货员?|仓管|代理人|业务员|程序员|工程师|营业员|讲师|厂牌|工牌|工作服)|的老师)"
    rf"|(?:(?<![一-鿿])|(?<=[在到去从]))(?:{_WELL_KNOWN}){_OF_SHOP}"
    rf"|(?<=[在从给进到])(?:{_WELL_KNOWN})(?:在线|科技|集团|物流|快递|速运|外卖|超市|到家|咖啡)?(?=打工|上班|工作(?![服单站台室量日流区者])|任职|实习|当(?=[学店保客骑快配收程仓司])|干(?=[了过活分快])|做(?=理货|收银|导购|促销|针车|车工|客服|研发|开发|测试|运营|算法|设计|财务|行政|人事|质检|技术|维修|保洁|保安|服务员|后厨|配送|分拣|店[员长]|销售|骑手|兼职|[了过])|送(?:外卖|快递|货|餐|件)|跑(?:单|外卖|车|腿|件)|[派收]件|开车|离职|入职|退休)"
    rf"|(?<=[爸妈公婆夫人妇子儿哥姐弟妹]在)(?:{_WELL_KNOWN})(?=[,。;])"
    rf"|(?:(?<=[在到])|(?<=楼下)|(?<=门口))(?:{_WALKED_IN})(?=买的?|(?:[一二三四负][楼层])?(?:门口|停车场|收银台|[东西南北前后]门|旁边|对面|楼[上下]|[这那]边)|里?面?(?:摔|滑|跌|晕|撞|[被给][^你我]))"
    rf"|(?:(?<=[就供任受]职于)|(?<=(?:收款|付款)方[:是为])|(?<=抬头[:是为])|(?<=单位[:是为]))(?:{_WELL_KNOWN})(?:咖啡|外卖|科技|在线|中国|快递|速[递运]|超市|医疗|集团)?(?=[,。;、)\n ]|$|担?任|做|从事)"
    rf"|(?<=[与和跟由])(?:{_WELL_KNOWN})(?=签[订署]|付款|结算|承[运接])"
)
"""是美团骑手, 在盒马做理货, 电信外包客服, 肯德基中山路店: those who work for firms that everybody buys from."""
_HANDLED = Regex("[被把让给将]|(?:路|街|道|马路)(?:[上中边旁]|中央)")
"""What makes goods of a trade: 在路中央被|汽车|当场撞死."""
_SURE, _LONGEST_SHORT = 0.6, 4
"""How sure the tagger is of a firm in short, and how long that is."""
_SEPARATORS = frozenset(["|", ",", "\t"])
_ACTS = Regex(
    "[一-鿿](?:经理|总(?![是共会体量数])|主管)|员工|职工|退休|客服|对接人|对公账户|开票|报价|送货|团检|包场|组织体检|高管体检|的?(?:业务员|销售|人事)|[这那]边|拒赔|承担费用|近[一二三四五六0-9]{1,2}个?[月季年]|本[月季]度?|中标|拖欠|起诉|持有|控股|收购|出具|提供|负责|反馈|投诉|承运|承建"
)
"""Behind a firm what it does or whom it has."""
_MAKER = Screened(
    "[徐柳临厦龙山沈]工(?:(?:集团|机械|重[型工]|股份)+(?:有限公司|公司)?|(?=挖机|挖掘机|装载机|起重机|吊车|泵车|厂|车间|职工|员工|子弟|医院|家属[院区]|消防|上班|下岗|退休|[入离]职|打工|的(?:[员焊电钳车铆铸]工|工人|司机|技术员)))"
    "|(?:(?<=单位[: ])|(?<=公司[: ])|(?<=雇主[: ])|(?<=职于)|(?<=受雇于)|(?<=调[入到]))[徐柳临厦龙山沈]工(?![一-鿿:])|(?<=在)[徐柳临厦龙山沈]工(?=工作|干[了活过]|做[工了过])"
)
"""Makers of machines in short, each of which may be an engineer: 在徐工上班, but not 找徐工签字."""
_BUSINESS = Screened(
    rf"(?=[一-鿿]{{2,4}}?[{''.join(sorted({trade[0] for trade in TRADES.split('|')}))}人资检控])"
    rf"(?P<name>[一-鿿]{{2,4}}?)(?P<trade>(?:{TRADES})+|人力(?!物力|成本|不足|紧)|资本(?!金|市场|运|家|论)|检验所|控股(?!股东|权|公司))"
    r"(?![一-鿿]?(?:血压计|体温计|秤|病历|处方|发票|票|签[名章]|邮[箱件]|档案|[胃肠喉]镜|支气管|烟|商务|公司|集团|厂|学|技术|产品|病|钟|表|版|设备|有限))"
)


_NO_NAME_OF_FIRM = Regex(
    r"\A[叫给在从跟替被让]|[找转进]\Z|问题|[群网]里|群内|电梯|路边|网[页上]|短信|弹窗|主[任管]|医[生师]|大夫|护士|教授|经理|老师|院长|科长|我[对在想去是有]|(?:特医|特膳|保健|辛辣|油腻|生冷|腌制|膨化|油炸|垃圾|寒凉|发酵|高[盐脂糖热]|低[盐脂糖])\Z|[表堂]?[弟妹哥姐]弟?上|(?:比|例|譬)如|性\Z"
)
"""What stands in no name of a firm: 谯|主任行机械, 比如说|膨化食品, 刺激性|食品."""
_FIELD_OF_FIRM = Regex("(?:户名|抬头|[甲乙丙]方|[承出]租方|收款方|付款方|供应商|单位|公司)[: ]{1,2}\\Z")


def find_repeated(reading: Reading, covered: bytearray, divisions: Divisions) -> Iterator[Detection]:
    """康途, where 杭州康途医疗咨询有限公司 stands in the same text, or where somebody speaks for it."""
    text = reading.text
    full = {
        core: firm["business"]
        for firm in reading.finditer(_FULL_FIRM)
        if 1 in covered[firm.start() : firm.end()] and (core := _core(firm["name"], divisions))
    }
    for hall in reading.finditer(_HALL_OF_DRUGS):
        yield Detection(ORGANIZATION, *hall.span(), 0.9, "ORGANIZATION.short", ("hall",))
    defined: dict[str, str] = {}
    for stated in reading.finditer(_STATED):
        full.setdefault(stated["name"], "")
        defined[stated["name"]] = ORGANIZATION
        if 1 not in covered[slice(*stated.span("name"))]:
            yield Detection(ORGANIZATION, *stated.span("name"), 0.92, "ORGANIZATION.short", (FULL_NAME,))
    for bracketed in reading.finditer(_IN_BRACKETS):
        name = bracketed["name"]
        if 1 in covered[slice(*bracketed.span("full"))] and _is_short_for(reading, name, bracketed["full"]):
            full.setdefault(name, "")
            defined[name] = INSTITUTION if bracketed["full"].endswith("医院") else ORGANIZATION
    for mine in reading.finditer(_MINE):
        if 1 in covered[mine.end() - 2 : mine.end()] and (name := _core(mine["name"], divisions)):
            full.setdefault(f"{name}矿", "")
    for office in reading.finditer(_LAW_OFFICE):
        if 1 in covered[office.end() - 2 : office.end()] and (name := _core(office["name"], divisions)):
            full.setdefault(f"{name}所", "")
    shown = _spoken_for(reading)
    shown.update(found[found.lastgroup or 0] for _, found in _SHOWN_BY_WORDS.matches(reading))
    shown.update(_with_departments(reading))
    shown = {name for name in shown if not (NO_NAME & set(name) or _NO_OWN_NAME.search(name))}
    introduced = firms_introduced(reading)
    cores = (
        dict.fromkeys(full, FULL_NAME)
        | dict.fromkeys(shown - full.keys(), "spoken for")
        | dict.fromkeys(introduced - full.keys(), INTRODUCED)
    )
    cores = {
        core: evidence
        for core, evidence in cores.items()
        if evidence == FULL_NAME or not NO_CORE.search(core)
    }
    for core, evidence in sorted(cores.items(), key=lambda each: (-len(each[0]), each)):
        rare = _RARE if evidence == FULL_NAME else _HARDLY_A_WORD
        if reading.known(core) > rare or divisions.names(core):
            continue
        for match in re.finditer(re.escape(core) + _OF_FIRM, text):
            start, end = match.span()
            if _is_in_name(reading, start, end) or (
                core[-1] == "矿" and text.startswith(tuple(_NO_MINE), end)
            ):
                continue  # 李|顺禾, 大同|矿工
            if len(core) == 2 and _lies_across(reading, start, start + 2):
                continue  # 健|康途|径
            end = max(end, start + len(core) + _shared(full.get(core, ""), text, start + len(core)))
            if 1 not in covered[start:end]:
                place = listed_before(divisions, text, start)
                start = start if place is None or (place and covered[place - 1]) else place  # 济南康途
                covered[start:end] = b"\1" * (end - start)
                kind, score = defined.get(core, ORGANIZATION), 0.92 if core in defined else 0.66
                yield Detection(kind, start, end, score, f"{kind}.short", (evidence,))


def _is_in_name(reading: Reading, start: int, end: int) -> bool:
    """Whether the tagger sees somebody whose name goes on before it."""
    return any(tag.label == "PER" and tag.start < start and end <= tag.end for tag in reading.tagged)


def _is_short_for(reading: Reading, short: str, name: str) -> bool:
    """Whether it is made of characters of the name, in order, and no word: 枣矿 of 枣庄矿业, but not 教育局 of 市教育局."""
    rest = iter(name)
    return not (name.endswith(short) or reading.known(short)) and all(
        character in rest for character in short
    )


def own_name(firm: str, divisions: Divisions, known: Callable[[str], int]) -> str:
    """康途 of 杭州康途医疗咨询有限公司, '' where that is a word or a place. `known` counts words."""
    full = _FULL_FIRM.fullmatch(firm)
    core = _core(full["name"], divisions) if full else ""
    return "" if not core or known(core) or divisions.names(core) or NO_CORE.search(core) else core


def _shared(business: str, text: str, start: int) -> int:
    """How much of a firm's line of business its short name has, two characters at least: 人力 of 人力资源有限公司, 科技 of 健康科技有限公司."""
    longest = 0
    for first in range(len(business) - 1):
        size = 0
        while (
            first + size < len(business) and text[start + size : start + size + 1] == business[first + size]
        ):
            size += 1
        longest = max(longest, size)
    return longest if longest > 1 else 0


def _spoken_for(reading: Reading) -> set[str]:
    """The firms that the labels of speakers name, each more than once."""
    text = reading.text
    labels = list(reading.finditer(_SPEAKS_FOR_FIRM))
    counts = Counter(label["name"] for label in labels)
    often = {label["name"] for label in labels if counts[label["name"]] > 1}
    with_role = {label["name"] for label in labels if label["role"]}
    if often <= with_role:
        return often
    places = [match.start() for match in _BUSINESS_OF_CARE.finditer(text)]
    in_business = {text[max(0, place - size) : place] for place in places for size in (2, 3, 4)}
    made_up = {name for name in often if len(name) == _LONGEST_SHORT and not _has_word(reading, name)}
    return often & (with_role | in_business | made_up)


def _has_word(reading: Reading, name: str) -> bool:
    """手术|排期, but not 皖舜|禾程."""
    return any(reading.known(part) > 0 for part in (name, name[:2], name[1:3], name[2:]))


def _with_departments(reading: Reading) -> Iterator[str]:
    """康途 of 康途信息部, which the tagger sees."""
    for tag in reading.tagged:
        name = reading.text[tag.start : tag.end]
        department = ITS_DEPARTMENT.search(name) if tag.label == "ORG" and tag.score >= _SURE else None
        if department and department.start() <= _LONGEST_SHORT:
            yield name[: department.start()]


def _core(name: str, divisions: Divisions) -> str:
    """The part of a firm's name that is its own: 康途 of 杭州康途."""
    for start in range(len(name)):
        if (place := divisions.at(name, start)) and place.end + 1 < len(name):
            return _core(name[place.end :], divisions)
    return name if 2 <= len(name) <= 4 else ""


def _lies_across(reading: Reading, start: int, end: int) -> bool:
    """Whether two words meet within a name of two characters: 有人|保护."""
    before, after = reading.text[start - 1 : start + 1], reading.text[end - 1 : end + 1]
    return end not in reading.boundaries(start, end + 1) and all(
        len(word) == 2 and reading.known(word) > _FREQUENT for word in (before, after)
    )


def find_listed(
    reading: Reading, covered: bytearray, companies: WordIndex[str], divisions: Divisions
) -> Iterator[Detection]:
    """富士康, 工行, 眉山中车: names of firms that stand alone or behind their city, but for goods and services called after them."""
    text = reading.text
    for match in reading.finditer(_ALIBABA):
        covered[match.start() : match.end()] = b"\1" * len(match[0])
        yield Detection(ORGANIZATION, *match.span(), 0.92, "ORGANIZATION.lexicon", ("lexicon",))
    for start, end, _ in companies.find(text):
        goods = _GOODS.match(text, end) or _PART_OF_WORD.match(text, end) or _OWN_SCHOOL.match(text, end)
        beside = text[end : end + 1] + (text[start - 1] if start else "")
        glued = text[start:end].isascii() and beside.isascii() and beside.isalnum()  # AXA, not in MAXAIR
        # 标准中建议, 食物中铁含量
        city = listed_before(divisions, text, start) if _AT_FIRM.match(text, end) else None
        led = _BEFORE_COMPANY.search(text, max(0, start - 2), start) is not None or city is not None
        within = (
            end - start < 4
            and text[start] == "中"
            and not (led or _BEFORE_STATE_FIRM.search(text, max(0, start - 1), start))
        )
        if _CUT_FROM_WORD.search(text, max(0, start - 2), end + 1):
            continue
        begun = 1 in covered[start + 1 : end] and not covered[start]  # 泰康人寿宁波分公司 is not one of 寿宁
        business = _BUSINESS_OF_LISTED.match(text, end)
        cut = (end - start == 2 and _lies_across(reading, start, end)) or (
            end - start < 4
            and not business
            and is_cut_from_words(reading, start, end, led=led or end - start > 2)
        )
        outer = covered[start] and not (covered[start - 1] or covered[end - 1])  # 湖北宜化 behind 湖北
        if goods or glued or within or cut or (1 in covered[start:end] and not (begun or outer)):
            continue
        end = business.end() if business else end
        site = divisions.at(text, end)
        sited = site is not None and site.short and _OF_SITE.match(text, site.end)
        if site and sited and not _INSURES.search(text, start, end):
            works = _ITS_WORKS.match(text, site.end)
            end = works.end() if works else site.end
        start = start if city is None else city
        if not _is_of_place(reading, start, end):
            covered[start:end] = b"\1" * (end - start)
        score = 0.92 if _AT_WORKS.match(text, end) else 0.6  # nobody's: 蓝思|无尘车间
        yield Detection(ORGANIZATION, start, end, score, "ORGANIZATION.lexicon", ("lexicon",))


def _is_of_place(reading: Reading, start: int, end: int) -> bool:
    """金域 in 水桥乡金域园: whether the tagger sees a longer place there, which then counts."""
    return any(
        tag.label in ("LOC", "ADR")
        and tag.start <= start
        and end <= tag.end
        and tag.end - tag.start > end - start
        for tag in reading.tagged
    )


def find_short_firms(reading: Reading, covered: bytearray) -> Iterator[Detection]:
    """澜川软件, 鑫盛源贸易: what no dictionary knows before a line of business; insurers, makers and employers."""
    for find in (_insurers, _makers, _staffed, _employers, _dealt_with, _spent_at, _of_trade):
        for start, end, score, evidence in find(reading, covered):
            covered[start:end] = b"\1" * (end - start)
            yield Detection(ORGANIZATION, start, end, score, "ORGANIZATION.short", (evidence,))


_Firm = tuple[int, int, float, str]
"""Start, end, score and evidence."""


def _insurers(reading: Reading, covered: bytearray) -> Iterator[_Firm]:
    for insurer in reading.finditer(_INSURER):
        start, end = insurer.span()
        start += reading.text.startswith("保险", start - 1)  # 保险|平康财险
        for cut in _LEADS_TO_FIRM.finditer(reading.text, start, insurer.end("name") - 1):
            start = cut.end()
        if _is_no_insurer(reading, start, insurer.end("name")):
            continue
        of_a_kind = _KIND_OF_INSURANCE.search(reading.text, start, insurer.end("name"))
        if insurer.end("name") - start >= 2 and not of_a_kind and 1 not in covered[start:end]:
            yield start, end, 0.55, "insurer"


def _is_no_insurer(reading: Reading, start: int, end: int) -> bool:
    """Whether insurance is what is had or sold there: 保了|财产保险, 办理|财产保险, 司办理了|财产保险."""
    name = reading.text[start:end]
    if _HAD.search(name):
        return True
    if name.endswith(_CALLED_BY_WORDS):
        return False
    bounds = sorted({start, end} | (reading.boundaries(start, end) & set(range(start, end))))
    return all(
        reading.known(reading.text[first:last]) > _FREQUENT and last - first > 1
        for first, last in pairwise(bounds)
    )


def _makers(reading: Reading, _covered: bytearray) -> Iterator[_Firm]:
    return ((*maker.span(), 0.66, "maker") for maker in reading.finditer(_MAKER))


def _staffed(reading: Reading, covered: bytearray) -> Iterator[_Firm]:
    return (
        (*firm.span(), 0.66, "staffed")
        for firm in reading.finditer(_STAFF)
        if 1 not in covered[firm.start() : firm.end()]
    )


def _employers(reading: Reading, covered: bytearray) -> Iterator[_Firm]:
    for employer in reading.finditer(_EMPLOYED):
        start, end = employer.span()
        start = max(start, covered.rfind(1, start, end) + 1)  # 大连|中远船务
        name = reading.text[start:end]
        if (
            len(name) > 3
            and not NO_NAME & set(name)
            and not _HANDLED.search(name)
            and not NO_CORE.search(name[:2])
        ):
            yield start, end, 0.55, "employer"


def _dealt_with(reading: Reading, covered: bytearray) -> Iterator[_Firm]:
    for shop in reading.finditer(_DEALT_WITH):
        start, end = shop.span()
        start = max(start, covered.rfind(1, start, end) + 1)
        name = reading.text[start:end]
        closing = _CLOSING_SHOP.search(name)
        own = name[: closing.start()] if closing else ""
        nameless = len(own) < 2 or word_list().part_of_speech(own) in ("ns", "s", "f", "t", "r")
        nameless |= _SAYS_MORE.search(own) is not None
        nameless |= name.endswith(_LINES) and reading.known(own) > 0  # 职业|健康员工
        if not (nameless or _ANY_SHOP.match(name) or NO_NAME & set(name) or NO_CORE.search(own[:2])):
            yield start, end, 0.66, "dealt with"


def _spent_at(reading: Reading, covered: bytearray) -> Iterator[_Firm]:
    for shop in reading.finditer(_SPENT_AT):
        start, end, own = *shop.span(), shop["own"] or shop["shop"]
        known = reading.known(own) > _HARDLY_A_WORD and not shop[0].endswith("KTV")
        if not (known or _ANY_SHOP.match(own) or _ANY_PLACE_OUT.search(own) or 1 in covered[start:end]):
            yield start, end, 0.92 if shop[0].endswith("KTV") else 0.6, "spent at"


def _of_trade(reading: Reading, covered: bytearray) -> Iterator[_Firm]:
    """Of two to four characters before a line of business the longest that are no words."""
    text = reading.text
    for match in reading.finditer(_BUSINESS):
        name, trade, end = match["name"], match.start("trade"), match.end()
        if reading.known(text[trade - 1 : end]) or (end < len(text) and reading.known(text[trade : end + 1])):
            continue  # 微生物, 生物碱
        if _OF_PRIZE.match(text, end):
            continue  # 获省科技|进步奖
        if (match["trade"], text[trade - 1]) in _ACROSS_TRADE or _GROWTH.search(
            text, max(0, trade - 2), trade
        ):
            continue  # 我科行|生物治疗, 换仿|制药, 赘生物, 某主任行|机械通气, 未见新|生物
        for size in (4, 3, 2):
            start, word = trade - size, name[-size:]
            if (
                len(word) < size
                or (NO_NAME & set(word) and not _in_field(text, start))
                or _NO_NAME_OF_FIRM.search(word)
                or 1 in covered[start:end]
                or not _BEFORE_COMPANY.search(text, max(0, start - 2), start)
            ):
                continue
            new = not (reading.known(word) or reading.known(word[:2]) or reading.known(word[-2:]))
            if new or _is_shown(reading, start, end):
                yield start, end, 0.66 if new else 0.5, "unknown word and trade"
                break


_ACROSS_TRADE = frozenset(
    [
        ("制药", "仿"),
        ("生物", "行"),
        ("生物", "赘"),
        ("机械", "行"),
        ("机械", "予"),
        ("玻璃", "磨"),
        ("电子", "行"),
    ]
)
"""Lines of business with what stands before them where they are none."""
_OF_PRIZE = Regex("进步|成果|奖|创新奖|计划(?!生育)|攻关|专项")
_GROWTH = Regex("[见有无及]新\\Z")


def _in_field(text: str, start: int) -> bool:
    """Whether a field for firms begins there: 单位：."""
    return _FIELD_OF_FIRM.search(text, max(0, start - 6), start) is not None


def _is_shown(reading: Reading, start: int, end: int) -> bool:
    """Whether a firm whose own part is a word (启航科技) is all of a cell or begins a clause in which a firm acts."""
    text, layout = reading.text, reading.layout
    if NO_CORE.search(text, start, end - 2):
        return False
    if _in_field(text, start):
        return True
    if layout[start - 1 : start] in _SEPARATORS and layout[end : end + 1] in _SEPARATORS:
        return True
    return not is_han(text[start - 1 : start] or " ") and _ACTS.match(text, end) is not None
