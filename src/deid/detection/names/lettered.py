"""Names in Latin letters among Chinese ones: who speaks in a chat, and one word of a whole name again.

Priya Nair：Hi team … 仝乐：收到    Daniel Brooks，膝盖 … Brooks那个护照过期了
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate
from deid.detection.reading import Reading
from deid.grammar.name import is_han
from deid.regexes import Regex

_HEAD = Screened(
    r"(?m:^)[ ]*(?:[0-9:/\-. ]{4,22}[ ]+)?(?P<name>[A-Z][a-z]{1,14}(?: [A-Z][a-z]{1,14}){0,2})[ ]?:(?!//)(?=[ ]?\S)"
)
_LABELS = frozenset(
    "note notes result results subject from to cc bcc date re fwd fw name phone tel fax email mail address attn sex age diagnosis history "
    "complaint plan impression findings conclusion summary title status type id patient doctor nurse client customer agent service support "
    "system user guest admin staff reply question answer step warning error info debug http https version author reviewer translator "
    "monday tuesday wednesday thursday friday saturday sunday today tomorrow morning afternoon evening night day week pain sleep mood diet "
    "weight height temp temperature pulse vitals ward bed room visit exam lab labs meds medication dose allergy allergies time place topic".split()
)
_WORDS = Regex(
    r"(?<![A-Za-z0-9@._/\-])(?<![A-Za-z] )[A-Z][A-Za-z\-]*(?: [A-Z][a-z]+)*(?![A-Za-z0-9@_/\-]|\.[a-z]| [A-Za-z])"
)
_LEAST_WORD = 4
_SCORE = 0.7


class LetteredNames:
    """What the other finders left; they know given names that are no words, and pinyin."""

    def find(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        taken = {position for c in candidates for position in range(c.start, c.end)}
        for start, end in (*self._speakers(reading, candidates), *self._words_again(reading, candidates)):
            if taken.isdisjoint(range(start, end)):
                yield Candidate(start, end, _SCORE, ("lettered",))

    @staticmethod
    def _speakers(reading: Reading, candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
        """Who is named more than once, and has a turn of speech among persons with Chinese names."""
        text = reading.text
        heads = {head["name"] for head in reading.finditer(_HEAD)}
        names = {head for head in heads if _LABELS.isdisjoint(head.lower().split()) and text.count(head) > 1}
        if not names:
            return
        persons = {text[c.start : c.end] for c in candidates if text.startswith(":", c.end)}
        if not any(is_han(person[0]) for person in persons):
            return
        yield from _places(text, names)

    @staticmethod
    def _words_again(reading: Reading, candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
        """Brooks, beside Chinese, of somebody who is Daniel Brooks elsewhere."""
        text = reading.text
        names = {text[c.start : c.end] for c in candidates if "romanized" in c.evidence}
        words = {word for name in names if " " in name for word in name.split()}
        lasting = {word for word in words if len(word) >= _LEAST_WORD and word.istitle() and word.isascii()}
        for start, end in _places(text, lasting):
            if is_han(text[start - 1 : start]) or is_han(text[end : end + 1]):
                yield start, end


def _places(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where a name stands that is no part of a longer one, of an address or of English prose."""
    return (match.span() for match in _WORDS.finditer(text) if match[0] in names) if names else iter(())
