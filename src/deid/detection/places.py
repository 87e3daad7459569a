"""Addresses, places, institutions and organisations: grammars first, the tagger where they are silent."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from deid.catalog.lexicon import WordIndex
from deid.detection.addresses import broken_addresses, dormitories
from deid.detection.cues import NO_VALUE
from deid.detection.literals import Screened
from deid.detection.reading import Reading, in_turn
from deid.detection.stations import find_stations
from deid.detection.tagger import Tagged
from deid.grammar.address import AddressMatch, find_addresses, parse_value
from deid.grammar.address.names import CUT
from deid.grammar.divisions import Divisions
from deid.grammar.name import is_han
from deid.grammar.organization import find_organizations
from deid.types import Detection, covering

ADDRESS, LOCATION = "CN_ADDRESS", "LOCATION"
ORGANIZATION, INSTITUTION = "ORGANIZATION", "CN_MEDICAL_INSTITUTION"

_PLACE_END = re.compile(r"[省市区县镇乡村路街州旗盟岛山河湖港湾]$")
_MEDICAL = re.compile(
    r"(?:医院|诊所|门诊部|卫生院|卫生室|卫生服务[中心站]|保健院|疗养院|医务室|(?:体检|急救|眼科|口腔|肿瘤|心血管|妇儿)中心|院区|分院)"
)
_FIRM = re.compile(r"(?:管理|投资|咨询|服务|健康|科技|发展)(?:集团)?(?:股份)?有限(?:责任)?公司$")
_ORGANIZED = re.compile(
    r"(?:公司|集团|大学|学院|中学|小学|学校|幼儿园|银行|支行|医院|诊所|法院|检察院|公安局|派出所|税务局|局|厂|所|部|店|馆|社|会|队|中心|事务所|办事处|居委会|村委会|厅|委|站|行|院|厦|园|室)$"
)
_NAMED_AFTER_PLACE = re.compile(
    r"(?![那这]边|[0-9一二两三几多]+[家间所个]|当地|附近)(?:(?![的某])[一-鿿]){0,8}?(?:服务部|经营部|(?:眼科|口腔|肿瘤|心血管|妇儿)中心|养老院|护老院|敬老院|福利院|护理院|养老公寓|老年公寓|服务中心|康复中心|保健中心|监测中心|检测中心|医保中心|社保中心|结算中心|供销社|公证处|殡仪馆|红十字会|协会|学会|基金会|公司|集团|管理局|分局|"
    r"委员会|村委会|居委会|项目部|教研室|口腔|诊所|药房|大药房|幼儿园|纪念医院|煤业|药业|[一二三四五六七八九十]中(?![午心间])|"
    r"附中|实验小学|妇幼(?!保健[^院])|[一二三四五六七八]院|[晚日]报(?!告)|[建工农交中]行(?![李动走为])|派出所|残疾人联合会|港(?=[,。;的开工上]))(?![路街])"
)
_TRADES = (
    "健康咨询|医疗咨询|健康管理|企业管理|软件|贸易|商贸|科技|物流|实业|药业|医药|制药|生物科技|生物|电子|建材|置业|地产|传媒|服饰|制衣|家政|餐饮|能源|重工|机电|机械|机床|精密|纸业|浆纸业|"
    "鞋业|钢构|钢铁|乳业|食品|建工|五金|化工|印务|家具|塑胶|玻璃|陶瓷|纺织|汽贸|物业|保洁|装饰|广告|矿业|煤业|煤矿|石化|风电|光电|半导体|义齿|工厂|厂"
)
_TRADE_OF_PLACE = Screened(
    rf"(?:{_TRADES})(?=[,。;:!?\n()| ]|$|上班|打工|工作|退休|员工|职工|宿舍|做[^了过]|的|、|[台港外]籍|[\"”』》]|工程师|客服|售后|销售|维保)"
)
"""What stands behind a place in the short name of a firm: 沧州鑫达物流, 昆山钜弘精密."""
_CLINIC_OF_PLACE = Screened(
    r"(?:(?:儿童|康复|综合|中医|疼痛|皮肤|口腔|眼科|妇科|妇产科?|男科|骨科|心理)*门诊(?![部号大量费时病诊患])|眼科|口腔|齿科|医美|妇产|体检)(?=店|[,。;:!?\n()| ]|$|做|看|住院|的|挂)"
)
_GREETING = Screened(
    r"(?:这里是|欢迎(?:咨询|致电|光临)|[您你]好(?=[一-鿿]{2,4}(?:健康|医疗|口腔|咨询|体检)客服)|[您你]好,(?![我想要请问帮您你这那来做看挂预])(?=[一-鿿]{4,10},(?:工号|请讲|请问|很高兴|有什么)))(?P<name>[一-鿿]{2,6}?(?:健康保险|人寿|财险|保险|口腔|眼科|齿科|门诊|医疗|健康|诊所|体检|医美|咨询|随访中心|服务中心|客服中心|健康中心|管理中心)+)(?![一-鿿]{0,3}(?:医院|公司|中心))"
)
_BEHIND_SHORT_PLACE = r"(?:[,。;!?)、\n|]|$|闺女|女儿|儿子|亲戚|打工|上班|工作|读书|上学|出差|[拉送进提]货|定居|长大|跑车|住院|评估|治疗|会诊|进一步|剖宫产|手术|生(?:[的了下过]|[弟妹]{2}|哥哥|姐姐|孩子|[大小]?娃|[儿女]|二胎|老[大二三])|[他她](?:[爸妈爷奶姐哥弟妹舅姑姨叔伯婆]|老家|们那)|做|开(?!发)|娘家|老家|[坐乘飞赶](?=[一-鿿])|那边|这边|厂里|嘅|返工|我[^们]|人(?![民们口员])|了(?=[,。;呀啊!、)\n]|$))"
_AFTER_SHORT_PLACE = re.compile(_BEHIND_SHORT_PLACE)
_LED_SHORT_PLACE = Screened(
    rf"(?:跑一?趟[ ]?|[在去回住自从到嫁寄赴喺转飞跑、]|\|[ ]?|坐标:?[ ]?|出差\(?|老家[是在]?|籍贯[是]?)(?=[一-鿿]{{2,4}}{_BEHIND_SHORT_PLACE})"
)
_WORDS = frozenset(
    "平和 白银 安宁 向阳 安康 平安 长乐 太平 和平 永安 保安 吉安 长安 新建 大方 公安 乐业 开化 海门 海口 鼓楼 后壁 动力 合作 互助 同心 友好 光明 安定 清新 高明 新兴 东方".split()
)
"""Short names of places that are words: 平和的语气."""
_FOLLOWED_SHORT_PLACE = Screened(
    r"人(?=[,。;、)\n]|$)|籍(?![贯])|来(?=[|,。;的\n]|$)|老乡|服务区|社区(?=[一-鿿])|片区|口音|分店|店(?=[,。;)\n]|请问|$)|办事处|[那这]边|那[个家单](?=[给交归由让转接先])|那个(?:客户|患者|病人|阿姨|老人|单子|项目)|的[\u4e00-\u9fff]{2,3}(?=[,。])|某(?![某人])|开(?=诊所|饭店|公司|药[店房]|超市|餐馆|厂)|(?:义诊|巡诊|站点|分院|门店|客户群|办事处|那个(?:投诉|案子|订单|会|活动|点|店|院|事))"
)
_GROUP_OF_PLACE = Screened(
    r"(?:家长|病友|糖友|肾友|患者|宝妈|妈妈|康复|互助|交流|业主|团购|同城|抗癌|护理|服务|客户|志愿者?|陪诊|微信){1,3}群|群(?=[ 0-9,。;)\n」】]|$)"
)
"""A group of a chat that is called after its place: 朝阳家长互助群."""
_HOSPITAL_OF_PLACE = Screened(
    r"妇幼(?!保健)|妇儿(?![童科])|儿医(?!生)|妇保院?(?!健)|附[一二三四五六]院?(?![张份页个条种例组篇维])|第?[一二三四五六]医(?![生师护药疗学保务院科嘱用患])|第?[一二三四五六七八九十]{1,2}院(?![区长内外部士校子落])|人民(?=[,。;) ]|住院|看|转)|(?<=省)肿瘤(?=[,。;) ]|住院|看|转)|省立(?=[,。;) 看住转])|市立(?=[,。;) 看住转的查拍做])"
    r"|总院(?=[0-9一二三四五六七八九十]{1,2}[楼层])|(?:人民|中心|肿瘤|眼科|口腔|儿童|胸科|总院|附院|社区卫生)(?=[,。;)|\t\n]|$|[ ](?![一-鿿]?[院科室区])|[看住转做查拍](?:院|的|了|过|病|诊)|那边|花销)"
)
_HALL = Screened(
    r"(?:(?<=号)[一-鿿]{2,3}(?<![课食教礼天大学祠佛澡灵殿])堂(?=[,。;、)\n ]|$)"
    r"|(?<=[在去到])[一-鿿]{2,3}(?<![课食教礼天大学祠佛澡灵殿])堂(?=[抓配]|开[了的过]?[一-鿿]{0,3}药|拿的?药|买的?药|看中医|针灸|扎针|[把号]脉|坐诊|调理|推拿|膏方))"
)
"""A house of Chinese medicine that is called a hall, at its number or where somebody is treated."""
_OF_MEDICINE = re.compile("中[医药]|针灸|膏方|汤药|[把号]脉|[诊药]")
_HOSPITAL_ABROAD = Screened(
    r"(?:安德森|梅奥|霍普金斯|克利夫兰)(?=的?(?:专家|医生|癌症|肿瘤|二诊|第二意见|会诊|病理|影像|远程|意见书|报告))"
)
"""Hospitals abroad whose short names are those of persons, places and scores as well."""
_BRANCH_OF_STATE = Screened(
    r"中国(?:移动|联通|电信|邮政|铁塔|石油|石化|烟草)[一-鿿]{2,10}?(?:(?:中心)?[分支]公司|支局|营业[部厅])"
)
_CARRIER = Screened(
    r"(?:顺丰|德邦|中通|圆通|申通|韵达|极兔|京东)(?:速运|快递|快运|物流)?(?=到付|寄付|保价|冷[运链]|同城|上门取件)"
)
_BRIDGE = Screened(
    r"(?<=[在到去住])[一-鿿]{2,3}(?<!立交)(?<!人行)(?<!铁路)(?<!公路)(?<!高架)(?<!过街)(?<!水泥)(?<!木头)桥(?=边上|附近|那边|这边|旁边|底下)|(?<=[在到去住])[三四五六七八九十]道口(?=边上|附近|那边|这边|旁边)"
)
"""A quarter of a city that is called after a bridge or a crossing: 在三元桥边上."""
# 家在岩脚组, a group of a village named alone
_LED_VILLAGE = Screened(
    r"(?:(?<=家在)|(?<=家住)|(?<=住在)|(?<=现住))(?![址院])[一-鿿]{2,3}[组屯寨坪坝沟](?![区县市镇乡]|[一-鿿]?[织长成员里头])"
)
# …北路9号夕阳红养老公寓: the address ends before the home
_HOME_AT_NUMBER = Screened(r"(?<=号)[一-鿿]{2,6}(?:养老公寓|老年公寓|养老院|护老院|敬老院)")
_APART = Screened(r"(?<![0-9A-Z一-鿿-])[0-9A-Z一-鿿-]+(?:[ ][0-9A-Z一-鿿-]+){3,}")
_LEAST_GAPS = 4
_GOES_ON_TO = re.compile(r"|(?<=口)[一-鿿]{2,5}")
"""Between two parts of one address: nothing, or a name behind a crossing (…路交叉口金地自在城7幢)."""
_LED_HOSPITAL = Screened(
    r"(?<=[在到去转来从往])(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[二三四五六七八九]|[1-9][0-9]{1,2})院(?![区长内外部士校子落])"
)
_PLAIN = (
    (ORGANIZATION, 0.65, "branch", _BRANCH_OF_STATE),
    (ORGANIZATION, 0.6, "carrier", _CARRIER),
    (ORGANIZATION, 0.6, "behind a number", _HOME_AT_NUMBER),
    (INSTITUTION, 0.65, "medical", _HOSPITAL_ABROAD),
    (INSTITUTION, 0.5, "led", _LED_HOSPITAL),
    (LOCATION, 0.5, "bridge", _BRIDGE),
    (ADDRESS, 0.6, "led", _LED_VILLAGE),
)
_STREET_END = re.compile(r"(?<![铁公马道线])[村路街巷弄里屯组庄]$")
_ADDRESS_GOES_ON = re.compile(
    r"""(?<=[路街道巷场园馆城桥])地铁站(?:(?:[A-H][0-9]?|[0-9]{1,2}号)出?口)?|(?<=[0-9]号)门(?![诊面口店牌卫前外内后急齿静脉])|[增附内乙甲]?[0-9一二三四五六七八九十]{1,4}号|[增附内乙甲][0-9]{1,4}(?![0-9年月.%元])
    |(?<=[村庄屯寨])[一-鿿]{1,3}[组队](?![织长员])|[ ]?别墅?[ ]?[A-Z]?-?[0-9]{1,4}|[东西南北前后]?区?[0-9]{1,3}排[0-9]{1,4}号?
    |(?<=[号楼栋幢座园苑区院城])[ ]?[A-Z]?[0-9]{1,3}-[0-9]{1,4}(?:-[0-9]{1,4})?(?![0-9年月.%])
    |(?<=[号楼栋幢座层元弄])[0-9]{1,3}(?:单元|栋|幢|座|层|楼|室|户)|(?<=[楼栋幢座元])[0-9]{3,4}(?![0-9年月.%元例人])
    |(?<=SOHO)[ ]?[A-Z]?[0-9]{1,2}[座栋]?(?:[ -]?[0-9]{3,4})?(?![0-9年月日])|(?<=段路)[东西南北](?![一-鿿])
    |(?<=号)[0-9]{0,2}[A-Z](?![0-9A-Za-z座栋区幢超型])|(?<=号)(?:甲(?![级状沟肝亢减基醇方])|乙(?![级肝脑型醇方]))(?![座栋幢单])|(?<=[街路巷道])[0-9]{1,4}(?:[甲乙丙丁][0-9]{0,3})?(?:-[0-9]{1,4}){1,3}(?![0-9年月.%])
    |(?<=单元)[0-9]{2,4}(?=人[,。;、)])|(?<=[楼号])[0-9]{3,4}(?=人[,。;、)])|(?<=号)内[0-9]{1,3}号
    |(?<=[0-9])街坊[0-9]{1,3}门[0-9]{1,4}
    |(?:(?![到在和与及至住送去来找的是有往近面])[一-鿿]){2,6}[0-9]{1,3}(?:号楼|栋|幢|座)(?:[0-9]{1,2}单元)?(?:[0-9]{3,4}(?![0-9])室?)?
    |(?<=[区园苑城庄府里座楼号场])(?:商铺|铺面|门面房?|门市|档口|摊位|车库)[0-9]{1,4}(?:号|室)?(?![0-9])
    |[一-鿿]{2,8}(?:酒店|宾馆|客栈|公寓|民宿|旅馆)[0-9]{3,4}(?![0-9年月元例人])
    |(?<=[号院楼])(?:[东西南北中]单元|宿舍|[东西南北]门|[东西]户)|(?<=层)[东西]户|(?<=[号院])(?:[东西南北](?:屋|厢房|平房)|[旁边]门|[前后]院)|(?<=层)阁|(?<=街)[A-Z][0-9]?-?[0-9]{2,4}(?![0-9A-Za-z])|(?<=[号层弄楼甲乙])(?:三层阁|亭子间|[前后]楼|阁楼|灶间|[东西前后]厢房)
    |(?<=[路街道巷])(?:(?![的了和与到去在往])[一-鿿]){2,6}(?:便利店|超市|药店|大药房)(?=门口|对面|旁|附近|楼[上下]|隔壁)|(?<=[号楼层座])(?:[一二]层)?(?:底商|底店|门面房?|临街商铺)(?:[0-9]{1,4}(?:号|室)?(?![0-9]))?|(?<=[号弄楼元门])[〇零一二三四五六七八九]{3,4}(?![年月十])""",
    re.VERBOSE,
)
_SETTLEMENT = re.compile(
    r"(?P<name>[一-鿿]{1,5}[村沟子山口营店庄岭坡湾台屯坝桥河滩洼峪梁塘坪坎岗堡寨城园头集])"
    r"(?P<detail>[0-9一二三四五六七八九十]{1,3}[组队]|[0-9]{1,4}号(?:内[0-9]{1,3}号)?)?(?=人?(?:[,。;、)]|[ ]?主因|$)|[ ])"
)
"""A village or quarter that no list knows, behind what it belongs to: …镇|东园子人，."""
_ZONE = re.compile("(?:工业)?园区|新区|高新区|经开区|(?:经济)?(?:技术)?开发区|保税区")
_LEVEL = re.compile("[县市区旗](?=[,。;、人现 ]|$)")
_LIVES = Screened(
    r"(?:现住|家住|现居(?!家)住?)(?![院址所地])[于在]?[ ]?(?P<value>(?:(?![的了和与同跟我他她您很较不太远近父母儿女])[一-鿿0-9]){2,18})(?=[,。;\n]|[ ]?主因|[ ](?:[ ]|护照|电话|手机|邮[箱编]|微信|身份证)|$)"
)
_STOREY = re.compile("[0-9一二三四五六七八九十]{1,3}楼(?![0-9])")
_OF_ADDRESS = re.compile("[0-9号栋楼院厂村组街巷弄]|家属|小区|花园")
_LEADS_TO_PLACE = re.compile(r"(?:在|到|去|回|自|从|于|住|往|来|嫁|寄|飞|赴|派)$")
_VERB_WITHIN = re.compile(r"(?<=.)[离到去在从]")
_ID_OF_PLACE = re.compile(
    r"非?永久性居民|(?:居民|永久|非永久)?(?:身份证|身分证|通行证|居民(?=来往|往来|居住证)|护照|特区护照|回乡证|籍)|闲话|激素|方案|综合征|病毒|[0-9.]+ ?(?:g|克)|(?:(?![的了做在是有和与测住到去来我他她随复])[一-鿿]){0,6}?(?:量表|问卷|评分|分级|分型|分期|准则)"
)
_DEPARTMENT = re.compile(
    "(?:人力|人事|资源|行政|财务|资金|市场|销售|客服|客户|服务|运营|法务|合规|采购|技术|综合|总务|后勤|品牌|商务|质控|质量|信息|数据|研发|产品|国际|海外|战略|企划|培训|护理|理赔|核保|公关|媒体|审计|管理|事务|关系|协调)+(?:部门?|处|组|中心)"
)
"""A part of a firm or an office, called by what it does."""
_GENERIC = re.compile(
    r"(?:我|本|该|贵|当地|普通|正规|乡镇|基层|几级|多少|外|上级|下级|县|市|省|镇|乡|区|村|社区|某|综合|三甲|二甲|专科|私立|公立|民营|这家|那家|其他|各|大|小|中心)*"
    r"(?:级|家|个)?(?:(?:中|公安|武警|儿童|肿瘤|口腔|妇产|专科|精神病?)?医院|妇幼保健院|保健院|诊所|卫生院|卫生所|卫生室|公司|单位|学校|院|所|科|门诊|银行|药店|派出所|居委会|村委会|卫健委|医保局|公安局|医务科|信访办)"
)
_RANKED_SPECIAL = re.compile(
    r"[省市州](?:儿童|肿瘤|口腔|妇产|精神病?|公安|中|中心)医院|[省市州](?:妇幼保健院|保健院)"
)
"""The one of its kind in a province or city."""
_NO_PLACES = frozenset(
    "高原地区 沿海地区 北方地区 南方地区 农村地区 山区 牧区 疫区 中国 我国 全国 国内 国外 本市 本省 本地 外地 当地 家乡 回家乡 港澳 港澳台 内地 大陆".split()
)
_NO_VILLAGES = frozenset("中关村 亚运村 奥运村 度假村 地球村 大学村".split())
_OF_BODY = re.compile(
    r"[一-鿿]{0,4}[脑心肺肝胆胃肠肾脾骨膝肩髋腰颈胸腹盆额颞枕鞍眼鼻咽喉舌齿牙肌腺叶窝裂窦瓣壁胱髂股门央定变][一-鿿]{0,2}[区部池突]|(?:兴趣|感兴趣|敏感|可变)区|特定|大城市|双径路"
)
"""What lies in a body, a molecule or a picture: 肺门区, 中央部, 恒定区."""
_SEDATES = re.compile("镇(?:[静痛咳压吐惊]|定(?!于))")
_OF_ANY_HOSPITAL = re.compile("获得性|内?感染(?!病|科|性疾|[管控办防])|规模")
"""Behind what is no hospital by name: 医院获得性肺炎."""
_COUNTED = re.compile("[一-鿿]?[0-9一二三四五六七八九十两几多数]+[家所][一-鿿]{0,2}医院")
_FEW = 50
_SURE = 0.6
"""How likely a place must be that no list knows."""
_INSURER = Screened(
    r"(?P<name>[一-鿿]{2,4}?)(?:人寿|财险|产险|寿险|养老险|健康险|证券|基金公司)(?:[一-鿿]{2,8}?(?:[分支]公司|中支))?(?![一-鿿]?(?:保险(?!公司)|代表|所|化|交易))"
)
_BUSINESS = Screened(
    rf"(?P<name>[一-鿿]{{2,4}})(?P<trade>{_TRADES})"
    r"(?![一-鿿]?(?:血压计|体温计|秤|病历|处方|发票|票|签[名章]|邮[箱件]|档案|[胃肠喉]镜|支气管|烟|商务|公司|集团|厂|学|技术|产品|病|钟|表|版|设备|有限))"
)
_BUSINESS_OF_LISTED = re.compile(
    "(?:(?:保险(?:公司|集团)?(?![单柜代业箱金费])|人寿|财险|集团|体检中心|大药房)?[一-鿿]{2,10}?(?:(?:中心)?[分支]公司|中支(?!付)|[分支]行)|营业[部厅])|保险(?:公司|集团)?(?![单柜代业箱金费])|人寿|财险|集团|体检中心|大药房"
)
"""What goes on in the name of a listed firm: 友邦保险."""
_EMPLOYED = Screened(rf"(?<=[在到])[一-鿿]{{2,4}}(?:{_TRADES})(?=上班|工作|打工|任职|做工)")
_OF_FIRM = r"(?:[一-鿿]{2,8}?[分支]公司|医疗咨询|健康咨询|医疗|健康|咨询|公司)?"
"""What may stand behind a firm in short."""
_FULL_FIRM = Screened(
    r"(?P<name>[一-鿿]{2,10}?)(?:\([一-鿿]{2,4}\))?(?:国际|海外|跨境)?(?:医疗|健康|生物|科技|信息|管理|咨询|器械|医药|贸易|商贸|实业|投资|文化|传媒|网络|软件|电子|服务|技术|物流|建筑|装饰|餐饮|食品|养老|教育|美容){1,4}"
    r"(?:股份)?(?:有限)?(?:责任)?公司"
)
_GOODS = re.compile(
    r"手机|手环|手表|电脑|平板|账号|支付|打车|外卖|单车|地图|视频|健康码|行程卡|快递|空调|冰箱|洗衣机|酸奶|牛奶|奶粉|酒|汽车[^厂公]|会员|直播|音乐|云盘|文档|会议"
)
_PART_OF_WORD = re.compile(r"[创箱柜业间走动李为驶程车参兰]")
_LEADS_TO_FIRM = re.compile("拜访|联系|致电|拨打|[在由向从和与及经被到是为找给的了过买投]")
_NO_NAME = frozenset("不看少多要没很了的个着过这那些种和与或及等用买卖做是而可以只抗能应其")
_BEFORE_COMPANY = re.compile(
    r"(?:^|[^一-鿿]|[在是到去叫称给找与和及为经由入于向方司位的从]|单位|公司|简称|供应商|厂商)$"
)
_SIGNED_MESSAGE = Screened(
    r"(?<![^\n ])【([一-鿿]{2,6}(?:医疗|健康|口腔|诊所|体检|科技|快递|银行|保险|平台|药房))】|【(?![一-鿿]{0,4}(?:提[示醒]|通知|公告|须知|说明|声明|消息|验证码|话术)】)([一-鿿]{2,6})】(?=您|尊敬的|亲爱的|[一-鿿]{1,3}(?:女士|先生)|验证码)"
)
_IN_BRACKETS = Screened(r"(?m)^ *【([一-鿿]{2,8})】")
_OF_PLACE = frozenset(["LOC", "ADR"])
_UNIT = re.compile(r"[0-9〇一二三四五六七八九十百]+[A-Z]?(?:号|弄|栋|幢|座|楼|单元|室|户|组|队|-|门|层)")
_NUMBERED = re.compile(rf"{_UNIT.pattern}|[0-9]$")
_REST = re.compile(rf"(?=[一-鿿])[^,;。、:\n]*?{_UNIT.pattern}[^,;。、:\n]*")
_OF_STREET = re.compile("[路街道巷弄里段村队屯庄寨园苑府湾]")
_FREE = re.compile(rb"\0{3,}")
"""A stretch that no claim covers."""
_FIRST_PART = re.compile(r"[^,;。]{6,}(?=[,;。])|.*", re.DOTALL)
_BEFORE_STATE_FIRM = re.compile("[跟被进欠标对系把替我你他她公婆爸妈哥姐弟妹儿子女前现了过]$")
"""Before 中建 and the like, where it is no end of a word and the beginning of another: 标准中建议."""
_REMARK = re.compile(r"[ ]+(?:(?![户室号楼栋座院区村组门元层家旁侧路弄巷])[一-鿿]){1,8}")
"""Words behind a whole address in its cell: 301室　独居."""
_NO_BODY = re.compile(
    r"[^:]{1,6}:|支付宝|微信|现金|银联|个人|.*(?:会议室|接待室|洽谈室|贵宾室|休息室)$|(?:线上|视频|电话|居家|家中|上门|远程)$"
)
"""A cell under 开户行 or 就诊机构 that names no body."""
_FETCHED = re.compile(
    r"(?:[到门]店|前台|现场|本人|上门|自行|快递)?(?:自[提取领]|面交|取走|领取|已[取领寄]|[寄到]付|取货|取药)|[不无]需?要?寄送?|电子版?"
)
"""Cells under an address that hold how something is fetched."""
_TO_SEPARATOR = re.compile(r"[^\s,。;!?:、\n]{2,40}")
_EDGES = " \t\r\n,.。、:;()\"“”'!?-"


@dataclass(frozen=True)
class PlaceFinder:
    """Finds CN_ADDRESS, LOCATION, ORGANIZATION and CN_MEDICAL_INSTITUTION."""

    divisions: Divisions
    hospitals: WordIndex[str]
    short_names: WordIndex[str]
    companies: WordIndex[str]
    ordinary_words: Collection[str]
    protected: WordIndex[str] = field(default_factory=lambda: WordIndex({}))
    """Words that are no place, and that no place may be cut from: 卡马西平, 常山."""

    def find_many(self, readings: Sequence[Reading]) -> list[list[Detection]]:
        """The claims in each reading, in offsets of the shadow."""
        read = (
            self._expected,
            self._running,
            self._lived_in,
            self._apart,
            self._short_places,
            self._short_bodies,
            self._plain,
            self._stations,
            self._organizations,
        )
        found = in_turn(read, readings)
        covered = list(map(_covered, readings, found))
        for find in (self._short_names_of, self._listed_companies, self._short_companies, self._tagged):
            for reading, claims, taken in zip(readings, found, covered, strict=True):
                claims += find(reading, taken)
        for reading, claims in zip(readings, found, strict=True):
            claims += dormitories(reading, claims)
            claims += broken_addresses(reading, claims, self.divisions)
        return [
            list(self._outside_words(reading, claims))
            for reading, claims in zip(readings, found, strict=True)
        ]

    def _outside_words(self, reading: Reading, claims: Iterable[Detection]) -> Iterator[Detection]:
        """The claims but for bare places inside a protected word."""
        protected: list[tuple[int, int, str]] | None = None
        for detection in claims:
            if detection.entity_type == LOCATION:
                protected = list(self.protected.find(reading.text)) if protected is None else protected
                index = bisect_right(protected, (detection.start, sys.maxsize, "")) - 1
                if index >= 0 and detection.end <= protected[index][1]:
                    continue
            yield detection

    def _organizations(self, reading: Reading) -> Iterator[Detection]:
        """Those whose names a grammar reads, but for words that name none: 该公司."""
        text = reading.text
        for match in find_organizations(
            text, self.divisions, hospitals=self.hospitals, short_names=self.short_names
        ):
            if _GENERIC.fullmatch(text, match.start, match.end) and not _RANKED_SPECIAL.fullmatch(
                text, match.start, match.end
            ):
                continue
            if match.kind == "medical" and self._is_any_hospital(text, match.start, match.end):
                continue
            kind = INSTITUTION if match.kind == "medical" else ORGANIZATION
            yield Detection(kind, match.start, match.end, match.score, f"{kind}.grammar", (match.kind,))

    def _is_any_hospital(self, text: str, start: int, end: int) -> bool:
        """降低医院获得性肺炎, 三家医院, but not 在湘雅医院感染."""
        if _COUNTED.fullmatch(text, start, end):
            return True
        named = any(True for _ in self.short_names.find(text[start:end]))
        return not named and _OF_ANY_HOSPITAL.match(text, end) is not None

    def _short_names_of(self, reading: Reading, covered: bytearray) -> Iterator[Detection]:
        """康途, where 杭州康途医疗咨询有限公司 stands in the same text."""
        text = reading.text
        cores = {
            core
            for firm in reading.finditer(_FULL_FIRM)
            if 1 in covered[firm.start() : firm.end()] and (core := self._core(firm["name"]))
            if not reading.known(core)
        }
        for core in sorted(cores):
            for match in re.finditer(re.escape(core) + _OF_FIRM, text):
                if 1 not in covered[match.start() : match.end()]:
                    covered[match.start() : match.end()] = b"\1" * len(match[0])
                    yield Detection(
                        ORGANIZATION, *match.span(), 0.66, "ORGANIZATION.short", ("full name here",)
                    )

    def _core(self, name: str) -> str:
        """The part of a firm's name that is its own: 康途 of 杭州康途."""
        for start in range(len(name)):
            if (place := self.divisions.at(name, start)) and place.end + 1 < len(name):
                return self._core(name[place.end :])
        return name if 2 <= len(name) <= 4 else ""

    def _listed_companies(self, reading: Reading, covered: bytearray) -> Iterator[Detection]:
        """富士康, 工行: names of firms that stand alone, but for goods and services called after them."""
        text = reading.text
        for start, end, _ in self.companies.find(text):
            goods = _GOODS.match(text, end) or _PART_OF_WORD.match(text, end)
            beside = text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()
            glued = text[start:end].isascii() and beside  # AXA, not in MAXAIR
            # 标准中建议, 食物中铁含量
            led = _BEFORE_COMPANY.search(text, max(0, start - 2), start)
            within = text[start] == "中" and not (
                led or _BEFORE_STATE_FIRM.search(text, max(0, start - 1), start)
            )
            if goods or glued or within or 1 in covered[start:end]:
                continue
            end = business.end() if (business := _BUSINESS_OF_LISTED.match(text, end)) else end
            covered[start:end] = b"\1" * (end - start)
            yield Detection(ORGANIZATION, start, end, 0.6, "ORGANIZATION.lexicon", ("lexicon",))

    def _short_companies(self, reading: Reading, covered: bytearray) -> Iterator[Detection]:
        """澜川软件, 鑫盛源贸易: what no dictionary knows before a line of business."""
        text = reading.text
        for insurer in reading.finditer(_INSURER):
            start, end = insurer.span()
            for cut in _LEADS_TO_FIRM.finditer(text, start, insurer.end("name") - 1):
                start = cut.end()
            if insurer.end("name") - start >= 2 and 1 not in covered[start:end]:
                covered[start:end] = b"\1" * (end - start)
                yield Detection(ORGANIZATION, start, end, 0.55, "ORGANIZATION.short", ("insurer",))
        for employer in reading.finditer(_EMPLOYED):
            start, end = employer.span()
            if 1 not in covered[start:end] and not _NO_NAME & set(employer[0]):
                covered[start:end] = b"\1" * (end - start)
                yield Detection(ORGANIZATION, start, end, 0.55, "ORGANIZATION.short", ("employer",))
        for match in reading.finditer(_BUSINESS):
            name, trade = match["name"], match.start("trade")
            end = match.end()
            if reading.known(text[trade - 1 : end]) or (
                end < len(text) and reading.known(text[trade : end + 1])
            ):
                continue  # 微生物, 生物碱
            for size in (4, 3, 2):
                start = trade - size
                word = name[-size:]
                if (
                    len(word) < size
                    or _NO_NAME & set(word)
                    or 1 in covered[start:end]
                    or not _BEFORE_COMPANY.search(text, max(0, start - 2), start)
                ):
                    continue
                if not reading.known(word) and not reading.known(word[:2]) and not reading.known(word[-2:]):
                    covered[start:end] = b"\1" * (end - start)
                    yield Detection(
                        ORGANIZATION, start, end, 0.5, "ORGANIZATION.short", ("unknown word and trade",)
                    )
                    break

    def _expected(self, reading: Reading) -> Iterator[Detection]:
        text = reading.text
        for slot in reading.slots:
            if slot.entity_type not in (ADDRESS, LOCATION, ORGANIZATION, INSTITUTION) or NO_VALUE.match(
                text, slot.start
            ):
                continue
            if slot.support == "cell":
                yield from self._cell(reading, slot.start, slot.end, slot.entity_type)
            elif slot.entity_type in (ADDRESS, LOCATION):
                match = parse_value(text, slot.start, self.divisions)
                if match:
                    score = max(match.score, 0.9 if slot.support == "colon" else 0.75)
                    yield _address(text, match, score, "cue")
            elif slot.support == "colon":
                yield from self._organization_at(text, slot.start, slot.entity_type)

    def _cell(self, reading: Reading, start: int, end: int, entity_type: str) -> Iterator[Detection]:
        text = reading.text
        start, end = _trim(text, start, end)
        end += text.count("(", start, end) > text.count(")", start, end) and text.startswith(")", end)
        value = text[start:end]
        if len(value) < 2 or len(value) > 80 or not any(map(is_han, value)):
            return
        if entity_type in (ORGANIZATION, INSTITUTION) and _NO_BODY.match(value):
            return
        if entity_type in (ADDRESS, LOCATION) and _FETCHED.fullmatch(value):
            return
        if entity_type in (ADDRESS, LOCATION):
            value = _FIRST_PART.match(value)[0]  # type: ignore[index]
            match = parse_value(text, start, self.divisions)
            detailed = match.detailed if match else entity_type == ADDRESS
            if match and detailed and _REMARK.fullmatch(value, match.end - start):
                value = value[: match.end - start]
            yield Detection(
                ADDRESS if detailed else LOCATION, start, start + len(value), 0.92, "address", ("cell",)
            )
        else:
            kind = INSTITUTION if _MEDICAL.search(value) else entity_type
            yield Detection(kind, start, start + len(value), 0.85, kind, ("cell",))

    def _organization_at(self, text: str, start: int, entity_type: str) -> Iterator[Detection]:
        match = None if text[start - 1 : start] == "(" else _TO_SEPARATOR.match(text, start)
        if match and _ORGANIZED.search(match[0]):
            firm = _FIRM.search(match[0])
            kind = INSTITUTION if _MEDICAL.search(match[0]) and not firm else ORGANIZATION
            yield Detection(kind, match.start(), match.end(), 0.85, kind, ("cue",))

    def _running(self, reading: Reading) -> Iterator[Detection]:
        text = reading.text
        last: Detection | None = None
        for match in find_addresses(text, self.divisions):
            if match.detailed and self._is_zone(text, match):
                yield Detection(LOCATION, match.start, match.end, match.score, "address", ("grammar",))
            elif match.detailed:
                found = _address(text, match, match.score, "grammar")
                if last and _GOES_ON_TO.fullmatch(text, last.end, found.start):
                    found = replace(found, start=last.start, score=max(last.score, found.score))
                last = found = self._with_settlement(reading, found)
                yield found
            elif named := _NAMED_AFTER_PLACE.match(text, match.end):
                kind = INSTITUTION if _MEDICAL.search(named[0]) else ORGANIZATION
                yield Detection(kind, match.start, named.end(), 0.7, f"{kind}.place", ("place and suffix",))
            elif not self._is_no_place(text, text[match.start : match.end], match.end):
                yield self._with_settlement(reading, _address(text, match, match.score, "grammar"))

    def _is_zone(self, text: str, match: AddressMatch) -> bool:
        """Whether it is a city and a quarter of it that is governed as a place: 苏州园区."""
        place = self.divisions.at(text, match.start)
        return bool(place and _ZONE.fullmatch(text, place.end, match.end))

    def _with_settlement(self, reading: Reading, place: Detection) -> Detection:
        """The place with the village or quarter behind it: 双塔山镇 东园子, and with its level: 围场 县."""
        text, detailed = reading.text, place.entity_type == ADDRESS
        if not detailed and (level := _LEVEL.match(text, place.end)):
            return replace(place, end=level.end())
        ends = text[place.end - 1] in ("村" if detailed else "区县镇乡市旗")
        village = _SETTLEMENT.match(text, place.end) if ends else None
        if (
            village is None
            or (detailed and not village["detail"])
            or reading.known(village["name"]) > _FEW
            or CUT.search(village["name"])
        ):
            return place
        kind = ADDRESS if detailed or village["detail"] or village["name"][-1] == "村" else LOCATION
        return replace(place, entity_type=kind, end=village.end())

    def _lived_in(self, reading: Reading) -> Iterator[Detection]:
        """现住麻纺厂，: what stands between such a word and the end of the clause, whatever it is called."""
        for lives in reading.finditer(_LIVES):
            value = lives["value"]
            word = reading.known(value) and value[-1] not in "厂村街"
            if not (word or _STOREY.match(value) or _GENERIC.fullmatch(value)):
                kind = ADDRESS if _OF_ADDRESS.search(value) else LOCATION
                yield Detection(kind, *lives.span("value"), 0.8, "address", ("lives",))

    def _apart(self, reading: Reading) -> Iterator[Detection]:
        """Addresses whose characters stand apart, as scans and printed forms have them: 长 春 市 绿 园 区 …"""
        for run in reading.finditer(_APART):
            offsets = [at for at in range(*run.span()) if reading.text[at] != " "]
            together = "".join(reading.text[at] for at in offsets)
            for match in find_addresses(together, self.divisions):
                start, end = offsets[match.start], offsets[match.end - 1] + 1
                if match.detailed and end - start - (match.end - match.start) >= _LEAST_GAPS:
                    yield Detection(ADDRESS, start, end, min(match.score, 0.85), "address", ("apart",))

    def _stations(self, reading: Reading) -> Iterator[Detection]:
        return find_stations(reading, self.divisions)

    def _short_places(self, reading: Reading) -> Iterator[Detection]:
        """我们在静海，, 转十七院: a county without its suffix, a hospital by its number, behind a word of place."""
        for led in reading.finditer(_LED_SHORT_PLACE):
            place = self.divisions.at(reading.text, led.end())
            if place and _AFTER_SHORT_PLACE.match(reading.text, place.end) and place.end - place.start > 1:
                yield Detection(LOCATION, place.start, place.end, 0.5, "LOCATION.short", ("led",))
        for followed in reading.finditer(_FOLLOWED_SHORT_PLACE):
            start = self._listed_before(reading.text, followed.start())
            if start is None or (
                followed[0][0] in "的那这义巡站门客" and reading.text[start : followed.start()] in _WORDS
            ):
                continue
            yield Detection(LOCATION, start, followed.start(), 0.5, "LOCATION.short", ("followed",))
        for group in reading.finditer(_GROUP_OF_PLACE):
            start = self._listed_before(reading.text, group.start())
            if start is not None and reading.text[start : group.start()] not in _WORDS:
                yield Detection(LOCATION, start, group.start(), 0.5, "LOCATION.short", ("group",))

    def _short_bodies(self, reading: Reading) -> Iterator[Detection]:
        """宁波妇儿, 沧州鑫达物流, 您好青禾客服: bodies in short that a place, a greeting or a signature shows."""
        for body in reading.finditer(_HOSPITAL_OF_PLACE):
            start = self._listed_before(reading.text, body.start())
            if start is not None:
                while (outer := self._listed_before(reading.text, start)) is not None:
                    start = outer  # 河南省安阳附一院
                yield Detection(INSTITUTION, start, body.end(), 0.65, f"{INSTITUTION}.short", ("of a place",))
        for kind, business in ((ORGANIZATION, _TRADE_OF_PLACE), (INSTITUTION, _CLINIC_OF_PLACE)):
            for trade in reading.finditer(business):
                start = self._place_of_firm(reading.text, trade.start())
                if start is not None:
                    yield Detection(kind, start, trade.end(), 0.65, f"{kind}.short", ("of a place",))
        for greeting in reading.finditer(_GREETING):
            yield Detection(ORGANIZATION, *greeting.span("name"), 0.8, "ORGANIZATION.short", ("greets",))
        for hall in reading.finditer(_HALL):
            if _OF_MEDICINE.search(reading.text):
                yield Detection(INSTITUTION, *hall.span(), 0.65, f"{INSTITUTION}.short", ("hall",))
        for signed in reading.finditer(_SIGNED_MESSAGE):
            if signed[2] and (reading.known(signed[2]) or self._is_section(reading, signed)):
                continue  # 【开场】您好
            yield Detection(
                ORGANIZATION,
                *signed.span(signed.lastindex or 1),
                0.6,
                "ORGANIZATION.short",
                ("signs a message",),
            )

    @staticmethod
    def _plain(reading: Reading) -> Iterator[Detection]:
        """What a regex alone shows."""
        for entity_type, score, evidence, pattern in _PLAIN:
            for match in reading.finditer(pattern):
                yield Detection(entity_type, *match.span(), score, f"{entity_type}.short", (evidence,))

    @staticmethod
    def _is_section(reading: Reading, signed: re.Match[str]) -> bool:
        """Whether other lines begin with other words in such brackets, as the sections of a script do."""
        heads = {head[1] for head in reading.finditer(_IN_BRACKETS)}
        return len(heads - {signed[2]}) > 1

    def _listed_before(self, text: str, end: int) -> int | None:
        """Where the listed place begins that ends there."""
        return next(
            (
                end - size
                for size in range(8, 1, -1)
                if size <= end and self._is_listed(text, end - size, end)
            ),
            None,
        )

    def _place_of_firm(self, text: str, trade: int) -> int | None:
        """Where the place begins that leads the short name of a firm, whose line of business stands at `trade`."""
        for start in range(max(0, trade - 9), trade - 3):
            place = self.divisions.at(text, start)
            if place and 2 <= trade - place.end <= 5 and all(map(is_han, text[place.end : trade])):
                core = text[place.end : trade]
                if not _NO_NAME & set(core) and text[start - 1 : start] not in "省市县":
                    return start
        return None

    def _tagged(self, reading: Reading, covered: bytearray) -> Iterator[Detection]:
        """What only the tagger sees, where no grammar has spoken."""
        text = reading.text
        for start, end, label, likely in _joined(reading.tagged):
            start, end = _trim(text, start, end)
            name = text[start:end]
            listed = label == "LOC" and self._is_listed(text, start, end)
            if listed and (level := _LEVEL.match(text, end)):
                end = level.end()
            if likely < _SURE and not listed:
                continue
            if len(name) < 2 or "\n" in name or not is_han(name[0]) or name in self.ordinary_words:
                continue
            if 1 in covered[start:end]:
                if label == "ADR":
                    yield from _rest_of_address(text, start, end, covered)
                continue
            if self._is_no_place(text, name, end):
                continue
            of_body = _OF_BODY.fullmatch(name) and not self.divisions.at(name, 0)
            if not listed and (of_body or _STOREY.fullmatch(name)):
                continue
            if _SEDATES.match(text, end - 1):
                continue  # 安定 镇静
            if start not in reading.boundaries(start, end) or _DEPARTMENT.fullmatch(name):
                continue  # 住院部5楼东区, 人力行政部
            if text[end : end + 1] == ":" or reading.is_cue(start, end):
                continue
            if (cut := _VERB_WITHIN.search(name)) and _GENERIC.fullmatch(name, cut.end()):
                continue  # 村离镇卫生院
            led = 0.06 if _LEADS_TO_PLACE.search(text, max(0, start - 3), start) else 0.0
            if name in _WORDS and not led:
                continue
            if label == "ADR" and (_NUMBERED.search(name) or _STREET_END.search(name)):
                yield Detection(ADDRESS, start, end, 0.65, "CN_ADDRESS.tagger", ("tagger",))
            elif label in ("LOC", "ADR"):
                village = name[-1] == "村" and name not in _NO_VILLAGES
                if _STREET_END.search(name) and len(name) > 3 - village:
                    yield Detection(ADDRESS, start, end, 0.65, "CN_ADDRESS.tagger", ("tagger",))
                    continue
                known = listed or bool(self.divisions.prefecture_of(name)) or bool(_PLACE_END.search(name))
                score = 0.65 if known else 0.36 + led
                place = Detection(LOCATION, start, end, score, "LOCATION.tagger", ("tagger",))
                yield self._with_settlement(reading, place)
            else:
                kind = INSTITUTION if label == "HOS" or _MEDICAL.search(name) else ORGANIZATION
                organised = bool(_ORGANIZED.search(name)) and name[-1] not in "族方"
                yield Detection(
                    kind, start, end, 0.62 if organised else 0.36 + led, f"{kind}.tagger", ("tagger",)
                )

    def _is_listed(self, text: str, start: int, end: int) -> bool:
        """Whether the stretch is the name of a province, prefecture or county, 义乌 as well as 义乌市."""
        place = self.divisions.at(text, start)
        return place is not None and place.end == end

    @staticmethod
    def _is_no_place(text: str, name: str, end: int) -> bool:
        return (
            name in _NO_PLACES
            or bool(_GENERIC.fullmatch(name))
            or bool(_ID_OF_PLACE.match(text, end))
            or name.endswith("族")
            or name[0] in "那这哪"
        )


