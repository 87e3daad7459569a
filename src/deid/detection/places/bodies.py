"""Hospitals, schools and firms that a grammar reads, and those in short that a place, a greeting or a signature shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deid.catalog.lexicon import WordIndex
from deid.detection.boundaries import word_list
from deid.detection.literals import Screened
from deid.detection.places.words import (
    BEHIND_FIRM,
    GENERIC,
    INSTITUTION,
    MORE_TRADES,
    NAMES,
    NO_CORE,
    NO_NAME,
    ORGANIZATION,
    TRADES,
    WORDS,
    is_listed,
    is_striven_for,
    listed_before,
)
from deid.detection.reading import Reading
from deid.detection.tagger import OF_BODIES
from deid.grammar.divisions import Divisions
from deid.grammar.name import is_han
from deid.grammar.organization import find_organizations
from deid.regexes import Regex
from deid.types import Detection

_RANKED_SPECIAL = Regex(
    r"[省市州](?:儿童|肿瘤|口腔|妇产|精神病?|公安|中|中心)医院|[省市州](?:妇幼保健院|保健院)|[县区](?:儿童|肿瘤|口腔|妇产|精神病?|中心)医院|[县区]妇保院|[省市县区州旗](?:卫健[委局]|医保局|公安局)"
)
"""The one of its kind in a province or city."""
_ITS_HOSPITAL = Regex("(?:附属?(?:第?[一二三四五六])?|第?[一二三四五六]附属?|总)院(?![长士子])")
"""川北医学院|附院, 海南医学院|二附院."""
_OF_ANY_HOSPITAL = Regex("获得性|内?感染(?!病|科|性疾|[管控办防])|规模")
"""Behind what is no hospital by name: 医院获得性肺炎."""
_DRUGSTORE = Regex(
    r"(?<!中心)(?<!医院)(?<!卫生院)(?<!门诊部)(?<!诊所)药[房店](?:连锁|[一-鿿]{2,6}店)?\Z|(?:(?:疾控|疾病预防控制|职防|职业病防治)中心|疾控)\Z|检[验测][一-鿿]{0,6}公司\Z"
)
"""What sells drugs is a firm, unless a hospital has it; so are an office and a company of laboratories."""
_COUNTED = Regex(
    "[一-鿿]?[0-9一二三四五六七八九十两几多数]+[家所地][一-鿿]{0,2}医院|[一-鿿]{0,4}?[两三四五各多]地医院"
)
_HOSPITAL_OF_PLACE = Screened(
    r"(?<![0-9])(?:1(?![12])|[2345])[0-9]{2}(?=住[过院]|透析|化疗|放疗|复查|手术(?!费)|的(?:医生|专家|号))|[一二三四五六七八九][〇零一二三四五六七八九]{2}(?=住[过院了的]|看[过病的]|做[过的手])|妇幼(?!保健)|妇儿(?![童科])|儿医(?!生)|妇保院?(?!健)|附[一二三四五六]院?(?![张份页个条种例组篇维])|精卫(?![填中鸟])|[血皮儿眼肝肿][研癌]所(?![以有在])|[皮职结牙精][防卫][所院](?![以有在长])|和睦家(?!庭|园)|[雷火]神山(?![建精纪])|美莱|海吉亚|艺星|伊美尔|鹏爱|第?[一二三四五六]医(?![生师护药疗学保务院科嘱用患])|第?[一二三四五六七八九十]{1,2}院(?![区长内外部士校子落])|人民(?=[,。;) ]|住院|看|转)|(?<=省)肿瘤(?=[,。;) ]|住院|看|转)|省立(?=[,。;) 看住转])|市立(?=[,。;) 看住转的查拍做])"
    r"|总院(?=[0-9一二三四五六七八九十]{1,2}[楼层])|(?:人民|(?<!资源)中心|肿瘤|眼科|口腔|儿童|胸科|总院|附院|社区卫生)(?=[,。;)|\t\n]|$|[ ](?![一-鿿]?[院科室区])|[看住转做查拍](?:院|的|了|过|病|诊)|那边|花销)"
)
_CLINIC_OF_PLACE = Screened(
    r"(?:(?:儿童|康复|综合|中医|疼痛|皮肤|口腔|眼科|妇科|妇产科?|男科|骨科|心理)*门诊(?![部号大量费时病诊患])|眼科|口腔|齿科|医美|妇产|体检)(?=店|[,。;:!?\n()| ]|$|做|看|住院|的|挂)"
)
_TRADE_OF_PLACE = Screened(
    rf"(?:{MORE_TRADES}|{TRADES})(?:(?={BEHIND_FIRM})|(?![学系品化队]|业(?!务)|卫生|有限|公司|集团|厂|设备|产品|技术|行业|专业|检查|治疗|材料|市场|大学|学院|中心|研究|系统|工程|服务|管理|保险|器械|检测))"
)
"""What stands behind a place in the short name of a firm: 沧州鑫达物流, 昆山钜弘精密."""
_CLINIC_OF_CITY = Screened(
    r"(?:心理|中医|康复|疼痛|口腔|皮肤|妇科|儿科|综合|专科|国际|眼科|骨科)+门诊(?=[ ]+[一-鿿]{0,8}(?:病[历案]|记录|处方|登记|访谈|初诊|预约|报告|复诊|接诊)|[ ]*(?:\n|$))"
)
"""静安心理门诊 初诊访谈记录: the head of a form, of what is called after its place alone."""
_SHOWS_FIRM = Regex(BEHIND_FIRM)
_RARE, _WORD = 30, 100
"""How often jieba's dictionary counts a rare word, and one of two in what is no name."""
_BODY_OF_PLACE = Screened(
    r"(?=[城运网路公卫药特华林牧渔茶盐种中理财工交政第一二三四五六七八九十实外高职民育初技卫幼师医党电附国特教日晚都慈足书美律科作文团老红街经分市县棉纺机化水印钢卷制造轴玻拖柴服毛搪仪变农汽陶食糖酒砖鞋煤矿石重焦铝啤港疾信机特])(?:"
    r"第?[一二三四五六七八九十]{1,2}(?:中(?![午心间旬期度药医院标国西学共枪毒风性段层])|小(?![时组区队儿便滴块段片勺杯把口步撮点碗匙截圈粒颗条瓶团束股]|学)|高(?![血压热烧度危龄级三二一中])|幼(?![儿稚]))|"
    r"(?:实验|外国语|高级|职业|民族|育才|初级|第[一二三四五六七八九十]+)?(?:高中|初中|职高|职中|技校|卫校|幼师|幼专|师专|医专|职院|师院|党校|电大|外国语学校|外国语|职教中心|特教学校|教育学院|医学院|附中|附小|实小|国际学校)(?![一二三生毕文学])|"
    r"(?:理工|师大|师范|农大|医大|财大|工大|科大|交大|财经)(?=[,。;、)]|$)|(?:医科|农业|林业|师范|理工|工业|财经|科技|交通|中医药?|民族|政法|工商|外国语)大(?=[,。;、)]|$|读|上学|毕业|附[一二三属]|的?(?:学生|新生|本科|研究生|博士|老师|教授|辅导员))|(?:理工|师大|师范|农大|医大|财大|工大|科大|交大|财经|政法|工商)(?=(?:刚|大学)?毕业|读[书研博本大]|上学|上大|大[一二三四](?![一-鿿])|研[一二三](?![一-鿿])|的?(?:学生|本科|研究生|老师|教授))|"
    r"(?:华侨)?(?:农|林|牧|渔|茶|盐|种畜)场(?=[,。;、)\n|]|$|的?(?:职工|老?工人|人[,。])|退休|上班|开车|种[地田粮]|打工|工作)|"
    r"(?:公安|交警|城管|市监|卫健|药监|网警|特警|路政|运管)(?=[调立出处抓来派][取案具警罚了人]?|已|说|认定|通报|受理|联系|通知|发来|介入|[,。;、)])|"
    r"[日晚]报(?![告销道警])|都市报|卫视|慈善总会|[足书美律科]协(?![议商助作调定会])|作协|文联|团委|医师协会|医学会|老年大学|红会(?![医诊])|街道办|经开区管委会|分局(?![部限])|疾控(?!中心|防)|(?:农村)?信用(?:合作)?联?社|农信(?:联?社)?(?![贷息])|"
    r"(?:[市县]?[一二三四五六])?(?:棉纺|纺织|机械|化肥|水泥|印染|钢铁|卷烟|制药|造纸|电缆|轴承|玻璃|拖拉机|柴油机|服装|毛纺|搪瓷|仪表|变压器|农机|汽修|陶瓷|食品|糖|酒|砖|鞋|机|棉)厂(?![家商长房区])|"
    r"(?:煤业|矿业|石化|钢铁|重工|煤电|焦化|铝业|啤酒|卷烟|化纤|港务|轴承|机床|特钢|重型)(?=[,。;、)\n]|$|的(?:采购|[员职]工|工人|技术员|工程师)|职工|员工|退休|下岗|上班|工作|子弟)"
    r")"
)
"""Schools, papers, societies and works behind the place that they are called after."""
_WORKS = Screened(
    r"(?:(?<![一-鿿])|(?<=[在是系从原给爸妈爷公父母亲伴]))[一-鿿](?<![的了在是不和与及有无每各全本该某其])(?:轴|玻|钢(?![铁板管筋材])|拖|铝(?!合)|矿(?![石山工业井区难])|鼓|锅|柴|汽|化(?![工学肥验疗妆])|纺|棉|焦|煤|重(?![庆体量])|锻)"
    r"(?=退休|下岗|内退|退养|[老退]?职工|子弟|家属[院区楼]|的(?:[一二三四五六七八]级工|[退老]休?[职工]|[钳电焊车铆铸铣]工)|上班)"
)
"""瓦轴退休, 洛玻的八级工: works by the first character of their place and of what they make."""
_UNIVERSITY = Screened(
    r"(?:(?<![一-鿿])|(?<=[在是于读考上从到住的我他她弟妹哥姐儿女]))(?:(?:华南|华东|华中|西南|西北|东北|中南|江南)(?:师大|理工|农大|财大|政法|交大|林大)|武大|川大|南大|山大|吉大|兰大|云大|贵大|苏大|湖大|北大|清华|人大|复旦|交大|农大|师大|财大|工大|林大|矿大|地大|理工大)"
    r"(?=毕业|读[研博本大书]|上[学大]|在读|的?(?:在校生|大?学生|本科生?|研究生|博士生?|硕士生?|教授|老师(?![傅])|教工|教职工|家属[院楼区])|(?:里面|附近|门口|旁边)的?家属[楼院区]|大[一二三四](?![一-鿿])|研[一二三](?![一-鿿]))"
    r"|(?:(?<![一-鿿])|(?<=[在读上考从到是]))(?:(?![上在读从到了个就已进其第])[一-鿿])?[一二三四五六七八九十]{1,2}中(?=[高初][一二三](?![一-鿿]?中)|读[高初]|住校|毕业)"
    r"|(?<![一-鿿])(?:华南|华东|华中|西南|西北|东北|中南|江南)(?:师大|农大|财大|林大)(?=[,。;、)]|$)|(?<=[在读])(?:华南|华东|华中|西南|西北|东北|中南|江南)(?:师大|农大|财大|林大)(?=[,。;、)]|$)"
)
"""武大研究生, 农大里面的家属楼, 在华南师大: universities in short by who is there."""
_REHABILITATION = Screened(
    r"(?<=[转去到在从送住])(?!神经|术后|骨科|产后|心脏|言语|运动|社区|居家|门诊|早期|儿童|老年|作业|认知|吞咽|语言|脑瘫|中医|盆底|职业|综合|继续|进行|尽快|完全|逐渐|功能|住院|我院|医院|院内|当地|本地|家里|家中|老家|机构|外院|本院|我们|你们|他们|专业|肢体|偏瘫|脑卒中|康复)"
    r"(?P<own>(?:(?![的了在去到看做是科院里])[一-鿿]){2,3})康复(?=做[^好完]|住[了着院]|练|治[了疗]|的(?:床|治疗师|康复师|医生|护士)|[那这]边|出院)"
)
"""转去颐和康复做高压氧."""
_HOUSE = Screened("国药|国控|华润|九州通|重药|上药|国网|南网")
_NO_SITE = Regex("[省市路区县]|人民|[东西南北中一二三]?路|医院|大[学道街厦]|银行|公司")
"""What goes on behind the city of a house that has one in many: 国控|南通市."""
_GREETING = Screened(
    r"(?:这里是|欢迎(?:咨询|致电|光临)|客服:[ ]?[您你]好[,!](?!欢迎|[我想要请问帮您你这那来做看挂预身心家])(?=[一-鿿]{4,6}[,。])|[您你]好(?!欢迎|[我想要请问帮您你这那来做看挂预身心家])(?=[一-鿿]{2,4}(?:健康|医疗|口腔|咨询|体检)(?:[一-鿿]{2,3})?客服)|[您你]好,(?!欢迎|[我想要请问帮您你这那来做看挂预身心家])(?=[一-鿿]{4,10},(?:工号|请讲|请问|很高兴|有什么|我姓|我是|您请?[说讲]|竭诚|[0-9]{1,5}号)))(?P<name>[一-鿿]{2,6}?(?:健康保险|人寿|财险|保险|口腔|眼科|齿科|门诊|医疗|健康|诊所|体检|医美|咨询|随访中心|服务中心|客服中心|健康中心|管理中心|(?:直付|会员|客户|就医|咨询|陪诊|预约|护理|照护|呼叫|理赔)+中心|心理(?:援助|咨询|支持)|慢病管理|慢病|健管|陪诊|护理|照护|康护|家政|护送|转运|大?药房|管理|心理(?![学医科师问健])|到家|康养|康复|医养|养老|居家|月嫂|母婴|助医|医服|助浴|托育)+)(?![一-鿿]{0,3}(?:医院|公司|中心))"
)
_GREETS_AT_WORK = Screened(
    r"[您你]好[,!]?(?P<name>(?![我想要请问帮您你这那来做看挂预])[一-鿿]{2,4}?)(?=(?:理赔|陪诊|就医|随访|回访|会诊|转诊|预约)[一-鿿]{0,4},?工号)"
)
"""您好沐远|理赔协助工号306."""
_KIND_ALONE = Regex(
    "(?:康养|图文|电话|视频|线上|语音|健康|医疗|咨询|体检|口腔|随访|服务|客服|门诊|管理|中心|在线|直付|会员|客户|就医|陪诊|预约|护理|照护|呼叫|理赔|心理|援助|支持|全国|免费|我们|公司|员工|职工|学生|青少年|大学生|教师|妇女|老年|老人|儿童|居民|社区|校园|家庭|市民|群众|患者|病友|病人|肿瘤|糖尿病|高血压|术后|出院|院内|居家|上门|专业|慢病|健管|照护|康护|家政|护送|转运|药房|医院|家属|进行|提供|到家|康养|康复|医养|养老|居家|月嫂|母婴|助医|医服|助浴|托育|科|室|门|部|台|服务站|挂号|就诊|就医|[内外儿妇产骨眼]科|心血管|心脏|神经|重症|急诊|肾病|透析|血液|呼吸|消化|营养|膳食|临终|安宁疗护|家庭医生|签约)+"
)
_OF_CARE = (
    "医疗|健康|健管|康复|康养|陪诊|护理|照护|康护|家政|心理|医服|助医|养老|到家|口腔|齿科|眼科|咨询|体检"
)
_TRADE_OF_CARE = Regex(rf"(?:{_OF_CARE})+\Z")
_GREETS_BY_NAME = Screened(
    r"(?m:^)(?:[^\n:]{0,16}(?:客服|坐席|座席|话务员?|接线员?|热线|前台|值班员?|接听|顾问|接)[^\n:]{0,10}|接|答):[ ]?(?:喂[,.。! ]{1,2})?(?:[您你]好|早上好|[上下]午好|晚上好)[,!。]?(?:欢迎(?:您?致电|来电)|感谢(?:您的?)?(?:致电|来电)|这[里边]是)?[,]?"
    r"(?P<name>[一-鿿]{4,7})[,。](?=请问|工号|[0-9]{1,5}号|请[说讲]|有什么|您请?[说讲]|(?:很高兴)?为您服务|很高兴|竭诚|我是|我姓|哪里不)"
)
"""客服：您好，苗岭康程，请问: who answers a call for a firm."""
_NO_GREETING = Regex(
    "[我您你他她的了吗吧呢请不没好很有这那哪]|打[扰搅]|抱歉|先生|女士|阿姨|叔叔|大[爷妈姐哥]|老师|主任|[科室台部门]\\Z|服务站|家属|患者|稍等|听得|医生|护士|工号|姓名|热线|人工"
)
_OF_PLACE_AND_PERSON = Screened(
    r"(?<![一-鿿])(?P<name>[一-鿿]{4,6})(?=(?:[ ]{1,2}|[ ]?\()9[0-9A-Z]{17}(?![0-9A-Za-z])|(?:[ ]{1,2}|的)(?:(?![的了])[一-鿿]{1,2}(?:总(?![是共会体量数])|经理|总监|厂长|主管|会计|采购|人事|行政|董事?长?|工(?![作资地程业人厂]))|(?:人事|行政|财务|采购|HR)[ ]?[一-鿿]))"
)
"""苏州迈科 钱总, 常熟波司登 人事小周: a firm behind its place, before who speaks for it or the code that it has."""
_NO_FIRM_OF_PLACE = Regex(
    "[店区部组办队点站线团群室城路社司]\\Z|[内外妇儿骨眼肤瘤腔]科\\Z|中心\\Z|客户|患者|家属|渠道"
)
_SIGNS_FOR = Screened(
    rf"(?:[一-鿿](?:部|经理|总监|顾问|主管|助理|专员|主任|中心|客服|管家)[ ]?[|/·][ ]?(?P<line>[一-鿿]{{2,4}}(?:{_OF_CARE}))(?=[ ]*(?:\n|$|[|])))"
    rf"|(?m:^)[ ]*[一-鿿]{{2,4}}[-—_·|](?P<label>(?!患者|病人|家属|客户|居家|上门|住院|门诊)[一-鿿]{{2,4}}(?:{_OF_CARE}))(?=[ ]{{1,4}}[0-9]{{1,4}}[:/.月-]|[ ]?:|[ ]*$)"
    rf"|(?m:^)[ ]*(?P<letter>[一-鿿]{{2,4}}(?:{_OF_CARE}|客户|会员|客服|关怀|服务){{1,3}}(?:部|中心|团队))[ ]*[一-鿿]{{0,4}}(?:敬[上启呈]|谨[启上呈])"
    rf"|[由是让找请派叫][\"“「『](?P<quoted>[一-鿿]{{2,4}}(?:{_OF_CARE})?)[\"”」』]的(?=小[一-鿿]|司机|陪诊|师傅|护[工士理]|[一-鿿]{{1,2}}(?:师傅|姐|哥|经理|老师|主管|总))"
)
"""林晓彤 | 客户关怀部 | 南屿医疗, 陈晓燕-安泽医服 6/14 10:02, 由“同安陪诊”的小丁来接."""
_HALL = Screened(
    r"(?:(?<![一-鿿])(?!食|课|天|大|佛|教|礼|讲|祠)[一-鿿]{2,3}(?<![课食教礼天大学祠佛澡灵殿])堂(?=[抓配]药|拿的?药|买的?药|看中医|坐诊|针灸|推拿|膏方)|(?<=号)[一-鿿]{2,3}(?<![课食教礼天大学祠佛澡灵殿])堂(?=[,。;、)\n ]|$)"
    r"|(?<=[在去到])[一-鿿]{2,3}(?<![课食教礼天大学祠佛澡灵殿])堂(?=[抓配]|开[了的过]?[一-鿿]{0,3}药|拿的?药|买的?药|看中医|针灸|扎针|[把号]脉|坐诊|调理|推拿|膏方))"
)
"""A house of Chinese medicine that is called a hall, at its number or where somebody is treated."""
_OF_MEDICINE = Regex("中[医药]|针灸|膏方|汤药|[把号]脉|[诊药]")
_CALLED = Screened(
    r"\((?:(?<=(?:养老|敬老|福利|护理|护老|养护)院\()(?:叫|名为)?(?P<home>[一-鿿]{2,3}[苑居园阁庄轩堂府家院]|夕阳红|[一-鿿]{1,2}寿[山园居]?)"
    r"|(?:(?<=(?:幼儿|托育)园\()|(?<=托班\()|(?<=月子(?:中心|会所)\()|(?<=(?:护工|陪诊)公司\())(?:叫|名为)?"
    r"(?P<name>[一-鿿]{2,3}[苑居园阁庄轩堂府汇荟家护星童]|[小红]太阳|金太阳|小(?:天鹅|博士|星星)|金苹果|金?色?摇篮|红黄蓝|春[蕾芽]|向日葵|蒲公英|七彩虹))\)"
)
"""What a home is called, in brackets behind its kind: 护理院(康宁苑)."""
_SIGNED_MESSAGE = Screened(
    r"(?<![^\n \"“:])【([一-鿿]{2,6}(?:医疗|健康|口腔|诊所|体检|科技|快递|银行|保险|平台|药房|陪诊|护理|照护|养老|家政|咨询|健管|齿科|眼科))】|【(?![一-鿿]{0,4}(?:提[示醒]|通知|公告|须知|说明|声明|消息|验证码|话术)】)([一-鿿]{2,6})】(?=您|尊敬的|亲爱的|[一-鿿]{1,3}(?:女士|先生)|[一-鿿]{2,4}家属,?[您你]好|验证码)"
)
_IN_BRACKETS = Screened(r"(?m)^ *【([一-鿿]{2,8})】")

