"""Names as people spell them aloud: 弓长张, 立早章, 三点水的江, 建设的建.

What describes a character gives it away, so the whole description is the name. A description by
a word (建设的建) counts only where a name is being told.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate
from deid.detection.reading import Reading
from deid.grammar.name import HAN, is_han
from deid.regexes import Regex

_BY_PARTS = (
    "弓长张 立早章 木子李 十八子李 古月胡 耳东陈 双木林 口天吴 言午许 人可何 草头黄 草字头黄 三横王 三划王 走肖赵 干勾于 干钩于 木易杨 "
    "禾火秋 文刀刘 卯金刀刘 双口吕 口口吕 西女要 水工江 大可奇 子小孙 子系孙 人则侯 田心思 言射谢 讠射谢 草肃萧 草头萧 走召超 日月明 人王全 "
    "女未妹 西早覃 木土杜 土木杜 山今岑 禾口和 广木床 日立音 章早立 竹官管 耳火耿 贝贡赣 双人徐 立人何 单人何 单立人何 四方方 言吾语 草办苏 "
    "草头苏 草字头苏 草头蒋 草字头蒋 木公松 木白柏 木每梅 木对树 立青靖 山风岚 雨路露 雨相霜 王令玲 王林琳 王文玟 王民珉 日东东 日升昇 "
    "三石磊 三金鑫 三水淼 三火焱 三土垚 三木森 三日晶 三人众 三牛犇 三羊羴"
).split()
_RADICALS = (
    "三点水|两点水|四点水|草字头|草头|竹字头|宝盖头|宝盖|走之底|走之旁|单人旁|单立人|双人旁|双立人|左耳旁|右耳旁|耳刀旁|双耳旁|提手旁|"
    "竖心旁|金字旁|木字旁|王字旁|女字旁|火字旁|日字旁|月字旁|目字旁|石字旁|言字旁|绞丝旁|虫字旁|鱼字旁|马字旁|口字旁|土字旁|"
    "雨字头|山字旁|米字旁|禾木旁|衣字旁|示字旁|反犬旁|足字旁|车字旁|贝字旁|三点水旁"
)
_PARTS = Screened("|".join(sorted(_BY_PARTS, key=len, reverse=True)))
_RADICAL = Screened(
    rf"(?:{_RADICALS})(?:加(?:一?个)?[{HAN}])?(?:的|那个)?(?![头字下上底里旁那这一的])[{HAN}](?![{HAN}]*旁)"
)
_BY_WORD = Regex(rf"(?:的|那个)([{HAN}])")
_TOLD = Screened(r"姓|叫|名字|名是|大名|怎么写|哪个字|哪几个字|哪两个字|是哪个")
_GOES_ON = Regex(r"[，。,;；、!！?？ \n)啊吧呢嘛呀哦字]|$|对|是|这个|那个|[念读][一-鿿](?![一-鿿])")
_DESCRIBES = Regex(rf"[”\"」]?(?:的|那个|的那个)([{HAN}])(?=[，。,;；、！!？?\n )啊吧呢嘛呀哦字]|\Z)")
_NEAR = 40
"""So many characters behind where somebody is to be named, a name may be spelled."""
_SCORE = 0.82


class SpelledNames:
    """Descriptions of the characters of a name."""

    def find(self, reading: Reading, names: Iterable[Candidate]) -> Iterator[Candidate]:
        """`names` are those found so far: 陈志强，志气的志."""
        text = reading.text
        for match in reading.finditer(_PARTS):
            if self._set_off(text, match.end()):
                yield Candidate(*match.span(), _SCORE, ("spelled",))
        told = [match.end() for match in reading.finditer(_TOLD)]
        for match in reading.finditer(_RADICAL):
            if self._told_near(told, match.start()):
                yield Candidate(*match.span(), _SCORE, ("spelled",))
        spoken = sorted((name.end, text[name.start : name.end]) for name in names)
        if told or spoken:
            yield from self._by_word(text, told, spoken)

    def _by_word(self, text: str, told: list[int], spoken: list[tuple[int, str]]) -> Iterator[Candidate]:
        """建设的建, each beside where a name is told or behind another description."""
        last = -_NEAR
        for place in _BY_WORD.finditer(text):
            before = text[max(0, place.start() - 4) : place.start()]
            at = before.rfind(place[1])
            if at < 0 or not self._set_off(text, place.end()):
                continue
            size = max(2, len(before) - at)
            start = place.start() - size
            if start < 0 or not all(map(is_han, text[start : place.start()])):
                continue
            if text.endswith("不", 0, start) and text[start] == "是":
                continue  # 贾宝玉的贾，不|是假的假
            near = spoken[bisect_left(spoken, (start - _NEAR,)) : bisect_left(spoken, (start + 1,))]
            named = any(place[1] in name for _, name in near)
            if named or self._told_near(told, start) or start - last < 6:
                last = place.end()
                yield Candidate(start, place.end(), _SCORE, ("spelled",))

    @staticmethod
    def _told_near(told: list[int], start: int) -> bool:
        return bisect_left(told, start - _NEAR) < bisect_right(told, start)

    @staticmethod
    def _set_off(text: str, end: int) -> bool:
        return bool(_GOES_ON.match(text, end))


def spells(text: str, name: str, end: int) -> bool:
    """Whether a word that ends there describes a character it holds, and nobody: 芬芳 in 芬芳的芬, “向阳”的向, 薛仁贵那个薛."""
    described = _DESCRIBES.match(text, end)
    return described is not None and described[1] in name
