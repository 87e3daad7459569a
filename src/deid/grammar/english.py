"""Words of English, which are no names by themselves, and what is made of them alone.

Warning    The Distance    Let There Be Rock    but    Grace    Will Young    Song Page
"""

from __future__ import annotations

from collections.abc import Iterable

from deid.grammar.romanized import is_given, is_surname, may_call
from deid.regexes import Regex

SURNAMES = frozenset(
    "baker banks bell berry best bird bishop black brook brooks brown bush carter church cook cross dean field fields fisher ford fox french frost gold golden grant gray green hand head hill hunt hunter judge king knight lake lane law "
    "little long love marsh mason miller mills moon moss noble page park parker pike pool porter potter power price reed rice rivers root rush sharp short singer small snow steel stone strong swift taylor temple turner walker wall ward "
    "waters weaver west wheeler white winter wise wolf wood woods young".split()
)
"""Surnames that are words as well: Rev. Park."""
DERIVED = Regex(
    r".+(?:tion|sion|ment|ness|ical|ology|ologist|itis|osis|emia|aemia|oma|pathy|ectomy|ostomy|graphy|gram|scopy|ility|ivity|ance|ence|mab|nib|statin|cillin|mycin|prazole|sartan|olol|idine|parin|tide|vir|zumab)s?"
)
"""How words of medicine and drugs end, and hardly a name."""
_INFLECTED = Regex(r"(.{3,}?)(?:'s|’s|e?s|e?d|ing|ly|er)")
_PART = Regex(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_OF_PHRASES = frozenset("the of and for with from your this that what when where are there".split())
"""Words that stand in titles of things, and in no name."""

_VIETNAMESE = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh doan mai truong".split()
)
"""Surnames before the middle name Thế."""


class EnglishWords:
    """`plain` are words in small letters."""

    def __init__(self, plain: Iterable[str]) -> None:
        self.plain = frozenset(plain)

    def is_word(self, word: str) -> bool:
        """Whether it is a word of English, inflected or not, or ends as words of medicine do."""
        lower = word.lower()
        if lower in self.plain or DERIVED.fullmatch(lower):
            return True
        inflected = _INFLECTED.fullmatch(lower)
        return inflected is not None and not is_given(lower) and inflected[1] in self.plain

    def are_ordinary(self, text: str) -> bool:
        """Whether all of it are words, surnames that are words among them, and nobody is called by one of them: Black, The Distance.

        Of several words none may be a surname of Chinese: He Long.
        """
        parts = _PART.findall(text.lower()) if text.isascii() else []
        if not parts or not all(len(part) == 1 or part in SURNAMES or self.is_word(part) for part in parts):
            return False
        return bool(_OF_PHRASES.intersection(parts)) or not (
            any(map(may_call, parts)) or (len(parts) > 1 and any(map(is_surname, parts)))
        )

    def name_nobody(self, text: str) -> bool:
        """Whether they are a title or a thing: Warning, Princess of the Dawn, but not Young, nor Nguyen The Vinh."""
        parts = _PART.findall(text.lower()) if text.isascii() else []
        if len(parts) > 2 and parts[0] in _VIETNAMESE and parts[1] == "the":
            return False
        if _OF_PHRASES.intersection(parts) and 2 * sum(map(self.is_word, parts)) >= len(parts) > 2:
            return True
        return self.are_ordinary(text) and not SURNAMES.issuperset(parts)
