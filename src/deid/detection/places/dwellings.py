"""Where somebody lives without a road and its number: beside what a small place has one of, in a hamlet, by the house alone."""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.literals import Screened
from deid.detection.places.words import ADDRESS, LOCATION
from deid.detection.reading import Reading
from deid.grammar.divisions import Divisions
from deid.regexes import Regex
from deid.types import Detection

BESIDE = (
    r"(?:隔壁|[斜正]?对[面过门]|[后前背][面头边]|[后前]楼|背后|旁边?(?!系)|边上|附近|一带|门口|[东南西北][边面头]|[东西][南北]角|"
    r"楼[上下]|后街|底下|跟前|[那这]边|院[里内]|坎[上下])"
)
"""Where something is from a landmark."""
_ONE_OF = (
    "供销社|粮[站库]|戏台|祠堂|水塔|大队部|油坊|磨坊|文化宫|知青点|兽医站|农机站|食品站|收购站|变电[站所]"
)
"""What a village or a small town has one of."""
_OF_TOWN = (
    "火车站|汽车站|客运站|电影院|加油站|菜市场|农贸市场|清真寺|教堂|收费站|[砖纸糖盐瓷酒船]厂|煤矿|码头|渡口|水库|铁路|铁?道口|河堤|江堤|桥头|"
    "百货大楼|邮局|邮电局|派出所|敬老院|养老院|乡政府|镇政府|村委会|公园|体育[馆场]|中学|小学|大学|医院"
)
_FORMER = (
    rf"[老旧原](?:{_ONE_OF}|{_OF_TOWN}|车站|戏院|卫生院|学校|酒厂|[一-鿿]{{1,3}}厂|公社|[县区]委|县政府)"
)
HOUSE = (
    r"(?:的?(?:[那这一][个栋座排间]|[那这]边)?的?(?:[老小旧]?(?:[红黄白灰青]?楼(?:房)?(?![上下道梯])|平房|瓦房|土房|窑洞|院子|筒子楼|棚户区?)|"
    r"(?:(?![的了和与到去在往那这住])[一-鿿]){1,6}(?:宿舍楼?|家属[楼院]|小区|旅馆|宾馆|招待所|酒店|公寓)(?:[0-9]{3,4}(?![0-9年月日元例]))?))"
)
"""The house there."""
_LIVES = r"(?:(?<![入居])住(?![院址宿所户])在?|租住?在|租的(?:房子?)?[是在]|[暂借寄]住在?|搬[到去至]了?|家在|房子[是在]|家就在|安置在)"
_BESIDE_LANDMARK = Screened(
    rf"(?<=[住租在到是去往])(?:{_FORMER}|{_ONE_OF}){BESIDE}{HOUSE}?|(?:{_FORMER}){BESIDE}{HOUSE}"
)
_LIVES_BESIDE = Screened(
    rf"{_LIVES}(?P<value>(?:{_ONE_OF}|(?:(?![的了和与跟我他她您你们咱很较不太在过])[一-鿿]){{2,5}}(?:{_ONE_OF}|(?!医院)(?:{_OF_TOWN}))|(?!医院|[中小大]学|公园)(?:{_OF_TOWN})){BESIDE}{HOUSE}?)"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆"
    "郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁"
    "舒耿牟詹关苗凌费纪靳盛童欧项曲裴席查屈鲍覃霍翁柏宁柯桂柴冉付"
)
_HAMLET_OF_FAMILY = Screened(
    rf"(?<=[住在去到回从自至往嫁搬是,。:、\n ])(?P<name>[上下前后东西大小]?[{_SURNAMES}]家[沟湾峁塬咀嘴堡寨坝垭峪坳洼窑滩塆岔崖圪])"
    r"(?=[,。;、的)\n ]|[那这][边头]|人[,。;的]|村民|[组社队]长|的?(?:姑娘|媳妇|老[人汉])|去|来|打|接|看|一[家户趟]|$)"
)
"""刘家峁, 王家沟: a hamlet that is called after those who live there."""
_FAMILY_AT_START = Screened(
    rf"(?:\A|(?<=[\n:。]))(?!石家庄)(?P<name>[上下前后东西大小]?[{_SURNAMES}]家[庄屯营店圩圈堡洼沟])(?=的(?:[,。;]|老?[一-鿿]{{2,3}}[,。;]))"
)
"""丁家庄的丁老四，: whence somebody is, before all that is told of him."""
_ANSWERED = Screened(
    r"(?:住(?:在)?哪[里儿]?|哪里?人|家在哪[里儿]?|从哪[里儿]?来的?)[啊呀呢]?\?[ \n]*(?:[\[(]?[0-9:.]{4,8}[\])]?[ ]?)?[一-鿿]{1,4}:[ ]?"
    r"(?P<name>(?![我俺在住就那这不没从家哦嗯啊呃是离跟和姓叫免说很也都还本远附]|市[里区内]|[乡城]下|[村城乡镇县]里|[郊山]区|外地|农村)(?:(?![的了在是])[一-鿿]){2,4})(?=[,。])"
)
"""您家住哪儿？\\n家属：北新泾，: what is answered to where."""
_LIVED_HAMLET = Screened(
    r"(?:(?<=[^一-鿿]住)|(?<=[人都还就]住)|(?<=家在)|(?<=家住)|(?<=住在)|(?<=现住)|(?<=嫁到)|(?<=搬到)|(?<=搬去))(?![址院])"
    r"(?P<name>(?:(?![的了过在到去])[一-鿿]){2,3}[组屯寨坪坝沟湾峁塬坳洼圩])(?![区县市镇乡路街]|[一-鿿]?[织长成员里头])"
)
_LIVES_NEAR = Screened(
    rf"{_LIVES}(?P<name>(?:(?![的了和与跟我他她您你们咱很较不太在过这那哪离])[一-鿿]){{2,5}})(?=附近|一带|那[边块片一头]|这边|那儿)"
)
"""租住洪家楼附近."""
_DEVELOPERS = (
    "恒大|保利|碧桂园|万科|绿地|龙湖|中海|融创|华润|金地|招商|世茂|富力|雅居乐|绿城|远洋|首开|金科|旭辉|中粮|卓越|星河|鲁能|中南|荣盛|佳兆业|阳光城|奥园|万达|建业|滨江|仁恒|朗诗|蓝光|俊发|中梁|正荣|融侨|中骏|中铁|中建|金茂|合生|珠江|越秀|"
    "时代|美的|新城|协信|东原|华远|华侨城|花样年|鑫苑|亚新|正商|永威|融信|泰禾|中天|力高|弘阳|禹洲|龙光|北大资源|当代|复地|建发|联发|天地源|海亮|宝能"
)
_ESTATE_OF_DEVELOPER = Screened(
    rf"{_LIVES}(?P<value>(?:{_DEVELOPERS})·?(?:(?![的了和与在旁附对住门后前就上下那这医酒影])[一-鿿]){{2,6}}?(?:[0-9一二三四五六七八九十]{{1,2}}期)?(?:[0-9]{{1,3}}(?:号楼|[栋幢座])(?:[0-9]{{1,2}}单元)?(?:[0-9]{{3,4}}室?)?)?)"
    r"(?=[,。;、!?)\n|了]|[ ]|$|附近|[那这]边|对面|旁边|门口|里面)"
)
"""家在保利香槟: an estate that is called after who built it."""
_YARD = Screened(
    rf"{_LIVES}(?P<name>(?:(?![的了和与跟我他她您你们在过这那]|[后前对里]头|[对后前]面|旁边|附近)[一-鿿]){{2,8}}[0-9一二三四五六七八九十]{{1,3}}号大?院)"
)
"""住军休所2号院."""
_WENT_TO = Screened(
    r"(?:[去到回](?:的|了)?|嫁[到去]|家访|入户)(?P<name>(?:(?![的了过在到去来上下])[一-鿿]){2}[沟湾屯寨峁洼坳峪塬])(?=[,。;、\n]|人家|那[边头]|[一两二三四五]家|义诊|巡诊|入户|随访)"
)
"""义诊去的野狼沟: what no dictionary knows."""
_HIGHWAY = Screened(
    r"(?<![A-Za-z0-9])[GS][0-9]{1,4}(?:国道|省道|线|[一-鿿]{0,4}高速(?:公路)?)[ ]?K[0-9]{1,4}(?:\+[0-9]{1,3}米?)?|(?<![A-Za-z0-9])[GS][0-9]{1,4}(?:国道|省道|线|[一-鿿]{0,3}高速(?:公路)?)?[一-鿿]{2,4}(?:服务区|收费站|出口|互通)"
    r"|(?<=[在到过从上走])[东南西北]?[二三四五六]环(?![素己酯节境类状])(?:[东南西北]?路|高架)?"
    r"|(?:(?![在到从去过的于])[一-鿿]){2,3}高速(?:公路)?[一-鿿]{2,4}(?:服务区|收费站)"
)
_OTHERWISE = Screened(
    r"(?:[0-9]{3,4}(?:室|房)|[0-9]{1,2}单元)[,、 ]{1,2}(?:[0-9]{1,2}单元[,、 ]{1,2})?[0-9]{1,3}(?:号楼|[栋幢座])[,、 ]{1,2}"
    r"(?:(?![的了在到去])[一-鿿]){2,10}?(?:小区|花园|家园|[苑园城府庭]|新村|公寓|大厦|[路街巷弄](?:[0-9]{1,4}号)?)(?=[,。;\n)]|$)"
)
"""302室,5号楼,枫林雅苑: from the door to the estate."""
_HOUSE_ALONE = Screened(
    r"(?:(?<=送到)|(?<=寄到)|(?<=[换改]成)|(?<=[,。:是住@])|(?<=\n)|\A)(?P<name>[0-9]{1,3}(?:号楼|[栋幢]|#(?:(?<=[住在][0-9]#)|(?<=[住在][0-9]{2}#)))(?:-?[0-9]{1,2}单元)?-?[0-9]{3,4}(?:室(?![内外])|(?![0-9号年月日例元.%床号])))"
    r"(?=[,。;:!?\n ]|$|的|[那这]家)"
)
"""5号楼302室, 3栋1402: a door of an estate that those who speak live in."""
_HOUSE_OF_ESTATE = Screened(
    r"(?:(?<![一-鿿0-9A-Za-z])|(?<=[住在]))(?P<name>(?:(?![的了在到去有是和这那每共第住])[一-鿿]){3,6}(?<![楼房宅墅筑屋厦舍馆区院厂科号型共约])[0-9]{1,3}[栋幢])(?=[,。;!?、\n]|$|楼下|门口|那)"
)
"""风格城事33幢: an estate whose name no word ends, before its house."""
_ANY = sum(
    form.bit
    for form in (
        *(_BESIDE_LANDMARK, _LIVES_BESIDE, _HAMLET_OF_FAMILY, _LIVED_HAMLET, _LIVES_NEAR, _YARD, _WENT_TO),
        *(
            _ESTATE_OF_DEVELOPER,
            _HIGHWAY,
            _OTHERWISE,
            _HOUSE_ALONE,
            _HOUSE_OF_ESTATE,
            _FAMILY_AT_START,
            _ANSWERED,
        ),
    )
)
_NO_QUARTER = Regex(
    "医院|学校|单位|公司|父母|儿子|女儿|孩子|[弟妹哥姐爸妈爷奶叔姑姨舅婆岳]|朋友|同[事学]|亲戚|地铁|车站|校区?$|工地|市区|郊区|县城|城[里区]|家$|厂$|[楼层]$|宾馆|酒店|病房|海边|山[里上]"
)
_OF_HOSPITAL = ("院", "病", "门诊", "急诊", "会议", "培训", "检查", "考", "诊室", "办公")


