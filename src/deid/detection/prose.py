"""Running text that is no record: letters, reports, posts.

What a name is told apart by in records, fields and the words of medicine, is missing there, and so
is what looks like one: drugs, herbs, eponyms. The tagger reads such text whole and is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice

from deid.catalog import shipped_catalog
from deid.catalog.lexicon import WordIndex
from deid.regexes import Regex

MEDICAL_LISTS = (
    "diseases",
    "symptoms",
    "procedures",
    "drugs",
    "drug_brands",
    "drugs_imported",
    "herbs",
    "formulas",
    "bacteria",
    "departments",
)
_MEDICAL = range(2, 6)
"""Characters of such words."""
_SHORTEST = 15
"""Shorter texts are cells and headings."""
_HAN = "[一-鿿]"
_OF_SPEECH = rf"(?<![说道称问答曰云讲喊叫写]:)(?<!(?:认为|表示|指出|宣布|强调|告诉|提出|介绍|提醒|如下|记者|写着):)(?<!{_HAN}{{12}}:)"
"""Behind such words, or that many, a colon ends no label."""
_OF_RECORDS = Regex(
    rf"(?=[:|医患诊病药护综阴阳试反体杂染骨量0-9]|.-)"
    rf"(?::{_OF_SPEECH}(?![\"“「『']|//)|[|医患诊病药]|(?<![保维守辩拥爱监庇掩袒])护(?![照卫])|综合征|[阴阳]性|试验|反射|体征|杂音|染色|骨折|量表|[0-9](?:m[mlg]|cm|μ)|{_HAN}-{_HAN})"
)
"""Fields, columns, the characters that most words of medicine are made of, and what eponyms stand before."""
_CHARACTERS_TO_A_SIGN = 90
"""Records hold a sign of records in every fifty characters; in so many a story may hold one, too."""
_CHARACTERS_TO_A_LINE = 60
"""Chats and forms have more lines."""
_OF_EPONYMS = r"(?:\([A-Z][A-Za-z .'-]{1,20}\))?(?:[氏征病环囊钳束孔法图针管线瘤]|综合|试验|量表|反射|分[级型期]|骨折|疝|结节|溃疡|染色|指数|测验|神经|单丝|体操|疗法|肿瘤|细胞|小体|评分|标准)"
"""What is called after two persons: 凯泽-弗莱舍环."""
_ALSO_FOREIGN = "卫逊宾孔底"
"""What names from abroad hold as well: 大卫-罗宾逊."""
_OF_TEXTBOOKS = Regex(
    "(?=[脑肝肾肺胃肠腺髂肌细神抗免电呼分窦心动静韧])"
    "(?:脑(?<![电首头]脑)|[肝肾肺胃肠腺髂肌]|细胞|神经|抗[原体]|免疫|电位|呼吸|分泌|窦房|心[房室]|[动静]脉|韧带)"
)
"""What texts on bodies are made of where they hold a sign of records at all."""
_LINE = Regex(r"\n(?![^\S\n]*\n)")
"""The end of a line, or of a paragraph with what is blank behind it."""
_POST = Regex(r"//@|@[一-鿿]|#[^#\n]{2,30}#|转发微博")
"""What posts in social media hold, and records hardly."""
_OF_LISTS = Regex(r"^\W*[0-9A-Z]|[0-9]$|[ ]{2}|[\t;|/=]")
"""What items, price lists and rows are made of."""


class Prose:
    """Says whether a text is running text that is no record.

    `medical_words` are those of records, `foreign` the characters of transliterations.
    """

    def __init__(self, medical_words: Iterable[str], foreign: str) -> None:
        self._medical = WordIndex({word: word for word in medical_words if len(word) > 1})
        foreign += _ALSO_FOREIGN
        self._hyphen = Regex(f"(?<=[{foreign}])-(?=[{foreign}]+(?![{foreign}]*{_OF_EPONYMS}))")

    def __call__(self, text: str) -> bool:
        in_lines = len(_LINE.findall(text)) > len(text) // _CHARACTERS_TO_A_LINE
        allowed = 0 if in_lines else len(text) // _CHARACTERS_TO_A_SIGN
        medical = self._words_of_medicine(text)
        text = self.dotted(text)
        if _POST.search(text):
            return _count(medical, allowed + 2) <= allowed + 1
        if len(text) < _SHORTEST:
            return False
        signs = chain(_OF_RECORDS.finditer(text), medical)
        if next(signs, None) is None:
            return True
        return _count(chain(signs, _OF_TEXTBOOKS.finditer(text)), allowed) < allowed

    def _words_of_medicine(self, text: str) -> Iterator[object]:
        """They are looked for when the first is asked for: other signs mostly say enough."""
        yield from self._medical.find(text)

    def tells(self, text: str) -> bool:
        """Whether a text that is prose tells of people, or is a post: not 本季主推 启航A, 安康B, nor what bodies are made of."""
        if _POST.search(text):
            return True
        return not (_OF_LISTS.search(text) or _OF_TEXTBOOKS.search(text))

    def dotted(self, text: str) -> str:
        """The text with 科比-布莱恩特 as 科比·布莱恩特, which is how the tagger learned such names."""
        return self._hyphen.sub("·", text) if "-" in text else text

    def is_medical(self, word: str) -> bool:
        """Whether a word is one of medicine: 黄疸."""
        return word in self._medical

    def begins_medical(self, text: str, position: int) -> bool:
        """Whether such a word begins there."""
        return any(text[position : position + size] in self._medical for size in _MEDICAL)


def _count(signs: Iterable[object], most: int) -> int:
    """How many there are; it stops at `most`."""
    return sum(1 for _ in islice(signs, most))


@cache
def shipped_prose() -> Prose:
    """The test with the shipped lexicons."""
    lexicon = shipped_catalog().lexicon
    medical = (word for name in MEDICAL_LISTS for word in lexicon(name))
    return Prose(medical, "".join(lexicon("transliteration_characters")))
