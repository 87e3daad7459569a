"""A word that is somebody's name in one place of a text, in its other places: somebody again, or the word.

    钟声：收到。 … 钟声的我来    很高兴 beside 姓名：高兴    谷雨前后 beside 经办：谷雨

The more often a word is used as one, the more must speak for somebody: what stands before it and
behind it, or the tagger. Where it cuts another word (健|康健|康) it is never a name.
"""

from __future__ import annotations

from collections.abc import Collection

from deid.detection.boundaries import word_list
from deid.detection.names.words import (
    AFTER_NAME,
    BEFORE_NAME,
    CLEAR_ACTS,
    CONTACTED,
    DESCRIBES,
    IDENTIFIED,
    NATURE_BEHIND,
    SAFELY,
    STATES,
    THING_BEHIND,
    NameWords,
    is_felt,
    is_of_quality,
    is_taken,
    shipped_points,
)
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.grammar.name import NameGrammar, is_han
from deid.regexes import Regex

_FREQUENT, _COMMON = 1000, 3000
"""How often jieba's dictionary counts a word."""
_HINTED, _SURE = 0.3, 0.8
"""How sure the tagger must be of somebody: of rare words, and of those in common use."""
_LIKE_NAME = 0.85
_TELLS = Regex(rf"{CLEAR_ACTS.pattern}|强调|汇报|补充|建议|介绍|通报|回复|发言|总结|[:(]|未到|请假|到会")
"""What somebody does who is named at the head of a clause."""
_NO_NAME_BEHIND = Regex(
    r"[》〉#%]|[地得](?![址到知])|极|了(?!解|[,。;!?\n]|$)|[之以]?[前后](?:[际间来]|[一二两三四五六七八九十几][天日周])|[前过]后|之[前后]|时[分节候]|当[天日](?!的)|"
    r"[性们感度化率期者节]|一[点些]|不已|[起下]来|提示|响|敲|飘|吹|洒|[盛绽]开|绽放|照[进射耀]|充足|明媚|灿烂|飞逝|流逝|荏苒|[a-z][一-鿿]"
)
"""What is told of a time, a quality, a sound, a flower, the sun: 谷雨前后, 钟声响起, 阳光充足; or the rest of a product: 关爱e生."""
_NO_NAME_BEFORE = Regex(
    r"[《〈#]\Z|(?:[祝愿][您你]?(?:们|大家|全家)?|保|报个?|求|一[生世])\Z|(?<!1[3-9][0-9]{8})[0-9]\Z"
)
_FIELD_OF_WORDS = Regex(
    "(?:情绪|心情|心态|性格|个性|脾气|表情|精神|神情|态度|睡眠|状态|环境|天气|气候|节气|主题|标题|题目|关键词|品[牌名]|商品|"
    r"房型|套餐|项目|产品|名称|评价|地点|方[向位]|程度|单位|规格|口味|颜色|季节|日期|时[间令])[:|]?[ ]?\Z"
)
"""Fields that hold words, however much they look like names."""
_TOLD_OF = Regex(r"[的了]\Z")
"""Behind these a thing is told of more often: 的成果, 刮了胡子."""
_LINKED = Regex(r"[和与及或是有到科过个年]\Z")
_WITH = frozenset("和及与")
"""Between two of whom the same is told."""
_NAMED_BEHIND = Regex(
    r"(?:[0-9][号床]|[换交派扣查找教让等转约]|教会|换成|[打交]给|[收寄]件|带教|经办|[顶值带接跟][班台]|[A-Z]班|[那哪这][个位]|[两俩]个|电话|全名|清退|[昨今明前后]天|[昨今明]晚|[早晚]上|[上下]午|上[次回]|[周期][一二三四五六日]|[遇见碰]到|看见|给予|嘱|(?<![从迄至现如当古])今日?)\Z"
)
"""Behind these somebody is named, though not every time."""
_DOES = Regex(
    "周[一二三四五六日末]|[上下]周|[早中下晚]上|[上下]午|[0-9]{1,2}[月日号点时]|[那这][边里]|那$|那(?=[,。;])|拉黑|转[账来给]|[已未]读|批|欠|补|牵头|"
    "最近|上[次回](?![的用买开])|近[日来]|总(?=[说是爱喊])|自己(?=[说去来])|从小|负责|活着|[还在]世(?!界)|出[证方]|晓得|知道|写|检讨|满意|态度|名下|账户|个人户|电脑|执业|病历|上门|[顶替]|休|代|值|移走|多次|谁|[他她]|接[的过]|[填付写签交办开报买]的|没[来去到签接付回交班]|[出入住转]院|复[查诊]|发[烧热]|请假|挂[错了的]|[上下]楼|已[签阅付交缴办取收约到]|(?:当[月季年])?(?:绩效|工资|奖金)"
)
"""What somebody does, has or is asked, and things do not."""
_IN_RECIPE = Regex(r"(?:方(?:子|剂)?[里中内]?|药[里中]|成分[里中]?|饮片)[都也]?(?:有|含|加|用|是)\Z")
"""Before a herb in what is taken: 方子里有苏木."""
_TRADED_BEFORE = Regex(r"[收卖买种采挖晒泡煮熬炖加含配][点些了过]{0,2}\Z")
_TRADED_BEHIND = Regex(
    "(?:[很太也都真挺最]{0,2}(?:便宜|贵(?![姓阳州宾])|好[喝吃])|[泡煮熬炖]|多少钱|[涨降]价|[粉片茶酒丸根皮叶苗]|[0-9一二两三几半]{1,3}[块元斤])"
)
"""What is done with herbs that are bought, and told of them: 收杜仲的, 杜仲便宜."""
_POINTED_AT = Regex(r"[这那](?:[个种味株棵盆样]|就)?是\Z")
_HEALS = Regex(
    ",?(?:能|可以?|用来|主治?|功?效?是?)?(?:[收涩温凉]?[敛血肺]?止[血咳痛泻汗呕]|清[热肺肝心]|解[毒表暑]|[活养补凉]血|[补益]气|化[瘀痰湿]|收敛|[祛除利]湿|利[水尿]|消[肿食炎]|健脾|安神|滋阴|[润宣]肺)"
)
"""What a herb does: 这个是仙鹤草，收敛止血."""
_AMONG_POINTS = frozenset("、+透")
_PRICKED_BEFORE = Regex(
    r"(?:[艾温悬隔姜盒]灸|针[刺灸]|[点按指推]{1,2}[揉压]|拔罐|[取配主]穴|电针|埋线|刺络|贴敷)[:( ]?\Z"
)
_PRICKED_BEHIND = Regex("穴|[直斜平透]刺|[0-9.]{1,3}寸|[ ]?[0-9]{1,2}壮")
"""How points of acupuncture are told of: 艾灸关元60分钟, 云门穴."""
_AMOUNT = Regex(r"[ ]?[0-9][0-9.]{0,4}(?![0-9.]|[ ]?[天日月年岁次床周号点:时小-])")
"""Behind a medicine: 当归15, but not 当归3天前."""
_IS_TREATED = Regex(
    "自[服诉]|服药|来诊|神[志清]|否认|夜间|[今明昨][晨早晚天日]|饮食|睡眠|病情|情绪|体温|血压|脉搏|咳[嗽痰]|头[晕痛]|疼|无不适|一般情况|配合(?:治疗|检查|护理)|"
    "转[入出至往]|进行(?:查|检|宣教|评估|护理)|交代|交班|换药|输[液血]|查体|多(?:饮水|休息)|[不没]喝|完成随访|拒绝|在家|处理了|没有(?=[,。;?!]|$)|于[0-9]|术后|不在(?=[,。时找]|$)|的(?:病[历情]|[妈爸]|家[人属]|血压|体温|伤口|医嘱|意见)|联系(?![紧密]|起来)|陪[同护]|照护"
)
"""What is told of a patient, or done for one."""
_KIN_BEHIND = Regex("系(?:[夫父母祖翁婆兄姐叔姑舅表堂]|同[学事乡])|之[妻夫父母子女]|[父母]亲|本人")
_ENUMERATED = Regex(r"(?:^|\n|[。;] ?)[ ]*[0-9一二三四五六七八九十]{1,3}、\Z")
_SIGNS = frozenset(",。;!?、")


