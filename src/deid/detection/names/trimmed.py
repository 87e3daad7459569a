"""What is left of a candidate without the words around a name: 交 孙丽, 何医生团队, 庄处长. Nothing, of 集中于某段."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from deid.detection.boundaries import word_list
from deid.detection.names.enumerated import Enumerations
from deid.detection.names.fit import FIRM, Candidate, Fitting
from deid.detection.names.leading import WHOLE_FIELD, Leading
from deid.detection.names.nobody import is_nobody, is_spoken_for
from deid.detection.names.trailing import Trailing
from deid.detection.names.words import (
    CUT_TITLE,
    DOSE_AFTER,
    FOLLOWERS,
    FUNCTION_SURNAMES,
    KIN_SUFFIXES,
    NEVER_GIVEN,
    NEVER_NAMES,
    NO_NAME_ENDS,
    NO_PERSONS,
    NOBODY,
    NOT_NAMES,
    SELDOM_NAMES,
    SHOWS_PLACE,
    VIETNAMESE,
    is_of_quality,
)
from deid.detection.reading import Reading
from deid.grammar.name import NOTED, is_han
from deid.grammar.romanized import COURTESY, within_labels, within_quotes
from deid.regexes import Regex

_CALLED_SO = Regex("[全本真原学艺大小]名(?=[一-鿿])")
"""燕博，全名|燕南飞."""
_EXAMPLES = ("模范", "典范", "师范", "风范")
"""劳动模范|逄春和."""
_TOLD_SO = ("原话", "口述", "自述", "转述")
"""鞠|原话."""
_CALLED = ("called", "led")
_LONGEST_PART = 6
"""Characters of a part of a foreign name."""
_SENDS = ("指派", "委派", "选派", "安排", "委托", ":")
_ADVERBS = frozenset("后过都别年才由来多里位员但要把底")
"""Rare surnames that tell of what somebody does, behind whoever it is: 家属|都."""
_WEAK = frozenset(["cue", "label", "tagger", "role", "led by a verb"])
_DOES_IT = frozenset("包谈学拿买装拉戴练洗寻查")
"""Surnames, most of them rare, that are verbs."""
_ONCE_DONE = frozenset("予开服给报从去到住查")
"""Verbs behind 曾 that are no given names."""
_FOR_WHOM = Regex("[给为帮替陪带跟和]")
_MONEY = Regex("[块元毛角点到赚挣花省还借付交出收退给没有少存多要]$|[么些点分]的$")
_BEFORE_KNOWN = frozenset("向时应为权和与由对给及于在将经")
_BEHIND_KNOWN = frozenset("应特辩因自原有为立即时系均将已曾仅还")
"""What leads to a name, or goes on behind it, where the name itself stands elsewhere in the text."""
_MENTIONS, _RARELY_GIVEN = 3, 350
"""How often it must stand there, and the rank of a character that goes on with a name rarely."""
_BEHIND_ALONE = frozenset("代那这乖说讲在去要也都还就才又会能想跟给让找叫问带送把被从到已曾先再没不")
_BEFORE_ALONE = frozenset("上谢和跟给叫让找请由与及为向问帮陪带送接")
"""The same, where the text calls somebody so by itself."""
_BEFORE_VERB = tuple("去来叫要想会该得再先就快别不没")
_CALLED_ALONE, _SURE_OF_WHOLE = 0.5, 0.995
"""Score of such a name, and how sure the tagger is of one with a surname that is no such name and more."""
_NOISE = Regex(r"(.)\1\1+")
_NAMES_SOMEBODY = Regex(r"(?:姓名|名字|员工|职工|患者|病人|客户|学员|[人员者]|签[名字])(?:[(（].*)?$")
_BLANKS = Regex(r"\s+")
_TOLD_HOW = Regex("读[a-zāáǎàēéěèīíǐìōóǒò]|字(?:开头|打头|辈|怎么|的那)")
_LEADS_ON = frozenset("和与及而于将从向会让在")
_CLOSES, _OPENS = frozenset(["", *",。;、()|\t:"]), frozenset(["", *":|\n\t"])
"""Signs before which no word leads on, and behind which a line holds nothing but the name."""
_PARTIES = Regex("(?:业主|患者|病人|家属|客户|用户|施工|出租|承租|[委受]托|供货|保险)$")
_ASKS = Regex(
    "(?:部门|机关|领导|[一-鿿]{0,2}人员)?(?:提[交出供起]|出[具示借]|借|反[映馈]|支付|主张|催|确认|举[证报]|追|偿|归还|求|申|报|投诉|缴|交[纳付]|汇报|咨询|询|了解|说明|承诺|保证|表[示达]|发[出送函]|推荐|致)"
)
"""What is done towards somebody."""
_ACROSS = frozenset(
    ["tagger", "prose", "cue", "role", "led by a verb", "surroundings", "surname of one", "list"]
)
_AMOUNT = frozenset("元角分整正零壹贰叁肆伍陆柒捌玖拾佰仟万")
"""元柒角整 of an amount in words."""
_NEVER_NAME = Regex(
    r"刘海[下上遮长短]|储[存备蓄值].?|慎[服用食发]|..部|.械|[我贵该敝]司|(?:沟通|聊天|家长|业主|[家同]?长)群|药方[法式]?|药[物量].?|[初高][一二三][学年班生]|[关由对至鉴基属位在等]于.|申请.|[查交接]完?[房班药].?|开完?[房班会药].?|代[为约付办取开购煎领缴签诉查问答述笔订填转接].?|来[补取拿交签办问查看拍领送换退做打抽住京沪津渝蓉穗汉杭深郑济昆]|拉[奶肚屎稀尿].?|于[次本当][月日年]|[呼消心神骨泌肾][一二三四五六七八]|..(?:健康|医疗|科技|体检|诊所|药房)"
    r"|税(?:发票?|[票务点额项率费款金收].?)|寿(?:保险|险.?)|.[一二三四五六七八九]院|郑重[承诚声]|花[多了几].|祝贵[司院方店公单]"
)
"""慎服, 客户关系部, 苏械注准, 关于新同事, 申请自, 代为联系, 于次月, 病房 呼二, 康桥健康, 税发票, 人|寿保险, 郑重承|诺, 花多长, 祝贵|公司."""
_SAID_OF = Regex(
    "(?<=其)余[一-鿿]+|(?<=\\()代[一-鿿](?=\\))|田野里|苗[医药][一-鿿]?(?!生)|[苗白黎水满蒙][语话][多少好差由说听懂]?|[高中低]分化|药袋[一-鿿]?|余(?:平稳|正常|稳定|无殊|同前|如常|良好|阴性)|钱先(?=由|付|垫|给|交|退)|单群|曾予(?=[一-鿿])|曾登(?=记)"
)
"""What begins with a surname and is said of medicine, peoples and records: 苗医馆, 只讲白语, 中分化, 余平稳, 钱先由…, 曾予刮痧."""
_INSURANCE = Regex("(?:[京津沪渝苏浙皖赣闽粤桂琼湘鄂豫冀晋鲁辽吉川滇穗蓉甬]惠|惠.|.医)保|穗岁康")
"""What insurance for the people of a city is called: 惠民保, 沪惠保."""
_TRADE = Regex(".[板焊钳车铣电木瓦漆装搬]工")
_OUR_FIRM = Regex("[我贵该敝]司")
_YOUR_FIRM = Regex("[贵敝]\\n?$")
_SAID = frozenset("哈啦嘞呗喔噻咩嘛呀哟")
"""Particles at the end of what somebody says in a chat."""
_HOLDS = Regex("(?:[现历兼曾出起]任|担任|[就任供]职于)$")
_IN_YEARS = Regex("[0-9年月日今][起,]?$")
_OFFICE_THERE = Regex("[一-鿿]{0,6}?(?:董事|监事|经理|总裁|部长|厂长|会计|秘书|总监|工程师|党委|工会)")
_FIRM_THERE = Regex("有限|股份|集团|新材|投资|总?公司")
"""Behind the firm in which somebody holds it."""
_HOLIDAY = Regex(
    "(?:情人|父亲|母亲|儿童|教师|女[人神王生]|国庆|劳动|圣诞|感恩|中秋|端午|重阳|元宵|清明|护士|医师|妇女|青年|泼水|光棍|[春愚])$"
)
_KIN_CALLED = frozenset("姨婆公爸妈哥姐弟妹叔伯嫂爷奶")
_LAUGHING = frozenset(["哈", "哈姐", "哈哥", "哈亲"])
_LIMITS = frozenset("超满达近约逾")
_AMOUNT_BEHIND = Regex(r"[0-9][0-9,.]*[万千百]?(?:[元%天次人岁个年月份℃°度]|[mckμ]?[mglLU])")
_TENSION = Regex("张力[高低大增减]")
"""冷脓肿张力高, but not 请张力高."""
_OF_BODY = Regex(
    r"[省市县区镇乡村州旗](?:(?:中心|社区)?(?:卫生[院所室站局服]|医院|[中小]学|敬老院)|人民[医政法]|第[一二三四五六七八九十](?:人民|[医中小高附])|妇幼|中医[院馆]|政府(?!补)|公安|派出所)"
)
"""The end of a place, and what begins the rest of the name of a body there."""
_WHICH_CHILD = tuple("一二三四长次独幼")
_WHERE = tuple("在到去回往从")
_HANDS_OVER = frozenset("交接转约请找给见")
"""What may stand, apart, before somebody's name, and what the tagger takes for the first part of it."""
_PICTURED = Regex("张[照片图卡表单纸票床底]")
_COUNTS_SHEETS = frozenset("拍照发来哪这那几两三四五每存传截留寄要换开打")
_COUNTS = Regex("第[0-9一二三四五六七八九十]$")
_FORMER = Regex("[和跟与向同对由从让请找][原本该此各]")
"""What is no name before a title: with the former doctor, to this one."""
_OF_AREA = Regex("经理|总监|主管|代表|顾问|客服|销售|总[部代]|负责")
_COLOURED = Regex("[黑白红蓝银灰棕绿金]色$|[一二两三几这那][辆台款]$")
_SEEN_ONLY = frozenset(["tagger", "prose", "minority name"])
_OFTEN_GIVEN = 900
"""Rank of characters that given names hold often enough where their surname is a word."""
_CLEARLY_GIVEN = 320
"""Rank of characters that given names hold so often that two of them make one, word or not."""
_FREQUENT = 500
"""How often jieba's dictionary counts a word that no name begins with."""
_GOOD, _SURE, _VERY_SURE = 0.6, 0.9, 0.97
"""Quality of what is left when words are taken off; how sure the tagger is of what is left as it is."""
_AS_GOOD_AS_TITLED = 0.85
_ACTED_FOR = frozenset("祝代替为陪由请找给和跟与让见问向对按随送接")
_GOES_ON_WITH = FOLLOWERS | frozenset("刚才又再还正")
"""What goes on behind four characters, whatever the tagger says: 罗文华|刚打电话来."""
_ALSO_GIVEN = frozenset("可建转")
_BESIDE_NAMES = frozenset("姑舅姨子女婿媳二三四五六七八九十上里岗教行若")
"""Relations, numbers and other characters that are no surnames."""
_QUOTES = Regex('[云曰谓][:,]?[“"《]')
_PLATE = Regex("[一-鿿][A-Z][·・ ]?[0-9A-Z]")
_AROUND = Regex(
    "(?:[眶脐肛甲踝瘤灶冠根牙唇鼻膝肩腕肾胰肝脾肠管囊口尖体]周|(?:颌|冠状|鼻|额|蝶|筛|静脉|海绵|动脉)窦)"
)
"""What is around a part of the body, and its sinuses: 眶周青紫, 上颌窦口."""
_SOME = Regex("某(?:[段个种些类项]|一(?![家行起直]))")
"""What is no masked name: 于某一段."""
_NUMBERED = Regex(
    r"[一-鿿]{0,2}[(\[【〔](?:19|20)[0-9]{2}[)\]】〕](?:第|[0-9])|\([一-鿿]\)[一-鿿]{1,4}字?[(\[【〔]?(?:第|20)"
)
_YEAR = Regex(r"[(\[【〔](?:19|20)[0-9]{2}[)\]】〕]$")
_OF_CASE = Regex("[一-鿿]{0,3}(?:字第?|[初终再执监])")
"""What official papers and cases are numbered by."""
_FOURTH = Regex("[甲乙丙][、与和,]丁(?!型|肝)")
"""Persons who are called by the heavenly stems, of which 丁 is one."""
_DATE_BEHIND = Regex(
    "[春夏秋冬](?:季|[春夏秋冬](?=[季之交两、]))|(?:[0-9]{1,4}|元|正|腊|[一二三四五六七八九十]{1,3}|[今去当同前翌次])[年月日天]|[今昨当前][天日晚晨]"
)
_SEASONS = Regex("夏[秋冬]")
_WEEKDAY = Regex("周[一二三四五六日几](?:[全上下]|$)")
_OFFICES = frozenset("处局队所董")
"""The last character of a name that is the first of an office: 庄处长, 李局长, 贺董事长."""
_LAWYER = Regex("律[说您好]")
_DONE_TO_FILES = frozenset("版稿签改核审填录交")
"""What somebody does to a file, in its name: 名单_孙洁改_v2.xlsx."""
_FILE_GOES_ON = Regex(r"[_)\]-][^\s,。;]{0,40}\.[a-z]{2,4}(?![a-z])|\.[a-z]{2,4}(?![a-z])")
_SPELLED = Regex(r"[一-鿿]?([一-鿿])[一-鿿]?的\1")
"""晋朝的晋."""
_NATIVES = Regex("[省市县区镇乡村]人")
_RELATED = Regex("关系[父母夫妻子女]|翁婿|婆媳|姑嫂|叔侄|祖孙|爷孙")
_AFTER_CLASS = frozenset(")0123456789一二三四五六七八九十")
_WARD = Regex("(?:康复|门诊|干部)[一二三四五六七八九十]")
"""Wards whose first character is a surname, beside staff: but not 方志一, although 方志 is a word."""
_REPLY = Regex("明白(?:$|[,。!;\n ])")
_SENTENCE = Regex("明白(?:[。!;]|,[已我您稍马好请这会])")
_TO_ALL = ("全体", "全员", "各位", "部门", "团队")
_GOES_ON = Regex(r"[一-鿿](?<![的之家称说兄])")


