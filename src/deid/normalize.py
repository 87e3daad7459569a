"""The shadow text: what detection reads instead of the original.

One character of the original becomes one character of the shadow, so that offsets agree;
only characters that nobody sees (zero-width, soft hyphen, variation selectors, bidi
controls, colours of a terminal) are left out, an escape is the character that it means (`\\u5f20`, `%E5%BC%A0` or
`&#24352;` in a log, in a cell, in a string), and what is stored backwards stands as it is shown; then a map leads back. Whole-string NFKC is not used: it turns
Ⅲ into III and ㎎ into mg, and every offset after them is wrong.

>>> shadow("电话：１３８−００１３\u200b８０００").text
'电话:138-00138000'
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from deid import escapes, exponents
from deid.characters import GOES_ON, TERMINAL, Translation
from deid.directions import TURNED, Turned, shown
from deid.regexes import Regex
from deid.resources import recognizers_root

_INVISIBLE = Regex(  # Default_Ignorable_Code_Point of Unicode, marks within annotations, strokes under and over letters
    "[\u00ad\u0300-\u036f\u0483-\u0489\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u3164\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\uffa0"
    "\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_FILLERS = Regex("[\u115f\u1160\u3164\uffa0]")
"""Those of them that are letters: WeChat accounts without a name are called by one."""
_STRAY = "\x04\x05\x06\x08" + "".join(map(chr, range(0x0E, 0x1A)))
_STRAYS = Regex(f"[{_STRAY}]+")
"""Control characters of a clipboard; the others part cells (Hive, tables of Word), groups and records."""
_INLINE = (
    "(?:a|b|i|u|s|em|strong|span|font|mark|small|big|wbr|code|ins|del|tt|bold|italic|underline|fixed|smaller|bigger"
    "|q|abbr|acronym|bdi|bdo|cite|data|dfn|hl|highlight|kbd|nobr|samp|strike|time|tspan|var|o:p|st1:[a-z]{1,30})"
)
_HAN = "\u4e00-\u9fff"
_LOOKS = rf"(?:\s(?:(?![@{_HAN}]|[0-9]{{5}})[^<>\n]){{0,200}})?"
"""Attributes of a tag that hold no value of their own."""
_TAGS = Regex(  # of markup within a text, as rich text stands in a database: between figures, around one character
    rf"(?<=[0-9])(?:</?{_INLINE}{_LOOKS}/?>|\[/?(?:[bius]|color|size|font)(?:=[^\[\]\n]{{0,40}})?\]){{1,9}}(?=[0-9])"
    rf"|(?<=[{_HAN}])<{_INLINE}{_LOOKS}>(?=[{_HAN}]</)|(?<=>[{_HAN}])</{_INLINE}>(?=[{_HAN}])"
    rf"|(?<=>[{_HAN}0-9])</{_INLINE}><{_INLINE}{_LOOKS}>(?=[{_HAN}0-9]</)|<!--[\s\-\[\]/$?!]*-->",
    re.IGNORECASE,
)
_TAG = Regex(
    rf"<(\\?/)?({_INLINE})(?:\s[^<>]*)?/?>|&lt;(/)?({_INLINE})(?:\s(?:[^<>&]|&(?!lt;|gt;))*)?/?&gt;"
    r"|\[(/)?([bius]|color|size|font)(?:=[^\[\]\n]{0,40})?\]",
    re.IGNORECASE,
)
_UNSHOWN = Regex(rf"(?P<end><br(?:\s[^<>]*)?/?>)|{_TAG.pattern}|<!--[^<>]*-->", re.IGNORECASE)
"""What of markup within a line nobody sees, and where a line ends."""
_LOOK = r"\s+(?:style|class|face|lang|size|color|dir)\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>&]+)"
_LOOKING = Regex(
    rf"(?:<|&lt;)[\w:]+(?:{_LOOK})*\s*(?:>|&gt;)|\[\w+(?:=[A-Za-z#][A-Za-z0-9]{{0,19}})?\]", re.IGNORECASE
)
"""A tag that opens and says how something looks."""
_SAYING = Regex("@|[0-9]{7}")
_WORD = Regex(r"[\w:]+")
_GOES_ON = Regex(r"[\w@.+\-·()（）/][^\S\r\n]?[\w@.+\-·()（）/]|[0-9]\n[0-9]")
"""Two characters that may be of one value, with a blank between them, or two figures where a line ends."""
_OF_SUBTITLES = Regex(
    r"\{(?:\\{1,4}(?:[bius][01]?|b[1-9]00|an?[0-9]{1,2}|[1-4]?c(?:&H[0-9A-Fa-f]{1,8}&)?|fs[0-9]{1,3}|k[fo]?[0-9]{1,4}|r)){1,9}\}"
)
"""How subtitles are set off (Advanced SubStation Alpha), which programs read in SubRip as well."""
_DEEPEST = 3
"""How often what was an escape is read for escapes."""
_DASHES = "‐‑‒–—―－﹣−─"
_DOTS = "•‧∙・･⋅ꞏ"
_TILDES = "～〜∼˜"
_BARS = "│┃║┆┇┊┋"
"""Borders of tables that are drawn with characters."""
_CYRILLIC, _LATIN = "аеорсухіѕјАВЕКМНОРСТУХІЅЈ", "aeopcyxisjABEKMHOPCTYXISJ"
"""Letters that look like Latin ones, which addresses are written with that are not to be found."""
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜĀǍĒĚŌǑ"
_TONELESS = "aaaaeeeeiiiioooouuuuüüüüAAEEOO"
"""Letters with the tones of Pinyin: Lǐ Míng is Li Ming elsewhere."""
_SPACES = "\u2800\u00a0\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"

_HAN_DIGITS = "〇零○洞一二三四五六七八九幺两拐勾钩壹贰叁参肆伍陆柒捌玖〡〢〣〤〥〦〧〨〩"
_HAN_VALUES = "0000123456789127991233456789123456789"
_ZEROS = (  # of the decimal digits of all scripts (Unicode 15), of superscripts and subscripts
    *(
        0x660,
        0x6F0,
        0x7C0,
        0x966,
        0x9E6,
        0xA66,
        0xAE6,
        0xB66,
        0xBE6,
        0xC66,
        0xCE6,
        0xD66,
        0xDE6,
        0xE50,
        0xED0,
    ),
    *(0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50),
    *(0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136),
    *(0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50),
    *(0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0, 0x2080),
)
_ONES = "①⑴⒈❶➀➊㊀㈠Ⅰ"
"""Nine in a row each, as are the Roman numbers."""
_OTHER_DIGITS = (
    f"{_HAN_DIGITS}⓪⓿🄋🄀⁰¹²³⁴⁵⁶⁷⁸⁹"
    + "".join(chr(one + value) for one in map(ord, _ONES) for value in range(9))
    + "".join(chr(zero + value) for zero in _ZEROS for value in range(10))
)
_OTHER_VALUES = f"{_HAN_VALUES}00000123456789" + "123456789" * len(_ONES) + "0123456789" * len(_ZEROS)
_LAST_OF_PLANE, _NEXT_PLANES = "\uffff", "\U00010000-\U0010ffff"
_TO_DIGIT = str.maketrans(_OTHER_DIGITS, _OTHER_VALUES)
_OTHER_RUN = Regex(rf"(?:[0-9{_OTHER_DIGITS}][ \-]?){{6,}}[0-9{_OTHER_DIGITS}]")
_NUMBER = 7
"""The fewest characters of a number in Chinese or other digits that is read as one."""
_OTHER_DIGIT = Regex(f"[{_OTHER_DIGITS}]")
_NUMBERED = Regex(f"[{''.join(d for d in _OTHER_DIGITS if d <= _LAST_OF_PLANE)}{_NEXT_PLANES}]{{3}}")
"""Where such a number may be; a class that lists characters beyond the first plane takes ten times as long."""
_SHORT = 48
"""Characters of a cell or a value: the same one is read several times in a row."""
_CHECK_X = Regex(r"(?<=[0-9]{17})[×χ✕ⅹⅩ叉]")
_BY_LINES = Regex(r"(?<![^\n])(?:\S[ \t]*\n){2,}\S(?![^\n])")
_LINE_OF_ONE = Regex(r"\n\S[ \t]*\n")
_RETURNS = Regex(r"\r+(?=\n)")
"""Of the ends of lines as Windows writes them."""
_LINE_ENDS = Regex("[\r\v\f\x85\u2028\u2029]")
"""Of all other kinds: recognizers know one."""
_TWO_HAN = Regex(r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff]")
_GROWING = Regex("([ßŉǰΐΰև\u1e96-\u1e9a\u1f50-\u1ffc\ufb00-\ufb17])")
"""Holds all letters that are several in capitals."""


class Shadow(NamedTuple):
    """`text` to search in; `original` leads offsets back.

    `starts` is None when offsets agree, `ends` when each character stands for one of the original.
    `turned` is what stands in the original in another order; `untagged` is the same without the markup in its
    lines, where any is: to look for what is written over it.
    """

    text: str
    starts: array[int] | None = None
    ends: array[int] | None = None
    turned: tuple[Turned, ...] = ()
    untagged: Shadow | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of `text[start:end]` in the original, invisible characters inside included."""
        if self.starts is None or start >= end:
            return start, end
        if self.turned:
            return self._around(
                min(self.starts[start:end]), max((self.ends or self.starts)[start:end]) + (not self.ends)
            )
        return self.starts[start], self.ends[end - 1] if self.ends else self.starts[end - 1] + 1

    def position(self, offset: int) -> int:
        """The offset in `text` of an offset of the original (of the next visible character)."""
        if self.starts is None:
            return offset
        if self.turned:
            return next((n for n, start in enumerate(self.starts) if start >= offset), len(self.starts))
        return bisect_left(self.starts, offset)

    def is_longer(self, start: int, end: int) -> bool:
        """Whether something that is left out stands between two offsets of the original."""
        return bool(self.turned) or self.position(end) - self.position(start) < end - start

    def orders(self) -> Iterator[Shadow]:
        """This shadow, that without markup, and this in the order in which it is stored: programs read that one."""
        yield self
        if self.untagged:
            yield self.untagged
        if not self.turned or self.starts is None:
            return
        order = sorted(range(len(self.text)), key=self.starts.__getitem__)
        text, starts = "".join(self.text[place] for place in order), array("l", sorted(self.starts))
        yield Shadow(text, starts, self.ends and array("l", (self.ends[place] for place in order)))

    def _around(self, start: int, end: int) -> tuple[int, int]:
        """The same offsets, with the marks around what is turned where they take in all of it."""
        first = bisect_left(self.turned, start, key=lambda one: one.inner_start)
        until = bisect_right(self.turned, end, key=lambda one: one.inner_end)
        if first >= until:
            return start, end
        return min(start, self.turned[first].start), max(end, self.turned[until - 1].end)


