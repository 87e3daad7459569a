"""Names of those who speak: 林老师：好的."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from deid.detection.literals import Screened
from deid.detection.names.families import families
from deid.detection.names.fit import CERTAIN, Candidate, Fitting, of_shape
from deid.detection.names.words import (
    DESCRIBES,
    FUNCTION_SURNAMES,
    LABEL_ENDS,
    NOT_NAMES,
    STATES,
    shipped_herbs,
)
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.regexes import Regex

_SPEAKER = Screened(
    rf"(?:^|\n)[ \t]*(?:\[[^\]\n]{{1,30}}\][ ]*|[0-9:/\-. ]{{4,22}}[ ]+)?(?:[A-Z]{{2,4}}[-—_·/])?"
    rf"([{HAN}·*]{{2,6}})(?:\([^()\n]{{1,8}}\))?[ ]{{0,2}}:"
)
_SURNAME_SPEAKER = Screened(
    rf"(?:^|[\n\t;:]|(?P<within>。))[ \t]*(?:[0-9]{{1,2}}:[0-9]{{2}}[ ]+|(?:—{{1,2}}|-{{1,2}}|[·•*])[ ]?)?(?P<name>[{HAN}]{{1,2}})[ ]?(?::|——)"
)
_OF_ROLE = Screened(
    rf"(?:^|\n)[ \t]*(?:[0-9:/\-. ]{{4,22}}[ ]+)?([{HAN}]{{2,6}})[ ]?[-·—_(/|][ ]?([{HAN}]{{2,3}})\)?(?=[ ]?:|[ ]{{1,4}}[0-2]?[0-9]:[0-5][0-9]|[ ]*\n)"
)
"""医助（秦岭）：, 09:12 客服-向阳."""
_HEAD_OF_MESSAGE = Screened(
    rf"(?m:^)[ ]*([{HAN}]{{2,3}})[ ]{{1,4}}(?:(?:(?:19|20)[0-9]{{2}}[-/.年])?[0-9]{{1,2}}[-/.月][0-9]{{1,2}}日? )?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?[ ]*(?=\n)"
)
_POSTS = frozenset("调度 财务 人事 行政 运营 客服 前台 仓库 车队 商务 市场 法务".split())
_TURNS = 2
"""So many who speak by surname within a paragraph are a discussion where one is a compound surname: 欧阳：…。覃：…"""
_LABELS, _NAME_LIKE = 3, 0.75
"""So many heads of lines that stand there once are labels, and how much like a name another of them must look."""
_FREQUENT_WORD, _GOOD = 50, 0.7
"""Counts of a word in common use; quality of what may speak."""


_NO_SPEAKERS = frozenset("药")
"""Surnames that are labels of what is told of somebody: 药：二甲双胍。"""
_ROLES = {
    "师": Regex(r"(?m:^)[ ]*[生徒][甲乙一二1-9]?[ ]?:|师[父傅]|跟师|抄方"),
    "左": Regex(r"(?m:^)[ ]*右[ ]?:"),
}
"""师：… 生：…, a teacher and a pupil; 左：… 右：…, the channels of a recording."""


class NamesOfSpeakers:
    """Who stands at the head of a turn of speech."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words

    def find(self, reading: Reading) -> Iterator[Candidate]:
        yield from self._of_role(reading)
        often = Counter(match[1] for match in reading.all_of(_SPEAKER))
        labelled = sum(times == 1 for times in often.values()) > _LABELS
        for match in reading.all_of(_SPEAKER):
            start, end = match.span(1)
            name = match[1]
            if name[-1] == "好" and self._fitting.without_title(name[:-1]):
                continue  # 王总好：
            if cut := self._fitting.without_title(name):
                led = self._fitting.behind_role(name[:cut])  # 顾问宋老师
                led = max(led, name.rfind("的", 0, cut) + 1)  # 尊敬的阳市长
                if self._grammar.surname_length(name, led):
                    yield Candidate(start + led, start + cut, 0.82, ("speaker", "title"))
                continue
            if self._grammar.nickname.fullmatch(name[-2:]) and self._behind_role(name) == len(name) - 2:
                yield Candidate(end - 2, end, 0.7, ("speaker", "nickname"))  # 调度小方：
                continue
            if name[-2:] in _POSTS and self._may_hold_post(name[:-2]):
                yield Candidate(start, end - 2, 0.7, ("speaker", "post"))  # 汤贵法务：
                continue
            if name in self._grammar.ordinary_words or len(name) > 4 or reading.cue_ends(end):
                continue
            if reading.known(name) > _FREQUENT_WORD and name not in self._grammar.name_like_words:
                continue  # 满意度：5分
            if len(name) == 3 and name[2] in LABEL_ENDS and reading.known(name[:2]):
                continue  # 犹豫期：20日
            if len(name) == 3 and min(map(reading.known, (name[:2], name[1:]))) > _FREQUENT_WORD:
                continue  # 常用语：
            shapes = [shape for shape in self._grammar.at(reading.text, start, end) if shape.end == end]
            best = max(shapes, key=lambda shape: shape.quality, default=None)
            doubtful = labelled and often[name] == 1  # 上层：… 中层：… 锁格：…
            if best and best.quality >= (_NAME_LIKE if doubtful else 0.6):
                yield of_shape(best, 0.7, "speaker")

    def _of_role(self, reading: Reading) -> Iterator[Candidate]:
        """A name or a word that is one behind a role and a sign, where more than one turn is so headed."""
        matches = list(reading.finditer(_OF_ROLE))
        for match in matches if len(matches) > 1 else ():
            if self._grammar.nickname.fullmatch(match[2]) and match[2][0] != "大":  # 程海燕-大连
                yield Candidate(*match.span(2), 0.75, ("cue firm", "speaker"))  # 康途-小程：
        often = Counter((match[1], match[2]) for match in matches)
        for match in matches:
            if often[match[1], match[2]] > 1 and self._is_called_so(match[2]):
                yield Candidate(*match.span(2), 0.75, ("cue firm", "speaker"))  # 手术排期-苏木：
        heads = [match for match in matches if self._is_role(match[1])]
        for match in heads if len(heads) > 1 else ():
            if match[2] in self._grammar.name_like_words or self._grammar.quality(match[2]) >= _GOOD:
                yield Candidate(*match.span(2), 0.7, ("cue firm", "speaker"))

    def _is_called_so(self, word: str) -> bool:
        """Whether a word begins with a surname, and is a herb or a name as well."""
        named = word in shipped_herbs() or word in self._grammar.name_like_words - STATES - DESCRIBES
        return (
            named and not self._fitting.is_place(word) and 0 < self._grammar.surname_length(word) < len(word)
        )

    def _is_role(self, word: str) -> bool:
        endings = [word[-size:] for size in range(2, len(word) + 1)]
        return any(ending in self._words.roles or ending in self._words.titles for ending in endings)

    def surname_speakers(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """惠：术前先练肺: a surname alone that speaks more than once, or that somebody is known to have."""
        text = reading.text
        told = families(self._fitting, reading, candidates)
        surnames = self._grammar.every_surname - _NO_SPEAKERS
        surnames |= {text[c.start] for c in candidates if c.evidence[-1] == "rare surname"}  # 冒 of 冒小勇
        speakers = [
            match
            for match in reading.finditer(_SURNAME_SPEAKER)
            if match["name"] in surnames or match["name"] in told
        ]
        if not speakers:
            return
        known = {text[c.start : c.start + size] for c in candidates if c.score >= CERTAIN for size in (1, 2)}
        known.update(told)
        within = {match["name"] for match in speakers if match["within"]}
        if len(within) < _TURNS or max(map(len, within)) == 1:
            heads = {match["name"] for match in speakers if not match["within"]}
            speakers = [match for match in speakers if not match["within"] or match["name"] in heads]
        often = Counter(match["name"] for match in speakers)
        minutes = len(often) > 2  # ——褚：…\n——皮：…\n——封：…
        roles = {name for name, other in _ROLES.items() if often[name] and other.search(text)}
        for match in speakers:
            if match["name"] in roles or ("师" in roles and match["name"] == "生"):
                continue
            if minutes or match["within"] or match["name"] in known or often[match["name"]] > 1:
                yield Candidate(*match.span("name"), 0.7, ("speaker", "surname"))

    def word_speakers(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """马力：收到, where others who speak in the text are persons, or in turn with 客户：: a word that begins with a surname."""
        text = reading.text
        heads = [match for match in reading.all_of(_SPEAKER) if not reading.cue_ends(match.end(1))]
        if len(heads) < 2:
            return
        persons = {(c.start, c.end) for c in candidates}
        named = {match[1] for match in heads if match.span(1) in persons}
        turns = Counter(match[1] for match in heads)
        titled = {text[c.start : c.end] for c in candidates if c.evidence[0] == "title"}
        for match in heads:
            if match.span(1) not in persons and self._is_titled(reading, match[1], titled):
                yield Candidate(*match.span(1), 0.7, ("cue firm", "speaker"))  # 应如是：, who is 应老师
        many = len(named) > 1 and len(turns) <= 2 * len(named)
        talk = named or self._is_talk(reading)
        for match in heads if talk else ():
            label = match[1]
            led = self._behind_role(label) if turns[label] > 1 else 0
            often = turns[label] > 1 and self._is_called(reading, label[led:])
            spoken = often or (many and label not in named and self._may_speak(label))
            if spoken and text[match.end(1) :].strip(": ")[:1] != "\n":
                yield Candidate(match.start(1) + led, match.end(1), 0.7, ("cue firm", "speaker"))

    def _is_titled(self, reading: Reading, label: str, titled: Collection[str]) -> bool:
        """Whether it begins with a surname that stands before a title elsewhere, and is no word."""
        begins = len(label) in (2, 3) and label[0] in titled and not reading.known(label)
        return begins and not (self._words.title_at(label, 1) or self._fitting.without_title(label))

    def heads(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """建平 7/3 09:20, where others who so head their messages are persons: a given name, or a word that is one as well."""
        matches = list(reading.finditer(_HEAD_OF_MESSAGE))
        starts = {c.start for c in candidates}
        named = sum(match.start(1) in starts for match in matches)
        for match in matches if named > 1 else ():
            word = match[1]
            role = word in self._words.roles or word in self._words.titles
            if match.start(1) not in starts and not role and self._fitting.is_call_name(word):
                yield Candidate(*match.span(1), 0.7, ("cue firm", "speaker"))

    def _is_talk(self, reading: Reading) -> bool:
        """Whether somebody who is called by a role or a title has more than one turn: 客户：…, 王主任：…"""
        turns = Counter(match[1] for match in reading.all_of(_SPEAKER))
        return any(count > 1 and self._is_role(label) for label, count in turns.items())

    def _is_called(self, reading: Reading, word: str) -> bool:
        """Whether a word that has more than one turn is a name."""
        if word in self._grammar.name_like_words:
            return True
        return len(word) == 2 and word not in NOT_NAMES and self._fitting.is_seldom_word(reading, word)

    def _may_hold_post(self, name: str) -> bool:
        """Whether what stands before a post is a surname and a given name, or a word that is one."""
        whole = 0 < self._grammar.surname_length(name) < len(name)
        return whole and (name in self._grammar.name_like_words or self._grammar.quality(name) >= _GOOD)

    def _behind_role(self, label: str) -> int:
        """Where 向往 begins in 调度向往."""
        posts = (size for size in (3, 2) if label[:size] in _POSTS or self._is_role(label[:size]))
        return next((size for size in posts if len(label) > size), 0)

    def _may_speak(self, word: str) -> bool:
        if len(word) != 2 or word in self._words.roles or word in self._words.titles:
            return False
        return word in self._grammar.name_like_words or (
            self._grammar.surname_length(word) == 1 and word[0] not in FUNCTION_SURNAMES
        )
