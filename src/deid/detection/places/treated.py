"""Hospitals by what people call them, where what is done there shows them: 挂了华西的号, 人家转齐鲁了, 鼓楼和中大医院.

Nearly all are called after a place or by a word (中山, 鼓楼, 市一), so nothing counts but what stands beside them:
what is no word (省中, 复肿) needs but talk of doctors and beds, what is hardly one (协和) the beginning of a clause
or a word that leads there, any other the latter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deid.catalog.lexicon import WordIndex
from deid.detection.places.words import INSTITUTION
from deid.detection.reading import Reading
from deid.grammar.divisions import Divisions
from deid.regexes import Regex
from deid.types import Detection

WORD, LIKELY, CERTAIN = range(3)
"""How sure it is that a hospital is called so, and nothing else."""
_OPEN = Regex(r"(?:\A|[^一-鿿A-Za-z0-9]|[是的了过年月日号底初才就先又再还都家人妈爸爷奶儿女她他我])\Z")
"""The beginning of a clause or of a cell, or what often stands before a name that leads nowhere."""
_LEADS = Regex(
    r"(?:[在去到至回转送往赴从进走住挂约找托问请看跟和与及或、比→选像派]|转诊|预约|联系|就近|还是|[挂约转住送去看问找联寄][了过的到至]|[发交]给|收入|直接去|拟[去转]|就[诊医]于)[ :]?\Z"
)
_BOOKED = Regex(
    r"(?:[转挂约]|[转挂约送][了到至往]|转[诊院][至到]?|预约[了:]?|拟转|约的|收入|就[诊医]于|[只别改]派|[初复]诊|去过|改去?|[传寄发]给了?|指定要?|进修于|规培于)\Z"
)
_GONE = Regex(r"(?:[去到]了?|→|问了?|[派进]驻)\Z")
"""What somebody does with a hospital, so that nothing need follow, and what one does with any place as well."""
_ENDS = Regex(
    r"[ ]?(?:[,。;!?)、\n|]|\Z|了(?=[,。;!?\n)]|\Z)|吧|呢|吗|好(?=[,。?!还不])|先(?!生)|还是|[和跟或与](?=[一-鿿])|那[个位](?=[女男护医大主教姓小老陪年]))"
)
_DEPARTMENT = (
    r"(?:[一-鿿]{0,3}(?:[内外儿妇产骨眼肾肝肺]|皮肤|肿瘤|神经|呼吸|消化|肝胆|泌尿|血液|风湿|免疫|内分泌|介入|急诊|感染|麻醉|检验|影像|病理|放射|放疗|超声|康复|口腔|耳鼻喉|精神|老年|妇产|生殖|移植|针灸|推拿|骨伤|肛肠|疼痛|中医|核医学|血透)科(?!学|教材|年会|杂志|普|常识|手册)"
    r"|[神心胸普][内外](?!伤)|(?:骨伤|针灸|推拿|[肝泌甲][内外](?!伤)|[肾血呼]内|泌尿|肝胆|风湿|血液|消化|内分泌|甲乳|乳腺|耳鼻喉|口腔|神经|产科|整形|生殖)(?=[,。;|\n 的]|\Z|谁|那|找|看|挂|门诊|专家|[一-鿿]{1,3}(?:主任|教授|大夫|医生)))"
)
_TREATED = (
    rf"(?:{_DEPARTMENT}|(?<=的)(?:内分泌|消化|呼吸|血液|风湿|肝胆|泌尿|神[内外]|心[内外]|肾内)|住院(?!医师?规|期间|总)|会诊|复[查诊](?!单|报告|结果|表)|就诊|就医|看[病诊]|手术(?!后)|出院|入院|[挂约]的?[^一-鿿]?(?:号|[一-鿿]{{1,6}}科|急诊)|挂[个的了]|门诊|急诊|病[区房]|床位|床(?=[,。;的紧])|专家|号[源贩]|号(?=[,。;的难好怎抢\n]|\Z)"
    r"|谁的号|特需|国际(?:部|医疗|门诊)|[东西南北新老]院|分院|(?:(?![方边面侧角向附])[一-鿿]){0,3}院区|[东西南北]楼|抽[的了过]|抽血|[补种拔洗镶]牙|正畸|[开拿取]药|停车(?![场位费])|化验|报告|片子|病理|影像|检查|透析|化疗|放疗|质子|介入|胃镜|[肠胃]镜|核磁|移植|搭桥|ICU|MDT|"
    r"多点执业|窗口|社工[部站]|医务[处科]|的?(?:医生|大夫|护士)|陪[护诊]|建[的了过大小]?[档卡]|产检|分娩|(?:生|剖|放|缝|治|拿|开|切|动|割|打|拆|装|换|修|种|补|拔|镶|植|矫|配|判|诊|建|签|化|穿|整|接|取|扎|插|搭)的|住着|[挂约抢]不[上到]|排[到下不]|的?(?:发票|收据|票据|费用清单|诊断证明)|(?<=院)[东西南北]部(?=[,。;)?! \n]|\Z)|绿色通道|重症|好等|当(?:护[士工]|医生|保安)|[东西南北]区(?=[一-鿿]{0,3}[内外科])|转[过回]来|[那这]边的?(?:联系|有床|没床|医保|床位?|号|专家|医生|说|讲|回|没|不|要|让|催|[挂约抢]不[上到])|那个药|(?:做|看|查|拍|照|住|治|割|切|动|开|扎|排|抢)(?:[的了过着到]|[一-鿿]{0,4}(?:手术|检查|片|CT|核磁|刀|药))"
    r"|做(?:造影|支架|移植|肠镜|CT|核磁|B超|彩超|检查|化|放|透)|看(?:[一-鿿]?[内外]科|病|肾|肝|肺|胃|心|眼|骨|腰|腿|牙|儿|妇)|看的|查的|高压氧|PET|[CM]RI?T?(?![A-Za-z])|MDT|[腹胸腔关节]{1,2}镜|二诊|远程|意见|排不上|排期|没床|有床|本部(?![队门])|[0-9]{1,3}(?:单|台|例|人次|个号)|取(?:药|报告|结果|片)|打的?针|[一-鿿]?拆线)"
)
_FOLLOWS = Regex(
    rf"[ ]?的?{_TREATED}|的号(?![码楼线段称])|号(?=还?有|难|没|[抢挂])|的(?=都要|也要|在[^,。;\n]{{1,6}}(?:[,。;\n]|\Z))"
)
_SURELY = Regex(
    r"[ ]?(?:PET|[CM]T(?![A-Za-z])|MRI?(?![A-Za-z])|ECT|[BC]超|彩超|肠镜|胃镜|骨穿|活检)|[ ]?的?(?:住院(?!医|总|期)|(?:肿瘤|血液|消化|呼吸|感染|皮肤|神经|泌尿|口腔|康复|乳腺|甲状腺|内分泌|风湿|急诊|重症|疼痛|创伤|介入|生殖|烧伤|[肾眼儿妇产])科(?!学|[教年杂普用常药])|影像科|急诊|门诊(?!量|病)|专家号|质子|国际(?:部|医疗|门诊)|ICU|MDT|号[源贩]|[东西南北]院区?(?=[,。;]|\Z)|院区|[一-鿿]{0,2}[神心胸普骨肝][内外]?科(?!学|[教年杂普])|[神心胸普][内外](?!伤|科)|病理(?:科|会诊)|特需|的[一-鿿]{1,3}(?:教授|大夫)|的(?!好)[一-鿿]{1,2}主任|[这那]边(?:[还都也]?在?排|没床|没号|[挂约抢]不[上到]|有床|联系|床位?|医生|专家|大夫)|做的?[一-鿿]{0,4}(?:手术|移植|搭桥|支架|造影|介入|检查|[肠胃]镜|核磁|CT))"
)
"""What shows a hospital behind a word with which a clause begins."""
_AT_GATE = Regex(
    r"隔壁|旁边|(?:[东西南北正][大侧]?门|[一二三四五六]楼)(?![诊子一-鿿]?[院科])|(?<=[A-Za-z])[这那]边"
)
"""A gate or a floor of what is surely a hospital, or what is beside it: 在积水潭西门, MGH那边, 省肿瘤隔壁."""
_DOCTOR = Regex(
    r"[ ]?的?[一-鿿]{1,3}?(?:(?:副?主任|教授|大夫|医[生师]|副?院长|护士长)(?![会])|(?:团队|医疗组|主[任诊]组)|老师(?=看|[那说]))"
)
_SAYS = Regex(
    r"(?:那[边里])?(?:好(?=[,。?!]|还是|不好)|靠谱|[说讲](?=[不没可要让手是能再换])|回复|太远|太挤|请来|在问|亦在问|也在问|不收|收治|拒收|建议|通知|多远|远不远|[怎咋]么[走去]|[怎咋]走|也行|也可以|就算了|能不能|可不可以|有没有)"
)
_WITH = Regex(r"(?:[与和跟同]|对接|合作方:?)\Z")
_DEALT = Regex(
    r"[ ]?(?:的?(?:战略|框架|转诊|独家|长期|年度|渠道){0,2}(?:合作|协议|合同|签约|续约|备忘录|绿通|对账|结算|账期|返点|佣金|分成)|[续重补又还新]?签[了的订约署]|续签|谈[的了好妥成判])"
)
"""What a firm agrees upon with a hospital: 与|仁济|的合作, 和|齐鲁|签了."""
_PAIR = "(?:和|或者?|还是|、|跟|与|/)"
_PAIRED = Regex(rf"{_PAIR}(?:(?!医院)[一-鿿]){{2,6}}医院")
_BEHIND_PAIR = Regex(rf"(?:医院|[一二三四五六]院){_PAIR}\Z")
_BETWEEN = Regex(
    rf"好?{_PAIR}|还是去|的(?:病理|片子|结果|报告|专家|意见|说法|方案)(?:和|跟|与)|[在从]{_PAIR}"
)
_NO_HOSPITAL = Regex(
    r"(?<=[昆贵遵重安福温赣桂泸皖蚌徐滨新内青北海高]医)[生院师务保疗药护学大科附嘱患闹]|(?<=爱尔)(?:兰|康|创)|(?<=长庚)(?:路|大)|(?<=[一二三四五六七八九十])[男女名个位些家所间条层楼米起次天年周]|医院|门诊(?:部|[一-鿿]{0,4}店)|[路区县街镇乡村巷桥站湖河寺城园里](?![一-鿿]?[科院])|市(?!的)|地铁|政府|代表|检察|法院|警|大[学厦道桥街]|[小中]学|公园|广场|装|人寿|保险|银行|证券|制药|药[业店房]|集团|公司|科技|地区|方[面向]|心理|心|级|把手|考|致|律|等|流|医药|医学|医[结院]|[张份页条章节]|杯|出版社|[社报]|字典|书"
)
_GOES_ON = Regex(
    r"(?<=人民|肿瘤|儿童|口腔|妇幼|儿保|中医|骨科|眼科|胸科)(?:发[病生]|患[病者儿]|死亡|存活|生存|防[治控]|质[控量]|登记|学(?!院|术)|协会|专委|学会|专家(?!号|门诊)|教[授材]|[分年]会|常见|流行|多发|好发|(?:优秀|最[美佳好]|十?佳|名)(?:医|护|大夫)|大名医|健康|卫生|筛查|科普|普查|保健|医[保学药务疗]|药(?!$|[,。;、费拿取没])"
    r"|[中成]药|方[剂药]|疾病|护理|诊断标准|标准|分[型期级]|病理学|口岸|批准|(?:癌症|[胃肝肺]癌)(?!科|组|病区|专)|肥胖|近视|龋|疫苗|接种|免疫规划|营养|生长|发育|青少年|预防|治疗(?:指南|规范|药)|用药|群众|生命|生活|特色(?!门诊)|适宜)"
    r"|(?<=中大)[动静隐网汗脑]|(?<=[一二三四五六七八九十])(?:[佳强余旬成万几多堰期度型线级类等批版百千0-9一二三四五六七八九十]|大(?!夫|院|卡|楼)|[一-鿿]?奖|手(?!术)|胎|孩)"
)
"""What shows the word at the end of a name to be but that, 浙江省肿瘤发病率, or its number to count, 上海市十佳医生."""
_LETTERS_GO_ON = Regex(r" [A-Z][a-z]|[ ]?(?:评分|标准|分期|分型|分类|量表|指数|模型|[Ss]core|[Cc]riteria)")
"""MD Anderson alone is certain; with Cancer Center behind it another grammar reads all of it."""
_WORDS_IN_LETTERS = Regex(r"[^ \-一-鿿]+(?:[ \-][^ \-一-鿿]+)+")
"""Royal Marsden, Dana-Farber: nobody is called so."""
_OF_SITE = Regex(
    r"[也都]?有[一-鿿]{0,2}[内外]|看[过的病了]?|挂[不号了]|住院|复查|做(?:的|手术|检查)|[那这]边[没有医挂]"
)
"""Behind the city of a house that a hospital has elsewhere: 湘雅常德|也有神外."""
_BRACKETED = Regex(r"[),](?![一-鿿]{0,3}(?:人|路|区))")
_OF_CARE = Regex(
    "医|院|床|MDT|PET|[CM]T|MRI|ECT|镜|化疗|放疗|透析|移植|穿刺|支架|造影|会诊|标本|高压氧|[切修装植缝补拔]的|住过|[心神肾呼血胸肝][内外]|膏方|方子|换药|[挂专]号|号(?![线码楼院])|病|片子|复查|检查|手术|科|药|诊|疗|主任|教授|大夫|护[士工]|挂|转|排|抽血|化验|产检|进组|重症|ICU|绿色通道|看(?![到见书])|做的|肝|肾|胃|癌|瘤"
)
_OF_CARE_FIRM = Regex(
    "(?:国际)?医疗(?=看[过的了]|住院|做[过的了]|就诊|手术|体检|生的|挂|建档|的(?:医生|专家|主任))"
)
_CELL = ("\t", "|", ",", "\n", "")
"""What is around a cell."""
_NEAR = 14
_LONGEST_LEAD = 4


class _Named(NamedTuple):
    start: int
    end: int
    sure: int


def find_treated(reading: Reading, divisions: Divisions, names: WordIndex[int]) -> Iterator[Detection]:
    """The hospitals, each with the city before it. Of `names` it says how sure they are."""
    text = reading.text
    last: _Named | None = None
    last_shown = False
    cells: list[_Named] = []
    for first, end, sure in names.find(text):
        if _NO_HOSPITAL.match(text, end) or _GOES_ON.match(text, end) or _is_cut(text, first, end):
            continue
        if care := _OF_CARE_FIRM.match(text, end):
            end = care.end()  # 在树兰医疗看过
        site = divisions.at(text, end) if sure else None
        sited = site is not None and site.short and _OF_SITE.match(text, site.end)
        end = site.end if site and sited else end
        place = divisions.start_before(text, first)
        named = _Named(
            first if place is None else place, end, max(sure, LIKELY) if place is not None else sure
        )
        whole = bool(_WORDS_IN_LETTERS.fullmatch(text, first, end)) and not _LETTERS_GO_ON.match(text, end)
        shown = whole or _is_shown(reading, named)
        paired = last is not None and _BETWEEN.fullmatch(text, last.end, named.start) is not None
        if paired and last is not None and (last_shown or _is_pair(text, last, named)):
            yield _claim(last)
            shown = True
        if shown or sited:
            yield _claim(named, 0.9 if whole or sited else 0.65)
        if text[named.start - 1 : named.start] in _CELL and text[end : end + 1] in _CELL:
            cells.append(named)
        last, last_shown = named, shown
    yield from _in_rows(text, cells)


def _in_rows(text: str, cells: Sequence[_Named]) -> Iterator[Detection]:
    """Those of a rota, whose rows hold more than one: 瑞金, 中山 behind 邵逸夫."""
    rows: defaultdict[int, list[_Named]] = defaultdict(list)
    for named in cells:
        rows[text.rfind("\n", 0, named.start)].append(named)
    for row in rows.values():
        if len(row) > 1 and any(named.sure for named in row):
            yield from map(_claim, row)


def _claim(named: _Named, score: float = 0.65) -> Detection:
    return Detection(INSTITUTION, named.start, named.end, score, f"{INSTITUTION}.short", ("medical",))


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether a name in letters is a part of a longer word."""
    before, behind = text[start - 1 : start] + text[start], text[end - 1 : end + 1]
    return any(len(pair) == 2 and pair.isascii() and pair.isalnum() for pair in (before, behind))


