"""Personal names: cues, neighbours, forms and the tagger propose; words take away.

The order of trust: a cell under 姓名 or a value after `姓名：`, then a name beside a title or a
kinship word, then what the tagger says, then the form alone. A name that is certain once in a
text is found everywhere in it.

Limits in these modules are on four scales: `quality` (of the grammar: how much characters look like a
name) and `likeliness` (of the tagger) are 0-1, as the score of a candidate is; `known` is how often
jieba's dictionary counts a word; a character's `given_rank` is 0 for the one that given names hold most.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from deid.catalog.lexicon import WordIndex
from deid.detection.names.abroad import NamesFromAbroad
from deid.detection.names.aged import NamesBeforeSexOrAge
from deid.detection.names.aligned import AlignedNames
from deid.detection.names.alone import LonelyNames
from deid.detection.names.authors import authors
from deid.detection.names.cued import CuedNames
from deid.detection.names.duties import NamesInRolls
from deid.detection.names.english import NamesInEnglish
from deid.detection.names.familiar import FamiliarNames
from deid.detection.names.fields import NamesInFields
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.forms import NamesByForm
from deid.detection.names.given import NamesByGiven
from deid.detection.names.learned import LearnedWords
from deid.detection.names.led import NamesLed
from deid.detection.names.lettered import LetteredNames
from deid.detection.names.listed import NamesInLists
from deid.detection.names.meant import MeantNames
from deid.detection.names.nameless import Nameless
from deid.detection.names.parted import NamesInParts
from deid.detection.names.pets import PetNames
from deid.detection.names.placed import NamesByPlace
from deid.detection.names.predicates import NamesByPredicates
from deid.detection.names.prosaic import NamesInProse
from deid.detection.names.related import NamesBehindRoles
from deid.detection.names.relays import NamesInRelays
from deid.detection.names.repeated import RepeatedNames, names_of_files
from deid.detection.names.required import RequiredNames
from deid.detection.names.rotas import NamesOfRotas
from deid.detection.names.runs import NamesInRuns
from deid.detection.names.shortened import NamesBeforeShortOffices
from deid.detection.names.signed import SignedNames
from deid.detection.names.speaking import NamesOfSpeakers
from deid.detection.names.spelled import SpelledNames
from deid.detection.names.surrounded import NamesBySurroundings
from deid.detection.names.tagged import TaggedNames
from deid.detection.names.titled import NamesBeforeTitles
from deid.detection.names.told import ToldNames
from deid.detection.names.trimmed import Trimming
from deid.detection.names.weighed import Weighing
from deid.detection.names.words import NameWords
from deid.detection.reading import Reading, in_turn
from deid.grammar.english import EnglishWords
from deid.grammar.name import NameGrammar
from deid.grammar.romanized import may_name
from deid.regexes import Regex
from deid.types import Detection

__all__ = ["NameFinder"]

_LETTERS = r"(?:[A-Z][A-Za-zÀ-ɏ'’.\-]*|de|da|di|la|von|van|der|bin|al)"
_IN_LETTERS = Regex(rf" ?\(({_LETTERS}(?: {_LETTERS}){{0,5}})(?=[),])")

_AUTHORS = "historic persons"
_LONGEST_CARD = 4
"""Capitals in brackets that tell of a card, and spell nobody: SVIP, PLUS."""


class NameFinder:
    """Finds PERSON in a reading whose slots and tags are filled in. Thread-safe."""

    def __init__(
        self,
        grammar: NameGrammar,
        words: NameWords,
        *,
        protected: Mapping[str, str],
        learned: Sequence[LearnedWords] = (),
        minority_components: Iterable[str] = (),
        minority_names: Iterable[str] = (),
        foreign_characters: str = "",
        japanese_surnames: Iterable[str] = (),
        is_place: Callable[[str], bool],
        hospitals: Iterable[str] = (),
        companies: Collection[str] = (),
        english: EnglishWords,
    ) -> None:
        self._protected: WordIndex[str] = WordIndex(dict(protected))
        self._learned = tuple(learned)
        self._beginnings_of_learned = {word[:2] for words in self._learned for word, _ in words.words.items()}
        components = tuple(minority_components)
        foreign = frozenset(foreign_characters) | frozenset("".join(components))
        self._fitting = Fitting(
            grammar, words, self._protected, foreign, is_place, frozenset(hospitals), companies
        )
        self.nameless = Nameless(grammar, words)
        cued = CuedNames(self._fitting, english)
        self._speaking = NamesOfSpeakers(self._fitting)
        self._listed = NamesInLists(self._fitting)
        self._relays = NamesInRelays(self._fitting)
        self._rolls = NamesInRolls(self._fitting)
        self._trimming = Trimming(self._fitting)
        self._repeated = RepeatedNames(self._fitting)
        self._lonely = LonelyNames(self._fitting)
        self._aligned = AlignedNames(self._fitting)
        self._familiar = FamiliarNames(self._fitting)
        self._rotas = NamesOfRotas(grammar)
        self._weighing = Weighing(self._fitting, self._protected)
        self._parted = NamesInParts(self._fitting)
        self._spelled = SpelledNames()
        self._lettered = LetteredNames(self._fitting)
        self._english = NamesInEnglish(english)
        self._signed = SignedNames(self._fitting)
        self._tagged = tagged = TaggedNames(self._fitting)
        self.surrounded = NamesBySurroundings(self._fitting, tagged)
        abroad = NamesFromAbroad(self._fitting, japanese_surnames)
        self._prosaic = NamesInProse(self._fitting, tagged, abroad)
        self._finders = (
            cued.find,
            NamesInFields(self._fitting).find,
            NamesBeforeTitles(self._fitting).find,
            NamesBeforeShortOffices(self._fitting).find,
            NamesBehindRoles(self._fitting, cued).find,
            *NamesBeforeSexOrAge(self._fitting).finders,
            self._speaking.find,
            *NamesLed(self._fitting).finders,
            NamesByPlace(self._fitting).find,
            RequiredNames(self._fitting).find,
            self._signed.find,
            MeantNames(self._fitting).find,
            NamesByGiven(self._fitting).find,
            *NamesByForm(self._fitting, components, minority_names).finders,
            NamesInRuns(self._fitting).find,
            ToldNames(self._fitting).find,
            PetNames().find,
            NamesByPredicates(self._fitting).find,
            abroad.told,
            self._prosaic.find,
        )

    def find_many(self, readings: Sequence[Reading]) -> list[list[Detection]]:
        """The names in each reading."""
        nameless = list(self.nameless(readings))
        judged = self._judged([reading for reading, none in zip(readings, nameless, strict=True) if not none])
        return [[] if none else [name for name, refusal in next(judged) if not refusal] for none in nameless]

    def refused(self, reading: Reading) -> Iterator[tuple[Detection, str]]:
        """Candidates that a protected word speaks against, each with the name of the word's list."""
        return (pair for judged in self._judged([reading]) for pair in judged if pair[1])

    def _judged(self, readings: Sequence[Reading]) -> Iterator[list[tuple[Detection, str]]]:
        """For each reading all candidates, each with why it is refused, or ''."""
        found = in_turn(self._finders, readings)
        for reading, proposed, read in zip(readings, found, self.surrounded.read(readings), strict=True):
            candidates = self._signed.alone(list(self._trimming.tidied(reading, proposed)))
            learned = self._of_learning(reading, candidates)
            candidates = [candidate for candidate in candidates if candidate not in learned]
            candidates += self._listed.neighbours(reading, candidates)
            candidates += self._speaking.surname_speakers(reading, candidates)
            candidates += self._speaking.word_speakers(reading, candidates)
            candidates += self._speaking.heads(reading, candidates)
            candidates += self._trimming.tidied(reading, self._listed.beside_in_rows(reading, candidates))
            candidates += self._trimming.tidied(reading, self._listed.below_headers(reading))
            candidates += self._listed.among_persons(reading, candidates)
            candidates += self._listed.noted(reading, candidates)
            candidates += self._trimming.tidied(reading, self._listed.attending(reading))
            candidates += self._trimming.tidied(reading, self._listed.spread(reading))
            candidates += self._trimming.tidied(reading, self._listed.numbered(reading, candidates))
            candidates += self._trimming.tidied(reading, self._relays.find(reading, candidates))
            candidates += self._trimming.tidied(reading, self._rolls.find(reading, candidates))
            candidates += self._trimming.tidied(
                reading, self.surrounded.find(reading, [*candidates, *learned], *read)
            )
            candidates += self._familiar.find(reading, candidates)
            candidates = self._rotas.told(reading, candidates)
            candidates = self._aligned.told(reading, candidates)
            candidates = self._parted.settled(reading, candidates)
            candidates += self._in_letters(reading, candidates)
            candidates += self._english.find(reading, candidates)
            candidates += self._lettered.find(reading, candidates)
            candidates += names_of_files(reading.text, candidates)
            candidates += self._repeated.find(reading, candidates)
            candidates = list(self._trimming.as_elsewhere(reading, candidates))
            learned |= self._of_learning(reading, candidates)
            told = [c for c in candidates if c not in learned]
            spelled = ((c, "") for c in self._spelled.find(reading, told))
            weighed = self._weighing.weighed(reading, told)
            judged = [*spelled, *weighed, *learned.items()]
            if judged and self._lonely.are_all(reading, judged) and not self._prosaic.is_prose(reading):
                judged = [pair for pair in judged if pair[1] or self._lonely.stands(reading, pair[0])]
            yield [
                (seen.detection, refusal)
                for candidate, refusal in judged
                for seen in self._tagged.as_seen(reading, candidate)
            ]

    def _of_learning(self, reading: Reading, candidates: Sequence[Candidate]) -> dict[Candidate, str]:
        """Candidates that are words of what a text is on, each with the name of their list."""
        text, words = reading.text, self._fitting.words
        free = [c for c in candidates if not (words.title_at(text, c.end) or words.role_ends(text, c.start))]
        untold = [c for c in free if text[c.start : c.start + 2] in self._beginnings_of_learned]
        refused = {c: learned.name for learned in self._learned for c in learned.refused(reading, untold)}
        for learned in self._learned:
            refused |= dict.fromkeys(learned.rows(text, free), learned.name)
            for candidate, end in learned.cuts(text, candidates):
                if candidate.end + words.title_at(text, candidate.end) <= end or candidate.end > end:
                    refused[candidate] = learned.name  # but not 陈修|园长
        return refused | dict.fromkeys(authors(reading, candidates), _AUTHORS)

    def _in_letters(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """Lowell Thomas in 洛维尔·汤玛斯（Lowell Thomas）."""
        for candidate in candidates:
            name = reading.text[candidate.start : candidate.end]
            foreign = "·" in name or "transliterated" in candidate.evidence or self._fitting.foreign(name)
            match = _IN_LETTERS.match(reading.text, candidate.end) if foreign else None
            card = match and " " not in match[1] and len(match[1]) <= _LONGEST_CARD  # 曾凡（VIP）
            if match and ((match[1].isupper() and not card) or may_name(match[1])):
                yield Candidate(*match.span(1), candidate.score, ("in letters",))