def shadow(original: str, *, links: bool = False) -> Shadow:
    """The shadow of `original`; O(length).

    Addresses of the web are values as they stand, so escapes in them are read only with
    `links`: for finding a name that is known.
    """
    return _cached(original, links) if len(original) <= _SHORT else _shadow(original, links)


def shadow_text(original: str) -> str:
    """The text of the shadow, where no offset has to be led back."""
    return _of_letters(original) if _is_plain(original) else shadow(original).text


def _is_plain(text: str) -> bool:
    """Whether it is letters that mean themselves."""
    return text.isalpha() and not escapes.may_hold(text) and not _FILLERS.search(text)


def _of_letters(text: str) -> str:
    """The shadow of what is letters alone, as most names are: there is nothing to be left out."""
    text = _translation()(text)
    if len(text) < _NUMBER or not _NUMBERED.search(text):
        return text
    return _CHECK_X.sub("X", _OTHER_RUN.sub(_digits, text))


def _shadow(original: str, links: bool) -> Shadow:
    text, starts, ends = original, None, None
    turned: tuple[Turned, ...] = ()
    if _is_plain(text):
        return Shadow(_of_letters(text))
    if escapes.may_hold(text):
        text, starts, ends = _unescaped(text, links=links)
    if exponents.may_hold(text):
        text, starts, ends = _over(text, starts, ends, exponents.find(text))
    if "\x1b" in text:
        text, starts, ends = _without(TERMINAL, text, starts, ends)
    if "{\\" in text and _OF_SUBTITLES.search(text):
        text, starts, ends = _without(_OF_SUBTITLES, text, starts, ends)
    if TURNED in text:
        text, starts, ends, turned = _as_shown(text, starts, ends)
    untagged = _untagged(text, starts, ends) if ">" in text or "[/" in text or "&gt;" in text else None
    if untagged and _TAGS.search(text):
        text, starts, ends = _without(_TAGS, text, starts, ends)
    read = _plainly(text, starts, ends, turned)
    if untagged and untagged[0] != text:
        read = read._replace(untagged=_plainly(*untagged, turned))
    return read


