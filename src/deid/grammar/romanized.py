"""Names in Latin letters: Zhang Wei, WANG Xiaoming, Lisa Wang, Chan Tai Man, Dr. Alan Xu, Dear Thomas.

Hanyu Pinyin (GB/T 28039-2011) and the usual Hong Kong and Wade-Giles spellings of surnames.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deid.regexes import Regex

_PINYIN = (
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song "
    "zheng xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lv su lu jiang cai "
    "jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin "
    "hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan lei qian yin chang gong hong "
    "ouyang zhuge sima shangguan situ huangfu murong ni yi qiao lai wen pang zhan mei tao ge xing "
    "zhai nie mo ji yue lian hua zuo "
).split()
_OTHER = (
    "chan wong cheung lau leung ng kwok tsang fong chow lam yeung tse hui poon lee ho chiu tsui kwan "
    "yip mak tam siu chung hsu chang tsai lo "
).split()
# Given names that are no words of English, of medicine or of trade.
_GIVEN_NAMES = frozenset(
    (
        "aaron abigail adam adrian agnes ahmed aiden aisha alan albert alec alex alexander alexandra alfred ali alice alicia alison alvin amanda amir amit amy "
        "andrea andrew andy angela angus anita anna anne annie anthony antoine antonio arthur ashley audrey barbara barry beatrice becky bella ben benjamin "
        "bernard bernie bertha beth betty bob bobby bonnie boris brad bradley brandon brenda brent brett brian bruce bryan byron caleb cameron carl carla "
        "carlos carmen carol caroline cassandra catherine cathy cecilia cedric charles charlotte chloe chris christina christine christopher cindy claire clara "
        "clarence claudia clayton clifford clint clive cody colin connie craig curtis cynthia daisy damian damien daniel danny darren dave david debbie deborah "
        "denise dennis derek derrick dexter diana diane diego dmitri dmitry donald donna doris dorothy doug douglas duncan dustin dwayne eddie edgar edith "
        "eduardo edward edwin eileen elaine eleanor elena elijah elizabeta elizabeth ella ellen ellie elliot elliott elsa elvis emily emma enrique eric erica "
        "ernest ethan ethel eugene eva evan evelyn evgeny fatima felicia felix fernando finn fiona frances francis frank fred frederick gareth gary gavin "
        "geoffrey george georgina gerald gerard giles gina giovanni giuliano giuseppe glenn gloria gordon graham greg gregory greta guillermo gustav gwen hank "
        "hannah hans harold harriet harry harvey hassan heather helen henry herbert herman herschel howard hugh hugo hussein ian ibrahim igor ingrid irene "
        "isaac isabel isabella ivan ivy jack jackie jacky jacob jacqueline jake james jamie jane janet janice jasmine jason javier jean jeff jeffery jeffrey "
        "jennifer jenny jens jeremy jerome jerry jesse jessica jill jim jimmy joachim joan joanna jodie joe joel john johnny jonas jonathan jorge jose joseph "
        "josephine josh joshua joyce juan judith judy julia julian julie jurgen justin karen karin karl kate katherine kathleen kathy katie keith kelly kelvin "
        "ken kenneth kenny kevin khalid kimberly klaus kurt kyle larry lars laura lauren lawrence leah leo leon leonard leroy leslie lewis liam linda lisa lois "
        "loretta lori lorraine louis louise lucas lucia lucy luigi luis luke luther mabel maddie madeline maggie malcolm manuel marc marcel marcia marco marcus "
        "margaret margot maria marie marilyn mario marlon marsha martha martin marvin mary matt matthew maureen maurice megan melanie melissa michael michelle "
        "miguel mike mikhail miranda mitchell mohamad mohamed mohammed molly mona monica muhammad murray nadia nancy naomi natalia natalie natasha nathan neil "
        "nelson nicholas nick nicole nigel nikita nikolai nina noah nora norman olga oliver olivia omar oscar oskar otto owen pablo pamela patricia patrick "
        "paul paula pauline pavel pedro peggy pete peter phil philip philipp phoebe phyllis pierre priscilla quentin rachel rafael ralph ramon randy raul "
        "raymond rebecca reggie renee rhonda richard ricky rob robert roberto robin rodney roger ron ronald ronnie rosemary ross roy rudolf rudy russell ruth "
        "ryan sabrina sally sam samantha samuel sandra sara sarah sasha saul scott sean sergei seth shane shannon sharon shawn sheila shirley sidney simon "
        "simone sofia sonia sophia sophie spencer stacy stanley stefan stella stephanie stephen steve steven stewart stuart susan suzanne sven svetlana sylvia "
        "tamara tanya tara ted teresa terrence terry theodore theresa thomas tiffany tim timothy tina toby todd tom tommy tony tracey tracy travis trevor tyler "
        "ulrich ursula valerie vanessa vera veronica vicky victor victoria vince vincent vivian vladimir wallace walter wanda warren wayne wendell wendy wesley "
        "wilbur wilfred william winnie wolfgang xavier yasmin yuki yuri yusuf yvonne zachary zoe zoey"
    ).split()
)
_CLEAR = frozenset(
    (
        "wang zhang liu chen yang zhao huang zhou xu zhu lin guo luo liang xie song tang feng dong xiao "
        "cao yuan deng zeng peng jiang cai wei xue pan xia zhong tian yao liao zou xiong cui qiu qin shao "
        "meng qian hong lee chan wong cheung lau leung kwok tsang fong chow lam yeung tse poon ouyang "
        "zhuge sima li wu hu gao "
    ).split()
)
_SYLLABLE = r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ong|ing|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|ve|er|[aoeiuv]))"
_LETTER = "A-Za-zÀ-ÖØ-öø-ɏẠ-ỹ"
"""Of Latin script: Ben is no name in Benötigt."""
_WORD = rf"[A-ZÀ-ÖØ-ÞĀ-ſẠ-ỹ][{_LETTER}'’\-]{{0,14}}"
_PAIR = Regex(
    rf"(?<![{_LETTER}0-9@._\-])(?<![{_LETTER}0-9.]/)({_WORD})(,? |\^)({_WORD})(?: ({_WORD}))?(?![{_LETTER}0-9@_/])"
)
_TITLED = Regex(
    rf"(?<![{_LETTER}])(?:Dr|Mr|Ms|Mrs|Prof|Miss)(?:\. {{0,2}}| {{1,2}}|(?=[A-Z][a-z]))(?!Sc\b)((?:{_WORD}|[A-Z]\.)(?: (?:{_WORD}|[A-Z]\.)){{0,2}})(?![{_LETTER}0-9@_])"
)
_NAME = rf"({_WORD}(?: (?:{_WORD}|[A-Z]\.)){{0,3}})"
OF_A_THING = Regex(
    r"(?:Drug|Generic|Brand|Trade|Product|Item|Test|Device|Study|Project|Domain|File|Host|Computer|Procedure|Program|Medication|Medicine|Disease|Model|Table|"
    r"Column|Field|Department)[ ]?$",
    re.IGNORECASE,
)
"""Before Name: what is called so is nobody, Generic Name: Amoxicillin. Of hospitals and firms it is no less theirs."""
_CUED = Regex(
    rf"(?:(?<![A-Za-z])(?:Patient|Client|Guest|Name|To|Cc|From|Dear|Hi|Hello|I am|I'm|My name is|my name is|Attn)(?![A-Za-z])[:,]?"
    rf"|(?<![A-Za-z])(?:[Rr]egards|[Ss]incerely),?|(?:Thanks|Thank you),?(?=[ ][A-Z][a-z]+(?: [A-Z][a-z]+)?[!,.\n])|(?<![A-Za-z])(?:wife|husband|son|daughter|brother|sister|mother|father),?(?= [A-Z][a-z])|翻译|配偶|家属|太太|先生|女婿|丈夫|妻子|老公|外籍(?:患者|病人|客户|医[生师]|专家)?|外宾)[ \n]{{0,3}}:?[ \n]{{0,2}}{_NAME}(?![{_LETTER}0-9@_])"
)
_BEFORE_TITLE = Regex(
    rf"(?<![A-Za-z0-9@._/])(?:{_NAME}(?= ?(?:先生|女士|小姐|太太|教授|医生|医师|博士|老师|大夫))|(?:(?<=\n)|^){_NAME}(?=[,:] ?[你您]好))",
    re.MULTILINE,
)
"""Nurlan Akhmetov先生, Xiaoyan，你好."""
_DESCRIBED = Regex(
    rf"(?<![A-Za-z0-9@._/] )(?<![A-Za-z0-9@._/]){_NAME}(?=[ ]?[,(][ ]?(?:[男女](?![一-鿿])|[0-9]{{1,3}}岁))"
)
_NO_NAMES = frozenset(
    "all team sir madam doctor dr mr ms mrs prof patient client report colleague colleagues everyone friend "
    "world you the a re fw subject date from to cc vip hr it ct mri icu ecg eq fig table section chapter appendix customer click "
    "healthy alive deceased died positive negative none unknown denies diabetes hypertension cancer stroke asthma breast colon coronary "
    "valued user users guest again so very much dear god hospital clinic company guests friends members parents students reader readers editor".split()
)
_OF_BODIES = frozenset(
    "partner manager director consultant counsel assistant secretary coordinator specialist supervisor service services department division office centre center clinic hospital associate associates support desk committee institute university college school "
    "international limited ltd inc group insurance relations affairs customer quality medicine pharmacy laboratory".split()
)
"""Words that are part of no name: International Patient Services."""
_VIETNAMESE = Regex(
    rf"(?<![{_LETTER}0-9@._\-/])(?:(?:Nguyen|Nguyễn)(?: [A-ZĐ][{_LETTER}]{{1,6}}){{1,3}}"
    rf"|(?:Tran|Trần|Pham|Phạm|Huynh|Huỳnh|Phan|Hoang|Hoàng|Vu|Vũ|Vo|Võ|Dang|Đặng|Bui|Bùi|Do|Đỗ|Ngo|Ngô|Duong|Dương|Le|Lê) (?:Thi|Thị|Van|Văn|Ngoc|Ngọc|Duc|Đức|Huu|Hữu|Quang|Xuan|Xuân|Thanh)(?: [A-ZĐ][{_LETTER}]{{1,6}}){{1,2}})(?![{_LETTER}0-9@_/])"
)
_GIVEN_ALONE = Regex(
    rf"(?<![{_LETTER}0-9@._\-/'’])((?:[A-Z]\. )?([A-Z][a-z]{{2,11}}))((?: (?:[A-Z]\. ?)?[A-Z][{_LETTER}'’\-]{{1,14}})?)(?![{_LETTER}0-9@_'’\-]|[./][A-Za-z])"
)
_EPONYM = Regex(
    r" ?(?:氏|[一-鿿]{0,4}(?:[病征癌瘤法术线管孔窝骨]|综合|评分|量表|分[级期类型]|试验|公式|标准|指数|细胞|抗原|抗体|血型|模型|定律|效应|Hospital|score|syndrome|disease))"
)
"""What makes a name that of a sign or a method: Thomas征, Lewis肺癌."""
_GIVEN = Regex(rf"(?:{_SYLLABLE}[-'’ ]?){{1,3}}", re.IGNORECASE)
_SURNAMES = frozenset((*_PINYIN, *_OTHER))
_ALL_SURNAMES = _SURNAMES | frozenset(
    "ai an ao bao bian bu cang cao cen chai chao chong chu cui dang di diao du e fei ge geng gou guan gui hong ji jian jing ju ke kuang lan leng lian ling lou "
    "luan mi miao ming mu nan ning niu ou pei ping pu qi qiang qu quan ran rao rong ru ruan sang sha shan shang she sheng shuai si sui suo tong tu weng xi xian "
    "xiang xin xuan xun yao ying you yuan yun zang zha zhuang zhuo zong zou zu chi chen dou kan lang".split()
)
_SPELT = Regex(
    rf"(?:{'|'.join(sorted(_SURNAMES, key=len, reverse=True))})(?:{_SYLLABLE}){{1,3}}", re.IGNORECASE
)
_SYLLABLES = Regex(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ong|(?<![gkhzcsrfw])ing|ian|iao|uai|uan|ai|ei|ao|ou|an|en|(?<![tdgkhzcsrfw])in|un|ia|ie|iu|ua|uo|ui|ue)"
    r"|(?:[zcs]h|[bpmfdtnlgkhzcsyw])a|(?:[zcs]h|[mdtnlgkhrzcsy])e|(?:[zcs]h|[bpmdtnljqxrzcsy])i|[bpmfw]o|(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])u|[nl]v|ang|ai|ao|an|er|a)"
    r"{2,4}(?<![^hiyz]e)(?<!ize)"
)
"""With an e at the end most such words are English: change, residue."""
_PASSPORT = Regex(r"(?<![A-Za-z0-9/])([A-Z]{2,9})/([A-Z]{2,18})(?![A-Za-z0-9/])")
"""As on boarding passes and in passports: TAO/JINGXIAN."""
_CAPITAL_SURNAME = Regex(r"(?<![A-Za-z0-9])([A-Z]{2,8}),? ([A-Z][a-z]{3,14})(?![A-Za-z0-9])")
"""QI Liancheng, as journals and letters write it."""

_CAPITALIZED = Regex("[A-Z][A-Za-z]")
_WRITTEN = Regex(rf"{_WORD}(?:(?<=[a-zß-öø-ɏ])|(?:,? |\^)[A-ZÀ-ÖØ-Þ]|/[A-Z])")
"""What every name holds: a small letter in a word with a capital, or two such words. Abbreviations do not: CT, HPV."""


def find_romanized(text: str) -> Iterator[tuple[int, int, float]]:
    """`(start, end, score)` of names in Latin letters; two neighbours may overlap."""
    if not (_CAPITALIZED.search(text) and _WRITTEN.search(text)):
        return
    for match in _TITLED.finditer(text):
        yield match.start(1), match.end(1) - 2 * match[1].endswith(("'s", "’s")), 0.85  # Mr Okoro's wife
    for found in (*_CUED.finditer(text), *_DESCRIBED.finditer(text), *_BEFORE_TITLE.finditer(text)):
        name, span = found[found.lastindex or 0], found.span(found.lastindex or 0)
        if found[0].startswith("Name") and OF_A_THING.search(text, max(0, found.start() - 12), found.start()):
            continue
        words = name.lower().split()
        if (
            words[0] not in _NO_NAMES
            and _OF_BODIES.isdisjoint(words)
            and any(character.islower() for character in name[1:])
        ):
            yield *span, 0.7
    for vietnamese in _VIETNAMESE.finditer(text):
        yield *vietnamese.span(), 0.62
    for alone in _GIVEN_ALONE.finditer(text):
        if alone[2].lower() in _GIVEN_NAMES and not _EPONYM.match(text, alone.end()):  # Kevin, Michael Zhao
            with_surname = alone[3].strip().lower() not in _NO_NAMES
            yield alone.start(1), alone.end() if with_surname else alone.end(1), 0.55
    for written in (*_PASSPORT.finditer(text), *_CAPITAL_SURNAME.finditer(text)):
        if written[1].lower() in _ALL_SURNAMES and _GIVEN.fullmatch(written[2]):
            yield written.start(), written.end(), 0.62
    position = 0
    while pair := _PAIR.search(text, position):
        position = pair.end(1)
        first, second, third = pair[1], pair[3], pair[4]
        if first.lower() in _SURNAMES and _plausible(second, first):
            hong_kong = bool(third) and _plausible(third, first) and len(second) <= 5 and len(third) <= 6
            end = pair.end(4) if hong_kong else pair.end(3)
            yield pair.start(), end, 0.65
            position = end
        elif second.lower() in _CLEAR and pair[2] == " " and second[1:].islower() and _given(first):
            yield pair.start(), pair.end(3), 0.6
            position = pair.end(3)


def is_post(word: str) -> bool:
    """Whether a word says what somebody is or where he works: Associate."""
    return word.lower() in _OF_BODIES


def is_spelt(word: str) -> bool:
    """Whether a word of small or capital letters may be a whole name in pinyin, without a gap.

    >>> [is_spelt(word) for word in ("Zhangsan", "ouyangjia", "WANGXM", "patient", "zhang")]
    [True, True, False, False, False]
    """
    return _SPELT.fullmatch(word) is not None


def has_chinese_syllables(word: str) -> bool:
    """Whether small letters read as two to four syllables, surname or not: guilan, pingjie."""
    return _SYLLABLES.fullmatch(word) is not None


def _plausible(given: str, surname: str) -> bool:
    """Whether `given` reads as one to three syllables, in a letter case that goes with the surname's."""
    if len(given) < 2 or (not _GIVEN.fullmatch(given) and given.lower() not in _SURNAMES):
        return False
    return given[1:].islower() or (given.isupper() and surname.isupper()) or "-" in given


def _given(word: str) -> bool:
    """A given name, pinyin or English; not an abbreviation."""
    return len(word) >= 3 and word[1:].islower()
