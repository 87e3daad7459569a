"""Names by their form alone: masked, nicknames, dotted, minority names, compound surnames, Latin letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from deid.catalog.lexicon import WordIndex
from deid.detection.boundaries import word_list
from deid.detection.literals import Screened
from deid.detection.names.eponyms import is_dotted_eponym, is_house
from deid.detection.names.fit import PERSON, Candidate, Fitting, of_shape
from deid.detection.names.words import (
    AFTER_NAME,
    BEFORE_NAME,
    CLEAR_ACTS,
    CONTACTED,
    DAILY_ACTS,
    FUNCTION_SURNAMES,
    GOES_ON_BEHIND,
    HONOURS,
    LEADS_TO_SOMEBODY,
)
from deid.detection.reading import Reading
from deid.detection.windows import windows
from deid.grammar.name import HAN, is_han
from deid.grammar.romanized import find_romanized, is_given
from deid.regexes import Regex

_DOTS = Screened(rf"([{HAN}]{{1,9}})(?: ?[·.] ?[{HAN}]{{1,9}}){{1,4}}")
_DOT = Screened(rf"[·.] ?[{HAN}]")
"""What every such name holds, found faster."""
_COMPONENTS = Screened(rf"(?<![{HAN}])([{HAN}]{{1,2}})\^([{HAN}]{{1,3}})(?![{HAN}])")
_GIVEN_AND_KIN = Screened(
    rf"(?:(?<![{HAN}])|(?<=[由找跟问请给向到和与叫让啊啦哈烦等改派约])|(?<=[团店]长)|(?<=群主)|(?<=护士)|(?<=客服))([{HAN}]{{1,2}})[姐哥仔](?=处|[^{HAN}]|$|[说话讲来去在到有和的已领安负好您你专管跟带把给让帮那上补签替])"
)
_BEHIND_KIN = ("你", "您", "那", "好", "帮", "跟", "给", "让")
"""What is said to or of somebody who is called by name and as kin: 建国|哥那边."""
_STRAIN = Regex(r"[甲乙](?:型|流)(?:流感)?(?:病毒)?[ /(]?\Z")
_WARES = Regex(
    "[ ]?(?:牌|洗(?:衣|发|手|洁|碗|面)|沐浴|洁面|面[霜膜]|乳液|爽肤|香水|口红|粉底|防晒|柔顺剂|香皂|牙[膏刷]|纸尿裤|尿不湿|湿巾)"
)
"""What a given name calls as well: 乙型Victoria, Ariel洗衣液."""
_OTHER_LETTERS = Screened("[А-Яа-яЁё가-힣ぁ-んァ-ヶ\u0e01-\u0e5b]")
_CAPITAL = "[A-ZА-ЯЁ][a-zа-яё]+"
_READ = Regex(rf"(?<=[{HAN}]\()[ァ-ヶー]{{2,8}} [ァ-ヶー]{{2,8}}(?=\))")
"""How a Japanese name is read: 山田花子（ヤマダ ハナコ）."""
_OTHER_SCRIPTS = Regex(
    rf"(?<![A-Za-zА-Яа-яЁё])(?=[A-Za-z]{{0,12}}[А-Яа-яЁё])(?:(?P<whole>{_CAPITAL}(?:[ -]{_CAPITAL}){{1,2}})|{_CAPITAL})(?![A-Za-zА-Яа-яЁё])"
    r"|[가-힣]{3}(?=님|씨)|[가-힣]{2,4}|[ぁ-んァ-ヶー]{2,8}(?: [ぁ-んァ-ヶー]{2,8})?|[\u0e01-\u0e5b]{3,}(?: [\u0e01-\u0e5b]{3,})?"
)
"""Letters that look like Latin ones are Latin in a reading: Bиктop."""
_KOREAN, _HANGUL = (
    Regex(
        "[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용][가-힣]{2}"
    ),
    Regex("(?![님씨])[가-힣]"),
)
"""A surname and a given name of two syllables, apart: 박지훈님."""
_TOLD_OF_SEX = Regex("[ ]?[,(][ ]?[男女](?![一-鿿])")
_AND_ANOTHER = Regex("[和与跟同及](?=[一-鿿]{2})")
_TWO_SCRIPTS = Screened(
    rf"(?<![A-Za-z0-9-])[A-Z][a-z]{{2,9}}([{HAN}])(?![{HAN}])|(?<![{HAN}])阿[A-Z][a-z]{{1,8}}(?![A-Za-z0-9])|(?<=[搵找叫请前台约])阿[A-Z][a-z]{{1,8}}(?![A-Za-z0-9])"
)
_SPEAKS = Regex(r":| {1,2}[0-2]?[0-9]:[0-5][0-9]")
_NO_GIVEN = frozenset("大小老表堂师学空帅靓肥细衰傻马牛公凤生二三四五六七八九十亲干各位某这那我你他她其的")
_ASKING = frozenset("请让叫找嘱托")
_ASKS_OFFICE = Regex("[请让叫找](?:物业|后勤|财务|前台|门岗|仓库|药房|收费处)\\Z")
"""找物业|小段: somebody of an office is asked."""
_CALLS_HIMSELF = Regex(r"自称[^,。;\n]{0,9}的?$")
_CALLS_OUT = Regex("[,!][你您我帮请麻明今能可]")
"""小梁，我女儿…: the word for a trabecula at the head of a message."""
_HIS_KIN = Regex("[其之][父母夫妻子女兄弟姐妹]$")
_MASKED_NUMBER = Regex("[xX0-9.].?|.?[元次折号月日时分秒天年岁万件个张%.0-9xX-]")
_WORD = 50
"""How often a dictionary counts a word of which the mask is no part: 说明**."""
_RARE = 900
"""Rank of characters that given names seldom hold."""
_LETTER_MASKED = Screened(
    "(?<![A-Za-z0-9])[A-Z]某{1,2}(?![些种个天处地年月日单医公科院校企厂店市县区镇村街路楼项部品型])"
)
"""Z某，男."""
_HIDDEN_FAMILY = Screened(
    r"(?:(?:转账?|付款?|汇款?|打款?|退款?)[给至到与]|[收付转]款[人方]?|对方(?:账户|账号|户名|姓名|昵称)?|交易对方|来自|账?户名?|持卡人|(?<=[一-鿿*]{2})\()[ :\n]{0,2}"
    rf"(?P<name>\*{{1,2}}[{HAN}]{{1,2}})(?=的(?:红包|转账|[付汇收]款)|(?![{HAN}*]|[ ]?\*))"
    rf"|(?:(?<![{HAN}*A-Za-z0-9)])|(?<=[收到自]))(?P<payer>\*{{1,2}}[{HAN}]{{1,2}})(?=[向给][我你您])"
    rf"|(?<=[,|\t])(?P<cell>\*{{1,2}}[{HAN}]{{1,2}})(?=[,|\t\n]|\Z)"
)
"""*丽娟, **芳: of somebody who is paid programs hide the surname."""
_SAYS_HOW = frozenset("adv")
"""Adjectives, adverbs and verbs."""
_SURE_OF_PET = 0.9
"""How sure the tagger is of a pet name that goes on with 子."""
_BANNERS = ("阿左旗", "阿右旗", "阿荣旗")
_MASK, _FAMILIAR = Screened("[某*×○●□◯xX_]"), Screened("[小老大阿]")
"""What every masked name and every nickname of the grammar holds."""
_LONGEST_MASKED = 6
_MASKS = frozenset("*×○●□◯xX_某0123456789")
_LONGEST_PART = 6
_VERY_SURE = 0.97
"""How sure the tagger must be of where a name ends that no list holds."""
_THERE = ("那边", "这边", "那里", "这里")
"""What is said of a place before a name, in characters that transliterations hold as well."""
_GOES_ON = frozenset("可让来曾那列是要在有也还都")
"""What may go on behind such a name, though transliterations hold it."""
_PEOPLE = frozenset("师农区官班童乡年帅生商祖赖时计费数群夜")
"""老师, 小区, 小班: words of people, or that count, whatever they do."""
_DAY_BEFORE = Regex(r"[天日午早晚上]$")
_COUNTED = frozenset("一二两三几每这那半各")
"""Before 小 or 老: 一小段, 每小时."""

_OF_ORDER = frozenset("周天年月日次个章节组条轮步期届号层楼排批院床区课讲关遍")
"""What is counted with 第五 rather than a given name."""
_BESIDE_GATES = frozenset("口进出外内旁商门铺等见集左右车停岗桥街菜农附保公地")
"""Behind 东门 and 西门, which are gates then."""
_BODY_THERE = Regex(
    "第?[一二三四五六七八九十]{1,2}[院中]|附[一二三院]|市[一二三](?![一-鿿])|人医|中医院|妇[保幼]"
)
"""Behind a compound surname that is a city."""
_COMPOUND = ("compound surname",)
_WHOSE = ("的", "其", "之")
"""Behind these 长孙 is the eldest grandson."""
_ALONE = frozenset(
    "欧阳 司马 上官 诸葛 令狐 公孙 慕容 皇甫 尉迟 独孤 夏侯 司徒 申屠 钟离 宇文 澹台 呼延".split()
)
"""Compound surnames that are no words, by which somebody may be called alone."""
_FREQUENT = 500
"""How often jieba's dictionary counts a word that begins behind a surname."""
_OF_LANDS = frozenset("省市盟州县旗区镇乡苏嘎路街巷村屯湖河江山沟滩寺庙站港矿桥")
"""Behind such a name, the kind of a place that is called so: 达来呼布镇, 查干湖."""
_SIGNS = frozenset(",。!?")
_TOGETHER = ("一起", "一块", "一道", "俩", "两口")
_WHEN = tuple(
    "今天 昨天 明天 前天 后来 刚才 刚刚 早上 上午 下午 晚上 中午 昨晚 当时 平时 然后 现在 通知 联系 已由".split()
)
"""What may stand before a name that no surname begins, and behind it."""
_OF_ANATOMY = frozenset("束孔")
"""Surnames that are things called after somebody: Kent束, Kohn孔."""