def _plainly(
    text: str, starts: array[int] | None, ends: array[int] | None, turned: tuple[Turned, ...]
) -> Shadow:
    """The shadow of a text in which nothing is escaped, in the order in which it is shown."""
    if not text.isprintable():
        if any(one in text for one in _STRAY):  # faster than a search
            text, starts, ends = _without(_STRAYS, text, starts, ends)
        if "\r\n" in text:
            text, starts, ends = _without(_RETURNS, text, starts, ends)
        text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        if _INVISIBLE.search(text):
            text, starts, ends = _without(_INVISIBLE, text, starts, ends)
        text = _translation()(text)
        if _NUMBERED.search(text):
            text = _OTHER_RUN.sub(_digits, text)
    if not text.isascii() and _LINE_OF_ONE.search(text):
        text = _BY_LINES.sub(_in_one_line, text)
    if "×" in text or "χ" in text or "叉" in text:
        text = _CHECK_X.sub("X", text)
    return Shadow(text, starts, ends, turned)


_cached = lru_cache(maxsize=4096)(_shadow)


def unescaped(text: str) -> str:
    """`text` with escapes read.

    >>> unescaped("\\\\u5f20\\\\u4e09")
    '张三'
    """
    return _unescaped(text)[0] if escapes.may_hold(text) else text


