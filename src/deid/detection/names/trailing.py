"""What somebody does or has, of which the first character was taken for the last of the name: 小孟|接, 闻莺|拿条子, 石勇|家, 卓玛|明早."""

from __future__ import annotations

import re

from deid.catalog.loading import shipped_catalog
from deid.detection.boundaries import word_list
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.leading import WHOLE_FIELD
from deid.detection.names.shortened import ends_before_office
from deid.detection.names.surroundings import shipped_surroundings
from deid.detection.names.words import CLEAR_ACTS, FUNCTION_SURNAMES, KIN_SUFFIXES
from deid.detection.reading import Reading
from deid.grammar.name import is_han
from deid.regexes import Regex

_VERBS = frozenset(
    "确扣怕代接开改顶拿用转排加留均采教休捎提则扎卡签填送取带跟报推做看查批写说回走到给调换值守盯帮让付退补交寄办拍录传问记回阅"
)
_GIVEN = frozenset("用留均采教则加传问守让开记录")
"""Those of them that end names all the same: 刘文采, 李伯均."""
_RARELY_GIVEN, _SELDOM_GIVEN = 350, 1300
"""Ranks among the characters of given names: from which on a verb is more likely, and far more likely."""
_SIGNS = frozenset(",。;)")
_ANSWERS = frozenset("回批")
"""What somebody writes: 主管李婷|回：."""
_AT_HOME = Regex(r"(?:[住搬在到去回来往送接借]|外甥|侄)[^,。;:\n]{0,14}\Z")
"""What is told of somebody's house before his name: 搬到侄女婿石勇家, 外甥赵斌家."""
_OF_HOUSE = Regex("家(?:[里的转借送代收接帮爷要门]|[父母](?=[子女])|夫(?=[妇妻])|[兄姐](?=[弟妹]))")
"""Somebody's house, and what is done there: no given names."""
_PERSONS = Regex("[两二三四几]位|[二三]人|夫[妇妻]|等人")
_TOLD = Regex("[的念读]|[一-鿿]{1,2}字[头旁底]|[三两]点水|宝盖头|[一-鿿]{1,2}旁")
"""What is told of a surname right behind it: 姓韦的多, 姓笪竹字头."""
_DOES = Regex(
    r"怀(?=[孕上着]|[一二三头][胎孩])|可(?=[带来去直自]|以[带来去])|未(?=[到签接付交参出取归])|已(?=[到签接付交出阅知转])|代(?=[填签诉述办领接买付问交取收])|拉(?=[我你他她您黑群]|进群)|管(?=[着他她我])|去(?= [他她我])|开(?=[车着会])|回(?=[,。;)\n]|\Z|[复电访话])|留(?=[了下过]?(?:电话|手机|微信|言|号码?|联系))|真(?=的[是假吗])|拟(?=[做行于转])|因(?=[病事家父母孩])|简(?=签)|顺(?=产[一下了男女,。;])|谓(?=[此其之曰])|关(?=[闭停机店])|闹(?=[翻掰]|矛盾|离婚|别扭|情绪)|阿(?=[妈爸爹姨婆公爷奶叔伯嬷])|陪(?=[,。;)\n]|\Z)"
)
"""What somebody does, where no given name goes on: 卢珊|代接电话, 廖姐|管, 拓飞|去 他开车, 侯俊|因病."""
_RELATED = Regex(
    "之(?:[夫妻父母兄弟姐妹孙侄]|子(?!女士)|女(?!士))|为(?:夫[妻妇]|父[子女]|母[子女]|兄[弟妹]|姐[妹弟]|同[事学乡]|朋友|邻居|恋人|配偶|项目|(?:联系|负责|监护|代理|见证|法定代表)人)"
)
"""Whose relation somebody is: 孟彦申|之姐, 与买小燕|为夫妻, 赫连静|为项目经理."""
_INTO_VEIN = Regex(
    r"静(?:滴(?!水)|注(?![意册明视重销])|推(?=[0-9注药后给,。;、 ]|\Z)|脉(?!搏)|点(?=[0-9,。;、 滴]|\Z)|泵|吊瓶)"
)
_OF_SELF = frozenset(
    "姓 离职 入职 辞职 到岗 已故 已阅 已签 已知 到场 本人 自述 自诉 主诉 签名 签字 代签 家访 口述 来电 致电 上门 陪同 处理 会诊 接诊 跟进 复核 审核 代班 顶班 替班 值班 请假 休息 带教 查房 送药 取药 换药 出诊 接班 交班 回复 开药 开单 开方 家属 带队 领队 主持 开车 值夜 缺席 列席".split()
)
"""What somebody does who is called by the surname: 冀|自述, 隋|签名, 周|上门."""
_GOES_ON = Regex(
    "合(?=并)|先(?=[做行予给去查回走垫签交打吃拍进挂住])|同(?=一)|才(?=[0-9一二三四五六七八九十两]{1,3}(?:岁|个月))"
)
"""The same, with characters that many names end in: behind a name that is whole without: 小裴|合并, 英兰|先做."""
_DAY_BEHIND = Regex("[今明昨后]天")
_SAID_BY = Regex("[嘱诉]|开[药方](?=[,。;\n ]|\\Z|了)")
"""What doctors and patients do behind their surname, and nobody is called."""
_DONE = frozenset("批做换抽验哭打骂催喊称借拿签审核结交转报")
"""What somebody does, in one character that is hardly a given name: 杨|批, 侯|换."""
_DONE_BY = frozenset(
    "核实 沟通 汇报 巡房 备班 报修 润色 陪护 值守 到场 未评 那里 那边 那儿 这里 这边 听班 领班 补签 代看 盯台 夜查 抽查 送检 体温 血压 血糖 术后".split()
)
"""And in two, or where something is: 杨|核实, 袁|那里; whatever a dictionary calls it."""
_OFTEN_DONE, _OFTEN_GIVEN, _CERTAIN = 300, 700, 0.99
"""How often it counts a verb that is believed to be one, the rank of characters that given names hold often, and how sure the tagger is of a whole name."""
_ASKS = Regex(
    r"([有是能会要来去在行可肯敢])[没不]\1|是(?=[哥弟姐妹爸妈娘爹叔舅姨]|(?:儿子|女儿|老[公婆大]|表|堂|侄))"
)
"""What is asked or told of somebody: 张弛|有没有, 岩罕|是弟."""
_FARES = ("体健", "健在", "已故", "早逝", "平素", "体温", "血压", "血糖", "心率")
"""How a relative fares, or somebody did before."""
_TOMORROW = Regex("明(?:[早晚](?!上|[晨起间])|天(?![天生真赋])|日(?!间|报))")
_OF_ROTA = Regex(
    "[ ]+(?:周[一二三四五六日天末]|星期[一二三四五六日天]|[上下中]午|[早中晚夜白]班|[今明昨]天)[ ]*"
)
"""The next day or shift of a rota, behind a surname alone: 周一 闫| 周二."""
_SENT_FOR = Regex("[让叫请喊催][^,。;:!?\\n]{0,4}\\Z")
_COMES = Regex("[来去](?=[,。;!?)\\n]|\\Z)")
"""What somebody is asked to do: 让她姐佟悦|来."""
_SURE, _NAME_LIKE, _WORSE = 0.95, 0.7, 1.5
"""How sure the tagger is of a name that stands, how name-like the rest must be, and by how much (log odds) less likely where it ends before what hardly anybody is called."""
_WORDS_BEHIND = tuple("特批 什么 理赔 发邮件 发短信 发微信 发消息 银行 住在 晚上 早上".split())
"""Words whose first character may end a given name as well."""
_ON_GROUNDS = Regex('以(?=[“"「])')
_WISHED_WELL = Regex("(?<=[叔姨伯婶姐哥爷奶])(?P<wish>平安|安康|健康|长寿)\\Z")
_GREETED = Regex("(?<!学)问[ ]?\\Z")
_RECEIVES = Regex(r"收[ ,(]{1,4}1[3-9][0-9]{9}(?![0-9])")
_WITH_KIN = Regex(
    "由(?:太太|先生|丈夫|妻子|爱人|老[伴公婆]|家[属人]|女儿|儿子|女婿|儿媳|[父母]亲|[哥姐弟妹]{1,2})"
)