_SURE, _LONGEST_LEAD = 0.98, 4
"""How sure the tagger is of a body, and how long what it leaves out before one."""


def find_bodies(
    reading: Reading, divisions: Divisions, *, hospitals: WordIndex[str], short_names: WordIndex[str]
) -> Iterator[Detection]:
    """Those whose names a grammar reads, but for words that name none: 该公司."""
    text = reading.text
    for match in find_organizations(text, divisions, hospitals=hospitals, short_names=short_names):
        if GENERIC.fullmatch(text, match.start, match.end) and not _RANKED_SPECIAL.fullmatch(
            text, match.start, match.end
        ):
            continue
        if match.kind == "medical" and _is_any_hospital(text, match.start, match.end, short_names):
            continue
        if is_striven_for(text, match.end):
            continue
        its_own = _ITS_HOSPITAL.match(text, match.end) if match.kind == "school" else None
        end = its_own.end() if its_own else match.end
        medical = match.kind == "medical" and not _DRUGSTORE.search(text, match.start, match.end)
        kind = INSTITUTION if medical or its_own else ORGANIZATION
        start = _sure_start(reading, match.start, end, divisions)
        yield Detection(kind, start, end, match.score, f"{kind}.grammar", (match.kind,))


def _sure_start(reading: Reading, start: int, end: int, divisions: Divisions) -> int:
    """Where the tagger, which is sure of it, lets the body begin behind what leads to it: 随后住|康定医院."""
    for tag in reading.tagged:
        if tag.end == end and start < tag.start <= start + _LONGEST_LEAD:
            place = divisions.at(reading.text, start)
            whole = reading.text[tag.start - 1] != "(" and not (place and place.end >= tag.start)  # 于|都县
            sure = tag.label in OF_BODIES and tag.score >= _SURE
            return tag.start if sure and whole else start
    return start