def _unescaped(text: str, *, links: bool = False) -> tuple[str, array[int] | None, array[int] | None]:
    """The text with escapes read, and where each of its characters starts and ends in the original.

    What that makes is read again: `%5Cu5f20` is an escape in the other.
    """
    found = list(escapes.find(text, links=links))
    read, starts, ends = _unescaped_once(text, found)
    for _ in range(_DEEPEST - 1):
        if starts is None or ends is None or not escapes.may_nest(read, found):
            break
        found = [
            one
            for one in escapes.find(read, links=links)
            if ends[one.end - 1] - starts[one.start] > one.end - one.start
        ]
        before = read
        read, starts, ends = _over(read, starts, ends, found)
        if read == before:
            break
    return read, starts, ends


def _over(
    text: str, starts: array[int] | None, ends: array[int] | None, found: Iterable[escapes.Escape]
) -> tuple[str, array[int] | None, array[int] | None]:
    """The text with escapes read in which others were before, and where its characters are in the original."""
    read, firsts, lasts = _unescaped_once(text, found)
    if firsts is None or lasts is None:
        return text, starts, ends
    if starts is None or ends is None:
        return read, firsts, lasts
    return (
        read,
        array("l", (starts[first] for first in firsts)),
        array("l", (ends[last - 1] for last in lasts)),
    )


def _unescaped_once(
    text: str, found: Iterable[escapes.Escape]
) -> tuple[str, array[int] | None, array[int] | None]:
    parts: list[str] = []
    starts, ends = array("l"), array("l")
    position = 0
    for start, end, meant in found:
        parts += (text[position:start], meant)
        starts.extend((*range(position, start), start))
        ends.extend((*range(position + 1, start + 1), end))
        position = end
    if not parts:
        return text, None, None
    starts.extend(range(position, len(text)))
    ends.extend(range(position + 1, len(text) + 1))
    return "".join((*parts, text[position:])), starts, ends


def _as_shown(
    text: str, starts: array[int] | None, ends: array[int] | None
) -> tuple[str, array[int], array[int] | None, tuple[Turned, ...]]:
    """The text in the order in which it is shown, and the same of it in the original."""
    order, turned = shown(text)
    if starts is None:
        return "".join(text[place] for place in order), array("l", order), None, turned
    if ends is None:
        ends = array("l", (start + 1 for start in starts))
    inner = [*starts, ends[-1]]  # a mark may be the last character
    moved = [
        Turned(starts[one.start], inner[one.inner_start], ends[one.inner_end - 1], ends[one.end - 1])
        for one in turned
    ]
    return (
        "".join(text[place] for place in order),
        array("l", (starts[place] for place in order)),
        array("l", (ends[place] for place in order)),
        tuple(moved),
    )


def _without(
    left_out: Regex, text: str, starts: array[int] | None, ends: array[int] | None
) -> tuple[str, array[int], array[int] | None]:
    """The text without what nobody sees of it, and where each of its characters starts and ends in the original."""
    starts = starts or array("l", range(len(text)))
    firsts, lasts = array("l"), array("l")
    position, length = 0, len(text)
    for start, end in (*(match.span() for match in left_out.finditer(text)), (length, length)):
        firsts += starts[position:start]
        if ends:
            lasts += ends[position:start]
        position = end
    return left_out.sub("", text), firsts, lasts if ends else None


