"""Words that only look like names where they stand: 签字方为有效, 戴黄手环, 这名字安逸, （新来，女）, 我等哈发你, 欠护工钱."""

from __future__ import annotations

from deid.detection.boundaries import word_list
from deid.detection.names.fit import Candidate
from deid.detection.names.words import NameWords
from deid.detection.reading import Reading
from deid.grammar.name import is_han
from deid.regexes import Regex

_UNTOLD = frozenset(["surroundings", "tagger", "prose"])
_BY_PLACE = _UNTOLD | {"kin", "role"}
"""Evidence that says nothing of the word itself."""
_ONLY_THEN = Regex(
    "方(?:为(?:有效|生效|合格|完[成整]|准|妥|宜|最终)|[可能](?:生效|有效|办理|离[开院]|出院|[入住]院|使用|进[入行]|领取|报销|执行|发药|手术|操作|支付|退款|继续|签[字署]))"
)
"""方 for only then: 签字方为有效, 审核后方可办理."""
_WORN = Regex(
    "[黄白蓝金银](?:色?(?:手环|腕带|手镯|手链|项链|戒指|耳环|牌子|帽子|外套|上衣|裤子|衬衫|毛衣|棉袄|棉衣|背心|夹克|书包|背包|挎包|袋子|盒子|标签|条子|单子|本子|卡片|胶带|药[片盒瓶水]|拐杖|轮椅|车子|轿车|面包车|电动车|三轮车|T恤|围巾|口罩|鞋子|布鞋|球鞋|运动鞋|头发|眉毛|胡子))"
)
"""What has a colour that is a surname: 黄手环, 白外套."""
_THE_NAME_IS = Regex("[这那]个?名[字儿]\\Z")
"""Behind it is said what one thinks of a name: 这名字|安逸."""
_NEWCOMER = Regex("(?:新|刚|才)(?:来|到|进|调来|转来|招)的?")
"""Beside a sex in brackets: 蒙恬（新来，女）."""
_ENDS_CLAUSE = frozenset(",。!?")
_MEDICINE = Regex("[一-鿿]+(?:丸|胶囊|颗粒|口服液|冲剂|滴丸|软膏|糖浆|合剂|酊)")
_CALLED_MEDICINE = Regex('药(?:名?[叫是]|名)(?:啥|什么|做|作)?[:"“]?\\Z')
"""What is taken: 吃过啥药：坤宝丸, 外国药叫啥莉芙敏."""
_WEEK = Regex(
    "(?<=[上下本这每单双那])周(?:[来去到走回见再约做看复检查有没开能可要出入手拆换交给]|上[班学课])"
)
"""下周来, 本周有: no 周来, 周有."""
_PEOPLES = frozenset(
    "鄂伦春 鄂温克 达斡尔 维吾尔 哈萨克 柯尔克孜 乌孜别克 塔吉克 塔塔尔 俄罗斯 蒙古 朝鲜 土家 布依 哈尼 傈僳 拉祜 景颇 纳西 仫佬 仡佬 毛南 锡伯 撒拉 裕固 独龙 赫哲 门巴 珞巴 基诺 德昂".split()
)
"""Peoples without 族, as a field holds them."""
_IN_A_WHILE = Regex("[等看问试歇摸坐躺耍瞧][我你他她]?\\Z")
_DONE_IN_A_WHILE = tuple("发说看来去问找打拿弄搞给做写查算试想讲等再就")
"""Around 哈, which is 下 in the dialects of the south-west: 我等|哈发你."""
_CARED_FOR = Regex("(?:客户|会员|员工|职工|患者|家属|家长|父母|长者|老人|儿童|住户)\\Z")
"""Before 关怀, what a department does."""
_OWED = Regex("(?:[欠付给交结收要垫出花省扣退补算]|的)[^,。;:!?\\n]{0,5}\\Z")
"""Before what somebody's work costs: 上回欠的护工|钱."""


def is_told_of(words: NameWords, reading: Reading, candidate: Candidate) -> bool:
    """Whether a word of what things do ends a clause: 工业的腾飞。 店铺林立，"""
    text, start, end = reading.text, candidate.start, candidate.end
    if end - start != 2 or text[end : end + 1] not in _ENDS_CLAUSE or not is_han(text[start - 1 : start]):
        return False
    if not reading.known(text[start:end]) or words.role_ends(text, start) or words.title_ends(text, start):
        return False
    before = text[max(0, start - 2) : start]
    thing = before[-1] not in "名字姓叫" and word_list().part_of_speech(before) == "n"
    return before[-1] == "的" or (thing and reading.known(before) > 0)


def is_aside(text: str, candidate: Candidate) -> bool:
    """Whether a word only looks like a name there: 签字|方为有效, 黄手环, 这名字|安逸, （新来，女）, 我等|哈发你, 欠护工|钱."""
    start, end, evidence = candidate.start, candidate.end, candidate.evidence
    name, before = text[start:end], text[max(0, start - 8) : start]
    by_place = evidence[0] in _BY_PLACE
    if name[0] == "方" and _ONLY_THEN.match(text, start):
        return evidence[0] != "cell"
    if name in ("应为", "应是"):
        return text[end : end + 1].isdigit()  # 1384536O772，应为13845360772
    if name[0] == "哈" and evidence[0] in _UNTOLD:
        return _IN_A_WHILE.search(before) is not None and name[1:2] in _DONE_IN_A_WHILE
    if name == "毕竟":
        return evidence[0] in _UNTOLD and text[end : end + 1] == "," and not is_han(before[-1:])
    if name[0] == "周" and _WEEK.match(text, start):
        return by_place
    if name in ("关怀", "关爱"):
        return _CARED_FOR.search(before) is not None
    if name == "钱":
        return evidence[-1] == "bare" and _OWED.search(before) is not None
    return bool(
        (by_place and (_WORN.fullmatch(name) or name in _PEOPLES))
        or (by_place and (_MEDICINE.fullmatch(name) or _CALLED_MEDICINE.search(before)))
        or _THE_NAME_IS.search(before)
        or (evidence[0] in ("sex or age", "tagger") and _NEWCOMER.fullmatch(name))
    )
