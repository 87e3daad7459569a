"""Names of every kind, for sentences that shall not depend on one name.

Most are the surrogates' own; the rest have rare surnames, given names of any character, four
characters, no surname at all, or come from the foreign names of jieba's dictionary.
"""

from __future__ import annotations

from functools import cache
from random import Random

from deid.detection.boundaries import dictionary
from deid.surrogates import names
from deid.surrogates.words import frequent, lexicon, weighted
from deid.validators.resident_id import Sex

_KINDS: tuple[tuple[int, str], ...] = (
    (46, "ordinary"), (14, "mixed"), (8, "rare"), (8, "single"), (5, "compound"), (6, "word"),
    (3, "double"), (4, "minority"), (5, "foreign"), (1, "japanese"),
)  # fmt: skip
_FOREIGN_LENGTHS = range(2, 7)


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
        case "single" | "compound" | "word" | "double" | "minority" | "japanese":
            return names.person(random, sex=sex, year=year, kind=kind).full
    raise AssertionError(kind)


def _given(random: Random, length: int) -> str:
    characters = lexicon("given_characters.txt")
    return "".join(
        frequent(random, characters) if random.random() < 0.6 else random.choice(characters)
        for _ in range(length)
    )


def _foreign(random: Random) -> str:
    known = foreign_names()
    first = random.choice(known)
    return f"{first}·{random.choice(known)}" if random.random() < 0.35 else first


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
