"""Pronouns and particles of Wu and Min that surnames are written with: 伊手机, 阮阿母, 予汝, in texts that speak so."""

from __future__ import annotations

from deid.detection.names.fit import FIRM, Candidate
from deid.detection.reading import Reading
from deid.regexes import Regex

_SPEECH = Regex(
    "侬|阿拉|呒[没啥]|勿[要会是多好]|晓得[伐勿]|囡囡|拨[我伊]|汝|佇|毋|袂|彼[个支]|敢有|欲去|伐[?,]|辰光|洋钿|老早子"
)
"""What only such speech holds; 侬 alone may be a surname."""
_ENOUGH = 2
_WE_OR_THEY = Regex(
    "伊(?!藤|东|丽|莎)|[汝侬毋袂佇]|[予佮共][汝伊]|阮(?:兜|厝|某|囝|翁|阿[母爸公嬷妈爹]|[小大]?[弟妹兄姊姐哥])"
)
"""阮 is a surname as well, and speaks of us only before one's family."""
_SURELY = Regex(
    "伊(?:阿[公嬷爸母妈]|囝|厝|无|兜|头[痛昏晕浑壳]|老(?=[可好早晚贵累苦欢想]))|汝(?:爸|母|囝|兜|厝)"
)
"""What nobody is called, be the rest of the text in whatever speech."""
_ENDS_IN_ONE = Regex("[一-鿿]{1,3}[侬汝伊]")
_FAMILY = Regex("(?<=[阮伊侬恁])阿[母爸公嬷妈爹]")
_TELLS_NAMES = FIRM - {"surroundings", "aligned", "word elsewhere"}
_IN_ORDER = Regex("(?:姓|[名叫]|名字)[ :]?$")


def is_dialect(reading: Reading, candidate: Candidate) -> bool:
    """Whether a candidate is a pronoun with what stands beside it: 伊|男人, 路|侬, in a text in dialect."""
    text, start = reading.text, candidate.start
    if _SURELY.match(text, start) and candidate.evidence[0] not in _TELLS_NAMES:
        return True
    if candidate.evidence[0] in _TELLS_NAMES or not (
        _WE_OR_THEY.match(text, start)
        or _FAMILY.match(text, start)
        or _ENDS_IN_ONE.fullmatch(text, start, candidate.end)
    ):
        return False
    if _IN_ORDER.search(text, max(0, start - 3), start):
        return False
    return len({sign[0][0] for sign in _SPEECH.finditer(text)}) >= _ENOUGH
