"""Words that are entities by being in a list: medical terms, cities in letters, public hotlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from deid.catalog.lexicon import WordIndex, index_by
from deid.catalog.loading import Catalog
from deid.catalog.schema import LexiconSpec, RecognizerSpec
from deid.detection.expressions import Surroundings
from deid.detection.reading import Reading
from deid.normalize import shadow
from deid.regexes import Regex
from deid.types import Detection

_FIGURES = frozenset("零〇一二三四五六七八九幺两")
_IN_NUMBER = Regex("[零〇一二三四五六七八九幺]{4}|[零〇一二三四五六七八九幺]{3}[房号室楼床]")
"""三七 as figures of a number, and not 三七一包."""


class TermFinder:
    """One automaton over the lexicons of all recognizers."""

    def __init__(self, catalog: Catalog, specs: Sequence[RecognizerSpec]) -> None:
        words = (
            ((spec, lexicon), _spellings(shadow("\n".join(catalog.lexicon(lexicon.file))).text.split("\n")))
            for spec in specs
            for lexicon in spec.lexicons
        )
        self._surroundings = {spec.entity: Surroundings(spec) for spec in specs if spec.lexicons}
        self._index: WordIndex[tuple[tuple[RecognizerSpec, LexiconSpec], ...]] = index_by(words)

    def find(self, reading: Reading) -> Iterator[Detection]:
        text = reading.text
        for start, end, found in self._index.find(text):
            if text[end : end + 1] == ":" and reading.cue_ends(end):
                continue  # a label: 出生地 ends in a herb
            if (
                text[start] in _FIGURES
                and _FIGURES.issuperset(text[start:end])
                and _IN_NUMBER.search(text, max(0, start - 2), end + 2)
            ):
                continue  # 三七|零二: a number that somebody says
            for spec, lexicon in found:
                if not self._surroundings[spec.entity].allow(text, start, end):
                    continue
                near = reading.supported(spec.entity, start, end)
                if lexicon.requires_cue and not near:
                    continue
                if text[start].isascii() and _inside_ascii(text, start, end):
                    continue
                score = min(1.0, lexicon.score + (spec.context_score if near else 0.0))
                yield Detection(spec.entity, start, end, score, f"{spec.entity}.{lexicon.file}", ("lexicon",))


def _spellings(words: Iterable[str]) -> Iterator[str]:
    """The words, and what is short for one in small letters, too: COPD, copd."""
    for word in words:
        yield word
        if word.isascii() and word.isupper() and word.isalpha():
            yield word.lower()


def _inside_ascii(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())