def _is_pair(text: str, one: _Named, other: _Named) -> bool:
    """Whether two that are named together are hospitals: 去瑞金还是中山, 省人民和省中, 同济、协和."""
    listed = one.sure and other.sure and text[one.end : other.start] == "、"
    if listed and not text.endswith(("见", "如", "参"), 0, one.start):
        return True
    if one.sure == other.sure == CERTAIN and _OPEN.search(text, max(0, one.start - _LONGEST_LEAD), one.start):
        return True
    return bool(one.sure or other.sure) and _led(text, one.start)


def _led(text: str, start: int) -> bool:
    return _LEADS.search(text, max(0, start - _LONGEST_LEAD), start) is not None


def _is_of_care(reading: Reading, start: int, end: int) -> bool:
    """Whether no word is cut there, and what is said beside it is of doctors, beds and findings."""
    bounds = reading.boundaries(start, end)
    if start not in bounds or end not in bounds:
        return False
    text = reading.text
    left = max(start - _NEAR, *(text.rfind(mark, 0, start) + 1 for mark in "。\n"))
    return bool(_OF_CARE.search(text, left, start) or _OF_CARE.search(text, end, _end_of_clause(text, end)))


def _end_of_clause(text: str, end: int) -> int:
    stops = [stop for mark in "。\n" if (stop := text.find(mark, end, end + _NEAR)) >= 0]
    return min(stops, default=min(len(text), end + _NEAR))


def _is_shown(reading: Reading, named: _Named) -> bool:
    text, (start, end, sure) = reading.text, named
    if sure == CERTAIN and _is_of_care(reading, start, end):
        return True
    lead, led = max(0, start - _LONGEST_LEAD), _led(reading.text, named.start)
    if not (led or _OPEN.search(text, lead, start) or (sure and start in reading.boundaries(start, end))):
        return False
    if _WITH.search(text, lead, start) and _DEALT.match(text, end):
        return True
    if _PAIRED.match(text, end) or _BEHIND_PAIR.search(text, lead, start):
        return True
    booked = _BOOKED.search(text, lead, start) or (sure and _GONE.search(text, lead, start))
    if booked and _ENDS.match(text, end):
        return True
    if sure and _BRACKETED.match(text, end) and text[start - 1 : start] == "(":
        return True
    if sure:
        return any(shows.match(text, end) for shows in (_FOLLOWS, _DOCTOR, _SAYS, _AT_GATE))
    if led:
        return any(shows.match(text, end) for shows in (_FOLLOWS, _DOCTOR))
    return _SURELY.match(text, end) is not None