def _is_any_hospital(text: str, start: int, end: int, short_names: WordIndex[str]) -> bool:
    """降低医院获得性肺炎, 三家医院, but not 在湘雅医院感染."""
    if _COUNTED.fullmatch(text, start, end):
        return True
    named = any(True for _ in short_names.find(text[start:end]))
    return not named and _OF_ANY_HOSPITAL.match(text, end) is not None


def find_short_bodies(reading: Reading, divisions: Divisions) -> Iterator[Detection]:
    """宁波妇儿, 沧州鑫达物流, 您好青禾客服: bodies in short that a place, a greeting or a signature shows."""
    for body in reading.finditer(_HOSPITAL_OF_PLACE):
        start = listed_before(divisions, reading.text, body.start())
        if start is not None:
            while (outer := listed_before(divisions, reading.text, start)) is not None:
                start = outer  # 河南省安阳附一院
            yield Detection(INSTITUTION, start, body.end(), 0.65, f"{INSTITUTION}.short", ("of a place",))
    for named in reading.finditer(_BODY_OF_PLACE):
        start = listed_before(divisions, reading.text, named.start())
        if start is not None:
            while (outer := listed_before(divisions, reading.text, start)) is not None:
                start = outer  # 黑龙江伊春|林场
            yield Detection(ORGANIZATION, start, named.end(), 0.65, "ORGANIZATION.short", ("of a place",))
    for university in reading.finditer(_UNIVERSITY):
        yield Detection(ORGANIZATION, *university.span(), 0.65, "ORGANIZATION.short", ("university",))
    for works in reading.finditer(_WORKS):
        if not reading.known(works[0]):
            yield Detection(ORGANIZATION, *works.span(), 0.65, "ORGANIZATION.short", ("works",))
    for ward in reading.finditer(_REHABILITATION):
        if not divisions.names(ward["own"]):  # 转苏州|康复
            yield Detection(INSTITUTION, *ward.span(), 0.6, f"{INSTITUTION}.short", ("of a place",))
    for house in reading.finditer(_HOUSE):
        site = divisions.at(reading.text, house.end())
        if site and site.short and not _NO_SITE.match(reading.text, site.end):
            yield Detection(ORGANIZATION, house.start(), site.end, 0.8, "ORGANIZATION.short", ("of a place",))
    for kind, business in ((ORGANIZATION, _TRADE_OF_PLACE), (INSTITUTION, _CLINIC_OF_PLACE)):
        for trade in reading.finditer(business):
            start = _place_of_firm(reading, trade, divisions)
            if start is not None:
                yield Detection(kind, start, trade.end(), 0.65, f"{kind}.short", ("of a place",))
    for clinic in reading.finditer(_CLINIC_OF_CITY):
        start = listed_before(divisions, reading.text, clinic.start())
        if start is not None and (not start or reading.text[start - 1] in " \n【"):
            yield Detection(INSTITUTION, start, clinic.end(), 0.9, f"{INSTITUTION}.short", ("of a place",))
    for greeting in reading.finditer(_GREETING):
        if _KIND_ALONE.fullmatch(greeting["name"]):
            continue
        yield Detection(ORGANIZATION, *greeting.span("name"), 0.8, "ORGANIZATION.short", ("greets",))
    for greeting in reading.finditer(_GREETS_AT_WORK):
        if reading.known(greeting["name"]) < _RARE:
            yield Detection(ORGANIZATION, *greeting.span("name"), 0.9, "ORGANIZATION.short", ("greets",))
    yield from _answering(reading, divisions)
    for hall in reading.finditer(_HALL):
        if _OF_MEDICINE.search(reading.text):
            yield Detection(INSTITUTION, *hall.span(), 0.65, f"{INSTITUTION}.short", ("hall",))
    for called in reading.finditer(_CALLED):
        yield Detection(
            ORGANIZATION, *called.span(called.lastgroup or ""), 0.65, "ORGANIZATION.short", ("called",)
        )
    for signed in reading.finditer(_SIGNED_MESSAGE):
        if _KIND_ALONE.fullmatch(signed[1] or signed[2] or ""):
            continue  # 【在线口腔咨询】
        placed = signed[2] and (place := divisions.at(signed[2], 0)) and 1 < len(signed[2]) - place.end < 5
        if signed[2] and (reading.known(signed[2]) or (not placed and _is_section(reading, signed))):
            continue  # 【开场】您好
        yield Detection(
            ORGANIZATION,
            *signed.span(signed.lastindex or 1),
            0.9 if signed[1] else 0.6,
            "ORGANIZATION.short",
            ("signs a message",),
        )


