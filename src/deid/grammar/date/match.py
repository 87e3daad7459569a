"""A date that was found, and the pieces of its surface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from deid.grammar.numerals import NumeralStyle

Kind = Literal["absolute", "partial", "lunar", "relative", "ambiguous", "holiday"]
Granularity = Literal["day", "third", "month", "quarter", "season", "half_year", "year_part", "year"]
Level = Literal["month", "quarter", "half_year", "year"]


class Piece(NamedTuple):
    """A piece of a written date: a field and how it was written, or text that stays."""

    text: str
    field: str = ""
    style: NumeralStyle | None = None


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in `text[start:end]`; `text[end:time_end]` is weekday and clock time, if any.

    `kind` is partial when no year was written (`year` may still be known from the start of a
    range). Year, month and day of a lunar date are those of the lunar calendar, see
    `solar_date`. Two-digit years up to 35 are of this century. `third` is 上旬, 月初 and the
    like. `form` holds the pieces of the surface, for `render`.
    """

    start: int
    end: int
    time_end: int
    kind: Kind
    year: int | None
    month: int | None
    day: int | None
    granularity: Granularity
    score: float
    form: tuple[Piece, ...]

    def has(self, *fields: str) -> bool:
        """Whether one of `fields` was written."""
        return any(piece.field in fields for piece in self.form)

    def written(self, field: str) -> str:
        """How `field` was written, empty if it was not."""
        return next((piece.text for piece in self.form if piece.field == field), "")

    @property
    def separator(self) -> str:
        """`-`, `/` or `.` between the numbers, empty for all other forms."""
        return next((mark for piece in self.form if (mark := piece.text.strip()) in ("-", "/", ".")), "")


YEARLY: Final = frozenset({"year", "yy", "era", "stem", "animal"})