class Trailing:
    """Finds where a name ends before what somebody does."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words
        self._given_words = fitting.grammar.given_names.union(shipped_catalog().lexicon("given_words"))

    def end(self, reading: Reading, candidate: Candidate) -> int:
        """Where the name in it ends."""
        text, start, end = reading.text, candidate.start, candidate.end
        if candidate.evidence[0] == "japanese":
            return end  # 井上佳代，日语
        last = end - 1
        told = candidate.evidence[0] in WHOLE_FIELD
        if (
            text[last] in "答问"
            and text.startswith(":", end)
            and self._grammar.surname_length(text, start) == 2
        ):
            return last  # 申屠杰|答：
        if text.startswith("代)", last) and text[start - 1 : start] == "(" and end - start > 2:
            return last  # 签字：（刘杰代）
        if (end - start > 2 and _RECEIVES.match(text, last)) or (
            last > start and _WITH_KIN.match(text, last)
        ):
            return last  # 路遥|收  13582286017, 骆生|由太太陪同
        if end - start > 2 and _ON_GROUNDS.match(text, last):
            return last  # 主管武松|以"车辆外包"为由
        if wished := _WISHED_WELL.search(text, start, end):
            return wished.start("wish")  # 愿荣叔|平安
        if end - start > 2 and text[last] == "好" and _GREETED.search(text, max(0, start - 3), start):
            return last  # 替我问卜叔|好
        if surname := self._surname_alone(text, start, end):
            return start + surname
        if (rota := _OF_ROTA.search(text, start, end)) and rota.end() == end:
            return rota.start()  # 周一 闫| 周二
        if end - start == 3 and candidate.evidence[0] != "cell" and self._is_sent_for(text, start, last):
            return last  # 让她姐佟悦|来
        if not told and (surname := self._before_verb(reading, start, end)):
            return start + surname
        if not told and ends_before_office(self._fitting, reading, start, end):
            return last  # 请戚|科签字
        if end - start > 2 and text[last] == text[start] and self._is_again(text, start, end):
            return last
        if end - start == 3 and text[last] in "和与跟及" and self._are_compound(text, start, end):
            return last  # 尉迟|和赫连
        if text.startswith(_WORDS_BEHIND, last) or _INTO_VEIN.match(text, last):
            return last  # 王建|理赔, 郭静|发邮件, 王|什么, 予阿比多尔|静滴
        if not told and end - start > 1 and _RELATED.match(text, last):
            return last
        if end - start > 2 and not told and text[last] != text[last - 1] and self._does(text, last):
            return last
        if not told and _GOES_ON.match(text, last) and self._is_call(text[start:last]):
            return last
        if end - start > 3 and text.startswith(_FARES, end - 2) and not told:
            return end - 2  # 一子王强|体健
        if end - start > 2 and not told and (_ASKS.match(text, last) or text.startswith(_FARES, last)):
            return last  # 张弛|有没有, 一女王丽|体健
        if (
            end - start == 3
            and text[start + 1] in KIN_SUFFIXES
            and end < len(text)
            and reading.known(text[last : end + 1]) > 0
        ):
            return last  # 赵叔|心意
        if end - start == 3 and text[start + 1] == "读" and self._grammar.surname_length(text, start) == 1:
            return start + 1  # 谌读陈
        if end - start == 2 and _SAID_BY.match(text, last) and not told:
            return last  # 聂|嘱肾上腺素1mg, 沈|开药
        if end - start == 4 and text[last] == "之" and self._grammar.surname_length(text, start) == 1:
            return last  # 麥永昌|之簽署
        if end - start == 4 and _DAY_BEHIND.match(text, last - 1):
            return last - 1  # 赫连|明天
        if end - start == 2 and text.startswith("注:", last):
            return last  # 管理员叶|注：
        if text[start - 1 : start] == "姓" and _TOLD.match(text, start + 1):
            return start + 1
        family = max(1, self._grammar.surname_length(text, start))
        if text[start + family : end] == "老" and candidate.evidence[0] != "venerable":
            return start + family  # 处方医师：疏老, 申屠|老先生
        if end - start > 3 and _PERSONS.match(text, end - 2) and self._grammar.surname_length(text, start):
            return end - 2  # 杜明轩|两位
        if (
            end - start == 3
            and _OF_HOUSE.match(text, start + 1)
            and self._grammar.surname_length(text, start)
        ):
            return start + 1  # 邻居郜|家转
        if candidate.evidence[0] not in WHOLE_FIELD and self._is_more(text, start, end):
            return last
        if text[start:last] in self._words.roles and text[last] in _VERBS:
            return last  # 我叫孙子记在墙上
        seldom = self._grammar.given_rank.get(text[last], _SELDOM_GIVEN) >= _SELDOM_GIVEN
        if end - start == 3 and seldom and not told and self._stands_elsewhere(text, start, last):
            return last  # 邓涛|扣, where 邓涛 stands elsewhere
        if end - start not in (3, 4) or text[last] not in _VERBS or candidate.evidence[0] in WHOLE_FIELD:
            return end
        behind = text[end : end + 1]
        if self._stands_elsewhere(text, start, last):
            return last
        answers = behind == ":" and text[last] in _ANSWERS
        if not (is_han(behind) or behind in _SIGNS or answers) or reading.likeliness(start, end) >= _SURE:
            return end
        if not self._may_end(text, start, last):
            return end
        longer, shorter = shipped_surroundings().named(text, [(start, end), (start, last)]).tolist()
        worse = 0.0 if self._is_sometimes_given(text[start:end]) else _WORSE
        return last if shorter > longer - worse else end

    @staticmethod
    def _does(text: str, last: int) -> bool:
        """卢珊|代接电话, 廖姐|管,: what somebody does, and no given name."""
        return _DOES.match(text, last) is not None or (
            text[last - 1] in KIN_SUFFIXES and text.startswith(("管,", "管。"), last)
        )

    def _are_compound(self, text: str, start: int, end: int) -> bool:
        """Whether surnames of two characters stand on both sides of one that joins them."""
        return self._grammar.surname_length(text, start) == 2 and self._grammar.surname_length(text, end) > 0

    def _before_verb(self, reading: Reading, start: int, end: int) -> int:
        """Length of the surname before what its bearer does: 韦|坚持, 上官|起草, 杨|批; else 0."""
        text, grammar = reading.text, self._grammar
        surname = grammar.surname_length(text[start:end])
        rest = text[start + surname : end]
        if not surname or text[start] in FUNCTION_SURNAMES or text[start] in grammar.ambiguous_surnames:
            return 0
        if rest == 2 * rest[:1] or text[start - 1 : start] in ("把", "将"):
            return 0  # 王转转, 把井|交出来
        if len(rest) == 1:
            done = rest in _DONE or text.startswith("认为", end - 1)
            named = reading.known(text[start:end]) > 0 or self._words.role_ends(text, start)
            return 0 if named or not done else surname  # 婆婆买换说
        if len(rest) != 2 or rest in self._given_words or rest in grammar.name_like_words:
            return 0
        named = reading.likeliness(start, end) >= _CERTAIN or self._words.role_ends(text, start)
        if named and rest not in _DONE_BY:
            return 0  # 邻居吴求知家
        verb = word_list().part_of_speech(rest)[:1] in ("v", "a", "d") or rest in _DONE_BY
        often = reading.known(rest) >= _OFTEN_DONE or rest in _DONE_BY
        return surname if verb and often and not grammar.are_given(rest, most=_OFTEN_GIVEN) else 0

    def _is_sent_for(self, text: str, start: int, last: int) -> bool:
        """Whether somebody who is sent for comes or goes, and is not called so: 佟悦|来, but not 佟福来."""
        if not _COMES.match(text, last) or text[start + 1 : last + 1] in self._grammar.given_names:
            return False
        sent = _SENT_FOR.search(text, max(0, start - 6), start) is not None
        return sent and self._grammar.quality(text[start:last]) >= _NAME_LIKE

    def _is_call(self, name: str) -> bool:
        called = name in self._grammar.given_names or self._grammar.nickname.fullmatch(name) is not None
        return called or name == 2 * name[0]

    def _surname_alone(self, text: str, start: int, end: int) -> int:
        """Length of the surname before a title or a word of which the rest was taken: 樊|治疗师, 逯|本人; else 0."""
        surname = self._grammar.surname_length(text[start:end])
        rest = end - start - surname
        titled = rest > 1 and self._words.title_at(text, start + surname) > rest
        alone = titled or text[start + surname : end] in _OF_SELF
        alone = alone or (text[start - 1 : start] == "姓" and text.startswith("单名", start + surname))
        return surname if surname and alone else 0

    def _is_again(self, text: str, start: int, end: int) -> bool:
        """毛先菊|毛阿姨, 敖振亚|敖: somebody who is called by the surname right behind the name."""
        surname, name = self._grammar.surname_length(text, start), text[start : end - 1]
        named = name not in self._grammar.ordinary_words and self._grammar.quality(name) >= _NAME_LIKE
        titled = named and self._words.title_at(text, end) > 0
        return surname == 1 and (end - start == 4 or titled or name in self._grammar.name_like_words)

    def _is_more(self, text: str, start: int, end: int) -> bool:
        """闵家, 安富琴家, 住在女儿裴芳家; 肖说要来; 卓玛明早来: a house, a word, a day behind a surname or a name."""
        name, verb = text[start : end - 1], text[end - 1]
        surname = self._grammar.surname_length(name)
        if verb == "说":
            return surname == len(name) and is_han(text[end : end + 1])
        if verb == "记":
            whole = len(name) == 2 > surname > 0 and self._grammar.quality(name) >= _NAME_LIKE
            return whole and text[end : end + 1] in ("", "\n")  # 赵冬记
        if verb == "明":
            return len(name) > 1 and _TOMORROW.match(text, end - 1) is not None
        if verb != "家" or not surname:
            return False
        if name in self._grammar.name_like_words:
            return self._is_closed_elsewhere(text, start, end - 1)
        if len(name) == 2 > surname:
            at_home = _AT_HOME.search(text, max(0, start - 18), start) is not None
            told = at_home or self._is_closed_elsewhere(text, start, end - 1)
            return told and self._grammar.quality(name) >= _NAME_LIKE
        return len(name) == surname or self._grammar.quality(name) >= _NAME_LIKE

    def _stands_elsewhere(self, text: str, start: int, last: int) -> bool:
        """张浩|代 where 张浩 stands elsewhere: whether a whole name goes on with the same character nowhere else."""
        name = text[start:last]
        rare = self._grammar.given_rank.get(text[last], _RARELY_GIVEN) >= _RARELY_GIVEN
        if (
            not rare
            or len(name) - self._grammar.surname_length(name) > 2
            or not self._grammar.surname_length(name)
        ):
            return False
        if text.count(text[start : last + 1]) > 1 or self._grammar.quality(name) < _NAME_LIKE:
            return False
        return self._is_closed_elsewhere(text, start, last)

    def _is_closed_elsewhere(self, text: str, start: int, last: int) -> bool:
        """Whether the name ends somewhere else before what is none: 孙建军 is no 孙建."""
        name, verb = text[start:last], text[last]
        others = (match.end() for match in re.finditer(name, text) if match.start() != start)
        return any(
            text[end : end + 1] != verb and (self._words.closes(text, end) or text[end] in _VERBS)
            for end in others
        )

    def _is_sometimes_given(self, name: str) -> bool:
        """Whether the last of three characters is seldom, but not never, that of a name: 胡承教, but not 阿珊开."""
        shorter = name[:-1]
        if len(name) != 3 or self._grammar.nickname.fullmatch(shorter) or shorter[1] in KIN_SUFFIXES:
            return False
        return self._grammar.are_given(name[-1], most=_SELDOM_GIVEN)

    def _may_end(self, text: str, start: int, last: int) -> bool:
        grammar, name, verb = self._grammar, text[start:last], text[last]
        if verb == name[-1] or self._fitting.foreign(name + verb):
            return False  # 高改改, 满都拉
        if grammar.given_rank.get(verb, _RARELY_GIVEN) < _RARELY_GIVEN:
            return False
        if grammar.nickname.fullmatch(name) or name in grammar.name_like_words or name[1:] in KIN_SUFFIXES:
            return True
        if name in grammar.given_names:
            return True  # 玉梅|怕
        surname = grammar.surname_length(name)
        whole = 0 < surname < len(name) and grammar.quality(name) >= _NAME_LIKE
        return whole and not self._stands_whole(text, last, given=len(name) == 2 and verb in _GIVEN)

    def _stands_whole(self, text: str, last: int, *, given: bool) -> bool:
        """Whether what is behind goes with the whole of a name: 龙发开|医生, 陈学问|说."""
        end = last + 1
        if not given:
            return text[last] in self._grammar.given_rank and self._words.title_at(text, end) > 0
        return self._words.closes(text, end) or CLEAR_ACTS.match(text, end) is not None