def is_medicine(text: str, start: int, end: int) -> bool:
    """当归15g, 丹参、当归: with its amount, or among others."""
    is_medical = shipped_prose().is_medical
    listed = (text[end : end + 1] == "、" and is_medical(text[end + 1 : end + 3])) or (
        text[start - 1 : start] == "、" and is_medical(text[max(0, start - 3) : start - 1])
    )
    recipe = _IN_RECIPE.search(text, max(0, start - 8), start) or text.startswith("(饮片", end)
    traded = _TRADED_BEFORE.search(text, max(0, start - 3), start) or _TRADED_BEHIND.match(text, end)
    healing = _HEALS.match(text, end) or _POINTED_AT.search(text, max(0, start - 3), start)
    told = listed or recipe or traded or healing or _AMOUNT.match(text, end)
    return bool(told) and is_medical(text[start:end])


def is_point(text: str, start: int, end: int) -> bool:
    """关元、气海, 曲池透臂臑, 云门穴, 艾灸关元60分钟: where needles go."""
    points = shipped_points()
    if text[start:end] not in points:
        return False
    before, behind = text[max(0, start - 3) : start], text[end : end + 3]
    return (
        _PRICKED_BEHIND.match(text, end) is not None
        or _PRICKED_BEFORE.search(text, max(0, start - 4), start) is not None
        or (behind[:1] in _AMONG_POINTS and behind[1:] in points)
        or (before[-1:] in _AMONG_POINTS and before[:-1] in points)
    )


