"""Dates, birth dates and ages, through the grammars."""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.reading import Reading
from deid.grammar.age import find_ages
from deid.grammar.date import find_dates, is_birth
from deid.types import Detection

DATE, BIRTH, AGE = "DATE_TIME", "DATE_OF_BIRTH", "AGE"


def find_times(reading: Reading) -> Iterator[Detection]:
    """DATE_TIME, DATE_OF_BIRTH and AGE. Relative words (昨天) identify nobody and are left."""
    text = reading.text
    birth_cells = [slot for slot in reading.slots_of(BIRTH)]
    date_cells = [slot for slot in reading.slots_of(DATE) if slot.support == "cell"]
    for match in find_dates(text):
        if match.kind == "relative":
            continue
        born = is_birth(text, match) or any(
            slot.start <= match.start <= slot.start + 2 and match.end <= slot.end for slot in birth_cells
        )
        expected = any(slot.start <= match.start and match.end <= slot.end for slot in date_cells)
        score = max(match.score, 0.9 if born or expected else 0.0)
        yield Detection(
            BIRTH if born else DATE, match.start, match.end, score, f"date.{match.kind}", (match.granularity,)
        )
    for match in find_ages(text):
        yield Detection(AGE, match.start, match.end, match.score, "age", ())
    for slot in reading.slots_of(AGE):
        if slot.support == "cell":
            value = text[slot.start : slot.end].strip()
            if value.isascii() and value.isdigit() and len(value) <= 3 and int(value) <= 130:
                start = text.index(value, slot.start)
                yield Detection(AGE, start, start + len(value), 0.9, "age", ("cell",))