def _rest_of_address(text: str, start: int, end: int, covered: bytearray) -> Iterator[Detection]:
    """What is left of an address that the tagger sees where a grammar has read a part: 嘉禾南段89号 | 泰和堂."""
    for free in _FREE.finditer(covered, start, end):
        first, last = _trim(text, *free.span())
        beside = (first == free.start() > start) or (last == free.end() < end)
        named = beside or _OF_STREET.search(text, first, last)
        if named and _REST.fullmatch(text, first, last) and not _STOREY.fullmatch(text, first, last):
            yield Detection(ADDRESS, first, last, 0.65, "CN_ADDRESS.tagger", ("tagger",))


def _covered(reading: Reading, claims: Iterable[Detection]) -> bytearray:
    return covering(len(reading.text), ((claim.start, claim.end) for claim in claims))


def _address(text: str, match: AddressMatch, score: float, evidence: str) -> Detection:
    end = match.end
    if match.detailed:
        while more := _ADDRESS_GOES_ON.match(text, end):
            end = more.end()
    return Detection(ADDRESS if match.detailed else LOCATION, match.start, end, score, "address", (evidence,))


def _joined(tagged: Sequence[Tagged]) -> Iterator[Tagged]:
    """Stretches that are no persons; places that touch are one: 道里区 机场路 安静村."""
    last: Tagged | None = None
    for tag in tagged:
        if tag.label == "PER":
            continue
        if last and {last.label, tag.label} <= _OF_PLACE and tag.start == last.end:
            label = "ADR" if "ADR" in (last.label, tag.label) else "LOC"
            last = Tagged(last.start, tag.end, label, max(last.score, tag.score))
            continue
        if last:
            yield last
        last = tag
    if last:
        yield last


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end
