"""Names in relays, in which everybody of a group copies the list and adds himself: 接龙：1.火根2人 2.腊梅+1 3.702大鹏.

Whoever stands behind a number there is somebody, whatever word he is called by, as long as what is counted are
people: the list says that it is a relay, or how many come along. A list of what is bought is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import LABEL, NOBODY, NOBODY_ACTS, NOT_NAMES
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.regexes import Regex

_COMING = r"\+ ?[0-9]|[ ]?[0-9一二两三四五六七八九十]{1,2}个?大?[人口]|一家|全家|夫[妇妻]|大[0-9一二两三]小[0-9一二两三]|带[0-9一二两三娃孩爸妈家]"
"""How many come along: +1, 2人, 一家三口, 大1小2, 带娃."""
_ITEM = Screened(
    rf"(?<![0-9./-])(?<![0-9]:)(?P<number>[0-9]{{1,2}})[.、)][ ]?(?:[0-9]{{1,2}}[-#栋])?(?:[0-9]{{3,4}}室?[ ]?)?"
    rf"(?P<who>[{HAN}]{{2,4}}?)(?P<more>{_COMING}|妈|爸|奶奶|爷爷|姥[姥爷]|外[婆公]|家(?![{HAN}]{{2}})|[参不]加|不?[来去到](?![{HAN}]{{2}})|请假|报名|收到|已|\(|[ ,;。、\n]|\Z)"
)
_COMES = Regex(_COMING)
_HEAD = Regex(
    r"接龙(?!规则|须知|要求|说明|方[式法])|(?:报名|签到|参加)(?:名单|人员|情况)?:|(?:报名|参加|去|来)的(?:请?接|报|扣)"
)
_OF_THINGS = Regex(
    "[ ]?[0-9一二两三四五六七八九十半]{1,3}(?:[斤箱袋把盒个只瓶桶份件包捆提条板扎颗串块]|公斤)"
)
_BEFORE, _BETWEEN = 120, 24
"""How far before the first item a word may say what is listed, and how far items may be apart."""
_LEAST = 2


class NamesInRelays:
    """Finds who has added himself."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting

    def find(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """Everybody in the relays of a text, but those who are candidates already."""
        starts = {c.start for c in candidates}
        for items in _relays(list(reading.finditer(_ITEM))):
            if self._is_of_people(reading.text, items, starts):
                for item in items:
                    if item.start("who") not in starts and self._may_come(reading, *item.span("who")):
                        yield Candidate(*item.span("who"), 0.8, ("required", "relay"))

    @staticmethod
    def _is_of_people(text: str, items: Sequence[re.Match[str]], starts: set[int]) -> bool:
        """Whether the list counts people, or says that it is a relay and holds somebody who is known."""
        things = sum(_OF_THINGS.match(text, item.end("who")) is not None for item in items)
        if 2 * things >= len(items):
            return False
        coming = sum(_COMES.match(item["more"]) is not None for item in items)
        if coming > 1 or (coming and len(items) > _LEAST):
            return True
        first = items[0].start()
        headed = _HEAD.search(text, max(0, first - _BEFORE), first) is not None
        return headed and any(item.start("who") in starts for item in items)

    def _may_come(self, reading: Reading, start: int, end: int) -> bool:
        word, words = reading.text[start:end], self._fitting.words
        other = word in words.roles or word in words.titles or word in NOT_NAMES
        other = other or word in NOBODY or word in NOBODY_ACTS or LABEL.fullmatch(word) is not None
        return not (other or reading.is_cue(start, end))


def _relays(items: Sequence[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Items near each other whose numbers follow one another, or begin anew as the next copies the list."""
    run: list[re.Match[str]] = []
    for item in items:
        follows = run and int(item["number"]) == int(run[-1]["number"]) + 1
        if run and not (follows and item.start() - run[-1].end() <= _BETWEEN):
            if len(run) >= _LEAST:
                yield run
            run = []
        run.append(item)
    if len(run) >= _LEAST:
        yield run
