"""Texts in which nobody is named, so that no finder of names need look.

Half of a dialogue is findings and advice: the tagger sees nobody there, the network that glances sees no place
at which it should have looked, and there is nothing by which the finders know names without either. Of 24,000
lines of the invented sets three are taken for such although somebody is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deid.detection.glances import shipped_glances
from deid.detection.names.words import NameWords
from deid.detection.reading import Reading
from deid.grammar.name import HAN, NameGrammar

_HOPELESS = -1.5
"""Log odds at the likeliest place of a text, below which nobody is named in it: where the tagger is not asked either."""
_SHORT = 40
"""Fewer characters than this are looked at by all: little is spared, and the likeliest place is not of many."""
_TELLS = (
    r"[a-z](?<![A-Za-z].)[a-z]+(?<!cm|mm|mg|ml|kg|ct)(?![A-Za-z])",  # zhangsan
    r"[A-Z](?<![A-Za-z].)(?:[a-z]+(?![A-Za-z])|[A-Z]+[ ^/,]{1,2}[A-Z]{2}|\.[A-Z])",  # Mr. Gu, LIN/XIAOMENG, Z.L.
    "[\u3040-\u30ff\uac00-\ud7af]",  # kana and Hangul
    "[姓叫×*某]|[小取]名|免贵|我[家儿]|俺家|媳妇",  # 我姓柳, 叫当当, 赵×
    f"[哥姐叔婶娘](?<=[{HAN}].)",  # 毅哥
    f"[爸妈](?<=(?<![{HAN}])[{HAN}]{{2}}.)",  # 橙子妈
    f"[,:](?<=[{HAN}]{{2}}.)(?:(?<=,)[男女],|(?<=:)1[3-9])",  # 茯苓,女,45岁
)
"""What tells of a name to finders that ask for no more. Each begins with a character: so the engine is fastest."""


class Nameless:
    """Says which readings name nobody. Thread-safe."""

    def __init__(self, grammar: NameGrammar, words: NameWords) -> None:
        every = "".join(sorted(grammar.surnames | grammar.rare_surnames))
        clear = "".join(sorted(grammar.surnames - grammar.ambiguous_surnames))
        short = "".join(sorted(title for title in words.titles if len(title) == 1))
        long = sorted((title for title in words.titles if len(title) > 1), key=len, reverse=True)
        begins = "".join(sorted({title[0] for title in long}))
        titled = f"[{every}](?=[{begins}])(?:{'|'.join(map(re.escape, long))})", f"[{clear}][{short}]"
        alone = f"(?<![{HAN}])(?:[{every}]|[大小老][{clear}]|[老小阿][A-Z])(?![{HAN}])"
        self._tells = [re.compile(tell) for tell in (*_TELLS, alone, *titled)]

    def __call__(self, readings: Sequence[Reading]) -> Iterator[bool]:
        """Of each reading whether it names nobody."""
        doubtful = [not self._is_telling(reading) for reading in readings]
        odds = iter(
            shipped_glances().likeliest([r.text for r, one in zip(readings, doubtful, strict=True) if one])
        )
        return (one and next(odds) < _HOPELESS for one in doubtful)

    def _is_telling(self, reading: Reading) -> bool:
        """Whether something but the network may tell of a name."""
        return bool(
            len(reading.text) < _SHORT
            or reading.tagged
            or any(True for _ in reading.slots_of("PERSON"))
            or any(tell.search(reading.text) for tell in self._tells)
        )
