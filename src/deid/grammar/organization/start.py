"""Where a name begins: behind what stands in none, at its place, behind what is done with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from deid.grammar.address import NAME_CHARACTERS
from deid.grammar.divisions import DivisionMatch, Divisions
from deid.grammar.organization.match import Kind
from deid.regexes import Regex

_CUT = (
    r"(?<=[函信报件])致|(?<=市场)[做卖开]|(?<=[已未再先])交(?!通|银)|(?<![一-鿿])随(?![州县])(?=[一-鿿]{2})|(?<=[你就只要])写(?=[一-鿿]{2})|[以凭需须靠近随替看令将而且各每]\Z|来源\Z|路边|(?:新增|增加|减少)(?=合作|定点|协议|签约)|另外(?=[一-鿿]{2})|(?:公司|集团)(?:\([一-鿿]{2,6}\))?(?:下[属设辖]|旗下|所属)(?=[一-鿿])|[本此]次|填写|请[填写]|[填写][成入上]|致电|电联(?=[一-鿿]{3})|(?<![一-鿿])凭(?=[一-鿿]{1,3}[镇乡村县市区])|定点(?![医药单零机])|地[址点][是为]?|住址|(?:[上下本这]个?)?(?:周|星期|礼拜)[一二三四五六日末天](?![一-鿿]?堂)|比如说?|譬如|例如|[旧早往当那]年|[表堂][弟妹哥姐兄](?=[上去到在读])|通知(?!单)|提交|递交|报送|移送|(?:快递|顺丰|包裹)[发寄]|备注[为是]?|拨打|(?<![一-鿿])打(?![浦虎铁鹿工])|(?:打卡?|[转付]|(?<![百康融万利佳福荣仁华健德美])汇|(?<=[票头要想会能边里外村])开)\Z|[少多不别]看|(?:要|写|填)?全称[是为]?|[上中下]旬|[月年][初底末]|(?<!纽)约(?!翰)(?:定(?![西远州南海边兴安襄陶日结]))?|(?:[改写填转换发打印登弄变当录]|(?<=[一-鿿])(?<![省市区县州])开|(?<=说))成(?![都功立长才就熟员品交果人])|改为?(?=[北上天重广南成武杭苏])|定居|迁居|移居|落户|路过|途经|自驾|那要|我们|离(?=镇|乡|县|村)|喺|嘅|[差缺欠催漏](?=[一-鿿]{2})|一[名家所个位张份]|楼[上下]|团队|(?<=[我你])司|[贵本]司|\([0-9一二三四五六七八九十]{1,2}\)|完成|协助|[对转承衔]接|就诊于?|就医|未见|更名为?|变更为|转账|转运(?![中服有公管急科护]|车队|\Z)|转(?:[诊院入至往回]|交(?![通大警投运]))?(?![化录运])|来自|前往|任职于?|供职于?|就职于?|就读于?|毕业于?|位于|坐落于?|隶属于?|受聘于?|入职|"
    "(?<=[司院])和(?=[一-鿿]{3})|判令|判决|冒充|假冒|谎称|驳回|承担|[习俗又别]称|[拍变]卖|本案|证明|追加|加盖|捏造|距|写[上明](?!海)|(?<![书抄填编])写(?=[一-鿿]{2,3}[村镇乡])|逾期|同期|不得?超过|打入|转账|以其|并以|以?下简?称|按(?=中国)|按\\Z|(?<=[金费账款用钱票单都])走\\Z|(?<![一-鿿])[只可]走|(?<![日晚早晨学周时])报[给送]?\\Z|(?<!彼)此(?![木里])|(?<![一-鿿])(?:以(?![马岭色诺勒琳利太撒馨恒清晴])|而(?![已立]))(?=[一-鿿]{2})|"
    "认准|(?<=是)否|即(?!墨)|(?<![资日基版原])[本此]文(?![化教艺件])|勿[写填寄打发送给]|(?<=[理长任师生士])同(?=[一-鿿]{2}|\\Z)|伙同|督促|致使|要求|指出|知道|只要|重视|看见|看到|拿着|反映|请问|[敢试]问|责令|勒令|解决|[即既]然|上交|移交|加强|简称|冲进|受聘|发函|恳[请求]|请求|敬请|针对|鉴于|拖欠|敬礼|"
    "(?:立即|马上|会同|一并)联合|[现历兼担聘升]任|[数几][十百千万]+[余多]?[名家所位]|会同(?!济)|尽量|(?<=[0-9A-Za-z一-鿿])而(?=[省市县区镇A-Z])|强烈|彻底|分别|小孩|家人(?![药诊])|[昨今明]日|[上下]午(?!茶)|凌晨|"
    "特邀|欢迎|依照|依据|帮助|改变|登[陆录]|(?:贵|我|敝)(?=公司|单位)|本(?=集团公司)|建议|推荐|预约|联系|选择|挂号|委托|授权(?!书)|汇[入至往]|存入|抄送|转交|告知|代表(?!处)|拜访|陪同|同意|抬头(?:[写开是为要改换成]{1,2})?|执业地点|签约|收到|(?<!护)送[至往检]?|寄[至往]?|退休|工作(?!室)|上班|打工|实习|进修|参加|通过|按照|根据|关于|对于|"
    "裁决|判令|判决|暂[定拟]|备选|首选|次选|放号|议论|驾驶|预付款?|走(?=公司)|(?<=[伤险保赔销])要\\Z|厂里|(?<![一-鿿])现(?!代)(?=[一-鿿]{3})|(?<![一-鿿])原(?=[省市县区一-鿿]{2,6}[省市县区大院])(?!子|发|位|平|阳|州)|"
    "需要|应[该当]|尽[快早]|及时|立即|马上|必须|最好|直接|定期|继续|赶紧|希望|相信|避免|接受|进行|使用|配合|采[用取]|导致|引起|发现|确诊|"
    "考虑|怀疑|提示|显示|属于|发生|包括|有关|负责|开设|设有|拥有|出具|提供|开具|这样|这种|怎么|什么|情况|每[年月天日]|多次|经常|"
    "(?:工作|用人|所在|用工|原)?单位[是为]?|供应商|厂家|厂商|本人|名下|[甲乙丙]方|(?:开户|收款|付款|汇[入出款]|到账)行|户名|名称|字号|法人|原告|被告|雇主|职业(?=[:为是])|公章|"
    "患者|病人|家属|患儿|[诉述]|医生|大夫|主任|教授|护士|先生|女士|老师|阿姨|老公|丈夫|妻子|爱人|父亲|母亲|儿子|(?<!妇)女儿|儿媳|同事|朋友|邻居|老人|孩子|"
    "[今明昨前][天晚晨年]|去年|目前|现在|之前|以前|后来|最近|平时|曾经|一直|刚刚|已经|因为|所以|由于|如果|可以|然后|时候|首先|随后|[术产会]后|"
    "任何|(?:修[改订]|注销|设立|成立|收购|并购|清算|解散)\\Z|[交送退]回|先报|附近|远处|对面|隔壁|门口|旁边|当地|外地|外省|急诊|门诊|诊断|治疗|检查|复查|复诊|住院|手术|[拿取购买]药|救治|医治|诊治|"
    "(?<=[0-9一二两三四五六七八九十半数几多余])(?:年|个月|月|天|周|日|小时)[余多]?[前后来]?(?![级龄制])|(?<=[0-9])[号时点分岁天次个名元床楼]|"
    "(?<![仁太永中天祥颐共义泰安雍人同协宝保平温龙万怡嘉熙瑞])和(?!\\(|济(?![南宁源])|[堂平谐顺兴睦风盛田县合畅美信义记黄])|(?<!未)来(?![安凤宾广福龙伊])|于(?![洪家都田])|"
    "经(?!(?<=财经)(?:\\Z|政法)|[济开贸纬营典络销一二三四五六七八九十])|至(?![善诚德和上臻纯])|[由往赴拟予遂曾已](?!光)|(?<![科殖病肤腔喉鼻])与(?!光)|系(?!统)|(?<!普)及|(?<!基)因(?!特)|(?<![一-鿿])[男女](?=[一-鿿]{3})|"
    "(?<!面)向(?![阳东前荣群日上心])|自(?![贡强然由来动治主])|(?<!乐)从(?![化江])|(?<!华)为(?!民)|再(?![生鼎])|抵(?!押)达?|返(?!还)回?|离(?!退)开?|"
    "后(?!勤)|时(?![代光珍尚空装])|(?<![国拥])有(?![为恒机限色道])|(?<!第)[一两二三四五六七八九十几多这那哪每各](?:[个家所间次段位类]|种(?![植养子苗]))|--|医院(?!\\()|"
    "(?<![高中初同])等(?!级)|是|(?<![一-鿿])除(?![颤湿尘虫])了?|某(?=[省市县区])|前(?![进沿海锋卫列线门程]|[东西南北中]?[路街]|大[道街])|或者?"
)
# In talk the verb stands right before the word 医院: these are cut only there, since companies are called so.
_CUT_TALK = (
    "(?<![一-鿿])[村巷]口(?!腔)(?=[一-鿿]{2})|(?<=[所址村镇乡里])距离?|奶奶|爷爷|外婆|姥姥|姥爷|谈论|反正|感谢|非常|传说|终以|(?<![一-鿿]目)的|表示|符合|实施|推广|宣传|速回|熟悉|喜欢|准备|只有|连个|逛逛?(?=超市)|上星期|[一二三四五六七八九十]点|许多|不少|好[些几]|大?多数|十大|比较|[更最]|当然|正规|习惯|恢复|减低|增强|大概|较(?!场)|出现|上个?(?:月|星期|周|年)|人家|然而|而且|但是|并且|"
    "留意|注意|决定|咨询(?!工作室|中心|服务|有限|机构|事务|公司|\\Z)|知道|感觉|觉[得着]|清楚|考量|想[要问去到知着换找起]|确认|看见|升入|考[上入取]|刚|介绍|系统|全面|仔细|一下|要(?!塞)|能(?!源)|"
    "(?<![字嘉百])会(?![展计所泽宁东])|得(?![胜州克])|过(?!渡)|不(?!列)|(?<!友)好(?![友莱运时])|些|听|问(?!医(?![院生师保药务]))|换|拨打?|详询|(?<![长政法自])治(?![区平安国])|捐|查(?!干|询)|入|(?<=[料片本件品])交|(?<=[士生])对"
)
_CUT_OF_SCHOOLS = r"(?:(?<![一-鿿])|(?<=[儿女娃子妹弟哥姐孙他她我]))[念读](?=[一-鿿]{2})|任教于?|执教|代课|(?<![特职宗德科文助党干成幼高普政体医说电国])教\Z"
"""What a teacher does there: 在古县渡镇|教小学."""
_ATTENDED = Regex("[就在现攻入]读|[在去来]上(?=[一-鿿]{3})")
"""Right before a school: 现在上|颍州中学."""
CUTS: Mapping[str, Regex] = {
    "medical": Regex(f"{_CUT}|{_CUT_TALK}"),
    "school": Regex(f"{_CUT}|{_CUT_TALK}|{_CUT_OF_SCHOOLS}"),
    "company": Regex(_CUT),
    "agency": Regex(_CUT),
    "other": Regex(_CUT),
}
_RUN = Regex(rf"[{NAME_CHARACTERS}A-Za-z0-9()&·-]+\Z")
_OWNER = Regex("(?:(?<![一-鿿])|(?<=[在于去到转由从问找的至往]))[一-鿿](?:大夫|医生|医师)\\Z")
"""王大夫|中医馆, 李医生|诊所."""
_LEADING = Regex(r"[0-9)&·\-个]+")
NUMBERED_HOSPITAL = Regex(r"(?<![0-9])[0-9]{3}\Z")
_TRADE_OF_HOSPITALS = Regex("(?:管理|投资|连锁|咨询|服务|健康|科技|发展){1,3}(?:集团)?")
FIRM_OF_HOSPITALS = Regex(f"{_TRADE_OF_HOSPITALS.pattern}.*公司")
"""沐和医院 管理咨询有限公司."""


def start_of(text: str, begin: int, kind: Kind, divisions: Divisions, *, vague: bool) -> int | None:
    """Where the name closed by the word at `begin` starts; None if there is none.

    `vague` when that word (公司, 厂) is as common in talk as in names.
    """
    run = _RUN.search(text, max(0, begin - 26), begin)
    if run is None:
        return None
    named = [
        replace(place, start=run.start() + place.start, end=run.start() + place.end)
        for place in divisions.find(run[0])
    ]
    places = [place for place in named if _is_whole(text, place)]
    cuts = CUTS["medical"] if vague else CUTS[kind]
    start = run.start()
    if text[start - 1 : start + 1] == "被告":
        start += 1  # 被 stands in no name
    for cut in cuts.finditer(text, start, begin):
        single = cut.end() - cut.start() == 1
        within = any(place.start < cut.end() <= place.end for place in (named if single else places))
        if not within and not _is_in_name(text, cut, begin, divisions):
            start = cut.end()
    start = _at_border_of_place(text, start, begin, divisions)
    owner = _OWNER.search(text, max(0, start - 4), start) if kind == "medical" else None
    if owner and text[start] != "(" and not text.startswith("医院", start):
        return owner.start()
    if start == begin:
        return None
    start = _within_brackets(text, start, begin)
    leading = _LEADING.match(text, start, begin)
    if leading and not (kind == "medical" and NUMBERED_HOSPITAL.search(text, start, begin)):
        start = leading.end()
    start = behind_deeds(text, start, begin, divisions)
    if start >= begin:
        return None
    if kind == "company":
        return _of_company(text, start, begin, divisions)
    if kind == "school" and _ATTENDED.match(text, max(0, start - 1)) and not divisions.at(text, start):
        return start + 1
    if kind in ("medical", "agency", "school"):
        return _at_place(text, start, named, places, divisions)
    return start


def _is_whole(text: str, place: DivisionMatch) -> bool:
    """Whether the name of a place is no part of a word: in full, long, or 某州."""
    return not place.short or place.end - place.start > 3 or text.startswith("州", place.end - 1)


def _is_in_name(text: str, cut: re.Match[str], begin: int, divisions: Divisions) -> bool:
    """Whether what stands in no name stands in one here: 湖前卫生院, 上海沐和医院, 沐和医院管理公司."""
    return (
        _is_named_and(text, cut.start(), divisions)
        or _is_first_of_name(text, cut, begin, divisions)
        or (cut.end() == begin and _is_named_behind(text, cut))
        or (cut[0] == "医院" and _TRADE_OF_HOSPITALS.fullmatch(text, cut.end(), begin) is not None)
    )


def _at_border_of_place(text: str, start: int, begin: int, divisions: Divisions) -> int:
    """让胡路区, of which the first character stands in no other name; 向 before 东洲区."""
    for size in (1, 2, 3):
        place = divisions.at(text, start - size) if size <= start else None
        surely = place is not None and (is_known(place) or place.end - place.start > 2)
        if place and surely and start < place.end <= begin:
            start -= size
            outer = divisions.start_before(text, start)
            start = start if outer is None else outer  # 包头|达茂旗
            break
    if text[start] in "向至从自由":
        place = divisions.at(text, start + 1)
        if place and place.end <= begin and is_known(place):
            return start + 1  # 向东洲区…厂投诉
    return start


def _within_brackets(text: str, start: int, begin: int) -> int:
    """Behind a bracket that is not closed."""
    depth = 0
    for position in range(begin - 1, start - 1, -1):
        depth += {")": 1, "(": -1}.get(text[position], 0)
        if depth < 0:
            return position + 1
    return start


def _of_company(text: str, start: int, begin: int, divisions: Divisions) -> int:
    """Behind what a company is to somebody, what leads to its place, and its kind."""
    if text[start] == "走" and text.startswith("银行", begin):
        start += 1  # 走徽商银行
    party = _PARTY.match(text, start, begin)
    if party and begin - party.end() > 1:
        start = party.end()
    for lead in _LEADS_TO_COMPANY.finditer(text, start, begin):
        if divisions.at(text, lead.end()):
            start = lead.end()
    owner = _OF_A_COMPANY.match(text, start, begin)
    return owner.end() if owner and divisions.at(text, owner.end()) else start


def _at_place(
    text: str,
    start: int,
    named: Sequence[DivisionMatch],
    places: Sequence[DivisionMatch],
    divisions: Divisions,
) -> int:
    """At the first place, unless what stands before it belongs to the name."""
    for place in places:
        at = _first_of_row(named, place)
        county = divisions.start_before(text, at) if place.level == "township" else None
        at = county if county is not None and county >= start else at  # 寻乌|吉潭镇
        if at > start and not _MAY_PRECEDE.search(text, start, at):
            return at
        if at >= start:
            break
    return start


_DEED = Regex(
    "协调|对接|安排|办理|代办|代缴|代付|代领|代收|代订|代约|代挂|补缴|预缴|缴纳|垫付|付|支付(?!宝)|结算|核实|核对|核查|确认|查询|争取|续签|陪诊|采购|走访|慰问|对账|报销|沟通|协商|跟进|回访|护送|接送|邀请|聘请|致函|函告|"
    "催促|催问|催|督促|申请|起诉|投诉|举报|状告|控告|咨询|了解|参观|考察|访问|赶往|赶赴|赶到|奔赴|辗转|调取|调阅|借阅|复印|开办|举办|约|挂|问询|问|找|跑|打|带"
)
"""What is done with a body, or for somebody there."""
_WISHED = Regex(
    "[望求请被叫让给去向对将把按致附限宿供归]|恢复|兹有|借用|[以任](?![城丘县泽])|经(?!(?<=财经)(?:\\Z|政法)|[济开贸纬营典络销])|联合|会同"
)
"""What leads to a body that a place names, where it stands first: 望|湖南省旅游局."""
_HANDED_TO = Regex(
    "(?:承蒙|限|交(?![通大警投运])|(?<=[这那])边)(?=[一-鿿]{2,6}(?:大学|医学院|医科大)|[省市县区][第立人中妇儿])"
)
"""What leads to a university, or to what a place has: 交|北京大学第一医院, 限|市人民医院."""
_RANK_OF = Regex(r"[省市州县区]\Z|[A-Z][0-9]{0,2}[市县区州]")
_LEARNED = Regex(r"[一-鿿]{1,6}?(?:大学|医学院|医科大)|首都|中国|解放军|[空海陆]军|[省市县区][第立人中妇儿]")


def behind_deeds(text: str, start: int, begin: int, divisions: Divisions) -> int:
    """Where the name begins behind what is done there: 协调 | 中山大学附属第五医院, but not 北京协调创新科技."""
    if wished := _WISHED.match(text, start, begin):
        place = divisions.at(text, wished.end())
        led = place is not None and place.end <= begin and is_known(place)
        if led or _RANK_OF.match(text, wished.end(), begin):
            start = wished.end()
    if (handed := _HANDED_TO.match(text, start)) and handed.end() < begin:
        start = handed.end()
    for deed in _DEED.finditer(text, start, begin):
        named = divisions.at(text, deed.end()) or _LEARNED.match(text, deed.end(), begin)
        leads = deed.start() == start
        if (leads or len(deed[0]) > 1) if named else (leads and len(deed[0]) > 1):
            start = deed.end()
    return start


def is_known(place: DivisionMatch) -> bool:
    """Whether the name says by itself that it is a place; short names of counties are words."""
    return not place.short or place.level in ("province", "prefecture")


def _first_of_row(named: Sequence[DivisionMatch], last: DivisionMatch) -> int:
    """Where the row of places begins that ends with `last`: 黑龙江 of 黑龙江哈尔滨道外区."""
    start = last.start
    for place in reversed(named):
        if place.end == start:
            start = place.start
    return start


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


_OPENS_NAME = frozenset("和来会再得为前时有")
_LEADS_TO_NAME = Regex("(?:[住待]在|[送转调]?到|由|[任就]职于|(?:抬头|发票)[开写]|开给)\\Z")
_GOES_ON_IN_NAME = Regex(
    "[通智泰祥盛美顺兴瑞润信融悦嘉康华荣达丰源利福宏德济慈恩佳怡欣](?![康年国丰业安复山东西南北中])"
)
"""What stands behind such a character in a name, and begins no other: 和瑞, but not 和|泰康, 来|华山."""


def _is_first_of_name(text: str, cut: re.Match[str], begin: int, divisions: Divisions) -> bool:
    """转到|和通养老院, 杭州|和瑞健康咨询公司: behind what leads there or a place, where no conjunction or verb stands."""
    if cut[0] not in _OPENS_NAME or begin - cut.end() < 1 or not _GOES_ON_IN_NAME.match(text, cut.end()):
        return False
    if divisions.at(text, cut.end()) or divisions.at(text, cut.start()):
        return False  # 南京和上海的公司
    led = _LEADS_TO_NAME.search(text, max(0, cut.start() - 3), cut.start()) is not None
    return led or any(
        (place := divisions.at(text, cut.start() - size)) and place.end == cut.start() and is_known(place)
        for size in (2, 3, 4)
        if size <= cut.start()
    )


_BEFORE_AND = frozenset("市县区省州后前时再也都还先已又就")
"""Before 和 where it is a conjunction: 长沙市和, 北京后和."""
