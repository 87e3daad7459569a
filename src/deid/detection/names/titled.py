"""Names before a title: 王主任, 陈雅芳护士."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deid.detection.boundaries import word_list
from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import (
    AFTER_NAME,
    BEFORE_NAME,
    DESCRIBES,
    FOLLOWERS,
    FORMER,
    FUNCTION_SURNAMES,
    KIN_SUFFIXES,
    KINDRED,
    NO_SURNAMES,
    NOT_NAMES,
    OF_ANYBODY,
    TAKERS,
    TAKES_A_PERSON,
    TAKES_NO_CLAUSE,
    is_felt,
)
from deid.detection.reading import Reading
from deid.grammar.name import HAN, is_han
from deid.regexes import Regex

_PROFESSION = Regex(
    r"(?:主任|医生|大夫|(?:[医药技]|治疗|咨询|营养|康复)师|教授|老师|[院科处所校]长|护士长?|经理|律师|书记|总监)$"
)
_ADDRESSED = Regex(
    "阿姨|大[爷娘妈叔伯婶姐哥嫂]|奶奶|爷爷|叔叔|伯伯|师傅|警官|同学|小朋友|会计|[队站矿厂]长|总(?=[:,]|$)"
)
"""What people are called by whom nobody works for."""
_CLAN = Screened(rf"([{HAN}])氏(?![族祖宗集企兄药家法征病])")
_ENDS_PLACE = frozenset("省市区县镇乡")
_LONG = Regex(
    r"长(?:途|[安江春沙宁乐征城虹兴福丰青平寿治汀海岭风白坡湖河水沟塘山信][一-鿿]{0,2}?[路街道村镇乡区站])"
)
"""What begins with 长 behind a place."""
_RARE_WORD = 50
"""How often jieba's dictionary counts a word that a place of work and a surname may make by chance: 妇|科王|医生."""
_CONJUNCTION = Screened(
    "(?P<who>(?P<surname>[但过])(?:老师|主任|医生|大夫|[医药护技]师|护士长?|教授|[院科处所校]长|经理|律师))(?!们)"
)
"""Rare surnames that are a conjunction and a verb nearly everywhere."""
_IN_ORDER = frozenset("二三四五六七八九幺")
_PARENTS = frozenset("母亲 父亲 岳母 岳父 妈妈 爸爸".split())
_BEFORE_PARENTS = frozenset("代于")
_KINDRED_CALLED = frozenset(
    "婆婆 阿嬷 奶奶 爷爷 外婆 外公 姥姥 姥爷 母亲 父亲 妈妈 爸爸 公公 岳母 岳父".split()
)
_GOES_TO = frozenset("在放给找问去到让跟请叫")
_AT_WHOSE = Regex("[那这][儿里边](?!的?是)|那(?=[,。;!?)\n]|\\Z)|家(?![具电长属园])|手[里上]")
"""在楼姐|那儿, 去金哥|家."""
_TRAILING = frozenset("是有为听")
"""What leads on to who has the title, behind a word: 尤其是大堂经理, 时候有女士."""
_SET_APART = Screened(
    rf"(?<![{HAN}])(?P<surname>[{HAN}])[ ]{{1,4}}(?P<given>[{HAN}]{{1,2}})[ ]{{1,4}}(?=先生|女士|小姐|经理|总监|主任|医[生师]|教授|老师|护士)"
)
_MOURNED = Screened(
    rf"(?P<surname>[{HAN}])[ ]{{1,2}}(?P<given>[{HAN}][ ]{{1,2}}[{HAN}])[ ]{{0,2}}(?=同志|先生|女士|老师|教授)"
)
"""逄 春 和同志."""
_OF_DEPARTMENT = Screened(
    "[神心普胸肝胃肾脑]?[经脏内外]{1,3}|(?:心?血管|消化|呼吸|血液|泌尿|肿瘤|内分泌|风湿|感染|急诊|皮肤|乳腺|麻醉|康复|病理)[内外]?"
)
_ORDERS = Screened(rf"遵(?P<surname>(?![守照循从按依主该其原新本口书电常全和方平])[{HAN}])(?=医嘱)")
"""遵尹医嘱."""
_OF_SURNAME = Screened(
    rf"(?P<surname>(?![百同改原几异本大各外复双某此贵啥])[{HAN}])姓(?:的)?(?=[男女老青中][子性人士方孩年]|员工|职工|同事|患者|病人|客户|顾客|会员|学员|学生|家属|家长|司机|师傅|医[生师]|大夫|护士|老师|经理|主任|顾问|护工|保姆|保安|邻居|老乡|同学|室友|病友|嫌疑人|被告|原告|证人|伤者|死者|当事人|负责人|联系人|[代经]办人|投诉人|业主|租客|房东|[小大老]?[伙姑][子娘]|先生|女士|阿姨|大[爷妈叔姐哥])"
)
_GREETED = Screened(
    rf"(?:(?<=\n)|^)(?:尊敬的)?(?P<surname>[{HAN}])总(?=[您你]好|好[:,!。~]|早[上安:,!]|[:,])"
)
"""任总好：, at the head of a letter."""
_VERBS = frozenset("来那过应后")
_AUNTS = frozenset("姨婶嫂")
_PARENTS_CALLED = frozenset("爸妈爹娘")
_AT_TIME = Regex("[0-9]:[0-9]{2}[ ]{1,4}\\Z")
_CELL_BEGINS, _CELL_ENDS = frozenset(";|\t"), frozenset(["", *";|\t\n("])
_MADE = frozenset("为任作")
_COUNTED_BY = frozenset("位个名的向对给")
_OF_REGIONS = frozenset("查勘员 理赔员 核赔员 核保员 客服 坐席 调度员 网格员 信息员 导游 地陪".split())
"""Staff of whom it is said where they work."""
_OF_SIBLINGS = {"子": "弟", "兄": "弟", "徒": "弟", "姐": "妹", "姊": "妹"}
"""Characters that make a word of the title behind them."""
_BODIES = ("学校", "公司", "医院", "中学", "小学", "幼儿园", "镇村")
_NUMBERED_BODY = Regex("[省市县区州附浙][一二三四五六七八九十]$")
"""A hospital in short, of which the number makes a word with some surnames: 市一|张主任."""
_SOMEBODY_OR_OTHER = frozenset("甲乙丙附")
"""甲护士 and 乙护士 of a lesson, 附医生名单."""
_WELL_KNOWN = 1000
"""How often jieba's dictionary counts places that are hardly anybody's name: 杭州."""
_WHOLE_TITLE = Regex(
    r"(?<=[外承分转])包(?=客服|司机|护工|保[安洁]|会计|老板|工)|牧工|江湖(?=郎中|医生|大夫|先生)|车队长|班主任|班组长|曾任(?![医大护老先女])|原副|原主[诊治管刀]|代[理班取办]|查房|区委|平安|强制|常委|常务|全体|全部|全科|单位|司机|荣誉"
)
"""What begins with a surname and is a title or another word all the same."""