def _answering(reading: Reading, divisions: Divisions) -> Iterator[Detection]:
    """Firms for which somebody answers a call, speaks or signs."""
    for greeting in reading.finditer(_GREETS_BY_NAME):
        name = greeting["name"]
        words = reading.known(name) > 0 or (
            len(name) == 4 and reading.known(name[:2]) > _WORD < reading.known(name[2:])
        )
        place = divisions.at(name, 0)
        words = words or (place is not None and is_listed(divisions, name, place.end, len(name)))  # 上海长宁
        if not (words or _NO_GREETING.search(name) or _KIND_ALONE.fullmatch(name)):
            yield Detection(ORGANIZATION, *greeting.span("name"), 0.92, "ORGANIZATION.short", ("greets",))
    for firm in reading.finditer(_OF_PLACE_AND_PERSON):
        place, name = divisions.at(firm["name"], 0), firm["name"]
        own = name[place.end :] if place and place.short and name[: place.end] not in WORDS else ""
        named = reading.known(own) < _RARE or word_list().part_of_speech(own) in NAMES
        named &= len(own) > 1 and divisions.at(own, 0) is None
        if named and not (
            NO_NAME & set(own.removesuffix("和")) or NO_CORE.search(own) or _NO_FIRM_OF_PLACE.search(own)
        ):
            yield Detection(
                ORGANIZATION, *firm.span("name"), 0.9, "ORGANIZATION.short", ("before who speaks",)
            )
    for signed in reading.finditer(_SIGNS_FOR):
        group = signed.lastgroup or ""
        name = signed[group]
        if not (_KIND_ALONE.fullmatch(name) or reading.known(name) or _is_of_town(name, divisions)):
            yield Detection(ORGANIZATION, *signed.span(group), 0.92, "ORGANIZATION.short", ("signs",))


