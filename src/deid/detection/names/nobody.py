"""Words that nothing but their looks and their place makes somebody: 全天 in a rota, 家族|史采集, 跟她爸|商量下."""

from __future__ import annotations

from deid.detection.names.fit import Candidate
from deid.detection.names.leading import WHOLE_FIELD
from deid.detection.names.words import NOBODY, SELDOM_NAMES, NameWords
from deid.grammar.name import is_han
from deid.regexes import Regex

_BY_PLACE = frozenset(["surroundings", "tagger", "prose", "kin", "role"])
"""Evidence that says nothing of the word itself."""
_TELLS_OF_NAMES = WHOLE_FIELD - {"kin"}
_IS_SOMEBODY = Regex("[, ]{0,2}[男女](?![一-鿿])")
_OF_ROTAS = frozenset("全天 高铁 单月 单日 单周 绿通".split())
_PHRASE = Regex("莫[再要得慌急怕笑哭吵闹]|庄里$|[逢每][单双]")
"""Dialect for do not, in the village, and every odd month."""
_HISTORIES = Regex("(?:家族|病|既往|[生婚孕]育|月经|过敏|手术|个人|[饮酗嗜]酒|[吸抽]烟|[吸中]毒|史)$")
"""Before 史: 家族史, 既往史."""
_SECOND = Regex("[、,;和]乙")
_SPEAKS_FOR = Regex(
    "[-—_](?:[小老阿][一-鿿]|[一-鿿](?:[总工姐哥]|老师|医生|经理|主任))(?::| [0-2]?[0-9]:[0-5][0-9])"
)


def is_nobody(words: NameWords, text: str, candidate: Candidate) -> bool:
    """Whether a candidate that is found by its place is a word there."""
    start, end = candidate.start, candidate.end
    kind, name, before = candidate.evidence[0], text[start:end], text[start - 1 : start]
    if name[0] == "甲" and _SECOND.match(text, end):
        return True  # 甲录入、乙复核
    if name in SELDOM_NAMES and kind not in _TELLS_OF_NAMES and not _IS_SOMEBODY.match(text, end):
        return True  # 家属陈述（…）, 经查明
    if kind not in _BY_PLACE:
        return False
    led = words.role_ends(text, start)
    return bool(
        name in _OF_ROTAS
        or (name[:2] in NOBODY and led and kind == "surroundings")
        or (name[:2] == "商量" and kind in ("kin", "role"))
        or _PHRASE.match(name)
        or (name[0] == "史" and _HISTORIES.search(text, max(0, start - 2), start) is not None)
        or (before == "的" and start > 2 and text[start - 3] == name[0] == name[1:2])  # 文化的文|文武斌
        or text.startswith("”为由", end)  # 以“路费贵”为由
    )


def is_spoken_for(text: str, candidate: Candidate) -> bool:
    """康途 in 康途-小程：, the firm or the group for which somebody speaks."""
    spoken = _SPEAKS_FOR.match(text, candidate.end)
    return spoken is not None and not is_han(text[candidate.start - 1 : candidate.start])