class Worded:
    """Judges the places of words that are names."""

    def __init__(self, grammar: NameGrammar, words: NameWords) -> None:
        self._grammar = grammar
        self._words = words

    def is_word(self, reading: Reading, name: str) -> bool:
        """Whether a name is a word as well."""
        grammar = self._grammar
        if name in grammar.ordinary_words or name in grammar.name_like_words or name in shipped_points():
            return True
        if not reading.known(name):
            return False
        named = word_list().part_of_speech(name).startswith("nr")  # which 钟声 and 阳光 are as well
        return not named or (len(name) == 2 and grammar.quality(name) < _LIKE_NAME)

    def is_somebody(
        self,
        reading: Reading,
        start: int,
        end: int,
        starts: Collection[int] = (),
        ends: Collection[int] = (),
        *,
        of_whole: bool = False,
    ) -> bool:
        """Whether somebody is meant there who is known to be called so.

        At `starts` and `ends` other persons begin and end. What stands before the word counts up to 4, what
        stands behind it up to 5: of common words both must speak for somebody, of rare ones, and of given
        names whose whole name the text tells (`of_whole`), a pause is enough.
        """
        if not {start, end} <= reading.boundaries(start, end) or self.is_the_word(reading, start, end):
            return False
        name = reading.text[start:end]
        known = reading.known(name)
        if reading.likeliness(start, end) >= (_SURE if known > _FREQUENT else _HINTED):
            return True
        led = self._led(reading.text, start, ends)
        signs = led + self._followed(reading.text, end, starts)
        if of_whole and word_list().part_of_speech(name)[:1] == "n":
            return signs > 2
        if known > _COMMON:
            return signs > 5
        return signs > (4 if known > _FREQUENT else 3 if led < 3 else 2)

    def is_the_word(self, reading: Reading, start: int, end: int) -> bool:
        """很高兴, 谷雨之后, 《时光》, 情绪：平静, 吃石榴, 当归15g, …，平安，…"""
        text = reading.text
        before = text[max(0, start - 12) : start]
        if is_felt(text, start) or is_of_quality(text, start) or is_taken(text, start, end):
            return True
        if _NO_NAME_BEFORE.search(before):
            return True
        if (
            _NO_NAME_BEHIND.match(text, end)
            or THING_BEHIND.match(text, end)
            or NATURE_BEHIND.match(text, end)
            or SAFELY.match(text, start)
        ):
            return True
        if _FIELD_OF_WORDS.search(before):
            return True
        if is_medicine(text, start, end) or is_point(text, start, end):
            return True
        around = reading.layout[start - 1 : start] + reading.layout[end : end + 1]
        if around == "“”":
            return True
        if text[start:end] in DESCRIBES and text.startswith("的", end):
            return True
        return text[start:end] in STATES | DESCRIBES and len(around) == 2 and _SIGNS.issuperset(around)

    def _led(self, text: str, start: int, ends: Collection[int]) -> int:
        """How much what stands before speaks for somebody, up to 4."""
        before = text[max(0, start - 6) : start]
        if before[-1:] == "、" and not _ENUMERATED.search(before):
            return 3 if start - 1 in ends else 1
        if not is_han(before[-1:]) or start in ends or self._words.role_ends(text, start):
            return 3
        if _TOLD_OF.search(before):
            return 0
        if CONTACTED.search(before) or before.endswith(("轮到", "都叫我", "喊我", "叫我")):
            return 4
        if _NAMED_BEHIND.search(before):
            return 2
        if _LINKED.search(before):
            return 3 if start - 1 in ends and before[-1] in _WITH else 1  # 大鹏和|大元
        return 2 if BEFORE_NAME.search(before) else 0

    def _followed(self, text: str, end: int, starts: Collection[int]) -> int:
        """How much what stands behind speaks for somebody, up to 5."""
        behind = text[end : end + 1]
        if self._words.title_at(text, end) or IDENTIFIED.match(text, end) or _KIN_BEHIND.match(text, end):
            return 5
        if _TELLS.match(text, end):
            return 4
        if behind == "、":
            return 3 if end + 1 in starts else 1
        if not is_han(behind):
            return 1 if behind.isascii() and behind.isalpha() else 3
        if _DOES.match(text, end) or _IS_TREATED.match(text, end):
            return 3
        return 2 if AFTER_NAME.match(text, end) else 0
