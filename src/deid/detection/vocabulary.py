"""What is built from the lists of a catalog alone: words, names and places.

Catalogs that differ in their recognizers alone share it. To build it takes most of the time that a
catalog takes, and `deid tune` tries many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from deid.catalog import Catalog, WordIndex
from deid.catalog.schema import ProtectSpec
from deid.detection.boundaries import WordBoundaries
from deid.detection.handles import find_handles, words_in_pinyin
from deid.detection.mentions import Mentions
from deid.detection.names import NameFinder
from deid.detection.names.learned import LearnedWords
from deid.detection.names.worded import Worded
from deid.detection.names.words import NameWords
from deid.detection.nicknames import find_nicknames
from deid.detection.places import PlaceFinder
from deid.detection.places.bare import bare_names
from deid.detection.places.english import EnglishBodies
from deid.detection.places.firms import own_name
from deid.detection.places.lettered import LetteredPlaces
from deid.detection.places.treated import CERTAIN, LIKELY, WORD
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.detection.remaining.names import RemainingNames
from deid.grammar.divisions import Divisions
from deid.grammar.english import EnglishWords
from deid.grammar.name import NameGrammar
from deid.normalize import shadow
from deid.types import Detection

_NAME_LIKE, _LIKE_SURNAME = 0.75, 0.45
_OF_MEDICINE = frozenset(["herbs", "drugs", "diseases", "eponyms"])
"""Lists of words that hold names of those whom they are called after, or like whom they sound."""
_OF_SPEECH = frozenset(["ordinary words", "idioms", "solar terms"])
"""Lists of words by which people call themselves."""


def vocabulary_of(catalog: Catalog) -> Vocabulary:
    """The vocabulary of a catalog, the same for catalogs with the same lists."""
    return _shared(catalog.protects, tuple(catalog.lexicons), tuple(catalog.lexicons.values()))


@lru_cache(maxsize=4)
def _shared(
    protects: tuple[ProtectSpec, ...], names: tuple[str, ...], lists: tuple[tuple[str, ...], ...]
) -> Vocabulary:
    return Vocabulary(Catalog((), protects, dict(zip(names, lists, strict=True))))


class Vocabulary:
    """The lists of a catalog, each part built at first use. Thread-safe."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    @cached_property
    def ordinary_words(self) -> frozenset[str]:
        return frozenset(self.catalog.lexicon("common_words"))

    @cached_property
    def name_like_words(self) -> frozenset[str]:
        """Ordinary words that are given as names too: 高兴, 平安."""
        return frozenset(self.catalog.lexicon("name_like_words"))

    def looks_like_a_name(self, word: str, sure: bool) -> bool:
        """王雪梅 and 石磊, not 银卡; where the tagger is sure 聂想, too, not 凯美瑞."""
        least = _LIKE_SURNAME if sure else _NAME_LIKE
        return word in self.name_like_words or self.name_grammar.quality(word) >= least

    def firm_in_short(self, firm: str) -> str:
        """康途 of 杭州康途医疗咨询有限公司, '' where that is a word, a place or looks like a person's name."""
        short = own_name(firm, self.divisions, self.boundaries.known)
        return "" if self.looks_like_a_name(short, False) else short

    @cached_property
    def protected(self) -> dict[str, str]:
        return self._protected_against("PERSON")

    def _protected_against(self, entity_type: str) -> dict[str, str]:
        """Words that are never of the type, each with the name of its list."""
        words: dict[str, str] = {}
        for protect in self.catalog.protects:
            if entity_type in protect.against and not protect.only_with:
                words.update(dict.fromkeys(self._protecting[protect.protect], protect.protect))
        return words

    @cached_property
    def _protecting(self) -> dict[str, tuple[str, ...]]:
        """The words of each list, as shadows have them."""
        return {protect.protect: tuple(self._words_of(protect)) for protect in self.catalog.protects}

    def _words_of(self, protect: ProtectSpec) -> Iterator[str]:
        listed = (word for file in protect.files for word in self.catalog.lexicon(file))
        return filter(None, shadow("\n".join((*protect.words, *listed))).text.split("\n"))

    @cached_property
    def _learned(self) -> tuple[LearnedWords, ...]:
        """Words that are no names in texts on what they belong to."""
        return tuple(
            LearnedWords(protect.protect, _words(self._protecting[protect.protect]), protect.only_with)
            for protect in self.catalog.protects
            if protect.only_with and "PERSON" in protect.against
        )

    @cached_property
    def denied(self) -> dict[str, WordIndex[str]]:
        """Protected words of the types that do not look at them themselves."""
        types = {name for protect in self.catalog.protects for name in protect.against}
        return {name: WordIndex(self._protected_against(name)) for name in types - {"PERSON", "LOCATION"}}

    @cached_property
    def words_of_medicine(self) -> WordIndex[str]:
        """Those that may hold somebody's name: 王不留行, 季德胜蛇药片."""
        return _words(word for word, name in self.protected.items() if name in _OF_MEDICINE and len(word) > 2)

    @cached_property
    def companies(self) -> frozenset[str]:
        banks = (name for name in self.catalog.lexicon("bank_names") if name.endswith("银行"))
        return frozenset(self.catalog.lexicon("company_short_names")).union(banks)

    @cached_property
    def boundaries(self) -> WordBoundaries:
        return WordBoundaries(self.protected).load()

    @cached_property
    def name_grammar(self) -> NameGrammar:
        """The shapes of names, with the surnames and words of the catalog."""
        lexicon = self.catalog.lexicon
        return NameGrammar.of(
            surnames=lexicon("surnames"),
            compound_surnames=lexicon("compound_surnames"),
            ambiguous_surnames=lexicon("ambiguous_surnames"),
            given_characters=lexicon("given_characters"),
            ordinary_words=self.ordinary_words,
            name_like_words=self.name_like_words,
            rare_surnames=lexicon("rare_surnames"),
            given_names=lexicon("given_names"),
            words_in_pinyin=self._words_in_pinyin,
        )

    @cached_property
    def _words_in_pinyin(self) -> frozenset[str]:
        return words_in_pinyin(self.catalog)

    def handles(self, reading: Reading) -> Iterator[Detection]:
        """Accounts that are made of names in pinyin."""
        return find_handles(reading, self._words_in_pinyin)

    @cached_property
    def english(self) -> EnglishWords:
        return EnglishWords(self.catalog.lexicons.get("english_words", ()))

    @cached_property
    def names(self) -> NameFinder:
        lexicon = self.catalog.lexicon
        return NameFinder(
            self.name_grammar,
            self._name_words,
            protected=self.protected,
            learned=self._learned,
            minority_components=lexicon("minority_components"),
            minority_names=lexicon("minority_names"),
            foreign_characters="".join(lexicon("transliteration_characters")),
            japanese_surnames=lexicon("japanese_surnames"),
            is_place=self.is_place,
            hospitals=(*lexicon("hospital_short_names"), *filter(str.isascii, lexicon("hospital_nicknames"))),
            companies=self.companies,
            english=self.english,
        )

    @cached_property
    def _name_words(self) -> NameWords:
        lexicon = self.catalog.lexicon
        return NameWords(
            titles=lexicon("titles_after"), kinship=lexicon("kinship"), roles=lexicon("titles_before")
        )

    @cached_property
    def remaining_names(self) -> RemainingNames:
        return RemainingNames(self.catalog, self.name_grammar, self._name_words, learned=self._learned)

    @cached_property
    def mentions(self) -> Mentions:
        return Mentions(self.name_grammar, self._name_words, self._is_nobodys_account)

    def nicknames(self, reading: Reading) -> Iterator[Detection]:
        """Names in the net and other nicknames behind the words for them."""
        words = self._name_words
        is_role = words.roles | words.titles
        return find_nicknames(
            reading, is_nobody=lambda word: word in is_role or self._is_nobodys_account(word)
        )

    def _is_nobodys_account(self, word: str) -> bool:
        """Whether a word is a place, or one that is protected and no ordinary one: a department, a drug, a disease."""
        protected = self.protected.get(word)
        return (
            (protected is not None and protected not in _OF_SPEECH)
            or self.is_place(word)
            or shipped_prose().is_medical(word)
        )

    @cached_property
    def worded(self) -> Worded:
        return Worded(self.name_grammar, self._name_words)

    @cached_property
    def _abroad(self) -> frozenset[str]:
        quarters = (quarter for quarter in self.catalog.lexicon("quarters") if len(quarter) > 2)
        return frozenset(
            (*self.catalog.lexicon("places_abroad"), *self.catalog.lexicon("nationalities"), *quarters)
        )

    def is_place(self, word: str) -> bool:
        """Whether a county, a city, a province, a quarter of a city or a place abroad is called so."""
        return self.divisions.names(word) or word in self._abroad

    @cached_property
    def divisions(self) -> Divisions:
        """The administrative divisions of China, for addresses and their generalisation."""
        return Divisions.from_lines(self.catalog.lexicon("divisions.tsv"))

    @cached_property
    def places(self) -> PlaceFinder:
        return PlaceFinder(
            self.divisions,
            hospitals=_words(self.catalog.lexicon("hospitals")),
            short_names=_words(self.catalog.lexicon("hospital_short_names")),
            nicknames=WordIndex(
                {
                    **dict.fromkeys(self.catalog.lexicon("hospital_words"), WORD),
                    **dict.fromkeys(self.catalog.lexicon("hospital_nicknames"), LIKELY),
                    **dict.fromkeys(self.catalog.lexicon("hospital_abbreviations"), CERTAIN),
                }
            ),
            companies=_words(self.companies),
            ordinary_words=self.ordinary_words,
            lettered=LetteredPlaces(self.catalog.lexicon("cities_in_letters")),
            english=EnglishBodies(self.catalog.lexicon("english_words")),
            bare_names=bare_names(
                self.divisions,
                quarters=self.catalog.lexicon("quarters"),
                counties=frozenset(self.catalog.lexicon("counties")),
                doubtful=frozenset(self.catalog.lexicon("doubtful_places")),
                ordinary_words=self.ordinary_words,
                name_like_words=self.name_like_words,
            ),
            protected=WordIndex(self._protected_against("LOCATION")),
            points=frozenset((*self.catalog.lexicon("acupoints"), "商丘", "昆仑", "光明", "梁丘", "五里")),
        )


def _words(words: Iterable[str]) -> WordIndex[str]:
    return WordIndex({word: word for word in words})