_SHOWS_PLACE = Regex(SHOWS_PLACE)
_THERE = ("那边", "这边", "老家", "家中")


class Trimming:
    """Ends names where words begin, and drops what is none."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words
        self._enumerations = Enumerations(fitting)
        self._leading = Leading(fitting)
        self._trailing = Trailing(fitting)

    def tidied(self, reading: Reading, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        """The candidates that are left, each as long as the name in it."""
        for candidate in candidates:
            trimmed = self._trimmed(reading, candidate)
            if trimmed and self._is_relation(reading.text[trimmed.start : trimmed.end]):
                continue  # 孙子|记, 吴秀芳|阿姨家
            if trimmed is None or self._enumerations.is_among_words(reading, trimmed):
                continue
            if self._enumerations.is_among_remedies(reading.text, trimmed):
                continue
            is_cue = trimmed.end - trimmed.start > 1 and reading.is_cue(trimmed.start, trimmed.end)
            if not is_cue or _is_in_column_of_names(reading, trimmed):
                yield self._whole(reading.text, trimmed)  # no 籍贯, but 车 in 车医生
            if candidate.end - trimmed.end == 1 < trimmed.end - trimmed.start:
                surname = reading.text[trimmed.end]
                if surname == reading.text[trimmed.start]:  # 毛 of 毛先菊毛阿姨
                    yield candidate._replace(start=trimmed.end)

    def as_elsewhere(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """The candidates, of them 马可 of 马可|刚满两岁 and 彩勤 of 去谢|彩勤姐, where the text calls somebody so by itself."""
        text, places = reading.text, dict[str, set[int]]()
        for c in candidates:
            if c.score >= _CALLED_ALONE:
                places.setdefault(text[c.start : c.end], set()).add(c.start)
        for candidate in candidates:
            start, end = candidate.start, candidate.end
            name = text[start:end]
            told = candidate.evidence[0] in FIRM or _is_whole_field(candidate.evidence)
            once = len(name) > 2 and not told and text.count(name) == 1
            sure = self._grammar.surname_length(name) and reading.likeliness(start, end) >= _SURE_OF_WHOLE
            if once and not sure:
                shorter, later = (
                    any(not start <= at < end for at in places.get(part, ()))
                    for part in (name[:-1], name[1:])
                )
                if shorter and (name[-1] in _BEHIND_ALONE or reading.known(text[end - 1 : end + 1])):
                    end -= 1
                elif later and self._leads_to_alone(reading, start):
                    start += 1
            yield candidate._replace(start=start, end=end)

    def _leads_to_alone(self, reading: Reading, start: int) -> bool:
        """Whether a character is what leads to somebody, and no surname: 去谢|彩勤姐, 日方|森川, but not 女儿向春桃."""
        text = reading.text
        word = reading.known(text[start - 1 : start + 1]) > 0 if start else False
        if text[start] in self._grammar.every_surname and not word:
            return text[start - 1 : start] in _BEFORE_VERB and text[start] in _BEFORE_ALONE
        return word or text[start] in _BEFORE_ALONE

    def _is_relation(self, name: str) -> bool:
        roles, house = self._words.roles, name.removesuffix("家")
        return name in roles or (house != name and (house in roles or house in self._words.titles))

    def _whole(self, text: str, candidate: Candidate) -> Candidate:
        """董志和 in 签名：董志和: what leads on else ends the name where nothing follows it."""
        start, end = candidate.start, candidate.end
        if self._lacks_surname(text, start, end):
            return candidate._replace(start=start - 1)
        told = candidate.evidence[0] in FIRM or candidate.evidence[0] == "sex or age"
        if told and text[start - 1 : start] == "·" and (first := self._before_dot(text, start - 1)):
            return candidate._replace(start=first)
        if end - start != 2 or text[end : end + 1] not in _LEADS_ON:
            return candidate
        before, behind = text[start - 1 : start], text[end + 1 : end + 2]
        told_whole = before in _OPENS or candidate.evidence[0] == "self-introduction"
        alone = behind in _CLOSES or (behind == "\n" and told_whole)
        alone = alone or (
            behind == " "
            and text[end] != "在"
            and text[end + 2 : end + 3] not in self._grammar.every_surname - {text[start]}
        )
        named = self._grammar.surname_length(text, start) == 1 and "han" in candidate.evidence
        return candidate._replace(end=end + 1) if alone and named else candidate

    def _before_dot(self, text: str, dot: int) -> int:
        """Where the part of a foreign name before the dot begins, 0 for none: 叶尔兰·|哈布勒，男."""
        first = dot
        while first > 0 and dot - first < _LONGEST_PART and is_han(text[first - 1]):
            first -= 1
        return first if dot - first > 1 and self._fitting.foreign(text[first:dot]) else 0

    def _lacks_surname(self, text: str, start: int, end: int) -> bool:
        """Whether a rare surname stands before a given name, behind whoever it is or was sent: 指派|先文丽, 调度|补建华."""
        if text[start:end] not in self._grammar.given_names or start < 2:
            return False
        first = text[start - 1]
        if first == "是":
            return text[start - 2] == ":"  # 会诊助理：|是晓东
        if (
            first not in self._grammar.rare_surnames
            or text[start - 2 : start] in self._grammar.ordinary_words
        ):
            return False
        sent = text.endswith(_SENDS, 0, start - 1)
        role = self._words.role_ends(text, start - 1) and not self._words.role_ends(text, start)
        return sent or (first not in _ADVERBS and role)

    def _trimmed(self, reading: Reading, candidate: Candidate) -> Candidate | None:
        if courtesy := COURTESY.match(reading.text, candidate.start, candidate.end):
            candidate = candidate._replace(start=courtesy.end())
        if called := _CALLED_SO.match(reading.text, candidate.start, candidate.end):
            candidate = candidate._replace(start=called.end())
        if reading.text.startswith(_EXAMPLES, max(0, candidate.start - 1)) and candidate.start > 0:
            candidate = candidate._replace(start=candidate.start + 1)
        if candidate.end - candidate.start > 2 and reading.text.endswith(_TOLD_SO, 0, candidate.end):
            candidate = candidate._replace(end=candidate.end - 2)
        if reading.text[candidate.start : candidate.start + 1].isascii():
            start, end = within_quotes(reading.text, candidate.start, candidate.end)
            start, end = within_labels(reading.text, start, end)
            candidate = candidate._replace(start=start, end=end)
        candidate = self._behind_firm(reading, candidate)
        name = reading.text[candidate.start : candidate.end]
        if not name or name in self._words.titles or name in self._words.roles or name in NOT_NAMES:
            return None
        if NEVER_NAMES.fullmatch(name):
            return None
        if name[1:] in NEVER_GIVEN or (
            len(name) == 3 and name[-1] == "其" and reading.known(name[:2]) > _FREQUENT
        ):
            return None  # 支持其主张
        if apart := self._set_apart(reading.text, candidate, name):
            return apart
        if self._ends_in_particle(reading.text, candidate, name):
            rest = name[:-1]
            whole = (
                0 < self._grammar.surname_length(rest) < len(rest) and self._grammar.quality(rest) >= _GOOD
            )
            return candidate._replace(end=candidate.end - 1) if whole else None
        if (
            self._is_phrase(reading.text, candidate, name)
            or is_nobody(self._words, reading, candidate)
            or (candidate.evidence[0] == "tagger" and self._is_of_place(reading.text, candidate, name))
            or (
                reading.text.startswith(":", candidate.end)
                and (self._is_label(name) or _is_two_fields(reading, name))
            )
            or (candidate.evidence[0] not in FIRM and self._is_term(reading, candidate, name))
            or (candidate.evidence[0] not in WHOLE_FIELD and self._is_said(reading.text, candidate))
            or (candidate.evidence[0] in _WEAK and self._is_across_words(reading, candidate, name))
            or (candidate.evidence[0] not in WHOLE_FIELD and self._is_led_to(reading, candidate, name))
            or (candidate.evidence[0] in _ACROSS and self._is_done_or_paid(reading, candidate, name))
            or (candidate.evidence[0] in _ACROSS and self._is_done_before(reading, candidate, name))
            or (candidate.evidence[0] in _ACROSS and self._is_in_two_words(reading, candidate))
        ):
            return None
        if known := self._known_part(reading.text, candidate, name):
            return self._part(reading.text, candidate, *known)
        start = self._leading.start(reading, candidate)
        if start > candidate.start:
            return self._part(reading.text, candidate, start, candidate.end)
        end = self._trailing.end(reading, candidate)
        if end < candidate.end:
            return self._part(reading.text, candidate, candidate.start, end)
        return self._shortened(reading, candidate, name)

    def _known_part(self, text: str, candidate: Candidate, name: str) -> tuple[int, int] | None:
        """王惠 of 王惠|应, and 舒绚 of 向|舒绚, where that is what the text calls somebody all over, and once goes on so."""
        start, end = candidate.start, candidate.end
        if len(name) not in (3, 4) or candidate.evidence[0] in WHOLE_FIELD:
            return None
        if name[-1] in _BEHIND_KNOWN and self._is_mentioned(text, name[:-1], name):
            return start, end - 1
        if name[0] in _BEFORE_KNOWN and self._is_mentioned(text, name[1:], name):
            return start + 1, end
        return None

    def _is_mentioned(self, text: str, part: str, name: str) -> bool:
        if not 0 < self._grammar.surname_length(part) < len(part) or text.count(name) > 1:
            return False
        ends = [match.end() for match in re.finditer(re.escape(part), text)]
        rank = self._grammar.given_rank
        closed = sum(
            self._words.closes(text, end) or rank.get(text[end], _RARELY_GIVEN) >= _RARELY_GIVEN
            for end in ends
        )
        return len(ends) >= _MENTIONS and closed > 1  # 王建国, 王建军 and 王建平 are no 王建

    def _part(self, text: str, candidate: Candidate, start: int, end: int) -> Candidate | None:
        """What is left of it, which is somebody though it may be a word: 和|小程, 经|云飞, 老汤|改一下, but not 在沈阳|做."""
        name = text[start:end]
        if text[start - 1 : start] in _WHERE and self._fitting.is_place(name):
            return None
        called = name in self._grammar.name_like_words or self._grammar.nickname.fullmatch(name)
        evidence = _CALLED if called else candidate.evidence
        return candidate._replace(start=start, end=end, evidence=evidence)

    def _is_label(self, name: str) -> bool:
        """代表：, but not 调度小方：."""
        return name in self._grammar.ordinary_words and not self._grammar.nickname.fullmatch(name)

    def _behind_firm(self, reading: Reading, candidate: Candidate) -> Candidate:
        """吴双 in 我司吴双记录."""
        if not (candidate.start and _OUR_FIRM.match(reading.text, candidate.start - 1)):
            return candidate
        start = candidate.start + 1
        if self._fitting.is_place(reading.text[start : start + 2]):
            return candidate._replace(start=candidate.end)  # 我司南宁点
        if shape := self._fitting.best_at(reading, start, start + 4, firm=False):
            return candidate._replace(start=start, end=shape.end, score=_AS_GOOD_AS_TITLED)
        name = reading.text[candidate.start : candidate.end]
        if len(name) == 3 and reading.known(name[1:]) > 0:
            other = not self._is_clearly_given(name[1:]) and name[1:] not in self._grammar.name_like_words
            if other or reading.text[candidate.end : candidate.end + 1] in ("的", "地"):
                return candidate._replace(start=candidate.end)  # 我司真诚的希望
        if self._grammar.surname_length(name) > 1 or len(name) == 2 or self._is_whole_name(name):
            return candidate  # 告诉我司文的电话, 司徒祥来过, 我司建国保证
        return candidate._replace(start=start if self._grammar.is_rarely_named(name[1:]) else candidate.end)

    def _is_whole_name(self, name: str) -> bool:
        """司建国, but not 司|章程."""
        worded = name[1:] in self._grammar.name_like_words or self._fitting.is_other_word(name[1:])
        return self._grammar.quality(name) >= _GOOD and not worded

    def _set_apart(self, text: str, candidate: Candidate, name: str) -> Candidate | None:
        """The name in what holds a gap, or a greeting."""
        if (
            len(name) > 2
            and name[0] in "子女"
            and text[candidate.start - 1 : candidate.start] in _WHICH_CHILD
        ):
            return candidate._replace(start=candidate.start + 1)  # 一子|布和
        if len(name) > 3 and name[0] == "孙" and text.startswith("外", candidate.start - 1):
            return candidate._replace(start=candidate.start + 1)  # 外孙|丹增罗布
        gap = name.find(" ")
        if gap == 1 and name[0] in _HANDS_OVER:
            return candidate._replace(start=candidate.start + 2)  # 交 孙丽 接 崔文静
        if (
            gap == 1
            and name[0] == "周"
            and _COUNTS.search(text, max(0, candidate.start - 2), candidate.start)
        ):
            return candidate._replace(start=candidate.start + 2)  # 第1周 兰兰
        if gap > 0 and NOTED.match(text, candidate.start + gap):
            return candidate._replace(end=candidate.start + gap)
        if len(name) == 2 and name[0] == "姓" and name[1] in self._grammar.every_surname:
            return candidate._replace(start=candidate.start + 1)  # 翻译姓罗
        if len(name) > 2 and name[0] == name[1] and text[candidate.start - 1 : candidate.start] == "姓":
            return candidate._replace(start=candidate.start + 1)  # 姓彭彭国安
        if len(name) == 2 and name[0] == "遵" and self._words.title_at(text, candidate.end):
            return candidate._replace(start=candidate.start + 1)  # 遵安医生医嘱
        if name[:2] in NOT_NAMES | SELDOM_NAMES and name[2:] == "和":
            return candidate._replace(start=candidate.end)  # 当事人陈述和证据
        if name[:2] in NOT_NAMES and name[2:] in KIN_SUFFIXES:
            return candidate._replace(start=candidate.end)  # 谢谢妈
        if name[:2] in NOT_NAMES and name[2:] in self._grammar.every_surname:
            return candidate._replace(start=candidate.start + 2)  # 好的仇先生
        return None

    def _ends_in_particle(self, text: str, candidate: Candidate, name: str) -> bool:
        """王丽敏|哈, 带伞哈, 修改本文·: the tagger took what ends a message for a part of a name, but not 努尔哈."""
        if (
            len(name) < 2
            or candidate.evidence[0] not in _ACROSS
            or is_han(text[candidate.end : candidate.end + 1])
        ):
            return False
        return name[-1] == "·" or (
            name[-1] in _SAID and name[-2] != name[-1] and not self._fitting.foreign(name)
        )

    def _is_of_place(self, text: str, candidate: Candidate, name: str) -> bool:
        """文登那位, 我在卫辉这边: a place, by what stands behind it or on both sides."""
        if not self._fitting.is_place(name):
            return False
        if text[candidate.start - 1 : candidate.start] in ("在", "从") and text.startswith(
            _THERE, candidate.end
        ):
            return True
        shown = _SHOWS_PLACE.match(text, candidate.end) is not None
        return shown and name not in self._grammar.name_like_words

    def _is_phrase(self, text: str, candidate: Candidate, name: str) -> bool:
        """Whether the words in it and around it make it none, whatever speaks for it."""
        start, end, evidence = candidate.start, candidate.end, candidate.evidence
        before, beside = text[max(0, start - 2) : start], text[start - 1 : start] + text[end : end + 1]
        long = len(name) > 1
        return bool(
            (name[0] in FUNCTION_SURNAMES and _SOME.match(text, end - 1))  # 集中于某段
            or (
                name[0] in FUNCTION_SURNAMES and len(name) == 2 and text.startswith("接受", end - 1)
            )  # 于接|受
            or (text.startswith("学说", end - 1) and not self._words.opens(text, start))  # 休克的氧代谢学说
            or "颂" in text[max(0, start - 3) : start]  # 顺颂夏安
            or before[-1:] + name[0] == "退伍"  # 系退|伍军人
            or (name in "章印代兼正副" and beside == "()")  # 主任（章）
            or (name.startswith("哈哈") and evidence[0] != "cell")
            or (name in _LAUGHING and self._is_laughter(text, start, end))
            or (name == "尕" and self._words.title_at(text, end))
            or (name[0] == "车" and _PLATE.match(text, start + 1))  # 司机龙老八，车贵H·A12
            or (name == "车" and self._is_of_vehicles(text, start, end))
            or (name == "周" and _COUNTS.search(before))  # 第2周客服轮值
            or (
                name[-1] == "旗" and any(map(self._fitting.is_place, (name, f"{before[-1:]}{name}")))
            )  # 科|左后旗
            or (name[-1] in "点站店队" and self._fitting.is_place(name[:-1]))  # 我司南宁点
            or (long and name[-1] in "我你您他她咱俺")  # 在柳州我女儿家
            or _OF_BODY.match(text, end - 1)  # 对接人：大通镇中心卫生院
            or (
                _FORMER.fullmatch(f"{before[-1:]}{name}"[-2:]) and self._words.title_at(text, end)
            )  # 和原医生不一样
            or (name == "区" and self._fitting.is_place(before) and _OF_AREA.match(text, end))  # 深圳区经理
            or (_COLOURED.search(before) and self._is_seen_only(evidence, name))  # 白色阿尔法, 一辆凯美瑞
            or (evidence[0] != "cell" and _WEEKDAY.match(name))
            or (_PICTURED.match(name) and before[-1:] in _COUNTS_SHEETS)  # 拍张照, 哪张卡
            or _SPELLED.fullmatch(name)
            or (name in self._grammar.name_like_words and is_of_quality(text, start))  # 考虑周祥
            or name.endswith(_TO_ALL)
            or (len(name) == 3 and name[-1] == "部" and name[:2] in self._grammar.ordinary_words)  # 国际部
            or name.endswith(NO_PERSONS)  # 和原告, 华鑫公司
            or name.startswith(("盖章", "全体"))
            or (name[0] == "节" and _HOLIDAY.search(text, max(0, start - 2), start))  # 情人|节快乐
            or (name[-1] == "阿" and text[end : end + 1] in _KIN_CALLED and len(name) == 2)  # 小阿|姨
            or (name[0] == "司" and _YOUR_FIRM.search(text, max(0, start - 2), start))  # 贵|司合作
            or (
                len(name) == 3
                and evidence[0] == "title"
                and name[0] in FUNCTION_SURNAMES
                and name[:2] in NOBODY
            )  # 应用可
            or (
                name in ("祝贵", "向贵")
                and not self._words.role_ends(text, start)
                and text[end : end + 1] in tuple("司公院方店单校局所")
            )  # 祝贵|公司
            or self._holds_office_there(text, candidate, name)
            or (before == "共和" and name[0] == "国")  # 中华人民共和|国民法总则
            or _RELATED.fullmatch(name)
            or _NATIVES.fullmatch(name)
            or (name[0] in "周窦" and self._is_around(text, candidate))
            or (len(name) == 3 and _AROUND.match(name))
            or (len(name) == 3 and name.endswith("季") and _SEASONS.match(name))
            or _NUMBERED.match(text, end)  # 云财办〔2016〕74号
            or (
                _YEAR.search(text, max(0, start - 6), start) and _OF_CASE.match(text, end)
            )  # (2012)永冷民再字第3号
            or self._is_reply(text, candidate)
            or is_spoken_for(text, candidate)
            or _WARD.fullmatch(name)
            or (
                name[0] == "丁"
                and evidence[0] not in WHOLE_FIELD
                and not self._grammar.are_given(name[1:], most=_CLEARLY_GIVEN)
                and not self._words.title_at(text, end)
                and _FOURTH.search(text)
            )  # 甲、乙、丙、丁
            or (name[0] == "于" and _DATE_BEHIND.match(text, start + 1))  # 工作人员于元月14日
            or (name == "班" and before[-1:] in _AFTER_CLASS)  # 二(3)班家长群
            or (name == "母" and not self._words.title_at(text, end))  # 紧急联系人: 母 139…
            or (name[0] == "同" and name[1:] in self._words.roles)  # 户名同受托方
            or (long and _AMOUNT.issuperset(name))
            or (len(name) == 3 and _QUOTES.match(text, end - 1) and name[:2] in self._grammar.ordinary_words)
        )

    def _holds_office_there(self, text: str, candidate: Candidate, name: str) -> bool:
        """历任|惠博普有限董事, 2012年8月|任欣旺达审计部经理: a firm in short, where somebody held an office."""
        start, evidence = candidate.start, candidate.evidence
        if len(name) < 2 or evidence[0] in WHOLE_FIELD:
            return False
        if len(name) == 4 and name[0] == "任":
            in_years = _IN_YEARS.search(text, max(0, start - 12), start)
            return bool(in_years and _OFFICE_THERE.match(text, candidate.end))
        held = _HOLDS.search(text, max(0, start - 4), start)
        return bool(held and _FIRM_THERE.match(text, candidate.end))

    def _is_around(self, text: str, candidate: Candidate) -> bool:
        """眶|周青紫, 牙|周红, 上颌|窦口, but not 牙周建军."""
        start, rest = candidate.start, text[candidate.start + 1 : candidate.end]
        around = any(_AROUND.fullmatch(text, max(0, at), start + 1) for at in (start - 1, start - 2))
        return (
            around and rest not in self._grammar.given_names and not self._words.title_at(text, candidate.end)
        )

    @staticmethod
    def _is_reply(text: str, candidate: Candidate) -> bool:
        """坐席：明白。 but not 姓名：明白, nor 取名明白, 联系人：明白，138…"""
        evidence = candidate.evidence
        told = _is_whole_field(evidence) or (evidence[0] in FIRM and "label" not in evidence)
        form = _SENTENCE if told else _REPLY
        return "field" not in evidence and form.match(text, candidate.start) is not None

    def _is_laughter(self, text: str, start: int, end: int) -> bool:
        """保密哈姐，放心: what somebody is called stands behind a clause, and nothing behind it."""
        behind = end + self._words.title_at(text, end)
        return not (self._words.opens(text, start) or is_han(text[behind : behind + 1]))

    def _is_of_vehicles(self, text: str, start: int, end: int) -> bool:
        """接送|车司机, 车间主管, 车队长."""
        driver = text.startswith("司机", end) and not self._words.opens(text, start)
        return driver or text.startswith(("间", "队"), end)

    def _is_trade(self, reading: Reading, start: int, name: str) -> bool:
        """包装工, 数控|车工, but not 王木工."""
        if not _TRADE.fullmatch(name):
            return False
        worded = name[1] not in "木瓦" and reading.known(name[:2]) > 0
        return worded or name[0] not in self._grammar.surnames or not self._words.opens(reading.text, start)

    def _is_exceeded(self, reading: Reading, candidate: Candidate, name: str) -> bool:
        """单张超 before 2000元: a word that is no name, and that an amount is beyond a limit."""
        return (
            len(name) == 3
            and name[-1] in _LIMITS
            and name[:-1] not in self._grammar.name_like_words
            and self._fitting.is_known_word(reading, candidate.start, candidate.end - 1)
            and _AMOUNT_BEHIND.match(reading.text, candidate.end) is not None
        )

    def _is_seen_only(self, evidence: tuple[str, ...], name: str) -> bool:
        return evidence[0] in _SEEN_ONLY and ("han" not in evidence or self._fitting.foreign(name))

    @staticmethod
    def _is_said(text: str, candidate: Candidate) -> bool:
        """Whether the stretch is such words and nothing else."""
        said = _SAID_OF.match(text, candidate.start)
        return said is not None and said.end() == candidate.end

    def _is_term(self, reading: Reading, candidate: Candidate, name: str) -> bool:
        """Whether it is a medicine, a sign of disease or the name of an office, where no field says otherwise."""
        text = reading.text
        return bool(
            self._is_post(reading, candidate, name)
            or ("clan" not in candidate.evidence and self._is_medicine(reading, candidate, name))
            or _NEVER_NAME.fullmatch(name)
            or _INSURANCE.fullmatch(name)
            or (text.startswith("保", candidate.end) and _INSURANCE.fullmatch(f"{name}保"))
            or self._fitting.is_written_at(text, candidate.start, candidate.end)
            or self._is_trade(reading, candidate.start, name)
            or self._is_exceeded(reading, candidate, name)
            or (_TENSION.fullmatch(name) and not self._words.opens(text, candidate.start))
            or text[candidate.start - 1 : candidate.end] == "部门"
        )

    def _is_post(self, reading: Reading, candidate: Candidate, name: str) -> bool:
        """顾问岗, but not 李建岗."""
        unsure = reading.likeliness(candidate.start, candidate.end) < _VERY_SURE
        return len(name) == 3 and name[2] == "岗" and unsure and name[:2] in self._grammar.ordinary_words

    def _is_across_words(self, reading: Reading, candidate: Candidate, name: str) -> bool:
        """Whether three characters are a word and the beginning of another one: 成人先吹气, 姓名全部隐去, 费用是."""
        worded = name[:2] in self._grammar.ordinary_words
        if len(name) != 3 or not (worded or name[:2] in self._grammar.name_like_words):
            return False
        across = reading.text[candidate.end - 1 : candidate.end + 1]
        whole = self._fitting.is_seen_whole(reading, candidate.start, candidate.end)
        return (
            name[-1] in FOLLOWERS
            or name[-1] == "是"
            or (worded and len(across) == 2 and reading.known(across) > 0 and not whole)
        )

    def _is_medicine(self, reading: Reading, candidate: Candidate, name: str) -> bool:
        share = DOSE_AFTER.match(reading.text, candidate.end)
        if share and share[0][-1] in "%万片粒支" and self._grammar.quality(name) >= _GOOD:
            return reading.likeliness(candidate.start, candidate.end) < _SURE  # 股权：杨德华17%
        return _is_medicine(reading.text, candidate.end, name)

    def _is_led_to(self, reading: Reading, candidate: Candidate, name: str) -> bool:
        """向|法庭提交, 和|继承, 业主方|实际: a preposition, or the end of a party, and a word, which is nobody's given name."""
        rest = name[1:]
        if name[0] == "方" and not _PARTIES.search(
            reading.text, max(0, candidate.start - 3), candidate.start
        ):
            return False
        if name == "和与":
            return True
        if name[0] not in "向和方" or len(rest) != 2 or rest in self._grammar.given_names:
            return False
        if name[0] == "方" and self._is_clearly_given(rest):
            return False
        if self._grammar.nickname.fullmatch(rest):
            return False  # 和小程沟通
        if rest in self._words.roles:
            return True
        worded = self._fitting.is_known_word(reading, candidate.start + 1, candidate.end)
        return (
            worded
            and rest not in self._grammar.name_like_words
            and (name[0] in "和方" or _ASKS.match(reading.text, candidate.end) is not None)
        )

    def _is_done_or_paid(self, reading: Reading, candidate: Candidate, name: str) -> bool:
        """包饺子, 戴手套; 赚到|钱修空调; 咔咔咔: what is done, money and what is done with it, a noise."""
        text, start, end = reading.text, candidate.start, candidate.end
        rest = name[1:]
        if _NOISE.fullmatch(name):
            return True
        if len(rest) not in (1, 2) or self._is_clearly_given(rest) or self._words.title_at(text, end):
            return False
        if rest in self._grammar.name_like_words:
            return False
        if self._words.role_ends(text, start):
            # 给我妈买药, 陪老人拿报告, but not 患者查敏
            given = len(rest) == 1 and self._grammar.are_given(rest, most=_OFTEN_GIVEN)
            done = name[0] in _DOES_IT and reading.known(rest) > 0 and not given
            return done and _FOR_WHOM.search(text, max(0, start - 6), start) is not None
        worded = self._fitting.is_known_word(reading, start + 1, end)
        if name[0] == "钱":
            called = not worded and self._grammar.are_given(rest, most=_OFTEN_GIVEN)  # 发给钱瑗珍看
            return not called and _MONEY.search(text, max(0, start - 2), start) is not None
        return name[0] in _DOES_IT and len(rest) == 2 and worded

    def _is_done_before(self, reading: Reading, candidate: Candidate, name: str) -> bool:
        """曾|登记, 主任曾|开, 患者常|坚信: once or often, and what was done; but not 曾开来了, where the tagger is sure."""
        text, end = reading.text, candidate.end
        if len(name) == 3 and name[0] == "常":
            done = (
                name[1:] not in self._grammar.given_names and word_list().part_of_speech(name[1:])[:1] == "v"
            )
            return done and reading.likeliness(candidate.start, end) < _SURE
        if len(name) != 2 or name[0] != "曾" or not is_han(text[end : end + 1]):
            return False
        done = name[1] in _ONCE_DONE or reading.known(text[end - 1 : end + 1]) > 0
        return done and reading.likeliness(candidate.start, end) < _SURE

    def _is_in_two_words(self, reading: Reading, candidate: Candidate) -> bool:
        """Whether its surname is the end of a word and the rest is another one: 队|伍建设, 给|付原告, 主|张权利."""
        text, start = reading.text, candidate.start
        rest = text[start + 1 : candidate.end]
        if len(rest) != 2 or start == 0 or self._words.role_ends(text, start):
            return False
        worded = self._fitting.is_known_word(reading, start + 1, candidate.end)
        ends = text[start - 1 : start + 1]
        return (
            worded
            and not self._is_clearly_given(rest)
            and ends not in self._grammar.name_like_words
            and reading.known(ends) > 0
            and start not in reading.boundaries(start - 1, candidate.end)
        )

    def _is_clearly_given(self, rest: str) -> bool:
        """Whether persons are called so though it is a word: 建国, 光明, 福寿."""
        grammar = self._grammar
        clear = len(rest) == 2 and grammar.are_given(rest, most=_CLEARLY_GIVEN)
        return rest in grammar.given_names or (clear and rest not in self._words.roles)

    def _shortened(self, reading: Reading, candidate: Candidate, name: str) -> Candidate | None:
        """Without a relation before it, and a title or what somebody does behind it."""
        text = reading.text
        if candidate.evidence[-1] == "field":
            return candidate  # 姓名：何时了
        last = candidate.end - 1
        shorter = candidate._replace(end=last)
        lawyer = candidate.evidence[0] == "tagger" and _LAWYER.match(text, last)
        office = name[1:] in _OFFICES and not self._grammar.nickname.fullmatch(name)
        office = office and not (name[1:] == "董" and _is_whole_field(candidate.evidence))
        if len(name) == 2 and _TOLD_HOW.match(text, last):
            return shorter  # 谌|读shen, 袁|字开头
        if len(name) == 2 and (office or lawyer):
            return shorter  # 庄处, 贺董, but not 小董, nor 姓名：贺董
        if len(name) > 2 and name[-1] in _DONE_TO_FILES and _FILE_GOES_ON.match(text, candidate.end):
            return shorter
        if len(name) > 1 and CUT_TITLE.match(text, last):
            return shorter  # 何医生团队
        if len(name) > 1 and NO_NAME_ENDS.match(text, last) and not self._is_given(name):
            return shorter if len(name) > 2 else None
        if (
            self._fitting.led_by_kin(name)
            or self._leads_to_name(name)
            or self._begins_late(text, candidate, name)
        ):
            on_shift = name[0] == "代" and name[-1] == "班"  # 代|廖珍|班4天
            return candidate._replace(start=candidate.start + 1, end=candidate.end - on_shift)
        doubtful = (
            name[-1] in _GOES_ON_WITH or reading.likeliness(candidate.start, candidate.end) < _VERY_SURE
        )
        if doubtful and self._is_whole_and_more(name):
            return shorter  # 罗文华|刚打电话来
        cut = 0 if candidate.evidence == ("title", "whole") else self._fitting.without_title(name)
        if cut and not self._grammar.nickname.fullmatch(name):
            return candidate._replace(end=candidate.start + cut)
        return candidate

    def _is_given(self, name: str) -> bool:
        """王可 in 王可代领, 刘可可 in 刘可可协助: what may begin another word is somebody's given name."""
        return name[-1] in _ALSO_GIVEN and (len(name) == 2 or name[-2] == name[-1])

    def _leads_to_name(self, name: str) -> bool:
        """代 of 代上官婉婷 and 代高兰玲: before a whole name no other surname."""
        surname = self._grammar.surname_length(name, 1)
        if len(name) not in (4, 5) or name[0] not in _ACTED_FOR:
            return False
        return surname == 2 or (surname == 1 and len(name) == 4 and self._grammar.quality(name[1:]) >= _GOOD)

    def _is_whole_and_more(self, name: str) -> bool:
        whole = self._grammar.surname_length(name) == 1 and name[1:3] in self._grammar.given_names
        worded = name[2:] in self._grammar.ordinary_words  # 向义|明天
        return len(name) == 4 and whole and not worded and not self._fitting.foreign(name)  # 古丽娜尔

    def _begins_late(self, text: str, candidate: Candidate, name: str) -> bool:
        """提前报门岗|老孙, 姑|韦秀: the tagger takes what stands before a whole name for its first character."""
        rest = name[1:]
        if name[0] == "孙" and len(name) == 4 and self._grammar.surname_length(name) == 1:
            whole = rest[1:] in self._grammar.given_names or not is_han(
                text[candidate.end : candidate.end + 1]
            )
            return whole and self._grammar.quality(rest) >= _GOOD  # 孙于浩然（8岁）, but not 孙常伟|师从
        if name[0] in "父母" and rest in self._grammar.surnames and self._words.title_at(text, candidate.end):
            return True  # 母|罗女士
        if candidate.evidence[0] != "tagger" or len(name) not in (3, 4) or name[0] not in _BESIDE_NAMES:
            return False
        if name[:2] in self._grammar.compound_surnames or self._fitting.foreign(name):
            return False  # 上官云, 若斯曼
        if rest in self._grammar.given_names or self._fitting.is_place(rest):
            return False  # 家属姑玉山
        named = self._grammar.surname_length(rest) and self._grammar.quality(rest) >= _GOOD
        return bool(named or self._grammar.nickname.fullmatch(rest))