class NamesByForm:
    """`components` are parts that minority names are made of, `bearers` whole names of that kind."""

    def __init__(self, fitting: Fitting, components: Iterable[str], bearers: Iterable[str]) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words
        components = sorted(components, key=len, reverse=True)
        self._components = WordIndex(dict.fromkeys(components, ""))
        self._of_components = Regex(f"(?:{'|'.join(components)}){{2,}}") if components else None
        self._bearers = WordIndex(dict.fromkeys(bearers, ""))
        self._foreign = fitting.foreign_characters
        self._clear_surnames = fitting.grammar.surnames - fitting.grammar.ambiguous_surnames - _OF_ANATOMY
        """Beside Latin letters they are nothing else."""

    @property
    def finders(self) -> tuple[Callable[[Reading], Iterator[Candidate]], ...]:
        return (
            self._masked,
            self._of_hidden_family,
            self._nicknames,
            self._venerable,
            self._like_kin,
            self._dotted,
            self._in_components,
            self._minority,
            self._listed_minority,
            self._compound,
            self._romanized,
            self._in_other_scripts,
            self._in_two_scripts,
        )

    def _masked(self, reading: Reading) -> Iterator[Candidate]:
        """张某, 李*, 赵*明."""
        text = reading.text
        near = windows(reading, _MASK, _LONGEST_MASKED, _LONGEST_MASKED)
        for match in chain.from_iterable(self._grammar.masked.finditer(text, *stretch) for stretch in near):
            before = text[match.start() - 1 : match.start()]
            count = reading.known(before + match[0][0]) if before else 0
            told = "某" in match[0] and not count  # 上海某
            opens = self._words.opens(text, match.start()) or before == "床"  # 15床赵*燕
            certain = told or (count <= _WORD and opens)
            around = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
            if self._is_masked_place(text, match.start(), match[0]):
                continue
            if "_" in match[0] and ("_" in around or not self._words.closes(text, match.end())):
                continue  # __时__分, 万＿更新
            if match[0][1] in "xX" and _MASKED_NUMBER.fullmatch(around):
                continue  # 价xxxx元xx次, 送xx万xx元
            if certain and match[0] not in self._grammar.ordinary_words:
                yield Candidate(*match.span(), 0.8, ("form",), "masked")
        yield from (Candidate(*m.span(), 0.8, ("form",), "masked") for m in reading.finditer(_LETTER_MASKED))

    def _of_hidden_family(self, reading: Reading) -> Iterator[Candidate]:
        """转账给*丽娟, 对方账户：**强, *志强向您转账."""
        for match in reading.finditer(_HIDDEN_FAMILY):
            which = match.lastgroup or "name"
            given = match[which].lstrip("*")
            says_how = len(given) > 1 and word_list().part_of_speech(given)[:1] in _SAYS_HOW  # *异常, **显著
            if not says_how and self._grammar.are_given(given) and given not in self._grammar.ordinary_words:
                yield Candidate(*match.span(which), 0.85, ("form",), "masked")

    def _is_masked_place(self, text: str, start: int, masked: str) -> bool:
        """章丘区某院, ××县××镇××, 31栋楼*号: the end of one place and the mask of another; 和××公司."""
        before = text[start - 1 : start]
        if self._words.role_ends(text, start):
            return masked[0] == "和"
        beside_mask = before != "" and before in _MASKS
        return (
            (masked[0] in "区镇楼" and (is_han(before) or before.isdigit() or beside_mask))
            or (masked[0] in "路段" and beside_mask)
            or (masked[0] == "元" and before.isdigit())
            or (masked[0] == "和" and "某" not in masked)
        )

    def _in_components(self, reading: Reading) -> Iterator[Candidate]:
        """张^三丰, as HL7 version 2 and DICOM write a name."""
        for match in reading.finditer(_COMPONENTS):
            family, whole = match[1], match[1] + match[2]
            if self._grammar.surname_length(whole) == len(family) and not self._fitting.is_other_word(whole):
                yield Candidate(*match.span(), 0.9, ("components",))

    def _nicknames(self, reading: Reading) -> Iterator[Candidate]:
        """老赵, 小陈, 阿芳."""
        if not reading.may_match(_FAMILIAR):
            return
        text = reading.text
        for match in self._grammar.nickname.finditer(text):
            start, end = match.span()
            if match[0] == "小区" or (start and reading.known(text[start - 1 : end])):
                continue  # 居民小区，养老金
            if self._does_something(reading, start, end):
                yield Candidate(start, end, 0.6, ("called", "acts"))
                continue
            if text[start : end + 1] in self._words.roles or text[start : end + 1] in _BANNERS:
                continue  # 老药工, 阿右旗
            if _ASKS_OFFICE.search(text, max(0, start - 4), start) and self._words.closes(text, end):
                yield Candidate(start, end, 0.6, ("called", "asked"))
                continue
            if match[0] in self._grammar.ordinary_words:
                told = text[end : end + 1] in ("", "\n", ",", ";", "。") and (
                    text[start - 1 : start] == ":" or self._is_next_in_list(text, start)
                )
                told = told or (text[start - 1 : start] in ("", "\n") and bool(_CALLS_OUT.match(text, end)))
                if told or self._is_asked(text, start, end) or self._is_of_role(text, start, end):
                    yield Candidate(start, end, 0.6, ("called", "asked"))
                continue
            agreed = reading.tagged_from(start) and not reading.tagged_beyond(start, end + 1)
            alone = self._words.opens(text, start) and self._words.closes(text, end)
            if not agreed and (match[0][0] == "大" or end not in reading.boundaries(start, end)):
                continue
            if text[start - 1 : start].isdigit() and match[0][0] != "老":
                continue  # 5小时, but ③老赵
            plain = (
                match[0][1] not in self._grammar.ambiguous_surnames
                and text[start - 1 : start] not in _COUNTED
            )
            labelled = not is_han(text[start - 1 : start])
            plain = plain or (labelled and match[0][0] == "老")  # 嘱：老权血糖
            set_off = match[0][0] == "老" or self._words.closes(text, end)
            if agreed or alone or (plain and set_off and self._fitting.cut_out(reading, start, end)):
                speaks = labelled and bool(_SPEAKS.match(text, end))
                pet = match[0][0] == "小" and text[end : end + 1] == "子"
                old = match[0][0] == "老" and text.startswith("头", end)
                end += pet and reading.likeliness(start, end + 1) >= _SURE_OF_PET  # 小燕|子
                end += old and not reading.known(text[end : end + 2])  # 老孙|头, but not 老孙头痛
                yield Candidate(start, end, 0.75 if agreed or speaks else 0.5, ("nickname",))

    def _does_something(self, reading: Reading, start: int, end: int) -> bool:
        """老周 in 昨天老周来电, 老高 in 联系老高: what a word or half a word cannot do or be."""
        text, word = reading.text, reading.text[start:end]
        before = text[max(0, start - 4) : start]
        if word[0] not in "老小" or word[1] in _PEOPLE or before[-1:] in _COUNTED or before[-1:].isdigit():
            return False
        led = LEADS_TO_SOMEBODY.search(before)
        worded = word in self._grammar.ordinary_words and text[end : end + 1] in _SIGNS  # 早上小米，
        if led and not worded and GOES_ON_BEHIND.match(text, end):
            return True
        if reading.known(before[-1:] + word[0]) and is_han(before[-1:]):
            return False  # 衰老
        acts = bool(CLEAR_ACTS.match(text, end) or DAILY_ACTS.match(text, end))
        reached = bool(CONTACTED.search(before))
        if word in self._grammar.ordinary_words:
            opened = self._words.opens(text, start) or bool(_DAY_BEFORE.search(before))
            return (opened and acts) or (reached and self._words.closes(text, end))
        return acts or reached

    def _is_asked(self, text: str, start: int, end: int) -> bool:
        """请小计先打电话: somebody is to do something, though the name is a word."""
        led = text[start - 1 : start] in _ASKING or _CALLS_HIMSELF.search(text, max(0, start - 12), start)
        return bool(led) and self._words.closes(text, end)

    def _is_next_in_list(self, text: str, start: int) -> bool:
        """护理：曾护士长、小叶: behind a title."""
        return text[start - 1 : start] == "、" and self._words.title_ends(text, start - 1)

    def _is_of_role(self, text: str, start: int, end: int) -> bool:
        """司机小池，车牌…: behind a role, and nothing follows."""
        return self._words.role_ends(text, start) and not is_han(text[end : end + 1])

    def _venerable(self, reading: Reading) -> Iterator[Candidate]:
        """燕老祖籍山东."""
        text = reading.text
        for match in self._grammar.venerable.finditer(text) if "老" in text else ():
            word = match[0]
            if reading.known(word) or word in self._grammar.ordinary_words:
                continue
            if self._words.opens(text, match.start()) and match.start() in reading.boundaries(*match.span()):
                yield Candidate(*match.span(), 0.6, ("venerable",))

    def _like_kin(self, reading: Reading) -> Iterator[Candidate]:
        """佩姐, 刚哥, 香兰姐: a given name and 姐 or 哥, set off on both sides."""
        for match in reading.finditer(_GIVEN_AND_KIN):
            given, word = match[1], match[0]
            if len(given) == 2 and given[1] in self._grammar.surnames and BEFORE_NAME.match(given[0]):
                continue  # 见周姐, 听张姐: a surname before a title
            alike = self._grammar.are_given(given, most=_RARE)
            if not alike or _NO_GIVEN & set(given) or reading.known(word) or reading.known(word[-2:]) > 0:
                continue
            if word not in self._words.roles:
                whole = len(given) == 1 or reading.text[match.end() : match.end() + 1] not in _BEHIND_KIN
                yield Candidate(match.start(1), match.end() - (not whole), 0.5, ("nickname",))

    def _dotted(self, reading: Reading) -> Iterator[Candidate]:
        """热依汗·麦麦提, with what stands before and behind cut away."""
        text = reading.text
        for match in reading.finditer(_DOTS) if reading.search(_DOT) else ():
            first_end = match.end(1)
            if match[1] in self._words.roles or match[1] in self._words.titles:
                continue  # 营养师·江雪
            if is_house(text, match.start(1), first_end):
                continue  # 沐齿口腔·城南
            begins = [
                left
                for left in range(match.start(1), first_end)
                if reading.tagged_from(left) or self._words.role_ends(text, left)
            ]
            start = max(begins, default=max(match.start(1), first_end - 4))
            while (
                start < first_end - 1 and text[start] not in self._foreign and BEFORE_NAME.match(text[start])
            ):
                start += 1  # 由, 请, 陪
            last = max(text.rfind(dot, match.start(), match.end()) for dot in "·.") + 1
            end = next((at for at in range(last + 1, match.end()) if self._ends(text, last, at)), match.end())
            sure = reading.sure_within(match.start(), match.end(), _VERY_SURE)
            if sure and sure[0] < first_end and last < sure[1]:
                start = sure[0]
                end = sure[1] if self._goes_on(reading, sure[1]) else end  # 霍奇森|合作
            name = text[start:end]
            parts = [part for part in map(str.strip, re.split("[·.]", name)) if len(part) > 1]
            if not self._sounds_foreign(name) and any(reading.known(part[-2:]) for part in parts):
                continue  # 一周食谱·示范日
            if any(self._fitting.is_place(match[1][-size:]) for size in (2, 3)):
                continue  # 长沙·怀仁堂
            if "." in name and not all(
                character in self._foreign or character in "·. " for character in name
            ):
                continue
            if not reading.tagged_over(start, end) and not self._sounds_foreign(name):
                continue  # 匿名问答·整理
            if end - last <= _LONGEST_PART and not is_dotted_eponym(text, end):
                yield Candidate(start, end, 0.85, ("dotted",))

    @staticmethod
    def _goes_on(reading: Reading, position: int) -> bool:
        """Whether a word begins there, though transliterations hold its first character: 合作, 坦言."""
        word = reading.text[position : position + 2]
        return word[:1] in _GOES_ON or (len(word) == 2 and reading.known(word) > 0)

    def _sounds_foreign(self, name: str) -> bool:
        """Whether most characters are those of transliterated and minority names."""
        characters = name.replace("·", "").replace(".", "").replace(" ", "")
        return 3 * sum(character in self._foreign for character in characters) >= 2 * len(characters)

    def _ends(self, text: str, last: int, position: int) -> bool:
        """Whether the last part of a dotted name, begun at `last`, ends at `position`."""
        if self._words.title_at(text, position):
            return True
        long_enough = position > last + 1
        if not long_enough:
            return False
        return text[position] not in self._foreign or (
            position - last > 2 and bool(AFTER_NAME.match(text, position))
        )

    def _minority(self, reading: Reading) -> Iterator[Candidate]:
        """古丽米热麦麦提, 尼玛次仁, 乌云其其格: runs that hold a part such names are made of."""
        text = reading.text
        done = 0
        for start, end, _ in self._components.find(text):
            if start < done:
                continue
            left, right = start, end
            while left > 0 and start - left < 5 and text[left - 1] in self._foreign:
                if self._parts(reading, left - 1) or self._words.role_ends(text, left):
                    break
                left -= 1
            while right < len(text) and right - end < 6 and text[right] in self._foreign:
                if self._parts(reading, right) or self._words.title_at(text, right):
                    break
                right += 1
            left += 2 * text.startswith(_THERE, left, start)  # 兰州那边|扎西
            done = right
            sure = reading.sure_within(left, right, _VERY_SURE)
            if sure and sure[0] <= start and end <= sure[1]:
                left = sure[0] if self._words.opens(text, sure[0]) else left  # 让|卓玛
                right = sure[1] if self._goes_on(reading, sure[1]) else right  # 阿呷|可
            tagged = reading.tagged_over(left, right)
            opened = self._words.opens(text, left)
            told = self._words.role_ends(text, left) or bool(_HIS_KIN.search(text, max(0, left - 2), left))
            titled = self._words.title_at(text, right) > 1
            if self._of_components and self._of_components.fullmatch(text, left, right) and right - left > 3:
                yield Candidate(left, right, 0.75, ("minority name",))  # 斯琴其木格|检验单
                continue
            long_enough = right - left > 2 or (opened and (tagged or titled)) or told  # ：才让先生
            seen = told and reading.tagged_as(left, right)  # 其夫尼玛|车祸去世
            closed = seen or self._words.closes(text, right)
            if right - left > 9 or not (long_enough and closed):
                continue
            if text[left + 1 : right] in self._fitting.protected:
                continue  # 加|格列齐特
            if opened or tagged or titled:
                evidence = ("called", "minority name") if seen else ("minority name",)
                yield Candidate(left, right, 0.75 if tagged or titled else 0.6, evidence)
                yield from self._another(reading, right)

    def _listed_minority(self, reading: Reading) -> Iterator[Candidate]:
        """那顺, 益西, 热依汗: whole names in the place of one, which stand in no longer run and name no place."""
        text = reading.text
        for start, end, _ in self._bearers.find(text):
            closed = self._words.closes(text, end) or text.startswith(_TOGETHER, end)
            if text[end : end + 1] in _OF_LANDS or not closed:
                continue
            told = self._words.role_ends(text, start) or bool(_HIS_KIN.search(text, max(0, start - 2), start))
            opened = self._words.opens(text, start) or text.endswith(_WHEN, 0, start)
            if told or opened or (end - start > 2 and start in reading.boundaries(start, end)):
                yield Candidate(start, end, 0.75, ("called", "minority name") if told else ("minority name",))

    @staticmethod
    def _parts(reading: Reading, position: int) -> bool:
        """Whether 和 stands there, and not 和平."""
        return bool(_AND_ANOTHER.match(reading.text, position)) and not reading.known(
            reading.text[position : position + 2]
        )

    def _another(self, reading: Reading, position: int) -> Iterator[Candidate]:
        """斯琴高娃 in 乌日娜和斯琴高娃: a run of such characters behind 和."""
        if not self._parts(reading, position):
            return
        text = reading.text
        start = end = position + 1
        while end < len(text) and end - start < _LONGEST_PART and text[end] in self._foreign:
            if end - start > 1 and self._words.closes(text, end) and text[end] in "的来明也都":
                break
            end += 1
        if end - start > 1 and self._words.closes(text, end):
            yield Candidate(start, end, 0.6, ("minority name",))

    def _compound(self, reading: Reading) -> Iterator[Candidate]:
        """Compound surnames are evidence by themselves: 令狐云, 闻人静."""
        text = reading.text
        for match in self._grammar.compound_apart.finditer(text):
            if not self._fitting.is_place(match[1]) and (len(match[2]) == 1 or not reading.known(match[2])):
                yield Candidate(*match.span(), 0.62, _COMPOUND)
        for match in self._grammar.compound.finditer(text):
            if text[match.start() : match.end() + 1] in self._grammar.ordinary_words:
                continue  # 微生物
            if match[0][1] == "门" and text[match.end() : match.end() + 1] in _BESIDE_GATES:
                continue
            if _BODY_THERE.match(text, match.end()):
                continue  # 濮阳|三院
            if match[0] == "长孙" and text[match.start() - 1 : match.start()] in _WHOSE:
                continue  # 患者的|长孙无法到场
            title = match.end() + self._words.title_at(text, match.end())
            shapes = [
                s
                for s in self._grammar.han_shapes(text, match.start(), len(text))
                if s.end > match.end()
                and not match.end() < s.end < title  # 申屠|老先生
                and "的" not in text[match.end() : s.end]  # 姓令狐的|老先生
            ]
            best = max(shapes, key=lambda shape: self._fitting.fit(reading, shape), default=None)
            ordinal = match[0] == "第五" and not (
                self._words.opens(text, match.start())
                and best
                and not self._fitting.is_known_word(reading, match.end(), best.end)  # 第五中心
                and text[match.end()] not in _OF_ORDER
            )
            word = self._word_begins(reading, *match.span())
            one = word and best is not None and best.end - match.end() == 1
            fits = best is not None and best.quality >= 0.6 and self._words.closes(text, best.end)
            if best and fits and not (ordinal or one):
                yield of_shape(best, 0.62, *_COMPOUND)
            elif word and match[0] in _ALONE:
                yield Candidate(*match.span(), 0.62, _COMPOUND)  # 令狐|明天来复诊, 公孙|提前到了

    @staticmethod
    def _word_begins(reading: Reading, start: int, end: int) -> bool:
        """Whether a frequent word begins behind a surname, and the tagger is not very sure that it is no word."""
        sure = any(reading.likeliness(start, end + size) >= _VERY_SURE for size in (1, 2))
        return not sure and reading.known(reading.text[end : end + 2]) > _FREQUENT

    def _in_two_scripts(self, reading: Reading) -> Iterator[Candidate]:
        """Lily陆, 阿Ling: a name of which one part is in Latin letters."""
        for match in reading.finditer(_TWO_SCRIPTS):
            surname = match[1]
            english = is_given(match[0][:-1]) and surname in self._grammar.surnames - FUNCTION_SURNAMES
            if not surname or english or surname in self._clear_surnames:
                yield Candidate(*match.span(), 0.6, ("two scripts",))

    def _in_other_scripts(self, reading: Reading) -> Iterator[Candidate]:
        """Виктор Соколов, 患者김민수，男: two Russian words with capitals, or what stands behind a role or before a sex."""
        text = reading.text
        for match in _OTHER_SCRIPTS.finditer(text) if reading.search(_OTHER_LETTERS) else ():
            start, end = match.span()
            if match[0] in HONOURS:
                continue
            led = self._words.role_ends(text, start - (text[start - 1 : start] in (" ", ":")))
            korean = _KOREAN.fullmatch(text, start, end) and not _HANGUL.match(text, end)
            if match["whole"] or led or korean or _READ.match(text, start) or _TOLD_OF_SEX.match(text, end):
                yield Candidate(start, end, 0.75, ("other script",))

    def _romanized(self, reading: Reading) -> Iterator[Candidate]:
        """Zhang Wei, Lisa Wang, 郑Anna, Vivian 苏."""
        for start, end, score in find_romanized(reading.text):
            if _STRAIN.search(reading.text, max(0, start - 6), start) or _WARES.match(reading.text, end):
                continue
            before = reading.text[max(0, start - 2) : start]
            surname = before[-1:] in self._grammar.surnames and before[-1:] not in FUNCTION_SURNAMES
            start -= surname and not is_han(before[:-1])
            near = bool(reading.supported(PERSON, start, end))
            end += 2 * self._is_surname_behind(reading.text, end)
            yield Candidate(start, end, min(0.9, score + 0.2 * near), ("romanized",))

    def _is_surname_behind(self, text: str, end: int) -> bool:
        behind = text[end + 1 : end + 2] if text[end : end + 1] == " " else ""
        ends = text[end + 2 : end + 3] in (",", ";", "、", ")", "|")  # Joyce 万，
        surname = behind in (self._grammar.surnames if ends else self._clear_surnames)
        titled = text[end + 1 : end + 3] in self._words.titles | self._words.roles  # Kelly Mak 顾问
        return surname and not titled and self._words.closes(text, end + 2)