class NamesBeforeTitles:
    """What titles say about what stands before them."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words

    def find(self, reading: Reading) -> Iterator[Candidate]:
        yield from self._of_clans(reading)
        yield from self._conjunctions(reading)
        yield from self._set_apart(reading)
        yield from self._greeted(reading)
        yield from self._surnamed(reading)
        text, filled = reading.text, set[str]()
        for start, end in self._words.find_titles(text):
            if self._begins_in_place(text, start) or self._ends_role(text, start, end):
                continue  # 吉林省|长春市, 孙娃子
            best: Candidate | None = None
            apart = (
                start > 0 and text[start - 1] == " " and not text[start].isascii()
            )  # no 雇主之母 Madam Siu
            gap = start - apart
            for size in (1, 2, 3, 4):
                left = gap - size
                if left < 0 or not is_han(text[left]):
                    break
                candidate = self._before_title(reading, left, gap, start, end)
                if candidate and (best is None or candidate.score >= best.score):
                    best = candidate
            if best is None and text[start:end] in OF_ANYBODY:
                best = self._foreign_before(reading, gap)
            if best is None:
                best = self._rare_surname_before(reading, gap, start, end)
            if best is None and _PROFESSION.search(text, start, end):
                best = self._of_hospital(reading, gap)
            if best is None and self._fills_cell(text, gap, end):
                filled.add(text[gap - 1 : end])
            if best:
                yield best
        for word in sorted(filled):  # wherever else that person is called so
            for match in re.finditer(word, text):
                if not reading.known(text[max(0, match.start() - 1) : match.start() + 1]):  # 后来|医生
                    yield Candidate(match.start(), match.start() + 1, 0.8, ("title", "cell"))

    def _fills_cell(self, text: str, gap: int, end: int) -> bool:
        """Whether a surname that is a verb else and its title are all of a cell or a field: |来医生|, 主任：那主任（代签）."""
        if gap < 1 or text[gap - 1] not in _VERBS or text[end : end + 1] not in _CELL_ENDS:
            return False
        if text[gap - 1] == "后" and text[gap] in _PARENTS_CALLED:
            return False  # 后妈
        before = text[gap - 2 : gap - 1] if gap > 1 else ""
        speaks = text[end : end + 1] == "\n" and _AT_TIME.search(text, max(0, gap - 8), gap - 1) is not None
        return before in _CELL_BEGINS or speaks or (before == ":" and self._words.title_ends(text, gap - 2))

    def _begins_in_place(self, text: str, start: int) -> bool:
        """Whether the first character of a title ends a place: 吉林省|长春市, 弋江区|长江路; but 唐县长来访."""
        if text[start] not in _ENDS_PLACE:
            return False
        is_place = self._fitting.is_place
        places = [left for left in range(max(0, start - 7), start) if is_place(text[left : start + 1])]
        if not places or not text.startswith("长", start + 1) or _LONG.match(text, start + 1):
            return bool(places)
        return any(left < start - 1 and is_place(text[left:start]) for left in places) or any(
            is_place(text[start + 1 : end]) for end in range(start + 3, start + 6)
        )

    def _ends_role(self, text: str, start: int, end: int) -> bool:
        """Whether a title of more than one character is the end of a role: 孙|娃子."""
        return end - start > 1 and text[start - 1 : end] in self._words.roles

    def _of_clans(self, reading: Reading) -> Iterator[Candidate]:
        """陈 in 患者陈氏因腹痛入院: behind a role 氏 is no part of an eponym."""
        text = reading.text
        for match in reading.finditer(_CLAN):
            start, end = match.span(1)
            if match[1] in self._grammar.surnames and self._words.role_ends(text, start):
                yield Candidate(start, end, 0.82, ("title", "role"))

    def _conjunctions(self, reading: Reading) -> Iterator[Candidate]:
        """但 in 找但老师签字 and, beside it, in 上回但老师来过: rare surnames that lead clauses else, or end words."""
        found = list(reading.finditer(_CONJUNCTION))
        known = {match["who"] for match in found if self._is_called(reading, match)}
        for match in found if known else ():
            if match["who"] in known:
                yield Candidate(match.start("who"), match.end("surname"), 0.7, ("title", "rare surname"))

    def _set_apart(self, reading: Reading) -> Iterator[Candidate]:
        """左  勇   先生, as below a letter: not 高 级 经理, nor 李 主任 医师."""
        for match in (*reading.finditer(_SET_APART), *reading.finditer(_MOURNED)):
            surname, given = match["surname"], match["given"]
            word = reading.known(surname + given) or given in self._words.titles
            if surname in self._grammar.surnames and not word:
                yield Candidate(match.start("surname"), match.end("given"), 0.85, ("title", "full name"))

    def _surnamed(self, reading: Reading) -> Iterator[Candidate]:
        """车 in 哈尔滨车姓员工, 一名贾姓男子: who is known by the surname."""
        for match in (*reading.finditer(_OF_SURNAME), *reading.finditer(_ORDERS)):
            if match["surname"] in self._grammar.every_surname | self._grammar.rare_surnames:
                yield Candidate(*match.span("surname"), 0.85, ("surname told",))

    def _greeted(self, reading: Reading) -> Iterator[Candidate]:
        """任 of 任总好：, though 信任 and 任何 are words."""
        for match in reading.finditer(_GREETED):
            if match["surname"] in self._grammar.every_surname:
                yield Candidate(*match.span("surname"), 0.85, ("title", "greeted"))

    def _is_called(self, reading: Reading, match: re.Match[str]) -> bool:
        """Whether nobody can but be called so there: 请但老师, 但老师：…, 王主任、但老师、…, 审方药师但老师。, 已致歉，过老师接受"""
        start, end = match.span("who")
        before, behind = reading.text[start - 1 : start], reading.text[end : end + 1]
        if match["surname"] == "过":
            # no 通过老师, 没去过老师家; at the head of a clause nothing has been passed
            return before in (",", "。", ";", ":", "(", "、", "\n", "") and (
                behind not in ("家", "那", "这", "的")
            )
        if before in TAKES_NO_CLAUSE or (before in ("", "\n") and behind == ":"):
            return True
        staff = self._words.title_ends(reading.text, start)
        return (staff or before in ("、", ":")) and behind in ("、", ",", "。", ";", "(", "\n", "")

    def _foreign_before(self, reading: Reading, gap: int) -> Candidate | None:
        """山本由美子女士: a field of characters of names, without a surname that we know."""
        start = gap
        while start > 0 and gap - start < 6 and is_han(reading.text[start - 1]):
            start -= 1
        word = reading.text[start:gap]
        if self._is_clause(reading, start, gap):
            return None
        if 3 <= gap - start <= 5 and self._fitting.is_foreign_run(reading, start, gap, longest=5) and word:
            return Candidate(start, gap, 0.6, ("title", "no surname"))
        return None

    def _is_clause(self, reading: Reading, start: int, gap: int) -> bool:
        """Whether a word that everybody uses begins there, or somebody is counted: 总台有位小姐, 不过服务小姐."""
        word, begins = reading.text[start:gap], self._fitting.is_known_word(reading, start, start + 2)
        often = reading.known(word[:2]) > _WELL_KNOWN and not self._fitting.foreign(word)
        return word[-1:] in _COUNTED_BY or (begins and often)

    def _of_hospital(self, reading: Reading, gap: int) -> Candidate | None:
        """玉树州人民医院才让医生: all that stands between a hospital and a title."""
        text = reading.text
        for left in (gap - 2, gap - 3):
            name = text[left:gap]
            alike = self._fitting.familiar(name) or self._fitting.foreign(name)
            other = reading.known(name) or self._fitting.is_other_word(name) or name in self._words.titles
            if text.startswith("科", gap) and _OF_DEPARTMENT.fullmatch(name):
                continue  # 人民医院神经内|科主任
            if text[max(0, left - 2) : left] == "医院" and alike and not other:
                return Candidate(left, gap, 0.6, ("title", "of a hospital"))
        return None

    def _rare_surname_before(self, reading: Reading, gap: int, start: int, end: int) -> Candidate | None:
        """主刀 陇主任, 审核：招药师, 放射科的言主任: one character alone that is no word of a title."""
        text, left = reading.text, gap - 1
        name, before = text[left:gap], text[left - 1 : left]
        that = name == "那" and before in ("个", "位")  # 那个那大夫
        if left < 0 or not is_han(name) or (name in NO_SURNAMES and not that):
            return None
        if name == "双" and _PROFESSION.search(text, start, end):
            return None  # 家庭治疗（双咨询师）
        if (name == "员" and is_han(before)) or self._words.ends_unit(text, left):
            return None  # 配送员师傅
        if self._words.is_preposition(text, left, end):
            return None  # 望医生解答
        if name in _SOMEBODY_OR_OTHER:
            return None
        if gap < start and reading.known(name) > _WELL_KNOWN:
            return None  # 23:48 起 咨询师
        # 但医生不在: _conjunctions tells whether somebody is called 但
        known = name in self._grammar.rare_surnames and name != "但"
        listed = known and (end - start > 1 or self._words.role_ends(text, left))
        if not listed and not _PROFESSION.search(text, start, end):
            return None
        opened = (
            that
            or not (is_han(before) or before.isdigit())
            or self._words.role_ends(text, left)
            or self._words.at_work(text, left)
            or (listed and before in TAKES_A_PERSON)
        )
        beside = (is_han(before) or not listed) and (reading.known(before + name) or before + name == "转介")
        glued = reading.known(name + text[start]) > _RARE_WORD or beside
        if not opened or (glued and not that) or start not in reading.boundaries(left, start):
            return None
        return Candidate(left, gap, 0.6, ("title", "rare surname"))

    def _before_title(self, reading: Reading, left: int, gap: int, start: int, end: int) -> Candidate | None:
        name = reading.text[left:gap]
        surname = self._grammar.surname_length(reading.text, left)
        if not surname or surname > len(name) or self._is_no_name(reading, left, gap, start, end):
            return None
        named = self._surname if surname == len(name) else self._full_name
        return named(reading, left, gap, start, end)

    def _is_no_name(self, reading: Reading, left: int, gap: int, start: int, end: int) -> bool:
        """What stands before a title, begins with a surname, and is something else all the same."""
        text, ordinary = reading.text, self._grammar.ordinary_words
        name, title = text[left:gap], text[start:end]
        if text[left:end] in ordinary or self._fitting.is_place_alone(name):
            return True
        if name == "路" and title in ("女儿", "儿子", "闺女", "姑娘") and is_han(text[left - 1 : left]):
            return True  # 荔枝沟路|女儿家
        if name == "和" and text[left - 1 : left].isascii() and text[left - 1 : left].isalnum():
            return True  # PhD和老板
        if (name == "和" and title in _KINDRED_CALLED) or (name in _BEFORE_PARENTS and title in _PARENTS):
            return True  # 和婆婆, 代母亲, 于母亲无害
        if name[-2:] in ("两位", "几位", "三位", "二位", "各位"):
            return True  # 杜明轩|两位老师
        if title in KIN_SUFFIXES and self._grammar.nickname.fullmatch(text, max(0, left - 1), gap):
            return True  # 小王|姐
        if len(name) == 3 and (self._fitting.is_place(name) or self._fitting.is_place(text[left - 1 : gap])):
            return True  # 石家庄客服, 科|左后旗姥姥家
        if len(name) == 3 and name[-1] in "帮替陪带接" and self._fitting.is_place(name[:2]):
            return True  # 来洛阳帮|儿子
        if title in _OF_REGIONS and word_list().part_of_speech(name) == "ns" and self._fitting.is_place(name):
            return True  # 苏州|查勘员
        if len(name) > 1 and (name in ordinary or "的" in name[1:]):  # 王磊的母亲, 敬爱的阳市长
            return True
        if title in _OF_SIBLINGS.get(name[-1], "") or name.endswith(_BODIES):
            return True  # 农民|子弟, 兄|弟姐妹, 中心学校老师
        worded = len(name) == 3 and (name[:2] in ordinary or name[:2] in NOT_NAMES)
        behind = self._grammar.surname_length(name, 2) or name[-1] == "好"
        if worded and behind and not self._fitting.is_seen_whole(reading, left, gap):
            return True  # 谢谢敬医生, 好的仇先生, 谢谢好大夫
        if self._fitting.led_by_hospital(name) or self._fitting.behind_role(name):
            return True  # 华西田教授, 顾问宋老师
        if (len(name) == 3 and name[-1] == "区") or (len(name) > 1 and name[-1] == "个"):
            return True  # 华南区经理, 亲戚有个小姑娘
        if len(name) == 3 and name[-1] in _TRAILING and self._fitting.is_known_word(reading, left, gap - 1):
            return True
        if len(name) > 1 and name not in self._grammar.name_like_words:
            if self._fitting.begins_in_word(reading, left, end):
                return True  # 会|计学教授, 儿|童应在医师
            if self._is_well_known(reading, left, gap) and title not in OF_ANYBODY:
                return True  # 杭州总经理, but not 和平阿姨
        if (
            FORMER.match(text, left)
            or _WHOLE_TITLE.match(text, left)
            or (len(name) == 1 and text[left - 1 : gap] == "嘎查")
        ):
            return True
        if self._words.is_preposition(text, left, end) and not self._is_wished_or_asked(name):
            return True  # 和老师沟通, 应医生要求
        if end - start == 1 < len(name) and self._fitting.is_known_word(reading, left, end):
            return True  # 墨西哥
        if title == "律" and reading.known(text[start - 1 : end]):
            return True  # 纪律, 窦性心律
        around = (text[start - 1 : end], text[start : end + 1])
        if len(name) > 1 and title == "工" and any(reading.known(w) for w in around if len(w) > 1):
            return True  # 同时转人工, 500元至工行
        if name in FUNCTION_SURNAMES and (title in TAKERS or reading.tagged_from(end)):
            return True  # 向家长解释, 和护士|车晴
        if len(name) == 1 and self._words.role_ends(text, end) and text[left - 1 : end] in self._words.roles:
            return True  # 审方药师
        if len(name) > 1 and name[-1] in "兼部系处所科" and (len(name) > 2 or is_han(text[left - 1 : left])):
            return True  # 董事兼副总经理, 质管部部长
        return name == "药" and is_han(text[left - 1 : left])  # 吃什么药医生

    def _surname(self, reading: Reading, left: int, gap: int, start: int, end: int) -> Candidate | None:
        name, title = reading.text[left:gap], reading.text[start:end]
        apart = _NUMBERED_BODY.search(reading.text, max(0, left - 2), left) is not None
        ends = self._fitting.ends_word(reading, left, gap) and not apart
        agreed = reading.tagged_from(left, until=gap) and not ends
        if self._words.says_whose(reading.text, left, gap):
            return None
        if not agreed and not (gap == start and self._is_surname_here(reading, left, gap, title, end)):
            return None
        ambiguous = name in self._grammar.ambiguous_surnames and not agreed
        whole = end if gap == start and self._is_of_name(reading.text, left, title) else gap
        evidence = ("title", "whole") if whole - gap > 1 else ("title",)
        return Candidate(left, whole, 0.7 if ambiguous else 0.85, evidence)

    def _full_name(self, reading: Reading, left: int, gap: int, start: int, end: int) -> Candidate | None:
        text, name = reading.text, reading.text[left:gap]
        agreed, quality = reading.tagged_from(left, until=gap), self._grammar.quality(name)
        if name[-1] in FOLLOWERS and reading.known(name[:-1]) and not agreed:
            return None  # 平日由外婆带
        if name[-1] in _MADE and not agreed and reading.tagged_as(left, gap - 1):
            return None  # 指定彭茜|为项目经理
        addressed = _ADDRESSED.match(text, start)
        personal = addressed or _PROFESSION.search(text, start, end) or text[start:end] in OF_ANYBODY
        if name in self._grammar.name_like_words and gap == start and personal:
            named = self._is_word_here(reading, left, gap)
            return Candidate(left, gap, 0.6, ("title", "word")) if named else None
        if name[0] in FUNCTION_SURNAMES and reading.known(name[1:]) and not agreed:
            return None  # 任见习顾问
        if quality < 0.45 or (len(name) == 4 and not agreed):
            return None
        opened = agreed or self._words.opens(text, left)
        if not opened and (quality < 0.6 or not self._fitting.cut_out(reading, left, gap)):
            return None
        third = len(name) == 2 and name[1] in _IN_ORDER and text[start:end] in KIN_SUFFIXES
        gap = end if third and gap == start else gap  # 胡三哥
        return Candidate(left, gap, min(0.95, 0.55 + 0.4 * quality + 0.05 * agreed), ("title", "full name"))

    def _is_of_name(self, text: str, left: int, title: str) -> bool:
        """周姐, and 弟媳蒙小妹, where a relation stands before and the name is another one."""
        if title in KIN_SUFFIXES:
            return True
        related = self._words.role_ends(text, left) or text[left - 1 : left] in KINDRED
        return title in self._grammar.given_names and bool(related)

    def _is_wished_or_asked(self, name: str) -> bool:
        """Whether somebody is told of behind the preposition: 祝|小钱医生工作顺利, but not 祝医生, 望专家医生."""
        rest = name[1:]
        if not rest or rest in self._grammar.ordinary_words or rest in self._words.roles:
            return False
        called = self._grammar.nickname.fullmatch(rest) or rest in self._grammar.name_like_words
        whole = self._grammar.surname_length(rest) > 0 and len(rest) > 1
        return bool(called or whole or self._fitting.foreign(rest) or rest == 2 * rest[0])

    def _is_well_known(self, reading: Reading, left: int, gap: int) -> bool:
        """Whether it is a place of which everybody speaks."""
        name = reading.text[left:gap]
        return reading.known(name) > _WELL_KNOWN and self._fitting.is_place(name)

    def _is_word_here(self, reading: Reading, left: int, gap: int) -> bool:
        """方圆 in 那个方圆医生, but not 权威 in 请教权威医生: whether a word before a title is a name."""
        text = reading.text
        if text[left:gap] in DESCRIBES:
            return bool(BEFORE_NAME.search(text, max(0, left - 2), left))
        before = text[left - 1 : left]
        if is_felt(text, left):
            return False  # 很不舒服医生也
        return not is_han(before) or before in "个位名" or left in reading.boundaries(max(0, left - 2), gap)

    def _is_surname_here(self, reading: Reading, left: int, gap: int, title: str, end: int) -> bool:
        """王 in 王主任, but not 班 in 值班医生, nor 于 in 于医生处."""
        text = reading.text
        name, before = text[left:gap], text[left - 1 : left]
        after_role = self._words.role_ends(text, left)
        if name == "和" and (after_role or self._words.at_work(text, left)):
            return False  # 前台和客服, 医院和大夫
        if before == "不" or self._words.ends_unit(text, left):
            return False  # 不劳医生开方
        if before in _GOES_TO and title in KIN_SUFFIXES and _AT_WHOSE.match(text, end):
            return name not in FUNCTION_SURNAMES and not reading.known(name + title)
        ambiguous = name in self._grammar.ambiguous_surnames or name in FUNCTION_SURNAMES
        at_work = self._words.at_work(text, left)
        glued = is_han(before) and (
            reading.known(before + name) > _RARE_WORD * at_work
            or reading.known(text[max(0, left - 2) : gap]) > _RARE_WORD  # 开发商|总经理
        )
        set_off = self._fitting.is_border(reading, left)
        if glued and not after_role and not set_off:
            return False  # 纪律师, but 今天龙医生
        followed = not is_han(text[end : end + 1]) or bool(AFTER_NAME.match(text, end))
        cut = followed and left in reading.boundaries(left, end)
        opened = set_off or cut or self._words.opens(text, left)
        if len(title) == 1:
            clear = not ambiguous or bool(reading.known(text[end : end + 2]))  # 原工重置密码
            clear = clear or (title in _AUNTS and name not in FUNCTION_SURNAMES)  # 齐姨补
            if not opened or not (followed or (not is_han(before) and clear)):
                return False
        if not is_han(before) or after_role or not ambiguous:
            return True
        if at_work or before in TAKES_A_PERSON:
            return True
        if name in "于任":
            return set_off and followed
        return name not in FUNCTION_SURNAMES and (cut or left in reading.boundaries(left, end))
