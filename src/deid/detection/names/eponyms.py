"""Names of whom signs, fractures and scales are called after, not of anybody in the text.

威尔逊病    柯林（Curling）溃疡    科雷氏、史密斯、巴顿骨折    查多克、奥本海姆、戈登    格雷·特纳征
"""

from __future__ import annotations

from deid.detection.names.fit import Fitting
from deid.detection.names.words import DISEASE, EPONYM_AFTER
from deid.grammar.name import HAN
from deid.grammar.romanized import is_given
from deid.regexes import Regex

_IN_LATIN = Regex(r"\(([A-Z][a-z]+)(?:[),]|溃疡|综合征|病|征|'s)")
"""柯林（Curling）溃疡: whom something is called after."""
_THING = rf"(?:氏|征(?![求得集兵询])|综合[征症]|{DISEASE}|小体|试验|术式|量表|反射|分[级型期]|杂音|定律)"
_DOTTED_THING = Regex(_THING)
_UNTOLD = "(?![0-9一二两三四五六七八九十半几多已愈入住伴出随复修])"
"""Not how long somebody has it, or what came of it: 巴顿骨折, but 吐尔逊骨折入院."""
_OF_FOREIGN = rf"(?:{_THING}|(?:骨折|疝(?!气)|结节|溃疡){_UNTOLD}|环(?![境节绕抱])|染色|[一二三四五]步法|[钳囊](?!肿)|(?:医学)?指数|(?:发展|智力)?测验|神经(?![内外]科)|束(?!缚)|孔(?![子某])|[{HAN}]{{0,5}}(?<=疼痛|嗜睡|抑郁|焦虑|睡眠|失眠|平衡|步态|认知|智力|发育|行为|社交|生活|质量|吞咽|压疮|衰弱|营养|记忆|功能|人格|语言|运动)(?:障碍)?(?:自?评[定估])?(?:量表|问卷|指数|评分|筛查|测试)|操(?![作心场办控])|公式|法则|规则|准则|曲线|体操|疗法|相关系?数?(?=[适分、,。为显用])|检验|回归|分布|校正|单丝|音叉|银染|图(?![书像])|手法|技术)"
"""What is called after somebody whose name is a foreign one, and would befall others."""
_LATIN = r"\([A-Z][A-Za-z .'-]{1,20}\)"
_FOLLOWED = Regex(rf"(?:{_LATIN})?(?:-[{HAN}]{{1,6}}?)?{_OF_FOREIGN}")
_MEMBERS = Regex(rf"(?:{_LATIN})?((?:[、和与及或][{HAN}·-]{{2,7}}?(?:{_LATIN})?){{1,3}}?){_OF_FOREIGN}")
"""、巴顿骨折 behind 史密斯: the last member of an enumeration has the noun of all."""
_BETWEEN = Regex(rf"[、和与及或]|{_LATIN}")
_BESIDE = tuple("、和与及或")
_LIKE_NAME = 0.75
"""Quality of a Chinese name."""
_REACH, _LONGEST, _LEAST_OTHERS = 24, 6, 2
"""How far medicine may be spoken of, how long an eponym is, and how many of them make a row."""
_LONGEST_NATIVE = 3
"""霍生操 may be somebody, 威廉姆斯操 is none."""
_OF_MEDICINE = Regex(rf"{_OF_FOREIGN}|阳性|体征|手术|术式|器械|评分|[两二三四五六几各]种")
_KINDS = Regex("[两二三四五六几]种")
_BETWEEN_MEMBERS = Regex("[、;/]")
_OF_SOMEBODY = Regex(
    "手术|术[后前中毕]|反应(?![性堆])|评分|征[得求询]|片子|线[上下]|管[床理]|法定|路过|镇[静痛]|中医[诊辨]|乡下|散步|标准体重"
)
"""What somebody does, or what befalls him; only with foreign names are things called so: 迪克森手术, but 李秀英手术顺利."""
_BREAK, _END = Regex(r"[。;\n]"), Regex(r"[。\n]")
_NO_MEMBER = Regex(rf"[^{HAN}·、;/-]")
_ROW = frozenset("、;/")
"""What stands between the members of a row."""


