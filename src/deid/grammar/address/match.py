"""An address that was found, level by level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class AddressPart(NamedTuple):
    """One level of an address and where it stands, its name and its suffix word or unit included.

    Levels: country, province, prefecture, county, township, village, group, estate (小区, 园区), zone
    (A区, 二期), road, segment (三段), number (号, 弄), poi (a named building), building, unit, floor, room.
    """

    level: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AddressMatch:
    """An address; with `detailed=False` a bare place, without village, road, estate or building."""

    start: int
    end: int
    parts: tuple[AddressPart, ...]
    detailed: bool
    score: float
    listed: bool = False
    """Whether it names a county and a town of it, both in full and in the gazetteer."""
