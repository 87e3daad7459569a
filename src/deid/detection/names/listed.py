"""Names in lists and rows in which others are certain: 阮文龙、花蕾、费宇, and the cells of a rota."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from deid.detection.literals import Screened
from deid.detection.names.fit import CERTAIN, FIRM, Candidate, Fitting
from deid.detection.names.words import NO_PERSONS, NOBODY, shipped_herbs
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.grammar.name import HAN, is_han
from deid.regexes import Regex

_NEXT_ITEM = Regex(rf"、 ?([{HAN}]{{2,4}})(?=[、,。;(\n和及 ]|$)")
_ROW = Screened(rf"(?<![{HAN}·])[{HAN}·]+(?:(?:[ ]+|[ ]*[|\t][ ]*)[{HAN}·]+){{3,}}")
_PARTY = Regex("(?:[院校企厂店医患甲乙丙丁我对]|公司|保险|政府|合作|服务|委托|主办|承办|供应)方")
_WARD = Regex("[胸普神心骨泌脑肝血][内外]|[呼消内外][一二三四五六七八]")
"""Departments in short before who comes from there: 参加：胸外 周鸿."""
_ATTENDING = Screened(
    r"(?:到会|参会|与会|出席|列席|参加|应到|实到|请假|缺席|缺勤|迟到|在场|值班|当班|备班|签到)(?:人员|者|人|名单|医师|护士|同志)?:[ ]?"
)
_ATTENDANT = Regex(
    rf"(?:[{HAN}]{{1,5}}(?:科|部|室|处|组))?([{HAN}](?:[{HAN}]|[ ]{{1,2}}[{HAN}](?![{HAN}]))[{HAN}]{{0,2}})(?:\([^()\n]{{1,12}}\))?(?:[、,]|[ ]{{1,2}}|(?=[;。\n]|$))"
)
_NEXT_FIELD = Regex(rf"[{HAN}]{{2,4}}(?:人员|者|人|名单)?:")
"""What is told next on the line: 到会：… 朱砂 请假：…"""
_OF_PERSONS = Screened(
    rf"(?:新?员工|新人|学员|同事|护士|医[生师]|药师|技师|陪诊[员师]|陪护|护工|司机|志愿者|义工|[实见]习生|规培生|家属|客户|患者|会员|值班|请假|名单|成员|人员|迟到|缺勤|组员|同学|代表|客服|顾问)[:为是有]?[ ]?"
    rf"(?P<items>[{HAN}]{{2,4}}(?:、[{HAN}]{{2,4}})+)"
)
_ANY_LIST = Screened(rf"(?<![{HAN}])(?P<items>[{HAN}]{{2,4}}(?:、[{HAN}]{{2,4}}){{2,}})")
_ITEM_OF_LIST = Regex(rf"[{HAN}]{{2,4}}")
_LISTED_EXPERTS = Screened(
    rf"(?m:^)[ ]*\(?(?:[一二三四五六七八九十]{{1,3}}|[0-9]{{1,2}})[)、.][ ]?([{HAN}]{{2,4}})(?=[ ]?[,(])"
)
_ROWS = Screened(
    rf"(?m:^)[ ]*[A-Z]{{0,2}}-?[0-9]{{1,4}}[ \t|,]{{1,3}}([{HAN}]{{2,4}})(?=[ \t|,]{{1,3}}[A-Z0-9{HAN}])"
)
"""2　高兴　T240311-022, A-3　常乐　正念减压."""
_PLACE_OF_ONE = (
    r"(?:夫妇|一家|家属)?[ ]?[0-9]{1,4}[A-F]?[室房床座桌]?(?:\([^()\n]{1,16}\))?(?![0-9.:/%{HAN}a-z])"
)
_SEATS = Screened(
    rf"(?P<items>[{HAN}]{{2,4}}{_PLACE_OF_ONE}(?:[;,、] ?[{HAN}]{{2,4}}(?:、[{HAN}]{{2,4}})*{_PLACE_OF_ONE}){{2,}})"
)
"""何家明 802；石榴 806；谭秋月 803: who sits, lies or lives where."""
_SEATED = Regex(rf"(?<![{HAN}])[{HAN}]{{2,4}}?(?=夫妇|一家|家属|[ ]?[0-9]|、)")
_NUMBERED = Screened(
    rf"(?<![0-9.])([0-9]{{1,2}})[.、)][ ]?([{HAN}]{{2,4}})(?=[ ]?(?:[,;\n(]|[0-9]{{1,2}}[.、)]|$)|[ ](?:[0-9]|[男女已未]))"
)
_CELL = Regex(rf"[{HAN}·]+")
_OTHERS_OF = 0.3
"""The share of words in a list of persons."""
_LEAST_OTHERS = 2
"""How many persons say that all of a list are."""
_ENDS_LIST = Regex("(?<=..)(?:[等都均已未本今明昨]|[0-9])")
_SHIFTS = frozenset("白夜早中晚休")
_LIKELY_CELL, _LEAST_CELLS = 0.5, 3
"""Score of a name that tells of those beside it; cells that make a list."""
_NOTED_SURNAME = Screened(rf"(?:^|(?<=[ \t|\n]))([{HAN}])\([{HAN}]{{2,4}}\)(?=[ \t|\n]|\Z)")


_SPREAD = Screened(
    rf"(?:(?<=[、,;:\t\n|.)])|(?<=[、,;:.)] )|\A)(?P<surname>[{HAN}]{{1,2}})[ ]{{2,3}}(?P<given>[{HAN}]{{1,2}})(?=[、,;(\t\n|。]|[ ]{{0,2}}\Z|[ ]\()"
)
"""张  敏 of 张  敏、李四光、王  磊: set wide, so that all names are as long."""


class NamesInLists:
    """What certain names say about those beside them."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words

    def neighbours(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """Other items of a list in which one is certainly a name."""
        text = reading.text
        taken = {c.start for c in candidates if c.score >= 0.6}
        queue = [c for c in candidates if c.score >= CERTAIN and c.end - c.start >= 2]
        while queue:
            for item in self._items_beside(text, queue.pop()):
                if item.start not in taken:
                    taken.add(item.start)
                    queue.append(item)
                    yield item

    def _items_beside(self, text: str, certain: Candidate) -> Iterator[Candidate]:
        end = certain.end + self._words.title_at(text, certain.end)
        firm = certain.evidence[0] in FIRM
        if match := _NEXT_ITEM.match(text, end):
            yield from self._item(text, *match.span(1), firm=firm)
        if certain.start > 2 and text[certain.start - 1] == "、":
            start = certain.start - 1
            while start > 0 and is_han(text[start - 1]) and certain.start - start < 6:
                if certain.start - start > 2 and self._words.role_ends(text, start):
                    break  # 术者阳明、卜文斌
                start -= 1
            yield from self._item(text, start, certain.start - 1, firm=firm)

    def beside_in_rows(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """早班  宫雪  闻  奚梦琪  蒲: cells of rows, most of which are names or surnames alone."""
        text = reading.text
        likely = {(c.start, c.end) for c in candidates if c.score >= _LIKELY_CELL}
        for rows in _tables(text, list(reading.finditer(_ROW))):
            cells = [cell.span() for row in rows for cell in _CELL.finditer(text, *row.span())]
            counts = Counter(text[slice(*span)] for span in cells)
            open_ = [span for span in cells if span not in likely]
            names = [span for span in open_ if self._is_name_of_row(reading, *span, counts)]
            certain = len(cells) - len(open_)
            if certain and len(cells) > 3 and certain + len(names) > 0.6 * len(cells):
                yield from (Candidate(*span, 0.62, ("row of names",)) for span in names)

    def noted(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """沈(双林)  潘桂仙  沈(双林): a surname with where he lives, again and again in the rows of a rota."""
        matches = list(reading.finditer(_NOTED_SURNAME))
        counts = Counter(match[0] for match in matches)
        text = reading.text
        for match in matches:
            line = text.rfind("\n", 0, match.start()) + 1
            beside = any(line <= c.start < match.start() and c.score >= _LIKELY_CELL for c in candidates)
            named = match[1] in self._grammar.surnames and match[1] not in _SHIFTS
            if counts[match[0]] > 1 and named and beside:
                yield Candidate(*match.span(1), 0.62, ("row of names", "noted"))

    def numbered(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """1.李木子 2.时雨 3.王二丫: a word that begins with a surname, where half of a numbered list are persons."""
        likely = {(c.start, c.end) for c in candidates if c.score >= _LIKELY_CELL}
        for items in _counted(list(reading.finditer(_NUMBERED))):
            open_ = [item.span(2) for item in items if item.span(2) not in likely]
            if len(items) >= _LEAST_CELLS and 2 * len(open_) <= len(items):
                for start, end in open_:
                    word = reading.text[start:end]
                    named = word in self._grammar.name_like_words and self._grammar.surname_length(word)
                    if named or self._fitting.is_surname_and_more(word):
                        yield Candidate(start, end, 0.62, ("numbered",))

    def among_persons(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """杜仲 in 新员工李倩、欧若拉、杜仲, and （五）方剂，哈尔滨，中医内科 behind others who are numbered so.

        Whatever begins with a surname is one, herb or not, where all the others are persons.
        """
        likely = {
            c.start: c.end
            for c in candidates
            if c.score >= _LIKELY_CELL
            and (c.evidence[0] in FIRM or reading.text[c.start : c.end] not in shipped_herbs())
        }
        lists = [_items_of(reading, match) for match in reading.finditer(_OF_PERSONS)]
        for items in (_items_of(reading, match) for match in reading.finditer(_ANY_LIST)):
            herbs = any(
                shipped_prose().is_medical(reading.text[slice(*span)]) for span in items if span[0] in likely
            )
            others = sum(start not in likely for start, _ in items)
            if (others == 1 or 0 < others <= _OTHERS_OF * len(items)) and not herbs:
                lists.append(items)  # one word among persons, or two among five
        lists += (
            [item.span() for item in _SEATED.finditer(reading.text, *seats.span())]
            for seats in reading.finditer(_SEATS)
        )
        numbered = [match.span(1) for match in reading.finditer(_LISTED_EXPERTS)]
        rows = [match.span(1) for match in reading.finditer(_ROWS)]
        for items, least in (*((items, 0.6) for items in lists), (numbered, 0.5), (rows, 0.6)):
            open_ = [span for span in items if span[0] not in likely]
            named = len(items) - len(open_)
            if named < _LEAST_OTHERS or named < least * len(items):
                continue
            for start, end in open_:
                cut = _ENDS_LIST.search(reading.text, start, end) if (start, end) == items[-1] else None
                last = cut.start() if cut else end
                word = reading.text[start:last]
                other = word in self._words.roles or word in self._words.titles or word in NOBODY
                other = other or (shipped_prose().is_medical(word) and word not in shipped_herbs())
                size = self._grammar.surname_length(word) or int(word[:1] in self._grammar.rare_surnames)
                if 0 < size < len(word) <= size + 2 and not other and not reading.is_cue(start, last):
                    yield Candidate(start, last, 0.8, ("required", "among persons"))

    def attending(self, reading: Reading) -> Iterator[Candidate]:
        """到会：白雪 冉冉 牟 平; 请假：石榴（支援）: all that stands behind a word for those present or absent."""
        text = reading.text
        for match in reading.finditer(_ATTENDING):
            items, position = [], match.end()
            while not _NEXT_FIELD.match(text, position) and (item := _ATTENDANT.match(text, position)):
                items.append(item.span(1))
                position = item.end()
            closed = text[position : position + 1] in (";", "。", "\n", "") or _NEXT_FIELD.match(
                text, position
            )
            names = [span for span in items if self._may_begin_name(text, span[0])]
            items = [(start + self._fitting.behind_role(text[start:end]), end) for start, end in items]
            if closed and items and 3 * len(names) >= 2 * len(items):
                kept = items if len(items) > 2 else names
                yield from (
                    Candidate(*span, 0.8, ("attending",))
                    for span in kept
                    if self._may_attend(text[slice(*span)])
                )

    def spread(self, reading: Reading) -> Iterator[Candidate]:
        """张  敏 and 王  磊 in a list: two surnames or more with a gap behind them, and no words with one."""
        found = [match for match in reading.finditer(_SPREAD) if self._is_spread(reading, match)]
        if len(found) > 1:
            yield from (Candidate(*match.span(), 0.8, ("attending", "spaced")) for match in found)

    def _is_spread(self, reading: Reading, match: re.Match[str]) -> bool:
        surname, given = match["surname"], match["given"]
        if surname not in self._grammar.every_surname or reading.known(surname + given):
            return False
        return self._grammar.are_given(given)

    def _may_begin_name(self, text: str, start: int) -> bool:
        return bool(self._grammar.surname_length(text, start)) or text[start] in self._grammar.rare_surnames

    def _may_attend(self, name: str) -> bool:
        if _PARTY.fullmatch(name) or _WARD.fullmatch(name):
            return False
        titled = any(name[-size:] in self._words.titles for size in (2, 3))
        return name not in self._words.roles and not titled

    def below_headers(self, reading: Reading) -> Iterator[Candidate]:
        """Cells of a column whose header tells nothing (handler, 经手), where most of them look like names."""
        told = {slot.start for slot in reading.slots if slot.support == "cell"}
        columns: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for start, end, header in reading.cells:
            if start not in told and start < end:
                columns[header].append((start, end))
        for cells in columns.values():
            counts = Counter(reading.text[slice(*span)] for span in cells)
            names = {span for span in cells if self._is_name_of_row(reading, *span, counts)}
            if 2 * sum(end - start > 1 for start, end in names) > len(cells):  # no 黄, 米白, 金黄
                names.update(span for span in cells if self._is_word_and_name(reading, *span))
            if len(cells) >= _LEAST_CELLS and len(counts) > 1 and len(names) > 0.7 * len(cells):
                yield from (Candidate(*span, 0.62, ("column of names",)) for span in sorted(names))

    def _is_name_of_row(self, reading: Reading, start: int, end: int, counts: Counter[str]) -> bool:
        """A surname, a likely name, or what is no word and stands in more than one cell: 年浩."""
        name = reading.text[start:end]
        if name in _SHIFTS and not _SHIFTS.isdisjoint(counts.keys() - {name}):
            return False  # 白 徐静怡 夜 孔令军
        if name in self._grammar.every_surname:
            return True
        if not 2 <= len(name) <= 4 or reading.known(name):
            return False
        return self._grammar.quality(name) >= 0.6 or (
            counts[name] > 1 and self._fitting.may_be_name(reading, name)
        )

    def _is_word_and_name(self, reading: Reading, start: int, end: int) -> bool:
        """温馨, 王建国 among names: a word of a surname and a given name."""
        cell = reading.text[start:end]
        named = reading.known(cell) > 0 and not self._fitting.is_known_word(reading, start, end)
        return self._grammar.surname_length(cell) > 0 and (
            cell in self._grammar.name_like_words or (named and self._grammar.quality(cell) >= 0.6)
        )

    def _item(self, text: str, start: int, end: int, *, firm: bool) -> Iterator[Candidate]:
        if end - start == 4 and text[start : start + 2] in self._words.roles:
            start += 2  # 孙女|甜甜
        start += self._fitting.led_by_kin(text[start:end])  # 母|李燕
        name = text[start:end]
        if cut := self._fitting.without_title(name):
            if self._grammar.surname_length(name):
                yield Candidate(start, start + cut, 0.8, ("list", "title"))
        elif 2 <= len(name) <= 4 and name not in self._words.roles and not name.endswith(NO_PERSONS):
            if self._grammar.quality(name) >= 0.5:
                yield Candidate(start, end, 0.8, ("list",))
            elif firm and self._fitting.familiar(name) and not self._fitting.is_other_word(name):
                yield Candidate(start, end, 0.45, ("list", "no surname"))


def _items_of(reading: Reading, match: re.Match[str]) -> list[tuple[int, int]]:
    return [item.span() for item in _ITEM_OF_LIST.finditer(reading.text, *match.span("items"))]


def _counted(items: Sequence[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Items whose numbers follow one another, together."""
    run: list[re.Match[str]] = []
    for item in items:
        if run and int(item[1]) != int(run[-1][1]) + 1:
            yield run
            run = []
        run.append(item)
    yield run


def _tables(text: str, rows: Sequence[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Rows on lines that follow one another, together."""
    table: list[re.Match[str]] = []
    for row in rows:
        if table and text[table[-1].end() : row.start()].strip(" \t|") != "\n":
            yield table
            table = []
        table.append(row)
    if table:
        yield table
