"""Names of every kind, for sentences that shall not depend on one name.

Most are the surrogates' own; the rest have rare surnames, given names of any character, four
characters or no surname at all. Transliterations come from the foreign names of jieba's dictionary
or are composed of their syllables, so that a network learns how such names sound and not which
there are; Japanese names combine frequent surnames and characters of given names.
"""

from __future__ import annotations

from functools import cache
from random import Random

from deid.detection.boundaries import dictionary
from deid.surrogates import names
from deid.surrogates.words import frequent, lexicon, weighted
from deid.validators.resident_id import Sex

_KINDS: tuple[tuple[int, str], ...] = (
    (46, "ordinary"), (14, "mixed"), (8, "rare"), (8, "single"), (4, "compound"), (6, "word"),
    (3, "double"), (4, "minority"), (6, "foreign"), (2, "japanese"),
)  # fmt: skip
_FOREIGN_LENGTHS = range(2, 8)
_COMPOSED = 0.6
_JAPANESE_SURNAMES = (
    "佐藤 铃木 高桥 田中 渡边 伊藤 山本 中村 小林 加藤 吉田 山田 佐佐木 山口 松本 井上 木村 斋藤 清水 山崎 阿部 池田 桥本 石川 "
    "中岛 前田 藤田 小川 冈田 后藤 长谷川 村上 近藤 石井 坂本 远藤 青木 藤井 西村 福田 太田 三浦 藤原 冈本 松田 中川 中野 原田 "
    "小野 田村 竹内 金子 和田 中山 石田 上田 森田 柴田 酒井 工藤 横山 宫崎 宫本 内田 高木 安藤 谷口 大野 丸山 今井 高田 藤本 "
    "武田 村田 上野 杉山 增田 菅原 平野 大塚 千叶 久保 松井 小岛 岩崎 樱井 野口 木下 野村 菊池 佐野 新井 渡部 小泉 安倍 宇多田 "
    "大江 川端 三岛 黑泽 宫泽 鸠山 麻生 福原 羽生 北野 川岛 古川 浅野 市川 早川 星野 水野 土屋 吉川 小山 大岛 岸田 石原 桥口"
).split()
_JAPANESE_GIVEN = (
    "太郎 一郎 次郎 健一 健太 翔太 大辅 拓也 直树 隆史 浩二 悠斗 正雄 正一 晋三 纯一郎 由纪夫 直人 佳彦 康夫 敬三 龙太郎 喜朗 "
    "和夫 和也 茂 修 诚 勇 实 清 博之 信夫 义男 义昭 秀树 英树 英机 四十 五十六 光 圭佑 真司 佑都 康成 由纪夫 健三郎 春树 美咲 "
    "由美 由美子 惠子 阳子 千夏 彩香 优子 真理子 真由美 沙织 葵 爱 麻衣 纯子 京子 和子 洋子 理惠 樱子 明菜 百惠 友里 结弦 真央"
).split()
_JAPANESE_CHARACTERS = (
    "太郎一二三介辅夫男雄郎司树人之彦明正健和信义秀英敏隆浩宏康弘真美子惠香奈菜纪佳由里绘理沙织爱"
)


def name(random: Random) -> str:
    """A full name in Han characters."""
    kind = weighted(random, _KINDS)
    sex: Sex = "female" if random.random() < 0.5 else "male"
    year = random.randint(1930, 2022)
    match kind:
        case "ordinary":
            return names.person(random, sex=sex, year=year, kind="han").full
        case "mixed":
            return names.surname(random) + _given(random, random.choice((1, 2, 2, 2)))
        case "rare":
            return random.choice(lexicon("surnames.txt")) + _given(random, random.choice((1, 2, 2)))
        case "foreign":
            return _foreign(random)
        case "japanese":
            return _japanese(random)
        case "single" | "compound" | "word" | "double" | "minority":
            return names.person(random, sex=sex, year=year, kind=kind).full
    raise AssertionError(kind)


def _given(random: Random, length: int) -> str:
    characters = lexicon("given_characters.txt")
    return "".join(
        frequent(random, characters) if random.random() < 0.6 else random.choice(characters)
        for _ in range(length)
    )


def _foreign(random: Random) -> str:
    first = _transliterated(random)
    return f"{first}·{_transliterated(random)}" if random.random() < 0.35 else first


def _transliterated(random: Random) -> str:
    return _composed(random) if random.random() < _COMPOSED else random.choice(foreign_names())


def _composed(random: Random) -> str:
    """A name that no list has: each character follows two that it follows in a known name."""
    starts, after = _syllables()
    while True:
        made = random.choice(starts)
        while len(made) < _FOREIGN_LENGTHS.stop:
            following = random.choice(after[made[-2:]])
            if not following:
                break
            made += following
        if len(made) in _FOREIGN_LENGTHS:
            return made


@cache
def _syllables() -> tuple[list[str], dict[str, list[str]]]:
    """The first two characters of the known names, and what follows each two; empty text is the end."""
    after: dict[str, list[str]] = {}
    for known in foreign_names():
        for place in range(2, len(known) + 1):
            after.setdefault(known[place - 2 : place], []).append(known[place : place + 1])
    return [known[:2] for known in foreign_names() if len(known) > 2], after


def _japanese(random: Random) -> str:
    surname = random.choice(_JAPANESE_SURNAMES)
    if random.random() < 0.15:
        return surname
    if random.random() < 0.6:
        return surname + random.choice(_JAPANESE_GIVEN)
    return surname + "".join(random.choice(_JAPANESE_CHARACTERS) for _ in range(2))


@cache
def foreign_names() -> tuple[str, ...]:
    """Transliterated names of jieba's dictionary: those of characters that transliterations use."""
    characters = frozenset("".join(lexicon("transliteration_characters.txt")))
    return tuple(
        sorted(
            word
            for word, _ in dictionary("nrt")
            if len(word) in _FOREIGN_LENGTHS and characters.issuperset(word)
        )
    )