def is_eponym(fitting: Fitting, text: str, start: int, end: int, *, named: bool) -> bool:
    """Whether a thing is called after what stands there; `named` where somebody must be, as behind a role."""
    if EPONYM_AFTER.match(text, end):
        return not _OF_SOMEBODY.match(text, end) or fitting.foreign(text[start:end])
    return not named and (
        _is_told_in_latin(fitting, text, start, end) or names_a_thing(fitting, text, start, end)
    )


def _is_told_in_latin(fitting: Fitting, text: str, start: int, end: int) -> bool:
    """柯林（Curling）溃疡; but not 王伟（David）, nor 孙丽（Manager）: a Chinese name and nothing that is called so."""
    told = _IN_LATIN.match(text, end)
    if told is None:
        return False
    if not told[0].endswith(")") or EPONYM_AFTER.match(text, told.end()) or _FOLLOWED.match(text, told.end()):
        return True
    name = text[start:end]
    chinese = not fitting.foreign(name) or fitting.grammar.quality(name) >= _LIKE_NAME
    return not (chinese or is_given(told[1]))


def names_a_thing(fitting: Fitting, text: str, start: int, end: int) -> bool:
    """Whether a foreign name belongs to a thing behind it or behind others in a row: 谢林顿定律."""
    exercise = text[end - 1] == "操" and end - start > _LONGEST_NATIVE
    if (exercise or text[start - 1 : start] == "-") and _FOLLOWED.match(text, end - 1):
        end -= 1  # 弗莱舍环 of 凯泽-弗莱舍环, 威廉姆斯操
    return fitting.foreign(text[start:end].replace("-", "")) and (
        bool(_FOLLOWED.match(text, end))
        or _last_member_is_thing(fitting, text, end)
        or _is_beside_listed(fitting, text, start, end)
        or _is_among_foreign(fitting, text, start, end)
    )


_HOUSE = Regex(
    r"(?:口腔|齿科|眼科|医美|门诊部?|诊所|医院|药房|体检|月子|推拿|中医|护理院?|养老院?|健康|医疗|陪诊|钉钉|微信|企微|飞书|抖音|快手|小红书)\Z"
)


def is_dotted_eponym(text: str, end: int) -> bool:
    """Whether a sign or a disease follows a name with a dot: 格雷·特纳征."""
    return _DOTTED_THING.match(text, end) is not None


def is_house(text: str, start: int, end: int) -> bool:
    """Whether what stands before a dot is a house of care, of which a branch follows: 沐齿口腔 of 沐齿口腔·城南."""
    return _HOUSE.search(text, start, end) is not None


def _last_member_is_thing(fitting: Fitting, text: str, end: int) -> bool:
    members = _MEMBERS.match(text, end)
    return members is not None and all(map(fitting.foreign, filter(None, _BETWEEN.split(members[1]))))


def _is_beside_listed(fitting: Fitting, text: str, start: int, end: int) -> bool:
    """Whether a listed eponym is the next member of an enumeration in which signs or diseases are told of."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    before, after = text[start - 1 : start] in _BESIDE, text[end : end + 1] in _BESIDE
    if not (before or after) or not _OF_MEDICINE.search(text, max(0, start - 2 * _REACH), last):
        return False
    return any(
        listed == "eponyms"
        and ((before and first + word_end == start - 1) or (after and first + word_start == end + 1))
        for word_start, word_end, listed in fitting.protected.find(text[first:last])
    )


def _is_among_foreign(fitting: Fitting, text: str, start: int, end: int) -> bool:
    """Whether it is one of three or more foreign names in a row, in a clause on medicine: 骨折分型：尼尔、加登、舒茨克;
    or a listed eponym is one of them: 伯基特；维尔姆斯；卡波西."""
    if _ROW.isdisjoint((text[start - 1 : start], text[end : end + 1])):
        return False
    before, after = text[max(0, start - 2 * _REACH) : start], text[end : end + 2 * _REACH]
    before, after = _END.split(before)[-1], _END.split(after)[0]
    row = _BETWEEN_MEMBERS.split(f"{_NO_MEMBER.split(before)[-1]}{_NO_MEMBER.split(after)[0]}")
    row = [other for other in row if 2 <= len(other) <= _LONGEST and fitting.foreign(other)]
    medicine = _OF_MEDICINE.search(_BREAK.split(before)[-1]) or _OF_MEDICINE.search(_BREAK.split(after)[0])
    if not (medicine or any(fitting.protected.get(other) == "eponyms" for other in row)):
        return False
    return len(row) >= (1 if _KINDS.search(after) else _LEAST_OTHERS)