def _is_two_fields(reading: Reading, name: str) -> bool:
    """高 来源 in 优先级:高 来源:官网."""
    first, _, label = name.partition(" ")
    return len(first) == 1 and len(label.strip()) > 1 and reading.known(label.strip()) > 0


def _is_in_column_of_names(reading: Reading, candidate: Candidate) -> bool:
    """Whether it is all of a cell that the layout says to hold a name: 时间 below 姓名."""
    named = any(_NAMES_SOMEBODY.search(_BLANKS.sub("", label)) for label in reading.labels)
    whole = reading.text.strip() == reading.text[candidate.start : candidate.end]
    return named and whole and candidate.evidence[:2] == ("cell", "han")


def _is_whole_field(evidence: tuple[str, ...]) -> bool:
    """Whether a field says that somebody's whole name stands there."""
    return evidence[0] in ("cell", "sex or age", "kin") or (
        evidence[0] == "cue firm" and "label" not in evidence
    )


def _is_medicine(text: str, end: int, name: str) -> bool:
    """洛贝林3mg, 杨氏法, 艾利斯钳."""
    eponym = (
        name[1:2] == "氏" and name[0] not in VIETNAMESE and (len(name) > 2 or bool(_GOES_ON.match(text, end)))
    )
    return (
        eponym
        or (len(name) > 2 and name.endswith(("钳", "征", "菌", "小体")))
        or bool(DOSE_AFTER.match(text, end + text.startswith(")", end)))  # 乙哌立松（妙纳）50 mg
    )
