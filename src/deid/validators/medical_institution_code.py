"""Registration number of a medical institution (医疗机构登记号, 医疗机构执业许可证).

Twenty-two characters: organisation code (GB 11714; `PDY` and six characters where there
is none), six digits of place, two of economic type, four of category (a letter and three
digits), one of operation.

>>> is_valid("PDY60002111010617D1522")
True
>>> is_valid("D2143569X11010617D1522")
True
>>> is_valid("D2143569111010617D1522")      # wrong check character in the organisation code
False
"""

from __future__ import annotations

from deid.regexes import Regex
from deid.validators import org_code
from deid.validators.gaps import strip_gaps
from deid.validators.resident_id import PROVINCES

_SHAPE = Regex(r"([0-9A-Z]{8}[0-9X])([1-8][0-9])[0-9]{4}[0-9]{2}[A-Z][0-9]{3}[0-9]")
_WITHOUT_ORG_CODE = "PDY"


def compact(value: str) -> str:
    return strip_gaps(value)


def is_valid(value: str) -> bool:
    parts = _SHAPE.fullmatch(compact(value))
    if parts is None or parts[2] not in PROVINCES:
        return False
    return parts[1].startswith(_WITHOUT_ORG_CODE) or org_code.is_valid(parts[1])


def format(value: str) -> str:
    return compact(value)