def find_dwellings(reading: Reading, divisions: Divisions) -> Iterator[Detection]:
    """Where somebody lives by what is beside it, by the name of a hamlet, or by the house alone."""
    text = reading.text
    if not reading.screens & _ANY:
        return
    for match in reading.finditer(_BESIDE_LANDMARK):
        yield Detection(ADDRESS, *match.span(), 0.7, "address", ("beside",))
    for match in reading.finditer(_LIVES_BESIDE):
        yield Detection(ADDRESS, *match.span("value"), 0.7, "address", ("beside",))
    for match in reading.finditer(_HAMLET_OF_FAMILY):
        yield Detection(LOCATION, *match.span("name"), 0.9, "address", ("hamlet",))
    for match in reading.finditer(_FAMILY_AT_START):
        yield Detection(ADDRESS, *match.span("name"), 0.7, "address", ("hamlet",))
    for match in reading.finditer(_ANSWERED):
        yield Detection(LOCATION, *match.span("name"), 0.7, "address", ("answered",))
    for match in reading.finditer(_LIVED_HAMLET):
        place = divisions.at(text, match.start("name"))
        if place is None or place.end < match.end("name"):
            yield Detection(ADDRESS, *match.span("name"), 0.9, "address", ("hamlet",))
    for match in reading.finditer(_LIVES_NEAR):
        if not (
            reading.known(match["name"]) and divisions.at(text, match.start("name")) is None
        ) and not _NO_QUARTER.search(match["name"]):
            yield Detection(LOCATION, *match.span("name"), 0.6, "address", ("near",))
    for match in reading.finditer(_ESTATE_OF_DEVELOPER):
        yield Detection(ADDRESS, *match.span("value"), 0.8, "address", ("estate",))
    for match in reading.finditer(_YARD):
        yield Detection(ADDRESS, *match.span("name"), 0.75, "address", ("yard",))
    for match in reading.finditer(_WENT_TO):
        if not reading.known(match["name"]):
            yield Detection(LOCATION, *match.span("name"), 0.6, "address", ("hamlet",))
    for match in reading.finditer(_HIGHWAY):
        yield Detection(LOCATION, *match.span(), 0.65, "address", ("highway",))
    for match in reading.finditer(_OTHERWISE):
        yield Detection(ADDRESS, *match.span(), 0.8, "address", ("otherwise",))
    for match in reading.finditer(_HOUSE_OF_ESTATE):
        if not reading.known(match["name"].rstrip("0123456789栋幢")[-3:]):
            yield Detection(ADDRESS, *match.span("name"), 0.6, "address", ("house",))
    for match in reading.finditer(_HOUSE_ALONE):
        before = text[max(0, match.start() - 12) : match.start()]
        if not any(word in before for word in _OF_HOSPITAL):
            yield Detection(ADDRESS, *match.span("name"), 0.6, "address", ("house",))