def _untagged(
    text: str, starts: array[int] | None, ends: array[int] | None
) -> tuple[str, array[int], array[int]] | None:
    """The text without markup in its lines, whose ends are ends of lines, and where each of its characters starts and
    ends in the original; nothing where none stands within a line."""
    parts: list[str] = []
    firsts, lasts = array("l"), array("l")
    joints: list[int] = []
    position = 0
    for match in _UNSHOWN.finditer(text):
        start, end = match.span()
        parts.append(text[position:start])
        firsts.extend(range(position, start))
        lasts.extend(range(position + 1, start + 1))
        joints.append(len(firsts))
        if match["end"]:
            parts.append("\n")
            firsts.append(start)
            lasts.append(end)
        position = end
    read = "".join((*parts, text[position:]))
    if not any(_goes_on(read, joint) for joint in joints):
        return None
    firsts.extend(range(position, len(text)))
    lasts.extend(range(position + 1, len(text) + 1))
    if starts is None:
        return read, firsts, lasts
    lasts = array("l", (ends[i - 1] if ends else starts[i - 1] + 1 for i in lasts))
    return read, array("l", (starts[i] for i in firsts)), lasts


def _goes_on(text: str, joint: int) -> bool:
    """Whether a value may stand on both sides of a place."""
    return any(
        (found := _GOES_ON.match(text, start)) is not None and found.end() > joint
        for start in range(max(0, joint - 2), joint)
    )


def unpaired(value: str) -> str:
    """The tags within a value of which the other one stands outside it, and its colours of a terminal.

    Attributes that may hold a value go with it.

    >>> unpaired("1</b>38<i>0013</i>8000"), unpaired("138[/b]0013"), unpaired("13800138000")
    ('</b>', '[/b]', '')
    >>> unpaired('138<b class="x">0013'), unpaired('138<a title="张三">0013')
    ('<b class="x">', '<a>')
    >>> unpaired("张\\x1b[0m三")
    '\\x1b[0m'
    """
    left: list[tuple[str, bool, str]] = []
    for tag in _TAG.finditer(value) if "<" in value or "[" in value or "&lt;" in value else ():
        name, ends = (tag[2] or tag[4] or tag[6]).lower(), bool(tag[1] or tag[3] or tag[5])
        if ends and left and left[-1][:2] == (name, False):
            left.pop()
        elif name != "wbr" and not tag[0].endswith(("/>", "/&gt;")):
            left.append((name, ends, tag[0] if ends else _bare(tag[0])))
    colours = TERMINAL.findall(value) if "\x1b" in value else ()
    return "".join((*(written for _, _, written in left), *colours))


def _bare(tag: str) -> str:
    """A tag that opens, without attributes if they may say more than how something looks."""
    if _LOOKING.fullmatch(tag) and not _SAYING.search(tag):
        return tag
    opening, closing = {"<": ("<", ">"), "&": ("&lt;", "&gt;"), "[": ("[", "]")}[tag[0]]
    name = _WORD.findall(tag, len(opening))[0]
    return f"{opening}{name}{closing}"


def _in_one_line(match: re.Match[str]) -> str:
    """Characters that have a line each, as a cell of a form sets a name upright, with blanks between."""
    return match[0].replace("\n", " ") if _TWO_HAN.search(match[0]) else match[0]


def _digits(match: re.Match[str]) -> str:
    run = match[0]
    return run.translate(_TO_DIGIT) if _OTHER_DIGIT.search(run) else run


@cache
def _translation() -> Translation:
    """Character for character: width, spaces, dashes, dots, radicals, traditional script."""
    table: dict[int, str] = dict(traditional())
    for code in (
        *range(0x2E80, 0x2FE0),
        *range(0xF900, 0xFB00),
        *range(0x2F800, 0x2FA20),
        *range(0x1D7CE, 0x1D800),
    ):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = table.get(ord(plain), plain)
    table |= {code: table.get(ord(plain), plain) for code, plain in RADICALS_WITHOUT_NFKC.items()}
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # halves of a pair cannot be encoded
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for characters, plain in ((_DASHES, "-"), (_DOTS, "·"), (_TILDES, "~"), (_BARS, "|"), (_SPACES, " ")):
        table |= dict.fromkeys(map(ord, characters), plain)
    table |= {ord(letter): plain for letter, plain in zip(_CYRILLIC, _LATIN, strict=True)}
    table |= {ord(letter): plain for letter, plain in zip(_TONED, _TONELESS, strict=True)}
    return Translation(table)


