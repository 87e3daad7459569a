"""An organisation that was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["medical", "company", "school", "agency", "other"]


@dataclass(frozen=True, slots=True)
class OrganizationMatch:
    """An organisation and what sort of body it is."""

    start: int
    end: int
    kind: Kind
    score: float
