"""Words that nothing but their looks and their place makes somebody: 全天 in a rota, 家族|史采集, 跟她爸|商量下."""

from __future__ import annotations

from deid.detection.names.asides import is_aside, is_told_of
from deid.detection.names.dialects import is_dialect
from deid.detection.names.fit import Candidate
from deid.detection.names.leading import WHOLE_FIELD
from deid.detection.names.spelled import spells
from deid.detection.names.words import DESCRIBES, NOBODY, SELDOM_NAMES, NameWords
from deid.detection.reading import Reading
from deid.grammar.name import is_han
from deid.regexes import Regex

_BY_PLACE = frozenset(["surroundings", "tagger", "prose", "kin", "role"])
"""Evidence that says nothing of the word itself."""
_TELLS_OF_NAMES = WHOLE_FIELD - {"kin"}
_IS_SOMEBODY = Regex("[, ]{0,2}[男女](?![一-鿿])")
_NEVER_SOMEBODY = frozenset(
    "全天 高铁 单月 单日 单周 单程 绿通 全新 赫然 代开 代办 代购 代发 代售 单数 双数 药敏 图文 蒙语 蒙文 壮语 花名 花名册".split()
)
"""Words of rotas and of trade that stand where somebody may."""
_PHRASE = Regex("莫[再要得慌急怕笑哭吵闹拖催]|庄里$|[逢每][单双]|税(?:[自另后前]|由)")
"""Dialect for do not, in the village, every odd month, and who pays the tax."""
_GROUP = Regex(r"[ ]?(?:[(」』】\]\n]|[0-9]{1,2}月|20[0-9]{2}|\Z)")
"""Behind the name of a group that chats."""
_SURE = 0.9
_HISTORIES = Regex("(?:家族|病|既往|[生婚孕]育|月经|过敏|手术|个人|[饮酗嗜]酒|[吸抽]烟|[吸中]毒|史)$")
"""Before 史: 家族史, 既往史."""
_OF_MEDICINE = Regex(
    "(?:史|诊断|主诉|[神意]志|意识|精神|睡眠|食欲|饮食|[大小二]便|舌[苔质]?|苔|脉象?|[切伤创]口|牙[冠位体列]|修复体|材[质料]|术式|过敏[源原物]|(?:药物|食物)过敏|部位|症状|体征|[方中西成]药|药[物名品]|用药|处方|(?:吃|用|服)[过着的了]*(?:啥|什么|哪些)?药|剂型|菌种|标本|病原体?|所见|镜下|印象|"
    "面[色容]|肤色|皮肤|步态|发育|营养|喂养|月经|带下|质地|形[态状]|边界|外观|气味)[ ]?:[ ]{0,2}$"
)
"""Fields of medicine, the value of which is a word where it is one."""
_SHAPED = Regex("[样状](?:改变|外观|突起|隆起|增生|结构|肿[物块]|阴?影|坏死|变|物|回声|排列|分布|赘生|息肉)")
_ALLERGIC = Regex("(?:(?!的)[一-鿿]){1,5}过敏(?!史)")
_SECOND = Regex("[、,;和]乙")
_FORMER = Regex(
    "原(?=司机|驾驶员|护[工理]|保姆|月嫂|钟点工|阿姨|房东|班主任|床位|主[治管]|经办|坐席|客服|顾问)"
)
"""Who was that before: 原|司机 2023年底走."""
_VEHICLE = Regex("(?<=[A-Za-z检诊护送专])车(?=司机|师傅)")
"""The driver of a vehicle: DR车|司机."""
_SPEAKS_FOR = Regex(
    r"[-—_](?:[小老阿][一-鿿]|[一-鿿](?:[总工姐哥]|老师|医生|经理|主任))(?::| [0-2]?[0-9]:[0-5][0-9]|[ ]*(?:\n|\Z))"
)


def is_nobody(words: NameWords, reading: Reading, candidate: Candidate) -> bool:
    """Whether a candidate that is found by its place is a word there."""
    text, start, end = reading.text, candidate.start, candidate.end
    kind, name, before = candidate.evidence[0], text[start:end], text[start - 1 : start]
    if name[0] == "甲" and _SECOND.match(text, end):
        return True  # 甲录入、乙复核
    if name == "班" and candidate.evidence[-1] == "bare":
        return True  # 司机班
    if name in "原车" and (_FORMER.match(text, start) or _VEHICLE.match(text, start)):
        return True
    if is_dialect(reading, candidate):
        return True
    if is_aside(text, candidate) or (kind == "tagger" and is_told_of(words, reading, candidate)):
        return True
    if name in SELDOM_NAMES and kind not in _TELLS_OF_NAMES and not _IS_SOMEBODY.match(text, end):
        return True  # 家属陈述（…）, 经查明
    if spells(text, name, end):
        return True
    if kind not in _BY_PLACE:
        return False
    if _SHAPED.match(text, end) or (before == "对" and _ALLERGIC.match(text, end)):
        return True  # 王冠|样改变, 对金华|火腿过敏
    if _OF_MEDICINE.search(text, max(0, start - 8), start) and (reading.known(name) or name in DESCRIBES):
        return True  # 过敏史：花木
    if name[-1] == "群" and reading.likeliness(start, end) < _SURE and _GROUP.match(text, end):
        return is_han(before) and not words.opens(text, start)  # 陪诊派|单群（37）
    led = words.role_ends(text, start)
    return bool(
        name in _NEVER_SOMEBODY
        or (name[:2] in NOBODY and led and kind == "surroundings")
        or (name[:2] == "商量" and kind in ("kin", "role"))
        or _PHRASE.match(name)
        or (name[0] == "史" and _HISTORIES.search(text, max(0, start - 2), start) is not None)
        or (before == "的" and start > 2 and text[start - 3] == name[0] == name[1:2])  # 文化的文|文武斌
        or text.startswith("”为由", end)  # 以“路费贵”为由
    )


def is_spoken_for(text: str, candidate: Candidate) -> bool:
    """康途 in 康途-小程：, the firm or the group for which somebody speaks."""
    spoken = _SPEAKS_FOR.match(text, candidate.end)
    return spoken is not None and not is_han(text[candidate.start - 1 : candidate.start])