# Radicals that Unicode gives no compatibility mapping, although PDF producers write them; and 巿 (U+5DFF) for 市.
RADICALS_WITHOUT_NFKC = {
    ord(radical): plain
    for radical, plain in zip(
        "⺠⻓⻔⻢⻋⻅⻉⻚⻛⻜⻝⻤⻥⻦⻨⻩⻬⻮⻰⻳⻘⻟⻙⻄⻑⻆⻣⻁⻧⻪⻱⺎⺒⺓⻫⻭⻯⻲巿",
        "民长门马车见贝页风飞食鬼鱼鸟麦黄齐齿龙龟青食韦西長角骨虎卤黾龜兀巳幺斉歯竜亀市",
        strict=True,
    )
}


@cache
def traditional() -> dict[int, str]:
    """Traditional to simplified, one to one (OpenCC's table, see NOTICE)."""
    lines = (recognizers_root() / "lexicons" / "traditional.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {ord(old): new for old, new in pairs}


_NAME_GAPS = Regex(r"[\s·.^\-|~+]+")
_NUMBER_GAPS = Regex(rf"(?:{GOES_ON}|[\s\-.,·()/])+")
_LINE_GOES_ON = Regex(GOES_ON)
_COUNTRY_CODE = Regex(r"^(?:\+|00)?86(?=1[3-9][0-9]{9}$|0[1-9])")
_DIGITAL = Regex(r"[0-9]")
_DATES = frozenset(["DATE_TIME", "DATE_OF_BIRTH"])


def in_capitals(text: str) -> str:
    """`text` in capitals, as long as it was: a letter that would become several (ß, ﬁ) stays.

    >>> in_capitals("Weiß, Müller")
    'WEIß, MÜLLER'
    """
    upper = text.upper()
    if len(upper) == len(text):
        return upper
    parts = _GROWING.split(text)
    parts[::2] = (part.upper() for part in parts[::2])
    parts[1::2] = (part if len(upper := part.upper()) > 1 else upper for part in parts[1::2])
    return "".join(parts)


def canonical(value: str, entity_type: str) -> str:
    """The normal form in which values of a type are compared: two spellings of one value agree.

    >>> canonical("+86 138-0013-8000", "PHONE_NUMBER") == canonical("１３８００１３８０００", "PHONE_NUMBER")
    True
    """
    if value.isalnum() and value.isascii():  # a number or a code, as most stand in tables
        return _plain_form(value, entity_type)
    return _cached_form(value, entity_type) if len(value) <= _SHORT else _form(value, entity_type)


def _plain_form(value: str, entity_type: str) -> str:
    """The form of ASCII letters and digits, without gaps or anything that a shadow changes."""
    if entity_type in _DATES:
        return value
    return (_COUNTRY_CODE.sub("", value) if entity_type == "PHONE_NUMBER" else value).upper()


def _form(value: str, entity_type: str) -> str:
    read = shadow(value)
    plain = (read.untagged or read).text
    if entity_type == "PERSON":
        return canonical_name(plain)
    if entity_type in _DATES:
        return " ".join(plain.split())
    if entity_type == "PHONE_NUMBER":
        plain = _COUNTRY_CODE.sub("", _NUMBER_GAPS.sub("", plain).replace("_", ""))
        return in_capitals(plain)
    if _DIGITAL.search(plain) and entity_type not in ("EMAIL_ADDRESS", "URL", "CN_ADDRESS", "ORGANIZATION"):
        plain = _NUMBER_GAPS.sub("", plain)
    elif entity_type == "EMAIL_ADDRESS" and "\n" in plain:
        plain = _LINE_GOES_ON.sub("", plain)
    return in_capitals("".join(plain.split()))


def canonical_name(plain: str) -> str:
    """The normal form of a name of which `plain` is the shadow."""
    if plain.isascii():
        return " ".join(plain.split()).upper()
    return in_capitals(plain if plain.isalpha() else _NAME_GAPS.sub("", plain))


_cached_form = lru_cache(maxsize=4096)(_form)
