"""Places and bodies that a regex alone shows."""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.literals import Forms, Screened
from deid.detection.places.words import ADDRESS, INSTITUTION, INTRODUCED, LOCATION, ORGANIZATION
from deid.detection.reading import Reading
from deid.types import Detection

_HOSPITAL_ABROAD = Screened(
    r"(?:安德森|梅奥|霍普金斯|克利夫兰)(?=的?(?:专家|医生|癌症|肿瘤|二诊|第二意见|会诊|病理|影像|远程|意见书|报告))"
)
"""Hospitals abroad whose short names are those of persons, places and scores as well."""
_BRANCH_OF_STATE = Screened(
    r"中国(?:移动|联通|电信|邮政|铁塔|石油|石化|烟草)[一-鿿]{2,10}?(?:(?:中心)?[分支]公司|支局|营业[部厅])"
    r"|(?:中国)?红十字会(?![的与和会])[一-鿿]{2,6}?分会(?![场员])"
)
_CARRIER = Screened(
    r"(?:顺丰|德邦|中通|圆通|申通|韵达|极兔|京东)(?:速运|快递|快运|物流)?(?=到付|寄付|保价|冷[运链]|同城|上门取件)"
)
_KNOWN_BY_USE = Screened(
    r"(?:(?<=保险是)|(?<=保的是)|(?<=投的是)|(?<=[买投保]的)|(?<=[买投保]了)|(?<![一-鿿]))(?:平安|太平洋|阳光|太平|新华|大地|众安|国寿|泰康|友邦)(?=的?(?:查勘|理赔|核保|业务员|保单|车险|重疾|医疗险|百万医疗|意外险|年金|e生保)|的(?=[,。;!?\n]|\Z))"
    r"|(?:(?<=卡是)|(?<=卡号是)|(?<=[转打存]到)|(?<=户是)|(?<![一-鿿]))(?:招商|工商|农业|建设|兴业|民生|光大|广发|浦发|中信|平安|邮储)(?=的(?:卡|账户|户)?(?=[,。;!?\n]|\Z)|的?(?:储蓄卡|信用卡|借记卡|一卡通))"
    r"|(?<=[在是])(?:电信|移动|联通|广电|铁通|铁塔|烟草|邮政)(?=上班|工作(?![站台])|退休|做|干|的(?=[,。;!?\n]|\Z))"
    r"|(?:(?<=[住订在到选回])|(?<=[住订]的)|(?<=[住订]了)|(?<=[面近边旁]的)|(?<![一-鿿]))(?:如家|汉庭|全季|亚朵|锦江之星|维也纳|桔子|速8|格林豪泰)(?=[,。;!?)\n ]|\Z|大床|标间|双床|离|的?房|快捷|连锁|[0-9])"
    r"|(?<=[买投保])(?:安盛|安联|保柏|信诺|友邦|保诚|宏利|万欣和)(?=的(?=[,。;!?\n]|\Z)|[,。;!?\n])|(?<=[是的]|给)(?:保柏)(?=的?(?=[,。;!?\n]|\Z))|(?<![一-鿿])保柏(?=[,。;!?\n]|\Z)"
    r"|(?<=在)(?:平安|太平洋|阳光|太平|新华|大地|众安|国寿)(?=买|投保|上的?保险|做保险|卖保险)"
    r"|(?<=[跑送开在给])(?:滴滴|美团|饿了么|货拉拉|闪送|顺丰|京东|达达)(?=[,。;!?\n ]|\Z|送(?:快递|外卖|餐|货)|跑外卖|当|上班|干)"
    r"|(?<=问)(?:慈善总会|红十字会|残联)|(?<=[去在读上到])(?:学而思|新东方|红黄蓝|金宝贝|美吉姆|瑞思英语|英孚|蓝翔|北大青鸟)(?=[,。;、)\n]|\Z|上[课小中大班学]|托管|补[课习]|读|报[班名]|学|当老师|的(?:老师|课))"
    r"|(?<=[需由要找跟让])MSH(?=[出给担直拒批])|(?<![A-Za-z0-9/一-鿿])MSH(?=拒[赔付]|直付|担保|授权|出[了具担]|批了|的(?:卡|保单|直付))|(?<![一-鿿])中间带(?=TPA|出[了具担]|担保|授权|直付)|(?<=[由需找跟])中间带(?=TPA|出[了具担]|担保|授权)"
)
"""Firms by words that are more often something else, by what one has of them: 保险是平安的, 在电信上班, 住如家."""
_NAMED_UNIVERSITY = (
    "(?:(?:[东南西北华中]{1,2}|(?:(?![我你他她们在到读是于了从的爸妈儿女子曾])[一-鿿]){1,2})(?:民大|师大|财大|农大|林大|科大|工大|医大|药大|海大|交大|理工|政法)"
    "|交大|北大|清华|复旦|南大|武大|川大|川农|中大|厦大|山大|吉大|兰大|深大|苏大|黑大|辽大|河大|湖大|安大|福大|云大|贵大|宁大|内大|西大|海大|东大|天大|郑大|暨大|汕大|江大|扬大|南开|同济|华科|华农|华工|上外|北外|广外|西外|央财|上财|中南财)"
)
_UNIVERSITY = Screened(
    rf"(?:(?<=[在到读上是于从儿女])|(?<=毕业)|(?<=就读)|(?<![一-鿿])){_NAMED_UNIVERSITY}"
    r"(?=读|念|上学|毕业|教书|任教|副?教授|副?研究员|讲师|研究生|博士|硕士|本科|大[一二三四](?![点些号])|的(?:学生|教授|老师|博士|硕士|研究生))"
    rf"|(?:(?<=考[上取进])|(?<=考[上取进]了)){_NAMED_UNIVERSITY}(?=了?(?:[,。;!\n的]|\Z))"
)
"""考上西北民大, 交大副研究员."""
_CONSULATE = Screened(
    r"(?<![一-鿿])[一-鿿]{1,10}?驻[一-鿿]{1,6}?(?:总?领事馆|大使馆)|(?<=[致由])[一-鿿]{2,10}?驻[一-鿿]{1,6}?(?:总?领事馆|大使馆)"
    r"|(?<![A-Za-z])(?:Embassy|Consulate(?:[ -]General)?) of [A-Z][a-z]+(?: in [A-Z][a-z]+)?|(?<![A-Za-z])(?:[A-Z][a-z]+ ){1,2}Bank(?![a-z])"
)
_BRIDGE = Screened(
    r"(?<=[在到去住])[一-鿿]{2,3}(?<!立交)(?<!人行)(?<!铁路)(?<!公路)(?<!高架)(?<!过街)(?<!水泥)(?<!木头)桥(?=边上|附近|那边|这边|旁边|底下)|(?:(?<=[家人我他她]住)|(?<=住在))[一-鿿]{2,3}(?<!立交)(?<!人行)(?<!公路)桥(?=[ ]?(?:[,。;)\n]|$))|(?<=[在到去住])[三四五六七八九十]道口(?=边上|附近|那边|这边|旁边)"
)
"""A quarter of a city that is called after a bridge or a crossing: 在三元桥边上."""
# …北路9号夕阳红养老公寓: the address ends before the home
_HOME_AT_NUMBER = Screened(r"(?<=号)[一-鿿]{2,6}(?:养老公寓|老年公寓|养老院|护老院|敬老院)")
_IN_JAPAN = Screened(
    r"(?:国立|(?:(?![加赴在到去往从由与和的是了])[一-鿿]){2,3}[县都府市道]立)[一-鿿]{0,8}?(?:癌中心|医[疗療]中心|研究中心)(?:中央病院|[东東]病院)?|(?:(?<![一-鿿])|(?<=[在到去往从由与和]))(?!精神|传染|麻风|同病|住院|正规|私立|公立|民营|综合|专科|当地|各大|三甲|大型)(?:(?![赴在到去往从由与和的是了])[一-鿿]){2,4}(?<!精神)(?<!传染)(?<!麻风)病院(?![一-鿿]?里)"
)
_COMPANY_IN_JAPAN = Screened(r"株式会社(?:(?![提负安派的与和在由担承代协向为])[ぁ-ヿー一-鿿A-Za-z]){2,14}")
_LED_HOSPITAL = Screened(
    r"(?<=[在到去转来从往])(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[二三四五六七八九]|[1-9][0-9]{1,2}|[二三四五六]医)院(?![区长内外部士校子落])"
)
_NUMBERED_HOSPITAL = Screened(
    r"(?:(?<![一-鿿])|(?<=[在到去转来从往是挂找由给让跟]))第?[一二三四五六七八九]院"
    r"(?=的(?!长)|[那这][边里]|[住看做拍查说让开给]|急诊|门诊|复[查诊]|出[院具]|[都也还就又上治缝]|报告|片子|病历|手术|体检|抢救|建议|诊断|会诊|转来|[一-鿿]{1,4}科(?!研)|[一-鿿]{1,2}(?:主任|医生|教授|大夫)|[,。;)、\n]|$)"
)
"""三院的报告, 一院说没事, 外院:三院; but 一院多区, 三院联合."""
_SCHOOL = Screened(
    r"(?<=[在读上到去是])(?:市|省|区)?第?[一二三四五六七八九十]{1,2}(?:女?中)(?=上[学班]|读书?|教书|任教|工作|[,。;、)\n ]|$|[高初][一二三]|的?(?:学生|(?:语文|数学|英语|物理|化学|体育|历史|班主任|退休)?老师|宿舍))|"
    r"(?:(?![在到住去上读从家是的了和跟给])[一-鿿]){1,3}(?:路|街|关|城|镇|实验|中心|光明|育红|育英|育才|胜利|红旗|文昌|新华)第?[一二三四五六]小(?![时组区队儿便])"
)
"""Schools by their number: 读二中, 人民路一小."""
_SCHOOL_OF_WORKS = Screened(
    r"(?:(?<![一-鿿])|(?<=[在原是]))(?:(?![在到住去上读从于是的了原])[一-鿿]){1,2}[铁矿钢油煤电化棉厂]第?[一二三四五六七八九十]{1,2}中(?=教|读|退休|上学|毕业|的?(?:学生|老师|教师|班主任))|(?:(?<=学生[,:])|(?<=就读)|(?<=就读于)|(?<=毕业于)|(?<=学校:))[ ]?(?:(?![在到住去上读从于是的了初高])[一-鿿]){2,3}第?[一二三四五六七八九十]{1,2}[中小](?=[,。;)、\n ]|$|[初高七八九][一二三年])"
)
"""A school by its number behind the works or the place that it belongs to: 学生，平钢二中."""
_PAPER = Screened(
    r"(?:(?<=《)|(?<![一-鿿])|(?<=[登刊载]在)|(?<=[登刊载]于))(?:(?![在到于的了看读《])[一-鿿]){2,4}(?:早报|晚报|晨报|都市报)(?=》|[,。;)\n ]|$|分类|广告|登|刊|第)"
)
"""A paper where something was lost or is sought: 刊于《江淮早报》."""
_ROAD_OF_HOUSE = Screened(
    r"(?<=[房店院部馆所厅行]\()(?:(?![入通思出道铁公马在到近])[一-鿿]){2,6}(?:大道|大街|[路街巷])(?=\))"
)
"""Where a shop is: …大药房（黄花岗西路）."""
_HOUSE_AND_BRANCH = Screened(
    r"(?<![一-鿿])[一-鿿]{2,6}(?:口腔|齿科|眼科|医美|门诊|药房|体检|推拿|中医|护理院)·(?:(?![与和及的])[一-鿿]){2,6}(?=[,;|\t\n)、。 ]|$)"
)
"""沐齿口腔·城南: a house and where its branch is."""
_TRADER = Screened(
    r"(?<![一-鿿])(?!开|经营|自营|从事|在|做|卖|摆|家里|家中|本人)(?:(?![的了是在与和])[一-鿿]){4,18}[店部行坊馆堂社站厂室铺屋吧厅庄心](?=\((?:个体(?:工商)?户?|个人,?无照)[),、])"
)
"""青青洗涤服务部（个体）."""
_HOUSE_OF_PROVINCE = Screened(
    r"(?:国药|国控|华润|上药|九州通|重药|广药|瑞康|鹭燕|科伦|英特)(?:医药|控股|集团)?(?:北京|天津|上海|重庆|河北|山西|内蒙古?|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆)(?![省市路]|人民|[东西南北中一二三]?路)"
)
"""国药内蒙, 华润湖北: what a house of drugs has in a province."""
_TEAM_OF_ROADS = Screened(
    r"(?:高速)?交警(?![说让来的在把给和及])[一-鿿](?![的了在])[一-鿿]{1,2}?(?:[大中支]队)(?![长伍员])"
)
"""交警天心大队."""
_LATIN_HOSPITAL = Screened(
    r"(?<![A-Za-z])[A-Z][A-Za-z]{3,20}(?:[ ][A-Z][A-Za-z]{2,14}){0,2}[ ]?(?:国际)?医院"
)
"""Bumrungrad医院."""
_PLAIN = Forms(
    (
        ((ORGANIZATION, 0.8, "branch"), _HOUSE_OF_PROVINCE),
        ((ORGANIZATION, 0.8, "branch"), _TEAM_OF_ROADS),
        ((INSTITUTION, 0.55, "medical"), _LATIN_HOSPITAL),
        ((INSTITUTION, 0.85, "medical"), _HOUSE_AND_BRANCH),
        ((ADDRESS, 0.7, "road"), _ROAD_OF_HOUSE),
        ((ORGANIZATION, 0.9, INTRODUCED), _TRADER),
        ((ORGANIZATION, 0.6, "school by number"), _SCHOOL_OF_WORKS),
        ((ORGANIZATION, 0.66, "known by use"), _PAPER),
        ((ORGANIZATION, 0.6, "school by number"), _SCHOOL),
        ((ORGANIZATION, 0.65, "branch"), _BRANCH_OF_STATE),
        ((ORGANIZATION, 0.6, "carrier"), _CARRIER),
        ((ORGANIZATION, 0.66, "known by use"), _KNOWN_BY_USE),
        ((ORGANIZATION, 0.65, "consulate"), _CONSULATE),
        ((ORGANIZATION, 0.65, "university"), _UNIVERSITY),
        ((ORGANIZATION, 0.6, "behind a number"), _HOME_AT_NUMBER),
        ((INSTITUTION, 0.65, "medical"), _HOSPITAL_ABROAD),
        ((INSTITUTION, 0.7, "medical"), _IN_JAPAN),
        ((ORGANIZATION, 0.8, "company"), _COMPANY_IN_JAPAN),
        ((INSTITUTION, 0.5, "led"), _LED_HOSPITAL),
        ((INSTITUTION, 0.5, "numbered"), _NUMBERED_HOSPITAL),
        ((LOCATION, 0.5, "bridge"), _BRIDGE),
    )
)


def find_plain(reading: Reading) -> Iterator[Detection]:
    """What a regex alone shows."""
    for (entity_type, score, evidence), match in _PLAIN.matches(reading):
        yield Detection(entity_type, *match.span(), score, f"{entity_type}.short", (evidence,))
