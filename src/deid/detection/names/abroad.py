"""Names from abroad in prose, where the tagger sees somebody and not where the name ends: 佐藤英一, 乔治五世, 郑氏."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deid.catalog.lexicon import WordIndex
from deid.detection.literals import Screened
from deid.detection.names.eponyms import names_a_thing
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.tagged import ACTING, ORDINAL_BEHIND
from deid.detection.names.words import CLEAR_ACTS, EPONYM_AFTER, HONOURS, OFFICE
from deid.detection.reading import Reading
from deid.grammar.name import HAN, is_han
from deid.regexes import Regex

_SCORE, _SCORE_OF_HINT = 0.86, 0.62
_SEEN = 0.55
"""How sure the tagger must be of somebody whose surname is Japanese."""
_LONGEST, _OF_SURNAME = 8, 3
_OF_KINGS, _RULERS = frozenset("易义腓约翰"), frozenset("王皇帝宗后公")
"""Characters of their names that hardly stand in other transliterations; before their names."""
_FREQUENT = 2000
"""A word that jieba's dictionary counts more often is no given name."""
_SURE_OF_LETTERS = 0.9
_LIKE_NAME = 0.75
_GIVEN = Regex(
    rf"(?![及的和在与是等为了])(?:[由美亚真沙早][纪希]|[{HAN}][一二三四五六太次之龙健平治藏]郎|[{HAN}]美子|[由真美惠亚明贵奈千沙麻久佐多加友早理梨][纪美理惠由利里奈佐梨世亚保津代香织梨][子香美里奈江代夫男也]|"
    rf"[{HAN}][郎子夫雄男美香一二三人也介之助彦树司治吉太平织代江枝乃辅志明和正义光信宏浩广博文昭行幸隆成政康家重忠胜清秀直史孝实德宣奈里作藏造茂弥哉马斗真奖翔次]|[{HAN}](?:之[介助进丞]|右?卫门|[太次]郎)|人麻吕)"
)
"""What Japanese given names of three and of two characters end with."""
_FIRST = frozenset(
    "安阿浅青赤秋东天有石伊市稻井今岩上内宇梅江荣远大冈奥小尾织加片柏金神龟川河菊岸北木清桐久日国熊仓黑古五后近佐酒坂樱笹泽三水盐志柴岛下白新菅杉铃须关濑园高泷竹武田立玉千土筒寺德富户丰鸟中长永成"
    "西贝野花滨林原春平广深福藤二船细星堀本前牧增町松丸南宫村望元百森八柳山横吉米若和渡绵峰桥矢保早柿"
)
_SECOND = frozenset(
    "川田村本原野山井木泽岛谷口上下尾内藤仓松森林塚江池沼津浦宫桥坂崎冈边部屋羽濑越根住石岩场见关间船方形地代条垣堂柳杉竹岸丸月"
)
"""What Japanese surnames of two characters begin and end with."""
_JAPANESE = ("日籍", "日本", "日语", "日文", "日方")
"""One of these stands in a text that tells of Japanese."""
_OF_SOMEBODY = Regex(
    rf"{OFFICE.pattern}|[外藏]相|内阁|[社会]长|天皇|还(?![有是在没要])|则(?![有无是为])|曾|{CLEAR_ACTS.pattern}"
)
"""What somebody holds, or does, behind his surname."""
_WOMEN = frozenset("母妻媳")
"""Before what a woman is called."""
_CLAN = Regex(rf"([{HAN}])氏(?![族祖宗集企兄家太孤])")
_WORD = r"[A-Z][A-Za-zÀ-ɏ'’.\-]*"
_HYPHENED = Regex(rf"[{HAN}]{{1,8}}(?:[-·][{HAN}]{{1,8}}){{1,3}}")
_PRODUCT = Regex("[ ]?(?:[蚝酱香麻]油|酱|牌|奶[粉茶]|饼干|蛋糕|咖啡|面霜|护肤)")
"""Behind a brand: Lee Kum Kee蚝油."""
_IN_LETTERS = Regex(rf"(?!(?:The|An?) ){_WORD}(?: {_WORD}){{0,3}}")