def _is_of_town(name: str, divisions: Divisions) -> bool:
    """Whether nothing but places stands before what is done there: 桐乡乌镇|陪诊, but not 同安|陪诊."""
    place, trade = divisions.at(name, 0), _TRADE_OF_CARE.search(name)
    if place is None or trade is None or place.end > trade.start():
        return False
    town = name[place.end : trade.start()]
    return bool(town) and (
        town[-1] in "镇乡村" or any(divisions.names(town + rank) for rank in ("", "镇", "街道"))
    )


def _without_and(core: str) -> str:
    """和泰 and the like without 和, which is no conjunction there."""
    return core[1:] if core[0] == "和" and core[1] in "泰祥盛康美顺兴瑞润信谐平融悦" else core


def _is_section(reading: Reading, signed: re.Match[str]) -> bool:
    """Whether other lines begin with other words in such brackets, as the sections of a script do."""
    heads = {head[1] for head in reading.finditer(_IN_BRACKETS)}
    return len(heads - {signed[2]}) > 1


def _place_of_firm(reading: Reading, trade: re.Match[str], divisions: Divisions) -> int | None:
    """Where the place begins that leads the short name of a firm, whose line of business is `trade`.

    Where nothing behind it shows a firm its own part must be no word, or a rare one.
    """
    text, end = reading.text, trade.start()
    if not is_han(text[max(0, end - 4)]):
        return None
    for start in range(max(0, end - 8), end - 3):
        place = divisions.at(text, start)
        if place and 2 <= end - place.end <= 4 and all(map(is_han, text[place.end : end])):
            core = text[place.end : end]
            bounds, inner = reading.boundaries(start, end), divisions.at(text, start + 1)
            if start not in bounds or NO_NAME & set(_without_and(core)) or NO_CORE.search(core):
                continue
            later = inner is not None and inner.end > place.end
            if inner and later and (start + 1 in bounds or inner.level == "province"):
                continue  # 开福建…公司, 户名山西…公司
            if text.startswith("比如说", start):
                continue  # 比如说膨化食品
            rare = place.short and reading.known(core) < _RARE and text[start : place.end] not in WORDS
            if rare or _SHOWS_FIRM.match(text, trade.end()):
                return start
    return None
