"""Names in Latin letters among Chinese ones: who speaks in a chat, what stands beside somebody, and one word of a whole name again.

Priya Nair：Hi team … 仝乐：收到    梁律师、Grace Oei    何乐山（Ho Lok San）    Sato Kenji（佐藤健二）    Oleg（俄语，电话…）    Daniel Brooks … Brooks那个护照过期了
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from deid.detection.literals import Screened
from deid.detection.names.fit import PERSON, Candidate, Fitting
from deid.detection.reading import Reading
from deid.grammar.name import HAN, is_han
from deid.grammar.pinyin import spellings, syllables
from deid.grammar.romanized import (
    is_abbreviated,
    is_eponym_at,
    is_given,
    is_surname,
    is_syllables,
    may_call,
    may_name,
)
from deid.regexes import Regex

_HEAD = Screened(
    r"(?m:^)[ ]*(?:[0-9:/\-. ]{4,22}[ ]+)?(?:(?:Mrs?|Ms|Miss|Dr|Prof|Madam|Auntie|Uncle)\.? )?(?P<name>[A-Z][a-z]{1,14}(?: [A-Z][a-z]{1,14}){0,2})[ ]?:(?!//)(?=[ ]?\S)"
)
_LABELS = frozenset(
    "note notes result results subject from to cc bcc date re fwd fw name phone tel fax email mail address attn sex age diagnosis history "
    "complaint plan impression findings conclusion summary title status type id patient doctor nurse client customer agent service support "
    "system user guest admin staff reply question answer step warning error info debug http https version author reviewer translator "
    "monday tuesday wednesday thursday friday saturday sunday today tomorrow morning afternoon evening night day week pain sleep mood diet "
    "weight height temp temperature pulse vitals ward bed room visit exam lab labs meds medication dose allergy allergies time place topic".split()
)
_WORDS = Regex(
    r"(?<![A-Za-z0-9@._/\-])(?<![A-Za-z] )[A-Z][A-Za-z\-]*(?: [A-Z][a-z]+)*(?![A-Za-z0-9@_/\-]|\.[a-z]| [A-Za-z])"
)
_ONE = r"(?:[A-Z][A-Za-zÀ-ÖØ-öø-ɏ'’\-]{1,15}|(?:[A-Z]\.){1,3})"
_OPENS, _CLOSES = (
    r"(?<![A-Za-z0-9@._/\-])(?<![A-Za-z][ ,])",
    r"(?![A-Za-z0-9@_'’\-]|[./][A-Za-z]|,? [A-Za-z])",
)
_NAME = Screened(rf"{_OPENS}(?P<name>{_ONE}(?:,? ?(?<=[ .]){_ONE}){{0,3}}){_CLOSES}")
_BEFORE_CHINESE = Screened(
    rf"(?<![A-Za-z0-9@._/\-])(?P<name>{_ONE}(?: {_ONE}){{1,2}})[ ]?\([ ]?(?P<chinese>[{HAN}]{{2,5}})[ ]?\)"
)
_TRANSLITERATED = Screened(
    rf"(?<![{HAN}])(?P<chinese>[{HAN}]{{2,5}})[ ]?\\([ ]?(?P<name>[A-Z][a-z]{{2,9}})[ ]?\\)"
)
"""玛塔（Marta）."""
_SIGNED_ALSO = Regex(r"[ ](?P<name>[A-Z][a-z]{2,9})(?=[ ]*(?:\n|\Z|[|/]))")
"""凌可 Coco, below a mail."""
_OR_ANOTHER = Regex(
    r"[ ]?(?:抑?或|及|和|[与與同]|、|/|&|or|and|OR|AND)[ ]?(?P<name>[A-Z]{2,8}(?: [A-Z]{2,8}){1,2})(?![A-Za-z])"
)
"""LO HON MAN 抑或 SO HAU WAN."""
_BESIDE, _ENDS = Regex(r"[ ]?[、/&和与及][ ]?\Z"), Regex(r"[ ]?(?:[,。;、)(\n]|\Z)")
_AND = Regex(r"[ ]?[、/&和与及][ ]?")
_BRACKET, _IN_BRACKET = Regex(r"[ ]?\(\Z"), Regex(rf"[),]|[ ][{HAN}]")
_BEFORE_BRACKET = Regex(r"[ ]?\([ ]?")
_TOLD_OF = Regex(
    rf"[ ]?[(,][ ]?(?:(?:俄|英|日|韩|法|德|西班牙|西|葡萄牙|葡|泰|越南|越|阿拉伯|阿|意大利|缅甸|马来|印尼|蒙古|哈萨克|俄罗斯)语(?=[,;、)/翻口])|[{HAN}]{{1,5}}(?:籍|裔|国人)(?=[,;、)])|国籍|(?:[父母夫妻子女儿]|丈夫|妻子|父亲|母亲|女儿|儿子|爱人|太太|先生|本人)[,;、)]"
    r"|(?:电话|手机|微信|护照)[号码]{0,2}[: ]?[+A-Z0-9])"
)
"""What tells of somebody from abroad: Oleg（俄语，电话…）, Kenji（日籍）."""
_LANGUAGE = Regex(
    r"(?:\A|[\n;。,、 ])(?:英|法|德|俄|日|韩|西|葡|泰|越|阿|意|缅)[语文]?(?:口译|翻译|笔译|陪同)?:[ ]?\Z"
)
"""Before interpreters in a list: 英：Grace Odhiambo."""
_CALLED = Regex(
    r"(?:英文|外文|法文|德文|俄文|日文|葡文|西文|韩文|拼音|罗马)[姓名字]{0,2}[ ]?(?:是|叫做?|为|作|取|用|写|拼)?[ :“\"【\[】\]]{0,3}\Z"
)
_OF_A_THING = Regex(
    r"通用名|药品|商品名|产品|器械|品牌|型号|(?:公司|机构|医院|项目|单位)[名的]?(?:称|字)?[ ]?的?\Z"
)
_SMALL = Screened(
    rf"(?:(?<=[\n。!?;~])|\A)[ ]*(?P<head>[a-z]{{3,10}})(?=[ ]?[,~!:][ ]?[{HAN}]|[ ]?(?:[你您姐哥总]|说|[在那这][{HAN}]|帮|已|[要去来会]|跟|问|发|今天|明天|昨天|上午|下午))"
    rf"|(?:(?<=[找问给跟和让请叫由等与及系知在是@])|(?<=[一问]下)|(?<=转告)|(?<=告诉))[ ]?(?P<name>[a-z]{{3,10}})(?=[ ]?(?:[{HAN},。;!?、)\n]|\Z))"
)
"""tina，客户那边说好了吗, 你问一下kevin: a given name in small letters that is called, told of or acts."""
_OF_PROGRAMS = Regex("[ ]?(?:接口|系统|软件|代码|脚本|语言|模型|版|框架|服务|插件|库|平台|的秘密|助手|音箱)")
_ALSO_THINGS = frozenset("siri alexa cortana jenkins julia nick".split())
"""Given names that programs and fields bear."""
_SMALL_WORD = Regex(r"(?<![A-Za-z0-9@._/\-])[a-z]{3,10}(?![A-Za-z0-9@._/\-])")
_MODEL = Regex("[ ][0-9]{2,5}[A-Za-z]{0,3}[ ]{1,2}[0-9]{1,4}[ ]?[只台个套件块部]")
"""Behind who makes a thing: Jabra Speak 750 3 只."""
_AS_NAME = Regex(
    r"[”\"](?:可能|或|疑似?|应该?|大概|估计|好像)?[是为系][一-鿿]{0,8}?(?:姓?名|名字|签名)(?![一-鿿])|[ ”\"]{0,2}(?:做|当|作为|作|是|就是|为)[ ]?(?:[我你您他她]的?|宝宝的?|孩子的?|女儿的?|儿子的?)?(?:英文|外文)名"
)
_OFFICE_BEFORE = Regex(
    r"(?:介绍人|推荐人|联系人|转介人|制[表单图]|审核|复核|核对|记录|登记|录入|经办人?|填表|汇总|整理|导出|跟进|财务|客服|前台|助理|行政|人事|销售|翻译|陪诊|司机|护士|顾问|秘书|出纳|会计|医助|管家|同事|闺蜜|闺密|室友|舍友|同学|好友|朋友|邻居|[女男]友|[男女]朋友|女儿|儿子|老公|老婆|[姐妹弟哥]{2}|[表堂][姐妹弟哥]|外甥女?|侄[女子]|孙[女子]|[师学][姐妹兄弟]|老师|教练|私教|老板|经理|店长|代购|中介|医生|医师|大夫|教授|护工|保姆|月嫂|[疗复养咨询康技]师|律师|法务|公证员|会计师|审计师?|陪护|导游|学员|患者|客户|病人)[ \t:/]{0,2}\Z|(?<![A-Za-z0-9._])@\Z"
)
_OF_OFFICE = Screened(
    r"(?<=[一-鿿:@ \t/])(?P<name>[A-Z][a-z]{1,11}(?: [A-Z][a-z]{1,11})?)(?![A-Za-z0-9@_'’\-]|[./][A-Za-z]| [A-Z])"
)
"""财务May, 制表 May Tsai, @Ryan Guo."""
_GREETED = Screened(
    rf"(?m:^)[ ]*(?P<name>{_ONE}(?: {_ONE}){{0,2}})[ ,]{{0,2}}(?=[你您]好|早上好|[上下]午好|晚上好)|(?:谢谢|感谢|祝好|此致)[!。,~ ]{{1,3}}(?P<signed>[A-Z][a-z]{{2,11}})(?=[ ]*(?:\(|\n|\Z))"
)
"""Zong Qi 你好，… 谢谢！Marta."""
_SIGNED_ABOVE = Screened(
    r"[。.!)~?,]\n[ ]*(?P<name>[A-Z][a-z]{2,11})[ ]*\n[ \n]{0,4}(?=>|-{2,}[ ]?(?:原始邮件|Original)|(?:发件人|寄件者|寄件人|From)[: ]|On [A-Z]|在[ ]?[0-9]{4})"
)
"""Grace alone on the last line of an answer, above what is answered."""
_MONTHS, _DAY = frozenset(["april", "may", "june", "august"]), Regex("[ ]?[0-9]")
_LONGEST_OFFICE = 6
_SURNAMES_ABROAD = frozenset(
    "kim park choi jung kang yoon nguyen tran pham singh patel khan kumar sharma gupta smith jones williams taylor wilson anderson thompson martinez garcia lopez gonzalez rodriguez hernandez silva santos mueller schmidt schneider fischer weber ivanov petrov tanaka suzuki sato yamamoto watanabe nakamura kobayashi takahashi tan lim goh teo chua koh wong chan cheung leung kwok tsang yip".split()
)
"""Surnames that stand by themselves behind an office: 医生Kim."""
_KIN = "(?:妈妈|妈(?!妈)|爸爸|爸(?!爸)|爷爷|奶奶|外婆|外公|姥姥|老公|老婆)(?![咪粉])"
_WITH_KIN = Screened(
    r"(?<![A-Za-z0-9@._/\-])(?:(?P<called>[A-Z][a-z]{2,9}[姐哥])(?![妹弟德伦])"
    rf"|(?P<name>[A-Z][a-z]{{2,9}})(?=的{_KIN}|{_KIN}(?![ ]*(?:[:\n0-9]|\Z))|老师|医生|大夫|经理|教练|阿姨|叔叔))"
)
"""Vivi姐, Momo的妈妈, Lily老师."""
_WITH_SURNAME = Screened(
    rf"(?<![A-Za-z0-9@._/\-])(?P<given>[A-Z][a-z]{{2,9}})[ ](?P<surname>[{HAN}])(?![{HAN}A-Za-z0-9])"
)
_DOUBLED = Regex(r"([bcdfghjklmnpqrstvwxyz]h?[aeiouy])\1|[a-z]{1,2}([a-z])\2[iy]e?")
"""Cici, Lulu, Annie: what close people are called."""
_FILED = Screened(r"(?<=[_\-/\\])(?P<name>[a-z]{4,20}|[A-Z][a-z]+(?:[A-Z][a-z]+)?)(?=[_\-.][A-Za-z0-9])")
"""A part of the name of a file: rec_20241008_baizhi.wav."""
_OF_FILE = Screened(
    r"(?<![A-Za-z0-9])(?![A-Z]+_(?:BU|NAO|ZHUI|TA|HUI|NAN|XI|BEI|DONG|JIANG|HAI|GUAN|MEN|GU|XIN|TUI|LU)_)(?!(?:TONG_JI|XIE_HE|HUA_XI|HUA_SHAN|RUI_JIN|XIANG_YA|QI_LU)_)(?P<surname>[A-Z]{2,6})_(?P<given>[A-Z]{2,12})(?=_(?:MRI?|CT|PET|DR|CR|XR|US|ECG|EEG|PATH)[_.])"
)
"""HAN_BING_MRI_20241101.zip."""
_IN_CELL = Screened(r"(?:(?<=[,;|\t:(\"])|(?<=[,;|:] ))(?P<name>[a-z]{4,20})(?=[ ]?[,;|\t)\"\n]|\Z)")
"""All of a cell or a field: 拼音：zhangxiaoming; under the header of accounts it is one."""
_INITIALED = Screened(
    r"(?:[一-鿿]{2}[师员生士人工核对录]|[审复]核|记录|校对|制[表单]|签[名字]|经办|质控|编码|报告|操作|检[查验]|填报)[ :/]{0,3}(?P<name>(?:[A-Z]\.[ ]?){1,2}[A-Z][a-z]{1,12}(?:-[A-Z][a-z]{1,12})?)(?![A-Za-z0-9@_'’\-.])"
)
"""编码员 Y. Zhao, 审核：J. Li."""
_MAILBOX = Screened(
    rf"{_OPENS}(?P<name>{_ONE}(?: {_ONE}){{1,2}})[ ,:]{{0,2}}[<(]?[ ]?(?P<local>[a-z0-9._\-]{{3,30}})@"
)
_LATIN = Regex("[A-Za-zÀ-ɏ]")
_LETTERS = Regex("[^a-z]")
_TWO_WORDS = Regex("[ .,]")
_ROMAN = Screened(
    r"(?<![A-Za-z0-9@._/\-])(?P<name>[A-Z][a-z]{3,11}|[A-Za-z]{2,12}(?:,? |-)[A-Za-z]{2,12}(?: [A-Za-z]{2,8})?)(?![A-Za-z0-9@_/\-]|\.[A-Za-z])"
)
_SPEAKER = Screened(
    r"(?m:^)[ ]*(?:[0-9:/\-. ]{4,22}[ ]+)?(?P<name>[A-Z][a-z]{2,11})(?=[-·_/|@][ ]?(?:[A-Z]{2,5}|[一-鿿]{1,8})[ ]{0,3}(?::|[ ][0-2]?[0-9]:[0-5][0-9]|[ ][0-9]{1,4}[-/.][0-9]))"
)
"""Linda-HRBP 18:05, Kevin-销售："""
_SPEAKER_BEHIND_TIME = Screened(
    r"(?m:^)[ ]*[0-9:/\-. ]{4,22}[ ]{1,4}(?P<name>[A-Z][a-z]{2,11})(?=[-·_/|@][ ]?(?:[A-Z]{2,5}|[一-鿿]{1,8})[ ]{0,3}\n)"
)
"""2024-05-28 10:02 Vivian-瑞和, above what she writes."""
_SPEAKER_OF = Screened(
    r"(?m:^)[ ]*(?:[0-9:/\-. ]{4,22}[ ]+)?[一-鿿]{2,6}[-—·_/|][ ]?(?P<name>[A-Z][a-z]{2,11})(?=[ ]{0,3}(?::|[ ][0-2]?[0-9]:[0-5][0-9]|[ ][0-9]{1,4}[-/.][0-9]|\n))"
)
"""前台-Mandy：, 客服-Kevin 18:05."""
_BESIDE_SIGN, _BEFORE_SIGN = Regex(r"[-–—&|/(,、:][ ]?\Z"), Regex(r"[ ]?[-–—&|/),、:\n]|\Z")
_LEAST_WORD, _LEAST_GIVEN = 4, 5
_MOST_HAN = 4
_LIKELY, _SEEN = 0.5, 0.75
"""Scores of somebody who stands beside, and how sure the tagger must be of words in letters."""
_SCORE = 0.7


class LetteredNames:
    """What the other finders left; they know given names that are no words, and pinyin."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting

    def find(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        if not _LATIN.search(reading.text):
            return
        taken = {position for c in candidates for position in range(c.start, c.end)}
        found = (
            *self._told(reading, candidates),
            *self._with_mailbox(reading),
            *self._of_office(reading),
            *self._with_kin(reading),
            *self._in_small_letters(reading),
            *(
                match.span(group)
                for match in reading.finditer(_GREETED)
                if may_name(match[group := match.lastgroup or "name"])
            ),
            *self._speakers(reading, candidates),
            *self._spelt(reading, candidates),
            *(match.span("name") for match in reading.finditer(_INITIALED) if may_name(match["name"])),
            *self._words_again(reading, candidates),
            *self._in_capitals(reading, candidates),
            *(
                match.span()
                for match in reading.finditer(_OF_FILE)
                if is_surname(match["surname"].lower()) and is_syllables(match["given"].lower())
            ),
        )
        for start, end in self._with_surname(reading):
            taken.update(range(start, end))
            yield Candidate(start, end, _SCORE, ("lettered",))
        called = {reading.text[start:end] for start, end in found}
        for start, end in (*found, *self._beside_chinese(reading, called)):
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                yield Candidate(start, end, _SCORE, ("lettered",))

    def _told(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
        """Words that the tagger, somebody beside them or what is told of them makes somebody."""
        text, words = reading.text, self._fitting.words
        likely = [
            c
            for c in candidates
            if c.score >= _LIKELY and not self._fitting.is_other_word(text[c.start : c.end])
        ]  # no Siemens（西门子）
        spans = {c.start: c.end for c in likely}
        for match in reading.finditer(_TRANSLITERATED):
            if is_given(match["name"]) and self._fitting.foreign(match["chinese"]):
                yield match.span("chinese")
                yield match.span("name")
        for c in likely:
            if (signed := _SIGNED_ALSO.match(text, c.end)) and _may_sign(signed["name"]):
                yield signed.span("name")
        ends = {c.end + words.title_at(text, c.end) for c in likely}
        for match in reading.finditer(_BEFORE_CHINESE):
            start, end = match.span("chinese")
            if spans.get(start) == end and may_name(match["name"]):
                yield match.span("name")
        for match in reading.finditer(_NAME):
            start, end = match.span("name")
            if not may_name(match["name"]) or match["name"] in self._fitting.hospitals:
                continue
            if is_eponym_at(text, end) or self._calls_a_thing(text, start) or _MODEL.match(text, end):
                continue
            several = _TWO_WORDS.search(match["name"]) is not None
            if (
                (several and self._is_seen(reading, start, end) and not is_abbreviated(match["name"]))
                or self._is_beside(text, start, end, spans, ends, several=several)
                or _TOLD_OF.match(text, end)
                or (several and _LANGUAGE.search(text, max(0, start - 8), start))
                or (several and words.role_ends(text, start))
                or self._is_called(text, start, end)
            ):
                yield start, end

    @staticmethod
    def _is_seen(reading: Reading, start: int, end: int) -> bool:
        """Whether the tagger takes the words, or more, for somebody."""
        return any(
            tag.label == "PER" and tag.score >= _SEEN and tag.start <= start and end <= tag.end
            for tag in reading.tagged
        )

    @staticmethod
    def _is_beside(
        text: str,
        start: int,
        end: int,
        persons: dict[int, int],
        ends: Collection[int],
        *,
        several: bool,
    ) -> bool:
        """梁律师、Grace Oei, 何乐山（Ho Lok San）, Sato Kenji（佐藤健二）."""
        near = max(0, start - 3)
        if (led := _BRACKET.search(text, near, start)) and led.start() in ends:
            return _IN_BRACKET.match(text, end) is not None
        if (bracket := _BEFORE_BRACKET.match(text, end)) and bracket.end() in persons:
            return text[persons[bracket.end()] : persons[bracket.end()] + 1] == ")"
        if (led := _BESIDE.search(text, near, start)) and led.start() in ends:
            return several or (text[led.start()] == "、" and _ENDS.match(text, end) is not None)
        joined = _AND.match(text, end) if several else None
        return joined is not None and joined.end() in persons

    @staticmethod
    def _calls_a_thing(text: str, start: int) -> bool:
        """药品英文名：Aspirin, 通用名称：小柴胡颗粒 汉语拼音：Xiaochaihu Keli."""
        called = _CALLED.search(text, max(0, start - 14), start)
        return called is not None and (
            _OF_A_THING.search(text, max(0, called.start() - 60), called.start()) is not None
        )

    @staticmethod
    def _is_called(text: str, start: int, end: int) -> bool:
        """英文名Jarvis, Isla 做英文名."""
        called = _CALLED.search(text, max(0, start - 14), start)
        return called is not None or _AS_NAME.match(text, end) is not None

    @staticmethod
    def _with_mailbox(reading: Reading) -> Iterator[tuple[int, int]]:
        """Grace Odhiambo grace.o@…: words of which a mailbox is made that stands behind them."""
        for match in reading.finditer(_MAILBOX):
            name = match["name"]
            first, *_, last = name.lower().split()
            made = {first + last, last + first, first[0] + last, first + last[0], last + first[0], last}
            made |= {first} if is_given(first) else set()
            if may_name(name) and _LETTERS.sub("", match["local"]) in made:
                yield match.span("name")

    def _of_office(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """财务May, 制表 May Tsai, @Ryan Guo: a given name, be it a word as well, behind an office or an act; Grace, who signs."""
        text = reading.text
        for match in reading.finditer(_SIGNED_ABOVE):
            if may_call(match["name"].lower()):
                yield match.span("name")
        for match in reading.finditer(_OF_OFFICE):
            start, end = match.span("name")
            first = match["name"].lower().split()[0]
            if not (_may_call(first) or first in _SURNAMES_ABROAD):
                continue
            if not _OFFICE_BEFORE.search(text, max(0, start - _LONGEST_OFFICE), start):
                continue
            if is_eponym_at(text, end) or (first in _MONTHS and _DAY.match(text, end)):
                continue  # 妹妹Graves病, 患者May 5入院
            if text[start - 1] == "@" and is_han(text[end : end + 1]):
                continue  # @Ryan不软, which is what an account is called
            yield start, end
            for again, last in _places(text, {match["name"]}):
                if is_han(text[last : last + 1]):
                    yield again, last

    @staticmethod
    def _with_kin(reading: Reading) -> Iterator[tuple[int, int]]:
        """Vivi姐, with 姐 as in 佩姐; Momo of Momo的妈妈."""
        for match in reading.finditer(_WITH_KIN):
            group = match.lastgroup or "name"
            if _may_call(match[group].rstrip("姐哥").lower()):
                yield match.span(group)

    @staticmethod
    def _in_small_letters(reading: Reading) -> Iterator[tuple[int, int]]:
        """Given names that are no words, wherever else they stand, too."""
        text = reading.text
        names = {
            match[group]
            for match in reading.finditer(_SMALL)
            if is_given(match[group := match.lastgroup or "name"])
            and match[group] not in _ALSO_THINGS
            and not _OF_PROGRAMS.match(text, match.end())
        }
        if names:
            yield from (match.span() for match in _SMALL_WORD.finditer(text) if match[0] in names)

    def _with_surname(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Penny 彭, Katya 关: a given name in letters before a surname."""
        for match in reading.finditer(_WITH_SURNAME):
            if match["surname"] in self._fitting.grammar.every_surname and may_name(match["given"]):
                yield match.span()

    @staticmethod
    def _in_capitals(reading: Reading, candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
        """NG GIOK HIO, where Ng Giok Hio stands as well."""
        text = reading.text
        names = {text[c.start : c.end] for c in candidates}
        for name in sorted(
            name.upper() for name in names if " " in name and name.isascii() and not name.isupper()
        ):
            start = text.find(name)
            while start >= 0:
                around = text[start - 1 : start] + text[start + len(name) : start + len(name) + 1]
                if not any(side.isascii() and side.isalnum() for side in around):
                    yield start, start + len(name)
                start = text.find(name, start + 1)
        for c in candidates:
            if text[c.start : c.end].isupper() and (other := _OR_ANOTHER.match(text, c.end)):
                yield other.span("name")

    @staticmethod
    def _speakers(reading: Reading, candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
        """Who is named more than once, and has a turn of speech among persons with Chinese names; Linda-HRBP, among anybody."""
        text = reading.text
        for head in (*reading.finditer(_SPEAKER_OF), *reading.finditer(_SPEAKER_BEHIND_TIME)):
            if may_call(head["name"].lower()):
                yield head.span("name")
        for head in reading.finditer(_SPEAKER):
            if is_given(head["name"]) or (
                text.count(f"\n{head['name']}{text[head.end()]}") > 1 and may_name(head["name"])
            ):
                yield head.span("name")
        heads = {head["name"] for head in reading.finditer(_HEAD)}
        names = {head for head in heads if _LABELS.isdisjoint(head.lower().split()) and text.count(head) > 1}
        if not names:
            return
        persons = {text[c.start : c.end] for c in candidates if text.startswith(":", c.end)}
        if not any(is_han(person[0]) for person in persons):
            return
        yield from _places(text, names)

    def _spelt(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
        """Xipeng beside 董锡鹏, qin shaoyan beside 覃少艳: somebody's name, or his given name, in pinyin."""
        written = list(reading.finditer(_ROMAN))
        listed = "拼音" in reading.text
        cells = (
            m
            for m in reading.finditer(_IN_CELL)
            if reading.is_field(m.start("name"), (PERSON,))
            or (listed and is_han(reading.text[m.start("name") - 2 : m.start("name") - 1]))
        )
        filed = [*reading.finditer(_FILED), *cells]
        if not (written or filed):
            return
        names = {reading.text[c.start : c.end] for c in candidates if c.score >= _LIKELY}
        whole: set[str] = set()
        given: set[str] = set()
        for name in names:
            size = self._fitting.grammar.surname_length(name)
            if 0 < size < len(name) <= _MOST_HAN and all(map(is_han, name)):
                whole |= spellings(name[:size], name[size:])
                given |= syllables(name[size:]) if len(name) - size > 1 else frozenset()
        for match in written:
            letters = "".join(filter(str.isalpha, match["name"])).upper()
            alone = letters == match["name"].upper()
            if letters in whole or (alone and len(letters) >= _LEAST_GIVEN and letters in given):
                yield match.span("name")
        for match in filed:
            if match["name"].upper() in whole:
                yield match.span("name")

    def _words_again(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
        """Brooks, of somebody who is Daniel Brooks elsewhere."""
        names = {reading.text[c.start : c.end] for c in candidates if "romanized" in c.evidence}
        words = {word for name in names if " " in name for word in name.split()}
        return self._beside_chinese(reading, words)

    @staticmethod
    def _beside_chinese(reading: Reading, words: Collection[str]) -> Iterator[tuple[int, int]]:
        """Where the words stand beside Chinese: Sunny递纸; MacLeod beside a sign."""
        text = reading.text
        lasting = {
            word for word in words if len(word) >= _LEAST_WORD and not word.isupper() and word.isascii()
        }
        for start, end in _places(text, lasting):
            beside = _BESIDE_SIGN.search(text, max(0, start - 2), start) and _BEFORE_SIGN.match(text, end)
            if is_han(text[start - 1 : start]) or is_han(text[end : end + 1]) or beside:
                yield start, end


def _may_call(word: str) -> bool:
    """Whether somebody may be called so: Kevin, May, Cici."""
    if may_call(word):
        return True
    return _DOUBLED.fullmatch(word) is not None and may_name(word.title())


def _places(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where a name stands that is no part of a longer one, of an address or of English prose."""
    return (match.span() for match in _WORDS.finditer(text) if match[0] in names) if names else iter(())


def _may_sign(name: str) -> bool:
    """Whether somebody may be called so in Latin letters: Grace, Coco."""
    return is_given(name) or name.lower() == 2 * name[:2].lower()