_HONOURED = Screened(
    rf"(?:(?P<han>[{HAN}々]{{1,8}})|[ァ-ヴー]{{2,10}}(?:[・=·][ァ-ヴー]{{2,10}})?)(?=[ ]?(?:様|{'|'.join(HONOURS)}))"
)
"""大和田さん, 水様, as Japanese letters call people."""
_NOT_CALLED = Regex(
    r"(?:[模有那這这皆客母父兄姉姐弟妹娘嫁奥神王别各同多一仕贵师者士员长屋生主人]|息子|旦那)\Z"
)
"""お客様, 奥様, 看護師さん."""


class NamesFromAbroad:
    """`surnames` are Japanese ones."""

    def __init__(self, fitting: Fitting, surnames: Iterable[str]) -> None:
        self._fitting = fitting
        self._surnames = WordIndex(dict.fromkeys(surnames, ""))

    def find(self, reading: Reading) -> Iterator[Candidate]:
        yield from self._japanese(reading)
        yield from self._numbered(reading)
        yield from self._clans(reading)
        yield from self._in_letters(reading)
        yield from self._hyphened(reading)

    def _japanese(self, reading: Reading) -> Iterator[Candidate]:
        """佐藤英一 of which the tagger takes 佐藤英, 福岛安正, which begins with a place."""
        text = reading.text
        seen = {place: tag for tag in reading.tagged for place in range(tag.start, tag.end)}
        for start, end in sorted({*self._listed(text), *_made_as_surnames(reading)}):
            tag = seen.get(start) or seen.get(end - 1) or seen.get(end)
            given = _GIVEN.match(text, end)
            if tag is None or given is None or tag.label not in ("PER", "LOC"):
                continue
            if reading.known(given[0]) > _FREQUENT and self._fitting.is_known_word(reading, *given.span()):
                continue  # 向丰田说明
            if given[0][-1] == "和" and reading.tagged_from(given.end()):
                continue  # 山田宏和中田宏
            if not {start, given.end()} <= reading.boundaries(start, given.end()):
                continue
            of_given = seen.get(end)
            apart = of_given is not None and of_given.label == "PER" and of_given.start == end  # 福岛|安正
            likely = apart or (tag.label == "PER" and tag.score >= _SEEN)
            yield Candidate(start, given.end(), _SCORE if likely else _SCORE_OF_HINT, ("prose", "japanese"))

    def _surnames_alone(self, reading: Reading) -> Iterator[Candidate]:
        """桥本首相, 桥本还表示: a surname that the tagger takes for somebody's, however unsure it is."""
        text = reading.text
        for start, end, label, _ in reading.tagged:
            if (
                label == "PER"
                and end - start > 1
                and text[start:end] in self._surnames
                and _OF_SOMEBODY.match(text, end)
                and {start, end} <= reading.boundaries(start, end)
                and not self._fitting.is_place(text[start:end])
            ):
                yield Candidate(start, end, _SCORE_OF_HINT, ("japanese", ACTING))

    def told(self, reading: Reading) -> Iterator[Candidate]:
        """山口由纪（日籍）, 井上佳代，日语: a Japanese surname and given name that stand apart; in any text 松本 健一先生."""
        text = reading.text
        of_japan = any(map(text.__contains__, _JAPANESE))
        for start, end in self._listed(text) if of_japan or " " in text else ():
            gap = text[end : end + 1] == " "
            given = _GIVEN.match(text, end + gap)
            if given is None or reading.known(given[0]):
                continue
            titled = gap and self._fitting.words.title_at(text, given.end()) > 1
            if not (titled or (of_japan and not is_han(text[given.end() : given.end() + 1]))):
                continue
            if is_han(text[start - 1 : start]) and start not in reading.boundaries(start - 1, given.end()):
                continue
            yield Candidate(start, given.end(), 0.8, ("japanese",))
        yield from self._surnames_alone(reading)
        yield from self._honoured(reading)

    def _honoured(self, reading: Reading) -> Iterator[Candidate]:
        """大和田 of 护士长|大和田さん: the longest surname that ends there, or all that stands there."""
        for match in reading.finditer(_HONOURED):
            start, end = match.span()
            if match["han"]:
                if _NOT_CALLED.search(match["han"]):
                    continue
                start += self._fitting.behind_role(match["han"])
                ends = (place for place in range(start, end) if match[0][place - start :] in self._surnames)
                start = next(ends, start if end - start <= _OF_SURNAME else end - 2)
            yield Candidate(start, end, 0.8, ("called", "japanese"))

    def _listed(self, text: str) -> Iterator[tuple[int, int]]:
        return ((start, end) for start, end, _ in self._surnames.find_all(text))

    def _numbered(self, reading: Reading) -> Iterator[Candidate]:
        """查理三世, whatever the tagger sees."""
        text, fitting = reading.text, self._fitting
        for number in ORDINAL_BEHIND.finditer(text):
            run = start = number.start()
            while number.start() - run < _LONGEST and self._is_of_king(text[run - 1 : run]):
                run -= 1
                if fitting.words.opens(text, run) or text[run - 1] in _RULERS:
                    start = run
            if number.start() - start > 1:
                yield Candidate(start, number.end(), _SCORE, ("prose", "numbered"))

    def _is_of_king(self, character: str) -> bool:
        return character != "" and (self._fitting.foreign(character) or character in _OF_KINGS)

    def _clans(self, reading: Reading) -> Iterator[Candidate]:
        """郑氏, 其母官林氏, as women were called and families are."""
        text, surnames = reading.text, self._fitting.grammar.surnames
        for match in _CLAN.finditer(text):
            start, end = match.span()
            married = text[start - 1 : start] in surnames and text[start - 2 : start - 1] in _WOMEN
            somebody = married or text[start - 1 : start] in _WOMEN or reading.tagged_over(start, end)
            if match[1] in surnames and somebody and not EPONYM_AFTER.match(text, end):
                yield Candidate(start - married, end, _SCORE, ("prose", "clan", ACTING))

    def _hyphened(self, reading: Reading) -> Iterator[Candidate]:
        """科比-布莱恩特, which the tagger reads with a dot."""
        for tag in reading.tagged:
            name = reading.text[tag.start : tag.end]
            sure = tag.label == "PER" and tag.score >= _SURE_OF_LETTERS and _HYPHENED.fullmatch(name)
            thing = names_a_thing(self._fitting, reading.text, tag.start, tag.end)
            if sure and not (thing or ends_with_place(self._fitting, name)):
                yield Candidate(tag.start, tag.end, _SCORE, ("prose", "hyphen"))

    def _in_letters(self, reading: Reading) -> Iterator[Candidate]:
        for tag in reading.tagged:
            sure = tag.label == "PER" and tag.score >= _SURE_OF_LETTERS
            if (
                sure
                and not _PRODUCT.match(reading.text, tag.end)
                and _IN_LETTERS.fullmatch(reading.text, tag.start, tag.end)
            ):
                yield Candidate(tag.start, tag.end, _SCORE, ("prose", "letters"))


def ends_with_place(fitting: Fitting, name: str) -> bool:
    """上海-哈尔滨, a line; but 邱宜丹-福泉, two of a team."""
    before, _, last = name.rpartition("-")
    return before != "" and fitting.is_place(last) and fitting.grammar.quality(before) < _LIKE_NAME


def _made_as_surnames(reading: Reading) -> Iterator[tuple[int, int]]:
    """国松 of 国松孝次, also where the tagger begins a character early: made as Japanese surnames are."""
    for tag in reading.tagged:
        if tag.label == "PER" and 2 < tag.end - tag.start < 6:
            for start in (tag.start, tag.start + 1):
                if reading.text[start] in _FIRST and reading.text[start + 1] in _SECOND:
                    yield start, start + 2
